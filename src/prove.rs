//! What can be proved of rules before any figure is there: whether they can be met, whether they hold
//! together, whether two packs ask the same. Programs go in; proofs and examples come out.
//!
//! All figures are taken to be there and known exactly. What follows from rules, declared bounds and
//! identities is proved exactly; an example is only shown where the evaluation of the same figures
//! says what was claimed of them. What is not looked into is an unknown of its own, and said.

use chrono::NaiveDate;

use crate::eval::{Choice, Clocks};
use crate::period::Period;

mod asked;
mod cases;
mod example;
mod formula;
mod packs;
mod search;
mod terms;
mod together;
mod world;

pub use cases::{CaseFlaw, case_flaws};
pub use example::{CELLS as EXAMPLE_CELLS, Example, ExampleFigure};
pub use packs::{
    Changed, ChangedPart, Difference, Join, PackComparison, Paired, Relation, State, Turn,
    compare_packs, joins,
};
pub use together::{Finding, FindingKind, Ground, Together, together};

/// Why something is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Doubt {
    /// It rests on what is said of many bodies at once.
    Aggregate,
    /// It rests on a score.
    Score,
    /// Figures are multiplied with each other, or divided by sums of their own.
    Product,
    /// It takes a power or a root.
    Root,
    /// It counts months or working days from a day that is a figure.
    Days,
    /// It rests on evidence.
    Evidence,
    /// It compares texts that no list names.
    Text,
    /// A condition inside of it may have no answer.
    Open,
    /// It asks whether a figure is there, and every figure is taken to be.
    Presence,
    /// Too many cases within one number.
    Cases,
    /// Too many alternatives.
    Steps,
    /// The solver proposed nothing that could be proved.
    Solver,
    /// There are figures, but none with a few places that a table would print.
    Print,
    /// No figure is within the bounds.
    Bounds,
    /// The evaluation of the example does not say what was expected of it.
    Evaluation,
    /// It is judged record by record, or for bodies within others.
    Scope,
    /// It is judged for nobody.
    Nobody,
    /// It is judged for others than before.
    OtherScope,
    /// An indicator that it reads is declared otherwise than before.
    OtherIndicator,
    /// It is another kind of rule than before.
    OtherKind,
    /// It recurs, and waivers excuse some of its stretches of time.
    Recurrence,
    /// Laws and periods change more often than is looked at.
    Settings,
}

impl Doubt {
    /// All of them.
    pub const ALL: [Doubt; 22] = [
        Doubt::Aggregate,
        Doubt::Score,
        Doubt::Product,
        Doubt::Root,
        Doubt::Days,
        Doubt::Evidence,
        Doubt::Text,
        Doubt::Open,
        Doubt::Presence,
        Doubt::Cases,
        Doubt::Steps,
        Doubt::Solver,
        Doubt::Print,
        Doubt::Bounds,
        Doubt::Evaluation,
        Doubt::Scope,
        Doubt::Nobody,
        Doubt::OtherScope,
        Doubt::OtherIndicator,
        Doubt::OtherKind,
        Doubt::Recurrence,
        Doubt::Settings,
    ];

    /// The word of the machine output; never translated.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Doubt::Aggregate => "aggregate",
            Doubt::Score => "score",
            Doubt::Product => "product",
            Doubt::Root => "root",
            Doubt::Days => "days",
            Doubt::Evidence => "evidence",
            Doubt::Text => "text",
            Doubt::Open => "open",
            Doubt::Presence => "presence",
            Doubt::Cases => "cases",
            Doubt::Steps => "steps",
            Doubt::Solver => "solver",
            Doubt::Print => "print",
            Doubt::Bounds => "bounds",
            Doubt::Evaluation => "evaluation",
            Doubt::Scope => "scope",
            Doubt::Nobody => "nobody",
            Doubt::OtherScope => "other-scope",
            Doubt::OtherIndicator => "other-indicator",
            Doubt::OtherKind => "other-kind",
            Doubt::Recurrence => "recurrence",
            Doubt::Settings => "settings",
        }
    }

    /// The key of its sentence in the catalogue.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Doubt::Aggregate => "doubt-aggregate",
            Doubt::Score => "doubt-score",
            Doubt::Product => "doubt-product",
            Doubt::Root => "doubt-root",
            Doubt::Days => "doubt-days",
            Doubt::Evidence => "doubt-evidence",
            Doubt::Text => "doubt-text",
            Doubt::Open => "doubt-open",
            Doubt::Presence => "doubt-presence",
            Doubt::Cases => "doubt-cases",
            Doubt::Steps => "doubt-steps",
            Doubt::Solver => "doubt-solver",
            Doubt::Print => "doubt-print",
            Doubt::Bounds => "doubt-bounds",
            Doubt::Evaluation => "doubt-evaluation",
            Doubt::Scope => "doubt-scope",
            Doubt::Nobody => "doubt-nobody",
            Doubt::OtherScope => "doubt-other-scope",
            Doubt::OtherIndicator => "doubt-other-indicator",
            Doubt::OtherKind => "doubt-other-kind",
            Doubt::Recurrence => "doubt-recurrence",
            Doubt::Settings => "doubt-settings",
        }
    }
}

/// A setting of the clocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Setting {
    /// The day whose law applies.
    pub in_force: NaiveDate,
    /// The evaluated period.
    pub period: Period,
}

impl Setting {
    /// The clocks of an evaluation that knows every figure.
    fn clocks(self) -> Clocks {
        Clocks {
            period: self.period,
            in_force: self.in_force,
            known_on: None,
            choice: Choice::default(),
        }
    }
}
