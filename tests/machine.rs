//! The formats for other programs: JUnit, SARIF, ESS, and problems as JSON. Each is held against
//! its schema, on the published figures and on input that no format may stumble over.

use std::fs;
use std::path::{Path, PathBuf};

use plumbrule::diagnostic::Code;
use plumbrule::figures::ProblemCode;
use serde_json::Value;

use crate::{common, golden, schema};

#[path = "machine/xsd.rs"]
mod xsd;

use common::Ran;

const SIX: [&str; 3] = [
    "tests/machine/verdicts.plumb",
    "--figures",
    "tests/machine/verdicts.csv",
];
const REAL: [&str; 3] = ["rules/nip-2021", "--figures", "fixtures/published"];
const BROKEN_RULES: [&str; 3] = [
    "tests/machine/broken",
    "--figures",
    "tests/machine/verdicts.csv",
];
const BROKEN_TABLE: [&str; 3] = [
    "tests/machine/verdicts.plumb",
    "--figures",
    "tests/machine/broken.csv",
];

fn run(arguments: &[&str]) -> Ran {
    common::run_in(&common::root(""), arguments, &[])
}

fn check(what: &[&str], format: &str, lang: &str) -> Ran {
    run(&[&["check"], what, &["--format", format, "--lang", lang]].concat())
}

/// A folder of its own for one test, empty.
fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    if path.exists() {
        fs::remove_dir_all(&path).unwrap();
    }
    fs::create_dir_all(&path).unwrap();
    path
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

fn read(path: &str) -> String {
    fs::read_to_string(common::root(path)).unwrap()
}

/// Output in both languages, with digests and the version left out.
fn both(what: &[&str], format: &str, show: impl Fn(String) -> String) -> String {
    let mut text = String::new();
    for lang in ["en", "zh"] {
        let ran = check(what, format, lang);
        assert!(!ran.err.contains("panicked"), "{}", ran.err);
        text.push_str(&format!("==== {lang}, status {}\n", ran.status));
        for line in show(ran.out).lines() {
            let line = match line.split_once("sha256:") {
                Some((before, after)) => format!("{before}sha256:…{}", &after[64..]),
                None => line.to_owned(),
            };
            text.push_str(
                line.replace(env!("CARGO_PKG_VERSION"), "VERSION")
                    .trim_end(),
            );
            text.push('\n');
        }
    }
    text
}

/// A document of SARIF without the pages of all codes.
fn without_rules(text: String) -> String {
    let mut document = json(&text);
    document["runs"][0]["tool"]["driver"]["rules"] = Value::from("…");
    serde_json::to_string_pretty(&document).unwrap()
}

/// What is to be held against a schema: with and without problems.
fn all() -> Vec<Vec<&'static str>> {
    let every_year = [&REAL[..], &["--period", "all"]].concat();
    let none = [&REAL[..], &["--verdict", "waived"]].concat();
    let known = [&REAL[..], &["--period", "2023", "--known-on", "2024-06"]].concat();
    let mut all = vec![every_year, none, known];
    all.extend([SIX, REAL, BROKEN_RULES, BROKEN_TABLE].map(|what| what.to_vec()));
    all
}

#[test]
fn junit_fits_its_schema() {
    let schema = read("tests/schemas/junit-10.xsd");
    for what in all() {
        for lang in ["en", "zh"] {
            let ran = check(&what, "junit", lang);
            let problems = xsd::problems(&schema, &ran.out);
            assert!(problems.is_empty(), "{what:?} {lang}: {problems:#?}");
        }
    }
    for lang in ["en", "zh"] {
        let tests = ["test", "examples/testing/pack.plumb", "--format", "junit"];
        let ran = run(&[&tests[..], &["--lang", lang]].concat());
        assert!(ran.out.contains("<testcase"));
        assert_eq!(xsd::problems(&schema, &ran.out), [""; 0]);
    }
    for wrong in [
        "<testsuites><testsuite name='a'/></testsuites>",
        "<testsuites><testcase name='a'/></testsuites>",
        "<testsuites skipped='1'/>",
        "<testsuites time='now'/>",
        "<testsuites>text</testsuites>",
        "<testsuites>",
    ] {
        assert!(!xsd::problems(&schema, wrong).is_empty(), "{wrong}");
    }
}

