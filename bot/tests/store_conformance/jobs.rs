//! Jobs: one at a time per subject, nothing asked for is lost, and every retry has a visible end.

use crate::fixtures::*;
use agents::id::{ConversationId, LeadId};
use bot::store::documents::{
    Claimed, Commit, Job, JobClass, JobKind, JobState, LastRun, NewJob, Recurring, Settlement, Workload,
};
use bot::store::{Store, StoreError};
use chrono::Duration;
use futures::future::join_all;

async fn ask(store: &Store, job: NewJob, seconds: i64) {
    store.ask(vec![job], at(seconds)).await.unwrap();
}

async fn again(store: &Store, job: &Job, due: i64, failed: bool, seconds: i64) {
    let settlement = Settlement::Again { due: at(due), reason: "busy".to_owned(), failed };
    store.settle(job, settlement, at(seconds)).await.unwrap();
}

pub(crate) async fn the_longest_due_comes_first(store: &Store) {
    let timer = NewJob {
        kind: JobKind::Wake {
            wake: agents::decision::Wake::OfferExpired { lead: LeadId::new("l1"), round: 2 },
        },
        due: at(20),
        gather_ms: None,
    };
    store.ask(vec![turn(&dana(), at(30)), timer, delivery(&dana(), at(10))], at(0)).await.unwrap();
    assert_eq!(store.next_due().await.unwrap(), Some(at(10)));
    nothing_due(store, 9).await;
    let classes = [claim(store, 99).await, claim(store, 99).await, claim(store, 99).await];
    assert_eq!(classes.map(|job| job.kind.id()), ["deliver/c-dana", "offer_expired/l1/2", "turn/c-dana"]);
    assert_eq!(store.next_due().await.unwrap(), None);
    assert_eq!(store.next_lease_end().await.unwrap(), Some(at(99) + LEASE));
}

pub(crate) async fn a_job_is_handed_out_once_whoever_races(store: &Store) {
    let jobs = (0..50).map(|chat| turn(&ConversationId::new(format!("c{chat}")), at(0))).collect();
    store.ask(jobs, at(0)).await.unwrap();
    let tasks = (0..32).map(|worker| {
        let store = store.clone();
        tokio::spawn(async move {
            let mut taken = Vec::new();
            while let Some(job) = store.claim(at(0), &worker.to_string(), LEASE).await.unwrap() {
                taken.push((job.kind.id(), job.token));
            }
            taken
        })
    });
    let mut taken: Vec<_> = join_all(tasks).await.into_iter().flat_map(Result::unwrap).collect();
    assert_eq!(taken.len(), 50);
    taken.sort();
    taken.dedup_by_key(|(id, _)| id.clone());
    assert_eq!(taken.len(), 50, "each once");
    taken.sort_by_key(|(_, token)| *token);
    taken.dedup_by_key(|(_, token)| *token);
    assert_eq!(taken.len(), 50, "each under its own token");
}

pub(crate) async fn a_lease_that_ended_passes_on_and_the_old_holder_is_refused(store: &Store) {
    ask(store, turn(&dana(), at(0)), 0).await;
    let old = claim(store, 0).await;
    nothing_due(store, 59).await;
    let lost = |answer: Result<(), StoreError>| matches!(answer, Err(StoreError::LeaseLost { .. }));
    let write = |job: &Job| Commit {
        under: Some(job.clone()),
        settle: Some(Settlement::Done),
        documents: vec![new_lead("l1", 1)],
        ..Commit::default()
    };

    assert!(lost(store.commit(write(&old), at(60)).await), "also before somebody else has it");
    let new = claim(store, 60).await;
    assert!(new.token > old.token);
    assert_eq!(new.attempts, 2);
    assert!(lost(store.commit(write(&old), at(61)).await));
    assert!(lost(store.settle(&old, Settlement::Done, at(61)).await));
    assert!(!store.renew(&old, at(61), LEASE).await.unwrap());
    assert_eq!(store.counts().await.unwrap()["leads"], 0);
    store.commit(write(&new), at(61)).await.unwrap();
}

pub(crate) async fn a_finished_jobs_token_is_never_given_again(store: &Store) {
    ask(store, turn(&dana(), at(0)), 0).await;
    let old = claim(store, 0).await;
    store.settle(&old, Settlement::Done, at(1)).await.unwrap();
    ask(store, turn(&dana(), at(2)), 2).await;
    let new = claim(store, 2).await;
    assert!(new.token > old.token);
    assert!(store.settle(&old, Settlement::Done, at(3)).await.is_err());
    store.settle(&new, Settlement::Done, at(3)).await.unwrap();
}

