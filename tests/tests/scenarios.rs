//! Every file of `tests/scenarios/` is a conversation that must go as it says.

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

/// Plays one scenario and returns its transcript, or what went wrong.
fn play(file: &Path) -> Result<String, String> {
    let text = std::fs::read_to_string(file).expect("a readable scenario");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(bot::replay::play_in(root(), &text)).map(|played| played.transcript)
}

/// Set `SCENARIO` to a part of a name to play only those, and to see their transcripts.
#[test]
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
    std::thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
                    match play(file) {
                        Ok(transcript) if only.is_some() => println!("== {}\n{transcript}", name(file)),
                        Ok(_) => {}
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
    assert!(played >= if only.is_some() { 1 } else { 40 }, "only {played} scenarios were found");
}
