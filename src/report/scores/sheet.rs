//! Scores as Markdown and as a page, and the cells that all tables of scores share.

use std::io::{self, Write};

use maud::{Markup, html};

use super::{HEADS, ScoreReport, said};
use crate::explain::{gap_message, mean_message, named};
use crate::message::Message;
use crate::model::Score;
use crate::report::html::{Part, Sheet, write_sheet};
use crate::report::markdown::cell;
use crate::scores::{ScoreRow, ScoreTable};

/// The heads of a score: place, body, score, tier where there are tiers, and its elements.
fn heads(report: &ScoreReport<'_>, score: &Score) -> Vec<String> {
    let n = if score.tiers.is_empty() { 3 } else { 4 };
    let own = HEADS.iter().take(n);
    let own = own.map(|key| Message::new(key).render(report.lang));
    let elements = score.elements.iter();
    let elements = elements.map(|one| said(named(&one.label, &one.id), report.lang));
    own.chain(elements).collect()
}

/// What stands below the heads for one body.
pub(in crate::report) fn cells(
    report: &ScoreReport<'_>,
    score: &Score,
    row: &ScoreRow,
) -> Vec<String> {
    let entity = &report.submission.entities[row.entity];
    let mut cells = vec![
        report.place(row.rank.as_ref()),
        said(named(&entity.label, &entity.id), report.lang),
        report.value(row),
    ];
    if !score.tiers.is_empty() {
        cells.push(report.tiers(score, row));
    }
    let elements = row.elements.iter();
    cells.extend(elements.map(|set| said(report.amount(set.as_ref()), report.lang)));
    cells
}

/// How a score is made, in sentences.
pub(in crate::report) fn sayings(report: &ScoreReport<'_>, score: &Score) -> Vec<String> {
    let weights = report.options.choice.weights.as_deref();
    let all = [mean_message(score, weights), gap_message(score)];
    all.iter()
        .map(|message| message.render(report.lang))
        .collect()
}

/// The clocks of the run in one sentence.
pub(in crate::report) fn clocks(report: &ScoreReport<'_>) -> String {
    let clocks = report.options.clocks(report.submission);
    let line = Message::new("report-clocks")
        .with("period", clocks.period.to_string())
        .with("inForce", clocks.in_force.to_string())
        .with("knownOn", clocks.choice.words(clocks.known_on));
    line.render(report.lang)
}

pub(super) fn markdown(w: &mut dyn Write, report: &ScoreReport<'_>) -> io::Result<()> {
    let pack = &report.program.model.pack;
    writeln!(w, "# {}\n", cell(pack.label.get(report.lang)))?;
    writeln!(w, "{}", cell(&clocks(report)))?;
    for table in report.tables {
        let score = &report.program.model.scores[table.score];
        let name = said(named(&score.label, &score.id), report.lang);
        writeln!(w, "\n## {}\n", cell(&name))?;
        for line in sayings(report, score) {
            writeln!(w, "- {}", cell(&line))?;
        }
        let line = |cells: Vec<String>| {
            let cells: Vec<String> = cells.iter().map(|text| cell(text)).collect();
            format!("| {} |", cells.join(" | "))
        };
        let heads = heads(report, score);
        let rule = "---|".repeat(heads.len());
        writeln!(w, "\n{}\n|{rule}", line(heads))?;
        for row in &table.rows {
            writeln!(w, "{}", line(cells(report, score, row)))?;
        }
    }
    Ok(())
}

pub(super) fn page(w: &mut dyn Write, report: &ScoreReport<'_>) -> io::Result<()> {
    let pack = &report.program.model.pack;
    let name = match pack.label.get(report.lang) {
        "" => &pack.id,
        name => name,
    };
    let kind = Message::new("scores-page-kind").render(report.lang);
    let masthead = html! {
        header.masthead {
            p.kind { (kind) }
            h1 { bdi { (name) } }
            p.about { span { (clocks(report)) } span { code { (pack.id) } } }
        }
    };
    let caption = Message::new("scores-caption").render(report.lang);
    let body = html! { @for table in report.tables { (section(report, table)) } };
    let part = Part {
        anchor: "scores",
        heading: caption,
        body: (!report.tables.is_empty()).then_some(body),
    };
    let sheet = Sheet {
        lang: report.lang,
        title: name,
        masthead: &masthead,
        parts: &[part],
        digests: report.digests,
    };
    write_sheet(w, &sheet)
}

fn section(report: &ScoreReport<'_>, table: &ScoreTable) -> Markup {
    let score = &report.program.model.scores[table.score];
    let name = said(named(&score.label, &score.id), report.lang);
    html! {
        h3 { bdi { (name) } }
        @for line in sayings(report, score) { p { (line) } }
        div.scroll role="region" tabindex="0" aria-label=(name) {
            table {
                thead { tr { @for head in heads(report, score) { th scope="col" { (head) } } } }
                tbody {
                    @for row in &table.rows {
                        tr { @for text in cells(report, score, row) { td { bdi { (text) } } } }
                    }
                }
            }
        }
    }
}
