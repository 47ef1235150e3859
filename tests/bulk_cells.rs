//! Random tables in every format, held against the reader of figures cell by cell.

use std::collections::BTreeMap;
use std::sync::Mutex;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use plumbrule::bulk::{Block, Cells, Source, SourceOptions, Wanted, open};
use plumbrule::figures::Limits;
use plumbrule::figures::grid::Problem;
use plumbrule::figures::table::{Column, Known, read_tables};
use plumbrule::model::{FixedParts, Mapped, MappedColumn, MappedPlace, Model, TableMapping};
use plumbrule::number::Exact;
use plumbrule::source::Span;

mod columnar;

/// What every table begins with, so that each row is one of figures, and the text of each row there.
const TAME: [(&str, &str, Column); 3] = [
    ("i", "a", Column::Indicator),
    ("p", "2023", Column::Period),
    ("v", "1", Column::Value),
];

/// What the further columns hold to the reader of figures: texts that it takes as they are.
const HELD: [Column; 5] = [
    Column::Note,
    Column::NoteEn,
    Column::Quote,
    Column::Section,
    Column::Source,
];

/// The header of a table of so many further columns.
fn header(width: usize) -> Vec<String> {
    let tame = TAME.iter().map(|(name, ..)| (*name).to_owned());
    tame.chain((0..width).map(|n| format!("c{n}"))).collect()
}

/// A row with its first cells.
fn row(cells: &[String]) -> Vec<String> {
    let tame = TAME.iter().map(|(_, text, _)| (*text).to_owned());
    tame.chain(cells.iter().cloned()).collect()
}

/// A model that says what each column is, so that nothing is taken for a title, a note or a header.
fn model(width: usize) -> Model {
    let mut sources = plumbrule::Sources::new();
    let span = Span {
        source: sources.add("m", ""),
        start: 0,
        end: 0,
    };
    let held = TAME.iter().map(|(.., column)| *column).chain(HELD);
    let columns = header(width).into_iter().zip(held);
    let mapping = TableMapping {
        name: "m".to_owned(),
        files: Vec::new(),
        sheets: Vec::new(),
        header: Some((1, 1)),
        rows: None,
        columns: columns
            .map(|(name, column)| MappedColumn {
                at: MappedPlace::Header(name),
                meaning: Mapped::Holds(column),
                span,
            })
            .collect(),
        shared: FixedParts::default(),
        missing: Vec::new(),
        span,
    };
    let mut model = Model {
        tables: vec![mapping],
        ..Model::default()
    };
    // Or else a row with a year in it would be likelier to be the header.
    let held = TAME.iter().map(|(.., column)| *column).chain(HELD);
    for (name, column) in header(width).iter().zip(held) {
        model.words.headers.add(name, column).unwrap();
    }
    model
}

/// The rows that the reader of figures is given, and what is wrong.
fn expected(
    known: &Known<'_>,
    name: &str,
    bytes: &[u8],
    width: usize,
) -> (Vec<Vec<String>>, Vec<Problem>) {
    let tables = read_tables(name, bytes, known, &Limits::default(), &[]);
    let (mut rows, mut problems) = (Vec::new(), Vec::new());
    for item in tables.into_iter().flatten() {
        match item {
            Err(problem) if problem.is_warning() => {}
            Err(problem) => problems.push(problem),
            Ok(row) => {
                let columns = TAME.iter().map(|(.., column)| *column);
                let columns = columns.chain(HELD.into_iter().take(width));
                rows.push(columns.map(|it| row.text(it).trim().to_owned()).collect());
            }
        }
    }
    (rows, problems)
}

/// Looks at a cell of a block, and says whether it is what its text says.
fn is_sound(cells: &Cells, row: usize, text: &str) -> bool {
    let is_blank = text.trim().is_empty();
    match cells {
        Cells::Nothing => true,
        Cells::Numbers { values, odd } => {
            let is_odd = odd.binary_search(&u32::try_from(row).unwrap()).is_ok();
            let value = values[row];
            match (value.is_nan(), is_odd) {
                (true, false) => is_blank,
                (true, true) => !is_blank,
                (false, true) => false,
                (false, false) => {
                    let shortest = Exact::parse_decimal(&value.to_string());
                    shortest.is_ok() && shortest == Exact::parse_decimal(text.trim())
                }
            }
        }
        Cells::Words { codes, words } => match codes[row] {
            Cells::BLANK => is_blank,
            code => words[code as usize] == text,
        },
        Cells::Keys { ends, bytes } => {
            let from = row.checked_sub(1).map_or(0, |before| ends[before]) as usize;
            let key = &bytes[from..ends[row] as usize];
            key == text.as_bytes() || is_blank && key.is_empty()
        }
    }
}

