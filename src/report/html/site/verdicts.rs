//! What a rule came to in each period: a table, the first sentences of why, the figures that were
//! read, and what is odd about them. Of many rows the latest and worst are shown, the rest counted.

use std::collections::{BTreeMap, BTreeSet};

use maud::{Markup, html};

use super::super::{Key, Section, key};
use super::View;
use crate::eval::Row;
use crate::findings::Finding;
use crate::message::Message;
use crate::model::{RuleId, RuleKind};
use crate::period::Period;
use crate::report::Report;
use crate::report::facts::Facts;
use crate::verdict::Verdict;

/// Rows of the table of a rule.
const MOST_ROWS: usize = 24;
/// Rows that are explained.
const MOST_EXPLAINED: usize = 8;
/// Sentences of one explanation.
const MOST_SENTENCES: usize = 24;
/// Findings that are shown with their figures.
const MOST_FINDINGS: usize = 5;

/// The rows of a rule that its page shows.
pub(super) struct Told<'a> {
    /// All rows.
    all: &'a [&'a Row],
    /// Those of the table, in the order of their periods.
    shown: Vec<&'a Row>,
    /// The last one.
    pub(super) latest: Option<&'a Row>,
}

impl<'a> Told<'a> {
    /// The latest, the worst of them first; shown in their own order.
    pub(super) fn of(all: &'a [&'a Row]) -> Told<'a> {
        let mut places: Vec<usize> = (0..all.len()).collect();
        places.sort_by_key(|at| {
            let row = all.get(*at);
            row.map(|row| (std::cmp::Reverse(row.period), row.verdict))
        });
        places.truncate(MOST_ROWS);
        places.sort_unstable();
        let shown = places.iter().filter_map(|at| all.get(*at).copied());
        Told {
            all,
            shown: shown.collect(),
            latest: all.iter().copied().max_by_key(|row| row.period),
        }
    }

    /// What distinguishes the rows that are explained: the latest that were judged.
    pub(super) fn explained(&self) -> BTreeSet<Key> {
        let is_judged = |row: &&&Row| row.verdict != Verdict::NotApplicable;
        let judged = self.shown.iter().rev().filter(is_judged);
        let mut found: BTreeSet<Key> = judged.take(MOST_EXPLAINED).map(|row| key(row)).collect();
        if found.is_empty() {
            found.extend(self.shown.last().map(|row| key(row)));
        }
        found
    }

    /// The rows with their explanations.
    pub(super) fn section(&self, report: &'a Report<'a>, rule: RuleId) -> Section<'a> {
        let rows = self.shown.iter().map(|row| {
            let explanation = report.explain(row);
            Facts::of(report, row, explanation)
        });
        Section {
            rule,
            rows: rows.collect(),
        }
    }
}

impl View<'_> {
    /// Verdicts, explanations, figures and findings of a rule.
    pub(super) fn verdicts(&self, id: RuleId, told: &Told<'_>, section: &Section<'_>) -> Markup {
        let rule = &self.report().program.model.rules[id];
        if rule.kind == RuleKind::Check {
            return self.section("findings", "page-findings", &self.broken(id));
        }
        let left_out = Message::new("site-left-out")
            .with("shown", told.shown.len())
            .with("total", told.all.len());
        let explained = || {
            section
                .rows
                .iter()
                .filter(|facts| self.page.is_explained(facts.row))
        };
        let n_explained = explained().count();
        let body = html! {
            @if told.all.is_empty() { p.aside { (self.word("site-no-rows")) } }
            @else {
                @if told.all.len() > told.shown.len() {
                    (self.counted(told.all))
                    p.aside { (self.tell(&left_out)) }
                }
                (self.page.periods_of(section, &|row| self.page.is_explained(row)))
                h3 { (self.word("page-why")) }
                @for (n, facts) in explained().enumerate() {
                    (self.page.why(facts, n + 1 == n_explained, false, MOST_SENTENCES))
                }
                (self.page.claims(section))
            }
            (self.odd(section))
        };
        self.section("verdicts", "page-verdicts", &body)
    }

    /// How many rows of each period have each verdict.
    fn counted(&self, rows: &[&Row]) -> Markup {
        let mut counts: BTreeMap<(Verdict, Period), usize> = BTreeMap::new();
        for row in rows {
            *counts.entry((row.verdict, row.period)).or_default() += 1;
        }
        let periods: BTreeSet<Period> = counts.keys().map(|(_, period)| *period).collect();
        let verdicts: BTreeSet<Verdict> = counts.keys().map(|(verdict, _)| *verdict).collect();
        html! {
            div.scroll role="region" tabindex="0" aria-label=(self.word("page-counts-caption")) {
                table.counts {
                    caption { (self.word("page-counts-caption")) }
                    thead { tr {
                        th scope="col" { (self.word("page-verdict")) }
                        @for period in &periods { th.n scope="col" { (period) } }
                    } }
                    tbody {
                        @for verdict in &verdicts {
                            tr {
                                th scope="row" { (self.page.badge(*verdict)) }
                                @for period in &periods {
                                    td.n { (counts.get(&(*verdict, *period)).copied().unwrap_or(0)) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    /// Where a check does not hold.
    fn broken(&self, id: RuleId) -> Markup {
        let all = self.report().findings.iter();
        let found: Vec<&Finding> = all.filter(|finding| finding.rule == Some(id)).collect();
        html! {
            @if found.is_empty() { p { (self.word("site-check-holds")) } }
            @else { (self.found(&found)) }
        }
    }

    /// Findings that speak of the figures of a rule.
    fn odd(&self, section: &Section<'_>) -> Markup {
        let mut found: Vec<&Finding> = Vec::new();
        for facts in &section.rows {
            for finding in facts.findings() {
                if !found.iter().any(|known| std::ptr::eq(*known, finding)) {
                    found.push(finding);
                }
            }
        }
        html! {
            @if !found.is_empty() {
                h3 { (self.word("page-concerning")) }
                (self.found(&found))
            }
        }
    }

    fn found(&self, found: &[&Finding]) -> Markup {
        let more = Message::new("page-left-out-findings")
            .with("shown", MOST_FINDINGS)
            .with("total", found.len());
        html! {
            @for finding in found.iter().take(MOST_FINDINGS) { (self.page.finding(finding)) }
            @if found.len() > MOST_FINDINGS { p.aside { (self.tell(&more)) } }
        }
    }
}
