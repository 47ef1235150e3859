//! A graph as trees of lines for a terminal: each end with what it rests on, or each thing asked
//! for with what it reaches. Goes in: a diagram. Never tells what stands below a node twice.

use std::io::{self, Write};

use super::clean::clean;
use super::{GraphFormatDef, GraphReport, about, counts, fed, ties, title, touched};
use crate::graph::{Diagram, DiagramNode, DiagramTie, NodeKind, describe, holders, node_name};
use crate::message::{Lang, Message};
use crate::report::{width, wrap};

pub(super) const FORMAT: GraphFormatDef = GraphFormatDef {
    name: "human",
    ending: "txt",
    write,
};

/// Steps that a tree is indented; deeper ones stand in a tree of their own.
const DEEPEST: usize = 10;

fn write(w: &mut dyn Write, report: &GraphReport<'_>) -> io::Result<()> {
    match report.affected {
        Some(affected) => touched::write(w, report, affected),
        None => Trees::new(report).write(w),
    }
}

struct Trees<'a> {
    report: &'a GraphReport<'a>,
    diagram: &'a Diagram,
    lang: Lang,
    columns: usize,
    used: Vec<Vec<usize>>,
    users: Vec<Vec<usize>>,
    /// Nodes below which everything was told, upwards and downwards.
    told: [Vec<bool>; 2],
    /// Nodes that stand in some tree.
    shown: Vec<bool>,
}

/// A line that waits to be written.
struct Line {
    node: usize,
    /// What stands before it and before the lines below it.
    prefix: String,
    depth: usize,
    is_last: bool,
}

