//! The tree-sitter grammar against every rule file of the repository.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use plumbrule::syntax::{Limits, keywords, parse};
use serde_json::Value;
use tree_sitter::{Language, Node, Parser, Query, QueryCursor, StreamingIterator, Tree};

use crate::common::root;

const FOLDER: &str = "editors/tree-sitter-plumbrule";

fn language() -> Language {
    tree_sitter_plumbrule::LANGUAGE.into()
}

fn tree(text: &str) -> Tree {
    let mut parser = Parser::new();
    parser.set_language(&language()).unwrap();
    parser.parse(text, None).unwrap()
}

/// Where a quantity is called like a keyword (`share + share`): to this grammar that is the keyword.
const AMBIGUOUS: &[&str] = &["tests/lint/l005-bounds.plumb"];

/// All rule files below some folders.
fn rule_files() -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open: Vec<PathBuf> = ["rules", "examples", "tests"].map(root).to_vec();
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|ending| ending == "plumb") {
                found.push(path);
            }
        }
    }
    found.retain(|path| !AMBIGUOUS.iter().any(|known| path.ends_with(known)));
    found.sort();
    found
}

/// The places of a tree that could not be read.
fn errors(node: Node<'_>, found: &mut Vec<String>, path: &Path, text: &str) {
    if node.is_error() || node.is_missing() {
        let (line, around) = (node.start_position().row + 1, node.byte_range());
        let start = text[..around.start].rfind('\n').map_or(0, |at| at + 1);
        let shown: String = text[start..].chars().take(100).collect();
        found.push(format!("{}:{line}: {shown}", path.display()));
        return;
    }
    let mut cursor = node.walk();
    for child in node.children(&mut cursor).collect::<Vec<_>>() {
        if child.has_error() || child.is_missing() {
            errors(child, found, path, text);
        }
    }
}

#[test]
fn every_rule_file_that_can_be_read_has_a_tree_without_errors() {
    let mut found = Vec::new();
    let mut n_read = 0;
    for path in rule_files() {
        let text = fs::read_to_string(&path).unwrap();
        let source = plumbrule::Sources::new().add("", "");
        let (module, problems) = parse(source, &text, &Limits::default());
        if !problems.is_empty() {
            continue;
        }
        n_read += 1;
        let tree = tree(&text);
        errors(tree.root_node(), &mut found, &path, &text);
        let mut cursor = tree.root_node().walk();
        let items = tree.root_node().children(&mut cursor);
        let n_items = items.filter(|node| node.kind() == "item").count();
        if n_items != module.items.len() {
            found.push(format!("{}: {n_items} items", path.display()));
        }
    }
    assert!(n_read > 200, "{n_read}");
    assert!(found.is_empty(), "{}:\n{}", found.len(), found.join("\n"));
}

#[test]
fn names_of_items_are_what_the_program_reads() {
    for path in rule_files() {
        let text = fs::read_to_string(&path).unwrap();
        let source = plumbrule::Sources::new().add("", "");
        let (module, problems) = parse(source, &text, &Limits::default());
        if !problems.is_empty() {
            continue;
        }
        let tree = tree(&text);
        let mut cursor = tree.root_node().walk();
        let items = tree.root_node().children(&mut cursor);
        let items: Vec<Node<'_>> = items.filter(|node| node.kind() == "item").collect();
        for (item, node) in module.items.iter().zip(items) {
            if let plumbrule::syntax::ast::ItemKind::Block(block) = &item.kind {
                let name = node.child_by_field_name("name");
                let name = name.map(|name| &text[name.byte_range()]);
                // An id that is a word with which clauses begin is that word to the grammar.
                let is_word = |form: &str| form == block.id.text;
                let mut all = keywords().iter();
                if name.is_none() && all.any(|one| is_word(one.en) || is_word(one.zh)) {
                    continue;
                }
                assert_eq!(name, Some(block.id.text.as_str()), "{}", path.display());
            }
        }
    }
}

