//! Jobs: work to be done later or again, how it is asked for, and what becomes of it.

use agents::decision::Wake;
use agents::id::ConversationId;
use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};

/// The kinds of jobs, for workers that take only some.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum JobClass {
    /// [`JobKind::Turn`].
    Turn,
    /// [`JobKind::Deliver`].
    Deliver,
    /// [`JobKind::Wake`].
    Wake,
    /// [`JobKind::Recurring`].
    Recurring,
}

impl JobClass {
    /// Every kind.
    pub const ALL: &[Self] = &[Self::Turn, Self::Deliver, Self::Wake, Self::Recurring];

    /// The stored word.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Turn => "turn",
            Self::Deliver => "deliver",
            Self::Wake => "wake",
            Self::Recurring => "recurring",
        }
    }
}

/// The names of the jobs that come back by themselves: the stored word of each, and all of them.
macro_rules! recurring {
    ($($(#[$doc:meta])* $name:ident = $key:literal),+ $(,)?) => {
        /// A job that comes back by itself. There is one row of each, however many processes there are.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum Recurring {
            $($(#[$doc])* #[serde(rename = $key)] $name,)+
        }

        impl Recurring {
            /// Every one.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// The stored word, which operators see too.
            #[must_use]
            pub fn key(self) -> &'static str {
                match self {
                    $(Self::$name => $key,)+
                }
            }
        }
    };
}

recurring! {
    /// Looks for messages whose turn nobody asked for.
    Sweep = "sweep",
    /// Looks for leads on which nobody acts.
    Healer = "healer",
    /// Tells the operator by WhatsApp what waits for a person.
    Reporter = "reporter",
    /// Ends requests whose customers gave up.
    Janitor = "janitor",
    /// Tells every pro in the morning what the day brings.
    Agenda = "agenda",
    /// Tells the operator out of band what cannot wait.
    Pager = "pager",
    /// Asks after accounts through which nothing leaves.
    Accounts = "accounts",
    /// Reads the calendars that pros keep elsewhere.
    Feeds = "feeds",
}

/// Work to be done: what kind, on what. The id of a job is its kind and subject, so there is one job per subject.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum JobKind {
    /// Answer what is in a chat's inbox. Its lease is the chat's lock.
    Turn {
        /// Which chat.
        conversation: ConversationId,
    },
    /// Hand a chat's outbox to the provider, in order. Its lease is the lane.
    Deliver {
        /// Which chat.
        conversation: ConversationId,
    },
    /// Look at what a timer was set for.
    Wake {
        /// What.
        wake: Wake,
    },
    /// What comes back by itself.
    Recurring {
        /// Which.
        name: Recurring,
    },
}

impl JobKind {
    /// Which kind it is.
    #[must_use]
    pub fn class(&self) -> JobClass {
        match self {
            Self::Turn { .. } => JobClass::Turn,
            Self::Deliver { .. } => JobClass::Deliver,
            Self::Wake { .. } => JobClass::Wake,
            Self::Recurring { .. } => JobClass::Recurring,
        }
    }

    /// The id under which there is at most one job.
    #[must_use]
    pub fn id(&self) -> String {
        match self {
            Self::Turn { conversation } => format!("turn/{conversation}"),
            Self::Deliver { conversation } => format!("deliver/{conversation}"),
            Self::Wake { wake } => wake.id(),
            Self::Recurring { name } => format!("recurring/{}", name.key()),
        }
    }
}

/// A job to be made, or to be made due again. What happens depends on the job of the same id:
///
/// - None, or a dead one: it is ready, with no failed attempts. New work is never buried under an old failure.
/// - It waits: one due time is made of the two, see `gather_ms`. A back-off after a failure is not cut short.
/// - It runs: the ask is kept, and the job is ready again once the run is settled. Asks that came before a run are
///   covered by it; asks that came during it are not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewJob {
    /// What.
    pub kind: JobKind,
    /// Not before.
    pub due: DateTime<Utc>,
    /// When a job of this id waits already: the later of the two due times, but not later than this many milliseconds
    /// after the first ask, and not later than any ask without gathering. None takes the earlier of the two.
    pub gather_ms: Option<i64>,
}

/// What was handed out, and when to look again.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Claimed {
    /// The jobs, class by class.
    pub jobs: Vec<Job>,
    /// When there may be more for those who have room, unless somebody asks for it: at once when there is already.
    pub next: Option<DateTime<Utc>>,
}

/// A job that was claimed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// What.
    pub kind: JobKind,
    /// Proof of the lease: a write under an older one fails.
    pub token: u64,
    /// How often it was claimed since it last succeeded, this time included.
    pub attempts: u32,
    /// For how long it was due, or its last lease was over, before it was claimed.
    pub waited: Duration,
}

/// How a run of a recurring job ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastRun {
    /// When it ended (UTC).
    pub at: DateTime<Utc>,
    /// How long it took, in milliseconds.
    pub took_ms: u64,
    /// What came of it: a key, and counts such as `asked=2`. Never words of people.
    pub outcome: String,
    /// Whether it failed, and was not tried again before its next time.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub failed: bool,
}

/// A job that gave up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeadJob {
    /// Its id.
    pub id: String,
    /// Why.
    pub reason: String,
    /// How often it was tried.
    pub attempts: u32,
    /// When it gave up.
    pub at: DateTime<Utc>,
}

/// Where a job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum JobState {
    /// It waits for its time or for a worker.
    Ready,
    /// A worker has it, or died with it.
    Leased,
    /// It gave up.
    Dead,
}

impl JobState {
    /// The stored word.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Leased => "leased",
            Self::Dead => "dead",
        }
    }
}

/// A job as operators see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobRow {
    /// Its id.
    pub id: String,
    /// Where it stands.
    pub state: JobState,
    /// When it starts; for one that runs, when it was asked to run once more.
    pub due: Option<DateTime<Utc>>,
    /// Until when the worker has it.
    pub lease_until: Option<DateTime<Utc>>,
    /// Which worker has it.
    pub owner: Option<String>,
    /// How often it was claimed since it last succeeded.
    pub attempts: u32,
    /// Why it is tried again or gave up, as a key.
    pub reason: Option<String>,
    /// How it went the last time, if it is one that comes back by itself.
    pub last: Option<LastRun>,
}

/// How much work there is at a moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Workload {
    /// How many jobs are due and nobody has them.
    pub due: u64,
    /// How many a worker has.
    pub running: u64,
    /// How many gave up.
    pub dead: u64,
}

/// All jobs, counted, and some of them in full.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JobList {
    /// How many wait.
    pub ready: u64,
    /// How many run.
    pub leased: u64,
    /// How many gave up.
    pub dead: u64,
    /// Those that are next; the dead come last.
    pub rows: Vec<JobRow>,
}

/// What becomes of a claimed job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Settlement {
    /// It is done. If it was asked for again meanwhile, it is ready again when that ask said.
    Done,
    /// It is to be tried again then, or earlier if it was asked for meanwhile. After a failed attempt it is not tried
    /// before that moment, whoever asks.
    Again {
        /// When.
        due: DateTime<Utc>,
        /// Why, as a key without words of people.
        reason: String,
        /// Whether this counts as a failed attempt.
        failed: bool,
    },
    /// It ran, or gave up this time, and comes back by itself then, or earlier if it was asked for meanwhile. Its failed
    /// attempts are forgotten.
    Next {
        /// When.
        due: DateTime<Utc>,
        /// How it went.
        last: LastRun,
    },
    /// It gave up: a dead letter that an operator sees. If it was asked for again meanwhile, it is ready again
    /// instead.
    Dead {
        /// Why.
        reason: String,
    },
}
