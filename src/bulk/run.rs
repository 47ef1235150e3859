//! A table of any length to verdicts: its parts are read and judged side by side and handed on in their
//! order. Holds a few blocks a thread, whatever the length. Never writes anything itself.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Condvar, Mutex, PoisonError};

use super::block::{Block, Cells, Part, Source, SourceProblem, SourceProblemKind, Wanted};
use super::bodies::Answers;
use super::compile::Columns;
use super::kept::{Kept, Left};
use super::keys::Keys;
use super::plan;
pub use super::rows::judged_rules;
use super::rows::{Shared, Worker};
use super::table::{Table, WhyWhole, nobody};
use super::tally::Tally;
use super::verdicts::Verdicts;
use crate::eval::Options;
use crate::figures::{FigureProblem, Submission};
use crate::model::{EntityId, FigureRef, RuleId};
use crate::program::Program;
use crate::verdict::Verdict;

mod before;
mod filled;
mod first;
mod gathered;
mod heads;

pub(super) use before::{Before, Sampled, has_error, sampled};
use before::{SAMPLE, understood};
pub(super) use filled::Files;
use filled::holds_figure;
pub(super) use first::First;
use gathered::{Gathered, Read};
pub(super) use heads::Heads;

/// The number of what cannot be opened: it stands behind all parts that were handed out.
const UNOPENED: u64 = u64::MAX - 1;
/// Blocks of a part that wait for the parts before it.
const WAITING: usize = 64;
/// Problems of rows that are kept in words.
pub(super) const MOST_PROBLEMS: usize = 200;

/// What verdicts are handed to, block by block, in the order of the table.
pub trait Sink: Send {
    /// Takes the verdicts of some rows.
    ///
    /// # Errors
    /// Where they cannot be written; the run ends with it.
    fn take(&mut self, verdicts: &Verdicts<'_>) -> std::io::Result<()>;

    /// Whether it wants the verdicts at all; where it does not, nothing waits for its turn.
    fn is_open(&self) -> bool {
        true
    }

    /// The verdicts whose figures it wants beside them, all where the list is empty; none where it wants
    /// no figures. Rows without such a verdict have none.
    fn figures_of(&self) -> Option<Vec<Verdict>> {
        None
    }
}

/// What is judged, and how.
pub struct Job<'a> {
    /// The rules.
    pub program: &'a Program,
    /// The clocks; without a period each row is judged in its own.
    pub options: &'a Options,
    /// The rules that are asked for; all where there are none.
    pub rules: &'a [RuleId],
    /// How many threads, at least one.
    pub threads: usize,
    /// The run ends with the first row that fails.
    pub fail_fast: bool,
    /// Told now and then how many bytes there are, how many of them were read, and how many rows.
    pub progress: &'a (dyn Fn(u64, u64, u64) + Sync),
}

/// Why a table was not judged.
#[derive(Debug)]
pub enum Stop {
    /// It cannot be read as columns, and has to be read as a whole.
    Whole(WhyWhole),
    /// Some rules look at other rows than that of the body and period that they judge.
    Rules(Vec<RuleId>),
    /// Some rules name bodies that have very many rows.
    Named(Vec<RuleId>),
    /// It is broken.
    Source(SourceProblem),
    /// The verdicts cannot be written.
    Sink(std::io::Error),
    /// What does not fit into memory cannot be written, or read again.
    Scratch(std::io::Error),
    /// Several rows are about the same body and period, or periods of different lengths.
    Repeated(String),
}

impl From<SourceProblem> for Stop {
    fn from(problem: SourceProblem) -> Stop {
        match problem.kind {
            SourceProblemKind::Shape(_) => Stop::Whole(WhyWhole::Layout),
            _ => Stop::Source(problem),
        }
    }
}

/// What a run comes to.
#[derive(Debug, Default)]
pub struct Ran {
    /// Rows, and verdicts by rule.
    pub tally: Tally,
    /// Problems of rows, as many as are kept in words.
    pub problems: Vec<FigureProblem>,
    /// How many problems there were.
    pub n_problems: u64,
    /// Whether one of all of these is more than a warning.
    pub has_error: bool,
    /// It ended with a failure before the table did.
    pub is_cut: bool,
}

/// Opens the table once more.
pub type Open<'a> = &'a (dyn Fn() -> Result<Box<dyn Source + 'a>, SourceProblem> + Sync);

/// What threads share while they run.
struct Line<'s> {
    /// The part whose verdicts are handed on next.
    turn: Mutex<(u64, &'s mut dyn Sink)>,
    moved: Condvar,
    /// The first part that is not read to its end; those before it are, whatever the others come to.
    end: AtomicU64,
    gathered: Mutex<Gathered>,
    heads: Heads<'s>,
    /// Whether anybody wants the verdicts themselves.
    is_open: bool,
    /// The verdicts whose figures are wanted.
    figures_of: Option<Vec<Verdict>>,
    stop: First<Stop>,
}

impl Line<'_> {
    /// Whether a part is not read on.
    fn is_over(&self, part: u64) -> bool {
        self.end.load(Ordering::Relaxed) <= part
    }

    /// Ends the run before a part.
    fn stop_at(&self, part: u64, stop: Stop) {
        self.stop.offer(part, stop);
        self.end_at(part);
    }

    /// Gives the turn of a part to the next one.
    fn pass_turn(&self, part: u64) {
        let mut turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        // A part behind the end may be here though its turn never came: those before it still wait for theirs.
        if turn.0 == part {
            turn.0 = part + 1;
        }
        drop(turn);
        self.moved.notify_all();
    }

    fn end_at(&self, part: u64) {
        // Who waits looks at the end before it sleeps, and must not be called in between.
        let turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        self.end.fetch_min(part, Ordering::Relaxed);
        drop(turn);
        self.moved.notify_all();
    }
}

