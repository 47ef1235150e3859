//! Messages in the wrong order, messages that are none, texts that are half typed.

use std::fs;

use plumbrule::editor::Draft;
use plumbrule::message::Lang;
use plumbrule::{CompileLimits, Sources};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::client::{Editor, folder, uri};
use crate::common;

#[test]
fn what_comes_before_the_beginning_and_after_the_end_is_refused() {
    let folder = folder("order");
    let mut editor = Editor::silent(&folder, &[]);
    let (code, _) = editor.refused("textDocument/hover", json!({}));
    assert_eq!(code, -32002);
    // Nobody answers what is only told, and nothing is shown before the beginning.
    editor.open_text("untitled:1", "target {\n");
    editor.ask("initialize", json!({ "capabilities": {} }));
    let (code, _) = editor.refused("initialize", json!({ "capabilities": {} }));
    assert_eq!(code, -32600);
    let (code, said) = editor.refused("textDocument/inlayHint", json!({}));
    assert_eq!(
        (code, said.as_str()),
        (-32601, "no method textDocument/inlayHint")
    );
    assert_eq!(editor.ask("shutdown", Value::Null), Value::Null);
    let (code, _) = editor.refused("textDocument/hover", json!({}));
    assert_eq!(code, -32600);
    assert!(editor.problems.is_empty());
    assert_eq!(editor.leave(), 0);
}

#[test]
fn to_leave_without_a_word_is_an_error() {
    let place = folder("leave");
    assert_eq!(Editor::open(&place, &[]).leave(), 1);
    assert_eq!(Editor::open(&place, &[]).gone(), 1);
    assert_eq!(Editor::silent(&place, &[]).leave(), 1);
    // A header that says no length ends the run, as nothing behind it can be told apart.
    let mut editor = Editor::open(&place, &[]);
    editor.send_raw(b"Content-Type: x\r\n\r\n");
    assert_eq!(editor.gone(), 1);
}

#[test]
fn what_is_no_message_is_told_and_the_next_one_answered() {
    let folder = folder("garbled");
    let mut editor = Editor::open(&folder, &[]);
    editor.send_raw(b"Content-Length: 3\r\n\r\n{]}");
    let message = editor.next();
    assert_eq!(
        (&message["id"], &message["error"]["code"]),
        (&Value::Null, &json!(-32700))
    );
    for message in [
        json!([]),
        json!("x"),
        json!({}),
        json!({ "method": 5 }),
        json!({ "id": 9, "result": null }),
    ] {
        editor.send(&message);
    }
    editor.send(&json!({ "id": 77, "params": {} }));
    assert_eq!(editor.answer(77)["error"]["code"], -32600);
    // Requests whose parameters are missing or of another kind.
    for method in [
        "textDocument/hover",
        "textDocument/completion",
        "textDocument/definition",
        "textDocument/references",
        "textDocument/documentHighlight",
        "textDocument/documentSymbol",
        "textDocument/codeAction",
        "textDocument/codeLens",
        "textDocument/formatting",
        "textDocument/prepareRename",
        "textDocument/rename",
        "workspace/executeCommand",
    ] {
        for params in [
            Value::Null,
            json!([]),
            json!({ "textDocument": 5, "position": { "line": -1 } }),
        ] {
            let (code, _) = editor.refused(method, params);
            assert_eq!(code, -32602, "{method}");
        }
    }
    for method in [
        "textDocument/didOpen",
        "textDocument/didChange",
        "textDocument/didClose",
        "textDocument/didSave",
        "$/setTrace",
    ] {
        editor.tell(method, Value::Null);
        editor.tell(
            method,
            json!({ "textDocument": { "uri": "file:///%zz" }, "contentChanges": 5 }),
        );
    }
    assert_eq!(editor.close(), 0);
}

#[test]
fn files_that_nobody_knows_are_answered() {
    let folder = folder("unknown");
    let mut editor = Editor::open(&folder, &[]);
    let place = json!({ "line": 4, "character": 900 });
    for file in [
        uri(&folder.join("none.plumb")),
        "untitled:9".to_owned(),
        "https://example.org/x".to_owned(),
    ] {
        let params = json!({ "textDocument": { "uri": file }, "position": place, "newName": "x", "context": {} });
        assert_eq!(
            editor.ask("textDocument/hover", params.clone()),
            Value::Null
        );
        assert_eq!(
            editor.ask("textDocument/definition", params.clone()),
            Value::Null
        );
        assert_eq!(
            editor.ask("textDocument/rename", params.clone()),
            Value::Null
        );
        assert_eq!(
            editor.ask("textDocument/references", params.clone()),
            json!([])
        );
        assert_eq!(
            editor.ask("textDocument/completion", params.clone()),
            json!([])
        );
        assert_eq!(
            editor.ask("textDocument/codeLens", params.clone()),
            json!([])
        );
        editor.change(&file, json!([{ "text": "x" }]));
        editor.tell(
            "textDocument/didClose",
            json!({ "textDocument": { "uri": file } }),
        );
    }
    assert_eq!(editor.close(), 0);
}

