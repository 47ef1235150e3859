//! Files to packs and figures.

use std::io::Read;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use sha2::{Digest, Sha256};

use plumbrule::diagnostic::{Diagnostic, render};
use plumbrule::eval::{Choice, Options};
use plumbrule::figures::{FigureProblem, ProblemCode, ReadOptions, Submission};
use plumbrule::message::{Lang, Message};
use plumbrule::period::{Period, PeriodWords};
use plumbrule::program::Program;
use plumbrule::receipt::InputFile;
use plumbrule::report::Digests;
use plumbrule::source::Sources;
use plumbrule::syntax::Limits;
use plumbrule::uses::{PackFiles, add_used, tables_named};
use plumbrule::{CompileLimits, compile_with};

use super::args::{FigureArgs, LimitArgs};
use super::check::years;
use super::found::{self, Input};
pub(crate) use super::found::{files, is_hidden};
use super::output::{self, Failure, complain};
use super::paths;
use super::uses::Folders;

/// Ending of rule files.
pub(crate) const RULES: &str = "plumb";
/// Where tables are looked for if none are named.
pub(crate) const TABLES_AT: &str = "fixtures/published";
/// Endings of tables.
pub(crate) const TABLES: &[&str] = &[
    "csv", "tsv", "parquet", "xlsx", "xlsm", "xls", "ods", "json", "jsonl", "ndjson",
];

/// Reads rule files, or folders of them, as one pack, and the packs that it uses.
pub(crate) fn sources(paths: &[PathBuf], limits: LimitArgs) -> Result<Sources, Failure> {
    let mut sources = Sources::with_std();
    let mut n_files = 0;
    for path in paths {
        paths::expect_rules(path)?;
        for file in files(path, &[RULES])? {
            for (name, text) in with_tables(&file, &bounds(limits).text)? {
                sources.add(&name, &text);
            }
            n_files += 1;
        }
    }
    if n_files == 0 {
        return Err(paths::no_rules(paths));
    }
    let limits = bounds(limits).text;
    add_used(&mut sources, &limits, &mut Folders::beside(paths))?;
    Ok(sources)
}

pub(crate) fn bounds(limits: LimitArgs) -> CompileLimits {
    let mut bounds = CompileLimits::default();
    bounds.text.bytes = limits.max_rule_bytes;
    bounds.terms = limits.max_terms;
    bounds
}

/// A rule file and the tables beside it that it reads rules from: the name of each, and its text.
/// A table that is not there is left to those who compile, for they know where it is named.
pub(crate) fn with_tables(file: &Path, limits: &Limits) -> Result<PackFiles, Failure> {
    let own = text(file)?;
    with_its_tables(file, own, limits)
}

/// The same of a rule file whose text is known.
pub(crate) fn with_its_tables(
    file: &Path,
    own: String,
    limits: &Limits,
) -> Result<PackFiles, Failure> {
    let folder = file.parent().unwrap_or(Path::new(""));
    let mut found = Vec::new();
    for name in tables_named(&own, limits) {
        let table = folder.join(name);
        if table.is_file() {
            let bytes = read_up_to(&table, limits.bytes)?;
            let name = table.display().to_string();
            let text = rule_text(&name, bytes)?;
            found.push((name, text));
        }
    }
    found.insert(0, (file.display().to_string(), own));
    Ok(found)
}

/// The text of a rule file.
pub(crate) fn text(file: &Path) -> Result<String, Failure> {
    rule_text(&file.display().to_string(), read(file)?)
}

/// The text of a rule file of this name.
pub(crate) fn rule_text(name: &str, bytes: Vec<u8>) -> Result<String, Failure> {
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let before = error.as_bytes().iter().take(at);
        let line = before.filter(|byte| **byte == b'\n').count() + 1;
        let message = Message::new("cli-rules-encoding")
            .with("file", name)
            .with("line", line)
            .with("byte", at);
        Failure::Message(message, Some(Message::new("help-rules-encoding")))
    })
}

/// Compiles a pack and says its warnings.
pub(crate) fn program(
    paths: &[PathBuf],
    limits: LimitArgs,
    lang: Lang,
) -> Result<Program, Failure> {
    program_and_warnings(paths, limits, lang).map(|(program, _)| program)
}

