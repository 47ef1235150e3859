//! Verdicts in bulk as Parquet: text columns whose few words are told once, in groups of rows. What is not
//! there is null.

use std::io::{self, Write};
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType};
use parquet::errors::ParquetError;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;

use super::coded::Coded;
use super::{ColumnsOptions, figures, outcomes, words};
use crate::bulk::Verdicts;
use crate::verdict::Verdict;

/// Cells that are held before a group of rows is written.
const CELLS: usize = 1 << 20;

/// The cells of one column that wait to be written.
enum Column {
    /// Words that come again.
    Coded(Coded),
    /// Texts of all kinds; none where nothing is there.
    Plain(Vec<Option<ByteArray>>),
}

impl Column {
    fn n_cells(&self) -> usize {
        match self {
            Column::Coded(coded) => coded.n_cells(),
            Column::Plain(cells) => cells.len(),
        }
    }
}

/// Verdicts as Parquet.
pub struct Columnar<W: Write + Send> {
    w: Option<W>,
    file: Option<SerializedFileWriter<W>>,
    pub(super) options: ColumnsOptions,
    columns: Vec<Column>,
}

impl<W: Write + Send> Columnar<W> {
    pub(super) fn new(w: W, options: ColumnsOptions) -> Columnar<W> {
        Columnar {
            w: Some(w),
            file: None,
            options,
            columns: Vec::new(),
        }
    }

    pub(super) fn take(&mut self, verdicts: &Verdicts<'_>) -> io::Result<()> {
        self.begin(verdicts).map_err(other)?;
        match self.options.matrix {
            true => self.matrix(verdicts),
            false => self.lines(verdicts),
        }
        let n_cells: usize = self.columns.iter().map(Column::n_cells).sum();
        if n_cells >= CELLS {
            self.group().map_err(other)?;
        }
        Ok(())
    }

    fn begin(&mut self, verdicts: &Verdicts<'_>) -> Result<(), ParquetError> {
        let Some(w) = self.w.take() else {
            return Ok(());
        };
        let heads: Vec<&str> = match self.options.matrix {
            true => {
                let rules = 0..verdicts.rules().len();
                let rules = rules.map(|rule| verdicts.rule_name(rule));
                ["entity", "period"].into_iter().chain(rules).collect()
            }
            false => super::heads(self.options.figures).to_vec(),
        };
        let fields = heads.iter().map(|head| {
            Type::primitive_type_builder(head, Physical::BYTE_ARRAY)
                .with_logical_type(Some(LogicalType::String))
                .with_repetition(Repetition::OPTIONAL)
                .build()
                .map(Arc::new)
        });
        let schema = Type::group_type_builder("verdicts")
            .with_fields(fields.collect::<Result<Vec<_>, _>>()?)
            .build()?;
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_statistics_enabled(EnabledStatistics::Chunk)
            .set_dictionary_enabled(self.options.figures)
            .set_created_by(format!("plumbrule {}", env!("CARGO_PKG_VERSION")))
            .build();
        // Names of a matrix stand once each, and figures are of all kinds.
        let is_plain = |at: usize| match self.options.matrix {
            true => at == 0,
            false => at >= 6,
        };
        self.columns = (0..heads.len())
            .map(|at| match is_plain(at) {
                true => Column::Plain(Vec::new()),
                false => Column::Coded(Coded::default()),
            })
            .collect();
        let file = SerializedFileWriter::new(w, Arc::new(schema), Arc::new(properties))?;
        self.file = Some(file);
        Ok(())
    }

    fn coded(&mut self, column: usize) -> Option<&mut Coded> {
        match self.columns.get_mut(column) {
            Some(Column::Coded(coded)) => Some(coded),
            _ => None,
        }
    }

    fn plain(&mut self, column: usize, text: &str) {
        if let Some(Column::Plain(cells)) = self.columns.get_mut(column) {
            cells.push((!text.is_empty()).then(|| ByteArray::from(text)));
        }
    }

    fn push(&mut self, column: usize, place: Option<u32>) {
        if let Some(coded) = self.coded(column) {
            coded.push(place);
        }
    }

