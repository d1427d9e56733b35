//! The director of a world: decides by chance which future goes on, what goes wrong with it, who dies, freezes and comes
//! back, and lets time pass when nothing else can happen. After the story it brings the world to rest.

use super::chance::Chance;
use super::people::Person;
use super::process::{AT_ONCE, Ended, Process, Purpose, Task};
use super::stage::{Stage, Want};
use super::weather::Weather;
use crate::config::Config;
use crate::replay::net::locked;
use crate::store::{Moment, Stepped, Store};
use chrono::{DateTime, Duration, Utc};
use futures::FutureExt;
use std::cell::Cell;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::task::{Context, Waker};

/// More steps than any world needs.
const MOST_STEPS: u64 = 200_000;
/// For how long something may be under way when nothing goes wrong.
const MOST_MINUTES_UNDER_WAY: u32 = 30;
/// After how many steps everything is looked at.
const LOOK_EVERY: u64 = 700;

/// How many futures may ask for a job at once.
const MOST_HUNGRY: usize = 2;

/// A world that runs.
pub(super) struct Director {
    pub(super) stage: Arc<Stage>,
    pub(super) config: Config,
    pub(super) database: Stepped,
    /// The store as nobody hinders it.
    pub(super) store: Store,
    pub(super) people: Vec<Person>,
    pub(super) processes: Vec<Process>,
    pub(super) tasks: Vec<Task>,
    pub(super) chance: Chance,
    pub(super) weather: Weather,
    /// The ids of messages that people wrote.
    pub(super) written: Vec<String>,
    /// Those of them that were in a post that we answered with 200.
    pub(super) taken: BTreeSet<String>,
    /// While the store refuses everything.
    pub(super) down_until: DateTime<Utc>,
    pub(super) numbers: u64,
    pub(super) steps: u64,
    /// The next work after so many writes.
    pub(super) work_seen: Cell<Option<(u64, Option<DateTime<Utc>>)>>,
}

impl Director {
    /// Plays until this moment. After each so many steps `look` may find something wrong.
    pub(super) fn play(
        &mut self,
        end: DateTime<Utc>,
        mut look: impl FnMut(&Self) -> Result<(), String>,
    ) -> Result<(), String> {
        let from = self.steps;
        let mut looked = self.steps;
        loop {
            if self.steps - from > MOST_STEPS {
                return Err("the world does not come to rest".to_owned());
            }
            if self.steps - looked >= LOOK_EVERY {
                looked = self.steps;
                look(self)?;
            }
            self.begin_what_is_due()?;
            if self.go_on()? {
                continue;
            }
            let now = self.stage.now();
            match self.next_moment().filter(|next| *next <= end) {
                Some(next) => self.stage.clock.set(next.max(now)),
                None => {
                    self.stage.clock.set(end.max(now));
                    return look(self);
                }
            }
        }
    }

    /// Plays on until nothing is under way: the end of a rest may fall into a job that has just begun.
    pub(super) fn finish(&mut self, look: impl Fn(&Self) -> Result<(), String>) -> Result<(), String> {
        for _ in 0..MOST_MINUTES_UNDER_WAY {
            if self.tasks.is_empty() {
                return Ok(());
            }
            self.play(self.stage.now() + Duration::minutes(1), &look)?;
        }
        Err(format!("{} futures never ended", self.tasks.len()))
    }

