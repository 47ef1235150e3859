//! Sources, editions, what depends on them, and what changed between two runs.

use plumbrule::diff::{Answer, Diff, Factor, FigureChangeKind, Run, Said, Settings, diff};
use plumbrule::eval::{Choice, Options, Vintage, evaluate};
use plumbrule::figures::{Limits, ReadOptions, Submission};
use plumbrule::period::Period;
use plumbrule::program::Program;
use plumbrule::vintages::{Way, vintages};
use plumbrule::{CompileLimits, Sources, compile};
use proptest::collection::vec;
use proptest::prelude::*;

#[path = "vintages/shown.rs"]
mod shown;

/// Two documents of one issuer, one of another.
const PACK: &str = r#"
pack city "City plan" { entity city }
entity city "The city" {}
instrument bulletin "Bulletin" { issuer "统计局" published 2026-02 }
instrument yearbook "Yearbook" { issuer "统计局" published 2026-09 }
instrument ministry "Ministry" { issuer "部" published 2026-03 }
indicator x "Coverage" { kind share unit % }
indicator y "Output" { unit 亿元 break new since 2025 link 2 "note" }
target x.1 "Coverage of 56 %" {
  require x >= 56% by 2025
  reading exact
}
target y.1 "Output of 10" { require y >= 10亿元 by 2025 }
"#;

const HEAD: &str = "indicator,period,value,source,published,basis\n";

fn program(rules: &str) -> Program {
    let mut sources = Sources::with_std();
    sources.add("pack.plumb", rules);
    compile(&sources).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

/// A side of its own: pack, table and options.
struct Given {
    program: Program,
    tables: Vec<(String, Vec<u8>)>,
    submission: Submission,
    options: Options,
}

impl Given {
    fn new(rules: &str, rows: &str, options: Options) -> Given {
        let program = program(rules);
        let table = format!("{HEAD}{rows}").into_bytes();
        let mut submission = Submission::new(&program.model);
        submission.read_table(&program.model, "t.csv", &table, &Limits::default());
        assert!(submission.problems.is_empty(), "{:?}", submission.problems);
        Given {
            program,
            tables: vec![("t.csv".to_owned(), table)],
            submission,
            options,
        }
    }

    fn run(&self) -> Run<'_> {
        Run {
            program: &self.program,
            submission: &self.submission,
            tables: &self.tables,
            options: &self.options,
        }
    }

    fn verdict(&self, rule: &str) -> &'static str {
        let outcome = evaluate(&self.program, &self.submission, &self.options);
        let model = &self.program.model;
        let mut rows = outcome.rows.iter();
        let row = rows.find(|row| model.rules[row.rule].id == rule).unwrap();
        row.verdict.word()
    }
}

fn settings() -> Settings {
    Settings {
        periods: vec![Period::Year(2025)],
        compile: CompileLimits::default(),
        tables: ReadOptions::default(),
    }
}

fn compared(was: &Given, now: &Given) -> Diff {
    diff(&was.run(), &now.run(), &settings(), |_, _| true)
}

fn edition(vintage: Vintage) -> Options {
    Options {
        choice: Choice {
            vintage,
            ..Choice::default()
        },
        ..Options::default()
    }
}

fn sources(names: &[&str]) -> Options {
    Options {
        choice: Choice {
            sources: names.iter().map(|name| (*name).to_owned()).collect(),
            ..Choice::default()
        },
        ..Options::default()
    }
}

