//! All rows of some bodies to the answers for them: they are read as one submission, and judged by the one
//! evaluator. Looks at nobody else's rows but those of bodies that rules name.

use std::collections::{BTreeMap, BTreeSet};

use super::answers::{Answers, Noted};
use super::lists::{declared_in, names_lines, record_called};
use super::shelf::OfRow;
use super::spill::Spilled;
use super::{Bodies, Extra, Halt, many};
use crate::bulk::block::Shown;
use crate::bulk::figures::{Named, named};
use crate::bulk::plan::{Said, code_of};
use crate::bulk::rows::{Found, body_of};
use crate::bulk::run::Stop;
use crate::bulk::table::{PROBE, Probe, WhyWhole, expect_apart};
use crate::bulk::whole::places_of;
use crate::eval::{ManyDoubts, ManyFigures, ManyKey, Memory, Row, judge_bodies, members_asked};
use crate::figures::table::{Alike, Known};
use crate::figures::{FigureProblem, Submission};
use crate::fold::{fold_width, unspaced};
use crate::index::Id;
use crate::message::Label;
use crate::model::{Entity, EntityId, RuleId};
use crate::period::Period;
use crate::verdict::Verdict;

/// Where a problem was found, and the problem.
pub(super) type Told = ((u64, u64), FigureProblem);

/// The bucket, the round and the number of a batch.
pub(super) type BatchId = (usize, u64, usize);

/// What is noted of rows, by their places in a batch.
struct Notes {
    places: Vec<usize>,
    n_rules: usize,
    rows: BTreeMap<usize, (Vec<Option<Said>>, OfRow)>,
}

impl Notes {
    fn of(rules: &[RuleId]) -> Notes {
        Notes {
            places: places_of(rules),
            n_rules: rules.len(),
            rows: BTreeMap::new(),
        }
    }

    /// Begins a line at a row, under a name of its own where the row does not say it.
    fn open(&mut self, row: usize, name: Option<(String, Period)>) {
        let (line, of_row) = self.rows.entry(row).or_default();
        line.resize(self.n_rules, None);
        of_row.name = name;
    }

    fn note(&mut self, line: usize, row: &Row, figures: Vec<Named>) {
        let at = self.places.get(row.rule.index()).copied();
        let line = self.rows.get_mut(&line);
        let Some(((line, of_row), at)) = line.zip(at) else {
            return;
        };
        if let Some(to) = line.get_mut(at) {
            *to = Some(Said {
                code: code_of(row.verdict),
                causes: row.causes,
                possible: row.possible,
            });
        }
        if !figures.is_empty() {
            of_row.figures.push((at, figures));
        }
    }

    /// All that was noted, with rows that are judged with an earlier one, in the order of the table.
    fn hand_over(&mut self, rows: &[Spilled], joined: &[usize]) -> Vec<Noted<'_>> {
        let of_row = |at: &usize| rows.get(*at).map(|row| row.at);
        let own = self.rows.iter_mut().filter_map(|(at, (said, told))| {
            Some(Noted {
                at: of_row(at)?,
                answer: Some(said.as_slice()),
                told: std::mem::take(told),
            })
        });
        let joined = joined.iter().filter_map(|at| {
            Some(Noted {
                at: of_row(at)?,
                answer: None,
                told: OfRow::default(),
            })
        });
        let mut all: Vec<Noted<'_>> = own.chain(joined).collect();
        all.sort_by_key(|noted| noted.at);
        all
    }
}

/// The batch of those that have no row at all.
const NOBODY: BatchId = (usize::MAX, 0, 0);

/// Some whole bodies, read as one submission.
pub(super) struct Batch {
    pub(super) id: BatchId,
    pub(super) probe: Probe,
    /// The rows in the order of the table, without their cells.
    rows: Vec<Spilled>,
    cells: Vec<Vec<Shown>>,
    /// Rows of bodies that rules name, which are judged elsewhere.
    of_others: BTreeSet<(u64, u64)>,
    /// The bodies of the pack whose rows these are.
    pub(super) declared: BTreeSet<EntityId>,
    /// How many entities the reader knows.
    n_read: usize,
}

/// The first row of each body and period, and rows that are judged with one before.
#[derive(Default)]
struct Lines {
    own: BTreeMap<Period, BTreeMap<EntityId, usize>>,
    joined: Vec<usize>,
    /// The first row of each record and period, and the names of bodies that rows do not say alone.
    records: BTreeMap<Period, BTreeMap<EntityId, usize>>,
    names: BTreeMap<usize, String>,
}

