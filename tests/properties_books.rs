//! Workbooks with bytes changed must not panic; figures give the same claims from CSV and from a
//! workbook. The twin on a stable toolchain of the fuzz target `read_book`.

use std::fs;
use std::io::{Cursor, Read as _, Write as _};
use std::sync::LazyLock;

use plumbrule::figures::{Limits, Submission};
use plumbrule::program::Program;
use plumbrule::{Sources, compile};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use rust_xlsxwriter::{Format, Workbook};

use crate::{common, make};

static PROGRAM: LazyLock<Program> = LazyLock::new(|| {
    let mut sources = Sources::with_std();
    let text = fs::read_to_string(common::root("tests/figures/pack.plumb")).unwrap();
    sources.add("pack.plumb", &text);
    compile(&sources).unwrap()
});

fn read(name: &str, bytes: &[u8]) -> Submission {
    let mut submission = Submission::new(&PROGRAM.model);
    submission.read_table(&PROGRAM.model, name, bytes, &Limits::default());
    submission
}

/// Books of each format.
static BOOKS: LazyLock<Vec<(String, Vec<u8>)>> = LazyLock::new(|| {
    let mut books = vec![
        ("formats.xlsx".to_owned(), make::formats()),
        ("odd.xlsx".to_owned(), make::odd()),
    ];
    for path in common::files("tests/figures/books", &[".xls", ".ods"]) {
        books.push((path.clone(), fs::read(common::root(&path)).unwrap()));
    }
    books
});

type Changes = Vec<(usize, u8)>;

fn changed(mut bytes: Vec<u8>, changes: &Changes) -> Vec<u8> {
    for (at, byte) in changes {
        let at = at % bytes.len();
        bytes[at] = *byte;
    }
    bytes
}

/// A zipped book with bytes of one of its parts changed.
fn with_changed_part(book: &[u8], part: usize, changes: &Changes) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(book)).unwrap();
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let part = part % archive.len();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let name = file.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        if index == part && !bytes.is_empty() {
            bytes = changed(bytes, changes);
        }
        let options = zip::write::SimpleFileOptions::default();
        writer.start_file(name, options).unwrap();
        writer.write_all(&bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

proptest! {
    #![proptest_config(crate::common::random(96))]

    #[test]
    fn changed_books_are_read_or_refused(
        book in any::<prop::sample::Index>(),
        part in any::<usize>(),
        changes in vec((any::<usize>(), any::<u8>()), 1..12),
        cut in prop::option::of(any::<usize>()),
    ) {
        let (name, bytes) = book.get(&BOOKS);
        let mut bytes = match name.ends_with(".xls") {
            true => changed(bytes.clone(), &changes),
            false => with_changed_part(bytes, part, &changes),
        };
        if let Some(cut) = cut {
            bytes.truncate(1 + cut % bytes.len());
        }
        let submission = read(name, &bytes);
        for claim in submission.claims.values() {
            prop_assert!(claim.place.line > 0);
        }
    }

    /// The same cells as text, as text in a workbook, and as numbers in a workbook.
    #[test]
    fn a_figure_is_the_same_in_csv_and_in_a_workbook(
        rows in vec((select(vec!["share", "households", "index"]), 2000..2030_i32, 0..99_999_u32, 0..4_usize), 1..8),
    ) {
        let (mut csv, mut book) = ("indicator,period,value,unit\n".to_owned(), Workbook::new());
        let mut numbers = Workbook::new();
        let (texts, typed) = (book.add_worksheet(), numbers.add_worksheet());
        for sheet in [&mut *texts, &mut *typed] {
            for (column, head) in (0..).zip(["indicator", "period", "value", "unit"]) {
                sheet.write_string(0, column, head).unwrap();
            }
        }
        for (row, (indicator, year, digits, places)) in (1..).zip(&rows) {
            let unit = match *indicator {
                "share" => "%",
                "households" => "\u{4E07}\u{6237}",
                _ => "",
            };
            let scale = 10_u32.pow(*places as u32);
            let text = match places {
                0 => digits.to_string(),
                n => format!("{}.{:0n$}", digits / scale, digits % scale),
            };
            csv.push_str(&format!("{indicator},{year},{text},{unit}\n"));
            for sheet in [&mut *texts, &mut *typed] {
                sheet.write_string(row, 0, *indicator).unwrap();
                sheet.write_string(row, 3, unit).unwrap();
            }
            texts.write_string(row, 1, year.to_string()).unwrap();
            texts.write_string(row, 2, &text).unwrap();
            let code = match places {
                0 => "0".to_owned(),
                n => format!("0.{}", "0".repeat(*n)),
            };
            typed.write_number(row, 1, *year).unwrap();
            let format = Format::new().set_num_format(code);
            typed.write_number_with_format(row, 2, text.parse::<f64>().unwrap(), &format).unwrap();
        }
        let told = |submission: &Submission| -> Vec<String> {
            let claims = submission.claims.values();
            claims
                .map(|one| format!("{:?} {} {:?} {:?}", one.figure, one.period, one.exact, one.as_printed))
                .collect()
        };
        let expected = told(&read("a.csv", csv.as_bytes()));
        prop_assert_eq!(expected.len(), rows.len());
        prop_assert_eq!(&told(&read("a.xlsx", &book.save_to_buffer().unwrap())), &expected);
        prop_assert_eq!(&told(&read("a.xlsx", &numbers.save_to_buffer().unwrap())), &expected);
    }
}
