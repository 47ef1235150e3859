//! Reading many figures: CPU time against a floor written by hand over the same file in the same
//! run, and the most memory that each takes, in a process of its own.
//!
//! Prints ratios; times of one machine say nothing about another. A word behind `--` picks the cases
//! whose names hold it: `cargo bench --bench figures -- Parquet`.
#![expect(
    clippy::print_stdout,
    clippy::float_arithmetic,
    clippy::panic,
    reason = "a bench prints, divides times, and stops where its own tables are wrong"
)]

use std::fmt::Write as _;
use std::fs;
use std::hint::black_box;
use std::path::PathBuf;
use std::process::Command;

use plumbrule::Sources;
use plumbrule::figures::{ClaimId, Limits, Submission};
use plumbrule::program::Program;
use plumbrule::report::{Figures, TableFormat, write_figures};

const N_INDICATORS: usize = 1_000;
const N_ENTITIES: usize = 100;
const N_YEARS: usize = 10;
/// Every figure of this many is printed with a word.
const WORD_EACH: usize = 9;
/// How often each case runs.
const N_RUNS: usize = 3;

/// Figures of the tables, the tenth part, and the hundredth.
const MANY: usize = N_INDICATORS * N_ENTITIES * N_YEARS;
const FEWER: usize = MANY / 10;
const FEW: usize = MANY / 100;

/// What is measured: its name, the ending of the table, how many figures it has, and how it is read.
/// What is held against the floor follows the floor of as many figures.
const CASES: [(&str, &str, usize, Way); 11] = [
    ("floor, 1e6", "csv", MANY, Way::Floor),
    ("CSV, 1e6", "csv", MANY, Way::Read),
    ("Parquet, 1e6", "parquet", MANY, Way::Read),
    ("floor, 1e5", "csv", FEWER, Way::Floor),
    ("CSV, 1e5", "csv", FEWER, Way::Read),
    ("Parquet, 1e5", "parquet", FEWER, Way::Read),
    ("XLSX, 1e5", "xlsx", FEWER, Way::Read),
    ("Parquet, 1e5, read and written", "csv", FEWER, Way::Write),
    ("floor, 1e4", "csv", FEW, Way::Floor),
    ("XLSX, 1e4", "xlsx", FEW, Way::Read),
    ("the pack", "", 0, Way::Pack),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// By this library.
    Read,
    /// By this library, and written as Parquet.
    Write,
    /// By the crate `csv`, and the number of each row alone.
    Floor,
    /// Nothing but the pack.
    Pack,
}

/// What a process of its own measured.
struct Measured {
    /// Seconds of the processor.
    seconds: f64,
    /// The most bytes that it held.
    peak: f64,
    /// Bytes that it held before it read.
    before: f64,
    n_figures: f64,
}

fn pack() -> Program {
    let mut text = "pack bench \"测\" { entity E0 }\n".to_owned();
    for n in 0..N_ENTITIES {
        let _ = writeln!(text, "entity E{n} \"地区{n}\" {{ }}");
    }
    for n in 0..N_INDICATORS {
        let _ = writeln!(text, "indicator i{n} \"指标{n}\" {{ kind stock unit 户 }}");
    }
    let mut sources = Sources::with_std();
    sources.add("bench.plumb", &text);
    plumbrule::compile(&sources).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

/// Cells of the figure of a number: indicator, entity, period, value, qualifier, unit, source.
fn made(n: usize) -> [String; 7] {
    let year = 2015 + n % N_YEARS;
    let entity = n / N_YEARS % N_ENTITIES;
    let indicator = n / N_YEARS / N_ENTITIES;
    let mixed = (n + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40;
    let value = format!("{}.{:02}", mixed % 1_000, mixed % 89);
    let (value, qualifier) = match n % WORD_EACH {
        0 => (format!("超{value}"), ""),
        4 => (value, "about"),
        _ => (value, ""),
    };
    [
        format!("指标{indicator}"),
        format!("地区{entity}"),
        format!("{year}年"),
        value,
        qualifier.to_owned(),
        "万户".to_owned(),
        format!("yearbook-{year}"),
    ]
}

const HEADS: [&str; 7] = [
    "indicator",
    "entity",
    "period",
    "value",
    "qualifier",
    "unit",
    "source",
];

fn csv(n_figures: usize) -> String {
    let mut text = HEADS.join(",") + "\n";
    for n in 0..n_figures {
        text += &made(n).join(",");
        text.push('\n');
    }
    text
}

fn xlsx(n_figures: usize) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let row = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let write = |sheet: &mut rust_xlsxwriter::Worksheet, at: usize, cells: &[String]| {
        for (text, column) in cells.iter().zip(0..) {
            let number: Result<f64, _> = text.parse();
            let done = match number {
                Ok(number) => sheet.write_number(row(at), column, number),
                Err(_) => sheet.write_string(row(at), column, text),
            };
            done.unwrap_or_else(|error| panic!("{error}"));
        }
    };
    write(sheet, 0, &HEADS.map(str::to_owned));
    for n in 0..n_figures {
        write(sheet, n + 1, &made(n));
    }
    let bytes = book.save_to_buffer();
    bytes.unwrap_or_else(|error| panic!("{error}"))
}

/// The figures of a table that this library read, as it writes them.
fn parquet(program: &Program, submission: &Submission) -> Vec<u8> {
    let claims: Vec<ClaimId> = submission.claims.iter().map(|(id, _)| id).collect();
    let figures = Figures {
        program,
        submission,
        claims: &claims,
        absences: &[],
    };
    let mut bytes = Vec::new();
    write_figures(&mut bytes, TableFormat::Parquet, &figures)
        .unwrap_or_else(|error| panic!("{error}"));
    bytes
}

fn path(ending: &str, n_figures: usize) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("figures-bench");
    folder.join(format!("{n_figures}.{ending}"))
}

