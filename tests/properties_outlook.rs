//! Laws of what is said of targets on their way, on random figures: what a supposed figure may
//! change, and years against a path walked year by year. `PROPTEST_CASES` asks for more.

use std::sync::OnceLock;

use plumbrule::eval::{Options, ReachYear, Row};
use plumbrule::figures::{Limits, Submission};
use plumbrule::number::Exact;
use plumbrule::period::Period;
use plumbrule::program::Program;
use plumbrule::progress::{Methods, Standing, board};
use plumbrule::verdict::{OutlookClass, Verdict};
use proptest::prelude::*;

/// The limit of the targets, whose base is 0 or 100 in 2020, and which are due in 2026.
const PACK: &str = r#"
pack p "P" { entity CN }
entity CN "中国" { }
indicator x "X" { kind share unit % }
indicator y "Y" { unit 元 }
target up "u" { require x >= 60% by 2026 from 10% in 2020 path linear }
target rate "r" { require x > 60% by 2026 from 10% in 2020 path geometric }
target ratio "g" { require x >= 60% by 2026 from 10% in 2020 path growth ratio }
target down "d" { require y <= 50元 by 2026 from 100元 in 2020 path linear }
target due "t" { require x >= 40% by 2022 }
target pair "p" { require x >= 30% and y <= 80元 by 2023 }
"#;

fn program() -> &'static Program {
    static PROGRAM: OnceLock<Program> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        let mut sources = plumbrule::Sources::with_std();
        sources.add("pack.plumb", PACK);
        plumbrule::compile(&sources).unwrap()
    })
}

fn figures(rows: &[String]) -> Submission {
    let mut submission = Submission::new(&program().model);
    let table = format!("indicator,period,value\n{}\n", rows.join("\n"));
    let limits = Limits::default();
    submission.read_table(&program().model, "t.csv", table.as_bytes(), &limits);
    assert!(submission.problems.is_empty(), "{:#?}", submission.problems);
    submission
}

fn seen(submission: &Submission) -> Vec<Standing> {
    let options = Options {
        period: Some(Period::Year(2023)),
        ..Options::default()
    };
    board(program(), submission, &options, Methods::All, |_| true).standings
}

/// A value as printed: a number, a bound, a range.
fn printed() -> impl Strategy<Value = String> {
    let form = prop_oneof!["", "超", "不足", "近", "约", "不低于"];
    prop_oneof![
        (form, 5..110i32).prop_map(|(form, value)| format!("{form}{value}%")),
        (5..60i32, 0..50i32).prop_map(|(lo, more)| format!("{lo}%–{}%", lo + more)),
    ]
}

fn answers(standings: &[Standing]) -> Vec<(Verdict, Option<OutlookClass>)> {
    let answer = |row: &Row| (row.verdict, row.outlook);
    standings.iter().map(|one| answer(&one.row)).collect()
}

fn is_proved(answer: (Verdict, Option<OutlookClass>)) -> bool {
    match answer {
        (Verdict::Pending, Some(class)) => class != OutlookClass::Undetermined,
        (verdict, _) => verdict != Verdict::Undetermined,
    }
}

