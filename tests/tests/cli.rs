//! The commands as an operator meets them: the real binary, its words and its exit codes.

use bot::store::documents::{Document, Expect};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The binary beside the tests' own; `scripts/test` builds it first.
fn fixi() -> Command {
    let tests = std::env::current_exe().expect("the path of this test");
    let folder = tests.parent().and_then(Path::parent).expect("target/<profile>");
    let binary: PathBuf = folder.join("fixi");
    assert!(
        binary.exists(),
        "{} is missing: run `cargo build -p bot --bin fixi` or `scripts/test`",
        binary.display()
    );
    let mut command = Command::new(binary);
    command.env_clear();
    command
}

fn run(data: &Path, arguments: &[&str]) -> (String, String, bool) {
    let Output { status, stdout, stderr } =
        fixi().env("FIXI_DATA_DIR", data).args(arguments).output().expect("fixi starts");
    (
        String::from_utf8_lossy(&stdout).into_owned(),
        String::from_utf8_lossy(&stderr).into_owned(),
        status.success(),
    )
}

fn demo_file() -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../bot/demo/fixi.toml").to_string_lossy().into_owned()
}

/// B148: the same file twice is the same as once; an edited one updates; what was exported imports without a change.
#[test]
fn importing_a_business_twice_changes_nothing() {
    let data = tempfile::tempdir().expect("a folder");
    let (first, _, ok) = run(data.path(), &["business", "import", &demo_file()]);
    assert!(ok && first.contains("10 pros, 11 changes"), "{first}");
    let (second, _, _) = run(data.path(), &["business", "import", &demo_file()]);
    assert!(second.contains("10 pros, 0 changes"), "{second}");
    let (exported, _, _) = run(data.path(), &["business", "export"]);
    let file = data.path().join("exported.toml");
    std::fs::write(&file, &exported).expect("written");
    let (third, _, _) = run(data.path(), &["business", "import", &file.to_string_lossy()]);
    assert!(third.contains("0 changes"), "{third}");
    std::fs::write(&file, exported.replacen("max = 450", "max = 460", 1)).expect("written");
    let (fourth, _, _) = run(data.path(), &["business", "import", &file.to_string_lossy()]);
    assert!(fourth.contains("1 changes"), "{fourth}");
}

#[test]
fn links_to_calendars_stay_until_one_is_renewed() {
    let data = tempfile::tempdir().expect("a folder");
    run(data.path(), &["business", "import", &demo_file()]);
    let (_, error, ok) = run(data.path(), &["business", "calendar-links"]);
    assert!(!ok && error.contains("FIXI_PUBLIC_URL"), "{error}");
    let links = |more: &[&str]| {
        let mut command = fixi();
        command.env("FIXI_DATA_DIR", data.path()).env("FIXI_PUBLIC_URL", "https://fixi.example");
        let output = command.args(["business", "calendar-links"]).args(more).output().expect("fixi starts");
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        text.lines().map(str::to_owned).collect::<Vec<_>>()
    };
    let first = links(&[]);
    assert_eq!(first.len(), 10);
    assert!(first.iter().all(|line| line.contains("https://fixi.example/calendar/pro-")), "{first:?}");
    assert_eq!(links(&[]), first, "asking again changes nothing");
    let id = first[3].split('(').nth(1).and_then(|rest| rest.split(')').next()).expect("an id").to_owned();
    let renewed = links(&["--renew", &id]);
    let changed: Vec<_> = (0..10).filter(|index| first[*index] != renewed[*index]).collect();
    assert_eq!(changed, [3]);
    assert_eq!(links(&["--renew", "pro-nobody"]), Vec::<String>::new());

    // An import keeps the links, and an export does not tell them.
    let (again, _, _) = run(data.path(), &["business", "import", &demo_file()]);
    assert!(again.contains("0 changes"), "{again}");
    let (exported, _, _) = run(data.path(), &["business", "export"]);
    let secret = renewed[0].rsplit('/').next().expect("a secret").trim_end_matches(".ics");
    assert!(secret.len() == 64 && !exported.contains(secret));
}