    fn lines(&mut self, verdicts: &Verdicts<'_>) {
        let mut rules = vec![None; verdicts.rules().len()];
        let mut named = [None; Verdict::ALL.len()];
        for (row, name) in verdicts.entities().enumerate() {
            let Some(period) = verdicts.period(row) else {
                continue;
            };
            let mut own: Option<(Option<u32>, Option<u32>)> = None;
            for (at, rule) in rules.iter_mut().enumerate() {
                let verdict = verdicts.verdict(at, row);
                let Some(verdict) = verdict.filter(|verdict| self.options.keeps(*verdict)) else {
                    continue;
                };
                let (name, period) = *own.get_or_insert_with(|| {
                    let name = self.coded(0).map(|coded| coded.new_word(name));
                    let period = self.coded(1).map(|coded| coded.word(&period.to_string()));
                    (name, period)
                });
                self.push(0, name);
                self.push(1, period);
                self.push_known(2, rule, || verdicts.rule_name(at));
                let place = Verdict::ALL.iter().position(|known| *known == verdict);
                if let Some(known) = place.and_then(|place| named.get_mut(place)) {
                    self.push_known(3, known, || verdict.word());
                }
                let causes = verdicts.causes(at, row);
                self.push_words(4, causes.is_empty(), || words(causes));
                let possible = outcomes(verdicts, at, row);
                self.push_words(5, possible.is_empty(), || possible);
                if self.options.figures {
                    for (column, told) in (6..).zip(figures(verdicts, at, row)) {
                        self.plain(column, &told);
                    }
                }
            }
        }
    }

    /// Adds a cell with a word whose place was looked up before, or is now.
    fn push_known<'t>(
        &mut self,
        column: usize,
        known: &mut Option<u32>,
        word: impl FnOnce() -> &'t str,
    ) {
        if let Some(coded) = self.coded(column) {
            let place = *known.get_or_insert_with(|| coded.word(word()));
            coded.push(Some(place));
        }
    }

    /// Adds a cell that is seldom anything but empty.
    fn push_words(&mut self, column: usize, is_empty: bool, text: impl FnOnce() -> String) {
        if let Some(coded) = self.coded(column) {
            match is_empty {
                true => coded.push(None),
                false => coded.push_word(Some(&text())),
            }
        }
    }

    fn matrix(&mut self, verdicts: &Verdicts<'_>) {
        let rows = self.options.rows(verdicts);
        let names: Vec<&str> = verdicts.entities().collect();
        for row in &rows {
            let name = names.get(*row).copied().unwrap_or("");
            if let Some(Column::Plain(cells)) = self.columns.get_mut(0) {
                cells.push(Some(ByteArray::from(name)));
            }
            let period = verdicts.period(*row).map(|period| period.to_string());
            if let Some(coded) = self.coded(1) {
                coded.push_word(period.as_deref());
            }
        }
        let decided = Verdict::ALL
            .iter()
            .position(|known| *known == Verdict::Decided);
        for rule in 0..verdicts.rules().len() {
            let mut named = [None; Verdict::ALL.len()];
            let Some(coded) = self.coded(rule + 2) else {
                continue;
            };
            let codes = verdicts.codes(rule);
            for row in &rows {
                let code = codes
                    .get(*row)
                    .map_or(usize::MAX, |code| usize::from(*code));
                if Some(code) == decided {
                    coded.push_word(Some(&outcomes(verdicts, rule, *row)));
                } else if let (Some(known), Some(verdict)) =
                    (named.get_mut(code), Verdict::ALL.get(code))
                {
                    let place = *known.get_or_insert_with(|| coded.word(verdict.word()));
                    coded.push(Some(place));
                } else {
                    coded.push(None);
                }
            }
        }
    }

    fn group(&mut self) -> Result<(), ParquetError> {
        let Some(file) = &mut self.file else {
            return Ok(());
        };
        if self.columns.first().is_none_or(|it| it.n_cells() == 0) {
            return Ok(());
        }
        let described = file.schema_descr().columns().to_vec();
        let mut group = file.next_row_group()?;
        for (column, described) in self.columns.iter_mut().zip(described) {
            match column {
                Column::Coded(coded) => {
                    let (bytes, told) = coded.chunk(described)?;
                    group.append_column(&bytes, told)?;
                }
                Column::Plain(cells) => {
                    let Some(mut to) = group.next_column()? else {
                        return Err(ParquetError::General("a column is missing".to_owned()));
                    };
                    let levels: Vec<i16> = cells.iter().map(|it| i16::from(it.is_some())).collect();
                    let there: Vec<ByteArray> = cells.drain(..).flatten().collect();
                    let typed = to.typed::<ByteArrayType>();
                    typed.write_batch(&there, Some(&levels), None)?;
                    to.close()?;
                }
            }
        }
        group.close()?;
        Ok(())
    }

    pub(super) fn finish(mut self) -> io::Result<W> {
        self.group().map_err(other)?;
        match (self.file, self.w) {
            (Some(file), _) => file.into_inner().map_err(other),
            (None, Some(w)) => Ok(w),
            (None, None) => Err(io::ErrorKind::InvalidInput.into()),
        }
    }
}

fn other(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(inner) => match inner.downcast::<io::Error>() {
            Ok(inner) => *inner,
            Err(inner) => io::Error::other(inner.to_string()),
        },
        error => io::Error::other(error.to_string()),
    }
}
