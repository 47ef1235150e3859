//! How rules hang together: which rules a rule is a part of, and which indicators it is to move.
//! Neither decides a verdict.

use std::collections::BTreeMap;

use super::{Cx, Listed, texts_label};
use crate::diagnostic::{Code, Diagnostic};
use crate::message::Message;
use crate::model::{Contribution, Name, RuleId, RuleKind};
use crate::source::Span;
use crate::syntax::ast::{Block, ClauseKind, Feed, Item, ItemKind, Word};

impl Cx {
    /// What rules say of each other and of indicators, once all of them are known.
    pub(super) fn relations(&mut self, items: &[&Item]) {
        for item in items {
            match &item.kind {
                ItemKind::Block(block) => self.relations_of(block),
                ItemKind::Feed(word, feed) => {
                    if let Some(rule) = self.known_rule(word) {
                        self.feed(rule, feed, item.span);
                    }
                }
                _ => {}
            }
        }
        self.no_circle_of_rules();
    }

    fn relations_of(&mut self, block: &Block) {
        let Some(id) = self.entry_of::<RuleId>(Listed::Rule, &block.id) else {
            return;
        };
        for clause in &block.clauses {
            match &clause.kind {
                ClauseKind::Feeds(feed) => self.feed(id, feed, clause.span),
                ClauseKind::PartOf { wholes, .. } => {
                    for word in wholes {
                        self.part_of_rule(id, word);
                    }
                }
                _ => {}
            }
        }
    }

    fn known_rule(&mut self, word: &Word) -> Option<RuleId> {
        if let Some(id) = self.rule_named(&word.text) {
            return Some(id);
        }
        let ids = self.model.rules.values().map(|rule| rule.id.as_str());
        let near = crate::fold::nearest(&word.text, ids).map(|(name, _)| name.to_owned());
        let why = Message::new("relation-no-rule").with("name", &word.text);
        let diagnostic = Diagnostic::new(Code::BadRelation, word.span).with("why", why);
        self.push(diagnostic.meant(near));
        None
    }

    fn part_of_rule(&mut self, id: RuleId, word: &Word) {
        let Some(whole) = self.known_rule(word) else {
            return;
        };
        if self.model.rules[id].wholes.contains(&whole) {
            self.bad_relation("relation-twice", word);
        } else {
            self.model.rules[id].wholes.push(whole);
        }
    }

    fn feed(&mut self, id: RuleId, feed: &Feed, span: Span) {
        let word = &feed.indicator;
        let Some(Name::Indicator(indicator)) = self.model.names.lookup(&word.text) else {
            match self.model.names.lookup(&word.text) {
                Some(_) => self.bad_relation("relation-no-indicator", word),
                None => self.unknown_name(word),
            }
            return;
        };
        let rule = &self.model.rules[id];
        if matches!(rule.kind, RuleKind::Check | RuleKind::Decision) {
            self.bad_relation("relation-of-check", word);
        } else if rule.feeds.iter().any(|known| known.indicator == indicator) {
            self.bad_relation("relation-twice", word);
        } else {
            self.model.rules[id].feeds.push(Contribution {
                indicator,
                is_stated: feed.is_stated,
                note: texts_label(&feed.labels),
                span,
            });
        }
    }

    fn bad_relation(&mut self, why: &'static str, word: &Word) {
        let why = Message::new(why).with("name", &word.text);
        self.push(Diagnostic::new(Code::BadRelation, word.span).with("why", why));
    }

    /// A rule cannot be a part of itself, by however many others.
    fn no_circle_of_rules(&mut self) {
        // What has no parts that are left is in no circle; what remains in the end is, or leads to one.
        let mut n_parts: BTreeMap<RuleId, usize> = BTreeMap::new();
        for rule in self.model.rules.values() {
            for whole in &rule.wholes {
                *n_parts.entry(*whole).or_default() += 1;
            }
        }
        let is_free =
            |n_parts: &BTreeMap<RuleId, usize>, id| n_parts.get(&id).is_none_or(|n| *n == 0);
        let ids = self.model.rules.ids();
        let mut free: Vec<RuleId> = ids.filter(|id| is_free(&n_parts, *id)).collect();
        let mut n_done = free.len();
        while let Some(id) = free.pop() {
            for whole in &self.model.rules[id].wholes {
                if let Some(n) = n_parts.get_mut(whole) {
                    *n -= 1;
                    if *n == 0 {
                        free.push(*whole);
                        n_done += 1;
                    }
                }
            }
        }
        if n_done == self.model.rules.len() {
            return;
        }
        let in_circle = n_parts
            .iter()
            .find(|(id, n)| **n > 0 && self.leads_to_itself(**id));
        if let Some((id, _)) = in_circle {
            let rule = &self.model.rules[*id];
            let why = Message::new("relation-circle").with("name", &rule.id);
            let diagnostic = Diagnostic::new(Code::BadRelation, rule.span).with("why", why);
            self.push(diagnostic);
        }
        // Whoever follows wholes upward comes to an end.
        for rule in self.model.rules.values_mut() {
            rule.wholes.clear();
        }
    }

    fn leads_to_itself(&self, id: RuleId) -> bool {
        let mut seen: std::collections::BTreeSet<RuleId> = std::collections::BTreeSet::new();
        let mut next = self.model.rules[id].wholes.clone();
        while let Some(at) = next.pop() {
            if at == id {
                return true;
            }
            if seen.insert(at) {
                next.extend(&self.model.rules[at].wholes);
            }
        }
        false
    }
}
