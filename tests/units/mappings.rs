//! Which files and sheets a mapping is about.

use plumbrule::model::{FixedParts, TableMapping};
use plumbrule::source::{Sources, Span};

fn mapping(files: &[&str], sheets: &[&str]) -> TableMapping {
    let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    TableMapping {
        name: "m".to_owned(),
        files: texts(files),
        sheets: texts(sheets),
        header: None,
        rows: None,
        columns: Vec::new(),
        shared: FixedParts::default(),
        missing: Vec::new(),
        span: Span {
            source: Sources::new().add("m", ""),
            start: 0,
            end: 0,
        },
    }
}

#[test]
fn a_star_stands_for_any_text_and_a_question_mark_for_one_character() {
    for (pattern, text, is_one) in [
        ("*.xlsx", "a.xlsx", true),
        ("*.xlsx", "a.xls", false),
        ("*\u{5e74}*.csv", "2023\u{5e74}\u{62a5}.csv", true),
        ("t?.csv", "t1.csv", true),
        ("t?.csv", "t.csv", false),
        ("*", "", true),
        ("", "", true),
        ("a*a*a", "aaaa", true),
        ("a*b", "a-c", false),
    ] {
        let of_file = mapping(&[pattern], &[]);
        assert_eq!(of_file.is_about(text, None), is_one, "{pattern} {text}");
        let of_sheet = mapping(&[], &[pattern]);
        let is_about = of_sheet.is_about("any.xlsx", Some(text));
        assert_eq!(is_about, is_one, "{pattern} {text}");
    }
}
