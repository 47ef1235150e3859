//! Cases of decisions that compare several figures with each other: what the compiler does not look
//! at, because it cuts each fact by itself.

use std::collections::BTreeSet;

use super::asked::{Asked, Body, body};
use super::example::{Example, example, is_so};
use super::formula::Node;
use super::packs::State;
use super::search::{Found, search};
use super::terms::Truths;
use super::world::World;
use super::{Doubt, Setting};
use crate::eval::begins;
use crate::flaws::{FlawKind, flaws};
use crate::model::{RuleId, Version};
use crate::period::Period;
use crate::program::{Program, VersionProgram};
use crate::verdict::Verdict;

/// Something wrong with the cases of a decision.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseFlaw {
    /// The decision.
    pub rule: RuleId,
    /// Its version, by its place.
    pub version: usize,
    /// What is wrong.
    pub kind: FlawKind,
    /// Figures for which it shows; nothing where it shows for none.
    pub example: Option<Example>,
}

/// What is wrong with the cases of the decisions of a pack itself beside what compiling it says, and of
/// which decisions it is not known.
#[must_use]
pub fn case_flaws(program: &Program) -> (Vec<CaseFlaw>, BTreeSet<(RuleId, Doubt)>) {
    let (mut found, mut doubts) = (Vec::new(), BTreeSet::new());
    let known = flaws(program);
    for (id, rule) in program.model.rules.iter() {
        let (Some(decision), Some(lowered)) = (&rule.decision, program.rules[id].decision) else {
            continue;
        };
        if !program.is_own(rule.span) {
            continue;
        }
        let body = match body(program, rule) {
            Ok(body) => body,
            Err(doubt) => {
                doubts.insert((id, doubt));
                continue;
            }
        };
        let terms = &program.decisions[lowered].versions;
        for (n, (version, terms)) in decision.versions.iter().zip(terms).enumerate() {
            let mut asking = Asking {
                program,
                rule: id,
                body: &body,
                version,
                doubts: BTreeSet::new(),
            };
            let is_known = |kind: FlawKind| {
                known
                    .iter()
                    .any(|flaw| (flaw.rule, flaw.version, flaw.kind) == (id, n, kind))
            };
            let flaws = asking.look(terms, is_known).into_iter();
            found.extend(flaws.map(|(kind, example)| CaseFlaw {
                rule: id,
                version: n,
                kind,
                example,
            }));
            doubts.extend(asking.doubts.into_iter().map(|doubt| (id, doubt)));
        }
    }
    (found, doubts)
}

struct Asking<'a> {
    program: &'a Program,
    rule: RuleId,
    body: &'a Body,
    version: &'a Version,
    doubts: BTreeSet<Doubt>,
}

impl Asking<'_> {
    fn look(
        &mut self,
        terms: &VersionProgram,
        is_known: impl Fn(FlawKind) -> bool,
    ) -> Vec<(FlawKind, Option<Example>)> {
        let day = begins(&self.program.model, self.version);
        let day =
            day.unwrap_or_else(|| Period::Year(super::packs::anchor(self.program)).last_day());
        let setting = Setting {
            period: Period::Year(chrono::Datelike::year(&day)),
            in_force: day,
        };
        let mut world = World::default();
        let asks = terms.cases.iter().map(|case| case.stands);
        let asks = asks.chain(terms.outcomes.iter().copied()).collect();
        world.ways.add(self.program, asks);
        let mut asked = Asked::new(self.program, 0, setting, self.body);
        let stands: Vec<Truths> = terms
            .cases
            .iter()
            .map(|case| asked.term(&mut world, case.stands))
            .collect();
        let outcomes: Vec<Truths> = terms
            .outcomes
            .iter()
            .map(|term| asked.term(&mut world, *term))
            .collect();
        let mut found = Vec::new();
        let none: Vec<Node> = outcomes.iter().map(|outcome| outcome.no).collect();
        if !self.version.is_total() && !is_known(FlawKind::Gap) {
            let example = self.shown(&world, &asked, &none);
            found.extend(example.map(|example| (FlawKind::Gap, Some(example))));
        }
        let cases = self.version.cases.iter();
        let cases: Vec<(usize, &crate::model::Case, &Truths)> = cases
            .zip(&stands)
            .enumerate()
            .map(|(n, (case, truths))| (n, case, truths))
            .collect();
        for (n, case, own) in &cases {
            // What asks whether a figure is there may stand where one is not.
            let is_open = case.condition.is_none() || !asked.present.is_empty();
            let kinds = [
                FlawKind::NeverHolds(*n),
                FlawKind::Shadowed(*n),
                FlawKind::AlwaysBeaten(*n),
            ];
            if !is_open && !kinds.iter().any(|kind| is_known(*kind)) {
                match search(&world, &[own.yes]) {
                    Found::Never => found.push((self.never(setting, terms, *n), None)),
                    Found::Doubt(doubt) => {
                        self.doubts.insert(doubt);
                    }
                    Found::At(_) => {}
                }
            }
            if self.version.is_ordered {
                continue;
            }
            for (m, other, others) in cases.iter().skip(n + 1) {
                if other.outcome == case.outcome || is_known(FlawKind::Overlap(*n, *m)) {
                    continue;
                }
                let example = self.shown(&world, &asked, &[own.yes, others.yes]);
                found.extend(example.map(|example| (FlawKind::Overlap(*n, *m), Some(example))));
            }
        }
        found
    }

    /// Why a case never stands.
    fn never(&self, setting: Setting, terms: &VersionProgram, n: usize) -> FlawKind {
        let mut own = World::default();
        let mut again = Asked::new(self.program, 0, setting, self.body);
        let Some(case) = terms.cases.get(n) else {
            return FlawKind::NeverHolds(n);
        };
        let holds = again.term(&mut own, case.holds);
        let applies = again.term(&mut own, case.applies);
        match () {
            () if search(&own, &[holds.yes]) == Found::Never => FlawKind::NeverHolds(n),
            () if search(&own, &[applies.yes]) == Found::Never => FlawKind::Shadowed(n),
            () => FlawKind::AlwaysBeaten(n),
        }
    }

    /// Figures under which some formulas hold and the decision comes to no single outcome.
    fn shown(&mut self, world: &World, asked: &Asked<'_>, roots: &[Node]) -> Option<Example> {
        let point = match search(world, roots) {
            Found::At(point) => point,
            Found::Never => return None,
            Found::Doubt(doubt) => {
                self.doubts.insert(doubt);
                return None;
            }
        };
        let open = State::Verdict(Verdict::Undetermined);
        let is_shown = |example: &Example| is_so(example, asked, self.rule, &open);
        let shown = example(world, &point, roots, [asked, asked], &is_shown);
        shown.map_err(|doubt| self.doubts.insert(doubt)).ok()
    }
}
