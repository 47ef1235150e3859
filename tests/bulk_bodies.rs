//! Tables whose rows are judged with other rows of their bodies: against the evaluator of one submission,
//! every verdict, cause and outcome of every body and period.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use plumbrule::bulk::{
    Bounds, InMemory, Job, Ran, Scratch, Sink, SourceOptions, Stop, Verdicts, WhyWhole, open, run,
    run_by_body, run_by_body_within, run_whole,
};
use plumbrule::eval::Options;
use plumbrule::figures::{ClaimState, Limits, Submission};
use plumbrule::period::Period;
use plumbrule::program::Program;
use plumbrule::verdict::{Cause, Causes, Verdict};

use crate::bulk::{Kept, Said, program};
pub(crate) use packs::{OF_LISTS, OF_MANY, OF_PARTS, pack_of_lists, pack_of_many, pack_of_parts};

mod lists;
mod packs;

/// What is said of the bodies of a table, in small parts, and of whom in what order.
pub(crate) fn by_body(
    program: &Program,
    bytes: &[u8],
    options: &Options,
    threads: usize,
) -> Result<(Said, Ran), Stop> {
    let mut kept = Kept::default();
    let ran = streamed(program, bytes, options, threads, &mut kept)?;
    Ok((kept.0, ran))
}

fn streamed(
    program: &Program,
    bytes: &[u8],
    options: &Options,
    threads: usize,
    sink: &mut dyn Sink,
) -> Result<Ran, Stop> {
    let job = job(program, options, threads);
    let is_known = |word: &str| program.model.is_word(word);
    let again = || {
        let options = SourceOptions {
            is_known: &is_known,
            part_bytes: 200,
            ..SourceOptions::default()
        };
        open("rows.csv", Box::new(bytes.to_vec()), &options)
    };
    let room = || Ok(Box::new(InMemory::default()) as Box<dyn Scratch>);
    // Few rows at a time, so that those of one question are never together.
    let bounds = Bounds {
        bytes: 300,
        bucket_bytes: 400,
        rows: 3,
    };
    match threads {
        2 => run_by_body(&job, &again, &room, sink),
        _ => run_by_body_within(&job, &again, &room, bounds, sink),
    }
}

fn job<'a>(program: &'a Program, options: &'a Options, threads: usize) -> Job<'a> {
    Job {
        program,
        options,
        rules: &[],
        threads,
        fail_fast: false,
        progress: &|_, _, _| {},
    }
}

/// What is said of the same table read as one submission, without bodies that have no row.
pub(crate) fn as_one(program: &Program, bytes: &[u8], options: &Options) -> (Said, Submission) {
    let mut submission = Submission::new(&program.model);
    submission.read_table(&program.model, "rows.csv", bytes, &Limits::default());
    let mut kept = Kept::default();
    run_whole(&job(program, options, 1), &submission, &mut kept).unwrap();
    let id = |body| submission.entities[body].id.clone();
    let mut with: BTreeSet<(String, _)> = BTreeSet::new();
    for claim in submission.claims.values() {
        with.insert((id(claim.entity), claim.window));
        // So has the body in whose list a record is.
        let whole = submission.entities[claim.entity].part_of;
        with.extend(whole.map(|whole| (id(whole), claim.window)));
    }
    let mut said = kept.0;
    // Rules about many bodies speak of those of the pack without a row as well.
    said.retain(|(rule, body, period), _| {
        rule.starts_with("many.") || with.contains(&(body.clone(), *period))
    });
    (said, submission)
}

/// The figures of each verdict, by rule, body and period.
type Figures = BTreeMap<(String, String, Period), Vec<(String, String)>>;

#[derive(Default)]
struct WithFigures(Figures);

impl Sink for WithFigures {
    fn take(&mut self, verdicts: &Verdicts<'_>) -> io::Result<()> {
        let names: Vec<&str> = verdicts.entities().collect();
        for rule in 0..verdicts.rules().len() {
            for (row, name) in names.iter().enumerate() {
                if verdicts.verdict(rule, row).is_none() {
                    continue;
                }
                let Some(period) = verdicts.period(row) else {
                    continue;
                };
                let figures = verdicts.figures(rule, row).into_iter();
                let figures = figures.map(|(name, text)| (name, text.to_owned()));
                let id = verdicts.rule_name(rule).to_owned();
                self.0
                    .insert((id, (*name).to_owned(), period), figures.collect());
            }
        }
        Ok(())
    }

