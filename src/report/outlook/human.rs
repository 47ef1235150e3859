//! The dashboard for a person: each target with its gauge and what its figures say of its pace.

use std::io::{self, Write};

use super::gauge::gauge;
use super::lines::{breaks, by_method, paces, stands, way};
use super::{BoardReport, WhatIf};
use crate::explain::figure_message;
use crate::figures::Submission;
use crate::message::{Arg, Message};
use crate::progress::{Standing, is_used};
use crate::report::coloured;
use crate::report::text::{measure, pad, width, wrap};

/// Columns before what is said of a target.
const INDENT: usize = 8;

pub(super) fn write(w: &mut dyn Write, report: &BoardReport<'_>) -> io::Result<()> {
    let lang = report.lang;
    let pack = &report.program.model.pack;
    writeln!(w, "{}  {}", pack.id, pack.label.get(lang))?;
    let clocks = &report.board.clocks;
    let known = clocks.choice.words(clocks.known_on);
    let message = Message::new("report-clocks")
        .with("period", clocks.period.to_string())
        .with("inForce", clocks.in_force.to_string())
        .with("knownOn", known);
    say(w, report, &message, 0)?;
    if report.board.standings.is_empty() {
        return say(w, report, &Message::new("report-no-rows"), 0);
    }
    match report.what_if {
        Some(what_if) => what_if_lines(w, report, what_if),
        None => board(w, report),
    }
}

fn board(w: &mut dyn Write, report: &BoardReport<'_>) -> io::Result<()> {
    let mut category = None;
    let mut has_gauge = false;
    for standing in &report.board.standings {
        let own = report.program.model.rules[standing.row.rule]
            .category
            .as_ref();
        if category != Some(own) {
            writeln!(w)?;
            let name = own.map_or("", |label| label.get(report.lang));
            if !name.is_empty() {
                writeln!(w, "{name}")?;
            }
            category = Some(own);
        }
        head(w, report, standing)?;
        has_gauge |= details(w, report, report.submission, standing, INDENT)?;
    }
    writeln!(w)?;
    if has_gauge {
        say(w, report, &Message::new("outlook-legend"), 0)?;
    }
    let has_own = report
        .board
        .standings
        .iter()
        .any(|standing| standing.by_method.len() > 1);
    if has_own {
        say(w, report, &Message::new("outlook-legend-own"), 0)?;
    }
    say(w, report, &counts(report), 0)
}

/// A sentence in lines, each behind some blanks.
fn say(
    w: &mut dyn Write,
    report: &BoardReport<'_>,
    message: &Message,
    indent: usize,
) -> io::Result<()> {
    let text = message.render(report.lang);
    for line in wrap(&text, measure(report.columns).saturating_sub(indent)) {
        writeln!(w, "{}{line}", " ".repeat(indent))?;
    }
    Ok(())
}

fn name(report: &BoardReport<'_>, standing: &Standing) -> String {
    let rule = &report.program.model.rules[standing.row.rule];
    let entity = match rule.scope {
        Some(_) => {
            let entity = &report.submission.entities[standing.row.entity];
            format!(" \u{b7} {}", entity.label.get(report.lang))
        }
        None => String::new(),
    };
    format!(
        "{} {}{entity}",
        pad(&rule.id, INDENT - 1),
        rule.label.get(report.lang)
    )
}

fn head(w: &mut dyn Write, report: &BoardReport<'_>, standing: &Standing) -> io::Result<()> {
    let (name, stands) = (name(report, standing), stands(report, standing));
    let coloured = coloured(&stands, standing.row.verdict, report.colour);
    let room = measure(report.columns).saturating_sub(width(&stands) + 1);
    if width(&name) < room {
        return writeln!(w, "{} {coloured}", pad(&name, room));
    }
    for line in wrap(&name, measure(report.columns)) {
        writeln!(w, "{line}")?;
    }
    let gap = measure(report.columns).saturating_sub(width(&stands));
    writeln!(w, "{}{coloured}", " ".repeat(gap))
}

/// What is known of a target; says whether it drew a gauge.
fn details(
    w: &mut dyn Write,
    report: &BoardReport<'_>,
    submission: &Submission,
    standing: &Standing,
    indent: usize,
) -> io::Result<bool> {
    let Some(progress) = &standing.progress else {
        return Ok(false);
    };
    say(w, report, &way(progress), indent)?;
    let drawn = gauge(progress).filter(|line| width(line) + indent <= measure(report.columns));
    if let Some(line) = &drawn {
        writeln!(w, "{}{line}", " ".repeat(indent))?;
    }
    for message in breaks(progress) {
        say(w, report, &message, indent)?;
    }
    let is_one = standing.by_method.len() == 1 && standing.by_method.iter().all(|by| by.is_own);
    for by in &standing.by_method {
        if let (true, Some(outlook)) = (is_one, &by.outlook) {
            for message in paces(progress, submission, outlook) {
                say(w, report, &message, indent)?;
            }
            continue;
        }
        let (name, said) = by_method(report, Some(progress), submission, by);
        let column = indent + 20;
        let mut lead = pad(&name, 19);
        for line in wrap(
            &said,
            measure(report.columns).saturating_sub(column).max(20),
        ) {
            writeln!(w, "{}{lead} {line}", " ".repeat(indent))?;
            lead = " ".repeat(19);
        }
    }
    Ok(drawn.is_some())
}