/// All blocks of all parts by their numbers, read by some threads, with the texts of all rows.
type Parts = BTreeMap<u64, Vec<(Block, Vec<Vec<String>>)>>;

/// The parts; how many rows were passed over; and the problem of the part that comes first among those that cannot be
/// read on.
fn parts(source: &dyn Source, wanted: &[Wanted], n_threads: usize) -> (Parts, u64, Option<String>) {
    let all = Mutex::new((Parts::new(), BTreeMap::new(), 0));
    std::thread::scope(|scope| {
        for _ in 0..n_threads {
            scope.spawn(|| {
                loop {
                    let (number, mut part) = match source.next_part(wanted) {
                        Ok(Some(taken)) => taken,
                        Ok(None) => break,
                        Err(problem) => {
                            all.lock()
                                .unwrap()
                                .1
                                .insert(u64::MAX, format!("{problem:?}"));
                            break;
                        }
                    };
                    let (mut block, mut blocks) = (Block::default(), Vec::new());
                    loop {
                        let next = part.next(&mut block);
                        all.lock().unwrap().2 += part.lost().0;
                        match next {
                            Ok(false) => break,
                            Err(problem) => {
                                all.lock().unwrap().1.insert(number, format!("{problem:?}"));
                                break;
                            }
                            Ok(true) => {
                                let rows: Vec<u32> = (0..block.n_rows as u32).collect();
                                let texts = match part.texts(&rows) {
                                    Ok(texts) => texts,
                                    Err(problem) => {
                                        all.lock()
                                            .unwrap()
                                            .1
                                            .insert(number, format!("{problem:?}"));
                                        break;
                                    }
                                };
                                // Asked again, and out of order, it says the same.
                                let last = rows.last().copied().unwrap();
                                let again = part.texts(&[last, 0]).unwrap();
                                assert_eq!(again[0], texts[last as usize]);
                                assert_eq!(again[1], texts[0]);
                                blocks.push((block.clone(), texts));
                            }
                        }
                    }
                    all.lock().unwrap().0.insert(number, blocks);
                }
            });
        }
    });
    let (parts, mut problems, n_lost) = all.into_inner().unwrap();
    let problem = problems.pop_first().map(|(_, problem)| problem);
    (parts, n_lost, problem)
}

/// Reads a table in all ways, and holds each against the reader of figures.
fn check(name: &str, bytes: &[u8], width: usize, part_bytes: usize) {
    let options = SourceOptions {
        part_bytes,
        ..SourceOptions::default()
    };
    let model = model(width);
    let expected = expected(&Known::of(&model), name, bytes, width);
    let all = [
        Wanted::Numbers,
        Wanted::Words,
        Wanted::Keys,
        Wanted::Nothing,
    ];
    for first in 0..all.len() {
        let source = match open(name, Box::new(bytes.to_vec()), &options) {
            Ok(source) => source,
            Err(problem) => {
                assert!(
                    expected.0.is_empty() || !expected.1.is_empty(),
                    "{problem:?}"
                );
                return;
            }
        };
        let wanted: Vec<Wanted> = (0..source.header().len())
            .map(|column| all[(column + first) % all.len()])
            .collect();
        let (found, n_lost, problem) = parts(&*source, &wanted, 1 + first % 3);
        let mut rows = Vec::new();
        for (block, texts) in found.values().flatten() {
            assert!(problem.is_some() || n_lost > 0 || block.first == rows.len() as u64);
            assert_eq!(block.columns.len(), wanted.len());
            assert_eq!(block.n_rows, texts.len());
            for (row, cells) in texts.iter().enumerate() {
                for (column, text) in block.columns.iter().zip(cells) {
                    assert!(
                        is_sound(column, row, text),
                        "{text:?} in row {row}: {column:?}"
                    );
                }
                rows.push(cells.clone());
            }
        }
        let (expected, problems) = &expected;
        match problem {
            None => {
                assert_eq!(source.header(), header(width));
                assert_eq!(&trimmed(rows), expected);
                assert_eq!(n_lost, problems.len() as u64, "{problems:?}");
            }
            Some(problem) => assert!(!problems.is_empty(), "only here: {problem:?}"),
        }
        assert!(source.progress().1 <= source.progress().0);
    }
}

