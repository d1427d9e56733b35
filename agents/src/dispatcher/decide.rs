//! One turn of a customer: everything that waits is read together and answered once.

use super::guard::{self, Checked};
use super::progress::{self, Pick};
use super::reply;
use super::talk::Talk;
use super::{Intent, Question as Asked, commands, facts};
use crate::conversation::{Need as Fact, Pending, Question};
use crate::lead::{Review, Status};
use crate::message::{AttachmentKind, Content};
use crate::policy;
use crate::say;
use crate::text::{is_blank, is_emoji_only};
use crate::trade::Trade;
use crate::turn::{Ask, Desk, Inbox, Need};
use crate::understanding::{self, Context, Reading, YesNo};
use crate::when;
use crate::words;
use locales::{Role, Word, args};

/// Answers everything that a customer wrote.
pub(crate) fn decide(desk: &mut Desk<'_>, inbox: &Inbox) -> Result<(), Need> {
    let mut talk = Talk::new(desk, inbox);
    answer(desk, &mut talk)?;
    talk.finish(desk);
    Ok(())
}

fn answer(desk: &mut Desk<'_>, talk: &mut Talk<'_>) -> Result<(), Need> {
    if consent_words(desk, talk) && talk.is_empty() {
        return Ok(());
    }
    if is_paused(desk, talk) || !is_consented(desk, talk) {
        return Ok(());
    }
    let pending = talk.conversation.pending.clone().filter(|pending| pending.expires_at > desk.now);
    talk.conversation.pending = pending.clone();
    if let Some(word) = talk.command() {
        match word {
            Word::Human => return commands::human(desk, talk),
            Word::Status => return commands::status(desk, talk),
            Word::Cancel => return commands::ask_to_cancel(desk, talk),
            Word::Reschedule => return commands::reschedule(desk, talk),
            Word::Reset => return commands::reset(desk, talk),
            Word::Help => {
                talk.say("customer-help", &args![business = desk.business.name.as_str()]);
                return Ok(());
            }
            // Yes and no mean nothing by themselves: they answer the open question, below.
            _ => {}
        }
    }
    if let Some(tap) = talk.tapped() {
        return commands::tapped(desk, talk, tap);
    }
    if rating(desk, talk)? {
        return Ok(());
    }
    if let Some(start) = talk.tapped_slot() {
        return progress::advance(desk, talk, Pick::Chosen(start), &Reading::default());
    }
    if talk.has_nothing_to_read() && !says_yes_or_no(talk) {
        return unreadable(desk, talk);
    }
    understand(desk, talk, pending)
}

/// Opt-out and opt-in as whole messages beat everything (B97, B103). Returns whether there was one.
fn consent_words(desk: &mut Desk<'_>, talk: &mut Talk<'_>) -> bool {
    let mut any = false;
    for text in std::mem::take(&mut talk.texts) {
        match words::whole_message(&text, Role::Anyone) {
            Some(Word::Stop) => {
                talk.contact.opted_out_at.get_or_insert(desk.now);
                desk.note("opted_out", None, "");
                talk.say("customer-stopped", &args![]);
                any = true;
            }
            Some(Word::Start) => {
                talk.contact.opted_out_at = None;
                desk.note("opted_in", None, "");
                talk.say("customer-started", &args![]);
                any = true;
            }
            _ => talk.texts.push(text),
        }
    }
    if any {
        // The wish to be left alone is no place for introductions.
        talk.contact.disclosed_at.get_or_insert(desk.now);
    }
    any
}

/// A chat that a person has taken over stays silent, and each message starts the pause anew (L16, M25, M26).
fn is_paused(desk: &mut Desk<'_>, talk: &mut Talk<'_>) -> bool {
    if talk.conversation.paused_until.is_none_or(|until| until <= desk.now) {
        talk.conversation.paused_until = None;
        return false;
    }
    talk.conversation.paused_until = Some(desk.now + policy::PAUSE);
    if talk.command() == Some(Word::Human) {
        talk.say("customer-human", &args![]);
    }
    true
}

