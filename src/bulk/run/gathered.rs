//! What the parts of a table come to: what each came to goes in, one sum comes out, whichever was read first.

use std::collections::BTreeMap;

use super::filled::Files;
use super::{Before, MOST_PROBLEMS, Ran, has_error};
use crate::bulk::keys::Keys;
use crate::bulk::tally::Tally;
use crate::figures::{FigureProblem, Room};

/// What all parts came to so far.
#[derive(Default)]
pub(super) struct Gathered {
    pub(super) ran: Ran,
    pub(super) n_rows: u64,
    keys: Keys,
    /// The problems of each part.
    told: BTreeMap<u64, Vec<FigureProblem>>,
    files: Files,
}

/// What one part came to.
pub(super) struct Read {
    pub(super) tally: Tally,
    pub(super) keys: Keys,
    pub(super) n_rows: u64,
    pub(super) n_problems: u64,
    pub(super) problems: Vec<FigureProblem>,
    /// Whether one of its rows holds a figure or was lost, or something is told of its file that keeps it from having any.
    pub(super) is_filled: bool,
}

impl Gathered {
    /// Nothing but what was found before.
    pub(super) fn after(before: Before) -> Gathered {
        let ran = Ran {
            n_problems: before.n_problems,
            has_error: before.has_error,
            ..Ran::default()
        };
        Gathered {
            ran,
            told: before.told,
            ..Gathered::default()
        }
    }

    /// Adds a part of a file.
    pub(super) fn add(&mut self, (at, file): (u64, Option<&str>), mut read: Read) {
        self.ran.tally.join(read.tally);
        self.keys.join(at, read.keys);
        self.n_rows += read.n_rows;
        self.files.add(file, at, read.is_filled);
        self.ran.n_problems += read.n_problems;
        self.ran.has_error |= has_error(&read.problems);
        if !read.problems.is_empty() {
            self.told.entry(at).or_default().append(&mut read.problems);
            first_of(&mut self.told);
        }
    }

    /// What all parts came to, and whom and when they are about.
    pub(super) fn ended(mut self) -> (Ran, Keys) {
        if !self.ran.is_cut {
            for (part, problem) in self.files.told() {
                self.ran.n_problems += 1;
                self.ran.has_error = true;
                self.told.entry(part).or_default().push(problem);
            }
        }
        for problems in self.told.values_mut() {
            problems.sort_by_key(|problem| problem.line);
        }
        first_of(&mut self.told);
        self.ran.problems = self.told.into_values().flatten().collect();
        (self.ran, self.keys)
    }
}

/// Keeps the first problems of a table, whichever part was read first; errors before warnings.
fn first_of(told: &mut BTreeMap<u64, Vec<FigureProblem>>) {
    let mut room = Room::of(MOST_PROBLEMS, told.values().flatten());
    told.retain(|_, problems| {
        problems.retain(|problem| room.takes(problem));
        !problems.is_empty()
    });
}
