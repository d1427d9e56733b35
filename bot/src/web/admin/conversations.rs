//! Chats: the list, what was said, and people of the business taking over.

use super::call::{Call, Done};
use super::contacts::{find_people, sealed};
use super::cursor;
use super::orders::not_carried_out;
use super::refusal::Refusal;
use super::route::{Nothing, Route};
use super::shown;
use crate::pipeline::order::{self, InChat};
use crate::store::documents::Stored;
use crate::store::lists::{Behind, ChatLine, ReadUpTo, WhichChats};
use admin_api::access::Action;
use admin_api::conversation::{
    Answering, ConversationDetail, ConversationFilter, ConversationLine, GiveBack, Line, Say, SendTemplate,
    TakeOver, Template,
};
use admin_api::page::{Page, Window};
use agents::contact::Contact;
use agents::conversation::Conversation;
use agents::id::{ContactId, ConversationId, LeadId};
use agents::operator::Order;
use agents::policy;
use agents::template::Chosen;
use agents::text::{is_blank, truncate};
use chrono::{DateTime, TimeDelta, Utc};
use futures::future::try_join_all;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// How much of the last words is shown in the list, in characters.
const BEGINNING: usize = 120;
/// How long the bot may be told to be silent, in minutes: a day.
const LONGEST_SILENCE: u32 = 1_440;
/// The longest answer, in characters: what WhatsApp takes.
const LONGEST_ANSWER: usize = 4_096;
/// The longest filling of a template, in characters: what Meta takes as the body of one.
const LONGEST_FILLING: usize = 1_024;

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get("/conversations", Action::Read, "Chats, the one written in last first.", list),
        Route::get("/conversations/{id}", Action::Read, "One chat.", one),
        Route::get(
            "/conversations/{id}/lines",
            Action::Read,
            "What was said: the newest page first, each page oldest line first.",
            lines,
        ),
        Route::post(
            "/conversations/{id}/take-over",
            Action::Talk,
            "A person takes over: the bot is silent for so long.",
            take_over,
        ),
        Route::post("/conversations/{id}/give-back", Action::Talk, "The bot answers again.", give_back),
        Route::post("/conversations/{id}/answer", Action::Talk, "Says something in the chat.", answer),
        Route::get("/templates", Action::Read, "The approved templates of the business.", templates),
        Route::post(
            "/conversations/{id}/template",
            Action::Talk,
            "Sends an approved template, also outside of the service window.",
            send_template,
        ),
    ]
}

async fn list(call: Call<ConversationFilter>) -> Result<Page<ConversationLine>, Refusal> {
    let asked = &call.asked;
    let limit = Call::<ConversationFilter>::rows(&asked.window);
    let behind: Option<Behind> = Call::<ConversationFilter>::behind(&asked.window)?;
    let which = WhichChats {
        needs_human: asked.needs_human,
        paused_at: asked.paused.then_some(call.now()),
        find: asked.q.as_deref().and_then(|q| find_people(call.business(), q)),
    };
    let business = call.business();
    let found = call.app.store.list_conversations(&business.id, &which, behind.as_ref(), limit + 1).await?;
    let place = |stored: &Stored<Conversation>| Behind {
        at: stored.value.last_inbound_at.unwrap_or(DateTime::<Utc>::UNIX_EPOCH),
        id: stored.value.id.to_string(),
    };
    let page = cursor::page(found, limit, place, |stored| stored);
    let rows = shown_rows(&call, &page.rows).await?;
    Ok(Page { rows, next: page.next, total: page.total })
}

