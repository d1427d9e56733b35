//! Proof by simulation: a world from a seed, with several customers and pros, two processes on one store, pretended
//! providers and models, and everything going wrong that can. At the end it is brought to rest, and nothing may be lost,
//! doubled, mixed up or left waiting.
//!
//! A seed is a world: the same seed gives the same run, line by line. No thread, no socket and no real time take part:
//! every process is a set of futures, and a seeded director decides which goes on.

mod chance;
mod director;
mod model;
mod people;
mod process;
mod stage;
mod verdict;
mod weather;
mod words;

pub use crate::store::Broken;
pub use chance::Tally;

use crate::business_file;
use crate::outside::ManualClock;
use crate::replay::acts::pretended_models;
use crate::replay::marketplace::BUSINESS;
use crate::replay::net::locked;
use crate::replay::people::CUSTOMERS;
use crate::replay::world::{HOST, config, local};
use crate::store::documents::{Document, Expect, Recurring};
use crate::store::{Stepped, Store};
use agents::business::{Approval, Owner};
use agents::pro::Pro;
use anyhow::Context;
use chance::Chance;
use chrono::{Duration, NaiveDateTime};
use director::Director;
use emulator::{Faults, Provider};
use futures::FutureExt;
use people::{Habits, Person};
use process::Process;
use stage::Stage;
use std::cell::Cell;
use std::collections::BTreeSet;
use std::path::Path;
use weather::Weather;

/// How many processes share the store.
const PROCESSES: usize = 2;

/// Where stories begin; several shortly before the clocks of Jerusalem change.
const BEGINNINGS: [&str; 9] = [
    "2026-11-22 09:00",
    "2026-11-22 19:30",
    "2026-11-26 16:00",
    "2026-11-27 11:00",
    "2026-03-26 17:30",
    "2026-03-26 22:00",
    "2026-10-24 20:00",
    "2026-10-25 00:30",
    "2026-10-23 10:00",
];

/// How long a world has to come to rest: longer than every chain of offers, retries and quiet hours.
const REST: Duration = Duration::days(5);

/// How a world ended.
#[derive(Debug)]
pub struct Ending {
    /// What is wrong, if anything.
    pub problem: Option<String>,
    /// Everything that happened, line by line.
    pub log: Vec<String>,
    /// A digest of the log: two runs of one seed have the same.
    pub digest: u64,
    /// How often each thing happened.
    pub tally: Tally,
}

/// Runs the world of a seed, with a promise of the store broken on purpose or none. It waits for nothing real.
///
/// # Panics
/// When the program panics where nothing catches it.
#[must_use]
pub fn run(seed: u64, broken: Option<Broken>) -> Ending {
    let cannot_start = |error: anyhow::Error| {
        let problem = Some(format!("the world cannot start: {error:#}"));
        Ending { problem, log: Vec::new(), digest: 0, tally: Tally::default() }
    };
    // Entered and never driven: no timer in it rings and no task in it runs, so a job's time-out and the renewal of its
    // lease, which count real seconds, take no part.
    let still = match tokio::runtime::Builder::new_current_thread().enable_time().build() {
        Ok(still) => still,
        Err(error) => return cannot_start(error.into()),
    };
    let _entered = still.enter();
    let mut director = match begin(seed, broken) {
        Ok(director) => director,
        Err(error) => return cannot_start(error),
    };
    let story = Duration::hours(i64::try_from(4 + director.chance.below(44)).unwrap_or(4));
    let played = director
        .play(director.stage.now() + story, verdict::during)
        .and_then(|()| {
            director.rest();
            director.play(director.stage.now() + REST, verdict::during)
        })
        .and_then(|()| director.finish(verdict::during))
        .and_then(|()| verdict::at_rest(&director));
    director.tasks.clear();
    let mut state = locked(&director.stage.state);
    state.tally.add("worlds");
    Ending {
        problem: played.err(),
        digest: state.log.digest(),
        log: std::mem::take(&mut state.log.lines),
        tally: std::mem::take(&mut state.tally),
    }
}

