//! Runs a command again whenever a file that it reads is saved.
//!
//! Goes in: the files, or any other source of changes, and the run. Comes out: each run, and which
//! answers it changed. Never ends because rules or figures are broken; ends when nobody reads.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use plumbrule::message::{Lang, Message};
use plumbrule::report::wrap;

use super::load;
use super::output::{self, Failure};
use super::uses;

/// How long to wait between two looks at the files.
const PAUSE: Duration = Duration::from_millis(200);
/// Looks at most until a file that is being written is taken as it is.
const MOST_LOOKS: usize = 20;

/// What a run gave.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ran {
    /// Its exit status.
    pub(crate) status: u8,
    /// What it said of what, in words.
    pub(crate) answers: BTreeMap<String, String>,
}

/// Runs, then again at each change, until there are no more.
///
/// Each change is the files that changed. The first run must be possible: where arguments are
/// wrong, nothing is watched.
pub(crate) fn watch(
    changes: impl Iterator<Item = Vec<String>>,
    lang: Lang,
    once: impl FnMut() -> Result<Ran, Failure>,
) -> Result<u8, Failure> {
    follow(changes, lang, once, &mut output::say)
}

fn follow(
    changes: impl Iterator<Item = Vec<String>>,
    lang: Lang,
    mut once: impl FnMut() -> Result<Ran, Failure>,
    say: &mut dyn FnMut(&str) -> Result<(), Failure>,
) -> Result<u8, Failure> {
    let mut before: Option<Ran> = None;
    let mut status = run(&mut once, &mut before, true, lang, say)?;
    for changed in changes {
        let message = Message::new("watch-changed").with("files", changed);
        say(&format!(
            "\n{}\n{}\n\n",
            "=".repeat(output::columns()),
            message.render(lang)
        ))?;
        status = run(&mut once, &mut before, false, lang, say)?;
    }
    Ok(status)
}

/// One run, and what it changed; a run that fails says why and leaves the last answers standing.
fn run(
    once: &mut dyn FnMut() -> Result<Ran, Failure>,
    before: &mut Option<Ran>,
    is_first: bool,
    lang: Lang,
    say: &mut dyn FnMut(&str) -> Result<(), Failure>,
) -> Result<u8, Failure> {
    let status = match once() {
        Ok(ran) => {
            if let Some(before) = before {
                say(&differences(before, &ran, lang))?;
            }
            let status = ran.status;
            *before = Some(ran);
            status
        }
        Err(Failure::Closed) => return Err(Failure::Closed),
        Err(failure @ (Failure::Message(..) | Failure::Usage(..))) if is_first => {
            return Err(failure);
        }
        Err(failure) => {
            failure.report(lang);
            Failure::STATUS
        }
    };
    say(&format!(
        "\n{}\n",
        Message::new("watch-waiting").render(lang)
    ))?;
    Ok(status)
}

/// What a run says that the one before did not.
fn differences(before: &Ran, now: &Ran, lang: Lang) -> String {
    let mut lines = Vec::new();
    for (name, answer) in &now.answers {
        let message = match before.answers.get(name) {
            Some(was) if was == answer => continue,
            Some(was) => Message::new("watch-other")
                .with("name", name)
                .with("was", was)
                .with("now", answer),
            None => Message::new("watch-new")
                .with("name", name)
                .with("now", answer),
        };
        lines.push(message.render(lang));
    }
    for (name, was) in &before.answers {
        if !now.answers.contains_key(name) {
            let message = Message::new("watch-gone")
                .with("name", name)
                .with("was", was);
            lines.push(message.render(lang));
        }
    }
    if lines.is_empty() {
        return format!("\n{}\n", Message::new("watch-same").render(lang));
    }
    let title = Message::new("watch-differs").with("count", lines.len());
    let lines = lines
        .iter()
        .flat_map(|line| wrap(line, output::columns().saturating_sub(2)));
    let lines: Vec<String> = lines.collect();
    format!("\n{}\n  {}\n", title.render(lang), lines.join("\n  "))
}