/// Chats as they are listed, with what belongs to each: the person, the number of the lead, the last words.
async fn shown_rows<T>(
    call: &Call<T>,
    chats: &[Stored<Conversation>],
) -> Result<Vec<ConversationLine>, Refusal> {
    let store = &call.app.store;
    let contacts: Vec<ContactId> = chats.iter().map(|chat| chat.value.contact.clone()).collect();
    let leads: Vec<LeadId> = chats.iter().filter_map(|chat| chat.value.lead.clone()).collect();
    let last = chats.iter().map(|chat| store.chat_lines(&chat.value.id, ReadUpTo::default(), 1));
    let (contacts, leads, last, pros) = tokio::try_join!(
        store.contacts(&contacts),
        store.leads(&leads),
        try_join_all(last),
        store.pros(&call.business().id)
    )?;
    let contacts: BTreeMap<ContactId, Contact> =
        contacts.into_iter().map(|stored| (stored.value.id.clone(), stored.value)).collect();
    let numbers: BTreeMap<LeadId, u64> =
        leads.into_iter().map(|stored| (stored.value.id, stored.value.number)).collect();
    let rows = chats.iter().zip(last).map(|(stored, last)| {
        let chat = &stored.value;
        let contact = contacts.get(&chat.contact);
        let phone = contact.and_then(|contact| contact.phone.clone());
        let pro = phone.as_deref().and_then(|phone| shown::pro_with_phone(&pros, phone));
        let role = match phone.as_deref() {
            Some(phone) if call.app.is_owner(call.business(), phone) => "owner",
            Some(_) if pro.is_some_and(|pro| !pro.is_pending()) => "pro",
            Some(_) | None => "customer",
        };
        let name = contact.and_then(Contact::called).or(pro.map(|pro| pro.name.as_str()));
        let paused_until = chat.paused_until.filter(|until| *until > call.now());
        let answering = match paused_until {
            Some(_) => Answering::Person,
            None if call.business().paused_at.is_some() && role == "customer" => Answering::Nobody,
            None => Answering::Bot,
        };
        ConversationLine {
            id: chat.id.to_string(),
            version: stored.version,
            contact: chat.contact.to_string(),
            name: name.map(str::to_owned),
            phone,
            channel: chat.place.channel.key().to_owned(),
            role: role.to_owned(),
            last_inbound_at: chat.last_inbound_at,
            window_until: policy::window_closes_at(chat.place.channel, chat.last_inbound_at),
            last_words: last.lines.last().map(|line| beginning(&shown::line(line).text)),
            answering,
            paused_until,
            needs_human: chat.needs_human.map(|concern| concern.key().to_owned()),
            lead: chat.lead.as_ref().map(ToString::to_string),
            lead_number: chat.lead.as_ref().and_then(|lead| numbers.get(lead)).copied(),
            opted_out: contact.is_some_and(|contact| contact.opted_out_at.is_some()),
        }
    });
    Ok(rows.collect())
}

fn beginning(text: &str) -> String {
    truncate(text, BEGINNING).to_owned()
}

async fn one(call: Call<Nothing>) -> Result<ConversationDetail, Refusal> {
    let stored = call.conversation(&ConversationId::new(call.id("id"))).await?;
    detail(&call, stored).await
}

/// Everything about a chat but its words.
pub(super) async fn detail<T>(
    call: &Call<T>,
    stored: Stored<Conversation>,
) -> Result<ConversationDetail, Refusal> {
    let leads = call.app.store.leads_of_contact(&stored.value.contact).await?;
    let chats = [stored];
    let line = shown_rows(call, &chats).await?.pop().ok_or_else(Refusal::not_found)?;
    let [stored] = chats;
    let is_open = |pending: &&agents::conversation::Pending| pending.expires_at > call.now();
    let pending = stored.value.pending.as_ref().filter(is_open);
    Ok(ConversationDetail {
        line,
        language: stored.value.language.map(|language| language.code().to_owned()),
        waits_for: pending.map(|pending| pending.question.key().to_owned()),
        leads: leads.iter().map(|lead| (lead.value.id.to_string(), lead.value.number)).collect(),
    })
}

async fn lines(call: Call<Window>) -> Result<Page<Line>, Refusal> {
    let stored = call.conversation(&ConversationId::new(call.id("id"))).await?;
    let limit = Call::<Window>::rows(&call.asked);
    let read: ReadUpTo = Call::<Window>::behind(&call.asked)?.unwrap_or_default();
    let found = call.app.store.chat_lines(&stored.value.id, read, limit).await?;
    let next = found.before.map(|before| cursor::write(&before));
    Ok(Page { rows: found.lines.iter().map(shown::line).collect(), next, total: None })
}

/// The chat in the version that the caller saw.
async fn as_seen<T>(call: &Call<T>, version: u64) -> Result<Stored<Conversation>, Refusal> {
    let stored = call.conversation(&ConversationId::new(call.id("id"))).await?;
    if stored.version == version {
        return Ok(stored);
    }
    Err(Refusal::conflict(&detail(call, stored).await?))
}

