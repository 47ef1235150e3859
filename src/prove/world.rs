//! What a question is about: the figures that it may ask, each one unknown, whichever pack names it.

use std::collections::BTreeMap;

use super::Doubt;
use super::formula::{Forms, Node, full};
use super::terms::Ways;
use crate::eval::{bounds_of, listed};
use crate::explain::Unit;
use crate::model::{FigureRef, Kind};
use crate::number::Exact;
use crate::period::Period;
use crate::program::Program;
use crate::set::Set;

/// The most values of a fact; one bit each.
const MOST_VALUES: usize = 64;

/// A figure: what it is of, whose and when. Names of two packs mean the same.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    pub(super) indicator: String,
    pub(super) definition: String,
    pub(super) measure: &'static str,
    pub(super) breakdown: String,
    pub(super) entity: String,
    pub(super) period: Period,
}

/// A figure as each of two packs names it.
#[derive(Debug, Clone)]
pub(super) struct Figure {
    pub(super) key: Key,
    pub(super) sides: [Option<FigureRef>; 2],
}

/// A number that is not known.
#[derive(Debug, Clone)]
pub(super) struct Number {
    /// The figure, where it is one.
    pub(super) figure: Option<Figure>,
    /// What it may be.
    pub(super) bounds: Set,
    /// One of its unit, in base units.
    pub(super) factor: Exact,
    /// It is a day.
    pub(super) is_day: bool,
    /// Why nothing more is known of it, where it is no figure.
    pub(super) doubt: Option<Doubt>,
}

/// A value of a fact: as a table prints it, and the number by which each pack knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FactValue {
    pub(super) text: String,
    pub(super) numbers: [Option<Exact>; 2],
}

/// Something that has one of a few values.
#[derive(Debug, Clone)]
pub(super) struct Fact {
    pub(super) figure: Option<Figure>,
    pub(super) values: Vec<FactValue>,
    /// The values that every pack takes.
    pub(super) mask: u64,
    pub(super) doubt: Option<Doubt>,
}

/// A number or a fact, by its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Number(usize),
    Fact(usize),
}

/// Everything that a question is about.
#[derive(Debug, Default)]
pub(super) struct World {
    pub(super) forms: Forms,
    pub(super) numbers: Vec<Number>,
    pub(super) facts: Vec<Fact>,
    /// How indicators come into the question.
    pub(super) ways: Ways,
    places: BTreeMap<Key, Place>,
    /// What is not looked into, by what it says.
    closed: BTreeMap<String, usize>,
    closed_truths: BTreeMap<usize, usize>,
    closed_numbers: BTreeMap<usize, (usize, usize)>,
}

impl World {
    pub(super) fn not(&mut self, node: Node) -> Node {
        let facts = &self.facts;
        let n_values = |fact: usize| facts.get(fact).map_or(0, |fact| fact.values.len());
        self.forms.not(node, &n_values)
    }

    pub(super) fn fact_is(&mut self, fact: usize, mask: u64) -> Node {
        let n = self.facts.get(fact).map_or(0, |fact| fact.values.len());
        self.forms.fact(fact, mask, n)
    }

    /// The unknown that a figure is, as one side names it; nothing where it has too many values.
    pub(super) fn figure(
        &mut self,
        program: &Program,
        side: usize,
        figure: &FigureRef,
        key: Key,
    ) -> Option<Place> {
        let place = match self.places.get(&key) {
            Some(known) => *known,
            None => {
                let place = self.new_figure(program, figure, &key)?;
                self.places.insert(key, place);
                place
            }
        };
        match place {
            Place::Number(number) => {
                let bounds = bounds_of(&program.model, figure);
                let number = self.numbers.get_mut(number)?;
                number.figure.as_mut()?.claim(side, figure);
                number.bounds = number.bounds.intersect(&bounds)?;
            }
            Place::Fact(fact) => {
                let values = values_of(program, figure);
                let fact = self.facts.get_mut(fact)?;
                fact.figure.as_mut()?.claim(side, figure);
                let mut mask = 0;
                for (n, value) in fact.values.iter_mut().enumerate() {
                    if let Some((_, number)) = values.iter().find(|(text, _)| *text == value.text) {
                        mask |= 1 << n;
                        if let Some(own) = value.numbers.get_mut(side) {
                            *own = Some(number.clone());
                        }
                    }
                }
                fact.mask &= mask;
            }
        }
        Some(place)
    }

