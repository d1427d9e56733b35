//! Everything the providers remember, and the only door to it. It has no clock, no thread and no socket: time comes
//! with every call, so that two worlds with one seed and one sequence of calls stay equal.

use std::collections::BTreeMap;
use std::fmt;

use ::http::{Request, Response};
use bytes::Bytes;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::call::{self, Call, Outcome};
use crate::chat::{Channel, Chats, MessageState};
use crate::dice::Dice;
use crate::faults::{CallKind, Fault, Faults, WebhookFault};
use crate::gemini::{Gemini, GeminiState};
use crate::green_api::{GreenBehaviour, GreenState};
use crate::media::Media;
use crate::meta::{MetaBehaviour, MetaState};
use crate::outbox::{Pending, WebhookPost};
use crate::settings::Settings;
use crate::telegram::TelegramState;
use crate::web::WebState;

/// Whom the bot calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Provider {
    /// Meta's Graph API.
    Meta,
    /// Green API.
    Green,
    /// Gemini.
    Gemini,
    /// Telegram's Bot API.
    Telegram,
    /// Calendars and a geocoder.
    Web,
}

impl Provider {
    /// Every one.
    pub const ALL: [Provider; 5] =
        [Provider::Meta, Provider::Green, Provider::Gemini, Provider::Telegram, Provider::Web];

    /// Under which path the HTTP face serves it: base addresses are `http://host:port` plus this.
    pub fn prefix(self) -> &'static str {
        match self {
            Provider::Meta => "/meta",
            Provider::Green => "/green",
            Provider::Gemini => "/gemini",
            Provider::Telegram => "/telegram",
            Provider::Web => "/web",
        }
    }

    /// Which provider a path of the HTTP face belongs to.
    pub fn of_path(path: &str) -> Option<Provider> {
        Provider::ALL
            .into_iter()
            .find(|provider| path.strip_prefix(provider.prefix()).is_some_and(|rest| rest.starts_with('/')))
    }
}

/// A saved world that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("the saved world cannot be read")]
pub struct LoadError(#[source] serde_json::Error);

/// The outside world.
pub struct World {
    pub(crate) settings: Settings,
    pub(crate) state: State,
    pub(crate) gemini: Gemini,
}

#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct State {
    dice: Dice,
    last_number: u64,
    /// By time, then in the order of planning.
    #[serde(with = "as_list")]
    schedule: BTreeMap<(i64, u64), Happening>,
    pub(crate) media: BTreeMap<String, Media>,
    pub(crate) meta: MetaState,
    pub(crate) green: GreenState,
    pub(crate) gemini: GeminiState,
    #[serde(default)]
    pub(crate) telegram: TelegramState,
    #[serde(default)]
    pub(crate) web: WebState,
}

/// Something that will happen by itself.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) enum Happening {
    /// A message of the business gets further.
    Progress { channel: Channel, phone: String, id: String, progress: Progress },
    /// The bot is told about it.
    Announce { channel: Channel, phone: String, id: String, progress: Progress },
    /// A message leaves Green API's queue.
    GreenLeaves { id: String },
}

#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Progress {
    Sent,
    Delivered,
    Read,
    /// With Meta's error code.
    Failed(i64),
}

impl Progress {
    pub(crate) fn state(self) -> MessageState {
        match self {
            Progress::Sent => MessageState::Sent,
            Progress::Delivered => MessageState::Delivered,
            Progress::Read => MessageState::Read,
            Progress::Failed(_) => MessageState::Failed,
        }
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Progress::Sent => "sent",
            Progress::Delivered => "delivered",
            Progress::Read => "read",
            Progress::Failed(_) => "failed",
        }
    }
}

impl World {
    /// An empty world: nobody has written yet.
    pub fn new(settings: Settings) -> World {
        let state = State {
            dice: Dice::from_seed(settings.seed),
            last_number: 0,
            schedule: BTreeMap::new(),
            media: BTreeMap::new(),
            meta: MetaState::default(),
            green: GreenState::default(),
            gemini: GeminiState::default(),
            telegram: TelegramState::default(),
            web: WebState::default(),
        };
        World { settings, state, gemini: Gemini::default() }
    }

    /// Everything that is remembered, without keys and without what Gemini was asked.
    pub fn save(&self) -> Value {
        // Every key of every map in the state is a string or a number, which is all serde_json can refuse.
        serde_json::to_value(&self.state).unwrap_or(Value::Null)
    }

