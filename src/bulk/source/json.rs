//! JSON as columns: JSON Lines, or a list of flat objects, goes in, blocks come out. Chunks are cut
//! under a lock and read outside of it. What is not plain is read as the reader of figures does.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::columns::{Columns, MOST_ROWS, end};
use super::feed::{Chunk, Feed, Lost, Refused, Text, broken};
use crate::bulk::block::{
    Block, NoRow, NumberedPart, Part, Shown, Source, SourceProblem, SourceProblemKind, Wanted,
};
use crate::figures::grid::json::{names_of, record_of};
use crate::figures::grid::{JsonFault, Limits, Problem, ProblemKind, Record};
use crate::figures::{FigureProblem, sentence};
use crate::message::Message;

mod object;
mod places;

use object::Names;
use places::{Form, Next};

/// What an object is that is more than one row.
fn shape(problem: &Problem) -> Option<SourceProblemKind> {
    let is_more = matches!(
        problem.kind,
        ProblemKind::Json(JsonFault::Nested { .. } | JsonFault::TwoNested { .. })
    );
    is_more.then(|| SourceProblemKind::Shape(sentence(problem)))
}

/// A text of flat objects.
pub(super) struct Json(Arc<Table>);

struct Table {
    text: Text,
    form: Form,
    header: Vec<String>,
    names: Names,
    limits: Limits,
    state: Mutex<State>,
}

struct State {
    feed: Feed,
    n_parts: u64,
    n_rows: u64,
    spare: Vec<Vec<u8>>,
}

impl Json {
    /// Reads a text by its first bytes, which hold every name of a field.
    pub(super) fn open(
        text: Text,
        first: &[u8],
        is_whole: bool,
        limits: &Limits,
    ) -> Result<Json, SourceProblem> {
        let (form, start) = places::form_of(first);
        let mut header: Vec<String> = Vec::new();
        let mut known = std::collections::BTreeSet::new();
        let mut at = start;
        while let Next::Row(from, to) = form.next(first, at, at == start, is_whole) {
            at = to;
            let object = first.get(from..to).unwrap_or_default();
            // What is broken is told where its row is read; an object that its first line does not end is all.
            let names = std::str::from_utf8(object).ok().map(names_of);
            let names = match names {
                Some(Err(problem)) => {
                    let is_all = from == start
                        && form == Form::Lines
                        && matches!(problem.kind, ProblemKind::Json(JsonFault::Ends));
                    let more = is_all.then(|| SourceProblemKind::Shape(sentence(&problem)));
                    if let Some(kind) = more.or_else(|| shape(&problem)) {
                        let before = first.get(..from).unwrap_or_default();
                        let line = 1 + memchr::memchr_iter(b'\n', before).count() as u64;
                        return Err(SourceProblem::new(line, kind));
                    }
                    None
                }
                names => names.and_then(Result::ok),
            };
            for name in names.unwrap_or_default() {
                if known.insert(name.clone()) {
                    header.push(name);
                }
            }
            if header.len() > limits.columns {
                let (limit, found) = (limits.columns, header.len());
                return Err(broken(1, ProblemKind::TooManyColumns { limit, found }));
            }
        }
        let mut feed = Feed::new(text.clone())?;
        feed.skip(start)?;
        Ok(Json(Arc::new(Table {
            names: Names::new(&header),
            text,
            form,
            header,
            limits: *limits,
            state: Mutex::new(State {
                feed,
                n_parts: 0,
                n_rows: 0,
                spare: Vec::new(),
            }),
        })))
    }
}

impl Json {
    /// What is wrong with a text without a single object that can be read, as far as it was looked at.
    pub(super) fn without_row(&self, is_whole: bool) -> SourceProblem {
        let mut lost = Lost::default();
        if let Err(problem) = self.read_lost(&mut lost) {
            return problem;
        }
        let (n_lost, told) = lost.take();
        let empty = || sentence(&Problem::new(1, 1, ProblemKind::Empty));
        let first = told.first();
        let line = first.map_or(1, |problem| problem.line as u64);
        let why = first.map_or_else(empty, |problem| problem.message.clone());
        let kind = match is_whole {
            true => SourceProblemKind::NoRow(NoRow { why, n_lost, told }),
            false => SourceProblemKind::Broken(why),
        };
        SourceProblem::new(line, kind)
    }

    /// Reads all rows, and keeps what is wrong with those that cannot be read.
    fn read_lost(&self, lost: &mut Lost) -> Result<(), SourceProblem> {
        let mut block = Block::default();
        while let Some((_, mut part)) = self.next_part(&[])? {
            while part.next(&mut block)? {}
            lost.join(part.lost());
        }
        Ok(())
    }
}

