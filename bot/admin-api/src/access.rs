//! Who may do what: one exhaustive function over roles and actions. The server asks it before every request, the console
//! to show only what can be done.

use serde::{Deserialize, Serialize};

/// A role of a user, the mightiest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Runs the installation: every business.
    SystemAdmin,
    /// Owns one business.
    Owner,
    /// Runs one business day by day.
    Admin,
    /// Answers customers of one business.
    Agent,
}

impl Role {
    /// Every role, the mightiest first.
    pub const ALL: &'static [Self] = &[Self::SystemAdmin, Self::Owner, Self::Admin, Self::Agent];

    /// The stored word.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::SystemAdmin => "system_admin",
            Self::Owner => "owner",
            Self::Admin => "admin",
            Self::Agent => "agent",
        }
    }
}

/// A kind of request, as far as rights go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// See leads, chats, pros, schedules, the dashboard and events.
    Read,
    /// Take over a chat, answer, give it back, send a template.
    Talk,
    /// Assign, re-status and note leads; move and cancel visits.
    WorkLeads,
    /// Change a pro, their prices, hours and blocked times; approve sign-ups.
    EditPros,
    /// See and merge contacts.
    EditContacts,
    /// Take a person's data out, or remove it for good.
    ErasePeople,
    /// Retry and discard jobs; see odd events.
    RunJobs,
    /// Switch the bot, hours, models, keywords.
    EditSettings,
    /// See analytics and take them out as CSV.
    SeeFigures,
    /// See the audit.
    SeeAudit,
    /// Make, change and remove users below one's own role.
    EditUsers,
    /// See and choose between businesses.
    SeeBusinesses,
}

impl Action {
    /// Every action.
    pub const ALL: &'static [Self] = &[
        Self::Read,
        Self::Talk,
        Self::WorkLeads,
        Self::EditPros,
        Self::EditContacts,
        Self::ErasePeople,
        Self::RunJobs,
        Self::EditSettings,
        Self::SeeFigures,
        Self::SeeAudit,
        Self::EditUsers,
        Self::SeeBusinesses,
    ];
}

/// Whether users of this role may do this within a business that is theirs.
#[must_use]
pub const fn allow(role: Role, action: Action) -> bool {
    match action {
        Action::Read | Action::Talk | Action::WorkLeads => true,
        Action::EditPros | Action::EditContacts | Action::RunJobs | Action::SeeFigures => match role {
            Role::SystemAdmin | Role::Owner | Role::Admin => true,
            Role::Agent => false,
        },
        Action::ErasePeople | Action::EditSettings | Action::SeeAudit | Action::EditUsers => match role {
            Role::SystemAdmin | Role::Owner => true,
            Role::Admin | Role::Agent => false,
        },
        Action::SeeBusinesses => match role {
            Role::SystemAdmin => true,
            Role::Owner | Role::Admin | Role::Agent => false,
        },
    }
}
