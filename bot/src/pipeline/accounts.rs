//! Whether anything may leave: the breaker of each account at a provider, and the switch with which everything is
//! stopped. What may not leave waits in its lane, and nothing of it counts as failed (L34, L35). It sends nothing.
//!
//! An account stops when the provider refuses a message for the account's sake, or tells that it stopped. While it is
//! stopped one message at a time is tried, with growing pauses, where the provider does not say that it would be in vain;
//! the first that is taken, or the provider's word, opens it again, and every lane goes on in its order.

use super::alerts;
use super::change;
use crate::app::App;
use crate::channels;
use crate::store::StoreError;
use crate::store::documents::{Commit, Document, Expect, JobKind, NewJob, Stored};
use crate::store::outer::{AccountHealth, Stopped};
use agents::business::Business;
use agents::care::{Alert, AlertKind};
use agents::decision::Note;
use agents::message::Channel;
use chrono::{DateTime, Duration, Utc};
use locales::{args, text};

/// Why a message waits: its account does not work.
pub const ACCOUNT_STOPPED: &str = "account_stopped";
/// Why a message waits: everything was stopped.
pub const SENDING_STOPPED: &str = "sending_stopped";

/// How long after an account stopped a message is tried first.
const FIRST_PROBE: Duration = Duration::seconds(30);
/// No pause between two tries is longer.
const LONGEST_PAUSE: Duration = Duration::minutes(10);
/// How often a lane looks whether everything is still stopped; going on makes it due at once.
const LOOKS_AGAIN: Duration = Duration::minutes(10);
/// How the reason ends when the provider's plan is used up: only a message shows when it is not any more.
const USED_UP: &str = "_466";
/// How often a change of an account is made again.
const RELOADS: u32 = 5;

/// Whether a message may leave now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Gate {
    /// It may.
    Open,
    /// It may, to find out whether the account works again.
    Probe,
    /// It waits.
    Closed {
        /// Until it is looked at again.
        until: DateTime<Utc>,
        /// Why, as a key.
        reason: &'static str,
    },
}

/// Whether a message may leave through this account, of which it was read how it stands. Who is told to probe is the only
/// one for a while.
pub(super) async fn gate(
    app: &App,
    business: &Business,
    account: &channels::Settings,
    health: &[Stored<AccountHealth>],
) -> Result<Gate, StoreError> {
    let now = app.now();
    if business.sending_stopped_at.is_some() {
        return Ok(Gate::Closed { until: now + LOOKS_AGAIN, reason: SENDING_STOPPED });
    }
    let Some(stored) = AccountHealth::among(health, account.channel(), account.account()).cloned() else {
        return Ok(Gate::Open);
    };
    let Some(stopped) = &stored.value.stopped else { return Ok(Gate::Open) };
    if stopped.next_probe_at > now {
        return Ok(Gate::Closed { until: stopped.next_probe_at, reason: ACCOUNT_STOPPED });
    }
    let next_probe_at = now + pause(stopped.probes);
    let probed = Stopped { probes: stopped.probes.saturating_add(1), next_probe_at, ..stopped.clone() };
    let health = AccountHealth { stopped: Some(probed), ..stored.value };
    match write(app, Expect::Version(stored.version), health).await {
        // A provider that can be asked is: some take messages while the account does not work, and keep them.
        Ok(()) => Ok(match channels::standing(account, &app.outside).await {
            Ok(None | Some((channels::Standing::Works, _))) => Gate::Probe,
            Ok(Some(_)) | Err(_) => Gate::Closed { until: next_probe_at, reason: ACCOUNT_STOPPED },
        }),
        // Somebody else tries one in this moment.
        Err(StoreError::Version { .. }) => Ok(Gate::Closed { until: next_probe_at, reason: ACCOUNT_STOPPED }),
        Err(error) => Err(error),
    }
}

/// When the next message may be tried through an account that was just found stopped.
pub(super) async fn next_probe(app: &App, account: &channels::Settings) -> Result<DateTime<Utc>, StoreError> {
    let stored = app.store.account(account.channel(), account.account()).await?;
    let stopped = stored.and_then(|stored| stored.value.stopped);
    Ok(stopped.map_or(app.now(), |stopped| stopped.next_probe_at))
}

