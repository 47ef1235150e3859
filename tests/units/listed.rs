//! Tables for people and machines.

use serde_json::json;

use plumbrule::message::{Label, Lang};
use plumbrule::report::width;

#[expect(dead_code, reason = "the program uses the rest")]
#[path = "../../src/cli/table.rs"]
mod table;

use table::{Cell, Table};

fn table(cells: &[&[&str]]) -> Table {
    let row = |row: &&[&str]| {
        row.iter()
            .map(|text| Cell::Text((*text).to_owned()))
            .collect()
    };
    Table {
        columns: &[
            ("id", "list-id"),
            ("label", "list-label"),
            ("note", "list-meaning"),
        ],
        rows: cells.iter().map(row).collect(),
    }
}

#[test]
fn no_line_is_wider_than_the_terminal() {
    let wide = "\u{4e00}".repeat(70);
    let long = "a-very-long-name-without-a-blank-in-it-that-must-be-cut-somewhere";
    let table = table(&[&["nip.1", &wide, "x y z"], &[long, "b", &wide]]);
    for lang in Lang::ALL {
        for columns in [40, 80, 200] {
            for line in table.human(lang, columns).lines() {
                assert!(width(line) <= columns, "{columns}: {line}");
            }
        }
        let narrow = table.human(lang, 20);
        assert_eq!(narrow.matches('\u{4e00}').count(), 140, "{narrow}");
    }
}

#[test]
fn an_empty_column_is_left_out_for_people_only() {
    let table = table(&[&["a", "", "b"]]);
    assert!(!table.human(Lang::En, 80).contains("label"));
    assert_eq!(table.json(), json!([{"id": "a", "label": "", "note": "b"}]));
}

#[test]
fn rows_are_found_by_either_language_and_by_machine_words() {
    let name = Label {
        zh: "\u{7f51}\u{6c11}".to_owned(),
        en: "Internet users".to_owned(),
    };
    let of = |cell: Cell| Table {
        columns: &[("id", "list-id")],
        rows: vec![vec![cell]],
    };
    for (cell, wanted, n) in [
        (Cell::Label(name.clone()), "\u{7f51}", 1),
        (Cell::Label(name.clone()), "INTERNET", 1),
        (Cell::Label(name.clone()), "phone", 0),
        (Cell::Word("stock".to_owned(), name), "stock", 1),
    ] {
        let mut table = of(cell);
        table.retain(wanted);
        assert_eq!(table.rows.len(), n, "{wanted}");
    }
}
