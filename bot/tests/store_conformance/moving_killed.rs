//! `fixi restore` and `fixi copy`, killed after each batch by the real program: they go on where they were, a half full
//! store is never served, and nothing is doubled.

use crate::fixtures::new_lead;
use crate::mongodb_server;
use bot::store::Store;
use std::path::Path;
use std::process::{Command, Output};

/// More than fit into three batches.
const LEADS: u64 = 1_800;

fn fixi(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fixi"));
    command.env_clear().args(arguments);
    command
}

fn told(output: &Output) -> (String, String) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (text(&output.stdout), text(&output.stderr))
}

/// Runs a command that dies after its first batch until it has nothing left to do; returns how often it died.
fn until_it_lives(mut command: impl FnMut() -> Command, mut between: impl FnMut()) -> u32 {
    for deaths in 0.. {
        let output = command().env("FIXI_DIE_AT", "batch_moved").output().unwrap();
        let (_, error) = told(&output);
        if output.status.success() {
            return deaths;
        }
        assert!(!error.contains("fixi: "), "it died and did not refuse: {error}");
        assert!(deaths < 20, "it goes on where it was");
        between();
    }
    0
}

/// The last line of what a backup prints: how many rows, and their digest.
fn backed_up(directory: &Path, file: &Path) -> String {
    let mut command = fixi(&["backup", file.to_str().unwrap()]);
    let output = command.env("FIXI_DATA_DIR", directory).output().unwrap();
    let (table, error) = told(&output);
    assert!(output.status.success(), "{error}");
    table.lines().last().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_move_that_is_killed_after_each_batch_goes_on_and_doubles_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let store = Store::open_embedded(&path("a")).await.unwrap();
    let leads = (1..=LEADS).map(|number| new_lead(&format!("l{number}"), number)).collect();
    store.put_documents(leads, crate::fixtures::at(0)).await.unwrap();
    store.close().await.unwrap();
    let backup = path("backup.jsonl");
    let sum = backed_up(&path("a"), &backup);
    assert!(sum.contains(&LEADS.to_string()), "{sum}");

    let database = mongodb_server::database("moving_killed").await;
    let directory = path("b").to_str().unwrap().to_owned();
    for (name, store) in [("FIXI_DATA_DIR", &directory), ("MONGO_URI", &database.uri)] {
        let with_store = |mut command: Command| {
            command.env(name, store);
            command
        };
        let restore = || with_store(fixi(&["restore", backup.to_str().unwrap()]));
        let deaths = until_it_lives(restore, || {
            let mut serve = with_store(fixi(&["serve"]));
            serve.env("GREEN_API_ID", "7103000001").env("GREEN_API_TOKEN", "a-token");
            let output = serve.output().unwrap();
            let (_, error) = told(&output);
            assert!(!output.status.success() && error.contains("run the same `fixi restore`"), "{error}");
        });
        assert_eq!(deaths, 4, "one for each batch");
        let (_, error) = told(&restore().output().unwrap());
        assert!(error.contains("it is not empty"), "{error}");
        // Copied on, also in pieces, it is what it was.
        let copy = path(&format!("copy_{name}"));
        let deaths =
            until_it_lives(|| fixi(&["copy", "--from", store, "--to", copy.to_str().unwrap()]), || {});
        assert_eq!(deaths, 4);
        assert_eq!(backed_up(&copy, &path(&format!("{name}.jsonl"))), sum);
    }
    // A backup that was cut off by a kill leaves a part, which is no backup and in nobody's way.
    std::fs::write(path("again.jsonl.part"), "{\"fixi_backup\"").unwrap();
    assert_eq!(backed_up(&path("a"), &path("again.jsonl")), sum);
    assert!(!path("again.jsonl.part").exists());
    database.forget().await;
}
