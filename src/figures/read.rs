//! Rows of a long table to claims: names to ids, cells to sets.
//!
//! A row that cannot be read becomes a problem with its place and loses no other
//! row. A value that cannot be read still takes its place, as a claim that
//! decides nothing, so that a rule says `unreadable` and not `missing`.

use super::grid::{self, Decoded, Encoding, Limits};
use super::printed::{Parts, PrintedError};
use super::problem::{FigureProblem, ProblemCode};
use super::table::{self, Cells, Column, Known, Row, Table, TableReading};
use super::{Claim, ClaimState, Status, Statuses, Submission, TextId};

use crate::fold::fold_name;
use crate::message::Message;
use crate::model::{EntityId, FigureRef, Indicator, IndicatorId, Kind, Measure, Model};
use crate::period::Period;

mod books;
mod columns;
mod entities;
mod evidence;
mod expected;
mod forms;
mod own;
mod places;
mod raw;
mod records;
mod remembered;
mod report;
mod sheets;
mod status;
mod suppose;
mod told;
mod value;

pub(crate) use columns::normal_period;
pub(crate) use expected::accepts_unit;
pub(super) use expected::unit_fits;
pub(crate) use forms::form_mark;
use places::Mark;
pub use raw::{RawFile, RawSheet, RawValue};
pub(super) use records::called;
pub(super) use remembered::Remembered;
use remembered::published_of;
pub(crate) use report::{read_as, sentence, table_problem, without_rows};
use sheets::SheetRead;
pub use suppose::{SUPPOSITION, Supposed};
use told::Told;
use value::Value;

/// In the column of decimals: nobody says how many digits were printed.
pub(crate) const UNKNOWN_DECIMALS: &str = "?";

/// How a file is read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReadOptions {
    /// How much is read before it is refused.
    pub limits: Limits,
    /// The encoding of text without a byte order mark; none: that which the bytes prove.
    pub encoding: Option<Encoding>,
    /// The sheets of workbooks to read; where none is named, all that are shown.
    pub sheets: Vec<String>,
}

impl Submission {
    /// Reads the tables of one file, and adds their figures.
    ///
    /// As [`Submission::read_file`] with defaults for everything but the limits.
    pub fn read_table(&mut self, model: &Model, name: &str, bytes: &[u8], limits: &Limits) {
        let options = ReadOptions {
            limits: *limits,
            ..ReadOptions::default()
        };
        self.read_file(model, name, bytes, &options);
    }

    /// Reads the tables of one file, and adds their figures.
    ///
    /// The format is found from the first bytes and the ending of the name. Problems are added to
    /// [`Submission::problems`]; no row is lost to another's.
    pub fn read_file(&mut self, model: &Model, name: &str, bytes: &[u8], options: &ReadOptions) {
        let limits = &options.limits;
        let mark = Mark::of(self);
        let known = Known::of(model);
        let is_known = |word: &str| model.is_word(word);
        match grid::decode(name, bytes, options.encoding, &is_known, limits) {
            Err(problem) => self.problems.push(report::table_problem(name, &problem)),
            Ok(text) => {
                if text.encoding != Encoding::Utf8 && options.encoding != Some(text.encoding) {
                    self.problems.push(report::read_as(name, text.encoding));
                }
                let wanted = &options.sheets;
                let mut read = Vec::new();
                for table in table::read_tables(name, &text.bytes, &known, limits, wanted) {
                    let sheet = table.sheet().unwrap_or_default().to_owned();
                    let from = self.problems.len();
                    let has_rows = self.read_sheet(model, name, &text, table);
                    read.push(SheetRead {
                        sheet,
                        from,
                        has_rows,
                    });
                }
                if wanted.is_empty() {
                    sheets::leave_out(&mut self.problems, &read);
                }
                mark.place(self, model, (name, &text), limits);
            }
        }
        self.remembered = Remembered::default();
        self.settle();
    }

