//! Why a batch was not judged: what was found goes in, a sentence in either language comes out.

use std::fmt;

use crate::bulk::block::{NoRow, SourceProblem, SourceProblemKind};
use crate::bulk::run::Stop;
use crate::bulk::table::WhyWhole;
use crate::message::{Arg, Lang, Message};
use crate::program::Program;

/// Why a batch was not judged. Shown in English; [`Error::message`] says it in both languages.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// The pack has no rule of this id that is judged.
    UnknownRule(String),
    /// The columns of the batch at this place, counted from 0, are not those of the first.
    Schemas(usize),
    /// It is not said of each row whom and when it is about, or the pack needs more tables than one.
    Whole(WhyWhole),
    /// These rules, by their ids, look over many bodies in a way that needs all figures at once.
    Rules(Vec<String>),
    /// A column cannot be read, or a cell of it. The names of the columns are line 1, the first row is line 2.
    Column(SourceProblem),
    /// The verdicts do not fit into one batch: the names of the bodies are longer than 2 GiB together.
    TooLong,
    /// The library of columns says this, in English.
    Arrow(String),
}

/// Rules that are named where they are many.
const MOST_NAMES: usize = 5;

impl Error {
    pub(super) fn of(stop: Stop, program: &Program) -> Error {
        match stop {
            Stop::Whole(why) => Error::Whole(why),
            Stop::Rules(rules) | Stop::Named(rules) => {
                let rules = rules.iter().map(|id| program.model.rules[*id].id.clone());
                Error::Rules(rules.collect())
            }
            Stop::Source(problem) => Error::Column(problem),
            // Bodies are put together wherever rows repeat.
            Stop::Repeated(_) => Error::Whole(WhyWhole::Layout),
            // Nothing else stops a sink that writes to memory.
            Stop::Sink(_) | Stop::Scratch(_) => Error::TooLong,
        }
    }

    /// What is wrong, and the way out.
    #[must_use]
    pub fn message(&self) -> Message {
        match self {
            Error::UnknownRule(id) => Message::new("arrow-unknown-rule").with("rule", id),
            Error::Schemas(at) => Message::new("arrow-schemas").with("batch", at + 1),
            Error::Whole(WhyWhole::Layout) => Message::new("arrow-layout"),
            Error::Whole(WhyWhole::Column(name) | WhyWhole::Apart(name)) => {
                Message::new("arrow-column").with("column", name)
            }
            Error::Whole(WhyWhole::Records | WhyWhole::Lines) => Message::new("arrow-records"),
            Error::Whole(WhyWhole::Lost) => Message::new("arrow-lost"),
            Error::Whole(WhyWhole::Classes) => Message::new("arrow-classes"),
            Error::Rules(rules) => {
                let names: Vec<&str> = rules.iter().take(MOST_NAMES).map(String::as_str).collect();
                Message::new("arrow-rules")
                    .with("rules", names)
                    .with("count", rules.len())
            }
            Error::Column(problem) => {
                let why = match &problem.kind {
                    SourceProblemKind::Io(why) => Message::new("arrow-library").with("why", why),
                    SourceProblemKind::Broken(message)
                    | SourceProblemKind::Shape(message)
                    | SourceProblemKind::NoRow(NoRow { why: message, .. }) => message.clone(),
                };
                match usize::try_from(problem.line).unwrap_or(usize::MAX) {
                    0 | 1 => why,
                    line => Message::new("arrow-row")
                        .with("row", line - 1)
                        .with("why", Arg::Message(why)),
                }
            }
            Error::TooLong => Message::new("arrow-too-long"),
            Error::Arrow(why) => Message::new("arrow-library").with("why", why),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message().render(Lang::En))
    }
}

impl std::error::Error for Error {}
