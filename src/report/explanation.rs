//! One explanation for a person: sentences, indented by what they rest on.

use std::io::{self, Write};

use super::text::{measure, wrap};
use super::{Report, coloured};
use crate::explain::{Explanation, Node, NodeKind};

pub(super) fn write(
    w: &mut dyn Write,
    report: &Report<'_>,
    explanation: &Explanation,
) -> io::Result<()> {
    for node in &explanation.nodes {
        write_node(w, report, explanation, node, 0)?;
    }
    Ok(())
}

fn write_node(
    w: &mut dyn Write,
    report: &Report<'_>,
    explanation: &Explanation,
    node: &Node,
    depth: usize,
) -> io::Result<()> {
    let indent = "  ".repeat(depth.min(20));
    let text = node.message.render(report.lang);
    for (n, line) in wrap(
        &text,
        measure(report.columns).saturating_sub(indent.len() + 2),
    )
    .iter()
    .enumerate()
    {
        let lead = match (depth, n) {
            (0, 0) => "",
            (_, 0) => "- ",
            (0, _) => "",
            _ => "  ",
        };
        let line = if node.kind == NodeKind::Verdict {
            coloured(line, explanation.trace.row.verdict, report.colour)
        } else {
            line.clone()
        };
        writeln!(w, "{indent}{lead}{line}")?;
    }
    for child in &node.children {
        write_node(w, report, explanation, child, depth + 1)?;
    }
    Ok(())
}
