//! The answer of a run that was made again, for a machine. Words of enumerations are never
//! translated; what is shortened is said to be.

use serde::Serialize;

use super::{Replay, Signed, Text, reason, sentence};
use crate::message::Message;
use crate::receipt::{
    Clock, Difference, FileKind, InputFile, OutputNote, RowChange, RowNote, clipped, layout,
};

impl Replay {
    /// The answer for a machine, as `plumbrule-replay-1` of `docs/schema/receipt.json`.
    #[must_use]
    pub fn json(&self) -> Vec<u8> {
        let differences = self.comparison.differences.iter().map(DifferenceJson::of);
        layout::lines(&ReplayJson {
            schema: "plumbrule-replay-1",
            same: self.is_same(),
            differences: differences.collect(),
            not_run: self.now.as_ref().err().map(sentence),
            n_rows: self.was.rows.len(),
            rows: self.comparison.rows.iter().map(RowJson::of).collect(),
            output: OutputJson {
                was: &self.was.output,
                now: self.now.as_ref().ok().map(|now| &now.output),
                kept: self.kept.as_ref().map(|(_, is_it)| *is_it),
                differs_at: self.place.as_ref().map(|place| PlaceJson {
                    byte: place.byte,
                    line: place.line,
                    was: place.line.map(|_| clipped(&place.was)),
                    now: place.line.map(|_| clipped(&place.now)),
                }),
            },
            unlisted: &self.unlisted,
            signed: matches!(self.signed, Signed::NotLookedAt(_)),
            signature_checked: false,
        })
    }
}

#[derive(Serialize)]
struct ReplayJson<'a> {
    schema: &'static str,
    same: bool,
    differences: Vec<DifferenceJson<'a>>,
    not_run: Option<Text>,
    n_rows: usize,
    rows: Vec<RowJson<'a>>,
    output: OutputJson<'a>,
    unlisted: &'a [String],
    signed: bool,
    signature_checked: bool,
}

#[derive(Serialize)]
pub(super) struct DifferenceJson<'a> {
    cause: &'static str,
    file: Option<&'a str>,
    was: Option<Side<'a>>,
    now: Option<Side<'a>>,
    lines: Option<&'a [usize]>,
    text: Text,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Side<'a> {
    Version { version: &'a str },
    File { bytes: usize, sha256: &'a str },
    Clocks { clocks: &'a [Clock] },
}

impl<'a> DifferenceJson<'a> {
    /// The same with another sentence.
    pub(super) fn told(self, message: &Message) -> DifferenceJson<'a> {
        let text = sentence(message);
        DifferenceJson { text, ..self }
    }

    pub(super) fn of(difference: &'a Difference) -> DifferenceJson<'a> {
        fn file(file: &InputFile) -> Option<Side<'_>> {
            Some(Side::File {
                bytes: file.bytes,
                sha256: &file.sha256,
            })
        }
        let word = |kind: &FileKind| match kind {
            FileKind::Rules => "rules",
            FileKind::Table => "table",
        };
        let (cause, name, was, now) = match difference {
            Difference::Tool { was, now } => (
                "tool",
                None,
                Some(Side::Version {
                    version: &was.version,
                }),
                Some(Side::Version {
                    version: &now.version,
                }),
            ),
            Difference::Changed { kind, was, now, .. } => {
                (word(kind), Some(&was.name), file(was), file(now))
            }
            Difference::Missing { kind, was } => (word(kind), Some(&was.name), file(was), None),
            Difference::Added { kind, now } => (word(kind), Some(&now.name), None, file(now)),
            Difference::Clocks { was, now } => (
                "clock",
                None,
                Some(Side::Clocks { clocks: was }),
                Some(Side::Clocks { clocks: now }),
            ),
            Difference::Output => ("output", None, None, None),
            Difference::Notes => ("receipt", None, None, None),
        };
        DifferenceJson {
            cause,
            file: name.map(String::as_str),
            was,
            now,
            lines: match difference {
                Difference::Changed {
                    lines: Some(lines), ..
                } => Some(&lines.numbers),
                _ => None,
            },
            text: sentence(&reason(difference)),
        }
    }
}

#[derive(Serialize)]
pub(super) struct RowJson<'a> {
    rule: &'a str,
    entity: &'a str,
    period: &'a str,
    was: Option<AnswerJson<'a>>,
    now: Option<AnswerJson<'a>>,
}

#[derive(Serialize)]
struct AnswerJson<'a> {
    verdict: &'a str,
    causes: &'a [String],
    outlook: Option<&'a str>,
}

impl<'a> RowJson<'a> {
    pub(super) fn of(change: &'a RowChange) -> RowJson<'a> {
        fn answer(row: &RowNote) -> AnswerJson<'_> {
            AnswerJson {
                verdict: &row.verdict,
                causes: &row.causes,
                outlook: row.outlook.as_deref(),
            }
        }
        let any = change.was.as_ref().or(change.now.as_ref());
        RowJson {
            rule: any.map_or("", |row| &row.rule),
            entity: any.map_or("", |row| &row.entity),
            period: any.map_or("", |row| &row.period),
            was: change.was.as_ref().map(answer),
            now: change.now.as_ref().map(answer),
        }
    }
}

#[derive(Serialize)]
struct OutputJson<'a> {
    was: &'a OutputNote,
    now: Option<&'a OutputNote>,
    kept: Option<bool>,
    differs_at: Option<PlaceJson>,
}

#[derive(Serialize)]
struct PlaceJson {
    byte: usize,
    line: Option<usize>,
    was: Option<String>,
    now: Option<String>,
}
