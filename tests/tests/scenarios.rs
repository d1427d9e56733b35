//! Every file of `tests/scenarios/` is a conversation that must go as it says.

use agents::table;
use bot::replay::Played;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files() -> Vec<PathBuf> {
    let folder = root().join("scenarios");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("the folder of scenarios")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    files.sort();
    files
}

/// How many scenarios are played at once; each has a world of its own.
const AT_ONCE: usize = 4;

/// Plays one scenario and returns its transcript and the cells of the table it came through, or what went wrong.
fn play(file: &Path) -> Result<Played, String> {
    let text = std::fs::read_to_string(file).expect("a readable scenario");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(bot::replay::play_in(root(), &text))
}

/// Set `SCENARIO` to a part of a name to play only those, and to see their transcripts.
#[test]
#[allow(clippy::print_stdout, reason = "the transcript is what was asked for")]
fn every_scenario_goes_as_it_says() {
    let only = std::env::var("SCENARIO").ok();
    if only.is_some() {
        tracing_subscriber::fmt().with_env_filter("warn").init();
    }
    let name = |file: &Path| file.file_stem().expect("a name").to_string_lossy().into_owned();
    let files: Vec<PathBuf> = files()
        .into_iter()
        .filter(|file| only.as_ref().is_none_or(|only| name(file).contains(only)))
        .collect();
    let next = AtomicUsize::new(0);
    let failures = Mutex::new(Vec::new());
    let visited = Mutex::new(BTreeSet::new());
    std::thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
                    match play(file) {
                        Ok(played) => {
                            if only.is_some() {
                                println!("== {}\n{}", name(file), played.transcript);
                            }
                            visited.lock().expect("no panic").extend(played.cells);
                        }
                        Err(failure) => {
                            failures.lock().expect("no panic").push(format!("== {}\n{failure}", name(file)));
                        }
                    }
                }
            });
        }
    });
    let mut failures = failures.into_inner().expect("no panic");
    failures.sort();
    let played = files.len();
    assert!(
        failures.is_empty(),
        "{} of {played} scenarios failed\n\n{}",
        failures.len(),
        failures.join("\n\n")
    );
    if only.is_none() {
        check_cells(&visited.into_inner().expect("no panic"));
    }
    assert!(played >= if only.is_some() { 1 } else { 40 }, "only {played} scenarios were found");
}

/// M59, M60: every cell of the table is visited by some scenario, or says why no message can reach it; a decision never
/// comes through a cell that the table does not have.
fn check_cells(visited: &BTreeSet<String>) {
    let (cells, unreachable) = (table::cells(), table::unreachable());
    let excused = |cell: &table::Cell| unreachable.iter().find(|reason| reason.covers(cell));
    let mut wrong = Vec::new();
    for cell in &cells {
        match (visited.contains(&cell.key()), excused(cell)) {
            (false, None) => wrong.push(format!("{} is never visited", cell.key())),
            (true, Some(excuse)) => {
                wrong.push(format!("{} is visited, though {}", cell.key(), excuse.reason))
            }
            (true, None) | (false, Some(_)) => {}
        }
    }
    let known: BTreeSet<String> = cells.iter().map(table::Cell::key).collect();
    wrong.extend(visited.difference(&known).map(|cell| format!("{cell} is no cell of the table")));
    for excuse in &unreachable {
        if !cells.iter().any(|cell| excuse.covers(cell)) {
            wrong.push(format!("there is no cell where {}", excuse.reason));
        }
    }
    assert!(wrong.is_empty(), "{} cells:\n{}", wrong.len(), wrong.join("\n"));
}

/// What people do in a story, without what is expected of it.
fn acts(story: &str) -> Vec<&str> {
    let looks = ["bot<", "expect", "silence", "skip", "idle", "#"];
    story
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !looks.iter().any(|look| line.starts_with(look)))
        .collect()
}

fn is_message(line: &str) -> bool {
    line.contains('>') || line.contains(" taps ")
}

/// X3: wherever the process dies between two messages, the story ends as if it had not.
#[tokio::test(flavor = "multi_thread")]
async fn a_story_ends_the_same_wherever_the_process_dies() {
    let stories = [
        "first_booking",
        "approval_next_pro_other_time",
        "approval_expiry_next_pro",
        "approval_done_and_price",
        "booking_cancel_yes",
        "booking_reschedule_while_booked",
        "consent_ask",
    ];
    for story in stories {
        let file = root().join(format!("scenarios/{story}.txt"));
        let text = std::fs::read_to_string(file).expect("a story");
        let acts = acts(&text);
        let whole = bot::replay::play_in(root(), &acts.join("\n")).await.expect("the story itself").ending;
        assert!(whole.contains("lead 1") && whole.contains("dana<"), "the ending tells nothing:\n{whole}");
        for (index, line) in acts.iter().enumerate().filter(|(_, line)| is_message(line)) {
            let mut died_after = acts.clone();
            died_after.insert(index + 1, "restart");
            // The message is accepted, and the process dies before anything came of it.
            let early = line.replacen('>', ">>", 1);
            let mut died_before = acts.clone();
            died_before[index] = &early;
            died_before.insert(index + 1, "restart");
            for (when, acts) in [("after", died_after), ("before", died_before)] {
                let played = bot::replay::play_in(root(), &acts.join("\n")).await;
                let ending =
                    played.unwrap_or_else(|failure| panic!("{story}, died {when} {line}:\n{failure}")).ending;
                assert_eq!(ending, whole, "{story}: died {when} the answer to: {line}");
            }
        }
    }
}
