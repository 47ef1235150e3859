//! What the shell sees: wrong arguments and paths, help, completions, man pages, colours, hints.

use std::collections::BTreeSet;
use std::fs;
use std::process::{Command, Stdio};

use super::{Folder, PACK, Ran, common, golden, pack, run, table};

fn is_han(c: char) -> bool {
    ('\u{3400}'..='\u{9fff}').contains(&c)
}

/// Runs each case in both languages and writes down what is said.
fn told(cases: &[Vec<&str>]) -> [String; 2] {
    ["en", "zh"].map(|lang| {
        let mut text = String::new();
        for case in cases {
            let ran = run(&[&["--lang", lang], &case[..]].concat());
            assert_eq!(ran.status, 2, "{case:?}: {}{}", ran.out, ran.err);
            assert_eq!(ran.out, "", "{case:?}");
            assert!(
                ran.err.contains(char::is_whitespace),
                "{case:?}: nothing is said"
            );
            if lang == "zh" {
                for line in ran.err.lines() {
                    assert!(line.contains(is_han), "{case:?}: {line}");
                }
            }
            text.push_str(&format!("$ plumbrule {}\n{}\n", case.join(" "), ran.err));
        }
        text
    })
}

#[test]
fn wrong_arguments_say_what_was_found_what_is_expected_and_what_is_near() {
    let cases = [
        "chekc",
        "rules/nip-2021",
        "help chekc",
        "-x",
        "check",
        "check rules/nip-2021 --figurs fixtures",
        "check --rules rules/nip-2021",
        "check rules/nip-2021 --format jsn",
        "check rules/nip-2021 --color",
        "check rules/nip-2021 --max-terms many",
        "check rules/nip-2021 --max-terms 1 --max-terms 2",
        "check rules/nip-2021 --watch --format json",
        "check rules/nip-2021 --watch=yes",
        "explain",
        "explain nip.2 nip.3",
        "explain nip.2 --entity Narnia",
        "explain nip.2 --period all",
        "test rules/nip-2021 --color sometimes",
        "dump rules/nip-2021",
        "dump rules/nip-2021 --phase tokens",
        "list rulez",
        "list rules/nip-2021",
        "list keywords rules/nip-2021",
        "completions tcsh",
        "man chek",
        "man check --out docs",
        "init a b",
    ];
    let cases: Vec<Vec<&str>> = cases.iter().map(|case| case.split(' ').collect()).collect();
    let [en, zh] = told(&cases);
    golden::snapshot("cli", "arguments-en", &en);
    golden::snapshot("cli", "arguments-zh", &zh);
}

#[test]
fn where_nothing_is_near_all_that_is_known_is_told() {
    for lang in ["en", "zh"] {
        let ran = run(&["frobnicate", "--lang", lang]);
        assert_eq!(ran.status, 2);
        for command in common::commands() {
            assert!(ran.err.contains(&command), "{command}: {}", ran.err);
        }
        let ran = run(&["check", PACK, "--format", "papyrus", "--lang", lang]);
        assert_eq!(ran.status, 2);
        for format in plumbrule::report::Format::ALL {
            assert!(ran.err.contains(format.name()), "{}", ran.err);
        }
    }
}

#[test]
fn wrong_paths_say_what_is_there_instead() {
    let folder = Folder::new("paths");
    let path = folder.file("pack.plumb", pack(""));
    let figures = folder.file("figures.csv", table("85%"));
    let empty = folder.path("empty");
    fs::create_dir(&empty).unwrap();
    let tables = folder.path("tables");
    fs::create_dir(&tables).unwrap();
    fs::write(folder.path("tables/a.csv"), table("85%")).unwrap();
    let top = folder.path("");
    let top = top.trim_end_matches('/');
    let [wrong, near, deep, out, into, book] = [
        "nothing-like-it",
        "pakc.plumb",
        "tabels/a.csv",
        "no/such/x.txt",
        "tables",
        "a.xlsx",
    ]
    .map(|name| folder.path(name));
    fs::write(&book, "PK").unwrap();
    let coded = folder.file("gbk.plumb", b"// line\n// \xb8\xb2\n");
    let cases: Vec<Vec<&str>> = vec![
        vec!["check", &wrong],
        vec!["check", &near],
        vec!["check", &path, "--figures", &deep],
        vec!["check", &empty],
        vec!["check", &tables],
        vec!["check", &figures],
        vec!["check", &book],
        vec!["check", &path, "--figures", &path],
        vec!["check", &path, "--figures", &empty],
        vec!["check", &path, "--figures", &figures, "--out", &out],
        vec!["check", &path, "--figures", &figures, "--out", &into],
        vec!["fmt", &near],
        vec!["fmt", &figures],
        vec!["fmt", &empty],
        vec!["fmt", &coded],
        vec!["list", "rules", &near],
        vec!["man", "--out", &out],
        vec!["init", &path],
        vec!["init", top],
    ];
    let [en, zh] = told(&cases).map(|text| folder.filtered(&text));
    golden::snapshot("cli", "paths-en", &en);
    golden::snapshot("cli", "paths-zh", &zh);
}

