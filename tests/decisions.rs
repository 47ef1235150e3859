//! Outcomes of decisions against an enumeration of everything that the facts allow: none is lost,
//! and where each limit is held against one figure none is named too many.

use std::collections::{BTreeMap, BTreeSet};

use plumbrule::eval::{Options, evaluate};
use plumbrule::figures::Submission;
use plumbrule::program::Program;
use plumbrule::verdict::Verdict;
use plumbrule::{Sources, compile};

const PACK: &str = r#"
pack p "P" { entity body }
entity body "Body" {}
indicator x "X" { unit 人 bounds between 0人 and 12人 }
indicator y "Y" { unit 人 bounds between 0人 and 12人 }
indicator f "F" { kind yes-no }
decision ordered "Ordered" {
  outcome a outcome b outcome c outcome d
  strongest first
  case one: a when f and x >= 5人
  case two: b when y > 8人 or x is 12人
  case three: c when x between 2人 and 9人
  exception four to one, three: d when y < 3人
  exception five to four: b when not f
  otherwise a
}
decision open "Open" {
  outcome a outcome b
  exclusive
  case one: a when x < 6人
  case two: b when y >= 6人 and not f
}
decision asks "Asks" {
  outcome it_is outcome it_is_not
  strongest first
  case it: it_is when ordered is a or ordered is d
  otherwise it_is_not
}
decision both "Both" {
  outcome a outcome b outcome c
  exclusive
  case one: a when x < 6人
  case two: b when y >= 6人
  otherwise b
}
decision asks_open "Asks what may be open" {
  outcome it_is outcome it_is_not
  strongest first
  case it: it_is when open is a or both is b
  otherwise it_is_not
}
decision asks_none "Asks what nothing leads to" {
  outcome it_is outcome it_is_not
  strongest first
  case it: it_is when not (both is c)
  otherwise it_is_not
}
"#;

/// What is stated of one fact, and the values that it may then have.
type Stated = (Option<&'static str>, Vec<i32>);

fn numbers() -> Vec<Stated> {
    vec![
        (None, (0..=12).collect()),
        (Some("1人"), vec![1]),
        (Some("5人"), vec![5]),
        (Some("12人"), vec![12]),
        (Some("2-9人"), (2..=9).collect()),
        (Some("4-5人"), vec![4, 5]),
        (Some("8人以上"), (8..=12).collect()),
        (Some("<5人"), (0..=4).collect()),
    ]
}

fn truths() -> Vec<Stated> {
    vec![
        (None, vec![0, 1]),
        (Some("yes"), vec![1]),
        (Some("no"), vec![0]),
    ]
}

/// For each decision whether it is decided, and the outcomes that are possible.
type Answers = Vec<(bool, BTreeSet<u16>)>;

fn answers(program: &Program, facts: &[(&str, Option<String>)]) -> Answers {
    let mut submission = Submission::new(&program.model);
    for (name, value) in facts {
        if let Some(value) = value {
            let said = format!("{name}@2025={value}");
            submission.suppose(&program.model, &said, "", 1).unwrap();
        }
    }
    let options = Options {
        period: Some(plumbrule::period::Period::Year(2025)),
        ..Options::default()
    };
    let outcome = evaluate(program, &submission, &options);
    let said = |row: &plumbrule::eval::Row| {
        (
            row.verdict == Verdict::Decided,
            row.possible.iter().collect(),
        )
    };
    outcome.rows.iter().map(said).collect()
}

#[test]
fn possible_outcomes_are_those_of_every_completion_and_no_other() {
    let mut sources = Sources::with_std();
    sources.add("pack.plumb", PACK);
    let program = compile(&sources).unwrap();
    let word = |yes: i32| if yes == 1 { "yes" } else { "no" };
    let mut exact: BTreeMap<(i32, i32, i32), Answers> = BTreeMap::new();
    for x in 0..=12 {
        for y in 0..=12 {
            for f in 0..=1 {
                let facts = [
                    ("x", Some(format!("{x}人"))),
                    ("y", Some(format!("{y}人"))),
                    ("f", Some(word(f).to_owned())),
                ];
                exact.insert((x, y, f), answers(&program, &facts));
            }
        }
    }
    let ordered = |at: &(i32, i32, i32)| exact[at][0].clone();
    assert!(
        exact.keys().all(|at| ordered(at).0),
        "ordered cases with `otherwise` decide"
    );
    let mut n_open = 0;
    for (x, of_x) in numbers() {
        for (y, of_y) in numbers() {
            for (f, of_f) in truths() {
                let facts = [x, y, f].map(|stated| stated.map(str::to_owned));
                let [a, b, c] = facts;
                let found = answers(&program, &[("x", a), ("y", b), ("f", c)]);
                for (n, (is_decided, possible)) in found.iter().enumerate() {
                    let mut all: BTreeSet<u16> = BTreeSet::new();
                    let mut is_clear = true;
                    for x in &of_x {
                        for y in &of_y {
                            for f in &of_f {
                                let (decided, outcomes) = &exact[&(*x, *y, *f)][n];
                                all.extend(outcomes);
                                is_clear &= *decided;
                            }
                        }
                    }
                    assert_eq!(*possible, all, "{n}: {x:?} {y:?} {f:?}");
                    assert_eq!(
                        *is_decided,
                        is_clear && all.len() == 1,
                        "{n}: {x:?} {y:?} {f:?}"
                    );
                    n_open += usize::from(all.len() > 1);
                }
            }
        }
    }
    assert!(n_open > 50, "{n_open}");
}
