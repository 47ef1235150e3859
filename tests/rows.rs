//! Rules as tables: a row is the rule that anybody might have written, any table is read or refused at
//! its cells, and what changes a table changes the pack.

use plumbrule::diagnostic::{Code, Diagnostic};
use plumbrule::model::Rule;
use plumbrule::program::Program;
use plumbrule::testing::run_tests;
use plumbrule::{CompileLimits, Sources, compile_with};
use proptest::prelude::*;
use proptest::sample::select;

use crate::common;

const HEAD: &str = r#"
pack city "City" { entity city }
entity city "The city" {}
instrument plan-doc "The plan" {}
indicator users "Users" { unit 户 }
indicator visits "Visits" { unit 户 }
milestone whole "The whole" { evidence told "Told" require told by 2025 }
"#;

const ITEM: &str = r#"
requirements "Duties" {
  file "duties.tsv"
  source plan-doc
  kind duty "职责" "duty"
  category "第一章" "Chapter 1"
  evidence told "Told to be done" {
    accepts document, system
  }
  column "id" as id
  column "title" as en
  column "kind" as kind
  column "modality" as modality
  column "words" as words
  column "timing" as timing
  column "body" as owner
  column "part" as part of
  column "line" as line
  column "quote" as quote
  column "note" as note
}
links "Links" {
  file "links.tsv"
  column "rule" as id
  column "indicator" as indicator
  column "basis" as basis
}
"#;

const COLUMNS: &str = "id\ttitle\tkind\tmodality\twords\ttiming\tbody\tpart\tline\tquote\tnote";

fn compiled(rules: &str, tables: &[(&str, &str)]) -> Result<Program, Vec<Diagnostic>> {
    let mut sources = Sources::with_std();
    sources.add("city/pack.plumb", rules);
    for (name, text) in tables {
        sources.add(&format!("city/{name}"), text);
    }
    compile_with(&sources, &CompileLimits::default()).map(|(program, _)| program)
}

fn rule<'p>(program: &'p Program, id: &str) -> &'p Rule {
    let mut rules = program.model.rules.values();
    rules.find(|rule| rule.id == id).unwrap()
}

/// All that a rule says, but where it is written.
fn said(program: &Program, id: &str) -> String {
    let rule = rule(program, id);
    let model = &program.model;
    let citations = rule.citations.iter().map(|one| {
        let document = &model.instruments[one.instrument].id;
        (document, &one.section, &one.quote, &one.line)
    });
    let wholes = rule.wholes.iter().map(|id| &model.rules[*id].id);
    let feeds = rule.feeds.iter();
    let feeds = feeds.map(|one| {
        (
            &model.indicators[one.indicator].id,
            one.is_stated,
            &one.note,
        )
    });
    let milestone = rule.milestone.as_ref().unwrap();
    let items = milestone.items.iter().map(|item| {
        let indicator = &model.indicators[item.indicator];
        (&item.id, &indicator.id, &indicator.label, &item.accepts)
    });
    let (kind, when, deadline) = (rule.kind, &rule.when, &rule.deadline);
    format!(
        "{kind:?} {:?} {when:?} {deadline:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?}",
        rule.label,
        rule.modality,
        rule.modality_words,
        rule.sort,
        rule.category,
        rule.owners,
        rule.notes,
        citations.collect::<Vec<_>>(),
        wholes.collect::<Vec<_>>(),
        (feeds.collect::<Vec<_>>(), items.collect::<Vec<_>>()),
    )
}

/// What a row may say.
#[derive(Debug, Clone)]
struct Duty {
    modality: &'static str,
    words: &'static str,
    timing: &'static str,
    body: &'static str,
    is_part: bool,
    line: u16,
    quote: &'static str,
    note: &'static str,
    fed: Option<(&'static str, &'static str)>,
}

fn duties() -> impl Strategy<Value = Duty> {
    const TIMINGS: [&str; 8] = [
        "by 2025",
        "截至 2025年",
        "every year since 2021 until 2025",
        "every quarter",
        "regularly since 2021",
        "定期",
        "undated",
        "未定时限",
    ];
    const MODALITIES: [&str; 6] = ["must", "must not", "should", "鼓励", "explore", "试点"];
    (
        select(&MODALITIES[..]),
        select(&["", "鼓励", "try it"][..]),
        select(&TIMINGS[..]),
        select(&["", "Office", "Office;Board"][..]),
        any::<bool>(),
        1..9000_u16,
        select(&["", "每年报告"][..]),
        select(&["", "A remark"][..]),
        proptest::option::of((
            select(&["users", "visits"][..]),
            select(&["stated", "推断"][..]),
        )),
    )
        .prop_map(
            |(modality, words, timing, body, is_part, line, quote, note, fed)| Duty {
                modality,
                words,
                timing,
                body,
                is_part,
                line,
                quote,
                note,
                fed,
            },
        )
}