/// Under `consent = "ask"` nothing is done before a yes; the yes starts with what was already written (L39, L40).
fn is_consented(desk: &mut Desk<'_>, talk: &mut Talk<'_>) -> bool {
    if desk.business.consent == crate::business::Consent::Notice || talk.contact.consented_at.is_some() {
        return true;
    }
    let asked = talk
        .conversation
        .pending
        .as_ref()
        .is_some_and(|pending| pending.question == Question::Consent && pending.expires_at > desk.now);
    match (asked, talk.command()) {
        (true, Some(Word::Yes)) => {
            talk.contact.consented_at = Some(desk.now);
            talk.contact.disclosed_at.get_or_insert(desk.now);
            talk.conversation.pending = None;
            desk.note("consented", None, "");
            talk.recall_earlier_words();
            true
        }
        (true, Some(Word::No)) => {
            talk.conversation.pending = None;
            talk.say("customer-consent-refused", &args![]);
            false
        }
        _ => {
            talk.contact.disclosed_at.get_or_insert(desk.now);
            talk.ask(desk.now, Question::Consent, policy::QUESTION_LIFE);
            talk.say("customer-consent-request", &args![business = desk.business.name.as_str()]);
            false
        }
    }
}

/// Stars as the answer to the question how it was, and the words after them (L6). A new problem is no answer (X10).
fn rating(desk: &mut Desk<'_>, talk: &mut Talk<'_>) -> Result<bool, Need> {
    if let Some(Pending { question: Question::ReviewWords, lead: Some(lead), .. }) =
        talk.conversation.pending.clone()
    {
        return Ok(review_words(desk, talk, &lead));
    }
    let Some(stars) = talk.stars() else { return Ok(false) };
    let is_asked = |lead: &crate::lead::Lead| {
        lead.status == Status::Completed
            && lead.review.is_none()
            && lead.rating_asked_at.is_some_and(|asked| asked + policy::RATING_LIFE > desk.now)
    };
    if talk.conversation.pending.is_some() {
        return Ok(false);
    }
    let Some(mut lead) = talk.leads.iter().find(|lead| is_asked(lead)).cloned() else { return Ok(false) };
    let pros = desk.pros()?;
    if let Some(candidate) =
        lead.pro.as_ref().and_then(|id| pros.iter().find(|candidate| candidate.pro.id == *id))
    {
        let mut pro = candidate.pro.clone();
        pro.add_review(stars);
        desk.decision.pros.push(pro);
    }
    lead.review = Some(Review { stars, words: None, at: desk.now });
    desk.note("reviewed", Some(&lead.id), format!("stars={stars}"));
    talk.say("customer-rating-thanks", &args![rating = stars.to_string()]);
    talk.say("customer-review-question", &args![]);
    talk.ask_about(desk.now, Question::ReviewWords, policy::QUESTION_LIFE, &lead);
    talk.save(lead);
    Ok(true)
}

fn review_words(desk: &mut Desk<'_>, talk: &mut Talk<'_>, id: &crate::id::LeadId) -> bool {
    let words = talk.words();
    let reading = understanding::read(&words, &Context { trades: Trade::ALL, city: None, expecting: None });
    talk.conversation.pending = None;
    let Some(mut lead) = talk.leads.iter().find(|lead| lead.id == *id).cloned() else { return false };
    if talk.command() != Some(Word::No) && !is_blank(&words) {
        if reading.trade.is_some()
            && reading.issue.is_some()
            && !reading.intents.thanks
            && talk.wants_new_work(&reading)
        {
            return false;
        }
        if let Some(review) = lead.review.as_mut() {
            review.words = Some(crate::text::truncate(&words, 1_000).to_owned());
        }
        desk.note("review_words", Some(&lead.id), "");
    }
    talk.say("customer-review-thanks", &args![]);
    talk.save(lead);
    true
}

/// Whether a sign such as 👍 answers yes or no.
fn says_yes_or_no(talk: &Talk<'_>) -> bool {
    let context = Context { trades: &[], city: None, expecting: None };
    understanding::read(&talk.words(), &context).answer.is_some()
}

