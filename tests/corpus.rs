//! The published figures and the catalogue of their series: how many there are, that each is read
//! with its unit, and that each says where it stands in words that hold its number.

use std::collections::{BTreeMap, BTreeSet};

use plumbrule::figures::{Claim, ClaimState, Submission};
use plumbrule::message::Lang;
use plumbrule::program::Program;

use crate::repository;

fn corpus() -> (Program, Submission) {
    let program = repository::program("statistics");
    let submission = repository::fixtures(&program);
    (program, submission)
}

/// Figures of each document: occurrences as printed, and the series that they belong to.
const DOCUMENTS: [(&str, usize, usize); 5] = [
    ("dcr-2023", 500, 358),
    ("dcr-2025", 405, 325),
    ("nip-2021", 44, 39),
    ("nir-2023", 722, 371),
    ("nir-2024", 499, 324),
];

#[test]
fn all_figures_of_the_five_documents_are_read() {
    let (program, submission) = corpus();
    let problems: Vec<String> = submission
        .problems
        .iter()
        .map(|it| format!("{}:{} {}", it.file, it.line, it.message.render(Lang::En)))
        .collect();
    assert!(problems.is_empty(), "{problems:#?}");
    let mut found: BTreeMap<&str, (usize, BTreeSet<&str>)> = BTreeMap::new();
    let mut series = BTreeSet::new();
    for claim in submission.claims.values() {
        assert_eq!(
            claim.state,
            ClaimState::Good,
            "{}",
            place(&submission, claim)
        );
        let id = program.model.indicators[claim.figure.indicator].id.as_str();
        let (rows, of) = found.entry(submission.text(claim.source)).or_default();
        *rows += 1;
        of.insert(id);
        series.insert(id);
    }
    let found: Vec<(&str, usize, usize)> = found
        .into_iter()
        .map(|(source, (rows, of))| (source, rows, of.len()))
        .collect();
    assert_eq!(found, DOCUMENTS);
    assert_eq!(submission.claims.values().count(), 2170);
    assert_eq!(series.len(), 1097);
    // Nothing is declared that nobody printed.
    let declared: BTreeSet<&str> = program
        .model
        .indicators
        .values()
        .map(|indicator| indicator.id.as_str())
        .collect();
    assert_eq!(declared, series);
}

#[test]
fn each_number_stands_in_the_words_that_are_quoted_for_it() {
    let (_, submission) = corpus();
    let mut in_words = 0;
    for claim in submission.claims.values() {
        let place = place(&submission, claim);
        let quote = squeezed(submission.text(claim.quote));
        let printed = submission.text(claim.printed);
        let number: String = printed
            .chars()
            .skip_while(|c| !c.is_ascii_digit())
            .take_while(|c| c.is_ascii_digit() || *c == '.')
            .collect();
        assert!(!number.is_empty(), "{place} {printed}");
        if quote.contains(&number) {
            continue;
        }
        // Numbers in Chinese words are digits here, and the note says how they were printed.
        let note = submission.note(claim).unwrap_or_default();
        assert!(
            note.en.contains("printed") || note.en.contains("in words"),
            "{place} {printed} is not in {quote}, and the note is silent: {}",
            note.en
        );
        in_words += 1;
    }
    assert_eq!(in_words, 102);
}

#[test]
fn each_note_speaks_both_languages() {
    let (_, submission) = corpus();
    let is_han = |c: char| matches!(c, '\u{3400}'..='\u{9fff}');
    for claim in submission.claims.values() {
        let (zh, en) = (submission.text(claim.note), submission.text(claim.note_en));
        let place = place(&submission, claim);
        assert_eq!(zh.is_empty(), en.is_empty(), "{place}");
        assert!(zh.is_empty() || zh.chars().any(is_han), "{place} {zh}");
        assert!(zh != en || zh.is_empty(), "{place} {zh}");
    }
}

/// Blanks and separators of thousands are no part of a number.
fn squeezed(text: &str) -> String {
    let chars: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
    let is_digit = |at: usize| chars.get(at).is_some_and(char::is_ascii_digit);
    let separates = |at: usize| {
        matches!(chars.get(at), Some(',' | '\u{ff0c}'))
            && at > 0
            && is_digit(at - 1)
            && is_digit(at + 1)
    };
    (0..chars.len())
        .filter(|at| !separates(*at))
        .filter_map(|at| chars.get(at))
        .collect()
}

fn place(submission: &Submission, claim: &Claim) -> String {
    format!("{}:{}", submission.text(claim.place.file), claim.place.line)
}

#[test]
fn what_is_broken_down_says_by_what() {
    let (program, submission) = corpus();
    let mut silent = BTreeSet::new();
    let mut n_parts = 0;
    for claim in submission.claims.values() {
        if claim.figure.breakdown.is_empty() {
            continue;
        }
        n_parts += 1;
        let indicator = &program.model.indicators[claim.figure.indicator];
        if indicator.breakdowns.is_empty() {
            silent.insert(indicator.id.as_str());
        }
    }
    assert_eq!((n_parts, silent), (449, BTreeSet::new()));
}