#[test]
fn a_request_that_is_taken_back_while_it_waits_is_not_worked_on() {
    let folder = folder("cancel");
    fs::write(folder.join("pack.plumb"), "pack p \"P\" {}\n").unwrap();
    let mut editor = Editor::open(&folder, &[]);
    let file = editor.open_file(&folder.join("pack.plumb"));
    let params = json!({ "textDocument": { "uri": file } });
    // One write, so that all of it is there before the server looks.
    let mut all = Vec::new();
    for message in [
        json!({ "id": 501, "method": "textDocument/documentSymbol", "params": params }),
        json!({ "id": "s", "method": "textDocument/codeLens", "params": params }),
        json!({ "method": "$/cancelRequest", "params": { "id": "s" } }),
        json!({ "id": 502, "method": "textDocument/codeLens", "params": params }),
    ] {
        let body = message.to_string();
        all.extend(format!("Content-Length: {}\r\n\r\n{body}", body.len()).bytes());
    }
    editor.send_raw(&all);
    let mut answers = Vec::new();
    while answers.len() < 3 {
        let message = editor.next();
        if message.get("id").is_some() {
            answers.push((message["id"].clone(), message["error"]["code"].clone()));
        }
    }
    assert_eq!(answers[0], (json!(501), Value::Null));
    // It may have been answered before it was taken back; it is answered once in any case.
    assert_eq!(answers[1].0, json!("s"));
    assert!(
        [Value::Null, json!(-32800)].contains(&answers[1].1),
        "{answers:?}"
    );
    assert_eq!(answers[2], (json!(502), Value::Null));
    assert_eq!(editor.close(), 0);
}

/// Asks everything at a place of a text that may be anything.
fn ask_all(text: &str, byte: usize) {
    let mut sources = Sources::with_std();
    let file = sources.add("pack.plumb", text);
    let draft = Draft::of(sources, &CompileLimits::default());
    for lang in Lang::ALL {
        for one in draft.complete(file, byte, lang) {
            assert!(!one.text.is_empty() && one.replaces.end as usize == byte);
        }
        if let Some(hover) = draft.hover(file, byte, lang, None) {
            assert!(!hover.markdown.contains("editor-"), "{}", hover.markdown);
        }
    }
    for span in draft.references(file, byte, true) {
        let own = draft.sources.slice(span);
        assert!(!own.is_empty());
    }
    assert_eq!(
        draft.definition(file, byte).is_some(),
        !draft.references(file, byte, true).is_empty()
    );
    let declared = draft.outline(file);
    assert!(declared.iter().all(|one| one.span.start >= one.whole.start));
    assert!(draft.tests(file).len() <= declared.len());
    assert!(draft.mends(file).count() <= draft.diagnostics.len());
    if let Ok(span) = draft.renamed_at(file, byte) {
        assert!(span.start as usize <= byte && byte <= span.end as usize);
        let _refused_or_not = draft.rename(file, byte, "other_name");
    }
}

/// What is understood of a text does not hang on what stood there before.
fn is_the_same_after(before: &str, text: &str) {
    let sources = |text: &str| {
        let mut sources = Sources::with_std();
        sources.add("pack.plumb", text);
        sources
    };
    let limits = CompileLimits::default();
    let old = Draft::of(sources(before), &limits);
    let new = Draft::of(sources(text), &limits);
    let after = Draft::after(Some(&old), sources(text), &limits);
    assert_eq!(after.diagnostics, new.diagnostics);
    let again = Draft::after(Some(&after), sources(text), &limits);
    assert_eq!(again.diagnostics, new.diagnostics);
}

/// A text of the house that has a little of everything.
fn some_text(n: usize) -> String {
    let files = common::files("tests/lang", &["plumb"]);
    let path = &files[n % files.len()];
    fs::read_to_string(common::root(path)).unwrap()
}

/// The next border between characters.
fn border(text: &str, byte: usize) -> usize {
    (byte % (text.len() + 1)..=text.len())
        .find(|at| text.is_char_boundary(*at))
        .unwrap()
}

proptest! {
    #![proptest_config(crate::common::random(24))]

    #[test]
    fn half_typed_texts_are_answered_at_every_place(
        n in 0_usize..1000,
        cut in any::<prop::sample::Index>(),
        kept in 0_usize..200,
        typed in "[a-z{}\"“”\\[\\]|@=.,%/\n 指标要求😀0-9-]{0,12}",
        place in any::<prop::sample::Index>(),
    ) {
        let text = some_text(n);
        let at = border(&text, cut.index(text.len() + 1));
        let end = border(&text, (at + kept).min(text.len()));
        let mangled = format!("{}{typed}{}", &text[..at], &text[end.max(at)..]);
        is_the_same_after(&text, &mangled);
        for byte in [at, at + typed.len(), border(&mangled, place.index(mangled.len() + 1))] {
            ask_all(&mangled, byte);
        }
        ask_all(&text[..at], at);
    }
}
