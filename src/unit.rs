//! Units: declarations go in, the text of a unit cell goes in, a factor with a dimension comes
//! out. Every name of a unit, scale or kind is data that a caller hands in. Never guesses: an
//! unknown text is an error that names the closest declared unit.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::BitOr;
use std::ops::Bound;

use crate::fold::{fold_char, fold_tight};
use crate::number::Exact;

mod dimension;
mod languages;
mod parse;

pub use dimension::{Dimension, KindId};

/// Longest text, in characters, that is read as a unit or declared as a name.
pub const LONGEST_UNIT: usize = 64;

/// What a pure number means in print.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Nature {
    /// A quantity, a count or a ratio.
    Plain,
    /// A share or a growth, in parts of a hundred or a thousand.
    Percent,
    /// A difference between shares.
    Points,
    /// So many times something.
    Multiple,
}

/// A unit of measurement.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Unit {
    /// The name as written.
    pub name: String,
    /// One of this unit in base units.
    pub factor: Exact,
    /// What the unit measures.
    pub dimension: Dimension,
    /// What a pure number means in this unit.
    pub nature: Nature,
}

/// What a unit text says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ParsedUnit {
    /// Nothing.
    Blank,
    /// A power of ten and no unit.
    Scale(Exact),
    /// A unit.
    Unit(Unit),
}

/// The two families of scales.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ScaleClass {
    /// A word of a language, such as million; smaller ones may stand before greater ones.
    Word,
    /// A decimal prefix of the SI; one may stand before a unit, after any words.
    Metric,
}

/// Which scales may stand before a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Prefixes(u8);

impl Prefixes {
    /// No scale may.
    pub const NONE: Self = Self(0);
    /// Scale words may.
    pub const WORDS: Self = Self(1);
    /// Metric prefixes may.
    pub const METRIC: Self = Self(2);

    /// Says whether scales of the class may stand before the unit.
    #[must_use]
    pub fn allows(self, class: ScaleClass) -> bool {
        let flag = match class {
            ScaleClass::Word => Self::WORDS,
            ScaleClass::Metric => Self::METRIC,
        };
        self.0 & flag.0 != 0
    }
}

impl BitOr for Prefixes {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// A declaration that cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeclareError {
    /// The kind is declared already.
    DuplicateKind(String),
    /// The unit's name is declared already, as a unit.
    DuplicateUnit(String),
    /// The scale's name is declared already, as a scale.
    DuplicateScale(String),
    /// The name is empty or too long.
    BadName(String),
    /// The factor is not above zero.
    BadFactor(String),
}

/// A text that is no unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UnitError {
    /// No declared unit has this name.
    Unknown {
        /// The part of the text that is unknown.
        text: String,
        /// The closest unit that could have been meant, with the scales as written.
        nearest: Option<String>,
    },
    /// The text can be cut into scale and unit in ways that differ in meaning.
    Ambiguous {
        /// The text.
        text: String,
        /// Each way, with a blank between scale and unit.
        readings: Vec<String>,
    },
    /// A part of a product or quotient is empty, or the text is too long.
    Malformed {
        /// The text, cut short.
        text: String,
        /// The place of the empty part, in characters of the text without blanks.
        at: usize,
    },
}

/// Two units of which neither converts to the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitMismatch {
    /// The unit of the value.
    pub from: String,
    /// The unit asked for.
    pub to: String,
    /// Whether they measure the same, and differ only in what a pure number means.
    pub is_same_dimension: bool,
}

#[derive(Debug, Clone)]
struct UnitDef {
    unit: Unit,
    /// All names, as declared.
    names: Vec<String>,
    prefixes: Prefixes,
}

/// The declared kinds, units and scales.
#[derive(Debug, Clone, Default)]
pub struct Units {
    kinds: Vec<String>,
    kind_of: BTreeMap<String, KindId>,
    /// For a kind that counts like another: that other, always an earlier one.
    like: BTreeMap<KindId, KindId>,
    defs: Vec<UnitDef>,
    names: BTreeMap<String, usize>,
    scales: BTreeMap<String, (Exact, ScaleClass)>,
    /// For each first letter of names and scales the bytes of the longest of them.
    longest: BTreeMap<char, usize>,
    /// All letters of names and scales.
    letters: BTreeSet<char>,
}

