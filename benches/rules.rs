//! Packs of many rules: what each phase of a compilation takes, and a check of one body and of many,
//! from 100 rules to 30,000. Each phase is to grow as the number of rules does.
//!
//! Prints ratios: what a rule takes in each phase, to what it takes in the pack of 1,000 rules.
//! `-- pack 10000` prints the pack itself, and `-- 10000` compiles that size alone.
#![expect(
    clippy::print_stdout,
    clippy::float_arithmetic,
    clippy::panic,
    reason = "a bench prints, divides times, and stops where its own pack is wrong"
)]

use std::fmt::Write as _;
use std::fs;
use std::hint::black_box;

use plumbrule::Sources;
use plumbrule::diagnostic::Diagnostic;
use plumbrule::eval::{Options, evaluate};
use plumbrule::figures::{Limits, Submission};
use plumbrule::findings::findings;
use plumbrule::flaws;
use plumbrule::graph::eval_order;
use plumbrule::message::Lang;
use plumbrule::model::{check, resolve};
use plumbrule::program::{Program, expand, lower};
use plumbrule::report::{Digests, Format, Report, write_check};
use plumbrule::syntax::{Limits as TextLimits, parse};

const SIZES: [usize; 4] = [100, 1_000, 10_000, 30_000];
/// Rules of one file; a file has a size that it may not exceed.
const OF_A_FILE: usize = 2_000;
/// Verdicts of the larger check: rules times bodies.
const VERDICTS: usize = 100_000;
const TERMS: usize = 10_000_000;
const PHASES: [&str; 12] = [
    "parse",
    "resolve",
    "order",
    "check",
    "expand",
    "lower",
    "flaws",
    "read",
    "judge",
    "findings",
    "write",
    "judge many",
];

/// A pack of so many rules, as the texts of its files.
fn pack(n_rules: usize) -> Vec<String> {
    let mut files =
        vec!["pack many \"Many rules\" {}\nentity firm \"Firms\" { members open }\n".to_owned()];
    for first in (0..n_rules).step_by(OF_A_FILE) {
        let mut text = String::new();
        for n in first..n_rules.min(first + OF_A_FILE) {
            rule(&mut text, n, n_rules);
        }
        files.push(text);
    }
    files
}

/// One rule, with an indicator and a derived quantity of its own. Writing to a string cannot fail.
fn rule(text: &mut String, n: usize, n_rules: usize) {
    let other = |step: usize| (n + step) % n_rules;
    let _ = writeln!(
        text,
        "indicator x{n} \"Indicator {n}\" {{ zh \"指标{n}\" kind index }}"
    );
    let _ = match n {
        0 => writeln!(text, "define q0 = x0"),
        // A tree: each uses the one at half its number, and so all those above it.
        _ => writeln!(text, "define q{n} = q{} + x{n} * {}", n / 2, 1 + n % 7),
    };
    let limit = 10 + n % 90;
    let goal = match n % 6 {
        0 => format!("require x{n} >= {limit}"),
        1 => format!("require growth(x{n}) >= {}%", limit % 10),
        2 => format!(
            "require x{n} + x{} + x{} <= {}",
            other(1),
            other(7),
            3 * limit
        ),
        3 => format!(
            "require (x{n} >= {limit}) implies (x{} >= {})",
            other(3),
            limit / 2
        ),
        4 => format!("require q{n} / q{} <= {limit}", n / 2),
        _ => {
            let _ = writeln!(
                text,
                "decision k.{n} \"Decision {n}\" {{\n  for each firm\n  outcome low \"Low\"\n  outcome high \"High\"\n  \
                 strongest first\n  case a: high when x{n} >= {limit} and x{} >= 20\n  case b: low when x{} < 50\n  \
                 otherwise high\n}}",
                other(1),
                other(2),
            );
            return;
        }
    };
    let _ = writeln!(
        text,
        "target r.{n} \"Rule {n}\" {{\n  zh \"规则{n}\"\n  for each firm\n  {goal}\n}}"
    );
}

/// A figure of each indicator for so many bodies; one in sixteen is missing.
fn table(n_rules: usize, n_bodies: usize) -> String {
    let mut text = "indicator,entity,period,value\n".to_owned();
    for body in 0..n_bodies {
        for n in 0..n_rules {
            let mixed = (n * 31 + body * 17).wrapping_mul(2_654_435_761) >> 7;
            if mixed % 16 != 0 {
                let _ = writeln!(text, "x{n},F{body},2025,{}", mixed % 100);
            }
        }
    }
    text
}

