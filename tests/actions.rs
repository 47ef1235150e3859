//! The goals of the priority actions: every quotation against the passage it is taken from, every
//! statement of the reports against the evidence, and what the page says of each year.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use plumbrule::eval::{Options, evaluate};
use plumbrule::figures::{Grade, Limits, Submission};
use plumbrule::period::Period;
use plumbrule::program::Program;
use plumbrule::verdict::Verdict;

use crate::{common, repository};

const PACK: &str = "nip-actions";

/// The pack of tasks and duties, to whose items statements are offered too.
const TASKS: &str = "nip-tasks";

/// Rows of cells of a table below the root, without the header.
fn table(path: &str) -> Vec<Vec<String>> {
    let text = fs::read_to_string(common::root(path)).unwrap();
    let cells = |line: &str| line.split('\t').map(str::to_owned).collect();
    text.lines().skip(1).map(cells).collect()
}

/// The evidence of a pack, and nothing else.
fn offered(program: &Program) -> Submission {
    let mut submission = Submission::new(&program.model);
    let folder = format!("rules/{}/evidence", program.model.pack.id);
    for path in common::files(&folder, &[".csv"]) {
        let bytes = fs::read(common::root(&path)).unwrap();
        submission.read_table(&program.model, &path, &bytes, &Limits::default());
    }
    assert!(submission.problems.is_empty(), "{:?}", submission.problems);
    submission
}