    /// A saved world with these settings; the default answer of Gemini has to be set again.
    pub fn load(settings: Settings, saved: Value) -> Result<World, LoadError> {
        let state = serde_json::from_value(saved).map_err(LoadError)?;
        Ok(World { settings, state, gemini: Gemini::default() })
    }

    /// The faults of one provider, to write down more or to replace them all.
    pub fn faults(&mut self, provider: Provider) -> &mut Faults {
        match provider {
            Provider::Meta => &mut self.state.meta.faults,
            Provider::Green => &mut self.state.green.faults,
            Provider::Gemini => &mut self.state.gemini.faults,
            Provider::Telegram => &mut self.state.telegram.faults,
            Provider::Web => &mut self.state.web.faults,
        }
    }

    /// Switches of Meta.
    pub fn meta(&mut self) -> &mut MetaBehaviour {
        &mut self.state.meta.behaviour
    }

    /// Switches of Green API.
    pub fn green(&mut self) -> &mut GreenBehaviour {
        &mut self.state.green.behaviour
    }

    /// One request from the bot to a provider, answered now.
    pub fn handle(&mut self, now_ms: i64, provider: Provider, request: Request<Bytes>) -> Outcome {
        self.advance(now_ms);
        let call = Call::read(request, provider.prefix());
        let kind = match provider {
            Provider::Meta => self.meta_call_kind(&call),
            Provider::Green => self.green_call_kind(&call),
            Provider::Gemini if call.path.ends_with(":generateContent") => CallKind::Sending,
            Provider::Gemini => CallKind::Asking,
            Provider::Telegram | Provider::Web => CallKind::Sending,
        };
        let fault = self.faults(provider).draw_call(kind);
        match &fault {
            Fault::Hang => return Outcome::hang(),
            Fault::DropBefore => return Outcome::dropped(),
            Fault::RateLimited { .. }
            | Fault::PairLimited
            | Fault::QuotaReached
            | Fault::ServerError
            | Fault::Unavailable => return Outcome::at_once(self.refusal(provider, &call, &fault)),
            Fault::Answer { status, body } => {
                let kind = if body.starts_with(['{', '[']) { "application/json" } else { "text/html" };
                return Outcome::at_once(call::answer(*status, kind, body.clone()));
            }
            Fault::None
            | Fault::Late { .. }
            | Fault::HangAfter
            | Fault::DropAfter
            | Fault::OutOfOrder
            | Fault::DeliveredMissing
            | Fault::FailsLater { .. } => {}
        }
        let mut outcome = match provider {
            Provider::Meta => Outcome::at_once(self.meta_answers(now_ms, &call, &fault)),
            Provider::Green => Outcome::at_once(self.green_answers(now_ms, &call, &fault)),
            Provider::Gemini => self.gemini_answers(now_ms, &call),
            Provider::Telegram => Outcome::at_once(self.telegram_answers(&call)),
            Provider::Web => Outcome::at_once(self.web_answers(&call)),
        };
        self.advance(now_ms);
        match fault {
            Fault::HangAfter => Outcome::hang(),
            Fault::DropAfter => Outcome::dropped(),
            Fault::Late { delay_ms } => {
                outcome.delay_ms = outcome.delay_ms.saturating_add(delay_ms);
                outcome
            }
            Fault::None
            | Fault::Hang
            | Fault::DropBefore
            | Fault::RateLimited { .. }
            | Fault::PairLimited
            | Fault::QuotaReached
            | Fault::ServerError
            | Fault::Unavailable
            | Fault::Answer { .. }
            | Fault::OutOfOrder
            | Fault::DeliveredMissing
            | Fault::FailsLater { .. } => outcome,
        }
    }

    fn refusal(&mut self, provider: Provider, call: &Call, fault: &Fault) -> Response<Bytes> {
        match provider {
            Provider::Meta => self.meta_refuses(fault),
            Provider::Green => self.green_refuses(call, fault),
            Provider::Gemini => crate::gemini::refuses(call, fault),
            Provider::Telegram => crate::telegram::refuses(fault),
            Provider::Web => crate::web::refuses(fault),
        }
    }

    /// Posts that are due at or before now. The caller posts them and reports each with `webhook_answered`; one that
    /// is never reported counts as unanswered after the provider's own time limit.
    pub fn due_webhooks(&mut self, now_ms: i64) -> Vec<WebhookPost> {
        self.advance(now_ms);
        let mut posts = self.meta_due(now_ms);
        posts.extend(self.green_due(now_ms));
        posts
    }

