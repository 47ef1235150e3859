//! Two evaluations side by side: what was, and what is now.
//!
//! Rows are matched by rule, entity and period as they are named, so that the two may come from
//! other figures, or from another version of the rules. Says what differs, never why.

use std::collections::{BTreeMap, BTreeSet};

use crate::eval::{Outcome, Row};
use crate::figures::Submission;
use crate::findings::Finding;
use crate::message::Lang;
use crate::period::Period;
use crate::program::Program;

/// One evaluation, with what its rows are named by.
#[derive(Clone, Copy)]
pub struct Side<'a> {
    /// The pack.
    pub program: &'a Program,
    /// The figures.
    pub submission: &'a Submission,
    /// One outcome for each evaluated period.
    pub outcomes: &'a [Outcome],
    /// Findings about the figures.
    pub findings: &'a [Finding],
}

/// A row as it was and as it is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The id of the rule.
    pub rule: String,
    /// The id of the entity.
    pub entity: String,
    /// The evaluated period.
    pub period: Period,
    /// The row before; absent where there was none.
    pub was: Option<Row>,
    /// The row now; absent where there is none any more.
    pub now: Option<Row>,
}

impl Change {
    /// Whether the answer is the same: verdict, causes, outlook and outcomes. What it rests on may differ.
    #[must_use]
    pub fn is_same(&self) -> bool {
        let answer = |row: &Row| (row.verdict, row.causes, row.outlook, row.possible);
        self.was.as_ref().map(answer) == self.now.as_ref().map(answer)
    }
}

/// What differs between two evaluations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison<'a> {
    /// Every row of either side: those of now in their order, then those that are gone.
    pub rows: Vec<Change>,
    /// Findings that are no longer there.
    pub gone: Vec<&'a Finding>,
    /// Findings that were not there before.
    pub arisen: Vec<&'a Finding>,
}

impl Comparison<'_> {
    /// Whether every row has the same answer, and no finding came or went.
    #[must_use]
    pub fn is_same(&self) -> bool {
        self.rows.iter().all(Change::is_same) && self.gone.is_empty() && self.arisen.is_empty()
    }
}

/// Sets two evaluations side by side.
///
/// ```
/// # let mut sources = plumbrule::Sources::with_std();
/// # sources.add("pack.plumb", r#"
/// # pack city "City plan" { entity city }
/// # entity city "The city" {}
/// # indicator x "X" { kind share unit % }
/// # target x.1 "X" { require x >= 56% by 2025 }
/// # "#);
/// # let program = plumbrule::compile(&sources).unwrap();
/// use plumbrule::compare::{Side, compare};
/// use plumbrule::eval::{Options, evaluate};
/// use plumbrule::figures::Submission;
/// use plumbrule::verdict::Verdict;
///
/// let mut figures = [0, 1].map(|_| Submission::new(&program.model));
/// figures[0].suppose(&program.model, "x@2025=40%", "", 1).unwrap();
/// figures[1].suppose(&program.model, "x@2025=58%", "", 1).unwrap();
/// let outcomes = figures.each_ref().map(|it| [evaluate(&program, it, &Options::default())]);
/// let side = |n: usize| Side {
///     program: &program,
///     submission: &figures[n],
///     outcomes: &outcomes[n],
///     findings: &[],
/// };
/// let found = compare(&side(0), &side(1));
/// assert!(!found.is_same());
/// assert_eq!(found.rows[0].was.map(|row| row.verdict), Some(Verdict::Fail));
/// assert_eq!(found.rows[0].now.map(|row| row.verdict), Some(Verdict::Pass));
/// ```
#[must_use]
pub fn compare<'a>(was: &Side<'a>, now: &Side<'a>) -> Comparison<'a> {
    let mut before: BTreeMap<Key, Row> = was.rows().collect();
    let mut rows: Vec<Change> = now
        .rows()
        .map(|(key, row)| {
            let was = before.remove(&key);
            key.change(was, Some(row))
        })
        .collect();
    // What is left was not met again, in the order in which it stood.
    let gone = was
        .rows()
        .filter_map(|(key, _)| before.remove_entry(&key))
        .map(|(key, row)| key.change(Some(row), None));
    rows.extend(gone.collect::<Vec<_>>());
    Comparison {
        rows,
        gone: now.lacks(was),
        arisen: was.lacks(now),
    }
}

/// What a row is named by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    rule: String,
    entity: String,
    period: Period,
}

impl Key {
    fn change(self, was: Option<Row>, now: Option<Row>) -> Change {
        Change {
            rule: self.rule,
            entity: self.entity,
            period: self.period,
            was,
            now,
        }
    }
}

impl<'a> Side<'a> {
    fn rows(&self) -> impl Iterator<Item = (Key, Row)> + use<'a> {
        let side = *self;
        let rows = side.outcomes.iter().flat_map(|outcome| &outcome.rows);
        rows.map(move |row| {
            let key = Key {
                rule: side.program.model.rules[row.rule].id.clone(),
                entity: side.submission.entities[row.entity].id.clone(),
                period: row.period,
            };
            (key, *row)
        })
    }

    /// A finding by its name and its words, which hold the figures.
    fn named(&self, finding: &Finding) -> (String, String) {
        let id = finding.id(self.program, self.submission);
        (id, finding.message.render(Lang::En))
    }

    /// The findings of another side that this one does not have.
    fn lacks(&self, other: &Side<'a>) -> Vec<&'a Finding> {
        let own: BTreeSet<(String, String)> = self
            .findings
            .iter()
            .map(|finding| self.named(finding))
            .collect();
        let found = other.findings.iter();
        found
            .filter(|finding| !own.contains(&other.named(finding)))
            .collect()
    }
}
