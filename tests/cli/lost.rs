//! Rows that cannot be read and rows without a figure: nothing is judged as if they were not there, in one
//! submission and as columns.

use std::fs;

use super::{Folder, run};

/// What a check of columns writes, line by line, and its exit status.
fn written(folder: &Folder, pack: &str, table: &str, threads: &str) -> (i32, Vec<String>) {
    let (pack, table) = (folder.file("pack.plumb", pack), folder.path(table));
    let out = folder.path("verdicts.csv");
    let ran = run(&[
        "check",
        &pack,
        "--figures",
        &table,
        "--columns",
        "--threads",
        threads,
        "--out",
        &out,
    ]);
    let text = fs::read_to_string(&out).unwrap_or_else(|_| panic!("{}", ran.err));
    fs::remove_file(&out).unwrap();
    let lines = text.lines().skip(1);
    let verdict = |line: &str| line.trim_end_matches(',').to_owned();
    (ran.status, lines.map(verdict).collect())
}

/// The same of one submission, without its period, as `rule verdict cause` of each.
fn alone(folder: &Folder, pack: &str, table: &str) -> (i32, Vec<String>) {
    let (pack, table) = (folder.file("pack.plumb", pack), folder.path(table));
    let ran = run(&[
        "check",
        &pack,
        "--figures",
        &table,
        "--period",
        "all",
        "--format",
        "csv",
    ]);
    let mut lines = ran.out.trim_start_matches('\u{FEFF}').lines();
    let head: Vec<&str> = lines.next().unwrap_or("").split(',').collect();
    let at = |name: &str| head.iter().position(|own| *own == name).unwrap();
    let places = ["rule", "verdict", "causes"].map(at);
    let verdict = |line: &str| {
        let cells: Vec<&str> = line.split(',').collect();
        places.map(|at| cells[at]).join(" ").trim_end().to_owned()
    };
    (ran.status, lines.map(verdict).collect())
}

const IN_FULL: &str = r#"
pack p "P" { entity land }
entity land "Land" { }
entity firm "Firms" { members in full }
indicator cap "Cap" { unit 人 bounds at least 0人 }
target total "T" { require sum of cap over firm <= 100人 }
target all "A" { require all of firm where cap >= 1人 }
target any "B" { require any of firm where cap >= 1人 }
"#;

#[test]
fn a_row_that_cannot_be_read_may_be_about_one_more_member() {
    let folder = Folder::new("lost-member");
    folder.file("whole.csv", "firm,period,cap\nf1,2024,5人\n");
    folder.file(
        "cells.csv",
        "firm,period,cap\nf1,2024,5人\nf2,2024,50000人,7\n",
    );
    folder.file(
        "first.csv",
        "firm,period,cap\nf2,2024,50000人,7\nf1,2024,5人\n",
    );
    folder.file(
        "nameless.csv",
        "firm,period,cap\nf1,2024,5人\n,2024,50000人\n",
    );
    folder.file("number.csv", "firm,period,cap\nf1,2024,5人\n,,50000人\n");
    folder.file(
        "twice.jsonl",
        "{\"firm\":\"f1\",\"period\":\"2024\",\"cap\":\"5人\"}\n{\"firm\":\"f2\",\"cap\":\"7人\",\"cap\":\"8人\"}\n",
    );
    let sure = ["total pass", "all pass", "any pass"];
    let open = [
        "total undetermined unreadable",
        "all undetermined unreadable",
        "any pass",
    ];
    for (table, status, expected) in [
        ("whole.csv", 0, sure),
        ("cells.csv", 2, open),
        ("first.csv", 2, open),
        ("nameless.csv", 2, open),
        ("number.csv", 2, open),
        ("twice.jsonl", 2, open),
    ] {
        let found = alone(&folder, IN_FULL, table);
        assert_eq!(
            found,
            (status, expected.map(str::to_owned).to_vec()),
            "{table}"
        );
        for threads in ["1", "3"] {
            let (own, lines) = written(&folder, IN_FULL, table, threads);
            let lines: Vec<String> = lines
                .iter()
                .map(|line| {
                    line.strip_prefix("land,2024,")
                        .unwrap_or(line)
                        .replace(',', " ")
                })
                .collect();
            assert_eq!((own, lines), found, "{table}");
        }
    }
}

const FLAT: &str = r#"
pack p "P" { }
entity firm "Firms" { members open }
indicator cap "Cap" { unit 人 }
indicator x "Ex" { kind index }
target r "R" { for each firm require cap >= 10人 }
target n "N" { for each firm require x is missing or x >= 3 absence may pass }
"#;

const LISTS: &str = r#"
pack p "P" { }
entity firm "Firms" { members open }
entity tx "Transfers" { members in full part of firm }
indicator pers "Persons" { entity tx unit 人 bounds at least 0人 }
target s "S" { for each firm require sum of pers over its tx <= 1万人 }
"#;

