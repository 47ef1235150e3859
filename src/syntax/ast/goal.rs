//! What a target requires, by when and on which way, as it is written.

use super::{CompareOp, Expr, Number, PeriodAt, Quantity, Word};
use crate::source::Span;

/// How progress towards a target is measured.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the variants are named as their keywords")]
pub enum PathMethod {
    Linear,
    Geometric,
    GrowthRatio,
    ProjectionRatio,
    Waypoints(Vec<(PeriodAt, Quantity)>),
}

/// What a target or check requires.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::large_enum_variant, reason = "a file has few of them")]
pub enum Goal {
    /// A plain condition.
    Condition(Expr),
    /// A goal relative to the baseline or to other periods.
    Special {
        /// Its word.
        word: GoalWord,
        /// What it is about.
        subject: Expr,
        /// What it has to reach.
        limit: Limit,
    },
}

/// The word of a special goal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the variants are named as their keywords")]
pub enum GoalWord {
    AverageGrowth,
    MultipliesBy,
    FallsBy,
    RisesBy,
    Ranks,
}

/// The limit of a special goal.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the variants are named as their keywords")]
pub enum Limit {
    Between(Expr, Expr),
    Compare(CompareOp, Expr),
}

/// Whether a duty has to be met, or is only wished.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
#[expect(missing_docs, reason = "the variants are named as their keywords")]
pub enum Modality {
    #[default]
    Must,
    MustNot,
    Should,
    Encourage,
    Explore,
    Pilot,
}

impl Modality {
    /// Whether not to meet it is a failure.
    #[must_use]
    pub fn is_binding(self) -> bool {
        matches!(self, Modality::Must | Modality::MustNot)
    }

    /// The word of the machine output.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Modality::Must => "must",
            Modality::MustNot => "must not",
            Modality::Should => "should",
            Modality::Encourage => "encourage",
            Modality::Explore => "explore",
            Modality::Pilot => "pilot",
        }
    }

    /// The key of its name in the catalogue.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Modality::Must => "modality-must",
            Modality::MustNot => "modality-must-not",
            Modality::Should => "modality-should",
            Modality::Encourage => "modality-encourage",
            Modality::Explore => "modality-explore",
            Modality::Pilot => "modality-pilot",
        }
    }
}

/// When a goal is judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Timing {
    /// On that period's own figure.
    By(PeriodAt),
    /// By a day that is computed.
    ByDay(Expr),
    /// Once in every such stretch of time.
    Every {
        /// How long it is.
        step: Step,
        /// The first day or period.
        since: Option<PeriodAt>,
        /// The last one.
        until: Option<PeriodAt>,
    },
    /// Again and again, at intervals that the text leaves open.
    Regularly {
        /// The first period.
        since: Option<PeriodAt>,
        /// The last period.
        until: Option<PeriodAt>,
    },
    /// By no day that the text names.
    Undated(Span),
    /// On any period after the baseline, up to this one.
    ReachedBy(PeriodAt),
    /// On every period of a window.
    EachYear {
        /// The first period.
        since: Option<PeriodAt>,
        /// The last period.
        until: Option<PeriodAt>,
    },
}

/// A stretch of time as written: `year`, `2 years`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// How many; 1 if not written.
    pub number: Option<Number>,
    /// The unit.
    pub unit: Option<Word>,
    /// Where.
    pub span: Span,
}
