//! Which verdicts depend on the source, the day or the edition, for a person, a machine and a page.
//!
//! A [`Vintages`] goes in; bytes come out. Renders; decides nothing.

use std::io::{self, Write};

use chrono::NaiveDate;

use super::diff::{AnswerForm, DiffSide};
use super::human::answer_message;
use super::markdown::cell;
use super::text::{hanging, measure, wrap};
use super::{coloured, width};
use crate::diff::Answer;
use crate::eval::Row;
use crate::message::{Lang, Message};
use crate::vintages::{Dependence, Vintages, Way};

mod json;

/// Everything that is shown of what depends on the figures taken.
#[derive(Clone, Copy)]
pub struct VintageReport<'a> {
    /// The run.
    pub side: DiffSide<'a>,
    /// What depends on what.
    pub vintages: &'a Vintages,
    /// The language of the sentences.
    pub lang: Lang,
    /// Columns of the terminal.
    pub columns: usize,
    /// Whether colours may be used.
    pub colour: bool,
}

/// Figures that are told of one answer.
const MOST_FIGURES: usize = 6;
/// Columns before what is said of a row.
const INDENT: usize = 8;

/// Writes which verdicts depend on the figures taken.
///
/// # Errors
///
/// What the writer says.
pub fn write_vintages(
    w: &mut dyn Write,
    form: AnswerForm,
    report: &VintageReport<'_>,
) -> io::Result<()> {
    match form {
        AnswerForm::Human => human(w, report),
        AnswerForm::Json => json::write(w, report),
        AnswerForm::Markdown => markdown(w, report),
    }
}

impl VintageReport<'_> {
    /// Ways in words, those of a kind together.
    fn ways(&self, places: &[usize]) -> Message {
        let ways: Vec<&Way> = places
            .iter()
            .filter_map(|n| self.vintages.ways.get(*n))
            .collect();
        let (mut alone, mut preferred) = (Vec::new(), Vec::new());
        let mut said = Vec::new();
        for way in &ways {
            match way {
                Way::Asked => said.push(Message::new("way-asked")),
                Way::Source(source) => alone.push(source.clone()),
                Way::Prefer(source) => preferred.push(source.clone()),
                Way::KnownOn(_) | Way::Edition(_) => {}
            }
        }
        if !alone.is_empty() {
            said.push(Message::new("way-source").with("sources", alone));
        }
        said.extend(self.days(&ways));
        said.extend(ways.iter().filter_map(|way| match way {
            Way::Edition(vintage) => Some(Message::new(vintage.key())),
            _ => None,
        }));
        if !preferred.is_empty() {
            said.push(Message::new("way-prefer").with("sources", preferred));
        }
        let mut said = said.into_iter();
        let first = said.next().unwrap_or_else(|| Message::new("way-asked"));
        said.fold(first, |all, one| {
            Message::new("way-and")
                .with("first", all)
                .with("second", one)
        })
    }

    /// Days of knowledge in words: from one on, up to one, or each.
    fn days(&self, ways: &[&Way]) -> Option<Message> {
        let days = |ways: &mut dyn Iterator<Item = &Way>| -> Vec<NaiveDate> {
            let day = |way: &Way| match way {
                Way::KnownOn(day) => Some(*day),
                _ => None,
            };
            ways.filter_map(day).collect()
        };
        let all = days(&mut self.vintages.ways.iter());
        let own = days(&mut ways.iter().copied());
        let (first, last) = (own.first()?, own.last()?);
        if own.len() > 1 && all.ends_with(&own) {
            return Some(Message::new("way-known-from").with("day", first.to_string()));
        }
        if own.len() > 1 && all.starts_with(&own) {
            return Some(Message::new("way-known-to").with("day", last.to_string()));
        }
        let own: Vec<String> = own.iter().map(NaiveDate::to_string).collect();
        Some(Message::new("way-known-on").with("days", own))
    }

    fn name(&self, row: &Row) -> Message {
        let program = self.side.run.program;
        let rule = &program.model.rules[row.rule];
        let key = match rule.scope {
            Some(_) => "vintages-row-of",
            None => "vintages-row",
        };
        Message::new(key)
            .with("rule", &rule.id)
            .with("label", &rule.label)
            .with(
                "entity",
                &self.side.run.submission.entities[row.entity].label,
            )
    }

    /// The head of the run, and how many ways were evaluated.
    fn heads(&self) -> Vec<Message> {
        let (clocks, found) = (&self.vintages.clocks, self.vintages);
        let n = |word: &str| found.ways.iter().filter(|way| way.word() == word).count();
        let mut heads = vec![
            Message::new("report-clocks")
                .with("period", clocks.period.to_string())
                .with("inForce", clocks.in_force.to_string())
                .with("knownOn", clocks.choice.words(clocks.known_on)),
            Message::new("vintages-ways")
                .with("count", found.ways.len())
                .with("sources", n("source"))
                .with("days", n("known-on"))
                .with("editions", n("edition"))
                .with("prefer", n("prefer")),
        ];
        if found.n_left_out > 0 {
            heads.push(Message::new("vintages-left-out").with("count", found.n_left_out));
        }
        heads
    }

    /// What each group of ways says of a row, then the ways that have no figures for it.
    fn groups(&self, one: &Dependence) -> Vec<(Message, Vec<Message>)> {
        let rule = &self.side.run.program.model.rules[one.row.rule];
        let mut said: Vec<(Message, Vec<Message>)> = one
            .groups
            .iter()
            .map(|group| {
                let message = Message::new("vintages-group")
                    .with("answer", answer_message(&group.answer, Some(rule)))
                    .with("ways", self.ways(&group.ways));
                let claims = group.claims.iter().take(MOST_FIGURES);
                let mut figures: Vec<Message> = claims.map(|id| self.figure(*id)).collect();
                if group.claims.len() > MOST_FIGURES {
                    let n = group.claims.len() - MOST_FIGURES;
                    figures.push(Message::new("diff-more").with("count", n));
                }
                (message, figures)
            })
            .collect();
        if !one.silent.is_empty() {
            let silent = Message::new("vintages-silent").with("ways", self.ways(&one.silent));
            said.push((silent, Vec::new()));
        }
        said
    }

    fn figure(&self, id: crate::figures::ClaimId) -> Message {
        let run = &self.side.run;
        let claim = &run.submission.claims[id];
        let (figure, period) = (&claim.figure, claim.window);
        let name = crate::explain::figure_message(
            run.program,
            run.submission,
            figure,
            Some(claim.entity),
            period,
        );
        Message::new("vintages-figure")
            .with("figure", name)
            .with("claim", self.side.claim(id))
    }

    /// Both kinds of rows under their titles.
    fn sections(&self) -> [(Message, &[Dependence]); 2] {
        let found = self.vintages;
        [
            ("vintages-turned", found.turned.as_slice()),
            ("vintages-rests", found.rests.as_slice()),
        ]
        .map(|(key, rows)| (Message::new(key).with("count", rows.len()), rows))
    }

    fn same(&self) -> Message {
        Message::new("vintages-same").with("count", self.vintages.n_same)
    }
}

