//! Columns: one value an entity, for every term.

use crate::number::{Exact, Number};
use crate::set::{Set, Truth};
use crate::verdict::{Cause, Causes};

/// What an answer rests on, in one byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Marks(u8);

impl Marks {
    /// Nothing special.
    pub const NONE: Marks = Marks(0);
    /// An enclosure that may be wider than the truth.
    pub const LOOSE: Marks = Marks(1);
    /// A figure computed from its parts.
    pub const DERIVED: Marks = Marks(2);
    /// A figure on a later basis than the plan's.
    pub const BASIS_REVISED: Marks = Marks(4);
    /// Read as printed, the answer would not be the same.
    pub const READING_SENSITIVE: Marks = Marks(8);
    /// A preferred source decided.
    pub const PREFERRED: Marks = Marks(16);
    /// A definition that no source stated was taken from the indicator.
    pub const DEFINITION_ASSUMED: Marks = Marks(32);
    /// A unit that no source printed was taken from the indicator.
    pub const UNIT_ASSUMED: Marks = Marks(64);
    /// Figures of different bases were linked.
    pub const LINKED: Marks = Marks(128);

    /// All marks with their words in the machine output.
    pub const ALL: [(Marks, &'static str, &'static str); 8] = [
        (
            Marks::READING_SENSITIVE,
            "reading-sensitive",
            "mark-reading-sensitive",
        ),
        (Marks::BASIS_REVISED, "basis-revised", "mark-basis-revised"),
        (Marks::DERIVED, "derived", "mark-derived"),
        (Marks::LOOSE, "loose", "mark-loose"),
        (Marks::PREFERRED, "preferred-source", "mark-preferred"),
        (Marks::LINKED, "linked", "mark-linked"),
        (
            Marks::DEFINITION_ASSUMED,
            "definition-assumed",
            "mark-definition-assumed",
        ),
        (Marks::UNIT_ASSUMED, "unit-assumed", "mark-unit-assumed"),
    ];

    /// Both together.
    #[must_use]
    pub fn union(self, other: Marks) -> Marks {
        Marks(self.0 | other.0)
    }

    /// Whether all of the others are set.
    #[must_use]
    pub fn contains(self, other: Marks) -> bool {
        self.0 & other.0 == other.0
    }

    /// Without the others.
    #[must_use]
    pub fn without(self, other: Marks) -> Marks {
        Marks(self.0 & !other.0)
    }

    /// The words of the machine output.
    pub fn words(self) -> impl Iterator<Item = &'static str> {
        Marks::ALL
            .into_iter()
            .filter(move |(mark, _, _)| self.contains(*mark))
            .map(|(_, word, _)| word)
    }
}

/// A column of numbers: for each row a set of possible values, or the causes why there is none.
#[derive(Debug, Clone)]
pub struct Numbers<N = Exact> {
    sets: Vec<Option<Set<N>>>,
    causes: Vec<Causes>,
    marks: Vec<Marks>,
}

impl<N: Number> Numbers<N> {
    /// An empty column with room for some rows.
    #[must_use]
    pub fn with_capacity(rows: usize) -> Self {
        Numbers {
            sets: Vec::with_capacity(rows),
            causes: Vec::with_capacity(rows),
            marks: Vec::with_capacity(rows),
        }
    }

    /// Adds a row.
    pub fn push(&mut self, set: Option<Set<N>>, causes: Causes, marks: Marks) {
        self.sets.push(set);
        self.causes.push(causes);
        self.marks.push(marks);
    }

    /// The possible values of a row.
    #[must_use]
    pub fn set(&self, row: usize) -> Option<&Set<N>> {
        self.sets.get(row).and_then(Option::as_ref)
    }

    /// Why a row has no value.
    #[must_use]
    pub fn causes(&self, row: usize) -> Causes {
        self.causes.get(row).copied().unwrap_or_default()
    }

    /// What a row rests on.
    #[must_use]
    pub fn marks(&self, row: usize) -> Marks {
        self.marks.get(row).copied().unwrap_or_default()
    }

    /// One row alone.
    pub(super) fn only(&self, row: usize) -> Numbers<N> {
        let mut one = Numbers::with_capacity(1);
        one.push(self.set(row).cloned(), self.causes(row), self.marks(row));
        one
    }

    /// Multiplies a row, as figures of an older basis are linked to a later one.
    pub(super) fn rescale(&mut self, row: usize, factor: &Exact) {
        if let (Some(Some(set)), Some(marks)) = (self.sets.get_mut(row), self.marks.get_mut(row)) {
            *set = set.scale(factor);
            *marks = marks.union(Marks::LINKED);
        }
    }

    /// Takes the value of a row away; what is left is all that it may be, where that counts.
    pub(super) fn spoil(&mut self, row: usize, cause: Cause, left: Option<Set<N>>) {
        if let (Some(set), Some(causes)) = (self.sets.get_mut(row), self.causes.get_mut(row)) {
            *set = left;
            *causes = causes.union(cause.into());
        }
    }
}

/// A column of conditions.
#[derive(Debug, Clone, Default)]
pub struct Truths {
    values: Vec<Truth>,
    causes: Vec<Causes>,
    marks: Vec<Marks>,
}

impl Truths {
    /// An empty column with room for some rows.
    #[must_use]
    pub fn with_capacity(rows: usize) -> Self {
        Truths {
            values: Vec::with_capacity(rows),
            causes: Vec::with_capacity(rows),
            marks: Vec::with_capacity(rows),
        }
    }

    /// Adds a row. Only what is unknown keeps its causes.
    pub fn push(&mut self, value: Truth, causes: Causes, marks: Marks) {
        let causes = if value == Truth::Unknown {
            causes
        } else {
            Causes::NONE
        };
        self.values.push(value);
        self.causes.push(causes);
        self.marks.push(marks);
    }

    /// The condition of a row.
    #[must_use]
    pub fn value(&self, row: usize) -> Truth {
        self.values.get(row).copied().unwrap_or(Truth::Unknown)
    }

    /// Why a row is unknown.
    #[must_use]
    pub fn causes(&self, row: usize) -> Causes {
        self.causes.get(row).copied().unwrap_or_default()
    }

    /// What a row rests on.
    #[must_use]
    pub fn marks(&self, row: usize) -> Marks {
        self.marks.get(row).copied().unwrap_or_default()
    }
}

/// The values of one term.
#[derive(Debug, Clone)]
pub enum Column<N = Exact> {
    /// Numbers.
    Numbers(Numbers<N>),
    /// Conditions.
    Truths(Truths),
}

impl<N: Number> Column<N> {
    /// One row alone.
    pub(super) fn only(&self, row: usize) -> Column<N> {
        match self {
            Column::Numbers(numbers) => Column::Numbers(numbers.only(row)),
            Column::Truths(truths) => {
                let mut one = Truths::with_capacity(1);
                one.push(truths.value(row), truths.causes(row), truths.marks(row));
                Column::Truths(one)
            }
        }
    }

    /// As numbers, where it is one.
    #[must_use]
    pub fn numbers(&self) -> Option<&Numbers<N>> {
        match self {
            Column::Numbers(numbers) => Some(numbers),
            Column::Truths(_) => None,
        }
    }

    /// As conditions, where it is one.
    #[must_use]
    pub fn truths(&self) -> Option<&Truths> {
        match self {
            Column::Truths(truths) => Some(truths),
            Column::Numbers(_) => None,
        }
    }
}
