//! Cells that show no value: an error of a formula, a formula that nobody calculated, a number
//! shown in an unknown scale. A cell carries such a fault as the text that it would show.

/// What is wrong with a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::figures) enum Fault<'t> {
    /// A formula failed: `#DIV/0!`.
    Error(&'t str),
    /// A formula without a stored value.
    NotCalculated(&'t str),
    /// Commas of the format leave thousands out, and nothing says so: code and number.
    Scaled(&'t str, &'t str),
}

/// The errors of spreadsheet programs.
const ERRORS: [&str; 14] = [
    "#DIV/0!",
    "#N/A",
    "#NAME?",
    "#NULL!",
    "#NUM!",
    "#REF!",
    "#VALUE!",
    "#SPILL!",
    "#CALC!",
    "#GETTING_DATA",
    "#FIELD!",
    "#BLOCKED!",
    "#CONNECT!",
    "#UNKNOWN!",
];

impl<'t> Fault<'t> {
    /// The fault that the text of a cell tells of. `is_number` says whether the file holds a number.
    pub(in crate::figures) fn of(text: &'t str, is_number: bool) -> Option<Fault<'t>> {
        let text = text.trim();
        if ERRORS.contains(&text) || text.starts_with("Err:") {
            return Some(Fault::Error(text));
        }
        if text.starts_with('=') {
            return Some(Fault::NotCalculated(text));
        }
        let scaled = text.strip_suffix(']').filter(|_| is_number)?;
        let (number, code) = scaled.split_once(" [")?;
        code.contains(',').then_some(Fault::Scaled(code, number))
    }

    /// The text of a number in an unknown scale.
    pub(super) fn scaled(code: &str, number: &str) -> String {
        format!("{number} [{code}]")
    }
}
