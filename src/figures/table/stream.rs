//! The tables of a sheet, one record at a time: records of a grid go in, rows and problems come
//! out. The header is looked for in a window; what follows is never held.

use std::collections::VecDeque;

use super::find::{self, Found};
use super::gaps::Gaps;
use super::known::{Head, Known};
use super::layout::{Attribute, Layout, ValueColumn, cell_at};
use super::reading::{SharedOrigin, SharedReading, TableReading, WhySkipped};
use super::{Cell, Column, LayoutProblem, Limits, Place, Problem, ProblemKind, Row};
use super::{alike::Alike, lines, mapped, rows, sdmx};
use crate::figures::grid::{self, Grid, Record, Records};
use crate::figures::read::Count;
use crate::model::TableMapping;

/// Records in which the header of a table is looked for.
const WINDOW: usize = 40;

/// The tables of a sheet being read: an iterator over their rows and problems.
/// A sheet may hold several tables below each other; each new header starts one.
pub struct Table<'a> {
    known: &'a Known<'a>,
    limits: Limits,
    sheet: Option<String>,
    records: Option<Records<'a>>,
    delimiter: Option<u8>,
    /// What the pack says of the layout.
    mapping: Option<&'a TableMapping>,
    /// What was taken from the records to find a header, and is to be read again.
    ahead: VecDeque<Result<Record, Problem>>,
    /// What comes out next.
    out: VecDeque<Result<Row, Problem>>,
    layout: Option<Layout>,
    readings: Vec<TableReading>,
    /// Lone lines since the last figure: those above the next header.
    lone: Vec<Record>,
    in_notes: bool,
    gaps: Gaps,
    alike: Alike,
    /// The sheet tells how a form is filled in.
    is_page: bool,
    is_done: bool,
}

/// Opens the tables of a file; what is wrong with a header comes out first, as problems.
///
/// Of a workbook the sheets `wanted` are opened, where some are named; else all that are shown.
/// After a problem in the header that stops the table no row follows.
#[must_use]
pub fn read_tables<'a>(
    name: &str,
    bytes: &'a [u8],
    known: &'a Known<'a>,
    limits: &Limits,
    wanted: &[String],
) -> Vec<Table<'a>> {
    match grid::grids(name, bytes, &|text| known.is_known(text), limits, wanted) {
        Err(problem) => {
            let mut table = Table::new(None, None, None, known, limits);
            table.out.push_back(Err(problem));
            table.is_done = true;
            vec![table]
        }
        Ok(grids) => grids
            .into_iter()
            .map(|grid| Table::open(name, sdmx::translate(grid, known), known, limits))
            .collect(),
    }
}

impl<'a> Table<'a> {
    fn new(
        sheet: Option<String>,
        records: Option<Records<'a>>,
        delimiter: Option<u8>,
        known: &'a Known<'a>,
        limits: &Limits,
    ) -> Self {
        Table {
            known,
            limits: *limits,
            sheet,
            records,
            delimiter,
            mapping: None,
            ahead: VecDeque::new(),
            out: VecDeque::new(),
            layout: None,
            readings: Vec::new(),
            lone: Vec::new(),
            in_notes: false,
            gaps: Gaps::default(),
            alike: Alike::default(),
            is_page: false,
            is_done: false,
        }
    }

    pub(super) fn open(name: &str, grid: Grid<'a>, known: &'a Known<'a>, limits: &Limits) -> Self {
        let sheet = grid.sheet.clone();
        let mappings = known.model.tables.iter();
        let mappings: Vec<&TableMapping> = mappings
            .filter(|mapping| mapping.is_about(name, sheet.as_deref()))
            .collect();
        let (records, delimiter) = (Some(grid.records), grid.delimiter);
        let mut table = Table::new(grid.sheet, records, delimiter, known, limits);
        if let [_, _, ..] = mappings.as_slice() {
            let names = mappings.iter().map(|it| it.name.clone()).collect();
            let kind = LayoutProblem::SeveralMappings { names }.into();
            table.readings.push(TableReading {
                sheet: sheet.unwrap_or_default(),
                n_problems: 1,
                ..TableReading::default()
            });
            table.out.push_back(Err(Problem::new(1, 1, kind)));
            table.is_done = true;
            return table;
        }
        table.mapping = mappings.first().copied();
        table.find();
        table
    }

