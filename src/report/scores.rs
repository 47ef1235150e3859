//! Scores of bodies for a person, a spreadsheet and a machine.
//!
//! [`ScoreTable`]s go in; bytes come out. Renders; decides nothing.

use std::io::{self, Write};

use csv::{Terminator, WriterBuilder};
use serde::Serialize;

use super::Digests;
use super::text::{pad, width, wrap};
use super::values::{ChoiceParts, SetParts, decimal, set_parts};
use crate::eval::Options;
use crate::explain::{Unit, gap_message, mean_message, named};
use crate::figures::Submission;
use crate::formula::neutral;
use crate::message::{Arg, Label, Lang, Message};
use crate::model::Score;
use crate::number::{Exact, Rounding};
use crate::program::Program;
use crate::scores::{ScoreRow, ScoreTable};
use crate::set::Set;

mod sheet;

pub(super) use sheet::{cells, clocks, sayings};

/// The forms of scores.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScoreForm {
    /// For a person.
    Human,
    /// For a machine.
    Json,
    /// For a spreadsheet.
    Csv,
    /// For pull requests and wikis.
    Markdown,
    /// For a person with a browser.
    Html,
    /// A workbook.
    Xlsx,
}

impl ScoreForm {
    /// All forms.
    pub const ALL: [ScoreForm; 6] = [
        ScoreForm::Human,
        ScoreForm::Json,
        ScoreForm::Csv,
        ScoreForm::Markdown,
        ScoreForm::Html,
        ScoreForm::Xlsx,
    ];

    /// Its name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            ScoreForm::Human => "human",
            ScoreForm::Json => "json",
            ScoreForm::Csv => "csv",
            ScoreForm::Markdown => "md",
            ScoreForm::Html => "html",
            ScoreForm::Xlsx => "xlsx",
        }
    }

    /// Whether its bytes are no text, and so not for a terminal.
    #[must_use]
    pub fn is_binary(self) -> bool {
        self == ScoreForm::Xlsx
    }

    /// The usual ending of its files.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            ScoreForm::Human => "txt",
            other => other.name(),
        }
    }
}

/// Everything that is shown of scores.
#[derive(Clone, Copy)]
pub struct ScoreReport<'a> {
    /// The pack.
    pub program: &'a Program,
    /// The figures.
    pub submission: &'a Submission,
    /// The clocks as asked for.
    pub options: &'a Options,
    /// What the scores come to.
    pub tables: &'a [ScoreTable],
    /// Digests of what it was made from.
    pub digests: &'a Digests,
    /// The language of the sentences.
    pub lang: Lang,
    /// Columns of the terminal.
    pub columns: usize,
}

/// Writes the scores of a pack.
///
/// # Errors
///
/// What the writer says.
pub fn write_scores(
    w: &mut dyn Write,
    form: ScoreForm,
    report: &ScoreReport<'_>,
) -> io::Result<()> {
    match form {
        ScoreForm::Human => report.human(w),
        ScoreForm::Json => report.json(w),
        ScoreForm::Csv => report.csv(w),
        ScoreForm::Markdown => sheet::markdown(w, report),
        ScoreForm::Html => sheet::page(w, report),
        ScoreForm::Xlsx => w.write_all(&super::xlsx::scores(report).map_err(io::Error::other)?),
    }
}

/// Columns of the table for a person.
const HEADS: [&str; 4] = [
    "scores-head-place",
    "scores-head-body",
    "scores-head-score",
    "score-tier",
];
/// Blanks between two of them.
const GAP: &str = "  ";

