//! Laws of lists of records, on random lists, against possible worlds: every choice of what is not
//! known, and of how many more records there are. Few cases by default; `PROPTEST_CASES` asks for
//! more.

use plumbrule::Sources;
use plumbrule::eval::{Options, Outcome, evaluate};
use plumbrule::figures::{Limits, ProblemCode, Submission};
use plumbrule::period::Period;
use plumbrule::program::Program;
use plumbrule::verdict::Verdict;
use proptest::collection::vec;
use proptest::prelude::*;

const WORDS: &str = r#"
dimension CNY
dimension items
unit 元 = CNY
unit 个 = items
unit % = 0.01 percentage
words column indicator { alias "indicator" }
words column entity { alias "entity" }
words column record { alias "record" }
words column period { alias "period" }
words column value { alias "value" }
words table missing { alias "n/a" }
words truth yes { alias "yes" }
words truth no { alias "no" }
pack p "P" {}
entity firm "Firms" { members listed }
entity own "Own" { class firm }
entity other "Other" { class firm }
indicator n "N" { entity firm unit 个 }
indicator x "X" { entity rec unit 元 bounds between 0元 and 20元 }
indicator flag "F" { entity rec kind yes-no }
"#;

/// What is known of a record: its number and its yes or no.
#[derive(Debug, Clone, Copy)]
struct Record {
    x: Option<i64>,
    flag: Option<bool>,
}

/// What is said of how long the list is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Said {
    Nothing,
    Full,
    Count(usize),
    /// A count that no whole number meets.
    Broken,
}

/// A row beside those of the records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Odd {
    /// It names a record of the period, and all its cells are blank.
    Blank,
    /// It is of a part of the period.
    Month,
    /// It is of a longer one.
    Years,
    /// Its period cannot be read.
    BadPeriod,
}

fn odds() -> impl Strategy<Value = Vec<Odd>> {
    let odd = prop_oneof![
        Just(Odd::Blank),
        Just(Odd::Month),
        Just(Odd::Years),
        Just(Odd::BadPeriod),
    ];
    vec(odd, 0..3)
}

/// The records that are in the list for sure, and how many more rows tell of.
fn listed(records: &[Record], odds: &[Odd]) -> (Vec<Record>, usize) {
    let n_blank = odds.iter().filter(|odd| **odd == Odd::Blank).count();
    let mut listed = records.to_vec();
    listed.resize(records.len() + n_blank, UNKNOWN);
    (listed, odds.len() - n_blank)
}

/// The most records that a world has beside those that came.
const MOST_MORE: usize = 2;

fn record() -> impl Strategy<Value = Record> {
    let x = prop_oneof![1 => Just(None), 3 => (0..20i64).prop_map(Some)];
    let flag = prop_oneof![1 => Just(None), 3 => any::<bool>().prop_map(Some)];
    (x, flag).prop_map(|(x, flag)| Record { x, flag })
}

fn said() -> impl Strategy<Value = Said> {
    prop_oneof![
        2 => Just(Said::Nothing),
        1 => Just(Said::Full),
        3 => (0..5usize).prop_map(Said::Count),
        1 => Just(Said::Broken),
    ]
}

type World = Vec<(i64, bool)>;

const UNKNOWN: Record = Record {
    x: None,
    flag: None,
};

/// Every world that the list allows, with numbers at the ends of what they may be.
fn worlds(records: &[Record], odds: &[Odd], said: Said) -> Vec<World> {
    let (records, n_maybe) = listed(records, odds);
    let mores: Vec<usize> = match said {
        Said::Full => (0..=n_maybe).collect(),
        Said::Count(n) if n >= records.len() + n_maybe && n - records.len() <= MOST_MORE => {
            vec![n - records.len()]
        }
        Said::Count(n) if n > records.len() + MOST_MORE => Vec::new(),
        // What is said of the list cannot be, so that it says nothing.
        Said::Nothing | Said::Count(_) | Said::Broken => (0..=MOST_MORE).collect(),
    };
    let mut all: Vec<World> = Vec::new();
    for more in mores {
        let mut list = records.clone();
        list.resize(records.len() + more, UNKNOWN);
        let mut some: Vec<World> = vec![Vec::new()];
        for record in list {
            let xs = record.x.map_or(vec![0, 20], |x| vec![x]);
            let flags = record.flag.map_or(vec![false, true], |flag| vec![flag]);
            let mut next = Vec::new();
            for world in &some {
                for x in &xs {
                    for flag in &flags {
                        let mut world = world.clone();
                        world.push((*x, *flag));
                        next.push(world);
                    }
                }
            }
            some = next;
        }
        all.extend(some);
    }
    all
}

