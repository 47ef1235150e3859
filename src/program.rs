//! Phase 5: the checked model as flat lists of terms, ready to be evaluated.
//!
//! Terms stand in an order in which each comes after its operands. Derived
//! quantities are written out once for each period at which they are used, so
//! that evaluation looks nothing up. Lowering cannot fail on a checked model.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::day::Calendar;
use crate::graph::EvalOrder;
use crate::index::{Arena, define_id};
use crate::model::{
    DefineId, FigureRef, Fold, IndicatorId, Members, Model, OnDay, RuleId, ScoreId, Type,
};
use crate::number::Exact;
use crate::period::Period;
use crate::set::Comparison;
use crate::source::{Sources, Span};
use crate::syntax::ast::PeriodRef;

mod expand;
mod falling;
mod lower;
mod periods;

pub use expand::{Expansion, expand};
pub use lower::lower;
pub use periods::{at, shift_years};
pub(crate) use periods::{within, years_between};

define_id! {
    /// A term of a program.
    TermId;
    /// A figure that a program reads.
    InputId;
    /// What is said of many bodies at once.
    AggregateId;
    /// A decision at a period.
    DecisionId;
}

/// A compiled pack.
#[derive(Debug, Clone)]
pub struct Program {
    /// What the pack declares.
    pub model: Model,
    /// What depends on what.
    pub order: EvalOrder,
    /// All terms, operands before users.
    pub terms: Arena<TermId, Term>,
    /// All figures that terms read.
    pub inputs: Arena<InputId, Input>,
    /// All that is said of many bodies at once, inner before outer.
    pub aggregates: Arena<AggregateId, AggregateProgram>,
    /// All decisions, once for each period at which they are asked for.
    pub decisions: Arena<DecisionId, DecisionProgram>,
    /// One entry for each rule of the model, in its order.
    pub rules: Arena<RuleId, RuleProgram>,
    /// The term of each derived quantity, at the evaluated period.
    pub defines: Arena<DefineId, TermId>,
    /// Identities to be checked.
    pub identities: Vec<IdentityProgram>,
    /// Items of evidence whose coming true may turn some rule false.
    pub falling: BTreeSet<IndicatorId>,
    /// The rule files, so that explanations can quote them.
    pub sources: Sources,
}

impl Program {
    /// Whether something is declared by the pack itself, and not by one that it uses.
    #[must_use]
    pub fn is_own(&self, span: Span) -> bool {
        self.sources.pack_of(span.source).is_none()
    }

    /// A derived quantity with all that it is computed from.
    ///
    /// Gathered when asked for: in a long chain of quantities each holds all before it.
    #[must_use]
    pub fn root_of(&self, define: DefineId) -> Root {
        lower::root(&self.terms, &self.aggregates, self.defines[define])
    }
}

/// A figure that a program reads.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Input {
    /// The figure.
    pub figure: FigureRef,
    /// Its period.
    pub at: PeriodRef,
    /// The plan's own value, which stands for the published figure.
    pub baseline: Option<(Exact, Period)>,
}

/// One step of a computation.
#[derive(Debug, Clone)]
pub struct Term {
    /// What it does.
    pub kind: TermKind,
    /// What it is written as.
    pub span: Span,
    /// Its type.
    pub ty: Type,
    /// The derived quantity whose value it is.
    pub define: Option<DefineId>,
    /// What it is written as, in both languages; worked out when it is first said.
    pub(crate) words: std::sync::OnceLock<Box<crate::message::Label>>,
}

