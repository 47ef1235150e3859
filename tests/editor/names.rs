//! Names: where they are declared and used, other names for them, what may be written.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::client::{Editor, edited, folder, marked, place_of, under, uri};

const PACK: &str = r#"pack plan "Plan" { entity city }
entity city "The city" {}
instrument law "The law" { published 2020 }
indicator coverage "覆盖率😀" {
  en "Coverage"
  kind share
  unit %
  definition lines default "of lines"
  definition residents "of residents"
}
define gap "Gap" = 100% - coverage
"#;

const TARGETS: &str = r#"target plan.1 "Coverage of 80 %" {
  require coverage at least 80% by 2025
  cite law "3" "coverage of at least 80 %"
}
目标 plan.2 "😀" { 要求 coverage[口径=residents] 不低于 70% 截至 2025年 }
decision route "Route" {
  outcome fast "Fast"
  outcome slow "Slow"
  case good: fast when coverage >= 80%
  otherwise slow
}
test "at the limit" {
  given coverage@2025 = 80%
  expect plan.1 pass
  expect route outcome fast
  expect gap = 20%
}
"#;

fn pack(name: &str) -> (PathBuf, Editor, [String; 2]) {
    let folder = folder(name);
    fs::write(folder.join("pack.plumb"), PACK).unwrap();
    fs::write(folder.join("targets.plumb"), TARGETS).unwrap();
    let mut editor = Editor::open(&folder, &[]);
    let head = editor.open_file(&folder.join("pack.plumb"));
    let targets = editor.open_file(&folder.join("targets.plumb"));
    (folder, editor, [head, targets])
}

fn at(uri: &str, text: &str, word: &str, n: usize) -> Value {
    json!({ "textDocument": { "uri": uri }, "position": place_of(text, word, n) })
}

/// The text of the file of an address.
fn text_of<'t>(uri: &str, texts: &BTreeMap<String, &'t str>) -> &'t str {
    texts[uri]
}

#[test]
fn every_name_leads_to_its_declaration() {
    let (_, mut editor, [head, targets]) = pack("definition");
    let texts = BTreeMap::from([(head.clone(), PACK), (targets.clone(), TARGETS)]);
    for (word, n, file, declared) in [
        ("coverage", 0, &head, "coverage \"覆"),
        ("coverage", 2, &head, "coverage \"覆"),
        ("law", 0, &head, "law \"The"),
        ("residents", 0, &head, "residents \"of"),
        ("fast", 1, &targets, "fast \"Fast"),
        ("fast", 2, &targets, "fast \"Fast"),
        ("plan.1", 1, &targets, "plan.1 \"Cov"),
        ("route", 1, &targets, "route \"Route"),
        ("gap", 0, &head, "gap \"Gap"),
        ("slow", 1, &targets, "slow \"Slow"),
    ] {
        let found = editor.ask("textDocument/definition", at(&targets, TARGETS, word, n));
        assert_eq!(&found["uri"], file, "{word} {n}: {found}");
        let text = text_of(file, &texts);
        let start = text.find(declared).unwrap();
        let whole = under(text, &found["range"]);
        assert!(
            declared.starts_with(&whole) && whole.len() >= 3,
            "{word}: {whole}"
        );
        let line = text[..start].matches('\n').count();
        assert_eq!(found["range"]["start"]["line"], line, "{word} {n}");
    }
    // A unit of the standard library lies in no file; a keyword has no declaration.
    let unit = editor.ask("textDocument/definition", at(&targets, TARGETS, "%", 1));
    assert_eq!(unit, Value::Null);
    let keyword = editor.ask(
        "textDocument/definition",
        at(&targets, TARGETS, "require", 0),
    );
    assert_eq!(keyword, Value::Null);
    assert_eq!(editor.close(), 0);
}