#[test]
fn a_wrong_business_file_is_refused_with_its_place_and_changes_nothing() {
    let data = tempfile::tempdir().expect("a folder");
    let text = std::fs::read_to_string(demo_file()).expect("the demo's file");
    let file = data.path().join("wrong.toml");
    std::fs::write(&file, text.replacen("friday = \"08:00-14:00\"", "friday = \"14:00-08:00\"", 1))
        .expect("written");
    let (_, error, ok) = run(data.path(), &["business", "import", &file.to_string_lossy()]);
    assert!(!ok && error.contains("wrong.toml") && error.contains("friday"), "{error}");
    let (_, error, ok) = run(data.path(), &["business", "export"]);
    assert!(!ok && error.contains("fixi business import"), "{error}");
}

#[test]
fn an_unreadable_setting_stops_the_start_and_is_named_without_its_content() {
    let output = fixi().env("FIXI_LISTEN", "hunter2").arg("serve").output().expect("fixi starts");
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        !output.status.success() && error.contains("FIXI_LISTEN") && !error.contains("hunter2"),
        "{error}"
    );
}

#[test]
fn serving_without_an_account_or_a_business_says_what_to_do() {
    let data = tempfile::tempdir().expect("a folder");
    let (_, error, ok) = run(data.path(), &["serve"]);
    assert!(!ok && error.contains("GREEN_API_ID"), "{error}");
    let green = fixi()
        .env("FIXI_DATA_DIR", data.path())
        .env("GREEN_API_ID", "7103000001")
        .env("GREEN_API_TOKEN", "a-token")
        .arg("serve")
        .output()
        .expect("fixi starts");
    let error = String::from_utf8_lossy(&green.stderr).into_owned();
    assert!(!green.status.success() && error.contains("fixi business import"), "{error}");
}

#[test]
fn doctor_reports_for_people_and_machines_and_fails_on_an_error() {
    let data = tempfile::tempdir().expect("a folder");
    let (report, _, ok) = run(data.path(), &["doctor"]);
    assert!(!ok && report.contains("ERROR business"), "{report}");
    run(data.path(), &["business", "import", &demo_file()]);
    let (report, _, _) = run(data.path(), &["doctor", "--json"]);
    let report: serde_json::Value = serde_json::from_str(&report).expect("JSON");
    let says = report["findings"].as_array().expect("findings").iter().any(|finding| {
        finding["subject"] == "business"
            && finding["grade"] == "ok"
            && finding["says"].as_str().is_some_and(|says| says.contains("10 pros"))
    });
    assert!(says, "{report}");
}

#[test]
fn a_scenario_is_replayed_with_its_transcript_and_a_failing_one_fails() {
    let data = tempfile::tempdir().expect("a folder");
    let story = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/first_booking.txt");
    let (transcript, error, ok) = run(data.path(), &["replay", &story.to_string_lossy()]);
    assert!(ok && transcript.contains("dana> ") && transcript.contains("bot< avi"), "{transcript}{error}");
    let file = data.path().join("failing.txt");
    std::fs::write(&file, "dana> שלום\nbot< dana  no such words\n").expect("written");
    let (transcript, _, ok) = run(data.path(), &["replay", &file.to_string_lossy()]);
    assert!(!ok && transcript.contains("line 2"), "{transcript}");
}

#[test]
fn jobs_can_be_listed_and_an_unknown_one_is_not_retried() {
    let data = tempfile::tempdir().expect("a folder");
    let (list, _, ok) = run(data.path(), &["jobs", "list"]);
    assert!(ok && list.contains("0 waiting, 0 running, 0 given up"), "{list}");
    let (_, error, ok) = run(data.path(), &["jobs", "retry", "turn/none"]);
    assert!(!ok && error.contains("fixi jobs list"), "{error}");
}

