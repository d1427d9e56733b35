//! The processes of a world: each an app with dice of its own over the one store, the requests and the work that it has
//! under way, and how it dies, freezes and starts again.

use super::chance::Chance;
use super::stage::{Stage, Want};
use crate::app::App;
use crate::config::Config;
use crate::crash::CrashPlan;
use crate::jobs;
use crate::outside::{Clock, Dice, Outside, Transport};
use crate::replay::net::{call, locked};
use crate::server;
use crate::store::{Gate, Moment, Stepped, Store, StoreError};
use axum::Router;
use chrono::{DateTime, Utc};
use futures::future::BoxFuture;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// How many jobs a process has under way at most.
pub(super) const AT_ONCE: usize = 2;

/// What a future of a process was for.
#[derive(Clone, Debug)]
pub(super) enum Purpose {
    /// A provider's post with this number.
    Post {
        /// The provider's number of it.
        id: u64,
        /// The messages of people in it.
        messages: Vec<String>,
    },
    /// One job, if there is one.
    Work,
}

/// How a future of a process ended.
#[derive(Debug)]
pub(super) enum Ended {
    /// The status of the answer.
    Posted(u16),
    /// Whether there was work.
    Worked(Result<bool, StoreError>),
}

/// A future of a process.
pub(super) struct Task {
    pub(super) number: u64,
    pub(super) process: usize,
    pub(super) purpose: Purpose,
    pub(super) future: BoxFuture<'static, Ended>,
    /// Not let through before this moment: the store stalls.
    pub(super) stalled_until: DateTime<Utc>,
    /// How often it was let through.
    pub(super) steps: u32,
}

impl Task {
    /// Whether it may still be asking for a job: before the claim, and after it.
    pub(super) fn is_hungry(&self) -> bool {
        matches!(self.purpose, Purpose::Work) && self.steps < 2
    }
}

/// A process, alive or not.
pub(super) struct Process {
    pub(super) number: usize,
    /// None while it is dead.
    pub(super) alive: Option<Alive>,
    pub(super) starts_at: DateTime<Utc>,
    pub(super) frozen_until: DateTime<Utc>,
    /// After a failed store it does not ask for work before this moment.
    pub(super) rests_until: DateTime<Utc>,
    lives: u64,
}

/// What lives.
pub(super) struct Alive {
    app: Arc<App>,
    router: Router,
    owner: String,
    /// Whether what comes back by itself was asked for.
    has_ensured: Arc<AtomicBool>,
}

impl Process {
    pub(super) fn new(number: usize, starts_at: DateTime<Utc>) -> Self {
        Self { number, alive: None, starts_at, frozen_until: starts_at, rests_until: starts_at, lives: 0 }
    }

    /// Starts it over the store.
    pub(super) fn start(
        &mut self,
        stage: &Arc<Stage>,
        config: &Config,
        store: &Stepped,
        chance: &mut Chance,
    ) {
        self.lives += 1;
        let at_gate = stage.clone();
        let gate: Gate = Arc::new(move |moment: Moment, name: &'static str| {
            Box::pin(at_gate.wait(Want::Store(moment, name))) as BoxFuture<'static, bool>
        });
        let network = stage.clone();
        let outside = Outside {
            clock: Clock::Manual(stage.clock.clone()),
            transport: Transport::InProcess(Arc::new(move |request| Box::pin(network.clone().call(request)))),
            dice: Dice::seeded(chance.next()),
        };
        let told = Arc::downgrade(stage);
        let crash = CrashPlan::told(Arc::new(move |step| {
            if let Some(stage) = told.upgrade() {
                locked(&stage.state).passed.push(step);
            }
        }));
        let app = App::dying(config.clone(), Store::stepped(store.behind(gate)), outside, crash);
        let router = server::router(&app);
        let owner = format!("p{}.{}", self.number, self.lives);
        stage.say(&format!("{owner} starts"));
        self.alive = Some(Alive { app, router, owner, has_ensured: Arc::default() });
        (self.frozen_until, self.rests_until) = (stage.now(), stage.now());
    }

    /// Whether it lives and has not yet asked for what comes back by itself.
    pub(super) fn is_new(&self) -> bool {
        self.alive.as_ref().is_some_and(|alive| !alive.has_ensured.load(Ordering::Relaxed))
    }

    pub(super) fn acts(&self, now: DateTime<Utc>) -> bool {
        self.alive.is_some() && self.frozen_until <= now
    }
}

impl Alive {
    /// Takes a provider's post.
    pub(super) fn takes(&self, post: emulator::WebhookPost) -> BoxFuture<'static, Ended> {
        let router = self.router.clone();
        Box::pin(async move { Ended::Posted(call(router, &post).await) })
    }

    /// Does one job, if there is one; the first time it also asks for what comes back by itself.
    pub(super) fn works(&self) -> BoxFuture<'static, Ended> {
        let (app, owner, has_ensured) = (self.app.clone(), self.owner.clone(), self.has_ensured.clone());
        Box::pin(async move {
            if !has_ensured.load(Ordering::Relaxed) {
                if let Err(error) = jobs::recurring::ensure(&app).await {
                    return Ended::Worked(Err(error));
                }
                has_ensured.store(true, Ordering::Relaxed);
            }
            Ended::Worked(jobs::run_one(&app, &owner).await)
        })
    }
}
