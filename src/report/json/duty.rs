//! What a rule demands of a row besides its goal, for a machine: by when, and what excuses it.

use serde::Serialize;

use super::super::values::{SetParts, parts_in};
use super::{Text, both, text};
use crate::explain::{Due, Unit};
use crate::model::Waiver;
use crate::set::Set;

/// By when a row was to be met.
#[derive(Serialize)]
pub(super) struct DeadlineJson {
    kind: &'static str,
    text: Text,
    from: Option<SetParts>,
    due: Option<SetParts>,
}

/// The waiver that excuses a row.
#[derive(Serialize)]
pub(super) struct WaiverJson {
    until: String,
    granted_by: String,
    reason: Text,
}

pub(super) fn deadline(due: &Due) -> DeadlineJson {
    let days = |set: &Set| parts_in(set, &Unit::day());
    DeadlineJson {
        kind: due.kind.word(),
        text: text(&due.words),
        from: due.from.as_ref().map(days),
        due: due.by.as_ref().map(days),
    }
}

pub(super) fn waiver(waiver: &Waiver) -> WaiverJson {
    WaiverJson {
        until: waiver.until.last_day().to_string(),
        granted_by: waiver.granted.clone(),
        reason: both(&waiver.reason),
    }
}