#[test]
fn the_parser_was_made_from_the_keywords_of_the_language() {
    let text = fs::read_to_string(root(FOLDER).join("src/grammar.json")).unwrap();
    let grammar: Value = serde_json::from_str(&text).unwrap();
    let mut known = BTreeSet::new();
    let mut open = vec![&grammar["rules"]];
    while let Some(value) = open.pop() {
        match value {
            Value::Object(fields) => {
                let is_token = fields
                    .get("type")
                    .is_some_and(|of| of == "STRING" || of == "PATTERN");
                if let (true, Some(text)) = (is_token, fields.get("value").and_then(Value::as_str))
                {
                    known.insert(text.replace("[ \\t\\u3000\\u00a0]+", " "));
                }
                open.extend(fields.values());
            }
            Value::Array(items) => open.extend(items),
            _ => {}
        }
    }
    for form in keywords()
        .iter()
        .flat_map(|keyword| [keyword.en, keyword.zh])
    {
        assert!(
            known.contains(form),
            "`{form}`: make the parser anew, see {FOLDER}/README.md"
        );
    }
}

/// What a query catches in a text: the name of the catch, and the words.
fn caught(query: &str, text: &str) -> Vec<(String, String)> {
    let path = root(FOLDER).join("queries").join(query);
    let query = Query::new(&language(), &fs::read_to_string(path).unwrap()).unwrap();
    let tree = tree(text);
    let mut cursor = QueryCursor::new();
    let mut matches = cursor.matches(&query, tree.root_node(), text.as_bytes());
    let mut found = Vec::new();
    while let Some(one) = matches.next() {
        for capture in one.captures {
            let name = query.capture_names()[capture.index as usize].to_owned();
            found.push((name, text[capture.node.byte_range()].to_owned()));
        }
    }
    found
}

const TEXT: &str = "// \u{6ce8}\n\u{76ee}\u{6807} nip.2 \"5G\" {\n  \u{8981}\u{6c42} growth(users, -1) \u{4e0d}\u{4f4e}\u{4e8e} 56% \u{622a}\u{81f3} 2025\u{5e74}\n}\ntest \"t\" { expect nip.2 pass }\n";

#[test]
fn colours_folds_and_locals_catch_what_they_are_for() {
    let colours = caught("highlights.scm", TEXT);
    for (name, word) in [
        ("comment", "// \u{6ce8}"),
        ("keyword.type", "\u{76ee}\u{6807}"),
        ("keyword", "\u{8981}\u{6c42}"),
        ("function.call", "growth"),
        ("keyword.operator", "\u{4e0d}\u{4f4e}\u{4e8e}"),
        ("number", "56"),
        ("string", "\"5G\""),
        ("constant.builtin", "pass"),
    ] {
        let pair = (name.to_owned(), word.to_owned());
        assert!(colours.contains(&pair), "{pair:?} of {colours:?}");
    }
    let folds = caught("folds.scm", TEXT);
    assert_eq!(folds.len(), 2, "{folds:?}");
    let locals = caught("locals.scm", TEXT);
    let defined = ("local.definition".to_owned(), "nip.2".to_owned());
    assert!(locals.contains(&defined), "{locals:?}");
}

/// Texts and the trees that they have, as the files below `test/corpus` have them.
#[test]
fn the_corpus_has_the_trees_that_it_says() {
    let folder = root(FOLDER).join("test/corpus");
    let mut n_cases = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let file = fs::read_to_string(&path).unwrap();
        let mut parts = file.split("==================\n").skip(1);
        while let (Some(title), Some(body)) = (parts.next(), parts.next()) {
            let (text, wanted) = body.split_once("\n---\n").unwrap();
            let sexp = tree(text.trim_start()).root_node().to_sexp();
            let squeezed = |text: &str| {
                let joined = text.split_whitespace().collect::<Vec<_>>().join(" ");
                joined.replace("( ", "(").replace(" )", ")")
            };
            assert_eq!(
                sexp,
                squeezed(wanted),
                "{}: {}",
                path.display(),
                title.trim()
            );
            n_cases += 1;
        }
    }
    assert!(n_cases >= 5, "{n_cases}");
}
