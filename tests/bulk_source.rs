//! Files of many rows, read as columns from outside: what is found of a file, what is said of broken
//! ones, and folders. The twin on a stable toolchain of the fuzz target `read_rows`.

use plumbrule::bulk::{
    Block, Bytes, Cells, Source, SourceOptions, SourceProblem, SourceProblemKind, Wanted, open,
    open_folder,
};
use plumbrule::figures::Encoding;
use plumbrule::message::Lang;
use proptest::collection::vec;
use proptest::prelude::*;

/// All cells as texts, header first; a problem is a row of its own, in English.
fn rows(source: &dyn Source) -> Vec<String> {
    let wanted = vec![Wanted::Keys; source.header().len()];
    let mut rows = vec![source.header().join("|")];
    let (mut block, mut n_rows) = (Block::default(), 0);
    loop {
        let mut part = match source.next_part(&wanted) {
            Ok(Some((_, part))) => part,
            Ok(None) => return rows,
            Err(problem) => {
                rows.push(said(&problem, Lang::En));
                return rows;
            }
        };
        loop {
            let next = part.next(&mut block);
            let (n_lost, lost) = part.lost();
            assert_eq!(n_lost, lost.len() as u64);
            let lost: Vec<String> = lost
                .iter()
                .map(|lost| format!("{} lost: {}", lost.line, lost.message.render(Lang::En)))
                .collect();
            match next {
                Ok(false) => {
                    rows.extend(lost);
                    break;
                }
                Ok(true) => {
                    let all: Vec<u32> = (0..u32::try_from(block.n_rows).unwrap()).collect();
                    let texts = part.texts(&all).unwrap();
                    assert_eq!(texts.len(), block.n_rows);
                    n_rows += block.n_rows;
                    rows.extend(texts.into_iter().map(|row| row.join("|")));
                    rows.extend(lost);
                }
                Err(problem) => {
                    rows.push(said(&problem, Lang::En));
                    return rows;
                }
            }
        }
        assert!(rows.len() > n_rows);
    }
}

fn said(problem: &SourceProblem, lang: Lang) -> String {
    let why = match &problem.kind {
        SourceProblemKind::Io(said) => said.clone(),
        SourceProblemKind::Broken(message) | SourceProblemKind::Shape(message) => {
            message.render(lang)
        }
        SourceProblemKind::NoRow(file) => file.why.render(lang),
    };
    match &problem.file {
        Some(file) => format!("{}: `{file}`: {why}", problem.line),
        None => format!("{}: {why}", problem.line),
    }
}

fn read(name: &str, bytes: &[u8], options: &SourceOptions<'_>) -> Vec<String> {
    match open(name, Box::new(bytes.to_vec()), options) {
        Ok(source) => rows(&*source),
        Err(problem) => vec![said(&problem, Lang::En)],
    }
}

/// A name, the bytes, and the rows that are read, header first.
const CASES: &[(&str, &[u8], &[&str])] = &[
    ("a.csv", b"a,b\n1,2\n\n3,4", &["a|b", "1|2", "3|4"]),
    ("a.tsv", b"a\tb\r\n1\t2,5\r\n", &["a|b", "1|2,5"]),
    (
        "a.csv",
        b"\xEF\xBB\xBFa;b\n\"x;y\";\"two\nlines\"\n",
        &["a|b", "x;y|two\nlines"],
    ),
    ("a.csv", b"sep=|\na|b\n1|2\n", &["a|b", "1|2"]),
    ("a.csv", b"a,b,,\n1,2,,\n3,4\n", &["a|b", "1|2", "3|4"]),
    (
        "a.csv",
        b"a,b\n# a remark, and more, of it\n#1,2\n",
        &["a|b", "#1|2"],
    ),
    ("a.csv", b"a,b\n,\n \t,\"\"\n1,\n", &["a|b", "1|"]),
    ("a.csv", b"a,b\r1,2\r3,4\r", &["a|b", "1|2", "3|4"]),
    ("a.csv", b"a,b\n=\"001\",'002\n", &["a|b", "001|002"]),
    (
        "a.csv",
        b"a,b\n1,2\n3\n",
        &[
            "a|b",
            "1|2",
            "3 lost: expected 2 cells as in the header, found 1",
        ],
    ),
    (
        "a.csv",
        b"a,b\n1,2\n3,4,5\n6,7\n",
        &[
            "a|b",
            "1|2",
            "6|7",
            "3 lost: expected 2 cells as in the header, found 3",
        ],
    ),
    (
        "a.csv",
        b"a,b\n1,\"2\n3,4\n",
        &["a|b", "2: quotation mark opens a cell and none closes it"],
    ),
    (
        "a.csv",
        b"a,b\n1,\xFF\n",
        &[
            "a|b",
            "2 lost: byte 6 of the file stands for no character in UTF-8",
        ],
    ),
    (
        "a.jsonl",
        b"{\"a\":1,\"b\":\"x\"}\n\n{\"b\":null,\"a\":2.50}\n{}\n",
        &["a|b", "1|x", "2.50|", "|"],
    ),
    (
        "a.json",
        b"[{\"a\":1e3},{\"b\":true,\"a\":\"\\u7532\"}]",
        &["a|b", "1000|", "\u{7532}|true"],
    ),
    (
        "a.jsonl",
        b"{\"a\":1}\n{\"a\":[1]}\n",
        &["2: field `a` holds a list or an object, where a text or a number was expected"],
    ),
    (
        "a.jsonl",
        b"{\"a\":1}\n{\"a\":1e99}\n{\"a\":3}\n",
        &["a", "1", "1e99", "3"],
    ),
    (
        "a.jsonl",
        b"{\"a\":1}\n{\"a\":\"\xFF\"}\n{\"a\":3}\n",
        &[
            "a",
            "1",
            "3",
            "2 lost: byte 14 of the file stands for no character in UTF-8",
        ],
    ),
    (
        "a.json",
        b"[{\"a\":1} {\"a\":2}]",
        &["a", "1", "1: this is not JSON from here on: `{\"a\":2}]`"],
    ),
    (
        "a.json",
        b"[{\"a\":1}",
        &["a", "1", "1: JSON ends where more was expected"],
    ),
    ("a.csv", b"", &["1: file has no row"]),
    (
        "a.xlsx",
        b"PK\x03\x04",
        &[
            "1: a workbook is no table of many rows; its sheets are read one at a time with `figures`, or saved as CSV or Parquet",
        ],
    ),
    (
        "a.parquet",
        b"PAR1\x00\x00\x00\x09PAR1",
        &["1: this is no sound Parquet file: its description is longer than the file"],
    ),
];

