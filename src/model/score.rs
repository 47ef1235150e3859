//! Scores: composite indices over bodies, with their elements, weights and tiers.
//!
//! What each is worth is a derived quantity like any other; here stands how it is put together.

use crate::index::define_id;
use crate::message::Label;
use crate::model::{DefineId, Expr, Members, Type};
use crate::number::Exact;
use crate::source::Span;
pub use crate::syntax::ast::MissingWord as Gap;

define_id! {
    /// A composite index over bodies.
    ScoreId;
}

/// A composite index over bodies.
#[derive(Debug, Clone)]
pub struct Score {
    /// Its id.
    pub id: String,
    /// Its name.
    pub label: Label,
    /// Whom it is of, and among whom they are compared.
    pub members: Members,
    /// What it is made of. Never empty.
    pub elements: Vec<ScoreElement>,
    /// The weighted geometric mean, not the arithmetic one.
    pub is_geometric: bool,
    /// What becomes of a missing figure.
    pub gap: Gap,
    /// What it comes to where all elements are 1.
    pub out_of: Exact,
    /// Its tiers, from the best down.
    pub tiers: Vec<ScoreTier>,
    /// Further weights under a name.
    pub weighings: Vec<Weighing>,
    /// The derived quantity that is its value.
    pub value: DefineId,
    /// The derived quantity that is the place in it.
    pub rank: DefineId,
    /// The derived quantity that is the number of the tier, where there are tiers.
    pub tier: Option<DefineId>,
    /// Notes.
    pub notes: Vec<Label>,
    /// Where it is declared.
    pub span: Span,
}

impl Score {
    /// The weights that count: those of this name, else those of the score itself.
    #[must_use]
    pub fn weights(&self, name: Option<&str>) -> Vec<&Weight> {
        let named = |weighing: &&Weighing| Some(weighing.id.as_str()) == name;
        match self.weighings.iter().find(named) {
            Some(weighing) => weighing.weights.iter().collect(),
            None => self
                .elements
                .iter()
                .map(|element| &element.weight)
                .collect(),
        }
    }
}

/// One quantity that a score is made of.
#[derive(Debug, Clone)]
pub struct ScoreElement {
    /// Its name within the score.
    pub id: String,
    /// Its label.
    pub label: Label,
    /// The derived quantity that is its comparable value.
    pub value: DefineId,
    /// How much it weighs by itself.
    pub weight: Weight,
    /// How bodies are made comparable in it.
    pub norm: Norm,
    /// Types of the numbers in it, which must be that of the quantity.
    pub literals: Vec<(Type, Span)>,
}

/// What a weight may be, from 0 to 1. The weights of a score add up to 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weight {
    /// The least.
    pub lo: Exact,
    /// The most.
    pub hi: Exact,
}

impl Weight {
    /// Whether it is one number.
    #[must_use]
    pub fn is_fixed(&self) -> bool {
        self.lo == self.hi
    }
}

/// Weights of a score under a name.
#[derive(Debug, Clone)]
pub struct Weighing {
    /// Their name.
    pub id: String,
    /// Their label.
    pub label: Label,
    /// The weights, as the elements of the score.
    pub weights: Vec<Weight>,
    /// Where they are declared.
    pub span: Span,
}

/// A tier of a score.
#[derive(Debug, Clone)]
pub struct ScoreTier {
    /// Its id.
    pub id: String,
    /// Its name.
    pub label: Label,
    /// Whether somebody is in it or in a better one.
    pub condition: Expr,
}

/// How bodies are made comparable in a quantity. The better, the higher the result.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Norm {
    /// The place between the lowest and the highest of all, from 0 to 1.
    MinMax,
    /// The distance from the mean of all, in standard deviations.
    ZScore,
    /// The part of a target that is reached, from 0 to 1; in base units.
    Target(Exact),
    /// The place between two fixed ends, from 0 to 1; in base units.
    Between(Exact, Exact),
    /// The quantity is comparable as it is: the multiple of a reference.
    Multiple,
}

/// The comparable value of each body in one quantity.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Standing {
    /// How it is made comparable.
    pub norm: Norm,
    /// Whether more of the quantity is better.
    pub is_up: bool,
    /// What becomes of a missing figure.
    pub gap: Gap,
}

impl Standing {
    /// The key of its name in the catalogue.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self.norm {
            Norm::MinMax => "standing-min-max",
            Norm::ZScore => "standing-z-score",
            Norm::Target(_) => "standing-target",
            Norm::Between(..) => "standing-between",
            Norm::Multiple => "standing-multiple",
        }
    }
}
