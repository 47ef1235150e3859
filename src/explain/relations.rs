//! Where a rule stands among others: its kind, what it is a part of, which indicators it is to move.
//! A rule goes in, sentences come out. None of them decides anything.

use super::claims::named;
use super::{Cx, Node, NodeKind};
use crate::message::{Arg, Message};
use crate::model::Rule;

impl Cx<'_> {
    /// What a pack says of a rule beside what it requires.
    pub(super) fn standing_in_plan(&self, rule: &Rule, address: &str) -> Vec<Node> {
        let model = &self.program.model;
        let mut nodes = Vec::new();
        let mut put = |at: String, message| nodes.push(Node::new(at, NodeKind::Rule, message));
        if let Some(sort) = &rule.sort {
            put(
                format!("{address}/sort"),
                Message::new("explain-sort").with("sort", sort),
            );
        }
        if !rule.wholes.is_empty() {
            let wholes = rule.wholes.iter().map(|id| {
                let whole = &model.rules[*id];
                Message::new("explain-rule-named")
                    .with("label", named(&whole.label, &whole.id))
                    .with("id", &whole.id)
            });
            let wholes = Arg::List(wholes.map(Arg::Message).collect());
            let message = Message::new("explain-part-of").with("wholes", wholes);
            put(format!("{address}/part-of"), message);
        }
        for (n, feed) in rule.feeds.iter().enumerate() {
            let indicator = &model.indicators[feed.indicator];
            let key = match feed.is_stated {
                true => "explain-feeds-stated",
                false => "explain-feeds-inferred",
            };
            let mut message =
                Message::new(key).with("indicator", named(&indicator.label, &indicator.id));
            if !feed.note.zh.is_empty() || !feed.note.en.is_empty() {
                message = Message::new("explain-feeds-note")
                    .with("what", message)
                    .with("note", &feed.note);
            }
            put(format!("{address}/feeds{n}"), message);
        }
        nodes
    }
}
