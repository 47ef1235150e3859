//! What is said of a place, verdicts of the last check, tests that are run from the editor.

use std::fs;
use std::path::PathBuf;

use serde_json::{Value, json};

use super::client::{Editor, folder, place_of, under, uri};
use crate::common::root;

const PACK: &str = r#"pack plan "Plan" { entity city }
entity city "The city" {}
instrument law "The law" { published 2020 }
indicator coverage "覆盖率" {
  en "Coverage"
  kind share
  unit %
  definition lines default "of lines"
  note "Counted in *December*."
}
target plan.1 "Coverage of 80 %" {
  require coverage at least 80% by 2025
  cite law "3" "at least 80 % of lines" line 12
}
test "at the limit" {
  given coverage@2025 = 80%
  expect plan.1 pass
}
test "below" {
  given coverage@2025 = 79%
  expect plan.1 pass
}
"#;

fn pack(name: &str, figures: &str) -> PathBuf {
    let folder = folder(name);
    fs::write(folder.join("pack.plumb"), PACK).unwrap();
    if !figures.is_empty() {
        fs::write(folder.join("figures.csv"), figures).unwrap();
    }
    folder
}

const FIGURES: &str =
    "indicator,period,value,source,quote\ncoverage,2025,78.5%,yearbook,it reached 78.5%\n";

fn hover(editor: &mut Editor, file: &str, text: &str, word: &str, n: usize) -> String {
    let params = json!({ "textDocument": { "uri": file }, "position": place_of(text, word, n) });
    let found = editor.ask("textDocument/hover", params);
    if found == Value::Null {
        return String::new();
    }
    let under = under(text, &found["range"]);
    let said = found["contents"]["value"].as_str().unwrap().to_owned();
    format!("[{under}] {said}")
}

