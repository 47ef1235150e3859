//! An audit as a workbook: findings, their figures, and what would explain them.

use rust_xlsxwriter::{Workbook, XlsxError};

use super::paper::Paper;
use super::table::{Cell, Column, Table};
use crate::audit::{AuditFinding, RepairGroup};
use crate::explain::Shown;
use crate::message::Message;
use crate::number::Rounding;
use crate::report::audit::{AuditReport, Section, acknowledged, repair, sentence};
use crate::report::legend;

const FINDINGS: [Column; 12] = [
    Column::new("audit-column-standing", 12),
    Column::new("sheet-kind", 16),
    Column::new("audit-column-id", 30),
    Column::new("sheet-entity", 12),
    Column::new("sheet-figure-period", 10),
    Column::new("sheet-sentence", 50),
    Column::new("sheet-gap", 12),
    Column::new("sheet-unit", 14),
    Column::new("audit-column-why", 30),
    Column::new("audit-column-hypothesis", 40),
    Column::new("audit-column-noted", 24),
    Column::new("audit-column-digest", 18),
];

const FIGURES: [Column; 10] = [
    Column::new("audit-column-id", 30),
    Column::new("audit-column-figure", 28),
    Column::new("sheet-printed", 14),
    Column::new("audit-column-set", 30),
    Column::new("sheet-source", 16),
    Column::new("sheet-section", 16),
    Column::new("sheet-quote", 40),
    Column::new("audit-column-satisfied", 10),
    Column::new("audit-column-others", 10),
    Column::new("audit-column-also", 30),
];

const HYPOTHESES: [Column; 5] = [
    Column::new("audit-column-id", 40),
    Column::new("audit-column-rank", 10),
    Column::new("audit-column-hypothesis", 90),
    Column::new("audit-column-satisfied", 12),
    Column::new("audit-column-others", 12),
];

const REPAIRS: [Column; 8] = [
    Column::new("repair-column-findings", 40),
    Column::new("repair-column-fewest", 10),
    Column::new("repair-column-why", 30),
    Column::new("repair-column-set", 8),
    Column::new("audit-column-figure", 30),
    Column::new("sheet-printed", 30),
    Column::new("repair-column-range", 40),
    Column::new("repair-column-value", 24),
];

/// The bytes of the workbook.
pub(in crate::report) fn audit(report: &AuditReport<'_>) -> Result<Vec<u8>, XlsxError> {
    let side = report.side.report(report.lang);
    let paper = Paper {
        clocks: super::paper::part(&report.head().render(report.lang)),
        ..Paper::new(&side)
    };
    let mut findings = Table::new(&paper, "sheet-findings", &FINDINGS, 1)?;
    let mut figures = Table::new(&paper, "sheet-figures", &FIGURES, 1)?;
    let mut hypotheses = Table::new(&paper, "audit-sheet-hypotheses", &HYPOTHESES, 1)?;
    for section in Section::ALL {
        for finding in report.of(section) {
            findings.row(of_finding(report, section, finding))?;
            for row in of_figures(report, finding) {
                figures.row(row)?;
            }
            for (n, one) in finding.hypotheses.iter().enumerate() {
                hypotheses.row(vec![
                    Cell::text(finding.id.clone()),
                    Cell::count(n + 1),
                    Cell::text(one.message.render(report.lang)),
                    Cell::count(one.satisfied),
                    Cell::count(one.total),
                ])?;
            }
        }
    }
    let mut tables = vec![findings, figures, hypotheses];
    if let Some(repairs) = report.repairs {
        let mut mended = Table::new(&paper, "repair-sheet", &REPAIRS, 1)?;
        for row in repairs.groups.iter().flat_map(|it| of_group(report, it)) {
            mended.row(row)?;
        }
        tables.push(mended);
    }
    let pack = &report.side.run.program.model.pack;
    let digests = report.side.digests;
    let mut book = Workbook::new();
    book.set_properties(&super::made_by(
        pack.label.get(report.lang),
        &report.head().render(report.lang),
        &format!("{} {}", digests.rules, digests.figures),
    )?);
    for table in tables {
        book.push_worksheet(table.finish()?);
    }
    book.save_to_buffer()
}

/// One line a figure of each set; one line where no set was found.
fn of_group<'c>(report: &AuditReport<'_>, group: &RepairGroup) -> Vec<Vec<Cell<'c>>> {
    let say = |message: &Message| Cell::text(message.render(report.lang));
    let head = || {
        let ids = repair::ids(report, group).join("; ");
        let (fewest, why) = match &group.fewest {
            Ok(count) => (Cell::count(*count), Cell::Empty),
            Err(why) => (Cell::Empty, say(why)),
        };
        vec![Cell::text(ids), fewest, why]
    };
    let mut rows = Vec::new();
    for (n, set) in group.sets.iter().enumerate() {
        for one in &set.figures {
            let mut row = head();
            let range = one.range.clone();
            let range = range.map(|range| repair::shown(one, range).text(report.lang));
            row.extend([
                Cell::count(n + 1),
                say(&one.name),
                say(&repair::claims(report, one)),
                range.map_or(Cell::Empty, Cell::text),
                Cell::text(repair::value(one).text(report.lang)),
            ]);
            rows.push(row);
        }
    }
    if rows.is_empty() {
        let mut row = head();
        row.extend((row.len()..REPAIRS.len()).map(|_| Cell::Empty));
        rows.push(row);
    }
    rows
}

fn of_finding<'c>(
    report: &AuditReport<'_>,
    section: Section,
    finding: &AuditFinding,
) -> Vec<Cell<'c>> {
    let say = |message: &Message| Cell::text(message.render(report.lang));
    let own = &finding.finding;
    let entity = &report.side.run.submission.entities[own.entity].label;
    let gap = finding.gap();
    let likeliest = finding.hypotheses.first();
    vec![
        say(&Message::new(section.name())),
        say(&Message::new(legend::finding(own.kind))),
        Cell::text(finding.id.clone()),
        Cell::text(entity.get(report.lang).to_owned()),
        Cell::period(own.period),
        say(&sentence(finding)),
        gap.map_or(Cell::Empty, |(gap, unit)| {
            Cell::value(Some(gap), unit.factor_in(report.lang), Rounding::Down)
        }),
        gap.map_or(Cell::Empty, |(_, unit)| {
            Cell::text(unit.label().get(report.lang).to_owned())
        }),
        finding.explained.as_ref().map_or(Cell::Empty, say),
        likeliest.map_or(Cell::Empty, |one| say(&one.message)),
        acknowledged(finding).as_ref().map_or(Cell::Empty, say),
        Cell::text(finding.digest.clone()),
    ]
}

fn of_figures<'c>(report: &AuditReport<'_>, finding: &AuditFinding) -> Vec<Vec<Cell<'c>>> {
    let side = report.side.report(report.lang);
    let rows = finding.figures.iter().map(|figure| {
        let parts = side.figure_parts(figure.claim);
        let place = parts.place();
        let shown = Shown {
            set: figure.set.clone(),
            unit: figure.unit.clone(),
        };
        vec![
            Cell::text(finding.id.clone()),
            Cell::text(figure.name.render(report.lang)),
            Cell::text(parts.printed),
            Cell::text(shown.text(report.lang)),
            Cell::text(place),
            Cell::text(parts.section),
            Cell::text(parts.quote),
            Cell::count(figure.others.0),
            Cell::count(figure.others.1),
            Cell::text(figure.also.join("; ")),
        ]
    });
    rows.collect()
}
