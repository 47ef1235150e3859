//! The tree of `score` and `weights` items as written: names are text, nothing is resolved.

use super::{Clause, CompareOp, Expr, Number, PeriodAt, Quantity, Word};
use crate::source::Span;

/// A composite index over bodies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Score {
    /// Its name.
    pub name: Word,
    /// Its label.
    pub label: Option<Word>,
    /// What it is made of, and how.
    pub parts: Vec<ScorePart>,
    /// `for each`, `en`, `zh`, `note`.
    pub clauses: Vec<Clause>,
}

/// A clause of a score that no other item has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScorePart {
    /// What it says.
    pub kind: ScorePartKind,
    /// The whole clause.
    pub span: Span,
}

/// What a clause of a score says.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the variants are named as their keywords")]
pub enum ScorePartKind {
    Element(Box<Element>),
    Aggregate { geometric: bool },
    Missing(MissingWord),
    OutOf(Number),
    Tier(Box<Tier>),
}

/// One quantity that a score is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element {
    /// Its name; that of the quantity where no other value is written.
    pub name: Word,
    /// Its labels, as written.
    pub labels: Vec<Word>,
    /// Its value, where it is not the quantity of that name.
    pub value: Option<Expr>,
    /// How much it weighs.
    pub weight: WeightWord,
    /// Whether more is better, where the element itself says so.
    pub higher_is_better: Option<bool>,
    /// How bodies are made comparable in it.
    pub norm: NormWord,
}

/// A weight as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WeightWord {
    /// Any from 0 to 1.
    Open(Span),
    /// One number.
    Fixed(Quantity),
    /// From one to another.
    Between(Quantity, Quantity),
}

/// How bodies are made comparable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NormWord {
    /// The place between the lowest and the highest.
    MinMax,
    /// The distance from the mean in standard deviations.
    ZScore,
    /// The part of a target that is reached.
    Distance(Quantity),
    /// The place between two fixed ends.
    Between(Quantity, Quantity),
    /// The multiple of the value of a year.
    Against(PeriodAt),
}

/// What becomes of a figure that is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MissingWord {
    /// Unknown within its declared bounds.
    Unknown,
    /// Left out; the other elements share its weight.
    LeftOut,
    /// As the worst of those that have one.
    Worst,
    /// As the mean of those that have one.
    Mean,
}

impl MissingWord {
    /// The word of the machine output; never translated.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            MissingWord::Unknown => "unknown",
            MissingWord::LeftOut => "left-out",
            MissingWord::Worst => "as-worst",
            MissingWord::Mean => "as-mean",
        }
    }
}

/// A class of scores.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tier {
    /// Its id.
    pub id: Word,
    /// Its labels, as written.
    pub labels: Vec<Word>,
    /// Who is in it.
    pub limit: TierLimit,
}

/// Who is in a tier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TierLimit {
    /// The so many best.
    Top(Number),
    /// Those with such a score.
    Score(CompareOp, Quantity),
}

/// Weights of a score under a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weights {
    /// Their name.
    pub id: Word,
    /// Of which score.
    pub score: Word,
    /// Their label.
    pub label: Option<Word>,
    /// The weight of each element.
    pub elements: Vec<(Word, WeightWord)>,
    /// `en`, `zh`, `note`.
    pub clauses: Vec<Clause>,
}