#[test]
fn references_are_all_places_with_or_without_the_declaration() {
    let (_, mut editor, [head, targets]) = pack("references");
    let texts = BTreeMap::from([(head.clone(), PACK), (targets.clone(), TARGETS)]);
    let mut params = at(&head, PACK, "coverage", 0);
    params["context"] = json!({ "includeDeclaration": true });
    let all = editor.ask("textDocument/references", params.clone());
    let all = all.as_array().unwrap();
    for one in all {
        let text = text_of(one["uri"].as_str().unwrap(), &texts);
        assert_eq!(under(text, &one["range"]), "coverage");
    }
    // Its label and the quoted words of the law do not count.
    let n_own = PACK.matches("coverage").count();
    let n_targets = TARGETS.matches("coverage").count() - 1;
    assert_eq!(all.len(), n_own + n_targets);
    params["context"] = json!({ "includeDeclaration": false });
    let without = editor.ask("textDocument/references", params);
    assert_eq!(without.as_array().unwrap().len(), all.len() - 1);
    let here = editor.ask(
        "textDocument/documentHighlight",
        at(&targets, TARGETS, "coverage", 0),
    );
    assert_eq!(here.as_array().unwrap().len(), n_targets);
    assert_eq!(editor.close(), 0);
}

/// Renames, and returns the texts of all files that changed.
fn renamed(
    editor: &mut Editor,
    mut params: Value,
    name: &str,
    folder: &Path,
) -> BTreeMap<String, String> {
    params["newName"] = json!(name);
    let answer = editor.ask("textDocument/rename", params);
    let changes = answer["documentChanges"].as_array().unwrap();
    let changed = changes.iter().map(|change| {
        let file = change["textDocument"]["uri"].as_str().unwrap().to_owned();
        let path = folder.join(file.rsplit('/').next().unwrap());
        let text = fs::read_to_string(path).unwrap();
        let edits = change["edits"].as_array().unwrap();
        (file, edited(&text, edits))
    });
    changed.collect()
}

#[test]
fn a_new_name_stands_everywhere_and_the_pack_says_the_same() {
    let (folder, mut editor, [head, targets]) = pack("rename");
    for (word, n, name) in [
        ("coverage", 0, "reach"),
        ("coverage", 0, "覆盖"),
        ("plan.1", 1, "plan.one"),
        ("fast", 1, "quick"),
        ("residents", 0, "people"),
        ("route", 1, "way"),
        ("law", 0, "act-2020"),
    ] {
        let place = at(&targets, TARGETS, word, n);
        let range = editor.ask("textDocument/prepareRename", place.clone());
        assert_eq!(range["placeholder"], word);
        let changed = renamed(&mut editor, place, name, &folder);
        let mut sources = plumbrule::Sources::with_std();
        for (file, text) in [(&head, PACK), (&targets, TARGETS)] {
            sources.add(file, changed.get(file).map_or(text, String::as_str));
        }
        let program = plumbrule::compile(&sources).unwrap();
        let results = plumbrule::testing::run_tests(&program);
        assert!(
            results.iter().all(|one| one.failures.is_empty()),
            "{word} to {name}"
        );
        let all: String = changed.into_values().collect();
        assert!(all.contains(name), "{all}");
        // What only looks like the name, inside quotes, stays.
        assert!(!all.contains("cite") || all.contains("\"coverage of at least 80 %\""));
    }
    assert_eq!(editor.close(), 0);
}

#[test]
fn a_name_that_would_change_what_the_pack_says_is_refused_with_the_reason() {
    let (_, mut editor, [head, targets]) = pack("refused");
    for (word, n, name, reason) in [
        ("coverage", 0, "gap", "is a name of `gap` already"),
        ("coverage", 0, "The", ""),
        ("coverage", 0, "require", "the pack would have a problem"),
        ("coverage", 0, "two words", "the pack would have a problem"),
        ("coverage", 0, "", "the pack would have a problem"),
        ("plan.1", 1, "plan.2", "is a name of `plan.2` already"),
        ("residents", 0, "lines", "is a name of `lines` already"),
        ("fast", 1, "slow", "is a name of `slow` already"),
    ] {
        let mut params = at(&targets, TARGETS, word, n);
        params["newName"] = json!(name);
        if reason.is_empty() {
            editor.ask("textDocument/rename", params);
            continue;
        }
        let (code, said) = editor.refused("textDocument/rename", params);
        assert_eq!(code, -32803);
        assert!(said.contains(reason), "{word} to {name}: {said}");
    }
    let (_, said) = editor.refused(
        "textDocument/prepareRename",
        at(&targets, TARGETS, "require", 0),
    );
    assert_eq!(said, "no name that could be changed stands here");
    let (_, said) = editor.refused("textDocument/prepareRename", at(&targets, TARGETS, "%", 1));
    assert!(said.contains("standard library"), "{said}");
    // While a part of the pack cannot be read, the name may stand there.
    editor.replace(&head, &format!("{PACK}indicator {{\n"));
    let mut params = at(&targets, TARGETS, "plan.1", 1);
    params["newName"] = json!("plan.3");
    let (_, said) = editor.refused("textDocument/rename", params);
    assert!(said.contains("cannot be read"), "{said}");
    assert_eq!(editor.close(), 0);
}

