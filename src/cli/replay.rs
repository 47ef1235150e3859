//! `plumbrule replay`: makes the run of a receipt again from the files that it names.

use std::collections::BTreeSet;
use std::io::IsTerminal;
use std::path::{Component, Path, PathBuf};

use clap::Args;

use plumbrule::eval::Vintage;
use plumbrule::figures::{Encoding, Limits, ReadOptions};
use plumbrule::message::{Lang, Message};
use plumbrule::packs::{LIBRARY, STD};
use plumbrule::receipt::{
    Command, Comparison, Document, InputFile, Inputs, MOST_BYTES, Receipt, Replay, Run, Signed,
    Tool, compare, compare_inputs, first_difference, sha256,
};
use plumbrule::report::{Format, Report, write_check};
use plumbrule::source::Sources;

use super::args::{AnswerFormat, LimitArgs};
use super::check::{Filter, checked, filter_args, hint_args};
use super::choice::ChoiceArgs;
use super::found::{self, Input};
use super::load::{self, Tables};
use super::output::{self, Failure};
use super::paths;

#[derive(Args)]
pub(crate) struct ReplayArgs {
    #[arg(value_name = "RECEIPT", id = "receipt_file")]
    pub file: PathBuf,
    #[arg(long, value_name = "DIR")]
    pub root: Option<PathBuf>,
    #[arg(long, value_name = "REPORT")]
    pub output: Option<PathBuf>,
    #[arg(long, value_enum, id = "answer_format", value_name = "FORMAT", default_value_t = AnswerFormat::Human)]
    pub format: AnswerFormat,
}

pub(crate) fn run(args: &ReplayArgs, lang: Lang) -> Result<u8, Failure> {
    let bytes = load::read_up_to(&args.file, MOST_BYTES)?;
    let document =
        Document::read(&bytes).map_err(|refusal| Failure::of_file(&args.file, refusal))?;
    let was = document.receipt().clone();
    let signed = match &document {
        Document::Bare(_) => Signed::No,
        Document::Signed(_, envelope) => Signed::NotLookedAt(envelope.key_ids()),
    };
    let root = args.root.as_deref();
    let files = Files::find(&was, root)?;
    let inputs = compare_inputs(&was, &files.inputs());
    let (now, output) = if files.n_missing == 0 {
        match again(&was, &files, lang) {
            Ok((now, output)) => (Ok(now), output),
            // With the same input this cannot be a run that was made: the receipt is at fault.
            Err(failure) if inputs.is_empty() => return Err(failure),
            Err(failure) => (Err(why(failure, lang)), Vec::new()),
        }
    } else {
        (Err(files.why_not(&was, &args.file)), Vec::new())
    };
    let kept = kept(args, &was)?;
    let replay = Replay {
        comparison: match &now {
            Ok(now) => compare(&was, now, inputs),
            Err(_) => Comparison {
                differences: inputs,
                rows: Vec::new(),
                is_same_output: false,
            },
        },
        place: match (&now, &kept) {
            (Ok(_), Some(kept)) => first_difference(&kept.bytes, &output),
            _ => None,
        },
        kept: kept
            .filter(|kept| kept.is_asked)
            .map(|kept| (kept.name, kept.is_it)),
        unlisted: unlisted(&was, root),
        now,
        was,
        signed,
    };
    let said = match args.format {
        AnswerFormat::Human => replay.words(lang, output::columns()).into_bytes(),
        AnswerFormat::Json => replay.json(),
    };
    output::deliver(&said, None)?;
    Ok(u8::from(!replay.is_same()))
}

/// Where a name of the receipt is looked for. Below a root, absolute names are too.
fn place(root: Option<&Path>, name: &str) -> PathBuf {
    let Some(root) = root else {
        return PathBuf::from(name);
    };
    let parts = Path::new(name)
        .components()
        .filter(|part| !matches!(part, Component::RootDir | Component::Prefix(_)));
    root.join(parts.collect::<PathBuf>())
}

