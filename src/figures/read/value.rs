//! A value cell to the sets that it allows: words, unit and digits in, base units out. Never
//! guesses a unit.

use super::RowCx;
use super::UNKNOWN_DECIMALS;
use super::expected::Expected;
use crate::figures::{Submission, TextId};
use std::sync::Arc;

use crate::day;
use crate::figures::grid::{Fault, Held};
use crate::figures::printed::{Parts, Printed, Reading, Width, Widths};
use crate::figures::problem::{FigureProblem, ProblemCode};
use crate::figures::table::Column;
use crate::fold::fold_tight;
use crate::message::{Arg, Message};
use crate::model::{Indicator, IndicatorId, Kind, Measure};
use crate::number::Exact;
use crate::period::Period;
use crate::set::Set;
use crate::unit::{ParsedUnit, UnitError};

/// Largest power of ten of a unit.
const MOST_POWER: i16 = 30;

/// What a value cell says, in base units.
#[derive(Debug, Clone)]
pub(in crate::figures) struct Value {
    pub(super) exact: Arc<Set>,
    pub(super) as_printed: Arc<Set>,
    pub(super) is_plain: bool,
    pub(super) unit: TextId,
    pub(super) factor: Arc<Exact>,
    pub(super) is_inherited: bool,
}

/// What a printed unit makes of the numbers before it.
#[derive(Debug, Clone)]
pub(super) struct Scaled {
    /// Base units in one printed unit.
    factor: Arc<Exact>,
    /// Declared widths, in the printed unit.
    widths: Arc<Widths>,
    unit: TextId,
    is_inherited: bool,
    is_rank: bool,
}

