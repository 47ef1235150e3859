//! Targets that need nothing more, and targets that need more than was ever seen: the baseline against the
//! limit and the declared bounds, and the pace that is needed against the paces of the published figures.

use super::{Lint, LintOptions, Linted};
use crate::diagnostic::{Code, Diagnostic};
use crate::eval::evaluate;
use crate::explain::{Shown, Unit};
use crate::message::Message;
use crate::model::{ExprKind, Measure, Method, Rule, RuleKind};
use crate::number::{Exact, Rounding};
use crate::program::Program;
use crate::progress::{Progress, progress};
use crate::set::{Comparison, Set};

mod based;

pub(super) fn look(program: &Program, options: &LintOptions<'_>, found: &mut Linted) {
    for rule in program.model.rules.values() {
        if program.is_own(rule.span) {
            met(rule, found);
            outside(program, rule, found);
        }
    }
    paces(program, options, found);
}

/// A baseline that is as the target wants it.
fn met(rule: &Rule, found: &mut Linted) {
    let Some(baseline) = &rule.baseline else {
        return;
    };
    if rule.kind != RuleKind::Target {
        return;
    }
    let is_met = match &rule.level {
        Some(level) => level.op.holds(baseline.value.cmp(&level.limit)),
        None => match based::holds(&rule.goal, baseline) {
            Some(holds) => holds,
            None => {
                let why = Message::new("lint-baseline-beside");
                return found.skip(Code::BaselineMeets, &rule.id, why);
            }
        },
    };
    if is_met {
        let problem = Diagnostic::new(Code::BaselineMeets, baseline.span)
            .with("rule", &rule.id)
            .with("baseline", &baseline.text)
            .with("period", baseline.period.to_string())
            .help(Message::new("help-l018"));
        found.push(Lint::new(&rule.id, problem));
    }
}

/// A baseline or a waypoint that the figure cannot have by its declared bounds.
fn outside(program: &Program, rule: &Rule, found: &mut Linted) {
    let Some(level) = &rule.level else {
        return;
    };
    let ExprKind::Figure(figure) = &level.subject.kind else {
        return;
    };
    let indicator = &program.model.indicators[figure.indicator];
    let (Measure::Level, Some(bounds)) = (figure.measure, &indicator.bounds) else {
        return;
    };
    let unit = Unit::of_figure(program, figure);
    let mut told = |value: &Exact, span| {
        if bounds.contains(value) {
            return;
        }
        let problem = Diagnostic::new(Code::BaselineOutsideBounds, span)
            .with("value", unit.amount(value, Rounding::HalfEven))
            .with("indicator", indicator.label.or_id(&indicator.id))
            .with(
                "bounds",
                &Shown {
                    set: bounds.clone(),
                    unit: unit.clone(),
                },
            );
        found.push(Lint::new(&rule.id, problem));
    };
    if let Some(baseline) = &rule.baseline {
        told(&baseline.value, baseline.span);
    }
    if let Some(Method::Waypoints(points)) = &rule.method {
        // Literals are the baseline and the waypoints, in the order of the text.
        for ((_, value), (_, span)) in points
            .iter()
            .zip(rule.literals.iter().rev().take(points.len()).rev())
        {
            told(value, *span);
        }
    }
}

/// Targets that are not due yet and need a pace that was never seen.
fn paces(program: &Program, options: &LintOptions<'_>, found: &mut Linted) {
    let Some((submission, clocks)) = options.figures else {
        return;
    };
    let outcome = evaluate(program, submission, clocks);
    for row in &outcome.rows {
        let rule = &program.model.rules[row.rule];
        if !program.is_own(rule.span) || rule.level.is_none() {
            continue;
        }
        let Some(known) = progress(program, submission, clocks, row.rule, row.entity) else {
            continue;
        };
        match pace(&known) {
            Ok(Some(pace)) => {
                let whom = known.entity_label.clone();
                let span = rule
                    .level
                    .as_ref()
                    .map_or(rule.span, |level| level.subject.span);
                let amount = |value: &Exact, rounding| known.step_unit.amount(value, rounding);
                let name = match whom {
                    Some(label) => Message::new("lint-of-body")
                        .with("rule", &rule.id)
                        .with("entity", label),
                    None => Message::new("lint-rule").with("rule", &rule.id),
                };
                let problem = Diagnostic::new(Code::PaceNeverSeen, span)
                    .with("rule", name)
                    .with("needed", amount(&pace.needed, Rounding::Down))
                    .with("seen", amount(&pace.seen, Rounding::Up))
                    .with("since", pace.since.to_string())
                    .with("last", pace.last.to_string());
                found.push(Lint::new(&rule.id, problem));
            }
            Ok(None) => {}
            Err(why) => found.skip(Code::PaceNeverSeen, &rule.id, why),
        }
    }
}

