//! The tree of a `test` item as written: names are text, nothing is resolved.

use super::{Expr, PeriodAt, Quantity, Word};
use crate::source::Span;

/// A clause of a test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestClause {
    /// What it says.
    pub kind: TestClauseKind,
    /// The whole clause.
    pub span: Span,
}

/// What a clause of a test says.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the variants are named as their keywords")]
pub enum TestClauseKind {
    Given {
        figure: Expr,
        value: GivenValue,
        source: Option<Word>,
        published: Option<PeriodAt>,
        entity: Option<Word>,
    },
    GivenEvidence(Box<super::GivenEvidence>),
    Period(PeriodAt),
    InForce(PeriodAt),
    KnownOn(PeriodAt),
    Sources(Vec<Word>),
    Prefer(Vec<Word>),
    Weights(Word),
    Vintage(crate::eval::Vintage),
    Expect {
        rule: Word,
        entity: Option<Word>,
        what: Expectation,
    },
    Cases(Vec<TestRow>),
}

/// A row of a table of cases: what it says beside the other clauses of its test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestRow {
    /// Its name.
    pub name: Option<Word>,
    /// Whom it is about where nothing else is said.
    pub entity: Option<Word>,
    /// What its cells say, as the clauses that could stand for them.
    pub clauses: Vec<TestClause>,
    /// The whole row.
    pub span: Span,
}

/// A figure of a test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GivenValue {
    /// As a source would print it.
    Printed(Word),
    /// A plain quantity.
    Quantity(Quantity),
}

/// What a test expects.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the variants are named as their keywords")]
pub enum Expectation {
    Verdict {
        verdict: crate::verdict::Verdict,
        cause: Option<crate::verdict::Cause>,
    },
    Outlook(crate::verdict::OutlookClass),
    Outcome(Vec<Word>),
    Value(GivenValue),
    Mentions(Word),
    Finding(bool),
}
