//! Seasons of the marketplace: thousands of leads, decided by rules, checked after every turn. `LEADS=200000` with
//! `--release` plays as many as that, `SEED=1000` other ones; the figures of such a run are in the README.

#![allow(clippy::print_stdout, reason = "the figures of a season are what was asked for")]

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;
use tests::market::{Season, season};

/// How many customers come in one season.
const CUSTOMERS: usize = 150;

fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().map_or(otherwise, |given| given.parse().expect("a number"))
}

#[test]
fn no_lead_of_any_season_breaks_a_rule() {
    let wanted = number("LEADS", 250);
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let begun = Instant::now();
    let next = AtomicU64::new(number("SEED", 1));
    let all = Mutex::new(Season::default());
    let failures = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while all.lock().expect("no panic").count() < wanted
                    && failures.lock().expect("no panic").is_empty()
                {
                    match season(next.fetch_add(1, Ordering::Relaxed), CUSTOMERS) {
                        Ok(played) => {
                            let mut all = all.lock().expect("no panic");
                            *all = std::mem::take(&mut *all).and(&played);
                        }
                        Err(failure) => failures.lock().expect("no panic").push(format!("{failure:#}")),
                    }
                }
            });
        }
    });
    let failures = failures.into_inner().expect("no panic");
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    let all = all.into_inner().expect("no panic");
    let took = begun.elapsed().as_secs_f64();
    println!(
        "{} leads, {} turns, {} messages in {took:.1} s: {:?}",
        all.count(),
        all.turns,
        all.messages,
        all.leads
    );
    println!("with a person: {:?}", all.with_a_person);
    // A season in which nothing happens proves nothing.
    for status in ["booked", "completed", "cancelled", "pending_admin_review", "contacted"] {
        assert!(
            all.leads.get(status).copied().unwrap_or(0) > 0,
            "no lead ended as {status}: {:?}",
            all.leads
        );
    }
}

#[test]
fn the_same_seed_gives_the_same_season() {
    assert_eq!(season(7, 40).expect("a season"), season(7, 40).expect("a season"));
}
