//! Bodies of the pack that have no row in a table and of whom rules about many bodies speak all the same:
//! their verdicts go in as they are found, and are handed on behind those of the table.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use chrono::NaiveDate;

use crate::bulk::kernel::ROWS;
use crate::bulk::run::{Job, Ran, Sink, Stop};
use crate::bulk::verdicts::Verdicts;
use crate::bulk::whole::columns;
use crate::eval::Row;
use crate::figures::Submission;
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
pub(super) type ByLine = BTreeMap<(NaiveDate, NaiveDate, EntityId), Vec<Row>>;

impl Extra<'_> {
    /// Forgets all, to begin again.
    pub(super) fn clear(&self) {
        let mut all = self.rows.lock().unwrap_or_else(PoisonError::into_inner);
        all.clear();
    }

    pub(super) fn add(&self, period: Period, rows: Vec<Row>) {
        let mut all = self.rows.lock().unwrap_or_else(PoisonError::into_inner);
        for row in rows {
            let key = (period.first_day(), period.last_day(), row.entity);
            all.entry(key).or_default().push(row);
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
    let rows: Vec<(EntityId, Vec<Row>)> = rows
        .into_iter()
        .map(|((_, _, id), rows)| (id, rows))
        .collect();
    let period = |rows: &[Row]| rows.first().map(|row| row.period);
    for rows in rows.chunk_by(|a, b| period(&a.1) == period(&b.1)) {
        let Some(period) = rows.first().and_then(|(_, rows)| period(rows)) else {
            continue;
        };
        for rows in rows.chunks(ROWS) {
            let (mut block, judged) = columns(&nobody, period, rules, rows);
            block.first = first;
            first += rows.len() as u64;
            let verdicts = Verdicts::of(job.program, rules, &block, &judged);
            ran.tally.add(&verdicts);
            sink.take(&verdicts).map_err(Stop::Sink)?;
        }
    }
    Ok(())
}
