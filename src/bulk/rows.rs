//! The rows of a block to codes of verdicts: what doubles prove they answer, what they leave open the
//! exact evaluator does from the same figures. Looks at no other row than those of the block.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use super::block::{Block, Cells, Part, SourceProblem};
use super::kernel::{Bench, MISSING, ROWS, Tru};
use super::plan::{NO_ROW, OPEN_CODE, Plan, RulePlan, Said, Wanted, Way, code_of};
use super::table::{Probe, Table, cell_of};
use crate::eval::{Cell, Clocks, Given, Options, judge_given};
use crate::figures::printed::Reading;
use crate::figures::{FigureProblem, Submission};
use crate::index::Id;
use crate::model::{EntityId, RuleId};
use crate::number::Exact;
use crate::period::Period;
use crate::set::Set;

/// What all threads of a run know.
pub(super) struct Shared<'a> {
    pub(super) wanted: Wanted<'a>,
    pub(super) table: &'a Table,
    pub(super) options: &'a Options,
    /// Each period that was met, with its clocks and the place of its plan.
    plans: Mutex<Plans>,
}

#[derive(Default)]
struct Plans {
    /// Rules that look at other rows.
    whole: BTreeSet<RuleId>,
    all: Vec<Arc<Plan>>,
    periods: BTreeMap<Period, (usize, Clocks)>,
}

/// What became of a row before any rule was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    /// The body, where the pack declares it.
    pub(super) body: Option<EntityId>,
    /// The place of its period among those of the judged block.
    pub(super) period: u32,
    /// Whom or when it is about cannot be read, or it is of a period that was not asked for.
    pub(super) is_lost: bool,
}

/// The verdicts of a block.
#[derive(Default)]
pub(super) struct Judged {
    pub(super) places: Vec<Place>,
    pub(super) periods: Vec<Period>,
    /// For each rule a code for each row.
    pub(super) codes: Vec<Vec<u8>>,
    /// For each rule what else is to be said of rows that doubles did not decide, in order of rows.
    pub(super) said: Vec<Vec<(u32, Said)>>,
    /// Problems of rows, with their places in the file.
    pub(super) problems: Vec<FigureProblem>,
    /// For each decision the place of the outcome of each row.
    pub(super) outcomes: Vec<Vec<u8>>,
}

impl<'a> Shared<'a> {
    pub(super) fn new(wanted: Wanted<'a>, table: &'a Table, options: &'a Options) -> Shared<'a> {
        Shared {
            wanted,
            table,
            options,
            plans: Mutex::default(),
        }
    }

    /// The rules that look at other rows than that of the body and period that they judge.
    pub(super) fn whole(&self) -> Vec<RuleId> {
        let plans = self.plans.lock().unwrap_or_else(PoisonError::into_inner);
        plans.whole.iter().copied().collect()
    }

    /// The clocks of a period, and how its rows are computed.
    pub(super) fn plan(&self, period: Period) -> (usize, Arc<Plan>, Clocks) {
        let mut plans = self.plans.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((at, clocks)) = plans.periods.get(&period)
            && let Some(plan) = plans.all.get(*at)
        {
            return (*at, Arc::clone(plan), clocks.clone());
        }
        let options = Options {
            period: Some(period),
            ..self.options.clone()
        };
        let clocks = options.clocks(self.wanted.nobody);
        let plan = self.wanted.plan(&clocks);
        let whole = plan.rules.iter().filter(|rule| rule.way == Way::Whole);
        plans.whole.extend(whole.map(|rule| rule.rule));
        let at = plans.all.iter().position(|known| known.is_alike(&plan));
        let at = at.unwrap_or_else(|| {
            plans.all.push(Arc::new(plan));
            plans.all.len() - 1
        });
        plans.periods.insert(period, (at, clocks.clone()));
        let plan = Arc::clone(&plans.all[at]);
        (at, plan, clocks)
    }
}

/// What a word of a column says, and the double that stands for it.
#[derive(Clone)]
struct Word {
    value: f64,
    is_odd: bool,
}

/// The rows of one thread.
pub(super) struct Worker<'a> {
    shared: &'a Shared<'a>,
    benches: BTreeMap<usize, Bench>,
    /// For each column of words what each says.
    words: BTreeMap<usize, (Arc<Vec<String>>, Vec<Word>)>,
    periods: BTreeMap<String, Option<Period>>,
    /// For each plan and rule what was decided for conditions that came to the same.
    memo: BTreeMap<(usize, usize), BTreeMap<u128, Said>>,
    columns: Vec<Vec<f64>>,
    odd: Vec<Vec<u32>>,
    absent: Vec<f64>,
}

