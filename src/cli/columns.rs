//! `plumbrule check` over very many rows: tables as columns, verdicts to a file, a summary at the end.

use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use clap::Args;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use plumbrule::bulk::{self, Job, Ran, Stop, WhyWhole};
use plumbrule::eval::{Choice, Options};
use plumbrule::figures::Submission;
use plumbrule::message::{Lang, Message};
use plumbrule::model::{Model, RuleId};
use plumbrule::period::Period;
use plumbrule::program::Program;
use plumbrule::report::{ColumnsOptions, ColumnsWriter, Format, Summary, grouped, write_summary};
use plumbrule::verdict::Verdict;

use super::args::{CheckArgs, FigureArgs, RowOrder};
use super::found::{self, Input};
use super::landing::{self, Landing};
use super::load;
use super::output::{self, Failure};
use super::paths;

pub(super) mod disk;
mod files;

use files::Files;

/// The ending of files that only columns are written to.
const PARQUET: &str = "parquet";
/// Between two looks of the bar of progress.
const STEP: Duration = Duration::from_millis(100);
/// Bytes that are written at a time.
const BUFFER: usize = 1 << 20;

/// What only a check of very many rows takes.
#[derive(Args, Clone)]
pub(crate) struct ColumnsArgs {
    #[arg(long)]
    pub columns: bool,
    #[arg(long)]
    pub matrix: bool,
    #[arg(long, value_name = "N")]
    pub threads: Option<usize>,
    #[arg(long)]
    pub fail_fast: bool,
    #[arg(long, conflicts_with = "matrix", requires = "out")]
    pub values: bool,
}

/// Whether a check is one of columns.
pub(crate) fn is_asked(args: &CheckArgs) -> bool {
    let own = &args.columns;
    let is_parquet = args
        .figures
        .out
        .as_deref()
        .is_some_and(|out| ends_in(out, PARQUET));
    own.columns || own.matrix || own.fail_fast || own.values || own.threads.is_some() || is_parquet
}

fn ends_in(file: &Path, ending: &str) -> bool {
    file.extension()
        .is_some_and(|own| own.eq_ignore_ascii_case(ending))
}

/// How many threads are used: as many as asked for, else one for each processor.
pub(crate) fn threads(asked: Option<usize>) -> usize {
    let all = || std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    asked.unwrap_or_else(all).clamp(1, 256)
}

/// Judges the rows of tables, and says what they came to.
pub(crate) fn run(
    args: &CheckArgs,
    program: &Program,
    (rules, only): (Vec<RuleId>, Vec<Verdict>),
    lang: Lang,
) -> Result<u8, Failure> {
    refuse(args)?;
    let tables = tables(&args.figures)?;
    files::expect_small(&tables, args.figures.tables.max_table_bytes)?;
    let choice = choice_of(program, &args.figures, &tables)?;
    let options = load::options_with(&args.figures, choice)?;
    let bar = bar(lang);
    let looked = Mutex::new(Instant::now());
    let progress = |size: u64, read: u64, rows: u64| {
        let mut looked = looked
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        if looked.elapsed() >= STEP {
            *looked = Instant::now();
            bar.set_length(size);
            bar.set_position(read);
            let rows = Message::new("columns-progress").with("rows", grouped(rows));
            bar.set_message(rows.render(lang));
        }
    };
    let job = Job {
        program,
        options: &options,
        rules: &rules,
        threads: threads(args.columns.threads),
        fail_fast: args.columns.fail_fast,
        progress: &progress,
    };
    let to = ColumnsOptions {
        matrix: args.columns.matrix,
        only,
        figures: args.columns.values,
    };
    let out = args.figures.out.as_deref();
    let (ran, kept) = written(
        out,
        &to,
        lang,
        &[
            &|writer| by_columns(args, &job, &tables, writer, false),
            &|writer| by_columns(args, &job, &tables, writer, true),
            &|writer| as_one(args, &job, writer).map(Tried::Ran),
        ],
    )?;
    bar.finish_and_clear();
    output::complain_of_figures(&ran.problems, lang);
    if ran.tally.n_rows == 0 {
        output::warn(&Message::new("columns-no-row"), lang);
    }
    let rules = match rules.is_empty() {
        true => bulk::judged_rules(program),
        false => rules,
    };
    let summary = Summary {
        program,
        rules: &rules,
        tally: &ran.tally,
        options: &options,
        is_cut: ran.is_cut,
        lang,
        columns: output::columns(),
    };
    let as_json = args
        .figures
        .format
        .is_some_and(|format| format.name() == Format::JSON.name());
    let mut text = Vec::new();
    write_summary(&mut text, &summary, as_json).map_err(|error| output::unwritten("-", &error))?;
    output::pour(&text)?;
    match kept {
        Some(kept) => Err(Failure::new(kept)),
        None => Ok(status(program, &rules, &ran, &to.only)),
    }
}

