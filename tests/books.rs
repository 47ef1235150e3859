//! What becomes of workbooks: books made here and books stored in `tests/figures/books` are read
//! against `tests/figures/pack.plumb`; the snapshots hold claims and problems.

use std::fmt::Write as _;
use std::fs;
use std::io::{Cursor, Write as _};

use calamine::{Reader as _, Xlsx, open_workbook_from_rs};
use plumbrule::explain::{Unit, set_text};
use plumbrule::figures::{ClaimState, Limits, ReadOptions, Submission};
use plumbrule::message::Lang;
use plumbrule::program::Program;
use plumbrule::{Sources, compile};

use crate::{common, golden, make};

fn pack() -> Program {
    let mut sources = Sources::with_std();
    let text = fs::read_to_string(common::root("tests/figures/pack.plumb")).unwrap();
    sources.add("pack.plumb", &text);
    compile(&sources).unwrap()
}

fn read(program: &Program, name: &str, bytes: &[u8], sheets: &[&str]) -> Submission {
    let mut submission = Submission::new(&program.model);
    let options = ReadOptions {
        sheets: sheets.iter().map(|name| (*name).to_owned()).collect(),
        ..ReadOptions::default()
    };
    submission.read_file(&program.model, name, bytes, &options);
    submission
}

/// Claims and problems, each with its place.
fn told(program: &Program, submission: &Submission) -> String {
    let mut out = String::new();
    for claim in submission.claims.values() {
        let indicator = &program.model.indicators[claim.figure.indicator];
        let unit = Unit::of_figure(program, &claim.figure);
        let shown = |set| set_text(set, &unit.factor, &unit.name);
        let (place, printed) = (submission.place(claim), submission.text(claim.printed));
        write!(out, "{place} {} {} {printed:?}", indicator.id, claim.period).unwrap();
        if claim.state == ClaimState::Unreadable {
            writeln!(out, " unreadable").unwrap();
            continue;
        }
        let (exact, printed) = (shown(&claim.exact), shown(&claim.as_printed));
        writeln!(out, " exact {exact} printed {printed}").unwrap();
    }
    for lang in [Lang::En, Lang::Zh] {
        for problem in &submission.problems {
            let severity = if problem.is_warning {
                "warning"
            } else {
                "error"
            };
            let (code, message) = (problem.code.as_str(), problem.message.render(lang));
            writeln!(out, "{severity}[{code}] {} {message}", problem.place()).unwrap();
            if let Some(help) = &problem.help {
                writeln!(out, "    = {}", help.render(lang)).unwrap();
            }
        }
    }
    out
}

#[test]
fn books_made_here() {
    let program = pack();
    for (name, bytes) in [
        ("formats", make::formats()),
        ("periods", make::periods()),
        ("odd", make::odd()),
        ("sheets", make::sheets()),
    ] {
        let submission = read(&program, &format!("{name}.xlsx"), &bytes, &[]);
        golden::snapshot("books", name, told(&program, &submission).trim_end());
    }
}

#[test]
fn books_that_another_program_wrote() {
    let program = pack();
    for path in common::files("tests/figures/books", &[".xls", ".ods"]) {
        let bytes = fs::read(common::root(&path)).unwrap();
        let name = path.trim_start_matches("tests/figures/books/");
        let submission = read(&program, name, &bytes, &[]);
        let stem = name.replace('.', "-");
        golden::snapshot("books", &stem, told(&program, &submission).trim_end());
    }
}

#[test]
fn a_sheet_is_read_by_its_name() {
    let program = pack();
    let bytes = make::sheets();
    let places = |submission: &Submission| -> Vec<String> {
        let claims = submission.claims.values();
        claims.map(|claim| submission.place(claim)).collect()
    };
    let one = read(&program, "b.xlsx", &bytes, &["2024"]);
    assert_eq!(places(&one), ["b.xlsx!2024!C2"]);
    assert!(one.problems.is_empty());
    // A hidden sheet that is asked for is read, and what is wrong with it is told.
    let hidden = read(&program, "b.xlsx", &bytes, &["LISTS"]);
    assert_eq!(hidden.problems.len(), 1);
    assert_eq!(hidden.problems[0].message.key, "figure-no-header");
    let none = read(&program, "b.xlsx", &bytes, &["2025"]);
    let told = none.problems[0].help.as_ref().unwrap().render(Lang::En);
    assert!(told.contains("2023") && told.contains("2024"), "{told}");
}

/// What is said about bytes with a name, in English.
fn refusal(name: &str, bytes: &[u8]) -> String {
    let program = pack();
    let submission = read(&program, name, bytes, &[]);
    assert_eq!(submission.claims.len(), 0, "{name}");
    let told = submission.problems.iter();
    let told: Vec<String> = told.map(|one| one.message.render(Lang::En)).collect();
    told.join("; ")
}

#[test]
fn what_is_no_workbook_is_told_as_what_it_is() {
    let cases: &[(&str, &[u8], &str)] = &[
        (
            "a.xls",
            b"<html><table><tr><td>1</td></tr></table></html>",
            "HTML",
        ),
        (
            "a.xls",
            b"indicator,period,value\nindex,2024,5\n",
            "a text, such as CSV",
        ),
        ("a.xlsx", b"\xFF\xFEa\0b\0", "a text, such as CSV"),
        ("a.xls", b"<?xml version=\"1.0\"?><Workbook/>", "Excel 2003"),
        ("a.ods", b"", "empty"),
        (
            "a.xlsx",
            b"PK\x03\x04 and then nothing",
            "its end is missing",
        ),
        (
            "a.xls",
            b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and then nothing",
            "part `cfb`",
        ),
        ("a.xlsx", &[0, 1, 2, 3], "no workbook"),
    ];
    for (name, bytes, part) in cases {
        let told = refusal(name, bytes);
        assert!(told.contains(part), "{name}: {told}");
    }
}

