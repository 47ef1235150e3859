//! Sets and figures in parts, for the formats that have columns and fields.
//!
//! Goes in: sets and claims. Comes out: decimal strings and texts as they were read. Never
//! computes a value.

use serde::Serialize;

use super::Report;
use crate::day;
use crate::eval::Choice;
use crate::explain::Unit;
use crate::figures::{Claim, ClaimId, Status};
use crate::message::Lang;
use crate::number::{Exact, Rounding};
use crate::set::{End, Set};

/// Digits after the point of a number that does not end.
const PLACES: u32 = 12;

/// A set as its ends. Each end is exact, or rounded outward where its digits do not end.
#[derive(Serialize)]
pub(super) struct SetParts {
    pub(super) lo: Option<String>,
    pub(super) hi: Option<String>,
    pub(super) lo_open: bool,
    pub(super) hi_open: bool,
}

/// A published figure: what it claims, and where it stands.
#[derive(Serialize)]
pub(super) struct FigureParts {
    pub(super) indicator: String,
    pub(super) definition: String,
    pub(super) measure: &'static str,
    pub(super) breakdown: String,
    pub(super) entity: String,
    pub(super) period: String,
    pub(super) printed: String,
    pub(super) set: SetParts,
    pub(super) unit: String,
    pub(super) basis: String,
    pub(super) source: String,
    pub(super) section: String,
    pub(super) line: String,
    pub(super) quote: String,
    pub(super) published: Option<String>,
    pub(super) statuses: Vec<&'static str>,
    pub(super) file: String,
    pub(super) sheet: String,
    pub(super) row: u32,
    pub(super) column: u32,
    #[serde(skip)]
    at: String,
}

/// Which figures count, beside what was known on a day.
#[derive(Serialize)]
pub(super) struct ChoiceParts {
    sources: Vec<String>,
    prefer: Vec<String>,
    vintage: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    weights: Option<String>,
}

impl ChoiceParts {
    pub(super) fn of(choice: &Choice) -> ChoiceParts {
        ChoiceParts {
            sources: choice.sources.clone(),
            prefer: choice.prefer.clone(),
            vintage: choice.vintage.word(),
            weights: choice.weights.clone(),
        }
    }
}

impl Report<'_> {
    /// A claim in parts; its set is in the unit of the figure.
    pub(super) fn figure_parts(&self, id: ClaimId) -> FigureParts {
        let report = self;
        let claim: &Claim = &report.submission.claims[id];
        let indicator = &report.program.model.indicators[claim.figure.indicator];
        let unit =
            Unit::of_figure(report.program, &claim.figure).naming(report.submission, &claim.exact);
        let at = |n: u16, ids: Vec<&String>| {
            ids.get(usize::from(n))
                .map_or_else(String::new, |id| (*id).clone())
        };
        let own = |id| report.submission.text(id).to_owned();
        FigureParts {
            indicator: indicator.id.clone(),
            definition: at(
                claim.figure.definition,
                indicator
                    .definitions
                    .iter()
                    .map(|known| &known.id)
                    .collect(),
            ),
            measure: claim.figure.measure.word(),
            breakdown: claim.figure.breakdown.to_string(),
            entity: report.submission.entities[claim.entity].id.clone(),
            period: claim.window.to_string(),
            printed: own(claim.printed),
            set: parts_in(&claim.exact, &unit),
            unit: unit.name.clone(),
            basis: at(
                claim.basis,
                indicator.bases.iter().map(|known| &known.id).collect(),
            ),
            source: own(claim.source),
            section: own(claim.section),
            line: own(claim.source_line),
            quote: own(claim.quote),
            published: claim.published.map(|period| period.to_string()),
            statuses: claim.statuses.iter().map(Status::word).collect(),
            file: own(claim.place.file),
            sheet: own(claim.place.sheet),
            row: claim.place.line,
            column: claim.place.column,
            at: report.submission.place(claim),
        }
    }
}

impl FigureParts {
    /// Document and line; file and line where no document is named.
    pub(super) fn place(&self) -> String {
        match (self.source.as_str(), self.line.as_str()) {
            ("", _) => self.at.clone(),
            (source, "") => source.to_owned(),
            (source, line) => format!("{source}:{line}"),
        }
    }
}

/// A number as a decimal string: exact where it ends, else rounded as asked.
pub(super) fn decimal(value: &Exact, factor: &Exact, rounding: Rounding) -> String {
    let value = value.checked_div(factor).unwrap_or_default();
    value
        .decimal_string()
        .unwrap_or_else(|| value.round_string(PLACES, rounding))
}

/// The ends of a set in a unit; of days as dates, each end the outer day; of words the words.
pub(super) fn parts_in(set: &Set, unit: &Unit) -> SetParts {
    let mut parts = set_parts(set, &unit.factor);
    if unit.is_word {
        let word = |end: &End| {
            let value = end.value()?;
            let found = unit.words.iter().find(|(known, _)| known == value);
            found.map(|(_, word)| word.get(Lang::En).to_owned())
        };
        (parts.lo, parts.hi) = (word(set.lo()), word(set.hi()));
    }
    if unit.is_day {
        let end = |end: &End, rounding| {
            let found = day::of_number(end.value()?, rounding)?;
            Some(found.format("%Y-%m-%d").to_string())
        };
        parts.lo = end(set.lo(), Rounding::Down);
        parts.hi = end(set.hi(), Rounding::Up);
    }
    parts
}

/// The ends of a set in a unit of so many base units.
pub(super) fn set_parts(set: &Set, factor: &Exact) -> SetParts {
    let end = |end: &End, rounding| end.value().map(|value| decimal(value, factor, rounding));
    SetParts {
        lo: end(set.lo(), Rounding::Down),
        hi: end(set.hi(), Rounding::Up),
        lo_open: !set.lo().is_closed(),
        hi_open: !set.hi().is_closed(),
    }
}
