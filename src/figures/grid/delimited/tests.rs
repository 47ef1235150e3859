//! Delimited text: what is around the cells, and what costs a row.

use super::super::Encoding;
use super::*;

fn read(text: impl AsRef<[u8]>) -> Vec<Result<String, Problem>> {
    read_within(text.as_ref(), &Limits::default())
}

/// The records as `line:cell|cell`.
fn read_within(bytes: &[u8], limits: &Limits) -> Vec<Result<String, Problem>> {
    let is_known = |text: &str| ["indicator", "period", "value"].contains(&text.trim());
    let records = match open(bytes, &is_known, limits) {
        Ok(grid) => grid.records,
        Err(problem) => return vec![Err(problem)],
    };
    let written = records.filter(|record| !record.as_ref().is_ok_and(Record::is_blank));
    let shown = written.map(|record| {
        let Record { line, cells } = record?;
        let texts: Vec<&str> = cells.iter().map(|cell| cell.text.as_str()).collect();
        Ok(format!("{line}:{}", texts.join("|")))
    });
    shown.collect()
}

fn row(text: &str) -> Result<String, Problem> {
    Ok(text.to_owned())
}

fn problem(line: usize, column: usize, kind: ProblemKind) -> Result<String, Problem> {
    Err(Problem::new(line, column, kind))
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
    assert_eq!(items.get(1), Some(&problem(2, 3, kind)));
    assert_eq!(items.get(2), Some(&row("3:人|2023|2")));
}

#[test]
fn signs_that_no_text_has_cost_their_row() {
    let items = read("indicator,period,value\na\0,2023,1\nb,2023,\u{FFFD}\nc,2023,3\n");
    let expected = [
        row("1:indicator|period|value"),
        problem(2, 1, ProblemKind::ZeroCharacter),
        problem(3, 3, ProblemKind::LostCharacter),
        row("4:c|2023|3"),
    ];
    assert_eq!(items, expected);
}

#[test]
fn what_spreadsheets_write_around_a_cell_is_taken_off() {
    let text = "sep=|\r\n# a remark\r\nindicator|period|value|\r\n# \"one, two\r\n'0012|2023|\"=\"\"71%\"\"\"|\r\n's-Gravenhage|2023|=1|\r\n\r\n'=x|2023|'-3\r\n#1|2023|9\r\n";
    let expected = [
        row("3:indicator|period|value"),
        row("5:0012|2023|71%"),
        row("6:'s-Gravenhage|2023|=1"),
        row("8:=x|2023|-3"),
        row("9:#1|2023|9"),
    ];
    assert_eq!(read(text), expected);
}

#[test]
fn a_header_may_start_with_the_mark_of_remarks() {
    let items = read("#,indicator,period,value\n#,a,2023,1\n");
    assert_eq!(
        items,
        [row("1:#|indicator|period|value"), row("2:#|a|2023|1")]
    );
}

#[test]
fn lines_that_stray_marks_drew_together_come_back() {
    let text = "a title, of some length\nindicator,period,value\na,2023,\"1\nb,2023,2\n\"c,2023,3\nd,2023,4\nnote: e\n";
    let items = read(text);
    let count = ProblemKind::WrongFieldCount {
        expected: 3,
        found: 5,
    };
    assert_eq!(items.get(2), Some(&problem(3, 4, count)));
    let rows: Vec<&String> = items.iter().filter_map(|item| item.as_ref().ok()).collect();
    assert_eq!(rows.len(), 5, "{items:?}");
}

#[test]
fn what_is_beyond_the_limits_is_passed_over_and_not_kept() {
    let limits = Limits {
        cell_bytes: 9,
        columns: 25,
        ..Limits::default()
    };
    let long = "x".repeat(100_000);
    let text = format!("indicator,period,value\na,2023,{long}\nb,2023,2\n");
    let too_long = |found| ProblemKind::CellTooLong { limit: 9, found };
    let items = read_within(text.as_bytes(), &limits);
    assert_eq!(items.get(1), Some(&problem(2, 3, too_long(100_000))));
    assert_eq!(items.get(2), Some(&row("3:b|2023|2")));
    // So many cells are as bad as a long one.
    let text = format!(
        "indicator,period,value\n{}x\nb,2023,2\n",
        ",".repeat(100_000)
    );
    let items = read_within(text.as_bytes(), &limits);
    let kind = ProblemKind::TooManyColumns {
        limit: 100,
        found: 100_001,
    };
    assert_eq!(items.get(1), Some(&problem(2, 101, kind)));
    assert_eq!(items.get(2), Some(&row("3:b|2023|2")));
    // What is kept never grows with the file.
    let mut splitter = Splitter::new(b',', &limits);
    let mut at = 0;
    splitter.read(format!("\"{}", long.repeat(20)).as_bytes(), &mut at);
    assert!(splitter.kept() <= 4096, "{}", splitter.kept());
}