impl Units {
    /// Returns a registry that holds nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Declares a base kind.
    ///
    /// # Errors
    /// If the name is taken, empty or too long.
    pub fn add_kind(&mut self, name: &str) -> Result<KindId, DeclareError> {
        let key = name_key(name)?;
        if self.kind_of.contains_key(&key) {
            return Err(DeclareError::DuplicateKind(key));
        }
        let index = u32::try_from(self.kinds.len()).unwrap_or(u32::MAX);
        let id = KindId::new(index);
        self.kinds.push(name.trim().to_owned());
        self.kind_of.insert(key, id);
        Ok(id)
    }

    /// Returns the kind of that name; of kinds that count alike, the first declared.
    #[must_use]
    pub fn kind(&self, name: &str) -> Option<KindId> {
        self.kind_of
            .get(&fold_tight(name))
            .map(|id| self.canonical_kind(*id))
    }

    /// Returns the name under which a kind was declared.
    #[must_use]
    pub fn kind_name(&self, id: KindId) -> Option<&str> {
        self.kinds.get(id.index()).map(String::as_str)
    }

    /// Declares that two kinds count alike.
    pub fn unite(&mut self, a: KindId, b: KindId) {
        let (a, b) = (self.canonical_kind(a), self.canonical_kind(b));
        if a != b {
            // INVARIANT: links lead to earlier kinds, so following them ends.
            self.like.insert(a.max(b), a.min(b));
        }
    }

    fn canonical_kind(&self, mut id: KindId) -> KindId {
        while let Some(earlier) = self.like.get(&id) {
            id = *earlier;
        }
        id
    }

    /// Returns the dimension with every kind replaced by the one that stands for its like.
    #[must_use]
    pub fn canonical(&self, dimension: &Dimension) -> Dimension {
        dimension.map_kinds(|id| self.canonical_kind(id))
    }

    /// Declares a unit under one or more names.
    ///
    /// # Errors
    /// If a name is taken, empty or too long, or the factor is not above zero; then nothing is
    /// added.
    pub fn add_unit(
        &mut self,
        names: &[&str],
        unit: Unit,
        prefixes: Prefixes,
    ) -> Result<(), DeclareError> {
        if unit.factor <= Exact::from(0) {
            return Err(DeclareError::BadFactor(unit.name));
        }
        let mut keys = Vec::new();
        for name in names {
            let key = name_key(name)?;
            if self.names.contains_key(&key) || keys.contains(&key) {
                return Err(DeclareError::DuplicateUnit(key));
            }
            keys.push(key);
        }
        if keys.is_empty() {
            return Err(DeclareError::BadName(unit.name));
        }
        let index = self.defs.len();
        for key in &keys {
            self.measure(key);
        }
        self.names.extend(keys.into_iter().map(|key| (key, index)));
        let names = names.iter().map(|name| (*name).to_owned()).collect();
        self.defs.push(UnitDef {
            unit,
            names,
            prefixes,
        });
        Ok(())
    }

    /// Declares a scale.
    ///
    /// # Errors
    /// If the name is taken by a scale, empty or too long, or the factor is not above zero.
    pub fn add_scale(
        &mut self,
        names: &[&str],
        factor: &Exact,
        class: ScaleClass,
    ) -> Result<(), DeclareError> {
        for name in names {
            let key = name_key(name)?;
            if *factor <= Exact::from(0) {
                return Err(DeclareError::BadFactor(key));
            }
            if self.scales.contains_key(&key) {
                return Err(DeclareError::DuplicateScale(key));
            }
            self.measure(&key);
            self.scales.insert(key, (factor.clone(), class));
        }
        Ok(())
    }

    /// Keeps the letters of a name or scale, and how long those with its first letter are.
    fn measure(&mut self, key: &str) {
        self.letters.extend(key.chars());
        if let Some(first) = key.chars().next() {
            let longest = self.longest.entry(first).or_default();
            *longest = key.len().max(*longest);
        }
    }

    /// The bytes of the longest name or scale that starts as a folded text does; 0 where none does.
    fn longest_at(&self, text: &str) -> usize {
        let first = text.chars().next();
        first
            .and_then(|first| self.longest.get(&first))
            .map_or(0, |longest| *longest)
    }

