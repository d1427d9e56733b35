//! From facts to the next step of a request: what is missing is asked for, one thing at a time; when a city is known a
//! pro is found; when the address is known times are offered; when everything is known the deal is closed.

use super::reply;
use super::talk::Talk;
use crate::booking::{self, Errand};
use crate::concern::Concern;
use crate::conversation::{Need as Fact, Question};
use crate::decision::{Purpose, Recipient};
use crate::lead::{Lead, Slot, Status};
use crate::persona::{Goal, Offering};
use crate::policy;
use crate::pro::Pro;
use crate::request::Doubt;
use crate::routing::Fallback;
use crate::say;
use crate::turn::{Desk, Need};
use crate::understanding::{Reading, YesNo};
use crate::when::When;
use chrono::{DateTime, Timelike, Utc};
use locales::args;

/// Which time the customer chose in this turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pick {
    /// None.
    Nothing,
    /// The slot that begins then, out of those that were offered.
    Chosen(DateTime<Utc>),
}

/// Takes the request as far as the facts allow, and says what comes next.
pub(crate) fn advance(
    desk: &mut Desk<'_>,
    talk: &mut Talk<'_>,
    pick: Pick,
    reading: &Reading,
) -> Result<(), Need> {
    if let Some(called) = talk.conversation.request.name.clone() {
        talk.contact.name = Some(called);
    }
    warn_of_danger(desk, talk);
    match talk.lead.as_ref().map(|lead| lead.status) {
        Some(Status::New | Status::Booked) => return agreed(desk, talk, pick, reading),
        Some(Status::PendingAdminReview) => {
            sync(desk, talk);
            talk.say("customer-still-checking", &args![]);
            return Ok(());
        }
        Some(
            Status::Contacted | Status::Rejected | Status::Completed | Status::Closed | Status::Cancelled,
        )
        | None => {}
    }
    answer_area(desk, talk, reading)?;
    if talk.lead.is_none() && !open_lead(desk, talk, reading)? {
        return Ok(());
    }
    sync(desk, talk);
    if talk.conversation.request.doubt == Some(Doubt::Seen) && !talk.conversation.request.emergency {
        talk.conversation.request.doubt = Some(Doubt::Asked);
        talk.say("customer-emergency-question", &args![]);
        talk.ask(desk.now, Question::Emergency, policy::QUESTION_LIFE);
        return Ok(());
    }
    if talk.lead.as_ref().is_some_and(|lead| lead.pro.is_none()) && !find_pro(desk, talk, reading)? {
        return Ok(());
    }
    let Some(lead) = talk.lead.clone() else { return Ok(()) };
    let Some(pro) = super::commands::pro_of(desk, &lead)? else { return pro_is_gone(desk, talk, lead) };
    if let Pick::Chosen(start) = pick {
        talk.conversation.request.when = Some(When::Point(start));
    }
    let is_question =
        talk.texts.iter().any(|text| text.contains(['?', '؟']) && text.split_whitespace().count() > 1);
    if is_question && !talk.learned && !talk.in_passing && talk.pro_is_known() && pick == Pick::Nothing {
        // Nobody invents an answer: the pro knows, and the customer will have their phone.
        talk.in_passing = true;
        talk.unanswered = true;
    }
    let plan = plan(desk, talk, pro, pick)?;
    let was = &talk.inbox.conversation.request.issue;
    if was.is_some() && *was != talk.conversation.request.issue && !talk.introduces {
        talk.say("customer-issue-added", &args![]);
    }
    note_choice(desk, talk, pro, &plan)?;
    reply::carry_out(desk, talk, pro, plan, reading)
}

/// Says which time was understood while something else is still asked, so that nobody is booked unawares.
fn note_choice(desk: &Desk<'_>, talk: &mut Talk<'_>, pro: &Pro, plan: &Plan) -> Result<(), Need> {
    let is_new = talk.conversation.request.when != talk.inbox.conversation.request.when;
    if !is_new || !matches!(plan, Plan::Ask(Fact::FloorApartment | Fact::Name)) {
        return Ok(());
    }
    let request = &talk.conversation.request;
    let free = booking::free_slots(desk, pro, Errand::of_request(request))?;
    if let Some(slot) = request.when.as_ref().and_then(|wish| exact(&free, wish, desk)) {
        let slot = say::slot(desk.business, talk.language, &slot, desk.now);
        talk.say("customer-slot-noted", &args![slot = slot]);
    }
    Ok(())
}

