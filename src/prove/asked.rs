//! What a rule may come to at one setting of the clocks, as formulas: one for each answer, and no two
//! of them hold at once.

use super::formula::Node;
use super::packs::State;
use super::terms::{Reader, Truths};
use super::world::{Key, World};
use super::{Doubt, Setting};
use crate::eval::{Clocks, Due, due, version_at};
use crate::model::{Deadline, EntityId, Rule, RuleId, RuleKind};
use crate::period::Period;
use crate::program::{Program, Root, TermId};
use crate::verdict::Verdict;

/// One program at one setting, for one body.
pub(super) struct Asked<'p> {
    pub(super) program: &'p Program,
    pub(super) side: usize,
    pub(super) setting: Setting,
    /// The body that stands for all.
    pub(super) body: &'p Body,
    /// Why something was not looked into.
    pub(super) doubts: std::collections::BTreeSet<Doubt>,
    /// Figures of which it is asked whether they are there.
    pub(super) present: std::collections::BTreeSet<Key>,
    /// Every figure that it reads. The evaluation asks for each of them, also for one that is taken
    /// times nothing.
    pub(super) named: std::collections::BTreeSet<Key>,
}

/// The answers of a rule, each with the formula under which it is given.
pub(super) type States = Vec<(State, Node)>;

