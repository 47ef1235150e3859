//! How targets on their way are shown: the dashboard in both languages, charts, and what is said
//! of a figure that cannot be supposed.

use std::process::Command;

use plumbrule::eval::Options;
use plumbrule::figures::{Limits, Submission};
use plumbrule::message::Lang;
use plumbrule::period::Period;
use plumbrule::program::Program;
use plumbrule::progress::progress;
use plumbrule::report::{ChartForm, chart};

use crate::{common, golden, repository, schema};

const PACK: &str = r#"
pack p "P" { entity CN }
entity CN "中国" { }
indicator x "X" { kind share unit % }
indicator f "F" { unit 元 break new since 2021 }
target lin "a < b & <script>alert(1)</script> ]]> '" { require x >= 56% by 2025 from 15% in 2020 path linear }
target geo "等比" { require x >= 56% by 2025 from 15% in 2020 path geometric }
target way "节点" { require x >= 56% by 2025 from 15% in 2020 path waypoints 2022 26%, 2024 50% }
target down "下降" { require f <= 50元 by 2025 from 100元 in 2020 path linear }
target yearly "逐年" { require f <= 90元 each year since 2021 }
"#;

#[test]
fn a_chart_is_plain_svg_whatever_the_names() {
    let rules = PACK.replace(
        "直线 Linear",
        "a < b & <script>alert(1)</script> ]]> ' \u{202e}",
    );
    let mut sources = plumbrule::Sources::with_std();
    sources.add("pack.plumb", &rules);
    let program = plumbrule::compile(&sources).unwrap_or_else(|problems| panic!("{problems:#?}"));
    let rows = "x,2021,约20%,a\nx,2022,超26%,a\nx,2022,28%,b\nf,2022,不足90元,<a>\n";
    let table = format!("indicator,period,value,source\n{rows}");
    let mut submission = Submission::new(&program.model);
    let limits = Limits::default();
    submission.read_table(&program.model, "t.csv", table.as_bytes(), &limits);
    assert!(submission.problems.is_empty(), "{:#?}", submission.problems);
    let options = Options {
        period: Some(Period::Year(2022)),
        ..Options::default()
    };
    let mut ids = Vec::new();
    for (of, rule) in program.model.rules.iter() {
        let entity = submission.entity_named("CN").unwrap();
        let progress = progress(&program, &submission, &options, of, entity).unwrap();
        for lang in Lang::ALL {
            let prefix = format!("{}-{}\"><x", rule.id, lang.code());
            let svg = chart(&progress, lang, &prefix, ChartForm::Fragment);
            balanced(&svg);
            assert!(!svg.contains("<script") && !svg.contains("url("), "{svg}");
            ids.extend(attributes(&svg, "id"));
            for name in ["x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r"] {
                for value in attributes(&svg, name) {
                    assert!(value.parse::<i64>().is_ok(), "{name} {value}");
                }
            }
        }
    }
    let n_ids = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!(n_ids, ids.len());
}

/// The values of an attribute.
fn attributes(svg: &str, name: &str) -> Vec<String> {
    let start = format!(" {name}=\"");
    svg.split(&start)
        .skip(1)
        .map(|part| part.split('"').next().unwrap().to_owned())
        .collect()
}

/// Every element that opens closes, in order, and no text holds a bare sign of markup.
fn balanced(svg: &str) {
    let mut open: Vec<&str> = Vec::new();
    for part in svg.split('<').skip(1) {
        let (tag, text) = part.split_once('>').unwrap_or_else(|| panic!("{part}"));
        assert!(!text.contains('>'), "{part}");
        for entity in text.split('&').skip(1) {
            let name = entity.split(';').next().unwrap();
            assert!(
                ["amp", "lt", "gt", "quot", "#39"].contains(&name),
                "{entity}"
            );
        }
        let name = tag.split(' ').next().unwrap();
        match name.strip_prefix('/') {
            Some(name) => assert_eq!(open.pop(), Some(name)),
            None if tag.ends_with('/') => {}
            None => open.push(name),
        }
    }
    assert!(open.is_empty(), "{open:?}");
}