    /// Returns the name of the sheet, where the file has several.
    #[must_use]
    pub fn sheet(&self) -> Option<&str> {
        self.sheet.as_deref()
    }

    /// Returns what stands between cells, where the bytes are delimited text.
    pub(in crate::figures) fn delimiter(&self) -> Option<u8> {
        self.delimiter
    }

    /// Returns how the tables of the sheet were read, as far as they were.
    #[must_use]
    pub fn readings(&self) -> &[TableReading] {
        &self.readings
    }

    /// Returns whether the sheet belongs to a form and holds no figures.
    #[must_use]
    pub fn is_page_of_form(&self) -> bool {
        self.is_page
    }

    /// Counts what became of the last row.
    pub(in crate::figures) fn tally(&mut self, count: Count) {
        let Some(reading) = self.reading() else {
            return;
        };
        reading.n_figures += count.n_figures;
        reading.n_absent += count.n_absent;
        reading.n_problems += count.n_problems;
    }

    /// Gives how the tables of the sheet were read.
    pub(in crate::figures) fn into_readings(self) -> impl Iterator<Item = TableReading> {
        self.readings.into_iter()
    }

    /// Reads as far as a header may be, finds it, and leaves the figures for later.
    fn find(&mut self) {
        self.fill();
        let window: Vec<Record> = self
            .ahead
            .iter()
            .filter_map(|item| item.as_ref().ok().cloned())
            .collect();
        if self.sheet.is_some() && lines::is_page_of_form(&window) {
            self.ahead.clear();
            (self.is_page, self.is_done) = (true, true);
            return;
        }
        let mut reading = TableReading {
            sheet: self.sheet.clone().unwrap_or_default(),
            mapping: self.mapping.map(|mapping| mapping.name.clone()),
            ..TableReading::default()
        };
        let is_blank = window.iter().all(Record::is_blank);
        let has_errors = self.ahead.iter().any(Result::is_err);
        let limit = self.limits.columns;
        let too_wide = window.iter().find(|record| record.cells.len() > limit);
        let found = match too_wide {
            _ if is_blank && has_errors => Err(Vec::new()),
            _ if is_blank => Err(vec![Problem::new(1, 1, ProblemKind::Empty)]),
            Some(record) => {
                let found = record.cells.len();
                let kind = ProblemKind::TooManyColumns { limit, found };
                Err(vec![Problem::new(record.line, limit + 1, kind)])
            }
            None => find::find(self.known, self.sheet.as_deref(), &window, self.mapping),
        };
        (self.layout, self.in_notes, self.gaps) = (None, false, Gaps::default());
        match found {
            Ok(found) => self.start(found, &window, reading),
            Err(problems) => {
                let errors = self.ahead.drain(..).filter_map(Result::err);
                let mut all: Vec<Problem> = errors.chain(problems).collect();
                all.sort_by_key(|problem| problem.place);
                reading.n_problems = all.len();
                self.readings.push(reading);
                self.out.extend(all.into_iter().map(Err));
                self.is_done = true;
            }
        }
    }

    /// Takes records until a header must have come.
    fn fill(&mut self) {
        let n_written = |ahead: &VecDeque<Result<Record, Problem>>| {
            let written = ahead
                .iter()
                .filter(|item| !item.as_ref().is_ok_and(Record::is_blank));
            written.count()
        };
        let mut n = n_written(&self.ahead);
        while n < WINDOW
            && let Some(item) = self.records.as_mut().and_then(Iterator::next)
        {
            let is_blank = item.as_ref().is_ok_and(Record::is_blank);
            n += usize::from(!is_blank);
            // Blank lines beyond count say nothing about a header.
            if !is_blank || self.ahead.len() < 4 * WINDOW {
                self.ahead.push_back(item);
            }
        }
    }

