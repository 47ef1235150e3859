//! What `lint` says: each file of `tests/lint` is a pack, named after the code that it shows, and the
//! snapshot beside it is all that is said of that code, in English and in Chinese. Items of which
//! nothing is said are the counter-examples. Fixes are put in and looked at again.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use plumbrule::diagnostic::{Code, Diagnostic, render};
use plumbrule::eval::Options;
use plumbrule::lint::{LintOptions, Linted, codes, lint, mend};
use plumbrule::message::Lang;
use plumbrule::uses::add_used;
use plumbrule::{CompileLimits, Sources, compile_with};

use crate::common::{self, Packs};
use crate::{golden, schema};

/// The files of a pack of one rule file below `tests/lint`.
fn sources(path: &str) -> Sources {
    let mut sources = Sources::with_std();
    for (name, text) in common::with_tables(path).unwrap() {
        sources.add(name.trim_start_matches("tests/lint/"), &text);
    }
    let limits = CompileLimits::default().text;
    add_used(&mut sources, &limits, &mut Packs("tests/lint/packs")).unwrap();
    sources
}

/// What is said of a pack, with the figures of the table beside it where there is one.
fn linted(path: &str, sources: &Sources) -> Linted {
    let compiled = compile_with(sources, &CompileLimits::default());
    let (program, warnings) = match compiled {
        Ok(compiled) => compiled,
        Err(problems) => panic!("{path}: {}", render(&problems, sources, Lang::En, false)),
    };
    let table = path.replace(".plumb", ".csv");
    let bytes = fs::read(common::root(&table)).ok();
    let submission = bytes.map(|bytes| common::read(&program, &table, &bytes));
    if let Some(submission) = &submission {
        assert!(submission.problems.is_empty(), "{:?}", submission.problems);
    }
    let clocks = Options::default();
    let options = LintOptions {
        warnings: &warnings,
        figures: submission.as_ref().map(|known| (known, &clocks)),
        ..LintOptions::default()
    };
    lint(&program, &options)
}

/// The code that a file is named after.
fn code_of(path: &str) -> Code {
    let name = path.trim_start_matches("tests/lint/");
    let (code, _) = name.split_once('-').unwrap();
    Code::parse(code).unwrap_or_else(|| panic!("{path} is named after no code"))
}