    /// The earliest moment at which `due_webhooks` may have something, or never. It may be in the past.
    pub fn next_webhook_at(&self) -> Option<i64> {
        let scheduled = self.state.schedule.first_key_value().map(|((at_ms, _), _)| *at_ms);
        let meta = self.state.meta.outbox.iter().map(|pending| pending.due_ms);
        let green = self.state.green.outbox.front().map(|pending| pending.due_ms);
        scheduled.into_iter().chain(meta).chain(green).min()
    }

    /// What the bot answered to a post: the HTTP status, or 0 when no answer came.
    pub fn webhook_answered(&mut self, now_ms: i64, id: u64, status: u16) {
        self.advance(now_ms);
        if self.state.meta.outbox.iter().any(|pending| pending.id == id) {
            self.meta_webhook_answered(now_ms, id, status);
        } else {
            self.green_webhook_answered(now_ms, id, status);
        }
    }

    pub(crate) fn chats(&self, channel: Channel) -> &Chats {
        match channel {
            Channel::Meta => &self.state.meta.chats,
            Channel::Green => &self.state.green.chats,
        }
    }

    pub(crate) fn chats_mut(&mut self, channel: Channel) -> &mut Chats {
        match channel {
            Channel::Meta => &mut self.state.meta.chats,
            Channel::Green => &mut self.state.green.chats,
        }
    }

    /// A number never used before in this world.
    pub(crate) fn number(&mut self) -> u64 {
        self.state.last_number += 1;
        self.state.last_number
    }

    /// Random hexadecimal digits, from the seed.
    pub(crate) fn hex(&mut self, digits: usize) -> String {
        let mut text = String::new();
        while text.len() < digits {
            text.push_str(&format!("{:016X}", self.state.dice.next()));
        }
        text.truncate(digits);
        text
    }

    pub(crate) fn schedule(&mut self, at_ms: i64, happening: Happening) {
        let number = self.number();
        self.state.schedule.insert((at_ms, number), happening);
    }

    /// Lets everything happen that was to happen by now, each at its own time, so that how often somebody looks
    /// changes nothing.
    pub(crate) fn advance(&mut self, now_ms: i64) {
        while let Some(first) = self.state.schedule.first_entry().filter(|first| first.key().0 <= now_ms) {
            let ((at_ms, _), happening) = first.remove_entry();
            match happening {
                Happening::Progress { channel, phone, id, progress } => {
                    self.message_progresses(at_ms, channel, &phone, &id, progress);
                }
                Happening::Announce { channel, phone, id, progress } => {
                    self.announce(at_ms, channel, &phone, &id, progress);
                }
                Happening::GreenLeaves { id } => self.green_message_leaves(at_ms, &id),
            }
        }
    }

    /// Puts a webhook where it waits to be posted, with whatever goes wrong with it.
    pub(crate) fn enqueue(&mut self, channel: Channel, at_ms: i64, body: Value) {
        let provider = match channel {
            Channel::Meta => Provider::Meta,
            Channel::Green => Provider::Green,
        };
        let fault = self.faults(provider).draw_webhook();
        let mut first = Pending::new(self.number(), body, at_ms, at_ms);
        let mut second = None;
        match fault {
            WebhookFault::None => {}
            WebhookFault::Late { delay_ms } => first.due_ms = at_ms.saturating_add_unsigned(delay_ms),
            WebhookFault::Twice { after_ms } => {
                let mut copy = first.clone();
                copy.id = self.number();
                copy.due_ms = match channel {
                    Channel::Meta => at_ms.saturating_add_unsigned(after_ms),
                    Channel::Green => at_ms,
                };
                copy.with_previous = after_ms == 0;
                second = Some(copy);
            }
        }
        let pending = std::iter::once(first).chain(second);
        match channel {
            Channel::Meta => self.state.meta.outbox.extend(pending),
            Channel::Green => self.state.green.outbox.extend(pending),
        }
    }
}

/// A map as a list of pairs, since JSON has only text for keys.
mod as_list {
    use std::collections::BTreeMap;

    use serde::{Deserialize, Deserializer, Serializer};

    use super::Happening;

    type Schedule = BTreeMap<(i64, u64), Happening>;

    pub(super) fn serialize<S: Serializer>(schedule: &Schedule, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(schedule)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Schedule, D::Error> {
        let pairs = Vec::<((i64, u64), Happening)>::deserialize(deserializer)?;
        Ok(pairs.into_iter().collect())
    }
}

impl fmt::Debug for World {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("World")
            .field("settings", &self.settings)
            .field("meta_chats", &self.state.meta.chats.len())
            .field("green_chats", &self.state.green.chats.len())
            .field("scheduled", &self.state.schedule.len())
            .finish_non_exhaustive()
    }
}
