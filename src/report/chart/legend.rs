//! The legend of a chart: a sign and words for each thing that is drawn, and for nothing else.

use super::svg::{Canvas, Style};
use super::{COLUMN, Drawing, LINE, WIDTH, marks};
use crate::explain::as_number;
use crate::message::Message;
use crate::model::Method;
use crate::progress::Published;
use crate::report::text::{width, wrap};
use crate::set::Set;

impl Drawing<'_> {
    /// What is published for the period that is judged, with the sign that it is drawn with.
    fn latest_words(&self) -> Option<(Sign, String)> {
        let known = self.progress.known().filter(|set| *set != Set::all())?;
        let current = self.progress.current()?;
        let is_point = current.readings.iter().any(|one| one.set.is_point());
        let message = Message::new("chart-latest")
            .with("period", current.period.to_string())
            .with("set", &self.shown(&known));
        let sign = if is_point { Sign::Figure } else { Sign::Range };
        Some((sign, self.words(&message)))
    }

    /// The legend below the plot: what is drawn, and nothing else. Returns the height of all.
    pub(super) fn legend(&self, canvas: &mut Canvas) -> i64 {
        let progress = self.progress;
        let mut items: Vec<(Sign, String)> = Vec::new();
        if let Some(words) = self.baseline_words() {
            items.push((Sign::Base, words));
        }
        items.push((Sign::Target, self.target_words()));
        if let (false, Some(method)) = (progress.path.is_empty(), &progress.method) {
            let key = match method {
                Method::Geometric => "chart-path-geometric",
                Method::Waypoints(_) => "chart-path-waypoints",
                _ => "chart-path-linear",
            };
            items.push((Sign::Path, self.words(&Message::new(key))));
        }
        let plain = |key| self.words(&Message::new(key));
        let has = |test: fn(&Published) -> bool| progress.figures.iter().any(test);
        // The latest value stands here: beside its mark it would cover others.
        let latest = self.latest_words();
        let is_told = matches!(latest, Some((Sign::Figure, _)));
        items.extend(latest);
        if !is_told && has(|figure| figure.readings.iter().any(|one| one.set.is_point())) {
            items.push((Sign::Figure, plain("chart-figure")));
        }
        if has(|figure| {
            figure
                .readings
                .iter()
                .any(|one| !one.set.is_point() && one.set != Set::all())
        }) {
            items.push((Sign::Range, plain("chart-range")));
        }
        if has(|figure| {
            figure.readings.iter().any(|one| one.set == Set::all()) || marks::is_blank(figure)
        }) {
            items.push((Sign::Unknown, plain("chart-unknown")));
        }
        if has(|figure| figure.is_disputed) {
            items.push((Sign::Disputed, plain("chart-disputed")));
        }
        if let Some(words) = self.projection_words() {
            let outlook = progress.outlook.as_ref();
            let set = outlook.and_then(|outlook| outlook.projection.as_ref());
            let is_point = set.is_some_and(|set| as_number(set).is_some());
            items.push((Sign::Projection { is_point }, words));
        }
        let mut y = self.bottom() + 18 + LINE;
        let mut x = 8;
        for (sign, words) in items {
            let size = i64::try_from(width(&words)).unwrap_or(0) * COLUMN + 46;
            if x > 8 && x + size > WIDTH {
                x = 8;
                y += LINE;
            }
            sign.draw(canvas, x, y - 4);
            let room = usize::try_from((WIDTH - x - 36) / COLUMN).unwrap_or(40);
            for (n, line) in wrap(&words, room).iter().enumerate() {
                if n > 0 {
                    y += LINE;
                }
                canvas.text(x + 32, y, "start", Style::TEXT, line);
            }
            x += size;
        }
        y + 10
    }
}

/// The signs of the legend.
#[derive(Debug, Clone, Copy)]
enum Sign {
    Base,
    Target,
    Path,
    Figure,
    Range,
    Unknown,
    Disputed,
    Projection { is_point: bool },
}

impl Sign {
    fn draw(self, canvas: &mut Canvas, x: i64, y: i64) {
        let middle = x + 13;
        match self {
            Sign::Base => canvas.polygon(
                &[
                    (middle - 4, y - 4),
                    (middle + 4, y - 4),
                    (middle + 4, y + 4),
                    (middle - 4, y + 4),
                ],
                Style::BASE,
            ),
            Sign::Target => {
                canvas.line((x, y), (x + 26, y), Style::TARGET);
                canvas.polygon(
                    &[
                        (middle - 6, y),
                        (middle, y - 6),
                        (middle + 6, y),
                        (middle, y + 6),
                    ],
                    Style::TARGET_FILL,
                );
            }
            Sign::Path => canvas.polyline(&[(x, y), (x + 26, y)], Style::PATH),
            Sign::Figure => canvas.circle(middle, y, 4, Style::FIGURE_FILL),
            Sign::Range => {
                canvas.line((middle, y - 7), (middle, y + 4), Style::FIGURE);
                canvas.circle(middle, y + 4, 3, Style::FIGURE_OPEN);
                canvas.polyline(
                    &[(middle - 4, y - 4), (middle, y - 8), (middle + 4, y - 4)],
                    Style::FIGURE,
                );
            }
            Sign::Unknown => canvas.text(middle, y + 4, "middle", Style::FIGURE_TEXT, "?"),
            Sign::Disputed => canvas.text(middle, y + 4, "middle", Style::FIGURE_TEXT, "\u{2260}"),
            Sign::Projection { is_point } => {
                canvas.line((x, y), (x + 18, y), Style::PROJECTION);
                let x = x + 21;
                match is_point {
                    true => canvas.polygon(
                        &[(x, y - 5), (x + 5, y), (x, y + 5), (x - 5, y)],
                        Style::PROJECTION_OPEN,
                    ),
                    false => canvas.circle(x, y, 3, Style::PROJECTION_OPEN),
                }
            }
        }
    }
}
