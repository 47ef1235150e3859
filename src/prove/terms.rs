//! A program's terms to formulas: when a condition holds, and when it does not. What is neither has
//! no answer, as in the evaluation. Figures are taken to be known exactly.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::Doubt;
use super::formula::{Line, Node};
use super::world::{Key, Place, World, is_fact};
use crate::day;
use crate::eval::version_at;
use crate::figures::normal_period;
use crate::model::OnDay;
use crate::number::Exact;
use crate::period::Period;
use crate::program::{InputId, Program, TermId, TermKind, at};
use crate::set::Comparison;

mod closed;
mod logic;

mod number;
mod ways;

pub(super) use closed::members_words;
use logic::{at_least, either, only, same};
pub(super) use logic::{constant, joined};
pub(super) use ways::Ways;

/// Cases that one number is split into.
const MOST_CASES: usize = 24;

/// When a condition holds, when it does not, and whether it always has an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Truths {
    pub(super) yes: Node,
    pub(super) no: Node,
    pub(super) is_total: bool,
}

/// A number in one case: a quotient of sums.
#[derive(Debug, Clone)]
pub(super) struct Case {
    guard: Node,
    top: Line,
    under: Line,
}

/// What a term comes to.
#[derive(Debug, Clone)]
enum Value {
    Truth(Truths),
    /// In each case; where no case holds it has no answer.
    Number(Vec<Case>, bool),
    Fact(usize),
}

/// Reads one program at one setting of the clocks, for one body.
pub(super) struct Reader<'p> {
    pub(super) program: &'p Program,
    pub(super) side: usize,
    pub(super) period: Period,
    pub(super) day: NaiveDate,
    pub(super) entity: &'p str,
    /// Figures of which it is asked whether they are there; here all are.
    pub(super) present: BTreeSet<Key>,
    /// Every figure that was looked at, whether or not it matters.
    pub(super) named: BTreeSet<Key>,
    /// Why something was not looked into.
    pub(super) doubts: BTreeSet<Doubt>,
    values: BTreeMap<TermId, Value>,
    says: BTreeMap<TermId, usize>,
}

