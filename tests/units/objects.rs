//! JSON: which shapes hold figures, what becomes of each value, and what is refused where.

use plumbrule::figures::grid::{JsonFault, ProblemKind};
use plumbrule::figures::table::{Column, Known, Row, read_tables};
use plumbrule::figures::{Limits, Submission};

use super::table::model;

/// A row, or what is wrong and where, by line and column of the text.
type Item = Result<Row, (usize, usize, JsonFault)>;

fn read(name: &str, text: impl AsRef<[u8]>) -> Vec<Item> {
    let (model, limits) = (model(), Limits::default());
    let bytes = text.as_ref();
    // Where problems stand is told by those of a submission, which are in the same order.
    let mut submission = Submission::new(&model);
    submission.read_table(&model, name, bytes, &limits);
    let places = submission.problems.iter().filter(|one| {
        let key = one.message.key;
        key.starts_with("json-")
    });
    let mut places = places.map(|one| one.extent.unwrap().0);
    let known = Known::of(&model);
    let tables = read_tables(name, bytes, &known, &limits, &[]);
    let items = tables.into_iter().flatten();
    let items = items.filter_map(|item| match item {
        Ok(row) => Some(Ok(row)),
        Err(problem) => match problem.kind {
            ProblemKind::Json(fault) => {
                let place = places.next().unwrap();
                Some(Err((place.line, place.column, fault)))
            }
            ref other => {
                assert!(problem.is_warning(), "{other:?}");
                None
            }
        },
    });
    items.collect()
}

/// The rows as `indicator period value`.
fn rows(name: &str, text: &str) -> Vec<String> {
    let shown = read(name, text).into_iter().map(|item| {
        let row = item.unwrap();
        let columns = [Column::Indicator, Column::Period, Column::Value];
        columns.map(|column| row.text(column).to_owned()).join(" ")
    });
    shown.collect()
}

const FIRST: &str = r#"{"indicator":"a","period":"2024","value":1}"#;

#[test]
fn every_shape_gives_the_same_records() {
    let expected = ["a 2024 71.0", "b 2024 5"];
    for (name, text) in [
        (
            "t.json",
            r#"[{"period":"2024","indicator":"a","value":71.0},{"period":"2024","indicator":"b","value":5}]"#,
        ),
        (
            "t",
            "\u{FEFF}[ {\"period\" : \"2024\", \"indicator\":\"a\",\n \"value\":71.0},\n {\"indicator\":\"b\",\"period\":\"2024\",\"value\":5} ]\n",
        ),
        (
            "t.jsonl",
            "{\"period\":\"2024\",\"indicator\":\"a\",\"value\":71.0}\n\n{\"period\":\"2024\",\"indicator\":\"b\",\"value\":5}",
        ),
        (
            "t.json",
            "{\"period\":\"2024\",\"indicator\":\"a\",\"value\":71.0}\r\n{\"period\":\"2024\",\"indicator\":\"b\",\"value\":5}\r\n",
        ),
        (
            "t.json",
            r#"{"schema":"x","figures":[{"indicator":"a","value":71.0},{"indicator":"b","value":5}],"period":"2024"}"#,
        ),
        (
            "t.json",
            r#"{"period":"2024","values":{"a":71.0,"b":{"value":5}}}"#,
        ),
    ] {
        assert_eq!(rows(name, text), expected, "{text}");
    }
    let one = r#"{"indicator":"a","period":2024,"value":"\u8d8571%","note":null,"unit":true}"#;
    let items = read("t.json", one);
    let row = items[0].as_ref().unwrap();
    assert_eq!(row.text(Column::Value), "超71%");
    assert_eq!(row.text(Column::Unit), "true");
    assert!(row.cells.get(Column::Note).unwrap().is_null);
}

