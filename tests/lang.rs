//! What the language says of rule files: each file of `tests/lang` is a pack, and the snapshot
//! beside it what is said of it in English and in Chinese. And its functions: every example of
//! the registry holds.

use std::collections::BTreeSet;
use std::fs;
use std::sync::OnceLock;

use plumbrule::diagnostic::{Code, Diagnostic, Severity, render};
use plumbrule::message::Lang;
use plumbrule::syntax::Limits;
use plumbrule::uses::{add_used, tables_named};
use plumbrule::{CompileLimits, Sources, compile_with};

use common::Packs;

use crate::{common, golden};

/// Codes that no rule text of a sensible size leads to, and why.
const UNREACHED: &[(Code, &str)] = &[
    (
        Code::Unreadable,
        "stands where a part of an item says nothing better",
    ),
    (
        Code::BadOutline,
        "is about an outline, which no rule file names",
    ),
];

fn compiled(name: &str, text: &str) -> (Sources, Vec<Diagnostic>) {
    let mut sources = Sources::with_std();
    sources.add(name, text);
    for table in tables_named(text, &Limits::default()) {
        let bytes = fs::read_to_string(common::root(&format!("tests/lang/{table}")));
        if let Ok(text) = bytes {
            sources.add(&table, &text);
        }
    }
    add_used(
        &mut sources,
        &Limits::default(),
        &mut Packs("tests/lang/packs"),
    )
    .unwrap();
    let diagnostics = match compile_with(&sources, &CompileLimits::default()) {
        Ok((_, warnings)) => warnings,
        Err(diagnostics) => {
            let is_error = |it: &Diagnostic| it.severity() == Severity::Error;
            assert!(diagnostics.iter().any(is_error), "refused without an error");
            diagnostics
        }
    };
    (sources, diagnostics)
}

fn said(sources: &Sources, diagnostics: &[Diagnostic]) -> String {
    let mut out = String::new();
    for lang in [Lang::En, Lang::Zh] {
        if !out.is_empty() {
            out.push_str("\n================ \n\n");
        }
        out.push_str(&render(diagnostics, sources, lang, false));
    }
    if diagnostics.is_empty() {
        "nothing".clone_into(&mut out);
    }
    // Trailing blanks would be at the mercy of editors.
    out.lines()
        .map(str::trim_end)
        .collect::<Vec<_>>()
        .join("\n")
}

/// Rule texts too long to be files.
fn generated() -> Vec<(&'static str, String)> {
    let indicator = "indicator x \"量\" { unit 户 }\n";
    let deep = format!("{}x{}", "(".repeat(10_000), ")".repeat(10_000));
    let long = vec!["x"; 20_000].join(" + ");
    let digits = "9".repeat(10_000);
    vec![
        ("generated-deep", format!("{indicator}define y = {deep}\n")),
        ("generated-long", format!("{indicator}define y = {long}\n")),
        (
            "generated-digits",
            format!("{indicator}define y = {digits}户\n"),
        ),
        ("generated-large", "// full\n".repeat(1_000_000)),
        ("generated-faults", "target {\n".repeat(1_000)),
    ]
}

/// A rule text and what was said of it.
struct Case {
    name: String,
    sources: Sources,
    diagnostics: Vec<Diagnostic>,
}

/// All cases, compiled once.
fn cases() -> &'static [Case] {
    static CASES: OnceLock<Vec<Case>> = OnceLock::new();
    CASES.get_or_init(|| {
        let files = common::files("tests/lang", &[".plumb"]).into_iter();
        let files = files.map(|path| {
            let text = fs::read_to_string(common::root(&path)).unwrap();
            let name = path.trim_start_matches("tests/lang/");
            (name.trim_end_matches(".plumb").to_owned(), text)
        });
        let long = generated().into_iter();
        let long = long.map(|(name, text)| (name.to_owned(), text));
        let case = |(name, text): (String, String)| {
            let (sources, diagnostics) = compiled(&format!("{name}.plumb"), &text);
            Case {
                name,
                sources,
                diagnostics,
            }
        };
        files.chain(long).map(case).collect()
    })
}

/// Cuts what a long line, or a long list, only repeats.
fn cut(text: &str) -> String {
    let lines = text.lines().map(|line| match line.char_indices().nth(300) {
        Some((at, _)) => format!("{} …", &line[..at]),
        None => line.to_owned(),
    });
    let lines: Vec<String> = lines.collect();
    if lines.len() <= 200 {
        return lines.join("\n");
    }
    format!("{}\n… {} lines", lines[..20].join("\n"), lines.len())
}

#[test]
fn files_lead_to_what_stands_beside_them() {
    for case in cases() {
        let said = cut(&said(&case.sources, &case.diagnostics));
        golden::snapshot("lang", &case.name, &said);
    }
}

#[test]
fn every_code_has_a_file_that_leads_to_it() {
    let mut reached = BTreeSet::new();
    for Case {
        name, diagnostics, ..
    } in cases()
    {
        let codes: BTreeSet<Code> = diagnostics.iter().map(|it| it.code).collect();
        // A file that is named after a code leads to that code.
        let (prefix, _) = name.split_once('-').unwrap();
        if let Some(code) = Code::parse(prefix) {
            assert!(codes.contains(&code), "{name}: {codes:?}");
        }
        reached.extend(codes);
    }
    // What `lint` alone says is in `tests/lint`.
    let is_reachable =
        |code: &Code| !code.is_lint() && UNREACHED.iter().all(|(known, _)| known != code);
    let expected: BTreeSet<Code> = Code::ALL.iter().copied().filter(is_reachable).collect();
    assert_eq!(reached, expected);
}

