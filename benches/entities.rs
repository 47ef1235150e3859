//! How evaluation grows with the number of entities, against a hand-written floor.
//!
//! `cargo bench --bench entities` prints ratios; the figures are made up. The floor does the same
//! comparisons on the same exact numbers in one loop, without claims, causes or clocks.

#![expect(clippy::print_stdout, reason = "a bench says what it measured")]
#![expect(
    clippy::unwrap_used,
    reason = "a bench that cannot run has nothing to say"
)]
#![expect(clippy::float_arithmetic, reason = "times are no figures of a verdict")]

use std::fmt::Write;
use std::time::Instant;

use plumbrule::eval::{Options, evaluate};
use plumbrule::figures::{Limits, Submission};
use plumbrule::number::Exact;
use plumbrule::period::Period;
use plumbrule::source::Sources;
use plumbrule::verdict::Verdict;

const PACK: &str = r#"
pack bench "Bench" { en "Bench" }
entity firm "企业" { en "firm" members open }
indicator a "A" { unit 万元 kind flow }
indicator b "B" { unit 万元 kind flow }
indicator c "C" { unit % kind stock }
target t0 { for each firm require a >= 50万元 by 2024 }
target t1 { for each firm require a < 900万元 by 2024 }
target t2 { for each firm require b >= 20万元 by 2024 }
target t3 { for each firm require c >= 30% by 2024 }
target t4 { for each firm require growth(a) >= 5% by 2024 }
target t5 { for each firm require share(b, a) <= 60% by 2024 }
target t6 { for each firm require a + b >= 100万元 by 2024 }
target t7 { for each firm require c between 20% and 80% by 2024 }
target t8 { for each firm require a >= 50万元 and c >= 30% by 2024 }
target t9 { for each firm require c >= 90% implies b >= 40万元 by 2024 }
"#;

/// The figures of one made entity: a of two years, b, c.
fn made(n: usize) -> [i64; 4] {
    let n = i64::try_from(n).unwrap();
    [
        n * 37 % 997 + 1,
        n * 53 % 991 + 1,
        n * 71 % 499 + 1,
        n * 29 % 101,
    ]
}

fn table(n_entities: usize) -> String {
    let mut text = String::from("indicator,entity,period,value\n");
    for n in 0..n_entities {
        let [before, a, b, c] = made(n);
        let _ = writeln!(text, "a,E{n:06},2023,{before}万元");
        let _ = writeln!(text, "a,E{n:06},2024,{a}万元");
        let _ = writeln!(text, "b,E{n:06},2024,{b}万元");
        let _ = writeln!(text, "c,E{n:06},2024,{c}%");
    }
    text
}

/// The ten conditions by hand, on exact numbers in base units.
fn floor(rows: &[[Exact; 4]]) -> usize {
    let money = |n: i64| Exact::from(n * 10_000);
    let percent = |n: i64| Exact::ratio(n, 100).unwrap();
    let one = Exact::from(1);
    let mut passed = 0;
    for [before, a, b, c] in rows {
        let growth = &a.checked_div(before).unwrap() - &one;
        let share = b.checked_div(a).unwrap();
        let holds = [
            *a >= money(50),
            *a < money(900),
            *b >= money(20),
            *c >= percent(30),
            growth >= percent(5),
            share <= percent(60),
            a + b >= money(100),
            *c >= percent(20) && *c <= percent(80),
            *a >= money(50) && *c >= percent(30),
            *c < percent(90) || *b >= money(40),
        ];
        passed += holds.into_iter().filter(|holds| *holds).count();
    }
    passed
}

fn main() {
    let mut sources = Sources::with_std();
    sources.add("bench.plumb", PACK);
    let program = plumbrule::compile(&sources).unwrap();
    let options = Options {
        period: Some(Period::Year(2024)),
        ..Options::default()
    };
    println!("entities  verdicts/s  µs/entity  times the floor  passes");
    for n in [1_000, 10_000, 100_000] {
        let mut submission = Submission::new(&program.model);
        let text = table(n);
        submission.read_table(
            &program.model,
            "made.csv",
            text.as_bytes(),
            &Limits::default(),
        );
        assert!(submission.problems.is_empty());
        let start = Instant::now();
        let outcome = evaluate(&program, &submission, &options);
        let engine = start.elapsed();
        let base = |[before, a, b, c]: [i64; 4]| {
            let money = |n: i64| Exact::from(n * 10_000);
            [
                money(before),
                money(a),
                money(b),
                Exact::ratio(c, 100).unwrap(),
            ]
        };
        let rows: Vec<[Exact; 4]> = (0..n).map(|n| base(made(n))).collect();
        let start = Instant::now();
        let expected = floor(&rows);
        let by_hand = start.elapsed();
        let passed = outcome.count(Verdict::Pass);
        assert_eq!(passed, expected, "the engine and the floor disagree");
        let per_entity = engine.as_secs_f64() / n as f64;
        println!(
            "{n:>8}  {:>10.0}  {:>9.2}  {:>15.1}  {passed}",
            10.0 / per_entity,
            per_entity * 1e6,
            engine.as_secs_f64() / by_hand.as_secs_f64(),
        );
    }
}
