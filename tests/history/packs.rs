//! The other packs, year after year: each rule that is due on one line, counted where it is of many
//! bodies; and the tables of `docs/history.md`, which `UPDATE_DOCS=1` writes anew.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;

use plumbrule::eval::{Choice, Options, Outcome, Row, evaluate};
use plumbrule::figures::{ReadOptions, Submission};
use plumbrule::message::Lang;
use plumbrule::period::Period;
use plumbrule::program::Program;
use plumbrule::report::pad;
use plumbrule::scores::scores;
use plumbrule::verdict::{Causes, Verdict};

use super::word;
use crate::{common, golden, repository};

/// A pack in a year: its tables, and whose law applies where it is not that of the year's end.
struct Year {
    pack: &'static str,
    year: i32,
    tables: &'static [&'static str],
    law: &'static str,
}

const PUBLISHED: &str = "fixtures/published";

const fn of(pack: &'static str, year: i32, tables: &'static [&'static str]) -> Year {
    let law = "";
    Year {
        pack,
        year,
        tables,
        law,
    }
}

const fn under(year: i32, tables: &'static [&'static str], law: &'static str) -> Year {
    let pack = "data-export";
    Year {
        pack,
        year,
        tables,
        law,
    }
}

const ACTIONS: &[&str] = &["rules/nip-actions/evidence", PUBLISHED];
const TASKS: &[&str] = &["rules/nip-tasks/evidence"];
const OUTLOOK: &[&str] = &["rules/outlook/evidence", PUBLISHED];
const EXPORT_2023: &[&str] = &["fixtures/data-export/tables/2023.csv"];
const EXPORT_2025: &[&str] = &["fixtures/data-export/tables/2025.csv"];

const YEARS: [Year; 22] = [
    of("nip-2021", 2020, &[PUBLISHED]),
    of("nip-2021", 2021, &[PUBLISHED]),
    of("nip-2021", 2022, &[PUBLISHED]),
    of("nip-2021", 2023, &[PUBLISHED]),
    of("nip-2021", 2024, &[PUBLISHED]),
    of("nip-2021", 2025, &[PUBLISHED]),
    of("nip-actions", 2021, ACTIONS),
    of("nip-actions", 2022, ACTIONS),
    of("nip-actions", 2023, ACTIONS),
    of("nip-actions", 2024, ACTIONS),
    of("nip-actions", 2025, ACTIONS),
    of("nip-tasks", 2023, TASKS),
    of("nip-tasks", 2024, TASKS),
    of("nip-tasks", 2025, TASKS),
    of("outlook", 2024, OUTLOOK),
    of("outlook", 2025, OUTLOOK),
    under(2023, EXPORT_2023, "2022-10-01"),
    under(2023, EXPORT_2023, "2023-07-01"),
    under(2023, EXPORT_2023, "2024-03-21"),
    under(2025, EXPORT_2025, "2024-06-01"),
    under(2025, EXPORT_2025, "2025-06-30"),
    under(2025, EXPORT_2025, "2026-03-01"),
];

/// Tables of the paths, folders of them and folders of such folders.
fn submitted(program: &Program, paths: &[&str]) -> Submission {
    let mut submission = Submission::new(&program.model);
    let mut files: Vec<String> = Vec::new();
    for path in paths {
        if common::root(path).is_file() {
            files.push((*path).to_owned());
            continue;
        }
        files.extend(common::files(path, &[".csv", ".tsv"]));
        for folder in repository::folders(path) {
            files.extend(common::files(
                &format!("{path}/{folder}"),
                &[".csv", ".tsv"],
            ));
        }
    }
    for file in files {
        let bytes = fs::read(common::root(&file)).unwrap();
        submission.read_file(&program.model, &file, &bytes, &ReadOptions::default());
    }
    assert!(submission.problems.is_empty(), "{:?}", submission.problems);
    submission
}

fn judged(program: &Program, submission: &Submission, year: &Year) -> Outcome {
    let options = Options {
        period: Some(Period::Year(year.year)),
        in_force: (!year.law.is_empty()).then(|| year.law.parse().unwrap()),
        ..Options::default()
    };
    evaluate(program, submission, &options)
}

/// A verdict and its causes.
type Answer = (Verdict, Causes);

fn answer(row: &Row) -> Answer {
    (row.verdict, row.causes)
}

fn names(causes: Causes, lang: Lang) -> String {
    let names: Vec<String> = causes.iter().map(|one| word(one.key(), lang)).collect();
    names.join(if lang == Lang::En { " and " } else { "、" })
}

