//! One period for a person: every rule with verdict, figure, margin or cause.

use std::io::{self, Write};

use super::text::{pad, width, wrap};
use super::{MOST_EXPLAINED, Report, coloured};
use crate::eval::Row;
use crate::explain::{Explanation, Node, NodeKind};
use crate::message::{Arg, Lang, Message};
use crate::set::Set;
use crate::verdict::Verdict;

pub(super) fn write(w: &mut dyn Write, report: &Report<'_>) -> io::Result<()> {
    let lang = report.lang;
    let model = &report.program.model;
    let Some(outcome) = report.outcomes.first() else {
        return writeln!(w, "{}", Message::new("report-no-rows").render(lang));
    };
    let title = model.pack.label.get(lang);
    writeln!(w, "{}  {title}", model.pack.id)?;
    let clocks = Message::new("report-clocks")
        .with("period", outcome.clocks.period.to_string())
        .with("inForce", outcome.clocks.in_force.to_string())
        .with("knownOn", known_on(report));
    writeln!(w, "{}", clocks.render(lang))?;
    if outcome.rows.is_empty() {
        writeln!(w, "\n{}", Message::new("report-no-rows").render(lang))?;
    }
    let is_detailed = report.n_rows() <= MOST_EXPLAINED;
    let mut category: Option<String> = None;
    for row in &outcome.rows {
        let rule = &model.rules[row.rule];
        let own = rule
            .category
            .as_ref()
            .map_or("", |label| label.get(lang))
            .to_owned();
        if category.as_ref() != Some(&own) {
            let name = if own.is_empty() && category.is_some() {
                Message::new("report-uncategorised").render(lang)
            } else {
                own.clone()
            };
            writeln!(w)?;
            if !name.is_empty() {
                writeln!(w, "{name}")?;
            }
            category = Some(own);
        }
        head(w, report, row)?;
        if is_detailed {
            details(w, report, row)?;
        }
    }
    counts(w, report, &outcome.rows)?;
    findings(w, report)
}

fn known_on(report: &Report<'_>) -> Arg {
    match report.options.known_on {
        Some(day) => Arg::from(day.to_string()),
        None => Arg::Message(Message::new("clock-all")),
    }
}

fn head(w: &mut dyn Write, report: &Report<'_>, row: &Row) -> io::Result<()> {
    let lang = report.lang;
    let rule = &report.program.model.rules[row.rule];
    let mut verdict = Message::new(row.verdict.key()).render(lang);
    if let Some(outlook) = row.outlook {
        let word = Message::new(outlook.key()).render(lang);
        verdict = format!("{verdict} \u{b7} {word}");
    }
    if row.verdict == Verdict::Undetermined {
        let causes: Vec<Arg> = row
            .causes
            .iter()
            .map(|cause| Arg::Message(Message::new(cause.key())))
            .collect();
        let causes = Message::new("list")
            .with("items", Arg::List(causes))
            .render(lang);
        verdict = format!("{verdict} \u{b7} {causes}");
    }
    let label = rule.label.get(lang);
    let entity = match rule.scope {
        Some(_) => format!(
            " \u{b7} {}",
            report.submission.entities[row.entity].label.get(lang)
        ),
        None => String::new(),
    };
    let name = format!("{} {label}{entity}", pad(&rule.id, 7));
    let room = report.columns.saturating_sub(width(&verdict) + 1);
    let coloured = coloured(&verdict, row.verdict, report.colour);
    if width(&name) < room {
        writeln!(w, "{} {coloured}", pad(&name, room))
    } else {
        for line in wrap(&name, report.columns) {
            writeln!(w, "{line}")?;
        }
        let gap = report.columns.saturating_sub(width(&verdict));
        writeln!(w, "{}{coloured}", " ".repeat(gap))
    }
}

/// The figure with its source, and the margin, cause or outlook.
fn details(w: &mut dyn Write, report: &Report<'_>, row: &Row) -> io::Result<()> {
    let explanation = report.explain(row);
    for node in told(&explanation) {
        for line in wrap(
            &node.message.render(report.lang),
            report.columns.saturating_sub(8),
        ) {
            writeln!(w, "        {line}")?;
        }
    }
    Ok(())
}