/// What is needed a year, and the most that was ever seen.
struct Pace {
    needed: Exact,
    seen: Exact,
    since: i32,
    last: i32,
}

/// The pace that a target needs, where it is for certain more than was ever seen, in steps as in rates.
///
/// # Errors
/// Why nothing can be said.
fn pace(known: &Progress) -> Result<Option<Pace>, Message> {
    let Some(due) = known.due else {
        return Ok(None);
    };
    let is_up = match known.op {
        Comparison::Ge | Comparison::Gt => true,
        Comparison::Le | Comparison::Lt => false,
        Comparison::Eq | Comparison::Ne => return Ok(None),
    };
    let sign = |set: Set| if is_up { set } else { set.neg() };
    let mut points: Vec<(i32, Set)> = Vec::new();
    if let Some((period, value)) = &known.baseline {
        points.push((period.year(), sign(Set::point(value.clone()))));
    }
    for figure in &known.figures {
        let Some(set) = figure.set.clone() else {
            continue;
        };
        if figure.is_other_basis || !known.breaks.is_empty() {
            return Err(Message::new("lint-pace-broken"));
        }
        points.retain(|(year, _)| *year != figure.period.year());
        points.push((figure.period.year(), sign(set)));
    }
    points.sort_by_key(|(year, _)| *year);
    let Some((last, now)) = points.last() else {
        return Err(Message::new("lint-pace-few"));
    };
    if due.year() <= *last {
        return Ok(None);
    }
    if points.len() < LEAST_POINTS {
        return Err(Message::new("lint-pace-few"));
    }
    let limit = match is_up {
        true => known.limit.clone(),
        false => -known.limit.clone(),
    };
    let years = Exact::from(i64::from(due.year() - last));
    // The nearest to the limit that the last figure may be.
    let Some(best) = now.hi().value() else {
        return Ok(None);
    };
    let left = &limit - best;
    let Some(needed) = left.checked_div(&years).filter(|left| left.signum() > 0) else {
        return Ok(None);
    };
    let mut most: Option<Exact> = None;
    for (n, (year, from)) in points.iter().enumerate() {
        for (later, to) in points.iter().skip(n + 1) {
            let between = Exact::from(i64::from(later - year));
            // Of a step without a greatest value nothing can be said.
            let Some(step) = to.sub(from).hi().value().cloned() else {
                return Ok(None);
            };
            let Some(step) = step.checked_div(&between) else {
                return Ok(None);
            };
            if reaches_by_rate(from, to, &between, (best, &limit, &years), is_up) {
                return Ok(None);
            }
            most = Some(match most {
                Some(known) if known >= step => known,
                _ => step,
            });
        }
    }
    let Some(seen) = most.filter(|seen| *seen < needed) else {
        return Ok(None);
    };
    let since = points.first().map_or(*last, |(year, _)| *year);
    Ok(Some(Pace {
        needed,
        seen,
        since,
        last: *last,
    }))
}

/// Figures that say something of a pace: with fewer one step alone was seen.
const LEAST_POINTS: usize = 3;

/// Whether the limit would be reached at the rate of one step, as far as that can be: growth that goes on
/// at its rate makes larger steps each year. `(to / from)^years >= (limit / best)^between`.
fn reaches_by_rate(
    from: &Set,
    to: &Set,
    between: &Exact,
    (best, limit, years): (&Exact, &Exact, &Exact),
    is_up: bool,
) -> bool {
    if !is_up {
        // A fall at a rate makes smaller steps each year, so that steps alone say more.
        return false;
    }
    let number = |value: &Exact| value.to_string().parse::<u32>().ok();
    let (Some(least), Some(most)) = (from.lo().value(), to.hi().value()) else {
        return true;
    };
    if least.signum() <= 0 || best.signum() <= 0 {
        return most > least;
    }
    let (Some(years), Some(between)) = (number(years), number(between)) else {
        return true;
    };
    let (Some(seen), Some(needed)) = (most.checked_div(least), limit.checked_div(best)) else {
        return true;
    };
    match (
        seen.pow(i32::try_from(years).unwrap_or(0)),
        needed.pow(i32::try_from(between).unwrap_or(0)),
    ) {
        (Some(seen), Some(needed)) => seen >= needed,
        _ => true,
    }
}
