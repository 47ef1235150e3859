//! Two packs, or one law and the next, held against each other over all figures: where answers
//! differ, with an example for each way in which they do, or that they never do.

use std::collections::BTreeSet;

use super::asked::{Asked, body};
use super::example::{Example, example, is_so};
use super::formula::Node;
use super::search::{Found, search};
use super::terms::members_words;
use super::world::{Key, World};
use super::{Doubt, Setting};
use crate::model::{Rule, RuleId};
use crate::program::Program;
use crate::verdict::Verdict;

mod changed;
mod joins;
mod settings;
mod told;

use changed::changes;
pub use changed::{Changed, ChangedPart};
pub use joins::{Join, Turn, joins};
pub(super) use settings::{anchor, settings};
use told::Told;

/// What a rule comes to, of figures that are all known.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// A verdict.
    Verdict(Verdict),
    /// An outcome of a decision, by its id.
    Outcome(String),
    /// A check holds.
    Holds,
    /// A check does not hold.
    Broken,
}

impl State {
    /// Whether something is asked for and not there.
    #[must_use]
    pub fn fails(&self) -> bool {
        matches!(self, State::Verdict(Verdict::Fail) | State::Broken)
    }
}

/// How a rule stands to what it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Relation {
    /// The answers are the same, whatever the figures are.
    Equivalent,
    /// Whatever failed fails, and something fails that did not.
    Stricter,
    /// Whatever fails failed, and something failed that does not.
    Looser,
    /// The same fails, but other answers differ.
    SameFailures,
    /// Some fails that did not and some failed that does not; of a decision, outcomes differ.
    Different,
    /// It is not known.
    Unknown,
}

impl Relation {
    /// All of them.
    pub const ALL: [Relation; 6] = [
        Relation::Equivalent,
        Relation::Stricter,
        Relation::Looser,
        Relation::SameFailures,
        Relation::Different,
        Relation::Unknown,
    ];

    /// The word of the machine output; never translated.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Relation::Equivalent => "equivalent",
            Relation::Stricter => "stricter",
            Relation::Looser => "looser",
            Relation::SameFailures => "same-failures",
            Relation::Different => "different",
            Relation::Unknown => "unknown",
        }
    }

    /// The key of its name in the catalogue.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Relation::Equivalent => "relation-equivalent",
            Relation::Stricter => "relation-stricter",
            Relation::Looser => "relation-looser",
            Relation::SameFailures => "relation-same-failures",
            Relation::Different => "relation-different",
            Relation::Unknown => "relation-unknown",
        }
    }

    /// Both together.
    fn and(self, other: Relation) -> Relation {
        use Relation::{Different, Equivalent, Looser, SameFailures, Stricter, Unknown};
        match (self, other) {
            (one, other) if one == other => one,
            (Different, _) | (_, Different) => Different,
            (Unknown, _) | (_, Unknown) => Unknown,
            (Equivalent, other) | (other, Equivalent) => other,
            (SameFailures, other) | (other, SameFailures) => other,
            (Stricter | Looser, Stricter | Looser) => Different,
        }
    }
}

/// A way in which answers differ, with figures for which they do.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// What it was.
    pub was: State,
    /// What it is.
    pub now: State,
    /// Figures that show it.
    pub example: Example,
}

/// A rule of both packs.
#[derive(Debug, Clone, PartialEq)]
pub struct Paired {
    /// The rule in the old pack and in the new one.
    pub rules: [RuleId; 2],
    /// How the new one stands to the old one.
    pub relation: Relation,
    /// The clocks at which they were held against each other.
    pub settings: Vec<Setting>,
    /// Ways in which answers differ, each once.
    pub differences: Vec<Difference>,
    /// Why something is not known.
    pub doubts: BTreeSet<Doubt>,
}

/// Two packs held against each other.
#[derive(Debug, Clone, PartialEq)]
pub struct PackComparison {
    /// Rules of both, in the order of the new one.
    pub paired: Vec<Paired>,
    /// Rules of the old one alone.
    pub gone: Vec<RuleId>,
    /// Rules of the new one alone.
    pub arisen: Vec<RuleId>,
    /// Indicators of both that are declared otherwise.
    pub changed: Vec<Changed>,
}

impl PackComparison {
    /// How the rules of both stand to what they were, all together.
    #[must_use]
    pub fn relation(&self) -> Relation {
        let relations = self.paired.iter().map(|pair| pair.relation);
        relations.fold(Relation::Equivalent, Relation::and)
    }

    /// How many rules stand so.
    #[must_use]
    pub fn count(&self, relation: Relation) -> usize {
        let relations = self.paired.iter().map(|pair| pair.relation);
        relations.filter(|own| *own == relation).count()
    }

