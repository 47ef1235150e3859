//! The words of a goal in both languages.
//!
//! Goes in: a goal as it is written. Comes out: the same with its keywords in each language, and for
//! English its limits in English units. Never changes a name, a text or what the goal means.

use super::show::{Shown, Unit};
use crate::functions::name_in;
use crate::graph::walk;
use crate::message::{Label, Lang};
use crate::model::{Expr, ExprKind, Type};
use crate::program::Program;
use crate::set::Set;
use crate::source::Span;
use crate::unit::ParsedUnit;

mod amounts;

/// The words of a goal in either language; as written where that fails.
pub(super) fn rule_words(program: &Program, goal: &Expr) -> Label {
    let written = program.sources.slice(goal.span);
    let plain = written.split_whitespace().collect::<Vec<_>>().join(" ");
    let zh = in_language(written, Lang::Zh).unwrap_or_else(|| plain.clone());
    let en = in_english(program, goal).or_else(|| in_language(written, Lang::En));
    Label {
        zh: amounts::turned(program, &zh, Lang::Zh),
        en: amounts::turned(program, &en.unwrap_or(plain), Lang::En),
    }
}

/// Words of a rule with their keywords and units in either language; as written where that fails.
pub(crate) fn words_in_both(program: &Program, written: &str) -> Label {
    let plain = written.split_whitespace().collect::<Vec<_>>().join(" ");
    let of = |lang| {
        let words = in_language(written, lang).unwrap_or_else(|| plain.clone());
        amounts::turned(program, &words, lang)
    };
    Label {
        zh: of(Lang::Zh),
        en: of(Lang::En),
    }
}

/// A goal with its keywords in a language.
fn in_language(goal: &str, lang: Lang) -> Option<String> {
    let text = format!("check x {{ require {goal} }}");
    let formatted = crate::syntax::format(&text, Some(lang), &name_in).ok()?;
    let line = formatted.lines().nth(1)?.trim();
    line.split_once(' ').map(|(_, words)| words.to_owned())
}

/// A goal in English, the units of its numbers too. While keywords are turned a name stands where
/// each number will.
fn in_english(program: &Program, goal: &Expr) -> Option<String> {
    let written = program.sources.slice(goal.span);
    let mut held = String::new();
    let mut copied = 0;
    let numbers = foreign_numbers(program, goal);
    for (n, (span, _)) in numbers.iter().enumerate() {
        let from = (span.start - goal.span.start) as usize;
        held.push_str(written.get(copied..from)?);
        held.push_str(&place(n));
        copied = (span.end - goal.span.start) as usize;
    }
    held.push_str(written.get(copied..)?);
    let mut words = in_language(&held, Lang::En)?;
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
