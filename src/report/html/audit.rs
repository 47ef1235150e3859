//! An audit as a page: what was looked at, and each finding with its figures and what would explain
//! it. Lists what was found; looks for nothing.

use std::collections::BTreeSet;
use std::io::{self, Write};

use maud::{Markup, html};

use super::Page;
use super::shell::Part;
use crate::audit::{AuditFinding, RepairGroup, Repairs};
use crate::explain::Shown;
use crate::message::Message;
use crate::report::audit::{AuditReport, Section, acknowledged, also, repair, tested};
use crate::report::legend;

/// Findings that are shown; a run with more has said enough.
const MOST_FINDINGS: usize = 2_000;

/// Writes the page.
pub(in crate::report) fn write_audit(
    w: &mut dyn Write,
    report: &AuditReport<'_>,
) -> io::Result<()> {
    let side = report.side.report(report.lang);
    let page = Page {
        report: &side,
        lang: report.lang,
        explained: BTreeSet::new(),
        is_single: false,
    };
    let pack = &report.side.run.program.model.pack;
    let title = page.tell(&Message::new("audit-title").with("pack", &pack.label));
    let masthead = html! {
        header.masthead {
            p.kind { (page.word("audit-page-kind")) }
            h1 { bdi { (pack.label.get(report.lang)) } }
            p.about { span { (page.tell(&report.head())) } span { code { (pack.id) } } }
        }
    };
    let mut parts = vec![page.overview(report)];
    for section in Section::ALL {
        parts.push(page.audited(report, section));
    }
    parts.extend(report.repairs.map(|repairs| page.repairs(report, repairs)));
    page.deliver(w, &title, &masthead, &parts)
}