#[test]
fn every_place_lies_in_the_file_on_whole_characters() {
    for Case {
        name,
        sources,
        diagnostics,
    } in cases()
    {
        for diagnostic in diagnostics {
            assert!(!diagnostic.places.is_empty(), "{name} {diagnostic:?}");
            for place in &diagnostic.places {
                assert!(
                    !sources.is_carried(place.span.source),
                    "{name} {diagnostic:?}"
                );
                let (start, end) = (place.span.start as usize, place.span.end as usize);
                let text = sources.text(place.span.source);
                assert!(text.get(start..end).is_some(), "{name} {diagnostic:?}");
            }
        }
    }
}

/// Of a long text only the lines around the places are handed to the renderer.
#[test]
fn problems_stand_at_their_lines_wherever_the_file_is_long() {
    let rule = "target t \"T\" { require x >= 1 }";
    for (before, between, after) in [(0, 0, 0), (1, 1, 1), (3, 2, 0), (4_000, 5_000, 4_000)] {
        let filler = |n: usize| "// nothing\n".repeat(n);
        let text = format!(
            "pack p \"P\" {{ entity c }}\nentity c \"C\" {{}}\nindicator x \"X\" {{ kind index }}\n{}{rule}\n{}{rule}\n{}",
            filler(before),
            filler(between),
            filler(after)
        );
        let (sources, problems) = compiled("long.plumb", &text);
        let [problem] = problems.as_slice() else {
            panic!("{problems:?}");
        };
        let (first, second) = (before + 4, before + between + 5);
        let width = second.to_string().len();
        let shown = render(std::slice::from_ref(problem), &sources, Lang::En, false);
        for line in [first, second] {
            let line = format!("\n{line:>width$} | {rule}\n");
            assert!(shown.contains(&line), "{line}{shown}");
        }
        let place = format!("--> long.plumb:{second}:8\n");
        assert!(shown.contains(&place), "{place}{shown}");
    }
}

mod functions {
    //! The registry of functions tests itself.
    use std::collections::BTreeSet;

    use plumbrule::functions::{FUNCTIONS, chinese_name, lookup};
    use plumbrule::message::{Lang, catalogue};
    use plumbrule::testing::run_tests;
    use plumbrule::{Sources, compile};

    use super::common;

    /// A pack with indicators `x` and `y`, the expression, and a test that expects its value.
    fn example_pack(given: &[&str], expression: &str, value: &str) -> String {
        let unit = if given.iter().any(|figure| figure.ends_with('%')) {
            "unit % kind share"
        } else if given.iter().any(|figure| figure.matches('-').count() == 2) {
            "kind date"
        } else {
            "kind index"
        };
        let mut pack = format!(
            "pack p \"p\" {{ entity e calendar mainland-china }}\nentity e \"e\" {{ en \"e\" }}\n\
             indicator x \"x\" {{ {unit} }}\nindicator y \"y\" {{ {unit} }}\n\
             define z = {expression}\ntest \"z\" {{\n  period 2024\n"
        );
        for figure in given {
            pack.push_str(&format!("  given {figure}\n"));
        }
        pack.push_str(&format!("  expect z = {value}\n}}\n"));
        pack
    }

    /// Whether the example gives the value, or what came instead.
    fn run(given: &[&str], expression: &str, value: &str) -> Result<(), String> {
        let mut sources = Sources::with_std();
        let pack = example_pack(given, expression, value);
        sources.add("example.plumb", &pack);
        let program = compile(&sources).map_err(|problems| format!("{problems:?}\n{pack}"))?;
        let results = run_tests(&program);
        assert_eq!(results.len(), 1);
        let failures: Vec<String> = results[0]
            .failures
            .iter()
            .map(|(_, message)| message.render(Lang::En))
            .collect();
        if failures.is_empty() {
            Ok(())
        } else {
            Err(failures.join("; "))
        }
    }

    #[test]
    fn every_example_gives_its_value() {
        let mut wrong = Vec::new();
        for function in FUNCTIONS {
            assert!(!function.examples.is_empty(), "{} has none", function.name);
            for example in function.examples {
                let expression = example.expression;
                assert!(expression.contains(function.name), "{expression}");
                if let Err(found) = run(example.given, expression, example.value) {
                    wrong.push(format!("{expression} = {}: {found}", example.value));
                }
                let translated = expression.replace(function.name, &chinese_name(function));
                if let Err(found) = run(example.given, &translated, example.value) {
                    wrong.push(format!("{translated} = {}: {found}", example.value));
                }
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn an_example_with_another_value_is_seen() {
        for function in FUNCTIONS {
            for example in function.examples {
                let other = format!("99{}", example.value);
                assert!(run(example.given, example.expression, &other).is_err());
                // Without its last figure there is no value at all.
                let (_, fewer) = example.given.split_last().unwrap();
                assert!(run(fewer, example.expression, example.value).is_err());
            }
        }
    }

    #[test]
    fn entries_are_complete_and_unique() {
        let mut names = BTreeSet::new();
        for function in FUNCTIONS {
            let zh = chinese_name(function);
            for name in [function.name, zh.as_str()] {
                assert!(names.insert(name.to_owned()), "{name} is there twice");
                assert_eq!(lookup(name).map(|it| it.key), Some(function.key));
            }
            assert!(!zh.is_ascii(), "{zh} is no Chinese name");
            assert_eq!(catalogue(Lang::En).word(function.key), function.name);
            for lang in Lang::ALL {
                let key = format!("{}.doc", function.key);
                let doc = catalogue(lang).word(&key);
                assert!(doc != key && !doc.is_empty(), "{key} in {lang:?}");
            }
            assert!(!function.parameters.is_empty(), "{}", function.name);
        }
        assert_eq!(names.len(), FUNCTIONS.len() * 2);
        assert!(lookup("no such function").is_none());
        assert!(common::root("src/functions.rs").is_file());
    }
}
