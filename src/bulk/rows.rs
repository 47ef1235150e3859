//! The rows of a block to codes of verdicts: what doubles prove they answer, what they leave open the
//! exact evaluator does from the same figures. Looks at no other row than those of the block.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::AtomicU8;
use std::sync::{Arc, Mutex, PoisonError};

use super::block::{Block, Cells, Part, Shown, SourceProblem, SourceProblemKind};
use super::bodies::{Answers, OfRow};
use super::figures::{self, Figures};
use super::kept::{self, Left};
use super::kernel::{Bench, ROWS};
use super::keys::window;
use super::plan::{NO_ROW, Plan, Said, Wanted, Way};
use super::table::{Probe, Table};
use crate::eval::{Clocks, Options};
use crate::figures::FigureProblem;
use crate::figures::table::Known;
use crate::index::Id;
use crate::message::Message;
use crate::model::{EntityId, RuleId};
use crate::period::Period;

mod chunk;
mod exact;
mod names;
mod printed;
mod words;

pub(super) use names::{Found, are_tight, body_of, is_note_beside, keys, trimmed};
use names::{alone, each_body, first_and_length, notes, without_notes};
use words::{Learnt, outside, read_words};

/// What all threads of a run know.
pub(super) struct Shared<'a> {
    pub(super) wanted: Wanted<'a>,
    pub(super) table: &'a Table,
    pub(super) options: &'a Options,
    /// The names of the columns of figures.
    figure_names: Arc<Vec<String>>,
    /// What was found before for rules that look at other rows.
    pub(super) answers: Option<&'a Answers>,
    /// Each period that was met, with its clocks and the place of its plan.
    plans: Mutex<Plans>,
    /// What threads began with and left.
    desks: Mutex<Vec<Desk>>,
    /// Whether a row so far names no body, and whether one does, as bits.
    names_seen: AtomicU8,
    /// For each first byte and length, up to a word of bits, whether a declared name has both.
    names: Vec<u64>,
}

/// What is computed for the rows of each period.
#[derive(Default)]
pub(super) struct Plans {
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
    /// It is judged with an earlier row of the same body and period.
    pub(super) is_joined: bool,
}

/// The verdicts of a block.
#[derive(Default)]
pub(super) struct Judged {
    pub(super) places: Vec<Place>,
    pub(super) periods: Vec<Period>,
    /// One period of each length of which rows were passed over, as they are of another than was asked for.
    pub(super) passed_over: Vec<Period>,
    /// Totals, and headers between other rows.
    pub(super) between: Vec<u32>,
    /// For each rule a code for each row.
    pub(super) codes: Vec<Vec<u8>>,
    /// For each rule what else is to be said of rows that doubles did not decide, in order of rows.
    pub(super) said: Vec<Vec<(u32, Said)>>,
    /// Problems of rows, with their places in the file.
    pub(super) problems: Vec<FigureProblem>,
    /// For each decision the place of the outcome of each row.
    pub(super) outcomes: Vec<Vec<u8>>,
    /// What was printed of the figures, where that is asked for.
    pub(super) figures: Option<Figures>,
    /// What else is known of rows that were judged with other rows.
    pub(super) told: Vec<(u32, OfRow)>,
}