#[test]
fn sarif_fits_its_schema() {
    let schema = json(&read("tests/schemas/sarif-schema-2.1.0.json"));
    for what in all() {
        for lang in ["en", "zh"] {
            let document = json(&check(&what, "sarif", lang).out);
            let problems = schema::problems(&schema, &document);
            assert!(problems.is_empty(), "{what:?} {lang}: {problems:#?}");
            let results = document["runs"][0]["results"].as_array().unwrap();
            let is_broken = what == BROKEN_RULES || what == BROKEN_TABLE;
            assert_eq!(!results.is_empty(), is_broken, "{what:?}: {results:#?}");
        }
    }
    let document = json(&check(&SIX, "sarif", "en").out);
    for (part, wrong) in [
        ("/version", "2.2.0"),
        ("/runs/0/columnKind", "bytes"),
        ("/runs/0/results", "none"),
        ("/runs/0/language", "-"),
        ("/runs/0/artifacts/0/location/uri", "two 省"),
    ] {
        let mut document = document.clone();
        *document.pointer_mut(part).unwrap() = Value::from(wrong);
        assert!(!schema::problems(&schema, &document).is_empty(), "{part}");
    }
}

#[test]
fn ess_fits_its_schema() {
    let schema = json(&read("docs/schema/ess.json"));
    for what in all() {
        let ran = check(&what, "ess", "zh");
        if what == BROKEN_RULES {
            assert_eq!((ran.status, ran.out.as_str()), (2, ""));
            continue;
        }
        let document = json(&ran.out);
        let problems = schema::problems(&schema, &document);
        assert!(problems.is_empty(), "{what:?}: {problems:#?}");
        let ids: Vec<&Value> = document
            .as_array()
            .unwrap()
            .iter()
            .map(|item| &item["id"])
            .collect();
        let of_counts = document.as_array().unwrap().iter();
        for id in of_counts
            .filter(|item| item["type"] == "aggregation")
            .flat_map(|item| item["data"]["source"].as_array().unwrap())
        {
            assert!(ids.contains(&&id[0]), "{id} is counted and not there");
        }
    }
    assert!(!schema::problems(&schema, &json("[{\"type\": \"validation\"}]")).is_empty());
    assert!(!schema::problems(&schema, &json("{}")).is_empty());
}

#[test]
fn problems_as_json_fit_their_schema() {
    let schema = json(&read("docs/schema/problems.json"));
    let document = json(&check(&BROKEN_RULES, "json", "en").out);
    let problems = schema::problems(&schema, &document);
    assert!(problems.is_empty(), "{problems:#?}");
    assert!(!schema::problems(&schema, &json("{\"problems\": [{}]}")).is_empty());
    let schema = json(&read("docs/schema/check.json"));
    let document = json(&check(&BROKEN_TABLE, "json", "en").out);
    let problems = schema::problems(&schema, &document);
    assert!(problems.is_empty(), "{problems:#?}");
    assert_eq!(document["problems"].as_array().unwrap().len(), 5);
}

#[test]
fn six_verdicts_as_junit() {
    let text = both(&SIX, "junit", |out| out);
    golden::snapshot("machine", "machine__six_verdicts_as_junit", &text);
}

#[test]
fn six_verdicts_as_ess() {
    let text = both(&SIX, "ess", |out| out);
    golden::snapshot("machine", "machine__six_verdicts_as_ess", &text);
}

#[test]
fn broken_rules_as_sarif() {
    let text = both(&BROKEN_RULES, "sarif", without_rules);
    golden::snapshot("machine", "machine__broken_rules_as_sarif", &text);
}

#[test]
fn broken_rules_as_junit() {
    let text = both(&BROKEN_RULES, "junit", |out| out);
    golden::snapshot("machine", "machine__broken_rules_as_junit", &text);
}

#[test]
fn broken_rules_as_json() {
    let text = check(&BROKEN_RULES, "json", "en").out;
    assert_eq!(text, check(&BROKEN_RULES, "json", "zh").out);
    golden::snapshot("machine", "machine__broken_rules_as_json", &text);
}

#[test]
fn a_broken_table_as_sarif() {
    let text = both(&BROKEN_TABLE, "sarif", without_rules);
    golden::snapshot("machine", "machine__a_broken_table_as_sarif", &text);
}

#[test]
fn a_table_that_cannot_be_read_at_all_is_handed_on() {
    let folder = folder("unreadable");
    let path = folder.join("empty.csv");
    fs::write(&path, "").unwrap();
    let what = [SIX[0], "--figures", path.to_str().unwrap()];
    let sarif = check(&what, "sarif", "en");
    assert_eq!(sarif.status, 2);
    let results = &json(&sarif.out)["runs"][0]["results"];
    assert_eq!(results[0]["ruleId"], "F002", "{results:#?}");
    let junit = check(&what, "junit", "en");
    assert!(junit.out.contains("<error type=\"F002\""), "{}", junit.out);
    assert_eq!(
        json(&check(&what, "json", "en").out)["problems"][0]["code"],
        "F002"
    );
    assert_eq!(check(&what, "ess", "en").out, "");
}