#[test]
fn help_in_chinese_has_no_english_heading() {
    let commands = common::commands();
    let all = std::iter::once(None).chain(commands.iter().map(|name| Some(name.as_str())));
    for command in all {
        let help = common::help("zh", command);
        for line in help.lines().filter(|line| !line.is_empty()) {
            let is_heading = !line.starts_with(' ');
            assert!(!is_heading || line.contains(is_han), "{command:?}: {line}");
            // An option says what it is for, and the name of its value is Chinese too.
            let is_option = line.trim_start().starts_with('-');
            assert!(!is_option || line.contains(is_han), "{command:?}: {line}");
        }
        for english in [
            "Usage", "Options", "Commands", "OPTIONS", "COMMAND", "default", "possible", "Print",
        ] {
            assert!(
                !help.contains(english),
                "{command:?} says {english}: {help}"
            );
        }
        for heading in ["用法：", "选项：", "示例：", "退出码："] {
            let n = help
                .lines()
                .filter(|line| line.starts_with(heading))
                .count();
            assert_eq!(n, 1, "{command:?} {heading}");
        }
        let short = run(&[command.as_slice(), &["-h", "--lang", "zh"]].concat());
        assert_eq!(short.status, 0, "{}", short.err);
        let help = command.map(|name| run(&["help", name, "--lang", "zh"]).out);
        assert!(help.is_none_or(|help| help == short.out), "{command:?}");
    }
}

#[test]
fn help_keeps_to_the_columns_and_says_all_of_it_in_both_languages() {
    for command in common::commands() {
        let options = |lang| -> Vec<String> {
            let help = common::help(lang, Some(&command));
            let lines = help.lines().map(str::trim_start);
            let lines = lines.filter(|line| line.starts_with('-'));
            lines
                .filter_map(|line| line.split(' ').find(|word| word.starts_with("--")))
                .map(str::to_owned)
                .collect()
        };
        assert!(!options("en").is_empty());
        assert_eq!(options("en"), options("zh"), "{command}");
        for lang in ["en", "zh"] {
            let ran = run(&[&command, "--help", "--lang", lang]);
            let examples = ["示例：", "Examples:"];
            let is_example = |line: &&str| line.starts_with("  plumbrule ");
            assert!(
                ran.out.lines().any(|line| examples.contains(&line)),
                "{command}"
            );
            for line in ran.out.lines().filter(|line| !is_example(line)) {
                let width = plumbrule::report::width(line);
                assert!(width <= 100, "{command}: {line}");
            }
        }
    }
}

/// The examples that the help of all commands prints, in a language.
fn examples(lang: &str) -> Vec<String> {
    let mut found = Vec::new();
    for command in common::commands() {
        let help = common::help(lang, Some(&command));
        let lines = help
            .lines()
            .filter_map(|line| line.strip_prefix("  plumbrule "));
        let lines = lines.filter(|line| line.starts_with(&command));
        let before = found.len();
        found.extend(lines.map(|line| line.split(" # ").next().unwrap().trim().to_owned()));
        assert!(found.len() > before, "{lang} {command}");
    }
    found
}

#[test]
fn every_example_of_the_help_runs() {
    let folder = Folder::new("examples");
    let place = &folder.0;
    copy_tree("rules", &place.join("rules"));
    copy_tree("fixtures/published", &place.join("fixtures/published"));
    copy_tree("examples/scores", &place.join("examples/scores"));
    fs::write(place.join("pack.plumb"), pack("")).unwrap();
    let mut tried = BTreeSet::new();
    for lang in ["en", "zh"] {
        for example in examples(lang) {
            // What goes into another program or never ends is read and not run.
            let example = example.split(['>', '|']).next().unwrap().trim();
            // A shell would take the quotation marks off.
            let arguments = example.split(' ').map(|word| word.trim_matches('\''));
            let arguments: Vec<&str> = arguments.collect();
            let writes_home = example.contains('~');
            if writes_home || arguments.contains(&"--watch") {
                continue;
            }
            // What the help of both languages shows is run once.
            if !tried.insert(example.to_owned()) {
                continue;
            }
            let output = Command::new(env!("CARGO_BIN_EXE_plumbrule"))
                .args(&arguments)
                .current_dir(place)
                .env("PLUMBRULE_LANG", lang)
                .output()
                .unwrap();
            let status = output.status.code().unwrap();
            let said = String::from_utf8_lossy(&output.stderr);
            assert!(matches!(status, 0 | 1 | 3), "{example}: {status} {said}");
        }
    }
}

