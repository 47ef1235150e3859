//! What two packs declare otherwise of the same indicator.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{FigureRef, Indicator, Model, RuleId};
use crate::period::Period;
use crate::program::{Program, Root};
use crate::prove::terms::Reader;
use crate::prove::world::World;
use crate::unit::Unit;

/// An indicator of both packs that is declared otherwise.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Changed {
    /// Its id.
    pub indicator: String,
    /// What is declared otherwise.
    pub part: ChangedPart,
    /// The id of the definition, where it is one; empty for one without name.
    pub definition: Option<String>,
}

/// What of an indicator is declared otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangedPart {
    /// Its kind.
    Kind,
    /// What its unit measures.
    Unit,
    /// Whose it is.
    Class,
    /// What one of its definitions says.
    Definition,
    /// Which evidence proves it.
    Evidence,
    /// What it may be.
    Bounds,
    /// The words that it may be.
    Values,
    /// The identities of which it is the left side.
    Identities,
}

impl ChangedPart {
    /// All of them.
    pub const ALL: [ChangedPart; 8] = [
        ChangedPart::Kind,
        ChangedPart::Unit,
        ChangedPart::Class,
        ChangedPart::Definition,
        ChangedPart::Evidence,
        ChangedPart::Bounds,
        ChangedPart::Values,
        ChangedPart::Identities,
    ];

    /// The word of the machine output; never translated.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            ChangedPart::Kind => "kind",
            ChangedPart::Unit => "unit",
            ChangedPart::Class => "class",
            ChangedPart::Definition => "definition",
            ChangedPart::Evidence => "evidence",
            ChangedPart::Bounds => "bounds",
            ChangedPart::Values => "values",
            ChangedPart::Identities => "identities",
        }
    }

    /// The key of its name in the catalogue.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            ChangedPart::Kind => "changed-kind",
            ChangedPart::Unit => "changed-unit",
            ChangedPart::Class => "changed-class",
            ChangedPart::Definition => "changed-definition",
            ChangedPart::Evidence => "changed-evidence",
            ChangedPart::Bounds => "changed-bounds",
            ChangedPart::Values => "changed-values",
            ChangedPart::Identities => "changed-identities",
        }
    }

    /// Whether figures of both packs no longer mean the same.
    #[must_use]
    pub fn is_meaning(self) -> bool {
        use ChangedPart::{Bounds, Identities, Values};
        !matches!(self, Bounds | Values | Identities)
    }
}

impl Changed {
    /// Whether a figure is one of what changed.
    pub(super) fn is_of(&self, program: &Program, figure: &FigureRef) -> bool {
        let indicator = &program.model.indicators[figure.indicator];
        let definition = indicator.definitions.get(usize::from(figure.definition));
        let is_that = self.definition.as_ref();
        indicator.id == self.indicator
            && is_that.is_none_or(|id| definition.is_some_and(|own| own.id == *id))
    }
}

/// Everything that two packs declare otherwise of indicators that both have.
pub(super) fn changes(was: &Program, now: &Program, anchor: i32) -> Vec<Changed> {
    let mut found = BTreeSet::new();
    let mut world = World::default();
    let old_identities = identities(was, &mut world, anchor);
    let new_identities = identities(now, &mut world, anchor);
    let old = was.model.indicators.values();
    let old: BTreeMap<&str, &Indicator> = old
        .map(|indicator| (indicator.id.as_str(), indicator))
        .collect();
    for indicator in now.model.indicators.values() {
        let Some(before) = old.get(indicator.id.as_str()) else {
            continue;
        };
        let mut say = |part, definition: Option<&String>| {
            found.insert(Changed {
                indicator: indicator.id.clone(),
                part,
                definition: definition.cloned(),
            });
        };
        let parts = [
            (ChangedPart::Kind, before.kind == indicator.kind),
            (
                ChangedPart::Unit,
                unit(&was.model, before) == unit(&now.model, indicator),
            ),
            (
                ChangedPart::Class,
                class(&was.model, before) == class(&now.model, indicator),
            ),
            (
                ChangedPart::Evidence,
                proof(was, before) == proof(now, indicator),
            ),
            (ChangedPart::Definition, bases(before) == bases(indicator)),
            (ChangedPart::Bounds, before.bounds == indicator.bounds),
            (
                ChangedPart::Identities,
                old_identities.get(indicator.id.as_str())
                    == new_identities.get(indicator.id.as_str()),
            ),
            (
                ChangedPart::Values,
                values(&was.model, before) == values(&now.model, indicator),
            ),
        ];
        for (part, is_same) in parts {
            if !is_same {
                say(part, None);
            }
        }
        for definition in &indicator.definitions {
            let mut known = before.definitions.iter();
            let known = known.find(|known| known.id == definition.id);
            if known.is_some_and(|known| known.label != definition.label) {
                say(ChangedPart::Definition, Some(&definition.id));
            }
        }
    }
    found.into_iter().collect()
}