/// Size and time of change of a file.
type Stamp = (u64, Option<Duration>);

/// The files below some paths, looked at again and again.
///
/// Looking costs less than it sounds, a pack being tens of files. It also sees what notices of the
/// system miss: mounted and shared folders, and editors that write a new file over the old one.
pub(crate) struct Files<'a> {
    roots: Roots,
    /// Further files and folders with rules, which may be others after each change.
    further: Box<dyn Fn() -> Vec<PathBuf> + 'a>,
    /// The output, which may lie among the figures.
    except: Option<PathBuf>,
    seen: BTreeMap<PathBuf, Stamp>,
}

/// Files, or folders with the endings that count in them.
pub(crate) type Roots = Vec<(PathBuf, &'static [&'static str])>;

impl<'a> Files<'a> {
    /// Files, or folders with the endings that count in them, and the packs that those of `packs`
    /// use.
    pub(crate) fn new(packs: &'a [PathBuf], tables: Roots, except: Option<PathBuf>) -> Files<'a> {
        let rules = packs.iter().map(|path| (path.clone(), &[load::RULES][..]));
        let mut files = Files {
            roots: rules.chain(tables).collect(),
            further: Box::new(|| uses::places(packs)),
            except,
            seen: BTreeMap::new(),
        };
        files.seen = files.look(0);
        files.settle();
        files
    }

    /// Follows packs that are used since the last change. Before the run that reads them: what is
    /// saved while it reads, or before it waits, is a change.
    fn settle(&mut self) {
        let known = self.roots.len();
        for path in (self.further)() {
            if !self.roots.iter().any(|(root, _)| *root == path) {
                self.roots.push((path, &[load::RULES]));
            }
        }
        for (file, stamp) in self.look(known) {
            self.seen.entry(file).or_insert(stamp);
        }
    }

    /// The files below all paths but the first so many.
    fn look(&self, n_first: usize) -> BTreeMap<PathBuf, Stamp> {
        let mut found = BTreeMap::new();
        for (root, endings) in self.roots.iter().skip(n_first) {
            // A folder that cannot be read holds nothing; the run says so.
            for file in load::files(root, endings).unwrap_or_default() {
                let is_output = self.except.as_ref().is_some_and(|out| is_same(out, &file));
                if let (false, Ok(data)) = (is_output, file.metadata()) {
                    let changed = data.modified().ok();
                    let changed =
                        changed.and_then(|at| at.duration_since(std::time::UNIX_EPOCH).ok());
                    found.insert(file, (data.len(), changed));
                }
            }
        }
        found
    }
}

fn is_same(a: &Path, b: &Path) -> bool {
    let real = |path: &Path| path.canonicalize();
    a == b || matches!((real(a), real(b)), (Ok(a), Ok(b)) if a == b)
}

impl Iterator for Files<'_> {
    type Item = Vec<String>;

    /// Waits for a change, and until the files stand still.
    fn next(&mut self) -> Option<Vec<String>> {
        loop {
            std::thread::sleep(PAUSE);
            let mut now = self.look(0);
            if now == self.seen {
                continue;
            }
            for _ in 0..MOST_LOOKS {
                std::thread::sleep(PAUSE / 4);
                let later = self.look(0);
                if later == now {
                    break;
                }
                now = later;
            }
            let before = std::mem::replace(&mut self.seen, now);
            let changed = changed(&before, &self.seen);
            // A file that went away and came back as it was is no change.
            if !changed.is_empty() {
                self.settle();
                return Some(changed);
            }
        }
    }
}

fn changed(before: &BTreeMap<PathBuf, Stamp>, now: &BTreeMap<PathBuf, Stamp>) -> Vec<String> {
    let other = now
        .iter()
        .filter(|(file, stamp)| before.get(*file) != Some(stamp));
    let gone = before.keys().filter(|file| !now.contains_key(*file));
    let mut files: Vec<&PathBuf> = other.map(|(file, _)| file).chain(gone).collect();
    files.sort();
    files
        .iter()
        .map(|file| file.display().to_string())
        .collect()
}