/// Makes the table of a case.
fn make((_, ending, n_figures, _): (&str, &str, usize, Way)) {
    let path = path(ending, n_figures);
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).unwrap_or_else(|error| panic!("{error}"));
    }
    let bytes = match ending {
        "csv" => csv(n_figures).into_bytes(),
        "xlsx" => xlsx(n_figures),
        "parquet" => {
            let program = pack();
            let submission = read(&program, "figures.csv", csv(n_figures).as_bytes());
            parquet(&program, &submission)
        }
        _ => return,
    };
    fs::write(path, bytes).unwrap_or_else(|error| panic!("{error}"));
}

/// Seconds of the processor that this process has used.
fn used() -> f64 {
    let stat = fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    let nanoseconds: f64 = stat
        .split_whitespace()
        .next()
        .and_then(|text| text.parse().ok())
        .unwrap_or_else(|| panic!("/proc/self/schedstat says nothing: this bench needs Linux"));
    nanoseconds / 1e9
}

/// Bytes of a line of the status of this process.
fn held(line: &str) -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let found = status.lines().find_map(|it| it.strip_prefix(line));
    let kib = found.and_then(|rest| rest.split_whitespace().next());
    let kib: Option<f64> = kib.and_then(|text| text.parse().ok());
    kib.unwrap_or_else(|| panic!("/proc/self/status has no {line}")) * 1024.0
}

fn read(program: &Program, name: &str, bytes: &[u8]) -> Submission {
    let mut submission = Submission::new(&program.model);
    submission.read_table(&program.model, name, bytes, &Limits::default());
    if let Some(problem) = submission.problems.first() {
        panic!("{problem:#?}");
    }
    submission
}

/// Every record split, every number parsed, and nothing else.
fn floor(bytes: &[u8]) -> usize {
    let mut reader = csv::Reader::from_reader(bytes);
    let mut numbers: Vec<f64> = Vec::new();
    for record in reader.records() {
        let record = record.unwrap_or_else(|error| panic!("{error}"));
        let text = record.get(3).unwrap_or_default();
        let number = text.trim_start_matches('超').parse();
        numbers.push(number.unwrap_or_else(|error| panic!("{error}: {text}")));
    }
    black_box(&numbers).len()
}

/// Measures one case in this process, and says what came out.
fn child(at: usize) {
    let (_, ending, n_figures, way) = CASES[at];
    let program = (way != Way::Floor).then(pack);
    let (before, start) = (held("VmRSS:"), used());
    let name = format!("{n_figures}.{ending}");
    let bytes = || fs::read(path(ending, n_figures)).unwrap_or_else(|error| panic!("{error}"));
    let n_figures = match (&program, way) {
        (Some(program), Way::Read | Way::Write) => {
            let submission = read(program, &name, &bytes());
            if way == Way::Write {
                black_box(parquet(program, &submission));
            }
            black_box(&submission).claims.len()
        }
        (_, Way::Floor) => floor(&bytes()),
        _ => 0,
    };
    println!("{} {} {before} {n_figures}", used() - start, held("VmHWM:"));
}

/// The least disturbed of three runs, each in a process of its own.
fn measured(at: usize) -> Measured {
    let run = || {
        let me = std::env::current_exe().unwrap_or_else(|error| panic!("{error}"));
        let done = Command::new(me).args(["child", &at.to_string()]).output();
        let done = done.unwrap_or_else(|error| panic!("{error}"));
        let text = String::from_utf8_lossy(&done.stdout).into_owned();
        let numbers: Vec<f64> = text
            .split_whitespace()
            .filter_map(|word| word.parse().ok())
            .collect();
        let [seconds, peak, before, n_figures] = numbers[..] else {
            panic!("{text}{}", String::from_utf8_lossy(&done.stderr));
        };
        Measured {
            seconds,
            peak,
            before,
            n_figures,
        }
    };
    let runs = std::iter::repeat_with(run).take(N_RUNS);
    let least = runs.min_by(|a, b| a.seconds.total_cmp(&b.seconds));
    least.unwrap_or_else(|| panic!("nothing was measured"))
}

fn main() {
    let words: Vec<String> = std::env::args().collect();
    let number = |word: &String| word.parse().ok();
    if let Some(at) = words.iter().position(|word| word == "child") {
        return child(words.get(at + 1).and_then(number).unwrap_or_default());
    }
    let is_wanted = |name: &str| {
        let mut wanted = words.iter().skip(1).filter(|word| !word.starts_with('-'));
        wanted.clone().next().is_none() || wanted.any(|word| name.contains(word.as_str()))
    };
    println!(
        "case                            figures  µs a figure  to the floor  peak MB  file MB  bytes a figure"
    );
    let mut floor = None;
    for (at, case) in CASES.into_iter().enumerate() {
        let (name, ending, n, way) = case;
        if !is_wanted(name) && way != Way::Floor {
            continue;
        }
        make(case);
        let Measured {
            seconds,
            peak,
            before,
            n_figures,
        } = measured(at);
        if way == Way::Floor {
            floor = Some(seconds);
        }
        let size = fs::metadata(path(ending, n)).map_or(0, |it| it.len()) as f64;
        match (way, floor) {
            (Way::Pack, _) | (_, None) => {
                println!("{name:<30}  {n_figures:>7}  {:>36.0}", peak / 1e6)
            }
            (_, Some(floor)) => println!(
                "{name:<30}  {n_figures:>7}  {:>11.2}  {:>12.1}  {:>7.0}  {:>7.1}  {:>14.0}",
                seconds / n_figures * 1e6,
                seconds / floor,
                peak / 1e6,
                size / 1e6,
                (peak - before - size) / n_figures,
            ),
        }
    }
}