/// Those of the free times at which people are usually up; all when there are none.
fn by_day(free: &[Slot], desk: &Desk<'_>) -> Vec<Slot> {
    let is_day = |slot: &&Slot| (7..22).contains(&slot.from.with_timezone(&desk.business.timezone).hour());
    let by_day: Vec<Slot> = free.iter().filter(is_day).copied().collect();
    if by_day.is_empty() { free.to_vec() } else { by_day }
}

/// The free slot that a wish names to the hour, if there is just one.
fn exact(free: &[Slot], wish: &When, desk: &Desk<'_>) -> Option<Slot> {
    match wish {
        When::Point(start) => booking::slot_at(free, *start),
        When::Candidates(readings) if readings.iter().all(|reading| matches!(reading, When::Point(_))) => {
            let mut fitting = free.iter().filter(|slot| wish.allows(slot.from, desk.business.timezone));
            let first = fitting.next()?;
            fitting.next().is_none().then_some(*first)
        }
        When::Candidates(_)
        | When::Range { .. }
        | When::Date(_)
        | When::Days { .. }
        | When::Earliest
        | When::Any
        | When::Exclusion(_)
        | When::Past
        | When::Clarify(_)
        | When::None => None,
    }
}

/// Whether a wish from an earlier day lies behind us by now.
fn is_over(wish: &When, desk: &Desk<'_>) -> bool {
    let today = desk.now.with_timezone(&desk.business.timezone).date_naive();
    match wish {
        When::Point(at) => *at < desk.now,
        When::Range { to, .. } => *to <= desk.now,
        When::Date(day) => *day < today,
        When::Days { to, .. } => to.is_some_and(|to| to <= today),
        When::Candidates(readings) => readings.iter().all(|reading| is_over(reading, desk)),
        When::Earliest | When::Any | When::Exclusion(_) | When::Past | When::Clarify(_) | When::None => false,
    }
}

/// The pro of the request is no longer with the business: a person must look, and the customer knows it.
fn pro_is_gone(desk: &mut Desk<'_>, talk: &mut Talk<'_>, mut lead: Lead) -> Result<(), Need> {
    desk.flag(&mut lead, Concern::ProIsGone);
    talk.lead = Some(lead);
    talk.say("customer-still-checking", &args![]);
    Ok(())
}

/// What comes next for a request that has a pro.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Plan {
    /// A fact is missing.
    Ask(Fact),
    /// Times to choose from.
    Offer(Vec<Slot>, Offering),
    /// Nothing is free within the horizon: a person must look (B58).
    NothingFree,
    /// Everything is known.
    Close(Slot),
}

/// Decides what comes next. Looks at the calendar only when the address is known (B30).
pub(crate) fn plan(desk: &Desk<'_>, talk: &Talk<'_>, pro: &Pro, pick: Pick) -> Result<Plan, Need> {
    let request = &talk.conversation.request;
    if !request.address.is_findable() {
        return Ok(Plan::Ask(Fact::Address));
    }
    let free = booking::free_slots(desk, pro, Errand::of_request(request).without(talk.freed.as_ref()))?;
    if free.is_empty() {
        return Ok(Plan::NothingFree);
    }
    // In an emergency and before a locked door the soonest times come first, unless the customer wants others.
    let is_urgent = request.emergency || request.item.as_deref() == Some("lock_opening");
    let soonest = is_urgent.then_some(&When::Earliest);
    let wish = request
        .when
        .as_ref()
        .filter(|wish| matches!(pick, Pick::Chosen(_)) || !is_over(wish, desk))
        .or(soonest);
    let target = wish.and_then(|wish| exact(&free, wish, desk));
    let Some(slot) = target else {
        let (mut slots, fits) = match wish {
            // Nobody is offered midnight who has not asked for it.
            None | Some(When::Any) => booking::alternatives(desk, &by_day(&free, desk), wish),
            Some(_) => booking::alternatives(desk, &free, wish),
        };
        // Chosen by nearness, read in order of time.
        slots.sort_unstable();
        let why = match (pick, wish) {
            (Pick::Chosen(_), _) => Offering::Taken,
            (Pick::Nothing, None | Some(When::Any)) => Offering::First,
            (Pick::Nothing, Some(_)) if fits => Offering::Wanted,
            (Pick::Nothing, Some(_)) => Offering::Instead,
        };
        return Ok(Plan::Offer(slots, why));
    };
    if !request.address.is_complete() {
        return Ok(Plan::Ask(Fact::FloorApartment));
    }
    if request.name.is_none() && talk.contact.called().is_none() {
        return Ok(Plan::Ask(Fact::Name));
    }
    Ok(Plan::Close(slot))
}

