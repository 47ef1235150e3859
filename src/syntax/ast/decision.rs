//! The tree of what a decision is made of, as written: names are text, nothing is resolved.

use super::{Clause, Expr, Word};
use crate::source::Span;

/// A case, an exception, what is left over, or a row of a table of cases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// Its name; rows of a table and what is left over have none.
    pub id: Option<Word>,
    /// The cases that it beats, where it is an exception.
    pub beats: Vec<Word>,
    /// What follows.
    pub outcome: Word,
    /// When; absent where nothing is asked.
    pub condition: Option<Expr>,
    /// `cite` and `note`.
    pub parts: Vec<Clause>,
    /// The whole case.
    pub span: Span,
}

/// What counts where a fact is not stated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Presumption {
    /// The fact, its opposite, or the value that it is taken for.
    pub fact: Expr,
    /// Where it does not stand.
    pub unless: Option<Expr>,
    /// `cite` and `note`.
    pub parts: Vec<Clause>,
}

/// The cases as one law has them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Its name.
    pub id: Word,
    /// Its label.
    pub label: Option<Word>,
    /// `under` and the cases.
    pub clauses: Vec<Clause>,
}
