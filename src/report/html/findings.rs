//! Findings about figures, each with the claims that cannot all be true, and the problems of rule
//! files and tables. Lists what was found; looks for nothing.

use maud::{Markup, html};

use super::shell::Part;
use super::{Page, Section};
use crate::figures::printed::Reading;
use crate::findings::{Finding, FindingKind};
use crate::message::Message;
use crate::model::RuleId;
use crate::report::legend;
use crate::report::problems::Told;

/// Findings and problems that are shown; a run with more has said enough.
const MOST_FINDINGS: usize = 500;
const MOST_PROBLEMS: usize = 200;
/// Findings that are named at one rule.
const MOST_LINKS: usize = 20;

impl Page<'_> {
    /// All findings.
    pub(super) fn findings(&self) -> Part {
        let all: Vec<&Finding> = self.report.findings.iter().collect();
        self.findings_part(&all)
    }

    /// The findings that concern one explanation.
    pub(super) fn findings_of(&self, section: &Section<'_>) -> Part {
        let found: Vec<&Finding> = section
            .rows
            .iter()
            .flat_map(|facts| facts.findings())
            .collect();
        self.findings_part(&found)
    }

    fn findings_part(&self, findings: &[&Finding]) -> Part {
        let left_out = Message::new("page-left-out-findings")
            .with("shown", MOST_FINDINGS)
            .with("total", findings.len());
        let body = html! {
            @if findings.is_empty() { p { (self.word("page-no-findings")) } }
            @else { p.aside { (self.word("page-findings-note")) } }
            @if findings.len() > MOST_FINDINGS { p.notice { (self.tell(&left_out)) } }
            @for finding in findings.iter().take(MOST_FINDINGS) { (self.finding(finding)) }
        };
        Part {
            anchor: "findings",
            heading: self.word("page-findings"),
            body: Some(body),
        }
    }

    /// One finding with its figures.
    pub(super) fn finding(&self, finding: &Finding) -> Markup {
        let model = &self.report.program.model;
        let entity = &self.report.submission.entities[finding.entity].label;
        let about = match (finding.rule, finding.indicator) {
            (Some(rule), _) => Some((&model.rules[rule].label, &model.rules[rule].id)),
            (None, Some(id)) => Some((&model.indicators[id].label, &model.indicators[id].id)),
            (None, None) => None,
        };
        let is_said = finding.kind == FindingKind::Conflict;
        let gap = finding
            .gap
            .as_ref()
            .filter(|_| !is_said)
            .map(|(gap, unit)| {
                let set = crate::set::Set::point(gap.clone());
                Message::new("page-gap").with("gap", self.set(&set, unit))
            });
        let rules = self.rules_of(finding);
        html! {
            article.finding id=[self.place(finding).map(|at| format!("f-{}", at + 1))] {
                h3 {
                    span.tag { (self.word(legend::finding(finding.kind))) } " "
                    @if let Some((label, _)) = about { (self.name(label)) }
                    " " span.aside { (finding.period) " \u{b7} " (self.short(entity)) }
                }
                p { bdi { (self.tell(&finding.message)) } }
                @if let Some(gap) = gap { p { strong { (self.tell(&gap)) } } }
                (self.claim_table(&self.word("page-findings-caption"), &finding.claims, Reading::Printed, None))
                @if !rules.is_empty() {
                    p { (self.word("page-finding-rules")) ": "
                        @for (n, rule) in rules.iter().enumerate() { @if n > 0 { ", " } (self.rule_name(*rule)) }
                    }
                }
            }
        }
    }

    /// The rules on the page whose figures a finding speaks of.
    fn rules_of(&self, finding: &Finding) -> Vec<RuleId> {
        let mut rules: Vec<RuleId> = self
            .rows()
            .filter(|row| self.is_explained(row))
            .filter(|row| {
                let concerned = crate::findings::concerning(
                    std::slice::from_ref(finding),
                    self.report.program,
                    self.report.submission,
                    row.rule,
                    row.judged,
                );
                !concerned.is_empty()
            })
            .map(|row| row.rule)
            .collect();
        rules.sort_unstable();
        rules.dedup();
        rules
    }

    /// From a rule to the findings that speak of its figures.
    pub(super) fn concerning(&self, section: &Section<'_>) -> Markup {
        let mut found: Vec<usize> = section
            .rows
            .iter()
            .flat_map(|facts| facts.findings())
            .filter_map(|finding| self.place(finding))
            .collect();
        found.sort_unstable();
        found.dedup();
        let shown = found.iter().take(MOST_LINKS);
        let shown = shown.filter_map(|at| Some((*at, self.report.findings.get(*at)?)));
        let left_out = Message::new("page-left-out-findings")
            .with("shown", MOST_LINKS)
            .with("total", found.len());
        html! {
            @if !found.is_empty() {
                h4 { (self.word("page-concerning")) }
                ul.list {
                    @for (at, finding) in shown {
                        li {
                            @if self.is_single || at < MOST_FINDINGS {
                                a href={ "#f-" (at + 1) } { bdi { (self.tell(&finding.message)) } }
                            } @else {
                                bdi { (self.tell(&finding.message)) }
                            }
                        }
                    }
                }
                @if found.len() > MOST_LINKS { p.aside { (self.tell(&left_out)) } }
            }
        }
    }

    /// The place of a finding among all.
    fn place(&self, finding: &Finding) -> Option<usize> {
        let mut all = self.report.findings.iter();
        all.position(|one| std::ptr::eq(one, finding))
    }

    /// Problems in rule files and tables, where there are any.
    pub(super) fn problems(&self) -> Part {
        let problems = self.report.problems();
        let told: Vec<Told<'_>> = problems.told().collect();
        let left_out = Message::new("page-left-out-problems")
            .with("shown", MOST_PROBLEMS)
            .with("total", told.len());
        let body = html! {
            @if told.len() > MOST_PROBLEMS { p.notice { (self.tell(&left_out)) } }
            table.cards {
                caption { (self.word("page-problems")) }
                thead { tr {
                    th scope="col" { (self.word("page-place")) }
                    th scope="col" { (self.word("page-problem")) }
                } }
                tbody {
                    @for problem in told.iter().take(MOST_PROBLEMS) { (self.problem(problem)) }
                }
            }
        };
        Part {
            anchor: "problems",
            heading: self.word("page-problems"),
            body: (!told.is_empty()).then_some(body),
        }
    }

    fn problem(&self, problem: &Told<'_>) -> Markup {
        let severity = self.word(problem.severity.key());
        html! {
            tr {
                th.place scope="row" {
                    @if let Some(spot) = problem.places.first() {
                        (spot.text())
                    }
                }
                td data-label=(self.word("page-problem")) {
                    span.tag { (severity) " " (problem.code) } " "
                    bdi { (self.tell(problem.message)) }
                    @if let Some(help) = problem.help { div.aside { (self.tell(help)) } }
                }
            }
        }
    }
}