/// The command, its output and its errors, run in the folder of the project.
fn run(args: &[&str]) -> (String, String, i32) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_plumbrule"));
    for name in ["PLUMBRULE_LANG", "LC_ALL", "LC_MESSAGES", "LANG", "COLUMNS"] {
        command.env_remove(name);
    }
    let command = command.current_dir(env!("CARGO_MANIFEST_DIR"));
    let pack = [
        "outlook",
        "rules/nip-2021",
        "--figures",
        "fixtures/published",
    ];
    let output = command.args(pack).args(args).output().unwrap();
    (
        String::from_utf8(output.stdout).unwrap(),
        String::from_utf8(output.stderr).unwrap(),
        output.status.code().unwrap(),
    )
}

#[test]
fn the_dashboard_reads_the_same_as_ever() {
    for lang in Lang::ALL {
        let code = lang.code();
        let shown = |name: &str, args: &[&str]| {
            let (out, errors, status) = run(&[args, &["--lang", code]].concat());
            assert_eq!((errors.as_str(), status), ("", 0), "{name}");
            golden::snapshot("outlook", &format!("{name}-{code}"), &out);
        };
        shown("2023", &["--period", "2023"]);
        let four = ["--rule", "nip.1,nip.9,nip.12,nip.16"];
        shown(
            "methods",
            &[&["--period", "2023", "--method", "all"], &four[..]].concat(),
        );
        let two = [
            "--what-if",
            "penetration_5g@2024=超50%",
            "--what-if",
            "internet_users@2024=11.5亿",
        ];
        shown("what-if", &[&["--period", "2024"], &two[..]].concat());
        shown(
            "chart",
            &["--period", "2023", "--rule", "nip.12", "--format", "svg"],
        );
    }
    let (out, ..) = run(&[
        "--period", "2023", "--format", "csv", "--method", "all", "--rule", "nip.12",
    ]);
    golden::snapshot("outlook", "csv", &out);
}

/// What is said of suppositions that cannot be read, as the command line says it.
fn complaints(submission: &Submission, program: &Program, wrong: &[&str], lang: Lang) -> String {
    let mut told = String::new();
    let mut submission = submission.clone();
    for (n, what) in wrong.iter().enumerate() {
        let Err(problems) = submission.suppose(&program.model, what, "", n + 1) else {
            continue;
        };
        for problem in problems {
            let (cell, place) = problem.cell.unwrap();
            assert_eq!(cell, *what);
            assert_eq!((problem.column, problem.line), (place + 1, n + 1));
            let rest: String = what.chars().skip(place).collect();
            let message = problem.message.render(lang);
            let help = problem.help.map(|help| help.render(lang));
            let code = problem.code.as_str();
            told.push_str(&format!("{what}\n  {code} at `{rest}`: {message}\n"));
            told.extend(help.map(|help| format!("  {help}\n")));
        }
    }
    told
}

#[test]
fn what_cannot_be_supposed_is_told_with_its_place() {
    let wrong = [
        "",
        "x",
        "penetration_5g@2025",
        "penetration_5g=58%",
        "penetraton_5g@2025=58%",
        "nip.2@2025=58%",
        "penetration_5g[nobody]@2025=58%",
        "penetration_5g[definition=plan@2025=58%",
        "penetration_5g[entity=Mars]@2025=58%",
        "penetration_5g[measure=speed]@2025=58%",
        "penetration_5g@20255=58%",
        "penetration_5g@2025=58",
        "penetration_5g@2025=58亿元",
        "penetration_5g@2025=",
        "5G用户普及率＠2025年＝超不足58％",
        // Two that can be read, of which the second is the first once more.
        "penetration_5g@2024=58%",
        "penetration_5g[口径=plan]@2024=59%",
    ];
    let program = repository::program("nip-2021");
    let submission = repository::fixtures(&program);
    for lang in Lang::ALL {
        let told = complaints(&submission, &program, &wrong, lang);
        let name = ["wrong-suppositions", lang.code()].join("-");
        golden::snapshot("outlook", &name, &told);
    }
    let (out, errors, status) = run(&["--what-if", "penetration_5g@2025=58"]);
    assert_eq!((out.as_str(), status), ("", 2));
    assert!(errors.contains("--what-if:1:21"), "{errors}");
}

