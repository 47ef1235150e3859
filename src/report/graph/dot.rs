//! A graph in the language of Graphviz: categories as clusters, kinds as shapes, places as
//! tooltips. Never lays anything out.

use std::io::{self, Write};

use super::clean::{clean, lines};
use super::{GraphFormatDef, GraphReport, about, ties, title};
use crate::graph::{Diagram, NodeKind};
use crate::message::{Lang, Message};

pub(super) const FORMAT: GraphFormatDef = GraphFormatDef {
    name: "dot",
    ending: "dot",
    write,
};

/// Columns of a line of a label.
const COLUMNS: usize = 30;

fn write(w: &mut dyn Write, report: &GraphReport<'_>) -> io::Result<()> {
    let (diagram, lang) = (report.diagram, report.lang);
    let mut heading = vec![clean(&title(diagram).render(lang))];
    heading.extend(about(diagram).map(|about| clean(&about.render(lang))));
    writeln!(w, "digraph {} {{", quoted(&diagram.pack))?;
    writeln!(
        w,
        "  graph [rankdir=LR, labelloc=t, fontname=\"sans-serif\", label={}];",
        joined(&heading)
    )?;
    writeln!(
        w,
        "  node [fontname=\"sans-serif\", style=filled, fillcolor=\"#ffffff\"];"
    )?;
    writeln!(w, "  edge [color=\"#5a5a5a\"];")?;
    for (n, category) in diagram.categories.iter().enumerate() {
        writeln!(w, "  subgraph \"cluster_{n}\" {{")?;
        let name = lines(category.get(lang), COLUMNS, 3);
        writeln!(
            w,
            "    graph [label={}, style=\"rounded,filled\", color=\"#b8b8b4\", fillcolor=\"#f4f4f2\"];",
            joined(&name)
        )?;
        let all = diagram.nodes.iter().enumerate();
        for (at, _) in all.filter(|(_, one)| one.category == Some(n)) {
            write!(w, "  ")?;
            node(w, diagram, at, lang)?;
        }
        writeln!(w, "  }}")?;
    }
    let all = diagram.nodes.iter().enumerate();
    for (at, _) in all.filter(|(_, one)| one.category.is_none()) {
        node(w, diagram, at, lang)?;
    }
    for edge in &diagram.edges {
        let (Some(used), Some(user)) = (diagram.nodes.get(edge.used), diagram.nodes.get(edge.user))
        else {
            continue;
        };
        let words = Message::new("graph-use")
            .with("used", used.handle())
            .with("user", user.handle())
            .with("place", edge.place.to_string());
        writeln!(
            w,
            "  {} -> {} [tooltip={}];",
            quoted(&used.key),
            quoted(&user.key),
            quoted(&clean(&words.render(lang)))
        )?;
    }
    for mark in ties::lines(diagram) {
        let key = |n: usize| diagram.nodes.get(n).map_or("", |node| node.key.as_str());
        writeln!(
            w,
            "  {} -> {} [dir=none, style=dashed, constraint=false, color=\"#8a5a00\", fontsize=11, label={}];",
            quoted(key(mark.from)),
            quoted(key(mark.to)),
            quoted(&clean(&mark.words.render(lang)))
        )?;
    }
    writeln!(w, "}}")
}

fn node(w: &mut dyn Write, diagram: &Diagram, at: usize, lang: Lang) -> io::Result<()> {
    let Some(node) = diagram.nodes.get(at) else {
        return Ok(());
    };
    let label = node.label.get(lang);
    let mut text = lines(if label.is_empty() { &node.id } else { label }, COLUMNS, 4);
    if !node.kind.is_formula() && label != node.id {
        text.extend(lines(&node.id, COLUMNS, 2));
    }
    for own in ties::own(diagram, at) {
        text.extend(lines(&own.render(lang), COLUMNS, 1));
    }
    if node.n_hidden > 0 {
        text.push(format!("+{}", node.n_hidden));
    }
    let shape = match node.kind {
        NodeKind::Indicator => "shape=box, style=\"rounded,filled\", fillcolor=\"#eaf2fb\"",
        NodeKind::Derived => "shape=hexagon, fillcolor=\"#f2ecfa\"",
        NodeKind::Derivation => "shape=parallelogram, fillcolor=\"#eaf6ec\"",
        NodeKind::Identity => "shape=box, peripheries=2, fillcolor=\"#eaf6ec\"",
        NodeKind::Decision => "shape=octagon, penwidth=2, fillcolor=\"#d9f0f3\"",
        NodeKind::Milestone => "shape=house, penwidth=2, fillcolor=\"#e9e4f5\"",
        NodeKind::Target => "shape=box, penwidth=2, fillcolor=\"#fff3dc\"",
        NodeKind::Check => "shape=box, style=\"dashed,filled\"",
    };
    let root = if node.is_root { ", penwidth=3" } else { "" };
    let words = Message::new("graph-node")
        .with("kind", Message::new(node.kind.key()))
        .with("label", &node.label)
        .with("id", &node.id)
        .with("place", node.place.to_string());
    writeln!(
        w,
        "  {} [{shape}{root}, label={}, tooltip={}];",
        quoted(&node.key),
        joined(&text),
        quoted(&clean(&words.render(lang)))
    )
}

/// Lines as one quoted string.
fn joined(lines: &[String]) -> String {
    let lines: Vec<String> = lines.iter().map(|line| escaped(line)).collect();
    format!("\"{}\"", lines.join("\\n"))
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", escaped(text))
}

/// Text that stands for itself within quotes: Graphviz reads backslashes, and `&` as in HTML.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '"' => out.push_str("\\\""),
            '&' => out.push_str("&amp;"),
            _ => out.push(c),
        }
    }
    out
}
