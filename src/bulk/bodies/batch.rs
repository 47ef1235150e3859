//! All rows of some bodies to the answers for them: they are read as one submission, and judged by the one
//! evaluator. Looks at nobody else's rows but those of bodies that rules name.

use std::collections::{BTreeMap, BTreeSet};

use super::answers::{Answer, Answers};
use super::spill::Spilled;
use super::{Bodies, Extra, Halt, many};
use crate::bulk::plan::{Said, code_of};
use crate::bulk::rows::{Found, body_of};
use crate::bulk::run::Stop;
use crate::bulk::table::{Probe, WhyWhole};
use crate::eval::{Row, judge_bodies};
use crate::figures::{FigureProblem, Submission};
use crate::fold::{fold_tight, fold_width};
use crate::index::Id;
use crate::message::Label;
use crate::model::{Entity, EntityId, RuleId};
use crate::period::Period;
use crate::program::{AggregateId, Program};

/// Where a problem was found, and the problem.
pub(super) type Told = ((u64, u64), FigureProblem);

/// The bucket, the round and the number of a batch.
pub(super) type BatchId = (usize, u64, usize);

/// The batch of those that have no row at all.
const NOBODY: BatchId = (usize::MAX, 0, 0);

/// Some whole bodies, read as one submission.
pub(super) struct Batch {
    pub(super) id: BatchId,
    pub(super) probe: Probe,
    /// The rows in the order of the table, without their cells.
    rows: Vec<Spilled>,
    texts: Vec<Vec<String>>,
    /// Rows of bodies that rules name, which are judged elsewhere.
    of_others: BTreeSet<(u64, u64)>,
    /// The bodies of the pack whose rows these are.
    pub(super) declared: BTreeSet<EntityId>,
    /// How many entities the reader knows.
    n_read: usize,
}

/// The first row of each body and period, and rows that are judged with one before.
struct Lines {
    own: BTreeMap<Period, BTreeMap<EntityId, usize>>,
    joined: Vec<usize>,
}

impl Batch {
    /// The members of what is said of many, as the reader found them.
    pub(super) fn members(&self, program: &Program, id: AggregateId) -> Vec<EntityId> {
        let meant = &program.aggregates[id].members;
        let mut members = self.probe.submission.members_of(meant);
        members.retain(|id| id.index() < self.n_read);
        members
    }
}

