//! What the cells of a file were read as before: texts go in, ids, periods and values come out, so
//! that what stands in a thousand rows is read once. Only what raised no problem is remembered.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::Arc;

use super::RowCx;
use super::expected::Expected;
use super::value::{Scaled, Value};
use crate::figures::memo::Memo;
use crate::figures::printed::{Printed, Widths};
use crate::figures::table::Column;
use crate::figures::{Submission, TextId};
use crate::index::Id;
use crate::model::{EntityId, IndicatorId, Kind, Measure, Model};
use crate::period::Period;

/// Names, periods and breakdowns that are remembered.
const MOST_NAMES: usize = 20_000;
/// Values that are remembered.
const MOST_VALUES: usize = 250_000;
/// Ways of reading a value that are told apart.
const MOST_WAYS: usize = 1_000;
/// What stands between the parts of a key.
const BETWEEN: char = '\0';

/// What was read of the cells of a file.
#[derive(Debug, Clone)]
pub(in crate::figures) struct Remembered {
    pub(super) indicators: Memo<IndicatorId>,
    pub(super) entities: Memo<EntityId>,
    pub(super) periods: Memo<Period>,
    /// By indicator and text.
    pub(super) breakdowns: Memo<Arc<str>>,
    /// When sources were published.
    pub(super) published: Memo<Option<Period>>,
    pub(super) values: Memo<(Value, TextId)>,
    /// Records that are named by their rows.
    pub(super) rows: BTreeSet<EntityId>,
    /// By way, unit and scale.
    scaled: Memo<Scaled>,
    ways: Vec<Way>,
    way_of: BTreeMap<(IndicatorId, Measure), Option<usize>>,
}

/// All that decides, beside its cells, how a value is read.
#[derive(Debug, Clone, PartialEq)]
struct Way {
    expected: Expected,
    is_rank: bool,
    widths: Widths,
}

impl Default for Remembered {
    fn default() -> Self {
        Remembered {
            indicators: Memo::of_at_most(MOST_NAMES),
            entities: Memo::of_at_most(MOST_NAMES),
            periods: Memo::of_at_most(MOST_NAMES),
            breakdowns: Memo::of_at_most(MOST_NAMES),
            published: Memo::of_at_most(MOST_NAMES),
            rows: BTreeSet::new(),
            values: Memo::of_at_most(MOST_VALUES),
            scaled: Memo::of_at_most(MOST_NAMES),
            ways: Vec::new(),
            way_of: BTreeMap::new(),
        }
    }
}

/// The character that stands for a way in a key.
fn sign_of(way: usize) -> Option<char> {
    // INVARIANT: ways are few, so that each has one, and none is that between parts.
    char::from_u32(u32::try_from(way).ok()?.checked_add(1)?)
}

