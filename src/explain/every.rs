//! One condition of every member of a class, or of any of them, in words. The count that it is
//! evaluated as goes in, what was meant comes out.

use super::claims::named;
use super::many::members_message;
use super::words::words_in_both;
use super::{Cx, Node, NodeKind};
use crate::eval::Frame;
use crate::message::{Arg, Message};
use crate::model::Fold;
use crate::program::{AggregateId, Program, TermId, TermKind};

/// A condition of members, as a rule has it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Every {
    pub(super) aggregate: AggregateId,
    /// All of them have to meet it; any of them, where `false`.
    pub(super) is_all: bool,
}

/// The condition of members that a comparison stands for: nobody wrote the number in it.
pub(crate) fn every(program: &Program, term: TermId) -> Option<Every> {
    let found = &program.terms[term];
    let TermKind::Compare(_, left, right, _) = found.kind else {
        return None;
    };
    let TermKind::Aggregate(aggregate) = program.terms[left].kind else {
        return None;
    };
    let is_unwritten = program.terms[right].span == found.span;
    let is_count = program.aggregates[aggregate].fold == Fold::Count;
    (is_unwritten && is_count).then(|| Every {
        aggregate,
        is_all: turned(program, program.aggregates[aggregate].root.term).is_some(),
    })
}

/// What is asked of each member, where those are counted that do not meet it.
pub(super) fn turned(program: &Program, root: TermId) -> Option<TermId> {
    let TermKind::Not(inner) = program.terms[root].kind else {
        return None;
    };
    (program.terms[inner].span == program.terms[root].span).then_some(inner)
}

/// A condition in words: a fact that has to be so by its name.
pub(super) fn condition_words(program: &Program, term: TermId) -> Arg {
    let term = turned(program, term).unwrap_or(term);
    let found = &program.terms[term];
    if let TermKind::IsYes(inner) = found.kind
        && let TermKind::Input(input) | TermKind::Derived(input, _) = program.terms[inner].kind
    {
        let figure = &program.inputs[input].figure;
        let indicator = &program.model.indicators[figure.indicator];
        return named(&indicator.label, &indicator.id);
    }
    Arg::Label(words_in_both(program, program.sources.slice(found.span)))
}

impl Cx<'_> {
    /// What every member has to meet, or any of them, and who does.
    pub(super) fn every_node(
        &self,
        frame: &Frame,
        every: Every,
        term: TermId,
        truth: Message,
        address: &str,
    ) -> Node {
        let aggregate = &self.program.aggregates[every.aggregate];
        let key = match every.is_all {
            true => "explain-every",
            false => "explain-some",
        };
        let members = members_message(&self.program.model, &aggregate.members);
        let message = Message::new(key)
            .with("members", members)
            .with("what", condition_words(self.program, aggregate.root.term))
            .with("truth", truth);
        let mut node = Node::new(address.to_owned(), NodeKind::Condition, message);
        let counted = self.program.terms[term].kind.operands();
        if let Some(counted) = counted.first() {
            let path = format!("{address}/left");
            node.children = self.many_children(frame, *counted, every.aggregate, &path);
        }
        // In a list of what a row rests on the count stands for all the figures below it.
        if let Some(count) = node.children.first_mut() {
            count.kind = NodeKind::Figure;
            let key = match count.message.key {
                "explain-many-conditions" => "explain-every-counts",
                "explain-list-conditions" => "explain-every-listed",
                other => other,
            };
            let said = Message {
                key,
                ..count.message.clone()
            };
            let members = members_message(&self.program.model, &aggregate.members);
            count.message = said
                .with("members", members)
                .with("what", condition_words(self.program, aggregate.root.term));
        }
        node
    }
}
