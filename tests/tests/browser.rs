//! The demo in a real browser, as somebody sees it who has just typed `cargo run`: from the first message to the booked
//! visit, by typing and tapping. It needs Python 3 and a Chromium and fails where they are missing: a proof that is
//! skipped proves nothing.

#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::process::Command;
use std::time::Duration;
use tests::binary::{self, Program};

/// Longer than the script itself waits.
const STORY: Duration = Duration::from_secs(180);
/// As in `browser/chromium.py`.
const BROWSERS: [&str; 5] =
    ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

fn is_on_path(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

#[tokio::test(flavor = "multi_thread")]
async fn two_phones_on_one_page_come_to_a_booking() {
    assert!(
        is_on_path("python3"),
        "python3 is missing: install it (Debian and Ubuntu: apt-get install python3)"
    );
    assert!(
        BROWSERS.iter().any(|browser| is_on_path(browser)),
        "no Chromium on PATH: install one (Debian and Ubuntu: apt-get install chromium; elsewhere Google Chrome does)"
    );
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let fixi = binary::path().unwrap();
    let target = fixi.ancestors().nth(2).unwrap();
    let directory = tempfile::tempdir().unwrap();

    let mut demo = Command::new(&fixi);
    demo.args(["demo", "--port", "0", "--data"]).arg(directory.path().join("demo"));
    demo.env_clear();
    let mut demo = Program::start(&mut demo, directory.path().join("demo.log")).unwrap();
    let address = demo.address("http://").await.unwrap();

    let mut story = Command::new("python3");
    story.arg(package.join("browser/two_phones.py"));
    story.args(["--url", &format!("http://{address}/"), "--screenshot"]).arg(target.join("two-phones.png"));
    let mut story = Program::start(&mut story, directory.path().join("story.log")).unwrap();
    let status = story.end(STORY).await.unwrap();
    assert!(status.success(), "{status}\n{}\n--- the demo wrote\n{}", story.log(), demo.log());
    eprintln!("{}", story.log());

    demo.ask_to_stop().unwrap();
    let status = demo.end(Duration::from_secs(20)).await.unwrap();
    assert!(status.success(), "the demo ended with {status}\n{}", demo.log());
}
