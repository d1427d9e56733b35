//! What changed, for whoever watches the console: numbered, the newest kept, so that a watcher who was away for a moment
//! misses nothing. It carries ids, never words. Nothing may depend on news but a screen: one that is lost is made good by
//! the next look.

use super::documents::{Commit, Document, Expect, Settlement};
use agents::id::{AppointmentId, BusinessId, ConversationId, LeadId, ProId};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::broadcast::{Receiver, Sender, channel};

/// How many news are kept for watchers who come back, and how far a slow one may fall behind.
const KEPT: usize = 1024;

/// Something changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A lead.
    Lead {
        /// Which.
        id: LeadId,
        /// Its number.
        number: u64,
        /// Its version now.
        version: u64,
    },
    /// A chat, or what is said in it.
    Conversation {
        /// Which.
        id: ConversationId,
    },
    /// How far a message of ours came.
    Delivery {
        /// In which chat.
        conversation: ConversationId,
    },
    /// A pro.
    Pro {
        /// Who.
        id: ProId,
    },
    /// A visit.
    Appointment {
        /// Which.
        id: AppointmentId,
        /// Whose.
        pro: ProId,
    },
    /// The business.
    Business,
    /// Jobs gave up, or came back.
    Jobs,
    /// Nobody can tell what else: the way on which changes are told was broken.
    Anything,
    /// There will be nothing more: the server stops.
    Closing,
}

/// An event with its place among all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct News {
    /// Counts up by one.
    pub number: u64,
    /// Of which business; none: of all.
    pub business: Option<BusinessId>,
    /// What.
    pub event: Event,
}

/// The news of one store as this process knows them. A clone is the same feed.
#[derive(Clone, Debug)]
pub struct Feed(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    /// Numbers of another life of the process mean nothing here.
    life: u64,
    live: Sender<News>,
    told: Mutex<Told>,
}

#[derive(Debug, Default)]
struct Told {
    last: u64,
    kept: VecDeque<News>,
}

/// What a watcher starts from.
#[derive(Debug)]
pub struct Watch {
    /// What was missed since, oldest first; none when that is not known any more.
    pub missed: Option<Vec<News>>,
    /// The number of the last news before the live ones.
    pub last: u64,
    /// What comes from now on.
    pub live: Receiver<News>,
}

impl Default for Feed {
    fn default() -> Self {
        let inner = Inner { life: rand::random(), live: channel(KEPT).0, told: Mutex::default() };
        Self(Arc::new(inner))
    }
}

impl Feed {
    /// What numbers are good for: another life starts from 1 again.
    #[must_use]
    pub fn life(&self) -> u64 {
        self.0.life
    }

    /// Ends all watching, so that nobody holds up the stop of the server.
    pub fn close(&self) {
        self.tell(None, Event::Closing);
    }

    /// Tells whoever watches.
    pub(super) fn tell(&self, business: Option<&BusinessId>, event: Event) {
        let mut told = self.told();
        told.last += 1;
        let news = News { number: told.last, business: business.cloned(), event };
        if told.kept.len() == KEPT {
            told.kept.pop_front();
        }
        told.kept.push_back(news.clone());
        // Under the lock, so that numbers come in order. Nobody watching is no failure.
        let _ = self.0.live.send(news);
    }

    pub(super) fn tell_all(&self, events: Vec<(BusinessId, Event)>) {
        for (business, event) in events {
            self.tell(Some(&business), event);
        }
    }

    /// Watches from now on, or from behind the news with this number.
    #[must_use]
    pub fn watch(&self, after: Option<u64>) -> Watch {
        let told = self.told();
        let live = self.0.live.subscribe();
        let missed = after.and_then(|after| {
            let first = told.last + 1 - told.kept.len() as u64;
            let is_known = after <= told.last && after + 1 >= first;
            is_known.then(|| told.kept.iter().filter(|news| news.number > after).cloned().collect())
        });
        Watch { missed, last: told.last, live }
    }

    fn told(&self) -> MutexGuard<'_, Told> {
        self.0.told.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What a commit changes, each thing once.
pub(super) fn of_commit(commit: &Commit) -> Vec<(BusinessId, Event)> {
    let documents = commit.documents.iter().filter_map(|(expect, document)| {
        let version = match expect {
            Expect::Absent => 1,
            Expect::Version(version) => version + 1,
        };
        Some((document.business().clone(), of_document(document, version)?))
    });
    let said = commit.outbox.iter().map(|row| {
        let id = row.conversation.clone();
        (row.business.clone(), Event::Conversation { id })
    });
    let mut events: Vec<(BusinessId, Event)> = Vec::new();
    for event in documents.chain(said) {
        if !events.contains(&event) {
            events.push(event);
        }
    }
    events
}

/// What a document that was written is to those who watch; none for what is on no screen.
pub(super) fn of_document(document: &Document, version: u64) -> Option<Event> {
    match document {
        Document::Lead(lead) => Some(Event::Lead { id: lead.id.clone(), number: lead.number, version }),
        Document::Conversation(chat) => Some(Event::Conversation { id: chat.id.clone() }),
        Document::Pro(pro) => Some(Event::Pro { id: pro.id.clone() }),
        Document::Appointment(visit) => {
            Some(Event::Appointment { id: visit.id.clone(), pro: visit.pro.clone() })
        }
        Document::Business(_) => Some(Event::Business),
        Document::Contact(_)
        | Document::Alert(_)
        | Document::User(_)
        | Document::Session(_)
        | Document::Answered(_)
        | Document::SignIns(_)
        | Document::Change(_)
        | Document::Account(_)
        | Document::Place(_)
        | Document::Feed(_) => None,
    }
}

/// Whether a job that is settled so gives up.
pub(super) fn gives_up(settlement: &Settlement) -> bool {
    matches!(settlement, Settlement::Dead { .. })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(watch: &Watch) -> Option<Vec<u64>> {
        watch.missed.as_ref().map(|missed| missed.iter().map(|news| news.number).collect())
    }

    #[test]
    fn who_was_away_gets_what_was_missed_or_learns_that_it_is_gone() {
        let feed = Feed::default();
        assert_eq!(numbers(&feed.watch(None)), None, "who asks for nothing misses nothing");
        assert_eq!(numbers(&feed.watch(Some(0))), Some(vec![]));
        for _ in 0..3 {
            feed.tell(None, Event::Jobs);
        }
        assert_eq!(numbers(&feed.watch(Some(1))), Some(vec![2, 3]));
        assert_eq!(numbers(&feed.watch(Some(3))), Some(vec![]));
        assert_eq!(numbers(&feed.watch(Some(4))), None, "a number that was never given");
        for _ in 0..KEPT {
            feed.tell(None, Event::Jobs);
        }
        assert_eq!(numbers(&feed.watch(Some(2))), None);
        assert_eq!(numbers(&feed.watch(Some(3))).map(|missed| missed.len()), Some(KEPT));
    }

    #[test]
    fn a_slow_watcher_learns_that_it_fell_behind_and_holds_nobody_up() {
        let feed = Feed::default();
        let mut watch = feed.watch(None);
        for _ in 0..KEPT + 2 {
            feed.tell(None, Event::Jobs);
        }
        let lagged = watch.live.try_recv();
        assert!(matches!(lagged, Err(tokio::sync::broadcast::error::TryRecvError::Lagged(_))), "{lagged:?}");
    }
}
