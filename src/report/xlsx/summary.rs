//! The first sheet: counts, causes, clocks, what the report was made from, what is left out.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Worksheet, XlsxError};

use super::super::text::sign;
use super::super::{MOST_EXPLAINED, Report, legend};
use super::colour_by_sign;
use super::number;
use super::paper::Paper;
use super::table::{Table, height, n_lines, safe};
use crate::message::{Arg, Lang, Message};
use crate::verdict::Verdict;

const SIGN: u16 = 0;
const WORD: u16 = 1;
const COUNT: u16 = 2;
const TEXT: u16 = 3;
/// How wide these columns are.
const WIDTHS: [u16; 4] = [7, 24, 10, 90];

struct Summary {
    sheet: Worksheet,
    lang: Lang,
    row: u32,
    title: Format,
    head: Format,
    text: Format,
    name: Format,
    number: Format,
}

/// Writes the sheet; the others are done, so that it can say what they left out.
pub(super) fn sheet(
    report: &Report<'_>,
    paper: &Paper,
    tables: &[Table],
) -> Result<Worksheet, XlsxError> {
    let mut summary = Summary::new(paper)?;
    let pack = &report.program.model.pack;
    let title = summary.title.clone();
    summary.text(SIGN, pack.label.get(report.lang), &title)?;
    summary.row += 1;
    let plain = Format::new();
    summary.text(SIGN, &pack.id, &plain)?;
    summary.row += 2;
    verdicts(&mut summary, report)?;
    causes(&mut summary, report)?;
    if report.outcomes.len() > 1 {
        periods(&mut summary, report)?;
    }
    left_out(&mut summary, report, tables)?;
    clocks(&mut summary, report)?;
    origin(&mut summary, report)?;
    Ok(summary.sheet)
}

impl Summary {
    fn new(paper: &Paper) -> Result<Summary, XlsxError> {
        let mut sheet = Worksheet::new();
        let title = Message::new("sheet-summary").render(paper.lang);
        sheet.set_name(&title)?;
        paper.set_up(&mut sheet, &title)?;
        sheet.set_portrait();
        for (column, wide) in (0u16..).zip(WIDTHS) {
            sheet.set_column_width(column, wide)?;
        }
        let top = Format::new().set_align(FormatAlign::Top);
        Ok(Summary {
            sheet,
            lang: paper.lang,
            row: 0,
            title: Format::new().set_bold().set_font_size(16),
            head: Format::new()
                .set_bold()
                .set_background_color("#D9E1F2")
                .set_border_bottom(FormatBorder::Thin),
            text: top.clone().set_text_wrap().set_align(FormatAlign::Left),
            name: top.clone().set_text_wrap().set_align(FormatAlign::Left),
            number: top.set_align(FormatAlign::Right).set_indent(1),
        })
    }

    fn say(&self, key: &'static str) -> String {
        Message::new(key).render(self.lang)
    }

    fn text(&mut self, column: u16, text: &str, format: &Format) -> Result<(), XlsxError> {
        let text = safe(text).0;
        self.sheet
            .write_string_with_format(self.row, column, text, format)?;
        Ok(())
    }

    fn count(&mut self, n: usize) -> Result<(), XlsxError> {
        let format = self.number.clone();
        number::write(&mut self.sheet, (self.row, COUNT), &n.to_string(), &format)?;
        Ok(())
    }

    /// The heads of a block, over all columns.
    fn heads(&mut self, heads: [&str; 4]) -> Result<(), XlsxError> {
        let format = self.head.clone();
        for (column, head) in (0u16..).zip(heads) {
            self.text(column, head, &format)?;
        }
        self.row += 1;
        Ok(())
    }

    /// A line of a block: sign, word, count, text.
    fn line(
        &mut self,
        sign: &str,
        word: &str,
        count: Option<usize>,
        text: &str,
    ) -> Result<(), XlsxError> {
        let (name, body) = (self.name.clone(), self.text.clone());
        if !sign.is_empty() {
            self.text(SIGN, sign, &name)?;
        }
        self.text(WORD, word, &name)?;
        if let Some(count) = count {
            self.count(count)?;
        }
        if !text.is_empty() {
            self.text(TEXT, text, &body)?;
        }
        let lines = n_lines(text, usize::from(WIDTHS[3]) - 4);
        let lines = lines.max(n_lines(word, usize::from(WIDTHS[1]) - 2));
        if let Some(height) = height(lines) {
            self.sheet.set_row_height(self.row, height)?;
        }
        self.row += 1;
        Ok(())
    }
}

