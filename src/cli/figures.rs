//! `plumbrule figures`: what was understood of tables of figures, and the clean table of it.
//!
//! Goes in: tables and a pack. Comes out: each figure with what it is taken for, what was not
//! understood and why, or one clean long table. Judges nothing.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueHint};

use plumbrule::explain::{Shown, Unit};
use plumbrule::figures::table::{ColumnMeaning, TableReading};
use plumbrule::figures::{Claim, ClaimId, ClaimState, FigureProblem, Submission};
use plumbrule::message::{Label, Lang, Message};
use plumbrule::model::{IndicatorId, Name};
use plumbrule::program::Program;
use plumbrule::report::{Figures, TableFormat, wrap, write_figures};

use super::args::{FigureArgs, LimitArgs, TableArgs};
use super::choice::ChoiceArgs;
use super::load;
use super::output::{self, Failure};
use super::paths;
use super::table::{Cell, Table};

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

    fn figure_args(&self) -> FigureArgs {
        FigureArgs {
            figures: self.tables.iter().chain(&self.figures).cloned().collect(),
            tables: self.reading.clone(),
            period: None,
            in_force: None,
            known_on: None,
            choice: ChoiceArgs::default(),
            format: None,
            out: None,
            limits: self.limits,
        }
    }
}

pub(crate) fn run(args: &FiguresArgs, lang: Lang) -> Result<u8, Failure> {
    let program = program(args, lang)?;
    let tables = load::tables(&program, &args.figure_args(), false)?;
    let submission = &tables.submission;
    let wanted = Wanted::new(args, &program, submission)?;
    let claims: Vec<ClaimId> = submission
        .claims
        .iter()
        .filter(|(_, claim)| {
            claim.state != ClaimState::Unreadable && wanted.takes(claim, submission)
        })
        .map(|(id, _)| id)
        .collect();
    let is_broken = submission
        .problems
        .iter()
        .any(|problem| !problem.is_warning);
    let status = if is_broken { Failure::STATUS } else { 0 };
    let figures = Figures {
        program: &program,
        submission,
        claims: &claims,
    };
    match args.form() {
        Form::Human => {
            let columns = match args.out {
                Some(_) => output::MOST_COLUMNS,
                None => output::columns(),
            };
            let text = human(&figures, args.problems, lang, columns);
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

/// The pack that is named; else the only one that is found.
fn program(args: &FiguresArgs, lang: Lang) -> Result<Program, Failure> {
    if !args.rules.is_empty() {
        return load::program(&args.rules, args.limits, lang);
    }
    let packs = paths::packs();
    if let [only] = packs.as_slice() {
        return load::program(std::slice::from_ref(only), args.limits, lang);
    }
    let tables = args.figure_args().figures;
    let table = tables
        .first()
        .map_or_else(|| "TABLE".to_owned(), |path| super::shell::quoted(path));
    let pack = packs
        .first()
        .map_or_else(|| "PACK".to_owned(), |path| super::shell::quoted(path));
    let line = format!("plumbrule figures {table} --rules {pack}");
    let names: Vec<String> = packs
        .iter()
        .map(|path| path.display().to_string())
        .collect();
    let (message, help) = match names.is_empty() {
        true => (Message::new("figures-no-pack"), "help-example"),
        false => (
            Message::new("list-which-pack").with("packs", names),
            "help-which-pack",
        ),
    };
    Err(Failure::Message(
        message,
        Some(Message::new(help).with("line", line)),
    ))
}

/// Which figures are shown; an empty list takes all.
struct Wanted {
    indicators: Vec<IndicatorId>,
    entities: Vec<plumbrule::model::EntityId>,
    periods: Vec<plumbrule::period::Period>,
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

    fn takes(&self, claim: &Claim, submission: &Submission) -> bool {
        fn has<T: PartialEq>(list: &[T], one: &T) -> bool {
            list.is_empty() || list.contains(one)
        }
        let source = submission.text(claim.source);
        has(&self.indicators, &claim.figure.indicator)
            && has(&self.entities, &claim.entity)
            && (has(&self.periods, &claim.period) || has(&self.periods, &claim.window))
            && (self.sources.is_empty() || self.sources.iter().any(|known| known == source))
    }
}

fn human(figures: &Figures<'_>, is_brief: bool, lang: Lang, columns: usize) -> String {
    let submission = figures.submission;
    let mut out = files(figures).human(lang, columns);
    if !is_brief && !figures.claims.is_empty() {
        out.push('\n');
        out.push_str(&shown(figures, lang).human(lang, columns));
    }
    let mut paragraph = |message: Message| {
        let lines = wrap(&message.render(lang), columns);
        out.push_str(&format!("\n{}\n", lines.join("\n")));
    };
    let n_all = submission.claims.len();
    paragraph(
        Message::new("figures-count")
            .with("count", figures.claims.len())
            .with("all", n_all),
    );
    if submission.problems.is_empty() {
        paragraph(Message::new("figures-no-problem"));
        return out;
    }
    paragraph(Message::new("figures-problems").with("count", submission.problems.len()));
    out.push('\n');
    out.push_str(&problems(&submission.problems, lang).human(lang, columns));
    out
}

/// Each file and sheet, with how many figures it gave.
fn files(figures: &Figures<'_>) -> Table {
    let submission = figures.submission;
    let mut counts: BTreeMap<(&str, &str), [usize; 3]> = BTreeMap::new();
    for claim in submission.claims.values() {
        let (file, sheet) = (
            submission.text(claim.place.file),
            submission.text(claim.place.sheet),
        );
        let count = counts.entry((file, sheet)).or_default();
        count[usize::from(claim.state == ClaimState::Unreadable)] += 1;
    }
    for problem in &submission.problems {
        let count = counts.entry((&problem.file, &problem.sheet)).or_default();
        count[2] += 1;
    }
    let rows = counts
        .into_iter()
        .map(|((file, sheet), [read, unread, problems])| {
            let all = submission.readings.iter();
            let own: Vec<&TableReading> = all
                .filter(|reading| reading.file == file && reading.sheet == sheet)
                .collect();
            let header = own.iter().flat_map(|reading| reading.header.first());
            let left_out = own.iter().flat_map(|reading| &reading.columns);
            let left_out = left_out
                .filter(|column| column.meaning == ColumnMeaning::Unknown)
                .map(|column| column.header.clone());
            vec![
                Cell::Text(file.to_owned()),
                Cell::Text(sheet.to_owned()),
                Cell::List(own.iter().map(|reading| layout(reading)).collect()),
                Cell::texts(header.map(ToString::to_string)),
                Cell::texts(left_out),
                Cell::Count(read),
                count(unread),
                count(own.iter().map(|reading| reading.n_absent).sum()),
                count(problems),
            ]
        });
    Table {
        columns: &[
            ("file", "figures-file"),
            ("sheet", "figures-sheet"),
            ("layout", "figures-layout"),
            ("header", "figures-header"),
            ("left_out", "figures-columns-left-out"),
            ("figures", "figures-figures"),
            ("unread", "figures-unread"),
            ("absent", "figures-absent"),
            ("problems", "figures-n-problems"),
        ],
        rows: rows.collect(),
    }
}

/// How a table was laid out, in one word.
fn layout(reading: &TableReading) -> Cell {
    Cell::Message(Message::new(match () {
        () if reading.is_long() => "figures-long",
        () if reading.header.is_empty() => "figures-no-layout",
        () => "figures-wide",
    }))
}

/// A count; none is left blank, so that a column of none is left out.
fn count(n: usize) -> Cell {
    match n {
        0 => Cell::Text(String::new()),
        n => Cell::Count(n),
    }
}

/// Each figure with what it is taken for.
fn shown(figures: &Figures<'_>, lang: Lang) -> Table {
    let (program, submission) = (figures.program, figures.submission);
    let rows = figures.claims.iter().map(|id| {
        let claim = &submission.claims[*id];
        let unit = Unit::of_figure(program, &claim.figure);
        let set = |set| {
            let shown = Shown {
                set,
                unit: unit.clone(),
            };
            shown.text(lang)
        };
        let exact = set((*claim.exact).clone());
        let rounded = set((*claim.as_printed).clone());
        let entity = &submission.entities[claim.entity];
        let is_default = program.model.pack.entity == Some(claim.entity);
        let source = match (
            submission.text(claim.source),
            submission.text(claim.source_line),
        ) {
            (source, "") => source.to_owned(),
            (source, line) => format!("{source}:{line}"),
        };
        vec![
            Cell::Text(name(program, claim)),
            Cell::Label(match is_default {
                true => Label::same(""),
                false => entity.label.clone(),
            }),
            Cell::Text(claim.window.to_string()),
            Cell::Text(submission.text(claim.printed).to_owned()),
            Cell::Text(exact.clone()),
            Cell::Text(if rounded == exact {
                String::new()
            } else {
                rounded
            }),
            Cell::Text(source),
            Cell::Text(submission.place(claim)),
        ]
    });
    Table {
        columns: &[
            ("figure", "figures-figure"),
            ("entity", "figures-entity"),
            ("period", "figures-period"),
            ("printed", "figures-printed"),
            ("exact", "figures-exact"),
            ("rounded", "figures-rounded"),
            ("source", "figures-source"),
            ("place", "figures-place"),
        ],
        rows: rows.collect(),
    }
}

/// The indicator, and in brackets definition, measure and breakdown where they are not the usual.
fn name(program: &Program, claim: &Claim) -> String {
    let indicator = &program.model.indicators[claim.figure.indicator];
    let definition = indicator
        .definitions
        .get(usize::from(claim.figure.definition));
    let definition = definition.map_or("", |definition| &definition.id);
    let measure = match claim.figure.measure {
        plumbrule::model::Measure::Level => "",
        other => other.word(),
    };
    let parts = [definition, measure, &claim.figure.breakdown];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    match parts.is_empty() {
        true => indicator.id.clone(),
        false => format!("{}[{}]", indicator.id, parts.join(", ")),
    }
}

/// Problems that say the same, counted, with the first place of each.
fn problems(all: &[FigureProblem], lang: Lang) -> Table {
    let mut groups: BTreeMap<(&str, String), (usize, String, String)> = BTreeMap::new();
    for problem in all {
        let key = (problem.code.as_str(), problem.message.render(lang));
        let group = groups.entry(key).or_insert_with(|| {
            let help = problem.help.as_ref().map(|help| help.render(lang));
            (0, problem.place(), help.unwrap_or_default())
        });
        group.0 += 1;
    }
    let rows = groups
        .into_iter()
        .map(|((code, message), (n, place, help))| {
            vec![
                Cell::Text(code.to_owned()),
                Cell::Count(n),
                Cell::Text(message),
                Cell::Text(place),
                Cell::Text(help),
            ]
        });
    Table {
        columns: &[
            ("code", "list-code"),
            ("count", "figures-times"),
            ("problem", "figures-problem"),
            ("place", "figures-first-place"),
            ("help", "figures-help"),
        ],
        rows: rows.collect(),
    }
}
