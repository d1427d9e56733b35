//! The answer to a request under way: what code says in finished texts, and what the pro's persona says between
//! placeholders. A persona's words are used only as far as they pass the check.

use super::progress::{self, Pick, Plan};
use super::talk::Talk;
use crate::booking;
use crate::concern::Concern;
use crate::conversation::{Need as Fact, Question};
use crate::lead::Slot;
use crate::message::Outbound;
use crate::persona::{self, Goal, Offering, Spoken};
use crate::policy;
use crate::pro::Pro;
use crate::say;
use crate::turn::{Ask, Desk, Need};
use crate::understanding::{self, Context, Reading, YesNo};
use crate::when::{self, When};
use locales::{args, text};

/// How often a fact is asked for in vain before a person is asked to look (B27).
const MISSES_BEFORE_HUMAN: u8 = 2;

/// Does what the plan says and puts the answer together.
pub(crate) fn carry_out(
    desk: &mut Desk<'_>,
    talk: &mut Talk<'_>,
    pro: &Pro,
    plan: Plan,
    reading: &Reading,
) -> Result<(), Need> {
    let again = matches!(&plan, Plan::Ask(need) if missed(talk, *need));
    let Some(goal) = progress::goal(&plan, again, reading) else { return speak_code(desk, talk, pro, plan) };
    let first = speak(desk, talk, pro, &plan, goal, reading)?;
    if first.spoken.hand_off && first.spoken.by_model {
        return super::commands::human(desk, talk, crate::table::customer::State::Open);
    }
    if !first.spoken.by_model && is_the_same_offer(talk, &plan) {
        ask_for_a_time(desk, talk, reading);
        return Ok(());
    }
    if first.spoken.by_model && learn(desk, talk, &plan, &first.spoken) {
        // The model read something that the rules did not: the plan is made again, and code says the rest.
        progress::sync(desk, talk);
        let pick = Pick::Nothing;
        let next = progress::plan(desk, talk, pro, pick)?;
        if next != plan {
            let Some(goal) = progress::goal(&next, false, reading) else {
                return speak_code(desk, talk, pro, next);
            };
            let question = question(desk, talk, pro, &next, goal, reading);
            let spoken = persona::speak_by_rules(&question);
            let words = persona::fill_finished(&spoken.reply, &question);
            return deliver(desk, talk, pro, next, words, &spoken);
        }
    }
    let claims_a_choice = first.spoken.chosen_slot.is_some() || first.spoken.is_deal;
    if first.spoken.by_model && claims_a_choice && matches!(plan, Plan::Offer(..)) {
        // It speaks of a choice that nobody made: the times are offered again in our own words.
        let question = question(desk, talk, pro, &plan, goal, reading);
        let spoken = persona::speak_by_rules(&question);
        let words = persona::fill_finished(&spoken.reply, &question);
        return deliver(desk, talk, pro, plan, words, &spoken);
    }
    deliver(desk, talk, pro, plan, first.words, &first.spoken)
}

/// Whether the times that would be offered were offered just now, and the words after them said nothing about them.
fn is_the_same_offer(talk: &Talk<'_>, plan: &Plan) -> bool {
    let Plan::Offer(slots, _) = plan else { return false };
    let asked = talk.inbox.conversation.pending.as_ref().map(|pending| &pending.question);
    let is_same = matches!(asked, Some(Question::ChooseSlot { slots: offered, .. }) if offered == slots);
    let wants_a_time = talk.conversation.request.when != talk.inbox.conversation.request.when;
    is_same && !talk.learned && !talk.in_passing && !wants_a_time
}

/// Instead of the same list again: when would suit? The list stays open, so that its numbers still count.
fn ask_for_a_time(desk: &mut Desk<'_>, talk: &mut Talk<'_>, reading: &Reading) {
    let refused = reading.answer == Some(YesNo::No);
    let again = !refused && talk.conversation.misses.contains_key(&Fact::Slot);
    talk.say(persona::ask_key(Fact::Slot, again), &args![]);
    note_miss(desk, talk, Fact::Slot, !refused);
}

