//! One turn at the pro's desk: every waiting message in order, each on what the one before it left.

use crate::booking::{self, Why};
use crate::care::{self, ProTap};
use crate::conversation::{Pending, ProAction, Question};
use crate::decision::{Purpose, Recipient};
use crate::id::LeadId;
use crate::lead::{Lead, Status};
use crate::message::{Content, Inbound, Outbound};
use crate::policy;
use crate::pro::Pro;
use crate::say;
use crate::turn::{Desk, Inbox, Need};
use crate::words;
use locales::{Role, Word, args, text};

/// What a turn at the desk works on.
struct Seat {
    pro: Pro,
    pro_changed: bool,
    inbox: Inbox,
    /// The pro's open leads, as changed so far, and which of them changed.
    jobs: Vec<(Lead, bool)>,
}

/// Answers everything that a pro wrote.
pub(crate) fn decide(desk: &mut Desk<'_>, inbox: &Inbox) -> Result<(), Need> {
    let Some(pro) = inbox.pro.clone() else { return Ok(()) };
    let jobs = inbox.jobs.iter().map(|lead| (lead.clone(), false)).collect();
    let mut seat = Seat { pro, pro_changed: false, inbox: inbox.clone(), jobs };
    for inbound in &inbox.inbound {
        let last = seat.inbox.conversation.last_inbound_at;
        seat.inbox.conversation.last_inbound_at = last.max(Some(inbound.at));
        answer(desk, &mut seat, inbound)?;
    }
    desk.decision.leads.extend(seat.jobs.into_iter().filter(|(_, changed)| *changed).map(|(lead, _)| lead));
    if seat.pro_changed {
        desk.decision.pros.push(seat.pro);
    }
    desk.decision.conversation = Some(seat.inbox.conversation);
    desk.decision.contact = Some(seat.inbox.contact);
    Ok(())
}

fn answer(desk: &mut Desk<'_>, seat: &mut Seat, inbound: &Inbound) -> Result<(), Need> {
    let pending = seat.inbox.conversation.pending.take().filter(|pending| pending.expires_at > desk.now);
    // What was paid may be told after something else was done in between.
    seat.inbox.conversation.pending =
        pending.clone().filter(|pending| pending.question == Question::FinalPrice);
    if let Content::Tap { payload, label } = &inbound.content {
        return match read_payload(payload) {
            Some((action, lead, round)) => act_on(desk, seat, action, &lead, Some(round)),
            None if ProTap::read(payload).is_some() => visit_answered(desk, seat, payload),
            None => typed(desk, seat, label, None, pending),
        };
    }
    let Some(words) = inbound.content.words().filter(|words| !crate::text::is_blank(words)) else {
        seat.inbox.conversation.pending = pending;
        menu(desk, seat);
        return Ok(());
    };
    let quoted = match &inbound.reply_to {
        Some(message) => desk.quoted(message)?.cloned(),
        None => None,
    };
    typed(desk, seat, words, quoted, pending)
}