impl<'a> Shared<'a> {
    pub(super) fn new(
        wanted: Wanted<'a>,
        table: &'a Table,
        options: &'a Options,
        answers: Option<&'a Answers>,
        left: Left,
    ) -> Shared<'a> {
        let mut names = vec![0u64; 256];
        for name in wanted.nobody.names() {
            if let Some((first, length)) = first_and_length(name.as_bytes()) {
                names[first] |= length;
            }
        }
        let figures = table.figures.iter().map(|column| &column.figure);
        Shared {
            figure_names: Arc::new(figures::names(&wanted.program.model, figures)),
            names_seen: AtomicU8::new(0),
            names,
            wanted,
            table,
            options,
            answers,
            plans: Mutex::new(left.plans),
            desks: Mutex::new(left.desks),
        }
    }

    /// What another run over such a table may begin with.
    pub(super) fn left(self) -> Left {
        let plans = self.plans.into_inner();
        let plans = plans.unwrap_or_else(PoisonError::into_inner);
        let desks = self.desks.into_inner();
        let mut left = Left {
            plans,
            desks: desks.unwrap_or_else(PoisonError::into_inner),
        };
        if left.plans.periods.len() > kept::MOST {
            return Left::default();
        }
        for desk in &mut left.desks {
            desk.words.retain(|_, words| words.n_known() <= kept::MOST);
        }
        left
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

/// The double that stands for a word of a column.
#[derive(Clone)]
struct Word {
    value: f64,
    is_odd: bool,
}

/// What a thread computes in, and what it learnt.
#[derive(Default)]
pub(super) struct Desk {
    /// By the places of plans.
    benches: BTreeMap<usize, Bench>,
    /// For each column of words what each says.
    words: BTreeMap<usize, Learnt>,
}

/// The rows of one thread.
pub(super) struct Worker<'a> {
    shared: &'a Shared<'a>,
    /// What names mean, remembered.
    known: Known<'a>,
    desk: Desk,
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
    block: &'b Block,
    /// The rows of the block.
    rows: &'b [u32],
}

