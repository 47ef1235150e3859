//! Rows of a long table to claims: names to ids, cells to sets.
//!
//! A row that cannot be read becomes a problem with its place and loses no other
//! row. A value that cannot be read still takes its place, as a claim that
//! decides nothing, so that a rule says `unreadable` and not `missing`.

use super::printed::{Parts, Printed, PrintedError, Reading, Width, Widths};
use super::problem::{FigureProblem, ProblemCode};
use super::table::{self, Column, Limits, Row};
use super::{Claim, ClaimPlace, ClaimState, Submission, breakdown_of};
use crate::message::{Arg, Message};
use crate::model::{EntityId, FigureRef, Indicator, Kind, Measure, Model};
use crate::number::Exact;
use crate::period::Period;
use crate::set::Set;
use crate::unit::{ParsedUnit, UnitError};

mod columns;
mod entities;
mod expected;
mod report;
mod suppose;

use expected::Expected;
pub use suppose::{SUPPOSITION, Supposed};

impl Submission {
    /// Reads one long table, CSV or TSV, and adds its figures.
    ///
    /// Problems are added to [`Submission::problems`]; no row is lost to another's.
    pub fn read_table(&mut self, model: &Model, name: &str, bytes: &[u8], limits: &Limits) {
        let mut is_empty = true;
        let n_before = self.problems.len();
        let mut table = table::read_table(name, bytes, &model.words.headers, limits);
        for row in &mut table {
            match row {
                Ok(row) => {
                    is_empty = false;
                    self.read_row(model, name, &row);
                }
                Err(problem) => {
                    // A column that is left out does not make a table of headers full.
                    is_empty &= problem.is_warning();
                    self.problems.push(report::table_problem(name, &problem));
                }
            }
        }
        if is_empty {
            self.problems.push(FigureProblem::new(
                ProblemCode::Empty,
                "figure-empty",
                name,
                1,
                1,
            ));
        }
        let own = self.problems.get_mut(n_before..).unwrap_or_default();
        if let (Some(delimiter), false) = (table.delimiter(), own.is_empty()) {
            let mut extents = table::Extents::new(bytes, delimiter);
            for problem in own {
                problem.extent = extents.cell(problem.line, problem.column);
            }
        }
        self.settle();
    }

    fn read_row(&mut self, model: &Model, file: &str, row: &Row) {
        let mut cx = RowCx {
            model,
            file,
            row,
            problems: Vec::new(),
        };
        let claim = cx.claim(self);
        self.problems.append(&mut cx.problems);
        if let Some(claim) = claim {
            self.add(claim);
        }
    }

    /// Adds one figure that was printed elsewhere than in a table, such as in a test.
    ///
    /// # Errors
    /// What cannot be read in it.
    pub fn add_printed(
        &mut self,
        model: &Model,
        figure: &FigureRef,
        period: Period,
        entity: &str,
        printed: &str,
        source: (&str, Option<Period>),
    ) -> Result<(), Vec<FigureProblem>> {
        let row = Row {
            line: 1,
            cells: std::collections::BTreeMap::new(),
        };
        let mut cx = RowCx {
            model,
            file: "",
            row: &row,
            problems: Vec::new(),
        };
        let Some(entity) = cx.entity(self, entity) else {
            return Err(cx.problems);
        };
        let indicator = &model.indicators[figure.indicator];
        let parts = Parts {
            value: printed,
            ..Parts::default()
        };
        let Some(value) = cx.value(self, indicator, figure.measure, parts) else {
            return Err(cx.problems);
        };
        let basis = basis_in(indicator, period);
        let mut claim = cx.assemble(self, figure.clone(), entity, period, basis, Some(value));
        claim.source = self.text_id(source.0);
        claim.printed = self.text_id(printed);
        claim.published = source.1.or_else(|| published_of(model, source.0));
        self.add(claim);
        self.settle();
        Ok(())
    }
}

/// The context of one row.
struct RowCx<'a> {
    model: &'a Model,
    file: &'a str,
    row: &'a Row,
    problems: Vec<FigureProblem>,
}

/// What a value cell says, in base units.
struct Value {
    exact: Set,
    as_printed: Set,
    is_plain: bool,
    unit: String,
    factor: Exact,
    is_inherited: bool,
}