#[test]
fn an_edition_replaces_those_of_its_issuer_alone() {
    let rows = "x,2025,55%,bulletin,,\nx,2025,57%,yearbook,,\n";
    let verdict = |rows: &str, vintage| Given::new(PACK, rows, edition(vintage)).verdict("x.1");
    assert_eq!(verdict(rows, Vintage::All), "undetermined");
    assert_eq!(verdict(rows, Vintage::Latest), "pass");
    assert_eq!(verdict(rows, Vintage::First), "fail");
    // Another issuer stands beside, whenever it published.
    let beside = format!("{rows}x,2025,54%,ministry,,\n");
    assert_eq!(verdict(&beside, Vintage::Latest), "undetermined");
    // One source that no document declares, at two dates.
    let plain = "x,2025,55%,web,2026-01,\nx,2025,57%,web,2026-02,\n";
    assert_eq!(verdict(plain, Vintage::Latest), "pass");
    assert_eq!(verdict(plain, Vintage::First), "fail");
    // Without a date there is no place among editions.
    let undated = "x,2025,55%,web,,\nx,2025,57%,web,2026-02,\n";
    assert_eq!(verdict(undated, Vintage::Latest), "undetermined");
    // Both of one day count.
    let same = "x,2025,55%,web,2026-02,\nx,2025,57%,web,2026-02,\n";
    assert_eq!(verdict(same, Vintage::Latest), "undetermined");
    // A later word on the older basis replaces nothing.
    let rules = format!("{PACK}target y.2 \"Y\" {{ require y@2024 >= 10亿元 by 2025 }}\n");
    let rows = "x,2025,55%,web,,\ny,2024,12亿元,bulletin,,new\ny,2024,4亿元,yearbook,,\n";
    for vintage in Vintage::ALL {
        assert_eq!(
            Given::new(&rules, rows, edition(vintage)).verdict("y.2"),
            "pass"
        );
    }
}

#[test]
fn an_edition_that_is_not_known_yet_replaces_nothing() {
    let rows = "x,2025,55%,bulletin,,\nx,2025,57%,yearbook,,\n";
    let known = Options {
        known_on: Period::Year(2026)
            .first_day()
            .checked_add_days(chrono::Days::new(90)),
        ..edition(Vintage::Latest)
    };
    assert_eq!(Given::new(PACK, rows, known).verdict("x.1"), "fail");
}

#[test]
fn findings_are_about_figures_that_count() {
    let rows = "x,2025,55%,bulletin,,\nx,2025,57%,yearbook,,\n";
    let found = |options| {
        let given = Given::new(PACK, rows, options);
        plumbrule::findings::findings(&given.program, &given.submission, &given.options).len()
    };
    assert_eq!(found(Options::default()), 1);
    assert_eq!(found(sources(&["yearbook"])), 0);
    assert_eq!(found(edition(Vintage::Latest)), 0);
}

#[test]
fn what_depends_on_the_figures_taken_is_found() {
    let rows = "x,2025,55%,bulletin,,\nx,2025,57%,yearbook,,\ny,2025,11亿元,ministry,,\n";
    let given = Given::new(PACK, rows, Options::default());
    let found = vintages(&given.program, &given.submission, &given.options, |_| true);
    let way = |way: Way| found.ways.iter().position(|one| *one == way).unwrap();
    let [one] = found.turned.as_slice() else {
        panic!("{:#?}", found.turned);
    };
    let of = |way: usize| {
        let mut groups = one.groups.iter();
        let group = groups.find(|group| group.ways.contains(&way));
        group.map(|group| group.answer.verdict.word())
    };
    assert_eq!(of(way(Way::Asked)), Some("undetermined"));
    assert_eq!(of(way(Way::Source("bulletin".to_owned()))), Some("fail"));
    assert_eq!(of(way(Way::Source("yearbook".to_owned()))), Some("pass"));
    assert_eq!(of(way(Way::Edition(Vintage::First))), Some("fail"));
    assert_eq!(of(way(Way::Edition(Vintage::Latest))), Some("pass"));
    assert_eq!(of(way(Way::Prefer("yearbook".to_owned()))), Some("pass"));
    assert!(
        one.silent
            .contains(&way(Way::Source("ministry".to_owned())))
    );
    let [rests] = found.rests.as_slice() else {
        panic!("{:#?}", found.rests);
    };
    assert_eq!(rests.groups.len(), 1);
    assert_eq!(found.n_same, 0);
    // Each way is what the evaluator says of it.
    for (n, way) in found.ways.iter().enumerate() {
        let options = match way {
            Way::Source(name) => sources(&[name.as_str()]),
            Way::Edition(vintage) => edition(*vintage),
            Way::KnownOn(day) => Options {
                known_on: Some(*day),
                ..Options::default()
            },
            Way::Asked | Way::Prefer(_) => continue,
        };
        let options = Options {
            period: Some(Period::Year(2025)),
            ..options
        };
        let said = Given::new(PACK, rows, options).verdict("x.1");
        assert!(of(n).is_none_or(|word| word == said), "{way:?}");
    }
}

