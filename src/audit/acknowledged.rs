//! Findings that somebody has looked at: a file says which, why, who, and until when.
//!
//! Bytes of JSON go in, acknowledgements or what is wrong with them come out. One counts for the
//! figures that it was written for and up to its last day; after that its finding comes back.

use chrono::NaiveDate;
use serde::Deserialize;

use super::{Audit, AuditFinding};
use crate::message::Message;
use crate::period::{Period, PeriodWords};

/// The schema of the file.
pub const ACKNOWLEDGED: &str = "plumbrule-acknowledged-1";

/// Most bytes of the file.
pub const MOST_ACKNOWLEDGED_BYTES: usize = 16 << 20;

/// Somebody has looked at a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acknowledgement {
    /// The id of the finding.
    pub id: String,
    /// The digest of its figures.
    pub digest: String,
    /// Why it asks for nothing.
    pub reason: String,
    /// Who says so.
    pub author: String,
    /// The last day on which it counts.
    pub until: NaiveDate,
}

/// Whether an acknowledgement counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lapse {
    /// It counts.
    None,
    /// Its last day is over.
    Ended,
    /// The figures are no longer those that it was written for.
    Changed,
}

impl Lapse {
    /// The word of the machine output.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Lapse::None => "counts",
            Lapse::Ended => "ended",
            Lapse::Changed => "changed",
        }
    }

    /// The key of its sentence in the catalogue.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Lapse::None => "audit-acknowledged",
            Lapse::Ended => "audit-acknowledged-ended",
            Lapse::Changed => "audit-acknowledged-changed",
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileJson {
    schema: String,
    acknowledged: Vec<EntryJson>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EntryJson {
    id: String,
    digest: String,
    reason: String,
    author: String,
    until: String,
}

/// Reads a file of acknowledgements.
///
/// # Errors
///
/// The first thing that is wrong with it, with its line where there is one.
///
/// ```
/// use plumbrule::audit::acknowledgements;
///
/// let file = r#"{
///   "schema": "plumbrule-acknowledged-1",
///   "acknowledged": [{
///     "id": "growth/sales/city/2024", "digest": "0123456789abcdef",
///     "reason": "on a comparable basis", "author": "Li", "until": "2026-12-31"
///   }]
/// }"#;
/// assert_eq!(acknowledgements(file.as_bytes()).unwrap()[0].author, "Li");
/// assert!(acknowledgements(b"[]").is_err());
/// ```
pub fn acknowledgements(bytes: &[u8]) -> Result<Vec<Acknowledgement>, Message> {
    if bytes.len() > MOST_ACKNOWLEDGED_BYTES {
        return Err(Message::new("acknowledged-too-large").with("most", MOST_ACKNOWLEDGED_BYTES));
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let file: FileJson = serde_json::from_slice(bytes).map_err(|error| {
        Message::new("acknowledged-json")
            .with("line", error.line())
            .with("column", error.column())
    })?;
    if file.schema != ACKNOWLEDGED {
        return Err(Message::new("acknowledged-schema").with("expected", ACKNOWLEDGED));
    }
    file.acknowledged.into_iter().map(entry).collect()
}

fn entry(entry: EntryJson) -> Result<Acknowledgement, Message> {
    let blank = [
        ("reason", &entry.reason),
        ("author", &entry.author),
        ("id", &entry.id),
        ("digest", &entry.digest),
    ];
    if let Some((field, _)) = blank.into_iter().find(|(_, text)| text.trim().is_empty()) {
        return Err(Message::new("acknowledged-blank")
            .with("field", field)
            .with("id", &entry.id));
    }
    let until = Period::parse(&entry.until, &PeriodWords::default());
    let Ok(until) = until else {
        return Err(Message::new("acknowledged-until")
            .with("found", entry.until)
            .with("id", entry.id));
    };
    Ok(Acknowledgement {
        id: entry.id,
        digest: entry.digest,
        reason: entry.reason,
        author: entry.author,
        until: until.last_day(),
    })
}

impl Audit {
    /// Notes which findings are acknowledged on a day, and gives back what no finding answers to.
    #[must_use]
    pub fn acknowledge<'a>(
        &mut self,
        known: &'a [Acknowledgement],
        day: NaiveDate,
    ) -> Vec<&'a Acknowledgement> {
        let mut unused = Vec::new();
        for one in known {
            let of = |finding: &&mut AuditFinding| finding.id == one.id;
            let Some(finding) = self.findings.iter_mut().find(of) else {
                unused.push(one);
                continue;
            };
            let lapse = match () {
                () if finding.digest != one.digest => Lapse::Changed,
                () if one.until < day => Lapse::Ended,
                () => Lapse::None,
            };
            // Of several for one finding the one that counts is told.
            let before = finding.acknowledged.as_ref().map(|(_, lapse)| *lapse);
            if before.is_none_or(|before| lapse < before) {
                finding.acknowledged = Some((one.clone(), lapse));
            }
        }
        unused
    }
}
