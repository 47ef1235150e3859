//! Evidence in the place of a figure: which rows of evidence count for an item on a day. Claims go
//! in, those that speak of the day come out. Never reads what a reference says.

use super::inputs::{Gather, Slot};
use crate::figures::{Claim, ClaimId, of_entity};
use chrono::NaiveDate;

use crate::model::{Deadline, EntityId, FigureRef, Kind, Rule, RuleId, RuleKind};
use crate::number::Exact;
use crate::period::Period;
use crate::program::{InputId, Program};
use crate::set::{End, Set};

impl Gather<'_> {
    /// The slots of an item of evidence: what was so by the last day of a period.
    pub(super) fn evidence_slots(
        &self,
        figure: &FigureRef,
        asked: Period,
        entities: &[EntityId],
    ) -> Vec<Slot> {
        let periods: Vec<Period> = self.submission.periods_of(figure).collect();
        let slot = |entity: EntityId| {
            let of_period = |period: &Period| {
                let entries = self.submission.claims_of(figure, *period);
                of_entity(entries, entity).iter().copied()
            };
            let entries: Vec<(EntityId, ClaimId)> = periods.iter().flat_map(of_period).collect();
            let entries = self.speaking(figure, asked, &entries);
            match entries.is_empty() {
                true => self.empty(figure, asked, entity),
                false => self.choose(figure, asked, entity, &entries),
            }
        };
        match figure.entity {
            Some(fixed) => vec![slot(fixed); entities.len()],
            None => entities.iter().map(|entity| slot(*entity)).collect(),
        }
    }

    /// Those that speak of the day: dated in time, or later and against it. What was not so earlier
    /// than it came to be so is no contradiction.
    fn speaking(
        &self,
        figure: &FigureRef,
        asked: Period,
        entries: &[(EntityId, ClaimId)],
    ) -> Vec<(EntityId, ClaimId)> {
        let claim = |id: ClaimId| &self.submission.claims[id];
        let is_yes_no = self.program.model.indicators[figure.indicator].kind == Kind::YesNo;
        // What is to end may have been there before it was found gone.
        let stays = !self.program.falling.contains(&figure.indicator);
        let owner = self.program.model.indicators[figure.indicator].evidence;
        let rules = &self.program.model.rules;
        let first = owner.and_then(|(rule, _)| window(&rules[rule], asked));
        let speaks = |claim: &Claim| {
            let day = claim.period.last_day();
            // What was so in another stretch of time says nothing of this one.
            if let Some(first) = first {
                return first <= day && day <= asked.last_day();
            }
            let is_late = day > asked.last_day();
            let is_against = is_yes_no && stays && claim.exact.as_point() == Some(&Exact::from(0));
            !is_late || is_against && day <= self.clocks.period.last_day()
        };
        let spoken: Vec<(EntityId, ClaimId)> = entries
            .iter()
            .copied()
            .filter(|(_, id)| self.is_known(claim(*id)) && speaks(claim(*id)))
            .collect();
        let is_overtaken = |id: ClaimId| {
            spoken.iter().any(|(_, other)| {
                claim(*other).period.last_day() > claim(id).period.last_day()
                    && is_beyond(&claim(*other).exact, &claim(id).exact)
            })
        };
        let kept = spoken.iter().copied().filter(|(_, id)| !is_overtaken(*id));
        kept.collect()
    }
}

/// The first day of the stretch of time that evidence has to be dated in, where its rule asks for it
/// again and again.
pub(crate) fn window(rule: &Rule, asked: Period) -> Option<NaiveDate> {
    match &rule.deadline {
        Some(Deadline::Open) => Some(asked.first_day()),
        Some(Deadline::Every(every)) => {
            let stretch = every.judged(asked, asked.last_day());
            stretch.map(|(first, _)| first)
        }
        _ => None,
    }
}

/// Whether all that a set allows is more than what another allows, or the most of it.
fn is_beyond(later: &Set, earlier: &Set) -> bool {
    let ends = (later.lo(), earlier.hi());
    let is_more = match ends {
        (End::Closed(lo), End::Closed(hi)) => lo >= hi,
        _ => false,
    };
    is_more && later != earlier
}

/// Whether what is proved today stays proved: a milestone that rests on evidence alone, and on none
/// that might come to be so and then speak against it.
pub(super) fn stays_proved(program: &Program, rule: RuleId) -> bool {
    let is_evidence = |input: &InputId| {
        let figure = &program.inputs[*input].figure;
        let is_evidence = program.model.indicators[figure.indicator]
            .evidence
            .is_some();
        is_evidence && !program.falling.contains(&figure.indicator)
    };
    let is_milestone = program.model.rules[rule].kind == RuleKind::Milestone;
    is_milestone && program.rules[rule].goal.reads().iter().all(is_evidence)
}
