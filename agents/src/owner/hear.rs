//! What an owner's message is. It decides nothing.

use crate::conversation::{Pending, Question};
use crate::id::ProId;
use crate::message::{Content, Inbound};
use crate::reception;
use crate::table::owner::Intent;
use crate::text::{fold_command, is_blank, is_emoji_only};
use crate::turn::Inbox;
use crate::words;
use chrono::{DateTime, Utc};
use locales::{Role, Word};

/// A message as the office understands it.
pub(super) struct Heard {
    pub(super) intent: Intent,
    /// The number that is the message.
    pub(super) number: Option<usize>,
    /// The applicant behind a button, and whether it takes them.
    pub(super) tap: Option<(ProId, bool)>,
}

/// What the message is.
pub(super) fn hear(inbound: &Inbound, is_pro: bool) -> Heard {
    let heard = |intent| Heard { intent, number: None, tap: None };
    let words = match &inbound.content {
        Content::Tap { payload, label } => match read_payload(payload) {
            Some(tap) => return Heard { tap: Some(tap), ..heard(Intent::ApplicantTap) },
            None => label.as_str(),
        },
        content => content.words().unwrap_or_default(),
    };
    if is_blank(words) || is_emoji_only(words) {
        return heard(Intent::Wordless);
    }
    if let Ok(number) = fold_command(words).parse::<usize>() {
        let intent = match number {
            1 => Intent::One,
            2 => Intent::Two,
            3 => Intent::Three,
            _ => Intent::Number,
        };
        return Heard { number: Some(number), ..heard(intent) };
    }
    heard(word(words, is_pro).unwrap_or(Intent::Text))
}

/// What stands behind a button of a sign-up.
fn read_payload(payload: &str) -> Option<(ProId, bool)> {
    let (action, pro) = payload.strip_prefix("sign_up:")?.split_once(':')?;
    let takes = match action {
        "approve" => true,
        "reject" => false,
        _ => return None,
    };
    Some((ProId::new(pro), takes))
}

fn word(words: &str, is_pro: bool) -> Option<Intent> {
    match words::whole_message(words, Role::Owner) {
        Some(Word::Office) => return Some(Intent::Office),
        Some(Word::OfficeToday) => return Some(Intent::Today),
        Some(Word::Tomorrow) => return Some(Intent::Tomorrow),
        Some(Word::Stuck) => return Some(Intent::Stuck),
        Some(Word::Manage) => return Some(Intent::Manage),
        Some(Word::Applicants) => return Some(Intent::Applicants),
        Some(Word::Week) => return Some(Intent::Week),
        Some(Word::PauseBot) => return Some(Intent::PauseBot),
        Some(Word::ResumeBot) => return Some(Intent::ResumeBot),
        Some(Word::Stop) => return Some(Intent::Stop),
        Some(Word::Start) => return Some(Intent::Start),
        Some(Word::Yes) => return Some(Intent::Yes),
        Some(Word::No) => return Some(Intent::No),
        Some(_) | None => {}
    }
    if words::whole_message(words, Role::Customer) == Some(Word::Cancel) {
        return Some(Intent::Back);
    }
    // An owner who is no pro may use a pro's words for the same things.
    match words::whole_message(words, Role::Pro).filter(|_| !is_pro)? {
        Word::Today => Some(Intent::Today),
        Word::CustomerMode => Some(Intent::CustomerMode),
        Word::Done => Some(Intent::Done),
        Word::Menu => Some(Intent::Office),
        Word::Stats => Some(Intent::Week),
        _ => None,
    }
}

/// Whether an owner's message is for the office: a word of owners, a tap on a sign-up, or an answer to what the office
/// asked.
pub(crate) fn is_for_owner(
    room: &Inbox,
    message: &Inbound,
    pending: Option<&Pending>,
    now: DateTime<Utc>,
) -> bool {
    let is_pro = room.pro.as_ref().is_some_and(|pro| !pro.is_pending());
    let heard = hear(message, is_pro).intent;
    if reception::is_as_customer(room, now) {
        // Days, numbers and yes are the customer's.
        return matches!(heard, Intent::ApplicantTap | Intent::Done);
    }
    let is_asked = pending.is_some_and(|pending| matches!(pending.question, Question::Owner(_)));
    match heard {
        Intent::Today
        | Intent::Tomorrow
        | Intent::Stuck
        | Intent::Manage
        | Intent::Applicants
        | Intent::Week
        | Intent::PauseBot
        | Intent::ResumeBot
        | Intent::Office
        | Intent::CustomerMode
        | Intent::Done
        | Intent::ApplicantTap => true,
        Intent::One
        | Intent::Two
        | Intent::Three
        | Intent::Number
        | Intent::Yes
        | Intent::No
        | Intent::Back => is_asked,
        // A pro's word is the desk's, whatever the office asked.
        Intent::Text | Intent::Wordless => {
            let words = message.content.words().unwrap_or_default();
            is_asked && words::with_number(words, Role::Pro).is_none()
        }
        // With nothing asked they are the desk's, where an owner is a pro.
        Intent::Stop | Intent::Start => false,
    }
}
