//! What becomes of a table of figures: each table of `tests/figures` is read against the pack
//! beside it, and the snapshot holds its problems in both languages and its claims.

use std::fmt::Write as _;
use std::fs;

use plumbrule::explain::{Unit, set_text};
use plumbrule::figures::{ClaimState, Limits, ProblemCode, Submission};
use plumbrule::message::Lang;
use plumbrule::program::Program;
use plumbrule::report::width;

use crate::{common, golden};

use common::read;

/// Endings of the tables.
const TABLES: [&str; 4] = [".csv", ".tsv", ".json", ".jsonl"];

fn pack() -> Program {
    common::pack("tests/figures/pack.plumb")
}

fn problems(submission: &Submission, lang: Lang) -> String {
    let mut out = String::new();
    for problem in &submission.problems {
        let severity = if problem.is_warning {
            "warning"
        } else {
            "error"
        };
        let (line, column) = (problem.line, problem.column);
        let message = problem.message.render(lang);
        let code = problem.code.as_str();
        writeln!(out, "{severity}[{code}] {line}:{column} {message}").unwrap();
        if let Some((cell, at)) = &problem.cell {
            let before: String = cell.chars().take(*at).collect();
            writeln!(out, "    | {cell}\n    | {}^", " ".repeat(width(&before))).unwrap();
        }
        if let Some(help) = &problem.help {
            writeln!(out, "    = {}", help.render(lang)).unwrap();
        }
    }
    out
}

/// Claims: place, key, period, as printed, both readings, and what was taken from the indicator.
fn claims(program: &Program, submission: &Submission) -> String {
    let mut out = String::new();
    for claim in submission.claims.values() {
        let figure = &claim.figure;
        let indicator = &program.model.indicators[figure.indicator];
        let unit = Unit::of_figure(program, figure);
        let shown = |set| set_text(set, &unit.factor, &unit.name);
        write!(out, "{:>2} {}", claim.place.line, indicator.id).unwrap();
        let definition = &indicator.definitions[usize::from(figure.definition)].id;
        if !definition.is_empty() {
            write!(out, "/{definition}").unwrap();
        }
        if figure.measure.word() != "level" {
            write!(out, "/{}", figure.measure.word()).unwrap();
        }
        if !figure.breakdown.is_empty() {
            write!(out, "[{}]", figure.breakdown).unwrap();
        }
        write!(out, " {}", claim.period).unwrap();
        if claim.window != claim.period {
            write!(out, " (printed as {})", claim.window).unwrap();
        }
        write!(out, " \"{}\"", submission.text(claim.printed)).unwrap();
        if !claim.statuses.is_empty() {
            write!(out, " ({})", claim.statuses.words()).unwrap();
        }
        if claim.state == ClaimState::Unreadable {
            writeln!(out, " unreadable").unwrap();
            continue;
        }
        write!(out, " exact {}", shown(&claim.exact)).unwrap();
        write!(out, " printed {}", shown(&claim.as_printed)).unwrap();
        let basis = indicator.bases.get(usize::from(claim.basis));
        if let Some(basis) = basis.filter(|basis| !basis.id.is_empty()) {
            write!(out, " basis {}", basis.id).unwrap();
        }
        if let Some(published) = claim.published {
            write!(out, " published {published}").unwrap();
        }
        for (is_so, mark) in [
            (claim.is_unit_inherited, " unit-inherited"),
            (claim.is_definition_inherited, " definition-inherited"),
            (claim.state == ClaimState::OutOfBounds, " out-of-bounds"),
        ] {
            if is_so {
                out.push_str(mark);
            }
        }
        out.push('\n');
    }
    for absence in &submission.absences {
        let indicator = &program.model.indicators[absence.figure.indicator].id;
        let place = submission.place_of(&absence.place);
        let (period, why) = (absence.period, absence.statuses.words());
        writeln!(out, "{place} {indicator} {period} absent ({why})").unwrap();
    }
    out
}

