//! Changes of one document outside of any turn, made again when somebody else changes it meanwhile. It decides nothing:
//! the caller says what to change, and may find that nothing needs to be.

use crate::app::App;
use crate::store::StoreError;
use crate::store::documents::{Commit, Document, Expect};
use agents::business::Business;
use agents::conversation::Conversation;
use agents::decision::Note;
use agents::id::{ConversationId, LeadId};
use agents::lead::Lead;

/// How often a change is made again.
const RELOADS: u32 = 5;

/// Changes a lead and notes it for the audit. `change` returns whether there is anything to write. Returns whether it
/// was written.
pub(super) async fn lead(
    app: &App,
    id: &LeadId,
    notes: Vec<Note>,
    change: impl Fn(&mut Lead) -> bool,
) -> Result<bool, StoreError> {
    for _ in 0..RELOADS {
        let Some(mut stored) = app.store.lead(id).await? else { return Ok(false) };
        if !change(&mut stored.value) {
            return Ok(false);
        }
        if write(app, stored.version, Document::Lead(stored.value), notes.clone()).await? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Changes a chat. `change` returns whether there is anything to write. Returns whether it was written.
pub(crate) async fn chat(
    app: &App,
    id: &ConversationId,
    change: impl Fn(&mut Conversation) -> bool,
) -> Result<bool, StoreError> {
    for _ in 0..RELOADS {
        let Some(mut stored) = app.store.conversation(id).await? else { return Ok(false) };
        if !change(&mut stored.value) {
            return Ok(false);
        }
        if write(app, stored.version, Document::Conversation(stored.value), Vec::new()).await? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Changes the business that the accounts belong to. `change` returns whether there is anything to write. Returns whether
/// it was written.
pub(super) async fn business(
    app: &App,
    notes: Vec<Note>,
    change: impl Fn(&mut Business) -> bool,
) -> Result<bool, StoreError> {
    for _ in 0..RELOADS {
        let Some(mut stored) = app.business().await? else { return Ok(false) };
        if !change(&mut stored.value) {
            return Ok(false);
        }
        if write(app, stored.version, Document::Business(stored.value), notes.clone()).await? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Writes a document as it was read; false when it was changed meanwhile.
async fn write(app: &App, version: u64, document: Document, notes: Vec<Note>) -> Result<bool, StoreError> {
    let documents = vec![(Expect::Version(version), document)];
    match app.store.commit(Commit { documents, notes, ..Commit::default() }, app.now()).await {
        Ok(()) => Ok(true),
        Err(StoreError::Version { .. }) => Ok(false),
        Err(error) => Err(error),
    }
}