    /// Reads the tables of one sheet, and says whether they have rows.
    fn read_sheet(
        &mut self,
        model: &Model,
        name: &str,
        text: &Decoded<'_>,
        mut table: Table<'_>,
    ) -> bool {
        let (mut is_empty, mut has_rows) = (true, false);
        let n_before = self.problems.len();
        let sheet = table.sheet().unwrap_or_default().to_owned();
        let mut told = Told::default();
        let ids = (self.text_id(name), self.text_id(&sheet));
        while let Some(row) = table.next() {
            match row {
                Ok(row) => {
                    (is_empty, has_rows) = (false, true);
                    let count = self.read_row(model, (name, ids), &row, &mut told);
                    table.tally(count);
                }
                Err(mut problem) => {
                    problem.place_in(text);
                    // A column that is left out does not make a table of headers full.
                    is_empty &= problem.is_warning();
                    let problem = report::table_problem(name, &problem);
                    told.lose(&problem);
                    self.problems.push(problem);
                }
            }
        }
        told.doubt(self, model, is_empty);
        if is_empty && !table.is_page_of_form() {
            self.problems.push(FigureProblem::new(
                ProblemCode::Empty,
                report::empty_key(table.readings()),
                name,
                1,
                1,
            ));
        }
        let delimiter = table.delimiter();
        let format = grid::FileFormat::of(name, &text.bytes);
        self.readings
            .extend(table.into_readings().map(|reading| TableReading {
                file: name.to_owned(),
                format: Some(format),
                delimiter: delimiter.map(char::from),
                encoding: format.is_text().then_some(text.encoding),
                ..reading
            }));
        let own = self.problems.get_mut(n_before..).unwrap_or_default();
        for problem in own.iter_mut() {
            problem.sheet.clone_from(&sheet);
            if problem.message.key == "figure-hidden-sheet" {
                let help = Message::new("help-hidden-sheet").with("sheet", sheet.as_str());
                problem.help = Some(help);
            }
        }
        places::extents(own, text, delimiter);
        has_rows
    }

    fn read_row(
        &mut self,
        model: &Model,
        (file, ids): (&str, (TextId, TextId)),
        row: &Row,
        told: &mut Told,
    ) -> Count {
        let mut cx = RowCx {
            model,
            file,
            ids,
            row,
            is_absent: false,
            problems: Vec::new(),
        };
        if !told.is_form_told {
            told.is_form_told = cx.is_of_form();
            let problem = cx.foreign_form();
            cx.problems.extend(problem);
        }
        let claim = match row.is_naming {
            true => {
                cx.name(self);
                None
            }
            false => cx.claim(self),
        };
        cx.note_class(self, told);
        let is_read = claim.is_some();
        let offered = claim.and_then(|claim| {
            let (id, entity) = (claim.figure.indicator, claim.entity);
            let period = Some(claim.period);
            let offered = cx.offered(self, claim);
            if offered.is_none() {
                cx.refused(self, id, (Some(entity), period));
            }
            offered
        });
        let is_absent = cx.is_absent;
        let mut problems = cx.problems;
        if !problems.is_empty() {
            problems.retain(|problem| told.is_new(row, problem));
        }
        let n_problems = problems.len();
        self.problems.append(&mut problems);
        let n_figures = usize::from(is_read);
        self.take(model, offered);
        Count {
            n_figures,
            n_absent: usize::from(is_absent),
            n_problems,
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
            cells: Cells::default(),
            is_naming: false,
        };
        let nowhere = self.text_id("");
        let mut cx = RowCx {
            model,
            file: "",
            ids: (nowhere, nowhere),
            row: &row,
            is_absent: false,
            problems: Vec::new(),
        };
        let Some(entity) = cx.whom(self, figure.indicator, entity) else {
            return Err(cx.problems);
        };
        let indicator = &model.indicators[figure.indicator];
        let parts = Parts {
            value: printed,
            ..Parts::default()
        };
        let Some(value) = cx.value(self, figure.indicator, figure.measure, parts) else {
            return Err(cx.problems);
        };
        let basis = basis_in(indicator, period);
        let printed = self.text_id(printed);
        let value = (Some(value), printed);
        let mut claim = cx.assemble(self, figure.clone(), entity, period, basis, value);
        claim.source = self.text_id(source.0);
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
    /// The file and the sheet.
    ids: (TextId, TextId),
    row: &'a Row,
    /// The row says that there is no figure.
    is_absent: bool,
    problems: Vec<FigureProblem>,
}

/// What became of a row.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Count {
    pub(super) n_figures: usize,
    pub(super) n_absent: usize,
    pub(super) n_problems: usize,
}

