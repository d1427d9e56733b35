//! Where everything is, or is to be: MongoDB, a directory of the embedded store, or a backup file. An address of MongoDB
//! is never shown, since it holds a password.

use super::file;
use crate::config::Config;
use crate::server::Alone;
use crate::store::records::Record;
use crate::store::{EMBEDDED_FILE, Store};
use anyhow::{Context, bail, ensure};
use secrecy::{ExposeSecret, SecretString};
use std::fmt;
use std::path::{Path, PathBuf};
use tokio::sync::mpsc::Sender;

/// How the name of a backup file ends where it is not there yet, so that it is not taken for a directory.
const BACKUP: &str = "jsonl";

/// What may be named.
const EXPECTED: &str = "expected mongodb://user:password@host/database?replicaSet=name, a directory with the \
                        embedded store (FIXI_DATA_DIR), or a backup file (name.jsonl)";

/// A place that is named in a command.
#[derive(Clone, Debug)]
pub enum Place {
    /// The directory of an embedded store.
    Embedded(PathBuf),
    /// A database of MongoDB.
    Mongo(SecretString),
    /// A backup.
    File(PathBuf),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Embedded(directory) => write!(f, "the embedded store in {}", directory.display()),
            Self::Mongo(_) => f.write_str("MongoDB"),
            Self::File(path) => write!(f, "the backup {}", path.display()),
        }
    }
}

impl Place {
    /// What a person named.
    ///
    /// # Errors
    /// When it is none of the three, with what to name.
    pub fn named(name: &str) -> anyhow::Result<Self> {
        let scheme = name.split_once("://").map(|(scheme, _)| scheme);
        match scheme {
            Some("mongodb" | "mongodb+srv") => return Ok(Self::Mongo(SecretString::from(name))),
            Some(_) => bail!("this kind of address is not known; {EXPECTED}"),
            None => {}
        }
        ensure!(!name.is_empty(), "it is empty; {EXPECTED}");
        let path = PathBuf::from(name);
        let is_file = path.is_file() || (!path.exists() && path.extension().is_some_and(|it| it == BACKUP));
        Ok(if is_file { Self::File(path) } else { Self::Embedded(path) })
    }

    /// The store of the settings.
    #[must_use]
    pub fn of(config: &Config) -> Self {
        match &config.mongo_uri {
            Some(uri) => Self::Mongo(uri.clone()),
            None => Self::Embedded(config.data_dir.clone()),
        }
    }

    /// Whether a server of this machine runs on it, as far as that can be seen.
    pub(super) fn is_served(&self) -> bool {
        match self {
            Self::Embedded(directory) => Alone::on(directory).is_err(),
            Self::Mongo(_) | Self::File(_) => false,
        }
    }

    /// Opens what is to be read.
    pub(super) async fn open_source(&self) -> anyhow::Result<Source> {
        match self {
            Self::Embedded(directory) => {
                ensure!(
                    directory.join(EMBEDDED_FILE).is_file(),
                    "there is no {EMBEDDED_FILE} in it; {EXPECTED}"
                );
                Ok(Source::Store(Store::open_embedded(directory).await?))
            }
            Self::Mongo(uri) => Ok(Source::Store(Store::open_mongo(uri.expose_secret()).await?)),
            Self::File(path) => {
                let rows = file::check(path)?.rows();
                Ok(Source::File { path: path.clone(), rows })
            }
        }
    }

    /// Opens a store that is to be filled, and sees to it that no server of this machine has its directory.
    pub(super) async fn open_target(&self) -> anyhow::Result<(Store, Option<Alone>)> {
        match self {
            Self::Embedded(directory) => {
                let alone = Alone::on(directory)?;
                Ok((Store::open_embedded_to_fill(directory).await?, Some(alone)))
            }
            Self::Mongo(uri) => Ok((Store::open_mongo_to_fill(uri.expose_secret()).await?, None)),
            Self::File(path) => bail!("{} is a file", path.display()),
        }
    }
}

/// What is read.
pub(super) enum Source {
    /// A store.
    Store(Store),
    /// A backup that was checked.
    File {
        /// Where it is.
        path: PathBuf,
        /// How many rows it has.
        rows: u64,
    },
}

impl Source {
    /// What it is, for the first line of a backup.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Store(Store::Embedded(_)) => "embedded",
            Self::Store(Store::Mongo(_)) => "mongodb",
            Self::File { .. } => "backup",
        }
    }

    /// About how many rows it has.
    pub(super) async fn expected(&self) -> anyhow::Result<u64> {
        match self {
            Self::Store(store) => Ok(store.counts().await?.values().sum()),
            Self::File { rows, .. } => Ok(*rows),
        }
    }

    /// Hands over all rows, in the order of the collections.
    pub(super) async fn read(&self, rows: Sender<Vec<Record>>) -> anyhow::Result<()> {
        match self {
            Self::Store(store) => Ok(store.read_all(rows).await?),
            Self::File { path, .. } => {
                let path = path.clone();
                tokio::task::spawn_blocking(move || read_file(&path, &rows)).await.context("reading ended")?
            }
        }
    }

    pub(super) async fn close(&self) -> anyhow::Result<()> {
        match self {
            Self::Store(store) => Ok(store.close().await?),
            Self::File { .. } => Ok(()),
        }
    }
}

fn read_file(path: &Path, rows: &Sender<Vec<Record>>) -> anyhow::Result<()> {
    let mut batch = Vec::new();
    file::read(path, |record| {
        batch.push(record);
        let is_full = batch.len() >= super::ROWS;
        // Whoever takes no more says why.
        !is_full || rows.blocking_send(std::mem::take(&mut batch)).is_ok()
    })?;
    let _ = rows.blocking_send(batch);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_named_by_its_address_or_its_path() {
        let folder = tempfile::tempdir().expect("a folder");
        let named = |name: &str| Place::named(name).map(|place| place.to_string());
        let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
        std::fs::write(folder.path().join("old"), "").expect("written");
        assert_eq!(named("mongodb://u:secret@h/fixi").expect("known"), "MongoDB");
        assert_eq!(named("mongodb+srv://u:secret@h/fixi").expect("known"), "MongoDB");
        assert!(named(&path("new.jsonl")).expect("known").starts_with("the backup"));
        assert!(named(&path("old")).expect("known").starts_with("the backup"), "a file that is there");
        assert!(named(&path("new")).expect("known").starts_with("the embedded store"));
        let refused = named("postgres://u:secret@h/fixi").expect_err("not known").to_string();
        assert!(refused.contains("expected mongodb://") && !refused.contains("secret"), "{refused}");
        let shown = format!("{:?}", Place::named("mongodb://u:secret@h/fixi").expect("known"));
        assert!(!shown.contains("secret"), "{shown}");
    }
}
