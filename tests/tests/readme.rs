//! The README's tables say what the program does.

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
