//! `plumbrule audit`: which published figures cannot all be true.

use std::path::{Path, PathBuf};

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueHint};

use plumbrule::audit::{
    Audit, MOST_ACKNOWLEDGED_BYTES, acknowledgements, audit, audit_day, repairs,
};
use plumbrule::diff::Run;
use plumbrule::eval::Options;
use plumbrule::figures::Submission;
use plumbrule::message::{Lang, Message};
use plumbrule::receipt::Refusal;
use plumbrule::report::{AuditForm, AuditReport, DiffSide, Format, write_audit};

use super::args::{FigureArgs, LimitArgs, TableArgs};
use super::choice::ChoiceArgs;
use super::load;
use super::output::{self, Failure};

#[derive(Args)]
pub(crate) struct AuditArgs {
    #[arg(value_name = "PACK", required = true, value_hint = ValueHint::AnyPath)]
    pub pack: Vec<PathBuf>,
    #[arg(long, value_name = "PATH", num_args = 1.., value_hint = ValueHint::AnyPath)]
    pub figures: Vec<PathBuf>,
    #[command(flatten)]
    pub tables: TableArgs,
    #[arg(long, value_name = "DATE")]
    pub known_on: Option<String>,
    #[command(flatten)]
    pub choice: ChoiceArgs,
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub acknowledged: Option<PathBuf>,
    #[arg(long, value_name = "DATE")]
    pub on: Option<String>,
    #[arg(long)]
    pub repair: bool,
    #[arg(long = "format", value_name = "FORMAT", value_parser = forms())]
    pub audit_form: Option<AuditForm>,
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub out: Option<PathBuf>,
    #[command(flatten)]
    pub limits: LimitArgs,
}

/// Reads the name of a form; the list is the library's.
fn forms() -> impl TypedValueParser<Value = AuditForm> {
    PossibleValuesParser::new(AuditForm::ALL.map(AuditForm::name)).map(|name| {
        let mut all = AuditForm::ALL.into_iter();
        all.find(|form| form.name() == name)
            .unwrap_or(AuditForm::Human)
    })
}

impl AuditArgs {
    /// What the loading of figures asks for.
    fn figures(&self) -> FigureArgs {
        FigureArgs {
            figures: self.figures.clone(),
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

    /// The form asked for; else that of the ending of the output file; else for a person.
    fn form(&self) -> AuditForm {
        let ending = self.out.as_deref().and_then(Path::extension);
        let of_ending = || {
            let ending = ending?.to_str()?;
            let mut all = AuditForm::ALL.into_iter();
            all.find(|form| form.ending() == ending)
        };
        self.audit_form
            .or_else(of_ending)
            .unwrap_or(AuditForm::Human)
    }
}

/// Takes what is acknowledged from its file, and says what no finding answers to.
fn acknowledge(
    args: &AuditArgs,
    (submission, options): (&Submission, &Options),
    found: &mut Audit,
    lang: Lang,
) -> Result<(), Failure> {
    let day = match &args.on {
        Some(day) => load::day(day)?,
        None => audit_day(submission, options),
    };
    let Some(file) = &args.acknowledged else {
        return Ok(());
    };
    let bytes = load::read_up_to(file, MOST_ACKNOWLEDGED_BYTES)?;
    let known = acknowledgements(&bytes).map_err(|message| {
        let help = Some(Message::new("help-acknowledged"));
        Failure::of_file(file, Refusal { message, help })
    })?;
    for unused in found.acknowledge(&known, day) {
        let message = Message::new("cli-acknowledged-unused").with("id", &unused.id);
        output::warn(&message, lang);
    }
    Ok(())
}

pub(crate) fn run(args: &AuditArgs, lang: Lang) -> Result<u8, Failure> {
    let program = load::program(&args.pack, args.limits, lang)?;
    let figures = args.figures();
    let (submission, digest) = load::figures(&program, &figures)?;
    output::complain_of_figures(&submission.problems, lang);
    let options = load::options(&figures, &program, &submission)?;
    let mut found = audit(&program, &submission, &options);
    acknowledge(args, (&submission, &options), &mut found, lang)?;
    let mended = args
        .repair
        .then(|| repairs(&program, &submission, &options, &found));
    let paths = args
        .pack
        .iter()
        .cloned()
        .chain(load::figure_paths(&figures));
    let paths: Vec<String> = paths.map(|path| path.display().to_string()).collect();
    let report = AuditReport {
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
        audit: &found,
        repairs: mended.as_ref(),
        lang,
        columns: output::columns(),
        colour: args.out.is_none() && output::colour(),
    };
    let form = args.form();
    if form.is_binary() && args.out.is_none() {
        output::expect_no_terminal(form.name())?;
    }
    output::finish(&figures, &submission, found.exit_status(), |w| {
        write_audit(w, form, &report)
    })
}
