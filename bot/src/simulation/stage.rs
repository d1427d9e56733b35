//! What the acting futures and their director share: who waits for what, the clock, the providers and the log. A future
//! never goes on by itself: at every access of the store and at every answer of the network it waits here until it is
//! let through, so that one seed makes one order of everything.

use super::chance::{Chance, Tally};
use crate::crash::Step;
use crate::outside::{ManualClock, Request, Response, TransportError};
use crate::replay::net::{hand_over, locked};
use crate::store::Moment;
use chrono::{DateTime, Duration, Utc};
use emulator::{Fault, FaultOn};
use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hasher};
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

/// What a future waits for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Want {
    /// An access of the store.
    Store(Moment, &'static str),
    /// An answer of a provider that is there from then on.
    Answer(DateTime<Utc>),
}

/// What is shared.
pub(super) struct Stage {
    pub(super) clock: ManualClock,
    began: DateTime<Utc>,
    pub(super) emulator: Mutex<emulator::World>,
    pub(super) state: Mutex<State>,
}

/// What changes.
pub(super) struct State {
    /// Which future runs just now.
    pub(super) current: u64,
    /// By number of the wait: which future, and for what.
    pub(super) wants: BTreeMap<u64, (u64, Want)>,
    /// The wait that was let through last, and how.
    granted: Option<(u64, bool)>,
    waits: u64,
    /// The durable steps that the running future passed since it was let through.
    pub(super) passed: Vec<Step>,
    /// How often the store has kept something.
    pub(super) writes: u64,
    /// Bubbles by the id that our message has at Meta: what arrived, by the provider's word.
    pub(super) arrived: BTreeMap<String, u32>,
    /// How often in ten thousand calls a provider misbehaves; none at rest.
    pub(super) faults_of_calls: u32,
    pub(super) chance: Chance,
    pub(super) tally: Tally,
    pub(super) log: Log,
}

/// Everything that happened, as lines, and a digest of them.
#[derive(Default)]
pub(super) struct Log {
    pub(super) lines: Vec<String>,
    digest: DefaultHasher,
}

impl Log {
    pub(super) fn digest(&self) -> u64 {
        self.digest.finish()
    }
}

impl Stage {
    pub(super) fn new(
        clock: ManualClock,
        emulator: emulator::World,
        chance: Chance,
        faults_of_calls: u32,
    ) -> Arc<Self> {
        let state = State {
            current: 0,
            wants: BTreeMap::new(),
            granted: None,
            waits: 0,
            passed: Vec::new(),
            writes: 0,
            arrived: BTreeMap::new(),
            faults_of_calls,
            chance,
            tally: Tally::default(),
            log: Log::default(),
        };
        Arc::new(Self { began: clock.now(), clock, emulator: Mutex::new(emulator), state: Mutex::new(state) })
    }

    pub(super) fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    pub(super) fn now_ms(&self) -> i64 {
        self.now().timestamp_millis()
    }

    pub(super) fn say(&self, line: &str) {
        let millis = (self.now() - self.began).num_milliseconds();
        let (hours, rest) = (millis / 3_600_000, millis % 3_600_000);
        let line =
            format!("{hours:>3}:{:02}:{:06.3} {line}", rest / 60_000, (rest % 60_000) as f64 / 1_000.0);
        let log = &mut locked(&self.state).log;
        log.digest.write(line.as_bytes());
        log.lines.push(line);
    }

    pub(super) fn count(&self, what: &str) {
        locked(&self.state).tally.add(what);
    }

    /// Lets a wait through when its future is polled next.
    pub(super) fn grant(&self, wait: u64, how: bool) {
        locked(&self.state).granted = Some((wait, how));
    }

    /// Waits to be let through; whether the answer is yes.
    pub(super) fn wait(self: &Arc<Self>, want: Want) -> Wait {
        Wait { stage: self.clone(), want: Some(want), number: 0 }
    }

