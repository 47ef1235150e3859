//! All figures of a run: claims indexed by what they are about.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::memo::Memo;
use super::read::Remembered;
use super::table::TableReading;
use super::{Absence, Claim, ClaimId, ClaimPlace, ClaimState, FigureProblem, TextId};
use crate::eval::Options;
use crate::fold::{fold_width, unspaced};
use crate::index::{Arena, Id};
use crate::message::Label;
use crate::model::{ClassId, Entity, EntityId, FigureRef, IndicatorId, Measure, Model};
use crate::number::Exact;
use crate::period::Period;
use crate::unit::{ParsedUnit, Unit, UnitError};

/// Unit texts that are remembered.
const MOST_UNITS: usize = 10_000;

/// Factors of units that are shared.
const MOST_FACTORS: usize = 1_000;

/// The figures of a run, from any number of tables.
#[derive(Debug, Clone)]
pub struct Submission {
    /// All claims, in the order in which they were read.
    pub claims: Arena<ClaimId, Claim>,
    /// Entities of the pack, and those that came with the figures.
    pub entities: Arena<EntityId, Entity>,
    /// Problems found while reading.
    pub problems: Vec<FigureProblem>,
    /// Figures of which their publishers say that they are not there.
    pub absences: Vec<Absence>,
    /// Rows of evidence, in the order in which they were read.
    pub evidence: Vec<super::Evidence>,
    /// Places of absences by what they are about.
    ordered_absences: Vec<u32>,
    /// How each table was read.
    pub readings: Vec<TableReading>,
    /// Texts that claims share.
    texts: Arena<TextId, Arc<str>>,
    text_ids: Memo<TextId>,
    pub(super) entity_ids: BTreeMap<String, EntityId>,
    /// Records by whose list they are in and their name there.
    pub(super) records: BTreeMap<(EntityId, ClassId), BTreeMap<String, EntityId>>,
    /// Records that rows name without a figure, by period.
    pub(super) named: BTreeSet<(Period, EntityId)>,
    /// Rows that tell of records, and too little of them.
    pub(super) doubts: BTreeSet<super::doubt::Doubt>,
    /// A row was lost of which not even the figures were told apart.
    pub(super) has_lost_row: bool,
    /// Names that several entities have, and so none; whose they are.
    shared_names: BTreeMap<String, Vec<EntityId>>,
    /// Units as printed, read once each.
    units: Memo<Result<ParsedUnit, UnitError>>,
    /// Factors of units, in order.
    factors: Vec<Arc<Exact>>,
    /// What the cells of the file that is being read were read as.
    pub(super) remembered: Remembered,
    /// The breakdown of a total.
    pub(super) no_breakdown: Arc<str>,
    /// Texts as numbers, after those of the model.
    pub(super) symbols: BTreeMap<String, u32>,
    /// Claims by what they are about and their period, in order of entity.
    index: BTreeMap<(FigureRef, Period), Vec<(EntityId, ClaimId)>>,
    /// Keys whose claims wait to be put in order.
    unsorted: BTreeSet<(FigureRef, Period)>,
    /// How many entities the pack declares; those behind came with figures.
    pub(super) n_declared: usize,
}

