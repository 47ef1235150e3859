//! A clean table as SDMX-CSV 2.0: claims go in, observations come out. What an observation cannot
//! carry is handed back, never bent.

use std::io::{self, Write};

use csv::{Terminator, WriterBuilder};

use super::Figures;
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
    let mut lines = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .from_writer(w);
    lines.write_record(HEADS)?;
    let mut left_out = Vec::new();
    for id in figures.claims {
        let claim = &figures.submission.claims[*id];
        let line = figures.line(*id);
        let [
            indicator,
            definition,
            measure,
            breakdown,
            entity,
            kind,
            basis,
            _,
            value,
            qualifier,
            unit,
            decimals,
            source,
            section,
            place,
            published,
            status,
            quote,
            note,
            note_en,
            ..,
        ] = &line.cells;
        let printed = figures.printed(value, qualifier, unit);
        let carried = printed.as_ref().and_then(carried);
        let Some((number, word)) = carried else {
            left_out.push(*id);
            continue;
        };
        let shown = printed.and_then(|printed| printed.number.decimals);
        let decimals = match decimals.as_str() {
            "" => shown.map_or_else(String::new, |n| n.to_string()),
            told => told.to_owned(),
        };
        let period = period(claim.window);
        // A unit that was multiplied by a power of ten is told so.
        let scaled = unit.strip_prefix("10^").map(|rest| {
            let (power, unit) = rest.split_once(' ').unwrap_or((rest, ""));
            (power, unit)
        });
        let (power, unit) = scaled.unwrap_or(("0", unit.as_str()));
        let cells = [
            "dataflow",
            STRUCTURE_ID,
            "I",
            indicator,
            definition,
            breakdown,
            entity,
            basis,
            &period,
            &number,
            measure,
            kind,
            unit,
            power,
            &decimals,
            status,
            word,
            source,
            section,
            place,
            published,
            quote,
            note,
            note_en,
        ];
        for cell in cells {
            lines.write_field(neutral(cell).as_ref())?;
        }
        lines.write_record(None::<&[u8]>)?;
    }
    lines.flush()?;
    Ok(left_out)
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
