//! The store's jobs as an apalis backend: what was claimed for one class of jobs waits here for its worker. It never
//! fails, since one error would end the worker and everything that it runs; what cannot be claimed is the claimer's to
//! try again.

use super::attempt;
use super::lease::Moment;
use super::{Pace, Stop};
use crate::app::App;
use crate::store::documents::Job;
use apalis::prelude::{Backend, Task, TaskBuilder, WorkerContext};
use apalis_core::backend::BackendConfig;
use apalis_core::backend::finalize::Ephemeral;
use apalis_core::layers::Identity;
use futures::FutureExt;
use futures::future::BoxFuture;
use futures::task::AtomicWaker;
use std::collections::VecDeque;
use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};

/// A claimed job and everything that running it takes.
pub(super) struct Claimed {
    pub(super) app: Arc<App>,
    pub(super) job: Job,
    pub(super) at: Moment,
    pub(super) pace: Pace,
    pub(super) stop: Stop,
    pub(super) place: Place,
}

impl Claimed {
    pub(super) async fn run(self) {
        let Self { app, job, at, pace, stop, place } = self;
        attempt::run(&app, job, at, &pace, &stop).await;
        drop(place);
    }
}

/// One of the places of a class. Given up, it tells the claimer if there was no other.
pub(super) struct Place {
    permit: Option<OwnedSemaphorePermit>,
    room: Arc<Semaphore>,
    freed: Arc<Notify>,
}

impl Drop for Place {
    fn drop(&mut self) {
        let was_full = self.room.available_permits() == 0;
        self.permit.take();
        if was_full {
            self.freed.notify_one();
        }
    }
}

/// The claimed jobs of one class that wait for their worker, and the places that are free. It outlives its worker, so
/// that one that is started again finds what is there.
pub(super) struct Queue {
    waiting: Mutex<VecDeque<Claimed>>,
    arrived: AtomicWaker,
    room: Arc<Semaphore>,
    freed: Arc<Notify>,
}

impl Queue {
    pub(super) fn new(places: usize, freed: Arc<Notify>) -> Arc<Self> {
        Arc::new(Self {
            waiting: Mutex::default(),
            arrived: AtomicWaker::new(),
            room: Arc::new(Semaphore::new(places)),
            freed,
        })
    }

    /// How many more jobs may be claimed.
    pub(super) fn room(&self) -> usize {
        self.room.available_permits()
    }

    /// Takes a place; none when all are taken.
    pub(super) fn place(&self) -> Option<Place> {
        let permit = self.room.clone().try_acquire_owned().ok()?;
        Some(Place { permit: Some(permit), room: self.room.clone(), freed: self.freed.clone() })
    }

    pub(super) fn push(&self, claimed: Claimed) {
        self.waiting().push_back(claimed);
        self.arrived.wake();
    }

    fn waiting(&self) -> std::sync::MutexGuard<'_, VecDeque<Claimed>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The backend of one worker.
pub(super) struct FromStore {
    queue: Arc<Queue>,
    returning: Option<BoxFuture<'static, ()>>,
}

impl FromStore {
    pub(super) fn new(queue: Arc<Queue>) -> Self {
        Self { queue, returning: None }
    }
}

impl Backend for FromStore {
    type Task = Task<Claimed>;
    type Error = Infallible;

    fn poll_ready(&mut self, _: &mut Context<'_>, _: &WorkerContext) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn poll_next(
        &mut self,
        context: &mut Context<'_>,
        _: &WorkerContext,
    ) -> Poll<Option<Result<Self::Task, Infallible>>> {
        self.queue.arrived.register(context.waker());
        match self.queue.waiting().pop_front() {
            Some(claimed) => Poll::Ready(Some(Ok(TaskBuilder::new(claimed).build()))),
            None => Poll::Pending,
        }
    }

    /// Hands back what was claimed and not begun: it need not wait for its lease to run out.
    fn poll_close(&mut self, context: &mut Context<'_>, _: &WorkerContext) -> Poll<Result<(), Infallible>> {
        let queue = &self.queue;
        let returning = self.returning.get_or_insert_with(|| {
            let left: Vec<Claimed> = queue.waiting().drain(..).collect();
            async move {
                for claimed in left {
                    attempt::hand_back(&claimed.app, &claimed.job).await;
                }
            }
            .boxed()
        });
        ready!(returning.poll_unpin(context));
        self.returning = None;
        Poll::Ready(Ok(()))
    }
}

impl BackendConfig for FromStore {
    type Args = Claimed;
    type Id = String;
    type Kind = Ephemeral;
    type Config = ();
    type Layer = Identity;

    fn config(&self) -> &() {
        &()
    }

    fn middleware(&mut self, _: &mut WorkerContext) -> Identity {
        Identity::new()
    }
}
