//! The audit report: one stand-alone page, to be read in a browser, on a phone and on paper.
//!
//! A report goes in, HTML comes out. It fetches nothing, computes nothing and trusts no text: every
//! name and quote is escaped, and signs that nobody sees are shown.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::io::{self, Write};

use maud::Markup;

use super::Report;
use super::facts::Facts;
use super::formats::FormatDef;
use crate::eval::Row;
use crate::explain::Explanation;
use crate::message::Lang;
use crate::model::{EntityId, RuleId};
use crate::period::Period;
use crate::verdict::Verdict;

mod audit;
mod figures;
mod findings;
mod grid;
mod method;
mod rule;
mod shell;
mod site;
mod summary;
mod tree;
mod words;

pub(super) use audit::write_audit;
pub(super) use shell::{Part, Sheet, write_sheet};
pub use site::{Put, Site, write_site};

pub(super) const FORMAT: FormatDef = FormatDef {
    name: "html",
    ending: "html",
    is_binary: false,
    check: write,
    explanation: Some(write_explanation),
    problems: None,
};

/// Rows that are explained one by one; of a larger run the worst.
const MOST_ROWS: usize = 1_000;
/// Bytes of explanations; a browser still opens a page of this size.
const MOST_BYTES: usize = 16 << 20;
/// Lines of one table.
const MOST_LINES: usize = 1_000;

/// What distinguishes a row.
type Key = (RuleId, EntityId, Period);

/// What the parts of the page are made from.
struct Page<'a> {
    report: &'a Report<'a>,
    lang: Lang,
    /// Rows that are explained on the page.
    explained: BTreeSet<Key>,
    /// Whether the page is about one row only.
    is_single: bool,
}

/// A rule with those of its rows that are explained.
struct Section<'a> {
    rule: RuleId,
    rows: Vec<Facts<'a>>,
}

impl Page<'_> {
    fn is_explained(&self, row: &Row) -> bool {
        self.explained.contains(&key(row))
    }

    fn rows(&self) -> impl Iterator<Item = &Row> {
        self.report.outcomes.iter().flat_map(|one| &one.rows)
    }
}

fn key(row: &Row) -> Key {
    (row.rule, row.entity, row.period)
}

fn write(w: &mut dyn Write, report: &Report<'_>) -> io::Result<()> {
    let mut page = Page {
        report,
        lang: report.lang,
        explained: BTreeSet::new(),
        is_single: false,
    };
    let mut bytes = MOST_BYTES;
    let mut sections: Vec<(RuleId, Markup)> = Vec::new();
    for (rule, rows) in chosen(report) {
        let facts = rows.into_iter().map(|row| {
            let explanation = report.explain(row);
            Facts::of(report, row, explanation)
        });
        let section = Section {
            rule,
            rows: facts.collect(),
        };
        if let Some((markup, shown)) = page.section(&section, &mut bytes) {
            page.explained.extend(shown);
            sections.push((rule, markup));
        }
    }
    let parts = [
        page.summary(),
        page.verdicts(),
        page.rules(&sections),
        page.findings(),
        page.problems(),
        page.method(),
        page.glossary(),
    ];
    page.deliver(w, &page.title(), &page.masthead(), &parts)
}

/// The rows to be explained, by rule: all of a small run, the worst of a large one.
fn chosen<'a>(report: &'a Report<'a>) -> Vec<(RuleId, Vec<&'a Row>)> {
    let mut rows: Vec<&Row> = report.outcomes.iter().flat_map(|one| &one.rows).collect();
    if rows.len() > MOST_ROWS {
        rows.sort_by_key(|row| row.verdict);
        rows.truncate(MOST_ROWS);
    }
    rows.sort_by_key(|row| key(row));
    let mut found: Vec<(RuleId, Vec<&Row>)> = Vec::new();
    for row in rows {
        match found.last_mut() {
            Some((rule, rows)) if *rule == row.rule => rows.push(row),
            _ => found.push((row.rule, vec![row])),
        }
    }
    found
}

fn write_explanation(
    w: &mut dyn Write,
    report: &Report<'_>,
    explanation: &Explanation,
) -> io::Result<()> {
    let row = explanation.trace.row;
    let page = Page {
        report,
        lang: report.lang,
        explained: BTreeSet::from([key(&row)]),
        is_single: true,
    };
    let section = Section {
        rule: row.rule,
        rows: vec![Facts::of(report, &row, explanation.clone())],
    };
    let mut bytes = MOST_BYTES;
    let sections: Vec<(RuleId, Markup)> = page
        .section(&section, &mut bytes)
        .into_iter()
        .map(|(markup, _)| (row.rule, markup))
        .collect();
    let parts = [
        page.rules(&sections),
        page.findings_of(&section),
        page.method(),
        page.glossary(),
    ];
    page.deliver(w, &page.title_of(&row), &page.masthead_of(&row), &parts)
}

/// The rows with one verdict, the latest period first.
fn by_verdict<'r>(rows: impl Iterator<Item = &'r Row>, verdict: Verdict) -> Vec<&'r Row> {
    let mut found: Vec<&Row> = rows.filter(|row| row.verdict == verdict).collect();
    found.sort_by_key(|row| Reverse(row.period));
    found
}
