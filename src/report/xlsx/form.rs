//! A form as a workbook: the sheet to fill in, a page that says how, and the words of its
//! drop-downs. Never holds a formula but those that point drop-downs at their words.

use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, Format, FormatAlign, FormatBorder, Formula,
    IgnoreError, Note, ProtectionOptions, Workbook, Worksheet, XlsxError,
};

use super::super::form::{Choices, Field, FormReport, Line, Options};
use super::super::text::width;
use super::paper::Paper;
use super::table::{height, n_lines, safe};
use crate::figures::{PAGE_OF_FORM, form_mark};
use crate::formula::neutral;
use crate::message::{Lang, Message};

mod guide;
mod lists;

use lists::Lists;

/// The longest comment, in letters.
const MOST_COMMENT: usize = 2_000;
/// The longest title of a message about a cell.
const MOST_TITLE: usize = 32;
/// The longest message about a cell.
const MOST_MESSAGE: usize = 255;

/// The bytes of the workbook; the same form gives the same bytes.
pub(in crate::report) fn form(
    report: &FormReport<'_>,
    fields: &[Field],
    lines: &[Line],
) -> Result<Vec<u8>, XlsxError> {
    let pack = &report.program.model.pack;
    let paper = Paper::of_form(report);
    let options = Options::of(&report.program.model, report.lang);
    let mut lists = Lists::new(report.lang, &paper)?;
    let sheet = filled(report, &paper, fields, lines, &options, &mut lists)?;
    let mut book = Workbook::new();
    let label = pack.label.get(report.lang);
    book.set_properties(&super::made_by(
        label,
        &report.period.to_string(),
        &pack.digest,
    )?);
    book.push_worksheet(sheet);
    book.push_worksheet(guide::sheet(report, &paper, fields)?);
    book.push_worksheet(lists.finish(report)?);
    book.save_to_buffer()
}

/// How cells look.
struct Looks {
    head: Format,
    /// What is there to be looked at.
    shown: Format,
    /// What is to be filled in.
    input: Format,
    number: Format,
}

impl Looks {
    fn new() -> Looks {
        let cell = Format::new()
            .set_align(FormatAlign::Top)
            .set_align(FormatAlign::Left)
            .set_text_wrap()
            .set_border(FormatBorder::Thin)
            .set_border_color("#BFBFBF")
            // As typed: 12.0 is not 12.
            .set_num_format("@");
        let input = cell.clone().set_background_color("#FFF7CC").set_unlocked();
        Looks {
            head: Format::new()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::VerticalCenter)
                .set_align(FormatAlign::Left)
                .set_background_color("#D9E1F2")
                .set_border(FormatBorder::Thin)
                .set_border_color("#BFBFBF"),
            number: input.clone().set_align(FormatAlign::Right),
            shown: cell.set_background_color("#F5F5F5"),
            input,
        }
    }

    fn of(&self, line: &Line, field: Field) -> &Format {
        match (line.is_input(field), field) {
            (true, Field::Value) => &self.number,
            (true, _) => &self.input,
            (false, _) => &self.shown,
        }
    }
}

/// The sheet to fill in.
fn filled(
    report: &FormReport<'_>,
    paper: &Paper,
    fields: &[Field],
    lines: &[Line],
    options: &Options,
    lists: &mut Lists,
) -> Result<Worksheet, XlsxError> {
    let (looks, mut sheet) = (Looks::new(), Worksheet::new());
    let title = Message::new("form-sheet").render(report.lang);
    sheet.set_name(&title)?;
    paper.set_up(&mut sheet, &title)?;
    sheet.set_repeat_rows(0, 0)?;
    let frozen = fields.iter().take_while(|field| **field <= Field::Name);
    sheet.set_freeze_panes(1, u16::try_from(frozen.count()).unwrap_or(0))?;
    let mut n_head = 1;
    for (column, field) in (0u16..).zip(fields) {
        let head = Message::new(field.head()).render(report.lang);
        sheet.write_string_with_format(0, column, &head, &looks.head)?;
        sheet.set_column_width(column, field.width())?;
        n_head = n_head.max(n_lines(&head, usize::from(field.width()).saturating_sub(3)));
    }
    if let Some(height) = height(n_head) {
        sheet.set_row_height(0, height)?;
    }
    for (row, line) in (1u32..).zip(lines) {
        let mut n = 1;
        for (column, field) in (0u16..).zip(fields) {
            let text = line.text(*field);
            write(&mut sheet, (row, column), text, looks.of(line, *field))?;
            if *field != Field::Mark {
                n = n.max(n_lines(text, usize::from(field.width()).saturating_sub(2)));
            }
        }
        if let Some(height) = height(n) {
            sheet.set_row_height(row, height)?;
        }
        if !line.comment.is_empty() {
            sheet.insert_note(row, 0, &note(&line.comment))?;
        }
    }
    for (column, field) in (0u16..).zip(fields) {
        match field {
            Field::Mark => {
                sheet.set_column_hidden(column)?;
            }
            field => choose(report, &mut sheet, (column, *field), lines, options, lists)?,
        }
    }
    let last = |n: usize| n.saturating_sub(1);
    let last_row = u32::try_from(lines.len()).unwrap_or(1).max(1);
    let last_column = u16::try_from(last(fields.len())).unwrap_or(0);
    let ignored = IgnoreError::NumberStoredAsText;
    sheet.ignore_error_range(1, 0, last_row, last_column, ignored)?;
    // Whoever needs wider columns may have them; what is asked for stays what it is.
    sheet.protect_with_options(&ProtectionOptions {
        format_columns: true,
        format_rows: true,
        ..ProtectionOptions::new()
    });
    let value = fields.iter().position(|field| *field == Field::Value);
    if let Some(column) = value.and_then(|at| u16::try_from(at).ok()) {
        sheet.set_selection(1, column, 1, column)?;
    }
    Ok(sheet)
}

