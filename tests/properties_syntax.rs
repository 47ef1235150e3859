//! Laws of the formatter and of the reader: over random rule files, over every rule file of the
//! repository, and over strings of fragments that need not be rules at all.

use std::fs;
use std::path::Path;

use plumbrule::Sources;
use plumbrule::message::Lang;
use plumbrule::syntax::{Limits, TokenKind, format, keywords, parse, tokens};
use proptest::prelude::*;

#[path = "properties_syntax/writer.rs"]
mod writer;

use writer::{FUNCTIONS, module};

fn names(name: &str, lang: Lang) -> Option<String> {
    let (en, zh) = FUNCTIONS
        .iter()
        .find(|(en, zh)| [*en, *zh].contains(&name))?;
    let name = match lang {
        Lang::En => en,
        Lang::Zh => zh,
    };
    Some((*name).to_owned())
}

fn same(_: &str, _: Lang) -> Option<String> {
    None
}

/// The tree of a text as data, without its places.
fn tree(text: &str) -> String {
    let mut sources = Sources::new();
    let id = sources.add("case.plumb", text);
    let (module, diagnostics) = parse(id, text, &Limits::default());
    assert_eq!(diagnostics, [], "{text}");
    let shown = format!("{module:?}");
    let mut parts = shown.split("Span {");
    let mut tree = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (_, rest) = part.split_once('}').unwrap();
        tree.push_str(rest);
    }
    tree
}

fn comments(text: &str) -> Vec<&str> {
    let tokens = tokens(text).unwrap();
    let comments = tokens.iter().filter(|it| it.kind == TokenKind::Comment);
    comments.map(|it| it.text.trim_end()).collect()
}

/// What holds for every text that can be read.
fn check_laws(text: &str) {
    let plain = format(text, None, &same).unwrap();
    let own = tree(text);
    assert_eq!(own, tree(&plain), "the tree:\n{text}\n====\n{plain}");
    assert_eq!(
        comments(text),
        comments(&plain),
        "the comments:\n{text}\n====\n{plain}"
    );
    assert_eq!(format(&plain, None, &same).unwrap(), plain, "once:\n{text}");
    assert!(plain.is_empty() || plain.ends_with('\n') && !plain.ends_with("\n\n"));
    for lang in Lang::ALL {
        let there = format(text, Some(lang), &same).unwrap();
        assert_eq!(own, tree(&there), "{lang:?}:\n{text}\n====\n{there}");
        assert_eq!(comments(text), comments(&there));
    }
    let zh = format(text, Some(Lang::Zh), &names).unwrap();
    let en = format(text, Some(Lang::En), &names).unwrap();
    assert_eq!(format(&zh, Some(Lang::En), &names).unwrap(), en, "{text}");
    assert_eq!(format(&en, Some(Lang::Zh), &names).unwrap(), zh, "{text}");
    assert_eq!(format(&zh, None, &names).unwrap(), zh, "{text}");
    assert_eq!(zh.lines().count(), en.lines().count());
}

/// Pieces of rule files and of no rule files.
fn fragment() -> impl Strategy<Value = String> {
    let signs = [
        "\n", "\n", " ", " ", "{", "}", "(", ")", "[", "]", "=", ",", ">=", "+", "-", "@", "^",
        "..", "\"", "“", "”", "「", "」", "`", "\\", "//", "///", "／", "%", "5", "2025", "2025年",
        "x", "人", "亿元", "\u{FEFF}", "\r", "\u{3000}", "\u{85}", "é", "\u{301}", "😀", "\0",
        "\"t\"", " = a\n", " {\n", "\n}\n",
    ];
    let words = keywords().iter().flat_map(|it| [it.en, it.zh]);
    let all: Vec<String> = signs.into_iter().chain(words).map(str::to_owned).collect();
    prop_oneof![
        4 => prop::sample::select(all.clone()),
        2 => prop::sample::select(all).prop_map(|word| format!(" {word} ")),
        1 => any::<char>().prop_map(String::from),
    ]
}

/// Reads any text at all; what can be read obeys the laws.
fn check_any(text: &str) {
    let mut sources = Sources::new();
    let id = sources.add("any", text);
    let (_, diagnostics) = parse(id, text, &Limits::default());
    for place in diagnostics.iter().flat_map(|one| &one.places) {
        let (start, end) = (place.span.start as usize, place.span.end as usize);
        assert!(text.get(start..end).is_some(), "{start}..{end} of {text:?}");
    }
    assert_eq!(format(text, None, &same).is_ok(), diagnostics.is_empty());
    if diagnostics.is_empty() {
        check_laws(text);
    }
}

proptest! {
    #![proptest_config(crate::common::random(256))]

    #[test]
    fn formatting_changes_nothing_but_the_looks(choices in prop::collection::vec(any::<u16>(), 0..300)) {
        check_laws(&module(&choices));
    }

    #[test]
    fn no_text_makes_the_reader_panic(parts in prop::collection::vec(fragment(), 0..60)) {
        check_any(&parts.concat());
    }

    #[test]
    fn no_damaged_file_makes_the_reader_panic(
        choices in prop::collection::vec(any::<u16>(), 0..200),
        cuts in prop::collection::vec((any::<prop::sample::Index>(), fragment()), 0..4),
    ) {
        let mut chars: Vec<String> = module(&choices).chars().map(String::from).collect();
        for (at, part) in cuts {
            let at = at.index(chars.len());
            chars[at] = part;
        }
        check_any(&chars.concat());
    }
}

fn rule_files(folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rule_files(&path, found);
        } else if path.extension().is_some_and(|it| it == "plumb") {
            found.push(fs::read_to_string(&path).unwrap());
        }
    }
}

#[test]
fn every_rule_file_of_the_repository_obeys_the_laws() {
    let mut found = Vec::new();
    for folder in ["rules", "tests", "examples"] {
        rule_files(Path::new(folder), &mut found);
    }
    assert!(found.len() > 10);
    found.iter().for_each(|text| check_any(text));
}
