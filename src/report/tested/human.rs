//! A run of tests for a person at a terminal.

use std::io::{self, Write};

use super::{TestReport, shares};
use crate::message::Message;
use crate::reach::{ItemKind, Reach, Sight};
use crate::report::text::{hanging, pad, width};

pub(super) fn write(w: &mut dyn Write, report: &TestReport<'_>) -> io::Result<()> {
    let lang = report.lang;
    for result in report.results {
        let word = match result.failures.is_empty() {
            true => "test-passed",
            false => "test-failed",
        };
        let title = result.title.render(lang);
        writeln!(w, "{}  {title}", report.word(word))?;
        for (span, message) in &result.failures {
            let sources = &report.program.sources;
            let (line, column) = sources.line_column(span.source, span.start);
            let file = sources.name(span.source);
            writeln!(
                w,
                "        {file}:{line}:{column}: {}",
                message.render(lang)
            )?;
        }
    }
    writeln!(w, "\n{}", report.summary().render(lang))?;
    match report.reach {
        Some(reach) => write_reach(w, report, reach),
        None => Ok(()),
    }
}

fn write_reach(w: &mut dyn Write, report: &TestReport<'_>, reach: &Reach) -> io::Result<()> {
    let mut lines = vec![
        [
            "reach-head-what",
            "reach-head-count",
            "reach-head-whole",
            "reach-head-shown",
        ]
        .map(|key| report.word(key)),
    ];
    for (kind, share) in shares(reach) {
        lines.push([
            report.word(kind.key()),
            share.items.to_string(),
            share.whole.to_string(),
            format!("{}/{}", share.shown, share.wanted),
        ]);
    }
    writeln!(w)?;
    for line in columns(&lines) {
        writeln!(w, "{line}")?;
    }
    write_limits(w, report, reach)?;
    let lacking: Vec<(String, Message)> = reach
        .items
        .iter()
        .filter_map(|item| Some((report.place(item.span), report.lacks(item)?)))
        .collect();
    if !lacking.is_empty() {
        let head = Message::new("reach-lacking").with("count", lacking.len());
        writeln!(w, "\n{}\n", head.render(report.lang))?;
        for (place, message) in &lacking {
            let line = Message::new("reach-line")
                .with("place", place)
                .with("said", message.clone());
            hanging(w, &line.render(report.lang), report.columns, 2)?;
        }
    }
    writeln!(w)?;
    hanging(
        w,
        &report.reached(reach).render(report.lang),
        report.columns,
        0,
    )
}

/// The sides on which each comparison was seen.
fn write_limits(w: &mut dyn Write, report: &TestReport<'_>, reach: &Reach) -> io::Result<()> {
    let limits = || {
        reach
            .items
            .iter()
            .filter(|item| item.kind == ItemKind::Limit)
    };
    if limits().next().is_some() {
        let sights = [Sight::Below, Sight::At, Sight::Above, Sight::Open];
        let [below, at, above, open] = sights.map(|sight| report.word(sight.key()));
        let (line, words) = (report.word("reach-head-line"), report.word("reach-limit"));
        let mut lines = vec![[below, at, above, open, line, words]];
        let mut heads: Vec<(usize, &str)> = Vec::new();
        for item in limits() {
            let cell = |sight: Sight| match item.seen.get(&sight) {
                Some(seen) => seen.times.to_string(),
                // What a figure cannot be need not be shown.
                None if sight != Sight::Open && !item.wanted.contains(&sight) => {
                    report.word("reach-cannot")
                }
                None => "-".to_owned(),
            };
            let head = head(&item.address);
            if heads.last().is_none_or(|(_, last)| *last != head) {
                heads.push((lines.len(), head));
            }
            let [below, at, above, open] = sights.map(cell);
            let (line, _) = report
                .program
                .sources
                .line_column(item.span.source, item.span.start);
            let words = item.words.get(report.lang).to_owned();
            lines.push([below, at, above, open, line.to_string(), words]);
        }
        writeln!(w)?;
        let lines = columns(&lines);
        for (n, line) in lines.iter().enumerate() {
            for (_, head) in heads.iter().filter(|(at, _)| *at == n) {
                writeln!(w, "{head}")?;
            }
            writeln!(w, "{line}")?;
        }
    }
    Ok(())
}

/// The rule and version of an address.
fn head(address: &str) -> &str {
    let ends = ["/case/", "/goal", "/when", "/presumed"];
    let end = ends.iter().filter_map(|end| address.find(end)).min();
    end.and_then(|end| address.get(..end)).unwrap_or(address)
}

/// Lines in columns; the last one may be of any length.
pub(super) fn columns<const N: usize>(lines: &[[String; N]]) -> Vec<String> {
    let widest = |n: usize| {
        let cells = lines.iter().filter_map(|line| line.get(n));
        cells.map(|cell| width(cell)).max().unwrap_or(0)
    };
    let line = |line: &[String; N]| {
        let cells = line.iter().enumerate();
        let cells: Vec<String> = cells.map(|(n, cell)| pad(cell, widest(n))).collect();
        cells.join("  ").trim_end().to_owned()
    };
    lines.iter().map(line).collect()
}
