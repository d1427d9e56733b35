//! How much one chat may say in a minute. What is beyond is stored, answered once in a polite way, and not read (B15).

use crate::conversation::Minute;
use crate::policy::MESSAGES_A_MINUTE;
use crate::turn::Inbox;
use crate::words;
use chrono::{DateTime, Duration, Utc};
use locales::{Role, Word};

/// What is left of an inbox after counting.
pub(crate) struct Counted {
    pub(crate) inbox: Inbox,
    pub(crate) minute: Option<Minute>,
    /// When the newest message was sent, also one that is not read.
    pub(crate) newest: Option<DateTime<Utc>>,
    /// Whether the limit was passed just now: the person is told once a minute.
    pub(crate) is_over: bool,
}

/// Counts the messages of each minute and leaves out what is beyond the limit. An opt-out and the wish for a person are
/// heard in any case.
pub(crate) fn count(inbox: &Inbox) -> Counted {
    let mut minute = inbox.conversation.minute;
    let mut is_over = false;
    let mut left = Vec::new();
    for inbound in &inbox.inbound {
        let current = match minute {
            Some(current) if inbound.at < current.began_at + Duration::minutes(1) => current,
            Some(_) | None => Minute { began_at: inbound.at, messages: 0 },
        };
        let messages = current.messages.saturating_add(1);
        minute = Some(Minute { messages, ..current });
        is_over |= messages == MESSAGES_A_MINUTE + 1;
        let is_always_heard = inbound.content.words().is_some_and(|text| {
            matches!(words::whole_message(text, Role::Customer), Some(Word::Stop | Word::Start | Word::Human))
        });
        if messages <= MESSAGES_A_MINUTE || is_always_heard {
            left.push(inbound.clone());
        }
    }
    let newest = inbox.inbound.iter().map(|inbound| inbound.at).max();
    Counted { inbox: Inbox { inbound: left, ..inbox.clone() }, minute, newest, is_over }
}
