//! The verdicts at a glance: a matrix of rules and periods, a table of one period, or counts by
//! rule where a run has too many rows for either. Each cell leads to its explanation.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::shell::Part;
use super::{MOST_LINES, Page};
use crate::eval::{Outcome, Row};
use crate::explain::{Node, NodeKind};
use crate::message::{Label, Message};
use crate::model::{EntityId, RuleId};
use crate::report::facts::Facts;
use crate::verdict::Verdict;

/// Periods of one table; more would not fit a sheet of paper.
pub(super) const MOST_PERIODS: usize = 12;
/// Periods beyond which a sheet is turned.
const UPRIGHT: usize = 7;

/// Sentences of a row on what it lacks; the others stand in its explanation.
const MOST_LACKS: usize = 4;

/// The article under which something has to be done that is not.
fn cited<'f>(facts: &'f Facts<'_>) -> Vec<&'f Node> {
    let is_work = matches!(facts.row.verdict, Verdict::Fail | Verdict::Undetermined);
    let stated = facts.nodes().iter().filter(|_| is_work);
    let stated = stated.filter(|node| node.kind == NodeKind::Rule);
    let cited = stated.flat_map(|node| &node.children);
    cited
        .filter(|node| node.kind == NodeKind::Citation)
        .collect()
}

/// Lines of a table that belong together.
type Group<'a, T> = (Option<&'a Label>, Vec<T>);

