//! Claims to one figure: against each other, against declared bounds, against the baseline of a plan.

use crate::eval::scope;
use crate::explain::{Shown, Unit};
use crate::figures::{ClaimId, ClaimState};
use crate::message::Message;
use crate::model::{Baseline, EntityId, ExprKind, Measure};
use crate::number::Exact;
use crate::set::Set;

use super::book::Key;
use super::{Cx, Finding, FindingKind, Found, Haul, KeyId, Tie};

/// Claims to one figure of one body that are told one by one; more say nothing new.
const MOST_CLAIMS: usize = 20;

impl Cx<'_> {
    /// Claims to one key that cannot meet, and claims outside their bounds.
    pub(super) fn claims(&self, found: &mut Haul) {
        for (id, key) in self.book.keys() {
            for entity in key.entities() {
                let entries = key.of(entity).iter().map(|(_, claim)| *claim);
                let counting: Vec<ClaimId> = entries.filter(|claim| self.counts(*claim)).collect();
                let is_bounded = |claim: &&ClaimId| self.is_bounded(**claim);
                found.count(
                    FindingKind::Bounds,
                    counting.iter().filter(is_bounded).count(),
                );
                for claim in &counting {
                    if self.submission.claims[*claim].state == ClaimState::OutOfBounds {
                        found.push(self.out_of_bounds(id, key, entity, *claim));
                    }
                }
                if counting.len() > 1 {
                    self.conflicts(id, key, entity, &counting, found);
                }
            }
        }
    }

    /// Whether its indicator declares bounds that it is held against.
    fn is_bounded(&self, id: ClaimId) -> bool {
        let figure = &self.submission.claims[id].figure;
        let indicator = &self.program.model.indicators[figure.indicator];
        figure.measure == Measure::Level && indicator.bounds.is_some()
    }

    fn out_of_bounds(&self, id: KeyId, key: &Key<'_>, entity: EntityId, claim: ClaimId) -> Found {
        let indicator = &self.program.model.indicators[key.figure.indicator];
        let shown = Shown {
            set: indicator.bounds.clone().unwrap_or_else(Set::all),
            unit: Unit::of_figure(self.program, key.figure),
        };
        let name = self.name(key.figure, entity, key.period);
        let message = Message::new("finding-bounds")
            .with("figure", name)
            .with("claim", self.shown(claim))
            .with("bounds", &shown);
        let finding = Finding::of_figure(FindingKind::Bounds, key, entity, vec![claim], message);
        Found::of(finding, Tie::Bounds(id))
    }

    /// Claims of one basis that cannot all be true, and claims of several that differ.
    fn conflicts(
        &self,
        id: KeyId,
        key: &Key<'_>,
        entity: EntityId,
        counting: &[ClaimId],
        found: &mut Haul,
    ) {
        let claim = |id: &ClaimId| &self.submission.claims[*id];
        let usable = |id: &&ClaimId| claim(id).state == ClaimState::Good;
        let mut usable: Vec<ClaimId> = counting.iter().filter(usable).copied().collect();
        usable.sort_by_key(|id| claim(id).basis);
        let mut is_told = false;
        found.count(FindingKind::Conflict, usize::from(usable.len() > 1));
        for same in usable.chunk_by(|a, b| claim(a).basis == claim(b).basis) {
            if let Some(apart) = self.apart(same) {
                found.push(self.conflict(id, key, entity, apart));
                is_told = true;
            }
        }
        if !is_told && let Some(apart) = self.apart(&usable) {
            found.push(self.conflict(id, key, entity, apart));
        }
    }

    /// The first of those claims that another one cannot be true with, how many there are, and how far they are apart.
    fn apart(&self, claims: &[ClaimId]) -> Option<(Vec<ClaimId>, usize, Exact)> {
        let printed = |id: &ClaimId| &self.submission.claims[*id].as_printed;
        let lo = |id: &ClaimId| printed(id).lo().value();
        let hi = |id: &ClaimId| printed(id).hi().value();
        let least = claims.iter().filter_map(hi).min()?;
        let most = claims.iter().filter_map(lo).max()?;
        if most <= least {
            return None;
        }
        let is_apart = |id: &&ClaimId| {
            hi(id).is_some_and(|hi| hi < most) || lo(id).is_some_and(|lo| lo > least)
        };
        let mut apart: Vec<ClaimId> = claims.iter().filter(is_apart).copied().collect();
        apart.sort_by(|a, b| self.submission.order(*a, *b));
        let n_apart = apart.len();
        apart.truncate(MOST_CLAIMS);
        Some((apart, n_apart, most - least))
    }

    fn all_shown(&self, claims: &[ClaimId]) -> Vec<Message> {
        claims.iter().map(|id| self.shown(*id)).collect()
    }

    fn conflict(
        &self,
        id: KeyId,
        key: &Key<'_>,
        entity: EntityId,
        (claims, n_apart, gap): (Vec<ClaimId>, usize, Exact),
    ) -> Found {
        let unit = Unit::of_figure(self.program, key.figure);
        let name = self.name(key.figure, entity, key.period);
        let shown = Shown {
            set: Set::point(gap.clone()),
            unit: unit.of_difference_in(self.program, key.figure),
        };
        let message = match claims.as_slice() {
            [first, second] => Message::new("finding-conflict")
                .with("figure", name.clone())
                .with("first", self.shown(*first))
                .with("second", self.shown(*second))
                .with("gap", &shown),
            several if n_apart > several.len() => Message::new("finding-conflict-many")
                .with("figure", name.clone())
                .with("count", n_apart)
                .with("claims", self.all_shown(several))
                .with("gap", &shown),
            several => Message::new("finding-conflict-several")
                .with("figure", name.clone())
                .with("claims", self.all_shown(several))
                .with("gap", &shown),
        };
        let said = match n_apart > claims.len() {
            true => Message::new("finding-conflict-said-many")
                .with("figure", name)
                .with("count", n_apart)
                .with("shown", claims.len())
                .with("gap", &shown),
            false => Message::new("finding-conflict-said")
                .with("figure", name)
                .with("gap", &shown),
        };
        let finding = Finding {
            gap: Some((gap, shown.unit)),
            ..Finding::of_figure(FindingKind::Conflict, key, entity, claims, message)
        };
        Found {
            excuse: self.excuse_of_claims(key.figure, &finding.claims),
            said,
            ..Found::of(finding, Tie::Same(id))
        }
    }

    /// A published figure that differs from the baseline that the plan prints.
    pub(super) fn baselines(&self, found: &mut Haul) {
        for (id, rule) in self.program.model.rules.iter() {
            let (Some(baseline), Some(level)) = (&rule.baseline, &rule.level) else {
                continue;
            };
            let ExprKind::Figure(figure) = &level.subject.kind else {
                continue;
            };
            let Some(printed) = baseline_set(baseline) else {
                continue;
            };
            let unit = Unit::of_figure(self.program, figure);
            for entity in scope(&self.program.model, self.submission, rule) {
                for (_, claim_id) in self.submission.claims_at(figure, baseline.period, entity) {
                    let claim = &self.submission.claims[*claim_id];
                    if !self.is_usable(*claim_id) {
                        continue;
                    }
                    found.count(FindingKind::Baseline, 1);
                    if claim.as_printed.meets_closed(&printed) {
                        continue;
                    }
                    let shown = Shown {
                        set: Set::point(baseline.value.clone()),
                        unit: unit.clone(),
                    };
                    let name = self.name(figure, entity, baseline.period);
                    let Some(key) = self.book.of_claim(claim) else {
                        continue;
                    };
                    let finding = Finding {
                        kind: FindingKind::Baseline,
                        rule: Some(id),
                        indicator: Some(figure.indicator),
                        entity,
                        period: baseline.period,
                        claims: vec![*claim_id],
                        message: Message::new("finding-baseline")
                            .with("figure", name)
                            .with("rule", &rule.id)
                            .with("baseline", &shown)
                            .with("claim", self.shown(*claim_id)),
                        gap: claim
                            .as_printed
                            .gap(&printed)
                            .map(|gap| (gap, unit.clone())),
                    };
                    found.push(Found::of(finding, Tie::Baseline(id, key)));
                }
            }
        }
    }
}

/// What a plan prints as its baseline, as a set.
pub(crate) fn baseline_set(baseline: &Baseline) -> Option<Set> {
    let half = &baseline.half_unit;
    Set::closed(&baseline.value - half, &baseline.value + half)
}