fn verdicts(summary: &mut Summary, report: &Report<'_>) -> Result<(), XlsxError> {
    let heads = [
        "sheet-sign",
        "sheet-verdict",
        "sheet-count",
        "sheet-meaning",
    ];
    let heads = heads.map(|key| summary.say(key));
    summary.heads([&heads[0], &heads[1], &heads[2], &heads[3]])?;
    let first = summary.row;
    let counts = report.counts();
    for verdict in Verdict::ALL {
        let n = counts.iter().find(|(one, _)| *one == verdict);
        let n = n.map_or(0, |(_, n)| *n);
        let (word, means) = (
            summary.say(verdict.key()),
            summary.say(legend::verdict(verdict)),
        );
        summary.line(sign(verdict), &word, Some(n), &means)?;
    }
    let last = summary.row.saturating_sub(1);
    colour_by_sign(&mut summary.sheet, (first, last), (SIGN, WORD))?;
    let total = summary.say("sheet-total");
    summary.line("", &total, Some(report.n_rows()), "")?;
    summary.row += 1;
    Ok(())
}

fn causes(summary: &mut Summary, report: &Report<'_>) -> Result<(), XlsxError> {
    let causes = report.causes();
    if causes.is_empty() {
        return Ok(());
    }
    let heads = ["sheet-cause", "sheet-count", "sheet-meaning"].map(|key| summary.say(key));
    summary.heads(["", &heads[0], &heads[1], &heads[2]])?;
    for (cause, n, rules) in causes {
        let word = summary.say(cause.key());
        let means = format!(
            "{}\n{}",
            summary.say(legend::cause(cause)),
            rules.join(", ")
        );
        summary.line("", &word, Some(n), &means)?;
    }
    summary.row += 1;
    Ok(())
}

fn periods(summary: &mut Summary, report: &Report<'_>) -> Result<(), XlsxError> {
    let heads = ["sheet-period", "sheet-count", "sheet-verdicts"].map(|key| summary.say(key));
    summary.heads(["", &heads[0], &heads[1], &heads[2]])?;
    for outcome in report.outcomes {
        let counts = Verdict::ALL
            .into_iter()
            .map(|verdict| (verdict, outcome.count(verdict)))
            .filter(|(_, n)| *n > 0)
            .map(|(verdict, n)| {
                let count = Message::new("report-count")
                    .with("verdict", Message::new(verdict.key()))
                    .with("count", n);
                Arg::Message(count)
            });
        let list = Message::new("list").with("items", Arg::List(counts.collect()));
        let period = outcome.clocks.period.to_string();
        summary.line(
            "",
            &period,
            Some(outcome.rows.len()),
            &list.render(report.lang),
        )?;
    }
    summary.row += 1;
    Ok(())
}

/// What a reader would look for in vain.
fn left_out(summary: &mut Summary, report: &Report<'_>, tables: &[Table]) -> Result<(), XlsxError> {
    let mut sentences: Vec<Message> = report.filtered().into_iter().collect();
    if report.n_rows() == 0 {
        sentences.push(Message::new("report-no-rows"));
    }
    if !report.is_detailed() {
        sentences.push(Message::new("sheet-unexplained").with("most", MOST_EXPLAINED));
    }
    for table in tables.iter().filter(|table| table.n_left_out > 0) {
        let rest = Message::new("sheet-rows-left-out")
            .with("sheet", table.title.as_str())
            .with("count", table.n_left_out);
        sentences.push(rest);
    }
    let n_cut: usize = tables.iter().map(|table| table.n_cut).sum();
    if n_cut > 0 {
        sentences.push(Message::new("sheet-texts-cut").with("count", n_cut));
    }
    if sentences.is_empty() {
        return Ok(());
    }
    let head = summary.say("sheet-left-out");
    summary.heads(["", &head, "", ""])?;
    let format = Format::new();
    for sentence in sentences {
        summary.text(WORD, &sentence.render(report.lang), &format)?;
        summary.row += 1;
    }
    summary.row += 1;
    Ok(())
}

fn clocks(summary: &mut Summary, report: &Report<'_>) -> Result<(), XlsxError> {
    let head = summary.say("sheet-clocks");
    summary.heads(["", &head, "", ""])?;
    let name = summary.say("sheet-known-on");
    let known = Message::new("list").with("items", Arg::List(vec![report.known_on()]));
    summary.line("", &name, None, &known.render(report.lang))?;
    let name = summary.say("sheet-period");
    let in_force = summary.say("sheet-in-force");
    for outcome in report.outcomes {
        let period = format!("{name} {}", outcome.clocks.period);
        let law = format!("{in_force} {}", outcome.clocks.in_force);
        summary.line("", &period, None, &law)?;
    }
    summary.row += 1;
    Ok(())
}

fn origin(summary: &mut Summary, report: &Report<'_>) -> Result<(), XlsxError> {
    let head = summary.say("sheet-tool");
    summary.heads(["", &head, "", ""])?;
    summary.line("", "plumbrule", None, env!("CARGO_PKG_VERSION"))?;
    for (key, digest) in [
        ("sheet-rules-digest", &report.digests.rules),
        ("sheet-figures-digest", &report.digests.figures),
    ] {
        let name = summary.say(key);
        summary.line("", &name, None, digest)?;
    }
    for (key, n) in [
        ("sheet-n-figures", report.submission.claims.len()),
        ("sheet-n-problems", report.submission.problems.len()),
        ("sheet-findings", report.findings.len()),
    ] {
        let name = summary.say(key);
        summary.line("", &name, Some(n), "")?;
    }
    Ok(())
}
