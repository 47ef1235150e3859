//! The workload by which speed is measured, `examples/million`: its verdicts against those of a few
//! lines of whole numbers, and its counts against those of engines and programs of other makers.

use std::collections::BTreeMap;

use plumbrule::eval::{Options, evaluate};
use plumbrule::figures::ProblemCode;
use plumbrule::period::Period;
use plumbrule::program::Program;
use plumbrule::verdict::Verdict;

use crate::common;
use crate::workload_rows::{LIMITS, Row, asked, csv, header, rows, score, write};

const PACK: &str = "examples/million/pack.plumb";
/// For so many rows: passed, failed and undetermined verdicts, as a program written by hand and four
/// query engines count them. The last is the one of the measurements.
const COUNTS: [(u64, [usize; 3]); 2] = [(31, [0, 0, 0]), (1_000, [0, 0, 0])];

/// The rules in the order of the pack.
fn names() -> Vec<String> {
    let limits = (1..=18).map(|n| format!("t.{n}"));
    limits.chain((1..=6).map(|n| format!("d.{n}"))).collect()
}

/// What each rule says, by whole numbers alone. A missing amount is unknown and nothing else.
fn by_hand(row: &Row) -> Vec<Option<bool>> {
    let v = row.amounts;
    let mut said: Vec<Option<bool>> = LIMITS
        .iter()
        .zip(v)
        .map(|(limit, value)| Some(value? >= *limit))
        .collect();
    let both = |one: usize, other: usize| v[one].zip(v[other]);
    said.push(both(0, 18).map(|(now, before)| (now - before) * 100 >= 5 * before));
    said.push(both(1, 2).map(|(part, of)| (18 * of..=24 * of).contains(&(part * 100))));
    let parts: Option<i64> = v[19..22].iter().copied().sum();
    said.push(
        parts
            .zip(v[22])
            .map(|(sum, total)| (sum - total).abs() * 1000 <= 5 * total),
    );
    let is_whole = [0, 2, 8, 10, 11, 14, 16, 17]
        .iter()
        .all(|at: &usize| v[*at].is_some());
    said.push(is_whole.then(|| score(|at| v[at].unwrap_or_default()) >= 600_000));
    said.push(v[6].map(|high| high < 580 || v[7].is_some_and(|value| value >= 320)));
    let facts = row
        .wholes
        .iter()
        .all(Option::is_some)
        .then(|| row.wholes.map(Option::unwrap_or_default));
    said.push(
        facts
            .zip(row.route)
            .map(|(facts, taken)| asked(facts) == taken),
    );
    said
}

fn told(said: Option<bool>) -> Verdict {
    match said {
        Some(true) => Verdict::Pass,
        Some(false) => Verdict::Fail,
        None => Verdict::Undetermined,
    }
}

fn counted(said: impl Iterator<Item = Option<bool>>) -> [usize; 3] {
    said.fold([0; 3], |mut counts, said| {
        counts[said.map_or(2, |is_met| usize::from(!is_met))] += 1;
        counts
    })
}

/// The verdicts of some rows of one year, by entity and rule.
fn judged(program: &Program, year: u64, of_year: &[Row]) -> BTreeMap<(String, String), Verdict> {
    let mut text = header();
    of_year.iter().for_each(|row| write(&mut text, row));
    let submission = common::read(program, "rows.csv", text.as_bytes());
    // The column `id` says nothing of figures, and a warning says so.
    let codes: Vec<ProblemCode> = submission
        .problems
        .iter()
        .map(|problem| problem.code)
        .collect();
    assert_eq!(codes, [ProblemCode::Column]);
    let period = Period::Year(i32::try_from(year).unwrap());
    let options = Options {
        period: Some(period),
        ..Options::default()
    };
    let outcome = evaluate(program, &submission, &options);
    let name = |id| submission.entities[id].id.clone();
    outcome
        .rows
        .iter()
        .map(|row| {
            (
                (name(row.entity), program.model.rules[row.rule].id.clone()),
                row.verdict,
            )
        })
        .collect()
}

#[test]
fn every_verdict_is_the_one_of_whole_numbers() {
    let program = common::pack(PACK);
    let mut years: BTreeMap<u64, Vec<Row>> = BTreeMap::new();
    for row in rows(1_000) {
        years.entry(row.year).or_default().push(row);
    }
    assert_eq!(years.len(), 6);
    for (year, of_year) in years {
        let verdicts = judged(&program, year, &of_year);
        assert_eq!(
            verdicts.len(),
            24 * of_year.len(),
            "one row for each rule and enterprise"
        );
        for row in &of_year {
            for (rule, said) in names().iter().zip(by_hand(row)) {
                let at = (format!("E{:07}", row.id), rule.clone());
                assert_eq!(verdicts.get(&at), Some(&told(said)), "{at:?} in {year}");
            }
        }
    }
}

#[test]
fn counts_are_those_of_other_makers() {
    for (n, expected) in COUNTS {
        assert_eq!(
            counted(rows(n).flat_map(|row| by_hand(&row))),
            expected,
            "{n} rows"
        );
    }
}

#[test]
fn the_table_beside_the_pack_is_its_first_rows() {
    let table = std::fs::read_to_string(common::root("examples/million/figures.csv")).unwrap();
    assert_eq!(table, csv(31));
}
