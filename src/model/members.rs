//! Bodies in classes and in each other, and what is said of many of them at once.

use std::collections::BTreeSet;

use crate::model::{ClassId, DefineId, EntityId, Expr, ExprKind, Model, ScoreId, Standing};
use crate::number::Exact;
use crate::period::Period;
use crate::syntax::ast::PeriodRef;

/// What few bodies have beside their first class and the body that they are a part of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Further {
    /// Short forms and other names.
    pub aliases: Vec<String>,
    /// Classes after the first.
    pub classes: Vec<ClassId>,
    /// Bodies after the first that it is a part of.
    pub wholes: Vec<EntityId>,
}

/// Which bodies are meant: a class, and what narrows it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Members {
    /// Their class.
    pub class: ClassId,
    /// The body that all of them are a part of.
    pub within: Option<EntityId>,
    /// Those left out, in order.
    pub except: Vec<EntityId>,
    /// Those alone that are a part of the evaluated body.
    pub is_own: bool,
}

impl Members {
    /// All of a class.
    #[must_use]
    pub fn of(class: ClassId) -> Members {
        Members {
            class,
            within: None,
            except: Vec::new(),
            is_own: false,
        }
    }
}

/// How many values become one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fold {
    /// Their sum.
    Sum(Option<Part>),
    /// Their mean.
    Mean(Option<Part>),
    /// The value below which this part of them lies: 0 the lowest, 1 the highest.
    Quantile(Exact),
    /// The place of the evaluated body; the highest is the first where `true`.
    Rank(bool),
    /// The value of the evaluated body, made comparable with all others.
    Standing(Standing),
    /// How many meet the condition.
    Count,
    /// Which part of them meets the condition.
    Share,
}

impl Fold {
    /// Whether its operand is a condition.
    #[must_use]
    pub fn takes_condition(&self) -> bool {
        matches!(self, Fold::Count | Fold::Share)
    }

    /// The key of its name in the catalogue.
    #[must_use]
    pub fn key(&self) -> &'static str {
        let one = Exact::from(1);
        match self {
            Fold::Sum(None) => "aggregate-sum",
            Fold::Mean(None) => "aggregate-mean",
            Fold::Sum(Some(part)) if part.is_top => "aggregate-sum-top",
            Fold::Sum(Some(_)) => "aggregate-sum-bottom",
            Fold::Mean(Some(part)) if part.is_top => "aggregate-mean-top",
            Fold::Mean(Some(_)) => "aggregate-mean-bottom",
            Fold::Quantile(p) if p.is_zero() => "aggregate-lowest",
            Fold::Quantile(p) if *p == one => "aggregate-highest",
            Fold::Quantile(p) if Some(p) == Exact::ratio(1, 2).as_ref() => "aggregate-median",
            Fold::Quantile(_) => "aggregate-quantile",
            Fold::Rank(true) => "aggregate-rank-highest",
            Fold::Rank(false) => "aggregate-rank-lowest",
            Fold::Standing(standing) => standing.key(),
            Fold::Count => "aggregate-count",
            Fold::Share => "aggregate-share",
        }
    }
}

/// The so many highest or lowest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Part {
    /// The highest, not the lowest.
    pub is_top: bool,
    /// How many, at least one.
    pub n: u32,
}

/// An expression over many bodies.
#[derive(Debug, Clone)]
pub struct Aggregate {
    /// How they are taken together.
    pub fold: Fold,
    /// Of what: a number, or a condition where they are counted.
    pub operand: Expr,
    /// Which of them count, where that is said.
    pub filter: Option<Expr>,
    /// How many there are, or whether all are there, where a figure of the owner says it.
    pub complete: Option<Expr>,
    /// Who is meant.
    pub members: Members,
}

/// A period as an expression names it: years from the asked one, or from a fixed one.
pub(crate) type At = (Option<Period>, i32);

impl Aggregate {
    /// The periods of which figures of the members are read, as seen from the one that is asked.
    pub(crate) fn periods(&self, model: &Model) -> BTreeSet<At> {
        let mut read = Read {
            model,
            class: self.members.class,
            seen: BTreeSet::new(),
            found: BTreeSet::new(),
        };
        for part in std::iter::once(&self.operand).chain(&self.filter) {
            read.expr(part, (None, 0));
        }
        read.found
    }
}

/// What is read of the members of a class.
struct Read<'m> {
    model: &'m Model,
    class: ClassId,
    seen: BTreeSet<(DefineId, At)>,
    found: BTreeSet<At>,
}

impl Read<'_> {
    fn expr(&mut self, expr: &Expr, at: At) {
        match &expr.kind {
            ExprKind::Figure(figure) | ExprKind::Present(figure) => {
                let indicator = &self.model.indicators[figure.indicator];
                if indicator.class == Some(self.class) && figure.entity.is_none() {
                    self.found.insert(at);
                }
            }
            ExprKind::Define(id) => {
                if self.seen.insert((*id, at)) {
                    self.expr(&self.model.defines[*id].value, at);
                }
            }
            ExprKind::Shift(inner, PeriodRef::Fixed(period)) => {
                self.expr(inner, (Some(*period), 0));
            }
            ExprKind::Shift(inner, PeriodRef::Relative(years)) => {
                self.expr(inner, (at.0, at.1.saturating_add(*years)));
            }
            ExprKind::Aggregate(_) => {}
            _ => {
                for part in expr.operands() {
                    self.expr(part, at);
                }
            }
        }
    }
}

/// The value of a score: the weighted mean of its elements.
#[derive(Debug, Clone)]
pub struct Composite {
    /// The score.
    pub score: ScoreId,
    /// The comparable values of its elements, in order.
    pub parts: Vec<Expr>,
}
