//! `fixi admin`: users of the console. A password comes from a prompt without echo or from standard input, never from the
//! command line, where others could read it.

use crate::config::Config;
use crate::operators::{self, NotDone};
use crate::store::Store;
use crate::store::documents::{Change, Document, Expect};
use admin_api::access::Role;
use agents::id::BusinessId;
use anyhow::Context;
use chrono::Utc;
use clap::{Subcommand, ValueEnum};
use secrecy::SecretString;
use serde_json::{Value, json};
use std::io::IsTerminal;

/// By whom the audit says that a command was given.
const BY: &str = "fixi admin";

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Users of the console.
    #[command(subcommand)]
    User(UserCommand),
}

#[derive(Debug, Subcommand)]
pub(super) enum UserCommand {
    /// Make a user; the password is asked for, or read from standard input.
    Add {
        /// What they sign in with: letters, digits, dots and dashes.
        name: String,
        /// What they may do.
        #[arg(long, value_enum)]
        role: Named,
        /// The key of their business; by default that of FIXI_BUSINESS, else the only one.
        #[arg(long, value_name = "KEY")]
        business: Option<String>,
    },
    /// Give a user another password; it ends their sessions.
    Passwd {
        /// Who.
        name: String,
    },
}

/// A role as it is typed.
#[derive(Clone, Copy, Debug, ValueEnum)]
#[value(rename_all = "snake_case")]
pub(super) enum Named {
    /// Runs the installation: every business.
    SystemAdmin,
    /// Owns one business.
    Owner,
    /// Runs one business day by day.
    Admin,
    /// Answers customers of one business.
    Agent,
}

impl From<Named> for Role {
    fn from(named: Named) -> Self {
        match named {
            Named::SystemAdmin => Self::SystemAdmin,
            Named::Owner => Self::Owner,
            Named::Admin => Self::Admin,
            Named::Agent => Self::Agent,
        }
    }
}

pub(super) async fn run(config: Config, command: Command) -> anyhow::Result<()> {
    let store = Store::open(&config).await?;
    let Command::User(command) = command;
    match command {
        UserCommand::Add { name, role, business } => {
            let business = business_of(&store, business.or(config.business)).await?;
            anyhow::ensure!(operators::is_name(&name), NotDone::BadName);
            anyhow::ensure!(store.user(&name).await?.is_none(), NotDone::Exists);
            let role = Role::from(role);
            let user = operators::new_user(&name, role, business, password()?, Utc::now()).await?;
            let change = change(&user.business, &name, "user.add", json!({ "role": role }));
            let documents = vec![(Expect::Absent, Document::User(user)), change];
            match store.put_documents(documents, Utc::now()).await {
                Err(crate::store::StoreError::Version { .. }) => anyhow::bail!(NotDone::Exists),
                written => written?,
            }
            super::print(&format!("{name} may sign in as {}", role.key()));
        }
        UserCommand::Passwd { name } => {
            let Some(user) = store.user(&name).await? else { anyhow::bail!(NotDone::NoUser) };
            operators::set_password(&store, &name, password()?, Utc::now()).await?;
            let change = change(&user.value.business, &name, "user.change", json!({ "password": "changed" }));
            store.put_documents(vec![change], Utc::now()).await?;
            super::print(&format!("{name} has a new password; their sessions have ended"));
        }
    }
    store.close().await?;
    Ok(())
}

/// A line of the audit.
fn change(business: &BusinessId, name: &str, action: &str, after: Value) -> (Expect, Document) {
    let at = Utc::now();
    let change = Change {
        id: format!("{:013x}{:016x}", at.timestamp_micros(), rand::random::<u64>()),
        business: business.clone(),
        at,
        by: BY.to_owned(),
        action: action.to_owned(),
        subject: format!("users/{name}"),
        before: Value::Null,
        after,
    };
    (Expect::Absent, Document::Change(change))
}

async fn business_of(store: &Store, key: Option<String>) -> anyhow::Result<BusinessId> {
    if let Some(key) = key {
        let id = BusinessId::new(key.clone());
        anyhow::ensure!(store.business(&id).await?.is_some(), "there is no business with the key {key}");
        return Ok(id);
    }
    let mut all = store.businesses().await?;
    anyhow::ensure!(all.len() <= 1, "there are several businesses: say which with `--business KEY`");
    let only = all.pop().context("there is no business yet: run `fixi business import FILE.toml` first")?;
    Ok(only.value.id)
}

/// The password: twice at a prompt, or the first line of standard input.
fn password() -> anyhow::Result<SecretString> {
    let password = if std::io::stdin().is_terminal() {
        let password = rpassword::prompt_password("Password: ").context("the password cannot be read")?;
        let again = rpassword::prompt_password("Again: ").context("the password cannot be read")?;
        anyhow::ensure!(password == again, "the two are not the same");
        password
    } else {
        let mut line = String::new();
        std::io::stdin().read_line(&mut line).context("the password cannot be read")?;
        line.trim_end_matches(['\r', '\n']).to_owned()
    };
    operators::check_password(&password)?;
    Ok(SecretString::from(password))
}