impl<'a> Trees<'a> {
    fn new(report: &'a GraphReport<'a>) -> Trees<'a> {
        let n = report.diagram.nodes.len();
        let (mut used, mut users) = (vec![Vec::new(); n], vec![Vec::new(); n]);
        for edge in &report.diagram.edges {
            if let (Some(used), Some(users)) = (used.get_mut(edge.user), users.get_mut(edge.used)) {
                used.push(edge.used);
                users.push(edge.user);
            }
        }
        Trees {
            report,
            diagram: report.diagram,
            lang: report.lang,
            columns: report.columns,
            used,
            users,
            told: [vec![false; n], vec![false; n]],
            shown: vec![false; n],
        }
    }

    fn say(&self, message: &Message) -> String {
        clean(&message.render(self.lang))
    }

    fn write(mut self, w: &mut dyn Write) -> io::Result<()> {
        let mut heading = vec![self.say(&title(self.diagram))];
        heading.extend(about(self.diagram).map(|about| self.say(&about)));
        heading.push(self.say(&counts(self.diagram)));
        for line in heading {
            self.wrapped(w, "", "", &line)?;
        }
        if self.diagram.is_whole {
            self.whole(w)?;
        } else {
            self.roots(w)?;
        }
        self.held(w)?;
        fed::write(w, self.report)
    }

    /// What holds figures against each other.
    fn held(&self, w: &mut dyn Write) -> io::Result<()> {
        let ties: Vec<&DiagramTie> = self.diagram.ties.iter().collect();
        if ties.is_empty() {
            return Ok(());
        }
        writeln!(w, "\n== {}", self.say(&Message::new("graph-held")))?;
        for tie in ties {
            let words = ties::sentence(&self.report.program.model, &tie.relation);
            self.wrapped(w, "", "   ", &self.say(&words))?;
        }
        self.held_by(w)
    }

    /// What somebody wrote that holds figures of what was asked for, with the others in it.
    fn held_by(&self, w: &mut dyn Write) -> io::Result<()> {
        let program = self.report.program;
        for root in self.diagram.nodes.iter().filter(|node| node.is_root) {
            for holder in holders(program, root.node) {
                let holder_node = describe(program, holder, 0, false);
                if !self.diagram.nodes.iter().any(|node| node.node == holder) {
                    continue;
                }
                let used = program.order.used_by(holder).into_iter();
                let others: Vec<String> = used
                    .filter(|(used, _)| *used != root.node)
                    .map(|(used, _)| node_name(&program.model, used))
                    .collect();
                let words = Message::new("graph-held-by")
                    .with("holder", named(&holder_node))
                    .with("others", others);
                self.wrapped(w, "", "   ", &self.say(&words))?;
            }
        }
        Ok(())
    }

    /// Every end with what it rests on, by category, and then what leads to none.
    fn whole(&mut self, w: &mut dyn Write) -> io::Result<()> {
        let nodes = &self.diagram.nodes;
        for category in (0..self.diagram.categories.len()).map(Some).chain([None]) {
            let is_here = |node: &DiagramNode| node.category == category;
            let mut ends: Vec<usize> = (0..nodes.len())
                .filter(|n| nodes.get(*n).is_some_and(is_here) && self.is_end(*n))
                .collect();
            if ends.is_empty() {
                continue;
            }
            ends.sort_by_cached_key(|n| {
                nodes
                    .get(*n)
                    .map(|node| (node.kind, crate::graph::natural(&node.key)))
            });
            let label = category.and_then(|n| self.diagram.categories.get(n));
            let name = match label {
                Some(label) => clean(label.get(self.lang)),
                None => self.say(&Message::new("graph-no-category")),
            };
            writeln!(w)?;
            self.wrapped(w, "", "", &format!("== {name}"))?;
            for end in ends {
                self.tree(w, end, true)?;
            }
        }
        let mut rest: Vec<usize> = (0..nodes.len())
            .filter(|n| !self.shown.get(*n).copied().unwrap_or(true))
            .collect();
        if rest.is_empty() {
            return Ok(());
        }
        let words = Message::new("graph-alone").with("count", rest.len());
        writeln!(w, "\n== {}", self.say(&words))?;
        // What leads to nothing may still rest on something, and stands before it.
        rest.sort_by_key(|n| nodes.get(*n).map(|node| std::cmp::Reverse(node.level)));
        for node in rest {
            if !self.shown.get(node).copied().unwrap_or(true) {
                self.tree(w, node, true)?;
            }
        }
        Ok(())
    }

    /// Whether nothing uses a node that is judged: a rule, or a decision that no rule asks for.
    fn is_end(&self, node: usize) -> bool {
        let kind = self.diagram.nodes.get(node).map(|node| node.kind);
        let is_asked = self.users.get(node).is_some_and(|users| !users.is_empty());
        kind.is_some_and(|kind| kind.is_end() || kind == NodeKind::Decision && !is_asked)
    }

    /// Whatever was asked for, with what lies up and down from it.
    fn roots(&mut self, w: &mut dyn Write) -> io::Result<()> {
        let nodes = &self.diagram.nodes;
        let roots = (0..nodes.len()).filter(|n| nodes.get(*n).is_some_and(|node| node.is_root));
        for root in roots {
            let has = |all: &[Vec<usize>]| all.get(root).is_some_and(|near| !near.is_empty());
            let (up, down) = (has(&self.used), has(&self.users));
            if up || !down {
                let key = if up { "graph-rests-on" } else { "graph-single" };
                writeln!(w, "\n== {}", self.say(&Message::new(key)))?;
                self.tree(w, root, true)?;
            }
            if down {
                writeln!(w, "\n== {}", self.say(&Message::new("graph-reaches")))?;
                self.tree(w, root, false)?;
            }
        }
        Ok(())
    }

    /// A node with everything below it; parts that lie too deep follow as trees of their own.
    fn tree(&mut self, w: &mut dyn Write, root: usize, is_up: bool) -> io::Result<()> {
        let mut trees = vec![root];
        let mut is_first = true;
        while let Some(root) = trees.pop() {
            let mut stack = vec![Line {
                node: root,
                prefix: String::new(),
                depth: 0,
                is_last: true,
            }];
            while let Some(line) = stack.pop() {
                let sides = if is_up { &self.used } else { &self.users };
                let below = sides.get(line.node).cloned().unwrap_or_default();
                let told = self.told.get_mut(usize::from(is_up));
                let told = told.and_then(|told| told.get_mut(line.node));
                let is_told = told.as_ref().is_some_and(|told| **told);
                let is_deep = line.depth >= DEEPEST && !below.is_empty() && !is_told;
                let mut note = None;
                if is_deep {
                    note = Some("graph-below");
                    trees.push(line.node);
                } else if is_told && !below.is_empty() {
                    note = Some("graph-above");
                } else if let Some(told) = told {
                    *told = true;
                }
                if !is_first && line.depth == 0 {
                    note = Some("graph-continued");
                }
                self.line(w, &line, note)?;
                if is_deep || is_told {
                    continue;
                }
                let prefix = match (line.depth, line.is_last) {
                    (0, _) => String::new(),
                    (_, true) => format!("{}   ", line.prefix),
                    (_, false) => format!("{}\u{2502}  ", line.prefix),
                };
                for (n, node) in below.iter().enumerate().rev() {
                    stack.push(Line {
                        node: *node,
                        prefix: prefix.clone(),
                        depth: line.depth + 1,
                        is_last: n + 1 == below.len(),
                    });
                }
            }
            is_first = false;
        }
        Ok(())
    }

    fn line(
        &mut self,
        w: &mut dyn Write,
        line: &Line,
        note: Option<&'static str>,
    ) -> io::Result<()> {
        let Some(node) = self.diagram.nodes.get(line.node) else {
            return Ok(());
        };
        if let Some(shown) = self.shown.get_mut(line.node) {
            *shown = true;
        }
        let (first, rest) = match (line.depth, line.is_last) {
            (0, _) => (String::new(), "   ".to_owned()),
            (_, true) => (
                format!("{}\u{2514}\u{2500} ", line.prefix),
                format!("{}     ", line.prefix),
            ),
            (_, false) => (
                format!("{}\u{251c}\u{2500} ", line.prefix),
                format!("{}\u{2502}    ", line.prefix),
            ),
        };
        let mut text = self.say(&named(node));
        if node.n_hidden > 0 {
            let hidden = Message::new("graph-hidden").with("count", node.n_hidden);
            text = format!("{text} {}", self.say(&hidden));
        }
        if let Some(note) = note {
            text = format!("{text} {}", self.say(&Message::new(note)));
        }
        self.wrapped(w, &first, &rest, &text)
    }

    fn wrapped(&self, w: &mut dyn Write, first: &str, rest: &str, text: &str) -> io::Result<()> {
        let room = self.columns.saturating_sub(width(rest).max(width(first)));
        for (n, line) in wrap(text, room.max(20)).into_iter().enumerate() {
            writeln!(w, "{}{line}", if n == 0 { first } else { rest })?;
        }
        Ok(())
    }
}

/// Id, name and kind of a node.
pub(super) fn named(node: &DiagramNode) -> Message {
    let kind = Message::new(node.kind.key());
    let is_bare = node.label.zh.is_empty() && node.label.en.is_empty();
    match is_bare || node.kind.is_formula() {
        true => Message::new("graph-named-short")
            .with("id", node.handle())
            .with("kind", kind),
        false => Message::new("graph-named")
            .with("id", &node.id)
            .with("label", &node.label)
            .with("kind", kind),
    }
}
