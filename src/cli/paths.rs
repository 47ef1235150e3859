//! What is wrong with a path, and what is there instead.
//!
//! Goes in: a path that cannot be used. Comes out: a failure with the nearest name that exists, or
//! what a folder holds. Never reads a file.

use std::io;
use std::path::{Path, PathBuf};

use plumbrule::fold::nearest;
use plumbrule::message::Message;

use super::load::{RULES, TABLES};
use super::output::{Failure, why};
use super::shell::quoted;

/// Names of a folder that are told; more are counted.
const MOST_NAMES: usize = 6;

/// No file and no folder has this name.
pub(crate) fn missing(path: &Path) -> Failure {
    let message = Message::new("cli-no-file").with("file", path.display().to_string());
    Failure::Message(message, Some(near(path).unwrap_or_else(|| beside(path))))
}

/// No file fits a pattern.
pub(crate) fn no_match(pattern: &Path) -> Failure {
    let shown = pattern.display().to_string();
    let message = Message::new("cli-no-match").with("pattern", shown);
    // The folder before the first part that stands for several.
    let is_plain = |part: &&Path| super::found::pattern(part).is_none();
    let folder = pattern.ancestors().skip(1).find(is_plain);
    let folder = folder.filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    let help = if folder.is_dir() {
        what_is_there(folder)
    } else {
        near(folder).unwrap_or_else(|| beside(folder))
    };
    Failure::Message(message, Some(help))
}

/// What stands where a path stops being there.
fn beside(path: &Path) -> Message {
    let mut above = path.parent();
    while let Some(folder) = above.filter(|folder| !is_here(folder)) {
        above = folder.parent();
    }
    let here = Path::new(".");
    let folder = above.filter(|folder| !folder.as_os_str().is_empty());
    what_is_there(folder.unwrap_or(here))
}

/// A path that may be meant: its first name that is not there, next to what is.
fn near(path: &Path) -> Option<Message> {
    let mut wrong = path;
    while let Some(above) = wrong.parent().filter(|above| !is_here(above)) {
        wrong = above;
    }
    let folder = wrong.parent().filter(|above| !above.as_os_str().is_empty());
    let wanted = wrong.file_name()?.to_string_lossy().into_owned();
    let names = names(folder.unwrap_or(Path::new(".")));
    let (name, _) = nearest(&wanted, names.iter().map(String::as_str))?;
    let meant = folder.map_or_else(|| PathBuf::from(name), |folder| folder.join(name));
    let rest = path.strip_prefix(wrong).ok()?;
    // The names below it, where they are there too.
    let whole = meant.join(rest);
    let meant = if rest.as_os_str().is_empty() || !whole.exists() {
        meant
    } else {
        whole
    };
    Some(Message::new("help-nearest").with("name", meant.display().to_string()))
}

fn is_here(path: &Path) -> bool {
    path.as_os_str().is_empty() || path.exists()
}

/// The names in a folder, in order, hidden ones left out.
fn names(folder: &Path) -> Vec<String> {
    let entries = folder.read_dir().into_iter().flatten().flatten();
    let mut names: Vec<String> = entries
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| !name.starts_with('.'))
        .collect();
    names.sort();
    names
}

/// No rule file is in these paths.
pub(crate) fn no_rules(paths: &[PathBuf]) -> Failure {
    let shown: Vec<String> = paths
        .iter()
        .map(|path| path.display().to_string())
        .collect();
    let message = Message::new("cli-no-rules").with("paths", shown);
    let folder = paths.iter().find(|path| path.is_dir());
    if let Some(folder) = folder.filter(|folder| holds(folder, TABLES)) {
        let line = format!("--figures {}", quoted(folder));
        let help = Message::new("help-table-as-rules").with("line", line);
        return Failure::Message(message, Some(help));
    }
    Failure::Message(message, folder.map(|folder| what_is_there(folder)))
}

