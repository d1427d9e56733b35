//! Who answers a message: the desk of pros, that of owners, the questionnaire, or the dispatcher. The one place that
//! knows that a person may be several of these. It answers nothing itself, but for the silence of a paused business.

use crate::concern::Concern;
use crate::conversation::{Conversation, DeskQuestion, Pending, Question};
use crate::message::{Content, Inbound};
use crate::policy;
use crate::turn::{Desk, Inbox, Need};
use crate::{dispatcher, owner, pro_desk, sign_up, words};
use chrono::{DateTime, Utc};
use locales::{Role, Word};

/// The most messages that are kept for after a pause.
const KEPT_IN_A_PAUSE: usize = 20;

/// Who answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Customer,
    Pro,
    Owner,
    SignUp,
}

/// Answers everything that waits in a chat, each message by whom it is for.
pub(crate) fn answer(desk: &mut Desk<'_>, inbox: &Inbox) -> Result<(), Need> {
    let mut room = inbox.clone();
    let mut waiting = std::mem::take(&mut room.inbound);
    let is_staff = is_pro(&room) || room.is_owner;
    if !is_staff && desk.business.paused_at.is_some() && !waiting.iter().any(is_about_consent) {
        stay_silent(desk, room, waiting);
        return Ok(());
    }
    if !room.conversation.unanswered.is_empty() {
        let earlier = std::mem::take(&mut room.conversation.unanswered);
        waiting.splice(0..0, earlier);
        room.conversation.needs_human.take_if(|concern| *concern == Concern::BusinessPaused);
    }
    let mut waiting = waiting.into_iter().peekable();
    while let Some(message) = waiting.next() {
        let side = side_of(desk, &room, &message);
        room.inbound = vec![message];
        if side == Side::Customer {
            // A customer's burst is read as a whole.
            while let Some(next) = waiting.next_if(|next| side_of(desk, &room, next) == Side::Customer) {
                room.inbound.push(next);
            }
        }
        let question = room.conversation.pending.clone();
        if side == Side::Customer && is_pro(&room) {
            let cells: Vec<String> =
                room.inbound.iter().map(|message| pro_desk::cell_of(&room, message, desk.now)).collect();
            for cell in cells {
                desk.note("cell", None, cell);
            }
        }
        match side {
            Side::Customer => serve(desk, &room)?,
            Side::Pro => pro_desk::decide(desk, &room)?,
            Side::Owner => owner::decide(desk, &room)?,
            Side::SignUp => sign_up::decide(desk, &room)?,
        }
        go_on(desk, &mut room);
        if let Some(words) = words_to_serve(desk.now, &room, question) {
            if let Some(first) = room.inbound.first_mut() {
                first.content = Content::Text { text: words };
                first.reply_to = None;
            }
            serve(desk, &room)?;
            go_on(desk, &mut room);
        }
    }
    desk.decision.conversation = Some(room.conversation);
    desk.decision.contact = Some(room.contact);
    Ok(())
}

fn is_pro(room: &Inbox) -> bool {
    room.pro.as_ref().is_some_and(|pro| !pro.is_pending())
}

/// Whether a pro or an owner is served as a customer: for a while after their last words, and as long as their request
/// is open (L28).
pub(crate) fn is_as_customer(room: &Inbox, now: DateTime<Utc>) -> bool {
    let is_open = |conversation: &Conversation| {
        let under_way = conversation.lead.as_ref();
        room.leads.iter().any(|lead| Some(&lead.id) == under_way && lead.status.is_open())
    };
    room.conversation.customer_mode_until.is_some_and(|until| until > now || is_open(&room.conversation))
}

/// The dispatcher answers; a pro or an owner stays a customer for a while from now on.
fn serve(desk: &mut Desk<'_>, room: &Inbox) -> Result<(), Need> {
    dispatcher::decide(desk, room)?;
    if let Some(conversation) = desk.decision.conversation.as_mut()
        && conversation.customer_mode_until.is_some()
    {
        conversation.customer_mode_until = Some(desk.now + policy::QUESTION_LIFE);
    }
    Ok(())
}

