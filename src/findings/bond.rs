//! What binds figures to each other, as arithmetic on closed sets.
//!
//! Sets of figures go in, in the order that the bond names; what they would have to be and are not
//! comes out. Every figure stands in its bond once, so that an answer is exact: what some values
//! satisfy never clashes.

use crate::number::Exact;
use crate::set::Set;

/// What binds figures to each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Bond {
    /// Now, before, growth: over all the years between.
    Growth,
    /// Now, before, growth: of each of so many years on average.
    AverageGrowth(u32),
    /// Now, before, change.
    Change,
    /// Now, before, change: of each of so many years on average.
    AverageChange(u32),
    /// Part, whole, share.
    Share,
    /// Whole, and those of its parts that have a figure.
    Parts(Rest),
    /// The shares of one whole that have a figure.
    Shares(Rest),
    /// Part, whole: the part is not above the whole.
    Within,
    /// Before, now: it does not fall.
    Rising,
}

/// What is known of all the parts of a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Rest {
    /// How many parts are listed.
    pub listed: usize,
    /// There may be parts that nobody listed.
    pub is_open: bool,
    /// The least that a part may be, where that is declared.
    pub least: Option<Exact>,
}

/// Figures that no values satisfy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Clash {
    /// What the other figures allow.
    pub computed: Set,
    /// What is printed.
    pub printed: Set,
    /// How far both are apart at least.
    pub gap: Exact,
}

impl Bond {
    /// What is contradicted; nothing where some values of these sets satisfy the bond.
    pub(crate) fn clash(&self, sets: &[Set]) -> Option<Clash> {
        let (computed, printed) = match (self, sets) {
            (Bond::Growth, [now, before, growth]) => {
                (less_one(&now.div(before).ok()?), growth.clone())
            }
            (Bond::AverageGrowth(years), [now, before, growth]) => {
                let ratio = now.div(before).ok()?;
                (less_one(&ratio.root(*years).ok()?), growth.clone())
            }
            (Bond::Change, [now, before, change]) => (now.sub(before), change.clone()),
            (Bond::AverageChange(years), [now, before, change]) => {
                let part = Exact::ratio(1, i64::from(*years))?;
                (now.sub(before).scale(&part), change.clone())
            }
            (Bond::Share, [part, whole, share]) => (part.div(whole).ok()?, share.clone()),
            (Bond::Parts(rest), [whole, parts @ ..]) => (together(parts, rest)?, whole.clone()),
            (Bond::Shares(rest), parts) => (together(parts, rest)?, Set::point(Exact::from(1))),
            (Bond::Within, [part, whole]) => {
                let most = whole.hi().value()?;
                (Set::at_most(most.clone()), part.clone())
            }
            (Bond::Rising, [before, now]) => {
                let least = before.lo().value()?;
                (Set::at_least(least.clone()), now.clone())
            }
            _ => return None,
        };
        let gap = computed.closure().gap(&printed.closure())?;
        Some(Clash {
            computed,
            printed,
            gap,
        })
    }
}

/// Whether the levels now and before can have this growth, or this change.
pub(crate) fn is_moved(is_growth: bool, sets: &[Set; 3]) -> bool {
    let bond = if is_growth {
        Bond::Growth
    } else {
        Bond::Change
    };
    bond.clash(sets).is_none()
}

fn less_one(ratio: &Set) -> Set {
    ratio.sub(&Set::point(Exact::from(1)))
}

impl Rest {
    /// What the parts without a figure may be, where so many have one.
    pub(crate) fn others(&self, n_known: usize) -> Others {
        let missing = self.listed.saturating_sub(n_known);
        if missing == 0 && !self.is_open {
            return Others::None;
        }
        let more = || {
            let least = self.least.as_ref()?;
            // Of parts that nobody listed it is only known that they take nothing away.
            let is_sure = !self.is_open || !least.is_negative();
            let missing = Exact::from(i64::try_from(missing).ok()?);
            is_sure.then(|| least * &missing)
        };
        more().map_or(Others::Anything, Others::AtLeast)
    }
}

/// What parts without a figure may be together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Others {
    /// There are none.
    None,
    /// This or more.
    AtLeast(Exact),
    /// Anything.
    Anything,
}

/// What parts are together, those without a figure with them; nothing where these may be anything.
fn together(parts: &[Set], rest: &Rest) -> Option<Set> {
    let nothing = Set::point(Exact::from(0));
    let known = parts.iter().fold(nothing, |all, part| all.add(part));
    match rest.others(parts.len()) {
        Others::None => Some(known),
        Others::AtLeast(more) => Some(known.add(&Set::at_least(more))),
        Others::Anything => None,
    }
}
