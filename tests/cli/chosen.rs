//! Which figures of very many rows count, and of which period they are: as in one submission.

use std::fs;

use super::{Folder, Ran, common, run};

const PACK: &str = r#"
pack p "P" { }
entity firm "Firms" { members open }
instrument year "Yearbook" { published 2024-09 }
indicator out "Output" { kind index }
target t "T" { for each firm require out at least 1 }
"#;

/// A check of a table, as one submission and as columns.
fn both(folder: &Folder, pack: &str, table: &str, more: &[&str]) -> [Ran; 2] {
    let pack = folder.file("pack.plumb", pack);
    let table = folder.path(table);
    let asked = [&["check", &pack, "--figures", &table][..], more].concat();
    let all = match more.contains(&"--period") {
        true => &[][..],
        false => &["--period", "all"],
    };
    let one = run(&[&asked[..], all].concat());
    let columns = run(&[&asked[..], &["--columns"]].concat());
    [one, columns]
}

/// A check of a table as columns, written to a file.
fn columns_to(pack: &str, table: &str, out: &str) -> Ran {
    let asked = ["check", pack, "--figures", table, "--columns", "--out", out];
    run(&asked)
}

/// A folder of tables.
fn many(folder: &Folder, files: &[(&str, &str)]) -> String {
    let place = folder.path("many");
    fs::create_dir_all(&place).unwrap();
    for (name, rows) in files {
        folder.file(&format!("many/{name}"), rows);
    }
    place
}

/// The lines on which errors and warnings stand, and what they are.
fn told(ran: &Ran) -> Vec<String> {
    let lines: Vec<&str> = ran.err.lines().collect();
    let places = lines.windows(2).filter(|two| two[1].contains("--> "));
    let name = |text: &str| text.rsplit('/').next().unwrap_or_default().to_owned();
    places
        .map(|two| format!("{} {}", two[0], name(two[1])))
        .collect()
}

#[test]
fn a_source_that_nobody_names_is_refused() {
    let folder = Folder::new("chosen-unknown");
    let long = "indicator,entity,period,value,source\nout,a,2024,2,year\nout,b,2024,2,Blog One\n";
    folder.file("long.csv", long);
    folder.file("wide.csv", "entity,year,out\na,2024,2\n");
    folder.file(
        "nested.json",
        r#"{"figures":[{"indicator":"out","entity":"a","period":"2024","value":2,"source":"Blog One"}]}"#,
    );
    for table in ["long.csv", "wide.csv", "nested.json"] {
        for option in ["--source", "--prefer"] {
            for (name, is_known) in [
                ("nosuch", false),
                ("YEAR", false),
                ("year", true),
                ("Yearbook", true),
                ("Blog One", table != "wide.csv"),
            ] {
                let [one, columns] = both(&folder, PACK, table, &[option, name]);
                let said = "has the source";
                for ran in [&one, &columns] {
                    assert_eq!(
                        !ran.err.contains(said),
                        is_known,
                        "{table} {name}: {}",
                        ran.err
                    );
                }
                let help = |ran: &Ran| {
                    ran.err
                        .lines()
                        .find(|line| line.contains("help"))
                        .map(str::to_owned)
                };
                if !is_known {
                    assert_eq!(one.status, columns.status);
                    assert_eq!(help(&one), help(&columns), "{table} {name}");
                }
            }
        }
    }
}

#[test]
fn a_source_is_what_the_table_names_before_it_is_a_title() {
    let folder = Folder::new("chosen-title");
    let table =
        "indicator,entity,period,value,source\nout,a,2024,2,year\nout,a,2024,0.5,Yearbook\n";
    folder.file("t.csv", table);
    let [one, columns] = both(&folder, PACK, "t.csv", &["--source", "Yearbook"]);
    assert_eq!((one.status, columns.status), (1, 1), "{}", columns.out);
    let [one, columns] = both(&folder, PACK, "t.csv", &["--source", "year"]);
    assert_eq!((one.status, columns.status), (0, 0), "{}", columns.out);
    assert!(
        columns.out.contains("figures of year alone"),
        "{}",
        columns.out
    );
    let json = run(&[
        "check",
        &folder.path("pack.plumb"),
        "--figures",
        &folder.path("t.csv"),
        "--columns",
        "--prefer",
        "Yearbook,year",
        "--known-on",
        "2025-01-01",
        "--format",
        "json",
    ]);
    let said: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(said["prefer"], serde_json::json!(["Yearbook", "year"]));
    assert_eq!(said["known_on"], "2025-01-01");
    assert_eq!(said["period"], serde_json::Value::Null);
}

#[test]
fn a_row_that_cannot_be_read_is_told_whatever_stands_in_other_columns() {
    let folder = Folder::new("chosen-lost");
    for cell in ["2024年", "Q1", "-1"] {
        let table = format!(
            "indicator,entity,period,value,filled\nout,a,,0.5,{cell}\nout,b,2024,2,today\n"
        );
        folder.file("t.csv", table);
        let [one, columns] = both(&folder, PACK, "t.csv", &[]);
        assert_eq!(
            (one.status, columns.status),
            (2, 2),
            "{cell}: {}",
            columns.err
        );
        assert_eq!(told(&columns), told(&one), "{cell}");
    }
}