/// Rows that are not blank, without the blanks around their cells.
fn trimmed(rows: impl IntoIterator<Item = Vec<String>>) -> Vec<Vec<String>> {
    let rows = rows.into_iter().map(|row| -> Vec<String> {
        let cells = row.iter().map(|cell| cell.trim().to_owned());
        cells.collect()
    });
    rows.filter(|row| row.iter().any(|cell| !cell.is_empty()))
        .collect()
}

/// Cells of every kind that some reader treats on its own.
fn cell() -> impl Strategy<Value = String> {
    let words = [
        "",
        " ",
        "A",
        "yes",
        "\u{3000}",
        "\u{7532}",
        "5%",
        "1,234",
        "\u{8d85}71%",
        "1e3",
        "-",
        "n/a",
        "x\"y",
        "two\nlines",
        "a;b",
        "c\td",
        "'0012",
        "=\"7\"",
        "#5",
        "# remark",
        "\u{FF15}",
        "0x10",
        "\r",
        "5.",
        ".5",
        "NaN",
        "inf",
        "9007199254740993",
        "0.1234567890123456789",
        "00012.5",
        "+3",
        "-0",
        "-0.00",
        " 7 ",
    ];
    prop_oneof![
        4 => (-10_000_000_i64..10_000_000, 0_usize..5).prop_map(|(n, places)| {
            let digits = format!("{:05}", n.unsigned_abs());
            let (whole, fraction) = digits.split_at(digits.len() - places);
            let sign = if n < 0 { "-" } else { "" };
            let whole = if whole.is_empty() { "0" } else { whole };
            if places == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
        }),
        2 => select(words.to_vec()).prop_map(str::to_owned),
        1 => "[A-Z\u{4e00}-\u{4e10}]{0,9}",
        1 => "[0-9]{1,18}(\\.[0-9]{1,9})?",
    ]
}

fn table() -> impl Strategy<Value = Vec<Vec<String>>> {
    (1_usize..6).prop_flat_map(|width| vec(vec(cell(), width), 0..40))
}

