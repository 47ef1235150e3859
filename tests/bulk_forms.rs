//! Random rows in each form of file, as columns and as one submission: the same verdicts, causes and problems,
//! whatever a file holds a cell as.

use std::sync::Arc;

use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int32Type};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use plumbrule::bulk::Stop;
use plumbrule::eval::Options;
use plumbrule::figures::{FigureProblem, Limits, Submission};
use plumbrule::program::Program;
use plumbrule::verdict::{Cause, Verdict};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use crate::bulk::{by_columns, by_rows_of, program};

const PACK: &str = r#"
pack forms "Forms" { entity CN }
entity CN "China" { }
entity firm "Firms" { members open }
indicator x "X" { kind index bounds <= 1000 }
indicator y "Y" { kind index }
indicator done "Done" { kind yes-no }
indicator spare "Spare" { kind index }
target plain "Plain" { for each firm require x >= 50 }
target printed "Printed" { for each firm require x >= 50 reading as printed }
target both "Both" { for each firm require x + y >= 100 when done }
target alone "Alone" { require y >= 3 }
"#;

/// What a file holds in a cell.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Held {
    Text(&'static str),
    /// A number as JSON writes it.
    Number(&'static str),
    Null,
    Absent,
}

/// A text that is longer than a cell may be.
const LONG: &str = match std::str::from_utf8(&[b'7'; 65_537]) {
    Ok(text) => text,
    Err(_) => "",
};

type Row = (&'static str, &'static str, [Held; 4]);

fn cell() -> impl Strategy<Value = Held> {
    prop_oneof![
        4 => prop::sample::select(vec!["50", "49.5", "50.0", "120", "5e1", "0.5e2", "-3", "1001", "1e61", "0.1"])
            .prop_map(Held::Number),
        3 => prop::sample::select(vec![
            "50", "49.99", "50.00", "\u{8d85}50", "\u{7ea6}50", "1,000", "abc", "", " ", "'50", "=\"50\"", "''50", "yes",
            "no", "\u{662f}", "-", "2000", LONG,
        ])
        .prop_map(Held::Text),
        1 => Just(Held::Null),
        1 => Just(Held::Absent),
    ]
}

fn row() -> impl Strategy<Value = Row> {
    let names = vec![
        "F1",
        "F2",
        "F3",
        "F4",
        "F5",
        "F6",
        "F7",
        "F8",
        "",
        "CN",
        "\u{603b}\u{8ba1}",
    ];
    let years = vec!["2024", "2025", "2025", "2025", "x", ""];
    let cells = (cell(), cell(), cell(), cell()).prop_map(|(a, b, c, d)| [a, b, c, d]);
    (
        prop::sample::select(names),
        prop::sample::select(years),
        cells,
    )
}

const COLUMNS: [&str; 4] = ["x", "y", "done", "spare"];

fn objects(rows: &[Row]) -> Vec<String> {
    let objects = rows.iter().map(|(name, year, cells)| {
        let mut text = format!("{{\"entity\":{},\"year\":{}", json!(name), json!(year));
        for (column, cell) in COLUMNS.iter().zip(cells) {
            match cell {
                Held::Text(own) => text += &format!(",\"{column}\":{}", json!(own)),
                Held::Number(own) => text += &format!(",\"{column}\":{own}"),
                Held::Null => text += &format!(",\"{column}\":null"),
                Held::Absent => {}
            }
        }
        text + "}"
    });
    // Each field stands in the first megabyte, whoever leaves it out.
    let mut first = Map::new();
    for name in ["entity", "year"].iter().chain(&COLUMNS) {
        first.insert((*name).to_owned(), Value::String("F0".to_owned()));
    }
    first["year"] = json!("2025");
    for name in COLUMNS {
        first[name] = json!("1");
    }
    std::iter::once(Value::Object(first).to_string())
        .chain(objects)
        .collect()
}

/// As many values as there are levels that say so.
fn levels<T>(values: Vec<Option<T>>) -> (Vec<T>, Vec<i16>) {
    let levels = values.iter().map(|value| i16::from(value.is_some()));
    let levels = levels.collect();
    (values.into_iter().flatten().collect(), levels)
}

/// Columns of texts, but `x` as doubles.
fn parquet(rows: &[Row]) -> Vec<u8> {
    let schema =
        "message t { OPTIONAL BYTE_ARRAY entity (UTF8); OPTIONAL INT32 year; OPTIONAL DOUBLE x;
        OPTIONAL BYTE_ARRAY y (UTF8); OPTIONAL BYTE_ARRAY done (UTF8); OPTIONAL BYTE_ARRAY spare (UTF8); }";
    let schema = Arc::new(parse_message_type(schema).unwrap());
    let properties = Arc::new(WriterProperties::builder().build());
    let mut writer = SerializedFileWriter::new(Vec::new(), schema, properties).unwrap();
    let mut group = writer.next_row_group().unwrap();
    let mut at = 0;
    while let Some(mut column) = group.next_column().unwrap() {
        let text = |cell: Held| match cell {
            Held::Text(text) | Held::Number(text) => Some(ByteArray::from(text)),
            Held::Null | Held::Absent => None,
        };
        let double = |cell: Held| match cell {
            Held::Text(text) | Held::Number(text) => text.parse::<f64>().ok(),
            Held::Null | Held::Absent => None,
        };
        match at {
            0 => {
                let names = rows.iter().map(|(name, ..)| *name);
                let names = names.map(|name| (!name.is_empty()).then(|| ByteArray::from(name)));
                let (values, levels) = levels(names.collect());
                let typed = column.typed::<ByteArrayType>();
                typed.write_batch(&values, Some(&levels), None).unwrap();
            }
            1 => {
                let years = rows.iter().map(|(_, year, _)| year.parse().ok());
                let (values, levels) = levels(years.collect());
                let typed = column.typed::<Int32Type>();
                typed.write_batch(&values, Some(&levels), None).unwrap();
            }
            2 => {
                let own = rows.iter().map(|(.., cells)| double(cells[at - 2]));
                let (values, levels) = levels(own.collect());
                let typed = column.typed::<DoubleType>();
                typed.write_batch(&values, Some(&levels), None).unwrap();
            }
            _ => {
                let own = rows.iter().map(|(.., cells)| text(cells[at - 2]));
                let (values, levels) = levels(own.collect());
                let typed = column.typed::<ByteArrayType>();
                typed.write_batch(&values, Some(&levels), None).unwrap();
            }
        }
        column.close().unwrap();
        at += 1;
    }
    group.close().unwrap();
    writer.into_inner().unwrap()
}

