//! Goals over three figures, as text and as an arithmetic of their own.

use plumbrule::number::Exact;
use proptest::prelude::*;

/// The figures of every goal; each is a whole number within its bounds.
pub(super) const NAMES: [&str; 3] = ["a", "b", "c"];
pub(super) const MOST: [i64; 3] = [12, 9, 14];
pub(super) const LEAST: [i64; 3] = [0, 1, 2];

#[derive(Debug, Clone)]
pub(super) enum Number {
    Figure(usize),
    Plain(i64),
    Sum(Box<Number>, Box<Number>),
    Difference(Box<Number>, Box<Number>),
    Times(i64, Box<Number>),
    Smallest(Box<Number>, Box<Number>),
    Largest(Box<Number>, Box<Number>),
    /// Two figures multiplied.
    Product(usize, usize),
}

#[derive(Debug, Clone)]
pub(super) enum Goal {
    AtLeast(Number, Number),
    Below(Number, Number),
    Is(Number, Number),
    /// A share of two figures is above so many tenths; the second is never zero.
    Share(usize, i64),
    Square(usize, i64),
    Both(Box<Goal>, Box<Goal>),
    Either(Box<Goal>, Box<Goal>),
    Not(Box<Goal>),
}

impl Number {
    pub(super) fn text(&self) -> String {
        match self {
            Number::Figure(n) => NAMES[*n].to_owned(),
            Number::Plain(value) => format!("{value}个"),
            Number::Sum(a, b) => format!("({} + {})", a.text(), b.text()),
            Number::Difference(a, b) => format!("({} - {})", a.text(), b.text()),
            Number::Times(n, a) => format!("({n} * {})", a.text()),
            Number::Smallest(a, b) => format!("min({}, {})", a.text(), b.text()),
            Number::Largest(a, b) => format!("max({}, {})", a.text(), b.text()),
            Number::Product(a, b) => format!("({} * ({} / 1个))", NAMES[*a], NAMES[*b]),
        }
    }

    pub(super) fn value(&self, at: &[Exact]) -> Exact {
        match self {
            Number::Figure(n) => at[*n].clone(),
            Number::Plain(value) => Exact::from(*value),
            Number::Sum(a, b) => a.value(at) + b.value(at),
            Number::Difference(a, b) => a.value(at) - b.value(at),
            Number::Times(n, a) => Exact::from(*n) * a.value(at),
            Number::Smallest(a, b) => a.value(at).min(b.value(at)),
            Number::Largest(a, b) => a.value(at).max(b.value(at)),
            Number::Product(a, b) => &at[*a] * &at[*b],
        }
    }
}

impl Goal {
    pub(super) fn text(&self) -> String {
        match self {
            Goal::AtLeast(a, b) => format!("{} >= {}", a.text(), b.text()),
            Goal::Below(a, b) => format!("{} < {}", a.text(), b.text()),
            Goal::Is(a, b) => format!("{} is {}", a.text(), b.text()),
            Goal::Share(n, tenths) => format!("{} / b > {}%", NAMES[*n], tenths * 10),
            Goal::Square(n, most) => format!("({} / 1个) ^ 2 <= {most}", NAMES[*n]),
            Goal::Both(a, b) => format!("({} and {})", a.text(), b.text()),
            Goal::Either(a, b) => format!("({} or {})", a.text(), b.text()),
            Goal::Not(a) => format!("(not ({}))", a.text()),
        }
    }

    pub(super) fn holds(&self, at: &[Exact]) -> bool {
        match self {
            Goal::AtLeast(a, b) => a.value(at) >= b.value(at),
            Goal::Below(a, b) => a.value(at) < b.value(at),
            Goal::Is(a, b) => a.value(at) == b.value(at),
            Goal::Share(n, tenths) => Exact::from(10) * &at[*n] > Exact::from(*tenths) * &at[1],
            Goal::Square(n, most) => &at[*n] * &at[*n] <= Exact::from(*most),
            Goal::Both(a, b) => a.holds(at) && b.holds(at),
            Goal::Either(a, b) => a.holds(at) || b.holds(at),
            Goal::Not(a) => !a.holds(at),
        }
    }
}

pub(super) fn number() -> impl Strategy<Value = Number> {
    let leaf = prop_oneof![
        4 => (0..3usize).prop_map(Number::Figure),
        1 => (0..12i64).prop_map(Number::Plain),
    ];
    leaf.prop_recursive(3, 6, 2, |inner| {
        let two = || {
            (
                inner.clone().prop_map(Box::new),
                inner.clone().prop_map(Box::new),
            )
        };
        prop_oneof![
            6 => two().prop_map(|(a, b)| Number::Sum(a, b)),
            3 => two().prop_map(|(a, b)| Number::Difference(a, b)),
            2 => (2..4i64, inner.clone()).prop_map(|(n, a)| Number::Times(n, Box::new(a))),
            1 => two().prop_map(|(a, b)| Number::Smallest(a, b)),
            1 => two().prop_map(|(a, b)| Number::Largest(a, b)),
            1 => (0..2usize).prop_map(|a| Number::Product(a, 2)),
        ]
    })
}

/// A number that names a figure, so that a goal is never about numbers alone.
pub(super) fn named() -> impl Strategy<Value = Number> {
    (0..3usize, number(), any::<bool>()).prop_map(|(n, other, is_sum)| {
        let figure = Box::new(Number::Figure(n));
        match is_sum {
            true => Number::Sum(figure, Box::new(other)),
            false => Number::Figure(n),
        }
    })
}

pub(super) fn goal() -> impl Strategy<Value = Goal> {
    let plain = || (-4..28i64).prop_map(Number::Plain);
    let side = || prop_oneof![3 => plain(), 1 => number()];
    let leaf = prop_oneof![
        4 => (named(), side()).prop_map(|(a, b)| Goal::AtLeast(a, b)),
        4 => (named(), side()).prop_map(|(a, b)| Goal::Below(a, b)),
        1 => (named(), side()).prop_map(|(a, b)| Goal::Is(a, b)),
        1 => (prop_oneof![Just(0usize), Just(2)], 1..30i64).prop_map(|(n, it)| Goal::Share(n, it)),
        1 => (0..3usize, 1..150i64).prop_map(|(n, most)| Goal::Square(n, most)),
    ];
    leaf.prop_recursive(2, 4, 2, |inner| {
        let two = || {
            (
                inner.clone().prop_map(Box::new),
                inner.clone().prop_map(Box::new),
            )
        };
        prop_oneof![
            2 => two().prop_map(|(a, b)| Goal::Both(a, b)),
            2 => two().prop_map(|(a, b)| Goal::Either(a, b)),
            1 => inner.prop_map(|a| Goal::Not(Box::new(a))),
        ]
    })
}

pub(super) fn printed() -> impl Strategy<Value = [i64; 3]> {
    [0, 1, 2].map(|n| LEAST[n]..=MOST[n])
}
