//! What a claim allows: a printed claim and a reading go in, the set of values in printed units
//! comes out. Never narrower than the words say.

use super::{Number, PlusPosition, Printed, Qualifier};
use crate::number::Exact;
use crate::set::{End, Set};

/// How a plain number is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reading {
    /// The official figure is the official figure.
    Exact,
    /// Every number that would be printed with these digits, both ends included.
    Printed,
}

/// A declared width.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Width {
    /// In the printed unit.
    Absolute(Exact),
    /// A part of the printed number.
    Relative(Exact),
}

/// The widths that a pack declares for words that prove nothing without one.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Widths {
    /// How far below the number "nearly" reaches.
    pub nearly: Option<Width>,
    /// How far to both sides "about" reaches.
    pub about: Option<Width>,
}

impl Width {
    /// The width at a number, in the printed unit.
    fn at(&self, value: &Exact) -> Exact {
        match self {
            Self::Absolute(width) => width.abs(),
            Self::Relative(part) => &part.abs() * &value.abs(),
        }
    }
}

impl Number {
    /// Half of one in the last printed digit; nothing if no digits were printed.
    fn half_step(&self) -> Option<Exact> {
        self.step.as_ref()?.checked_div(&Exact::from(2))
    }
}

impl Printed {
    /// Returns the set of values that the claim allows, in the unit of its text.
    #[must_use]
    pub fn set(&self, reading: Reading, widths: &Widths) -> Set {
        let is_about = self.qualifiers.contains(&Qualifier::About);
        let Some(bounded) = self.bounded(widths) else {
            let plain = self.plain(reading);
            return if is_about {
                self.blurred(&plain, widths)
            } else {
                plain
            };
        };
        if is_about {
            self.blurred(&bounded, widths)
        } else {
            bounded
        }
    }

    /// Whether no number fits all the words.
    pub(super) fn is_empty(&self) -> bool {
        let sets = self
            .qualifiers
            .iter()
            .filter_map(|q| self.side(*q, &Widths::default()));
        let mut whole = Some(Set::all());
        for set in sets {
            whole = whole.and_then(|w| w.intersect(&set));
        }
        whole.is_none()
    }

    fn plain(&self, reading: Reading) -> Set {
        let upper = self.upper.as_ref().unwrap_or(&self.number);
        let (lo, hi) = (&self.number, upper);
        let ends = match reading {
            Reading::Exact => Some((lo.value.clone(), hi.value.clone())),
            Reading::Printed => lo
                .half_step()
                .zip(hi.half_step())
                .map(|(below, above)| (&lo.value - &below, &hi.value + &above)),
        };
        ends.and_then(|(lo, hi)| Set::closed(lo, hi))
            .unwrap_or_else(Set::all)
    }

    /// The intersection of what the words but "about" say; nothing if there is no such word.
    fn bounded(&self, widths: &Widths) -> Option<Set> {
        let mut sets = self.qualifiers.iter().filter_map(|q| self.side(*q, widths));
        let first = sets.next()?;
        // INVARIANT: parsing refuses words that no number fits.
        Some(sets.fold(first, |whole, set| whole.intersect(&set).unwrap_or(whole)))
    }

    fn side(&self, qualifier: Qualifier, widths: &Widths) -> Option<Set> {
        let value = &self.number.value;
        match qualifier {
            Qualifier::Exact | Qualifier::About => None,
            Qualifier::Over => Some(Set::above(value.clone())),
            Qualifier::AtLeast => Some(Set::at_least(value.clone())),
            Qualifier::Below => Some(Set::below(value.clone())),
            Qualifier::AtMost => Some(Set::at_most(value.clone())),
            Qualifier::Nearly => Some(nearly(value, widths.nearly.as_ref())),
            Qualifier::Plus => Some(self.plus()),
        }
    }

    /// Beyond the number, as seen from zero, and short of the next step.
    fn plus(&self) -> Set {
        let value = &self.number.value;
        let step = match self.plus_position {
            // For a whole number, one in its last digit is one scale word.
            Some(PlusPosition::AfterScale) => self.number.step.as_ref(),
            _ => self.number.last_nonzero_step.as_ref(),
        };
        let next = step.map(|step| {
            if value.is_negative() {
                value - step
            } else {
                value + step
            }
        });
        let next = next.map_or(End::Unbounded, End::Open);
        let from = End::Open(value.clone());
        let (lo, hi) = if value.is_negative() {
            (next, from)
        } else {
            (from, next)
        };
        Set::new(lo, hi).unwrap_or_else(Set::all)
    }

    /// Widens a set by what "about" reaches; without a declared width nothing is known.
    fn blurred(&self, set: &Set, widths: &Widths) -> Set {
        let Some(width) = &widths.about else {
            return Set::all();
        };
        let upper = self.upper.as_ref().unwrap_or(&self.number);
        // A plain number already widened to its printed digits is not widened twice.
        let plain = self.plain(Reading::Exact);
        let about = |set: &Set| {
            let lo = shift(set.lo(), |lo| lo - &width.at(&self.number.value));
            let hi = shift(set.hi(), |hi| hi + &width.at(&upper.value));
            Set::new(lo, hi).unwrap_or_else(Set::all)
        };
        let is_bounded = self.qualifiers.iter().any(|q| *q != Qualifier::About);
        if is_bounded {
            about(set)
        } else {
            about(&plain).hull(set)
        }
    }
}

/// Short of the number, as seen from zero: a fall of nearly five is no fall of five.
fn nearly(value: &Exact, width: Option<&Width>) -> Set {
    let from = End::Open(value.clone());
    let width = width.map(|w| w.at(value)).filter(|w| !w.is_zero());
    let set = match (value.is_negative(), width) {
        (false, None) => Set::new(End::Unbounded, from),
        (false, Some(width)) => Set::new(End::Closed(value - &width), from),
        (true, None) => Set::new(from, End::Unbounded),
        (true, Some(width)) => Set::new(from, End::Closed(value + &width)),
    };
    set.unwrap_or_else(Set::all)
}

fn shift(end: &End, by: impl FnOnce(&Exact) -> Exact) -> End {
    match end {
        End::Unbounded => End::Unbounded,
        End::Open(value) => End::Open(by(value)),
        End::Closed(value) => End::Closed(by(value)),
    }
}
