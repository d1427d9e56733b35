//! Accepting messages. Those that arrive together share one insert, which is their dedupe, and one update that asks
//! for their turns. Two writes, so a process may die between them: a row keeps `is_asked` false until its turn was
//! asked for, and whoever finds such a row later asks (see `sweep`).

use super::errors::{DUPLICATE, is_unreachable, told};
use super::rows::{arrival, body, date, maybe_date, not_waiting};
use super::{Mongo, asks, closed, erasing};
use crate::store::StoreError;
use crate::store::documents::{Accept, Accepted, InboundRow, SCHEMA_VERSION};
use crate::store::erasing::erased_id;
use futures::FutureExt;
use futures::future::BoxFuture;
use mongodb::Database;
use mongodb::bson::{Document, doc};
use mongodb::error::{Error, ErrorKind};
use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{Semaphore, mpsc, oneshot};
use tokio::task::{JoinHandle, JoinSet};

/// How many calls may wait. One more is refused at once.
const QUEUE: usize = 1024;

/// How many messages share one write.
const GROUP: usize = 128;

/// How many shared writes are under way at once.
const AT_ONCE: usize = 2;

/// The gatherer of messages, and the way to it.
pub(super) struct Accepts {
    queue: Mutex<Option<mpsc::Sender<Waiting>>>,
    gatherer: Mutex<Option<JoinHandle<()>>>,
}

/// A call that waits.
struct Waiting {
    items: Vec<Accept>,
    answer: oneshot::Sender<Result<Vec<Accepted>, StoreError>>,
}

impl Mongo {
    pub(in crate::store) async fn accept(&self, items: Vec<Accept>) -> Result<Vec<Accepted>, StoreError> {
        self.within(self.inner.accepts.accept(items)).await
    }
}

impl Accepts {
    /// Starts the gatherer. It ends when this value is gone and what waited is written.
    pub(super) fn start(database: Database) -> Self {
        let (sender, receiver) = mpsc::channel(QUEUE);
        let gatherer = tokio::spawn(gather(database, receiver));
        Self { queue: Mutex::new(Some(sender)), gatherer: Mutex::new(Some(gatherer)) }
    }

    /// Takes no more, and waits for what is queued.
    pub(super) async fn stop(&self) {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner).take();
        let gatherer = self.gatherer.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(gatherer) = gatherer {
            // A gatherer that panicked has dropped its callers, and so refused them.
            let _ = gatherer.await;
        }
    }

    async fn accept(&self, items: Vec<Accept>) -> Result<Vec<Accepted>, StoreError> {
        if items.is_empty() {
            return Ok(Vec::new());
        }
        let (answer, answered) = oneshot::channel();
        {
            let queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner);
            let queue = queue.as_ref().ok_or_else(closed)?;
            queue
                .try_send(Waiting { items, answer })
                .map_err(|_| StoreError::Unavailable("too many writes wait".to_owned()))?;
        }
        answered.await.unwrap_or_else(|_| Err(StoreError::Unavailable("the writer ended".to_owned())))
    }
}

async fn gather(database: Database, mut queue: mpsc::Receiver<Waiting>) {
    let room = Arc::new(Semaphore::new(AT_ONCE));
    let mut writing = JoinSet::new();
    while let Some(first) = queue.recv().await {
        // While there is no room more of them come, and the group grows.
        let Ok(place) = room.clone().acquire_owned().await else { break };
        let mut size = first.items.len();
        let mut group = vec![first];
        while size < GROUP
            && let Ok(next) = queue.try_recv()
        {
            size += next.items.len();
            group.push(next);
        }
        let database = database.clone();
        writing.spawn(async move {
            write_group(database, group).await;
            drop(place);
        });
        while writing.try_join_next().is_some() {}
    }
    writing.join_all().await;
}

/// Writes a group and answers each caller. One caller's unwritable message fails alone.
fn write_group(database: Database, mut group: Vec<Waiting>) -> BoxFuture<'static, ()> {
    async move {
        let items: Vec<&Accept> = group.iter().flat_map(|waiting| &waiting.items).collect();
        match write(&database, &items).await {
            Ok(accepted) => {
                let mut accepted = accepted.into_iter();
                for waiting in group {
                    let answer = accepted.by_ref().take(waiting.items.len()).collect();
                    // Nobody may be waiting any more.
                    let _ = waiting.answer.send(Ok(answer));
                }
            }
            Err(failed) if failed.may_pass_alone && group.len() > 1 => {
                for waiting in group.drain(..) {
                    write_group(database.clone(), vec![waiting]).await;
                }
            }
            Err(failed) => {
                for waiting in group {
                    let _ = waiting.answer.send(Err(StoreError::Unavailable(failed.problem.clone())));
                }
            }
        }
    }
    .boxed()
}

