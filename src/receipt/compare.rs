//! Two receipts: what differs, in the order of causes, and which rows changed because of it.
//! Compares; never says which of both is right.

use std::collections::BTreeMap;

use super::{Clock, InputFile, Receipt, RowNote, Tool};

/// Whether a file holds rules or figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FileKind {
    /// Rules.
    Rules,
    /// Figures.
    Table,
}

/// One thing in which a run differs from its receipt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    /// Another program or version.
    Tool {
        /// In the receipt.
        was: Tool,
        /// Here.
        now: Tool,
    },
    /// A file whose bytes are others now.
    Changed {
        /// Rules or figures.
        kind: FileKind,
        /// In the receipt.
        was: InputFile,
        /// Here.
        now: InputFile,
    },
    /// A file that is not there any more, or that the standard library does not hold any more.
    Missing {
        /// Rules or figures.
        kind: FileKind,
        /// In the receipt.
        was: InputFile,
    },
    /// A file of the standard library that the receipt does not know.
    Added {
        /// Rules or figures.
        kind: FileKind,
        /// Here.
        now: InputFile,
    },
    /// Another period, or other days.
    Clocks {
        /// In the receipt.
        was: Vec<Clock>,
        /// Here.
        now: Vec<Clock>,
    },
    /// The same program and input, and yet another output. Must not happen.
    Output,
    /// The same output, of which the receipt notes something else: it was changed or damaged.
    Notes,
}

/// A row with another answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowChange {
    /// In the receipt; none: the row is new.
    pub was: Option<RowNote>,
    /// Here; none: the row is gone.
    pub now: Option<RowNote>,
}

/// What a run that was made again says beside its receipt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// What differs, causes before what follows from them.
    pub differences: Vec<Difference>,
    /// Rows with another answer, in the order of the receipt, new ones last.
    pub rows: Vec<RowChange>,
    /// Whether both outputs are the same bytes.
    pub is_same_output: bool,
}

/// The program and the files: what differs.
#[must_use]
pub fn compare_inputs(
    was: &Receipt,
    tool: &Tool,
    rules: &[InputFile],
    tables: &[InputFile],
) -> Vec<Difference> {
    let mut changed = Vec::new();
    let mut missing = Vec::new();
    let both = [
        (FileKind::Rules, &was.rules, rules),
        (FileKind::Table, &was.tables, tables),
    ];
    for (kind, was, now) in both {
        // The n-th file of a name answers to the n-th of that name: a table may be given twice.
        let (was, mut left) = (numbered(was), numbered(now));
        for (key, was) in was {
            match left.remove(&key) {
                Some(now) if now.sha256 != was.sha256 || now.bytes != was.bytes => {
                    changed.push(Difference::Changed {
                        kind,
                        was: was.clone(),
                        now: now.clone(),
                    });
                }
                Some(_) => {}
                None => missing.push(Difference::Missing {
                    kind,
                    was: was.clone(),
                }),
            }
        }
        missing.extend(left.into_values().map(|now| Difference::Added {
            kind,
            now: now.clone(),
        }));
    }
    let mut differences = Vec::new();
    if was.tool != *tool {
        differences.push(Difference::Tool {
            was: was.tool.clone(),
            now: tool.clone(),
        });
    }
    differences.extend(changed);
    differences.extend(missing);
    differences
}

/// Files by whether the program carries them, name, and how often that name came before.
fn numbered(files: &[InputFile]) -> BTreeMap<(bool, &str, usize), &InputFile> {
    let mut seen: BTreeMap<(bool, &str), usize> = BTreeMap::new();
    let entries = files.iter().map(|file| {
        let name = (!file.standard, file.name.as_str());
        let n = seen.entry(name).or_default();
        *n += 1;
        ((name.0, name.1, *n), file)
    });
    entries.collect()
}

/// A receipt beside that of the run that was made again from it.
#[must_use]
pub fn compare(was: &Receipt, now: &Receipt) -> Comparison {
    let mut differences = compare_inputs(was, &now.tool, &now.rules, &now.tables);
    let is_same_input = differences.is_empty();
    let is_same_output =
        was.output.sha256 == now.output.sha256 && was.output.bytes == now.output.bytes;
    let rows = changed_rows(&was.rows, &now.rows);
    let is_same_clock = was.clocks == now.clocks;
    let is_same_note = rows.is_empty()
        && is_same_clock
        && was.rows == now.rows
        && was.exit_status == now.exit_status
        && was.rules_digest == now.rules_digest
        && was.figures_digest == now.figures_digest;
    if !is_same_clock && !(is_same_input && is_same_output) {
        differences.push(Difference::Clocks {
            was: was.clocks.clone(),
            now: now.clocks.clone(),
        });
    }
    if is_same_input && is_same_output && !is_same_note {
        differences.push(Difference::Notes);
    }
    if differences.is_empty() && !is_same_output {
        differences.push(Difference::Output);
    }
    Comparison {
        differences,
        rows,
        is_same_output,
    }
}

impl Comparison {
    /// Whether the run gives the output of the receipt again, and no verdict is another. The input
    /// may differ all the same where the output does not show it.
    #[must_use]
    pub fn is_same(&self) -> bool {
        self.is_same_output
            && self.rows.is_empty()
            && !self.differences.contains(&Difference::Notes)
    }
}

fn changed_rows(was: &[RowNote], now: &[RowNote]) -> Vec<RowChange> {
    fn key(row: &RowNote) -> (&str, &str, &str) {
        (&row.rule, &row.entity, &row.period)
    }
    let mut left: BTreeMap<_, &RowNote> = now.iter().map(|row| (key(row), row)).collect();
    let mut changes = Vec::new();
    for row in was {
        let found = left.remove(&key(row));
        if found != Some(row) {
            changes.push(RowChange {
                was: Some(row.clone()),
                now: found.cloned(),
            });
        }
    }
    let new = now.iter().filter(|row| left.contains_key(&key(row)));
    changes.extend(new.map(|row| RowChange {
        was: None,
        now: Some(row.clone()),
    }));
    changes
}

/// Where two outputs part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The first byte that differs, from 0.
    pub byte: usize,
    /// Its line, from 1; none where one of both is no text.
    pub line: Option<usize>,
    /// That line of the kept output; empty past its end.
    pub was: String,
    /// That line of the output now; empty past its end.
    pub now: String,
}

/// The first byte in which two outputs differ, with its line where both are texts.
///
/// ```
/// let place = plumbrule::receipt::first_difference(b"a\nb\n", b"a\nc\n");
/// let place = place.map(|place| (place.byte, place.line, place.was, place.now));
/// assert_eq!(place, Some((2, Some(2), "b".to_owned(), "c".to_owned())));
/// ```
#[must_use]
pub fn first_difference(was: &[u8], now: &[u8]) -> Option<Place> {
    if was == now {
        return None;
    }
    let same = was.iter().zip(now).take_while(|(a, b)| a == b).count();
    let texts = (std::str::from_utf8(was), std::str::from_utf8(now));
    let (Ok(before), Ok(after)) = texts else {
        return Some(Place {
            byte: same,
            line: None,
            was: String::new(),
            now: String::new(),
        });
    };
    let n = was.iter().take(same).filter(|byte| **byte == b'\n').count();
    let line = |text: &str| text.split('\n').nth(n).unwrap_or_default().to_owned();
    Some(Place {
        byte: same,
        line: Some(n + 1),
        was: line(before),
        now: line(after),
    })
}
