//! The collections and their indexes, made before the first transaction: one that makes its own collections is slow
//! and takes locks. What a newer program prepared is refused, never guessed at.

use super::StoreError;
use super::rows::number;
use futures::TryStreamExt;
use futures::future::try_join_all;
use mongodb::bson::{Document, doc};
use mongodb::error::ErrorKind;
use mongodb::options::IndexOptions;
use mongodb::{Database, IndexModel};

/// Counts the upgrades of the database as a whole.
const LAYOUT: i64 = 1;

/// The code of a collection that is there already.
const EXISTS: i32 = 48;

/// The collections of rows, for counting.
pub(super) const COLLECTIONS: &[&str] = &[
    "businesses",
    "members",
    "contacts",
    "conversations",
    "leads",
    "appointments",
    "messages",
    "outbox",
    "jobs",
    "slot_claims",
    "audit",
    "oddities",
    "early_statuses",
    "alerts",
];

/// Makes what is missing.
pub(super) async fn prepare(database: &Database) -> Result<(), StoreError> {
    let names = COLLECTIONS.iter().chain(&["counters"]);
    let there = database.list_collection_names().await?;
    let missing = names.filter(|name| !there.iter().any(|known| known == *name));
    try_join_all(missing.map(|name| create(database, name))).await?;
    check_layout(database).await?;
    try_join_all(indexes().into_iter().map(|(collection, indexes)| async move {
        database.collection::<Document>(collection).create_indexes(indexes).await
    }))
    .await?;
    find_appointments_by_pro(database).await?;
    find_leads_left_alone(database).await?;
    find_chats(database).await
}

/// Chats that an older program wrote get the field by which the reporter finds them; mostly there are none. They are found
/// by a walk along the newest ones of each business, once.
async fn find_chats(database: &Database) -> Result<(), StoreError> {
    let businesses = database.collection::<Document>("businesses");
    let businesses: Vec<Document> =
        businesses.find(doc! {}).projection(doc! { "_id": 1 }).await?.try_collect().await?;
    let reason = doc! { "$ifNull": ["$body.needs_human", "business_paused"] };
    let fields = doc! { "$set": { "is_unreported": { "$ne": [reason, "business_paused"] } } };
    let chats = database.collection::<Document>("conversations");
    for business in businesses {
        let wanted = doc! { "business": business.get("_id"), "is_unreported": { "$exists": false } };
        chats.update_many(wanted, vec![fields.clone()]).await?;
    }
    Ok(())
}

/// Appointments that an older program wrote get the fields by which they are found; mostly there are none.
async fn find_appointments_by_pro(database: &Database) -> Result<(), StoreError> {
    let fields = doc! { "$set": {
        "pro": "$body.pro", "starts_at": { "$dateFromString": { "dateString": "$body.slot.from" } },
    } };
    let appointments = database.collection::<Document>("appointments");
    appointments.update_many(doc! { "pro": null }, vec![fields]).await?;
    Ok(())
}

/// Leads that an older program wrote get the fields by which they are found when they are left alone, from their bodies
/// to the second, as the upgrade of the embedded store does. The index by status is entered
/// once for each status, where those without are.
async fn find_leads_left_alone(database: &Database) -> Result<(), StoreError> {
    let businesses = database.collection::<Document>("businesses");
    let businesses: Vec<Document> =
        businesses.find(doc! {}).projection(doc! { "_id": 1 }).await?.try_collect().await?;
    let last = doc! { "$arrayElemAt": ["$body.history.at", -1] };
    let since = doc! { "$cond": [
        { "$eq": [{ "$type": &last }, "string"] },
        { "$dateFromString": { "dateString": { "$concat": [{ "$substrBytes": [&last, 0, 19] }, "Z"] } } },
        null,
    ] };
    let is_flagged = doc! { "$eq": [{ "$type": "$body.needs_human" }, "string"] };
    let waits = doc! { "$in": ["$status", ["new", "contacted", "rejected"]] };
    let is_left = doc! { "$and": [waits, { "$not": [&is_flagged] }] };
    let fields = vec![
        doc! { "$set": { "status_since": since, "is_unreported": is_flagged } },
        doc! { "$set": { "stale_since": { "$cond": [is_left, "$status_since", null] } } },
    ];
    let leads = database.collection::<Document>("leads");
    for business in businesses {
        let wanted = doc! {
            "business": business.get("_id"), "status_since": null, "is_unreported": { "$exists": false },
        };
        leads.update_many(wanted, fields.clone()).await?;
    }
    Ok(())
}

