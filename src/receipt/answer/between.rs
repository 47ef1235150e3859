//! Two receipts held against each other, for a person and for a machine: what was put in, what was
//! asked, which rows have another answer. Reads neither rules nor figures, and says so.

use serde::Serialize;

use super::machine::{DifferenceJson, RowJson};
use super::{MOST_ROWS, Text, Words, details, reason, row, sentence};
use crate::message::{Lang, Message};
use crate::receipt::compare::changed_rows;
use crate::receipt::{
    Clock, Command, Difference, FileKind, InputFile, Inputs, Receipt, RowChange, clipped,
    compare_inputs, layout,
};

/// What differs between two receipts.
#[derive(Debug, Clone)]
pub struct Between {
    was: Receipt,
    now: Receipt,
    inputs: Vec<Difference>,
    asked: Vec<Asked>,
    rows: Vec<RowChange>,
}

/// One thing that was asked for otherwise.
#[derive(Debug, Clone, Serialize)]
struct Asked {
    option: &'static str,
    was: Vec<String>,
    now: Vec<String>,
}

impl Between {
    /// Compares two receipts, the older one first.
    #[must_use]
    pub fn of(was: Receipt, now: Receipt) -> Between {
        fn files(files: &[InputFile]) -> Vec<(InputFile, &'static [u8])> {
            let none: &[u8] = &[];
            files.iter().map(|file| (file.clone(), none)).collect()
        }
        let mut inputs = compare_inputs(
            &was,
            &Inputs {
                tool: now.tool.clone(),
                rules: files(&now.rules),
                tables: files(&now.tables),
            },
        );
        if was.clocks != now.clocks {
            inputs.push(Difference::Clocks {
                was: was.clocks.clone(),
                now: now.clocks.clone(),
            });
        }
        Between {
            asked: asked(&was.command, &now.command),
            rows: changed_rows(&was.rows, &now.rows),
            inputs,
            was,
            now,
        }
    }

    /// Whether every row has the same answer.
    #[must_use]
    pub fn is_same(&self) -> bool {
        self.rows.is_empty()
    }

    /// The answer as sentences: what was put in, then the rows.
    #[must_use]
    pub fn words(&self, lang: Lang, columns: usize) -> String {
        let mut words = Words::new(lang, columns);
        let is_alike = self.inputs.is_empty() && self.asked.is_empty();
        words.line(&Message::new(match is_alike {
            true => "receipts-alike",
            false => "receipts-input",
        }));
        for difference in &self.inputs {
            words.item(&told(difference));
            details(&mut words, difference);
        }
        for one in &self.asked {
            words.item(
                &Message::new("receipts-asked")
                    .with("option", one.option)
                    .with("was", said(&one.was))
                    .with("now", said(&one.now)),
            );
        }
        let n_rows = self.was.rows.len().max(self.now.rows.len());
        if self.rows.is_empty() {
            words.line(&Message::new("replay-rows-same").with("count", n_rows));
            return words.text;
        }
        words.line(
            &Message::new("receipts-rows")
                .with("count", self.rows.len())
                .with("all", n_rows),
        );
        for change in self.rows.iter().take(MOST_ROWS) {
            words.item(&row(change));
        }
        if self.rows.len() > MOST_ROWS {
            words.item(&Message::new("replay-more").with("count", self.rows.len() - MOST_ROWS));
        }
        words.line(&Message::new("receipts-hold-no-figures"));
        words.text
    }

    /// The answer for a machine, as `plumbrule-receipts-1` of `docs/schema/receipt.json`.
    #[must_use]
    pub fn json(&self) -> Vec<u8> {
        let inputs = self.inputs.iter();
        let inputs = inputs.map(|it| DifferenceJson::of(it).told(&told(it)));
        layout::lines(&BetweenJson {
            schema: "plumbrule-receipts-1",
            same: self.is_same(),
            was: SideJson::of(&self.was),
            now: SideJson::of(&self.now),
            differences: inputs.collect(),
            asked: &self.asked,
            rows: self.rows.iter().map(RowJson::of).collect(),
            note: sentence(&Message::new("receipts-hold-no-figures")),
        })
    }
}

/// What differs, where neither side is a file on disk.
fn told(difference: &Difference) -> Message {
    let of =
        |key: &'static str, file: &InputFile| Message::new(key).with("file", clipped(&file.name));
    match difference {
        Difference::Tool { was, now } => Message::new("receipts-tool")
            .with("was", clipped(&was.version))
            .with("now", clipped(&now.version)),
        Difference::Missing { kind, was } => match kind {
            FileKind::Rules => of("receipts-rules-gone", was),
            FileKind::Table => of("receipts-table-gone", was),
        },
        Difference::Added { kind, now } => match kind {
            FileKind::Rules => of("receipts-rules-new", now),
            FileKind::Table => of("receipts-table-new", now),
        },
        other => reason(other),
    }
}

/// What was asked for and moves verdicts or rows: format, language and names of files do not.
fn asked(was: &Command, now: &Command) -> Vec<Asked> {
    let list = |words: &[String]| words.to_vec();
    let one = |word: &Option<String>| word.iter().cloned().collect::<Vec<String>>();
    let both = |option, of: &dyn Fn(&Command) -> Vec<String>| Asked {
        option,
        was: of(was),
        now: of(now),
    };
    let mut asked = vec![
        both("--sheet", &|it| list(&it.sheets)),
        both("--encoding", &|it| one(&it.encoding)),
        both("--source", &|it| list(&it.sources)),
        both("--prefer", &|it| list(&it.prefer)),
        both("--vintage", &|it| vec![it.vintage.clone()]),
        both("--weights", &|it| one(&it.weights)),
        both("--rule", &|it| list(&it.rules)),
        both("--category", &|it| list(&it.categories)),
        both("--verdict", &|it| list(&it.verdicts)),
        both("--entity", &|it| list(&it.entities)),
    ];
    asked.retain(|one| one.was != one.now);
    asked
}

fn said(words: &[String]) -> Message {
    if words.is_empty() {
        return Message::new("receipts-not-asked");
    }
    let words: Vec<String> = words.iter().map(|word| clipped(word)).collect();
    Message::new("list").with("items", words)
}

#[derive(Serialize)]
struct BetweenJson<'a> {
    schema: &'static str,
    same: bool,
    was: SideJson<'a>,
    now: SideJson<'a>,
    differences: Vec<DifferenceJson<'a>>,
    asked: &'a [Asked],
    rows: Vec<RowJson<'a>>,
    note: Text,
}

#[derive(Serialize)]
struct SideJson<'a> {
    version: &'a str,
    rules_digest: &'a str,
    figures_digest: &'a str,
    clocks: &'a [Clock],
    exit_status: u8,
    n_rows: usize,
}

impl SideJson<'_> {
    fn of(receipt: &Receipt) -> SideJson<'_> {
        SideJson {
            version: &receipt.tool.version,
            rules_digest: &receipt.rules_digest,
            figures_digest: &receipt.figures_digest,
            clocks: &receipt.clocks,
            exit_status: receipt.exit_status,
            n_rows: receipt.rows.len(),
        }
    }
}