    /// Whether something is known to differ: a rule that is in one pack only, an indicator that is
    /// declared otherwise, if only by its bounds, or figures for which some rule answers otherwise.
    #[must_use]
    pub fn is_otherwise(&self) -> bool {
        !self.gone.is_empty()
            || !self.arisen.is_empty()
            || !self.changed.is_empty()
            || self.paired.iter().any(|pair| !pair.differences.is_empty())
    }
}

/// Holds two packs against each other over all figures that they allow.
///
/// ```
/// use plumbrule::prove::{Relation, compare_packs};
///
/// let program = |limit: &str| {
///     let mut sources = plumbrule::Sources::with_std();
///     sources.add("pack.plumb", &format!(r#"
/// pack city "City plan" {{ entity city }}
/// entity city "The city" {{}}
/// indicator coverage "Coverage" {{ kind share unit % }}
/// target t "Coverage" {{ require coverage at least {limit} by 2025 }}
/// "#));
///     plumbrule::compile(&sources).map_err(|_| "a problem in the pack")
/// };
/// let found = compare_packs(&program("80%")?, &program("85%")?);
/// assert_eq!(found.relation(), Relation::Stricter);
/// assert_eq!(found.paired[0].differences[0].example.table(1),
///     "indicator,period,value,unit\ncoverage,2025,80,%\n");
/// # Ok::<(), &str>(())
/// ```
#[must_use]
pub fn compare_packs(was: &Program, now: &Program) -> PackComparison {
    let anchor = anchor(was).max(anchor(now));
    let changed = changes(was, now, anchor);
    let mut found = PackComparison {
        paired: Vec::new(),
        gone: Vec::new(),
        arisen: Vec::new(),
        changed: Vec::new(),
    };
    let old: std::collections::BTreeMap<&str, RuleId> = ids(was).collect();
    let new: BTreeSet<&str> = ids(now).map(|(id, _)| id).collect();
    for (id, rule) in ids(now) {
        match old.get(id) {
            Some(other) => {
                let pair = Pair {
                    programs: [was, now],
                    rules: [*other, rule],
                    changed: &changed,
                };
                found.paired.push(pair.compare(anchor));
            }
            None => found.arisen.push(rule),
        }
    }
    found.gone = ids(was)
        .filter(|(id, _)| !new.contains(id))
        .map(|(_, rule)| rule)
        .collect();
    found.changed = changed;
    found
}

fn ids(program: &Program) -> impl Iterator<Item = (&str, RuleId)> {
    let rules = program.model.rules.iter();
    rules.map(|(id, rule)| (rule.id.as_str(), id))
}

/// A rule of both packs.
struct Pair<'a> {
    programs: [&'a Program; 2],
    rules: [RuleId; 2],
    changed: &'a [Changed],
}

impl Pair<'_> {
    fn declared(&self) -> [&Rule; 2] {
        let [was, now] = self.programs;
        let [old, new] = self.rules;
        [&was.model.rules[old], &now.model.rules[new]]
    }

    fn compare(&self, anchor: i32) -> Paired {
        let mut found = Paired {
            rules: self.rules,
            relation: Relation::Unknown,
            settings: Vec::new(),
            differences: Vec::new(),
            doubts: BTreeSet::new(),
        };
        if let Some(doubt) = self.unlike() {
            found.doubts.insert(doubt);
            return found;
        }
        let (settings, is_all) = settings(self.programs, self.rules, anchor);
        found.settings = settings;
        let mut relation = match is_all {
            true => Relation::Equivalent,
            false => {
                found.doubts.insert(Doubt::Settings);
                Relation::Unknown
            }
        };
        for setting in found.settings.clone() {
            let told = self.at(setting);
            let own = told.relation();
            relation = relation.and(own);
            if own == Relation::Unknown {
                found.doubts.extend(told.doubts);
            }
            for difference in told.differences {
                let is_known =
                    |known: &Difference| known.was == difference.was && known.now == difference.now;
                if !found.differences.iter().any(is_known) {
                    found.differences.push(difference);
                }
            }
        }
        found.relation = relation;
        found
    }

    /// Why the rules are not held against each other.
    fn unlike(&self) -> Option<Doubt> {
        let [was, now] = self.declared();
        if was.kind != now.kind || was.decision.is_some() != now.decision.is_some() {
            return Some(Doubt::OtherKind);
        }
        if was.reading != now.reading {
            return Some(Doubt::OtherKind);
        }
        let scope = |program: &Program, rule: &Rule| match &rule.scope {
            Some(members) => members_words(&program.model, members),
            None => {
                let entity = program.model.pack.entity;
                entity.map_or_else(String::new, |id| program.model.entities[id].id.clone())
            }
        };
        let [old, new] = self.programs;
        if scope(old, was) != scope(new, now) {
            return Some(Doubt::OtherScope);
        }
        let is_changed = (0..2).any(|side| {
            let (Some(program), Some(id)) = (self.programs.get(side), self.rules.get(side)) else {
                return false;
            };
            changed::reads(program, *id).into_iter().any(|figure| {
                let mut changed = self.changed.iter().filter(|one| one.part.is_meaning());
                changed.any(|one| one.is_of(program, &figure))
            })
        });
        is_changed.then_some(Doubt::OtherIndicator)
    }

    fn at(&self, setting: Setting) -> Told {
        let [was, now] = self.declared();
        let bodies = [(self.programs[0], was), (self.programs[1], now)];
        let [Ok(old), Ok(new)] = bodies.map(|(program, rule)| body(program, rule)) else {
            let doubts = bodies
                .iter()
                .filter_map(|(program, rule)| body(program, rule).err());
            return Told::doubtful(doubts.collect());
        };
        let mut sides = [
            Asked::new(self.programs[0], 0, setting, &old),
            Asked::new(self.programs[1], 1, setting, &new),
        ];
        differences(&mut sides, self.rules)
    }
}

