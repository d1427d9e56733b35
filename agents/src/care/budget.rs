//! The models' budget of a day is used up: the owners hear of it once that day. What proves that they did is written on
//! the business together with the message.

use super::{Alert, AlertKind};
use crate::decision::{Purpose, Recipient};
use crate::message::Outbound;
use crate::turn::Desk;
use locales::{args, text};

/// Tells the owners, and the operator out of band, unless they were told today (B141).
pub(crate) fn tell_of_used_budget(desk: &mut Desk<'_>) {
    let today = desk.business.day(desk.now);
    if desk.business.budget_told_on == Some(today) {
        return;
    }
    let mut business = desk.decision.business.take().unwrap_or_else(|| desk.business.clone());
    business.budget_told_on = Some(today);
    desk.decision.business = Some(business);
    let words = text(desk.business.locale, "owner-budget-used", &args![]);
    desk.say(Recipient::Owners, Purpose::Duty, Outbound::text(words.clone()), None);
    desk.decision.alerts.push(Alert { kind: AlertKind::BudgetUsed, lead: None, words });
    desk.note("budget_used", None, "");
}
