//! `plumbrule figures`: what was understood of tables of figures, and the clean table of it.
//!
//! Goes in: tables and a pack. Comes out: each figure with what it is taken for, what was not
//! understood and why, or one clean long table. Judges nothing.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueHint};

use plumbrule::figures::{Absence, ClaimId, ClaimState, Submission};
use plumbrule::message::{Lang, Message};
use plumbrule::model::{EntityId, IndicatorId, Name};
use plumbrule::period::Period;
use plumbrule::program::Program;
use plumbrule::report::{Figures, TableFormat, write_figures};

use super::args::{FigureArgs, LimitArgs, TableArgs};
use super::choice::ChoiceArgs;
use super::load;
use super::output::{self, Failure};
use super::paths;

mod raw;
mod show;

#[derive(Args)]
pub(crate) struct FiguresArgs {
    #[arg(value_name = "TABLE", id = "tables", value_hint = ValueHint::AnyPath)]
    pub tables: Vec<PathBuf>,
    #[arg(long, value_name = "TABLE", num_args = 1.., value_hint = ValueHint::AnyPath)]
    pub figures: Vec<PathBuf>,
    #[command(flatten)]
    pub reading: TableArgs,
    #[arg(long, value_name = "PACK", value_hint = ValueHint::AnyPath)]
    pub rules: Vec<PathBuf>,
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub indicator: Vec<String>,
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub entity: Vec<String>,
    #[arg(long, value_name = "PERIOD", value_delimiter = ',', id = "only_period")]
    pub period: Vec<String>,
    #[arg(long, value_name = "ID", value_delimiter = ',', id = "only_source")]
    pub source: Vec<String>,
    #[arg(long)]
    pub problems: bool,
    #[arg(long, value_name = "FORMAT", value_parser = formats(), id = "table_format")]
    pub format: Option<Form>,
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub out: Option<PathBuf>,
    #[command(flatten)]
    pub limits: LimitArgs,
}

/// How figures are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Human,
    Table(TableFormat),
}

fn formats() -> impl TypedValueParser<Value = Form> {
    let names = TableFormat::ALL.iter().map(|format| format.name());
    PossibleValuesParser::new(std::iter::once("human").chain(names)).map(|name| {
        let mut all = TableFormat::ALL.into_iter();
        all.find(|format| format.name() == name)
            .map_or(Form::Human, Form::Table)
    })
}

impl FiguresArgs {
    /// The form asked for; else that of the ending of the output file; else for a person.
    fn form(&self) -> Form {
        let of_ending = || {
            let name = self.out.as_deref()?.file_name()?.to_str()?;
            // The longest ending counts: `.sdmx.csv` ends in `.csv` too.
            let mut all: Vec<TableFormat> = TableFormat::ALL.to_vec();
            all.sort_by_key(|format| std::cmp::Reverse(format.ending().len()));
            let fits = |format: &TableFormat| {
                name.strip_suffix(format.ending())
                    .is_some_and(|stem| stem.ends_with('.'))
            };
            all.into_iter().find(fits).map(Form::Table)
        };
        self.format.or_else(of_ending).unwrap_or(Form::Human)
    }

    /// Whether nothing is asked for that needs the names of a pack.
    fn may_be_raw(&self) -> bool {
        let chosen = [&self.indicator, &self.entity, &self.period, &self.source];
        self.form() == Form::Human && chosen.into_iter().all(Vec::is_empty)
    }

    fn figure_args(&self) -> FigureArgs {
        FigureArgs {
            figures: self.tables.iter().chain(&self.figures).cloned().collect(),
            tables: self.reading.clone(),
            period: None,
            in_force: None,
            known_on: None,
            choice: ChoiceArgs::default(),
            format: None,
            out: self.out.clone(),
            limits: self.limits,
        }
    }
}

pub(crate) fn run(args: &FiguresArgs, lang: Lang) -> Result<u8, Failure> {
    let program = match program(args, lang) {
        Ok(program) => program?,
        // Names mean nothing without a pack; all else is shown.
        Err(packs) if args.may_be_raw() => return raw::run(args, &packs, lang),
        Err(packs) => return Err(no_pack(args, &packs)),
    };
    let tables = load::tables(&program, &args.figure_args(), false)?;
    let submission = &tables.submission;
    let wanted = Wanted::new(args, &program, submission)?;
    // A clean table has no columns for what evidence says besides.
    let is_shown = matches!(args.form(), Form::Human);
    let indicators = &program.model.indicators;
    let claims: Vec<ClaimId> = submission
        .claims
        .iter()
        .filter(|(_, claim)| {
            let about = (claim.figure.indicator, claim.entity);
            let source = submission.text(claim.source);
            let is_evidence = indicators[claim.figure.indicator].evidence.is_some();
            claim.state != ClaimState::Unreadable
                && (is_shown || !is_evidence)
                && wanted.takes(about, [claim.period, claim.window], source)
        })
        .map(|(id, _)| id)
        .collect();
    let absences = submission.absences.iter().filter(|absence| {
        let about = (absence.figure.indicator, absence.entity);
        let source = submission.text(absence.source);
        wanted.takes(about, [absence.period; 2], source)
    });
    let absences: Vec<&Absence> = absences.collect();
    let is_broken = submission
        .problems
        .iter()
        .any(|problem| !problem.is_warning);
    let status = if is_broken { Failure::STATUS } else { 0 };
    let figures = Figures {
        program: &program,
        submission,
        claims: &claims,
        absences: &absences,
    };
    match args.form() {
        Form::Human => {
            let columns = match args.out {
                Some(_) => output::MOST_COLUMNS,
                None => output::columns(),
            };
            let text = show::human(&figures, args.problems, lang, columns);
            output::deliver(text.as_bytes(), args.out.as_deref())?;
        }
        Form::Table(format) => {
            output::complain_of_figures(&submission.problems, lang);
            let mut bytes = Vec::new();
            let left_out = write_figures(&mut bytes, format, &figures)
                .map_err(|error| output::unwritten("-", &error))?;
            if let Some(first) = left_out.first() {
                let first = &submission.claims[*first];
                let message = Message::new("figures-left-out")
                    .with("format", format.name())
                    .with("count", left_out.len())
                    .with("place", submission.place(first))
                    .with("printed", submission.text(first.printed));
                output::warn(&message, lang);
            }
            if format == TableFormat::Parquet && args.out.is_none() {
                output::expect_no_terminal(format.name())?;
            }
            output::deliver(&bytes, args.out.as_deref())?;
        }
    }
    Ok(status)
}

