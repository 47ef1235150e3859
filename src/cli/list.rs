//! `plumbrule list`: what a pack declares, and what the language and the program know.
//!
//! Goes in: the kind of things, and a pack where they are of one. Comes out: a table. Evaluates
//! no figure.

use std::path::{Path, PathBuf};

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum, ValueHint};

use plumbrule::message::{Lang, Message, catalogue};
use plumbrule::program::Program;
use plumbrule::source::Sources;

use super::args::LimitArgs;
use super::load;
use super::output::{self, Failure};
use super::paths;
use super::table::{Cell, Table};

mod declared;
mod known;

#[derive(Args)]
pub(crate) struct ListArgs {
    #[arg(value_name = "KIND", value_parser = kinds())]
    pub kind: Option<Kind>,
    #[arg(value_name = "PACK", value_hint = ValueHint::AnyPath)]
    pub pack: Vec<PathBuf>,
    #[arg(long = "match", value_name = "TEXT")]
    pub wanted: Option<String>,
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = ListFormat::Human)]
    pub format: ListFormat,
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub out: Option<PathBuf>,
    #[command(flatten)]
    pub limits: LimitArgs,
}

/// How a list is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    Human,
    Json,
    Csv,
}

/// What is listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Packs,
    Rules,
    Indicators,
    Quantities,
    Breakdowns,
    Classes,
    Entities,
    Documents,
    Tests,
    Units,
    Words,
    Functions,
    Keywords,
    Codes,
    Formats,
}

/// Where the things of a kind come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Origin {
    /// Packs that are found.
    Folders,
    /// One pack, compiled.
    Pack,
    /// The standard library, and a pack where one is named.
    Library,
    /// The program.
    Program,
}

/// All kinds: the word of the command line, the key of the word in each language, the origin.
const KINDS: &[(Kind, &str, &str, Origin)] = &[
    (Kind::Packs, "packs", "list-packs", Origin::Folders),
    (Kind::Rules, "rules", "list-rules", Origin::Pack),
    (
        Kind::Indicators,
        "indicators",
        "list-indicators",
        Origin::Pack,
    ),
    (
        Kind::Quantities,
        "quantities",
        "list-quantities",
        Origin::Pack,
    ),
    (
        Kind::Breakdowns,
        "breakdowns",
        "list-breakdowns",
        Origin::Pack,
    ),
    (Kind::Classes, "classes", "list-classes", Origin::Pack),
    (Kind::Entities, "entities", "list-entities", Origin::Pack),
    (Kind::Documents, "documents", "list-documents", Origin::Pack),
    (Kind::Tests, "tests", "list-tests", Origin::Pack),
    (Kind::Units, "units", "list-units", Origin::Library),
    (Kind::Words, "words", "list-words", Origin::Library),
    (
        Kind::Functions,
        "functions",
        "list-functions",
        Origin::Program,
    ),
    (Kind::Keywords, "keywords", "list-keywords", Origin::Program),
    (Kind::Codes, "codes", "list-codes", Origin::Program),
    (Kind::Formats, "formats", "list-formats", Origin::Program),
];

/// Reads a kind by its English or its Chinese word.
fn kinds() -> impl TypedValueParser<Value = Kind> {
    let values = KINDS.iter().map(|(_, word, key, _)| {
        let chinese = catalogue(Lang::Zh).word(key);
        PossibleValue::new(*word).alias(chinese)
    });
    PossibleValuesParser::new(values).map(|text| {
        let found = KINDS
            .iter()
            .find(|(_, word, key, _)| *word == text || catalogue(Lang::Zh).word(key) == text);
        found.map_or(Kind::Packs, |(kind, ..)| *kind)
    })
}

pub(crate) fn run(args: &ListArgs, lang: Lang) -> Result<u8, Failure> {
    let mut table = match args.kind {
        None => overview(),
        Some(kind) => of_kind(kind, args, lang)?,
    };
    if let Some(wanted) = &args.wanted {
        table.retain(wanted);
    }
    let bytes = match args.format {
        ListFormat::Human => human(&table, args, lang).into_bytes(),
        ListFormat::Json => {
            let document = serde_json::json!({
                "schema": "plumbrule-list-1",
                "rows": table.json(),
            });
            format!("{document:#}\n").into_bytes()
        }
        ListFormat::Csv => table
            .csv(lang)
            .map_err(|error| output::unwritten("-", &error.into()))?,
    };
    output::deliver(&bytes, args.out.as_deref())?;
    Ok(0)
}

