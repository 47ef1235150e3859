//! Figures held against each other: checks and identities, over all that was loaded.

use std::collections::BTreeSet;

use super::{Clash, Cx, Finding, FindingKind, Found, Haul, Tie};
use crate::eval::{Held, run_printed, scope};
use crate::explain::{Shown, Unit, many_message};
use crate::figures::ClaimId;
use crate::message::Message;
use crate::model::{EntityId, RuleKind, When};
use crate::number::Exact;
use crate::period::Period;
use crate::program::{Root, at, shift_years};
use crate::set::{Set, Truth};
use crate::syntax::ast::PeriodRef;

/// Bodies counted in a condition whose figures a finding names one by one.
const MOST_MEMBERS: usize = 100;

impl Cx<'_> {
    /// Whether conditions hold on printed sets, one answer an entity.
    fn run(&self, root: &Root, period: Period, entities: &[EntityId]) -> Vec<Held> {
        run_printed(
            self.program,
            self.submission,
            self.clocks,
            root,
            period,
            entities,
            None,
        )
    }

    /// Checks that figures contradict, in every period that has any of them.
    pub(super) fn checks(&self, found: &mut Haul) {
        let rules = self.program.model.rules.iter();
        for (id, rule) in rules.filter(|(_, rule)| rule.kind == RuleKind::Check) {
            let program = &self.program.rules[id];
            let entities = scope(&self.program.model, self.submission, rule);
            for period in self.periods(&program.goal, &rule.when) {
                let mut entities = entities.clone();
                if let Some(condition) = &program.condition {
                    let applies = self.run(condition, period, &entities);
                    let mut applies = applies.iter().map(|held| held.truth);
                    entities.retain(|_| applies.next() == Some(Truth::True));
                }
                let answers = self.run(&program.goal, period, &entities);
                for (entity, held) in entities.iter().zip(answers) {
                    let is_known = self.has_all(&program.goal, period, *entity);
                    found.count(FindingKind::Check, usize::from(is_known));
                    if held.truth != Truth::False {
                        let tie = Tie::Check(id, period);
                        found.hold(is_known, tie, *entity);
                        continue;
                    }
                    let shown = self.told(&held, period);
                    let clash = self.clash(&held);
                    let claims = self.claims_in(&held, period);
                    let message = Message::new("finding-check")
                        .with("rule", &rule.id)
                        .with("label", &rule.label)
                        .with("about", self.about(*entity, period))
                        .with("claims", shown);
                    let finding = Finding {
                        kind: FindingKind::Check,
                        rule: Some(id),
                        indicator: None,
                        entity: *entity,
                        period,
                        claims,
                        message,
                        gap: clash.as_ref().map(|(clash, unit)| self.gap(clash, unit)),
                    };
                    let said = Message::new("finding-check-said")
                        .with("rule", &rule.id)
                        .with("label", &rule.label);
                    found.push(Found {
                        said: self.compared(said, clash.as_ref()),
                        clash,
                        ..Found::of(finding, Tie::Check(id, period))
                    });
                }
            }
        }
    }

    /// Identities of indicators that figures contradict, for everybody who has a figure.
    pub(super) fn identities(&self, found: &mut Haul) {
        let always = When::Each {
            since: None,
            until: None,
        };
        for (n, identity) in self.program.identities.iter().enumerate() {
            let indicator = &self.program.model.indicators[identity.indicator];
            let words = indicator
                .identities
                .get(identity.index)
                .map_or("", |written| self.program.sources.slice(written.value.span));
            for period in self.periods(&identity.root, &always) {
                let entities = self.entities_of(&identity.root, period);
                let answers = self.run(&identity.root, period, &entities);
                for (entity, held) in entities.iter().zip(answers) {
                    let is_known = self.has_all(&identity.root, period, *entity);
                    found.count(FindingKind::Identity, usize::from(is_known));
                    if held.truth != Truth::False {
                        found.hold(is_known, Tie::Identity(n, period), *entity);
                        continue;
                    }
                    let shown = self.told(&held, period);
                    let clash = self.clash(&held);
                    let claims = self.claims_in(&held, period);
                    let finding = Finding {
                        kind: FindingKind::Identity,
                        rule: None,
                        indicator: Some(identity.indicator),
                        entity: *entity,
                        period,
                        claims,
                        message: Message::new("finding-identity")
                            .with("indicator", &indicator.label)
                            .with("words", words)
                            .with("about", self.about(*entity, period))
                            .with("claims", shown),
                        gap: clash.as_ref().map(|(clash, unit)| self.gap(clash, unit)),
                    };
                    let said = Message::new("finding-identity-said")
                        .with("indicator", &indicator.label)
                        .with("words", words);
                    found.push(Found {
                        said: self.compared(said, clash.as_ref()),
                        clash,
                        ..Found::of(finding, Tie::Identity(n, period))
                    });
                }
            }
        }
    }

    /// The sides of a comparison that does not hold, where they are apart.
    fn clash(&self, held: &Held) -> Option<(Clash, Unit)> {
        let [(term, printed), (_, computed)] = held.sides.as_ref()?;
        let clash = Clash {
            gap: printed.gap(computed)?,
            printed: printed.clone(),
            computed: computed.clone(),
        };
        Some((clash, Unit::of_term(self.program, *term)))
    }

    fn gap(&self, clash: &Clash, unit: &Unit) -> (Exact, Unit) {
        let is_percent = *unit == Unit::percent();
        let unit = if is_percent {
            Unit::points()
        } else {
            unit.clone()
        };
        (clash.gap.clone(), unit)
    }

    /// A sentence with both sides behind it.
    fn compared(&self, said: Message, clash: Option<&(Clash, Unit)>) -> Message {
        let Some((clash, unit)) = clash else {
            return said;
        };
        let shown = |set: &Set, unit: &Unit| Shown {
            set: set.clone(),
            unit: unit.clone(),
        };
        let (gap, of_gap) = self.gap(clash, unit);
        Message::new("finding-sides")
            .with("said", said)
            .with("printed", &shown(&clash.printed, unit))
            .with("computed", &shown(&clash.computed, unit))
            .with("gap", &shown(&Set::point(gap), &of_gap))
    }

    /// What settles a condition: claims, and what is said of many bodies.
    fn told(&self, held: &Held, period: Period) -> Vec<Message> {
        let claims = held.claims.iter().map(|id| self.named(*id));
        let many = held.many.iter().map(|many| {
            let shown = Shown {
                set: many.set.clone(),
                unit: Unit::of_term(self.program, many.term),
            };
            Message::new("explain-quantity")
                .with(
                    "name",
                    many_message(self.program, self.submission, many.id, period),
                )
                .with("set", &shown)
        });
        claims.chain(many).collect()
    }

    /// The claims that settle a condition, with those of the bodies that are counted in it.
    fn claims_in(&self, held: &Held, period: Period) -> Vec<ClaimId> {
        let mut claims = held.claims.clone();
        for many in held
            .many
            .iter()
            .filter(|many| many.members.len() <= MOST_MEMBERS)
        {
            let inputs = self.program.aggregates[many.id].root.inputs.iter();
            for input in inputs.map(|id| &self.program.inputs[*id]) {
                for member in &many.members {
                    let whose = input.figure.entity.unwrap_or(*member);
                    let at = at(input.at, period);
                    let known = self.submission.claims_at(&input.figure, at, whose).iter();
                    claims.extend(known.map(|(_, id)| *id).filter(|id| self.is_usable(*id)));
                }
            }
        }
        let mut told = BTreeSet::new();
        claims.retain(|id| told.insert(*id));
        claims
    }

    /// Whoever has a figure that a condition uses in a period.
    fn entities_of(&self, root: &Root, period: Period) -> Vec<EntityId> {
        let mut entities = BTreeSet::new();
        for input in &root.inputs {
            let input = &self.program.inputs[*input];
            let claims = self
                .submission
                .claims_of(&input.figure, at(input.at, period));
            entities.extend(claims.iter().map(|(entity, _)| *entity));
        }
        entities.into_iter().collect()
    }

    /// Periods in which a condition has at least one of its figures, within its window.
    pub(super) fn periods(&self, root: &Root, when: &When) -> BTreeSet<Period> {
        let reads = root.reads();
        let inputs = || reads.iter().map(|id| &self.program.inputs[*id]);
        let mut periods = BTreeSet::new();
        for input in inputs().filter(|input| input.at == PeriodRef::Relative(0)) {
            periods.extend(self.submission.periods_of(&input.figure));
        }
        // Without a figure of the period itself, those that follow the figures of others.
        if inputs().all(|input| input.at != PeriodRef::Relative(0)) {
            for input in inputs() {
                match input.at {
                    PeriodRef::Relative(years) => {
                        let known = self.submission.periods_of(&input.figure);
                        periods.extend(known.map(|known| shift_years(known, -years)));
                    }
                    PeriodRef::Fixed(_) => {}
                }
            }
            // Named periods alone are looked at once.
            if inputs().all(|input| matches!(input.at, PeriodRef::Fixed(_))) {
                return BTreeSet::from([self.clocks.period]);
            }
        }
        periods.retain(|period| match when {
            When::By(due) => period == due,
            When::ReachedBy(due) => period.last_day() <= due.last_day(),
            When::Each { since, until } => {
                let is_before = since.is_some_and(|since| period.last_day() < since.first_day());
                let is_after = until.is_some_and(|until| period.first_day() > until.last_day());
                !is_before && !is_after
            }
        });
        periods
    }
}
