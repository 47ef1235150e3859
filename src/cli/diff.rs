//! `plumbrule diff`: what changed between two runs, and what did it.
//!
//! Every option says the new side, `--old-…` the old one; what is not said of the old side is as on
//! the new one.

use std::path::{Path, PathBuf};

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueHint};

use plumbrule::diff::{Run, Settings, diff};
use plumbrule::eval::{Options, Row, Vintage};
use plumbrule::figures::Submission;
use plumbrule::message::{Lang, Message};
use plumbrule::period::Period;
use plumbrule::program::Program;
use plumbrule::receipt::{Between, Document, MOST_BYTES, Receipt};
use plumbrule::report::{AnswerForm, DiffReport, DiffSide, Digests, write_diff};

use super::args::{LimitArgs, TableArgs};
use super::check::{Filter, years};
use super::choice::{ChoiceArgs, vintages};
use super::found;
use super::load::{self, Tables};
use super::output::{self, Failure};

#[derive(Args)]
pub(crate) struct DiffArgs {
    #[arg(value_name = "PACK", required_unless_present = "receipt", value_hint = ValueHint::AnyPath)]
    pub pack: Vec<PathBuf>,
    #[arg(
        long,
        value_name = "RECEIPT",
        requires = "old_receipt",
        conflicts_with_all = [
            "pack", "old_rules", "figures", "old_figures", "period", "in_force", "old_in_force",
            "known_on", "old_known_on", "source", "prefer", "weights", "old_source",
            "old_prefer", "old_vintage", "old_weights", "rule", "category",
        ],
        value_hint = ValueHint::FilePath
    )]
    pub receipt: Option<PathBuf>,
    #[arg(long, value_name = "RECEIPT", requires = "receipt", value_hint = ValueHint::FilePath)]
    pub old_receipt: Option<PathBuf>,
    #[arg(long, value_name = "PACK", num_args = 1.., value_hint = ValueHint::AnyPath)]
    pub old_rules: Vec<PathBuf>,
    #[arg(long, value_name = "PATH", num_args = 1.., value_hint = ValueHint::AnyPath)]
    pub figures: Vec<PathBuf>,
    #[arg(long, value_name = "PATH", num_args = 1.., value_hint = ValueHint::AnyPath)]
    pub old_figures: Vec<PathBuf>,
    #[arg(long, value_name = "PERIOD")]
    pub period: Option<String>,
    #[arg(long, value_name = "DATE")]
    pub in_force: Option<String>,
    #[arg(long, value_name = "DATE")]
    pub old_in_force: Option<String>,
    #[arg(long, value_name = "DATE")]
    pub known_on: Option<String>,
    #[arg(long, value_name = "DATE")]
    pub old_known_on: Option<String>,
    #[command(flatten)]
    pub choice: ChoiceArgs,
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    pub old_source: Vec<String>,
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    pub old_prefer: Vec<String>,
    #[arg(long, value_name = "EDITION", value_parser = vintages())]
    pub old_vintage: Option<Vintage>,
    #[arg(long, value_name = "NAME")]
    pub old_weights: Option<String>,
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    pub rule: Vec<String>,
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub category: Vec<String>,
    #[arg(long = "format", value_name = "FORMAT", value_parser = forms())]
    pub answer_form: Option<AnswerForm>,
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub out: Option<PathBuf>,
    #[command(flatten)]
    pub tables: TableArgs,
    #[command(flatten)]
    pub limits: LimitArgs,
}

/// Reads the name of a form; the list is the library's.
pub(crate) fn forms() -> impl TypedValueParser<Value = AnswerForm> {
    let names = AnswerForm::ALL.iter().map(|form| form.name());
    PossibleValuesParser::new(names).map(|name| {
        let found = AnswerForm::ALL.into_iter().find(|form| form.name() == name);
        found.unwrap_or(AnswerForm::Human)
    })
}