impl RowCx<'_> {
    pub(super) fn value(
        &mut self,
        submission: &mut Submission,
        id: IndicatorId,
        measure: Measure,
        parts: Parts<'_>,
    ) -> Option<Value> {
        let indicator = &self.model.indicators[id];
        if self.is_faulty(parts.value) {
            return None;
        }
        let level = measure == Measure::Level;
        match indicator.kind {
            Kind::Date if level => return self.day(submission, parts.value),
            Kind::YesNo if level => return self.truth(submission, parts.value),
            Kind::Text | Kind::OneOf if level => {
                return self.one_of(submission, indicator, parts.value);
            }
            Kind::Level if level => return self.level(submission, indicator, parts),
            _ => {}
        }
        if let (true, Some(value)) = (level, indicator.values.get(parts.value)) {
            let (name, factor) = own_unit(indicator);
            let unit = submission.text_id(&name);
            return Some(Value {
                unit,
                factor: Arc::new(factor),
                ..Value::of(submission, value.clone())
            });
        }
        let words = &self.model.words.vocabulary;
        match Printed::from_parts(parts, words, &self.model.units) {
            Ok(mut printed) => {
                let cell = self.row.cells.get(Column::Value);
                if let Some(held) = cell.and_then(|cell| cell.held.as_ref()) {
                    // A column of decimals says what the cell does not.
                    printed.hold(&Held {
                        decimals: held.decimals.or(parts.decimals),
                        value: held.value.clone(),
                    });
                } else if self.row.text(Column::Decimals) == UNKNOWN_DECIMALS {
                    printed.hold(&Held {
                        decimals: None,
                        value: printed.number.value.clone(),
                    });
                }
                self.number(submission, id, measure, &printed)
            }
            Err(error) => {
                let problem = self.printed_problem(&error, parts);
                self.problems.push(problem);
                None
            }
        }
    }

    /// Tells of a cell that shows no value at all.
    fn is_faulty(&mut self, text: &str) -> bool {
        let cell = self.row.cells.get(Column::Value);
        let is_number = cell.is_some_and(|cell| cell.held.is_some());
        let new = |key| self.problem(ProblemCode::Value, key, Column::Value);
        let problem = match Fault::of(text, is_number) {
            None => return false,
            Some(Fault::Error(text)) => new("figure-cell-error").with("found", text),
            Some(Fault::NotCalculated(text)) => new("figure-not-calculated")
                .with("found", text)
                .maybe_help(Some(Message::new("help-uncalculated"))),
            Some(Fault::Scaled(code, number)) => new("figure-scaled")
                .with("found", number)
                .with("code", code)
                .maybe_help(Some(Message::new("help-scaled"))),
        };
        self.problems.push(problem);
        true
    }

    fn truth(&mut self, submission: &mut Submission, text: &str) -> Option<Value> {
        let found = self.model.words.truths.get(&text.to_lowercase()).copied();
        if let Some(is_yes) = found {
            return Some(Value::of(submission, Exact::from(i64::from(is_yes))));
        }
        let names: Vec<&str> = self.model.words.truths.keys().map(String::as_str).collect();
        let problem = self
            .problem(ProblemCode::Value, "figure-truth", Column::Value)
            .with("found", text)
            .maybe_help(Some(Message::new("help-known-names").with("names", names)));
        self.problems.push(problem);
        None
    }

    /// A day, or all days of the month or the year that is printed.
    fn day(&mut self, submission: &mut Submission, text: &str) -> Option<Value> {
        match Period::parse(text, &self.model.words.periods) {
            Ok(period) => {
                let set = Arc::new(day::set(period));
                Some(Value {
                    exact: Arc::clone(&set),
                    as_printed: set,
                    is_plain: true,
                    unit: submission.text_id(""),
                    factor: submission.shared_factor(Exact::from(day::LENGTH)),
                    is_inherited: false,
                })
            }
            Err(_) => {
                let problem = self
                    .problem(ProblemCode::Value, "figure-day", Column::Value)
                    .with("found", text)
                    .maybe_help(Some(Message::new("help-day")));
                self.problems.push(problem);
                None
            }
        }
    }

    fn one_of(
        &mut self,
        submission: &mut Submission,
        indicator: &Indicator,
        text: &str,
    ) -> Option<Value> {
        let text = chosen(&indicator.choices, text);
        if indicator.kind == Kind::Text && text.trim().is_empty() {
            let help = Message::new("help-text");
            let problem = self
                .problem(ProblemCode::Value, "figure-text", Column::Value)
                .maybe_help(Some(help));
            self.problems.push(problem);
            return None;
        }
        if indicator.kind == Kind::OneOf && !indicator.choices.iter().any(|known| known == text) {
            let names = indicator.choices.clone();
            let problem = self
                .problem(ProblemCode::Value, "figure-choice", Column::Value)
                .with("found", text)
                .with("indicator", &indicator.label)
                .maybe_help(Some(Message::new("help-known-names").with("names", names)));
            self.problems.push(problem);
            return None;
        }
        let symbol = Exact::from(i64::from(submission.symbol(text)));
        Some(Value::of(submission, symbol))
    }

    fn number(
        &mut self,
        submission: &mut Submission,
        id: IndicatorId,
        measure: Measure,
        printed: &Printed,
    ) -> Option<Value> {
        let scaled = self.known_scaled(submission, id, measure, printed)?;
        let (factor, widths) = (&*scaled.factor, &*scaled.widths);
        let exact = Arc::new(printed.set(Reading::Exact, widths).scale(factor));
        // Places in an order are counted, not measured: no digit of theirs is rounded.
        let as_printed = match scaled.is_rank {
            true => Arc::clone(&exact),
            false => {
                let set = printed.set(Reading::Printed, widths).scale(factor);
                match set == *exact {
                    true => Arc::clone(&exact),
                    false => Arc::new(set),
                }
            }
        };
        Some(Value {
            exact,
            as_printed,
            is_plain: printed.is_plain(),
            unit: scaled.unit,
            factor: scaled.factor,
            is_inherited: scaled.is_inherited,
        })
    }

    /// What the printed unit of a figure makes of its number.
    pub(super) fn scaled(
        &mut self,
        submission: &mut Submission,
        id: IndicatorId,
        measure: Measure,
        printed: &Printed,
    ) -> Option<Scaled> {
        let indicator = &self.model.indicators[id];
        let text = &printed.unit_text;
        let parsed = match submission.unit(self.model, text) {
            Ok(parsed) => parsed,
            Err(error) => {
                let problem = self.unit_problem(&error, text);
                self.problems.push(problem);
                return None;
            }
        };
        let expected = Expected::of(self.model, indicator, measure);
        let unit_column = self.unit_column();
        let (factor, is_inherited) = match (parsed, &expected) {
            (ParsedUnit::Blank, Expected::Blank(_)) => (Exact::from(1), false),
            (ParsedUnit::Scale(factor), Expected::Blank(_)) => (factor, false),
            (ParsedUnit::Scale(factor), Expected::Amount(unit)) => {
                // 8.23 with a scale word only: the indicator's base, and output says so.
                let base = self.model.units.without_scale(unit);
                (&factor * &base, true)
            }
            (ParsedUnit::Unit(unit), expected) if expected.accepts(&unit) => (unit.factor, false),
            (ParsedUnit::Blank, _) => {
                let problem = self
                    .problem(ProblemCode::NoUnit, "figure-no-unit", Column::Value)
                    .with("found", &printed.text)
                    .with("indicator", &indicator.label)
                    .with("expected", expected.name())
                    .maybe_help(Some(self.unit_help(&expected)));
                self.problems.push(problem);
                return None;
            }
            (_, expected) => {
                let problem = self
                    .problem(ProblemCode::ForeignUnit, "figure-foreign-unit", unit_column)
                    .with("found", text)
                    .with("indicator", &indicator.label)
                    .with("expected", expected.name())
                    .maybe_help(Some(self.unit_help(expected)));
                self.problems.push(problem);
                return None;
            }
        };
        let power = self.scale()?;
        let factor = &factor * &Exact::pow10(power);
        let widths = indicator.widths.as_ref().unwrap_or(&self.model.pack.widths);
        Some(Scaled {
            widths: Arc::new(in_printed_unit(widths, &factor)),
            unit: match power {
                0 => submission.text_id(text),
                _ => submission.text_id(format!("10^{power} {text}").trim_end()),
            },
            factor: submission.shared_factor(factor),
            is_inherited,
            is_rank: measure == Measure::Rank || indicator.kind == Kind::Rank,
        })
    }

    /// The power of ten by which the unit is multiplied.
    fn scale(&mut self) -> Option<i16> {
        let text = self.row.text(Column::Scale);
        if text.is_empty() {
            return Some(0);
        }
        let power = text.parse::<i16>().ok();
        let power = power.filter(|power| power.abs() <= MOST_POWER);
        if power.is_none() {
            let problem = self.problem(ProblemCode::Unit, "figure-scale", Column::Scale);
            self.problems.push(problem.with("found", text));
        }
        power
    }

    /// Where a unit is at fault: in the header, if it stands there, and else at its figure.
    fn unit_column(&self) -> Column {
        let unit = self.row.cells.get(Column::Unit);
        match unit.is_some_and(|unit| unit.place.line != self.row.line) {
            true => Column::Unit,
            false => Column::Value,
        }
    }

    fn unit_help(&self, expected: &Expected) -> Message {
        let names: Vec<Arg> = match expected {
            Expected::Amount(unit) => {
                let near = self.model.units.neighbour_labels(&unit.dimension);
                near.into_iter().take(5).map(Arg::Label).collect()
            }
            other => vec![other.name()],
        };
        Message::new("help-write-unit").with("units", Arg::List(names))
    }

    fn unit_problem(&self, error: &UnitError, text: &str) -> FigureProblem {
        let help = match error {
            UnitError::Unknown {
                nearest: Some(name),
                ..
            } => Some(Message::new("help-nearest").with("name", name)),
            UnitError::Ambiguous { readings, .. } => {
                Some(Message::new("help-ambiguous-unit").with("readings", readings.clone()))
            }
            _ => None,
        };
        let problem = self.problem(ProblemCode::Unit, "figure-unit", self.unit_column());
        problem.with("found", text).maybe_help(help)
    }
}

