//! Worlds in which everything goes wrong that can, from seeds: none may fall, everything that can go wrong did, and a
//! promise of the store that is broken on purpose is noticed. `cargo xtask simulate --seed S --trace` shows one world.

#![allow(clippy::print_stdout, reason = "how often each thing happened is part of the result")]

use bot::simulation::{Broken, run};
use tests::worlds::{all, one};

/// The seed of the first world. Change it, and other worlds are tried.
const FIRST: u64 = 1;
/// How many worlds are run, unless `WORLDS` says so.
const WORLDS: u64 = 30;
/// From so many worlds on, everything that can go wrong must have gone wrong.
const ENOUGH: u64 = 200;
/// How many run at once.
const THREADS: usize = 2;

/// What must have happened in so many worlds: a fault that never comes proves nothing.
const MUST_HAPPEN: &[&str] = &[
    "clock jumps",
    "crowded worlds",
    "death after a write",
    "death at accepted",
    "death at committed",
    "death at decided",
    "death at handed_over",
    "death at lane_claimed",
    "death at marked_sending",
    "death at recorded",
    "death at turn_claimed",
    "death before a read",
    "death before a write",
    "death before an answer",
    "job run",
    "job taken by another",
    "lead booked",
    "lead ends booked",
    "lead ends cancelled",
    "lead ends completed",
    "lead ends with a person",
    "message ends failed",
    "message ends suppressed",
    "message ends unsettled",
    "model 429",
    "model 500",
    "model 503",
    "model blocked",
    "model code fence",
    "model cut",
    "model day quota",
    "model empty",
    "model empty object",
    "model garbage",
    "model hands off",
    "model hangs",
    "model invents a price",
    "model invents a time",
    "model invents an intent",
    "model raw",
    "model reads a cancellation",
    "model reads a wish for a person",
    "model sensible",
    "model slow",
    "model stopped",
    "model truncated",
    "model wrong placeholders",
    "owner chooses",
    "person asks for a human",
    "person asks for the status",
    "person cancels",
    "person opts in",
    "person opts out",
    "person repeats themselves",
    "person reschedules",
    "person sends a photo",
    "person taps an old button",
    "person writes a burst",
    "pro approves",
    "pro declines",
    "pro finishes",
    "pro goes on vacation",
    "process dies",
    "process frozen",
    "provider a status is swallowed",
    "provider answers nonsense",
    "provider cut after taking",
    "provider cut before taking",
    "provider fails later",
    "provider hangs after taking",
    "provider hangs before taking",
    "provider late",
    "provider pair limited",
    "provider quota reached",
    "provider rate limited",
    "provider server error",
    "provider statuses out of order",
    "provider unavailable",
    "store loses an answer",
    "store outage",
    "store refuses a read",
    "store refuses a write",
    "store stalls",
    "store stalls after writing",
    "webhook answered 503",
    "webhook late",
    "webhook lost on the way",
    "webhook repeated",
    "webhook swallowed",
    "webhook twice",
];

#[test]
fn no_world_falls_and_everything_went_wrong() {
    let count = std::env::var("WORLDS").ok().and_then(|count| count.parse().ok()).unwrap_or(WORLDS);
    let worlds = all(FIRST, count, THREADS, None, 20);
    for (what, times) in worlds.tally.iter() {
        println!("{times:>10} {what}");
    }
    println!("{} worlds, {:.1} per second", worlds.count, worlds.per_second());
    assert!(
        worlds.fell.is_empty(),
        "worlds fell; `cargo xtask simulate --seed S` shows one:\n{:#?}",
        worlds.fell
    );
    if count < ENOUGH {
        return;
    }
    let never: Vec<_> = MUST_HAPPEN.iter().filter(|what| worlds.tally.of(what) == 0).collect();
    assert!(never.is_empty(), "never happened: {never:?}");
}

#[test]
fn a_seed_is_one_run() {
    for seed in [FIRST + 3, FIRST + 12] {
        let (first, again) = (run(seed, None), run(seed, None));
        assert_eq!(first.log, again.log, "seed {seed}");
        assert_eq!((first.digest, &first.tally), (again.digest, &again.tally));
        assert!(first.log.len() > 100, "nothing happened in {seed}");
        assert_ne!(first.digest, run(seed + 1, None).digest);
    }
}

/// A promise of the store is broken on purpose: a world must fall of it, and the same world stand without that.
#[track_caller]
fn is_noticed(broken: Broken, within: u64) {
    let worlds = all(FIRST, within, THREADS, Some(broken), 1);
    let (seed, problem) = worlds
        .fell
        .first_key_value()
        .unwrap_or_else(|| panic!("nobody noticed {broken:?} in {within} worlds"));
    println!("{broken:?} was noticed after {} worlds, seed {seed}: {problem}", worlds.count);
    assert_eq!(one(*seed, None).0, None, "the world of seed {seed} falls without that");
}

#[test]
fn broken_deduplication_is_noticed() {
    is_noticed(Broken::Dedupe, 12);
}

#[test]
fn broken_versions_are_noticed() {
    is_noticed(Broken::Version, 100);
}

#[test]
fn a_broken_slot_claim_is_noticed() {
    is_noticed(Broken::Slot, 100);
}

#[test]
fn a_broken_fence_is_noticed() {
    is_noticed(Broken::Fence, 100);
}
