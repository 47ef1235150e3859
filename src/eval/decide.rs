//! Decisions: which version is asked, and which outcomes are possible together.
//!
//! Each outcome is a formula of plain logic and has its truth like any other. Where that leaves
//! several open, the figures that are not known are cut at the limits that they are held against,
//! and the same terms are evaluated in each part: an outcome that follows in no part is not
//! possible, and one that follows in every part is certain. What is cut covers all that a figure
//! may be, so that no outcome is lost.

use chrono::NaiveDate;

use super::Reason;
use super::columns::{Marks, Numbers, Truths};
use super::due::state;
use super::inputs::Gather;
use super::run::Frame;
use super::steps::truths;
use crate::model::{Decision, Model, Version};
use crate::number::Number;
use crate::program::{DecisionId, TermId, VersionProgram};
use crate::set::Truth;
use crate::verdict::{Cause, Causes};

mod parts;

use parts::{Cuts, Parts};
pub(crate) use parts::{limit_of, limit_with, listed, regions_of};

/// Outcomes of a decision, by their places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Outcomes(u32);

impl Outcomes {
    /// None of them.
    pub const NONE: Outcomes = Outcomes(0);

    /// With one more.
    #[must_use]
    pub fn with(self, place: u16) -> Outcomes {
        Outcomes(self.0 | 1u32.checked_shl(u32::from(place)).unwrap_or(0))
    }

    /// Those of both.
    #[must_use]
    pub fn union(self, other: Outcomes) -> Outcomes {
        Outcomes(self.0 | other.0)
    }

    /// Whether one is among them.
    #[must_use]
    pub fn contains(self, place: u16) -> bool {
        self.0 & Outcomes::NONE.with(place).0 != 0
    }

    /// How many.
    #[must_use]
    pub fn count(self) -> usize {
        self.0.count_ones() as usize
    }

    /// Their places, in order.
    pub fn iter(self) -> impl Iterator<Item = u16> {
        (0..32).filter(move |place| self.contains(*place))
    }

    /// The only one, where there is one.
    #[must_use]
    pub fn only(self) -> Option<u16> {
        match self.count() {
            1 => self.iter().next(),
            _ => None,
        }
    }
}

/// The day on which a version begins: the last of its texts comes into force then.
#[must_use]
pub(crate) fn begins(model: &Model, version: &Version) -> Option<NaiveDate> {
    let days = version.under.iter().map(|id| {
        let since = model.instruments[*id].since;
        since.map(|since| since.first_day())
    });
    let days: Option<Vec<NaiveDate>> = days.collect();
    days?.into_iter().max()
}

/// The version whose law applies on a day: the last one that had begun. Where that has ended, no
/// earlier one takes its place.
pub(crate) fn version_at(
    model: &Model,
    decision: &Decision,
    day: NaiveDate,
) -> Result<usize, Reason> {
    if let [only] = decision.versions.as_slice()
        && only.id.is_empty()
    {
        return Ok(0);
    }
    let begun = decision.versions.iter().enumerate();
    let begun = begun.filter_map(|(n, version)| Some((begins(model, version)?, n)));
    let last = begun.filter(|(begin, _)| *begin <= day).max();
    let Some((_, n)) = last else {
        return Err(Reason::NotYetInForce);
    };
    let under = decision
        .versions
        .get(n)
        .map_or(&[][..], |version| &version.under);
    match under.iter().find_map(|id| state(model, *id, day)) {
        Some(reason) => Err(reason),
        None => Ok(n),
    }
}

/// Whether each outcome follows, row by row.
pub(super) struct Joint {
    rows: Vec<Found>,
    formulas: Vec<TermId>,
}

/// What one row comes to.
#[derive(Default)]
struct Found {
    /// Whether each outcome follows, whatever else does.
    each: Vec<Truth>,
    /// Whether the decision comes to each outcome and to no other.
    alone: Vec<Truth>,
}

/// How the cases of the version that is asked go together.
#[derive(Clone, Copy)]
struct Cases {
    /// Some case always holds.
    is_total: bool,
    /// The first case that holds decides, so that no two outcomes follow.
    is_ordered: bool,
}

impl Joint {
    /// All outcomes of a decision together.
    pub(super) fn of<N: Number>(
        gather: &Gather<'_>,
        frame: &Frame<N>,
        figures: &[Numbers<N>],
        id: DecisionId,
    ) -> Joint {
        let asked = asked(gather, id);
        let formulas = asked.map_or_else(Vec::new, |(version, _)| version.outcomes.clone());
        let rows = (0..frame.rows.len())
            .map(|row| match asked {
                Some((_, cases)) => joint_row(gather, frame, figures, row, &formulas, cases),
                None => Found::default(),
            })
            .collect();
        Joint { rows, formulas }
    }

