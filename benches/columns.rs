//! A table of many rows from its bytes to counts of verdicts, by the rules of `examples/million`, against a
//! program written by hand for those rules alone over the same bytes in the same run; and memory from a
//! file. Counts are held against each other.
//!
//! Prints ratios; times of one machine say nothing about another. `cargo bench --bench columns`, or with
//! `-- FILE…` a line a file in the form of the harness of the peers.
#![expect(
    clippy::print_stdout,
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    clippy::panic,
    reason = "a bench prints, divides times, and stops where its own tables are wrong"
)]

use std::fs::{self, File};
use std::os::unix::fs::FileExt as _;
use std::time::Instant;

use plumbrule::Sources;
use plumbrule::bulk::{Bytes, Job, Sink, SourceOptions, Verdicts, open, run};
use plumbrule::eval::Options;
use plumbrule::program::Program;
use plumbrule::verdict::Verdict;

#[path = "../tests/support/workload.rs"]
mod workload;

/// Rows of the tables: time has to grow as they do.
const ROWS: [u64; 3] = [30_000, 100_000, 300_000];
/// How often each case runs; the least time counts.
const N_RUNS: usize = 5;

struct OnDisk(File);

impl Bytes for OnDisk {
    fn size(&self) -> std::io::Result<u64> {
        Ok(self.0.metadata()?.len())
    }

    fn read_at(&self, from: u64, into: &mut [u8]) -> std::io::Result<usize> {
        self.0.read_at(into, from)
    }
}

/// Takes verdicts and keeps none.
struct Nothing;

impl Sink for Nothing {
    fn take(&mut self, _: &Verdicts<'_>) -> std::io::Result<()> {
        Ok(())
    }

    fn is_open(&self) -> bool {
        false
    }
}

/// Passed, failed, undetermined.
type Counts = [u64; 3];

fn main() {
    let program = program();
    let words = std::env::args().skip(1).filter(|word| word != "--bench");
    let files: Vec<String> = words.collect();
    let threads: usize = std::env::var("THREADS")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(1);
    for file in &files {
        let start = Instant::now();
        let (n_rows, [pass, fail, unknown]) = judged(&program, file, threads);
        let seconds = start.elapsed().as_secs_f64();
        println!(
            "plumbrule/{threads}t\t{n_rows}\t{}\t{seconds:.6}\t{}\t{pass}\t{fail}\t{unknown}",
            n_rows * 24,
            peak() >> 10
        );
    }
    if !files.is_empty() {
        return;
    }
    let file = std::env::temp_dir().join(format!("plumbrule-columns-{}.csv", std::process::id()));
    println!(
        "rows\tto the floor\ta row, to that of the first\ttwo threads, to one (clock)\tpeak MB"
    );
    let mut first = 0.0;
    for n_rows in ROWS {
        let text = workload::csv(n_rows);
        fs::write(&file, &text).unwrap_or_else(|error| panic!("{error}"));
        let name = file.display().to_string();
        assert_eq!(floor(text.as_bytes()), judged(&program, &name, 1).1);
        let floor = best(&mut || assert!(floor(text.as_bytes())[0] > 0));
        let own = best(&mut || assert!(judged(&program, &name, 1).0 == n_rows));
        let clock = |threads| {
            let start = Instant::now();
            judged(&program, &name, threads);
            start.elapsed().as_secs_f64()
        };
        let (one, two) = (clock(1), clock(2));
        let row = own / n_rows as f64;
        first = if first == 0.0 { row } else { first };
        println!(
            "{n_rows}\t{:.2}\t{:.2}\t{:.2}\t{}",
            own / floor,
            row / first,
            one / two,
            peak() >> 20
        );
    }
    let _ = fs::remove_file(&file);
}

fn program() -> Program {
    let mut sources = Sources::with_std();
    sources.add("pack.plumb", include_str!("../examples/million/pack.plumb"));
    plumbrule::compile(&sources).unwrap_or_else(|problems| panic!("{problems:?}"))
}

/// Rows and counts of a file.
fn judged(program: &Program, file: &str, threads: usize) -> (u64, Counts) {
    let options = Options::default();
    let job = Job {
        program,
        options: &options,
        rules: &[],
        threads,
        fail_fast: false,
        progress: &|_, _, _| {},
    };
    let is_known = |word: &str| program.model.is_word(word);
    let again = || {
        let bytes = File::open(file).unwrap_or_else(|error| panic!("{file}: {error}"));
        let options = SourceOptions {
            is_known: &is_known,
            ..SourceOptions::default()
        };
        open(file, Box::new(OnDisk(bytes)), &options)
    };
    let ran = run(&job, &again, &mut Nothing).unwrap_or_else(|stop| panic!("{stop:?}"));
    let count = |verdict| ran.tally.count(verdict);
    let counts = [Verdict::Pass, Verdict::Fail, Verdict::Undetermined].map(count);
    (ran.tally.n_rows, counts)
}

