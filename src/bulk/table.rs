//! What the columns of a table hold, as the reader of figures understands them: a header and some rows go
//! in, the quantity and the factor of each column come out. Reads a few rows itself; judges nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::block::{Shown, Wanted};
use super::compile::{Columns, Held};
use super::run::Stop;
use crate::eval::Cell;
use crate::figures::table::{
    Alike, Column, ColumnMeaning, ColumnReading, Known, SkippedLine, TableReading, WhySkipped,
};
use crate::figures::{Claim, ClaimState, Submission};
use crate::index::Id;
use crate::model::{ClassId, EntityId, FigureRef, Model};
use crate::number::Exact;
use crate::set::Set;

/// More digits behind the point than this are left to bounds of errors.
const MOST_PLACES: usize = 6;
/// Numbers by which a column of numbers is told, and what they are multiplied by.
const PROBES: [&str; 3] = ["1", "2.5", "-7"];
/// What stands in cells that nobody looks at.
const FILLER: &str = "7";
/// A name that no body has.
const MADE_UP: &str = "plumbrule made-up body 7f3a";

mod loose;
mod probe;

use probe::shown;

pub(super) use loose::expect_apart;
pub(super) use probe::{Head, PROBE, Probe};

/// Why a table is not read as columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WhyWhole {
    /// Its header is not one line of known names, or not the first line.
    Layout,
    /// Its columns are not one for whom, one for when and the figures, but this as well.
    Column(String),
    /// Only this column, which nobody knows, tells rows apart.
    Apart(String),
    /// Very many rows are of nobody's list in particular, so that they may be of anybody's.
    Records,
    /// Records that are named by their lines share one.
    Lines,
    /// A row that cannot be read may be of anybody's list.
    Lost,
    /// New bodies may be of several classes.
    Classes,
}

/// A column of figures.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct FigureColumn {
    /// Its place in the table.
    pub(super) place: usize,
    pub(super) figure: FigureRef,
    /// What its numbers are multiplied by, where they are plain numbers.
    pub(super) factor: Option<Exact>,
    /// What lies outside cannot be believed.
    pub(super) bounds: Option<Set>,
}

impl FigureColumn {
    /// The bounds, and what the numbers of the column are multiplied by to be held against them.
    pub(super) fn bounds(&self) -> Option<(&Set, &Exact)> {
        self.bounds.as_ref().zip(self.factor.as_ref())
    }
}

/// A table whose rows are each one body and one period.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Table {
    pub(super) header: Vec<String>,
    /// Whether its rows are cells between delimiters.
    pub(super) is_delimited: bool,
    pub(super) entity: Option<usize>,
    pub(super) period: usize,
    /// The names of records in the lists of bodies.
    pub(super) record: Option<usize>,
    /// What bodies are a part of, which the pack declares.
    pub(super) part_of: Option<usize>,
    pub(super) figures: Vec<FigureColumn>,
    /// The columns of which a row with a figure fills one; without such columns each row is one with a figure.
    pub(super) filled_by: Vec<usize>,
    /// The class of bodies that the pack does not declare; none where there may be none, or of several.
    pub(super) class: Option<ClassId>,
    /// Whether there may be bodies that the pack does not declare.
    pub(super) takes_new: bool,
    /// Whether each row is a figure; then none is a total or a header in between.
    pub(super) is_long: bool,
    /// Texts of a row from which others are made, such as for a word alone.
    pub(super) pattern: Vec<String>,
    /// Of each column, whether the pack knows nothing of it.
    pub(super) unknown: Vec<bool>,
    /// Whether something is to be told of the header.
    pub(super) is_told: bool,
    /// Whether the first row names a body: below it one that names none may be merged with it.
    pub(super) names_first: bool,
}

/// What a claim says, as printed where that is asked for.
pub(super) fn cell_of(claim: Option<&&Claim>, as_printed: bool) -> Cell {
    match claim {
        None => Cell::Missing,
        Some(claim) if claim.state != ClaimState::Good => Cell::Unreadable,
        Some(claim) if as_printed => Cell::Known(Arc::clone(&claim.as_printed)),
        Some(claim) => Cell::Known(Arc::clone(&claim.exact)),
    }
}

