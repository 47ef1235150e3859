//! What a target requires, by when and on which way, as it is written.

use super::{CompareOp, Expr, PeriodAt, Quantity};

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

/// When a goal is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Timing {
    /// On that period's own figure.
    By(PeriodAt),
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