/// Nothing with words or meaning came: asked for words, or the picture is acknowledged and kept.
fn unreadable(desk: &mut Desk<'_>, talk: &mut Talk<'_>) -> Result<(), Need> {
    let has_media = talk.inbox.inbound.iter().any(|inbound| matches!(inbound.content, Content::Media { .. }));
    if has_media && (talk.lead.is_some() || talk.conversation.request.issue.is_some()) {
        talk.say("customer-media-added", &args![]);
        talk.keep_media_on_lead();
        return Ok(());
    }
    if has_media {
        let is_unheard = talk.inbox.inbound.iter().all(|inbound| match &inbound.content {
            Content::Media { attachment } => attachment.kind == AttachmentKind::Voice,
            Content::Text { .. } | Content::Tap { .. } | Content::Location { .. } | Content::Other { .. } => {
                true
            }
        });
        let key = if is_unheard { "customer-voice-unheard" } else { "customer-media-received" };
        talk.say(key, &args![]);
        talk.ask(desk.now, Question::Tell { need: Fact::Issue }, policy::QUESTION_LIFE);
        return Ok(());
    }
    if talk.is_agreed() && talk.texts.iter().any(|text| is_emoji_only(text)) {
        talk.say("customer-you-are-welcome", &args![]);
        return Ok(());
    }
    let is_place =
        talk.inbox.inbound.iter().any(|inbound| matches!(inbound.content, Content::Location { .. }));
    talk.say(if is_place { "customer-location-received" } else { "customer-please-write-text" }, &args![]);
    if talk.conversation.pending.is_none() && talk.lead.is_none() {
        talk.ask(desk.now, Question::Tell { need: Fact::Issue }, policy::QUESTION_LIFE);
    }
    Ok(())
}

