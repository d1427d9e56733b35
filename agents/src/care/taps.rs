//! What stands behind the buttons of messages that nobody asked for. Each names its visit, so that an old button never
//! speaks of a later one.

use crate::id::{AppointmentId, LeadId};

/// A customer's tap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CustomerTap {
    /// I will be there.
    Confirm(AppointmentId),
    /// Another time, please.
    Move(AppointmentId),
    /// I do not want it any more.
    Cancel(AppointmentId),
    /// The work was done.
    WorkDone(AppointmentId),
    /// It was not.
    WorkNotDone(AppointmentId),
    /// Try another pro.
    AnotherPro(LeadId, u32),
    /// Wait on for this one.
    KeepWaiting(LeadId, u32),
    /// Tell me when an earlier time is free.
    TellIfFree(LeadId),
    /// I take the earlier time.
    TakeEarlier(LeadId, u32),
    /// I do not want it.
    LeaveEarlier(LeadId, u32),
    /// The other visit suits me.
    TakeVisit(AppointmentId),
    /// It does not.
    RefuseVisit(AppointmentId),
}

impl CustomerTap {
    /// What is put behind the button.
    #[must_use]
    pub fn payload(&self) -> String {
        match self {
            Self::Confirm(appointment) => format!("confirm:{appointment}"),
            Self::Move(appointment) => format!("move:{appointment}"),
            Self::Cancel(appointment) => format!("cancel:{appointment}"),
            Self::WorkDone(appointment) => format!("work_done:{appointment}"),
            Self::WorkNotDone(appointment) => format!("work_not_done:{appointment}"),
            Self::AnotherPro(lead, round) => format!("another_pro:{lead}:{round}"),
            Self::KeepWaiting(lead, round) => format!("keep_waiting:{lead}:{round}"),
            Self::TakeVisit(appointment) => format!("take_visit:{appointment}"),
            Self::RefuseVisit(appointment) => format!("refuse_visit:{appointment}"),
            Self::TellIfFree(lead) => format!("tell_if_free:{lead}"),
            Self::TakeEarlier(lead, round) => format!("take_earlier:{lead}:{round}"),
            Self::LeaveEarlier(lead, round) => format!("leave_earlier:{lead}:{round}"),
        }
    }

    /// The tap behind a payload.
    #[must_use]
    pub fn read(payload: &str) -> Option<Self> {
        let (action, subject) = payload.split_once(':')?;
        let offer = || {
            subject.rsplit_once(':').and_then(|(lead, round)| Some((LeadId::new(lead), round.parse().ok()?)))
        };
        let appointment = AppointmentId::new(subject);
        match action {
            "another_pro" => offer().map(|(lead, round)| Self::AnotherPro(lead, round)),
            "keep_waiting" => offer().map(|(lead, round)| Self::KeepWaiting(lead, round)),
            "take_visit" => Some(Self::TakeVisit(appointment)),
            "refuse_visit" => Some(Self::RefuseVisit(appointment)),
            "tell_if_free" => Some(Self::TellIfFree(LeadId::new(subject))),
            "take_earlier" => offer().map(|(lead, round)| Self::TakeEarlier(lead, round)),
            "leave_earlier" => offer().map(|(lead, round)| Self::LeaveEarlier(lead, round)),
            "confirm" => Some(Self::Confirm(appointment)),
            "move" => Some(Self::Move(appointment)),
            "cancel" => Some(Self::Cancel(appointment)),
            "work_done" => Some(Self::WorkDone(appointment)),
            "work_not_done" => Some(Self::WorkNotDone(appointment)),
            _ => None,
        }
    }
}

/// A pro's tap on the question whether a visit is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProTap {
    /// It is.
    Done(AppointmentId),
    /// Not yet.
    NotYet(AppointmentId),
    /// The customer was not there.
    NotThere(AppointmentId),
}

impl ProTap {
    /// What is put behind the button.
    #[must_use]
    pub fn payload(&self) -> String {
        match self {
            Self::Done(appointment) => format!("done:{appointment}"),
            Self::NotYet(appointment) => format!("not_yet:{appointment}"),
            Self::NotThere(appointment) => format!("not_there:{appointment}"),
        }
    }

    /// The tap behind a payload.
    #[must_use]
    pub fn read(payload: &str) -> Option<Self> {
        let (action, appointment) = payload.split_once(':')?;
        let appointment = AppointmentId::new(appointment);
        match action {
            "done" => Some(Self::Done(appointment)),
            "not_yet" => Some(Self::NotYet(appointment)),
            "not_there" => Some(Self::NotThere(appointment)),
            _ => None,
        }
    }

    /// The visit that it is about.
    #[must_use]
    pub fn appointment(&self) -> &AppointmentId {
        match self {
            Self::Done(appointment) | Self::NotYet(appointment) | Self::NotThere(appointment) => appointment,
        }
    }
}
