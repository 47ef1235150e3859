//! Codes of formats of workbooks, and what a cell of each shows and holds.

use plumbrule::figures::Limits;
use plumbrule::figures::grid::ProblemKind;
use plumbrule::figures::table::{Column, Known, read_tables};
use plumbrule::model::Model;
use rust_xlsxwriter::Format;

use crate::make::{book, sheet, texts};

/// What a cell of a format shows of a number, what is held, to how many decimals, and whether a
/// reader is told that both differ.
fn shown(model: &Model, code: &str, number: f64) -> (String, String, Option<u32>, bool) {
    let page = sheet("s", |sheet| {
        texts(sheet, 0, &["indicator", "period", "value"]);
        texts(sheet, 1, &["a", "2023"]);
        let format = Format::new().set_num_format(code);
        sheet
            .write_number_with_format(1, 2, number, &format)
            .unwrap();
    });
    let bytes = book(vec![page]);
    let known = Known::of(model);
    let tables = read_tables("b.xlsx", &bytes, &known, &Limits::default(), &[]);
    let items: Vec<_> = tables.into_iter().flatten().collect();
    let differs = items.iter().any(|item| match item {
        Err(problem) => matches!(problem.kind, ProblemKind::Book(_)) && problem.is_warning(),
        Ok(_) => false,
    });
    let row = items.iter().find_map(|item| item.as_ref().ok()).unwrap();
    let cell = row.cells.get(Column::Value).unwrap();
    let held = cell.held.as_ref();
    (
        cell.text.clone(),
        held.map_or_else(String::new, |held| held.value.decimal_string().unwrap()),
        held.and_then(|held| held.decimals),
        differs,
    )
}

#[test]
fn numbers_show_as_their_formats_say() {
    let model = super::table::model();
    let cases = [
        ("0.0%", 0.5596, "56.0%", "55.96", Some(1), true),
        ("0%", 0.56, "56%", "56", Some(0), false),
        ("0.0\\%", 56.0, "56.0%", "56", Some(1), false),
        (
            "#,##0.00",
            1_234_567.5,
            "1,234,567.50",
            "1234567.5",
            Some(2),
            false,
        ),
        ("0.0_);(0.0)", -2.5, "-2.5", "-2.5", Some(1), false),
        ("0.0;[Red]\u{25B2}0.0", -2.5, "-2.5", "-2.5", Some(1), false),
        ("#.##", 0.5, "0.5", "0.5", Some(2), false),
        ("General", 0.1, "0.1", "0.1", None, false),
        ("General\" km\"", 12.0, "12km", "12", None, false),
        ("0.0,\"k\"", 1500.0, "1.5k", "1.5", Some(1), false),
        ("0.0,", 1500.0, "1500 [0.0,]", "1500", None, false),
        ("0.0E+00", 12345.0, "12000", "12345", None, true),
        ("0.00E+00", 0.012345, "0.0123", "0.012345", Some(4), true),
        ("# ?/?", 0.5, "0.5", "0.5", None, false),
        ("yyyy-mm-dd", 45291.0, "2023-12-31", "", None, false),
        ("yyyy\u{5E74}", 45291.0, "2023", "", None, false),
        ("[h]:mm", 1.5, "1.5", "", None, false),
        ("yyyy-mm-dd", 60.0, "60", "", None, false),
        ("yyyy-mm-dd", 59.0, "1900-02-28", "", None, false),
        ("yyyy-mm-dd", 61.0, "1900-03-01", "", None, false),
        ("[<0]\"minus \"0;0", 5.0, "5", "5", Some(0), false),
        ("\"a;b\"0", 5.0, "a;b5", "5", Some(0), false),
        ("", 5.0, "5", "5", None, false),
        (";;;", 5.0, "5", "5", None, true),
    ];
    for (code, number, text, held, decimals, differs) in cases {
        let expected = (text.to_owned(), held.to_owned(), decimals, differs);
        assert_eq!(shown(&model, code, number), expected, "{code} of {number}");
    }
}