impl Table {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Source for Json {
    fn header(&self) -> &[String] {
        &self.0.header
    }

    fn n_rows(&self) -> Option<u64> {
        None
    }

    fn progress(&self) -> (u64, u64) {
        self.0.state().feed.progress()
    }

    fn next_part(&self, wanted: &[Wanted]) -> Result<Option<NumberedPart>, SourceProblem> {
        let mut state = self.0.state();
        let buffer = state.spare.pop().unwrap_or_default();
        let is_first = state.n_parts == 0;
        let cut = |text: &[u8], is_last: bool| self.0.form.cut(text, is_first, is_last);
        let Some(chunk) = state.feed.next(buffer, &cut)? else {
            return Ok(None);
        };
        let (number, first) = (state.n_parts, state.n_rows);
        state.n_parts += 1;
        state.n_rows += chunk.n_rows;
        drop(state);
        let text = chunk.text();
        let is_doubtful = memchr::memmem::find(text, "\u{FFFD}".as_bytes()).is_some()
            || std::str::from_utf8(text).is_err();
        Ok(Some((
            number,
            Box::new(JsonPart {
                columns: Columns::new(wanted, self.0.header.len()),
                filled: vec![0; self.0.header.len()],
                table: Arc::clone(&self.0),
                chunk,
                is_first,
                at: 0,
                first,
                rows: Vec::new(),
                is_doubtful,
                is_closed: self.0.form == Form::Lines,
                problem: None,
                lost: Lost::default(),
            }),
        )))
    }
}

struct JsonPart {
    table: Arc<Table>,
    chunk: Chunk,
    /// Whether no object stands before.
    is_first: bool,
    columns: Columns,
    /// For each column the row that filled it last, counted from 1.
    filled: Vec<u32>,
    at: usize,
    first: u64,
    /// Where the objects of the block start and end.
    rows: Vec<(u32, u32)>,
    is_doubtful: bool,
    /// Whether the end of a list was read, or none is needed.
    is_closed: bool,
    problem: Option<SourceProblem>,
    lost: Lost,
}

impl Drop for JsonPart {
    fn drop(&mut self) {
        let buffer = std::mem::take(&mut self.chunk.bytes);
        let mut state = self.table.state();
        if state.spare.len() < 64 {
            state.spare.push(buffer);
        }
    }
}

impl Part for JsonPart {
    fn next(&mut self, block: &mut Block) -> Result<bool, SourceProblem> {
        if let Some(problem) = self.problem.take() {
            self.at = self.chunk.length;
            return Err(problem);
        }
        self.columns.start(block);
        self.filled.fill(0);
        self.rows.clear();
        let mut n_rows = 0;
        while n_rows < MOST_ROWS && self.at < self.chunk.length {
            match self.row(n_rows) {
                Ok(Some(true)) => n_rows += 1,
                Ok(Some(false)) => self.columns.truncate(n_rows),
                Ok(None) => self.at = self.chunk.length,
                Err(problem) => {
                    self.columns.truncate(n_rows);
                    self.problem = Some(problem);
                    break;
                }
            }
        }
        let is_over = self.at >= self.chunk.length && self.problem.is_none();
        if is_over && self.chunk.is_last && !self.is_closed {
            self.is_closed = true;
            let kind = ProblemKind::Json(JsonFault::Ends);
            self.problem = Some(self.problem_at(self.chunk.length, kind));
        }
        self.columns.finish(block, n_rows, self.first);
        self.first += n_rows as u64;
        match self.problem.take_if(|_| n_rows == 0) {
            Some(problem) => {
                self.at = self.chunk.length;
                Err(problem)
            }
            None => Ok(n_rows > 0),
        }
    }

    fn cells(&mut self, rows: &[u32]) -> Result<Vec<Vec<Shown>>, SourceProblem> {
        let places = rows.iter().filter_map(|row| self.rows.get(*row as usize));
        let cells = places.map(|(from, to)| {
            let record = self.record(*from as usize, *to as usize);
            let record = record.map_err(|refused| match refused {
                Refused::All(problem) => problem,
                Refused::Row(problem) => self.problem_at(*from as usize, problem.kind),
            })?;
            Ok(record.cells.into_iter().map(Shown::from).collect())
        });
        cells.collect()
    }

    fn told(&self) -> Vec<FigureProblem> {
        self.table.text.told(self.is_first)
    }

