//! The tree of rules as tables, as written: which files, what their columns hold, and what all rows
//! have in common. Nothing is resolved, and no table is read yet.

use super::{Evidence, Word};
use crate::source::Span;

/// Tables that lie beside a rule file, and what a row of them is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rows {
    /// What a row is.
    pub kind: RowsKind,
    /// What the tables hold, in words.
    pub label: Word,
    /// The clauses.
    pub clauses: Vec<RowsClause>,
}

/// What a row of a table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RowsKind {
    /// A rule with one item of evidence.
    Requirements,
    /// What feeds an indicator.
    Links,
}

/// A clause of such an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowsClause {
    /// What it says.
    pub kind: RowsClauseKind,
    /// The whole clause.
    pub span: Span,
}

/// What a clause says. Names follow the keywords.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the variants are named as their keywords")]
pub enum RowsClauseKind {
    File(Vec<Word>),
    Column(Word, RowsRole),
    Ignore(Vec<Word>),
    Source(Word),
    /// A word for kinds of rules, and its names.
    Kind(Word, Vec<Word>),
    Category(Vec<Word>),
    Evidence(Evidence),
}

/// What the cells of a column hold. Named as the keywords.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the variants are named as their keywords")]
pub enum RowsRole {
    Id,
    Zh,
    En,
    Category,
    Kind,
    Modality,
    Words,
    Timing,
    Owner,
    Source,
    Section,
    Line,
    Quote,
    Note,
    PartOf,
    Indicator,
    Basis,
}

impl RowsRole {
    /// Its English keyword.
    #[must_use]
    pub fn keyword(self) -> &'static str {
        match self {
            RowsRole::Id => "id",
            RowsRole::Zh => "zh",
            RowsRole::En => "en",
            RowsRole::Category => "category",
            RowsRole::Kind => "kind",
            RowsRole::Modality => "modality",
            RowsRole::Words => "words",
            RowsRole::Timing => "timing",
            RowsRole::Owner => "owner",
            RowsRole::Source => "source",
            RowsRole::Section => "section",
            RowsRole::Line => "line",
            RowsRole::Quote => "quote",
            RowsRole::Note => "note",
            RowsRole::PartOf => "part of",
            RowsRole::Indicator => "indicator",
            RowsRole::Basis => "basis",
        }
    }

    /// Whether two columns may hold it, one in each language.
    #[must_use]
    pub fn is_repeatable(self) -> bool {
        matches!(self, RowsRole::Category | RowsRole::Note)
    }
}

/// That a rule is to move an indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feed {
    /// The indicator.
    pub indicator: Word,
    /// Whether the text says so; else somebody concluded it.
    pub is_stated: bool,
    /// Why, in one or two languages.
    pub labels: Vec<Word>,
}
