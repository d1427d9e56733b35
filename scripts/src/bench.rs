//! `cargo xtask bench`: how fast a release build takes webhooks and makes turns, and what it needs of a machine, on either
//! store. Real program, real HTTP, real disk, real MongoDB; only the providers are pretended. It prints a table for the
//! README, and what the stores do without a program around them (`bot/examples/measure_store.rs`).

use crate::deals;
use crate::load::{Line, percentile, post_all, rate};
use crate::mongod::Mongod;
use crate::pickups::Pickups;
use crate::providers::Providers;
use crate::server::{Server, Settings};
use anyhow::{Context, ensure};
use clap::{Args, ValueEnum};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How many connections post at once.
const CONNECTIONS: usize = 32;
/// How many turns are timed one by one.
const IDLE_TURNS: u32 = 200;
/// A message that is gathered and understood.
const REQUEST: &str = "יש לי נזילה במטבח";
/// A message that is answered at once, without a model.
const COMMAND: &str = "סטטוס";

/// How much is measured.
#[derive(Args, Debug)]
pub(crate) struct Options {
    /// How many messages are posted, each from another customer.
    #[arg(long, default_value_t = 10_000)]
    messages: u32,
    /// How many chats wait for a model.
    #[arg(long, default_value_t = 2_000)]
    turns: u32,
    /// Measure this program instead of building one.
    #[arg(long, value_name = "FILE")]
    program: Option<PathBuf>,
    /// On which store.
    #[arg(long, value_enum, default_value = "both")]
    store: Stores,
}

/// Which stores are measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Stores {
    Embedded,
    Mongo,
    Both,
}

/// A store, and what it has to reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Store {
    Embedded,
    Mongo,
}

impl Store {
    fn name(self) -> &'static str {
        match self {
            Self::Embedded => "embedded",
            Self::Mongo => "MongoDB",
        }
    }

    /// Webhooks per second.
    fn webhooks(self) -> u32 {
        match self {
            Self::Embedded => 3_300,
            Self::Mongo => 1_500,
        }
    }

    /// The longest that a hundredth of them may exceed, in milliseconds.
    fn answer_ms(self) -> u32 {
        match self {
            Self::Embedded => 50,
            Self::Mongo => 60,
        }
    }

    /// Turns per second.
    fn turns(self) -> u32 {
        match self {
            Self::Embedded => 200,
            Self::Mongo => 150,
        }
    }
}

/// The longest that a twentieth of due jobs may wait for an idle worker.
const PICKUP: Duration = Duration::from_millis(50);

/// A line of the table.
struct Row {
    what: &'static str,
    measured: String,
    bar: String,
    is_met: bool,
}

/// Builds and measures.
pub(crate) fn run(options: &Options) -> anyhow::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    if cfg!(debug_assertions) {
        // The load must not be slower than what it measures.
        let mut again = Command::new("cargo");
        again.current_dir(&root).args(["run", "--quiet", "--release", "--package", "xtask", "--"]);
        let status = again.args(std::env::args_os().skip(1)).status()?;
        ensure!(status.success(), "the benchmark ended with {status}");
        return Ok(());
    }
    let program = match &options.program {
        Some(program) => program.clone(),
        None => {
            let build = ["build", "--quiet", "--release", "--package", "bot", "--bin", "fixi"];
            let built = Command::new("cargo").current_dir(&root).args(build).status()?;
            ensure!(built.success(), "the program cannot be built");
            let here = std::env::current_exe()?;
            here.parent().context("a program is in a folder")?.join("fixi")
        }
    };
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let stores: &[Store] = match options.store {
        Stores::Embedded => &[Store::Embedded],
        Stores::Mongo => &[Store::Mongo],
        Stores::Both => &[Store::Embedded, Store::Mongo],
    };
    for store in stores {
        // Beside the build, since a temporary folder may be in memory and would flatter the store.
        std::fs::create_dir_all(root.join("target"))?;
        let directory = tempfile::tempdir_in(root.join("target"))?;
        let mongod = match store {
            Store::Embedded => None,
            Store::Mongo => Some(Mongod::start(directory.path())?),
        };
        let mongod = mongod.as_ref();
        let runtime = tokio::runtime::Runtime::new()?;
        let rows = runtime.block_on(measure(options, &program, directory.path(), *store, mongod))?;
        let name = store.name();
        say(&format!(
            "\n{name}: `cargo xtask bench` on {cores} cores, load, providers and database included.\n"
        ));
        say(&format!("| what | {name} | bar | |\n| --- | --- | --- | --- |"));
        for row in &rows {
            let met = match (row.bar.is_empty(), row.is_met) {
                (true, _) => "",
                (false, true) => "met",
                (false, false) => "MISSED",
            };
            say(&format!("| {} | {} | {} | {met} |", row.what, row.measured, row.bar));
        }
        say("");
        let mut alone = Command::new("cargo");
        alone.current_dir(&root).env("TMPDIR", directory.path());
        alone.args(["run", "--quiet", "--release", "--package", "bot", "--example", "measure_store"]);
        match mongod {
            Some(mongod) => alone.env("MONGO_TEST_URI", &mongod.uri),
            None => alone.env_remove("MONGO_TEST_URI"),
        };
        ensure!(alone.status()?.success(), "the store alone could not be measured");
    }
    Ok(())
}

