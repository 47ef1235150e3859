//! A graph as a picture: layers from left to right, one shape a kind, categories framed. Goes in:
//! a diagram. Comes out: SVG without ids, scripts, styles or links to anything, so that several
//! may stand in one page. Never wider than its layers need.

use std::io::{self, Write};

use super::clean::{clean, lines};
use super::layout::{Item, Placed, layers, place};
use super::{GraphFormatDef, GraphReport, about, counts, ties, title};
use crate::graph::{Diagram, DiagramNode, NodeKind};
use crate::message::{Lang, Message};
use crate::report::width;

mod draw;

use draw::{escape, fit, line, outline, tie};

pub(super) const FORMAT: GraphFormatDef = GraphFormatDef {
    name: "svg",
    ending: "svg",
    write,
};

/// Width of a box.
const BOX: i64 = 220;
/// Room between two layers.
const GUTTER: i64 = 72;
/// Room around everything.
const MARGIN: i64 = 20;
/// Height of a line of a label.
const LINE: i64 = 17;
/// Columns of a line of a label, and of an id.
const COLUMNS: (usize, usize) = (27, 32);
/// Lines of a label, and of an id.
const MOST_LINES: (usize, usize) = (4, 2);
/// Room above a group for its name.
const GROUP_HEAD: i64 = 26;
/// Room between a frame and what it holds.
const FRAME: i64 = 8;
/// Ways beside a column on which relations run.
const LANES: i64 = 4;
/// Fonts that have Chinese beside Latin, on most systems.
const FONTS: &str = "system-ui, -apple-system, 'Segoe UI', 'Noto Sans', 'Noto Sans CJK SC', \
    'PingFang SC', 'Microsoft YaHei', sans-serif";

/// What stands around the boxes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SvgOptions {
    /// A file of its own, with the line that an XML file begins with.
    pub is_file: bool,
    /// The name of the pack, and what was asked for.
    pub has_heading: bool,
    /// What the shapes mean.
    pub has_legend: bool,
}

impl SvgOptions {
    /// A file of its own, with heading and legend.
    pub const FILE: SvgOptions = SvgOptions {
        is_file: true,
        has_heading: true,
        has_legend: true,
    };
    /// A part of a page that has its own heading.
    pub const FRAGMENT: SvgOptions = SvgOptions {
        is_file: false,
        has_heading: false,
        has_legend: true,
    };
}

fn write(w: &mut dyn Write, report: &GraphReport<'_>) -> io::Result<()> {
    svg(w, report.diagram, report.lang, &SvgOptions::FILE)
}

/// Writes a diagram as SVG.
///
/// # Errors
///
/// What the writer says.
pub fn svg(
    w: &mut dyn Write,
    diagram: &Diagram,
    lang: Lang,
    options: &SvgOptions,
) -> io::Result<()> {
    let page = Page::new(diagram, lang, options);
    page.write(w, options)
}

/// A box with its text.
struct Shape<'d> {
    node: &'d DiagramNode,
    label: Vec<String>,
    id: Vec<String>,
    x: i64,
    y: i64,
    height: i64,
}

impl<'d> Shape<'d> {
    fn new(diagram: &'d Diagram, (n, node): (usize, &'d DiagramNode), lang: Lang) -> Shape<'d> {
        let text = match node.label.get(lang) {
            "" => &node.id,
            text => text,
        };
        let label = lines(text, COLUMNS.0, MOST_LINES.0);
        let mut id = match node.kind.is_formula() || text == node.id {
            true => Vec::new(),
            false => lines(&node.id, COLUMNS.1, MOST_LINES.1),
        };
        for own in ties::own(diagram, n) {
            id.extend(lines(&own.render(lang), COLUMNS.1, 1));
        }
        let n_lines = i64::try_from(label.len() + id.len()).unwrap_or(1);
        Shape {
            node,
            label,
            id,
            x: 0,
            y: 0,
            height: n_lines.max(1) * LINE + 14,
        }
    }

    fn middle(&self) -> i64 {
        self.y + self.height / 2
    }
}

/// The frame of a category.
struct Frame {
    name: String,
    x: i64,
    y: i64,
    height: i64,
}

struct Page<'d> {
    diagram: &'d Diagram,
    lang: Lang,
    shapes: Vec<Shape<'d>>,
    /// For each use the heights at which it passes layers.
    bends: Vec<Vec<i64>>,
    frames: Vec<Frame>,
    /// Lines of the heading; `true` for those of the title.
    heading: Vec<(bool, String)>,
    /// A heading within the picture: its height and words.
    alone: Option<(i64, String)>,
    legend: Vec<Sign>,
    /// Where the first column begins.
    left: i64,
    size: (i64, i64),
}

