//! The pages of documents: who issued each and when, and the rules that were taken from it, line by
//! line.

use std::io;

use maud::{Markup, html};

use super::cited::{Cited, Document};
use super::{Book, Put, View};
use crate::graph::natural;
use crate::message::Message;
use crate::model::Instrument;

impl Book<'_> {
    /// The pages of all documents of the site.
    pub(super) fn documents(&self, put: Put<'_>) -> io::Result<()> {
        for n in 0..self.reports.len() {
            for (here, document) in self.places.documents_of(n) {
                let view = self.view(n, here, Default::default());
                self.put(put, here, &view.document(document))?;
            }
        }
        Ok(())
    }
}

impl View<'_> {
    fn document(&self, document: &Document) -> String {
        let program = self.book.places.program(document.pack);
        let declared = &program.model.instruments[document.id];
        let mut cited: Vec<&Cited> = document.cited.iter().collect();
        cited.sort_by_cached_key(|one| {
            let line = one.line.as_deref().map(natural);
            (line.is_none(), line, one.pack, one.rule)
        });
        let body = html! {
            (self.heading("site-kind-document", &declared.id, &declared.label, "top"))
            (self.about(document, declared))
            (self.section("rules", "site-taken", &html! {
                @if cited.is_empty() { p.aside { (self.word("site-taken-none")) } }
                @else { (self.taken(&cited)) }
            }))
        };
        self.item(
            ("list-documents", "documents"),
            &declared.id,
            &declared.label,
            &body,
        )
    }

    fn about(&self, document: &Document, declared: &Instrument) -> Markup {
        let n = document.pack;
        let model = &self.book.places.program(n).model;
        let other = |id| {
            let other = &model.instruments[id];
            let place = self.book.places.document(n, id);
            self.named(place.as_deref(), &other.id, &other.label)
        };
        html! {
            dl.facts {
                @if !declared.issuers.is_empty() {
                    div { dt { (self.word("page-issuers")) } dd { @for issuer in &declared.issuers { div { (self.page.printed(issuer)) } } } }
                }
                @for (key, period) in [("page-published", declared.published), ("list-since", declared.since), ("list-until", declared.until)] {
                    @if let Some(period) = period { div { dt { (self.word(key)) } dd { (period) } } }
                }
                @if !declared.cited.get(self.page.lang).is_empty() {
                    div { dt { (self.word("list-cited")) } dd { (self.page.name(&declared.cited)) } }
                }
                @if let Some(id) = declared.replaces { div.wide { dt { (self.word("site-replaces")) } dd { (other(id)) } } }
                @for id in &declared.prevails { div.wide { dt { (self.word("list-prevails")) } dd { (other(*id)) } } }
            }
        }
    }

    fn taken(&self, cited: &[&Cited]) -> Markup {
        html! {
            table.items.cards {
                caption { (self.word("site-taken-caption")) }
                thead { tr {
                    th scope="col" { (self.word("page-rule")) }
                    th scope="col" { (self.word("column-line")) }
                    th scope="col" { (self.word("column-section")) }
                    th scope="col" { (self.word("column-quote")) }
                } }
                tbody { @for one in cited { (self.taken_line(one)) } }
            }
        }
    }

    fn taken_line(&self, one: &Cited) -> Markup {
        let rule = &self.book.places.program(one.pack).model.rules[one.rule];
        let place = self.book.places.rule(one.pack, one.rule);
        let line = one
            .line
            .as_ref()
            .map(|line| Message::new("page-line").with("line", line));
        html! {
            tr {
                th scope="row" { (self.named(place.as_deref(), &rule.id, &rule.label)) }
                td.nowrap data-label=(self.word("column-line")) { @if let Some(line) = line { (self.tell(&line)) } }
                td data-label=(self.word("column-section")) { @if !one.section.is_empty() { (self.page.printed(&one.section)) } }
                td data-label=(self.word("column-quote")) {
                    @if !one.quote.is_empty() { q lang=[self.page.foreign(&one.quote)] { (one.quote) } }
                }
            }
        }
    }
}
