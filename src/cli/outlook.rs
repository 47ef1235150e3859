//! `plumbrule outlook`: how targets stand on their way, and what a supposed figure would change.

use std::path::{Path, PathBuf};

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use plumbrule::compare::{Side, compare};
use plumbrule::eval::{Options, Row};
use plumbrule::figures::{Submission, Supposed};
use plumbrule::findings::{Finding, findings};
use plumbrule::message::{Lang, Message};
use plumbrule::model::EntityId;
use plumbrule::program::Program;
use plumbrule::progress::{Board, MethodName, Methods, board};
use plumbrule::report::{BoardFormat, BoardReport, Format, WhatIf, write_board};

use super::args::{FigureArgs, LimitArgs, TableArgs};
use super::check::Filter;
use super::choice::ChoiceArgs;
use super::load;
use super::output::{self, Failure};

#[derive(Args)]
pub(crate) struct OutlookArgs {
    #[arg(value_name = "PACK", required = true)]
    pub pack: Vec<PathBuf>,
    #[arg(long, value_name = "PATH", num_args = 1..)]
    pub figures: Vec<PathBuf>,
    #[command(flatten)]
    pub tables: TableArgs,
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
    #[arg(long = "entity", value_name = "ENTITY", value_delimiter = ',')]
    pub entities: Vec<String>,
    #[arg(long, value_name = "METHOD", value_parser = methods())]
    pub method: Option<Methods>,
    #[arg(long, value_name = "FIGURE")]
    pub what_if: Vec<String>,
    #[arg(long = "format", value_name = "FORMAT", value_parser = formats())]
    pub board_format: Option<BoardFormat>,
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    #[command(flatten)]
    pub limits: LimitArgs,
}

/// Reads the name of a method, or `all`.
fn methods() -> impl TypedValueParser<Value = Methods> {
    let names = MethodName::ALL.iter().map(|name| name.word());
    PossibleValuesParser::new(names.chain(["all"])).map(|word| {
        let found = MethodName::ALL.into_iter().find(|name| name.word() == word);
        found.map_or(Methods::All, Methods::One)
    })
}

/// Reads the name of a form of the dashboard; the list is the library's.
fn formats() -> impl TypedValueParser<Value = BoardFormat> {
    let names = BoardFormat::ALL.iter().map(|format| format.name());
    PossibleValuesParser::new(names).map(|name| {
        let found = BoardFormat::ALL.into_iter().find(|one| one.name() == name);
        found.unwrap_or(BoardFormat::Human)
    })
}

impl OutlookArgs {
    fn format(&self) -> BoardFormat {
        let ending = self.out.as_deref().and_then(Path::extension);
        let ending = ending.and_then(|ending| ending.to_str());
        let of_ending = || {
            let mut all = BoardFormat::ALL.into_iter();
            all.find(|format| Some(format.ending()) == ending)
        };
        self.board_format
            .or_else(of_ending)
            .unwrap_or(BoardFormat::Human)
    }

    /// What the loading of figures asks for.
    fn figures(&self) -> FigureArgs {
        FigureArgs {
            figures: self.figures.clone(),
            tables: self.tables.clone(),
            period: self.seen_from.clone(),
            in_force: self.in_force.clone(),
            known_on: self.known_on.clone(),
            choice: self.choice.clone(),
            format: Some(Format::HUMAN),
            out: self.out.clone(),
            limits: self.limits,
        }
    }
}

pub(crate) fn run(args: &OutlookArgs, lang: Lang) -> Result<u8, Failure> {
    let program = load::program(&args.pack, args.limits, lang)?;
    load::expect_rows(&program, &args.pack)?;
    if args.seen_from.as_deref() == Some("all") {
        let help = Message::new("cli-outlook-each-period");
        return Err(Failure::Message(
            Message::new("cli-outlook-one-period"),
            Some(help),
        ));
    }
    let filter = Filter::new(&args.rule, &args.category, &[], &program)?;
    let figures = args.figures();
    let (submission, digest) = load::figures(&program, &figures)?;
    output::complain_of_figures(&submission.problems, lang);
    let entities = entities(args, &submission)?;
    let keep = |row: &Row| {
        filter.keeps(row, &program) && (entities.is_empty() || entities.contains(&row.entity))
    };
    let Some((supposing, supposed)) = suppose(args, &program, &submission, lang) else {
        return Ok(Failure::STATUS);
    };
    let options = load::options(&figures, &program, &supposing)?;
    load::needs_period(&figures, &supposing, &options)?;
    // The latest year with a figure, supposed ones among them: both are seen from there.
    let options = Options {
        period: Some(options.clocks(&supposing).period),
        ..options
    };
    let methods = args.method.unwrap_or_default();
    let seen = |submission: &Submission| board(&program, submission, &options, methods, keep);
    let before = seen(&submission);
    let mut report = BoardReport {
        program: &program,
        submission: &submission,
        options: &options,
        board: &before,
        what_if: None,
        digests: &load::digests(&program, digest),
        lang,
        columns: output::columns(),
        colour: args.out.is_none() && output::colour(),
    };
    let finish = |report: &BoardReport<'_>| {
        output::finish(&figures, &submission, 0, |w| {
            write_board(w, args.format(), report)
        })
    };
    if supposed.is_empty() {
        return finish(&report);
    }
    let after = seen(&supposing);
    let findings_before = findings(&program, &submission, &options);
    let findings_after = findings(&program, &supposing, &options);
    let what_if = WhatIf {
        supposed: &supposed,
        submission: &supposing,
        board: &after,
        comparison: compare(
            &side(&program, &submission, &before, &findings_before),
            &side(&program, &supposing, &after, &findings_after),
        ),
    };
    report.what_if = Some(&what_if);
    finish(&report)
}

fn side<'a>(
    program: &'a Program,
    submission: &'a Submission,
    board: &'a Board,
    findings: &'a [Finding],
) -> Side<'a> {
    Side {
        program,
        submission,
        outcomes: std::slice::from_ref(&board.outcome),
        findings,
    }
}

/// The entities asked for; none where all are.
fn entities(args: &OutlookArgs, submission: &Submission) -> Result<Vec<EntityId>, Failure> {
    let find = |name: &String| {
        submission.entity_named(name).ok_or_else(|| {
            let entities = submission.entities.values();
            let names = entities.flat_map(|known| [&known.id, &known.label.zh, &known.label.en]);
            let near = plumbrule::fold::nearest(name, names.map(String::as_str));
            let help = near.map(|(name, _)| Message::new("help-nearest").with("name", name));
            Failure::Message(Message::new("cli-no-entity").with("entity", name), help)
        })
    };
    args.entities.iter().map(find).collect()
}

/// The figures with the supposed ones in them; nothing where one of these cannot be read, which
/// is then said.
fn suppose(
    args: &OutlookArgs,
    program: &Program,
    submission: &Submission,
    lang: Lang,
) -> Option<(Submission, Vec<Supposed>)> {
    let mut supposing = submission.clone();
    let (mut supposed, mut problems) = (Vec::new(), Vec::new());
    let entity = match args.entities.as_slice() {
        [only] => only.as_str(),
        _ => "",
    };
    for (n, text) in args.what_if.iter().enumerate() {
        match supposing.suppose(&program.model, text, entity, n + 1) {
            Ok(one) => supposed.push(one),
            Err(mut found) => problems.append(&mut found),
        }
    }
    output::complain_of_figures(&problems, lang);
    problems.is_empty().then_some((supposing, supposed))
}