async fn measure(
    options: &Options,
    program: &Path,
    directory: &Path,
    store: Store,
    mongod: Option<&Mongod>,
) -> anyhow::Result<Vec<Row>> {
    let mut rows = Vec::new();
    let (providers, address) = Providers::start().await?;
    let ahead = providers.ahead_seconds();
    let settings = |database: &str, more: Option<(&'static str, String)>| -> Settings {
        let uri = mongod.map(|mongod| ("MONGO_URI", mongod.database(database)));
        let clock = ("FIXI_CLOCK_AHEAD_SECONDS", ahead.to_string());
        uri.into_iter().chain([clock]).chain(more).collect()
    };

    let first = directory.join("webhooks");
    std::fs::create_dir(&first)?;
    let only = settings("fixi_bench_webhooks", Some(("FIXI_DRY_RUN", "true".to_owned())));
    let server = Server::start(program, &first, address, &only).await?;
    let at_rest = highest_memory(&server, Duration::from_secs(5)).await?;
    let posts = Arc::new(providers.webhooks(0..options.messages, REQUEST));
    ensure!(posts.len() == usize::try_from(options.messages)?, "a webhook for every message");
    let before = server.processor()?;
    let begun = Instant::now();
    let load = post_all(server.address, posts, CONNECTIONS).await?;
    let acknowledged = server.processor()?;
    let drained = server.drained(Duration::from_secs(600)).await?.saturating_duration_since(begun);
    let after = server.processor()?;
    let p99 = percentile(&load.took, 99);
    say(&format!(
        "webhooks: {} in {:.1} s (processor {}), all answered after {:.1} s (processor {})",
        load.took.len(),
        load.whole.as_secs_f64(),
        spent(before, acknowledged),
        drained.as_secs_f64(),
        spent(before, after)
    ));
    let (bar, longest) = (f64::from(store.webhooks()), Duration::from_millis(store.answer_ms().into()));
    rows.push(Row {
        what: "webhooks made durable per second, 32 connections",
        measured: format!("{:.0}", load.per_second()),
        bar: format!("{bar}"),
        is_met: load.per_second() >= bar,
    });
    rows.push(told("a webhook's answer, p50", milliseconds(percentile(&load.took, 50))));
    rows.push(within("a webhook's answer, p99", p99, longest));
    let by_rules = rate(usize::try_from(options.messages)?, drained);
    let by_rules = told("turns per second on rules alone, webhooks included", format!("{by_rules:.0}"));
    let full = server.memory()?;
    drop(server);

    let second = directory.join("turns");
    std::fs::create_dir(&second)?;
    let key = emulator::Settings::default().gemini.api_key;
    let only = settings("fixi_bench_turns", Some(("GEMINI_API_KEY", key)));
    let server = Server::start(program, &second, address, &only).await?;
    let (idle, pickups) = idle_turns(&providers, &server, options.messages).await?;
    let from = options.messages + IDLE_TURNS;
    let turns = backlog(&providers, &server, from..from + options.turns).await?;
    drop(server);

    let third = directory.join("deals");
    std::fs::create_dir(&third)?;
    let server = Server::start(program, &third, address, &settings("fixi_bench_deals", None)).await?;
    let deals = deals::make(&providers, &server, from + options.turns).await?;
    let bar = f64::from(store.turns());
    rows.push(Row {
        what: "turns per second with a model that answers at once",
        measured: format!("{turns:.0}"),
        bar: format!("{bar}"),
        is_met: turns >= bar,
    });
    rows.push(by_rules);
    let whole = "an idle turn, from the webhook's answer to the provider, p50";
    rows.push(told(whole, milliseconds(percentile(&idle, 50))));
    rows.push(told("an idle turn, p99", milliseconds(percentile(&idle, 99))));
    rows.push(told("a due turn until an idle worker has it, p50, at most", milliseconds(pickups.at(50))));
    rows.push(within("a due turn until an idle worker has it, p95, at most", pickups.at(95), PICKUP));
    let whole = "from a customer's choice to the pro's phone, p50";
    rows.push(told(whole, milliseconds(percentile(&deals, 50))));
    rows.push(told("from a customer's choice to the pro's phone, p95", milliseconds(percentile(&deals, 95))));
    rows.push(Row {
        what: "memory at rest",
        measured: megabytes(at_rest),
        bar: "60 MB".to_owned(),
        is_met: at_rest <= 60_000_000,
    });
    rows.push(told("memory after all these chats", megabytes(full)));
    rows.push(told("the program, stripped", megabytes(std::fs::metadata(program)?.len())));
    Ok(rows)
}