/// Asks for a fact while there is no pro yet: in a model's words where they hold, else in ours.
pub(crate) fn ask_for(desk: &mut Desk<'_>, talk: &mut Talk<'_>, need: Fact) {
    let again = missed(talk, need);
    let proposed = talk
        .proposed_reply
        .take()
        .filter(|_| !again)
        .filter(|reply| persona::is_harmless(reply, &talk.words(), desk.business, desk.now));
    let is_new = need == Fact::Issue && talk.inbox.history.is_empty();
    let told_name = talk.conversation.request.name.clone().filter(|_| talk.learned);
    let called = talk.contact.called().is_some();
    match proposed {
        Some(reply) => talk.say_words(reply),
        None if need == Fact::Issue && told_name.is_some() => {
            talk.say("customer-nice-to-meet", &args![name = told_name.unwrap_or_default()]);
            talk.say("customer-ask-issue", &args![]);
        }
        // The introduction before the first answer greets and names the business.
        None if need == Fact::Issue && is_new && !called => {
            talk.say("customer-ask-name-and-issue", &args![]);
        }
        None if need == Fact::Issue && is_new => talk.say("customer-ask-issue", &args![]),
        None if need == Fact::Issue && talk.said_hello => {
            talk.say("customer-greeting", &args![business = desk.business.name.as_str()]);
        }
        None => talk.say(persona::ask_key(need, again), &args![]),
    }
    note_miss(desk, talk, need, again);
    talk.ask(desk.now, Question::Tell { need }, policy::QUESTION_LIFE);
}

/// Lists times to choose from under a heading, without a persona.
pub(crate) fn offer_list(desk: &Desk<'_>, talk: &mut Talk<'_>, pro: &Pro, slots: Vec<Slot>, heading: &str) {
    let header = text(talk.language, heading, &args![pro = pro.name.as_str()]);
    let (lines, buttons) = say::slot_choice(desk.business, talk.language, &slots, desk.now);
    talk.say_message(Outbound { text: format!("{header}\n{}", lines.join("\n")), buttons, figures: None });
    talk.ask(desk.now, Question::ChooseSlot { pro: pro.id.clone(), slots }, policy::QUESTION_LIFE);
}

/// Whether this fact was asked for just now and nothing came of it.
fn missed(talk: &Talk<'_>, need: Fact) -> bool {
    let asked = matches!(
        talk.inbox.conversation.pending.as_ref().map(|pending| &pending.question),
        Some(Question::Tell { need: asked }) if *asked == need
    );
    // Floor, then another floor: something was learned, and the apartment is as unknown as before.
    let (address, before) = (&talk.conversation.request.address, &talk.inbox.conversation.request.address);
    let is_stuck = address != before && address.is_same_house(before) && !talk.completed_address;
    asked && (!talk.learned || is_stuck) && !talk.in_passing
}

/// Asks the open question again, in other words where there are some; whoever misses it twice gets a person (B27).
pub(super) fn ask_again(desk: &mut Desk<'_>, talk: &mut Talk<'_>) -> Result<(), Need> {
    let asked = talk.conversation.pending.as_ref().map(|pending| pending.question.clone());
    let key = match asked {
        Some(Question::SameAddress) => {
            let known = talk.contact.address.clone().unwrap_or_default();
            let address = say::address(talk.language, &known);
            talk.say("customer-confirm-address", &args![address = address]);
            note_miss(desk, talk, Fact::Choice, !talk.in_passing);
            return Ok(());
        }
        Some(Question::SamePro { .. }) => "customer-same-pro-again",
        Some(Question::Emergency) => "customer-emergency-question",
        Some(Question::NewOrExisting { .. }) => "customer-new-or-existing-again",
        Some(Question::AnotherPro) => "customer-another-pro-again",
        Some(Question::CallOffered) => "customer-call-again",
        Some(Question::VisitDone) => "customer-visit-done-again",
        Some(Question::EarlierOffered { .. }) => "customer-earlier-again",
        Some(Question::VisitOffered { .. }) => "customer-another-visit-again",
        Some(Question::ReviewWords) => "customer-review-question",
        Some(Question::ChooseSlot { .. }) => "customer-slot-number-invalid",
        Some(Question::ConfirmCancel { .. }) => return super::commands::repeat_cancel(desk, talk),
        Some(
            Question::Tell { .. }
            | Question::Consent
            | Question::WhichLead { .. }
            | Question::FinalPrice
            | Question::Desk(_)
            | Question::Owner(_)
            | Question::SignUp(_),
        )
        | None => {
            if talk.lead.is_some() {
                return progress::advance(desk, talk, Pick::Nothing, &Reading::default());
            }
            "customer-rating-invalid"
        }
    };
    talk.say(key, &args![]);
    note_miss(desk, talk, Fact::Choice, !talk.in_passing);
    Ok(())
}

/// Nothing that could be read came: words are asked for.
pub(super) fn ask_for_words(desk: &mut Desk<'_>, talk: &mut Talk<'_>) {
    talk.say("customer-please-write-text", &args![]);
    let again = missed(talk, Fact::Issue);
    note_miss(desk, talk, Fact::Issue, again);
    talk.ask_for_fact(desk.now, Fact::Issue);
}

