//! Which verdicts depend on the source, the day of knowledge or the edition.
//!
//! A pack and its figures go in. Comes out: each row that another way of taking figures answers
//! otherwise, with the figures that decide. Every way is evaluated once, and nothing is guessed.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::diff::Answer;
use crate::eval::{Clocks, Options, Row, Vintage, evaluate, same_series, trace};
use crate::figures::{Claim, ClaimId, ClaimState, Submission};
use crate::model::FigureRef;
use crate::program::Program;
use crate::verdict::{Cause, Causes, Verdict};

/// A way of taking figures.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// As it was asked for.
    Asked,
    /// The figures of one source alone.
    Source(String),
    /// What was published up to a day on which something was.
    KnownOn(NaiveDate),
    /// The latest editions alone, or the first.
    Edition(Vintage),
    /// A source before all others, where several print a figure.
    Prefer(String),
}

impl Way {
    /// The word of the machine output; never translated.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Way::Asked => "asked",
            Way::Source(_) => "source",
            Way::KnownOn(_) => "known-on",
            Way::Edition(_) => "edition",
            Way::Prefer(_) => "prefer",
        }
    }

    fn options(&self, asked: &Options) -> Options {
        let mut options = asked.clone();
        match self {
            Way::Asked => {}
            Way::Source(source) => options.choice.sources = vec![source.clone()],
            Way::KnownOn(day) => options.known_on = Some(*day),
            Way::Edition(vintage) => options.choice.vintage = *vintage,
            Way::Prefer(source) => options.choice.prefer = vec![source.clone()],
        }
        options
    }
}

/// Ways that give one answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The answer.
    pub answer: Answer,
    /// The ways, by their place in the list.
    pub ways: Vec<usize>,
    /// The claims that the answer is read off in any of them.
    pub claims: Vec<ClaimId>,
}

/// A row that not every way answers alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dependence {
    /// The row as asked.
    pub row: Row,
    /// What the ways say that have figures for it; that of the row as asked first.
    pub groups: Vec<Group>,
    /// The ways that have no figure for it, or not all that it needs.
    pub silent: Vec<usize>,
}

/// Which rows depend on what figures are taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vintages {
    /// The clocks as asked.
    pub clocks: Clocks,
    /// The ways that were evaluated, as asked first.
    pub ways: Vec<Way>,
    /// How many sources, days and preferences more there were than are evaluated.
    pub n_left_out: usize,
    /// Rows that two ways with figures answer otherwise.
    pub turned: Vec<Dependence>,
    /// Rows that every way with figures answers alike, and some have none.
    pub rests: Vec<Dependence>,
    /// How many rows every way answers alike.
    pub n_same: usize,
}

/// Ways of a kind that are evaluated.
const MOST_WAYS: usize = 64;
/// Rows and ways whose figures are looked at.
const MOST_TRACED: usize = 20_000;

/// Evaluates every way of taking figures, and says which rows depend on it.
///
/// ```
/// use plumbrule::eval::Options;
/// use plumbrule::figures::{Limits, Submission};
/// use plumbrule::vintages::{Way, vintages};
/// # let mut sources = plumbrule::Sources::with_std();
/// # sources.add("pack.plumb", r#"
/// # pack city "City plan" { entity city }
/// # entity city "The city" {}
/// # indicator x "X" { kind share unit % }
/// # target x.1 "X" { require x >= 56% by 2025 }
/// # "#);
/// # let program = plumbrule::compile(&sources).unwrap();
/// let mut submission = Submission::new(&program.model);
/// let table = "indicator,period,value,source\nx,2025,55%,bulletin\nx,2025,57%,yearbook\n";
/// submission.read_table(&program.model, "figures.csv", table.as_bytes(), &Limits::default());
/// let found = vintages(&program, &submission, &Options::default(), |_| true);
/// assert_eq!(found.turned.len(), 1);
/// assert!(found.ways.contains(&Way::Source("bulletin".to_owned())));
/// ```
pub fn vintages(
    program: &Program,
    submission: &Submission,
    asked: &Options,
    keep: impl Fn(&Row) -> bool,
) -> Vintages {
    let clocks = asked.clocks(submission);
    let asked = Options {
        period: Some(clocks.period),
        in_force: Some(clocks.in_force),
        ..asked.clone()
    };
    let (ways, n_left_out) = ways(program, submission, &clocks);
    let options: Vec<Options> = ways.iter().map(|way| way.options(&asked)).collect();
    let outcomes = options.iter().map(|options| {
        let mut rows = evaluate(program, submission, options).rows;
        rows.retain(&keep);
        rows
    });
    let outcomes: Vec<Vec<Row>> = outcomes.collect();
    let mut found = Vintages {
        clocks,
        ways,
        n_left_out,
        turned: Vec::new(),
        rests: Vec::new(),
        n_same: 0,
    };
    // Rows stand in the same order in every way: rules and entities are those of the submission.
    let base = outcomes.first().map_or(&[][..], Vec::as_slice);
    let of_row = |n: usize| outcomes.iter().filter_map(move |rows| rows.get(n));
    let differs = |n: usize, row: &Row| of_row(n).any(|it| Answer::of(it) != Answer::of(row));
    let n_differing = base.iter().enumerate().filter(|(n, row)| differs(*n, row));
    let is_traced = n_differing.count() * options.len() <= MOST_TRACED;
    for (n, row) in base.iter().enumerate() {
        if !differs(n, row) {
            found.n_same += 1;
            continue;
        }
        let rows: Vec<&Row> = of_row(n).collect();
        let says = rows.iter().zip(&options).map(|(row, options)| {
            if is_traced {
                said(program, submission, options, row)
            } else {
                (Vec::new(), row.causes)
            }
        });
        let says: Vec<(Vec<ClaimId>, Causes)> = says.collect();
        let one = dependence(row, &rows, says, is_traced);
        match one.groups.len() {
            0 | 1 => found.rests.push(one),
            _ => found.turned.push(one),
        }
    }
    found
}

