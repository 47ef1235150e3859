//! A first look at all rows of a table: they are put by their bodies into the room beside memory, and what
//! periods and parts there are comes out. Judges nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::Ordering;
use std::sync::{Mutex, PoisonError};

use super::lists::{
    astray_in, doubts_in, expect_own_lines, is_astray, is_of_table, key_of, names_of_others,
};
use super::spill::{Spill, Spilled};
use super::{MOST_NAMED, PartRows, each_on};
use crate::bulk::block::{Block, Part, Shown, Wanted};
use crate::bulk::rows::{Found, Shared, body_of, is_note_beside};
use crate::bulk::run::{Files, Heads, Job, Open, Stop, has_error};
use crate::bulk::table::{WhyWhole, has_lists};
use crate::figures::{Doubt, of_members};
use crate::model::{EntityId, Model, RuleId};
use crate::period::Period;

/// What a first look at all rows shows.
#[derive(Default)]
pub(super) struct Looked {
    pub(super) parts: BTreeMap<u64, PartRows>,
    pub(super) periods: BTreeSet<Period>,
    pub(super) named_rows: Vec<Spilled>,
    pub(super) has_name: bool,
    pub(super) has_blank: bool,
    pub(super) n_rows: u64,
    /// What rows about nobody tell of anybody's list.
    pub(super) doubts: BTreeSet<Doubt>,
    /// What may be the whole names of records in the lists of other bodies.
    pub(super) astray: BTreeSet<String>,
    /// Which files have a figure.
    pub(super) files: Files,
    /// Whether a row of a part has one, or something is told of the part that keeps it from having any.
    is_filled: bool,
    /// Bodies that rules name have more rows than are held.
    has_many_named: bool,
}

/// Puts all rows by their bodies.
pub(super) fn look(
    job: &Job<'_>,
    shared: &Shared<'_>,
    open: Open<'_>,
    (spill, named): (&Spill, &BTreeSet<EntityId>),
) -> Result<Looked, Stop> {
    let source = open().map_err(Stop::from)?;
    let wanted = vec![Wanted::Nothing; source.header().len()];
    let looked = Mutex::new(Looked::default());
    let heads = Heads::of(shared.table, &job.program.model);
    each_on(job.threads, &|is_over| {
        let mut known = BTreeMap::new();
        // What cannot be opened stands behind all parts that were handed out.
        let next = || {
            source
                .next_part(&wanted)
                .map_err(|it| (u64::MAX, it.into()))
        };
        while !is_over.load(Ordering::Relaxed)
            && let Some((at, mut part)) = next()?
        {
            let to = (spill, named, &heads);
            let found = look_at(shared, (at, part.as_mut()), to, &mut known);
            let found = found.map_err(|stop| (at, stop))?;
            let mut looked = looked.lock().unwrap_or_else(PoisonError::into_inner);
            looked.files.add(part.file(), at, found.is_filled);
            looked.join(found);
            let (size, read) = source.progress();
            (job.progress)(size, read, looked.n_rows);
        }
        Ok(())
    })?;
    heads.ended()?;
    let looked = looked.into_inner().unwrap_or_else(PoisonError::into_inner);
    // Only now: which part is one too many hangs on the threads, and a broken part is told first.
    if looked.has_many_named {
        let is_named = |id: &RuleId| !super::named_by(job.program, &[*id]).is_empty();
        let rules = shared.wanted.rules.iter().copied();
        return Err(Stop::Named(rules.filter(is_named).collect()));
    }
    match looked.astray.len() > MOST_NAMED {
        true => Err(names_of_others(shared.table)),
        false => Ok(looked),
    }
}

/// Whether rows could not be read, which are in nobody's list.
pub(in crate::bulk) fn has_lost(part: &mut dyn Part, model: &Model) -> Result<bool, Stop> {
    let has_lost = part.lost().0 > 0;
    match has_lost && has_lists(model) {
        true => Err(Stop::Whole(WhyWhole::Lost)),
        false => Ok(has_lost),
    }
}

