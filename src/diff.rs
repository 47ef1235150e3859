//! What changed between two runs, and what did it.
//!
//! Two packs with their tables and clocks go in. Comes out: rows with another answer, each with the
//! least of what differs that gives the new answer. Every attribution is an evaluation that was
//! made; never a guess from texts.

use std::collections::{BTreeMap, BTreeSet};

use crate::CompileLimits;
use crate::compare::{Change, Side, compare};
use crate::eval::{Choice, Options, Outcome, Outcomes, Row, evaluate};
use crate::explain::{Explanation, explain};
use crate::figures::{ReadOptions, Submission};
use crate::findings::{Finding, findings};
use crate::period::Period;
use crate::program::Program;
use crate::verdict::{Causes, OutlookClass, Verdict};

mod clauses;
mod figures;
mod mixed;

pub use clauses::ClauseChange;
pub use figures::{FigureChange, FigureChangeKind};

/// Something in which two runs differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Factor {
    /// The tables.
    Data,
    /// The day of knowledge, or which editions count.
    Vintage,
    /// Which sources count, or are preferred.
    Source,
    /// The day whose law applies.
    Law,
    /// What indicators, units and quantities mean: everything in a pack but the next two.
    Definition,
    /// What rules require, of whom and when, and the documents that they rest on.
    Rule,
    /// How it is judged: reading, path, widths, burden and preferences.
    Method,
}

impl Factor {
    /// All of them, in the order in which they are told.
    pub const ALL: [Factor; 7] = [
        Factor::Data,
        Factor::Vintage,
        Factor::Source,
        Factor::Law,
        Factor::Definition,
        Factor::Rule,
        Factor::Method,
    ];

    /// The word of the machine output; never translated.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Factor::Data => "data",
            Factor::Vintage => "vintage",
            Factor::Source => "source",
            Factor::Law => "law",
            Factor::Definition => "definition",
            Factor::Rule => "rule",
            Factor::Method => "method",
        }
    }

    /// The key of its name in the catalogue.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Factor::Data => "factor-data",
            Factor::Vintage => "factor-vintage",
            Factor::Source => "factor-source",
            Factor::Law => "factor-law",
            Factor::Definition => "factor-definition",
            Factor::Rule => "factor-rule",
            Factor::Method => "factor-method",
        }
    }
}

/// A run that is set against another.
#[derive(Clone, Copy)]
pub struct Run<'a> {
    /// The pack, with its rule files.
    pub program: &'a Program,
    /// The tables as that pack reads them.
    pub submission: &'a Submission,
    /// The tables, by name, to be read by a mixed pack.
    pub tables: &'a [(String, Vec<u8>)],
    /// Clocks and choice; the period is another question.
    pub options: &'a Options,
}

/// How two runs are set against each other.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The evaluated periods.
    pub periods: Vec<Period>,
    /// Bounds on a mixed pack.
    pub compile: CompileLimits,
    /// Bounds on its tables.
    pub tables: ReadOptions,
}

/// The answer of a row, without what it rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answer {
    /// The verdict.
    pub verdict: Verdict,
    /// Why it is undetermined.
    pub causes: Causes,
    /// How a pending target stands.
    pub outlook: Option<OutlookClass>,
    /// The outcomes of a decision that are possible.
    pub possible: Outcomes,
}

impl Answer {
    /// The answer of a row.
    #[must_use]
    pub fn of(row: &Row) -> Answer {
        Answer {
            verdict: row.verdict,
            causes: row.causes,
            outlook: row.outlook,
            possible: row.possible,
        }
    }
}

/// What an evaluation with some factors old and others new says of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// This.
    Answer(Answer),
    /// It has no such row.
    NoRow,
    /// There is no such evaluation: rules and definitions do not fit each other.
    Unfit,
}

/// One factor, tried on one row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Trial {
    /// The factor.
    pub factor: Factor,
    /// The answer of the old run with this alone new.
    pub alone: Said,
    /// The answer of the new run with this alone old.
    pub without: Said,
}

/// A row with another answer, and what did it.
#[derive(Debug, Clone)]
pub struct Changed {
    /// The row of both sides.
    pub change: Change,
    /// Each factor that differs, tried alone. None where only one differs: it did it.
    pub trials: Vec<Trial>,
    /// The least sets of factors that give the new answer, all of one size. More than one where
    /// each would do; more than one factor in a set where only together they do.
    pub did: Vec<Vec<Factor>>,
    /// Clauses that differ in what the row rests on.
    pub clauses: Vec<ClauseChange>,
    /// Why it was as it was; absent where there was no row, or there are too many.
    pub was: Option<Explanation>,
    /// Why it is as it is now.
    pub now: Option<Explanation>,
}

/// What differs between two runs.
#[derive(Debug)]
pub struct Diff {
    /// What was put in differently.
    pub factors: Vec<Factor>,
    /// How many rows have the same answer.
    pub n_same: usize,
    /// Rows with another answer, in the order of now; then those that are gone.
    pub changed: Vec<Changed>,
    /// Figures that count on one side only, or are printed otherwise.
    pub figures: Vec<FigureChange>,
    /// Findings that are gone.
    pub gone: Vec<Finding>,
    /// Findings that were not there before.
    pub arisen: Vec<Finding>,
}

