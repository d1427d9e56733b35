//! The stream of server-sent events behind the page: first `replay` with the strip so far, then `strip` for every new
//! event and `screens` for phones that changed. It looks at the phones; it never changes them.

use std::collections::{BTreeMap, VecDeque};
use std::convert::Infallible;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::PoisonError;
use std::time::Duration;

use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use emulator::{Channel, MessageState};
use futures::Stream;
use serde::Serialize;
use serde_json::Value;
use tokio::sync::broadcast::{self, error::RecvError};
use tokio::time::{Interval, MissedTickBehavior, interval};

use super::{DemoDoor, on_screen};

/// The world has no way to say that a phone changed, so an open page looks this often.
const LOOK_EVERY: Duration = Duration::from_millis(150);

/// A phone in short.
#[derive(Clone, PartialEq, Eq, Serialize)]
struct Glance {
    channel: Channel,
    phone: String,
    /// Arrived and not yet looked at.
    unread: usize,
    typing: bool,
    /// Changes with anything that the phone shows.
    print: u64,
}

struct Feed {
    door: DemoDoor,
    events: broadcast::Receiver<Value>,
    look: Interval,
    seen: BTreeMap<(Channel, String), Glance>,
    ready: VecDeque<Event>,
}

pub(super) async fn answer(
    State(door): State<DemoDoor>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let feed = Feed::open(door);
    let stream = futures::stream::unfold(feed, |mut feed| async move {
        let event = feed.next().await?;
        Some((Ok(event), feed))
    });
    Sse::new(stream).keep_alive(KeepAlive::default())
}

impl Feed {
    fn open(door: DemoDoor) -> Feed {
        let mut look = interval(LOOK_EVERY);
        look.set_missed_tick_behavior(MissedTickBehavior::Skip);
        let (events, replay) = replay(&door);
        Feed { door, events, look, seen: BTreeMap::new(), ready: VecDeque::from_iter(replay) }
    }

    /// The next event, or none when the demo ends.
    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(event) = self.ready.pop_front() {
                return Some(event);
            }
            tokio::select! {
                received = self.events.recv() => match received {
                    Ok(Value::Null) | Err(RecvError::Closed) => return None,
                    Ok(event) => self.ready.extend(named("strip", &event)),
                    // A page that fell behind starts again from what is kept.
                    Err(RecvError::Lagged(_)) => {
                        let (events, replay) = replay(&self.door);
                        self.events = events;
                        self.ready.extend(replay);
                    }
                },
                _ = self.look.tick() => {
                    let changed = self.changed_phones();
                    if !changed.is_empty() {
                        self.ready.extend(named("screens", &changed));
                    }
                }
            }
        }
    }

    fn changed_phones(&mut self) -> Vec<Glance> {
        let glances = glances(&self.door).into_iter();
        let changed =
            glances.filter(|glance| self.seen.get(&(glance.channel, glance.phone.clone())) != Some(glance));
        let changed = changed.collect::<Vec<_>>();
        for glance in &changed {
            self.seen.insert((glance.channel, glance.phone.clone()), glance.clone());
        }
        changed
    }
}

/// What is kept, and from then on what is new: the lock makes sure that nothing is in both or in neither.
fn replay(door: &DemoDoor) -> (broadcast::Receiver<Value>, Option<Event>) {
    let recent = door.recent.lock().unwrap_or_else(PoisonError::into_inner);
    (door.events.subscribe(), named("replay", &*recent))
}

fn named(name: &str, content: &impl Serialize) -> Option<Event> {
    Event::default().event(name).json_data(content).ok()
}

fn glances(door: &DemoDoor) -> Vec<Glance> {
    let now = door.now();
    let world = door.world();
    let mut glances = Vec::new();
    for channel in [Channel::Green, Channel::Meta] {
        for phone in world.phones(channel) {
            let mut print = DefaultHasher::new();
            let mut unread = 0;
            let (messages, typing) = on_screen(&world, now, channel, &phone);
            for message in &messages {
                (message.id.as_str(), message.state as u8).hash(&mut print);
                unread += usize::from(!message.from_me && message.state == MessageState::Delivered);
            }
            // Within what a number in JavaScript holds exactly.
            let print = print.finish() >> 11;
            glances.push(Glance { channel, phone, unread, typing, print });
        }
    }
    glances
}