fn typed(
    desk: &mut Desk<'_>,
    seat: &mut Seat,
    words: &str,
    quoted: Option<LeadId>,
    pending: Option<Pending>,
) -> Result<(), Need> {
    let bare = crate::text::fold_command(words);
    let number: Option<u64> = bare.parse().ok();
    let mut is_price_asked = false;
    match pending.as_ref().map(|pending| &pending.question) {
        Some(Question::WhichLead { action, numbers })
            if number.is_some_and(|number| numbers.contains(&number)) =>
        {
            return act(desk, seat, *action, number);
        }
        // A price of one digit is read as a command: nobody works for that little.
        Some(Question::FinalPrice) => {
            if let (Some(price), Some(lead)) = (
                read_price(&bare).filter(|price| *price > 9),
                pending.as_ref().and_then(|pending| pending.lead.clone()),
            ) {
                seat.inbox.conversation.pending = None;
                return save_price(desk, seat, &lead, price);
            }
            is_price_asked = true;
        }
        Some(
            Question::WhichLead { .. }
            | Question::Consent
            | Question::Tell { .. }
            | Question::SameAddress
            | Question::ChooseSlot { .. }
            | Question::ConfirmCancel
            | Question::ReviewWords
            | Question::AnotherPro
            | Question::CallOffered
            | Question::VisitDone,
        )
        | None => {}
    }
    let Some((word, number)) = words::with_number(words, Role::Pro) else {
        seat.inbox.conversation.pending = pending;
        if is_price_asked && bare.chars().any(|c| c.is_ascii_digit()) {
            tell(desk, seat, say::message(seat.pro.language, "pro-price-invalid", &args![]), None);
        } else {
            menu(desk, seat);
        }
        return Ok(());
    };
    if let (Some(action), Some(lead)) = (action_of(word), &quoted) {
        return act_on(desk, seat, action, lead, None);
    }
    match word {
        Word::Approve => act(desk, seat, ProAction::Approve, number),
        Word::Reject => act(desk, seat, ProAction::Reject, number),
        Word::Done => act(desk, seat, ProAction::Done, number),
        Word::Pause => act(desk, seat, ProAction::Pause, number),
        Word::Resume => act(desk, seat, ProAction::Resume, number),
        Word::Vacation | Word::Available => {
            seat.pro.on_vacation = word == Word::Vacation;
            seat.pro_changed = true;
            let key = if seat.pro.on_vacation { "pro-vacation" } else { "pro-available" };
            desk.note(key, None, format!("pro={}", seat.pro.id));
            tell(desk, seat, say::message(seat.pro.language, key, &args![]), None);
            Ok(())
        }
        Word::Stop => {
            seat.inbox.contact.opted_out_at.get_or_insert(desk.now);
            desk.note("opted_out", None, "");
            tell(desk, seat, say::message(seat.pro.language, "customer-stopped", &args![]), None);
            Ok(())
        }
        Word::Start => {
            seat.inbox.contact.opted_out_at = None;
            desk.note("opted_in", None, "");
            tell(desk, seat, say::message(seat.pro.language, "customer-started", &args![]), None);
            Ok(())
        }
        // A plain yes or no means the only open offer; with several it would be a guess.
        Word::Yes | Word::No if open_offers(seat) == 1 => {
            let action = if word == Word::Yes { ProAction::Approve } else { ProAction::Reject };
            act(desk, seat, action, None)
        }
        Word::Menu
        | Word::CustomerMode
        | Word::Status
        | Word::Human
        | Word::Cancel
        | Word::Reschedule
        | Word::Reset
        | Word::Help
        | Word::Yes
        | Word::No => {
            menu(desk, seat);
            Ok(())
        }
    }
}

/// A tap on the question whether a visit is done. One that is no longer this pro's changes nothing.
fn visit_answered(desk: &mut Desk<'_>, seat: &mut Seat, payload: &str) -> Result<(), Need> {
    let Some(tap) = ProTap::read(payload) else { return Ok(()) };
    let is_meant =
        |lead: &Lead| lead.status == Status::Booked && lead.appointment.as_ref() == Some(tap.appointment());
    let Some(index) = seat.jobs.iter().position(|(lead, _)| is_meant(lead)) else {
        tell(desk, seat, say::message(seat.pro.language, "pro-no-open-jobs", &args![]), None);
        return Ok(());
    };
    let mut lead = seat.jobs[index].0.clone();
    match &tap {
        ProTap::Done(_) => return act_on(desk, seat, ProAction::Done, &lead.id, None),
        ProTap::NotYet(_) => tell(desk, seat, care::not_yet(&seat.pro, &lead), Some(&lead)),
        ProTap::NotThere(appointment) => {
            let told = care::customer_not_there(desk, &mut lead, &seat.pro, appointment)?;
            if let Some(told) = told {
                tell(desk, seat, told, Some(&lead));
            }
            seat.jobs[index] = (lead, true);
        }
    }
    Ok(())
}

/// How many offers wait for this pro.
fn open_offers(seat: &Seat) -> usize {
    seat.jobs.iter().filter(|(lead, _)| applies(ProAction::Approve, lead, &seat.pro)).count()
}

fn action_of(word: Word) -> Option<ProAction> {
    match word {
        Word::Approve => Some(ProAction::Approve),
        Word::Reject => Some(ProAction::Reject),
        Word::Done => Some(ProAction::Done),
        Word::Pause => Some(ProAction::Pause),
        Word::Resume => Some(ProAction::Resume),
        _ => None,
    }
}

/// The action, the lead and the round of the offer behind one of our buttons: an old button never answers a later offer.
fn read_payload(payload: &str) -> Option<(ProAction, LeadId, u32)> {
    let (action, offer) = payload.split_once(':')?;
    let action = match action {
        "approve" => ProAction::Approve,
        "reject" => ProAction::Reject,
        _ => return None,
    };
    let (lead, round) = offer.rsplit_once(':')?;
    Some((action, LeadId::new(lead), round.parse().ok()?))
}