    fn figures_of(&self) -> Option<Vec<Verdict>> {
        Some(Vec::new())
    }
}

/// Holds the figures that verdicts were read off against those of one submission.
fn hold_figures(
    program: &Program,
    (bytes, submission): (&str, &Submission),
    options: &Options,
    id: &dyn Fn(&str) -> String,
) {
    let mut one = WithFigures::default();
    run_whole(&job(program, options, 1), submission, &mut one).unwrap();
    let mut found = WithFigures::default();
    streamed(program, bytes.as_bytes(), options, 2, &mut found).unwrap();
    let found: Figures = found
        .0
        .into_iter()
        .map(|((rule, name, period), figures)| ((rule, id(&name), period), figures))
        .collect();
    // A row that stands for itself shows a cell that cannot be read as well.
    let claims = submission.claims.values();
    let good = claims.filter(|claim| claim.state == ClaimState::Good);
    let good = good.flat_map(|claim| {
        let whose = submission.entities[claim.entity].id.clone();
        let key = |whose| {
            format!(
                "{}@{}",
                claim.figure.key(&program.model, whose),
                claim.window
            )
        };
        let text = submission.text(claim.printed);
        let of_others = ("".to_owned(), key(Some(whose.as_str())), text);
        let own = key(None);
        [of_others, (whose, own, text)]
    });
    let good: BTreeSet<(String, String, &str)> = good.collect();
    let is_good = |body: &str, (name, text): &(String, String)| {
        let whose = [body, ""].into_iter();
        whose
            .map(|whose| (whose.to_owned(), name.clone(), text.as_str()))
            .any(|figure| good.contains(&figure))
    };
    for (about, figures) in &one.0 {
        if let Some(own) = found.get(about) {
            let own = own.iter().filter(|figure| is_good(&about.1, figure));
            assert_eq!(
                own.collect::<Vec<_>>(),
                figures.iter().collect::<Vec<_>>(),
                "{about:?}\n{bytes}"
            );
        }
    }
}

/// Holds both against each other, at one thread and at three.
pub(crate) fn hold(program: &Program, bytes: &str, options: &Options) -> (Said, Ran) {
    let (one, submission) = as_one(program, bytes.as_bytes(), options);
    let (said, ran) = by_body(program, bytes.as_bytes(), options, 1).unwrap();
    // Lines name bodies as the table does.
    let id = |name: &str| {
        let tight: String = name.split_whitespace().collect();
        let known = submission.entity_named(name);
        let known = known.or_else(|| submission.entity_named(&tight).filter(|_| !name.is_ascii()));
        known.map_or(name.to_owned(), |id| submission.entities[id].id.clone())
    };
    let named = |((rule, name, period), said): (&(String, String, _), &_)| {
        ((rule.clone(), id(name), *period), *said)
    };
    crate::bulk_arrow::hold(program, bytes, options, &said);
    hold_figures(program, (bytes, &submission), options, &id);
    let said: Said = said.iter().map(named).collect();
    for (about, expected) in &one {
        assert_eq!(said.get(about), Some(expected), "{about:?}\n{bytes}");
    }
    let (again, other) = by_body(program, bytes.as_bytes(), options, 3).unwrap();
    assert_eq!(said, again.iter().map(named).collect::<Said>());
    assert_eq!(ran.tally, other.tally);
    (said, ran)
}

const PACK: &str = r#"
pack p "P" { entity CN }
entity CN "China" { }
entity firm "Firms" { members open }
indicator sales "Sales" { kind index }
indicator cost "Cost" { kind index bounds <= 1000 }
target up "Up" { for each firm require growth(sales) >= 5% }
target low "Low" { for each firm require cost <= 7 }
target since "Since" { for each firm require sales >= sales@2023 }
target ahead "Ahead" { for each firm require sales >= sales[entity = CN] }
target by "By" { for each firm require sales >= 100 by 2025 }
"#;

