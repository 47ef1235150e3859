//! Rows that doubles leave open: the exact evaluator from the figures of the same rows, once for all that
//! come to the same. Never looks at another row.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::chunk::values_of;
use super::{Chunk, Judged, Worker};
use crate::bulk::block::{Block, Part, SourceProblem};
use crate::bulk::kernel::MISSING;
use crate::bulk::plan::{RulePlan, Said, code_of};
use crate::bulk::table::{Probe, cell_of};
use crate::eval::{Cell, Given, judge_given};
use crate::figures::Claim;
use crate::figures::printed::Reading;
use crate::model::EntityId;
use crate::number::Exact;
use crate::set::Set;

/// What the reader says of cells that are no plain numbers, by the place of the row among these rows.
type Odd<'o> = (BTreeMap<(usize, usize), &'o Claim>, &'o [u32]);

impl Worker<'_> {
    /// Rows that doubles leave open, from the same figures.
    pub(super) fn exactly(
        &mut self,
        chunk: &Chunk<'_>,
        open: &[(usize, Vec<u32>)],
        part: &mut dyn Part,
        judged: &mut Judged,
    ) -> Result<(), SourceProblem> {
        if open.is_empty() && !self.has_odd(chunk) {
            return Ok(());
        }
        let read = self.read_odd(chunk, open, part, judged)?;
        let odd = read
            .as_ref()
            .map(|(probe, rows)| (probe.claims(), rows.as_slice()));
        for (at, rows) in open {
            let Some(rule) = chunk.plan.rules.get(*at) else {
                continue;
            };
            let mut asked: Vec<(u32, Option<u128>)> = Vec::new();
            let mut answers: Vec<(u32, Said)> = Vec::new();
            for row in rows {
                let key = self.key(chunk, rule, *row);
                let memo = self.memo.get(&(chunk.at, *at));
                match key.and_then(|key| memo?.get(&key)) {
                    Some(said) => answers.push((*row, *said)),
                    None => asked.push((*row, key)),
                }
            }
            for (row, said) in self.ask(chunk, rule, &asked, odd.as_ref(), judged) {
                // Rows are asked for in their order.
                let place = asked.binary_search_by_key(&row, |(own, _)| *own).ok();
                if let Some(key) = place.and_then(|place| asked.get(place)?.1) {
                    self.memo
                        .entry((chunk.at, *at))
                        .or_default()
                        .insert(key, said);
                }
                answers.push((row, said));
            }
            answers.sort_unstable_by_key(|(row, _)| *row);
            for (row, said) in answers {
                let Some(row) = chunk.rows.get(row as usize) else {
                    continue;
                };
                let codes = judged.codes.get_mut(*at);
                if let Some(code) = codes.and_then(|codes| codes.get_mut(*row as usize)) {
                    *code = said.code;
                }
                if let Some(all) = judged.said.get_mut(*at) {
                    all.push((*row, said));
                }
            }
        }
        Ok(())
    }

    /// What the conditions of a row came to, where that is all that an answer rests on.
    fn key(&self, chunk: &Chunk<'_>, rule: &RulePlan, row: u32) -> Option<u128> {
        let leaves = rule.leaves.as_ref()?;
        let of_block = *chunk.rows.get(row as usize)?;
        let columns = rule.inputs.iter().filter_map(|(_, column)| *column);
        for column in columns {
            let odd = self.odd.get(column)?;
            if odd.binary_search(&of_block).is_ok() {
                return None;
            }
        }
        let bench = self.desk.benches.get(&chunk.at)?;
        let mut key = 0u128;
        for leaf in leaves {
            let code = *bench.truth(*leaf).get(row as usize)?;
            key = (key << 2) | u128::from(code.min(MISSING + 1));
        }
        Some(key)
    }

    /// Whether a row has a cell that the reader may have to tell of, whoever asks for it.
    fn has_odd(&self, chunk: &Chunk<'_>) -> bool {
        let mut odd = self.odd.iter();
        self.shared.answers.is_none()
            && odd.any(|odd| self.within(odd, chunk.rows).next().is_some())
    }

    /// The cells that are no plain numbers, of the rows that ask for them, as the reader reads them; and of all
    /// others, to tell what is wrong with them.
    fn read_odd(
        &self,
        chunk: &Chunk<'_>,
        open: &[(usize, Vec<u32>)],
        part: &mut dyn Part,
        judged: &mut Judged,
    ) -> Result<Option<(Probe, Vec<u32>)>, SourceProblem> {
        let mut rows: BTreeSet<u32> = BTreeSet::new();
        for (at, places) in open {
            let Some(rule) = chunk.plan.rules.get(*at) else {
                continue;
            };
            let declared = &self.shared.wanted.program.model.rules[rule.rule];
            let is_printed = declared.reading == Reading::Printed;
            for place in places {
                let Some(row) = chunk.rows.get(*place as usize) else {
                    continue;
                };
                let mut columns = rule.inputs.iter().filter_map(|(_, column)| *column);
                let is_odd = |column: usize| {
                    let odd = self.odd.get(column);
                    odd.is_some_and(|odd| odd.binary_search(row).is_ok())
                };
                if is_printed || columns.any(is_odd) {
                    rows.insert(*row);
                }
            }
        }
        // Who read all rows before has told of all cells.
        if self.shared.answers.is_none() {
            let odd = self.odd.iter();
            let odd = odd.flat_map(|odd| self.within(odd, chunk.rows));
            rows.extend(odd.filter_map(|place| chunk.rows.get(place).copied()));
        }
        if rows.is_empty() {
            return Ok(None);
        }
        let rows: Vec<u32> = rows.into_iter().collect();
        let mut cells = part.cells(&rows)?;
        let probe = self.shared.table.probe(&self.known, &mut cells);
        if self.shared.answers.is_none() {
            let lines = part.lines(chunk.block, &rows);
            let told = probe.told(|row| Some((part.file(), *lines.get(row)?)));
            judged
                .problems
                .extend(told.into_iter().map(|(_, told)| told));
        }
        Ok(Some((probe, rows)))
    }

    /// The exact answers to one rule for rows of a chunk.
    fn ask(
        &self,
        chunk: &Chunk<'_>,
        rule: &RulePlan,
        asked: &[(u32, Option<u128>)],
        odd: Option<&Odd<'_>>,
        judged: &Judged,
    ) -> Vec<(u32, Said)> {
        let shared = self.shared;
        let is_printed = shared.wanted.program.model.rules[rule.rule].reading == Reading::Printed;
        // Rows of one plan may be of several periods, whose clocks differ.
        let mut by_period: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for (row, _) in asked {
            let of_block = chunk.rows.get(*row as usize).copied().unwrap_or(0);
            let place = judged.places.get(of_block as usize);
            let period = place.map_or(0, |place| place.period);
            by_period.entry(period).or_default().push(*row);
        }
        let mut answers = Vec::new();
        for (period, rows) in by_period {
            let Some(clocks) = chunk.clocks.get(period as usize) else {
                continue;
            };
            let mut given = Given::default();
            for (input, column) in &rule.inputs {
                let cells = rows.iter().map(|row| {
                    let of_block = chunk.rows.get(*row as usize).copied().unwrap_or(0);
                    let Some(column) = *column else {
                        return Cell::Missing;
                    };
                    let own = odd.and_then(|(claims, rows)| {
                        Some((claims, rows.binary_search(&of_block).ok()?))
                    });
                    match own {
                        Some((claims, at)) => {
                            let place = shared.table.figures.get(column).map(|held| held.place);
                            cell_of(claims.get(&(at, place.unwrap_or(usize::MAX))), is_printed)
                        }
                        None => self.plain(chunk.block, column, of_block),
                    }
                });
                given.columns.insert(*input, cells.collect());
            }
            let bodies: Vec<EntityId> = rows
                .iter()
                .map(|row| {
                    let of_block = chunk.rows.get(*row as usize).copied().unwrap_or(0);
                    let place = judged.places.get(of_block as usize);
                    place
                        .and_then(|place| place.body)
                        .unwrap_or(shared.wanted.anybody)
                })
                .collect();
            let wanted = &shared.wanted;
            let found = judge_given(
                wanted.program,
                wanted.nobody,
                clocks,
                rule.rule,
                &bodies,
                &given,
            );
            answers.extend(rows.into_iter().zip(found).map(|(row, found)| {
                let said = Said {
                    code: code_of(found.verdict),
                    causes: found.causes,
                    possible: found.possible,
                };
                (row, said)
            }));
        }
        answers
    }

    /// A cell that holds a plain number or a word.
    fn plain(&self, block: &Block, column: usize, row: u32) -> Cell {
        let Some(held) = self.shared.table.figures.get(column) else {
            return Cell::Missing;
        };
        let own = self.columns.get(column).map_or(&[][..], Vec::as_slice);
        let value = values_of(held, own, block).get(row as usize);
        let value = value.copied().unwrap_or(f64::NAN);
        if value.is_nan() {
            return Cell::Missing;
        }
        let Ok(printed) = Exact::parse_decimal(&value.to_string()) else {
            return Cell::Unreadable;
        };
        let exact = match &held.factor {
            Some(factor) => &printed * factor,
            None => printed,
        };
        Cell::Known(Arc::new(Set::point(exact)))
    }
}