    /// What people, providers and workers begin by themselves.
    fn begin_what_is_due(&mut self) -> Result<(), String> {
        let now = self.stage.now();
        for process in self.processes.iter_mut().filter(|process| process.alive.is_none()) {
            if process.starts_at <= now {
                process.start(&self.stage, &self.config, &self.database, &mut self.chance);
            }
        }
        for person in self.people.iter_mut().filter(|person| person.acts_at <= now) {
            person.act(&self.stage, &mut self.chance, &mut self.written);
        }
        let posts = {
            let mut emulator = locked(&self.stage.emulator);
            match emulator.next_webhook_at().filter(|at| *at <= now.timestamp_millis()) {
                Some(_) => emulator.due_webhooks(now.timestamp_millis()),
                None => Vec::new(),
            }
        };
        for post in posts {
            self.post(post);
        }
        // Enough of them to race for one job; more would only find nothing.
        let is_due = self.tasks.iter().filter(|task| task.is_hungry()).count() < MOST_HUNGRY
            && self.work_is_due(now)?;
        {
            let free: Vec<usize> = self
                .processes
                .iter()
                .filter(|process| process.acts(now) && process.rests_until <= now)
                .filter(|process| is_due || process.is_new())
                .map(|process| process.number)
                .filter(|number| self.working(*number) < AT_ONCE)
                .collect();
            if !free.is_empty() {
                let number = *self.chance.one_of(&free);
                if let Some(alive) = &self.processes[number].alive {
                    let future = alive.works();
                    self.begin(number, Purpose::Work, future)?;
                }
            }
        }
        Ok(())
    }

    fn working(&self, process: usize) -> usize {
        let is_work = |task: &&Task| task.process == process && matches!(task.purpose, Purpose::Work);
        self.tasks.iter().filter(is_work).count()
    }

    fn work_is_due(&self, now: DateTime<Utc>) -> Result<bool, String> {
        Ok(self.next_work()?.is_some_and(|due| due <= now))
    }

    /// The earliest job or the earliest end of a lease. Nobody hinders the director's own looking, which is as old as
    /// the last write.
    pub(super) fn next_work(&self) -> Result<Option<DateTime<Utc>>, String> {
        let writes = locked(&self.stage.state).writes;
        if let Some((_, seen)) = self.work_seen.get().filter(|(at, _)| *at == writes) {
            return Ok(seen);
        }
        let next = self.database.next_wake().map_err(|error| error.to_string())?;
        self.work_seen.set(Some((writes, next)));
        Ok(next)
    }

    fn post(&mut self, post: emulator::WebhookPost) {
        let now = self.stage.now();
        let alive: Vec<usize> = self
            .processes
            .iter()
            .filter(|process| process.alive.is_some())
            .map(|process| process.number)
            .collect();
        if self.chance.happens(self.weather.posts_lost) {
            self.stage.count("webhook lost on the way");
            locked(&self.stage.emulator).webhook_answered(now.timestamp_millis(), post.id, 0);
            return;
        }
        if self.chance.happens(self.weather.posts_swallowed) {
            self.stage.count("webhook swallowed");
            locked(&self.stage.emulator).webhook_answered(now.timestamp_millis(), post.id, 200);
            return;
        }
        if alive.is_empty() {
            locked(&self.stage.emulator).webhook_answered(now.timestamp_millis(), post.id, 0);
            return;
        }
        if post.attempt > 1 {
            self.stage.count("webhook repeated");
        }
        // Meta escapes slashes, also those of its ids.
        let body = String::from_utf8_lossy(&post.body).replace("\\/", "/");
        let messages = self.written.iter().filter(|id| body.contains(id.as_str())).cloned().collect();
        let number = *self.chance.one_of(&alive);
        if let Some(process) = &self.processes[number].alive {
            let id = post.id;
            let future = process.takes(post);
            // A request goes to a process, frozen or not.
            let _ = self.begin(number, Purpose::Post { id, messages }, future);
        }
    }

    fn begin(
        &mut self,
        process: usize,
        purpose: Purpose,
        future: futures::future::BoxFuture<'static, Ended>,
    ) -> Result<(), String> {
        self.numbers += 1;
        let number = self.numbers;
        let stalled_until = self.stage.now();
        self.tasks.push(Task { number, process, purpose, future, stalled_until, steps: 0 });
        self.poll(number)
    }

