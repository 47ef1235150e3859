//! How good the tests of a pack are: its rules are changed a little, one place at a time, and the tests are
//! asked whether they notice. Rule files go in, the fate of each mutant comes out. Writes nothing.
//!
//! ```
//! use plumbrule::mutate::{Fate, MutateOptions, mutate};
//!
//! let mut sources = plumbrule::Sources::with_std();
//! sources.add("pack.plumb", r#"
//! pack p "P" { entity CN }
//! entity CN "China" { }
//! indicator score "Score" { kind index }
//! target high "High" { require score >= 60 }
//! test "high" { given score @ 2025 = 75 expect high pass }
//! test "low" { given score @ 2025 = 40 expect high fail }
//! "#);
//! let mutation = mutate(&sources, &MutateOptions::default()).unwrap();
//! let missed = mutation.mutants.iter().filter(|mutant| mutant.fate == Fate::Missed);
//! // Nobody tests what 59, 60 and 61 come to.
//! assert_eq!(missed.count(), 3);
//! ```

use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::compile::{CompileLimits, compile_modules};
use crate::diagnostic::Diagnostic;
use crate::fold::nearest;
use crate::message::Message;
use crate::model::TestCase;
use crate::program::Program;
use crate::source::{Sources, Span};
use crate::syntax::ast::Module;
use crate::syntax::parse_all;
use crate::testing::first_failure;

mod change;
mod walk;

pub use change::MutantKind;
use change::{Change, Told, apply, changes, told};
use walk::{Site, Walk};

/// What is asked.
#[derive(Debug, Clone)]
pub struct MutateOptions {
    /// Bounds of the pack.
    pub limits: CompileLimits,
    /// Only what belongs to these items, by their ids; everything where there are none.
    pub only: Vec<String>,
    /// How many threads, at least one.
    pub threads: usize,
}

impl Default for MutateOptions {
    fn default() -> Self {
        MutateOptions {
            limits: CompileLimits::default(),
            only: Vec::new(),
            threads: 1,
        }
    }
}

/// What became of a mutant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// A test fails, the first of them by its place among the tests.
    Caught(usize),
    /// All tests still pass.
    Missed,
    /// It is no pack any more, so that nobody could have written it unnoticed.
    Unviable,
}

impl Fate {
    /// The word of the machine output; never translated.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Fate::Caught(_) => "caught",
            Fate::Missed => "missed",
            Fate::Unviable => "unviable",
        }
    }
}

/// One change of a pack.
#[derive(Debug, Clone)]
pub struct Mutant {
    /// The id of the item that it belongs to.
    pub owner: String,
    /// What kind of change it is.
    pub kind: MutantKind,
    /// Where.
    pub span: Span,
    /// What is changed.
    pub words: Message,
    /// What became of it.
    pub fate: Fate,
}

/// The mutants of a pack.
#[derive(Debug)]
pub struct Mutation {
    /// The pack as it is written.
    pub program: Program,
    /// In the order of the text.
    pub mutants: Vec<Mutant>,
}

/// How many mutants there are, and how many of them a test notices.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Score {
    /// Those that a test notices.
    pub caught: usize,
    /// Those that no test notices.
    pub missed: usize,
    /// Those that are no pack any more.
    pub unviable: usize,
}

impl Score {
    /// Hundredths that are caught, rounded down; all where there is nothing to catch.
    #[must_use]
    pub fn percent(self) -> usize {
        (self.caught * 100)
            .checked_div(self.caught + self.missed)
            .unwrap_or(100)
    }

    fn add(&mut self, fate: Fate) {
        match fate {
            Fate::Caught(_) => self.caught += 1,
            Fate::Missed => self.missed += 1,
            Fate::Unviable => self.unviable += 1,
        }
    }
}

impl Mutation {
    /// The score of all.
    #[must_use]
    pub fn score(&self) -> Score {
        let mut score = Score::default();
        for mutant in &self.mutants {
            score.add(mutant.fate);
        }
        score
    }

    /// The score of one kind of change.
    #[must_use]
    pub fn of_kind(&self, kind: MutantKind) -> Score {
        let mut score = Score::default();
        let mutants = self.mutants.iter().filter(|mutant| mutant.kind == kind);
        mutants.for_each(|mutant| score.add(mutant.fate));
        score
    }

    /// The score of each item, in the order of the text.
    #[must_use]
    pub fn by_owner(&self) -> Vec<(&str, Score)> {
        let mut scores: Vec<(&str, Score)> = Vec::new();
        for mutant in &self.mutants {
            let known = scores.iter().position(|(owner, _)| *owner == mutant.owner);
            let at = known.unwrap_or_else(|| {
                scores.push((&mutant.owner, Score::default()));
                scores.len() - 1
            });
            if let Some((_, score)) = scores.get_mut(at) {
                score.add(mutant.fate);
            }
        }
        scores
    }
}

