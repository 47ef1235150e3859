//! The unit that a printed value must come in.

use crate::message::{Arg, Message};
use crate::model::{Indicator, Measure, Model, Name, Role, Type};
use crate::number::Exact;
use crate::unit::{Dimension, Nature, ParsedUnit, Unit};

/// The unit that a value must come in.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Expected {
    /// None: an index or a rank. The unit is what it may be written in all the same.
    Blank(Option<Unit>),
    /// An amount with a dimension.
    Amount(Unit),
    /// A percent sign.
    Percent,
    /// A percent sign or a multiple.
    Growth,
    /// Percentage points.
    Points,
    /// A multiple or a percent sign.
    Ratio,
}

impl Expected {
    pub(super) fn of(model: &Model, indicator: &Indicator, measure: Measure) -> Expected {
        let rank = || Expected::Blank(rank_unit(model));
        match (measure, &indicator.ty, &indicator.unit) {
            (Measure::Rank, _, _) => rank(),
            (Measure::Growth, _, _) => Expected::Growth,
            (Measure::Change, Type::Quantity(ty), _)
                if matches!(ty.role, Role::Share | Role::Growth | Role::Points) =>
            {
                Expected::Points
            }
            (_, Type::Quantity(ty), unit) => match ty.role {
                Role::Share => Expected::Percent,
                Role::Growth => Expected::Growth,
                Role::Points => Expected::Points,
                Role::Ratio | Role::Percent | Role::Multiple => Expected::Ratio,
                // A day is read as a day and has no unit.
                Role::Blank | Role::Date => Expected::Blank(unit.clone()),
                Role::Amount | Role::Scaled => match unit {
                    Some(unit) => Expected::Amount(unit.clone()),
                    None => Expected::Blank(None),
                },
            },
            _ => Expected::Blank(None),
        }
    }

    pub(super) fn accepts(&self, unit: &Unit) -> bool {
        let is_pure = unit.dimension.is_one();
        match self {
            Expected::Blank(own) => own
                .as_ref()
                .is_some_and(|own| own.dimension == unit.dimension),
            Expected::Amount(own) => own.dimension == unit.dimension && own.nature == unit.nature,
            Expected::Percent => is_pure && unit.nature == Nature::Percent,
            Expected::Points => is_pure && unit.nature == Nature::Points,
            Expected::Growth | Expected::Ratio => {
                is_pure && matches!(unit.nature, Nature::Percent | Nature::Multiple)
            }
        }
    }

    pub(super) fn name(&self) -> Arg {
        match self {
            Expected::Blank(_) => Arg::Message(Message::new("unit-none")),
            Expected::Amount(unit) => Arg::Text(unit.name.clone()),
            Expected::Percent => Arg::Text("%".to_owned()),
            Expected::Growth => Arg::Message(Message::new("unit-growth")),
            Expected::Points => Arg::Message(Message::new("unit-points")),
            Expected::Ratio => Arg::Message(Message::new("unit-ratio")),
        }
    }
}

/// Whether a figure of an indicator may come in a unit, all three as written.
pub(in crate::figures) fn unit_fits(
    model: &Model,
    indicator: &str,
    measure: &str,
    unit: &str,
) -> bool {
    let Some(Name::Indicator(id)) = model.names.lookup(indicator) else {
        return false;
    };
    let own = Measure::ALL
        .into_iter()
        .find(|known| known.word() == measure);
    let measure = own.or_else(|| model.words.measures.get(measure).copied());
    accepts_unit(
        model,
        &model.indicators[id],
        measure.unwrap_or_default(),
        unit,
    )
}

/// Whether a figure of an indicator may come in a unit, as written.
pub(crate) fn accepts_unit(
    model: &Model,
    indicator: &Indicator,
    measure: Measure,
    unit: &str,
) -> bool {
    let expected = Expected::of(model, indicator, measure);
    match model.units.parse(unit) {
        Ok(ParsedUnit::Unit(unit)) => {
            let dimension = model.units.canonical(&unit.dimension);
            expected.accepts(&Unit { dimension, ..unit })
        }
        _ => false,
    }
}

/// What a rank may be written in.
fn rank_unit(model: &Model) -> Option<Unit> {
    Some(Unit {
        name: String::new(),
        factor: Exact::from(1),
        dimension: Dimension::of(model.units.kind("rank")?),
        nature: Nature::Plain,
    })
}
