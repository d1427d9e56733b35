//! The way to the server: what of `MONGO_URI` is used, and which servers are refused. An address is shown without
//! user and password.

use super::StoreError;
use super::errors::told;
use mongodb::bson::{Document, doc};
use mongodb::error::ErrorKind;
use mongodb::options::{
    Acknowledgment, ClientOptions, ReadConcern, ReadPreference, SelectionCriteria, WriteConcern,
};
use mongodb::{Client, Database};
use std::time::Duration;

/// How long a primary is looked for.
const SELECTION: Duration = Duration::from_secs(4);

/// How long a server that is no member of a set is asked what it is.
const DIAGNOSIS: Duration = Duration::from_secs(1);

/// The database of an address that names none.
const DEFAULT_DATABASE: &str = "fixi";

/// A server that was reached.
pub(super) struct Connected {
    pub(super) client: Client,
    pub(super) database: Database,
    /// As what the server knows us.
    pub(super) app_name: String,
}

/// Connects to a replica set, or to a sharded cluster.
pub(super) async fn connect(uri: &str) -> Result<Connected, StoreError> {
    let mut options = ClientOptions::parse(uri).await.map_err(|error| match &*error.kind {
        ErrorKind::DnsResolve { .. } => StoreError::Unavailable(told(&error)),
        _ => StoreError::Unavailable(
            "MONGO_URI cannot be read; expected mongodb://user:password@host:port/database?replicaSet=name"
                .to_owned(),
        ),
    })?;
    let hosts: Vec<String> = options.hosts.iter().map(ToString::to_string).collect();
    let app_name = options.app_name.get_or_insert_with(|| "fixi".to_owned()).clone();
    options.server_selection_timeout = Some(SELECTION);
    options.connect_timeout = Some(SELECTION);
    // Journalled by name: a majority that waits for the journal's own timer takes 100 ms.
    options.write_concern =
        Some(WriteConcern::builder().w(Some(Acknowledgment::Majority)).journal(Some(true)).build());
    options.read_concern = Some(ReadConcern::majority());
    options.selection_criteria = Some(SelectionCriteria::ReadPreference(ReadPreference::Primary));
    let name = options.default_database.clone().unwrap_or_else(|| DEFAULT_DATABASE.to_owned());
    let client = Client::with_options(options.clone())?;
    let hello = match client.database("admin").run_command(doc! { "hello": 1 }).await {
        Ok(hello) => hello,
        Err(error) if matches!(&*error.kind, ErrorKind::ServerSelection { .. }) => {
            return Err(match diagnose(options).await {
                Some(hello) if !is_set(&hello) => not_a_set(),
                _ => StoreError::Unavailable(format!(
                    "no primary at {}; check that MongoDB runs there, that this machine may reach it (firewall, \
                     access list of Atlas), and that the replica set of MONGO_URI is the server's",
                    hosts.join(", ")
                )),
            });
        }
        Err(error) => return Err(error.into()),
    };
    if !is_set(&hello) {
        return Err(not_a_set());
    }
    let database = client.database(&name);
    Ok(Connected { client, database, app_name })
}

/// What the first host says of itself, when there is no primary.
async fn diagnose(mut options: ClientOptions) -> Option<Document> {
    options.hosts.truncate(1);
    options.repl_set_name = None;
    options.load_balanced = None;
    options.direct_connection = Some(true);
    options.server_selection_timeout = Some(DIAGNOSIS);
    let client = Client::with_options(options).ok()?;
    client.database("admin").run_command(doc! { "hello": 1 }).await.ok()
}

/// Whether the server is a member of a set, or a router of a sharded cluster.
fn is_set(hello: &Document) -> bool {
    hello.contains_key("setName") || hello.get_str("msg").is_ok_and(|msg| msg == "isdbgrid")
}

fn not_a_set() -> StoreError {
    StoreError::Unavailable(
        "this MongoDB server is no replica set, so it has no transactions: start mongod with --replSet rs0 and run \
         `mongosh --eval 'rs.initiate()'` once, or start a server for tests with scripts/mongod"
            .to_owned(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_without_transactions_is_no_set() {
        assert!(is_set(&doc! { "setName": "rs0", "isWritablePrimary": true }));
        assert!(is_set(&doc! { "msg": "isdbgrid" }));
        assert!(!is_set(&doc! { "isWritablePrimary": true }), "a standalone server");
        assert!(!is_set(&doc! { "isreplicaset": true, "info": "no config" }), "a set that was not initiated");
    }
}
