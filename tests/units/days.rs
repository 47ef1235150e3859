//! Days, months and working days against answers worked out by hand.

use chrono::NaiveDate;

use plumbrule::day::{Calendar, LENGTH, add_months};
use plumbrule::message::Label;
use plumbrule::number::Exact;
use plumbrule::source::{Sources, Span};
use plumbrule::unit::ParsedUnit;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Two years, Monday to Friday, with one holiday and one day worked for it.
fn calendar() -> Calendar {
    let mut sources = Sources::new();
    let source = sources.add("x", "");
    let label = Label::same("x");
    Calendar {
        id: "x".to_owned(),
        label: label.clone(),
        weekdays: (1..=5).collect(),
        years: [(2024, label.clone()), (2025, label)].into(),
        holidays: [day("2025-01-01")].into(),
        make_up: [day("2025-01-04")].into(),
        notes: Vec::new(),
        span: Span {
            source,
            start: 0,
            end: 0,
        },
    }
}

#[test]
fn a_month_without_the_day_ends_earlier() {
    assert_eq!(add_months(day("2025-01-31"), 1), Some(day("2025-02-28")));
    assert_eq!(add_months(day("2024-02-29"), 12), Some(day("2025-02-28")));
    assert_eq!(add_months(day("2025-08-31"), -6), Some(day("2025-02-28")));
    assert_eq!(add_months(day("2022-09-01"), 6), Some(day("2023-03-01")));
}

#[test]
fn working_days_skip_what_is_off_and_take_what_is_worked() {
    let calendar = calendar();
    // Wednesday 1 January is off, Saturday 4 January is worked.
    assert_eq!(calendar.add(day("2024-12-31"), 1), Some(day("2025-01-02")));
    assert_eq!(calendar.add(day("2024-12-31"), 3), Some(day("2025-01-04")));
    assert_eq!(calendar.add(day("2025-01-02"), -1), Some(day("2024-12-31")));
    assert_eq!(
        calendar.between(day("2024-12-31"), day("2025-01-05")),
        Some(3)
    );
    assert_eq!(
        calendar.between(day("2025-01-05"), day("2024-12-31")),
        Some(-3)
    );
    assert_eq!(calendar.add(day("2025-12-31"), 1), None);
    assert_eq!(calendar.add(day("2025-12-31"), 0), Some(day("2025-12-31")));
}

#[test]
fn counting_forward_and_back_agree() {
    let calendar = calendar();
    let mut at = day("2024-06-03");
    while at < day("2025-06-01") {
        if calendar.is_worked(at) == Some(true) {
            for n in 0..40 {
                let later = calendar.add(at, n).unwrap();
                assert_eq!(calendar.add(later, -n), Some(at), "{at} {n}");
                assert_eq!(calendar.between(at, later), Some(n), "{at} {n}");
            }
        }
        at = at.succ_opt().unwrap();
    }
}

#[test]
fn the_length_of_a_day_is_that_of_the_standard_units() {
    let mut sources = Sources::with_std();
    sources.add("pack.plumb", "pack p \"P\" {}");
    let program = plumbrule::compile(&sources).unwrap();
    let unit = program.model.units.lookup("\u{5929}").unwrap();
    let ParsedUnit::Unit(unit) = unit else {
        panic!("not a unit: {unit:?}");
    };
    assert_eq!(unit.factor, Exact::from(LENGTH));
}
