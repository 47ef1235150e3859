//! A check of very many rows from the command line: files, summaries, what is refused, and what is read as
//! one submission all the same.

use std::collections::BTreeMap;
use std::fs;

use parquet::file::reader::{FileReader as _, SerializedFileReader};

use super::{Folder, run};
use crate::golden;

const PACK: &str = "examples/million";
const TABLE: &str = "examples/million/figures.csv";

/// The lines of a CSV file, by their head.
fn lines(text: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let heads: Vec<String> = reader
        .headers()
        .unwrap()
        .iter()
        .map(str::to_owned)
        .collect();
    let records = reader.records().map(|record| {
        let record = record.unwrap();
        heads
            .iter()
            .cloned()
            .zip(record.iter().map(str::to_owned))
            .collect()
    });
    records.collect()
}

/// Rule, body and period with the verdict and its causes, as a check of one submission says.
fn as_one(pack: &str, table: &str) -> BTreeMap<(String, String, String), (String, String)> {
    let ran = run(&[
        "check",
        pack,
        "--figures",
        table,
        "--period",
        "all",
        "--format",
        "json",
    ]);
    let said: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let rows = said["rows"].as_array().unwrap().iter().map(|row| {
        let causes = row["causes"].as_array().cloned().unwrap_or_default();
        let causes: Vec<String> = causes.iter().map(text).collect();
        let about = (
            text(&row["rule"]),
            text(&row["entity"]),
            text(&row["period"]),
        );
        (about, (text(&row["verdict"]), causes.join(";")))
    });
    rows.collect()
}

#[test]
fn lines_and_columns_say_what_a_check_says() {
    let folder = Folder::new("columns-lines");
    let out = folder.0.join("v.csv").display().to_string();
    let ran = run(&[
        "check",
        PACK,
        "--figures",
        TABLE,
        "--columns",
        "--out",
        &out,
    ]);
    assert_eq!(ran.status, 1, "{}", ran.err);
    let one = as_one(PACK, TABLE);
    let own = lines(&fs::read_to_string(&out).unwrap());
    assert_eq!(own.len(), 31 * 24);
    for line in &own {
        let about = (
            line["rule"].clone(),
            line["entity"].clone(),
            line["period"].clone(),
        );
        let said = (line["verdict"].clone(), line["cause"].clone());
        assert_eq!(one.get(&about), Some(&said), "{about:?}");
    }
    let matrix = folder.0.join("m.csv").display().to_string();
    run(&[
        "check",
        PACK,
        "--figures",
        TABLE,
        "--matrix",
        "--out",
        &matrix,
    ]);
    let wide = lines(&fs::read_to_string(&matrix).unwrap());
    assert_eq!(wide.len(), 31);
    for line in &own {
        let row = wide
            .iter()
            .find(|row| row["entity"] == line["entity"])
            .unwrap();
        assert_eq!(row[&line["rule"]], line["verdict"]);
    }
}

#[test]
fn parquet_holds_the_same_lines() {
    let folder = Folder::new("columns-parquet");
    let out = folder.0.join("v.parquet");
    let path = out.display().to_string();
    let table = folder.0.join("v.csv").display().to_string();
    let options = [
        "check",
        PACK,
        "--figures",
        TABLE,
        "--only",
        "fail,undetermined",
    ];
    let ran = run(&[&options[..], &["--out", &path]].concat());
    assert_eq!(ran.status, 1, "{}", ran.err);
    run(&[&options[..], &["--columns", "--out", &table]].concat());
    let wanted = lines(&fs::read_to_string(&table).unwrap());
    let reader = SerializedFileReader::new(fs::File::open(&out).unwrap()).unwrap();
    let rows: Vec<_> = reader
        .get_row_iter(None)
        .unwrap()
        .map(Result::unwrap)
        .collect();
    assert_eq!(rows.len(), wanted.len());
    assert!(!rows.is_empty());
    for (row, wanted) in rows.iter().zip(&wanted) {
        for (head, field) in row.get_column_iter() {
            let text = match field {
                parquet::record::Field::Str(text) => text.clone(),
                _ => String::new(),
            };
            assert_eq!(text, wanted[head], "{head}");
        }
    }
}