fn human(table: &Table, args: &ListArgs, lang: Lang) -> String {
    if table.rows.is_empty() {
        let message = match &args.wanted {
            Some(wanted) => Message::new("list-no-match").with("text", wanted),
            None => Message::new("list-none"),
        };
        return format!("{}\n", message.render(lang));
    }
    let columns = match args.out {
        Some(_) => usize::MAX / 4,
        None => output::columns(),
    };
    let mut out = table.human(lang, columns);
    let n = Message::new("list-count").with("count", table.rows.len());
    out.push_str(&format!("\n{}\n", n.render(lang)));
    out
}

/// What can be listed.
fn overview() -> Table {
    let rows = KINDS.iter().map(|(_, word, key, origin)| {
        let of = match origin {
            Origin::Folders => "list-of-folders",
            Origin::Pack => "list-of-pack",
            Origin::Library => "list-of-library",
            Origin::Program => "list-of-program",
        };
        vec![
            Cell::Text((*word).to_owned()),
            Cell::Message(Message::new(key)),
            Cell::Message(Message::new(of)),
        ]
    });
    Table {
        columns: &[
            ("kind", "list-kind"),
            ("label", "list-label"),
            ("from", "list-from"),
        ],
        rows: rows.collect(),
    }
}

fn of_kind(kind: Kind, args: &ListArgs, lang: Lang) -> Result<Table, Failure> {
    let known = KINDS.iter().find(|(of, ..)| *of == kind);
    let (word, key, origin) = known.map_or(("", "list-packs", Origin::Program), |found| {
        (found.1, found.2, found.3)
    });
    if origin == Origin::Program && !args.pack.is_empty() {
        let message = Message::new("list-not-of-pack").with("kind", Message::new(key));
        let line = format!("plumbrule list {word}");
        return Err(Failure::Message(
            message,
            Some(Message::new("help-example").with("line", line)),
        ));
    }
    Ok(match kind {
        Kind::Functions => known::functions(),
        Kind::Keywords => known::keywords(),
        Kind::Codes => known::codes(),
        Kind::Formats => known::formats(),
        Kind::Units => known::units(&library(args)?),
        Kind::Words => known::words(&library(args)?),
        Kind::Packs => packs(args, lang)?,
        _ => {
            let program = program(word, args, lang)?;
            match kind {
                Kind::Rules => declared::rules(&program),
                Kind::Indicators => declared::indicators(&program),
                Kind::Quantities => declared::quantities(&program),
                Kind::Breakdowns => declared::breakdowns(&program),
                Kind::Classes => declared::classes(&program),
                Kind::Entities => declared::entities(&program),
                Kind::Documents => declared::documents(&program),
                _ => declared::tests(&program, lang),
            }
        }
    })
}

/// The rule files of the standard library, and those of a pack where one is named.
fn library(args: &ListArgs) -> Result<Sources, Failure> {
    if args.pack.is_empty() {
        return Ok(Sources::with_std());
    }
    load::sources(&args.pack, args.limits)
}

/// The pack that is named; else the only one that is found.
fn program(word: &str, args: &ListArgs, lang: Lang) -> Result<Program, Failure> {
    if !args.pack.is_empty() {
        return load::program(&args.pack, args.limits, lang);
    }
    let found = paths::packs();
    let mut found = found.into_iter();
    let (Some(only), None) = (found.next(), found.next()) else {
        let packs = paths::packs();
        let example = packs.first().map_or_else(
            || "rules/nip-2021".to_owned(),
            |first| super::shell::quoted(first),
        );
        let names: Vec<String> = packs
            .iter()
            .map(|path| path.display().to_string())
            .collect();
        let line = format!("plumbrule list {word} {example}");
        let (message, help) = match names.is_empty() {
            true => (Message::new("list-no-pack"), "help-example"),
            false => (
                Message::new("list-which-pack").with("packs", names),
                "help-which-pack",
            ),
        };
        return Err(Failure::Message(
            message,
            Some(Message::new(help).with("line", line)),
        ));
    };
    load::program(&[only], args.limits, lang)
}

/// The packs that are named, or all that are found, each with what it holds.
fn packs(args: &ListArgs, lang: Lang) -> Result<Table, Failure> {
    let named = match args.pack.is_empty() {
        true => paths::packs(),
        false => args.pack.clone(),
    };
    let mut rows = Vec::new();
    for path in named {
        let program = load::program(std::slice::from_ref(&path), args.limits, lang)?;
        rows.push(declared::pack(&program, Path::new(&path)));
    }
    Ok(Table {
        columns: declared::PACK,
        rows,
    })
}
