//! The site of packs: that its pages are well formed and lead to each other, that everything has a
//! page and is found by its words, that no text becomes markup, and that it stands whole or not at all.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use plumbrule::Sources;
use plumbrule::eval::{Options, Outcome, evaluate};
use plumbrule::explain::{NodeKind, explain};
use plumbrule::figures::{Limits, Submission};
use plumbrule::findings::{Finding, findings};
use plumbrule::message::Lang;
use plumbrule::period::Period;
use plumbrule::program::Program;
use plumbrule::report::{Digests, Report, Site, write_site};
use serde_json::Value;

use crate::page::{Read, markup, unescaped};
use crate::{common, repository};

/// A pack with its figures, as a site shows it.
struct Pack {
    program: Program,
    submission: Submission,
    options: Options,
    outcomes: Vec<Outcome>,
    findings: Vec<Finding>,
    digests: Digests,
}

impl Pack {
    /// Without figures where there are no years.
    fn new(program: Program, submission: Submission, years: &[i32]) -> Pack {
        let options = Options::default();
        let of_year = |year: &i32| {
            let options = Options {
                period: Some(Period::Year(*year)),
                ..Options::default()
            };
            evaluate(&program, &submission, &options)
        };
        Pack {
            outcomes: years.iter().map(of_year).collect(),
            findings: findings(&program, &submission, &options),
            digests: Digests {
                rules: "sha256:rules".to_owned(),
                figures: match years {
                    [] => String::new(),
                    _ => "sha256:figures".to_owned(),
                },
            },
            program,
            submission,
            options,
        }
    }

    fn of(pack: &str, table: &str, years: &[i32]) -> Pack {
        let mut sources = Sources::with_std();
        sources.add("pack.plumb", pack);
        let program = plumbrule::compile(&sources).unwrap();
        let mut submission = Submission::new(&program.model);
        let limits = Limits::default();
        submission.read_table(&program.model, "table.csv", table.as_bytes(), &limits);
        Pack::new(program, submission, years)
    }

    /// A pack of the repository without figures.
    fn named(name: &str) -> Pack {
        let program = repository::program(name);
        let submission = Submission::new(&program.model);
        Pack::new(program, submission, &[])
    }

    fn report(&self) -> Report<'_> {
        Report {
            program: &self.program,
            submission: &self.submission,
            options: &self.options,
            outcomes: &self.outcomes,
            findings: &self.findings,
            warnings: &[],
            digests: &self.digests,
            lang: Lang::En,
            columns: 80,
            colour: false,
            by_entity: false,
            n_left_out: 0,
            filter_args: "",
            hint_args: "",
        }
    }
}

type Files = BTreeMap<String, String>;

fn written(packs: &[&Pack], langs: &[Lang]) -> Files {
    let reports: Vec<Report<'_>> = packs.iter().map(|pack| pack.report()).collect();
    let site = Site {
        packs: &reports,
        langs,
    };
    let mut files = Files::new();
    let mut put = |path: &str, bytes: &[u8]| {
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        let before = files.insert(path.to_owned(), text);
        assert!(before.is_none(), "{path} is written twice");
        Ok(())
    };
    write_site(&mut put, &site).unwrap();
    let small: BTreeSet<String> = files.keys().map(|path| path.to_lowercase()).collect();
    assert_eq!(small.len(), files.len());
    files
}