#[test]
fn numbers_keep_their_digits() {
    let cases = [
        ("71.0", "71.0", None),
        ("-0.50", "-0.50", None),
        ("1e3", "1000", Some("1000")),
        ("1.50E-2", "0.015", Some("0.015")),
        ("12345678901234567890.10", "12345678901234567890.10", None),
    ];
    for (number, text, held) in cases {
        let items = read(
            "t.json",
            format!("[{}]", FIRST.replace(":1}", &format!(":{number}}}"))),
        );
        let cell = items[0].as_ref().unwrap().cells.get(Column::Value).unwrap();
        let known = cell.held.as_ref();
        let known = known.map(|held| held.value.decimal_string().unwrap());
        assert_eq!(
            (cell.text.as_str(), known.as_deref()),
            (text, held),
            "{number}"
        );
    }
}

#[test]
fn what_is_wrong_is_told_where_it_stands() {
    let syntax = |found: &str| JsonFault::Syntax {
        found: found.to_owned(),
    };
    let field = "note".to_owned();
    let two = JsonFault::TwoNested {
        field: "b".to_owned(),
    };
    for (text, fault) in [
        (
            format!("[{FIRST},\n {{\"value\":x}}]"),
            (2, 11, syntax("x}]")),
        ),
        (format!("[{FIRST}"), (1, FIRST.len() + 2, JsonFault::Ends)),
        (
            format!("[{FIRST}\n {{\"value\":2}}]"),
            (2, 2, syntax("{\"value\":2}]")),
        ),
        (
            format!("[{FIRST},{{\"note\":1,\n\"note\":2}}]"),
            (
                2,
                8,
                JsonFault::Twice {
                    field: field.clone(),
                },
            ),
        ),
        (
            format!("[{FIRST},\n{{\"note\":[1]}}]"),
            (2, 9, JsonFault::Nested { field }),
        ),
        (
            format!("[{FIRST},\n7]"),
            (
                2,
                1,
                JsonFault::NotObject {
                    found: "7".to_owned(),
                },
            ),
        ),
        ("{\"a\":[],\"b\":[]}".to_owned(), (1, 13, two.clone())),
        ("{\"a\":{},\"b\":{}}".to_owned(), (1, 13, two)),
        (
            format!("[{FIRST},\n{{\"note\":\"\\ud800\"}}]"),
            (2, 9, syntax("\"\\ud800\"")),
        ),
    ] {
        let items = read("t.json", &text);
        let found = items.iter().find_map(|item| item.as_ref().err());
        assert_eq!(found, Some(&fault), "{text}");
    }
}

#[test]
fn a_bad_line_loses_no_other() {
    let text = format!("{FIRST}\n{{\"value\":\n[]\n{FIRST}x\n{FIRST}\n");
    let items = read("t.jsonl", text);
    let lines: Vec<Result<&str, usize>> = items
        .iter()
        .map(|item| {
            let row = item.as_ref().map(|row| row.text(Column::Value));
            row.map_err(|fault| fault.0)
        })
        .collect();
    assert_eq!(lines, [Ok("1"), Err(2), Err(3), Err(4), Ok("1")]);
}

#[test]
fn depth_and_length_are_bounded() {
    let before = format!("[{FIRST},{{\"note\":");
    let deep = format!("{before}{}}}]", "[".repeat(1_000_000));
    let items = read("t.json", deep);
    assert!(items[0].is_ok());
    let place = items[1].as_ref().unwrap_err();
    assert_eq!((place.0, place.1), (1, before.len() + 1_000_001));
    let long = format!(
        "[{},{FIRST}]",
        FIRST.replace("\"a\"", &format!("\"{}\"", "x".repeat(100_000)))
    );
    let items = rows_of_valid("t.json", &long);
    assert_eq!(items, 1);
}

/// How many rows there are beside problems of cells that are too long.
fn rows_of_valid(name: &str, text: &str) -> usize {
    let (model, limits) = (model(), Limits::default());
    let known = Known::of(&model);
    let tables = read_tables(name, text.as_bytes(), &known, &limits, &[]);
    let (rows, problems): (Vec<_>, Vec<_>) = tables.into_iter().flatten().partition(Result::is_ok);
    let is_long = problems.iter().any(|problem| {
        let kind = problem.as_ref().err().map(|problem| &problem.kind);
        matches!(kind, Some(ProblemKind::CellTooLong { .. }))
    });
    assert!(is_long, "{problems:?}");
    rows.len()
}
