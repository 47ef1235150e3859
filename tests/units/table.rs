//! Tables: encodings, headers, rows that cannot be read.

use plumbrule::figures::grid::{Place, Problem, ProblemKind};
use plumbrule::figures::table::{Column, Headers, Known, Row, read_tables};
use plumbrule::figures::{Encoding, Limits};
use plumbrule::model::Model;

fn headers() -> Headers {
    let mut headers = Headers::new();
    for (text, column) in [
        ("indicator", Column::Indicator),
        ("指标", Column::Indicator),
        ("period", Column::Period),
        ("时期", Column::Period),
        ("value", Column::Value),
        ("数值", Column::Value),
        ("unit", Column::Unit),
        ("单位", Column::Unit),
        ("note", Column::Note),
    ] {
        headers.add(text, column).unwrap();
    }
    headers
}

/// A pack that knows these headers and nothing else.
pub(super) fn model() -> Model {
    let mut model = Model::default();
    model.words.headers = headers();
    model
}

fn read(text: impl AsRef<[u8]>) -> Vec<Result<Row, Problem>> {
    read_within(text, &Limits::default())
}

fn read_within(text: impl AsRef<[u8]>, limits: &Limits) -> Vec<Result<Row, Problem>> {
    let model = model();
    let known = Known::of(&model);
    let tables = read_tables("t.csv", text.as_ref(), &known, limits, &[]);
    tables.into_iter().flatten().collect()
}

fn problem(line: usize, column: usize, kind: ProblemKind) -> Result<Row, Problem> {
    let place = Place { line, column };
    Err(Problem { place, kind })
}

/// The rows as `line:indicator=value`, the problems left out.
fn rows(items: &[Result<Row, Problem>]) -> Vec<String> {
    let rows = items.iter().filter_map(|r| r.as_ref().ok());
    rows.map(|r| {
        format!(
            "{}:{}={}",
            r.line,
            r.text(Column::Indicator),
            r.text(Column::Value)
        )
    })
    .collect()
}

#[test]
fn headers_of_both_languages_and_every_delimiter_are_found() {
    for text in [
        "indicator,period,value,unit\na,2023,71,%\n",
        "indicator\tperiod\tvalue\tunit\na\t2023\t71\t%\n",
        "\u{FEFF} Indicator ;PERIOD;ｖａｌｕｅ;unit\r\na;2023;71;%",
        "指标,时期,数值,单位\ra,2023,71,%\r",
        ",,,\n\"指标\",时期,数值,单位\na,2023,71,%\n,,,\n",
    ] {
        let items = read(text);
        assert_eq!(items.len(), 1, "{items:?}");
        let row = items[0].as_ref().unwrap();
        assert_eq!(row.text(Column::Unit), "%");
        assert_eq!(row.place(Column::Unit).column, 4);
        assert_eq!(row.text(Column::Note), "");
    }
    assert_eq!(headers().add("Value", Column::Unit), Err(Column::Value));
    assert_eq!(headers().lookup("value"), Some(Column::Value));
}

#[test]
fn lines_are_physical_whatever_ends_them() {
    for end in ["\n", "\r\n", "\r"] {
        let text = "indicator,period,value\na,2023,1\n\n\n\"b\nb\",2023,2\nc,2023,3\n";
        let items = read(text.replace('\n', end));
        let lines: Vec<usize> = items.iter().map(|r| r.as_ref().unwrap().line).collect();
        assert_eq!(lines, [2, 5, 7]);
    }
}

#[test]
fn header_problems_come_first_and_stop_the_table() {
    let missing = |column| problem(1, 1, ProblemKind::MissingColumn { column });
    assert_eq!(read(""), [problem(1, 1, ProblemKind::Empty)]);
    assert_eq!(read("\u{FEFF}\n \n"), [problem(1, 1, ProblemKind::Empty)]);
    let found = "71".to_owned();
    assert_eq!(
        read("71,72\n1,2\n"),
        [problem(1, 1, ProblemKind::NoHeader { found })]
    );
    assert_eq!(
        read("unit,note\n1,2\n"),
        [
            missing(Column::Indicator),
            missing(Column::Period),
            missing(Column::Value)
        ]
    );
    assert_eq!(
        read("indicator,period,value,数值\na,1,2,3\n"),
        [problem(
            1,
            4,
            ProblemKind::DuplicateColumn {
                column: Column::Value,
                first: 3
            }
        )]
    );
    let unknown = ProblemKind::UnknownColumn {
        found: "unti".into(),
        nearest: Some("unit".into()),
    };
    let items = read("indicator,period,value,unti\na,1,2,3\n");
    assert_eq!(items[0], problem(1, 4, unknown));
    assert_eq!(rows(&items), ["2:a=2"]);
}