/// Writes a text, which stays one when somebody edits the cell.
fn write(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    text: &str,
    format: &Format,
) -> Result<(), XlsxError> {
    let (text, _) = safe(text);
    if text.is_empty() {
        sheet.write_blank(row, column, format)?;
    } else if neutral(&text) == text {
        sheet.write_string_with_format(row, column, &text, format)?;
    } else {
        let format = format.clone().set_quote_prefix();
        sheet.write_string_with_format(row, column, &text, &format)?;
    }
    Ok(())
}

/// A comment as large as its text.
fn note(text: &str) -> Note {
    const COLUMNS: usize = 52;
    let mut text = safe(text).0;
    if text.chars().count() > MOST_COMMENT {
        text = text.chars().take(MOST_COMMENT).chain(['…']).collect();
    }
    let lines: usize = text
        .lines()
        .map(|line| width(line).div_ceil(COLUMNS).max(1))
        .sum();
    let high = u32::try_from(lines * 18 + 12).unwrap_or(600).clamp(60, 600);
    Note::new(text)
        .add_author_prefix(false)
        .set_author("plumbrule")
        .set_width(380)
        .set_height(high)
}

/// Puts the drop-downs of a column on runs of rows that offer the same.
fn choose(
    report: &FormReport<'_>,
    sheet: &mut Worksheet,
    (column, field): (u16, Field),
    lines: &[Line],
    options: &Options,
    lists: &mut Lists,
) -> Result<(), XlsxError> {
    let mut run: Option<(u32, &[String])> = None;
    let mut end = 0;
    let rows = (1u32..).zip(lines.iter().map(Some).chain([None]));
    for (row, line) in rows {
        let offered = line.map_or(&[][..], |line| offered(line, field, options));
        if run.is_some_and(|(_, same)| same == offered) {
            end = row;
            continue;
        }
        if let Some((first, words)) = run.take() {
            let rule = validation(report.lang, field, lists.range(field, words)?)?;
            sheet.add_data_validation(first, column, end, column, &rule)?;
        }
        if !offered.is_empty() {
            (run, end) = (Some((row, offered)), row);
        }
    }
    Ok(())
}

/// What a cell may be chosen from; nothing where anything may stand there.
fn offered<'l>(line: &'l Line, field: Field, options: &'l Options) -> &'l [String] {
    match (field, line.choice) {
        (Field::Unit, _) => &line.units,
        (Field::Qualifier, Choices::None) if !line.units.is_empty() => &options.qualifiers,
        (Field::Status, _) => &options.statuses,
        (Field::Value, Choices::Truths) => &options.truths,
        (Field::Value, Choices::Listed) => &line.choices,
        _ => &[],
    }
}

fn validation(lang: Lang, field: Field, range: String) -> Result<DataValidation, XlsxError> {
    let text = |key| Message::new(key).render(lang);
    let cut = |text: String, most| -> String { text.chars().take(most).collect() };
    let (style, message) = match field {
        Field::Value => (DataValidationErrorStyle::Stop, "form-not-a-choice"),
        _ => (DataValidationErrorStyle::Warning, "form-not-offered"),
    };
    DataValidation::new()
        .allow_list_formula(Formula::new(range))
        .set_error_style(style)
        .set_error_title(cut(text(field.head()), MOST_TITLE))?
        .set_error_message(cut(text(message), MOST_MESSAGE))
}

/// The first cell of a page that holds no figures: whose form it is of.
fn mark_page(
    report: &FormReport<'_>,
    sheet: &mut Worksheet,
    columns: u16,
) -> Result<(), XlsxError> {
    let small = Format::new().set_font_size(8).set_font_color("#7F7F7F");
    let text = format!("{PAGE_OF_FORM}{}", form_mark(&report.program.model));
    sheet.write_string_with_format(0, 0, text, &small)?;
    sheet.set_freeze_panes(0, columns)?;
    sheet.protect();
    Ok(())
}
