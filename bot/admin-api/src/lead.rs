//! Leads: the board, one lead whole, and what can be done with it.

use crate::conversation::Line;
use crate::page::Window;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Where a lead stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeadStatus {
    /// A request was stated and a pro speaks with the customer.
    Contacted,
    /// The slot is held and the pro is asked.
    New,
    /// The pro said yes.
    Booked,
    /// The work is done.
    Completed,
    /// Ended without work and without anybody's decision.
    Closed,
    /// The pro said no; another may still take it.
    Rejected,
    /// The customer took it back.
    Cancelled,
    /// A person must look.
    PendingAdminReview,
}

impl LeadStatus {
    /// Every status, in the order of a funnel, the ends last.
    pub const ALL: &'static [Self] = &[
        Self::Contacted,
        Self::New,
        Self::Booked,
        Self::Completed,
        Self::PendingAdminReview,
        Self::Rejected,
        Self::Cancelled,
        Self::Closed,
    ];

    /// The stored word.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Contacted => "contacted",
            Self::New => "new",
            Self::Booked => "booked",
            Self::Completed => "completed",
            Self::Closed => "closed",
            Self::Rejected => "rejected",
            Self::Cancelled => "cancelled",
            Self::PendingAdminReview => "pending_admin_review",
        }
    }
}

/// `GET /leads`: which. All given conditions hold; newest change first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeadFilter {
    /// Standing so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<LeadStatus>,
    /// With this pro.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pro: Option<String>,
    /// Of this contact.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<String>,
    /// Only those that wait for a person.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub needs_human: bool,
    /// A short number, or words that the customer's name, town or summary begins with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
    /// Which page.
    #[serde(flatten)]
    pub window: Window,
}

/// A lead in a list. `GET /leads` answers a page of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeadLine {
    /// Its id.
    pub id: String,
    /// The short number that people say.
    pub number: u64,
    /// Its version.
    pub version: u64,
    /// Where it stands.
    pub status: LeadStatus,
    /// Since when.
    pub since: DateTime<Utc>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// What the customer is called, as far as known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer: Option<String>,
    /// The key of the trade.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trade: Option<String>,
    /// What is broken, in a few words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issue: Option<String>,
    /// The town, in the business's language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    /// Whether it is an emergency.
    pub emergency: bool,
    /// The pro's id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pro: Option<String>,
    /// The pro's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pro_name: Option<String>,
    /// The time of the visit: start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visit_from: Option<DateTime<Utc>>,
    /// ... and end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visit_to: Option<DateTime<Utc>>,
    /// Why a person must look, as a key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub needs_human: Option<String>,
    /// The chat.
    pub conversation: String,
}

/// `GET /leads/{id}`: everything.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LeadDetail {
    /// As in the list.
    #[serde(flatten)]
    pub line: LeadLine,
    /// The customer's contact.
    pub contact: String,
    /// Their phone, E.164, where it shows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// The whole address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub full_address: Option<String>,
    /// The quoted range, in whole units of the currency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quote: Option<(u32, u32)>,
    /// What was paid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paid: Option<u32>,
    /// Of that, the business's share.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commission: Option<u32>,
    /// How often it went on to another pro.
    pub moves: u32,
    /// Stars, 1 to 5.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stars: Option<u8>,
    /// The words of the review.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review: Option<String>,
    /// What happened, oldest first: status changes, notes of operators, lines of the audit.
    pub timeline: Vec<Moment>,
    /// The newest words of the chat, oldest first.
    pub words: Vec<Line>,
    /// Who could take it, best first, with reasons; as routing saw it when it was last routed.
    pub ranked: Vec<RankedPro>,
    /// Where it may go from here.
    pub may_become: Vec<LeadStatus>,
}

/// A line of a timeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    /// When.
    pub at: DateTime<Utc>,
    /// What, as a key: a status, `note`, or the key of an audit line.
    pub what: String,
    /// More of it, for people.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub detail: String,
    /// Which user did it; none for the bot.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
}

/// A pro who could take a lead.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RankedPro {
    /// Their id.
    pub pro: String,
    /// Their name.
    pub name: String,
    /// Higher is better; none for who was ruled out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<f64>,
    /// The reasons, as keys with figures.
    pub reasons: Vec<String>,
}

/// `POST /leads/{id}/assign`: offers the lead to this pro, with the same consequences as an owner's word in chat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assign {
    /// Whom.
    pub pro: String,
    /// The version that was seen.
    pub version: u64,
}

/// `POST /leads/{id}/status`: closes, cancels, completes or reopens it, where that may follow.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetStatus {
    /// What it becomes.
    pub status: LeadStatus,
    /// Why, for the history and, where the customer is told, for nobody else.
    #[serde(default)]
    pub reason: String,
    /// The version that was seen.
    pub version: u64,
}

/// `POST /leads/{id}/notes`: a note that only operators see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddNote {
    /// 1 to 2,000 characters.
    pub text: String,
}
