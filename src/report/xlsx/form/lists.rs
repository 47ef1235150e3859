//! The words of drop-downs on a sheet of their own, as a list of them in the cell itself would
//! have to be short. Each list is written once.

use std::collections::BTreeMap;

use rust_xlsxwriter::utility::column_number_to_name;
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Worksheet, XlsxError};

use super::super::super::form::{Field, FormReport};
use super::super::paper::Paper;
use super::write;
use crate::message::{Lang, Message};

/// The row of the heads; the words are below.
const HEAD: u32 = 2;

/// The sheet of words, as far as it is written.
pub(super) struct Lists {
    sheet: Worksheet,
    title: String,
    lang: Lang,
    /// The place of each list.
    ranges: BTreeMap<Vec<String>, String>,
    next: u16,
}

impl Lists {
    pub(super) fn new(lang: Lang, paper: &Paper) -> Result<Lists, XlsxError> {
        let mut sheet = Worksheet::new();
        let title = Message::new("form-lists").render(lang);
        sheet.set_name(&title)?;
        paper.set_up(&mut sheet, &title)?;
        Ok(Lists {
            sheet,
            title,
            lang,
            ranges: BTreeMap::new(),
            next: 0,
        })
    }

    /// The place of a list, as a drop-down names it.
    pub(super) fn range(&mut self, field: Field, words: &[String]) -> Result<String, XlsxError> {
        if let Some(known) = self.ranges.get(words) {
            return Ok(known.clone());
        }
        let head = Format::new()
            .set_bold()
            .set_background_color("#D9E1F2")
            .set_border(FormatBorder::Thin)
            .set_border_color("#BFBFBF");
        let body = Format::new()
            .set_align(FormatAlign::Left)
            .set_num_format("@");
        let column = self.next;
        let title = Message::new(field.head()).render(self.lang);
        self.sheet
            .write_string_with_format(HEAD, column, title, &head)?;
        self.sheet.set_column_width(column, 20)?;
        let mut row = HEAD;
        for word in words {
            row += 1;
            write(&mut self.sheet, (row, column), word, &body)?;
        }
        self.next += 1;
        let letters = column_number_to_name(column);
        let sheet = self.title.replace('\'', "''");
        let range = format!("='{sheet}'!${letters}${}:${letters}${}", HEAD + 2, row + 1);
        self.ranges.insert(words.to_vec(), range.clone());
        Ok(range)
    }

    pub(super) fn finish(mut self, report: &FormReport<'_>) -> Result<Worksheet, XlsxError> {
        super::mark_page(report, &mut self.sheet, 0)?;
        Ok(self.sheet)
    }
}