/// A condition of the language and what it comes to; nothing where it is not defined.
type Rule = (&'static str, fn(&World, i64) -> Option<bool>);

const RULES: &[Rule] = &[
    ("any of its rec where flag", |all, _| {
        Some(all.iter().any(|(_, flag)| *flag))
    }),
    ("all of its rec where flag", |all, _| {
        Some(all.iter().all(|(_, flag)| *flag))
    }),
    ("all of its rec where (flag or x >= 10元)", |all, _| {
        Some(all.iter().all(|(x, flag)| *flag || *x >= 10))
    }),
    ("not any of its rec where (x < 3元)", |all, _| {
        Some(!all.iter().any(|(x, _)| *x < 3))
    }),
    ("count of its rec where (flag) >= {n}", |all, n| {
        Some(count(all) >= n)
    }),
    ("count of its rec where (flag) <= {n}", |all, n| {
        Some(count(all) <= n)
    }),
    ("count of its rec where (x >= 0元) <= {n}", |all, n| {
        Some(all.len() as i64 <= n)
    }),
    ("sum of x over its rec >= {ten}元", |all, n| {
        Some(sum(all, false) >= n * 10)
    }),
    ("sum of x over its rec < {ten}元", |all, n| {
        Some(sum(all, false) < n * 10)
    }),
    (
        "sum of x over its rec where (flag) >= {ten}元",
        |all, n| Some(sum(all, true) >= n * 10),
    ),
    (
        "sum of x over its rec where (flag) <= {ten}元",
        |all, n| Some(sum(all, true) <= n * 10),
    ),
    ("mean of x over its rec >= {ten}元", |all, n| {
        let n_all = all.len() as i64;
        (n_all > 0).then(|| sum(all, false) >= n * 10 * n_all)
    }),
    ("share of its rec where (flag) >= {ten}%", |all, n| {
        let n_all = all.len() as i64;
        (n_all > 0).then(|| count(all) * 10 >= n * n_all)
    }),
    ("highest of x over its rec >= {ten}元", |all, n| {
        all.iter().map(|(x, _)| *x).max().map(|x| x >= n * 10)
    }),
    ("lowest of x over its rec >= {ten}元", |all, n| {
        all.iter().map(|(x, _)| *x).min().map(|x| x >= n * 10)
    }),
    ("sum of top 2 of x over its rec >= {ten}元", |all, n| {
        let mut xs: Vec<i64> = all.iter().map(|(x, _)| *x).collect();
        xs.sort_unstable_by(|a, b| b.cmp(a));
        Some(xs.iter().take(2).sum::<i64>() >= n * 10)
    }),
];

fn count(all: &World) -> i64 {
    all.iter().filter(|(_, flag)| *flag).count() as i64
}

fn sum(all: &World, is_filtered: bool) -> i64 {
    let counted = all.iter().filter(|(_, flag)| *flag || !is_filtered);
    counted.map(|(x, _)| *x).sum()
}

fn program(said: Said, n: i64) -> Program {
    let mut text = WORDS.to_owned();
    text += match said {
        Said::Nothing => "entity rec \"R\" { members open part of firm }\n",
        Said::Full => "entity rec \"R\" { members in full part of firm }\n",
        Said::Count(_) | Said::Broken => {
            "entity rec \"R\" { members open part of firm complete by n }\n"
        }
    };
    for (at, (rule, _)) in RULES.iter().enumerate() {
        let rule = rule.replace("{n}", &n.to_string());
        let rule = rule.replace("{ten}", &(n * 10).to_string());
        text += &format!("target t{at} \"T\" {{ require {rule} for each firm }}\n");
    }
    let mut sources = Sources::new();
    sources.add("rules", &text);
    plumbrule::compile(&sources).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

/// The list in a table, beside one of another body whose records have the same names.
fn evaluated(
    program: &Program,
    (records, odds): (&[Record], &[Odd]),
    said: Said,
    is_turned: bool,
) -> Outcome {
    let mut lines = vec!["x,other,last,2025,19元".to_owned()];
    let mut wide = "entity,record,period,x,flag\nother,w,2025,19元,\n".to_owned();
    for (at, odd) in odds.iter().enumerate() {
        match odd {
            Odd::Blank => wide += &format!("own,odd{at},2025,,\n"),
            Odd::Month => lines.push(format!("x,own,odd{at},2025-03,5元")),
            Odd::Years => lines.push(format!("x,own,odd{at},2024-2026,5元")),
            Odd::BadPeriod => lines.push(format!("x,own,odd{at},some day,5元")),
        }
    }
    for (at, record) in records.iter().enumerate() {
        let mut line = |indicator: &str, value: String| {
            lines.push(format!("{indicator},own,r{at},2025,{value}"));
        };
        // A record that came and says nothing has a row that says so.
        line("x", record.x.map_or("n/a".to_owned(), |x| format!("{x}元")));
        if let Some(flag) = record.flag {
            line("flag", if flag { "yes" } else { "no" }.to_owned());
        }
        lines.push(format!("x,other,r{at},2025,19元"));
    }
    match said {
        Said::Count(n) => lines.push(format!("n,own,,2025,{n}个")),
        Said::Broken => lines.push(format!("n,own,,2025,{}.5个", records.len())),
        Said::Nothing | Said::Full => {}
    }
    if is_turned {
        lines.reverse();
    }
    let table = format!(
        "indicator,entity,record,period,value\n{}\n",
        lines.join("\n")
    );
    let mut submission = Submission::new(&program.model);
    submission.read_table(
        &program.model,
        "t.csv",
        table.as_bytes(),
        &Limits::default(),
    );
    let limits = Limits::default();
    submission.read_table(&program.model, "w.csv", wide.as_bytes(), &limits);
    let mut problems = submission.problems.iter();
    let is_meant = |code| code == ProblemCode::Period;
    assert!(
        problems.all(|problem| is_meant(problem.code)),
        "{:#?}",
        submission.problems
    );
    let options = Options {
        period: Some(Period::Year(2025)),
        ..Options::default()
    };
    evaluate(program, &submission, &options)
}

proptest! {
    #![proptest_config(crate::common::random(64))]

    /// What is proved holds in every world, what is refuted in none; the order of rows, and lists of
    /// others with records of the same names, change nothing.
    #[test]
    fn every_world_agrees_with_the_verdict(
        records in vec(record(), 0..4),
        odds in odds(),
        said in said(),
        n in 0..4i64,
    ) {
        let program = program(said, n);
        let outcome = evaluated(&program, (&records, &odds), said, false);
        let turned = evaluated(&program, (&records, &odds), said, true);
        let verdicts = |outcome: &Outcome| -> Vec<Verdict> {
            outcome.rows.iter().map(|row| row.verdict).collect()
        };
        prop_assert_eq!(verdicts(&outcome), verdicts(&turned));
        let worlds = worlds(&records, &odds, said);
        for row in &outcome.rows {
            if program.model.entities[row.entity].id != "own" {
                continue;
            }
            let (text, holds) = RULES[plumbrule::index::Id::index(row.rule)];
            let found: Vec<Option<bool>> = worlds.iter().map(|world| holds(world, n)).collect();
            match row.verdict {
                Verdict::Pass => {
                    let is_sound = found.iter().all(|holds| *holds != Some(false));
                    prop_assert!(is_sound, "{} passes, {:?} {:?} {:?}", text, records, odds, said);
                }
                Verdict::Fail => {
                    let is_sound = found.iter().all(|holds| *holds != Some(true));
                    prop_assert!(is_sound, "{} fails, {:?} {:?} {:?}", text, records, odds, said);
                }
                _ => {}
            }
        }
    }

    /// Of yes and no, counts and sums nothing is left open that the worlds agree on.
    #[test]
    fn what_all_worlds_agree_on_is_decided(
        records in vec(record(), 0..4),
        odds in odds(),
        said in said(),
        n in 0..4i64,
    ) {
        let program = program(said, n);
        let outcome = evaluated(&program, (&records, &odds), said, false);
        let worlds = worlds(&records, &odds, said);
        // Where more are missing than worlds have, or any number, worlds do not say it all.
        let (listed, n_maybe) = listed(&records, &odds);
        let n_listed = listed.len();
        let is_whole = n_maybe == 0
            && (said == Said::Full
                || matches!(said, Said::Count(n) if n >= n_listed && n - n_listed <= MOST_MORE));
        if !is_whole {
            return Ok(());
        }
        for row in &outcome.rows {
            let at = plumbrule::index::Id::index(row.rule);
            let is_plain = at < 11;
            if program.model.entities[row.entity].id != "own" || !is_plain {
                continue;
            }
            let (text, holds) = RULES[at];
            let mut found: Vec<Option<bool>> = worlds.iter().map(|world| holds(world, n)).collect();
            found.dedup();
            let wanted = match found.as_slice() {
                [Some(true)] => Verdict::Pass,
                [Some(false)] => Verdict::Fail,
                _ => Verdict::Undetermined,
            };
            prop_assert_eq!(row.verdict, wanted, "{} of {:?} {:?}, {:?}", text, records, odds, said);
        }
    }

    /// One more record that came never turns a verdict on an open list into its opposite.
    #[test]
    fn an_open_list_only_grows(
        records in vec(record(), 0..4),
        n in 0..4i64,
    ) {
        let program = program(Said::Nothing, n);
        let first = evaluated(&program, (&records, &[]), Said::Nothing, false);
        let mut more = records.clone();
        more.push(Record { x: Some(7), flag: Some(true) });
        let second = evaluated(&program, (&more, &[]), Said::Nothing, false);
        for (before, after) in first.rows.iter().zip(&second.rows) {
            let ends = (before.verdict, after.verdict);
            let is_turned = matches!(
                ends,
                (Verdict::Pass, Verdict::Fail) | (Verdict::Fail, Verdict::Pass)
            );
            prop_assert!(!is_turned, "{:?}", ends);
        }
    }
}

/// The list of a period has the rows of a rule that is judged for each record, and no others.
#[test]
fn a_record_of_another_period_is_not_asked() {
    let mut sources = Sources::new();
    let rule = "entity rec \"R\" { members in full part of firm }\n\
                target t \"T\" { for each rec require x <= 10元 }\n";
    sources.add("rules", &format!("{WORDS}{rule}"));
    let program = plumbrule::compile(&sources).unwrap_or_else(|problems| panic!("{problems:#?}"));
    let table = "entity,record,period,x,flag\nown,a,2024,5元,\nown,b,2025,5元,\nown,c,2025,,\n\
                 own,d,some day,5元,\nown,e,2025-03,5元,\n";
    let mut submission = Submission::new(&program.model);
    let limits = Limits::default();
    submission.read_table(&program.model, "w.csv", table.as_bytes(), &limits);
    let options = Options {
        period: Some(Period::Year(2025)),
        ..Options::default()
    };
    let outcome = evaluate(&program, &submission, &options);
    let id = |row: &plumbrule::eval::Row| submission.entities[row.entity].id.clone();
    let found: Vec<(String, Verdict)> = outcome
        .rows
        .iter()
        .map(|row| (id(row), row.verdict))
        .collect();
    let wanted = [
        ("own/b", Verdict::Pass),
        ("own/c", Verdict::Undetermined),
        ("own/d", Verdict::Undetermined),
        ("own/e", Verdict::Undetermined),
    ];
    let wanted = wanted.map(|(id, verdict)| (id.to_owned(), verdict));
    assert_eq!(found, wanted);
}
