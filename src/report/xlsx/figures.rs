//! The sheet of figures: every claim that a verdict rests on or an explanation or finding names.

use std::collections::{BTreeMap, BTreeSet};

use rust_xlsxwriter::XlsxError;

use super::super::Report;
use super::super::facts::Facts;
use super::paper::Paper;
use super::table::{Cell, Column, Table};
use crate::explain::{Node, Shown, Unit, status_names};
use crate::figures::ClaimId;
use crate::message::{Lang, Message};
use crate::model::RuleId;
use crate::number::Rounding;

const COLUMNS: [Column; 23] = [
    Column::new("sheet-indicator", 30),
    Column::new("sheet-entity", 18),
    Column::new("sheet-figure-period", 14),
    Column::new("sheet-printed", 20),
    Column::new("sheet-set", 26),
    Column::new("sheet-source", 34),
    Column::new("sheet-section", 22),
    Column::new("sheet-line", 10),
    Column::new("sheet-quote", 50),
    Column::new("sheet-published", 14),
    Column::new("column-status", 18),
    Column::new("sheet-used-by", 16),
    Column::new("sheet-named-by", 16),
    Column::new("sheet-indicator-id", 28),
    Column::new("sheet-definition", 20),
    Column::new("sheet-measure", 12),
    Column::new("sheet-breakdown", 16),
    Column::new("sheet-from", 18),
    Column::new("sheet-to", 18),
    Column::new("sheet-unit", 18),
    Column::new("sheet-basis", 14),
    Column::new("sheet-file", 30),
    Column::new("sheet-row", 9),
];
/// The columns that fit on paper.
const N_PRINTED: u16 = 13;

/// The rules that rest on a figure, and those that only name it.
#[derive(Default)]
struct Users {
    used: BTreeSet<RuleId>,
    named: BTreeSet<RuleId>,
}

pub(super) struct Figures<'a> {
    report: &'a Report<'a>,
    users: BTreeMap<ClaimId, Users>,
}

impl<'a> Figures<'a> {
    /// The figures of the findings, until rows are added.
    pub(super) fn new(report: &'a Report<'a>) -> Figures<'a> {
        let mut users: BTreeMap<ClaimId, Users> = BTreeMap::new();
        for finding in report.findings {
            for claim in &finding.claims {
                users.entry(*claim).or_default().named.extend(finding.rule);
            }
        }
        Figures { report, users }
    }

    pub(super) fn add(&mut self, facts: &Facts<'_>) {
        for claim in facts.claims() {
            self.users
                .entry(claim)
                .or_default()
                .used
                .insert(facts.row.rule);
        }
        self.name(facts.nodes(), facts.row.rule);
    }

    fn name(&mut self, nodes: &[Node], rule: RuleId) {
        for node in nodes {
            for claim in &node.claims {
                let users = self.users.entry(*claim).or_default();
                if !users.used.contains(&rule) {
                    users.named.insert(rule);
                }
            }
            self.name(&node.children, rule);
        }
    }

    /// The sheet, in the order of what the figures are about.
    pub(super) fn table(self, paper: &Paper) -> Result<Table, XlsxError> {
        let mut table = Table::new(paper, "sheet-figures", &COLUMNS, 1)?;
        let submission = self.report.submission;
        let mut figures: Vec<(ClaimId, Users)> = self.users.into_iter().collect();
        figures.sort_by(|a, b| submission.order(a.0, b.0));
        for (id, users) in &figures {
            row(&mut table, self.report, *id, users)?;
        }
        let last = table.rows().1;
        table.sheet.set_print_area(0, 0, last, N_PRINTED - 1)?;
        Ok(table)
    }
}

fn row(
    table: &mut Table,
    report: &Report<'_>,
    id: ClaimId,
    users: &Users,
) -> Result<(), XlsxError> {
    let lang = report.lang;
    let claim = &report.submission.claims[id];
    let parts = report.figure_parts(id);
    let indicator = &report.program.model.indicators[claim.figure.indicator];
    let unit =
        Unit::of_figure(report.program, &claim.figure).naming(report.submission, &claim.exact);
    let shown = Shown {
        set: claim.exact.as_ref().clone(),
        unit: unit.clone(),
    };
    let rules = |ids: &BTreeSet<RuleId>| {
        let ids = ids
            .iter()
            .map(|id| report.program.model.rules[*id].id.as_str());
        Cell::text(ids.collect::<Vec<_>>().join("\n"))
    };
    table.row(vec![
        Cell::text(indicator.label.get(lang)),
        Cell::text(report.submission.entities[claim.entity].label.get(lang)),
        Cell::period(claim.window),
        Cell::text(parts.printed.as_str()),
        Cell::text(shown.text(lang)),
        Cell::text(title(report, &parts.source, lang)),
        Cell::text(parts.section.as_str()),
        Cell::digits(&parts.line),
        Cell::text(parts.quote.as_str()),
        claim.published.map_or(Cell::Empty, Cell::period),
        status_names(claim.statuses).map_or(Cell::Empty, |names| {
            let said = Message::new("list").with("items", names);
            Cell::text(said.render(lang))
        }),
        rules(&users.used),
        rules(&users.named),
        Cell::text(parts.indicator.as_str()),
        Cell::text(parts.definition.as_str()),
        Cell::text(Message::new(claim.figure.measure.key()).render(lang)),
        Cell::text(breakdown(report, &parts.breakdown, lang)),
        Cell::in_unit(claim.exact.lo().value(), &unit, lang, Rounding::Down),
        Cell::in_unit(claim.exact.hi().value(), &unit, lang, Rounding::Up),
        Cell::text(unit.label().get(lang).to_owned()),
        Cell::text(parts.basis.as_str()),
        Cell::text(parts.file.as_str()),
        Cell::Name(parts.row.to_string()),
    ])
}

/// What a breakdown is called.
fn breakdown(report: &Report<'_>, canonical: &str, lang: Lang) -> String {
    let words = report.program.model.breakdown_words(canonical);
    match words.is_empty() {
        true => String::new(),
        false => Message::new("name-breakdowns")
            .with("parts", words)
            .render(lang),
    }
}

/// The id of a document with its title, where the pack knows it.
fn title(report: &Report<'_>, source: &str, lang: Lang) -> String {
    let mut documents = report.program.model.instruments.values();
    match documents.find(|known| known.id == source) {
        Some(known) => format!("{source} {}", known.label.get(lang)),
        None => source.to_owned(),
    }
}