#[test]
fn rows_are_judged_with_other_rows_of_their_body() {
    let program = program(PACK);
    let table = "entity,year,sales,cost\n\
                 F1,2024,106,9\nF2,2024,50,\nF1,2023,100,5\nCN,2024,60,1\nF3,2025,1,1\n\
                 F2,2023,47.6,7\nCN,2023,48,1\nF1,2025,111.3,6.9\nF4,2025,,\n";
    let options = Options::default();
    let (said, ran) = hold(&program, table, &options);
    assert_eq!(ran.tally.n_rows, 9);
    let verdict = |rule: &str, body: &str, year| {
        let about = (
            rule.to_owned(),
            body.to_owned(),
            plumbrule::period::Period::Year(year),
        );
        said.get(&about).map(|said| said.0)
    };
    assert_eq!(verdict("up", "F1", 2024), Some(Verdict::Pass));
    assert_eq!(verdict("up", "F1", 2025), Some(Verdict::Pass));
    assert_eq!(verdict("up", "F2", 2024), Some(Verdict::Pass));
    assert_eq!(verdict("up", "F2", 2023), Some(Verdict::Undetermined));
    assert_eq!(verdict("ahead", "F2", 2024), Some(Verdict::Fail));
    assert_eq!(verdict("ahead", "F1", 2024), Some(Verdict::Pass));
    assert_eq!(verdict("low", "F4", 2025), Some(Verdict::Undetermined));
    assert_eq!(verdict("up", "CN", 2024), None);
}

#[test]
fn lines_stand_in_the_order_of_the_table() {
    #[derive(Default)]
    struct Names(Vec<String>);
    impl Sink for Names {
        fn take(&mut self, verdicts: &Verdicts<'_>) -> io::Result<()> {
            let names = verdicts.entities().enumerate();
            let judged = names.filter(|(row, _)| verdicts.period(*row).is_some());
            self.0.extend(judged.map(|(_, name)| name.to_owned()));
            Ok(())
        }
    }
    let program = program(PACK);
    let mut table = String::from("entity,year,sales,cost\n");
    let mut expected = Vec::new();
    for n in 0..300 {
        let name = format!("F{}", n * 7919 % 1000);
        table += &format!("{name},2024,{n},1\n{name},2023,{n},1\n");
        expected.extend([name.clone(), name]);
    }
    for threads in [1, 3] {
        let options = Options::default();
        let job = job(&program, &options, threads);
        let again = || {
            let options = SourceOptions {
                part_bytes: 200,
                ..SourceOptions::default()
            };
            open("rows.csv", Box::new(table.clone().into_bytes()), &options)
        };
        let room = || Ok(Box::new(InMemory::default()) as Box<dyn Scratch>);
        let mut names = Names::default();
        run_by_body(&job, &again, &room, &mut names).unwrap();
        assert_eq!(names.0, expected);
    }
}

#[test]
fn several_rows_of_one_body_and_period_are_one_line() {
    let program = program(PACK);
    let table = "entity,year,sales,cost\n\
                 F1,2024,106,\nF2,2024,50,5\nF1,2024,,9\nF2,2024,51,5\nF3,2024,1,1\n";
    let (said, ran) = hold(&program, table, &Options::default());
    assert_eq!((ran.tally.n_rows, ran.tally.n_joined), (3, 2));
    assert_eq!(ran.tally.n_passed_over, 0);
    assert_eq!(said.len(), 3 * 5);
}

#[test]
fn a_row_a_figure_is_judged_body_by_body() {
    let program = program(PACK);
    let table = "indicator,entity,period,value,source,status\n\
                 sales,F1,2024,106,s,\ncost,F1,2024,9,s,preliminary\nsales,F2,2024,约50,s,\n\
                 sales,F1,2023,100,t,\nsales,F2,2023,50,t,\ncost,F2,2024,n.a.,t,\n\
                 sales,CN,2024,3,t,\nnothing,F1,2024,3,t,\n\u{6ce8}\u{ff1a}\u{521d}\u{6b65}\n";
    let (_, ran) = hold(&program, table, &Options::default());
    assert_eq!((ran.tally.n_rows, ran.tally.n_joined), (5, 3));
    let (_, one) = as_one(&program, table.as_bytes(), &Options::default());
    let told = |problems: &[plumbrule::figures::FigureProblem]| -> BTreeMap<_, _> {
        let all = problems.iter();
        all.map(|one| ((one.line, one.column), one.message.clone()))
            .collect()
    };
    assert!(!one.problems.is_empty());
    assert_eq!(told(&ran.problems), told(&one.problems));
    assert_eq!(ran.n_problems, one.problems.len() as u64);
}

