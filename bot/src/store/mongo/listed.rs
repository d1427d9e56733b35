//! Documents that an older program wrote get the fields by which lists find and order them, from their bodies, once.

use super::StoreError;
use super::documents::fields;
use super::rows::parse;
use crate::store::documents::Document as Value;
use futures::TryStreamExt;
use mongodb::Database;
use mongodb::bson::{Document, doc};

/// How many documents are written at once.
const AT_ONCE: usize = 32;

/// The index that was replaced by one that holds every message of a chat.
const REPLACED: &str = "conversation_1_has_words_1_at_-1_arrival_-1";

/// What is there without the fields gets them; mostly that is nothing, and the indexes know it.
pub(super) async fn list_older(database: &Database) -> Result<(), StoreError> {
    // One that was never there, or that another process just dropped, is no failure.
    let _ = database.collection::<Document>("messages").drop_index(REPLACED).await;
    let businesses: Vec<Document> = database
        .collection::<Document>("businesses")
        .find(doc! {})
        .projection(doc! { "_id": 1 })
        .await?
        .try_collect()
        .await?;
    for business in &businesses {
        for (collection, field, read) in READ {
            let older = doc! { "business": business.get("_id"), *field: null };
            give_fields(database, collection, older, *read).await?;
        }
    }
    Ok(())
}

type Read = fn(&Document) -> Result<Value, StoreError>;

/// A collection, a field that every document of today has, and how its documents are read.
const READ: &[(&str, &str, Read)] = &[
    ("leads", "find_name", |row| Ok(Value::Lead(parse("leads", row)?))),
    ("conversations", "heard_at", |row| Ok(Value::Conversation(parse("conversations", row)?))),
    ("contacts", "find_name", |row| Ok(Value::Contact(parse("contacts", row)?))),
];

async fn give_fields(
    database: &Database,
    collection: &str,
    older: Document,
    read: Read,
) -> Result<(), StoreError> {
    let rows = database.collection::<Document>(collection);
    let found = rows.find(older).await?;
    let given = found.err_into::<StoreError>().map_ok(|row| {
        let rows = rows.clone();
        async move {
            // What cannot be read is told by whoever asks for it.
            let Ok(document) = read(&row) else { return Ok(()) };
            let mut given = fields(&document)?;
            given.remove("body");
            given.remove("schema");
            let same = doc! { "_id": row.get("_id"), "version": row.get("version") };
            rows.update_one(same, doc! { "$set": given }).await?;
            Ok(())
        }
    });
    given.try_buffer_unordered(AT_ONCE).try_collect().await
}
