//! `plumbrule doc`: packs as a site that is read in a browser.

use std::collections::BTreeSet;
use std::path::PathBuf;

use clap::{Args, ValueHint};

use plumbrule::diagnostic::Diagnostic;
use plumbrule::eval::Options;
use plumbrule::figures::Submission;
use plumbrule::message::{Lang, Message};
use plumbrule::program::Program;
use plumbrule::report::{Digests, Format, Report, Site, write_site};

use super::args::{FigureArgs, LimitArgs, TableArgs};
use super::check::{Checked, Filter, checked};
use super::choice::ChoiceArgs;
use super::load;
use super::output::{self, Failure};
use folder::Folder;

mod folder;

#[derive(Args)]
pub(crate) struct DocArgs {
    #[arg(value_name = "PACK", required = true, value_hint = ValueHint::AnyPath)]
    pub pack: Vec<PathBuf>,
    #[arg(id = "site", long = "out", value_name = "FOLDER", required = true, value_hint = ValueHint::DirPath)]
    pub out: PathBuf,
    #[arg(long, value_name = "PATH", num_args = 1.., value_hint = ValueHint::AnyPath)]
    pub figures: Vec<PathBuf>,
    #[command(flatten)]
    pub tables: TableArgs,
    #[arg(long, value_name = "DATE")]
    pub in_force: Option<String>,
    #[arg(long, value_name = "DATE")]
    pub known_on: Option<String>,
    #[command(flatten)]
    pub choice: ChoiceArgs,
    #[command(flatten)]
    pub limits: LimitArgs,
}

impl DocArgs {
    /// What the loading of figures asks for.
    fn figures(&self) -> FigureArgs {
        FigureArgs {
            figures: self.figures.clone(),
            period: Some("all".to_owned()),
            in_force: self.in_force.clone(),
            known_on: self.known_on.clone(),
            choice: self.choice.clone(),
            format: Some(Format::HTML),
            out: None,
            tables: self.tables.clone(),
            limits: self.limits,
        }
    }
}

/// A pack with what its figures came to.
struct Pack {
    program: Program,
    warnings: Vec<Diagnostic>,
    submission: Submission,
    options: Options,
    checked: Checked,
    digests: Digests,
}

/// `asked` is the language of the option; both are written where there is none.
pub(crate) fn run(args: &DocArgs, asked: Option<Lang>, lang: Lang) -> Result<u8, Failure> {
    // What would be in the way is said before the work.
    let mut folder = Folder::begin(&args.out)?;
    let packs = args.pack.iter().map(|path| pack(path, args, lang));
    let packs: Vec<Pack> = packs.collect::<Result<_, _>>()?;
    expect_distinct(&packs)?;
    let reports: Vec<Report<'_>> = packs.iter().map(|pack| pack.report(lang)).collect();
    let langs: &[Lang] = match &asked {
        Some(only) => std::slice::from_ref(only),
        None => &Lang::ALL,
    };
    let site = Site {
        packs: &reports,
        langs,
    };
    let written = write_site(&mut |path, bytes| folder.put(path, bytes), &site);
    written.map_err(|error| folder.unwritten(&error))?;
    let count = folder.finish()?;
    let said = Message::new("doc-written")
        .with("count", count)
        .with("folder", args.out.display().to_string())
        .with("first", args.out.join("index.html").display().to_string());
    output::say(&format!("{}\n", said.render(lang)))?;
    let problems = packs.iter().flat_map(|pack| &pack.submission.problems);
    let mut problems = problems.filter(|problem| !problem.is_warning);
    Ok(match problems.next() {
        Some(_) => Failure::STATUS,
        None => 0,
    })
}

/// A pack of the site, evaluated for every year that has a figure.
fn pack(path: &PathBuf, args: &DocArgs, lang: Lang) -> Result<Pack, Failure> {
    let own = std::slice::from_ref(path);
    let (program, warnings) = load::program_and_warnings(own, args.limits, lang)?;
    let figures = args.figures();
    let (submission, digest) = match args.figures.is_empty() {
        true => (Submission::new(&program.model), String::new()),
        false => load::figures(&program, &figures)?,
    };
    output::complain_of_figures(&submission.problems, lang);
    let options = load::options(&figures, &program, &submission)?;
    let filter = Filter::new(&[], &[], &[], &program)?;
    let checked = checked(&program, &submission, &options, true, &filter);
    let digests = load::digests(&program, digest);
    Ok(Pack {
        program,
        warnings,
        submission,
        options,
        checked,
        digests,
    })
}

/// Refuses two packs of one id, whose pages would be in each other's place.
fn expect_distinct(packs: &[Pack]) -> Result<(), Failure> {
    let mut known = BTreeSet::new();
    let mut ids = packs.iter().map(|pack| &pack.program.model.pack.id);
    match ids.find(|id| !known.insert(*id)) {
        Some(id) => Err(Failure::Message(
            Message::new("doc-same-pack").with("id", id),
            Some(Message::new("help-doc-same-pack")),
        )),
        None => Ok(()),
    }
}

impl Pack {
    fn report(&self, lang: Lang) -> Report<'_> {
        Report {
            program: &self.program,
            submission: &self.submission,
            options: &self.options,
            outcomes: &self.checked.outcomes,
            findings: &self.checked.findings,
            warnings: &self.warnings,
            digests: &self.digests,
            lang,
            columns: output::columns(),
            colour: false,
            by_entity: false,
            n_left_out: 0,
            filter_args: "",
            hint_args: "",
        }
    }
}