#[test]
fn the_summary_is_for_people_and_machines() {
    let ran = run(&[
        "check",
        PACK,
        "--figures",
        TABLE,
        "--columns",
        "--format",
        "json",
    ]);
    let said: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(said["rows"], 31);
    let folder = Folder::new("columns-summary");
    let out = folder.0.join("v.csv").display().to_string();
    run(&[
        "check",
        PACK,
        "--figures",
        TABLE,
        "--columns",
        "--out",
        &out,
    ]);
    let all = lines(&fs::read_to_string(&out).unwrap());
    for verdict in ["pass", "fail", "undetermined"] {
        let n = all.iter().filter(|line| line["verdict"] == verdict).count();
        assert_eq!(said["verdicts"][verdict], n);
    }
    let one = run(&[
        "check",
        PACK,
        "--figures",
        TABLE,
        "--columns",
        "--rule",
        "t.1,d.6",
        "--threads",
        "1",
    ]);
    let many = run(&[
        "check",
        PACK,
        "--figures",
        TABLE,
        "--columns",
        "--rule",
        "t.1,d.6",
        "--threads",
        "4",
    ]);
    assert_eq!(one.out, many.out);
    golden::snapshot("cli", "columns-summary", &one.out);
}

#[test]
fn rows_that_are_judged_with_others_say_what_one_submission_says() {
    let folder = Folder::new("columns-whole");
    let pack = folder.file(
        "pack.plumb",
        "pack p \"P\" { entity CN }\nentity CN \"China\" { }\nentity firm \"Firms\" { members open }\n\
         indicator sales \"Sales\" { kind index }\nindicator cost \"Cost\" { kind index }\n\
         target up \"Up\" { for each firm require growth(sales) >= 5% }\n\
         target low \"Low\" { for each firm require cost <= 7 }\n\
         target part \"Part\" { for each firm require sales / sum of sales over firm >= 10% }\n",
    );
    let growth = folder.file(
        "growth.csv",
        "entity,year,sales,cost\nF1,2023,100,5\nF1,2024,106,9\nF2,2024,50,\n",
    );
    let twice = folder.file(
        "twice.csv",
        "entity,year,sales,cost\nF1,2024,106,5\nF2,2024,1,1\nF1,2024,106,9\n",
    );
    let long = folder.file(
        "long.csv",
        "indicator,entity,year,value\nsales,F1,2023,100\ncost,F2,2024,5\nsales,F1,2024,106\n",
    );
    let across = folder.file(
        "across.csv",
        "indicator,entity,2023,2024\nsales,F1,100,106\nsales,F2,5,6\n",
    );
    for (table, rule, is_whole) in [
        (&growth, "up", false),
        (&twice, "low", false),
        (&long, "up", false),
        (&growth, "part", false),
        (&across, "up", true),
    ] {
        let out = folder.0.join("v.csv").display().to_string();
        let mut arguments = vec![
            "check",
            &pack,
            "--figures",
            table,
            "--columns",
            "--out",
            &out,
        ];
        arguments.extend(["--rule", rule]);
        let ran = run(&arguments);
        assert_eq!(
            ran.err.contains("read as one submission"),
            is_whole,
            "{}",
            ran.err
        );
        let left = fs::read_dir(&folder.0).unwrap();
        let is_left = left.filter(|file| {
            let name = file.as_ref().unwrap().file_name();
            name.to_string_lossy().starts_with('.')
        });
        assert_eq!(is_left.count(), 0);
        let one = as_one(&pack, table);
        let own = lines(&fs::read_to_string(&out).unwrap());
        assert!(!own.is_empty());
        for line in own {
            let about = (
                line["rule"].clone(),
                line["entity"].clone(),
                line["period"].clone(),
            );
            let said = (line["verdict"].clone(), line["cause"].clone());
            assert_eq!(one.get(&about), Some(&said), "{about:?}");
        }
    }
}

