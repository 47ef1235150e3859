//! Scores as a workbook: a row for each body and score, with its ends as numbers to reckon with.

use rust_xlsxwriter::{Workbook, XlsxError};

use super::paper::{Paper, part};
use super::table::{Cell, Column, Table};
use crate::explain::named;
use crate::message::{Arg, Message};
use crate::number::{Exact, Rounding};
use crate::report::scores::{ScoreReport, cells, clocks, sayings};
use crate::set::Set;

const SCORES: [Column; 9] = [
    Column::new("scores-head-name", 30),
    Column::new("scores-head-place", 12),
    Column::new("scores-head-body", 24),
    Column::new("scores-head-score", 30),
    Column::new("scores-head-from", 14),
    Column::new("scores-head-to", 14),
    Column::new("score-tier", 24),
    Column::new("scores-head-first", 12),
    Column::new("scores-head-last", 12),
];

const ELEMENTS: [Column; 5] = [
    Column::new("scores-head-name", 30),
    Column::new("scores-head-body", 24),
    Column::new("scores-head-element", 30),
    Column::new("scores-head-from", 14),
    Column::new("scores-head-to", 14),
];

const METHOD: [Column; 2] = [
    Column::new("scores-head-name", 30),
    Column::new("scores-head-method", 90),
];

/// The bytes of the workbook.
pub(in crate::report) fn scores(report: &ScoreReport<'_>) -> Result<Vec<u8>, XlsxError> {
    let pack = &report.program.model.pack;
    let lang = report.lang;
    let paper = Paper {
        lang,
        pack: part(&format!("{} {}", pack.id, pack.label.get(lang))),
        clocks: part(&clocks(report)),
    };
    let say = |arg: Arg| Message::new("list").with("items", arg).render(lang);
    let mut table = Table::new(&paper, "scores-sheet", &SCORES, 3)?;
    let mut elements = Table::new(&paper, "scores-sheet-elements", &ELEMENTS, 2)?;
    let mut method = Table::new(&paper, "scores-sheet-method", &METHOD, 1)?;
    for found in report.tables {
        let score = &report.program.model.scores[found.score];
        let name = say(named(&score.label, &score.id));
        for line in sayings(report, score) {
            method.row(vec![Cell::text(name.clone()), Cell::text(line)])?;
        }
        for row in &found.rows {
            let shown = cells(report, score, row);
            let text = |n: usize| Cell::text(shown.get(n).cloned().unwrap_or_default());
            let tier = match score.tiers.is_empty() {
                true => Cell::Empty,
                false => text(3),
            };
            let [from, to] = ends(row.score.as_ref());
            let [first, last] = ends(row.rank.as_ref());
            let cells = vec![
                Cell::text(name.clone()),
                text(0),
                text(1),
                text(2),
                from,
                to,
                tier,
                first,
                last,
            ];
            table.row(cells)?;
            for (element, set) in score.elements.iter().zip(&row.elements) {
                let [from, to] = ends(set.as_ref());
                elements.row(vec![
                    Cell::text(name.clone()),
                    text(1),
                    Cell::text(say(named(&element.label, &element.id))),
                    from,
                    to,
                ])?;
            }
        }
    }
    let mut book = Workbook::new();
    book.set_properties(&super::made_by(
        pack.label.get(lang),
        &clocks(report),
        &format!("{} {}", report.digests.rules, report.digests.figures),
    )?);
    for table in [table, elements, method] {
        book.push_worksheet(table.finish()?);
    }
    book.save_to_buffer()
}

/// Both ends of a set, each rounded away from what lies between where it does not end.
fn ends<'c>(set: Option<&Set>) -> [Cell<'c>; 2] {
    let one = Exact::from(1);
    let lo = set.and_then(|set| set.lo().value());
    let hi = set.and_then(|set| set.hi().value());
    [
        Cell::value(lo, &one, Rounding::Down),
        Cell::value(hi, &one, Rounding::Up),
    ]
}