/// B148: a business goes into a file, into another store, and comes out the same.
#[test]
fn everything_is_backed_up_restored_and_copied() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    let named = |name: &str| path(name).to_string_lossy().into_owned();
    run(&path("a"), &["business", "import", &demo_file()]);
    let (table, error, ok) = run(&path("a"), &["backup", &named("backup")]);
    assert!(ok && error.contains("reading 11 rows"), "{error}");
    assert!(table.contains("members                 10         10  same"), "{table}");
    let (restored, error, ok) = run(&path("b"), &["restore", &named("backup")]);
    assert!(ok && table.lines().last() == restored.lines().last(), "{restored}{error}");
    let (copied, error, ok) = run(&path("x"), &["copy", "--from", &named("b"), "--to", &named("c")]);
    assert!(ok && copied == restored, "{copied}{error}");
    let exports = ["a", "b", "c"].map(|name| run(&path(name), &["business", "export"]).0);
    assert!(exports[0].contains("[[pros]]") && exports.iter().all(|export| *export == exports[0]));
    let (_, error, ok) = run(&path("b"), &["restore", &named("backup")]);
    assert!(!ok && error.contains("it is not empty: name an empty one"), "{error}");
    assert!(!path("x").exists(), "a copy has nothing to do with the settings");
}

#[test]
fn a_store_that_is_none_is_refused_without_its_secrets() {
    let data = tempfile::tempdir().expect("a folder");
    for store in ["postgres://user:secret@host/fixi", "mongodb://user:secret@host:notaport/fixi"] {
        let (_, error, ok) = run(data.path(), &["copy", "--from", store, "--to", "backup.jsonl"]);
        assert!(!ok && error.contains("expected mongodb://") && !error.contains("secret"), "{error}");
    }
    let (_, error, ok) = run(data.path(), &["backup", "backup.jsonl"]);
    assert!(!ok && error.contains("there is no fixi.db in it"), "{error}");
}

/// B130, B131: a person's data in a file for its user only, and nothing left of them but with the word for it.
#[test]
fn a_person_is_taken_out_and_removed() {
    let data = tempfile::tempdir().expect("a folder");
    run(data.path(), &["business", "import", &demo_file()]);
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let store = bot::store::Store::open_embedded(data.path()).await.expect("the store");
        let person =
            serde_json::json!({"id": "p-dana", "business": "fixi", "name": "דנה", "phone": "+972500001001"});
        let chat = serde_json::json!({
            "id": "c-dana", "business": "fixi", "contact": "p-dana",
            "place": {"channel": "meta", "account": "1", "address": "972500001001"},
        });
        let documents = vec![
            Document::Contact(serde_json::from_value(person).expect("a contact")),
            Document::Conversation(serde_json::from_value(chat).expect("a chat")),
        ];
        let documents = documents.into_iter().map(|document| (Expect::Absent, document)).collect();
        store.put_documents(documents, chrono::Utc::now()).await.expect("written");
        store.close().await.expect("closed");
    });
    let file = data.path().join("dana.json");
    let file = file.to_string_lossy();
    let (_, error, ok) = run(data.path(), &["export-contact", "p-nobody", &file]);
    assert!(!ok && error.contains("p-nobody"), "{error}");
    let (told, error, ok) = run(data.path(), &["export-contact", "p-dana", &file]);
    assert!(ok && told.contains("dana.json"), "{told} {error}");
    let text = std::fs::read_to_string(&*file).expect("the file");
    assert!(text.contains("דנה") && text.contains("+972500001001") && !told.contains("+972"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(&*file).expect("the file").permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "for this user only");
    }
    let (_, error, ok) = run(data.path(), &["export-contact", "p-dana", &file]);
    assert!(!ok && error.contains("must not be there"), "{error}");

    let erase = |typed: &str| {
        let mut child = fixi()
            .env("FIXI_DATA_DIR", data.path())
            .args(["erase-contact", "p-dana"])
            .stdin(std::process::Stdio::piped())
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::piped())
            .spawn()
            .expect("fixi starts");
        let mut stdin = child.stdin.take().expect("its input");
        // Whoever refuses at once does not read it.
        let _ = std::io::Write::write_all(&mut stdin, typed.as_bytes());
        drop(stdin);
        let output = child.wait_with_output().expect("it ends");
        (output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    assert!(!erase("yes\n").0 && !erase("").0, "not without the word (B132)");
    let (ok, error) = erase("erase p-dana\n");
    assert!(ok, "{error}");
    let (ok, error) = erase("erase p-dana\n");
    assert!(!ok && error.contains("no person"), "{error}");
    let (_, error, ok) = run(data.path(), &["export-contact", "p-dana", &format!("{file}.2")]);
    assert!(!ok && error.contains("no person"), "{error}");
}
