//! Bonds that figures break, as findings.

use std::collections::BTreeMap;

use crate::explain::{Shown, Unit};
use crate::message::Message;
use crate::model::{EntityId, FigureRef};
use crate::set::Set;

use super::book::Key;
use super::{Broken, Cx, Excuse, Finding, FindingKind, Found, Haul, KeyId, Plan, Standing, Tie};

/// A figure and whose it is.
type About = (Option<KeyId>, EntityId);

impl Cx<'_> {
    /// What the derived bonds find, but for what a check or identity found of the same figures.
    pub(super) fn bonds(&self, found: &mut Haul) {
        let mut written: BTreeMap<Vec<About>, usize> = BTreeMap::new();
        for (at, known) in found.found.iter().enumerate() {
            if matches!(known.tie, Tie::Check(..) | Tie::Identity(..)) {
                written.insert(self.figures_of(&known.finding), at);
            }
        }
        for (n, plan) in self.plans.iter().enumerate() {
            let cells = plan.cells();
            let keys = cells.iter().filter_map(|cell| self.book.key(*cell));
            // Every bond needs its owner, so that nobody else need be asked.
            let Some(fewest) = self.book.key(plan.owner) else {
                continue;
            };
            let fewest = match plan.is_whole() {
                true => keys.min_by_key(|key| key.len()).unwrap_or(fewest),
                false => fewest,
            };
            for entity in fewest.entities() {
                let standing = self.standing(plan, entity, None);
                let is_there = !matches!(standing, Standing::Absent);
                found.count(plan.kind, usize::from(is_there));
                let (broken, is_apart) = match standing {
                    Standing::Broken(broken) => (broken, false),
                    Standing::Apart(broken) => (broken, true),
                    Standing::Absent => continue,
                    Standing::Holds => {
                        found.holding.push((Tie::Bond(n), entity));
                        continue;
                    }
                };
                let Some(one) = self.bond(n, plan, entity, &broken, is_apart) else {
                    continue;
                };
                let known = written.get(&self.figures_of(&one.finding));
                match known.and_then(|at| found.found.get_mut(*at)) {
                    Some(known) => {
                        known.finding.gap = known.finding.gap.take().or(one.finding.gap);
                        known.clash = known.clash.take().or(one.clash);
                        known.excuse = known.excuse.take().or(one.excuse);
                    }
                    None => found.push(one),
                }
            }
        }
    }

    /// The figures that a finding is about, each once and in order.
    fn figures_of(&self, finding: &Finding) -> Vec<About> {
        let claims = finding.claims.iter().map(|id| &self.submission.claims[*id]);
        let keys = claims.map(|claim| (self.book.of_claim(claim), claim.entity));
        let mut keys: Vec<About> = keys.collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    /// A broken bond as a finding.
    fn bond(
        &self,
        n: usize,
        plan: &Plan,
        entity: EntityId,
        broken: &Broken,
        is_apart: bool,
    ) -> Option<Found> {
        let key = self.book.key(plan.owner)?;
        let claims = broken.claims();
        let (key_of_message, unit) = self.words(plan.kind, key);
        let gap_unit = match plan.kind {
            FindingKind::Change => unit.clone(),
            _ => unit.clone().of_difference_in(self.program, key.figure),
        };
        let shown = |set: &Set, unit: &Unit| Shown {
            set: set.clone(),
            unit: unit.clone(),
        };
        let gap = Set::point(broken.clash.gap.clone());
        let named: Vec<Message> = claims.iter().map(|id| self.named(*id)).collect();
        let said = Message::new(key_of_message)
            .with("figure", self.name(key.figure, entity, key.period))
            .with("computed", &shown(&broken.clash.computed, &unit))
            .with("printed", &shown(&broken.clash.printed, &unit))
            .with("gap", &shown(&gap, &gap_unit));
        let message = Message::new("finding-of-figures")
            .with("said", said.clone())
            .with("figures", named);
        let excuse = match is_apart {
            true => Some(self.excuse_of_bases(key.figure, &claims).unwrap_or(Excuse {
                message: Message::new("finding-excuse-bases"),
                is_basis: true,
            })),
            false => self
                .excuse_of_growth(plan.kind, key.figure)
                .or_else(|| self.excuse_of_marks(&claims)),
        };
        let finding = Finding {
            gap: Some((broken.clash.gap.clone(), gap_unit)),
            ..Finding::of_figure(plan.kind, key, entity, claims, message)
        };
        Some(Found {
            clash: Some((broken.clash.clone(), unit)),
            excuse,
            said,
            ..Found::of(finding, Tie::Bond(n))
        })
    }

    /// The sentence of a kind, and the unit of what it compares.
    fn words(&self, kind: FindingKind, key: &Key<'_>) -> (&'static str, Unit) {
        let figure: &FigureRef = key.figure;
        let own = Unit::of_figure(self.program, figure);
        match kind {
            FindingKind::Growth => ("finding-growth", own),
            FindingKind::Change => ("finding-change", own),
            FindingKind::Share => ("finding-share", own),
            FindingKind::Parts => ("finding-parts", own),
            FindingKind::Fall => ("finding-fall", own),
            _ => ("finding-within", own),
        }
    }
}
