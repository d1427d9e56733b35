//! Orders from the console that `agents` did not carry out: why, for the caller.

use super::refusal::Refusal;
use crate::pipeline::order::OrderError;

/// Why an order was not carried out, for the caller.
pub(super) fn not_carried_out(error: OrderError) -> Refusal {
    use agents::calendar::Refusal as Why;
    use agents::operator::Refused;
    match error {
        OrderError::Store(error) => error.into(),
        OrderError::Changed | OrderError::Endless => Refusal::Raced,
        OrderError::Refused(Refused::NoVisit) => {
            Refusal::not_now("there is no visit with which this can be done; look at the lead as it is now")
        }
        OrderError::Refused(Refused::NoPro) => Refusal::not_now("the pro of this visit is no more"),
        OrderError::Refused(Refused::NotWaiting) => Refusal::not_now(
            "only a lead that waits for a person is assigned; give it to a person first (status pending_admin_review)",
        ),
        OrderError::Refused(Refused::NoTime) => Refusal::not_now(
            "this pro has no free time for it, or the customer's chat is about something else by now; choose another pro",
        ),
        OrderError::Refused(Refused::NotFromHere) => {
            Refusal::not_now("the lead cannot become this from where it stands; see `may_become`")
        }
        OrderError::Refused(Refused::NoChat) => Refusal::not_found(),
        OrderError::Refused(Refused::WindowClosed) => Refusal::not_now(
            "WhatsApp takes no free words 24 hours after the person's last; send a template instead",
        ),
        OrderError::Refused(Refused::NoTemplate) => Refusal::not_now(
            "no such template can be sent here: see GET /templates for the names, languages and parameters, which only chats \
             on Meta's Cloud API take",
        ),
        OrderError::Refused(Refused::NoApplicant) => {
            Refusal::not_now("nobody waits for this answer: who signed up was answered already")
        }
        OrderError::Refused(Refused::NotFree(why)) => Refusal::not_now(match why {
            Why::InvalidRange => "from: the visit would end before it begins; choose another time",
            Why::TooSoon => "from: the time is past or too soon; choose a later one",
            Why::Closed => "from: the pro does not work then; choose a time within their hours",
            Why::Blocked => "from: the pro is blocked then; unblock the time or choose another",
            Why::DayFull => "from: the pro has as many visits on that day as they may; choose another day",
            Why::Conflict => "from: another visit is then, or so near that there is no time for the way",
        }),
    }
}
