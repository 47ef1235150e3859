//! What a decision may come to, and through which cases, as each version of the law has them.

use maud::{Markup, html};

use super::View;
use crate::explain::words_in_both;
use crate::message::Label;
use crate::model::{Case, Decision, Version};

impl View<'_> {
    /// Outcomes, and the cases that lead to them.
    pub(super) fn decision(&self, decision: &Decision) -> Markup {
        let body = html! {
            h3 { (self.word("site-outcomes")) }
            ul.list {
                @for outcome in &decision.outcomes {
                    li { span.rid { (outcome.id) } " " (self.page.name(&outcome.label)) }
                }
            }
            @for version in &decision.versions { (self.version(decision, version)) }
        };
        self.section("decision", "site-decision", &body)
    }

    fn version(&self, decision: &Decision, version: &Version) -> Markup {
        html! {
            div.versions {
                h3 {
                    @if version.id.is_empty() { (self.word("site-cases")) }
                    @else { span.rid { (version.id) } " " (self.page.name(&version.label)) }
                }
                @if !version.under.is_empty() {
                    p { (self.word("page-under")) ": "
                        @for (n, id) in version.under.iter().enumerate() {
                            @if n > 0 { ", " }
                            @let document = &self.report().program.model.instruments[*id];
                            (self.named(self.book.places.document(self.n, *id).as_deref(), &document.id, &document.label))
                        }
                    }
                }
                p.aside { (self.word(if version.is_ordered { "site-cases-ordered" } else { "site-cases-apart" })) }
                table.items.cases.cards {
                    caption { (self.word("site-cases-caption")) }
                    thead { tr {
                        th scope="col" { (self.word("site-case")) }
                        th scope="col" { (self.word("site-outcome")) }
                        th scope="col" { (self.word("site-when")) }
                    } }
                    tbody { @for case in &version.cases { (self.case(decision, version, case)) } }
                }
                @if !version.presumptions.is_empty() {
                    h4 { (self.word("site-presumptions")) }
                    @for one in &version.presumptions {
                        p { code { (self.in_words(self.report().program.sources.slice(one.span))) } }
                        @for citation in &one.citations { (self.cited(citation)) }
                        @for note in &one.notes { p.note { (self.page.name(note)) } }
                    }
                }
                @for note in &version.notes { p.note { (self.page.name(note)) } }
            }
        }
    }

    fn case(&self, decision: &Decision, version: &Version, case: &Case) -> Markup {
        let sources = &self.report().program.sources;
        let outcome = decision.outcomes.get(usize::from(case.outcome));
        let span = case
            .written
            .or_else(|| case.condition.as_ref().map(|condition| condition.span));
        let words = span.map(|span| words_in_both(self.report().program, sources.slice(span)));
        let beats: Vec<&str> = case
            .beats
            .iter()
            .filter_map(|at| version.cases.get(*at))
            .map(|beaten| beaten.id.as_str())
            .collect();
        html! {
            tr {
                th scope="row" {
                    @if case.condition.is_none() && case.beats.is_empty() { (self.word("site-otherwise")) } @else { code { (case.id) } }
                    @if !beats.is_empty() { div.aside { (self.word("site-beats")) " " (beats.join(", ")) } }
                }
                td data-label=(self.word("site-outcome")) {
                    @if let Some(outcome) = outcome { (self.page.name(&outcome.label.or_id(&outcome.id))) }
                }
                td data-label=(self.word("site-when")) {
                    @match &words {
                        Some(words) => { (self.page.name(words)) }
                        None => { (self.word("site-always")) }
                    }
                    @for citation in &case.citations { (self.cited(citation)) }
                    @for note in &case.notes { p.note { (self.page.name(note)) } }
                }
            }
        }
    }

    /// The words of a source, with a way to the page of the document.
    fn cited(&self, citation: &crate::model::Citation) -> Markup {
        let place = self.book.places.document(self.n, citation.instrument);
        self.page
            .citation(citation, place.map(|place| self.to(&place)))
    }

    /// A text of the language on one line.
    pub(super) fn in_words(&self, written: &str) -> String {
        let words: Vec<&str> = written.split_whitespace().collect();
        words.join(" ")
    }

    /// A formula with its keywords in the language of the page.
    pub(super) fn formula(&self, written: &str) -> Label {
        words_in_both(self.report().program, written)
    }
}
