//! The type of what is said of many bodies at once.

use super::Cx;
use super::arithmetic::add;
use crate::model::{Aggregate, Fold, QuantityType, Role, Type};

impl Cx {
    /// The type of an expression over many bodies.
    pub(super) fn aggregate(&mut self, aggregate: &mut Aggregate) -> Type {
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
}
