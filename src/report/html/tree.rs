//! An explanation as a tree of sentences. Nodes go in; what the section of the rule says already is
//! left out, nothing else.

use std::cell::Cell;

use maud::{Markup, html};

use super::Page;
use crate::explain::{Node, NodeKind};
use crate::message::Message;
use crate::report::facts::Facts;
use crate::report::legend;
use crate::verdict::Verdict;

impl Page<'_> {
    /// The explanation of a row, its first sentences where it has more than so many; folded on a
    /// screen where it is not of the first interest.
    pub(super) fn why(
        &self,
        facts: &Facts<'_>,
        is_first: bool,
        has_chart: bool,
        most: usize,
    ) -> Markup {
        let row = facts.row;
        let nodes: Vec<&Node> = facts.nodes().iter().filter(|node| !is_told(node)).collect();
        let n_nodes: usize = nodes.iter().map(|node| size(node)).sum();
        let more = Message::new("site-more-sentences").with("count", n_nodes.saturating_sub(most));
        let left = Cell::new(most);
        html! {
            details id=(self.row_anchor(row)) class={ "why v-" (row.verdict.word()) } open data-fold[!is_first] {
                summary {
                    span.when { (row.period) }
                    @if facts.rule.scope.is_some() { " " (self.short(facts.entity())) }
                    " " (self.answer(row))
                    @if let Some(reason) = self.reason(facts) { " " span.aside { (reason) } }
                }
                @if has_chart { (self.chart(Some(facts))) }
                ul.tree {
                    @for node in nodes { (self.tree_node(node, None, &left)) }
                    @if n_nodes > most { li.aside { (self.tell(&more)) } }
                }
            }
        }
    }

    /// Why a row is not judged, in words.
    pub(super) fn reason(&self, facts: &Facts<'_>) -> Option<String> {
        let has_reason = matches!(
            facts.row.verdict,
            Verdict::Pending | Verdict::Waived | Verdict::NotApplicable
        );
        let said = facts
            .nodes()
            .iter()
            .find(|node| node.kind == NodeKind::Verdict)?;
        let reason = said.message.args.get("reason")?;
        has_reason.then(|| self.arg(reason))
    }

    /// A sentence with its kind, where neither the one above nor its own first word says it.
    fn tree_node(&self, node: &Node, above: Option<NodeKind>, left: &Cell<usize>) -> Markup {
        let Some(rest) = left.get().checked_sub(1) else {
            return html! {};
        };
        left.set(rest);
        let (kind, said) = (self.word(legend::node(node.kind)), self.tell(&node.message));
        let is_said = above == Some(node.kind) || said.starts_with(&kind);
        html! {
            li class={ "k-" (node.kind.word()) } {
                @if !is_said { span.tag { (kind) } " " }
                bdi { (said) }
                @if !node.children.is_empty() && rest > 0 {
                    ul { @for child in &node.children { (self.tree_node(child, Some(node.kind), left)) } }
                }
            }
        }
    }
}

/// How many sentences a node is.
fn size(node: &Node) -> usize {
    1 + node.children.iter().map(size).sum::<usize>()
}

/// Whether the section of the rule says it for all rows, or the line above the tree.
fn is_told(node: &Node) -> bool {
    matches!(
        node.kind,
        NodeKind::Verdict | NodeKind::Rule | NodeKind::Note
    )
}
