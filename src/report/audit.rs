//! What an audit found, for a person, a machine, a page, a workbook and a table.
//!
//! An [`Audit`] goes in; bytes come out. Renders; decides nothing.

use std::io;

use super::diff::DiffSide;
use crate::audit::{Audit, AuditFigure, AuditFinding, Repairs, Severity};
use crate::explain::Shown;
use crate::message::{Arg, Lang, Message};

mod human;
mod json;
mod markdown;
pub(super) mod repair;

/// A form of an audit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AuditForm {
    /// For a person at a terminal.
    Human,
    /// For a machine, by `docs/schema/audit.json`.
    Json,
    /// For a person with a browser or a printer.
    Html,
    /// A workbook.
    Xlsx,
    /// One line a finding, for spreadsheets and databases.
    Csv,
    /// For a page or a comment.
    Markdown,
}

impl AuditForm {
    /// All forms.
    pub const ALL: [AuditForm; 6] = [
        AuditForm::Human,
        AuditForm::Json,
        AuditForm::Html,
        AuditForm::Xlsx,
        AuditForm::Csv,
        AuditForm::Markdown,
    ];

    /// The name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            AuditForm::Human => "human",
            AuditForm::Json => "json",
            AuditForm::Html => "html",
            AuditForm::Xlsx => "xlsx",
            AuditForm::Csv => "csv",
            AuditForm::Markdown => "markdown",
        }
    }

    /// The usual ending of its files, without the point.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            AuditForm::Human => "txt",
            AuditForm::Markdown => "md",
            other => other.name(),
        }
    }

    /// Whether its bytes are no text, and so not for a terminal.
    #[must_use]
    pub fn is_binary(self) -> bool {
        self == AuditForm::Xlsx
    }
}

/// Everything that is shown of an audit.
#[derive(Clone, Copy)]
pub struct AuditReport<'a> {
    /// The run.
    pub side: DiffSide<'a>,
    /// What was found.
    pub audit: &'a Audit,
    /// Which figures must be wrong, where that was asked.
    pub repairs: Option<&'a Repairs>,
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
        AuditForm::Html => super::html::write_audit(w, report),
        AuditForm::Xlsx => {
            let bytes = super::xlsx::audit(report).map_err(io::Error::other)?;
            w.write_all(&bytes)
        }
        AuditForm::Csv => super::csv::write_audit(w, report),
        AuditForm::Markdown => markdown::write(w, report),
    }
}

/// How a finding stands, in the order in which they are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Section {
    Contradiction,
    Implausible,
    Acknowledged,
    Explained,
}

impl Section {
    pub(super) const ALL: [Section; 4] = [
        Section::Contradiction,
        Section::Implausible,
        Section::Acknowledged,
        Section::Explained,
    ];

    pub(super) fn of(finding: &AuditFinding) -> Section {
        match finding.severity {
            _ if finding.explained.is_some() => Section::Explained,
            _ if finding.is_acknowledged() => Section::Acknowledged,
            Severity::Contradiction => Section::Contradiction,
            Severity::Implausible => Section::Implausible,
        }
    }

    pub(super) fn key(self) -> &'static str {
        match self {
            Section::Contradiction => "audit-section-contradiction",
            Section::Implausible => "audit-section-implausible",
            Section::Acknowledged => "audit-section-acknowledged",
            Section::Explained => "audit-section-explained",
        }
    }

    /// The key of its name alone.
    pub(super) fn name(self) -> &'static str {
        match self {
            Section::Contradiction => Severity::Contradiction.key(),
            Section::Implausible => Severity::Implausible.key(),
            Section::Acknowledged => "audit-standing-acknowledged",
            Section::Explained => "audit-standing-explained",
        }
    }

    /// Its place on a page.
    pub(super) fn anchor(self) -> &'static str {
        match self {
            Section::Contradiction => "contradictions",
            Section::Implausible => "implausible",
            Section::Acknowledged => "acknowledged",
            Section::Explained => "explained",
        }
    }

    pub(super) fn word(self) -> &'static str {
        match self {
            Section::Contradiction | Section::Implausible => "open",
            Section::Acknowledged => "acknowledged",
            Section::Explained => "explained",
        }
    }
}

