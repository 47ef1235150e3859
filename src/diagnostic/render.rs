//! Diagnostics as text for a person, with the line and a caret under the place.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::{Diagnostic, Severity};
use crate::message::{Lang, Message};
use crate::source::{SourceId, Sources, Span};

/// Renders diagnostics with the lines that they speak of.
///
/// `colour` adds terminal colours; the caret stays right under wide characters.
#[must_use]
pub fn render(diagnostics: &[Diagnostic], sources: &Sources, lang: Lang, colour: bool) -> String {
    let mut out = String::new();
    for diagnostic in diagnostics {
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(&one(diagnostic, sources, lang, colour));
        out.push('\n');
    }
    out
}

fn one(diagnostic: &Diagnostic, sources: &Sources, lang: Lang, colour: bool) -> String {
    let word = |key| Message::new(key).render(lang);
    let title = diagnostic.message.render(lang);
    let level = match diagnostic.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let level = level.with_name(word(diagnostic.severity().key()));
    let places: Vec<(SourceId, std::ops::Range<usize>, String)> = diagnostic
        .places
        .iter()
        .map(|place| {
            (
                place.span.source,
                range(place.span, sources),
                place.message.render(lang),
            )
        })
        .collect();
    let mut group = Group::with_title(level.primary_title(&title).id(diagnostic.code.as_str()));
    let mut shown: Vec<SourceId> = Vec::new();
    for (source, _, _) in &places {
        if shown.contains(source) {
            continue;
        }
        shown.push(*source);
        let own = places.iter().filter(|(of, ..)| of == source);
        let (stretch, line) = around(own.map(|(_, range, _)| range), *source, sources);
        let text = sources.text(*source).get(stretch.clone()).unwrap_or("");
        let mut snippet = Snippet::source(text)
            .line_start(line)
            .path(sources.name(*source));
        for (index, (of, range, label)) in places.iter().enumerate() {
            if of == source {
                let range = range.start - stretch.start..range.end - stretch.start;
                let kind = if index == 0 {
                    AnnotationKind::Primary
                } else {
                    AnnotationKind::Context
                };
                snippet = snippet.annotation(kind.span(range).label(label.as_str()));
            }
        }
        group = group.element(snippet);
    }
    let help = diagnostic.help.as_ref().map(|help| help.render(lang));
    if let Some(help) = &help {
        group = group.element(
            Level::HELP
                .with_name(word("severity-help"))
                .message(help.as_str()),
        );
    }
    let renderer = if colour {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    renderer.render(&[group])
}

/// Lines beside the shown ones that are handed over with them.
const BESIDE: usize = 2;

/// The lines around some ranges of a text, and the number of the first: what is handed over is split into
/// lines and searched once for each diagnostic, so that the whole of a long file is too much.
fn around<'r>(
    ranges: impl Iterator<Item = &'r std::ops::Range<usize>>,
    source: SourceId,
    sources: &Sources,
) -> (std::ops::Range<usize>, usize) {
    let text = sources.text(source);
    let (mut from, mut to) = (text.len(), 0);
    for range in ranges {
        (from, to) = (from.min(range.start), to.max(range.end));
    }
    let before = text.get(..from).unwrap_or("").rmatch_indices('\n');
    let from = before.map(|(at, _)| at + 1).nth(BESIDE).unwrap_or(0);
    let after = text.get(to..).unwrap_or("").match_indices('\n');
    let to = after
        .map(|(at, _)| to + at + 1)
        .nth(BESIDE)
        .unwrap_or(text.len());
    let first = u32::try_from(from).unwrap_or(u32::MAX);
    (from..to.max(from), sources.line_column(source, first).0)
}

/// The bytes of a span, inside the text and on character borders.
fn range(span: Span, sources: &Sources) -> std::ops::Range<usize> {
    let text = sources.text(span.source);
    let mut start = (span.start as usize).min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let mut end = (span.end as usize).clamp(start, text.len());
    while !text.is_char_boundary(end) {
        end += 1;
    }
    start..end
}
