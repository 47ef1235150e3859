//! `plumbrule test`: the tests that packs carry, and what they reach.

use std::path::{Path, PathBuf};

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueHint};

use plumbrule::message::{Lang, Message};
use plumbrule::report::{TestForm, TestReport, write_tests};
use plumbrule::testing::{run_and_reach, run_tests};

use super::args::LimitArgs;
use super::load;
use super::output::{self, Failure};
use super::watch::{Files, Ran, watch};

#[derive(Args)]
pub(crate) struct TestArgs {
    #[arg(value_name = "PACK", required = true, value_hint = ValueHint::AnyPath)]
    pub pack: Vec<PathBuf>,
    #[arg(long)]
    pub reach: bool,
    #[arg(long, value_name = "PERCENT", requires = "reach", value_parser = percent)]
    pub at_least: Option<usize>,
    #[arg(long = "format", value_name = "FORMAT", value_parser = forms())]
    pub test_format: Option<TestForm>,
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub out: Option<PathBuf>,
    #[arg(long, conflicts_with_all = ["test_format", "out"])]
    pub watch: bool,
    #[command(flatten)]
    pub limits: LimitArgs,
}

/// Reads the name of a form; the list is the library's.
fn forms() -> impl TypedValueParser<Value = TestForm> {
    let names = TestForm::ALL.iter().map(|form| form.name());
    PossibleValuesParser::new(names).map(|name| {
        let found = TestForm::ALL.into_iter().find(|form| form.name() == name);
        found.unwrap_or(TestForm::Human)
    })
}

/// Reads hundredths, with or without their sign.
pub(super) fn percent(text: &str) -> Result<usize, String> {
    let number = text.trim_end_matches(['%', '\u{ff05}']).trim();
    let number = number.parse().ok().filter(|number| *number <= 100);
    number.ok_or_else(|| "0..100".to_owned())
}

impl TestArgs {
    fn form(&self) -> TestForm {
        let ending = self.out.as_deref().and_then(Path::extension);
        let ending = ending.and_then(|ending| ending.to_str());
        let of_ending = || {
            let mut all = TestForm::ALL.into_iter();
            all.find(|form| Some(form.ending()) == ending)
        };
        self.test_format
            .or_else(of_ending)
            .unwrap_or(TestForm::Human)
    }
}

pub(crate) fn run(args: &TestArgs, lang: Lang) -> Result<u8, Failure> {
    if !args.watch {
        return once(args, lang).map(|ran| ran.status);
    }
    let files = Files::new(&args.pack, Vec::new(), None);
    watch(files, lang, || once(args, lang))
}

fn once(args: &TestArgs, lang: Lang) -> Result<Ran, Failure> {
    let program = load::program(&args.pack, args.limits, lang)?;
    let (results, reach) = match args.reach {
        true => {
            let (results, reach) = run_and_reach(&program);
            (results, Some(reach))
        }
        false => (run_tests(&program), None),
    };
    let report = TestReport {
        program: &program,
        results: &results,
        reach: reach.as_ref(),
        at_least: args.at_least,
        digests: &load::digests(&program, String::new()),
        lang,
        columns: output::columns(),
    };
    let mut bytes = Vec::new();
    write_tests(&mut bytes, args.form(), &report)
        .map_err(|error| output::unwritten("-", &error))?;
    output::deliver(&bytes, args.out.as_deref())?;
    let answers = results.iter().map(|result| {
        let word = if result.failures.is_empty() {
            "test-passed"
        } else {
            "test-failed"
        };
        (result.title.render(lang), Message::new(word).render(lang))
    });
    Ok(Ran {
        status: u8::from(report.n_failed() > 0 || report.is_short()),
        answers: answers.collect(),
    })
}