#[test]
fn what_was_there_stays_where_a_run_ends_early() {
    let folder = Folder::new("columns-kept");
    let out = folder.file("v.csv", "kept");
    let ran = run(&[
        "check",
        PACK,
        "--figures",
        TABLE,
        "--fail-fast",
        "--out",
        &out,
    ]);
    assert_eq!(ran.status, 1, "{}", ran.err);
    assert_eq!(fs::read_to_string(&out).unwrap(), "kept");
    let broken = folder.file("broken.csv", "entity,year,i1\nE1,2024,1\nE2,2024\n");
    let ran = run(&[
        "check",
        PACK,
        "--figures",
        &broken,
        "--columns",
        "--out",
        &out,
    ]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains('3'), "{}", ran.err);
    let nobody = folder.file(
        "nobody.csv",
        "entity,year,i1\n\nE1,2024,1\n# more\nE2,then,96\n",
    );
    let ran = run(&[
        "check",
        PACK,
        "--figures",
        &nobody,
        "--columns",
        "--out",
        &out,
    ]);
    assert_eq!(ran.status, 2, "{}", ran.err);
    assert_eq!(fs::read_to_string(&out).unwrap(), "kept");
    // What is wrong is told as it is where nothing was there, with its line.
    let place = format!("{nobody}:5:2");
    assert!(
        ran.err.contains("F011") && ran.err.contains(&place),
        "{}",
        ran.err
    );
    assert!(ran.out.contains("rows: 1"), "{}", ran.out);
    for refused in [
        ["--watch", "--columns"],
        ["--out", "v.html"],
        ["--entity", "E1"],
        ["--by", "entity"],
        ["--format", "html"],
        ["--figures", "-"],
    ] {
        let ran = run(&[
            &["check", PACK, "--figures", TABLE, "--columns"],
            &refused[..],
        ]
        .concat());
        assert_eq!(ran.status, 2, "{refused:?}");
    }
    let left: Vec<_> = fs::read_dir(&folder.0)
        .unwrap()
        .map(|it| it.unwrap().file_name())
        .collect();
    assert_eq!(left.len(), 3, "{left:?}");
}

#[test]
fn one_row_is_explained_from_the_same_table() {
    let options = [
        "explain",
        "d.1",
        "--rules",
        PACK,
        "--figures",
        TABLE,
        "--period",
        "2020",
    ];
    let whole = run(&[&options[..], &["--entity", "E0000000"]].concat());
    let alone = run(&[&options[..], &["--entity", "E0000000", "--columns"]].concat());
    assert_eq!(alone.status, 0, "{}", alone.err);
    assert_eq!(alone.out, whole.out);
    let nobody = run(&[&options[..], &["--entity", "E9", "--columns"]].concat());
    assert_eq!(nobody.status, 2);
}

const FIRMS: &str = r#"
pack p "P" { entity CN }
entity CN "China" { }
entity firm "Firms" { members open }
indicator staff "Staff" { kind stock unit 人 }
indicator big "Is big" { kind yes-no }
indicator sales "Sales" { kind index }
indicator cost "Cost" { kind index }
target margin "Margin" { for each firm require sales / cost >= 2 }
target many "Many" { for each firm when big require staff >= 100 persons }
"#;

const SEVERAL: &str = r#"
target grows "Grows" { for each firm require sales > sales@2024 }
target first "Half of all sales" { for each firm require sales * 2 >= sum of sales over firm }
"#;