fn copy_tree(from: &str, to: &std::path::Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(common::root(from)).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        if entry.path().is_dir() {
            copy_tree(&format!("{from}/{name}"), &to.join(&name));
        } else {
            fs::copy(entry.path(), to.join(&name)).unwrap();
        }
    }
}

/// Whether a shell takes a script; nothing where the shell is not installed.
fn accepts(shell: &str, script: &str) -> Option<bool> {
    let mut child = Command::new(shell)
        .arg("-n")
        .arg(script)
        .stdout(Stdio::null())
        .stderr(Stdio::inherit())
        .spawn()
        .ok()?;
    Some(child.wait().unwrap().success())
}

#[test]
fn shells_take_the_completions_and_know_every_command_and_option() {
    let folder = Folder::new("completions");
    let commands = common::commands();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let [en, zh] = ["en", "zh"].map(|lang| {
            let ran = run(&["completions", shell, "--lang", lang]);
            assert_eq!(ran.status, 0, "{}", ran.err);
            for command in &commands {
                assert!(ran.out.contains(command.as_str()), "{shell}: {command}");
            }
            assert!(ran.out.contains("known-on"), "{shell}");
            let script = folder.file(&format!("{lang}.{shell}"), &ran.out);
            assert_ne!(accepts(shell, &script), Some(false), "{shell}");
            ran.out
        });
        // Only bash shows no descriptions.
        assert_eq!(en == zh, shell == "bash", "{shell}");
    }
}

#[test]
fn man_pages_are_in_their_language() {
    let folder = Folder::new("man");
    let headings = [
        (
            "en",
            ["NAME", "SYNOPSIS", "OPTIONS", "EXAMPLES", "EXIT STATUS"],
        ),
        ("zh", ["名称", "概要", "选项", "示例", "退出码"]),
    ];
    for (lang, headings) in headings {
        let place = folder.path(lang);
        fs::create_dir(&place).unwrap();
        let ran = run(&["man", "--out", &place, "--lang", lang]);
        assert_eq!(ran.status, 0, "{}", ran.err);
        let pages = fs::read_dir(&place).unwrap().count();
        assert_eq!(pages, common::commands().len() + 1);
        for command in common::commands() {
            let file = format!("{place}/plumbrule-{command}.1");
            let page = fs::read_to_string(&file).unwrap();
            assert!(page.contains(".TH plumbrule"), "{page}");
            let found = page.lines().filter_map(|line| line.strip_prefix(".SH "));
            let found: Vec<&str> = found.map(|heading| heading.trim_matches('"')).collect();
            assert_eq!(found, headings, "{command}");
            assert_eq!(run(&["man", &command, "--lang", lang]).out, page);
            // A line that begins with a point is an order of the page, never its text.
            let orders = ["TH", "SH", "TP", "br", "ie", "el", "PP", "RS", "RE", "IP"];
            for line in page.lines().filter(|line| line.starts_with('.')) {
                let order = line[1..].split(' ').next().unwrap();
                assert!(orders.contains(&order), "{command}: {line}");
            }
        }
    }
}

/// A check with variables of the environment.
fn coloured(arguments: &[&str], variables: &[(&str, &str)]) -> (bool, bool) {
    let output = Command::new(env!("CARGO_BIN_EXE_plumbrule"))
        .args(arguments)
        .env_clear()
        .envs(variables.iter().copied())
        .output()
        .unwrap();
    let has = |bytes: &[u8]| bytes.contains(&0x1b);
    (has(&output.stdout), has(&output.stderr))
}

#[test]
fn colours_follow_the_option_then_the_environment() {
    let folder = Folder::new("colour");
    let path = folder.file("pack.plumb", pack(""));
    let figures = folder.file("figures.csv", table("85%"));
    let check = ["check", &path, "--figures", &figures];
    let broken = folder.file("broken.plumb", "target {");
    type Case<'a> = (&'a [&'a str], &'a [(&'a str, &'a str)], bool);
    let cases: [Case<'_>; 8] = [
        (&[], &[], false),
        (&["--color", "always"], &[], true),
        (&["--color", "always"], &[("NO_COLOR", "1")], true),
        (&["--color", "never"], &[("CLICOLOR_FORCE", "1")], false),
        (&[], &[("CLICOLOR_FORCE", "1")], true),
        (&[], &[("CLICOLOR_FORCE", "0")], false),
        (&[], &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], false),
        (&[], &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "")], true),
    ];
    for (option, variables, is_coloured) in cases {
        let out = coloured(&[&check, option].concat(), variables);
        assert_eq!(out, (is_coloured, false), "{option:?} {variables:?}");
        let err = coloured(&[&["test", &broken], option].concat(), variables);
        assert_eq!(err, (false, is_coloured), "{option:?} {variables:?}");
        let err = coloured(&[&["test", "no-such-file"], option].concat(), variables);
        assert_eq!(err, (false, is_coloured), "{option:?} {variables:?}");
    }
    // A file is never coloured.
    let out = folder.path("report.txt");
    coloured(
        &[&check[..], &["--color", "always", "--out", &out]].concat(),
        &[],
    );
    assert!(!fs::read(&out).unwrap().contains(&0x1b));
}