impl ScoreReport<'_> {
    fn human(&self, w: &mut dyn Write) -> io::Result<()> {
        let lang = self.lang;
        let pack = &self.program.model.pack;
        writeln!(w, "{}  {}", pack.id, pack.label.get(lang))?;
        writeln!(w, "{}", clocks(self))?;
        for table in self.tables {
            let score = &self.program.model.scores[table.score];
            writeln!(w, "\n{}", said(named(&score.label, &score.id), lang))?;
            let weights = self.options.choice.weights.as_deref();
            for message in [mean_message(score, weights), gap_message(score)] {
                for line in wrap(&message.render(lang), self.columns.saturating_sub(4)) {
                    writeln!(w, "    {line}")?;
                }
            }
            writeln!(w)?;
            self.grid(w, score, table)?;
        }
        Ok(())
    }

    fn grid(&self, w: &mut dyn Write, score: &Score, table: &ScoreTable) -> io::Result<()> {
        let lang = self.lang;
        let n_columns = if score.tiers.is_empty() { 3 } else { 4 };
        let heads = HEADS.iter().take(n_columns);
        let mut lines: Vec<Vec<String>> =
            vec![heads.map(|key| Message::new(key).render(lang)).collect()];
        for row in &table.rows {
            let entity = &self.submission.entities[row.entity];
            let mut cells = vec![
                self.place(row.rank.as_ref()),
                said(named(&entity.label, &entity.id), lang),
                self.value(row),
            ];
            if n_columns == 4 {
                cells.push(self.tiers(score, row));
            }
            lines.push(cells);
        }
        let widest = |n: usize| {
            let cells = lines.iter().filter_map(|line| line.get(n));
            cells.map(|cell| width(cell)).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..n_columns).map(widest).collect();
        for line in &lines {
            let cells = line.iter().zip(&widths).map(|(cell, to)| pad(cell, *to));
            let text = cells.collect::<Vec<_>>().join(GAP);
            writeln!(w, "{}", text.trim_end())?;
        }
        Ok(())
    }

    /// A place, or from which to which.
    fn place(&self, rank: Option<&Set>) -> String {
        let whole = |end: Option<&Exact>| {
            end.map_or_else(String::new, |n| decimal(n, &Exact::from(1), Rounding::Down))
        };
        let message = match rank {
            None => Message::new("scores-no-place"),
            Some(rank) if rank.is_point() => return whole(rank.lo().value()),
            Some(rank) => Message::new("scores-places")
                .with("from", whole(rank.lo().value()))
                .with("to", whole(rank.hi().value())),
        };
        message.render(self.lang)
    }

    /// The score, and why it is not one number.
    fn value(&self, row: &ScoreRow) -> String {
        let causes: Vec<Arg> = (row.causes.iter())
            .map(|cause| Arg::Message(Message::new(cause.key())))
            .collect();
        let value = self.amount(row.score.as_ref());
        let is_number = |set: &Set| crate::explain::as_number(set).is_some();
        if causes.is_empty() || row.score.as_ref().is_some_and(is_number) {
            return said(value, self.lang);
        }
        let open = Message::new("scores-open")
            .with("value", value)
            .with("causes", Arg::List(causes));
        open.render(self.lang)
    }

    /// A number, or from which to which.
    fn amount(&self, set: Option<&Set>) -> Arg {
        let unit = Unit::plain();
        let places = |value: &Exact, rounding| {
            let text = decimal(value, &unit.factor, rounding);
            match text.split_once('.') {
                Some((_, fraction)) if fraction.len() > 4 => {
                    format!("\u{2248}{}", value.round_string(4, rounding))
                }
                _ => text,
            }
        };
        let end = |end: &crate::set::End, rounding, none: &str| match end.value() {
            Some(value) => places(value, rounding),
            None => none.to_owned(),
        };
        let Some(set) = set else {
            return Arg::Message(Message::new("scores-no-value"));
        };
        match crate::explain::as_number(set) {
            Some(value) => Arg::Text(places(&value, Rounding::HalfEven)),
            None => Arg::Message(
                Message::new("scores-range")
                    .with("from", end(set.lo(), Rounding::Down, "-\u{221e}"))
                    .with("to", end(set.hi(), Rounding::Up, "+\u{221e}")),
            ),
        }
    }

    /// The tiers that somebody may be in.
    fn tiers(&self, score: &Score, row: &ScoreRow) -> String {
        let label = |label: &Label, id: &str| named(label, id);
        let mut names: Vec<Arg> = Vec::new();
        for (n, id) in possible(score, row) {
            names.push(match score.tiers.get(n) {
                Some(tier) => label(&tier.label, id),
                None => Arg::Message(Message::new("scores-no-tier")),
            });
        }
        let mut names = names.into_iter();
        let Some(first) = names.next() else {
            return Message::new("scores-no-tier").render(self.lang);
        };
        let all = names.fold(first, |all, next| {
            let both = Message::new("scores-or")
                .with("first", all)
                .with("second", next);
            Arg::Message(both)
        });
        said(all, self.lang)
    }

    fn csv(&self, w: &mut dyn Write) -> io::Result<()> {
        let mut csv = WriterBuilder::new()
            .terminator(Terminator::CRLF)
            .from_writer(w);
        csv.write_record([
            "score",
            "entity",
            "entity_zh",
            "entity_en",
            "period",
            "weights",
            "element",
            "lo",
            "hi",
            "lo_open",
            "hi_open",
            "rank_lo",
            "rank_hi",
            "tiers",
            "causes",
            "marks",
        ])?;
        let period = self.options.clocks(self.submission).period.to_string();
        for table in self.tables {
            let score = &self.program.model.scores[table.score];
            let weights = self.weights(score);
            for row in &table.rows {
                let entity = &self.submission.entities[row.entity];
                let mut line = |element: &str, set: Option<&Set>, rest: [String; 5]| {
                    let parts = set.map(|set| set_parts(set, &Exact::from(1)));
                    let end = |end: Option<&String>| end.cloned().unwrap_or_default();
                    let parts = parts.as_ref();
                    let own = [
                        score.id.clone(),
                        entity.id.clone(),
                        entity.label.get(Lang::Zh).to_owned(),
                        entity.label.get(Lang::En).to_owned(),
                        period.clone(),
                        weights.clone(),
                        element.to_owned(),
                        end(parts.and_then(|parts| parts.lo.as_ref())),
                        end(parts.and_then(|parts| parts.hi.as_ref())),
                        parts
                            .map(|parts| parts.lo_open.to_string())
                            .unwrap_or_default(),
                        parts
                            .map(|parts| parts.hi_open.to_string())
                            .unwrap_or_default(),
                    ];
                    let cells = own.iter().chain(&rest);
                    csv.write_record(cells.map(|cell| neutral(cell).into_owned()))
                };
                let rank = row
                    .rank
                    .as_ref()
                    .map(|rank| set_parts(rank, &Exact::from(1)));
                let rank = |end: fn(&SetParts) -> &Option<String>| {
                    rank.as_ref()
                        .and_then(|rank| end(rank).clone())
                        .unwrap_or_default()
                };
                let tiers: Vec<&str> = possible(score, row).map(|(_, id)| id).collect();
                let causes: Vec<&str> = row.causes.iter().map(|cause| cause.word()).collect();
                let marks: Vec<&str> = row.marks.words().collect();
                let rest = [
                    rank(|rank| &rank.lo),
                    rank(|rank| &rank.hi),
                    tiers.join(" | "),
                    causes.join(" | "),
                    marks.join(" | "),
                ];
                line("", row.score.as_ref(), rest)?;
                for (element, set) in score.elements.iter().zip(&row.elements) {
                    line(&element.id, set.as_ref(), Default::default())?;
                }
            }
        }
        csv.flush()
    }

    /// The name of the weights that a score takes; nothing for its own.
    fn weights(&self, score: &Score) -> String {
        let asked = self.options.choice.weights.as_deref();
        let found = score
            .weighings
            .iter()
            .find(|one| Some(one.id.as_str()) == asked);
        found.map_or_else(String::new, |one| one.id.clone())
    }

    fn json(&self, w: &mut dyn Write) -> io::Result<()> {
        let clocks = self.options.clocks(self.submission);
        let document = ScoresJson {
            schema: "plumbrule-scores-1",
            pack: &self.program.model.pack.id,
            period: clocks.period.to_string(),
            in_force: clocks.in_force.to_string(),
            known_on: clocks.known_on.map(|day| day.to_string()),
            choice: ChoiceParts::of(&clocks.choice),
            rules_digest: &self.digests.rules,
            figures_digest: &self.digests.figures,
            scores: self
                .tables
                .iter()
                .map(|table| self.score_json(table))
                .collect(),
        };
        serde_json::to_writer_pretty(&mut *w, &document)?;
        writeln!(w)
    }

    fn score_json<'a>(&'a self, table: &'a ScoreTable) -> ScoreJson<'a> {
        let score = &self.program.model.scores[table.score];
        let one = Exact::from(1);
        let asked = self.options.choice.weights.as_deref();
        let parts = |set: &Option<Set>| set.as_ref().map(|set| set_parts(set, &one));
        let weights = score.elements.iter().zip(score.weights(asked));
        ScoreJson {
            id: &score.id,
            label: Text::of(&score.label),
            aggregate: if score.is_geometric {
                "geometric"
            } else {
                "arithmetic"
            },
            missing: score.gap.word(),
            out_of: decimal(&score.out_of, &one, Rounding::HalfEven),
            weights: self.weights(score),
            elements: weights
                .map(|(element, weight)| ElementJson {
                    id: &element.id,
                    label: Text::of(&element.label),
                    weight_lo: decimal(&weight.lo, &one, Rounding::Down),
                    weight_hi: decimal(&weight.hi, &one, Rounding::Up),
                })
                .collect(),
            rows: (table.rows.iter())
                .map(|row| {
                    let entity = &self.submission.entities[row.entity];
                    RowJson {
                        entity: &entity.id,
                        label: Text::of(&entity.label),
                        score: parts(&row.score),
                        rank: parts(&row.rank),
                        tiers: possible(score, row).map(|(_, id)| id).collect(),
                        elements: row.elements.iter().map(parts).collect(),
                        causes: row.causes.iter().map(|cause| cause.word()).collect(),
                        marks: row.marks.words().collect(),
                    }
                })
                .collect(),
        }
    }
}