impl Page<'_> {
    fn overview(&self, report: &AuditReport<'_>) -> Part {
        let body = html! {
            p { (self.tell(&report.counts())) }
            @for line in report.joint() { p { (self.tell(&line)) } }
            @if let Some(unweighed) = report.unweighed() { p.notice { (self.tell(&unweighed)) } }
            table.counts {
                caption { (self.word("audit-relations")) }
                thead { tr {
                    th scope="col" { (self.word("audit-column-relation")) }
                    th.n scope="col" { (self.word("audit-column-checked")) }
                    th.n scope="col" { (self.word("audit-column-broken")) }
                } }
                tbody {
                    @for one in &report.audit.relations {
                        tr {
                            td { (self.word(legend::finding(one.kind))) }
                            td.n { (one.checked) }
                            td.n { (one.broken) }
                        }
                    }
                }
            }
        };
        Part {
            anchor: "overview",
            heading: self.word("audit-overview"),
            body: Some(body),
        }
    }

    fn repairs(&self, report: &AuditReport<'_>, repairs: &Repairs) -> Part {
        let body = html! {
            p { (self.tell(&repair::title(repairs))) }
            @for group in &repairs.groups { (self.repair_group(report, group)) }
            @if !repairs.groups.is_empty() { p.aside { (self.word("repair-note")) } }
        };
        Part {
            anchor: "repairs",
            heading: self.word("repair-overview"),
            body: Some(body),
        }
    }

    fn repair_group(&self, report: &AuditReport<'_>, group: &RepairGroup) -> Markup {
        html! {
            article.finding {
                @for id in repair::ids(report, group) { p { code { (id) } } }
                p { bdi { (self.tell(&repair::fewest(group))) } }
                @if let Some(near) = repair::near(group) { p.aside { (self.tell(&near)) } }
                @if !group.sets.is_empty() {
                    table.cards {
                        caption { (self.word("repair-overview")) }
                        thead { tr {
                            th.n scope="col" { (self.word("repair-column-set")) }
                            th scope="col" { (self.word("audit-column-figure")) }
                            th scope="col" { (self.word("sheet-printed")) }
                            th scope="col" { (self.word("repair-column-range")) }
                            th scope="col" { (self.word("repair-column-value")) }
                        } }
                        tbody {
                            @for (n, set) in group.sets.iter().enumerate() {
                                @for one in &set.figures {
                                    tr {
                                        td.n data-label=(self.word("repair-column-set")) { (n + 1) }
                                        td data-label=(self.word("audit-column-figure")) { bdi { (self.tell(&one.name)) } }
                                        td data-label=(self.word("sheet-printed")) { bdi { (self.tell(&repair::claims(report, one))) } }
                                        td data-label=(self.word("repair-column-range")) {
                                            @if let Some(range) = &one.range {
                                                (repair::shown(one, range.clone()).text(report.lang))
                                            }
                                        }
                                        td data-label=(self.word("repair-column-value")) { (repair::value(one).text(report.lang)) }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    fn audited(&self, report: &AuditReport<'_>, section: Section) -> Part {
        let findings = report.of(section);
        let left_out = Message::new("page-left-out-findings")
            .with("shown", MOST_FINDINGS)
            .with("total", findings.len());
        let body = html! {
            @if findings.len() > MOST_FINDINGS { p.notice { (self.tell(&left_out)) } }
            @for finding in findings.iter().take(MOST_FINDINGS) {
                (self.audit_finding(report, finding))
            }
        };
        Part {
            anchor: section.anchor(),
            heading: self.tell(&Message::new(section.key()).with("count", findings.len())),
            body: (!findings.is_empty()).then_some(body),
        }
    }

    fn audit_finding(&self, report: &AuditReport<'_>, finding: &AuditFinding) -> Markup {
        let own = &finding.finding;
        let entity = &report.side.run.submission.entities[own.entity].label;
        let noted = acknowledged(finding);
        html! {
            article.finding {
                h3 {
                    span.tag { (self.word(legend::finding(own.kind))) } " "
                    span.aside { (own.period) " \u{b7} " (entity.get(report.lang)) }
                }
                p { bdi { (self.tell(&finding.said)) } }
                @if !finding.relations.is_empty() {
                    ol.list {
                        @for one in &finding.relations { li { bdi { (self.tell(&one.said)) } } }
                    }
                }
                @if let Some(explained) = &finding.explained {
                    p { strong { bdi { (self.tell(explained)) } } }
                }
                @if let Some(noted) = &noted { p { strong { bdi { (self.tell(noted)) } } } }
                (self.audit_figures(report, finding))
                @for also in also(finding) { p.aside { bdi { (self.tell(&also)) } } }
                @if !finding.hypotheses.is_empty() {
                    ol.list {
                        @for one in &finding.hypotheses { li { bdi { (self.tell(&tested(one))) } } }
                    }
                }
                p.aside { code { (finding.id) } " \u{b7} " code { (finding.digest) } }
            }
        }
    }

    fn audit_figures(&self, report: &AuditReport<'_>, finding: &AuditFinding) -> Markup {
        let side = report.side.report(report.lang);
        html! {
            table.cards {
                caption { (self.word("page-findings-caption")) }
                thead { tr {
                    th scope="col" { (self.word("audit-column-figure")) }
                    th scope="col" { (self.word("sheet-printed")) }
                    th scope="col" { (self.word("audit-column-set")) }
                    th scope="col" { (self.word("sheet-source")) }
                    th scope="col" { (self.word("sheet-quote")) }
                    th scope="col" { (self.word("audit-column-others")) }
                } }
                tbody {
                    @for figure in &finding.figures {
                        @let parts = side.figure_parts(figure.claim);
                        @let shown = Shown { set: figure.set.clone(), unit: figure.unit.clone() };
                        tr {
                            td data-label=(self.word("audit-column-figure")) { bdi { (self.tell(&figure.name)) } }
                            td data-label=(self.word("sheet-printed")) { bdi { (parts.printed) } }
                            td data-label=(self.word("audit-column-set")) { (shown.text(report.lang)) }
                            td data-label=(self.word("sheet-source")) { bdi { (parts.place()) } }
                            @if !parts.quote.is_empty() {
                                td data-label=(self.word("sheet-quote")) { bdi { (parts.quote) } }
                            } @else { td {} }
                            @if figure.others.1 > 0 {
                                td data-label=(self.word("audit-column-others")) {
                                    (figure.others.0) "/" (figure.others.1)
                                }
                            } @else { td {} }
                        }
                    }
                }
            }
        }
    }
}
