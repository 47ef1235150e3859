//! Figures that count in one of two runs only, or are printed otherwise.
//!
//! Claims are matched by what they are about and their source, as they are named, so that the two
//! runs may have been read by two packs. Says what differs, never what it did.

use std::collections::{BTreeMap, BTreeSet};

use super::Run;
use crate::eval::{Clocks, Outcome};
use crate::figures::{Claim, ClaimId, Submission};
use crate::model::FigureRef;
use crate::period::Period;
use crate::program::{Program, at};

/// How a figure differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FigureChangeKind {
    /// Its source prints another value.
    Changed,
    /// It counts now and did not before.
    Added,
    /// It counted before and does not now.
    Withdrawn,
}

impl FigureChangeKind {
    /// All of them, in the order in which they are told.
    pub const ALL: [FigureChangeKind; 3] = [
        FigureChangeKind::Changed,
        FigureChangeKind::Added,
        FigureChangeKind::Withdrawn,
    ];

    /// The word of the machine output; never translated.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            FigureChangeKind::Changed => "changed",
            FigureChangeKind::Added => "added",
            FigureChangeKind::Withdrawn => "withdrawn",
        }
    }
}

/// A figure that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureChange {
    /// How.
    pub kind: FigureChangeKind,
    /// The claim of the old run.
    pub was: Option<ClaimId>,
    /// The claim of the new run.
    pub now: Option<ClaimId>,
    /// Whether a row of either run reads it, as evaluated or as judged.
    pub is_read: bool,
}

/// What a claim is about, and who prints it.
type Key = [String; 7];

/// All figures that differ: those printed otherwise, then new ones, then those that are gone.
pub(super) fn changes(
    was: &Run<'_>,
    now: &Run<'_>,
    outcomes: [&[Outcome]; 2],
) -> Vec<FigureChange> {
    let [old_rows, new_rows] = outcomes;
    let (read_was, read_now) = (read(was, old_rows), read(now, new_rows));
    let (mut old, mut new) = (counting(was), counting(now));
    let keys: BTreeSet<Key> = old.keys().chain(new.keys()).cloned().collect();
    let mut found = Vec::new();
    for key in keys {
        let mut before = old.remove(&key).unwrap_or_default();
        let mut after = new.remove(&key).unwrap_or_default();
        before.retain(|id| {
            let own = printed(was.submission, *id);
            let same = after
                .iter()
                .position(|other| printed(now.submission, *other) == own);
            same.map(|at| after.remove(at)).is_none()
        });
        let n_changed = before.len().min(after.len());
        let withdrawn = before.split_off(n_changed);
        let added = after.split_off(n_changed);
        let pairs = before.into_iter().zip(after);
        found.extend(pairs.map(|(was, now)| change(Some(was), Some(now))));
        found.extend(added.into_iter().map(|id| change(None, Some(id))));
        found.extend(withdrawn.into_iter().map(|id| change(Some(id), None)));
    }
    for change in &mut found {
        let is_in = |set: &Read, run: &Run<'_>, id: Option<ClaimId>| {
            let claim = id.map(|id| &run.submission.claims[id]);
            claim.is_some_and(|claim| set.contains(&(claim.figure.clone(), claim.period)))
        };
        change.is_read = is_in(&read_was, was, change.was) || is_in(&read_now, now, change.now);
    }
    // Those that rows read stand first in each kind.
    found.sort_by_key(|change| (change.kind, !change.is_read));
    found
}

/// Figures with their periods.
type Read = BTreeSet<(FigureRef, Period)>;

/// What the rows of a run read.
fn read(run: &Run<'_>, outcomes: &[Outcome]) -> Read {
    let program = run.program;
    let mut found = BTreeSet::new();
    for row in outcomes.iter().flat_map(|outcome| &outcome.rows) {
        let rule = &program.rules[row.rule];
        let roots = [
            Some(&rule.goal),
            rule.condition.as_ref(),
            rule.reached.as_ref(),
            rule.subject.as_ref(),
        ];
        for input in roots.into_iter().flatten().flat_map(|root| &root.inputs) {
            let input = &program.inputs[*input];
            let figure = FigureRef {
                entity: None,
                ..input.figure.clone()
            };
            let periods = [row.period, row.judged].map(|period| at(input.at, period));
            found.extend(periods.map(|period| (figure.clone(), period)));
        }
    }
    found
}

fn change(was: Option<ClaimId>, now: Option<ClaimId>) -> FigureChange {
    let kind = match (was, now) {
        (Some(_), Some(_)) => FigureChangeKind::Changed,
        (None, _) => FigureChangeKind::Added,
        (_, None) => FigureChangeKind::Withdrawn,
    };
    FigureChange {
        kind,
        was,
        now,
        is_read: false,
    }
}

/// The claims of a run that count, by what they are about.
fn counting(run: &Run<'_>) -> BTreeMap<Key, Vec<ClaimId>> {
    let clocks: Clocks = run.options.clocks(run.submission);
    let mut found: BTreeMap<Key, Vec<ClaimId>> = BTreeMap::new();
    for (_, _, entries) in run.submission.keys() {
        for same in entries.chunk_by(|a, b| a.0 == b.0) {
            let ids: Vec<ClaimId> = same.iter().map(|(_, id)| *id).collect();
            let replaced = clocks.replaced(&run.program.model, run.submission, &ids);
            for id in ids.into_iter().filter(|id| !replaced.contains(id)) {
                let claim = &run.submission.claims[id];
                if clocks.counts(run.submission, claim) {
                    let key = key(run.program, run.submission, claim);
                    found.entry(key).or_default().push(id);
                }
            }
        }
    }
    found
}

fn key(program: &Program, submission: &Submission, claim: &Claim) -> Key {
    let indicator = &program.model.indicators[claim.figure.indicator];
    let definition = indicator
        .definitions
        .get(usize::from(claim.figure.definition));
    [
        indicator.id.clone(),
        definition.map_or_else(String::new, |known| known.id.clone()),
        claim.figure.measure.word().to_owned(),
        claim.figure.breakdown.to_string(),
        submission.entities[claim.entity].id.clone(),
        claim.window.to_string(),
        submission.text(claim.source).to_owned(),
    ]
}

/// What is printed: the same text with the same unit and basis is the same figure.
fn printed(submission: &Submission, id: ClaimId) -> (&str, &str, u16) {
    let claim = &submission.claims[id];
    (
        submission.text(claim.printed),
        submission.text(claim.unit),
        claim.basis,
    )
}
