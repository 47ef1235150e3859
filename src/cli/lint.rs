//! `plumbrule lint`: what somebody should look at in a pack, and what can be mended.

use std::path::{Path, PathBuf};

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueHint};

use plumbrule::compile_with;
use plumbrule::diagnostic::Code;
use plumbrule::eval::Options;
use plumbrule::figures::Submission;
use plumbrule::lint::{LintOptions, Linted, codes, lint, mend};
use plumbrule::message::Lang;
use plumbrule::program::Program;
use plumbrule::report::{Format, LintForm, LintReport, write_lints};
use plumbrule::source::Sources;

use super::args::{FigureArgs, LimitArgs, TableArgs};
use super::choice::ChoiceArgs;
use super::load;
use super::output::{self, Failure};

#[derive(Args)]
pub(crate) struct LintArgs {
    #[arg(value_name = "PACK", required = true, value_hint = ValueHint::AnyPath)]
    pub pack: Vec<PathBuf>,
    #[arg(long = "figures", value_name = "PATH", num_args = 1.., value_hint = ValueHint::AnyPath)]
    pub lint_figures: Vec<PathBuf>,
    #[command(flatten)]
    pub tables: TableArgs,
    #[arg(long, value_name = "DATE")]
    pub known_on: Option<String>,
    #[command(flatten)]
    pub choice: ChoiceArgs,
    #[arg(long)]
    pub fix: bool,
    #[arg(long, value_name = "CODE", value_parser = lints(), value_delimiter = ',')]
    pub deny: Vec<Code>,
    #[arg(long, value_name = "CODE", value_parser = lints(), value_delimiter = ',')]
    pub allow: Vec<Code>,
    #[arg(long = "format", value_name = "FORMAT", value_parser = forms())]
    pub lint_format: Option<LintForm>,
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub out: Option<PathBuf>,
    #[command(flatten)]
    pub limits: LimitArgs,
}

/// Reads the name of a form; the list is the library's.
fn forms() -> impl TypedValueParser<Value = LintForm> {
    let names = LintForm::ALL.iter().map(|form| form.name());
    PossibleValuesParser::new(names).map(|name| {
        let found = LintForm::ALL.into_iter().find(|form| form.name() == name);
        found.unwrap_or(LintForm::Human)
    })
}

/// Reads a code that a lint may have.
fn lints() -> impl TypedValueParser<Value = Code> {
    let names = PossibleValuesParser::new(codes().map(Code::as_str));
    names.map(|name| Code::parse(&name).unwrap_or(Code::BadAllowance))
}

impl LintArgs {
    fn form(&self) -> LintForm {
        let ending = self.out.as_deref().and_then(Path::extension);
        let ending = ending.and_then(|ending| ending.to_str());
        let mut all = LintForm::ALL.into_iter();
        let of_ending = all.find(|form| Some(form.ending()) == ending);
        self.lint_format.or(of_ending).unwrap_or(LintForm::Human)
    }

    /// What the loading of figures asks for.
    fn figures(&self) -> FigureArgs {
        FigureArgs {
            figures: self.lint_figures.clone(),
            period: None,
            in_force: None,
            known_on: self.known_on.clone(),
            choice: self.choice.clone(),
            format: Some(Format::HUMAN),
            out: self.out.clone(),
            tables: self.tables.clone(),
            limits: self.limits,
        }
    }
}

pub(crate) fn run(args: &LintArgs, lang: Lang) -> Result<u8, Failure> {
    let mut sources = load::sources(&args.pack, args.limits)?;
    let limits = load::bounds(args.limits);
    let mut fixed = Vec::new();
    if args.fix {
        // A pack that does not compile is told below.
        if let Some(mended) = mend(&sources, &limits, &args.allow) {
            for id in &mended.files {
                let file = PathBuf::from(mended.sources.name(*id));
                output::deliver(mended.sources.text(*id).as_bytes(), Some(&file))?;
            }
            fixed = mended.fixed;
            sources = mended.sources;
        }
    }
    let (program, warnings) = compile_with(&sources, &limits)
        .map_err(|problems| Failure::Diagnostics(problems, Box::new(sources.clone())))?;
    let figures = figures(args, &program, lang)?;
    let linted = lint(
        &program,
        &LintOptions {
            warnings: &warnings,
            figures: figures.as_ref().map(|(known, options)| (known, options)),
            allow: &args.allow,
            is_quick: false,
        },
    );
    show(args, (&program, &sources), &linted, fixed.len(), lang)?;
    let is_broken = figures.is_some_and(|(known, _)| {
        let mut problems = known.problems.iter();
        problems.any(|problem| !problem.is_warning)
    });
    Ok(match is_broken {
        true => Failure::STATUS,
        false => u8::from(linted.n_open(&args.deny) > 0),
    })
}

/// The figures asked for, where some are.
fn figures(
    args: &LintArgs,
    program: &Program,
    lang: Lang,
) -> Result<Option<(Submission, Options)>, Failure> {
    if args.lint_figures.is_empty() {
        return Ok(None);
    }
    let asked = args.figures();
    let (submission, _) = load::figures(program, &asked)?;
    output::complain_of_figures(&submission.problems, lang);
    let options = load::options(&asked, program, &submission)?;
    Ok(Some((submission, options)))
}

fn show(
    args: &LintArgs,
    (program, sources): (&Program, &Sources),
    linted: &Linted,
    n_fixed: usize,
    lang: Lang,
) -> Result<(), Failure> {
    let report = LintReport {
        program,
        sources,
        linted,
        n_fixed,
        deny: &args.deny,
        digests: &load::digests(program, String::new()),
        lang,
        columns: output::columns(),
        colour: args.out.is_none() && output::colour(),
    };
    let mut bytes = Vec::new();
    write_lints(&mut bytes, args.form(), &report)
        .map_err(|error| output::unwritten("-", &error))?;
    output::deliver(&bytes, args.out.as_deref())
}
