//! Types of expressions: dimension, and what a pure number means.
//!
//! Percent, percentage point and ratio are different things; growth is a change
//! relative to a base and never adds to a share.

use crate::unit::{Dimension, Nature, Unit};

/// What a quantity means beside its dimension.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// An amount with a dimension, or a plain number.
    Amount,
    /// A quotient of like quantities.
    Ratio,
    /// A part of a whole.
    Share,
    /// A change relative to a base.
    Growth,
    /// A difference of shares or of growths.
    Points,
    /// Written with a percent sign: a share, growth or ratio as its neighbour wants.
    Percent,
    /// Written as a multiple: a ratio or growth as its neighbour wants.
    Multiple,
    /// Written with a scale and no unit: a rule has to say of what.
    Scaled,
    /// An index or a rank: printed without unit.
    Blank,
    /// A day: a point in time, not a length of it.
    Date,
}

impl Role {
    /// The key of its name in the catalogue.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Role::Amount => "role-amount",
            Role::Ratio => "role-ratio",
            Role::Share => "role-share",
            Role::Growth => "role-growth",
            Role::Points => "role-points",
            Role::Percent => "role-percent",
            Role::Multiple => "role-multiple",
            Role::Scaled => "role-scaled",
            Role::Blank => "role-blank",
            Role::Date => "role-date",
        }
    }
}

/// The type of a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuantityType {
    /// Its dimension.
    pub dimension: Dimension,
    /// What it means.
    pub role: Role,
    /// Written without unit, so that it fits an index or a rank.
    pub is_bare: bool,
}

impl QuantityType {
    /// A quantity of a dimension and role.
    #[must_use]
    pub fn new(dimension: Dimension, role: Role) -> QuantityType {
        QuantityType {
            dimension,
            role,
            is_bare: false,
        }
    }

    /// A pure number that means something.
    #[must_use]
    pub fn pure(role: Role) -> QuantityType {
        QuantityType::new(Dimension::one(), role)
    }

    /// A number written without unit.
    #[must_use]
    pub fn bare() -> QuantityType {
        QuantityType {
            dimension: Dimension::one(),
            role: Role::Amount,
            is_bare: true,
        }
    }

    /// What a literal in this unit is.
    #[must_use]
    pub fn of_literal(unit: &Unit) -> QuantityType {
        let role = match unit.nature {
            Nature::Plain => Role::Amount,
            Nature::Percent => Role::Percent,
            Nature::Points => Role::Points,
            Nature::Multiple => Role::Multiple,
        };
        QuantityType::new(unit.dimension.clone(), role)
    }

    /// Whether it has no dimension.
    #[must_use]
    pub fn is_pure(&self) -> bool {
        self.dimension.is_one()
    }
}

/// The type of an expression.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Type {
    /// Not checked yet, or reported already.
    #[default]
    Unknown,
    /// A number with its meaning.
    Quantity(QuantityType),
    /// Yes or no.
    Truth,
    /// A text.
    Text,
}
