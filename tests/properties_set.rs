//! Laws of sets and of their comparison, against sampling.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use plumbrule::number::{Exact, Number, Toward};
use plumbrule::set::{Comparison, End, Set, Truth, Undefined, compare};
use proptest::prelude::*;

fn int(value: i64) -> Exact {
    Exact::from(value)
}

/// Ends on a coarse grid, so that they often coincide.
fn grid() -> impl Strategy<Value = Exact> {
    (-6_i64..=6, 1_i64..=3).prop_map(|(n, d)| Exact::ratio(n, d).unwrap())
}

fn set() -> impl Strategy<Value = Set> {
    let end = || {
        prop_oneof![
            1 => Just(End::Unbounded),
            2 => grid().prop_map(End::Open),
            3 => grid().prop_map(End::Closed),
        ]
    };
    prop_oneof![
        1 => grid().prop_map(Set::point),
        4 => (end(), end()).prop_filter_map("empty", |(lo, hi)| Set::new(lo, hi)),
    ]
}

/// Values of the first set that meet every end of the sets: the ends, values
/// very near to them, values between any two, zero, and far values.
fn samples(of: &Set, with: &Set) -> Vec<Exact> {
    let tiny = Exact::pow10(-12);
    let ends = [of.lo(), of.hi(), with.lo(), with.hi()];
    let mut values: Vec<Exact> = ends.iter().filter_map(|end| end.value().cloned()).collect();
    values.extend([int(0), Exact::pow10(12), -Exact::pow10(12)]);
    let half = Exact::ratio(1, 2).unwrap();
    let mut all = BTreeSet::new();
    for value in &values {
        all.extend([value.clone(), value + &tiny, value - &tiny]);
        all.extend(values.iter().map(|other| (value + other) * &half));
    }
    all.into_iter().filter(|value| of.contains(value)).collect()
}

fn subset(inner: &Set, outer: &Set) -> bool {
    inner.hull(outer) == *outer
}

/// Checks that a set holds all these results of sampled operands, and no more
/// than they show: each end is reached, approached, or absent as they say.
fn spans_tightly(set: &Set, results: &[Exact]) -> Result<(), TestCaseError> {
    for result in results {
        prop_assert!(set.contains(result), "{} lacks {}", set, result);
    }
    let near = Exact::ratio(1, 1000).unwrap();
    let far = int(1000);
    for (end, sign) in [(set.lo(), int(-1)), (set.hi(), int(1))] {
        let shown = match end {
            End::Closed(value) => results.contains(value),
            End::Open(value) => results.iter().any(|it| (it - value).abs() < near),
            End::Unbounded => results.iter().any(|it| it * &sign > far),
        };
        prop_assert!(shown, "{set} has an end that no operand shows");
    }
    Ok(())
}