pub(crate) async fn a_renewed_lease_lasts(store: &Store) {
    ask(store, turn(&dana(), at(0)), 0).await;
    let job = claim(store, 0).await;
    assert!(store.renew(&job, at(50), LEASE).await.unwrap());
    nothing_due(store, 109).await;
    store.settle(&job, Settlement::Done, at(109)).await.unwrap();
    assert!(!store.renew(&job, at(109), LEASE).await.unwrap());
    assert_eq!(store.counts().await.unwrap()["jobs"], 0);
}

pub(crate) async fn several_at_once_with_deliveries_first(store: &Store) {
    let lane = NewJob { kind: JobKind::Deliver { conversation: dana() }, due: at(5), gather_ms: None };
    ask(store, turn(&dana(), at(0)), 0).await;
    ask(store, turn(&ConversationId::new("chat-yossi"), at(1)), 1).await;
    ask(store, lane, 5).await;
    assert_eq!(store.claim_some(at(6), "worker", LEASE, &[]).await.unwrap(), Claimed::default());
    let room = [(JobClass::Deliver, 3), (JobClass::Wake, 1), (JobClass::Turn, 1)];
    let first = store.claim_some(at(6), "worker", LEASE, &room).await.unwrap().jobs;
    let classes: Vec<JobClass> = first.iter().map(|job| job.kind.class()).collect();
    assert_eq!(classes, [JobClass::Deliver, JobClass::Turn], "one class does not take another's room");
    assert_eq!(first[1].waited, Duration::seconds(6));
    assert_eq!(store.claim_some(at(6), "worker", LEASE, &room).await.unwrap().jobs.len(), 1);
    let last = store.claim_some(at(6), "worker", LEASE, &room).await.unwrap();
    assert_eq!(last, Claimed { jobs: Vec::new(), next: Some(at(6) + LEASE) }, "when the leases end");
}

pub(crate) async fn the_leases_of_a_dead_process_end_at_once(store: &Store) {
    ask(store, turn(&dana(), at(0)), 0).await;
    let old = claim(store, 0).await;
    nothing_due(store, 5).await;
    assert_eq!(store.end_leases(at(5)).await.unwrap(), 1);
    assert_eq!(store.end_leases(at(5)).await.unwrap(), 0);
    let new = claim(store, 5).await;
    assert!(new.token > old.token);
    assert!(store.settle(&old, Settlement::Done, at(6)).await.is_err());
    store.settle(&new, Settlement::Done, at(6)).await.unwrap();
}

pub(crate) async fn asked_again_while_running(store: &Store) {
    let ends = [
        Settlement::Done,
        Settlement::Dead { reason: "broken".to_owned() },
        Settlement::Again { due: at(500), reason: "paused".to_owned(), failed: false },
    ];
    for end in ends {
        ask(store, turn(&dana(), at(0)), 0).await;
        let job = claim(store, 0).await;
        ask(store, gathered(&dana(), at(12)), 10).await;
        ask(store, gathered(&dana(), at(15)), 14).await;
        nothing_due(store, 30).await;
        store.settle(&job, end.clone(), at(11)).await.unwrap();
        assert_eq!(store.next_due().await.unwrap(), Some(at(15)), "{end:?}");
        let job = claim(store, 15).await;
        assert_eq!(job.attempts, 1, "{end:?}");
        store.settle(&job, Settlement::Done, at(16)).await.unwrap();
        assert_eq!(store.counts().await.unwrap()["jobs"], 0, "{end:?}");
    }
}

pub(crate) async fn asked_before_the_run_is_covered_by_it(store: &Store) {
    ask(store, turn(&dana(), at(0)), 0).await;
    claim(store, 0).await;
    ask(store, turn(&dana(), at(10)), 10).await;
    let second = claim(store, 60).await;
    store.settle(&second, Settlement::Done, at(61)).await.unwrap();
    nothing_due(store, 1_000).await;
}

pub(crate) async fn a_burst_gathers_until_its_limit(store: &Store) {
    for (second, due) in [(0, 2), (1, 3), (3, 5), (5, 6), (5, 6)] {
        ask(store, gathered(&dana(), at(second + 2)), second).await;
        assert_eq!(store.next_due().await.unwrap(), Some(at(due)), "asked at {second}");
    }
    ask(store, gathered(&dana(), at(3)), 5).await;
    assert_eq!(store.next_due().await.unwrap(), Some(at(6)), "an earlier one does not hasten it");
}

pub(crate) async fn at_once_beats_gathering(store: &Store) {
    ask(store, gathered(&dana(), at(4)), 0).await;
    ask(store, turn(&dana(), at(2)), 1).await;
    assert_eq!(store.next_due().await.unwrap(), Some(at(2)));
    ask(store, gathered(&dana(), at(4)), 1).await;
    assert_eq!(store.next_due().await.unwrap(), Some(at(2)), "it stays asked for at once");
    ask(store, turn(&dana(), at(3)), 1).await;
    assert_eq!(store.next_due().await.unwrap(), Some(at(2)), "the earlier of the two");
}

