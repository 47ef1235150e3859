//! The audit report as HTML: what stands in it, that it is well formed, that it fetches and runs
//! nothing, that no text of the input becomes markup, and that a large run stays a page.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use plumbrule::Sources;
use plumbrule::eval::{Options, Outcome, evaluate};
use plumbrule::explain::explain;
use plumbrule::figures::{Limits, Submission};
use plumbrule::findings::findings;
use plumbrule::message::Lang;
use plumbrule::period::Period;
use plumbrule::program::Program;
use plumbrule::report::{Digests, Format, Report, write_check, write_explanation};
use quick_xml::Reader;
use quick_xml::events::Event;
use sha2::{Digest, Sha256};

use crate::{common, repository};

/// Elements without an end.
const VOID: [&str; 3] = ["meta", "input", "link"];

/// A pack with its figures.
struct Case {
    program: Program,
    submission: Submission,
    periods: Vec<i32>,
}

impl Case {
    fn new(pack: &str, table: &str, periods: &[i32]) -> Case {
        let mut sources = Sources::with_std();
        sources.add("pack.plumb", pack);
        let program = plumbrule::compile(&sources).unwrap();
        let mut submission = Submission::new(&program.model);
        let limits = Limits::default();
        submission.read_table(&program.model, "table.csv", table.as_bytes(), &limits);
        Case {
            program,
            submission,
            periods: periods.to_vec(),
        }
    }

    fn published(periods: &[i32]) -> Case {
        let program = repository::program("nip-2021");
        let submission = repository::fixtures(&program);
        Case {
            program,
            submission,
            periods: periods.to_vec(),
        }
    }

    fn outcomes(&self) -> Vec<Outcome> {
        let options = self.periods.iter().map(|year| Options {
            period: Some(Period::Year(*year)),
            ..Options::default()
        });
        options
            .map(|options| evaluate(&self.program, &self.submission, &options))
            .collect()
    }

    /// The page of a check, and of the explanation of the first row.
    fn pages(&self, lang: Lang) -> (String, String) {
        let outcomes = self.outcomes();
        let options = Options::default();
        let found = findings(&self.program, &self.submission, &options);
        let digests = Digests {
            rules: "sha256:rules".to_owned(),
            figures: "sha256:figures".to_owned(),
        };
        let report = Report {
            program: &self.program,
            submission: &self.submission,
            options: &options,
            outcomes: &outcomes,
            warnings: &[],
            findings: &found,
            digests: &digests,
            lang,
            columns: 80,
            colour: false,
            by_entity: false,
            n_left_out: 0,
            filter_args: "",
            hint_args: "",
        };
        let mut bytes = Vec::new();
        write_check(&mut bytes, Format::HTML, &report).unwrap();
        let row = outcomes[0].rows[0];
        let of_row = Options {
            period: Some(row.period),
            ..Options::default()
        };
        let explanation = explain(
            &self.program,
            &self.submission,
            &of_row,
            row.rule,
            row.entity,
        );
        let mut outcome = outcomes[0].clone();
        outcome.rows.truncate(1);
        let one = Report {
            outcomes: &[outcome],
            ..report
        };
        let mut single = Vec::new();
        write_explanation(&mut single, Format::HTML, &one, &explanation).unwrap();
        (
            String::from_utf8(bytes).unwrap(),
            String::from_utf8(single).unwrap(),
        )
    }
}

/// The contents of the only element of a name.
fn only<'p>(page: &'p str, name: &str) -> &'p str {
    let (open, close) = (format!("<{name}>"), format!("</{name}>"));
    assert_eq!(page.matches(&open).count(), 1, "{name}");
    assert_eq!(page.matches(&close).count(), 1, "{name}");
    let (_, rest) = page.split_once(&open).unwrap();
    rest.split_once(&close).unwrap().0
}

