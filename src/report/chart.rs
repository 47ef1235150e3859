//! One target as an SVG chart: base, path, published figures with what is known of them, limit
//! and projection. Goes in: [`Progress`]; comes out: text. Places are whole numbers of the
//! picture; it draws what was evaluated and works out nothing but where to put it.

use super::text::width;
use crate::explain::{Shown, Unit};
use crate::message::{Arg, Lang, Message};
use crate::number::{Exact, Rounding};
use crate::progress::{Break, BreakKind, Progress};
use crate::set::Set;

mod legend;
mod marks;
mod scale;
mod svg;

use scale::{Across, Up};
use svg::{Canvas, Style};

/// What a chart is drawn for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChartForm {
    /// A part of a page: no background, text in the colour of the page.
    Fragment,
    /// A file of its own: with its name on top and a white ground.
    File,
}

/// Width of the picture, in its own units.
const WIDTH: i64 = 480;
/// Height of the plot.
const PLOT: i64 = 200;
/// Height of a line of text.
const LINE: i64 = 19;
/// Width of one column of text: a Latin letter has one, a Chinese one two.
const COLUMN: i64 = 7;

/// Draws the chart of a target.
///
/// `id` starts every id in the picture, so that several stand on one page; letters, digits,
/// `-` and `_` of it are kept. The picture takes the width of what it stands in.
///
/// ```
/// # let mut sources = plumbrule::Sources::with_std();
/// # sources.add("pack.plumb", r#"
/// # pack city "City plan" { entity city }
/// # entity city "The city" {}
/// # indicator x "X" { kind share unit % }
/// # target x.1 "X < Y" { require x >= 56% by 2025 from 15% in 2020 path linear }
/// # "#);
/// # let program = plumbrule::compile(&sources).unwrap();
/// # let mut submission = plumbrule::figures::Submission::new(&program.model);
/// # let table = "indicator,period,value\nx,2022,26%\n".as_bytes();
/// # submission.read_table(&program.model, "x.csv", table, &Default::default());
/// # let (rule, _) = program.model.rules.iter().next().unwrap();
/// # let city = submission.entity_named("city").unwrap();
/// # let options = plumbrule::eval::Options::default();
/// use plumbrule::message::Lang;
/// use plumbrule::progress::progress;
/// use plumbrule::report::{ChartForm, chart};
///
/// let progress = progress(&program, &submission, &options, rule, city).unwrap();
/// let svg = chart(&progress, Lang::En, "c1", ChartForm::Fragment);
/// assert!(svg.starts_with("<svg") && svg.contains("id=\"c1-title\""));
/// assert!(svg.contains("X &lt; Y"));
/// ```
#[must_use]
pub fn chart(progress: &Progress, lang: Lang, id: &str, form: ChartForm) -> String {
    let id: String = id
        .chars()
        .map(|c| match c {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '-' | '_' => c,
            _ => '-',
        })
        .collect();
    let drawing = Drawing::new(progress, lang, form);
    drawing.write(&id)
}

/// Charts one below the other, as one picture that is a file of its own.
pub(super) fn stacked(all: &[&Progress], lang: Lang) -> String {
    let mut inner = Canvas::default();
    let mut height = 0;
    for (n, progress) in all.iter().enumerate() {
        let drawing = Drawing::new(progress, lang, ChartForm::File);
        let (canvas, own) = drawing.picture(&format!("chart{n}"));
        inner.open_group(height);
        inner.append(canvas);
        inner.close_group();
        height += own;
    }
    let mut out = Canvas::default();
    out.open_svg("all", WIDTH, height.max(1), lang.code(), true);
    let names: Vec<&str> = all.iter().map(|progress| progress.id.as_str()).collect();
    out.element("title", &[("id", "all-title")], &names.join(", "));
    out.rect(0, 0, WIDTH, height.max(1), "#fff");
    out.append(inner);
    out.close_svg();
    out.into_string()
}

/// A chart being drawn.
struct Drawing<'a> {
    progress: &'a Progress,
    lang: Lang,
    form: ChartForm,
    up: Up,
    across: Across,
    /// Where the plot starts, from the top.
    top: i64,
}

impl<'a> Drawing<'a> {
    fn new(progress: &'a Progress, lang: Lang, form: ChartForm) -> Self {
        let factor = match lang {
            Lang::Zh => &progress.unit.factor,
            Lang::En => &progress.unit.english.1,
        };
        let up = Up::new(progress, factor, PLOT);
        let labels = up.ticks().iter().map(|(_, text)| width(text));
        let widest = i64::try_from(labels.max().unwrap_or(0)).unwrap_or(0);
        let left = (widest * (COLUMN + 1) + 14).clamp(36, WIDTH / 3);
        let head = match form {
            ChartForm::File => 2 * LINE,
            ChartForm::Fragment => LINE,
        };
        Drawing {
            progress,
            lang,
            form,
            up,
            across: Across::new(progress, left, WIDTH - 12),
            top: head + 12,
        }
    }

