//! The first hour: a pack from `init`, what `list` says of it, and a check that watches.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use serde_json::Value;

use super::{Folder, Ran, common, golden, pack, run, table};

/// Runs a command in a folder.
fn run_in(place: &Path, lang: &str, arguments: &[&str]) -> Ran {
    let surroundings = [("PLUMBRULE_LANG", lang), ("COLUMNS", "80")];
    common::run_in(place, arguments, &surroundings)
}

/// The commands of the blocks `sh` of a page.
fn commands(page: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut is_code = false;
    for line in page.lines().map(str::trim) {
        match line.strip_prefix("```") {
            Some(kind) => is_code = kind == "sh",
            None if is_code => found.push(line.strip_prefix("plumbrule ").unwrap().to_owned()),
            None => {}
        }
    }
    found
}

#[test]
fn a_new_pack_runs_and_its_page_says_how() {
    let folder = Folder::new("init");
    for (lang, name) in [("zh", "规划"), ("en", "my-plan")] {
        let ran = run_in(&folder.0, lang, &["init", name]);
        assert_eq!((ran.status, ran.err.as_str()), (0, ""));
        let place = folder.0.join(name);
        let page = fs::read_to_string(place.join("README.md")).unwrap();
        let given = commands(&page);
        assert!(given.len() >= 5, "{given:?}");
        for command in &given {
            let arguments: Vec<&str> = command.split(' ').collect();
            let ran = run_in(&place, lang, &arguments);
            let wanted = i32::from(arguments[0] == "check");
            assert_eq!(ran.status, wanted, "{command}: {}{}", ran.out, ran.err);
            assert_eq!(ran.err, "", "{command}");
        }
        // What was printed after `init`, in the folder above.
        for line in ran
            .out
            .lines()
            .filter_map(|line| line.strip_prefix("  plumbrule "))
        {
            let arguments: Vec<&str> = line.split(' ').collect();
            let said = run_in(&folder.0, lang, &arguments);
            assert!(
                said.status < 2 && said.err.is_empty(),
                "{line}: {}",
                said.err
            );
        }
        assert_eq!(run_in(&place, lang, &["fmt", "--check", "."]).status, 0);
        let check = ["check", ".", "--figures", "figures.csv", "--format", "json"];
        let json: Value = serde_json::from_str(&run_in(&place, lang, &check).out).unwrap();
        let rows = json["rows"].as_array().unwrap();
        let of = |id: &str| {
            let id = format!("{name}.{id}");
            rows.iter().find(|row| row["rule"] == *id).unwrap()
        };
        for (id, verdict) in [
            ("1", "pass"),
            ("2", "undetermined"),
            ("3", "fail"),
            ("4", "pending"),
        ] {
            assert_eq!(of(id)["verdict"], verdict, "{id}");
            // The page says the same.
            assert!(page.contains(&format!("{name}.{id} |")), "{page}");
        }
        assert_eq!(of("2")["causes"], serde_json::json!(["imprecise"]));
        assert_eq!(of("4")["outlook"]["class"], "on-track");
        assert_eq!(json["findings"].as_array().unwrap().len(), 1);
        // Keywords and headers are those of the language.
        let rules = fs::read_to_string(place.join("pack.plumb")).unwrap();
        let translated = run_in(&place, lang, &["fmt", "--check", ".", "--lang", lang]);
        assert_eq!(translated.status, 0, "{rules}");
        let is_han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
        for file in ["pack.plumb", "figures.csv", "README.md"] {
            let text = fs::read_to_string(place.join(file)).unwrap();
            assert_eq!(text.contains(is_han), lang == "zh", "{file}");
            assert!(!text.contains("my_plan"), "{file}");
        }
    }
}