fn counts(report: &BoardReport<'_>) -> Message {
    let mut counted: Vec<(String, usize)> = Vec::new();
    for standing in &report.board.standings {
        let row = &standing.row;
        let key = row.outlook.map_or(row.verdict.key(), |class| class.key());
        let word = Message::new(key).render(report.lang);
        match counted.iter_mut().find(|(known, _)| *known == word) {
            Some((_, n)) => *n += 1,
            None => counted.push((word, 1)),
        }
    }
    let parts = counted.into_iter().map(|(word, n)| {
        Arg::Message(
            Message::new("report-count")
                .with("verdict", word)
                .with("count", n),
        )
    });
    Message::new("report-counts")
        .with("total", report.board.standings.len())
        .with("counts", Arg::List(parts.collect()))
}

/// What would be otherwise, what would be the same from other numbers, and what stays.
fn what_if_lines(
    w: &mut dyn Write,
    report: &BoardReport<'_>,
    what_if: &WhatIf<'_>,
) -> io::Result<()> {
    writeln!(w)?;
    for supposed in what_if.supposed {
        let figure = figure_message(
            report.program,
            what_if.submission,
            &supposed.figure,
            None,
            supposed.period,
        );
        let claim = &what_if.submission.claims[supposed.claim];
        let entity = &what_if.submission.entities[supposed.entity].label;
        let key = match supposed.replaced.len() {
            0 => "what-if-new",
            _ => "what-if-instead",
        };
        let message = Message::new(key)
            .with("figure", figure)
            .with("entity", entity)
            .with("value", what_if.submission.text(claim.printed))
            .with("count", supposed.replaced.len());
        say(w, report, &message, 0)?;
        let rows = &what_if.board.outcome.rows;
        if !is_used(report.program, &supposed.figure, supposed.period, rows) {
            let message = Message::new("what-if-unused")
                .with("period", report.board.clocks.period.to_string());
            say(w, report, &message, 2)?;
        }
    }
    let was = &report.board.standings;
    let pairs: Vec<(&Standing, &Standing)> = was.iter().zip(&what_if.board.standings).collect();
    let turned: Vec<_> = pairs
        .iter()
        .filter(|(was, now)| was.is_turned(now))
        .collect();
    let moved: Vec<_> = pairs
        .iter()
        .filter(|(was, now)| !was.is_turned(now) && !was.is_same(now))
        .collect();
    if turned.is_empty() {
        writeln!(w)?;
        say(w, report, &Message::new("what-if-nothing"), 0)?;
    }
    for (title, pairs) in [("what-if-turned", &turned), ("what-if-moved", &moved)] {
        if pairs.is_empty() {
            continue;
        }
        writeln!(w)?;
        say(
            w,
            report,
            &Message::new(title).with("count", pairs.len()),
            0,
        )?;
        for (was, now) in pairs {
            pair(w, report, what_if, was, now)?;
        }
    }
    let stay: Vec<&str> = pairs
        .iter()
        .filter(|(was, now)| was.is_same(now))
        .map(|(was, _)| report.program.model.rules[was.row.rule].id.as_str())
        .collect();
    if !stay.is_empty() {
        writeln!(w)?;
        let mut ids = stay.clone();
        ids.dedup();
        let message = Message::new("what-if-stay")
            .with("count", stay.len())
            .with("rules", ids);
        say(w, report, &message, 0)?;
    }
    found(w, report, what_if)
}

/// Findings that would come or go.
fn found(w: &mut dyn Write, report: &BoardReport<'_>, what_if: &WhatIf<'_>) -> io::Result<()> {
    for (key, findings) in [
        ("what-if-arisen", &what_if.comparison.arisen),
        ("what-if-gone", &what_if.comparison.gone),
    ] {
        for finding in findings {
            writeln!(w)?;
            let message = Message::new(key).with("finding", finding.message.clone());
            say(w, report, &message, 0)?;
        }
    }
    Ok(())
}

/// A target as it is and as it would be.
fn pair(
    w: &mut dyn Write,
    report: &BoardReport<'_>,
    what_if: &WhatIf<'_>,
    was: &Standing,
    now: &Standing,
) -> io::Result<()> {
    for line in wrap(&name(report, now), measure(report.columns)) {
        writeln!(w, "{line}")?;
    }
    for (key, submission, standing) in [
        ("what-if-was", report.submission, was),
        ("what-if-now", what_if.submission, now),
    ] {
        let message = Message::new(key).with("stands", stands(report, standing));
        say(w, report, &message, 2)?;
        details(w, report, submission, standing, INDENT)?;
    }
    for turning in super::turning(report, what_if, was, now) {
        say(w, report, &turning, INDENT)?;
    }
    Ok(())
}
