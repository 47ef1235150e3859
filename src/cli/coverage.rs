//! `plumbrule coverage`: which sections of a document rules cite, which are declared prose, and which
//! are missing.
//!
//! Goes in: packs, each compiled on its own, and an outline. Comes out: a table. Exit status 1 where a
//! section is missing.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum, ValueHint};

use plumbrule::coverage::{Coverage, Covered, State, read_outline};
use plumbrule::message::{Label, Lang, Message};
use plumbrule::report::wrap;
use plumbrule::source::Sources;

use super::args::LimitArgs;
use super::load;
use super::output::{self, Failure};
use super::table::{Cell, Table};

#[derive(Args)]
pub(crate) struct CoverageArgs {
    #[arg(value_name = "PACK", required = true, value_hint = ValueHint::AnyPath)]
    pub pack: Vec<PathBuf>,
    #[arg(long, value_name = "FILE", required = true, value_hint = ValueHint::FilePath)]
    pub outline: PathBuf,
    #[arg(long)]
    pub missing: bool,
    #[arg(long = "format", value_name = "FORMAT", value_enum)]
    pub coverage_format: Option<CoverageFormat>,
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub out: Option<PathBuf>,
    #[command(flatten)]
    pub limits: LimitArgs,
}

/// How it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum CoverageFormat {
    Human,
    Json,
    Csv,
}

impl CoverageArgs {
    /// The format asked for; else that of the ending of the output file; else for a person.
    fn format(&self) -> CoverageFormat {
        let ending = self.out.as_deref().and_then(Path::extension);
        let of_ending = || match ending?.to_str()? {
            "json" => Some(CoverageFormat::Json),
            "csv" => Some(CoverageFormat::Csv),
            _ => None,
        };
        self.coverage_format
            .or_else(of_ending)
            .unwrap_or(CoverageFormat::Human)
    }
}

/// Columns of a section.
const COLUMNS: &[(&str, &str)] = &[
    ("section", "coverage-section"),
    ("title", "list-label"),
    ("document", "coverage-document"),
    ("lines", "coverage-lines"),
    ("state", "coverage-state"),
    ("rules", "list-rules"),
    ("packs", "list-packs"),
    ("why", "coverage-why"),
];

pub(crate) fn run(args: &CoverageArgs, lang: Lang) -> Result<u8, Failure> {
    let mut programs = Vec::new();
    for pack in &args.pack {
        programs.push(load::program(
            std::slice::from_ref(pack),
            args.limits,
            lang,
        )?);
    }
    let name = args.outline.display().to_string();
    let bytes = load::read_up_to(&args.outline, args.limits.max_rule_bytes)?;
    let mut sources = Sources::new();
    let id = sources.add(&name, &load::rule_text(&name, bytes)?);
    let sections = match read_outline(&sources, id) {
        Ok(sections) => sections,
        Err(problems) => return Err(Failure::Diagnostics(problems, Box::new(sources))),
    };
    let coverage = Coverage::of(&sections, &programs);
    let shown = coverage.sections.iter();
    let shown = shown.filter(|one| !args.missing || one.state() == State::Missing);
    let table = Table {
        columns: COLUMNS,
        rows: shown.map(row).collect(),
    };
    let bytes = match args.format() {
        CoverageFormat::Human => human(&table, &coverage, args, lang).into_bytes(),
        CoverageFormat::Json => json(&coverage, args.missing).into_bytes(),
        CoverageFormat::Csv => table
            .csv(lang)
            .map_err(|error| output::unwritten("-", &error.into()))?,
    };
    output::deliver(&bytes, args.out.as_deref())?;
    Ok(u8::from(coverage.count(State::Missing) > 0))
}

fn state_message(state: State) -> Message {
    Message::new(match state {
        State::Missing => "coverage-missing",
        State::Prose => "coverage-prose",
        State::Covered => "coverage-covered",
    })
}

/// The packs whose rules cite a section, each once.
fn packs(covered: &Covered) -> Vec<String> {
    let mut packs: Vec<String> = covered.rules.iter().map(|(pack, _)| pack.clone()).collect();
    packs.dedup();
    packs
}

fn row(covered: &Covered) -> Vec<Cell> {
    let section = &covered.section;
    let state = covered.state();
    let said = |lang| state_message(state).render(lang);
    let word = Label {
        zh: said(Lang::Zh),
        en: said(Lang::En),
    };
    let why = match state {
        State::Prose => section.prose.clone(),
        _ => Label::default(),
    };
    vec![
        Cell::Text(section.id.clone()),
        Cell::Label(section.title.clone()),
        Cell::Text(section.document.clone()),
        Cell::Text(format!("{}-{}", section.first, section.last)),
        Cell::Word(state.word().to_owned(), word),
        Cell::Count(covered.rules.len()),
        Cell::texts(packs(covered)),
        Cell::Label(why),
    ]
}

fn human(table: &Table, coverage: &Coverage, args: &CoverageArgs, lang: Lang) -> String {
    let columns = match args.out {
        Some(_) => usize::MAX / 4,
        None => output::columns(),
    };
    let mut out = String::new();
    if !table.rows.is_empty() {
        out.push_str(&table.human(lang, columns));
        out.push('\n');
    }
    let mut said = vec![
        Message::new("coverage-counts")
            .with("all", coverage.sections.len())
            .with("covered", coverage.count(State::Covered))
            .with("prose", coverage.count(State::Prose))
            .with("missing", coverage.count(State::Missing)),
    ];
    if !coverage.elsewhere.is_empty() {
        let ids = coverage.elsewhere.iter().map(|(_, id)| id.clone());
        let message = Message::new("coverage-elsewhere")
            .with("count", coverage.elsewhere.len())
            .with("rules", ids.collect::<Vec<String>>());
        said.push(message);
    }
    for message in said {
        for line in wrap(&message.render(lang), columns) {
            out.push_str(&line);
            out.push('\n');
        }
    }
    out
}

/// One object, by `docs/schema/coverage.json`; the same in both languages.
fn json(coverage: &Coverage, only_missing: bool) -> String {
    let named = |rules: &[(String, String)]| -> Vec<serde_json::Value> {
        let rule = |(pack, id): &(String, String)| serde_json::json!({"pack": pack, "rule": id});
        rules.iter().map(rule).collect()
    };
    let label = |label: &Label| serde_json::json!({"zh": label.zh, "en": label.en});
    let shown = coverage.sections.iter();
    let shown = shown.filter(|one| !only_missing || one.state() == State::Missing);
    let sections: Vec<serde_json::Value> = shown
        .map(|covered| {
            let section = &covered.section;
            serde_json::json!({
                "section": section.id,
                "level": section.level,
                "title": label(&section.title),
                "document": section.document,
                "first": section.first,
                "last": section.last,
                "state": covered.state().word(),
                "prose": label(&section.prose),
                "rules": named(&covered.rules),
            })
        })
        .collect();
    let document = serde_json::json!({
        "schema": "plumbrule-coverage-1",
        "counts": {
            "covered": coverage.count(State::Covered),
            "prose": coverage.count(State::Prose),
            "missing": coverage.count(State::Missing),
        },
        "sections": sections,
        "elsewhere": named(&coverage.elsewhere),
    });
    format!("{document:#}\n")
}
