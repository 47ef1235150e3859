//! What a header may mean: the text of a cell goes in, the column, indicator, period, entity,
//! measure or unit that it names comes out. Only names that the pack knows mean something; where
//! two readings are possible both come out. Never guesses.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::Column;
use crate::figures::memo::Memo;
use crate::fold::{fold_char, fold_name, fold_tight, nearest};
use crate::model::{Class, EntityId, Measure, Model, Name};
use crate::period::Period;
use crate::unit::ParsedUnit;

mod head;

/// The first and the last year that a bare number may be.
pub(super) const YEARS: std::ops::RangeInclusive<i32> = 1900..=2199;

/// Headers that are remembered.
const MOST_REMEMBERED: usize = 20_000;

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
    /// The cells below are codes of this dimension, by its id.
    Parts(String),
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
            Head::Index | Head::Holds(_) | Head::Parts(_) | Head::Names(_) | Head::Several(_)
        )
    }
}

/// The names of a pack, as headers and cells may write them.
pub struct Known<'m> {
    pub(super) model: &'m Model,
    /// Entities by folded name; none where two share it.
    entities: BTreeMap<String, Option<EntityId>>,
    /// Classes of bodies by folded name; the first that has it.
    classes: BTreeMap<String, &'m Class>,
    heads: RefCell<Memo<Rc<Head>>>,
    plain: RefCell<Memo<Plain>>,
    /// For headers that nobody knows, the known name that is closest.
    near: RefCell<Memo<Option<String>>>,
    /// Whether a cell is a header or a name.
    names: RefCell<Memo<bool>>,
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
            let own = [&entity.id, &entity.label.zh, &entity.label.en];
            let aliases = entity.aliases().iter().map(String::as_str);
            for name in own.into_iter().map(String::as_str).chain(aliases) {
                if name.is_empty() {
                    continue;
                }
                let known = entities.entry(fold_name(name)).or_insert(Some(id));
                if *known != Some(id) {
                    *known = None;
                }
            }
        }
        // An id wins over a name.
        for (id, entity) in model.entities.iter() {
            entities.insert(fold_name(&entity.id), Some(id));
        }
        Known {
            model,
            entities,
            classes: classes(model),
            heads: RefCell::new(Memo::of_at_most(MOST_REMEMBERED)),
            plain: RefCell::new(Memo::of_at_most(MOST_REMEMBERED)),
            near: RefCell::new(Memo::of_at_most(MOST_REMEMBERED)),
            names: RefCell::new(Memo::of_at_most(MOST_REMEMBERED)),
            initials: initials(model),
        }
    }

    pub(crate) fn model(&self) -> &'m Model {
        self.model
    }

    /// Whether a cell of a table may be a header or a name; tells delimiters apart.
    #[must_use]
    pub fn is_known(&self, text: &str) -> bool {
        if let Some(known) = self.names.borrow().get(text) {
            return *known;
        }
        let is_known = self.looked_up(text);
        self.names.borrow_mut().insert(text, is_known);
        is_known
    }

    fn looked_up(&self, text: &str) -> bool {
        self.model.words.headers.lookup(text).is_some()
            || self.model.names.lookup(text).is_some()
            || self.entity(text).is_some()
            || self.period(text).is_some()
            || self.model.breakdowns.find(text).is_some()
    }

    /// The known name closest to a header.
    pub(super) fn nearest(&self, text: &str) -> Option<String> {
        if let Some(known) = self.near.borrow().get(text) {
            return known.clone();
        }
        let near = self.look_for_nearest(text);
        self.near.borrow_mut().insert(text, near.clone());
        near
    }

    fn look_for_nearest(&self, text: &str) -> Option<String> {
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
        let written = all.find(|name| fold_name(name) == near);
        Some(written.map_or(near, String::as_str).to_owned())
    }

    /// The entity of a name, blanks and widths aside.
    pub(super) fn entity(&self, text: &str) -> Option<EntityId> {
        let found = self.entities.get(&fold_name(text)).copied().flatten();
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

    /// What a cell beside a figure tells of it: for whom, when, or for which part it is.
    pub(super) fn key_in(&self, text: &str) -> Option<Column> {
        let text = text.trim();
        if self.entity(text).is_some() {
            return Some(Column::Entity);
        }
        if text.is_empty() || text.chars().all(|c| c.is_ascii_digit()) {
            return None;
        }
        let words = &self.model.words.periods;
        let in_a_year = || {
            let year = words.year.first()?;
            Period::parse(&format!("2000{year}{text}"), words).ok()
        };
        if self.period(text).or_else(in_a_year).is_some() {
            return Some(Column::Period);
        }
        self.model
            .breakdowns
            .is_code(text)
            .then_some(Column::Breakdown)
    }

    /// What a header tells that is no column's: a part of a year, or a breakdown.
    pub(super) fn key_of_header(&self, text: &str) -> Option<Column> {
        let words = &self.model.words.periods;
        let text = fold_name(text);
        let mut parts = words.month.iter().chain(&words.day);
        let is_part = parts.any(|word| *word == text)
            || words
                .quarters
                .iter()
                .any(|(word, _)| word.ends_with(&text) && !text.is_empty());
        if is_part {
            return Some(Column::Period);
        }
        let is_dimension = !text.is_empty() && self.model.breakdowns.find(&text).is_some();
        is_dimension.then_some(Column::Breakdown)
    }

    /// What a cell below the name of a dimension adds to the breakdown; nothing for the total.
    pub(super) fn part(&self, dimension: &str, text: &str) -> Option<String> {
        let text = text.trim();
        if let Some(pair) = self.model.breakdowns.pair(dimension, text) {
            return Some(pair);
        }
        let is_total = text.is_empty() || self.is_total(text);
        (!is_total).then(|| match text.contains('=') {
            true => text.to_owned(),
            false => format!("{dimension}={text}"),
        })
    }

    /// Whether a cell says that there is no figure.
    pub(super) fn is_missing(&self, text: &str) -> bool {
        self.model.words.tables.missing.contains(&fold_name(text))
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
        let units = &self.model.units;
        // A number in front counts units: 10 000 households.
        let found = match text.starts_with(|c: char| c.is_ascii_digit()) {
            true => units.find(text),
            false => units.lookup(text),
        };
        matches!(found?, ParsedUnit::Unit(_)).then(|| text.to_owned())
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
}

fn classes(model: &Model) -> BTreeMap<String, &Class> {
    let mut classes = BTreeMap::new();
    for class in model.classes.values() {
        let own = [&class.id, &class.label.zh, &class.label.en];
        let names = own.into_iter().chain(&class.aliases);
        for name in names.filter(|name| !name.is_empty()) {
            classes.entry(fold_name(name)).or_insert(class);
        }
    }
    classes
}

/// First letters of what may stand at the start of a header.
fn initials(model: &Model) -> BTreeSet<char> {
    let measures = model.words.measures.keys().map(String::as_str);
    let own = Measure::ALL.into_iter().map(Measure::word);
    let entities = model.entities.values();
    let entities = entities.flat_map(|it| {
        let own = [&it.id, &it.label.zh, &it.label.en];
        let own = own.into_iter().map(String::as_str);
        own.chain(it.aliases().iter().map(String::as_str))
    });
    let parts = model.breakdowns.list.values();
    let parts = parts.flat_map(|it| &it.codes).flat_map(|it| {
        let own = [&it.id, &it.label.zh, &it.label.en];
        own.into_iter().chain(&it.aliases).map(String::as_str)
    });
    let names = model.names.texts().chain(entities).chain(parts);
    let first = |name: &str| {
        let letter = name.trim().chars().next().map(fold_char)?;
        letter.to_lowercase().next()
    };
    let others = names.chain(measures).filter_map(first);
    others.chain(own.filter_map(first)).collect()
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