impl Batch {
    /// The cells of a row.
    pub(super) fn cells(&self, at: usize) -> &[Shown] {
        self.cells.get(at).map_or(&[], Vec::as_slice)
    }

    /// The name of a record that a row is without naming it.
    pub(super) fn place_name(&self, at: usize) -> String {
        let line = self.probe.line_of(at).unwrap_or_default();
        format!("{PROBE}:{line}")
    }

    /// The members of what is said of many, as the reader found them.
    pub(super) fn members(
        &self,
        figures: ManyFigures<'_>,
        key: ManyKey,
        memory: &Memory,
    ) -> (Vec<EntityId>, ManyDoubts) {
        let (mut members, doubts) = members_asked(figures, key, memory);
        members.retain(|id| id.index() < self.n_read);
        (members, doubts)
    }
}

impl Bodies<'_> {
    /// Reads some rows of whole bodies.
    pub(super) fn read(
        &self,
        known: &Known<'_>,
        id: BatchId,
        mut rows: Vec<Spilled>,
    ) -> Result<Batch, Halt> {
        let of_others: BTreeSet<(u64, u64)> = self.add_named(&mut rows);
        let mut cells = Vec::with_capacity(rows.len());
        for row in &mut rows {
            cells.push(std::mem::take(&mut row.cells));
        }
        self.expect_told_apart(known, (&rows, &cells))?;
        let mut probe = self.table.probe(known, &mut cells);
        let is_read_alike = probe.is_read_as(&self.table.header, &self.columns);
        if !(is_read_alike || cells.is_empty()) {
            return Err(Halt::Stop(Stop::Whole(WhyWhole::Layout)));
        }
        self.share(&mut probe)?;
        self.expect_own(&probe.submission)?;
        if names_lines(self.model(), self.table) {
            probe.place_records(self.model(), |at| {
                let row: &Spilled = rows.get(at)?;
                let file = self.file(row.at.0).unwrap_or(PROBE);
                Some(format!("{file}:{}", row.line))
            });
        }
        let own = rows.iter().zip(&cells);
        let own = own.filter(|(row, _)| !of_others.contains(&row.at));
        let declared = own.flat_map(|(_, cells)| declared_in(self.shared, self.name(cells)));
        Ok(Batch {
            id,
            declared: declared.collect(),
            n_read: probe.submission.entities.len(),
            probe,
            rows,
            cells,
            of_others,
        })
    }

    /// Refuses rows of one file that only a column which nobody knows tells apart.
    fn expect_told_apart(
        &self,
        known: &Known<'_>,
        (rows, cells): (&[Spilled], &[Vec<Shown>]),
    ) -> Result<(), Halt> {
        let file = |row: &Spilled| self.file(row.at.0).unwrap_or("");
        let rows = rows.iter().zip(cells);
        let rows = rows.map(|(row, cells)| ((file(row), row.line), cells.as_slice()));
        let alike = Alike::of(&self.columns);
        let apart = expect_apart(alike, known, &self.table.header, rows);
        apart.map_err(|why| Halt::Stop(Stop::Whole(why)))
    }

    /// Those of whom the table has no row, beside whom rules name.
    pub(super) fn of_nobody(&self) -> Result<Batch, Halt> {
        self.read(&Known::of(self.model()), NOBODY, Vec::new())
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
        let place_of = |row: usize| Some((None, rows.get(row)?.line));
        let told = batch.probe.told(place_of).into_iter();
        let own = told.filter_map(|(row, mut problem)| {
            let own = rows.get(row)?;
            // Rows of no known time are told by whoever passes over them.
            let period = self.period(batch.cells.get(row)?);
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
        let mut lines = Lines::default();
        let mut new = BTreeMap::new();
        for at in 0..batch.rows.len() {
            let (Some(row), Some(cells)) = (batch.rows.get(at), batch.cells.get(at)) else {
                continue;
            };
            if batch.of_others.contains(&row.at) {
                continue;
            }
            let about = self.about(&mut batch.probe.submission, cells, &mut new);
            let Some((found, period)) = about.filter(|(_, period)| self.is_asked(*period)) else {
                continue;
            };
            let about = self.whose(batch, (at, found));
            for record in about.records {
                let known = lines.records.entry(period).or_default();
                known.entry(record).or_insert(at);
            }
            let known = lines.own.entry(period).or_default();
            match known.contains_key(&about.body) {
                true => lines.joined.push(at),
                false => {
                    known.insert(about.body, at);
                    lines.names.extend(about.name.map(|name| (at, name)));
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

    pub(super) fn name<'c>(&self, cells: &'c [Shown]) -> &'c str {
        let cell = self.table.entity.and_then(|at| cells.get(at));
        cell.map_or("", |cell| cell.text.as_str())
    }

    fn period(&self, cells: &[Shown]) -> Option<Period> {
        let text = &cells.get(self.table.period)?.text;
        Period::parse(text, &self.model().words.periods).ok()
    }

    /// Whom and when a row is about. One that nobody declared may have no figure at all.
    fn about(
        &self,
        submission: &mut Submission,
        cells: &[Shown],
        new: &mut BTreeMap<String, EntityId>,
    ) -> Option<(EntityId, Period)> {
        let period = self.period(cells)?;
        let name = self.name(cells);
        let body = match body_of(self.shared, name) {
            Found::Nobody | Found::Between => return None,
            Found::Declared(id) => id,
            Found::New => {
                let known = submission.entity_meant(name);
                let known = known.or_else(|| record_called(submission, name));
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
                    let id = new.entry(unspaced(&name).unwrap_or_else(|| name.clone()));
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
    ) -> Result<Vec<(Row, Vec<Named>)>, Halt> {
        let program = self.job.program;
        let submission = &batch.probe.submission;
        let clocks = self.clocks(period, submission);
        let memory = said.memory(period, batch, (program, &clocks));
        let is_wanted = |verdict: Verdict| {
            let only = self.figures_of.as_deref().unwrap_or_default();
            only.is_empty() || only.contains(&verdict)
        };
        let wants: &dyn Fn(Verdict) -> bool = &is_wanted;
        let wants = self.figures_of.as_ref().map(|_| wants);
        let figures = (program, submission, &clocks);
        let rows = judge_bodies(figures, rules, (bodies, &memory), wants);
        self.expect_whole(&memory)?;
        let told = rows.into_iter().map(|(row, claims)| {
            let figures = named(&program.model, submission, row.entity, &claims);
            (row, figures)
        });
        Ok(told.collect())
    }

    /// The answers for each body and period, each noted at its first row.
    fn judge(
        &self,
        batch: &Batch,
        lines: &Lines,
        answers: &Answers,
        said: &many::Said,
    ) -> Result<(), Halt> {
        let none: &[RuleId] = &[];
        let of_records = answers.records().map_or(none, Answers::rules);
        let (mut noted, mut records) = (Notes::of(answers.rules()), Notes::of(of_records));
        for (period, own) in &lines.own {
            let mut asked: BTreeSet<EntityId> = own.keys().copied().collect();
            for row in own.values() {
                let name = lines.names.get(row).cloned();
                noted.open(*row, name.map(|name| (name, *period)));
            }
            let of_lists = lines.records.get(period).filter(|_| !of_records.is_empty());
            for (record, row) in of_lists.into_iter().flatten() {
                let name = batch.probe.submission.entities[*record].id.clone();
                records.open(*row, Some((name, *period)));
                asked.insert(*record);
            }
            for (row, figures) in self.rows(batch, (*period, &asked), answers.rules(), said)? {
                if let Some(line) = own.get(&row.entity) {
                    noted.note(*line, &row, figures);
                } else if let Some(line) = of_lists.and_then(|of| of.get(&row.entity)) {
                    records.note(*line, &row, figures);
                }
            }
        }
        let note = |to: &Answers, notes: &mut Notes, joined: &[usize]| {
            let noted = to.note(&notes.hand_over(&batch.rows, joined));
            noted.map_err(|error| Halt::Stop(Stop::Scratch(error)))
        };
        note(answers, &mut noted, &lines.joined)?;
        match answers.records() {
            Some(to) => note(to, &mut records, &[]),
            None => Ok(()),
        }
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
        let is_record = |id: &EntityId| {
            let class = batch.probe.submission.entities[*id].class;
            class.is_some_and(|class| self.model().classes[class].owner.is_some())
        };
        for period in extra
            .periods
            .iter()
            .filter(|period| self.is_asked(**period))
        {
            let has_row = |id: &EntityId| {
                let lines = lines.get(period);
                lines.is_some_and(|lines| lines.contains_key(id))
            };
            let beside: BTreeSet<EntityId> = bodies
                .iter()
                .copied()
                .filter(|id| !has_row(id) && !is_record(id))
                .collect();
            let rows = self.rows(batch, (*period, &beside), extra.rules, said)?;
            extra.add(*period, rows);
        }
        Ok(())
    }
}