    fn y(&self, value: &Exact) -> i64 {
        self.top + self.up.at(value)
    }

    fn bottom(&self) -> i64 {
        self.top + PLOT
    }

    fn words(&self, message: &Message) -> String {
        message.render(self.lang)
    }

    fn shown(&self, set: &Set) -> Shown {
        Shown {
            set: set.clone(),
            unit: self.progress.unit.clone(),
        }
    }

    /// The whole picture and its height: names for those who do not see it, then all marks.
    fn picture(&self, id: &str) -> (Canvas, i64) {
        let mut canvas = Canvas::default();
        self.axes(&mut canvas);
        self.breaks(&mut canvas);
        self.target(&mut canvas);
        self.path(&mut canvas);
        self.projection(&mut canvas);
        self.baseline(&mut canvas);
        for figure in &self.progress.figures {
            marks::published(self, &mut canvas, figure);
        }
        let height = self.legend(&mut canvas);
        let mut out = Canvas::default();
        out.element("title", &[("id", &format!("{id}-title"))], &self.title());
        let description = self.description();
        out.element("desc", &[("id", &format!("{id}-desc"))], &description);
        if self.form == ChartForm::File {
            out.rect(0, 0, WIDTH, height, "#fff");
            let room = usize::try_from((WIDTH - 16) / (COLUMN + 1)).unwrap_or(40);
            let title = cut(&self.title(), room);
            out.text(8, LINE, "start", Style::HEADING, &title);
        }
        out.append(canvas);
        (out, height)
    }

    fn write(&self, id: &str) -> String {
        let (picture, height) = self.picture(id);
        let mut out = Canvas::default();
        let is_file = self.form == ChartForm::File;
        out.open_svg(id, WIDTH, height, self.lang.code(), is_file);
        out.append(picture);
        out.close_svg();
        out.into_string()
    }

    fn title(&self) -> String {
        let progress = self.progress;
        let mut parts = vec![format!("{} {}", progress.id, progress.label.get(self.lang))];
        if let Some(entity) = &progress.entity_label {
            parts.push(entity.get(self.lang).to_owned());
        }
        parts.join(" \u{b7} ").trim().to_owned()
    }

    /// The chart in sentences, for those who do not see it.
    fn description(&self) -> String {
        let mut sentences = Vec::new();
        sentences.extend(self.baseline_words());
        sentences.push(self.target_words());
        for figure in &self.progress.figures {
            sentences.push(self.words(&marks::in_words(self, figure)));
        }
        for found in &self.progress.breaks {
            sentences.push(self.words(&break_words(found)));
        }
        sentences.extend(self.projection_words());
        let end = self.words(&Message::new("chart-sentence-end"));
        let mut text = sentences.join(&end);
        text.push_str(end.trim_end());
        text
    }

    fn axes(&self, canvas: &mut Canvas) {
        let (left, right) = (self.across.left(), self.across.right());
        for (place, text) in self.up.ticks() {
            let y = self.top + place;
            canvas.line((left, y), (right, y), Style::GRID);
            canvas.text(left - 6, y + 4, "end", Style::TEXT, text);
        }
        canvas.line((left, self.bottom()), (right, self.bottom()), Style::AXIS);
        let unit = unit_name(&self.progress.unit, self.lang);
        if !unit.is_empty() {
            canvas.text(6, self.top - 10, "start", Style::TEXT, &unit);
        }
        for (x, year) in self.across.ticks() {
            let y = self.bottom();
            canvas.line((x, y), (x, y + 5), Style::AXIS);
            canvas.text(x, y + 18, "middle", Style::TEXT, &year.to_string());
        }
    }

    fn breaks(&self, canvas: &mut Canvas) {
        for (n, found) in self.progress.breaks.iter().enumerate() {
            let x = self.across.at(found.period);
            canvas.line((x, self.top), (x, self.bottom()), Style::BREAK);
            let key = match found.kind {
                BreakKind::Basis => "chart-break-basis",
                BreakKind::Definition => "chart-break-definition",
            };
            let is_left = x < WIDTH / 2;
            let (x, anchor) = if is_left {
                (x + 4, "start")
            } else {
                (x - 4, "end")
            };
            let row = i64::try_from(n % 3).unwrap_or(0);
            let y = self.bottom() - 6 - row * 14;
            canvas.text(x, y, anchor, Style::SMALL, &self.words(&Message::new(key)));
        }
    }

