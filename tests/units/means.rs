//! Weighted geometric means.

use plumbrule::number::{Exact, MAX_ROOT_DEGREE};

#[path = "../../src/number/mean.rs"]
mod mean;

use mean::{degrees, geometric_mean};

fn ratio(a: i64, b: i64) -> Exact {
    Exact::ratio(a, b).unwrap_or_default()
}

#[test]
fn a_rational_mean_is_found_exactly() {
    let (half, quarter, one) = (ratio(1, 2), ratio(1, 4), Exact::from(1));
    let mean = geometric_mean(&[(&quarter, &half), (&one, &half)]);
    assert_eq!(mean, Some((half.clone(), half)));
}

#[test]
fn any_other_lies_between_its_ends() {
    let (third, rest) = (ratio(1, 3), ratio(2, 3));
    let (two, five) = (Exact::from(2), Exact::from(5));
    let (lo, hi) = geometric_mean(&[(&two, &third), (&five, &rest)]).unwrap_or_default();
    let cube = |value: &Exact| value.pow(3).unwrap_or_default();
    assert!(cube(&lo) < Exact::from(50) && Exact::from(50) < cube(&hi));
}

#[test]
fn long_products_are_enclosed() {
    let weight = ratio(9_999, 10_000);
    let (long, other) = (ratio(i64::MAX - 1, i64::MAX), ratio(1, 10_000));
    let power = long.pow(4).unwrap_or_default();
    let (lo, hi) = geometric_mean(&[(&power, &weight), (&power, &other)]).unwrap_or_default();
    assert!(lo <= power && power <= hi && lo < hi);
}

#[test]
fn degrees_have_no_large_factor() {
    let of = |n| degrees([ratio(1, n)].iter());
    assert_eq!(of(10_000), Some(vec![400, 25]));
    assert_eq!(of(1), Some(vec![]));
    assert_eq!(of(2_018), None);
    assert_eq!(of(1_000_001), None);
}
