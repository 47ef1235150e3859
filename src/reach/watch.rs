//! What each test showed: traces and frames as the tests evaluate them go in, sightings come out.
//!
//! A condition was seen where it settled what it stands in, as an explanation would name it: in
//! `a and b` with `a` false, `b` was not asked. Of cases in order, those behind the first that
//! holds were not asked either.

use std::collections::BTreeSet;

use super::map::{Places, has_no_sides, is_turned, key, map, unless};
use super::{Reach, Seen, Sight};
use crate::eval::{Frame, Run, Trace, version_at};
use crate::explain::{every, settling};
use crate::model::{RuleId, Version};
use crate::number::Exact;
use crate::program::{DecisionId, Program, TermId, TermKind, VersionProgram};
use crate::set::{Comparison, Set, Truth, compare};
use crate::verdict::Verdict;

/// Gathers what tests show.
pub(crate) struct Watch<'a> {
    program: &'a Program,
    reach: Reach,
    places: Places,
    /// The test that runs, by its place among those of the pack.
    test: usize,
    in_force: chrono::NaiveDate,
    /// Terms of a row that were looked at.
    done: BTreeSet<TermId>,
}

impl<'a> Watch<'a> {
    pub(crate) fn new(program: &'a Program) -> Watch<'a> {
        let (reach, places) = map(program);
        Watch {
            program,
            reach,
            places,
            test: 0,
            in_force: chrono::NaiveDate::MIN,
            done: BTreeSet::new(),
        }
    }

    /// What was seen.
    pub(crate) fn into_reach(self) -> Reach {
        self.reach
    }

    /// Turns to the next test.
    pub(crate) fn begin(&mut self, test: usize) {
        self.test = test;
    }

    /// A check of which something is expected, and whether it found anything.
    pub(crate) fn finding(&mut self, rule: RuleId, has: bool) {
        let sight = match has {
            true => Sight::Finding,
            false => Sight::NoFinding,
        };
        self.see(self.places.rules.get(&rule).copied(), sight);
    }

    /// A row of which something is expected.
    pub(crate) fn row(&mut self, rule: RuleId, trace: &Trace) {
        self.in_force = trace.clocks.in_force;
        let row = &trace.row;
        let sight = match row.verdict {
            Verdict::NotApplicable => None,
            Verdict::Undetermined => Some(Sight::Open),
            _ => Some(Sight::Judged),
        };
        let place = self.places.rules.get(&rule).copied();
        if let Some(sight) = sight {
            // What is undetermined was judged nevertheless.
            self.see(place, Sight::Judged);
            if sight != Sight::Judged {
                self.see(place, sight);
            }
        }
        let program = &self.program.rules[rule];
        if let (Some(run), Some(condition)) = (&trace.condition, &program.condition) {
            self.run(run, condition.term);
        }
        let applies = trace.condition.as_ref().and_then(|run| run.settled.first());
        if applies.is_some_and(|settled| settled.truth == Truth::False) {
            return;
        }
        for run in &trace.goals {
            match program.decision {
                Some(decision) => self.rows(run, |cx, row| cx.decision(decision, &run.frame, row)),
                None => self.run(run, program.goal.term),
            }
        }
    }

    /// A derived quantity of which something is expected.
    pub(crate) fn value(&mut self, in_force: chrono::NaiveDate, run: &Run, term: TermId) {
        self.in_force = in_force;
        self.run(run, term);
    }

    fn run(&mut self, run: &Run, term: TermId) {
        self.rows(run, |cx, row| cx.look(&run.frame, row, term));
        self.tiers(run);
    }

    fn rows(&mut self, run: &Run, mut each: impl FnMut(&mut Self, usize)) {
        let rows: Vec<usize> = match run.settled.first() {
            Some(settled) => settled.rows.clone(),
            None => Vec::new(),
        };
        for row in rows {
            self.done.clear();
            each(self, row);
        }
    }

    fn see(&mut self, place: Option<usize>, sight: Sight) {
        let Some(item) = place.and_then(|place| self.reach.items.get_mut(place)) else {
            return;
        };
        let first = self.test;
        let seen = item.seen.entry(sight).or_insert(Seen { times: 0, first });
        seen.times += 1;
    }

    /// Looks at a term and at what settled it.
    fn look(&mut self, frame: &Frame, row: usize, term: TermId) {
        let mut open = vec![term];
        while let Some(term) = open.pop() {
            let found = &self.program.terms[term];
            if self.places.aside.contains(&found.span) || !self.done.insert(term) {
                continue;
            }
            let place =
                key(self.program, term).and_then(|key| self.places.conditions.get(&key).copied());
            let truth = frame.truth(term, row);
            match &found.kind {
                TermKind::Outcome(id, ..) => {
                    self.decision(*id, frame, row);
                    continue;
                }
                TermKind::Compare(..) if every(self.program, term).is_some() => {
                    self.see(place, told(truth));
                }
                TermKind::AtLeast(n, parts) => {
                    let sight = count(frame, row, *n, parts, truth);
                    if let Some(sight) = sight {
                        self.see(place, sight);
                    }
                }
                TermKind::Compare(_, left, right, _) => {
                    let sight = self.side((frame, row), term, (*left, *right), truth);
                    if let Some(sight) = sight {
                        self.see(place, sight);
                    }
                }
                TermKind::IsYes(_) | TermKind::Present(_) => self.see(place, told(truth)),
                _ => {}
            }
            match &found.kind {
                TermKind::Choose(condition, yes, no) => {
                    open.push(*condition);
                    match frame.truth(*condition, row) {
                        Some(Truth::True) => open.push(*yes),
                        Some(Truth::False) => open.push(*no),
                        _ => open.extend([*yes, *no]),
                    }
                }
                kind if kind.is_truth() => {
                    let truth = truth.unwrap_or(Truth::Unknown);
                    open.extend(settling(frame, row, kind, truth));
                }
                kind => open.extend(kind.operands()),
            }
        }
    }

    /// On which side of its limit a comparison was; nothing where it holds on more than one.
    fn side(
        &self,
        (frame, row): (&Frame, usize),
        term: TermId,
        (left, right): (TermId, TermId),
        truth: Option<Truth>,
    ) -> Option<Sight> {
        if has_no_sides(self.program, term, left, right) {
            return Some(told(truth));
        }
        if truth.is_none_or(|truth| truth == Truth::Unknown) {
            return Some(Sight::Open);
        }
        let (of, limit) = match is_turned(self.program, left) {
            true => (right, left),
            false => (left, right),
        };
        let (of, limit): (&Set<Exact>, _) = (frame.number(of, row)?, frame.number(limit, row)?);
        let sides = [
            (Sight::Below, Comparison::Lt),
            (Sight::At, Comparison::Eq),
            (Sight::Above, Comparison::Gt),
        ];
        let mut sides = sides.into_iter();
        let (sight, _) = sides.find(|(_, op)| compare(*op, of, limit) == Truth::True)?;
        Some(sight)
    }

    /// The cases of the version in force that were asked, and what became of them.
    fn decision(&mut self, id: DecisionId, frame: &Frame, row: usize) {
        let known = &self.program.decisions[id];
        let Some(decision) = &self.program.model.rules[known.rule].decision else {
            return;
        };
        let Ok(n) = version_at(&self.program.model, decision, self.in_force) else {
            return;
        };
        let (Some(version), Some(terms)) = (decision.versions.get(n), known.versions.get(n)) else {
            return;
        };
        let place = self.places.versions.get(&(known.rule, n)).copied();
        self.see(place, Sight::Judged);
        for (at, aside) in terms.aside.iter().enumerate() {
            let place = self.places.presumptions.get(&(known.rule, n, at)).copied();
            match frame.truth(*aside, row) {
                Some(Truth::False) => self.see(place, Sight::Decided),
                Some(Truth::True) => self.see(place, Sight::Beaten),
                Some(Truth::Unknown) => self.see(place, Sight::Open),
                None => {}
            }
            let present = self.program.terms[*aside].kind.operands();
            let present = present.first().and_then(|term| frame.truth(*term, row));
            if present == Some(Truth::False) {
                for term in unless(self.program, *aside) {
                    self.look(frame, row, term);
                }
            }
        }
        for at in 0..version.cases.len() {
            if is_asked(version, terms, frame, row, at) {
                self.case((known.rule, n, at), version, terms, frame, row);
            }
        }
    }

    fn case(
        &mut self,
        (rule, n, at): (RuleId, usize, usize),
        version: &Version,
        terms: &VersionProgram,
        frame: &Frame,
        row: usize,
    ) {
        let (Some(case), Some(terms)) = (version.cases.get(at), terms.cases.get(at)) else {
            return;
        };
        let truth = |term| frame.truth(term, row).unwrap_or(Truth::Unknown);
        let sight = match (truth(terms.stands), truth(terms.holds)) {
            (Truth::True, _) => Sight::Decided,
            (Truth::Unknown, _) | (_, Truth::Unknown) => Sight::Open,
            (Truth::False, Truth::True) => Sight::Beaten,
            (Truth::False, Truth::False) => Sight::Fails,
        };
        self.see(self.places.cases.get(&(rule, n, at)).copied(), sight);
        if case.condition.is_some() {
            self.look(frame, row, terms.holds);
        }
    }

    /// The tiers that somebody was in for certain.
    fn tiers(&mut self, run: &Run) {
        let rows = run.settled.first().map_or(&[][..], |settled| &settled.rows);
        let Some(row) = rows.first().copied() else {
            return;
        };
        let mut found = Vec::new();
        for (id, score) in self.program.model.scores.iter() {
            let Some(tier) = score.tier else { continue };
            let terms = run.frame.columns.keys();
            let mut terms = terms.filter(|term| self.program.terms[**term].define == Some(tier));
            let number = terms.find_map(|term| run.frame.number(*term, row)?.as_point());
            let places = (0..score.tiers.len()).zip(1i64..);
            found.extend(places.filter_map(|(n, number_of)| {
                let is_it = number == Some(&Exact::from(number_of));
                is_it.then(|| self.places.tiers.get(&(id, n)).copied())?
            }));
        }
        for place in found {
            self.see(Some(place), Sight::Decided);
        }
    }
}

/// What a condition that is no comparison of numbers showed.
fn told(truth: Option<Truth>) -> Sight {
    match truth {
        Some(Truth::True) => Sight::Holds,
        Some(Truth::False) => Sight::Fails,
        _ => Sight::Open,
    }
}

/// How many of so many conditions hold, against how many have to; nothing where what is open leaves
/// more than one answer.
fn count(
    frame: &Frame,
    row: usize,
    wanted: u32,
    parts: &[TermId],
    truth: Option<Truth>,
) -> Option<Sight> {
    let wanted = usize::try_from(wanted).ok()?;
    let with = |wanted| {
        let alike = parts
            .iter()
            .filter(|part| frame.truth(**part, row) == Some(wanted));
        alike.count()
    };
    let (met, open) = (with(Truth::True), with(Truth::Unknown));
    match truth {
        Some(Truth::True) if met > wanted => Some(Sight::Above),
        Some(Truth::True) => (open == 0).then_some(Sight::At),
        Some(Truth::False) => Some(Sight::Below),
        _ => Some(Sight::Open),
    }
}

/// Whether a case was asked for: no case before it holds where the strongest comes first, and one
/// that it beats would apply where it is an exception.
fn is_asked(
    version: &Version,
    terms: &VersionProgram,
    frame: &Frame,
    row: usize,
    at: usize,
) -> bool {
    let Some(case) = version.cases.get(at) else {
        return false;
    };
    let truth = |n: usize, of: fn(&crate::program::CaseProgram) -> TermId| {
        let term = terms.cases.get(n).map(of);
        term.and_then(|term| frame.truth(term, row))
    };
    if !case.beats.is_empty() {
        let mut beaten = case.beats.iter();
        return beaten.any(|n| truth(*n, |case| case.applies) != Some(Truth::False));
    }
    let is_plain = |n: &usize| {
        let before = version.cases.get(*n);
        before.is_some_and(|before| before.beats.is_empty())
    };
    let is_ordered = version.is_ordered || case.condition.is_none();
    let mut before = (0..at).filter(is_plain);
    !is_ordered || !before.any(|n| truth(n, |case| case.holds) == Some(Truth::True))
}
