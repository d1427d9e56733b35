//! `cargo xtask bench`: how fast a release build takes webhooks and makes turns, and what it needs of a machine. Real
//! program, real HTTP, real disk; only the providers are pretended. It prints a table for the README.

use crate::load::{Line, percentile, post_all, rate};
use crate::providers::Providers;
use crate::server::Server;
use anyhow::{Context, ensure};
use clap::Args;
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
}

/// A line of the table.
struct Row {
    what: &'static str,
    measured: String,
    bar: &'static str,
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
    let runtime = tokio::runtime::Runtime::new()?;
    let rows = runtime.block_on(measure(options, &program, &root))?;
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    say(&format!(
        "\nMeasured by `cargo xtask bench` on {cores} cores, load and pretended providers included.\n"
    ));
    say("| what | measured | bar | |\n| --- | --- | --- | --- |");
    for row in &rows {
        let met = if row.is_met { "met" } else { "MISSED" };
        say(&format!(
            "| {} | {} | {} | {} |",
            row.what,
            row.measured,
            row.bar,
            if row.bar.is_empty() { "" } else { met }
        ));
    }
    Ok(())
}

async fn measure(options: &Options, program: &Path, root: &Path) -> anyhow::Result<Vec<Row>> {
    let mut rows = Vec::new();
    // Beside the build, since a temporary folder may be in memory and would flatter the store.
    let directory = tempfile::tempdir_in(root.join("target"))?;
    let (providers, address) = Providers::start().await?;

    let first = directory.path().join("webhooks");
    std::fs::create_dir(&first)?;
    let server = Server::start(program, &first, address, &[("FIXI_DRY_RUN", "true")]).await?;
    let at_rest = highest_memory(&server, Duration::from_secs(5)).await?;
    let posts = Arc::new(providers.webhooks(0..options.messages, REQUEST));
    ensure!(posts.len() == usize::try_from(options.messages)?, "a webhook for every message");
    let before = server.processor()?;
    let begun = Instant::now();
    let load = post_all(server.address, posts, CONNECTIONS).await?;
    let acknowledged = server.processor()?;
    server.drained(Duration::from_secs(600)).await?;
    let drained = begun.elapsed();
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
    rows.push(row(
        "webhooks made durable per second",
        format!("{:.0}", load.per_second()),
        "1,000",
        load.per_second() >= 1_000.0,
    ));
    rows.push(row("a webhook's answer, p50", milliseconds(percentile(&load.took, 50)), "", true));
    rows.push(row("a webhook's answer, p99", milliseconds(p99), "< 50 ms", p99 < Duration::from_millis(50)));
    let by_rules = rate(usize::try_from(options.messages)?, drained);
    rows.push(row("turns per second on rules, webhooks included", format!("{by_rules:.0}"), "", true));
    rows.push(row("memory at rest", megabytes(at_rest), "60 MB", at_rest <= 60_000_000));
    rows.push(row("memory after all these chats", megabytes(server.memory()?), "", true));
    drop(server);

    let second = directory.path().join("turns");
    std::fs::create_dir(&second)?;
    let key = emulator::Settings::default().gemini.api_key;
    let server = Server::start(program, &second, address, &[("GEMINI_API_KEY", key.as_str())]).await?;
    let idle = idle_turns(&providers, &server, options.messages).await?;
    let from = options.messages + IDLE_TURNS;
    let turns = backlog(&providers, &server, from..from + options.turns).await?;
    rows.insert(
        3,
        row(
            "turns per second with a model that answers at once",
            format!("{turns:.0}"),
            "200",
            turns >= 200.0,
        ),
    );
    rows.insert(
        4,
        row(
            "an idle turn, from the webhook's answer to the provider, p50",
            milliseconds(percentile(&idle, 50)),
            "",
            true,
        ),
    );
    rows.insert(5, row("an idle turn, p99", milliseconds(percentile(&idle, 99)), "", true));
    let size = std::fs::metadata(program)?.len();
    rows.push(row("the program, stripped", megabytes(size), "", true));
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
async fn idle_turns(providers: &Providers, server: &Server, from: u32) -> anyhow::Result<Vec<Duration>> {
    let mut line = Line::open(server.address).await?;
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
    Ok(took)
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

fn row(what: &'static str, measured: String, bar: &'static str, is_met: bool) -> Row {
    Row { what, measured, bar, is_met }
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