/// Kinds of terms. Full matches over them: evaluation, enclosure, explanation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TermKind {
    /// A number.
    Number(Exact),
    /// Yes or no.
    Truth(bool),
    /// A day that follows from the clocks.
    OnDay(OnDay),
    /// A day moved by so many steps, backward where `true`.
    Moved(DayStep, TermId, TermId, bool),
    /// The working days after one day up to another.
    Worked(Arc<Calendar>, TermId, TermId),
    /// A published figure.
    Input(InputId),
    /// A published figure, or where it is missing its derivation.
    Derived(InputId, TermId),
    /// A yes-or-no figure as a condition.
    IsYes(TermId),
    /// The negative.
    Negative(TermId),
    /// Terms, `true` where subtracted.
    Sum(Vec<(bool, TermId)>),
    /// Factors, `true` where divided by.
    Product(Vec<(bool, TermId)>),
    /// A whole power.
    Power(TermId, u32),
    /// The root whose degree is the number of years from one period to another.
    YearsRoot(TermId, PeriodRef, PeriodRef),
    /// The smallest.
    Min(Vec<TermId>),
    /// The largest.
    Max(Vec<TermId>),
    /// Without sign.
    Abs(TermId),
    /// One number or another.
    Choose(TermId, TermId, TermId),
    /// A comparison; `true` where a figure stands on it more than once.
    Compare(Comparison, TermId, TermId, bool),
    /// Whether two conditions are the same.
    Same(TermId, TermId),
    /// Whether a figure was published.
    Present(InputId),
    /// Opposite.
    Not(TermId),
    /// Undetermined as soon as one of these figures, or a member in one of these terms, is missing.
    Strict(TermId, Vec<InputId>, Vec<TermId>),
    /// All of them.
    All(Vec<TermId>),
    /// Any of them.
    Any(Vec<TermId>),
    /// So many of them, or more.
    AtLeast(u32, Vec<TermId>),
    /// The second wherever the first.
    Implies(TermId, TermId),
    /// One condition or another.
    Either(TermId, TermId, TermId),
    /// What is said of many bodies at once; its operand is computed for them, not for this one.
    Aggregate(AggregateId),
    /// The value of a score: the weighted mean of these, in the order of its elements.
    Composite(ScoreId, Vec<TermId>),
    /// Whether a decision comes to an outcome, and the formulas of all outcomes in all versions.
    Outcome(DecisionId, u16, Vec<TermId>),
}

impl TermKind {
    /// The terms that it is computed from, in order.
    #[must_use]
    pub fn operands(&self) -> Vec<TermId> {
        match self {
            TermKind::Number(_)
            | TermKind::Truth(_)
            | TermKind::OnDay(_)
            | TermKind::Input(_)
            | TermKind::Present(_)
            | TermKind::Aggregate(_) => Vec::new(),
            TermKind::Derived(_, inner)
            | TermKind::IsYes(inner)
            | TermKind::Negative(inner)
            | TermKind::Power(inner, _)
            | TermKind::YearsRoot(inner, ..)
            | TermKind::Abs(inner)
            | TermKind::Not(inner)
            | TermKind::Strict(inner, ..) => vec![*inner],
            TermKind::Sum(terms) | TermKind::Product(terms) => {
                terms.iter().map(|(_, term)| *term).collect()
            }
            TermKind::Min(items)
            | TermKind::Max(items)
            | TermKind::All(items)
            | TermKind::Any(items)
            | TermKind::AtLeast(_, items)
            | TermKind::Composite(_, items) => items.clone(),
            TermKind::Outcome(_, _, items) => items.clone(),
            TermKind::Compare(_, left, right, _)
            | TermKind::Moved(_, left, right, _)
            | TermKind::Worked(_, left, right)
            | TermKind::Same(left, right)
            | TermKind::Implies(left, right) => vec![*left, *right],
            TermKind::Choose(condition, yes, no) | TermKind::Either(condition, yes, no) => {
                vec![*condition, *yes, *no]
            }
        }
    }

    /// Whether it is yes or no, not a number.
    #[must_use]
    pub fn is_truth(&self) -> bool {
        matches!(
            self,
            TermKind::Truth(_)
                | TermKind::IsYes(_)
                | TermKind::Compare(..)
                | TermKind::Same(..)
                | TermKind::Present(_)
                | TermKind::Not(_)
                | TermKind::Strict(..)
                | TermKind::All(_)
                | TermKind::Any(_)
                | TermKind::AtLeast(..)
                | TermKind::Implies(..)
                | TermKind::Either(..)
                | TermKind::Outcome(..)
        )
    }
}