impl RowCx<'_> {
    fn problem(&self, code: ProblemCode, key: &'static str, column: Column) -> FigureProblem {
        let place = self.row.place(column);
        FigureProblem::new(code, key, self.file, place.line, place.column)
    }

    fn claim(&mut self, submission: &mut Submission) -> Option<Claim> {
        let id = self.indicator()?;
        let indicator = &self.model.indicators[id];
        let (definition, measure) = (self.definition(indicator), self.measure());
        let entity = self.entity(submission, self.row.text(Column::Entity));
        let period = self.period(Column::Period);
        // Every problem of a row is told, not the first alone.
        let (definition, measure, entity, period) = (definition?, measure?, entity?, period?);
        let basis = self.basis(indicator, period)?;
        let figure = FigureRef {
            indicator: id,
            definition,
            measure,
            breakdown: breakdown_of(self.row.text(Column::Breakdown)),
            entity: None,
        };
        let decimals = self.row.text(Column::Decimals);
        let parts = Parts {
            value: self.row.text(Column::Value),
            qualifier: self.row.text(Column::Qualifier),
            unit: self.row.text(Column::Unit),
            decimals: decimals.parse().ok(),
        };
        if !decimals.is_empty() && parts.decimals.is_none() {
            let problem = self.problem(ProblemCode::Value, "figure-decimals", Column::Decimals);
            self.problems.push(problem.with("found", decimals));
        }
        let value = self.value(submission, indicator, measure, parts);
        let mut claim = self.assemble(submission, figure, entity, period, basis, value);
        claim.is_definition_inherited =
            self.row.text(Column::Definition).is_empty() && indicator.definitions.len() > 1;
        claim.published = match self.row.text(Column::Published) {
            "" => published_of(self.model, self.row.text(Column::Source)),
            _ => self.period(Column::Published),
        };
        Some(claim)
    }

    fn assemble(
        &self,
        submission: &mut Submission,
        figure: FigureRef,
        entity: EntityId,
        window: Period,
        basis: u16,
        value: Option<Value>,
    ) -> Claim {
        let indicator = &self.model.indicators[figure.indicator];
        let is_readable = value.is_some();
        let value = value.unwrap_or_else(Value::unreadable);
        let bounds = indicator
            .bounds
            .as_ref()
            .filter(|_| figure.measure == Measure::Level);
        let is_outside = bounds.is_some_and(|bounds| value.exact.intersect(bounds).is_none());
        let state = match (is_readable, is_outside) {
            (false, _) => ClaimState::Unreadable,
            (true, true) => ClaimState::OutOfBounds,
            (true, false) => ClaimState::Good,
        };
        let place = self.row.place(Column::Value);
        let small = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let printed = match (
            self.row.text(Column::Value),
            self.row.text(Column::Qualifier),
        ) {
            (value, "") => value.to_owned(),
            (value, qualifier) => format!("{value} ({qualifier})"),
        };
        let mut id = |text: &str| submission.text_id(text);
        Claim {
            period: normal_period(indicator, figure.measure, window),
            figure,
            entity,
            window,
            exact: value.exact,
            as_printed: value.as_printed,
            is_plain: value.is_plain,
            state,
            printed: id(&printed),
            unit: id(&value.unit),
            unit_factor: value.factor,
            is_unit_inherited: value.is_inherited,
            is_definition_inherited: false,
            is_supposed: false,
            basis,
            source: id(self.row.text(Column::Source)),
            section: id(self.row.text(Column::Section)),
            source_line: id(self.row.text(Column::Line)),
            quote: id(self.row.text(Column::Quote)),
            status: id(self.row.text(Column::Status)),
            note: id(self.row.text(Column::Note)),
            published: None,
            place: ClaimPlace {
                file: id(self.file),
                line: small(place.line),
                column: small(place.column),
            },
        }
    }

    fn value(
        &mut self,
        submission: &mut Submission,
        indicator: &Indicator,
        measure: Measure,
        parts: Parts<'_>,
    ) -> Option<Value> {
        let level = measure == Measure::Level;
        match indicator.kind {
            Kind::YesNo if level => return self.truth(parts.value),
            Kind::Text | Kind::OneOf if level => {
                return self.one_of(submission, indicator, parts.value);
            }
            _ => {}
        }
        if let (true, Some(value)) = (level, indicator.values.get(parts.value)) {
            let set = Set::point(value.clone());
            let (name, factor) = own_unit(indicator);
            return Some(Value {
                exact: set.clone(),
                as_printed: set,
                is_plain: true,
                unit: name,
                factor,
                is_inherited: false,
            });
        }
        let words = &self.model.words.vocabulary;
        match Printed::from_parts(parts, words, &self.model.units) {
            Ok(printed) => self.number(submission, indicator, measure, &printed),
            Err(error) => {
                let problem = self.printed_problem(&error, parts);
                self.problems.push(problem);
                None
            }
        }
    }

    fn truth(&mut self, text: &str) -> Option<Value> {
        let found = self.model.words.truths.get(&text.to_lowercase()).copied();
        if let Some(is_yes) = found {
            return Some(Value::of(Exact::from(i64::from(is_yes))));
        }
        let names: Vec<&str> = self.model.words.truths.keys().map(String::as_str).collect();
        let problem = self
            .problem(ProblemCode::Value, "figure-truth", Column::Value)
            .with("found", text)
            .maybe_help(Some(Message::new("help-known-names").with("names", names)));
        self.problems.push(problem);
        None
    }

    fn one_of(
        &mut self,
        submission: &mut Submission,
        indicator: &Indicator,
        text: &str,
    ) -> Option<Value> {
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
        Some(Value::of(Exact::from(i64::from(submission.symbol(text)))))
    }

    fn number(
        &mut self,
        submission: &mut Submission,
        indicator: &Indicator,
        measure: Measure,
        printed: &Printed,
    ) -> Option<Value> {
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
                    .problem(
                        ProblemCode::ForeignUnit,
                        "figure-foreign-unit",
                        Column::Value,
                    )
                    .with("found", text)
                    .with("indicator", &indicator.label)
                    .with("expected", expected.name())
                    .maybe_help(Some(self.unit_help(expected)));
                self.problems.push(problem);
                return None;
            }
        };
        let is_rank = measure == Measure::Rank || indicator.kind == Kind::Rank;
        let widths = indicator.widths.as_ref().unwrap_or(&self.model.pack.widths);
        let widths = in_printed_unit(widths, &factor);
        Some(Value {
            exact: printed.set(Reading::Exact, &widths).scale(&factor),
            // Places in an order are counted, not measured: no digit of theirs is rounded.
            as_printed: printed
                .set(
                    if is_rank {
                        Reading::Exact
                    } else {
                        Reading::Printed
                    },
                    &widths,
                )
                .scale(&factor),
            is_plain: printed.is_plain(),
            unit: text.clone(),
            factor,
            is_inherited,
        })
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
        let problem = self.problem(ProblemCode::Unit, "figure-unit", Column::Value);
        problem.with("found", text).maybe_help(help)
    }

    fn printed_problem(&self, error: &PrintedError, parts: Parts<'_>) -> FigureProblem {
        report::printed_problem(self.file, self.row, error, parts)
    }
}

