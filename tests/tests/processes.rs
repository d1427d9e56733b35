//! Several real processes on a real MongoDB, a web process and two workers, while many people write on both channels:
//! each of them is killed or frozen, and so is MongoDB. Nothing is lost, nothing is said twice, no slot is given twice,
//! and everybody's story comes to its end. Leases run out in real time here.

#![allow(clippy::unwrap_used)]

use emulator::{Channel, Fault, FaultOn, Provider};
use std::time::{Duration, Instant};
use tests::cluster::{Cluster, Member};
use tests::crowd::Crowd;
use tests::eventually;
use tests::house::STEP;

/// How many customers write at once.
const SIZE: usize = 36;

/// Waits until so many customers know of their visits.
async fn booked(cluster: &Cluster, crowd: &Crowd, count: usize) {
    let booked = eventually("visits", STEP, async || (crowd.booked() >= count).then_some(()));
    booked.await.map_err(|error| error.context(crowd.state() + &cluster.complaints())).unwrap();
}

/// Waits until the story has come so far.
async fn progress(cluster: &Cluster, count: u64) {
    let street = &cluster.street;
    eventually("progress", STEP, async || (street.progress() >= count).then_some(())).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn any_process_may_be_killed_under_load() {
    let mut cluster = Cluster::build(Vec::new()).await.unwrap();
    cluster.start_all().await.unwrap();
    let crowd = Crowd::on(&cluster.street);
    let members = [Member::First, Member::Second, Member::Web];
    let begun = Instant::now();
    crowd.grows(SIZE);
    for member in members {
        // Some turns are made and some messages are on their way.
        progress(&cluster, cluster.street.progress() + u64::try_from(SIZE).unwrap()).await;
        cluster.kill(member).await.unwrap();
        if member != Member::Web {
            // The other one goes on alone.
            progress(&cluster, cluster.street.progress() + 3).await;
        }
        cluster.start(member, None).await.unwrap();
    }
    cluster.rest(&crowd).await.unwrap();
    crowd.check(&cluster).await.unwrap();
    eprintln!("{members:?} were killed; all is well after {:.1} s", begun.elapsed().as_secs_f32());
}

#[tokio::test(flavor = "multi_thread")]
async fn mongodb_may_be_killed_under_load() {
    let mut cluster = Cluster::build(Vec::new()).await.unwrap();
    cluster.start_all().await.unwrap();
    let crowd = Crowd::on(&cluster.street);
    crowd.grows(SIZE);
    progress(&cluster, 4 * u64::try_from(SIZE).unwrap()).await;
    cluster.mongod.kill().unwrap();
    // These are not accepted, so their providers repeat them.
    let street = cluster.street.clone();
    crowd.grows(SIZE / 4);
    eventually("503", STEP, async || (street.refused() > 0).then_some(())).await.unwrap();
    cluster.mongod.restart().await.unwrap();
    eventually("the store", STEP, async || cluster.store.ping().await.ok()).await.unwrap();
    cluster.rest(&crowd).await.unwrap();
    crowd.check(&cluster).await.unwrap();
}

/// Waits until a job of this kind runs, and freezes the worker that runs it.
async fn freeze_the_holder(cluster: &mut Cluster, kind: &str) -> Member {
    let running = eventually("the job", STEP, async || {
        cluster.work().await.unwrap().into_iter().find(|job| job.id.starts_with(kind) && job.owner.is_some())
    });
    let job = running.await.unwrap();
    let holder = cluster.holder(&job).unwrap();
    cluster.program(holder).unwrap().freeze().unwrap();
    let jobs = cluster.work().await.unwrap();
    assert!(jobs.iter().any(|now| now.id == job.id && now.owner == job.owner), "it was frozen too late");
    holder
}

#[tokio::test(flavor = "multi_thread")]
async fn a_frozen_worker_writes_and_sends_nothing_that_the_other_did() {
    let key = emulator::Settings::default().gemini.api_key;
    let mut cluster = Cluster::build(vec![("GEMINI_API_KEY", key)]).await.unwrap();
    cluster.start_all().await.unwrap();
    let street = cluster.street.clone();
    let crowd = Crowd::on(&street);
    for (provider, kind) in [(Provider::Gemini, "turn/"), (Provider::Meta, "deliver/")] {
        // It stands still between asking a model and hearing from it, and between handing a message over and hearing
        // that it was taken.
        street.world().faults(provider).next_call(FaultOn::Sending, Fault::Late { delay_ms: 4_000 });
        let booked_before = crowd.booked();
        crowd.one_comes(Channel::Meta);
        eventually("the call", STEP, async || (street.world().faults(provider).waiting() == 0).then_some(()))
            .await
            .unwrap();
        let frozen = freeze_the_holder(&mut cluster, kind).await;
        booked(&cluster, &crowd, booked_before + 1).await;
        cluster.program(frozen).unwrap().thaw().unwrap();
        let log = cluster.program(frozen).unwrap();
        eventually("the loss", STEP, async || log.log().contains("a lease was lost").then_some(()))
            .await
            .unwrap();
        cluster.rest(&crowd).await.unwrap();
        crowd.check(&cluster).await.unwrap();
        // For the next wave, whose log must speak of it again.
        cluster.kill(frozen).await.unwrap();
        cluster.start(frozen, None).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dead_workers_conversation_goes_on_elsewhere_within_ten_seconds() {
    let mut cluster = Cluster::build(Vec::new()).await.unwrap();
    cluster.start(Member::Web, None).await.unwrap();
    cluster.start(Member::First, Some("decided")).await.unwrap();
    cluster.start(Member::Second, None).await.unwrap();
    // So that it is the first one who has the turn.
    cluster.program(Member::Second).unwrap().freeze().unwrap();
    let crowd = Crowd::on(&cluster.street);
    crowd.one_comes(Channel::Meta);
    eventually("the death", STEP, async || cluster.program(Member::First).unwrap().ended()).await.unwrap();
    let died = Instant::now();
    cluster.program(Member::Second).unwrap().thaw().unwrap();
    eventually("the answer", STEP, async || {
        cluster
            .street
            .phones()
            .iter()
            .any(|(channel, phone)| !cluster.street.heard(*channel, phone).is_empty())
            .then_some(())
    })
    .await
    .unwrap();
    let silence = died.elapsed();
    eprintln!("a conversation stood still for {:.1} s", silence.as_secs_f32());
    assert!(silence < Duration::from_secs(10), "it stood still for {:.1} s", silence.as_secs_f32());
    cluster.kill(Member::First).await.unwrap();
    cluster.start(Member::First, None).await.unwrap();
    cluster.rest(&crowd).await.unwrap();
    crowd.check(&cluster).await.unwrap();
}