impl Diff {
    /// Whether every row has the same answer.
    #[must_use]
    pub fn is_same(&self) -> bool {
        self.changed.is_empty()
    }
}

/// Rows of a change that are explained.
const MOST_EXPLAINED: usize = 1_000;

/// Sets two runs against each other, over the rows that `keep` names by rule and by side.
pub fn diff(
    was: &Run<'_>,
    now: &Run<'_>,
    settings: &Settings,
    keep: impl Fn(&Program, &Row) -> bool,
) -> Diff {
    let outcomes = [was, now].map(|run| outcomes(run, &settings.periods, &keep));
    let found = [was, now].map(|run| all_findings(run, &settings.periods));
    let [old, new] = [(was, 0), (now, 1)].map(|(run, n)| Side {
        program: run.program,
        submission: run.submission,
        outcomes: outcomes.get(n).map_or(&[][..], Vec::as_slice),
        findings: found.get(n).map_or(&[][..], Vec::as_slice),
    });
    let comparison = compare(&old, &new);
    let mut mixer = Mixer::new(was, now, settings);
    let n_rows = comparison.rows.len();
    let rows = comparison.rows.into_iter().filter(|row| !row.is_same());
    let mut changed: Vec<Changed> = Vec::new();
    for change in rows {
        let (trials, did) = mixer.attribute(&change);
        let factors: BTreeSet<Factor> = did.iter().flatten().copied().collect();
        let is_shown = changed.len() < MOST_EXPLAINED;
        let explained = |run: &Run<'_>, row: Option<&Row>| {
            let row = row.filter(|_| is_shown)?;
            let options = at(run, row.period);
            Some(explain(
                run.program,
                run.submission,
                &options,
                row.rule,
                row.entity,
            ))
        };
        changed.push(Changed {
            clauses: mixer
                .packs
                .clauses(&change, was.program, now.program, &factors),
            was: explained(was, change.was.as_ref()),
            now: explained(now, change.now.as_ref()),
            trials,
            did,
            change,
        });
    }
    Diff {
        factors: mixer.factors.clone(),
        n_same: n_rows - changed.len(),
        changed,
        figures: figures::changes(was, now, [old.outcomes, new.outcomes]),
        gone: comparison.gone.into_iter().cloned().collect(),
        arisen: comparison.arisen.into_iter().cloned().collect(),
    }
}

/// The options of a run, for one period.
fn at(run: &Run<'_>, period: Period) -> Options {
    Options {
        period: Some(period),
        ..run.options.clone()
    }
}

fn outcomes(
    run: &Run<'_>,
    periods: &[Period],
    keep: &impl Fn(&Program, &Row) -> bool,
) -> Vec<Outcome> {
    let one = |period: &Period| {
        let mut outcome = evaluate(run.program, run.submission, &at(run, *period));
        outcome.rows.retain(|row| keep(run.program, row));
        outcome
    };
    periods.iter().map(one).collect()
}

fn all_findings(run: &Run<'_>, periods: &[Period]) -> Vec<Finding> {
    let first = periods.first().copied();
    first.map_or_else(Vec::new, |period| {
        findings(run.program, run.submission, &at(run, period))
    })
}

/// What a row is named by, in every pack.
type Key = (String, String, Period);

/// All answers of one evaluation; none where its pack does not fit.
type Answers = Option<BTreeMap<Key, Answer>>;

/// Evaluations with some factors old and others new, each made once.
struct Mixer<'a> {
    was: &'a Run<'a>,
    now: &'a Run<'a>,
    settings: &'a Settings,
    packs: mixed::Packs<'a>,
    factors: Vec<Factor>,
    programs: BTreeMap<BTreeSet<Factor>, Option<Program>>,
    answers: BTreeMap<BTreeSet<Factor>, Answers>,
}

/// The factors that are made of rule text.
const OF_RULES: [Factor; 3] = [Factor::Definition, Factor::Rule, Factor::Method];

