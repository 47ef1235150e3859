//! The words of a goal in both languages.
//!
//! Goes in: a goal as it is written. Comes out: the same with its keywords in each language, and for
//! English its limits in English units. Never changes a name, a text or what the goal means.

use super::show::{Shown, Unit};
use crate::functions::name_in;
use crate::graph::walk;
use crate::message::{Label, Lang};
use crate::model::{Expr, ExprKind, Type};
use crate::program::{Program, TermId};
use crate::set::Set;
use crate::source::Span;
use crate::unit::ParsedUnit;

mod amounts;

/// The words of a goal in either language; as written where that fails.
pub(super) fn rule_words(program: &Program, goal: &Expr) -> Label {
    let written = program.sources.slice(goal.span);
    let numbers = foreign_numbers(program, goal);
    let both = both(written);
    let english = match numbers.is_empty() {
        true => None,
        false => in_english(written, goal, &numbers),
    };
    Label {
        zh: amounts::turned(program, &both.zh, Lang::Zh),
        en: amounts::turned(program, english.as_ref().unwrap_or(&both.en), Lang::En),
    }
}

/// Words of a rule with their keywords and units in either language; as written where that fails.
pub(crate) fn words_in_both(program: &Program, written: &str) -> Label {
    let both = both(written);
    Label {
        zh: amounts::turned(program, &both.zh, Lang::Zh),
        en: amounts::turned(program, &both.en, Lang::En),
    }
}

/// What a term is written as, in both languages; worked out once.
pub(super) fn term_words(program: &Program, term: TermId) -> &Label {
    let term = &program.terms[term];
    let words = || words_in_both(program, program.sources.slice(term.span));
    term.words.get_or_init(|| Box::new(words()))
}

/// A goal with its keywords in each language, without its units; as written where that fails.
fn both(goal: &str) -> Label {
    let plain = || goal.split_whitespace().collect::<Vec<_>>().join(" ");
    in_languages(goal).unwrap_or_else(|| Label::same(&plain()))
}

/// A goal with its keywords in each language.
fn in_languages(goal: &str) -> Option<Label> {
    let text = format!("check x {{ require {goal} }}");
    let [zh, en] = crate::syntax::in_languages(&text, [Lang::Zh, Lang::En], &name_in)?;
    let words = |formatted: &str| {
        let line = formatted.lines().nth(1)?.trim();
        line.split_once(' ').map(|(_, words)| words.to_owned())
    };
    Some(Label {
        zh: words(&zh)?,
        en: words(&en)?,
    })
}

/// A goal in English, the units of its numbers too. While keywords are turned a name stands where
/// each number will.
fn in_english(written: &str, goal: &Expr, numbers: &[(Span, String)]) -> Option<String> {
    let mut held = String::new();
    let mut copied = 0;
    for (n, (span, _)) in numbers.iter().enumerate() {
        let from = (span.start - goal.span.start) as usize;
        held.push_str(written.get(copied..from)?);
        held.push_str(&place(n));
        copied = (span.end - goal.span.start) as usize;
    }
    held.push_str(written.get(copied..)?);
    let mut words = in_languages(&held)?.en;
    for (n, (_, shown)) in numbers.iter().enumerate() {
        words = words.replacen(&place(n), shown, 1);
    }
    Some(words)
}

/// A name that no pack declares, for the number at a place.
fn place(n: usize) -> String {
    format!("_number_{n}_")
}

/// The numbers of a goal whose units are not in Latin letters, in order, each as English has it.
fn foreign_numbers(program: &Program, goal: &Expr) -> Vec<(Span, String)> {
    let mut found: Vec<(Span, String)> = Vec::new();
    walk(goal, &mut |expr| {
        let inside = expr.span.start >= goal.span.start && expr.span.end <= goal.span.end;
        if let (true, ExprKind::Number(value)) = (inside, &expr.kind)
            && let Some(unit) = unit_of(program, expr)
        {
            let set = Set::point(value.clone());
            found.push((expr.span, Shown { set, unit }.text(Lang::En)));
        }
    });
    found.sort_by_key(|(span, _)| span.start);
    found.dedup_by_key(|(span, _)| span.start);
    found
}

/// The unit in which a number is written, where it has one that is not in Latin letters.
fn unit_of(program: &Program, number: &Expr) -> Option<Unit> {
    let written = program.sources.slice(number.span);
    if !written.starts_with(|c: char| c.is_numeric()) {
        return None;
    }
    let name = written
        .trim_start_matches(|c: char| c.is_numeric() || matches!(c, '.' | '\u{FF0E}'))
        .trim();
    let units = &program.model.units;
    match units.parse(name).ok()? {
        _ if name.is_ascii() => None,
        ParsedUnit::Blank => None,
        ParsedUnit::Unit(unit) => Some(Unit::declared(program, &unit)),
        ParsedUnit::Scale(_) => {
            // The number took its unit from what it stands against.
            let Type::Quantity(ty) = &number.ty else {
                return None;
            };
            let base = units.neighbours(&ty.dimension).into_iter().next()?;
            match units.parse(&format!("{name}{base}")).ok()? {
                ParsedUnit::Unit(unit) => Some(Unit::declared(program, &unit)),
                ParsedUnit::Blank | ParsedUnit::Scale(_) => None,
            }
        }
    }
}
