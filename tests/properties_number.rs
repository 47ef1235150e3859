//! Laws of exact numbers, against big rationals.

use std::cmp::Ordering;
use std::hash::{DefaultHasher, Hash, Hasher};

use num_bigint::BigInt;
use num_rational::Ratio;
use num_traits::{One, Signed, Zero};
use plumbrule::number::{Exact, MAX_DIGITS, ParseDecimalError, ROOT_PRECISION_BITS, Rounding};
use proptest::prelude::*;

type Oracle = Ratio<BigInt>;

fn oracle(value: &Exact) -> Oracle {
    let (numer, denom) = value.numer_denom_strings();
    Ratio::new(numer.parse().unwrap(), denom.parse().unwrap())
}

fn hash(value: &Exact) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

fn int(value: i64) -> Exact {
    Exact::from(value)
}

/// Whole numbers at and around the places where the small form ends.
fn edgy() -> impl Strategy<Value = i64> {
    let near = prop::sample::select(vec![i64::MIN, i64::MAX, 1 << 31, 1 << 32, -(1 << 62), 0]);
    prop_oneof![
        (near, -2_i64..=2).prop_map(|(base, step)| base.saturating_add(step)),
        -12_i64..=12,
        any::<i64>(),
    ]
}

/// Fractions of both forms, and many at the border between them.
fn exact() -> impl Strategy<Value = Exact> {
    let fraction = || (edgy(), edgy()).prop_filter_map("denominator", |(n, d)| Exact::ratio(n, d));
    prop_oneof![3 => fraction(), 1 => (fraction(), fraction()).prop_map(|(a, b)| a * b)]
}

