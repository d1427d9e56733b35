//! What providers tell us, in our words. No provider's field names, and no rule about what follows from an event.

use crate::store::documents::StatusEvent;
use agents::conversation::Place;
use agents::id::InboundId;
use agents::message::{Channel, Inbound};
use chrono::{DateTime, Utc};
use std::fmt;

/// Something that a provider told us. One webhook may hold many, in the order in which they stood in it.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// A person wrote, spoke, tapped or sent something.
    Message(IncomingMessage),
    /// A person sent something that the provider could not show; they may be asked, once, to send it again.
    Undecryptable(Incident),
    /// A person changed a message of theirs. Not a new message.
    Edited {
        /// Who and when.
        incident: Incident,
        /// The message as it was accepted.
        original: InboundId,
        /// The new words, where they are told.
        text: Option<Words>,
    },
    /// A person took a message of theirs back: what was kept of it has to go.
    Deleted {
        /// Who and when.
        incident: Incident,
        /// The message as it was accepted.
        original: InboundId,
    },
    /// A person put an emoji on a message, or took it away. Never words, so never an answer.
    Reaction {
        /// Who and when.
        incident: Incident,
        /// The provider's id of the message.
        to: String,
        /// The emoji; none when it was taken away.
        emoji: Option<Words>,
    },
    /// A person called and nobody picked up. Both notifications of one call have the same id.
    MissedCall(Incident),
    /// A person has another number or another business-scoped id from now on.
    IdentityChanged {
        /// Under which address we knew them, and when it changed.
        incident: Incident,
        /// The new number, E.164.
        phone: Option<Words>,
        /// The new business-scoped id.
        business_scoped_id: Option<String>,
    },
    /// A person wants no marketing, or wants it again. Told through a setting of the app, not in words.
    Marketing {
        /// Who and when.
        incident: Incident,
        /// What they want.
        wish: Wish,
    },
    /// A human of the business answered from the phone: the bot is to be silent in this chat.
    HumanAnswered {
        /// The chat, not the human.
        incident: Incident,
        /// What was said, for the timeline.
        text: Option<Words>,
    },
    /// A message that we sent through the provider came back. Never a message of a person; it proves that the message
    /// was sent.
    Echo {
        /// The chat.
        place: Place,
        /// The provider's id of our message.
        provider_id: String,
        /// What was sent.
        text: Option<Words>,
        /// When.
        at: DateTime<Utc>,
    },
    /// Where a message of ours stands.
    Status(StatusEvent),
    /// How our account at the provider stands.
    AccountState {
        /// Which channel.
        channel: Channel,
        /// Which account: the number's id, or the id of what owns the number when the news is about all of it.
        account: String,
        /// What that means for us.
        standing: Standing,
        /// What happened, as a key.
        reason: String,
    },
    /// A message template was approved, rejected or paused.
    Template {
        /// The account that owns it.
        account: String,
        /// Its name.
        name: String,
        /// Its language.
        language: String,
        /// Its new state, in lower case, as the provider calls it.
        state: String,
    },
    /// Understood, and nothing to do.
    Ignored {
        /// Why, as a key.
        reason: &'static str,
    },
    /// Not understood, or broken: kept for a person to look at.
    Unknown {
        /// What is odd about it, as a key.
        reason: &'static str,
    },
}

/// A message and whom it is from.
#[derive(Clone, PartialEq)]
pub struct IncomingMessage {
    /// Where to answer. Whether its account is one of ours is for the caller to say.
    pub place: Place,
    /// The sender's number, E.164 with a plus sign, when it shows.
    pub phone: Option<String>,
    /// Meta's id of the person towards this business, when it is told.
    pub business_scoped_id: Option<String>,
    /// The message.
    pub inbound: Inbound,
    /// The advertisement from which the person came, by its id.
    pub advertisement: Option<String>,
}

impl fmt::Debug for IncomingMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IncomingMessage").field("inbound", &self.inbound).finish_non_exhaustive()
    }
}

/// Something that a person did which is not a message.
#[derive(Clone, PartialEq)]
pub struct Incident {
    /// The dedupe key: the same incident delivered twice has the same id.
    pub id: InboundId,
    /// In which chat.
    pub place: Place,
    /// The person's number, E.164, when it shows.
    pub phone: Option<String>,
    /// Meta's id of the person towards this business, when it is told.
    pub business_scoped_id: Option<String>,
    /// When, as the provider says (UTC).
    pub at: DateTime<Utc>,
}

impl fmt::Debug for Incident {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Incident").field("id", &self.id).finish_non_exhaustive()
    }
}

/// What a person said or is called by, in an event that may be logged: its `Debug` hides it.
#[derive(Clone, PartialEq, Eq)]
pub struct Words(pub String);

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Words({} bytes)", self.0.len())
    }
}

/// What a person wants of marketing messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// None any more.
    Stop,
    /// Again.
    Resume,
}

/// What news about an account mean for sending.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It works: what waited may go.
    Works,
    /// It will work soon: sending waits.
    Waits,
    /// Too fast: sending slows down.
    Slowed,
    /// The plan is used up: nothing to people without a running chat, and an operator is told.
    Limited,
    /// It does not work: nothing is sent, and an operator is told.
    Stopped,
    /// Someone should act, and sending goes on.
    Alert,
    /// For the record.
    Note,
}
