//! For pull requests and wikis: tables and nested lists in GitHub's Markdown.
//!
//! Goes in: a report. Comes out: text in which no label opens a tag, a table cell, a link or a
//! mention.

use std::borrow::Borrow;
use std::io::{self, Write};

use super::Report;
use super::facts::Facts;
use super::formats::FormatDef;
use super::human::told;
use super::matrix::short;
use super::text::sign;
use crate::explain::{Explanation, Node, NodeKind};
use crate::message::{Arg, Message};
use crate::verdict::Verdict;

mod escape;

pub(super) use escape::cell;
pub(crate) use escape::line;

pub(super) const FORMAT: FormatDef = FormatDef {
    name: "md",
    ending: "md",
    is_binary: false,
    check: write,
    explanation: Some(write_explanation),
    problems: None,
};

fn write(w: &mut dyn Write, report: &Report<'_>) -> io::Result<()> {
    let lang = report.lang;
    let pack = &report.program.model.pack;
    writeln!(w, "# {}\n", line(pack.label.get(lang)))?;
    match counts(report) {
        Some(counts) => writeln!(w, "**{}**\n", line(&counts.render(lang)))?,
        None => writeln!(w, "{}\n", line(&say(report, "report-no-rows")))?,
    }
    clocks(w, report)?;
    match report.outcomes {
        [only] if report.is_detailed() => {
            let facts: Vec<Facts<'_>> = report.facts_in(only).collect();
            verdicts(w, report, facts.iter())?;
            causes(w, report)?;
            findings(w, report)?;
            sections(w, report, &facts)?;
        }
        [only] => {
            verdicts(w, report, report.facts_in(only))?;
            causes(w, report)?;
            findings(w, report)?;
            unexplained(w, report)?;
        }
        several => {
            periods(w, report)?;
            causes(w, report)?;
            findings(w, report)?;
            match several.iter().rfind(|one| !one.rows.is_empty()) {
                Some(last) if report.is_detailed() => {
                    let facts: Vec<Facts<'_>> = report.facts_in(last).collect();
                    sections(w, report, &facts)?;
                }
                _ => unexplained(w, report)?,
            }
        }
    }
    origin(w, report)
}

fn write_explanation(
    w: &mut dyn Write,
    report: &Report<'_>,
    explanation: &Explanation,
) -> io::Result<()> {
    let row = explanation.trace.row;
    let facts = Facts::of(report, &row, explanation.clone());
    writeln!(w, "# {}\n", title(&facts))?;
    list(w, report, &explanation.nodes, 0)?;
    origin(w, report)
}

fn say(report: &Report<'_>, key: &'static str) -> String {
    Message::new(key).render(report.lang)
}

fn counts(report: &Report<'_>) -> Option<Message> {
    let parts: Vec<Arg> = report
        .counts()
        .into_iter()
        .map(|(verdict, n)| {
            let count = Message::new("report-count")
                .with("verdict", Message::new(verdict.key()))
                .with("count", n);
            Arg::Message(count)
        })
        .collect();
    (report.n_rows() > 0).then(|| report.counted(parts))
}

fn clocks(w: &mut dyn Write, report: &Report<'_>) -> io::Result<()> {
    for outcome in report.outcomes {
        let message = Message::new("report-clocks")
            .with("period", outcome.clocks.period.to_string())
            .with("inForce", outcome.clocks.in_force.to_string())
            .with("knownOn", report.known_on());
        writeln!(w, "- {}", line(&message.render(report.lang)))?;
    }
    Ok(())
}

fn head(w: &mut dyn Write, report: &Report<'_>, key: &'static str) -> io::Result<()> {
    writeln!(w, "\n## {}\n", line(&say(report, key)))
}

/// The first two lines of a table.
fn columns(w: &mut dyn Write, heads: &[String]) -> io::Result<()> {
    let heads: Vec<String> = heads.iter().map(|head| cell(head)).collect();
    writeln!(w, "| {} |", heads.join(" | "))?;
    writeln!(w, "|{}", "---|".repeat(heads.len()))
}

/// Verdict with sign and outlook, or with causes.
fn verdict(facts: &Facts<'_>) -> String {
    let (report, row) = (facts.report, facts.row);
    let mut text = format!("{} {}", sign(row.verdict), say(report, row.verdict.key()));
    if let Some(outlook) = row.outlook {
        text = format!("{text} \u{b7} {}", say(report, outlook.key()));
    }
    if row.verdict == Verdict::Undetermined {
        let causes = row.causes.iter().map(|cause| Message::new(cause.key()));
        let causes: Vec<Arg> = causes.map(Arg::Message).collect();
        let list = Message::new("list").with("items", Arg::List(causes));
        text = format!("{text} \u{b7} {}", list.render(report.lang));
    }
    if let Some(outcomes) = facts.outcomes() {
        text = format!("{text} \u{b7} {}", outcomes.render(report.lang));
    }
    text
}

/// The name of a rule, and of whom it is judged where that is not the pack's own entity.
fn name(facts: &Facts<'_>) -> String {
    let label = facts.rule.label.get(facts.report.lang);
    match facts.rule.scope {
        Some(_) => format!("{label} \u{b7} {}", facts.entity().get(facts.report.lang)),
        None => label.to_owned(),
    }
}

