//! A figure beside the one before it in time: whether one grows as fast as is believed.

use crate::message::Message;
use crate::model::{EntityId, Measure};
use crate::number::Exact;
use crate::period::Period;
use crate::set::Set;

use super::book::{Group, Supposed};
use super::{Cx, Finding, FindingKind, Found, Haul, KeyId, Tie};

/// Years between two figures that are held against each other.
pub(crate) const MOST_YEARS: i32 = 5;

impl Cx<'_> {
    /// Figures that are more times their neighbour in time than is believed.
    pub(super) fn slips(&self, found: &mut Haul) {
        let mut before: Option<KeyId> = None;
        for (now, key) in self.book.keys() {
            let is_level = key.figure.measure == Measure::Level;
            if !is_level || !matches!(key.period, Period::Year(_)) {
                continue;
            }
            let last = before.replace(now);
            let Some((last, known)) = last.and_then(|id| Some((id, self.book.key(id)?))) else {
                continue;
            };
            if known.figure != key.figure {
                continue;
            }
            for entity in key.entities() {
                let pairs = self.pairs((last, now), entity, None);
                found.count(FindingKind::Slip, usize::from(!pairs.is_empty()));
                let step = self.step((last, now), &pairs);
                if let (Some(step), Some((first, second))) = (step, pairs.first()) {
                    let slip = self.slip((last, now), entity, &step, [first, second]);
                    slip.into_iter().for_each(|slip| found.push(slip));
                }
            }
        }
    }

    /// What is claimed of two figures on one basis, each with each.
    fn pairs(
        &self,
        (before, now): (KeyId, KeyId),
        entity: EntityId,
        supposed: Option<&Supposed>,
    ) -> Vec<(Group, Group)> {
        let groups = |key| self.groups(key, entity, supposed);
        let (first, second) = (groups(before), groups(now));
        let each = first
            .iter()
            .flat_map(|a| second.iter().map(move |b| (a, b)));
        let alike = each.filter(|(a, b)| a.basis == b.basis);
        alike.map(|(a, b)| (a.clone(), b.clone())).collect()
    }

    /// How many times two figures are apart at least, where that is more than is believed of any of
    /// their claims.
    fn step(&self, (before, now): (KeyId, KeyId), pairs: &[(Group, Group)]) -> Option<Exact> {
        let (before, now) = (self.book.key(before)?, self.book.key(now)?);
        let years = now.period.year() - before.period.year();
        let model = &self.program.model;
        let own = &model.indicators[now.figure.indicator].plausible.yearly;
        let yearly = own.as_ref().or(model.plausible.yearly.as_ref())?;
        if !(1..=MOST_YEARS).contains(&years) || pairs.is_empty() {
            return None;
        }
        let most = (1..years).fold(yearly.clone(), |most, _| &most * yearly);
        let apart = pairs.iter().map(|(a, b)| apart(&a.set, &b.set));
        let least = apart.collect::<Option<Vec<Exact>>>()?.into_iter().min()?;
        (least > most).then_some(least)
    }

    /// Whether two neighbours in time are as far apart as is believed; nothing where one is not there.
    pub(super) fn is_step_believed(
        &self,
        keys: (KeyId, KeyId),
        entity: EntityId,
        supposed: Option<&Supposed>,
    ) -> Option<bool> {
        let pairs = self.pairs(keys, entity, supposed);
        (!pairs.is_empty()).then(|| self.step(keys, &pairs).is_none())
    }

    fn slip(
        &self,
        (before, now): (KeyId, KeyId),
        entity: EntityId,
        least: &Exact,
        groups: [&Group; 2],
    ) -> Option<Found> {
        let [first, second] = groups.map(|group| group.claims.first().copied());
        let (first, second) = (first?, second?);
        let (earlier, key) = (self.book.key(before)?, self.book.key(now)?);
        let name = self.name(key.figure, entity, key.period);
        // In whole times, rounded down: what it is at least.
        let factor = least.floor().to_string();
        let message = Message::new("finding-slip")
            .with("figure", name.clone())
            .with("first", self.shown(first))
            .with("second", self.shown(second))
            .with("factor", &factor)
            .with("before", earlier.period.to_string());
        let said = Message::new("finding-slip-said")
            .with("figure", name)
            .with("factor", &factor)
            .with("before", earlier.period.to_string());
        let finding =
            Finding::of_figure(FindingKind::Slip, key, entity, vec![first, second], message);
        Some(Found {
            said,
            ..Found::of(finding, Tie::Neighbours(before, now))
        })
    }
}

/// How many times the one is the other at the least, whichever is larger; nothing where they may be
/// of one size, or where one may be nothing.
fn apart(a: &Set, b: &Set) -> Option<Exact> {
    let over = |large: &Set, small: &Set| {
        let least = small.lo().value()?;
        let (large, small) = (large.lo().value()?, small.hi().value()?);
        let is_positive = large.signum() > 0 && least.signum() > 0;
        let ratio = is_positive.then(|| large.checked_div(small)).flatten()?;
        (ratio > Exact::from(1)).then_some(ratio)
    };
    over(a, b).or_else(|| over(b, a))
}