fn csv(rows: &[Row]) -> String {
    let mut text = "entity,year,x,y,done,spare\n".to_owned();
    for (name, year, cells) in rows {
        text += &format!("{name},{year}");
        for cell in cells {
            match cell {
                Held::Text(own) | Held::Number(own) => {
                    text += &format!(",\"{}\"", own.replace('"', "\"\""));
                }
                Held::Null | Held::Absent => text.push(','),
            }
        }
        text.push('\n');
    }
    text
}

/// The code of each problem and whether it is a warning.
fn codes(problems: &[FigureProblem]) -> Vec<(&'static str, bool)> {
    let all = problems.iter().map(|it| (it.code.as_str(), it.is_warning));
    let mut codes: Vec<_> = all.collect();
    codes.sort_unstable();
    codes
}

/// Columns and one submission of the same file, at one thread and at two.
fn hold(program: &Program, name: &str, bytes: &[u8]) -> Result<(), TestCaseError> {
    let options = Options::default();
    let (said, ran) = match by_columns(program, name, bytes, &options, 1) {
        Ok(found) => found,
        Err(Stop::Whole(_) | Stop::Repeated(_)) => {
            return Err(TestCaseError::reject("of another layout"));
        }
        Err(other) => return Err(TestCaseError::fail(format!("{name}: {other:?}"))),
    };
    let shown = String::from_utf8_lossy(bytes);
    let expected = by_rows_of(program, name, bytes, &said, &options);
    for (about, own) in &said {
        // A row without any figure is about nobody for a reader of figures.
        if let Some(wanted) = expected.get(about) {
            prop_assert_eq!(own, wanted, "{:?} {}\n{}", about, name, &shown);
        }
    }
    let mut one = Submission::new(&program.model);
    one.read_table(&program.model, name, bytes, &Limits::default());
    prop_assert_eq!(
        codes(&ran.problems),
        codes(&one.problems),
        "{}\n{}",
        name,
        &shown
    );
    let again = by_columns(program, name, bytes, &options, 2);
    prop_assert_eq!(&again.map(|(said, _)| said).ok(), &Some(said), "{}", name);
    Ok(())
}

