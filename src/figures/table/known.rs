//! What a header may mean: the text of a cell goes in, the column, indicator, period, entity,
//! measure or unit that it names comes out. Only names that the pack knows mean something; where
//! two readings are possible both come out. Never guesses.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::Column;
use crate::figures::memo::Memo;
use crate::fold::{fold_char, fold_tight, fold_width, nearest};
use crate::model::{EntityId, Measure, Model, Name};
use crate::period::Period;
use crate::unit::ParsedUnit;

/// The first and the last year that a bare number may be.
pub(super) const YEARS: std::ops::RangeInclusive<i32> = 1900..=2199;

/// Longer headers are looked up whole and not in parts.
const LONGEST_SPLIT: usize = 48;

/// Headers that are remembered.
const MOST_REMEMBERED: usize = 20_000;

/// How often a header is cut in two.
const MOST_CUTS: usize = 3;

/// What a header fixes for the figures below it, in the words of a long table.
pub(super) type Named = BTreeMap<Column, String>;

/// What a header cell means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Head {
    /// Nothing is written.
    Blank,
    /// A running number: its cells say nothing.
    Index,
    /// The cells below hold this.
    Holds(Column),
    /// The cells below are figures of this.
    Names(Named),
    /// A unit and nothing else.
    Unit(String),
    /// Several readings are possible.
    Several(Vec<Named>),
    /// No name that is known.
    Unknown,
}

impl Head {
    /// Whether it says what the cells below are.
    pub(super) fn is_known(&self) -> bool {
        matches!(
            self,
            Head::Index | Head::Holds(_) | Head::Names(_) | Head::Several(_)
        )
    }
}

/// The names of a pack, as headers and cells may write them.
pub struct Known<'m> {
    pub(super) model: &'m Model,
    /// Entities by folded name; none where two share it.
    entities: BTreeMap<String, Option<EntityId>>,
    heads: RefCell<Memo<Rc<Head>>>,
    plain: RefCell<Memo<Plain>>,
    /// First letters of all names and words, folded.
    initials: BTreeSet<char>,
}

/// What a cell of names is, as far as every row asks for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Plain {
    /// The word of a header, and no name of an indicator or entity.
    pub is_header_word: bool,
    /// A name as the pack has it.
    pub is_name: bool,
}

