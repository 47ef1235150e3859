//! Where problems of rows stand: the lines that many rows at a time are told by, against those that the
//! reader of figures tells.

use plumbrule::bulk::{InMemory, Job, Scratch, SourceOptions, open, rows_of, run, run_by_body};
use plumbrule::eval::Options;
use plumbrule::figures::{FigureProblem, Limits, Submission};
use plumbrule::program::Program;
use proptest::collection::vec;
use proptest::prelude::*;

use crate::bulk::{Kept, program};

const PACK: &str = r#"
pack demo "Demo" { entity CN }
entity CN "China" { }
entity plant "Plants" { members open }
indicator share "Share" { kind index }
target enough "Enough" { for each plant require share >= 95 }
"#;

/// Pieces of a table; the number stands for that of the piece.
const CSV: [&str; 8] = [
    "A@,2024,95,x\n",
    "A@,2024,96,\"two\nlines\"\n",
    "A@,24,96,x\n",
    "A@,2024,abc,\"a\n\n\nb\"\n",
    "\n",
    "# a remark\n",
    "A@,2024,,\n",
    "A@,2024,n+1,企业\n",
];

const OBJECTS: [&str; 4] = [
    "{\"entity\":\"A@\",\"year\":\"2024\",\"share\":95}\n",
    "{\"entity\":\"A@\",\"year\":\"24\",\"share\":95}\n",
    "\n",
    "{\"entity\":\"A@\",\"year\":\"2024\",\"share\":\"abc\"}\n",
];

/// The line and the code of each problem.
fn told(problems: &[FigureProblem]) -> Vec<(usize, &'static str)> {
    let all = problems.iter();
    let mut told: Vec<_> = all.map(|it| (it.line, it.code.as_str())).collect();
    told.sort_unstable();
    told
}

fn hold(program: &Program, name: &str, text: &str, part_bytes: usize, threads: usize) {
    let mut one = Submission::new(&program.model);
    one.read_table(&program.model, name, text.as_bytes(), &Limits::default());
    let expected = told(&one.problems);
    let is_known = |word: &str| program.model.is_word(word);
    let again = || {
        let options = SourceOptions {
            is_known: &is_known,
            part_bytes,
            ..SourceOptions::default()
        };
        open(name, Box::new(text.as_bytes().to_vec()), &options)
    };
    let job = Job {
        program,
        options: &Options::default(),
        rules: &[],
        threads,
        fail_fast: false,
        progress: &|_, _, _| {},
    };
    let ran = run(&job, &again, &mut Kept::default()).unwrap();
    assert_eq!(told(&ran.problems), expected, "{text}");
    let room = || Ok(Box::new(InMemory::default()) as Box<dyn Scratch>);
    let ran = run_by_body(&job, &again, &room, &mut Kept::default()).unwrap();
    assert_eq!(told(&ran.problems), expected, "by body: {text}");
    // The figures of one body stand where they stand in the whole.
    let own = rows_of(program, &again, (name, "A1"), &[]).unwrap();
    let own = own.submission;
    let places = |submission: &Submission| -> Vec<u32> {
        let id = submission.entity_named("A1");
        let claims = submission.claims.values();
        let own = claims.filter(|claim| id.is_some_and(|id| claim.entity == id));
        own.map(|claim| claim.place.line).collect()
    };
    assert_eq!(places(&own), places(&one), "{text}");
}

fn table(pieces: &[usize], from: &[&str]) -> String {
    let pieces = pieces.iter().enumerate();
    let pieces = pieces.map(|(at, piece)| from[piece % from.len()].replace('@', &at.to_string()));
    pieces.collect()
}

proptest! {
    #![proptest_config(crate::common::random(48))]

    #[test]
    fn rows_of_text_are_told_by_their_lines(
        pieces in vec(0usize..8, 1..40),
        ending in prop::sample::select(vec!["\n", "\r\n", "\r"]),
        mark in prop::sample::select(vec!["", "\u{FEFF}"]),
        (part_bytes, threads) in (64usize..400, 1usize..3),
    ) {
        let text = format!("entity,year,share,note\nA,2024,95,x\n{}", table(&pieces, &CSV));
        let text = format!("{mark}{}", text.replace('\n', ending));
        hold(&program(PACK), "rows.csv", &text, part_bytes, threads);
    }

    #[test]
    fn objects_are_told_by_their_lines(
        pieces in vec(0usize..4, 1..40),
        is_list in any::<bool>(),
        (part_bytes, threads) in (64usize..400, 1usize..3),
    ) {
        let first = "{\"entity\":\"A\",\"year\":\"2024\",\"share\":95}\n";
        let rest = table(&pieces, &OBJECTS);
        let text = match is_list {
            true => format!("[{first}{}]\n", rest.replace('{', ",\n{")),
            false => format!("{first}{rest}"),
        };
        hold(&program(PACK), "rows.jsonl", &text, part_bytes, threads);
    }
}
