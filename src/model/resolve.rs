//! Names to ids: trees in, a `Model` out, with a diagnostic for all that does not fit.
//!
//! First everything is declared, then everything is defined, so that the order
//! of items and files means nothing.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use self::uses::Packs;
use super::{Model, RuleId};
use crate::diagnostic::{Code, Diagnostic};
use crate::figures::printed::Reading;
use crate::index::Id;
use crate::message::{Label, Message};
use crate::source::{Sources, Span};
use crate::syntax::ast::{self, Block, BlockKind, ClauseKind, Item, ItemKind, Word};

mod breakdown;
mod calendar;
mod clauses;
mod deadline;
mod decision;
mod declare;
mod entities;
mod expr;
mod goal;
mod indicator;
mod measures;
mod milestone;
mod pack;
mod plausible;
mod records;
mod relations;
mod score;
mod table;
mod target;
mod tests;
mod ties;
mod uses;
mod vocabulary;
mod weights;

pub use clauses::clauses_of;

/// Resolves the names of all rule files together.
///
/// Never stops at the first problem: what cannot be resolved becomes an error
/// node, and later phases stay silent about it.
#[must_use]
pub fn resolve(modules: &[ast::Module], sources: &Sources) -> (Model, Vec<Diagnostic>) {
    let mut cx = Cx {
        model: Model::default(),
        diagnostics: Vec::new(),
        declared: BTreeMap::new(),
        places: BTreeMap::new(),
        packs: Packs::new(modules, sources),
        readings: BTreeMap::new(),
        items: BTreeMap::new(),
    };
    let Some(used) = cx.used_packs(modules, sources) else {
        return (cx.model, cx.diagnostics);
    };
    let all = modules.iter().flat_map(|module| &module.items);
    let items: Vec<&Item> = all.filter(|item| cx.packs.counts(item)).collect();
    cx.measures(&items);
    cx.ladders(&items);
    cx.plausible_items(&items);
    cx.declare(&items);
    // Packs first: their head says which kinds count alike.
    cx.pack_heads(&items, &used);
    for (item, block) in blocks(&items) {
        match block.kind {
            BlockKind::Entity => cx.entity(block),
            BlockKind::Instrument => cx.instrument(block),
            BlockKind::Indicator => cx.indicator(item, block),
            _ => {}
        }
    }
    cx.no_circle_of_parts();
    cx.lists();
    // Expressions last: they need the units of all indicators.
    for (_, block) in blocks(&items).filter(|(_, block)| block.kind == BlockKind::Indicator) {
        cx.identities(block);
        cx.ties(block);
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
    cx.scores(&items);
    for (_, block) in blocks(&items) {
        match block.kind {
            BlockKind::Target | BlockKind::Check => cx.rule(block),
            BlockKind::Decision => cx.decision(block),
            BlockKind::Milestone => cx.milestone(block),
            _ => {}
        }
    }
    cx.relations(&items);
    for item in &items {
        match &item.kind {
            ItemKind::Test {
                label,
                entity,
                clauses,
            } => cx.test(item, label, entity.as_ref(), clauses),
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

/// The lists in which items have their entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Listed {
    Class,
    Entity,
    Instrument,
    Indicator,
    Define,
    Rule,
}

/// The context of this phase.
struct Cx {
    model: Model,
    diagnostics: Vec<Diagnostic>,
    /// Where each declared id stands, by kind of item and text.
    declared: BTreeMap<(&'static str, String), Span>,
    /// The place in its list of what an item declared, by kind of entry and where its id stands.
    places: BTreeMap<(Listed, Span), usize>,
    packs: Packs,
    /// How the rules of a pack read figures, where its head says so; by used pack.
    readings: BTreeMap<Option<String>, Reading>,
    /// Items of evidence of the milestone that is read, by their own names.
    items: BTreeMap<String, super::IndicatorId>,
}

impl Cx {
    fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// The id that a list of names must not hold twice.
    fn declared_before(&mut self, what: &'static str, id: &Word) -> bool {
        match self.declared.entry((what, id.text.clone())) {
            Entry::Vacant(place) => {
                place.insert(id.span);
                false
            }
            Entry::Occupied(first) => {
                let first = *first.get();
                self.push_twice(&id.text, id.span, Some(first));
                true
            }
        }
    }

    /// A name that is declared again, with the place of the first where it has one.
    fn push_twice(&mut self, name: &str, again: Span, first: Option<Span>) {
        let Some(first) = first else {
            self.push(Diagnostic::new(Code::DuplicateName, again).with("name", name));
            return;
        };
        // What a used pack declares was there before; the pack that uses it is the one to mend.
        let is_used = |span| self.packs.of(span).is_some();
        let (first, again) = match self.packs.is_own(first) && is_used(again) {
            true => (again, first),
            false => (first, again),
        };
        let there = |plain, in_pack, span| match self.packs.of(span) {
            None => Message::new(plain),
            Some(pack) => Message::new(in_pack).with("pack", pack),
        };
        let mut diagnostic = Diagnostic::new(Code::DuplicateName, again)
            .with("name", name)
            .here(there("place-second", "place-second-in", again))
            .place(first, there("place-first", "place-first-in", first));
        if is_used(first) && self.packs.of(first) != self.packs.of(again) {
            diagnostic = diagnostic.help(Message::new("help-declared-in-used"));
        }
        self.push(diagnostic);
    }

    fn rule_named(&self, id: &str) -> Option<RuleId> {
        let span = self.declared.get(&("rule", id.to_owned()))?;
        self.places.get(&(Listed::Rule, *span)).copied().map(nth)
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
