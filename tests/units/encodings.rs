//! Encodings: what bytes prove, and what comes of them.

use encoding_rs::{BIG5, GB18030};

use plumbrule::Sources;
use plumbrule::figures::{Encoding, FigureProblem, Limits, RawFile, ReadOptions, Submission};
use plumbrule::message::Lang;
use plumbrule::model::Model;

const TABLE: &str = "指标,时期,数值\n移动电话用户数,2024年,17.9亿户\n";

fn encoded(text: &str, encoding: Encoding) -> Vec<u8> {
    match encoding {
        Encoding::Utf8 => text.as_bytes().to_vec(),
        Encoding::Utf16Le => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        Encoding::Utf16Be => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        Encoding::Gb18030 => GB18030.encode(text).0.into_owned(),
        Encoding::Big5 => BIG5.encode(text).0.into_owned(),
    }
}

fn mark(encoding: Encoding) -> &'static [u8] {
    match encoding {
        Encoding::Utf8 => b"\xEF\xBB\xBF",
        Encoding::Utf16Le => b"\xFF\xFE",
        Encoding::Utf16Be => b"\xFE\xFF",
        Encoding::Gb18030 => b"\x84\x31\x95\x33",
        Encoding::Big5 => b"",
    }
}

fn model() -> Model {
    let mut sources = Sources::with_std();
    sources.add("pack.plumb", "pack p \"P\" {}\n");
    plumbrule::compile(&sources).unwrap().model
}

fn read(model: &Model, bytes: &[u8], asked: Option<Encoding>) -> RawFile {
    let options = ReadOptions {
        limits: Limits::default(),
        encoding: asked,
        sheets: Vec::new(),
    };
    RawFile::read(model, "t.csv", bytes, &options)
}

/// The encoding found and the first value, with its names, as printed.
fn found(model: &Model, bytes: &[u8], asked: Option<Encoding>) -> (Option<Encoding>, String) {
    let file = read(model, bytes, asked);
    let value = file.sheets.first().and_then(|sheet| sheet.values.first());
    let value = value.map(|value| format!("{} {}", value.names.join(" "), value.printed));
    (file.encoding, value.unwrap_or_default())
}

fn keys(problems: &[FigureProblem]) -> Vec<&'static str> {
    problems.iter().map(|one| one.message.key).collect()
}

#[test]
fn one_table_in_every_encoding_is_one_text() {
    let model = model();
    for encoding in Encoding::ALL {
        if encoding == Encoding::Big5 {
            continue;
        }
        let plain = encoded(TABLE, encoding);
        let expected = (Some(encoding), "移动电话用户数 2024年 17.9亿户".to_owned());
        assert_eq!(found(&model, &plain, None), expected);
        assert_eq!(found(&model, &plain, Some(encoding)), expected);
        let marked = [mark(encoding), &plain].concat();
        assert_eq!(found(&model, &marked, Some(Encoding::Big5)), expected);
    }
}

#[test]
fn what_nothing_proves_is_asked_for() {
    let model = model();
    // Few characters, no word that is known: as good in one as in the other.
    let open = encoded("甲乙丙丁\n", Encoding::Gb18030);
    let unclear = read(&model, &open, None);
    assert_eq!(unclear.encoding, None);
    assert_eq!(keys(&unclear.problems), ["figure-encoding-open"]);
    let asked = read(&model, &open, Some(Encoding::Gb18030));
    assert_eq!(asked.encoding, Some(Encoding::Gb18030));
    // Many characters, all of GB 2312.
    let many = encoded("甲乙丙丁戊己庚辛壬癸子丑", Encoding::Gb18030);
    assert_eq!(read(&model, &many, None).encoding, Some(Encoding::Gb18030));
    let traditional = "戶數,年份\n電話用戶,一百萬戶以上，其中城鎮\n";
    let bytes = encoded(traditional, Encoding::Big5);
    let asked = read(&model, &bytes, Some(Encoding::Big5));
    assert_eq!(asked.encoding, Some(Encoding::Big5));
    let headers = asked.sheets.iter().flat_map(|sheet| &sheet.columns);
    let headers: Vec<&str> = headers.map(|column| column.header.as_str()).collect();
    assert_eq!(headers, ["戶數", "年份"]);
    // In neither: the rows without such bytes are read all the same.
    let latin = read(&model, b"caf\xE9,\xE0 la carte,d\xE9j\xE0\n", None);
    assert_eq!(latin.encoding, Some(Encoding::Utf8));
}

#[test]
fn bytes_that_stand_for_nothing_keep_their_place() {
    let model = model();
    let mut bytes = encoded(TABLE, Encoding::Gb18030);
    let byte = bytes.len();
    bytes.extend(b"\xFFx,2024,1\n");
    let mut submission = Submission::new(&model);
    submission.read_table(&model, "t.csv", &bytes, &Limits::default());
    let told = submission.problems.iter();
    let mut told = told.filter(|one| one.message.key == "figure-undecodable");
    let problem = told.next().unwrap();
    assert_eq!(problem.line, 3);
    let said = problem.message.render(Lang::En);
    assert!(
        said.contains(&byte.to_string()) && said.contains("GB18030"),
        "{said}"
    );
}
