//! `fixi business`: a business as a file. Importing the same file twice changes nothing; an edited one updates.

use crate::business_file::{self, BusinessFile};
use crate::config::Config;
use crate::outside::Dice;
use crate::store::Store;
use crate::store::documents::{Document, Expect};
use crate::web::calendar;
use agents::business::Business;
use agents::id::{BusinessId, ProId};
use agents::pro::Pro;
use anyhow::{Context, bail};
use chrono::Utc;
use clap::Subcommand;
use std::path::PathBuf;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Read a business from a file into the store.
    Import {
        /// The file.
        file: PathBuf,
    },
    /// Print the business of the store as a file.
    Export {
        /// Its key; not needed when there is only one.
        key: Option<String>,
    },
    /// Print a link for each pro, under which their calendar program finds their visits.
    CalendarLinks {
        /// The key of the business; not needed when there is only one.
        key: Option<String>,
        /// Makes a new link for the pro with this id: the old one ends.
        #[arg(long, value_name = "PRO")]
        renew: Option<String>,
    },
}

pub(super) async fn run(config: Config, command: Command) -> anyhow::Result<()> {
    let store = Store::open(&config).await?;
    match command {
        Command::Import { file } => {
            let text = std::fs::read_to_string(&file)
                .with_context(|| format!("{} cannot be read", file.display()))?;
            let parsed = business_file::parse(&text)
                .map_err(|error| anyhow::anyhow!("{}, {}: {}", file.display(), error.place, error.problem))?;
            let name = parsed.business.name.clone();
            let pros = parsed.pros.len();
            let changed = import(&store, parsed).await?;
            super::print(&format!("{name}: {pros} pros, {changed} changes"));
        }
        Command::Export { key } => {
            let business = the_business(&store, key.as_deref()).await?;
            let pros: Vec<_> =
                store.pros(&business.id).await?.into_iter().map(|stored| stored.value).collect();
            super::print(&business_file::print(&business, &pros));
        }
        Command::CalendarLinks { key, renew } => {
            let public_url = config
                .public_url
                .as_deref()
                .context("links need the address of this server: set FIXI_PUBLIC_URL")?;
            let business = the_business(&store, key.as_deref()).await?;
            let renew = renew.map(ProId::new);
            let pros = with_secrets(&store, &business.id, renew.as_ref(), &Dice::from_system()).await?;
            for pro in pros {
                let link = calendar::link(public_url, &pro).unwrap_or_default();
                super::print(&format!("{} ({}): {link}", pro.name, pro.id));
            }
        }
    }
    store.close().await?;
    Ok(())
}

/// The business with this key, or the only one.
async fn the_business(store: &Store, key: Option<&str>) -> anyhow::Result<Business> {
    let mut businesses = store.businesses().await?;
    match (key, businesses.len()) {
        (_, 0) => bail!("there is no business yet: run `fixi business import FILE.toml`"),
        (None, 1) => Ok(businesses.remove(0).value),
        (None, _) => {
            let keys: Vec<&str> = businesses.iter().map(|stored| stored.value.id.as_str()).collect();
            bail!("there are several businesses, name one: {}", keys.join(", "))
        }
        (Some(key), _) => {
            let found = businesses.into_iter().find(|stored| stored.value.id.as_str() == key);
            Ok(found.with_context(|| format!("no business has the key {key}"))?.value)
        }
    }
}

/// The active pros of a business, each with a secret for their calendar: a new one for those who had none, and for the
/// one whose link is to end.
pub(crate) async fn with_secrets(
    store: &Store,
    business: &BusinessId,
    renew: Option<&ProId>,
    dice: &Dice,
) -> anyhow::Result<Vec<Pro>> {
    let mut pros = store.pros(business).await?;
    pros.retain(|stored| stored.value.active);
    if let Some(id) = renew.filter(|id| !pros.iter().any(|stored| stored.value.id == **id)) {
        bail!("no active pro has the id {id}");
    }
    let mut changes = Vec::new();
    for stored in &mut pros {
        let pro = &mut stored.value;
        if pro.calendar_secret.is_none() || renew == Some(&pro.id) {
            pro.calendar_secret = Some(calendar::new_secret(dice));
            changes.push((Expect::Version(stored.version), Document::Pro(pro.clone())));
        }
    }
    if !changes.is_empty() {
        store.put_documents(changes, Utc::now()).await?;
    }
    Ok(pros.into_iter().map(|stored| stored.value).collect())
}

/// Brings the store to what the file says and returns how many documents changed. What happened since (reviews,
/// vacation, a pause) stays. A pro who is no longer in the file takes no new jobs; who signed up in chat was never in it
/// and stays as they are.
pub(crate) async fn import(store: &Store, file: BusinessFile) -> anyhow::Result<usize> {
    let mut changes = Vec::new();
    let mut business = file.business;
    let known = store.pros(&business.id).await?;
    let stored = store.business(&business.id).await?;
    if let Some(stored) = &stored {
        business.paused_at = stored.value.paused_at;
        business.budget_told_on = stored.value.budget_told_on;
        business.sending_stopped_at = stored.value.sending_stopped_at;
    }
    match stored {
        Some(stored) if stored.value == business => {}
        Some(stored) => changes.push((Expect::Version(stored.version), Document::Business(business))),
        None => changes.push((Expect::Absent, Document::Business(business))),
    }
    for stored in &known {
        let is_gone = !file.pros.iter().any(|pro| pro.id == stored.value.id);
        if is_gone && stored.value.active && stored.value.desk.sign_up.is_none() {
            let mut pro = stored.value.clone();
            pro.active = false;
            changes.push((Expect::Version(stored.version), Document::Pro(pro)));
        }
    }
    for imported in file.pros {
        match known.iter().find(|stored| stored.value.id == imported.id) {
            Some(stored) => {
                let pro = business_file::merge(&stored.value, imported);
                if pro != stored.value {
                    changes.push((Expect::Version(stored.version), Document::Pro(pro)));
                }
            }
            None => changes.push((Expect::Absent, Document::Pro(imported))),
        }
    }
    let count = changes.len();
    if count > 0 {
        store.put_documents(changes, Utc::now()).await?;
    }
    Ok(count)
}