/// A name as it is said.
fn said(name: Arg, lang: Lang) -> String {
    let items = Arg::List(vec![name]);
    Message::new("list").with("items", items).render(lang)
}

/// The tiers that somebody may be in, by their place and id; an empty id for none of them.
fn possible<'a>(score: &'a Score, row: &'a ScoreRow) -> impl Iterator<Item = (usize, &'a str)> {
    let is_in = |n: usize| {
        let number = Exact::from(i64::try_from(n + 1).unwrap_or(i64::MAX));
        row.tier.as_ref().is_some_and(|tier| tier.contains(&number))
    };
    let all = (0..=score.tiers.len()).filter(move |n| is_in(*n));
    all.map(|n| (n, score.tiers.get(n).map_or("", |tier| tier.id.as_str())))
}

#[derive(Serialize)]
struct ScoresJson<'a> {
    schema: &'static str,
    pack: &'a str,
    period: String,
    in_force: String,
    known_on: Option<String>,
    choice: ChoiceParts,
    rules_digest: &'a str,
    figures_digest: &'a str,
    scores: Vec<ScoreJson<'a>>,
}

#[derive(Serialize)]
struct ScoreJson<'a> {
    id: &'a str,
    label: Text<'a>,
    aggregate: &'static str,
    missing: &'static str,
    out_of: String,
    weights: String,
    elements: Vec<ElementJson<'a>>,
    rows: Vec<RowJson<'a>>,
}

#[derive(Serialize)]
struct ElementJson<'a> {
    id: &'a str,
    label: Text<'a>,
    weight_lo: String,
    weight_hi: String,
}

#[derive(Serialize)]
struct RowJson<'a> {
    entity: &'a str,
    label: Text<'a>,
    score: Option<SetParts>,
    rank: Option<SetParts>,
    tiers: Vec<&'a str>,
    elements: Vec<Option<SetParts>>,
    causes: Vec<&'static str>,
    marks: Vec<&'static str>,
}

#[derive(Serialize)]
struct Text<'a> {
    zh: &'a str,
    en: &'a str,
}

impl<'a> Text<'a> {
    fn of(label: &'a Label) -> Text<'a> {
        Text {
            zh: label.get(Lang::Zh),
            en: label.get(Lang::En),
        }
    }
}