    /// The network of every process.
    pub(super) async fn call(self: Arc<Self>, request: Request) -> Result<Response, TransportError> {
        let path = request.url.path().to_owned();
        let body = request.body.clone();
        let fault = self.fault_of_a_call();
        if let (Some((name, fault)), Some(provider)) = (fault, emulator::Provider::of_path(&path)) {
            self.count(&format!("provider {name}"));
            self.say(&format!("  fault: {name}"));
            locked(&self.emulator).faults(provider).next_call(FaultOn::AnyCall, fault);
        }
        let current = locked(&self.state).current;
        let what = gist(&body);
        let ours = OurMessage::in_body(&body);
        let before = ours.as_ref().map(|ours| ours.shown(&self));
        let (wait, result) = hand_over(&self.emulator, self.now_ms(), request)?;
        if let (Some(ours), Some(before)) = (ours, before) {
            let arrived = ours.shown(&self).saturating_sub(before);
            *locked(&self.state).arrived.entry(ours.id).or_default() += arrived;
        }
        let outcome = match &result {
            Ok(response) => response.status.as_u16().to_string(),
            Err(error) => error.key().to_owned(),
        };
        let verb = path.rsplit('/').next().unwrap_or_default();
        // A token is the last part of Green API's paths.
        let verb =
            if path.starts_with("/green") { path.rsplit('/').nth(1).unwrap_or_default() } else { verb };
        self.say(&format!("  task {current} calls {verb} {what}: {outcome}"));
        let there = self.now() + wait + Duration::milliseconds(1);
        self.wait(Want::Answer(there)).await;
        result
    }

    fn fault_of_a_call(&self) -> Option<(&'static str, Fault)> {
        let mut state = locked(&self.state);
        let rate = state.faults_of_calls;
        if !state.chance.happens(rate) {
            return None;
        }
        let delay_ms = 500 + state.chance.next() % 40_000;
        let faults = [
            ("late", Fault::Late { delay_ms }),
            ("hangs before taking", Fault::Hang),
            ("hangs after taking", Fault::HangAfter),
            ("cut before taking", Fault::DropBefore),
            ("cut after taking", Fault::DropAfter),
            ("rate limited", Fault::RateLimited { retry_after_s: 3 }),
            ("pair limited", Fault::PairLimited),
            ("quota reached", Fault::QuotaReached),
            ("server error", Fault::ServerError),
            ("unavailable", Fault::Unavailable),
            ("answers nonsense", Fault::Answer { status: 502, body: "<html>bad gateway</html>".to_owned() }),
            ("statuses out of order", Fault::OutOfOrder),
            ("a status is swallowed", Fault::DeliveredMissing),
            ("fails later", Fault::FailsLater { code: 131_026 }),
        ];
        Some(state.chance.one_of(&faults).clone())
    }
}

/// To whom a call is and how its words begin, for the log: whoever lives here is made up.
fn gist(body: &[u8]) -> String {
    let Ok(body) = serde_json::from_slice::<serde_json::Value>(body) else { return String::new() };
    let texts = ["/to", "/chatId", "/text/body", "/message", "/body", "/interactive/body/text"];
    let found = texts.iter().filter_map(|place| body.pointer(place)?.as_str());
    found
        .map(|text| text.chars().take(24).collect::<String>().replace('\n', " "))
        .collect::<Vec<_>>()
        .join(" ")
}

/// A message of ours in a call of Meta, which is given our key of it.
struct OurMessage {
    id: String,
    to: String,
}

impl OurMessage {
    fn in_body(body: &[u8]) -> Option<Self> {
        let body = serde_json::from_slice::<serde_json::Value>(body).ok()?;
        let text = |name: &str| body.get(name).and_then(|value| value.as_str()).map(str::to_owned);
        Some(Self { id: text("biz_opaque_callback_data")?, to: text("to")? })
    }

    /// How many bubbles the phone shows.
    fn shown(&self, stage: &Stage) -> u32 {
        let bubbles = locked(&stage.emulator).phone_bubbles(emulator::Channel::Meta, &self.to);
        u32::try_from(bubbles).unwrap_or(u32::MAX)
    }
}

/// A future that waits on the stage.
pub(super) struct Wait {
    stage: Arc<Stage>,
    want: Option<Want>,
    number: u64,
}

impl Future for Wait {
    type Output = bool;

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<bool> {
        let this = self.get_mut();
        let mut state = locked(&this.stage.state);
        if let Some(want) = this.want.take() {
            state.waits += 1;
            this.number = state.waits;
            let current = state.current;
            state.wants.insert(this.number, (current, want));
            return Poll::Pending;
        }
        match state.granted.take_if(|(number, _)| *number == this.number) {
            Some((_, how)) => {
                state.wants.remove(&this.number);
                Poll::Ready(how)
            }
            None => Poll::Pending,
        }
    }
}

impl Drop for Wait {
    fn drop(&mut self) {
        locked(&self.stage.state).wants.remove(&self.number);
    }
}
