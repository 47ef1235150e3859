//! Laws of lints: what is said is so for every figure, and comments silence nothing without a reason.

use plumbrule::diagnostic::Code;
use plumbrule::eval::{Options, evaluate};
use plumbrule::figures::{Limits, Submission};
use plumbrule::lint::{LintOptions, Linted, lint};
use plumbrule::message::Lang;
use plumbrule::program::Program;
use plumbrule::verdict::Verdict;
use plumbrule::{Sources, compile};
use proptest::prelude::*;

fn program(text: &str) -> Program {
    let mut sources = Sources::with_std();
    sources.add("pack.plumb", text);
    match compile(&sources) {
        Ok(program) => program,
        Err(problems) => panic!("{text}\n{problems:?}"),
    }
}

fn said(program: &Program, code: Code) -> Vec<String> {
    of(&lint(program, &LintOptions::default()), code)
}

fn of(linted: &Linted, code: Code) -> Vec<String> {
    let lints = linted.lints.iter().filter(|lint| lint.problem.code == code);
    let told = lints.map(|lint| lint.problem.message.render(Lang::En));
    told.collect()
}

fn figures(program: &Program, rows: &[(&str, i32, i64)]) -> Submission {
    let mut table = "indicator,period,value\n".to_owned();
    for (indicator, year, value) in rows {
        table.push_str(&format!("{indicator},{year},{value}\n"));
    }
    let mut submission = Submission::new(&program.model);
    submission.read_table(
        &program.model,
        "f.csv",
        table.as_bytes(),
        &Limits::default(),
    );
    assert!(submission.problems.is_empty(), "{:?}", submission.problems);
    submission
}

const HEAD: &str = "pack p \"P\" { entity e }\nentity e \"E\" { }\n";

proptest! {
    #![proptest_config(crate::common::random(96))]

    /// What the bounds are said to decide no figure within them turns.
    #[test]
    fn what_bounds_decide_no_figure_turns(
        (x, y) in ((-9i64..9, 0i64..9), (-9i64..9, 0i64..9)),
        (a, b, limit) in (-3i64..4, -3i64..4, -60i64..60),
        op in prop::sample::select(vec!["<", "<=", ">", ">=", "=="]),
        form in prop::sample::select(vec!["A + B", "A - B", "max(A, B)", "min(A, B)", "abs(A) + B"]),
        at in prop::collection::vec((0i64..10, 0i64..10), 6),
    ) {
        let value = form.replace('A', &format!("({a} * x)")).replace('B', &format!("({b} * y)"));
        let text = format!(
            "{HEAD}indicator x \"X\" {{ kind index bounds between {} and {} }}\n\
             indicator y \"Y\" {{ kind index bounds between {} and {} }}\n\
             target t \"T\" {{ require {value} {op} {limit} by 2025 }}\n",
            x.0, x.0 + x.1, y.0, y.0 + y.1,
        );
        let program = program(&text);
        let said = said(&program, Code::DecidedByBounds);
        let Some(told) = said.first() else { return Ok(()); };
        let wanted = match told.contains("always") {
            true => Verdict::Pass,
            false => Verdict::Fail,
        };
        for (i, j) in at {
            let point = [("x", 2025, x.0 + i.min(x.1)), ("y", 2025, y.0 + j.min(y.1))];
            let submission = figures(&program, &point);
            let outcome = evaluate(&program, &submission, &Options::default());
            prop_assert_eq!(outcome.rows[0].verdict, wanted, "{} {:?}", told, point);
        }
    }

    /// A pace that was never seen: neither the largest step nor the largest rate of all years leads there.
    #[test]
    fn a_pace_never_seen_leads_nowhere(
        values in prop::collection::vec(1i64..200, 4),
        limit in 1i64..2_000,
        is_up in any::<bool>(),
    ) {
        let op = if is_up { ">=" } else { "<=" };
        let text = format!(
            "{HEAD}indicator x \"X\" {{ kind index }}\n\
             target t \"T\" {{ require x {op} {limit} by 2027 from {} in 2020 }}\n",
            values[0],
        );
        let program = program(&text);
        let rows: Vec<(&str, i32, i64)> = (2021..).zip(&values[1..])
            .map(|(year, value)| ("x", year, *value)).collect();
        let submission = figures(&program, &rows);
        let clocks = Options::default();
        let options = LintOptions { figures: Some((&submission, &clocks)), ..LintOptions::default() };
        let told = of(&lint(&program, &options), Code::PaceNeverSeen);
        let sign = |value: i64| if is_up { value } else { -value };
        let steps = values.windows(2).map(|pair| sign(pair[1]) - sign(pair[0]));
        let largest = steps.max().unwrap_or(0);
        let last = values[3];
        let is_there = |value: i64| sign(value) >= sign(limit);
        let by_steps = is_there(sign(sign(last) + 4 * largest));
        // The rate of each step, four times on; whole numbers, so that nothing is rounded.
        let by_rate = is_up && values.windows(2).any(|pair| {
            let (from, to) = (i128::from(pair[0]), i128::from(pair[1]));
            i128::from(last) * to.pow(4) >= i128::from(limit) * from.pow(4)
        });
        prop_assert_eq!(told.is_empty(), by_steps || by_rate || is_there(last), "{:?}", values);
    }

    /// A comment silences what it names and nothing else, and nothing without a reason.
    #[test]
    fn a_comment_without_a_reason_silences_nothing(comment in "\\PC{0,24}", is_allow in any::<bool>()) {
        let comment = if is_allow { format!("allow L002{comment}") } else { comment };
        let rule = "indicator x \"X\" { kind index }\ntarget t \"T\" { require x > 1 by 2025 }\n";
        let text = format!("{HEAD}indicator z \"Z\" {{ kind index }}\n//{comment}\n{rule}");
        let mut sources = Sources::with_std();
        sources.add("pack.plumb", &text);
        let Ok(commented) = compile(&sources) else { return Ok(()); };
        let linted = lint(&commented, &LintOptions::default());
        let has_reason = comment.contains([':', '\u{ff1a}']);
        prop_assert!(has_reason || linted.n_allowed == 0, "{}", comment);
        let n_shown = linted.lints.iter().filter(|lint| lint.problem.code != Code::BadAllowance).count();
        let plain = lint(&program(&text.replace(&format!("//{comment}\n"), "\n")), &LintOptions::default());
        prop_assert_eq!(n_shown + linted.n_allowed, plain.lints.len());
    }
}