/// Rows of one plan, as columns.
struct Chunk<'b> {
    plan: &'b Plan,
    at: usize,
    clocks: &'b [Clocks],
    /// The rows of the block.
    rows: &'b [u32],
}

impl<'a> Worker<'a> {
    pub(super) fn new(shared: &'a Shared<'a>) -> Worker<'a> {
        let n = shared.table.figures.len();
        Worker {
            shared,
            benches: BTreeMap::new(),
            words: BTreeMap::new(),
            periods: BTreeMap::new(),
            memo: BTreeMap::new(),
            columns: vec![Vec::new(); n],
            odd: vec![Vec::new(); n],
            absent: vec![f64::NAN; ROWS],
        }
    }

    /// The verdicts of a block that was read from a part.
    pub(super) fn judge(
        &mut self,
        block: &Block,
        part: &mut dyn Part,
    ) -> Result<Judged, SourceProblem> {
        let n_rules = self.shared.wanted.rules.len();
        let mut judged = Judged {
            codes: vec![vec![NO_ROW; block.n_rows]; n_rules],
            said: vec![Vec::new(); n_rules],
            outcomes: vec![Vec::new(); n_rules],
            ..Judged::default()
        };
        self.figures(block);
        self.places(block, part, &mut judged)?;
        let mut by_plan: BTreeMap<usize, (Arc<Plan>, Vec<u32>)> = BTreeMap::new();
        let mut clocks = Vec::new();
        let mut plans = Vec::new();
        for period in &judged.periods {
            let (at, plan, own) = self.shared.plan(*period);
            clocks.push(own);
            plans.push((at, plan));
        }
        for (row, place) in (0u32..).zip(&judged.places) {
            if let (false, Some((at, plan))) = (place.is_lost, plans.get(place.period as usize)) {
                let rows = by_plan.entry(*at);
                rows.or_insert_with(|| (Arc::clone(plan), Vec::new()))
                    .1
                    .push(row);
            }
        }
        for (at, (plan, rows)) in by_plan {
            let is_all = rows.len() == block.n_rows;
            for rows in rows.chunks(ROWS) {
                let chunk = Chunk {
                    plan: &plan,
                    at,
                    clocks: &clocks,
                    rows,
                };
                self.chunk(&chunk, is_all, part, &mut judged)?;
            }
        }
        Ok(judged)
    }

    /// The columns of figures as doubles, and the rows whose cells are none.
    fn figures(&mut self, block: &Block) {
        let model = &self.shared.wanted.program.model;
        for (at, column) in self.shared.table.figures.iter().enumerate() {
            let (Some(values), Some(odd)) = (self.columns.get_mut(at), self.odd.get_mut(at)) else {
                continue;
            };
            values.clear();
            odd.clear();
            match block.columns.get(column.place) {
                Some(Cells::Numbers {
                    values: own,
                    odd: rows,
                }) => {
                    values.extend_from_slice(own);
                    odd.extend_from_slice(rows);
                }
                Some(Cells::Words { codes, words }) => {
                    let known = self.words.entry(at).or_default();
                    if !Arc::ptr_eq(&known.0, words) || known.1.len() < words.len() {
                        let is_longer = words.get(..known.0.len()) == Some(known.0.as_slice());
                        if !is_longer {
                            known.1.clear();
                        }
                        let new = words.get(known.1.len()..).unwrap_or(&[]);
                        let read = read_words(model, self.shared.table, column.place, new);
                        known.1.extend(read);
                        known.0 = Arc::clone(words);
                    }
                    for (row, code) in (0u32..).zip(codes) {
                        let word = known.1.get(*code as usize);
                        values.push(word.map_or(f64::NAN, |word| word.value));
                        if word.is_some_and(|word| word.is_odd) {
                            odd.push(row);
                        }
                    }
                }
                _ => values.resize(block.n_rows, f64::NAN),
            }
            if let Some((bounds, factor)) = column.bounds.as_ref().zip(column.factor.as_ref()) {
                outside(values, bounds, factor, odd);
            }
        }
    }

    /// Whom and when each row is about.
    fn places(
        &mut self,
        block: &Block,
        part: &mut dyn Part,
        judged: &mut Judged,
    ) -> Result<(), SourceProblem> {
        let shared = self.shared;
        let model = &shared.wanted.program.model;
        let mut known: BTreeMap<Option<Period>, u32> = BTreeMap::new();
        let mut codes: Vec<u32> = Vec::new();
        let mut place_of = |period: Option<Period>, judged: &mut Judged| {
            let asked = shared.options.period.is_none() || shared.options.period == period;
            match period {
                Some(period) if asked => *known.entry(Some(period)).or_insert_with(|| {
                    judged.periods.push(period);
                    u32::try_from(judged.periods.len() - 1).unwrap_or(u32::MAX)
                }),
                Some(_) => OTHER,
                None => LOST,
            }
        };
        let mut period_of = |text: &str| {
            if let Some(known) = self.periods.get(text) {
                return *known;
            }
            let found = Period::parse(text, &model.words.periods).ok();
            self.periods.insert(text.to_owned(), found);
            found
        };
        match block.columns.get(shared.table.period) {
            Some(Cells::Words { codes: own, words }) => {
                let places: Vec<u32> = words
                    .iter()
                    .map(|word| place_of(period_of(word), judged))
                    .collect();
                let place = |code: &u32| places.get(*code as usize).copied().unwrap_or(LOST);
                codes.extend(own.iter().map(place));
            }
            Some(Cells::Keys { ends, bytes }) => {
                let texts = keys(ends, bytes);
                codes.extend(texts.map(|text| place_of(period_of(text), judged)));
            }
            _ => codes.resize(block.n_rows, LOST),
        }
        let names = shared.table.entity.and_then(|at| block.columns.get(at));
        let mut lost: Vec<u32> = Vec::new();
        let body = |text: &str| body_of(shared, text);
        let mut push = |row: usize, found: Found| {
            let period = codes.get(row).copied().unwrap_or(LOST);
            let is_lost = period >= OTHER || found == Found::Nobody;
            if period == LOST || found == Found::Nobody {
                lost.push(u32::try_from(row).unwrap_or(u32::MAX));
            }
            judged.places.push(Place {
                body: match found {
                    Found::Declared(id) => Some(id),
                    Found::New | Found::Nobody => None,
                },
                period,
                is_lost,
            });
        };
        match names {
            Some(Cells::Keys { ends, bytes }) => {
                for (row, text) in keys(ends, bytes).enumerate() {
                    push(row, body(text));
                }
            }
            Some(Cells::Words { codes, words }) => {
                let found: Vec<Found> = words.iter().map(|word| body(word)).collect();
                let blank = body("");
                for (row, code) in codes.iter().enumerate() {
                    push(row, found.get(*code as usize).copied().unwrap_or(blank));
                }
            }
            _ => {
                let blank = body("");
                (0..block.n_rows).for_each(|row| push(row, blank));
            }
        }
        self.tell(&lost, block, part, judged)
    }

    /// Says of rows that are about nobody or no time what the reader of figures says of them.
    fn tell(
        &self,
        lost: &[u32],
        block: &Block,
        part: &mut dyn Part,
        judged: &mut Judged,
    ) -> Result<(), SourceProblem> {
        for rows in lost.chunks(ROWS) {
            let texts = part.texts(rows)?;
            let probe = Probe::of(
                &self.shared.wanted.program.model,
                &self.shared.table.header,
                &texts,
            );
            judged.problems.extend(told(&probe, block, rows));
        }
        Ok(())
    }

    /// Rows of one plan: first in doubles, then what they leave open.
    fn chunk(
        &mut self,
        chunk: &Chunk<'_>,
        is_all: bool,
        part: &mut dyn Part,
        judged: &mut Judged,
    ) -> Result<(), SourceProblem> {
        let n = chunk.rows.len();
        let first = chunk.rows.first().copied().unwrap_or(0) as usize;
        let mut gathered: Vec<Vec<f64>> = Vec::new();
        if !is_all {
            let one = |column: &Vec<f64>| {
                let value = |row: &u32| column.get(*row as usize).copied().unwrap_or(f64::NAN);
                chunk.rows.iter().map(value).collect()
            };
            gathered = self.columns.iter().map(one).collect();
        }
        let mut columns: Vec<&[f64]> = match is_all {
            true => self
                .columns
                .iter()
                .map(|column| column.get(first..first + n).unwrap_or(&[]))
                .collect(),
            false => gathered.iter().map(Vec::as_slice).collect(),
        };
        columns.push(&self.absent);
        let (n_numbers, n_truths) = (chunk.plan.n_numbers, chunk.plan.n_truths);
        let bench = self.benches.entry(chunk.at);
        let bench = bench.or_insert_with(|| Bench::new(n_numbers, n_truths));
        bench.run(&chunk.plan.steps, &columns, n);
        let mut open: Vec<(usize, Vec<u32>)> = Vec::new();
        for (at, rule) in chunk.plan.rules.iter().enumerate() {
            let rows = self.read_off(chunk, (at, rule), is_all.then_some(first), judged);
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
        (at, rule): (usize, &RulePlan),
        first: Option<usize>,
        judged: &mut Judged,
    ) -> Vec<u32> {
        let n = chunk.rows.len();
        let Some(bench) = self.benches.get(&chunk.at) else {
            return Vec::new();
        };
        let mut found = [NO_ROW; ROWS];
        let codes = found.get_mut(..n).unwrap_or(&mut []);
        let condition = |truth: &Option<Tru>| truth.map(|truth| bench.truth(truth));
        match &rule.way {
            Way::Same(code) => codes.fill(*code),
            Way::Rows => codes.fill(OPEN_CODE),
            Way::Whole => {}
            Way::Steps {
                goal,
                condition: when,
                codes: table,
            } => {
                look_up(codes, bench.truth(*goal), condition(when), table);
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
        self.only_scope(chunk, rule.rule, codes, judged);
        let open = (0u32..).zip(codes.iter());
        let open = open
            .filter(|(_, code)| **code == OPEN_CODE)
            .map(|(row, _)| row)
            .collect();
        let Some(all) = judged.codes.get_mut(at) else {
            return open;
        };
        match first {
            Some(first) => {
                if let Some(to) = all.get_mut(first..first + n) {
                    to.copy_from_slice(codes);
                }
            }
            None => {
                for (row, code) in chunk.rows.iter().zip(codes.iter()) {
                    if let Some(to) = all.get_mut(*row as usize) {
                        *to = *code;
                    }
                }
            }
        }
        open
    }

    /// The places in a chunk of rows of the block.
    fn within<'r>(&self, odd: &'r [u32], rows: &'r [u32]) -> impl Iterator<Item = usize> + 'r {
        let (first, last) = (rows.first().copied(), rows.last().copied());
        let from = odd.partition_point(|row| Some(*row) < first);
        let to = odd.partition_point(|row| Some(*row) <= last);
        let odd = odd.get(from..to).unwrap_or(&[]);
        odd.iter().filter_map(|row| rows.binary_search(row).ok())
    }

    /// Takes the rows away that a rule is not about.
    fn only_scope(&self, chunk: &Chunk<'_>, rule: RuleId, codes: &mut [u8], judged: &Judged) {
        let shared = self.shared;
        let declared = &shared.wanted.program.model.rules[rule];
        let scope = &declared.scope;
        let is_for_new = scope.as_ref().is_some_and(|members| {
            Some(members.class) == shared.table.class && members.within.is_none() && !members.is_own
        });
        let has_declared = |row: &u32| {
            let place = judged.places.get(*row as usize);
            place.is_some_and(|place| place.body.is_some())
        };
        if is_for_new && !chunk.rows.iter().any(has_declared) {
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

    /// Rows that doubles leave open, from the same figures.
    fn exactly(
        &mut self,
        chunk: &Chunk<'_>,
        open: &[(usize, Vec<u32>)],
        part: &mut dyn Part,
        judged: &mut Judged,
    ) -> Result<(), SourceProblem> {
        if open.is_empty() {
            return Ok(());
        }
        let read = self.read_odd(chunk, open, part, judged)?;
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
            for (row, said) in self.ask(chunk, rule, &asked, &read, judged) {
                if let Some(key) = asked
                    .iter()
                    .find(|(own, _)| *own == row)
                    .and_then(|(_, key)| *key)
                {
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
        let bench = self.benches.get(&chunk.at)?;
        let mut key = 0u128;
        for leaf in leaves {
            let code = *bench.truth(*leaf).get(row as usize)?;
            key = (key << 2) | u128::from(code.min(MISSING + 1));
        }
        Some(key)
    }

    /// The cells that are no plain numbers, of the rows that ask for them, as the reader reads them.
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
        if rows.is_empty() {
            return Ok(None);
        }
        let rows: Vec<u32> = rows.into_iter().collect();
        let texts = part.texts(&rows)?;
        let probe = Probe::of(
            &self.shared.wanted.program.model,
            &self.shared.table.header,
            &texts,
        );
        judged
            .problems
            .extend(probe.problems().map(|(_, problem)| problem.clone()));
        Ok(Some((probe, rows)))
    }

    /// The exact answers to one rule for rows of a chunk.
    fn ask(
        &self,
        chunk: &Chunk<'_>,
        rule: &RulePlan,
        asked: &[(u32, Option<u128>)],
        read: &Option<(Probe, Vec<u32>)>,
        judged: &Judged,
    ) -> Vec<(u32, Said)> {
        let shared = self.shared;
        let claims = read.as_ref().map(|(probe, rows)| (probe.claims(), rows));
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
                    let own = claims.as_ref().and_then(|(claims, rows)| {
                        Some((claims, rows.binary_search(&of_block).ok()?))
                    });
                    match own {
                        Some((claims, at)) => {
                            let place = shared.table.figures.get(column).map(|held| held.place);
                            cell_of(claims.get(&(at, place.unwrap_or(usize::MAX))), is_printed)
                        }
                        None => self.plain(column, of_block),
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
    fn plain(&self, column: usize, row: u32) -> Cell {
        let Some(held) = self.shared.table.figures.get(column) else {
            return Cell::Missing;
        };
        let value = self
            .columns
            .get(column)
            .and_then(|values| values.get(row as usize));
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

/// A period that was not asked for.
const OTHER: u32 = u32::MAX - 1;
/// No period.
const LOST: u32 = u32::MAX;

/// Whom a name means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Found {
    Declared(EntityId),
    New,
    Nobody,
}

fn body_of(shared: &Shared<'_>, text: &str) -> Found {
    let model = &shared.wanted.program.model;
    if text.trim().is_empty() {
        return model.pack.entity.map_or(Found::Nobody, Found::Declared);
    }
    let nobody: &Submission = shared.wanted.nobody;
    let spaced = || match text.is_ascii() {
        true => None,
        false => nobody.entity_named(&crate::fold::fold_tight(text)),
    };
    match nobody.entity_named(text).or_else(spaced) {
        Some(id) => Found::Declared(id),
        None if shared.table.class.is_some() && nobody.entities_called(text).is_empty() => {
            Found::New
        }
        None => Found::Nobody,
    }
}

/// The texts of a column of keys.
pub(super) fn keys<'b>(ends: &'b [u32], bytes: &'b [u8]) -> impl Iterator<Item = &'b str> {
    let mut from = 0usize;
    ends.iter().map(move |end| {
        let to = *end as usize;
        let text = bytes.get(from..to).unwrap_or(&[]);
        from = to;
        std::str::from_utf8(text).unwrap_or("")
    })
}

/// What words of a column say.
fn read_words(
    model: &crate::model::Model,
    table: &Table,
    place: usize,
    words: &[String],
) -> Vec<Word> {
    let rows: Vec<Vec<String>> = words
        .iter()
        .map(|word| table.row_with(place, word))
        .collect();
    let probe = Probe::of(model, &table.header, &rows);
    let claims = probe.claims();
    let word = |at: usize| {
        let cell = cell_of(claims.get(&(at, place)), false);
        let value = match &cell {
            Cell::Missing => Some(f64::NAN),
            Cell::Known(set) => set.as_point().and_then(double),
            Cell::Unreadable => None,
        };
        Word {
            is_odd: value.is_none(),
            value: value.unwrap_or(f64::NAN),
        }
    };
    (0..words.len()).map(word).collect()
}

/// The double whose shortest decimal is a number.
fn double(value: &Exact) -> Option<f64> {
    let near: f64 = value.decimal_string()?.parse().ok()?;
    let printed = Exact::parse_decimal(&near.to_string()).ok()?;
    (near.is_finite() && printed == *value).then_some(near)
}

/// Adds the rows whose numbers lie outside of bounds, in order.
fn outside(values: &[f64], bounds: &Set, factor: &Exact, odd: &mut Vec<u32>) {
    use crate::set::{Comparison, End};
    let limit = |end: &End<Exact>, closed, open| match end {
        End::Closed(value) => super::compile::cut(closed, &value.checked_div(factor)?),
        End::Open(value) => super::compile::cut(open, &value.checked_div(factor)?),
        End::Unbounded => None,
    };
    let low = limit(bounds.lo(), Comparison::Ge, Comparison::Gt);
    let high = limit(bounds.hi(), Comparison::Le, Comparison::Lt);
    let n_before = odd.len();
    for (row, value) in (0u32..).zip(values) {
        let is_within = |cut: &Option<super::kernel::Cut>| cut.is_none_or(|cut| cut.holds(*value));
        if !value.is_nan() && !(is_within(&low) && is_within(&high)) {
            odd.push(row);
        }
    }
    if odd.len() > n_before {
        odd.sort_unstable();
        odd.dedup();
    }
}

/// The codes of rows whose goal and condition are known.
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
    match condition {
        None => {
            for (code, goal) in codes.iter_mut().zip(goal) {
                *code = wide[usize::from(goal & 3)];
            }
        }
        Some(condition) => {
            for (code, (goal, condition)) in codes.iter_mut().zip(goal.iter().zip(condition)) {
                *code = wide[usize::from((condition & 3) << 2 | (goal & 3))];
            }
        }
    }
}

/// The problems of rows, with their places in the file.
fn told(probe: &Probe, block: &Block, rows: &[u32]) -> Vec<FigureProblem> {
    let problems = probe.problems().map(|(row, problem)| {
        let mut problem = problem.clone();
        let row = row.and_then(|row| rows.get(row)).copied();
        if let Some(row) = row {
            let line = block.first + u64::from(row) + 2;
            problem.line = usize::try_from(line).unwrap_or(usize::MAX);
            problem.extent = None;
        }
        problem
    });
    problems.collect()
}

/// The rules that a run judges: all but checks of figures against each other, which an audit makes.
#[must_use]
pub fn judged_rules(program: &crate::program::Program) -> Vec<RuleId> {
    let rules = program.model.rules.iter();
    let judged = rules.filter(|(_, rule)| rule.kind != crate::model::RuleKind::Check);
    judged.map(|(id, _)| RuleId::new(id.index())).collect()
}
