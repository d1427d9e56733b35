//! The ways in and out. Each provider has a folder with the same files: `wire.rs` (its JSON), `inbound.rs` and
//! `content.rs` (from a proven body to events), `outbound.rs` (from a message to a request), `refusal.rs` (what its
//! errors mean). Here is what they share and the choice between them.
//!
//! It never stores, retries or decides what to say: values come in, values go out.

mod clean;
mod compose;
mod event;
pub mod green_api;
mod lenient;
pub mod meta;
mod outcome;
mod verify;

pub use compose::{Abilities, ButtonLimits, split};
pub use event::{Event, Incident, IncomingMessage, Standing, Wish, Words};
pub use lenient::Unreadable;
pub use outcome::{Class, SendOutcome};
pub use verify::{Unauthorized, Verified};

use crate::outside::{Outside, TransportError};
use agents::conversation::Place;
use agents::id::{InboundId, OutboxId};
use agents::message::{Channel, Outbound};
use agents::template::Filled;
use chrono::{DateTime, Utc};

/// One account of ours at a provider.
#[derive(Clone, Debug)]
pub enum Settings {
    /// A number on Meta's Cloud API.
    Meta(meta::Settings),
    /// An instance of Green API.
    GreenApi(green_api::Settings),
}

impl Settings {
    /// The channel.
    #[must_use]
    pub fn channel(&self) -> Channel {
        match self {
            Self::Meta(_) => Channel::Meta,
            Self::GreenApi(_) => Channel::GreenApi,
        }
    }

    /// The account, as it stands in a [`Place`].
    #[must_use]
    pub fn account(&self) -> &str {
        match self {
            Self::Meta(settings) => &settings.phone_number_id,
            Self::GreenApi(settings) => &settings.id,
        }
    }

    /// The chat with the person who has this number (E.164), in which nobody may have written yet.
    #[must_use]
    pub fn place_of(&self, phone: &str) -> Place {
        let digits = phone.trim_start_matches('+');
        let address = match self {
            Self::Meta(_) => digits.to_string(),
            Self::GreenApi(_) => format!("{digits}@c.us"),
        };
        Place { channel: self.channel(), account: self.account().to_string(), address }
    }

    /// What can be done with it.
    #[must_use]
    pub fn abilities(&self) -> Abilities {
        match self {
            Self::Meta(_) => meta::ABILITIES,
            Self::GreenApi(settings) => settings.abilities(),
        }
    }

    /// Whether news about an account with this id are about this one: it, or what owns it.
    #[must_use]
    pub fn is_meant_by(&self, id: &str) -> bool {
        match self {
            Self::Meta(settings) => settings.phone_number_id == id || settings.waba_id.as_deref() == Some(id),
            Self::GreenApi(settings) => settings.id == id,
        }
    }

    /// Whether this is the account to which the place belongs.
    #[must_use]
    pub fn owns(&self, place: &Place) -> bool {
        self.channel() == place.channel && self.account() == place.account
    }
}

/// Whether we are shown as typing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Typing {
    /// For a few seconds, or until we send.
    Shown,
    /// Not.
    Hidden,
}

/// What was found out about a message whose answer was lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// It was sent, or waits in the provider's queue.
    Sent {
        /// The provider's id of it.
        provider_id: String,
    },
    /// It was not: it may be sent again.
    NotSent,
    /// The provider cannot tell, or not yet.
    CannotTell,
}

/// Why a provider did not do what we asked for besides sending.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotDone {
    /// There was no answer.
    #[error("the provider did not answer")]
    NoAnswer(#[from] TransportError),
    /// It said no, with this HTTP status.
    #[error("the provider refused with status {0}")]
    Refused(u16),
    /// It said something else than documented.
    #[error("the provider's answer cannot be read")]
    Unreadable,
    /// The base URL in the settings is none.
    #[error("the base url of the channel is not a url")]
    BadBaseUrl,
    /// The place is not of this account.
    #[error("the place belongs to another account")]
    WrongAccount,
}

