//! Blocks of the manual: printed commands with their output, and quoted files.

use std::path::PathBuf;

use super::{plumbrule, root};

/// The text with every output and quoted file as it is now.
pub(crate) fn renewed(text: &str) -> String {
    let mut out = String::new();
    let mut lines = text.lines();
    let mut above = "";
    while let Some(line) = lines.next() {
        out.push_str(line);
        out.push('\n');
        let Some(language) = line.strip_prefix("```").filter(|name| !name.is_empty()) else {
            above = if line.is_empty() { above } else { line };
            continue;
        };
        let body: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        let file = argument(above, "<!-- file ");
        let is_console = language.split(' ').next() == Some("console");
        if let Some(file) = file {
            out.push_str(&std::fs::read_to_string(root().join(file)).unwrap());
        } else if is_console {
            let head = language.split("head=").nth(1).map(|n| n.parse().unwrap());
            out.push_str(&session(&body, argument(above, "<!-- change "), head));
        } else {
            out.extend(body.iter().flat_map(|line| [*line, "\n"]));
        }
        out.push_str("```\n");
        above = "";
    }
    out
}

fn argument<'t>(line: &'t str, start: &str) -> Option<&'t str> {
    line.strip_prefix(start)?.strip_suffix(" -->")
}

/// Runs the commands of a block and writes them with what they say.
fn session(body: &[&str], change: Option<&str>, head: Option<usize>) -> String {
    let folder = change.map(changed_copy);
    let mut out = String::new();
    let mut status = 0;
    for line in body.iter().filter(|line| line.starts_with("$ ")) {
        out.push_str(line);
        out.push('\n');
        let command = line.trim_start_matches("$ ");
        if command == "echo $?" {
            out.push_str(&format!("{status}\n"));
            continue;
        }
        let said = run(command, folder.as_ref(), &mut status);
        let n_lines = said.lines().count();
        let kept = head.unwrap_or(n_lines).min(n_lines);
        for line in said.lines().take(kept) {
            out.push_str(line.trim_end());
            out.push('\n');
        }
        if kept < n_lines {
            out.push_str("…\n");
        }
    }
    if let Some(folder) = folder {
        std::fs::remove_dir_all(folder).unwrap();
    }
    out
}

fn run(command: &str, folder: Option<&PathBuf>, status: &mut i32) -> String {
    let line = command.strip_prefix("cargo run --release -- ");
    assert!(
        line.is_some(),
        "a command that this test cannot run: {command}"
    );
    let output = plumbrule()
        .args(line.unwrap_or_default().split_whitespace())
        .current_dir(folder.map_or_else(|| root().to_owned(), Clone::clone))
        .output()
        .unwrap();
    *status = output.status.code().unwrap();
    let errors = String::from_utf8(output.stderr).unwrap();
    errors + &String::from_utf8(output.stdout).unwrap()
}

/// A copy of the first pack in which `"a" to "b"` was changed, in whichever file holds `a`.
fn changed_copy(change: &str) -> PathBuf {
    let (from, to) = change.split_once(" to ").unwrap();
    let (from, to) = (from.trim_matches('"'), to.trim_matches('"'));
    let mut folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let name: String = change.bytes().map(|byte| format!("{byte:x}")).collect();
    folder.push(name.chars().take(60).collect::<String>());
    let pack = folder.join("examples/first-pack");
    std::fs::create_dir_all(&pack).unwrap();
    let mut is_changed = false;
    for name in ["pack.plumb", "pack.zh.plumb", "figures.csv"] {
        let text = std::fs::read_to_string(root().join("examples/first-pack").join(name)).unwrap();
        is_changed |= text.contains(from);
        std::fs::write(pack.join(name), text.replacen(from, to, 1)).unwrap();
    }
    assert!(is_changed, "no file holds {from}");
    folder
}
