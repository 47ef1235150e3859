//! Figures that were read as one submission to verdicts in columns: for tables whose rows do not each
//! stand for themselves. Holds all figures; judges nothing itself.

use std::collections::{BTreeMap, BTreeSet};

use super::block::{Block, Cells};
use super::kernel::ROWS;
use super::plan::{NO_ROW, Said, code_of};
use super::rows::{Judged, Place, judged_rules};
use super::run::{Job, Ran, Sink};
use super::verdicts::Verdicts;
use crate::eval::{Options, Row, evaluate};
use crate::figures::Submission;
use crate::index::Id;
use crate::model::EntityId;
use crate::period::Period;

/// Judges all bodies of a submission: in the period of the options, else in every period that has a
/// figure of theirs.
///
/// # Errors
/// Where the verdicts cannot be handed on.
pub fn run_whole(
    job: &Job<'_>,
    submission: &Submission,
    sink: &mut dyn Sink,
) -> std::io::Result<Ran> {
    let all = judged_rules(job.program);
    let rules = if job.rules.is_empty() {
        &all
    } else {
        job.rules
    };
    let mut ran = Ran::default();
    let mut first = 0;
    for (period, bodies) in asked(job, submission) {
        let options = Options {
            period: Some(period),
            ..job.options.clone()
        };
        let mut by_body: BTreeMap<EntityId, Vec<Row>> = BTreeMap::new();
        for row in evaluate(job.program, submission, &options).rows {
            if bodies.contains(&row.entity) || is_declared(submission, row.entity) {
                by_body.entry(row.entity).or_default().push(row);
            }
        }
        let mut rows: Vec<(EntityId, Vec<Row>)> = by_body.into_iter().collect();
        rows.sort_by(|a, b| {
            submission.entities[a.0]
                .id
                .cmp(&submission.entities[b.0].id)
        });
        for rows in rows.chunks(ROWS) {
            let (mut block, judged) = columns(submission, period, rules, rows);
            block.first = first;
            first += rows.len() as u64;
            let verdicts = Verdicts::of(job.program, rules, &block, &judged);
            ran.tally.add(&verdicts);
            sink.take(&verdicts)?;
            if job.fail_fast && ran.tally.has_failure() {
                ran.is_cut = true;
                return Ok(ran);
            }
        }
    }
    Ok(ran)
}

fn is_declared(submission: &Submission, body: EntityId) -> bool {
    !submission.came_with_figures(body)
}

/// The periods that are judged, each with the bodies that have a figure of it.
fn asked(job: &Job<'_>, submission: &Submission) -> Vec<(Period, BTreeSet<EntityId>)> {
    let mut bodies: BTreeMap<Days, (Period, BTreeSet<EntityId>)> = BTreeMap::new();
    let of_claims = submission
        .claims
        .values()
        .map(|claim| (claim.window, claim.entity));
    let of_absences = submission
        .absences
        .iter()
        .map(|absence| (absence.period, absence.entity));
    for (period, body) in of_claims.chain(of_absences) {
        let key = (period.first_day(), period.last_day());
        let known = bodies
            .entry(key)
            .or_insert_with(|| (period, BTreeSet::new()));
        known.1.insert(body);
    }
    if let Some(period) = job.options.period {
        let mut asked = BTreeSet::new();
        asked.extend(bodies.into_values().flat_map(|(_, bodies)| bodies));
        return vec![(period, asked)];
    }
    bodies.into_values().collect()
}

/// The first and last day.
type Days = (chrono::NaiveDate, chrono::NaiveDate);

fn columns(
    submission: &Submission,
    period: Period,
    rules: &[crate::model::RuleId],
    rows: &[(EntityId, Vec<Row>)],
) -> (Block, Judged) {
    let (mut ends, mut bytes) = (Vec::new(), Vec::new());
    let mut judged = Judged {
        periods: vec![period],
        codes: vec![vec![NO_ROW; rows.len()]; rules.len()],
        said: vec![Vec::new(); rules.len()],
        outcomes: vec![Vec::new(); rules.len()],
        ..Judged::default()
    };
    let mut places = vec![usize::MAX; rules.iter().map(|id| id.index() + 1).max().unwrap_or(0)];
    for (at, id) in rules.iter().enumerate() {
        if let Some(place) = places.get_mut(id.index()) {
            *place = at;
        }
    }
    for (n, (body, found)) in rows.iter().enumerate() {
        bytes.extend_from_slice(submission.entities[*body].id.as_bytes());
        ends.push(u32::try_from(bytes.len()).unwrap_or(u32::MAX));
        judged.places.push(Place {
            body: Some(*body),
            period: 0,
            is_lost: false,
        });
        for row in found {
            let at = places.get(row.rule.index()).copied().unwrap_or(usize::MAX);
            let (Some(codes), Some(said)) = (judged.codes.get_mut(at), judged.said.get_mut(at))
            else {
                continue;
            };
            let code = code_of(row.verdict);
            if let Some(to) = codes.get_mut(n) {
                *to = code;
            }
            let own = Said {
                code,
                causes: row.causes,
                possible: row.possible,
            };
            said.push((u32::try_from(n).unwrap_or(u32::MAX), own));
        }
    }
    let block = Block {
        n_rows: rows.len(),
        first: 0,
        columns: vec![Cells::Keys { ends, bytes }],
    };
    (block, judged)
}