/// What the identities of each indicator say in some year, and whether its figure may be computed by one.
fn identities<'p>(
    program: &'p Program,
    world: &mut World,
    year: i32,
) -> BTreeMap<&'p str, Vec<(usize, bool)>> {
    let period = Period::Year(year);
    let mut found: BTreeMap<&str, Vec<(usize, bool)>> = BTreeMap::new();
    for identity in &program.identities {
        let indicator = &program.model.indicators[identity.indicator];
        let declared = indicator.identities.get(identity.index);
        let mut reader = Reader::new(program, 0, (period, period.last_day()), "");
        let says = reader.says(world, identity.root.term);
        let is_derive = declared.is_some_and(|declared| declared.is_derive);
        let own = found.entry(&indicator.id).or_default();
        own.push((says, is_derive));
    }
    found.values_mut().for_each(|own| own.sort_unstable());
    found
}

/// What a unit measures, by names.
fn unit(model: &Model, indicator: &Indicator) -> String {
    let words = |unit: &Unit| {
        let dimension = model.units.canonical(&unit.dimension);
        let kinds: Vec<String> = dimension
            .factors()
            .iter()
            .map(|(kind, power)| format!("{:?} {power}", model.units.kind_name(*kind)))
            .collect();
        format!("{kinds:?} {:?}", unit.nature)
    };
    indicator.unit.as_ref().map_or_else(String::new, words)
}

fn class<'m>(model: &'m Model, indicator: &Indicator) -> Option<&'m str> {
    indicator
        .class
        .map(|class| model.classes[class].id.as_str())
}

fn values(model: &Model, indicator: &Indicator) -> Vec<String> {
    let levels = indicator.ladder.map(|ladder| &model.ladders[ladder].levels);
    let levels = levels.into_iter().flatten().map(|level| level.id.clone());
    indicator.choices.iter().cloned().chain(levels).collect()
}

/// Which evidence counts for an item of evidence, and whether its coming true may turn some rule false.
fn proof(program: &Program, indicator: &Indicator) -> String {
    let model = &program.model;
    let Some((rule, place)) = indicator.evidence else {
        return String::new();
    };
    let milestone = model.rules[rule].milestone.as_ref();
    let item = milestone.and_then(|milestone| milestone.items.get(usize::from(place)));
    let is_falling = item.map(|item| program.falling.contains(&item.indicator));
    item.map_or_else(String::new, |item| {
        let (id, accepts, issuers) = (&model.rules[rule].id, &item.accepts, &item.issuers);
        format!("{id} {accepts:?} {issuers:?} {is_falling:?}")
    })
}

/// The bases of its figures: since when each counts, and the factor from the one before.
fn bases(indicator: &Indicator) -> Vec<String> {
    let bases = indicator.bases.iter();
    let words = bases.map(|basis| format!("{} {:?} {:?}", basis.id, basis.since, basis.link));
    words.collect()
}

/// Every figure that a rule reads, of whomever.
pub(super) fn reads(program: &Program, rule: RuleId) -> Vec<FigureRef> {
    let rule = &program.rules[rule];
    let roots = std::iter::once(&rule.goal)
        .chain(&rule.condition)
        .chain(&rule.reached);
    let inputs: BTreeSet<_> = roots.flat_map(Root::reads).collect();
    inputs
        .into_iter()
        .map(|input| program.inputs[input].figure.clone())
        .collect()
}