pub(crate) async fn a_back_off_is_not_cut_short(store: &Store) {
    ask(store, delivery(&dana(), at(0)), 0).await;
    let job = claim(store, 0).await;
    ask(store, delivery(&dana(), at(1)), 1).await;
    again(store, &job, 30, true, 2).await;
    ask(store, delivery(&dana(), at(3)), 3).await;
    nothing_due(store, 29).await;
    let job = claim(store, 30).await;
    assert_eq!(job.attempts, 2);
    store.settle(&job, Settlement::Done, at(31)).await.unwrap();
    nothing_due(store, 1_000).await;
}

pub(crate) async fn waiting_without_failure_may_be_cut_short(store: &Store) {
    ask(store, delivery(&dana(), at(0)), 0).await;
    let job = claim(store, 0).await;
    again(store, &job, 3_000, false, 1).await;
    assert_eq!(store.next_due().await.unwrap(), Some(at(3_000)));
    ask(store, delivery(&dana(), at(10)), 10).await;
    assert_eq!(claim(store, 10).await.attempts, 1, "it did not count as an attempt");
}

pub(crate) async fn dead_jobs_are_seen_retried_and_discarded(store: &Store) {
    for chat in [dana(), noa()] {
        ask(store, turn(&chat, at(0)), 0).await;
        let job = claim(store, 0).await;
        again(store, &job, 0, true, 0).await;
        let job = claim(store, 0).await;
        store.settle(&job, Settlement::Dead { reason: "broken".to_owned() }, at(5)).await.unwrap();
    }
    nothing_due(store, 1_000).await;
    let dead = store.dead_jobs().await.unwrap();
    assert_eq!(dead.iter().map(|job| job.id.as_str()).collect::<Vec<_>>(), ["turn/c-dana", "turn/c-noa"]);
    assert_eq!((dead[0].reason.as_str(), dead[0].attempts, dead[0].at), ("broken", 2, at(5)));
    let list = store.jobs(1).await.unwrap();
    assert_eq!((list.ready, list.leased, list.dead, list.rows.len()), (0, 0, 2, 1));
    assert_eq!(store.workload(at(5)).await.unwrap(), Workload { due: 0, running: 0, dead: 2 });
    assert_eq!(list.rows[0].state, JobState::Dead);

    assert!(store.retry_dead("turn/c-dana", at(6)).await.unwrap());
    assert!(!store.retry_dead("turn/c-dana", at(6)).await.unwrap(), "it is alive");
    assert!(!store.discard_dead("turn/c-dana").await.unwrap(), "it is alive");
    assert!(store.discard_dead("turn/c-noa").await.unwrap());
    assert_eq!(claim(store, 6).await.attempts, 1);
    assert_eq!(store.counts().await.unwrap()["jobs"], 1);
}

pub(crate) async fn work_is_what_is_due_or_runs(store: &Store) {
    let load = async |second| store.workload(at(second)).await.unwrap();
    ask(store, turn(&dana(), at(0)), 0).await;
    ask(store, turn(&noa(), at(100)), 0).await;
    assert_eq!(load(0).await, Workload { due: 1, running: 0, dead: 0 });
    assert_eq!(load(100).await, Workload { due: 2, running: 0, dead: 0 });
    claim(store, 0).await;
    assert_eq!(load(100).await, Workload { due: 1, running: 1, dead: 0 });
}

pub(crate) async fn new_work_is_not_buried_under_a_dead_job(store: &Store) {
    ask(store, turn(&dana(), at(0)), 0).await;
    let job = claim(store, 0).await;
    store.settle(&job, Settlement::Dead { reason: "broken".to_owned() }, at(5)).await.unwrap();
    accept(store, message(&dana(), "m1", "עוד פעם", at(9))).await;
    assert_eq!(store.dead_jobs().await.unwrap(), []);
    assert_eq!(claim(store, 9).await.attempts, 1);
}

fn sweep() -> JobKind {
    JobKind::Recurring { name: Recurring::Sweep }
}

fn ran(second: i64, outcome: &str, failed: bool) -> LastRun {
    LastRun { at: at(second), took_ms: 1_500, outcome: outcome.to_owned(), failed }
}