/// Several processes may start at once.
async fn create(database: &Database, name: &str) -> Result<(), StoreError> {
    match database.create_collection(name).await {
        Err(error) if matches!(&*error.kind, ErrorKind::Command(command) if command.code == EXISTS) => Ok(()),
        made => Ok(made?),
    }
}

async fn check_layout(database: &Database) -> Result<(), StoreError> {
    let counters = database.collection::<Document>("counters");
    let insert = doc! { "$setOnInsert": { "value": LAYOUT } };
    let found = counters
        .find_one_and_update(doc! { "_id": "layout" }, insert)
        .upsert(true)
        .return_document(mongodb::options::ReturnDocument::After)
        .await?
        .map_or(LAYOUT, |row| number(&row, "value"));
    if found > LAYOUT {
        return Err(StoreError::Unreadable {
            collection: "store",
            id: database.name().to_owned(),
            problem: format!("its version is {found}, this program knows versions up to {LAYOUT}"),
        });
    }
    Ok(())
}

fn indexes() -> Vec<(&'static str, Vec<IndexModel>)> {
    vec![
        ("members", vec![index(doc! { "business": 1, "phone": 1 })]),
        (
            "conversations",
            vec![
                index(doc! { "contact": 1, "last_inbound_at": -1, "_id": 1 }),
                index(doc! { "business": 1, "arrival": -1 }),
                partial(doc! { "business": 1, "_id": 1, "is_unreported": 1 }, doc! { "is_unreported": true }),
            ],
        ),
        (
            "leads",
            vec![
                unique(doc! { "business": 1, "number": 1 }),
                index(doc! { "contact": 1, "number": -1 }),
                index(doc! { "business": 1, "status": 1, "status_since": 1, "_id": 1 }),
                partial(
                    doc! { "business": 1, "stale_since": 1, "_id": 1 },
                    doc! { "stale_since": { "$gte": mongodb::bson::DateTime::from_millis(0) } },
                ),
                partial(
                    doc! { "business": 1, "number": 1, "is_unreported": 1 },
                    doc! { "is_unreported": true },
                ),
                index(doc! { "business": 1, "arrival": -1 }),
                partial(doc! { "pro": 1, "number": 1 }, doc! { "is_open": true }),
                partial(doc! { "pro": 1, "number": -1 }, doc! { "is_open": false }),
            ],
        ),
        (
            "appointments",
            vec![
                index(doc! { "lead": 1 }),
                index(doc! { "business": 1, "arrival": -1 }),
                index(doc! { "pro": 1, "starts_at": 1, "_id": 1 }),
            ],
        ),
        ("slot_claims", vec![index(doc! { "pro": 1, "step": 1 }), index(doc! { "appointment": 1 })]),
        (
            "messages",
            vec![
                partial(doc! { "conversation": 1, "at": 1, "arrival": 1 }, doc! { "is_handled": false }),
                partial(
                    doc! { "conversation": 1, "has_words": 1, "at": -1, "arrival": -1 },
                    doc! { "has_words": true },
                ),
                partial(doc! { "received_at": 1 }, doc! { "is_asked": false }),
            ],
        ),
        (
            "outbox",
            vec![
                partial(
                    doc! { "conversation": 1, "is_waiting": 1, "sequence": 1 },
                    doc! { "is_waiting": true },
                ),
                index(doc! { "conversation": 1, "created_at": -1, "sequence": -1 }),
                partial(doc! { "provider_id": 1, "arrival": -1 }, doc! { "provider_id": { "$gt": "" } }),
                index(doc! { "business": 1, "arrival": -1 }),
            ],
        ),
        ("alerts", vec![partial(doc! { "business": 1, "waits": 1, "_id": 1 }, doc! { "waits": true })]),
        ("early_statuses", vec![index(doc! { "provider_id": 1 }), index(doc! { "kept_at": -1 })]),
        (
            "jobs",
            vec![
                index(doc! { "class": 1, "wake_at": 1 }),
                index(doc! { "state": 1, "wake_at": 1, "_id": 1 }),
            ],
        ),
        ("audit", vec![index(doc! { "arrival": -1 })]),
        ("oddities", vec![index(doc! { "arrival": -1 })]),
    ]
}

fn index(keys: Document) -> IndexModel {
    IndexModel::builder().keys(keys).build()
}

fn unique(keys: Document) -> IndexModel {
    IndexModel::builder().keys(keys).options(IndexOptions::builder().unique(true).build()).build()
}

fn partial(keys: Document, filter: Document) -> IndexModel {
    let options = IndexOptions::builder().partial_filter_expression(filter).build();
    IndexModel::builder().keys(keys).options(options).build()
}
