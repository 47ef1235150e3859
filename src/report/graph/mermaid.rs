//! A graph as a Mermaid flowchart: categories as subgraphs, kinds as shapes. Every label is written
//! so that nothing in it is read as markup.

use std::io::{self, Write};

use super::clean::{clean, lines};
use super::{GraphFormatDef, GraphReport, about, counts, ties, title};
use crate::graph::{Diagram, DiagramNode, NodeKind};
use crate::message::Lang;

pub(super) const FORMAT: GraphFormatDef = GraphFormatDef {
    name: "mermaid",
    ending: "mmd",
    write,
};

/// Columns of a line of a label.
const COLUMNS: usize = 30;

fn write(w: &mut dyn Write, report: &GraphReport<'_>) -> io::Result<()> {
    let (diagram, lang) = (report.diagram, report.lang);
    let mut heading = clean(&title(diagram).render(lang));
    if let Some(about) = about(diagram) {
        heading = format!("{heading} \u{2013} {}", clean(&about.render(lang)));
    }
    // A string of JSON is one of YAML.
    let heading = serde_json::to_string(&heading)?;
    writeln!(w, "---\ntitle: {heading}\n---")?;
    writeln!(w, "flowchart LR")?;
    writeln!(w, "  accDescr: {}", clean(&counts(diagram).render(lang)))?;
    for (n, category) in diagram.categories.iter().enumerate() {
        let name = joined(&lines(category.get(lang), COLUMNS, 3));
        writeln!(w, "  subgraph c{n}[\"{name}\"]")?;
        for (at, node) in diagram.nodes.iter().enumerate() {
            if node.category == Some(n) {
                write!(w, "  ")?;
                self::node(w, diagram, (at, node), lang)?;
            }
        }
        writeln!(w, "  end")?;
    }
    for (at, node) in diagram.nodes.iter().enumerate() {
        if node.category.is_none() {
            self::node(w, diagram, (at, node), lang)?;
        }
    }
    for edge in &diagram.edges {
        writeln!(w, "  n{} --> n{}", edge.used, edge.user)?;
    }
    for mark in ties::lines(diagram) {
        let words = escaped(&clean(&mark.words.render(lang)));
        writeln!(w, "  n{} -. \"{words}\" .- n{}", mark.from, mark.to)?;
    }
    for kind in NodeKind::ALL {
        let mut all = diagram.nodes.iter();
        if all.any(|node| node.kind == kind) {
            let style = match kind {
                NodeKind::Indicator => "fill:#eaf2fb,stroke:#1f5288",
                NodeKind::Derived => "fill:#f2ecfa,stroke:#553a86",
                NodeKind::Derivation | NodeKind::Identity => "fill:#eaf6ec,stroke:#27602f",
                NodeKind::Decision => "fill:#d9f0f3,stroke:#0b4f5c,stroke-width:2px",
                NodeKind::Milestone => "fill:#e9e4f5,stroke:#4b3a78,stroke-width:2px",
                NodeKind::Target => "fill:#fff3dc,stroke:#6e4300,stroke-width:2px",
                NodeKind::Check => "fill:#ffffff,stroke:#3a3a3a,stroke-dasharray:5 3",
            };
            writeln!(w, "  classDef {} {style},color:#111111", class(kind))?;
        }
    }
    let roots = diagram.nodes.iter().enumerate();
    for (at, _) in roots.filter(|(_, node)| node.is_root) {
        writeln!(w, "  style n{at} stroke-width:4px")?;
    }
    Ok(())
}

fn class(kind: NodeKind) -> String {
    format!("kind_{}", kind.word())
}

fn node(
    w: &mut dyn Write,
    diagram: &Diagram,
    (at, node): (usize, &DiagramNode),
    lang: Lang,
) -> io::Result<()> {
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
    let (open, close) = match node.kind {
        NodeKind::Indicator => ("([", "])"),
        NodeKind::Derived => ("{{", "}}"),
        NodeKind::Derivation => ("[/", "/]"),
        NodeKind::Identity => ("[[", "]]"),
        NodeKind::Decision => ("{", "}"),
        NodeKind::Milestone => ("[/", "\\]"),
        NodeKind::Target | NodeKind::Check => ("[", "]"),
    };
    writeln!(
        w,
        "  n{at}{open}\"{}\"{close}:::{}",
        joined(&text),
        class(node.kind)
    )
}

fn joined(lines: &[String]) -> String {
    let lines: Vec<String> = lines.iter().map(|line| escaped(line)).collect();
    lines.join("<br/>")
}

/// Text that stands for itself: whatever is neither a letter nor a digit nor plainly harmless is
/// written as its number.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let is_plain = !c.is_ascii() || c.is_ascii_alphanumeric() || " .,:()=+%_-".contains(c);
        match is_plain {
            true => out.push(c),
            false => out.push_str(&format!("#{};", u32::from(c))),
        }
    }
    out
}
