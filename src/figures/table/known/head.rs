//! The text of a header taken apart: a text goes in, what it names as a whole or in parts comes out.
//! Where two readings are possible both come out. Never guesses.

use super::{Head, Known, Named, YEARS, unwrap};
use crate::figures::table::Column;
use crate::fold::fold_name;
use crate::model::{Class, Measure, Name};
use crate::period::Period;

/// Longer headers are looked up whole and not in parts.
const LONGEST_SPLIT: usize = 48;

/// How often a header is cut in two.
const MOST_CUTS: usize = 3;

impl Known<'_> {
    pub(super) fn read_head(&self, text: &str) -> Head {
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
        if self.model.words.tables.index.contains(&fold_name(text)) {
            return Head::Index;
        }
        // The name of a class stands above its members.
        if let (true, Some(class)) = (whole.is_empty(), self.class(text)) {
            return Head::Holds(match class.owner {
                Some(_) => Column::Record,
                None => Column::Entity,
            });
        }
        if let Some(id) = self.model.breakdowns.find(text) {
            if whole.is_empty() {
                return Head::Parts(self.model.breakdowns.list[id].id.clone());
            }
            let held = Named::from([(Column::Breakdown, String::new())]);
            return Head::Several(std::iter::once(held).chain(whole).collect());
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

    /// The class of bodies that a text names.
    fn class(&self, text: &str) -> Option<&Class> {
        self.classes.get(&fold_name(text)).copied()
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
        // A bare number is no name of a part.
        if text.chars().any(char::is_alphabetic) {
            let pairs = self.model.breakdowns.pairs_of(text).into_iter();
            found.extend(pairs.map(|pair| Named::from([(Column::Breakdown, pair)])));
        }
        found
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
                .any(|name| !name.is_empty() && fold_name(name) == fold_name(text))
        };
        definitions.iter().find(is_it).map(|known| known.id.clone())
    }
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
