//! Names to ids: trees in, a `Model` out, with a diagnostic for all that does not fit.
//!
//! First everything is declared, then everything is defined, so that the order
//! of items and files means nothing.

use super::{Model, RuleId};
use crate::diagnostic::{Code, Diagnostic};
use crate::index::Id;
use crate::message::{Label, Message};
use crate::source::Span;
use crate::syntax::ast::{self, Block, BlockKind, ClauseKind, Item, ItemKind, Word};

mod clauses;
mod declare;
mod expr;
mod goal;
mod indicator;
mod measures;
mod pack;
mod table;
mod target;
mod tests;
mod vocabulary;

pub use clauses::clauses_of;

/// Resolves the names of all rule files together.
///
/// Never stops at the first problem: what cannot be resolved becomes an error
/// node, and later phases stay silent about it.
#[must_use]
pub fn resolve(modules: &[ast::Module]) -> (Model, Vec<Diagnostic>) {
    let mut cx = Cx {
        model: Model::default(),
        diagnostics: Vec::new(),
        declared: Vec::new(),
    };
    let items: Vec<&Item> = modules.iter().flat_map(|module| &module.items).collect();
    cx.measures(&items);
    cx.declare(&items);
    // Packs first: their head says which kinds count alike.
    for (item, block) in blocks(&items).filter(|(_, block)| block.kind == BlockKind::Pack) {
        cx.pack_head(item, block);
    }
    for (item, block) in blocks(&items) {
        match block.kind {
            BlockKind::Entity => cx.entity(block),
            BlockKind::Instrument => cx.instrument(block),
            BlockKind::Indicator => cx.indicator(item, block),
            _ => {}
        }
    }
    // Expressions last: they need the units of all indicators.
    for (_, block) in blocks(&items).filter(|(_, block)| block.kind == BlockKind::Indicator) {
        cx.identities(block);
    }
    for item in &items {
        if let ItemKind::Define {
            name,
            value,
            clauses,
            ..
        } = &item.kind
        {
            cx.define(name, value, clauses);
        }
    }
    for (_, block) in blocks(&items) {
        if matches!(block.kind, BlockKind::Target | BlockKind::Check) {
            cx.rule(block);
        }
    }
    for item in &items {
        match &item.kind {
            ItemKind::Test { label, clauses } => cx.test(item, label, clauses),
            ItemKind::Table { name, clauses } => cx.table(name, clauses),
            _ => {}
        }
    }
    (cx.model, cx.diagnostics)
}

/// The two ends of a window, or years of waypoints, in the wrong order.
fn empty_window(span: Span) -> Diagnostic {
    Diagnostic::new(Code::EmptyWindow, span).help(Message::new("help-order"))
}

fn blocks<'a>(items: &'a [&'a Item]) -> impl Iterator<Item = (&'a Item, &'a Block)> {
    items.iter().filter_map(|item| match &item.kind {
        ItemKind::Block(block) => Some((*item, block)),
        _ => None,
    })
}

/// The context of this phase.
struct Cx {
    model: Model,
    diagnostics: Vec<Diagnostic>,
    /// Where each declared id stands, by kind of item and text.
    declared: Vec<(&'static str, String, Span)>,
}

impl Cx {
    fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// The id that a list of names must not hold twice.
    fn declared_before(&mut self, what: &'static str, id: &Word) -> bool {
        let before = self
            .declared
            .iter()
            .find(|(kind, text, _)| *kind == what && *text == id.text);
        if let Some((_, _, span)) = before {
            let diagnostic = Diagnostic::new(Code::DuplicateName, id.span)
                .with("name", &id.text)
                .here(Message::new("place-second"))
                .place(*span, Message::new("place-first"));
            self.push(diagnostic);
            return true;
        }
        self.declared.push((what, id.text.clone(), id.span));
        false
    }

    fn rule_named(&self, id: &str) -> Option<RuleId> {
        self.model
            .rules
            .iter()
            .find(|(_, rule)| rule.id == id)
            .map(|(id, _)| id)
    }

    fn unknown_name(&mut self, word: &Word) {
        let diagnostic = Diagnostic::new(Code::UnknownName, word.span).with("name", &word.text);
        self.push(if self.model.names.is_ambiguous(&word.text) {
            diagnostic.help(Message::new("help-ambiguous-name"))
        } else if let Some(keyword) = crate::syntax::keyword_inside(&word.text) {
            diagnostic.help(Message::new("help-blank-around").with("keyword", keyword))
        } else {
            let near = self.model.names.nearest(&word.text).map(str::to_owned);
            diagnostic.meant(near)
        });
    }
}

/// A label from the word behind the id and the `en` and `zh` clauses.
fn label(word: Option<&Word>, clauses: &[ast::Clause]) -> Label {
    let mut label = Label::default();
    if let Some(word) = word {
        put(&mut label, &word.text);
    }
    for clause in clauses {
        match &clause.kind {
            ClauseKind::En(text) => label.en.clone_from(&text.text),
            ClauseKind::Zh(text) => label.zh.clone_from(&text.text),
            _ => {}
        }
    }
    label
}

/// A label from one or two texts, each put to the language that it is written in.
fn texts_label(texts: &[Word]) -> Label {
    let mut label = Label::default();
    for text in texts {
        put(&mut label, &text.text);
    }
    label
}

fn put(label: &mut Label, text: &str) {
    if is_chinese(text) {
        text.clone_into(&mut label.zh);
    } else {
        text.clone_into(&mut label.en);
    }
}

/// Whether a text has Chinese characters in it.
fn is_chinese(text: &str) -> bool {
    text.chars()
        .any(|c| ('\u{2E80}'..='\u{9FFF}').contains(&c) || ('\u{20000}'..='\u{3FFFF}').contains(&c))
}

fn notes(clauses: &[ast::Clause]) -> Vec<Label> {
    clauses
        .iter()
        .filter_map(|clause| match &clause.kind {
            ClauseKind::Note(texts) => Some(texts_label(texts)),
            _ => None,
        })
        .collect()
}

/// An id for an arena that holds as many entries as were declared.
fn nth<I: Id>(index: usize) -> I {
    I::new(index)
}