/// Says once where to turn in danger, as soon as there is any (B53).
pub(crate) fn warn_of_danger(desk: &mut Desk<'_>, talk: &mut Talk<'_>) {
    let was_known =
        talk.inbox.conversation.request.emergency && talk.inbox.conversation.request.trade.is_some();
    if talk.conversation.request.emergency && !was_known && !talk.is_agreed() {
        talk.say("customer-emergency", &args![number = desk.business.emergency_number.as_str()]);
        desk.note("emergency", None, "");
    }
}

/// Makes the lead as soon as a request is stated (B18). Returns false when something had to be asked first.
fn open_lead(desk: &mut Desk<'_>, talk: &mut Talk<'_>, reading: &Reading) -> Result<bool, Need> {
    let request = &talk.conversation.request;
    let Some((trade, issue)) = request.trade.zip(request.issue.clone()) else {
        answer_price(desk, talk, reading)?;
        reply::ask_for(desk, talk, Fact::Issue);
        return Ok(false);
    };
    let number = desk.lead_number()?;
    let mut lead = new_lead(desk, talk, trade, issue, number);
    let _ = lead.become_(Status::Contacted, desk.now, "request_stated");
    desk.note("lead_opened", Some(&lead.id), format!("number={number} trade={}", trade.key()));
    talk.lead = Some(lead);
    Ok(true)
}

fn new_lead(
    desk: &Desk<'_>,
    talk: &mut Talk<'_>,
    trade: crate::trade::Trade,
    issue: String,
    number: u64,
) -> Lead {
    let id = talk.next_lead_id();
    let request = &talk.conversation.request;
    let mut served_by: Vec<_> = talk.leads.iter().filter(|lead| lead.went_well()).collect();
    served_by.dedup_by(|a, b| a.pro == b.pro);
    Lead {
        id,
        business: desk.business.id.clone(),
        number,
        contact: talk.contact.id.clone(),
        conversation: talk.conversation.id.clone(),
        language: talk.language,
        status: Status::Contacted,
        history: Vec::new(),
        customer_name: None,
        customer_phone: talk.contact.phone.clone(),
        issue_type: trade,
        issue_summary: issue,
        item: request.item.clone(),
        address: request.address.clone(),
        full_address: String::new(),
        emergency: request.emergency,
        media: Vec::new(),
        pro: None,
        appointment_time: None,
        slot: None,
        appointment: None,
        offer: None,
        offers_made: 0,
        declined: Vec::new(),
        routing: Vec::new(),
        quote: None,
        final_price: None,
        commission: None,
        moved_by_pro: 0,
        rating_asked_at: None,
        review: None,
        needs_human: None,
        served_by: served_by.into_iter().filter_map(|lead| lead.pro.clone()).collect(),
        moves: 0,
        care: crate::care::Care::default(),
        further: Vec::new(),
        visits_done: 0,
        waits: None,
        remarks: Vec::new(),
    }
}