/// Bytes that are read from the input stream, for a run that was made from it.
const MOST_STDIN: usize = 1 << 30;

/// The files of a receipt as they are now, under the names of the receipt.
#[derive(Default)]
struct Files {
    rules: Vec<(InputFile, Vec<u8>)>,
    tables: Vec<(InputFile, Vec<u8>)>,
    n_missing: usize,
}

impl Files {
    fn find(was: &Receipt, root: Option<&Path>) -> Result<Files, Failure> {
        let mut files = Files::default();
        for file in &was.rules {
            let pack = file.pack.as_deref();
            match (file.standard, pack) {
                (false, _) => {
                    let found = files.read(&file.name, root)?;
                    let found = found.map(|(file, bytes)| (file.of_pack(pack), bytes));
                    files.rules.extend(found);
                }
                (true, Some(pack)) => files.carried(pack),
                (true, None) => {}
            }
        }
        for file in &was.tables {
            let found = files.read(&file.name, root)?;
            files.tables.extend(found);
        }
        Ok(files)
    }

    /// The files of a pack that this program carries, added once.
    fn carried(&mut self, pack: &str) {
        let is_known = |(file, _): &(InputFile, Vec<u8>)| file.pack.as_deref() == Some(pack);
        if self.rules.iter().any(is_known) {
            return;
        }
        let found = LIBRARY.iter().find(|(name, _)| *name == pack);
        let files = found.map_or(&[][..], |(_, files)| files).iter();
        self.rules.extend(files.map(|(name, text)| {
            let file = InputFile::standard(name, text.as_bytes());
            (file.of_pack(Some(pack)), text.as_bytes().to_vec())
        }));
    }

    /// A file, where there is one. What is no plain file could be endless, and is as good as none.
    fn read(
        &mut self,
        name: &str,
        root: Option<&Path>,
    ) -> Result<Option<(InputFile, Vec<u8>)>, Failure> {
        if found::is_stdin(name) && !std::io::stdin().is_terminal() {
            let (bytes, _) = Input::Stdin(None).read(MOST_STDIN)?;
            return Ok(Some((InputFile::of(name, &bytes), bytes)));
        }
        let path = place(root, name);
        if !path.is_file() {
            self.n_missing += 1;
            return Ok(None);
        }
        let bytes = load::read(&path)?;
        Ok(Some((InputFile::of(name, &bytes), bytes)))
    }

    /// All of them with the standard library of this program.
    fn inputs(&self) -> Inputs<'_> {
        fn all(files: &[(InputFile, Vec<u8>)]) -> impl Iterator<Item = (InputFile, &[u8])> {
            files.iter().map(|(file, bytes)| (file.clone(), &bytes[..]))
        }
        let standard = STD.iter().map(|(name, text)| {
            let file = InputFile::standard(name, text.as_bytes());
            (file, text.as_bytes())
        });
        Inputs {
            tool: Tool::this(),
            rules: standard.chain(all(&self.rules)).collect(),
            tables: all(&self.tables).collect(),
        }
    }

    fn why_not(&self, was: &Receipt, receipt: &Path) -> Message {
        let has_stdin = self
            .tables
            .iter()
            .any(|(file, _)| found::is_stdin(&file.name));
        if !has_stdin && was.tables.iter().any(|file| found::is_stdin(&file.name)) {
            let receipt = receipt.display().to_string();
            return Message::new("replay-stdin").with("file", receipt);
        }
        let first = was.rules.iter().find(|file| !file.standard);
        let first = first.map_or_else(String::new, |file| file.name.clone());
        if self.rules.len() + self.tables.len() > 0 {
            Message::new("replay-files-missing")
        } else {
            Message::new("replay-all-missing").with("file", first)
        }
    }
}