/// The account does not work: nothing leaves through it from now on, and the operator is told once.
pub(crate) async fn stop(
    app: &App,
    business: &Business,
    account: &channels::Settings,
    reason: &str,
) -> Result<(), StoreError> {
    for _ in 0..RELOADS {
        let stored = app.store.account(account.channel(), account.account()).await?;
        if stored.as_ref().is_some_and(|stored| stored.value.stopped.is_some()) {
            return Ok(());
        }
        let now = app.now();
        let stopped =
            Stopped { since: now, reason: reason.to_owned(), probes: 0, next_probe_at: now + FIRST_PROBE };
        let health = AccountHealth {
            id: AccountHealth::id_of(account.channel(), account.account()),
            business: business.id.clone(),
            channel: account.channel(),
            account: account.account().to_owned(),
            stopped: Some(stopped),
            changed_at: now,
        };
        match write(app, expect(stored.as_ref()), health).await {
            Ok(()) => {
                let channel = account.channel().key();
                tracing::error!(channel, reason, "the account at the provider does not work: nothing leaves");
                app.counters.account_stopped(channel, true);
                app.counters.note(ACCOUNT_STOPPED);
                let kind = match account.channel() {
                    Channel::Meta => AlertKind::MetaStopped,
                    Channel::GreenApi => AlertKind::GreenApiStopped,
                };
                let words = text(
                    business.locale,
                    "operator-account-stopped",
                    &args![channel = channel, reason = reason],
                );
                return alerts::raise(app, business, &Alert { kind, lead: None, words }).await;
            }
            Err(StoreError::Version { .. }) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// The account works again: every lane goes on.
pub(crate) async fn works(app: &App, account: &channels::Settings) -> Result<(), StoreError> {
    for _ in 0..RELOADS {
        let Some(stored) = app.store.account(account.channel(), account.account()).await? else {
            return Ok(());
        };
        if stored.value.stopped.is_none() {
            return Ok(());
        }
        let health = AccountHealth { stopped: None, changed_at: app.now(), ..stored.value };
        match write(app, Expect::Version(stored.version), health).await {
            Ok(()) => {
                let channel = account.channel().key();
                tracing::info!(channel, "the account at the provider works again");
                app.counters.account_stopped(channel, false);
                app.counters.note("account_works");
                return go_on(app).await;
            }
            Err(StoreError::Version { .. }) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Asks the providers that can be asked how accounts stand through which nothing leaves. Returns how many work again.
pub(crate) async fn ask_after(app: &App) -> Result<u64, StoreError> {
    let mut mended = 0;
    for account in &app.config.accounts {
        let stored = app.store.account(account.channel(), account.account()).await?;
        let stopped = stored.and_then(|stored| stored.value.stopped);
        // A plan that is used up says nothing of how the account stands.
        if stopped.is_none_or(|stopped| stopped.reason.ends_with(USED_UP)) {
            continue;
        }
        let standing = channels::standing(account, &app.outside).await;
        if let Ok(Some((channels::Standing::Works, _))) = standing {
            works(app, account).await?;
            mended += 1;
        }
    }
    Ok(mended)
}

/// Stops everything that would leave, at once, whatever asks for it (L35). Returns false when it was stopped already.
///
/// # Errors
/// When the store fails.
pub async fn stop_sending(app: &App) -> Result<bool, StoreError> {
    let now = app.now();
    let note = Note { key: SENDING_STOPPED.to_owned(), lead: None, detail: String::new() };
    change::business(app, vec![note], |business| {
        let is_new = business.sending_stopped_at.is_none();
        business.sending_stopped_at.get_or_insert(now);
        is_new
    })
    .await
}

/// Lets messages leave again: what waited goes on in its order, as far as it is still true. Returns false when nothing
/// was stopped.
///
/// # Errors
/// When the store fails.
pub async fn resume_sending(app: &App) -> Result<bool, StoreError> {
    let note = Note { key: "sending_resumed".to_owned(), lead: None, detail: String::new() };
    let changed =
        change::business(app, vec![note], |business| business.sending_stopped_at.take().is_some()).await?;
    if changed {
        go_on(app).await?;
    }
    Ok(changed)
}

/// Makes every lane in which something waits due.
async fn go_on(app: &App) -> Result<(), StoreError> {
    let now = app.now();
    let lanes = app.store.waiting_lanes().await?;
    let jobs = lanes
        .into_iter()
        .map(|conversation| NewJob { kind: JobKind::Deliver { conversation }, due: now, gather_ms: None })
        .collect();
    app.store.ask(jobs, now).await?;
    app.wake.notify_one();
    Ok(())
}

fn expect(stored: Option<&Stored<AccountHealth>>) -> Expect {
    stored.map_or(Expect::Absent, |stored| Expect::Version(stored.version))
}

async fn write(app: &App, expect: Expect, health: AccountHealth) -> Result<(), StoreError> {
    let documents = vec![(expect, Document::Account(health))];
    app.store.commit(Commit { documents, ..Commit::default() }, app.now()).await
}

/// How long after so many tries the next one is made: doubling.
fn pause(probes: u32) -> Duration {
    (FIRST_PROBE * 2_i32.pow(probes.saturating_add(1).min(10))).min(LONGEST_PAUSE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_between_tries_double_up_to_a_limit() {
        let seconds: Vec<i64> = [0, 1, 2, 3, 4, 400].map(|probes| pause(probes).num_seconds()).to_vec();
        assert_eq!(seconds, [60, 120, 240, 480, 600, 600]);
    }
}
