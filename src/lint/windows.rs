//! Counts over one window held against a limit that the text sets for another: what definitions say that
//! figures are counted over, and what the quoted words say.

use std::collections::BTreeMap;

use super::quotes::parts;
use super::{Lint, LintOptions, Linted};
use crate::diagnostic::{Code, Diagnostic};
use crate::fold::fold_width;
use crate::graph::walk;
use crate::message::{Label, Message};
use crate::model::{Expr, ExprKind, FigureRef, Model, Rule, RuleKind};
use crate::program::Program;
use crate::source::Span;

/// A window by its name, and the words that say so.
type Window = (String, Label);

pub(super) fn look(program: &Program, _: &LintOptions<'_>, found: &mut Linted) {
    for rule in program.model.rules.values() {
        if !program.is_own(rule.span) {
            continue;
        }
        for (exprs, citations) in parts(rule) {
            let quotes = citations.iter().map(|citation| citation.quote.as_str());
            let mut said: BTreeMap<String, Label> = BTreeMap::new();
            for quote in quotes {
                said.extend(windows(&program.model, quote));
            }
            // Words that speak of several windows do not tell which is meant here.
            let said: Option<Window> = match said.len() {
                1 => said.pop_first(),
                _ => None,
            };
            for expr in exprs {
                in_expr(program, rule, expr, said.as_ref(), found);
            }
        }
    }
}

/// The comparisons of an expression: figures of two windows in one, or of another than the text says.
fn in_expr(program: &Program, rule: &Rule, expr: &Expr, said: Option<&Window>, found: &mut Linted) {
    walk(expr, &mut |expr| {
        if !matches!(expr.kind, ExprKind::Compare(..)) {
            return;
        }
        let figures = counted(&program.model, expr);
        // A check may say how two windows hang together; a limit is for one.
        if rule.kind != RuleKind::Check
            && let Some((_, (first, words), at)) = figures.first()
        {
            let other = figures.iter().find(|(_, (window, _), _)| window != first);
            if let Some((figure, (_, others), second)) = other {
                let problem = Diagnostic::new(Code::CountingWindow, *second)
                    .with("figure", name(&program.model, figure))
                    .with("window", others)
                    .with(
                        "against",
                        Message::new("lint-window-beside").with("window", words),
                    )
                    .place(*at, Message::new("place-is").with("what", words));
                found.push(Lint::new(&rule.id, problem));
                return;
            }
        }
        let Some((window, quoted)) = said else {
            return;
        };
        if let Some((figure, (_, own), at)) = figures.iter().find(|(_, (own, _), _)| own != window)
        {
            let problem = Diagnostic::new(Code::CountingWindow, *at)
                .with("figure", name(&program.model, figure))
                .with("window", own)
                .with(
                    "against",
                    Message::new("lint-window-quoted").with("window", quoted),
                );
            found.push(Lint::new(&rule.id, problem));
        }
    });
}

fn name(model: &Model, figure: &FigureRef) -> String {
    model.indicators[figure.indicator].id.clone()
}

/// The figures of a comparison that say what they are counted over.
fn counted<'e>(model: &Model, expr: &'e Expr) -> Vec<(&'e FigureRef, Window, Span)> {
    let mut found = Vec::new();
    walk(expr, &mut |expr| {
        if let ExprKind::Figure(figure) = &expr.kind
            && let Some(window) = window_of(model, figure)
        {
            found.push((figure, window, expr.span));
        }
    });
    found
}

/// What a figure is counted over: by its definition, else by its name; nothing where they name none or
/// several.
fn window_of(model: &Model, figure: &FigureRef) -> Option<Window> {
    let indicator = &model.indicators[figure.indicator];
    let definition = indicator.definitions.get(usize::from(figure.definition));
    let labels = definition.map(|known| &known.label).into_iter();
    labels.chain([&indicator.label]).find_map(|label| {
        let mut named = windows(model, &label.zh);
        named.extend(windows(model, &label.en));
        let (window, _) = named.pop_first().filter(|_| named.is_empty())?;
        Some((window, label.clone()))
    })
}

/// The windows that a text names, each with the words in which it does.
fn windows(model: &Model, text: &str) -> BTreeMap<String, Label> {
    let folded: Vec<char> = fold_width(text).to_lowercase().chars().collect();
    let mut found = BTreeMap::new();
    let mut at = 0;
    while let Some(rest) = folded.get(at..).filter(|rest| !rest.is_empty()) {
        let rest: String = rest.iter().collect();
        let words = model.words.windows.iter();
        let words = words.filter(|(word, _)| rest.starts_with(word.as_str()));
        match words.max_by_key(|(word, _)| word.len()) {
            Some((word, window)) => {
                found
                    .entry(window.clone())
                    .or_insert_with(|| Label::same(word));
                at += word.chars().count();
            }
            None => at += 1,
        }
    }
    found
}
