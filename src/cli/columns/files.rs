//! The files of a run over very many rows: opened more than once, and each time the same. Reads no row.

use std::collections::BTreeMap;
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use plumbrule::bulk::{
    self, Bytes, NoRow, Source, SourceOptions, SourceProblem, SourceProblemKind,
};
use plumbrule::message::Message;

use super::disk::OnDisk;
use crate::cli::args::FigureArgs;
use crate::cli::output::Failure;

/// Refuses files that are together larger than was asked for. Of columns any size is taken where nothing was.
pub(super) fn expect_small(files: &[PathBuf], limit: Option<usize>) -> Result<(), Failure> {
    let Some(limit) = limit else {
        return Ok(());
    };
    let sizes = files.iter().filter_map(|file| std::fs::metadata(file).ok());
    let found = sizes.map(|file| file.len()).fold(0, u64::saturating_add);
    match usize::try_from(found) {
        Ok(found) if found <= limit => Ok(()),
        _ => Err(Failure::new(
            Message::new("columns-too-large")
                .with("limit", limit)
                .with("found", usize::try_from(found).unwrap_or(usize::MAX)),
        )),
    }
}

/// Files that are one table.
pub(super) struct Files<'f> {
    files: &'f [PathBuf],
    args: &'f FigureArgs,
    seen: Mutex<Seen>,
}

/// What was seen of the files so far.
#[derive(Default)]
struct Seen {
    /// How each file was when it was opened first.
    files: BTreeMap<PathBuf, Metadata>,
    /// The file that could not be opened.
    failed: Option<PathBuf>,
}

impl<'f> Files<'f> {
    pub(super) fn new(files: &'f [PathBuf], args: &'f FigureArgs) -> Files<'f> {
        Files {
            files,
            args,
            seen: Mutex::default(),
        }
    }

    /// Opens them as one table.
    pub(super) fn open<'a>(
        &self,
        is_known: &'a (dyn Fn(&str) -> bool + Sync),
    ) -> Result<Box<dyn Source + 'a>, SourceProblem> {
        let options = || SourceOptions {
            encoding: self.args.tables.encoding,
            is_known,
            limits: self.args.tables.options().limits,
            ..SourceOptions::default()
        };
        let name = |path: &Path| path.display().to_string();
        match self.files {
            [file] if !bulk::names_columns(&name(file)) => {
                bulk::open(&name(file), self.on_disk(file)?, &options())
            }
            many => {
                let each = many
                    .iter()
                    .map(|file| Ok((name(file), self.on_disk(file)?)));
                bulk::open_folder(each.collect::<Result<Vec<_>, _>>()?, options())
            }
        }
    }

    fn on_disk(&self, path: &Path) -> Result<Box<dyn Bytes>, SourceProblem> {
        let opened = OnDisk::open(path).and_then(|file| Ok((file.metadata()?, file)));
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        match opened {
            Ok((now, file)) => {
                // Another file of the name is told at the end, whatever it holds.
                seen.files.entry(path.to_owned()).or_insert(now);
                Ok(Box::new(file))
            }
            Err(error) => {
                seen.failed = Some(path.to_owned());
                Err(SourceProblem::new(
                    1,
                    SourceProblemKind::Io(error.to_string()),
                ))
            }
        }
    }

    /// Whether each file is still what it was when it was opened first.
    pub(super) fn expect_unchanged(&self) -> Result<(), Failure> {
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let changed = seen.files.iter().find(|(path, then)| {
            let now = std::fs::metadata(path);
            !now.is_ok_and(|now| is_same(&now, then))
        });
        match changed {
            None => Ok(()),
            Some((path, _)) => Err(Failure::Message(
                Message::new("columns-changed").with("file", path.display().to_string()),
                Some(Message::new("help-columns-changed")),
            )),
        }
    }

    /// What is said where they cannot be read.
    pub(super) fn unread(&self, problem: &SourceProblem) -> Failure {
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let file = seen.failed.as_ref().or(self.files.first());
        let file = file.map_or(String::new(), |file| file.display().to_string());
        // Of several files the line is that of the one which is broken.
        let file = problem.file.clone().unwrap_or(file);
        let line = usize::try_from(problem.line).unwrap_or(usize::MAX);
        Failure::new(match &problem.kind {
            SourceProblemKind::Io(why) => {
                Message::new("cli-read").with("file", file).with("why", why)
            }
            SourceProblemKind::Broken(message)
            | SourceProblemKind::Shape(message)
            | SourceProblemKind::NoRow(NoRow { why: message, .. }) => {
                Message::new("columns-broken")
                    .with("file", file)
                    .with("line", line)
                    .with("why", message.clone())
            }
        })
    }

    /// The name of the first.
    pub(super) fn first(&self) -> String {
        let first = self.files.first();
        first.map_or(String::new(), |file| file.display().to_string())
    }
}

fn is_same(now: &Metadata, then: &Metadata) -> bool {
    now.len() == then.len()
        && now.modified().ok() == then.modified().ok()
        && is_same_file(now, then)
}

#[cfg(unix)]
fn is_same_file(now: &Metadata, then: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    (now.dev(), now.ino()) == (then.dev(), then.ino())
}

#[cfg(not(unix))]
fn is_same_file(_: &Metadata, _: &Metadata) -> bool {
    true
}