/// The page without its style and script, which are no markup inside.
fn plain(page: &str) -> String {
    let style = only(page, "style");
    let script = only(page, "script");
    page.replacen(style, "", 1).replacen(script, "", 1)
}

/// What a reader of markup finds: text and attributes. Fails where an element is not closed.
#[derive(Default)]
pub(crate) struct Read {
    pub(crate) text: String,
    /// Element, name and value.
    pub(crate) attributes: Vec<(String, String, String)>,
    pub(crate) elements: Vec<String>,
}

fn read(page: &str) -> Read {
    markup(&plain(page))
}

/// The same of a page whose style and scripts are files of their own.
pub(crate) fn markup(page: &str) -> Read {
    let mut reader = Reader::from_str(page);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    let mut found = Read::default();
    let mut open: Vec<String> = Vec::new();
    loop {
        let event = reader.read_event().unwrap();
        let is_empty = matches!(event, Event::Empty(_));
        match event {
            Event::Start(element) | Event::Empty(element) => {
                let name = element.name().as_ref().to_owned();
                for attribute in element.html_attributes() {
                    let attribute = attribute.unwrap();
                    let key = attribute.key.as_ref().to_owned();
                    let value = attribute.value.into_owned();
                    found.attributes.push((name.clone(), key, value));
                }
                found.text.push('\n');
                found.elements.push(name.clone());
                if !is_empty && !VOID.contains(&name.as_str()) {
                    open.push(name);
                }
            }
            Event::End(element) => {
                let name = element.name().as_ref().to_owned();
                found.text.push('\n');
                assert_eq!(
                    open.pop(),
                    Some(name),
                    "at byte {}",
                    reader.buffer_position()
                );
            }
            Event::Text(text) => found.text.push_str(&text),
            Event::GeneralRef(sign) => write!(found.text, "&{};", &*sign).unwrap(),
            Event::Eof => break,
            _ => {}
        }
    }
    assert!(open.is_empty(), "{open:?}");
    found
}

/// Well formed, every place named once, every link inside the page and to a place that is there.
fn is_sound(page: &str) -> Read {
    let read = read(page);
    let of = |name: &str| -> Vec<&String> {
        let all = read.attributes.iter().filter(|(_, key, _)| key == name);
        all.map(|(_, _, value)| value).collect()
    };
    let ids: BTreeSet<&String> = of("id").into_iter().collect();
    assert_eq!(ids.len(), of("id").len(), "a place is named twice");
    for link in of("href") {
        let at = link.strip_prefix('#').unwrap().to_owned();
        assert!(ids.contains(&at), "{link} leads nowhere");
    }
    for name in ["src", "srcset", "action", "data", "xlink:href", "style"] {
        assert!(of(name).is_empty(), "{name}: {:?}", of(name));
    }
    assert!(
        read.attributes
            .iter()
            .all(|(_, key, _)| !key.starts_with("on"))
    );
    let foreign = [
        "img", "iframe", "object", "embed", "link", "base", "form", "use", "image",
    ];
    assert!(
        foreign
            .iter()
            .all(|name| !read.elements.iter().any(|one| one == name))
    );
    for text in [only(page, "style"), only(page, "script")] {
        assert!(!text.contains("url(") && !text.contains("@import") && !text.contains("//"));
    }
    // Without its script the page is open, on a screen and on paper.
    let n_open = read
        .attributes
        .iter()
        .filter(|(name, key, _)| name == "details" && key == "open");
    let n_details = read.elements.iter().filter(|name| *name == "details");
    assert_eq!(n_open.count(), n_details.count());
    let headings = read.elements.iter().filter_map(|name| {
        let level = name.strip_prefix('h')?.parse::<u32>().ok()?;
        Some(level)
    });
    let mut last = 0;
    for level in headings {
        assert!(level <= last + 1, "a heading of level {level} after {last}");
        last = level;
    }
    read
}