/// Ends the run where a thread panics, so that none waits for it forever.
struct Awake<'l, 's>(&'l Line<'s>);

impl Drop for Awake<'_, '_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.end_at(0);
        }
    }
}

/// Judges all rows of a table, each for itself.
///
/// # Errors
/// See [`Stop`].
pub fn run(job: &Job<'_>, open: Open<'_>, sink: &mut dyn Sink) -> Result<Ran, Stop> {
    run_after(&Kept::default(), job, open, sink)
}

/// The same, beginning with what runs of the same program, rules and options left.
pub(super) fn run_after(
    kept: &Kept,
    job: &Job<'_>,
    open: Open<'_>,
    sink: &mut dyn Sink,
) -> Result<Ran, Stop> {
    let (table, sample, before) = understood(job.program, open)?;
    let all = judged_rules(job.program);
    let rules = if job.rules.is_empty() {
        &all
    } else {
        job.rules
    };
    let (columns, twice) = table.columns(&sample);
    let (nobody, anybody) = nobody(&job.program.model, table.class);
    let shared = shared_of(
        job,
        &table,
        rules,
        (&columns, &twice, &nobody, anybody),
        None,
        kept.take(&table, &columns, &twice),
    );
    // Though no row may be about a period that was asked for, rules may speak of it.
    if let Some(period) = job.options.period {
        shared.plan(period);
    }
    let whole = shared.whole();
    if !whole.is_empty() {
        return Err(Stop::Rules(whole));
    }
    let ran = run_rows(job, open, &table, &shared, before, sink)?;
    kept.give(&table, &columns, &twice, shared.left());
    Ok(ran)
}

/// Where quantities are held, those that are held more than once, nobody's figures, and a body that came
/// with a table.
pub(super) type Parts<'a> = (
    &'a Columns,
    &'a BTreeSet<FigureRef>,
    &'a Submission,
    EntityId,
);

/// What all threads of a run know.
pub(super) fn shared_of<'a>(
    job: &'a Job<'_>,
    table: &'a Table,
    rules: &'a [RuleId],
    (columns, shared, nobody, anybody): Parts<'a>,
    answers: Option<&'a Answers>,
    left: Left,
) -> Shared<'a> {
    let wanted = plan::Wanted {
        program: job.program,
        nobody,
        rules,
        columns,
        absent: table.figures.len(),
        shared,
        anybody,
        told: answers.map_or(&[], Answers::rules),
    };
    Shared::new(wanted, table, job.options, answers, left)
}

/// Judges all rows of a table that was understood.
pub(super) fn run_rows(
    job: &Job<'_>,
    open: Open<'_>,
    table: &Table,
    shared: &Shared<'_>,
    before: Before,
    sink: &mut dyn Sink,
) -> Result<Ran, Stop> {
    let source = open().map_err(Stop::from)?;
    let wanted = table.wanted();
    let line = Line {
        is_open: sink.is_open(),
        figures_of: sink.figures_of(),
        turn: Mutex::new((0, sink)),
        moved: Condvar::new(),
        end: AtomicU64::new(u64::MAX),
        gathered: Mutex::new(Gathered::after(before)),
        heads: Heads::of(table, &job.program.model),
        stop: First::default(),
    };
    std::thread::scope(|scope| {
        for _ in 1..job.threads {
            scope.spawn(|| work(job, shared, source.as_ref(), &wanted, &line));
        }
        work(job, shared, source.as_ref(), &wanted, &line);
    });
    line.stop.into_result()?;
    line.heads.ended()?;
    let gathered = line.gathered.into_inner();
    let gathered = gathered.unwrap_or_else(PoisonError::into_inner);
    let (ran, keys) = gathered.ended();
    if !ran.is_cut && shared.answers.is_none() && !keys.are_distinct() {
        // The names are in no order, so they are all looked at once more.
        super::keys::distinct(open, shared)?;
    }
    Ok(ran)
}

