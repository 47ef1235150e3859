//! Receipts: what a run was made from and what it said, so that it can be run again and compared.
//!
//! Bytes in, bytes and answers out. Never reads a file or a clock, and never trusts what it reads:
//! sizes are bounded, words and digests are checked.

use serde::{Deserialize, Serialize};

use crate::message::Message;
use crate::verdict::{Cause, OutlookClass, Verdict};

mod answer;
mod compare;
mod envelope;
mod foreign;
mod keys;
mod layout;
mod lines;
mod make;
mod statement;
mod verify;

pub use answer::{Between, Replay, Signed};
pub use compare::{Comparison, Difference, FileKind, Inputs, RowChange, compare, compare_inputs};
pub use envelope::{Envelope, PAYLOAD_TYPE, Signature, pae};
pub use foreign::sha256;
use foreign::{clipped, is_digest, json};
pub use keys::{PublicKey, SecretKey};
pub use lines::{ChangedLines, Place, first_difference};
pub use make::Run;
pub use statement::{PREDICATE_TYPE, STATEMENT_TYPE, Statement, Subject, statement};
pub use verify::{Check, Verification, verify};

/// The schema that this writes and reads: `docs/schema/receipt.json`.
pub const SCHEMA: &str = "plumbrule-receipt-1";

/// Bytes beyond which a file is not looked at: a receipt of two million rows is smaller.
pub const MOST_BYTES: usize = 256 << 20;

/// The name under which this program signs its receipts.
const TOOL: &str = "plumbrule";

/// What a run was made from and what it said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// [`SCHEMA`].
    pub schema: String,
    /// The program.
    pub tool: Tool,
    /// What was asked for.
    pub command: Command,
    /// The clocks as they were used, one for each evaluated period.
    pub clocks: Vec<Clock>,
    /// Digest of all rule files, as in the machine output.
    pub rules_digest: String,
    /// Digest of all tables, as in the machine output.
    pub figures_digest: String,
    /// Every rule file, the standard library included, in the order of reading.
    pub rules: Vec<InputFile>,
    /// Every table, in the order of reading.
    pub tables: Vec<InputFile>,
    /// The exit status.
    pub exit_status: u8,
    /// Rows by verdict.
    pub counts: Counts,
    /// Every row of the output, in its order.
    pub rows: Vec<RowNote>,
    /// The output.
    pub output: OutputNote,
}

/// The program that made a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tool {
    /// `plumbrule`.
    pub name: String,
    /// Its version.
    pub version: String,
}

impl Tool {
    /// This program.
    #[must_use]
    pub fn this() -> Tool {
        Tool {
            name: TOOL.to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
        }
    }
}

/// What was asked for: the arguments of `check` and what it took from its surroundings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Command {
    /// Rule files, or folders of them.
    pub packs: Vec<String>,
    /// Tables, or folders of them; the default filled in.
    pub figures: Vec<String>,
    /// The sheets of workbooks asked for; empty: all that are shown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sheets: Vec<String>,
    /// The encoding of tables, where it was asked for.
    #[serde(default)]
    pub encoding: Option<String>,
    /// The period asked for; `all` for every year.
    pub period: Option<String>,
    /// The day whose law applies, where it was asked for.
    pub in_force: Option<String>,
    /// The last day of publication, where it was asked for.
    pub known_on: Option<String>,
    /// Only figures of these sources; empty: of all. Older receipts have none.
    #[serde(default)]
    pub sources: Vec<String>,
    /// Sources that are preferred, in the place of those of the pack; empty: the pack's.
    #[serde(default)]
    pub prefer: Vec<String>,
    /// Which editions count.
    #[serde(default = "every_edition")]
    pub vintage: String,
    /// The weights that scores take, by their name; absent: their own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weights: Option<String>,
    /// Only these rules; empty: all.
    pub rules: Vec<String>,
    /// Only these categories; empty: all.
    pub categories: Vec<String>,
    /// Only these verdicts; empty: all.
    pub verdicts: Vec<String>,
    /// Only these bodies; empty: all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub entities: Vec<String>,
    /// Whether rows are ordered by the bodies that they are about.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub by_entity: bool,
    /// The output format.
    pub format: String,
    /// The language of the output.
    pub lang: String,
    /// Columns of the output.
    pub columns: usize,
    /// Whether the output has the colours of a terminal.
    pub colour: bool,
    /// Bounds on the input.
    pub limits: InputLimits,
}

/// What receipts of older versions mean, which do not say it.
fn every_edition() -> String {
    crate::eval::Vintage::All.word().to_owned()
}

/// Bounds on the input, as asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct InputLimits {
    /// Bytes of all tables.
    pub table_bytes: usize,
    /// Bytes of one rule file.
    pub rule_bytes: usize,
    /// Terms of the compiled pack.
    pub terms: usize,
}

