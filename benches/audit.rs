//! Errors sown into the published figures, one at a time: what share of them an audit finds, for what
//! share the first hypothesis is the error itself, and what findings it raises elsewhere.
//!
//! The errors are drawn anew from the same seed in each run. `cargo bench --bench audit -- 300` sows
//! three hundred of each kind that a relation binds; `-- 300 missed` prints
//! those that are not found, `misread` those whose first hypothesis is another one. The words `swap`,
//! `power`, `unit`, `sign`, `year`, `row` and `points` pick kinds.
#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a bench prints, and stops where the repository is not whole"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use plumbrule::audit::{AuditFinding, HypothesisKind, Severity, audit};
use plumbrule::eval::Options;
use plumbrule::figures::{Limits, Submission};
use plumbrule::findings::FindingKind;
use plumbrule::program::Program;
use plumbrule::syntax::Limits as TextLimits;
use plumbrule::uses::{Loader, PackFiles, add_used};
use plumbrule::{Sources, compile};

/// Errors of each kind, where no number is given.
const TRIALS: usize = 40;
/// Draws for each error that is wanted, after which a kind is left with fewer.
const MOST_DRAWS: usize = 12;
/// Columns of the tables.
const MEASURE: usize = 2;
const PERIOD: usize = 6;
const VALUE: usize = 7;

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn below(folder: &str, ending: &str) -> Vec<String> {
    let entries = fs::read_dir(root(folder)).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut found: Vec<String> = names
        .filter(|name| name.ends_with(ending))
        .map(|name| format!("{folder}/{name}"))
        .collect();
    found.sort();
    found
}

/// The packs of the repository.
struct Packs;

impl Loader for Packs {
    type Error = std::io::Error;

    fn load(&mut self, pack: &str, _: Option<&str>) -> std::io::Result<Option<PackFiles>> {
        let folder = format!("rules/{pack}");
        if !root(&folder).is_dir() {
            return Ok(None);
        }
        let read = |path: String| Ok((path.clone(), fs::read_to_string(root(&path))?));
        let files = below(&folder, ".plumb").into_iter().map(read);
        files.collect::<std::io::Result<_>>().map(Some)
    }

    fn names(&self) -> Vec<String> {
        Vec::new()
    }
}

fn program() -> Program {
    let mut sources = Sources::with_std();
    for path in below("rules/nip-2021", ".plumb") {
        sources.add(&path, &fs::read_to_string(root(&path)).unwrap());
    }
    add_used(&mut sources, &TextLimits::default(), &mut Packs).unwrap();
    compile(&sources).unwrap()
}

/// A table of figures: its name and its lines, the header first.
#[derive(Clone)]
struct Table {
    name: String,
    lines: Vec<String>,
}

fn tables() -> Vec<Table> {
    let folders = below("fixtures/published", "").into_iter();
    let folders = folders.filter(|folder| root(folder).is_dir());
    let names = folders.flat_map(|folder| below(&folder, ".tsv"));
    let table = |name: String| {
        let text = fs::read_to_string(root(&name)).unwrap();
        let lines = text.lines().map(str::to_owned).collect();
        Table { name, lines }
    };
    names.map(table).collect()
}

fn read<'t>(
    program: &Program,
    mut submission: Submission,
    tables: impl IntoIterator<Item = &'t Table>,
) -> Submission {
    for table in tables {
        let text = table.lines.join("\n") + "\n";
        let limits = Limits::default();
        submission.read_table(&program.model, &table.name, text.as_bytes(), &limits);
    }
    submission
}

/// A kind of error that people make.
#[derive(Clone, Copy)]
enum Error {
    Swap,
    Power(usize),
    Unit,
    Sign,
    Year,
    Row,
    Points,
}

impl Error {
    const ALL: [Error; 10] = [
        Error::Swap,
        Error::Power(1),
        Error::Power(2),
        Error::Power(4),
        Error::Power(8),
        Error::Unit,
        Error::Sign,
        Error::Year,
        Error::Row,
        Error::Points,
    ];