fn base64(bytes: &[u8]) -> String {
    let letters: Vec<char> = ('A'..='Z')
        .chain('a'..='z')
        .chain('0'..='9')
        .chain(['+', '/'])
        .collect();
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let at = |n: usize| u32::from(chunk.get(n).copied().unwrap_or(0));
        let bits = at(0) << 16 | at(1) << 8 | at(2);
        for n in 0..4 {
            let sign = letters[(bits >> (18 - 6 * n)) as usize & 63];
            out.push(if n <= chunk.len() { sign } else { '=' });
        }
    }
    out
}

const SMALL: &str = r#"
pack city "城市规划" { en "City plan" entity city }
entity city "本市" { en "The city" }
instrument plan "城市规划纲要" { en "Outline of the plan" published 2021-03 }
indicator share "宽带普及率" { en "Broadband share" kind share unit % }
indicator users "用户数" { en "Users" kind stock unit 万人 }
target c.1 "宽带普及率" {
  en "Broadband share"
  require share >= 56% by 2025
  from 15% in 2020
  path linear
  category "设施" "Facilities"
  cite plan "二" "宽带普及率 15 56" line 12
}
target c.2 "用户数" { en "Number of users" require users >= 100万人 by 2024 from 50万人 in 2020 }
"#;
const SMALL_TABLE: &str = "indicator,period,value,unit,source,line,quote
share,2023,超60%,,plan,7,普及率超60%
share,2024,61,%,plan,8,普及率61%
users,2024,98,万人,plan,9,用户98万人
users,2024,99.5,万人,bulletin,3,用户99.5万人
";

/// A page without what other tests look at: style, script, pictures, version.
fn readable(page: &str) -> String {
    let mut text = plain(page);
    while let Some(start) = text.find("<svg ") {
        let end = start + text[start..].find("</svg>").unwrap() + 6;
        text.replace_range(start..end, "(picture)");
    }
    for name in ["style", "script"] {
        let digest = base64(&Sha256::digest(only(page, name).as_bytes()));
        text = text.replace(&digest, "DIGEST");
    }
    text.replace(env!("CARGO_PKG_VERSION"), "VERSION")
        .replace("><", ">\n<")
}

#[test]
fn a_small_page_in_english() {
    let (page, _) = Case::new(SMALL, SMALL_TABLE, &[2023, 2024]).pages(Lang::En);
    insta::assert_snapshot!(readable(&page));
}

#[test]
fn a_small_page_in_chinese() {
    let (page, _) = Case::new(SMALL, SMALL_TABLE, &[2023, 2024]).pages(Lang::Zh);
    insta::assert_snapshot!(readable(&page));
}

#[test]
fn the_page_of_one_explanation() {
    let (_, page) = Case::new(SMALL, SMALL_TABLE, &[2024]).pages(Lang::En);
    insta::assert_snapshot!(readable(&page));
}

#[test]
fn pages_are_sound_and_the_same_each_time() {
    for lang in Lang::ALL {
        for periods in [&[2025][..], &[2020, 2022, 2023, 2024, 2025]] {
            let case = Case::published(periods);
            let (page, single) = case.pages(lang);
            is_sound(&page);
            is_sound(&single);
            assert_eq!((page, single), case.pages(lang));
        }
    }
}

#[test]
fn the_policy_lets_nothing_in_but_the_own_style_and_script() {
    let (page, single) = Case::published(&[2025]).pages(Lang::En);
    for page in [page, single] {
        let digest = |name| {
            let digest = Sha256::digest(only(&page, name).as_bytes());
            format!("'sha256-{}'", base64(&digest))
        };
        let (style, script) = (digest("style"), digest("script"));
        let policy = format!(
            "default-src 'none'; style-src {style}; script-src {script}; base-uri 'none'; form-action 'none'"
        );
        let found = read(&page).attributes;
        let found = found
            .iter()
            .find(|(_, _, value)| value.starts_with("default-src"));
        assert_eq!(found.map(|(_, _, value)| value), Some(&policy));
    }
}