impl<'m> Known<'m> {
    /// The names of a model.
    #[must_use]
    pub fn of(model: &'m Model) -> Known<'m> {
        let mut entities: BTreeMap<String, Option<EntityId>> = BTreeMap::new();
        for (id, entity) in model.entities.iter() {
            for name in [&entity.id, &entity.label.zh, &entity.label.en] {
                if name.is_empty() {
                    continue;
                }
                let known = entities.entry(key(name)).or_insert(Some(id));
                if *known != Some(id) {
                    *known = None;
                }
            }
        }
        // An id wins over a name.
        for (id, entity) in model.entities.iter() {
            entities.insert(key(&entity.id), Some(id));
        }
        Known {
            model,
            entities,
            heads: RefCell::new(Memo::of_at_most(MOST_REMEMBERED)),
            plain: RefCell::new(Memo::of_at_most(MOST_REMEMBERED)),
            initials: initials(model),
        }
    }

    /// Whether a cell of a table may be a header or a name; tells delimiters apart.
    #[must_use]
    pub fn is_known(&self, text: &str) -> bool {
        self.model.words.headers.lookup(text).is_some()
            || self.model.names.lookup(text).is_some()
            || self.entity(text).is_some()
            || self.period(text).is_some()
    }

    /// The known name closest to a header.
    pub(super) fn nearest(&self, text: &str) -> Option<String> {
        let headers = self.model.words.headers.names.keys();
        // Of two that are equally close the word for a column is the likelier.
        let names = self.model.names.nearest(text).into_iter();
        let candidates = headers.map(String::as_str).chain(names);
        let (near, _) = nearest(text, candidates)?;
        // Names are kept folded; they are told as they were written.
        let Some(Name::Indicator(id)) = self.model.names.lookup(near) else {
            return Some(near.to_owned());
        };
        let indicator = &self.model.indicators[id];
        let own = [&indicator.id, &indicator.label.zh, &indicator.label.en];
        let mut all = own.into_iter().chain(&indicator.aliases);
        let written = all.find(|name| key(name) == near);
        Some(written.map_or(near, String::as_str).to_owned())
    }

    /// The entity of a name, blanks and widths aside.
    pub(super) fn entity(&self, text: &str) -> Option<EntityId> {
        let found = self.entities.get(&key(text)).copied().flatten();
        found.or_else(|| {
            self.entities
                .get(&fold_tight(text).to_lowercase())
                .copied()
                .flatten()
        })
    }

    /// The period that a text is as a whole.
    pub(super) fn period(&self, text: &str) -> Option<Period> {
        Period::parse(text.trim(), &self.model.words.periods).ok()
    }

    /// The column that a word such as a header names.
    pub(super) fn word(&self, text: &str) -> Option<Column> {
        self.model.words.headers.lookup(text)
    }

    /// The unit that a code of SDMX stands for; a text that is no code stays as it is.
    pub(super) fn unit_of_code(&self, code: &str) -> String {
        let known = self.model.words.unit_codes.get(code);
        known.map_or(code, String::as_str).to_owned()
    }

    fn measure(&self, text: &str) -> Option<Measure> {
        let words = &self.model.words.measures;
        let own = Measure::ALL.into_iter().find(|known| known.word() == text);
        own.or_else(|| words.get(text).copied())
            .or_else(|| words.get(&text.to_lowercase()).copied())
    }

    /// Whether a cell says that there is no figure.
    pub(super) fn is_missing(&self, text: &str) -> bool {
        self.model.words.tables.missing.contains(&key(text))
    }

    /// Whether a cell names a row of totals.
    pub(super) fn is_total(&self, text: &str) -> bool {
        self.model
            .words
            .tables
            .total
            .contains(&fold_tight(text).to_lowercase())
    }

    /// The unit of a text, as it was written; nothing for a scale alone.
    pub(super) fn unit(&self, text: &str) -> Option<String> {
        let text = text.trim();
        match self.model.units.lookup(text)? {
            ParsedUnit::Unit(_) => Some(text.to_owned()),
            _ => None,
        }
    }

    /// What a header means.
    pub(super) fn head(&self, text: &str) -> Rc<Head> {
        if let Some(known) = self.heads.borrow().get(text) {
            return Rc::clone(known);
        }
        let head = Rc::new(self.read_head(&clean(text)));
        self.heads.borrow_mut().insert(text, Rc::clone(&head));
        head
    }

    /// What a cell of names is.
    pub(super) fn plain(&self, text: &str) -> Plain {
        if let Some(known) = self.plain.borrow().get(text) {
            return *known;
        }
        let plain = Plain {
            is_header_word: self.word(text).is_some()
                && self.indicator(text).is_none()
                && self.entity(text).is_none(),
            is_name: self.model.names.lookup(text).is_some(),
        };
        self.plain.borrow_mut().insert(text, plain);
        plain
    }

    /// Whether a name may stand at the start of a text; where none may, the text names nothing.
    pub(super) fn may_name(&self, text: &str) -> bool {
        let first = text
            .trim_start()
            .chars()
            .find(|c| !fold_char(*c).is_whitespace());
        first.is_some_and(|c| {
            let c = fold_char(c);
            c.is_ascii_digit() || c.to_lowercase().any(|c| self.initials.contains(&c))
        })
    }

    fn read_head(&self, text: &str) -> Head {
        if text.is_empty() {
            return Head::Blank;
        }
        let whole = self.atoms(text);
        let word = self.word(text);
        match (word, whole.as_slice()) {
            (Some(column), []) => return Head::Holds(column),
            // The word for a level is also the header of its column.
            (Some(Column::Value), [only]) if is_level(only) => return Head::Holds(Column::Value),
            (Some(column), _) => {
                let held = Named::from([(column, String::new())]);
                return Head::Several(std::iter::once(held).chain(whole).collect());
            }
            (None, _) => {}
        }
        if self.model.words.tables.index.contains(&key(text)) {
            return Head::Index;
        }
        let is_shared = self.model.names.is_ambiguous(text);
        let mut readings = if whole.is_empty() && !is_shared {
            self.parts(text, MOST_CUTS)
        } else {
            whole
        };
        readings.sort();
        readings.dedup();
        match readings.pop() {
            None if is_shared => Head::Several(Vec::new()),
            None => match self.unit(unwrap(text)) {
                Some(unit) => Head::Unit(unit),
                None => Head::Unknown,
            },
            Some(only) if readings.is_empty() => Head::Names(only),
            Some(last) => Head::Several(readings.into_iter().chain([last]).collect()),
        }
    }

    /// What a text names as a whole.
    fn atoms(&self, text: &str) -> Vec<Named> {
        let mut found = Vec::new();
        if let Some(id) = self.indicator(text) {
            found.push(Named::from([(Column::Indicator, id)]));
        }
        if let Some(measure) = self.measure(text) {
            found.push(Named::from([(Column::Measure, measure.word().to_owned())]));
        }
        if let Some(period) = self.period(text).filter(|it| is_written_period(text, it)) {
            found.push(Named::from([(Column::Period, period.to_string())]));
        }
        if let Some(id) = self.entity(text) {
            let id = self.model.entities[id].id.clone();
            found.push(Named::from([(Column::Entity, id)]));
        }
        found
    }

    /// The id of the indicator of a name, blanks inside of Chinese names aside.
    pub(super) fn indicator(&self, text: &str) -> Option<String> {
        let names = &self.model.names;
        let found = names.lookup(text).or_else(|| {
            let tight = fold_tight(text);
            names.lookup(&tight).filter(|_| !tight.is_ascii())
        });
        match found {
            Some(Name::Indicator(id)) => Some(self.model.indicators[id].id.clone()),
            _ => None,
        }
    }

    /// What a text names in parts: a name and a unit in brackets, a name and a measure.
    fn parts(&self, text: &str, cuts: usize) -> Vec<Named> {
        if cuts == 0 || text.chars().nth(LONGEST_SPLIT).is_some() {
            return Vec::new();
        }
        let bracketed = self.bracketed(text, cuts);
        if !bracketed.is_empty() {
            return bracketed;
        }
        let mut found = Vec::new();
        for (at, c) in text.char_indices().skip(1) {
            let (left, right) = text.split_at(at);
            let is_join = |c: char| c == ' ' || "-_·:/,、".contains(c);
            let (left, right) = (
                left.trim_end_matches(is_join),
                right.trim_start_matches(is_join),
            );
            if left.is_empty() || right.is_empty() || is_join(c) && left.len() < at {
                continue;
            }
            let lefts = self.atoms(left);
            if lefts.is_empty() {
                continue;
            }
            let mut rights = self.atoms(right);
            if rights.is_empty() {
                rights = self.parts(right, cuts - 1);
            }
            // Behind a name a unit stands apart: by a stroke or a comma.
            let is_apart = text
                .get(at..)
                .is_some_and(|rest| rest.starts_with(['/', ',', ':']));
            if let (true, Some(unit)) = (is_apart, self.unit(right)) {
                rights.push(Named::from([(Column::Unit, unit)]));
            }
            found.extend(both(&lefts, &rights));
        }
        found
    }

    /// A name with something in brackets behind it.
    fn bracketed(&self, text: &str, cuts: usize) -> Vec<Named> {
        let Some((before, inner)) = text
            .strip_suffix(')')
            .and_then(|rest| rest.rsplit_once('('))
        else {
            return Vec::new();
        };
        let (before, inner) = (before.trim(), inner.trim());
        let mut names = self.atoms(before);
        if names.is_empty() {
            names = self.parts(before, cuts - 1);
        }
        let inner = match inner.split_once(':') {
            Some((word, rest)) if self.word(word) == Some(Column::Unit) => rest.trim(),
            _ => inner,
        };
        let mut found = Vec::new();
        for name in names {
            let mut inside = self.atoms(inner);
            if let Some(unit) = self.unit(inner) {
                inside.push(Named::from([(Column::Unit, unit)]));
            }
            if let Some(definition) = self.definition(&name, inner) {
                inside.push(Named::from([(Column::Definition, definition)]));
            }
            found.extend(both(&[name], &inside));
        }
        found
    }

    fn definition(&self, name: &Named, text: &str) -> Option<String> {
        let Some(Name::Indicator(id)) = self.model.names.lookup(name.get(&Column::Indicator)?)
        else {
            return None;
        };
        let definitions = &self.model.indicators[id].definitions;
        let is_it = |known: &&crate::model::Definition| {
            [&known.id, &known.label.zh, &known.label.en]
                .into_iter()
                .any(|name| !name.is_empty() && key(name) == key(text))
        };
        definitions.iter().find(is_it).map(|known| known.id.clone())
    }
}

/// First letters of what may stand at the start of a header.
fn initials(model: &Model) -> BTreeSet<char> {
    let measures = model.words.measures.keys().map(String::as_str);
    let own = Measure::ALL.into_iter().map(Measure::word);
    let entities = model.entities.values();
    let entities = entities.flat_map(|it| [&it.id, &it.label.zh, &it.label.en]);
    let names = model.names.texts().chain(entities.map(String::as_str));
    let first = |name: &str| key(name).chars().next();
    let others = names.chain(measures).filter_map(first);
    others.chain(own.filter_map(first)).collect()
}

/// Whether a header is a period and no number: 1012.5 is no month, and 4100 no year.
fn is_written_period(text: &str, period: &Period) -> bool {
    let is_number = text
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'.');
    !is_number || text.len() == 4 && YEARS.contains(&period.year())
}

fn is_level(named: &Named) -> bool {
    let level = Measure::Level.word();
    named.len() == 1
        && named
            .get(&Column::Measure)
            .is_some_and(|word| word == level)
}

/// Readings of two parts together, where no part says what the other says.
fn both(lefts: &[Named], rights: &[Named]) -> Vec<Named> {
    let mut found = Vec::new();
    for left in lefts {
        for right in rights {
            if right.keys().all(|column| !left.contains_key(column)) {
                let mut named = left.clone();
                named.extend(right.clone());
                found.push(named);
            }
        }
    }
    found
}

/// Widths, case and outer blanks do not make another word.
pub(crate) fn key(text: &str) -> String {
    fold_width(text.trim()).to_lowercase()
}

/// A header on one line, narrow, with single blanks.
pub(super) fn clean(text: &str) -> String {
    let narrow: String = text.chars().map(fold_char).collect();
    narrow.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text without the brackets around it.
pub(super) fn unwrap(text: &str) -> &str {
    let inner = text.trim().strip_prefix(['(', '[']);
    inner
        .and_then(|inner| inner.strip_suffix([')', ']']))
        .unwrap_or(text)
        .trim()
}
