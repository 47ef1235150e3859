//! The outlook of a pending target, by the method that its rule names.

use super::inputs::{Pick, link_between};
use super::run::Run;
use super::{Marks, Outlook};
use crate::figures::{ClaimId, Submission};
use crate::model::{ExprKind, Level, Measure, Method, Rule};
use crate::number::Exact;
use crate::period::Period;
use crate::program::{Program, TermId};
use crate::set::{Set, Truth, compare};
use crate::verdict::{Cause, Causes, OutlookClass};

mod plan;
mod reach;

use plan::{Plan, linked_limit};
pub use reach::{FURTHEST, Reach, ReachYear};

/// The finer grades of the methods of Eurostat and the UN.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// Growth ratio at least 0.95, or projection ratio at least 0.95.
    OnTrack,
    /// Growth ratio from 0.60 to 0.95.
    AccelerationNeeded,
    /// Growth ratio from 0 to 0.60.
    Limited,
    /// Growth ratio below 0.
    MovingAway,
    /// Projection ratio from 0.10 to 0.95.
    Some,
    /// Projection ratio below 0.10.
    NoProgress,
}

impl Grade {
    /// The word of the machine output.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Grade::OnTrack => "on-track",
            Grade::AccelerationNeeded => "acceleration-needed",
            Grade::Limited => "limited",
            Grade::MovingAway => "moving-away",
            Grade::Some => "some",
            Grade::NoProgress => "none",
        }
    }

    /// The key of its name in the catalogue.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Grade::OnTrack => "grade-on-track",
            Grade::AccelerationNeeded => "grade-acceleration-needed",
            Grade::Limited => "grade-limited",
            Grade::MovingAway => "grade-moving-away",
            Grade::Some => "grade-some",
            Grade::NoProgress => "grade-none",
        }
    }
}

/// How several claims came to one outlook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pooled {
    /// There was nothing to choose from.
    One,
    /// Each of so many was judged alone; scores and paces hold what each says.
    Each(usize),
    /// None of so many was definite alone, and what they have in common was judged.
    Common(usize),
}

/// An outlook that says nothing yet.
pub(super) fn nothing() -> Outlook {
    Outlook {
        class: OutlookClass::Undetermined,
        grade: None,
        method: None,
        score: None,
        threshold: None,
        required: None,
        achieved: None,
        is_rate: false,
        projection: None,
        reach: None,
        causes: Causes::NONE,
        marks: Marks::NONE,
        pooled: Pooled::One,
        claims: Vec::new(),
    }
}

/// What the outlook of one target and entity is asked from.
pub(super) struct Ask<'a> {
    pub program: &'a Program,
    pub submission: &'a Submission,
    pub rule: &'a Rule,
    /// The rule's own method, or another one.
    pub method: Option<&'a Method>,
    /// The evaluated period.
    pub at: Period,
    /// Whether the requirement is met already.
    pub is_met: bool,
    /// Whether to find the year in which the target is reached.
    pub in_full: bool,
}

/// The outlook of a level target at a period before it is due.
pub(super) fn of_rule(ask: &Ask<'_>, level: &Level, run: &Run) -> Outlook {
    let frame = &run.frame;
    let Some(root) = frame.columns.keys().next_back().copied() else {
        return nothing();
    };
    let values: Vec<(usize, &Set)> = (0..frame.rows.len())
        .filter_map(|row| Some((row, frame.number(root, row)?)))
        .collect();
    let link = link(ask, level, run);
    let mut result = if values.is_empty() {
        Outlook {
            causes: frame.causes(root, 0),
            ..nothing()
        }
    } else {
        match &link {
            None => Outlook {
                causes: Cause::DefinitionBreak.into(),
                ..nothing()
            },
            Some(link) => by_claims(ask, level, run, root, &values, link),
        }
    };
    // What is open because members are missing is not open for want of digits.
    let open = values.iter().fold(Causes::NONE, |all, (row, _)| {
        all.union(frame.causes(root, *row))
    });
    if result.causes == Cause::Imprecise.into() && !open.is_empty() {
        result.causes = open;
    }
    result.method = ask.method.cloned();
    if result.claims.is_empty() {
        result.claims = claims_of(ask, run, &values);
    }
    for (row, _) in &values {
        result.marks = result.marks.union(frame.marks(root, *row));
    }
    // An average is met early only where the level that it leads to is.
    let limit = match (&ask.rule.baseline, &link) {
        (Some(baseline), Some(link)) => linked_limit(ask.rule, level, &baseline.value, link),
        _ => level.limit.clone(),
    };
    let limit = Set::point(limit);
    let is_there = |(_, value): &(usize, &Set)| compare(level.op, value, &limit) == Truth::True;
    if ask.is_met && (values.is_empty() || values.iter().any(is_there)) {
        result.class = OutlookClass::MetEarly;
        result.causes = Causes::NONE;
        // Nothing more is required of what is there.
        result.required = None;
        result.reach = ask.in_full.then(|| Reach::in_year(ask.at.year()));
    }
    result
}

