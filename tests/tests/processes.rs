//! Several real processes on a real MongoDB, a web process and two workers, while many people write on both channels:
//! each of them is killed or frozen, and so is MongoDB. Nothing is lost, nothing is said twice, no slot is given twice,
//! and everybody's story comes to its end. Leases run out in real time here.

#![allow(clippy::unwrap_used)]

use std::time::Instant;
use tests::cluster::{Cluster, Member};
use tests::crowd::Crowd;
use tests::eventually;
use tests::house::STEP;

/// How many customers write at once.
const SIZE: usize = 16;

/// Waits until so many customers know of their visits.
async fn booked(crowd: &Crowd, count: usize) {
    let booked = eventually("visits", STEP, async || (crowd.booked() >= count).then_some(()));
    booked.await.map_err(|error| error.context(crowd.state())).unwrap();
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
    for (wave, member) in [Member::First, Member::Second, Member::Web].into_iter().enumerate() {
        let begun = Instant::now();
        let before = cluster.street.progress();
        let crowd = Crowd::gathers(&cluster.street, wave, SIZE);
        // Some turns are made and some messages are on their way.
        progress(&cluster, before + 3 * u64::try_from(SIZE).unwrap() / 2).await;
        cluster.kill(member).await.unwrap();
        if member != Member::Web {
            // The other one goes on alone.
            booked(&crowd, 1).await;
        }
        cluster.start(member, None).await.unwrap();
        cluster.rest(&crowd).await.unwrap();
        crowd.check(&cluster).await.unwrap();
        eprintln!("{member:?} was killed; all is well after {:.1} s", begun.elapsed().as_secs_f32());
    }
}
