//! Many entities against few rules: rows a second on one core, the ratio to a loop written by
//! hand over the same exact numbers, and whether time grows as the number of entities does.
//!
//! Prints ratios; times of one machine say nothing about another.
#![expect(
    clippy::print_stdout,
    clippy::float_arithmetic,
    clippy::panic,
    reason = "a bench prints, divides times, and stops where its own pack is wrong"
)]

use std::fmt::Write as _;
use std::hint::black_box;
use std::time::{Duration, Instant};

use plumbrule::Sources;
use plumbrule::audit::audit;
use plumbrule::eval::{Options, evaluate};
use plumbrule::figures::{Limits, Submission};
use plumbrule::findings::findings;
use plumbrule::number::Exact;
use plumbrule::program::Program;
use plumbrule::verdict::Verdict;

const RULES: &str = r#"
pack bench "企业" { entity CN }
entity CN "中国" { }
entity enterprise "企业" { members open }
indicator revenue "营业收入" { kind flow unit 万元 }
indicator cost "营业成本" { kind flow unit 万元 }
indicator rd "研发投入" { kind flow unit 万元 }
indicator staff "从业人员" { kind stock unit 人 }
indicator digital "数字化比重" { kind share unit % }
indicator target_0 "其他比重" { kind share unit % }
target e.0 "规模" { require revenue >= 2000万元 for each enterprise }
target e.1 "比重" { require digital >= 10% for each enterprise }
target e.2 "区间" { require digital between 5% and 60% for each enterprise }
target e.3 "人均" { require revenue >= staff * 10万元 / 1人 for each enterprise }
target e.4 "增速" { require growth(revenue) >= 5% for each enterprise }
target e.5 "投入" { require rd <= revenue for each enterprise }
target e.6 "毛利" { require revenue - cost >= 0万元 for each enterprise }
target e.7 "合计" { require digital + target_0 <= 100% for each enterprise }
target e.8 "强度" {
  require if staff >= 300人 then rd / revenue >= 3% else rd / revenue >= 5%
  for each enterprise
}
target e.9 "适用" { require rd / revenue >= 3% when staff >= 100人 for each enterprise }
"#;

const N_RULES: usize = 10;
/// Columns of made figures; the last is the revenue of the year before.
const N_FIGURES: usize = 7;

