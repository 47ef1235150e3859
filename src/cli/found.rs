//! Paths, patterns and the input stream to files.
//!
//! Goes in: what was asked for. Comes out: each file once, in an order that does not hang on the
//! system. Follows links, and never in a circle.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{IsTerminal, Read};
use std::path::{Path, PathBuf};

use glob::{MatchOptions, glob_with};

use plumbrule::bulk::{self, Bytes, SourceOptions};
use plumbrule::message::Message;
use plumbrule::report::{begins_as_result, has_heads_of_result};

use super::args::TableArgs;
use super::columns::disk::OnDisk;
use super::load::{table_files, unreadable};
use super::output::{Failure, why};
use super::paths;

/// What stands for the input stream.
pub(crate) const STDIN: &str = "-";
/// Folders inside each other that are looked through.
const DEEPEST: usize = 32;
/// Files and folders that are looked at for one path.
const MOST_ENTRIES: usize = 1_000_000;

/// One table that is to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Input {
    File(PathBuf),
    /// The input stream, and the name that tells its format.
    Stdin(Option<String>),
}

impl Input {
    /// Its name in messages and receipts.
    pub(crate) fn name(&self) -> String {
        match self {
            Input::File(path) => path.display().to_string(),
            Input::Stdin(None) => STDIN.to_owned(),
            Input::Stdin(Some(name)) => format!("{STDIN}:{name}"),
        }
    }

    /// Its bytes; of more than `most` one more than that, and how many there are if that is known.
    pub(crate) fn read(&self, most: usize) -> Result<(Vec<u8>, Option<usize>), Failure> {
        let mut bytes = Vec::new();
        match self {
            Input::File(path) => {
                let failed = |error| unreadable(path, &error);
                let mut file = std::fs::File::open(path).map_err(failed)?;
                let size = file.metadata().map_or(0, |data| data.len());
                let size = usize::try_from(size).unwrap_or(usize::MAX);
                if size > most {
                    return Ok((bytes, Some(size)));
                }
                bytes.reserve_exact(size + 1);
                file.by_ref()
                    .take(most as u64 + 1)
                    .read_to_end(&mut bytes)
                    .map_err(failed)?;
            }
            Input::Stdin(_) => {
                let stdin = std::io::stdin().lock();
                stdin
                    .take(most as u64 + 1)
                    .read_to_end(&mut bytes)
                    .map_err(|error| {
                        Failure::new(
                            Message::new("cli-read")
                                .with("file", STDIN)
                                .with("why", why(&error)),
                        )
                    })?;
            }
        }
        let found = bytes.len();
        if found > most {
            return Ok((Vec::new(), Some(found)));
        }
        Ok((bytes, None))
    }
}

/// Whether a name stands for the input stream.
pub(crate) fn is_stdin(name: &str) -> bool {
    name == STDIN
        || name
            .strip_prefix(STDIN)
            .is_some_and(|rest| rest.starts_with(':'))
}

/// Refuses the input stream where a terminal would have to be typed into.
pub(crate) fn expect_stdin() -> Result<(), Failure> {
    if std::io::stdin().is_terminal() {
        return Err(Failure::Message(
            Message::new("cli-stdin-terminal"),
            Some(Message::new("help-stdin")),
        ));
    }
    Ok(())
}

/// Bytes of a file by which a result is known; the longest line of heads is far shorter.
const START: u64 = 4096;

/// Whether a file holds a result of an earlier run, which may be written over by the next.
fn is_result(path: &Path) -> bool {
    let mut start = Vec::new();
    let is_read = |file: File| file.take(START).read_to_end(&mut start).is_ok();
    if !File::open(path).is_ok_and(is_read) {
        return false;
    }
    if !start.starts_with(b"PAR1") {
        return begins_as_result(&start);
    }
    let name = path.to_string_lossy();
    let file = OnDisk::open(path).map(|file| Box::new(file) as Box<dyn Bytes>);
    let source = file.map(|file| bulk::open(&name, file, &SourceOptions::default()));
    source.is_ok_and(|source| {
        let heads = source.as_ref().map_or(&[][..], |source| source.header());
        let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
        has_heads_of_result(&heads)
    })
}

/// All tables that the arguments lead to, each once.
///
/// What a run writes to `out` is no table of the next run in the same folder. Another table is never written over.
pub(crate) fn inputs(
    paths: &[PathBuf],
    args: &TableArgs,
    out: Option<&Path>,
) -> Result<Vec<Input>, Failure> {
    let mut inputs = Vec::new();
    let mut known = BTreeSet::new();
    let out = out.map(real);
    for path in paths {
        if path.as_os_str() == STDIN {
            expect_stdin()?;
            let input = Input::Stdin(args.stdin_name.clone());
            if !inputs.contains(&input) {
                inputs.push(input);
            }
            continue;
        }
        for file in table_files(path)? {
            let real = real(&file);
            if out.as_ref() == Some(&real) {
                if file != *path && is_result(&file) {
                    continue;
                }
                let name = file.display().to_string();
                return Err(Failure::Message(
                    Message::new("cli-out-is-read").with("file", name),
                    Some(Message::new("help-out-is-read")),
                ));
            }
            // One file may be reached through its name, a folder and a link.
            if known.insert(real) {
                inputs.push(Input::File(file));
            }
        }
    }
    if args.stdin_name.is_some() && !inputs.iter().any(|input| matches!(input, Input::Stdin(_))) {
        return Err(Failure::Message(
            Message::new("cli-stdin-name"),
            Some(Message::new("help-stdin")),
        ));
    }
    Ok(inputs)
}