impl Table {
    /// What the columns of a table hold, from its header and its first rows.
    pub(super) fn of(
        known: &Known<'_>,
        head: Head<'_>,
        sample: &[Vec<Shown>],
    ) -> Result<Table, WhyWhole> {
        let model = known.model();
        let (reading, is_told) = plain_reading(known, head, sample)?;
        // A row of a list is not about one body alone.
        if reading.across.is_empty() || has_lists(model) {
            return Err(WhyWhole::Layout);
        }
        let (mut entity, mut period, mut figures) = (None, None, Vec::new());
        let unknown = unknown(&reading);
        for column in &reading.columns {
            let place = column.number.checked_sub(1).ok_or(WhyWhole::Layout)?;
            let other = || Err(WhyWhole::Column(column.header.clone()));
            match &column.meaning {
                ColumnMeaning::Holds(Column::Entity) if entity.is_none() => entity = Some(place),
                ColumnMeaning::Holds(Column::Period) if period.is_none() => period = Some(place),
                ColumnMeaning::Figures(said)
                    if said.iter().all(|(column, _)| is_of_quantity(*column)) =>
                {
                    figures.push(place);
                }
                ColumnMeaning::Unknown
                | ColumnMeaning::Ignored
                | ColumnMeaning::Holds(Column::Ignored | Column::Note | Column::NoteEn) => {}
                _ => return other(),
            }
        }
        let period = period.ok_or(WhyWhole::Layout)?;
        let mut rows = texts(sample);
        for row in &mut rows {
            pass_over(&unknown, row.iter_mut());
        }
        let first = rows.first().ok_or(WhyWhole::Layout)?;
        let mut table = Table {
            header: head.0.to_vec(),
            is_delimited: head.1,
            entity,
            period,
            record: None,
            part_of: None,
            figures: Vec::new(),
            filled_by: figures.clone(),
            class: None,
            takes_new: false,
            is_long: false,
            pattern: first.clone(),
            unknown,
            is_told,
            names_first: false,
        };
        // Nothing is learnt from a row that the reader refuses, such as one of no period.
        let first_read = |rows: &[Vec<String>]| {
            let filled = rows.iter().map(|row| filled(row, &figures));
            let filled: Vec<Vec<String>> = filled.collect();
            let probe = Probe::of(known, head, &shown(&filled));
            probe.claims().into_keys().map(|(row, _)| row).next()
        };
        // Mostly it is the first.
        let at = first_read(std::slice::from_ref(first)).or_else(|| first_read(&rows));
        let first = at.and_then(|row| rows.get(row));
        table.pattern.clone_from(first.ok_or(WhyWhole::Layout)?);
        let name = table.entity.and_then(|at| table.pattern.get(at));
        table.names_first = at == Some(0) && name.is_some_and(|name| !name.trim().is_empty());
        let rows = PROBES.map(|text| table.row_of(&figures, text));
        let made_up = table.row_of_new(&figures);
        let rows: Vec<Vec<String>> = rows.into_iter().chain(made_up).collect();
        let probe = Probe::of(known, head, &shown(&rows));
        table.class = table.class_of_new(model, &probe.submission)?;
        table.takes_new = table.class.is_some();
        let claims = probe.claims();
        let found = figures.iter().map(|place| figure(model, &claims, *place));
        table.figures = found.flatten().collect();
        Ok(table)
    }

    /// The first row, where those below it are refused that name no body.
    pub(super) fn naming_row(&self) -> Option<Vec<Shown>> {
        self.names_first.then(|| self.pattern_row())
    }

    /// A row that is read.
    pub(super) fn pattern_row(&self) -> Vec<Shown> {
        self.pattern.iter().map(Shown::text).collect()
    }