impl RowCx<'_> {
    fn problem(&self, code: ProblemCode, key: &'static str, column: Column) -> FigureProblem {
        let place = self.row.place(column);
        FigureProblem::new(code, key, self.file, place.line, place.column)
    }

    fn claim(&mut self, submission: &mut Submission) -> Option<Claim> {
        if self.is_unfilled() {
            self.is_absent = true;
            return None;
        }
        let Some(id) = self.known_indicator(submission) else {
            self.nameless(submission);
            return None;
        };
        let indicator = &self.model.indicators[id];
        let (definition, measure) = (self.definition(indicator), self.measure());
        let entity = self.known_entity(submission, id);
        let period = self.known_period(submission, Column::Period);
        // Every problem of a row is told, not the first alone.
        let breakdown = self.shared_breakdown(submission, id);
        let basis = period.and_then(|period| self.basis(indicator, period));
        let what = (definition, measure, entity, period, breakdown, basis);
        let (
            Some(definition),
            Some(measure),
            Some(entity),
            Some(period),
            Some(breakdown),
            Some(basis),
        ) = what
        else {
            self.refused(submission, id, (entity, period));
            return None;
        };
        let figure = FigureRef {
            indicator: id,
            definition,
            measure,
            breakdown,
            entity: None,
        };
        let statuses = self.statuses();
        let key = self.value_key(submission, id, measure);
        let known = key
            .as_ref()
            .and_then(|key| submission.remembered.values.get(key).cloned());
        if known.is_none() && self.says_nothing(indicator, measure, statuses) {
            self.is_absent = true;
            let absence = self.absence(submission, (figure, entity, period), statuses);
            submission.absences.push(absence);
            return None;
        }
        let value = match known {
            Some((value, printed)) => (Some(value), printed),
            None => self.new_value(submission, id, measure, key),
        };
        let mut claim = self.assemble(submission, figure, entity, period, basis, value);
        claim.statuses = statuses;
        claim.is_definition_inherited =
            self.row.text(Column::Definition).is_empty() && indicator.definitions.len() > 1;
        claim.published = match self.row.text(Column::Published) {
            "" => self.published(submission),
            _ => self.known_period(submission, Column::Published),
        };
        Some(claim)
    }

    /// Reads a value that was not read before, and remembers it if nothing is wrong with it.
    fn new_value(
        &mut self,
        submission: &mut Submission,
        id: IndicatorId,
        measure: Measure,
        key: Option<String>,
    ) -> (Option<Value>, TextId) {
        let n_problems = self.problems.len();
        let decimals = self.row.text(Column::Decimals);
        let parts = Parts {
            value: self.row.text(Column::Value),
            qualifier: self.row.text(Column::Qualifier),
            unit: self.row.text(Column::Unit),
            decimals: decimals.parse().ok(),
        };
        if !matches!(decimals, "" | UNKNOWN_DECIMALS) && parts.decimals.is_none() {
            let problem = self.problem(ProblemCode::Value, "figure-decimals", Column::Decimals);
            self.problems.push(problem.with("found", decimals));
        }
        let value = self.value(submission, id, measure, parts);
        let printed = match parts.qualifier {
            "" => submission.text_id(parts.value),
            qualifier => submission.text_id(&format!("{} ({qualifier})", parts.value)),
        };
        if let (Some(key), Some(value)) = (key, &value)
            && self.problems.len() == n_problems
        {
            let values = &mut submission.remembered.values;
            values.insert(key, (value.clone(), printed));
        }
        (value, printed)
    }

    /// Whether the row says that there is no figure, by its status or by a mark for its value.
    fn says_nothing(&self, indicator: &Indicator, measure: Measure, statuses: Statuses) -> bool {
        let value = self.row.text(Column::Value);
        if value.is_empty() {
            let cell = self.row.cells.get(Column::Value);
            let is_null = cell.is_some_and(|cell| cell.is_null);
            // In a form, whoever fills in a remark and no value says that there is none.
            let is_left_out = self.is_of_form() && self.row.text(Column::Qualifier).is_empty();
            return is_null || is_left_out || statuses.iter().any(Status::explains_absence);
        }
        let words = &self.model.words;
        let is_level = measure == Measure::Level;
        // A mark that stands for a value of the indicator is that value.
        let is_value = is_level
            && (indicator.values.contains_key(value)
                || indicator.choices.iter().any(|choice| choice == value)
                || indicator.kind == Kind::YesNo
                    && words.truths.contains_key(&value.to_lowercase()));
        let missing = &words.tables.missing;
        // Digits fold to themselves.
        let is_digit = |byte: u8| byte.is_ascii_digit() || byte == b'.';
        let is_mark = match value.bytes().all(is_digit) {
            true => missing.contains(value),
            false => missing.contains(&fold_name(value)),
        };
        !is_value && is_mark
    }

    fn assemble(
        &self,
        submission: &mut Submission,
        figure: FigureRef,
        entity: EntityId,
        window: Period,
        basis: u16,
        (value, printed): (Option<Value>, TextId),
    ) -> Claim {
        let indicator = &self.model.indicators[figure.indicator];
        let is_readable = value.is_some();
        let value = value.unwrap_or_else(|| Value::unreadable(submission));
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
            printed,
            unit: value.unit,
            unit_factor: value.factor,
            is_unit_inherited: value.is_inherited,
            is_definition_inherited: false,
            is_supposed: false,
            basis,
            source: id(self.row.text(Column::Source)),
            section: id(self.row.text(Column::Section)),
            source_line: id(self.row.text(Column::Line)),
            quote: id(self.row.text(Column::Quote)),
            statuses: Statuses::default(),
            note: id(self.row.text(Column::Note)),
            note_en: id(self.row.text(Column::NoteEn)),
            published: None,
            place: self.claim_place(),
        }
    }

    fn printed_problem(&self, error: &PrintedError, parts: Parts<'_>) -> FigureProblem {
        report::printed_problem(self.file, self.row, error, parts)
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
