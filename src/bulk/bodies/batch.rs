//! All rows of some bodies to the answers for them: they are read as one submission, and judged by the one
//! evaluator. Looks at nobody else's rows but those of bodies that rules name.

use std::collections::{BTreeMap, BTreeSet};

use super::answers::{Answer, Answers};
use super::spill::Spilled;
use super::{Bodies, Halt};
use crate::bulk::plan::{Said, code_of};
use crate::bulk::rows::{Found, body_of};
use crate::bulk::run::Stop;
use crate::bulk::table::{Probe, WhyWhole};
use crate::eval::{Memory, Options, judge_bodies};
use crate::figures::{FigureProblem, Submission};
use crate::fold::{fold_tight, fold_width};
use crate::index::Id;
use crate::message::Label;
use crate::model::{Entity, EntityId};
use crate::period::Period;

/// Where a problem was found, and the problem.
pub(super) type Told = ((u64, u64), FigureProblem);

impl Bodies<'_> {
    /// Judges all bodies of some rows, which are in the order of the table. Says what is wrong with them.
    pub(super) fn batch(
        &self,
        mut rows: Vec<Spilled>,
        answers: &Answers,
    ) -> Result<Vec<Told>, Halt> {
        let of_others: BTreeSet<(u64, u64)> = self.add_named(&mut rows);
        let mut texts = Vec::with_capacity(rows.len());
        for row in &mut rows {
            texts.push(std::mem::take(&mut row.cells));
        }
        let mut probe = Probe::of(self.model(), &self.table.header, &texts);
        if !probe.is_read_as(&self.table.header, &self.columns) {
            return Err(Halt::Stop(Stop::Whole(WhyWhole::Layout)));
        }
        let mut problems = Vec::new();
        let files: BTreeMap<u64, Option<&str>> = rows
            .iter()
            .map(|row| (row.at.0, self.file(row.at.0)))
            .collect();
        for (row, mut problem) in probe.told(None, |row| rows.get(row).map(|row| row.line)) {
            let Some(own) = rows.get(row).filter(|own| !of_others.contains(&own.at)) else {
                continue;
            };
            // Rows of no known time are told by whoever passes over them.
            if texts
                .get(row)
                .and_then(|cells| self.period(cells))
                .is_none()
            {
                continue;
            }
            if let Some(Some(file)) = files.get(&own.at.0) {
                (*file).clone_into(&mut problem.file);
            }
            problems.push((own.at, problem));
        }
        let mut lines: BTreeMap<Period, BTreeMap<EntityId, usize>> = BTreeMap::new();
        let mut joined = Vec::new();
        let mut new = BTreeMap::new();
        for (at, (row, cells)) in rows.iter().zip(&texts).enumerate() {
            if of_others.contains(&row.at) {
                continue;
            }
            let Some((body, period)) = self.about(&mut probe.submission, cells, &mut new) else {
                continue;
            };
            let asked = self.job.options.period;
            if asked.is_some_and(|asked| asked != period) {
                continue;
            }
            let known = lines.entry(period).or_default();
            match known.contains_key(&body) {
                true => joined.push(at),
                false => {
                    known.insert(body, at);
                }
            }
        }
        if !joined.is_empty() && answers.rules().len() < self.rules.len() {
            return Err(Halt::Again);
        }
        self.judge(&probe.submission, &rows, (&lines, &joined), answers)?;
        Ok(problems)
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
        let text = |at: usize| cells.get(at).map_or("", String::as_str);
        let period = self.period(cells)?;
        let name = self.table.entity.map_or("", text);
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

    /// The answers of the evaluator for each body and period, each noted at its first row.
    fn judge(
        &self,
        submission: &Submission,
        rows: &[Spilled],
        (lines, joined): (&BTreeMap<Period, BTreeMap<EntityId, usize>>, &[usize]),
        answers: &Answers,
    ) -> Result<(), Halt> {
        let rules = answers.rules();
        let mut places = vec![usize::MAX; self.job.program.rules.len()];
        for (at, id) in rules.iter().enumerate() {
            if let Some(place) = places.get_mut(id.index()) {
                *place = at;
            }
        }
        let mut noted: BTreeMap<usize, Vec<Option<Said>>> = BTreeMap::new();
        for (period, lines) in lines {
            let options = Options {
                period: Some(*period),
                ..self.job.options.clone()
            };
            let clocks = options.clocks(submission);
            let bodies: BTreeSet<EntityId> = lines.keys().copied().collect();
            for row in lines.values() {
                noted.insert(*row, vec![None; rules.len()]);
            }
            let memory = Memory::default();
            let about = (&bodies, &memory);
            for row in judge_bodies(self.job.program, submission, &clocks, rules, about) {
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
        let of_row = |at: usize| rows.get(at).map(|row| row.at);
        let lines = noted.iter().filter_map(|(at, said)| {
            let said: Answer<'_> = Some(said.as_slice());
            Some((of_row(*at)?, said))
        });
        let joined = joined.iter().filter_map(|at| Some((of_row(*at)?, None)));
        let mut all: Vec<((u64, u64), Answer<'_>)> = lines.chain(joined).collect();
        all.sort_by_key(|(at, _)| *at);
        let noted = answers.note(&all);
        noted.map_err(|error| Halt::Stop(Stop::Scratch(error)))
    }
}
