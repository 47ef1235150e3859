//! A goal at its own baseline: what it says of the figure that the plan started from, also where the goal
//! is several comparisons, or the opposite of one.

use crate::model::{Baseline, DefineId, Expr, ExprKind, FigureRef, Role, Type};
use crate::number::Exact;

/// Whether a goal holds of the baseline. Nothing where the goal is about more than the one quantity, or
/// where the baseline could be that of something computed from it.
pub(super) fn holds(goal: &Expr, baseline: &Baseline) -> Option<bool> {
    // A baseline without unit takes that of the quantity only where the goal is one comparison.
    let is_bare = matches!(&baseline.ty, Type::Quantity(ty) if ty.role == Role::Scaled);
    let mut at = At {
        value: &baseline.value,
        subject: None,
    };
    match is_bare {
        true => None,
        false => at.truth(goal),
    }
}

/// The quantity that has a baseline.
#[derive(PartialEq)]
enum Subject<'e> {
    Figure(&'e FigureRef),
    Define(DefineId),
}

struct At<'e> {
    value: &'e Exact,
    /// The quantity, once it was met.
    subject: Option<Subject<'e>>,
}

impl<'e> At<'e> {
    fn truth(&mut self, expr: &'e Expr) -> Option<bool> {
        match &expr.kind {
            ExprKind::Truth(truth) => Some(*truth),
            ExprKind::Compare(op, left, right) => {
                let (left, right) = (self.side(left)?, self.side(right)?);
                Some(op.holds(left.cmp(&right)))
            }
            ExprKind::Not(inner) => Some(!self.truth(inner)?),
            ExprKind::Strict(inner) => self.truth(inner),
            ExprKind::All(items) => Some(self.count(items)? == items.len()),
            ExprKind::Any(items) => Some(self.count(items)? > 0),
            ExprKind::AtLeast(least, items) => {
                let least = usize::try_from(*least).ok()?;
                Some(self.count(items)? >= least)
            }
            ExprKind::Implies(left, right) => {
                let (left, right) = (self.truth(left)?, self.truth(right)?);
                Some(!left || right)
            }
            _ => None,
        }
    }

    fn count(&mut self, items: &'e [Expr]) -> Option<usize> {
        let truths: Option<Vec<bool>> = items.iter().map(|item| self.truth(item)).collect();
        Some(truths?.into_iter().filter(|truth| *truth).count())
    }

    /// One side of a comparison. `2 * a` may have a baseline of its own; a rise or a fall from the baseline
    /// names it.
    fn side(&mut self, expr: &'e Expr) -> Option<Exact> {
        let is_plain = matches!(expr.kind, ExprKind::Figure(_) | ExprKind::Define(_));
        let (mut reads, mut names_base) = (false, false);
        crate::graph::walk(expr, &mut |part| match part.kind {
            ExprKind::Figure(_) | ExprKind::Define(_) => reads = true,
            ExprKind::Baseline(..) => names_base = true,
            _ => {}
        });
        match is_plain || names_base || !reads {
            true => self.number(expr),
            false => None,
        }
    }

    fn number(&mut self, expr: &'e Expr) -> Option<Exact> {
        match &expr.kind {
            ExprKind::Number(value) | ExprKind::Baseline(_, value, _) => Some(value.clone()),
            ExprKind::Figure(figure) => self.subject(Subject::Figure(figure)),
            ExprKind::Define(id) => self.subject(Subject::Define(*id)),
            ExprKind::As(_, inner) => self.number(inner),
            ExprKind::Negative(inner) => Some(-self.number(inner)?),
            ExprKind::Sum(terms) => {
                let mut sum = Exact::from(0);
                for (is_minus, term) in terms {
                    let value = self.number(term)?;
                    sum = match is_minus {
                        true => &sum - &value,
                        false => &sum + &value,
                    };
                }
                Some(sum)
            }
            ExprKind::Product(factors) => {
                let mut product = Exact::from(1);
                for (is_divisor, factor) in factors {
                    let value = self.number(factor)?;
                    product = match is_divisor {
                        true => product.checked_div(&value)?,
                        false => &product * &value,
                    };
                }
                Some(product)
            }
            // No year of growth is growth by nothing.
            ExprKind::YearsRoot(inner, _) => {
                let one = Exact::from(1);
                self.number(inner).filter(|value| *value == one)
            }
            _ => None,
        }
    }

    fn subject(&mut self, subject: Subject<'e>) -> Option<Exact> {
        match &self.subject {
            Some(known) if *known != subject => None,
            _ => {
                self.subject = Some(subject);
                Some(self.value.clone())
            }
        }
    }
}
