//! Problems as they are typed, places in every encoding, formatting, mends.

use std::fs;

use serde_json::{Value, json};

use super::client::{Editor, edited, folder, place_of, under, uri};

const HEAD: &str = "pack plan \"Plan\" { entity city }\nentity city \"The city\" {}\n";

fn pack(name: &str) -> std::path::PathBuf {
    let folder = folder(name);
    fs::write(folder.join("pack.plumb"), HEAD).unwrap();
    folder
}

#[test]
fn a_problem_is_shown_while_it_is_typed_and_gone_when_it_is_mended() {
    let folder = pack("typed");
    let mut editor = Editor::open(&folder, &[]);
    let file = uri(&folder.join("new.plumb"));
    editor.open_text(&file, "indicator users \"Users\" { unit \u{4eba} }\n");
    assert_eq!(editor.codes_of(&file), [""; 0]);

    editor.replace(&file, "indicator users \"Users\" { unit persns }\n");
    let problems = editor.problems_of(&file);
    let [problem] = problems.as_slice() else {
        panic!("{problems:?}");
    };
    assert_eq!(problem["severity"], 1);
    assert_eq!(problem["source"], "plumbrule");
    assert_eq!(problem["code"], "R003");
    let text = "indicator users \"Users\" { unit persns }\n";
    assert_eq!(under(text, &problem["range"]), "persns");
    let message = problem["message"].as_str().unwrap();
    assert!(message.contains("`persns`"), "{message}");
    assert!(message.contains("\nhelp: "), "{message}");

    editor.replace(&file, "indicator users \"Users\" { unit persons }\n");
    assert_eq!(editor.codes_of(&file), [""; 0]);
    assert_eq!(editor.close(), 0);
}

#[test]
fn what_one_file_breaks_is_shown_in_the_other_with_both_places() {
    let folder = pack("across");
    let one = folder.join("one.plumb");
    fs::write(&one, "indicator users \"Users\" { unit \u{4eba} }\n").unwrap();
    let mut editor = Editor::open(&folder, &[]);
    let one = editor.open_file(&one);
    assert_eq!(editor.codes_of(&one), [""; 0]);
    let two = uri(&folder.join("two.plumb"));
    editor.open_text(&two, "indicator users \"Again\" { unit \u{4eba} }\n");
    let problems = editor.problems_of(&two);
    assert_eq!(problems[0]["code"], "R002");
    let related = &problems[0]["relatedInformation"][0];
    assert_eq!(related["location"]["uri"], one);
    // Closed without having been saved, it never was.
    editor.tell(
        "textDocument/didClose",
        json!({ "textDocument": { "uri": two } }),
    );
    assert_eq!(editor.codes_of(&two), [""; 0]);

    // A target in a file that nobody opened is a part of the pack too.
    let target = folder.join("target.plumb");
    fs::write(
        &target,
        "target t \"T\" { require usrs >= 5\u{4e07} by 2025 }\n",
    )
    .unwrap();
    editor.tell("workspace/didChangeWatchedFiles", json!({ "changes": [] }));
    assert_eq!(editor.codes_of(&uri(&target)), ["R001"]);
    assert_eq!(editor.close(), 0);
}

/// A line with a character beyond the first plane before what is wrong.
const ASTRAL: &str = "target t \"\u{1F600}\u{76ee}\u{6807}\" { require usrs >= 5 by 2025 }\n";

#[test]
fn columns_are_counted_as_agreed() {
    let folder = pack("columns");
    // Behind the texts: bytes, characters, units of UTF-16.
    for (encodings, agreed, column) in [
        (&["utf-16"][..], "utf-16", 26),
        (&["utf-16", "utf-8"][..], "utf-8", 32),
        (&["utf-32"][..], "utf-32", 25),
        (&[][..], "utf-16", 26),
        (&["utf-7"][..], "utf-16", 26),
    ] {
        let mut editor = Editor::silent(&folder, &[]);
        let result = editor.ask(
            "initialize",
            json!({ "capabilities": { "general": { "positionEncodings": encodings } } }),
        );
        assert_eq!(result["capabilities"]["positionEncoding"], agreed);
        let file = uri(&folder.join("t.plumb"));
        editor.open_text(&file, ASTRAL);
        let problems = editor.problems_of(&file);
        let start = &problems[0]["range"]["start"];
        assert_eq!(start["character"], column, "{encodings:?} {problems:?}");
        assert_eq!(editor.close(), 0);
    }
}

