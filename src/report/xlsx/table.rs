//! A sheet with heads and rows: filters, frozen heads, widths, and a set-up for paper.
//!
//! Goes in: cells as values. Comes out: a worksheet within the limits of the format. Never writes
//! a formula.

use std::borrow::Cow;

use chrono::{Datelike, NaiveDate};
use rust_xlsxwriter::{
    ExcelDateTime, Format, FormatAlign, FormatBorder, IgnoreError, Url, Worksheet, XlsxError,
};

use super::super::text::{width, wrap};
use super::number;
use super::paper::Paper;
use crate::explain::Unit;
use crate::message::{Label, Lang, Message};
use crate::number::{Exact, Rounding};
use crate::period::Period;

/// Rows of a sheet, head included.
const MOST_ROWS: u32 = 1_048_576;
/// What a cell holds, in the units of UTF-16.
const MOST_UNITS: usize = 32_767;
/// The deepest indent of a cell.
const MOST_INDENT: u8 = 15;

/// What stands in a cell.
pub(super) enum Cell<'c> {
    Empty,
    Text(Cow<'c, str>),
    /// A text, set in by its depth.
    Indented(String, usize),
    /// An exact decimal to reckon with; a text where a number would lose a digit.
    Decimal(String),
    /// A number that only names something, such as a year or a line.
    Name(String),
    Day(NaiveDate),
    /// A text that leads to a row of another sheet.
    Link(Cow<'c, str>, String),
}

impl<'c> Cell<'c> {
    pub(super) fn text(text: impl Into<Cow<'c, str>>) -> Cell<'c> {
        let text = text.into();
        if text.is_empty() {
            Cell::Empty
        } else {
            Cell::Text(text)
        }
    }

    pub(super) fn count(count: usize) -> Cell<'c> {
        Cell::Name(count.to_string())
    }

    /// A year as a number, a day as a date, all else as it is written.
    pub(super) fn period(period: Period) -> Cell<'c> {
        match period {
            Period::Year(year) => Cell::Name(year.to_string()),
            Period::Day(day) => Cell::Day(day),
            other => Cell::text(other.to_string()),
        }
    }

    /// Digits as a number, all else as a text.
    pub(super) fn digits(text: &'c str) -> Cell<'c> {
        let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
        if is_number && !text.is_empty() {
            Cell::Name(text.to_owned())
        } else {
            Cell::text(text)
        }
    }

    /// A value in a unit as a language has it: a day where the unit is that.
    pub(super) fn in_unit(
        value: Option<&Exact>,
        unit: &Unit,
        lang: Lang,
        rounding: Rounding,
    ) -> Cell<'c> {
        if unit.is_word {
            let named = |(known, _): &&(Exact, Label)| Some(known) == value;
            let found = unit.words.iter().find(named);
            return found.map_or(Cell::Empty, |(_, word)| {
                Cell::text(word.get(lang).to_owned())
            });
        }
        let found = value.filter(|_| unit.is_day);
        match found.and_then(|value| crate::day::of_number(value, rounding)) {
            Some(day) => Cell::Day(day),
            None => Cell::value(value, unit.factor_in(lang), rounding),
        }
    }

    /// A value in a unit: a number where its digits end, else a text that says it is rounded.
    pub(super) fn value(value: Option<&Exact>, factor: &Exact, rounding: Rounding) -> Cell<'c> {
        let Some(value) = value else {
            return Cell::Empty;
        };
        let in_unit = value.checked_div(factor).unwrap_or_default();
        match in_unit.decimal_string() {
            Some(decimal) => Cell::Decimal(decimal),
            None => Cell::text(crate::explain::number_text(value, factor, rounding)),
        }
    }
}

/// A column: the key of its head, and how wide it may become.
#[derive(Clone, Copy)]
pub(super) struct Column {
    head: &'static str,
    most: usize,
}

impl Column {
    pub(super) const fn new(head: &'static str, most: usize) -> Column {
        Column { head, most }
    }
}

/// How cells look.
struct Formats {
    head: Format,
    text: Vec<Format>,
    number: Format,
    name: Format,
    day: Format,
    link: Format,
}

impl Formats {
    fn new() -> Formats {
        let body = Format::new()
            .set_align(FormatAlign::Top)
            .set_align(FormatAlign::Left)
            .set_text_wrap();
        let indented = |depth| match depth {
            0 => body.clone(),
            _ => body.clone().set_indent(depth),
        };
        let value = Format::new().set_align(FormatAlign::Top);
        Formats {
            head: Format::new()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::VerticalCenter)
                .set_align(FormatAlign::Left)
                .set_background_color("#D9E1F2")
                .set_border_bottom(FormatBorder::Thin),
            text: (0..=MOST_INDENT).map(indented).collect(),
            // Away from the text of the next column.
            number: value.clone().set_align(FormatAlign::Right).set_indent(1),
            name: value.clone().set_align(FormatAlign::Left),
            day: value
                .set_num_format("yyyy-mm-dd")
                .set_align(FormatAlign::Left),
            link: body.set_hyperlink(),
        }
    }
}