    fn lost(&mut self) -> (u64, Vec<FigureProblem>) {
        self.lost.take()
    }

    fn ends_file(&self) -> bool {
        self.chunk.is_last
    }

    fn lines(&self, _: &Block, rows: &[u32]) -> Vec<u64> {
        let places = rows.iter().filter_map(|row| self.rows.get(*row as usize));
        self.chunk.lines_at(places.map(|(from, _)| *from as usize))
    }
}

impl JsonPart {
    /// Reads the next object into the columns, and says whether it could be read; none where there is none.
    fn row(&mut self, n_rows: usize) -> Result<Option<bool>, SourceProblem> {
        let text = self.chunk.text();
        let is_first = self.is_first && self.at == 0;
        let Some(start) = self.table.form.start(text, self.at, is_first) else {
            return self.slow_row(n_rows, is_first);
        };
        let quick = match self.is_doubtful {
            true => None,
            false => {
                let (names, columns) = (&self.table.names, &mut self.columns);
                let most = self.table.limits.cell_bytes;
                let bytes = &self.chunk.bytes;
                names.row(bytes, start, columns, &mut self.filled, n_rows, most)
            }
        };
        match quick.filter(|to| self.table.form.ends(text, *to)) {
            Some(to) => {
                self.rows.push((end(start), end(to)));
                self.at = to;
                Ok(Some(true))
            }
            None => {
                self.columns.truncate(n_rows);
                self.slow_row(n_rows, is_first)
            }
        }
    }

    fn slow_row(&mut self, n_rows: usize, is_first: bool) -> Result<Option<bool>, SourceProblem> {
        let (table, text) = (&self.table, self.chunk.text());
        match table.form.next(text, self.at, is_first, self.chunk.is_last) {
            Next::Row(from, to) => {
                let record = match self.record(from, to) {
                    Ok(record) => record,
                    Err(Refused::All(problem)) => return Err(problem),
                    Err(Refused::Row(problem)) => {
                        self.lost.add(&problem);
                        self.at = to;
                        return Ok(Some(false));
                    }
                };
                let cells = self.columns.0.iter_mut().zip(&record.cells);
                for (column, cell) in cells {
                    column.text(end(n_rows), cell.text.as_bytes());
                }
                self.rows.push((end(from), end(to)));
                self.at = to;
                Ok(Some(true))
            }
            Next::Over => {
                self.is_closed = true;
                Ok(None)
            }
            Next::Fault(at) => {
                let found: String = String::from_utf8_lossy(text.get(at..).unwrap_or_default())
                    .chars()
                    .take(20)
                    .collect();
                let fault = match found.is_empty() {
                    true => JsonFault::Ends,
                    false => JsonFault::Syntax { found },
                };
                Err(self.problem_at(at, ProblemKind::Json(fault)))
            }
        }
    }

    /// Reads an object as the reader of figures does.
    fn record(&self, from: usize, to: usize) -> Result<Record, Refused> {
        let object = self.chunk.text().get(from..to).unwrap_or_default();
        // Lines are counted only where something is told of one.
        let line = || self.chunk.line_at(from);
        let row = |kind| {
            let line = usize::try_from(line()).unwrap_or(usize::MAX);
            Refused::Row(Problem::new(line, 1, kind))
        };
        let text = std::str::from_utf8(object).map_err(|error| {
            let encoding = self.table.text.encoding;
            let byte = self.chunk.at + (from + error.valid_up_to()) as u64;
            let is_utf8 = encoding.decoder().is_none();
            let byte = usize::try_from(byte).ok().filter(|_| is_utf8);
            let kind = ProblemKind::Undecodable { encoding, byte };
            // A line ends whatever stands in it; in a list nobody knows what bytes were meant to end.
            match self.table.form {
                Form::Lines => row(kind),
                Form::List => Refused::All(self.problem_at(from, kind)),
            }
        })?;
        let most = self.table.limits.cell_bytes;
        let record = record_of(text, &self.table.header, most);
        let refused = |problem: Problem| match shape(&problem) {
            Some(kind) => Refused::All(SourceProblem::new(line(), kind)),
            None => row(problem.kind),
        };
        match record.map_err(refused)? {
            Ok(record) => Ok(record),
            Err(field) => Err(Refused::All(SourceProblem::new(
                line(),
                SourceProblemKind::Broken(Message::new("source-new-field").with("field", field)),
            ))),
        }
    }

    fn problem_at(&self, at: usize, kind: ProblemKind) -> SourceProblem {
        broken(self.chunk.line_at(at), kind)
    }
}
