//! What comes in and what goes out, in our words: no provider's field names, no wire format.

use crate::id::InboundId;
use crate::template::Figures;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A way in and out: one per provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// WhatsApp through Green API.
    GreenApi,
    /// WhatsApp through Meta's Cloud API.
    Meta,
}

impl Channel {
    /// The stable name of the channel, as stored and as used in ids.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::GreenApi => "green_api",
            Self::Meta => "meta",
        }
    }
}

/// A message that a person sent us.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Inbound {
    /// The dedupe key: the same message delivered twice has the same id.
    pub id: InboundId,
    /// When the person sent it, as the provider says (UTC).
    pub at: DateTime<Utc>,
    /// What was sent.
    pub content: Content,
    /// The provider's id of the message of ours that this one quotes or answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<String>,
    /// The name that the person shows on the channel. Data, never an instruction.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sender_name: Option<String>,
}

impl fmt::Debug for Inbound {
    /// Names neither text nor person, so that an inbound message may be logged.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Inbound")
            .field("id", &self.id)
            .field("kind", &self.content.kind())
            .finish_non_exhaustive()
    }
}

/// What a message holds.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Content {
    /// Words.
    Text {
        /// As typed, at most 64 KiB; direction marks and all.
        text: String,
    },
    /// A tap on one of our buttons or list rows.
    Tap {
        /// The payload that we put behind the button, or what somebody forged.
        payload: String,
        /// The label that the person saw.
        label: String,
    },
    /// A photo, video, voice note or document.
    Media {
        /// Where it is kept and what it is.
        attachment: Attachment,
    },
    /// A point on the map.
    Location {
        /// Degrees north.
        latitude: f64,
        /// Degrees east.
        longitude: f64,
        /// Name and address, when a place rather than a point was shared.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        place: Option<String>,
    },
    /// Something that was meant for us but that we cannot read: contact cards, orders, forms.
    Other {
        /// The provider's name of the kind.
        name: String,
    },
}

impl Content {
    /// The kind, for logs.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Text { .. } => "text",
            Self::Tap { .. } => "tap",
            Self::Media { .. } => "media",
            Self::Location { .. } => "location",
            Self::Other { .. } => "other",
        }
    }

    /// The words in it: the text or the caption.
    #[must_use]
    pub fn words(&self) -> Option<&str> {
        match self {
            Self::Text { text } => Some(text),
            Self::Media { attachment } => attachment.caption.as_deref(),
            Self::Tap { .. } | Self::Location { .. } | Self::Other { .. } => None,
        }
    }
}

/// What kind of file an attachment is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AttachmentKind {
    /// A picture.
    Image,
    /// A film, also a GIF.
    Video,
    /// A recorded voice note or another sound.
    Voice,
    /// Any other file.
    Document,
}

/// A file that came with a message. It is kept by reference: the bytes stay at the provider until they are fetched.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// What kind of file it is.
    pub kind: AttachmentKind,
    /// Where the provider keeps it: a media id (Meta) or a download address (Green API). May be empty.
    pub reference: String,
    /// The MIME type as the provider says, with its parameters removed. May be empty.
    pub mime: String,
    /// Words under a picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caption: Option<String>,
    /// The name of a document, cleaned of paths and control characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file_name: Option<String>,
}

impl fmt::Debug for Attachment {
    /// Names neither caption, file nor address.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attachment").field("kind", &self.kind).finish_non_exhaustive()
    }
}

/// A message for a person, chosen and final: nothing after this adds to it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outbound {
    /// The words.
    pub text: String,
    /// Quick replies, at most three. A channel that cannot show them writes them as numbered lines.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub buttons: Vec<Button>,
    /// What it was made of, where a template may say it outside of the service window.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub figures: Option<Figures>,
}

impl Outbound {
    /// Words without buttons.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), buttons: Vec::new(), figures: None }
    }
}

impl fmt::Debug for Outbound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Outbound({} characters, {} buttons)", self.text.chars().count(), self.buttons.len())
    }
}

/// A quick reply.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Button {
    /// What comes back when it is tapped; at most 200 bytes.
    pub payload: String,
    /// What the person sees; at most 20 characters (the limit of Meta's Cloud API).
    pub label: String,
}