    /// Takes a layout over: the lines above are told, what follows is left for later.
    fn start(&mut self, found: Found, window: &[Record], mut reading: TableReading) {
        for record in window.get(..found.n_above).unwrap_or_default() {
            reading.skip(record, WhySkipped::Title);
        }
        let header = window.get(..found.n_used).unwrap_or_default();
        let above = window.get(..found.n_above).unwrap_or_default();
        let last = header
            .last()
            .or(above.last())
            .map_or(0, |record| record.line);
        while let Some(item) = self.ahead.front() {
            let line = item
                .as_ref()
                .map_or_else(|problem| problem.place.line, |it| it.line);
            if line > last {
                break;
            }
            if let Some(Err(problem)) = self.ahead.pop_front() {
                reading.n_problems += 1;
                self.out.push_back(Err(problem));
            }
        }
        let layout = found.layout;
        reading.header.clone_from(&layout.header);
        reading.unit_row = layout.unit_row;
        reading.across = layout.across();
        reading.columns.clone_from(&layout.columns);
        self.alike = Alike::of(&layout.columns);
        let shared = found.said.into_iter().map(|said| SharedReading {
            column: said.column,
            text: said.text,
            origin: said.origin,
        });
        reading.shared.extend(shared);
        let place = Place { line: 1, column: 1 };
        let fixed = self
            .mapping
            .map(|it| mapped::cells(self.known.model, &it.shared, place));
        let fixed = fixed
            .into_iter()
            .flatten()
            .map(|(column, cell)| SharedReading {
                column,
                text: cell.text,
                origin: SharedOrigin::Mapping,
            });
        reading.shared.extend(fixed);
        reading.n_problems += found.problems.len();
        self.is_done = found.problems.iter().any(Problem::stops);
        self.readings.push(reading);
        self.out.extend(found.problems.into_iter().map(Err));
        self.layout = Some(layout);
    }

    fn reading(&mut self) -> Option<&mut TableReading> {
        self.readings.last_mut()
    }

    fn refuse(&mut self, line: usize, column: usize, kind: ProblemKind) {
        if let Some(reading) = self.reading() {
            reading.n_problems += 1;
        }
        self.out.push_back(Err(Problem::new(line, column, kind)));
    }

    /// Reads one record: rows, a line to pass over, or the header of the next table.
    fn take(&mut self, layout: &Layout, record: Record) {
        if record.is_blank() {
            return;
        }
        let rows = self.mapping.and_then(|mapping| mapping.rows);
        let is_outside = |(from, to): (usize, Option<usize>)| {
            record.line < from || to.is_some_and(|to| record.line > to)
        };
        if rows.is_some_and(is_outside) {
            self.skip(&record, WhySkipped::Outside);
            return;
        }
        if self.passes_over(layout, &record) {
            return;
        }
        if self.delimiter.is_some() && !self.has_all_cells(layout, &record) {
            return;
        }
        if !layout.texts.is_empty() && rows::has_texts(&record, &layout.texts) {
            self.skip(&record, WhySkipped::Header);
            return;
        }
        let is_whole = |it: &TableMapping| it.header.is_some() || it.rows.is_some();
        let is_one = self.mapping.is_some_and(is_whole);
        if !is_one && self.is_next_header(layout, &record) {
            self.ahead.push_front(Ok(record));
            for above in std::mem::take(&mut self.lone).into_iter().rev() {
                self.ahead.push_front(Ok(above));
            }
            self.find();
            return;
        }
        self.lone.clear();
        self.in_notes = false;
        if let Some(reading) = self.reading() {
            reading.n_rows += 1;
        }
        // In objects a field that is not there says nothing; in a grid a cell may be merged.
        let is_grid = self.delimiter.is_some() || self.sheet.is_some();
        if is_grid && let Some((column, problem)) = self.gaps.part(layout, &record) {
            self.refuse(record.line, column, problem.into());
            return;
        }
        if let Some((column, problem)) = self.alike.row(self.known, layout, &record) {
            self.refuse(record.line, column, problem.into());
            return;
        }
        if layout.is_long() {
            // A value that is merged over rows is one figure, that of its first row.
            if layout.has_no_own_value(&record) {
                return;
            }
            let mut row = layout.long_row(self.known, record);
            layout.finish(self.known, &mut row);
            self.out.push_back(Ok(row));
            return;
        }
        if let Some((column, problem)) = self.gaps.entity(layout, &record) {
            self.refuse(record.line, column, problem.into());
            return;
        }
        let (rows, n_blank) = layout.rows(self.known, &record);
        if let Some(reading) = self.reading() {
            reading.n_absent += n_blank;
        }
        self.out.extend(rows.into_iter().map(Ok));
    }

    fn skip(&mut self, record: &Record, why: WhySkipped) {
        let Some(reading) = self.reading() else {
            return;
        };
        reading.skip(record, why);
    }

