//! Texts that a spreadsheet would run, and what they become.

use plumbrule::formula::{neutral, restored};

#[test]
fn what_would_be_a_formula_is_text_and_comes_back() {
    let cases = [
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("-2+3", "'-2+3"),
        ("-0.75", "-0.75"),
        ("-1e5", "'-1e5"),
        ("+5", "'+5"),
        ("'=1", "''=1"),
        ("\u{FF1D}1", "'\u{FF1D}1"),
        ("\t=1", "'\t=1"),
        ("'tis", "'tis"),
        ("'0012", "''0012"),
        ("a=1", "a=1"),
        ("", ""),
    ];
    for (text, written) in cases {
        assert_eq!(neutral(text), written);
        assert_eq!(restored(written), text);
    }
    assert_eq!(restored("'-5"), "'-5", "a number was never changed");
}