/// Makes the run again.
fn again(was: &Receipt, files: &Files, lang: Lang) -> Result<(Receipt, Vec<u8>), Failure> {
    let asked = &was.command;
    let (format, lang_then) = form(asked)?;
    let mut sources = Sources::with_std();
    for (file, bytes) in &files.rules {
        let text = load::rule_text(&file.name, bytes.clone())?;
        match &file.pack {
            Some(pack) => sources.add_of(pack, &file.name, &text, file.standard),
            None => sources.add(&file.name, &text),
        };
    }
    let limits = LimitArgs {
        max_rule_bytes: asked.limits.rule_bytes,
        max_terms: asked.limits.terms,
    };
    let (program, warnings) = load::compiled(sources, limits, lang)?;
    let filter = Filter::new(&asked.rules, &asked.categories, &asked.verdicts, &program)?;
    let options = ReadOptions {
        limits: Limits {
            total_bytes: asked.limits.table_bytes,
            ..Limits::default()
        },
        sheets: asked.sheets.clone(),
        encoding: encoding(asked)?,
    };
    let mut tables = Tables::new(&program, options, true);
    for (file, bytes) in &files.tables {
        tables.add(&program, &file.name, bytes);
    }
    let submission = &tables.submission;
    let mut problems = submission.problems.iter();
    if problems.any(|problem| !problem.is_warning) {
        output::complain_of_figures(&submission.problems, lang);
        return Err(Failure::new(Message::new("replay-broken-figures")));
    }
    let period = asked.period.as_deref();
    let choice = choice(asked)?;
    let options = load::clocks(
        period,
        asked.in_force.as_deref(),
        asked.known_on.as_deref(),
        choice.choice(&program, submission)?,
    )?;
    load::has_period(period, submission, &options)?;
    let filter = filter.of_bodies(asked, submission)?;
    let checked = checked(
        &program,
        submission,
        &options,
        period == Some("all"),
        &filter,
    );
    let report = Report {
        program: &program,
        submission,
        options: &options,
        outcomes: &checked.outcomes,
        findings: &checked.findings,
        warnings: &warnings,
        digests: &load::digests(&program, tables.digest()),
        lang: lang_then,
        columns: asked
            .columns
            .clamp(output::LEAST_COLUMNS, output::MOST_COLUMNS),
        colour: asked.colour,
        by_entity: asked.by_entity,
        n_left_out: checked.n_left_out,
        filter_args: &filter_args(asked),
        hint_args: &hint_args(asked, lang_then),
    };
    let mut bytes = Vec::new();
    write_check(&mut bytes, format, &report).map_err(|error| output::unwritten("-", &error))?;
    let now = Receipt::of(&Run {
        command: asked,
        report: &report,
        tables: &tables.files,
        status: checked.status,
        output: &bytes,
        out: was.output.name.as_deref(),
    });
    Ok((now, bytes))
}

/// How figures and weights were taken.
fn choice(asked: &Command) -> Result<ChoiceArgs, Failure> {
    Ok(ChoiceArgs {
        source: asked.sources.clone(),
        prefer: asked.prefer.clone(),
        vintage: vintage(asked)?,
        weights: asked.weights.clone(),
    })
}

/// The encoding that a receipt names.
fn encoding(asked: &Command) -> Result<Option<Encoding>, Failure> {
    let Some(name) = &asked.encoding else {
        return Ok(None);
    };
    let unknown = || Failure::new(Message::new("replay-no-encoding").with("encoding", name));
    Encoding::named(name).map(Some).ok_or_else(unknown)
}

/// The editions that count by a receipt.
fn vintage(asked: &Command) -> Result<Vintage, Failure> {
    Vintage::from_word(&asked.vintage).ok_or_else(|| {
        Failure::new(Message::new("replay-no-vintage").with("vintage", asked.vintage.clone()))
    })
}

