//! The sheet of findings: figures that cannot all be true, or are not what they seem.

use std::collections::{BTreeMap, BTreeSet};

use rust_xlsxwriter::XlsxError;

use super::super::Report;
use super::super::facts::Facts;
use super::super::legend;
use super::paper::Paper;
use super::table::{Cell, Column, Table};
use crate::message::Message;
use crate::model::RuleId;
use crate::number::Rounding;

const COLUMNS: [Column; 11] = [
    Column::new("sheet-kind", 22),
    Column::new("sheet-rule", 24),
    Column::new("sheet-indicator", 26),
    Column::new("sheet-entity", 18),
    Column::new("sheet-figure-period", 14),
    Column::new("sheet-sentence", 90),
    Column::new("sheet-printed", 20),
    Column::new("sheet-source", 20),
    Column::new("sheet-gap", 18),
    Column::new("sheet-unit", 18),
    Column::new("sheet-concerns", 18),
];

/// The columns that fit on paper.
const N_PRINTED: u16 = 8;

pub(super) struct Findings<'a> {
    report: &'a Report<'a>,
    /// The rules that use the figures of a finding.
    concerns: BTreeMap<String, BTreeSet<RuleId>>,
}

impl<'a> Findings<'a> {
    pub(super) fn new(report: &'a Report<'a>) -> Findings<'a> {
        let concerns = BTreeMap::new();
        Findings { report, concerns }
    }

    pub(super) fn add(&mut self, facts: &Facts<'_>) {
        if facts.explanation.is_none() {
            return;
        }
        for finding in facts.findings() {
            let id = finding.id(self.report.program, self.report.submission);
            self.concerns.entry(id).or_default().insert(facts.row.rule);
        }
    }

    pub(super) fn table(self, paper: &Paper) -> Result<Table, XlsxError> {
        let mut table = Table::new(paper, "sheet-findings", &COLUMNS, 1)?;
        let (report, lang) = (self.report, self.report.lang);
        let model = &report.program.model;
        for finding in report.findings {
            let id = finding.id(report.program, report.submission);
            let concerned = self.concerns.get(&id).into_iter().flatten();
            let concerned: Vec<&str> = concerned.map(|id| model.rules[*id].id.as_str()).collect();
            let figures: Vec<_> = finding
                .claims
                .iter()
                .map(|id| report.figure_parts(*id))
                .collect();
            let printed: Vec<&str> = figures.iter().map(|one| one.printed.as_str()).collect();
            let places: Vec<String> = figures.iter().map(|one| one.place()).collect();
            let rule = finding.rule.map(|id| model.rules[id].id.as_str());
            let indicator = finding
                .indicator
                .map(|id| model.indicators[id].label.get(lang));
            let gap = finding.gap.as_ref();
            table.row(vec![
                Cell::text(Message::new(legend::finding(finding.kind)).render(lang)),
                rule.map_or(Cell::Empty, Cell::text),
                indicator.map_or(Cell::Empty, Cell::text),
                Cell::text(report.submission.entities[finding.entity].label.get(lang)),
                Cell::period(finding.period),
                Cell::text(finding.message.render(lang)),
                Cell::text(printed.join("\n")),
                Cell::text(places.join("\n")),
                gap.map_or(Cell::Empty, |(gap, unit)| {
                    Cell::value(Some(gap), unit.factor_in(lang), Rounding::Down)
                }),
                gap.map_or(Cell::Empty, |(_, unit)| {
                    Cell::text(unit.label().get(lang).to_owned())
                }),
                Cell::text(concerned.join("\n")),
            ])?;
        }
        let last = table.rows().1;
        table.sheet.set_print_area(0, 0, last, N_PRINTED - 1)?;
        Ok(table)
    }
}
