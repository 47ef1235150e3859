//! The page of a rule: what it asks for and where that is written, what it came to in each period,
//! and what it is tied to.

use std::io;

use maud::{Markup, html};

use super::verdicts::Told;
use super::{Book, Put, View};
use crate::explain::waived_message;
use crate::graph::{Node, NodeKind};
use crate::message::{Arg, Message};
use crate::model::{Milestone, Rule, RuleId};

use super::places::item_anchor;

impl Book<'_> {
    /// The pages of the rules of a pack.
    pub(super) fn rules(&self, put: Put<'_>, n: usize) -> io::Result<()> {
        for id in self.places.rules(n) {
            let Some(here) = self.places.rule(n, id) else {
                continue;
            };
            let told = Told::of(self.known[n].rows(id));
            let view = self.view(n, &here, told.explained());
            self.put(put, &here, &view.rule(id, &told))?;
        }
        Ok(())
    }
}

impl View<'_> {
    fn rule(&self, id: RuleId, told: &Told<'_>) -> String {
        let program = self.report().program;
        let rule = &program.model.rules[id];
        let section = told.section(self.report(), id);
        let document = |document| {
            let place = self.book.places.document(self.n, document)?;
            Some(self.to(&place))
        };
        let body = html! {
            (self.heading(NodeKind::of(&program.model, Node::Rule(id)).key(), &rule.id, &rule.label, &self.page.rule_anchor(id)))
            p.badges {
                @if let Some(category) = &rule.category { span.tag { (self.page.name(category)) } }
                @if let Some(row) = told.latest.filter(|_| rule.scope.is_none()) {
                    span { span.aside.n { (row.period) } " " (self.page.answer(row)) }
                }
            }
            div.top {
                (self.page.words(id, &document))
                @if rule.scope.is_none() { (self.page.chart(section.rows.last())) }
            }
            (self.waivers(rule))
            @if let Some(decision) = &rule.decision { (self.decision(decision)) }
            @if let Some(milestone) = &rule.milestone { (self.evidence(milestone)) }
            (self.section("text", "site-text", &self.written(rule.item)))
            @if self.has_figures() { (self.verdicts(id, told, &section)) }
            (self.neighbours(Node::Rule(id)))
        };
        let title = format!("{} {}", rule.id, rule.label.get(self.page.lang));
        let mut steps = self.steps(&[]);
        steps.push((rule.id.clone(), None));
        self.whole(
            &format!("{} \u{b7} {}", title.trim(), self.pack_name(self.n)),
            &steps,
            &body,
        )
    }

    /// Who is excused until when, and why.
    fn waivers(&self, rule: &Rule) -> Markup {
        let model = &self.report().program.model;
        let body = html! {
            ul.list {
                @for waiver in &rule.waivers {
                    li {
                        @if let Some(entity) = waiver.entity { (self.page.name(&model.entities[entity].label)) ": " }
                        (self.tell(&waived_message(waiver)))
                    }
                }
            }
        };
        html! { @if !rule.waivers.is_empty() { (self.section("waivers", "site-waivers", &body)) } }
    }

    /// The items of evidence that a milestone is proved by.
    fn evidence(&self, milestone: &Milestone) -> Markup {
        let model = &self.report().program.model;
        let body = html! {
            table.items.cards {
                caption { (self.word("site-evidence-caption")) }
                thead { tr {
                    th scope="col" { (self.word("site-kind-evidence")) }
                    th scope="col" { (self.word("site-accepts")) }
                    th scope="col" { (self.word("site-issuers")) }
                } }
                tbody {
                    @for item in &milestone.items {
                        @let indicator = &model.indicators[item.indicator];
                        @let kinds: Vec<Message> = item.accepts.iter().map(|kind| Message::new(kind.key())).collect();
                        tr id=(item_anchor(&item.id)) {
                            th scope="row" { span.rid { (item.id) } " " (self.page.name(&indicator.label)) }
                            td data-label=(self.word("site-accepts")) {
                                @if kinds.is_empty() { (self.word("site-accepts-any")) }
                                @else { (self.page.arg(&Arg::from(kinds))) }
                            }
                            td data-label=(self.word("site-issuers")) {
                                @if item.issuers.is_empty() { (self.word("site-issuers-any")) }
                                @for issuer in &item.issuers { div { (self.page.printed(issuer)) } }
                            }
                        }
                    }
                }
            }
        };
        self.section("evidence", "site-evidence", &body)
    }

    /// The kind of a thing, its id and its name.
    pub(super) fn heading(
        &self,
        kind: &'static str,
        id: &str,
        label: &crate::message::Label,
        anchor: &str,
    ) -> Markup {
        html! {
            p.kind { (self.word(kind)) }
            h1 id=(anchor) {
                @if !id.is_empty() { span.rid { (id) } " " }
                (self.page.name(label))
            }
        }
    }
}