#[test]
fn periods_of_different_lengths_are_judged_together() {
    let program = program(PACK);
    let table = "entity,period,sales,cost\nF1,2024,106,9\nF1,2024-12,3,\nF1,2023,100,9\n\
                 F2,2024-12,4,1\nF2,2023-12,1,1\n";
    hold(&program, table, &Options::default());
}

#[test]
fn one_period_is_judged_from_the_rows_of_all() {
    let program = program(PACK);
    let table = "entity,year,sales,cost\nF1,2024,106,9\nF1,2023,100,5\nF2,2023,50,1\n";
    let options = Options {
        period: Some(plumbrule::period::Period::Year(2024)),
        ..Options::default()
    };
    let (said, ran) = hold(&program, table, &options);
    assert_eq!((ran.tally.n_rows, said.len()), (1, 5));
}

#[test]
fn what_is_said_of_many_bodies_is_said_of_all_rows() {
    let rules: Vec<(&str, String)> = OF_MANY
        .iter()
        .map(|(scope, goal)| (*scope, (*goal).to_owned()))
        .collect();
    let program = program(&pack_of_many(&rules));
    let mut table = String::from("entity,year,alpha,beta,gamma,sort\n");
    for n in 0..40 {
        let (year, alpha) = (2023 + n % 2, n * 7 % 11);
        table += &format!(
            "F{},{year},{alpha}.5,{n},{n},{}\n",
            n / 2,
            ["A", "B"][n % 2]
        );
    }
    table += "ashby,2024,3,1,,\nburton,2024,4,1,,\ncorby,2024,9,1,,\nashby,2023,3,,,\n";
    let (said, _) = hold(&program, &table, &Options::default());
    let decided = said.values().filter(|said| said.0 != Verdict::Undetermined);
    assert!(decided.count() > 150);
    let of_nation = said.keys().filter(|(_, body, _)| body == "CN");
    assert!(of_nation.count() >= 8);
    // The same with a row a figure.
    let mut long = String::from("indicator,entity,period,value\n");
    for row in table.lines().skip(1) {
        let cells: Vec<&str> = row.split(',').collect();
        let figures = ["alpha", "beta", "gamma", "sort"].iter().zip(&cells[2..]);
        for (what, cell) in figures.filter(|(_, cell)| !cell.is_empty()) {
            long += &format!("{what},{},{},{cell}\n", cells[0], cells[1]);
        }
    }
    let (again, _) = hold(&program, &long, &Options::default());
    assert!(again == said, "{long}");
}

#[test]
fn sums_of_figures_on_several_bases_rest_on_the_latest_of_all() {
    let program = program(
        "pack p \"P\" { entity CN }\nentity CN \"China\" { }\nentity firm \"Firms\" { members in full }\n\
         indicator sales \"Sales\" { kind index break census since 2020 \"new\" link 2 \"note\" }\n\
         target much \"Much\" { for each firm require sales / sum of sales over firm >= 12.5% }\n\
         target more \"More\" { for each firm require sales >= mean of sales@2019 over firm }\n",
    );
    let mut table = String::from("indicator,entity,period,basis,value\n");
    for n in 0..32 {
        let basis = if n % 11 == 3 { "census" } else { "" };
        table += &format!("sales,F{},{},{basis},{}\n", n / 4, 2018 + n % 4, 100 + n);
    }
    let (said, _) = hold(&program, &table, &Options::default());
    assert!(said.values().any(|said| said.0 == Verdict::Fail));
}

#[test]
fn a_text_may_be_a_figure_in_one_column_and_none_in_the_next() {
    let program = program(&format!(
        "{PACK}target both \"Both\" {{ for each firm require sales + cost >= 1 }}\n"
    ));
    let (said, _) = hold(
        &program,
        "entity,year,sales,cost\nF1,2024,1001,1001\nF2,2024,1001,1000\n",
        &Options::default(),
    );
    let both = said.iter().filter(|((rule, ..), _)| rule == "both");
    let both: Vec<_> = both.map(|(_, said)| (said.0, said.1)).collect();
    assert_eq!(
        both,
        [
            (Verdict::Undetermined, Causes::from(Cause::Unreadable)),
            (Verdict::Pass, Causes::NONE)
        ]
    );
}

