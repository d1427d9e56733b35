//! What may happen in a scenario besides words: files, models that misbehave, faults of providers, a broken store, time
//! that is taken. Each changes the world and checks nothing.

use super::World;
use super::net::locked;
use super::script::duration;
use super::world::{HOST, local, open, outside};
use crate::app::App;
use crate::models::gemini;
use crate::outside::Url;
use crate::pipeline::accounts;
use crate::server;
use crate::store::documents::{Commit, Document, Expect};
use agents::calendar::{Blocked, BlockedBy};
use agents::decision::SlotChange;
use agents::id::AppointmentId;
use agents::lead::Slot;
use agents::pro::Pro;
use chrono::{Duration, NaiveDateTime};
use emulator::{Fault, FaultOn, GeminiAnswer, GeminiDefault, GeminiScript, GreenAccountState, Provider};
use secrecy::SecretString;

impl World {
    pub(super) async fn sends(&mut self, who: &str, what: &str, caption: Option<&str>) -> Result<(), String> {
        self.say(&format!("{who} sends a {what} {}", caption.unwrap_or_default()));
        self.sends_now(who, what, caption)?;
        self.settle().await
    }

    pub(super) fn model(&mut self, what: &str) -> Result<(), String> {
        let (word, rest) = what.split_once(' ').unwrap_or((what, ""));
        let json =
            || serde_json::from_str::<serde_json::Value>(rest).map_err(|error| format!("no JSON: {error}"));
        let always = |answer| GeminiDefault::Answer(answer);
        let mut emulator = self.emulator();
        match word {
            "dispatch" => emulator.gemini_will(
                GeminiScript::next(GeminiAnswer::Json(json()?)).when_asked("You are the dispatcher"),
            ),
            "persona" => emulator.gemini_will(
                GeminiScript::next(GeminiAnswer::Json(json()?)).when_asked("You write WhatsApp messages"),
            ),
            "persona-text" => emulator.gemini_will(
                GeminiScript::next(GeminiAnswer::Text(rest.to_owned()))
                    .when_asked("You write WhatsApp messages"),
            ),
            "fails" => {
                let status = rest.parse().map_err(|_| "a status is a number")?;
                emulator.gemini_otherwise(always(GeminiAnswer::Error { status, retry_after_ms: None }));
            }
            "slow" => {
                let delay = duration(rest)?.num_milliseconds();
                emulator.gemini_otherwise(always(GeminiAnswer::After {
                    delay_ms: u64::try_from(delay).unwrap_or(0),
                    answer: Box::new(GeminiAnswer::Json(serde_json::json!({ "intent": "service_request" }))),
                }));
            }
            "garbage" => emulator.gemini_otherwise(always(GeminiAnswer::Text("<<< not json >>>".to_owned()))),
            "hangs" => emulator.gemini_otherwise(always(GeminiAnswer::Hang)),
            "on" => {
                drop(emulator);
                return self.model_on();
            }
            other => return Err(format!("a model does not know `{other}`")),
        }
        Ok(())
    }

    /// Gives the app a key. The app is made anew over the same store, as after a change of settings.
    pub(super) fn model_on(&mut self) -> Result<(), String> {
        self.config.gemini = Some(pretended_models().map_err(|error| error.to_string())?);
        self.app = App::new(self.config.clone(), self.app.store.clone(), outside(&self.net));
        *locked(&self.net.router) = Some(server::router(&self.app));
        Ok(())
    }

    pub(super) fn fault(&mut self, provider: &str, fault: &str) -> Result<(), String> {
        let provider = match provider {
            "meta" => Provider::Meta,
            "green" => Provider::Green,
            "gemini" => Provider::Gemini,
            "telegram" => Provider::Telegram,
            "web" => Provider::Web,
            other => return Err(format!("no provider is called {other}")),
        };
        let (word, number) = fault.split_once(' ').unwrap_or((fault, ""));
        let fault = match word {
            "drop-after" => Fault::DropAfter,
            "drop-before" => Fault::DropBefore,
            "hang" => Fault::Hang,
            "hang-after" => Fault::HangAfter,
            "server-error" => Fault::ServerError,
            "unavailable" => Fault::Unavailable,
            "rate-limited" => Fault::RateLimited { retry_after_s: 3 },
            "pair-limited" => Fault::PairLimited,
            "out-of-order" => Fault::OutOfOrder,
            "fails-later" => Fault::FailsLater { code: number.parse().map_err(|_| "a code is a number")? },
            other => return Err(format!("no fault is called {other}")),
        };
        self.emulator().faults(provider).next_call(FaultOn::Sending, fault);
        Ok(())
    }

    /// Somebody is on another channel from now on; what they read on each is remembered.
    pub(super) fn uses(&mut self, who: &str, channel: &str) -> Result<(), String> {
        let left = format!("{who} on {:?}", self.net.channel(who));
        let seen = self.read.remove(who).unwrap_or(0);
        self.read.insert(left, seen);
        let (here, there) = match channel {
            "green" => (&self.net.green, &self.net.meta),
            "meta" => (&self.net.meta, &self.net.green),
            other => return Err(format!("no channel is called {other}")),
        };
        locked(there).remove(who);
        locked(here).insert(who.to_owned());
        let found = format!("{who} on {:?}", self.net.channel(who));
        let seen = self.read.remove(&found).unwrap_or(0);
        self.read.insert(who.to_owned(), seen);
        Ok(())
    }

