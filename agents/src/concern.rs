//! Why a person is to look at a lead or a chat: one closed list, whose order of weight is told here and nowhere else.

use serde::{Deserialize, Serialize};

/// Why a person is to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Concern {
    /// Everybody near has enough to do, or no free time.
    AllBusy,
    /// Everybody near said no.
    AllDeclined,
    /// An operator or the owner took the lead for themselves.
    AskedByTeam,
    /// The customer asked for a person.
    AskedForHuman,
    /// The day's money for models was used up.
    BudgetUsed,
    /// Messages came while the business was paused.
    BusinessPaused,
    /// The customer wants to be called.
    CallWanted,
    /// The lead's chat is not there.
    ChatIsGone,
    /// The customer complains.
    Complaint,
    /// The pro says that nobody was at the door.
    CustomerNotThere,
    /// A message did not reach its person.
    DeliveryFailed,
    /// Nobody knows whether a message reached its person.
    DeliveryUnknown,
    /// A declined lead was not offered to anybody else.
    LeftRejected,
    /// One pro after the other was silent.
    MovedTooOften,
    /// The times that were offered are gone, and the customer was not asked for others.
    NewTimesNeeded,
    /// The pro has no free time.
    NoFreeSlots,
    /// Nobody works where the customer is.
    NoProInArea,
    /// There is nobody left to ask.
    NoProLeft,
    /// Nobody does this trade.
    NoProOfTrade,
    /// No free time suits the customer.
    NoTimeFits,
    /// A lead waits for a pro whom nobody asked.
    NobodyIsAsked,
    /// The bot did not understand, again and again.
    NotUnderstood,
    /// The person is not written to any more, and something was to be told.
    OptedOut,
    /// The customer left in the middle of their request.
    PartialIntake,
    /// It is not known where the customer is.
    PlaceUnknown,
    /// The lead's pro does not work here any more.
    ProIsGone,
    /// A reminder could not leave outside of the service window.
    ReminderHeld,
    /// A lead stood still.
    Stuck,
    /// A timer gave up.
    TimerFailed,
    /// A turn gave up.
    TurnFailed,
    /// Nobody says whether the visit took place.
    VisitUnclear,
    /// The customer says that the work was not done.
    WorkNotDone,
}

impl Concern {
    /// All of them.
    pub const ALL: [Self; 32] = [
        Self::AllBusy,
        Self::AllDeclined,
        Self::AskedByTeam,
        Self::AskedForHuman,
        Self::BudgetUsed,
        Self::BusinessPaused,
        Self::CallWanted,
        Self::ChatIsGone,
        Self::Complaint,
        Self::CustomerNotThere,
        Self::DeliveryFailed,
        Self::DeliveryUnknown,
        Self::LeftRejected,
        Self::MovedTooOften,
        Self::NewTimesNeeded,
        Self::NoFreeSlots,
        Self::NoProInArea,
        Self::NoProLeft,
        Self::NoProOfTrade,
        Self::NoTimeFits,
        Self::NobodyIsAsked,
        Self::NotUnderstood,
        Self::OptedOut,
        Self::PartialIntake,
        Self::PlaceUnknown,
        Self::ProIsGone,
        Self::ReminderHeld,
        Self::Stuck,
        Self::TimerFailed,
        Self::TurnFailed,
        Self::VisitUnclear,
        Self::WorkNotDone,
    ];