proptest! {
    #![proptest_config(crate::common::random(192))]

    #[test]
    fn delimited_text_is_what_the_reader_of_figures_reads(
        rows in table(),
        delimiter in select(b",;\t|".to_vec()),
        style in select(vec![csv::QuoteStyle::Necessary, csv::QuoteStyle::Always, csv::QuoteStyle::NonNumeric]),
        is_crlf in any::<bool>(),
        part_bytes in select(vec![64, 200, 1 << 20]),
    ) {
        let width = rows.first().map_or(1, Vec::len);
        let mut writer = csv::WriterBuilder::new();
        writer.delimiter(delimiter).quote_style(style);
        if is_crlf {
            writer.terminator(csv::Terminator::CRLF);
        }
        let mut writer = writer.from_writer(Vec::new());
        writer.write_record(header(width)).unwrap();
        for cells in &rows {
            writer.write_record(row(cells)).unwrap();
        }
        check("t.csv", &writer.into_inner().unwrap(), width, part_bytes);
    }

    #[test]
    fn objects_are_what_the_reader_of_figures_reads(
        rows in table(),
        is_list in any::<bool>(),
        holes in any::<u64>(),
        part_bytes in select(vec![64, 200, 1 << 20]),
    ) {
        let width = rows.first().map_or(1, Vec::len);
        let tame = TAME.map(|(name, text, _)| format!("\"{name}\": \"{text}\""));
        let objects = rows.iter().enumerate().map(|(row, cells)| {
            let fields = cells.iter().enumerate().filter(|(column, _)| row == 0 || (holes >> ((row * 7 + column) % 64)) & 1 == 0);
            let fields: Vec<String> = fields
                .map(|(column, cell)| {
                    let is_number = serde_json::from_str::<f64>(cell).is_ok();
                    let value = match cell.as_str() {
                        "yes" => "true".to_owned(),
                        "n/a" => "null".to_owned(),
                        _ if is_number => cell.trim().to_owned(),
                        _ => serde_json::to_string(cell).unwrap(),
                    };
                    format!("\"c{column}\": {value}")
                })
                .collect();
            format!("{{{}}}", [&tame[..], &fields].concat().join(", "))
        });
        let objects: Vec<String> = objects.collect();
        let (name, text) = match is_list {
            true => ("t.json", format!(" [{} ]\n", objects.join(",\n "))),
            false => ("t.jsonl", objects.join("\n")),
        };
        check(name, text.as_bytes(), width, part_bytes);
    }

    #[test]
    fn any_text_gives_rows_or_a_problem(
        text in vec(select(vec![
            "a", "b", ",", ",", "\n", "\n", "\r\n", "\r", "\"", "5", "12.5", ";", "\t", " ", "#", "x",
            "\u{3000}", "\u{FFFD}", "\u{7532}", "'", "=", "sep=;", "\u{FEFF}", "{\"a\":1}", "[", "]", "}", "{", ":", "\\",
        ]), 0..120),
        broken in proptest::option::of((any::<prop::sample::Index>(), any::<u8>())),
        name in select(vec!["t.csv", "t.jsonl", "t.json"]),
        part_bytes in select(vec![64, 200, 1 << 20]),
    ) {
        let mut bytes = text.concat().into_bytes();
        if let Some((at, byte)) = broken.filter(|_| !bytes.is_empty()) {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        read_all(name, &bytes, part_bytes);
    }
}

/// Reads any bytes; nothing but a panic is wrong.
pub(super) fn read_all(name: &str, bytes: &[u8], part_bytes: usize) {
    let options = SourceOptions {
        part_bytes,
        ..SourceOptions::default()
    };
    for wanted in [Wanted::Numbers, Wanted::Words, Wanted::Keys] {
        let Ok(source) = open(name, Box::new(bytes.to_vec()), &options) else {
            return;
        };
        let wanted = vec![wanted; source.header().len()];
        let mut block = Block::default();
        while let Ok(Some((_, mut part))) = source.next_part(&wanted) {
            while part.next(&mut block) == Ok(true) {
                let _ = part.texts(&[0, 0]);
            }
        }
    }
}

#[test]
fn csv_of_any_signs_is_what_the_reader_of_figures_reads() {
    // All texts of four signs in the last cell of a row and behind it, and of five where each may break it.
    const ALL: [&str; 8] = ["a", "5", ",", "\n", "\"", " ", "\r", "#"];
    const BREAKING: [&str; 5] = ["a", ",", "\n", "\"", "\r"];
    let texts = |signs: &'static [&'static str], length: u32| {
        let n = signs.len();
        (0..n.pow(length)).map(move |code| -> String {
            let places = (0..length).map(|at| signs[code / n.pow(at) % n]);
            places.collect()
        })
    };
    let model = model(1);
    let known = Known::of(&model);
    for text in texts(&ALL, 4).chain(texts(&BREAKING, 5)) {
        let bytes = format!("i,p,v,c0\na,2023,1,{text}");
        let found = expected(&known, "t.csv", bytes.as_bytes(), 1);
        let options = SourceOptions {
            part_bytes: 64,
            ..SourceOptions::default()
        };
        let source = open("t.csv", Box::new(bytes.clone().into_bytes()), &options).unwrap();
        let wanted = [
            Wanted::Keys,
            Wanted::Numbers,
            Wanted::Numbers,
            Wanted::Words,
        ];
        let (parts, n_lost, problem) = parts(&*source, &wanted, 1);
        let rows = parts.into_values().flatten().flat_map(|(_, texts)| texts);
        let (expected, problems) = found;
        match problem {
            None => {
                assert_eq!(trimmed(rows), expected, "{bytes:?}");
                assert_eq!(n_lost, problems.len() as u64, "{bytes:?}: {problems:?}");
            }
            Some(problem) => assert!(!problems.is_empty(), "{bytes:?}: {problem:?}"),
        }
    }
}
