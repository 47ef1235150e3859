//! One table in many forms: encodings, JSON, JSON Lines and SDMX-CSV give the same claims; the
//! schema says what is read; what a receipt notes of an encoding is read again.

use std::fmt::Write as _;
use std::fs;
use std::process::Command;

use encoding_rs::{BIG5, GB18030};
use plumbrule::figures::{Encoding, ReadOptions, Submission};
use plumbrule::program::Program;
use plumbrule::{Sources, compile};
use proptest::prelude::*;
use serde_json::Value;

use crate::{common, schema};

fn pack() -> Program {
    let mut sources = Sources::with_std();
    let text = fs::read_to_string(common::root("tests/figures/pack.plumb")).unwrap();
    sources.add("pack.plumb", &text);
    compile(&sources).unwrap()
}

fn read(program: &Program, name: &str, bytes: &[u8], encoding: Option<Encoding>) -> Submission {
    let mut submission = Submission::new(&program.model);
    let options = ReadOptions {
        encoding,
        ..ReadOptions::default()
    };
    submission.read_file(&program.model, name, bytes, &options);
    submission
}

/// Claims without their places, and the problems that are no warnings.
fn said(submission: &Submission) -> Vec<String> {
    let claims = submission.claims.values().map(|claim| {
        format!(
            "{:?} {} {:?} {:?} {} {}",
            claim.figure,
            claim.window,
            claim.exact,
            claim.as_printed,
            claim.statuses.words(),
            submission.text(claim.printed)
        )
    });
    let absences = submission.absences.iter();
    let absences =
        absences.map(|it| format!("{:?} {} {}", it.figure, it.period, it.statuses.words()));
    let problems = submission.problems.iter().filter(|it| !it.is_warning);
    let problems = problems.map(|it| format!("{} {:?}", it.code.as_str(), it.message));
    claims.chain(absences).chain(problems).collect()
}

/// A row: indicator, period, value, status.
type Cells = [String; 4];

fn csv(rows: &[Cells]) -> String {
    let mut text = "指标,时期,数值,状态\n".to_owned();
    for row in rows {
        let cells = row.each_ref().map(|cell| format!("\"{cell}\""));
        writeln!(text, "{}", cells.join(",")).unwrap();
    }
    text
}

fn objects(rows: &[Cells]) -> Vec<Value> {
    let names = ["指标", "时期", "数值", "状态"];
    let object = |row: &Cells| {
        let fields = names.iter().zip(row);
        let fields = fields.map(|(name, cell)| ((*name).to_owned(), Value::from(cell.as_str())));
        Value::Object(fields.collect())
    };
    rows.iter().map(object).collect()
}

fn rows() -> impl Strategy<Value = Vec<Cells>> {
    let indicator = prop::sample::select(vec!["share", "占比", "户数", "销售额", "无此指标"]);
    let period = prop::sample::select(vec!["2024", "2023年底", "2024年上半年", "24"]);
    let value = prop::sample::select(vec![
        "71%",
        "超71.0%",
        "6.4亿户",
        "40余万户",
        "1,234.5万户",
        "１５亿元",
        "",
        "x",
        "近5–6亿元",
    ]);
    let status = prop::sample::select(vec!["", "初步数", "p", "保密", "估计数；断点"]);
    let row = (indicator, period, value, status);
    let row = row.prop_map(|(a, b, c, d)| [a, b, c, d].map(str::to_owned));
    prop::collection::vec(row, 1..8)
}

