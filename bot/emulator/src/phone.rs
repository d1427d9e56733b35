//! What people do on their phones, and what their phones show. It never answers the bot; it queues what the bot is
//! told.

use std::fmt;

use bytes::Bytes;

use crate::call::digits;
use crate::chat::{Author, Channel, Content, MediaKind, Message, MessageState, Place, ShownMessage, TapKind};
use crate::media::Media;
use crate::world::World;

/// A file as a phone sends it.
#[derive(Clone)]
pub struct PhoneFile {
    /// What the phone calls it.
    pub kind: MediaKind,
    /// Full type, such as `audio/ogg; codecs=opus`.
    pub mime: String,
    /// The bytes.
    pub bytes: Bytes,
    /// Text under a photo or a video.
    pub caption: String,
    /// Name of a document.
    pub file_name: String,
}

/// Something a phone cannot do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PhoneError {
    /// Not on this phone's screen.
    #[error("the phone does not show this message")]
    UnknownMessage,
    /// The message has no button or row with this place.
    #[error("the message has no such button")]
    NoSuchButton,
}

impl World {
    /// The person writes; the answer is the provider's id of the message. An empty name keeps the known one.
    pub fn phone_sends_text(
        &mut self,
        now_ms: i64,
        channel: Channel,
        phone: &str,
        name: &str,
        text: &str,
    ) -> String {
        self.person_sends(now_ms, channel, phone, name, Content::Text, text, None)
    }

    /// The person quotes a message of either side and writes.
    pub fn phone_replies(
        &mut self,
        now_ms: i64,
        channel: Channel,
        phone: &str,
        message_id: &str,
        text: &str,
    ) -> Result<String, PhoneError> {
        self.advance(now_ms);
        self.shown_message(channel, phone, message_id)?;
        let quoted = Some(message_id.to_owned());
        Ok(self.person_sends(now_ms, channel, phone, "", Content::Text, text, quoted))
    }

    /// The person taps a button, a list row or a template's quick reply, counted from zero.
    pub fn phone_taps_button(
        &mut self,
        now_ms: i64,
        channel: Channel,
        phone: &str,
        message_id: &str,
        index: usize,
    ) -> Result<String, PhoneError> {
        self.advance(now_ms);
        let message = self.shown_message(channel, phone, message_id)?;
        let button = message.buttons.get(index).cloned().ok_or(PhoneError::NoSuchButton)?;
        let kind = match message.content {
            Content::List => TapKind::ListRow,
            Content::Template => TapKind::TemplateButton,
            _ => TapKind::Button,
        };
        let title = button.title.clone();
        let content = Content::Tap { kind, index, button };
        let quoted = Some(message_id.to_owned());
        Ok(self.person_sends(now_ms, channel, phone, "", content, &title, quoted))
    }

    /// The person taps a button of a message that is long gone from the screen, or that nobody sent.
    pub fn phone_taps_old_button(&mut self, now_ms: i64, channel: Channel, phone: &str, payload: &str) {
        self.advance(now_ms);
        let title = "…".to_owned();
        let button =
            crate::chat::ShownButton { id: payload.to_owned(), title: title.clone(), description: None };
        let content = Content::Tap { kind: TapKind::Button, index: 0, button };
        self.person_sends(now_ms, channel, phone, "", content, &title, None);
    }

    /// The person sends a photo, a voice note, a video or a document.
    pub fn phone_sends_file(
        &mut self,
        now_ms: i64,
        channel: Channel,
        phone: &str,
        name: &str,
        file: PhoneFile,
    ) -> String {
        let media = format!("{}", 400_000_000_000_000 + self.number());
        let kept = Media::new(&file.mime, &file.file_name, &file.bytes, now_ms);
        self.state.media.insert(media.clone(), kept);
        let content = Content::Media { kind: file.kind, media };
        self.person_sends(now_ms, channel, phone, name, content, &file.caption, None)
    }

    /// The person shares a point on the map.
    pub fn phone_sends_location(
        &mut self,
        now_ms: i64,
        channel: Channel,
        phone: &str,
        name: &str,
        place: Place,
    ) -> String {
        let text = place.name.clone().or_else(|| place.address.clone()).unwrap_or_default();
        self.person_sends(now_ms, channel, phone, name, Content::Location(place), &text, None)
    }

