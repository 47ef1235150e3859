//! The rows of a header, one above the other: heads go in, what each column means comes out. A
//! header above several columns counts for each of them.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::known::{Head, Known, Named, clean};
use super::layout::cell_at;
use super::{Cell, Cells, Column, Place, Record};

/// What the header says of one column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stack {
    pub number: usize,
    /// The lowest place at which something is written.
    pub place: Place,
    /// As written, from top to bottom.
    pub text: String,
    pub says: Says,
    /// What is left of a header in which a word for a total is all that is not known.
    pub of_total: Option<Cells>,
    /// The first column of the merged header above it.
    pub group: Option<usize>,
}

/// What the cells below are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Says {
    Nothing,
    Index,
    Holds(Column),
    /// Codes of this dimension.
    Parts(String),
    Figures(Cells),
    /// The header that is not known.
    Unknown(String),
    Several(Vec<Named>),
}

/// A head in a row of the header, with the cell that it was read from.
struct Over<'r> {
    cell: &'r Cell,
    head: Rc<Head>,
    /// Where the run of columns below it starts, where it is above several.
    run: Option<usize>,
}

/// Reads the columns of a header of several rows.
pub(super) fn stacks(known: &Known<'_>, rows: &[&Record], width: usize, words: bool) -> Vec<Stack> {
    let spans: Vec<Vec<Option<(usize, bool)>>> = rows
        .iter()
        .enumerate()
        .map(|(n, row)| spans(known, row, rows.get(n + 1..).unwrap_or_default(), width))
        .collect();
    (1..=width)
        .map(|number| {
            let mut over = Vec::new();
            for (row, spans) in rows.iter().zip(&spans) {
                let Some((from, is_run)) = spans.get(number).copied().flatten() else {
                    continue;
                };
                if let Some(cell) = cell_at(row, from) {
                    over.push(Over {
                        cell,
                        head: head_of(known, cell, words),
                        run: is_run.then_some(from),
                    });
                }
            }
            stack(known, number, rows, over)
        })
        .collect()
}

/// A total beside parts of it, all of one thing, is the figure without a breakdown; any other
/// total stays unknown.
pub(super) fn give_totals(stacks: &mut [Stack]) {
    let plain = |cells: &Cells| {
        let mut cells = cells.clone();
        cells.remove(Column::Breakdown).map(|_| cells)
    };
    let wholes: Vec<Cells> = stacks
        .iter()
        .filter_map(|stack| match &stack.says {
            Says::Figures(cells) => plain(cells),
            _ => None,
        })
        .collect();
    let is_same = |a: &Cells, b: &Cells| {
        let texts = |cells: &Cells| -> Vec<(Column, String)> {
            let all = cells.iter();
            all.map(|(column, cell)| (column, cell.text.clone()))
                .collect()
        };
        texts(a) == texts(b)
    };
    for stack in stacks {
        if let Some(cells) = stack.of_total.take()
            && wholes.iter().any(|whole| is_same(whole, &cells))
        {
            stack.says = Says::Figures(cells);
        }
    }
}

/// In a long table a word for a column is that, whatever else has its name.
fn head_of(known: &Known<'_>, cell: &Cell, words: bool) -> Rc<Head> {
    match known.word(&cell.text) {
        Some(column) if words => Rc::new(Head::Holds(column)),
        _ => known.head(&cell.text),
    }
}

/// For each column the column whose cell of this row stands above it, and whether it is merged.
fn spans(
    known: &Known<'_>,
    row: &Record,
    below: &[&Record],
    width: usize,
) -> Vec<Option<(usize, bool)>> {
    let mut spans = vec![None; width + 1];
    let mut run: Option<(usize, String)> = None;
    let mut members: BTreeMap<usize, usize> = BTreeMap::new();
    for number in 1..=width {
        let cell = cell_at(row, number).filter(|cell| !cell.is_blank());
        let has_below = || {
            let mut cells = below.iter().filter_map(|row| cell_at(row, number));
            cells.any(|cell| !cell.is_blank())
        };
        match cell {
            Some(cell) => {
                let text = clean(&cell.text);
                let is_same = run.as_ref().is_some_and(|(_, known)| *known == text);
                if !is_same || !has_below() {
                    run = Some((number, text));
                }
            }
            None if !has_below() => run = None,
            None => {}
        }
        let Some((from, text)) = &run else { continue };
        // A word for a column is about the one below it; names may be about several.
        let is_own = *from == number;
        let may_spread =
            || !matches!(&*known.head(text), Head::Holds(column) if *column != Column::Value);
        if is_own || cell.is_some() || may_spread() {
            if let Some(span) = spans.get_mut(number) {
                *span = Some((*from, false));
            }
            *members.entry(*from).or_insert(0) += 1;
        }
    }
    for span in spans.iter_mut().flatten() {
        span.1 = members.get(&span.0).is_some_and(|n| *n > 1);
    }
    spans
}