/// So many rules of one body are listed; of more, those alone that are proved or refuted.
const LISTED: usize = 300;

/// One line for each rule that is due, or for each answer where a rule is of many bodies; then how
/// many others there are.
fn listing(program: &Program, outcome: &Outcome, lang: Lang) -> String {
    let mut out = String::new();
    let many = outcome.rows.len() > program.model.rules.len();
    let is_listed = |verdict: Verdict| match verdict {
        Verdict::Pending | Verdict::NotApplicable => false,
        Verdict::Undetermined => many || outcome.rows.len() <= LISTED,
        _ => true,
    };
    let mut counted: BTreeMap<_, usize> = BTreeMap::new();
    let mut others: BTreeMap<Answer, usize> = BTreeMap::new();
    for row in &outcome.rows {
        if is_listed(row.verdict) {
            *counted.entry((row.rule, answer(row))).or_default() += 1;
        } else {
            *others.entry(answer(row)).or_default() += 1;
        }
    }
    for ((rule, (verdict, causes)), n) in counted {
        let n = if many {
            format!("{n:>4} ")
        } else {
            String::new()
        };
        let line = format!(
            "{n}{} {} {}",
            pad(&program.model.rules[rule].id, 24),
            pad(&word(verdict.key(), lang), 14),
            names(causes, lang)
        );
        writeln!(out, "{}", line.trim_end()).unwrap();
    }
    for ((verdict, causes), n) in others {
        let said = [word(verdict.key(), lang), names(causes, lang)].join(" ");
        writeln!(out, "{}: {n}", said.trim_end()).unwrap();
    }
    out
}

/// A pack with what came out in each of its years.
fn history(pack: &str) -> (Program, Vec<(&'static Year, Outcome)>) {
    let program = repository::program(pack);
    let years = YEARS.iter().filter(|it| it.pack == pack);
    let judged = |year: &'static Year| {
        let submission = submitted(&program, year.tables);
        (year, judged(&program, &submission, year))
    };
    let outcomes = years.map(judged).collect();
    (program, outcomes)
}

#[test]
fn each_year_of_the_other_packs_in_short() {
    for pack in ["nip-actions", "nip-tasks", "outlook", "data-export"] {
        let (program, outcomes) = history(pack);
        let mut shown: BTreeMap<String, String> = BTreeMap::new();
        for (year, outcome) in &outcomes {
            for lang in Lang::ALL {
                let name = format!("{pack}-{}-{}", year.year, lang.code());
                let text = shown.entry(name).or_default();
                if !year.law.is_empty() {
                    writeln!(text, "## {}", year.law).unwrap();
                }
                text.push_str(&listing(&program, outcome, lang));
            }
        }
        for (name, text) in shown {
            golden::snapshot("history", &name, &text);
        }
    }
}

/// The made sample of the evaluation packs: places of the whole, and how sure they are.
#[test]
fn places_of_the_made_sample_in_short() {
    for year in [2023, 2024] {
        let program = repository::program(&format!("evaluation-{year}"));
        let sample = format!("rules/evaluation-{year}/made");
        let submission = submitted(&program, &[&sample]);
        let options = Options {
            period: Some(Period::Year(year)),
            choice: Choice {
                weights: Some("made".to_owned()),
                ..Choice::default()
            },
            ..Options::default()
        };
        let tables = scores(&program, &submission, &options);
        for lang in Lang::ALL {
            let mut text = "made sample, made weights: nothing of it is real\n".to_owned();
            for row in &tables[0].rows {
                let body = &submission.entities[row.entity];
                let place = row
                    .rank
                    .as_ref()
                    .map_or_else(String::new, ToString::to_string);
                let causes = names(row.causes, lang);
                let line = format!("{} {} {causes}", pad(&place, 10), pad(&body.id, 6));
                writeln!(text, "{}", line.trim_end()).unwrap();
            }
            golden::snapshot(
                "history",
                &format!("evaluation-{year}-{}", lang.code()),
                &text,
            );
        }
    }
}

