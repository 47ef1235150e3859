//! Bytes and texts of files that somebody else may have written: read within bounds, shown within
//! bounds, and their digests. Never trusts a size or a sign.

use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::{MOST_BYTES, Refusal};
use crate::message::Message;

/// SHA-256 in lower-case hexadecimal digits.
///
/// ```
/// let digest = plumbrule::receipt::sha256(b"abc");
/// assert!(digest.starts_with("ba7816bf8f01cfea"));
/// ```
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    let digits: Vec<String> = Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    digits.concat()
}

pub(super) fn is_digest(text: &str) -> bool {
    text.len() == 64
        && text
            .bytes()
            .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// Signs of a foreign text that a sentence shows.
const MOST_SHOWN: usize = 80;

/// A text of a foreign file as a sentence may show it: short, and without control signs.
pub(super) fn clipped(text: &str) -> String {
    let shown: String = text
        .chars()
        .map(|c| if c.is_control() { '\u{fffd}' } else { c })
        .take(MOST_SHOWN)
        .collect();
    match text.chars().nth(MOST_SHOWN) {
        Some(_) => format!("{shown}…"),
        None => shown,
    }
}

/// Reads JSON of a bounded size; its depth is bounded by the reader.
pub(super) fn json<'b, T: Deserialize<'b>>(bytes: &'b [u8]) -> Result<T, Refusal> {
    if bytes.len() > MOST_BYTES {
        return Err(Message::new("receipt-too-large")
            .with("most", MOST_BYTES)
            .into());
    }
    serde_json::from_slice(bytes).map_err(|error| {
        let key = if error.is_data() {
            "receipt-field"
        } else {
            "receipt-json"
        };
        let why = error.to_string();
        let why = why.split(" at line ").next().unwrap_or_default();
        let message = Message::new(key)
            .with("line", error.line())
            .with("column", error.column())
            .with("why", Message::new("why-library").with("why", clipped(why)));
        Refusal {
            message,
            help: Some(Message::new("help-receipt")),
        }
    })
}