/// The clocks as they were used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clock {
    /// The evaluated period.
    pub period: String,
    /// The day whose law applies.
    pub in_force: String,
    /// Only figures published up to this day; none: all.
    pub known_on: Option<String>,
}

/// A rule file or table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InputFile {
    /// Its path as it was read, or its name in the standard library.
    pub name: String,
    /// Whether the program carries it.
    pub standard: bool,
    /// The used pack that it belongs to; none: the pack of the run, or the standard library.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pack: Option<String>,
    /// Its size.
    pub bytes: usize,
    /// SHA-256 of its bytes, in lower-case hexadecimal digits.
    pub sha256: String,
    /// A short mark of each line, one after the other, that tells which line was changed. Empty
    /// where the file is no text or has too many lines.
    #[serde(default)]
    pub lines: String,
}

impl InputFile {
    /// A file on disk with its contents.
    #[must_use]
    pub fn of(name: &str, bytes: &[u8]) -> InputFile {
        InputFile {
            name: name.to_owned(),
            standard: false,
            pack: None,
            bytes: bytes.len(),
            sha256: sha256(bytes),
            lines: lines::marks(bytes),
        }
    }

    /// A file of the standard library, which changes with the version alone.
    #[must_use]
    pub fn standard(name: &str, bytes: &[u8]) -> InputFile {
        InputFile {
            name: name.to_owned(),
            standard: true,
            pack: None,
            bytes: bytes.len(),
            sha256: sha256(bytes),
            lines: String::new(),
        }
    }

    /// The same as a file of a used pack.
    #[must_use]
    pub fn of_pack(self, pack: Option<&str>) -> InputFile {
        let pack = pack.map(str::to_owned);
        InputFile { pack, ..self }
    }
}

/// Rows by verdict, worst first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Counts {
    /// Refuted.
    pub fail: usize,
    /// Neither proved nor refuted.
    pub undetermined: usize,
    /// Not due yet.
    pub pending: usize,
    /// Excused.
    pub waived: usize,
    /// Proved.
    pub pass: usize,
    /// Come to one outcome.
    #[serde(default, skip_serializing_if = "is_none")]
    pub decided: usize,
    /// Not applicable.
    pub not_applicable: usize,
}

/// Receipts of packs without decisions say nothing of them.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde asks")]
fn is_none(n: &usize) -> bool {
    *n == 0
}

impl Counts {
    /// Counts rows.
    #[must_use]
    pub fn of(rows: &[RowNote]) -> Counts {
        let mut counts = Counts::default();
        for verdict in rows
            .iter()
            .filter_map(|row| Verdict::from_word(&row.verdict))
        {
            *match verdict {
                Verdict::Fail => &mut counts.fail,
                Verdict::Undetermined => &mut counts.undetermined,
                Verdict::Pending => &mut counts.pending,
                Verdict::Waived => &mut counts.waived,
                Verdict::Pass => &mut counts.pass,
                Verdict::Decided => &mut counts.decided,
                Verdict::NotApplicable => &mut counts.not_applicable,
            } += 1;
        }
        counts
    }
}

/// One rule, entity and period with its answer, in the words of the machine output.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RowNote {
    /// Id of the rule.
    pub rule: String,
    /// Id of the entity.
    pub entity: String,
    /// The evaluated period.
    pub period: String,
    /// The verdict.
    pub verdict: String,
    /// Why it is undetermined.
    pub causes: Vec<String>,
    /// How a pending target stands.
    pub outlook: Option<String>,
    /// The outcomes of a decision that are possible; one where it is decided.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outcomes: Vec<String>,
}

/// The output of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutputNote {
    /// The file to which it was written; none: the output stream.
    pub name: Option<String>,
    /// Its size.
    pub bytes: usize,
    /// SHA-256 of its bytes, in lower-case hexadecimal digits.
    pub sha256: String,
}

/// Why bytes are not what they should be, and the way out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// What was found and expected.
    pub message: Message,
    /// The way out, where there is one.
    pub help: Option<Message>,
}

impl From<Message> for Refusal {
    fn from(message: Message) -> Refusal {
        Refusal {
            message,
            help: None,
        }
    }
}

/// A file that holds a receipt: bare, or in a signed envelope.
#[derive(Debug, Clone)]
pub enum Document {
    /// As `check --receipt` wrote it.
    Bare(Box<Receipt>),
    /// As `sign` wrote it. The signatures were not looked at.
    Signed(Box<Receipt>, Envelope),
}