/// The sentences of an explanation that a table has room for.
fn told(explanation: &Explanation) -> Vec<&Node> {
    let verdict = explanation.trace.row.verdict;
    let mut found = Vec::new();
    collect(&explanation.nodes, NodeKind::Figure, &mut found);
    collect(&explanation.nodes, NodeKind::Missing, &mut found);
    if found.is_empty() {
        collect(&explanation.nodes, NodeKind::Condition, &mut found);
        found.truncate(1);
    }
    if verdict == Verdict::Undetermined {
        collect(&explanation.nodes, NodeKind::Claim, &mut found);
    }
    // The same figure, used or printed in several places, is told once.
    let mut told: Vec<(&'static str, Option<&Arg>, Option<&Set>)> = Vec::new();
    found.retain(|node| {
        let what = (
            node.message.key,
            node.message.args.get("figure"),
            node.set.as_ref(),
        );
        let is_new = node.set.is_none() || !told.contains(&what);
        told.push(what);
        is_new
    });
    found.truncate(4);
    match verdict {
        Verdict::Pass | Verdict::Fail | Verdict::Waived => {
            collect(&explanation.nodes, NodeKind::Margin, &mut found);
        }
        Verdict::Pending => {
            let outlook = explanation
                .nodes
                .iter()
                .filter(|node| node.kind == NodeKind::Outlook);
            found.extend(outlook.flat_map(|node| &node.children).filter(|node| {
                node.address.ends_with("/score") || node.address.ends_with("/projection")
            }));
        }
        Verdict::NotApplicable => {
            found.clear();
            found.extend(explanation.nodes.first());
        }
        Verdict::Undetermined => {}
    }
    let marks = explanation
        .nodes
        .iter()
        .filter(|node| node.kind == NodeKind::Mark);
    found.extend(marks);
    found
}

fn collect<'e>(nodes: &'e [Node], kind: NodeKind, found: &mut Vec<&'e Node>) {
    for node in nodes {
        if node.kind == kind {
            found.push(node);
        }
        collect(&node.children, kind, found);
    }
}

fn counts(w: &mut dyn Write, report: &Report<'_>, rows: &[Row]) -> io::Result<()> {
    let mut parts: Vec<Arg> = Vec::new();
    for verdict in Verdict::ALL {
        let n = rows.iter().filter(|row| row.verdict == verdict).count();
        if n > 0 {
            let count = Message::new("report-count")
                .with("verdict", Message::new(verdict.key()))
                .with("count", n);
            parts.push(Arg::Message(count));
        }
    }
    if parts.is_empty() {
        return Ok(());
    }
    let message = Message::new("report-counts")
        .with("total", rows.len())
        .with("counts", Arg::List(parts));
    writeln!(w)?;
    for line in wrap(&message.render(report.lang), report.columns) {
        writeln!(w, "{line}")?;
    }
    let worst = rows.iter().min_by_key(|row| row.verdict);
    if let Some(row) = worst {
        let hint = Message::new("report-hint")
            .with("rule", &report.program.model.rules[row.rule].id)
            .with("period", row.period.to_string());
        for line in wrap(&hint.render(report.lang), report.columns) {
            writeln!(w, "{line}")?;
        }
    }
    Ok(())
}

pub(super) fn findings(w: &mut dyn Write, report: &Report<'_>) -> io::Result<()> {
    if report.findings.is_empty() {
        return Ok(());
    }
    let lang: Lang = report.lang;
    let title = Message::new("report-findings").with("count", report.findings.len());
    writeln!(w, "\n{}", title.render(lang))?;
    for finding in report.findings {
        let text = format!("- {}", finding.message.render(lang));
        for (n, line) in wrap(&text, report.columns.saturating_sub(2))
            .into_iter()
            .enumerate()
        {
            writeln!(w, "{}{line}", if n == 0 { "" } else { "  " })?;
        }
    }
    Ok(())
}