impl Value {
    fn of(submission: &mut Submission, value: Exact) -> Value {
        Value::of_set(submission, Set::point(value))
    }

    /// A value that is no number of units.
    pub(super) fn of_set(submission: &mut Submission, set: Set) -> Value {
        let set = Arc::new(set);
        Value {
            exact: Arc::clone(&set),
            as_printed: set,
            is_plain: true,
            unit: submission.text_id(""),
            factor: submission.shared_factor(Exact::from(1)),
            is_inherited: false,
        }
    }

    pub(super) fn unreadable(submission: &mut Submission) -> Value {
        let all = Arc::new(Set::all());
        Value {
            exact: Arc::clone(&all),
            as_printed: all,
            ..Value::of(submission, Exact::from(0))
        }
    }
}

fn own_unit(indicator: &Indicator) -> (String, Exact) {
    match &indicator.unit {
        Some(unit) => (unit.name.clone(), unit.factor.clone()),
        None => (String::new(), Exact::from(1)),
    }
}

/// Widths are declared in base units; a claim is read in its printed unit.
fn in_printed_unit(widths: &Widths, factor: &Exact) -> Widths {
    let convert = |width: &Option<Width>| match width {
        Some(Width::Absolute(width)) => width.checked_div(factor).map(Width::Absolute),
        other => other.clone(),
    };
    Widths {
        nearly: convert(&widths.nearly),
        about: convert(&widths.about),
    }
}

/// The listed text that a cell means, in any width and case; the cell itself where it means none,
/// or could mean two.
fn chosen<'t>(choices: &'t [String], text: &'t str) -> &'t str {
    let plain = |text: &str| fold_tight(text).to_lowercase();
    let is_exact = choices.iter().any(|known| known == text);
    let wanted = plain(text);
    let mut alike = choices.iter().filter(|known| plain(known) == wanted);
    match (is_exact, alike.next(), alike.next()) {
        (false, Some(only), None) => only,
        _ => text,
    }
}
