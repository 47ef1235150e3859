//! House rules that a machine checks: who may say what, how long a file is, what
//! lies at the top, and that no snapshot outlives its test.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::common::root;

/// Words of code, and the only places below `src` that may say them.
const FENCES: &[(&[&str], &[&str])] = &[
    (&["pest", "pest_derive"], &["syntax/parse"]),
    (&["petgraph"], &["graph.rs"]),
    (&["ed25519_compact"], &["receipt/keys.rs"]),
    (&["ct_codecs"], &["receipt/envelope.rs"]),
    (&["getrandom"], &["cli/sign.rs"]),
    (
        &["println!", "eprintln!", "print!", "eprint!"],
        &["cli", "main.rs"],
    ),
    (
        &["std::fs", "std::env", "std::process"],
        &["cli", "main.rs"],
    ),
    // The bar of progress alone looks at a clock.
    (
        &["SystemTime", "Instant", "Utc::now", "Local::now"],
        &["cli/columns.rs"],
    ),
    // The one number of a workbook, written only where every digit survives; columns of many rows; and
    // what a solver proposes before exact arithmetic looks at it.
    (
        &["f64", "f32"],
        &["report/xlsx/number.rs", "bulk", "solve/propose.rs"],
    ),
    (&["microlp"], &["solve/propose.rs"]),
    (&["rust_xlsxwriter"], &["report/xlsx"]),
    (&["glob"], &["cli/found.rs"]),
    (&["arrow_array", "arrow_schema"], &["bulk/arrow"]),
    (&["calamine", "cfb"], &["figures/grid/workbook/xls"]),
    (
        &["flate2", "ZipArchive"],
        &["figures/grid/workbook/package.rs"],
    ),
    (&["HashMap", "HashSet"], &[]),
];
const MAX_LINES: usize = 500;
/// What may lie at the top of the tree, hidden settings and build output included.
const TOP: &[&str] = &[
    ".ci",
    ".cargo",
    ".clippy.toml",
    ".git",
    ".gitattributes",
    ".github",
    ".gitignore",
    ".rustfmt.toml",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "README.zh.md",
    "SECURITY.md",
    "benches",
    "docs",
    "editors",
    "examples",
    "fixtures",
    "grammar",
    "python",
    "rules",
    "src",
    "target",
    "tests",
];

/// All files below a folder with one of the endings, as paths below the root, in order.
fn files(folder: &str, endings: &[&str]) -> Vec<String> {
    let root = root("");
    let mut found = Vec::new();
    let mut folders = vec![root.join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                if !path.ends_with("target") {
                    folders.push(path);
                }
            } else if endings
                .iter()
                .any(|ending| path.to_string_lossy().ends_with(ending))
            {
                let below = path.strip_prefix(&root).unwrap();
                found.push(below.to_string_lossy().replace('\\', "/"));
            }
        }
    }
    found.sort();
    found
}

