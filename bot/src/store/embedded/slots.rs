//! A pro's time, cut into steps. A step has one row, so two visits can never both have it, whoever races.

use super::rows::micros;
use crate::store::StoreError;
use crate::store::documents::{STEP_MINUTES, was_seen};
use agents::decision::{CalendarSeen, SlotChange};
use agents::lead::Slot;
use chrono::{DateTime, Utc};
use rusqlite::{Connection, params};

/// The length of a step as stored.
pub(super) const STEP: i64 = STEP_MINUTES * 60 * 1_000_000;

/// Fails when a calendar has a visit in it that the decision did not see. Writes come one after the other here, so what is
/// read now is what it will be when this is written.
pub(super) fn check(
    connection: &Connection,
    seen: &CalendarSeen,
    changes: &[SlotChange],
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT DISTINCT appointment FROM slot_claims
         WHERE pro = ?1 AND step >= ?2 AND step < ?3 AND (until IS NULL OR until > ?4)",
    )?;
    let mut rows =
        statement.query(params![seen.pro.as_str(), step_of(seen.from), micros(seen.to), micros(now)])?;
    while let Some(row) = rows.next()? {
        let visit: String = row.get(0)?;
        if !was_seen(seen, changes, &visit) {
            return Err(StoreError::SlotTaken { pro: seen.pro.to_string() });
        }
    }
    Ok(())
}

/// Takes or frees time.
pub(super) fn change(
    connection: &Connection,
    change: &SlotChange,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    match change {
        SlotChange::Claim { pro, slot, appointment, until } => {
            // The end of a hold decides by itself whether it is live, so nobody has to clean up in time.
            let mut statement = connection.prepare_cached(
                "INSERT INTO slot_claims(pro, step, appointment, until) VALUES(?1, ?2, ?3, ?4)
                 ON CONFLICT DO UPDATE SET appointment = excluded.appointment, until = excluded.until
                 WHERE appointment = excluded.appointment OR until <= ?5",
            )?;
            for step in steps(slot) {
                let taken = statement.execute(params![
                    pro.as_str(),
                    step,
                    appointment.as_str(),
                    until.map(micros),
                    micros(now)
                ])?;
                if taken == 0 {
                    return Err(StoreError::SlotTaken { pro: pro.to_string() });
                }
            }
        }
        SlotChange::Release { appointment } => {
            connection
                .prepare_cached("DELETE FROM slot_claims WHERE appointment = ?1")?
                .execute([appointment.as_str()])?;
        }
    }
    Ok(())
}

/// The starts of all steps that a slot touches; of an empty slot, the step in which it lies.
fn steps(slot: &Slot) -> impl Iterator<Item = i64> {
    let first = step_of(slot.from);
    let end = micros(slot.to).max(first + 1);
    (0..).map(move |step| first + step * STEP).take_while(move |start| *start < end)
}

/// The start of the step in which a moment lies.
pub(super) fn step_of(moment: DateTime<Utc>) -> i64 {
    micros(moment).div_euclid(STEP) * STEP
}
