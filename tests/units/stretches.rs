//! Stretches of periods, found from the years at which they turn.

use plumbrule::period::Period;

#[expect(unreachable_pub, reason = "the library shows it")]
#[path = "../../src/graph/years.rs"]
mod years;

use years::{Stretch, Turns};

fn years(first: Option<i32>, last: Option<i32>) -> Stretch {
    Stretch {
        first: first.map(Period::Year),
        last: last.map(Period::Year),
    }
}

#[test]
fn stretches_are_found_from_the_years_at_which_they_turn() {
    let mut turns = Turns::default();
    for year in [2010, 2020, 2025] {
        turns.at(year);
    }
    let found = |holds: &dyn Fn(i32) -> bool| {
        turns.stretches(Period::Year(0), |period| holds(period.year()))
    };
    assert_eq!(found(&|year| year == 2020), [years(Some(2020), Some(2020))]);
    assert_eq!(found(&|year| year >= 2020), [years(Some(2020), None)]);
    assert_eq!(found(&|year| year < 2010), [years(None, Some(2009))]);
    assert_eq!(found(&|_| true), [years(None, None)]);
    assert_eq!(found(&|_| false), []);
    let both = |year| year < 2010 || (2020..=2025).contains(&year);
    assert_eq!(
        found(&both),
        [years(None, Some(2009)), years(Some(2020), Some(2025))]
    );
}

#[test]
fn a_stretch_holds_periods_of_its_own_length() {
    let late = years(Some(2024), None);
    assert!(late.holds(Period::Year(2030)) && !late.holds(Period::Year(2023)));
    assert!(!late.holds(Period::Quarter(2030, 1)));
    let quarters = Stretch {
        first: Some(Period::Quarter(2023, 2)),
        last: Some(Period::Quarter(2024, 2)),
    };
    assert!(quarters.holds(Period::Quarter(2024, 2)));
    assert!(!quarters.holds(Period::Quarter(2024, 1)));
}
