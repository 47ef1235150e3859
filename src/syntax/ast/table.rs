//! The tree of a `table` item as written: names are text, nothing is resolved.

use super::{Expr, Number, PeriodAt, Word};
use crate::figures::table::Column;
use crate::source::Span;

/// A clause of a `table` item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableClause {
    /// What it says.
    pub kind: TableClauseKind,
    /// The whole clause.
    pub span: Span,
}

/// What a clause of a `table` item says. Names follow the keywords.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the variants are named as their keywords")]
pub enum TableClauseKind {
    File(Vec<Word>),
    Sheet(Vec<Word>),
    Header(Number, Option<Number>),
    Rows(Number, Option<Number>),
    /// A column that holds something for the figures of its row.
    Holds(ColumnAt, Column),
    /// A column of figures.
    Figures(ColumnAt, Vec<Fixed>),
    Ignore(Vec<ColumnAt>),
    Missing(Vec<Word>),
    All(Vec<Fixed>),
}

/// A column as a `table` item names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ColumnAt {
    /// By its header.
    Header(Word),
    /// By its number, from 1, or by its letters.
    Place(Word),
}

/// Something that a header, or a whole table, fixes for figures. Named as the keywords.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the variants are named as their keywords")]
pub enum Fixed {
    Indicator(Expr),
    Unit(Word),
    Period(PeriodAt),
    Entity(Word),
    Source(Word),
    Published(PeriodAt),
}
