//! People: the list and the search, one of them, two made one, everything of one taken out, and one removed for good.

use super::call::{Call, Done};
use super::cursor;
use super::refusal::Refusal;
use super::route::{Nothing, Route};
use super::shown;
use crate::business_file::phone_prefix;
use crate::people::erase::{self, EraseError};
use crate::people::export;
use crate::people::merge::{self, MergeError};
use crate::store::documents::{Commit, Document, Expect, Stored};
use crate::store::lists::FindPeople;
use admin_api::access::Action;
use admin_api::contact::{ContactFilter, ContactLine, Erase, Erased, Export, Merge};
use admin_api::page::Page;
use agents::business::Business;
use agents::contact::Contact;
use agents::id::ContactId;
use agents::pro::Pro;
use agents::text::fold;
use serde_json::{Value, json};
use std::collections::HashMap;

pub(super) fn routes() -> Vec<Route> {
    let see = Action::EditContacts;
    let erase_people = Action::ErasePeople;
    vec![
        Route::get("/contacts", see, "People by the beginning of a name or a phone; newest first.", list),
        Route::get("/contacts/{id}", see, "A person.", one),
        Route::post(
            "/contacts/{id}/merge",
            see,
            "Makes two contacts one: chats and leads of the other are this one's, and the other is gone. Refused when both \
             have visits at the same time, and when the other works here.",
            merge_into,
        ),
        Route::get(
            "/contacts/{id}/export",
            erase_people,
            "Everything of a person as one readable document. It is noted in the audit.",
            take_out,
        ),
        Route::post(
            "/contacts/{id}/erase",
            erase_people,
            "Removes a person for good, and frees their visits. Repeated after an interruption it goes on.",
            remove,
        ),
    ]
}

/// What people are found by who are called so, or whose phone begins so; none for words without letters.
pub(super) fn find_people(business: &Business, q: &str) -> Option<FindPeople> {
    let name = fold(q);
    (!name.is_empty()).then(|| FindPeople { name, phone: phone_prefix(business.timezone, q) })
}

async fn list(call: Call<ContactFilter>) -> Result<Page<ContactLine>, Refusal> {
    let asked = &call.asked;
    let limit = Call::<ContactFilter>::rows(&asked.window);
    let behind = Call::<ContactFilter>::behind(&asked.window)?;
    let find = asked.q.as_deref().and_then(|q| find_people(call.business(), q));
    let business = &call.business().id;
    let found = call.app.store.list_contacts(business, find.as_ref(), behind, limit + 1).await?;
    let shown: Vec<&Stored<Contact>> = found.iter().map(|(_, stored)| stored).collect();
    let mut lines = lines(&call, &shown).await?;
    Ok(cursor::page(
        found,
        limit,
        |(place, _)| *place,
        |(_, stored)| lines.remove(&stored.value.id).unwrap_or_else(|| line(&stored, 0, None, &[])),
    ))
}

/// The lines of some people, with three questions for all of them.
async fn lines<T>(
    call: &Call<T>,
    people: &[&Stored<Contact>],
) -> Result<HashMap<ContactId, ContactLine>, Refusal> {
    let ids: Vec<ContactId> = people.iter().map(|stored| stored.value.id.clone()).collect();
    let counts = call.app.store.lead_counts(&ids).await?;
    let pros = call.app.store.pros(&call.business().id).await?;
    let mut chats: HashMap<ContactId, String> = HashMap::new();
    for chat in call.app.store.conversations_of_contacts(&ids).await? {
        // The latest of each comes first.
        chats.entry(chat.value.contact).or_insert_with(|| chat.value.id.to_string());
    }
    let lines = people.iter().map(|stored| {
        let id = &stored.value.id;
        (id.clone(), line(stored, counts.get(id).copied().unwrap_or(0), chats.remove(id), &pros))
    });
    Ok(lines.collect())
}