/// Figures of one enterprise, made by a fixed rule; every eleventh has none of some.
fn made(n: u64) -> [Option<u64>; N_FIGURES] {
    let mix = |salt: u64| {
        let x = (n + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(23) ^ salt;
        x.wrapping_mul(0xBF58_476D_1CE4_E5B9) >> 33
    };
    let revenue = 500 + mix(1) % 9000;
    let rd = (!mix(3).is_multiple_of(11)).then(|| revenue * (mix(4) % 12) / 100);
    [
        Some(revenue),
        Some(revenue * (60 + mix(2) % 60) / 100),
        rd,
        Some(5 + mix(5) % 900),
        Some(mix(6) % 80),
        Some(mix(7) % 60),
        Some(400 + mix(8) % 9000),
    ]
}

fn table(n_entities: u64) -> String {
    let columns = [
        ("revenue", 2025, "万元"),
        ("cost", 2025, "万元"),
        ("rd", 2025, "万元"),
        ("staff", 2025, "人"),
        ("digital", 2025, "%"),
        ("target_0", 2025, "%"),
        ("revenue", 2024, "万元"),
    ];
    let mut text = "indicator,entity,period,value\n".to_owned();
    for n in 0..n_entities {
        for ((name, year, unit), value) in columns.iter().zip(made(n)) {
            if let Some(value) = value {
                // Writing to a string cannot fail.
                let _ = writeln!(text, "{name},企业{n},{year},{value}{unit}");
            }
        }
    }
    text
}

fn program() -> Program {
    let mut sources = Sources::with_std();
    sources.add("bench.plumb", RULES);
    plumbrule::compile(&sources).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

fn timed<T>(work: impl Fn() -> T) -> (Duration, T) {
    // The best of three is the least disturbed.
    let mut best: Option<(Duration, T)> = None;
    for _ in 0..3 {
        let start = Instant::now();
        let result = black_box(work());
        let took = start.elapsed();
        if best.as_ref().is_none_or(|(known, _)| took < *known) {
            best = Some((took, result));
        }
    }
    best.unwrap_or_else(|| panic!("nothing was timed"))
}

/// The same comparisons on the same numbers, written by hand: no sets, no causes, no reading.
fn floor(figures: &[[Option<Exact>; N_FIGURES]]) -> usize {
    let constant = |n: i64| Exact::from(n);
    let percent = |n: i64| Exact::ratio(n, 100).unwrap_or_default();
    let (least, per_head) = (constant(20_000_000), constant(100_000));
    let (p3, p5, p10, p60) = (percent(3), percent(5), percent(10), percent(60));
    let (p100, one, zero) = (constant(1), constant(1), constant(0));
    let (many, hundred) = (constant(300), constant(100));
    let mut n_pass = 0;
    for row in figures {
        let [revenue, cost, rd, staff, digital, other, before] = row;
        let (Some(revenue), Some(staff), Some(digital)) = (revenue, staff, digital) else {
            continue;
        };
        let mut count = |is_true: bool| n_pass += usize::from(is_true);
        count(revenue >= &least);
        count(digital >= &p10);
        count(digital >= &p5 && digital <= &p60);
        count(revenue >= &(staff * &per_head));
        let growth = before
            .as_ref()
            .and_then(|before| revenue.checked_div(before));
        count(growth.is_some_and(|ratio| &ratio - &one >= p5));
        count(rd.as_ref().is_some_and(|rd| rd <= revenue));
        count(cost.as_ref().is_some_and(|cost| revenue - cost >= zero));
        count(other.as_ref().is_some_and(|other| digital + other <= p100));
        let part = || rd.as_ref().and_then(|rd| rd.checked_div(revenue));
        let wanted = if staff >= &many { &p3 } else { &p5 };
        count(part().is_some_and(|part| &part >= wanted));
        count(staff >= &hundred && part().is_some_and(|part| part >= p3));
    }
    n_pass
}

fn main() {
    let program = program();
    println!(
        "entities  rows/s    to the floor  a row, to that of 1 000  reading, to judging  findings, to judging  audit, to judging"
    );
    let mut first: Option<f64> = None;
    for n_entities in [1_000, 10_000, 100_000] {
        let text = table(n_entities);
        let read = || {
            let mut submission = Submission::new(&program.model);
            let limits = Limits::default();
            submission.read_table(&program.model, "made.csv", text.as_bytes(), &limits);
            submission
        };
        let (reading, submission) = timed(read);
        if let Some(problem) = submission.problems.first() {
            panic!("{problem:#?}");
        }
        let options = Options::default();
        let (judging, outcome) = timed(|| evaluate(&program, &submission, &options));
        let (auditing, _) = timed(|| audit(&program, &submission, &options).findings.len());
        let (finding, _) = timed(|| findings(&program, &submission, &options).len());
        let scale = [10_000, 10_000, 10_000, 1, 1, 1, 10_000];
        let exact = |n: u64| {
            let row = made(n);
            std::array::from_fn(|at| {
                let value = i64::try_from(row[at]?).ok()?;
                match at {
                    4 | 5 => Exact::ratio(value, 100),
                    _ => Some(Exact::from(value * scale[at])),
                }
            })
        };
        let figures: Vec<[Option<Exact>; N_FIGURES]> = (0..n_entities).map(exact).collect();
        let (least, n_pass) = timed(|| floor(&figures));
        assert_eq!(outcome.count(Verdict::Pass), n_pass, "both say the same");
        let n_rows = outcome.rows.len();
        assert_eq!(n_rows, N_RULES * figures.len());
        let per_row = judging.as_secs_f64() / n_rows as f64;
        let one = *first.get_or_insert(per_row);
        println!(
            "{n_entities:>8}  {:>8.0}  {:>12.1}  {:>23.2}  {:>20.2}  {:>20.2}  {:>17.2}",
            1.0 / per_row,
            judging.as_secs_f64() / least.as_secs_f64(),
            per_row / one,
            reading.as_secs_f64() / judging.as_secs_f64(),
            finding.as_secs_f64() / judging.as_secs_f64(),
            auditing.as_secs_f64() / judging.as_secs_f64(),
        );
    }
}
