//! What comes of adding, multiplying and comparing quantities of different meanings.

use crate::diagnostic::Code;
use crate::message::{Arg, Message};
use crate::model::{QuantityType, Role};
use crate::unit::Units;

/// The common type of two quantities that may be compared, or `None`.
#[must_use]
pub(crate) fn unify(a: &QuantityType, b: &QuantityType) -> Option<QuantityType> {
    use Role::{Amount, Blank, Growth, Multiple, Percent, Ratio, Share};
    if a.dimension == b.dimension {
        let role = match (a.role, b.role) {
            (x, y) if x == y => x,
            (Percent, other @ (Share | Growth | Ratio))
            | (other @ (Share | Growth | Ratio), Percent) => other,
            (Multiple, other @ (Ratio | Growth)) | (other @ (Ratio | Growth), Multiple) => other,
            (Ratio, Share) | (Share, Ratio) => Share,
            // A quotient may be compared with a plain number, such as 0.2.
            (Ratio, Amount) if b.is_bare => Ratio,
            (Amount, Ratio) if a.is_bare => Ratio,
            (Blank, Amount) | (Amount, Blank) => Blank,
            _ => return None,
        };
        let dimension = a.dimension.clone();
        return Some(QuantityType {
            dimension,
            role,
            is_bare: a.is_bare && b.is_bare,
        });
    }
    match (a.role, b.role) {
        (Amount, Blank) if a.is_bare => Some(b.clone()),
        (Blank, Amount) if b.is_bare => Some(a.clone()),
        _ => None,
    }
}

/// The type of a sum or difference.
pub(super) fn add(
    a: &QuantityType,
    b: &QuantityType,
    is_minus: bool,
) -> Result<QuantityType, Code> {
    use Role::{Amount, Growth, Percent, Points, Ratio, Share};
    if a.role == Role::Date || b.role == Role::Date {
        return Err(Code::BadDate);
    }
    let pure = QuantityType::pure;
    let is_pure = a.is_pure() && b.is_pure();
    if is_pure {
        let role = match (a.role, b.role) {
            (Share, Points) => Some(Share),
            (Growth, Points) => Some(Growth),
            (Points, Share) if !is_minus => Some(Share),
            (Share, Share) if is_minus => Some(Points),
            (Share, Share) => Some(Share),
            // 100 % - x is a share; x - 10 % would be points, and has to say so.
            (Percent, Share) => Some(Share),
            (Share | Growth | Points, Percent) | (Percent, Points) => {
                return Err(Code::PointsAndPercent);
            }
            (Growth, Growth) if is_minus => Some(Points),
            (Growth, Growth | Share) | (Share | Percent, Growth) => {
                return Err(Code::UnlikeUnits);
            }
            (Amount, Growth) if a.is_bare => Some(Ratio),
            (Growth, Amount) if b.is_bare => Some(Ratio),
            (Amount, Ratio | Share | Percent) if a.is_bare => Some(b.role),
            (Ratio | Percent, Amount) if b.is_bare => Some(a.role),
            _ => None,
        };
        if let Some(role) = role {
            return Ok(pure(role));
        }
    }
    unify(a, b).ok_or(if a.is_bare || b.is_bare {
        Code::NeedsUnit
    } else {
        Code::UnlikeUnits
    })
}

/// The type of a product.
pub(super) fn multiply(a: &QuantityType, b: &QuantityType) -> QuantityType {
    let dimension = a.dimension.mul(&b.dimension);
    let role = match (a.is_pure(), b.is_pure()) {
        _ if a.is_bare && a.role == Role::Amount => b.role,
        _ if b.is_bare && b.role == Role::Amount => a.role,
        (true, true) => match (a.role, b.role) {
            (Role::Share | Role::Percent, Role::Share | Role::Percent) => Role::Share,
            _ => Role::Ratio,
        },
        _ if dimension.is_one() => Role::Ratio,
        _ => Role::Amount,
    };
    QuantityType {
        dimension,
        role,
        is_bare: a.is_bare && b.is_bare,
    }
}

/// The type of a quotient.
pub(super) fn divide(a: &QuantityType, b: &QuantityType) -> QuantityType {
    let dimension = a.dimension.div(&b.dimension);
    let is_bare = a.is_bare && b.is_bare;
    let role = if b.is_bare && b.role == Role::Amount {
        a.role
    } else if dimension.is_one() && !is_bare {
        Role::Ratio
    } else {
        Role::Amount
    };
    QuantityType {
        dimension,
        role,
        is_bare,
    }
}

/// A quantity in words: its meaning, or its dimension.
pub(super) fn describe(units: &Units, ty: &QuantityType) -> Arg {
    if ty.is_bare {
        return Arg::Message(Message::new("role-bare"));
    }
    if ty.is_pure() || ty.role == Role::Date {
        return Arg::Message(Message::new(ty.role.key()));
    }
    let names = units.neighbour_labels(&ty.dimension);
    let shown: Vec<Arg> = names.into_iter().take(2).map(Arg::Label).collect();
    if shown.is_empty() {
        let kinds: Vec<String> = ty
            .dimension
            .factors()
            .iter()
            .map(|(kind, exponent)| {
                let name = units.kind_name(*kind).unwrap_or("?");
                if *exponent == 1 {
                    name.to_owned()
                } else {
                    format!("{name}^{exponent}")
                }
            })
            .collect();
        return Arg::Message(Message::new("role-dimension").with("units", kinds.join("\u{b7}")));
    }
    Arg::Message(Message::new("role-dimension").with("units", Arg::List(shown)))
}