    /// The column of one outcome: as an answer of the decision itself, which may name several, or
    /// as a condition of another rule, which only what is decided settles.
    pub(super) fn column<N: Number>(
        &self,
        frame: &Frame<N>,
        place: u16,
        is_answer: bool,
    ) -> Truths {
        let mut column = Truths::with_capacity(self.rows.len());
        let place = usize::from(place);
        let formula = self.formulas.get(place);
        for (n, row) in self.rows.iter().enumerate() {
            let known = formula.and_then(|formula| truths(frame, *formula));
            let found = if is_answer { &row.each } else { &row.alone };
            match (found.get(place), known) {
                (Some(Truth::Unknown), Some(known)) if !is_answer => {
                    column.push(Truth::Unknown, self.causes(frame, n), known.marks(n));
                }
                (Some(truth), Some(known)) => {
                    column.push(*truth, known.causes(n), known.marks(n));
                }
                // Where no version is in force nothing follows, and nothing is ruled out.
                _ => column.push(Truth::Unknown, Cause::Undefined.into(), Marks::NONE),
            }
        }
        column
    }

    /// Why a row is not decided.
    fn causes<N: Number>(&self, frame: &Frame<N>, row: usize) -> Causes {
        let each = self.rows.get(row).map_or(&[][..], |row| &row.each);
        let mut causes = Causes::NONE;
        for (formula, truth) in self.formulas.iter().zip(each) {
            if let (Truth::Unknown, Some(column)) = (truth, truths(frame, *formula)) {
                causes = causes.union(column.causes(row));
            }
        }
        match each.iter().filter(|truth| **truth == Truth::True).count() {
            0 if causes.is_empty() => Cause::Undefined.into(),
            0 => causes,
            1 if !causes.is_empty() => causes,
            _ => causes.union(Cause::Conflict.into()),
        }
    }
}

/// The version that is asked, and how its cases go together.
fn asked<'a>(gather: &Gather<'a>, id: DecisionId) -> Option<(&'a VersionProgram, Cases)> {
    let program = &gather.program.decisions[id];
    let decision = gather.program.model.rules[program.rule].decision.as_ref()?;
    let n = version_at(&gather.program.model, decision, gather.clocks.in_force).ok()?;
    let version = decision.versions.get(n)?;
    let cases = Cases {
        is_total: version.is_total(),
        is_ordered: version.is_ordered,
    };
    Some((program.versions.get(n)?, cases))
}

fn joint_row<N: Number>(
    gather: &Gather<'_>,
    frame: &Frame<N>,
    figures: &[Numbers<N>],
    row: usize,
    formulas: &[TermId],
    cases: Cases,
) -> Found {
    let plain = |formula: &TermId| {
        truths(frame, *formula).map_or(Truth::Unknown, |column| column.value(row))
    };
    let known = Found::of(formulas.iter().map(plain).collect(), cases);
    if !known.each.contains(&Truth::Unknown) {
        return known;
    }
    let cuts = Cuts::of(gather, frame, figures, row, formulas);
    let Some(mut parts) = Parts::new(gather, frame, figures, row, formulas, cuts) else {
        return known;
    };
    let mut together: Option<Found> = None;
    while let Some(found) = parts.next() {
        let found = Found::of(found, cases);
        let all = match together {
            None => found,
            Some(all) => Found {
                each: either(all.each, found.each),
                alone: either(all.alone, found.alone),
            },
        };
        // Parts only narrow what is known of the whole, so nothing more can open.
        let is_open = is_as_open(&all.each, &known.each) && is_as_open(&all.alone, &known.alone);
        together = Some(all);
        if is_open {
            break;
        }
    }
    let mut found = together.unwrap_or(known);
    found.each = only_one(found.each, cases.is_total);
    found
}

/// What holds in both of two worlds.
fn either(one: Vec<Truth>, other: Vec<Truth>) -> Vec<Truth> {
    let both = one.into_iter().zip(other);
    both.map(|(one, other)| if one == other { one } else { Truth::Unknown })
        .collect()
}

fn is_as_open(found: &[Truth], known: &[Truth]) -> bool {
    let mut both = found.iter().zip(known);
    both.all(|(found, known)| *known != Truth::Unknown || *found == Truth::Unknown)
}

impl Found {
    /// From whether each outcome follows, as far as that is known.
    fn of(each: Vec<Truth>, cases: Cases) -> Found {
        let each = only_one(each, cases.is_total);
        Found {
            alone: alone(&each, cases),
            each,
        }
    }
}

/// Whether a decision comes to each outcome and to no other. Where two follow, or none, it is not
/// decided, and then it comes to nothing.
fn alone(each: &[Truth], cases: Cases) -> Vec<Truth> {
    let count = |wanted: Truth| each.iter().filter(|truth| **truth == wanted).count();
    let (n_true, n_open) = (count(Truth::True), count(Truth::Unknown));
    let is_one = n_true == 1 && (n_open == 0 || cases.is_ordered);
    let is_some = cases.is_total && cases.is_ordered;
    let of = |truth: &Truth| match truth {
        Truth::True if is_one => Truth::True,
        Truth::False if is_one || is_some => Truth::False,
        // What follows first leaves nothing to the others.
        Truth::Unknown if is_one => Truth::False,
        _ => Truth::Unknown,
    };
    each.iter().map(of).collect()
}

/// Where some case always holds, the only outcome that is left is the one that follows.
fn only_one(mut truths: Vec<Truth>, is_total: bool) -> Vec<Truth> {
    let mut left = truths.iter_mut().filter(|truth| **truth != Truth::False);
    if let (true, Some(only), None) = (is_total, left.next(), left.next()) {
        *only = Truth::True;
    }
    truths
}
