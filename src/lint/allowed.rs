//! Comments that silence a lint at one item or line, with the reason. One that silences nothing, gives no
//! reason or names no lint is a lint itself.

use super::{Edit, Lint, Linted};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::fold::fold_width;
use crate::message::{Lang, Message};
use crate::program::Program;
use crate::source::{SourceId, Span};
use crate::syntax::{Limits, parse};

/// What a comment names, and the lint where there is one of that name.
type Names = Vec<(String, Option<Code>)>;

/// A comment that silences lints.
struct Allowance {
    names: Names,
    has_reason: bool,
    /// The comment.
    span: Span,
    /// What it covers: the item below it, or the line.
    covers: Span,
}

/// Takes out the lints that comments of the pack silence; `unasked` were not all looked for.
pub(super) fn silence(program: &Program, unasked: &[Code], found: &mut Linted) {
    let sources = &program.sources;
    let own = sources
        .ids()
        .filter(|id| sources.is_own(*id) && !sources.is_table(*id));
    for id in own {
        for allowance in allowances(id, sources.text(id)) {
            apply(program, &allowance, unasked, found);
        }
    }
}

fn apply(program: &Program, allowance: &Allowance, unasked: &[Code], found: &mut Linted) {
    if !allowance.has_reason {
        found.push(bad(allowance, Message::new("lint-allow-reason")));
        return;
    }
    let mut n_idle = 0;
    for (name, code) in &allowance.names {
        let Some(code) = code else {
            let why = Message::new("lint-allow-unknown").with("name", name);
            found.push(bad(allowance, why));
            continue;
        };
        let before = found.lints.len();
        found.lints.retain(|lint| {
            let at = lint.at();
            let is_covered = at.is_some_and(|at| {
                at.source == allowance.covers.source
                    && allowance.covers.start <= at.start
                    && at.start < allowance.covers.end
            });
            lint.problem.code != *code || !is_covered
        });
        let n_silenced = before - found.lints.len();
        found.n_allowed += n_silenced;
        let is_open = unasked.contains(code) || is_unexamined(program, allowance, *code, found);
        if n_silenced == 0 && !is_open {
            n_idle += 1;
            let why = Message::new("lint-allow-idle").with("code", code.as_str());
            found.push(bad(allowance, why));
        }
    }
    if n_idle > 0 && n_idle == allowance.names.len() {
        // Nothing is left of it: the comment goes, with its line.
        let last = found.lints.last_mut();
        let line = whole_line(program, allowance.span);
        if let Some(lint) = last {
            lint.fix = Some(super::Fix {
                edits: vec![Edit {
                    span: line,
                    text: String::new(),
                }],
            });
        }
    }
}

/// Whether something that it covers could not be looked at.
fn is_unexamined(program: &Program, allowance: &Allowance, code: Code, found: &Linted) -> bool {
    let mut rules = program.model.rules.values().filter(|rule| {
        let (own, covers) = (rule.span, allowance.covers);
        own.source == covers.source && covers.start <= own.start && own.end <= covers.end
    });
    rules.any(|rule| {
        let mut unexamined = found.unexamined.iter();
        unexamined.any(|one| one.code == code && one.item == rule.id)
    })
}

fn bad(allowance: &Allowance, why: Message) -> Lint {
    Lint {
        item: None,
        problem: Diagnostic::new(Code::BadAllowance, allowance.span).with("why", why),
        fix: None,
    }
}

/// The line of a comment, its end with it.
fn whole_line(program: &Program, comment: Span) -> Span {
    let text = program.sources.text(comment.source);
    let before = text.get(..comment.start as usize).unwrap_or("");
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let behind = text.get(comment.end as usize..).unwrap_or("");
    let end = behind
        .find('\n')
        .map_or(text.len(), |at| comment.end as usize + at + 1);
    span(comment.source, start, end)
}

fn span(source: SourceId, start: usize, end: usize) -> Span {
    Span {
        source,
        start: u32::try_from(start).unwrap_or(u32::MAX),
        end: u32::try_from(end).unwrap_or(u32::MAX),
    }
}

/// The comments of a file that silence lints, each with what it covers.
fn allowances(source: SourceId, text: &str) -> Vec<Allowance> {
    let markers = Lang::ALL.map(|lang| Message::new("lint-allow").render(lang));
    if !markers.iter().any(|marker| text.contains(marker.as_str())) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut open: Vec<Allowance> = Vec::new();
    let mut items: Option<Vec<Span>> = None;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let at = start;
        start += line.len();
        let own = line.trim();
        if let Some(comment) = comment(own) {
            if let Some((names, has_reason)) = read(comment, &markers) {
                let first = at + line.len() - line.trim_start().len();
                let place = span(source, first, first + own.len());
                open.push(Allowance {
                    names,
                    has_reason,
                    span: place,
                    covers: place,
                });
            }
            continue;
        }
        if own.is_empty() || open.is_empty() {
            continue;
        }
        let items = items.get_or_insert_with(|| {
            let (module, _) = parse(source, text, &Limits::default());
            module.items.iter().map(|item| item.span).collect()
        });
        let line = span(source, at, start);
        let begins = |item: &&Span| line.start <= item.start && item.start < line.end;
        let covers = items.iter().find(begins).copied().unwrap_or(line);
        for mut allowance in open.drain(..) {
            allowance.covers = covers;
            found.push(allowance);
        }
    }
    found.extend(open);
    found
}

/// The text of a line that is a comment and no doc comment.
fn comment(line: &str) -> Option<String> {
    let folded = fold_width(line);
    let text = folded.strip_prefix("//")?;
    (!text.starts_with('/')).then(|| text.trim().to_owned())
}

/// The codes that a comment silences, and whether it says why; none where it is any other comment.
fn read(comment: String, markers: &[String; 2]) -> Option<(Names, bool)> {
    let rest = markers
        .iter()
        .find_map(|marker| comment.strip_prefix(marker.as_str()))?;
    let (codes, reason) = rest.split_once(':').unwrap_or((rest, ""));
    let separators = |c: char| c.is_whitespace() || c == ',' || c == '\u{3001}';
    let names: Vec<&str> = codes
        .split(separators)
        .filter(|name| !name.is_empty())
        .collect();
    if names.is_empty() || !names.iter().all(|name| looks_like_code(name)) {
        return None;
    }
    let lintable = |name: &str| {
        let code = Code::parse(name)?;
        (code.severity() != Severity::Error).then_some(code)
    };
    let named = names
        .iter()
        .map(|name| ((*name).to_owned(), lintable(name)));
    Some((named.collect(), !reason.trim().is_empty()))
}

/// A letter and three digits.
fn looks_like_code(name: &str) -> bool {
    let mut letters = name.chars();
    let first = letters
        .next()
        .is_some_and(|letter| letter.is_ascii_alphabetic());
    first && name.len() == 4 && letters.all(|letter| letter.is_ascii_digit())
}