    /// The word by which it is asked for.
    fn word(self) -> &'static str {
        match self {
            Error::Swap => "swap",
            Error::Power(_) => "power",
            Error::Unit => "unit",
            Error::Sign => "sign",
            Error::Year => "year",
            Error::Row => "row",
            Error::Points => "points",
        }
    }

    fn name(self) -> String {
        match self {
            Error::Swap => "two digits swapped".to_owned(),
            Error::Power(power) => format!("times or by 10^{power}"),
            Error::Unit => "another scale word: 万, 亿, 万亿, or none".to_owned(),
            Error::Sign => "sign of a growth or change".to_owned(),
            Error::Year => "a year early or late".to_owned(),
            Error::Row => "value of a row beside it".to_owned(),
            Error::Points => "percent for points, or the other way".to_owned(),
        }
    }

    fn kind(self) -> HypothesisKind {
        match self {
            Error::Swap => HypothesisKind::DigitSwap,
            Error::Power(_) | Error::Unit => HypothesisKind::Unit,
            Error::Sign => HypothesisKind::Sign,
            Error::Year => HypothesisKind::Year,
            Error::Row => HypothesisKind::Row,
            Error::Points => HypothesisKind::Points,
        }
    }

    /// The line with the error in it; nothing where it cannot be made here.
    fn sown(self, table: &Table, at: usize, draw: &mut Draw) -> Option<String> {
        let mut cells: Vec<String> = table.lines[at].split('\t').map(str::to_owned).collect();
        let value = cells.get(VALUE)?.clone();
        let measure = cells.get(MEASURE)?.as_str();
        let is_relative = matches!(measure, "growth" | "change");
        let was = cells.clone();
        match self {
            Error::Swap => cells[VALUE] = swapped(&value, draw)?,
            Error::Power(power) => cells[VALUE] = shifted(&value, power, draw.below(2) == 0)?,
            Error::Unit => cells[VALUE] = rescaled(&value, draw)?,
            Error::Sign if is_relative => cells[VALUE] = signed(&value)?,
            Error::Year => {
                let year: u32 = cells[PERIOD].parse().ok()?;
                let year = if draw.below(2) == 0 {
                    year + 1
                } else {
                    year - 1
                };
                cells[PERIOD] = year.to_string();
            }
            Error::Row => {
                let other = if draw.below(2) == 0 { at + 1 } else { at - 1 };
                let other = table.lines.get(other).filter(|_| other > 0)?;
                let other = other.split('\t').nth(VALUE)?;
                if unit_of(other) != unit_of(&value) {
                    return None;
                }
                cells[VALUE] = other.to_owned();
            }
            Error::Points if is_relative && value.ends_with("个百分点") => {
                cells[VALUE] = value.replace("个百分点", "%");
            }
            Error::Points if is_relative && value.ends_with('%') => {
                cells[VALUE] = value.replace('%', "个百分点");
            }
            Error::Sign | Error::Points => return None,
        }
        (cells != was).then(|| cells.join("\t"))
    }
}

/// The first number of a cell, as a range of bytes.
fn number(value: &str) -> Option<(usize, usize)> {
    let start = value.find(|c: char| c.is_ascii_digit())?;
    let rest = &value[start..];
    let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.');
    let end = start + end.unwrap_or(rest.len());
    // A range, or thousands set apart.
    let is_plain = !value[end..].contains(|c: char| c.is_ascii_digit());
    is_plain.then_some((start, end))
}

fn unit_of(value: &str) -> &str {
    number(value).map_or("", |(_, end)| &value[end..])
}

fn swapped(value: &str, draw: &mut Draw) -> Option<String> {
    let (start, end) = number(value)?;
    let mut bytes = value.as_bytes().to_vec();
    let pairs: Vec<usize> = (start..end - 1)
        .filter(|at| bytes[*at].is_ascii_digit() && bytes[at + 1].is_ascii_digit())
        .filter(|at| bytes[*at] != bytes[at + 1] && (*at > start || bytes[at + 1] != b'0'))
        .collect();
    let at = *pairs.get(draw.below(pairs.len().max(1)))?;
    bytes.swap(at, at + 1);
    String::from_utf8(bytes).ok()
}

fn shifted(value: &str, power: usize, is_up: bool) -> Option<String> {
    let (start, end) = number(value)?;
    let (whole, part) = value[start..end]
        .split_once('.')
        .unwrap_or((&value[start..end], ""));
    let moved = if is_up {
        let zeros = power.saturating_sub(part.len());
        let (left, right) = part.split_at(power.min(part.len()));
        let whole = format!("{whole}{left}{}", "0".repeat(zeros));
        (whole, right.to_owned())
    } else {
        let padded = format!("{}{whole}", "0".repeat(power));
        let (left, right) = padded.split_at(padded.len() - power);
        (left.to_owned(), format!("{right}{part}"))
    };
    let whole = moved.0.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    let point = if moved.1.is_empty() { "" } else { "." };
    Some(format!(
        "{}{whole}{point}{}{}",
        &value[..start],
        moved.1,
        &value[end..]
    ))
}

