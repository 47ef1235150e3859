//! Reading many rows into columns: time of the processor against a floor written by hand over the same
//! bytes in the same run. For CSV the floor reads fixed-point numbers and keeps nothing else; for
//! Parquet it only unpacks the pages; for JSON Lines it only looks at every byte for the ends of lines
//! and of texts.
//!
//! Prints ratios; times of one machine say nothing about another. `cargo bench --bench bulk_read`, or
//! with `-- FILE…` the rate and the peak for files of one's own.
#![expect(
    clippy::print_stdout,
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    clippy::panic,
    reason = "a bench prints, divides times, and stops where its own tables are wrong"
)]

use std::fmt::Write as _;
use std::fs::{self, File};
use std::hint::black_box;
use std::os::unix::fs::FileExt as _;
use std::sync::atomic::{AtomicU64, Ordering};

use plumbrule::bulk::{Block, Bytes, Cells, SourceOptions, Wanted, open};

/// Rows of the tables.
const N_ROWS: u64 = 300_000;
/// Columns of numbers.
const N_NUMBERS: u64 = 28;
/// How often each case runs.
const N_RUNS: usize = 5;

/// A file, read at any place.
struct OnDisk(File);

impl Bytes for OnDisk {
    fn size(&self) -> std::io::Result<u64> {
        Ok(self.0.metadata()?.len())
    }

    fn read_at(&self, from: u64, into: &mut [u8]) -> std::io::Result<usize> {
        self.0.read_at(into, from)
    }
}

fn main() {
    let files: Vec<String> = std::env::args()
        .skip(1)
        .filter(|it| it != "--bench")
        .collect();
    if !files.is_empty() {
        let n_threads = std::env::var("THREADS")
            .ok()
            .and_then(|n| n.parse().ok())
            .unwrap_or(1);
        for path in &files {
            let before = cpu();
            let (n_rows, sum) = read(path, n_threads);
            println!(
                "{path}: {n_rows} rows, {:.3} s of the processor, {} MB at most, sum {sum}",
                cpu() - before,
                peak() >> 20
            );
        }
        return;
    }
    let folder = std::env::temp_dir().join(format!("plumbrule-bulk-read-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap_or_else(|error| panic!("{error}"));
    let csv = folder.join("rows.csv");
    fs::write(&csv, table()).unwrap_or_else(|error| panic!("{error}"));
    let csv = csv.display().to_string();
    let floor = best(|| floor_csv(&csv));
    let own = best(|| read(&csv, 1).0);
    println!("CSV: {:.2} of the floor", own / floor);
    let _ = fs::remove_dir_all(&folder);
}

/// The shortest of some runs, in seconds of the processor.
fn best(mut run: impl FnMut() -> u64) -> f64 {
    let runs = (0..N_RUNS).map(|_| {
        let before = cpu();
        assert_eq!(black_box(run()), N_ROWS);
        cpu() - before
    });
    runs.fold(f64::INFINITY, f64::min)
}

/// Reads a file by this library; gives its rows, and a sum that needs all columns.
fn read(path: &str, n_threads: usize) -> (u64, f64) {
    let file = File::open(path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let options = SourceOptions::default();
    let source = open(path, Box::new(OnDisk(file)), &options);
    let source = source.unwrap_or_else(|problem| panic!("{path}: {problem:?}"));
    let wanted: Vec<Wanted> = (source.header().iter())
        .map(|name| match name.as_str() {
            "entity" => Wanted::Keys,
            "route" => Wanted::Words,
            "id" | "year" => Wanted::Nothing,
            _ => Wanted::Numbers,
        })
        .collect();
    let n_rows = AtomicU64::new(0);
    let sums: Vec<f64> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..n_threads)
            .map(|_| {
                scope.spawn(|| {
                    let (mut block, mut sum) = (Block::default(), 0.0);
                    while let Some((_, mut part)) = source
                        .next_part(&wanted)
                        .unwrap_or_else(|it| panic!("{it:?}"))
                    {
                        while part.next(&mut block).unwrap_or_else(|it| panic!("{it:?}")) {
                            n_rows.fetch_add(block.n_rows as u64, Ordering::Relaxed);
                            sum += block.columns.iter().map(last).sum::<f64>();
                        }
                    }
                    sum
                })
            })
            .collect();
        (threads.into_iter())
            .map(|it| it.join().unwrap_or_else(|_| panic!("a thread stopped")))
            .collect()
    });
    (n_rows.into_inner(), sums.iter().sum())
}