/// No table is in this folder.
pub(crate) fn no_tables(path: &Path) -> Failure {
    let message = Message::new("cli-no-tables")
        .with("path", path.display().to_string())
        .with("endings", TABLES.to_vec());
    if holds(path, &[RULES]) {
        return Failure::Message(message, Some(Message::new("help-rules-as-table")));
    }
    Failure::Message(message, Some(what_is_there(path)))
}

/// Whether a folder holds a file with one of the endings, at any depth.
pub(crate) fn holds(folder: &Path, endings: &[&str]) -> bool {
    super::load::files(folder, endings).is_ok_and(|found| !found.is_empty())
}

fn what_is_there(folder: &Path) -> Message {
    let mut names = names(folder);
    let folder = folder.display().to_string();
    if names.is_empty() {
        return Message::new("help-folder-empty").with("folder", folder);
    }
    let n_more = names.len().saturating_sub(MOST_NAMES);
    names.truncate(MOST_NAMES);
    if n_more == 0 {
        return Message::new("help-folder-holds")
            .with("folder", folder)
            .with("names", names);
    }
    Message::new("help-folder-holds-more")
        .with("folder", folder)
        .with("names", names)
        .with("more", n_more)
}

/// Refuses a table where rules are expected.
pub(crate) fn expect_rules(path: &Path) -> Result<(), Failure> {
    let is_table = has_ending(path, TABLES);
    if path.is_dir() || !is_table {
        return Ok(());
    }
    let name = path.display().to_string();
    let line = format!("--figures {}", quoted(path));
    let message = Message::new("cli-table-as-rules").with("file", name);
    Err(Failure::Message(
        message,
        Some(Message::new("help-table-as-rules").with("line", line)),
    ))
}

/// Refuses a rule file where tables are expected.
pub(crate) fn expect_tables(path: &Path) -> Result<(), Failure> {
    if path.is_dir() || !has_ending(path, &[RULES]) {
        return Ok(());
    }
    let message = Message::new("cli-rules-as-table").with("file", path.display().to_string());
    Err(Failure::Message(
        message,
        Some(Message::new("help-rules-as-table")),
    ))
}

pub(crate) fn has_ending(path: &Path, endings: &[&str]) -> bool {
    let ending = path.extension();
    ending.is_some_and(|ending| {
        let mut known = endings.iter();
        known.any(|known| ending.eq_ignore_ascii_case(known))
    })
}

/// A folder that must be there and is not.
pub(crate) fn no_folder(folder: &Path) -> Failure {
    let name = folder.display().to_string();
    if folder.exists() {
        return Failure::new(Message::new("init-no-folder").with("folder", name));
    }
    let help = near(folder).unwrap_or_else(|| {
        Message::new("help-make-folder").with("line", format!("mkdir -p {}", quoted(folder)))
    });
    Failure::Message(
        Message::new("cli-no-folder").with("folder", name),
        Some(help),
    )
}

/// Why a file cannot be written, where its place tells.
pub(crate) fn unwritable(file: &Path, error: &io::Error) -> Failure {
    let name = file.display().to_string();
    if file.is_dir() {
        let inside = file.join("report.txt").display().to_string();
        return Failure::Message(
            Message::new("cli-out-is-folder").with("folder", name),
            Some(Message::new("help-out-inside").with("file", inside)),
        );
    }
    let folder = file.parent().filter(|above| !above.as_os_str().is_empty());
    match folder {
        Some(folder) if !folder.is_dir() => no_folder(folder),
        _ => Failure::new(
            Message::new("cli-write")
                .with("file", name)
                .with("why", why(error)),
        ),
    }
}

/// Packs that stand here: this folder, where it holds rule files, else those below `rules`, the
/// standard library left out, in order.
pub(crate) fn packs() -> Vec<PathBuf> {
    let here = names(Path::new("."));
    if here
        .iter()
        .any(|name| has_ending(Path::new(name), &[RULES]))
    {
        return vec![PathBuf::from(".")];
    }
    let root = Path::new("rules");
    let folders = names(root).into_iter().filter(|name| name != "std");
    let folders = folders.map(|name| root.join(name));
    folders.filter(|path| path.is_dir()).collect()
}
