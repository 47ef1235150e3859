//! Forms to be filled in: rows go in, a workbook or a text table comes out that is read back
//! without a mapping. Words of drop-downs are those that the reader knows; never asks for anything
//! itself.

use std::io;

use csv::{Terminator, WriterBuilder};

use crate::figures::Submission;
use crate::form::FormRow;
use crate::formula::neutral;
use crate::message::{Lang, Message};
use crate::period::Period;
use crate::program::Program;

mod field;
mod line;
mod words;

pub(super) use field::Field;
pub(super) use line::{Choices, Line, lines};
pub(super) use words::{Options, kind_key};

/// A form, ready to be written.
#[derive(Clone, Copy)]
pub struct FormReport<'a> {
    /// The pack.
    pub program: &'a Program,
    /// What is known already.
    pub known: &'a Submission,
    /// What is asked for.
    pub rows: &'a [FormRow],
    /// The period of the form.
    pub period: Period,
    /// The language of heads, names and drop-downs.
    pub lang: Lang,
}

/// A form of forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormFormat {
    /// A workbook with drop-downs and comments.
    Xlsx,
    /// Commas between cells.
    Csv,
}

impl FormFormat {
    /// All of them.
    pub const ALL: [FormFormat; 2] = [FormFormat::Xlsx, FormFormat::Csv];

    /// The ending of its files.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            FormFormat::Xlsx => "xlsx",
            FormFormat::Csv => "csv",
        }
    }
}

/// Rows that a form may have.
pub const MOST_FORM_ROWS: usize = 100_000;

/// Writes a form.
///
/// # Errors
/// What the writer says; and where there are more than [`MOST_FORM_ROWS`] rows.
pub fn write_form(
    w: &mut dyn io::Write,
    format: FormFormat,
    report: &FormReport<'_>,
) -> io::Result<()> {
    if report.rows.len() > MOST_FORM_ROWS {
        return Err(io::Error::from(io::ErrorKind::InvalidInput));
    }
    let lines = lines(report);
    let fields = used(&lines);
    match format {
        FormFormat::Xlsx => {
            let bytes = super::xlsx::form(report, &fields, &lines).map_err(io::Error::other)?;
            w.write_all(&bytes)
        }
        FormFormat::Csv => csv(w, report, &fields, &lines),
    }
}

/// The columns that have something in them, or that somebody is to fill in.
fn used(lines: &[Line]) -> Vec<Field> {
    let is_used = |field: &Field| {
        let has = |line: &Line| !line.text(*field).is_empty() || line.is_input(*field);
        !field.may_be_left_out() || lines.iter().any(has)
    };
    Field::ALL.into_iter().filter(is_used).collect()
}

fn csv(
    w: &mut dyn io::Write,
    report: &FormReport<'_>,
    fields: &[Field],
    lines: &[Line],
) -> io::Result<()> {
    // Without it a spreadsheet reads Chinese as Latin letters.
    w.write_all(b"\xEF\xBB\xBF")?;
    let mut out = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .from_writer(w);
    let heads = fields.iter();
    out.write_record(heads.map(|field| Message::new(field.head()).render(report.lang)))?;
    for line in lines {
        for field in fields {
            out.write_field(neutral(line.text(*field)).as_ref())?;
        }
        out.write_record(None::<&[u8]>)?;
    }
    out.flush()
}