impl<'a> Mixer<'a> {
    fn new(was: &'a Run<'a>, now: &'a Run<'a>, settings: &'a Settings) -> Mixer<'a> {
        let packs = mixed::Packs::new(was.program, now.program);
        let (old, new) = (was.options, now.options);
        let differs = |factor: &Factor| match factor {
            Factor::Data => texts(was.tables) != texts(now.tables),
            Factor::Vintage => {
                old.known_on != new.known_on || old.choice.vintage != new.choice.vintage
            }
            Factor::Source => {
                let chosen = |choice: &Choice| (choice.sources.clone(), choice.prefer.clone());
                chosen(&old.choice) != chosen(&new.choice)
            }
            Factor::Law => old.in_force != new.in_force,
            // Which weights a score takes is what it is defined as.
            Factor::Definition if old.choice.weights != new.choice.weights => true,
            Factor::Definition | Factor::Rule | Factor::Method => packs.differs(*factor),
        };
        Mixer {
            factors: Factor::ALL.into_iter().filter(differs).collect(),
            was,
            now,
            settings,
            packs,
            programs: BTreeMap::new(),
            answers: BTreeMap::new(),
        }
    }

    /// Each factor tried alone, and the least sets that give the new answer.
    fn attribute(&mut self, change: &Change) -> (Vec<Trial>, Vec<Vec<Factor>>) {
        let factors = self.factors.clone();
        if let [only] = factors.as_slice() {
            return (Vec::new(), vec![vec![*only]]);
        }
        let key = (change.rule.clone(), change.entity.clone(), change.period);
        let wanted = change
            .now
            .as_ref()
            .map_or(Said::NoRow, |row| Said::Answer(Answer::of(row)));
        let all: BTreeSet<Factor> = factors.iter().copied().collect();
        let trials = factors.iter().map(|factor| {
            let mut others = all.clone();
            others.remove(factor);
            Trial {
                factor: *factor,
                alone: self.said(&BTreeSet::from([*factor]), &key),
                without: self.said(&others, &key),
            }
        });
        let trials: Vec<Trial> = trials.collect();
        for size in 1..factors.len() {
            let sets = subsets(&factors, size).into_iter();
            let gives =
                |set: &Vec<Factor>| self.said(&set.iter().copied().collect(), &key) == wanted;
            let did: Vec<Vec<Factor>> = sets.filter(gives).collect();
            if !did.is_empty() {
                return (trials, did);
            }
        }
        (trials, vec![factors])
    }

    /// What the evaluation with these factors new says of a row.
    fn said(&mut self, new: &BTreeSet<Factor>, key: &Key) -> Said {
        if !self.answers.contains_key(new) {
            let answers = self.evaluate(new);
            self.answers.insert(new.clone(), answers);
        }
        match self.answers.get(new).and_then(Option::as_ref) {
            None => Said::Unfit,
            Some(answers) => answers
                .get(key)
                .map_or(Said::NoRow, |answer| Said::Answer(*answer)),
        }
    }

    fn evaluate(&mut self, new: &BTreeSet<Factor>) -> Answers {
        let side = |factor| {
            if new.contains(&factor) {
                self.now
            } else {
                self.was
            }
        };
        let options = Options {
            period: None,
            in_force: side(Factor::Law).options.in_force,
            known_on: side(Factor::Vintage).options.known_on,
            choice: Choice {
                sources: side(Factor::Source).options.choice.sources.clone(),
                prefer: side(Factor::Source).options.choice.prefer.clone(),
                vintage: side(Factor::Vintage).options.choice.vintage,
                weights: side(Factor::Definition).options.choice.weights.clone(),
            },
        };
        let tables = side(Factor::Data).tables;
        let of_rules: BTreeSet<Factor> = self
            .factors
            .iter()
            .filter(|factor| OF_RULES.contains(factor))
            .copied()
            .collect();
        let new_rules: BTreeSet<Factor> = of_rules.intersection(new).copied().collect();
        // A whole pack is taken as it is; only a mixed one is put together.
        let program = if new_rules.is_empty() {
            self.was.program
        } else if new_rules == of_rules {
            self.now.program
        } else {
            let (packs, compile) = (&self.packs, &self.settings.compile);
            let made = self.programs.entry(new_rules.clone());
            made.or_insert_with(|| packs.mixed(&new_rules, compile))
                .as_ref()?
        };
        let mut submission = Submission::new(&program.model);
        for (name, bytes) in tables {
            submission.read_file(&program.model, name, bytes, &self.settings.tables);
        }
        let run = Run {
            program,
            submission: &submission,
            tables,
            options: &options,
        };
        let rows = outcomes(&run, &self.settings.periods, &|_, _| true);
        let rows = rows.iter().flat_map(|outcome| &outcome.rows);
        let answers = rows.map(|row| {
            let rule = program.model.rules[row.rule].id.clone();
            let entity = submission.entities[row.entity].id.clone();
            ((rule, entity, row.period), Answer::of(row))
        });
        Some(answers.collect())
    }
}

/// The bytes of all tables, whatever they are called.
fn texts(tables: &[(String, Vec<u8>)]) -> Vec<&Vec<u8>> {
    let mut texts: Vec<&Vec<u8>> = tables.iter().map(|(_, bytes)| bytes).collect();
    texts.sort();
    texts
}

/// All subsets of a size, in order.
fn subsets(factors: &[Factor], size: usize) -> Vec<Vec<Factor>> {
    let Some((first, rest)) = factors.split_first() else {
        return if size == 0 {
            vec![Vec::new()]
        } else {
            Vec::new()
        };
    };
    if size == 0 {
        return vec![Vec::new()];
    }
    let with = subsets(rest, size - 1).into_iter().map(|mut set| {
        set.insert(0, *first);
        set
    });
    with.chain(subsets(rest, size)).collect()
}