/// The pack that is named; else the only one that is found; else all that are.
fn program(args: &FiguresArgs, lang: Lang) -> Result<Result<Program, Failure>, Vec<PathBuf>> {
    if !args.rules.is_empty() {
        return Ok(load::program(&args.rules, args.limits, lang));
    }
    let packs = paths::packs();
    match packs.as_slice() {
        [only] => Ok(load::program(std::slice::from_ref(only), args.limits, lang)),
        _ => Err(packs),
    }
}

/// That what was asked for needs a pack.
fn no_pack(args: &FiguresArgs, packs: &[PathBuf]) -> Failure {
    let message = match packs.is_empty() {
        true => Message::new("figures-no-pack"),
        false => Message::new("list-which-pack").with("packs", names(packs)),
    };
    Failure::Message(message, Some(example(args, packs)))
}

fn names(packs: &[PathBuf]) -> Vec<String> {
    let names = packs.iter().map(|path| path.display().to_string());
    names.collect()
}

/// A command that names a pack.
fn example(args: &FiguresArgs, packs: &[PathBuf]) -> Message {
    let tables = args.figure_args().figures;
    let table = tables
        .first()
        .map_or_else(|| "TABLE".to_owned(), |path| super::shell::quoted(path));
    let pack = packs
        .first()
        .map_or_else(|| "PACK".to_owned(), |path| super::shell::quoted(path));
    let line = format!("plumbrule figures {table} --rules {pack}");
    match packs.is_empty() {
        true => Message::new("help-example").with("line", line),
        false => Message::new("help-which-pack").with("line", line),
    }
}

/// Which figures are shown; an empty list takes all.
struct Wanted {
    indicators: Vec<IndicatorId>,
    entities: Vec<EntityId>,
    periods: Vec<Period>,
    sources: Vec<String>,
}

impl Wanted {
    fn new(
        args: &FiguresArgs,
        program: &Program,
        submission: &Submission,
    ) -> Result<Wanted, Failure> {
        let unknown = |key: &'static str, name: &str, near: Option<String>| {
            let help = near.map(|near| Message::new("help-nearest").with("name", near));
            Failure::Message(Message::new(key).with("found", name), help)
        };
        let indicator = |name: &String| match program.model.names.lookup(name) {
            Some(Name::Indicator(id)) => Ok(id),
            _ => {
                let near = program.model.names.nearest(name);
                Err(unknown(
                    "figures-no-indicator",
                    name,
                    near.map(str::to_owned),
                ))
            }
        };
        let entity = |name: &String| {
            submission.entity_named(name).ok_or_else(|| {
                let ids = submission.entities.values().map(|known| known.id.as_str());
                let near = plumbrule::fold::nearest(name, ids).map(|(name, _)| name.to_owned());
                unknown("figures-no-entity", name, near)
            })
        };
        let mut sources = Vec::new();
        for name in &args.source {
            let known = || {
                submission
                    .claims
                    .values()
                    .map(|claim| submission.text(claim.source))
            };
            if !known().any(|known| known == name) {
                let near = plumbrule::fold::nearest(name, known());
                let near = near.map(|(name, _)| name.to_owned());
                return Err(unknown("figures-no-source", name, near));
            }
            sources.push(name.clone());
        }
        Ok(Wanted {
            indicators: args
                .indicator
                .iter()
                .map(indicator)
                .collect::<Result<_, _>>()?,
            entities: args.entity.iter().map(entity).collect::<Result<_, _>>()?,
            periods: args
                .period
                .iter()
                .map(|text| load::period(text))
                .collect::<Result<_, _>>()?,
            sources,
        })
    }

    /// Whether what is about an indicator, an entity, one of two periods and from a source is shown.
    fn takes(&self, about: (IndicatorId, EntityId), periods: [Period; 2], source: &str) -> bool {
        fn has<T: PartialEq>(list: &[T], one: &T) -> bool {
            list.is_empty() || list.contains(one)
        }
        has(&self.indicators, &about.0)
            && has(&self.entities, &about.1)
            && periods.iter().any(|period| has(&self.periods, period))
            && (self.sources.is_empty() || self.sources.iter().any(|known| known == source))
    }
}
