//! JSON: which shapes hold figures, what becomes of each value, and what is refused where.

use super::*;

fn read(name: &str, text: impl AsRef<[u8]>) -> Vec<Result<String, (usize, usize, JsonFault)>> {
    let bytes = text.as_ref();
    let limits = Limits::default();
    let locator = Locator::new(name, bytes, &limits);
    let fault = |problem: Problem| {
        let (start, _) = locator.corners(problem.place.line, problem.place.column);
        match problem.kind {
            ProblemKind::Json(fault) => (start.line, start.column, fault),
            other => (
                0,
                0,
                JsonFault::Syntax {
                    found: format!("{other:?}"),
                },
            ),
        }
    };
    let grid = match open(name, bytes, &limits) {
        Ok(grid) => grid,
        Err(problem) => return vec![Err(fault(problem))],
    };
    let shown = grid.records.map(|record| {
        let cells = record.map_err(fault)?.cells;
        let show = |cell: Cell| match (cell.is_null, cell.held) {
            (true, _) => "null".to_owned(),
            (false, Some(_)) => format!("{} held", cell.text),
            (false, None) => cell.text,
        };
        Ok(cells.into_iter().map(show).collect::<Vec<_>>().join("|"))
    });
    shown.collect()
}

fn rows(name: &str, text: &str) -> Vec<String> {
    read(name, text)
        .into_iter()
        .filter_map(Result::ok)
        .collect()
}

#[test]
fn every_shape_gives_the_same_records() {
    let expected = ["period|indicator|value", "2024|a|71.0", "2024|b|5"];
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
    ] {
        assert_eq!(rows(name, text), expected, "{text}");
    }
    let shared = r#"{"schema":"x","figures":[{"indicator":"a","value":71.0},{"indicator":"b","value":5}],"period":"2024"}"#;
    assert_eq!(
        rows("t.json", shared),
        ["indicator|value|period", "a|71.0|2024", "b|5|2024"]
    );
    let values = r#"{"period":"2024","values":{"a":71.0,"b":{"value":5}}}"#;
    assert_eq!(
        rows("t.json", values),
        ["indicator|value|period", "a|71.0|2024", "b|5|2024"]
    );
    let one = r#"{"indicator":"a","value":"\u8d8571%","note":null,"done":true}"#;
    assert_eq!(
        rows("t.json", one),
        ["indicator|value|note|done", "a|超71%|null|true"]
    );
}

#[test]
fn numbers_keep_their_digits() {
    let text = r#"[{"v":71.0},{"v":-0.50},{"v":1e3},{"v":1.50E-2},{"v":12345678901234567890.10},{"v":null},{}]"#;
    let expected = [
        "v",
        "71.0",
        "-0.50",
        "1000 held",
        "0.015 held",
        "12345678901234567890.10",
        "null",
        "",
    ];
    assert_eq!(rows("t.json", text), expected);
}

#[test]
fn what_is_wrong_is_told_where_it_stands() {
    let syntax = |found: &str| JsonFault::Syntax {
        found: found.to_owned(),
    };
    let field = "b".to_owned();
    for (text, fault) in [
        ("[{\"a\":1},\n {\"a\":x}]", (2, 7, syntax("x}]"))),
        ("[{\"a\":1}", (1, 9, JsonFault::Ends)),
        ("[{\"a\":1} {\"a\":2}]", (1, 10, syntax("{\"a\":2}]"))),
        (
            "[{\"a\":1},{\"b\":1,\n\"b\":2}]",
            (
                2,
                5,
                JsonFault::Twice {
                    field: field.clone(),
                },
            ),
        ),
        (
            "[{\"a\":1},\n{\"b\":[1]}]",
            (
                2,
                6,
                JsonFault::Nested {
                    field: field.clone(),
                },
            ),
        ),
        (
            "[{\"a\":1},\n7]",
            (
                2,
                1,
                JsonFault::NotObject {
                    found: "7".to_owned(),
                },
            ),
        ),
        (
            "{\"a\":[],\"b\":[]}",
            (
                1,
                13,
                JsonFault::TwoNested {
                    field: field.clone(),
                },
            ),
        ),
        (
            "{\"a\":{},\"b\":{}}",
            (1, 13, JsonFault::TwoNested { field }),
        ),
        (
            "[{\"a\":1},{\"a\":1e99}]",
            (
                1,
                15,
                JsonFault::Power {
                    found: "1e99".to_owned(),
                },
            ),
        ),
        (
            "[{\"a\":1},{\"a\":\"\\ud800\"}]",
            (1, 15, syntax("\"\\ud800\"")),
        ),
    ] {
        let items = read("t.json", text);
        let found = items.iter().find_map(|item| item.as_ref().err());
        assert_eq!(found, Some(&fault), "{text}");
    }
}

#[test]
fn a_bad_line_loses_no_other() {
    let text = "{\"v\":1}\n{\"v\":\n[]\n{\"v\":1}x\n{\"v\":2}\n";
    let items = read("t.jsonl", text);
    let lines: Vec<Result<&str, usize>> = items
        .iter()
        .map(|item| item.as_ref().map(String::as_str).map_err(|fault| fault.0))
        .collect();
    assert_eq!(lines, [Ok("v"), Ok("1"), Err(2), Err(3), Err(4), Ok("2")]);
}

#[test]
fn depth_and_length_are_bounded() {
    let deep = format!("[{{\"v\":1}},{{\"v\":{}}}]", "[".repeat(1_000_000));
    let items = read("t.json", deep);
    assert_eq!(items.get(1), Some(&Ok("1".to_owned())));
    let place = items.get(2).and_then(|item| item.as_ref().err());
    assert_eq!(place.map(|fault| (fault.0, fault.1)), Some((1, 1_000_015)));
    let long = format!("[{{\"v\":\"{}\"}},{{\"v\":1}}]", "x".repeat(100_000));
    let items = read("t.json", long);
    assert!(matches!(items.get(1), Some(Err(_))));
    assert_eq!(items.get(2), Some(&Ok("1".to_owned())));
}
