//! What all sheets share: language, paper, and the lines above and below each page.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::super::Report;
use crate::eval::Clocks;
use crate::message::{Lang, Message};

/// The longest part of a line above or below the page; the whole may have 255 signs.
const MOST: usize = 75;

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
fn part(text: &str) -> String {
    let (text, _) = super::table::safe(text);
    let mut signs: Vec<char> = text.chars().filter(|c| *c != '\n').collect();
    if signs.len() > MOST {
        signs.truncate(MOST);
        signs.push('\u{2026}');
    }
    signs.into_iter().collect::<String>().replace('&', "&&")
}
