//! Many simulated worlds on a few threads: which of them fell, how often everything happened, and how fast it was. The
//! worlds themselves are in `bot::simulation`.

use bot::simulation::{Broken, Tally, run};
use std::collections::BTreeMap;
use std::panic::catch_unwind;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// What came of many worlds.
#[derive(Debug, Default)]
pub struct Worlds {
    /// What is wrong, by seed.
    pub fell: BTreeMap<u64, String>,
    /// How often each thing happened in all of them.
    pub tally: Tally,
    /// How many were run.
    pub count: u64,
    /// How long it took.
    pub took: Duration,
}

impl Worlds {
    /// How many worlds were run per second.
    #[must_use]
    pub fn per_second(&self) -> f64 {
        self.count as f64 / self.took.as_secs_f64().max(0.001)
    }
}

/// The problem of a world, and how often everything happened in it. A panic is a problem.
#[must_use]
pub fn one(seed: u64, broken: Option<Broken>) -> (Option<String>, Tally) {
    match catch_unwind(|| run(seed, broken)) {
        Ok(ending) => (ending.problem, ending.tally),
        Err(panic) => {
            let words = panic.downcast_ref::<String>().cloned();
            let words = words.or_else(|| panic.downcast_ref::<&str>().map(|words| (*words).to_owned()));
            (Some(format!("panicked: {}", words.unwrap_or_default())), Tally::default())
        }
    }
}

/// Runs the worlds of `count` seeds from this one on, on so many threads, and stops early after so many that fell.
#[must_use]
pub fn all(seed: u64, count: u64, threads: usize, broken: Option<Broken>, most_fallen: usize) -> Worlds {
    let began = Instant::now();
    let next = AtomicU64::new(0);
    let worlds = Mutex::new(Worlds::default());
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    if index >= count {
                        return;
                    }
                    let seed = seed.wrapping_add(index);
                    let (problem, tally) = one(seed, broken);
                    let mut worlds = worlds.lock().expect("worlds catch their panics");
                    worlds.count += 1;
                    worlds.tally.join(&tally);
                    if let Some(problem) = problem {
                        // At once, since many worlds take long.
                        eprintln!("seed {seed} fell: {problem}");
                        worlds.fell.insert(seed, problem);
                    }
                    if worlds.fell.len() >= most_fallen {
                        return;
                    }
                }
            });
        }
    });
    let mut worlds = worlds.into_inner().expect("worlds catch their panics");
    worlds.took = began.elapsed();
    worlds
}
