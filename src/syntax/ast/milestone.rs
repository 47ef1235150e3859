//! The tree of milestones, of what proves them and of scales, as written: names are text, nothing
//! is resolved.

use super::{Clause, PeriodAt, Word};
use crate::source::Span;

/// An item of evidence that a milestone is proved by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// Its name.
    pub id: Word,
    /// Its labels.
    pub labels: Vec<Word>,
    /// `kind`, `accepts`, `issuer` and so on.
    pub clauses: Vec<Clause>,
}

/// Levels in their order, the lowest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ladder {
    /// Its name.
    pub name: Word,
    /// Its labels.
    pub labels: Vec<Word>,
    /// The levels, each with its labels.
    pub steps: Vec<(Word, Vec<Word>)>,
}

/// Evidence of a test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenEvidence {
    /// The milestone and its item, with a dot between them.
    pub item: Word,
    /// What it says.
    pub value: Word,
    /// When it was so.
    pub dated: Option<PeriodAt>,
    /// Its kind.
    pub kind: Option<Word>,
    /// How sure it is.
    pub grade: Option<Word>,
    /// Who issued it.
    pub issuer: Option<Word>,
    /// Whose statement it is.
    pub said_by: Option<Word>,
    /// Title, number or place.
    pub reference: Option<Word>,
    /// Where it was read.
    pub source: Option<Word>,
    /// When that was published.
    pub published: Option<PeriodAt>,
    /// Whom it is about.
    pub entity: Option<Word>,
    /// The whole clause.
    pub span: Span,
}