/// The events in a proven body, in their order. `received_at` stands in for times that are missing.
///
/// # Errors
/// When the body is not a JSON object. Everything else is an event, if an unknown one.
pub fn parse(verified: &Verified, received_at: DateTime<Utc>) -> Result<Vec<Event>, Unreadable> {
    match verified.channel() {
        Channel::Meta => meta::inbound::parse(verified.body(), received_at),
        Channel::GreenApi => green_api::inbound::parse(verified.body(), received_at),
    }
}

/// Hands one message to the provider, once. `reply_to` is the provider's id of the message that it quotes.
///
/// [`split`] comes first: a text that is too long is refused, never cut.
pub async fn send(
    settings: &Settings,
    outside: &Outside,
    to: &Place,
    message: &Outbound,
    outbox: &OutboxId,
    reply_to: Option<&str>,
) -> SendOutcome {
    if !settings.owns(to) {
        return SendOutcome::refused(Class::Never, "wrong_account");
    }
    match settings {
        Settings::Meta(settings) => {
            meta::outbound::send(settings, outside, to, message, outbox, reply_to).await
        }
        Settings::GreenApi(settings) => {
            green_api::outbound::send(settings, outside, to, message, reply_to).await
        }
    }
}

/// Hands one approved template to the provider, once. Only Meta has templates.
pub async fn send_template(
    settings: &Settings,
    outside: &Outside,
    to: &Place,
    template: &Filled,
    outbox: &OutboxId,
) -> SendOutcome {
    match settings {
        Settings::Meta(settings) if settings.phone_number_id == to.account => {
            meta::outbound::send_template(settings, outside, to, template, outbox).await
        }
        Settings::Meta(_) | Settings::GreenApi(_) => SendOutcome::refused(Class::Never, "no_templates_here"),
    }
}

/// Marks a message of a person as read, and shows that we type where that is asked for. Nothing depends on it.
///
/// # Errors
/// When the provider did not do it; it is not worth a second try.
pub async fn mark_read(
    settings: &Settings,
    outside: &Outside,
    place: &Place,
    inbound: &InboundId,
    typing: Typing,
) -> Result<(), NotDone> {
    if !settings.owns(place) {
        return Err(NotDone::WrongAccount);
    }
    let id = provider_id(inbound);
    match settings {
        Settings::Meta(settings) => meta::outbound::mark_read(settings, outside, id, typing).await,
        Settings::GreenApi(settings) => {
            green_api::outbound::mark_read(settings, outside, place, id, typing).await
        }
    }
}

/// Finds out whether a message whose answer was lost was sent. `tried_at` is when it was handed over; `known` are the
/// provider's ids of our other messages in the chat, which it cannot be.
///
/// # Errors
/// When the provider could not be asked. That says nothing about the message.
pub async fn find_sent(
    settings: &Settings,
    outside: &Outside,
    to: &Place,
    message: &Outbound,
    tried_at: DateTime<Utc>,
    known: &[String],
) -> Result<Found, NotDone> {
    if !settings.owns(to) {
        return Err(NotDone::WrongAccount);
    }
    match settings {
        // Meta cannot be asked. Its statuses bring our id back, if the message was sent.
        Settings::Meta(_) => Ok(Found::CannotTell),
        Settings::GreenApi(settings) => {
            green_api::journal::find_sent(settings, outside, to, message, tried_at, known).await
        }
    }
}

/// How the account stands, with a key that says why; none where the provider only tells it by webhook.
///
/// # Errors
/// When the provider could not be asked, or refused: a token that is not valid any more is refused.
pub async fn standing(settings: &Settings, outside: &Outside) -> Result<Option<(Standing, String)>, NotDone> {
    match settings {
        Settings::Meta(_) => Ok(None),
        Settings::GreenApi(settings) => green_api::outbound::standing(settings, outside).await.map(Some),
    }
}

/// The provider's own id of a message that came in, as it takes it for quoting and marking as read.
#[must_use]
pub fn provider_id(inbound: &InboundId) -> &str {
    let id = inbound.as_str();
    match id.split_once(':') {
        Some((channel, rest)) if channel == Channel::Meta.key() => rest,
        // After the instance.
        Some((channel, rest)) if channel == Channel::GreenApi.key() => {
            rest.split_once(':').map_or(rest, |(_, id)| id)
        }
        Some(_) | None => id,
    }
}