/// Finds the pro who speaks with the customer and tells them of the lead (L2). Returns false when there is none, or
/// the city is not known yet.
fn find_pro(desk: &mut Desk<'_>, talk: &mut Talk<'_>, reading: &Reading) -> Result<bool, Need> {
    let is_new = talk.lead.as_ref().is_some_and(|lead| !talk.leads.iter().any(|known| known.id == lead.id));
    let pros = desk.pros()?;
    if let Some(lead) = talk.lead.as_mut()
        && !pros.iter().any(|candidate| candidate.pro.trades.contains(&lead.issue_type))
    {
        let trade = say::trade(talk.language, lead.issue_type);
        let _ = lead.become_(Status::PendingAdminReview, desk.now, Concern::NoProOfTrade.key());
        desk.flag(lead, Concern::NoProOfTrade);
        talk.say("customer-trade-not-served", &args![trade = trade]);
        return Ok(false);
    }
    if talk.conversation.request.address.city.is_none()
        && let Some(known) = talk.contact.address.clone().filter(crate::request::Address::is_findable)
    {
        let address = say::address(talk.language, &known);
        answer_price(desk, talk, reading)?;
        talk.say("customer-confirm-address", &args![address = address]);
        talk.ask(desk.now, Question::SameAddress, policy::QUESTION_LIFE);
        return Ok(false);
    }
    if talk.conversation.request.address.city.is_none() {
        answer_price(desk, talk, reading)?;
        if is_new && !talk.price_is_told {
            acknowledge(talk);
        }
        reply::ask_for(desk, talk, Fact::City);
        return Ok(false);
    }
    if asks_for_same_pro(desk, talk)? {
        return Ok(false);
    }
    let Some(mut lead) = talk.lead.clone() else { return Ok(false) };
    let routing = booking::route(desk, &lead, talk.conversation.request.when.as_ref())?;
    lead.routing = routing.ranked.clone();
    for ranked in &routing.ranked {
        let score = ranked.score.map_or_else(|| "out".to_owned(), |score| format!("{score:.2}"));
        desk.note(
            "ranked",
            Some(&lead.id),
            format!("pro={} score={score} {}", ranked.pro, ranked.reasons.join(", ")),
        );
    }
    let chosen =
        routing.chosen.and_then(|id| desk.pros().ok()?.iter().find(|candidate| candidate.pro.id == id));
    let Some(pro) = chosen.map(|candidate| &candidate.pro) else {
        let why = routing.fallback.unwrap_or(Fallback::NoPro);
        let _ = lead.become_(Status::PendingAdminReview, desk.now, why.concern().key());
        desk.flag(&mut lead, why.concern());
        let city = lead.address.city.as_deref().map(|key| say::city(talk.language, key)).unwrap_or_default();
        match why {
            Fallback::AllBusy => talk.say("customer-no-slots", &args![]),
            Fallback::AllDeclined => talk.say("customer-no-pro-left", &args![]),
            Fallback::NoPro | Fallback::PlaceUnknown | Fallback::NoneNear => {
                talk.say("customer-area-not-served", &args![city = city]);
            }
        }
        talk.lead = Some(lead);
        return Ok(false);
    };
    talk.lead = Some(lead);
    give_to(desk, talk, pro);
    Ok(true)
}

/// The pro speaks with the customer from now on and is told of it.
pub(crate) fn give_to(desk: &mut Desk<'_>, talk: &mut Talk<'_>, pro: &Pro) {
    let Some(mut lead) = talk.lead.clone() else { return };
    lead.pro = Some(pro.id.clone());
    desk.note("routed", Some(&lead.id), format!("pro={}", pro.id));
    let known = talk.leads.iter().find(|known| known.id == lead.id);
    if known.is_none_or(|known| known.pro.as_ref() != Some(&pro.id)) {
        tell_pro(desk, pro, &lead);
        talk.introduces = true;
        if lead.emergency {
            talk.say("customer-emergency-handled", &args![]);
        }
    }
    talk.lead = Some(lead);
}

/// Asks a returning customer once whether the pro of last time is to come, if that pro still does this work there and has
/// time (M32).
fn asks_for_same_pro(desk: &mut Desk<'_>, talk: &mut Talk<'_>) -> Result<bool, Need> {
    let request = &talk.conversation.request;
    let Some(lead) = talk.lead.as_ref().filter(|_| !request.asked_same_pro && !request.emergency) else {
        return Ok(false);
    };
    let last =
        talk.leads.iter().find(|last| last.status == Status::Completed && last.issue_type == lead.issue_type);
    let Some(id) = last.and_then(|last| last.pro.clone()) else { return Ok(false) };
    let routing = booking::route(desk, lead, talk.conversation.request.when.as_ref())?;
    let is_able = routing.ranked.iter().any(|ranked| ranked.pro == id && ranked.score.is_some());
    let Some(candidate) = desk.pros()?.iter().find(|candidate| candidate.pro.id == id).filter(|_| is_able)
    else {
        return Ok(false);
    };
    talk.conversation.request.asked_same_pro = true;
    talk.say("customer-same-pro", &args![pro = candidate.pro.name.as_str()]);
    talk.ask(desk.now, Question::SamePro { pro: id }, policy::QUESTION_LIFE);
    Ok(true)
}