pub(crate) async fn what_comes_back_is_one_row_with_its_own_time(store: &Store) {
    let ensured = (0..8).map(|second| store.ensure(sweep(), at(100 + second)));
    join_all(ensured).await.into_iter().for_each(Result::unwrap);
    assert_eq!(store.counts().await.unwrap()["jobs"], 1);
    let due = store.next_due().await.unwrap().unwrap();
    assert!((at(100)..at(108)).contains(&due), "{due}");
    store.ensure(sweep(), at(0)).await.unwrap();
    assert_eq!(store.next_due().await.unwrap(), Some(due), "it keeps its time");

    let job = claim(store, 200).await;
    assert_eq!((job.kind.clone(), job.waited), (sweep(), at(200) - due));
    store.ensure(sweep(), at(0)).await.unwrap();
    let next = Settlement::Next { due: at(300), last: ran(201, "swept asked=2", false) };
    store.settle(&job, next.clone(), at(201)).await.unwrap();
    assert!(matches!(store.settle(&job, next, at(201)).await, Err(StoreError::LeaseLost { .. })));
    nothing_due(store, 299).await;
    let row = store.jobs(1).await.unwrap().rows.remove(0);
    assert_eq!((row.state, row.due, row.attempts), (JobState::Ready, Some(at(300)), 0));
    assert_eq!(row.last, Some(ran(201, "swept asked=2", false)));
}

pub(crate) async fn what_comes_back_does_so_after_failures_too(store: &Store) {
    store.ensure(sweep(), at(0)).await.unwrap();
    let job = claim(store, 0).await;
    again(store, &job, 5, true, 1).await;
    let job = claim(store, 5).await;
    assert_eq!(job.attempts, 2);
    let next = Settlement::Next { due: at(60), last: ran(6, "panicked", true) };
    store.settle(&job, next, at(6)).await.unwrap();
    ask(store, NewJob { kind: sweep(), due: at(20), gather_ms: None }, 10).await;
    nothing_due(store, 19).await;
    let job = claim(store, 20).await;
    assert_eq!(job.attempts, 1, "its failures are forgotten, and an operator may hasten it");
    ask(store, NewJob { kind: sweep(), due: at(40), gather_ms: None }, 30).await;
    let next = Settlement::Next { due: at(90), last: ran(31, "swept", false) };
    store.settle(&job, next, at(31)).await.unwrap();
    assert_eq!(store.next_due().await.unwrap(), Some(at(40)), "asked for while it ran");

    let job = claim(store, 40).await;
    store.settle(&job, Settlement::Dead { reason: "unreadable".to_owned() }, at(41)).await.unwrap();
    store.ensure(sweep(), at(50)).await.unwrap();
    assert_eq!(store.dead_jobs().await.unwrap(), []);
    let revived = claim(store, 50).await;
    assert_eq!(revived.attempts, 1);
    assert!(revived.token > job.token);
}

pub(crate) async fn a_claim_tells_when_to_look_again(store: &Store) {
    const ALL: [(JobClass, usize); 4] =
        [(JobClass::Deliver, 1), (JobClass::Wake, 1), (JobClass::Recurring, 1), (JobClass::Turn, 1)];
    let look = async |seconds, room: &[(JobClass, usize)]| {
        let claimed = store.claim_some(at(seconds), "worker", LEASE, room).await.unwrap();
        (claimed.jobs.len(), claimed.next)
    };
    assert_eq!(look(0, &ALL).await, (0, None), "nothing will be due");
    store.ask(vec![turn(&dana(), at(30)), delivery(&dana(), at(10))], at(0)).await.unwrap();
    assert_eq!(look(0, &ALL).await, (0, Some(at(10))));
    assert_eq!(look(0, &[(JobClass::Turn, 2), (JobClass::Wake, 1)]).await, (0, Some(at(30))));
    assert_eq!(look(0, &[(JobClass::Recurring, 1)]).await, (0, None), "others' moments are not theirs");
    store.ask(vec![delivery(&noa(), at(10))], at(0)).await.unwrap();
    let lane = store.claim_some(at(10), "worker", LEASE, &[(JobClass::Deliver, 2)]).await.unwrap();
    assert_eq!(lane.jobs.len(), 2);
    assert_eq!(look(10, &[(JobClass::Deliver, 1)]).await, (0, Some(at(10) + LEASE)), "when leases end");
    for job in &lane.jobs {
        store.settle(job, Settlement::Dead { reason: "broken".to_owned() }, at(11)).await.unwrap();
    }
    assert_eq!(look(11, &[(JobClass::Deliver, 1)]).await, (0, None));
}

pub(crate) async fn only_some_classes(store: &Store) {
    store.ask(vec![turn(&dana(), at(0)), delivery(&dana(), at(5))], at(0)).await.unwrap();
    let claimed =
        store.claim_of(&[JobClass::Deliver, JobClass::Wake], at(9), "test", Duration::seconds(1)).await;
    assert_eq!(claimed.unwrap().map(|job| job.kind.class()), Some(JobClass::Deliver));
    assert_eq!(store.claim_of(&[JobClass::Wake], at(9), "test", LEASE).await.unwrap(), None);
}