proptest! {
    #![proptest_config(crate::common::random(256))]

    #[test]
    fn arithmetic_agrees_with_big_rationals(a in exact(), b in exact()) {
        let (x, y) = (oracle(&a), oracle(&b));
        prop_assert_eq!(oracle(&(&a + &b)), &x + &y);
        prop_assert_eq!(oracle(&(&a - &b)), &x - &y);
        prop_assert_eq!(oracle(&(&a * &b)), &x * &y);
        prop_assert_eq!(a.checked_div(&b).map(|it| oracle(&it)), (!y.is_zero()).then(|| &x / &y));
        prop_assert_eq!(oracle(&-&a), -&x);
        prop_assert_eq!(oracle(&a.abs()), x.abs());
        prop_assert_eq!(oracle(&a.floor()), x.floor());
        prop_assert_eq!(oracle(&a.ceil()), x.ceil());
        prop_assert_eq!(a.cmp(&b), x.cmp(&y));
        prop_assert_eq!(a.signum().cmp(&0), x.cmp(&Oracle::zero()));
        prop_assert_eq!(a.is_negative(), x.is_negative());
        prop_assert_eq!(a.is_zero(), x.is_zero());
        prop_assert_eq!(a.is_integer(), x.is_integer());
        prop_assert_eq!(a.bits(), x.numer().bits() + x.denom().bits());
    }

    #[test]
    fn a_value_has_one_form_whatever_the_way_to_it(a in exact(), b in exact()) {
        let huge = Exact::pow10(60);
        let ways = [
            &(&a + &huge) - &huge,
            &(&a * &huge) * &Exact::pow10(-60),
            &(&a + &b) - &b,
            -(-&a),
        ];
        for way in ways {
            prop_assert_eq!(&way, &a);
            prop_assert_eq!(hash(&way), hash(&a));
            prop_assert_eq!(way.cmp(&a), Ordering::Equal);
        }
        prop_assert_eq!(a == b, oracle(&a) == oracle(&b));
    }

    #[test]
    fn powers_are_repeated_products(a in exact(), n in 0_i32..=6) {
        let product = (0..n).fold(Oracle::one(), |product, _| product * oracle(&a));
        prop_assert_eq!(oracle(&a.pow(n).unwrap()), product.clone());
        let inverse = (n == 0 || !a.is_zero()).then(|| product.recip());
        prop_assert_eq!(a.pow(-n).map(|it| oracle(&it)), inverse);
    }

    #[test]
    fn decimal_text_survives_reading_and_printing(
        sign in "[+-]?", whole in "[0-9]{1,40}", fraction in "[0-9]{0,40}",
    ) {
        let point = if fraction.is_empty() { "" } else { "." };
        let value = Exact::parse_decimal(&format!("{sign}{whole}{point}{fraction}")).unwrap();
        let digits: BigInt = format!("{whole}{fraction}").parse().unwrap();
        let scale = BigInt::from(10).pow(u32::try_from(fraction.len()).unwrap());
        let expected = Ratio::new(if sign == "-" { -digits } else { digits }, scale);
        prop_assert_eq!(oracle(&value), expected);

        let printed = value.decimal_string().unwrap();
        prop_assert_eq!(&value.to_string(), &printed);
        prop_assert!(!printed.contains('.') || !printed.ends_with(['0', '.']), "{}", printed);
        prop_assert_eq!(Exact::parse_decimal(&printed), Ok(value));
    }

    #[test]
    fn only_plain_decimals_are_read(text in "[-+0-9.e ]{0,6}") {
        let body = text.strip_prefix(['+', '-']).unwrap_or(&text);
        let parts: Vec<&str> = body.split('.').collect();
        let digits = |it: &&str| !it.is_empty() && it.bytes().all(|byte| byte.is_ascii_digit());
        prop_assert_eq!(
            Exact::parse_decimal(&text).is_ok(),
            parts.len() <= 2 && parts.iter().all(digits)
        );
    }

    #[test]
    fn decimals_end_exactly_for_twos_and_fives(
        n in 1_i64..1_000_000,
        twos in 0_i32..70,
        fives in 0_i32..70,
        other in prop::sample::select(vec![1_i64, 3, 7]),
    ) {
        let denom = int(2).pow(twos).unwrap() * int(5).pow(fives).unwrap() * int(other);
        let value = int(n).checked_div(&denom).unwrap();
        match value.decimal_string() {
            Some(text) => prop_assert_eq!(Exact::parse_decimal(&text), Ok(value)),
            None => prop_assert!(n % other != 0),
        }
    }

    #[test]
    fn rounding_takes_the_right_neighbour(a in exact(), places in 0_u32..12) {
        let unit = Exact::pow10(-i16::try_from(places).unwrap());
        let read = |rounding| {
            let text = a.round_string(places, rounding);
            let decimals = text.split_once('.').map_or(0, |(_, decimals)| decimals.len());
            assert_eq!(decimals, places as usize, "{text}");
            let is_zero = text.bytes().all(|byte| !(b'1'..=b'9').contains(&byte));
            assert!(!(is_zero && text.starts_with('-')), "{text}");
            Exact::parse_decimal(&text).unwrap()
        };
        let (down, up) = (read(Rounding::Down), read(Rounding::Up));
        prop_assert!(down <= a && a < &down + &unit);
        prop_assert!(up >= a && a > &up - &unit);
        let even = read(Rounding::HalfEven);
        let (below, above) = (&a - &down, &up - &a);
        match below.cmp(&above) {
            Ordering::Less => prop_assert_eq!(even, down),
            Ordering::Greater => prop_assert_eq!(even, up),
            Ordering::Equal => {
                let half = (even.checked_div(&unit).unwrap()).checked_div(&int(2)).unwrap();
                prop_assert!(half.is_integer() || down == up);
            }
        }
    }

    #[test]
    fn a_root_lies_in_its_narrow_enclosure(a in exact(), n in 1_u32..=40) {
        let power = i32::try_from(n).unwrap();
        let value = a.abs();
        let (lo, hi) = value.root_enclosure(n).unwrap();
        if lo == hi {
            prop_assert_eq!(lo.pow(power).unwrap(), value);
        } else {
            prop_assert!(lo.pow(power).unwrap() < value);
            prop_assert!(value < hi.pow(power).unwrap());
            let bound = int(2).pow(-i32::try_from(ROOT_PRECISION_BITS).unwrap()).unwrap();
            prop_assert!(&hi - &lo <= &lo * &bound);
        }
        if a.is_negative() {
            prop_assert_eq!(a.root_enclosure(n), None);
        }
    }

    #[test]
    fn the_root_of_a_perfect_power_is_exact(
        n in 0_i64..100_000, d in 1_i64..100_000, degree in 1_u32..=20,
    ) {
        let root = Exact::ratio(n, d).unwrap();
        let power = root.pow(i32::try_from(degree).unwrap()).unwrap();
        prop_assert_eq!(power.root_enclosure(degree), Some((root.clone(), root)));
    }
}

#[test]
fn long_numbers_are_refused_by_their_digits() {
    let longest = format!("0.{}", "9".repeat(MAX_DIGITS - 1));
    assert!(Exact::parse_decimal(&longest).is_ok());
    assert_eq!(
        Exact::parse_decimal(&format!("{longest}9")),
        Err(ParseDecimalError::TooLong)
    );
    assert_eq!(Exact::parse_decimal(""), Err(ParseDecimalError::Empty));
    assert_eq!(
        Exact::parse_decimal("1."),
        Err(ParseDecimalError::Malformed { offset: 2 })
    );
    assert_eq!(
        Exact::parse_decimal("-1.x"),
        Err(ParseDecimalError::Malformed { offset: 3 })
    );
}

#[test]
fn display_prefers_short_decimals() {
    assert_eq!(
        Exact::pow10(-40).to_string(),
        format!("0.{}1", "0".repeat(39))
    );
    assert_eq!(
        Exact::pow10(-41).to_string(),
        format!("1/1{}", "0".repeat(41))
    );
    assert_eq!(Exact::ratio(-2, 6).unwrap().to_string(), "-1/3");
}
