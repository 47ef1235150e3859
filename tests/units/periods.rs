//! Periods as written, and their days.

use std::cmp::Ordering;

use chrono::{Datelike, NaiveDate};

use plumbrule::period::{Period, PeriodErrorKind, PeriodWords};

fn words() -> PeriodWords {
    let list = |words: &[&str]| words.iter().map(|w| (*w).to_owned()).collect();
    let numbered = |words: &[(&str, u8)]| {
        words
            .iter()
            .map(|(w, n)| ((*w).to_owned(), *n))
            .collect::<Vec<_>>()
    };
    PeriodWords {
        year: list(&["年", "年底", "年末"]),
        month: list(&["月", "月底"]),
        day: list(&["日"]),
        halves: numbered(&[("上半年", 1), ("下半年", 2)]),
        quarters: numbered(&[("一季度", 1), ("第一季度", 1), ("三季度", 3), ("四季度", 4)]),
        parts: vec![
            ("前三季度".to_owned(), (1, 9)),
            ("前11个月".to_owned(), (1, 11)),
        ],
        range: list(&["至", "to"]),
    }
}

#[test]
fn every_form_reads_and_prints_in_one_way() {
    for (text, printed) in [
        ("2023", "2023"),
        (" 2023 年 ", "2023"),
        ("２０２３年", "2023"),
        ("2023年底", "2023"),
        ("2023-12", "2023-12"),
        ("2023年12月", "2023-12"),
        ("2023年6月底", "2023-06"),
        ("2023/6", "2023-06"),
        ("2023.06", "2023-06"),
        ("2023Q1", "2023Q1"),
        ("2023-Q4", "2023Q4"),
        ("2023年一季度", "2023Q1"),
        ("2023年第一季度", "2023Q1"),
        ("2023h1", "2023H1"),
        ("2023年下半年", "2023H2"),
        ("2023年前三季度", "2023-01..2023-09"),
        ("2023年前11个月", "2023-01..2023-11"),
        ("2023Q1-Q3", "2023-01..2023-09"),
        ("2023-Q2..2023-Q3", "2023-04..2023-09"),
        ("2023年一季度至三季度", "2023-01..2023-09"),
        ("2023年1-11月", "2023-01..2023-11"),
        ("2023年1—9月", "2023-01..2023-09"),
        ("２０２３年１～９月", "2023-01..2023-09"),
        ("2023 年 1 至 9 月", "2023-01..2023-09"),
        ("2023年1月—9月", "2023-01..2023-09"),
        ("2023年1月至2023年9月", "2023-01..2023-09"),
        ("2023.2-3月", "2023-02..2023-03"),
        ("2016-2020", "2016..2020"),
        ("2016..2020", "2016..2020"),
        ("2019年—2023年", "2019..2023"),
        ("2018～2024年", "2018..2024"),
        ("2016 to 2020", "2016..2020"),
        ("2016至2020", "2016..2020"),
        ("2023-12-31", "2023-12-31"),
        ("2024/2/29", "2024-02-29"),
        ("2023年6月30日", "2023-06-30"),
    ] {
        let period = Period::parse(text, &words()).unwrap();
        assert_eq!(period.to_string(), printed, "{text}");
        assert_eq!(Period::parse(printed, &words()).unwrap(), period);
    }
}