proptest! {
    #![proptest_config(crate::common::random(96))]

    #[test]
    fn whatever_a_file_is_columns_say_what_one_submission_says(rows in vec(row(), 1..14), form in 0..4) {
        let program = program(PACK);
        // One row a body and period: others are put together by their bodies.
        let mut seen = std::collections::BTreeSet::new();
        let mut rows = rows;
        rows.retain(|(name, year, _)| seen.insert((*name, *year)));
        match form {
            0 => hold(&program, "rows.csv", csv(&rows).as_bytes())?,
            1 => hold(&program, "rows.jsonl", objects(&rows).join("\n").as_bytes())?,
            2 => hold(&program, "rows.json", format!("[{}]", objects(&rows).join(",\n")).as_bytes())?,
            _ => hold(&program, "rows.parquet", &parquet(&rows))?,
        }
    }
}

/// Such a row had been judged as if its cell were blank.
#[test]
fn a_cell_that_is_too_long_takes_its_row_with_it() {
    let program = program(PACK);
    let row = |name, y, spare| {
        let cells = [
            Held::Number("60"),
            Held::Text(y),
            Held::Text("no"),
            Held::Text(spare),
        ];
        (name, "2025", cells)
    };
    // A rule asks for the first such cell, none for the second.
    let rows = [
        row("F1", "1", "1"),
        row("F2", LONG, "1"),
        row("F4", "1", LONG),
    ];
    let rows: Vec<Row> = rows
        .into_iter()
        .chain((0..20).map(|_| row("F3", LONG, "1")))
        .chain([row("F5", "1", "1")])
        .collect();
    for (name, bytes) in [
        ("rows.csv", csv(&rows).into_bytes()),
        ("rows.jsonl", objects(&rows).join("\n").into_bytes()),
        ("rows.parquet", parquet(&rows)),
    ] {
        let (said, ran) = by_columns(&program, name, &bytes, &Options::default(), 1).unwrap();
        let judged: std::collections::BTreeSet<&str> =
            said.keys().map(|(_, body, _)| body.as_str()).collect();
        let judged: Vec<&str> = judged
            .into_iter()
            .filter(|body| body.starts_with("F"))
            .collect();
        let expected = ["F0", "F1", "F5"]
            .into_iter()
            .filter(|body| *body != "F0" || name == "rows.jsonl");
        assert_eq!(judged, expected.collect::<Vec<_>>(), "{name}");
        assert_eq!(codes(&ran.problems), vec![("F004", false); 22], "{name}");
        let lines: Vec<usize> = ran.problems.iter().map(|told| told.line).collect();
        assert_eq!(lines[..2], [3, 4], "{name}");
    }
}