/// Why tests were not asked.
#[derive(Debug)]
pub enum MutateProblem {
    /// The pack does not compile.
    Pack(Vec<Diagnostic>),
    /// A test fails on the pack as it is written.
    Failing(Message),
    /// Nothing of the pack that could be changed has this id.
    NoItem {
        /// The id.
        id: String,
        /// One that is near to it.
        near: Option<String>,
    },
}

/// A place of a file and what is done there.
struct Plan {
    file: usize,
    /// The place among those of the file.
    site: usize,
    change: Change,
}

/// Changes each place of the pack in each way, and asks its tests.
///
/// Files of used packs and of the standard library stay as they are. Tests, units, words and what is
/// believable of figures are not changed.
///
/// # Errors
/// Where the pack does not compile, or one of its tests fails.
pub fn mutate(sources: &Sources, options: &MutateOptions) -> Result<Mutation, MutateProblem> {
    let (mut modules, problems) = parse_all(sources, &options.limits.text);
    let compiled = compile_modules(&modules, sources, &options.limits, problems);
    let (program, _) = compiled.map_err(MutateProblem::Pack)?;
    if let Some(n) = first_failure(&program) {
        let title = program.model.tests.get(n).map(TestCase::title);
        return Err(MutateProblem::Failing(
            title.unwrap_or_else(|| Message::new("test-none")),
        ));
    }
    expect_items(&mut modules, sources, &options.only)?;
    let (plans, mut mutants) = planned(&mut modules, sources, &options.only);
    let next = AtomicUsize::new(0);
    let fates = Mutex::new(vec![Fate::Unviable; plans.len()]);
    let work = |mut modules: Vec<Module>| {
        loop {
            let n = next.fetch_add(1, Ordering::Relaxed);
            let Some(plan) = plans.get(n) else {
                break;
            };
            let fate = fate(&mut modules, plan, sources, options);
            let mut fates = fates.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(to) = fates.get_mut(n) {
                *to = fate;
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..options.threads.max(1) {
            let own = modules.clone();
            scope.spawn(|| work(own));
        }
        work(modules.clone());
    });
    let fates = fates.into_inner().unwrap_or_else(PoisonError::into_inner);
    for (mutant, fate) in mutants.iter_mut().zip(fates) {
        mutant.fate = fate;
    }
    mutants.sort_by_key(|mutant| mutant.span);
    Ok(Mutation { program, mutants })
}

/// Refuses what no change belongs to: to change nothing would look like a good score.
fn expect_items(
    modules: &mut [Module],
    sources: &Sources,
    only: &[String],
) -> Result<(), MutateProblem> {
    let mut owners: Vec<String> = Vec::new();
    let own = sources
        .ids()
        .zip(modules)
        .filter(|(id, _)| sources.is_own(*id));
    for (_, module) in own {
        Walk::new(&mut |owner: &str, _: Site<'_>| {
            if owners.last().is_none_or(|last| last != owner) {
                owners.push(owner.to_owned());
            }
        })
        .module(module);
    }
    match only.iter().find(|id| !owners.contains(id)) {
        None => Ok(()),
        Some(id) => Err(MutateProblem::NoItem {
            id: id.clone(),
            near: nearest(id, owners.iter().map(String::as_str)).map(|(name, _)| name.to_owned()),
        }),
    }
}

/// All changes of the files of the pack.
fn planned(modules: &mut [Module], sources: &Sources, only: &[String]) -> (Vec<Plan>, Vec<Mutant>) {
    let (mut plans, mut mutants) = (Vec::new(), Vec::new());
    let files = sources.ids().zip(modules).enumerate();
    for (file, (_, module)) in files.filter(|(_, (id, _))| sources.is_own(*id)) {
        let mut at = 0;
        Walk::new(&mut |owner: &str, site: Site<'_>| {
            at += 1;
            if !only.is_empty() && !only.iter().any(|id| id == owner) {
                return;
            }
            for change in changes(&site) {
                let Some(Told { kind, span, words }) = told(&site, change, sources) else {
                    continue;
                };
                plans.push(Plan {
                    file,
                    site: at - 1,
                    change,
                });
                mutants.push(Mutant {
                    owner: owner.to_owned(),
                    kind,
                    span,
                    words,
                    fate: Fate::Unviable,
                });
            }
        })
        .module(module);
    }
    (plans, mutants)
}

/// Makes one change, asks the tests, and takes it back.
fn fate(modules: &mut [Module], plan: &Plan, sources: &Sources, options: &MutateOptions) -> Fate {
    let Some(module) = modules.get_mut(plan.file) else {
        return Fate::Unviable;
    };
    let kept = module.clone();
    let mut at = 0;
    Walk::new(&mut |_: &str, site: Site<'_>| {
        if at == plan.site {
            apply(site, plan.change);
        }
        at += 1;
    })
    .module(module);
    let compiled = compile_modules(modules, sources, &options.limits, Vec::new());
    if let Some(module) = modules.get_mut(plan.file) {
        *module = kept;
    }
    match compiled {
        Ok((program, _)) => first_failure(&program).map_or(Fate::Missed, Fate::Caught),
        Err(_) => Fate::Unviable,
    }
}