/// The form asked for; else that of the ending of the output file; else for a person.
pub(crate) fn form(asked: Option<AnswerForm>, out: Option<&Path>) -> AnswerForm {
    let ending = out.and_then(Path::extension);
    let ending = ending.and_then(|ending| ending.to_str());
    let mut all = AnswerForm::ALL.into_iter();
    asked
        .or_else(|| all.find(|form| Some(form.ending()) == ending))
        .unwrap_or(AnswerForm::Human)
}

/// One side, read.
struct Loaded {
    program: Program,
    submission: Submission,
    tables: Vec<(String, Vec<u8>)>,
    options: Options,
    digests: Digests,
    paths: Vec<String>,
}

/// What one side is made from.
struct Asked<'a> {
    rules: &'a [PathBuf],
    figures: Vec<PathBuf>,
    in_force: Option<&'a str>,
    known_on: Option<&'a str>,
    choice: ChoiceArgs,
}

impl Loaded {
    fn new(asked: &Asked<'_>, args: &DiffArgs, lang: Lang) -> Result<Loaded, Failure> {
        let program = load::program(asked.rules, args.limits, lang)?;
        load::expect_rows(&program, asked.rules)?;
        let mut read = Tables::new(&program, args.tables.options(), false);
        let mut tables = Vec::new();
        for input in found::inputs(&asked.figures, &args.tables, args.out.as_deref())? {
            tables.extend(read.add_input(&program, &input)?);
        }
        output::complain_of_figures(&read.submission.problems, lang);
        let digests = load::digests(&program, read.digest());
        let submission = read.submission;
        let choice = asked.choice.choice(&program, &submission)?;
        let options = load::clocks(None, asked.in_force, asked.known_on, choice)?;
        let paths = asked.rules.iter().chain(&asked.figures);
        Ok(Loaded {
            paths: paths.map(|path| path.display().to_string()).collect(),
            program,
            submission,
            tables,
            options,
            digests,
        })
    }

    fn run(&self) -> Run<'_> {
        Run {
            program: &self.program,
            submission: &self.submission,
            tables: &self.tables,
            options: &self.options,
        }
    }

    fn side(&self) -> DiffSide<'_> {
        DiffSide {
            run: self.run(),
            paths: &self.paths,
            digests: &self.digests,
        }
    }
}

pub(crate) fn run(args: &DiffArgs, lang: Lang) -> Result<u8, Failure> {
    if let (Some(old), Some(new)) = (&args.old_receipt, &args.receipt) {
        return receipts(old, new, args, lang);
    }
    let (was, now) = sides(args, lang)?;
    // A name that only one side knows is known.
    let filter = |side: &Loaded| Filter::new(&args.rule, &args.category, &[], &side.program);
    let filters = [filter(&now), filter(&was)];
    let filter = match filters {
        [Err(failure), Err(_)] => return Err(failure),
        [Ok(filter), _] | [_, Ok(filter)] => filter,
    };
    let periods = periods(args, &was, &now)?;
    let mut compile = plumbrule::CompileLimits::default();
    compile.text.bytes = args.limits.max_rule_bytes;
    compile.terms = args.limits.max_terms;
    let settings = Settings {
        periods: periods.clone(),
        compile,
        tables: args.tables.options(),
    };
    let keep = |program: &Program, row: &Row| filter.keeps(row, program);
    let found = diff(&was.run(), &now.run(), &settings, keep);
    let report = DiffReport {
        was: was.side(),
        now: now.side(),
        periods: &periods,
        diff: &found,
        lang,
        columns: output::columns(),
        colour: args.out.is_none() && output::colour(),
    };
    let mut bytes = Vec::new();
    let form = form(args.answer_form, args.out.as_deref());
    write_diff(&mut bytes, form, &report).map_err(|error| output::unwritten("-", &error))?;
    let is_broken = [&was, &now].into_iter().any(|side| {
        let mut problems = side.submission.problems.iter();
        problems.any(|problem| !problem.is_warning)
    });
    if let (true, Some(file)) = (is_broken, args.out.as_deref()) {
        let name = file.display().to_string();
        return Err(Failure::new(
            Message::new("cli-not-written").with("file", name),
        ));
    }
    output::deliver(&bytes, args.out.as_deref())?;
    Ok(match (is_broken, found.is_same()) {
        (true, _) => Failure::STATUS,
        (false, is_same) => u8::from(!is_same),
    })
}

