//! What is wrong with rule files and tables, in one shape for every format that tells it.
//!
//! Diagnostics and problems in figures go in; code, severity, sentence, places and way out come
//! out. Never drops one, never orders them anew.

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::figures::{FigureProblem, ProblemCode, place_text};
use crate::message::{Lang, Message};
use crate::source::{Corner, Sources, Span};

/// What is wrong with rule files and tables, for the formats that carry it to other tools.
#[derive(Clone, Copy)]
pub struct Problems<'a> {
    /// Problems in rule files, warnings too.
    pub diagnostics: &'a [Diagnostic],
    /// The rule files.
    pub sources: &'a Sources,
    /// Problems in tables.
    pub figures: &'a [FigureProblem],
    /// The language of the sentences.
    pub lang: Lang,
}

/// One problem.
pub(super) struct Told<'a> {
    pub(super) code: &'static str,
    pub(super) severity: Severity,
    pub(super) message: &'a Message,
    pub(super) help: Option<&'a Message>,
    /// The first place is the one to mend.
    pub(super) places: Vec<Spot<'a>>,
    /// Text that mends the first place, where that is sure.
    pub(super) mend: Option<&'a str>,
}

/// A place in a file and what is to be said of it.
pub(super) struct Spot<'a> {
    pub(super) file: &'a str,
    /// The sheet of a workbook; empty for every other file.
    pub(super) sheet: &'a str,
    pub(super) message: Option<&'a Message>,
    pub(super) extent: Extent,
    /// The cell of a table, counted from 1; 0 for the whole line.
    pub(super) cell: Option<usize>,
}

impl Spot<'_> {
    /// The place in one text.
    pub(super) fn text(&self) -> String {
        let line = match &self.extent {
            Extent::Line(line) => *line,
            Extent::Part(start, _) => start.line,
        };
        let column = match (&self.extent, self.cell) {
            (_, Some(cell)) => cell,
            (Extent::Part(start, _), None) => start.column,
            (Extent::Line(_), None) => 0,
        };
        place_text(self.file, self.sheet, line, column)
    }
}

/// How far a place is known.
#[derive(Clone, Copy)]
pub(super) enum Extent {
    /// A line alone.
    Line(usize),
    /// From one corner to another, the end left out.
    Part(Corner, Corner),
}

impl<'a> Problems<'a> {
    /// All problems: those of rule files, then those of tables.
    pub(super) fn told(&self) -> impl Iterator<Item = Told<'a>> + use<'a> {
        let sources = self.sources;
        let rules = self
            .diagnostics
            .iter()
            .map(move |one| of_rules(one, sources));
        rules.chain(self.figures.iter().map(of_table))
    }
}

fn of_rules<'a>(one: &'a Diagnostic, sources: &'a Sources) -> Told<'a> {
    let spot = |place: &'a crate::diagnostic::Place| {
        let (start, end) = corners(sources, place.span);
        Spot {
            file: sources.name(place.span.source),
            sheet: "",
            message: Some(&place.message),
            extent: Extent::Part(start, end),
            cell: None,
        }
    };
    Told {
        code: one.code.as_str(),
        severity: one.severity(),
        message: &one.message,
        help: one.help.as_ref(),
        places: one.places.iter().map(spot).collect(),
        mend: one.mend.as_deref(),
    }
}

fn of_table(one: &FigureProblem) -> Told<'_> {
    let spot = Spot {
        file: &one.file,
        sheet: &one.sheet,
        message: None,
        extent: match one.extent {
            Some((start, end)) => Extent::Part(start, end),
            None => Extent::Line(one.line),
        },
        cell: Some(one.column),
    };
    Told {
        code: one.code.as_str(),
        severity: of_cell(one.is_warning),
        message: &one.message,
        help: one.help.as_ref(),
        places: vec![spot],
        mend: None,
    }
}

/// How much a problem of a table matters.
fn of_cell(is_warning: bool) -> Severity {
    match is_warning {
        true => Severity::Warning,
        false => Severity::Error,
    }
}

/// Where a span starts and ends.
fn corners(sources: &Sources, span: Span) -> (Corner, Corner) {
    let text = sources.text(span.source);
    let start = Corner::after(text, span.start as usize);
    let end = Corner::after(text, span.end.max(span.start) as usize);
    (start, end)
}

/// A code that a problem may have, for formats that list what they know.
pub(super) struct Known {
    pub(super) code: &'static str,
    pub(super) severity: Severity,
    page: &'static str,
}

/// All codes, those of rule files first.
pub(super) fn known() -> impl Iterator<Item = Known> {
    let rules = Code::ALL.iter().map(|code| Known {
        code: code.as_str(),
        severity: code.severity(),
        page: code.page_key(),
    });
    let tables = ProblemCode::ALL.into_iter().map(|code| Known {
        code: code.as_str(),
        severity: of_cell(code == ProblemCode::Column),
        page: code.page_key(),
    });
    rules.chain(tables)
}

impl Known {
    /// The page that explains it: what it is, why it matters, a wrong and a right example.
    pub(super) fn page(&self, lang: Lang) -> String {
        Message::new(self.page).render(lang)
    }
}
