//! The answer of a run that was made again from its receipt: for a person and for a machine.
//! Says what the comparison found; compares nothing.

use serde::Serialize;

use super::{
    ChangedLines, Clock, Comparison, Difference, FileKind, InputFile, OutputNote, Place, Receipt,
    RowChange, RowNote, clipped,
};
use crate::message::{Arg, Lang, Message};
use crate::report::wrap;
use crate::verdict::{Cause, OutlookClass, Verdict};

mod between;
mod machine;

pub use between::Between;

/// Changed rows that a person is shown; the machine output has all.
const MOST_ROWS: usize = 40;

/// Whether a receipt is signed. A run that is made again does not look at signatures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Signed {
    /// It is bare.
    No,
    /// It is, by keys that call themselves so.
    NotLookedAt(Vec<String>),
}

/// A run that was made again from its receipt.
#[derive(Debug, Clone)]
pub struct Replay {
    /// The receipt.
    pub was: Receipt,
    /// The receipt of the run now; or why it could not be made.
    pub now: Result<Receipt, Message>,
    /// What differs.
    pub comparison: Comparison,
    /// Where the kept output and the one now part, where the output was kept.
    pub place: Option<Place>,
    /// A report that was named as the output, and whether it is the one of the receipt.
    pub kept: Option<(String, bool)>,
    /// Files that lie beside those of the receipt now and were left aside.
    pub unlisted: Vec<String>,
    /// Whether it is signed.
    pub signed: Signed,
}

/// A sentence in both languages.
#[derive(Serialize)]
pub(super) struct Text {
    zh: String,
    en: String,
}

pub(super) fn sentence(message: &Message) -> Text {
    Text {
        zh: message.render(Lang::Zh),
        en: message.render(Lang::En),
    }
}

/// Lines for a person.
pub(super) struct Words {
    lang: Lang,
    columns: usize,
    pub(super) text: String,
}

impl Words {
    pub(super) fn new(lang: Lang, columns: usize) -> Words {
        Words {
            lang,
            columns,
            text: String::new(),
        }
    }

    pub(super) fn line(&mut self, message: &Message) {
        self.at(0, message);
    }

    pub(super) fn item(&mut self, message: &Message) {
        self.at(2, message);
    }

    fn at(&mut self, indent: usize, message: &Message) {
        let said = message.render(self.lang);
        for (n, line) in wrap(&said, self.columns - indent.min(self.columns))
            .into_iter()
            .enumerate()
        {
            let more = if n > 0 { 2 } else { 0 };
            self.text.push_str(&" ".repeat(indent + more));
            self.text.push_str(&line);
            self.text.push('\n');
        }
    }
}

impl Replay {
    /// Whether the run gives the output of the receipt again.
    #[must_use]
    pub fn is_same(&self) -> bool {
        let is_kept = self.kept.as_ref().is_none_or(|(_, is_it)| *is_it);
        self.now.is_ok() && self.comparison.is_same() && is_kept
    }

    /// The answer as sentences, the first difference first.
    #[must_use]
    pub fn words(&self, lang: Lang, columns: usize) -> String {
        let mut words = Words::new(lang, columns);
        let differences = &self.comparison.differences;
        if self.is_same() {
            words.line(&Message::new("replay-same").with("digest", self.was.output.sha256.clone()));
            if differences.is_empty() {
                words.line(
                    &Message::new("replay-what")
                        .with("rules", self.was.rules.len())
                        .with("tables", self.was.tables.len())
                        .with("rows", self.was.rows.len()),
                );
            }
            clocks(&mut words, &self.was.clocks);
            for difference in differences {
                let said = Message::new("replay-although").with("what", reason(difference));
                words.line(&said);
                details(&mut words, difference);
            }
        } else {
            let mut first = true;
            for difference in differences {
                let key = if first {
                    "replay-different"
                } else {
                    "replay-also"
                };
                words.line(&Message::new(key).with("what", reason(difference)));
                details(&mut words, difference);
                first = false;
            }
            if let Some((name, false)) = &self.kept {
                let key = if first {
                    "replay-different"
                } else {
                    "replay-also"
                };
                let kept = Message::new("replay-kept").with("file", clipped(name));
                words.line(&Message::new(key).with("what", kept));
                if let Some(place) = &self.place {
                    parting(&mut words, place);
                }
            }
            match &self.now {
                Ok(now) => self.consequences(&mut words, now),
                Err(why) => words.line(&Message::new("replay-not-run").with("why", why.clone())),
            }
        }
        self.notes(&mut words);
        words.text
    }

