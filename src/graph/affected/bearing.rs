//! How a change bears on each rule: in which evaluated periods it reads the figure that changes,
//! by the clocks and the timing that evaluation goes by. Never looks at a figure's value.

use std::collections::BTreeSet;

use super::super::reads::{Link, Reads};
use super::super::years::Turns;
use super::{Chain, Change, Effect, Step, Touched};
use crate::eval::{Choice, Clocks, Due, Options, due};
use crate::figures::normal_period;
use crate::graph::{Node, Stretch};
use crate::model::{Expr, ExprKind, Rule, RuleId, RuleKind, When};
use crate::period::Period;
use crate::program::{Input, InputId, Program, Root, at};
use crate::source::Span;
use crate::syntax::ast::PeriodRef;

/// How a change bears on something that is read.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Bearing {
    /// It is the figure that is read, or a part of it.
    Read,
    /// It may be named in its place.
    Named,
}

pub(super) struct Cx<'a> {
    pub(super) program: &'a Program,
    pub(super) change: &'a Change,
    pub(super) options: &'a Options,
}

impl Cx<'_> {
    /// How the change bears on an input when a period is judged.
    fn bearing(&self, input: &Input, judged: Period) -> Option<Bearing> {
        let figure = &input.figure;
        if figure.indicator != self.change.indicator || input.baseline.is_some() {
            return None;
        }
        let Some(changed) = self.change.period else {
            return Some(Bearing::Read);
        };
        let indicator = &self.program.model.indicators[figure.indicator];
        let read = normal_period(indicator, figure.measure, at(input.at, judged));
        let changed = normal_period(indicator, figure.measure, changed);
        let is_part = changed.first_day() >= read.first_day()
            && changed.last_day() <= read.last_day()
            && changed.year() == read.year();
        if changed == read || is_part {
            return Some(Bearing::Read);
        }
        // Where the figure is missing, others of its year and the last one before it are named.
        let is_of_year = changed.year() == read.year() && !matches!(changed, Period::Year(_));
        let is_before = changed.last_day() < read.first_day();
        (is_of_year || is_before).then_some(Bearing::Named)
    }

    /// How the change bears on a target in an evaluated period, input by input.
    fn target(&self, id: RuleId, evaluated: Period, wanted: InputId) -> Option<Bearing> {
        let program = &self.program.rules[id];
        let clocks = Clocks {
            period: evaluated,
            in_force: self
                .options
                .in_force
                .unwrap_or_else(|| evaluated.last_day()),
            known_on: None,
            choice: Choice::default(),
        };
        let rule = &self.program.model.rules[id];
        let (periods, is_early) = match due(&self.program.model, rule, &clocks) {
            Due::Not(_) => return None,
            Due::At(period) => (vec![period], false),
            Due::Early(period) | Due::Running(period) => (vec![period], true),
            Due::All(periods) => (periods, false),
            Due::Any(periods, is_early) => (periods, is_early),
        };
        let last = periods.last().copied().unwrap_or(evaluated);
        let input = &self.program.inputs[wanted];
        let has = |root: &Root| root.reads().contains(&wanted);
        let mut found = Vec::new();
        if has(&program.goal) {
            found.extend(
                periods
                    .iter()
                    .filter_map(|judged| self.bearing(input, *judged)),
            );
        }
        // The outlook of a pending target is read off the quantity itself.
        let subject = program.subject.as_ref().filter(|_| is_early);
        let whole = [&program.condition, &program.reached].into_iter().flatten();
        if whole.chain(subject).any(has) {
            found.extend(self.bearing(input, last));
        }
        match found.contains(&Bearing::Read) {
            true => Some(Bearing::Read),
            false => found.first().copied(),
        }
    }

    /// How the change bears on a condition that is held against figures of any period.
    fn finding(&self, when: &When, evaluated: Period, wanted: InputId) -> Option<Bearing> {
        let is_within = match when {
            When::By(due) => evaluated == *due,
            When::ReachedBy(due) => evaluated.last_day() <= due.last_day(),
            When::Each { since, until } => {
                let is_before = since.is_some_and(|since| evaluated.last_day() < since.first_day());
                let is_after = until.is_some_and(|until| evaluated.first_day() > until.last_day());
                !is_before && !is_after
            }
        };
        let input = &self.program.inputs[wanted];
        // A missing figure contradicts nothing, so that what stands in its place says nothing.
        let bearing = self.bearing(input, evaluated).filter(|_| is_within)?;
        let indicator = &self.program.model.indicators[input.figure.indicator];
        let normal = |period| normal_period(indicator, input.figure.measure, period);
        let is_itself = self
            .change
            .period
            .is_none_or(|changed| normal(changed) == normal(at(input.at, evaluated)));
        (bearing == Bearing::Read && is_itself).then_some(Bearing::Read)
    }

    pub(super) fn rule(&self, id: RuleId) -> Option<Touched> {
        let rule = &self.program.model.rules[id];
        let program = &self.program.rules[id];
        let mut roots = vec![&program.goal];
        roots.extend(&program.condition);
        roots.extend(&program.reached);
        let exprs = rule
            .exprs()
            .chain(rule.level.iter().map(|level| &level.subject));
        let reads = Reads::of(&self.program.model, &exprs.collect::<Vec<_>>());
        if rule.kind == RuleKind::Target {
            roots.extend(&program.subject);
        }
        let turns = self.turns(Some(rule), &roots);
        match rule.kind {
            RuleKind::Target | RuleKind::Decision | RuleKind::Milestone => {
                let bearing = |period, input| self.target(id, period, input);
                self.touched(Node::Rule(id), &roots, &reads, &turns, bearing)
            }
            RuleKind::Check => {
                let bearing = |period, input| self.finding(&rule.when, period, input);
                let found = self.touched(Node::Rule(id), &roots, &reads, &turns, bearing)?;
                Some(Touched {
                    effect: Effect::Finding,
                    ..found
                })
            }
        }
    }

    /// An identity, read on both sides.
    pub(super) fn identity(
        &self,
        node: Node,
        root: &Root,
        value: &Expr,
        span: Span,
    ) -> Option<Touched> {
        let always = When::Each {
            since: None,
            until: None,
        };
        let is_read =
            |input: &InputId| self.program.inputs[*input].figure.indicator == self.change.indicator;
        if !root.reads().iter().any(is_read) {
            return None;
        }
        let reads = Reads::of(&self.program.model, &[value]);
        let turns = self.turns(None, &[root]);
        let bearing = |period, input| self.finding(&always, period, input);
        let mut found = self.touched(node, &[root], &reads, &turns, bearing)?;
        found.effect = Effect::Finding;
        for chain in &mut found.chains {
            if chain.steps.is_empty() {
                // The indicator's own side, which no expression names.
                chain.steps.push(Step {
                    used: Node::Indicator(chain.figure.indicator),
                    at: chain.at,
                    user: node,
                    span,
                });
            }
        }
        Some(found)
    }

    /// A target whose printed baseline is held against what is published for its period.
    pub(super) fn baseline(&self, id: RuleId) -> Option<Touched> {
        let rule = &self.program.model.rules[id];
        let (baseline, level) = (rule.baseline.as_ref()?, rule.level.as_ref()?);
        let ExprKind::Figure(figure) = &level.subject.kind else {
            return None;
        };
        let indicator = &self.program.model.indicators[figure.indicator];
        let is_it = figure.indicator == self.change.indicator
            && self.change.period.is_none_or(|changed| {
                normal_period(indicator, figure.measure, changed) == baseline.period
            })
            && self.options.period.is_none_or(|period| {
                // Findings are about figures, whichever later period is evaluated.
                period.last_day() >= baseline.period.last_day()
            });
        let when = vec![Stretch {
            first: Some(baseline.period),
            last: Some(baseline.period),
        }];
        is_it.then(|| Touched {
            node: Node::Rule(id),
            effect: Effect::Finding,
            when: when.clone(),
            named: Vec::new(),
            chains: vec![Chain {
                figure: figure.clone(),
                at: PeriodRef::Fixed(baseline.period),
                steps: vec![Step {
                    used: Node::Indicator(figure.indicator),
                    at: PeriodRef::Fixed(baseline.period),
                    user: Node::Rule(id),
                    span: baseline.span,
                }],
                when,
                named: Vec::new(),
            }],
        })
    }

    fn touched(
        &self,
        node: Node,
        roots: &[&Root],
        reads: &Reads,
        turns: &Turns,
        bearing: impl Fn(Period, InputId) -> Option<Bearing>,
    ) -> Option<Touched> {
        let inputs: BTreeSet<InputId> = roots
            .iter()
            .flat_map(|root| root.reads())
            .filter(|input| {
                let input = &self.program.inputs[*input];
                input.figure.indicator == self.change.indicator && input.baseline.is_none()
            })
            .collect();
        let over = |wanted: Bearing, bearing: &dyn Fn(Period) -> Option<Bearing>| {
            let holds = |period| bearing(period) == Some(wanted);
            if let Some(only) = self.options.period {
                let stretch = Stretch {
                    first: Some(only),
                    last: Some(only),
                };
                return holds(only).then_some(stretch).into_iter().collect();
            }
            let mut found: Vec<Stretch> = turns.stretches(Period::Year(0), holds);
            // A figure of a part of a year is also looked at where such parts are evaluated.
            if let Some(part) = self.change.period
                && !matches!(part, Period::Year(_))
            {
                found.extend(turns.stretches(part, holds));
            }
            found
        };
        let mut chains: Vec<Chain> = Vec::new();
        for id in &inputs {
            let own = |period| bearing(period, *id);
            let (when, named) = (over(Bearing::Read, &own), over(Bearing::Named, &own));
            if when.is_empty() && named.is_empty() {
                continue;
            }
            let input = &self.program.inputs[*id];
            chains.push(Chain {
                figure: input.figure.clone(),
                at: input.at,
                steps: steps(reads.way(&input.figure, input.at), node),
                when,
                named,
            });
        }
        // Where one figure may change the answer, it matters little that another is only named.
        let any = |period| {
            let each = inputs.iter().filter_map(|id| bearing(period, *id));
            each.min()
        };
        let (when, named) = (over(Bearing::Read, &any), over(Bearing::Named, &any));
        let effect = match when.is_empty() {
            true => Effect::Words,
            false => Effect::Verdict,
        };
        (!chains.is_empty()).then_some(Touched {
            node,
            effect,
            when,
            named,
            chains,
        })
    }

    /// The years at which it may begin or end to matter that the figure changes.
    fn turns(&self, rule: Option<&Rule>, roots: &[&Root]) -> Turns {
        let mut turns = Turns::default();
        turns.at(self.change.period.map_or(0, |period| period.year()));
        for input in roots.iter().flat_map(|root| root.reads()) {
            let input = &self.program.inputs[input];
            if let (Some(changed), PeriodRef::Relative(years)) = (self.change.period, input.at) {
                turns.at(changed.year().saturating_sub(years));
            }
        }
        let Some(rule) = rule else { return turns };
        let mut period = |period: Option<Period>| {
            if let Some(period) = period {
                turns.at(period.year());
                turns.at(chrono::Datelike::year(&period.first_day()));
            }
        };
        match rule.when {
            When::By(due) | When::ReachedBy(due) => period(Some(due)),
            When::Each { since, until } => {
                period(since);
                period(until);
            }
        }
        period(rule.baseline.as_ref().map(|baseline| baseline.period));
        let instruments = &self.program.model.instruments;
        let versions = rule.decision.iter().flat_map(|decision| &decision.versions);
        let under = versions.flat_map(|version| &version.under);
        for id in rule.under.iter().chain(under) {
            period(instruments[*id].since);
            period(instruments[*id].until);
            let successors = instruments
                .values()
                .filter(|other| other.replaces == Some(*id));
            for other in successors {
                period(other.since);
            }
        }
        turns
    }
}

/// Each use with its user; the last user is the rule.
fn steps(way: Vec<Link>, rule: Node) -> Vec<Step> {
    let users: Vec<Node> = way
        .iter()
        .skip(1)
        .map(|link| link.0)
        .chain([rule])
        .collect();
    way.into_iter()
        .zip(users)
        .map(|((used, at, span), user)| Step {
            used,
            at,
            user,
            span,
        })
        .collect()
}