/// Compiles a pack, says its warnings and hands them on.
pub(crate) fn program_and_warnings(
    paths: &[PathBuf],
    limits: LimitArgs,
    lang: Lang,
) -> Result<(Program, Vec<Diagnostic>), Failure> {
    compiled(sources(paths, limits)?, limits, lang)
}

/// Refuses a pack without rules: to check nothing would look like a pass.
pub(crate) fn expect_rows(program: &Program, paths: &[PathBuf]) -> Result<(), Failure> {
    if !program.rules.is_empty() {
        return Ok(());
    }
    let paths: Vec<String> = paths.iter().map(|it| it.display().to_string()).collect();
    let message = Message::new("cli-nothing-to-check").with("paths", paths);
    Err(Failure::new(message))
}

/// Compiles rule files that were read, says their warnings and hands them on.
pub(crate) fn compiled(
    sources: Sources,
    limits: LimitArgs,
    lang: Lang,
) -> Result<(Program, Vec<Diagnostic>), Failure> {
    match compile_with(&sources, &bounds(limits)) {
        Ok((program, warnings)) => {
            if !warnings.is_empty() {
                complain(render(&warnings, &sources, lang, output::colour_on_error()).trim_end());
            }
            Ok((program, warnings))
        }
        Err(diagnostics) => Err(Failure::Diagnostics(diagnostics, Box::new(sources))),
    }
}

/// Tables that were read.
pub(crate) struct Tables {
    pub submission: Submission,
    pub files: Vec<InputFile>,
    digest: Sha256,
    /// How tables are read.
    pub options: ReadOptions,
    n_bytes: usize,
    is_noted: bool,
}

impl Tables {
    /// None so far. Only what is noted has its files listed, for a receipt.
    pub(crate) fn new(program: &Program, options: ReadOptions, is_noted: bool) -> Tables {
        Tables {
            submission: Submission::new(&program.model),
            files: Vec::new(),
            digest: Sha256::new(),
            options,
            n_bytes: 0,
            is_noted,
        }
    }

    /// Reads one input, unless all together would be larger than allowed; its name and bytes.
    pub(crate) fn add_input(
        &mut self,
        program: &Program,
        input: &Input,
    ) -> Result<Option<(String, Vec<u8>)>, Failure> {
        let name = input.name();
        let left = self.options.limits.total_bytes.saturating_sub(self.n_bytes);
        let (bytes, refused) = input.read(left)?;
        if let Some(size) = refused {
            let limit = self.options.limits.total_bytes;
            let code = ProblemCode::Table;
            let problem = match self.n_bytes {
                0 => FigureProblem::new(code, "figure-too-large", &name, 1, 1)
                    .with("limit", limit)
                    .with("found", size),
                before => FigureProblem::new(code, "figure-too-large-together", &name, 1, 1)
                    .with("before", before)
                    .with("limit", limit)
                    .with("found", size),
            };
            self.submission.problems.push(problem);
            return Ok(None);
        }
        self.add(program, &name, &bytes);
        Ok(Some((name, bytes)))
    }

    pub(crate) fn add(&mut self, program: &Program, name: &str, bytes: &[u8]) {
        self.n_bytes += bytes.len();
        self.digest.update((bytes.len() as u64).to_le_bytes());
        self.digest.update(bytes);
        if self.is_noted {
            self.files.push(InputFile::of(name, bytes));
        }
        let model = &program.model;
        self.submission.read_file(model, name, bytes, &self.options);
    }

    /// The digest of all of them.
    pub(crate) fn digest(&self) -> String {
        hex(&self.digest.clone().finalize())
    }
}

/// Reads all tables.
pub(crate) fn tables(
    program: &Program,
    args: &FigureArgs,
    is_noted: bool,
) -> Result<Tables, Failure> {
    let mut tables = Tables::new(program, args.tables.options(), is_noted);
    for input in found::inputs(&figure_paths(args), &args.tables, args.out.as_deref())? {
        tables.add_input(program, &input)?;
    }
    Ok(tables)
}

/// The tables of a path, in order.
pub(crate) fn table_files(path: &Path) -> Result<Vec<PathBuf>, Failure> {
    paths::expect_tables(path)?;
    let found = files(path, TABLES)?;
    if found.is_empty() {
        return Err(paths::no_tables(path));
    }
    Ok(found)
}