/// A sheet that is written row by row.
pub(super) struct Table {
    pub(super) sheet: Worksheet,
    pub(super) title: String,
    formats: Formats,
    columns: Vec<(usize, usize)>,
    next: u32,
    /// Lines of text in the row that is written.
    n_lines: usize,
    /// Rows for which there was no room.
    pub(super) n_left_out: usize,
    /// Texts that a cell could not hold whole.
    pub(super) n_cut: usize,
}

impl Table {
    /// A sheet with its heads.
    pub(super) fn new(
        paper: &Paper,
        title: &'static str,
        columns: &[Column],
        n_frozen: u16,
    ) -> Result<Table, XlsxError> {
        let heads: Vec<(String, usize)> = columns
            .iter()
            .map(|column| (Message::new(column.head).render(paper.lang), column.most))
            .collect();
        Table::with_heads(paper, title, &heads, n_frozen)
    }

    /// A sheet with heads that are no words of the catalogue.
    pub(super) fn with_heads(
        paper: &Paper,
        title: &'static str,
        heads: &[(String, usize)],
        n_frozen: u16,
    ) -> Result<Table, XlsxError> {
        let mut sheet = Worksheet::new();
        let title = Message::new(title).render(paper.lang);
        sheet.set_name(&title)?;
        sheet.set_freeze_panes(1, n_frozen)?;
        paper.set_up(&mut sheet, &title)?;
        sheet.set_repeat_rows(0, 0)?;
        let mut table = Table {
            sheet,
            title,
            formats: Formats::new(),
            columns: Vec::new(),
            next: 1,
            n_lines: 1,
            n_left_out: 0,
            n_cut: 0,
        };
        for (column, (head, most)) in (0u16..).zip(heads) {
            let head_format = &table.formats.head;
            table
                .sheet
                .write_string_with_format(0, column, head, head_format)?;
            // The button of the filter stands beside the head.
            table.columns.push((width(head) + 4, *most));
        }
        Ok(table)
    }

    /// The place of the next row, for links to it.
    pub(super) fn next_place(&self) -> String {
        format!(
            "internal:'{}'!A{}",
            self.title.replace('\'', "''"),
            self.next + 1
        )
    }

    /// Writes one row, where there is room for it.
    pub(super) fn row(&mut self, cells: Vec<Cell<'_>>) -> Result<(), XlsxError> {
        if self.next >= MOST_ROWS {
            self.n_left_out += 1;
            return Ok(());
        }
        self.n_lines = 1;
        for (column, cell) in (0u16..).zip(cells) {
            self.cell(column, cell)?;
        }
        if let Some(height) = height(self.n_lines) {
            self.sheet.set_row_height(self.next, height)?;
        }
        self.next += 1;
        Ok(())
    }

    fn cell(&mut self, column: u16, cell: Cell<'_>) -> Result<(), XlsxError> {
        let at = (self.next, column);
        match cell {
            Cell::Empty => {}
            Cell::Text(text) => self.string(at, &text, 0)?,
            Cell::Indented(text, depth) => self.string(at, &text, depth)?,
            Cell::Decimal(decimal) => self.number(at, &decimal, false)?,
            Cell::Name(decimal) => self.number(at, &decimal, true)?,
            Cell::Day(day) => match date(day) {
                Some(date) => {
                    let format = &self.formats.day;
                    self.sheet
                        .write_datetime_with_format(at.0, at.1, date, format)?;
                    self.widen(column, "0000-00-00");
                }
                None => self.string(at, &day.to_string(), 0)?,
            },
            Cell::Link(text, place) => {
                let text = safe(&text).0;
                self.widen(column, &text);
                let url = Url::new(place).set_text(text);
                self.sheet
                    .write_url_with_format(at.0, at.1, url, &self.formats.link)?;
            }
        }
        Ok(())
    }

    fn number(&mut self, at: (u32, u16), decimal: &str, is_name: bool) -> Result<(), XlsxError> {
        let formats = &self.formats;
        let format = if is_name {
            &formats.name
        } else {
            &formats.number
        };
        if number::write(&mut self.sheet, at, decimal, format)? {
            self.widen(at.1, decimal);
            return Ok(());
        }
        self.string(at, decimal, 0)
    }

