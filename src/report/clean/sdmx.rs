//! A clean table as SDMX-CSV 2.0: claims go in, observations come out. What an observation cannot
//! carry is handed back, never bent.

use std::io::{self, Write};

use csv::{Terminator, Writer, WriterBuilder};

use super::{DECIMALS, Figures, Line, QUALIFIER, UNIT, VALUE, scaled};
use crate::figures::ClaimId;
use crate::figures::printed::{PlusPosition, Printed, Qualifier};
use crate::formula::neutral;
use crate::period::Period;

/// Columns of the message; those before `OBS_VALUE` say what is observed.
const HEADS: [&str; 24] = [
    "STRUCTURE",
    "STRUCTURE_ID",
    "ACTION",
    "INDICATOR",
    "DEFINITION",
    "BREAKDOWN",
    "REF_AREA",
    "BASIS",
    "TIME_PERIOD",
    "OBS_VALUE",
    "MEASURE",
    "ENTITY_KIND",
    "UNIT_MEASURE",
    "UNIT_MULT",
    "DECIMALS",
    "OBS_STATUS",
    "QUALIFIER",
    "SOURCE",
    "SECTION",
    "LINE",
    "PUBLISHED",
    "QUOTE",
    "NOTE",
    "NOTE_EN",
];

/// The structure that these columns are of.
const STRUCTURE_ID: &str = "PLUMBRULE:FIGURES(1.0)";

pub(super) fn write(w: &mut dyn Write, figures: &Figures<'_>) -> io::Result<Vec<ClaimId>> {
    let mut lines = WriterBuilder::new();
    let mut lines = lines.terminator(Terminator::CRLF).from_writer(w);
    lines.write_record(HEADS)?;
    let mut left_out = Vec::new();
    for id in figures.claims {
        let claim = &figures.submission.claims[*id];
        let line = figures.line(*id);
        let [value, qualifier, unit, decimals] =
            [VALUE, QUALIFIER, UNIT, DECIMALS].map(|at| text(&line, at));
        let printed = figures.printed(value, qualifier, unit);
        let carried = printed.as_ref().and_then(carried);
        let Some((number, word)) = carried else {
            left_out.push(*id);
            continue;
        };
        let shown = printed.and_then(|printed| printed.number.decimals);
        let decimals = match decimals {
            "" => shown.map_or_else(String::new, |n| n.to_string()),
            told => told.to_owned(),
        };
        let (power, unit) = scaled(figures.submission.text(claim.unit));
        let seen = Seen {
            period: period(claim.window),
            number,
            word,
            unit,
            power: if power.is_empty() { "0" } else { power },
            decimals,
        };
        observe(&mut lines, &line, &seen)?;
    }
    for absence in figures.absences {
        let line = figures.absence(absence).marked("NaN");
        let seen = Seen {
            period: period(absence.period),
            number: match text(&line, VALUE) {
                "" => String::new(),
                _ => "NaN".to_owned(),
            },
            word: "",
            unit: "",
            power: "",
            decimals: String::new(),
        };
        observe(&mut lines, &line, &seen)?;
    }
    lines.flush()?;
    Ok(left_out)
}

/// What an observation says otherwise than the row of a table does.
struct Seen<'a> {
    period: String,
    number: String,
    word: &'static str,
    unit: &'a str,
    power: &'a str,
    decimals: String,
}

/// The cell of a line in one of its columns.
fn text(line: &Line, at: usize) -> &str {
    line.cells.get(at).map_or("", String::as_str)
}

/// Writes one observation.
fn observe<W: Write>(lines: &mut Writer<W>, line: &Line, seen: &Seen<'_>) -> io::Result<()> {
    let own = |head: &str| {
        let at = super::HEADS
            .iter()
            .position(|known| known.eq_ignore_ascii_case(head));
        at.map_or("", |at| text(line, at))
    };
    for head in HEADS {
        let cell = match head {
            "STRUCTURE" => "dataflow",
            "STRUCTURE_ID" => STRUCTURE_ID,
            "ACTION" => "I",
            "REF_AREA" => own("entity"),
            "TIME_PERIOD" => &seen.period,
            "OBS_VALUE" => &seen.number,
            "UNIT_MEASURE" => seen.unit,
            "UNIT_MULT" => seen.power,
            "DECIMALS" => &seen.decimals,
            "OBS_STATUS" => own("status"),
            "QUALIFIER" => seen.word,
            head => own(head),
        };
        lines.write_field(neutral(cell).as_ref())?;
    }
    lines.write_record(None::<&[u8]>)?;
    Ok(())
}

/// The number and the one word that an observation has room for.
fn carried(printed: &Printed) -> Option<(String, &'static str)> {
    let word = match printed.qualifiers.as_slice() {
        [] => "",
        [only] => {
            let mut all = Qualifier::ALL.into_iter();
            all.find(|(known, _)| known == only).map(|(_, word)| word)?
        }
        _ => return None,
    };
    // Behind a scale the word means less than it does alone.
    let is_narrow = printed.plus_position == Some(PlusPosition::AfterScale);
    if printed.upper.is_some() || is_narrow {
        return None;
    }
    let number = &printed.number.value;
    let exact = number.decimal_string()?;
    Some((exact, word))
}

/// A period as SDMX writes it.
fn period(period: Period) -> String {
    match period {
        Period::Half(year, half) => format!("{year:04}-S{half}"),
        Period::Quarter(year, quarter) => format!("{year:04}-Q{quarter}"),
        Period::Months { year, from, to } => {
            format!("{year:04}-{from:02}-01/P{}M", to.abs_diff(from) + 1)
        }
        Period::Span { from, to } => format!("{from:04}-01-01/P{}Y", to.abs_diff(from) + 1),
        Period::Year(_) | Period::Month(..) | Period::Day(_) => period.to_string(),
    }
}
