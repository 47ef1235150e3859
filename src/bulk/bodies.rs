//! Tables whose rows are judged with other rows of the same body: they are put together by bodies in a room
//! beside memory, some thousand rows of whole bodies at a time are judged by the one evaluator, and the
//! answers come out in the order of the table. Memory is bounded whatever the length of the table.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use super::block::Scratch;
use super::kept::Left;
use super::keys::{Window, window};
use super::plan::Way;
use super::rows::Shared;
use super::run::{
    Before, First, Job, MOST_PROBLEMS, Open, Ran, Sampled, Sink, Stop, run_rows, sampled, shared_of,
};
use super::table::{Table, WhyWhole, has_lists};
use crate::figures::FigureProblem;
use crate::figures::table::{ColumnReading, Known};
use crate::model::{EntityId, Model, RuleId};
use crate::period::Period;
use crate::program::{Program, Root};
use crate::verdict::Verdict;

mod answers;
mod batch;
mod beside;
mod lists;
mod look;
mod many;
mod room;
mod shelf;
mod spill;

pub(super) use answers::Answers;
use batch::Batch;
use beside::{Extra, hand_on, lines_of};
use lists::Doubts;
pub(super) use lists::{expect_own_lines, head, names_lines};
pub(super) use look::has_lost;
use look::look;
pub(super) use many::looks_at_many;
pub(super) use shelf::OfRow;
use spill::{Held, Spill, Spilled};

/// How much is held at a time where rows are judged with other rows of their bodies. Verdicts are the same
/// whatever the bounds are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Bytes of rows that a thread reads again at a time.
    pub bytes: u64,
    /// Bytes of a table for each bucket into which rows are put by their bodies, as long as there are not too
    /// many buckets.
    pub bucket_bytes: u64,
    /// Rows that a thread judges at a time; more where one body has more.
    pub rows: usize,
}

impl Default for Bounds {
    fn default() -> Bounds {
        Bounds {
            bytes: 1 << 24,
            bucket_bytes: 1 << 18,
            rows: 4096,
        }
    }
}

/// Buckets into which rows are put by their bodies.
const MOST_BUCKETS: u64 = 256;
/// Rows of bodies that rules name, which every batch holds.
const MOST_NAMED: usize = 4096;

/// Makes a room beside memory.
pub type Room<'a> = &'a (dyn Fn() -> std::io::Result<Box<dyn Scratch>> + Sync);

/// Why some bodies were not judged.
enum Halt {
    Stop(Stop),
    /// Several rows are about the same body and period, so that all rules look at other rows.
    Again,
}

impl Halt {
    fn into_stop(self) -> Stop {
        match self {
            Halt::Stop(stop) => stop,
            Halt::Again => Stop::Repeated(String::new()),
        }
    }
}

/// What all threads know that judge bodies.
struct Bodies<'b> {
    job: &'b Job<'b>,
    table: &'b Table,
    shared: &'b Shared<'b>,
    /// The rules that are asked for.
    rules: &'b [RuleId],
    /// What the columns of the table hold.
    columns: Vec<ColumnReading>,
    named_rows: Vec<Spilled>,
    parts: BTreeMap<u64, PartRows>,
    /// The verdicts whose figures are wanted, all where the list is empty.
    figures_of: Option<Vec<Verdict>>,
    doubts: Doubts,
    /// What may be the whole names of records in the lists of other bodies.
    astray: BTreeSet<String>,
    bounds: Bounds,
}

/// What is wrong with rows: how many problems there are, and the first of them by part and row.
#[derive(Default)]
struct Problems {
    n: u64,
    has_error: bool,
    by_row: BTreeMap<(u64, u64), Vec<FigureProblem>>,
}

impl Problems {
    fn hand_on(self, before: &mut Before) {
        before.n_problems += self.n;
        before.has_error |= self.has_error;
        for ((part, _), problems) in self.by_row {
            before.told.entry(part).or_default().extend(problems);
        }
    }
}

/// What there is in a part of the table.
struct PartRows {
    n_rows: u64,
    file: Option<String>,
}