/// Whether an action has a meaning for a lead in its present state.
fn applies(action: ProAction, lead: &Lead, pro: &Pro) -> bool {
    match action {
        ProAction::Approve | ProAction::Reject => {
            lead.status == Status::New && lead.offer.as_ref().is_some_and(|offer| offer.pro == pro.id)
        }
        ProAction::Done => lead.status == Status::Booked,
        ProAction::Pause | ProAction::Resume => lead.status.is_open(),
    }
}

/// Does it to the lead of this number; without a number to the only lead that it can mean, else asks which.
fn act(desk: &mut Desk<'_>, seat: &mut Seat, action: ProAction, number: Option<u64>) -> Result<(), Need> {
    let fitting: Vec<(LeadId, u64, String)> = seat
        .jobs
        .iter()
        .filter(|(lead, _)| {
            applies(action, lead, &seat.pro) && number.is_none_or(|number| lead.number == number)
        })
        .map(|(lead, _)| (lead.id.clone(), lead.number, lead.issue_summary.clone()))
        .collect();
    match fitting.as_slice() {
        [] => {
            let (key, args) = match (action, number) {
                (ProAction::Approve | ProAction::Reject, Some(number)) => {
                    ("pro-no-such-offer", args![lead = number.to_string()])
                }
                (ProAction::Approve | ProAction::Reject, None) => ("pro-no-open-offers", args![]),
                (ProAction::Done | ProAction::Pause | ProAction::Resume, _) => ("pro-no-open-jobs", args![]),
            };
            tell(desk, seat, say::message(seat.pro.language, key, &args), None);
            Ok(())
        }
        [(lead, _, _)] => act_on(desk, seat, action, lead, None),
        several => {
            let language = seat.pro.language;
            let lines = several.iter().map(|(_, number, issue)| {
                let args = args![lead = number.to_string(), issue = issue.as_str()];
                text(language, "pro-which-line", &args)
            });
            let question = text(language, "pro-which-job-header", &args![]);
            let message = std::iter::once(question).chain(lines).collect::<Vec<_>>().join("\n");
            seat.inbox.conversation.pending = Some(Pending {
                question: Question::WhichLead {
                    action,
                    numbers: several.iter().map(|(_, number, _)| *number).collect(),
                },
                lead: None,
                asked_at: desk.now,
                expires_at: desk.now + policy::QUESTION_LIFE,
            });
            tell(desk, seat, Outbound::text(message), None);
            Ok(())
        }
    }
}

/// Does it to this lead, if it is this pro's and the action still applies: a second tap, a tap on an offer that was
/// replaced, or on somebody else's, changes nothing.
fn act_on(
    desk: &mut Desk<'_>,
    seat: &mut Seat,
    action: ProAction,
    id: &LeadId,
    round: Option<u32>,
) -> Result<(), Need> {
    let language = seat.pro.language;
    let is_meant = |lead: &Lead| {
        lead.id == *id
            && applies(action, lead, &seat.pro)
            && round.is_none_or(|round| lead.offer.as_ref().is_some_and(|offer| offer.round == round))
    };
    let index = seat.jobs.iter().position(|(lead, _)| is_meant(lead));
    let Some(index) = index else {
        desk.note("action_refused", None, format!("action={action:?} pro={}", seat.pro.id));
        tell(desk, seat, say::message(language, "pro-offer-gone", &args![]), None);
        return Ok(());
    };
    let mut lead = seat.jobs[index].0.clone();
    let number = args![lead = lead.number.to_string()];
    let said = match action {
        ProAction::Approve if slot_is_gone(desk, &lead, &seat.pro)? => {
            booking::decline(desk, &mut lead, &seat.pro.id, Why::SlotGone)?;
            say::message(language, "pro-slot-taken", &number)
        }
        ProAction::Approve => {
            booking::approve(desk, &mut lead, &seat.pro);
            let slot =
                lead.slot.map(|slot| say::slot(desk.business, language, &slot, desk.now)).unwrap_or_default();
            let unknown = || text(language, "unknown", &args![]);
            let args = args![
                lead = lead.number.to_string(),
                slot = slot,
                name = lead.customer_name.clone().unwrap_or_else(unknown),
                phone = lead.customer_phone.as_deref().map_or_else(unknown, say::phone),
                address = say::address(language, &lead.address)
            ];
            say::message(language, "pro-approved", &args)
        }
        ProAction::Reject => {
            booking::decline(desk, &mut lead, &seat.pro.id, Why::Rejected)?;
            say::message(language, "pro-rejected", &number)
        }
        ProAction::Done => {
            booking::complete(desk, &mut lead, &seat.pro);
            seat.inbox.conversation.pending = Some(Pending {
                question: Question::FinalPrice,
                lead: Some(lead.id.clone()),
                asked_at: desk.now,
                expires_at: desk.now + policy::PRICE_LIFE,
            });
            let done = text(language, "pro-done", &number);
            let number = args![lead = lead.number.to_string()];
            Outbound::text(format!("{done}\n{}", text(language, "pro-ask-price", &number)))
        }
        ProAction::Pause | ProAction::Resume => {
            let Some(mut conversation) = desk.conversation(&lead.conversation)? else {
                return Ok(());
            };
            conversation.paused_until = (action == ProAction::Pause).then(|| desk.now + policy::PAUSE);
            desk.save_conversation(conversation);
            desk.note(
                if action == ProAction::Pause { "paused" } else { "resumed" },
                Some(&lead.id),
                "by=pro",
            );
            let name = lead.customer_name.clone().unwrap_or_else(|| text(language, "unknown", &args![]));
            let key = if action == ProAction::Pause { "pro-paused" } else { "pro-resumed" };
            say::message(language, key, &args![name = name])
        }
    };
    tell(desk, seat, said, Some(&lead));
    seat.jobs[index] = (lead, true);
    Ok(())
}

