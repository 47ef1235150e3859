//! Figures as printed: value, set, source, section, line and words. Claims go in, tables come out.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::{Page, Section};
use crate::explain::{Node, NodeKind, Unit, figure_message, status_message};
use crate::figures::printed::Reading;
use crate::figures::{Claim, ClaimId, ClaimState};
use crate::message::{Arg, Message};
use crate::report::facts::Facts;

/// What a claim is for, in the words of a table; in order of weight.
type Uses = BTreeMap<ClaimId, Vec<String>>;

impl Page<'_> {
    /// The figures of a row as printed, with where they stand.
    pub(super) fn figures_of(&self, facts: &Facts<'_>) -> Vec<(String, Option<String>)> {
        let mut found: Vec<(String, Option<String>)> = Vec::new();
        for node in facts.all(NodeKind::Figure) {
            let printed: Vec<Arg> = node
                .claims
                .iter()
                .map(|id| &self.report.submission.claims[*id])
                .map(|claim| Arg::from(self.report.submission.text(claim.printed)))
                .collect();
            if printed.is_empty() {
                continue;
            }
            let set = node.set.as_ref().zip(node.unit.as_ref());
            let entry = (
                self.arg(&Arg::List(printed)),
                set.map(|(set, unit)| self.set(set, unit)),
            );
            if !found.contains(&entry) {
                found.push(entry);
            }
        }
        found
    }

    /// The claims of a rule: those that its rows were read off, and those beside them.
    pub(super) fn claims(&self, section: &Section<'_>) -> Markup {
        let mut used: BTreeMap<ClaimId, Vec<String>> = BTreeMap::new();
        let mut beside: Uses = BTreeMap::new();
        for facts in &section.rows {
            for id in facts.claims() {
                let periods = used.entry(id).or_default();
                let period = facts.row.period.to_string();
                if !periods.contains(&period) {
                    periods.push(period);
                }
            }
            for node in facts.all(NodeKind::Claim) {
                for (id, words) in node.claims.iter().zip(self.use_of(node)) {
                    let uses = beside.entry(*id).or_default();
                    if !uses.contains(&words) {
                        uses.push(words);
                    }
                }
            }
        }
        let mut uses: Uses = BTreeMap::new();
        for (id, periods) in used {
            let message = Message::new("page-used").with("period", periods);
            uses.insert(id, vec![self.tell(&message)]);
        }
        for (id, words) in beside {
            uses.entry(id).or_insert(words);
        }
        let rule = &self.report.program.model.rules[section.rule];
        let caption = Message::new("page-figures-caption").with("rule", &rule.id);
        let mut ids: Vec<ClaimId> = uses.keys().copied().collect();
        ids.sort_by(|a, b| {
            let claim = |id: &ClaimId| &self.report.submission.claims[*id];
            let order = self.report.submission.order(*a, *b);
            claim(a).window.cmp(&claim(b).window).then(order)
        });
        html! {
            @if !ids.is_empty() {
                h4 { (self.word("page-figures")) }
                (self.claim_table(&self.tell(&caption), &ids, rule.reading, Some(&uses)))
            }
        }
    }

    /// What a claim beside the one that counts is, in a word.
    fn use_of(&self, node: &Node) -> Option<String> {
        let key = match node.message.key {
            "explain-claim-agrees" => "page-claim-agrees",
            "explain-claim-differs" => "page-claim-differs",
            "explain-claim-used" => "page-claim-used",
            "explain-claim-definition" => "page-claim-definition",
            "explain-claim-window" => "page-claim-window",
            "explain-claim-last" => "page-claim-last",
            "explain-claim-basis" => "page-claim-basis",
            "explain-claim-later" => "page-claim-later",
            "explain-claim-bounds" => "page-claim-bounds",
            "explain-claim-unreadable" => "page-claim-unreadable",
            _ => return None,
        };
        Some(self.word(key))
    }

    /// Claims as a table.
    pub(super) fn claim_table(
        &self,
        caption: &str,
        ids: &[ClaimId],
        reading: Reading,
        uses: Option<&Uses>,
    ) -> Markup {
        html! {
            table.claims.cards {
                caption { (caption) }
                thead { tr {
                    th scope="col" { (self.word("page-figure")) }
                    th scope="col" { (self.word("page-values")) }
                    @if uses.is_some() { th scope="col" { (self.word("page-state")) } }
                    th scope="col" { (self.word("page-source")) }
                } }
                tbody {
                    @for id in ids {
                        (self.claim_line(&self.report.submission.claims[*id], reading, uses.map(|uses| uses.get(id))))
                    }
                }
            }
        }
    }

    fn claim_line(
        &self,
        claim: &Claim,
        reading: Reading,
        uses: Option<Option<&Vec<String>>>,
    ) -> Markup {
        let set = match reading {
            Reading::Exact => &claim.exact,
            Reading::Printed => &claim.as_printed,
        };
        let report = self.report;
        let unit = Unit::of_figure(report.program, &claim.figure).naming(report.submission, set);
        let name = figure_message(
            report.program,
            report.submission,
            &claim.figure,
            Some(claim.entity),
            claim.window,
        );
        let text = |id| report.submission.text(id);
        html! {
            tr {
                th scope="row" {
                    strong.printed {
                        (self.printed(text(claim.printed)))
                        @if !text(claim.printed).ends_with(text(claim.unit)) {
                            " " (self.printed(text(claim.unit)))
                        }
                    }
                    div.aside { bdi { (self.tell(&name)) } }
                }
                td.n data-label=(self.word("page-values")) {
                    @if claim.state == ClaimState::Unreadable { span.none { "\u{2013}" } }
                    @else { (self.set(set, &unit)) }
                }
                @if let Some(uses) = uses {
                    td data-label=(self.word("page-state")) {
                        @for words in uses.into_iter().flatten() { div { (words) } }
                    }
                }
                td data-label=(self.word("page-source")) { (self.source(claim)) }
            }
        }
    }

    /// Document, section and line, the words quoted, and where the table has them.
    fn source(&self, claim: &Claim) -> Markup {
        let report = self.report;
        let text = |id| report.submission.text(id);
        let instruments = &report.program.model.instruments;
        let source = text(claim.source);
        let known = instruments.values().find(|known| known.id == source);
        let line = Message::new("page-line").with("line", text(claim.source_line));
        html! {
            @match known {
                Some(known) => { (self.name(&known.label)) }
                None => { (self.printed(source)) }
            }
            @if !text(claim.section).is_empty() { " \u{b7} " (self.printed(text(claim.section))) }
            @if !text(claim.source_line).is_empty() { " \u{b7} " (self.tell(&line)) }
            @if !text(claim.quote).is_empty() {
                q.quote lang=[self.foreign(text(claim.quote))] { (text(claim.quote)) }
            }
            @if let Some(status) = status_message(claim) {
                div.aside { (self.tell(&status)) }
            }
            @if let Some(note) = self.report.submission.note(claim).as_ref().map(|note| note.get(self.lang)) {
                div.aside lang=[self.foreign(note)] { (note) }
            }
            div.place { (self.report.submission.place(claim)) }
        }
    }
}
