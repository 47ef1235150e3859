//! A workbook: summary, verdicts, verdicts by period, explanations, figures, findings.
//!
//! Goes in: a report. Comes out: the bytes of an XLSX file, the same for the same report. Never
//! holds a formula that came from a label.

use std::io;

use rust_xlsxwriter::{
    Color, ConditionalFormatFormula, ConditionalFormatText, ConditionalFormatTextRule,
    DocProperties, ExcelDateTime, Format, Formula, Workbook, Worksheet, XlsxError,
};

use super::Report;
use super::formats::FormatDef;
use super::text::sign;
use crate::verdict::Verdict;

mod audit;
mod explanations;
mod figures;
mod findings;
mod form;
mod number;
mod paper;
mod periods;
mod scores;
mod summary;
mod table;
mod verdicts;

pub(super) use audit::audit;
pub(super) use form::form;
use paper::Paper;
pub(super) use scores::scores;

pub(super) const FORMAT: FormatDef = FormatDef {
    name: "xlsx",
    ending: "xlsx",
    is_binary: true,
    check: |w, report| {
        let bytes = workbook(report).map_err(io::Error::other)?;
        w.write_all(&bytes)
    },
    explanation: None,
    problems: None,
};

fn workbook(report: &Report<'_>) -> Result<Vec<u8>, XlsxError> {
    let paper = Paper::new(report);
    let mut verdicts = verdicts::Verdicts::new(&paper)?;
    let mut explanations = explanations::Explanations::new(&paper)?;
    let mut figures = figures::Figures::new(report);
    let mut findings = findings::Findings::new(report);
    for facts in report.facts() {
        let place = explanations.next_place();
        explanations.add(&facts, &verdicts.next_place())?;
        verdicts.add(&facts, &place)?;
        figures.add(&facts);
        findings.add(&facts);
    }
    let mut tables = vec![verdicts.finish()?];
    if report.outcomes.len() > 1 {
        tables.push(periods::table(report, &paper)?);
    }
    tables.push(explanations.finish()?);
    tables.push(figures.table(&paper)?);
    tables.push(findings.table(&paper)?);
    let mut book = Workbook::new();
    book.set_properties(&properties(report)?);
    book.push_worksheet(summary::sheet(report, &paper, &tables)?);
    for table in tables {
        book.push_worksheet(table.finish()?);
    }
    book.save_to_buffer()
}

/// What the file says of itself. No clock: the same report gives the same bytes.
fn properties(report: &Report<'_>) -> Result<DocProperties, XlsxError> {
    let digests = format!("{} {}", report.digests.rules, report.digests.figures);
    made_by(
        report.program.model.pack.label.get(report.lang),
        &paper::clocks(report).render(report.lang),
        &digests,
    )
}

fn made_by(title: &str, subject: &str, comment: &str) -> Result<DocProperties, XlsxError> {
    let short = |text: &str| -> String { table::safe(text).0.chars().take(200).collect() };
    Ok(DocProperties::new()
        .set_title(short(title))
        .set_subject(short(subject))
        .set_author(concat!("plumbrule ", env!("CARGO_PKG_VERSION")))
        .set_comment(short(comment))
        .set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?))
}

/// The colours of a verdict. Sign and word stand in the cell, whatever the colour.
fn colours(verdict: Verdict) -> Format {
    let (ground, letters) = match verdict {
        Verdict::Fail => (0xFF_C7_CE, 0x9C_00_06),
        Verdict::Undetermined => (0xFF_EB_9C, 0x7F_4A_00),
        Verdict::Pending => (0xDD_EB_F7, 0x1F_4E_79),
        Verdict::Waived => (0xE4_DF_EC, 0x5B_2C_83),
        Verdict::Pass => (0xC6_EF_CE, 0x00_61_00),
        Verdict::Decided => (0xD9_F0_F3, 0x0B_4F_5C),
        Verdict::NotApplicable => (0xED_ED_ED, 0x50_50_50),
    };
    Format::new()
        .set_background_color(Color::RGB(ground))
        .set_font_color(Color::RGB(letters))
}

/// Colours the cells of two columns by the sign that stands in the first.
fn colour_by_sign(
    sheet: &mut Worksheet,
    (first, last): (u32, u32),
    columns: (u16, u16),
) -> Result<(), XlsxError> {
    let column = rust_xlsxwriter::utility::column_number_to_name(columns.0);
    for verdict in Verdict::ALL {
        let rule = format!("=${column}{}=\"{}\"", first + 1, sign(verdict));
        let format = ConditionalFormatFormula::new()
            .set_rule(Formula::new(rule))
            .set_format(colours(verdict));
        sheet.add_conditional_format(first, columns.0, last, columns.1, &format)?;
    }
    Ok(())
}

/// Colours cells by the sign that they begin with.
fn colour_by_start(
    sheet: &mut Worksheet,
    (first, last): (u32, u32),
    columns: (u16, u16),
) -> Result<(), XlsxError> {
    for verdict in Verdict::ALL {
        let format = ConditionalFormatText::new()
            .set_rule(ConditionalFormatTextRule::BeginsWith(
                sign(verdict).to_owned(),
            ))
            .set_format(colours(verdict));
        sheet.add_conditional_format(first, columns.0, last, columns.1, &format)?;
    }
    Ok(())
}
