//! Every file of `tests/scenarios/` is a conversation that must go as it says.

use std::path::{Path, PathBuf};

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

/// Set `SCENARIO` to a part of a name to play only those, and to see their transcripts.
#[tokio::test(flavor = "multi_thread")]
async fn every_scenario_goes_as_it_says() {
    let only = std::env::var("SCENARIO").ok();
    if only.is_some() {
        tracing_subscriber::fmt().with_env_filter("warn").init();
    }
    let mut failures = Vec::new();
    let mut played = 0;
    for file in files() {
        let name = file.file_stem().expect("a name").to_string_lossy().into_owned();
        if only.as_ref().is_some_and(|only| !name.contains(only)) {
            continue;
        }
        played += 1;
        let text = std::fs::read_to_string(&file).expect("a readable scenario");
        match bot::replay::play_in(root(), &text).await {
            Ok(played) if only.is_some() => println!("== {name}\n{}", played.transcript),
            Ok(_) => {}
            Err(failure) => failures.push(format!("== {name}\n{failure}")),
        }
    }
    assert!(
        failures.is_empty(),
        "{} of {played} scenarios failed\n\n{}",
        failures.len(),
        failures.join("\n\n")
    );
    assert!(played >= if only.is_some() { 1 } else { 40 }, "only {played} scenarios were found");
}
