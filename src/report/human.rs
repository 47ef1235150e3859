//! One period for a person: every rule with verdict, figure, margin or cause.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use super::facts::{Facts, gather};
use super::formats::FormatDef;
use super::text::{measure, pad, shell_word, width, wrap};
use super::{Report, coloured, explanation, matrix};
use crate::diff::Answer;
use crate::explain::{Node, NodeKind, offers, outcomes_message};
use crate::message::{Arg, Lang, Message};
use crate::model::{EntityId, Rule};
use crate::program::Program;
use crate::set::ByEnds;
use crate::verdict::Verdict;

pub(super) const FORMAT: FormatDef = FormatDef {
    name: "human",
    ending: "txt",
    is_binary: false,
    check: |w, report| match report.outcomes.len() {
        0 | 1 => write(w, report),
        _ => matrix::write(w, report),
    },
    explanation: Some(explanation::write),
    problems: None,
};

fn write(w: &mut dyn Write, report: &Report<'_>) -> io::Result<()> {
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
        .with("knownOn", report.known_on());
    writeln!(w, "{}", clocks.render(lang))?;
    if outcome.rows.is_empty() {
        writeln!(w, "\n{}", Message::new("report-no-rows").render(lang))?;
    }
    let mut category: Option<String> = None;
    let mut whose: Option<EntityId> = None;
    let mut folded = Folded::default();
    for facts in report.plain_facts() {
        if report.by_entity {
            if whose.replace(facts.row.entity) != Some(facts.row.entity) {
                writeln!(w, "\n{}", facts.entity().get(lang))?;
            }
            head(w, &facts)?;
            details(w, &facts)?;
            continue;
        }
        let own = facts
            .rule
            .category
            .as_ref()
            .map_or("", |label| label.get(lang))
            .to_owned();
        if category.as_ref() != Some(&own) {
            folded.flush(w, report)?;
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
        if folded.takes(&facts) {
            continue;
        }
        head(w, &facts)?;
        details(w, &facts)?;
    }
    folded.flush(w, report)?;
    folded.hint(w, report)?;
    counts(w, report)?;
    findings(w, report)
}

/// Rows of tables of rules for which no evidence was offered: told as one line of a category, for a
/// plan has a thousand of them. Those whose rules or categories were asked for are told each.
#[derive(Default)]
struct Folded {
    verdicts: BTreeMap<Verdict, usize>,
    has_told: bool,
}

impl Folded {
    /// Whether a row is told with others, and not by itself.
    fn takes(&mut self, facts: &Facts<'_>) -> bool {
        let report = facts.report;
        let is_of_table = report.program.sources.is_table(facts.rule.span.source);
        if !is_of_table || report.is_asked_by_name() {
            return false;
        }
        let (rule, entity) = (facts.row.rule, facts.row.entity);
        let is_bare = offers(report.program, report.submission, rule, entity).is_empty();
        if is_bare {
            *self.verdicts.entry(facts.row.verdict).or_default() += 1;
        }
        is_bare
    }

    /// Tells what was taken since the last line.
    fn flush(&mut self, w: &mut dyn Write, report: &Report<'_>) -> io::Result<()> {
        let taken = std::mem::take(&mut self.verdicts);
        if taken.is_empty() {
            return Ok(());
        }
        self.has_told = true;
        let verdicts = taken.iter().map(|(verdict, n)| {
            let count = Message::new("report-count")
                .with("verdict", Message::new(verdict.key()))
                .with("count", *n);
            Arg::Message(count)
        });
        let message = Message::new("report-folded")
            .with("count", taken.values().sum::<usize>())
            .with("verdicts", Arg::List(verdicts.collect()));
        say(w, report, &message)
    }

    /// Tells how to see each of them.
    fn hint(&self, w: &mut dyn Write, report: &Report<'_>) -> io::Result<()> {
        if !self.has_told {
            return Ok(());
        }
        writeln!(w)?;
        say(w, report, &Message::new("report-folded-hint"))
    }
}

/// A sentence in lines.
fn say(w: &mut dyn Write, report: &Report<'_>, message: &Message) -> io::Result<()> {
    for line in wrap(&message.render(report.lang), measure(report.columns)) {
        writeln!(w, "{line}")?;
    }
    Ok(())
}

/// A verdict with its causes or its outlook, in words.
#[must_use]
pub fn verdict_text(program: &Program, row: &crate::eval::Row, lang: Lang) -> String {
    let rule = &program.model.rules[row.rule];
    answer_message(&Answer::of(row), Some(rule)).render(lang)
}

/// An answer in words: the verdict with its causes, its outlook or its outcomes.
pub(super) fn answer_message(answer: &Answer, rule: Option<&Rule>) -> Message {
    let and = |first: Message, second: Message| {
        Message::new("answer-and")
            .with("first", first)
            .with("second", second)
    };
    let mut said = Message::new(answer.verdict.key());
    if let Some(outlook) = answer.outlook {
        said = and(said, Message::new(outlook.key()));
    }
    if answer.verdict == Verdict::Undetermined {
        let causes: Vec<Arg> = answer
            .causes
            .iter()
            .map(|cause| Arg::Message(Message::new(cause.key())))
            .collect();
        said = and(said, Message::new("list").with("items", Arg::List(causes)));
    }
    if let (Verdict::Decided, Some(rule)) = (answer.verdict, rule) {
        return outcomes_message(rule, answer.possible);
    }
    said
}

fn head(w: &mut dyn Write, facts: &Facts<'_>) -> io::Result<()> {
    let (report, row, rule) = (facts.report, facts.row, facts.rule);
    let lang = report.lang;
    let verdict = verdict_text(report.program, row, lang);
    let label = rule.label.get(lang);
    let entity = match rule.scope {
        Some(_) if !report.by_entity => format!(" \u{b7} {}", facts.entity().get(lang)),
        _ => String::new(),
    };
    let name = format!("{} {label}{entity}", pad(&rule.id, 7));
    let room = measure(report.columns).saturating_sub(width(&verdict) + 1);
    let coloured = coloured(&verdict, row.verdict, report.colour);
    if width(&name) < room {
        writeln!(w, "{} {coloured}", pad(&name, room))
    } else {
        for line in wrap(&name, measure(report.columns)) {
            writeln!(w, "{line}")?;
        }
        let gap = measure(report.columns).saturating_sub(width(&verdict));
        writeln!(w, "{}{coloured}", " ".repeat(gap))
    }
}

/// The figure with its source, and the margin, cause or outlook.
fn details(w: &mut dyn Write, facts: &Facts<'_>) -> io::Result<()> {
    let report = facts.report;
    for node in told(facts) {
        for line in wrap(
            &node.message.render(report.lang),
            measure(report.columns).saturating_sub(8),
        ) {
            writeln!(w, "        {line}")?;
        }
    }
    Ok(())
}

/// The sentences of an explanation that a table has room for.
pub(super) fn told<'e>(facts: &'e Facts<'_>) -> Vec<&'e Node> {
    let verdict = facts.row.verdict;
    let mut found = Vec::new();
    if facts.rule.decision.is_some() && verdict != Verdict::NotApplicable {
        return told_of_decision(facts);
    }
    if facts.rule.milestone.is_some() && verdict != Verdict::NotApplicable {
        return told_of_milestone(facts);
    }
    gather(facts.nodes(), NodeKind::Figure, &mut found);
    gather(facts.nodes(), NodeKind::Missing, &mut found);
    if found.is_empty() {
        gather(facts.nodes(), NodeKind::Condition, &mut found);
        found.truncate(1);
    }
    if verdict == Verdict::Undetermined {
        // What was judged itself is not told again as what another one does not agree with.
        let mut claims = Vec::new();
        gather(facts.nodes(), NodeKind::Claim, &mut claims);
        let said = |node: &'e Node| {
            ["figure", "printed", "source"].map(|name| node.message.args.get(name))
        };
        let known: BTreeSet<_> = found.iter().map(|node| said(node)).collect();
        claims.retain(|claim| !known.contains(&said(claim)));
        found.extend(claims);
    }
    // The same figure, used or printed in several places, is told once.
    let mut told = BTreeSet::new();
    found.retain(|node| {
        let figure = node.message.args.get("figure").ok_or(&node.message);
        told.insert((node.message.key, figure, node.set.as_ref().map(ByEnds)))
    });
    keep_few(&mut found);
    match verdict {
        Verdict::Pass | Verdict::Fail | Verdict::Waived => {
            gather(facts.nodes(), NodeKind::Margin, &mut found);
        }
        Verdict::Pending => {
            found.extend(
                ["score", "projection"]
                    .iter()
                    .filter_map(|part| facts.outlook_part(part)),
            );
        }
        Verdict::NotApplicable => {
            found.clear();
            found.extend(facts.nodes().first());
        }
        Verdict::Undetermined | Verdict::Decided => {}
    }
    let marks = facts
        .nodes()
        .iter()
        .filter(|node| node.kind == NodeKind::Mark);
    found.extend(marks);
    // Who has to do something is told under which article.
    let is_work = matches!(
        verdict,
        Verdict::Fail | Verdict::Undetermined | Verdict::Pending
    );
    if facts.report.by_entity && is_work {
        gather(facts.nodes(), NodeKind::Citation, &mut found);
    }
    found
}

