//! What somebody should look at in a pack that compiles: a checked program goes in, lints come out, some
//! of them with edits that mend them. Never changes a verdict, never writes a file.
//!
//! ```
//! use plumbrule::lint::{LintOptions, lint};
//!
//! let mut sources = plumbrule::Sources::with_std();
//! sources.add("pack.plumb", r#"
//! pack city "City plan" { entity city }
//! entity city "The city" {}
//! indicator users "Users" { kind stock unit 户 }
//! target t "Users" { require users at least 10户 by 2025 }
//! "#);
//! let program = plumbrule::compile(&sources).map_err(|_| "a problem in the pack")?;
//! let linted = lint(&program, &LintOptions::default());
//! let codes: Vec<&str> = linted.lints.iter().map(|lint| lint.problem.code.as_str()).collect();
//! // It cites nothing, nobody answers for it, and no test expects anything of it.
//! assert_eq!(codes, ["L002", "L003", "L004"]);
//! # Ok::<(), &str>(())
//! ```

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::eval;
use crate::figures::Submission;
use crate::message::Message;
use crate::model::Rule;
use crate::program::Program;
use crate::source::{SourceId, Span};

mod absent;
mod allowed;
mod bounds;
mod clauses;
mod levels;
mod mend;
mod proved;
mod quotes;
mod unused;
mod upkeep;
mod windows;

pub use mend::{Mended, mend, mended_by};

/// Something that somebody should look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lint {
    /// The id of the item that it is about; none where it is about the pack.
    pub item: Option<String>,
    /// What it is, where, and the way out.
    pub problem: Diagnostic,
    /// What mends it, where that is safe.
    pub fix: Option<Fix>,
}

/// Edits that mend a lint and change nothing else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// Each in a file of the pack itself; they do not overlap.
    pub edits: Vec<Edit>,
}

/// A text in the place of another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edit {
    /// What is replaced.
    pub span: Span,
    /// By what.
    pub text: String,
}

impl Lint {
    /// A lint without a fix.
    #[must_use]
    pub fn new(item: &str, problem: Diagnostic) -> Lint {
        Lint {
            item: Some(item.to_owned()),
            problem,
            fix: None,
        }
    }

    /// Adds what mends it.
    #[must_use]
    pub fn mended_by(mut self, edits: Vec<Edit>) -> Lint {
        self.fix = Some(Fix { edits });
        self
    }

    /// Where its first place starts.
    fn at(&self) -> Option<Span> {
        self.problem.places.first().map(|place| place.span)
    }
}

/// An item that a lint could not look at.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unexamined {
    /// The lint.
    pub code: Code,
    /// The id of the item.
    pub item: String,
    /// Why.
    pub why: Message,
}

/// What is looked at.
#[derive(Clone, Copy, Default)]
pub struct LintOptions<'a> {
    /// The warnings that compiling gave; they are shown as lints.
    pub warnings: &'a [Diagnostic],
    /// Figures, and which of them count; without them what needs figures is left out.
    pub figures: Option<(&'a Submission, &'a eval::Options)>,
    /// Codes that are not shown.
    pub allow: &'a [Code],
    /// Leave out what has to be proved, which takes longer than all else together.
    pub is_quick: bool,
}

impl LintOptions<'_> {
    /// Codes that this run does not look for, or not everywhere: a comment that silences one of them may
    /// well silence something.
    fn unasked(&self) -> Vec<Code> {
        let of_figures: &[Code] = match self.figures {
            Some(_) => &[],
            None => &[Code::PaceNeverSeen],
        };
        let of_proofs: &[Code] = match self.is_quick {
            true => proved::CODES,
            false => &[],
        };
        [of_figures, of_proofs].concat()
    }
}

/// What was found.
#[derive(Debug, Clone, Default)]
pub struct Linted {
    /// In the order of the text.
    pub lints: Vec<Lint>,
    /// How many the pack itself silences, with a reason.
    pub n_allowed: usize,
    /// What could not be looked at.
    pub unexamined: Vec<Unexamined>,
}

impl Linted {
    /// How many lints are more than a note, or are of one of these codes.
    #[must_use]
    pub fn n_open(&self, deny: &[Code]) -> usize {
        let is_open = |lint: &&Lint| {
            lint.problem.severity() != Severity::Note || deny.contains(&lint.problem.code)
        };
        self.lints.iter().filter(is_open).count()
    }

    /// Notes one more.
    pub fn push(&mut self, lint: Lint) {
        self.lints.push(lint);
    }

    /// Notes what could not be looked at, and why.
    pub fn skip(&mut self, code: Code, item: &str, why: Message) {
        self.unexamined.push(Unexamined {
            code,
            item: item.to_owned(),
            why,
        });
    }
}

/// A family of lints: looks at a program and notes what it finds.
type Family = fn(&Program, &LintOptions<'_>, &mut Linted);

const FAMILIES: &[Family] = &[
    upkeep::look,
    bounds::look,
    levels::look,
    quotes::look,
    windows::look,
    clauses::look,
    absent::look,
    unused::look,
    proved::look,
];

/// Codes that a lint may have: all that do not stop a compilation.
pub fn codes() -> impl Iterator<Item = Code> {
    let all = Code::ALL.iter().copied();
    all.filter(|code| code.severity() != Severity::Error)
}

/// Looks at the items of a pack itself; packs that it uses are for those who keep them.
#[must_use]
pub fn lint(program: &Program, options: &LintOptions<'_>) -> Linted {
    let mut found = Linted::default();
    let starts = match options.warnings {
        [] => BTreeMap::new(),
        _ => starts(program),
    };
    for warning in options.warnings {
        found.push(Lint {
            item: item_at(&starts, warning),
            problem: warning.clone(),
            fix: None,
        });
    }
    for family in FAMILIES {
        family(program, options, &mut found);
    }
    allowed::silence(program, &options.unasked(), &mut found);
    let hidden: BTreeSet<Code> = options.allow.iter().copied().collect();
    found
        .lints
        .retain(|lint| !hidden.contains(&lint.problem.code));
    found.unexamined.retain(|one| !hidden.contains(&one.code));
    found
        .lints
        .sort_by_key(|lint| (lint.at(), lint.problem.code));
    found.unexamined.sort();
    found.unexamined.dedup();
    found
}

/// Where rules start.
type Starts<'a> = BTreeMap<(SourceId, u32), &'a Rule>;

fn starts(program: &Program) -> Starts<'_> {
    let rules = program.model.rules.values();
    rules
        .map(|rule| ((rule.item.source, rule.item.start), rule))
        .collect()
}

/// The rule that a warning stands in.
fn item_at(starts: &Starts<'_>, warning: &Diagnostic) -> Option<String> {
    let at = warning.places.first()?.span;
    let before = starts.range(..=(at.source, at.start));
    let (_, rule) = before.last()?;
    let holds = rule.item.source == at.source && at.end <= rule.item.end;
    holds.then(|| rule.id.clone())
}
