//! Blocks of the manual: printed commands with their output, and quoted files.

use std::path::{Path, PathBuf};

use super::{plumbrule, root};

/// A block of a page: what stands behind its fence, the comment above it, its lines, and the
/// number of its first line.
pub(crate) struct Block<'t> {
    pub(crate) language: &'t str,
    pub(crate) above: &'t str,
    pub(crate) body: Vec<&'t str>,
    pub(crate) line: usize,
}

impl<'t> Block<'t> {
    /// What a comment such as `<!-- file PATH -->` above the block says, without its first word.
    pub(crate) fn says(&self, word: &str) -> Option<&'t str> {
        let inner = self.above.strip_prefix("<!-- ")?.strip_suffix(" -->")?;
        let rest = inner.strip_prefix(word)?;
        (rest.is_empty() || rest.starts_with(' ')).then(|| rest.trim_start())
    }
}

/// The blocks of a page that have a language.
pub(crate) fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut found = Vec::new();
    let mut lines = text.lines().enumerate();
    let mut above = "";
    while let Some((at, line)) = lines.next() {
        let Some(language) = line.strip_prefix("```").filter(|name| !name.is_empty()) else {
            above = if line.is_empty() { above } else { line };
            continue;
        };
        let body = lines.by_ref().map(|(_, line)| line);
        found.push(Block {
            language,
            above,
            line: at + 1,
            body: body.take_while(|line| *line != "```").collect(),
        });
        above = "";
    }
    found
}

/// The text with every output and quoted file as it is now.
pub(crate) fn renewed(page: &Path, text: &str) -> String {
    let scratch = scratch_of(page);
    let _ = std::fs::remove_dir_all(&scratch);
    let mut out = String::new();
    let mut lines = text.lines().enumerate();
    let mut found = blocks(text).into_iter().peekable();
    while let Some((at, line)) = lines.next() {
        out.push_str(line);
        out.push('\n');
        let Some(block) = found.next_if(|block| block.line == at + 1) else {
            continue;
        };
        for _ in 0..=block.body.len() {
            lines.next();
        }
        if let Some(file) = block.says("file") {
            out.push_str(&std::fs::read_to_string(root().join(file)).unwrap());
        } else if block.language.split(' ').next() == Some("console") {
            let folder = match (
                block.says("in"),
                block.says("change"),
                block.says("scratch"),
            ) {
                (Some(folder), ..) => filled(&scratch, folder),
                (_, Some(change), _) => changed_copy(&scratch.join("changed"), change),
                (.., Some(_)) => {
                    filled(&scratch, "examples/first-pack");
                    scratch.clone()
                }
                _ => root().to_owned(),
            };
            let head = block.language.split("head=").nth(1);
            out.push_str(&session(&block, &folder, head.map(|n| n.parse().unwrap())));
        } else {
            out.extend(block.body.iter().flat_map(|line| [*line, "\n"]));
        }
        out.push_str("```\n");
    }
    assert!(found.next().is_none(), "a block that was passed over");
    let _ = std::fs::remove_dir_all(&scratch);
    out
}

/// The folder in which the commands of a page may write.
fn scratch_of(page: &Path) -> PathBuf {
    let name: Vec<_> = page.strip_prefix(root()).unwrap().iter().collect();
    let name = name.join(std::ffi::OsStr::new("-"));
    Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("docs")
        .join(name)
}

/// A folder of the repository in the scratch folder of a page: a copy, or empty if there is none.
fn filled(scratch: &Path, folder: &str) -> PathBuf {
    let to = scratch.join(folder);
    if to.exists() {
        return to;
    }
    std::fs::create_dir_all(&to).unwrap();
    for entry in std::fs::read_dir(root().join(folder)).into_iter().flatten() {
        let file = entry.unwrap();
        std::fs::copy(file.path(), to.join(file.file_name())).unwrap();
    }
    to
}

/// Runs the commands of a block and writes them with what they say.
fn session(block: &Block<'_>, folder: &Path, head: Option<usize>) -> String {
    let mut out = String::new();
    let mut status = 0;
    for line in block.body.iter().filter(|line| line.starts_with("$ ")) {
        out.push_str(line);
        out.push('\n');
        let command = line.trim_start_matches("$ ");
        if command == "echo $?" {
            out.push_str(&format!("{status}\n"));
            continue;
        }
        if let Some(edit) = command.strip_prefix("sed -i ") {
            replace(edit, folder);
            continue;
        }
        let mut said = run(command, folder, &mut status);
        if folder != root() {
            said = without_digests(&said);
        }
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

/// `s/A/B/ FILE`, for plain texts, below a scratch folder.
fn replace(edit: &str, folder: &Path) {
    assert_ne!(folder, root(), "an edit of the repository: {edit}");
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

fn run(command: &str, folder: &Path, status: &mut i32) -> String {
    let arguments = command
        .strip_prefix("cargo run -- ")
        .or_else(|| command.strip_prefix("plumbrule "));
    assert!(
        arguments.is_some(),
        "a command that this test cannot run: {command}"
    );
    let output = plumbrule()
        .args(words(arguments.unwrap_or_default()))
        .current_dir(folder)
        .output()
        .unwrap();
    *status = output.status.code().unwrap();
    let errors = String::from_utf8(output.stderr).unwrap();
    errors + &String::from_utf8(output.stdout).unwrap()
}

/// The words of a command; quotes hold blanks together.
fn words(command: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (n, part) in command.split('"').enumerate() {
        if n % 2 == 1 {
            words.push(part.to_owned());
        } else {
            words.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    words
}

/// A copy of the first pack in which `"a" to "b"` was changed, in whichever file holds `a`.
fn changed_copy(folder: &Path, change: &str) -> PathBuf {
    let (from, to) = change.split_once(" to ").unwrap();
    let (from, to) = (from.trim_matches('"'), to.trim_matches('"'));
    let _ = std::fs::remove_dir_all(folder);
    let pack = filled(folder, "examples/first-pack");
    let mut is_changed = false;
    for entry in std::fs::read_dir(pack).unwrap() {
        let file = entry.unwrap().path();
        let text = std::fs::read_to_string(&file).unwrap();
        is_changed |= text.contains(from);
        std::fs::write(&file, text.replacen(from, to, 1)).unwrap();
    }
    assert!(is_changed, "no file holds {from}");
    folder.to_owned()
}
