//! The pages of scores, scales and classes, and the one of all units of a pack.

use std::collections::BTreeMap;
use std::io;

use maud::{Markup, html};

use super::indicator::unit_anchor;
use super::places::members;
use super::{Book, Put, View};
use crate::explain::{Unit, gap_message, mean_message, members_message};
use crate::graph::{Node, Way};
use crate::message::{Label, Message};
use crate::model::{ClassId, EntityId, IndicatorId, LadderId, Score, ScoreId, Weight};
use crate::number::Rounding;

/// Bodies of a class that its page lists.
const MOST_MEMBERS: usize = 1_000;

impl Book<'_> {
    /// The pages of scores, scales, classes and units of a pack.
    pub(super) fn others(&self, put: Put<'_>, n: usize) -> io::Result<()> {
        let places = self.places;
        let view = |here: &str| self.view(n, here, Default::default());
        for id in places.scores(n) {
            if let Some(here) = places.score(n, id) {
                self.put(put, &here, &view(&here).score(id))?;
            }
        }
        for id in places.ladders(n) {
            if let Some(here) = places.ladder(n, id) {
                self.put(put, &here, &view(&here).ladder(id))?;
            }
        }
        for id in places.classes(n) {
            if let Some(here) = places.class(n, id) {
                self.put(put, &here, &view(&here).class(id))?;
            }
        }
        let here = places.within(n, "units.html");
        self.put(put, &here, &view(&here).units())
    }
}

