//! Numbers that a workbook stores.

#[path = "../../src/figures/grid/workbook/number.rs"]
mod number;

use number::{plain, rounded, stored};

#[test]
fn fifteen_digits_are_meant() {
    let cases = [
        ("0.71379999999999999", Some("0.7138")),
        ("0.30000000000000004", Some("0.3")),
        ("7.1E-05", Some("0.000071")),
        ("1.0E+3", Some("1000")),
        ("-12.50", Some("-12.5")),
        (".5", Some("0.5")),
        ("0", Some("0")),
        ("123456789012345678", Some("123456789012346000")),
        ("", None),
        ("-", None),
        ("1e9999", None),
        ("NaN", None),
        ("1,5", None),
    ];
    for (text, meant) in cases {
        let value = stored(text).map(|value| plain(&value));
        assert_eq!(value.as_deref(), meant, "{text}");
    }
}

#[test]
fn a_half_is_shown_away_from_zero() {
    for (text, decimals, shown) in [
        ("2.25", 1, "2.3"),
        ("-2.25", 1, "-2.3"),
        ("-0.04", 1, "0.0"),
        ("56", 1, "56.0"),
    ] {
        let value = stored(text).map(|value| rounded(&value, decimals));
        assert_eq!(value.as_deref(), Some(shown), "{text}");
    }
}