#[test]
fn tables_are_read_or_told_what_is_wrong() {
    let mut failures = Vec::new();
    for (name, bytes, expected) in CASES {
        let found = read(name, bytes, &SourceOptions::default());
        if found != *expected {
            failures.push(format!(
                "{name} {:?}\n  {found:?}\n  {expected:?}",
                String::from_utf8_lossy(bytes)
            ));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn other_encodings_are_read_piece_by_piece() {
    let text = "\u{5730}\u{533a},\u{503c}\n\u{5317}\u{4eac},5\n".to_owned()
        + &"\u{4e0a}\u{6d77},6.25\n".repeat(9_000);
    let expected = text
        .lines()
        .map(|line| line.replace(',', "|"))
        .collect::<Vec<_>>();
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    // In GB 18030, by hand: six signs of two bytes each.
    let gb: Vec<u8> = text
        .chars()
        .flat_map(|c| match c {
            '\u{5730}' => vec![0xB5, 0xD8],
            '\u{533a}' => vec![0xC7, 0xF8],
            '\u{503c}' => vec![0xD6, 0xB5],
            '\u{5317}' => vec![0xB1, 0xB1],
            '\u{4eac}' => vec![0xBE, 0xA9],
            '\u{4e0a}' => vec![0xC9, 0xCF],
            '\u{6d77}' => vec![0xBA, 0xA3],
            other => vec![other as u8],
        })
        .collect();
    for (bytes, encoding) in [
        (text.clone().into_bytes(), None),
        (utf16.clone(), None),
        ([b"\xFF\xFE".to_vec(), utf16].concat(), None),
        (gb.clone(), Some(Encoding::Gb18030)),
        (gb, None),
    ] {
        for part_bytes in [100, 1 << 20] {
            let options = SourceOptions {
                encoding,
                part_bytes,
                ..SourceOptions::default()
            };
            let found = read("a.csv", &bytes, &options);
            assert!(
                found == expected,
                "{:?}",
                found.iter().take(4).collect::<Vec<_>>()
            );
        }
    }
}

#[test]
fn a_new_field_far_below_is_a_problem() {
    let mut text = "{\"a\":1,\"b\":2}\n".repeat(90_000);
    text.push_str("{\"a\":1,\"c\":2}\n");
    let found = read("a.jsonl", text.as_bytes(), &SourceOptions::default());
    assert_eq!(found.len(), 90_002);
    let told =
        "90001: the field `c` stands in no object of the first megabyte, which names the columns";
    assert_eq!(found.last().unwrap(), told);
}

fn file(path: &str, text: &str) -> (String, Box<dyn Bytes>) {
    (path.to_owned(), Box::new(text.as_bytes().to_vec()))
}

#[test]
fn folders_are_one_table_in_the_order_of_their_paths() {
    let files = vec![
        file(
            "year=2025/province=%E7%94%B2/b.jsonl",
            "{\"body\":\"C\",\"share\":3}\n",
        ),
        file(
            "year=2024/province=__HIVE_DEFAULT_PARTITION__/a.csv",
            "body,share\nB,2\n",
        ),
        file("year=2024/province=x/empty.csv", ""),
    ];
    let source = open_folder(files, SourceOptions::default()).unwrap();
    let expected = ["body|share|year|province", "B|2|2024|", "C|3|2025|\u{7532}"];
    assert_eq!(rows(&*source), expected);
    let told = |files| -> Vec<String> {
        let source = open_folder(files, SourceOptions::default()).unwrap();
        let (mut told, mut block) = (Vec::new(), Block::default());
        while let Some((_, mut part)) = source.next_part(&[]).unwrap() {
            let said = part.told().into_iter();
            told.extend(said.map(|it| format!("{} {}", it.code.as_str(), it.file)));
            while part.next(&mut block).unwrap() {}
        }
        told
    };
    let empty = vec![
        file("a.csv", ""),
        file("b.csv", "x\n"),
        file("_c.csv", "x\n1\n"),
    ];
    assert_eq!(told(empty), ["F002 a.csv", "F002 b.csv"]);
    let (all, read) = source.progress();
    assert_eq!(all, read);

    let files = vec![
        file("year=2024/a.csv", "body\nB\n"),
        file("year=x/a.csv", "body\nC\n"),
    ];
    let source = open_folder(files, SourceOptions::default()).unwrap();
    let wanted = [Wanted::Words, Wanted::Numbers];
    let (mut block, mut found) = (Block::default(), Vec::new());
    while let Some((number, mut part)) = source.next_part(&wanted).unwrap() {
        assert!(part.next(&mut block).unwrap());
        let Cells::Numbers { values, odd } = &block.columns[1] else {
            panic!("{block:?}");
        };
        found.push((
            number,
            part.file().map(str::to_owned),
            values[0].to_string(),
            odd.clone(),
        ));
        assert!(!part.next(&mut block).unwrap());
    }
    let path = |text: &str| Some(text.to_owned());
    let expected = [
        (0, path("year=2024/a.csv"), "2024".to_owned(), vec![]),
        (1, path("year=x/a.csv"), "NaN".to_owned(), vec![0]),
    ];
    assert_eq!(found, expected);
}

#[test]
fn files_that_are_no_one_table_are_named_both() {
    let cases = [
        (
            vec![file("a.csv", "x,y\n1,2\n"), file("b.csv", "x,z\n1,2\n")],
            "1: `b.csv`: its columns are `x`, `z`, and those of `a.csv` are `x`, `y`",
        ),
        (
            vec![file("a=1/a.csv", "x\n1\n"), file("b=1/a.csv", "x\n1\n")],
            "1: `b=1/a.csv`: its folders name `b`, and those of `a=1/a.csv` name `a`",
        ),
        (
            vec![file("a.csv", "x,y\n1,2\n"), file("b.csv", "x,y\n1,2\n3\n")],
            "3 lost: expected 2 cells as in the header, found 1",
        ),
    ];
    for (files, expected) in cases {
        let source = open_folder(files, SourceOptions::default()).unwrap();
        assert_eq!(rows(&*source).last().unwrap(), expected);
    }
    let none = open_folder(vec![file("x.csv", "")], SourceOptions::default());
    let problem = none.err().unwrap();
    assert_eq!(said(&problem, Lang::En), "1: no file holds a table");
    assert_eq!(
        said(&problem, Lang::Zh),
        "1: \u{6ca1}\u{6709}\u{6587}\u{4ef6}\u{542b}\u{6709}\u{8868}\u{683c}"
    );
}

/// A file that the system stops to read.
struct Failing(Vec<u8>, u64);

impl Bytes for Failing {
    fn size(&self) -> std::io::Result<u64> {
        self.0.size()
    }

    fn read_at(&self, from: u64, into: &mut [u8]) -> std::io::Result<usize> {
        let left = usize::try_from(self.1.saturating_sub(from))
            .unwrap_or(0)
            .min(into.len());
        match left {
            0 => Err(std::io::Error::other("the disk is gone")),
            _ => self.0.read_at(from, &mut into[..left]),
        }
    }
}

#[test]
fn what_the_system_says_is_passed_on() {
    let text = "a,b\n".to_owned() + &"1,2\n".repeat(600_000);
    let failing = Failing(text.into_bytes(), 2_000_000);
    let source = open("a.csv", Box::new(failing), &SourceOptions::default()).unwrap();
    let found = rows(&*source);
    assert!(found.len() > 200_000, "{}", found.len());
    assert_eq!(found.last().unwrap(), "1: the disk is gone");
}

proptest! {
    #![proptest_config(crate::common::random(192))]

    #[test]
    fn any_bytes_give_rows_or_a_problem(bytes in vec(any::<u8>(), 0..300), kind in 0_usize..4) {
        let (name, before): (&str, &[u8]) = [
            ("a.csv", b"a,b\n".as_slice()),
            ("a.jsonl", b"{\"a\":1}\n"),
            ("a.json", b"[{\"a\":1}"),
            ("a.parquet", b"PAR1"),
        ][kind];
        let behind: &[u8] = if kind == 3 { b"PAR1" } else { b"" };
        let bytes = [before, &bytes, behind].concat();
        let found = read(name, &bytes, &SourceOptions::default());
        prop_assert!(!found.is_empty());
    }
}
