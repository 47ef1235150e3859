//! Columns of Arrow in memory to a batch of verdicts, by the rules of `examples/million`, warm, against loops
//! written by hand for those rules alone in doubles, a rule at a time over blocks of rows, that write a code a
//! verdict as well. Counts are held against each other.
//!
//! Prints ratios of the time of the processor, and of the clock for two threads; the engines take turns and the
//! least time of each counts. `cargo bench --bench memory`, or with `-- 1000000` so many rows; `-- 1000000 1` judges
//! them by the engine alone so many times, to be counted by a profiler.
#![expect(
    clippy::print_stdout,
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    clippy::panic,
    reason = "a bench prints, divides times, and stops where its own tables are wrong"
)]

use std::fs;
use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

use plumbrule::Sources;
use plumbrule::bulk::arrow::arrow_array::{
    ArrayRef, Float64Array, Int8Array, Int32Array, Int64Array, RecordBatch, StringArray,
};
use plumbrule::bulk::arrow::{Evaluator, Options};
use plumbrule::verdict::Verdict;

#[path = "../tests/support/workload.rs"]
#[expect(dead_code, reason = "others write the rows as text")]
mod workload;

/// How often each side runs; the least time counts.
const N_RUNS: usize = 9;
/// Rows that each side judges in a run, at least.
const MANY: usize = 1_000_000;
/// Rows that the loops take at a time.
const BLOCK: usize = 2048;

/// Passed, failed, undetermined.
type Counts = [u64; 3];

/// The columns as loops by hand want them: NaN, or below 0, where a figure is missing.
struct Columns {
    amounts: Vec<Vec<f64>>,
    wholes: Vec<Vec<i64>>,
    routes: Vec<u8>,
}

fn main() {
    let numbers: Vec<usize> = std::env::args()
        .filter_map(|word| word.parse().ok())
        .collect();
    let n_rows = numbers.first().copied().unwrap_or(300_000);
    let rows: Vec<workload::Row> = workload::rows(n_rows as u64).collect();
    let (batch, columns) = (batch_of(&rows), columns_of(&rows));
    drop(rows);
    let (one, two) = (evaluator(1), evaluator(2));
    if let Some(n_runs) = numbers.get(1) {
        for _ in 0..*n_runs {
            black_box(counts(&one, &batch));
        }
        return;
    }
    let mut codes = vec![vec![0u8; n_rows]; 24];
    by_hand(&columns, &mut codes);
    assert_eq!(counts(&one, &batch), counted(&codes), "the same verdicts");
    let (mut engine, mut floor) = (f64::INFINITY, f64::INFINITY);
    let (mut clock, mut clock_two) = (f64::INFINITY, f64::INFINITY);
    // Few rows are judged many times over: what a thread had of the processor is told in steps.
    let n_calls = MANY.div_ceil(n_rows.max(1));
    for _ in 0..N_RUNS {
        let (before, start) = (seconds(), Instant::now());
        for _ in 0..n_calls {
            black_box(counts(&one, &batch));
        }
        engine = engine.min(seconds() - before);
        clock = clock.min(start.elapsed().as_secs_f64());
        let before = seconds();
        for _ in 0..n_calls {
            by_hand(black_box(&columns), &mut codes);
            black_box(&codes);
        }
        floor = floor.min(seconds() - before);
        let start = Instant::now();
        for _ in 0..n_calls {
            black_box(counts(&two, &batch));
        }
        clock_two = clock_two.min(start.elapsed().as_secs_f64());
    }
    println!("rows\tM verdicts/s\tto loops by hand\ttwo threads, to one (clock)");
    let verdicts = 24.0 * (n_rows * n_calls) as f64 / 1e6;
    println!(
        "{n_rows}\t{:.1}\t{:.2}\t{:.2}",
        verdicts / engine,
        engine / floor,
        clock / clock_two
    );
}

fn evaluator(threads: usize) -> Evaluator {
    let mut sources = Sources::with_std();
    sources.add("pack.plumb", include_str!("../examples/million/pack.plumb"));
    let program = plumbrule::compile(&sources).unwrap_or_else(|problems| panic!("{problems:?}"));
    let options = Options::default().threads(threads);
    Evaluator::new(Arc::new(program), options).unwrap_or_else(|error| panic!("{error}"))
}

fn counts(evaluator: &Evaluator, batch: &RecordBatch) -> Counts {
    let evaluation = evaluator.evaluate_in_full(batch);
    let evaluation = evaluation.unwrap_or_else(|error| panic!("{error}"));
    black_box(&evaluation.verdicts);
    [Verdict::Pass, Verdict::Fail, Verdict::Undetermined]
        .map(|verdict| evaluation.tally.count(verdict))
}

fn batch_of(rows: &[workload::Row]) -> RecordBatch {
    let amount = |at: usize| rows.iter().map(move |row| row.amounts[at]);
    let whole = |at: usize| rows.iter().map(move |row| row.wholes[at]);
    let names = rows.iter().map(|row| format!("E{:07}", row.id));
    let years = rows.iter().map(|row| i32::try_from(row.year).ok());
    let mut columns: Vec<(&str, ArrayRef)> = vec![
        ("entity", Arc::new(StringArray::from_iter_values(names))),
        ("year", Arc::new(years.collect::<Int32Array>())),
    ];
    for (at, name) in workload::COLUMNS.iter().enumerate() {
        columns.push((
            name,
            match at {
                0..23 => Arc::new(
                    amount(at)
                        .map(|value| value.map(|hundredths| hundredths as f64 / 100.0))
                        .collect::<Float64Array>(),
                ),
                23 | 24 => Arc::new(whole(at - 23).collect::<Int64Array>()),
                25..28 => Arc::new(
                    whole(at - 23)
                        .map(|value| value.and_then(|value| i8::try_from(value).ok()))
                        .collect::<Int8Array>(),
                ),
                _ => Arc::new(rows.iter().map(|row| row.route).collect::<StringArray>()),
            },
        ));
    }
    RecordBatch::try_from_iter_with_nullable(columns.into_iter().map(|(name, it)| (name, it, true)))
        .unwrap_or_else(|error| panic!("{error}"))
}