fn whole<T>((result, problems): (T, Vec<Diagnostic>)) -> T {
    match problems.first() {
        Some(problem) => panic!("{problem:#?}"),
        None => result,
    }
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

/// Runs a phase, and notes the time that it took.
fn timed<T>(times: &mut Vec<f64>, work: impl FnOnce() -> T) -> T {
    let start = seconds();
    let result = black_box(work());
    times.push(seconds() - start);
    result
}

fn compile(files: &[String], times: &mut Vec<f64>) -> Program {
    let mut sources = Sources::with_std();
    for (n, text) in files.iter().enumerate() {
        sources.add(&format!("many/{n}.plumb"), text);
    }
    let modules = timed(times, || {
        let limits = TextLimits::default();
        let ids = sources.ids();
        ids.map(|id| whole(parse(id, sources.text(id), &limits)))
            .collect::<Vec<_>>()
    });
    let model = timed(times, || whole(resolve(&modules, &sources)));
    let order = timed(times, || whole(eval_order(&model)));
    let model = timed(times, || whole(check(model, &order)));
    let expansion = timed(times, || expand(&model, &order, TERMS));
    let expansion = expansion.unwrap_or_else(|problem| panic!("{problem:#?}"));
    let program = timed(times, || lower(model, order, &expansion, &sources));
    timed(times, || flaws::warnings(&program));
    program
}

fn submission(program: &Program, text: &str) -> Submission {
    let mut submission = Submission::new(&program.model);
    submission.read_table(
        &program.model,
        "made.csv",
        text.as_bytes(),
        &Limits::default(),
    );
    if let Some(problem) = submission.problems.first() {
        panic!("{problem:#?}");
    }
    submission
}

/// What each phase takes for a pack of so many rules; the last for each verdict of many.
fn phases(n_rules: usize) -> Vec<f64> {
    let mut times = Vec::new();
    let program = compile(&pack(n_rules), &mut times);
    let options = Options::default();
    let one = table(n_rules, 1);
    let one = timed(&mut times, || submission(&program, &one));
    let outcome = timed(&mut times, || evaluate(&program, &one, &options));
    assert_eq!(outcome.rows.len(), n_rules, "one row a rule");
    let found = timed(&mut times, || findings(&program, &one, &options));
    let outcomes = [outcome];
    let written = timed(&mut times, || {
        let report = Report {
            program: &program,
            submission: &one,
            options: &options,
            outcomes: &outcomes,
            findings: &found,
            warnings: &[],
            digests: &Digests::default(),
            lang: Lang::En,
            columns: 80,
            colour: false,
            by_entity: false,
            n_left_out: 0,
            filter_args: "",
            hint_args: "",
        };
        let mut out = Vec::new();
        write_check(&mut out, Format::HUMAN, &report).map(|()| out.len())
    });
    assert!(written.is_ok_and(|bytes| bytes > 0), "a report was written");
    let mut a_rule: Vec<f64> = times.iter().map(|time| time / n_rules as f64).collect();
    let n_bodies = (VERDICTS / n_rules).clamp(1, 1_000);
    let many = submission(&program, &table(n_rules, n_bodies));
    let start = seconds();
    let n_rows = black_box(evaluate(&program, &many, &options)).rows.len();
    a_rule.push((seconds() - start) / n_rows as f64);
    a_rule
}

fn main() {
    let words: Vec<String> = std::env::args()
        .skip(1)
        .filter(|word| word != "--bench")
        .collect();
    let number = words.iter().find_map(|word| word.parse().ok());
    if words.iter().any(|word| word == "pack") {
        pack(number.unwrap_or(100))
            .iter()
            .for_each(|file| print!("{file}"));
        return;
    }
    let sizes = number.map_or(SIZES.to_vec(), |size| vec![size]);
    let rows: Vec<Vec<f64>> = sizes.iter().map(|size| phases(*size)).collect();
    let base = sizes.iter().position(|size| *size == 1_000).unwrap_or(0);
    println!(
        "{:>12}  {:>8}  {}",
        "phase",
        "µs",
        sizes.iter().map(|n| format!("{n:>8}")).collect::<String>()
    );
    for (at, phase) in PHASES.iter().enumerate() {
        let of = |row: usize| rows[row][at];
        let ratios = (0..rows.len()).map(|row| format!("{:>8.2}", of(row) / of(base)));
        println!(
            "{phase:>12}  {:>8.2}  {}",
            of(base) * 1e6,
            ratios.collect::<String>()
        );
    }
}