#[test]
fn a_file_that_stood_there_is_left_where_nothing_can_be_supposed() {
    let file = std::env::temp_dir().join(format!("plumbrule-outlook-{}", std::process::id()));
    std::fs::write(&file, "before").unwrap();
    let (_, _, status) = run(&["--what-if", "x@2025=1%", "--out", file.to_str().unwrap()]);
    assert_eq!(status, 2);
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "before");
    std::fs::remove_file(&file).unwrap();
}

#[test]
fn machine_output_fits_its_schema() {
    let text = std::fs::read_to_string(common::root("docs/schema/outlook.json")).unwrap();
    let schema: serde_json::Value = serde_json::from_str(&text).unwrap();
    let all = ["--format", "json", "--method", "all", "--period", "2023"];
    let what_if = [
        "--what-if",
        "penetration_5g@2023=约40%",
        "--what-if",
        "online_retail_sales@2023=10万亿元–15万亿元",
    ];
    let due = ["--format", "json", "--rule", "nip.1,nip.16"];
    for args in [&[&all[..], &what_if[..]].concat(), &due.to_vec()] {
        let (out, errors, status) = run(args);
        assert_eq!((errors.as_str(), status), ("", 0));
        let document: serde_json::Value = serde_json::from_str(&out).unwrap();
        let problems = schema::problems(&schema, &document);
        assert!(problems.is_empty(), "{problems:#?}");
    }
    for wrong in [
        "{}",
        "[]",
        "{\"schema\": \"plumbrule-outlook-1\", \"rows\": 1}",
    ] {
        let document: serde_json::Value = serde_json::from_str(wrong).unwrap();
        assert!(!schema::problems(&schema, &document).is_empty(), "{wrong}");
    }
}

#[test]
fn a_supposition_names_one_of_many_entities() {
    let mut sources = plumbrule::Sources::with_std();
    let rules = "pack m \"M\" {}\nentity province \"省\" { members open }\n\
        indicator x \"X\" { kind share unit % }\n\
        target m \"M\" { for each province require x >= 56% by 2025 }\n";
    sources.add("pack.plumb", rules);
    let program = plumbrule::compile(&sources).unwrap_or_else(|problems| panic!("{problems:#?}"));
    let mut figures = Submission::new(&program.model);
    let table = "indicator,entity,period,value\nx,北京,2025,40%\nx,天津,2025,20%\n".as_bytes();
    figures.read_table(&program.model, "t.csv", table, &Limits::default());
    let tianjin = figures.entity_named("天津");
    for (text, entity) in [
        ("x[天津]@2025=58%", ""),
        ("x[entity=天津]@2025=58%", "北京"),
        ("x@2025=58%", "天津"),
    ] {
        let mut submission = figures.clone();
        let supposed = submission.suppose(&program.model, text, entity, 1).unwrap();
        assert_eq!(
            (Some(supposed.entity), supposed.replaced.len()),
            (tianjin, 1)
        );
    }
    let problems = figures
        .suppose(&program.model, "x@2025=58%", "", 1)
        .unwrap_err();
    let help = problems[0].help.as_ref().unwrap();
    assert_eq!(help.key, "help-supposed-entity");
}

#[test]
fn a_derived_quantity_is_not_supposed_but_computed() {
    let mut sources = plumbrule::Sources::with_std();
    let rules =
        "indicator a \"A\" { unit 个 }\nindicator b \"B\" { unit 个 }\ndefine each_b = a / b\n";
    sources.add(
        "pack.plumb",
        &format!("pack p \"P\" {{ entity CN }}\nentity CN \"C\" {{}}\n{rules}"),
    );
    let program = plumbrule::compile(&sources).unwrap_or_else(|problems| panic!("{problems:#?}"));
    let problems = Submission::new(&program.model)
        .suppose(&program.model, "each_b@2025=3", "", 1)
        .unwrap_err();
    let help = problems[0].help.as_ref().unwrap();
    assert_eq!(help.key, "help-derived-given");
}

#[test]
fn a_figure_on_another_basis_has_no_place_on_the_gauge() {
    let of = |year, rule| run(&["--period", year, "--rule", rule, "--lang", "en"]).0;
    let broken = of("2024", "nip.12");
    assert!(
        broken.contains("from 2024 on a new basis") && !broken.contains("|--"),
        "{broken}"
    );
    assert!(of("2023", "nip.12").contains("|--"));
}