    /// Whether a letter, as it was written, may stand in the text of a unit: in a name, as a mark or as a blank.
    pub(crate) fn may_hold(&self, letter: char) -> bool {
        let letter = fold_char(letter);
        self.letters.contains(&letter) || parse::is_mark(letter) || letter.is_whitespace()
    }

    /// Reads the text of a unit: a scale, or a product or quotient of units with their scales.
    ///
    /// Full-width forms and blanks make no difference. Everything after the first `/` divides,
    /// as statistics print it: GB/person·month is per person and per month.
    ///
    /// # Errors
    /// What is unknown and the closest declared unit; or that the text has two meanings; or
    /// where it is not formed as a unit.
    pub fn parse(&self, text: &str) -> Result<ParsedUnit, UnitError> {
        parse::parse_unit(self, text)
    }

    /// Returns what a text says as [`Units::parse`] does, without looking for what else could have
    /// been meant.
    #[must_use]
    pub fn find(&self, text: &str) -> Option<ParsedUnit> {
        parse::read_unit(self, &fold_tight(text), text.trim())
            .ok()
            .flatten()
    }

    /// Returns what a text says if it is blank, a scale or one unit, without looking for what
    /// else could have been meant. No number stands before it.
    #[must_use]
    pub fn lookup(&self, text: &str) -> Option<ParsedUnit> {
        parse::recognise(self, &fold_tight(text), text.trim())
            .ok()
            .flatten()
    }

    /// Cuts the scales off the start of a unit text: their product, and what is left.
    ///
    /// A unit whose own name starts with a scale stays whole.
    #[must_use]
    pub fn split_scale(&self, text: &str) -> (Exact, String) {
        parse::split_scale(self, &fold_tight(text))
    }

    /// Returns the base units in one of a unit with its scale words cut off: what a figure with a
    /// scale and no unit counts in.
    #[must_use]
    pub fn without_scale(&self, unit: &Unit) -> Exact {
        let (scale, _) = self.split_scale(&unit.name);
        unit.factor
            .checked_div(&scale)
            .unwrap_or_else(|| unit.factor.clone())
    }

    /// Returns the declared names of units that measure the same, in the order of declaration.
    #[must_use]
    pub fn neighbours(&self, dimension: &Dimension) -> Vec<&str> {
        let wanted = self.canonical(dimension);
        let same = self
            .defs
            .iter()
            .filter(|d| self.canonical(&d.unit.dimension) == wanted);
        same.map(|d| d.unit.name.as_str()).collect()
    }

    /// Returns the declared scale words of a factor, in order.
    pub fn scale_words(&self, factor: &Exact) -> impl Iterator<Item = &str> {
        let all = self
            .scales
            .iter()
            .filter(move |(_, (own, _))| own == factor);
        all.map(|(word, _)| word.as_str())
    }

    /// Returns the longest scale word that a text begins with, as its bytes and its factor.
    pub(crate) fn word_scale_at(&self, text: &str) -> Option<(usize, &Exact)> {
        if self.longest_at(text) == 0 {
            return None;
        }
        let first = text.get(..text.chars().next()?.len_utf8())?;
        let scales = self
            .scales
            .range::<str, _>((Bound::Included(first), Bound::Unbounded));
        let scales = scales.take_while(|(word, _)| word.starts_with(first));
        let own = scales.filter(|(word, (_, class))| {
            *class == ScaleClass::Word && text.starts_with(word.as_str())
        });
        own.map(|(word, (factor, _))| (word.len(), factor))
            .max_by_key(|(length, _)| *length)
    }
}

fn name_key(name: &str) -> Result<String, DeclareError> {
    let key = fold_tight(name);
    let length = key.chars().count();
    if length == 0 || length > LONGEST_UNIT {
        Err(DeclareError::BadName(key))
    } else {
        Ok(key)
    }
}

/// Converts a value from one unit to another.
///
/// # Errors
/// If the units measure different things, or a pure number means different things in them.
pub fn convert(value: &Exact, from: &Unit, to: &Unit) -> Result<Exact, UnitMismatch> {
    let is_same_dimension = from.dimension == to.dimension;
    let mismatch = || UnitMismatch {
        from: from.name.clone(),
        to: to.name.clone(),
        is_same_dimension,
    };
    if !is_same_dimension || from.nature != to.nature {
        return Err(mismatch());
    }
    (value * &from.factor)
        .checked_div(&to.factor)
        .ok_or_else(mismatch)
}
