//! The business: its name, zone, rules of approval and consent, and opening hours.

use crate::calendar::{BusinessCalendar, WeekHours};
use crate::id::BusinessId;
use crate::language::Language;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A business as stored. Times of day in it are local to `timezone`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Business {
    /// The `key` of its file.
    pub id: BusinessId,
    /// What customers call it.
    pub name: String,
    /// The zone in which its times are shown.
    pub timezone: Tz,
    /// The language for people whose language is not known yet.
    pub locale: Language,
    /// Who says yes to a job.
    pub approval: Approval,
    /// How consent is taken.
    pub consent: Consent,
    /// When people answer; a pro's own hours say when visits are possible.
    pub hours: WeekHours,
    /// The ISO 4217 code of the prices, which are in whole units of it.
    pub currency: String,
    /// The number of the emergency services that a customer in danger is told to call.
    pub emergency_number: String,
    /// How long a pro may think about an offer, in minutes.
    pub approval_minutes: u32,
    /// How visits are planned, and when nobody works.
    #[serde(default, skip_serializing_if = "BusinessCalendar::is_empty")]
    pub calendar: BusinessCalendar,
    /// The owners: they run the business in chat.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub owners: Vec<Owner>,
    /// How much of what a customer paid is the business's, in percent.
    #[serde(default = "usual_commission")]
    pub commission_percent: u32,
    /// Since when the bot is silent towards customers; none while it answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paused_at: Option<DateTime<Utc>>,
    /// The business's own words of danger, as patterns of a lexicon. With some, no other word is one by itself: only a
    /// model's judgement is (B51).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub emergency_words: Vec<String>,
    /// How many hours before a visit its customer is reminded; none: never.
    #[serde(default = "default_reminder_hours", skip_serializing_if = "is_default_reminder_hours")]
    pub reminder_hours: Vec<u32>,
}

/// Who runs the business.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owner {
    /// What to call them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// E.164 with a leading plus sign.
    pub phone: String,
}

impl fmt::Debug for Owner {
    /// Names neither person nor phone.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Owner")
    }
}

/// The share of a business that says none, in percent.
pub const USUAL_COMMISSION_PERCENT: u32 = 10;

fn usual_commission() -> u32 {
    USUAL_COMMISSION_PERCENT
}

/// A day and two hours before.
pub const DEFAULT_REMINDER_HOURS: [u32; 2] = [24, 2];

fn default_reminder_hours() -> Vec<u32> {
    DEFAULT_REMINDER_HOURS.to_vec()
}

fn is_default_reminder_hours(hours: &[u32]) -> bool {
    hours == DEFAULT_REMINDER_HOURS
}

/// Who says yes to a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Approval {
    /// The pro is asked and answers אשר or דחה.
    Pro,
    /// Nobody is asked: a free slot is booked at once.
    Auto,
}

/// How consent to be served by an assistant is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Consent {
    /// The first answer discloses it and goes on.
    Notice,
    /// Nothing is done before the person says yes.
    Ask,
}