    /// Lets one future go on. Returns whether one could.
    fn go_on(&mut self) -> Result<bool, String> {
        let now = self.stage.now();
        let ready: Vec<(u64, u64, Want)> = {
            let state = locked(&self.stage.state);
            state
                .wants
                .iter()
                .filter(|(_, (task, want))| {
                    let Some(task) = self.tasks.iter().find(|other| other.number == *task) else {
                        return false;
                    };
                    let is_there = match want {
                        Want::Store(..) => task.stalled_until <= now,
                        Want::Answer(at) => *at <= now,
                    };
                    is_there && self.processes[task.process].acts(now)
                })
                .map(|(wait, (task, want))| (*wait, *task, *want))
                .collect()
        };
        if ready.is_empty() {
            return Ok(false);
        }
        let (wait, number, want) = *self.chance.one_of(&ready);
        self.steps += 1;
        let Some(process) = self.tasks.iter().find(|task| task.number == number).map(|task| task.process)
        else {
            return Ok(true);
        };
        if self.chance.happens(self.weather.deaths) {
            self.stage.count(match want {
                Want::Store(Moment::BeforeReading, _) => "death before a read",
                Want::Store(Moment::BeforeWriting, _) => "death before a write",
                Want::Store(Moment::AfterWriting, _) => "death after a write",
                Want::Answer(_) => "death before an answer",
            });
            self.kill(process);
            return Ok(true);
        }
        if self.chance.happens(self.weather.freezes) {
            let length =
                self.chance.length(std::time::Duration::from_secs(5), std::time::Duration::from_secs(400));
            self.stage.count("process frozen");
            self.stage.say(&format!("p{process} freezes for {} s", length.num_seconds()));
            self.processes[process].frozen_until = now + length;
            return Ok(true);
        }
        if self.chance.happens(self.weather.jumps) {
            let length =
                self.chance.length(std::time::Duration::from_secs(30), std::time::Duration::from_secs(7200));
            self.stage.count("clock jumps");
            self.stage.say(&format!("the clock jumps by {} s", length.num_seconds()));
            self.stage.clock.set(now + length);
            return Ok(true);
        }
        let how = match want {
            Want::Store(moment, name) => match self.fate(number, moment) {
                Some(how) => {
                    let verb = verb(name);
                    let fails = if how { "" } else { " fails" };
                    self.stage.say(&format!("  p{process} task {number} {moment:?} {verb}{fails}"));
                    how
                }
                None => return Ok(true),
            },
            Want::Answer(_) => true,
        };
        if self.chance.happens(5_000) {
            self.stage.clock.advance(std::time::Duration::from_millis(1));
        }
        if matches!(want, Want::Store(Moment::BeforeWriting, _)) {
            locked(&self.stage.state).writes += 1;
        }
        if let Some(task) = self.tasks.iter_mut().find(|task| task.number == number) {
            task.steps += 1;
        }
        self.stage.grant(wait, how);
        self.poll(number)?;
        Ok(true)
    }

    /// What becomes of an access of the store; none when it stalls.
    fn fate(&mut self, task: u64, moment: Moment) -> Option<bool> {
        let now = self.stage.now();
        if self.chance.happens(self.weather.outages) {
            self.stage.count("store outage");
            self.down_until = now
                + self.chance.length(std::time::Duration::from_secs(1), std::time::Duration::from_secs(600));
        }
        if self.chance.happens(self.weather.stalls) {
            let length =
                self.chance.length(std::time::Duration::from_secs(1), std::time::Duration::from_secs(180));
            self.stage.count(match moment {
                Moment::BeforeReading | Moment::BeforeWriting => "store stalls",
                Moment::AfterWriting => "store stalls after writing",
            });
            if let Some(task) = self.tasks.iter_mut().find(|other| other.number == task) {
                task.stalled_until = now + length;
            }
            return None;
        }
        if self.down_until > now && moment != Moment::AfterWriting {
            return Some(false);
        }
        let (rate, name) = match moment {
            Moment::BeforeReading => (self.weather.refused, "store refuses a read"),
            Moment::BeforeWriting => (self.weather.refused, "store refuses a write"),
            Moment::AfterWriting => (self.weather.answers_lost, "store loses an answer"),
        };
        let fails = self.chance.happens(rate);
        if fails {
            self.stage.count(name);
        }
        Some(!fails)
    }

