//! What is not looked into. It is an unknown of its own, the same wherever the same is said, in one
//! pack or in two.

use std::fmt::Write;

use super::{Reader, Truths};
use crate::model::{Members, Model};
use crate::program::{AggregateId, DayStep, InputId, Root, TermId, TermKind, at};
use crate::prove::Doubt;
use crate::prove::formula::Node;
use crate::prove::world::World;

impl Reader<'_> {
    pub(super) fn closed_truths(
        &mut self,
        world: &mut World,
        term: TermId,
        doubt: Doubt,
    ) -> Truths {
        self.doubts.insert(doubt);
        let says = self.says(world, term);
        let (yes, no) = world.closed_truth(says, doubt);
        Truths {
            yes,
            no,
            is_total: false,
        }
    }

    pub(super) fn closed_number(
        &mut self,
        world: &mut World,
        term: TermId,
        doubt: Doubt,
    ) -> (Node, usize) {
        self.doubts.insert(doubt);
        let says = self.says(world, term);
        world.closed_number(says, doubt)
    }

    /// What a term says, whichever pack says it.
    pub(in crate::prove) fn says(&mut self, world: &mut World, term: TermId) -> usize {
        let mut open = vec![term];
        let mut below = std::collections::BTreeSet::new();
        while let Some(term) = open.pop() {
            if !self.says.contains_key(&term) && below.insert(term) {
                open.extend(self.program.terms[term].kind.operands());
                if let TermKind::Aggregate(id) = self.program.terms[term].kind {
                    open.extend(self.parts(id).iter().map(|root| root.term));
                }
            }
        }
        // Operands stand before those who use them.
        for term in below {
            let words = self.words(term);
            let says = world.closed(words);
            self.says.insert(term, says);
        }
        self.says.get(&term).copied().unwrap_or(usize::MAX)
    }

    fn parts(&self, id: AggregateId) -> Vec<&Root> {
        let aggregate = &self.program.aggregates[id];
        let first = std::iter::once(&aggregate.root);
        first
            .chain(&aggregate.filter)
            .chain(&aggregate.complete)
            .collect()
    }

    fn words(&self, term: TermId) -> String {
        let kind = &self.program.terms[term].kind;
        let model = &self.program.model;
        let is_text = self.program.terms[term].ty == crate::model::Type::Text;
        let mut words = match kind {
            TermKind::Number(value) if is_text => {
                let at: Option<usize> = value.to_string().parse().ok();
                let text = at.and_then(|at| model.symbols.get(at));
                format!("text {text:?}")
            }
            TermKind::Number(value) => format!("number {value:?}"),
            TermKind::Truth(truth) => format!("truth {truth}"),
            TermKind::OnDay(on) => format!("day {:?}", self.on_day(*on)),
            TermKind::Moved(step, _, _, is_minus) => {
                format!("moved {} {is_minus}", step_words(step))
            }
            TermKind::Worked(calendar, ..) => {
                format!("worked {}", step_words(&DayStep::Worked(calendar.clone())))
            }
            TermKind::Input(input) => format!("figure {}", self.input_words(*input)),
            TermKind::Derived(input, _) => format!("derived {}", self.input_words(*input)),
            TermKind::Present(input) => format!("present {}", self.input_words(*input)),
            TermKind::Strict(_, inputs, _) => {
                let inputs: Vec<String> = inputs
                    .iter()
                    .map(|input| self.input_words(*input))
                    .collect();
                format!("strict {inputs:?}")
            }
            TermKind::YearsRoot(_, from, to) => {
                format!(
                    "root {:?} {:?}",
                    at(*from, self.period),
                    at(*to, self.period)
                )
            }
            TermKind::Compare(op, ..) => format!("compare {op:?}"),
            TermKind::AtLeast(n, _) => format!("at least {n}"),
            TermKind::Power(_, n) => format!("power {n}"),
            TermKind::Sum(terms) | TermKind::Product(terms) => {
                let signs: Vec<bool> = terms.iter().map(|(sign, _)| *sign).collect();
                format!("{} {signs:?}", tag(kind))
            }
            TermKind::Aggregate(id) => self.aggregate_words(*id),
            TermKind::Composite(score, _) => {
                let score = &model.scores[*score];
                let weights = score.weights(None);
                let (is_geometric, gap, out) = (score.is_geometric, score.gap, &score.out_of);
                format!("score {weights:?} {is_geometric} {gap:?} {out:?}")
            }
            TermKind::Outcome(id, place, _) => {
                let rule = &model.rules[self.program.decisions[*id].rule];
                let decision = rule.decision.as_ref();
                let version = decision.map(|own| crate::eval::version_at(model, own, self.day));
                let ordered: Option<Vec<bool>> = decision.map(|own| {
                    own.versions
                        .iter()
                        .map(|version| version.is_ordered)
                        .collect()
                });
                format!("outcome {} {place} {version:?} {ordered:?}", rule.id)
            }
            kind => tag(kind).to_owned(),
        };
        for operand in kind.operands() {
            let _ = write!(words, " {:?}", self.says.get(&operand));
        }
        words
    }

    fn aggregate_words(&self, id: AggregateId) -> String {
        let aggregate = &self.program.aggregates[id];
        let members = members_words(&self.program.model, &aggregate.members);
        let own = aggregate.members.is_own.then_some(self.entity);
        let parts: Vec<_> = self
            .parts(id)
            .into_iter()
            .map(|root| self.says.get(&root.term))
            .collect();
        let has = (aggregate.filter.is_some(), aggregate.complete.is_some());
        let period = at(aggregate.at, self.period);
        let fold = &aggregate.fold;
        // A rank is that of the body that asks.
        let asks = self.entity;
        format!("many {fold:?} {members} {own:?} {parts:?} {has:?} {period:?} {asks}")
    }

    fn input_words(&self, input: InputId) -> String {
        let input = &self.program.inputs[input];
        let model = &self.program.model;
        let entity = input
            .figure
            .entity
            .map(|entity| model.entities[entity].id.as_str());
        let key = input.figure.key(model, entity);
        format!("{key} {:?} {:?}", at(input.at, self.period), input.baseline)
    }
}