/// The one row that changed.
fn only(found: &Diff) -> &plumbrule::diff::Changed {
    let [one] = found.changed.as_slice() else {
        panic!("{:#?}", found.changed);
    };
    one
}

#[test]
fn each_factor_is_named_where_it_alone_differs() {
    let rows = "x,2025,55%,bulletin,,\ny,2025,11亿元,ministry,,\n";
    let base = || Given::new(PACK, rows, Options::default());
    let with = |rules: &str, rows: &str, options| Given::new(rules, rows, options);
    let changed_rows = rows.replace("55%", "56%");
    let limit = PACK.replace("x >= 56%", "x >= 55%");
    let definition = PACK.replace(
        "unit 亿元 break",
        "unit 亿元 definition gross default \"总\" break",
    );
    for (factor, now, n) in [
        (
            Factor::Data,
            with(PACK, &changed_rows, Options::default()),
            1,
        ),
        (Factor::Source, with(PACK, rows, sources(&["ministry"])), 1),
        (Factor::Rule, with(&limit, rows, Options::default()), 1),
        (
            Factor::Definition,
            with(&definition, rows, Options::default()),
            0,
        ),
    ] {
        let found = compared(&base(), &now);
        assert_eq!(found.factors, [factor]);
        assert_eq!(found.changed.len(), n, "{factor:?}");
        for one in &found.changed {
            assert_eq!(one.did, [vec![factor]]);
        }
    }
    let known = Options {
        known_on: Some(Period::Year(2025).last_day()),
        ..Options::default()
    };
    let found = compared(&base(), &with(PACK, rows, known));
    assert_eq!(
        (found.factors.as_slice(), found.changed.len()),
        (&[Factor::Vintage][..], 2)
    );
    // The reading is a method: 55.95 is the least that 56.0 may be.
    let near = "x,2025,56.0%,bulletin,,\ny,2025,11亿元,ministry,,\n";
    let printed = PACK.replace("reading exact", "reading as printed");
    let was = with(PACK, near, Options::default());
    let found = compared(&was, &with(&printed, near, Options::default()));
    assert_eq!(found.factors, [Factor::Method]);
    let one = only(&found);
    assert_eq!(one.did, [vec![Factor::Method]]);
    assert_eq!(one.clauses[0].was.as_deref(), Some("reading exact"));
    assert_eq!(one.clauses[0].now.as_deref(), Some("reading as printed"));
}

#[test]
fn one_of_two_factors_is_found_to_have_done_it() {
    let rows = "x,2025,55%,bulletin,,\n";
    let limit = PACK.replace("x >= 56%", "x >= 54%");
    let was = Given::new(PACK, rows, Options::default());
    let now = Given::new(&limit, &rows.replace("55%", "55.5%"), Options::default());
    let found = compared(&was, &now);
    let one = only(&found);
    assert_eq!(found.factors, [Factor::Data, Factor::Rule]);
    assert_eq!(one.did, [vec![Factor::Rule]]);
    assert_eq!(
        one.clauses[0].was.as_deref(),
        Some("require x >= 56% by 2025")
    );
    let said = |said: Said| match said {
        Said::Answer(Answer { verdict, .. }) => verdict.word(),
        Said::NoRow | Said::Unfit => "none",
    };
    let tried: Vec<_> = one
        .trials
        .iter()
        .map(|trial| (trial.factor, said(trial.alone), said(trial.without)))
        .collect();
    assert_eq!(
        tried,
        [
            (Factor::Data, "fail", "pass"),
            (Factor::Rule, "pass", "fail")
        ]
    );
}

