//! Numbers as workbooks store them: decimal text of a binary number goes in, the number of
//! fifteen digits that a spreadsheet means by it comes out. Never keeps the noise behind them.

use crate::number::{Exact, Rounding};

/// Significant digits that a spreadsheet keeps of what is typed, and compares.
const DIGITS: usize = 15;
/// Decimal exponents beyond any that a spreadsheet stores.
const MOST_EXPONENT: i32 = 400;

/// The number of a stored text such as `0.71379999999999999` or `7.1E-05`.
pub(super) fn stored(text: &str) -> Option<Exact> {
    let text = text.trim();
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
        None => (text, 0),
    };
    let body = mantissa.strip_prefix(['+', '-']).unwrap_or(mantissa);
    let (whole, fraction) = body.split_once('.').unwrap_or((body, ""));
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.len() + fraction.len() == 0 || !is_number(whole) || !is_number(fraction) {
        return None;
    }
    let digits = format!("{whole}{fraction}");
    let digits = digits.trim_start_matches('0');
    // A longer text is no number that a program stored.
    if digits.len() > 400 || exponent.abs() > MOST_EXPONENT {
        return None;
    }
    let mut exponent = exponent - i32::try_from(fraction.len()).ok()?;
    let kept = digits.get(..DIGITS.min(digits.len()))?;
    let rest = digits.get(kept.len()..)?;
    let mut value = match kept {
        "" => Exact::from(0),
        _ => Exact::parse_decimal(kept).ok()?,
    };
    exponent += i32::try_from(rest.len()).ok()?;
    if rest.starts_with(['5', '6', '7', '8', '9']) {
        value = &value + &Exact::from(1);
    }
    value = &value * &Exact::pow10(i16::try_from(exponent).ok()?);
    Some(if mantissa.starts_with('-') {
        &Exact::from(0) - &value
    } else {
        value
    })
}

/// A number with so many decimals, the half away from zero, as spreadsheets show it.
pub(super) fn rounded(value: &Exact, decimals: u32) -> String {
    let places = i16::try_from(decimals).unwrap_or(i16::MAX);
    let half = Exact::ratio(1, 2).map(|half| &half * &Exact::pow10(-places));
    let size = &value.abs() + &half.unwrap_or_else(|| Exact::from(0));
    let digits = size.round_string(decimals, Rounding::Down);
    match value.is_negative() && digits.contains(|c: char| c.is_ascii_digit() && c != '0') {
        true => format!("-{digits}"),
        false => digits,
    }
}

/// A number with all its digits.
pub(super) fn plain(value: &Exact) -> String {
    value.decimal_string().unwrap_or_default()
}