    /// Its header.
    pub(super) fn head(&self) -> Head<'_> {
        (&self.header, self.is_delimited)
    }

    /// Rows of the table read as a table of their own. Cells in columns that nobody knows are made to mean nothing.
    pub(super) fn probe(&self, known: &Known<'_>, rows: &mut [Vec<Shown>]) -> Probe {
        for row in rows.iter_mut() {
            // One text alone may be a note, in whatever column it stands.
            let texts = row.iter().filter(|cell| !cell.text.trim().is_empty());
            if texts.count() < 2 {
                continue;
            }
            pass_over(&self.unknown, row.iter_mut().map(|cell| &mut cell.text));
        }
        Probe::of(known, self.head(), rows)
    }

    /// Whether another file of the same header may be read otherwise: where a column that the pack does not know tells
    /// there, by its cells, when or whom figures are about.
    pub(super) fn may_differ(&self) -> bool {
        self.unknown.contains(&true)
    }

    /// Refuses a file that is read otherwise than the first one, by the rows that it begins with.
    pub(super) fn expect_alike(&self, model: &Model, rows: &[Vec<Shown>]) -> Result<(), Stop> {
        let read = plain_reading(&Known::of(model), self.head(), rows);
        read.map_err(Stop::Whole).map(|_| ())
    }

    /// As what each column is asked for.
    pub(super) fn wanted(&self) -> Vec<Wanted> {
        let mut wanted = vec![Wanted::Nothing; self.header.len()];
        let figures = self.figures.iter().map(|held| match held.factor {
            Some(_) => (held.place, Wanted::Numbers),
            None => (held.place, Wanted::Words),
        });
        let names = self.entity.map(|at| (at, Wanted::Keys));
        for (at, how) in figures.chain(names).chain([(self.period, Wanted::Words)]) {
            if let Some(to) = wanted.get_mut(at) {
                *to = how;
            }
        }
        wanted
    }

    /// A row like the first with one cell of its own and one other figure at most.
    pub(super) fn row_with(&self, place: usize, text: &str) -> Vec<String> {
        let is_kept = |n: usize| Some(n) == self.entity || n == self.period;
        // A row with nothing else in it may be taken for a heading.
        let other = self.figures.iter().map(|column| column.place);
        let other = other.into_iter().find(|other| *other != place);
        let cells = self.pattern.iter().enumerate();
        cells
            .map(|(n, cell)| match n {
                n if n == place => text.to_owned(),
                n if is_kept(n) => cell.clone(),
                n if other.is_none_or(|other| other == n) => FILLER.to_owned(),
                _ => String::new(),
            })
            .collect()
    }

    /// A row about a body that nobody declared.
    fn row_of_new(&self, figures: &[usize]) -> Option<Vec<String>> {
        // Whom a figure is about may depend on the figure.
        let mut row = filled(&self.pattern, figures);
        MADE_UP.clone_into(row.get_mut(self.entity?)?);
        Some(row)
    }

    /// The class that a body which nobody declared is of, as it was read.
    fn class_of_new(
        &self,
        model: &Model,
        submission: &Submission,
    ) -> Result<Option<ClassId>, WhyWhole> {
        let Some(id) = submission.entity_named(MADE_UP) else {
            return Ok(None);
        };
        let is_open = |class: &ClassId| model.classes[*class].is_open;
        let n_open = model.classes.ids().filter(is_open).count();
        match submission.entities[id].class {
            Some(class) if n_open == 1 => Ok(Some(class)),
            _ => Err(WhyWhole::Classes),
        }
    }

    /// A row like the first with the same in all columns of figures.
    fn row_of(&self, figures: &[usize], text: &str) -> Vec<String> {
        let mut row = self.pattern.clone();
        for place in figures {
            if let Some(cell) = row.get_mut(*place) {
                text.clone_into(cell);
            }
        }
        row
    }

    /// Where quantities are held, and those that the table speaks of more than once.
    pub(super) fn columns(&self, sample: &[Vec<Shown>]) -> (Columns, BTreeSet<FigureRef>) {
        let (mut columns, mut shared) = (Columns::new(), BTreeSet::new());
        for (column, held) in self.figures.iter().enumerate() {
            let places = sample.iter().filter_map(|row| {
                let (_, places) = row.get(held.place)?.text.split_once('.')?;
                Some(places.len().min(MOST_PLACES))
            });
            let place = Held {
                column,
                factor: held.factor.clone().unwrap_or_else(|| Exact::from(1)),
                places: places
                    .max()
                    .and_then(|n| i16::try_from(n).ok())
                    .unwrap_or(0),
            };
            if columns.insert(held.figure.clone(), place).is_some() {
                shared.insert(held.figure.clone());
            }
        }
        (columns, shared)
    }
}

/// Of each column, whether the pack knows nothing of it.
fn unknown(reading: &TableReading) -> Vec<bool> {
    let mut unknown = vec![false; reading.columns.len()];
    for column in &reading.columns {
        if let Some(to) = unknown.get_mut(column.number.wrapping_sub(1)) {
            *to = column.meaning == ColumnMeaning::Unknown;
        }
    }
    unknown
}

/// Puts a text that means nothing into the cells of a row in columns that nobody knows. In a few rows such a column may
/// look as if it said when or whom they are about, which it does not in the table.
fn pass_over<'c>(unknown: &[bool], row: impl Iterator<Item = &'c mut String>) {
    for (is_unknown, cell) in unknown.iter().zip(row) {
        if *is_unknown && !cell.trim().is_empty() {
            MADE_UP.clone_into(cell);
        }
    }
}

fn texts(rows: &[Vec<Shown>]) -> Vec<Vec<String>> {
    let row = |row: &Vec<Shown>| row.iter().map(|cell| cell.text.clone()).collect();
    rows.iter().map(row).collect()
}

