//! Terms of a program to steps over columns: what is asked of figures of the row itself, in numbers that
//! come from them by plain arithmetic. Whatever else a rule asks is left to the exact evaluator.

use std::collections::{BTreeMap, BTreeSet};

use super::kernel::{Cut, Joint, Num, Step, Tru};
use super::linear::{Linear, Quotient, double, whole};
use crate::eval::Clocks;
use crate::model::{FigureRef, IndicatorId};
use crate::number::Exact;
use crate::program::{DecisionId, InputId, Program, TermId, TermKind, at};

mod cut;
mod truths;

pub(super) use cut::cut;

/// How a column holds the figures of a quantity.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Held {
    /// Its place among the columns that steps are given.
    pub(super) column: usize,
    /// What its numbers are multiplied by to be in base units; above 0.
    pub(super) factor: Exact,
    /// So many digits behind the point make its numbers whole, mostly.
    pub(super) places: i16,
}

/// What quantities of a table are held by which column.
pub(super) type Columns = BTreeMap<FigureRef, Held>;

/// Steps as they are put together.
pub(super) struct Compiler<'a> {
    pub(super) program: &'a Program,
    pub(super) clocks: &'a Clocks,
    pub(super) columns: &'a Columns,
    /// The place of a column in which nobody has a figure.
    pub(super) absent: usize,
    /// Quantities that more than one column of the table speaks of; they are looked at as a whole.
    pub(super) shared: &'a BTreeSet<FigureRef>,
    pub(super) steps: Vec<Step>,
    pub(super) n_numbers: usize,
    pub(super) n_truths: usize,
    numbers: BTreeMap<TermId, Quotient>,
    truths: BTreeMap<TermId, Tru>,
    taken: BTreeMap<usize, Num>,
    sums: BTreeMap<(Vec<(i64, Num)>, i64), Num>,
    cuts: Vec<(usize, Cut, Tru)>,
    joints: BTreeMap<DecisionId, Joint>,
    /// The definitions by which the table has each indicator.
    definitions: BTreeMap<IndicatorId, BTreeSet<u16>>,
    /// Conditions that hold one column against a limit.
    leaves: BTreeSet<Tru>,
}

