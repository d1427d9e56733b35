//! A yes against which the pro's own calendar stands (B59): it is stopped with what stands there and how to go on. Nothing
//! is lost meanwhile: the offer and its time stay as they are.

use super::calendar::spoken;
use super::decide::Seat;
use crate::booking::{self, Hindrance, offer_payload};
use crate::calendar::{Blocked, BlockedBy};
use crate::lead::Lead;
use crate::message::Button;
use crate::say;
use crate::turn::Desk;
use locales::{args, text};

/// Says what stands against a yes, with a tap that makes room where the pro can, and one that declines.
pub(super) fn stopped(desk: &mut Desk<'_>, seat: &Seat, lead: &Lead, hindrance: &Hindrance) {
    let language = seat.pro.language;
    let (key, blocked) = match hindrance {
        Hindrance::BlockedByPro(blocked) => ("pro-approve-blocked", Some(blocked)),
        Hindrance::BlockedByBusiness(blocked) => ("pro-approve-blocked-by-business", Some(blocked)),
        Hindrance::Closed => ("pro-approve-closed", None),
        Hindrance::DayFull => ("pro-approve-day-full", None),
        Hindrance::TooNear => ("pro-approve-too-near", None),
        Hindrance::Gone => ("pro-slot-taken", None),
    };
    let slot = lead.slot.map(|slot| say::slot(desk.business, language, &slot, desk.now));
    let time = blocked.map(|blocked| spoken(desk, seat, blocked.from, blocked.to));
    let args = args![
        lead = lead.number.to_string(),
        slot = slot.unwrap_or_default(),
        time = time.unwrap_or_default()
    ];
    let mut message = say::message(language, key, &args);
    let button = |action, label| {
        let round = lead.offer.as_ref().map_or(0, |offer| offer.round);
        Button { payload: offer_payload(action, &lead.id, round), label: text(language, label, &args![]) }
    };
    if matches!(hindrance, Hindrance::BlockedByPro(_)) {
        message.buttons.push(button("free_approve", "button-free-and-approve"));
    }
    message.buttons.push(button("reject", "button-reject"));
    desk.note("approval_stopped", Some(&lead.id), format!("pro={} why={key}", seat.pro.id));
    seat.send(desk, message, Some(lead));
}

/// Frees the time of an offer out of what the pro blocked. The rest of it stays blocked, and so does what the business
/// blocked.
pub(super) fn free(desk: &mut Desk<'_>, seat: &mut Seat, lead: &Lead) {
    let Some(slot) = lead.slot else { return };
    let mut kept = Vec::new();
    for blocked in seat.pro.calendar.blocked.drain(..) {
        if blocked.by == BlockedBy::File || blocked.to <= slot.from || slot.to <= blocked.from {
            kept.push(blocked);
            continue;
        }
        let before = Blocked { to: slot.from, ..blocked.clone() };
        let after = Blocked { from: slot.to, ..blocked };
        kept.extend([before, after].into_iter().filter(|rest| rest.from < rest.to));
    }
    kept.sort();
    seat.pro.calendar.blocked = kept;
    seat.pro_changed = true;
    booking::watch_calendar(desk, &seat.pro.id, slot.from, slot.to);
    desk.note("unblocked", Some(&lead.id), format!("pro={}", seat.pro.id));
}