/// Tells a pro of a request that became theirs; of danger in other words (B52).
fn tell_pro(desk: &mut Desk<'_>, pro: &Pro, lead: &Lead) {
    let (number, issue) = (lead.number.to_string(), lead.issue_summary.as_str());
    let notice = if lead.emergency {
        let address = say::address(pro.language, &lead.address);
        say::message(pro.language, "pro-emergency", &args![lead = number, issue = issue, address = address])
    } else {
        let city = lead.address.city.as_deref().map(|key| say::city(pro.language, key)).unwrap_or_default();
        say::message(pro.language, "pro-new-lead", &args![lead = number, issue = issue, city = city])
    };
    desk.say(Recipient::Pro(pro.id.clone()), Purpose::Duty, notice, Some(lead));
}

/// Says that a new request was understood. Its words are repeated only when there is nothing in them that could be
/// taken for a figure of ours.
fn acknowledge(talk: &mut Talk<'_>) {
    let issue = talk.conversation.request.issue.clone().unwrap_or_default();
    let is_plain =
        issue.chars().count() <= 60 && !issue.chars().any(|c| c.is_numeric() || "{}*_~".contains(c));
    if talk.conversation.request.emergency {
        return talk.say("customer-emergency-understood", &args![]);
    }
    match is_plain {
        true => talk.say("customer-request-understood", &args![issue = issue]),
        false => talk.say("customer-request-received", &args![]),
    }
}

/// Whether any pro comes to a place.
pub(crate) fn is_served(desk: &Desk<'_>, city: &str) -> Result<bool, Need> {
    use crate::understanding::places::position;
    Ok(desk.pros()?.iter().any(|candidate| crate::routing::serves(&candidate.pro, city, &position)))
}

/// Answers whether a place is served from what the business knows; the intake goes on where it was (B31).
fn answer_area(desk: &mut Desk<'_>, talk: &mut Talk<'_>, reading: &Reading) -> Result<(), Need> {
    let Some(found) = reading.city.as_ref().filter(|_| reading.intents.asks_area) else { return Ok(()) };
    let city = || args![city = say::city(talk.language, &found.key)];
    if is_served(desk, &found.key)? {
        let args = city();
        talk.say("customer-area-served", &args);
    } else if talk.conversation.request.address.city.as_ref() != Some(&found.key) {
        let args = city();
        talk.say("customer-area-not-yet", &args);
    }
    Ok(())
}

/// Answers what it costs from the price lists of all pros while none is chosen; the chosen one tells their own (B32).
fn answer_price(desk: &mut Desk<'_>, talk: &mut Talk<'_>, reading: &Reading) -> Result<(), Need> {
    let pros = desk.pros()?;
    if reading.intents.asks_price && talk.conversation.request.trade.is_none() {
        talk.say("customer-price-depends", &args![]);
    } else if reading.intents.asks_price {
        let item = talk.conversation.request.item.clone();
        let prices: Vec<_> =
            pros.iter().filter_map(|candidate| candidate.pro.price(item.as_deref()?)).collect();
        let low = prices.iter().map(|price| price.min).min();
        let high = prices.iter().map(|price| price.max).max();
        match (prices.first(), low, high) {
            (Some(first), Some(low), Some(high)) => {
                let price = say::amount(desk.business, talk.language, low, high);
                let args = args![item = first.name(talk.language), price = price];
                talk.say("customer-price-quote", &args);
            }
            _ => talk.say("customer-price-after-visit", &args![]),
        }
        talk.price_is_told = true;
    }
    Ok(())
}

/// A request whose visit is held or booked: corrections reach the pro (X11), another time may be chosen, and whatever
/// else is said changes nothing (X7).
fn agreed(desk: &mut Desk<'_>, talk: &mut Talk<'_>, pick: Pick, reading: &Reading) -> Result<(), Need> {
    let before = talk.lead.clone();
    sync(desk, talk);
    let Some(lead) = talk.lead.clone() else { return Ok(()) };
    let Some(pro) = super::commands::pro_of(desk, &lead)? else { return pro_is_gone(desk, talk, lead) };
    if let Pick::Chosen(start) = pick {
        return move_to(desk, talk, lead, pro, start);
    }
    if before.as_ref().is_some_and(|before| before.address != lead.address) {
        let args = args![lead = lead.number.to_string(), address = say::address(pro.language, &lead.address)];
        let told = say::message(pro.language, "pro-offer-address-changed", &args);
        desk.say(Recipient::Pro(pro.id.clone()), Purpose::Duty, told, Some(&lead));
        let address = say::address(talk.language, &lead.address);
        talk.say("customer-address-updated", &args![address = address]);
        desk.note("address_changed", Some(&lead.id), "");
        return Ok(());
    }
    if wants_another_time(desk, talk, &lead, reading) {
        return super::commands::reschedule(desk, talk);
    }
    super::commands::status(desk, talk)
}

