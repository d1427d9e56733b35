//! Words: what they mean by rules and by a model, and what becomes of the facts in them. What is done with the meaning
//! stands in the table.

use super::guard::{self, Checked};
use super::progress::{self, Pick};
use super::talk::Talk;
use super::{Intent as Wanted, Question as Asked, acts, commands, decide, facts, reply};
use crate::conversation::{Need as Fact, Pending, Question};
use crate::request::Doubt;
use crate::routing;
use crate::say;
use crate::table::customer::{Meaning, State, act_on_meaning};
use crate::trade::Trade;
use crate::turn::{Ask, Desk, Need};
use crate::understanding::{self, Context, EmergencyLevel, Reading, YesNo, places};
use crate::when::{self, When};
use locales::args;

/// Words as they were understood.
#[derive(Default)]
pub(super) struct Heard {
    pub(super) reading: Reading,
    pub(super) checked: Checked,
    /// When, in the light of what is spoken of.
    pub(super) wish: Option<When>,
    /// What the question was that they came after.
    pub(super) pending: Option<Pending>,
    /// What a model would say to ask for what is missing.
    proposed: Option<String>,
}

/// Reads what was written and does what the second table says of its meaning. Where a question has only a few answers the
/// rules settle it, and no model is asked.
pub(super) fn read(desk: &mut Desk<'_>, talk: &mut Talk<'_>, state: State) -> Result<(), Need> {
    let words = talk.words();
    let trades = trades(desk)?;
    let city = talk.conversation.request.address.city.clone();
    let expecting = facts::expecting(&talk.conversation);
    let context = Context { trades: &trades, city: city.as_deref(), expecting };
    let mut reading = understanding::read(&words, &context);
    if !desk.business.emergency_words.is_empty() {
        reading.emergency = understanding::emergency_by(&words, &desk.business.emergency_words);
    }
    let pending = talk.conversation.pending.clone();
    let time = when::Context {
        asked_for_time: commands::asks_for_time(pending.as_ref()),
        ..when::Context::new(desk.now, desk.business.timezone)
    };
    let (meaning, heard) = match by_rules(state, &reading, talk, &when::read(&words, &time)) {
        Some(meaning) => {
            let wish = super::wish::read(&words, &talk.conversation, &time);
            (meaning, Heard { reading, pending, wish: Some(wish), ..Heard::default() })
        }
        None => {
            let Some(understood) = &desk.known.dispatch else {
                let asked = question(desk, talk, &trades, &words, pending.as_ref());
                return Err(Need::Ask(Ask::Dispatch(Box::new(asked))));
            };
            let checked = guard::check(understood, &words, &trades, &time);
            talk.note_findings(understood);
            desk.note("understood", None, summary(&reading, &checked, understood.by_model));
            let wish = super::wish::read(&words, &talk.conversation, &time);
            let meaning = meaning(&reading, &checked, &wish, &words);
            let proposed = guard::present(&understood.reply);
            (meaning, Heard { reading, checked, wish: Some(wish), pending, proposed })
        }
    };
    let act = act_on_meaning(state, meaning);
    decide::note(desk, talk, state, meaning.key(), act);
    acts::carry_out(desk, talk, state, act, heard)
}

fn trades(desk: &Desk<'_>) -> Result<Vec<Trade>, Need> {
    let mut trades: Vec<Trade> =
        desk.pros()?.iter().flat_map(|candidate| candidate.pro.trades.iter().copied()).collect();
    trades.sort_unstable();
    trades.dedup();
    Ok(trades)
}

/// The meaning of an answer to a question with few answers.
fn by_rules(state: State, reading: &Reading, talk: &Talk<'_>, wish: &When) -> Option<Meaning> {
    let answer = || {
        Some(match reading.answer? {
            YesNo::Yes => Meaning::Yes,
            YesNo::No => Meaning::No,
            YesNo::Later => Meaning::Later,
        })
    };
    let is_wish = guard::is_a_wish(wish);
    let whole = || meaning(reading, &Checked::by_rules(reading), &When::None, &talk.words());
    match state {
        State::CancelAsked => {
            let hints = &reading.intents;
            let plain = !hints.wants_human && !hints.wants_reschedule;
            Some(answer().filter(|_| plain).unwrap_or_else(whole))
        }
        State::SameProAsked
        | State::AnotherProOffered
        | State::CallOffered
        | State::NewOrExistingAsked
        | State::VisitDoneAsked
        | State::EarlierOffered
        | State::VisitOffered => {
            Some(if reading.intents.wants_human { Meaning::Human } else { answer().unwrap_or_else(whole) })
        }
        State::EmergencyAsked => answer(),
        State::Rescheduling if is_wish => Some(Meaning::Change),
        State::Rescheduling => Some(answer().unwrap_or_else(whole)),
        State::ReviewAsked if reading.intents.wants_human => Some(Meaning::Human),
        State::ReviewAsked => {
            let is_new = reading.trade.is_some() && reading.issue.is_some() && !reading.intents.thanks;
            Some(if is_new { Meaning::Request } else { whole() })
        }
        State::SameAddressAsked => {
            answer().filter(|answer| *answer == Meaning::Yes && reading.street.is_none())
        }
        State::ChoosingSlot => {
            answer().filter(|answer| *answer == Meaning::Yes && !talk.says_more_than_yes() && !is_wish)
        }
        State::ConsentDue
        | State::ConsentAsked
        | State::Paused
        | State::Idle
        | State::IssueAsked
        | State::FactAsked
        | State::AddressAsked
        | State::Open
        | State::ApprovalWait
        | State::Booked
        | State::InReview
        | State::RatingAsked => None,
    }
}