/// Gives figures the unit that stands alone in their headers.
fn give_unit(says: &mut Says, unit: Option<Cell>, texts: &[String]) {
    match (unit, &mut *says) {
        (Some(unit), Says::Figures(cells)) if !cells.contains(Column::Unit) => {
            cells.insert(Column::Unit, unit);
        }
        // Two units: one of the words, such as one for cities, is meant as something else.
        (Some(unit), Says::Figures(cells))
            if cells
                .get(Column::Unit)
                .is_some_and(|known| known.text != unit.text) =>
        {
            *says = Says::Unknown(texts.join(" "));
        }
        (Some(_), Says::Nothing) => *says = Says::Unknown(texts.join(" ")),
        _ => {}
    }
}

/// Puts what one more header names into the cells; gives the readings where both cannot be.
fn name(cells: &mut Cells, named: &Named, at: Place) -> Option<Vec<Named>> {
    let mut several = None;
    for (column, text) in named {
        let of = |text: &str| Cell::of(text, at.line, at.column);
        let before = cells.get(*column).map(|cell| cell.text.clone());
        match before.filter(|before| before != text) {
            // Parts of parts: women in towns.
            Some(before)
                if *column == Column::Breakdown && dimension(&before) != dimension(text) =>
            {
                cells.insert(*column, of(&format!("{before};{text}")));
            }
            Some(before) => {
                let one = |text: &str| Named::from([(*column, text.to_owned())]);
                several = Some(vec![one(&before), one(text)]);
            }
            None => cells.insert(*column, of(text)),
        }
    }
    several
}

/// The dimension of a pair such as `sex=f`.
fn dimension(pair: &str) -> &str {
    pair.split_once('=')
        .map_or(pair, |(dimension, _)| dimension)
}

fn stack(known: &Known<'_>, number: usize, rows: &[&Record], over: Vec<Over<'_>>) -> Stack {
    let first = rows.first().map_or(1, |row| row.line);
    let mut texts: Vec<String> = Vec::new();
    let mut cells = Cells::default();
    let mut held: Option<Column> = None;
    let (mut is_value, mut is_index, mut is_last_held) = (false, false, false);
    let (mut parts, mut is_total) = (None, false);
    let (mut unknown, mut several, mut unit) = (None, None, None);
    let mut group = None;
    let mut place = Place {
        line: first,
        column: number,
    };
    for Over { cell, head, run } in over {
        let text = clean(&cell.text);
        // Cells that are merged downwards say one thing.
        if texts.last() == Some(&text) {
            continue;
        }
        place = cell.place;
        let of = |text: &str| Cell::of(text, cell.place.line, cell.place.column);
        is_last_held = matches!(&*head, Head::Holds(column) if *column != Column::Value);
        match &*head {
            Head::Blank => {}
            Head::Index => is_index = true,
            Head::Holds(Column::Value) => is_value = true,
            Head::Holds(column) => held = Some(*column),
            Head::Parts(id) => parts = Some(id.clone()),
            Head::Names(named) => {
                several = name(&mut cells, named, cell.place).or(several);
                group = group.or(run);
            }
            Head::Unit(text) => unit = Some(of(text)),
            Head::Several(readings) => several = Some(readings.clone()),
            Head::Unknown if known.is_total(&text) => is_total = true,
            Head::Unknown => unknown = Some(text.clone()),
        }
        texts.push(text);
    }
    // A dimension above one of its codes only names it.
    let parts = parts.filter(|_| !cells.contains(Column::Breakdown));
    let of_total = is_total && unknown.is_none() && several.is_none() && held.is_none();
    let of_total = of_total.then(|| cells.clone());
    let mut says = match (unknown, several, held) {
        (Some(text), _, _) => Says::Unknown(text),
        _ if is_total => Says::Unknown(texts.join(" ")),
        (_, readings, held) if parts.is_some() => match (parts, readings, held) {
            (Some(id), None, None) if cells.is_empty() && !is_value => Says::Parts(id),
            _ => Says::Unknown(texts.join(" ")),
        },
        (_, Some(readings), _) => Says::Several(readings),
        (_, _, Some(column)) if cells.is_empty() && !is_value => Says::Holds(column),
        // `2021` below `year`: the one above names the other.
        (_, _, Some(column)) if cells.contains(column) => Says::Figures(cells.clone()),
        (_, _, Some(column)) if is_last_held && group.is_some() => Says::Holds(column),
        (_, _, Some(column)) => {
            let named: Named = cells
                .iter()
                .map(|(c, cell)| (c, cell.text.clone()))
                .collect();
            Says::Several(vec![Named::from([(column, String::new())]), named])
        }
        _ if !cells.is_empty() || is_value => Says::Figures(cells.clone()),
        _ if is_index => Says::Index,
        _ => Says::Nothing,
    };
    give_unit(&mut says, unit, &texts);
    let is_grouped = !matches!(says, Says::Holds(_)) || !cells.is_empty();
    Stack {
        number,
        place,
        text: texts.join(" / "),
        says,
        of_total,
        group: group.filter(|_| is_grouped),
    }
}
