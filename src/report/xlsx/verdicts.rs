//! The sheet of verdicts: a row for each rule, entity and period.

use rust_xlsxwriter::XlsxError;

use super::super::facts::Facts;
use super::super::human::told;
use super::super::text::sign;
use super::colour_by_sign;
use super::paper::Paper;
use super::table::{Cell, Column, Table};
use crate::explain::{NodeKind, Shown, Unit, waived_message};
use crate::figures::printed::Reading;
use crate::message::{Arg, Lang, Message};
use crate::number::Rounding;
use crate::set::Set;
use crate::verdict::Verdict;

const COLUMNS: [Column; 23] = [
    Column::new("sheet-sign", 7),
    Column::new("sheet-verdict", 18),
    Column::new("sheet-rule", 18),
    Column::new("sheet-name", 30),
    Column::new("sheet-entity", 18),
    Column::new("sheet-period", 14),
    Column::new("sheet-cause", 18),
    Column::new("sheet-outlook", 16),
    Column::new("sheet-why", 70),
    Column::new("sheet-category", 20),
    Column::new("sheet-judged", 14),
    Column::new("sheet-modality", 14),
    Column::new("sheet-due", 14),
    Column::new("sheet-due-from", 14),
    Column::new("sheet-waived", 30),
    Column::new("sheet-printed", 20),
    Column::new("sheet-source", 20),
    Column::new("sheet-margin-from", 18),
    Column::new("sheet-margin-to", 18),
    Column::new("sheet-unit", 18),
    Column::new("sheet-reading", 14),
    Column::new("sheet-marks", 40),
    Column::new("sheet-findings", 12),
];
/// The columns that fit on paper; those behind say in parts what `why` says in words.
const N_PRINTED: u16 = 9;

pub(super) struct Verdicts {
    pub(super) table: Table,
}

impl Verdicts {
    pub(super) fn new(paper: &Paper) -> Result<Verdicts, XlsxError> {
        let table = Table::new(paper, "sheet-verdicts", &COLUMNS, 4)?;
        Ok(Verdicts { table })
    }

    pub(super) fn next_place(&self) -> String {
        self.table.next_place()
    }

    /// Writes a row; its rule leads to its explanation.
    pub(super) fn add(&mut self, facts: &Facts<'_>, explanation: &str) -> Result<(), XlsxError> {
        let (report, row, rule) = (facts.report, facts.row, facts.rule);
        let lang = report.lang;
        let say = |key: &'static str| Message::new(key).render(lang);
        let list = |keys: Vec<&'static str>| {
            let items = keys.into_iter().map(|key| Arg::Message(Message::new(key)));
            let list = Message::new("list").with("items", Arg::List(items.collect()));
            Cell::text(list.render(lang))
        };
        let why: Vec<String> = told(facts)
            .into_iter()
            .map(|node| node.message.render(lang))
            .collect();
        let figures: Vec<_> = facts
            .claims()
            .into_iter()
            .map(|id| report.figure_parts(id))
            .collect();
        let lines = |of: &dyn Fn(usize) -> String| -> Cell<'static> {
            let texts: Vec<String> = (0..figures.len()).map(of).collect();
            Cell::text(texts.join("\n"))
        };
        let printed = lines(&|n| {
            figures
                .get(n)
                .map_or_else(String::new, |one| one.printed.clone())
        });
        let places = lines(&|n| figures.get(n).map_or_else(String::new, |one| one.place()));
        let (from, to, unit) = margin(facts);
        let [modality, due, from_day, waived] = duty(facts);
        let marks = facts
            .nodes()
            .iter()
            .filter(|node| node.kind == NodeKind::Mark);
        let marks: Vec<String> = marks.map(|node| node.message.render(lang)).collect();
        let id = match &facts.explanation {
            Some(_) => Cell::Link(rule.id.as_str().into(), explanation.to_owned()),
            None => Cell::text(rule.id.as_str()),
        };
        let n_findings = match &facts.explanation {
            Some(_) => Cell::count(facts.findings().len()),
            None => Cell::Empty,
        };
        self.table.row(vec![
            Cell::text(sign(row.verdict)),
            match (row.verdict, facts.outcomes()) {
                (Verdict::Decided, Some(outcomes)) => Cell::text(outcomes.render(lang)),
                _ => Cell::text(say(row.verdict.key())),
            },
            id,
            Cell::text(rule.label.get(lang)),
            Cell::text(facts.entity().get(lang)),
            Cell::period(row.period),
            list(row.causes.iter().map(crate::verdict::Cause::key).collect()),
            row.outlook
                .map_or(Cell::Empty, |class| Cell::text(say(class.key()))),
            Cell::text(why.join("\n")),
            rule.category
                .as_ref()
                .map_or(Cell::Empty, |label| Cell::text(label.get(lang))),
            Cell::period(row.judged),
            modality,
            due,
            from_day,
            waived,
            printed,
            places,
            from,
            to,
            unit,
            Cell::text(say(match rule.reading {
                Reading::Exact => "reading-exact",
                Reading::Printed => "reading-printed",
            })),
            Cell::text(marks.join("\n")),
            n_findings,
        ])
    }

    /// Colours, and what of the sheet goes on paper.
    pub(super) fn finish(mut self) -> Result<Table, XlsxError> {
        let (first, last) = self.table.rows();
        colour_by_sign(&mut self.table.sheet, (first, last), (0, 1))?;
        self.table.sheet.set_print_area(0, 0, last, N_PRINTED - 1)?;
        Ok(self.table)
    }
}

/// What is demanded besides the goal: how far, by when, counted from when, and what excuses it.
fn duty<'c>(facts: &Facts<'_>) -> [Cell<'c>; 4] {
    let lang = facts.report.lang;
    let modality = Message::new(facts.rule.modality.key()).render(lang);
    let due = facts.due().map_or(Cell::Empty, |due| match &due.by {
        Some(by) => day(by, lang),
        None => Cell::text(due.words.render(lang)),
    });
    let from = facts.due().and_then(|due| due.from.as_ref());
    let waived = facts.waiver();
    [
        Cell::text(modality),
        due,
        from.map_or(Cell::Empty, |from| day(from, lang)),
        waived.map_or(Cell::Empty, |waiver| {
            Cell::text(waived_message(waiver).render(lang))
        }),
    ]
}

/// A day as a date; as a text where it is one of several.
fn day<'c>(set: &Set, lang: Lang) -> Cell<'c> {
    let shown = Shown {
        set: set.clone(),
        unit: Unit::day(),
    };
    match set.as_point() {
        Some(day) => Cell::in_unit(Some(day), &shown.unit, lang, Rounding::HalfEven),
        None => Cell::text(shown.text(lang)),
    }
}

/// The margin in the unit of the language: from, to, unit.
fn margin<'c>(facts: &Facts<'_>) -> (Cell<'c>, Cell<'c>, Cell<'c>) {
    let margin = facts.margin();
    let Some((set, unit)) = margin.and_then(|node| node.set.as_ref().zip(node.unit.as_ref()))
    else {
        return (Cell::Empty, Cell::Empty, Cell::Empty);
    };
    let lang = facts.report.lang;
    (
        Cell::in_unit(set.lo().value(), unit, lang, Rounding::Down),
        Cell::in_unit(set.hi().value(), unit, lang, Rounding::Up),
        Cell::text(unit.label().get(lang).to_owned()),
    )
}