impl Duty {
    fn row(&self) -> String {
        let part = if self.is_part { "whole" } else { "" };
        let Duty {
            modality,
            words,
            timing,
            body,
            line,
            quote,
            note,
            ..
        } = self;
        format!(
            "d.1\tA report\tduty\t{modality}\t{words}\t{timing}\t{body}\t{part}\t{line}\t{quote}\t{note}"
        )
    }

    fn block(&self) -> String {
        let text = |key: &str, text: &str| match text {
            "" => String::new(),
            text => format!("  {key} \"{text}\"\n"),
        };
        let words = text("", self.words);
        let quote = match self.quote {
            "" => String::new(),
            quote => format!("\"{quote}\" "),
        };
        let owners: Vec<&str> = self.body.split(';').collect();
        let feeds = self.fed.map_or_else(String::new, |(indicator, basis)| {
            format!("  feeds {indicator} {basis}\n")
        });
        format!(
            "milestone d.1 \"A report\" {{\n  kind \"职责\" \"duty\"\n  category \"第一章\" \"Chapter 1\"\n  modality {}{words}\n  \
             evidence told \"Told to be done\" {{ accepts document, system }}\n  require told {}\n{}{}{feeds}  cite plan-doc \"\" {quote}line {}\n{}}}",
            self.modality,
            self.timing,
            text("owner", &owners.join("\", \"")),
            if self.is_part {
                "  part of whole\n"
            } else {
                ""
            },
            self.line,
            text("note", self.note),
        )
    }

    fn links(&self) -> String {
        let link = self.fed.map_or_else(String::new, |(indicator, basis)| {
            format!("d.1\t{indicator}\t{basis}\n")
        });
        format!("rule\tindicator\tbasis\n{link}")
    }
}

proptest! {
    #![proptest_config(crate::common::random(24))]

    #[test]
    fn a_row_is_the_rule_that_is_written_out(duty in duties()) {
        let table = format!("{COLUMNS}\n{}\n", duty.row());
        let tables = [("duties.tsv", table.as_str()), ("links.tsv", &duty.links())];
        let of_row = compiled(&format!("{HEAD}{ITEM}"), &tables);
        let of_row = of_row.unwrap_or_else(|problems| panic!("{problems:#?}"));
        let written = format!("{HEAD}{}", duty.block());
        let of_block = compiled(&written, &[]);
        let of_block = of_block.unwrap_or_else(|problems| panic!("{written}\n{problems:#?}"));
        prop_assert_eq!(said(&of_row, "d.1"), said(&of_block, "d.1"));
    }

    #[test]
    fn any_table_is_read_or_refused_at_its_cells(
        cells in proptest::collection::vec(
            select(&[
                "d.1", "d 2", "A", "duty", "must", "msut", "by 2025", "by 2025-13", "by ((", "undated", "\"", "\"x\ty\"",
                "", " ", "whole", "0", "12", "中文", "\u{feff}", "\r", "\n", "\t", "#", "a;b", "\u{0}", "every 0 years",
            ][..]),
            0..60,
        ),
        is_below_header in any::<bool>(),
        comma in any::<bool>(),
    ) {
        let between = if comma { "," } else { "\t" };
        let mut table = if is_below_header { format!("{COLUMNS}\n") } else { String::new() };
        table.push_str(&cells.join(between));
        let tables = [("duties.tsv", table.as_str()), ("links.tsv", "rule\tindicator\tbasis\n")];
        let rules = format!("{HEAD}{ITEM}");
        if let Err(problems) = compiled(&rules, &tables) {
            prop_assert!(!problems.is_empty());
            let mut sources = Sources::with_std();
            sources.add("city/pack.plumb", &rules);
            sources.add("city/duties.tsv", &table);
            for place in problems.iter().flat_map(|problem| &problem.places) {
                let (start, end) = (place.span.start as usize, place.span.end as usize);
                let text = sources.text(place.span.source);
                prop_assert!(text.get(start..end).is_some(), "{:?}", problems);
            }
        }
    }
}

