//! What all sheets share: language, paper, and the lines above and below each page.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::super::Report;
use super::super::form::FormReport;
use crate::eval::Clocks;
use crate::message::{Lang, Message};

/// The longest part of a line above or below the page; the whole may have 255 signs.
const MOST: usize = 100;

/// How sheets are printed.
pub(super) struct Paper {
    pub(super) lang: Lang,
    pub(super) pack: String,
    pub(super) clocks: String,
}

impl Paper {
    pub(super) fn new(report: &Report<'_>) -> Paper {
        let pack = &report.program.model.pack;
        Paper {
            lang: report.lang,
            pack: part(&format!("{} {}", pack.id, pack.label.get(report.lang))),
            clocks: part(&clocks(report).render(report.lang)),
        }
    }

    /// Of a form, with its period in the place of clocks.
    pub(super) fn of_form(report: &FormReport<'_>) -> Paper {
        let pack = &report.program.model.pack;
        let period = Message::new("form-for-period").with("period", report.period.to_string());
        Paper {
            lang: report.lang,
            pack: part(&format!("{} {}", pack.id, pack.label.get(report.lang))),
            clocks: part(&period.render(report.lang)),
        }
    }

    /// A4 on its side, as wide as a page, with pack, clocks and page.
    pub(super) fn set_up(&self, sheet: &mut Worksheet, title: &str) -> Result<(), XlsxError> {
        const A4: u8 = 9;
        let page = Message::new("sheet-page")
            .with("page", "&P")
            .with("pages", "&N")
            .render(self.lang);
        let title = part(title);
        sheet
            .set_landscape()
            .set_paper_size(A4)
            .set_print_fit_to_pages(1, 0)
            .set_print_gridlines(true)
            .set_header(format!("&L{}&R{}", self.pack, self.clocks))
            .set_footer(format!(
                "&L{title}&Cplumbrule {}&R{page}",
                env!("CARGO_PKG_VERSION")
            ));
        Ok(())
    }
}

/// The clocks in one sentence; of several periods the first and the last.
pub(super) fn clocks(report: &Report<'_>) -> Message {
    let ends = |of: &dyn Fn(&Clocks) -> String| {
        let all: Vec<String> = report.outcomes.iter().map(|one| of(&one.clocks)).collect();
        match all.as_slice() {
            [first, .., last] if first != last => format!("{first} \u{2026} {last}"),
            [first, ..] => first.clone(),
            [] => String::new(),
        }
    };
    Message::new("report-clocks")
        .with("period", ends(&|clocks| clocks.period.to_string()))
        .with("inForce", ends(&|clocks| clocks.in_force.to_string()))
        .with("knownOn", report.known_on())
}

/// A text for a line of the page, where `&` begins a command.
pub(super) fn part(text: &str) -> String {
    let (text, _) = super::table::safe(text);
    let mut line = String::new();
    let mut n = 0;
    for c in text.chars().filter(|c| *c != '\n') {
        n += if c == '&' { 2 } else { c.len_utf16() };
        if n > MOST {
            line.push('\u{2026}');
            break;
        }
        line.push(c);
    }
    line.replace('&', "&&")
}