/// Who is meant, by names: of a closed class all that are listed.
pub(in crate::prove) fn members_words(model: &Model, members: &Members) -> String {
    let class = &model.classes[members.class];
    let name = |id: &crate::model::EntityId| model.entities[*id].id.as_str();
    let listed: Vec<(&str, Vec<&str>)> = model
        .entities
        .values()
        .filter(|entity| entity.classes().any(|own| own == members.class))
        .map(|entity| {
            let wholes = entity.wholes().map(|id| model.entities[id].id.as_str());
            (entity.id.as_str(), wholes.collect())
        })
        .collect();
    let within = members.within.as_ref().map(name);
    let except: Vec<&str> = members.except.iter().map(name).collect();
    let (is_open, is_full, is_own) = (class.is_open, class.is_full, members.is_own);
    let id = &class.id;
    format!("{id} {is_open} {is_full} {listed:?} {within:?} {except:?} {is_own}")
}

fn step_words(step: &DayStep) -> String {
    match step {
        DayStep::Months => "months".to_owned(),
        DayStep::Worked(calendar) => format!(
            "{} {:?} {:?} {:?} {:?}",
            calendar.id,
            calendar.weekdays,
            calendar.years.keys(),
            calendar.holidays,
            calendar.make_up
        ),
    }
}

fn tag(kind: &TermKind) -> &'static str {
    match kind {
        TermKind::IsYes(_) => "is yes",
        TermKind::Negative(_) => "minus",
        TermKind::Sum(_) => "sum",
        TermKind::Product(_) => "product",
        TermKind::Min(_) => "min",
        TermKind::Max(_) => "max",
        TermKind::Abs(_) => "abs",
        TermKind::Choose(..) => "choose",
        TermKind::Same(..) => "same",
        TermKind::Not(_) => "not",
        TermKind::All(_) => "all",
        TermKind::Any(_) => "any",
        TermKind::Implies(..) => "implies",
        TermKind::Either(..) => "either",
        _ => "other",
    }
}
