//! Numbers: each as a quotient of sums in each of a few cases.

use super::{Case, MOST_CASES, Reader, Truths, Value, lone};
use crate::day;
use crate::number::{Exact, Rounding};
use crate::program::{DayStep, TermId, TermKind};
use crate::prove::Doubt;
use crate::prove::formula::{Line, Node};
use crate::prove::world::{Place, World};
use crate::set::Comparison;

impl Reader<'_> {
    pub(super) fn number(&mut self, world: &mut World, kind: &TermKind) -> Result<Value, Doubt> {
        let always = world.forms.truth(true);
        let plain = |top: Line| {
            let case = Case {
                guard: always,
                top,
                under: Line::constant(Exact::from(1)),
            };
            Value::Number(vec![case], true)
        };
        let constant = |value: Exact| plain(Line::constant(value));
        match kind {
            TermKind::Number(value) => Ok(constant(value.clone())),
            TermKind::OnDay(on) => self.on_day(*on).map(constant).ok_or(Doubt::Days),
            // What its parts say, where those are asked as well.
            TermKind::Derived(_, inner) if world.ways.is_tied(self.program, *inner) => {
                self.values.get(inner).cloned().ok_or(Doubt::Text)
            }
            TermKind::Input(input) | TermKind::Derived(input, _) => {
                if let Some((value, _)) = &self.program.inputs[*input].baseline {
                    return Ok(constant(value.clone()));
                }
                Ok(match self.figure(world, *input)? {
                    Place::Number(number) => plain(Line::variable(number)),
                    Place::Fact(fact) => Value::Fact(fact),
                })
            }
            TermKind::Negative(inner) => {
                let minus = Exact::from(-1);
                self.mapped(*inner, |case| case.times(&Line::constant(minus.clone())))
            }
            TermKind::Sum(terms) => self.folded(world, terms, Case::plus),
            TermKind::Product(factors) => self.product(world, factors),
            TermKind::Power(inner, n) => self.power(*inner, *n, &constant),
            TermKind::Min(items) => self.extreme(world, items, Comparison::Le),
            TermKind::Max(items) => self.extreme(world, items, Comparison::Ge),
            TermKind::Abs(inner) => self.abs(world, *inner),
            TermKind::Choose(condition, yes, no) => self.choose(world, *condition, *yes, *no),
            TermKind::Moved(step, from, by, is_minus) => self
                .moved(step, *from, *by, *is_minus)
                .map(constant)
                .ok_or(Doubt::Days),
            TermKind::Worked(calendar, from, to) => {
                let day = |term: &TermId| day::of_number(&self.known(*term)?, Rounding::Down);
                let days = day(from).zip(day(to));
                let days = days.and_then(|(from, to)| calendar.between(from, to));
                days.map(|n| constant(Exact::from(n))).ok_or(Doubt::Days)
            }
            TermKind::YearsRoot(..) => Err(Doubt::Root),
            TermKind::Aggregate(_) => Err(Doubt::Aggregate),
            TermKind::Composite(..) => Err(Doubt::Score),
            _ => Err(Doubt::Text),
        }
    }

    /// A number that follows from the rule alone.
    fn known(&self, term: TermId) -> Option<Exact> {
        match self.values.get(&term) {
            Some(Value::Number(cases, _)) => lone(cases),
            _ => None,
        }
    }

    fn cases(&self, term: TermId) -> Result<(&[Case], bool), Doubt> {
        match self.values.get(&term) {
            Some(Value::Number(cases, is_total)) => Ok((cases, *is_total)),
            _ => Err(Doubt::Text),
        }
    }

    fn mapped(&self, term: TermId, with: impl Fn(&Case) -> Option<Case>) -> Result<Value, Doubt> {
        let (cases, is_total) = self.cases(term)?;
        let found: Option<Vec<Case>> = cases.iter().map(with).collect();
        Ok(Value::Number(found.ok_or(Doubt::Product)?, is_total))
    }

    /// All terms together, each with its sign, in every combination of their cases.
    fn folded(
        &self,
        world: &mut World,
        terms: &[(bool, TermId)],
        with: impl Fn(&Case, &Case, bool) -> Option<Case>,
    ) -> Result<Value, Doubt> {
        let mut total: Option<Vec<Case>> = None;
        let mut is_all_total = true;
        for (is_inverse, term) in terms {
            let (cases, is_total) = self.cases(*term)?;
            is_all_total &= is_total;
            let before = match total {
                Some(before) => before,
                None => {
                    let zero = Case {
                        guard: world.forms.truth(true),
                        top: Line::constant(Exact::from(0)),
                        under: Line::constant(Exact::from(1)),
                    };
                    vec![zero]
                }
            };
            let mut next = Vec::new();
            for one in &before {
                for other in cases {
                    let guard = world.forms.all(vec![one.guard, other.guard]);
                    if world.forms.is_truth(guard, false) {
                        continue;
                    }
                    let case = with(one, other, *is_inverse).ok_or(Doubt::Product)?;
                    next.push(Case { guard, ..case });
                }
            }
            if next.len() > MOST_CASES {
                return Err(Doubt::Cases);
            }
            total = Some(next);
        }
        Ok(Value::Number(total.unwrap_or_default(), is_all_total))
    }

    fn product(&mut self, world: &mut World, factors: &[(bool, TermId)]) -> Result<Value, Doubt> {
        let one = Case {
            guard: world.forms.truth(true),
            top: Line::constant(Exact::from(1)),
            under: Line::constant(Exact::from(1)),
        };
        let (mut total, mut is_all_total) = (vec![one], true);
        for (is_divisor, term) in factors {
            let (cases, is_total) = self.cases(*term)?;
            is_all_total &= is_total;
            let cases = cases.to_vec();
            let mut next = Vec::new();
            for one in &total {
                for other in &cases {
                    let mut guards = vec![one.guard, other.guard];
                    let case = if *is_divisor {
                        // By zero nothing is divided.
                        let is_not_zero = world.forms.line(&other.top, Comparison::Ne);
                        is_all_total &= world.forms.is_truth(is_not_zero, true);
                        guards.push(is_not_zero);
                        one.over(other)
                    } else {
                        one.by(other)
                    };
                    let guard = world.forms.all(guards);
                    if !world.forms.is_truth(guard, false) {
                        let case = case.ok_or(Doubt::Product)?;
                        next.push(Case { guard, ..case });
                    }
                }
            }
            if next.len() > MOST_CASES {
                return Err(Doubt::Cases);
            }
            total = next;
        }
        Ok(Value::Number(total, is_all_total))
    }

    fn power(
        &self,
        inner: TermId,
        n: u32,
        constant: &impl Fn(Exact) -> Value,
    ) -> Result<Value, Doubt> {
        if n == 1 {
            return self.mapped(inner, |case| Some(case.clone()));
        }
        let value = self
            .known(inner)
            .and_then(|value| value.pow(i32::try_from(n).ok()?));
        value.map(constant).ok_or(Doubt::Root)
    }

    /// The one of some numbers that stands so to all others.
    fn extreme(
        &mut self,
        world: &mut World,
        items: &[TermId],
        op: Comparison,
    ) -> Result<Value, Doubt> {
        let mut best: Vec<Case> = Vec::new();
        let mut is_all_total = true;
        for (n, item) in items.iter().enumerate() {
            let (cases, is_total) = self.cases(*item)?;
            is_all_total &= is_total;
            let cases = cases.to_vec();
            if n == 0 {
                best = cases;
                continue;
            }
            let mut next = Vec::new();
            for one in &best {
                for other in &cases {
                    let both = (std::slice::from_ref(one), std::slice::from_ref(other));
                    let stands = self.numbers_compared(world, op, both.0, both.1)?;
                    let taken = [(stands.yes, one), (stands.no, other)];
                    for (guard, case) in taken {
                        let guard = world.forms.all(vec![guard, one.guard, other.guard]);
                        if !world.forms.is_truth(guard, false) {
                            next.push(Case {
                                guard,
                                ..case.clone()
                            });
                        }
                    }
                }
            }
            if next.len() > MOST_CASES {
                return Err(Doubt::Cases);
            }
            best = next;
        }
        Ok(Value::Number(best, is_all_total))
    }

    fn abs(&mut self, world: &mut World, inner: TermId) -> Result<Value, Doubt> {
        let (cases, is_total) = self.cases(inner)?;
        let cases = cases.to_vec();
        let zero = [Case {
            guard: world.forms.truth(true),
            top: Line::constant(Exact::from(0)),
            under: Line::constant(Exact::from(1)),
        }];
        let mut found = Vec::new();
        for case in cases {
            let own = std::slice::from_ref(&case);
            let is_up = self.numbers_compared(world, Comparison::Ge, own, &zero)?;
            let turned = case
                .times(&Line::constant(Exact::from(-1)))
                .ok_or(Doubt::Product)?;
            for (guard, case) in [(is_up.yes, case), (is_up.no, turned)] {
                found.push(Case { guard, ..case });
            }
        }
        Ok(Value::Number(found, is_total))
    }

    fn choose(
        &mut self,
        world: &mut World,
        condition: TermId,
        yes: TermId,
        no: TermId,
    ) -> Result<Value, Doubt> {
        let condition = self.truth_of(condition)?;
        // What stands where a presumption is not needed.
        for (node, taken) in [(condition.yes, yes), (condition.no, no)] {
            if world.forms.is_truth(node, true) {
                return self.values.get(&taken).cloned().ok_or(Doubt::Text);
            }
        }
        if !condition.is_total {
            return Err(Doubt::Open);
        }
        let mut found = Vec::new();
        let mut is_all_total = true;
        for (node, taken) in [(condition.yes, yes), (condition.no, no)] {
            let (cases, is_total) = self.cases(taken)?;
            is_all_total &= is_total;
            for case in cases {
                let guard = world.forms.all(vec![node, case.guard]);
                found.push(Case {
                    guard,
                    ..case.clone()
                });
            }
        }
        match found.len() {
            n if n > MOST_CASES => Err(Doubt::Cases),
            _ => Ok(Value::Number(found, is_all_total)),
        }
    }

    fn moved(&self, step: &DayStep, from: TermId, by: TermId, is_minus: bool) -> Option<Exact> {
        let from = day::of_number(&self.known(from)?, Rounding::Down)?;
        let by: i64 = self.known(by)?.to_string().parse().ok()?;
        let by = if is_minus { -by } else { by };
        let moved = match step {
            DayStep::Months => day::add_months(from, by),
            DayStep::Worked(calendar) => calendar.add(from, by),
        };
        moved.map(day::number)
    }

    /// When one number stands so to another, and when it does not.
    pub(super) fn numbers_compared(
        &self,
        world: &mut World,
        op: Comparison,
        left: &[Case],
        right: &[Case],
    ) -> Result<Truths, Doubt> {
        let (mut yes, mut no) = (Vec::new(), Vec::new());
        for one in left {
            for other in right {
                let less = one.plus(other, true).ok_or(Doubt::Product)?;
                let guard = world.forms.all(vec![one.guard, other.guard]);
                for (sign, holds) in less.signs(world, op) {
                    let fails = world.not(holds);
                    yes.push(world.forms.all(vec![guard, sign, holds]));
                    no.push(world.forms.all(vec![guard, sign, fails]));
                }
            }
        }
        Ok(Truths {
            yes: world.forms.any(yes),
            no: world.forms.any(no),
            is_total: true,
        })
    }
}