impl<'p> Asked<'p> {
    pub(super) fn new(
        program: &'p Program,
        side: usize,
        setting: Setting,
        body: &'p Body,
    ) -> Asked<'p> {
        Asked {
            program,
            side,
            setting,
            body,
            doubts: std::collections::BTreeSet::new(),
            present: std::collections::BTreeSet::new(),
            named: std::collections::BTreeSet::new(),
        }
    }

    pub(super) fn clocks(&self) -> Clocks {
        self.setting.clocks()
    }

    /// What a rule may come to.
    pub(super) fn states(&mut self, world: &mut World, id: RuleId) -> Result<States, Doubt> {
        let rule = &self.program.model.rules[id];
        let always = world.forms.truth(true);
        if rule.kind == RuleKind::Check {
            let goal = self.held(world, id, &[self.setting.period], true);
            let applies = self.applies(world, id, self.setting.period);
            let states = vec![
                (State::Holds, world.forms.all(vec![applies.yes, goal.yes])),
                (State::Broken, world.forms.all(vec![applies.yes, goal.no])),
                (State::Verdict(Verdict::NotApplicable), applies.no),
            ];
            return Ok(with_rest(world, states));
        }
        let period = self.setting.period;
        let (periods, is_early, is_every) = match due(&self.program.model, rule, &self.clocks()) {
            Due::Not(_) => return Ok(vec![(State::Verdict(Verdict::NotApplicable), always)]),
            Due::At(period) => (vec![period], false, false),
            Due::Early(period) | Due::Running(period) => (vec![period], true, false),
            Due::Any(periods, is_early) => (periods, is_early, false),
            Due::All(periods) => (periods, false, true),
        };
        if rule.decision.is_some() {
            return self.decision(world, id, period);
        }
        if !rule.waivers.is_empty() && is_every {
            return Err(Doubt::Recurrence);
        }
        let last = periods.last().copied().unwrap_or(period);
        let goal = self.held(world, id, &periods, is_every);
        let applies = self.applies(world, id, last);
        let states = match rule.deadline.is_some() || !rule.modality.is_binding() {
            true => self.duty(world, id, goal, applies, (last, is_early)),
            false => {
                if is_early && rule.milestone.is_some() {
                    return Err(Doubt::Evidence);
                }
                self.target(world, rule, goal, applies, is_early)
            }
        };
        let states = with_rest(world, states);
        Ok(self.excused(world, rule, states))
    }

    /// The same where a waiver excuses the body.
    fn excused(&self, world: &mut World, rule: &Rule, states: States) -> States {
        let day = self.setting.in_force;
        let is_excused = rule.waivers.iter().any(|waiver| {
            let is_for = waiver
                .entity
                .is_none_or(|known| Some(known) == self.body.id);
            is_for && day <= waiver.until.last_day()
        });
        if !is_excused {
            return states;
        }
        let is_open = |state: &State| {
            let open = [Verdict::Fail, Verdict::Undetermined].map(State::Verdict);
            open.contains(state)
        };
        let (open, mut states): (States, States) =
            states.into_iter().partition(|(state, _)| is_open(state));
        let waived = world
            .forms
            .any(open.into_iter().map(|(_, node)| node).collect());
        states.push((State::Verdict(Verdict::Waived), waived));
        states
    }

    /// All that a rule says at this setting: the same for two rules only where they ask the same of every
    /// figure, also of one that is missing.
    pub(super) fn says(&self, world: &mut World, id: RuleId) -> Vec<usize> {
        let rule = &self.program.rules[id];
        let roots = std::iter::once(&rule.goal)
            .chain(&rule.condition)
            .chain(&rule.reached);
        let mut terms: Vec<TermId> = roots.map(|root| root.term).collect();
        let declared = self.program.model.rules[id].decision.as_ref();
        if let (Some(decision), Some(declared)) = (rule.decision, declared)
            && let Ok(n) = version_at(&self.program.model, declared, self.setting.in_force)
        {
            let version = self.program.decisions[decision].versions.get(n);
            terms.extend(version.into_iter().flat_map(|version| &version.outcomes));
        }
        let mut reader = self.reader(self.setting.period);
        let said = terms.into_iter().map(|term| reader.says(world, term));
        said.collect()
    }

    /// Whether the law of a rule is in force, and its time has come.
    pub(super) fn is_in_force(&self, id: RuleId) -> bool {
        let rule = &self.program.model.rules[id];
        !matches!(due(&self.program.model, rule, &self.clocks()), Due::Not(_))
    }

    fn reader(&self, period: Period) -> Reader<'p> {
        let clocks = (period, self.setting.in_force);
        Reader::new(self.program, self.side, clocks, &self.body.name)
    }

    /// Keeps what a reader came upon.
    fn note(&mut self, reader: Reader<'_>) {
        self.doubts.extend(reader.doubts);
        self.present.extend(reader.present);
        self.named.extend(reader.named);
    }

    fn read(&mut self, world: &mut World, root: &Root, period: Period) -> Truths {
        let mut reader = self.reader(period);
        let truths = reader.truths(world, root.term);
        self.note(reader);
        truths
    }

    /// That an identity holds in a period, where all of it can be looked into.
    pub(super) fn agreed(&self, world: &mut World, root: &Root, period: Period) -> Option<Node> {
        let mut reader = self.reader(period);
        let truths = reader.truths(world, root.term);
        let is_plain = reader.doubts.is_empty() && truths.is_total;
        is_plain.then_some(truths.yes)
    }

    /// When a term of the evaluated period holds.
    pub(super) fn term(&mut self, world: &mut World, term: crate::program::TermId) -> Truths {
        let mut reader = self.reader(self.setting.period);
        let truths = reader.truths(world, term);
        self.note(reader);
        truths
    }

    /// When a goal holds in the periods in which it is judged, and when its rule applies.
    pub(super) fn goal_and_condition(
        &mut self,
        world: &mut World,
        id: RuleId,
    ) -> Option<(Truths, Truths)> {
        let rule = &self.program.model.rules[id];
        let (periods, is_every) = match due(&self.program.model, rule, &self.clocks()) {
            Due::At(period) => (vec![period], true),
            Due::Any(periods, false) => (periods, false),
            Due::All(periods) => (periods, true),
            _ => return None,
        };
        let last = periods.last().copied()?;
        let goal = self.held(world, id, &periods, is_every);
        Some((goal, self.applies(world, id, last)))
    }

    /// When the goal holds: in every one of some periods, or in any.
    pub(super) fn held(
        &mut self,
        world: &mut World,
        id: RuleId,
        periods: &[Period],
        is_every: bool,
    ) -> Truths {
        let goal = &self.program.rules[id].goal;
        let each = periods.iter().map(|period| self.read(world, goal, *period));
        let each: Vec<Truths> = each.collect();
        super::terms::joined(world, &each, is_every)
    }

    /// When the rule applies.
    pub(super) fn applies(&mut self, world: &mut World, id: RuleId, period: Period) -> Truths {
        match &self.program.rules[id].condition {
            Some(condition) => self.read(world, condition, period),
            None => super::terms::constant(world, true),
        }
    }

    fn target(
        &self,
        world: &mut World,
        rule: &Rule,
        goal: Truths,
        applies: Truths,
        is_early: bool,
    ) -> States {
        let is_any = matches!(rule.when, crate::model::When::ReachedBy(_));
        let mut of = |verdict, parts: Vec<Node>| (State::Verdict(verdict), world.forms.all(parts));
        let outside = of(Verdict::NotApplicable, vec![applies.no]);
        if is_early && !is_any {
            let rest = world.not(applies.no);
            return vec![outside, (State::Verdict(Verdict::Pending), rest)];
        }
        let pass = of(Verdict::Pass, vec![applies.yes, goal.yes]);
        if is_early {
            let known = world.forms.any(vec![outside.1, pass.1]);
            let rest = world.not(known);
            return vec![outside, pass, (State::Verdict(Verdict::Pending), rest)];
        }
        let fail = of(Verdict::Fail, vec![applies.yes, goal.no]);
        vec![outside, pass, fail]
    }

    fn duty(
        &mut self,
        world: &mut World,
        id: RuleId,
        goal: Truths,
        applies: Truths,
        (last, is_early): (Period, bool),
    ) -> States {
        let rule = &self.program.model.rules[id];
        let come = match &self.program.rules[id].reached {
            Some(reached) => self.read(world, reached, last),
            None => super::terms::constant(world, !is_early),
        };
        let is_open = matches!(rule.deadline, Some(Deadline::Open | Deadline::Undated));
        let not_done = world.not(goal.yes);
        let mut of = |verdict, parts: Vec<Node>| (State::Verdict(verdict), world.forms.all(parts));
        let mut states = vec![
            of(Verdict::NotApplicable, vec![applies.no]),
            of(Verdict::Pass, vec![applies.yes, goal.yes]),
        ];
        if is_open {
            states.push(of(Verdict::Pending, vec![applies.yes, not_done]));
        } else {
            states.push(of(Verdict::Pending, vec![applies.yes, not_done, come.no]));
            states.push(of(Verdict::Fail, vec![applies.yes, goal.no, come.yes]));
        }
        if rule.modality.is_binding() {
            return states;
        }
        // What is only wished never fails.
        let kept = states.drain(..2);
        let mut kept: States = kept.collect();
        let known = kept.iter().map(|(_, node)| *node).collect();
        let known = world.forms.any(known);
        kept.push((State::Verdict(Verdict::Pending), world.not(known)));
        kept
    }

    fn decision(&mut self, world: &mut World, id: RuleId, period: Period) -> Result<States, Doubt> {
        let decision = self.program.rules[id].decision.ok_or(Doubt::OtherKind)?;
        let rule = &self.program.model.rules[id];
        let declared = rule.decision.as_ref().ok_or(Doubt::OtherKind)?;
        let applies = self.applies(world, id, period);
        let mut reader = self.reader(period);
        let answers = reader.answers(world, decision);
        self.note(reader);
        let mut states = vec![(State::Verdict(Verdict::NotApplicable), applies.no)];
        for (outcome, node) in declared.outcomes.iter().zip(answers.unwrap_or_default()) {
            let node = world.forms.all(vec![applies.yes, node]);
            states.push((State::Outcome(outcome.id.clone()), node));
        }
        Ok(with_rest(world, states))
    }
}