/// No model may be asked any more today, and the rules do not understand: a person will (B141, L37).
pub(super) fn leave_to_a_person(desk: &mut Desk<'_>, talk: &mut Talk<'_>) {
    talk.say("customer-person-will-read", &args![]);
    if talk.conversation.needs_human.is_none() {
        talk.conversation.needs_human = Some(Concern::BudgetUsed);
        if let Some(lead) = talk.lead.as_mut() {
            lead.needs_human.get_or_insert(Concern::BudgetUsed);
        }
        desk.note("needs_human", talk.lead.as_ref().map(|lead| &lead.id), Concern::BudgetUsed.key());
    }
}

pub(super) fn note_miss(desk: &mut Desk<'_>, talk: &mut Talk<'_>, need: Fact, again: bool) {
    if !again {
        talk.conversation.misses.remove(&need);
        return;
    }
    let misses = talk.conversation.misses.entry(need).or_default();
    *misses = misses.saturating_add(1);
    if *misses >= MISSES_BEFORE_HUMAN && talk.conversation.needs_human.is_none() {
        talk.conversation.needs_human = Some(Concern::NotUnderstood);
        if let Some(lead) = talk.lead.as_mut() {
            lead.needs_human = Some(Concern::NotUnderstood);
        }
        desk.note("needs_human", talk.lead.as_ref().map(|lead| &lead.id), Concern::NotUnderstood.key());
        talk.say("customer-human-will-look", &args![]);
    }
}

struct Said {
    words: String,
    spoken: Spoken,
}

/// The persona's words: checked, asked for again once when refused, then replaced by the rules.
fn speak(
    desk: &mut Desk<'_>,
    talk: &Talk<'_>,
    pro: &Pro,
    plan: &Plan,
    goal: Goal,
    reading: &Reading,
) -> Result<Said, Need> {
    let mut asked = question(desk, talk, pro, plan, goal, reading);
    for attempt in 1..=2_u8 {
        asked.attempt = attempt;
        let Some(spoken) = desk.known.persona.get(usize::from(attempt) - 1) else {
            return Err(Need::Ask(Ask::Persona(Box::new(asked))));
        };
        if !spoken.by_model {
            let words = persona::fill_finished(&spoken.reply, &asked);
            let words = if talk.unanswered {
                let args = args![pro = pro.name.as_str()];
                format!("{}\n{words}", text(talk.language, "customer-ask-the-pro", &args))
            } else {
                words
            };
            return Ok(Said { words, spoken: spoken.clone() });
        }
        match persona::render(&spoken.reply, &asked) {
            Ok(words) => {
                // A request that waits for a fact stands still unless somebody asks for it.
                let asks = !matches!(goal, Goal::Ask { .. }) || words.contains(['?', '؟']);
                let words = if asks { words } else { format!("{words}\n{}", persona::ask(&asked)) };
                return Ok(Said { words, spoken: spoken.clone() });
            }
            Err(violation) => {
                let lead = talk.lead.as_ref().map(|lead| &lead.id);
                desk.note("persona_refused", lead, format!("attempt={attempt} why={}", violation.key()));
                asked.refused = Some(violation.key());
            }
        }
    }
    let spoken = persona::speak_by_rules(&asked);
    let words = persona::fill_finished(&spoken.reply, &asked);
    Ok(Said { words, spoken })
}

fn question(
    desk: &Desk<'_>,
    talk: &Talk<'_>,
    pro: &Pro,
    plan: &Plan,
    goal: Goal,
    reading: &Reading,
) -> persona::Question {
    let slots = match plan {
        Plan::Offer(slots, _) => slots.clone(),
        Plan::Ask(_) | Plan::NothingFree | Plan::Close(_) => Vec::new(),
    };
    persona::Question {
        attempt: 1,
        refused: None,
        business: desk.business.clone(),
        pro: pro.clone(),
        language: talk.language,
        goal,
        slots,
        item: talk.conversation.request.item.clone(),
        asks_price: reading.intents.asks_price && !talk.price_is_told,
        asks_times: reading.intents.asks_slots,
        introduces: talk.introduces,
        address: talk.conversation.request.address.clone(),
        customer: talk.contact.called().map(str::to_owned),
        issue: talk.conversation.request.issue.clone().unwrap_or_default(),
        history: talk.inbox.history.clone(),
        words: talk.words(),
        now: desk.now,
    }
}