/// How often each answer came, by chapter in the order of the rules, the whole last.
fn chapters(
    program: &Program,
    outcome: &Outcome,
) -> Vec<(String, String, BTreeMap<Answer, usize>)> {
    let mut all: Vec<(String, String, BTreeMap<Answer, usize>)> = Vec::new();
    let mut whole: BTreeMap<Answer, usize> = BTreeMap::new();
    for row in &outcome.rows {
        *whole.entry(answer(row)).or_default() += 1;
        let Some(label) = &program.model.rules[row.rule].category else {
            continue;
        };
        let at = all.iter().position(|(zh, ..)| *zh == label.zh);
        let at = at.unwrap_or_else(|| {
            all.push((label.zh.clone(), label.en.clone(), BTreeMap::new()));
            all.len() - 1
        });
        *all[at].2.entry(answer(row)).or_default() += 1;
    }
    // A chapter of which nothing is due has no line.
    all.retain(|(.., counts)| {
        counts
            .keys()
            .any(|(verdict, _)| *verdict != Verdict::Pending)
    });
    all.push(("合计".to_owned(), "all".to_owned(), whole));
    all
}

/// A year, a chapter in both languages, and how often each answer came.
type Line = (&'static Year, String, String, BTreeMap<Answer, usize>);

fn lines(pack: &str) -> Vec<Line> {
    let (program, outcomes) = history(pack);
    let of = |(year, outcome): &(&'static Year, Outcome)| {
        let all = chapters(&program, outcome).into_iter();
        let all = all.map(|(zh, en, counts)| (*year, zh, en, counts));
        all.collect::<Vec<Line>>()
    };
    outcomes.iter().flat_map(of).collect()
}

/// The table of a pack: years and chapters down, answers across.
fn table(lines: &[Line], lang: Lang) -> String {
    let mut columns: BTreeSet<Answer> = BTreeSet::new();
    columns.extend([(Verdict::Pass, Causes::NONE), (Verdict::Fail, Causes::NONE)]);
    columns.extend(lines.iter().flat_map(|(.., counts)| counts.keys().copied()));
    let mut head = match lang {
        Lang::En => "| year | chapter |",
        Lang::Zh => "| 年份 | 章节 |",
    }
    .to_owned();
    for (verdict, causes) in &columns {
        let said = if causes.is_empty() {
            word(verdict.key(), lang)
        } else {
            names(*causes, lang)
        };
        write!(head, " {said} |").unwrap();
    }
    let mut out = format!("{head}\n|{}\n", "---|".repeat(columns.len() + 2));
    for (year, zh, en, counts) in lines {
        let (law, chapter) = match lang {
            Lang::En => (format!(", law of {}", year.law), en),
            Lang::Zh => (format!("，{}的法律", year.law), zh),
        };
        let law = if year.law.is_empty() { "" } else { &law };
        write!(out, "| {}{law} | {chapter} |", year.year).unwrap();
        for column in &columns {
            let n = counts.get(column).copied().unwrap_or_default();
            write!(out, " {n} |").unwrap();
        }
        out.push('\n');
    }
    out
}

/// A page with the tables behind its comments as they are now.
fn renewed(text: &str, tables: &BTreeMap<&str, Vec<Line>>, lang: Lang) -> String {
    let mut out = String::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        writeln!(out, "{line}").unwrap();
        let pack = line.strip_prefix("<!-- counts of ");
        if let Some(pack) = pack.and_then(|rest| rest.strip_suffix(" -->")) {
            let is_old = |line: &&str| line.is_empty() || line.starts_with('|');
            while lines.next_if(is_old).is_some() {}
            write!(out, "\n{}\n", table(&tables[pack], lang)).unwrap();
        }
    }
    out
}

#[test]
fn the_page_counts_what_the_years_say() {
    let is_set = |name, value: &str| std::env::var(name).is_ok_and(|set| set == value);
    let is_update = is_set("UPDATE_DOCS", "1") || is_set("INSTA_UPDATE", "always");
    let packs = [
        "nip-2021",
        "nip-actions",
        "nip-tasks",
        "outlook",
        "data-export",
    ];
    let tables = packs.map(|pack| (pack, lines(pack))).into();
    for (lang, page) in [
        (Lang::En, "docs/history.md"),
        (Lang::Zh, "docs/history.zh.md"),
    ] {
        let page = common::root(page);
        let text = fs::read_to_string(&page).unwrap();
        assert_eq!(text.matches("<!-- counts of ").count(), packs.len());
        let new = renewed(&text, &tables, lang);
        if new != text && is_update {
            fs::write(&page, &new).unwrap();
        } else {
            assert_eq!(
                text, new,
                "run `UPDATE_DOCS=1 cargo test --test all history::`"
            );
        }
    }
}