    /// An account at a provider stops, or works again.
    pub(super) async fn account(&mut self, provider: &str, state: &str) -> Result<(), String> {
        let now = self.net.now_ms();
        {
            let mut emulator = self.emulator();
            match (provider, state) {
                ("meta", "works") => emulator.meta().account_error = None,
                ("meta", code) => {
                    emulator.meta().account_error = Some(code.parse().map_err(|_| "a code is a number")?);
                }
                ("green", "works") => {
                    emulator.green().refuses_with = None;
                    emulator.green_account_becomes(now, GreenAccountState::Authorized);
                }
                ("green", "notAuthorized") => {
                    emulator.green_account_becomes(now, GreenAccountState::NotAuthorized);
                }
                ("green", status) => {
                    emulator.green().refuses_with = Some(status.parse().map_err(|_| "a status is a number")?);
                }
                (other, _) => return Err(format!("no provider is called {other}")),
            }
        }
        self.settle().await
    }

    /// What the rest of the web knows changes, or is looked at.
    pub(super) fn web(&mut self, what: &str) -> Result<(), String> {
        let mut emulator = self.net.emulator.lock().map_err(|error| error.to_string())?;
        let words: Vec<&str> = what.splitn(4, ' ').collect();
        match words.as_slice() {
            ["calendar", who, event @ ..] => {
                let event = event.join(" ").replace('|', "\r\n");
                let events = self.calendars.entry((*who).to_owned()).or_default();
                events
                    .push_str(&format!("BEGIN:VEVENT\r\nUID:{}\r\n{event}\r\nEND:VEVENT\r\n", events.len()));
                let text = format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{events}END:VCALENDAR\r\n");
                emulator.web_calendar(who, Some(&text));
                Ok(())
            }
            ["no", "calendar", who] => {
                self.calendars.remove(*who);
                emulator.web_calendar(who, None);
                Ok(())
            }
            ["place", north, east, name] => {
                let degrees = |text: &str| text.parse().map_err(|_| "degrees are a number".to_owned());
                emulator.web_place(name, degrees(north)?, degrees(east)?);
                Ok(())
            }
            ["reads", count, name @ ..] => {
                let (name, found) = (name.join(" "), emulator.web_reads(&name.join(" ")).to_string());
                match found == *count {
                    true => Ok(()),
                    false => Err(format!("{name} was asked for {found} times")),
                }
            }
            _ => Err(format!("nothing on the web is `{what}`")),
        }
    }

    /// Everything that would leave is stopped by hand, or goes on.
    pub(super) async fn sending(&mut self, goes: bool) -> Result<(), String> {
        let changed = match goes {
            true => accounts::resume_sending(&self.app).await,
            false => accounts::stop_sending(&self.app).await,
        };
        match changed.map_err(|error| error.to_string())? {
            true => self.settle().await,
            false => Err("sending is so already".to_owned()),
        }
    }

    pub(super) async fn take(&mut self, who: &str, at: NaiveDateTime, minutes: i64) -> Result<(), String> {
        let pro = self.pro(who).await?;
        let from = local(&self.business().await?, at).map_err(|error| error.to_string())?;
        self.claim(&pro, Slot { from, to: from + Duration::minutes(minutes) }, "taken").await
    }

    pub(super) async fn blocks(&mut self, who: &str, at: NaiveDateTime, minutes: i64) -> Result<(), String> {
        let id = self.pro(who).await?.id;
        let from = local(&self.business().await?, at).map_err(|error| error.to_string())?;
        let stored = self.app.store.pro(&id).await.map_err(|error| error.to_string())?;
        let stored = stored.ok_or_else(|| format!("{who} is not stored"))?;
        let mut pro = stored.value;
        let to = from + Duration::minutes(minutes);
        pro.calendar.blocked.push(Blocked { from, to, reason: "break".to_owned(), by: BlockedBy::Pro });
        let change = (Expect::Version(stored.version), Document::Pro(pro));
        self.app.store.put_documents(vec![change], self.app.now()).await.map_err(|error| error.to_string())
    }

    pub(super) async fn claim(&mut self, pro: &Pro, slot: Slot, kind: &str) -> Result<(), String> {
        let appointment = AppointmentId::new(format!("{kind}-{}-{}", pro.id, slot.from.timestamp()));
        let claim = SlotChange::Claim { pro: pro.id.clone(), slot, appointment, until: None };
        let commit = Commit { slots: vec![claim], ..Commit::default() };
        self.app.store.commit(commit, self.app.now()).await.map_err(|error| error.to_string())
    }

    /// Breaks the store as a full disk would, or mends it: the app goes on over a closed store, then over a new one.
    pub(super) async fn store(&mut self, works: bool) -> Result<(), String> {
        if works {
            self.app = open(&self.config, &self.net).await.map_err(|error| format!("{error:#}"))?;
            return self.settle().await;
        }
        self.app.store.close().await.map_err(|error| error.to_string())
    }
}

/// Where the pretended models are, and their key.
pub(crate) fn pretended_models() -> anyhow::Result<gemini::Settings> {
    let key = emulator::Settings::default().gemini.api_key;
    let base_url = Url::parse(&format!("{HOST}/gemini"))?;
    Ok(gemini::Settings { api_key: SecretString::from(key), base_url })
}