async fn take_over(call: Call<TakeOver>) -> Result<ConversationDetail, Refusal> {
    let TakeOver { minutes, version } = call.asked;
    if !(1..=LONGEST_SILENCE).contains(&minutes) {
        return Err(Refusal::invalid("minutes: must be 1 to 1,440"));
    }
    let stored = as_seen(&call, version).await?;
    let until = call.now() + TimeDelta::minutes(i64::from(minutes));
    let order = Order::TakeOver { chat: stored.value.id.clone(), until };
    let done = changed("conversation.take_over", &stored, json!({ "paused_until": until }));
    change(&call, stored, &order, done).await
}

async fn give_back(call: Call<GiveBack>) -> Result<ConversationDetail, Refusal> {
    let stored = as_seen(&call, call.asked.version).await?;
    let order = Order::GiveBack { chat: stored.value.id.clone() };
    let done = changed("conversation.give_back", &stored, json!({ "paused_until": null }));
    change(&call, stored, &order, done).await
}

fn changed(action: &'static str, stored: &Stored<Conversation>, after: Value) -> Done {
    let before = json!({ "paused_until": stored.value.paused_until });
    Done { action, subject: subject(&stored.value.id), before, after }
}

/// A chat as the audit names it.
fn subject(id: &ConversationId) -> String {
    format!("conversations/{id}")
}

async fn change<T>(
    call: &Call<T>,
    stored: Stored<Conversation>,
    order: &Order,
    done: Done,
) -> Result<ConversationDetail, Refusal> {
    let id = stored.value.id;
    let about = InChat { chat: &id, seen: Some(stored.version), said_by: None, with: sealed(call, done) };
    let carried_out = order::carry_out_in_chat(&call.app, &call.caller.business, order, about).await;
    carried_out.map_err(not_carried_out)?;
    detail(call, call.conversation(&id).await?).await
}

/// Words of a person of the business. They name no version: whatever happened in the chat, they are to be said.
async fn answer(call: Call<Say>) -> Result<Line, Refusal> {
    let id = call.conversation(&ConversationId::new(call.id("id"))).await?.value.id;
    let text = call.asked.text.trim().to_owned();
    if is_blank(&text) || text.chars().count() > LONGEST_ANSWER {
        return Err(Refusal::invalid("text: write 1 to 4,096 characters"));
    }
    let done = Done {
        action: "conversation.answer",
        subject: subject(&id),
        before: Value::Null,
        after: json!({ "characters": text.chars().count() }),
    };
    said(&call, &id, &Order::Write { chat: id.clone(), text }, done).await
}

/// The templates of the business file, which somebody had approved at the provider.
async fn templates(call: Call<Nothing>) -> Result<Vec<Template>, Refusal> {
    let shown = |template: &agents::template::Template| Template {
        name: template.name.clone(),
        language: template.language.clone(),
        purpose: template.purpose.key().to_owned(),
        parameters: template.parameters.clone(),
    };
    Ok(call.business().templates.iter().map(shown).collect())
}

async fn send_template(call: Call<SendTemplate>) -> Result<Line, Refusal> {
    let id = call.conversation(&ConversationId::new(call.id("id"))).await?.value.id;
    let SendTemplate { name, language, parameters } = &call.asked;
    let characters: usize = parameters.iter().map(|words| words.chars().count()).sum();
    if parameters.iter().any(|words| is_blank(words)) || characters > LONGEST_FILLING {
        return Err(Refusal::invalid(
            "parameters: none may be empty, and all together 1,024 characters at most",
        ));
    }
    let done = Done {
        action: "conversation.template",
        subject: subject(&id),
        before: Value::Null,
        after: json!({ "template": name, "language": language, "characters": characters }),
    };
    let template = Chosen { name: name.clone(), language: language.clone(), parameters: parameters.clone() };
    said(&call, &id, &Order::SendTemplate { chat: id.clone(), template }, done).await
}

/// Carries out an order that says one thing in a chat, and shows it as a line.
async fn said<T>(call: &Call<T>, id: &ConversationId, order: &Order, done: Done) -> Result<Line, Refusal> {
    let about = InChat { chat: id, seen: None, said_by: Some(&call.caller.name), with: sealed(call, done) };
    let said = order::carry_out_in_chat(&call.app, &call.caller.business, order, about).await;
    let said = said.map_err(not_carried_out)?;
    let first = said.first().ok_or_else(|| Refusal::broken("words of an operator went nowhere"))?;
    let row = call.app.store.outbox_by_id(first).await?.ok_or_else(Refusal::not_found)?;
    Ok(shown::line(&ChatLine::Told(Box::new(row))))
}