/// What words mean, from what the rules read and what holds of a model's answer.
fn meaning(reading: &Reading, checked: &Checked, wish: &When, words: &str) -> Meaning {
    let hints = &reading.intents;
    let has_fact = reading.street.is_some()
        || reading.street_number.is_some()
        || reading.floor.is_some()
        || reading.apartment.is_some()
        || reading.name.is_some()
        || (reading.city.is_some() && !hints.asks_area)
        || guard::is_a_wish(wish)
        || checked.has_fact();
    let is_short = words.split_whitespace().count() <= 3;
    match checked.intent {
        Some(Wanted::Human) => return Meaning::Human,
        Some(Wanted::Cancellation) if hints.wants_cancel => return Meaning::Cancellation,
        Some(Wanted::BookingChange) if hints.wants_reschedule => return Meaning::Change,
        Some(Wanted::Status) if reading.trade.is_none() => return Meaning::Status,
        Some(
            Wanted::Cancellation
            | Wanted::BookingChange
            | Wanted::Status
            | Wanted::ServiceRequest
            | Wanted::Question
            | Wanted::Complaint
            | Wanted::SmallTalk
            | Wanted::OffTopic,
        )
        | None => {}
    }
    let asks = hints.asks_price || hints.asks_slots || hints.asks_area || hints.asks_help || hints.asks_bot;
    if reading.trade.is_some() && reading.issue.is_some() {
        Meaning::Request
    } else if checked.intent == Some(Wanted::OffTopic) {
        Meaning::OffTopic
    } else if hints.complaint {
        Meaning::Complaint
    } else if asks {
        Meaning::Question
    } else if has_fact {
        Meaning::Fact
    } else if reading.answer == Some(YesNo::Later) {
        Meaning::Later
    } else if reading.answer == Some(YesNo::No) && is_short {
        Meaning::No
    } else if reading.answer == Some(YesNo::Yes) {
        Meaning::Yes
    } else if hints.thanks || hints.goodbye || hints.greeting || checked.intent == Some(Wanted::SmallTalk) {
        Meaning::SmallTalk
    } else {
        Meaning::Fact
    }
}

/// Keeps the facts and takes the request as far as they allow.
pub(super) fn go_on(desk: &mut Desk<'_>, talk: &mut Talk<'_>, heard: Heard) -> Result<(), Need> {
    keep_facts(desk, talk, &heard)?;
    if heard.reading.intents.asks_bot {
        talk.say("customer-i-am-an-assistant", &args![]);
    }
    let Heard { reading, wish, pending, proposed, .. } = heard;
    talk.proposed_reply = proposed;
    let agrees = reading.answer == Some(YesNo::Yes);
    let wish = wish.unwrap_or(When::None);
    let pick =
        commands::only_fitting(desk, pending.as_ref(), &wish, agrees).map_or(Pick::Nothing, Pick::Chosen);
    progress::advance(desk, talk, pick, &reading)
}

/// Merges what was read into the request, which may be a new one.
pub(super) fn keep_facts(desk: &mut Desk<'_>, talk: &mut Talk<'_>, heard: &Heard) -> Result<(), Need> {
    let Heard { reading, checked, .. } = heard;
    if talk.comes_back_with_new_work(reading, desk.now) {
        if let Some(lead) = talk.lead.as_mut() {
            let _ = lead.become_(crate::lead::Status::Closed, desk.now, "left_lying");
        }
        if talk.conversation.request.address.is_findable() {
            talk.contact.address = Some(talk.conversation.request.address.clone());
        }
        talk.close_request();
        talk.conversation.pending = None;
    } else if talk.wants_new_work(reading) {
        talk.start_new_request();
    }
    let words = talk.words();
    let city = talk.conversation.request.address.city.clone();
    let expecting = facts::expecting(&talk.conversation);
    let before = talk.conversation.request.address.clone();
    let wish = heard.wish.clone().unwrap_or(When::None);
    talk.learned = facts::merge(&mut talk.conversation.request, reading, checked, &wish, &words, expecting);
    if talk.conversation.request.address.city.is_none() {
        let pros = desk.pros()?.iter().map(|candidate| &candidate.pro);
        let named = routing::named_place(pros, &words, &places::position);
        talk.learned |= named.is_some();
        talk.conversation.request.address.city = named.map(str::to_owned);
    }
    talk.completed_address = talk.conversation.request.address.parts() > before.parts();
    if reading.intents.asks_area
        && reading.issue.is_none()
        && city.is_none()
        && let Some(asked) = talk.conversation.request.address.city.clone()
        && !progress::is_served(desk, &asked)?
    {
        // A mere question about a place where nobody goes does not say that the work is there.
        talk.conversation.request.address.city = None;
    }
    note_danger(desk, talk, heard);
    let hints = &reading.intents;
    talk.said_hello = hints.greeting || (matches!(checked.intent, Some(Wanted::SmallTalk)) && !hints.thanks);
    talk.in_passing = hints.asks_price
        || hints.asks_slots
        || hints.asks_area
        || hints.asks_help
        || hints.thanks
        || hints.greeting
        || hints.asks_bot
        || reading.answer == Some(YesNo::Yes);
    Ok(())
}