/// Judges all rows of a table, whose rules may look at other rows of the same body and whose rows may be
/// several of one body and period. Verdicts stand in the order of the table, each at the first row of its
/// body and period.
///
/// # Errors
/// See [`Stop`]: among others where rules about many bodies cannot be judged body by body.
pub fn run_by_body(
    job: &Job<'_>,
    open: Open<'_>,
    room: Room<'_>,
    sink: &mut dyn Sink,
) -> Result<Ran, Stop> {
    run_by_body_within(job, open, room, Bounds::default(), sink)
}

/// The same within other bounds.
///
/// # Errors
/// As [`run_by_body`].
pub fn run_by_body_within(
    job: &Job<'_>,
    open: Open<'_>,
    room: Room<'_>,
    bounds: Bounds,
    sink: &mut dyn Sink,
) -> Result<Ran, Stop> {
    let figures_of = sink.figures_of();
    let sample = sampled(open)?;
    let model = &job.program.model;
    let known = Known::of(model);
    let (table, is_loose) = read_as(&known, &sample)?;
    let all = super::run::judged_rules(job.program);
    let rules = if job.rules.is_empty() {
        all.as_slice()
    } else {
        job.rules
    };
    let over = about_many(job.program, rules)?;
    let probe = sample.probe(&known);
    let columns = probe.submission.readings.first();
    let columns = columns.map(|reading| reading.columns.clone());
    let mut before = Before::of_header(&probe, sample.file.as_deref());
    let (columns_of, twice) = table.columns(&sample.rows);
    let (nobody, anybody) = super::table::nobody(model, table.class);
    let parts = (&columns_of, &twice, &nobody, anybody);
    let shared = shared_of(job, &table, rules, parts, None, Left::default());
    let named = named_by(job.program, rules);
    let scratch = room().map_err(Stop::Scratch)?;
    let spill = Spill::new(scratch, n_buckets(open, bounds)?);
    let mut looked = look(job, &shared, open, (&spill, &named))?;
    if looked.has_blank && looked.has_name {
        // Cells below one that has a name may be merged with it.
        return Err(Stop::Whole(WhyWhole::Layout));
    }
    let windows: BTreeSet<Window> = looked.periods.iter().map(|one| window(*one)).collect();
    // Bodies of the pack are spoken of in a period that was asked for, though no row is about it.
    looked.periods.extend(job.options.period);
    before.add(looked.files.told());
    let apart: Vec<RuleId> = match is_loose || windows.len() > 1 {
        true => rules.to_vec(),
        false => other_rows(&shared, &looked.periods),
    };
    let mut bodies = Bodies {
        job,
        table: &table,
        shared: &shared,
        rules,
        columns: columns.unwrap_or_default(),
        named_rows: looked.named_rows,
        parts: looked.parts,
        figures_of,
        doubts: Doubts::of(looked.doubts),
        astray: looked.astray,
        bounds,
    };
    let extra = Extra {
        rules: &over,
        periods: &looked.periods,
        rows: Mutex::default(),
    };
    let answers = bodies.answers(&spill, (apart, &extra), room, &mut before)?;
    drop(spill);
    let told = shared_of(job, &table, rules, parts, Some(&answers), Left::default());
    let mut ran = run_rows(job, open, &table, &told, before, sink)?;
    let mut n_lines = looked.n_rows;
    if let Some(records) = answers.records().filter(|_| !ran.is_cut) {
        n_lines += lines_of(job, (rules, records), (&mut ran, sink), looked.n_rows)?;
    }
    if !ran.is_cut {
        let rows = extra
            .rows
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner);
        hand_on(job, (rules, nobody), rows, (&mut ran, sink), n_lines)?;
    }
    Ok(ran)
}

/// What the columns of a table hold, and whether its rows may be several of one body and period.
pub(super) fn read_as(known: &Known<'_>, sample: &Sampled) -> Result<(Table, bool), Stop> {
    match Table::of(known, sample.head(), &sample.rows) {
        Ok(table) => Ok((table, false)),
        Err(_) => {
            let table =
                Table::of_bodies(known, sample.head(), &sample.rows).map_err(Stop::Whole)?;
            Ok((table, true))
        }
    }
}

/// The rules about many bodies.
fn about_many(program: &Program, rules: &[RuleId]) -> Result<Vec<RuleId>, Stop> {
    let all = rules.iter().copied();
    let all = all.filter(|id| many::looks_at_many(program, *id));
    let (over, left): (Vec<RuleId>, Vec<RuleId>) =
        all.partition(|id| many::can_gather(program, *id));
    match left.is_empty() {
        true => Ok(over),
        false => Err(Stop::Rules(left)),
    }
}

