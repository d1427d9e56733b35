//! Live events: `GET /events` is a stream of server-sent events; each `data:` is an [`Event`] as JSON, each `id:` its
//! number. `Last-Event-ID` gets what was missed where the server still has it, else [`Event::Resync`].

use serde::{Deserialize, Serialize};

/// Something changed. Whoever shows it asks for it again; events carry no words and no phones.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// Too much was missed: everything on the screen may be old.
    Resync,
    /// A lead changed.
    Lead {
        /// Which.
        id: String,
        /// Its number.
        number: u64,
        /// Its version now.
        version: u64,
    },
    /// A chat changed, or something was said in it.
    Conversation {
        /// Which.
        id: String,
    },
    /// A message of ours came further.
    Delivery {
        /// In which chat.
        conversation: String,
    },
    /// A pro changed.
    Pro {
        /// Who.
        id: String,
    },
    /// A visit changed.
    Appointment {
        /// Which.
        id: String,
        /// Whose.
        pro: String,
    },
    /// The business changed.
    Settings,
    /// Jobs gave up, or came back.
    Jobs,
}