/// The least time of the processor.
fn best(case: &mut dyn FnMut()) -> f64 {
    let mut least = f64::INFINITY;
    for _ in 0..N_RUNS {
        let before = cpu();
        case();
        least = least.min(cpu() - before);
    }
    least.max(0.005)
}

/// The same by hand: one pass over the bytes, hundredths as whole numbers, a branch a rule.
fn floor(text: &[u8]) -> Counts {
    let mut counts = [0u64; 3];
    let mut at = text
        .iter()
        .position(|byte| *byte == b'\n')
        .map_or(0, |end| end + 1);
    let mut amounts = [None; 23];
    let mut wholes = [None; 5];
    while at < text.len() {
        for _ in 0..3 {
            while text.get(at).is_some_and(|byte| *byte != b',') {
                at += 1;
            }
            at += 1;
        }
        amounts.fill_with(|| number(text, &mut at, 2));
        wholes.fill_with(|| number(text, &mut at, 0));
        let route = text.get(at).copied().filter(u8::is_ascii_alphabetic);
        while text.get(at).is_some_and(|byte| *byte != b'\n') {
            at += 1;
        }
        at += 1;
        judge(&amounts, &wholes, route, &mut counts);
    }
    counts
}

/// A number with so many digits behind the point, as a whole one.
fn number(text: &[u8], at: &mut usize, places: i32) -> Option<i64> {
    let (mut value, mut left, mut n, mut is_behind) = (0i64, places, 0, false);
    while let Some(byte) = text
        .get(*at)
        .filter(|byte| **byte != b',' && **byte != b'\n')
    {
        match byte {
            b'.' => is_behind = true,
            digit => {
                value = value * 10 + i64::from(digit - b'0');
                left -= i32::from(is_behind);
                n += 1;
            }
        }
        *at += 1;
    }
    *at += 1;
    for _ in 0..left {
        value *= 10;
    }
    (n > 0).then_some(value)
}

fn judge(v: &[Option<i64>; 23], w: &[Option<i64>; 5], route: Option<u8>, counts: &mut Counts) {
    let mut add = |said: Option<bool>| {
        let place = match said {
            Some(true) => 0,
            Some(false) => 1,
            None => 2,
        };
        if let Some(count) = counts.get_mut(place) {
            *count += 1;
        }
    };
    for (limit, value) in workload::LIMITS.iter().zip(v) {
        add(value.map(|value| value >= *limit));
    }
    add(v[0]
        .zip(v[18])
        .map(|(now, before)| (now - before) * 100 >= 5 * before));
    add(v[1]
        .zip(v[2])
        .map(|(part, of)| 18 * of <= part * 100 && part * 100 <= 24 * of));
    let parts = v[19].zip(v[20]).zip(v[21]).zip(v[22]);
    add(parts.map(|(((a, b), c), total)| (a + b + c - total).abs() * 1000 <= 5 * total));
    let is_whole = workload::WEIGHTS.iter().all(|(at, _)| v[*at].is_some());
    add(is_whole.then(|| workload::score(|at| v[at].unwrap_or_default()) >= 600_000));
    add(v[6].map(|high| high < 580 || v[7].is_some_and(|value| value >= 320)));
    let facts = w[0].zip(w[1]).zip(w[2]).zip(w[3]).zip(w[4]);
    add(facts
        .zip(route)
        .map(|(((((pii, sens), ciio), important), ftz), taken)| {
            let asked = workload::asked([pii, sens, ciio, important, ftz]);
            asked.as_bytes() == [taken]
        }));
}

/// Seconds of the processor that the threads of this process took, those that ended among them.
fn cpu() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let behind = stat.rsplit(')').next().unwrap_or_default();
    let ticks = behind.split_whitespace().skip(11).take(2);
    let ticks: f64 = ticks.filter_map(|it| it.parse::<f64>().ok()).sum();
    ticks / 100.0
}

/// The most bytes that this process held.
fn peak() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let number = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    number.unwrap_or(0) << 10
}
