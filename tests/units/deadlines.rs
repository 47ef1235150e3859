//! Stretches of time within which a duty is to be met, and which of them are judged.

use chrono::NaiveDate;

use plumbrule::model::{Recurrence, Stretch};
use plumbrule::period::Period;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn every(stretch: Stretch, since: Option<&str>) -> Recurrence {
    Recurrence {
        stretch,
        since: since.map(day),
        until: None,
    }
}

#[test]
fn two_years_from_a_day_are_judged_where_they_end() {
    let audit = every(Stretch::Months(24), Some("2025-05-01"));
    let judged = |period, on: &str| audit.judged(period, day(on));
    let first = Some((day("2025-05-01"), day("2027-04-30")));
    assert_eq!(judged(Period::Year(2025), "2025-04-30"), None);
    assert_eq!(judged(Period::Year(2025), "2025-12-31"), first);
    assert_eq!(judged(Period::Year(2027), "2027-04-29"), first);
    assert_eq!(judged(Period::Year(2027), "2027-12-31"), first);
    let second = Some((day("2027-05-01"), day("2029-04-30")));
    assert_eq!(judged(Period::Year(2028), "2028-12-31"), second);
}

#[test]
fn quarters_of_a_year_are_judged_one_by_one() {
    let quarter = every(Stretch::Months(3), None);
    let of = |period, on: &str| quarter.periods(period, day(on));
    let q = |n| Period::Quarter(2025, n);
    assert_eq!(
        of(Period::Year(2025), "2025-12-31"),
        [q(1), q(2), q(3), q(4)]
    );
    assert_eq!(of(Period::Year(2025), "2025-08-01"), [q(1), q(2)]);
    assert_eq!(of(Period::Year(2025), "2025-02-01"), [q(1)]);
    assert_eq!(of(q(3), "2025-09-30"), [q(3)]);
    assert_eq!(of(Period::Month(2025, 5), "2025-05-31"), [q(2)]);
}
