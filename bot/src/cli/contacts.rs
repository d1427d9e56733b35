//! `fixi export-contact` and `fixi erase-contact`: a person's data as one file, and its removal for good.

use crate::app::App;
use crate::config::Config;
use crate::outside::Outside;
use crate::people::{erase, export};
use crate::store::Store;
use crate::store::documents::{Change, Document, Expect, Stored};
use agents::business::Business;
use agents::id::ContactId;
use anyhow::Context;
use std::fs::OpenOptions;
use std::io::{BufRead, Write};
use std::path::Path;

/// Who did it, in the audit.
const COMMAND: &str = "fixi erase-contact";

/// Writes everything of a person into a new file, for this user only.
pub(super) async fn export(config: Config, id: String, file: &Path) -> anyhow::Result<()> {
    let (app, business) = open(config, &id).await?;
    let data = export::export(&app.store, &business.value, &ContactId::new(id.clone())).await?;
    let data = data.with_context(|| format!("there is no person with the id {id}"))?;
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut out = options
        .open(file)
        .with_context(|| format!("{} cannot be written; it must not be there yet", file.display()))?;
    serde_json::to_writer_pretty(&mut out, &data)
        .and_then(|()| out.write_all(b"\n").map_err(serde_json::Error::io))?;
    app.store.close().await?;
    super::print(&format!("{} holds everything of this person: keep it safe", file.display()));
    Ok(())
}

/// Removes a person for good, after the word for it was typed.
pub(super) async fn erase(config: Config, id: String) -> anyhow::Result<()> {
    let (app, business) = open(config, &id).await?;
    let contact = ContactId::new(id.clone());
    let known = app.store.contact(&contact).await?;
    anyhow::ensure!(
        known.is_some_and(|known| known.value.business == business.value.id),
        "there is no person with the id {id}"
    );
    super::print(&format!(
        "Everything that names this person is removed and cannot be had back; visits are cancelled.\n\
         To go on, type: erase {id}"
    ));
    let mut typed = String::new();
    std::io::stdin().lock().read_line(&mut typed)?;
    anyhow::ensure!(typed.trim() == format!("erase {id}"), "nothing was removed");
    let erased =
        erase::erase(&app, &business, &contact, |erased| vec![noted(&app, &business, erased)]).await?;
    app.store.close().await?;
    super::print(&format!("{} rows were removed or made anonymous", erased.rows));
    anyhow::ensure!(
        erased.left == 0,
        "{} rows that this version cannot change still name the person; run it with a newer one",
        erased.left
    );
    super::print("a reading of every row finds nothing that names the person");
    Ok(())
}

/// The line of the audit; it names nobody.
fn noted(app: &App, business: &Stored<Business>, erased: erase::Erased) -> (Expect, Document) {
    let chance = app.outside.dice.below(u64::MAX);
    let change = Change {
        id: format!("{:013x}{chance:016x}", app.now().timestamp_micros()),
        business: business.value.id.clone(),
        at: app.now(),
        by: COMMAND.to_owned(),
        action: "contact.erase".to_owned(),
        subject: erase::subject(),
        before: serde_json::Value::Null,
        after: serde_json::json!({ "rows": erased.rows }),
    };
    (Expect::Absent, Document::Change(change))
}

/// The store, and the business that the person belongs to.
async fn open(config: Config, id: &str) -> anyhow::Result<(std::sync::Arc<App>, Stored<Business>)> {
    let store = Store::open(&config).await?;
    let contact = store.contact(&ContactId::new(id)).await?;
    let contact = contact.with_context(|| format!("there is no person with the id {id}"))?;
    let business = store.business(&contact.value.business).await?;
    let business = business.context("the person's business is gone")?;
    Ok((App::new(config, store, Outside::real()?), business))
}
