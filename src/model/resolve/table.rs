//! `table` items to mappings: names of indicators, entities and units to what they name.

use super::Cx;
use crate::diagnostic::{Code, Diagnostic};
use crate::message::Message;
use crate::model::{FixedParts, Mapped, MappedColumn, MappedPlace, TableMapping};
use crate::source::Span;
use crate::syntax::ast::{ColumnAt, Fixed, Number, TableClause, TableClauseKind, Word};

/// The last row and the last column that a mapping may name.
const MOST: usize = 10_000_000;

impl Cx {
    pub(super) fn table(&mut self, name: &Word, clauses: &[TableClause]) {
        if self.declared_before("table", name) {
            return;
        }
        let mut mapping = TableMapping {
            name: name.text.clone(),
            files: Vec::new(),
            sheets: Vec::new(),
            header: None,
            rows: None,
            columns: Vec::new(),
            shared: FixedParts::default(),
            missing: Vec::new(),
            span: name.span,
        };
        let texts = |words: &[Word]| {
            words
                .iter()
                .map(|word| word.text.clone())
                .collect::<Vec<_>>()
        };
        for clause in clauses {
            match &clause.kind {
                TableClauseKind::File(words) => mapping.files.extend(texts(words)),
                TableClauseKind::Sheet(words) => mapping.sheets.extend(texts(words)),
                TableClauseKind::Missing(words) => mapping.missing.extend(texts(words)),
                TableClauseKind::Header(from, to) => {
                    let rows = self.row_span(from, to.as_ref(), clause.span);
                    let rows = rows.map(|(from, to)| (from, to.unwrap_or(from)));
                    self.once(mapping.header.is_some(), clause.span);
                    mapping.header = rows;
                }
                TableClauseKind::Rows(from, to) => {
                    self.once(mapping.rows.is_some(), clause.span);
                    mapping.rows = self.row_span(from, to.as_ref(), clause.span);
                }
                TableClauseKind::Holds(at, column) => {
                    self.mapped(&mut mapping, at, Mapped::Holds(*column));
                }
                TableClauseKind::Figures(at, fixed) => {
                    if let Some(parts) = self.fixed(fixed, FixedParts::default()) {
                        self.mapped(&mut mapping, at, Mapped::Figures(parts));
                    }
                }
                TableClauseKind::Ignore(columns) => {
                    for at in columns {
                        self.mapped(&mut mapping, at, Mapped::Ignored);
                    }
                }
                TableClauseKind::All(fixed) => {
                    let before = std::mem::take(&mut mapping.shared);
                    mapping.shared = self.fixed(fixed, before).unwrap_or_default();
                }
            }
        }
        if mapping.files.is_empty() && mapping.sheets.is_empty() {
            self.bad_table(name.span, "help-table-of-what");
        }
        self.model.tables.push(mapping);
    }

    fn bad_table(&mut self, span: Span, help: &'static str) {
        self.push(Diagnostic::new(Code::BadTable, span).help(Message::new(help)));
    }

    fn once(&mut self, is_again: bool, span: Span) {
        if is_again {
            self.bad_table(span, "help-table-once");
        }
    }

    fn row_span(
        &mut self,
        from: &Number,
        to: Option<&Number>,
        span: Span,
    ) -> Option<(usize, Option<usize>)> {
        let row = |number: &Number| number.text.parse::<usize>().ok();
        let is_row = |row: &usize| (1..=MOST).contains(row);
        let first = row(from).filter(is_row);
        let last = to.map(|to| row(to).filter(is_row));
        match (first, last) {
            (Some(first), None) => Some((first, None)),
            (Some(first), Some(Some(last))) if first <= last => Some((first, Some(last))),
            _ => {
                self.bad_table(span, "help-table-rows");
                None
            }
        }
    }

    fn mapped(&mut self, mapping: &mut TableMapping, at: &ColumnAt, meaning: Mapped) {
        let (place, span) = match at {
            ColumnAt::Header(word) => (Some(MappedPlace::Header(word.text.clone())), word.span),
            ColumnAt::Place(word) => (number_of(&word.text).map(MappedPlace::Number), word.span),
        };
        let Some(at) = place else {
            self.bad_table(span, "help-table-rows");
            return;
        };
        if mapping.columns.iter().any(|column| column.at == at) {
            self.bad_table(span, "help-table-once");
            return;
        }
        mapping.columns.push(MappedColumn { at, meaning, span });
    }

    fn fixed(&mut self, fixed: &[Fixed], mut parts: FixedParts) -> Option<FixedParts> {
        for one in fixed {
            match one {
                Fixed::Indicator(figure) => {
                    let (figure, period) = self.given_figure(figure)?;
                    parts.figure = Some(figure);
                    parts.period = period.or(parts.period);
                }
                Fixed::Unit(word) => {
                    if let Err(error) = self.model.units.parse(&word.text) {
                        self.unit_error(error, &word.text, word.span);
                        return None;
                    }
                    parts.unit = Some(word.text.clone());
                }
                Fixed::Period(at) => parts.period = Some(at.period),
                Fixed::Entity(word) => parts.entity = Some(self.entity_named(word)?),
                Fixed::Source(word) => parts.source = Some(word.text.clone()),
                Fixed::Published(at) => parts.published = Some(at.period),
            }
        }
        Some(parts)
    }
}

/// The number of a column from its digits, or from its letters as workbooks have them.
fn number_of(text: &str) -> Option<usize> {
    let number = match text.parse::<usize>() {
        Ok(number) => number,
        Err(_) => text.bytes().try_fold(0usize, |number, byte| {
            let letter = byte.to_ascii_uppercase().checked_sub(b'A')?;
            Some(number * 26 + usize::from(letter) + 1)
        })?,
    };
    (1..=MOST).contains(&number).then_some(number)
}
