//! The graph of a pack in several formats: a diagram, or what a change may touch, goes in, bytes
//! come out. Decides nothing about what depends on what.
//!
//! A format is one file that exports its definition, and one line in [`GraphFormat::ALL`]. The
//! command line, its help and the tests read the list.

use std::io;

use crate::graph::{Affected, Diagram};
use crate::message::{Arg, Label, Lang, Message};
use crate::program::Program;

mod clean;
mod dot;
mod fed;
mod human;
mod json;
mod layout;
mod mermaid;
mod svg;
mod ties;
mod touched;

pub use svg::{SvgOptions, svg};

/// What a format is called and how it writes.
#[derive(Debug)]
struct GraphFormatDef {
    /// The name on the command line.
    name: &'static str,
    /// The usual ending of its files, without the point.
    ending: &'static str,
    write: fn(&mut dyn io::Write, &GraphReport<'_>) -> io::Result<()>,
}

/// An output format of graphs.
#[derive(Debug, Clone, Copy)]
pub struct GraphFormat(&'static GraphFormatDef);

impl PartialEq for GraphFormat {
    fn eq(&self, other: &GraphFormat) -> bool {
        self.0.name == other.0.name
    }
}

impl Eq for GraphFormat {}

impl GraphFormat {
    /// A tree for a person at a terminal.
    pub const HUMAN: GraphFormat = GraphFormat(&human::FORMAT);
    /// The language of Graphviz.
    pub const DOT: GraphFormat = GraphFormat(&dot::FORMAT);
    /// A Mermaid flowchart.
    pub const MERMAID: GraphFormat = GraphFormat(&mermaid::FORMAT);
    /// A picture.
    pub const SVG: GraphFormat = GraphFormat(&svg::FORMAT);
    /// For a machine, by `docs/schema/graph.json`.
    pub const JSON: GraphFormat = GraphFormat(&json::FORMAT);

    /// All formats.
    pub const ALL: &'static [GraphFormat] = &[
        GraphFormat::HUMAN,
        GraphFormat::DOT,
        GraphFormat::MERMAID,
        GraphFormat::SVG,
        GraphFormat::JSON,
    ];

    /// The name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.0.name
    }

    /// The usual ending of its files, without the point.
    #[must_use]
    pub fn ending(self) -> &'static str {
        self.0.ending
    }

    /// The format of a name.
    ///
    /// ```
    /// use plumbrule::report::graph::GraphFormat;
    ///
    /// assert_eq!(GraphFormat::named("mermaid").map(GraphFormat::ending), Some("mmd"));
    /// assert!(GraphFormat::named("paper").is_none());
    /// ```
    #[must_use]
    pub fn named(name: &str) -> Option<GraphFormat> {
        GraphFormat::ALL
            .iter()
            .copied()
            .find(|one| one.0.name == name)
    }
}

/// What a graph is written from.
#[derive(Clone, Copy)]
pub struct GraphReport<'a> {
    /// The pack.
    pub program: &'a Program,
    /// What is shown.
    pub diagram: &'a Diagram,
    /// What a change may touch, where that was asked; the diagram is then the way to it.
    pub affected: Option<&'a Affected>,
    /// The language of labels and sentences.
    pub lang: Lang,
    /// Columns of the terminal.
    pub columns: usize,
}

/// Writes a graph.
///
/// # Errors
///
/// What the writer says.
pub fn write_graph(
    w: &mut dyn io::Write,
    format: GraphFormat,
    report: &GraphReport<'_>,
) -> io::Result<()> {
    (format.0.write)(w, report)
}

/// Names that a heading tells before it counts the rest.
const MOST_NAMES: usize = 3;

/// The name of the pack.
fn title(diagram: &Diagram) -> Message {
    let pack = label_or(&diagram.title, &diagram.pack);
    Message::new("graph-title").with("pack", pack)
}

/// What was asked for, where it was not everything.
fn about(diagram: &Diagram) -> Option<Message> {
    let roots: Vec<Arg> = diagram
        .nodes
        .iter()
        .filter(|node| node.is_root)
        .map(|node| label_or(&node.label, &node.id))
        .collect();
    if roots.is_empty() {
        return None;
    }
    let n_more = roots.len().saturating_sub(MOST_NAMES);
    let names = Arg::List(roots.into_iter().take(MOST_NAMES).collect());
    Some(match n_more {
        0 => Message::new("graph-about").with("names", names),
        _ => Message::new("graph-about-more")
            .with("names", names)
            .with("count", n_more),
    })
}

/// How much there is, and what an arrow means.
fn counts(diagram: &Diagram) -> Message {
    let key = match diagram.ties.is_empty() {
        true => "graph-counts",
        false => "graph-counts-ties",
    };
    Message::new(key)
        .with("nodes", diagram.nodes.len())
        .with("uses", diagram.edges.len())
        .with("ties", diagram.ties.len())
}

/// A label, or the id where there is none.
fn label_or(label: &Label, id: &str) -> Arg {
    match label.zh.is_empty() && label.en.is_empty() {
        true => Arg::from(id),
        false => Arg::from(label),
    }
}