/// So many buckets that all threads have something to do.
fn n_buckets(open: Open<'_>, bounds: Bounds) -> Result<usize, Stop> {
    let source = open().map_err(Stop::from)?;
    let n = (source.progress().0 / bounds.bucket_bytes.max(1)).clamp(1, MOST_BUCKETS);
    Ok(usize::try_from(n).unwrap_or(1))
}

/// The rules that look at other rows than that of the body and period that they judge, in some period.
fn other_rows(shared: &Shared<'_>, periods: &BTreeSet<Period>) -> Vec<RuleId> {
    let mut found = BTreeSet::new();
    for period in periods {
        let (_, plan, _) = shared.plan(*period);
        let whole = plan.rules.iter().filter(|rule| rule.way == Way::Whole);
        found.extend(whole.map(|rule| rule.rule));
    }
    found.into_iter().collect()
}

/// All that a rule is computed from.
fn roots(program: &Program, id: RuleId) -> impl Iterator<Item = &Root> {
    let rule = &program.rules[id];
    std::iter::once(&rule.goal)
        .chain(&rule.condition)
        .chain(&rule.reached)
        .chain(&rule.subject)
}

/// The bodies that rules name.
pub(super) fn named_by(program: &Program, rules: &[RuleId]) -> BTreeSet<EntityId> {
    let roots = rules.iter().flat_map(|id| roots(program, *id));
    let inputs = roots.flat_map(Root::reads);
    let named = inputs.filter_map(|input| program.inputs[input].figure.entity);
    named.collect()
}

