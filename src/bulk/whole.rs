//! Figures that were read as one submission to verdicts in columns: for tables whose rows do not each
//! stand for themselves. Holds all figures; judges nothing itself.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::block::{Block, Cells, Part, Shown, Wanted};
use super::bodies::{
    expect_own_lines, has_lost, head, looks_at_many, named_by, names_lines, read_as,
};
use super::figures::{Figures, Gatherer, Named, named};
use super::kernel::ROWS;
use super::plan::{NO_ROW, Said, code_of};
use super::rows::{Judged, Place, judged_rules, keys};
use super::run::{Heads, Job, Open, Ran, Sampled, Sink, Stop, has_error, sampled};
use super::table::{Table, expect_apart, has_lists, source_column};
use super::verdicts::Verdicts;
use crate::eval::{Memory, Options, Outcome, Row, evaluate, trace_in};
use crate::figures::Submission;
use crate::figures::table::{Alike, Known};
use crate::fold::fold_tight;
use crate::index::Id;
use crate::model::{EntityId, Model, RuleId};
use crate::period::Period;
use crate::program::Program;
use crate::verdict::Verdict;

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
    let mut ran = Ran {
        n_problems: submission.problems.len() as u64,
        has_error: has_error(&submission.problems),
        ..Ran::default()
    };
    let figures_of = sink.figures_of();
    // Of a body of the pack without a figure only what rules say of many bodies is told.
    let over_many = rules.iter().copied();
    let over_many: BTreeSet<RuleId> = over_many
        .filter(|id| looks_at_many(job.program, *id))
        .collect();
    let mut first = 0;
    for (period, bodies) in asked(job, submission) {
        let options = Options {
            period: Some(period),
            ..job.options.clone()
        };
        let mut by_body: BTreeMap<EntityId, Vec<Row>> = BTreeMap::new();
        let Outcome {
            rows: found,
            memory,
            ..
        } = evaluate(job.program, submission, &options);
        for row in found {
            let is_beside = || is_declared(submission, row.entity) && over_many.contains(&row.rule);
            if bodies.contains(&row.entity) || is_beside() {
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
            let (mut block, mut judged) = columns(submission, period, rules, rows);
            if let Some(only) = &figures_of {
                let of = |row: &Row| read_off(job.program, submission, (&options, &memory), row);
                judged.figures = Some(figures(&of, rules, rows, only));
            }
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

/// Figures of one body in a table.
#[derive(Debug)]
pub struct OfBody {
    /// They and those of bodies that rules name, with the lines of the table.
    pub submission: Submission,
    /// The latest year in which the table has a row, of whomever.
    pub latest_year: Option<i32>,
}

/// The figures of one body and of those that some rules name, from a table whose other rows are passed over.
///
/// # Errors
/// Where the table is broken, or its rows are not each about one body and period; [`Stop::Rules`] where one of the
/// rules compares or takes together many bodies, so that the rows of one do not say its answer.
pub fn rows_of(
    program: &Program,
    open: Open<'_>,
    (file, body): (&str, &str),
    rules: &[RuleId],
) -> Result<OfBody, Stop> {
    let model = &program.model;
    expect_own(program, rules)?;
    let known = Known::of(model);
    let sample = sampled(open)?;
    let (table, _) = read_as(&known, &sample)?;
    let source = open().map_err(Stop::from)?;
    let mut wanted = vec![Wanted::Nothing; table.header.len()];
    if let Some(to) = wanted.get_mut(table.period) {
        *to = Wanted::Words;
    }
    let mut latest: Option<i32> = None;
    let mut periods: BTreeSet<String> = BTreeSet::new();
    if let Some(to) = table.entity.and_then(|at| wanted.get_mut(at)) {
        *to = Wanted::Keys;
    }
    // The reader of figures knows which of these mean the same.
    let is_it = |name: &str| name.trim() == body || fold_tight(name) == fold_tight(body);
    let declared = Submission::new(model);
    let beside = named_by(program, rules);
    let own = declared.entity_meant(body);
    // Whom rows are about that name nobody.
    let is_of_blank = !table.names_first && own.is_some() && own == model.pack.entity;
    let is_meant = |name: &str| match declared.entity_meant(name) {
        _ if name.trim().is_empty() => is_of_blank,
        Some(id) => Some(id) == own || beside.contains(&id),
        None => false,
    };
    // The rows of a list are those of the body that has it.
    let has_lists = has_lists(model);
    let of_list = |name: &str| {
        let (name, body) = (head(name), head(body));
        let known = declared.entity_named(&name);
        has_lists && (name == body || known.is_some() && known == declared.entity_named(&body))
    };
    let mut block = Block::default();
    let heads = Heads::of(&table, model);
    let (mut rows, mut places) = (Vec::new(), Vec::new());
    while let Some((_, mut part)) = source.next_part(&wanted).map_err(Stop::from)? {
        while part.next(&mut block).map_err(Stop::from)? {
            heads.add(part.as_mut(), &block)?;
            expect_lines(model, &table, (part.as_ref(), &block))?;
            let found: Vec<u32> = match table.entity.and_then(|at| block.columns.get(at)) {
                Some(Cells::Keys { ends, bytes }) => (0u32..)
                    .zip(keys(ends, bytes))
                    .filter(|(_, name)| is_it(name) || is_meant(name) || of_list(name))
                    .map(|(row, _)| row)
                    .collect(),
                _ if is_of_blank => (0u32..).take(block.n_rows).collect(),
                _ => Vec::new(),
            };
            if let Some(Cells::Words { words, .. }) = block.columns.get(table.period) {
                let new = words.iter().filter(|word| !periods.contains(*word));
                let new: Vec<String> = new.cloned().collect();
                let year = |word: &String| match Period::parse(word, &model.words.periods) {
                    Ok(Period::Year(year)) => Some(year),
                    _ => None,
                };
                let years = new.iter().filter_map(year);
                latest = latest.max(years.max());
                periods.extend(new);
            }
            if !found.is_empty() {
                rows.extend(part.cells(&found).map_err(Stop::from)?);
                let lines = part.lines(&block, &found);
                let own: Arc<str> = part.file().unwrap_or(file).into();
                places.extend(lines.into_iter().map(|line| (Arc::clone(&own), line)));
            }
        }
        has_lost(part.as_mut(), model)?;
    }
    heads.ended()?;
    expect_told_apart(&known, &table, (&sample, &rows, &places))?;
    let mut probe = table.probe(&known, &mut rows);
    if names_lines(model, &table) {
        probe.place_records(model, |row| places.get(row).map(shown));
    }
    Ok(OfBody {
        submission: probe.placed(file, |row| {
            places.get(row).map(|(file, line)| (&**file, *line))
        }),
        latest_year: latest,
    })
}

/// That records which are named by their lines have one each.
fn expect_lines(
    model: &Model,
    table: &Table,
    (part, block): (&dyn Part, &Block),
) -> Result<(), Stop> {
    let names = table.entity.and_then(|at| block.columns.get(at));
    let Some(Cells::Keys { ends, bytes }) = names.filter(|_| names_lines(model, table)) else {
        return Ok(());
    };
    let all: Vec<u32> = (0u32..).take(block.n_rows).collect();
    let lines = part.lines(block, &all).into_iter();
    expect_own_lines(model, table, lines.zip(keys(ends, bytes)))
}

/// That no rule looks at many bodies.
fn expect_own(program: &Program, rules: &[RuleId]) -> Result<(), Stop> {
    let many = rules.iter().copied();
    let many: Vec<RuleId> = many.filter(|id| looks_at_many(program, *id)).collect();
    match many.is_empty() {
        true => Ok(()),
        false => Err(Stop::Rules(many)),
    }
}

/// The file and the line of a row.
type Line = (Arc<str>, u64);

fn shown((file, line): &Line) -> String {
    format!("{file}:{line}")
}

/// Refuses rows of one file that only a column which nobody knows tells apart.
fn expect_told_apart(
    known: &Known<'_>,
    table: &Table,
    (sample, rows, places): (&Sampled, &[Vec<Shown>], &[Line]),
) -> Result<(), Stop> {
    if !table.may_differ() {
        return Ok(());
    }
    let probe = sample.probe(known);
    let readings = probe.submission.readings.first();
    let alike = readings.map_or_else(Alike::default, |reading| Alike::of(&reading.columns));
    let rows = rows.iter().zip(places);
    let rows = rows.map(|(cells, (file, line))| ((&**file, *line), cells.as_slice()));
    expect_apart(alike, known, &table.header, rows).map_err(Stop::Whole)
}

/// The sources that the rows of a table name.
///
/// # Errors
/// Where the table is broken, or its rows are not each about one body and period.
pub fn sources_of(program: &Program, open: Open<'_>) -> Result<BTreeSet<String>, Stop> {
    let known = Known::of(&program.model);
    let sample = sampled(open)?;
    let place = source_column(&known, sample.head(), &sample.rows).map_err(Stop::Whole)?;
    let mut sources = BTreeSet::new();
    let Some(place) = place else {
        return Ok(sources);
    };
    let mut wanted = vec![Wanted::Nothing; sample.header.len()];
    if let Some(to) = wanted.get_mut(place) {
        *to = Wanted::Words;
    }
    let source = open().map_err(Stop::from)?;
    let mut block = Block::default();
    while let Some((_, mut part)) = source.next_part(&wanted).map_err(Stop::from)? {
        while part.next(&mut block).map_err(Stop::from)? {
            if let Some(Cells::Words { words, .. }) = block.columns.get(place) {
                let words = words.iter().map(|word| word.trim());
                sources.extend(words.filter(|word| !word.is_empty()).map(str::to_owned));
            }
        }
    }
    Ok(sources)
}

/// The figures that a verdict was read off.
fn read_off(
    program: &Program,
    submission: &Submission,
    (options, memory): (&Options, &Memory),
    row: &Row,
) -> Vec<Named> {
    let mut trace = trace_in(program, submission, options, row.rule, row.entity, memory);
    // What an outlook was read off decides no verdict.
    trace.outlook = None;
    if row.verdict == Verdict::NotApplicable {
        trace.goals.clear();
    }
    named(&program.model, submission, row.entity, &trace.claims())
}

/// The figures of the rows that have one of these verdicts, all where there are none.
fn figures(
    of: &dyn Fn(&Row) -> Vec<Named>,
    rules: &[RuleId],
    rows: &[(EntityId, Vec<Row>)],
    only: &[Verdict],
) -> Figures {
    let places = places_of(rules);
    let mut gatherer = Gatherer::default();
    for (n, (_, found)) in rows.iter().enumerate() {
        let is_kept = |row: &&Row| only.is_empty() || only.contains(&row.verdict);
        for row in found.iter().filter(is_kept) {
            match places.get(row.rule.index()) {
                Some(at) if *at != usize::MAX => gatherer.note((*at, n), of(row)),
                _ => {}
            }
        }
    }
    gatherer.finish()
}

/// For each rule of the program its place among those that are judged.
pub(super) fn places_of(rules: &[RuleId]) -> Vec<usize> {
    let mut places = vec![usize::MAX; rules.iter().map(|id| id.index() + 1).max().unwrap_or(0)];
    for (at, id) in rules.iter().enumerate() {
        if let Some(place) = places.get_mut(id.index()) {
            *place = at;
        }
    }
    places
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
    // A row without a figure may name a record, or whose list it is in.
    let of_names = submission.named();
    let of_doubts = submission
        .doubts()
        .filter_map(|doubt| Some((doubt.period?, doubt.owner?)));
    let of_rows = of_names.chain(of_doubts);
    for (period, body) in of_claims.chain(of_absences).chain(of_rows) {
        let key = (period.first_day(), period.last_day());
        let known = bodies
            .entry(key)
            .or_insert_with(|| (period, BTreeSet::new()));
        known.1.insert(body);
        // Who has a list is judged where a record of it is told of.
        let class = submission.entities[body].class;
        let is_record = class.is_some_and(|class| job.program.model.classes[class].owner.is_some());
        let owner = submission.entities[body].part_of.filter(|_| is_record);
        known.1.extend(owner);
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

/// Rows of the evaluator as the columns of a period.
pub(super) fn columns(
    submission: &Submission,
    period: Period,
    rules: &[RuleId],
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
    let places = places_of(rules);
    for (n, (body, found)) in rows.iter().enumerate() {
        bytes.extend_from_slice(submission.entities[*body].id.as_bytes());
        ends.push(u32::try_from(bytes.len()).unwrap_or(u32::MAX));
        judged.places.push(Place {
            body: Some(*body),
            period: 0,
            is_lost: false,
            is_joined: false,
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
