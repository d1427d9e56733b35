//! The real program, killed at every durable step and started again: nothing is lost, nothing is said twice, no slot is
//! given twice. Nothing here waits for real leases: clocks are moved while the program is down.

#![allow(clippy::unwrap_used)]

#[path = "process/story.rs"]
mod story;

use bot::crash::Step;
use emulator::{Channel, Fault, FaultOn, Provider};
use futures::StreamExt;
use std::time::{Duration, Instant};
use story::{AVI, Plan, REQUEST, Story, customer};
use tests::eventually;
use tests::house::{House, STEP, rest};

/// How many stories are played at once.
const AT_ONCE: usize = 4;

/// Plays one story per plan and fails with all that went wrong.
async fn play_all(plans: Vec<Plan>) {
    let undisturbed =
        [Story::undisturbed(Channel::Meta).await.unwrap(), Story::undisturbed(Channel::Green).await.unwrap()];
    let begun = Instant::now();
    let count = plans.len();
    let failures: Vec<String> = futures::stream::iter(plans)
        .map(async |plan| {
            let expected = undisturbed.iter().find(|told| told.channel == plan.channel).unwrap();
            let played = Story::play(&plan).await;
            let outcome = played.and_then(|story| story.is_as_told(&plan, expected));
            outcome.err().map(|problem| format!("== {plan:?}: {problem:#}"))
        })
        .buffer_unordered(AT_ONCE)
        .filter_map(async |failure| failure)
        .collect()
        .await;
    eprintln!("{count} stories in {:.1} s", begun.elapsed().as_secs_f32());
    assert!(failures.is_empty(), "{} of {count} stories\n{}", failures.len(), failures.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn death_at_any_durable_step_loses_and_repeats_nothing() {
    let mut plans = Vec::new();
    for channel in [Channel::Meta, Channel::Green] {
        for step in Step::ALL {
            plans.extend((1..=3).map(|times| Plan::dies(channel, step, times)));
        }
    }
    play_all(plans).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn kills_at_any_moment_lose_and_repeat_nothing() {
    // Twelve kills, at moments that a seed chooses and that are the same in every run.
    let mut seed = 0x5eed_u64;
    let mut moment = move |below: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % below
    };
    let mut plans = Vec::new();
    for channel in [Channel::Meta, Channel::Green, Channel::Meta, Channel::Green] {
        let first = 1 + moment(6);
        let second = first + 1 + moment(6);
        plans.push(Plan::killed(channel, vec![first, second, second + 1 + moment(6)]));
    }
    play_all(plans).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_posts_of_one_message_at_the_same_time_give_one_reply() {
    for channel in [Channel::Meta, Channel::Green] {
        let mut house = House::build().await.unwrap();
        let address = house.start(None).await.unwrap();
        house.street.close_door().await;
        house.street.writes(channel, customer(channel), REQUEST);
        let now = house.street.now_ms();
        let post = house.street.world().due_webhooks(now).remove(0);
        let twice = futures::join!(house.street.post(address, &post), house.street.post(address, &post));
        assert_eq!(twice, (200, 200));
        house.street.world().webhook_answered(now, post.id, 200);
        house.street.open_door(address).await;
        rest(&house).await.unwrap();
        assert_eq!(house.street.heard(channel, customer(channel)).len(), 1, "one reply (B2)");
        house.stop().await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn asked_to_stop_it_finishes_what_is_under_way_and_begins_nothing_new() {
    let mut house = House::build().await.unwrap();
    let dana = customer(Channel::Meta);
    let other = "972500001009";
    house.start(None).await.unwrap();
    // The provider takes the first answer and is slow to say so.
    house.street.world().faults(Provider::Meta).next_call(FaultOn::Sending, Fault::Late { delay_ms: 2_500 });
    house.street.writes(Channel::Meta, dana, REQUEST);
    eventually("the answer", STEP, async || {
        (!house.street.heard(Channel::Meta, dana).is_empty()).then_some(())
    })
    .await
    .unwrap();
    // This one's turn comes due while the program stops.
    house.street.writes(Channel::Meta, other, REQUEST);
    eventually("the webhook", STEP, async || house.street.world().next_webhook_at().is_none().then_some(()))
        .await
        .unwrap();
    let asked = Instant::now();
    house.stop().await.unwrap();
    assert!(asked.elapsed() > Duration::from_millis(500), "the answer was under way");

    let store = house.store().await.unwrap();
    let business = store.businesses().await.unwrap().remove(0).value.id;
    let rows = store.outbox_of_business(&business, 10).await.unwrap();
    // The first turn's answer, and what it told the pro.
    assert!(
        rows.iter().all(|row| row.provider_id.is_some()),
        "all that was under way is written down: {rows:?}"
    );
    let jobs = store.jobs(10).await.unwrap();
    assert_eq!((rows.len(), jobs.leased, jobs.dead), (2, 0, 0), "{:?}", jobs.rows);
    assert!(
        jobs.rows.iter().any(|job| job.id.starts_with("turn/")),
        "the second turn waits: {:?}",
        jobs.rows
    );
    store.close().await.unwrap();
    assert!(house.street.heard(Channel::Meta, other).is_empty());

    house.start(None).await.unwrap();
    rest(&house).await.unwrap();
    for phone in [dana, other] {
        assert_eq!(house.street.heard(Channel::Meta, phone).len(), 1);
    }
    house.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_caller_that_never_finishes_does_not_hold_up_the_stop() {
    use tokio::io::AsyncWriteExt;
    let mut house = House::build().await.unwrap();
    let address = house.start(None).await.unwrap();
    let mut caller = tokio::net::TcpStream::connect(address).await.unwrap();
    let half = b"POST /webhook/meta HTTP/1.1\r\nhost: fixi\r\ncontent-length: 100\r\n\r\n{";
    caller.write_all(half).await.unwrap();
    // The program has read the half once it answers a later caller.
    rest(&house).await.unwrap();
    house.stop().await.unwrap();
    assert!(house.street.heard(Channel::Green, AVI).is_empty());
}