/// A place as seen from a page.
fn resolved(page: &str, link: &str) -> String {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        match part {
            ".." => assert!(parts.pop().is_some(), "{link} leaves the site"),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// Every page is well formed, names each place once, runs nothing of its own and leads only to
/// places that are there.
fn is_sound(files: &Files) -> BTreeMap<&str, Read> {
    let pages = files.iter().filter(|(path, _)| path.ends_with(".html"));
    let pages: BTreeMap<&str, Read> = pages
        .map(|(path, text)| (path.as_str(), markup(text)))
        .collect();
    let ids: BTreeMap<&str, BTreeSet<&str>> = pages
        .iter()
        .map(|(path, read)| {
            let all = read.attributes.iter().filter(|(_, key, _)| key == "id");
            let all: Vec<&str> = all.map(|(_, _, value)| value.as_str()).collect();
            let once: BTreeSet<&str> = all.iter().copied().collect();
            assert_eq!(once.len(), all.len(), "{path}: a place is named twice");
            (*path, once)
        })
        .collect();
    for (path, read) in &pages {
        for (element, key, value) in &read.attributes {
            assert!(!key.starts_with("on") && key != "style" && key != "action");
            match (element.as_str(), key.as_str()) {
                ("script", "src") | ("link", "href") | ("div", "data-index") => {
                    assert!(
                        files.contains_key(&resolved(path, value)),
                        "{path}: {value}"
                    );
                }
                (_, "src") => panic!("{path}: {element} loads {value}"),
                (_, "href") => leads(path, value, &ids),
                _ => {}
            }
        }
        let foreign = ["img", "iframe", "object", "embed", "base", "form", "style"];
        let mut elements = read.elements.iter();
        assert!(
            !elements.any(|name| foreign.contains(&name.as_str())),
            "{path}"
        );
        let levels = read.elements.iter().filter_map(|name| {
            let level = name.strip_prefix('h')?.parse::<u32>().ok()?;
            Some(level)
        });
        let mut last = 0;
        for level in levels {
            assert!(
                level <= last + 1,
                "{path}: a heading of level {level} after {last}"
            );
            last = level;
        }
        let h1 = read.elements.iter().filter(|name| *name == "h1");
        assert_eq!(h1.count(), 1, "{path}");
        let mut all = read.attributes.iter();
        assert!(all.any(|(_, _, value)| value.starts_with("default-src 'none'")));
    }
    pages
}

fn leads(page: &str, link: &str, ids: &BTreeMap<&str, BTreeSet<&str>>) {
    let (file, at) = link.split_once('#').unwrap_or((link, ""));
    let target = match file {
        "" => page.to_owned(),
        file => resolved(page, file),
    };
    let known = ids.get(target.as_str());
    assert!(known.is_some(), "{page}: {link} leads nowhere");
    assert!(
        at.is_empty() || known.unwrap().contains(at),
        "{page}: {link}"
    );
}

fn nip() -> Pack {
    let program = repository::program("nip-2021");
    let submission = repository::fixtures(&program);
    Pack::new(program, submission, &[2020, 2023, 2024, 2025])
}

#[test]
fn pages_lead_to_each_other_in_both_languages_and_are_the_same_each_time() {
    let pack = nip();
    let files = written(&[&pack], &Lang::ALL);
    let pages = is_sound(&files);
    let of = |lang: &str| -> BTreeSet<String> {
        let lang = format!("{lang}/");
        let own = pages.keys().filter_map(|path| path.strip_prefix(&lang));
        own.map(str::to_owned).collect()
    };
    assert_eq!(of("zh"), of("en"));
    assert!(of("zh").len() > 60);
    assert_eq!(files, written(&[&pack], &Lang::ALL));
    // One language alone stands at the top.
    let only = written(&[&pack], &[Lang::Zh]);
    is_sound(&only);
    assert!(only.contains_key("nip-2021/rules/nip.2.html"));
}

#[test]
fn everything_that_the_packs_declare_has_a_page_and_is_found() {
    let names = repository::folders("rules");
    let names = names.iter().filter(|name| *name != "std");
    let packs: Vec<Pack> = names.map(|name| Pack::named(name)).collect();
    let all: Vec<&Pack> = packs.iter().collect();
    let files = written(&all, &[Lang::En]);
    let pages = is_sound(&files);
    let index = index(&files);
    for pack in &packs {
        let (model, id) = (&pack.program.model, &pack.program.model.pack.id);
        let page = |folder: &str, name: &str| {
            let path = format!("{id}/{folder}/{name}.html");
            assert!(pages.contains_key(path.as_str()), "{path}");
            path
        };
        let own = |span| pack.program.is_own(span);
        for (at, rule) in model.rules.iter().filter(|(_, rule)| own(rule.span)) {
            let path = page("rules", &rule.id);
            let text = unescaped(&pages[path.as_str()].text);
            assert!(text.contains(rule.label.get(Lang::En)), "{path}");
            for citation in &rule.citations {
                assert!(text.contains(&citation.quote), "{path}: {}", citation.quote);
            }
            // The text as written, its marks aside.
            let written = pack.program.sources.slice(rule.item);
            let tight = |text: &str| text.split_whitespace().collect::<String>();
            assert!(tight(&text).contains(&tight(written)), "{path}: {written}");
            let words = pack.program.requirement(at);
            for words in [
                &rule.label.zh,
                &rule.label.en,
                &words.zh,
                &words.en,
                &rule.id,
            ] {
                let start: String = words.chars().take(40).collect();
                assert!(finds(&index, &start, &path), "{path}: {start}");
            }
        }
        for indicator in model.indicators.values() {
            if own(indicator.span) && indicator.evidence.is_none() {
                let path = page("indicators", &indicator.id);
                let (zh, en) = (&indicator.label.zh, &indicator.label.en);
                assert!(finds(&index, zh, &path) && finds(&index, en, &path));
            }
        }
        for score in model.scores.values().filter(|score| own(score.span)) {
            page("scores", &score.id);
        }
        for class in model.classes.values().filter(|class| own(class.span)) {
            page("classes", &class.id);
        }
        for ladder in model.ladders.values().filter(|ladder| own(ladder.span)) {
            page("scales", &ladder.id);
        }
        for document in model.instruments.values().filter(|one| own(one.span)) {
            page("documents", &document.id);
        }
    }
    // A document leads to the rules of all packs that are taken from it, line by line.
    let plan = &pages["statistics/documents/nip-2021.html"];
    let leads = |to: &str| {
        plan.attributes
            .iter()
            .any(|(_, _, value)| value.ends_with(to))
    };
    assert!(leads("nip-2021/rules/nip.2.html"));
    // A quantity leads to what other packs make of it.
    let users = &pages["statistics/indicators/internet_users.html"];
    let mut links = users.attributes.iter();
    assert!(links.any(|(_, _, value)| value.ends_with("nip-2021/rules/nip.1.html")));
}

/// What the script of the search is handed.
fn index(files: &Files) -> BTreeMap<String, String> {
    let script = &files["search.js"];
    assert!(!script.contains('<'));
    let data = script.trim().strip_prefix("plumbruleIndex(").unwrap();
    let data: Value = serde_json::from_str(data.strip_suffix(");").unwrap()).unwrap();
    let items = data["items"].as_array().unwrap().iter().map(|item| {
        let text = |at: usize| item[at].as_str().unwrap();
        let all = [text(3), text(4), text(5), text(6)].join(" ");
        (text(2).to_owned(), all.to_lowercase())
    });
    let items: Vec<(String, String)> = items.collect();
    let n_items = items.len();
    let items: BTreeMap<String, String> = items.into_iter().collect();
    assert_eq!(items.len(), n_items, "a place is listed twice");
    for place in items.keys() {
        let file = place.split('#').next().unwrap();
        assert!(files.keys().any(|path| path.ends_with(file)), "{place}");
    }
    items
}

/// The places that have every word, as the script looks for them.
fn finds(index: &BTreeMap<String, String>, words: &str, place: &str) -> bool {
    let words = words.to_lowercase();
    let has = |word: &str| index.get(place).is_some_and(|text| text.contains(word));
    words.split_whitespace().all(has)
}

#[test]
fn verdicts_and_their_sentences_stand_on_the_pages_of_rules() {
    let pack = nip();
    let files = written(&[&pack], &Lang::ALL);
    for lang in Lang::ALL {
        for row in pack.outcomes.iter().flat_map(|outcome| &outcome.rows) {
            let rule = &pack.program.model.rules[row.rule];
            let path = format!("{}/nip-2021/rules/{}.html", lang.code(), rule.id);
            let text = unescaped(&markup(&files[&path]).text);
            let options = Options {
                period: Some(row.period),
                ..Options::default()
            };
            let why = explain(
                &pack.program,
                &pack.submission,
                &options,
                row.rule,
                row.entity,
            );
            let told = why.nodes.iter().filter(|node| {
                let is_head = matches!(node.kind, NodeKind::Verdict | NodeKind::Rule);
                !is_head && node.kind != NodeKind::Note
            });
            for node in told {
                let sentence = node.message.render(lang);
                assert!(text.contains(&sentence), "{path}: {sentence}");
            }
        }
    }
    let quote = "5G用户普及率超 71%";
    let page = &files["en/nip-2021/indicators/penetration_5g.html"];
    assert!(unescaped(&markup(page).text).contains(quote));
}

const SMALL: &str = r#"
pack city "城市规划" { en "City plan" entity city note "草案" "A draft" }
entity city "本市" { en "The city" }
instrument plan "城市规划纲要" { en "Outline of the plan" published 2021-03 }
indicator users "用户数" { en "Users" kind stock unit 万人 }
target c.1 "用户数" {
  en "Number of users"
  require users >= 100万人 by 2024
  category "设施" "Facilities"
  cite plan "二" "用户100万人" line 12
  waived until 2022 "灾后" "After the flood"
}
"#;
const SMALL_TABLE: &str = "indicator,period,value,unit,source,line,quote
users,2024,98,万人,plan,9,用户98万人
";

/// A page without its pictures and what changes with a version, one element a line.
fn readable(page: &str) -> String {
    let mut text = page.to_owned();
    while let Some(start) = text.find("<svg ") {
        let end = start + text[start..].find("</svg>").unwrap() + 6;
        text.replace_range(start..end, "(picture)");
    }
    text.replace(env!("CARGO_PKG_VERSION"), "VERSION")
        .replace("><", ">\n<")
}

fn small() -> Files {
    let files = written(&[&Pack::of(SMALL, SMALL_TABLE, &[2024])], &Lang::ALL);
    is_sound(&files);
    files
}

#[test]
fn the_page_of_a_rule_in_english() {
    insta::assert_snapshot!(readable(&small()["en/city/rules/c.1.html"]));
}

#[test]
fn the_page_of_a_rule_in_chinese() {
    insta::assert_snapshot!(readable(&small()["zh/city/rules/c.1.html"]));
}

#[test]
fn what_the_search_of_a_small_pack_looks_through() {
    insta::assert_snapshot!(small()["search.js"]);
}

#[test]
fn no_text_of_a_pack_becomes_markup_or_script() {
    let nasty = "</script><img src=x onerror=alert(1)>'&amp;<!--\u{202e}gnp\u{200b}]]>";
    let pack = format!(
        r#"
pack p "{nasty}" {{ en "{nasty}" entity e note "{nasty}" }}
entity e "{nasty}" {{ en "{nasty}" }}
entity firm "{nasty}" {{ members open }}
instrument doc "{nasty}" {{ en "{nasty}" issuer "{nasty}" }}
indicator x "{nasty}" {{ en "{nasty}" alias "{nasty}2" kind share unit % note "{nasty}" }}
target t.1 "{nasty}" {{ en "{nasty}" require x >= 5% by 2025 category "{nasty}" owner "{nasty}" note "{nasty}" cite doc "{nasty}" "{nasty}" line 1 }}
target T.1 "{nasty}" {{ require x >= 6% for each firm }}
"#
    );
    let table =
        format!("indicator,period,value,unit,source,quote\nx,2025,4,%,{nasty},\"{nasty}\"\n");
    let files = written(&[&Pack::of(&pack, &table, &[2025])], &Lang::ALL);
    for (path, page) in is_sound(&files) {
        if path.contains("/rules/") {
            assert!(unescaped(&page.text).contains("<img src=x onerror=alert(1)>"));
        }
    }
    // Ids that differ in capitals alone have files that differ in more.
    assert!(
        files.contains_key("en/p/rules/t.1.html") && files.contains_key("en/p/rules/~t.1.html")
    );
    for (path, text) in &files {
        let hidden = |c: char| {
            c.is_control() && c != '\n'
                || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
        };
        assert!(!text.contains(hidden), "{path}");
        assert!(!text.contains("<img"), "{path}");
    }
    assert!(!index(&files).is_empty());
}

#[test]
fn what_hundreds_of_rules_use_names_some_and_counts_the_rest() {
    let mut pack = String::from(
        "pack p \"P\" { entity e }\nentity e \"E\" { }\nindicator x \"X\" { kind share unit % }\n",
    );
    for n in 0..1_500 {
        writeln!(
            pack,
            "target t.{n} \"T{n}\" {{ require x >= {}% by 2025 }}",
            n % 90
        )
        .unwrap();
    }
    let files = written(&[&Pack::of(&pack, "", &[])], &[Lang::En]);
    let page = &files["p/indicators/x.html"];
    assert!(markup(page).text.contains("and 1400 more"));
    assert!(page.len() < 100_000, "{}", page.len());
    let rules = files
        .iter()
        .filter(|(path, _)| path.starts_with("p/rules/"));
    let sizes: Vec<usize> = rules.map(|(_, page)| page.len()).collect();
    assert_eq!(sizes.len(), 1_500);
    assert!(
        sizes.iter().all(|size| *size < 20_000),
        "{:?}",
        sizes.iter().max()
    );
    assert!(files["search.js"].len() < 400_000);
}

/// A folder of its own below the temporary one, gone when it is dropped.
struct Place(PathBuf);

impl Place {
    fn new(name: &str) -> Place {
        let name = format!("plumbrule-site-{name}-{}", std::process::id());
        let place = Place(std::env::temp_dir().join(name));
        let _ = fs::remove_dir_all(&place.0);
        fs::create_dir_all(&place.0).unwrap();
        fs::write(place.0.join("pack.plumb"), SMALL).unwrap();
        fs::write(place.0.join("figures.csv"), SMALL_TABLE).unwrap();
        place
    }

    fn run(&self, arguments: &[&str]) -> common::Ran {
        common::run_in(&self.0, arguments, &[("PLUMBRULE_LANG", "en")])
    }

    /// What lies in the folder.
    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.0).unwrap();
        let mut names: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn a_site_replaces_a_site_and_nothing_else() {
    let place = Place::new("replace");
    let doc = [
        "doc",
        "pack.plumb",
        "--out",
        "site",
        "--figures",
        "figures.csv",
    ];
    let ran = place.run(&doc);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    assert!(
        ran.out.contains("begin with site/index.html"),
        "{}",
        ran.out
    );
    let rule = place.0.join("site/en/city/rules/c.1.html");
    assert!(rule.is_file() && place.0.join("site/zh/city/rules/c.1.html").is_file());
    // Another rule; of the old one nothing stays.
    let renamed = SMALL.replace("c.1", "c.2");
    fs::write(place.0.join("pack.plumb"), renamed).unwrap();
    assert_eq!(place.run(&doc).status, 0);
    assert!(!rule.exists() && place.0.join("site/en/city/rules/c.2.html").is_file());
    assert_eq!(place.names(), ["figures.csv", "pack.plumb", "site"]);
    // What somebody put there keeps the whole folder.
    fs::write(place.0.join("site/en/mine.txt"), "mine").unwrap();
    let ran = place.run(&doc);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("en/mine.txt"), "{}", ran.err);
    assert!(place.0.join("site/en/city/rules/c.2.html").is_file());
    fs::create_dir(place.0.join("empty")).unwrap();
    assert_eq!(
        place
            .run(&["doc", "pack.plumb", "--out", "empty", "--lang", "zh"])
            .status,
        0
    );
    assert!(place.0.join("empty/city/index.html").is_file());
    assert!(!place.0.join("empty/zh").exists());
}

#[test]
fn where_something_is_wrong_nothing_is_written() {
    let place = Place::new("wrong");
    fs::write(
        place.0.join("broken.plumb"),
        "target t \"T\" { require x >= 1 }",
    )
    .unwrap();
    for (arguments, said) in [
        (&["doc", "broken.plumb", "--out", "site"][..], "R001"),
        (
            &["doc", "pack.plumb", "pack.plumb", "--out", "site"],
            "`city`",
        ),
        (&["doc", "pack.plumb", "--out", "no/such/site"], "no/such"),
        (
            &["doc", "pack.plumb", "--out", "figures.csv"],
            "figures.csv",
        ),
        (&["doc", "pack.plumb", "--out", "."], "figures.csv"),
        (&["doc", "pack.plumb"], "--out"),
    ] {
        let ran = place.run(arguments);
        assert_eq!(ran.status, 2, "{arguments:?}");
        assert!(ran.err.contains(said), "{}", ran.err);
        assert_eq!(place.names(), ["broken.plumb", "figures.csv", "pack.plumb"]);
    }
    // A bad cell is shown, and the status says so.
    fs::write(
        place.0.join("figures.csv"),
        "indicator,period,value,unit\nusers,2024,98,万人\nnobody,2024,1,万人\n",
    )
    .unwrap();
    let ran = place.run(&[
        "doc",
        "pack.plumb",
        "--out",
        "site",
        "--figures",
        "figures.csv",
    ]);
    assert_eq!(ran.status, 2);
    let page = fs::read_to_string(place.0.join("site/en/city/index.html")).unwrap();
    assert!(page.contains("figures.csv:3:"), "{}", ran.err);
}
