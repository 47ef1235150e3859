//! What the code says about messages, read from its text: string literals, and
//! the places at which a sentence is made with the arguments that it gets.

use std::collections::BTreeSet;
use std::path::Path;

/// A place at which a sentence is made.
#[derive(Debug)]
pub(crate) struct Use {
    /// The key, or the name of a diagnostic code.
    pub(crate) key: String,
    /// The arguments that it gets there.
    pub(crate) arguments: BTreeSet<String>,
}

/// All files of `src` with their names, in order.
pub(crate) fn sources() -> Vec<(String, String)> {
    let mut found = Vec::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![root];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                found.push((path.display().to_string(), text));
            }
        }
    }
    found.sort();
    assert!(!found.is_empty());
    found
}

/// The byte after a string, comment or character that starts at `at`, if one does.
fn skip(text: &str, at: usize) -> Option<usize> {
    let rest = &text[at..];
    if rest.starts_with("//") {
        return Some(at + rest.find('\n').unwrap_or(rest.len()));
    }
    if rest.starts_with("'\"'") {
        return Some(at + 3);
    }
    if rest.starts_with("'\\\"'") {
        return Some(at + 4);
    }
    if rest.starts_with("r#\"") {
        return Some(at + rest.find("\"#").map_or(rest.len(), |end| end + 2));
    }
    if !rest.starts_with('"') {
        return None;
    }
    let bytes = rest.as_bytes();
    let mut end = 1;
    while end < bytes.len() && bytes[end] != b'"' {
        end += if bytes[end] == b'\\' { 2 } else { 1 };
    }
    Some(at + (end + 1).min(rest.len()))
}

/// All string literals, as written.
pub(crate) fn literals(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        match skip(text, at) {
            Some(end) => {
                if text[at..].starts_with('"') && end - at >= 2 {
                    found.push(text[at + 1..end - 1].to_owned());
                }
                at = end;
            }
            None => at += text[at..].chars().next().map_or(1, char::len_utf8),
        }
    }
    found
}

/// The byte after the bracket that closes the one at `open`.
fn close(text: &str, open: usize) -> usize {
    let (mut depth, mut at) = (0, open);
    while at < text.len() {
        if let Some(end) = skip(text, at) {
            at = end;
            continue;
        }
        match text.as_bytes()[at] {
            b'(' => depth += 1,
            b')' => depth -= 1,
            _ => {}
        }
        at += 1;
        if depth == 0 {
            break;
        }
    }
    at
}

/// The arguments that `.with("…", …)` calls give in a chain behind `at`.
fn chained(text: &str, mut at: usize) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    loop {
        at += text[at..].len() - text[at..].trim_start().len();
        let Some(call) = text[at..].strip_prefix('.') else {
            break;
        };
        let name: String = call
            .chars()
            .take_while(|c| c.is_alphanumeric() || *c == '_')
            .collect();
        let open = at + 1 + name.len();
        if !text[open..].starts_with('(') {
            break;
        }
        let end = close(text, open);
        if name == "with" {
            found.extend(literals(&text[open..end]).into_iter().next());
        }
        at = end;
    }
    found
}

/// The arguments in the next lines, for sentences that are filled in several steps.
fn nearby(text: &str, from: usize, stop: &str) -> BTreeSet<String> {
    let rest = &text[from..];
    let end = rest.find(stop).unwrap_or(rest.len());
    let end = rest[..end]
        .char_indices()
        .nth(1500)
        .map_or(end, |(at, _)| at);
    let names = rest[..end]
        .split(".with(\"")
        .skip(1)
        .filter_map(|part| part.split('"').next());
    names.map(str::to_owned).collect()
}

/// All places at which a sentence with a fixed key is made.
pub(crate) fn uses(text: &str) -> Vec<Use> {
    let mut found = Vec::new();
    for start in ["Message::new(", "Diagnostic::new("] {
        for (at, _) in text.match_indices(start) {
            let open = at + start.len() - 1;
            let end = close(text, open);
            let inside = text[open + 1..end].trim_start();
            let key = match inside.strip_prefix("Code::") {
                Some(name) => name.chars().take_while(|c| c.is_alphanumeric()).collect(),
                None if inside.starts_with('"') => literals(inside).remove(0),
                None => continue,
            };
            let is_bound = text[end..].starts_with(';');
            let arguments = if is_bound {
                nearby(text, end, "::new(")
            } else {
                chained(text, end)
            };
            found.push(Use { key, arguments });
        }
    }
    for prefix in ["\"figure-", "\"printed-"] {
        for (at, _) in text.match_indices(prefix) {
            let key = literals(&text[at..]).remove(0);
            let from = at + key.len() + 2;
            let stop = if prefix == "\"printed-" {
                "fn "
            } else {
                prefix
            };
            found.push(Use {
                key,
                arguments: nearby(text, from, stop),
            });
        }
    }
    found
}