    /// What follows from the differences: rows and bytes.
    fn consequences(&self, words: &mut Words, now: &Receipt) {
        let rows = &self.comparison.rows;
        if rows.is_empty() {
            words.line(&Message::new("replay-rows-same").with("count", now.rows.len()));
        } else {
            words.line(
                &Message::new("replay-rows")
                    .with("count", rows.len())
                    .with("all", self.was.rows.len()),
            );
        }
        for change in rows.iter().take(MOST_ROWS) {
            words.item(&row(change));
        }
        if rows.len() > MOST_ROWS {
            words.item(&Message::new("replay-more").with("count", rows.len() - MOST_ROWS));
        }
        if self.comparison.is_same_output {
            words.line(&Message::new("replay-output-same"));
            return;
        }
        // A report that is not the one of the receipt says nothing of its output.
        let is_kept = self.kept.as_ref().is_none_or(|(_, is_it)| *is_it);
        match self.place.as_ref().filter(|_| is_kept) {
            Some(place) => parting(words, place),
            None => {
                words.line(&Message::new("replay-output-other"));
                let digest = |note: &OutputNote| format!("sha256 {}", note.sha256);
                was_now(words, digest(&self.was.output), digest(&now.output));
                words.line(&Message::new("replay-help-output"));
            }
        }
    }

    fn notes(&self, words: &mut Words) {
        if !self.unlisted.is_empty() {
            let files: Vec<String> = self.unlisted.iter().map(|name| clipped(name)).collect();
            words.line(&Message::new("replay-unlisted").with("files", files));
        }
        words.line(&match &self.signed {
            Signed::No => Message::new("replay-unsigned"),
            Signed::NotLookedAt(keys) => Message::new("replay-signed").with("count", keys.len()),
        });
    }
}

/// Where two outputs part, and both lines.
fn parting(words: &mut Words, place: &Place) {
    let Some(line) = place.line else {
        words.line(&Message::new("replay-byte").with("byte", place.byte));
        return;
    };
    words.line(
        &Message::new("replay-line")
            .with("line", line)
            .with("byte", place.byte),
    );
    let (was, now) = excerpts(place);
    was_now(words, was, now);
}

/// Both lines of a place, shortened; blanks in a row as one, unless they are all that differs.
fn excerpts(place: &Place) -> (String, String) {
    let joined = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (was, now) = (joined(&place.was), joined(&place.now));
    if was == now {
        return (clipped(&place.was), clipped(&place.now));
    }
    (clipped(&was), clipped(&now))
}

fn was_now(words: &mut Words, was: String, now: String) {
    words.item(&Message::new("replay-was").with("what", was));
    words.item(&Message::new("replay-now").with("what", now));
}

fn clocks(words: &mut Words, clocks: &[Clock]) {
    for clock in clocks {
        words.line(&clock_message(clock));
    }
}

fn clock_message(clock: &Clock) -> Message {
    let known_on = match &clock.known_on {
        Some(day) => Arg::from(clipped(day)),
        None => Arg::from(Message::new("clock-all")),
    };
    Message::new("report-clocks")
        .with("period", clipped(&clock.period))
        .with("inForce", clipped(&clock.in_force))
        .with("knownOn", known_on)
}

