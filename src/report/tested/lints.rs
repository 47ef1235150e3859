//! What somebody should look at in a pack, for a person and for machines. Renders; decides nothing.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;

use super::json::{PlaceJson, Text, place_in};
use crate::diagnostic::{Code, Diagnostic, Severity, render};
use crate::lint::{Edit, Lint, Linted, Unexamined};
use crate::message::{Lang, Message};
use crate::program::Program;
use crate::report::text::hanging;
use crate::report::{Digests, Format, Problems, write_problems};
use crate::source::Sources;

/// The forms of a run of lints.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LintForm {
    /// For a person at a terminal.
    Human,
    /// For a machine, by `docs/schema/lint.json`.
    Json,
    /// For tools that show problems in source files, by SARIF 2.1.0.
    Sarif,
}

impl LintForm {
    /// All forms.
    pub const ALL: [LintForm; 3] = [LintForm::Human, LintForm::Json, LintForm::Sarif];

    /// The name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            LintForm::Human => "human",
            LintForm::Json => "json",
            LintForm::Sarif => "sarif",
        }
    }

    /// The usual ending of its files, without the point.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            LintForm::Human => "txt",
            LintForm::Json => "json",
            LintForm::Sarif => "sarif",
        }
    }
}

/// Everything that is shown of a run of lints.
#[derive(Clone, Copy)]
pub struct LintReport<'a> {
    /// The pack.
    pub program: &'a Program,
    /// Its rule files.
    pub sources: &'a Sources,
    /// What was found.
    pub linted: &'a Linted,
    /// How many were mended before.
    pub n_fixed: usize,
    /// Codes that count even where they are notes.
    pub deny: &'a [Code],
    /// Digests of what it was made from.
    pub digests: &'a Digests,
    /// The language of the sentences.
    pub lang: Lang,
    /// Columns of the terminal.
    pub columns: usize,
    /// Whether it is coloured.
    pub colour: bool,
}

/// Writes a run of lints.
///
/// # Errors
///
/// What the writer says.
pub fn write_lints(w: &mut dyn Write, form: LintForm, report: &LintReport<'_>) -> io::Result<()> {
    match form {
        LintForm::Human => human(w, report),
        LintForm::Json => json(w, report),
        LintForm::Sarif => {
            let problems: Vec<Diagnostic> = report.linted.lints.iter().map(sarif).collect();
            let told = Problems {
                diagnostics: &problems,
                sources: report.sources,
                figures: &[],
                lang: report.lang,
            };
            write_problems(w, Format::SARIF, &told)
        }
    }
}

/// The lint with its fix, where that is one edit at its first place.
fn sarif(lint: &Lint) -> Diagnostic {
    let mut problem = lint.problem.clone();
    let edits = lint.fix.as_ref().map(|fix| fix.edits.as_slice());
    if let (Some([edit]), Some(first)) = (edits, problem.places.first())
        && edit.span == first.span
    {
        problem.mend = Some(edit.text.clone());
    }
    problem
}

/// How many are of a severity.
fn count(report: &LintReport<'_>, severity: Severity) -> usize {
    let lints = report.linted.lints.iter();
    lints
        .filter(|lint| lint.problem.severity() == severity)
        .count()
}

fn human(w: &mut dyn Write, report: &LintReport<'_>) -> io::Result<()> {
    let (linted, lang) = (report.linted, report.lang);
    let problems: Vec<Diagnostic> = linted
        .lints
        .iter()
        .map(|lint| lint.problem.clone())
        .collect();
    if !problems.is_empty() {
        let text = render(&problems, report.sources, lang, report.colour);
        writeln!(w, "{}\n", text.trim_end())?;
    }
    for ((code, why), items) in reasons(&linted.unexamined) {
        let told = Message::new("lint-unexamined")
            .with("code", code.as_str())
            .with("why", why.clone())
            .with("count", items.len())
            .with(
                "items",
                items
                    .iter()
                    .take(MOST_NAMED)
                    .copied()
                    .collect::<Vec<&str>>(),
            );
        hanging(w, &told.render(lang), report.columns, 0)?;
    }
    let mendable = linted
        .lints
        .iter()
        .filter(|lint| lint.fix.is_some())
        .count();
    let told = [
        (report.n_fixed > 0).then(|| Message::new("lint-fixed").with("count", report.n_fixed)),
        (linted.n_allowed > 0)
            .then(|| Message::new("lint-allowed").with("count", linted.n_allowed)),
        (mendable > 0).then(|| Message::new("lint-mendable").with("count", mendable)),
        Some(summary(report)),
    ];
    for message in told.into_iter().flatten() {
        hanging(w, &message.render(lang), report.columns, 0)?;
    }
    Ok(())
}