/// Puts the rows of a part by their bodies.
fn look_at(
    shared: &Shared<'_>,
    (at, part): (u64, &mut dyn Part),
    (spill, named, heads): (&Spill, &BTreeSet<EntityId>, &Heads<'_>),
    known: &mut BTreeMap<String, Option<Period>>,
) -> Result<Looked, Stop> {
    let model = &shared.wanted.program.model;
    let words = &model.words.periods;
    let (table, has_lists, mut nobodys) = (shared.table, has_lists(model), Vec::new());
    let mut looked = Looked {
        is_filled: has_error(&part.told()),
        ..Looked::default()
    };
    let mut block = Block::default();
    while part.next(&mut block).map_err(Stop::from)? {
        heads.add(part, &block)?;
        let rows: Vec<u32> = (0u32..).take(block.n_rows).collect();
        let cells = part.cells(&rows).map_err(Stop::from)?;
        let lines = part.lines(&block, &rows);
        let names = cells.iter().map(|row| {
            let name = table.entity.and_then(|at| row.get(at));
            name.map_or("", |cell| cell.text.as_str())
        });
        expect_own_lines(model, table, lines.iter().copied().zip(names))?;
        for ((row, cells), line) in (0u64..).zip(cells).zip(lines) {
            let text = |at: usize| cells.get(at).map_or("", |cell: &Shown| cell.text.as_str());
            let mut figures = table.filled_by.iter().map(|at| text(*at).trim());
            let has_figure = figures.any(|text| !text.is_empty());
            // A line with one text is a note or a heading, and about nobody.
            let texts = cells.iter().filter(|cell| !cell.text.trim().is_empty());
            let is_note = is_note_beside(model, &cells, part.n_of_path());
            if texts.count() < 2 || is_note {
                // A figure alone has no body, where others have one.
                let is_figure = has_figure && !is_note;
                looked.is_filled |= is_figure;
                looked.has_blank |= is_figure && table.entity.is_some();
                continue;
            }
            let name = table.entity.map_or("", text);
            looked.has_blank |= table.entity.is_some() && name.trim().is_empty();
            looked.has_name |= !name.trim().is_empty();
            let period = text(table.period);
            let period = match known.get(period) {
                Some(period) => *period,
                None => {
                    let found = Period::parse(period, words).ok();
                    known.insert(period.to_owned(), found);
                    found
                }
            };
            let found = body_of(shared, name);
            let is_any = table.filled_by.is_empty();
            looked.is_filled |= (is_any || has_figure) && found != Found::Between;
            if found.is_nobody() {
                nobodys.extend(has_lists.then_some(cells));
                continue;
            }
            expect_own(shared, name, &cells)?;
            if has_lists {
                looked.astray.extend(astray_in(shared, name));
            }
            let key = key_of(shared, found, name);
            // A row of no known time is still one that names a body.
            looked.periods.extend(period);
            let row = Spilled {
                key,
                at: (at, looked.n_rows + row),
                line,
                cells,
            };
            spill.add(&row).map_err(Stop::Scratch)?;
            if matches!(found, Found::Declared(id) if named.contains(&id)) {
                looked.named_rows.push(row);
            }
        }
        doubts_in(model, table, &mut nobodys, &mut looked.doubts)?;
        nobodys.clear();
        looked.n_rows += block.n_rows as u64;
    }
    if has_lost(part, model)? {
        looked.is_filled = true;
        looked.doubts.extend(of_members(model));
    }
    let rows = PartRows {
        n_rows: looked.n_rows,
        file: part.file().map(str::to_owned),
    };
    looked.parts.insert(at, rows);
    Ok(looked)
}

/// Refuses a row that says of itself what rests on other rows: that it is a record in the list of another body, or a part
/// of a body that the pack does not declare.
fn expect_own(shared: &Shared<'_>, name: &str, cells: &[Shown]) -> Result<(), Stop> {
    let table = shared.table;
    let text = |at: usize| cells.get(at).map_or("", |cell| cell.text.as_str());
    let astray = |at: &usize| is_astray(shared, (name, text(*at)));
    let of_table = |at: &usize| is_of_table(shared, text(*at));
    let column = table
        .record
        .filter(astray)
        .or_else(|| table.part_of.filter(of_table));
    match column {
        None => Ok(()),
        Some(at) => {
            let header = table.header.get(at).cloned().unwrap_or_default();
            Err(Stop::Whole(WhyWhole::Column(header)))
        }
    }
}

impl Looked {
    fn join(&mut self, other: Looked) {
        self.parts.extend(other.parts);
        self.periods.extend(other.periods);
        self.named_rows.extend(other.named_rows);
        self.has_many_named |= self.named_rows.len() > MOST_NAMED;
        self.named_rows.truncate(MOST_NAMED);
        self.has_name |= other.has_name;
        self.has_blank |= other.has_blank;
        self.n_rows += other.n_rows;
        self.doubts.extend(other.doubts);
        for name in other.astray {
            if self.astray.len() <= MOST_NAMED {
                self.astray.insert(name);
            }
        }
    }
}
