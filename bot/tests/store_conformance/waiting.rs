//! What waits for somebody: the questions of the jobs that come back by themselves.

use crate::fixtures::*;
use agents::care::{Alert, AlertKind, Raised};
use agents::concern::Concern;
use agents::lead::{Lead, StatusChange};
use bot::store::Store;
use bot::store::documents::{Document, Expect};
use bot::store::waiting::{Cursor, Left};
use chrono::{DateTime, Utc};

fn lead_since(id: &str, number: u64, status: &str, since: DateTime<Utc>) -> Lead {
    let mut lead = lead(id, number, status);
    lead.history = vec![StatusChange { status: lead.status, at: since, reason: String::new() }];
    lead
}

async fn put(store: &Store, leads: Vec<Lead>) {
    let documents = leads.into_iter().map(|lead| (Expect::Absent, Document::Lead(lead)));
    store.put_documents(documents.collect(), at(0)).await.unwrap();
}

async fn ids(
    store: &Store,
    left: Left,
    before: DateTime<Utc>,
    after: Option<&Cursor>,
    limit: u32,
) -> Vec<String> {
    let found = store.left_leads(&business(), left, before, after, limit).await.unwrap();
    found.into_iter().map(|found| found.lead.to_string()).collect()
}

pub(crate) async fn leads_left_alone_are_found_page_by_page_the_longest_first(store: &Store) {
    let mut flagged = lead_since("flagged", 5, "contacted", at(0));
    flagged.needs_human = Some(Concern::Stuck);
    put(
        store,
        vec![
            lead_since("b", 1, "contacted", at(10)),
            lead_since("a", 2, "contacted", at(10)),
            lead_since("c", 3, "contacted", at(5)),
            lead_since("booked", 4, "booked", at(0)),
            flagged,
            lead_since("late", 6, "contacted", at(90)),
        ],
    )
    .await;
    assert_eq!(ids(store, Left::Stale, at(60), None, 10).await, ["c", "a", "b"]);
    assert_eq!(ids(store, Left::Lying, at(60), None, 10).await, ["flagged", "c", "a", "b"]);
    let first = store.left_leads(&business(), Left::Stale, at(60), None, 2).await.unwrap();
    assert_eq!(ids(store, Left::Stale, at(60), first.last(), 2).await, ["b"]);
    // A lead that was looked at comes later, and one that a person looks at does not come at all.
    let mut looked = store.lead(&agents::id::LeadId::new("c")).await.unwrap().unwrap();
    looked.value.care.looked_at = Some(at(70));
    let documents = vec![(Expect::Version(looked.version), Document::Lead(looked.value))];
    store.put_documents(documents, at(70)).await.unwrap();
    assert_eq!(ids(store, Left::Stale, at(60), None, 10).await, ["a", "b"]);
}

pub(crate) async fn what_was_not_reported_is_found_until_it_is(store: &Store) {
    let mut flagged = lead("l1", 1, "contacted");
    flagged.needs_human = Some(Concern::Stuck);
    put(store, vec![flagged, lead("l2", 2, "contacted")]).await;
    let found = store.unreported_leads(&business(), 10).await.unwrap();
    assert_eq!(found.len(), 1);
    let mut told = found[0].value.clone();
    told.care.reported = told.needs_human;
    let documents = vec![(Expect::Version(found[0].version), Document::Lead(told))];
    store.put_documents(documents, at(1)).await.unwrap();
    assert!(store.unreported_leads(&business(), 10).await.unwrap().is_empty());
}

pub(crate) async fn alerts_wait_until_they_were_told(store: &Store) {
    let alert = Alert { kind: AlertKind::ModelsDown, lead: None, words: "x".to_owned() };
    let raised = Raised::after(None, &alert, &business(), at(0));
    store.put_documents(vec![(Expect::Absent, Document::Alert(raised.clone()))], at(0)).await.unwrap();
    let waiting = store.waiting_alerts(&business(), 10).await.unwrap();
    assert_eq!(waiting[0].value, raised);
    let told = Raised { waits: false, told_at: Some(at(1)), ..raised };
    store.put_documents(vec![(Expect::Version(1), Document::Alert(told.clone()))], at(1)).await.unwrap();
    assert!(store.waiting_alerts(&business(), 10).await.unwrap().is_empty());
    assert_eq!(store.alert(&told.id).await.unwrap().unwrap().value, told);
}
