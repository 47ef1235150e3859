//! The closed list of output formats.
//!
//! A format is one file that exports its [`FormatDef`], and one line in [`Format::ALL`]. The
//! command line, its help and the tests read the list.

use std::io;

use super::{Problems, Report, csv, ess, html, human, json, junit, markdown, sarif, xlsx};
use crate::explain::Explanation;

type WriteCheck = fn(&mut dyn io::Write, &Report<'_>) -> io::Result<()>;
type WriteExplanation = fn(&mut dyn io::Write, &Report<'_>, &Explanation) -> io::Result<()>;
type WriteProblems = fn(&mut dyn io::Write, &Problems<'_>) -> io::Result<()>;

/// What a format can write.
#[derive(Debug)]
pub(super) struct FormatDef {
    /// The name on the command line.
    pub(super) name: &'static str,
    /// The usual ending of its files, without the point.
    pub(super) ending: &'static str,
    /// Whether its bytes are no text.
    pub(super) is_binary: bool,
    /// The result of a check.
    pub(super) check: WriteCheck,
    /// One explanation, where the format has room for it.
    pub(super) explanation: Option<WriteExplanation>,
    /// What is wrong with rule files and tables, where the format is for that too.
    pub(super) problems: Option<ProblemsDef>,
}

/// How a format tells what is wrong with rule files and tables.
#[derive(Debug)]
pub(super) struct ProblemsDef {
    /// Writes them alone, where there is nothing to check.
    pub(super) write: WriteProblems,
    /// Whether the result of a check shows those of tables so plainly that it may take the place
    /// of a result from tables without any.
    pub(super) is_plain_in_check: bool,
}

/// An output format.
#[derive(Debug, Clone, Copy)]
pub struct Format(&'static FormatDef);

impl Format {
    /// For a person at a terminal.
    pub const HUMAN: Format = Format(&human::FORMAT);
    /// For a machine, by `docs/schema/check.json`.
    pub const JSON: Format = Format(&json::FORMAT);
    /// For a person with a browser or a printer: an audit report to sign.
    pub const HTML: Format = Format(&html::FORMAT);
    /// For systems that run tests, by `tests/schemas/junit-10.xsd`.
    pub const JUNIT: Format = Format(&junit::FORMAT);
    /// For tools that show problems in source files, by SARIF 2.1.0.
    pub const SARIF: Format = Format(&sarif::FORMAT);
    /// For statistical offices, by `docs/schema/ess.json`.
    pub const ESS: Format = Format(&ess::FORMAT);
    /// A workbook.
    pub const XLSX: Format = Format(&xlsx::FORMAT);
    /// For pull requests and wikis.
    pub const MARKDOWN: Format = Format(&markdown::FORMAT);
    /// One line a row, for spreadsheets and databases.
    pub const CSV: Format = Format(&csv::FORMAT);

    /// All formats.
    pub const ALL: &'static [Format] = &[
        Format::HUMAN,
        Format::JSON,
        Format::HTML,
        Format::JUNIT,
        Format::SARIF,
        Format::ESS,
        Format::XLSX,
        Format::MARKDOWN,
        Format::CSV,
    ];

    /// The name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.0.name
    }

    /// The usual ending of its files, without the point.
    #[must_use]
    pub fn ending(self) -> &'static str {
        self.0.ending
    }

    /// Whether its bytes are no text, and so not for a terminal.
    #[must_use]
    pub fn is_binary(self) -> bool {
        self.0.is_binary
    }

    /// Whether it can write one explanation.
    #[must_use]
    pub fn can_explain(self) -> bool {
        self.0.explanation.is_some()
    }

    /// Whether it can write what is wrong with rule files and tables.
    #[must_use]
    pub fn can_write_problems(self) -> bool {
        self.0.problems.is_some()
    }

    /// Whether the result of a check shows problems of tables so plainly that it may be written
    /// over a result that came from tables without any.
    #[must_use]
    pub fn shows_problems(self) -> bool {
        self.0
            .problems
            .as_ref()
            .is_some_and(|problems| problems.is_plain_in_check)
    }

    /// The format of a name.
    ///
    /// ```
    /// use plumbrule::report::Format;
    ///
    /// assert_eq!(Format::named("json").map(Format::ending), Some("json"));
    /// assert!(Format::named("paper").is_none());
    /// ```
    #[must_use]
    pub fn named(name: &str) -> Option<Format> {
        Format::ALL.iter().copied().find(|one| one.0.name == name)
    }
}

/// Writes the result of a check.
///
/// # Errors
///
/// What the writer says.
pub fn write_check(w: &mut dyn io::Write, format: Format, report: &Report<'_>) -> io::Result<()> {
    (format.0.check)(w, report)
}

/// Writes one explanation.
///
/// # Errors
///
/// What the writer says; [`io::ErrorKind::Unsupported`] for a format that
/// [cannot explain](Format::can_explain).
pub fn write_explanation(
    w: &mut dyn io::Write,
    format: Format,
    report: &Report<'_>,
    explanation: &Explanation,
) -> io::Result<()> {
    match format.0.explanation {
        Some(write) => write(w, report, explanation),
        None => Err(io::ErrorKind::Unsupported.into()),
    }
}

/// Writes what is wrong with rule files and tables.
///
/// # Errors
///
/// What the writer says; [`io::ErrorKind::Unsupported`] for a format that
/// [is not for that](Format::can_write_problems).
pub fn write_problems(
    w: &mut dyn io::Write,
    format: Format,
    problems: &Problems<'_>,
) -> io::Result<()> {
    match &format.0.problems {
        Some(def) => (def.write)(w, problems),
        None => Err(io::ErrorKind::Unsupported.into()),
    }
}