impl Case {
    /// A quotient whose divisor is a number is a sum.
    fn tidy(self) -> Option<Case> {
        match self.under.as_constant() {
            Some(under) => Some(Case {
                top: self.top.scale(&under.recip()?),
                under: Line::constant(Exact::from(1)),
                ..self
            }),
            None => Some(self),
        }
    }

    fn times(&self, factor: &Line) -> Option<Case> {
        let top = product(&self.top, factor)?;
        Case {
            top,
            ..self.clone()
        }
        .tidy()
    }

    /// The sum, or the difference; nothing where it is no quotient of sums.
    fn plus(&self, other: &Case, is_minus: bool) -> Option<Case> {
        let sign = Exact::from(if is_minus { -1 } else { 1 });
        if self.under == other.under {
            return Some(Case {
                top: self.top.add(&other.top, &sign),
                ..self.clone()
            });
        }
        let crossed = product(&other.top, &self.under)?;
        let case = Case {
            guard: self.guard,
            top: product(&self.top, &other.under)?.add(&crossed, &sign),
            under: product(&self.under, &other.under)?,
        };
        case.tidy()
    }

    fn by(&self, other: &Case) -> Option<Case> {
        // What is divided by a sum and multiplied with it again is what it was.
        if self.under == other.top {
            let top = self.top.clone();
            return Case {
                guard: self.guard,
                top,
                under: other.under.clone(),
            }
            .tidy();
        }
        if self.top == other.under {
            let top = other.top.clone();
            return Case {
                guard: self.guard,
                top,
                under: self.under.clone(),
            }
            .tidy();
        }
        let case = Case {
            guard: self.guard,
            top: product(&self.top, &other.top)?,
            under: product(&self.under, &other.under)?,
        };
        case.tidy()
    }

    fn over(&self, other: &Case) -> Option<Case> {
        let case = Case {
            guard: self.guard,
            top: other.under.clone(),
            under: other.top.clone(),
        };
        match case.under.as_constant().is_some_and(Exact::is_zero) {
            true => Some(case),
            false => self.by(&case),
        }
    }

    /// For each sign of the divisor: that it has it, and that the quotient stands so to zero.
    fn signs(&self, world: &mut World, op: Comparison) -> Vec<(Node, Node)> {
        if self.under.as_constant().is_some() {
            let always = world.forms.truth(true);
            let holds = world.forms.line(&self.top, op);
            return vec![(always, holds)];
        }
        let turned = [(Comparison::Gt, op), (Comparison::Lt, op.turned())];
        let mut found = Vec::new();
        for (sign, op) in turned {
            let sign = world.forms.line(&self.under, sign);
            found.push((sign, world.forms.line(&self.top, op)));
        }
        found
    }
}

/// The product of two sums, where one of them is a number.
fn product(one: &Line, other: &Line) -> Option<Line> {
    match (one.as_constant(), other.as_constant()) {
        (Some(factor), _) => Some(other.scale(factor)),
        (_, Some(factor)) => Some(one.scale(factor)),
        _ => None,
    }
}