/// Two receipts: what they note, without the files that they name.
fn receipts(old: &Path, new: &Path, args: &DiffArgs, lang: Lang) -> Result<u8, Failure> {
    let read = |file: &Path| {
        let bytes = load::read_up_to(file, MOST_BYTES)?;
        let document = Document::read(&bytes).map_err(|why| Failure::of_file(file, why))?;
        Ok::<Receipt, Failure>(document.receipt().clone())
    };
    let between = Between::of(read(old)?, read(new)?);
    let bytes = match form(args.answer_form, args.out.as_deref()) {
        AnswerForm::Human => between.words(lang, output::columns()).into_bytes(),
        AnswerForm::Json => between.json(),
        other => {
            let message = Message::new("receipts-no-format").with("format", other.name());
            let help = Message::new("help-receipts-format");
            return Err(Failure::Message(message, Some(help)));
        }
    };
    output::deliver(&bytes, args.out.as_deref())?;
    Ok(u8::from(!between.is_same()))
}

/// Both sides, the old one first.
fn sides(args: &DiffArgs, lang: Lang) -> Result<(Loaded, Loaded), Failure> {
    let figures = load::tables_or_default(&args.figures);
    let or = |old: &[PathBuf], new: &[PathBuf]| match old {
        [] => new.to_vec(),
        old => old.to_vec(),
    };
    let names = |old: &[String], new: &[String]| match old {
        [] => new.to_vec(),
        old => old.to_vec(),
    };
    let now = Asked {
        rules: &args.pack,
        figures: figures.clone(),
        in_force: args.in_force.as_deref(),
        known_on: args.known_on.as_deref(),
        choice: args.choice.clone(),
    };
    let old_rules = or(&args.old_rules, &args.pack);
    let was = Asked {
        rules: &old_rules,
        figures: or(&args.old_figures, &figures),
        in_force: args.old_in_force.as_deref().or(now.in_force),
        known_on: args.old_known_on.as_deref().or(now.known_on),
        choice: ChoiceArgs {
            source: names(&args.old_source, &args.choice.source),
            prefer: names(&args.old_prefer, &args.choice.prefer),
            vintage: args.old_vintage.unwrap_or(args.choice.vintage),
            weights: args
                .old_weights
                .clone()
                .or_else(|| args.choice.weights.clone()),
        },
    };
    let is_said = !args.old_rules.is_empty()
        || !args.old_figures.is_empty()
        || args.old_in_force.is_some()
        || args.old_known_on.is_some()
        || !args.old_source.is_empty()
        || !args.old_prefer.is_empty()
        || args.old_vintage.is_some()
        || args.old_weights.is_some();
    if !is_said {
        // To compare a run with itself would look like an answer.
        return Err(Failure::Message(
            Message::new("cli-diff-nothing"),
            Some(Message::new("help-diff-nothing")),
        ));
    }
    Ok((
        Loaded::new(&was, args, lang)?,
        Loaded::new(&now, args, lang)?,
    ))
}

/// The evaluated periods: the same on both sides.
fn periods(args: &DiffArgs, was: &Loaded, now: &Loaded) -> Result<Vec<Period>, Failure> {
    match args.period.as_deref() {
        Some("all") => {
            let of = |side: &Loaded| years(&side.submission, &side.options);
            let mut all = [of(was), of(now)].concat();
            all.sort();
            all.dedup();
            match all.is_empty() {
                true => Err(Failure::new(Message::new("cli-no-period"))),
                false => Ok(all),
            }
        }
        Some(text) => Ok(vec![load::period(text)?]),
        None => {
            let latest = |side: &Loaded| side.submission.latest_year(&side.options);
            let found = latest(was).max(latest(now));
            let found = found.ok_or_else(|| Failure::new(Message::new("cli-no-period")))?;
            Ok(vec![found])
        }
    }
}