#[test]
fn what_only_two_factors_do_together_is_told_so() {
    let limit = PACK.replace("x >= 56%", "x >= 55%");
    let was = Given::new(PACK, "x,2025,54%,bulletin,,\n", Options::default());
    let now = Given::new(&limit, "x,2025,55%,bulletin,,\n", Options::default());
    let found = compared(&was, &now);
    assert_eq!(only(&found).did, [vec![Factor::Data, Factor::Rule]]);
    // And what either would do alone.
    let now = Given::new(
        &limit.replace("55%", "54%"),
        "x,2025,56%,bulletin,,\n",
        Options::default(),
    );
    let found = compared(&was, &now);
    assert_eq!(only(&found).did, [vec![Factor::Data], vec![Factor::Rule]]);
}

#[test]
fn rules_that_need_new_definitions_are_told_as_one() {
    let more = format!(
        "{PACK}\nindicator z \"Z\" {{ unit 人 }}\ntarget z.1 \"Z\" {{ require z >= 5人 by 2025 }}\n"
    );
    let rows = "x,2025,57%,bulletin,,\n";
    let was = Given::new(PACK, rows, Options::default());
    let now = Given::new(&more, rows, Options::default());
    let found = compared(&was, &now);
    let one = only(&found);
    assert!(one.change.was.is_none() && one.change.now.is_some());
    assert_eq!(one.did, [vec![Factor::Definition, Factor::Rule]]);
    assert_eq!(one.trials[1].alone, Said::Unfit);
    // The other way round the row is gone.
    let back = compared(&now, &was);
    assert!(only(&back).change.now.is_none());
}

#[test]
fn a_comment_or_a_layout_is_no_difference() {
    let rows = "x,2025,57%,bulletin,,\n";
    let other = PACK.replace(
        "  reading exact",
        "  // as the plan says\n\n  reading    exact",
    );
    let tests = format!("{PACK}\ntest \"t\" {{ given x @ 2025 = 57% expect x.1 pass }}\n");
    let was = Given::new(PACK, rows, Options::default());
    for rules in [other, tests] {
        let now = Given::new(&rules, rows, Options::default());
        let found = compared(&was, &now);
        assert!(found.factors.is_empty() && found.is_same() && found.figures.is_empty());
    }
}

#[test]
fn figures_are_matched_by_what_they_are_about() {
    let was = "x,2025,55%,bulletin,,\nx,2025,55%,ministry,,\nx,2024,50%,bulletin,,\n";
    let now = "x,2025,55%,ministry,,\nx,2025,55.5%,bulletin,,\ny,2025,3亿元,bulletin,,\n";
    let was = Given::new(PACK, was, Options::default());
    let now = Given::new(PACK, now, Options::default());
    let found = compared(&was, &now);
    let kinds: Vec<_> = found
        .figures
        .iter()
        .map(|it| (it.kind, it.is_read))
        .collect();
    assert_eq!(
        kinds,
        [
            (FigureChangeKind::Changed, true),
            (FigureChangeKind::Added, true),
            (FigureChangeKind::Withdrawn, false)
        ]
    );
}

/// Some claims of both indicators, as rows of a table.
fn claims() -> impl Strategy<Value = String> {
    let sources = prop::sample::select(vec!["bulletin", "yearbook", "ministry", ""]);
    let values = prop::sample::select(vec![
        "x,2025,55%",
        "x,2025,57%",
        "x,2025,超56%",
        "x,2025,约56%",
        "y,2025,9亿元",
        "y,2025,11亿元",
        "y,2025,近10亿元",
    ]);
    let rows = vec((values, sources), 1..6);
    rows.prop_map(|rows| {
        let rows = rows
            .into_iter()
            .map(|(value, source)| format!("{value},{source},,\n"));
        rows.collect()
    })
}

