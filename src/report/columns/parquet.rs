//! Verdicts in bulk as Parquet: text columns whose few words are told once, in groups of rows. What is not
//! there is null.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType};
use parquet::errors::ParquetError;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;

use super::{ColumnsOptions, figures, outcomes, words};
use crate::bulk::Verdicts;
use crate::verdict::Verdict;

/// Cells that are held before a group of rows is written.
const CELLS: usize = 1 << 20;

/// The cells of one column that wait to be written.
#[derive(Default)]
struct Column {
    values: Vec<ByteArray>,
    levels: Vec<i16>,
}

impl Column {
    fn push(&mut self, value: Option<&ByteArray>) {
        self.levels.push(i16::from(value.is_some()));
        self.values.extend(value.cloned());
    }
}

/// Verdicts as Parquet.
pub struct Columnar<W: Write + Send> {
    w: Option<W>,
    file: Option<SerializedFileWriter<W>>,
    pub(super) options: ColumnsOptions,
    columns: Vec<Column>,
    /// Words that come again and again, each made once.
    known: BTreeMap<String, ByteArray>,
}

impl<W: Write + Send> Columnar<W> {
    pub(super) fn new(w: W, options: ColumnsOptions) -> Columnar<W> {
        Columnar {
            w: Some(w),
            file: None,
            options,
            columns: Vec::new(),
            known: BTreeMap::new(),
        }
    }

    fn word(&mut self, text: &str) -> ByteArray {
        if let Some(known) = self.known.get(text) {
            return known.clone();
        }
        let word = ByteArray::from(text);
        self.known.insert(text.to_owned(), word.clone());
        word
    }

    pub(super) fn take(&mut self, verdicts: &Verdicts<'_>) -> io::Result<()> {
        self.begin(verdicts).map_err(other)?;
        match self.options.matrix {
            true => self.matrix(verdicts),
            false => self.lines(verdicts),
        }
        let n_cells: usize = self.columns.iter().map(|column| column.levels.len()).sum();
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
            false => self.options.heads().to_vec(),
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
            .set_created_by(format!("plumbrule {}", env!("CARGO_PKG_VERSION")))
            .build();
        self.columns.resize_with(heads.len(), Column::default);
        let file = SerializedFileWriter::new(w, Arc::new(schema), Arc::new(properties))?;
        self.file = Some(file);
        Ok(())
    }

    fn push(&mut self, column: usize, value: Option<&ByteArray>) {
        if let Some(column) = self.columns.get_mut(column) {
            column.push(value);
        }
    }

    fn lines(&mut self, verdicts: &Verdicts<'_>) {
        let all = |it: &mut Self, words: &[&str]| -> Vec<ByteArray> {
            words.iter().map(|word| it.word(word)).collect()
        };
        let rules: Vec<&str> = (0..verdicts.rules().len())
            .map(|rule| verdicts.rule_name(rule))
            .collect();
        let rules = all(self, &rules);
        let named = all(self, &Verdict::ALL.map(Verdict::word));
        for (row, name) in verdicts.entities().enumerate() {
            let Some(period) = verdicts.period(row) else {
                continue;
            };
            let name = ByteArray::from(name);
            let period = self.word(&period.to_string());
            for (at, rule) in rules.iter().enumerate() {
                let verdict = verdicts.verdict(at, row);
                let Some(verdict) = verdict.filter(|verdict| self.options.keeps(*verdict)) else {
                    continue;
                };
                let place = Verdict::ALL.iter().position(|known| *known == verdict);
                let causes = verdicts.causes(at, row);
                let causes = (!causes.is_empty()).then(|| self.word(&words(causes)));
                let possible = outcomes(verdicts, at, row);
                let possible = (!possible.is_empty()).then(|| self.word(&possible));
                self.push(0, Some(&name));
                self.push(1, Some(&period));
                self.push(2, Some(rule));
                self.push(3, place.and_then(|place| named.get(place)));
                self.push(4, causes.as_ref());
                self.push(5, possible.as_ref());
                if self.options.figures {
                    for (column, told) in (6..).zip(figures(verdicts, at, row)) {
                        let told = (!told.is_empty()).then(|| ByteArray::from(told.as_str()));
                        self.push(column, told.as_ref());
                    }
                }
            }
        }
    }

    fn matrix(&mut self, verdicts: &Verdicts<'_>) {
        let rows = self.options.rows(verdicts);
        let names: Vec<&str> = verdicts.entities().collect();
        for row in &rows {
            let name = ByteArray::from(names.get(*row).copied().unwrap_or(""));
            self.push(0, Some(&name));
            let period = verdicts
                .period(*row)
                .map(|period| self.word(&period.to_string()));
            self.push(1, period.as_ref());
        }
        let named: Vec<ByteArray> = Verdict::ALL
            .iter()
            .map(|verdict| self.word(verdict.word()))
            .collect();
        let decided = Verdict::ALL
            .iter()
            .position(|known| *known == Verdict::Decided);
        for rule in 0..verdicts.rules().len() {
            let codes = verdicts.codes(rule);
            for row in &rows {
                let code = codes
                    .get(*row)
                    .map_or(usize::MAX, |code| usize::from(*code));
                if Some(code) == decided {
                    let outcome = self.word(&outcomes(verdicts, rule, *row));
                    self.push(rule + 2, Some(&outcome));
                } else {
                    self.push(rule + 2, named.get(code));
                }
            }
        }
    }

    fn group(&mut self) -> Result<(), ParquetError> {
        let Some(file) = &mut self.file else {
            return Ok(());
        };
        if self
            .columns
            .first()
            .is_none_or(|column| column.levels.is_empty())
        {
            return Ok(());
        }
        let mut group = file.next_row_group()?;
        for column in &mut self.columns {
            let Some(mut to) = group.next_column()? else {
                return Err(ParquetError::General("a column is missing".to_owned()));
            };
            let typed = to.typed::<ByteArrayType>();
            typed.write_batch(&column.values, Some(&column.levels), None)?;
            to.close()?;
            column.values.clear();
            column.levels.clear();
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