/// The format and the language that a receipt names.
fn form(asked: &Command) -> Result<(Format, Lang), Failure> {
    let format = Format::named(&asked.format).ok_or_else(|| {
        Failure::new(Message::new("replay-no-format").with("format", asked.format.clone()))
    })?;
    let mut all = Lang::ALL.into_iter();
    let lang = all.find(|lang| lang.code() == asked.lang).ok_or_else(|| {
        Failure::new(Message::new("replay-no-lang").with("lang", asked.lang.clone()))
    })?;
    Ok((format, lang))
}

/// Why a run could not be made, in one sentence; problems in rule files are told with their places.
fn why(failure: Failure, lang: Lang) -> Message {
    match failure {
        Failure::Message(message, _) | Failure::Usage(message, _) => message,
        Failure::Diagnostics(diagnostics, sources) => {
            let message = Message::new("replay-no-program").with("count", diagnostics.len());
            Failure::Diagnostics(diagnostics, sources).report(lang);
            message
        }
        Failure::Closed => Message::new("replay-files-missing"),
    }
}

/// The output that was kept: the one named, else the file of the receipt where it is still that.
struct Kept {
    name: String,
    bytes: Vec<u8>,
    is_asked: bool,
    is_it: bool,
}

fn kept(args: &ReplayArgs, was: &Receipt) -> Result<Option<Kept>, Failure> {
    let is_it = |bytes: &[u8]| sha256(bytes) == was.output.sha256;
    if let Some(file) = &args.output {
        let bytes = load::read(file)?;
        return Ok(Some(Kept {
            name: file.display().to_string(),
            is_it: is_it(&bytes),
            bytes,
            is_asked: true,
        }));
    }
    let Some(name) = &was.output.name else {
        return Ok(None);
    };
    let path = place(args.root.as_deref(), name);
    let size = std::fs::metadata(&path)
        .ok()
        .filter(std::fs::Metadata::is_file);
    if size.is_none_or(|data| data.len() != was.output.bytes as u64) {
        return Ok(None);
    }
    let bytes = load::read(&path)?;
    Ok(is_it(&bytes).then(|| Kept {
        name: name.clone(),
        bytes,
        is_asked: false,
        is_it: true,
    }))
}

/// The folder of a used pack, which has its name, by a file in it.
fn folder_of_used(file: &InputFile) -> Option<String> {
    let pack = file.pack.as_deref().filter(|_| !file.standard)?;
    let mut above = Path::new(&file.name).ancestors().skip(1);
    let folder = above.find(|folder| folder.file_name().is_some_and(|name| name == pack))?;
    Some(folder.display().to_string())
}

/// Entries of folders that are looked at: a receipt may name any folder.
const MOST_ENTRIES: usize = 10_000;

/// Files that the paths of the command lead to now, and that the receipt does not name.
fn unlisted(was: &Receipt, root: Option<&Path>) -> Vec<String> {
    let named = was.rules.iter().chain(&was.tables);
    let known: BTreeSet<PathBuf> = named.map(|file| place(root, &file.name)).collect();
    let asked = &was.command;
    let rules = asked.packs.iter().map(|path| (path, &[load::RULES][..]));
    let tables = asked.figures.iter().map(|path| (path, load::TABLES));
    let used: BTreeSet<String> = was.rules.iter().filter_map(folder_of_used).collect();
    let used = used.iter().map(|path| (path, &[load::RULES][..]));
    let mut found = BTreeSet::new();
    let mut n_entries = 0;
    for (path, endings) in rules.chain(tables).chain(used) {
        let mut folders = vec![place(root, path)];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
                n_entries += 1;
                if n_entries > MOST_ENTRIES {
                    return Vec::new();
                }
                let path = entry.path();
                if load::is_hidden(&path) {
                    continue;
                }
                // Not through links, which may lead in a circle.
                if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                    folders.push(path);
                } else if paths::has_ending(&path, endings) && !known.contains(&path) {
                    found.insert(path.display().to_string());
                }
            }
        }
    }
    found.into_iter().collect()
}