impl Bodies<'_> {
    /// Reads some rows of whole bodies.
    pub(super) fn read(&self, id: BatchId, mut rows: Vec<Spilled>) -> Result<Batch, Halt> {
        let of_others: BTreeSet<(u64, u64)> = self.add_named(&mut rows);
        let mut texts = Vec::with_capacity(rows.len());
        for row in &mut rows {
            texts.push(std::mem::take(&mut row.cells));
        }
        let probe = Probe::of(self.model(), &self.table.header, &texts);
        let is_read_alike = probe.is_read_as(&self.table.header, &self.columns);
        if !(is_read_alike || texts.is_empty()) {
            return Err(Halt::Stop(Stop::Whole(WhyWhole::Layout)));
        }
        let own = rows.iter().zip(&texts);
        let own = own.filter(|(row, _)| !of_others.contains(&row.at));
        let declared = own.filter_map(|(_, cells)| match body_of(self.shared, self.name(cells)) {
            Found::Declared(id) => Some(id),
            Found::New | Found::Nobody => None,
        });
        Ok(Batch {
            id,
            declared: declared.collect(),
            n_read: probe.submission.entities.len(),
            probe,
            rows,
            texts,
            of_others,
        })
    }

    /// Those of whom the table has no row, beside whom rules name.
    pub(super) fn of_nobody(&self) -> Result<Batch, Halt> {
        self.read(NOBODY, Vec::new())
    }

    /// Judges all bodies of a batch. Says what is wrong with their rows.
    pub(super) fn batch(
        &self,
        mut batch: Batch,
        answers: &Answers,
        (said, extra): (&many::Said, &Extra<'_>),
    ) -> Result<Vec<Told>, Halt> {
        let problems = self.problems(&batch);
        let lines = self.lines(&mut batch);
        if !lines.joined.is_empty() && answers.rules().len() < self.rules.len() {
            return Err(Halt::Again);
        }
        self.judge(&batch, &lines, answers, said)?;
        let declared = batch.declared.clone();
        self.judge_beside(&batch, &declared, &lines.own, (said, extra))?;
        Ok(problems)
    }

    /// What is wrong with the rows of a batch.
    fn problems(&self, batch: &Batch) -> Vec<Told> {
        let rows = &batch.rows;
        let line_of = |row: usize| rows.get(row).map(|row| row.line);
        let told = batch.probe.told(None, line_of).into_iter();
        let own = told.filter_map(|(row, mut problem)| {
            let own = rows.get(row)?;
            // Rows of no known time are told by whoever passes over them.
            let period = self.period(batch.texts.get(row)?);
            if batch.of_others.contains(&own.at) || period.is_none() {
                return None;
            }
            if let Some(file) = self.file(own.at.0) {
                file.clone_into(&mut problem.file);
            }
            Some((own.at, problem))
        });
        own.collect()
    }

    /// The lines that the rows of a batch are.
    fn lines(&self, batch: &mut Batch) -> Lines {
        let mut lines = Lines {
            own: BTreeMap::new(),
            joined: Vec::new(),
        };
        let mut new = BTreeMap::new();
        for (at, (row, cells)) in batch.rows.iter().zip(&batch.texts).enumerate() {
            if batch.of_others.contains(&row.at) {
                continue;
            }
            let about = self.about(&mut batch.probe.submission, cells, &mut new);
            let Some((body, period)) = about.filter(|(_, period)| self.is_asked(*period)) else {
                continue;
            };
            let known = lines.own.entry(period).or_default();
            match known.contains_key(&body) {
                true => lines.joined.push(at),
                false => {
                    known.insert(body, at);
                }
            }
        }
        lines
    }

    /// Adds the rows of bodies that rules name, and says which they are.
    fn add_named(&self, rows: &mut Vec<Spilled>) -> BTreeSet<(u64, u64)> {
        let own: BTreeSet<(u64, u64)> = rows.iter().map(|row| row.at).collect();
        let others = self.named_rows.iter().filter(|row| !own.contains(&row.at));
        rows.extend(others.cloned());
        rows.sort_by_key(|row| row.at);
        let others = rows.iter().map(|row| row.at).filter(|at| !own.contains(at));
        others.collect()
    }

    /// Whether lines of a period are asked for.
    pub(super) fn is_asked(&self, period: Period) -> bool {
        let asked = self.job.options.period;
        asked.is_none_or(|asked| asked == period)
    }

    fn name<'c>(&self, cells: &'c [String]) -> &'c str {
        let cell = self.table.entity.and_then(|at| cells.get(at));
        cell.map_or("", String::as_str)
    }

    fn period(&self, cells: &[String]) -> Option<Period> {
        let text = cells.get(self.table.period)?;
        Period::parse(text, &self.model().words.periods).ok()
    }

    /// Whom and when a row is about. One that nobody declared may have no figure at all.
    fn about(
        &self,
        submission: &mut Submission,
        cells: &[String],
        new: &mut BTreeMap<String, EntityId>,
    ) -> Option<(EntityId, Period)> {
        let period = self.period(cells)?;
        let name = self.name(cells);
        let body = match body_of(self.shared, name) {
            Found::Nobody => return None,
            Found::Declared(id) => id,
            Found::New => {
                let spaced = || {
                    let tight = submission.entity_named(&fold_tight(name));
                    tight.filter(|_| !name.is_ascii())
                };
                let known = submission.entity_named(name).or_else(spaced);
                known.or_else(|| {
                    let class = self.table.class?;
                    let name = fold_width(name.trim());
                    let entity = || Entity {
                        id: name.clone(),
                        label: Label::same(&name),
                        class: Some(class),
                        part_of: None,
                        further: None,
                        span: self.model().classes[class].span,
                    };
                    let id = new.entry(name.clone());
                    Some(*id.or_insert_with(|| submission.entities.push(entity())))
                })?
            }
        };
        Some((body, period))
    }

    /// The answers of the evaluator for some bodies in a period.
    fn rows(
        &self,
        batch: &Batch,
        (period, bodies): (Period, &BTreeSet<EntityId>),
        rules: &[RuleId],
        said: &many::Said,
    ) -> Result<Vec<Row>, Halt> {
        let program = self.job.program;
        let submission = &batch.probe.submission;
        let clocks = self.clocks(period, submission);
        let memory = said.memory(period, batch, program);
        let rows = judge_bodies(program, submission, &clocks, rules, (bodies, &memory));
        match memory.is_short() {
            // Never judged from some of many bodies.
            true => Err(Halt::Stop(Stop::Rules(rules.to_vec()))),
            false => Ok(rows),
        }
    }

    /// The answers for each body and period, each noted at its first row.
    fn judge(
        &self,
        batch: &Batch,
        lines: &Lines,
        answers: &Answers,
        said: &many::Said,
    ) -> Result<(), Halt> {
        let rules = answers.rules();
        let mut places = vec![usize::MAX; self.job.program.rules.len()];
        for (at, id) in rules.iter().enumerate() {
            if let Some(place) = places.get_mut(id.index()) {
                *place = at;
            }
        }
        let mut noted: BTreeMap<usize, Vec<Option<Said>>> = BTreeMap::new();
        for (period, lines) in &lines.own {
            let bodies: BTreeSet<EntityId> = lines.keys().copied().collect();
            for row in lines.values() {
                noted.insert(*row, vec![None; rules.len()]);
            }
            for row in self.rows(batch, (*period, &bodies), rules, said)? {
                let at = places.get(row.rule.index()).copied();
                let line = lines.get(&row.entity).and_then(|line| noted.get_mut(line));
                if let Some(to) = line.zip(at).and_then(|(line, at)| line.get_mut(at)) {
                    *to = Some(Said {
                        code: code_of(row.verdict),
                        causes: row.causes,
                        possible: row.possible,
                    });
                }
            }
        }
        let of_row = |at: usize| batch.rows.get(at).map(|row| row.at);
        let own = noted.iter().filter_map(|(at, said)| {
            let said: Answer<'_> = Some(said.as_slice());
            Some((of_row(*at)?, said))
        });
        let joined = lines
            .joined
            .iter()
            .filter_map(|at| Some((of_row(*at)?, None)));
        let mut all: Vec<((u64, u64), Answer<'_>)> = own.chain(joined).collect();
        all.sort_by_key(|(at, _)| *at);
        let noted = answers.note(&all);
        noted.map_err(|error| Halt::Stop(Stop::Scratch(error)))
    }

    /// What rules about many bodies say of bodies of the pack in periods in which those have no row.
    pub(super) fn judge_beside(
        &self,
        batch: &Batch,
        bodies: &BTreeSet<EntityId>,
        lines: &BTreeMap<Period, BTreeMap<EntityId, usize>>,
        (said, extra): (&many::Said, &Extra<'_>),
    ) -> Result<(), Halt> {
        if extra.rules.is_empty() || bodies.is_empty() {
            return Ok(());
        }
        for period in extra
            .periods
            .iter()
            .filter(|period| self.is_asked(**period))
        {
            let has_row = |id: &EntityId| {
                let lines = lines.get(period);
                lines.is_some_and(|lines| lines.contains_key(id))
            };
            let beside: BTreeSet<EntityId> =
                bodies.iter().copied().filter(|id| !has_row(id)).collect();
            let rows = self.rows(batch, (*period, &beside), extra.rules, said)?;
            extra.add(*period, rows);
        }
        Ok(())
    }
}
