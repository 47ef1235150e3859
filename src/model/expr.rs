//! Expressions with their names resolved.

use std::sync::Arc;

use crate::model::{
    Aggregate, Composite, DefineId, EntityId, IndicatorId, Measure, Model, Recurrence, Role,
    RuleId, Type,
};
use crate::number::Exact;
use crate::period::Period;
use crate::set::Comparison;
use crate::source::Span;
use crate::syntax::ast::PeriodRef;

/// What an expression reads of an indicator, its period aside.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct FigureRef {
    /// The indicator.
    pub indicator: IndicatorId,
    /// Index of the definition.
    pub definition: u16,
    /// Level, growth, change or rank.
    pub measure: Measure,
    /// The breakdown, keys in order; empty for the total.
    pub breakdown: Arc<str>,
    /// A fixed entity; the evaluated one where absent.
    pub entity: Option<EntityId>,
}

impl FigureRef {
    /// Its name in tables that machines read: the indicator, and in brackets definition, measure,
    /// breakdown and whose it is, as far as there are such.
    #[must_use]
    pub fn key(&self, model: &Model, whose: Option<&str>) -> String {
        let indicator = &model.indicators[self.indicator];
        let definition = indicator.definitions.get(usize::from(self.definition));
        let parts = [
            definition.map_or("", |definition| definition.id.as_str()),
            self.measure.word(),
            &self.breakdown,
            whose.unwrap_or(""),
        ];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        format!("{}[{}]", indicator.id, parts.join(", "))
    }
}

/// A day that follows from the clocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnDay {
    /// The day whose law applies.
    This,
    /// The first day of the stretch of time that is judged.
    First(Recurrence),
    /// Its last day.
    Last(Recurrence),
}

/// An expression with names resolved; typed after `check`.
#[derive(Debug, Clone)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Where it is written.
    pub span: Span,
    /// Its type; `Type::Unknown` before `check`.
    pub ty: Type,
}

/// Kinds of resolved expression. Functions are built from these.
#[derive(Debug, Clone)]
pub enum ExprKind {
    /// Stands for something that was reported already.
    Error,
    /// A number, in base units.
    Number(Exact),
    /// A text, as an index into [`Model::symbols`](crate::model::Model::symbols).
    Text(u32),
    /// Yes or no.
    Truth(bool),
    /// A day that follows from the clocks.
    OnDay(OnDay),
    /// The working days after one day up to another.
    Worked(Box<Expr>, Box<Expr>),
    /// A figure of the evaluated period.
    Figure(FigureRef),
    /// The plan's own baseline of a figure.
    Baseline(FigureRef, Exact, Period),
    /// A derived quantity.
    Define(DefineId),
    /// The same at another period.
    Shift(Box<Expr>, PeriodRef),
    /// A meaning that the checker could not see, such as growth.
    As(Role, Box<Expr>),
    /// The negative.
    Negative(Box<Expr>),
    /// Terms, `true` where subtracted.
    Sum(Vec<(bool, Expr)>),
    /// Factors, `true` where divided by.
    Product(Vec<(bool, Expr)>),
    /// A whole power.
    Power(Box<Expr>, u32),
    /// The root whose degree is the number of years since a period.
    YearsRoot(Box<Expr>, PeriodRef),
    /// The smallest.
    Min(Vec<Expr>),
    /// The largest.
    Max(Vec<Expr>),
    /// Without sign.
    Abs(Box<Expr>),
    /// One value or another.
    If(Box<Expr>, Box<Expr>, Box<Expr>),
    /// A comparison.
    Compare(Comparison, Box<Expr>, Box<Expr>),
    /// Whether a figure was published.
    Present(FigureRef),
    /// Opposite.
    Not(Box<Expr>),
    /// Undetermined as soon as a figure in it is missing.
    Strict(Box<Expr>),
    /// All of them.
    All(Vec<Expr>),
    /// Any of them.
    Any(Vec<Expr>),
    /// So many of them, or more.
    AtLeast(u32, Vec<Expr>),
    /// The second wherever the first.
    Implies(Box<Expr>, Box<Expr>),
    /// What is said of many bodies at once.
    Aggregate(Box<Aggregate>),
    /// The value of a score.
    Composite(Box<Composite>),
    /// Whether a decision comes to one of its outcomes.
    Outcome(RuleId, u16),
}

/// The direct parts of an expression, in order, to be read or to be changed.
macro_rules! operands {
    ($kind:expr, $iter:ident $(, $mut:tt)?) => {
        match $kind {
            ExprKind::Error
            | ExprKind::Number(_)
            | ExprKind::Text(_)
            | ExprKind::Truth(_)
            | ExprKind::OnDay(_)
            | ExprKind::Figure(_)
            | ExprKind::Baseline(..)
            | ExprKind::Define(_)
            | ExprKind::Present(_)
            | ExprKind::Outcome(..) => Vec::new(),
            ExprKind::Shift(inner, _)
            | ExprKind::As(_, inner)
            | ExprKind::Negative(inner)
            | ExprKind::Power(inner, _)
            | ExprKind::YearsRoot(inner, _)
            | ExprKind::Abs(inner)
            | ExprKind::Not(inner)
            | ExprKind::Strict(inner) => vec![inner],
            ExprKind::Sum(terms) | ExprKind::Product(terms) => {
                terms.$iter().map(|(_, term)| term).collect()
            }
            ExprKind::Min(items)
            | ExprKind::Max(items)
            | ExprKind::All(items)
            | ExprKind::Any(items)
            | ExprKind::AtLeast(_, items) => items.$iter().collect(),
            ExprKind::Compare(_, left, right)
            | ExprKind::Worked(left, right)
            | ExprKind::Implies(left, right) => {
                vec![left, right]
            }
            ExprKind::If(condition, yes, no) => vec![condition, yes, no],
            ExprKind::Aggregate(aggregate) => {
                let Aggregate { operand, filter, complete, .. } = &$($mut)? **aggregate;
                let parts = std::iter::once(operand);
                parts.chain(filter).chain(complete).collect()
            }
            ExprKind::Composite(composite) => composite.parts.$iter().collect(),
        }
    };
}

impl Expr {
    /// An expression without type yet.
    #[must_use]
    pub fn new(kind: ExprKind, span: Span) -> Expr {
        Expr {
            kind,
            span,
            ty: Type::Unknown,
        }
    }

    /// The direct parts, in order.
    #[must_use]
    pub fn operands(&self) -> Vec<&Expr> {
        operands!(&self.kind, iter)
    }

    /// The direct parts, in order, to be changed.
    pub(super) fn operands_mut(&mut self) -> Vec<&mut Expr> {
        operands!(&mut self.kind, iter_mut, mut)
    }
}