proptest! {
    #![proptest_config(crate::common::random(256))]

    #[test]
    fn operations_span_their_results_tightly(a in set(), b in set()) {
        let (left, right) = (samples(&a, &b), samples(&b, &a));
        let pairs = |function: &dyn Fn(&Exact, &Exact) -> Exact| -> Vec<Exact> {
            left.iter().flat_map(|x| right.iter().map(move |y| function(x, y))).collect()
        };
        spans_tightly(&a.add(&b), &pairs(&|x, y| x + y))?;
        spans_tightly(&a.sub(&b), &pairs(&|x, y| x - y))?;
        spans_tightly(&a.mul(&b), &pairs(&|x, y| x * y))?;
        spans_tightly(&a.min(&b), &pairs(&|x, y| x.min(y).clone()))?;
        spans_tightly(&a.max(&b), &pairs(&|x, y| x.max(y).clone()))?;
        match a.div(&b) {
            Ok(quotient) => {
                spans_tightly(&quotient, &pairs(&|x, y| x.checked_div(y).unwrap()))?;
            }
            Err(cause) => {
                prop_assert!(b.contains(&int(0)));
                prop_assert_eq!(cause == Undefined::DivisorIsZero, b.is_point());
            }
        }
        let each = |function: &dyn Fn(&Exact) -> Exact| -> Vec<Exact> {
            left.iter().map(function).collect()
        };
        spans_tightly(&a.neg(), &each(&|x| -x))?;
        spans_tightly(&a.abs(), &each(&Exact::abs))?;
        let ends = [a.lo(), a.hi()].into_iter().filter_map(|end| end.value().cloned());
        spans_tightly(&a.closure(), &left.iter().cloned().chain(ends).collect::<Vec<_>>())?;
        for n in 0..=3 {
            let power = |x: &Exact| Exact::pow(x, i32::try_from(n).unwrap()).unwrap();
            spans_tightly(&a.pow(n).unwrap(), &each(&power))?;
        }
    }

    #[test]
    fn operations_on_points_are_the_operations(a in grid(), b in grid(), n in 0_u32..5) {
        let (x, y) = (Set::point(a.clone()), Set::point(b.clone()));
        prop_assert_eq!(x.add(&y), Set::point(&a + &b));
        prop_assert_eq!(x.sub(&y), Set::point(&a - &b));
        prop_assert_eq!(x.mul(&y), Set::point(&a * &b));
        prop_assert_eq!(x.scale(&b), Set::point(&a * &b));
        prop_assert_eq!(x.div(&y).ok(), a.checked_div(&b).map(Set::point));
        prop_assert_eq!(x.pow(n).ok(), Exact::pow(&a, i32::try_from(n).unwrap()).map(Set::point));
        prop_assert_eq!(x.width(), Some(int(0)));
    }

    #[test]
    fn roots_of_sets_undo_powers(a in set(), n in 1_u32..=5) {
        let positive = a.abs();
        prop_assert_eq!(positive.pow(n).unwrap().root(n), Ok(positive));
        prop_assert_eq!(a.root(n).is_err(), samples(&a, &a).iter().any(Exact::is_negative));
        if let Ok(root) = a.root(n) {
            prop_assert!(subset(&a, &root.pow(n).unwrap()));
            prop_assert_eq!(root.lo().is_closed(), a.lo().is_closed());
            prop_assert_eq!(root.hi().is_closed(), a.hi().is_closed());
        }
    }

    #[test]
    fn widening_an_operand_never_shrinks_a_result(a in set(), b in set(), more in set()) {
        let wide = a.hull(&more);
        for (narrow, widened) in [
            (a.add(&b), wide.add(&b)),
            (b.sub(&a), b.sub(&wide)),
            (a.mul(&b), wide.mul(&b)),
            (a.min(&b), wide.min(&b)),
            (a.max(&b), wide.max(&b)),
            (a.abs(), wide.abs()),
            (a.pow(2).unwrap(), wide.pow(2).unwrap()),
            (a.closure(), wide.closure()),
            (a.hull(&b), wide.hull(&b)),
        ] {
            prop_assert!(subset(&narrow, &widened), "{} in {}", narrow, widened);
        }
        for (narrow, widened) in [
            (b.div(&a), b.div(&wide)),
            (a.div(&b), wide.div(&b)),
            (a.root(2), wide.root(2)),
        ] {
            if let Ok(widened) = widened {
                prop_assert!(subset(&narrow.unwrap(), &widened));
            }
        }
    }

    #[test]
    fn comparison_is_what_all_pairs_say(a in set(), b in set()) {
        let (left, right) = (samples(&a, &b), samples(&b, &a));
        for op in Comparison::ALL {
            let mut pairs = left.iter().flat_map(|x| right.iter().map(move |y| op.holds(x.cmp(y))));
            let first = pairs.next().unwrap();
            let expected = if pairs.all(|it| it == first) { first.into() } else { Truth::Unknown };
            prop_assert_eq!(compare(op, &a, &b), expected, "{:?} {} {}", op, a, b);
        }
    }

    #[test]
    fn widening_only_ever_makes_a_truth_unknown(a in set(), b in set(), more in set()) {
        for op in Comparison::ALL {
            let narrow = compare(op, &a, &b);
            for wide in [compare(op, &a.hull(&more), &b), compare(op, &a, &b.hull(&more))] {
                prop_assert!(wide == narrow || wide == Truth::Unknown, "{:?} {} {}", op, a, b);
            }
        }
    }

    #[test]
    fn intersection_holds_what_both_hold(a in set(), b in set()) {
        let shared = a.intersect(&b);
        for value in samples(&a.hull(&b), &b).into_iter().chain(samples(&a, &b)) {
            let both = a.contains(&value) && b.contains(&value);
            prop_assert_eq!(shared.as_ref().is_some_and(|it| it.contains(&value)), both);
        }
        prop_assert_eq!(&shared, &b.intersect(&a));
        prop_assert_eq!(shared == Some(a.clone()), subset(&a, &b));
        prop_assert_eq!(a.intersect(&a.hull(&b)), Some(a.clone()));
    }

    #[test]
    fn the_hull_is_the_smallest_set_around_both(a in set(), b in set()) {
        let hull = a.hull(&b);
        for value in samples(&a, &b).iter().chain(&samples(&b, &a)) {
            prop_assert!(hull.contains(value));
        }
        prop_assert_eq!(&hull, &b.hull(&a));
        for (end, candidates) in [(hull.lo(), [a.lo(), b.lo()]), (hull.hi(), [a.hi(), b.hi()])] {
            prop_assert!(candidates.contains(&end));
        }
    }

    #[test]
    fn printed_sets_meet_or_have_a_gap(a in set(), b in set()) {
        let (left, right) = (a.closure(), b.closure());
        let (left, right) = (samples(&left, &right), samples(&right, &left));
        let least = left.iter().flat_map(|x| right.iter().map(move |y| (x - y).abs())).min();
        match a.gap(&b) {
            None => {
                prop_assert!(a.meets_closed(&b));
                prop_assert_eq!(least, Some(int(0)));
            }
            Some(gap) => {
                prop_assert!(!a.meets_closed(&b));
                prop_assert_eq!(least, Some(gap));
            }
        }
        prop_assert_eq!(a.gap(&b), b.gap(&a));
        prop_assert_eq!(a.meets_closed(&b), a.intersect_closed(&b).is_some());
    }

    #[test]
    fn an_inexact_arithmetic_encloses_the_exact_one(a in set(), b in set()) {
        let (x, y) = (a.widen_into::<Coarse>(), b.widen_into::<Coarse>());
        let third = Exact::ratio(1, 3).unwrap();
        let encloses = |coarse: Set<Coarse>, exact: Set| subset(&exact, &coarse.widen_into());
        prop_assert!(encloses(x.clone(), a.clone()));
        prop_assert!(encloses(x.add(&y), a.add(&b)));
        prop_assert!(encloses(x.sub(&y), a.sub(&b)));
        prop_assert!(encloses(x.mul(&y), a.mul(&b)));
        prop_assert!(encloses(x.abs(), a.abs()));
        prop_assert!(encloses(x.min(&y), a.min(&b)));
        prop_assert!(encloses(x.scale(&third), a.scale(&third)));
        prop_assert!(encloses(x.pow(3).unwrap(), a.pow(3).unwrap()));
        if let Ok(quotient) = x.div(&y) {
            prop_assert!(encloses(quotient, a.div(&b).unwrap()));
        }
        if let Ok(root) = x.root(2) {
            prop_assert!(encloses(root, a.root(2).unwrap()));
        }
        for op in Comparison::ALL {
            let (coarse, exact) = (compare(op, &x, &y), compare(op, &a, &b));
            prop_assert!(coarse == exact || coarse == Truth::Unknown);
        }
        if let (Some(coarse), Some(exact)) = (x.gap(&y), a.gap(&b)) {
            prop_assert!(coarse.to_exact() <= exact);
        }
        if let (Some(coarse), Some(exact)) = (x.width(), a.width()) {
            prop_assert!(coarse.to_exact() >= exact);
        }
    }
}

