//! What something rests on, and what rests on it: a picture of the nearest, and lists that lead
//! there. A thing that hundreds rest on shows some and counts the rest.

use std::collections::BTreeSet;

use maud::{Markup, html};

use super::{View, drawn};
use crate::graph::{Diagram, Node, Way, describe, natural};
use crate::message::Message;
use crate::report::graph::{SvgOptions, svg};

/// Things of a picture on each side of the one that it is about.
const MOST_DRAWN: usize = 10;
/// Entries of a list.
const MOST_LISTED: usize = 100;
/// Uses away from the one that a picture is about.
const DEPTH: usize = 2;

impl View<'_> {
    /// Picture and lists of what lies next to a node of the graph.
    pub(super) fn neighbours(&self, node: Node) -> Markup {
        let order = &self.report().program.order;
        let up = order.neighbours(node, Way::Up);
        let down = order.neighbours(node, Way::Down);
        let body = html! {
            (self.picture(node))
            (self.side("site-rests-on", "site-rests-on-none", up))
            (self.side("site-used-by", "site-used-by-none", down))
            (self.beyond())
        };
        self.section("graph", "site-graph", &body)
    }

    fn picture(&self, node: Node) -> Markup {
        let program = self.report().program;
        let order = &program.order;
        let mut wanted = BTreeSet::from([node]);
        let mut sides = vec![(node, Way::Both)];
        for way in [Way::Up, Way::Down] {
            let reached = order.reach(node, way, Some(DEPTH));
            let mut near: Vec<(usize, Node)> = reached
                .into_iter()
                .filter(|(other, _)| *other != node)
                .map(|(other, far)| (far, other))
                .collect();
            near.sort_by_cached_key(|(far, other)| {
                (*far, natural(&describe(program, *other, 0, false).key))
            });
            near.truncate(MOST_DRAWN);
            sides.extend(near.iter().map(|(_, other)| (*other, way)));
            wanted.extend(near.into_iter().map(|(_, other)| other));
        }
        let mut diagram = Diagram::of_nodes(program, &wanted, &[node], None);
        for shown in &mut diagram.nodes {
            let sides = sides.iter().filter(|(other, _)| *other == shown.node);
            let beyond = sides.flat_map(|(other, way)| order.neighbours(*other, *way));
            let beyond: BTreeSet<Node> = beyond.filter(|other| !wanted.contains(other)).collect();
            shown.n_hidden = beyond.len();
        }
        if diagram.nodes.len() < 2 {
            return html! {};
        }
        let lang = self.page.lang;
        let picture = drawn(|w| svg(w, &diagram, lang, &SvgOptions::FRAGMENT));
        html! {
            @if let Some(picture) = picture {
                figure.graph tabindex="0" aria-label=(self.word("site-graph")) { (picture) }
            }
        }
    }

    /// One side as a list.
    fn side(&self, heading: &'static str, none: &'static str, mut nodes: Vec<Node>) -> Markup {
        let program = self.report().program;
        nodes.sort_by_cached_key(|node| {
            let shown = describe(program, *node, 0, false);
            (shown.kind, natural(&shown.key))
        });
        let left_out =
            Message::new("site-more").with("count", nodes.len().saturating_sub(MOST_LISTED));
        html! {
            h3 { (self.word(heading)) @if !nodes.is_empty() { " " span.aside.n { (nodes.len()) } } }
            @if nodes.is_empty() { p.aside { (self.word(none)) } }
            @else {
                ul.list.tight {
                    @for node in nodes.iter().take(MOST_LISTED) { li { (self.node(*node)) } }
                }
            }
            @if nodes.len() > MOST_LISTED { p.aside { (self.tell(&left_out)) } }
        }
    }

    /// What of other packs of the site uses the thing of this page.
    fn beyond(&self) -> Markup {
        let users = self.book.places.users_beyond(&self.here);
        let left_out =
            Message::new("site-more").with("count", users.len().saturating_sub(MOST_LISTED));
        html! {
            @if !users.is_empty() {
                h3 { (self.word("site-used-beyond")) " " span.aside.n { (users.len()) } }
                ul.list.tight {
                    @for (n, node) in users.iter().take(MOST_LISTED) {
                        li { (self.node_of(*n, *node)) " " span.aside { (self.pack_name(*n)) } }
                    }
                }
                @if users.len() > MOST_LISTED { p.aside { (self.tell(&left_out)) } }
            }
        }
    }

    /// A node of the graph: its kind, id and name.
    pub(super) fn node(&self, node: Node) -> Markup {
        self.node_of(self.n, node)
    }

    fn node_of(&self, n: usize, node: Node) -> Markup {
        let shown = describe(self.book.places.program(n), node, 0, false);
        let place = self.book.places.node(n, node);
        html! {
            span.tag { (self.word(shown.kind.key())) } " "
            @if shown.kind.is_formula() {
                (self.link(place.as_deref(), &html! { code { (shown.label.get(self.page.lang)) } }))
            } @else {
                (self.named(place.as_deref(), &shown.id, &shown.label))
            }
        }
    }
}