/// The text of a region, counted in code units of UTF-16.
fn text_of(region: &Value, text: &str) -> String {
    let number = |name: &str| usize::try_from(region[name].as_u64().unwrap()).unwrap();
    let lines: Vec<Vec<u16>> = text
        .split('\n')
        .map(|line| line.encode_utf16().collect())
        .collect();
    let (first, last) = (number("startLine") - 1, number("endLine") - 1);
    let mut units = Vec::new();
    for (n, line) in lines.iter().enumerate().take(last + 1).skip(first) {
        let from = if n == first {
            number("startColumn") - 1
        } else {
            0
        };
        let to = if n == last {
            number("endColumn") - 1
        } else {
            line.len()
        };
        units.extend(&line[from..to]);
        units.extend((n < last).then_some(u16::from(b'\n')));
    }
    String::from_utf16(&units).unwrap()
}

#[test]
fn columns_count_code_units_of_utf16() {
    let document = json(&check(&BROKEN_RULES, "sarif", "en").out);
    let mut found = Vec::new();
    for result in document["runs"][0]["results"].as_array().unwrap() {
        let place = &result["locations"][0]["physicalLocation"];
        let uri = place["artifactLocation"]["uri"].as_str().unwrap();
        let file = uri.replace("%20", " ").replace("%E7%9C%81", "省");
        found.push(text_of(&place["region"], &read(&file)));
    }
    assert_eq!(
        found,
        [
            "coverage", "covarage", "mni", "80人", "省分", "nip", "b.tow"
        ]
    );
    let document = json(&check(&BROKEN_TABLE, "sarif", "en").out);
    let table = read("tests/machine/broken.csv");
    let regions = document["runs"][0]["results"].as_array().unwrap().iter();
    let regions = regions.map(|result| &result["locations"][0]["physicalLocation"]["region"]);
    let cells: Vec<String> = regions
        .filter(|region| region["endLine"].is_u64())
        .map(|region| text_of(region, &table))
        .collect();
    assert_eq!(cells, ["unti", "coverege", "\"很多\n很多\"", "x"]);
}

#[test]
fn a_mend_makes_its_problem_go_away() {
    let folder = folder("mend");
    let document = json(&check(&BROKEN_RULES, "sarif", "zh").out);
    let results = document["runs"][0]["results"].as_array().unwrap();
    let mut n_fixes = 0;
    for result in results {
        let Some(change) = result.pointer("/fixes/0/artifactChanges/0") else {
            continue;
        };
        n_fixes += 1;
        let uri = change["artifactLocation"]["uri"].as_str().unwrap();
        let file = uri.replace("%20", " ").replace("%E7%9C%81", "省");
        let replacement = &change["replacements"][0];
        let wrong = text_of(&replacement["deletedRegion"], &read(&file));
        let right = replacement["insertedContent"]["text"].as_str().unwrap();
        for name in ["one.plumb", "two 省.plumb"] {
            let text = read(&format!("tests/machine/broken/{name}"));
            fs::write(folder.join(name), text.replace(&wrong, right)).unwrap();
        }
        let path = folder.to_str().unwrap();
        let mended = json(&check(&[path, "--period", "2025"], "sarif", "zh").out);
        let left = mended["runs"][0]["results"].as_array().unwrap();
        let is_left = left.iter().any(|left| left["message"] == result["message"]);
        assert!(!is_left, "{result:#?}");
    }
    assert_eq!(n_fixes, 4);
}

#[test]
fn every_code_has_its_page() {
    for lang in ["en", "zh"] {
        let document = json(&check(&SIX, "sarif", lang).out);
        let rules = document["runs"][0]["tool"]["driver"]["rules"]
            .as_array()
            .unwrap();
        assert_eq!(rules.len(), Code::ALL.len() + ProblemCode::ALL.len());
        for rule in rules {
            let text = |part: &str| rule.pointer(part).unwrap().as_str().unwrap().to_owned();
            let (short, full) = (
                text("/shortDescription/text"),
                text("/fullDescription/text"),
            );
            assert!(!short.is_empty() && full.starts_with(&short), "{rule:#?}");
            assert!(
                !full.contains("Wrong:") && !full.contains("错误："),
                "{full}"
            );
            assert!(text("/help/text").starts_with(&full), "{rule:#?}");
            assert_eq!(
                text("/help/markdown").matches("```").count() % 2,
                0,
                "{rule:#?}"
            );
            assert_eq!(short.is_ascii(), lang == "en", "{short}");
        }
    }
}