fn read(path: &str) -> String {
    let bytes = fs::read(root(path)).unwrap();
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Files below `src`, with their names there.
fn code() -> Vec<(String, String)> {
    let found: Vec<(String, String)> = files("src", &[".rs"])
        .into_iter()
        .map(|path| {
            let text = read(&path);
            (path.trim_start_matches("src/").to_owned(), text)
        })
        .collect();
    assert!(found.len() > 50, "src has only {} files", found.len());
    found
}

/// What of a Rust text is blanked.
#[derive(Clone, Copy, PartialEq)]
enum Blank {
    /// Comments.
    Comments,
    /// Comments, strings and characters.
    CommentsAndStrings,
}

/// The text with comments, or comments and strings, as blanks; lines stay.
fn blanked(text: &str, what: Blank) -> String {
    let chars: Vec<char> = text.chars().collect();
    let at = |index: usize| chars.get(index).copied().unwrap_or('\0');
    let mut out = String::new();
    let mut index = 0;
    while index < chars.len() {
        let start = index;
        let is_kept = match (at(index), at(index + 1)) {
            ('/', '/') => {
                while index < chars.len() && at(index) != '\n' {
                    index += 1;
                }
                false
            }
            ('/', '*') => {
                index += 2;
                while index < chars.len() && (at(index), at(index + 1)) != ('*', '/') {
                    index += 1;
                }
                index += 2;
                false
            }
            ('r', '"' | '#')
                if !(index > 0 && is_word(at(index - 1))) && raw_end(&chars, index).is_some() =>
            {
                index = raw_end(&chars, index).unwrap();
                what == Blank::Comments
            }
            ('"', _) => {
                index += 1;
                while index < chars.len() && at(index) != '"' {
                    index += if at(index) == '\\' { 2 } else { 1 };
                }
                index += 1;
                what == Blank::Comments
            }
            // A character, not a lifetime.
            ('\'', _) if at(index + 1) == '\\' || at(index + 2) == '\'' => {
                index += if at(index + 1) == '\\' { 3 } else { 2 };
                while index < chars.len() && at(index) != '\'' {
                    index += 1;
                }
                index += 1;
                what == Blank::Comments
            }
            _ => {
                index += 1;
                true
            }
        };
        for c in &chars[start..index.min(chars.len())] {
            out.push(if is_kept || *c == '\n' { *c } else { ' ' });
        }
    }
    out
}

/// The place after a raw string that starts here, if one does.
fn raw_end(chars: &[char], start: usize) -> Option<usize> {
    let n_signs = chars[start + 1..].iter().take_while(|c| **c == '#').count();
    let open = start + 1 + n_signs;
    if chars.get(open) != Some(&'"') {
        return None;
    }
    let is_end = |at: &usize| {
        chars[*at] == '"' && chars[at + 1..].iter().take_while(|c| **c == '#').count() >= n_signs
    };
    (open + 1..chars.len())
        .find(is_end)
        .map(|at| at + 1 + n_signs)
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Whether code says a word, not merely a longer one that holds it.
fn says(code: &str, word: &str) -> bool {
    code.match_indices(word).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        let after = code[at + word.len()..].chars().next();
        let is_open = word.ends_with(is_word) && after.is_some_and(is_word);
        !(is_open || before.is_some_and(is_word))
    })
}

#[test]
fn words_stay_behind_their_fences() {
    let mut escapes = Vec::new();
    for (path, text) in code() {
        let code = blanked(&text, Blank::CommentsAndStrings);
        for (words, places) in FENCES {
            let may = places.iter().any(|place| path.starts_with(place));
            let said = words.iter().filter(|word| says(&code, word));
            escapes.extend(said.filter(|_| !may).map(|word| format!("{path}: {word}")));
        }
    }
    assert!(escapes.is_empty(), "{escapes:#?}");
}

#[test]
fn every_fence_has_something_behind_it() {
    // A fence around a word that nobody says would pass whatever happens.
    let all: Vec<(String, String)> = code()
        .into_iter()
        .map(|(path, text)| (path, blanked(&text, Blank::CommentsAndStrings)))
        .collect();
    for (words, places) in FENCES
        .iter()
        .filter(|(words, places)| !places.is_empty() && !words.contains(&"println!"))
    {
        let is_used = all.iter().any(|(path, code)| {
            places.iter().any(|place| path.starts_with(place))
                && words.iter().any(|word| says(code, word))
        });
        assert!(is_used, "{words:?}");
    }
}