/// The tables asked for; else those of `fixtures/published` below the current folder.
pub(crate) fn figure_paths(args: &FigureArgs) -> Vec<PathBuf> {
    tables_or_default(&args.figures)
}

/// The tables asked for, or the default.
pub(crate) fn tables_or_default(asked: &[PathBuf]) -> Vec<PathBuf> {
    let default = PathBuf::from(TABLES_AT);
    match asked.is_empty() {
        true if default.is_dir() => vec![default],
        _ => asked.to_vec(),
    }
}

/// Reads all tables, and their digest.
pub(crate) fn figures(
    program: &Program,
    args: &FigureArgs,
) -> Result<(Submission, String), Failure> {
    let tables = tables(program, args, false)?;
    let digest = tables.digest();
    Ok((tables.submission, digest))
}

/// Digests of what a run was made from.
pub(crate) fn digests(program: &Program, figures: String) -> Digests {
    Digests {
        rules: program.model.pack.digest.clone(),
        figures,
    }
}

fn hex(bytes: &[u8]) -> String {
    let digits: Vec<String> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("sha256:{}", digits.concat())
}

/// The clocks and figures as asked for; `period` may be left to the caller.
pub(crate) fn options(
    args: &FigureArgs,
    program: &Program,
    submission: &Submission,
) -> Result<Options, Failure> {
    options_with(args, args.choice.choice(program, submission)?)
}

/// The clocks as asked for, and a choice of figures.
pub(crate) fn options_with(args: &FigureArgs, choice: Choice) -> Result<Options, Failure> {
    clocks(
        args.period.as_deref(),
        args.in_force.as_deref(),
        args.known_on.as_deref(),
        choice,
    )
}

/// The clocks of texts; `all` leaves the period to the caller.
pub(crate) fn clocks(
    asked: Option<&str>,
    in_force: Option<&str>,
    known_on: Option<&str>,
    choice: Choice,
) -> Result<Options, Failure> {
    Ok(Options {
        period: match asked {
            None | Some("all") => None,
            Some(text) => Some(period(text)?),
        },
        in_force: in_force.map(day).transpose()?,
        known_on: known_on.map(day).transpose()?,
        choice,
    })
}

/// Refuses to evaluate no period at all: none was asked for, and no figure has one.
pub(crate) fn needs_period(
    args: &FigureArgs,
    submission: &Submission,
    options: &Options,
) -> Result<(), Failure> {
    has_period(args.period.as_deref(), submission, options)
}

/// As above, of the text that asks for a period.
pub(crate) fn has_period(
    asked: Option<&str>,
    submission: &Submission,
    options: &Options,
) -> Result<(), Failure> {
    let is_known = match asked {
        None => submission.latest_year(options).is_some(),
        Some("all") => !years(submission, options).is_empty(),
        Some(_) => true,
    };
    match is_known {
        true => Ok(()),
        false => Err(Failure::new(Message::new("cli-no-period"))),
    }
}

pub(crate) fn period(text: &str) -> Result<Period, Failure> {
    Period::parse(text, &PeriodWords::default()).map_err(|_| {
        let message = Message::new("cli-period").with("found", text);
        Failure::Message(message, Some(Message::new("help-period")))
    })
}

/// A day; of a coarser date the last one.
pub(crate) fn day(text: &str) -> Result<NaiveDate, Failure> {
    period(text).map(|period| period.last_day())
}

pub(crate) fn read(file: &Path) -> Result<Vec<u8>, Failure> {
    std::fs::read(file).map_err(|error| unreadable(file, &error))
}

/// Reads at most one byte more than `most`, so that the reader of the bytes sees what is too long.
pub(crate) fn read_up_to(file: &Path, most: usize) -> Result<Vec<u8>, Failure> {
    if !file.exists() {
        return Err(paths::missing(file));
    }
    let mut bytes = Vec::new();
    std::fs::File::open(file)
        .and_then(|open| open.take(most as u64 + 1).read_to_end(&mut bytes))
        .map_err(|error| unreadable(file, &error))?;
    Ok(bytes)
}

pub(crate) fn unreadable(file: &Path, error: &std::io::Error) -> Failure {
    let name = file.display().to_string();
    Failure::new(
        Message::new("cli-read")
            .with("file", name)
            .with("why", output::why(error)),
    )
}