#[test]
fn tables_become_what_stands_beside_them() {
    let program = pack();
    for path in common::files("tests/figures", &TABLES) {
        let bytes = fs::read(common::root(&path)).unwrap();
        let name = path.trim_start_matches("tests/figures/");
        let submission = read(&program, name, &bytes);
        let mut text = claims(&program, &submission);
        for lang in [Lang::En, Lang::Zh] {
            let problems = problems(&submission, lang);
            if !problems.is_empty() {
                write!(text, "--------\n{problems}").unwrap();
            }
        }
        let (stem, _) = name.rsplit_once('.').unwrap();
        golden::snapshot("figures", stem, text.trim_end());
    }
}

#[test]
fn every_kind_of_problem_has_a_table() {
    let program = pack();
    let mut found: Vec<ProblemCode> = Vec::new();
    for path in common::files("tests/figures", &TABLES) {
        let bytes = fs::read(common::root(&path)).unwrap();
        let submission = read(&program, &path, &bytes);
        found.extend(submission.problems.iter().map(|problem| problem.code));
    }
    found.sort_unstable();
    found.dedup();
    assert_eq!(found, ProblemCode::ALL);
}

#[test]
fn a_long_table_loses_no_row_and_keeps_the_place_of_a_bad_one() {
    let program = pack();
    let mut table = String::from("indicator,breakdown,period,value\n");
    let n = 40_000;
    for row in 0..n {
        // One row in 10,000 is broken, each in another way.
        match row {
            9_999 => table.push_str("households,part=a,2024,\"two\nlines\"\n"),
            19_999 => table.push_str("nobody,part=b,2024,640万户\n"),
            29_999 => table.push_str("households,part=c,2024,640万户,more\n"),
            39_999 => table.push_str("households,part=d,24,640万户\n"),
            _ => writeln!(table, "households,part={row},2024,{row}万户").unwrap(),
        }
    }
    let submission = read(&program, "long.csv", table.as_bytes());
    let places: Vec<(usize, &str)> = submission
        .problems
        .iter()
        .map(|problem| (problem.line, problem.code.as_str()))
        .collect();
    // A line break inside a cell moves every later line down by one.
    assert_eq!(
        places,
        [
            (10_001, "F012"),
            (20_002, "F006"),
            (30_002, "F004"),
            (40_002, "F011")
        ]
    );
    // An unreadable value still takes its place; a row without a key has none.
    assert_eq!(submission.claims.len(), n - 3);
}

#[test]
fn a_table_beyond_the_limit_is_refused_whole() {
    let program = pack();
    let table = "indicator,period,value\nshare,2024,71%\n";
    let limits = |total_bytes| Limits {
        total_bytes,
        ..Limits::default()
    };
    for (bytes, n_claims, n_problems) in [(table.len(), 1, 0), (table.len() - 1, 0, 1)] {
        let mut submission = Submission::new(&program.model);
        let limits = limits(bytes);
        submission.read_table(&program.model, "t.csv", table.as_bytes(), &limits);
        assert_eq!(submission.claims.len(), n_claims, "{bytes}");
        assert_eq!(submission.problems.len(), n_problems, "{bytes}");
    }
}

#[test]
fn the_order_of_tables_changes_no_problem_and_no_claim() {
    let program = pack();
    let tables = [
        (
            "a.csv",
            "indicator,period,value\nshare,2024,71%\nshare,2025,y\n",
        ),
        ("b.csv", "indicator,period,value\nmoney,2024,15亿元\n"),
    ];
    let texts = |order: [usize; 2]| {
        let mut submission = Submission::new(&program.model);
        for at in order {
            let (name, text) = tables[at];
            submission.read_table(&program.model, name, text.as_bytes(), &Limits::default());
        }
        let mut lines: Vec<String> = claims(&program, &submission)
            .lines()
            .chain(problems(&submission, Lang::En).lines())
            .map(str::to_owned)
            .collect();
        lines.sort();
        lines
    };
    assert_eq!(texts([0, 1]), texts([1, 0]));
    assert!(texts([0, 1]).len() > 3);
}