impl RowCx<'_> {
    /// All that decides what the value of the row says; none where more does than is listed here.
    pub(super) fn value_key(
        &self,
        submission: &mut Submission,
        id: IndicatorId,
        measure: Measure,
    ) -> Option<String> {
        let way = self.way(submission, id, measure)?;
        let cell = self.row.cells.get(Column::Value)?;
        let value = cell.text.trim();
        // An empty cell is read by its status.
        if value.is_empty() {
            return None;
        }
        let mut key = String::with_capacity(64);
        key.push(sign_of(way)?);
        let others = [
            Column::Qualifier,
            Column::Unit,
            Column::Scale,
            Column::Decimals,
        ];
        let others = others.map(|column| self.row.text(column));
        for text in std::iter::once(value).chain(others) {
            key.push(BETWEEN);
            key.push_str(text);
        }
        let mut n_between = 1 + others.len();
        if let Some(held) = &cell.held {
            // Writing to a string cannot fail.
            let _ = write!(key, "{BETWEEN}{}{BETWEEN}", held.value);
            if let Some(decimals) = held.decimals {
                let _ = write!(key, "{decimals}");
            }
            n_between += 2;
        }
        // A cell that holds the sign itself would make two keys one.
        let n_signs = key.bytes().filter(|byte| *byte == BETWEEN as u8).count();
        (n_signs == n_between).then_some(key)
    }

    /// The number of the way in which values of an indicator are read.
    fn way(&self, submission: &mut Submission, id: IndicatorId, measure: Measure) -> Option<usize> {
        let remembered = &mut submission.remembered;
        if let Some(known) = remembered.way_of.get(&(id, measure)) {
            return *known;
        }
        let indicator = &self.model.indicators[id];
        let is_named = measure == Measure::Level
            && (matches!(
                indicator.kind,
                Kind::YesNo | Kind::Text | Kind::OneOf | Kind::Date | Kind::Level
            ) || !indicator.values.is_empty());
        let way = (!is_named).then(|| Way {
            expected: Expected::of(self.model, indicator, measure),
            is_rank: measure == Measure::Rank || indicator.kind == Kind::Rank,
            widths: indicator
                .widths
                .clone()
                .unwrap_or_else(|| self.model.pack.widths.clone()),
        });
        let at = way.and_then(|way| {
            let known = remembered.ways.iter().position(|known| *known == way);
            known.or_else(|| {
                let is_room = remembered.ways.len() < MOST_WAYS;
                is_room.then(|| {
                    remembered.ways.push(way);
                    remembered.ways.len() - 1
                })
            })
        });
        remembered.way_of.insert((id, measure), at);
        at
    }

    /// What the unit of a figure makes of its number.
    pub(super) fn known_scaled(
        &mut self,
        submission: &mut Submission,
        id: IndicatorId,
        measure: Measure,
        printed: &Printed,
    ) -> Option<Scaled> {
        let unit = printed.unit_text.as_str();
        let way = self.way(submission, id, measure);
        // A text that holds the sign itself would make two keys one.
        let way = way.filter(|_| !unit.contains(BETWEEN));
        let scale = self.row.text(Column::Scale);
        let key = way.and_then(sign_of).map(|way| {
            let mut key = String::with_capacity(32);
            key.push(way);
            key.push_str(unit);
            key.push(BETWEEN);
            key.push_str(scale);
            key
        });
        let known = key
            .as_ref()
            .and_then(|key| submission.remembered.scaled.get(key));
        if let Some(known) = known {
            return Some(known.clone());
        }
        let found = self.scaled(submission, id, measure, printed)?;
        if let Some(key) = key {
            submission.remembered.scaled.insert(key, found.clone());
        }
        Some(found)
    }

    /// The indicator of the row.
    pub(super) fn known_indicator(&mut self, submission: &mut Submission) -> Option<IndicatorId> {
        let text = self.row.text(Column::Indicator);
        if let Some(known) = submission.remembered.indicators.get(text) {
            return Some(*known);
        }
        let found = self.indicator()?;
        submission.remembered.indicators.insert(text, found);
        Some(found)
    }

    /// The entity of the row.
    pub(super) fn known_entity(
        &mut self,
        submission: &mut Submission,
        indicator: IndicatorId,
    ) -> Option<EntityId> {
        let text = self.row.text(Column::Entity);
        if self.record_class(indicator).is_some() {
            return self.whom(submission, indicator, text);
        }
        // What an entity is a part of is said by the row.
        let is_alone = self.row.text(Column::PartOf).is_empty();
        let known = submission.remembered.entities.get(text);
        if let Some(known) = known.filter(|_| is_alone) {
            return Some(*known);
        }
        let found = self.whom(submission, indicator, text)?;
        submission.remembered.entities.insert(text, found);
        Some(found)
    }

    /// The period in a column.
    pub(super) fn known_period(
        &mut self,
        submission: &mut Submission,
        column: Column,
    ) -> Option<Period> {
        let text = self.row.text(column);
        if let Some(known) = submission.remembered.periods.get(text) {
            return Some(*known);
        }
        let found = self.period(column)?;
        submission.remembered.periods.insert(text, found);
        Some(found)
    }

    /// When the source of the row was published, where the pack declares it.
    pub(super) fn published(&self, submission: &mut Submission) -> Option<Period> {
        let source = self.row.text(Column::Source);
        if let Some(known) = submission.remembered.published.get(source) {
            return *known;
        }
        let found = published_of(self.model, source);
        submission.remembered.published.insert(source, found);
        found
    }

    /// The canonical text of a breakdown, shared by the figures that have it.
    pub(super) fn shared_breakdown(
        &mut self,
        submission: &mut Submission,
        id: IndicatorId,
    ) -> Option<Arc<str>> {
        let text = self.row.text(Column::Breakdown);
        if text.is_empty() {
            return Some(Arc::clone(&submission.no_breakdown));
        }
        let key = format!("{} {text}", id.index());
        if let Some(known) = submission.remembered.breakdowns.get(&key) {
            return Some(Arc::clone(known));
        }
        let found: Arc<str> = self.breakdown(&self.model.indicators[id])?.into();
        let breakdowns = &mut submission.remembered.breakdowns;
        breakdowns.insert(key, Arc::clone(&found));
        Some(found)
    }
}

/// When a source that is declared as an instrument was published.
pub(super) fn published_of(model: &Model, source: &str) -> Option<Period> {
    model
        .instruments
        .values()
        .find(|known| known.id == source)
        .and_then(|known| known.published)
}
