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

/// How often a change is made again before its caller is told that it was not made.
const RELOADS: u32 = 20;

/// Changes a lead and notes it for the audit. `change` returns whether there is anything to write. Returns whether it
/// was written.
///
/// # Errors
/// [`StoreError::Version`] when others were faster again and again: it is still to be done.
pub(super) async fn lead(
    app: &App,
    id: &LeadId,
    notes: Vec<Note>,
    change: impl Fn(&mut Lead) -> bool,
) -> Result<bool, StoreError> {
    let mut tries = 0;
    loop {
        tries += 1;
        let Some(mut stored) = app.store.lead(id).await? else { return Ok(false) };
        if !change(&mut stored.value) {
            return Ok(false);
        }
        match write(app, stored.version, Document::Lead(stored.value), notes.clone()).await {
            Err(StoreError::Version { .. }) if tries < RELOADS => {}
            written => return written,
        }
    }
}

/// Changes a chat, as [`lead`] does.
pub(crate) async fn chat(
    app: &App,
    id: &ConversationId,
    change: impl Fn(&mut Conversation) -> bool,
) -> Result<bool, StoreError> {
    let mut tries = 0;
    loop {
        tries += 1;
        let Some(mut stored) = app.store.conversation(id).await? else { return Ok(false) };
        if !change(&mut stored.value) {
            return Ok(false);
        }
        match write(app, stored.version, Document::Conversation(stored.value), Vec::new()).await {
            Err(StoreError::Version { .. }) if tries < RELOADS => {}
            written => return written,
        }
    }
}

/// Changes the business that the accounts belong to, as [`lead`] does.
pub(super) async fn business(
    app: &App,
    notes: Vec<Note>,
    change: impl Fn(&mut Business) -> bool,
) -> Result<bool, StoreError> {
    let mut tries = 0;
    loop {
        tries += 1;
        let Some(mut stored) = app.business().await? else { return Ok(false) };
        if !change(&mut stored.value) {
            return Ok(false);
        }
        match write(app, stored.version, Document::Business(stored.value), notes.clone()).await {
            Err(StoreError::Version { .. }) if tries < RELOADS => {}
            written => return written,
        }
    }
}

/// Writes a document as it was read.
async fn write(app: &App, version: u64, document: Document, notes: Vec<Note>) -> Result<bool, StoreError> {
    let documents = vec![(Expect::Version(version), document)];
    app.store.commit(Commit { documents, notes, ..Commit::default() }, app.now()).await?;
    Ok(true)
}