#[test]
fn a_bad_row_loses_no_other_row() {
    let items = read("indicator,period,value\na,2023\nb,2023,2\nc,2023,3,4\nd,2023,5\n");
    let count = |line, column, found| {
        problem(
            line,
            column,
            ProblemKind::WrongFieldCount { expected: 3, found },
        )
    };
    assert_eq!(items[0], count(2, 2, 2));
    assert_eq!(items[2], count(4, 4, 4));
    assert_eq!(rows(&items), ["3:b=2", "5:d=5"]);

    let items = read("indicator,period,value\na,2023,\"1\nb,2023,2\nc,2023,3\n");
    assert_eq!(items[0], problem(2, 3, ProblemKind::UnclosedQuote));
    assert_eq!(rows(&items), ["3:b=2", "4:c=3"]);

    // Two stray marks pair up over several lines; the lines between come back.
    let items = read("indicator,period,value\na,2023,\"1\nb,2023,2\n\"c,2023,3\nd,2023,4\n");
    assert_eq!(rows(&items), ["3:b=2", "5:d=4"]);
    assert_eq!(items.len(), 4);
}

#[test]
fn limits_are_kept() {
    let limits = Limits {
        total_bytes: 60,
        columns: 3,
        cell_bytes: 9,
        ..Limits::default()
    };
    let read = |text: &str| read_within(text, &limits);
    let items = read("indicator,period,value\naaaaaaaaaa,2023,1\nb,2023,2\n");
    assert_eq!(
        items[0],
        problem(
            2,
            1,
            ProblemKind::CellTooLong {
                limit: 9,
                found: 10
            }
        )
    );
    assert_eq!(rows(&items), ["3:b=2"]);
    let items = read("indicator,period,value,unit\n");
    assert_eq!(
        items,
        [problem(
            1,
            4,
            ProblemKind::TooManyColumns { limit: 3, found: 4 }
        )]
    );
    let items = read(&"a".repeat(61));
    assert_eq!(
        items,
        [problem(
            1,
            1,
            ProblemKind::TooLarge {
                limit: 60,
                found: 61
            }
        )]
    );
}

#[test]
fn one_bad_byte_costs_one_row() {
    let mut bytes = b"indicator,period,value\na,2023,".to_vec();
    let byte = bytes.len();
    bytes.extend(b"\xFF\n\xE4\xBA\xBA,2023,2\n");
    let kind = ProblemKind::Undecodable {
        encoding: Encoding::Utf8,
        byte: Some(byte),
    };
    let items = read(&bytes);
    assert_eq!(items[0], problem(2, 3, kind));
    assert_eq!(rows(&items), ["3:人=2"]);
}

#[test]
fn signs_that_no_text_has_cost_their_row() {
    let items = read("indicator,period,value\na\0,2023,1\nb,2023,\u{FFFD}\nc,2023,3\n");
    assert_eq!(items[0], problem(2, 1, ProblemKind::ZeroCharacter));
    assert_eq!(items[1], problem(3, 3, ProblemKind::LostCharacter));
    assert_eq!(rows(&items), ["4:c=3"]);
}

#[test]
fn what_spreadsheets_write_around_a_cell_is_taken_off() {
    let text = "sep=|\r\n# a remark\r\nindicator|period|value|\r\n# \"one, two\r\n'0012|2023|\"=\"\"71%\"\"\"|\r\n's-Gravenhage|2023|=1|\r\n\r\n'=x|2023|'-3\r\n#1|2023|9\r\n";
    let items = read(text);
    let expected = ["5:0012=71%", "6:'s-Gravenhage==1", "8:=x=-3", "9:#1=9"];
    assert_eq!(rows(&items), expected);
    assert_eq!(items.len(), expected.len(), "{items:?}");
}

#[test]
fn a_header_may_start_with_the_mark_of_remarks() {
    let items = read("#,indicator,period,value\n#,a,2023,1\n");
    assert_eq!(rows(&items), ["2:a=1"]);
}

#[test]
fn lines_that_stray_marks_drew_together_come_back() {
    let text = "indicator,period,value\na,2023,\"1\nb,2023,2\n\"c,2023,3\nd,2023,4\nnote: e\n";
    let items = read(text);
    let count = ProblemKind::WrongFieldCount {
        expected: 3,
        found: 5,
    };
    assert!(items.contains(&problem(2, 4, count)), "{items:?}");
    assert_eq!(rows(&items), ["3:b=2", "5:d=4"], "{items:#?}");
}

#[test]
fn what_is_beyond_the_limits_is_passed_over() {
    let limits = Limits {
        cell_bytes: 9,
        columns: 25,
        ..Limits::default()
    };
    let long = "x".repeat(100_000);
    let text = format!("indicator,period,value\na,2023,{long}\nb,2023,2\n");
    let items = read_within(text, &limits);
    let kind = ProblemKind::CellTooLong {
        limit: 9,
        found: 100_000,
    };
    assert_eq!(items[0], problem(2, 3, kind));
    assert_eq!(rows(&items), ["3:b=2"]);
    // So many cells are as bad as a long one.
    let text = format!(
        "indicator,period,value\n{}x\nb,2023,2\n",
        ",".repeat(100_000)
    );
    let items = read_within(text, &limits);
    let kind = ProblemKind::TooManyColumns {
        limit: 100,
        found: 100_001,
    };
    assert_eq!(items[0], problem(2, 101, kind));
    assert_eq!(rows(&items), ["3:b=2"]);
}