impl Document {
    /// Reads a receipt, bare or signed, without looking at the signatures.
    ///
    /// # Errors
    ///
    /// What is wrong with it, with its place where it has one.
    ///
    /// ```
    /// let refused = plumbrule::receipt::Document::read(b"{}").map_err(|refusal| refusal.message.key);
    /// assert_eq!(refused.err(), Some("receipt-of-no-kind"));
    /// ```
    pub fn read(bytes: &[u8]) -> Result<Document, Refusal> {
        let kind: Kind = json(bytes)?;
        if kind.payload_type.is_some() {
            let envelope = Envelope::read(bytes)?;
            let receipt = Statement::read(&envelope)?.receipt()?;
            return Ok(Document::Signed(Box::new(receipt), envelope));
        }
        if kind.schema.is_none() {
            return Err(Refusal {
                message: Message::new("receipt-of-no-kind"),
                help: Some(Message::new("help-receipt")),
            });
        }
        Receipt::read(bytes).map(|receipt| Document::Bare(Box::new(receipt)))
    }

    /// The receipt.
    #[must_use]
    pub fn receipt(&self) -> &Receipt {
        match self {
            Document::Bare(receipt) | Document::Signed(receipt, _) => receipt,
        }
    }
}

/// What tells a bare receipt from a signed one.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Kind {
    schema: Option<serde_json::Value>,
    payload_type: Option<serde_json::Value>,
}

impl Receipt {
    /// Whether bytes are a receipt in no envelope, sound or not.
    #[must_use]
    pub fn is_bare(bytes: &[u8]) -> bool {
        json::<Kind>(bytes).is_ok_and(|kind| kind.schema.is_some() && kind.payload_type.is_none())
    }

    /// The bytes of its file: one line for each entry of a list.
    #[must_use]
    pub fn write(&self) -> Vec<u8> {
        layout::lines(self)
    }

    /// Reads a bare receipt and checks that it agrees with itself. Fields that it does not know
    /// are passed over, so that later versions may add some.
    ///
    /// # Errors
    ///
    /// What is wrong with it, with its place where it has one.
    pub fn read(bytes: &[u8]) -> Result<Receipt, Refusal> {
        let found = json::<Kind>(bytes)?.schema;
        if found.as_ref().and_then(serde_json::Value::as_str) != Some(SCHEMA) {
            let found = found.map_or_else(String::new, |found| clipped(&found.to_string()));
            return Err(Refusal {
                message: Message::new("receipt-schema")
                    .with("found", found)
                    .with("known", SCHEMA),
                help: Some(Message::new("help-receipt-schema")),
            });
        }
        let receipt: Receipt = json(bytes)?;
        receipt.agrees_with_itself()?;
        Ok(receipt)
    }

    fn agrees_with_itself(&self) -> Result<(), Message> {
        if self.tool.name != TOOL {
            return Err(Message::new("receipt-tool").with("found", clipped(&self.tool.name)));
        }
        for row in &self.rows {
            row.is_spelt()?;
        }
        let mut keys: Vec<_> = self.rows.iter().map(RowNote::key).collect();
        keys.sort_unstable();
        let twice = keys.windows(2).find(|pair| pair.first() == pair.last());
        if let Some((rule, entity, period)) = twice.and_then(|pair| pair.first()) {
            return Err(Message::new("receipt-row-twice")
                .with("rule", clipped(rule))
                .with("entity", clipped(entity))
                .with("period", clipped(period)));
        }
        if self.counts != Counts::of(&self.rows) {
            return Err(Message::new("receipt-counts"));
        }
        let of_files = self.rules.iter().chain(&self.tables);
        let digests = of_files.map(|file| (&file.name, &file.sha256));
        let output = "output".to_owned();
        for (name, digest) in digests.chain([(&output, &self.output.sha256)]) {
            if !is_digest(digest) {
                return Err(Message::new("receipt-digest")
                    .with("name", clipped(name))
                    .with("found", clipped(digest)));
            }
        }
        Ok(())
    }
}

impl RowNote {
    /// What no two rows of a run have in common.
    fn key(&self) -> (&str, &str, &str) {
        (&self.rule, &self.entity, &self.period)
    }

    fn is_spelt(&self) -> Result<(), Message> {
        let wrong = |found: &str| {
            Message::new("receipt-word")
                .with("rule", clipped(&self.rule))
                .with("found", clipped(found))
        };
        if Verdict::from_word(&self.verdict).is_none() {
            return Err(wrong(&self.verdict));
        }
        let is_cause = |word: &&String| Cause::ALL.iter().any(|cause| cause.word() == *word);
        if let Some(word) = self.causes.iter().find(|word| !is_cause(word)) {
            return Err(wrong(word));
        }
        let mut classes = OutlookClass::ALL.iter();
        match &self.outlook {
            Some(word) if !classes.any(|class| class.word() == word) => Err(wrong(word)),
            _ => Ok(()),
        }
    }
}