/// All ways in which two rules answer differently.
fn differences(sides: &mut [Asked<'_>; 2], rules: [RuleId; 2]) -> Told {
    let mut world = World::default();
    let [was, now] = sides;
    world.ways.add_rule(was.program, rules[0]);
    world.ways.add_rule(now.program, rules[1]);
    let states = (
        was.states(&mut world, rules[0]),
        now.states(&mut world, rules[1]),
    );
    let (old, new) = match states {
        (Ok(old), Ok(new)) => (old, new),
        (old, new) => {
            let doubts = [old.err(), new.err()];
            return Told::doubtful(doubts.into_iter().flatten().collect());
        }
    };
    let is_decision = new
        .iter()
        .any(|(state, _)| matches!(state, State::Outcome(_)));
    let mut told = Told {
        differences: Vec::new(),
        open: Vec::new(),
        doubts: BTreeSet::new(),
        is_decision,
        is_unknown: false,
        is_of_absence: false,
    };
    let asks_of_absence = !was.present.is_empty() || !now.present.is_empty();
    if asks_of_absence && was.says(&mut world, rules[0]) != now.says(&mut world, rules[1]) {
        told.is_of_absence = true;
        told.doubts.insert(Doubt::Presence);
    }
    if old == new {
        return told;
    }
    let background = background(&mut world, sides);
    let [was, now] = &*sides;
    for (before, one) in &old {
        for (after, other) in &new {
            if before == after {
                continue;
            }
            let mut roots = vec![*one, *other];
            roots.extend(&background);
            let point = match search(&world, &roots) {
                Found::Never => continue,
                Found::Doubt(doubt) => Err(doubt),
                Found::At(point) => Ok(point),
            };
            let shown = point.and_then(|point| {
                let all: Vec<Node> = old.iter().chain(&new).map(|(_, node)| *node).collect();
                let all = [all, background.clone()].concat();
                let is_shown = |example: &Example| {
                    is_so(example, was, rules[0], before) && is_so(example, now, rules[1], after)
                };
                example(&world, &point, &all, [was, now], &is_shown).map_err(|doubt| {
                    let mut doubts = was.doubts.iter().chain(&now.doubts);
                    let own = doubts.next().filter(|_| doubt == Doubt::Evaluation);
                    own.copied().unwrap_or(doubt)
                })
            });
            match shown {
                Ok(example) => told.differences.push(Difference {
                    was: before.clone(),
                    now: after.clone(),
                    example,
                }),
                Err(doubt) => {
                    told.doubts.insert(doubt);
                    told.open.push((before.clone(), after.clone()));
                }
            }
        }
    }
    told
}

/// Identities that are read once for figures of a question.
const MOST_IDENTITIES: usize = 40;

/// That the figures agree with the identities that they stand in, as far as those are sums.
pub(super) fn background(world: &mut World, sides: &[Asked<'_>]) -> Vec<Node> {
    let mut found = BTreeSet::new();
    let asked: BTreeSet<Key> = world.keys().cloned().collect();
    for side in sides {
        let mut n_read = 0;
        for identity in &side.program.identities {
            let own = &side.program.model.indicators[identity.indicator].id;
            let named = |key: &&Key| {
                let reads = identity.root.inputs.iter().map(|input| {
                    let figure = &side.program.inputs[*input].figure;
                    &side.program.model.indicators[figure.indicator].id
                });
                key.indicator == *own || reads.into_iter().any(|id| *id == key.indicator)
            };
            let periods: BTreeSet<_> = asked.iter().filter(named).map(|key| key.period).collect();
            for period in periods {
                n_read += 1;
                if n_read <= MOST_IDENTITIES {
                    found.extend(side.agreed(world, &identity.root, period));
                }
            }
        }
    }
    found.into_iter().collect()
}