/// By what a day is moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DayStep {
    /// Months; where one lacks the day, its last.
    Months,
    /// Days that a calendar counts as worked.
    Worked(Arc<Calendar>),
}

/// A term with all that it needs.
#[derive(Debug, Clone)]
pub struct Root {
    /// The term.
    pub term: TermId,
    /// It and all that it is computed from, in order.
    pub terms: Vec<TermId>,
    /// The figures in them, of the evaluated body.
    pub inputs: Vec<InputId>,
    /// The figures that are read of other bodies, where it speaks of many.
    pub over: Vec<InputId>,
    /// The decision that it is the answer of, which may be open; elsewhere an outcome holds only of
    /// what is decided.
    pub answers: Option<DecisionId>,
}

impl Root {
    /// All figures that are read, of whomever, each once and in order.
    #[must_use]
    pub fn reads(&self) -> Vec<InputId> {
        let mut all: Vec<InputId> = self.inputs.iter().chain(&self.over).copied().collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}

/// What is said of many bodies at once, as terms.
#[derive(Debug, Clone)]
pub struct AggregateProgram {
    /// How they are taken together.
    pub fold: Fold,
    /// Who is meant.
    pub members: Members,
    /// What is computed for each of them.
    pub root: Root,
    /// The condition under which one counts, where there is one.
    pub filter: Option<Root>,
    /// How many there are, or whether all are there, where a figure of the body that asks says it.
    pub complete: Option<Root>,
    /// The period whose lists are meant, as seen from the evaluated one.
    pub at: PeriodRef,
    /// A figure stands in what is computed for each more than once.
    pub is_repeated: bool,
    /// What is computed for one rests on a figure that others rest on too.
    pub is_shared: bool,
}

impl AggregateProgram {
    /// All figures that are read, of whomever.
    pub fn reads(&self) -> impl Iterator<Item = InputId> + '_ {
        let others = self.filter.iter().chain(&self.complete);
        std::iter::once(&self.root)
            .chain(others)
            .flat_map(Root::reads)
    }
}

/// A decision as terms.
#[derive(Debug, Clone)]
pub struct DecisionProgram {
    /// The decision.
    pub rule: RuleId,
    /// Its versions, in the order of the model.
    pub versions: Vec<VersionProgram>,
}

/// The cases as one law has them, as terms.
#[derive(Debug, Clone)]
pub struct VersionProgram {
    /// For each outcome, whether it follows.
    pub outcomes: Vec<TermId>,
    /// For each case what becomes of it.
    pub cases: Vec<CaseProgram>,
    /// For each presumption, whether it stands aside.
    pub aside: Vec<TermId>,
}

/// What becomes of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CaseProgram {
    /// Its own condition.
    pub holds: TermId,
    /// It holds, and no stronger case does.
    pub applies: TermId,
    /// It applies, and no exception beats it.
    pub stands: TermId,
}

/// A rule as terms.
#[derive(Debug, Clone)]
pub struct RuleProgram {
    /// What must hold.
    pub goal: Root,
    /// When the rule applies.
    pub condition: Option<Root>,
    /// Whether its day has come, where that is computed.
    pub reached: Option<Root>,
    /// The quantity of a level target.
    pub subject: Option<Root>,
    /// The decision that it is.
    pub decision: Option<DecisionId>,
    /// The words of the goal in both languages, made at their first use.
    pub(crate) words: std::sync::OnceLock<crate::message::Label>,
}

/// An identity as terms.
#[derive(Debug, Clone)]
pub struct IdentityProgram {
    /// The indicator.
    pub indicator: IndicatorId,
    /// Which of its identities.
    pub index: usize,
    /// The comparison of both sides.
    pub root: Root,
}