fn human(w: &mut dyn Write, report: &VintageReport<'_>) -> io::Result<()> {
    let pack = &report.side.run.program.model.pack;
    writeln!(w, "{}  {}", pack.id, pack.label.get(report.lang))?;
    for head in report.heads() {
        say(w, report, 0, &head)?;
    }
    for (title, rows) in report.sections() {
        if rows.is_empty() {
            continue;
        }
        writeln!(w)?;
        say(w, report, 0, &title)?;
        for one in rows {
            writeln!(w)?;
            row_head(w, report, &one.row)?;
            for (message, figures) in report.groups(one) {
                say(w, report, INDENT, &message)?;
                for figure in figures {
                    say(w, report, INDENT + 2, &figure)?;
                }
            }
        }
    }
    writeln!(w)?;
    say(w, report, 0, &report.same())
}

fn say(
    w: &mut dyn Write,
    report: &VintageReport<'_>,
    indent: usize,
    message: &Message,
) -> io::Result<()> {
    hanging(w, &message.render(report.lang), report.columns, indent)
}

/// The rule, and at the end of the line its answer as asked.
fn row_head(w: &mut dyn Write, report: &VintageReport<'_>, row: &Row) -> io::Result<()> {
    let name = report.name(row).render(report.lang);
    let rule = &report.side.run.program.model.rules[row.rule];
    let verdict = answer_message(&Answer::of(row), Some(rule)).render(report.lang);
    let shown = coloured(&verdict, row.verdict, report.colour);
    let room = measure(report.columns).saturating_sub(width(&verdict) + 1);
    if width(&name) < room {
        return writeln!(w, "{} {shown}", super::pad(&name, room));
    }
    for line in wrap(&name, measure(report.columns)) {
        writeln!(w, "{line}")?;
    }
    writeln!(w, "{}{shown}", " ".repeat(room + 1))
}

fn markdown(w: &mut dyn Write, report: &VintageReport<'_>) -> io::Result<()> {
    let lang = report.lang;
    let say = |message: &Message| cell(&message.render(lang));
    let word = |key| Message::new(key).render(lang);
    let pack = &report.side.run.program.model.pack;
    writeln!(w, "# {}\n", cell(pack.label.get(lang)))?;
    for head in report.heads() {
        writeln!(w, "- {}", say(&head))?;
    }
    for (title, rows) in report.sections() {
        if rows.is_empty() {
            continue;
        }
        writeln!(w, "\n## {}\n", say(&title))?;
        let heads = ["diff-head-row", "vintages-head-asked", "vintages-head-ways"];
        let heads: Vec<String> = heads.into_iter().map(word).collect();
        writeln!(w, "| {} |\n|---|---|---|", heads.join(" | "))?;
        for one in rows {
            let groups = report.groups(one).into_iter().map(|(message, figures)| {
                let figures = figures
                    .iter()
                    .map(|figure| format!("<br>\u{2013} {}", say(figure)));
                format!("{}{}", say(&message), figures.collect::<String>())
            });
            let groups: Vec<String> = groups.collect();
            let rule = &report.side.run.program.model.rules[one.row.rule];
            let asked = answer_message(&Answer::of(&one.row), Some(rule));
            let name = say(&report.name(&one.row));
            writeln!(w, "| {name} | {} | {} |", say(&asked), groups.join("<br>"))?;
        }
    }
    writeln!(w, "\n{}", say(&report.same()))
}