impl AuditReport<'_> {
    /// The findings of a section, in order.
    pub(super) fn of(&self, section: Section) -> Vec<&AuditFinding> {
        let all = self.audit.findings.iter();
        all.filter(|finding| Section::of(finding) == section)
            .collect()
    }

    /// How many figures and relations were looked at.
    pub(super) fn head(&self) -> Message {
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

    /// How far relations were looked at together, where any were.
    pub(super) fn joint(&self) -> Vec<Message> {
        let joint = &self.audit.joint;
        let mut told = Vec::new();
        if joint.groups > 0 {
            told.push(
                Message::new("audit-joint")
                    .with("relations", joint.relations)
                    .with("groups", joint.groups),
            );
        }
        if joint.partly > 0 {
            told.push(Message::new("audit-joint-partly").with("count", joint.partly));
        }
        let reasons = joint.left_out.iter().map(|(why, count)| {
            let reason = Message::new("joint-left")
                .with("reason", Message::new(why.key()))
                .with("count", *count);
            Arg::Message(reason)
        });
        let reasons: Vec<Arg> = reasons.collect();
        if !reasons.is_empty() {
            told.push(Message::new("audit-joint-left").with("reasons", Arg::List(reasons)));
        }
        told
    }

    /// That hypotheses are missing, where they are.
    pub(super) fn unweighed(&self) -> Option<Message> {
        let n = self.audit.n_unweighed;
        (n > 0).then(|| Message::new("audit-unweighed").with("count", n))
    }

    /// How many findings there are of each section.
    pub(super) fn counts(&self) -> Message {
        let counts = Section::ALL.map(|section| {
            Arg::Message(Message::new(section.key()).with("count", self.of(section).len()))
        });
        Message::new("audit-counts").with("counts", Arg::List(counts.to_vec()))
    }
}

/// A figure of a finding: what it says, where, and what else it satisfies.
fn figure(report: &AuditReport<'_>, figure: &AuditFigure) -> Message {
    let shown = Shown {
        set: figure.set.clone(),
        unit: figure.unit.clone(),
    };
    let key = match figure.others.1 {
        0 => "audit-figure",
        _ => "audit-figure-others",
    };
    Message::new(key)
        .with("figure", figure.name.clone())
        .with("set", &shown)
        .with("satisfied", figure.others.0)
        .with("total", figure.others.1)
        .with("claim", report.side.claim(figure.claim))
}

/// A finding in one sentence, with the relations that cannot hold together.
pub(super) fn sentence(finding: &AuditFinding) -> Message {
    if finding.relations.is_empty() {
        return finding.said.clone();
    }
    let relations = finding.relations.iter();
    let relations = relations.map(|one| Arg::Message(one.said.clone()));
    Message::new("audit-said-relations")
        .with("said", finding.said.clone())
        .with("relations", Arg::List(relations.collect()))
}

/// In which other findings the figures of a finding stand, each figure once.
pub(super) fn also(finding: &AuditFinding) -> Vec<Message> {
    let mut told: Vec<String> = Vec::new();
    let mut found = Vec::new();
    for figure in finding.figures.iter().filter(|figure| figure.n_also > 0) {
        let name = figure.name.render(Lang::En);
        if told.contains(&name) {
            continue;
        }
        told.push(name);
        let n_more = figure.n_also - figure.also.len().min(figure.n_also);
        let key = match n_more {
            0 => "audit-also",
            _ => "audit-also-more",
        };
        let message = Message::new(key)
            .with("figure", figure.name.clone())
            .with("ids", figure.also.clone());
        found.push(match n_more {
            0 => message,
            _ => message.with("more", n_more),
        });
    }
    found
}

/// Who has acknowledged a finding, and whether that counts.
pub(super) fn acknowledged(finding: &AuditFinding) -> Option<Message> {
    let (noted, lapse) = finding.acknowledged.as_ref()?;
    Some(
        Message::new(lapse.key())
            .with("author", &noted.author)
            .with("until", noted.until.to_string())
            .with("reason", &noted.reason),
    )
}

/// A hypothesis with what speaks for it.
pub(super) fn tested(hypothesis: &crate::audit::Hypothesis) -> Message {
    let key = match hypothesis.total {
        0 => "audit-hypothesis-untested",
        _ => "audit-hypothesis",
    };
    Message::new(key)
        .with("hypothesis", hypothesis.message.clone())
        .with("satisfied", hypothesis.satisfied)
        .with("total", hypothesis.total)
}