#[test]
fn a_new_pack_is_written_over_nothing() {
    let folder = Folder::new("init-over");
    for there in [
        "README.md",
        "figures.csv",
        "pack.plumb",
        "other.plumb",
        "Pack.plumb",
    ] {
        let place = folder.0.join(there.replace('.', "-"));
        fs::create_dir(&place).unwrap();
        fs::write(place.join(there), "mine").unwrap();
        let ran = run_in(&place, "en", &["init"]);
        assert_eq!((ran.status, ran.out.as_str()), (2, ""));
        assert!(ran.err.contains(there), "{}", ran.err);
        assert_eq!(fs::read_dir(&place).unwrap().count(), 1);
        assert_eq!(fs::read_to_string(place.join(there)).unwrap(), "mine");
    }
    // Other files do not matter.
    let place = folder.0.join("other");
    fs::create_dir(&place).unwrap();
    fs::write(place.join("notes.txt"), "mine").unwrap();
    assert_eq!(run_in(&place, "en", &["init"]).status, 0);
    // A name that is no id is not taken; it is said.
    let ran = run_in(&folder.0, "en", &["init", "my plan"]);
    assert_eq!(ran.status, 0);
    assert!(
        ran.out.contains("`my plan`") && ran.out.contains("`my_plan`"),
        "{}",
        ran.out
    );
}

#[test]
fn a_folder_is_an_id_where_the_pack_compiles_with_it() {
    let folder = Folder::new("init-id");
    for (name, is) in [
        ("plan", true),
        ("nip-2021", true),
        ("规划", true),
        ("2025", true),
        ("my plan", false),
        ("a{b", false),
        ("\"", false),
    ] {
        for lang in ["en", "zh"] {
            let place = folder.0.join(lang);
            fs::create_dir_all(&place).unwrap();
            let ran = run_in(&place, lang, &["init", name]);
            assert_eq!(ran.status, 0, "{name}: {}", ran.err);
            assert_eq!(
                !ran.out.contains(&format!("`{name}`")),
                is,
                "{name}: {}",
                ran.out
            );
        }
    }
    // A name with a hyphen in front is no option where it is printed either.
    let ran = run_in(&folder.0, "en", &["init", "--", "-x"]);
    assert!(
        ran.out.contains("check ./-x --figures ./-x/figures.csv"),
        "{}",
        ran.out
    );
}

#[test]
#[cfg(target_os = "linux")]
fn where_one_file_of_a_new_pack_cannot_be_written_nothing_stays() {
    let folder = Folder::new("init-long");
    // As long as a path may be that holds `README.md` and `pack.plumb`, and no longer name.
    let mut path = String::new();
    while path.len() + 256 < 4_084 {
        path.push_str(&"x".repeat(255));
        path.push('/');
    }
    path.push_str(&"y".repeat(4_084 - path.len()));
    let ran = run_in(&folder.0, "en", &["init", &path]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("figures.csv"), "{}", ran.err);
    assert_eq!(fs::read_dir(&folder.0).unwrap().count(), 0);
}

#[test]
fn lists_say_what_a_pack_and_the_program_know() {
    for (lang, kinds) in [
        ("en", ["rules", "indicators", "tests", "functions", "units"]),
        // A kind has a Chinese word too.
        ("zh", ["规则", "indicators", "用例", "函数", "units"]),
    ] {
        let place = common::root("examples/init").join(lang);
        let mut text = String::new();
        for kind in kinds {
            let filter: &[&str] = match kind {
                "units" => &["--match", "km"],
                "函数" | "functions" => &["--match", "cagr"],
                _ => &[],
            };
            let ran = run_in(&place, lang, &[&["list", kind], filter].concat());
            assert_eq!((ran.status, ran.err.as_str()), (0, ""), "{kind}");
            for line in ran.out.lines() {
                assert!(plumbrule::report::width(line) <= 80, "{line}");
            }
            text.push_str(&format!("$ plumbrule list {kind}\n{}\n", ran.out));
        }
        text.push_str(&run_in(&place, lang, &["list"]).out);
        match lang {
            "en" => golden::snapshot("cli", "list-en", &text),
            _ => golden::snapshot("cli", "list-zh", &text),
        }
    }
}

