//! The time that a customer wants, read in the light of the day that is spoken of: after times on Tuesday were offered,
//! "at four" is four o'clock on Tuesday. It reads words and offers nothing.

use crate::conversation::{Conversation, Question};
use crate::when::{self, When};
use chrono::{DateTime, Duration, NaiveDate, TimeZone, Utc};
use chrono_tz::Tz;

/// What the words say about time, in this chat.
pub(crate) fn read(words: &str, conversation: &Conversation, context: &when::Context) -> When {
    let wish = when::read(words, context);
    let Some(day) = day_in_question(conversation, context.zone) else { return wish };
    if !is_within_a_day(&wish) || names_a_day(words, context) {
        return wish;
    }
    let Some(morning) = start_of(day, context.zone) else { return wish };
    let on_that_day = when::read(words, &when::Context { now: morning.max(context.now), ..context.clone() });
    if is_within_a_day(&on_that_day) { on_that_day } else { wish }
}

/// The one day of the times that were offered, or of the time that was wanted last.
fn day_in_question(conversation: &Conversation, zone: Tz) -> Option<NaiveDate> {
    let date = |at: DateTime<Utc>| at.with_timezone(&zone).date_naive();
    if let Some(Question::ChooseSlot { slots, .. }) =
        conversation.pending.as_ref().map(|pending| &pending.question)
    {
        let first = date(slots.first()?.from);
        return slots.iter().all(|slot| date(slot.from) == first).then_some(first);
    }
    match conversation.request.when.as_ref()? {
        When::Point(at) => Some(date(*at)),
        When::Date(day) => Some(*day),
        When::Range { from, to } if *to - *from <= Duration::hours(24) => Some(date(*from)),
        When::Range { .. }
        | When::Days { .. }
        | When::Candidates(_)
        | When::Earliest
        | When::Any
        | When::Exclusion(_)
        | When::Past
        | When::Clarify(_)
        | When::None => None,
    }
}

fn is_within_a_day(wish: &When) -> bool {
    match wish {
        When::Point(_) => true,
        When::Range { from, to } => *to - *from < Duration::hours(20),
        When::Candidates(readings) => readings.iter().all(is_within_a_day),
        When::Date(_)
        | When::Days { .. }
        | When::Earliest
        | When::Any
        | When::Exclusion(_)
        | When::Past
        | When::Clarify(_)
        | When::None => false,
    }
}

/// Whether the words name the day themselves. Said in the last minutes of a day, a bare time means the next one, while
/// "today", "tomorrow", a weekday and a date stay what they are.
fn names_a_day(words: &str, context: &when::Context) -> bool {
    let today = context.now.with_timezone(&context.zone).date_naive();
    let at = |hour, minute| {
        let wall = today.and_hms_opt(hour, minute, 0)?;
        let now = context.zone.from_local_datetime(&wall).earliest()?.to_utc();
        Some(when::read(words, &when::Context { now, ..context.clone() }))
    };
    match (at(6, 1), at(23, 59)) {
        (Some(early), Some(late)) => {
            !is_within_a_day(&late) || days(&early, context.zone) == days(&late, context.zone)
        }
        _ => true,
    }
}

fn days(wish: &When, zone: Tz) -> Vec<NaiveDate> {
    match wish {
        When::Point(at) => vec![at.with_timezone(&zone).date_naive()],
        When::Range { from, .. } => vec![from.with_timezone(&zone).date_naive()],
        When::Candidates(readings) => readings.iter().flat_map(|reading| days(reading, zone)).collect(),
        When::Date(_)
        | When::Days { .. }
        | When::Earliest
        | When::Any
        | When::Exclusion(_)
        | When::Past
        | When::Clarify(_)
        | When::None => Vec::new(),
    }
}

fn start_of(day: NaiveDate, zone: Tz) -> Option<DateTime<Utc>> {
    zone.from_local_datetime(&day.and_hms_opt(0, 1, 0)?).earliest().map(|start| start.to_utc())
}