#[test]
fn what_another_pack_declares_gets_its_name_there() {
    let folder = folder("rename_used");
    fs::create_dir_all(folder.join("plan")).unwrap();
    fs::create_dir_all(folder.join("counts")).unwrap();
    let counts = "pack counts \"Counts\" {}\nindicator users \"Users\" { unit 人 }\n";
    fs::write(folder.join("counts/pack.plumb"), counts).unwrap();
    let plan =
        "pack plan \"Plan\" { uses counts }\ntarget t \"T\" { require users >= 5亿人 by 2025 }\n";
    fs::write(folder.join("plan/pack.plumb"), plan).unwrap();
    let mut editor = Editor::open(&folder, &[]);
    let file = editor.open_file(&folder.join("plan/pack.plumb"));
    let found = editor.ask("textDocument/definition", at(&file, plan, "users", 0));
    assert_eq!(found["uri"], uri(&folder.join("counts/pack.plumb")));
    let pack = editor.ask("textDocument/definition", at(&file, plan, "counts", 0));
    assert_eq!(under(counts, &pack["range"]), "counts");
    let (_, said) = editor.refused("textDocument/prepareRename", at(&file, plan, "users", 0));
    assert!(said.contains("declared in the pack `counts`"), "{said}");
    assert_eq!(editor.close(), 0);
}

#[test]
fn the_outline_lists_items_and_what_is_in_them() {
    let (_, mut editor, [head, targets]) = pack("outline");
    let names = |list: &Value| -> Vec<String> {
        let entries = list.as_array().unwrap().iter();
        entries
            .map(|one| one["name"].as_str().unwrap().to_owned())
            .collect()
    };
    let document = |uri: &str| json!({ "textDocument": { "uri": uri } });
    let found = editor.ask("textDocument/documentSymbol", document(&head));
    assert_eq!(names(&found), ["plan", "city", "law", "coverage", "gap"]);
    assert_eq!(names(&found[3]["children"]), ["lines", "residents"]);
    assert_eq!(found[3]["detail"], "覆盖率😀");
    let found = editor.ask("textDocument/documentSymbol", document(&targets));
    assert_eq!(names(&found), ["plan.1", "plan.2", "route", "at the limit"]);
    assert_eq!(names(&found[2]["children"]), ["fast", "slow", "good"]);
    for one in found.as_array().unwrap() {
        let name = under(TARGETS, &one["selectionRange"]);
        let whole = under(TARGETS, &one["range"]);
        assert!(whole.contains(&name) && whole.ends_with('}'), "{whole}");
    }
    assert_eq!(editor.close(), 0);
}

/// What is offered at the mark of a text that stands behind the pack: texts, and what each replaces.
fn offered(editor: &mut Editor, file: &str, text: &str) -> Vec<(String, String)> {
    let (text, position) = marked(&format!("{TARGETS}{text}"));
    editor.replace(file, &text);
    let params = json!({ "textDocument": { "uri": file }, "position": position });
    let answer = editor.ask("textDocument/completion", params);
    let items = answer["items"].as_array().unwrap().iter();
    let mut sorted: Vec<&Value> = items.collect();
    sorted.sort_by_key(|one| one["sortText"].as_str().unwrap().to_owned());
    let pair = |one: &Value| {
        let new = one["textEdit"]["newText"].as_str().unwrap().to_owned();
        (new, under(&text, &one["textEdit"]["range"]))
    };
    sorted.into_iter().map(pair).collect()
}