impl Value {
    fn of(value: Exact) -> Value {
        let set = Set::point(value);
        Value {
            exact: set.clone(),
            as_printed: set,
            is_plain: true,
            unit: String::new(),
            factor: Exact::from(1),
            is_inherited: false,
        }
    }

    fn unreadable() -> Value {
        Value {
            exact: Set::all(),
            as_printed: Set::all(),
            ..Value::of(Exact::from(0))
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

/// The period that a claim answers: an end-of-December stock is the figure of its year.
pub(crate) fn normal_period(indicator: &Indicator, measure: Measure, window: Period) -> Period {
    if indicator.kind != Kind::Stock || measure != Measure::Level {
        return window;
    }
    let year = Period::Year(window.year());
    match window {
        Period::Month(_, 12) => year,
        Period::Day(day) if day == year.last_day() => year,
        other => other,
    }
}

/// The basis on which figures of a period are by default.
#[must_use]
pub(crate) fn basis_in(indicator: &Indicator, period: Period) -> u16 {
    let has_begun =
        |since: Option<Period>| since.is_none_or(|since| since.first_day() <= period.first_day());
    let at = indicator
        .bases
        .iter()
        .rposition(|basis| has_begun(basis.since));
    u16::try_from(at.unwrap_or(0)).unwrap_or(0)
}

/// When a source that is declared as an instrument was published.
fn published_of(model: &Model, source: &str) -> Option<Period> {
    model
        .instruments
        .values()
        .find(|known| known.id == source)
        .and_then(|known| known.published)
}