    fn new_figure(&mut self, program: &Program, figure: &FigureRef, key: &Key) -> Option<Place> {
        let indicator = &program.model.indicators[figure.indicator];
        let own = Figure {
            key: key.clone(),
            sides: [None, None],
        };
        if is_fact(indicator.kind) {
            let values = values_of(program, figure);
            if values.is_empty() || values.len() > MOST_VALUES {
                return None;
            }
            let values = values.into_iter().map(|(text, _)| FactValue {
                text,
                numbers: [None, None],
            });
            let values: Vec<FactValue> = values.collect();
            self.facts.push(Fact {
                figure: Some(own),
                mask: full(values.len()),
                values,
                doubt: None,
            });
            return Some(Place::Fact(self.facts.len() - 1));
        }
        let unit = Unit::of_figure(program, figure);
        self.numbers.push(Number {
            figure: Some(own),
            bounds: Set::all(),
            factor: unit.factor,
            is_day: indicator.kind == Kind::Date,
            doubt: None,
        });
        Some(Place::Number(self.numbers.len() - 1))
    }

    /// The figures that formulas name.
    pub(super) fn named(&self, roots: &[Node]) -> std::collections::BTreeSet<Key> {
        let names = self.forms.names(roots);
        let numbers = names.numbers.iter().filter_map(|n| self.numbers.get(*n));
        let facts = names.facts.iter().filter_map(|n| self.facts.get(*n));
        let figures = numbers.filter_map(|number| number.figure.as_ref());
        let figures = figures.chain(facts.filter_map(|fact| fact.figure.as_ref()));
        figures.map(|figure| figure.key.clone()).collect()
    }

    /// All figures that were named.
    pub(super) fn keys(&self) -> impl Iterator<Item = &Key> {
        self.places.keys()
    }

    /// The number of what is not looked into: the same for all that say the same.
    pub(super) fn closed(&mut self, says: String) -> usize {
        let n = self.closed.len();
        *self.closed.entry(says).or_insert(n)
    }

    /// A condition that is not looked into: it holds, it does not, or it has no answer.
    pub(super) fn closed_truth(&mut self, says: usize, doubt: Doubt) -> (Node, Node) {
        let fact = match self.closed_truths.get(&says) {
            Some(known) => *known,
            None => {
                let fact = self.closed_fact(3, doubt);
                self.closed_truths.insert(says, fact);
                fact
            }
        };
        (self.fact_is(fact, 0b001), self.fact_is(fact, 0b010))
    }

    /// A number that is not looked into, and when it has an answer.
    pub(super) fn closed_number(&mut self, says: usize, doubt: Doubt) -> (Node, usize) {
        let (number, fact) = match self.closed_numbers.get(&says) {
            Some(known) => *known,
            None => {
                let fact = self.closed_fact(2, doubt);
                self.numbers.push(Number {
                    figure: None,
                    bounds: Set::all(),
                    factor: Exact::from(1),
                    is_day: false,
                    doubt: Some(doubt),
                });
                let number = self.numbers.len() - 1;
                self.closed_numbers.insert(says, (number, fact));
                (number, fact)
            }
        };
        (self.fact_is(fact, 0b01), number)
    }

    fn closed_fact(&mut self, n_values: usize, doubt: Doubt) -> usize {
        let value = |_| FactValue {
            text: String::new(),
            numbers: [None, None],
        };
        self.facts.push(Fact {
            figure: None,
            values: (0..n_values).map(value).collect(),
            mask: full(n_values),
            doubt: Some(doubt),
        });
        self.facts.len() - 1
    }
}

impl Figure {
    fn claim(&mut self, side: usize, figure: &FigureRef) {
        if let Some(own) = self.sides.get_mut(side) {
            *own = Some(figure.clone());
        }
    }
}

/// Whether a kind has a few values, and is no number to reckon with.
pub(super) fn is_fact(kind: Kind) -> bool {
    matches!(kind, Kind::YesNo | Kind::OneOf | Kind::Level | Kind::Text)
}

/// The values of a fact: as a table prints each, and the number by which the pack knows it.
fn values_of(program: &Program, figure: &FigureRef) -> Vec<(String, Exact)> {
    let model = &program.model;
    let indicator = &model.indicators[figure.indicator];
    let symbol = |text: &str| {
        let place = model.symbols.iter().position(|known| known == text);
        place.and_then(|at| i64::try_from(at).ok()).unwrap_or(-1)
    };
    match indicator.kind {
        Kind::YesNo => [("no", 0), ("yes", 1)]
            .map(|(word, n)| (word.to_owned(), Exact::from(n)))
            .to_vec(),
        Kind::Level => {
            let levels = indicator.ladder.map(|id| &model.ladders[id].levels);
            let numbers = listed(model, figure.indicator).unwrap_or_default();
            let names = levels
                .into_iter()
                .flatten()
                .map(|level| level.label.zh.clone());
            names.zip(numbers).collect()
        }
        Kind::OneOf => {
            let choices = indicator.choices.iter();
            let values = choices.map(|text| (text.clone(), Exact::from(symbol(text))));
            values.collect()
        }
        // The texts that rules name; that there are others is not looked at.
        _ => Vec::new(),
    }
}
