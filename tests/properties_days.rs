//! Days over whole programs: counting working days forward and back agrees, what lies between two
//! days is what was added, and a coarser date never buys a pass.

use chrono::NaiveDate;
use plumbrule::eval::{Options, evaluate};
use plumbrule::figures::Submission;
use plumbrule::period::Period;
use plumbrule::program::Program;
use plumbrule::verdict::Verdict;
use plumbrule::{Sources, compile};

const PACK: &str = r#"
pack p "P" { entity body calendar mainland-china }
entity body "Body" {}
indicator x "X" { kind date }
indicator y "Y" { kind date }
indicator n "N" { unit 工作日 }
define is_worked = working_days_between(x - 1 day, x)
target back "Back" { when is_worked >= 1工作日 require x + n - n is x }
target between "Between" { require working_days_between(x, x + n) is n }
target filing "Filing" { require y by x + 10 working days }
target months "Months" { require y no later than x + 6 months }
target apart "Apart" { require working_days_between(x, y) at most 20工作日 }
target audit "Audit" { require y every 3 months since 2024-02-15 }
"#;

fn program() -> Program {
    let mut sources = Sources::with_std();
    sources.add("pack.plumb", PACK);
    compile(&sources).unwrap()
}

fn verdicts(program: &Program, facts: &[String]) -> Vec<Verdict> {
    let mut submission = Submission::new(&program.model);
    for fact in facts {
        submission.suppose(&program.model, fact, "", 1).unwrap();
    }
    let options = Options {
        period: Some(Period::Year(2025)),
        ..Options::default()
    };
    let outcome = evaluate(program, &submission, &options);
    outcome.rows.iter().map(|row| row.verdict).collect()
}

fn day(n: i64) -> NaiveDate {
    let first: NaiveDate = "2024-01-01".parse().unwrap();
    first + chrono::Duration::days(n)
}

#[test]
fn counting_working_days_forward_and_back_agrees() {
    let program = program();
    let (mut n_worked, mut n_off) = (0, 0);
    for at in (0..730).step_by(3) {
        for n in [0, 1, 2, 7, 15, 60] {
            let x = day(at);
            let facts = [format!("x@2025={x}"), format!("n@2025={n}工作日")];
            let found = verdicts(&program, &facts);
            match found[0] {
                Verdict::Pass => n_worked += 1,
                Verdict::NotApplicable => n_off += 1,
                other => panic!("{x} {n}: {other:?}"),
            }
            assert_eq!(found[1], Verdict::Pass, "{x} {n}");
        }
    }
    assert!(n_worked > 900 && n_off > 300, "{n_worked} {n_off}");
}

/// A day, its month, its year, and nothing.
fn wider(day: NaiveDate) -> [Option<String>; 4] {
    let text = day.to_string();
    [
        Some(text.clone()),
        Some(text[..7].to_owned()),
        Some(text[..4].to_owned()),
        None,
    ]
}

#[test]
fn a_coarser_date_never_buys_a_pass_nor_a_fail() {
    let program = program();
    let mut n_open = 0;
    for (a, b) in [
        (0, 5),
        (10, 30),
        (45, 60),
        (170, 400),
        (300, 315),
        (350, 370),
        (364, 365),
        (500, 512),
        (600, 600),
        (700, 690),
    ] {
        let (x, y) = (wider(day(a)), wider(day(b)));
        let facts = |x: &Option<String>, y: &Option<String>| {
            let x = x.iter().map(|x| format!("x@2025={x}"));
            x.chain(y.iter().map(|y| format!("y@2025={y}")))
                .collect::<Vec<_>>()
        };
        let exact = verdicts(&program, &facts(&x[0], &y[0]));
        for wide_x in &x {
            for wide_y in &y {
                let found = verdicts(&program, &facts(wide_x, wide_y));
                for (rule, (wide, exact)) in found.iter().zip(&exact).enumerate().skip(2) {
                    n_open += usize::from(*wide == Verdict::Undetermined);
                    if matches!(wide, Verdict::Pass | Verdict::Fail) {
                        assert_eq!(wide, exact, "rule {rule}: {wide_x:?} {wide_y:?}");
                    }
                }
            }
        }
    }
    assert!(n_open > 100, "{n_open}");
}

#[test]
fn a_range_of_days_moves_at_its_ends() {
    let program = program();
    let calendar = &program.model.calendars[0];
    let date = |text: &str| -> NaiveDate { text.parse().unwrap() };
    let ends = ["2025-01-01", "2025-01-31"].map(|end| calendar.add(date(end), 10).unwrap());
    assert!(ends[0] < ends[1]);
    // What is filed on a day, where the time runs from an unknown day of January.
    let filed = |day: NaiveDate| {
        let facts = ["x@2025=2025-01".to_owned(), format!("y@2025={day}")];
        verdicts(&program, &facts)[2]
    };
    let [first, last] = ends;
    assert_eq!(filed(first), Verdict::Pass);
    assert_eq!(filed(first.succ_opt().unwrap()), Verdict::Undetermined);
    assert_eq!(filed(last), Verdict::Undetermined);
    assert_eq!(filed(last.succ_opt().unwrap()), Verdict::Fail);
}

#[test]
fn half_a_working_day_leads_nowhere() {
    let program = program();
    let between = |n: &str| {
        let facts = ["x@2025=2025-06-26".to_owned(), format!("n@2025={n}")];
        verdicts(&program, &facts)[1]
    };
    assert_eq!(between("1工作日"), Verdict::Pass);
    assert_eq!(between("0.5工作日"), Verdict::Undetermined);
}
