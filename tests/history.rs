//! What the published figures prove of the plan, year after year: the table of verdicts,
//! every explanation, and the findings, in both languages.
//!
//! The expected answers lie in `tests/history`. `INSTA_UPDATE=always cargo test --test all history::`
//! rewrites them; each line of such a change is to be read against the documents.

use std::fmt::Write as _;

use plumbrule::eval::{Marks, Options, Outcome, Row, evaluate};
use plumbrule::explain::explain;
use plumbrule::figures::Submission;
use plumbrule::findings::findings;
use plumbrule::message::{Lang, Message};
use plumbrule::period::Period;
use plumbrule::program::Program;
use plumbrule::report::{Digests, Format, Report, pad, write_explanation};
use plumbrule::verdict::Verdict;

use crate::{golden, repository};

#[path = "history/packs.rs"]
mod packs;

const PACK: &str = "nip-2021";

fn at(year: i32) -> Options {
    Options {
        period: Some(Period::Year(year)),
        ..Options::default()
    }
}

fn word(key: &'static str, lang: Lang) -> String {
    Message::new(key).render(lang)
}

/// One rule on one line: id, verdict, outlook, causes, marks.
fn line(program: &Program, row: &Row, lang: Lang) -> String {
    let outlook = row.outlook.map_or(String::new(), |it| word(it.key(), lang));
    let causes: Vec<String> = row.causes.iter().map(|it| word(it.key(), lang)).collect();
    let marks: Vec<&str> = Marks::ALL
        .into_iter()
        .filter(|(mark, ..)| row.marks.contains(*mark))
        .map(|(_, name, _)| name)
        .collect();
    format!(
        "{} {} {} {} {}",
        pad(&program.model.rules[row.rule].id, 7),
        pad(&word(row.verdict.key(), lang), 14),
        pad(&outlook, 13),
        pad(&causes.join(" "), 17),
        marks.join(" ")
    )
    .trim_end()
    .to_owned()
}

fn explanations(
    program: &Program,
    submission: &Submission,
    outcome: &Outcome,
    options: &Options,
    lang: Lang,
) -> String {
    let mut out = Vec::new();
    for row in &outcome.rows {
        let explanation = explain(program, submission, options, row.rule, row.entity);
        let report = Report {
            program,
            submission,
            options,
            outcomes: &[],
            findings: &[],
            warnings: &[],
            digests: &Digests::default(),
            lang,
            columns: 110,
            colour: false,
            by_entity: false,
            n_left_out: 0,
            filter_args: "",
            hint_args: "",
        };
        write_explanation(&mut out, Format::HUMAN, &report, &explanation).unwrap();
        out.push(b'\n');
    }
    String::from_utf8(out).unwrap()
}

#[test]
fn each_year_says_what_its_figures_prove() {
    let program = repository::program(PACK);
    let submission = repository::fixtures(&program);
    for year in 2020..=2025 {
        let options = at(year);
        let outcome = evaluate(&program, &submission, &options);
        for lang in Lang::ALL {
            let mut table = String::new();
            for row in &outcome.rows {
                writeln!(table, "{}", line(&program, row, lang)).unwrap();
            }
            let code = lang.code();
            golden::snapshot("history", &format!("table-{year}-{code}"), &table);
            let text = explanations(&program, &submission, &outcome, &options, lang);
            golden::snapshot("history", &format!("explained-{year}-{code}"), &text);
        }
    }
}

#[test]
fn figures_that_cannot_all_be_true_are_found() {
    let program = repository::program(PACK);
    let submission = repository::fixtures(&program);
    let found = findings(&program, &submission, &at(2025));
    for lang in Lang::ALL {
        let mut text = String::new();
        for finding in &found {
            writeln!(text, "{}", finding.id(&program, &submission)).unwrap();
            for line in plumbrule::report::wrap(&finding.message.render(lang), 108) {
                writeln!(text, "  {line}").unwrap();
            }
        }
        golden::snapshot("history", &format!("findings-{}", lang.code()), &text);
    }
}

#[test]
fn the_counts_of_2025_are_those_of_the_audit() {
    let program = repository::program(PACK);
    let submission = repository::fixtures(&program);
    let outcome = evaluate(&program, &submission, &at(2025));
    let ids = |verdict| -> Vec<&str> {
        let rows = outcome.rows.iter().filter(|row| row.verdict == verdict);
        rows.map(|row| program.model.rules[row.rule].id.as_str())
            .collect()
    };
    assert_eq!(ids(Verdict::Pass), ["nip.9", "nip.15", "nip.16"]);
    assert_eq!(ids(Verdict::Fail), ["nip.1", "nip.12"]);
    assert_eq!(ids(Verdict::Undetermined).len(), 13);
    assert_eq!(outcome.rows.len(), 18);
}

#[test]
fn a_later_publication_day_only_adds_what_is_known() {
    // Nothing was published before the plan; then each report adds definite answers.
    let program = repository::program(PACK);
    let submission = repository::fixtures(&program);
    let known = |day: &str| {
        let options = Options {
            known_on: Some(
                Period::parse(day, &plumbrule::period::PeriodWords::default())
                    .unwrap()
                    .last_day(),
            ),
            ..at(2025)
        };
        let outcome = evaluate(&program, &submission, &options);
        outcome.count(Verdict::Pass) + outcome.count(Verdict::Fail)
    };
    assert_eq!(known("2021-11-30"), 0);
    assert_eq!(known("2026-05-30"), 0);
    assert_eq!(known("2026-05-31"), 5);
}
