//! The outside world, pretended: Meta's WhatsApp Cloud API, Green API and Gemini, and the phones behind them, each a
//! small server with a memory and with faults on request. It is built from what the providers document and shares no
//! type with the bot, so that a mistake in one is not repeated in the other.
//!
//! [`World`] is the whole of it: [`World::handle`] answers the bot's calls, the `phone_` methods are people,
//! [`World::due_webhooks`] is what the bot must be told. It has no clock and no socket. [`router`] is the same world
//! over HTTP.
//!
//! - `world` the door; `progress` a message on its way; `phone`, `chat`, `media` people and what their phones hold
//! - `meta`, `green_api`, `gemini`, `telegram` the providers; `faults`, `dice` what goes wrong; `outbox` webhooks that wait
//! - `call` requests and answers; `http` the thin face; `settings` accounts

mod call;
mod chat;
mod dice;
mod faults;
mod gemini;
mod green_api;
mod http;
mod media;
mod meta;
mod outbox;
mod phone;
mod progress;
mod settings;
mod telegram;
mod web;
mod world;

pub use call::{Outcome, Reply};
pub use chat::{Channel, MediaKind, MessageState, Place, Presence, ShownButton, ShownMessage};
pub use faults::{Fault, FaultOn, Faults, Rates, WebhookFault};
pub use gemini::{GeminiAnswer, GeminiDefault, GeminiFunction, GeminiRequest, GeminiScript};
pub use green_api::{GreenAccountState, GreenBehaviour, TapName};
pub use http::router;
pub use meta::{ClosedWindow, MetaBehaviour, Template};
pub use outbox::{VerifyRequest, WebhookPost};
pub use phone::{PhoneError, PhoneFile};
pub use settings::{GeminiSettings, GreenSettings, MetaSettings, Settings};
pub use world::{LoadError, Provider, World};

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
