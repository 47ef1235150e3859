//! Figures as a clean long table: claims go in, one row each comes out, in a format that is read
//! back without a mapping. Names are ids, values are as printed; never computes a value.

use std::io;

use crate::explain::Unit;
use crate::figures::printed::{Parts, Printed, unit_apart};
use crate::figures::{
    Absence, Claim, ClaimId, Status, Submission, UNKNOWN_DECIMALS, basis_in, cell_address,
};
use crate::model::Model;
use crate::number::Exact;
use crate::program::Program;
use crate::unit::ParsedUnit;

use super::values::parts_in;

mod json;
mod parquet;
mod sdmx;
mod text;

/// Figures that are written as a table.
#[derive(Clone, Copy)]
pub struct Figures<'a> {
    /// The pack.
    pub program: &'a Program,
    /// All figures that were read.
    pub submission: &'a Submission,
    /// Those that are written, in order.
    pub claims: &'a [ClaimId],
    /// What is written behind them as not there, with its status.
    pub absences: &'a [&'a Absence],
}

/// A form of a clean table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableFormat {
    /// Commas between cells.
    Csv,
    /// Tabulators between cells.
    Tsv,
    /// By `docs/schema/clean.json`.
    Json,
    /// Columns, packed.
    Parquet,
    /// SDMX-CSV 2.0.
    SdmxCsv,
}

impl TableFormat {
    /// All of them.
    pub const ALL: [TableFormat; 5] = [
        TableFormat::Csv,
        TableFormat::Tsv,
        TableFormat::Json,
        TableFormat::Parquet,
        TableFormat::SdmxCsv,
    ];

    /// The name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            TableFormat::Csv => "csv",
            TableFormat::Tsv => "tsv",
            TableFormat::Json => "json",
            TableFormat::Parquet => "parquet",
            TableFormat::SdmxCsv => "sdmx-csv",
        }
    }

    /// The usual ending of its files.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            TableFormat::SdmxCsv => "sdmx.csv",
            other => other.name(),
        }
    }
}

/// Writes figures as a table, and returns those that the format cannot carry whole.
///
/// # Errors
/// What the writer says.
pub fn write_figures(
    w: &mut dyn io::Write,
    format: TableFormat,
    figures: &Figures<'_>,
) -> io::Result<Vec<ClaimId>> {
    match format {
        TableFormat::Csv => text::write(w, b',', figures).map(|()| Vec::new()),
        TableFormat::Tsv => text::write(w, b'\t', figures).map(|()| Vec::new()),
        TableFormat::Json => json::write(w, figures).map(|()| Vec::new()),
        TableFormat::Parquet => parquet::write(w, figures).map(|()| Vec::new()),
        TableFormat::SdmxCsv => sdmx::write(w, figures),
    }
}

/// What the cells of a row are called; readers know the names up to `note_en`.
const HEADS: [&str; 30] = [
    "indicator",
    "definition",
    "measure",
    "breakdown",
    "entity",
    "entity_kind",
    "basis",
    "period",
    "value",
    "qualifier",
    "unit",
    "unit_mult",
    "decimals",
    "source",
    "section",
    "line",
    "published",
    "status",
    "quote",
    "note",
    "note_en",
    "lo",
    "hi",
    "lo_open",
    "hi_open",
    "set_unit",
    "multiplier",
    "file",
    "sheet",
    "cell",
];

// Where columns stand among `HEADS`.
const VALUE: usize = 8;
const QUALIFIER: usize = 9;
const UNIT: usize = 10;
const DECIMALS: usize = 12;
const STATUS: usize = 17;

/// What stands for a figure that is not there, where no status and no mark of its source says so.
const NOT_THERE: &str = "n/a";

/// One figure as it is written.
struct Line {
    cells: [String; HEADS.len()],
    /// There is no figure; the value is the mark of the source, or blank.
    is_absent: bool,
}