fn side_of(desk: &Desk<'_>, room: &Inbox, message: &Inbound) -> Side {
    let pending = room.conversation.pending.as_ref().filter(|pending| pending.expires_at > desk.now);
    if room.is_owner && owner::is_for_owner(room, message, pending, desk.now) {
        return Side::Owner;
    }
    if is_pro(room) {
        return if pro_desk::is_for_customer(room, message, desk.now) { Side::Customer } else { Side::Pro };
    }
    if room.is_owner {
        return if is_as_customer(room, desk.now) { Side::Customer } else { Side::Owner };
    }
    if sign_up::is_for_sign_up(message, pending) { Side::SignUp } else { Side::Customer }
}

/// What a pro wrote before they were asked whether they need somebody, once they said yes: nobody types it twice.
fn words_to_serve(now: DateTime<Utc>, room: &Inbox, question: Option<Pending>) -> Option<String> {
    match question?.question {
        Question::Desk(DeskQuestion::AsCustomer { words, .. }) if is_as_customer(room, now) => Some(words),
        _ => None,
    }
}

/// Carries what was decided into the next message's view.
fn go_on(desk: &mut Desk<'_>, room: &mut Inbox) {
    let decision = &mut desk.decision;
    if let Some(conversation) = decision.conversation.take() {
        room.conversation = conversation;
    }
    if let Some(contact) = decision.contact.take() {
        room.contact = contact;
    }
    // The last word about each thing counts.
    keep_last(&mut decision.leads, |lead| &lead.id);
    keep_last(&mut decision.pros, |pro| &pro.id);
    let me = room.pro.as_ref().map(|pro| pro.id.clone());
    if let Some(pro) = decision.pros.iter().find(|pro| Some(&pro.id) == room.pro_id.as_ref()) {
        room.pro = Some(pro.clone());
    }
    for lead in &decision.leads {
        room.leads.retain(|other| other.id != lead.id);
        if lead.contact == room.contact.id {
            room.leads.insert(0, lead.clone());
        }
        if let Some(me) = &me {
            let place = room.jobs.iter().position(|other| other.id == lead.id);
            let is_mine = lead.pro.as_ref() == Some(me) && lead.status.is_open();
            match place {
                Some(index) if is_mine => room.jobs[index] = lead.clone(),
                Some(index) => {
                    room.jobs.remove(index);
                }
                None if is_mine => room.jobs.push(lead.clone()),
                None => {}
            }
        }
    }
    room.leads.sort_by_key(|lead| std::cmp::Reverse(lead.number));
    // A chat that is its own customer's is written once.
    decision.other_conversations.retain(|other| other.id != room.conversation.id);
}

/// Of several with the same key only the last stays, in its place.
fn keep_last<T, K: PartialEq>(things: &mut Vec<T>, key: impl Fn(&T) -> &K) {
    let mut kept: Vec<T> = Vec::with_capacity(things.len());
    for thing in things.drain(..).rev() {
        if !kept.iter().any(|later| key(later) == key(&thing)) {
            kept.push(thing);
        }
    }
    kept.reverse();
    *things = kept;
}

fn is_about_consent(message: &Inbound) -> bool {
    let word = message.content.words().and_then(|words| words::whole_message(words, Role::Anyone));
    matches!(word, Some(Word::Stop | Word::Start))
}

/// The business is paused: the customer's words are kept for after the pause, and a person sees them (B8, B9).
fn stay_silent(desk: &mut Desk<'_>, mut room: Inbox, waiting: Vec<Inbound>) {
    for message in &waiting {
        let last = room.conversation.last_inbound_at;
        room.conversation.last_inbound_at = last.max(Some(message.at));
    }
    room.conversation.unanswered.extend(waiting);
    let surplus = room.conversation.unanswered.len().saturating_sub(KEPT_IN_A_PAUSE);
    room.conversation.unanswered.drain(..surplus);
    room.conversation.needs_human.get_or_insert(Concern::BusinessPaused);
    desk.note("silent", None, "business_paused");
    desk.decision.conversation = Some(room.conversation);
    desk.decision.contact = Some(room.contact);
}
