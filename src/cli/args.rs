//! Arguments. Their help is in the message catalogue, in both languages.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};

use plumbrule::figures::{Encoding, Limits, ReadOptions};
use plumbrule::message::Lang;
use plumbrule::report::Format;

use super::choice::ChoiceArgs;
use super::init::InitArgs;
use super::list::ListArgs;
use super::replay::ReplayArgs;
use super::shell::{CompletionArgs, ManArgs};
use super::sign::{KeygenArgs, SignArgs};
use super::test::TestArgs;
use super::verify::VerifyArgs;

#[derive(Parser)]
#[command(name = "plumbrule", version, disable_help_subcommand = true)]
pub(crate) struct Cli {
    #[arg(long, global = true, value_enum)]
    pub lang: Option<LangArg>,
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value_t = ColourArg::Auto)]
    pub color: ColourArg,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum LangArg {
    Zh,
    En,
}

/// When text is coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ColourArg {
    Auto,
    Always,
    Never,
}

impl From<LangArg> for Lang {
    fn from(lang: LangArg) -> Lang {
        match lang {
            LangArg::Zh => Lang::Zh,
            LangArg::En => Lang::En,
        }
    }
}

// Arguments of a command are put together when it is asked for.
#[derive(Subcommand)]
#[command(defer = true)]
pub(crate) enum Command {
    Init(InitArgs),
    Check(CheckArgs),
    Explain(ExplainArgs),
    Outlook(super::outlook::OutlookArgs),
    Scores(super::scores::ScoreArgs),
    Audit(super::audit::AuditArgs),
    Vintages(super::vintages::VintageArgs),
    Diff(super::diff::DiffArgs),
    Compare(super::compare::CompareArgs),
    Graph(super::graph::GraphArgs),
    Coverage(super::coverage::CoverageArgs),
    Doc(super::doc::DocArgs),
    Test(TestArgs),
    Mutate(super::mutate::MutateArgs),
    Lint(super::lint::LintArgs),
    Fmt(FmtArgs),
    Lsp(super::lsp::LspArgs),
    List(ListArgs),
    Figures(super::figures::FiguresArgs),
    Template(super::template::TemplateArgs),
    Dump(DumpArgs),
    Replay(ReplayArgs),
    Keygen(KeygenArgs),
    Sign(SignArgs),
    Verify(VerifyArgs),
    Completions(CompletionArgs),
    Man(ManArgs),
}

/// Figures and clocks, shared by the commands that evaluate.
#[derive(Args, Clone)]
pub(crate) struct FigureArgs {
    #[arg(long, value_name = "PATH", num_args = 1.., value_hint = ValueHint::AnyPath)]
    pub figures: Vec<PathBuf>,
    #[command(flatten)]
    pub tables: TableArgs,
    #[arg(long, value_name = "PERIOD")]
    pub period: Option<String>,
    #[arg(long, value_name = "DATE")]
    pub in_force: Option<String>,
    #[arg(long, value_name = "DATE")]
    pub known_on: Option<String>,
    #[command(flatten)]
    pub choice: ChoiceArgs,
    #[arg(long, value_name = "FORMAT", value_parser = formats())]
    pub format: Option<Format>,
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub out: Option<PathBuf>,
    #[command(flatten)]
    pub limits: LimitArgs,
}

/// How tables are read, shared by all commands that read some.
#[derive(Args, Clone)]
pub(crate) struct TableArgs {
    #[arg(long, value_name = "NAME")]
    pub sheet: Vec<String>,
    #[arg(long, value_name = "NAME", value_parser = encodings())]
    pub encoding: Option<Encoding>,
    #[arg(long, value_name = "NAME")]
    pub stdin_name: Option<String>,
    #[arg(long, value_name = "BYTES")]
    pub max_table_bytes: Option<usize>,
}

impl TableArgs {
    /// What the reader of tables takes.
    pub(crate) fn options(&self) -> ReadOptions {
        let mut limits = Limits::default();
        limits.total_bytes = self.max_table_bytes.unwrap_or(limits.total_bytes);
        ReadOptions {
            limits,
            sheets: self.sheet.clone(),
            encoding: self.encoding,
        }
    }
}

#[derive(Args, Clone, Copy)]
pub(crate) struct LimitArgs {
    #[arg(long, value_name = "BYTES", default_value_t = 2 << 20)]
    pub max_rule_bytes: usize,
    #[arg(long, value_name = "N", default_value_t = 2_000_000)]
    pub max_terms: usize,
}