    fn string(
        &mut self,
        (row, column): (u32, u16),
        text: &str,
        depth: usize,
    ) -> Result<(), XlsxError> {
        let (text, is_cut) = safe(text);
        self.n_cut += usize::from(is_cut);
        let depth = depth.min(usize::from(MOST_INDENT));
        let Some(format) = self.formats.text.get(depth) else {
            return Ok(());
        };
        if is_like_formula(&text) {
            // It is a text already; the mark keeps it one when somebody edits the cell.
            let format = format.clone().set_quote_prefix();
            self.sheet
                .write_string_with_format(row, column, &text, &format)?;
        } else {
            self.sheet
                .write_string_with_format(row, column, &text, format)?;
        }
        self.widen(column, &text);
        let most = self.columns.get(usize::from(column));
        let room = most.map_or(0, |(_, most)| most.saturating_sub(3 + 2 * depth));
        self.n_lines = self.n_lines.max(n_lines(&text, room));
        Ok(())
    }

    fn widen(&mut self, column: u16, text: &str) {
        if let Some((own, _)) = self.columns.get_mut(usize::from(column)) {
            let longest = text.lines().map(width).max().unwrap_or(0);
            *own = (*own).max(longest + 2);
        }
    }

    /// The rows that were written, the first and the last.
    pub(super) fn rows(&self) -> (u32, u32) {
        (1, self.next.saturating_sub(1).max(1))
    }

    /// Sets widths and filters; nothing is written after it.
    pub(super) fn finish(mut self) -> Result<Worksheet, XlsxError> {
        let last_row = self.rows().1;
        let last_column = u16::try_from(self.columns.len().saturating_sub(1)).unwrap_or(u16::MAX);
        self.sheet.autofilter(0, 0, last_row, last_column)?;
        self.sheet.ignore_error_range(
            1,
            0,
            last_row,
            last_column,
            IgnoreError::NumberStoredAsText,
        )?;
        for (column, (own, most)) in (0u16..).zip(&self.columns) {
            let wide = u16::try_from((*own).min(*most)).unwrap_or(u16::MAX);
            self.sheet.set_column_width(column, wide)?;
        }
        Ok(self.sheet)
    }
}

/// A day of the calendar that spreadsheets know.
fn date(day: NaiveDate) -> Option<ExcelDateTime> {
    let part = |n: u32| u8::try_from(n).ok();
    let year = u16::try_from(day.year()).ok()?;
    // Before March 1900 their calendar has a day too many.
    if (day.year(), day.month()) < (1900, 3) {
        return None;
    }
    ExcelDateTime::from_ymd(year, part(day.month())?, part(day.day())?).ok()
}

/// The lines that a text takes in a column with room for so many letters.
pub(super) fn n_lines(text: &str, room: usize) -> usize {
    // Fonts of Chinese draw these quotes as wide as a letter of theirs.
    let wide = |c| match c {
        '\u{201C}' => '\u{300C}',
        '\u{201D}' => '\u{300D}',
        c => c,
    };
    let text: String = text.chars().map(wide).collect();
    let n: usize = text.lines().map(|line| wrap(line, room).len()).sum();
    // Such a font also sets its lines wider apart: the more of them are in it, the more.
    let columns = width(&text).max(1);
    let n_wide = columns.saturating_sub(text.chars().count());
    if n > 1 {
        n + (n * n_wide * 2).div_ceil(columns * 6)
    } else {
        n
    }
}

/// The height of a row of several lines, in points; the program that opens the file finds that of
/// a single line itself.
pub(super) fn height(n_lines: usize) -> Option<u16> {
    const LINE: usize = 15;
    const MOST: u16 = 409;
    let points = u16::try_from(n_lines.saturating_mul(LINE)).unwrap_or(MOST);
    (n_lines > 1).then_some(points.min(MOST))
}

/// Whether somebody who edits the cell would turn it into a formula.
fn is_like_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@'])
}

/// A text that a cell can hold, and whether its end is missing.
pub(super) fn safe(text: &str) -> (String, bool) {
    let mut out = String::with_capacity(text.len());
    let mut n_units = 0;
    for c in text.chars() {
        let c = if c == '\t' { ' ' } else { c };
        let is_dropped = (c.is_control() && c != '\n') || matches!(c, '\u{FFFE}' | '\u{FFFF}');
        if is_dropped {
            continue;
        }
        n_units += c.len_utf16();
        if n_units > MOST_UNITS {
            // The sign that something is missing takes the place of what came last.
            while out.encode_utf16().count() >= MOST_UNITS {
                out.pop();
            }
            out.push('\u{2026}');
            return (out, true);
        }
        out.push(c);
    }
    (out, false)
}