/// The figures of each verdict, by rule, body and period: names and what is printed.
fn figures_of(text: &str) -> BTreeMap<[String; 3], [String; 2]> {
    let cell = |line: &BTreeMap<String, String>, head: &str| line[head].clone();
    let lines = lines(text);
    let of = lines.iter().map(|line| {
        let about = ["rule", "entity", "period"].map(|head| cell(line, head));
        (about, ["figures", "printed"].map(|head| cell(line, head)))
    });
    of.collect()
}

#[test]
fn the_figures_beside_a_verdict_are_those_that_it_was_read_off() {
    let folder = Folder::new("columns-values");
    let path = |name: &str| folder.0.join(name).display().to_string();
    let rows = "entity,period,big,staff(人),sales,cost\n\
        F1,2024,是,99,7,3\nF1,2025,是,超100,\"1,000\",4\nF2,2024,否,5,,2\nF2,2025,,30,-8,2\n\
        =F3,2024,是,,9.50,3\n=F3,2025,否,120,9.5,4.75\n";
    fs::write(path("t.csv"), rows).unwrap();
    for (rules, n_cells) in [(FIRMS.to_owned(), 12), (format!("{FIRMS}{SEVERAL}"), 24)] {
        fs::write(path("p.plumb"), rules).unwrap();
        let check = |more: &[&str]| {
            let (pack, table) = (path("p.plumb"), path("t.csv"));
            let ran = run(&[&["check", &pack, "--figures", &table], more].concat());
            assert!(ran.status < 2 || ran.status == 3, "{}", ran.err);
        };
        let one = path("one.csv");
        check(&["--period", "all", "--format", "csv", "--out", &one]);
        let wanted = figures_of(&fs::read_to_string(&one).unwrap());
        for threads in ["1", "3"] {
            let many = path("many.csv");
            check(&["--values", "--threads", threads, "--out", &many]);
            let own = figures_of(&fs::read_to_string(&many).unwrap());
            assert_eq!(own.len(), n_cells);
            for (about, figures) in &own {
                assert_eq!(wanted.get(about), Some(figures), "{about:?}");
            }
        }
        let only = path("only.csv");
        check(&["--values", "--only", "fail", "--out", &only]);
        let failing = figures_of(&fs::read_to_string(&only).unwrap());
        assert!(!failing.is_empty() && failing.len() < n_cells);
        for (about, figures) in &failing {
            assert_eq!(wanted.get(about), Some(figures), "{about:?}");
        }
    }
    let ran = run(&["check", &path("p.plumb"), "--values"]);
    assert_eq!(ran.status, 2, "nowhere to write them");
}