fn work(
    job: &Job<'_>,
    shared: &Shared<'_>,
    source: &dyn Source,
    wanted: &[Wanted],
    line: &Line<'_>,
) {
    let mut worker = Worker::new(shared);
    let _awake = Awake(line);
    loop {
        let next = match line.is_over(UNOPENED) {
            true => Ok(None),
            false => source.next_part(wanted),
        };
        let mut number = UNOPENED;
        let done = match next {
            Ok(None) => break,
            Ok(Some((at, mut part))) => {
                number = at;
                judge_part(job, shared, &mut worker, (at, part.as_mut()), source, line)
            }
            Err(problem) => Err(Stop::from(problem)),
        };
        if let Err(stop) = done {
            line.stop_at(number, stop);
            break;
        }
    }
    worker.leave();
}

fn judge_part(
    job: &Job<'_>,
    shared: &Shared<'_>,
    worker: &mut Worker<'_>,
    (at, part): (u64, &mut dyn Part),
    source: &dyn Source,
    line: &Line<'_>,
) -> Result<(), Stop> {
    let mut waiting: Vec<(Block, super::rows::Judged)> = Vec::new();
    let mut block = Block::default();
    let (mut tally, mut keys) = (Tally::default(), Keys::default());
    let mut problems = part.told();
    let (mut n_rows, mut n_problems) = (0, problems.len() as u64);
    // Who read all rows before has looked at that.
    let mut is_filled = shared.answers.is_some() || has_error(&problems);
    loop {
        let is_more = part.next(&mut block).map_err(Stop::from)?;
        if line.is_over(at) {
            return Ok(());
        }
        let (n_lost, lost) = part.lost();
        problems.extend(lost);
        n_problems += n_lost;
        is_filled |= n_lost > 0;
        if !is_more {
            break;
        }
        if shared.answers.is_none() {
            line.heads.add(part, &block)?;
            if shared.mixes_names(&block) {
                return Err(Stop::Whole(WhyWhole::Layout));
            }
        }
        let mut judged = worker.judge(&block, part).map_err(Stop::from)?;
        is_filled = is_filled || holds_figure(shared.table, &block, &judged.between);
        if let Some(answers) = shared.answers {
            let filled = answers.fill(shared.wanted.rules, (at, n_rows), &mut judged);
            filled.map_err(Stop::Scratch)?;
        }
        let whole = shared.whole();
        if !whole.is_empty() {
            return Err(Stop::Rules(whole));
        }
        n_problems += judged.problems.len() as u64;
        problems.append(&mut judged.problems);
        keys.add(shared.table, &block, &judged);
        n_rows += block.n_rows as u64;
        let verdicts = Verdicts::new(shared, &block, &judged);
        tally.add(&verdicts);
        if !line.is_open {
            continue;
        }
        if let Some(only) = &line.figures_of {
            let mut printed = worker.printed(&judged, only, part).map_err(Stop::from)?;
            if let Some(answers) = shared.answers {
                printed.of_others = answers.figures(shared.wanted.rules, &mut judged);
            }
            judged.figures = Some(printed);
        }
        // Only names are of use where verdicts are handed on.
        waiting.push((names_of(&block, shared.table), judged));
        if waiting.len() > WAITING || is_turn(line, at) {
            hand_on(shared, line, at, &mut waiting)?;
        }
    }
    if line.is_open {
        hand_on(shared, line, at, &mut waiting)?;
    }
    let mut gathered = line.gathered.lock().unwrap_or_else(PoisonError::into_inner);
    let read = Read {
        tally,
        keys,
        n_rows,
        n_problems,
        problems,
        is_filled,
    };
    gathered.add((at, part.file()), read);
    let (size, read) = source.progress();
    (job.progress)(size, read, gathered.n_rows);
    if job.fail_fast && gathered.ran.tally.has_failure() {
        gathered.ran.is_cut = true;
        line.end_at(0);
    }
    drop(gathered);
    line.pass_turn(at);
    Ok(())
}

fn is_turn(line: &Line<'_>, at: u64) -> bool {
    line.turn.lock().unwrap_or_else(PoisonError::into_inner).0 == at
}

/// Hands verdicts on, once those of all parts before were.
fn hand_on(
    shared: &Shared<'_>,
    line: &Line<'_>,
    at: u64,
    waiting: &mut Vec<(Block, super::rows::Judged)>,
) -> Result<(), Stop> {
    let mut turn = line.turn.lock().unwrap_or_else(PoisonError::into_inner);
    while turn.0 != at {
        if line.is_over(at) {
            return Ok(());
        }
        turn = line
            .moved
            .wait(turn)
            .unwrap_or_else(PoisonError::into_inner);
    }
    for (block, judged) in waiting.iter() {
        let verdicts = Verdicts::new(shared, block, judged);
        turn.1.take(&verdicts).map_err(Stop::Sink)?;
    }
    waiting.clear();
    Ok(())
}

/// The rows of a block with nothing but whom they are about.
fn names_of(block: &Block, table: &Table) -> Block {
    let column = |at: usize| match Some(at) == table.entity {
        true => block.columns.get(at).cloned().unwrap_or_default(),
        false => Cells::Nothing,
    };
    Block {
        n_rows: block.n_rows,
        first: block.first,
        columns: (0..block.columns.len()).map(column).collect(),
    }
}
