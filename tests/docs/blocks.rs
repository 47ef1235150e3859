//! Blocks of the manual: printed commands with their output, and quoted files.

use std::path::{Path, PathBuf};

use super::{plumbrule, root};

/// The text with every output and quoted file as it is now.
pub(crate) fn renewed(text: &str) -> String {
    let mut out = String::new();
    let mut lines = text.lines();
    let mut above = "";
    let mut scratch = None;
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
            if above == "<!-- scratch -->" {
                let folder = scratch.get_or_insert_with(|| changed_copy(""));
                out.push_str(&without_digests(&session(&body, Some(folder), head)));
            } else {
                let folder = argument(above, "<!-- change ").map(changed_copy);
                out.push_str(&session(&body, folder.as_ref(), head));
                folder.map(std::fs::remove_dir_all).transpose().unwrap();
            }
        } else {
            out.extend(body.iter().flat_map(|line| [*line, "\n"]));
        }
        out.push_str("```\n");
        above = "";
    }
    scratch.map(std::fs::remove_dir_all).transpose().unwrap();
    out
}

fn argument<'t>(line: &'t str, start: &str) -> Option<&'t str> {
    line.strip_prefix(start)?.strip_suffix(" -->")
}

/// Runs the commands of a block and writes them with what they say.
fn session(body: &[&str], folder: Option<&PathBuf>, head: Option<usize>) -> String {
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
        if let (Some(edit), Some(folder)) = (command.strip_prefix("sed -i "), folder) {
            replace(edit, folder);
            continue;
        }
        let said = run(command, folder, &mut status);
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
    out
}

/// `s/A/B/ FILE`, for plain texts, below a folder.
fn replace(edit: &str, folder: &Path) {
    let (words, file) = edit.rsplit_once(' ').unwrap();
    let words: Vec<&str> = words.split('/').collect();
    let ["s", from, to, ""] = words[..] else {
        unreachable!("an edit that this test cannot make: {edit}")
    };
    let file = folder.join(file);
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.contains(from), "{edit}");
    std::fs::write(file, text.replace(from, to)).unwrap();
}

/// The text with digests and key ids as an ellipsis: they differ with every release or key.
fn without_digests(text: &str) -> String {
    let mut out = String::new();
    let mut digits = String::new();
    for c in text.chars().chain(['\0']) {
        if c.is_ascii_hexdigit() {
            digits.push(c);
            continue;
        }
        out.push_str(if digits.len() == 64 { "…" } else { &digits });
        digits.clear();
        out.push(c);
    }
    out.trim_end_matches('\0').to_owned()
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
    let (from, to) = change.split_once(" to ").unwrap_or_default();
    let (from, to) = (from.trim_matches('"'), to.trim_matches('"'));
    let mut folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let name: String = change.bytes().map(|byte| format!("{byte:x}")).collect();
    folder.push(format!(
        "copy-{}",
        name.chars().take(60).collect::<String>()
    ));
    if folder.exists() {
        std::fs::remove_dir_all(&folder).unwrap();
    }
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