impl Line {
    /// Gives a figure that is not there a value that says so, for formats without a sign for it.
    fn marked(mut self, mark: &str) -> Line {
        let [value, status] = [VALUE, STATUS].map(|at| self.cells.get(at));
        let explains = status.is_some_and(|words| {
            let mut words = words.split(';').filter_map(Status::from_word);
            words.any(Status::explains_absence)
        });
        let is_bare = value.is_some_and(String::is_empty) && !explains;
        if self.is_absent
            && is_bare
            && let Some(value) = self.cells.get_mut(VALUE)
        {
            mark.clone_into(value);
        }
        self
    }
}

impl Figures<'_> {
    fn lines(&self) -> impl Iterator<Item = Line> + '_ {
        let absences = self.absences.iter();
        let absences = absences.map(|absence| self.absence(absence));
        let claims = self.claims.iter().map(|id| self.line(*id));
        claims.chain(absences)
    }

    /// That there is no figure, and why.
    fn absence(&self, absence: &Absence) -> Line {
        let (model, submission) = (&self.program.model, self.submission);
        let indicator = &model.indicators[absence.figure.indicator];
        let definition = usize::from(absence.figure.definition);
        let definition = indicator.definitions.get(definition);
        let entity = &submission.entities[absence.entity];
        let kind = entity.class.map_or("", |class| &model.classes[class].id);
        let (line, column) = (absence.place.line as usize, absence.place.column as usize);
        let mut cells: [String; HEADS.len()] = std::array::from_fn(|_| String::new());
        for (cell, head) in cells.iter_mut().zip(HEADS) {
            *cell = match head {
                "indicator" => indicator.id.clone(),
                "definition" => {
                    let own = definition.filter(|_| absence.figure.definition > 0);
                    own.map_or_else(String::new, |own| own.id.clone())
                }
                "measure" => absence.figure.measure.word().to_owned(),
                "breakdown" => absence.figure.breakdown.to_string(),
                "entity" => entity.id.clone(),
                "entity_kind" => kind.to_owned(),
                "period" => absence.period.to_string(),
                "value" => submission.text(absence.printed).to_owned(),
                "source" => submission.text(absence.source).to_owned(),
                "status" => absence.statuses.words(),
                "file" => submission.text(absence.place.file).to_owned(),
                "sheet" => submission.text(absence.place.sheet).to_owned(),
                "cell" => cell_address(line, column),
                _ => continue,
            };
        }
        Line {
            cells,
            is_absent: true,
        }
    }

    fn line(&self, id: ClaimId) -> Line {
        let (model, submission) = (&self.program.model, self.submission);
        let claim = &submission.claims[id];
        let indicator = &model.indicators[claim.figure.indicator];
        let text = |id| submission.text(id).to_owned();
        let entity = &submission.entities[claim.entity];
        let kind = entity.class.map_or("", |class| &model.classes[class].id);
        let (value, qualifier) = self.value_and_qualifier(claim);
        let unit = Unit::of_figure(self.program, &claim.figure).naming(submission, &claim.exact);
        let set = parts_in(&claim.exact, &unit);
        let open = |end: &Option<String>, is_open: bool| match end {
            Some(_) => is_open.to_string(),
            None => String::new(),
        };
        let definition = usize::from(claim.figure.definition);
        let definition = indicator.definitions.get(definition);
        let multiplier = claim.unit_factor.checked_div(&unit.factor);
        let (power, printed_unit) = scaled(submission.text(claim.unit));
        let cells = [
            indicator.id.clone(),
            match definition {
                Some(definition) if !claim.is_definition_inherited => definition.id.clone(),
                _ => String::new(),
            },
            claim.figure.measure.word().to_owned(),
            claim.figure.breakdown.to_string(),
            entity.id.clone(),
            kind.to_owned(),
            basis(model, claim),
            claim.window.to_string(),
            value.to_owned(),
            qualifier.to_owned(),
            self.unit_beside(value, printed_unit),
            power.to_owned(),
            self.decimals(claim, value, qualifier),
            text(claim.source),
            text(claim.section),
            text(claim.source_line),
            claim
                .published
                .map_or_else(String::new, |day| day.to_string()),
            claim.statuses.words(),
            text(claim.quote),
            text(claim.note),
            text(claim.note_en),
            set.lo.clone().unwrap_or_default(),
            set.hi.clone().unwrap_or_default(),
            open(&set.lo, set.lo_open),
            open(&set.hi, set.hi_open),
            unit.name.clone(),
            multiplier.map_or_else(String::new, |factor| factor.to_string()),
            text(claim.place.file),
            text(claim.place.sheet),
            cell_address(claim.place.line as usize, claim.place.column as usize),
        ];
        Line {
            cells,
            is_absent: false,
        }
    }

    /// The value as printed, and the word that had a cell of its own.
    fn value_and_qualifier(&self, claim: &Claim) -> (&str, &str) {
        let printed = self.submission.text(claim.printed);
        let apart = printed
            .strip_suffix(')')
            .and_then(|rest| rest.rsplit_once(" ("));
        match apart {
            Some((value, word))
                if self
                    .program
                    .model
                    .words
                    .vocabulary
                    .qualifier(word)
                    .is_some() =>
            {
                (value, word)
            }
            _ => (printed, ""),
        }
    }

    /// The unit in a cell of its own, which a scale in the cell of the value is no part of.
    fn unit_beside(&self, value: &str, unit: &str) -> String {
        let model = &self.program.model;
        let words = &model.words.vocabulary;
        let own = Printed::parse(value, words, &model.units).map(|printed| printed.unit_text);
        let apart = own.ok().filter(|own| own != unit).and_then(|own| {
            let is_scale = matches!(model.units.lookup(&own), Some(ParsedUnit::Scale(_)));
            is_scale.then(|| unit_apart(&own, unit)).flatten()
        });
        apart.unwrap_or_else(|| unit.to_owned())
    }

    /// The number in a cell, where it is one.
    fn printed(&self, value: &str, qualifier: &str, unit: &str) -> Option<Printed> {
        let model = &self.program.model;
        let parts = Parts {
            value,
            qualifier,
            unit,
            decimals: None,
        };
        Printed::from_parts(parts, &model.words.vocabulary, &model.units).ok()
    }

    /// The digits behind the point, where the cell does not show them.
    fn decimals(&self, claim: &Claim, value: &str, qualifier: &str) -> String {
        let (_, unit) = scaled(self.submission.text(claim.unit));
        let unit = self.unit_beside(value, unit);
        let Some(printed) = self.printed(value, qualifier, &unit) else {
            return String::new();
        };
        let ends = (claim.as_printed.lo().value(), claim.as_printed.hi().value());
        let (true, (Some(lo), Some(hi))) = (claim.is_plain, ends) else {
            let is_unknown = claim.is_plain && claim.exact.lo().value().is_some();
            return match is_unknown {
                true => UNKNOWN_DECIMALS.to_owned(),
                false => String::new(),
            };
        };
        let step = (hi - lo)
            .checked_div(&claim.unit_factor)
            .unwrap_or_default();
        let shown = printed.number.decimals;
        if step.is_zero()
            || shown.is_some_and(|n| i16::try_from(n).is_ok_and(|n| step == Exact::pow10(-n)))
        {
            return String::new();
        }
        let meant = (0i16..=60).find(|n| step == Exact::pow10(-*n));
        meant.map_or_else(String::new, |n| n.to_string())
    }
}

/// The power of ten by which a unit was multiplied, if it was, and the unit.
fn scaled(unit: &str) -> (&str, &str) {
    let rest = unit.strip_prefix("10^");
    rest.map_or(("", unit), |rest| {
        rest.split_once(' ').unwrap_or((rest, ""))
    })
}

/// The basis, where the period alone does not say it.
fn basis(model: &Model, claim: &Claim) -> String {
    let indicator = &model.indicators[claim.figure.indicator];
    let basis = indicator.bases.get(usize::from(claim.basis));
    match basis {
        Some(basis) if !basis.id.is_empty() => basis.id.clone(),
        Some(basis) if basis_in(indicator, claim.window) != claim.basis => basis.label.zh.clone(),
        _ => String::new(),
    }
}
