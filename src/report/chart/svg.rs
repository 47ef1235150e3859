//! Elements of a picture as text: whole places go in, escaped SVG comes out. It uses attributes
//! alone, no style sheet and no script, so that nothing in a page can clash with it.

/// How a stroke or a text looks. Shapes differ as well as colours, for print and for all eyes.
#[derive(Clone, Copy)]
pub(super) struct Style(&'static str);

impl Style {
    pub(super) const TEXT: Style = Style("font-size=\"13\" fill=\"currentColor\"");
    pub(super) const SMALL: Style =
        Style("font-size=\"11\" font-style=\"italic\" fill=\"currentColor\"");
    pub(super) const HEADING: Style =
        Style("font-size=\"15\" font-weight=\"bold\" fill=\"currentColor\"");
    pub(super) const GRID: Style =
        Style("stroke=\"currentColor\" stroke-opacity=\"0.18\" stroke-width=\"1\"");
    pub(super) const AXIS: Style = Style("stroke=\"currentColor\" stroke-width=\"1\"");
    pub(super) const BREAK: Style =
        Style("stroke=\"currentColor\" stroke-width=\"1\" stroke-dasharray=\"1 3\"");
    pub(super) const TARGET: Style = Style("stroke=\"#c1440e\" stroke-width=\"2\"");
    pub(super) const TARGET_FILL: Style = Style("fill=\"#c1440e\"");
    pub(super) const PATH: Style =
        Style("fill=\"none\" stroke=\"#767676\" stroke-width=\"2\" stroke-dasharray=\"7 4\"");
    pub(super) const BASE: Style =
        Style("fill=\"#fff\" stroke=\"currentColor\" stroke-width=\"2\"");
    pub(super) const FIGURE: Style = Style("fill=\"none\" stroke=\"#0b62a4\" stroke-width=\"2\"");
    pub(super) const FIGURE_FAINT: Style =
        Style("stroke=\"#0b62a4\" stroke-width=\"2\" stroke-opacity=\"0.5\"");
    pub(super) const FIGURE_FILL: Style = Style("fill=\"#0b62a4\"");
    pub(super) const FIGURE_OPEN: Style =
        Style("fill=\"#fff\" stroke=\"#0b62a4\" stroke-width=\"2\"");
    pub(super) const FIGURE_TEXT: Style =
        Style("font-size=\"15\" font-weight=\"bold\" fill=\"#0b62a4\"");
    pub(super) const PROJECTION: Style =
        Style("fill=\"none\" stroke=\"#00796b\" stroke-width=\"2\" stroke-dasharray=\"2 3\"");
    pub(super) const PROJECTION_FAINT: Style = Style(
        "stroke=\"#00796b\" stroke-width=\"2\" stroke-dasharray=\"2 3\" stroke-opacity=\"0.5\"",
    );
    pub(super) const PROJECTION_OPEN: Style =
        Style("fill=\"#fff\" stroke=\"#00796b\" stroke-width=\"2\"");
    pub(super) const PROJECTION_LINE: Style =
        Style("fill=\"none\" stroke=\"#00796b\" stroke-width=\"2\"");
}

/// A place: to the right, and down.
pub(super) type Place = (i64, i64);

/// Elements written so far.
#[derive(Default)]
pub(super) struct Canvas(String);

impl Canvas {
    pub(super) fn open_svg(
        &mut self,
        id: &str,
        width: i64,
        height: i64,
        lang: &str,
        is_file: bool,
    ) {
        let look = if is_file {
            format!(" width=\"{width}\" height=\"{height}\" color=\"#1a1a1a\"")
        } else {
            " width=\"100%\"".to_owned()
        };
        self.push(&format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\"{look} \
             role=\"img\" lang=\"{lang}\" aria-labelledby=\"{id}-title {id}-desc\" \
             font-family=\"system-ui, 'Noto Sans CJK SC', 'Microsoft YaHei', sans-serif\">"
        ));
    }

    /// A part that is moved down.
    pub(super) fn open_group(&mut self, down: i64) {
        self.push(&format!(
            "<g role=\"group\" transform=\"translate(0 {down})\">"
        ));
    }

    pub(super) fn close_group(&mut self) {
        self.push("</g>");
    }

    pub(super) fn close_svg(&mut self) {
        self.push("</svg>");
    }

    pub(super) fn element(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) {
        let attributes: String = attributes
            .iter()
            .map(|(name, value)| format!(" {name}=\"{}\"", escape(value)))
            .collect();
        self.push(&format!("<{name}{attributes}>{}</{name}>", escape(text)));
    }

    pub(super) fn rect(&mut self, x: i64, y: i64, width: i64, height: i64, fill: &str) {
        self.push(&format!(
            "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"{fill}\"/>"
        ));
    }

    pub(super) fn line(&mut self, from: Place, to: Place, style: Style) {
        self.push(&format!(
            "<line x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\" {}/>",
            from.0, from.1, to.0, to.1, style.0
        ));
    }

    pub(super) fn polyline(&mut self, places: &[Place], style: Style) {
        if places.len() > 1 {
            self.push(&format!(
                "<polyline points=\"{}\" {}/>",
                listed(places),
                style.0
            ));
        }
    }

    pub(super) fn polygon(&mut self, places: &[Place], style: Style) {
        self.push(&format!(
            "<polygon points=\"{}\" {}/>",
            listed(places),
            style.0
        ));
    }

    pub(super) fn circle(&mut self, x: i64, y: i64, radius: i64, style: Style) {
        self.push(&format!(
            "<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\" {}/>",
            style.0
        ));
    }

    pub(super) fn text(&mut self, x: i64, y: i64, anchor: &str, style: Style, text: &str) {
        self.push(&format!(
            "<text x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\" {}>{}</text>",
            style.0,
            escape(text)
        ));
    }

    pub(super) fn append(&mut self, other: Canvas) {
        self.0.push_str(&other.0);
    }

    pub(super) fn into_string(self) -> String {
        self.0
    }

    fn push(&mut self, element: &str) {
        self.0.push_str(element);
        self.0.push('\n');
    }
}

fn listed(places: &[Place]) -> String {
    let places: Vec<String> = places.iter().map(|(x, y)| format!("{x},{y}")).collect();
    places.join(" ")
}

/// Text that is nothing but text; what no XML may hold becomes a replacement character.
fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            '\t' | '\n' | '\r' => safe.push(' '),
            '\u{0}'..='\u{1f}' | '\u{7f}' | '\u{fffe}' | '\u{ffff}' => safe.push('\u{fffd}'),
            _ => safe.push(c),
        }
    }
    safe
}