/// A row without blanks among its figures: one without any figure is about nobody.
fn filled(row: &[String], figures: &[usize]) -> Vec<String> {
    let mut row = row.to_vec();
    for place in figures {
        match row.get_mut(*place) {
            Some(cell) if cell.trim().is_empty() => FILLER.clone_into(cell),
            _ => {}
        }
    }
    row
}

/// Whether a line that is no figure changes nothing of how others are read.
fn is_alone(line: &SkippedLine) -> bool {
    matches!(
        line.why,
        WhySkipped::Total | WhySkipped::Note | WhySkipped::Section
    )
}

/// Whether a pack has lists of records.
pub(super) fn has_lists(model: &Model) -> bool {
    model.classes.values().any(|class| class.owner.is_some())
}

/// How the header and the first rows of a table are read, where that says all of its other rows too, and whether
/// something is to be told of the header.
fn plain_reading(
    known: &Known<'_>,
    head: Head<'_>,
    rows: &[Vec<Shown>],
) -> Result<(TableReading, bool), WhyWhole> {
    let (readings, told) = probe::layout(known, head, rows);
    match <[TableReading; 1]>::try_from(readings) {
        // What keeps the table from being read is told by the reader of the whole.
        Ok([reading]) if is_plain(&reading, head.0) && told != Some(true) => {
            Ok((reading, told.is_some()))
        }
        _ => Err(WhyWhole::Layout),
    }
}

/// The place of the column that says from where figures are.
pub(super) fn source_column(
    known: &Known<'_>,
    head: Head<'_>,
    rows: &[Vec<Shown>],
) -> Result<Option<usize>, WhyWhole> {
    let (reading, _) = plain_reading(known, head, rows)?;
    let mut columns = reading.columns.iter();
    let source = columns.find(|column| column.meaning == ColumnMeaning::Holds(Column::Source));
    Ok(source.and_then(|column| column.number.checked_sub(1)))
}

/// Whether a header of one line says all, so that any rows below it are read alike.
fn is_plain(reading: &TableReading, header: &[String]) -> bool {
    reading.header == [1]
        && reading.unit_row.is_none()
        && reading.mapping.is_none()
        && reading.skipped.iter().all(is_alone)
        && reading.shared.is_empty()
        && reading.columns.len() == header.len()
}

/// The quantity of a column, and what its numbers are multiplied by.
fn figure(
    model: &Model,
    claims: &BTreeMap<(usize, usize), &Claim>,
    place: usize,
) -> Option<FigureColumn> {
    let claim = |row| claims.get(&(row, place));
    let first = claim(0).or_else(|| claim(1))?;
    let indicator = &model.indicators[first.figure.indicator];
    let number = |row| {
        let claim = claim(row)?;
        (claim.state != ClaimState::Unreadable).then(|| claim.exact.as_point().cloned())?
    };
    // Two points alone are no number, though they are made of what numbers are made of.
    let is_digit = |c: char| c.is_ascii_digit();
    let is_named =
        |text: &String| text.contains(is_digit) && text.chars().all(|c| is_digit(c) || c == '.');
    let has_marks = indicator
        .values
        .keys()
        .chain(&model.words.tables.missing)
        .any(is_named);
    let factor = number(0).filter(|factor| {
        let half = Exact::ratio(5, 2).map(|half| &half * factor);
        let minus = Some(&Exact::from(-7) * factor);
        !has_marks && factor.signum() > 0 && number(1) == half && number(2) == minus
    });
    let is_level = first.figure.measure == crate::model::Measure::Level;
    Some(FigureColumn {
        place,
        figure: FigureRef {
            entity: None,
            ..first.figure.clone()
        },
        factor,
        bounds: indicator.bounds.clone().filter(|_| is_level),
    })
}

/// Whether a header that says this still leaves whom and when to the row.
fn is_of_quantity(column: Column) -> bool {
    matches!(
        column,
        Column::Indicator
            | Column::Definition
            | Column::Measure
            | Column::Breakdown
            | Column::Unit
            | Column::Scale
    )
}

/// The bodies that a pack declares, and one that came with a table.
pub(super) fn nobody(model: &Model, class: Option<ClassId>) -> (Submission, EntityId) {
    let mut nobody = Submission::new(model);
    let span = class.map(|class| model.classes[class].span);
    let anybody = match span {
        Some(span) => nobody.entities.push(crate::model::Entity {
            id: MADE_UP.to_owned(),
            label: crate::message::Label::same(MADE_UP),
            class,
            part_of: None,
            further: None,
            span,
        }),
        None => EntityId::new(nobody.entities.len()),
    };
    (nobody, anybody)
}