impl View<'_> {
    fn score(&self, id: ScoreId) -> String {
        let model = &self.report().program.model;
        let score = &model.scores[id];
        let class = score.members.class;
        let members = self.tell(&members_message(model, &score.members));
        let place = self.book.places.class(self.n, class);
        let body = html! {
            (self.heading("site-kind-score", &score.id, &score.label, "top"))
            dl.facts { div.requires { dt { (self.word("page-scope")) } dd { (self.link(place.as_deref(), &html! { (members) })) } } }
            p { (self.tell(&mean_message(score, None))) }
            p { (self.tell(&gap_message(score))) }
            (self.notes("", &score.notes))
            (self.elements(score))
            (self.tiers(score))
            (self.section("text", "site-text", &self.written(self.book.places.item(self.n, score.span))))
            (self.neighbours(Node::Define(score.value)))
        };
        self.item(("site-scores", "scores"), &score.id, &score.label, &body)
    }

    /// What a score is made of, how much each element weighs, and what it rests on.
    fn elements(&self, score: &Score) -> Markup {
        let order = &self.report().program.order;
        let own = (self.word("site-weight"), score.weights(None));
        let named = score.weighings.iter().map(|one| {
            let name = one.label.or_id(&one.id).get(self.page.lang).to_owned();
            (name, score.weights(Some(&one.id)))
        });
        let columns: Vec<(String, Vec<&Weight>)> = std::iter::once(own).chain(named).collect();
        let body = html! {
            table.items.cards {
                caption { (self.word("site-elements-caption")) }
                thead { tr {
                    th scope="col" { (self.word("site-element")) }
                    @for (name, _) in &columns { th.n scope="col" { (name) } }
                    th scope="col" { (self.word("site-rests-on")) }
                } }
                tbody {
                    @for (at, element) in score.elements.iter().enumerate() {
                        tr {
                            th scope="row" { span.rid { (element.id) } " " (self.page.name(&element.label)) }
                            @for (name, weights) in &columns {
                                td.n data-label=(name) { @if let Some(weight) = weights.get(at) { (self.weight(weight)) } }
                            }
                            td data-label=(self.word("site-rests-on")) {
                                @for node in order.neighbours(Node::Define(element.value), Way::Up) {
                                    div { (self.node(node)) }
                                }
                            }
                        }
                    }
                }
            }
        };
        self.section("elements", "site-elements", &body)
    }

    /// A weight as a percentage, or from which to which.
    fn weight(&self, weight: &Weight) -> String {
        let unit = Unit::percent();
        let amount = |value| self.page.arg(&unit.amount(value, Rounding::HalfEven));
        match weight.is_fixed() {
            true => amount(&weight.lo),
            false => format!("{} \u{2013} {}", amount(&weight.lo), amount(&weight.hi)),
        }
    }

    fn tiers(&self, score: &Score) -> Markup {
        let sources = &self.report().program.sources;
        let body = html! {
            ol.list {
                @for tier in &score.tiers {
                    li {
                        (self.page.name(&tier.label.or_id(&tier.id))) " "
                        span.aside { (self.formula(sources.slice(tier.condition.span)).get(self.page.lang)) }
                    }
                }
            }
        };
        html! { @if !score.tiers.is_empty() { (self.section("tiers", "site-tiers", &body)) } }
    }

    fn ladder(&self, id: LadderId) -> String {
        let model = &self.report().program.model;
        let ladder = &model.ladders[id];
        let users = model.indicators.iter();
        let users = users.filter(|(_, indicator)| indicator.ladder == Some(id));
        let users: Vec<IndicatorId> = users.map(|(id, _)| id).collect();
        let body = html! {
            (self.heading("site-kind-scale", &ladder.id, &ladder.label, "top"))
            p.aside { (self.word("site-levels")) }
            ol.levels {
                @for level in &ladder.levels {
                    li { span.rid { (level.id) } " " (self.page.name(&level.label)) }
                }
            }
            (self.section("text", "site-text", &self.written(self.book.places.item(self.n, ladder.span))))
            (self.section("users", "site-used-by", &self.quantities(&users)))
        };
        self.item(("site-scales", "scales"), &ladder.id, &ladder.label, &body)
    }

    /// Indicators as a list.
    fn quantities(&self, ids: &[IndicatorId]) -> Markup {
        html! {
            @if ids.is_empty() { p.aside { (self.word("site-used-by-none")) } }
            @else { ul.list.tight { @for id in ids { li { (self.node(Node::Indicator(*id))) } } } }
        }
    }

    fn class(&self, id: ClassId) -> String {
        let program = self.report().program;
        let model = &program.model;
        let class = &model.classes[id];
        let all = members(program, id);
        let users = model.indicators.iter();
        let users = users.filter(|(_, indicator)| indicator.class == Some(id));
        let users: Vec<IndicatorId> = users.map(|(id, _)| id).collect();
        let rules = model.rules.iter();
        let rules = rules.filter(|(_, rule)| {
            let scope = rule.scope.as_ref();
            scope.is_some_and(|members| members.class == id)
        });
        let rules: Vec<Node> = rules.map(|(id, _)| Node::Rule(id)).collect();
        let key = match (class.is_open, class.is_full) {
            (false, _) => "site-members-listed",
            (true, false) => "site-members-open",
            (true, true) => "site-members-full",
        };
        let body = html! {
            (self.heading("site-kind-class", &class.id, &class.label, "top"))
            p { (self.word(key)) }
            @if let Some(owner) = class.owner {
                @let declared = &model.classes[owner];
                p { (self.word("site-records-of")) " " (self.named(self.book.places.class(self.n, owner).as_deref(), &declared.id, &declared.label)) }
            }
            (self.section("rules", "site-for-each", &html! {
                @if rules.is_empty() { p.aside { (self.word("site-used-by-none")) } }
                @else { ul.list { @for node in &rules { li { (self.node(*node)) } } } }
            }))
            @if !users.is_empty() { (self.section("users", "list-indicators", &self.quantities(&users))) }
            @if !all.is_empty() { (self.section("members", "list-members", &self.members(&all))) }
            (self.section("text", "site-text", &self.written(self.book.places.item(self.n, class.span))))
        };
        self.item(("list-classes", "classes"), &class.id, &class.label, &body)
    }

    fn members(&self, all: &[EntityId]) -> Markup {
        let model = &self.report().program.model;
        let more = Message::new("site-more").with("count", all.len().saturating_sub(MOST_MEMBERS));
        html! {
            ul.list.tight {
                @for id in all.iter().take(MOST_MEMBERS) {
                    @let entity = &model.entities[*id];
                    li { span.rid { (entity.id) } " " (self.page.name(&entity.label)) }
                }
            }
            @if all.len() > MOST_MEMBERS { p.aside { (self.tell(&more)) } }
        }
    }

    /// All units in which a pack measures, each with what is measured in it.
    fn units(&self) -> String {
        let program = self.report().program;
        let mut units: BTreeMap<String, (Label, Vec<IndicatorId>)> = BTreeMap::new();
        for id in self.book.places.all_indicators(self.n) {
            let indicator = &program.model.indicators[id];
            if indicator.unit.is_some() {
                let unit = Unit::of_indicator(program, indicator);
                let entry = units.entry(unit_anchor(&unit));
                entry
                    .or_insert_with(|| (unit.label(), Vec::new()))
                    .1
                    .push(id);
            }
        }
        let body = html! {
            p.kind { (self.pack_name(self.n)) }
            h1 { (self.word("list-units")) }
            (self.kinds("units.html"))
            @if units.is_empty() { p { (self.word("list-none")) } }
            @for (anchor, (label, ids)) in &units {
                section.part id=(anchor) aria-labelledby={ (anchor) "-h" } {
                    h2 id={ (anchor) "-h" } { (self.page.name(&label.or_id("\u{2013}"))) " " span.aside.n { (ids.len()) } }
                    (self.quantities(ids))
                }
            }
        };
        let mut steps = self.steps(&[]);
        let heading = self.word("list-units");
        steps.push((heading.clone(), None));
        self.whole(
            &format!("{heading} \u{b7} {}", self.pack_name(self.n)),
            &steps,
            &body,
        )
    }
}
