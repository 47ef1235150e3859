//! Signs that keep a spreadsheet from reading a cell otherwise than it is meant: a cell as written goes in, what
//! it says comes out.

/// The text of a cell as the reader gives it.
pub(crate) fn shown(cell: &str) -> String {
    // What was kept from running in a spreadsheet is itself again.
    let restored = crate::formula::restored(cell);
    match restored.len() == cell.len() {
        true => meant(cell),
        false => restored.to_owned(),
    }
}

/// Whether a cell that starts with this byte may say something else than what is written.
pub(crate) fn may_be_kept(first: u8) -> bool {
    // Most cells start with none of these signs, nor with a byte of a blank.
    matches!(first, b'=' | b'\'' | 0..=b' ' | 0xC2 | 0xE1..=0xE3)
}

/// What a cell says to a spreadsheet that writes signs to keep it from reading it otherwise:
/// `="0012"` and `'0012` are the text 0012, `'=1` is the text =1.
fn meant(cell: &str) -> String {
    if !cell.as_bytes().first().copied().is_some_and(may_be_kept) {
        return cell.to_owned();
    }
    let formula = cell.trim().strip_prefix("=\"");
    if let Some(inner) = formula.and_then(|rest| rest.strip_suffix('"')) {
        let plain = inner.replace("\"\"", "");
        if !plain.contains('"') {
            return inner.replace("\"\"", "\"");
        }
    }
    let quoted = cell.strip_prefix('\'');
    let is_kept = |c: char| c.is_numeric() || matches!(c, '=' | '+' | '-' | '@' | '.');
    match quoted.filter(|rest| rest.starts_with(is_kept)) {
        Some(rest) => rest.to_owned(),
        None => cell.to_owned(),
    }
}
