//! A clean table as CSV or TSV in UTF-8, with a mark that tells spreadsheets so.

use std::io::{self, Write};

use csv::{Terminator, WriterBuilder};

use super::{Figures, HEADS, NOT_THERE};
use crate::formula::neutral;

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

pub(super) fn write(w: &mut dyn Write, delimiter: u8, figures: &Figures<'_>) -> io::Result<()> {
    w.write_all(BYTE_ORDER_MARK)?;
    let mut lines = WriterBuilder::new()
        .delimiter(delimiter)
        .terminator(Terminator::CRLF)
        .from_writer(w);
    lines.write_record(HEADS)?;
    for line in figures.lines() {
        for cell in &line.marked(NOT_THERE).cells {
            lines.write_field(neutral(cell).as_ref())?;
        }
        lines.write_record(None::<&[u8]>)?;
    }
    lines.flush()
}
