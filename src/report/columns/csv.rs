//! Verdicts in bulk as CSV: RFC 4180 in UTF-8, with a byte order mark as other tables have it.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::{ColumnsOptions, figures, outcomes, words};
use crate::bulk::Verdicts;
use crate::formula::neutral;

/// Without it a spreadsheet reads Chinese as Latin letters.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// Verdicts as CSV.
pub struct Csv<W> {
    w: W,
    pub(super) options: ColumnsOptions,
    has_head: bool,
    text: String,
}

impl<W: Write> Csv<W> {
    pub(super) fn new(w: W, options: ColumnsOptions) -> Csv<W> {
        Csv {
            w,
            options,
            has_head: false,
            text: String::new(),
        }
    }

    pub(super) fn take(&mut self, verdicts: &Verdicts<'_>) -> io::Result<()> {
        self.text.clear();
        if !self.has_head {
            self.has_head = true;
            self.text.push_str(BYTE_ORDER_MARK);
            if self.options.matrix {
                self.text.push_str("entity,period");
                for rule in 0..verdicts.rules().len() {
                    self.text.push(',');
                    cell(&mut self.text, verdicts.rule_name(rule));
                }
            } else {
                self.text
                    .push_str(&super::heads(self.options.figures).join(","));
            }
            self.text.push_str("\r\n");
        }
        match self.options.matrix {
            true => self.matrix(verdicts),
            false => self.lines(verdicts),
        }
        self.w.write_all(self.text.as_bytes())
    }

    fn lines(&mut self, verdicts: &Verdicts<'_>) {
        let text = &mut self.text;
        for (row, name) in verdicts.entities().enumerate() {
            let Some(period) = verdicts.period(row) else {
                continue;
            };
            for rule in 0..verdicts.rules().len() {
                let verdict = verdicts.verdict(rule, row);
                let Some(verdict) = verdict.filter(|verdict| self.options.keeps(*verdict)) else {
                    continue;
                };
                cell(text, &neutral(name));
                let _ = write!(text, ",{period},");
                cell(text, verdicts.rule_name(rule));
                text.push(',');
                text.push_str(verdict.word());
                text.push(',');
                text.push_str(&words(verdicts.causes(rule, row)));
                text.push(',');
                cell(text, &outcomes(verdicts, rule, row));
                if self.options.figures {
                    for told in figures(verdicts, rule, row) {
                        text.push(',');
                        cell(text, &neutral(&told));
                    }
                }
                text.push_str("\r\n");
            }
        }
    }

    fn matrix(&mut self, verdicts: &Verdicts<'_>) {
        let names: Vec<&str> = verdicts.entities().collect();
        for row in self.options.rows(verdicts) {
            let text = &mut self.text;
            cell(text, &neutral(names.get(row).copied().unwrap_or("")));
            if let Some(period) = verdicts.period(row) {
                let _ = write!(text, ",{period}");
            }
            for rule in 0..verdicts.rules().len() {
                text.push(',');
                let outcome = outcomes(verdicts, rule, row);
                match verdicts.verdict(rule, row) {
                    // A decision says what it came to.
                    Some(crate::verdict::Verdict::Decided) => cell(text, &outcome),
                    Some(verdict) => text.push_str(verdict.word()),
                    None => {}
                }
            }
            text.push_str("\r\n");
        }
    }

    pub(super) fn finish(mut self) -> io::Result<W> {
        self.w.flush()?;
        Ok(self.w)
    }
}

/// A cell, in quotes where it has to be.
fn cell(text: &mut String, value: &str) {
    if !value.contains([',', '"', '\n', '\r']) {
        text.push_str(value);
        return;
    }
    text.push('"');
    text.push_str(&value.replace('"', "\"\""));
    text.push('"');
}
