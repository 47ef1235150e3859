//! Rows of one plan: their columns through the steps, and the codes of each rule read off them. Decides
//! nothing that the steps leave open.

use std::collections::BTreeSet;
use std::mem::take;

use super::{Chunk, Judged, Worker};
use crate::bulk::block::{Block, Cells, Part, SourceProblem};
use crate::bulk::kernel::{Bench, Tru};
use crate::bulk::plan::{NO_ROW, OPEN_CODE, RulePlan, Way, code_of};
use crate::bulk::table::{FigureColumn, Table};
use crate::bulk::wide::wide;
use crate::model::{EntityId, RuleId};

impl Worker<'_> {
    /// Rows of one plan: first in doubles, then what they leave open.
    pub(super) fn chunk(
        &mut self,
        chunk: &Chunk<'_>,
        is_all: bool,
        part: &mut dyn Part,
        judged: &mut Judged,
    ) -> Result<(), SourceProblem> {
        let n = chunk.rows.len();
        let first = chunk.rows.first().copied().unwrap_or(0) as usize;
        let all = columns_of(self.shared.table, &self.columns, chunk.block);
        let gathered: Vec<Vec<f64>>;
        let mut columns: Vec<&[f64]> = match is_all {
            true => all
                .map(|column| column.get(first..first + n).unwrap_or(&[]))
                .collect(),
            false => {
                let one = |column: &[f64]| {
                    let value = |row: &u32| column.get(*row as usize).copied().unwrap_or(f64::NAN);
                    chunk.rows.iter().map(value).collect()
                };
                gathered = all.map(one).collect();
                gathered.iter().map(Vec::as_slice).collect()
            }
        };
        columns.push(&self.absent);
        let (n_numbers, n_truths) = (chunk.plan.n_numbers, chunk.plan.n_truths);
        let bench = self.desk.benches.entry(chunk.at);
        let bench = bench.or_insert_with(|| Bench::new(n_numbers, n_truths));
        bench.run(&chunk.plan.steps, &columns, n);
        let has_declared = chunk.rows.iter().any(|row| {
            let place = judged.places.get(*row as usize);
            place.is_some_and(|place| place.body.is_some())
        });
        let mut open: Vec<(usize, Vec<u32>)> = Vec::new();
        for (at, rule) in chunk.plan.rules.iter().enumerate() {
            let first = is_all.then_some(first);
            let rows = self.read_off(chunk, (at, rule, has_declared), first, judged);
            if !rows.is_empty() {
                open.push((at, rows));
            }
        }
        self.exactly(chunk, &open, part, judged)
    }

    /// The codes of a rule, and the rows of the chunk that are left open, by their places in it.
    fn read_off(
        &self,
        chunk: &Chunk<'_>,
        (at, rule, has_declared): (usize, &RulePlan, bool),
        first: Option<usize>,
        judged: &mut Judged,
    ) -> Vec<u32> {
        let n = chunk.rows.len();
        let Some(bench) = self.desk.benches.get(&chunk.at) else {
            return Vec::new();
        };
        let mut all = judged.codes.get_mut(at).map(take).unwrap_or_default();
        let mut gathered = Vec::new();
        let codes: &mut [u8] = match first {
            Some(first) => all.get_mut(first..first + n).unwrap_or(&mut []),
            None => {
                gathered.resize(n, NO_ROW);
                &mut gathered
            }
        };
        let condition = |truth: &Option<Tru>| truth.map(|truth| bench.truth(truth));
        match &rule.way {
            Way::Same(code) => codes.fill(*code),
            Way::Rows => codes.fill(OPEN_CODE),
            Way::Whole | Way::Told => {}
            Way::Steps {
                goal,
                condition: when,
                codes: table,
            } => {
                let (goal, when) = (bench.truth(*goal), condition(when));
                wide(
                    #[inline(always)]
                    || look_up(codes, goal, when, table),
                );
            }
            Way::Outcomes {
                only,
                condition: when,
                codes: table,
            } => {
                let outcomes = bench.truth(*only);
                let when = condition(when);
                for (row, (code, outcome)) in codes.iter_mut().zip(outcomes).enumerate() {
                    let when = when.map_or(0, |when| when.get(row).copied().unwrap_or(3));
                    let known = table.get(usize::from(when)).copied().unwrap_or(OPEN_CODE);
                    *code = match *outcome {
                        255 if known != code_of(crate::verdict::Verdict::NotApplicable) => {
                            OPEN_CODE
                        }
                        _ => known,
                    };
                }
                if let Some(all) = judged.outcomes.get_mut(at) {
                    all.resize(judged.places.len(), 255);
                    for (row, outcome) in chunk.rows.iter().zip(outcomes) {
                        if let Some(to) = all.get_mut(*row as usize) {
                            *to = *outcome;
                        }
                    }
                }
            }
        }
        if matches!(rule.way, Way::Steps { .. } | Way::Outcomes { .. }) {
            for column in rule.inputs.iter().filter_map(|(_, column)| *column) {
                let odd = self.odd.get(column).map_or(&[][..], Vec::as_slice);
                for row in self.within(odd, chunk.rows) {
                    if let Some(code) = codes.get_mut(row) {
                        *code = OPEN_CODE;
                    }
                }
            }
        }
        self.only_scope(chunk, (rule.rule, has_declared), codes, judged);
        let open = memchr::memchr_iter(OPEN_CODE, codes);
        let open = open.filter_map(|row| u32::try_from(row).ok()).collect();
        if first.is_none() {
            for (row, code) in chunk.rows.iter().zip(gathered) {
                if let Some(to) = all.get_mut(*row as usize) {
                    *to = code;
                }
            }
        }
        if let Some(codes) = judged.codes.get_mut(at) {
            *codes = all;
        }
        open
    }

    /// The places in a chunk of rows of the block.
    pub(super) fn within<'r>(
        &self,
        odd: &'r [u32],
        rows: &'r [u32],
    ) -> impl Iterator<Item = usize> + 'r {
        let (first, last) = (rows.first().copied(), rows.last().copied());
        let from = odd.partition_point(|row| Some(*row) < first);
        let to = odd.partition_point(|row| Some(*row) <= last);
        let odd = odd.get(from..to).unwrap_or(&[]);
        odd.iter().filter_map(|row| rows.binary_search(row).ok())
    }

    /// Takes the rows away that a rule is not about.
    fn only_scope(
        &self,
        chunk: &Chunk<'_>,
        (rule, has_declared): (RuleId, bool),
        codes: &mut [u8],
        judged: &Judged,
    ) {
        let shared = self.shared;
        let declared = &shared.wanted.program.model.rules[rule];
        let scope = &declared.scope;
        let is_for_new = scope.as_ref().is_some_and(|members| {
            Some(members.class) == shared.table.class && members.within.is_none() && !members.is_own
        });
        if is_for_new && !has_declared {
            return;
        }
        let bodies: BTreeSet<EntityId> =
            crate::eval::scope(&shared.wanted.program.model, shared.wanted.nobody, declared)
                .into_iter()
                .collect();
        for (row, code) in chunk.rows.iter().zip(codes) {
            let body = judged
                .places
                .get(*row as usize)
                .and_then(|place| place.body);
            let is_meant = body.map_or(is_for_new, |body| bodies.contains(&body));
            if !is_meant {
                *code = NO_ROW;
            }
        }
    }
}