    /// From now on the bot is not told the person's number: Meta gives only the user id, Green API only a `@lid` chat.
    pub fn phone_hides_number(&mut self, channel: Channel, phone: &str) {
        self.chats_mut(channel).entry(digits(phone)).or_default().hides_number = true;
    }

    /// A human at the business answers by hand, from the business's own phone. Nothing when nobody wrote from `phone`.
    pub fn business_types(
        &mut self,
        now_ms: i64,
        channel: Channel,
        phone: &str,
        text: &str,
    ) -> Option<String> {
        self.advance(now_ms);
        let phone = digits(phone);
        let id = self.message_id(channel, &phone, Author::BusinessByHand);
        let chat = self.chats_mut(channel).get_mut(&phone)?;
        let message = Message::new(id.clone(), Author::BusinessByHand, Content::Text, text, now_ms);
        chat.messages.push(message.clone());
        let body = match channel {
            Channel::Meta => self.meta_hand_written(&phone, &message),
            Channel::Green => self.green_hand_written(&phone, &message),
        };
        if let Some(body) = body {
            self.enqueue(channel, now_ms, body);
        }
        Some(id)
    }

    /// What the phone shows, oldest first.
    pub fn phone_screen(&self, channel: Channel, phone: &str) -> Vec<ShownMessage> {
        let chat = self.chats(channel).get(&digits(phone));
        chat.map(|chat| chat.messages.iter().map(Message::shown).collect()).unwrap_or_default()
    }

    /// How many bubbles the phone shows.
    pub fn phone_bubbles(&self, channel: Channel, phone: &str) -> usize {
        self.chats(channel).get(&digits(phone)).map_or(0, |chat| chat.messages.len())
    }

    /// Whether the phone shows that the business is typing.
    pub fn phone_sees_typing(&self, now_ms: i64, channel: Channel, phone: &str) -> bool {
        self.chats(channel).get(&digits(phone)).is_some_and(|chat| chat.typing_until_ms > now_ms)
    }

    /// Every phone that has a chat with the business, by number.
    pub fn phones(&self, channel: Channel) -> Vec<String> {
        self.chats(channel).keys().cloned().collect()
    }

    fn shown_message(&self, channel: Channel, phone: &str, id: &str) -> Result<&Message, PhoneError> {
        let chat = self.chats(channel).get(&digits(phone)).ok_or(PhoneError::UnknownMessage)?;
        chat.message(id).ok_or(PhoneError::UnknownMessage)
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "every way of sending ends here; each has its own short method"
    )]
    fn person_sends(
        &mut self,
        now_ms: i64,
        channel: Channel,
        phone: &str,
        name: &str,
        content: Content,
        text: &str,
        quoted: Option<String>,
    ) -> String {
        self.advance(now_ms);
        let phone = digits(phone);
        let id = self.message_id(channel, &phone, Author::Person);
        let mut message = Message::new(id.clone(), Author::Person, content, text, now_ms);
        message.quoted = quoted;
        message.state = MessageState::Delivered;
        let chat = self.chats_mut(channel).entry(phone.clone()).or_default();
        if !name.is_empty() {
            chat.name = name.to_owned();
        }
        chat.last_inbound_ms = Some(now_ms);
        chat.messages.push(message.clone());
        let body = match channel {
            Channel::Meta => Some(self.meta_inbound(&phone, &message)),
            Channel::Green => self.green_inbound(&phone, &message),
        };
        if let Some(body) = body {
            self.enqueue(channel, now_ms, body);
        }
        id
    }

    fn message_id(&mut self, channel: Channel, phone: &str, author: Author) -> String {
        match channel {
            Channel::Meta => self.meta_message_id(phone, author),
            Channel::Green => self.green_message_id(author),
        }
    }
}

impl fmt::Debug for PhoneFile {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("PhoneFile")
            .field("kind", &self.kind)
            .field("mime", &self.mime)
            .field("bytes", &self.bytes.len())
            .finish_non_exhaustive()
    }
}
