//! The README's tables say what the program does.

use agents::table;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

fn readme() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../README.md");
    std::fs::read_to_string(path).expect("the README")
}

#[test]
fn every_setting_is_in_the_table() {
    let readme = readme();
    for (name, default, meaning) in bot::config::VARIABLES {
        let default = if default.is_empty() { "none".to_owned() } else { format!("`{default}`") };
        let row = format!("| `{name}` | {default} | {meaning} |");
        assert!(readme.contains(&row), "the README lacks this line:\n{row}");
    }
}

#[test]
fn every_folder_of_the_code_map_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let readme = readme();
    let paths = readme.split('`').skip(1).step_by(2).filter(|code| {
        ["agents/", "bot/", "locales/", "prompts/", "scripts/", "tests/"]
            .iter()
            .any(|start| code.starts_with(start))
            && !code.contains(['<', ' ', '*'])
    });
    for path in paths {
        assert!(root.join(path).exists(), "the README names {path}, which does not exist");
    }
}

const TABLE_BEGINS: &str = "<!-- table begins -->\n";
const TABLE_ENDS: &str = "<!-- table ends -->";

/// The table as readers see it: per state one line per act with the intents that lead there.
fn printed_table() -> String {
    let mut out = String::new();
    let mut last = None;
    let cells = table::cells();
    for cell in &cells {
        if last == Some((cell.role, cell.state)) {
            continue;
        }
        last = Some((cell.role, cell.state));
        let mut acts: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for other in cells.iter().filter(|other| (other.role, other.state) == (cell.role, cell.state)) {
            acts.entry(other.act).or_default().push(other.intent);
        }
        let _ = writeln!(out, "{}/{}", cell.role.key(), cell.state);
        for (act, intents) in acts {
            let _ = writeln!(out, "  {act}: {}", intents.join(" "));
        }
    }
    format!("\n```text\n{out}```\n\n")
}

/// With `UPDATE_README=1` the table is written instead of compared.
#[test]
fn the_table_is_printed_as_it_is() {
    let readme = readme();
    let (before, rest) = readme.split_once(TABLE_BEGINS).expect("the marker before the table");
    let (shown, after) = rest.split_once(TABLE_ENDS).expect("the marker after the table");
    let table = printed_table();
    if std::env::var_os("UPDATE_README").is_some() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../README.md");
        std::fs::write(path, format!("{before}{TABLE_BEGINS}{table}{TABLE_ENDS}{after}"))
            .expect("a README that can be written");
        return;
    }
    assert!(shown == table, "the README shows another table; UPDATE_README=1 writes it:\n{table}");
}