impl Bodies<'_> {
    fn model(&self) -> &Model {
        &self.job.program.model
    }

    /// The name of the file of a part.
    fn file(&self, part: u64) -> Option<&str> {
        self.parts.get(&part)?.file.as_deref()
    }

    /// The number of the first row of each part.
    fn starts(&self) -> BTreeMap<u64, u64> {
        let mut start = 0;
        let parts = self.parts.iter().map(|(at, part)| {
            let own = start;
            start += part.n_rows;
            (*at, own)
        });
        parts.collect()
    }

    /// What all rules that are judged apart say, those first that many bodies answer together.
    fn answers(
        &mut self,
        spill: &Spill,
        (mut apart, extra): (Vec<RuleId>, &Extra<'_>),
        room: Room<'_>,
        before: &mut Before,
    ) -> Result<Answers, Stop> {
        let scratch = || room().map_err(Stop::Scratch);
        let about_records = |id: &RuleId| lists::is_about_records(self.job.program, *id);
        let of_records: Vec<RuleId> = self.rules.iter().copied().filter(about_records).collect();
        let is_shelved = self.figures_of.is_some() || has_lists(self.model());
        let gathered = self.gather(spill, extra.periods);
        let mut said = gathered.map_err(Halt::into_stop)?;
        loop {
            let shelf = is_shelved.then(scratch).transpose()?;
            let mut answers = Answers::new(scratch()?, apart.clone(), self.starts(), shelf);
            if !of_records.is_empty() {
                answers.keep_records((scratch()?, scratch()?), of_records.clone());
            }
            match self.judge_all(spill, &answers, (&said, extra)) {
                Ok(told) => match self.doubts.more() {
                    None => {
                        told.hand_on(before);
                        return Ok(answers);
                    }
                    // What some rows tell, all others have to know.
                    Some(all) if all.len() > MOST_NAMED => {
                        return Err(Stop::Whole(WhyWhole::Records));
                    }
                    Some(all) => {
                        self.doubts = Doubts::of(all);
                        let gathered = self.gather(spill, extra.periods);
                        said = gathered.map_err(Halt::into_stop)?;
                    }
                },
                Err(Halt::Stop(stop)) => return Err(stop),
                Err(Halt::Again) => apart = self.rules.to_vec(),
            }
            extra.clear();
        }
    }

    /// Reads all bodies that were put together, batch by batch.
    fn each(
        &self,
        spill: &Spill,
        with: &(dyn Fn(Batch) -> Result<(), Halt> + Sync),
    ) -> Result<(), Halt> {
        let next = AtomicUsize::new(0);
        each_on(self.job.threads, &|is_over| {
            let known = Known::of(self.model());
            while !is_over.load(Ordering::Relaxed) {
                let bucket = next.fetch_add(1, Ordering::Relaxed);
                if bucket >= spill.n_buckets() {
                    break;
                }
                let read = self.bucket(spill, bucket, &known, with);
                read.map_err(|halt| (bucket as u64, halt))?;
            }
            Ok(())
        })
    }

    /// Reads the bodies of a bucket, batch by batch.
    fn bucket(
        &self,
        spill: &Spill,
        bucket: usize,
        known: &Known<'_>,
        with: &dyn Fn(Batch) -> Result<(), Halt>,
    ) -> Result<(), Halt> {
        let n_bytes = spill.n_bytes(bucket);
        let n_rounds = n_bytes.div_ceil(self.bounds.bytes.max(1)).max(1);
        for round in 0..n_rounds {
            let rows = spill.rows(bucket, (round, n_rounds));
            let (bytes, mut rows) = rows.map_err(|error| Halt::Stop(Stop::Scratch(error)))?;
            rows.sort_unstable_by_key(|row| (row.key, row.at));
            let batches = whole_bodies(&rows, self.bounds.rows);
            for (n, rows) in batches.into_iter().enumerate() {
                let rows = rows.iter().map(|row| row.row(&bytes)).collect();
                with(self.read(known, (bucket, round, n), rows)?)?;
            }
        }
        Ok(())
    }

    /// Judges all bodies that were put together, and those of the pack that have no row.
    fn judge_all(
        &self,
        spill: &Spill,
        answers: &Answers,
        (said, extra): (&many::Said, &Extra<'_>),
    ) -> Result<Problems, Halt> {
        let told: Mutex<Problems> = Mutex::default();
        let with_rows: Mutex<BTreeSet<EntityId>> = Mutex::default();
        self.each(spill, &|batch| {
            let declared = batch.declared.clone();
            let problems = self.batch(batch, answers, (said, extra))?;
            let mut known = with_rows.lock().unwrap_or_else(PoisonError::into_inner);
            known.extend(declared);
            drop(known);
            let mut told = told.lock().unwrap_or_else(PoisonError::into_inner);
            told.n += problems.len() as u64;
            for (at, problem) in problems {
                told.has_error |= !problem.is_warning;
                told.by_row.entry(at).or_default().push(problem);
            }
            while told.by_row.len() > MOST_PROBLEMS {
                told.by_row.pop_last();
            }
            Ok(())
        })?;
        let with_rows = with_rows
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner);
        let declared = self.shared.wanted.nobody.entities.ids();
        let mut beside: BTreeSet<EntityId> = declared.collect();
        beside.retain(|id| *id != self.shared.wanted.anybody && !with_rows.contains(id));
        let nobody = self.of_nobody()?;
        self.judge_beside(&nobody, &beside, &BTreeMap::new(), (said, extra))?;
        Ok(told.into_inner().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Rows in the order of their bodies, cut where a body ends.
fn whole_bodies(rows: &[Held], most: usize) -> Vec<&[Held]> {
    let mut batches: Vec<&[Held]> = Vec::new();
    let (mut from, mut at) = (0, 0);
    for body in rows.chunk_by(|a, b| a.key == b.key) {
        at += body.len();
        if at - from >= most {
            batches.extend(rows.get(from..at));
            from = at;
        }
    }
    batches.extend(rows.get(from..).filter(|rest| !rest.is_empty()));
    batches
}

/// What a thread does until it is told that all is over; fails with the number of the piece of work.
type Work<'w, E> = &'w (dyn Fn(&AtomicBool) -> Result<(), (u64, E)> + Sync);

/// Does the same on each thread until one of them fails.
fn each_on<E: Send>(threads: usize, work: Work<'_, E>) -> Result<(), E> {
    let is_over = AtomicBool::new(false);
    let failed = First::default();
    let one = || {
        if let Err((at, error)) = work(&is_over) {
            failed.offer(at, error);
            is_over.store(true, Ordering::Relaxed);
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..threads {
            scope.spawn(one);
        }
        one();
    });
    failed.into_result()
}