#[test]
fn a_workbook_with_a_password_is_told_so() {
    let mut file = cfb::CompoundFile::create(std::io::Cursor::new(Vec::new())).unwrap();
    for part in ["/EncryptionInfo", "/EncryptedPackage"] {
        let mut stream = file.create_stream(part).unwrap();
        stream.write_all(&[7; 512]).unwrap();
    }
    let bytes = file.into_inner().into_inner();
    for name in ["locked.xlsx", "locked.xls", "locked"] {
        let told = refusal(name, &bytes);
        assert!(told.contains("password"), "{name}: {told}");
    }
}

/// An archive with these parts.
fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        let options = zip::write::SimpleFileOptions::default()
            .compression_method(zip::CompressionMethod::Deflated)
            .compression_level(Some(9));
        writer.start_file(*name, options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

const WORKBOOK: &str =
    r#"<workbook xmlns:r="r"><sheets><sheet name="S" sheetId="1" r:id="a"/></sheets></workbook>"#;
const RELATIONS: &str = r#"<Relationships><Relationship Id="a" Type="x/worksheet" Target="worksheets/s.xml"/><Relationship Id="b" Type="x/sharedStrings" Target="strings.xml"/></Relationships>"#;

fn bare_book(sheet: &[u8], strings: &[u8]) -> Vec<u8> {
    archive(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("xl/workbook.xml", WORKBOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", RELATIONS.as_bytes()),
        ("xl/worksheets/s.xml", sheet),
        ("xl/strings.xml", strings),
    ])
}

#[test]
fn books_that_unpack_to_too_much_are_refused() {
    let mut blanks = b"<worksheet><sheetData>".to_vec();
    blanks.resize(4 << 20, b' ');
    let told = refusal("bomb.xlsx", &bare_book(&blanks, b"<sst/>"));
    assert!(told.contains("cell of"), "{told}");
    let row = b"<row><c><v>1</v></c></row>";
    let many: Vec<u8> = row
        .iter()
        .copied()
        .cycle()
        .take(row.len() * 800_000)
        .collect();
    let told = refusal("bomb.xlsx", &bare_book(&many, b"<sst/>"));
    assert!(told.contains("times its size"), "{told}");
    let program = pack();
    let small = ReadOptions {
        limits: Limits {
            unpacked_bytes: 1 << 20,
            ..Limits::default()
        },
        ..ReadOptions::default()
    };
    let mut submission = Submission::new(&program.model);
    let book = bare_book(&many[..2 << 20], b"<sst/>");
    submission.read_file(&program.model, "bomb.xlsx", &book, &small);
    let told = submission.problems[0].message.render(Lang::En);
    assert!(
        told.contains("unpacks to more than 1048576 bytes"),
        "{told}"
    );
}

#[test]
fn odd_markup_is_read_or_told() {
    let program = pack();
    let strings = br#"<sst><si><t>indicator</t></si><si><t>period</t></si><si><t>value</t></si><si><t>index</t></si></sst>"#;
    let head = r#"<worksheet><sheetData><row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="s"><v>2</v></c></row>"#;
    let row = |cells: &str| format!(r#"<row><c t="s"><v>3</v></c>{cells}</row>"#);
    let sheet = [
        head.to_owned(),
        row(
            r#"<c><v>2020</v></c><c t="inlineStr"><is><r><t>10</t></r><rPh><t>x</t></rPh><r><rPr><vertAlign val="superscript"/></rPr><t>1</t></r></is></c>"#,
        ),
        row(r#"<c><v>2021</v></c><c><f>A1+B1</f></c>"#),
        row(r#"<c><v>2022</v></c><c t="str"><f>"1"&amp;"2"</f><v>12</v></c>"#),
        row(r#"<c t="d"><v>2023-01-01T00:00:00</v></c><c><v>0.30000000000000004</v></c>"#),
        row(r#"<c><v>2024</v></c><c t="e"><v>#REF!</v></c>"#),
        "</sheetData></worksheet>".to_owned(),
    ];
    let book = bare_book(sheet.concat().as_bytes(), strings);
    let submission = read(&program, "odd.xlsx", &book, &[]);
    golden::snapshot("books", "markup", told(&program, &submission).trim_end());
    let broken = bare_book(
        b"<worksheet><sheetData><row><c t=\"s\"><v>9</v></c></row>",
        strings,
    );
    let told = refusal("broken.xlsx", &broken);
    assert!(told.contains("sharedStrings"), "{told}");
    let entity = bare_book(
        b"<worksheet><sheetData><row><c t=\"str\"><v>&lol;</v></c></row>",
        strings,
    );
    assert!(refusal("entity.xlsx", &entity).contains("is broken"));
}

/// A second opinion on the texts and numbers of books: calamine, which reads no formats.
#[test]
fn the_texts_of_books_are_those_that_another_reader_finds() {
    let program = pack();
    for (name, bytes) in [("odd", make::odd()), ("sheets", make::sheets())] {
        let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes.as_slice())).unwrap();
        let submission = read(&program, &format!("{name}.xlsx"), &bytes, &[]);
        let mut n_compared = 0;
        for claim in submission.claims.values() {
            let sheet = submission.text(claim.place.sheet);
            let range = book.worksheet_range(sheet).unwrap();
            let at = (claim.place.line - 1, claim.place.column - 1);
            let found = range.get_value(at).unwrap().to_string();
            let printed = submission.text(claim.printed);
            // A raised mark is text to the other reader.
            if !found.contains("26.51") {
                assert_eq!(printed, found.trim(), "{name} {at:?}");
                n_compared += 1;
            }
        }
        assert!(n_compared > 1, "{name}");
    }
}
