//! The command line as a user meets it: exit statuses, filters, clocks, formats, and what is
//! said of input that cannot be used. What it says is in `tests/cli`, machine paths left out.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use plumbrule::diagnostic::Code;
use plumbrule::figures::ProblemCode;
use serde_json::Value;

use crate::{common, golden};

#[path = "cli/chosen.rs"]
mod chosen;
#[path = "cli/columns.rs"]
mod columns;
#[path = "cli/first_hour.rs"]
mod first_hour;
#[path = "cli/lost.rs"]
mod lost;
#[cfg(unix)]
#[path = "cli/places.rs"]
mod places;
#[path = "cli/shell.rs"]
mod shell;
#[path = "cli/watched.rs"]
mod watched;

use common::Ran;

const PACK: &str = "rules/nip-2021";

fn run(arguments: &[&str]) -> Ran {
    common::run_in(
        &common::root(""),
        arguments,
        &[("PLUMBRULE_LANG", "en"), ("COLUMNS", "100")],
    )
}

/// A folder of its own for one test, empty.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        if path.exists() {
            fs::remove_dir_all(&path).unwrap();
        }
        fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    /// Writes a file and returns its path.
    fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.0.join(name);
        fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    }

    fn path(&self, name: &str) -> String {
        self.0.join(name).to_str().unwrap().to_owned()
    }

    /// A text without the place of this folder.
    fn filtered(&self, text: &str) -> String {
        text.replace(self.0.to_str().unwrap(), "TMP")
    }
}

/// A pack of one target with clauses of its own.
fn pack(clauses: &str) -> String {
    format!(
        "pack p \"规则包\" {{ en \"Pack\" entity CN }}\n\
         entity CN \"中国\" {{ en \"China\" }}\n\
         indicator coverage \"覆盖率\" {{ en \"Coverage\" unit % kind share }}\n\
         target t \"目标\" {{ en \"Target\" require coverage >= 80% by 2025 {clauses} }}\n"
    )
}

fn table(value: &str) -> String {
    format!("indicator,period,value\ncoverage,2025,{value}\n")
}

#[test]
fn the_exit_status_says_how_it_went() {
    let folder = Folder::new("status");
    // Clauses, printed figure, evaluated period, status.
    let cases = [
        ("", "85%", "2025", 0),
        ("", "75%", "2025", 1),
        ("", "约80%", "2025", 3),
        ("burden submitter", "约80%", "2025", 1),
        ("burden authority", "约80%", "2025", 0),
        ("burden authority", "75%", "2025", 1),
        ("burden submitter", "85%", "2025", 0),
        // Pending, whatever the figure and the burden.
        ("burden submitter", "75%", "2024", 0),
        ("waived until 2026 \"缓办\"", "75%", "2025", 0),
        // A value that cannot be read.
        ("", "many", "2025", 2),
    ];
    for (clauses, value, period, status) in cases {
        let pack = folder.file("pack.plumb", pack(clauses));
        let figures = folder.file("figures.csv", table(value));
        let ran = run(&["check", &pack, "--figures", &figures, "--period", period]);
        let case = format!("{clauses} {value} {period}\n{}{}", ran.out, ran.err);
        assert_eq!(ran.status, status, "{case}");
    }
}

#[test]
fn a_burden_of_the_pack_holds_for_rules_without_their_own() {
    let folder = Folder::new("burden");
    let figures = folder.file("figures.csv", table("约80%"));
    let of_pack = pack("").replace("entity CN }", "entity CN burden submitter }");
    for (text, status) in [
        (of_pack.clone(), 1),
        (of_pack.replace("by 2025", "by 2025 burden authority"), 0),
    ] {
        let path = folder.file("pack.plumb", text);
        let ran = run(&["check", &path, "--figures", &figures]);
        assert_eq!(ran.status, status, "{}{}", ran.out, ran.err);
    }
}

#[test]
fn every_period_with_a_figure_has_a_column() {
    let ran = run(&[
        "check",
        PACK,
        "--figures",
        "fixtures/published",
        "--period",
        "all",
    ]);
    let header = ran.out.lines().nth(2).unwrap();
    let years: Vec<&str> = header.split_whitespace().collect();
    for year in ["2020", "2023", "2024", "2025"] {
        assert!(years.contains(&year), "{header}");
    }
    assert_eq!(ran.status, 1, "{}", ran.err);
    assert_eq!(ran.err, "");
}

