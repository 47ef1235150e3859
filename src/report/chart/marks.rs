//! What is known of a figure as a mark: a point, a bar with ends, an arrow where there is none.

use super::svg::{Canvas, Style};
use super::{Drawing, PLOT};
use crate::explain::as_number;
use crate::message::{Arg, Message};
use crate::number::Exact;
use crate::progress::Published;
use crate::set::{End, Set};
use crate::verdict::Cause;

/// The look of a mark.
pub(super) struct Look {
    line: Style,
    faint: Style,
    full: Style,
    open: Style,
    is_point_open: bool,
}

pub(super) const FIGURE: Look = Look {
    line: Style::FIGURE,
    faint: Style::FIGURE_FAINT,
    full: Style::FIGURE_FILL,
    open: Style::FIGURE_OPEN,
    is_point_open: false,
};

pub(super) const PROJECTION: Look = Look {
    line: Style::PROJECTION_LINE,
    faint: Style::PROJECTION_FAINT,
    full: Style::PROJECTION_OPEN,
    open: Style::PROJECTION_OPEN,
    is_point_open: true,
};

/// How far an arrow goes where a set has no end.
const ARROW: i64 = 28;
/// How far claims to one figure stand apart.
const APART: i64 = 10;

/// All that is published for a period.
pub(super) fn published(drawing: &Drawing<'_>, canvas: &mut Canvas, figure: &Published) {
    let x = drawing.across.at(figure.period);
    if is_blank(figure) {
        unknown(drawing, canvas, x);
        return;
    }
    let look = Look {
        full: if figure.is_derived {
            Style::FIGURE_OPEN
        } else {
            Style::FIGURE_FILL
        },
        ..FIGURE
    };
    let n = i64::try_from(figure.readings.len()).unwrap_or(1);
    // Claims beyond these say nothing more at this size; the hull holds them all.
    let is_crowded = n > 5;
    if let (true, Some(hull)) = (is_crowded, &figure.set) {
        set(drawing, canvas, x, hull, &look);
    }
    let few = if is_crowded { 0 } else { figure.readings.len() };
    for (at, reading) in (0i64..).zip(figure.readings.iter().take(few)) {
        let x = x + (2 * at - (n - 1)) * APART / 2;
        if reading.set == Set::all() {
            unknown(drawing, canvas, x);
        } else {
            set(drawing, canvas, x, &reading.set, &look);
        }
    }
    if figure.is_disputed {
        let top = figure.set.as_ref().and_then(|set| set.hi().value());
        let y = top.map_or(drawing.top, |top| drawing.y(top));
        canvas.text(x, y - 10, "middle", Style::FIGURE_TEXT, "\u{2260}");
    }
}

/// Whether nothing that is published for a period can be used, for another cause than that it is
/// of another definition, which is drawn as a break.
pub(super) fn is_blank(figure: &Published) -> bool {
    figure.set.is_none() && !figure.causes.contains(Cause::DefinitionBreak)
}

/// A sign that a figure bounds nothing.
fn unknown(drawing: &Drawing<'_>, canvas: &mut Canvas, x: i64) {
    canvas.line((x, drawing.top), (x, drawing.bottom() - 20), Style::BREAK);
    canvas.text(x, drawing.bottom() - 6, "middle", Style::FIGURE_TEXT, "?");
}

/// A set: a point; or a bar with a stroke at an end that belongs to it, a ring at one that does
/// not, and an arrow where there is none.
pub(super) fn set(drawing: &Drawing<'_>, canvas: &mut Canvas, x: i64, set: &Set, look: &Look) {
    let places = [set.lo(), set.hi()].map(|end| end.value().map(|value| drawing.y(value)));
    let is_small = matches!(places, [Some(lo), Some(hi)] if lo - hi < 5);
    // A range too small to be seen as one is a point of the picture; its label tells the ends.
    let point = as_number(set).or_else(|| set.lo().value().filter(|_| is_small).cloned());
    if let Some(point) = &point {
        if !drawing.up.holds(point) {
            let is_above = drawing.y(point) < drawing.top + PLOT / 2;
            let y = if is_above {
                drawing.top + ARROW
            } else {
                drawing.bottom() - ARROW
            };
            arrow(canvas, x, y, if is_above { -1 } else { 1 }, look);
            return;
        }
        let y = drawing.y(point);
        if look.is_point_open {
            canvas.polygon(&[(x, y - 5), (x + 5, y), (x, y + 5), (x - 5, y)], look.open);
        } else {
            canvas.circle(x, y, 4, look.full);
        }
        return;
    }
    let inside = |end: &End| end.value().filter(|value| drawing.up.holds(value)).cloned();
    let (lo, hi): (Option<Exact>, Option<Exact>) = (inside(set.lo()), inside(set.hi()));
    match (&lo, &hi) {
        (Some(lo), Some(hi)) => {
            canvas.line((x, drawing.y(lo)), (x, drawing.y(hi)), look.line);
        }
        (Some(lo), None) => arrow(canvas, x, drawing.y(lo), -1, look),
        (None, Some(hi)) => arrow(canvas, x, drawing.y(hi), 1, look),
        (None, None) => {}
    }
    for (value, end) in [(&lo, set.lo()), (&hi, set.hi())] {
        let Some(value) = value else { continue };
        let y = drawing.y(value);
        if end.is_closed() {
            canvas.line((x - 5, y), (x + 5, y), look.line);
        } else {
            canvas.circle(x, y, 3, look.open);
        }
    }
}

/// A bar without end on one side: it fades, and points on.
fn arrow(canvas: &mut Canvas, x: i64, y: i64, turn: i64, look: &Look) {
    let half = y + turn * ARROW / 2;
    let tip = y + turn * ARROW;
    canvas.line((x, y), (x, half), look.line);
    canvas.line((x, half), (x, tip), look.faint);
    canvas.polyline(
        &[(x - 5, tip - turn * 5), (x, tip), (x + 5, tip - turn * 5)],
        look.line,
    );
}

/// A published figure in words.
pub(super) fn in_words(drawing: &Drawing<'_>, figure: &Published) -> Message {
    let period = figure.period.to_string();
    if figure.readings.is_empty() {
        let causes: Vec<Arg> = figure
            .causes
            .iter()
            .map(|cause| Arg::Message(Message::new(cause.key())))
            .collect();
        return Message::new("chart-told-none")
            .with("period", period)
            .with("causes", Arg::List(causes));
    }
    let sets = figure.readings.iter().map(|reading| {
        Arg::Message(
            Message::new("chart-reading")
                .with("printed", reading.printed.clone())
                .with("set", &drawing.shown(&reading.set)),
        )
    });
    let key = if figure.is_disputed {
        "chart-told-disputed"
    } else {
        "chart-told"
    };
    Message::new(key)
        .with("period", period)
        .with("sets", Arg::List(sets.collect()))
}
