//! All figures of a run: claims indexed by what they are about.

use std::collections::BTreeMap;

use super::{Claim, ClaimId, ClaimState, FigureProblem, TextId};
use crate::index::Arena;
use crate::model::{Entity, EntityId, FigureRef, Measure, Model};
use crate::period::Period;
use crate::unit::{ParsedUnit, Unit, UnitError};

/// Unit texts that are remembered.
const MOST_UNITS: usize = 10_000;

/// The figures of a run, from any number of tables.
#[derive(Debug, Clone)]
pub struct Submission {
    /// All claims, in the order in which they were read.
    pub claims: Arena<ClaimId, Claim>,
    /// Entities of the pack, and those that came with the figures.
    pub entities: Arena<EntityId, Entity>,
    /// Problems found while reading.
    pub problems: Vec<FigureProblem>,
    /// Texts that claims share.
    texts: Arena<TextId, String>,
    text_ids: BTreeMap<String, TextId>,
    pub(super) entity_ids: BTreeMap<String, EntityId>,
    /// Units as printed, read once each.
    units: BTreeMap<String, Result<ParsedUnit, UnitError>>,
    /// Texts as numbers, after those of the model.
    pub(super) symbols: BTreeMap<String, u32>,
    /// Claims by what they are about and their period, in order of entity.
    index: BTreeMap<(FigureRef, Period), Vec<(EntityId, ClaimId)>>,
}

impl Submission {
    /// A submission without any figure.
    #[must_use]
    pub fn new(model: &Model) -> Submission {
        let mut entity_ids = BTreeMap::new();
        for (id, entity) in model.entities.iter() {
            // Ids win over names; the first of two names wins.
            entity_ids.insert(entity.id.clone(), id);
        }
        for (id, entity) in model.entities.iter() {
            for name in [&entity.label.zh, &entity.label.en] {
                if !name.is_empty() {
                    entity_ids.entry(name.clone()).or_insert(id);
                }
            }
        }
        let symbols = model
            .symbols
            .iter()
            .zip(0u32..)
            .map(|(text, n)| (text.clone(), n))
            .collect();
        let mut submission = Submission {
            claims: Arena::default(),
            entities: model.entities.clone(),
            problems: Vec::new(),
            texts: Arena::default(),
            text_ids: BTreeMap::new(),
            entity_ids,
            units: BTreeMap::new(),
            symbols,
            index: BTreeMap::new(),
        };
        submission.text_id("");
        submission
    }

    /// The id of a shared text.
    pub(super) fn text_id(&mut self, text: &str) -> TextId {
        if let Some(id) = self.text_ids.get(text) {
            return *id;
        }
        let id = self.texts.push(text.to_owned());
        self.text_ids.insert(text.to_owned(), id);
        id
    }

    /// A shared text.
    #[must_use]
    pub fn text(&self, id: TextId) -> &str {
        &self.texts[id]
    }

    /// The unit of a printed text; kinds that count alike are one.
    pub(super) fn unit(&mut self, model: &Model, text: &str) -> Result<ParsedUnit, UnitError> {
        if let Some(known) = self.units.get(text) {
            return known.clone();
        }
        let parsed = model.units.parse(text).map(|parsed| match parsed {
            ParsedUnit::Unit(unit) => {
                let dimension = model.units.canonical(&unit.dimension);
                ParsedUnit::Unit(Unit { dimension, ..unit })
            }
            other => other,
        });
        // A table of nonsense may hold a new text in every row.
        if self.units.len() < MOST_UNITS {
            self.units.insert(text.to_owned(), parsed.clone());
        }
        parsed
    }

    /// The number that stands for a text in comparisons.
    pub(super) fn symbol(&mut self, text: &str) -> u32 {
        let next = u32::try_from(self.symbols.len()).unwrap_or(u32::MAX);
        *self.symbols.entry(text.to_owned()).or_insert(next)
    }

    /// Adds a claim.
    pub(super) fn add(&mut self, claim: Claim) {
        let key = (claim.figure.clone(), claim.period);
        let entity = claim.entity;
        let id = self.claims.push(claim);
        let entries = self.index.entry(key).or_default();
        // Tables are mostly in order of entity, so that this is mostly a push.
        let at = entries.partition_point(|(known, _)| *known <= entity);
        entries.insert(at, (entity, id));
    }

    /// The claims of one quantity and period, by entity.
    #[must_use]
    pub fn claims_of(&self, figure: &FigureRef, period: Period) -> &[(EntityId, ClaimId)] {
        // INVARIANT: the key has no entity; the entity is in the entries.
        let key = (
            FigureRef {
                entity: None,
                ..figure.clone()
            },
            period,
        );
        self.index.get(&key).map_or(&[], Vec::as_slice)
    }

    /// The claims of one quantity, period and entity.
    #[must_use]
    pub fn claims_at(
        &self,
        figure: &FigureRef,
        period: Period,
        entity: EntityId,
    ) -> &[(EntityId, ClaimId)] {
        of_entity(self.claims_of(figure, period), entity)
    }

    /// All periods in which a quantity has a claim, in order.
    pub fn periods_of<'s>(
        &'s self,
        figure: &FigureRef,
    ) -> impl DoubleEndedIterator<Item = Period> + use<'s> {
        let figure = FigureRef {
            entity: None,
            ..figure.clone()
        };
        let first = (figure.clone(), Period::Year(i32::MIN));
        self.index
            .range(first..)
            .take_while({
                let figure = figure.clone();
                move |((known, _), _)| *known == figure
            })
            .map(|((_, period), _)| *period)
            .collect::<Vec<_>>()
            .into_iter()
    }

    /// All keys with their claims, in order.
    pub fn keys(&self) -> impl Iterator<Item = (&FigureRef, Period, &[(EntityId, ClaimId)])> {
        self.index
            .iter()
            .map(|((figure, period), entries)| (figure, *period, entries.as_slice()))
    }

    /// The latest year that has a level figure which can be read and was known on a day.
    #[must_use]
    pub fn latest_year(&self, known_on: Option<chrono::NaiveDate>) -> Option<Period> {
        let years = self.claims.values().filter_map(|claim| match claim.period {
            Period::Year(year)
                if claim.state == ClaimState::Good
                    && claim.figure.measure == Measure::Level
                    && claim.is_known_on(known_on) =>
            {
                Some(year)
            }
            _ => None,
        });
        years.max().map(Period::Year)
    }

    /// Entities of a class, in order.
    #[must_use]
    pub fn members(&self, class: crate::model::ClassId) -> Vec<EntityId> {
        let members = self
            .entities
            .iter()
            .filter(|(_, entity)| entity.class == Some(class));
        members.map(|(id, _)| id).collect()
    }

    /// The entity of a name.
    #[must_use]
    pub fn entity_named(&self, name: &str) -> Option<EntityId> {
        self.entity_ids.get(name.trim()).copied()
    }
}

/// The entries of one entity.
#[must_use]
pub(crate) fn of_entity(
    entries: &[(EntityId, ClaimId)],
    entity: EntityId,
) -> &[(EntityId, ClaimId)] {
    let first = entries.partition_point(|(known, _)| *known < entity);
    let last = entries.partition_point(|(known, _)| *known <= entity);
    entries.get(first..last).unwrap_or(&[])
}
