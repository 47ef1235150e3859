//! The room beside memory, as those write and read it who put things away for later: bytes go in behind
//! each other or where they belong, and come out whole. Knows nothing of what they say.

use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::bulk::block::Scratch;

/// What is put behind each other, by several threads.
pub(super) struct Appended {
    room: Box<dyn Scratch>,
    end: Mutex<u64>,
}

impl Appended {
    pub(super) fn new(room: Box<dyn Scratch>) -> Appended {
        Appended {
            room,
            end: Mutex::default(),
        }
    }

    /// Puts bytes behind all others, and says where they stand.
    pub(super) fn add(&self, bytes: &[u8]) -> std::io::Result<u64> {
        let at = {
            let mut end = lock(&self.end);
            let at = *end;
            *end += bytes.len() as u64;
            at
        };
        self.room.write_at(at, bytes)?;
        Ok(at)
    }

    /// Fills a buffer from where bytes stand.
    pub(super) fn read(&self, at: u64, into: &mut [u8]) -> std::io::Result<()> {
        match fill(self.room.as_ref(), at, into)? == into.len() {
            true => Ok(()),
            false => Err(std::io::ErrorKind::UnexpectedEof.into()),
        }
    }
}

/// Fills a buffer from a place on, as far as there is anything, and says how far.
pub(super) fn fill(room: &dyn Scratch, at: u64, into: &mut [u8]) -> std::io::Result<usize> {
    let mut n_read = 0;
    while let Some(rest) = into.get_mut(n_read..).filter(|rest| !rest.is_empty()) {
        match room.read_at(at + n_read as u64, rest)? {
            0 => break,
            more => n_read += more,
        }
    }
    Ok(n_read)
}

pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
