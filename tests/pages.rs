//! The examples on the pages of codes, compiled: the wrong one leads to its code,
//! the right one to no problem.

use plumbrule::Sources;
use plumbrule::diagnostic::{Code, Diagnostic};
use plumbrule::graph::eval_order;
use plumbrule::lint::{LintOptions, lint};
use plumbrule::message::{Lang, catalogue};
use plumbrule::model::{check, resolve};
use plumbrule::syntax::{Limits, parse_all};
use plumbrule::{CompileLimits, compile, compile_with};

/// Units that the examples use, so that no example depends on the standard library.
const UNITS: &str = "
dimension person
dimension household
dimension CNY
dimension data
dimension length
dimension energy
scale k = 1000 metric
scale T = 1000000000000 metric
scale Z = 1000000000000000000000 metric
scale 万 = 10000
scale 亿 = 100000000
unit % = 0.01 percentage
unit pp, 个百分点 = 0.01 point
unit 人 = person wordscale
unit 户 = household wordscale
unit 元 = CNY wordscale
unit B = data metric
unit m = length metric
unit Wh = energy metric
dimension time
dimension calendar
dimension workday
unit s = time
unit day, days = 86400s wordscale
unit month, months = calendar wordscale
unit year, years = 12month wordscale
unit 工作日, workday, workingday, workingdays = workday wordscale
calendar mainland-china \"Working days\" {
  works on 1, 2, 3, 4, 5
  covers 2025 \"A notice\"
}
";

/// Names that examples use without declaring them, and what each is.
const NAMES: [(&str, &str); 21] = [
    ("coverage", "indicator coverage { kind share unit % }"),
    ("users", "indicator users { unit 户 }"),
    ("visitors", "indicator visitors { unit 户 }"),
    ("urban", "indicator urban { kind share unit % }"),
    ("rural", "indicator rural { kind share unit % }"),
    ("energy", "indicator energy { unit % }"),
    ("grade", "indicator grade { kind text }"),
    ("traffic", "indicator traffic { unit TB }"),
    ("revenue", "indicator revenue { unit 亿元 }"),
    ("side", "indicator side { unit m }"),
    ("a", "indicator a { unit m }"),
    ("b", "indicator b { unit m }"),
    ("c", "indicator c { unit m }"),
    ("d", "indicator d { unit m }"),
    ("y", "indicator y { unit m }"),
    ("z", "indicator z { unit m }"),
    (
        "t",
        "indicator of_t { unit % } target t { require of_t at least 1% by 2025 }",
    ),
    ("north", "indicator north { unit m }"),
    ("south", "indicator south { unit m }"),
    ("first_half", "indicator first_half { unit m }"),
    ("total", "indicator total { kind share unit % }"),
];

/// A table that examples read rules from.
const TABLE: &str = "id\ttitle\tmodality\ttiming\nd.1\tA report\tmust\tby 2025\n";

/// The lines of an example of a page.
fn example(lang: Lang, code: Code, heading: &str) -> String {
    let text = catalogue(lang).word(code.page_key());
    let lines = text.lines().skip_while(|line| *line != heading).skip(1);
    let lines: Vec<&str> = lines
        .take_while(|line| line.starts_with("    "))
        .map(str::trim)
        .collect();
    assert!(!lines.is_empty(), "{code:?} {heading}");
    lines.join("\n")
}

/// The codes that an example leads to; of what `lint` alone says only the code that it shows.
fn compiled(example: &str, shown: Code) -> Vec<Code> {
    let words: Vec<&str> = example
        .split(|c: char| !(c.is_alphanumeric() || c == '_'))
        .collect();
    let mut prelude = UNITS.to_owned();
    for (name, item) in NAMES {
        let is_declared = example.lines().any(|line| {
            let mut words = line.split_whitespace();
            matches!(
                words.next(),
                Some("indicator" | "define" | "target" | "指标" | "定义量" | "目标")
            ) && words.next() == Some(name)
        });
        if !is_declared && words.contains(&name) {
            prelude.push_str(item);
            prelude.push('\n');
        }
    }
    let mut sources = Sources::new();
    sources.add("prelude", &prelude);
    let page = sources.add("page", example);
    let used = "pack counts {} indicator counted { unit 户 }";
    sources.add_of("counts", "counts.plumb", used, false);
    sources.add("rules.tsv", TABLE);
    let (modules, problems) = parse_all(&sources, &Limits::default());
    let is_of_page = |problem: &Diagnostic| problem.places[0].span.source == page;
    assert!(problems.iter().all(is_of_page), "{problems:?}");
    let mut codes: Vec<Code> = problems.into_iter().map(|problem| problem.code).collect();
    let (model, problems) = resolve(&modules, &sources);
    codes.extend(problems.into_iter().map(|problem| problem.code));
    let (order, problems) = eval_order(&model);
    codes.extend(problems.into_iter().map(|problem| problem.code));
    let (_, problems) = check(model, &order);
    codes.extend(problems.into_iter().map(|problem| problem.code));
    // What is found in the terms of a program, where there is one.
    if let Ok((_, problems)) = compile_with(&sources, &CompileLimits::default()) {
        codes.extend(problems.into_iter().map(|problem| problem.code));
    }
    if let (true, Ok(program)) = (shown.is_lint(), compile(&sources)) {
        let linted = lint(&program, &LintOptions::default());
        let said = linted.lints.into_iter().map(|lint| lint.problem);
        let said = said.filter(|problem| problem.code == shown && is_of_page(problem));
        codes.extend(said.map(|problem| problem.code));
    }
    codes.sort_unstable();
    codes.dedup();
    codes
}

#[test]
fn examples_of_pages_do_what_the_page_says() {
    // Limits and files: their wrong example is told, not shown.
    let is_told = |code: Code| {
        matches!(
            code,
            Code::TooDeep
                | Code::TooManyTerms
                | Code::NumberTooLong
                | Code::TooLarge
                | Code::Unreadable
                | Code::TooManyProblems
                | Code::TooLargeProgram
                | Code::PackTwice
                | Code::PaceNeverSeen
                // Its figures are read back from a table, for which these texts have no words.
                | Code::LawJoin
        )
    };
    // Tables are no rule text; `tests/rows.rs` and `tests/coverage.rs` lead to their codes.
    let about_files = [
        Code::TooLarge,
        Code::TooManyProblems,
        Code::BadTableRow,
        Code::BadOutline,
    ];
    let mut surprises = Vec::new();
    for (lang, wrong, right) in [
        (Lang::Zh, "错误：", "正确："),
        (Lang::En, "Wrong:", "Right:"),
    ] {
        for code in Code::ALL
            .iter()
            .copied()
            .filter(|code| !about_files.contains(code))
        {
            let mut expect = |heading, wanted: &[Code]| {
                let mut found = compiled(&example(lang, code, heading), code);
                // A test whose only expectation names no rule also expects nothing.
                if code == Code::UnknownRule {
                    found.retain(|found| *found != Code::BadGiven);
                }
                if found != wanted {
                    surprises.push(format!("{} {code:?} {heading} {found:?}", lang.code()));
                }
            };
            expect(right, &[]);
            if !is_told(code) {
                expect(wrong, &[code]);
            }
        }
    }
    assert!(surprises.is_empty(), "{surprises:#?}");
}
