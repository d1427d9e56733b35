//! Time of pros: a step is a document whose key is the pro and its start, so nobody can write it twice.

use super::Mongo;
use super::asks::write_errors;
use super::errors::{CONFLICT, DUPLICATE, Failure, is_duplicate};
use super::rows::{date, maybe_date, text};
use crate::store::StoreError;
use crate::store::documents::{STEP_MINUTES, was_seen};
use agents::decision::{CalendarSeen, SlotChange};
use agents::lead::Slot;
use chrono::{DateTime, Utc};
use mongodb::ClientSession;
use mongodb::bson::{self, Document, doc};

/// The length of a step, in milliseconds.
pub(super) const STEP: i64 = STEP_MINUTES * 60 * 1_000;

/// The counters at which commits that look at one calendar meet.
pub(super) const CALENDARS: &str = "calendar/";

impl Mongo {
    /// Fails when a calendar has a visit in it that the decision did not see. Two transactions that only read it would not
    /// notice each other, so both write its counter: the second begins again and sees what the first took.
    pub(super) async fn check_calendar(
        &self,
        session: &mut ClientSession,
        seen: &CalendarSeen,
        changes: &[SlotChange],
        now: DateTime<Utc>,
    ) -> Result<(), Failure> {
        let wanted = doc! {
            "pro": seen.pro.as_str(),
            "step": { "$gte": bson::DateTime::from_millis(step_of(seen.from)), "$lt": date(seen.to) },
            "$or": [{ "until": null }, { "until": { "$gt": date(now) } }],
        };
        let live = self.find_within(session, "slot_claims", wanted, doc! {}, None).await?;
        let is_new =
            |row: &Document| text(row, "appointment").is_none_or(|visit| !was_seen(seen, changes, &visit));
        if live.iter().any(is_new) {
            // Before anything is written: whoever was too late does not hold up the others.
            return Err(StoreError::SlotTaken { pro: seen.pro.to_string() }.into());
        }
        let counted = self
            .collection("counters")
            .update_one(
                doc! { "_id": format!("{CALENDARS}{}", seen.pro) },
                doc! { "$inc": { "value": 1_i64 } },
            )
            .upsert(true)
            .session(session)
            .await;
        match counted {
            Ok(_) => Ok(()),
            Err(error) if is_duplicate(&error) => Err(Failure::Conflict),
            Err(error) => Err(error.into()),
        }
    }

    /// Takes or frees time.
    pub(super) async fn change_slot(
        &self,
        session: &mut ClientSession,
        change: &SlotChange,
        now: DateTime<Utc>,
    ) -> Result<(), Failure> {
        match change {
            SlotChange::Claim { pro, slot, appointment, until } => {
                // The end of a hold decides by itself whether it is live, so nobody has to clean up in time. A live
                // step of another visit does not match, and making it anew meets its key.
                let take = |step: i64| {
                    let step = bson::DateTime::from_millis(step);
                    let (pro, appointment) = (pro.as_str(), appointment.as_str());
                    doc! {
                        "q": {
                            "_id": { "pro": pro, "step": step },
                            "$or": [{ "appointment": appointment }, { "until": { "$lte": date(now) } }],
                        },
                        "u": { "$set": {
                            "pro": pro, "step": step, "appointment": appointment, "until": maybe_date(*until),
                        } },
                        "upsert": true,
                    }
                };
                let updates: Vec<Document> = steps(slot).map(take).collect();
                let command = doc! { "update": "slot_claims", "updates": updates };
                let taken = || StoreError::SlotTaken { pro: pro.to_string() };
                let answer = match self.inner.database.run_command(command).session(session).await {
                    Ok(answer) => answer,
                    Err(error) if is_duplicate(&error) => return Err(taken().into()),
                    Err(error) => return Err(error.into()),
                };
                match write_errors(&answer).first() {
                    None => Ok(()),
                    Some((_, DUPLICATE)) => Err(taken().into()),
                    Some((_, CONFLICT)) => Err(Failure::Conflict),
                    Some((_, code)) => {
                        Err(StoreError::Unavailable(format!("MongoDB refused a write ({code})")).into())
                    }
                }
            }
            SlotChange::Release { appointment } => {
                self.collection("slot_claims")
                    .delete_many(doc! { "appointment": appointment.as_str() })
                    .session(session)
                    .await?;
                Ok(())
            }
        }
    }
}

/// The starts of all steps that a slot touches; of an empty slot, the step in which it lies.
fn steps(slot: &Slot) -> impl Iterator<Item = i64> {
    let first = step_of(slot.from);
    // Rounded up: a part of a millisecond touches its step too.
    let end = slot.to.timestamp_micros().saturating_add(999).div_euclid(1_000);
    let end = end.max(first + 1);
    (0..).map(move |step| first + step * STEP).take_while(move |start| *start < end)
}

/// The start of the step in which a moment lies, in milliseconds.
pub(super) fn step_of(moment: DateTime<Utc>) -> i64 {
    moment.timestamp_millis().div_euclid(STEP) * STEP
}
