//! Codes of formats, and what a cell of each shows and holds.

use super::super::number::{plain, stored};
use super::NumberFormat;

/// What a format shows of a stored number, what is held, to how many decimals, and whether both
/// differ.
fn shown(code: &str, number: &str) -> (String, String, Option<u32>, bool) {
    let value = stored(number).unwrap_or_default();
    let shown = NumberFormat::parse(code).show(&value, false);
    let (held, decimals) = match shown.held {
        Some(held) => (plain(&held.value), held.decimals),
        None => (String::new(), None),
    };
    (shown.text, held, decimals, shown.differs)
}

#[test]
fn numbers_show_as_their_formats_say() {
    let cases = [
        ("0.0%", "0.5596", "56.0%", "55.96", Some(1), true),
        ("0%", "0.56", "56%", "56", Some(0), false),
        ("0.0\\%", "56", "56.0%", "56", Some(1), false),
        (
            "#,##0.00",
            "1234567.5",
            "1,234,567.50",
            "1234567.5",
            Some(2),
            false,
        ),
        ("0.0_);(0.0)", "-2.5", "-2.5", "-2.5", Some(1), false),
        (
            "0.0;[Red]\u{25B2}0.0",
            "-2.5",
            "-2.5",
            "-2.5",
            Some(1),
            false,
        ),
        ("#.##", "0.5", "0.5", "0.5", Some(2), false),
        ("General", "0.1", "0.1", "0.1", None, false),
        ("General\" km\"", "12", "12km", "12", None, false),
        ("0.0,\"k\"", "1500", "1.5k", "1.5", Some(1), false),
        ("0.0,", "1500", "1500 [0.0,]", "1500", None, false),
        ("0.0E+00", "12345", "12000", "12345", None, true),
        ("0.00E+00", "0.012345", "0.0123", "0.012345", Some(4), true),
        ("# ?/?", "0.5", "0.5", "0.5", None, false),
        ("yyyy-mm-dd", "45291", "2023-12-31", "", None, false),
        ("yyyy\u{5E74}", "45291", "2023", "", None, false),
        ("[h]:mm", "1.5", "1.5", "", None, false),
        ("yyyy-mm-dd", "60", "60", "", None, false),
        ("yyyy-mm-dd", "59", "1900-02-28", "", None, false),
        ("yyyy-mm-dd", "61", "1900-03-01", "", None, false),
        ("[<0]\"minus \"0;0", "5", "5", "5", Some(0), false),
        ("\"a;b\"0", "5", "a;b5", "5", Some(0), false),
        ("", "5", "5", "5", None, false),
        (";;;", "5", "5", "5", None, true),
    ];
    for (code, number, text, held, decimals, differs) in cases {
        let expected = (text.to_owned(), held.to_owned(), decimals, differs);
        assert_eq!(shown(code, number), expected, "{code} of {number}");
    }
}