    /// A stable key, as it is stored and shown by the API; its words are the message `concern-` and this key.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::AllBusy => "all_busy",
            Self::AllDeclined => "all_declined",
            Self::AskedByTeam => "asked_by_team",
            Self::AskedForHuman => "asked_for_human",
            Self::BudgetUsed => "budget_used",
            Self::BusinessPaused => "business_paused",
            Self::CallWanted => "call_wanted",
            Self::ChatIsGone => "chat_is_gone",
            Self::Complaint => "complaint",
            Self::CustomerNotThere => "customer_not_there",
            Self::DeliveryFailed => "delivery_failed",
            Self::DeliveryUnknown => "delivery_unknown",
            Self::LeftRejected => "left_rejected",
            Self::MovedTooOften => "moved_too_often",
            Self::NewTimesNeeded => "new_times_needed",
            Self::NoFreeSlots => "no_free_slots",
            Self::NoProInArea => "no_pro_in_area",
            Self::NoProLeft => "no_pro_left",
            Self::NoProOfTrade => "no_pro_of_trade",
            Self::NoTimeFits => "no_time_fits",
            Self::NobodyIsAsked => "nobody_is_asked",
            Self::NotUnderstood => "not_understood",
            Self::OptedOut => "opted_out",
            Self::PartialIntake => "partial_intake",
            Self::PlaceUnknown => "place_unknown",
            Self::ProIsGone => "pro_is_gone",
            Self::ReminderHeld => "reminder_held",
            Self::Stuck => "stuck",
            Self::TimerFailed => "timer_failed",
            Self::TurnFailed => "turn_failed",
            Self::VisitUnclear => "visit_unclear",
            Self::WorkNotDone => "work_not_done",
        }
    }

    /// Whether what the person writes next, or does, takes it back by itself. Under one of these a message that did not
    /// arrive would be forgotten with it, so these give way to the others and never replace them.
    #[must_use]
    pub fn is_passing(self) -> bool {
        matches!(self, Self::AskedForHuman | Self::BusinessPaused | Self::PartialIntake)
    }

    /// Whether it is about a message that may not have arrived.
    #[must_use]
    pub fn is_of_delivery(self) -> bool {
        matches!(self, Self::DeliveryFailed | Self::DeliveryUnknown)
    }

    /// Whether it ends when a slot is taken. Others, such as a message whose fate is unknown, stand until somebody has
    /// looked.
    #[must_use]
    pub fn is_settled_by_a_slot(self) -> bool {
        match self {
            Self::AllBusy
            | Self::AllDeclined
            | Self::BudgetUsed
            | Self::MovedTooOften
            | Self::NewTimesNeeded
            | Self::NoFreeSlots
            | Self::NoProInArea
            | Self::NoProLeft
            | Self::NoProOfTrade
            | Self::NoTimeFits
            | Self::NotUnderstood
            | Self::PartialIntake
            | Self::PlaceUnknown
            | Self::ProIsGone => true,
            Self::AskedByTeam
            | Self::AskedForHuman
            | Self::BusinessPaused
            | Self::CallWanted
            | Self::ChatIsGone
            | Self::Complaint
            | Self::CustomerNotThere
            | Self::DeliveryFailed
            | Self::DeliveryUnknown
            | Self::LeftRejected
            | Self::NobodyIsAsked
            | Self::OptedOut
            | Self::ReminderHeld
            | Self::Stuck
            | Self::TimerFailed
            | Self::TurnFailed
            | Self::VisitUnclear
            | Self::WorkNotDone => false,
        }
    }

    /// Sets it on a chat, unless there is one that stands; returns whether it is new.
    pub fn raise(self, present: &mut Option<Self>) -> bool {
        let is_new = present.is_none_or(|present| present.is_passing() && !self.is_passing());
        if is_new {
            *present = Some(self);
        }
        is_new
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_what_is_stored() {
        for concern in Concern::ALL {
            let stored = serde_json::to_value(concern).expect("a word");
            assert_eq!(stored, concern.key());
            assert_eq!(serde_json::from_value::<Concern>(stored).expect("a concern"), concern);
        }
    }

    #[test]
    fn what_passes_gives_way_and_the_rest_stands() {
        for present in Concern::ALL {
            for other in Concern::ALL {
                let mut now = Some(present);
                let is_new = other.raise(&mut now);
                assert_eq!(now, Some(if is_new { other } else { present }));
                assert_eq!(is_new, present.is_passing() && !other.is_passing(), "{present:?}, {other:?}");
            }
            let mut none = None;
            assert!(present.raise(&mut none) && none == Some(present));
        }
    }
}
