//! Two receipts: what differs, in the order of causes, and which rows changed because of it.
//! Compares; never says which of both is right.

use std::collections::BTreeMap;

use super::lines::{self, ChangedLines};
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
        /// Which lines, where the receipt tells.
        lines: Option<ChangedLines>,
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

/// The program and the files as they are now. Each file comes with its bytes.
#[derive(Debug, Clone)]
pub struct Inputs<'a> {
    /// The program.
    pub tool: Tool,
    /// Rule files, the standard library included.
    pub rules: Vec<(InputFile, &'a [u8])>,
    /// Tables.
    pub tables: Vec<(InputFile, &'a [u8])>,
}

/// The program and the files: what differs, in the order of causes.
#[must_use]
pub fn compare_inputs(was: &Receipt, now: &Inputs<'_>) -> Vec<Difference> {
    let mut changed = Vec::new();
    let mut missing = Vec::new();
    let both = [
        (FileKind::Rules, &was.rules, &now.rules),
        (FileKind::Table, &was.tables, &now.tables),
    ];
    for (kind, was, now) in both {
        // The n-th file of a name answers to the n-th of that name: a table may be given twice.
        let was = numbered(was.iter().map(|file| (file, file)));
        let mut left = numbered(now.iter().map(|one| (&one.0, one)));
        for (key, was) in was {
            match left.remove(&key) {
                Some((now, bytes)) if now.sha256 != was.sha256 || now.bytes != was.bytes => {
                    changed.push(Difference::Changed {
                        kind,
                        was: was.clone(),
                        now: now.clone(),
                        lines: lines::changed(&was.lines, &now.lines, bytes),
                    });
                }
                Some(_) => {}
                None => missing.push(Difference::Missing {
                    kind,
                    was: was.clone(),
                }),
            }
        }
        missing.extend(left.into_values().map(|(now, _)| Difference::Added {
            kind,
            now: now.clone(),
        }));
    }
    let mut differences = Vec::new();
    if was.tool != now.tool {
        differences.push(Difference::Tool {
            was: was.tool.clone(),
            now: now.tool.clone(),
        });
    }
    differences.extend(changed);
    differences.extend(missing);
    differences
}

/// By whether the program carries the file, its name, and how often that name came before.
fn numbered<'a, T>(
    files: impl Iterator<Item = (&'a InputFile, T)>,
) -> BTreeMap<(bool, &'a str, usize), T> {
    let mut seen: BTreeMap<(bool, &str), usize> = BTreeMap::new();
    let entries = files.map(|(file, what)| {
        let name = (!file.standard, file.name.as_str());
        let n = seen.entry(name).or_default();
        *n += 1;
        ((name.0, name.1, *n), what)
    });
    entries.collect()
}

/// A receipt beside that of the run that was made again from it, with what differs in the input.
#[must_use]
pub fn compare(was: &Receipt, now: &Receipt, inputs: Vec<Difference>) -> Comparison {
    let mut differences = inputs;
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
    let is_all_the_same = is_same_input && is_same_output;
    if !is_same_clock && !is_all_the_same {
        differences.push(Difference::Clocks {
            was: was.clocks.clone(),
            now: now.clocks.clone(),
        });
    }
    if is_all_the_same && !is_same_note {
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

pub(super) fn changed_rows(was: &[RowNote], now: &[RowNote]) -> Vec<RowChange> {
    let mut left: BTreeMap<_, &RowNote> = now.iter().map(|row| (row.key(), row)).collect();
    let mut changes = Vec::new();
    for row in was {
        let found = left.remove(&row.key());
        if found != Some(row) {
            changes.push(RowChange {
                was: Some(row.clone()),
                now: found.cloned(),
            });
        }
    }
    let new = now.iter().filter(|row| left.contains_key(&row.key()));
    changes.extend(new.map(|row| RowChange {
        was: None,
        now: Some(row.clone()),
    }));
    changes
}