/// Which figures count, with sources as the tables name them.
fn choice_of(program: &Program, args: &FigureArgs, files: &[PathBuf]) -> Result<Choice, Failure> {
    if !args.choice.names_sources() {
        return args.choice.choice_among(program, &[]);
    }
    let is_known = |word: &str| program.model.is_word(word);
    let files = Files::new(files, args);
    match bulk::sources_of(program, &|| files.open(&is_known)) {
        Ok(found) => {
            let names: Vec<&str> = found.iter().map(String::as_str).collect();
            args.choice.choice_among(program, &names)
        }
        Err(Stop::Source(problem)) => Err(files.unread(&problem)),
        // Such tables are read as one submission.
        Err(_) => {
            let tables = load::tables(program, args, false)?;
            args.choice.choice(program, &tables.submission)
        }
    }
}

/// As of a check of one submission: 2 for problems, 1 for a failure, 3 for something undetermined; of the verdicts
/// that are asked for, all where there are none. What a failure has cut off has failed.
fn status(program: &Program, rules: &[RuleId], ran: &Ran, only: &[Verdict]) -> u8 {
    if ran.has_error {
        return Failure::STATUS;
    }
    let is_asked = |verdict| only.is_empty() || only.contains(&verdict);
    let has_failed = ran.is_cut || is_asked(Verdict::Fail) && ran.tally.has_failure();
    let burden = |id: &RuleId| {
        let own = program.model.rules[*id].burden;
        own.or(program.model.pack.burden)
    };
    let is_open = |at: usize| {
        let rule = ran.tally.rules.get(at);
        let place = Verdict::ALL
            .iter()
            .position(|one| *one == Verdict::Undetermined);
        let n = rule
            .zip(place)
            .and_then(|(rule, place)| rule.verdicts.get(place).copied());
        n.unwrap_or(0) > 0 && is_asked(Verdict::Undetermined)
    };
    let mut open = rules
        .iter()
        .enumerate()
        .filter(|(at, _)| is_open(*at))
        .map(|(_, id)| burden(id));
    let is_on_submitter = |burden: Option<_>| burden == Some(plumbrule::model::Burden::Submitter);
    match () {
        () if has_failed || open.clone().any(is_on_submitter) => 1,
        () if open.any(|burden| burden.is_none()) => 3,
        // Where no row was judged, nothing is known.
        () if ran.tally.n_rows == 0 => 3,
        () => 0,
    }
}

/// Refuses what columns have no room for.
fn refuse(args: &CheckArgs) -> Result<(), Failure> {
    let out = args.figures.out.as_deref();
    let is_written = out.is_none_or(|out| ends_in(out, PARQUET) || ends_in(out, "csv"));
    let format = args.figures.format.map(Format::name);
    let is_csv = out.is_some_and(|out| ends_in(out, Format::CSV.name()));
    let is_said = format.is_none_or(|name| match is_csv {
        true if name == Format::CSV.name() => true,
        _ => name == Format::HUMAN.name() || name == Format::JSON.name(),
    });
    let refused = [
        ("--receipt", args.receipt.is_some()),
        ("--watch", args.watch),
        ("--entity", !args.only_entity.is_empty()),
        ("--by", args.by != RowOrder::Rule),
        ("--format", !is_said),
        ("--sheet", !args.figures.tables.sheet.is_empty()),
        ("--out", !is_written),
    ];
    match refused.into_iter().find(|(_, is_there)| *is_there) {
        Some((option, _)) => Err(Failure::Message(
            Message::new("columns-not-with").with(
                "option",
                match out.filter(|_| option == "--out") {
                    Some(out) => format!("{option} {}", out.display()),
                    None => option.to_owned(),
                },
            ),
            Some(Message::new(match option {
                "--out" => "help-columns-out",
                "--entity" => "help-columns-entity",
                _ => "help-columns-rows",
            })),
        )),
        None => Ok(()),
    }
}

