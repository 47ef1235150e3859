//! An audit for a person at a terminal.

use std::io::{self, Write};

use super::{AuditReport, Section, acknowledged, also, repair, tested};
use crate::audit::{AuditFigure, AuditFinding, Repairs};
use crate::explain::Shown;
use crate::findings::FindingKind;
use crate::message::Message;
use crate::report::text::{measure, wrap};

/// Columns before what is said of a finding.
const INDENT: usize = 2;

/// Sets of figures that may be wrong which are shown of a group; the other forms show all.
const MOST_SETS: usize = 5;

pub(super) fn write(w: &mut dyn Write, report: &AuditReport<'_>) -> io::Result<()> {
    let pack = &report.side.run.program.model.pack;
    writeln!(w, "{}  {}", pack.id, pack.label.get(report.lang))?;
    say(w, report, 0, &report.head())?;
    for line in report.joint() {
        say(w, report, 0, &line)?;
    }
    for section in Section::ALL {
        let findings = report.of(section);
        if findings.is_empty() {
            continue;
        }
        writeln!(w)?;
        let title = Message::new(section.key()).with("count", findings.len());
        say(w, report, 0, &title)?;
        for finding in findings {
            writeln!(w)?;
            write_finding(w, report, finding)?;
        }
    }
    if let Some(repairs) = report.repairs {
        write_repairs(w, report, repairs)?;
    }
    writeln!(w)?;
    if let Some(unweighed) = report.unweighed() {
        say(w, report, 0, &unweighed)?;
    }
    say(w, report, 0, &report.counts())
}

fn write_finding(
    w: &mut dyn Write,
    report: &AuditReport<'_>,
    finding: &AuditFinding,
) -> io::Result<()> {
    let head = Message::new("audit-id")
        .with("id", &finding.id)
        .with("digest", &finding.digest);
    say(w, report, 0, &head)?;
    say(w, report, INDENT, &finding.said)?;
    for relation in &finding.relations {
        let item = Message::new("audit-item").with("item", relation.said.clone());
        say(w, report, INDENT, &item)?;
    }
    let mut last: Option<&Message> = None;
    for known in &finding.figures {
        let line = figure(report, finding, known, last == Some(&known.name));
        say(w, report, INDENT + 2, &line)?;
        last = Some(&known.name);
    }
    for also in also(finding) {
        say(w, report, INDENT, &also)?;
    }
    if let Some(explained) = &finding.explained {
        say(w, report, INDENT, explained)?;
    }
    if let Some(noted) = acknowledged(finding) {
        say(w, report, INDENT, &noted)?;
    }
    let Some(first) = finding.hypotheses.first() else {
        return Ok(());
    };
    let first = tested(first);
    let message = match finding.hypotheses.len() {
        1 => first,
        n => Message::new("audit-hypothesis-more")
            .with("first", first)
            .with("count", n - 1),
    };
    say(w, report, INDENT, &message)
}

/// Which figures must be wrong, group by group.
fn write_repairs(w: &mut dyn Write, report: &AuditReport<'_>, repairs: &Repairs) -> io::Result<()> {
    writeln!(w)?;
    say(w, report, 0, &repair::title(repairs))?;
    for group in &repairs.groups {
        writeln!(w)?;
        let head = Message::new("repair-group").with("findings", repair::ids(report, group));
        say(w, report, 0, &head)?;
        say(w, report, INDENT, &repair::fewest(group))?;
        if let Some(near) = repair::near(group) {
            say(w, report, INDENT, &near)?;
        }
        for (n, set) in group.sets.iter().take(MOST_SETS).enumerate() {
            say(w, report, INDENT, &repair::set(report, n + 1, set))?;
        }
        if group.sets.len() > MOST_SETS {
            let more = group.sets.len() - MOST_SETS;
            let more = Message::new("repair-sets-more").with("count", more);
            say(w, report, INDENT, &more)?;
        }
    }
    if !repairs.groups.is_empty() {
        writeln!(w)?;
        say(w, report, 0, &Message::new("repair-note"))?;
    }
    Ok(())
}

/// A figure as printed and where; its name where that is not the one above, the values that it
/// allows where the sentence above does not say them.
fn figure(
    report: &AuditReport<'_>,
    finding: &AuditFinding,
    figure: &AuditFigure,
    is_same: bool,
) -> Message {
    let claim = report.side.claim(figure.claim);
    // All claims that conflict are about the figure that the sentence names.
    let is_conflict = finding.finding.kind == FindingKind::Conflict;
    let mut line = match is_same || is_conflict {
        true => claim,
        false => Message::new("audit-line")
            .with("claim", claim)
            .with("figure", figure.name.clone()),
    };
    let has_sides = finding.compared.is_some() && !is_conflict;
    if !has_sides {
        let shown = Shown {
            set: figure.set.clone(),
            unit: figure.unit.clone(),
        };
        line = Message::new("audit-line-set")
            .with("line", line)
            .with("set", &shown);
    }
    if figure.others.1 > 0 {
        line = Message::new("audit-line-others")
            .with("line", line)
            .with("satisfied", figure.others.0)
            .with("total", figure.others.1);
    }
    line
}

fn say(
    w: &mut dyn Write,
    report: &AuditReport<'_>,
    indent: usize,
    message: &Message,
) -> io::Result<()> {
    let text = message.render(report.lang);
    let lines = wrap(&text, measure(report.columns).saturating_sub(indent + 2));
    for (n, line) in lines.into_iter().enumerate() {
        let more = if n > 0 { 2 } else { 0 };
        writeln!(w, "{}{line}", " ".repeat(indent + more))?;
    }
    Ok(())
}