#[test]
fn warnings_of_a_pack_that_compiles_are_handed_on() {
    let folder = folder("warnings");
    let path = folder.join("pack.plumb");
    let text = read("tests/machine/verdicts.plumb")
        .replace("at least 90% by 2030", "at least 10% by 2030");
    let text = text.replace("  kind share\n", "  kind share\n  bounds at least 20%\n");
    fs::write(&path, text).unwrap();
    let path = path.to_str().unwrap();
    let what = [path, "--figures", "tests/machine/verdicts.csv"];
    let ran = check(&what, "sarif", "en");
    let result = &json(&ran.out)["runs"][0]["results"][0];
    assert_eq!(result["level"], "warning", "{}{}", ran.out, ran.err);
    assert!(ran.err.starts_with("warning["), "{}", ran.err);
    let document = json(&check(&what, "json", "en").out);
    assert_eq!(document["problems"][0]["code"], result["ruleId"]);
    let junit = check(&what, "junit", "en");
    assert_eq!(junit.status, 1);
    assert!(junit.out.contains("classname=\"plumbrule.problems\""));
}

#[test]
fn what_a_case_counts_as_follows_the_exit_status() {
    let folder = folder("burden");
    for (rule, status, kind) in [
        ("s.proof", 1, "failure"),
        ("s.doubt", 0, "skipped"),
        ("s.two", 1, "failure"),
        ("s.later", 0, "skipped"),
        ("s.excused", 0, "skipped"),
        ("s.when", 0, "skipped"),
        ("s.one", 3, "error"),
    ] {
        let out = folder.join("report.xml");
        let out = out.to_str().unwrap();
        let ran = run(&[&["check"], &SIX[..], &["--rule", rule, "--out", out]].concat());
        assert_eq!(ran.status, status, "{rule}");
        let text = fs::read_to_string(out).unwrap();
        assert!(text.contains(&format!("<{kind} type=")), "{rule}: {text}");
    }
}

#[test]
fn no_label_breaks_xml() {
    let folder = folder("labels");
    let path = folder.join("pack.plumb");
    let nasty = "\u{1}\u{b} ]]> </testcase> &amp; &#0; \t \u{FFFE} 😀 \u{1b}[31m";
    let text = read("tests/machine/verdicts.plumb").replace("Users double", nasty);
    fs::write(&path, text).unwrap();
    let path = path.to_str().unwrap();
    for format in ["junit", "sarif", "ess", "json"] {
        let ran = check(&[path, "--figures", SIX[2]], format, "en");
        assert_eq!(ran.status, 1, "{format}: {}", ran.err);
        if format != "junit" {
            json(&ran.out);
            continue;
        }
        let document = roxmltree::Document::parse(&ran.out).unwrap();
        let names: Vec<&str> = document
            .descendants()
            .filter_map(|node| node.attribute("name"))
            .filter(|name| name.starts_with("s.two"))
            .collect();
        let shown = "s.two \u{FFFD}\u{FFFD} ]]> </testcase> &amp; &#0;   \u{FFFD} 😀 \u{FFFD}[31m";
        assert_eq!(names, [shown]);
    }
}

#[test]
fn a_result_is_not_written_over_by_problems_that_nobody_would_see() {
    let folder = folder("over");
    // Format, what stands there afterwards: the result as it was, or the problems.
    for (format, keeps) in [
        ("json", true),
        ("ess", true),
        ("junit", false),
        ("sarif", false),
    ] {
        let out = folder.join(format!("{format}.out"));
        let path = out.to_str().unwrap();
        for what in [BROKEN_RULES, BROKEN_TABLE] {
            fs::write(&out, "as it was").unwrap();
            let ran = run(&[&["check"], &what[..], &["--format", format, "--out", path]].concat());
            assert_eq!((ran.status, ran.out.as_str()), (2, ""), "{format} {what:?}");
            let is_kept = fs::read_to_string(&out).unwrap() == "as it was";
            assert_eq!(is_kept, keeps, "{format} {what:?}");
        }
    }
    let out = folder.join("new.json");
    let ran = run(&[
        &["check"],
        &BROKEN_RULES[..],
        &["--out", out.to_str().unwrap()],
    ]
    .concat());
    assert_eq!(ran.status, 2);
    let document = json(&fs::read_to_string(&out).unwrap());
    assert_eq!(document["schema"], "plumbrule-problems-1");
}
