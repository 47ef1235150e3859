//! `plumbrule mutate`: which small changes of a pack its tests notice.

use std::path::{Path, PathBuf};

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueHint};

use plumbrule::message::{Lang, Message};
use plumbrule::mutate::{MutateOptions, MutateProblem, mutate};
use plumbrule::report::{MutantForm, MutantReport, write_mutants};

use super::args::LimitArgs;
use super::columns;
use super::load;
use super::output::{self, Failure};
use super::test::percent;

#[derive(Args)]
pub(crate) struct MutateArgs {
    #[arg(value_name = "PACK", required = true, value_hint = ValueHint::AnyPath)]
    pub pack: Vec<PathBuf>,
    #[arg(long, value_name = "ID")]
    pub item: Vec<String>,
    #[arg(long = "at-least", value_name = "PERCENT", value_parser = percent)]
    pub at_least_noticed: Option<usize>,
    #[arg(long = "threads", value_name = "N")]
    pub mutate_threads: Option<usize>,
    #[arg(long = "format", value_name = "FORMAT", value_parser = forms())]
    pub mutant_format: Option<MutantForm>,
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub out: Option<PathBuf>,
    #[command(flatten)]
    pub limits: LimitArgs,
}

/// Reads the name of a form; the list is the library's.
fn forms() -> impl TypedValueParser<Value = MutantForm> {
    let names = MutantForm::ALL.iter().map(|form| form.name());
    PossibleValuesParser::new(names).map(|name| {
        let found = MutantForm::ALL.into_iter().find(|form| form.name() == name);
        found.unwrap_or(MutantForm::Human)
    })
}

impl MutateArgs {
    fn form(&self) -> MutantForm {
        let ending = self.out.as_deref().and_then(Path::extension);
        let ending = ending.and_then(|ending| ending.to_str());
        let mut all = MutantForm::ALL.into_iter();
        let of_ending = all.find(|form| Some(form.ending()) == ending);
        self.mutant_format
            .or(of_ending)
            .unwrap_or(MutantForm::Human)
    }
}

pub(crate) fn run(args: &MutateArgs, lang: Lang) -> Result<u8, Failure> {
    let sources = load::sources(&args.pack, args.limits)?;
    let options = MutateOptions {
        limits: load::bounds(args.limits),
        only: args.item.clone(),
        threads: columns::threads(args.mutate_threads),
    };
    let mutation = mutate(&sources, &options).map_err(|problem| match problem {
        MutateProblem::Pack(diagnostics) => {
            Failure::Diagnostics(diagnostics, Box::new(sources.clone()))
        }
        MutateProblem::Failing(test) => Failure::Message(
            Message::new("mutant-failing").with("test", test),
            Some(Message::new("help-mutant-failing")),
        ),
        MutateProblem::NoItem { id, near } => Failure::Message(
            Message::new("mutant-no-item").with("id", id),
            near.map(|near| Message::new("help-nearest").with("name", near)),
        ),
    })?;
    let report = MutantReport {
        mutation: &mutation,
        at_least: args.at_least_noticed,
        digests: &load::digests(&mutation.program, String::new()),
        lang,
        columns: output::columns(),
    };
    let mut bytes = Vec::new();
    write_mutants(&mut bytes, args.form(), &report)
        .map_err(|error| output::unwritten("-", &error))?;
    output::deliver(&bytes, args.out.as_deref())?;
    Ok(u8::from(report.is_short()))
}
