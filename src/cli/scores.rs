//! `plumbrule scores`: what the scores of a pack come to, with places and tiers.

use std::path::{Path, PathBuf};

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueHint};

use plumbrule::message::{Lang, Message};
use plumbrule::report::{Format, ScoreForm, ScoreReport, write_scores};
use plumbrule::scores::scores;

use super::args::{FigureArgs, LimitArgs, TableArgs};
use super::choice::ChoiceArgs;
use super::load;
use super::output::{self, Failure};

#[derive(Args)]
pub(crate) struct ScoreArgs {
    #[arg(value_name = "PACK", required = true, value_hint = ValueHint::AnyPath)]
    pub pack: Vec<PathBuf>,
    #[arg(long, value_name = "PATH", num_args = 1.., value_hint = ValueHint::AnyPath)]
    pub figures: Vec<PathBuf>,
    #[command(flatten)]
    pub tables: TableArgs,
    #[arg(long = "period", value_name = "PERIOD")]
    pub scored: Option<String>,
    #[arg(long, value_name = "DATE")]
    pub in_force: Option<String>,
    #[arg(long, value_name = "DATE")]
    pub known_on: Option<String>,
    #[command(flatten)]
    pub choice: ChoiceArgs,
    #[arg(long = "format", value_name = "FORMAT", value_parser = forms())]
    pub score_format: Option<ScoreForm>,
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub out: Option<PathBuf>,
    #[command(flatten)]
    pub limits: LimitArgs,
}

/// Reads the name of a form; the list is the library's.
fn forms() -> impl TypedValueParser<Value = ScoreForm> {
    let names = ScoreForm::ALL.iter().map(|form| form.name());
    PossibleValuesParser::new(names).map(|name| {
        let found = ScoreForm::ALL.into_iter().find(|form| form.name() == name);
        found.unwrap_or(ScoreForm::Human)
    })
}

impl ScoreArgs {
    fn form(&self) -> ScoreForm {
        let ending = self.out.as_deref().and_then(Path::extension);
        let ending = ending.and_then(|ending| ending.to_str());
        let of_ending = || {
            let mut all = ScoreForm::ALL.into_iter();
            all.find(|form| Some(form.ending()) == ending)
        };
        self.score_format
            .or_else(of_ending)
            .unwrap_or(ScoreForm::Human)
    }

    /// What the loading of figures asks for.
    fn figures(&self) -> FigureArgs {
        FigureArgs {
            figures: self.figures.clone(),
            tables: self.tables.clone(),
            period: self.scored.clone(),
            in_force: self.in_force.clone(),
            known_on: self.known_on.clone(),
            choice: self.choice.clone(),
            format: Some(Format::HUMAN),
            out: self.out.clone(),
            limits: self.limits,
        }
    }
}

pub(crate) fn run(args: &ScoreArgs, lang: Lang) -> Result<u8, Failure> {
    let program = load::program(&args.pack, args.limits, lang)?;
    if program.model.scores.is_empty() {
        let help = Message::new("help-no-scores");
        return Err(Failure::Message(Message::new("cli-no-scores"), Some(help)));
    }
    let figures = args.figures();
    let (submission, digest) = load::figures(&program, &figures)?;
    output::complain_of_figures(&submission.problems, lang);
    let options = load::options(&figures, &program, &submission)?;
    load::needs_period(&figures, &submission, &options)?;
    let form = args.form();
    if form.is_binary() && args.out.is_none() {
        output::expect_no_terminal(form.name())?;
    }
    let report = ScoreReport {
        program: &program,
        submission: &submission,
        options: &options,
        tables: &scores(&program, &submission, &options),
        digests: &load::digests(&program, digest),
        lang,
        columns: output::columns(),
    };
    output::finish(&figures, &submission, 0, |w| write_scores(w, form, &report))
}