/// Takes over what a model read while it spoke, as far as the customer's words bear it out. Returns whether there was
/// anything.
fn learn(desk: &Desk<'_>, talk: &mut Talk<'_>, plan: &Plan, spoken: &Spoken) -> bool {
    let before = talk.conversation.request.clone();
    let words = talk.words();
    let time = when::Context::new(desk.now, desk.business.timezone);
    let understood = super::Understood {
        customer_name: spoken.customer_name.clone(),
        city: spoken.city.clone(),
        street: spoken.street.clone(),
        street_number: spoken.street_number.clone(),
        floor: spoken.floor.clone(),
        apartment: spoken.apartment.clone(),
        appointment_time: spoken.appointment_time.clone(),
        ..super::Understood::default()
    };
    let checked = super::guard::check(&understood, &words, &[], &time);
    super::facts::merge(
        &mut talk.conversation.request,
        &Reading::default(),
        &checked,
        &When::None,
        &words,
        None,
    );
    if let Plan::Offer(slots, _) = plan {
        let only = (spoken.is_deal && slots.len() == 1).then_some(1);
        let chosen = spoken.chosen_slot.or(only).and_then(|number| usize::try_from(number).ok());
        // A slot counts as chosen only when it had been offered before these words.
        let was_offered =
            |slot: &Slot| match talk.inbox.conversation.pending.as_ref().map(|pending| &pending.question) {
                Some(Question::ChooseSlot { slots, .. }) => slots.contains(slot),
                _ => false,
            };
        if let Some(slot) =
            chosen.and_then(|number| slots.get(number.checked_sub(1)?)).filter(|slot| was_offered(slot))
        {
            talk.conversation.request.when = Some(When::Point(slot.from));
        }
    }
    let (_, deal) = persona::cut_deal_marker(&spoken.reply);
    if let Some((time_words, address_words)) = deal {
        let wish = when::read(&time_words, &time);
        let context = Context { trades: &[], city: None, expecting: None };
        let traced =
            |part: &str| crate::text::fold(&words).contains(&crate::text::fold(part)) && !part.is_empty();
        if traced(&time_words) && super::guard::is_a_wish(&wish) {
            talk.conversation.request.when = Some(wish);
        }
        if traced(&address_words) {
            let reading = understanding::read(&address_words, &context);
            super::facts::merge(
                &mut talk.conversation.request,
                &reading,
                &super::guard::Checked::default(),
                &When::None,
                &words,
                None,
            );
        }
    }
    talk.conversation.request != before
}

/// Says what belongs to code alone: the deal, and that nothing is free.
fn speak_code(desk: &mut Desk<'_>, talk: &mut Talk<'_>, pro: &Pro, plan: Plan) -> Result<(), Need> {
    let Some(mut lead) = talk.lead.clone() else { return Ok(()) };
    match plan {
        Plan::Close(slot) => {
            let told = booking::close_deal(desk, &mut lead, pro, slot);
            talk.contact.address = Some(lead.address.clone());
            talk.conversation.pending = None;
            talk.conversation.misses.clear();
            talk.lead = Some(lead);
            talk.say_message(told);
        }
        Plan::NothingFree => {
            desk.flag(&mut lead, Concern::NoFreeSlots);
            talk.conversation.needs_human = Some(Concern::NoFreeSlots);
            talk.lead = Some(lead);
            talk.say("customer-no-slots", &args![]);
            super::waitlist::suggest(talk);
        }
        Plan::Ask(_) | Plan::Offer(..) => {}
    }
    Ok(())
}

/// Puts checked words, the list of times and the open question together.
fn deliver(
    desk: &mut Desk<'_>,
    talk: &mut Talk<'_>,
    pro: &Pro,
    plan: Plan,
    words: String,
    spoken: &Spoken,
) -> Result<(), Need> {
    match plan {
        Plan::Ask(need) => {
            talk.say_words(words);
            let again = missed(talk, need);
            note_miss(desk, talk, need, again);
            talk.ask(desk.now, Question::Tell { need }, policy::QUESTION_LIFE);
        }
        Plan::Offer(slots, why) => {
            let (lines, buttons) = say::slot_choice(desk.business, talk.language, &slots, desk.now);
            // Words that name every time themselves need no list under them.
            let named = (1..=slots.len()).all(|number| spoken.reply.contains(&format!("{{slot:{number}}}")));
            let list = if named {
                words
            } else {
                let footer = text(talk.language, "customer-slots-footer", &args![]);
                let footer = if slots.len() > 1 { format!("\n{footer}") } else { String::new() };
                format!("{words}\n{}{footer}", lines.join("\n"))
            };
            talk.say_message(Outbound { text: list, buttons, figures: None });
            if matches!(why, Offering::Instead) {
                talk.say("customer-wait-hint", &args![]);
            }
            talk.ask(desk.now, Question::ChooseSlot { pro: pro.id.clone(), slots }, policy::QUESTION_LIFE);
        }
        Plan::NothingFree | Plan::Close(_) => {}
    }
    Ok(())
}