impl<'a> Worker<'a> {
    pub(super) fn new(shared: &'a Shared<'a>) -> Worker<'a> {
        let n = shared.table.figures.len();
        let desks = shared.desks.lock();
        let mut desks = desks.unwrap_or_else(PoisonError::into_inner);
        Worker {
            shared,
            known: Known::of(&shared.wanted.program.model),
            desk: desks.pop().unwrap_or_default(),
            periods: BTreeMap::new(),
            memo: BTreeMap::new(),
            columns: vec![Vec::new(); n],
            odd: vec![Vec::new(); n],
            absent: vec![f64::NAN; ROWS],
        }
    }

    /// Leaves what may be of use to others.
    pub(super) fn leave(self) {
        let desks = self.shared.desks.lock();
        let mut desks = desks.unwrap_or_else(PoisonError::into_inner);
        desks.push(self.desk);
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
        let mut by_plan: Vec<(usize, Arc<Plan>, Vec<u32>)> = Vec::new();
        let mut clocks = Vec::new();
        let mut plans = Vec::new();
        for period in &judged.periods {
            let (at, plan, own) = self.shared.plan(*period);
            clocks.push(own);
            let known = by_plan.iter().position(|(other, ..)| *other == at);
            plans.push(known.unwrap_or_else(|| {
                by_plan.push((at, plan, Vec::with_capacity(block.n_rows)));
                by_plan.len() - 1
            }));
        }
        // Mostly all rows are of one plan.
        let places: &[Place] = match by_plan.as_mut_slice() {
            [(.., rows)] if judged.places.iter().all(|place| !place.is_lost) => {
                rows.extend((0u32..).take(judged.places.len()));
                &[]
            }
            _ => &judged.places,
        };
        for (row, place) in (0u32..).zip(places) {
            let plan = plans.get(place.period as usize);
            if let (false, Some(plan)) = (place.is_lost, plan)
                && let Some((.., rows)) = by_plan.get_mut(*plan)
            {
                rows.push(row);
            }
        }
        by_plan.sort_by_key(|(at, ..)| *at);
        for (at, plan, rows) in by_plan {
            let is_all = rows.len() == block.n_rows;
            for rows in rows.chunks(ROWS) {
                let chunk = Chunk {
                    plan: &plan,
                    at,
                    clocks: &clocks,
                    block,
                    rows,
                };
                self.chunk(&chunk, is_all, part, &mut judged)?;
            }
        }
        // Rows of one plan stand in order, and those of several between each other.
        for said in &mut judged.said {
            if !said.is_sorted_by_key(|(row, _)| *row) {
                said.sort_unstable_by_key(|(row, _)| *row);
            }
        }
        Ok(judged)
    }

    /// The columns of figures as doubles, and the rows whose cells are none.
    fn figures(&mut self, block: &Block) {
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
                    odd.extend_from_slice(rows);
                    if let Some((bounds, factor)) = column.bounds() {
                        outside(own, bounds, factor, odd);
                    }
                    continue;
                }
                Some(Cells::Words { codes, words }) => {
                    let known = self.desk.words.entry(at).or_default();
                    known.learn(words, |new| {
                        read_words(&self.known, self.shared.table, column.place, new)
                    });
                    known.values_of(codes, values, odd);
                }
                _ => values.resize(block.n_rows, f64::NAN),
            }
            if let Some((bounds, factor)) = column.bounds() {
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
                Some(other) => {
                    let is_as_long = |known: &Period| window(*known) == window(other);
                    if !judged.passed_over.iter().any(is_as_long) {
                        judged.passed_over.push(other);
                    }
                    OTHER
                }
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
        judged.places.reserve(block.n_rows);
        let mut between: Vec<u32> = Vec::new();
        let notes = notes(model, part, names, || alone(&self.columns, &self.odd))?;
        let push = |row: usize, found: Found| {
            if found == Found::Between {
                between.push(u32::try_from(row).unwrap_or(u32::MAX));
            }
            let period = codes.get(row).copied().unwrap_or(LOST);
            let is_lost = period >= OTHER || found.is_nobody();
            if period == LOST || found.is_nobody() {
                lost.push(u32::try_from(row).unwrap_or(u32::MAX));
            }
            judged.places.push(Place {
                body: match found {
                    Found::Declared(id) => Some(id),
                    Found::New | Found::Nobody | Found::Between => None,
                },
                period,
                is_lost,
                is_joined: false,
            });
        };
        each_body(shared, (names, &notes), block.n_rows, push);
        judged.between = between;
        // What is wrong with a row is told whether its period was asked for or not; who read all rows before has told.
        if shared.answers.is_none() && codes.contains(&OTHER) {
            let is_other = |row: &u32| codes.get(*row as usize) == Some(&OTHER);
            lost.extend(self.odd.iter().flatten().copied().filter(is_other));
            lost.sort_unstable();
            lost.dedup();
        }
        self.tell(&lost, block, part, judged)
    }

    /// Says of rows that are about nobody, no time or another period what the reader of figures says of them.
    fn tell(
        &self,
        lost: &[u32],
        block: &Block,
        part: &mut dyn Part,
        judged: &mut Judged,
    ) -> Result<(), SourceProblem> {
        let table = self.shared.table;
        for rows in lost.chunks(ROWS) {
            let rows = &without_notes(&self.shared.wanted.program.model, part, rows)?;
            let lines = part.lines(block, rows);
            let mut above = table.naming_row();
            let mut probe = self.below(above.clone(), part.cells(rows)?);
            // Right below a header a row may look like more of it; below a row of figures it is another header.
            if !probe.is_plain(&table.header) {
                above = Some(table.pattern_row());
                probe = self.below(above.clone(), part.cells(rows)?);
            }
            if !probe.is_plain(&table.header) {
                return Err(SourceProblem::new(
                    lines.first().copied().unwrap_or(1),
                    SourceProblemKind::Shape(Message::new("columns-layout")),
                ));
            }
            let n_above = usize::from(above.is_some());
            let told = probe.told(|row| {
                let line = lines.get(row.checked_sub(n_above)?)?;
                Some((part.file(), *line))
            });
            judged
                .problems
                .extend(told.into_iter().map(|(_, told)| told));
        }
        Ok(())
    }

    /// Rows read as a table of their own, below another row where there is one.
    fn below(&self, above: Option<Vec<Shown>>, rows: Vec<Vec<Shown>>) -> Probe {
        let mut cells: Vec<_> = above.into_iter().chain(rows).collect();
        self.shared.table.probe(&self.known, &mut cells)
    }
}

/// A period that was not asked for.
const OTHER: u32 = u32::MAX - 1;
/// No period.
const LOST: u32 = u32::MAX;

/// The rules that a run judges: all but checks of figures against each other, which an audit makes.
#[must_use]
pub fn judged_rules(program: &crate::program::Program) -> Vec<RuleId> {
    let rules = program.model.rules.iter();
    let judged = rules.filter(|(_, rule)| rule.kind != crate::model::RuleKind::Check);
    judged.map(|(id, _)| RuleId::new(id.index())).collect()
}