fn real(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

/// The files of a path: itself, or all below it with one of the endings, or those that a pattern
/// fits, in order.
pub(crate) fn files(path: &Path, endings: &[&str]) -> Result<Vec<PathBuf>, Failure> {
    let mut found = Found::new(endings);
    if path.is_dir() {
        found.walk(path, 0)?;
    } else if path.is_file() || is_stream(path) {
        return Ok(vec![path.to_owned()]);
    } else if let Some(pattern) = pattern(path) {
        found.fitting(pattern)?;
        if found.files.is_empty() {
            return Err(paths::no_match(path));
        }
    } else {
        return Err(paths::missing(path));
    }
    found.files.sort();
    Ok(found.files)
}

/// Whether it is there and neither file nor folder, such as what a shell writes for `<(…)`.
fn is_stream(path: &Path) -> bool {
    path.exists()
}

/// The text of a path that stands for several.
pub(crate) fn pattern(path: &Path) -> Option<&str> {
    let text = path.to_str()?;
    text.contains(['*', '?', '[']).then_some(text)
}

/// Folders in which writers of many files keep what is no table of theirs.
const OF_WRITERS: [&str; 2] = ["_temporary", "_delta_log"];

/// Whether a file or folder is left aside for its name.
pub(crate) fn is_hidden(path: &Path) -> bool {
    path.file_name()
        .map(|name| name.to_string_lossy())
        // Spreadsheet programs put `~$` before the name of what they hold open.
        .is_some_and(|name| {
            name.starts_with('.') || name.starts_with("~$") || OF_WRITERS.contains(&&*name)
        })
}

struct Found<'a> {
    endings: &'a [&'a str],
    files: Vec<PathBuf>,
    /// Folders that were looked through, by their real names: a link may lead back to one.
    folders: BTreeSet<PathBuf>,
    n_entries: usize,
}

impl<'a> Found<'a> {
    fn new(endings: &'a [&'a str]) -> Found<'a> {
        Found {
            endings,
            files: Vec::new(),
            folders: BTreeSet::new(),
            n_entries: 0,
        }
    }

    fn walk(&mut self, folder: &Path, depth: usize) -> Result<(), Failure> {
        if depth > DEEPEST || !self.folders.insert(real(folder)) {
            return Ok(());
        }
        let failed = |error: std::io::Error| unreadable(folder, &error);
        let mut entries = Vec::new();
        for entry in std::fs::read_dir(folder).map_err(failed)? {
            self.count(folder)?;
            let entry = entry.map_err(failed)?;
            let is_link = entry.file_type().is_ok_and(|kind| kind.is_symlink());
            entries.push((is_link, entry.path()));
        }
        // What stands here before what a link leads to, so that a file keeps its own name.
        entries.sort();
        for (_, path) in entries {
            if is_hidden(&path) {
                continue;
            }
            if path.is_dir() {
                self.walk(&path, depth + 1)?;
            } else if paths::has_ending(&path, self.endings) {
                self.files.push(path);
            }
        }
        Ok(())
    }

    fn count(&mut self, path: &Path) -> Result<(), Failure> {
        self.n_entries += 1;
        if self.n_entries > MOST_ENTRIES {
            return Err(Failure::new(
                Message::new("cli-too-many-files")
                    .with("path", path.display().to_string())
                    .with("most", MOST_ENTRIES),
            ));
        }
        Ok(())
    }

    /// What a pattern fits: folders are looked through; a pattern that names no ending itself takes
    /// the files that a folder would give.
    fn fitting(&mut self, pattern: &str) -> Result<(), Failure> {
        let options = MatchOptions {
            case_sensitive: true,
            require_literal_separator: true,
            require_literal_leading_dot: true,
        };
        let fits = glob_with(pattern, options).map_err(|error| {
            // Where the fault is; the words of the library are in English only.
            let message = Message::new("cli-pattern")
                .with("pattern", pattern)
                .with("at", error.pos + 1);
            Failure::new(message)
        })?;
        let last = Path::new(pattern)
            .extension()
            .and_then(|ending| ending.to_str());
        let names_ending = last.is_some_and(|ending| !ending.contains(['*', '?', '[']));
        for path in fits {
            let path = path.map_err(|error| unreadable(error.path(), error.error()))?;
            self.count(&path)?;
            if path.is_dir() {
                self.walk(&path, 0)?;
            } else if names_ending || paths::has_ending(&path, self.endings) {
                self.files.push(path);
            }
        }
        self.files.sort();
        self.files.dedup();
        Ok(())
    }
}