impl Page<'_> {
    /// The verdicts in one table, or in as few as fit.
    pub(super) fn verdicts(&self) -> Part {
        let mut lines: Vec<(RuleId, EntityId)> =
            self.rows().map(|row| (row.rule, row.entity)).collect();
        lines.sort_unstable();
        lines.dedup();
        let is_large = lines.len() > MOST_LINES;
        let body = html! {
            @if is_large { (self.by_rule()) }
            @else if self.report.outcomes.len() > 1 {
                (self.filter())
                @for periods in self.report.outcomes.chunks(MOST_PERIODS) { (self.matrix(&lines, periods)) }
            }
            @else if let Some(outcome) = self.report.outcomes.first() {
                (self.filter())
                (self.one(outcome))
            }
        };
        Part {
            anchor: "verdicts",
            heading: self.word(if is_large {
                "page-verdicts-by-rule"
            } else {
                "page-verdicts"
            }),
            body: (!lines.is_empty()).then_some(body),
        }
    }

    /// A choice of verdicts to look at; works by style alone.
    fn filter(&self) -> Markup {
        let counts = self.report.counts();
        html! {
            @if counts.len() > 1 {
                fieldset.filter {
                    legend { (self.word("page-show")) }
                    label { input type="radio" name="show" id="show-all" checked; " " (self.word("page-show-all")) }
                    @for (verdict, n) in counts {
                        label {
                            input type="radio" name="show" id={ "show-" (verdict.word()) };
                            " " (self.word(verdict.key())) " " span.n { (n) }
                        }
                    }
                }
            }
        }
    }

    /// Rules by category, in the order in which categories first occur.
    pub(super) fn grouped<'a, T>(
        &'a self,
        items: impl IntoIterator<Item = T>,
        rule: impl Fn(&T) -> RuleId,
    ) -> Vec<Group<'a, T>> {
        let mut groups: Vec<Group<'a, T>> = Vec::new();
        for item in items {
            let category = self.report.program.model.rules[rule(&item)]
                .category
                .as_ref();
            match groups.iter_mut().find(|(known, _)| *known == category) {
                Some((_, group)) => group.push(item),
                None => groups.push((category, vec![item])),
            }
        }
        groups
    }

    /// Rows by the body that they are about, in the order of the rows.
    fn by_body<'a>(&'a self, rows: &'a [Row]) -> Vec<Group<'a, &'a Row>> {
        let alike = rows.chunk_by(|a, b| a.entity == b.entity);
        let groups = alike.filter_map(|rows| {
            let entity = &self.report.submission.entities[rows.first()?.entity];
            Some((Some(&entity.label), rows.iter().collect()))
        });
        groups.collect()
    }

    /// The name of a category; words for none only where there are others.
    pub(super) fn category(&self, label: Option<&Label>, n_groups: usize) -> Option<String> {
        match label {
            Some(label) => Some(label.get(self.lang).to_owned()),
            None if n_groups > 1 => Some(self.word("report-uncategorised")),
            None => None,
        }
    }

    fn matrix(&self, lines: &[(RuleId, EntityId)], periods: &[Outcome]) -> Markup {
        let mut cells: BTreeMap<(RuleId, EntityId, usize), &Row> = BTreeMap::new();
        for (n, outcome) in periods.iter().enumerate() {
            for row in &outcome.rows {
                cells.insert((row.rule, row.entity, n), row);
            }
        }
        let groups = self.grouped(lines.iter().copied(), |line| line.0);
        let wide = (periods.len() > UPRIGHT).then_some("sheet");
        html! {
            div class={ "scroll " (wide.unwrap_or("")) } role="region" tabindex="0" aria-label=(self.word("page-verdicts")) {
                table.matrix {
                    caption { (self.word("page-matrix-caption")) }
                    thead { tr {
                        th scope="col" { (self.word("page-rule")) }
                        @for outcome in periods { th scope="col" { (outcome.clocks.period) } }
                    } }
                    @for (label, lines) in &groups {
                        tbody {
                            @if let Some(name) = self.category(*label, groups.len()) {
                                tr.group { th scope="rowgroup" colspan=(periods.len() + 1) { bdi { (name) } } }
                            }
                            @for (rule, entity) in lines {
                                tr.line {
                                    th scope="row" { (self.line_name(*rule, *entity)) }
                                    @for n in 0..periods.len() {
                                        @if let Some(row) = cells.get(&(*rule, *entity, n)) { (self.cell(row)) }
                                        @else { td {} }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    fn cell(&self, row: &Row) -> Markup {
        let inner = html! {
            (self.badge(row.verdict))
            @if let Some(outlook) = row.outlook { (self.outlook_word(outlook)) }
            @if row.verdict == Verdict::Undetermined { span.aside { (self.causes(row.causes)) } }
        };
        html! {
            td class={ "v-" (row.verdict.word()) } {
                @if self.is_explained(row) { a href={ "#" (self.row_anchor(row)) } { (inner) } }
                @else { (inner) }
            }
        }
    }

    fn line_name(&self, rule: RuleId, entity: EntityId) -> Markup {
        let declared = &self.report.program.model.rules[rule];
        let is_shown = self.explained.iter().any(|(of, _, _)| *of == rule);
        let name = html! {
            span.rid { (declared.id) } " " (self.short(&declared.label))
            @if declared.scope.is_some() {
                " \u{b7} " (self.short(&self.report.submission.entities[entity].label))
            }
        };
        html! {
            @if is_shown { a href={ "#" (self.rule_anchor(rule)) } { (name) } }
            @else { (name) }
        }
    }

    /// One period: verdict, figure, margin or cause.
    fn one(&self, outcome: &Outcome) -> Markup {
        let caption =
            Message::new("page-table-caption").with("period", outcome.clocks.period.to_string());
        let groups: Vec<Group<'_, &Row>> = match self.report.by_entity {
            true => self.by_body(&outcome.rows),
            false => self.grouped(&outcome.rows, |row| row.rule),
        };
        html! {
            table.one.cards {
                caption { (self.tell(&caption)) }
                thead { tr {
                    th scope="col" { (self.word("page-rule")) }
                    th scope="col" { (self.word("page-verdict")) }
                    th scope="col" { (self.word("page-figure")) }
                    th scope="col" { (self.word("page-margin")) }
                } }
                @for (label, rows) in &groups {
                    tbody {
                        @if let Some(name) = self.category(*label, groups.len()) {
                            tr.group { th scope="rowgroup" colspan="4" { bdi { (name) } } }
                        }
                        @for row in rows { (self.one_line(row)) }
                    }
                }
            }
        }
    }

    fn one_line(&self, row: &Row) -> Markup {
        let rest = self.is_explained(row).then(|| {
            let explanation = self.report.explain(row);
            Facts::of(self.report, row, explanation)
        });
        html! {
            tr class={ "line v-" (row.verdict.word()) } {
                th scope="row" { (self.row_link(row)) }
                td data-label=(self.word("page-verdict")) { (self.badge(row.verdict)) (self.outcomes(row)) }
                @if let Some(facts) = rest {
                    td data-label=(self.word("page-figure")) { (self.figure_cell(&facts)) }
                    td data-label=(self.word("page-margin")) { (self.margin_cell(&facts)) }
                } @else {
                    td {} td {}
                }
            }
        }
    }

    /// The figures of a row as printed.
    pub(super) fn figure_cell(&self, facts: &Facts<'_>) -> Markup {
        let figures = self.figures_of(facts);
        html! {
            @for (printed, _) in &figures { div { (self.printed(printed)) } }
            @if figures.is_empty() { span.none { "\u{2013}" } }
        }
    }

    /// Margin, cause, outlook or reason, whichever the verdict has.
    pub(super) fn margin_cell(&self, facts: &Facts<'_>) -> Markup {
        let row = facts.row;
        let is_due = row.verdict != Verdict::Pending;
        let margins = facts.margins().into_iter().filter(|_| is_due);
        let score = match row.verdict {
            Verdict::Pending => facts.outlook_part("score"),
            _ => None,
        };
        let is_told = |node: &Node| node.message.key == "explain-stands";
        let is_said = facts.nodes().iter().any(is_told);
        let reason = self.reason(facts).filter(|_| is_due && !is_said);
        let case = facts.case();
        html! {
            @if row.verdict == Verdict::Undetermined { div { (self.causes(row.causes)) } }
            @if let Some(outlook) = row.outlook { div { (self.outlook_word(outlook)) } }
            @if let Some(score) = score { div.aside { (self.tell(&score.message)) } }
            @if let Some(case) = case { (self.case(case)) }
            @for margin in margins { div.n { (self.tell(&margin.message)) } }
            @for node in self.lacks(facts) { div.aside { (self.tell(&node.message)) } }
            @for mark in facts.nodes().iter().filter(|node| node.kind == NodeKind::Mark) {
                div.aside { (self.tell(&mark.message)) }
            }
            @if let Some(reason) = reason { div.aside { (reason) } }
            @for node in cited(facts) { div.aside { (self.tell(&node.message)) } }
        }
    }

    /// What is missing, and what would settle a decision that is open; each thing once.
    fn lacks<'f>(&self, facts: &'f Facts<'_>) -> Vec<&'f Node> {
        let mut found: Vec<&Node> = Vec::new();
        if facts.row.verdict != Verdict::Undetermined {
            return found;
        }
        let nodes = facts.nodes().iter();
        let settling = nodes.filter(|node| node.message.key == "explain-settle");
        for node in facts.missing().into_iter().chain(settling) {
            if found.iter().all(|known| known.message != node.message) {
                found.push(node);
            }
        }
        found.truncate(MOST_LACKS);
        found
    }

    /// The case that decided, with its article.
    fn case(&self, case: &Node) -> Markup {
        let cited = case.children.iter();
        let cited = cited.filter(|node| node.kind == NodeKind::Citation);
        html! {
            div { (self.tell(&case.message)) }
            @for node in cited { div.aside { (self.tell(&node.message)) } }
        }
    }

    /// Counts by rule.
    fn by_rule(&self) -> Markup {
        let mut counts: BTreeMap<(RuleId, Verdict), usize> = BTreeMap::new();
        let mut rules: Vec<RuleId> = Vec::new();
        for row in self.rows() {
            *counts.entry((row.rule, row.verdict)).or_default() += 1;
            rules.push(row.rule);
        }
        rules.sort_unstable();
        rules.dedup();
        let verdicts = self.report.counts();
        let note = Message::new("page-by-rule-note").with("total", self.report.n_rows());
        let groups = self.grouped(rules.iter().take(MOST_LINES).copied(), |rule| *rule);
        let left_out = Message::new("page-left-out-lines")
            .with("shown", rules.len().min(MOST_LINES))
            .with("total", rules.len());
        html! {
            p { (self.tell(&note)) }
            @if rules.len() > MOST_LINES { p.notice { (self.tell(&left_out)) } }
            div.scroll role="region" tabindex="0" aria-label=(self.word("page-verdicts-by-rule")) {
                table.counts {
                    caption { (self.word("page-by-rule-caption")) }
                    thead { tr {
                        th scope="col" { (self.word("page-rule")) }
                        @for (verdict, _) in &verdicts { th.n scope="col" { (self.badge(*verdict)) } }
                    } }
                    @for (label, rules) in &groups {
                        tbody {
                            @if let Some(name) = self.category(*label, groups.len()) {
                                tr.group { th scope="rowgroup" colspan=(verdicts.len() + 1) { bdi { (name) } } }
                            }
                            @for rule in rules {
                                tr {
                                    th scope="row" { (self.rule_name(*rule)) }
                                    @for (verdict, _) in &verdicts {
                                        td.n { (counts.get(&(*rule, *verdict)).copied().unwrap_or(0)) }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    /// Id and name of a rule; a link where it has a section.
    pub(super) fn rule_name(&self, rule: RuleId) -> Markup {
        let declared = &self.report.program.model.rules[rule];
        let is_shown = self.explained.iter().any(|(of, _, _)| *of == rule);
        let name = html! { span.rid { (declared.id) } " " (self.short(&declared.label)) };
        html! {
            @if is_shown { a href={ "#" (self.rule_anchor(rule)) } { (name) } }
            @else { (name) }
        }
    }
}
