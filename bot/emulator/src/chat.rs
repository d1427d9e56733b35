//! What a phone holds: one chat with the business per phone and channel. Plain data; it never sends anything.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

/// Through which provider the person and the business talk. The same phone has one chat on each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Channel {
    /// Meta's WhatsApp Cloud API.
    Meta,
    /// Green API.
    Green,
}

/// How far a message has come. Later states are greater, but for `Failed`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MessageState {
    /// One grey tick.
    Sent,
    /// Two grey ticks.
    Delivered,
    /// Two blue ticks.
    Read,
    /// Not delivered, for good.
    Failed,
}

/// What a phone is doing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Presence {
    /// Switched off: messages stay `Sent`.
    Offline,
    /// On, the chat closed: messages become `Delivered`.
    #[default]
    Online,
    /// Looking at the chat: messages become `Read`.
    ChatOpen,
    /// The number has no WhatsApp: messages fail.
    NoAccount,
}

/// A button, or a row of a list, as the phone shows it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownButton {
    /// What the business calls it; a person never sees it.
    pub id: String,
    /// The label.
    pub title: String,
    /// The second line of a list row.
    pub description: Option<String>,
}

/// One bubble on a phone.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownMessage {
    /// The provider's id.
    pub id: String,
    /// Written by this phone's owner; otherwise by the business.
    pub from_me: bool,
    /// Everything readable: header, text and footer, each on its own line.
    pub text: String,
    /// Buttons or list rows, in order.
    pub buttons: Vec<ShownButton>,
    /// When, in unix milliseconds.
    pub at_ms: i64,
    /// Ticks.
    pub state: MessageState,
    /// Id of the message this one quotes.
    pub quoted: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Author {
    Person,
    Business,
    /// A human at the business, typing on its phone.
    BusinessByHand,
}

/// What kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MediaKind {
    /// A photo.
    Image,
    /// A voice note.
    Voice,
    /// A video.
    Video,
    /// Any other file.
    Document,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum TapKind {
    Button,
    ListRow,
    TemplateButton,
}

/// A point on the map, as a phone sends it.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
    /// Name of a known place.
    pub name: Option<String>,
    /// Its address.
    pub address: Option<String>,
}

#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub(crate) enum Content {
    Text,
    Buttons,
    List,
    Template,
    /// A file kept in this world.
    Media {
        kind: MediaKind,
        media: String,
    },
    /// A file that the business named by its address.
    Link {
        kind: MediaKind,
        url: String,
        file_name: String,
    },
    Location(Place),
    Reaction,
    Tap {
        kind: TapKind,
        index: usize,
        button: ShownButton,
    },
}

/// How the statuses of one message are announced.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum StatusQuirk {
    #[default]
    None,
    Reversed,
    DeliveredMissing,
}

#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Message {
    pub(crate) id: String,
    pub(crate) author: Author,
    pub(crate) content: Content,
    pub(crate) header: String,
    pub(crate) text: String,
    pub(crate) footer: String,
    pub(crate) buttons: Vec<ShownButton>,
    pub(crate) at_ms: i64,
    pub(crate) state: MessageState,
    pub(crate) quoted: Option<String>,
    /// Meta's `biz_opaque_callback_data`.
    pub(crate) callback: Option<String>,
    pub(crate) quirk: StatusQuirk,
}

impl Message {
    pub(crate) fn new(id: String, author: Author, content: Content, text: &str, at_ms: i64) -> Message {
        Message {
            id,
            author,
            content,
            header: String::new(),
            text: text.to_owned(),
            footer: String::new(),
            buttons: Vec::new(),
            at_ms,
            state: MessageState::Sent,
            quoted: None,
            callback: None,
            quirk: StatusQuirk::None,
        }
    }

    pub(crate) fn shown(&self) -> ShownMessage {
        let lines = [&self.header, &self.text, &self.footer];
        let text = lines.iter().filter(|line| !line.is_empty()).map(|line| line.as_str()).collect::<Vec<_>>();
        ShownMessage {
            id: self.id.clone(),
            from_me: self.author == Author::Person,
            text: text.join("\n"),
            buttons: self.buttons.clone(),
            at_ms: self.at_ms,
            state: self.state,
            quoted: self.quoted.clone(),
        }
    }
}

/// One phone's chat with the business.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(crate) struct Chat {
    pub(crate) name: String,
    pub(crate) hides_number: bool,
    pub(crate) presence: Presence,
    pub(crate) last_inbound_ms: Option<i64>,
    pub(crate) typing_until_ms: i64,
    pub(crate) messages: Vec<Message>,
}

impl Chat {
    pub(crate) fn message(&self, id: &str) -> Option<&Message> {
        self.messages.iter().rev().find(|message| message.id == id)
    }

    pub(crate) fn message_mut(&mut self, id: &str) -> Option<&mut Message> {
        self.messages.iter_mut().rev().find(|message| message.id == id)
    }

    /// Marks what the person wrote as read: up to and including `id`, or everything. False when `id` is unknown.
    pub(crate) fn business_reads(&mut self, id: Option<&str>) -> bool {
        let end = match id {
            None => self.messages.len(),
            Some(id) => {
                let found = self.messages.iter().position(|message| message.id == id);
                match found {
                    Some(place) if self.messages[place].author == Author::Person => place + 1,
                    Some(_) | None => return false,
                }
            }
        };
        for message in self.messages[..end].iter_mut().filter(|message| message.author == Author::Person) {
            message.state = MessageState::Read;
        }
        true
    }
}

/// Chats by phone number, digits only.
pub(crate) type Chats = BTreeMap<String, Chat>;

impl fmt::Debug for ShownMessage {
    // A screen is somebody's conversation: only its outline may reach a log.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("ShownMessage")
            .field("id", &self.id)
            .field("from_me", &self.from_me)
            .field("buttons", &self.buttons.len())
            .field("at_ms", &self.at_ms)
            .field("state", &self.state)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for ShownButton {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("ShownButton").field("id", &self.id).finish_non_exhaustive()
    }
}

impl fmt::Debug for Place {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Place")
    }
}
