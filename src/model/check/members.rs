//! The type of what is said of many bodies at once.

use super::Cx;
use super::arithmetic::add;
use crate::model::{Aggregate, Composite, ExprKind, Fold, Model, Norm, QuantityType, Role, Type};

impl Cx {
    /// The type of an expression over many bodies.
    pub(super) fn aggregate(&mut self, aggregate: &mut Aggregate) -> Type {
        if let Some(filter) = &mut aggregate.filter {
            self.condition(filter);
        }
        if let Some(complete) = &mut aggregate.complete {
            self.type_of(complete);
        }
        if aggregate.fold.takes_condition() {
            self.condition(&mut aggregate.operand);
            if aggregate.operand.ty == Type::Unknown {
                return Type::Unknown;
            }
            return Type::Quantity(match aggregate.fold {
                Fold::Share => QuantityType::pure(Role::Share),
                _ => QuantityType::bare(),
            });
        }
        let Some(found) = self.number(&mut aggregate.operand) else {
            return Type::Unknown;
        };
        match aggregate.fold {
            Fold::Rank(_) => {
                let rank = self.facts.rank.clone();
                Type::Quantity(QuantityType::new(rank, Role::Blank))
            }
            // The better, the higher; what it was a quantity of no longer matters.
            Fold::Standing(ref standing) => match standing.norm {
                Norm::Multiple if !found.is_pure() => self.unlike(
                    &QuantityType::pure(Role::Ratio),
                    &found,
                    aggregate.operand.span,
                ),
                _ => Type::Quantity(QuantityType::pure(Role::Ratio)),
            },
            // A sum of many is a sum of two, over and over.
            Fold::Sum(_) => match add(&found, &found, false) {
                Ok(ty) => Type::Quantity(ty),
                Err(code) => {
                    let span = aggregate.operand.span;
                    self.clash(code, &found, span, &found, span);
                    Type::Unknown
                }
            },
            Fold::Mean(_) | Fold::Quantile(_) | Fold::Count | Fold::Share => Type::Quantity(found),
        }
    }

    /// The type of a score: a number without unit, as an index is.
    pub(super) fn composite(&mut self, composite: &mut Composite) -> Type {
        let mut is_known = true;
        for part in &mut composite.parts {
            is_known &= self.number(part).is_some();
        }
        match is_known {
            true => Type::Quantity(QuantityType::new(
                QuantityType::bare().dimension,
                Role::Blank,
            )),
            false => Type::Unknown,
        }
    }

    /// The numbers that a score holds quantities against must be of their kind.
    pub(super) fn scores(&mut self, model: &mut Model) {
        let defines = &model.defines;
        for score in model.scores.values_mut() {
            for element in &score.elements {
                let ExprKind::Aggregate(aggregate) = &defines[element.value].value.kind else {
                    continue;
                };
                for (ty, span) in &element.literals {
                    self.alike(&aggregate.operand.ty, ty, *span);
                }
            }
            for tier in &mut score.tiers {
                // What is wrong in it was said of the number of the tier already.
                let n_before = self.diagnostics.len();
                self.condition(&mut tier.condition);
                self.diagnostics.truncate(n_before);
            }
        }
    }
}