#[test]
fn every_row_rule_figure_and_finding_stands_on_the_page() {
    let case = Case::published(&[2020, 2022, 2023, 2024, 2025]);
    for lang in Lang::ALL {
        let (page, _) = case.pages(lang);
        let read = is_sound(&page);
        let text = unescaped(&read.text);
        let places: BTreeSet<&str> = read
            .attributes
            .iter()
            .filter(|(_, key, _)| key == "id")
            .map(|(_, _, value)| value.as_str())
            .collect();
        for outcome in case.outcomes() {
            for row in &outcome.rows {
                let rule = &case.program.model.rules[row.rule];
                let place = format!("r-{}.{}", rule.id, row.period);
                assert!(places.contains(place.as_str()), "{place}");
                let options = Options {
                    period: Some(row.period),
                    ..Options::default()
                };
                let explanation = explain(
                    &case.program,
                    &case.submission,
                    &options,
                    row.rule,
                    row.entity,
                );
                for node in &explanation.nodes[2..] {
                    let sentence = node.message.render(lang);
                    let said = sentence
                        .split_once([':', '：'])
                        .map_or(&*sentence, |(_, it)| it);
                    assert!(text.contains(said.trim()), "{place}: {sentence}");
                }
            }
        }
        for rule in case.program.model.rules.values() {
            if rule.kind == plumbrule::model::RuleKind::Target {
                assert!(text.contains(rule.label.get(lang)));
                assert!(text.contains(case.program.sources.slice(rule.item)));
                assert!(rule.citations.iter().all(|cite| text.contains(&cite.quote)));
            }
        }
        let found = findings(&case.program, &case.submission, &Options::default());
        assert!(!found.is_empty());
        for finding in found {
            assert!(text.contains(&finding.message.render(lang)));
        }
    }
}

#[test]
fn an_english_page_speaks_chinese_only_where_it_quotes() {
    let case = Case::published(&[2024, 2025]);
    let (page, single) = case.pages(Lang::En);
    let mut quoted = String::new();
    for id in case.program.sources.ids() {
        quoted.push_str(case.program.sources.text(id));
    }
    for document in repository::folders("fixtures/published") {
        for path in common::files(&format!("fixtures/published/{document}"), &[".tsv"]) {
            quoted.push_str(&std::fs::read_to_string(common::root(&path)).unwrap());
        }
    }
    let is_han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    let text = read(&page).text + &read(&single).text;
    let mut n = 0;
    for run in text.split(|c| !is_han(c)).filter(|run| !run.is_empty()) {
        assert!(quoted.contains(run), "{run}");
        n += 1;
    }
    assert!(n > 100);
}

#[test]
fn problems_of_tables_stand_on_the_page() {
    let read = |name| std::fs::read_to_string(common::root(name)).unwrap();
    let pack = read("examples/audit/pack.plumb");
    let case = Case::new(&pack, &read("examples/audit/table.csv"), &[2024]);
    assert!(!case.submission.problems.is_empty());
    for lang in Lang::ALL {
        let (page, _) = case.pages(lang);
        let text = unescaped(&is_sound(&page).text);
        for problem in &case.submission.problems {
            assert!(text.contains(&problem.message.render(lang)));
            let place = format!("table.csv:{}:{}", problem.line, problem.column);
            assert!(text.contains(&place), "{place}");
        }
        let exit = plumbrule::message::Message::new("page-exit-2").render(lang);
        assert!(text.contains(&exit));
    }
}

/// Text as a browser shows it.
pub(crate) fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
}

