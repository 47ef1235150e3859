//! The one place where a decimal becomes the floating point number that a workbook stores.
//!
//! Goes in: an exact decimal. Comes out: a number in a cell, or `false` where digits would be
//! lost. Never rounds.

use rust_xlsxwriter::{Format, Worksheet, XlsxError};

/// Significant digits that a spreadsheet keeps.
const MOST_DIGITS: usize = 15;

/// Writes a decimal as a number if a spreadsheet shows and keeps every digit of it.
pub(super) fn write(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    decimal: &str,
    format: &Format,
) -> Result<bool, XlsxError> {
    let digits: String = decimal.chars().filter(char::is_ascii_digit).collect();
    let is_short = !digits.is_empty() && digits.trim_matches('0').len() <= MOST_DIGITS;
    match decimal.parse::<f64>() {
        Ok(value) if is_short && value.to_string() == decimal => {
            sheet.write_number_with_format(row, column, value, format)?;
            Ok(true)
        }
        _ => Ok(false),
    }
}