impl<'a> Compiler<'a> {
    pub(super) fn new(
        program: &'a Program,
        clocks: &'a Clocks,
        columns: &'a Columns,
        absent: usize,
        shared: &'a BTreeSet<FigureRef>,
    ) -> Compiler<'a> {
        let mut definitions: BTreeMap<IndicatorId, BTreeSet<u16>> = BTreeMap::new();
        for figure in columns.keys() {
            let known = definitions.entry(figure.indicator).or_default();
            known.insert(figure.definition);
        }
        Compiler {
            definitions,
            program,
            clocks,
            columns,
            absent,
            shared,
            steps: Vec::new(),
            n_numbers: 0,
            n_truths: 0,
            numbers: BTreeMap::new(),
            truths: BTreeMap::new(),
            taken: BTreeMap::new(),
            sums: BTreeMap::new(),
            cuts: Vec::new(),
            joints: BTreeMap::new(),
            leaves: BTreeSet::new(),
        }
    }

    pub(super) fn is_leaf(&self, truth: Tru) -> bool {
        self.leaves.contains(&truth)
    }

    /// The column of a figure of the row itself; none where it is of another row, or said twice. A
    /// table without the column has one without figures.
    pub(super) fn held(&self, id: InputId) -> Option<Held> {
        let input = &self.program.inputs[id];
        let indicator = &self.program.model.indicators[input.figure.indicator];
        let is_own = at(input.at, self.clocks.period) == self.clocks.period;
        let is_plain = input.figure.entity.is_none() && input.baseline.is_none();
        let is_one = indicator.bases.len() <= 1 && indicator.evidence.is_none();
        // Why a figure is missing may be that the table has it by another definition.
        let is_other = |definition: &u16| *definition != input.figure.definition;
        let known = self.definitions.get(&input.figure.indicator);
        let has_other = known.is_some_and(|known| known.iter().any(is_other));
        let is_shared = has_other || self.shared.contains(&input.figure);
        if !is_own || !is_plain || !is_one || is_shared {
            return None;
        }
        let absent = || Held {
            column: self.absent,
            factor: Exact::from(1),
            places: 0,
        };
        Some(
            self.columns
                .get(&input.figure)
                .cloned()
                .unwrap_or_else(absent),
        )
    }

    fn new_number(&mut self) -> Num {
        self.n_numbers += 1;
        Num(self.n_numbers - 1)
    }

    fn new_truth(&mut self) -> Tru {
        self.n_truths += 1;
        Tru(self.n_truths - 1)
    }

    fn fixed(&mut self, code: u8) -> Tru {
        let to = self.new_truth();
        self.steps.push(Step::Fixed(code, to));
        to
    }

    /// The numbers of a column as whole numbers, and what they are multiplied by.
    fn take(&mut self, held: &Held) -> Linear {
        let to = match self.taken.get(&held.column) {
            Some(known) => *known,
            None => {
                let to = self.new_number();
                let power = double(10i64.saturating_pow(u32::from(held.places.unsigned_abs())));
                self.steps.push(Step::Take(held.column, power, to));
                self.taken.insert(held.column, to);
                to
            }
        };
        Linear::of(to, &held.factor * &Exact::pow10(-held.places))
    }

    /// Sums as numbers of every row, all to be multiplied by the same factor.
    fn rows_of(&mut self, sums: &[&Linear]) -> Option<(Vec<Num>, Exact)> {
        let whole = whole(sums)?;
        let mut numbers = Vec::new();
        for (parts, constant) in whole.sums {
            let alone = match (parts.as_slice(), constant) {
                ([(1, number)], 0) => Some(*number),
                _ => self.sums.get(&(parts.clone(), constant)).copied(),
            };
            numbers.push(match alone {
                Some(known) => known,
                None => {
                    let to = self.new_number();
                    let doubles = parts
                        .iter()
                        .map(|(factor, number)| (double(*factor), *number));
                    let step = Step::Linear(doubles.collect(), double(constant), to);
                    self.steps.push(step);
                    self.sums.insert((parts, constant), to);
                    to
                }
            });
        }
        Some((numbers, whole.factor))
    }

    fn product(&mut self, a: &Linear, b: &Linear) -> Option<Linear> {
        if let Some(factor) = a.as_constant() {
            return b.times(factor);
        }
        if let Some(factor) = b.as_constant() {
            return a.times(factor);
        }
        let (left, left_factor) = self.rows_of(&[a])?;
        let (right, right_factor) = self.rows_of(&[b])?;
        let to = self.new_number();
        self.steps
            .push(Step::Mul(*left.first()?, *right.first()?, to));
        Some(Linear::of(to, &left_factor * &right_factor))
    }

    /// A quotient as one number, no longer exact where it is one.
    fn single(&mut self, quotient: &Quotient) -> Option<Linear> {
        let Some(under) = &quotient.under else {
            return Some(quotient.over.clone());
        };
        let (over, over_factor) = self.rows_of(&[&quotient.over])?;
        let (under, under_factor) = self.rows_of(&[under])?;
        let to = self.new_number();
        self.steps
            .push(Step::Div(*over.first()?, *under.first()?, to));
        Some(Linear::of(to, over_factor.checked_div(&under_factor)?))
    }

    /// A term as a quotient of sums of what columns hold.
    pub(super) fn number(&mut self, term: TermId) -> Option<Quotient> {
        if let Some(known) = self.numbers.get(&term) {
            return Some(known.clone());
        }
        let program = self.program;
        let plain = |over: Linear| Quotient { over, under: None };
        let quotient = match &program.terms[term].kind {
            TermKind::Number(value) => plain(Linear::constant(value.clone())),
            TermKind::Input(input) => plain(self.input(*input)?),
            TermKind::Derived(input, parts) => {
                let own = self.input(*input)?;
                let parts = self.number(*parts)?;
                let parts = self.single(&parts)?;
                self.of_two(&own, &parts, Step::Pick)?
            }
            TermKind::Negative(inner) => {
                let inner = self.number(*inner)?;
                Quotient {
                    over: inner.over.times(&Exact::from(-1))?,
                    ..inner
                }
            }
            TermKind::Sum(terms) => {
                let mut total = plain(Linear::default());
                for (is_minus, part) in terms {
                    let part = self.number(*part)?;
                    let sign = Exact::from(if *is_minus { -1 } else { 1 });
                    let over = part.over.times(&sign)?;
                    total = self.sum(total, Quotient { over, ..part })?;
                }
                total
            }
            TermKind::Product(factors) => self.factors(factors)?,
            TermKind::Power(inner, n @ 1..=8) => {
                let inner = self.number(*inner)?;
                let inner = self.single(&inner)?;
                let mut total = inner.clone();
                for _ in 1..*n {
                    total = self.product(&total, &inner)?;
                }
                plain(total)
            }
            TermKind::Min(items) => self.extreme(items, false)?,
            TermKind::Max(items) => self.extreme(items, true)?,
            TermKind::Abs(inner) => {
                let inner = self.number(*inner)?;
                let inner = self.single(&inner)?;
                let (rows, factor) = self.rows_of(&[&inner])?;
                let to = self.new_number();
                self.steps.push(Step::Abs(*rows.first()?, to));
                plain(Linear::of(to, factor))
            }
            TermKind::Choose(condition, yes, no) => {
                let condition = self.truth(*condition)?;
                let (yes, no) = (self.number(*yes)?, self.number(*no)?);
                let (yes, no) = (self.single(&yes)?, self.single(&no)?);
                self.of_two(&yes, &no, |yes, no, to| {
                    Step::Choose(condition, yes, no, to)
                })?
            }
            _ => return None,
        };
        self.numbers.insert(term, quotient.clone());
        Some(quotient)
    }

    fn input(&mut self, input: InputId) -> Option<Linear> {
        if let Some((value, _)) = &self.program.inputs[input].baseline {
            return Some(Linear::constant(value.clone()));
        }
        let held = self.held(input)?;
        Some(self.take(&held))
    }

    fn of_two(
        &mut self,
        a: &Linear,
        b: &Linear,
        step: impl FnOnce(Num, Num, Num) -> Step,
    ) -> Option<Quotient> {
        let (rows, factor) = self.rows_of(&[a, b])?;
        let [a, b] = rows.as_slice() else {
            return None;
        };
        let to = self.new_number();
        self.steps.push(step(*a, *b, to));
        Some(Quotient {
            over: Linear::of(to, factor),
            under: None,
        })
    }

    fn extreme(&mut self, items: &[TermId], is_greatest: bool) -> Option<Quotient> {
        let mut all: Option<Linear> = None;
        for item in items {
            let item = self.number(*item)?;
            let item = self.single(&item)?;
            all = Some(match all {
                None => item,
                Some(all) => {
                    let step = |a, b, to| Step::Extreme(is_greatest, a, b, to);
                    self.of_two(&all, &item, step)?.over
                }
            });
        }
        Some(Quotient {
            over: all?,
            under: None,
        })
    }

    fn sum(&mut self, a: Quotient, b: Quotient) -> Option<Quotient> {
        let under = match (&a.under, &b.under) {
            (None, None) => None,
            (Some(under), None) => {
                let over = self.product(&b.over, under)?;
                return Some(Quotient {
                    over: a.over.plus(&over)?,
                    under: a.under,
                });
            }
            (None, Some(_)) => return self.sum(b, a),
            (Some(one), Some(other)) if one == other => a.under.clone(),
            _ => {
                let (a, b) = (self.single(&a)?, self.single(&b)?);
                let over = a.plus(&b)?;
                return Some(Quotient { over, under: None });
            }
        };
        let over = a.over.plus(&b.over)?;
        Some(Quotient { over, under })
    }

    fn factors(&mut self, factors: &[(bool, TermId)]) -> Option<Quotient> {
        let mut total = Quotient {
            over: Linear::constant(Exact::from(1)),
            under: None,
        };
        for (is_divisor, factor) in factors {
            // A factor that is a quotient itself may be undefined for a reason of its own.
            let factor = self.number(*factor)?;
            let factor = self.single(&factor)?;
            match (is_divisor, factor.as_constant()) {
                (false, _) => total.over = self.product(&total.over, &factor)?,
                (true, Some(value)) => total.over = total.over.times(&value.recip()?)?,
                (true, None) => {
                    // Of two divisors one may be 0 and the other missing.
                    let over = self.single(&total)?;
                    let under = Some(factor);
                    total = Quotient { over, under };
                }
            }
        }
        Some(total)
    }
}

/// A term and all that it is computed from.
pub(super) fn below(program: &Program, term: TermId) -> BTreeSet<TermId> {
    let (mut seen, mut open) = (BTreeSet::new(), vec![term]);
    while let Some(next) = open.pop() {
        if seen.insert(next) {
            open.extend(program.terms[next].kind.operands());
        }
    }
    seen
}