/// Several claims are judged alone, as for verdicts: agreement, or what they have in common.
fn by_claims(
    ask: &Ask<'_>,
    level: &Level,
    run: &Run,
    root: TermId,
    values: &[(usize, &Set)],
    link: &Exact,
) -> Outlook {
    let frame = &run.frame;
    let plan = ask
        .method
        .and_then(|method| Plan::of(ask.rule, level, method, ask.at, link));
    let Some(mut plan) = plan else {
        return Outlook {
            causes: Cause::Undefined.into(),
            ..nothing()
        };
    };
    plan.in_full = ask.in_full;
    let is_common = |row: usize| {
        frame
            .rows
            .get(row)
            .is_some_and(|row| row.pick == Pick::Meet)
    };
    let read = |wanted: bool| -> Vec<(usize, Outlook)> {
        let rows = values.iter().filter(|(row, _)| is_common(*row) == wanted);
        rows.map(|(row, value)| (*row, plan.outlook(value)))
            .collect()
    };
    let (alone, common) = (read(false), read(true));
    let n_claims = alone.len();
    let definite: Vec<&(usize, Outlook)> = alone
        .iter()
        .filter(|(_, one)| one.class != OutlookClass::Undetermined)
        .collect();
    let is_one_class = definite.iter().all(|(_, one)| {
        definite
            .first()
            .is_some_and(|(_, first)| first.class == one.class)
    });
    let each = if n_claims > 1 {
        Pooled::Each(n_claims)
    } else {
        Pooled::One
    };
    let has_common = (0..frame.rows.len()).find(|row| is_common(*row));
    match (definite.as_slice(), is_one_class) {
        ([], _) => match (common.first(), has_common) {
            (Some((row, shared)), _) => Outlook {
                pooled: Pooled::Common(n_claims),
                claims: claims_of(ask, run, &[(*row, &Set::all())]),
                ..shared.clone()
            },
            (None, Some(row)) => Outlook {
                causes: frame.causes(root, row),
                pooled: each,
                ..hull(alone.iter())
            },
            (None, None) => Outlook {
                pooled: each,
                ..hull(alone.iter())
            },
        },
        (definite, true) => Outlook {
            pooled: match definite.len() {
                1 => Pooled::One,
                n => Pooled::Each(n),
            },
            claims: {
                let rows: Vec<(usize, &Set)> = values
                    .iter()
                    .filter(|(row, _)| definite.iter().any(|(known, _)| known == row))
                    .copied()
                    .collect();
                claims_of(ask, run, &rows)
            },
            ..hull(definite.iter().copied())
        },
        (_, false) => Outlook {
            class: OutlookClass::Undetermined,
            causes: Cause::Conflict.into(),
            pooled: each,
            ..hull(alone.iter())
        },
    }
}

/// The smallest sets that hold what each reading says; what one of them lacks, none has.
fn hull<'a>(mut readings: impl Iterator<Item = &'a (usize, Outlook)>) -> Outlook {
    let Some((_, first)) = readings.next() else {
        return nothing();
    };
    let both = |a: Option<Set>, b: &Option<Set>| Some(a?.hull(b.as_ref()?));
    readings.fold(first.clone(), |all, (_, one)| Outlook {
        grade: all.grade.filter(|grade| one.grade == Some(*grade)),
        score: both(all.score, &one.score),
        required: both(all.required, &one.required),
        achieved: both(all.achieved, &one.achieved),
        projection: both(all.projection, &one.projection),
        reach: all.reach.zip(one.reach).map(|(a, b)| a.hull(b)),
        causes: all.causes.union(one.causes),
        ..all
    })
}

/// The claims that some rows take, in the order in which claims are told.
fn claims_of(ask: &Ask<'_>, run: &Run, rows: &[(usize, &Set)]) -> Vec<ClaimId> {
    let frame = &run.frame;
    let mut claims: Vec<ClaimId> = rows
        .iter()
        .flat_map(|(row, _)| {
            let inputs = frame.inputs.iter();
            inputs.flat_map(|input| frame.claims(*row, *input))
        })
        .collect();
    claims.sort_by(|a, b| ask.submission.order(*a, *b).then(a.cmp(b)));
    claims.dedup();
    claims
}

/// The factor from the basis of the plan's baseline to that of the figures; none where figures
/// of two bases cannot be compared.
fn link(ask: &Ask<'_>, level: &Level, run: &Run) -> Option<Exact> {
    let one = Exact::from(1);
    let (ExprKind::Figure(figure), Some(baseline)) = (&level.subject.kind, &ask.rule.baseline)
    else {
        return Some(one);
    };
    let model = &ask.program.model;
    let plan = crate::figures::basis_in(&model.indicators[figure.indicator], baseline.period);
    let frame = &run.frame;
    let mut claims = frame.inputs.iter().flat_map(|input| {
        let index = frame.inputs.binary_search(input).unwrap_or_default();
        let slots = frame.slots.get(index).into_iter().flatten();
        slots.flat_map(|slot| slot.claims.iter())
    });
    // Claims to one figure are all of its latest basis.
    match claims.next().map(|id| ask.submission.claims[*id].basis) {
        None => Some(one),
        Some(basis) if basis == plan => Some(one),
        // A rate or a rank is the same on any scale.
        Some(_) if matches!(figure.measure, Measure::Growth | Measure::Rank) => Some(one),
        Some(basis) => link_between(model, figure, plan, basis),
    }
}

/// Where the method of a rule says that its quantity should be, in each year from base to
/// target; nothing where it names no method, or one that only compares rates.
#[must_use]
pub fn path(rule: &Rule) -> Vec<(i32, Set)> {
    let (Some(level), Some(method)) = (&rule.level, &rule.method) else {
        return Vec::new();
    };
    let base = rule.baseline.as_ref().map(|baseline| baseline.period);
    base.and_then(|base| Plan::of(rule, level, method, base, &Exact::from(1)))
        .map(|plan| plan.path())
        .unwrap_or_default()
}