/// With what is left where no answer is given.
fn with_rest(world: &mut World, mut states: States) -> States {
    let known = states.iter().map(|(_, node)| *node).collect();
    let known = world.forms.any(known);
    let rest = world.not(known);
    states.push((State::Verdict(Verdict::Undetermined), rest));
    states.retain(|(_, node)| !world.forms.is_truth(*node, false));
    states
}

/// For whom a rule is judged: a name that stands for all of them, and the class of one that comes
/// with the figures. Empty for the body of the pack.
pub(super) fn body(program: &Program, rule: &Rule) -> Result<Body, Doubt> {
    let model = &program.model;
    let Some(members) = &rule.scope else {
        return match model.pack.entity {
            Some(id) => Ok(Body {
                name: String::new(),
                id: Some(id),
                class: None,
            }),
            None => Err(Doubt::Nobody),
        };
    };
    let class = &model.classes[members.class];
    if class.owner.is_some() || members.within.is_some() && class.is_open {
        return Err(Doubt::Scope);
    }
    let known = crate::figures::Submission::new(model).members_of(members);
    if let Some(first) = known.first() {
        return Ok(Body {
            name: model.entities[*first].id.clone(),
            id: Some(*first),
            class: None,
        });
    }
    match class.is_open {
        true => Ok(Body {
            name: EXAMPLE.to_owned(),
            id: None,
            class: Some(class.id.clone()),
        }),
        false => Err(Doubt::Nobody),
    }
}

/// What a body is called that comes with the figures of an example.
const EXAMPLE: &str = "example";

/// A body that stands for all for which a rule is judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Body {
    /// Its name; empty for the body of the pack.
    pub(super) name: String,
    /// What the pack knows it by.
    pub(super) id: Option<EntityId>,
    /// Its class, where it comes with the figures.
    pub(super) class: Option<String>,
}