/// What is asked about an agreed visit: its price, else how it stands.
pub(crate) fn answer_about_visit(
    desk: &mut Desk<'_>,
    talk: &mut Talk<'_>,
    reading: &Reading,
) -> Result<(), Need> {
    match talk.lead.as_ref().filter(|_| reading.intents.asks_price).map(|lead| lead.quote.clone()) {
        Some(Some(quote)) => {
            let price = say::amount(desk.business, talk.language, quote.min, quote.max);
            talk.say("customer-agreed-price", &args![price = price]);
            Ok(())
        }
        Some(None) => {
            talk.say("customer-price-after-visit", &args![]);
            Ok(())
        }
        None => super::commands::status(desk, talk),
    }
}

/// Whether the words name a time at which the agreed visit is not: "tomorrow would be better".
fn wants_another_time(desk: &Desk<'_>, talk: &Talk<'_>, lead: &Lead, reading: &Reading) -> bool {
    if reading.intents.asks_status || reading.intents.asks_slots || reading.answer == Some(YesNo::No) {
        return false;
    }
    let request = &talk.conversation.request;
    let is_new = request.when != talk.inbox.conversation.request.when;
    match (request.when.as_ref().filter(|_| is_new), lead.slot) {
        (Some(wish), Some(slot)) => !wish.allows(slot.from, desk.business.timezone) && !is_over(wish, desk),
        _ => false,
    }
}

/// Moves an agreed visit to another free time and asks the pro again.
fn move_to(
    desk: &mut Desk<'_>,
    talk: &mut Talk<'_>,
    mut lead: Lead,
    pro: &Pro,
    start: DateTime<Utc>,
) -> Result<(), Need> {
    let free = booking::free_slots(desk, pro, Errand::anew(&lead).without(talk.freed.as_ref()))?;
    let Some(slot) = booking::slot_at(&free, start) else {
        let (slots, _) = booking::alternatives(desk, &free, Some(&When::Point(start)));
        reply::offer_list(desk, talk, pro, slots, "customer-slots-taken");
        return Ok(());
    };
    talk.conversation.pending = None;
    if lead.slot == Some(slot) {
        let slot = say::slot(desk.business, talk.language, &slot, desk.now);
        talk.say("customer-no-change", &args![slot = slot]);
        return Ok(());
    }
    if lead.has_several_visits() {
        super::visits::move_one(desk, talk, lead, pro, slot);
        return Ok(());
    }
    lead.moves += 1;
    booking::release(desk, &mut lead);
    let told = booking::close_deal(desk, &mut lead, pro, slot);
    desk.note("rescheduled", Some(&lead.id), "");
    talk.lead = Some(lead);
    talk.say_message(told);
    Ok(())
}

/// Copies what is known of the request to the lead.
pub(crate) fn sync(desk: &Desk<'_>, talk: &mut Talk<'_>) {
    let called = talk.contact.called().map(str::to_owned);
    let request = &talk.conversation.request;
    let Some(lead) = talk.lead.as_mut() else { return };
    lead.customer_name = request.name.clone().or(called);
    lead.item = request.item.clone();
    if let (Some(issue), Status::Contacted) = (&request.issue, lead.status) {
        lead.issue_summary.clone_from(issue);
    }
    let moved = lead.address.city.is_some() && lead.address.city != request.address.city;
    lead.address = request.address.clone();
    lead.full_address = if lead.address.is_findable() {
        say::address(desk.business.locale, &lead.address)
    } else {
        String::new()
    };
    // Once in danger, in danger: a chat that was started over knows less than its lead (B56).
    lead.emergency |= request.emergency;
    lead.media = request.media.clone();
    lead.language = talk.language;
    if moved && lead.status == Status::Contacted {
        // Another city may be another pro's.
        lead.pro = None;
    }
}

/// What a persona is asked to achieve for a plan; none where only code speaks.
pub(crate) fn goal(plan: &Plan, again: bool, reading: &Reading) -> Option<Goal> {
    match plan {
        Plan::Ask(need) => {
            Some(Goal::Ask { need: *need, again: again && reading.answer != Some(YesNo::Yes) })
        }
        Plan::Offer(_, why) => Some(Goal::OfferSlots { why: *why }),
        Plan::NothingFree | Plan::Close(_) => None,
    }
}
