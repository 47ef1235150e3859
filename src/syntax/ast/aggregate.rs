//! What is said of many bodies at once, as written: how they are taken together, of what, and
//! which bodies are meant. Nothing is resolved.

use super::{Expr, Number, Word};
use crate::source::Span;

/// An expression over many bodies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aggregate {
    /// How they are taken together.
    pub fold: Fold,
    /// Of what; a condition where they are counted.
    pub operand: Expr,
    /// Which of them count, where that is said.
    pub filter: Option<Expr>,
    /// Who is meant.
    pub members: Members,
}

/// How many values become one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fold {
    /// Their sum, perhaps of some alone.
    Sum(Option<Part>),
    /// Their mean, perhaps of some alone.
    Mean(Option<Part>),
    /// The one in the middle.
    Median,
    /// The highest.
    Highest,
    /// The lowest.
    Lowest,
    /// The one below which a part of them lies.
    Quantile(Number),
    /// The place of the evaluated body among them.
    Rank,
    /// How many meet a condition.
    Count,
    /// Which part of them meets a condition.
    Share,
}

/// The so many highest or lowest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The highest, not the lowest.
    pub is_top: bool,
    /// How many.
    pub n: Number,
}

/// Which bodies are meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Members {
    /// Those alone that are a part of the evaluated body.
    pub is_own: bool,
    /// Their class.
    pub class: Word,
    /// The body that they are a part of.
    pub within: Option<Word>,
    /// Those left out.
    pub except: Vec<Word>,
    /// As written.
    pub span: Span,
}
