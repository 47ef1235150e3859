//! What an editor offers behind a text tells what the grammar wants there.

use plumbrule::editor::{CompletionKind, Draft};
use plumbrule::message::Lang;
use plumbrule::{CompileLimits, Sources};

/// What is offered behind a text, beside a file that declares a document.
fn offered(text: &str) -> Vec<(String, CompletionKind)> {
    let mut sources = Sources::with_std();
    sources.add("law.plumb", "instrument law \"Law\" {}\n");
    let file = sources.add("a.plumb", text);
    let draft = Draft::of(sources, &CompileLimits::default());
    let all = draft.complete(file, text.len(), Lang::En);
    all.into_iter().map(|one| (one.text, one.kind)).collect()
}

fn is_offered(text: &str, wanted: &str) -> bool {
    offered(text).iter().any(|(known, _)| known == wanted)
}

fn is_kind_offered(text: &str, wanted: CompletionKind) -> bool {
    offered(text).iter().any(|(_, kind)| *kind == wanted)
}

#[test]
fn an_empty_text_and_one_behind_an_item_want_items() {
    assert!(is_offered("", "indicator"));
    assert!(is_offered("pack p {}\n", "target"));
    assert!(!is_offered("pack p {}\n", "require"));
}

#[test]
fn kinds_units_names_and_values_are_told_apart() {
    let kind = "indicator a \"A\" { kind ";
    assert!(is_offered(kind, "stock") && !is_offered(kind, "require"));
    let clause = "indicator a \"A\" { ";
    assert!(is_offered(clause, "unit") && !is_kind_offered(clause, CompletionKind::Function));
    for unit in [
        "indicator a \"A\" { unit ",
        "\u{6307}\u{6807} a \"A\" { \u{5355}\u{4f4d} ",
    ] {
        assert!(is_kind_offered(unit, CompletionKind::Unit), "{unit}");
    }
    for value in ["target t \"T\" { require ", "target t \"T\" { require a + "] {
        assert!(is_kind_offered(value, CompletionKind::Function), "{value}");
        assert!(!is_kind_offered(value, CompletionKind::Unit), "{value}");
    }
    let name = "target t \"T\" { cite ";
    assert!(is_offered(name, "law") && !is_kind_offered(name, CompletionKind::Function));
    assert!(is_offered("target t \"T\" { require a[", "definition"));
    assert!(is_offered("target t \"T\" { require a ", "at least"));
    assert!(is_offered("test \"t\" { expect t ", "pass"));
}

#[test]
fn nothing_is_wanted_in_texts_in_comments_and_behind_what_is_wrong() {
    for text in [
        "target t \"T",
        "pack p {} // ",
        "target t \"T\" { require require ",
    ] {
        assert_eq!(offered(text), [], "{text}");
    }
}