fn verdicts<'a>(
    w: &mut dyn Write,
    report: &'a Report<'a>,
    rows: impl Iterator<Item = impl Borrow<Facts<'a>>>,
) -> io::Result<()> {
    let mut category: Option<String> = None;
    for facts in rows {
        let facts = facts.borrow();
        let own = facts.rule.category.as_ref();
        let own = own.map_or("", |label| label.get(report.lang));
        if category.as_deref() != Some(own) {
            if category.is_none() {
                head(w, report, "sheet-verdicts")?;
            }
            match (own, &category) {
                ("", None) => {}
                ("", Some(_)) => {
                    writeln!(w, "\n### {}\n", line(&say(report, "report-uncategorised")))?
                }
                (own, before) => {
                    let gap = if before.is_some() { "\n" } else { "" };
                    writeln!(w, "{gap}### {}\n", line(own))?;
                }
            }
            let heads = ["sheet-rule", "sheet-name", "sheet-verdict", "sheet-why"];
            columns(w, &heads.map(|key| say(report, key)))?;
            category = Some(own.to_owned());
        }
        let why: Vec<String> = told(facts)
            .into_iter()
            .map(|node| cell(&node.message.render(report.lang)))
            .collect();
        writeln!(
            w,
            "| {} | {} | {} | {} |",
            cell(&facts.rule.id),
            cell(&name(facts)),
            cell(&verdict(facts)),
            why.join("<br>")
        )?;
    }
    Ok(())
}

/// A row a rule and entity, a column a period.
fn periods(w: &mut dyn Write, report: &Report<'_>) -> io::Result<()> {
    head(w, report, "sheet-periods")?;
    let mut heads = vec![say(report, "sheet-rule"), say(report, "sheet-name")];
    let years = report.outcomes.iter();
    heads.extend(years.map(|outcome| outcome.clocks.period.to_string()));
    columns(w, &heads)?;
    for ((rule, entity), rows) in report.by_period() {
        let rule = &report.program.model.rules[rule];
        let mut label = rule.label.get(report.lang).to_owned();
        if rule.scope.is_some() {
            let entity = report.submission.entities[entity].label.get(report.lang);
            label = format!("{label} \u{b7} {entity}");
        }
        write!(w, "| {} | {} |", cell(&rule.id), cell(&label))?;
        for row in rows {
            let text = row.map_or_else(String::new, |row| {
                format!("{}\u{a0}{}", sign(row.verdict), short(row, report))
            });
            write!(w, " {} |", cell(&text))?;
        }
        writeln!(w)?;
    }
    writeln!(w, "\n{}", line(&say(report, "report-matrix-legend")))
}

fn causes(w: &mut dyn Write, report: &Report<'_>) -> io::Result<()> {
    let causes = report.causes();
    if causes.is_empty() {
        return Ok(());
    }
    head(w, report, "sheet-causes")?;
    let heads = ["sheet-cause", "sheet-count", "sheet-meaning", "sheet-rules"];
    columns(w, &heads.map(|key| say(report, key)))?;
    for (cause, n, rules) in causes {
        writeln!(
            w,
            "| {} | {n} | {} | {} |",
            cell(&say(report, cause.key())),
            cell(&say(report, super::legend::cause(cause))),
            cell(&rules.join(", "))
        )?;
    }
    Ok(())
}

fn findings(w: &mut dyn Write, report: &Report<'_>) -> io::Result<()> {
    if report.findings.is_empty() {
        return Ok(());
    }
    head(w, report, "sheet-findings")?;
    let title = Message::new("report-findings").with("count", report.findings.len());
    writeln!(w, "{}\n", line(&title.render(report.lang)))?;
    for finding in report.findings {
        let kind = say(report, super::legend::finding(finding.kind));
        let text = finding.message.render(report.lang);
        writeln!(w, "- **{}** \u{b7} {}", line(&kind), line(&text))?;
    }
    Ok(())
}

fn title(facts: &Facts<'_>) -> String {
    line(&format!(
        "{} {} \u{b7} {}",
        facts.rule.id,
        name(facts),
        verdict(facts)
    ))
}

/// A section for each rule: its explanation as a nested list.
fn sections(w: &mut dyn Write, report: &Report<'_>, rows: &[Facts<'_>]) -> io::Result<()> {
    let Some(first) = rows.first() else {
        return Ok(());
    };
    head(w, report, "sheet-explanations")?;
    if report.outcomes.len() > 1 {
        let note = Message::new("sheet-last-period")
            .with("period", first.row.period.to_string())
            .with("rule", &first.rule.id);
        writeln!(w, "{}\n", line(&note.render(report.lang)))?;
    }
    for (n, facts) in rows.iter().enumerate() {
        let gap = if n == 0 { "" } else { "\n" };
        writeln!(w, "{gap}### {}\n", title(facts))?;
        list(w, report, facts.nodes(), 0)?;
    }
    Ok(())
}

fn list(w: &mut dyn Write, report: &Report<'_>, nodes: &[Node], depth: usize) -> io::Result<()> {
    for node in nodes {
        let text = line(&node.message.render(report.lang));
        let indent = "  ".repeat(depth);
        match node.kind {
            NodeKind::Verdict => writeln!(w, "{indent}- **{text}**")?,
            _ => writeln!(w, "{indent}- {text}")?,
        }
        list(w, report, &node.children, depth + 1)?;
    }
    Ok(())
}

fn unexplained(w: &mut dyn Write, report: &Report<'_>) -> io::Result<()> {
    let note = Message::new("sheet-unexplained").with("most", super::MOST_EXPLAINED);
    writeln!(w, "\n{}", line(&note.render(report.lang)))
}

/// What the report was made from.
fn origin(w: &mut dyn Write, report: &Report<'_>) -> io::Result<()> {
    let message = Message::new("sheet-origin")
        .with("version", env!("CARGO_PKG_VERSION"))
        .with("pack", &report.program.model.pack.id)
        .with("rules", &report.digests.rules)
        .with("figures", &report.digests.figures)
        .with("count", report.submission.claims.len())
        .with("problems", report.submission.problems.len());
    writeln!(w, "\n---\n\n{}", line(&message.render(report.lang)))
}