    fn poll(&mut self, number: u64) -> Result<(), String> {
        let Some(at) = self.tasks.iter().position(|task| task.number == number) else { return Ok(()) };
        {
            let mut state = locked(&self.stage.state);
            state.current = number;
            state.passed.clear();
        }
        let mut context = Context::from_waker(Waker::noop());
        let ended = self.tasks[at].future.poll_unpin(&mut context);
        let passed = std::mem::take(&mut locked(&self.stage.state).passed);
        let process = self.tasks[at].process;
        for step in passed {
            if self.chance.happens(self.weather.deaths_at_steps) {
                // Nothing that came after the step in the same breath is durable: that would have waited.
                self.stage.count(&format!("death at {}", step.key()));
                self.kill(process);
                return Ok(());
            }
        }
        let std::task::Poll::Ready(ended) = ended else { return Ok(()) };
        let task = self.tasks.remove(at);
        let now = self.stage.now();
        match (ended, task.purpose) {
            (Ended::Posted(status), Purpose::Post { id, messages }) => {
                self.stage.say(&format!("p{process} answers {status}"));
                self.stage.count(&format!("webhook answered {status}"));
                if status == 200 {
                    self.taken.extend(messages);
                }
                locked(&self.stage.emulator).webhook_answered(now.timestamp_millis(), id, status);
            }
            (Ended::Worked(Ok(ran)), Purpose::Work) => {
                self.stage.count(if ran { "job run" } else { "job taken by another" });
            }
            (Ended::Worked(Err(_)), Purpose::Work) => {
                self.stage.count("no job could be asked for");
                self.processes[process].rests_until = now + Duration::seconds(1);
            }
            (ended, purpose) => return Err(format!("{purpose:?} ended as {ended:?}")),
        }
        Ok(())
    }

    /// A process dies: whatever it had under way is forgotten, its leases stay as they are.
    pub(super) fn kill(&mut self, process: usize) {
        let now = self.stage.now();
        let (dying, living): (Vec<Task>, Vec<Task>) =
            std::mem::take(&mut self.tasks).into_iter().partition(|task| task.process == process);
        self.tasks = living;
        for task in dying {
            if let Purpose::Post { id, .. } = task.purpose {
                locked(&self.stage.emulator).webhook_answered(now.timestamp_millis(), id, 0);
            }
        }
        let process = &mut self.processes[process];
        process.alive = None;
        process.starts_at =
            now + self.chance.length(std::time::Duration::from_secs(1), std::time::Duration::from_secs(900));
        self.stage.count("process dies");
        self.stage.say(&format!("p{} dies", process.number));
    }

    /// When something happens next by itself.
    fn next_moment(&self) -> Option<DateTime<Utc>> {
        let now = self.stage.now();
        let people = self.people.iter().map(|person| person.acts_at);
        let processes = self.processes.iter().flat_map(|process| {
            let starts = process.alive.is_none().then_some(process.starts_at);
            [starts, Some(process.frozen_until), Some(process.rests_until)].into_iter().flatten()
        });
        let stalls = self.tasks.iter().map(|task| task.stalled_until);
        let answers: Vec<DateTime<Utc>> = locked(&self.stage.state)
            .wants
            .values()
            .filter_map(|(_, want)| match want {
                Want::Answer(at) => Some(*at),
                Want::Store(..) => None,
            })
            .collect();
        let webhook =
            locked(&self.stage.emulator).next_webhook_at().and_then(DateTime::from_timestamp_millis);
        let work = self.next_work().ok().flatten();
        people
            .chain(processes)
            .chain(stalls)
            .chain(answers)
            .chain(webhook)
            .chain(work)
            .filter(|moment| *moment > now)
            .min()
    }
}

/// The verb of the store in the name of its closure, with the type of what it is about where it has one.
fn verb(name: &'static str) -> &'static str {
    let whole = name.trim_end_matches("::{{closure}}").trim_end_matches('>');
    whole.rsplit("::").next().unwrap_or(whole)
}