#[test]
fn edits_behind_wide_characters_fall_where_they_are_meant() {
    let folder = pack("edits");
    let mut editor = Editor::open(&folder, &[]);
    let file = uri(&folder.join("t.plumb"));
    editor.open_text(&file, ASTRAL);
    assert_eq!(editor.codes_of(&file), ["R001"]);
    let users = "\r\nindicator users \"Users\" { kind index }\r\n";
    let range = |column: u64, length: u64| {
        let corner = |column| json!({ "line": 0, "character": column });
        json!({ "start": corner(column), "end": corner(column + length) })
    };
    // Two changes of one message: the second counts after the first.
    editor.change(
        &file,
        json!([
            { "range": range(26, 4), "text": "users" },
            { "range": { "start": { "line": 1, "character": 0 }, "end": { "line": 1, "character": 0 } }, "text": users },
        ]),
    );
    assert_eq!(editor.codes_of(&file), [""; 0]);
    // Places far behind the end and inside a pair of surrogates are moved to the next that are any.
    editor.change(
        &file,
        json!([
            { "range": range(11, 0), "text": "" },
            { "range": { "start": { "line": 900, "character": 9 }, "end": { "line": 900, "character": 12 } }, "text": "indicator" },
        ]),
    );
    assert_eq!(editor.codes_of(&file), ["P001"]);
    assert_eq!(editor.close(), 0);
}

#[test]
fn a_file_that_was_never_saved_is_a_pack_by_itself() {
    let folder = folder("untitled");
    let mut editor = Editor::open(&folder, &[]);
    let file = editor.open_text(
        "untitled:Untitled-1",
        &format!("{HEAD}target t \"T\" {{ }}\n"),
    );
    let codes = editor.codes_of(&file);
    assert!(
        !codes.is_empty() && codes.iter().all(|code| code.starts_with('R')),
        "{codes:?}"
    );
    assert_eq!(editor.close(), 0);
}

#[test]
fn a_problem_of_a_used_pack_stands_where_the_pack_is_named() {
    let folder = folder("used");
    fs::create_dir_all(folder.join("plan")).unwrap();
    fs::create_dir_all(folder.join("counts")).unwrap();
    let counts = folder.join("counts/pack.plumb");
    fs::write(
        &counts,
        "pack counts \"Counts\" {}\nindicator users \"Users\" { unit nonsens }\n",
    )
    .unwrap();
    let plan = folder.join("plan/pack.plumb");
    fs::write(&plan, "pack plan \"Plan\" { uses counts }\n").unwrap();
    let mut editor = Editor::open(&folder, &[]);
    let plan_uri = editor.open_file(&plan);
    let problems = editor.problems_of(&plan_uri);
    let text = fs::read_to_string(&plan).unwrap();
    assert_eq!(under(&text, &problems[0]["range"]), "counts");
    let related = &problems[0]["relatedInformation"][0]["location"];
    assert_eq!(related["uri"], uri(&counts));

    // Mended in the editor and saved, it is gone from the pack that uses it.
    let mended = "pack counts \"Counts\" {}\nindicator users \"Users\" { unit \u{4eba} }\n";
    let counts_uri = editor.open_file(&counts);
    editor.replace(&counts_uri, mended);
    fs::write(&counts, mended).unwrap();
    editor.save(&counts_uri);
    assert_eq!(editor.codes_of(&plan_uri), [""; 0]);
    assert_eq!(editor.close(), 0);
}

#[test]
fn problems_are_told_in_the_language_of_the_editor() {
    let folder = pack("chinese");
    let file = uri(&folder.join("t.plumb"));
    let said = |editor: &mut Editor| {
        editor.open_text(&file, ASTRAL);
        let problems = editor.problems_of(&file);
        problems[0]["message"].as_str().unwrap().to_owned()
    };
    let mut editor = Editor::with(&folder, &[], "zh-cn", &[]);
    let chinese = said(&mut editor);
    assert!(chinese.contains("\u{672a}\u{77e5}"), "{chinese}");
    assert_eq!(editor.close(), 0);
    // What the command line asks for goes before what the editor says.
    let mut editor = Editor::with(&folder, &["--lang", "en"], "zh-cn", &[]);
    let english = said(&mut editor);
    assert!(english.is_ascii(), "{english}");
    assert_eq!(editor.close(), 0);
}