impl Submission {
    /// A submission without any figure.
    #[must_use]
    pub fn new(model: &Model) -> Submission {
        let (entity_ids, shared_names) = names(&model.entities);
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
            absences: Vec::new(),
            evidence: Vec::new(),
            ordered_absences: Vec::new(),
            readings: Vec::new(),
            texts: Arena::default(),
            text_ids: Memo::new(),
            entity_ids,
            records: BTreeMap::new(),
            named: BTreeSet::new(),
            doubts: BTreeSet::new(),
            has_lost_row: false,
            shared_names,
            units: Memo::of_at_most(MOST_UNITS),
            factors: Vec::new(),
            remembered: Remembered::default(),
            no_breakdown: Arc::default(),
            symbols,
            index: BTreeMap::new(),
            unsorted: BTreeSet::new(),
            n_declared: model.entities.len(),
        };
        submission.text_id("");
        submission
    }

    /// The id of a shared text.
    pub(crate) fn text_id(&mut self, text: &str) -> TextId {
        // INVARIANT: `new` puts the empty text first.
        if text.is_empty() && !self.texts.is_empty() {
            return TextId::new(0);
        }
        if let Some(id) = self.text_ids.get(text) {
            return *id;
        }
        let shared: Arc<str> = text.into();
        let id = self.texts.push(Arc::clone(&shared));
        self.text_ids.insert(shared, id);
        id
    }

    /// A factor, shared by the figures of its unit.
    pub(super) fn shared_factor(&mut self, factor: Exact) -> Arc<Exact> {
        let known = self
            .factors
            .binary_search_by(|known| known.as_ref().cmp(&factor));
        match known {
            Ok(at) => self
                .factors
                .get(at)
                .map_or_else(|| Arc::new(factor), Arc::clone),
            Err(_) if self.factors.len() >= MOST_FACTORS => Arc::new(factor),
            Err(at) => {
                let shared = Arc::new(factor);
                self.factors.insert(at, Arc::clone(&shared));
                shared
            }
        }
    }

    /// A shared text.
    #[must_use]
    pub fn text(&self, id: TextId) -> &str {
        &self.texts[id]
    }

    /// The note of a claim in both languages; none if the table has no word on it.
    #[must_use]
    pub fn note(&self, claim: &Claim) -> Option<Label> {
        let (zh, en) = (self.text(claim.note), self.text(claim.note_en));
        (!zh.is_empty() || !en.is_empty()).then(|| Label {
            zh: zh.to_owned(),
            en: en.to_owned(),
        })
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
        self.units.insert(text, parsed.clone());
        parsed
    }

    /// The text that a number stands for, as rules and figures write it.
    pub(crate) fn text_of(&self, symbol: &Exact) -> Option<&str> {
        let is_it = |(_, number): &(&String, &u32)| Exact::from(i64::from(**number)) == *symbol;
        self.symbols
            .iter()
            .find(is_it)
            .map(|(text, _)| text.as_str())
    }

    /// The number that stands for a text in comparisons.
    pub(super) fn symbol(&mut self, text: &str) -> u32 {
        let next = u32::try_from(self.symbols.len()).unwrap_or(u32::MAX);
        *self.symbols.entry(text.to_owned()).or_insert(next)
    }

    /// Adds a claim; [`Submission::settle`] puts it in its place.
    pub(super) fn add(&mut self, claim: Claim) -> ClaimId {
        let key = (claim.figure.clone(), claim.period);
        let entity = claim.entity;
        let id = self.claims.push(claim);
        match self.index.get_mut(&key) {
            None => {
                self.index.insert(key, vec![(entity, id)]);
            }
            Some(entries) => {
                let last = entries.last().map(|(known, _)| *known);
                entries.push((entity, id));
                // Tables are mostly in order of entity, so that there is mostly nothing left to do.
                if last.is_some_and(|last| last >= entity) {
                    self.unsorted.insert(key);
                }
            }
        }
        id
    }

    /// Takes the claims of one entity out of their place, so that none of them counts.
    pub(super) fn withdraw(&mut self, key: &(FigureRef, Period), entity: EntityId) {
        if let Some(entries) = self.index.get_mut(key) {
            entries.retain(|(known, _)| *known != entity);
        }
    }

    /// Puts new claims in order: by entity, and then by what they say, never by when they came.
    pub(super) fn settle(&mut self) {
        for key in std::mem::take(&mut self.unsorted) {
            let mut entries = self.index.get_mut(&key).map(std::mem::take);
            if let Some(entries) = &mut entries {
                entries.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| self.order(a.1, b.1)));
            }
            self.index.extend(entries.map(|entries| (key, entries)));
        }
        let n_ordered = self.ordered_absences.len();
        if n_ordered < self.absences.len() {
            let mut ordered = std::mem::take(&mut self.ordered_absences);
            ordered.extend(
                (0u32..)
                    .zip(&self.absences)
                    .skip(n_ordered)
                    .map(|(at, _)| at),
            );
            ordered.sort_by(|a, b| self.absence_key(*a).cmp(&self.absence_key(*b)));
            self.ordered_absences = ordered;
        }
    }

    /// The order of claims by what they say: the same however files and rows are ordered.
    #[must_use]
    pub fn order(&self, a: ClaimId, b: ClaimId) -> Ordering {
        let (a, b) = (&self.claims[a], &self.claims[b]);
        let entity = |claim: &Claim| self.entities[claim.entity].id.as_str();
        // Lines count upwards; what is no number comes after.
        let line = |claim: &Claim| {
            let text = self.text(claim.source_line);
            (text.parse::<u32>().unwrap_or(u32::MAX), text)
        };
        let said = |claim: &Claim| {
            [
                self.text(claim.printed),
                self.text(claim.unit),
                self.text(claim.quote),
                self.text(claim.place.file),
                self.text(claim.place.sheet),
            ]
        };
        (&a.figure, a.period, a.window)
            .cmp(&(&b.figure, b.period, b.window))
            .then_with(|| entity(a).cmp(entity(b)))
            .then_with(|| a.basis.cmp(&b.basis))
            .then_with(|| a.published.cmp(&b.published))
            .then_with(|| self.text(a.source).cmp(self.text(b.source)))
            .then_with(|| line(a).cmp(&line(b)))
            .then_with(|| self.text(a.section).cmp(self.text(b.section)))
            .then_with(|| said(a).cmp(&said(b)))
            .then_with(|| a.place.line.cmp(&b.place.line))
            .then_with(|| a.place.column.cmp(&b.place.column))
    }

    /// What an absence is about.
    fn absence_key(&self, at: u32) -> Option<(&FigureRef, Period, EntityId)> {
        let absence = self.absences.get(at as usize)?;
        Some((&absence.figure, absence.period, absence.entity))
    }

    /// What publishers say of a figure that is not there.
    pub fn absences_at(
        &self,
        figure: &FigureRef,
        period: Period,
        entity: EntityId,
    ) -> impl Iterator<Item = &Absence> {
        let figure = FigureRef {
            entity: None,
            ..figure.clone()
        };
        let key = (&figure, period, entity);
        let order = |at: &u32| self.absence_key(*at).map(|known| known.cmp(&key));
        let ordered = self.ordered_absences.as_slice();
        let first = ordered.partition_point(|at| order(at) == Some(Ordering::Less));
        let ordered = ordered.get(first..).unwrap_or_default();
        let n = ordered.partition_point(|at| order(at) == Some(Ordering::Equal));
        let found = ordered.get(..n).unwrap_or_default().iter();
        found.filter_map(move |at| self.absences.get(*at as usize))
    }

    /// Where a claim was read: file and line, or file, sheet and cell.
    #[must_use]
    pub fn place(&self, claim: &Claim) -> String {
        self.place_of(&claim.place)
    }

    /// Where a place is: file and line, or file, sheet and cell.
    #[must_use]
    pub fn place_of(&self, place: &ClaimPlace) -> String {
        let sheet = self.text(place.sheet);
        let column = if sheet.is_empty() { 0 } else { place.column };
        let (line, column) = (place.line as usize, column as usize);
        super::place_text(self.text(place.file), sheet, line, column)
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

    /// The latest year that has a level figure which can be read and counts.
    #[must_use]
    pub fn latest_year(&self, options: &Options) -> Option<Period> {
        let offered = self.evidence.iter().map(super::Evidence::indicator);
        let evidence: BTreeSet<IndicatorId> = offered.collect();
        let years = self.claims.values().filter_map(|claim| match claim.period {
            Period::Year(year)
                if claim.state == ClaimState::Good
                    && claim.figure.measure == Measure::Level
                    && claim.is_known_on(options.known_on)
                    && options.choice.has_source(self, claim)
                    && !evidence.contains(&claim.figure.indicator) =>
            {
                Some(year)
            }
            _ => None,
        });
        let latest = years.max().map(Period::Year);
        // Evidence alone has a last year too; beside figures it never moves the period.
        latest.or_else(|| {
            let counts = |evidence: &&super::Evidence| {
                evidence.claim.is_known_on(options.known_on)
                    && options.choice.has_source(self, &evidence.claim)
            };
            let counted = self.evidence.iter().filter(counts);
            counted
                .map(|evidence| Period::Year(evidence.dated().year()))
                .max()
        })
    }

    /// All sources that claims name, in order; what is supposed has none.
    #[must_use]
    pub fn sources(&self) -> Vec<&str> {
        let published = self.claims.values().filter(|claim| !claim.is_supposed);
        let ids: BTreeSet<TextId> = published.map(|claim| claim.source).collect();
        let mut names: Vec<&str> = ids.into_iter().map(|id| self.text(id)).collect();
        names.retain(|name| !name.is_empty());
        names.sort_unstable();
        names
    }

    /// The entity of an id, label or alias, however wide its letters are written.
    #[must_use]
    pub fn entity_named(&self, name: &str) -> Option<EntityId> {
        let name = name.trim();
        let found = self.entity_ids.get(name);
        found
            .or_else(|| self.entity_ids.get(fold_width(name).trim()))
            .copied()
    }

    /// The entity that a name in a table means: as [`Submission::entity_named`], and a Chinese name with blanks in it.
    pub(crate) fn entity_meant(&self, name: &str) -> Option<EntityId> {
        let spaced = || self.entity_named(&unspaced(name)?);
        self.entity_named(name).or_else(spaced)
    }

    /// All names of entities, as they are looked up.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        let shared = self.shared_names.keys();
        self.entity_ids.keys().chain(shared).map(String::as_str)
    }

    /// The entities that share a name, which therefore names none of them.
    #[must_use]
    pub fn entities_called(&self, name: &str) -> &[EntityId] {
        let found = self.shared_names.get(fold_width(name).trim());
        found.map_or(&[], Vec::as_slice)
    }
}

/// Names and the entity of each, and names that several entities have.
type EntityNames = (BTreeMap<String, EntityId>, BTreeMap<String, Vec<EntityId>>);

/// Ids win over names; a label or alias of two entities names neither.
fn names(entities: &Arena<EntityId, Entity>) -> EntityNames {
    let mut ids = BTreeMap::new();
    for (id, entity) in entities.iter() {
        ids.insert(entity.id.clone(), id);
    }
    let mut named: BTreeMap<String, Vec<EntityId>> = BTreeMap::new();
    for (id, entity) in entities.iter() {
        let labels = [&entity.label.zh, &entity.label.en];
        for name in labels.into_iter().chain(entity.aliases()) {
            let name = fold_width(name.trim());
            let known = named.entry(name).or_default();
            if !known.contains(&id) {
                known.push(id);
            }
        }
    }
    named.remove("");
    let (single, shared): (BTreeMap<_, _>, BTreeMap<_, _>) = named
        .into_iter()
        .filter(|(name, _)| !ids.contains_key(name))
        .partition(|(_, known)| known.len() == 1);
    ids.extend(
        single
            .into_iter()
            .filter_map(|(name, known)| Some((name, *known.first()?))),
    );
    (ids, shared)
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