proptest! {
    #![proptest_config(crate::common::random(24))]

    /// To suppose what is published changes nothing.
    #[test]
    fn supposing_the_published_changes_nothing(x in printed(), y in 10..120i32, year in 2022..=2023i32) {
        let before = figures(&[format!("x,{year},{x}"), format!("y,{year},{y}元")]);
        let mut after = before.clone();
        after.suppose(&program().model, &format!("x@{year}={x}"), "", 1).unwrap();
        after.suppose(&program().model, &format!("y@{year}={y}元"), "", 2).unwrap();
        for (was, now) in seen(&before).iter().zip(&seen(&after)) {
            prop_assert!(was.is_same(now), "{was:?}\n{now:?}");
            prop_assert!(!was.is_turned(now));
        }
    }

    /// Whatever is written is read or refused, and a refusal points into it.
    #[test]
    fn any_text_is_supposed_or_refused(
        text in prop_oneof![
            ".{0,60}",
            "(x|y|X|指标)?[\\[［【]?(definition=|口径=|a|,|、|=){0,3}[\\]］】]?[@＠]?(2023|2023年|20)?[=＝]?(超|约)?[0-9.]{0,4}(%|％|元|万)?",
        ],
    ) {
        let mut submission = figures(&["x,2023,30%".to_owned()]);
        match submission.suppose(&program().model, &text, "", 1) {
            Ok(supposed) => prop_assert_eq!(supposed.text, text),
            Err(problems) => {
                prop_assert!(!problems.is_empty());
                for problem in problems {
                    let (cell, at) = problem.cell.unwrap();
                    prop_assert_eq!(problem.column, at + 1);
                    prop_assert!(at <= cell.chars().count(), "{text:?} {at}");
                    prop_assert_eq!(&cell, &text);
                }
            }
        }
    }

    /// The order of suppositions does not matter.
    #[test]
    fn suppositions_may_come_in_any_order(x in printed(), z in printed(), y in 10..120i32) {
        let all = [format!("x@2023={x}"), format!("x@2022={z}"), format!("y@2023={y}元")];
        let with = |order: [usize; 3]| {
            let mut submission = figures(&["x,2023,30%".to_owned()]);
            for n in order {
                submission.suppose(&program().model, &all[n], "", n + 1).unwrap();
            }
            seen(&submission)
        };
        let (one, other) = (with([0, 1, 2]), with([2, 1, 0]));
        for (one, other) in one.iter().zip(&other) {
            prop_assert!(one.is_same(other), "{all:?}");
        }
    }

    /// A wider range never proves more: what it proves, every range within it proves too.
    #[test]
    fn a_wider_range_proves_no_more(lo in 5..90i32, more in 0..30i32, low in 0..5i32, high in 0..20i32) {
        let with = |lo: i32, hi: i32| {
            let mut submission = figures(&["y,2023,70元".to_owned(), "x,2022,38%–39%".to_owned()]);
            let text = format!("x@2023={lo}%–{hi}%");
            submission.suppose(&program().model, &text, "", 1).unwrap();
            seen(&submission)
        };
        let narrow = with(lo, lo + more);
        let wide = with(lo - low, lo + more + high);
        for (narrow, wide) in answers(&narrow).into_iter().zip(answers(&wide)) {
            // What is met already is more than on track, and says nothing against it.
            let on_track = (Verdict::Pending, Some(OutlookClass::OnTrack));
            let is_more = wide == on_track && narrow.1 == Some(OutlookClass::MetEarly);
            let agrees = narrow == wide || is_more;
            prop_assert!(!is_proved(wide) || agrees, "{narrow:?} {wide:?}");
        }
        // Nor does it narrow the years.
        for (narrow, wide) in narrow.iter().zip(&wide) {
            for (narrow, wide) in narrow.by_method.iter().zip(&wide.by_method) {
                let reach = |by: &plumbrule::progress::ByMethod| by.outlook.as_ref()?.reach;
                if let (Some(narrow), Some(wide)) = (reach(narrow), reach(wide)) {
                    prop_assert!(wide.earliest <= narrow.earliest, "{narrow:?} {wide:?}");
                    prop_assert!(wide.latest >= narrow.latest, "{narrow:?} {wide:?}");
                }
            }
        }
    }

    /// The year of a number is that of a path walked year by year, straight or at a constant rate.
    #[test]
    fn years_are_those_of_a_path_walked(tenths in 1..1300i64) {
        let value = format!("{}.{}%", tenths / 10, tenths % 10);
        let standings = seen(&figures(&[format!("x,2023,{value}")]));
        let number = |thousandths: i64| Exact::ratio(thousandths, 1000).unwrap();
        let (base, limit, now) = (number(100), number(600), number(tenths));
        let walked = |value: &dyn Fn(i32) -> Exact, is_strict: bool| {
            let mut years = 3..=103;
            let there = years.find(|years| {
                let value = value(*years);
                value > limit || !is_strict && value == limit
            });
            there.map(|years| 2020 + years)
        };
        let third = Exact::ratio(1, 3).unwrap();
        let straight = |years: i32| {
            &base + &(&(&now - &base) * &(&third * &Exact::from(i64::from(years))))
        };
        let found = |n: usize, method: usize| {
            let by = &standings[n].by_method[method];
            by.outlook.as_ref().and_then(|outlook| outlook.reach)
        };
        let year = |reach: ReachYear| reach.year();
        if let Some(reach) = found(0, 0) {
            prop_assert_eq!(reach.earliest, reach.latest);
            prop_assert_eq!(year(reach.latest), walked(&straight, false));
            let is_moving = now > base;
            prop_assert_eq!(reach.latest == ReachYear::Never, !is_moving);
        }
        // At a constant rate compared as powers: (v/b)^n over three years against (T/b)^3.
        if let Some(reach) = found(1, 1) {
            let ratio = now.checked_div(&base).unwrap();
            let wanted = limit.checked_div(&base).unwrap().pow(3).unwrap();
            let mut years = 3..=103;
            let there = years.find(|years| ratio.pow(*years).unwrap() > wanted);
            prop_assert_eq!(year(reach.latest), there.map(|years| 2020 + years));
        }
    }
}
