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
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use parquet::basic::Compression;
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType};
use parquet::file::properties::WriterProperties;
use parquet::file::reader::{FileReader as _, SerializedFileReader};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use plumbrule::bulk::{Block, Bytes, Cells, SourceOptions, Wanted, open};

/// Rows of the tables.
const N_ROWS: u64 = 300_000;
/// Columns of numbers.
const N_NUMBERS: usize = 28;
/// Rows of a group.
const GROUP: usize = 131_072;
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
    let rows = rows();
    let write = |name: &str, bytes: &[u8]| {
        let path = folder.join(name);
        fs::write(&path, bytes).unwrap_or_else(|error| panic!("{error}"));
        path.display().to_string()
    };
    let csv = write("rows.csv", table(&rows).as_bytes());
    let json = write("rows.jsonl", objects(&rows).as_bytes());
    let packed = write("rows.parquet", &columns(&rows));
    let cases: [(&str, &str, &dyn Fn() -> u64); 3] = [
        ("CSV, of a scan of fixed-point numbers", &csv, &|| {
            floor_csv(&csv)
        }),
        ("JSON Lines, of a look at each byte", &json, &|| {
            floor_json(&json)
        }),
        ("Parquet, of its pages unpacked alone", &packed, &|| {
            floor_parquet(&packed)
        }),
    ];
    for (name, path, floor) in cases {
        let (floor, own) = (best(floor), best(&|| read(path, 1).0));
        println!("{name}: {:.2}", own / floor);
    }
    println!(
        "at most {} MB, tables of the bench among them",
        peak() >> 20
    );
    let _ = fs::remove_dir_all(&folder);
}

/// The shortest of some runs, in seconds of the processor.
fn best(run: &dyn Fn() -> u64) -> f64 {
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

/// Rows of 28 numbers with two digits behind the point, as hundredths; one in twenty is blank.
fn rows() -> Vec<[Option<u64>; N_NUMBERS]> {
    let mut state = 1_u64;
    let mut number = |n: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        let value = (state >> 40) % [1_000, 10_000, 100_000, 700_000][n % 4];
        (!(state >> 33).is_multiple_of(20)).then_some(value)
    };
    (0..N_ROWS)
        .map(|_| std::array::from_fn(&mut number))
        .collect()
}

/// The texts of a row.
fn texts(row: usize) -> (String, &'static str) {
    (
        format!("E{:06}", row % 50_000),
        ["A", "S", "C", "E"][row % 4],
    )
}

fn table(rows: &[[Option<u64>; N_NUMBERS]]) -> String {
    let mut text = "id,entity,year,route".to_owned();
    for n in 0..N_NUMBERS {
        let _ = write!(text, ",i{n}");
    }
    text.push('\n');
    for (row, numbers) in rows.iter().enumerate() {
        let (entity, route) = texts(row);
        let _ = write!(text, "{row},{entity},2025,{route}");
        for number in numbers {
            let _ = match number {
                Some(value) => write!(text, ",{}.{:02}", value / 100, value % 100),
                None => write!(text, ","),
            };
        }
        text.push('\n');
    }
    text
}

fn objects(rows: &[[Option<u64>; N_NUMBERS]]) -> String {
    let mut text = String::new();
    for (row, numbers) in rows.iter().enumerate() {
        let (entity, route) = texts(row);
        let _ = write!(
            text,
            "{{\"id\":{row},\"entity\":\"{entity}\",\"year\":2025,\"route\":\"{route}\""
        );
        for (n, number) in numbers.iter().enumerate() {
            if let Some(value) = number {
                let _ = write!(text, ",\"i{n}\":{}.{:02}", value / 100, value % 100);
            }
        }
        text.push_str("}\n");
    }
    text
}

fn columns(rows: &[[Option<u64>; N_NUMBERS]]) -> Vec<u8> {
    let fields: String = (0..N_NUMBERS)
        .map(|n| format!("optional double i{n};"))
        .collect();
    let schema = format!(
        "message m {{ required binary entity (STRING); required binary route (STRING); {fields} }}"
    );
    let schema = parse_message_type(&schema).unwrap_or_else(|error| panic!("{error}"));
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .build();
    let written = || -> parquet::errors::Result<Vec<u8>> {
        let mut writer =
            SerializedFileWriter::new(Vec::new(), Arc::new(schema), Arc::new(properties))?;
        for (start, rows) in (0..).step_by(GROUP).zip(rows.chunks(GROUP)) {
            let mut group = writer.next_row_group()?;
            let mut n = 0;
            while let Some(mut column) = group.next_column()? {
                if n < 2 {
                    let text = |row: usize| match n {
                        0 => ByteArray::from(texts(start + row).0.as_str()),
                        _ => ByteArray::from(texts(start + row).1),
                    };
                    let all: Vec<ByteArray> = (0..rows.len()).map(text).collect();
                    column
                        .typed::<ByteArrayType>()
                        .write_batch(&all, None, None)?;
                } else {
                    let values = rows.iter().filter_map(|row| row[n - 2]);
                    let values: Vec<f64> = values.map(|value| value as f64 / 100.0).collect();
                    let levels: Vec<i16> = rows
                        .iter()
                        .map(|row| i16::from(row[n - 2].is_some()))
                        .collect();
                    column
                        .typed::<DoubleType>()
                        .write_batch(&values, Some(&levels), None)?;
                }
                column.close()?;
                n += 1;
            }
            group.close()?;
        }
        writer.into_inner()
    };
    written().unwrap_or_else(|error| panic!("{error}"))
}

/// Looks at each byte for those that end a text, an object or a line.
fn floor_json(path: &str) -> u64 {
    let bytes = fs::read(path).unwrap_or_else(|error| panic!("{error}"));
    let (mut n_rows, mut n_signs) = (0, 0_u64);
    for byte in bytes {
        n_rows += u64::from(byte == b'\n');
        n_signs += u64::from(matches!(byte, b'"' | b':' | b',' | b'}'));
    }
    black_box(n_signs);
    n_rows
}

/// Unpacks the pages of all columns, and looks into none.
fn floor_parquet(path: &str) -> u64 {
    let read = || -> parquet::errors::Result<u64> {
        let file = SerializedFileReader::new(File::open(path)?)?;
        for group in 0..file.num_row_groups() {
            let group = file.get_row_group(group)?;
            for column in 0..group.num_columns() {
                for page in group.get_column_page_reader(column)? {
                    black_box(page?.buffer());
                }
            }
        }
        Ok(file.metadata().file_metadata().num_rows().unsigned_abs())
    };
    read().unwrap_or_else(|error| panic!("{error}"))
}

/// What a program for this one table does: fixed-point numbers, no quotation marks, no checks.
fn floor_csv(path: &str) -> u64 {
    let bytes = fs::read(path).unwrap_or_else(|error| panic!("{error}"));
    let mut at = memchr_line(&bytes, 0);
    let mut columns = [const { Vec::new() }; N_NUMBERS];
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
