//! What Meta's error codes mean for us. Codes decide, not the HTTP status (the same code comes as 400 and as 429) and
//! never the texts, which Meta changes.

use crate::channels::event::Standing;
use crate::channels::outcome::Class;
use http::StatusCode;
use std::time::Duration;

/// One message per six seconds is what Meta allows towards one person once the burst is used up.
const PAIR_PAUSE: Duration = Duration::from_secs(6);

/// How long to wait when a limit of the app or the account is hit; those are counted per hour.
const ACCOUNT_PAUSE: Duration = Duration::from_secs(300);

/// What may follow an error with this code; none for a code that we do not know.
///
/// Codes 1, 2, 131000 and 131016 are Meta's own word that the message was not taken, so it may be tried again, also
/// when they come with a status of 500.
pub(super) fn class_of(code: i64, retry_after: Option<Duration>) -> Option<Class> {
    Some(match code {
        1 | 2 | 131_000 | 131_016 | 130_429 => Class::Retry { after: retry_after },
        4 | 80_007 => Class::Retry { after: Some(retry_after.unwrap_or(ACCOUNT_PAUSE)) },
        131_056 => Class::RetryThisPerson { after: PAIR_PAUSE },
        131_047 | 470 => Class::WindowClosed,
        // No WhatsApp, blocked, held back by the ecosystem rules, opted out, or a country or id that this person has.
        131_026 | 130_403 | 131_049 | 130_472 | 131_050 | 131_030 | 131_062 | 130_497 => Class::Undeliverable,
        0
        | 190
        | 3
        | 10
        | 200..=299
        | 131_048
        | 133_016
        | 131_005
        | 131_031
        | 131_037
        | 131_042
        | 131_045
        | 131_057
        | 368 => Class::StopChannel,
        33 | 100 | 131_008 | 131_009 | 131_021 | 131_051 | 131_053 | 132_000..=132_999 => Class::Never,
        _ => return None,
    })
}

/// What may follow an answer that is an error without a code that we know; none when nobody can tell whether the
/// message was taken.
///
/// Answers of 5xx without Meta's own error object come from something in front of it, which may have lost the answer
/// to a message that was taken; of a code that we do not know nobody can say what it means. The status with our id in `biz_opaque_callback_data` will tell.
pub(super) fn class_of_status(status: StatusCode, retry_after: Option<Duration>) -> Option<Class> {
    match status.as_u16() {
        401 | 403 => Some(Class::StopChannel),
        429 => Some(Class::Retry { after: retry_after }),
        408 | 500..=599 => None,
        _ => Some(Class::Never),
    }
}

/// What an error at the level of the account, told by webhook, means; none when it means nothing for sending.
pub(super) fn standing_of(code: i64) -> Option<Standing> {
    match code {
        130_429 | 4 | 80_007 => Some(Standing::Slowed),
        131_057 => Some(Standing::Waits),
        _ if class_of(code, None) == Some(Class::StopChannel) => Some(Standing::Stopped),
        _ => None,
    }
}
