//! What changed, as a page or a comment in Markdown: a table of rows, and a list of figures.

use std::io::{self, Write};

use super::human::{clause, figure};
use super::{DiffReport, answers, said};
use crate::message::Message;
use crate::report::markdown::cell;

/// Figures that are listed; the machine output has all.
const MOST_FIGURES: usize = 200;

pub(super) fn write(w: &mut dyn Write, report: &DiffReport<'_>) -> io::Result<()> {
    let (diff, lang) = (report.diff, report.lang);
    let say = |message: &Message| cell(&message.render(lang));
    let word = |key| Message::new(key).render(lang);
    let pack = &report.now.run.program.model.pack;
    writeln!(w, "# {}\n", cell(pack.label.get(lang)))?;
    for message in [
        report.was.message("diff-was"),
        report.now.message("diff-now"),
        report.period(),
        report.inputs(),
    ] {
        writeln!(w, "- {}", say(&message))?;
    }
    writeln!(w, "\n{}", say(&report.head()))?;
    if !diff.changed.is_empty() {
        let heads = [
            "diff-head-row",
            "diff-head-was",
            "diff-head-now",
            "diff-head-did",
        ];
        let heads: Vec<String> = heads.into_iter().map(word).collect();
        writeln!(w, "\n| {} |\n|---|---|---|---|", heads.join(" | "))?;
        for changed in &diff.changed {
            let [was, now] = answers(&changed.change);
            let rule = report.rule(&changed.change);
            let mut did = vec![say(&DiffReport::did(changed))];
            did.extend(changed.clauses.iter().map(|change| say(&clause(change))));
            writeln!(
                w,
                "| {} | {} | {} | {} |",
                say(&report.name(&changed.change)),
                say(&said(&was, rule)),
                say(&said(&now, rule)),
                did.join("<br>")
            )?;
        }
    }
    if let Some(counts) = report.figure_counts() {
        writeln!(w, "\n{}\n", say(&counts))?;
        for change in diff.figures.iter().take(MOST_FIGURES) {
            writeln!(w, "- {}", say(&figure(report, change)))?;
        }
        if diff.figures.len() > MOST_FIGURES {
            let more = Message::new("diff-more").with("count", diff.figures.len() - MOST_FIGURES);
            writeln!(w, "- {}", say(&more))?;
        }
    }
    let findings = [
        ("diff-finding-new", &diff.arisen),
        ("diff-finding-gone", &diff.gone),
    ];
    for (key, findings) in findings {
        for finding in findings {
            let message = Message::new(key).with("finding", finding.message.clone());
            writeln!(w, "\n{}", say(&message))?;
        }
    }
    Ok(())
}