/// The number with another scale word behind it.
fn rescaled(value: &str, draw: &mut Draw) -> Option<String> {
    const SCALES: [&str; 4] = ["万亿", "亿", "万", ""];
    let (_, end) = number(value)?;
    let (number, rest) = value.split_at(end);
    let own = SCALES.iter().position(|scale| rest.starts_with(scale))?;
    let unit = &rest[SCALES[own].len()..];
    // Percentages have no scale words, and a bare number has nothing to put one to.
    if unit.is_empty() || unit.contains(['%', '点', '倍', '位', '年']) {
        return None;
    }
    let others: Vec<usize> = (0..SCALES.len()).filter(|other| *other != own).collect();
    let other = others[draw.below(others.len())];
    Some(format!("{number}{}{unit}", SCALES[other]))
}

fn signed(value: &str) -> Option<String> {
    let (start, _) = number(value)?;
    let (before, rest) = value.split_at(start);
    match before {
        "" => Some(format!("-{rest}")),
        "-" => Some(rest.to_owned()),
        _ => None,
    }
}

/// Numbers that look drawn; the same in each run.
struct Draw(u64);

impl Draw {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % end as u64).unwrap_or(0)
    }
}

/// Where a figure stands: its table, and its line there.
type At = (usize, usize);

/// The published figures, and what an audit says of them as they are.
struct Corpus {
    program: Program,
    tables: Vec<Table>,
    /// For each table, the figures of all the others.
    others: Vec<Submission>,
    known: BTreeSet<(String, String)>,
    problems: usize,
    /// Figures that no finding names.
    clean: Vec<At>,
}

impl Corpus {
    fn new() -> Corpus {
        let (program, tables) = (program(), tables());
        let empty = || Submission::new(&program.model);
        let submission = read(&program, empty(), &tables);
        let audit = audit(&program, &submission, &Options::default());
        let without = (0..tables.len()).map(|own| {
            let others = tables.iter().enumerate();
            let others = others.filter(|(table, _)| *table != own);
            read(&program, empty(), others.map(|(_, table)| table))
        });
        let others = without.collect();
        let all = (0..tables.len())
            .flat_map(|table| (1..tables[table].lines.len()).map(move |line| (table, line)));
        let is_clean = |at: &At| {
            let place = place(&tables, *at);
            !audit
                .findings
                .iter()
                .any(|it| names(it, &submission, &place))
        };
        let clean = all.filter(is_clean).collect();
        let findings = audit.findings.iter();
        let known = findings
            .map(|it| (it.id.clone(), it.digest.clone()))
            .collect();
        Corpus {
            program,
            tables,
            others,
            known,
            problems: submission.problems.len(),
            clean,
        }
    }

    /// What comes of a changed line.
    fn raised(&self, at: At, line: &str) -> Raised {
        let mut table = self.tables[at.0].clone();
        line.clone_into(&mut table.lines[at.1]);
        let submission = read(&self.program, self.others[at.0].clone(), [&table]);
        let audit = audit(&self.program, &submission, &Options::default());
        let new = audit.findings.into_iter();
        // What is explained asks for nothing, and so is not found.
        let new = new.filter(|it| {
            let known = (it.id.clone(), it.digest.clone());
            it.explained.is_none() && !self.known.contains(&known)
        });
        let place = place(&self.tables, at);
        let (here, elsewhere): (Vec<_>, Vec<_>) =
            new.partition(|it| names(it, &submission, &place));
        Raised {
            is_refused: submission.problems.len() > self.problems,
            elsewhere: elsewhere.len(),
            submission,
            here,
        }
    }

    /// Whether anything binds a figure as it stands now: what is off by a million million is noticed.
    /// To its year its quotation binds it only where that names one.
    fn is_bound(&self, error: Error, at: At, line: &str) -> bool {
        let value = line.split('\t').nth(VALUE).unwrap_or("");
        [true, false].into_iter().any(|is_up| {
            shifted(value, 12, is_up).is_some_and(|absurd| {
                let mut cells: Vec<&str> = line.split('\t').collect();
                cells[VALUE] = &absurd;
                let here = self.raised(at, &cells.join("\t")).here;
                let is_of_value = |it: &AuditFinding| it.finding.kind == FindingKind::Quote;
                here.iter()
                    .any(|it| !matches!(error, Error::Year) || !is_of_value(it))
            })
        })
    }