fn last(cells: &Cells) -> f64 {
    match cells {
        Cells::Nothing => 0.0,
        Cells::Numbers { values, .. } => values
            .last()
            .filter(|it| !it.is_nan())
            .copied()
            .unwrap_or(0.0),
        Cells::Words { codes, .. } => codes.len() as f64,
        Cells::Keys { bytes, .. } => bytes.len() as f64,
    }
}

/// A table of 28 columns of numbers with two digits behind the point, one in twenty blank.
fn table() -> String {
    let mut text = "id,entity,year,route".to_owned();
    for n in 0..N_NUMBERS {
        let _ = write!(text, ",i{n}");
    }
    text.push('\n');
    let mut state = 1_u64;
    for row in 0..N_ROWS {
        let _ = write!(
            text,
            "{row},E{:06},2025,{}",
            row % 50_000,
            ["A", "S", "C", ""][row as usize % 4]
        );
        for n in 0..N_NUMBERS {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            let value = (state >> 40) % [1_000, 10_000, 100_000, 700_000][n as usize % 4];
            if (state >> 33) % 20 == 0 {
                text.push(',');
            } else {
                let _ = write!(text, ",{}.{:02}", value / 100, value % 100);
            }
        }
        text.push('\n');
    }
    text
}

/// What a program for this one table does: fixed-point numbers, no quotation marks, no checks.
fn floor_csv(path: &str) -> u64 {
    let bytes = fs::read(path).unwrap_or_else(|error| panic!("{error}"));
    let mut at = memchr_line(&bytes, 0);
    let mut columns = vec![Vec::with_capacity(2048); N_NUMBERS as usize];
    let mut n_rows = 0;
    while at < bytes.len() {
        for _ in 0..4 {
            while bytes[at] != b',' {
                at += 1;
            }
            at += 1;
        }
        for column in &mut columns {
            column.push(floor_number(&bytes, &mut at));
        }
        n_rows += 1;
        if n_rows % 2048 == 0 {
            columns.iter_mut().for_each(Vec::clear);
        }
    }
    black_box(&columns);
    n_rows
}

fn memchr_line(bytes: &[u8], from: usize) -> usize {
    bytes[from..]
        .iter()
        .position(|byte| *byte == b'\n')
        .unwrap_or(0)
        + from
        + 1
}

#[inline]
fn floor_number(bytes: &[u8], at: &mut usize) -> f64 {
    const POWERS: [f64; 9] = [1.0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8];
    let (start, mut value) = (*at, 0_i64);
    while bytes[*at].is_ascii_digit() {
        value = value * 10 + i64::from(bytes[*at] - b'0');
        *at += 1;
    }
    let mut places = 0;
    if bytes[*at] == b'.' {
        *at += 1;
        let point = *at;
        while bytes[*at].is_ascii_digit() {
            value = value * 10 + i64::from(bytes[*at] - b'0');
            *at += 1;
        }
        places = *at - point;
    }
    let found = if *at == start {
        f64::NAN
    } else {
        value as f64 / POWERS[places]
    };
    *at += 1;
    found
}

/// Seconds of the processor that this process took.
fn cpu() -> f64 {
    let stat = fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    let own: f64 = stat
        .split(' ')
        .next()
        .and_then(|it| it.parse().ok())
        .unwrap_or(0.0);
    let all: f64 = thread_times();
    if all > 0.0 { all } else { own / 1e9 }
}

/// Ticks of all threads, those that ended among them, as seconds.
fn thread_times() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let behind = stat.rsplit(')').next().unwrap_or_default();
    let ticks = behind
        .split_whitespace()
        .skip(11)
        .take(2)
        .filter_map(|it| it.parse::<f64>().ok());
    ticks.sum::<f64>() / 100.0
}

/// The most bytes that this process held.
fn peak() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let number = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    number.unwrap_or(0) << 10
}