#[test]
fn a_row_without_a_figure_has_its_lines_however_a_table_is_read() {
    let folder = Folder::new("lost-blank");
    for (name, pack, table) in [
        (
            "note",
            FLAT,
            "firm,year,cap,x,note\nf1,2024,50人,5,\nf2,2024,,,\n",
        ),
        (
            "status",
            FLAT,
            "firm,year,cap,x,status\nf1,2024,50人,5,\nf2,2024,,,\n",
        ),
        (
            "marked",
            FLAT,
            "firm,year,cap,x,status\nf1,2024,50人,5,\nf2,2024,,,缺失\n",
        ),
        (
            "source",
            FLAT,
            "firm,year,cap,x,source\nf1,2024,50人,5,\nf2,2024,,,Blog\n",
        ),
        (
            "published",
            FLAT,
            "firm,year,cap,x,published\nf1,2024,50人,5,\nf2,2024,,,2025-01-01\n",
        ),
        (
            "of-list",
            LISTS,
            "firm,tx,period,pers\nf1,t1,2024,5人\nf2,f1/t2,2024,\n",
        ),
        (
            "named",
            LISTS,
            "firm,tx,period,pers\nf1,t1,2024,5人\nf2,t1,2024,\n",
        ),
    ] {
        let file = folder.file(&format!("{name}.csv"), table);
        let (status, lines) = written(&folder, pack, &format!("{name}.csv"), "1");
        let own: Vec<&String> = lines
            .iter()
            .filter(|line| line.starts_with("f2,"))
            .collect();
        let rule = if pack == FLAT { "r" } else { "s" };
        let expected = format!("f2,2024,{rule},undetermined,missing");
        assert_eq!(
            (status, own.first()),
            (3, Some(&&expected)),
            "{file}: {lines:?}"
        );
    }
    // Where records share a line, the table is read as one submission.
    folder.file(
        "line.json",
        r#"[{"firm":"f1","period":"2024","pers":"5人"},{"firm":"f1","period":"2024","pers":"6人"},{"firm":"f2","period":"2024","pers":null}]"#,
    );
    let (status, lines) = written(&folder, LISTS, "line.json", "1");
    let expected = ["f1,2024,s,pass", "f2,2024,s,undetermined,missing"];
    assert_eq!((status, lines), (3, expected.map(str::to_owned).to_vec()));
}

#[test]
fn a_file_of_a_folder_loses_no_row_of_another() {
    let folder = Folder::new("lost-file");
    let good = "{\"firm\":\"f1\",\"period\":\"2024\",\"cap\":\"5人\",\"x\":5}\n";
    let twice = "{\"firm\":\"f2\",\"period\":\"2024\",\"x\":1,\"x\":1}\n";
    for (name, file, is_told) in [
        ("behind", [("a", good), ("b", twice)], "stands twice"),
        ("before", [("a", twice), ("b", good)], "stands twice"),
        ("empty", [("a", good), ("b", "\n")], "error[F002]"),
    ] {
        for (own, text) in file {
            fs::create_dir_all(folder.path(name)).unwrap();
            folder.file(&format!("{name}/{own}.jsonl"), text);
        }
        let (status, lines) = written(&folder, FLAT, name, "2");
        let expected = ["f1,2024,r,fail", "f1,2024,n,pass"].map(str::to_owned);
        assert_eq!((status, lines), (2, expected.to_vec()), "{name}");
        let (pack, table) = (folder.path("pack.plumb"), folder.path(name));
        let ran = run(&["check", &pack, "--figures", &table, "--columns"]);
        assert!(ran.err.contains(is_told), "{name}: {}", ran.err);
    }
    // Nothing can be judged of one file alone; why is told.
    folder.file("alone.jsonl", twice);
    let (pack, table) = (folder.path("pack.plumb"), folder.path("alone.jsonl"));
    let ran = run(&["check", &pack, "--figures", &table, "--columns"]);
    assert!(
        ran.status == 2 && ran.err.contains("stands twice"),
        "{}",
        ran.err
    );
}

#[test]
fn a_file_whose_path_says_all_may_hold_a_note_alone() {
    let folder = Folder::new("lost-note");
    for (path, text) in [
        ("notes/year=2024/firm=f1", "cap,x\nNote: preliminary\n"),
        ("notes/year=2024/firm=f2", "cap,x\n1人,5\n"),
    ] {
        fs::create_dir_all(folder.path(path)).unwrap();
        folder.file(&format!("{path}/p.csv"), text);
    }
    let (status, lines) = written(&folder, FLAT, "notes", "1");
    let expected = ["f2,2024,r,fail", "f2,2024,n,pass"].map(str::to_owned);
    assert_eq!((status, lines), (2, expected.to_vec()));
    // A row of which only the path says anything is passed over, in every format.
    fs::create_dir_all(folder.path("blank/year=2024/x=1")).unwrap();
    let rows = "{\"firm\":\"f1\",\"cap\":\"50人\"}\n{\"firm\":\"\",\"cap\":\"\"}\n";
    folder.file("blank/year=2024/x=1/p.jsonl", rows);
    let (status, lines) = written(&folder, FLAT, "blank", "1");
    let expected = ["f1,2024,r,pass", "f1,2024,n,fail"].map(str::to_owned);
    assert_eq!((status, lines), (1, expected.to_vec()));
}
