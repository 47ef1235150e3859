//! Libraries that decode foreign bytes may panic on broken ones. A call goes in, its result comes
//! out, or nothing where it panicked. Never hides what this crate itself does wrong: only calls of
//! such libraries are guarded.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

thread_local! {
    static IS_GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Runs a call of a library; nothing comes back where it panicked.
pub(crate) fn guarded<T>(call: impl FnOnce() -> T) -> Option<T> {
    let before = IS_GUARDED.replace(true);
    // What the call leaves half done is not used after a panic.
    let result = catch_unwind(AssertUnwindSafe(call));
    IS_GUARDED.set(before);
    result.ok()
}

/// Whether a panic of this thread would be caught and told as a problem of the input.
///
/// A program may ask this in its panic hook, so that nothing is printed for such a panic.
///
/// ```
/// assert!(!plumbrule::guard::is_guarded());
/// ```
#[must_use]
pub fn is_guarded() -> bool {
    IS_GUARDED.get()
}