fn columns_of(rows: &[workload::Row]) -> Columns {
    let double = |value: Option<i64>| value.map_or(f64::NAN, |value| value as f64 / 100.0);
    let amount = |at: usize| rows.iter().map(|row| double(row.amounts[at])).collect();
    let whole = |at: usize| {
        rows.iter()
            .map(|row| row.wholes[at].unwrap_or(-1))
            .collect()
    };
    let route = |row: &workload::Row| row.route.and_then(|word| word.bytes().next()).unwrap_or(0);
    Columns {
        amounts: (0..23).map(amount).collect(),
        wholes: (0..5).map(whole).collect(),
        routes: rows.iter().map(route).collect(),
    }
}

/// No 0, yes 1, unknown 2.
#[inline(always)]
fn code(holds: bool, is_missing: bool) -> u8 {
    u8::from(holds & !is_missing) | (u8::from(is_missing) << 1)
}

/// All rules over all rows. The limits of quotients and sums never lie on a row, so that doubles are enough.
fn by_hand(columns: &Columns, codes: &mut [Vec<u8>]) {
    let n_rows = columns.routes.len();
    for from in (0..n_rows).step_by(BLOCK) {
        let rows = from..n_rows.min(from + BLOCK);
        let v = |at: usize| &columns.amounts[at][rows.clone()];
        let w = |at: usize| &columns.wholes[at][rows.clone()];
        for (at, limit) in workload::LIMITS.iter().enumerate() {
            let limit = *limit as f64 / 100.0;
            let to = &mut codes[at][rows.clone()];
            for (to, x) in to.iter_mut().zip(v(at)) {
                *to = code(*x >= limit, x.is_nan());
            }
        }
        for (to, (now, before)) in codes[18][rows.clone()]
            .iter_mut()
            .zip(v(0).iter().zip(v(18)))
        {
            let growth = (now - before) / before;
            *to = code(growth >= 0.05, growth.is_nan());
        }
        for (to, (part, of)) in codes[19][rows.clone()]
            .iter_mut()
            .zip(v(1).iter().zip(v(2)))
        {
            let share = part / of;
            let (is_enough, is_few) = (share >= 0.18, share <= 0.24);
            *to = code(is_enough & is_few, share.is_nan());
        }
        let parts = v(19).iter().zip(v(20)).zip(v(21).iter().zip(v(22)));
        for (to, ((a, b), (c, total))) in codes[20][rows.clone()].iter_mut().zip(parts) {
            let off = (a + b + c - total).abs();
            *to = code(off <= 0.005 * total, off.is_nan());
        }
        let mut score = [0.0f64; BLOCK];
        for (at, weight) in workload::WEIGHTS {
            let weight = weight as f64 / 100.0;
            score
                .iter_mut()
                .zip(v(at))
                .for_each(|(sum, x)| *sum += weight * x);
        }
        for (to, score) in codes[21][rows.clone()].iter_mut().zip(&score) {
            *to = code(*score >= 60.0, score.is_nan());
        }
        for (to, (high, value)) in codes[22][rows.clone()]
            .iter_mut()
            .zip(v(6).iter().zip(v(7)))
        {
            *to = code((*high < 5.8) | (*value >= 3.2), high.is_nan());
        }
        let facts = w(0).iter().zip(w(1)).zip(w(2).iter().zip(w(3))).zip(w(4));
        let taken = &columns.routes[rows.clone()];
        for (to, (facts, taken)) in codes[23][rows].iter_mut().zip(facts.zip(taken)) {
            let (((pii, sens), (ciio, important)), ftz) = facts;
            let last = if *sens >= 1 { b'C' } else { b'E' };
            let last = if *pii >= 100_000 { b'S' } else { last };
            let last = if (*pii >= 1_000_000) | (*sens >= 10_000) {
                b'A'
            } else {
                last
            };
            let operator = if *pii >= 1 { b'A' } else { b'E' };
            let asked = if *ciio == 1 { operator } else { last };
            let asked = if *ftz == 1 { b'E' } else { asked };
            let asked = if *important == 1 { b'A' } else { asked };
            let is_missing = ((pii | sens | ciio | important | ftz) < 0) | (*taken == 0);
            *to = code(asked == *taken, is_missing);
        }
    }
}

fn counted(codes: &[Vec<u8>]) -> Counts {
    let count = |code: u8| {
        let all = codes.iter().flatten();
        all.filter(|own| **own == code).count() as u64
    };
    [count(1), count(0), count(2)]
}

/// Seconds of the processor that this thread has had, whatever else runs on the machine.
fn seconds() -> f64 {
    let stat = fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    let nanoseconds: Option<f64> = stat.split(' ').next().and_then(|field| field.parse().ok());
    match nanoseconds {
        Some(nanoseconds) => nanoseconds / 1e9,
        None => panic!("/proc/self/schedstat says nothing: this bench needs Linux"),
    }
}
