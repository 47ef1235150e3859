//! `plumbrule template`: the form that a reporting office fills in for a pack.
//!
//! Goes in: a pack, and the figures that are known. Comes out: a workbook or a text table that is
//! read back without a mapping. Judges nothing.

use std::path::{Path, PathBuf};

use clap::{Args, ValueHint};

use plumbrule::eval::Options;
use plumbrule::figures::Submission;
use plumbrule::form::{FormOptions, Whom, rows};
use plumbrule::message::{Lang, Message};
use plumbrule::period::Period;
use plumbrule::program::{Program, shift_years};
use plumbrule::report::{FormFormat, FormReport, MOST_FORM_ROWS, write_form};

use super::args::{FigureArgs, LimitArgs, TableArgs};
use super::choice::ChoiceArgs;
use super::load;
use super::output::{self, Failure};

#[derive(Args)]
pub(crate) struct TemplateArgs {
    #[arg(value_name = "PACK", required = true, value_hint = ValueHint::AnyPath)]
    pub pack: Vec<PathBuf>,
    #[arg(long, value_name = "PERIOD")]
    pub period: Option<String>,
    #[arg(long, value_name = "ENTITY", value_delimiter = ',')]
    pub entity: Vec<String>,
    #[arg(long, value_name = "PATH", num_args = 1.., value_hint = ValueHint::AnyPath)]
    pub figures: Vec<PathBuf>,
    #[arg(long)]
    pub all: bool,
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub out: Option<PathBuf>,
    #[command(flatten)]
    pub tables: TableArgs,
    #[command(flatten)]
    pub limits: LimitArgs,
}

impl TemplateArgs {
    /// What the loading of figures asks for.
    fn figures(&self) -> FigureArgs {
        FigureArgs {
            figures: self.figures.clone(),
            tables: self.tables.clone(),
            period: None,
            in_force: None,
            known_on: None,
            choice: ChoiceArgs::default(),
            format: None,
            out: self.out.clone(),
            limits: self.limits,
        }
    }

    /// The format of the ending of the output file; a text table without one.
    fn format(&self) -> Result<FormFormat, Failure> {
        let Some(file) = &self.out else {
            return Ok(FormFormat::Csv);
        };
        let ending = file.extension().and_then(|ending| ending.to_str());
        let fits = |format: &FormFormat| {
            ending.is_some_and(|ending| ending.eq_ignore_ascii_case(format.ending()))
        };
        FormFormat::ALL.into_iter().find(fits).ok_or_else(|| {
            let name = file.display().to_string();
            let message = Message::new("template-ending").with("file", name);
            Failure::Message(message, Some(Message::new("help-template-ending")))
        })
    }
}

pub(crate) fn run(args: &TemplateArgs, lang: Lang) -> Result<u8, Failure> {
    let format = args.format()?;
    let program = load::program(&args.pack, args.limits, lang)?;
    let (known, _) = load::figures(&program, &args.figures())?;
    output::complain_of_figures(&known.problems, lang);
    let asked = FormOptions {
        period: period(args, &known)?,
        entities: entities(args, &program, &known)?,
        is_all: args.all,
    };
    let rows = rows(&program, &known, &asked);
    if rows.is_empty() {
        return Err(nothing(args, &program, &asked));
    }
    if rows.len() > MOST_FORM_ROWS {
        let message = Message::new("template-too-many")
            .with("count", rows.len())
            .with("limit", MOST_FORM_ROWS);
        let help = Message::new("help-template-too-many");
        return Err(Failure::Message(message, Some(help)));
    }
    if let Some(open) = rows.iter().find(|row| row.whom == Whom::Open) {
        let class = open.class.map(|id| &program.model.classes[id]);
        let name = class.map_or("", |class| class.label.get(lang));
        output::warn(&Message::new("template-open").with("class", name), lang);
    }
    let report = FormReport {
        program: &program,
        known: &known,
        rows: &rows,
        period: asked.period,
        lang,
    };
    let mut bytes = Vec::new();
    write_form(&mut bytes, format, &report).map_err(|error| output::unwritten("-", &error))?;
    output::deliver(&bytes, args.out.as_deref())?;
    if let Some(file) = &args.out {
        say_written(rows.len(), file, lang)?;
    }
    let is_broken = known.problems.iter().any(|problem| !problem.is_warning);
    Ok(if is_broken { Failure::STATUS } else { 0 })
}

fn say_written(n_rows: usize, file: &Path, lang: Lang) -> Result<(), Failure> {
    let name = file.display().to_string();
    let message = Message::new("template-written")
        .with("count", n_rows)
        .with("file", name);
    output::say(&format!("{}\n", message.render(lang)))
}

/// The period asked for; else the year after the latest one that has a figure.
fn period(args: &TemplateArgs, known: &Submission) -> Result<Period, Failure> {
    if let Some(text) = &args.period {
        return load::period(text);
    }
    let latest = known.latest_year(&Options::default());
    latest.map(|year| shift_years(year, 1)).ok_or_else(|| {
        let help = Message::new("help-template-period");
        Failure::Message(Message::new("template-no-period"), Some(help))
    })
}

/// Those asked for; a name that is not known is one where members come with the figures.
fn entities(
    args: &TemplateArgs,
    program: &Program,
    known: &Submission,
) -> Result<Vec<Whom>, Failure> {
    let is_open = program.model.classes.values().any(|class| class.is_open);
    let find = |name: &String| {
        let name = name.trim();
        if let Some(id) = known.entity_named(name) {
            return Ok(Whom::Known(id));
        }
        if is_open && !name.is_empty() && known.entities_called(name).is_empty() {
            return Ok(Whom::Named(name.to_owned()));
        }
        let all = known.entities.values();
        let names = all.flat_map(|one| [&one.id, &one.label.zh, &one.label.en]);
        let near = plumbrule::fold::nearest(name, names.map(String::as_str));
        let help = near.map(|(name, _)| Message::new("help-nearest").with("name", name));
        let message = Message::new("cli-no-entity").with("entity", name);
        Err(Failure::Message(message, help))
    };
    args.entity.iter().map(find).collect()
}

/// No rule asks for anything.
fn nothing(args: &TemplateArgs, program: &Program, asked: &FormOptions) -> Failure {
    let key = match args.entity.is_empty() {
        true => "template-nothing",
        false => "template-nothing-of-entities",
    };
    let message = Message::new(key)
        .with("pack", program.model.pack.id.as_str())
        .with("period", asked.period.to_string())
        .with("entities", args.entity.clone());
    let help = (!args.all).then(|| Message::new("help-template-nothing"));
    Failure::Message(message, help)
}