/// All that is said of one code, in one language.
fn said(sources: &Sources, linted: &Linted, code: Code, lang: Lang) -> String {
    let lints = linted.lints.iter().filter(|lint| lint.problem.code == code);
    let problems: Vec<Diagnostic> = lints.map(|lint| lint.problem.clone()).collect();
    let skipped = linted.unexamined.iter().filter(|one| one.code == code);
    let skipped = skipped.map(|one| format!("unexamined {}: {}\n", one.item, one.why.render(lang)));
    let text = render(&problems, sources, lang, false) + &skipped.collect::<String>();
    text.lines()
        .map(str::trim_end)
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn files_lead_to_what_stands_beside_them() {
    for path in common::files("tests/lint", &[".plumb"]) {
        let (code, sources) = (code_of(&path), sources(&path));
        let linted = linted(&path, &sources);
        let [en, zh] = [Lang::En, Lang::Zh].map(|lang| said(&sources, &linted, code, lang));
        let name = path
            .trim_start_matches("tests/lint/")
            .trim_end_matches(".plumb");
        golden::snapshot("lint", name, &format!("{en}\n\n================\n\n{zh}"));
    }
}

#[test]
fn every_lint_has_a_file_that_leads_to_it() {
    let mut reached = BTreeSet::new();
    for path in common::files("tests/lint", &[".plumb"]) {
        let (code, sources) = (code_of(&path), sources(&path));
        let linted = linted(&path, &sources);
        let is_skipped = linted.unexamined.iter().any(|one| one.code == code);
        let mut lints = linted.lints.iter();
        let is_said = lints.any(|lint| lint.problem.code == code);
        assert!(is_said || is_skipped, "{path}");
        if is_said {
            reached.insert(code);
        }
    }
    let wanted: BTreeSet<Code> = codes().filter(|code| code.is_lint()).collect();
    assert_eq!(reached, wanted);
}

#[test]
fn every_place_lies_in_a_file_of_the_pack_on_whole_characters() {
    for path in common::files("tests/lint", &[".plumb"]) {
        let sources = sources(&path);
        for lint in linted(&path, &sources).lints {
            let edits = lint.fix.iter().flat_map(|fix| &fix.edits);
            let edits: Vec<_> = edits.map(|edit| edit.span).collect();
            assert!(edits.iter().all(|at| sources.is_own(at.source)), "{path}");
            let places = lint.problem.places.iter().map(|place| place.span);
            for span in places.chain(edits) {
                let text = sources.text(span.source);
                let (start, end) = (span.start as usize, span.end as usize);
                assert!(text.get(start..end).is_some(), "{path} {lint:?}");
            }
        }
    }
}

#[test]
fn what_is_mended_is_said_no_more_and_nothing_else_instead() {
    let mut n_fixed = 0;
    for path in common::files("tests/lint", &[".plumb"]) {
        let sources = sources(&path);
        let before = linted(&path, &sources);
        let mended = mend(&sources, &CompileLimits::default(), &[]).unwrap();
        assert!(
            mended.left.lints.iter().all(|lint| lint.fix.is_none()),
            "{path}"
        );
        let of = |linted: &Linted, code: Code| {
            let lints = linted.lints.iter();
            lints.filter(|lint| lint.problem.code == code).count()
        };
        let after = linted(&path, &mended.sources);
        for code in codes() {
            let fixed = mended.fixed.iter().filter(|lint| lint.problem.code == code);
            assert_eq!(
                of(&after, code) + fixed.count(),
                of(&before, code),
                "{path} {code:?}"
            );
        }
        assert_eq!(mended.files.is_empty(), mended.fixed.is_empty(), "{path}");
        n_fixed += mended.fixed.len();
        for id in &mended.files {
            assert!(sources.is_own(*id), "{path}");
        }
    }
    assert!(n_fixed > 0);
}

/// A folder of its own below the build folder.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

const PACK: &str = r#"// allow L004: nobody has written one
pack p "P" { entity e }
entity e "E" {}
indicator users "Users" { unit 户 }
target t "Users" {
  require users at least 10户 by 2025
  owner "Office"
}
"#;

#[test]
fn the_exit_status_says_how_it_went_and_fixes_are_written() {
    let folder = folder("lint-fix");
    let file = folder.join("pack.plumb");
    fs::write(&file, PACK).unwrap();
    let run = |more: &[&str]| {
        common::run_in(
            &folder,
            &[&["lint", "pack.plumb", "--lang", "en"], more].concat(),
            &[],
        )
    };
    let found = run(&[]);
    assert_eq!(found.status, 1, "{}", found.err);
    for word in [
        "warning[L001]",
        "warning[L002]",
        "warning[L004]",
        "--fix mends: 1",
    ] {
        assert!(found.out.contains(word), "{word}\n{}", found.out);
    }
    assert_eq!(fs::read_to_string(&file).unwrap(), PACK);
    let quiet = run(&["--allow", "L001,L002", "--allow", "L004"]);
    assert_eq!((quiet.status, quiet.out.as_str()), (0, "nothing found\n"));
    let wrong = run(&["--allow", "R001"]);
    assert_eq!(wrong.status, 2);
    let mended = run(&["--fix"]);
    assert_eq!(mended.status, 1);
    assert!(mended.out.contains("mended: 1"), "{}", mended.out);
    let (_, rest) = PACK.split_once('\n').unwrap();
    assert_eq!(fs::read_to_string(&file).unwrap(), rest);
    fs::write(&file, "target {").unwrap();
    assert_eq!(run(&["--fix"]).status, 2);
    assert_eq!(fs::read_to_string(&file).unwrap(), "target {");
}

#[test]
fn notes_count_where_they_are_asked_for() {
    let folder = folder("lint-deny");
    let text = PACK
        .replace("  owner \"Office\"\n", "")
        .replace("// allow L004: nobody has written one\n", "");
    fs::write(folder.join("pack.plumb"), text).unwrap();
    let run = |more: &[&str]| {
        let first = ["lint", "pack.plumb", "--allow", "L002,L004"];
        common::run_in(&folder, &[&first, more].concat(), &[])
    };
    assert_eq!(run(&[]).status, 0);
    assert_eq!(run(&["--deny", "L003"]).status, 1);
}

#[test]
fn machine_output_follows_its_schema() {
    let text = fs::read_to_string(common::root("docs/schema/lint.json")).unwrap();
    let known: serde_json::Value = serde_json::from_str(&text).unwrap();
    for path in common::files("tests/lint", &[".plumb"]) {
        let ran = common::run_in(&common::root(""), &["lint", &path, "--format", "json"], &[]);
        let document: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
        assert_eq!(schema::problems(&known, &document), [""; 0], "{path}");
        let open = document["open"].as_u64().unwrap();
        assert_eq!(ran.status, i32::from(open > 0), "{path}");
        let sarif = common::run_in(
            &common::root(""),
            &["lint", &path, "--format", "sarif"],
            &[],
        );
        let sarif: serde_json::Value = serde_json::from_str(&sarif.out).unwrap();
        let results = sarif["runs"][0]["results"].as_array().unwrap();
        assert_eq!(results.len(), document["lints"].as_array().unwrap().len());
    }
    assert!(!schema::problems(&known, &serde_json::json!({ "schema": "x" })).is_empty());
}