#[test]
fn what_is_wrong_with_a_cell_is_said_at_its_place() {
    let table = format!("{COLUMNS}\nd.1\tA report\tduty\tmsut\t\tby 2025\t\t\t3\t\t\n");
    let tables = [
        ("duties.tsv", table.as_str()),
        ("links.tsv", "rule\tindicator\tbasis\n"),
    ];
    let problems = compiled(&format!("{HEAD}{ITEM}"), &tables).unwrap_err();
    assert_eq!(problems.len(), 1, "{problems:#?}");
    assert_eq!(problems[0].code, Code::BadTableRow);
    assert_eq!(problems[0].mend.as_deref(), Some("must"));
    let span = problems[0].places[0].span;
    assert_eq!(&table[span.start as usize..span.end as usize], "msut");
}

#[test]
fn a_change_of_a_table_is_a_change_of_the_pack() {
    let digest = |timing: &str| {
        let table = format!("{COLUMNS}\nd.1\tA report\tduty\tmust\t\t{timing}\t\t\t3\t\t\n");
        let tables = [
            ("duties.tsv", table.as_str()),
            ("links.tsv", "rule\tindicator\tbasis\n"),
        ];
        let program = compiled(&format!("{HEAD}{ITEM}"), &tables).unwrap();
        program.model.pack.digest
    };
    assert_eq!(digest("by 2025"), digest("by 2025"));
    assert_ne!(digest("by 2025"), digest("by 2024"));
}

#[test]
fn a_table_that_is_too_large_is_refused() {
    let table = format!("{COLUMNS}\n{}", "d.1\tx\n".repeat(1 << 19));
    let tables = [
        ("duties.tsv", table.as_str()),
        ("links.tsv", "rule\tindicator\tbasis\n"),
    ];
    let problems = compiled(&format!("{HEAD}{ITEM}"), &tables).unwrap_err();
    assert_eq!(problems[0].code, Code::TooLarge);
}

#[test]
fn problems_of_a_table_are_bounded() {
    let table = format!("{COLUMNS}\n{}", "x\n".repeat(5_000));
    let tables = [
        ("duties.tsv", table.as_str()),
        ("links.tsv", "rule\tindicator\tbasis\n"),
    ];
    let problems = compiled(&format!("{HEAD}{ITEM}"), &tables).unwrap_err();
    assert!(problems.len() < 250, "{}", problems.len());
    assert!(problems.iter().any(|it| it.code == Code::TooManyProblems));
}

#[test]
fn evidence_of_one_year_says_nothing_of_another() {
    let rules = format!(
        "{HEAD}{}",
        r#"
milestone yearly "A yearly report" { evidence told "Told" require told every year since 2021 until 2025 }
milestone often "Kept up" { evidence told "Told" require told regularly since 2021 until 2025 }
milestone open "No day named" { evidence told "Told" require told undated }
test "the year itself" {
  period 2023
  given evidence yearly.told = "achieved" dated 2023-05
  given evidence often.told = "achieved" dated 2023
  given evidence open.told = "achieved" dated 2022
  expect yearly pass
  expect often pass
  expect open pass
}
test "the year before" {
  period 2023
  given evidence yearly.told = "achieved" dated 2022-05
  given evidence often.told = "achieved" dated 2022
  expect yearly undetermined(missing)
  expect yearly mentions "another stretch of time"
  expect often pending
  expect open pending
}
test "found not to be so" {
  period 2023
  given evidence yearly.told = "not achieved" dated 2023
  given evidence often.told = "not achieved" dated 2023
  given evidence open.told = "not achieved" dated 2023
  expect yearly fail
  expect often pending
  expect open pending
}
test "after the window" {
  period 2026
  expect yearly not-applicable
  expect often not-applicable
  expect open pending
}
"#
    );
    let program = compiled(&rules, &[]).unwrap_or_else(|problems| panic!("{problems:#?}"));
    let results = run_tests(&program);
    assert_eq!(results.len(), 4);
    for result in results {
        assert!(result.failures.is_empty(), "{:?}", result.failures);
    }
}

#[test]
fn a_check_tells_rows_without_evidence_as_one_line() {
    let folder = "examples/requirements";
    let ran = common::run_in(
        &common::root(folder),
        &[
            "check",
            "pack.plumb",
            "--figures",
            "evidence.csv",
            "--period",
            "2024",
        ],
        &[],
    );
    assert!(
        ran.out.contains("without any evidence: "),
        "{}{}",
        ran.out,
        ran.err
    );
    let named = common::run_in(
        &common::root(folder),
        &[
            "check",
            "pack.plumb",
            "--figures",
            "evidence.csv",
            "--period",
            "2024",
            "--category",
            "Works",
        ],
        &[],
    );
    assert!(!named.out.contains("without any evidence"), "{}", named.out);
    let rows = |out: &str| out.lines().filter(|line| line.starts_with("w.")).count();
    assert!(rows(&named.out) > rows(&ran.out), "{}", named.out);
}