    /// The limit, with the side that meets it, and the year in which it counts.
    fn target(&self, canvas: &mut Canvas) {
        let y = self.y(&self.progress.limit);
        let (left, right) = (self.across.left(), self.across.right());
        canvas.line((left, y), (right, y), Style::TARGET);
        let turn = if self.progress.is_floor() { -1 } else { 1 };
        for n in 1..8 {
            let x = left + (right - left) * n / 8;
            canvas.polygon(
                &[(x - 4, y + turn), (x + 4, y + turn), (x, y + 7 * turn)],
                Style::TARGET_FILL,
            );
        }
        if let Some(due) = self.progress.due {
            let x = self.across.at(due);
            canvas.polygon(
                &[(x - 6, y), (x, y - 6), (x + 6, y), (x, y + 6)],
                Style::TARGET_FILL,
            );
        }
    }

    fn path(&self, canvas: &mut Canvas) {
        let points: Vec<(i64, i64)> = self
            .progress
            .path
            .iter()
            .filter_map(|(year, set)| {
                let value = set.lo().value()?;
                Some((self.across.at_year(*year), self.y(value)))
            })
            .collect();
        canvas.polyline(&points, Style::PATH);
    }

    fn baseline(&self, canvas: &mut Canvas) {
        if let Some((period, value)) = &self.progress.baseline {
            let (x, y) = (self.across.at(*period), self.y(value));
            canvas.polygon(
                &[
                    (x - 4, y - 4),
                    (x + 4, y - 4),
                    (x + 4, y + 4),
                    (x - 4, y + 4),
                ],
                Style::BASE,
            );
        }
    }

    /// From the current figure to where it leads: an end to an end.
    fn projection(&self, canvas: &mut Canvas) {
        let progress = self.progress;
        let outlook = progress.outlook.as_ref();
        let projection = outlook.and_then(|outlook| outlook.projection.as_ref());
        let (Some(projection), Some(due)) = (projection, progress.due) else {
            return;
        };
        if let Some(current) = progress.projected_from() {
            let from = self.across.at(progress.row.judged);
            let to = self.across.at(due);
            let mut last = None;
            for (start, end) in [
                (current.lo().value(), projection.lo().value()),
                (current.hi().value(), projection.hi().value()),
            ] {
                let (Some(start), Some(end)) = (start, end) else {
                    continue;
                };
                let line = ((from, self.y(start)), (to, self.y(end)));
                if last != Some(line) {
                    canvas.line(line.0, line.1, Style::PROJECTION);
                }
                last = Some(line);
            }
        }
        marks::set(
            self,
            canvas,
            self.across.at(due),
            projection,
            &marks::PROJECTION,
        );
    }

    fn baseline_words(&self) -> Option<String> {
        let (period, value) = self.progress.baseline.as_ref()?;
        let shown = self.shown(&Set::point(value.clone()));
        let message = Message::new("chart-baseline")
            .with("period", period.to_string())
            .with("value", &shown);
        Some(self.words(&message))
    }

    fn target_words(&self) -> String {
        let shown = self.shown(&Set::point(self.progress.limit.clone()));
        let key = match self.progress.due {
            Some(_) => "chart-target",
            None => "chart-target-each",
        };
        let due = self
            .progress
            .due
            .map_or_else(String::new, |due| due.to_string());
        let message = Message::new(key)
            .with(
                "op",
                Message::new(crate::explain::rel_key(self.progress.op, false)),
            )
            .with("limit", &shown)
            .with("due", due);
        self.words(&message)
    }

    fn projection_words(&self) -> Option<String> {
        let outlook = self.progress.outlook.as_ref()?;
        let projection = outlook
            .projection
            .as_ref()
            .filter(|set| **set != Set::all())?;
        let message = Message::new("chart-projection")
            .with("due", self.progress.due?.to_string())
            .with("set", &self.shown(projection));
        Some(self.words(&message))
    }
}

/// Where figures before and after do not compare, and why.
pub(super) fn break_words(found: &Break) -> Message {
    let key = match found.kind {
        BreakKind::Basis => "chart-break-basis-in",
        BreakKind::Definition => "chart-break-definition-in",
    };
    Message::new(key)
        .with("period", found.period.to_string())
        .with("label", Arg::from(&found.label))
}

fn unit_name(unit: &Unit, lang: Lang) -> String {
    match lang {
        Lang::Zh => unit.name.clone(),
        Lang::En => unit.english.0.trim().to_owned(),
    }
}

/// A text that is too long, with a mark where it was cut; the title holds all of it.
fn cut(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let mut kept = String::new();
    for c in text.chars() {
        if width(&kept) + 3 > columns {
            break;
        }
        kept.push(c);
    }
    format!("{kept}\u{2026}")
}

/// A number as a whole one, towards the lower.
fn whole(value: &Exact) -> i64 {
    value
        .round_string(0, Rounding::Down)
        .parse()
        .unwrap_or_default()
}
