//! Decisions: facts to one of several named outcomes, through cases, as laws have them one after
//! another. What a case needs is an expression like any other; here is only how cases are ordered.

use crate::message::Label;
use crate::model::rule::Citation;
use crate::model::{Expr, FigureRef, InstrumentId};
use crate::source::Span;

/// Outcomes that one decision may have: one bit each.
pub const MOST_OUTCOMES: usize = 32;

/// What a decision may come to, and how.
#[derive(Debug, Clone, Default)]
pub struct Decision {
    /// The outcomes, as declared.
    pub outcomes: Vec<Outcome>,
    /// The cases as each law has them; one where the decision names no versions.
    pub versions: Vec<Version>,
}

/// Something that a decision may come to.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// Its id.
    pub id: String,
    /// Its name.
    pub label: Label,
    /// Where it is declared.
    pub span: Span,
}

/// The cases as one law has them.
#[derive(Debug, Clone)]
pub struct Version {
    /// Its id; empty where the decision names no versions.
    pub id: String,
    /// Its name.
    pub label: Label,
    /// The texts under which it stands: all of them have to be in force.
    pub under: Vec<InstrumentId>,
    /// The first case that holds decides; otherwise no two may hold.
    pub is_ordered: bool,
    /// Cases, exceptions after what they beat, what is left over last.
    pub cases: Vec<Case>,
    /// What counts where a fact is not stated.
    pub presumptions: Vec<Presumption>,
    /// Notes.
    pub notes: Vec<Label>,
    /// Where it is declared.
    pub span: Span,
}

impl Version {
    /// Whether some case holds whatever the facts are.
    #[must_use]
    pub fn is_total(&self) -> bool {
        self.cases
            .iter()
            .any(|case| case.condition.is_none() && case.beats.is_empty())
    }
}

/// When an outcome follows.
#[derive(Debug, Clone)]
pub struct Case {
    /// Its id.
    pub id: String,
    /// What follows, by its place among the outcomes.
    pub outcome: u16,
    /// When; absent where nothing is asked.
    pub condition: Option<Expr>,
    /// The condition as written, before presumptions stand in it.
    pub written: Option<Span>,
    /// The cases that it beats, by their place; empty for a case of its own.
    pub beats: Vec<usize>,
    /// Where it is from.
    pub citations: Vec<Citation>,
    /// Notes.
    pub notes: Vec<Label>,
    /// Where it is written.
    pub span: Span,
}

/// What counts where a fact is not stated.
#[derive(Debug, Clone)]
pub struct Presumption {
    /// The fact.
    pub fact: FigureRef,
    /// What it is taken for.
    pub value: Expr,
    /// Whether it stands aside: the fact is stated, or what it makes room for holds.
    pub aside: Expr,
    /// Where it is from.
    pub citations: Vec<Citation>,
    /// Notes.
    pub notes: Vec<Label>,
    /// Where it is written.
    pub span: Span,
}