    /// Whether a record is a note, a heading between rows or a total, which are passed over.
    fn passes_over(&mut self, layout: &Layout, record: &Record) -> bool {
        let is_long = layout.is_long();
        let is_first = |cell: &&Cell| !cell.is_blank();
        let Some(first) = record.cells.iter().find(is_first) else {
            return true;
        };
        let is_lone = lines::only_text(record).is_some();
        let is_note = is_lone && lines::is_note(self.known, &first.text);
        let is_numbered = self.in_notes && is_lone && (!is_long || record.cells.len() == 1);
        if is_note || is_numbered {
            self.in_notes = true;
            self.skip(record, WhySkipped::Note);
            self.lone.push(record.clone());
            return true;
        }
        if is_long {
            return false;
        }
        if is_lone && layout.has_no_value(record) {
            let is_named = layout
                .attributes
                .iter()
                .any(|it| it.number == first.place.column)
                && (self.known.entity(&first.text).is_some()
                    || self.known.indicator(&first.text).is_some());
            if !is_named && !lines::is_cut_otherwise(record, layout.columns.len()) {
                self.skip(record, WhySkipped::Section);
                if self.lone.len() < WINDOW {
                    self.lone.push(record.clone());
                }
                return true;
            }
        }
        let named = [Column::Entity, Column::Indicator].into_iter();
        let mut named = named.filter_map(|column| layout.attribute(column));
        let total = named.find_map(|attribute| {
            let cell = cell_at(record, attribute.number)?;
            let is_name = self.known.entity(&cell.text).is_some()
                || self.known.indicator(&cell.text).is_some();
            (self.known.is_total(&cell.text) && !is_name).then_some(cell)
        });
        if let Some(cell) = total {
            let found = cell.text.trim().to_owned();
            self.skip(record, WhySkipped::Total);
            self.refuse(
                record.line,
                cell.place.column,
                LayoutProblem::TotalRow { found }.into(),
            );
            return true;
        }
        false
    }

    /// Whether a record of a delimited text has as many cells as the header.
    fn has_all_cells(&mut self, layout: &Layout, record: &Record) -> bool {
        let (expected, found) = (layout.texts.len(), record.cells.len());
        // Without a header the records have the number of cells that they have.
        if expected == found || expected == 0 {
            return true;
        }
        let column = expected.min(found) + usize::from(found > expected);
        let kind = ProblemKind::WrongFieldCount { expected, found };
        self.refuse(record.line, column, kind);
        false
    }

    /// Whether a record is the header of another table: where names stand it has their header.
    fn is_next_header(&self, layout: &Layout, record: &Record) -> bool {
        let is_word = |attribute: &Attribute| {
            matches!(attribute.column, Column::Indicator | Column::Entity)
                && cell_at(record, attribute.number)
                    .is_some_and(|cell| self.known.plain(&cell.text).is_header_word)
        };
        // A name of an indicator is no figure: the header of another table stands here.
        let is_named = |value: &ValueColumn| {
            cell_at(record, value.number).is_some_and(|cell| {
                let is_number = |c: char| c.is_ascii_digit() || ",.%-+ ".contains(c);
                !cell.text.chars().all(is_number)
                    && self.known.may_name(&cell.text)
                    && matches!(&*self.known.head(&cell.text),
                        Head::Names(named) if named.contains_key(&Column::Indicator))
            })
        };
        if !layout.attributes.iter().any(is_word) && !layout.values.iter().any(is_named) {
            return false;
        }
        let heads = record.cells.iter().filter(|cell| !cell.is_blank());
        let (mut n_known, mut n) = (0, 0);
        for cell in heads {
            n += 1;
            n_known += usize::from(self.known.head(&cell.text).is_known());
        }
        n > 1 && 2 * n_known >= n
    }
}

impl Iterator for Table<'_> {
    type Item = Result<Row, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(item) = self.out.pop_front() {
                return Some(item);
            }
            if self.is_done {
                return None;
            }
            let next = self.ahead.pop_front();
            let next = next.or_else(|| self.records.as_mut().and_then(Iterator::next));
            match next? {
                Ok(record) => {
                    let layout = self.layout.take()?;
                    self.take(&layout, record);
                    // A new header has set its own.
                    self.layout.get_or_insert(layout);
                }
                Err(problem) => {
                    if let Some(reading) = self.reading() {
                        reading.n_problems += 1;
                    }
                    return Some(Err(problem));
                }
            }
        }
    }
}
