//! The rules of the house that no compiler checks: who may depend on whom, what stays pure, where things live, how
//! files begin and how long they may grow. It changes nothing.

use anyhow::{Context, ensure};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Which members each member may depend on.
const MEMBERS: &[(&str, &[&str])] = &[
    ("admin-api", &[]),
    ("prompts", &[]),
    ("locales", &[]),
    ("agents", &["prompts", "locales"]),
    ("emulator", &[]),
    ("bot", &["agents", "locales", "prompts", "emulator"]),
    ("xtask", &["emulator"]),
    ("tests", &["agents", "bot", "emulator", "locales"]),
];

/// What decisions must not touch: IO, clock, chance, async and logging.
const IMPURE: &[&str] = &[
    "tokio::",
    "std::fs",
    "std::net",
    "std::env",
    "SystemTime",
    "Instant::now",
    "Utc::now",
    "Local::now",
    "rand::",
    "tracing::",
    "println!",
    "eprintln!",
    "async fn",
    "reqwest",
];

/// Crates that only one folder may use.
const CONFINED: &[(&str, &str)] = &[
    ("rusqlite::", "bot/src/store/embedded"),
    ("mongodb::", "bot/src/store/mongo"),
    ("bson::", "bot/src/store/mongo"),
    ("reqwest::", "bot/src/outside.rs"),
    ("apalis::", "bot/src/jobs"),
    ("apalis_core::", "bot/src/jobs"),
];

/// The longest file. Past it an idea of its own has grown inside.
const LONGEST: usize = 600;

/// Checks everything and reports all that is wrong at once.
pub(crate) fn run() -> anyhow::Result<()> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).parent().context("the workspace")?.to_owned();
    let mut wrong = dependencies(&root)?;
    for file in rust_files(&root)? {
        let text = std::fs::read_to_string(root.join(&file))?;
        wrong.extend(check_file(&file, &text));
    }
    for problem in &wrong {
        eprintln!("tidy: {problem}");
    }
    ensure!(wrong.is_empty(), "{} rules are broken", wrong.len());
    Ok(())
}

/// Whether a line names something, and not something else that ends like it.
fn uses(line: &str, name: &str) -> bool {
    line.match_indices(name).any(|(at, _)| !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_'))
}

/// What is wrong with the members' dependencies.
fn dependencies(root: &Path) -> anyhow::Result<Vec<String>> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
        .current_dir(root)
        .output()
        .context("cargo metadata")?;
    ensure!(output.status.success(), "cargo metadata failed: {}", String::from_utf8_lossy(&output.stderr));
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout)?;
    let packages = metadata["packages"].as_array().context("packages")?;
    let mut found = BTreeMap::new();
    for package in packages {
        let name = package["name"].as_str().unwrap_or_default().to_owned();
        let names: BTreeSet<String> = package["dependencies"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|dependency| dependency["name"].as_str().map(str::to_owned))
            .collect();
        found.insert(name, names);
    }
    Ok(check_dependencies(&found))
}

fn check_dependencies(found: &BTreeMap<String, BTreeSet<String>>) -> Vec<String> {
    let mut wrong = Vec::new();
    for (name, dependencies) in found {
        let Some((_, allowed)) = MEMBERS.iter().find(|(member, _)| member == name) else {
            wrong.push(format!("{name} is a new member: say in scripts/src/tidy.rs what it may depend on"));
            continue;
        };
        for dependency in dependencies.iter().filter(|dependency| found.contains_key(*dependency)) {
            if dependency != name && !allowed.contains(&dependency.as_str()) {
                wrong.push(format!("{name} must not depend on {dependency}"));
            }
        }
    }
    wrong
}

fn check_file(file: &str, text: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    if !text.starts_with("//!") {
        wrong.push(format!("{file} does not begin with `//!`: what it is, what it never does"));
    }
    let length = text.lines().count();
    if length > LONGEST {
        wrong.push(format!("{file} has {length} lines: split it by idea before {LONGEST}"));
    }
    let code: Vec<&str> = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    if file.starts_with("agents/src/") {
        for impure in IMPURE {
            if code.iter().any(|line| uses(line, impure)) {
                wrong.push(format!("{file} is a decision and must not use `{impure}`"));
            }
        }
    }
    for (crate_name, folder) in CONFINED {
        let is_product =
            ["agents/", "bot/src/", "locales/", "prompts/"].iter().any(|start| file.starts_with(start));
        if is_product
            && !file.ends_with("/tests.rs")
            && !file.starts_with(folder)
            && code.iter().any(|line| line.contains(crate_name))
        {
            wrong.push(format!("{file} must not use `{crate_name}`: that belongs to {folder}"));
        }
    }
    for (stub, what) in [("todo!(", "a stub"), ("unimplemented!(", "a stub"), ("#[ignore", "an ignored test")]
    {
        // This file names them to look for them.
        if file != "scripts/src/tidy.rs" && code.iter().any(|line| line.contains(stub)) {
            wrong.push(format!("{file} has {what}: `{stub}`"));
        }
    }
    wrong
}

/// Every Rust file that git knows or would add, relative to the root.
fn rust_files(root: &Path) -> anyhow::Result<Vec<String>> {
    let output = Command::new("git")
        .args(["ls-files", "--cached", "--others", "--exclude-standard", "*.rs"])
        .current_dir(root)
        .output()
        .context("git ls-files")?;
    ensure!(output.status.success(), "git ls-files failed: {}", String::from_utf8_lossy(&output.stderr));
    let files = String::from_utf8(output.stdout)?;
    Ok(files.lines().filter(|file| root.join(file).exists()).map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dependency_backwards_is_found() {
        let names =
            |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<String>>();
        let mut found = BTreeMap::from([
            ("agents".to_owned(), names(&["locales"])),
            ("bot".to_owned(), names(&["agents"])),
            ("locales".to_owned(), names(&[])),
        ]);
        assert!(check_dependencies(&found).is_empty());
        found.insert("agents".to_owned(), names(&["bot"]));
        assert_eq!(check_dependencies(&found), ["agents must not depend on bot"]);
        found.insert("extra".to_owned(), names(&[]));
        assert_eq!(check_dependencies(&found).len(), 2);
    }

    #[test]
    fn each_rule_of_a_file_can_fail() {
        assert!(check_file("agents/src/a.rs", "//! A.\nfn a() {}\n").is_empty());
        let broken = [
            ("agents/src/a.rs", "fn a() {}\n".to_owned()),
            ("agents/src/a.rs", "//! A.\nlet now = Utc::now();\n".to_owned()),
            ("bot/src/a.rs", "//! A.\nuse rusqlite::Connection;\n".to_owned()),
            ("bot/src/a.rs", format!("//! A.\n{}", "\n".repeat(LONGEST))),
            ("bot/src/a.rs", "//! A.\nfn a() { todo!() }\n".to_owned()),
        ];
        for (file, text) in broken {
            assert_eq!(check_file(file, &text).len(), 1, "{text}");
        }
    }
}
