//! A message of the business on its way to a phone: sent, delivered, read, failed, and which of it the bot hears of.
//! It never builds a webhook; the providers do.

use crate::chat::{Author, Channel, MessageState, Presence, StatusQuirk};
use crate::world::{Happening, Progress, World};

/// How long after a message was taken its statuses come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Pace {
    pub(crate) sent_ms: u64,
    pub(crate) delivered_ms: u64,
    pub(crate) read_ms: u64,
}

impl World {
    fn pace(&self, channel: Channel) -> Pace {
        match channel {
            Channel::Meta => self.state.meta.behaviour.pace(),
            Channel::Green => self.state.green.behaviour.pace(),
        }
    }

    /// Plans what becomes of a message that has just been put into a chat.
    pub(crate) fn plan_delivery(
        &mut self,
        now_ms: i64,
        channel: Channel,
        phone: &str,
        id: &str,
        fails: Option<i64>,
    ) {
        let pace = self.pace(channel);
        let presence = self.chats(channel).get(phone).map(|chat| chat.presence).unwrap_or_default();
        let fails = match presence {
            Presence::NoAccount => Some(131_026),
            Presence::Offline | Presence::Online | Presence::ChatOpen => fails,
        };
        let steps = match fails {
            Some(code) => vec![(pace.sent_ms, Progress::Failed(code))],
            None => vec![(pace.sent_ms, Progress::Sent), (pace.delivered_ms, Progress::Delivered)],
        };
        for (after_ms, progress) in steps {
            let at_ms = now_ms.saturating_add_unsigned(after_ms);
            self.plan(at_ms, channel, phone, id, progress);
        }
    }

    fn plan(&mut self, at_ms: i64, channel: Channel, phone: &str, id: &str, progress: Progress) {
        let (phone, id) = (phone.to_owned(), id.to_owned());
        self.schedule(at_ms, Happening::Progress { channel, phone, id, progress });
    }

    pub(crate) fn message_progresses(
        &mut self,
        at_ms: i64,
        channel: Channel,
        phone: &str,
        id: &str,
        progress: Progress,
    ) {
        let pace = self.pace(channel);
        let Some(chat) = self.chats_mut(channel).get_mut(phone) else { return };
        let presence = chat.presence;
        let Some(message) = chat.message_mut(id) else { return };
        let unreachable = presence == Presence::Offline && progress == Progress::Delivered;
        let old_news = progress != Progress::Sent && message.state >= progress.state();
        if unreachable || old_news {
            return;
        }
        message.state = progress.state();
        let quirk = message.quirk;
        // With `Reversed` each announcement is held back further than the one after it.
        let held_back_ms = match (quirk, progress) {
            (StatusQuirk::DeliveredMissing, Progress::Delivered) => None,
            (StatusQuirk::Reversed, Progress::Sent) => Some(6_000),
            (StatusQuirk::Reversed, Progress::Delivered) => Some(3_000),
            _ => Some(0),
        };
        match held_back_ms {
            None => {}
            Some(0) => self.announce(at_ms, channel, phone, id, progress),
            Some(held_back_ms) => {
                let (phone, id) = (phone.to_owned(), id.to_owned());
                let happening = Happening::Announce { channel, phone, id, progress };
                self.schedule(at_ms + held_back_ms, happening);
            }
        }
        if progress == Progress::Delivered && presence == Presence::ChatOpen {
            self.plan(at_ms.saturating_add_unsigned(pace.read_ms), channel, phone, id, Progress::Read);
        }
    }

    pub(crate) fn announce(
        &mut self,
        at_ms: i64,
        channel: Channel,
        phone: &str,
        id: &str,
        progress: Progress,
    ) {
        match channel {
            Channel::Meta => self.meta_announces(at_ms, phone, id, progress),
            Channel::Green => self.green_announces(at_ms, phone, id, progress),
        }
    }

    /// A phone is switched off or on, opens or closes the chat, or leaves WhatsApp. What waited is delivered, and what
    /// is looked at is read.
    pub fn phone_is(&mut self, now_ms: i64, channel: Channel, phone: &str, presence: Presence) {
        self.advance(now_ms);
        let phone = crate::call::digits(phone);
        let chat = self.chats_mut(channel).entry(phone.clone()).or_default();
        chat.presence = presence;
        let waiting = chat.messages.iter().filter(|message| message.author != Author::Person);
        let waiting = waiting.map(|message| (message.id.clone(), message.state)).collect::<Vec<_>>();
        for (id, state) in waiting {
            match (presence, state) {
                (Presence::Online | Presence::ChatOpen, MessageState::Sent) => {
                    let soon = now_ms.saturating_add_unsigned(self.pace(channel).delivered_ms);
                    self.plan(soon, channel, &phone, &id, Progress::Delivered);
                }
                (Presence::ChatOpen, MessageState::Delivered) => {
                    self.plan(now_ms, channel, &phone, &id, Progress::Read);
                }
                _ => {}
            }
        }
        self.advance(now_ms);
    }

    /// The person looks at the chat for a moment: everything that has arrived is read.
    pub fn phone_reads(&mut self, now_ms: i64, channel: Channel, phone: &str) {
        self.advance(now_ms);
        let phone = crate::call::digits(phone);
        let Some(chat) = self.chats(channel).get(&phone) else { return };
        let unread = chat
            .messages
            .iter()
            .filter(|message| message.author != Author::Person && message.state == MessageState::Delivered);
        for id in unread.map(|message| message.id.clone()).collect::<Vec<_>>() {
            self.plan(now_ms, channel, &phone, &id, Progress::Read);
        }
        self.advance(now_ms);
    }
}