/// A text with a place, words that are offered there and words that are not.
const PLACES: &[(&str, &[&str], &[&str])] = &[
    (
        "|",
        &["indicator", "指标", "target"],
        &["require", "coverage"],
    ),
    ("ind|", &["indicator"], &["target"]),
    (
        "indicator x \"X\" { |",
        &["unit", "单位", "kind"],
        &["require", "coverage"],
    ),
    (
        "indicator x \"X\" { unit |",
        &["%", "人"],
        &["coverage", "kind"],
    ),
    (
        "indicator x \"X\" { kind |",
        &["stock", "存量"],
        &["%", "unit"],
    ),
    (
        "target x \"X\" { require |",
        &["coverage", "gap", "growth", "if"],
        &["law", "%"],
    ),
    ("target x \"X\" { require cov|", &["coverage"], &["gap"]),
    (
        "target x \"X\" { require coverage at le|",
        &["at least"],
        &["at most"],
    ),
    (
        "target x \"X\" { require coverage |",
        &["at least", "不低于"],
        &["coverage"],
    ),
    (
        "target x \"X\" { require coverage >= 5|",
        &[],
        &["coverage"],
    ),
    (
        "target x \"X\" { require coverage >= 5 |",
        &["%"],
        &["coverage"],
    ),
    ("target x \"X\" { cite |", &["law"], &["coverage"]),
    (
        "target x \"X\" { require coverage[|",
        &["definition", "口径"],
        &["coverage"],
    ),
    (
        "target x \"X\" { require coverage[definition=|",
        &["lines", "residents"],
        &["coverage"],
    ),
    ("目标 x \"X\" { 要求 |", &["coverage", "gap"], &["law"]),
    (
        "目标 x \"X\" { 要求 coverage 不|",
        &["不低于", "不高于"],
        &["at least"],
    ),
    ("test \"x\" { expect |", &["plan.1", "route"], &["law"]),
    (
        "test \"x\" { expect plan.1 |",
        &["pass", "通过"],
        &["plan.1"],
    ),
    (
        "test \"x\" { expect route outcome |",
        &["fast", "slow"],
        &["coverage"],
    ),
    ("target x \"X |", &[], &["coverage", "require"]),
    ("// |", &[], &["coverage", "indicator"]),
];

#[test]
fn what_the_grammar_takes_at_a_place_is_offered() {
    let (_, mut editor, [_, targets]) = pack("complete");
    for (text, wanted, unwanted) in PLACES {
        let found = offered(&mut editor, &targets, text);
        let has = |word: &&str| found.iter().any(|(new, _)| new == word);
        assert!(wanted.iter().all(&has), "{text}: {found:?}");
        assert!(!unwanted.iter().any(has), "{text}: {found:?}");
    }
    // A keyword of several words replaces those that stand already.
    let found = offered(
        &mut editor,
        &targets,
        "target x \"X\" { require coverage at le|",
    );
    let (_, replaced) = found.iter().find(|(new, _)| new == "at least").unwrap();
    assert_eq!(replaced, "at le");
    assert_eq!(editor.close(), 0);
}

#[test]
fn keywords_of_the_language_of_the_file_come_first() {
    let folder = folder("complete_language");
    let mut editor = Editor::open(&folder, &[]);
    let first = |editor: &mut Editor, name: &str, text: &str| {
        let (text, position) = marked(text);
        let file = uri(&folder.join(name));
        editor.open_text(&file, &text);
        let params = json!({ "textDocument": { "uri": file }, "position": position });
        let answer = editor.ask("textDocument/completion", params);
        let mut items = answer["items"].as_array().unwrap().clone();
        items.sort_by_key(|one| one["sortText"].as_str().unwrap().to_owned());
        items[0]["label"].as_str().unwrap().to_owned()
    };
    let english = first(
        &mut editor,
        "en.plumb",
        "pack p \"P\" { }\nindicator x \"X\" { |",
    );
    assert!(english.is_ascii(), "{english}");
    let chinese = first(
        &mut editor,
        "zh.plumb",
        "规则包 p \"P\" { }\n指标 x \"X\" { |",
    );
    assert!(!chinese.is_ascii(), "{chinese}");
    assert_eq!(editor.close(), 0);
}
