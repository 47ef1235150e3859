//! The dashboard as a table: a line for each target and method, ends of sets in columns of their
//! own. Words are those of the machine output.

use std::io::{self, Write};

use super::BoardReport;
use crate::eval::ReachYear;
use crate::explain::Unit;
use crate::number::{Exact, Rounding};
use crate::progress::{ByMethod, Standing};
use crate::report::values::decimal;
use crate::set::{End, Set};
use crate::verdict::Cause;

/// The columns. A set has three: its ends, and whether each belongs to it.
pub(super) const COLUMNS: [&str; 31] = [
    "case",
    "rule",
    "label_zh",
    "label_en",
    "entity",
    "period",
    "verdict",
    "outlook",
    "method",
    "own_method",
    "class",
    "causes",
    "unit",
    "baseline_period",
    "baseline",
    "due",
    "limit",
    "figure_lo",
    "figure_hi",
    "figure_ends",
    "pace_unit",
    "achieved_lo",
    "achieved_hi",
    "required_lo",
    "required_hi",
    "projection_lo",
    "projection_hi",
    "projection_ends",
    "reached_earliest",
    "reached_latest",
    "grade",
];

pub(super) fn write(w: &mut dyn Write, report: &BoardReport<'_>) -> io::Result<()> {
    let mut table = csv::Writer::from_writer(w);
    table.write_record(COLUMNS)?;
    for standing in &report.board.standings {
        lines(&mut table, report, "published", standing)?;
    }
    if let Some(what_if) = report.what_if {
        for standing in &what_if.board.standings {
            lines(&mut table, report, "supposed", standing)?;
        }
    }
    table.flush()
}

fn lines(
    table: &mut csv::Writer<&mut dyn Write>,
    report: &BoardReport<'_>,
    case: &str,
    standing: &Standing,
) -> io::Result<()> {
    if standing.by_method.is_empty() {
        table.write_record(line(report, case, standing, None))?;
    }
    for by in &standing.by_method {
        table.write_record(line(report, case, standing, Some(by)))?;
    }
    Ok(())
}

fn line(
    report: &BoardReport<'_>,
    case: &str,
    standing: &Standing,
    by: Option<&ByMethod>,
) -> Vec<String> {
    let row = &standing.row;
    let rule = &report.program.model.rules[row.rule];
    let outlook = by.and_then(|by| by.outlook.as_ref());
    let causes = outlook.map_or(row.causes, |outlook| outlook.causes);
    let causes: Vec<&str> = causes.iter().map(Cause::word).collect();
    let progress = standing.progress.as_ref();
    let plain = Unit::plain();
    let unit = progress.map_or(&plain, |progress| &progress.unit);
    let percent = Unit::percent();
    let pace = match outlook.is_some_and(|outlook| outlook.is_rate) {
        true => &percent,
        false => progress.map_or(&plain, |progress| &progress.step_unit),
    };
    let number = |value: &Exact| decimal(value, &unit.factor, Rounding::HalfEven);
    let base = progress.and_then(|progress| progress.baseline.as_ref());
    let figure = progress
        .and_then(|progress| progress.current())
        .and_then(|figure| figure.set.as_ref());
    let [figure_lo, figure_hi, figure_ends] = ends(figure, unit);
    let achieved = outlook.and_then(|outlook| outlook.achieved.as_ref());
    let required = outlook.and_then(|outlook| outlook.required.as_ref());
    let projection = outlook.and_then(|outlook| outlook.projection.as_ref());
    let [achieved_lo, achieved_hi, _] = ends(achieved, pace);
    let [required_lo, required_hi, _] = ends(required, pace);
    let [projection_lo, projection_hi, projection_ends] = ends(projection, unit);
    let reach = outlook.and_then(|outlook| outlook.reach);
    let text = |found: Option<&str>| found.unwrap_or_default().to_owned();
    let own = match by {
        Some(by) if by.outlook.is_none() => "not-applicable",
        Some(by) if by.is_own => "yes",
        Some(_) => "no",
        None => "",
    };
    vec![
        case.to_owned(),
        plainly(&rule.id),
        plainly(rule.label.get(crate::message::Lang::Zh)),
        plainly(rule.label.get(crate::message::Lang::En)),
        plainly(&report.submission.entities[row.entity].id),
        row.period.to_string(),
        row.verdict.word().to_owned(),
        text(row.outlook.map(crate::verdict::OutlookClass::word)),
        text(
            by.and_then(|by| by.name)
                .map(crate::progress::MethodName::word),
        ),
        own.to_owned(),
        text(outlook.map(|outlook| outlook.class.word())),
        causes.join(" "),
        plainly(&unit.name),
        base.map_or_else(String::new, |(period, _)| period.to_string()),
        base.map_or_else(String::new, |(_, value)| number(value)),
        progress
            .and_then(|progress| progress.due)
            .map_or_else(String::new, |due| due.to_string()),
        progress.map_or_else(String::new, |progress| number(&progress.limit)),
        figure_lo,
        figure_hi,
        figure_ends,
        plainly(&pace.name),
        achieved_lo,
        achieved_hi,
        required_lo,
        required_hi,
        projection_lo,
        projection_hi,
        projection_ends,
        reach.map_or_else(String::new, |reach| year(reach.earliest)),
        reach.map_or_else(String::new, |reach| year(reach.latest)),
        text(
            outlook
                .and_then(|outlook| outlook.grade)
                .map(crate::eval::Grade::word),
        ),
    ]
}

/// Lower end, upper end, and brackets: round for an end that does not belong, square for one
/// that does.
fn ends(set: Option<&Set>, unit: &Unit) -> [String; 3] {
    let Some(set) = set else {
        return [String::new(), String::new(), String::new()];
    };
    let end = |end: &End, rounding| {
        end.value()
            .map_or_else(String::new, |value| decimal(value, &unit.factor, rounding))
    };
    let (open, close) = (set.lo().is_closed(), set.hi().is_closed());
    let lo = if open { '[' } else { '(' };
    let hi = if close { ']' } else { ')' };
    [
        end(set.lo(), Rounding::Down),
        end(set.hi(), Rounding::Up),
        format!("{lo}{hi}"),
    ]
}

fn year(year: ReachYear) -> String {
    match year {
        ReachYear::Year(year) => year.to_string(),
        ReachYear::After(year) => format!("after {year}"),
        ReachYear::Never => "never".to_owned(),
    }
}

/// A text that a spreadsheet would take for a formula is made plain by a mark before it.
fn plainly(text: &str) -> String {
    match text.chars().next() {
        Some('=' | '+' | '-' | '@' | '\t' | '\r') => format!("'{text}"),
        _ => text.to_owned(),
    }
}