/// The files that are read.
fn tables(args: &FigureArgs) -> Result<Vec<PathBuf>, Failure> {
    let inputs = found::inputs(&load::figure_paths(args), &args.tables, args.out.as_deref())?;
    let files = inputs.into_iter().map(|input| match input {
        Input::File(file) => Ok(file),
        // It is read more than once.
        Input::Stdin(_) => Err(Failure::Message(
            Message::new("columns-not-with").with("option", "--figures -"),
            Some(Message::new("help-columns-rows")),
        )),
    });
    files.collect()
}

fn bar(lang: Lang) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::stderr());
    if !io::stderr().is_terminal() {
        bar.set_draw_target(ProgressDrawTarget::hidden());
    }
    let left = Message::new("columns-left").render(lang);
    let template = format!("{{bar:30}} {{percent:>3}} %  {{msg}}  {left} {{eta}}");
    if let Ok(style) = ProgressStyle::with_template(&template) {
        bar.set_style(style);
    }
    bar
}

/// What a way of reading the tables leads to.
enum Tried {
    /// They were judged.
    Ran(Ran),
    /// They have to be read in the next way, with what is to be said of that.
    Next(Option<Message>),
}

/// A way of reading the tables.
type Way<'w> = &'w dyn Fn(&mut ToFile) -> Result<Tried, Failure>;