/// A double had been judged as if its digits were those that were printed, and a text of Parquet or JSON as a
/// spreadsheet would read it.
#[test]
fn a_cell_says_what_its_file_holds() {
    let program = program(PACK);
    let x = |held| [held, Held::Text("1"), Held::Text("no"), Held::Null];
    let rows = [
        ("F1", "2025", x(Held::Number("50"))),
        ("F2", "2025", x(Held::Number("49.9"))),
    ];
    hold(&program, "rows.parquet", &parquet(&rows)).unwrap();
    let options = Options::default();
    let (said, _) = by_columns(&program, "rows.parquet", &parquet(&rows), &options, 1).unwrap();
    let printed = said.iter().filter(|((rule, ..), _)| rule == "printed");
    for (about, (verdict, causes, _)) in printed {
        assert_eq!(*verdict, Verdict::Undetermined, "{about:?}");
        assert_eq!(*causes, Cause::Imprecise.into(), "{about:?}");
    }
    for text in ["'50", "=\"50\"", "''50"] {
        let object = format!(
            "{{\"entity\":\"F1\",\"year\":2025,\"x\":{}}}\n",
            json!(text)
        );
        hold(&program, "rows.jsonl", object.as_bytes()).unwrap();
        let (said, _) = by_columns(&program, "rows.jsonl", object.as_bytes(), &options, 1).unwrap();
        let plain = said
            .iter()
            .find(|((rule, ..), _)| rule == "plain")
            .unwrap()
            .1;
        assert_eq!(plain.0, Verdict::Undetermined, "{text}");
        assert_eq!(plain.1, Cause::Unreadable.into(), "{text}");
    }
}

/// Rows that name nobody below one that names a body had been judged as those of the pack's own.
#[test]
fn a_row_that_names_nobody_below_one_that_does_is_refused() {
    let program = program(PACK);
    let rows = "entity,year,x,y,done,spare\nF1,2025,60,1,no,\n,2025,1,1,no,\nF2,2025,70,1,no,\n";
    hold(&program, "rows.csv", rows.as_bytes()).unwrap();
    let options = Options::default();
    let (said, ran) = by_columns(&program, "rows.csv", rows.as_bytes(), &options, 1).unwrap();
    assert!(said.keys().all(|(_, body, _)| body.starts_with('F')));
    assert_eq!(codes(&ran.problems), [("F009", false)]);
    // Before any that names a body nobody knows yet: the whole table is looked at.
    let rows = "entity,year,x,y,done,spare\n,2025,60,1,no,\nF2,2025,70,1,no,\n";
    let found = by_columns(&program, "rows.csv", rows.as_bytes(), &options, 1);
    assert!(matches!(found, Err(Stop::Whole(_))), "{:?}", found.err());
}

/// What no rule asks for had been passed over without a word.
#[test]
fn a_cell_that_no_rule_asks_for_is_told_where_it_cannot_be_read() {
    let program = program(PACK);
    let rows = "entity,year,x,y,done,spare\nF1,2025,60,1,no,abc\nF2,2025,70,1,no,3\n";
    hold(&program, "rows.csv", rows.as_bytes()).unwrap();
    let options = Options::default();
    let (_, ran) = by_columns(&program, "rows.csv", rows.as_bytes(), &options, 1).unwrap();
    assert_eq!(codes(&ran.problems), [("F012", false)]);
    assert!(ran.has_error);
}

/// Figures had been judged as if nobody had asked for a day or a source.
#[test]
fn a_day_or_a_source_that_figures_are_chosen_by_is_not_passed_over() {
    let program = program(PACK);
    let rows = "entity,year,x,y,done,spare\nF1,2025,60,1,no,\n";
    let by_source = plumbrule::eval::Choice {
        sources: vec!["doc".to_owned()],
        ..plumbrule::eval::Choice::default()
    };
    let asked = [
        Options {
            known_on: chrono::NaiveDate::from_ymd_opt(2020, 1, 1),
            ..Options::default()
        },
        Options {
            choice: by_source,
            ..Options::default()
        },
    ];
    for options in asked {
        let quick = by_columns(&program, "rows.csv", rows.as_bytes(), &options, 1);
        assert!(matches!(quick, Err(Stop::Rules(_))), "{:?}", quick.err());
        let (said, _) =
            crate::bulk_bodies::by_body(&program, rows.as_bytes(), &options, 2).unwrap();
        assert_eq!(
            said,
            by_rows_of(&program, "rows.csv", rows.as_bytes(), &said, &options)
        );
        let plain = said
            .iter()
            .find(|((rule, ..), _)| rule == "plain")
            .unwrap()
            .1;
        assert_eq!(plain.1, Cause::Missing.into());
    }
}