/// Items that are named where a lint could not look at many.
const MOST_NAMED: usize = 5;

fn summary(report: &LintReport<'_>) -> Message {
    match (
        count(report, Severity::Warning),
        count(report, Severity::Note),
    ) {
        (0, 0) => Message::new("lint-none"),
        (warnings, notes) => Message::new("lint-summary")
            .with("warnings", warnings)
            .with("notes", notes),
    }
}

/// What could not be looked at, by lint and reason.
fn reasons(all: &[Unexamined]) -> BTreeMap<(Code, &Message), Vec<&str>> {
    let mut reasons: BTreeMap<(Code, &Message), Vec<&str>> = BTreeMap::new();
    for one in all {
        let items = reasons.entry((one.code, &one.why)).or_default();
        items.push(&one.item);
    }
    reasons
}

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    pack: &'a str,
    rules_digest: &'a str,
    warnings: usize,
    notes: usize,
    /// Those that decide the exit status.
    open: usize,
    allowed: usize,
    fixed: usize,
    lints: Vec<LintJson<'a>>,
    unexamined: Vec<UnexaminedJson<'a>>,
}

#[derive(Serialize)]
struct LintJson<'a> {
    code: &'static str,
    severity: &'static str,
    item: Option<&'a str>,
    message: Text,
    places: Vec<SpotJson>,
    help: Option<Text>,
    fix: Option<Vec<EditJson<'a>>>,
}

#[derive(Serialize)]
struct SpotJson {
    #[serde(flatten)]
    at: PlaceJson,
    text: Text,
}

#[derive(Serialize)]
struct EditJson<'a> {
    #[serde(flatten)]
    at: PlaceJson,
    /// The text that goes.
    old: &'a str,
    /// The text that comes.
    new: &'a str,
}

#[derive(Serialize)]
struct UnexaminedJson<'a> {
    code: &'static str,
    item: &'a str,
    why: Text,
}

fn json(w: &mut dyn Write, report: &LintReport<'_>) -> io::Result<()> {
    let (linted, sources) = (report.linted, report.sources);
    let unexamined = linted.unexamined.iter().map(|one| UnexaminedJson {
        code: one.code.as_str(),
        item: &one.item,
        why: Text::said(&one.why),
    });
    let document = Document {
        schema: "plumbrule-lint-1",
        pack: &report.program.model.pack.id,
        rules_digest: &report.digests.rules,
        warnings: count(report, Severity::Warning),
        notes: count(report, Severity::Note),
        open: linted.n_open(report.deny),
        allowed: linted.n_allowed,
        fixed: report.n_fixed,
        lints: linted.lints.iter().map(|lint| one(lint, sources)).collect(),
        unexamined: unexamined.collect(),
    };
    serde_json::to_writer_pretty(&mut *w, &document)?;
    writeln!(w)
}

fn one<'a>(lint: &'a Lint, sources: &'a Sources) -> LintJson<'a> {
    let problem = &lint.problem;
    let places = problem.places.iter().map(|place| SpotJson {
        at: place_in(sources, place.span),
        text: Text::said(&place.message),
    });
    let edit = |edit: &'a Edit| EditJson {
        at: place_in(sources, edit.span),
        old: sources.slice(edit.span),
        new: &edit.text,
    };
    LintJson {
        code: problem.code.as_str(),
        severity: problem.severity().word(),
        item: lint.item.as_deref(),
        message: Text::said(&problem.message),
        places: places.collect(),
        help: problem.help.as_ref().map(Text::said),
        fix: lint
            .fix
            .as_ref()
            .map(|fix| fix.edits.iter().map(edit).collect()),
    }
}