/// Whether the held time has gone to another visit, which can only happen after the hold ran out.
fn slot_is_gone(desk: &Desk<'_>, lead: &Lead, pro: &Pro) -> Result<bool, Need> {
    let Some(slot) = lead.slot else { return Ok(true) };
    let calendars = desk.calendars(std::slice::from_ref(&pro.id))?;
    Ok(calendars.get(&pro.id).into_iter().flatten().any(|busy| {
        busy.from < slot.to && slot.from < busy.to && Some(&busy.appointment) != lead.appointment.as_ref()
    }))
}

/// A whole amount, with or without a currency.
fn read_price(folded: &str) -> Option<u32> {
    let digits: String = folded.chars().filter(char::is_ascii_digit).collect();
    let rest: String = folded.chars().filter(|c| !c.is_ascii_digit() && !" ,₪\"".contains(*c)).collect();
    if digits.is_empty() || !["", "שח", "שקל", "שקלים", "nis", "ils"].contains(&rest.as_str()) {
        return None;
    }
    digits.parse().ok().filter(|price| *price < 1_000_000)
}

fn save_price(desk: &mut Desk<'_>, seat: &mut Seat, id: &LeadId, price: u32) -> Result<(), Need> {
    let language = seat.pro.language;
    // The job is completed, so it is no longer among the open ones.
    let known = seat.jobs.iter().position(|(lead, _)| lead.id == *id);
    let mut lead = match known {
        Some(index) => seat.jobs[index].0.clone(),
        None => match desk.lead(id)? {
            Some(lead) => lead.clone(),
            None => return Ok(()),
        },
    };
    lead.final_price = Some(price);
    let args =
        args![price = say::amount(desk.business, language, price, price), lead = lead.number.to_string()];
    tell(desk, seat, say::message(language, "pro-price-saved", &args), Some(&lead));
    match known {
        Some(index) => seat.jobs[index] = (lead, true),
        None => seat.jobs.push((lead, true)),
    }
    Ok(())
}

/// The menu with real figures.
fn menu(desk: &mut Desk<'_>, seat: &Seat) {
    let count = |status| seat.jobs.iter().filter(|(lead, _)| lead.status == status).count();
    let figure = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let language = seat.pro.language;
    let state = if seat.pro.on_vacation { "pro-menu-state-vacation" } else { "pro-menu-state-available" };
    let rating = match seat.pro.reviews {
        0 => text(language, "pro-menu-no-rating", &args![]),
        count => {
            let rating = format!("{:.1}", seat.pro.rating);
            text(language, "pro-menu-rating", &args![rating = rating, count = i64::from(count)])
        }
    };
    let lines = [
        text(language, "pro-menu-header", &args![name = seat.pro.name.as_str()]),
        text(language, "pro-menu-offers", &args![count = figure(count(Status::New))]),
        text(language, "pro-menu-jobs", &args![count = figure(count(Status::Booked))]),
        rating,
        text(language, state, &args![]),
        text(language, "pro-menu-commands", &args![]),
    ];
    tell(desk, seat, Outbound::text(lines.join("\n")), None);
}

fn tell(desk: &mut Desk<'_>, seat: &Seat, message: Outbound, lead: Option<&Lead>) {
    desk.say(Recipient::Conversation(seat.inbox.conversation.id.clone()), Purpose::Answer, message, lead);
}