/// Quarters up to 8 in size, beyond which there is only overflow: an
/// arithmetic poor enough to round and overflow all the time.
#[derive(Clone, Debug, PartialEq)]
enum Coarse {
    Finite(Exact),
    Overflow,
}

impl Coarse {
    fn value(&self) -> Exact {
        match self {
            Coarse::Finite(value) => value.clone(),
            Coarse::Overflow => unreachable!("a set holds finite numbers"),
        }
    }
}

impl Number for Coarse {
    const EXACT: bool = false;

    fn zero() -> Self {
        Coarse::Finite(int(0))
    }

    fn from_exact(value: &Exact, toward: Toward) -> Self {
        let greatest = int(8);
        let quarters = value * &int(4);
        let (whole, outward) = match toward {
            Toward::Down => (quarters.floor(), value < &-&greatest),
            Toward::Up => (quarters.ceil(), value > &greatest),
        };
        if outward {
            return Coarse::Overflow;
        }
        let rounded = whole * Exact::ratio(1, 4).unwrap();
        Coarse::Finite(rounded.min(greatest.clone()).max(-greatest))
    }

    fn to_exact(&self) -> Exact {
        self.value()
    }

    fn is_finite(&self) -> bool {
        matches!(self, Coarse::Finite(_))
    }

    fn add(&self, other: &Self, toward: Toward) -> Self {
        Coarse::from_exact(&(self.value() + other.value()), toward)
    }