impl FigureArgs {
    /// The format asked for; else that of the ending of the output file; else for a person.
    pub(crate) fn format(&self) -> Format {
        let ending = self.out.as_deref().and_then(Path::extension);
        let of_ending = || {
            let ending = ending?.to_str()?;
            let mut all = Format::ALL.iter().copied();
            all.find(|format| format.ending() == ending)
        };
        self.format.or_else(of_ending).unwrap_or(Format::HUMAN)
    }
}

/// Reads the name of an output format; the list is the library's.
fn formats() -> impl TypedValueParser<Value = Format> {
    PossibleValuesParser::new(Format::ALL.iter().map(|format| format.name()))
        .map(|name| Format::named(&name).unwrap_or(Format::HUMAN))
}

/// Reads the name of an encoding; the list is the library's.
pub(crate) fn encodings() -> impl TypedValueParser<Value = Encoding> {
    let names = Encoding::ALL.map(|known| known.name().to_ascii_lowercase());
    let names = names.into_iter().chain(["gbk".to_owned()]);
    PossibleValuesParser::new(names).map(|name| Encoding::named(&name).unwrap_or(Encoding::Utf8))
}

#[derive(Args)]
pub(crate) struct CheckArgs {
    #[arg(value_name = "PACK", required = true, value_hint = ValueHint::AnyPath)]
    pub pack: Vec<PathBuf>,
    #[command(flatten)]
    pub figures: FigureArgs,
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    pub rule: Vec<String>,
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub category: Vec<String>,
    #[arg(
        long,
        visible_alias = "only",
        value_name = "VERDICT",
        value_delimiter = ','
    )]
    pub verdict: Vec<String>,
    #[arg(long = "entity", value_name = "ENTITY", value_delimiter = ',')]
    pub only_entity: Vec<String>,
    #[arg(long, value_name = "ORDER", value_enum, default_value_t = RowOrder::Rule)]
    pub by: RowOrder,
    #[arg(long, value_name = "FILE")]
    pub receipt: Option<PathBuf>,
    #[arg(long)]
    pub watch: bool,
    #[command(flatten)]
    pub columns: super::columns::ColumnsArgs,
}

/// What the rows of a check are ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum RowOrder {
    /// The rules, in the order of the pack.
    Rule,
    /// The bodies, each with all rules.
    Entity,
}

#[derive(Args)]
pub(crate) struct ExplainArgs {
    #[arg(value_name = "RULE|CODE")]
    pub what: String,
    #[arg(long, value_name = "PACK", value_hint = ValueHint::AnyPath)]
    pub rules: Vec<PathBuf>,
    #[arg(long, value_name = "ENTITY")]
    pub entity: Option<String>,
    #[arg(long, requires = "entity")]
    pub columns: bool,
    #[command(flatten)]
    pub figures: FigureArgs,
}

#[derive(Args)]
pub(crate) struct FmtArgs {
    #[arg(value_name = "PATH", required = true, value_hint = ValueHint::AnyPath)]
    pub paths: Vec<PathBuf>,
    #[arg(long)]
    pub check: bool,
}

#[derive(Args)]
pub(crate) struct DumpArgs {
    #[arg(value_name = "PACK", required = true, value_hint = ValueHint::AnyPath)]
    pub pack: Vec<PathBuf>,
    #[arg(long, value_enum)]
    pub phase: Phase,
    #[command(flatten)]
    pub limits: LimitArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Phase {
    Ast,
    Model,
    Graph,
    Program,
}

/// The form of an answer that is no report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum AnswerFormat {
    Human,
    Json,
}

/// The language asked for, before the arguments are parsed: `--lang`, else the environment.
pub(crate) fn language(arguments: &[OsString]) -> Lang {
    let texts: Vec<&str> = arguments
        .iter()
        .filter_map(|argument| argument.to_str())
        .collect();
    let after = texts
        .iter()
        .position(|text| *text == "--lang")
        .and_then(|at| texts.get(at + 1));
    let joined = texts.iter().find_map(|text| text.strip_prefix("--lang="));
    match after.copied().or(joined) {
        Some("zh") => return Lang::Zh,
        Some("en") => return Lang::En,
        _ => {}
    }
    let variables = ["PLUMBRULE_LANG", "LC_ALL", "LC_MESSAGES", "LANG"];
    let set = variables
        .iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.is_empty());
    match set {
        Some(value) if value.starts_with("zh") => Lang::Zh,
        _ => Lang::En,
    }
}

/// ` --lang zh` where the surroundings alone would not lead to this language.
pub(crate) fn language_option(lang: Lang) -> String {
    if language(&[]) == lang {
        String::new()
    } else {
        format!(" --lang {}", lang.code())
    }
}
