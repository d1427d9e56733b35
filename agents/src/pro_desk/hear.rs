//! What a pro's message is: a word, a digit, a tap, hours of the week, a need of their own. It decides nothing.

use super::decide::state_of;
use super::hours;
use crate::care::ProTap;
use crate::conversation::{DeskQuestion, Pending, ProAction, Question};
use crate::id::LeadId;
use crate::message::{Content, Inbound};
use crate::say;
use crate::table::pro::{Act, Intent, act, cell};
use crate::text::{fold_command, is_blank, is_emoji_only};
use crate::trade::Trade;
use crate::turn::Inbox;
use crate::understanding::{self, Context};
use crate::words;
use chrono::{DateTime, Utc};
use locales::{Role, Word};

/// A message as the desk understands it.
pub(super) struct Heard {
    pub(super) intent: Intent,
    /// As typed.
    pub(super) words: String,
    /// The number that is the message or stands after a word.
    pub(super) number: Option<u64>,
    /// The offer behind a button.
    pub(super) tap: Option<(ProAction, LeadId, u32)>,
    /// The answer behind a button of the question whether a visit is done.
    pub(super) visit: Option<ProTap>,
}

impl Heard {
    /// Whether the whole message is a number.
    pub(super) fn is_digit(&self) -> bool {
        matches!(self.intent, Intent::One | Intent::Two | Intent::Three | Intent::Number)
    }
}

/// What the message is.
pub(super) fn hear(inbound: &Inbound, pending: Option<&Pending>) -> Heard {
    let nothing = |intent| Heard { intent, words: String::new(), number: None, tap: None, visit: None };
    let words = match &inbound.content {
        Content::Tap { payload, label } => {
            if let Some(tap) = read_payload(payload) {
                return Heard { tap: Some(tap), ..nothing(Intent::OfferTap) };
            }
            if let Some(tap) = ProTap::read(payload) {
                return Heard { visit: Some(tap), ..nothing(Intent::VisitTap) };
            }
            if let Some(number) = tapped_time(payload, pending) {
                return numbered(number);
            }
            label.as_str()
        }
        content => content.words().unwrap_or_default(),
    };
    if is_blank(words) || is_emoji_only(words) {
        return nothing(Intent::Wordless);
    }
    let bare = fold_command(words);
    if let Ok(number) = bare.parse() {
        return Heard { words: words.to_owned(), ..numbered(number) };
    }
    let (intent, number) = read(words);
    Heard { intent, words: words.to_owned(), number, tap: None, visit: None }
}

fn numbered(number: u64) -> Heard {
    let intent = match number {
        1 => Intent::One,
        2 => Intent::Two,
        3 => Intent::Three,
        _ => Intent::Number,
    };
    Heard { intent, words: number.to_string(), number: Some(number), tap: None, visit: None }
}

fn read(words: &str) -> (Intent, Option<u64>) {
    if let Some((word, number)) = words::with_number(words, Role::Pro)
        && let Some(intent) = intent_of(word)
    {
        return (intent, number);
    }
    if words::after(words, Word::AnotherVisit).is_some() {
        return (Intent::AnotherVisit, None);
    }
    if words::after(words, Word::Unblock).is_some() {
        return (Intent::Unblock, None);
    }
    if words::after(words, Word::Block).is_some() {
        return (Intent::Block, None);
    }
    if hours::read(words).is_some() {
        return (Intent::HoursText, None);
    }
    if needs_somebody(words) {
        return (Intent::NeedPro, None);
    }
    let has_figures = fold_command(words).chars().any(|c| c.is_ascii_digit());
    (if has_figures { Intent::Figures } else { Intent::Text }, None)
}

/// Whether the words state a problem or name a trade that is needed.
fn needs_somebody(words: &str) -> bool {
    let reading = understanding::read(words, &Context { trades: Trade::ALL, city: None, expecting: None });
    reading.trade.is_some() && reading.issue.is_some()
}

fn intent_of(word: Word) -> Option<Intent> {
    Some(match word {
        Word::Approve => Intent::Approve,
        Word::Reject => Intent::Reject,
        Word::Done => Intent::Done,
        Word::Pause => Intent::Pause,
        Word::Resume => Intent::Resume,
        Word::Vacation => Intent::Vacation,
        Word::Available => Intent::Available,
        Word::Menu => Intent::Menu,
        Word::CustomerMode => Intent::CustomerMode,
        Word::Offers => Intent::Offers,
        Word::Today => Intent::Today,
        Word::Jobs => Intent::Jobs,
        Word::CancelJob => Intent::CancelJob,
        Word::MoveJob => Intent::MoveJob,
        Word::NoShow => Intent::NoShow,
        Word::AnotherVisit => Intent::AnotherVisit,
        Word::History => Intent::History,
        Word::Stats => Intent::Stats,
        Word::Reviews => Intent::Reviews,
        Word::Find => Intent::Find,
        Word::Hours => Intent::Hours,
        Word::Block => Intent::Block,
        Word::Unblock => Intent::Unblock,
        Word::Stop => Intent::Stop,
        Word::Start => Intent::Start,
        Word::Yes => Intent::Yes,
        Word::No => Intent::No,
        Word::Skip => Intent::Skip,
        Word::Status
        | Word::Human
        | Word::Cancel
        | Word::Reschedule
        | Word::Reset
        | Word::Help
        | Word::TellIfFree
        | Word::SignUp
        | Word::Office
        | Word::OfficeToday
        | Word::Tomorrow
        | Word::Stuck
        | Word::Manage
        | Word::Applicants
        | Word::Week
        | Word::PauseBot
        | Word::ResumeBot => return None,
    })
}

/// Whether the message of a pro is the dispatcher's: they are served as a customer, and it is no word of the desk.
pub(crate) fn is_for_customer(room: &Inbox, message: &Inbound, now: DateTime<Utc>) -> bool {
    let heard = hear(message, room.conversation.pending.as_ref());
    act(state_of(room, now), heard.intent) == Act::Serve
}

/// The key of the cell that decides about a message.
pub(crate) fn cell_of(room: &Inbox, message: &Inbound, now: DateTime<Utc>) -> String {
    cell(state_of(room, now), hear(message, room.conversation.pending.as_ref()).intent).key()
}

/// The action, the lead and the round of the offer behind one of our buttons: an old button never answers a later offer.
fn read_payload(payload: &str) -> Option<(ProAction, LeadId, u32)> {
    let (action, offer) = payload.split_once(':')?;
    let action = match action {
        "approve" => ProAction::Approve,
        "reject" => ProAction::Reject,
        "free_approve" => ProAction::FreeAndApprove,
        _ => return None,
    };
    let (lead, round) = offer.rsplit_once(':')?;
    Some((action, LeadId::new(lead), round.parse().ok()?))
}

/// The number of the time behind a button, among those that are asked about.
fn tapped_time(payload: &str, pending: Option<&Pending>) -> Option<u64> {
    let start = say::read_slot_payload(payload)?;
    let Question::Desk(DeskQuestion::MoveTo { slots }) = &pending?.question else { return None };
    let index = slots.iter().position(|slot| slot.from == start)?;
    u64::try_from(index + 1).ok()
}