    fn sub(&self, other: &Self, toward: Toward) -> Self {
        Coarse::from_exact(&(self.value() - other.value()), toward)
    }

    fn mul(&self, other: &Self, toward: Toward) -> Self {
        Coarse::from_exact(&(self.value() * other.value()), toward)
    }

    fn div(&self, other: &Self, toward: Toward) -> Option<Self> {
        let quotient = self.value().checked_div(&other.value())?;
        Some(Coarse::from_exact(&quotient, toward))
    }

    fn neg(&self) -> Self {
        Coarse::Finite(-self.value())
    }

    fn compare(&self, other: &Self) -> Ordering {
        self.value().cmp(&other.value())
    }

    fn root(&self, n: u32, toward: Toward) -> Option<Self> {
        Some(Coarse::from_exact(
            &Number::root(&self.value(), n, toward)?,
            toward,
        ))
    }

    fn pow(&self, n: u32, toward: Toward) -> Option<Self> {
        Some(Coarse::from_exact(
            &Number::pow(&self.value(), n, toward)?,
            toward,
        ))
    }
}

/// Says what a connective of two truths is when every unknown is replaced by
/// each truth value: known only where all replacements agree.
fn completed(left: Truth, right: Truth, connective: impl Fn(bool, bool) -> bool) -> Truth {
    let completions = |truth| match truth {
        Truth::False => vec![false],
        Truth::True => vec![true],
        Truth::Unknown => vec![false, true],
    };
    let mut results = BTreeSet::new();
    for x in completions(left) {
        results.extend(completions(right).into_iter().map(|y| connective(x, y)));
    }
    match (results.contains(&true), results.contains(&false)) {
        (true, false) => Truth::True,
        (false, true) => Truth::False,
        _ => Truth::Unknown,
    }
}

#[test]
fn connectives_are_strong_kleene_in_every_cell() {
    let all = [Truth::False, Truth::Unknown, Truth::True];
    for left in all {
        assert_eq!(!left, completed(left, left, |x, _| !x));
        for right in all {
            assert_eq!(left.and(right), completed(left, right, |x, y| x && y));
            assert_eq!(left.or(right), completed(left, right, |x, y| x || y));
            assert_eq!(left.implies(right), completed(left, right, |x, y| !x || y));
            assert_eq!(left.xor(right), completed(left, right, |x, y| x != y));
        }
    }
}

#[test]
fn sets_print_in_mathematical_notation() {
    let value = |text| Exact::parse_decimal(text).unwrap();
    let printed = Set::closed(value("56.65"), value("56.75")).unwrap();
    assert_eq!(printed.to_string(), "[56.65, 56.75]");
    assert_eq!(Set::above(value("71")).to_string(), "(71, +∞)");
    assert_eq!(Set::at_most(value("-71")).to_string(), "(-∞, -71]");
    assert_eq!(Set::point(value("71")).to_string(), "{71}");
    assert_eq!(Set::<Exact>::all().to_string(), "(-∞, +∞)");
}

#[test]
fn zero_times_an_infinite_end_is_zero() {
    let zero = Set::point(int(0));
    assert_eq!(zero.mul(&Set::above(int(0))), zero);
    assert_eq!(zero.mul(&Set::all()), zero);
    let share = Set::new(End::Open(int(0)), End::Closed(int(1))).unwrap();
    assert_eq!(share.mul(&Set::at_least(int(5))), Set::above(int(0)));
}
