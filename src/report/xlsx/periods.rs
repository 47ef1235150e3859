//! The sheet of verdicts by period: a row a rule and entity, a column a period.

use rust_xlsxwriter::XlsxError;

use super::super::Report;
use super::super::matrix::short;
use super::super::text::sign;
use super::colour_by_start;
use super::paper::Paper;
use super::table::{Cell, Table};
use crate::message::Message;

/// Columns before those of the periods.
const N_NAMES: u16 = 4;

pub(super) fn table(report: &Report<'_>, paper: &Paper) -> Result<Table, XlsxError> {
    let lang = report.lang;
    let names = [
        ("sheet-rule", 18),
        ("sheet-name", 40),
        ("sheet-category", 24),
        ("sheet-entity", 18),
    ];
    let mut heads: Vec<(String, usize)> = names
        .into_iter()
        .map(|(key, most)| (Message::new(key).render(lang), most))
        .collect();
    let periods = report.outcomes.iter().map(|outcome| outcome.clocks.period);
    heads.extend(periods.map(|period| (period.to_string(), 16)));
    let mut table = Table::with_heads(paper, "sheet-periods", &heads, N_NAMES)?;
    for ((rule, entity), rows) in report.by_period() {
        let rule = &report.program.model.rules[rule];
        let mut cells = vec![
            Cell::text(rule.id.as_str()),
            Cell::text(rule.label.get(lang)),
            rule.category
                .as_ref()
                .map_or(Cell::Empty, |label| Cell::text(label.get(lang))),
            Cell::text(report.submission.entities[entity].label.get(lang)),
        ];
        cells.extend(rows.into_iter().map(|row| match row {
            Some(row) => Cell::text(format!("{} {}", sign(row.verdict), short(row, report))),
            None => Cell::Empty,
        }));
        table.row(cells)?;
    }
    let rows = table.rows();
    let n_periods = u16::try_from(report.outcomes.len()).unwrap_or(u16::MAX);
    let last = N_NAMES.saturating_add(n_periods).saturating_sub(1);
    colour_by_start(&mut table.sheet, rows, (N_NAMES, last))?;
    Ok(table)
}
