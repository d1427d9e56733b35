//! What was done for a lead unasked, as kept on it: the proof that it was done, so that it is done once.

use crate::concern::Concern;
use crate::id::AppointmentId;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// What was done for a lead unasked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Care {
    /// How often silence moved it to another pro (L10, L11).
    #[serde(skip_serializing_if = "is_zero")]
    pub reassigned: u32,
    /// The steps that were taken, oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub done: Vec<Done>,
    /// When the healer last looked and found nothing to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub looked_at: Option<DateTime<Utc>>,
    /// The reason for a person to look that the operator was told of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reported: Option<Concern>,
}

/// A step that was taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    /// Which.
    pub step: Step,
    /// When.
    pub at: DateTime<Utc>,
}

/// A step that is taken once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Step {
    /// The customer was reminded of a visit.
    Reminded {
        /// Which.
        appointment: AppointmentId,
        /// How many hours before.
        hours: u32,
    },
    /// The customer confirmed a visit.
    Confirmed {
        /// Which.
        appointment: AppointmentId,
    },
    /// The pro was asked whether a visit is done.
    ProAsked {
        /// Which.
        appointment: AppointmentId,
    },
    /// The customer was asked whether a visit was done.
    CustomerAsked {
        /// Which.
        appointment: AppointmentId,
    },
    /// The pro did not find the customer there.
    Missed {
        /// Which visit.
        appointment: AppointmentId,
    },
}

impl Care {
    /// Whether nothing was done.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether a step was taken.
    #[must_use]
    pub fn has(&self, step: &Step) -> bool {
        self.done.iter().any(|done| done.step == *step)
    }

    /// Takes a step. False when it was taken before.
    #[must_use]
    pub fn once(&mut self, step: Step, at: DateTime<Utc>) -> bool {
        let is_new = !self.has(&step);
        if is_new {
            self.done.push(Done { step, at });
        }
        is_new
    }

    /// When the customer confirmed this visit.
    #[must_use]
    pub fn confirmed_at(&self, appointment: &AppointmentId) -> Option<DateTime<Utc>> {
        let step = Step::Confirmed { appointment: appointment.clone() };
        self.done.iter().find(|done| done.step == step).map(|done| done.at)
    }
}

fn is_zero(count: &u32) -> bool {
    *count == 0
}
