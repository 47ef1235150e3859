//! The pages of quantities: what each is and how it is written, the figures that were read of it,
//! and what rests on it.

use std::io;

use maud::{Markup, html};

use super::slug::slug;
use super::{Book, Put, View};
use crate::explain::{Shown, Unit};
use crate::figures::printed::Reading;
use crate::graph::{Node, NodeKind};
use crate::message::{Arg, Label, Message};
use crate::model::{DefineId, Indicator, IndicatorId, Measure};
use crate::report::form::kind_key;

/// Figures of one page.
const MOST_FIGURES: usize = 60;

impl Book<'_> {
    /// The pages of indicators and derived quantities of a pack.
    pub(super) fn indicators(&self, put: Put<'_>, n: usize) -> io::Result<()> {
        for id in self.places.indicators(n) {
            if let Some(here) = self.places.indicator(n, id) {
                let view = self.view(n, &here, Default::default());
                self.put(put, &here, &view.indicator(id))?;
            }
        }
        for id in self.places.defines(n) {
            if let Some(here) = self.places.define(n, id) {
                let view = self.view(n, &here, Default::default());
                self.put(put, &here, &view.define(id))?;
            }
        }
        Ok(())
    }
}

impl View<'_> {
    fn indicator(&self, id: IndicatorId) -> String {
        let indicator = &self.report().program.model.indicators[id];
        let kind = NodeKind::Indicator.key();
        let body = html! {
            (self.heading(kind, &indicator.id, &indicator.label, "top"))
            (self.facts(indicator))
            (self.notes(&indicator.doc, &indicator.notes))
            (self.identities(indicator))
            (self.section("text", "site-text", &self.written(self.book.places.item(self.n, indicator.span))))
            @if self.has_figures() { (self.figures(id)) }
            (self.neighbours(Node::Indicator(id)))
        };
        self.item(
            ("list-indicators", "indicators"),
            &indicator.id,
            &indicator.label,
            &body,
        )
    }

    /// A page of a thing in a list of its kind.
    pub(super) fn item(
        &self,
        (key, folder): (&'static str, &str),
        id: &str,
        label: &Label,
        body: &Markup,
    ) -> String {
        let list = self
            .book
            .places
            .within(self.n, &format!("{folder}/index.html"));
        let mut steps = self.steps(&[(key, &list)]);
        steps.push((id.to_owned(), None));
        let title = format!("{id} {}", label.get(self.page.lang));
        self.whole(
            &format!("{} \u{b7} {}", title.trim(), self.pack_name(self.n)),
            &steps,
            body,
        )
    }

    /// What an indicator is.
    fn facts(&self, indicator: &Indicator) -> Markup {
        let program = self.report().program;
        let model = &program.model;
        let unit = Unit::of_indicator(program, indicator);
        let places = self.book.places;
        let units = places.within(self.n, "units.html");
        let bounds = indicator.bounds.as_ref().map(|set| {
            let shown = Shown {
                set: set.clone(),
                unit: unit.clone(),
            };
            shown.text(self.page.lang)
        });
        let direction = indicator.higher_is_better.map(|higher| match higher {
            true => "site-higher",
            false => "site-lower",
        });
        let breakdowns = indicator.breakdowns.iter();
        let breakdowns: Vec<Arg> = breakdowns
            .map(|id| Arg::from(&model.breakdowns.list[*id].label))
            .collect();
        html! {
            dl.facts {
                div { dt { (self.word("list-kind")) } dd { (self.word(kind_key(indicator.kind, Measure::Level))) } }
                @if indicator.unit.is_some() {
                    @let place = format!("{units}#{}", unit_anchor(&unit));
                    div { dt { (self.word("list-unit")) } dd { (self.link(Some(&place), &self.page.name(&unit.label()))) } }
                }
                @if let Some(bounds) = bounds { div { dt { (self.word("site-bounds")) } dd { (bounds) } } }
                @if let Some(direction) = direction { div { dt { (self.word("site-direction")) } dd { (self.word(direction)) } } }
                @if let Some(class) = indicator.class {
                    @let declared = &model.classes[class];
                    div { dt { (self.word("list-class")) } dd { (self.named(places.class(self.n, class).as_deref(), &declared.id, &declared.label)) } }
                }
                @if let Some(ladder) = indicator.ladder {
                    @let declared = &model.ladders[ladder];
                    div { dt { (self.word("site-kind-scale")) } dd { (self.named(places.ladder(self.n, ladder).as_deref(), &declared.id, &declared.label)) } }
                }
                @if !indicator.choices.is_empty() {
                    div { dt { (self.word("site-choices")) } dd { (self.page.arg(&Arg::from(indicator.choices.clone()))) } }
                }
                @if !indicator.aliases.is_empty() {
                    div.wide { dt { (self.word("list-aliases")) } dd { bdi { (self.page.arg(&Arg::from(indicator.aliases.clone()))) } } }
                }
                @if !breakdowns.is_empty() {
                    div { dt { (self.word("list-breakdowns")) } dd { (self.page.arg(&Arg::List(breakdowns))) } }
                }
                @for definition in indicator.definitions.iter().filter(|one| !one.id.is_empty()) {
                    div.wide { dt { (self.word("site-definition")) } dd { span.rid { (definition.id) } " " (self.page.name(&definition.label)) } }
                }
                @for basis in indicator.bases.iter().filter(|one| !one.id.is_empty()) {
                    div.wide { dt { (self.word("site-basis")) } dd {
                        span.rid { (basis.id) } " " (self.page.name(&basis.label))
                        @if let Some(since) = basis.since { " " span.aside { (self.word("list-since")) " " (since) } }
                    } }
                }
            }
        }
    }

    /// The doc comment and the notes of a thing.
    pub(super) fn notes(&self, doc: &str, notes: &[Label]) -> Markup {
        html! {
            @if !doc.is_empty() { p.note { bdi { (self.in_words(doc)) } } }
            @for note in notes { p.note { (self.page.name(note)) } }
        }
    }

    /// What an indicator is identical with.
    fn identities(&self, indicator: &Indicator) -> Markup {
        let sources = &self.report().program.sources;
        let body = html! {
            ul.list {
                @for (n, identity) in indicator.identities.iter().enumerate() {
                    li id={ "i-" (n + 1) } {
                        code { (indicator.id) " = " (self.formula(sources.slice(identity.value.span)).get(self.page.lang)) }
                        @if identity.is_derive { " " span.aside { (self.word("site-derives")) } }
                    }
                }
            }
        };
        html! {
            @if !indicator.identities.is_empty() { (self.section("identities", "site-identities", &body)) }
        }
    }

    /// The latest figures that were read of an indicator, with where they stand.
    fn figures(&self, id: IndicatorId) -> Markup {
        let submission = self.report().submission;
        let known = self.book.known.get(self.n);
        let known = known.and_then(|known| known.claims.get(&id));
        let mut ids = known.cloned().unwrap_or_default();
        let n_all = ids.len();
        ids.sort_by(|a, b| {
            let window = |id| submission.claims[id].window;
            window(*b).cmp(&window(*a)).then(submission.order(*a, *b))
        });
        ids.truncate(MOST_FIGURES);
        let left_out = Message::new("site-left-out-figures")
            .with("shown", ids.len())
            .with("total", n_all);
        let caption = self.word("site-figures-caption");
        let body = html! {
            @if ids.is_empty() { p.aside { (self.word("site-no-figures")) } }
            @else {
                @if n_all > ids.len() { p.aside { (self.tell(&left_out)) } }
                (self.page.claim_table(&caption, &ids, Reading::Printed, None))
            }
        };
        self.section("figures", "page-figures", &body)
    }

    fn define(&self, id: DefineId) -> String {
        let program = self.report().program;
        let define = &program.model.defines[id];
        let formula = self.formula(program.sources.slice(define.value.span));
        let body = html! {
            (self.heading(NodeKind::Derived.key(), &define.id, &define.label, "top"))
            dl.facts {
                div.requires { dt { (self.word("list-formula")) } dd { (self.page.name(&formula)) } }
            }
            (self.notes("", &define.notes))
            (self.section("text", "site-text", &self.written(self.book.places.item(self.n, define.span))))
            (self.neighbours(Node::Define(id)))
        };
        self.item(
            ("list-quantities", "derived"),
            &define.id,
            &define.label,
            &body,
        )
    }
}

/// The place of a unit on the page of units.
pub(super) fn unit_anchor(unit: &Unit) -> String {
    format!("u-{}", slug(&unit.label().zh))
}