#[test]
fn each_file_of_a_folder_is_read_as_it_is_alone() {
    let folder = Folder::new("chosen-folder");
    std::fs::create_dir(folder.path("d")).unwrap();
    folder.file(
        "d/f0.csv",
        "indicator,entity,period,value,x\nout,a,2024,2,zz\n",
    );
    let told_by_cells =
        "indicator,entity,period,value,x\nout,b,2024,2,2023年\nout,c,2024,2,2023年\n";
    folder.file("d/f1.csv", told_by_cells);
    let [one, columns] = both(&folder, PACK, "d", &[]);
    assert!(
        told(&one).iter().any(|told| told.contains("F020")),
        "{}",
        one.err
    );
    assert_eq!((one.status, columns.status), (2, 2), "{}", columns.err);
    assert_eq!(told(&columns), told(&one));
}

const TOWNS: &str = r#"
pack p "P" { }
entity town "Towns" { members listed }
entity ashby "Ashby" { class town }
entity burton "Burton" { class town }
indicator homes "Homes" { kind index bounds at least 0 }
target a "A" { for each town require homes at least 1 }
target s "S" { for each town require sum of homes over town at least 1 }
"#;

#[test]
fn a_body_without_a_row_has_the_same_lines_in_every_format() {
    let folder = Folder::new("chosen-towns");
    let pack = folder.file("pack.plumb", TOWNS);
    folder.file("t.csv", "entity,year,homes\nashby,2024,5\n");
    let item = r#"{"entity":"ashby","period":"2024","indicator":"homes","value":5}"#;
    folder.file("t.jsonl", format!("{item}\n"));
    folder.file("t.json", format!(r#"{{"figures":[{item}]}}"#));
    let of = |table: &str| {
        let (table, out) = (folder.path(table), folder.path("v.csv"));
        let ran = columns_to(&pack, &table, &out);
        assert_eq!(ran.status, 0, "{table}: {}", ran.err);
        let text = std::fs::read_to_string(out).unwrap();
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    let expected = of("t.csv");
    assert_eq!(expected.len(), 4, "{expected:#?}");
    assert_eq!(of("t.jsonl"), expected);
    assert_eq!(of("t.json"), expected);
}

#[test]
fn what_is_explained_of_one_body_stands_where_it_stands_and_is_of_the_year_that_was_meant() {
    let folder = Folder::new("chosen-explained");
    let pack = folder.file("pack.plumb", PACK);
    let explain = |table: &str, more: &[&str]| -> Vec<String> {
        let asked = ["explain", "t", "--rules", &pack, "--figures", table];
        let asked = asked.iter().chain(more);
        asked.map(|word| (*word).to_owned()).collect()
    };
    let run = |asked: &[String], more: &[&str]| {
        let asked = asked.iter().map(String::as_str).chain(more.iter().copied());
        run(&asked.collect::<Vec<_>>())
    };
    let table = folder.file("t.csv", "entity,year,out\nb,2024,2\na,2024,n/a\n");
    let asked = explain(&table, &["--entity", "a"]);
    let whole = run(&asked, &["--period", "2024"]);
    let alone = run(&asked, &["--period", "2024", "--columns"]);
    assert!(whole.out.contains("t.csv:3"), "{}", whole.out);
    assert_eq!(alone.out, whole.out);

    let table = folder.file("y.csv", "entity,year,out\na,2023,2\nb,2024,2\n");
    let asked = explain(&table, &["--columns"]);
    let unclear = run(&asked, &["--entity", "a"]);
    assert_eq!(unclear.status, 2, "{}", unclear.out);
    assert!(unclear.err.contains("rows of 2024"), "{}", unclear.err);
    let told = run(&asked, &["--entity", "a", "--period", "2023"]);
    assert_eq!(told.status, 0, "{}", told.err);
    let clear = run(&asked, &["--entity", "b"]);
    assert_eq!(clear.status, 0, "{}", clear.err);

    // A source that only others name is known all the same.
    let long = "indicator,entity,period,value,source\nout,a,2024,2,one\nout,b,2024,2,two\n";
    let table = folder.file("s.csv", long);
    let asked = explain(&table, &["--period", "2024"]);
    let of_two = ["--entity", "a", "--source", "two"];
    let whole = run(&asked, &of_two);
    let alone = run(&asked, &[&of_two[..], &["--columns"]].concat());
    assert_eq!(alone.status, whole.status, "{}", alone.err);
    assert_eq!(alone.out, whole.out);
}

#[test]
fn a_row_between_other_delimiters_is_no_heading() {
    let folder = Folder::new("chosen-delimiters");
    folder.file("t.tsv", "entity\tyear\tout\na\t2024\t2\nb,2024,0.5\n");
    let [one, columns] = both(&folder, PACK, "t.tsv", &[]);
    assert_eq!((one.status, columns.status), (2, 2), "{}", one.out);
    assert!(
        told(&one).iter().any(|told| told.contains("F004")),
        "{}",
        one.err
    );
    assert_eq!(told(&columns), told(&one));
}

#[test]
fn counts_have_room_on_a_narrow_screen() {
    let shown = |columns: &str, lang: &str| {
        let table = "examples/million/figures.csv";
        let asked = ["check", "examples/million", "--figures", table, "--columns"];
        let surroundings = [("PLUMBRULE_LANG", lang), ("COLUMNS", columns)];
        common::run_in(&common::root(""), &asked, &surroundings).out
    };
    // The words of verdicts beside each other are wider than what is left beside the rules.
    for (lang, all) in [("en", "all rules"), ("zh", "全部规则")] {
        let narrow = shown("44", lang);
        for line in narrow.lines() {
            let width = unicode_width::UnicodeWidthStr::width(line);
            assert!(width <= 44, "{width}: {line}");
        }
        let totals = |text: &str| -> Vec<String> {
            let lines = text.lines().filter(|line| line.starts_with(all));
            let counts = lines.flat_map(|line| line.split_whitespace().rev().map(str::to_owned));
            let mut counts: Vec<String> = counts.filter(|it| it.parse::<u32>().is_ok()).collect();
            counts.sort();
            counts
        };
        assert_eq!(totals(&narrow), totals(&shown("100", lang)));
        assert_eq!(totals(&narrow).len(), 3);
    }
}

#[test]
fn another_header_far_down_is_no_row() {
    let folder = Folder::new("chosen-headers");
    let above: String = (0..150).map(|n| format!("x{n},2024,{n}\n")).collect();
    let header = "entity,year,out\n";
    for below in [
        "year,entity,out\n2024,y1,0.5\n",
        "indicator,entity,2024,2025\nout,y1,0.5,2\n",
        "entity,year,Output\ny1,2024,0.5\n",
    ] {
        folder.file("t.csv", format!("{header}{above}{below}"));
        let pack = folder.file("pack.plumb", PACK);
        let (table, out) = (folder.path("t.csv"), folder.path("v.csv"));
        let asked = [
            "check",
            &pack,
            "--figures",
            &table,
            "--columns",
            "--out",
            &out,
        ];
        let columns = run(&asked);
        let lines = std::fs::read_to_string(&out).unwrap_or_default();
        let [one, _] = both(&folder, PACK, "t.csv", &[]);
        assert_eq!(columns.status, one.status, "{below}: {}", columns.err);
        let is_failed = lines.contains("y1,2024,t,fail");
        assert!(is_failed || columns.status == 2, "{below}: {}", columns.err);
    }
}

#[test]
fn a_mark_of_the_encoding_within_a_table_is_a_sign_like_any_other() {
    let folder = Folder::new("chosen-marks");
    for table in [
        "out,year,entity\n\u{feff}5,2025,x\n",
        "out,year,entity\n1,2025,w\n\u{feff}\"5\",2025,x\n",
        "year,out,entity\n2025,1,x\n\u{feff}2025,1,y\n",
        "entity,year,out\na,2024,2\n\u{feff}b,2024,0.5\n",
    ] {
        folder.file("t.csv", table);
        let [one, columns] = both(&folder, PACK, "t.csv", &[]);
        assert_eq!(columns.status, one.status, "{table:?}: {}", columns.err);
        assert_eq!(told(&columns), told(&one), "{table:?}");
    }
}

#[test]
fn a_file_whose_rows_hold_no_figure_is_told_in_both_ways() {
    let folder = Folder::new("chosen-blank");
    let blank = "entity,year,out\na,2024,\nb,2024,\n";
    folder.file("alone.csv", blank);
    let files = [
        ("1.csv", blank),
        ("2.csv", "entity,year,out\nc,2024,4\n"),
        ("3.csv", "entity,year,out\nd,2024,\ne,2024,n/a\n"),
        ("4.csv", "entity,year,out\nf,2024,\n"),
    ];
    many(&folder, &files);
    for (table, wanted) in [
        ("alone.csv", &["alone.csv:1:1"][..]),
        ("many", &["1.csv:1:1", "4.csv:1:1"]),
    ] {
        for ran in both(&folder, PACK, table, &[]) {
            assert_eq!(ran.status, 2, "{table}: {}", ran.out);
            let empty = |line: &String| {
                Some(
                    line.strip_prefix("error[F002]: ")?
                        .rsplit_once(' ')?
                        .1
                        .to_owned(),
                )
            };
            let empty: Vec<String> = told(&ran).iter().filter_map(empty).collect();
            assert_eq!(empty, wanted, "{table}: {}", ran.err);
        }
    }
}

#[test]
fn the_exit_status_is_that_of_the_verdicts_that_are_asked_for() {
    let folder = Folder::new("chosen-status");
    let table = |name: &str, rows: &str| folder.file(name, format!("entity,year,out\n{rows}"));
    table("failed.csv", "a,2024,2\nb,2024,0\n");
    table("open.csv", "a,2024,2\nb,2024,超0\n");
    for (table, only, status) in [
        ("failed.csv", "fail", 1),
        ("failed.csv", "pass", 0),
        ("failed.csv", "undetermined", 0),
        ("open.csv", "fail", 0),
        ("open.csv", "undetermined", 3),
        ("open.csv", "fail,undetermined", 3),
    ] {
        for ran in both(&folder, PACK, table, &["--only", only]) {
            assert_eq!(ran.status, status, "{table} {only}: {}{}", ran.out, ran.err);
        }
    }
}

#[test]
fn very_many_claims_to_one_figure_are_told_as_what_any_of_them_allows() {
    let folder = Folder::new("chosen-many");
    let rows: String = (0..3000).map(|n| format!("a,2024,{n}.5\n")).collect();
    folder.file("many.csv", format!("entity,year,out\n{rows}"));
    let [one, columns] = both(&folder, PACK, "many.csv", &[]);
    assert_eq!(
        (one.status, columns.status),
        (3, 3),
        "{}{}",
        one.err,
        columns.err
    );
    let pack = folder.path("pack.plumb");
    let explain = [
        "explain",
        "t",
        "--rules",
        &pack,
        "--figures",
        &folder.path("many.csv"),
    ];
    let more = ["--entity", "a", "--period", "2024"];
    let en = run(&[&explain[..], &more].concat()).out;
    let said = "Output [a] (2024): whatever any of 3000 claims allows, [0.5, 2999.5]";
    assert!(en.contains(said), "{en}");
    assert!(!en.contains("have in common"), "{en}");
    let zh = run(&[&explain[..], &more, &["--lang", "zh"]].concat()).out;
    assert!(
        zh.contains("3000 条数据各自所容许的全部范围 [0.5, 2999.5]"),
        "{zh}"
    );
}

/// That one submission ends with a status, and that columns say the same.
fn expect_alike([one, columns]: &[Ran; 2], status: i32) {
    assert_eq!(one.status, status, "{} {}", one.out, one.err);
    assert_eq!(said(columns), said(one));
}

/// What a run says, with the names of files alone.
fn said(ran: &Ran) -> (i32, Vec<String>) {
    (ran.status, told(ran))
}

#[test]
fn years_in_columns_that_nobody_knows_make_no_header() {
    let folder = Folder::new("chosen-years");
    let rows = "firm,year,out,founded,listed,memo\na,2020,1,1999,2005,\nb,2020,0,2001,2010,\n";
    folder.file("years.csv", rows);
    let [one, columns] = both(&folder, PACK, "years.csv", &[]);
    assert_eq!(one.status, 1, "{}", one.err);
    assert!(!one.err.contains("error"), "{}", one.err);
    assert_eq!(said(&one), said(&columns));
}

#[test]
fn each_row_of_a_folder_is_explained_by_its_own_file() {
    let folder = Folder::new("chosen-files");
    let pack = folder.file("pack.plumb", PACK);
    let own = "firm,year,out\nc,2020,7\nb,2020,5\nb,2021,2x\n";
    let files = [("a.csv", "firm,year,out\na,2020,1\n"), ("b.csv", own)];
    let tables = many(&folder, &files);
    let asked = ["explain", "t", "--rules", &pack, "--figures", &tables];
    let asked = [&asked[..], &["--entity", "b", "--period", "2020"]].concat();
    let whole = run(&asked);
    let alone = run(&[&asked[..], &["--columns"]].concat());
    // Lines break where the path ends.
    let words: Vec<&str> = whole.out.split_whitespace().collect();
    assert!(words.join(" ").contains("b.csv line 3"), "{}", whole.out);
    assert_eq!((&alone.out, &alone.err), (&whole.out, &whole.err));
}

#[test]
fn a_file_of_a_folder_without_a_row_is_told_whatever_ends_its_lines() {
    let folder = Folder::new("chosen-ends");
    let header = "firm,year,out\r\n";
    let rows = format!("{header}a,2020,0\r\n");
    many(&folder, &[("a.csv", &rows), ("b.csv", header)]);
    let [one, columns] = both(&folder, PACK, "many", &[]);
    assert_eq!(
        said(&one),
        (
            2,
            vec![
                "error[F002]: there is a header, and no row with a figure below it b.csv:1:1"
                    .to_owned()
            ]
        )
    );
    assert_eq!(said(&columns), said(&one));
    // Where each row is a figure as well.
    let header = "indicator,firm,year,value\r\n";
    let rows = format!("{header}out,a,2020,9\r\n");
    many(&folder, &[("a.csv", &rows), ("b.csv", header)]);
    expect_alike(&both(&folder, PACK, "many", &[]), 2);
}

#[test]
fn what_ends_a_run_is_the_first_there_is_at_any_number_of_threads() {
    let folder = Folder::new("chosen-first");
    let pack = folder.file("pack.plumb", PACK);
    let files = [
        ("a.csv", "firm,year,out\na,2020,1\n"),
        ("b.csv", "firm,year,out\na,2021,1\n\"b,2021\n"),
        ("c.csv", "year,firm,out\n2020,a,1\n"),
    ];
    let tables = many(&folder, &files);
    // Row by row, and body by body.
    let growth = "target g \"G\" { for each firm require growth(out) at least 0% }";
    let growth = folder.file("growth.plumb", format!("{PACK}{growth}\n"));
    for pack in [&pack, &growth] {
        let asked = [
            "check",
            pack,
            "--figures",
            &tables,
            "--columns",
            "--threads",
        ];
        let alone = run(&[&asked[..], &["1"]].concat());
        assert_eq!(alone.status, 2, "{}", alone.out);
        for _ in 0..20 {
            let ran = run(&[&asked[..], &["4"]].concat());
            assert_eq!((ran.status, &ran.err), (2, &alone.err));
        }
    }
}

#[test]
fn a_bad_cell_of_another_period_is_told_in_both_ways() {
    let folder = Folder::new("chosen-other");
    let pack = PACK.replace(
        "instrument",
        "indicator share \"Share\" { unit % }\ninstrument",
    );
    folder.file(
        "t.csv",
        "firm,year,out,share\na,2020,1,5%\nb,2021,2,71\nc,2021,2x,7%\n",
    );
    expect_alike(&both(&folder, &pack, "t.csv", &["--period", "2020"]), 2);
}

#[test]
fn errors_have_room_before_warnings() {
    let folder = Folder::new("chosen-room");
    let pack = folder.file("pack.plumb", PACK);
    // Columns keep no more than two hundred problems in words.
    for (n, left_out) in [(80, ["31", "31"]), (250, ["201", "150"])] {
        let names: Vec<String> = (0..n).map(|n| format!("extra {n}")).collect();
        let blanks = ",".repeat(n);
        let rows = format!(
            "firm,year,out,{}\na,2020,2x{blanks}\nb,2020,2{blanks}\n",
            names.join(",")
        );
        let table = folder.file("t.csv", rows);
        let check = ["check", &pack, "--figures", &table, "--period", "2020"];
        for (more, left_out) in [&[][..], &["--columns"]].into_iter().zip(left_out) {
            let ran = run(&[&check[..], more].concat());
            assert_eq!(ran.status, 2);
            assert!(ran.err.contains("t.csv:2:3"), "{}", ran.err);
            let rest = format!("{left_out} more problems");
            assert!(ran.err.contains(&rest), "{}", ran.err);
        }
    }
}

#[test]
fn a_row_of_a_year_and_a_number_is_no_header() {
    let folder = Folder::new("chosen-narrow");
    let pack = "pack p \"P\" { entity CN }\nentity CN \"China\" { }\n\
                indicator out \"Output\" { kind index }\n\
                target n \"N\" { require out at least 5 }\n";
    // The first year fails; where the period cannot be told nothing is judged.
    let judged = (",out\n2019,1\n2020,7\n2021,8\n", 1);
    let refused = ("Output\n,out,\n2019,1.5,\n2020,7,\n", 2);
    for (rows, status) in [judged, refused] {
        folder.file("narrow.csv", rows);
        for ran in both(&folder, pack, "narrow.csv", &[]) {
            assert_eq!(ran.status, status, "{}{}", ran.out, ran.err);
            assert!(!ran.err.contains("F005"), "{}", ran.err);
        }
    }
}

/// Rows of other columns than figures, totals and lone texts had counted as rows with a figure.
#[test]
fn what_is_no_figure_does_not_fill_a_table() {
    let folder = Folder::new("chosen-filled");
    for (rows, is_empty) in [
        ("firm,year,out,status\na,2024,,final\nb,2024,,\n", true),
        ("firm,year,out,status\na,2024,,final\nb,2024,3,\n", false),
        ("firm,year,out,source\na,2024,,y\n", true),
        ("firm,year,out\nTotal,2024,3\n", true),
        ("firm,year,out\nTotal,2024,3\na,2024,\n", true),
        ("firm,year,out\nTotal,2024,3\na,2024,1\n", false),
        ("firm,year,out\na,,\n", true),
        ("firm,year,out\n,,3\n", false),
        ("firm,year,indicator,value\na,2024,out,\n", false),
    ] {
        folder.file("t.csv", rows);
        let [mut one, mut columns] = both(&folder, PACK, "t.csv", &[]).map(|ran| said(&ran));
        one.1.sort();
        columns.1.sort();
        // Whose figures are all blank has lines in columns, where one submission knows nothing of it.
        if rows.contains("b,2024,3") {
            assert_eq!((one.0, columns.0), (0, 3), "{rows}");
            columns.0 = one.0;
        }
        assert_eq!(columns, one, "{rows}");
        let is_told = one.1.iter().any(|line| line.starts_with("error[F002]"));
        assert_eq!(is_told, is_empty, "{rows}: {one:?}");
    }
}

/// Rows of a part of the period had been passed over, and the figure was said to be missing.
#[test]
fn a_figure_of_a_part_of_the_period_that_is_asked_for_is_of_another_window() {
    let folder = Folder::new("chosen-window");
    let pack = folder.file("pack.plumb", PACK);
    let table = folder.file(
        "t.csv",
        "firm,period,out\na,2020,\na,2020-05,7\nb,2020,\nb,2021,3\n",
    );
    let out = folder.path("out.csv");
    let asked = [
        "check",
        &pack,
        "--figures",
        &table,
        "--period",
        "2020",
        "--columns",
        "--out",
        &out,
    ];
    let ran = run(&asked);
    assert_eq!(ran.status, 3, "{}", ran.err);
    let lines = fs::read_to_string(&out).unwrap();
    let lines: Vec<&str> = lines.lines().skip(1).collect();
    let wanted = [
        "a,2020,t,undetermined,wrong-window,",
        "b,2020,t,undetermined,missing,",
    ];
    assert_eq!(lines, wanted);
}

/// A table without a figure of any year had been judged in none, and so without a fault.
#[test]
fn where_every_year_is_asked_for_there_has_to_be_one() {
    let folder = Folder::new("chosen-all");
    for rows in [
        "firm,period,out\na,2024,-\n",
        "firm,period,out\na,2024-05,3\n",
    ] {
        folder.file("t.csv", rows);
        let [one, columns] = both(&folder, PACK, "t.csv", &[]);
        assert_eq!(one.status, 2, "{rows}: {}", one.out);
        assert!(
            one.err.contains("no figure says which period"),
            "{}",
            one.err
        );
        assert!(columns.status != 2, "{rows}: {}", columns.err);
    }
}

const NAMED: &str = r#"
pack p "P" { }
entity firm "Firms" { members open }
entity e1 "Firm One" { zh "一号厂" alias "Fx1" class firm }
indicator out "Output" { kind index }
target t "T" { for each firm require out at least 5 }
"#;

/// Rows that call a body of the pack by two of its names, or write a new one with blanks and without, had been judged as
/// those of two bodies.
#[test]
fn rows_of_one_body_are_judged_together_whatever_they_call_it() {
    let folder = Folder::new("chosen-named");
    let pack = folder.file("pack.plumb", NAMED);
    let out = folder.path("out.csv");
    for (rows, wanted) in [
        ("e1,2025,9\nFirm One,2025,2\n", "e1,undetermined,conflict"),
        (
            "一 号 厂,2025,9\nFx1,2025,2\n",
            "一 号 厂,undetermined,conflict",
        ),
        ("e1,2025,\nFirm One,2025,9\n", "e1,pass,"),
        ("e1,2024,2\nFirm One,2025,9\n", "e1,fail, Firm One,pass,"),
        (
            "甲 公司,2025,9\n甲公司,2025,2\n",
            "甲 公司,undetermined,conflict",
        ),
        (
            "甲公司,2025,9\n甲\u{3000}公 司,2025,2\n",
            "甲公司,undetermined,conflict",
        ),
        ("A co,2025,9\nAco,2025,2\n", "A co,pass, Aco,fail,"),
        ("Ａ co,2025,9\nAco,2025,2\n", "Ａ co,pass, Aco,fail,"),
    ] {
        let table = folder.file("t.csv", format!("firm,year,out\n{rows}"));
        let ran = columns_to(&pack, &table, &out);
        let lines = fs::read_to_string(&out).unwrap();
        let lines = lines.lines().skip(1).map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            [cells[0], cells[3], cells[4]].join(",")
        });
        assert_eq!(
            lines.collect::<Vec<_>>().join(" "),
            wanted,
            "{rows}: {}",
            ran.err
        );
        let one = run(&["check", &pack, "--figures", &table, "--period", "all"]);
        let has_conflict = one.out.contains("conflict");
        assert_eq!(
            has_conflict,
            wanted.contains("conflict"),
            "{rows}: {}",
            one.out
        );
        let body = rows.split(',').next().unwrap();
        let asked = [
            "explain",
            "t",
            "--rules",
            &pack,
            "--figures",
            &table,
            "--entity",
            body,
        ];
        let asked = [&asked[..], &["--period", "2025"]].concat();
        let alone = run(&asked);
        let told = run(&[&asked[..], &["--columns"]].concat());
        assert_eq!((told.status, told.out), (alone.status, alone.out), "{rows}");
    }
}

/// A row of a file that is refused had been explained as if it were read.
#[test]
fn no_row_of_a_file_that_is_refused_is_explained() {
    let folder = Folder::new("chosen-refused");
    let pack = folder.file("pack.plumb", PACK);
    let files = [
        ("a.csv", "firm,year,out,memo x\nc,2024,9,m0\n"),
        (
            "b.csv",
            "firm,year,out,memo x\na,2024,9,m1\na,2024,8,m2\nb,2024,7,m3\n",
        ),
    ];
    let tables = many(&folder, &files);
    let asked = [
        "explain",
        "t",
        "--rules",
        &pack,
        "--figures",
        &tables,
        "--entity",
        "a",
        "--columns",
    ];
    let ran = run(&asked);
    assert_eq!(ran.status, 2, "{}", ran.out);
    assert!(ran.err.contains("read as one submission"), "{}", ran.err);
}

/// Rows far below the header had been taken for one figure, though a column that nobody knows tells them apart.
#[test]
fn rows_that_only_an_unknown_column_tells_apart_are_found_wherever_they_stand() {
    let folder = Folder::new("chosen-apart");
    let before: Vec<String> = (0..60).map(|n| format!("f{n},2024,9,all\n")).collect();
    let before = before.concat();
    for (last, is_told) in [
        ("e,2024,9,retail\ne,2024,8,wholesale\n", true),
        ("e,2024,9,retail\ng,2024,8,wholesale\n", false),
        ("e,2024,9,retail\ne,2024,8,\n", false),
        ("e,2024,9,retail\ne,2024,8,retail\n", false),
        ("e,2024,9,retail\ne,2024,,wholesale\n", false),
        ("e,2024,9,1\ne,2024,8,2\n", false),
    ] {
        folder.file(
            "t.csv",
            format!("firm,year,out,customer group\n{before}{last}"),
        );
        let [one, columns] = both(&folder, PACK, "t.csv", &[]);
        let place = "error[F020]: only column `customer group`, which is not known, tells the row from that on line 62 t.csv:63:4";
        assert_eq!(
            told(&one).iter().any(|line| line == place),
            is_told,
            "{last}: {}",
            one.err
        );
        assert_eq!(told(&columns), told(&one), "{last}");
        assert_eq!(columns.status, one.status, "{last}: {}", columns.err);
        let pack = folder.path("pack.plumb");
        let table = folder.path("t.csv");
        let asked = [
            "explain",
            "t",
            "--rules",
            &pack,
            "--figures",
            &table,
            "--entity",
            "e",
        ];
        let explained = run(&[&asked[..], &["--period", "2024", "--columns"]].concat());
        assert_eq!(explained.status == 2, is_told, "{last}: {}", explained.err);
    }
}

const TRANSFERS: &str = r#"
pack p "P" { }
entity firm "Firms" { members open }
entity transfer "Transfers" { members open part of firm }
indicator persons "Persons" { entity transfer unit 人 bounds >= 0人 }
target few "Few" { for each transfer require persons <= 5000人 }
"#;

/// The second line had been called `:56` by its byte, so that `:2` was the first of them.
#[test]
fn records_without_names_are_called_by_their_lines_in_every_format() {
    let folder = Folder::new("chosen-records");
    let pack = folder.file("pack.plumb", TRANSFERS);
    let rows = [("Zed", 10), ("Acme", 9000), ("Zed", 7000)];
    let object = |(firm, n): &(&str, i32)| {
        format!("{{\"firm\": \"{firm}\", \"period\": \"2024\", \"persons\": \"{n}人\"}}")
    };
    let objects: Vec<String> = rows.iter().map(object).collect();
    let line = |(firm, n): &(&str, i32)| format!("{firm},2024,{n}人\n");
    let lines: String = rows.iter().map(line).collect();
    let files = [
        ("t.csv", format!("firm,period,persons\n{lines}"), [2, 3, 4]),
        ("t.jsonl", objects.join("\n"), [1, 2, 3]),
        (
            "t.json",
            format!("[\n{}\n]", objects.join(",\n")),
            [2, 3, 4],
        ),
    ];
    for (file, text, at) in files {
        let table = folder.file(file, text);
        let said = |more: &[&str]| {
            let out = folder.path(&format!("said-of-{file}.csv"));
            let asked = ["check", &pack, "--figures", &table, "--out", &out];
            run(&[&asked[..], more].concat());
            fs::read_to_string(&out).unwrap()
        };
        let all = [said(&["--period", "2024"]), said(&["--columns"])];
        for (line, (firm, n)) in at.iter().zip(rows) {
            let name = format!("{firm}/{table}:{line}");
            let verdict = if n > 5000 { "fail" } else { "pass" };
            for said in &all {
                let mut lines = said.lines();
                let is_so = lines.any(|it| it.contains(&name) && it.contains(verdict));
                assert!(is_so, "{name} {verdict}\n{said}");
            }
            let asked = [
                "explain",
                "few",
                "--rules",
                &pack,
                "--figures",
                &table,
                "--entity",
                &name,
            ];
            for more in [
                &["--period", "2024"][..],
                &["--period", "2024", "--columns"],
            ] {
                let said = run(&[&asked[..], more].concat());
                let first = said.out.lines().next().unwrap_or_default().to_owned();
                assert!(
                    first.contains(&name) && first.ends_with(verdict),
                    "{first} {}",
                    said.err
                );
            }
        }
    }
}

/// A row without figures had been refused, and a note had become a body of the year of its folder.
#[test]
fn a_folder_that_names_the_year_changes_no_row() {
    let folder = Folder::new("chosen-folder-year");
    let rules = [
        "target t \"T\" { for each firm require out >= 10 }",
        "target t \"T\" { for each firm require out >= 10 }\ntarget g \"G\" { for each firm require out >= out@-1 }",
    ];
    for (at, rules) in rules.iter().enumerate() {
        let pack = format!(
            "pack p \"P\" {{ }}\nentity firm \"Firms\" {{ members open }}\nentity ash \"Ash\" {{ class firm }}\n\
             indicator out \"Output\" {{ kind index }}\nindicator used \"Used\" {{ kind index }}\n{rules}\n"
        );
        let place = folder.path(&format!("many{at}"));
        fs::create_dir_all(format!("{place}/year=2024")).unwrap();
        let rows = "entity,out,used\nash,,\nbirch,15,6\nNote: preliminary,,\nNote: so called,1,1\n,Note: preliminary,\n";
        folder.file(&format!("many{at}/year=2024/a.csv"), rows);
        let [one, columns] = both(&folder, &pack, &format!("many{at}"), &["--format", "json"]);
        assert_eq!(
            (one.status, told(&one)),
            (columns.status, told(&columns)),
            "{}",
            columns.err
        );
        let out = folder.path(&format!("out{at}.csv"));
        let pack = folder.path("pack.plumb");
        columns_to(&pack, &place, &out);
        let said = fs::read_to_string(&out).unwrap();
        let lines: Vec<&str> = said
            .lines()
            .skip(1)
            .filter(|line| line.contains(",t,"))
            .collect();
        let expected = [
            "ash,2024,t,undetermined,missing,",
            "birch,2024,t,pass,,",
            "Note: so called,2024,t,fail,,",
        ];
        assert_eq!(lines, expected, "{}", columns.err);
        let asked = [
            "check",
            &pack,
            "--figures",
            &place,
            "--period",
            "2024",
            "--format",
            "csv",
        ];
        let one = run(&asked);
        for (name, verdict) in [
            ("ash", "undetermined"),
            ("birch", "pass"),
            ("so called", "fail"),
        ] {
            let mut lines = one.out.lines().filter(|line| line.starts_with("t,"));
            assert!(
                lines.any(|line| line.contains(name) && line.contains(verdict)),
                "{}",
                one.out
            );
        }
        assert!(!one.out.contains("preliminary"));
    }
}

const IN_FULL: &str = r#"
pack p "P" { }
entity firm "Firms" { members open }
entity transfer "Transfers" { members in full part of firm }
indicator persons "Persons" { entity transfer unit 人 }
target few "Few" { for each firm require count of its transfer where (persons > 100人) <= 0 }
"#;

/// Columns, and for bytes that are no text both ways, had said that nothing is missing from the list.
#[test]
fn a_row_that_cannot_be_read_may_be_of_any_list() {
    let folder = Folder::new("chosen-lost-row");
    let pack = folder.file("pack.plumb", IN_FULL);
    let rows = "entity,period,persons\nE1,2024,50人\n";
    let object = "{\"entity\":\"E1\",\"period\":\"2024\",\"persons\":\"50人\"}\n";
    let long = "7".repeat(65_537);
    let files = [
        ("cells.csv", format!("{rows}E1,2024\n").into_bytes()),
        ("long.csv", format!("{rows}E1,2024,{long}\n").into_bytes()),
        ("lost.csv", format!("{rows}E1,2024,\u{FFFD}\n").into_bytes()),
        ("bytes.csv", [rows.as_bytes(), b"E1,2024,\xFF\n"].concat()),
        ("list.jsonl", format!("{object}[1]\n").into_bytes()),
        (
            "broken.jsonl",
            format!("{object}{{\"entity\"\n").into_bytes(),
        ),
        (
            "bytes.jsonl",
            [object.as_bytes(), b"{\"entity\":\"\xFF\"}\n"].concat(),
        ),
    ];
    for (file, bytes) in files {
        let table = folder.path(file);
        fs::write(&table, bytes).unwrap();
        for more in [&["--columns"][..], &["--period", "2024"]] {
            let ran = run(&[&["check", &pack, "--figures", &table][..], more].concat());
            assert_eq!(ran.status, 2, "{file} {}", ran.err);
            let said = ["undetermined", "unreadable"];
            assert!(
                said.iter().all(|word| ran.out.contains(word)),
                "{file}\n{}",
                ran.out
            );
            assert!(!ran.out.contains("pass"), "{file}\n{}", ran.out);
            let asked = [
                "explain",
                "few",
                "--rules",
                &pack,
                "--figures",
                &table,
                "--entity",
                "E1",
            ];
            let ran = run(&[&asked[..], more].concat());
            assert!(!ran.out.contains("pass"), "{file}\n{}", ran.out);
        }
    }
}

/// Three records had one name, and each replay was that of the first.
#[test]
fn records_on_one_line_are_told_apart() {
    let folder = Folder::new("chosen-one-line");
    let pack = folder.file("pack.plumb", TRANSFERS);
    let object = |n: i32| format!("{{\"firm\":\"Zed\",\"period\":\"2024\",\"persons\":\"{n}人\"}}");
    let text = format!("[{},{}]", object(10), object(7000));
    let table = folder.file("t.json", &text);
    let out = folder.path("said.csv");
    let mut found = Vec::new();
    for more in [&["--columns"][..], &["--period", "2024"]] {
        run(&[
            &["check", &pack, "--figures", &table, "--out", &out][..],
            more,
        ]
        .concat());
        let said = fs::read_to_string(&out).unwrap();
        let names = said
            .split([',', '\n'])
            .filter(|cell| cell.starts_with("Zed/"));
        let mut names: Vec<String> = names.map(str::to_owned).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), 2, "{said}");
        found.push(names);
    }
    assert_eq!(found[0], found[1]);
}
