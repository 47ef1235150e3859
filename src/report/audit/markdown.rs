//! An audit for a page of text or a comment.

use std::io::{self, Write};

use super::{AuditReport, Section, acknowledged, also, figure, repair, tested};
use crate::audit::AuditFinding;
use crate::message::Message;
use crate::report::markdown::cell;

pub(super) fn write(w: &mut dyn Write, report: &AuditReport<'_>) -> io::Result<()> {
    let lang = report.lang;
    let say = |message: &Message| cell(&message.render(lang));
    let pack = &report.side.run.program.model.pack;
    let title = Message::new("audit-title").with("pack", &pack.label);
    writeln!(w, "# {}\n", say(&title))?;
    writeln!(w, "- {}\n- {}", say(&report.head()), say(&report.counts()))?;
    for line in report.joint() {
        writeln!(w, "- {}", say(&line))?;
    }
    if let Some(unweighed) = report.unweighed() {
        writeln!(w, "- {}", say(&unweighed))?;
    }
    for section in Section::ALL {
        let findings = report.of(section);
        if findings.is_empty() {
            continue;
        }
        let title = Message::new(section.key()).with("count", findings.len());
        writeln!(w, "\n## {}", say(&title))?;
        for finding in findings {
            one(w, report, finding)?;
        }
    }
    let Some(repairs) = report.repairs else {
        return Ok(());
    };
    let head = Message::new("repair-overview");
    writeln!(
        w,
        "\n## {}\n\n{}\n",
        say(&head),
        say(&repair::title(repairs))
    )?;
    for group in &repairs.groups {
        let head = Message::new("repair-group").with("findings", repair::ids(report, group));
        writeln!(w, "- {}: {}", say(&head), say(&repair::fewest(group)))?;
        if let Some(near) = repair::near(group) {
            writeln!(w, "  - {}", say(&near))?;
        }
        for (n, set) in group.sets.iter().enumerate() {
            writeln!(w, "  - {}", say(&repair::set(report, n + 1, set)))?;
        }
    }
    if !repairs.groups.is_empty() {
        writeln!(w, "\n{}", say(&Message::new("repair-note")))?;
    }
    Ok(())
}

fn one(w: &mut dyn Write, report: &AuditReport<'_>, finding: &AuditFinding) -> io::Result<()> {
    let say = |message: &Message| cell(&message.render(report.lang));
    writeln!(w, "\n### {}\n", say(&finding.said))?;
    let head = Message::new("audit-id")
        .with("id", &finding.id)
        .with("digest", &finding.digest);
    writeln!(w, "{}\n", say(&head))?;
    for relation in &finding.relations {
        writeln!(w, "- {}", say(&relation.said))?;
    }
    for known in &finding.figures {
        writeln!(w, "- {}", say(&figure(report, known)))?;
    }
    for also in also(finding) {
        writeln!(w, "- {}", say(&also))?;
    }
    for note in finding.explained.iter().chain(&acknowledged(finding)) {
        writeln!(w, "- **{}**", say(note))?;
    }
    for hypothesis in &finding.hypotheses {
        writeln!(w, "- {}", say(&tested(hypothesis)))?;
    }
    Ok(())
}
