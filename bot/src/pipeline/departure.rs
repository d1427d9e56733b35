//! Whether a message may leave now, and as what: freely, as an approved template, in another chat of the same person, not
//! yet, or never. It sends nothing and changes no message.

use super::accounts::{self, Gate};
use super::write::is_from_timer;
use crate::app::App;
use crate::channels;
use crate::store::StoreError;
use crate::store::documents::{DeliveryState, OutboxRow, Stored};
use crate::store::outer::AccountHealth;
use agents::booking::is_offer;
use agents::business::Business;
use agents::contact::Contact;
use agents::conversation::Conversation;
use agents::decision::Purpose;
use agents::id::{ContactId, ConversationId};
use agents::lead::{Lead, Status};
use agents::policy;
use agents::template::{self, Filled, TemplateUse};
use chrono::{DateTime, Duration, Utc};

/// A message that leaves so long after its time has waited for something: what it says may be past.
const HAS_WAITED: Duration = Duration::minutes(5);

/// What may be done with a message.
pub(super) enum Departure<'a> {
    /// It leaves.
    Leaves {
        /// Through which account.
        account: &'a channels::Settings,
        /// As what, when not freely.
        template: Option<Filled>,
        /// Whether it shows if the account works again.
        is_probe: bool,
    },
    /// It goes to another chat of the same person.
    Elsewhere(ConversationId),
    /// It waits in its lane.
    Waits {
        /// Until then.
        until: DateTime<Utc>,
        /// Why, as a key.
        reason: &'static str,
    },
    /// It waits for a decent hour, and others go before it.
    Postponed(DateTime<Utc>),
    /// It does not leave.
    Ends(DeliveryState, &'static str),
}

/// How a message may leave where free words are not allowed.
pub(super) enum Beyond {
    /// As this template.
    Template(Filled),
    /// In another chat of the same person, where free words are allowed.
    Elsewhere(ConversationId),
    /// Not at all.
    Nothing,
}

/// What was read of whatever decides about a message.
pub(super) struct Facts {
    /// Whose message it is.
    pub(super) business: Business,
    /// Where it goes.
    pub(super) conversation: Conversation,
    /// To whom.
    pub(super) contact: Option<Contact>,
    /// What it is about.
    pub(super) lead: Option<Lead>,
    /// The accounts that stopped at some time.
    pub(super) accounts: Vec<Stored<AccountHealth>>,
}

/// Decides about the message at the front of a lane.
pub(super) async fn of<'a>(
    app: &'a App,
    facts: &Facts,
    row: &OutboxRow,
) -> Result<Departure<'a>, StoreError> {
    let now = app.now();
    let Facts { business, conversation, contact, lead, accounts } = facts;
    let opted_out = contact.as_ref().is_some_and(|contact| contact.opted_out_at.is_some());
    if opted_out && !policy::reaches_opted_out(row.purpose) {
        return Ok(Departure::Ends(DeliveryState::Suppressed, "opted_out"));
    }
    if let Some(reason) =
        lead.as_ref().filter(|_| row.attempts == 0).and_then(|lead| why_past(lead, row, now))
    {
        return Ok(Departure::Ends(DeliveryState::Suppressed, reason));
    }
    // What was decided by day may have waited for something until the night.
    let is_news = row.purpose == Purpose::Update && (is_from_timer(&row.id) || has_waited(row, now));
    let is_emergency = lead.as_ref().is_some_and(|lead| lead.emergency);
    if let Some(open) = policy::polite_moment(business, now, is_emergency).filter(|_| is_news) {
        return Ok(Departure::Postponed(open));
    }
    if app.config.dry_run {
        return Ok(Departure::Ends(DeliveryState::Suppressed, "dry_run"));
    }
    let Some(account) = app.account(&conversation.place) else {
        return Ok(Departure::Ends(DeliveryState::Failed, "account_not_configured"));
    };
    let mut template = None;
    if row.message.figures.as_ref().is_some_and(|figures| figures.chosen.is_some()) {
        // Somebody chose it: nothing else says it, however the window is.
        template = template::fill(business, &row.message);
        if template.is_none() {
            return Ok(Departure::Ends(DeliveryState::Failed, "template_unknown"));
        }
    } else if !policy::is_window_open(conversation, now) {
        match beyond_window(app, business, conversation, row).await? {
            Beyond::Template(filled) => template = Some(filled),
            Beyond::Elsewhere(chat) => return Ok(Departure::Elsewhere(chat)),
            Beyond::Nothing => return Ok(Departure::Ends(DeliveryState::Failed, "window_closed")),
        }
    }
    // Last, since it may make this message the one that is tried.
    Ok(match accounts::gate(app, business, account, accounts).await? {
        Gate::Open => Departure::Leaves { account, template, is_probe: false },
        Gate::Probe => Departure::Leaves { account, template, is_probe: true },
        Gate::Closed { until, reason } => Departure::Waits { until, reason },
    })
}

/// What is left where the provider takes no free words: an approved template of the business, else a chat of the same
/// person where free words are taken (B111).
pub(super) async fn beyond_window(
    app: &App,
    business: &Business,
    conversation: &Conversation,
    row: &OutboxRow,
) -> Result<Beyond, StoreError> {
    if let Some(filled) = template::fill(business, &row.message) {
        return Ok(Beyond::Template(filled));
    }
    let other = other_chat(app, &conversation.contact, &conversation.id).await?;
    Ok(other.map_or(Beyond::Nothing, Beyond::Elsewhere))
}

async fn other_chat(
    app: &App,
    contact: &ContactId,
    not: &ConversationId,
) -> Result<Option<ConversationId>, StoreError> {
    let now = app.now();
    let chats = app.store.conversations_of_contact(contact).await?.into_iter().map(|stored| stored.value);
    let mut open = chats.filter(|chat| {
        chat.id != *not && app.account(&chat.place).is_some() && policy::is_window_open(chat, now)
    });
    Ok(open.next().map(|chat| chat.id))
}

/// Whether a message leaves so long after its time that what it says may be past.
fn has_waited(row: &OutboxRow, now: DateTime<Utc>) -> bool {
    row.not_before.is_some() || now - row.created_at >= HAS_WAITED
}

/// Why a message that waited is no longer true; none when it is, or did not wait.
fn why_past(lead: &Lead, row: &OutboxRow, now: DateTime<Utc>) -> Option<&'static str> {
    if !has_waited(row, now) {
        return None;
    }
    let use_of = row.message.figures.as_ref().map(|figures| figures.purpose);
    match use_of {
        Some(TemplateUse::Offer) => {
            let is_open = lead.offer.as_ref().is_some_and(|offer| {
                lead.status == Status::New
                    && offer.expires_at > now
                    && is_offer(&row.message, &lead.id, offer.round)
            });
            return (!is_open).then_some("offer_is_over");
        }
        Some(TemplateUse::Reminder) => {
            let is_ahead = lead.status == Status::Booked && lead.slot.is_some_and(|slot| slot.from > now);
            if !is_ahead {
                return Some("moment_passed");
            }
        }
        Some(TemplateUse::News | TemplateUse::Rating | TemplateUse::Callback) | None => {}
    }
    let changed = lead.history.last().is_some_and(|change| change.at > row.created_at);
    match row.purpose {
        Purpose::Update | Purpose::Duty => changed.then_some("outdated"),
        // What somebody asked is answered, unless the answer was to wait until another day.
        Purpose::Answer => (changed && row.not_before.is_some()).then_some("outdated"),
    }
}
