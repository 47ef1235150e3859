//! Text that a spreadsheet would run as a formula: any text goes in, one that stands for itself
//! comes out, and the other way round. Never changes a number.

use std::borrow::Cow;

/// A text that no spreadsheet takes for a formula: one that it would gets an apostrophe before it.
///
/// So does a text that already reads like that, so that [`restored`] gives back exactly what was
/// there. Plain numbers stay as they are.
///
/// ```
/// use plumbrule::formula::{neutral, restored};
///
/// assert_eq!(neutral("=1+1"), "'=1+1");
/// assert_eq!(neutral("-0.75"), "-0.75");
/// assert_eq!(restored(&neutral("=1+1")), "=1+1");
/// ```
#[must_use]
pub fn neutral(text: &str) -> Cow<'_, str> {
    if is_formula(text) {
        Cow::from(format!("'{text}"))
    } else {
        Cow::from(text)
    }
}

/// The text that [`neutral`] was given; any other text stays as it is.
#[must_use]
pub fn restored(text: &str) -> &str {
    text.strip_prefix('\'')
        .filter(|rest| is_formula(rest))
        .unwrap_or(text)
}

fn is_formula(text: &str) -> bool {
    let bare = text.trim_start_matches('\'');
    let starts_one = bare.starts_with([
        '=', '+', '-', '@', '\t', '\r', '\n', '\u{FF1D}', '\u{FF0B}', '\u{FF0D}', '\u{FF20}',
    ]);
    // Readers take the apostrophe off a number that was kept as text.
    let is_kept = bare.len() < text.len() && bare.starts_with(|c: char| c.is_numeric() || c == '.');
    (starts_one || is_kept) && !is_number(text)
}

fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, rest) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    all_digits(whole) && all_digits(rest)
}