#[test]
fn the_words_of_the_domain_are_not_in_the_code() {
    let is_han = |c: char| matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}');
    let mut found = Vec::new();
    for (path, text) in code() {
        let code = blanked(&text, Blank::Comments);
        for line in code.lines().filter(|line| line.contains(is_han)) {
            found.push(format!("{path}: {}", line.trim()));
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn no_file_is_longer_than_the_limit() {
    let long: Vec<String> = code()
        .into_iter()
        .map(|(path, text)| (path, text.lines().count()))
        .filter(|(_, n)| *n > MAX_LINES)
        .map(|(path, n)| format!("{path}: {n} lines"))
        .collect();
    assert!(long.is_empty(), "{long:#?}");
}

#[test]
fn every_file_says_what_it_is() {
    let silent: Vec<String> = files("src", &[".rs"])
        .into_iter()
        .chain(files("tests", &[".rs"]))
        .filter(|path| {
            let text = read(path);
            let first = text.lines().find(|line| !line.starts_with("#!["));
            !first.is_some_and(|line| line.starts_with("//!"))
        })
        .collect();
    assert!(silent.is_empty(), "{silent:#?}");
}

#[test]
fn only_known_names_lie_at_the_top() {
    let unknown: Vec<String> = fs::read_dir(root(""))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| !TOP.contains(&name.as_str()))
        .collect();
    assert!(unknown.is_empty(), "{unknown:#?}");
}

#[test]
fn every_file_of_tests_is_run() {
    let all = read("tests/all.rs");
    let tests = crate::common::files("tests", &[".rs"]);
    for test in tests.iter().filter(|path| *path != "tests/all.rs") {
        let name = test.trim_start_matches("tests/").trim_end_matches(".rs");
        let is_named = all.lines().any(|line| line == format!("mod {name};"));
        assert!(is_named, "tests/all.rs does not name {name}: it never runs");
    }
}

/// Every target of fuzzing is told of, with the tests that do the same without it.
#[test]
fn every_fuzz_target_has_its_twin() {
    let told = read("tests/fuzz/README.md");
    let all = read("tests/all.rs");
    let targets = crate::common::files("tests/fuzz/fuzz_targets", &[".rs"]);
    assert!(targets.len() > 10, "{targets:?}");
    for target in targets {
        let name = target.rsplit('/').next().unwrap().trim_end_matches(".rs");
        let row = told
            .lines()
            .find(|line| line.starts_with(&format!("| `{name}` |")));
        let row = row.unwrap_or_else(|| panic!("tests/fuzz/README.md does not tell of {name}"));
        let twin = row.rsplit('`').nth(1).unwrap();
        let file = format!("tests/{}.rs", twin.replace("::", "/"));
        let first = twin.split("::").next().unwrap();
        assert!(all.contains(&format!("mod {first};")), "{twin} is no test");
        assert!(says(&read(&file), "random"), "{file} has no random tests");
    }
}

#[test]
fn every_small_part_is_tested() {
    let named = read("tests/units.rs");
    for test in crate::common::files("tests/units", &[".rs"]) {
        let name = test
            .trim_start_matches("tests/units/")
            .trim_end_matches(".rs");
        let is_named = named.lines().any(|line| line == format!("mod {name};"));
        assert!(
            is_named,
            "tests/units.rs does not name {name}: it never runs"
        );
    }
}

// A library with tests in it is compiled a second time for them, which costs as much as to run them all.
#[test]
fn no_test_stands_in_the_library() {
    let is_there = |text: &str| {
        let code = blanked(text, Blank::CommentsAndStrings);
        let mut attributes = code.split('#').skip(1).filter(|rest| rest.starts_with('['));
        attributes.any(|rest| {
            let attribute = rest.split(']').next().unwrap();
            says(attribute, "test")
        })
    };
    assert!(is_there("#[cfg( test )]\nmod tests;") && is_there("#[cfg(all(unix, test))]"));
    assert!(is_there("#[test]") && !is_there("// #[test]\nlet a = \"#[test]\"; of(test)"));
    let all = code().into_iter();
    let found: Vec<String> = all
        .filter(|(_, text)| is_there(text))
        .map(|(path, _)| path)
        .collect();
    assert!(
        found.is_empty(),
        "put these tests into tests/units: {found:#?}"
    );
    let settings = read("Cargo.toml");
    assert_eq!(settings.matches("\ntest = false\n").count(), 2);
}

#[test]
fn nothing_is_left_to_be_done_later() {
    let words = [
        concat!("TO", "DO"),
        concat!("FIX", "ME"),
        concat!("X", "XX"),
    ];
    let mut found = Vec::new();
    for folder in ["src", "tests", "rules", "grammar", "fixtures"] {
        for path in files(folder, &[".rs", ".plumb", ".pest", ".ftl", ".md", ".tsv"]) {
            let text = read(&path);
            let left = text
                .lines()
                .zip(1..)
                .filter(|(line, _)| words.iter().any(|word| says(line, word)));
            found.extend(left.map(|(line, n)| format!("{path}:{n}: {}", line.trim())));
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
#[expect(clippy::too_many_lines, reason = "an arm for each folder")]
fn no_snapshot_outlives_its_case() {
    let stem = |path: &str| {
        let name = Path::new(path)
            .file_name()
            .unwrap()
            .to_string_lossy()
            .into_owned();
        name.trim_end_matches(".snap").to_owned()
    };
    let has_case = |folder: &str, name: &str| {
        fs::read_dir(root(folder)).unwrap().any(|entry| {
            let path = entry.unwrap().path();
            let is_case = path.extension().is_some_and(|ending| ending != "snap");
            is_case && path.file_stem().is_some_and(|stem| *stem == *name)
        })
    };
    let mut left = Vec::new();
    let all = files("tests", &[".snap"]);
    for path in &all {
        let name = stem(path);
        let folder = path.split('/').nth(1).unwrap_or_default();
        let is_used = match folder {
            "lang" if name.starts_with("generated-") => {
                read("tests/lang.rs").contains(&format!("\"{name}\""))
            }
            "sheets" => {
                let is_said = |(what, _): (&str, &str)| {
                    let what = what.trim_end_matches("-md").trim_end_matches("-csv");
                    let text = read("tests/sheets.rs");
                    text.contains(&format!("\"{what}\"")) || text.contains(&format!("\"{what}-"))
                };
                name.rsplit_once('-').is_some_and(is_said)
            }
            "cli" => [
                "tests/cli.rs",
                "tests/cli/shell.rs",
                "tests/cli/first_hour.rs",
                "tests/cli/columns.rs",
            ]
            .iter()
            .any(|test| read(test).contains(&format!("\"{name}\""))),
            "graph" => {
                let text = read("tests/graph.rs");
                let format = name.strip_prefix("odd-").unwrap_or(&name);
                text.contains(&format!("\"{name}\""))
                    || (name.starts_with("odd-")
                        && read(&format!("src/report/graph/{format}.rs")).contains("FORMAT"))
            }
            "books" => {
                let case = name.trim_end_matches("-xls").trim_end_matches("-ods");
                read("tests/books.rs").contains(&format!("\"{case}\""))
            }
            "vintages" => {
                let what = name.trim_end_matches("-en").trim_end_matches("-zh");
                read("tests/vintages/shown.rs").contains(&format!("\"{what}\""))
            }
            "receipts" | "machine" => {
                read(&format!("tests/{folder}.rs")).contains(&format!("\"{name}\""))
            }
            "outlook" => {
                let what = name.trim_end_matches("-en").trim_end_matches("-zh");
                read("tests/outlook_shown.rs").contains(&format!("\"{what}\""))
            }
            "template" => {
                let what = name.trim_end_matches("-en").trim_end_matches("-zh");
                read("tests/template.rs").contains(&format!("\"{what}"))
            }
            "lang" | "lint" | "figures" | "tables" => has_case(&format!("tests/{folder}"), &name),
            "history" => {
                let text = read("tests/history.rs");
                let (what, _) = name.rsplit_once('-').unwrap_or((&name, ""));
                match what.rsplit_once('-') {
                    Some((_, year)) => {
                        ("2020"..="2025").contains(&year) && text.contains("2020..=2025")
                    }
                    None => text.contains(&format!("\"{what}-{{}}\"")),
                }
            }
            _ => {
                let path: Vec<&str> = name.split("__").collect();
                match (name.strip_prefix("syntax-"), &path[..]) {
                    (Some(case), _) => has_case("tests/syntax", case),
                    (None, ["all", test, function]) => {
                        read(&format!("tests/{test}.rs")).contains(&format!("fn {function}()"))
                    }
                    _ => false,
                }
            }
        };
        if !is_used {
            left.push(path);
        }
    }
    assert!(!all.is_empty());
    assert!(left.is_empty(), "{left:#?}");
    let new = files("tests", &[".snap.new", ".pending-snap"]);
    assert!(new.is_empty(), "not reviewed: {new:#?}");
}

#[test]
fn the_keyword_table_is_in_the_order_of_the_grammar() {
    let table = read("grammar/keywords.tsv");
    let rows: Vec<Vec<&str>> = table
        .lines()
        .skip(1)
        .map(|line| line.split('\t').collect())
        .collect();
    let listed: Vec<&str> = rows.iter().map(|row| row[0]).collect();
    let grammar = read("grammar/plumbrule.pest");
    let spelt: Vec<&str> = grammar
        .lines()
        .filter(|line| line.starts_with("kw_"))
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    assert_eq!(listed, spelt);
    let mut groups: Vec<&str> = rows.iter().map(|row| row[3]).collect();
    groups.dedup();
    let each: BTreeSet<&str> = groups.iter().copied().collect();
    assert_eq!(
        groups.len(),
        each.len(),
        "a group is in two places: {groups:?}"
    );
    assert_eq!(groups.first(), Some(&"item"));
}

#[test]
fn the_reader_of_code_tells_code_from_comments_and_strings() {
    let text =
        "let a = \"f64 // no\"; // f64\nlet b = 'f'; /* f64 */ let c = r#\"f64\"#;\nlet d = '\\'';";
    let code = blanked(text, Blank::CommentsAndStrings);
    assert!(!says(&code, "f64"), "{code}");
    assert!(says(&code, "let") && code.contains("let d"), "{code}");
    let with_strings = blanked(text, Blank::Comments);
    assert_eq!(with_strings.matches("f64").count(), 2, "{with_strings}");
    assert!(says("x: f64,", "f64") && !says("of64", "f64") && !says("f64_max", "f64"));
}