fn choices() -> impl Strategy<Value = Options> {
    let sources =
        prop::sample::select(vec![vec![], vec!["bulletin"], vec!["yearbook", "ministry"]]);
    let vintages = prop::sample::select(Vintage::ALL.to_vec());
    (sources, vintages).prop_map(|(names, vintage)| {
        let mut options = sources_of(&names);
        options.choice.vintage = vintage;
        options
    })
}

fn sources_of(names: &[&str]) -> Options {
    sources(names)
}

fn packs() -> impl Strategy<Value = String> {
    let limits = prop::sample::select(vec!["56%", "55%", "58%"]);
    let readings = prop::sample::select(vec!["exact", "as printed"]);
    (limits, readings).prop_map(|(limit, reading)| {
        PACK.replace("x >= 56%", &format!("x >= {limit}"))
            .replace("reading exact", &format!("reading {reading}"))
    })
}

proptest! {
    #![proptest_config(crate::common::random(24))]

    /// Nothing differs from itself; and what changed one way changed the other way.
    #[test]
    fn a_difference_is_empty_of_equals_and_the_same_backwards(
        packs in [packs(), packs()],
        rows in [claims(), claims()],
        options in [choices(), choices()],
    ) {
        let [was, now] = [0, 1].map(|n: usize| Given::new(&packs[n], &rows[n], options[n].clone()));
        let own = compared(&was, &was);
        prop_assert!(own.is_same() && own.factors.is_empty() && own.figures.is_empty());
        let (there, back) = (compared(&was, &now), compared(&now, &was));
        prop_assert_eq!(&there.factors, &back.factors);
        prop_assert_eq!(there.n_same, back.n_same);
        prop_assert_eq!(there.figures.len(), back.figures.len());
        let answers = |found: &Diff, backwards: bool| {
            let mut all: Vec<_> = found.changed.iter().map(|one| {
                let (was, now) = (one.change.was.as_ref(), one.change.now.as_ref());
                let (was, now) = if backwards { (now, was) } else { (was, now) };
                format!("{} {:?} {:?}", one.change.rule, was.map(Answer::of), now.map(Answer::of))
            }).collect();
            all.sort();
            all
        };
        prop_assert_eq!(answers(&there, false), answers(&back, true));
    }

    /// What is said to have done it does it when it alone is put in, by runs made from scratch.
    #[test]
    fn an_attribution_holds_when_it_is_tried(
        packs in [packs(), packs()],
        rows in [claims(), claims()],
        options in [choices(), choices()],
    ) {
        let [was, now] = [0, 1].map(|n: usize| Given::new(&packs[n], &rows[n], options[n].clone()));
        let found = compared(&was, &now);
        for one in &found.changed {
            prop_assert!(!one.did.is_empty());
            for set in &one.did {
                let side = |factor| usize::from(set.contains(&factor));
                // Limit and reading stand on a line of their own each.
                let reading = packs[side(Factor::Method)].lines().find(|it| it.contains("reading"));
                let rules: String = packs[side(Factor::Rule)]
                    .lines()
                    .map(|line| if line.contains("reading") { reading.unwrap_or(line) } else { line })
                    .map(|line| format!("{line}\n"))
                    .collect();
                let mut mixed = options[side(Factor::Source)].clone();
                mixed.choice.vintage = options[side(Factor::Vintage)].choice.vintage;
                let tried = Given::new(&rules, &rows[side(Factor::Data)], mixed);
                let again = compared(&tried, &now);
                let is_there = again.changed.iter().any(|it| it.change.rule == one.change.rule);
                prop_assert!(!is_there, "{} {set:?}", one.change.rule);
            }
        }
    }
}
