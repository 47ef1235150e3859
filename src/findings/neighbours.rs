//! A figure beside the one before it in time.

use crate::figures::ClaimId;
use crate::message::Message;
use crate::model::{EntityId, Measure};
use crate::number::Exact;
use crate::period::Period;
use crate::set::Set;

use super::{Cx, Finding, FindingKind, Found, Haul, KeyId, Tie};

/// Powers of ten that a wrong scale word makes of a figure, and how they are written.
const SCALES: [(i16, &str); 4] = [(4, "10^4"), (8, "10^8"), (-4, "10^-4"), (-8, "10^-8")];

impl Cx<'_> {
    /// Figures that are 10^4 or 10^8 times their neighbour in time.
    pub(super) fn slips(&self, found: &mut Haul) {
        let mut series: Vec<(KeyId, EntityId, ClaimId)> = Vec::new();
        let mut first = 0;
        for (id, key) in self.book.keys() {
            let is_level =
                key.figure.measure == Measure::Level && matches!(key.period, Period::Year(_));
            if self
                .book
                .key(first)
                .is_none_or(|of| of.figure != key.figure)
            {
                self.slips_of(&mut series, found);
                first = id;
            }
            if !is_level {
                continue;
            }
            for entity in key.entities() {
                let usable = key.of(entity).iter().filter(|(_, id)| self.is_usable(*id));
                series.extend(usable.map(|(_, claim)| (id, entity, *claim)));
            }
        }
        self.slips_of(&mut series, found);
    }

    /// The slips of one series of each entity.
    fn slips_of(&self, series: &mut Vec<(KeyId, EntityId, ClaimId)>, found: &mut Haul) {
        series.sort_by_key(|(key, entity, _)| (*entity, *key));
        let pairs = series.iter().zip(series.iter().skip(1));
        for ((before, of, first), (now, entity, second)) in pairs {
            let exact = |id: &ClaimId| &self.submission.claims[*id].exact;
            found.count(FindingKind::Slip, usize::from(of == entity));
            let Some(factor) = scale_between(exact(first), exact(second)) else {
                continue;
            };
            let Some(key) = self.book.key(*now).filter(|_| of == entity) else {
                continue;
            };
            let name = self.name(key.figure, *entity, key.period);
            let finding = Finding {
                kind: FindingKind::Slip,
                rule: None,
                indicator: Some(key.figure.indicator),
                entity: *entity,
                period: key.period,
                claims: vec![*first, *second],
                message: Message::new("finding-slip")
                    .with("figure", name)
                    .with("first", self.shown(*first))
                    .with("second", self.shown(*second))
                    .with("factor", factor),
                gap: None,
            };
            found.push(Found::of(finding, Tie::Neighbours(*before, *now)));
        }
        series.clear();
    }
}

/// The scale between two figures, where it is that of a scale word and not of growth.
pub(super) fn scale_between(first: &Set, second: &Set) -> Option<&'static str> {
    let (a, b) = (first.as_point()?, second.as_point()?);
    let ratio = b.checked_div(a).filter(|ratio| ratio.signum() > 0)?;
    let near = |power: i16| {
        let scale = Exact::pow10(power);
        let three = Exact::from(3);
        ratio >= scale.checked_div(&three).unwrap_or_default() && ratio <= &scale * &three
    };
    SCALES
        .into_iter()
        .find(|(power, _)| near(*power))
        .map(|(_, name)| name)
}