/// Why a group was not written.
struct Failed {
    problem: String,
    may_pass_alone: bool,
}

impl From<StoreError> for Failed {
    fn from(error: StoreError) -> Self {
        Self { problem: error.to_string(), may_pass_alone: true }
    }
}

async fn write(database: &Database, items: &[&Accept]) -> Result<Vec<Accepted>, Failed> {
    let messages = database.collection::<Document>("messages");
    let rows = items.iter().map(|item| message(&item.row)).collect::<Result<Vec<_>, _>>()?;
    let repeated = match messages.insert_many(rows).ordered(false).await {
        Ok(_) => HashSet::new(),
        Err(error) => repeated(&error)
            .ok_or_else(|| Failed { problem: told(&error), may_pass_alone: !is_unreachable(&error) })?,
    };
    let mut repeated = repeated;
    refuse_erased(database, items, &mut repeated).await?;
    let new: Vec<&Accept> =
        items.iter().enumerate().filter(|(at, _)| !repeated.contains(at)).map(|(_, item)| *item).collect();
    if !new.is_empty() {
        let updates = new
            .iter()
            .map(|item| asks::ask_update(&item.turn, item.row.received_at))
            .collect::<Result<Vec<_>, _>>()?;
        asks::send_asks(database, updates).await?;
        let ids: Vec<&str> = new.iter().map(|item| item.row.inbound.id.as_str()).collect();
        // Only spares the sweep a look; if it is lost the turn is asked for once more, and finds nothing to do.
        let _ = messages
            .update_many(doc! { "_id": { "$in": ids } }, doc! { "$set": { "is_asked": true } })
            .write_concern(not_waiting())
            .await;
    }
    let accepted = |at| if repeated.contains(&at) { Accepted::Repeated } else { Accepted::New };
    Ok((0..items.len()).map(accepted).collect())
}

/// Takes out again what people sent who were removed since, as if it had come before. It looks after writing: whoever
/// removes a person remembers it first and looks for their messages then, so one of the two finds this one.
async fn refuse_erased(
    database: &Database,
    items: &[&Accept],
    repeated: &mut HashSet<usize>,
) -> Result<(), StoreError> {
    let chats: Vec<_> = items.iter().map(|item| &item.row.conversation).collect();
    let erased = erasing::erased(database, &chats).await?;
    if erased.is_empty() {
        return Ok(());
    }
    let is_late = |item: &&Accept| {
        let at = erased.get(&erased_id(&item.row.conversation));
        at.is_some_and(|at| date(item.row.inbound.at) <= date(*at))
    };
    let late: Vec<usize> =
        items.iter().enumerate().filter(|(_, item)| is_late(item)).map(|(at, _)| at).collect();
    let ids: Vec<&str> = late.iter().map(|at| items[*at].row.inbound.id.as_str()).collect();
    database.collection::<Document>("messages").delete_many(doc! { "_id": { "$in": ids } }).await?;
    repeated.extend(late);
    Ok(())
}

/// Which items were there already, if nothing else went wrong.
fn repeated(error: &Error) -> Option<HashSet<usize>> {
    let ErrorKind::InsertMany(failure) = &*error.kind else { return None };
    let errors = failure.write_errors.as_ref().filter(|_| failure.write_concern_error.is_none())?;
    errors.iter().map(|write| (write.code == DUPLICATE).then_some(write.index)).collect()
}

/// A message as it is kept when it comes in.
pub(super) fn message(row: &InboundRow) -> Result<Document, StoreError> {
    let id = row.inbound.id.as_str();
    Ok(doc! {
        "_id": id,
        "schema": SCHEMA_VERSION,
        "business": row.business.as_str(),
        "conversation": row.conversation.as_str(),
        "at": date(row.inbound.at),
        "received_at": date(row.received_at),
        "arrival": arrival(),
        "has_words": row.inbound.content.words().is_some(),
        "is_asked": false,
        "is_handled": false,
        "handled_at": maybe_date(None),
        "body": body("messages", id, row)?,
    })
}