/// The claims that an answer is read off, and why it is open.
fn said(
    program: &Program,
    submission: &Submission,
    options: &Options,
    row: &Row,
) -> (Vec<ClaimId>, Causes) {
    let trace = trace(program, submission, options, row.rule, row.entity);
    let causes = trace.outlook.as_ref().map_or(Causes::NONE, |it| it.causes);
    (trace.claims(), row.causes.union(causes))
}

fn dependence(
    row: &Row,
    rows: &[&Row],
    says: Vec<(Vec<ClaimId>, Causes)>,
    is_traced: bool,
) -> Dependence {
    let mut one = Dependence {
        row: *row,
        groups: Vec::new(),
        silent: Vec::new(),
    };
    for (way, (row, (claims, causes))) in rows.iter().zip(says).enumerate() {
        let is_open = matches!(row.verdict, Verdict::Undetermined | Verdict::Pending);
        let has_none = is_traced && claims.is_empty();
        if is_open && (has_none || causes == Cause::Missing.into()) {
            one.silent.push(way);
            continue;
        }
        let answer = Answer::of(row);
        let known = one.groups.iter_mut().find(|group| group.answer == answer);
        match known {
            Some(group) => {
                group.ways.push(way);
                group.claims.extend(claims);
            }
            None => one.groups.push(Group {
                answer,
                ways: vec![way],
                claims,
            }),
        }
    }
    for group in &mut one.groups {
        group.claims.sort_unstable();
        group.claims.dedup();
    }
    one
}

/// The ways that could make a difference, and how many more there are.
fn ways(program: &Program, submission: &Submission, clocks: &Clocks) -> (Vec<Way>, usize) {
    let read: BTreeSet<FigureRef> = program
        .inputs
        .values()
        .map(|input| FigureRef {
            entity: None,
            ..input.figure.clone()
        })
        .collect();
    let (mut sources, mut days) = (BTreeSet::new(), BTreeSet::new());
    let mut rivals: BTreeSet<String> = BTreeSet::new();
    let mut has_editions = false;
    let name = |claim: &Claim| submission.text(claim.source).to_owned();
    for (figure, _, entries) in submission.keys() {
        if !read.contains(figure) {
            continue;
        }
        for same in entries.chunk_by(|a, b| a.0 == b.0) {
            let counts = |claim: &&Claim| {
                claim.state == ClaimState::Good
                    && !claim.is_supposed
                    && clocks.counts(submission, claim)
            };
            let all = same.iter().map(|(_, id)| &submission.claims[*id]);
            let all: Vec<&Claim> = all.filter(counts).collect();
            sources.extend(all.iter().map(|claim| name(claim)));
            days.extend(
                all.iter()
                    .filter_map(|it| it.published)
                    .map(|at| at.last_day()),
            );
            let unlike = |a: &&Claim| {
                let others = all.iter().filter(|b| b.source != a.source);
                others.into_iter().any(|b| b.exact != a.exact)
            };
            rivals.extend(all.iter().filter(|it| unlike(it)).map(|claim| name(claim)));
            let editions = |a: &&Claim| {
                let other = |b: &&Claim| {
                    a.published != b.published
                        && a.exact != b.exact
                        && same_series(&program.model, submission, a, b)
                };
                a.published.is_some() && all.iter().any(other)
            };
            has_editions |= all.iter().any(editions);
        }
    }
    let named = |names: BTreeSet<String>| names.into_iter().filter(|name| !name.is_empty());
    let mut n_left_out = 0;
    let mut ways = vec![Way::Asked];
    let mut add = |found: Vec<Way>| {
        n_left_out += found.len().saturating_sub(MOST_WAYS);
        ways.extend(found.into_iter().take(MOST_WAYS));
    };
    add(named(sources).map(Way::Source).collect());
    add(days.into_iter().map(Way::KnownOn).collect());
    if has_editions {
        let others = [Vintage::First, Vintage::Latest];
        let others = others.into_iter().filter(|it| *it != clocks.choice.vintage);
        add(others.map(Way::Edition).collect());
    }
    add(named(rivals).map(Way::Prefer).collect());
    (ways, n_left_out)
}
