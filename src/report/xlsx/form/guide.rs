//! The page that says how a form is filled in and sent back.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Worksheet, XlsxError};

use super::super::super::form::{Field, FormReport};
use super::super::paper::Paper;
use super::super::table::{height, n_lines};
use super::write;
use crate::message::Message;

/// Widths of the two columns, in letters.
const WIDTHS: (u16, u16) = (24, 84);

/// What is to be known before, in order.
const ADVICE: [&str; 6] = [
    "form-advice-yellow",
    "form-advice-blank",
    "form-advice-words",
    "form-advice-comments",
    "form-advice-columns",
    "form-advice-back",
];

pub(super) fn sheet(
    report: &FormReport<'_>,
    paper: &Paper,
    fields: &[Field],
) -> Result<Worksheet, XlsxError> {
    let (model, lang) = (&report.program.model, report.lang);
    let say = |key| Message::new(key).render(lang);
    let mut sheet = Worksheet::new();
    let title = say("form-guide");
    sheet.set_name(&title)?;
    paper.set_up(&mut sheet, &title)?;
    sheet.set_column_width(0, WIDTHS.0)?;
    sheet.set_column_width(1, WIDTHS.1)?;
    super::mark_page(report, &mut sheet, 0)?;
    let body = Format::new()
        .set_text_wrap()
        .set_align(FormatAlign::Top)
        .set_align(FormatAlign::Left)
        .set_num_format("@");
    let bold = body.clone().set_bold();
    let head = bold
        .clone()
        .set_background_color("#D9E1F2")
        .set_border_bottom(FormatBorder::Thin);
    let mut rows: Vec<(String, String, bool)> = Vec::new();
    let mut pair = |left: String, right: String, is_head| rows.push((left, right, is_head));
    pair(say("form-about"), String::new(), true);
    let name = format!("{} {}", model.pack.id, model.pack.label.get(lang));
    pair(say("form-pack"), name, false);
    pair(say("form-of-period"), report.period.to_string(), false);
    pair(say("form-digest"), model.pack.digest.clone(), false);
    pair(say("form-how"), String::new(), true);
    for (n, key) in (1..).zip(ADVICE) {
        let text = Message::new(key)
            .with("pack", model.pack.id.as_str())
            .render(lang);
        pair(format!("{n}."), text, false);
    }
    pair(say("form-columns"), String::new(), true);
    for field in fields.iter().filter(|field| **field != Field::Mark) {
        pair(say(field.head()), say(field.guide()), false);
    }
    for (row, (left, right, is_head)) in (2u32..).zip(rows) {
        let (first, second) = match is_head {
            true => (&head, &head),
            false => (&bold, &body),
        };
        write(&mut sheet, (row, 0), &left, first)?;
        write(&mut sheet, (row, 1), &right, second)?;
        let room = |width: u16| usize::from(width).saturating_sub(2);
        let n = n_lines(&left, room(WIDTHS.0)).max(n_lines(&right, room(WIDTHS.1)));
        if let Some(height) = height(n) {
            sheet.set_row_height(row, height)?;
        }
    }
    Ok(sheet)
}
