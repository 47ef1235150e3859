//! A folder of files that takes its place whole or not at all.
//!
//! Goes in: where the folder is to be, and its files one after the other. They are written beside
//! that place, and take it when all are there. What stood there before goes only where it is a site
//! that was written so, with nothing else in it.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use plumbrule::message::Message;

use crate::cli::landing;
use crate::cli::output::{self, Failure};
use crate::cli::paths;

/// The file that lists all others of a site.
const LIST: &str = "site.txt";
/// What its first line says.
const HEAD: &str = "plumbrule site 1";
/// Files in the way that are named.
const MOST_NAMED: usize = 5;

/// A folder that is being written.
pub(crate) struct Folder {
    /// Where it is to be.
    at: PathBuf,
    /// Where it is written.
    part: PathBuf,
    files: BTreeSet<String>,
}

impl Folder {
    /// Begins a folder that is to stand at a place.
    pub(crate) fn begin(at: &Path) -> Result<Folder, Failure> {
        // The folder itself, where a link leads there.
        let at = at.canonicalize().unwrap_or_else(|_| at.to_owned());
        expect_room(&at)?;
        let full = std::path::absolute(&at).map_err(|error| unwritable(&at, &error))?;
        let part = landing::beside(&full);
        let made = fs::create_dir(&part);
        made.map_err(|error| unwritable(&at, &error))?;
        Ok(Folder {
            at: full,
            part,
            files: BTreeSet::new(),
        })
    }

    /// Writes a file, and the folders that it lies in.
    pub(crate) fn put(&mut self, path: &str, bytes: &[u8]) -> io::Result<()> {
        let file = self.part.join(path);
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder)?;
        }
        if !self.files.insert(path.to_owned()) {
            return Err(io::Error::from(io::ErrorKind::AlreadyExists));
        }
        fs::write(file, bytes)
    }

    /// Sets the folder in its place; returns how many files it has.
    pub(crate) fn finish(mut self) -> Result<usize, Failure> {
        let mut list = format!("{HEAD}\n");
        for file in self.files.iter().map(String::as_str).chain([LIST]) {
            list.push_str(&format!("{file}\n"));
        }
        let listed = self.put(LIST, list.as_bytes());
        listed.map_err(|error| self.unwritten(&error))?;
        // What came in the meantime is not ours either.
        expect_room(&self.at)?;
        let old = self.part.with_extension("old");
        let moved = match self.at.exists() {
            true => fs::rename(&self.at, &old),
            false => Ok(()),
        };
        let moved = moved.and_then(|()| {
            fs::rename(&self.part, &self.at).inspect_err(|_| {
                // What stood at the place stands there again.
                let _ = fs::rename(&old, &self.at);
            })
        });
        moved.map_err(|error| self.unwritten(&error))?;
        let _ = fs::remove_dir_all(&old);
        Ok(self.files.len())
    }

    /// Why the folder could not be written.
    pub(crate) fn unwritten(&self, error: &io::Error) -> Failure {
        unwritable(&self.at, error)
    }
}

/// Why nothing can be written at a place.
fn unwritable(at: &Path, error: &io::Error) -> Failure {
    match at.is_dir() {
        true => output::unwritten(&at.display().to_string(), error),
        false => paths::unwritable(at, error),
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // Gone already where the folder is in its place.
        let _ = fs::remove_dir_all(&self.part);
    }
}

/// Refuses a place where something stands that no site wrote.
fn expect_room(at: &Path) -> Result<(), Failure> {
    let name = at.display().to_string();
    if !at.exists() {
        return Ok(());
    }
    if !at.is_dir() {
        let message = Message::new("init-no-folder").with("folder", name);
        return Err(Failure::new(message));
    }
    let list = fs::read_to_string(at.join(LIST)).unwrap_or_default();
    let ours: BTreeSet<&str> = match list.lines().next() {
        Some(HEAD) => list.lines().skip(1).collect(),
        _ => BTreeSet::new(),
    };
    let mut foreign = Vec::new();
    others(at, "", &ours, &mut foreign).map_err(|error| unwritable(at, &error))?;
    if foreign.is_empty() {
        return Ok(());
    }
    Err(Failure::Message(
        Message::new("doc-not-ours")
            .with("folder", name)
            .with("files", foreign),
        Some(Message::new("help-doc-not-ours")),
    ))
}

/// Some of the files below a folder that are not listed; links count as files.
fn others(
    folder: &Path,
    above: &str,
    ours: &BTreeSet<&str>,
    found: &mut Vec<String>,
) -> io::Result<()> {
    let mut entries: Vec<fs::DirEntry> = folder.read_dir()?.collect::<Result<_, _>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        if found.len() >= MOST_NAMED {
            break;
        }
        let path = format!("{above}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            others(&entry.path(), &format!("{path}/"), ours, found)?;
        } else if !ours.contains(path.as_str()) {
            found.push(path);
        }
    }
    Ok(())
}