#[test]
fn no_text_of_the_input_becomes_markup() {
    let nasty =
        "</script></style><img src=x onerror=alert(1)>'&amp;<!--\u{202e}gnp\u{200b}\u{0}\u{7f}]]>";
    let long = "\u{957f}".repeat(10_000);
    let quoted = nasty.replace('\u{0}', "");
    let pack = format!(
        r#"
pack p "{quoted}" {{ en "{quoted}" entity e note "{quoted}" }}
entity e "{quoted}" {{ en "{quoted}" }}
entity firm "{quoted}" {{ members open }}
instrument doc "{quoted}" {{ en "{quoted}" }}
indicator x "{long}" {{ en "{quoted}" kind share unit % }}
target t.1 "{quoted}" {{ en "{quoted}" require x >= 5% by 2025 from 1% in 2020 path linear category "{quoted}" owner "{quoted}" note "{quoted}" cite doc "{quoted}" "{quoted}" line 1 }}
target t.2 "{long}" {{ require x >= 6% for each firm }}
"#
    );
    let cell = format!("\"{}\nnext line\"", nasty.replace('"', "\"\""));
    let mut table =
        "indicator,entity,entity kind,period,value,unit,source,section,line,quote,note\n"
            .to_owned();
    for (entity, kind, year) in [
        ("", "", 2024),
        ("<b>firm</b>", "firm", 2024),
        (nasty, "firm", 2025),
    ] {
        writeln!(
            table,
            "x,{entity},{kind},{year},4,%,{cell},{cell},{cell},{cell},{cell}"
        )
        .unwrap();
        writeln!(
            table,
            "x,{entity},{kind},{year},9,%,{cell},{cell},{cell},{cell},{cell}"
        )
        .unwrap();
        writeln!(
            table,
            "{nasty},{entity},{kind},{year},9,%,{cell},{cell},{cell},{cell},{cell}"
        )
        .unwrap();
    }
    // A table with that character is refused in any case.
    let table = table.replace('\0', "");
    let case = Case::new(&pack, &table, &[2024, 2025]);
    assert!(
        case.submission.claims.len() >= 4,
        "{:?}",
        case.submission.problems
    );
    for lang in Lang::ALL {
        let (page, single) = case.pages(lang);
        for page in [page, single] {
            let read = is_sound(&page);
            assert!(unescaped(&read.text).contains("<img src=x onerror=alert(1)>"));
            assert!(page.contains("[U+202E]gnp[U+200B]"));
            let hidden = |c: char| {
                c.is_control() && c != '\n'
                    || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
            };
            assert!(!page.contains(hidden));
        }
    }
}

#[test]
fn a_large_run_stays_a_page() {
    let pack = r#"
pack p "企业" { entity CN }
entity CN "中国" { }
entity firm "企业" { members open }
indicator x "甲" { kind flow unit 万元 }
indicator y "乙" { kind flow unit 万元 }
target t.1 "一" { require x >= 500万元 for each firm }
target t.2 "二" { require y >= 1万元 for each firm }
"#;
    let mut table = "indicator,entity,entity kind,period,value,unit\n".to_owned();
    for n in 0..2_600 {
        writeln!(
            table,
            "x,f{n},firm,2025,{},万元\ny,f{n},firm,2025,{n},万元",
            n * 7 % 1_000
        )
        .unwrap();
    }
    let case = Case::new(pack, &table, &[2025]);
    let outcomes = case.outcomes();
    let n_rows = outcomes[0].rows.len();
    assert!(n_rows > plumbrule::report::MOST_EXPLAINED);
    let (page, _) = case.pages(Lang::En);
    assert!(page.len() < 24 << 20, "{}", page.len());
    let read = is_sound(&page);
    let left_out = format!("1000 of {n_rows} rows are explained here, the worst first");
    assert!(read.text.contains(&left_out));
    // Every failed row there is room for comes before any other.
    let n_failed = outcomes[0].count(plumbrule::verdict::Verdict::Fail);
    assert!(n_failed > 1_000);
    assert_eq!(page.matches("class=\"why v-fail\"").count(), 1_000);
    assert!(!page.contains("class=\"why v-pass\""));
}
