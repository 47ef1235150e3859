//! Where an output comes to stand: a file whole or not at all, a device or a pipe as it is.
//!
//! Goes in: the place that was asked for. Comes out: a file beside it that takes its place in one step.
//! What is no file keeps its nature: it is handed the bytes once all of them are there, and nothing is
//! ever set in its place. A link stays a link: what it leads to is replaced.

use std::cell::RefCell;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

/// Links that are followed one after the other; more lead in a circle.
const MOST_LINKS: usize = 40;

/// A place that an output is on the way to.
pub(crate) struct Landing {
    /// What is written or replaced.
    to: PathBuf,
    /// Where it is written until it is whole; ours, and gone with this.
    beside: PathBuf,
    is_stream: bool,
    /// What is written, locked as long as this is there, so that other runs know that somebody writes it.
    held: RefCell<Option<File>>,
}

impl Landing {
    /// What stands at a place, or may come to stand there.
    pub(crate) fn at(place: &Path) -> Landing {
        let is_stream = is_stream(place);
        let to = match is_stream {
            true => place.to_owned(),
            false => behind_links(place),
        };
        let name = to.file_name().unwrap_or_default();
        let beside = beside(&folder_beside(place).join(name));
        Landing {
            to,
            beside,
            is_stream,
            held: RefCell::default(),
        }
    }

    /// Begins the file beside the place anew. What runs left that were cut off on the way to the same place goes.
    ///
    /// # Errors
    ///
    /// What the system says where it cannot be made.
    pub(crate) fn begin(&self) -> io::Result<File> {
        self.clear();
        self.clear_others();
        let file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&self.beside)?;
        // Where the system knows no locks nobody finds it unlocked either.
        if file.try_lock().is_ok() {
            *self.held.borrow_mut() = file.try_clone().ok();
        }
        Ok(file)
    }

    /// Lets what was written take its place, with the permissions of what stood there.
    ///
    /// # Errors
    ///
    /// What the system says; what stood at the place stands there still.
    pub(crate) fn take(self) -> io::Result<()> {
        if self.is_stream {
            let mut from = File::open(&self.beside)?;
            return io::copy(&mut from, &mut stream(&self.to)?).map(|_| ());
        }
        if let Ok(data) = fs::metadata(&self.to) {
            fs::set_permissions(&self.beside, data.permissions())?;
        }
        fs::rename(&self.beside, &self.to)
    }

    /// Writes bytes at the place.
    ///
    /// # Errors
    ///
    /// As [`Landing::begin`] and [`Landing::take`].
    pub(crate) fn put(self, bytes: &[u8]) -> io::Result<()> {
        if self.is_stream {
            return io::Write::write_all(&mut stream(&self.to)?, bytes);
        }
        io::Write::write_all(&mut self.begin()?, bytes)?;
        self.take()
    }

    fn clear(&self) {
        self.held.take();
        // What is left of it is ours; whatever stood at the place still stands.
        let _ = fs::remove_file(&self.beside);
    }

    /// Removes what other runs have written on the way to the same place and nobody writes any more.
    fn clear_others(&self) {
        let own = self.beside.file_name().unwrap_or_default();
        let own = own.to_str().and_then(place_of);
        let entries = self.beside.parent().map(fs::read_dir);
        let (Some(own), Some(Ok(entries))) = (own, entries) else {
            return;
        };
        for entry in entries.flatten() {
            let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
            let name = entry.file_name();
            if !is_file || name.to_str().and_then(place_of) != Some(own) {
                continue;
            }
            let open = OpenOptions::new().write(true).open(entry.path());
            if open.is_ok_and(|open| open.try_lock().is_ok()) {
                let _ = fs::remove_file(entry.path());
            }
        }
    }
}

/// The place that the name of a file on the way is of, see [`beside`].
fn place_of(name: &str) -> Option<&str> {
    let (place, run) = name.strip_suffix(".part")?.rsplit_once('.')?;
    let is_run = !run.is_empty() && run.bytes().all(|byte| byte.is_ascii_digit());
    is_run.then_some(place)
}

impl Drop for Landing {
    fn drop(&mut self) {
        self.clear();
    }
}

/// Where a file or a folder is written before it takes its place.
pub(crate) fn beside(place: &Path) -> PathBuf {
    let name = place.file_name();
    let name = name.map(|name| name.to_string_lossy().into_owned());
    let name = name.unwrap_or_default();
    place.with_file_name(format!(".{name}.{}.part", std::process::id()))
}

/// The folder that what is on the way to a place lies in.
pub(crate) fn folder_beside(place: &Path) -> PathBuf {
    match is_stream(place) {
        true => std::env::temp_dir(),
        false => folder_of(&behind_links(place)).to_owned(),
    }
}

/// Whether a place is a device, a pipe or what a process has open, and no file that can be replaced.
pub(crate) fn is_stream(place: &Path) -> bool {
    const OPEN: [&str; 4] = ["/dev/stdout", "/dev/stderr", "/dev/fd", "/proc"];
    let is_open = OPEN.iter().any(|open| place.starts_with(open));
    let is_other = |data: fs::Metadata| !data.is_file() && !data.is_dir();
    is_open || fs::metadata(place).is_ok_and(is_other)
}

/// What takes bytes after those that it has.
fn stream(place: &Path) -> io::Result<File> {
    OpenOptions::new().append(true).open(place)
}

/// What a chain of links leads to, whether it is there or not.
fn behind_links(place: &Path) -> PathBuf {
    let mut at = place.to_owned();
    for _ in 0..MOST_LINKS {
        match fs::read_link(&at) {
            Ok(next) => at = folder_of(&at).join(next),
            Err(_) => return at,
        }
    }
    place.to_owned()
}

fn folder_of(file: &Path) -> &Path {
    let folder = file.parent();
    let named = folder.filter(|folder| !folder.as_os_str().is_empty());
    named.unwrap_or(Path::new("."))
}
