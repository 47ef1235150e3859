//! The sheet of explanations: a line for each sentence, set in by what it rests on.

use rust_xlsxwriter::XlsxError;

use super::super::facts::Facts;
use super::super::legend;
use super::paper::Paper;
use super::table::{Cell, Column, Table};
use crate::explain::{Node, NodeKind, Shown};
use crate::message::Message;
use crate::number::Rounding;

const COLUMNS: [Column; 11] = [
    Column::new("sheet-rule", 18),
    Column::new("sheet-entity", 18),
    Column::new("sheet-period", 14),
    Column::new("sheet-depth", 9),
    Column::new("sheet-kind", 18),
    Column::new("sheet-sentence", 90),
    Column::new("sheet-source", 20),
    Column::new("sheet-set", 30),
    Column::new("sheet-from", 16),
    Column::new("sheet-to", 16),
    Column::new("sheet-unit", 18),
];

/// The columns that fit on paper; those behind repeat the numbers of the sentence.
const N_PRINTED: u16 = 7;

pub(super) struct Explanations {
    pub(super) table: Table,
}

impl Explanations {
    pub(super) fn new(paper: &Paper) -> Result<Explanations, XlsxError> {
        let table = Table::new(paper, "sheet-explanations", &COLUMNS, 1)?;
        Ok(Explanations { table })
    }

    pub(super) fn next_place(&self) -> String {
        self.table.next_place()
    }

    /// The sheet, with what of it goes on paper.
    pub(super) fn finish(mut self) -> Result<Table, XlsxError> {
        let last = self.table.rows().1;
        self.table.sheet.set_print_area(0, 0, last, N_PRINTED - 1)?;
        Ok(self.table)
    }

    /// Writes the sentences of a row; the first leads back to its verdict.
    pub(super) fn add(&mut self, facts: &Facts<'_>, verdict: &str) -> Result<(), XlsxError> {
        for node in facts.nodes() {
            self.node(facts, node, 0, verdict)?;
        }
        Ok(())
    }

    fn node(
        &mut self,
        facts: &Facts<'_>,
        node: &Node,
        depth: usize,
        verdict: &str,
    ) -> Result<(), XlsxError> {
        let (report, lang) = (facts.report, facts.report.lang);
        let say = |key: &'static str| Message::new(key).render(lang);
        let id = match node.kind {
            NodeKind::Verdict => Cell::Link(facts.rule.id.as_str().into(), verdict.to_owned()),
            _ => Cell::text(facts.rule.id.as_str()),
        };
        let places: Vec<String> = node
            .claims
            .iter()
            .map(|id| report.figure_parts(*id).place())
            .collect();
        let (set, from, to, unit) = match node.set.as_ref().zip(node.unit.as_ref()) {
            Some((set, unit)) => {
                let shown = Shown {
                    set: set.clone(),
                    unit: unit.clone(),
                };
                (
                    Cell::text(shown.text(lang)),
                    Cell::in_unit(set.lo().value(), unit, lang, Rounding::Down),
                    Cell::in_unit(set.hi().value(), unit, lang, Rounding::Up),
                    Cell::text(unit.label().get(lang).to_owned()),
                )
            }
            None => (Cell::Empty, Cell::Empty, Cell::Empty, Cell::Empty),
        };
        self.table.row(vec![
            id,
            Cell::text(facts.entity().get(lang)),
            Cell::period(facts.row.period),
            Cell::count(depth),
            Cell::text(say(legend::node(node.kind))),
            Cell::Indented(node.message.render(lang), depth),
            Cell::text(places.join("\n")),
            set,
            from,
            to,
            unit,
        ])?;
        for child in &node.children {
            self.node(facts, child, depth + 1, verdict)?;
        }
        Ok(())
    }
}