proptest! {
    #![proptest_config(crate::common::random(48))]

    #[test]
    fn one_table_says_the_same_in_every_form(rows in rows()) {
        let program = pack();
        let text = csv(&rows);
        let expected = said(&read(&program, "t.csv", text.as_bytes(), None));
        let units: Vec<u16> = text.encode_utf16().collect();
        let list = serde_json::to_vec_pretty(&objects(&rows)).unwrap();
        let wrapped = serde_json::json!({"schema": "plumbrule-figures-1", "figures": objects(&rows)});
        let lines: Vec<String> = objects(&rows).iter().map(Value::to_string).collect();
        let marked = |mark: &[u8], bytes: Vec<u8>| [mark.to_vec(), bytes].concat();
        let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
        let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
        for (name, bytes) in [
            ("t.csv", marked(b"\xEF\xBB\xBF", text.clone().into_bytes())),
            ("t.csv", marked(b"\xFF\xFE", little.clone())),
            ("t.csv", little),
            ("t.csv", big),
            ("t.csv", GB18030.encode(&text).0.into_owned()),
            ("t.tsv", text.replace("\",\"", "\"\t\"").replace("指标,时期,数值,", "指标\t时期\t数值\t").into_bytes()),
            ("t.json", list.clone()),
            ("t.json", GB18030.encode(std::str::from_utf8(&list).unwrap()).0.into_owned()),
            ("t.json", wrapped.to_string().into_bytes()),
            ("t.jsonl", lines.join("\n").into_bytes()),
        ] {
            prop_assert_eq!(&said(&read(&program, name, &bytes, None)), &expected, "{}", name);
        }
    }

    /// Any bytes in any encoding, as text or JSON: never a panic, every problem has a place.
    #[test]
    fn no_bytes_are_too_odd(bytes in prop::collection::vec(any::<u8>(), 0..200), at in 0usize..6, name in prop::sample::select(vec!["t.csv", "t.json", "t.jsonl"])) {
        let program = pack();
        let encoding = Encoding::ALL.get(at).copied();
        let submission = read(&program, name, &bytes, encoding);
        prop_assert!(submission.problems.iter().all(|problem| problem.line > 0));
        let is_whole = |text: &str| !text.contains(char::REPLACEMENT_CHARACTER);
        prop_assert!(submission.claims.values().all(|claim| is_whole(submission.text(claim.printed))));
    }

    /// JSON with a byte changed.
    #[test]
    fn no_json_is_too_odd(rows in rows(), at in 0usize..4000, byte in prop::sample::select(b"{}[]\",:\\n0e\xFF\x00 ".to_vec()), name in prop::sample::select(vec!["t.json", "t.jsonl"])) {
        let program = pack();
        let mut bytes = match name {
            "t.json" => serde_json::to_vec(&objects(&rows)).unwrap(),
            _ => objects(&rows).iter().map(Value::to_string).collect::<Vec<_>>().join("\n").into_bytes(),
        };
        let at = at % bytes.len();
        bytes[at] = byte;
        let submission = read(&program, name, &bytes, None);
        prop_assert!(submission.problems.iter().all(|problem| problem.line > 0));
    }
}

#[test]
fn big5_is_read_where_it_is_asked_for() {
    let program = pack();
    let text = "indicator,period,value,note\nshare,2024,71%,電話\n";
    let bytes = BIG5.encode(text).0;
    let submission = read(&program, "t.csv", &bytes, Some(Encoding::Big5));
    let notes: Vec<&str> = submission
        .claims
        .values()
        .map(|it| submission.text(it.note))
        .collect();
    assert_eq!(notes, ["電話"]);
    assert!(submission.problems.is_empty());
}

fn json(path: &str) -> Value {
    serde_json::from_slice(&fs::read(common::root(path)).unwrap()).unwrap()
}

#[test]
fn the_schema_says_what_is_read() {
    let known = json("docs/schema/figures.json");
    for path in [
        "examples/forms/figures.json",
        "tests/figures/shared-fields.json",
        "tests/figures/two-languages.json",
    ] {
        assert_eq!(schema::problems(&known, &json(path)), [""; 0], "{path}");
    }
    let nested = serde_json::json!([{"indicator": "share", "value": [1]}]);
    assert!(!schema::problems(&known, &nested).is_empty());
    // Its fields are the columns of tables, all of them and no other.
    let program = pack();
    let fields = known.pointer("/$defs/figure/properties").unwrap();
    let fields = fields
        .as_object()
        .unwrap()
        .keys()
        .filter(|name| *name != "values");
    let headers = &program.model.words.headers;
    let mut columns: Vec<_> = fields.map(|name| headers.lookup(name).unwrap()).collect();
    columns.sort_unstable();
    columns.dedup();
    assert_eq!(columns.len(), 20);
}

#[test]
fn a_receipt_notes_the_encoding_and_a_replay_reads_it_so() {
    let folder = std::env::temp_dir().join(format!("plumbrule-encoding-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let pack = fs::read(common::root("examples/forms/pack.plumb")).unwrap();
    fs::write(folder.join("pack.plumb"), pack).unwrap();
    let table = GB18030
        .encode("indicator,period,value,note\nIT_USE,2024,81%,甲\nBB_SUB,2024,2100000 persons,乙\n")
        .0;
    fs::write(folder.join("table.csv"), table).unwrap();
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_plumbrule"));
        command
            .current_dir(&folder)
            .args(arguments)
            .arg("--lang")
            .arg("en");
        let output = command.output().unwrap();
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        (output.status.code(), told)
    };
    let check = ["check", "pack.plumb", "--figures", "table.csv"];
    let (status, told) = run(&check);
    assert_eq!(status, Some(2), "{told}");
    assert!(told.contains("--encoding"), "{told}");
    let kept = [
        "--encoding",
        "gbk",
        "--receipt",
        "r.json",
        "--out",
        "out.txt",
    ];
    assert_eq!(
        run(&[&check[..], &kept[..]].concat()),
        (Some(0), String::new())
    );
    let receipt = fs::read_to_string(folder.join("r.json")).unwrap();
    assert!(receipt.contains("\"encoding\": \"GB18030\""), "{receipt}");
    assert_eq!(run(&["replay", "r.json"]).0, Some(0));
    fs::remove_dir_all(&folder).unwrap();
}