#[test]
fn a_near_name_is_written_by_an_action() {
    let folder = pack("mended");
    let mut editor = Editor::open(&folder, &[]);
    let file = uri(&folder.join("t.plumb"));
    let text = "indicator users \"\u{1F600}\" { kind index }\ntarget t \"T\" { require usrs >= 5 by 2025 }\n";
    editor.open_text(&file, text);
    let problems = editor.problems_of(&file);
    let actions = editor.ask(
        "textDocument/codeAction",
        json!({
            "textDocument": { "uri": file },
            "range": problems[0]["range"],
            "context": { "diagnostics": problems },
        }),
    );
    let action = &actions[0];
    assert_eq!(action["title"], "write `users`");
    assert_eq!(action["diagnostics"], json!(problems));
    let change = &action["edit"]["documentChanges"][0];
    assert_eq!(change["textDocument"], json!({ "uri": file, "version": 1 }));
    let mended = edited(text, change["edits"].as_array().unwrap());
    editor.replace(&file, &mended);
    assert_eq!(editor.codes_of(&file), [""; 0]);
    // Where nothing is wrong nothing is offered.
    let none = editor.ask(
        "textDocument/codeAction",
        json!({ "textDocument": { "uri": file }, "range": problems[0]["range"], "context": { "diagnostics": [] } }),
    );
    assert_eq!(none, json!([]));
    assert_eq!(editor.close(), 0);
}

#[test]
fn formatting_makes_what_the_formatter_makes() {
    let folder = pack("formatted");
    let mut editor = Editor::open(&folder, &[]);
    let file = uri(&folder.join("t.plumb"));
    let text =
        "// \u{1F600} \u{540d}\nindicator   users \"\u{1F600}\"   {\nunit \u{4eba} }\n\n\n// end\n";
    editor.open_text(&file, text);
    let options = json!({ "textDocument": { "uri": file }, "options": { "tabSize": 2, "insertSpaces": true } });
    let edits = editor.ask("textDocument/formatting", options.clone());
    let formatted = edited(text, edits.as_array().unwrap());
    let wanted = plumbrule::syntax::format(text, None, &plumbrule::functions::name_in).unwrap();
    assert_eq!(formatted, wanted);
    assert_ne!(formatted, text);
    editor.replace(&file, &formatted);
    assert_eq!(
        editor.ask("textDocument/formatting", options.clone()),
        json!([])
    );
    // What cannot be read is left as it is.
    editor.replace(&file, "indicator users {{{\n");
    assert_eq!(editor.ask("textDocument/formatting", options), Value::Null);
    assert_eq!(editor.close(), 0);
}

#[test]
fn rules_of_a_table_have_their_problems_in_the_table() {
    let folder = pack("rows");
    let rules = "requirements \"Duties\" {\n  file \"duties.tsv\"\n  evidence told \"Told\"\n  column \"id\" as id\n  column \"title\" as en\n  column \"modality\" as modality\n  column \"timing\" as timing\n}\n";
    let table = "id\ttitle\tmodality\ttiming\nd.1\tA report\tmay\tby 2025\n";
    fs::write(folder.join("duties.plumb"), rules).unwrap();
    fs::write(folder.join("duties.tsv"), table).unwrap();
    let mut editor = Editor::open(&folder, &[]);
    editor.open_file(&folder.join("duties.plumb"));
    let tsv = uri(&folder.join("duties.tsv"));
    let problems = editor.problems_of(&tsv);
    assert_eq!(under(table, &problems[0]["range"]), "may");
    // The table is opened and mended in the editor, without being saved.
    editor.open_text(&tsv, table);
    editor.replace(&tsv, &table.replace("may", "must"));
    loop {
        if editor.problems_of(&tsv).is_empty() {
            break;
        }
    }
    assert_eq!(place_of(table, "may", 0)["line"], 1);
    assert_eq!(editor.close(), 0);
}
