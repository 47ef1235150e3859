//! What changed, for a person: each row before and after, what did it, and what that rests on.

use std::io::{self, Write};

use super::{DiffReport, answers, said};
use crate::diff::{Changed, ClauseChange, FigureChange, FigureChangeKind, Trial};
use crate::explain::figure_message;
use crate::message::Message;
use crate::report::text::hanging;

/// Figures that a person is shown of each kind; the machine output has all.
const MOST_FIGURES: usize = 10;
/// Findings that a person is shown on each side.
const MOST_FINDINGS: usize = 8;
/// Sentences on figures that are shown of each side of a row.
const MOST_REASONS: usize = 4;
/// Columns before what is said of a row.
const INDENT: usize = 8;

pub(super) fn write(w: &mut dyn Write, report: &DiffReport<'_>) -> io::Result<()> {
    let diff = report.diff;
    let pack = &report.now.run.program.model.pack;
    writeln!(w, "{}  {}", pack.id, pack.label.get(report.lang))?;
    say(w, report, 0, &report.was.message("diff-was"))?;
    say(w, report, 0, &report.now.message("diff-now"))?;
    say(w, report, 0, &report.period())?;
    say(w, report, 0, &report.inputs())?;
    writeln!(w)?;
    say(w, report, 0, &report.head())?;
    for changed in &diff.changed {
        writeln!(w)?;
        row(w, report, changed)?;
    }
    if let Some(counts) = report.figure_counts() {
        writeln!(w)?;
        say(w, report, 0, &counts)?;
        let n_unread = diff.figures.iter().filter(|it| !it.is_read).count();
        for kind in FigureChangeKind::ALL {
            let read = |it: &&FigureChange| it.kind == kind && it.is_read;
            let all: Vec<&FigureChange> = diff.figures.iter().filter(read).collect();
            for change in all.iter().take(MOST_FIGURES) {
                say(w, report, 2, &figure(report, change))?;
            }
            if all.len() > MOST_FIGURES {
                let more = Message::new("diff-more").with("count", all.len() - MOST_FIGURES);
                say(w, report, 2, &more)?;
            }
        }
        if n_unread > 0 {
            let unread = Message::new("diff-unread").with("count", n_unread);
            say(w, report, 2, &unread)?;
        }
    }
    for (key, findings) in [
        ("diff-finding-new", &diff.arisen),
        ("diff-finding-gone", &diff.gone),
    ] {
        for finding in findings.iter().take(MOST_FINDINGS) {
            writeln!(w)?;
            let message = Message::new(key).with("finding", finding.message.clone());
            say(w, report, 0, &message)?;
        }
        if findings.len() > MOST_FINDINGS {
            let more = Message::new("diff-more").with("count", findings.len() - MOST_FINDINGS);
            say(w, report, 0, &more)?;
        }
    }
    Ok(())
}

fn say(
    w: &mut dyn Write,
    report: &DiffReport<'_>,
    indent: usize,
    message: &Message,
) -> io::Result<()> {
    hanging(w, &message.render(report.lang), report.columns, indent)
}

fn row(w: &mut dyn Write, report: &DiffReport<'_>, changed: &Changed) -> io::Result<()> {
    say(w, report, 0, &report.name(&changed.change))?;
    let [was, now] = answers(&changed.change);
    let rule = report.rule(&changed.change);
    let turn = Message::new("diff-turn")
        .with("was", said(&was, rule))
        .with("now", said(&now, rule));
    say(w, report, INDENT, &turn)?;
    say(w, report, INDENT, &DiffReport::did(changed))?;
    // What changes nothing, alone or left out, is not told.
    let tells = |it: &&Trial| it.alone != was || it.without != now;
    for trial in changed.trials.iter().filter(tells) {
        let message = Message::new("diff-trial")
            .with("factor", Message::new(trial.factor.key()))
            .with("alone", said(&trial.alone, rule))
            .with("without", said(&trial.without, rule));
        say(w, report, INDENT + 2, &message)?;
    }
    let [was, now] = report.reasons(changed);
    for (key, nodes) in [("diff-reason-was", was), ("diff-reason-now", now)] {
        for node in nodes.iter().take(MOST_REASONS) {
            let message = Message::new(key).with("what", node.message.clone());
            say(w, report, INDENT, &message)?;
        }
    }
    for change in &changed.clauses {
        say(w, report, INDENT, &clause(change))?;
    }
    Ok(())
}

/// A clause as it was and is.
pub(super) fn clause(change: &ClauseChange) -> Message {
    let key = match (&change.was, &change.now) {
        (Some(_), Some(_)) => "diff-clause",
        (Some(_), None) => "diff-clause-gone",
        _ => "diff-clause-new",
    };
    Message::new(key)
        .with("item", &change.item)
        .with("was", change.was.clone().unwrap_or_default())
        .with("now", change.now.clone().unwrap_or_default())
}

/// A figure as it was and is.
pub(super) fn figure(report: &DiffReport<'_>, change: &FigureChange) -> Message {
    let name = |side: &super::DiffSide<'_>, id| {
        let claim = &side.run.submission.claims[id];
        let (program, submission) = (side.run.program, side.run.submission);
        let whose = Some(claim.entity);
        figure_message(program, submission, &claim.figure, whose, claim.window)
    };
    match (change.was, change.now) {
        (Some(was), Some(now)) => Message::new("diff-figure-changed")
            .with("figure", name(&report.now, now))
            .with("was", report.was.claim(was))
            .with("now", report.now.claim(now)),
        (None, Some(now)) => Message::new("diff-figure-added")
            .with("figure", name(&report.now, now))
            .with("now", report.now.claim(now)),
        (Some(was), None) => Message::new("diff-figure-withdrawn")
            .with("figure", name(&report.was, was))
            .with("was", report.was.claim(was)),
        (None, None) => Message::new("diff-no-row"),
    }
}