/// Whether a text is a decimal number that no float could have rounded.
fn is_decimal(value: &Value) -> bool {
    let Some(text) = value.as_str() else {
        return false;
    };
    let digits = text.strip_prefix('-').unwrap_or(text);
    let mut parts = digits.splitn(2, '.');
    parts.all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
}

fn assert_set(set: &Value) {
    let keys: BTreeSet<&str> = set
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    assert_eq!(keys, BTreeSet::from(["hi", "hi_open", "lo", "lo_open"]));
    for (end, open) in [("lo", "lo_open"), ("hi", "hi_open")] {
        assert!(set[end].is_null() || is_decimal(&set[end]), "{set}");
        assert!(set[open].is_boolean(), "{set}");
        assert!(!set[end].is_null() || set[open] == true, "{set}");
    }
}

/// Looks at every set and every number below a value.
fn assert_values(value: &Value) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                let is_set = matches!(
                    name.as_str(),
                    "set" | "score" | "achieved" | "required" | "projection"
                );
                if is_set && !field.is_null() {
                    assert_set(field);
                } else {
                    assert_values(field);
                }
                let is_count =
                    matches!(name.as_str(), "n_figures" | "n_problems" | "row" | "column");
                assert!(!field.is_number() || is_count, "{name} is a bare number");
            }
        }
        Value::Array(items) => items.iter().for_each(assert_values),
        _ => {}
    }
}