    /// Sows errors of one kind until so many are in figures that are bound.
    fn sow(&self, error: Error, trials: usize) -> Tally {
        let mut draw = Draw(0x2545_F491_4F6C_DD1D);
        let mut tally = Tally::default();
        for _ in 0..trials * MOST_DRAWS {
            if tally.bound == trials {
                break;
            }
            let at = self.clean[draw.below(self.clean.len())];
            let Some(sown) = error.sown(&self.tables[at.0], at.1, &mut draw) else {
                continue;
            };
            let raised = self.raised(at, &sown);
            let is_found = !raised.here.is_empty();
            tally.sown += 1;
            tally.elsewhere += raised.elsewhere;
            tally.refused += usize::from(raised.is_refused);
            if raised.is_refused || !(is_found || self.is_bound(error, at, &sown)) {
                continue;
            }
            let place = place(&self.tables, at);
            tally.bound += 1;
            tally.found += usize::from(is_found);
            tally.first += usize::from(raised.is_first(error, &place));
            let is_certain = |it: &AuditFinding| it.severity == Severity::Contradiction;
            tally.contradicted += usize::from(raised.here.iter().any(is_certain));
            if !is_found {
                let was = &self.tables[at.0].lines[at.1];
                tally.missed.push(format!("{place}\n  {was}\n  {sown}"));
            } else if !raised.is_first(error, &place) {
                let was = &self.tables[at.0].lines[at.1];
                let told = raised.told();
                tally
                    .misread
                    .push(format!("{place}\n  {was}\n  {sown}\n{told}"));
            }
        }
        tally
    }
}

/// What came of one error.
struct Raised {
    submission: Submission,
    /// It never became a figure.
    is_refused: bool,
    /// The findings that name its figure.
    here: Vec<AuditFinding>,
    elsewhere: usize,
}

impl Raised {
    /// Whether the first hypothesis of the first finding is the error itself.
    fn is_first(&self, error: Error, sown: &str) -> bool {
        let first = self.here.first().and_then(|it| it.hypotheses.first());
        first.is_some_and(|it| {
            let claim = &self.submission.claims[it.claim];
            it.kind == error.kind() && self.submission.place(claim) == sown
        })
    }

    fn told(&self) -> String {
        let mut told = String::new();
        for finding in &self.here {
            told += &format!("    {}\n", finding.id);
            for it in &finding.hypotheses {
                let place = self.submission.place(&self.submission.claims[it.claim]);
                let (kind, satisfied, total) = (it.kind.word(), it.satisfied, it.total);
                told += &format!("      {kind} {place} {satisfied}/{total}\n");
            }
        }
        told
    }
}

fn place(tables: &[Table], (table, line): At) -> String {
    format!("{}:{}", tables[table].name, line + 1)
}

fn names(finding: &AuditFinding, submission: &Submission, place: &str) -> bool {
    let mut claims = finding.figures.iter().map(|figure| figure.claim);
    claims.any(|claim| submission.place(&submission.claims[claim]) == place)
}

/// What came of the errors of one kind.
#[derive(Default)]
struct Tally {
    sown: usize,
    refused: usize,
    bound: usize,
    found: usize,
    contradicted: usize,
    first: usize,
    elsewhere: usize,
    missed: Vec<String>,
    misread: Vec<String>,
}

fn main() {
    let words: Vec<String> = std::env::args().collect();
    let asked = |name: &str| words.iter().any(|word| word == name);
    let trials = words.iter().find_map(|word| word.parse().ok());
    let trials = trials.unwrap_or(TRIALS);
    let corpus = Corpus::new();
    let named = Error::ALL.into_iter().filter(|error| asked(error.word()));
    let kinds: Vec<Error> = match named.clone().count() {
        0 => Error::ALL.to_vec(),
        _ => named.collect(),
    };
    println!("error | sown | refused | bound | found | contradicted | first right | elsewhere");
    let tallies = std::thread::scope(|scope| {
        let corpus = &corpus;
        let run = |error: Error| (error, scope.spawn(move || corpus.sow(error, trials)));
        let runs: Vec<_> = kinds.into_iter().map(run).collect();
        let tally = |(error, run): (_, std::thread::ScopedJoinHandle<'_, Tally>)| {
            (error, run.join().unwrap())
        };
        runs.into_iter().map(tally).collect::<Vec<_>>()
    });
    for (error, tally) in tallies {
        let counts = [
            tally.sown,
            tally.refused,
            tally.bound,
            tally.found,
            tally.contradicted,
            tally.first,
            tally.elsewhere,
        ];
        let counts = counts.map(|count| count.to_string()).join(" | ");
        println!("{} | {counts}", error.name());
        for (word, list) in [("missed", tally.missed), ("misread", tally.misread)] {
            for one in list.into_iter().filter(|_| asked(word)) {
                println!("{word} {one}");
            }
        }
    }
}
