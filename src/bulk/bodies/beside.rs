//! Bodies of the pack that have no row in a table and of whom rules about many bodies speak all the same:
//! their verdicts go in as they are found, and are handed on behind those of the table.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use chrono::NaiveDate;

use super::answers::Answers;
use crate::bulk::figures::{Gatherer, Named};
use crate::bulk::kernel::ROWS;
use crate::bulk::run::{Job, Ran, Sink, Stop};
use crate::bulk::verdicts::Verdicts;
use crate::bulk::whole::{columns, places_of};
use crate::eval::Row;
use crate::figures::Submission;
use crate::index::Id;
use crate::model::{EntityId, RuleId};
use crate::period::Period;

/// What rules about many bodies say of bodies of the pack in periods in which the table has no row of
/// theirs.
pub(super) struct Extra<'e> {
    pub(super) rules: &'e [RuleId],
    pub(super) periods: &'e BTreeSet<Period>,
    pub(super) rows: Mutex<ByLine>,
}

/// Rows of the evaluator, by the first and last day of their period and then by the body.
pub(super) type ByLine = BTreeMap<(NaiveDate, NaiveDate, EntityId), Vec<Told>>;

/// A row, and the figures that it was read off.
type Told = (Row, Vec<Named>);

impl Extra<'_> {
    /// Forgets all, to begin again.
    pub(super) fn clear(&self) {
        let mut all = self.rows.lock().unwrap_or_else(PoisonError::into_inner);
        all.clear();
    }

    pub(super) fn add(&self, period: Period, rows: Vec<Told>) {
        let mut all = self.rows.lock().unwrap_or_else(PoisonError::into_inner);
        for (row, figures) in rows {
            let key = (period.first_day(), period.last_day(), row.entity);
            all.entry(key).or_default().push((row, figures));
        }
    }
}

/// Hands on the verdicts on bodies that have no row, behind those of the table.
pub(super) fn hand_on(
    job: &Job<'_>,
    (rules, nobody): (&[RuleId], Submission),
    rows: ByLine,
    (ran, sink): (&mut Ran, &mut dyn Sink),
    mut first: u64,
) -> Result<(), Stop> {
    let rows: Vec<(EntityId, Vec<Told>)> = rows
        .into_iter()
        .map(|((_, _, id), rows)| (id, rows))
        .collect();
    let period = |rows: &[Told]| rows.first().map(|(row, _)| row.period);
    let places = places_of(rules);
    for rows in rows.chunk_by(|a, b| period(&a.1) == period(&b.1)) {
        let Some(period) = rows.first().and_then(|(_, rows)| period(rows)) else {
            continue;
        };
        for rows in rows.chunks(ROWS) {
            let (mut gatherer, mut plain) = (Gatherer::default(), Vec::with_capacity(rows.len()));
            for (n, (body, rows)) in rows.iter().enumerate() {
                plain.push((*body, rows.iter().map(|(row, _)| *row).collect()));
                for (row, figures) in rows {
                    if let Some(at) = places.get(row.rule.index()) {
                        gatherer.note((*at, n), figures.clone());
                    }
                }
            }
            let (mut block, mut judged) = columns(&nobody, period, rules, &plain);
            judged.figures = Some(gatherer.finish());
            block.first = first;
            first += rows.len() as u64;
            let verdicts = Verdicts::of(job.program, rules, &block, &judged);
            ran.tally.add(&verdicts);
            sink.take(&verdicts).map_err(Stop::Sink)?;
        }
    }
    Ok(())
}

/// Hands on the verdicts on records in lists of the rows of a table, in the order of those, and says how
/// many rows there were.
pub(super) fn lines_of(
    job: &Job<'_>,
    (rules, records): (&[RuleId], &Answers),
    (ran, sink): (&mut Ran, &mut dyn Sink),
    n_rows: u64,
) -> Result<u64, Stop> {
    let (mut start, mut n_lines) = (0, 0);
    let has_figures = sink.figures_of().is_some();
    while start < n_rows {
        let n = (n_rows - start).min(ROWS as u64);
        let found = records.lines(rules, (start, usize::try_from(n).unwrap_or(ROWS)));
        let (mut block, mut judged) = found.map_err(Stop::Scratch)?;
        start += n;
        if block.n_rows == 0 {
            continue;
        }
        block.first = n_rows + n_lines;
        n_lines += block.n_rows as u64;
        if has_figures {
            let figures = records.figures(rules, &mut judged);
            judged.figures = figures.map(|figures| *figures);
        }
        let verdicts = Verdicts::of(job.program, rules, &block, &judged);
        ran.tally.add(&verdicts);
        sink.take(&verdicts).map_err(Stop::Sink)?;
    }
    Ok(n_lines)
}