/// Reads the words by rules and by a model, keeps what holds, and goes on from there.
fn understand(desk: &mut Desk<'_>, talk: &mut Talk<'_>, pending: Option<Pending>) -> Result<(), Need> {
    let words = talk.words();
    let mut trades: Vec<Trade> =
        desk.pros()?.iter().flat_map(|candidate| candidate.pro.trades.iter().copied()).collect();
    trades.sort_unstable();
    trades.dedup();
    let city = talk.conversation.request.address.city.clone();
    let reading = understanding::read(
        &words,
        &Context { trades: &trades, city: city.as_deref(), expecting: facts::expecting(&talk.conversation) },
    );
    if let Some(pending) = &pending
        && let Some(pick) = commands::answered(desk, talk, pending, &reading)?
    {
        return match pick {
            commands::Outcome::Said => Ok(()),
            commands::Outcome::GoOn(pick) => progress::advance(desk, talk, pick, &reading),
        };
    }
    let zone = desk.business.timezone;
    let time = when::Context {
        asked_for_time: commands::asks_for_time(pending.as_ref()),
        ..when::Context::new(desk.now, zone)
    };
    let understood = match &desk.known.dispatch {
        Some(understood) => understood,
        None => {
            return Err(Need::Ask(Ask::Dispatch(Box::new(question(
                desk,
                talk,
                &trades,
                &words,
                pending.as_ref(),
            )))));
        }
    };
    let checked = guard::check(understood, &words, &trades, &time);
    talk.note_findings(understood);
    desk.note("understood", None, summary(&reading, &checked, understood.by_model));
    match checked.intent {
        Some(Intent::Human) => return commands::human(desk, talk),
        Some(Intent::Status) if talk.lead.is_some() && reading.trade.is_none() => {
            return commands::status(desk, talk);
        }
        Some(Intent::Cancellation) if reading.intents.wants_cancel => {
            return commands::ask_to_cancel(desk, talk);
        }
        Some(Intent::BookingChange) if reading.intents.wants_reschedule && talk.is_agreed() => {
            return commands::reschedule(desk, talk);
        }
        _ => {}
    }
    if talk.comes_back_with_new_work(&reading, desk.now) {
        if let Some(lead) = talk.lead.as_mut() {
            let _ = lead.become_(Status::Closed, desk.now, "left_lying");
        }
        if talk.conversation.request.address.is_findable() {
            talk.contact.address = Some(talk.conversation.request.address.clone());
        }
        talk.close_request();
        talk.conversation.pending = None;
    } else if talk.wants_new_work(&reading) {
        talk.start_new_request();
    }
    let wish = super::wish::read(&words, &talk.conversation, &time);
    let expecting = facts::expecting(&talk.conversation);
    let learned = facts::merge(&mut talk.conversation.request, &reading, &checked, &wish, &words, expecting);
    if reading.intents.asks_area
        && reading.issue.is_none()
        && city.is_none()
        && let Some(asked) = talk.conversation.request.address.city.clone()
        && !progress::is_served(desk, &asked)?
    {
        // A mere question about a place where nobody goes does not say that the work is there.
        talk.conversation.request.address.city = None;
    }
    talk.said_hello = reading.intents.greeting
        || (matches!(checked.intent, Some(Intent::SmallTalk)) && !reading.intents.thanks);
    let hints = &reading.intents;
    talk.in_passing = hints.asks_price
        || hints.asks_slots
        || hints.asks_area
        || hints.asks_help
        || hints.thanks
        || hints.greeting
        || hints.asks_bot
        || reading.answer == Some(YesNo::Yes);
    if hints.asks_bot {
        talk.say("customer-i-am-an-assistant", &args![]);
        if talk.lead.is_none() && reading.trade.is_none() {
            reply::ask_for(desk, talk, Fact::Issue);
            return Ok(());
        }
    }
    talk.learned = learned;
    talk.proposed_reply = guard::present(&understood.reply);
    let has_request = talk.lead.is_some() || talk.conversation.request.issue.is_some();
    if matches!(checked.intent, Some(Intent::OffTopic)) && !has_request {
        // "Tomorrow" in a question about the weather is no wish for a visit.
        talk.conversation.request.when = None;
        talk.say("customer-off-topic", &args![]);
        return Ok(());
    }
    if (hints.thanks || hints.goodbye) && !learned && talk.lead.is_none() && reading.trade.is_none() {
        talk.say("customer-you-are-welcome", &args![]);
        return Ok(());
    }
    let is_idle = talk.lead.is_none() && reading.trade.is_none() && !learned;
    if hints.asks_help && is_idle {
        let names: Vec<String> = trades.iter().map(|trade| say::trade(talk.language, *trade)).collect();
        let comma = if talk.language == crate::language::Language::Ar { "، " } else { ", " };
        let args = args![business = desk.business.name.as_str(), trades = names.join(comma)];
        talk.say("customer-what-we-do", &args);
        talk.ask(desk.now, Question::Tell { need: Fact::Issue }, policy::QUESTION_LIFE);
        return Ok(());
    }
    if is_idle && pending.is_none() && talk.command() == Some(Word::Yes) {
        talk.say("customer-nothing-to-confirm", &args![]);
        return Ok(());
    }
    // A request that was turned down on all offered times is left alone until the customer comes back (B68).
    let tells = matches!(pending.as_ref().map(|pending| &pending.question), Some(Question::Tell { .. }));
    let gives_up = reading.answer == Some(YesNo::No) && tells && words.split_whitespace().count() <= 3;
    if (reading.answer == Some(YesNo::Later) || gives_up) && !learned {
        talk.conversation.pending = None;
        talk.say("customer-later", &args![]);
        return Ok(());
    }
    let agrees = reading.answer == Some(YesNo::Yes);
    let pick =
        commands::only_fitting(desk, pending.as_ref(), &wish, agrees).map_or(Pick::Nothing, Pick::Chosen);
    progress::advance(desk, talk, pick, &reading)
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
        ("emergency", reading.emergency.level == understanding::EmergencyLevel::Yes || checked.emergency),
    ] {
        if known {
            parts.push(name.to_owned());
        }
    }
    parts.join(" ")
}

/// Whether a text is only decoration, which is answered by asking for words.
pub(super) fn is_wordless(text: &str) -> bool {
    is_blank(text) || is_emoji_only(text)
}
