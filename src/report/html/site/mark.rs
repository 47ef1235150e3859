//! Rule text with its words told apart, and its names leading to what they name. Goes in: an item
//! as written. Comes out: the same letters in the same order.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use maud::{Markup, html};

use super::View;
use crate::model::Name;
use crate::source::{SourceId, Sources, Span};
use crate::syntax::{Limits, Token, TokenKind, parse, tokens};

impl View<'_> {
    /// An item as it stands in its file, with the place.
    pub(super) fn written(&self, span: Span) -> Markup {
        let sources = &self.report().program.sources;
        let text = sources.slice(span);
        let (line, _) = sources.line_column(span.source, span.start);
        let name = sources.name(span.source);
        let file = self
            .book
            .places
            .file_anchor(self.n, span.source)
            .map(|anchor| format!("{}#{anchor}", self.book.places.within(self.n, "files.html")));
        let place = html! { code { (name) ":" (line) } };
        html! {
            p.aside { (self.link(file.as_deref(), &place)) }
            pre.code tabindex="0" role="region" aria-label=(self.word("site-text")) lang=[self.page.foreign(text)] { code { (self.marked(text)) } }
        }
    }

    /// A text of the language with its words told apart; as it is where it cannot be read.
    fn marked(&self, text: &str) -> Markup {
        let Some(all) = tokens(text) else {
            return html! { (text) };
        };
        let mut rest = text;
        let mut pieces: Vec<(&str, Token<'_>)> = Vec::new();
        for token in all {
            let Some((blank, behind)) = rest.split_once(token.text) else {
                return html! { (text) };
            };
            // Nothing but blanks stands between two tokens.
            if !blank.trim().is_empty() {
                return html! { (text) };
            }
            pieces.push((blank, token));
            rest = behind;
        }
        html! {
            @for (blank, token) in pieces { (blank) (self.token(&token)) }
            (rest)
        }
    }

    fn token(&self, token: &Token<'_>) -> Markup {
        let class = match token.kind {
            TokenKind::Keyword(_) => "k",
            TokenKind::Comment => "c",
            TokenKind::Text => "s",
            TokenKind::Number | TokenKind::Year | TokenKind::Unit => "n",
            TokenKind::Word => {
                let place = self.place_named(token.text);
                let place = place.filter(|place| *place != self.here);
                return html! {
                    @match place {
                        Some(place) => a href=(self.to(&place)) { (token.text) },
                        None => (token.text)
                    }
                };
            }
            _ => return html! { (token.text) },
        };
        html! { span class=(class) { (token.text) } }
    }

    /// Where what a name of rule text stands for is shown.
    fn place_named(&self, name: &str) -> Option<String> {
        let (places, model) = (self.book.places, &self.report().program.model);
        match model.names.lookup(name) {
            Some(Name::Indicator(id)) => return places.indicator(self.n, id),
            Some(Name::Define(id)) => return places.define(self.n, id),
            Some(Name::Decision(id)) => return places.rule(self.n, id),
            None => {}
        }
        let document = model.instruments.iter().find(|(_, one)| one.id == name);
        if let Some((id, _)) = document {
            return places.document(self.n, id);
        }
        let class = model.classes.iter().find(|(_, one)| one.id == name);
        class.and_then(|(id, _)| places.class(self.n, id))
    }
}

/// Where the items of rule files begin and end; a file is read when it is first asked for.
pub(super) struct Items<'a> {
    sources: &'a Sources,
    spans: BTreeMap<SourceId, OnceCell<Vec<Span>>>,
}

impl<'a> Items<'a> {
    pub(super) fn of(sources: &'a Sources) -> Items<'a> {
        let spans = sources.ids().map(|id| (id, OnceCell::new()));
        Items {
            sources,
            spans: spans.collect(),
        }
    }

    /// The whole item that a place of it lies in; the place itself where there is none.
    pub(super) fn around(&self, span: Span) -> Span {
        let read = || {
            let limits = Limits {
                bytes: usize::MAX,
                ..Limits::default()
            };
            let (module, _) = parse(span.source, self.sources.text(span.source), &limits);
            module.items.iter().map(|item| item.span).collect()
        };
        let items = self.spans.get(&span.source);
        let mut items = items.into_iter().flat_map(|items| items.get_or_init(read));
        let found = items.find(|item| item.start <= span.start && span.end <= item.end);
        found.copied().unwrap_or(span)
    }
}
