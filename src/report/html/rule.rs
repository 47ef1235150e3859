//! One section for each rule: its words, its source, its verdicts, its figures, and why. What is the
//! same in all periods is said once.

use std::collections::BTreeMap;

use maud::{Markup, PreEscaped, html};

use super::shell::Part;
use super::{Key, Page, Section, key};
use crate::eval::{Options, Row};
use crate::explain::{Node, deadline_message, members_message, stated};
use crate::figures::printed::Reading;
use crate::graph::Diagram;
use crate::index::Id;
use crate::message::Message;
use crate::model::{Citation, EntityId, InstrumentId, Rule, RuleId, When};
use crate::period::Period;
use crate::progress::progress;
use crate::report::facts::Facts;
use crate::report::graph::{SvgOptions, svg};
use crate::report::{ChartForm, chart};
use crate::syntax::ast::Modality;
use crate::verdict::Verdict;

/// What the words of a rule are called.
fn requires(rule: &Rule) -> &'static str {
    match rule.modality {
        _ if rule.decision.is_some() => "page-decides",
        Modality::MustNot => "page-requires-not",
        _ => "page-requires",
    }
}

impl Page<'_> {
    /// All rules, by category.
    pub(super) fn rules(&self, sections: &[(RuleId, Markup)]) -> Part {
        let groups = self.grouped(sections, |section| section.0);
        let left_out = Message::new("page-left-out")
            .with("shown", self.explained.len())
            .with("total", self.report.n_rows());
        let body = html! {
            @if self.explained.len() < self.report.n_rows() {
                p.notice { (self.tell(&left_out)) }
            }
            @for (label, sections) in &groups {
                @if let Some(name) = self.category(*label, groups.len()) {
                    p.category { bdi { (name) } }
                }
                @for (_, section) in sections { (section) }
            }
        };
        Part {
            anchor: "rules",
            heading: self.word("page-rules"),
            body: (!sections.is_empty()).then_some(body),
        }
    }

    /// One rule with its rows, as far as there are bytes left; and the rows that are shown.
    pub(super) fn section(
        &self,
        section: &Section<'_>,
        bytes: &mut usize,
    ) -> Option<(Markup, Vec<Key>)> {
        let rule = &self.report.program.model.rules[section.rule];
        let mut whys: Vec<Markup> = Vec::new();
        let mut shown: Vec<Key> = Vec::new();
        let rows = section.rows.iter();
        let mut last: BTreeMap<EntityId, Period> = BTreeMap::new();
        for row in rows.clone().map(|facts| facts.row) {
            let known = last.entry(row.entity).or_insert(row.period);
            *known = row.period.max(*known);
        }
        for facts in rows {
            let is_last = last.get(&facts.row.entity) == Some(&facts.row.period);
            let is_urgent = matches!(
                facts.row.verdict,
                Verdict::Fail | Verdict::Undetermined | Verdict::Waived
            );
            let is_first = is_urgent && is_last;
            let has_chart = rule.scope.is_some() && is_last;
            let is_open = is_first || section.rows.len() == 1;
            let why = self.why(facts, is_open, has_chart, usize::MAX);
            let Some(left) = bytes.checked_sub(why.0.len()) else {
                break;
            };
            *bytes = left;
            whys.push(why);
            shown.push(key(facts.row));
        }
        if whys.is_empty() {
            return None;
        }
        let markup = html! {
            article.rule id=(self.rule_anchor(section.rule)) {
                h3 {
                    span.rid { (rule.id) } " " (self.name(&rule.label))
                    @if let Some(facts) = section.rows.last().filter(|_| rule.scope.is_none()) {
                        " " span.state { span.aside.n { (facts.row.period) } " " (self.answer(facts.row)) }
                    }
                }
                div.top {
                    (self.words(section.rule, &|_| None))
                    @if rule.scope.is_none() { (self.chart(section.rows.last())) }
                }
                (self.written(rule))
                (self.periods_of(section, &|_| true))
                (self.claims(section))
                h4 { (self.word("page-why")) }
                @for why in whys { (why) }
                (self.concerning(section))
                (self.graph(section.rule))
            }
        };
        Some((markup, shown))
    }

    /// Base, path, published figures, target and projection of a level target, as a picture.
    pub(super) fn chart(&self, facts: Option<&Facts<'_>>) -> Markup {
        let report = self.report;
        let drawn = facts.and_then(|facts| {
            let options = Options {
                period: Some(facts.row.period),
                ..report.options.clone()
            };
            let (rule, entity) = (facts.row.rule, facts.row.entity);
            let progress = progress(report.program, report.submission, &options, rule, entity)?;
            let id = format!("c-{}-{}", rule.index(), entity.index());
            Some(chart(&progress, self.lang, &id, ChartForm::Fragment))
        });
        html! {
            @if let Some(svg) = drawn { figure.chart { (PreEscaped(svg)) } }
        }
    }

    /// What the rule rests on, as a picture.
    fn graph(&self, rule: RuleId) -> Markup {
        let diagram = Diagram::of_rule(self.report.program, rule);
        let mut bytes = Vec::new();
        let drawn = svg(&mut bytes, &diagram, self.lang, &SvgOptions::FRAGMENT);
        let text = String::from_utf8(bytes).unwrap_or_default();
        html! {
            @if drawn.is_ok() && !diagram.edges.is_empty() {
                details.written open data-fold {
                    summary { (self.word("page-graph")) }
                    figure.graph { (PreEscaped(text)) }
                }
            }
        }
    }

    /// What the rule requires, in the words of the pack and of the plan; documents lead to where
    /// they are shown.
    pub(super) fn words(
        &self,
        id: RuleId,
        place: &dyn Fn(InstrumentId) -> Option<String>,
    ) -> Markup {
        let program = self.report.program;
        let rule = &program.model.rules[id];
        let stated = stated(program, id, true);
        let words = stated.message.args.get("words");
        let doc = rule.doc.replace('\n', " ");
        let notes = rule.notes.iter().map(|note| note.get(self.lang));
        let notes = std::iter::once(&*doc).chain(notes);
        let scope = rule
            .scope
            .as_ref()
            .map(|members| members_message(&program.model, members));
        html! {
          div.words {
            dl.facts {
                @if let Some(words) = words {
                    div.requires { dt { (self.word(requires(rule))) } dd { bdi { (self.arg(words)) } } }
                }
                @for node in &stated.children {
                    @if let Some((heading, value)) = self.stated(node) {
                        div { dt { (heading) } dd { bdi { (value) } } }
                    }
                }
                div { dt { (self.word("page-judged")) } dd { (self.judged(rule)) } }
                div { dt { (self.word("page-reading")) } dd { (self.reading(rule)) } }
                @if let Some(scope) = scope {
                    div { dt { (self.word("page-scope")) } dd { (scope.render(self.lang)) } }
                }
                @for id in &rule.under {
                    div { dt { (self.word("page-under")) } dd { (self.document(*id, place(*id))) } }
                }
            }
            @for citation in &rule.citations { (self.citation(citation, place(citation.instrument))) }
            @for note in notes.filter(|note| !note.is_empty()) { p.note { bdi { (note) } } }
          }
        }
    }

    /// Baseline, force and owners as the explanation states them.
    fn stated(&self, node: &Node) -> Option<(String, String)> {
        let value = |name| node.message.args.get(name).map(|arg| self.arg(arg));
        match node.message.key {
            "explain-plan-baseline" => Some((
                self.word("page-baseline"),
                format!("{} ({})", value("value")?, value("period")?),
            )),
            "explain-owners" => Some((self.word("page-owners"), value("owners")?)),
            "explain-force-binding" | "explain-force-anticipatory" => {
                Some((self.word("page-force"), self.tell(&node.message)))
            }
            "explain-modality" => Some((self.word("sheet-modality"), value("modality")?)),
            _ => None,
        }
    }

    /// On which figures the rule is judged, and when.
    pub(super) fn judged(&self, rule: &Rule) -> String {
        if let Some(due) = deadline_message(self.report.program, rule) {
            return self.tell(&due);
        }
        let message = match rule.when {
            When::By(due) => Message::new("page-judged-by").with("due", due.to_string()),
            When::ReachedBy(due) => {
                Message::new("page-judged-reached").with("due", due.to_string())
            }
            When::Each {
                since: None,
                until: None,
            } => Message::new("page-judged-each"),
            When::Each { since, until } => {
                let day = |period: Option<Period>| {
                    period.map_or_else(|| "\u{2026}".to_owned(), |period| period.to_string())
                };
                Message::new("page-judged-window")
                    .with("since", day(since))
                    .with("until", day(until))
            }
        };
        self.tell(&message)
    }

    fn reading(&self, rule: &Rule) -> String {
        self.word(match rule.reading {
            Reading::Exact => "reading-exact",
            Reading::Printed => "reading-printed",
        })
    }

    /// The name of a document; leads to where it is shown.
    fn document(&self, id: InstrumentId, place: Option<String>) -> Markup {
        let name = self.name(&self.report.program.model.instruments[id].label);
        html! { @if let Some(place) = place { a href=(place) { (name) } } @else { (name) } }
    }

    /// The words of the plan, with their place.
    pub(super) fn citation(&self, citation: &Citation, place: Option<String>) -> Markup {
        let document = &self.report.program.model.instruments[citation.instrument];
        let line = citation
            .line
            .as_ref()
            .map(|line| Message::new("page-line").with("line", line));
        html! {
            figure.plan {
                @if !citation.quote.is_empty() {
                    blockquote lang=[self.foreign(&citation.quote)] { p { (citation.quote) } }
                }
                figcaption {
                    @if !citation.quote.is_empty() { span.tag { (self.word("page-words-of-plan")) } " " }
                    cite { (self.document(citation.instrument, place)) }
                    @if !citation.section.is_empty() { " \u{b7} " (self.printed(&citation.section)) }
                    @if let Some(line) = line { " \u{b7} " (self.tell(&line)) }
                    " " code { (document.id) }
                }
            }
        }
    }

    /// The rule as it stands in its file.
    fn written(&self, rule: &Rule) -> Markup {
        let sources = &self.report.program.sources;
        let text = sources.slice(rule.item);
        let (line, _) = sources.line_column(rule.item.source, rule.item.start);
        let heading = Message::new("page-rule-text")
            .with("file", sources.name(rule.item.source))
            .with("line", line);
        html! {
            details.written open data-fold {
                summary { (self.tell(&heading)) }
                pre lang=[self.foreign(text)] { code { (text) } }
            }
        }
    }

    /// The rows of a rule as a table; those that are explained lead to their explanations.
    pub(super) fn periods_of(
        &self,
        section: &Section<'_>,
        is_linked: &dyn Fn(&Row) -> bool,
    ) -> Markup {
        let rule = &self.report.program.model.rules[section.rule];
        let caption = Message::new("page-rows-caption").with("rule", &rule.id);
        html! {
            table.rows.cards {
                caption {
                    @if section.rows.len() > 1 { (self.tell(&caption)) }
                    @else { (self.word("page-verdict")) }
                }
                thead { tr {
                    th scope="col" { (self.word("page-period")) }
                    @if rule.scope.is_some() { th scope="col" { (self.word("page-entity")) } }
                    th scope="col" { (self.word("page-verdict")) }
                    th scope="col" { (self.word("page-figure")) }
                    th scope="col" { (self.word("page-values")) }
                    th scope="col" { (self.word("page-margin")) }
                } }
                tbody { @for facts in &section.rows { (self.period_line(facts, is_linked(facts.row))) } }
            }
        }
    }

    fn period_line(&self, facts: &Facts<'_>, is_linked: bool) -> Markup {
        let row = facts.row;
        html! {
            tr class={ "line v-" (row.verdict.word()) } {
                th scope="row" {
                    @if is_linked { a href={ "#" (self.row_anchor(row)) } { (row.period) } }
                    @else { (row.period) }
                }
                @if facts.rule.scope.is_some() {
                    td data-label=(self.word("page-entity")) { (self.short(facts.entity())) }
                }
                td data-label=(self.word("page-verdict")) { (self.badge(row.verdict)) (self.outcomes(row)) }
                td data-label=(self.word("page-figure")) { (self.figure_cell(facts)) }
                td.n data-label=(self.word("page-values")) {
                    @for (_, set) in self.figures_of(facts) { div { (set.unwrap_or_default()) } }
                }
                td data-label=(self.word("page-margin")) { (self.margin_cell(facts)) }
            }
        }
    }
}
