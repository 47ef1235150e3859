//! `plumbrule vintages`: which verdicts depend on the source, the day or the edition.

use std::path::PathBuf;

use clap::{Args, ValueHint};

use plumbrule::diff::Run;
use plumbrule::eval::Row;
use plumbrule::message::{Lang, Message};
use plumbrule::report::{AnswerForm, DiffSide, Format, VintageReport, write_vintages};
use plumbrule::vintages::vintages;

use super::args::{FigureArgs, LimitArgs, TableArgs};
use super::check::Filter;
use super::choice::ChoiceArgs;
use super::diff::{form, forms};
use super::load;
use super::output::{self, Failure};

#[derive(Args)]
pub(crate) struct VintageArgs {
    #[arg(value_name = "PACK", required = true, value_hint = ValueHint::AnyPath)]
    pub pack: Vec<PathBuf>,
    #[arg(long, value_name = "PATH", num_args = 1.., value_hint = ValueHint::AnyPath)]
    pub figures: Vec<PathBuf>,
    #[arg(long = "period", value_name = "PERIOD")]
    pub seen_from: Option<String>,
    #[arg(long, value_name = "DATE")]
    pub in_force: Option<String>,
    #[arg(long, value_name = "DATE")]
    pub known_on: Option<String>,
    #[command(flatten)]
    pub choice: ChoiceArgs,
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

impl VintageArgs {
    /// What the loading of figures asks for.
    fn figures(&self) -> FigureArgs {
        FigureArgs {
            figures: self.figures.clone(),
            period: self.seen_from.clone(),
            in_force: self.in_force.clone(),
            known_on: self.known_on.clone(),
            choice: self.choice.clone(),
            format: Some(Format::HUMAN),
            out: self.out.clone(),
            tables: self.tables.clone(),
            limits: self.limits,
        }
    }
}

pub(crate) fn run(args: &VintageArgs, lang: Lang) -> Result<u8, Failure> {
    let program = load::program(&args.pack, args.limits, lang)?;
    load::expect_rows(&program, &args.pack)?;
    if args.seen_from.as_deref() == Some("all") {
        let message = Message::new("cli-period").with("found", "all");
        return Err(Failure::Message(message, Some(Message::new("help-period"))));
    }
    let filter = Filter::new(&args.rule, &args.category, &[], &program)?;
    let figures = args.figures();
    let (submission, digest) = load::figures(&program, &figures)?;
    output::complain_of_figures(&submission.problems, lang);
    let options = load::options(&figures, &program, &submission)?;
    load::needs_period(&figures, &submission, &options)?;
    let keep = |row: &Row| filter.keeps(row, &program);
    let found = vintages(&program, &submission, &options, keep);
    let paths = args
        .pack
        .iter()
        .cloned()
        .chain(load::figure_paths(&figures));
    let paths: Vec<String> = paths.map(|path| path.display().to_string()).collect();
    let report = VintageReport {
        side: DiffSide {
            run: Run {
                program: &program,
                submission: &submission,
                tables: &[],
                options: &options,
            },
            paths: &paths,
            digests: &load::digests(&program, digest),
        },
        vintages: &found,
        lang,
        columns: output::columns(),
        colour: args.out.is_none() && output::colour(),
    };
    let form = form(args.answer_form, args.out.as_deref());
    output::finish(&figures, &submission, 0, |w| {
        write_vintages(w, form, &report)
    })
}