#[test]
fn rows_that_stand_for_themselves_are_judged_alike_in_both_ways() {
    let program = program(include_str!("../examples/million/pack.plumb"));
    let table = include_str!("../examples/million/figures.csv");
    let (said, _) = hold(&program, table, &Options::default());
    let options = Options::default();
    let mut kept = Kept::default();
    let again = || {
        let options = SourceOptions::default();
        open("rows.csv", Box::new(table.as_bytes().to_vec()), &options)
    };
    run(&job(&program, &options, 1), &again, &mut kept).unwrap();
    assert_eq!(said, kept.0);
}

#[test]
fn lists_are_judged_with_the_bodies_that_have_them() {
    let all = OF_LISTS.iter();
    let rules: Vec<(&str, String)> = all
        .map(|(scope, goal)| (*scope, (*goal).to_owned()))
        .collect();
    let program = program(&pack_of_lists(&rules));
    let mut table = String::from("entity,record,year,alpha,trips,persons,far,cost\n");
    for n in 0..60 {
        let (firm, year) = (n * 7 % 13, 2023 + n % 3);
        table += &format!(
            "F{firm},t{},{year},,,{},{},{}\n",
            n % 4,
            n % 9,
            ["yes", "no"][n % 2],
            n % 5
        );
        if n % 5 == 0 {
            table += &format!("F{firm},,{year},{n},{},,,\n", n % 4);
        }
    }
    let (said, ran) = hold(&program, &table, &Options::default());
    let of_records = said.keys().filter(|(_, name, _)| name.contains('/'));
    assert!(of_records.count() > 60);
    let decided = said.values().filter(|said| said.0 != Verdict::Undetermined);
    assert!(decided.count() > 100);
    assert!(ran.tally.n_joined > 10);
}

#[test]
fn parts_of_bodies_of_the_pack_are_taken_together() {
    let all = OF_PARTS.iter();
    let rules: Vec<(&str, String)> = all
        .map(|(scope, goal)| (*scope, (*goal).to_owned()))
        .collect();
    let program = program(&pack_of_parts(&rules));
    let mut table = String::from("entity,part of,year,alpha,beta\n");
    for n in 0..40 {
        let whole = ["coast", "plain", "Shore", ""][n % 4];
        table += &format!("P{n},{whole},{},{n},{}\n", 2023 + n % 2, n * 7 % 11);
    }
    table += "old,,2024,3,4\ncoast,,2024,200,3\n";
    let (said, _) = hold(&program, &table, &Options::default());
    assert!(said.values().any(|said| said.0 == Verdict::Pass));
    // Whether a body of the table is known rests on the rows before.
    let table = "entity,part of,year,alpha,beta\nP1,coast,2024,1,1\nP2,P1,2024,1,1\n";
    let found = by_body(&program, table.as_bytes(), &Options::default(), 1);
    assert!(matches!(found, Err(Stop::Whole(WhyWhole::Column(header))) if header == "part of"));
}

#[test]
fn what_is_inside_of_what_is_said_of_many_is_gathered_from_all() {
    let program = program(&pack_of_many(&[(
        "for each firm",
        "`good.rank` <= 3".to_owned(),
    )]));
    // The header of a row a figure does not say of which class new bodies are.
    let mut table = String::from("indicator,entity,period,value\n");
    for (name, year, beta) in [
        ("F0", 2023, "约1"),
        ("F1", 2023, "1"),
        ("F2", 2024, "1"),
        ("F3", 2023, "1"),
    ] {
        for (what, cell) in [("alpha", "1"), ("beta", beta)] {
            table += &format!("{what},{name},{year},{cell}\n");
        }
    }
    let (said, _) = hold(&program, &table, &Options::default());
    let of = |name: &str, year| {
        let about = ("many.0".to_owned(), name.to_owned(), Period::Year(year));
        let (verdict, causes, _) = &said[&about];
        (*verdict, causes.iter().collect::<Vec<_>>())
    };
    let open = vec![Cause::Missing, Cause::Imprecise, Cause::Undefined];
    assert_eq!(of("F0", 2023), (Verdict::Undetermined, open));
    assert_eq!(of("F1", 2023), (Verdict::Pass, Vec::new()));
    assert_eq!(of("F3", 2023), (Verdict::Pass, Vec::new()));
    let open = vec![Cause::Missing, Cause::Undefined];
    assert_eq!(of("F2", 2024), (Verdict::Undetermined, open));
}