/// One sign that may mean danger is asked about once (B47, B49); what was found and why is noted (B45).
fn note_danger(desk: &mut Desk<'_>, talk: &mut Talk<'_>, heard: &Heard) {
    let danger = &heard.reading.emergency;
    let request = &mut talk.conversation.request;
    match danger.level {
        EmergencyLevel::Yes if !talk.inbox.conversation.request.emergency => {
            let detail = format!("confidence={:.2} signs={}", danger.confidence, danger.reasons.join(","));
            desk.note("danger_read", None, detail);
        }
        EmergencyLevel::Ambiguous if !request.emergency && request.doubt.is_none() => {
            request.doubt = Some(Doubt::Seen);
        }
        EmergencyLevel::Yes | EmergencyLevel::Ambiguous | EmergencyLevel::No => {}
    }
}

/// Answers what is asked about us; everything else that is asked is answered on the way of the request.
pub(super) fn answer_question(desk: &mut Desk<'_>, talk: &mut Talk<'_>, heard: Heard) -> Result<(), Need> {
    let hints = heard.reading.intents;
    let is_idle = talk.lead.is_none() && heard.reading.trade.is_none();
    if hints.asks_bot && is_idle {
        talk.say("customer-i-am-an-assistant", &args![]);
        reply::ask_for(desk, talk, Fact::Issue);
        return Ok(());
    }
    if hints.asks_help && is_idle {
        let trades = trades(desk)?;
        let names: Vec<String> = trades.iter().map(|trade| say::trade(talk.language, *trade)).collect();
        let comma = if talk.language == crate::language::Language::Ar { "، " } else { ", " };
        let args = args![business = desk.business.name.as_str(), trades = names.join(comma)];
        talk.say("customer-what-we-do", &args);
        talk.ask_for_fact(desk.now, Fact::Issue);
        return Ok(());
    }
    if talk.is_agreed() {
        keep_facts(desk, talk, &heard)?;
        return progress::answer_about_visit(desk, talk, &heard.reading);
    }
    go_on(desk, talk, heard)
}

fn question(
    desk: &Desk<'_>,
    talk: &Talk<'_>,
    trades: &[Trade],
    words: &str,
    pending: Option<&Pending>,
) -> Asked {
    let request = &talk.conversation.request;
    let address = &request.address;
    let known = [
        ("customer_name", &request.name),
        ("issue_summary", &request.issue),
        ("city", &address.city.as_deref().map(|key| say::city(talk.language, key))),
        ("street", &address.street),
        ("street_number", &address.street_number),
        ("floor", &address.floor),
        ("apartment", &address.apartment),
    ];
    Asked {
        business: desk.business.clone(),
        trades: trades.to_vec(),
        language: talk.language,
        facts: known
            .into_iter()
            .filter_map(|(name, value)| value.clone().map(|value| (name, value)))
            .collect(),
        asked: pending.map(|pending| pending.question.key().to_owned()).unwrap_or_default(),
        history: talk.inbox.history.clone(),
        words: words.to_owned(),
        now: desk.now,
    }
}

/// What was understood, as keys without words of people, for the strip and the audit.
fn summary(reading: &Reading, checked: &Checked, by_model: bool) -> String {
    let mut parts = vec![format!("by={}", if by_model { "model" } else { "rules" })];
    if let Some(intent) = checked.intent {
        parts.push(format!("intent={intent:?}"));
    }
    if let Some(trade) = reading.trade.or(checked.trade) {
        parts.push(format!("trade={}", trade.key()));
    }
    if let Some(city) = reading.city.as_ref().map(|found| found.key.clone()).or_else(|| checked.city.clone())
    {
        parts.push(format!("city={city}"));
    }
    for (name, known) in [
        ("address", reading.street_number.is_some() || checked.street_number.is_some()),
        ("name", reading.name.is_some() || checked.name.is_some()),
        ("emergency", reading.emergency.level == EmergencyLevel::Yes || checked.emergency),
    ] {
        if known {
            parts.push(name.to_owned());
        }
    }
    parts.join(" ")
}

/// The times of the open question, if it is one about times.
pub(super) fn offered(pending: Option<&Pending>) -> Option<&[crate::lead::Slot]> {
    let Some(Question::ChooseSlot { slots, .. }) = pending.map(|pending| &pending.question) else {
        return None;
    };
    Some(slots)
}
