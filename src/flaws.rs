//! What is wrong with the cases of a decision before any figure is there: cases that overlap, facts
//! that no case covers, cases that never apply. A program goes in, flaws with their witnesses come
//! out. Where it cannot tell, it says nothing: then the evaluation will.

use crate::diagnostic::{Code, Diagnostic};
use crate::message::{Arg, Message};
use crate::model::RuleId;
use crate::number::Exact;
use crate::program::{InputId, Program};

mod cells;
mod witness;

use cells::Cells;
pub(crate) use witness::sample;

/// Combinations of parts of facts that are looked at for one version of a decision.
pub const MOST_CELLS: usize = 1 << 16;

/// Something wrong with the cases of a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flaw {
    /// The decision.
    pub rule: RuleId,
    /// Its version, by its place.
    pub version: usize,
    /// What is wrong.
    pub kind: FlawKind,
    /// Facts for which it shows; nothing where it shows for none.
    pub witness: Vec<(InputId, Exact)>,
}

/// What may be wrong with the cases of a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FlawKind {
    /// Two cases that exclude each other stand at once, with different outcomes; by their places.
    Overlap(usize, usize),
    /// No case stands.
    Gap,
    /// The condition of a case never holds.
    NeverHolds(usize),
    /// A case holds only where a stronger one does, or where nothing it beats applies.
    Shadowed(usize),
    /// Wherever a case applies an exception beats it.
    AlwaysBeaten(usize),
}

/// What is wrong with the cases of all decisions of the pack itself.
#[must_use]
pub fn flaws(program: &Program) -> Vec<Flaw> {
    let mut found = Vec::new();
    for (id, rule) in program.model.rules.iter() {
        let (Some(decision), Some(known)) = (&rule.decision, program.rules[id].decision) else {
            continue;
        };
        if !program.is_own(rule.span) {
            continue;
        }
        let terms = &program.decisions[known].versions;
        for (n, (version, terms)) in decision.versions.iter().zip(terms).enumerate() {
            if let Some(cells) = Cells::of(program, terms) {
                let told = cells.weigh(version, terms);
                found.extend(told.into_iter().map(|(kind, witness)| Flaw {
                    rule: id,
                    version: n,
                    kind,
                    witness,
                }));
            }
        }
    }
    found
}

/// The same as warnings.
#[must_use]
pub fn warnings(program: &Program) -> Vec<Diagnostic> {
    let told = flaws(program);
    told.iter()
        .filter_map(|flaw| diagnostic(program, flaw, witness::message(program, &flaw.witness)))
        .collect()
}

/// What is wrong in words, with the facts for which it shows.
pub(crate) fn diagnostic(program: &Program, flaw: &Flaw, facts: Message) -> Option<Diagnostic> {
    let decision = program.model.rules[flaw.rule].decision.as_ref()?;
    let version = decision.versions.get(flaw.version)?;
    let outcome = |place: u16| {
        let found = decision.outcomes.get(usize::from(place));
        found.map_or("", |outcome| outcome.id.as_str()).to_owned()
    };
    Some(match flaw.kind {
        FlawKind::Overlap(one, other) => {
            let (one, other) = (version.cases.get(one)?, version.cases.get(other)?);
            Diagnostic::new(Code::CasesOverlap, other.span)
                .with("first", &one.id)
                .with("firstOutcome", outcome(one.outcome))
                .with("second", &other.id)
                .with("secondOutcome", outcome(other.outcome))
                .with("facts", facts)
                .place(one.span, Message::new("place-first"))
                .help(Message::new("help-overlap"))
        }
        FlawKind::Gap => Diagnostic::new(Code::CasesGap, version.span)
            .with("facts", facts)
            .help(Message::new("help-gap")),
        FlawKind::NeverHolds(n) => never(version.cases.get(n)?, "flaw-never-holds"),
        FlawKind::Shadowed(n) => never(version.cases.get(n)?, "flaw-shadowed"),
        FlawKind::AlwaysBeaten(n) => never(version.cases.get(n)?, "flaw-always-beaten"),
    })
}

fn never(case: &crate::model::Case, why: &'static str) -> Diagnostic {
    Diagnostic::new(Code::CaseNever, case.span)
        .with("case", &case.id)
        .with("why", Arg::Message(Message::new(why)))
        .help(Message::new("help-case-never"))
}