/// An entry of the legend.
struct Sign {
    kind: Option<NodeKind>,
    mark: &'static str,
    words: String,
    x: i64,
    y: i64,
}

impl<'d> Page<'d> {
    fn new(diagram: &'d Diagram, lang: Lang, options: &SvgOptions) -> Page<'d> {
        let shapes: Vec<Shape<'d>> = diagram
            .nodes
            .iter()
            .enumerate()
            .map(|node| Shape::new(diagram, node, lang))
            .collect();
        let mut page = Page {
            diagram,
            lang,
            shapes,
            bends: Vec::new(),
            frames: Vec::new(),
            heading: Vec::new(),
            alone: None,
            legend: Vec::new(),
            left: MARGIN,
            size: (0, 0),
        };
        let (layers, n_layers) = layers(diagram);
        let n_alone = layers.iter().filter(|layer| layer.is_none()).count();
        // Boxes that nothing joins stand in rows below; as many to a row as there is room for.
        let per_row = n_layers.max(n_alone.min(3)).max(1);
        let n_across = i64::try_from(per_row).unwrap_or(1);
        // Relations between boxes of a column stand on its left.
        if diagram.ties.iter().any(|tie| tie.whole.is_some()) {
            page.left += GUTTER;
        }
        let across = n_across * BOX + (n_across - 1) * GUTTER + page.left + MARGIN;
        let mut y = MARGIN;
        if options.has_heading {
            page.heading = page.headings(across);
            y += i64::try_from(page.heading.len()).unwrap_or(1) * 24 + 6;
        }
        y = page.layered(&layers, y);
        y = page.rows(&layers, per_row, y);
        if options.has_legend {
            y = page.signs(across, y);
        }
        page.size = (across, y + MARGIN);
        page
    }

    fn say(&self, message: &Message) -> String {
        clean(&message.render(self.lang))
    }

    /// The name of the pack, and what was asked for.
    fn headings(&self, across: i64) -> Vec<(bool, String)> {
        // Bold letters of the title are wider than those below it.
        let columns = |size: i64| usize::try_from((across - 2 * MARGIN) / size).unwrap_or(20);
        let title = lines(&self.say(&title(self.diagram)), columns(11), 3);
        let mut found: Vec<(bool, String)> = title.into_iter().map(|line| (true, line)).collect();
        if let Some(about) = about(self.diagram) {
            let about = lines(&self.say(&about), columns(8), 3);
            found.extend(about.into_iter().map(|line| (false, line)));
        }
        found
    }

    /// Places what is joined by uses; returns where it ends.
    fn layered(&mut self, layers: &[Option<usize>], top: i64) -> i64 {
        let mut own: Vec<Option<usize>> = vec![None; self.shapes.len()];
        let mut nodes: Vec<usize> = Vec::new();
        let mut items: Vec<Item> = Vec::new();
        for (n, (shape, layer)) in self.shapes.iter().zip(layers).enumerate() {
            let Some(layer) = layer else { continue };
            if let Some(slot) = own.get_mut(n) {
                *slot = Some(items.len());
            }
            nodes.push(n);
            items.push(Item {
                layer: *layer,
                height: shape.height,
                group: shape.node.category,
            });
        }
        if items.is_empty() {
            return top;
        }
        let at = |node: usize| own.get(node).copied().flatten().unwrap_or(0);
        let uses: Vec<(usize, usize)> = self
            .diagram
            .edges
            .iter()
            .map(|edge| (at(edge.used), at(edge.user)))
            .collect();
        let Placed { middle, bends } = place(&items, &uses);
        let has_groups = items.iter().any(|item| item.group.is_some());
        let top = top + if has_groups { GROUP_HEAD + FRAME } else { 0 };
        self.bends = bends
            .into_iter()
            .map(|way| way.into_iter().map(|y| y + top).collect())
            .collect();
        let mut bottom = top;
        let mut extents: Vec<Option<(i64, i64, i64)>> = vec![None; self.diagram.categories.len()];
        for ((n, item), middle) in nodes.into_iter().zip(&items).zip(middle) {
            let Some(shape) = self.shapes.get_mut(n) else {
                continue;
            };
            shape.x = self.left + i64::try_from(item.layer).unwrap_or(0) * (BOX + GUTTER);
            shape.y = top + middle - shape.height / 2;
            bottom = bottom.max(shape.y + shape.height);
            if let Some(extent) = item.group.and_then(|group| extents.get_mut(group)) {
                let (x, first, last) = extent.unwrap_or((shape.x, i64::MAX, i64::MIN));
                let (y, end) = (shape.y, shape.y + shape.height);
                *extent = Some((x, first.min(y), last.max(end)));
            }
        }
        for (label, extent) in self.diagram.categories.iter().zip(extents) {
            let Some((x, first, last)) = extent else {
                continue;
            };
            let name = lines(label.get(self.lang), COLUMNS.1, 1);
            self.frames.push(Frame {
                name: name.into_iter().next().unwrap_or_default(),
                x: x - FRAME,
                y: first - GROUP_HEAD,
                height: last - first + GROUP_HEAD + FRAME,
            });
        }
        bottom + if has_groups { FRAME } else { 0 }
    }

    /// Places what nothing joins, in rows; returns where it ends.
    fn rows(&mut self, layers: &[Option<usize>], per_row: usize, top: i64) -> i64 {
        let is_alone = |n: &usize| layers.get(*n).is_some_and(Option::is_none);
        let alone: Vec<usize> = (0..self.shapes.len()).filter(is_alone).collect();
        if alone.is_empty() {
            return top;
        }
        let mut y = top;
        if self.diagram.is_whole {
            let words = Message::new("graph-alone").with("count", alone.len());
            y += 40;
            self.alone = Some((y, self.say(&words)));
            y += 14;
        }
        for row in alone.chunks(per_row) {
            let mut height = 0;
            let mut x = self.left;
            for n in row {
                if let Some(shape) = self.shapes.get_mut(*n) {
                    (shape.x, shape.y) = (x, y);
                    height = height.max(shape.height);
                }
                x += BOX + GUTTER;
            }
            y += height + 14;
        }
        y - 14
    }

    /// Places the legend; returns where it ends.
    fn signs(&mut self, across: i64, top: i64) -> i64 {
        let word = |key| self.say(&Message::new(key));
        let mut found: Vec<(Option<NodeKind>, &'static str, String)> = Vec::new();
        for kind in NodeKind::ALL {
            if self.diagram.nodes.iter().any(|node| node.kind == kind) {
                found.push((Some(kind), "", word(kind.key())));
            }
        }
        if !self.diagram.edges.is_empty() {
            found.push((None, "\u{2192}", word("graph-legend-use")));
        }
        if self.diagram.ties.iter().any(|tie| tie.whole.is_some()) {
            found.push((None, "\u{254c}\u{254c}", word("graph-legend-tie")));
        }
        if self.diagram.nodes.iter().any(|node| node.is_root) {
            found.push((None, "\u{25cf}", word("graph-legend-root")));
        }
        if self.diagram.nodes.iter().any(|node| node.n_hidden > 0) {
            found.push((None, "+n", word("graph-legend-hidden")));
        }
        let (mut x, mut y) = (MARGIN, top + 34);
        for (kind, mark, words) in found {
            let size = 44 + i64::try_from(width(&words)).unwrap_or(0) * 7 + 18;
            if x > MARGIN && x + size > across - MARGIN {
                (x, y) = (MARGIN, y + 26);
            }
            self.legend.push(Sign {
                kind,
                mark,
                words,
                x,
                y,
            });
            x += size;
        }
        y + 10
    }

    fn write(&self, w: &mut dyn Write, options: &SvgOptions) -> io::Result<()> {
        if options.is_file {
            writeln!(w, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
        }
        let (across, down) = self.size;
        let (lang, fonts) = (self.lang.code(), FONTS);
        writeln!(
            w,
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="{across}" height="{down}" viewBox="0 0 {across} {down}" role="img" lang="{lang}" xml:lang="{lang}" font-family="{fonts}" font-size="13" fill="none">"#
        )?;
        let mut words = self.say(&title(self.diagram));
        if let Some(about) = about(self.diagram) {
            words = format!("{words} \u{2013} {}", self.say(&about));
        }
        let counts = self.say(&counts(self.diagram));
        writeln!(w, "<title>{}</title>", escape(&words))?;
        writeln!(w, "<desc>{}</desc>", escape(&counts))?;
        writeln!(
            w,
            r##"<rect width="{across}" height="{down}" fill="#ffffff"/>"##
        )?;
        for (n, (is_title, line)) in (0..).zip(&self.heading) {
            let (y, size) = (MARGIN + 14 + n * 24, if *is_title { 17 } else { 14 });
            let weight = if *is_title { "700" } else { "400" };
            writeln!(
                w,
                r##"<text x="{MARGIN}" y="{y}" font-size="{size}" font-weight="{weight}" fill="#1a1a1a">{}</text>"##,
                escape(line)
            )?;
        }
        for frame in &self.frames {
            self.frame(w, frame)?;
        }
        for (n, edge) in self.diagram.edges.iter().enumerate() {
            if let (Some(used), Some(user)) =
                (self.shapes.get(edge.used), self.shapes.get(edge.user))
            {
                let bends = self.bends.get(n).map_or(&[][..], Vec::as_slice);
                let words = Message::new("graph-use")
                    .with("used", used.node.handle())
                    .with("user", user.node.handle())
                    .with("place", edge.place.to_string());
                let words = escape(&self.say(&words));
                line(w, used, user, bends, &words)?;
            }
        }
        for (lane, mark) in (0..).zip(ties::lines(self.diagram)) {
            let ends = (self.shapes.get(mark.from), self.shapes.get(mark.to));
            if let (Some(from), Some(to)) = ends {
                tie(w, (from, to), lane % LANES, &escape(&self.say(&mark.words)))?;
            }
        }
        if let Some((y, words)) = &self.alone {
            let words = escape(words);
            writeln!(
                w,
                r##"<text x="{MARGIN}" y="{y}" font-weight="700" fill="#1a1a1a">{words}</text>"##
            )?;
        }
        for shape in &self.shapes {
            self.shape(w, shape)?;
        }
        for sign in &self.legend {
            let words = escape(&sign.words);
            let (x, y) = (sign.x, sign.y);
            match sign.kind {
                Some(kind) => outline(w, kind, (x, y - 13, 34, 18), false)?,
                None => writeln!(
                    w,
                    r##"<text x="{}" y="{y}" text-anchor="middle" fill="#333333">{}</text>"##,
                    x + 17,
                    sign.mark
                )?,
            }
            let x = x + 42;
            writeln!(
                w,
                r##"<text x="{x}" y="{y}" fill="#1a1a1a">{words}</text>"##
            )?;
        }
        writeln!(w, "</svg>")
    }

    fn frame(&self, w: &mut dyn Write, frame: &Frame) -> io::Result<()> {
        let (x, y, height, across) = (frame.x, frame.y, frame.height, BOX + 2 * FRAME);
        writeln!(
            w,
            r##"<rect x="{x}" y="{y}" width="{across}" height="{height}" rx="6" fill="#f4f4f2" stroke="#b8b8b4"/><text x="{}" y="{}" font-size="12" font-weight="600" fill="#3a3a3a">{}</text>"##,
            x + FRAME,
            y + 18,
            escape(&frame.name)
        )
    }

    fn shape(&self, w: &mut dyn Write, shape: &Shape<'_>) -> io::Result<()> {
        let node = shape.node;
        let words = Message::new("graph-node")
            .with("kind", Message::new(node.kind.key()))
            .with("label", &node.label)
            .with("id", &node.id)
            .with("place", node.place.to_string());
        writeln!(w, "<g><title>{}</title>", escape(&self.say(&words)))?;
        outline(
            w,
            node.kind,
            (shape.x, shape.y, BOX, shape.height),
            node.is_root,
        )?;
        let middle = shape.x + BOX / 2;
        let mut y = shape.y + 20;
        for line in &shape.label {
            let fit = fit(line, 13);
            writeln!(
                w,
                r##"<text x="{middle}" y="{y}" text-anchor="middle" fill="#111111"{fit}>{}</text>"##,
                escape(line)
            )?;
            y += LINE;
        }
        for line in &shape.id {
            let fit = fit(line, 11);
            writeln!(
                w,
                r##"<text x="{middle}" y="{y}" text-anchor="middle" font-size="11" fill="#4a4a4a"{fit}>{}</text>"##,
                escape(line)
            )?;
            y += LINE;
        }
        if node.is_root {
            let (x, y) = (shape.x + 11, shape.y + 11);
            writeln!(w, r##"<circle cx="{x}" cy="{y}" r="4" fill="#1a1a1a"/>"##)?;
        }
        if node.n_hidden > 0 {
            let (x, y) = (shape.x + BOX - 4, shape.y - 2);
            writeln!(
                w,
                r##"<text x="{x}" y="{y}" text-anchor="end" font-size="11" font-weight="600" fill="#333333">+{}</text>"##,
                node.n_hidden
            )?;
        }
        writeln!(w, "</g>")
    }
}