/// The most memory that is used while nothing happens.
async fn highest_memory(server: &Server, within: Duration) -> anyhow::Result<u64> {
    let begun = Instant::now();
    let mut highest = 0;
    while begun.elapsed() < within {
        highest = highest.max(server.memory()?);
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    Ok(highest)
}

/// One turn after another, with nothing else to do: how long each took from the webhook's answer to the provider.
/// Also how long their jobs waited for a worker, as the server counts it.
async fn idle_turns(
    providers: &Providers,
    server: &Server,
    from: u32,
) -> anyhow::Result<(Vec<Duration>, Pickups)> {
    let mut line = Line::open(server.address).await?;
    let before = Pickups::of(&mut line).await?;
    let mut took = Vec::new();
    for person in from..from + IDLE_TURNS {
        let post = providers.webhooks(person..person + 1, COMMAND).pop().context("a webhook")?;
        let (status, _) = line.ask(&post).await?;
        ensure!(status == 200, "a webhook was answered {status}");
        let acknowledged = Instant::now();
        let reached = loop {
            if let Some(reached) = providers.reached(person) {
                break reached;
            }
            ensure!(acknowledged.elapsed() < Duration::from_secs(30), "nobody was answered");
            tokio::time::sleep(Duration::from_millis(1)).await;
        };
        // The answer may be faster than the news that the webhook was taken.
        took.push(reached.saturating_duration_since(acknowledged));
    }
    server.drained(Duration::from_secs(60)).await?;
    took.sort_unstable();
    Ok((took, Pickups::of(&mut line).await?.since(&before)))
}

/// Many chats at once: how many are answered per second, from the first turn's start to the last answer.
async fn backlog(
    providers: &Providers,
    server: &Server,
    people: std::ops::Range<u32>,
) -> anyhow::Result<f64> {
    let posts = Arc::new(providers.webhooks(people.clone(), REQUEST));
    let before = server.processor()?;
    let load = post_all(server.address, posts, CONNECTIONS).await?;
    let begun = Instant::now();
    let reached = loop {
        let reached = providers.reached_of(people.clone());
        if reached.len() == people.len() {
            break reached;
        }
        ensure!(
            begun.elapsed() < Duration::from_secs(600),
            "{} of {} were answered",
            reached.len(),
            people.len()
        );
        tokio::time::sleep(Duration::from_millis(10)).await;
    };
    let after = server.processor()?;
    ensure!(
        providers.questions() >= people.len(),
        "the model was asked only {} times",
        providers.questions()
    );
    // From the moment at which the first turn began, since before it all wait for more from their customers.
    let begun = providers.first_question().context("the model was asked")?;
    let (first, last) = (reached[0] - begun, reached[reached.len() - 1] - begun);
    say(&format!(
        "turns: {} webhooks in {:.1} s; the first answer {:.1} s after the first question, the last {:.1} s after it \
         (processor {})",
        people.len(),
        load.whole.as_secs_f64(),
        first.as_secs_f64(),
        last.as_secs_f64(),
        spent(before, after)
    ));
    Ok(rate(reached.len(), last))
}

/// A line without a bar.
fn told(what: &'static str, measured: String) -> Row {
    Row { what, measured, bar: String::new(), is_met: true }
}

/// A line about what must not take longer.
fn within(what: &'static str, took: Duration, longest: Duration) -> Row {
    Row {
        what,
        measured: milliseconds(took),
        bar: format!("< {} ms", longest.as_millis()),
        is_met: took < longest,
    }
}

fn milliseconds(duration: Duration) -> String {
    format!("{:.1} ms", duration.as_secs_f64() * 1_000.0)
}

fn megabytes(bytes: u64) -> String {
    format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000)
}

fn spent(before: (f64, f64), after: (f64, f64)) -> String {
    format!("{:.1} s, kernel {:.1} s", after.0 - before.0, after.1 - before.1)
}

#[allow(clippy::print_stdout)]
fn say(text: &str) {
    println!("{text}");
}
