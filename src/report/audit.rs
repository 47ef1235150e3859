//! What an audit found, for a person, a machine, a page, a workbook and a table.
//!
//! An [`Audit`] goes in; bytes come out. Renders; decides nothing.

use std::io;

use super::diff::DiffSide;
use crate::audit::{Audit, AuditFinding, Severity};
use crate::message::{Arg, Lang, Message};

mod human;
mod json;

/// A form of an audit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AuditForm {
    /// For a person at a terminal.
    Human,
    /// For a machine, by `docs/schema/audit.json`.
    Json,
}

impl AuditForm {
    /// All forms.
    pub const ALL: [AuditForm; 2] = [AuditForm::Human, AuditForm::Json];

    /// The name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            AuditForm::Human => "human",
            AuditForm::Json => "json",
        }
    }

    /// The usual ending of its files, without the point.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            AuditForm::Human => "txt",
            AuditForm::Json => "json",
        }
    }
}

/// Everything that is shown of an audit.
#[derive(Clone, Copy)]
pub struct AuditReport<'a> {
    /// The run.
    pub side: DiffSide<'a>,
    /// What was found.
    pub audit: &'a Audit,
    /// The language of the sentences.
    pub lang: Lang,
    /// Columns of the terminal.
    pub columns: usize,
    /// Whether colours may be used.
    pub colour: bool,
}

/// Writes what an audit found.
///
/// # Errors
///
/// What the writer says.
pub fn write_audit(
    w: &mut dyn io::Write,
    form: AuditForm,
    report: &AuditReport<'_>,
) -> io::Result<()> {
    match form {
        AuditForm::Human => human::write(w, report),
        AuditForm::Json => json::write(w, report),
    }
}

/// How a finding stands, in the order in which they are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Section {
    Contradiction,
    Implausible,
    Acknowledged,
    Explained,
}

impl Section {
    const ALL: [Section; 4] = [
        Section::Contradiction,
        Section::Implausible,
        Section::Acknowledged,
        Section::Explained,
    ];

    fn of(finding: &AuditFinding) -> Section {
        match finding.severity {
            _ if finding.explained.is_some() => Section::Explained,
            _ if finding.is_acknowledged() => Section::Acknowledged,
            Severity::Contradiction => Section::Contradiction,
            Severity::Implausible => Section::Implausible,
        }
    }

    fn key(self) -> &'static str {
        match self {
            Section::Contradiction => "audit-section-contradiction",
            Section::Implausible => "audit-section-implausible",
            Section::Acknowledged => "audit-section-acknowledged",
            Section::Explained => "audit-section-explained",
        }
    }

    fn word(self) -> &'static str {
        match self {
            Section::Contradiction | Section::Implausible => "open",
            Section::Acknowledged => "acknowledged",
            Section::Explained => "explained",
        }
    }
}

impl AuditReport<'_> {
    /// The findings of a section, in order.
    fn of(&self, section: Section) -> Vec<&AuditFinding> {
        let all = self.audit.findings.iter();
        all.filter(|finding| Section::of(finding) == section)
            .collect()
    }

    /// How many figures and relations were looked at.
    fn head(&self) -> Message {
        let relations = self.audit.relations.iter();
        Message::new("audit-head")
            .with("figures", self.audit.n_figures)
            .with("relations", relations.map(|one| one.checked).sum::<usize>())
            .with(
                "knownOn",
                self.side
                    .run
                    .options
                    .choice
                    .words(self.side.run.options.known_on),
            )
    }

    /// How many findings there are of each section.
    fn counts(&self) -> Message {
        let counts = Section::ALL.map(|section| {
            Arg::Message(Message::new(section.key()).with("count", self.of(section).len()))
        });
        Message::new("audit-counts").with("counts", Arg::List(counts.to_vec()))
    }
}

/// Who has acknowledged a finding, and whether that counts.
fn acknowledged(finding: &AuditFinding) -> Option<Message> {
    let (noted, lapse) = finding.acknowledged.as_ref()?;
    Some(
        Message::new(lapse.key())
            .with("author", &noted.author)
            .with("until", noted.until.to_string())
            .with("reason", &noted.reason),
    )
}

/// A hypothesis with what speaks for it.
fn tested(hypothesis: &crate::audit::Hypothesis) -> Message {
    let key = match hypothesis.total {
        0 => "audit-hypothesis-untested",
        _ => "audit-hypothesis",
    };
    Message::new(key)
        .with("hypothesis", hypothesis.message.clone())
        .with("satisfied", hypothesis.satisfied)
        .with("total", hypothesis.total)
}
