//! The contract of the engine, sentence by sentence: the rule files of `contract/`
//! carry their own figures and say what each must lead to.

use std::path::{Path, PathBuf};

use plumbrule::Sources;
use plumbrule::eval::{Options, Outcome, Row, evaluate};
use plumbrule::figures::{Limits, Submission};
use plumbrule::findings::{FindingKind, findings};
use plumbrule::message::Lang;
use plumbrule::program::Program;
use plumbrule::testing::run_tests;

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/contract");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    files
}

#[test]
fn every_test_of_the_contract_holds() {
    let mut failures = Vec::new();
    for file in files() {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let mut sources = Sources::with_std();
        sources.add(&name, &std::fs::read_to_string(&file).unwrap());
        let program = match plumbrule::compile(&sources) {
            Ok(program) => program,
            Err(problems) => {
                for problem in problems {
                    let at = problem
                        .places
                        .first()
                        .map_or("", |place| sources.slice(place.span));
                    failures.push(format!("{name}: {:?} at `{at}`", problem.code));
                }
                continue;
            }
        };
        let results = run_tests(&program);
        assert!(!results.is_empty(), "{name} has no tests");
        for result in results {
            for (_, message) in result.failures {
                let message = message.render(Lang::En);
                failures.push(format!(
                    "{name}: {}: {message}",
                    result.title.render(Lang::En)
                ));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

fn program(rules: &str) -> Program {
    let mut sources = Sources::with_std();
    sources.add("rules", rules);
    plumbrule::compile(&sources).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

fn submission(program: &Program, table: &str) -> Submission {
    let mut submission = Submission::new(&program.model);
    submission.read_table(
        &program.model,
        "table",
        table.as_bytes(),
        &Limits::default(),
    );
    assert!(submission.problems.is_empty(), "{:#?}", submission.problems);
    submission
}

fn row<'o>(program: &Program, outcome: &'o Outcome, rule: &str) -> &'o Row {
    let is_it = |row: &&Row| program.model.rules[row.rule].id == rule;
    outcome.rows.iter().find(is_it).unwrap()
}

/// The codes of the problems of a text.
fn codes(rules: &str) -> Vec<&'static str> {
    let mut sources = Sources::with_std();
    sources.add("rules", rules);
    match plumbrule::compile(&sources) {
        Ok(_) => Vec::new(),
        Err(problems) => problems
            .iter()
            .map(|problem| problem.code.as_str())
            .collect(),
    }
}

const HEAD: &str = "pack p \"P\" { entity CN }\nentity CN \"中国\" { }\n";

#[test]
fn a_reading_that_decides_is_marked_wherever_it_does() {
    let program = program(&format!(
        "{HEAD}
        indicator share \"占比\" {{ kind share unit % }}
        indicator users \"用户\" {{ unit 户 }}
        target goal \"a\" {{ require share >= 10% }}
        target sure \"b\" {{ require share >= 9% }}
        target under \"c\" {{ require users >= 5户 when share >= 10% }}
        target apart \"d\" {{ require users >= 5户 when share >= 20% }}"
    ));
    let table = "indicator,period,value\nshare,2025,10%\nusers,2025,9户\n";
    let submission = submission(&program, table);
    let outcome = evaluate(&program, &submission, &Options::default());
    let is_marked = |rule| {
        let words: Vec<&str> = row(&program, &outcome, rule).marks.words().collect();
        words.contains(&"reading-sensitive")
    };
    assert!(is_marked("goal") && is_marked("under"));
    assert!(!is_marked("sure") && !is_marked("apart"));
}

#[test]
fn identities_are_looked_at_for_everybody() {
    let program = program(&format!(
        "{HEAD}
        entity province \"省\" {{ members open }}
        indicator all \"总\" {{ unit 元 identity = left + right }}
        indicator left \"左\" {{ unit 元 }}
        indicator right \"右\" {{ unit 元 }}
        target t \"t\" {{ require all >= 1元 for each province }}"
    ));
    let table = "indicator,entity,period,value\n\
        all,甲,2025,9元\nleft,甲,2025,3元\nright,甲,2025,3元\n\
        all,乙,2025,6元\nleft,乙,2025,3元\nright,乙,2025,3元\n";
    let submission = submission(&program, table);
    let found = findings(&program, &submission, &Options::default());
    let kinds: Vec<FindingKind> = found.iter().map(|found| found.kind).collect();
    assert_eq!(kinds, [FindingKind::Identity]);
    assert_eq!(submission.entities[found[0].entity].id, "甲");
}

#[test]
fn absence_buys_nothing_through_a_defined_quantity() {
    let refused = |rules: &str| codes(&format!("{HEAD}indicator x \"X\" {{ unit 元 }}\n{rules}"));
    let through = "define y = if x is present then x else 100元\n
        target t \"t\" { require y >= 50元 }";
    assert_eq!(
        refused(through),
        refused("target t \"t\" { require x is missing }")
    );
    assert!(!refused(through).is_empty());
    let on_purpose = through.replace("50元 }", "50元 absence may pass }");
    assert!(refused(&on_purpose).is_empty());
}

#[test]
fn a_flow_of_part_of_its_window_or_of_several_years_is_no_answer() {
    let program = program(&format!(
        "{HEAD}indicator f \"F\" {{ kind flow unit 元 }}
        target t \"t\" {{ require f >= 5元 }}"
    ));
    for (period, cause) in [
        ("2025年1-11月", "wrong-window"),
        ("2025年12月", "wrong-window"),
        ("2021-2025", "missing"),
    ] {
        let table = format!("indicator,period,value\nf,{period},5元\n");
        let options = Options {
            period: Some(plumbrule::period::Period::Year(2025)),
            ..Options::default()
        };
        let outcome = evaluate(&program, &submission(&program, &table), &options);
        let causes = row(&program, &outcome, "t").causes.iter();
        let words: Vec<&str> = causes.map(|cause| cause.word()).collect();
        assert_eq!(words, [cause], "{period}");
    }
}