#[test]
fn bad_text_is_refused_with_its_place() {
    use PeriodErrorKind as K;
    for (text, at, kind) in [
        ("  ", 2, K::Empty),
        ("about 2023", 0, K::ExpectedYear),
        ("23", 0, K::ExpectedYear),
        ("202312", 0, K::ExpectedYear),
        ("2023-13", 5, K::ExpectedMonth),
        ("2023-02-29", 8, K::ExpectedDay),
        ("2023-02/28", 7, K::Trailing),
        ("2023Q5", 5, K::ExpectedPart),
        ("2020-2016", 9, K::Backwards),
        ("2023年左右", 5, K::ExpectedMonth),
        ("2023x", 4, K::Trailing),
        ("2023-12-31T00", 10, K::Trailing),
        ("2023Q1-Q", 8, K::ExpectedPart),
        ("2023Q3-Q1", 6, K::Backwards),
        ("2023Q3-Q3", 6, K::Backwards),
        ("2023H1-Q2", 6, K::Backwards),
        ("2023Q1-2024Q1", 6, K::Trailing),
        ("2023年1-9", 6, K::Trailing),
        ("2023年9-1月", 6, K::Backwards),
        ("2023年9-9月", 6, K::Backwards),
        ("2023年1-13月", 6, K::Trailing),
        ("2023年1-9月底左右", 10, K::Trailing),
        ("2023-11..2024-02", 7, K::Trailing),
    ] {
        let error = Period::parse(text, &words()).unwrap_err();
        assert_eq!((error.at, error.kind), (at, kind), "{text}");
    }
    let long = "2".repeat(1000);
    assert_eq!(Period::parse(&long, &words()).unwrap_err().kind, K::TooLong);
}

#[test]
fn days_enclose_and_order_follows_the_end() {
    let read = |text| Period::parse(text, &words()).unwrap();
    let days = |text| {
        let period = read(text);
        format!("{} {}", period.first_day(), period.last_day())
    };
    assert_eq!(days("2023"), "2023-01-01 2023-12-31");
    assert_eq!(days("2023H2"), "2023-07-01 2023-12-31");
    assert_eq!(days("2023Q3"), "2023-07-01 2023-09-30");
    assert_eq!(days("2024-02"), "2024-02-01 2024-02-29");
    assert_eq!(days("2016-2020"), "2016-01-01 2020-12-31");
    assert!(read("2022") < read("2023Q1"));
    assert!(read("2023Q1") < read("2023"));
    assert!(read("2023") < read("2023-12"));
    assert!(read("2016-2020") < read("2020"));
    assert_eq!(
        Period::Month(2023, 99).last_day(),
        read("2023-12").last_day()
    );
    assert_eq!(
        Period::Year(i32::MAX).last_day().year(),
        NaiveDate::MAX.year()
    );
}

#[test]
fn months_that_are_a_quarter_half_or_year_are_that() {
    for (text, printed) in [
        ("2023年1-3月", "2023Q1"),
        ("2023年10—12月", "2023Q4"),
        ("2023年1-6月", "2023H1"),
        ("2023-07..2023-12", "2023H2"),
        ("2023Q1-Q2", "2023H1"),
        ("2023Q1-Q4", "2023"),
        ("2023H1-H2", "2023"),
        ("2023年1—12月", "2023"),
    ] {
        assert_eq!(
            Period::parse(text, &words()).unwrap().to_string(),
            printed,
            "{text}"
        );
    }
    for from in 0..=13 {
        for to in 0..=13 {
            let Some(period) = Period::months(2024, from, to) else {
                assert!(from < 1 || to > 12 || from > to);
                continue;
            };
            let days = (period.first_day(), period.last_day());
            assert_eq!(days.0, Period::Month(2024, from).first_day());
            assert_eq!(days.1, Period::Month(2024, to).last_day());
            assert_eq!(period.year(), 2024);
            assert_eq!(
                Period::parse(&period.to_string(), &words()).unwrap(),
                period
            );
        }
    }
}

#[test]
fn months_stand_among_other_periods_by_their_end() {
    let read = |text| Period::parse(text, &words()).unwrap();
    let nine = read("2023年1-9月");
    assert!(read("2023H1") < nine && nine < read("2023Q3"));
    assert!(nine < read("2023-09") && nine < read("2023") && read("2022") < nine);
    assert!(read("2023年1-11月") < read("2023年2-11月"));
    let twisted = Period::Months {
        year: 2023,
        from: 99,
        to: 0,
    };
    assert_ne!(
        twisted.cmp(&Period::Months {
            year: 2023,
            from: 12,
            to: 1
        }),
        Ordering::Equal
    );
    assert_eq!(twisted.first_day(), read("2023-12").first_day());
}
