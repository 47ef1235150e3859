//! The first page of a site: its packs, what each holds, and what its figures came to; and the page
//! before it, where there are two languages to choose from.

use std::io;

use maud::{DOCTYPE, Markup, html};

use super::super::shell::metas;
use super::lists::RULE_KINDS;
use super::places::Places;
use super::{Book, POLICY, Put, Site, View, code};
use crate::message::{Lang, Message};
use crate::report::text::visible;

impl Book<'_> {
    pub(super) fn home(&self, put: Put<'_>) -> io::Result<()> {
        let view = self.view(0, "index.html", Default::default());
        self.put(put, "index.html", &view.home())
    }
}

impl View<'_> {
    fn home(&self) -> String {
        let title = self.word("site-title");
        let views: Vec<View<'_>> = (0..self.book.reports.len())
            .map(|n| self.book.view(n, "index.html", Default::default()))
            .collect();
        let body = html! {
            h1 { (title) }
            p { (self.word("site-about")) }
            table.items.cards {
                caption { (self.word("list-packs")) }
                thead { tr {
                    th scope="col" { (self.word("site-pack")) }
                    @for (_, key) in RULE_KINDS { th.n scope="col" { (self.word(key)) } }
                    th.n scope="col" { (self.word("list-indicators")) }
                    th.n scope="col" { (self.word("list-documents")) }
                } }
                tbody { @for view in &views { (view.line()) } }
            }
            @for view in views.iter().filter(|view| view.has_figures()) {
                @let anchor = format!("v-{}", view.n + 1);
                @if view.report().outcomes.iter().any(|one| !one.rows.is_empty()) {
                    section.part id=(anchor) aria-labelledby={ (anchor) "-h" } {
                        h2 id={ (anchor) "-h" } { (self.link(Some(&self.book.places.home_of(view.n)), &html! { bdi { (self.pack_name(view.n)) } })) }
                        (view.page.counts())
                    }
                }
            }
        };
        self.whole(&title, &[], &body)
    }

    /// A pack, and how many things of each kind it has.
    fn line(&self) -> Markup {
        let (places, model) = (self.book.places, &self.report().program.model);
        let rules = places.rules(self.n);
        let of = |kind| {
            rules
                .iter()
                .filter(|id| model.rules[**id].kind == kind)
                .count()
        };
        html! {
            tr {
                th scope="row" {
                    (self.link(Some(&places.home_of(self.n)), &html! { bdi { (self.pack_name(self.n)) } }))
                    " " code { (model.pack.id) }
                }
                @for (kind, key) in RULE_KINDS { td.n data-label=(self.word(key)) { (of(kind)) } }
                td.n data-label=(self.word("list-indicators")) { (places.all_indicators(self.n).len()) }
                td.n data-label=(self.word("list-documents")) { (places.all_documents(self.n).len()) }
            }
        }
    }
}

/// The page on which a language is chosen.
pub(super) fn choice(site: &Site<'_>, places: &Places<'_>) -> String {
    let word = |key, lang| Message::new(key).render(lang);
    let title = site.langs.iter().map(|lang| word("site-title", *lang));
    let title: Vec<String> = title.collect();
    let title = title.join(" \u{b7} ");
    let part = |lang: Lang| {
        html! {
            section lang=(code(lang)) {
                h2 { a href={ (lang.code()) "/index.html" } hreflang=(code(lang)) { (word("site-language", lang)) } }
                p { (word("site-about", lang)) }
                ul.list {
                    @for (n, report) in site.packs.iter().enumerate() {
                        @let pack = &report.program.model.pack;
                        li { a href={ (lang.code()) "/" (places.home_of(n)) } { bdi { (pack.label.or_id(&pack.id).get(lang)) } } }
                    }
                }
            }
        }
    };
    let page = html! {
        (DOCTYPE)
        html lang=(site.langs.first().map_or("en", |lang| code(*lang))) {
            head {
                (metas(POLICY, &title))
                link rel="stylesheet" href="style.css";
            }
            body.site {
                main id="main" {
                    h1 { (title) }
                    div.choice { @for lang in site.langs { (part(*lang)) } }
                }
                footer.foot { p { "Plumbrule \u{b7} " (env!("CARGO_PKG_VERSION")) } }
            }
        }
    };
    visible(&page.0)
}
