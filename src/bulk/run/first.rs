//! What went wrong on several threads: failures go in as they come, that of the first piece of work comes out.

use std::sync::{Mutex, PoisonError};

/// The failure of the first piece of work that failed, whichever thread came first.
pub(in crate::bulk) struct First<E>(Mutex<Option<(u64, E)>>);

impl<E> Default for First<E> {
    fn default() -> Self {
        First(Mutex::default())
    }
}

impl<E> First<E> {
    /// A failure, with the number of the piece of work.
    pub(in crate::bulk) fn offer(&self, at: u64, failure: E) {
        let mut first = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if first.as_ref().is_none_or(|(known, _)| at < *known) {
            *first = Some((at, failure));
        }
    }

    /// The failure that counts, where there was one.
    pub(in crate::bulk) fn into_result(self) -> Result<(), E> {
        let first = self.0.into_inner().unwrap_or_else(PoisonError::into_inner);
        first.map_or(Ok(()), |(_, failure)| Err(failure))
    }
}