impl<'p> Reader<'p> {
    pub(super) fn new(
        program: &'p Program,
        side: usize,
        (period, day): (Period, NaiveDate),
        entity: &'p str,
    ) -> Reader<'p> {
        Reader {
            program,
            side,
            period,
            day,
            entity,
            present: BTreeSet::new(),
            named: BTreeSet::new(),
            doubts: BTreeSet::new(),
            values: BTreeMap::new(),
            says: BTreeMap::new(),
        }
    }

    /// When a condition holds and when it does not.
    pub(super) fn truths(&mut self, world: &mut World, term: TermId) -> Truths {
        for term in self.below(world, term) {
            if !self.values.contains_key(&term) {
                let value = self.value(world, term);
                self.values.insert(term, value);
            }
        }
        match self.values.get(&term) {
            Some(Value::Truth(truths)) => *truths,
            _ => self.closed_truths(world, term, Doubt::Text),
        }
    }

    /// A term and all that it is computed from and has to be looked at, operands first.
    fn below(&self, world: &World, term: TermId) -> BTreeSet<TermId> {
        let mut found = BTreeSet::new();
        let mut open = vec![term];
        while let Some(term) = open.pop() {
            if self.values.contains_key(&term) || !found.insert(term) {
                continue;
            }
            match &self.program.terms[term].kind {
                // The figure itself is there.
                TermKind::Derived(_, inner) if !world.ways.is_tied(self.program, *inner) => {}
                kind => open.extend(kind.operands()),
            }
        }
        found
    }

    fn value(&mut self, world: &mut World, term: TermId) -> Value {
        let kind = &self.program.terms[term].kind;
        if kind.is_truth() {
            let read = self.condition(world, term, kind);
            let truths = read.unwrap_or_else(|doubt| self.closed_truths(world, term, doubt));
            return Value::Truth(truths);
        }
        match self.number(world, kind) {
            Ok(value) => value,
            Err(doubt) => {
                let (guard, number) = self.closed_number(world, term, doubt);
                let case = Case {
                    guard,
                    top: Line::variable(number),
                    under: Line::constant(Exact::from(1)),
                };
                Value::Number(vec![case], false)
            }
        }
    }

    fn truth_of(&self, term: TermId) -> Result<Truths, Doubt> {
        match self.values.get(&term) {
            Some(Value::Truth(truths)) => Ok(*truths),
            _ => Err(Doubt::Text),
        }
    }

    fn condition(
        &mut self,
        world: &mut World,
        term: TermId,
        kind: &TermKind,
    ) -> Result<Truths, Doubt> {
        let all = |items: &[TermId]| -> Result<Vec<Truths>, Doubt> {
            items.iter().map(|item| self.truth_of(*item)).collect()
        };
        Ok(match kind {
            TermKind::Truth(truth) => constant(world, *truth),
            TermKind::Present(input) => {
                let figure = &self.program.inputs[*input].figure;
                if self.program.model.indicators[figure.indicator]
                    .evidence
                    .is_some()
                {
                    return Err(Doubt::Evidence);
                }
                let key = self.key(*input);
                self.figure(world, *input)?;
                self.present.insert(key);
                constant(world, true)
            }
            TermKind::IsYes(inner) => match self.values.get(inner) {
                Some(Value::Fact(fact)) => {
                    let fact = *fact;
                    let one = Exact::from(1);
                    self.fact_with(world, fact, |value| *value == one)
                }
                _ => return Err(Doubt::Text),
            },
            TermKind::Compare(op, left, right, _) => self.compare(world, *op, *left, *right)?,
            TermKind::Not(inner) => {
                let inner = self.truth_of(*inner)?;
                Truths {
                    yes: inner.no,
                    no: inner.yes,
                    ..inner
                }
            }
            // Nothing is missing; what is said of many has an answer or has none by itself.
            TermKind::Strict(inner, _, many) if many.is_empty() => self.truth_of(*inner)?,
            TermKind::Strict(..) => return Err(Doubt::Aggregate),
            TermKind::All(items) => joined(world, &all(items)?, true),
            TermKind::Any(items) => joined(world, &all(items)?, false),
            TermKind::AtLeast(n, items) => at_least(world, *n as usize, &all(items)?),
            TermKind::Implies(left, right) => {
                let (left, right) = (self.truth_of(*left)?, self.truth_of(*right)?);
                Truths {
                    yes: world.forms.any(vec![left.no, right.yes]),
                    no: world.forms.all(vec![left.yes, right.no]),
                    is_total: left.is_total && right.is_total,
                }
            }
            TermKind::Same(left, right) => {
                let (left, right) = (self.truth_of(*left)?, self.truth_of(*right)?);
                same(world, left, right)
            }
            TermKind::Either(condition, yes, no) => {
                let [condition, yes, no] = [condition, yes, no].map(|term| self.truth_of(*term));
                either(world, condition?, yes?, no?)
            }
            TermKind::Outcome(..) => self.outcome(world, term)?,
            _ => return Err(Doubt::Text),
        })
    }

    /// A fact has one of the values that a test picks by the number of this side.
    fn fact_with(&self, world: &mut World, fact: usize, is: impl Fn(&Exact) -> bool) -> Truths {
        let mut mask = 0u64;
        let values = world.facts.get(fact).map_or(&[][..], |fact| &fact.values);
        for (n, value) in values.iter().enumerate() {
            let number = value.numbers.get(self.side).and_then(Option::as_ref);
            if number.is_some_and(&is) {
                mask |= 1 << n;
            }
        }
        Truths {
            yes: world.fact_is(fact, mask),
            no: world.fact_is(fact, !mask),
            is_total: true,
        }
    }

    fn compare(
        &mut self,
        world: &mut World,
        op: Comparison,
        left: TermId,
        right: TermId,
    ) -> Result<Truths, Doubt> {
        let (one, other) = (self.values.get(&left), self.values.get(&right));
        let (Some(one), Some(other)) = (one.cloned(), other.cloned()) else {
            return Err(Doubt::Text);
        };
        match (one, other) {
            (Value::Fact(fact), Value::Number(cases, _)) => {
                let limit = lone(&cases).ok_or(Doubt::Text)?;
                Ok(self.fact_with(world, fact, |value| op.holds(value.cmp(&limit))))
            }
            (Value::Number(cases, _), Value::Fact(fact)) => {
                let limit = lone(&cases).ok_or(Doubt::Text)?;
                Ok(self.fact_with(world, fact, |value| op.holds(limit.cmp(value))))
            }
            (Value::Fact(one), Value::Fact(other)) => {
                // Words that no rule names are not told from each other.
                let is_told = [one, other].iter().all(|fact| self.is_told(world, *fact));
                match is_told {
                    true => Ok(self.facts_compared(world, op, one, other)),
                    false => Err(Doubt::Text),
                }
            }
            (Value::Number(one, is_one), Value::Number(other, is_other)) => {
                let mut found = self.numbers_compared(world, op, &one, &other)?;
                found.is_total &= is_one && is_other;
                Ok(found)
            }
            _ => Err(Doubt::Text),
        }
    }

    /// Whether each value of a fact has a number of its own.
    fn is_told(&self, world: &World, fact: usize) -> bool {
        let values = world.facts.get(fact).map_or(&[][..], |fact| &fact.values);
        let mut numbers = values
            .iter()
            .filter_map(|value| value.numbers.get(self.side));
        numbers.all(|number| number.as_ref().is_none_or(|number| !number.is_negative()))
    }

    fn facts_compared(
        &self,
        world: &mut World,
        op: Comparison,
        one: usize,
        other: usize,
    ) -> Truths {
        let values = world.facts.get(one).map(|fact| fact.values.clone());
        let mut pairs = Vec::new();
        for (n, value) in values.into_iter().flatten().enumerate() {
            let Some(number) = value.numbers.get(self.side).cloned().flatten() else {
                continue;
            };
            let is = world.fact_is(one, 1 << n);
            let with = self.fact_with(world, other, |other| op.holds(number.cmp(other)));
            let pair = world.forms.all(vec![is, with.yes]);
            pairs.push(pair);
        }
        let yes = world.forms.any(pairs);
        Truths {
            yes,
            no: world.not(yes),
            is_total: true,
        }
    }

    /// Whether a decision comes to an outcome and to no other, by the law of the day.
    fn outcome(&mut self, world: &mut World, term: TermId) -> Result<Truths, Doubt> {
        let TermKind::Outcome(id, place, _) = &self.program.terms[term].kind else {
            return Err(Doubt::Text);
        };
        let decision = &self.program.decisions[*id];
        let declared = self.program.model.rules[decision.rule].decision.as_ref();
        let declared = declared.ok_or(Doubt::Text)?;
        let Ok(n) = version_at(&self.program.model, declared, self.day) else {
            let never = world.forms.truth(false);
            return Ok(Truths {
                yes: never,
                no: never,
                is_total: false,
            });
        };
        let formulas = decision
            .versions
            .get(n)
            .map_or(&[][..], |version| &version.outcomes);
        let each: Result<Vec<Truths>, Doubt> = formulas
            .iter()
            .map(|formula| self.truth_of(*formula))
            .collect();
        let each = each?;
        if !each.iter().all(|truths| truths.is_total) {
            return Err(Doubt::Open);
        }
        let alone = only(world, &each);
        let own = alone.get(usize::from(*place)).copied().ok_or(Doubt::Text)?;
        let others = alone
            .iter()
            .enumerate()
            .filter(|(n, _)| *n != usize::from(*place));
        let others = others.map(|(_, node)| *node).collect();
        let version = declared.versions.get(n);
        let is_sure = version.is_some_and(|version| version.is_ordered && version.is_total());
        Ok(Truths {
            yes: own,
            no: world.forms.any(others),
            is_total: is_sure,
        })
    }

    /// For each outcome of a decision whether it is the answer, by the law of the day.
    pub(super) fn answers(
        &mut self,
        world: &mut World,
        id: crate::program::DecisionId,
    ) -> Option<Vec<Node>> {
        let decision = &self.program.decisions[id];
        let declared = self.program.model.rules[decision.rule].decision.as_ref()?;
        let n = version_at(&self.program.model, declared, self.day).ok()?;
        let formulas = &decision.versions.get(n)?.outcomes;
        let each: Vec<Truths> = formulas
            .iter()
            .map(|formula| self.truths(world, *formula))
            .collect();
        Some(only(world, &each))
    }

    fn key(&self, input: InputId) -> Key {
        let input = &self.program.inputs[input];
        let (model, figure) = (&self.program.model, &input.figure);
        let indicator = &model.indicators[figure.indicator];
        let definition = indicator.definitions.get(usize::from(figure.definition));
        // The body of the pack goes without saying.
        let fixed = figure
            .entity
            .filter(|id| !self.entity.is_empty() || Some(*id) != model.pack.entity);
        let entity = fixed.map(|entity| model.entities[entity].id.as_str());
        Key {
            indicator: indicator.id.clone(),
            definition: definition.map_or_else(String::new, |one| one.id.clone()),
            measure: figure.measure.word(),
            breakdown: figure.breakdown.to_string(),
            entity: entity.unwrap_or(self.entity).to_owned(),
            period: normal_period(indicator, figure.measure, at(input.at, self.period)),
        }
    }

    /// The figure that an input is.
    fn figure(&mut self, world: &mut World, id: InputId) -> Result<Place, Doubt> {
        let program = self.program;
        let input = &program.inputs[id];
        let model = &program.model;
        let figure = &input.figure;
        let indicator = &model.indicators[figure.indicator];
        if indicator.evidence.is_some() {
            return Err(Doubt::Evidence);
        }
        let key = self.key(id);
        self.named.insert(key.clone());
        let doubt = match is_fact(indicator.kind) {
            true => Doubt::Text,
            false => Doubt::Bounds,
        };
        world.figure(program, self.side, figure, key).ok_or(doubt)
    }

    fn on_day(&self, on: OnDay) -> Option<Exact> {
        let found = match on {
            OnDay::This => Some(self.day),
            OnDay::First(every) => every.judged(self.period, self.day).map(|(first, _)| first),
            OnDay::Last(every) => every.judged(self.period, self.day).map(|(_, last)| last),
        };
        found.map(day::number)
    }
}

/// The number that a term always is.
fn lone(cases: &[Case]) -> Option<Exact> {
    match cases {
        [case] => case
            .top
            .as_constant()?
            .checked_div(case.under.as_constant()?),
        _ => None,
    }
}