/// The columns of figures: numbers as the block has them, and what words say.
fn columns_of<'c>(
    table: &'c Table,
    own: &'c [Vec<f64>],
    block: &'c Block,
) -> impl Iterator<Item = &'c [f64]> {
    let figures = table.figures.iter().zip(own);
    figures.map(|(column, own)| values_of(column, own, block))
}

/// The numbers of a column: as the block has them, or what its words say.
pub(super) fn values_of<'c>(column: &FigureColumn, own: &'c [f64], block: &'c Block) -> &'c [f64] {
    match block.columns.get(column.place) {
        Some(Cells::Numbers { values, .. }) => values,
        _ => own,
    }
}

/// The codes of rows whose goal and condition are known.
#[inline(always)]
fn look_up(codes: &mut [u8], goal: &[u8], condition: Option<&[u8]>, table: &[[u8; 3]; 3]) {
    let mut wide = [OPEN_CODE; 16];
    for (condition, row) in table.iter().enumerate() {
        for (goal, code) in row.iter().enumerate() {
            if let Some(to) = wide.get_mut(condition * 4 + goal) {
                *to = *code;
            }
        }
    }
    // Where the condition does not hold, whatever the goal is, also one that is open.
    for condition in 0..3 {
        let row = wide.get(condition * 4..condition * 4 + 3).unwrap_or(&[]);
        let first = row.first().copied().unwrap_or(OPEN_CODE);
        let is_one = row.iter().all(|code| *code == first);
        if let (true, Some(to)) = (is_one, wide.get_mut(condition * 4 + 3)) {
            *to = first;
        }
    }
    let row = |condition: usize| -> [u8; 4] {
        let row = wide.get(condition * 4..condition * 4 + 4);
        row.and_then(|row| row.try_into().ok())
            .unwrap_or([OPEN_CODE; 4])
    };
    match condition {
        None => {
            let row = row(0);
            for (code, goal) in codes.iter_mut().zip(goal) {
                *code = one_of(row, *goal);
            }
        }
        Some(condition) => {
            let rows = [row(0), row(1), row(2), row(3)];
            for (code, (goal, condition)) in codes.iter_mut().zip(goal.iter().zip(condition)) {
                *code = one_of(rows.map(|row| one_of(row, *goal)), *condition);
            }
        }
    }
}

/// The code at a place, without a jump or a look at memory.
#[inline(always)]
fn one_of([a, b, c, d]: [u8; 4], place: u8) -> u8 {
    let rest = if place == 2 { c } else { d };
    let rest = if place == 1 { b } else { rest };
    if place == 0 { a } else { rest }
}