/// What a difference is, in one sentence.
fn reason(difference: &Difference) -> Message {
    let file =
        |key: &'static str, file: &InputFile| Message::new(key).with("file", clipped(&file.name));
    match difference {
        Difference::Tool { was, now } => Message::new("replay-tool")
            .with("was", clipped(&was.version))
            .with("now", now.version.clone()),
        Difference::Changed { kind, was, .. } => match (kind, was.standard) {
            (FileKind::Rules, true) => file("replay-changed-standard", was),
            (FileKind::Rules, false) => file("replay-changed-rules", was),
            (FileKind::Table, _) => file("replay-changed-table", was),
        },
        Difference::Missing { kind, was } => match (kind, was.standard) {
            (FileKind::Rules, true) => file("replay-missing-standard", was),
            (FileKind::Rules, false) => file("replay-missing-rules", was),
            (FileKind::Table, _) => file("replay-missing-table", was),
        },
        Difference::Added { now, .. } => file("replay-added", now),
        Difference::Clocks { .. } => Message::new("replay-clocks"),
        Difference::Output => Message::new("replay-output"),
        Difference::Notes => Message::new("replay-notes"),
    }
}

/// Both sides of a difference, where its sentence does not hold them.
fn details(words: &mut Words, difference: &Difference) {
    match difference {
        Difference::Changed {
            was, now, lines, ..
        } => {
            was_now(
                words,
                format!("sha256 {}", was.sha256),
                format!("sha256 {}", now.sha256),
            );
            if let Some(lines) = lines {
                words.item(&changed_lines(lines));
            }
        }
        Difference::Clocks { was, now } => {
            for (key, clocks) in [("replay-was", was), ("replay-now", now)] {
                let said: Vec<Message> = clocks.iter().map(clock_message).collect();
                words.item(&Message::new(key).with("what", said));
            }
        }
        Difference::Tool { .. }
        | Difference::Missing { .. }
        | Difference::Added { .. }
        | Difference::Output
        | Difference::Notes => {}
    }
}

/// Numbers of changed lines that a person is shown.
const MOST_LINES: usize = 8;

fn changed_lines(lines: &ChangedLines) -> Message {
    let shown: Vec<usize> = lines.numbers.iter().copied().take(MOST_LINES).collect();
    if lines.first.is_empty() {
        let n_more = lines.numbers.len() - shown.len();
        let key = if n_more == 0 {
            "receipts-lines"
        } else {
            "receipts-lines-more"
        };
        return Message::new(key).with("lines", shown).with("count", n_more);
    }
    if lines.numbers.len() > MOST_LINES {
        return Message::new("replay-lines-more")
            .with("lines", shown)
            .with("count", lines.numbers.len() - MOST_LINES)
            .with("first", lines.first.clone());
    }
    Message::new("replay-lines")
        .with("lines", shown)
        .with("first", lines.first.clone())
}

fn row(change: &RowChange) -> Message {
    let any = change.was.as_ref().or(change.now.as_ref());
    let name =
        |pick: fn(&RowNote) -> &String| any.map_or_else(String::new, |row| clipped(pick(row)));
    Message::new("replay-row")
        .with("rule", name(|row| &row.rule))
        .with("entity", name(|row| &row.entity))
        .with("period", name(|row| &row.period))
        .with("was", verdict(change.was.as_ref()))
        .with("now", verdict(change.now.as_ref()))
}

/// A verdict with what it comes with: causes, or the outlook.
fn verdict(row: Option<&RowNote>) -> Message {
    let Some(row) = row else {
        return Message::new("replay-no-row");
    };
    let key = Verdict::from_word(&row.verdict).map_or("replay-no-row", Verdict::key);
    let mut more: Vec<Message> = Cause::ALL
        .into_iter()
        .filter(|cause| row.causes.iter().any(|word| word == cause.word()))
        .map(|cause| Message::new(cause.key()))
        .collect();
    let outlook = OutlookClass::ALL
        .into_iter()
        .find(|class| row.outlook.as_deref() == Some(class.word()));
    more.extend(outlook.map(|class| Message::new(class.key())));
    if more.is_empty() {
        return Message::new(key);
    }
    Message::new("replay-verdict")
        .with("verdict", Message::new(key))
        .with("more", more)
}