/// Leaves as many sentences as a table has room for; what is missing goes last.
fn keep_few(found: &mut Vec<&Node>) {
    const MOST: usize = 4;
    let is_missing = |node: &&Node| node.kind == NodeKind::Missing;
    let n_missing = found.iter().filter(|node| is_missing(node)).count();
    let mut room = MOST.saturating_sub(n_missing);
    found.retain(|node| {
        let is_kept = is_missing(node) || room > 0;
        if !is_missing(node) {
            room = room.saturating_sub(1);
        }
        is_kept
    });
    found.truncate(MOST);
}

/// Rows of one kind that a table has room for, of a milestone.
const MOST_OF_MILESTONE: usize = 6;

/// What proves a milestone or is missing, and what was offered besides.
fn told_of_milestone<'e>(facts: &'e Facts<'_>) -> Vec<&'e Node> {
    let mut told = Vec::new();
    for kinds in [
        &[NodeKind::Figure, NodeKind::Missing][..],
        &[NodeKind::Evidence][..],
    ] {
        let mut found = Vec::new();
        for kind in kinds {
            gather(facts.nodes(), *kind, &mut found);
        }
        let mut known = BTreeSet::new();
        found.retain(|node| known.insert(&node.message));
        found.truncate(MOST_OF_MILESTONE);
        told.extend(found);
    }
    let marks = facts.nodes().iter();
    told.extend(marks.filter(|node| node.kind == NodeKind::Mark));
    told
}

