//! Single marks of a picture: outlines, arrows, text that fits. Places go in, SVG comes out; text
//! is escaped here. Never decides where anything stands.

use std::io::{self, Write};

use unicode_width::UnicodeWidthChar;

use super::{BOX, GUTTER, Shape};
use crate::graph::NodeKind;

/// A use, with an arrow at its user.
pub(super) fn line(
    w: &mut dyn Write,
    used: &Shape<'_>,
    user: &Shape<'_>,
    bends: &[i64],
    words: &str,
) -> io::Result<()> {
    let (mut x, mut y) = (used.x + BOX, used.middle());
    write!(w, r##"<g><title>{words}</title><path d="M{x} {y}"##)?;
    let curve = |w: &mut dyn Write, from: (i64, i64), to: (i64, i64)| {
        let middle = (from.0 + to.0) / 2;
        write!(
            w,
            " C{middle} {} {middle} {} {} {}",
            from.1, to.1, to.0, to.1
        )
    };
    for bend in bends {
        curve(w, (x, y), (x + GUTTER, *bend))?;
        (x, y) = (x + GUTTER + BOX, *bend);
        write!(w, " H{x}")?;
    }
    let (end, middle) = (user.x, user.middle());
    curve(w, (x, y), (end - 8, middle))?;
    writeln!(
        w,
        r##"" stroke="#5a5a5a" stroke-width="1.2"/><path d="M{end} {middle}l-9 -4v8z" fill="#5a5a5a"/></g>"##
    )
}

/// A relation between figures: broken, without an arrow, its mark beside it.
pub(super) fn tie(
    w: &mut dyn Write,
    (from, to): (&Shape<'_>, &Shape<'_>),
    lane: i64,
    words: &str,
) -> io::Result<()> {
    let (a, b) = (from.middle(), to.middle());
    // In one column on its left, else from side to side.
    let ((left, first), (right, last), bend, anchor) = match from.x.cmp(&to.x) {
        std::cmp::Ordering::Equal => ((from.x, a), (to.x, b), from.x - 14 - lane * 11, "end"),
        order => {
            let (one, two) = if order.is_lt() {
                (from, to)
            } else {
                (to, from)
            };
            let (start, end) = (one.x + BOX, two.x);
            let ends = ((start, one.middle()), (end, two.middle()));
            (ends.0, ends.1, (start + end) / 2, "middle")
        }
    };
    // A curve comes three quarters of the way to where it bends.
    let x = (left + right + 6 * bend) / 8 - if anchor == "end" { 3 } else { 0 };
    writeln!(
        w,
        r##"<path d="M{left} {first} C{bend} {first} {bend} {last} {right} {last}" stroke="#8a5a00" stroke-width="1.4" stroke-dasharray="4 3"/><text x="{x}" y="{}" text-anchor="{anchor}" font-size="10" fill="#6e4300">{words}</text>"##,
        (first + last) / 2 + 3
    )
}

/// The outline of a kind: place, width and height.
pub(super) fn outline(
    w: &mut dyn Write,
    kind: NodeKind,
    (x, y, across, down): (i64, i64, i64, i64),
    is_root: bool,
) -> io::Result<()> {
    let (right, bottom, middle) = (x + across, y + down, y + down / 2);
    let cut = 10.min(down / 3);
    let (fill, stroke) = match kind {
        NodeKind::Indicator => ("#eaf2fb", "#1f5288"),
        NodeKind::Derived => ("#f2ecfa", "#553a86"),
        NodeKind::Derivation | NodeKind::Identity => ("#eaf6ec", "#27602f"),
        NodeKind::Decision => ("#d9f0f3", "#0b4f5c"),
        NodeKind::Milestone => ("#e9e4f5", "#4b3a78"),
        NodeKind::Target => ("#fff3dc", "#6e4300"),
        NodeKind::Check => ("#ffffff", "#3a3a3a"),
    };
    let thick = match (is_root, kind) {
        (true, _) => "3",
        (false, NodeKind::Target | NodeKind::Decision | NodeKind::Milestone) => "2",
        (false, _) => "1.3",
    };
    let paint = format!(r#"fill="{fill}" stroke="{stroke}" stroke-width="{thick}""#);
    match kind {
        NodeKind::Indicator => {
            let round = 15.min(down / 2);
            writeln!(
                w,
                r#"<rect x="{x}" y="{y}" width="{across}" height="{down}" rx="{round}" {paint}/>"#
            )
        }
        NodeKind::Derived => {
            let (left_cut, right_cut) = (x + cut, right - cut);
            writeln!(
                w,
                r#"<path d="M{x} {middle}L{left_cut} {y}H{right_cut}L{right} {middle}L{right_cut} {bottom}H{left_cut}z" {paint}/>"#
            )
        }
        NodeKind::Derivation => {
            let (left_cut, right_cut) = (x + cut, right - cut);
            writeln!(
                w,
                r#"<path d="M{left_cut} {y}H{right}L{right_cut} {bottom}H{x}z" {paint}/>"#
            )
        }
        NodeKind::Identity => {
            let (left, near) = (x + 5, right - 5);
            writeln!(
                w,
                r#"<path d="M{x} {y}H{right}V{bottom}H{x}zM{left} {y}V{bottom}M{near} {y}V{bottom}" {paint}/>"#
            )
        }
        NodeKind::Decision => {
            let (left_cut, right_cut) = (x + cut, right - cut);
            let (top_cut, low_cut) = (y + cut, bottom - cut);
            writeln!(
                w,
                r#"<path d="M{left_cut} {y}H{right_cut}L{right} {top_cut}V{low_cut}L{right_cut} {bottom}H{left_cut}L{x} {low_cut}V{top_cut}z" {paint}/>"#
            )
        }
        NodeKind::Milestone => writeln!(
            w,
            r#"<path d="M{x} {y}H{}L{right} {middle}L{} {bottom}H{x}z" {paint}/>"#,
            right - cut,
            right - cut
        ),
        NodeKind::Target => writeln!(
            w,
            r#"<rect x="{x}" y="{y}" width="{across}" height="{down}" {paint}/>"#
        ),
        NodeKind::Check => writeln!(
            w,
            r#"<rect x="{x}" y="{y}" width="{across}" height="{down}" stroke-dasharray="5 3" {paint}/>"#
        ),
    }
}

/// What squeezes a line that is too wide for its box, such as one of capitals.
pub(super) fn fit(line: &str, size: i64) -> String {
    let tenths: i64 = line
        .chars()
        .map(|c| match c {
            _ if UnicodeWidthChar::width(c) == Some(0) => 0,
            _ if UnicodeWidthChar::width(c) == Some(2) => 10,
            'm' | 'w' | 'M' | 'W' | '@' | '%' | '\u{2014}' | '\u{2026}' => 9,
            'i' | 'j' | 'l' | 't' | 'f' | 'I' | '.' | ',' | ':' | ';' | '|' | '\'' | ' ' => 3,
            'A'..='Z' => 7,
            _ if c.is_ascii() => 6,
            _ => 8,
        })
        .sum();
    let most = BOX - 24;
    if tenths * size / 10 <= most {
        return String::new();
    }
    format!(r#" textLength="{most}" lengthAdjust="spacingAndGlyphs""#)
}

/// Text that stands for itself in XML.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
    out
}