/// A text without its blanks, which line ends and columns of a printed page put anywhere.
fn closed_up(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Passages of the documents: a sentence, and the line on which the quoted words begin.
#[derive(Default)]
struct Passages {
    known: BTreeMap<(String, String), Vec<String>>,
    used: BTreeSet<(String, String)>,
}

impl Passages {
    fn of(pack: &str) -> Passages {
        let mut passages = Passages::default();
        for row in table(&format!("tests/quoted/{pack}.tsv")) {
            let place = (row[0].clone(), row[1].clone());
            let known = passages.known.entry(place).or_default();
            known.push(closed_up(&row[2]));
        }
        passages
    }

    /// Quoted words stand in a passage of that line.
    fn check(&mut self, source: &str, line: &str, quote: &str) {
        let place = (source.to_owned(), line.to_owned());
        let quote = closed_up(quote);
        let stands = |passage: &String| passage.contains(&quote);
        let found = self
            .known
            .get(&place)
            .is_some_and(|all| all.iter().any(stands));
        assert!(!quote.is_empty() && found, "{source} line {line}: {quote}");
        self.used.insert(place);
    }

    fn check_evidence(&mut self, submission: &Submission) {
        for row in &submission.evidence {
            let text = |id| submission.text(id);
            let claim = &row.claim;
            self.check(
                text(claim.source),
                text(claim.source_line),
                text(claim.quote),
            );
        }
    }

    /// No passage is there for nothing.
    fn finish(&self) {
        let idle = self
            .known
            .keys()
            .filter(|place| !self.used.contains(*place));
        let idle: Vec<_> = idle.collect();
        assert!(idle.is_empty(), "{idle:?}");
    }
}

#[test]
fn every_quotation_stands_in_its_passage() {
    let program = repository::program(PACK);
    let mut passages = Passages::of(PACK);
    let own = program.model.rules.values();
    let mut n = 0;
    for rule in own.filter(|rule| rule.id.starts_with("action")) {
        n += 1;
        for cited in &rule.citations {
            passages.check("nip-2021", cited.line.as_deref().unwrap(), &cited.quote);
        }
    }
    assert_eq!(n, 76);
    passages.check_evidence(&offered(&program));
    passages.finish();
    let tasks = repository::program(TASKS);
    let mut passages = Passages::of(TASKS);
    passages.check_evidence(&offered(&tasks));
    passages.finish();
}

/// Why a statement is offered to no goal.
const REASONS: [&str; 6] = ["near", "planned", "rule", "whole", "method", "other"];

#[test]
fn every_statement_is_offered_or_says_why_not() {
    let programs = [PACK, TASKS].map(repository::program);
    let mut evidence: BTreeMap<(String, String, String), Grade> = BTreeMap::new();
    for program in &programs {
        let submission = offered(program);
        for row in &submission.evidence {
            let text = |id| submission.text(id).to_owned();
            let item = program.model.indicators[row.indicator()].id.clone();
            let key = (text(row.claim.source), text(row.claim.source_line), item);
            // The same line may say more than one thing of an item; the better grade stands for it.
            let grade = evidence.entry(key).or_insert(row.grade);
            if row.grade == Grade::Sure {
                *grade = Grade::Sure;
            }
        }
    }
    let mut told = BTreeSet::new();
    let mut statements: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    let ledger = table("rules/nip-actions/statements.tsv");
    for row in &ledger {
        let [source, statement, line, item, grade, at, why] = &row[..] else {
            panic!("{row:?}");
        };
        assert!(line.parse::<u32>().is_ok(), "{row:?}");
        if !statement.is_empty() {
            let own = statements.entry(source.as_str()).or_default();
            own.insert(statement.clone());
        }
        if why == "offered" {
            let key = (source.clone(), at.clone(), item.clone());
            let found = evidence.get(&key);
            assert!(found.is_some(), "no evidence for {row:?}");
            assert!(["sure", "likely"].contains(&grade.as_str()), "{row:?}");
            assert!(grade != "sure" || found == Some(&Grade::Sure), "{row:?}");
            told.insert(key);
        } else {
            assert!(!statement.is_empty(), "{row:?}");
            assert!(REASONS.contains(&why.as_str()), "{row:?}");
            // What comes near a goal names it.
            let is_goal = programs[0]
                .model
                .rules
                .values()
                .any(|rule| rule.id == *item);
            assert_eq!(is_goal, why == "near", "{row:?}");
        }
    }
    let silent: Vec<_> = evidence.keys().filter(|key| !told.contains(*key)).collect();
    assert!(silent.is_empty(), "{silent:?}");
    let counts: Vec<(&str, usize)> = statements.iter().map(|(s, ids)| (*s, ids.len())).collect();
    let expected = [
        ("dcr-2023", 142),
        ("dcr-2025", 159),
        ("nir-2023", 307),
        ("nir-2024", 307),
    ];
    assert_eq!(counts, expected);
}

#[test]
fn the_page_counts_what_the_evidence_bears_out() {
    let program = repository::program(PACK);
    let mut submission = repository::fixtures(&program);
    for path in common::files("rules/nip-actions/evidence", &[".csv"]) {
        let bytes = fs::read(common::root(&path)).unwrap();
        submission.read_table(&program.model, &path, &bytes, &Limits::default());
    }
    let page = fs::read_to_string(common::root("rules/nip-actions/README.md")).unwrap();
    for year in [2023, 2025] {
        let options = Options {
            period: Some(Period::Year(year)),
            ..Options::default()
        };
        let outcome = evaluate(&program, &submission, &options);
        for action in 1..=10 {
            let head = format!("action{action}.{year}-");
            let mut borne: Vec<&str> = Vec::new();
            let (mut all, mut against) = (0, 0);
            for row in &outcome.rows {
                let id = program.model.rules[row.rule].id.as_str();
                let Some(clause) = id.strip_prefix(head.as_str()) else {
                    continue;
                };
                all += 1;
                against += i32::from(row.verdict == Verdict::Fail);
                if row.verdict == Verdict::Pass {
                    borne.push(clause);
                }
            }
            let open = all - against - i32::try_from(borne.len()).unwrap();
            let borne = if borne.is_empty() {
                "–".to_owned()
            } else {
                borne.join(", ")
            };
            let cells = format!("| {action} | {year} | {all} | {borne} | {against} | {open} |");
            assert!(page.contains(&cells), "{cells}");
        }
    }
}
