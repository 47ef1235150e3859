//! Lints in the editor: shown when a file is opened or saved, gone while its text is another one, mended
//! where they stand.

use std::fs;

use serde_json::{Value, json};

use super::client::{Editor, edited, folder, place_of, under};

const PACK: &str = "pack plan \"Plan\" { entity city }
entity city \"The city\" { }
instrument text \"The text\" { }
indicator share \"\u{5360}\u{6bd4}\" { kind share unit % bounds between 0% and 100% }
// allow L012: it is for others
indicator lines \"Lines\" { unit km }
// allow L031: the council knows
target t \"T\" { require share > 80% by 2025 owner \"Office\" cite text \"3\" \"no less than 80% of all\" }
test \"t\" { given share@2025 = 85% expect t pass }
";

fn codes(lints: &[Value]) -> Vec<&str> {
    let codes = lints.iter().map(|one| one["code"].as_str().unwrap());
    codes.collect()
}

/// What an editor asks for at a word: the fixes.
fn actions(editor: &mut Editor, uri: &str, text: &str, word: &str) -> Vec<Value> {
    let at = place_of(text, word, 0);
    let shown = editor.lints[uri].clone();
    let answer = editor.ask(
        "textDocument/codeAction",
        json!({
            "textDocument": { "uri": uri },
            "range": { "start": at, "end": at },
            "context": { "diagnostics": shown },
        }),
    );
    answer.as_array().unwrap().clone()
}

#[test]
fn a_lint_is_shown_and_mended_where_it_stands() {
    let folder = folder("lints");
    let path = folder.join("pack.plumb");
    fs::write(&path, PACK).unwrap();
    let mut editor = Editor::open(&folder, &[]);
    let file = editor.open_file(&path);
    assert_eq!(editor.codes_of(&file), [""; 0]);
    // What rests on a proof is not looked for, so that the comment about it is no lint either.
    let lints = editor.lints[&file].clone();
    assert_eq!(codes(&lints), ["L007"]);
    assert_eq!(lints[0]["severity"], 2);
    assert_eq!(under(PACK, &lints[0]["range"]), "share > 80%");
    let message = lints[0]["message"].as_str().unwrap();
    assert!(message.contains("\nhelp: write `>=`"), "{message}");

    let found = actions(&mut editor, &file, PACK, "80%");
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0]["title"], "mend L007");
    assert_eq!(found[0]["kind"], "quickfix");
    assert_eq!(found[0]["diagnostics"], json!(lints));
    let change = &found[0]["edit"]["documentChanges"][0];
    assert_eq!(change["textDocument"]["uri"], file);
    let mended = edited(PACK, change["edits"].as_array().unwrap());
    assert_eq!(mended, PACK.replace("share > 80%", "share >= 80%"));
    assert_eq!(actions(&mut editor, &file, PACK, "city").len(), 0);

    // Typed, and not saved: what was said is about another text.
    editor.replace(&file, &mended.replace("85%", "86%"));
    assert_eq!(editor.codes_of(&file), [""; 0]);
    assert_eq!(codes(&editor.lints[&file]), [""; 0]);
    editor.replace(&file, PACK);
    assert_eq!(editor.codes_of(&file), [""; 0]);
    assert_eq!(codes(&editor.lints[&file]), ["L007"]);
    // Mended and saved, it is gone.
    editor.replace(&file, &mended);
    fs::write(&path, &mended).unwrap();
    editor.save(&file);
    assert_eq!(editor.codes_of(&file), [""; 0]);
    assert_eq!(codes(&editor.lints[&file]), [""; 0]);
    assert_eq!(editor.close(), 0);
}

#[test]
fn a_comment_that_silences_nothing_goes_and_a_note_is_a_hint() {
    let folder = folder("lints-hint");
    let text = PACK
        .replace(" owner \"Office\"", "")
        .replace("allow L012: it", "allow L012, L004: it")
        .replace("share > 80%", "share >= 80%")
        .replace("L031: the council", "L006: the council");
    let path = folder.join("pack.plumb");
    fs::write(&path, &text).unwrap();
    let mut editor = Editor::with(&folder, &[], "zh-cn", &["utf-8"]);
    let file = editor.open_file(&path);
    assert_eq!(editor.codes_of(&file), [""; 0]);
    let lints = editor.lints[&file].clone();
    assert_eq!(codes(&lints), ["L001", "L001", "L003"]);
    assert_eq!(lints[2]["severity"], 4);
    // Of the first comment one code is needed, so that nothing is taken away.
    assert_eq!(actions(&mut editor, &file, &text, "allow L012").len(), 0);
    let found = actions(&mut editor, &file, &text, "allow L006");
    assert_eq!(found[0]["title"], "\u{4fee}\u{590d} L001");
    let edits = &found[0]["edit"]["documentChanges"][0]["edits"];
    let mended = edited(&text, edits.as_array().unwrap());
    assert_eq!(
        mended,
        text.replace("// allow L006: the council knows\n", "")
    );

    // Whoever wants none of it says so.
    let settings = json!({ "plumbrule": { "lint": false } });
    editor.tell(
        "workspace/didChangeConfiguration",
        json!({ "settings": settings }),
    );
    assert_eq!(editor.codes_of(&file), [""; 0]);
    assert_eq!(codes(&editor.lints[&file]), [""; 0]);
    assert_eq!(editor.close(), 0);
}