#[test]
fn a_table_is_never_written_over_by_what_is_said_of_it() {
    let folder = Folder::new("columns-over");
    let text = "entity,year,i1\nE1,2024,96\n";
    let table = folder.file("table.csv", text);
    for columns in [&["--columns"][..], &[]] {
        let ran = run(&[
            &["check", PACK, "--figures", &table, "--out", &table],
            columns,
        ]
        .concat());
        assert_eq!(ran.status, 2, "{}", ran.err);
        assert!(ran.err.contains("table.csv"), "{}", ran.err);
        assert_eq!(fs::read_to_string(&table).unwrap(), text);
    }
    // A file beside it in the same folder is written, and is no table of the next run.
    let out = folder.0.join("said.csv").display().to_string();
    let place = folder.0.display().to_string();
    for _ in 0..2 {
        let ran = run(&[
            "check",
            PACK,
            "--figures",
            &place,
            "--columns",
            "--out",
            &out,
        ]);
        assert!(ran.out.contains("rows: 1,"), "{} {}", ran.out, ran.err);
    }
    fs::remove_file(&out).unwrap();
    let results = [
        (&["check", PACK, "--columns"][..], "said.parquet"),
        (&["check", PACK, "--columns", "--values"], "said.csv"),
        (&["check", PACK, "--period", "2024"], "said.csv"),
        (&["check", PACK, "--period", "2024"], "said.json"),
        (&["audit", PACK], "found.csv"),
        (&["audit", PACK], "found.json"),
        (&["outlook", PACK], "board.csv"),
        (&["outlook", PACK], "board.json"),
    ];
    for (command, name) in results {
        let out = folder.0.join(name).display().to_string();
        let args = [command, &["--figures", &place, "--out", &out]].concat();
        let first = run(&args);
        assert!(fs::exists(&out).unwrap(), "{name}: {}", first.err);
        let again = run(&args);
        assert_eq!(
            (again.status, again.err),
            (first.status, first.err),
            "{name}"
        );
        fs::remove_file(&out).unwrap();
    }
    // Another table of the folder is not, whatever leads to it.
    let other = folder.file("other.csv", text.replace("E1", "E2"));
    let pattern = folder.0.join("*.csv").display().to_string();
    for columns in [&["--columns"][..], &["--period", "2024"]] {
        for read in [&place, &pattern] {
            let args = ["check", PACK, "--figures", read, "--out", &other];
            let ran = run(&[&args, columns].concat());
            assert_eq!(ran.status, 2, "{} {}", ran.out, ran.err);
            assert!(ran.err.contains("other.csv"), "{}", ran.err);
            assert!(fs::read_to_string(&other).unwrap().contains("E2"));
        }
    }
    for read in [&place, &pattern, &other] {
        let figures = [
            "figures",
            "--rules",
            PACK,
            "--figures",
            read,
            "--out",
            &other,
        ];
        let template = ["template", PACK, "--figures", read, "--out", &other];
        for asked in [&figures[..], &template] {
            let ran = run(asked);
            assert_eq!(ran.status, 2, "{} {}", ran.out, ran.err);
            assert!(ran.err.contains("other.csv"), "{}", ran.err);
            assert!(fs::read_to_string(&other).unwrap().contains("E2"));
        }
    }
}

#[test]
fn where_no_row_is_judged_nothing_is_known() {
    let folder = Folder::new("columns-none");
    let table = folder.file("table.csv", "entity,year,i1\nE1,2024,96\n");
    let ran = run(&[
        "check",
        PACK,
        "--figures",
        &table,
        "--columns",
        "--period",
        "2030",
    ]);
    assert_eq!(ran.status, 3, "{}", ran.err);
    assert!(ran.err.contains("no row was judged"), "{}", ran.err);
    let header = folder.file("header.csv", "entity,year,i1\n");
    for name in ["v.csv", "v.parquet"] {
        let out = folder.0.join(name);
        let to = out.display().to_string();
        let ran = run(&[
            "check",
            PACK,
            "--figures",
            &header,
            "--columns",
            "--out",
            &to,
        ]);
        assert_eq!(ran.status, 2, "{}", ran.err);
        assert!(!out.exists(), "{}", ran.err);
    }
    // A source that only the table knows is asked for.
    let sources = folder.file("sources.csv", "entity,year,i1,source\nE1,2024,96,A\n");
    let asked = [
        "check",
        PACK,
        "--figures",
        &sources,
        "--columns",
        "--source",
    ];
    let ran = run(&[&asked[..], &["A"]].concat());
    assert!(ran.out.contains("rows: 1,"), "{} {}", ran.out, ran.err);
}

#[test]
fn tables_are_as_large_as_was_asked_for() {
    let size = fs::metadata(TABLE).unwrap().len();
    for more in [&["--columns"][..], &[]] {
        for (most, is_taken) in [(size, true), (size - 1, false)] {
            let most = most.to_string();
            let mut asked = vec![
                "check",
                PACK,
                "--figures",
                TABLE,
                "--max-table-bytes",
                &most,
            ];
            asked.extend(more);
            let ran = run(&asked);
            let expected = if is_taken { 1 } else { 2 };
            assert_eq!(ran.status, expected, "{asked:?}: {}", ran.err);
            assert_eq!(
                ran.err.contains(&format!("at most {most} are allowed")),
                !is_taken
            );
        }
    }
}
