//! Evidence that packs carry: every row can be found and says its ground; and what the following
//! reports bear out of what was announced, as the pack's own page counts it.

use std::fs;
use std::path::Path;

use plumbrule::eval::{Options, evaluate};
use plumbrule::figures::{Grade, Limits, Submission};
use plumbrule::period::Period;
use plumbrule::program::Program;
use plumbrule::verdict::Verdict;

use crate::{common, repository};

/// Packs with a folder of evidence.
fn packs() -> Vec<String> {
    let mut found = repository::folders("rules");
    found.retain(|pack| Path::new(&common::root(&format!("rules/{pack}/evidence"))).is_dir());
    assert!(found.len() >= 2);
    found
}

/// The published figures and the evidence of a pack.
fn offered(program: &Program, pack: &str) -> Submission {
    let mut submission = repository::fixtures(program);
    for path in common::files(&format!("rules/{pack}/evidence"), &[".csv", ".tsv"]) {
        let bytes = fs::read(common::root(&path)).unwrap();
        submission.read_table(&program.model, &path, &bytes, &Limits::default());
    }
    submission
}

#[test]
fn every_row_of_evidence_names_its_line_its_words_and_its_ground() {
    for pack in packs() {
        let program = repository::program(&pack);
        let submission = offered(&program, &pack);
        assert!(submission.problems.is_empty(), "{:?}", submission.problems);
        assert!(!submission.evidence.is_empty(), "{pack}");
        for row in &submission.evidence {
            let place = format!("{pack} line {}", row.claim.place.line);
            let line = submission.text(row.claim.source_line).parse::<u32>();
            assert!(line.is_ok(), "{place}");
            assert!(!submission.text(row.claim.quote).is_empty(), "{place}");
            let source = submission.text(row.claim.source);
            let mut known = program.model.instruments.values();
            assert!(known.any(|one| one.id == source), "{place}: {source}");
            // In both languages.
            let ground = submission.note(&row.claim);
            let is_told = ground.is_some_and(|note| !note.zh.is_empty() && !note.en.is_empty());
            assert!(is_told || row.grade == Grade::Sure, "{place}");
        }
    }
}

#[test]
fn the_page_counts_what_the_following_reports_bear_out() {
    let program = repository::program("outlook");
    let submission = offered(&program, "outlook");
    let options = Options {
        period: Some(Period::Year(2025)),
        ..Options::default()
    };
    let outcome = evaluate(&program, &submission, &options);
    let page = fs::read_to_string(common::root("rules/outlook/README.md")).unwrap();
    for head in ["task24.", "view24.", "task25.", "view26."] {
        let own = outcome.rows.iter();
        let own = own.filter(|row| program.model.rules[row.rule].id.starts_with(head));
        let (mut all, mut pass, mut fail) = (0, 0, 0);
        for row in own {
            all += 1;
            pass += i32::from(row.verdict == Verdict::Pass);
            fail += i32::from(row.verdict == Verdict::Fail);
        }
        let cells = format!("| {all} | {pass} | {fail} | {} |", all - pass - fail);
        let rest = page.lines().find(|line| line.contains(&cells));
        assert!(rest.is_some(), "{head} {cells}");
    }
}