#[test]
fn machine_output_has_its_declared_shape() {
    let arguments = [
        "check",
        PACK,
        "--figures",
        "fixtures/published",
        "--format",
        "json",
    ];
    let ran = run(&arguments);
    assert_eq!(ran.status, 1, "{}", ran.err);
    let json: Value = serde_json::from_str(&ran.out).unwrap();
    let names: Vec<&str> = json
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    assert_eq!(
        names.iter().collect::<BTreeSet<_>>(),
        ["findings", "problems", "rows", "run", "schema"]
            .iter()
            .collect()
    );
    assert!(
        json["schema"]
            .as_str()
            .unwrap()
            .starts_with("plumbrule-check-")
    );
    for digest in ["rules_digest", "figures_digest"] {
        let text = json["run"][digest].as_str().unwrap();
        assert!(
            text.starts_with("sha256:") && text.len() == 7 + 64,
            "{text}"
        );
    }
    assert_eq!(json["run"]["periods"], serde_json::json!(["2025"]));
    assert_eq!(json["run"]["n_problems"], 0);
    let rows = json["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 18);
    let verdicts = [
        "fail",
        "undetermined",
        "pending",
        "waived",
        "pass",
        "not-applicable",
    ];
    for row in rows {
        for name in ["rule", "entity", "period", "verdict", "reading"] {
            assert!(row[name].is_string(), "{name} in {row}");
        }
        assert!(
            verdicts.contains(&row["verdict"].as_str().unwrap()),
            "{row}"
        );
        let is_undetermined = row["verdict"] == "undetermined";
        assert_eq!(
            is_undetermined,
            !row["causes"].as_array().unwrap().is_empty(),
            "{row}"
        );
    }
    assert_values(&json);
    let by_id = |id: &str| rows.iter().find(|row| row["rule"] == id).unwrap();
    let margin = &by_id("nip.1")["margin"]["set"];
    assert_eq!(
        (margin["lo"].as_str(), margin["hi"].as_str()),
        (Some("-0.75"), Some("-0.75"))
    );
    let figure = &by_id("nip.9")["figures"][0]["set"];
    assert_eq!(figure["lo"], "10.5");
    assert!(
        figure["hi"].is_null() && figure["hi_open"] == true,
        "{figure}"
    );
    // The same bytes again, and in the other language: words of enumerations are never translated.
    assert_eq!(run(&arguments).out, ran.out);
    let in_chinese = run(&[&["--lang", "zh"], &arguments[..]].concat());
    assert_eq!(in_chinese.out, ran.out);
}

#[test]
fn an_outlook_is_an_object_and_only_pending_rows_have_one() {
    let ran = run(&[
        "check",
        PACK,
        "--figures",
        "fixtures/published",
        "--format",
        "json",
        "--period",
        "2024",
    ]);
    assert_eq!(ran.status, 0, "pending changes no status: {}", ran.err);
    let json: Value = serde_json::from_str(&ran.out).unwrap();
    assert_values(&json);
    for row in json["rows"].as_array().unwrap() {
        assert_eq!(row["verdict"], "pending");
        let class = row["outlook"]["class"].as_str().unwrap();
        assert!(["met-early", "on-track", "off-track", "undetermined"].contains(&class));
    }
}

fn ids(ran: &Ran) -> Vec<String> {
    let json: Value = serde_json::from_str(&ran.out).unwrap();
    let rows = json["rows"].as_array().unwrap();
    rows.iter()
        .map(|row| row["rule"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn filters_keep_what_they_name() {
    let filtered = |filter: &[&str]| {
        let base = [
            "check",
            PACK,
            "--figures",
            "fixtures/published",
            "--format",
            "json",
        ];
        run(&[&base[..], filter].concat())
    };
    assert_eq!(
        ids(&filtered(&["--rule", "nip.2,nip.9"])),
        ["nip.2", "nip.9"]
    );
    let services = ["nip.14", "nip.15", "nip.16", "nip.17"];
    assert_eq!(ids(&filtered(&["--category", "政务服务"])), services);
    assert_eq!(
        ids(&filtered(&["--category", "Government services"])),
        services
    );
    assert_eq!(ids(&filtered(&["--verdict", "fail"])), ["nip.1", "nip.12"]);
    assert_eq!(
        ids(&filtered(&["--verdict", "未通过"])),
        ["nip.1", "nip.12"]
    );
    let both = filtered(&["--category", "政务服务", "--verdict", "pass"]);
    assert_eq!(ids(&both), ["nip.15", "nip.16"]);
    // The status is that of the rows that are left.
    assert_eq!(both.status, 0);
    assert_eq!(filtered(&["--rule", "nip.2"]).status, 3);
}

#[test]
fn nothing_is_known_before_anything_is_published() {
    let ran = run(&[
        "check",
        PACK,
        "--figures",
        "fixtures/published",
        "--format",
        "json",
        "--period",
        "2025",
        "--known-on",
        "2021-11-30",
    ]);
    assert_eq!(ran.status, 3, "{}", ran.err);
    let json: Value = serde_json::from_str(&ran.out).unwrap();
    for row in json["rows"].as_array().unwrap() {
        assert_eq!(row["verdict"], "undetermined", "{row}");
        assert_eq!(row["causes"], serde_json::json!(["missing"]), "{row}");
        assert_eq!(row["figures"], serde_json::json!([]), "{row}");
    }
    assert_eq!(json["findings"], serde_json::json!([]));
    assert_eq!(json["run"]["known_on"], "2021-11-30");
}

#[test]
fn the_law_in_force_is_that_of_the_day() {
    let folder = Folder::new("in-force");
    let text = pack("under law")
        + "instrument law \"法\" { en \"Law\" in force since 2023 until 2026-06 }\n";
    let path = folder.file("pack.plumb", text);
    let figures = folder.file("figures.csv", table("75%"));
    for (day, status, word) in [
        ("2022-12-31", 0, "not in force"),
        ("2023-01-01", 1, "fail"),
        ("2026-06-30", 1, "fail"),
        ("2026-07-01", 0, "ended"),
    ] {
        let ran = run(&[
            "explain",
            "t",
            "--rules",
            &path,
            "--figures",
            &figures,
            "--in-force",
            day,
        ]);
        assert!(ran.out.contains(word), "{day}: {}", ran.out);
        let ran = run(&["check", &path, "--figures", &figures, "--in-force", day]);
        assert_eq!(ran.status, status, "{day}: {}", ran.out);
    }
}

/// A copy of the rules of the plan.
fn copy(folder: &Folder) -> Vec<String> {
    common::files(PACK, &[".plumb"])
        .into_iter()
        .map(|path| {
            let name = path.rsplit('/').next().unwrap().to_owned();
            folder.file(&name, fs::read(common::root(&path)).unwrap())
        })
        .collect()
}

#[test]
fn rules_go_into_the_other_language_and_back() {
    let folder = Folder::new("fmt");
    let paths = copy(&folder);
    let all = folder.0.to_str().unwrap();
    let texts = || -> Vec<String> {
        paths
            .iter()
            .map(|path| fs::read_to_string(path).unwrap())
            .collect()
    };
    assert_eq!(run(&["fmt", all, "--lang", "en"]).status, 0);
    let english = texts();
    assert_eq!(run(&["fmt", all, "--check"]).status, 0);
    let checked = run(&[
        "check",
        all,
        "--figures",
        "fixtures/published",
        "--format",
        "json",
    ]);
    assert_eq!(run(&["fmt", all, "--lang", "zh"]).status, 0);
    assert_ne!(texts(), english, "nothing was translated");
    assert_eq!(run(&["fmt", all, "--check"]).status, 0);
    let in_chinese = run(&[
        "check",
        all,
        "--figures",
        "fixtures/published",
        "--format",
        "json",
    ]);
    let rows = |ran: &Ran| serde_json::from_str::<Value>(&ran.out).unwrap()["rows"].clone();
    assert_eq!(rows(&checked), rows(&in_chinese));
    assert_eq!(run(&["fmt", all, "--lang", "en"]).status, 0);
    assert_eq!(texts(), english);
}

#[test]
fn a_check_of_the_format_changes_nothing() {
    let folder = Folder::new("fmt-check");
    let text = "indicator   users \"用户\" {unit 户}\n";
    let path = folder.file("pack.plumb", text);
    let ran = run(&["fmt", "--check", &path]);
    assert_eq!(ran.status, 1);
    assert!(ran.out.contains("pack.plumb"), "{}", ran.out);
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
    assert_eq!(run(&["fmt", &path]).status, 0);
    assert_ne!(fs::read_to_string(&path).unwrap(), text);
    assert_eq!(run(&["fmt", "--check", &path]).status, 0);
    let broken = folder.file("broken.plumb", "target {");
    let ran = run(&["fmt", &broken]);
    assert_eq!(ran.status, 2, "{}", ran.out);
    assert_eq!(fs::read_to_string(&broken).unwrap(), "target {");
}

#[test]
fn every_stage_can_be_seen() {
    for (phase, word) in [
        ("ast", "penetration_5g"),
        ("model", "penetration_5g"),
        ("graph", "internet_users"),
        ("program", "nip.17 goal"),
    ] {
        let ran = run(&["dump", "--phase", phase, PACK]);
        assert_eq!(ran.status, 0, "{phase}: {}", ran.err);
        assert!(ran.out.contains(word), "{phase} does not say {word}");
    }
}

#[test]
fn every_code_has_a_page_in_both_languages() {
    let codes = Code::ALL.iter().map(|code| code.as_str());
    let codes = codes.chain(ProblemCode::ALL.iter().map(|code| code.as_str()));
    // The pages themselves are compared elsewhere; here one of each letter is asked for.
    let mut letters = BTreeSet::new();
    for code in codes.filter(|code| letters.insert(code.chars().next())) {
        for (lang, word) in [("en", "Wrong:"), ("zh", "错误：")] {
            let ran = run(&["explain", &code.to_lowercase(), "--lang", lang]);
            assert_eq!(ran.status, 0, "{code}");
            assert!(
                ran.out.starts_with(code) && ran.out.contains(word),
                "{}",
                ran.out
            );
        }
    }
    assert_eq!(letters.len(), 6);
}

#[test]
fn a_rule_is_explained_by_its_id_and_by_its_names() {
    let by = |name: &str| {
        run(&[
            "explain",
            name,
            "--figures",
            "fixtures/published",
            "--period",
            "2024",
        ])
    };
    let by_id = by("nip.2");
    assert_eq!(by_id.status, 0, "{}", by_id.err);
    assert!(by_id.out.contains("超71%"), "{}", by_id.out);
    assert_eq!(by("5G用户普及率").out, by_id.out);
    assert_eq!(by("5G user penetration rate").out, by_id.out);
    let ran = run(&[
        "explain",
        "nip.2",
        "--format",
        "json",
        "--figures",
        "fixtures/published",
    ]);
    let json: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(json["row"]["rule"], "nip.2");
    assert!(!json["nodes"].as_array().unwrap().is_empty());
    assert_values(&json);
}

#[test]
fn tests_of_a_pack_decide_the_status_of_their_run() {
    let folder = Folder::new("test");
    for (verdict, status) in [("pass", 0), ("fail", 1)] {
        let text = pack("")
            + &format!("test \"case\" {{ given coverage @ 2025 = 85% expect t {verdict} }}\n");
        let path = folder.file("pack.plumb", text);
        let ran = run(&["test", &path]);
        assert_eq!(ran.status, status, "{}", ran.out);
        assert!(ran.out.contains("case"), "{}", ran.out);
    }
}

#[test]
fn help_is_in_the_language_asked_for() {
    let (en, zh) = (
        run(&["check", "--help"]),
        run(&["check", "--help", "--lang", "zh"]),
    );
    assert_eq!((en.status, zh.status), (0, 0));
    assert!(
        en.out.contains("Usage: ") && !en.out.contains("规则"),
        "{}",
        en.out
    );
    assert!(
        zh.out.contains("规则") && !zh.out.contains("Usage: "),
        "{}",
        zh.out
    );
    let ran = run(&["chekc"]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("check"), "{}", ran.err);
}

/// Input that cannot be used: its name, the rule file, the table, and where they are not files
/// the arguments.
fn bad_input(folder: &Folder) -> Vec<(&'static str, Vec<String>)> {
    let rules = |name: &str, text: String| folder.file(&format!("{name}.plumb"), text);
    let good = rules("good", pack(""));
    let figures = folder.file("good.csv", table("85%"));
    let indicator = "indicator x \"量\" { unit 户 }\n";
    let long_sum = vec!["x"; 100_000].join(" + ");
    let deep = format!("{}x{}", "(".repeat(10_000), ")".repeat(10_000));
    let with_rules = |name: &'static str, text: String| {
        let path = rules(name, text);
        (name, vec![path, "--figures".to_owned(), figures.clone()])
    };
    let with_table = |name: &'static str, bytes: Vec<u8>| {
        let path = folder.file(&format!("{name}.csv"), bytes);
        (name, vec![good.clone(), "--figures".to_owned(), path])
    };
    let with = |name: &'static str, extra: [&str; 2]| {
        let mut arguments = vec![good.clone(), "--figures".to_owned(), figures.clone()];
        arguments.extend(extra.map(str::to_owned));
        (name, arguments)
    };
    vec![
        ("no-rules", vec![folder.path("goood.plumb")]),
        (
            "no-table",
            vec![good.clone(), "--figures".to_owned(), folder.path("god.csv")],
        ),
        with_rules("rules-not-utf8", String::new()),
        with_rules("empty-rules", String::new()),
        with_rules(
            "unknown-unit",
            format!("{indicator}target t \"t\" {{ require x >= 1户口 by 2025 }}\n"),
        ),
        with_rules("foreign-unit", pack("").replace("80%", "80人")),
        with_rules(
            "duplicate-id",
            pack("") + "target t \"二\" { require coverage >= 1% by 2025 }\n",
        ),
        with_rules(
            "cycle",
            format!("{indicator}define a = b\ndefine b = c\ndefine c = a + x\n"),
        ),
        with_rules("due-before-baseline", pack("from 15% in 2030")),
        with_rules("brackets", format!("{indicator}define y = {deep}\n")),
        with_rules("long-sum", format!("{indicator}define y = {long_sum}\n")),
        with_rules(
            "long-number",
            format!("{indicator}define y = {}户\n", "9".repeat(10_000)),
        ),
        with_rules("million-lines", "// line\n".repeat(1_000_000)),
        with_table("table-empty", Vec::new()),
        with_table("table-unknown-unit", table("85‱").into_bytes()),
        with_table("table-foreign-unit", table("85万人").into_bytes()),
        with_table("table-no-unit", table("85").into_bytes()),
        with_table(
            "table-unknown-indicator",
            table("85%").replace("coverage", "covrage").into_bytes(),
        ),
        with("unknown-rule", ["--rule", "tt"]),
        with("unknown-category", ["--category", "设施"]),
        with("unknown-verdict", ["--verdict", "failed"]),
        with("bad-period", ["--period", "2025-13"]),
        with("bad-day", ["--known-on", "yesterday"]),
        with("no-such-folder", ["--out", "no/such/folder/report.txt"]),
    ]
}

/// Long lines cut, machine paths left out, the words of the operating system too.
fn tidied(folder: &Folder, text: &str) -> String {
    let lines = folder.filtered(text);
    let lines = lines
        .lines()
        .map(|line| match line.char_indices().nth(220) {
            Some((at, _)) => format!("{} …", &line[..at]),
            None => line.trim_end().to_owned(),
        });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn input_that_cannot_be_used_is_told_with_its_place_and_a_way_out() {
    let folder = Folder::new("bad");
    for (name, arguments) in bad_input(&folder) {
        if name == "rules-not-utf8" {
            fs::write(&arguments[0], b"// line\n// \xb8\xb2\xb8\xc7\xc2\xca\n").unwrap();
        }
        let out = folder.file("report.txt", "as it was");
        let mut text = String::new();
        for lang in ["en", "zh"] {
            // The slow ones say the same thing in both languages of the library's own tests.
            if lang == "zh" && matches!(name, "long-sum" | "brackets") {
                continue;
            }
            let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
            let has_out = arguments.contains(&"--out");
            let rest: &[&str] = if has_out { &[] } else { &["--out", &out] };
            let ran = run(&[&["--lang", lang, "check"], &arguments[..], rest].concat());
            assert_eq!(ran.status, 2, "{name}: {}{}", ran.out, ran.err);
            assert_eq!(ran.out, "", "{name}");
            assert!(!ran.err.contains("panicked"), "{name}: {}", ran.err);
            text.push_str(&ran.err);
        }
        assert_eq!(fs::read_to_string(&out).unwrap(), "as it was", "{name}");
        golden::snapshot("cli", name, &tidied(&folder, &text));
    }
}

#[test]
fn a_report_is_written_whole_to_its_file() {
    let folder = Folder::new("out");
    let out = folder.file("report.json", "what was there before");
    let arguments = [
        "check",
        PACK,
        "--figures",
        "fixtures/published",
        "--format",
        "json",
    ];
    let ran = run(&[&arguments[..], &["--out", &out]].concat());
    assert_eq!((ran.status, ran.out.as_str()), (1, ""));
    assert_eq!(fs::read_to_string(&out).unwrap(), run(&arguments).out);
    let left: Vec<_> = fs::read_dir(&folder.0).unwrap().collect();
    assert_eq!(left.len(), 1, "{left:?}");
}

#[test]
fn a_pack_that_checks_nothing_is_an_error() {
    let folder = Folder::new("nothing");
    let figures = folder.file("figures.csv", table("85%"));
    let (rules, _) = pack("").split_once("target").map_or_else(
        || (String::new(), String::new()),
        |(before, after)| (before.to_owned(), after.to_owned()),
    );
    let path = folder.file("pack.plumb", rules);
    let ran = run(&["check", &path, "--figures", &figures]);
    assert_eq!((ran.status, ran.out.as_str()), (2, ""));
    assert!(ran.err.contains("no target and no check"), "{}", ran.err);
}

#[test]
fn a_warning_alone_changes_no_status() {
    let folder = Folder::new("warning");
    let path = folder.file("pack.plumb", pack(""));
    let figures = folder.file(
        "figures.csv",
        "indicator,period,value,unti\ncoverage,2025,85%,x\n",
    );
    let ran = run(&["check", &path, "--figures", &figures]);
    assert_eq!(ran.status, 0);
    assert!(ran.err.starts_with("warning[F005]"), "{}", ran.err);
    let ran = run(&["check", &path, "--figures", &figures, "--lang", "zh"]);
    assert!(ran.err.starts_with("警告[F005]"), "{}", ran.err);
}

/// How a test begins, in either language.
const TESTS: [&str; 2] = ["test \"", "\u{7528}\u{4f8b} \""];

#[test]
fn the_tests_of_every_example_hold() {
    let mut n_files = 0;
    let folders = fs::read_dir(common::root("examples")).unwrap();
    let folders = folders.map(|entry| entry.unwrap().path());
    for folder in folders.filter(|path| path.is_dir()) {
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        for path in common::files(&format!("examples/{name}"), &[".plumb"]) {
            let text = fs::read_to_string(common::root(&path)).unwrap();
            if !text
                .lines()
                .any(|line| TESTS.iter().any(|word| line.starts_with(word)))
            {
                continue;
            }
            let ran = run(&["test", &path]);
            assert_eq!(ran.status, 0, "{path}: {}{}", ran.out, ran.err);
            n_files += 1;
        }
    }
    assert!(n_files > 10, "{n_files}");
}