#[test]
#[cfg(unix)]
fn the_hint_below_a_check_is_a_command_that_runs() {
    let folder = Folder::new("hint");
    let place = folder.path("my plan's");
    fs::create_dir(&place).unwrap();
    let path = format!("{place}/pack.plumb");
    let figures = format!("{place}/figures 1.csv");
    fs::write(&path, pack("")).unwrap();
    fs::write(&figures, table("75%")).unwrap();
    for (lang, lead) in [("en", "to see why: "), ("zh", "逐条说明：")] {
        let arguments = [
            "check",
            &place,
            "--figures",
            &figures,
            "--in-force",
            "2025-06-30",
        ];
        let ran = run(&[&["--lang", lang], &arguments[..]].concat());
        let hint = ran.out.lines().find_map(|line| line.strip_prefix(lead));
        let hint = hint.unwrap_or_default().to_owned();
        let command = hint.replacen("plumbrule", env!("CARGO_BIN_EXE_plumbrule"), 1);
        let output = Command::new("sh")
            .args(["-c", &command])
            .current_dir(folder.path(""))
            .env("PLUMBRULE_LANG", "en")
            .output()
            .unwrap();
        let said = Ran {
            status: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        };
        assert_eq!(said.status, 0, "{hint}: {}", said.err);
        assert!(said.out.starts_with("t "), "{hint}: {}", said.out);
        // In the language of the check, whatever the surroundings say.
        assert_eq!(said.out.contains(is_han), lang == "zh", "{}", said.out);
    }
}

/// A pack over any firms.
const FIRMS: &str = "pack p \"P\" { }\nentity firm \"Firms\" { members open }\n\
                     indicator out \"Output\" { kind index }\n\
                     target t \"T\" { for each firm require out at least 2 }\n";

/// What signs a name of a table may try to move a screen with, and how they are shown.
const MOVING: [(&str, &str); 4] = [
    ("\u{1b}[2K", "[U+001B][2K"),
    ("\u{7}", "[U+0007]"),
    ("\r", "[U+000D]"),
    ("\u{202e}", "[U+202E]"),
];

/// A table with a sign in a name, and in a cell that cannot be read.
fn moving(folder: &Folder, sign: &str) -> String {
    let rows = format!("entity,year,out\n\"a{sign}b\",2024,1\nc,2024,\"n{sign}x\"\n");
    folder.file("moving.csv", rows)
}

#[test]
fn no_text_of_a_table_moves_what_the_error_stream_shows() {
    let folder = Folder::new("moving");
    let rules = folder.file("pack.plumb", FIRMS);
    for (sign, shown) in MOVING {
        let table = moving(&folder, sign);
        let check = ["check", &rules, "--figures", &table, "--period", "all"];
        for more in [&[][..], &["--columns"][..]] {
            let ran = run(&[&check[..], more].concat());
            assert!(!ran.err.contains(sign), "{:?}", ran.err);
            assert!(ran.err.contains(shown), "{:?}", ran.err);
        }
        // What is not for a screen stays as it is.
        let ran = run(&check);
        assert!(ran.out.contains(&format!("a{sign}b")), "{:?}", ran.out);
        // The caret stands below the cell.
        assert!(ran.err.contains("\n   | ^\n"), "{:?}", ran.err);
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_terminal_shows_signs_that_nobody_sees_and_keeps_colours() {
    let folder = Folder::new("terminal");
    let rules = folder.file("pack.plumb", FIRMS);
    for (sign, shown) in MOVING {
        let table = moving(&folder, sign);
        let program = env!("CARGO_BIN_EXE_plumbrule");
        let check = format!("{program} check {rules} --figures {table} --period all");
        let output = Command::new("script")
            .args(["-qec", &check, "/dev/null"])
            .env_clear()
            .envs([("TERM", "xterm"), ("PLUMBRULE_LANG", "en")])
            .env("PATH", "/usr/bin:/bin")
            .stdin(Stdio::null())
            .output()
            .unwrap();
        // A terminal ends each line with a return of its own.
        let said = String::from_utf8(output.stdout)
            .unwrap()
            .replace("\r\n", "\n");
        assert!(!said.contains(sign), "{said:?}");
        assert!(said.contains(&format!("a{shown}b")), "{said:?}");
        assert!(said.contains("\u{1b}[31;1mfail\u{1b}[0m"), "{said:?}");
    }
}