/// Waits until a check has been made, which is when nothing is typed for a moment.
fn checked(editor: &mut Editor, file: &str, word: &str) -> String {
    for _ in 0..200 {
        let said = hover(editor, file, PACK, word, 0);
        if !said.contains("no verdict yet") {
            return said;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    panic!("no verdict of {word}");
}

#[test]
fn a_rule_shows_its_source_its_quotation_and_its_verdict() {
    let folder = pack("hover_rule", FIGURES);
    let mut editor = Editor::open(&folder, &[]);
    let file = editor.open_file(&folder.join("pack.plumb"));
    let said = checked(&mut editor, &file, "plan.1");
    let wanted = "\
[plan.1] rule `plan.1`

**Coverage of 80 %**

```plumbrule
coverage at least 80%
```

source: law “The law”, 3, line 12: “at least 80 % of lines”

---

plan.1 Coverage of 80 %, The city, 2025: fail

shortfall: 1.5 percentage points below the limit";
    assert_eq!(said, wanted);
    assert_eq!(editor.close(), 0);
}

#[test]
fn an_indicator_shows_label_unit_definition_rules_and_figures_in_both_languages() {
    let folder = pack("hover_indicator", FIGURES);
    let english = "\
[coverage] quantity `coverage`

**Coverage** · 覆盖率

**unit**: %

**Definition**: lines “of lines”

Counted in \\*December\\*.

asked for by plan.1 “Coverage of 80 %” — **fail**

source: law “The law”, 3, line 12: “at least 80 % of lines”

Coverage (2025): printed \"78.5%\"; yearbook, “it reached 78.5%”";
    let chinese = "\
[coverage] 量 `coverage`

**覆盖率** · Coverage

**单位**: %

**口径**: lines “of lines”

Counted in \\*December\\*.

plan.1 “Coverage of 80 %”要求它 — **未通过**

出处：law《The law》3，第 12 行：“at least 80 % of lines”

覆盖率（2025）：印为“78.5%”；yearbook、“it reached 78.5%”";
    for (locale, wanted) in [("en", english), ("zh", chinese)] {
        let mut editor = Editor::with(&folder, &[], locale, &["utf-16"]);
        let file = editor.open_file(&folder.join("pack.plumb"));
        // The check comes a moment after the file was opened.
        let mut said = String::new();
        for _ in 0..200 {
            said = hover(&mut editor, &file, PACK, "coverage", 1);
            if said.contains("78.5%") {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        assert_eq!(said, wanted);
        assert_eq!(editor.close(), 0);
    }
}

#[test]
fn units_keywords_functions_and_other_names_are_explained() {
    let folder = pack("hover_other", "");
    let mut editor = Editor::open(&folder, &[]);
    let file = uri(&folder.join("more.plumb"));
    let text = "define gap \"Gap\" = growth(coverage)\ncheck c \"C\" { require gap 不低于 5 % }\n";
    editor.open_text(&file, text);
    let mut said = Vec::new();
    for word in ["growth", "check", "require", "不低于", "gap", "%"] {
        said.push(hover(&mut editor, &file, text, word, 0));
    }
    said.push(hover(&mut editor, &file, text, "Gap", 0));
    let wanted = [
        "[growth] function `growth` · `增速`\n\nchange relative to an earlier period, which is the year before if left out",
        "[check] `check` · `核对`\n\ndeclares how figures must fit together",
        "[require] `require` · `要求`\n\nwhat must hold",
        "[不低于] `at least` · `不低于`\n\nthe limit or more",
        "[gap] quantity `gap`\n\n**Gap**\n\n```plumbrule\ngrowth(coverage)\n```\n\nasked for by c “C”",
        "[%] unit `%`\n\n**percent** · 百分数\n\n```plumbrule\nunit %, percent, 百分数 = 0.01 percentage\n```",
        "",
    ];
    assert_eq!(said, wanted);
    assert_eq!(editor.close(), 0);
}

#[test]
fn a_verdict_is_that_of_the_last_save_and_says_so() {
    let folder = pack("hover_saved", FIGURES);
    let mut editor = Editor::open(&folder, &[]);
    let path = folder.join("pack.plumb");
    let file = editor.open_file(&path);
    assert!(checked(&mut editor, &file, "plan.1").contains("fail"));
    // Typed and not saved: still the verdict of before.
    let lower = PACK.replace("at least 80% by", "at least 70% by");
    editor.replace(&file, &lower);
    let said = hover(&mut editor, &file, &lower, "plan.1", 0);
    assert!(
        said.contains("fail") && said.contains("as of the last save"),
        "{said}"
    );
    // Broken: what was known is still there.
    let broken = format!("{lower}target {{\n");
    editor.replace(&file, &broken);
    let said = hover(&mut editor, &file, &broken, "plan.1", 0);
    assert!(
        said.contains("fail") && said.contains("as of the last save"),
        "{said}"
    );
    fs::write(&path, &lower).unwrap();
    editor.replace(&file, &lower);
    editor.save(&file);
    for n in 0.. {
        let said = hover(&mut editor, &file, &lower, "plan.1", 0);
        if said.contains("pass") && !said.contains("last save") {
            break;
        }
        assert!(n < 200, "{said}");
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    assert_eq!(editor.close(), 0);
}

#[test]
fn figures_are_those_that_are_named() {
    let folder = pack("hover_named", FIGURES);
    let other = folder.join("other");
    fs::create_dir_all(&other).unwrap();
    let good = other.join("good.csv");
    fs::write(&good, FIGURES.replace("78.5%", "99%")).unwrap();
    let mut editor = Editor::open(&folder, &["--figures", "other/good.csv"]);
    let file = editor.open_file(&folder.join("pack.plumb"));
    assert!(checked(&mut editor, &file, "plan.1").contains("pass"));
    assert_eq!(editor.close(), 0);
    // One that is not there is told once, and nothing else is lost.
    let mut editor = Editor::open(&folder, &["--figures", "none.csv"]);
    let file = editor.open_file(&folder.join("pack.plumb"));
    while editor.shown.is_empty() {
        editor.next();
    }
    assert!(editor.shown[0].contains("none.csv"), "{:?}", editor.shown);
    assert!(hover(&mut editor, &file, PACK, "plan.1", 0).contains("no verdict yet"));
    assert_eq!(editor.close(), 0);
}

/// The lines above tests: what they say, and where.
fn lenses(editor: &mut Editor, file: &str) -> Vec<(u64, String)> {
    let found = editor.ask(
        "textDocument/codeLens",
        json!({ "textDocument": { "uri": file } }),
    );
    let found = found.as_array().unwrap().iter();
    let lens = |one: &Value| {
        let line = one["range"]["start"]["line"].as_u64().unwrap();
        (line, one["command"]["title"].as_str().unwrap().to_owned())
    };
    found.map(lens).collect()
}

#[test]
fn tests_run_from_the_lines_above_them() {
    let folder = pack("lens", "");
    let mut editor = Editor::open(&folder, &[]);
    let file = editor.open_file(&folder.join("pack.plumb"));
    assert_eq!(editor.codes_of(&file), [""; 0]);
    let before = lenses(&mut editor, &file);
    let all = "run all tests of the pack".to_owned();
    assert_eq!(
        before,
        [
            (14, all.clone()),
            (14, "run".to_owned()),
            (18, "run".to_owned())
        ]
    );

    let run = |editor: &mut Editor, arguments: Value| {
        let params = json!({ "command": "plumbrule.runTests", "arguments": arguments });
        editor.ask("workspace/executeCommand", params)
    };
    let result = run(&mut editor, json!([file]));
    assert_eq!(
        (&result["passed"], &result["failed"]),
        (&json!(1), &json!(1))
    );
    assert_eq!(result["failures"][0]["test"], "below");
    assert_eq!(editor.shown, ["tests passed: 1, failed: 1\nbelow"]);
    assert!(
        editor
            .called
            .contains(&"workspace/codeLens/refresh".to_owned())
    );
    let problems = &editor.problems[&file];
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0]["source"], "plumbrule test");
    assert_eq!(under(PACK, &problems[0]["range"]), "expect plan.1 pass");
    assert_eq!(problems[0]["range"]["start"]["line"], 20);
    let after = lenses(&mut editor, &file);
    let titles = [
        all,
        "passed; run again".to_owned(),
        "failed: 1 of 1; run again".to_owned(),
    ];
    assert_eq!(
        after
            .into_iter()
            .map(|(_, title)| title)
            .collect::<Vec<_>>(),
        titles
    );

    // Mended: what the tests said holds no longer.
    let mended = PACK
        .replace("expect plan.1 pass\n}\n\"", "")
        .replacen("= 79%", "= 81%", 1);
    editor.replace(&file, &mended);
    assert_eq!(editor.codes_of(&file), [""; 0]);
    assert_eq!(lenses(&mut editor, &file), before);
    // One alone, by its line.
    let result = run(&mut editor, json!([file, 19]));
    assert_eq!(
        (&result["passed"], &result["failed"]),
        (&json!(1), &json!(0))
    );
    let titles: Vec<String> = lenses(&mut editor, &file)
        .into_iter()
        .map(|(_, title)| title)
        .collect();
    assert_eq!(titles[1..], ["run", "passed; run again"]);

    // A pack that does not compile has no tests that run.
    editor.replace(&file, &PACK.replace("unit %", "unit nonsense"));
    let params = json!({ "command": "plumbrule.runTests", "arguments": [file] });
    let (code, said) = editor.refused("workspace/executeCommand", params);
    assert_eq!(code, -32803);
    assert!(said.contains("does not compile"), "{said}");
    let (code, _) = editor.refused("workspace/executeCommand", json!({ "command": "rm" }));
    assert_eq!(code, -32602);
    assert_eq!(editor.close(), 0);
}

#[test]
fn a_pack_of_the_house_has_its_verdicts_as_the_check_has_them() {
    let mut editor = Editor::open(
        &root(""),
        &["--figures", "fixtures/published", "--period", "2024"],
    );
    let path = root("rules/nip-2021/targets.plumb");
    let text = fs::read_to_string(&path).unwrap();
    let file = editor.open_file(&path);
    for n in 0.. {
        let said = hover(&mut editor, &file, &text, "nip.2", 0);
        if said.contains("pending, due in 2025") {
            break;
        }
        assert!(n < 400, "{said}");
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    assert_eq!(editor.problems[&file], Vec::<Value>::new());
    let lenses = lenses(&mut editor, &uri(&root("rules/nip-2021/tests.plumb")));
    assert!(lenses.len() > 20, "{}", lenses.len());
    assert_eq!(editor.close(), 0);
}
