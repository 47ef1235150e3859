//! The headline: how many rows have each verdict, what failed, what is open and why, how pending
//! targets stand, and room for signatures. Counts and picks; the words come from the rows.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::shell::Part;
use super::{Page, by_verdict};
use crate::eval::{Outcome, Row};
use crate::message::{Arg, Message};
use crate::model::{EntityId, RuleId};
use crate::report::facts::Facts;
use crate::report::text::sign;
use crate::verdict::{Cause, OutlookClass, Verdict};

/// Entries of one list; the rest is in the matrix.
const MOST_LISTED: usize = 24;

impl Page<'_> {
    /// The result in short.
    pub(super) fn summary(&self) -> Part {
        let body = html! {
            @if self.rows().next().is_none() { p { (self.word("report-no-rows")) } }
            (self.problems_note())
            (self.filter_note())
            (self.latest())
            @if self.report.outcomes.len() > 1 { (self.counts()) }
            (self.failed())
            (self.undetermined())
            (self.pending())
            (self.findings_note())
            (self.sign_off())
        };
        Part {
            anchor: "result",
            heading: self.word("page-result"),
            body: Some(body),
        }
    }

    /// That rule files or tables have problems, before any verdict is read.
    fn problems_note(&self) -> Markup {
        let problems = &self.report.submission.problems;
        let is_broken = problems.iter().any(|problem| !problem.is_warning);
        let n = problems.len() + self.report.warnings.len();
        html! {
            @if n > 0 {
                p.notice {
                    a href="#problems" { (self.word("page-problems")) ": " (n) } " "
                    @if is_broken { (self.word("page-problems-note")) }
                }
            }
        }
    }

    /// That rows are left out, as others were asked for.
    fn filter_note(&self) -> Markup {
        let filtered = self.report.filtered();
        html! { @if let Some(filtered) = filtered { p.notice { (self.tell(&filtered)) } } }
    }

    /// How many findings there are.
    fn findings_note(&self) -> Markup {
        let findings = self.report.findings;
        let message = Message::new("report-findings").with("count", findings.len());
        html! {
            @if !findings.is_empty() {
                p { a href="#findings" { (self.tell(&message)) } }
            }
        }
    }

    /// Verdicts of the latest period, worst first.
    fn latest(&self) -> Markup {
        let Some(outcome) = self.report.outcomes.last() else {
            return html! {};
        };
        let total = outcome.rows.len();
        let heading =
            Message::new("page-result-of").with("period", outcome.clocks.period.to_string());
        let counts = counted(outcome);
        html! {
            @if self.report.outcomes.len() > 1 { h3 { (self.tell(&heading)) } }
            @if total > 0 {
                ul.tiles {
                    @for (verdict, n) in &counts {
                        li class={ "v-" (verdict.word()) } {
                            strong { (n) } " "
                            span { span.sign aria-hidden="true" { (sign(*verdict)) } " " (self.word(verdict.key())) }
                        }
                    }
                }
                (bar(&counts, total))
                p.sum { (self.sum(&counts, total)) }
            }
        }
    }

    fn sum(&self, counts: &[(Verdict, usize)], total: usize) -> String {
        let counts = counts.iter().map(|(verdict, n)| {
            let count = Message::new("report-count")
                .with("verdict", Message::new(verdict.key()))
                .with("count", *n);
            Arg::Message(count)
        });
        let counts: Vec<Arg> = counts.collect();
        let message = match self.report.outcomes.len() {
            1 => self.report.counted(counts),
            // What is left out is counted over all periods.
            _ => Message::new("report-counts")
                .with("total", total)
                .with("counts", Arg::List(counts)),
        };
        self.tell(&message)
    }

    /// How many rows of each period have each verdict.
    pub(super) fn counts(&self) -> Markup {
        let totals = self.report.counts();
        html! {
            @for periods in self.report.outcomes.chunks(super::grid::MOST_PERIODS) {
                div.scroll role="region" tabindex="0" aria-label=(self.word("page-counts-caption")) {
                    table.counts {
                        caption { (self.word("page-counts-caption")) }
                        thead { tr {
                            th scope="col" { (self.word("page-verdict")) }
                            @for outcome in periods { th.n scope="col" { (outcome.clocks.period) } }
                            th.n scope="col" { (self.word("page-total")) }
                        } }
                        tbody {
                            @for (verdict, total) in &totals {
                                tr {
                                    th scope="row" { (self.badge(*verdict)) }
                                    @for outcome in periods { td.n { (count(outcome.count(*verdict))) } }
                                    td.n { strong { (total) } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    /// What failed, each with its margin.
    fn failed(&self) -> Markup {
        let rows = by_verdict(self.rows(), Verdict::Fail);
        if rows.is_empty() {
            return html! { @if self.rows().next().is_some() { p { (self.word("page-none-failed")) } } };
        }
        html! {
            h3 { (self.badge(Verdict::Fail)) " " span.n { (rows.len()) } }
            ul.list.tight {
                @for row in rows.iter().take(MOST_LISTED) {
                    li {
                        (self.row_link(row))
                        @if self.is_explained(row) { (self.margin_sentence(row)) }
                    }
                }
                (self.more(rows.len()))
            }
        }
    }

    fn margin_sentence(&self, row: &Row) -> Markup {
        let explanation = self.report.explain(row);
        let facts = Facts::of(self.report, row, explanation);
        html! {
            @for node in facts.margins() { p.aside { (self.tell(&node.message)) } }
        }
    }

    /// What is undetermined, by cause.
    fn undetermined(&self) -> Markup {
        let rows = by_verdict(self.rows(), Verdict::Undetermined);
        if rows.is_empty() {
            return html! {};
        }
        let of = |cause: Cause| -> Vec<&Row> {
            let with = rows.iter().filter(|row| row.causes.contains(cause));
            with.copied().collect()
        };
        html! {
            h3 { (self.badge(Verdict::Undetermined)) " " span.n { (rows.len()) } }
            dl.causes {
                @for (cause, rows) in Cause::ALL.map(|cause| (cause, of(cause))) {
                    @if !rows.is_empty() {
                        dt {
                            (self.word(cause.key())) " " span.n { (rows.len()) }
                            " " span.aside { (self.gloss(cause)) }
                        }
                        dd { ul.list.tight {
                            @for row in rows.iter().take(MOST_LISTED) { li { (self.row_link(row)) } }
                            (self.more(rows.len()))
                        } }
                    }
                }
            }
        }
    }

    /// Rules whose latest row is pending, by outlook, worst first.
    fn pending(&self) -> Markup {
        let mut latest: BTreeMap<(RuleId, EntityId), &Row> = BTreeMap::new();
        for row in self.rows() {
            let known = latest.entry((row.rule, row.entity)).or_insert(row);
            if row.period >= known.period {
                *known = row;
            }
        }
        let rows = by_verdict(latest.into_values(), Verdict::Pending);
        if rows.is_empty() {
            return html! {};
        }
        let order = [
            Some(OutlookClass::OffTrack),
            Some(OutlookClass::Undetermined),
            Some(OutlookClass::OnTrack),
            Some(OutlookClass::MetEarly),
            None,
        ];
        let n_pending = rows.len();
        let of = |class: Option<OutlookClass>| -> Vec<&Row> {
            rows.iter()
                .filter(|row| row.outlook == class)
                .copied()
                .collect()
        };
        html! {
            h3 { (self.badge(Verdict::Pending)) " " span.n { (rows.len()) } }
            @if self.report.outcomes.len() > 1 { p.aside { (self.word("page-pending-note")) } }
            dl.causes {
                @for (class, rows) in order.map(|class| (class, of(class))) {
                    @if !rows.is_empty() {
                        @if class.is_some() || rows.len() < n_pending {
                            dt {
                                @if let Some(class) = class { (self.outlook_word(class)) }
                                @else { (self.word("page-pending-plain")) }
                                " " span.n { (rows.len()) }
                            }
                        }
                        dd { ul.list.tight {
                            @for row in rows.iter().take(MOST_LISTED) { li { (self.row_link(row)) } }
                            (self.more(rows.len()))
                        } }
                    }
                }
            }
        }
    }

    fn more(&self, total: usize) -> Markup {
        let more = Message::new("page-more").with("count", total.saturating_sub(MOST_LISTED));
        html! { @if total > MOST_LISTED { li.aside { (self.tell(&more)) } } }
    }

    /// Lines to be filled in by hand.
    fn sign_off(&self) -> Markup {
        html! {
            div.signoff {
                h3 { (self.word("page-signoff")) }
                div.lines {
                    @for who in ["page-signoff-prepared", "page-signoff-checked"] {
                        p { span { (self.word(who)) } }
                        p { span { (self.word("page-signoff-date")) } }
                    }
                    p.wide { span { (self.word("page-signoff-remarks")) } }
                }
                p.aside { (self.word("page-signoff-note")) }
            }
        }
    }
}

fn counted(outcome: &Outcome) -> Vec<(Verdict, usize)> {
    let all = Verdict::ALL.map(|verdict| (verdict, outcome.count(verdict)));
    all.into_iter().filter(|(_, n)| *n > 0).collect()
}

/// A count; nothing where there is none, so that the eye finds the others.
fn count(n: usize) -> Markup {
    html! { @if n == 0 { span.none { "0" } } @else { (n) } }
}

/// The counts as one bar; the numbers stand beside it.
fn bar(counts: &[(Verdict, usize)], total: usize) -> Markup {
    let mut at = 0;
    let pieces: Vec<(Verdict, usize, usize)> = counts
        .iter()
        .map(|(verdict, n)| {
            at += n;
            (*verdict, at - n, *n)
        })
        .collect();
    html! {
        svg.bar viewBox={ "0 0 " (total) " 1" } preserveAspectRatio="none" aria-hidden="true" focusable="false" {
            @for (verdict, x, n) in pieces {
                rect class={ "v-" (verdict.word()) } x=(x) y="0" width=(n) height="1" {}
            }
        }
    }
}