#[test]
fn every_kind_can_be_listed_in_every_format() {
    let place = common::root("examples/init/zh");
    let list = |lang, arguments: &[&str]| {
        let ran = run_in(&place, lang, &[&["list"], arguments].concat());
        assert_eq!(ran.status, 0, "{arguments:?}: {}", ran.err);
        ran.out
    };
    let kinds: Value = serde_json::from_str(&list("en", &["--format", "json"])).unwrap();
    let kinds = kinds["rows"].as_array().unwrap();
    assert!(kinds.len() > 10);
    for kind in kinds {
        let kind = kind["kind"].as_str().unwrap();
        let json = list("en", &[kind, "--format", "json"]);
        let in_chinese = list("zh", &[kind, "--format", "json"]);
        assert_eq!(json, in_chinese, "{kind}: never translated");
        let json: Value = serde_json::from_str(&json).unwrap();
        let rows = json["rows"].as_array().unwrap();
        // The pack declares no derived quantity, no breakdown and no class.
        let is_none = matches!(kind, "quantities" | "breakdowns" | "classes");
        assert_eq!(rows.is_empty(), is_none, "{kind}");
        let tables = ["en", "zh"].map(|lang| list(lang, &[kind, "--format", "csv"]));
        for table in &tables {
            let mut reader = csv::Reader::from_reader(table.as_bytes());
            assert_eq!(reader.records().flatten().count(), rows.len(), "{kind}");
        }
        assert_ne!(tables[0].lines().next(), tables[1].lines().next(), "{kind}");
        assert!(
            list("en", &[kind, "--match", "no such text"])
                .lines()
                .count()
                == 1
        );
    }
    // Found by the other language, and by a word of the machine.
    for (kind, pack, wanted, id) in [
        ("rules", "rules/nip-2021", "5G用户普及率", "nip.2"),
        ("rules", "rules/nip-2021", "penetration rate", "nip.2"),
        (
            "indicators",
            "rules/statistics",
            "share",
            "gigabit_users_share",
        ),
    ] {
        let ran = run(&["list", kind, pack, "--match", wanted, "--format", "csv"]);
        assert!(ran.out.contains(&format!("\n{id},")), "{}", ran.out);
    }
}

#[test]
fn a_check_that_watches_runs_again_when_a_file_is_saved() {
    let folder = Folder::new("watch");
    let path = folder.file("pack.plumb", pack(""));
    let figures = folder.file("figures.csv", table("75%"));
    let mut child = Command::new(env!("CARGO_BIN_EXE_plumbrule"))
        .args(["check", &path, "--figures", &figures, "--watch"])
        .env("PLUMBRULE_LANG", "en")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let (sender, receiver) = mpsc::channel();
    let reader = std::thread::spawn(move || {
        for line in lines.map_while(Result::ok) {
            if sender.send(line).is_err() {
                break;
            }
        }
    });
    // Far more time than it takes; a slow machine must not fail the test.
    let until = |wanted: &str| {
        let mut seen = Vec::new();
        while let Ok(line) = receiver.recv_timeout(Duration::from_secs(60)) {
            let is_it = line.contains(wanted);
            seen.push(line);
            if is_it {
                return (true, seen);
            }
        }
        (false, seen)
    };
    let first = until("waiting for a file");
    folder.file("figures.csv", table("85.5%"));
    let second = until("was fail, now pass");
    // Broken rules are told, and it goes on.
    until("waiting for a file");
    folder.file("pack.plumb", "target {");
    let third = until("waiting for a file");
    folder.file("pack.plumb", pack("from 50% in 2020"));
    let fourth = until("nothing changed since the run before");
    child.kill().unwrap();
    child.wait().unwrap();
    reader.join().unwrap();
    for (n, (is_there, seen)) in [first, second, third, fourth].into_iter().enumerate() {
        assert!(is_there, "{n}: {seen:#?}");
    }
}

#[test]
fn a_check_that_watches_may_write_its_file_among_the_figures() {
    let folder = Folder::new("watch-out");
    let path = folder.file("pack.plumb", pack(""));
    let place = folder.path("figures");
    fs::create_dir(&place).unwrap();
    fs::write(folder.path("figures/a.csv"), table("75%")).unwrap();
    let out = folder.path("figures/report.json");
    let mut child = Command::new(env!("CARGO_BIN_EXE_plumbrule"))
        .args([
            "check",
            &path,
            "--figures",
            &place,
            "--watch",
            "--out",
            &out,
        ])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let verdict = |wanted: &str| {
        (0..600).any(|_| {
            std::thread::sleep(Duration::from_millis(100));
            let text = fs::read_to_string(&out).unwrap_or_default();
            let json: Option<Value> = serde_json::from_str(&text).ok();
            json.is_some_and(|json| json["rows"][0]["verdict"] == wanted)
        })
    };
    let before = verdict("fail");
    fs::write(folder.path("figures/a.csv"), table("85.5%")).unwrap();
    let after = verdict("pass");
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(before && after, "{before} {after}");
}