fn begin(seed: u64, broken: Option<Broken>) -> anyhow::Result<Director> {
    let mut chance = Chance::new(seed, "world");
    let mut file = business_file::parse(BUSINESS)
        .map_err(|error| anyhow::anyhow!("{}: {}", error.place, error.problem))?;
    if chance.happens(1_500) {
        file.business.approval = Approval::Auto;
    }
    let beginning = NaiveDateTime::parse_from_str(chance.one_of::<&str>(&BEGINNINGS), "%Y-%m-%d %H:%M")?;
    let begin = local(&file.business, beginning)?;
    let settings = emulator::Settings { seed, ..emulator::Settings::default() };
    let weather = Weather::of(&mut chance);
    let clock = ManualClock::new(begin);
    let world = emulator::World::new(settings.clone());
    let stage = Stage::new(clock, world, Chance::new(seed, "network"), weather.calls);
    let mut config = config(&settings, Path::new("/nowhere"))?;
    config.accounts = crate::demo::accounts(&settings, HOST);
    // What the sweep and the healer would mend must not break in the first place: the one never runs, the other in some
    // worlds, to see that it does no harm.
    config.jobs_off =
        vec![Recurring::Sweep, Recurring::Reporter, Recurring::Pager, Recurring::Accounts, Recurring::Feeds];
    if chance.happens(1_000) {
        stage.count("worlds with a healer");
    } else {
        config.jobs_off.push(Recurring::Healer);
    }
    if chance.happens(6_000) {
        stage.count("worlds with a model");
        config.gemini = Some(pretended_models()?);
        model::answers_by_chance(&stage, Chance::new(seed, "model"));
    }
    // People who look at their phones at the same moments meet each other.
    let in_step = chance.happens(4_000);
    let rhythm = Duration::seconds(if in_step { 60 } else { *chance.one_of(&[1, 60, 600, 1_800]) });
    let habits = Habits { rhythm, in_step };
    let mut people: Vec<Person> = Vec::new();
    let customers = if in_step { 4 + chance.below(5) } else { 2 + chance.below(4) };
    for index in 0..customers {
        people.push(Person::customer(index, begin, habits, &mut chance));
    }
    for index in 0..crate::replay::people::PROS.len() {
        people.push(Person::pro(index, begin, habits, &mut chance));
    }
    if chance.happens(3_000) {
        stage.count("worlds with an owner");
        people.push(Person::owner(begin, habits));
        let phone = format!("+{}", CUSTOMERS[0].1);
        file.business.owners.push(Owner { name: None, phone });
    }
    if in_step {
        stage.count("crowded worlds");
        crowd(&mut file.pros, 1 + chance.below(2));
    }
    let database = Stepped::new(broken)?;
    let store = Store::stepped(database.clone());
    let documents = std::iter::once(Document::Business(file.business))
        .chain(file.pros.into_iter().map(Document::Pro))
        .map(|document| (Expect::Absent, document))
        .collect();
    store.put_documents(documents, begin).now_or_never().context("nobody hinders this")??;
    Ok(Director {
        stage,
        config,
        database,
        store,
        people,
        processes: (0..PROCESSES).map(|number| Process::new(number, begin)).collect(),
        tasks: Vec::new(),
        chance,
        weather,
        written: Vec::new(),
        taken: BTreeSet::new(),
        down_until: begin,
        numbers: 0,
        steps: 0,
        work_seen: Cell::new(None),
    })
}

/// Leaves so few pros for what most people want that everybody wants the same hours of the same ones.
fn crowd(pros: &mut [Pro], left: usize) {
    let trades = pros.first().map(|pro| pro.trades.clone()).unwrap_or_default();
    for pro in pros.iter_mut() {
        pro.max_open_jobs = 12;
    }
    for pro in pros.iter_mut().filter(|pro| pro.trades == trades).skip(left) {
        pro.active = false;
    }
}

impl Director {
    /// Nothing goes wrong any more, and nobody writes; what is under way goes on.
    fn rest(&mut self) {
        let now = self.stage.now();
        self.stage.say("faults end, people fall silent");
        self.weather = Weather::default();
        self.down_until = now;
        locked(&self.stage.state).faults_of_calls = 0;
        for provider in [Provider::Meta, Provider::Green, Provider::Gemini] {
            *locked(&self.stage.emulator).faults(provider) = Faults::none();
        }
        for person in &mut self.people {
            person.acts_at = now + Duration::days(400);
            let (channel, phone) = (person.channel, person.phone);
            locked(&self.stage.emulator).phone_is(
                now.timestamp_millis(),
                channel,
                phone,
                emulator::Presence::Online,
            );
        }
        for process in &mut self.processes {
            process.starts_at = process.starts_at.min(now);
            process.frozen_until = process.frozen_until.min(now);
        }
        for task in &mut self.tasks {
            task.stalled_until = task.stalled_until.min(now);
        }
    }
}