/// Runs with a writer to a file, which takes its place only once all is written: in the first way that
/// fits the tables. What was there stays where figures have errors, with what is to be said of that.
fn written(
    out: Option<&Path>,
    to: &ColumnsOptions,
    lang: Lang,
    ways: &[Way<'_>],
) -> Result<(Ran, Option<Message>), Failure> {
    let run = |writer: &mut dyn FnMut() -> Result<ToFile, Failure>| {
        for way in ways {
            // What the writer of one way still holds must not reach the file of the next one.
            let mut own = writer()?;
            match way(&mut own)? {
                Tried::Ran(ran) => return Ok((ran, own)),
                Tried::Next(Some(why)) => output::warn(&why, lang),
                Tried::Next(None) => {}
            }
        }
        Err(Failure::new(Message::new("columns-layout")))
    };
    let Some(out) = out else {
        return run(&mut || Ok(ColumnsWriter::Nothing)).map(|(ran, _)| (ran, None));
    };
    output::expect_no_key(out)?;
    let landing = Landing::at(out);
    let unwritable = |error: io::Error| paths::unwritable(out, &error);
    let mut writer = || {
        let file = landing.begin().map_err(unwritable)?;
        let buffered = BufWriter::with_capacity(BUFFER, file);
        Ok(match ends_in(out, PARQUET) {
            true => ColumnsWriter::parquet(buffered, to.clone()),
            false => ColumnsWriter::csv(buffered, to.clone()),
        })
    };
    let (ran, writer) = run(&mut writer)?;
    if ran.is_cut {
        // A table that was not judged to its end leaves what was there.
        return Ok((ran, None));
    }
    if let Some(mut buffered) = writer.finish().map_err(unwritable)? {
        buffered.flush().map_err(unwritable)?;
    }
    let n_rows = ran.tally.n_rows + ran.tally.n_joined + ran.tally.n_passed_over;
    if ran.has_error && (out.is_file() || n_rows == 0) {
        let name = out.display().to_string();
        let message = Message::new("cli-not-written").with("file", name);
        return Ok((ran, Some(message)));
    }
    landing.take().map_err(unwritable)?;
    Ok((ran, None))
}

type ToFile = ColumnsWriter<BufWriter<File>>;

/// The figures of one body and of those that a rule names, of tables that are too long to be read whole.
pub(crate) fn of_one(
    program: &Program,
    args: &FigureArgs,
    (rule, body): (RuleId, &str),
) -> Result<(Submission, Options), Failure> {
    let tables = tables(args)?;
    let files = &tables;
    let choice = choice_of(program, args, files)?;
    let is_known = |word: &str| program.model.is_word(word);
    let files = Files::new(files, args);
    let open = || files.open(&is_known);
    let found = bulk::rows_of(program, &open, (&files.first(), body), &[rule]);
    files.expect_unchanged()?;
    let found = found.map_err(|stop| match stop {
        Stop::Rules(_) => Failure::Message(
            Message::new("columns-explain-many")
                .with("rule", program.model.rules[rule].id.as_str()),
            Some(Message::new("help-columns-explain-many")),
        ),
        Stop::Source(problem) => files.unread(&problem),
        Stop::Whole(why) => Failure::new(layout(&why)),
        _ => Failure::new(Message::new("columns-layout")),
    })?;
    let options = load::options_with(args, choice)?;
    let own = found.submission.latest_year(&options);
    let is_there = found.submission.entity_named(body).is_some();
    match found
        .latest_year
        .filter(|_| is_there && args.period.is_none())
    {
        // Other bodies may have figures of a later year, or none that count.
        Some(latest) if own != Some(Period::Year(latest)) => Err(Failure::Message(
            Message::new("columns-explain-period")
                .with("body", body)
                .with("year", latest.to_string()),
            Some(Message::new("help-columns-explain-period")),
        )),
        _ => Ok((found.submission, options)),
    }
}

/// The tables as columns, row by row, or body by body where that is not enough.
fn by_columns(
    args: &CheckArgs,
    job: &Job<'_>,
    files: &[PathBuf],
    writer: &mut ToFile,
    by_body: bool,
) -> Result<Tried, Failure> {
    let model = &job.program.model;
    let is_known = |word: &str| model.is_word(word);
    let files = Files::new(files, &args.figures);
    let open = || files.open(&is_known);
    let out = args.figures.out.as_deref();
    let folder = match out {
        Some(out) => landing::folder_beside(out),
        None => std::env::temp_dir(),
    };
    let stop = if by_body {
        let room = || disk::room(&folder);
        bulk::run_by_body(job, &open, &room, writer)
    } else {
        bulk::run(job, &open, writer)
    };
    files.expect_unchanged()?;
    let why = match stop {
        Ok(ran) => return Ok(Tried::Ran(ran)),
        Err(Stop::Source(problem)) => return Err(files.unread(&problem)),
        Err(Stop::Sink(error)) => {
            return Err(paths::unwritable(out.unwrap_or(Path::new("-")), &error));
        }
        Err(Stop::Scratch(error)) => return Err(paths::unwritable(&folder.join(ROWS), &error)),
        Err(Stop::Whole(why)) => layout(&why),
        Err(Stop::Rules(rules)) => Message::new("columns-rules")
            .with("rules", names_of(model, &rules))
            .with("count", rules.len()),
        Err(Stop::Named(rules)) => Message::new("columns-named")
            .with("rules", names_of(model, &rules))
            .with("count", rules.len()),
        Err(Stop::Repeated(_)) => layout(&WhyWhole::Layout),
    };
    Ok(Tried::Next(by_body.then_some(why)))
}

/// What is told where there is no room for rows beside memory.
const ROWS: &str = ".plumbrule.rows";
/// Rules that are named where they are many.
const MOST_NAMES: usize = 5;

fn names_of<'m>(model: &'m Model, rules: &[RuleId]) -> Vec<&'m str> {
    let names = rules.iter().take(MOST_NAMES);
    names.map(|id| model.rules[*id].id.as_str()).collect()
}

fn layout(why: &WhyWhole) -> Message {
    match why {
        WhyWhole::Layout => Message::new("columns-layout"),
        WhyWhole::Column(name) => Message::new("columns-column").with("column", name),
        WhyWhole::Apart(name) => Message::new("columns-apart").with("column", name),
        WhyWhole::Records => Message::new("columns-records"),
        WhyWhole::Lines => Message::new("columns-lines"),
        WhyWhole::Lost => Message::new("columns-lost"),
        WhyWhole::Classes => Message::new("columns-classes"),
    }
}

/// The tables as one submission.
fn as_one(args: &CheckArgs, job: &Job<'_>, writer: &mut ToFile) -> Result<Ran, Failure> {
    let tables = load::tables(job.program, &args.figures, false)?;
    let ran = bulk::run_whole(job, &tables.submission, writer);
    let mut ran = ran.map_err(|error| {
        let out = args.figures.out.as_deref().unwrap_or(Path::new("-"));
        paths::unwritable(out, &error)
    })?;
    ran.problems = tables.submission.problems;
    Ok(ran)
}
