//! An audit for a person at a terminal.

use std::io::{self, Write};

use super::{AuditReport, Section, acknowledged, figure, tested};
use crate::audit::AuditFinding;
use crate::message::Message;
use crate::report::text::{measure, wrap};

/// Columns before what is said of a finding.
const INDENT: usize = 2;

pub(super) fn write(w: &mut dyn Write, report: &AuditReport<'_>) -> io::Result<()> {
    let pack = &report.side.run.program.model.pack;
    writeln!(w, "{}  {}", pack.id, pack.label.get(report.lang))?;
    say(w, report, 0, &report.head())?;
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
    for known in &finding.figures {
        say(w, report, INDENT, &figure(report, known))?;
    }
    if let Some(explained) = &finding.explained {
        say(w, report, INDENT, explained)?;
    }
    if let Some(noted) = acknowledged(finding) {
        say(w, report, INDENT, &noted)?;
    }
    for hypothesis in &finding.hypotheses {
        say(w, report, INDENT, &tested(hypothesis))?;
    }
    Ok(())
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
