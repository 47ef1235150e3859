//! Files that hold a result: the start of one goes in, whether it is a result comes out. Figures that were cleaned
//! are none, since they are read again.

use super::{columns, csv, outlook};

/// How results in JSON begin, and how figures do that were cleaned.
const SCHEMA: &str = "plumbrule-";
const FIGURES: &str = "plumbrule-clean-";

/// Whether a table of these columns holds verdicts or findings, which no reader takes for figures.
///
/// ```
/// use plumbrule::report::has_heads_of_result;
///
/// assert!(has_heads_of_result(&["entity", "period", "rule", "verdict", "cause", "outcome"]));
/// assert!(!has_heads_of_result(&["entity", "period", "indicator", "value"]));
/// ```
#[must_use]
pub fn has_heads_of_result(heads: &[&str]) -> bool {
    columns::are_heads(heads)
        || [&csv::HEADS[..], &csv::AUDIT_HEADS, outlook::HEADS].contains(&heads)
}

/// Whether a text or JSON file that begins so holds verdicts or findings, as this program writes them.
///
/// ```
/// use plumbrule::report::begins_as_result;
///
/// assert!(begins_as_result(b"{\n  \"schema\": \"plumbrule-check-1\",\n"));
/// assert!(begins_as_result(b"entity,period,rule,verdict,cause,outcome\nA,2025,r,pass,,\n"));
/// assert!(!begins_as_result(b"entity,period,share\nA,2025,12\n"));
/// ```
#[must_use]
pub fn begins_as_result(start: &[u8]) -> bool {
    let start = String::from_utf8_lossy(start);
    let start = start.strip_prefix('\u{FEFF}').unwrap_or(&start);
    let schema = start.strip_prefix('{').and_then(|rest| {
        let rest = rest.trim_start().strip_prefix("\"schema\"")?;
        let rest = rest.trim_start().strip_prefix(':')?;
        rest.trim_start().strip_prefix('"')
    });
    if let Some(schema) = schema {
        return schema.starts_with(SCHEMA) && !schema.starts_with(FIGURES);
    }
    let heads: Vec<&str> = start.lines().next().unwrap_or("").split(',').collect();
    has_heads_of_result(&heads)
}
