//! The thread that owns the only connection that writes. Writes that wait already share one transaction, and so one
//! flush to the disk; each of them is a savepoint of its own.
//!
//! Every answer, also a refusal, is given only after the shared transaction is durable. A refusal may rest on a
//! neighbour's write: told earlier, the caller would load the old state again, and would have been told something
//! false if the transaction then failed.

use super::{StoreError, closed};
use rusqlite::Connection;
use std::collections::VecDeque;
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};
use tokio::sync::oneshot;

/// How many writes may wait. One more is refused at once.
const QUEUE: usize = 1024;

/// How many writes share one transaction.
const GROUP: usize = 64;

/// How long a caller waits. A write that has not begun by then is not begun.
const WAIT: Duration = Duration::from_secs(10);

/// The writing thread, and the way to it.
pub(super) struct Writer {
    queue: Mutex<Option<SyncSender<Work>>>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

struct Work {
    not_after: Instant,
    run: Run,
}

/// Does the work, or learns why it cannot be done.
type Run = Box<dyn FnOnce(Result<&Connection, &str>) -> Ran + Send>;

/// Work that ran in its savepoint.
struct Ran {
    keep: bool,
    answer: Answer,
}

/// Answers the caller, once it is known whether the transaction is durable.
type Answer = Box<dyn FnOnce(Result<(), &str>) + Send>;

impl Writer {
    pub(super) fn start(connection: Connection) -> Result<Self, StoreError> {
        let (queue, works) = sync_channel(QUEUE);
        let thread = std::thread::Builder::new()
            .name("store-writer".to_owned())
            .spawn(move || run(&connection, &works))
            .map_err(|error| StoreError::Unavailable(format!("cannot start the writer: {error}")))?;
        Ok(Self { queue: Mutex::new(Some(queue)), thread: Mutex::new(Some(thread)) })
    }

    /// Takes no more work, waits for what is queued, and closes the connection.
    pub(super) fn stop(&self) {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner).take();
        let thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(thread) = thread {
            // A writer that panicked has already refused its callers.
            let _ = thread.join();
        }
    }

    /// Runs `write` in a savepoint: kept if it returns `Ok`, undone otherwise.
    ///
    /// A caller that stops waiting does not undo it: the write happens whole or not at all.
    pub(super) async fn write<T: Send + 'static>(
        &self,
        write: impl FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (sender, receiver) = oneshot::channel();
        let run: Run = Box::new(move |connection| {
            let written = match connection {
                Ok(connection) => write(connection),
                Err(problem) => Err(StoreError::Unavailable(problem.to_owned())),
            };
            let keep = written.is_ok();
            let answer: Answer = Box::new(move |durable| {
                let answer = match durable {
                    Ok(()) => written,
                    Err(problem) => Err(StoreError::Unavailable(problem.to_owned())),
                };
                // Nobody may be waiting any more.
                let _ = sender.send(answer);
            });
            Ran { keep, answer }
        });
        self.submit(Work { not_after: Instant::now() + WAIT, run })?;
        match tokio::time::timeout(WAIT, receiver).await {
            Ok(Ok(answer)) => answer,
            Ok(Err(_)) => Err(StoreError::Unavailable("the writer ended".to_owned())),
            Err(_) => Err(StoreError::Unavailable("no answer in time".to_owned())),
        }
    }

    fn submit(&self, work: Work) -> Result<(), StoreError> {
        let queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner);
        match queue.as_ref().ok_or_else(closed)?.try_send(work) {
            Ok(()) => Ok(()),
            Err(TrySendError::Full(_)) => Err(StoreError::Unavailable("too many writes wait".to_owned())),
            Err(TrySendError::Disconnected(_)) => Err(StoreError::Unavailable("the writer ended".to_owned())),
        }
    }
}

fn run(connection: &Connection, queue: &Receiver<Work>) {
    let mut works = VecDeque::new();
    while let Ok(first) = queue.recv() {
        works.push_back(first);
        while works.len() < GROUP {
            match queue.try_recv() {
                Ok(work) => works.push_back(work),
                Err(_) => break,
            }
        }
        while !works.is_empty() {
            run_group(connection, &mut works);
        }
    }
}

/// Runs works in one transaction and answers each. Returns early, with works left, if the transaction was lost.
fn run_group(connection: &Connection, works: &mut VecDeque<Work>) {
    if let Err(error) = connection.execute_batch("BEGIN IMMEDIATE") {
        let problem = error.to_string();
        return works.drain(..).for_each(|work| refuse(work, &problem));
    }
    let mut answers = Vec::with_capacity(works.len());
    while let Some(work) = works.pop_front() {
        if work.not_after <= Instant::now() {
            refuse(work, "it waited too long");
            continue;
        }
        if let Err(error) = connection.execute_batch("SAVEPOINT work") {
            refuse(work, &error.to_string());
            continue;
        }
        let ran = (work.run)(Ok(connection));
        answers.push(ran.answer);
        let end = if ran.keep { "RELEASE work" } else { "ROLLBACK TO work; RELEASE work" };
        if connection.is_autocommit() {
            // A full disk can make SQLite undo everything, also what the works before had written.
            return answer_all(answers, Err("the transaction was lost"));
        }
        if let Err(error) = connection.execute_batch(end) {
            return undo(connection, answers, &error);
        }
    }
    match connection.execute_batch("COMMIT") {
        Ok(()) => answer_all(answers, Ok(())),
        Err(error) => undo(connection, answers, &error),
    }
}

fn undo(connection: &Connection, answers: Vec<Answer>, error: &rusqlite::Error) {
    if !connection.is_autocommit() {
        // If this fails too, the next BEGIN fails, and its works are refused.
        let _ = connection.execute_batch("ROLLBACK");
    }
    answer_all(answers, Err(&error.to_string()));
}

fn refuse(work: Work, problem: &str) {
    let ran = (work.run)(Err(problem));
    (ran.answer)(Err(problem));
}

fn answer_all(answers: Vec<Answer>, durable: Result<(), &str>) {
    for answer in answers {
        answer(durable);
    }
}