/// What a worklist says of a decision: the case that decided with its article, what was presumed,
/// or what is still possible and what would settle it.
fn told_of_decision<'e>(facts: &'e Facts<'_>) -> Vec<&'e Node> {
    let is_open = facts.row.verdict == Verdict::Undetermined;
    let mut found = Vec::new();
    for node in facts.nodes() {
        match (node.kind, node.message.key) {
            (NodeKind::Case, "explain-possible" | "explain-overlap" | "explain-gap") => {
                found.push(node);
            }
            (NodeKind::Case, "explain-case" | "explain-case-otherwise" | "explain-case-stands") => {
                found.push(node);
                let is_remark =
                    |node: &&Node| matches!(node.kind, NodeKind::Citation | NodeKind::Note);
                found.extend(node.children.iter().filter(is_remark));
            }
            // Cases that are open may all lead to the same.
            (NodeKind::Case, "explain-case-open") if !is_open => found.push(node),
            (NodeKind::Presumption, _) => found.push(node),
            (NodeKind::Flip, "explain-settle" | "explain-settle-open") if is_open => {
                found.push(node);
            }
            (NodeKind::Mark, _) => found.push(node),
            _ => {}
        }
    }
    found
}

fn counts(w: &mut dyn Write, report: &Report<'_>) -> io::Result<()> {
    let mut parts: Vec<Arg> = Vec::new();
    for (verdict, n) in report.counts() {
        let count = Message::new("report-count")
            .with("verdict", Message::new(verdict.key()))
            .with("count", n);
        parts.push(Arg::Message(count));
    }
    if parts.is_empty() {
        return Ok(());
    }
    let message = report.counted(parts);
    writeln!(w)?;
    for line in wrap(&message.render(report.lang), measure(report.columns)) {
        writeln!(w, "{line}")?;
    }
    let rows = report.outcomes.iter().flat_map(|outcome| &outcome.rows);
    if let Some(row) = rows.min_by_key(|row| row.verdict) {
        let rule = &report.program.model.rules[row.rule];
        let entity = rule.scope.as_ref().map_or_else(String::new, |_| {
            let id = &report.submission.entities[row.entity].id;
            format!(" --entity {}", shell_word(id))
        });
        let hint = Message::new("report-hint")
            .with("rule", &rule.id)
            .with("period", row.period.to_string())
            .with("more", format!("{}{entity}", report.hint_args));
        // One line, so that it can be copied.
        writeln!(w, "{}", hint.render(report.lang))?;
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
        for (n, line) in wrap(&text, measure(report.columns).saturating_sub(2))
            .into_iter()
            .enumerate()
        {
            writeln!(w, "{}{line}", if n == 0 { "" } else { "  " })?;
        }
    }
    Ok(())
}
