//! Trees that the program carries are those that the parser reads from the same texts.

use plumbrule::Sources;
use plumbrule::packs::{LIBRARY, STD};
use plumbrule::source::SourceId;
use plumbrule::syntax::{Limits, carried_trees, parse};

fn texts() -> impl Iterator<Item = &'static str> {
    let packs = LIBRARY.iter().flat_map(|(_, files)| *files);
    STD.iter().chain(packs).map(|(_, text)| *text)
}

/// Limits that no carried text comes near, but that are narrower than usual, so that texts are parsed.
fn narrower() -> Limits {
    let wide = Limits::default();
    Limits {
        bytes: wide.bytes - 1,
        ..wide
    }
}

/// A source that is not the first.
fn second() -> SourceId {
    let mut sources = Sources::new();
    sources.add("first.plumb", "");
    sources.add("second.plumb", "")
}

#[test]
fn carried_trees_are_those_of_the_carried_texts() {
    let is_set = |name, value: &str| std::env::var(name).is_ok_and(|set| set == value);
    let file = crate::common::root("src/syntax/parse/carried.tree");
    let (made, carried) = (carried_trees().unwrap(), std::fs::read(&file).unwrap());
    if is_set("UPDATE_DOCS", "1") || is_set("INSTA_UPDATE", "always") {
        // A file that is written again has the program built again.
        if made != carried {
            std::fs::write(file, made).unwrap();
        }
        return;
    }
    assert!(
        made == carried,
        "run `UPDATE_DOCS=1 cargo test --test all carried::`"
    );
}

#[test]
fn a_carried_text_is_read_as_any_other() {
    let source = second();
    for text in texts() {
        let (carried, parsed) = (
            parse(source, text, &Limits::default()),
            parse(source, text, &narrower()),
        );
        assert_eq!(parsed.1, [], "{text:.80}");
        assert!(carried == parsed, "{text:.80}");
    }
}

#[test]
fn a_text_that_is_no_longer_a_carried_one_is_parsed() {
    let (_, text) = STD[0];
    let (whole, _) = parse(second(), text, &Limits::default());
    let (more, problems) = parse(second(), &format!("{text}\nindicator"), &Limits::default());
    assert_eq!(more.items.len(), whole.items.len());
    assert_eq!(problems.len(), 1, "{problems:?}");
}

#[test]
fn limits_hold_for_carried_texts_too() {
    let narrow = Limits {
        bytes: 100,
        ..Limits::default()
    };
    for text in texts() {
        assert_eq!(parse(second(), text, &narrow).1.len(), 1, "{text:.80}");
    }
}