fn line(
    stored: &Stored<Contact>,
    leads: u32,
    conversation: Option<String>,
    pros: &[Stored<Pro>],
) -> ContactLine {
    let contact = &stored.value;
    let pro = contact.phone.as_deref().and_then(|phone| shown::pro_with_phone(pros, phone));
    ContactLine {
        id: contact.id.to_string(),
        version: stored.version,
        name: contact.called().or(pro.map(|pro| pro.name.as_str())).map(str::to_owned),
        phone: contact.phone.clone(),
        language: contact.language.map(|language| language.code().to_owned()),
        opted_out_at: contact.opted_out_at,
        leads,
        conversation,
    }
}

async fn shown<T>(call: &Call<T>, id: &ContactId) -> Result<ContactLine, Refusal> {
    let stored = call.contact(id).await?;
    let mut lines = lines(call, &[&stored]).await?;
    lines.remove(id).ok_or_else(Refusal::not_found)
}

async fn one(call: Call<Nothing>) -> Result<ContactLine, Refusal> {
    shown(&call, &ContactId::new(call.id("id"))).await
}

async fn merge_into(call: Call<Merge>) -> Result<ContactLine, Refusal> {
    let one = ContactId::new(call.id("id"));
    let other = ContactId::new(call.asked.other.clone());
    let stored = call.contact(&one).await?;
    call.contact(&other).await?;
    if stored.version != call.asked.version {
        return Err(Refusal::conflict(&shown(&call, &one).await?));
    }
    let done = Done {
        action: "contact.merge",
        subject: subject(&one),
        before: json!({ "other": other }),
        after: Value::Null,
    };
    let with = sealed(&call, done);
    match merge::merge(&call.app, call.business(), &one, call.asked.version, &other, with).await {
        Ok(()) => shown(&call, &one).await,
        Err(MergeError::Store(error)) => Err(error.into()),
        Err(MergeError::NotFound) => Err(Refusal::not_found()),
        Err(MergeError::Changed) => Err(Refusal::Raced),
        Err(MergeError::Same) => Err(Refusal::invalid("other: is this contact itself; name another one")),
        Err(MergeError::WorksHere) => Err(Refusal::not_now(
            "the other is a pro or an owner, who is found by that contact; merge this one into that one instead",
        )),
        Err(MergeError::Clash) => Err(Refusal::not_now(
            "both have visits at the same time, so they are hardly one person; move or cancel one visit first",
        )),
    }
}

async fn take_out(call: Call<Nothing>) -> Result<Export, Refusal> {
    let id = ContactId::new(call.id("id"));
    call.contact(&id).await?;
    let data = export::export(&call.app.store, call.business(), &id).await?.ok_or_else(Refusal::not_found)?;
    let done =
        Done { action: "contact.export", subject: subject(&id), before: Value::Null, after: Value::Null };
    call.commit(Commit::default(), done).await?;
    Ok(Export { made_at: call.now(), data })
}

async fn remove(call: Call<Erase>) -> Result<Erased, Refusal> {
    let id = ContactId::new(call.id("id"));
    call.contact(&id).await?;
    if call.asked.confirm != format!("erase {id}") {
        return Err(Refusal::invalid("confirm: write the word `erase`, a space and the id of the person"));
    }
    let with = |erased: erase::Erased| {
        let done = Done {
            action: "contact.erase",
            subject: erase::subject(),
            before: Value::Null,
            after: json!({ "rows": erased.rows }),
        };
        sealed(&call, done)
    };
    match erase::erase(&call.app, &call.caller.business, &id, with).await {
        Ok(erased) => Ok(Erased { documents: erased.rows, left: erased.left }),
        Err(EraseError::Store(error)) => Err(error.into()),
        Err(EraseError::NotFound) => Err(Refusal::not_found()),
        Err(error @ (EraseError::WorksHere | EraseError::Left(_))) => {
            Err(Refusal::not_now(error.to_string()))
        }
    }
}

fn subject(id: &ContactId) -> String {
    format!("contacts/{id}")
}

/// What belongs to a change, for whoever writes it.
pub(super) fn sealed<T>(call: &Call<T>, done: Done) -> Vec<(Expect, Document)> {
    let mut commit = Commit::default();
    call.seal(&mut commit, done);
    commit.documents
}
