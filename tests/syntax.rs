//! Rule files as data: each file of `tests/syntax` in canonical form of both languages, or its
//! diagnostics, against the snapshot beside it; and the keyword table against the grammar.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;

use plumbrule::Sources;
use plumbrule::diagnostic::{Code, Diagnostic};
use plumbrule::message::{Arg, Lang};
use plumbrule::syntax::{Limits, format, keywords, parse, syntax_keys};

/// No function has a second name.
fn same(_: &str, _: Lang) -> Option<String> {
    None
}

fn problems(text: &str) -> (Sources, Vec<Diagnostic>) {
    let mut sources = Sources::new();
    let id = sources.add("case.plumb", text);
    let (_, diagnostics) = parse(id, text, &Limits::default());
    (sources, diagnostics)
}

/// An argument as data, not as a sentence.
fn shown(arg: &Arg) -> String {
    match arg {
        Arg::Text(text) => text.clone(),
        Arg::Label(label) => label.en.clone(),
        Arg::Message(message) => message.key.to_owned(),
        Arg::List(items) => items.iter().map(shown).collect::<Vec<_>>().join(" | "),
    }
}

fn listed(sources: &Sources, diagnostics: &[Diagnostic]) -> String {
    let mut out = String::new();
    for one in diagnostics {
        let span = one.places[0].span;
        let (line, column) = sources.line_column(span.source, span.start);
        let marked = sources.slice(span);
        writeln!(out, "{} {line}:{column} `{marked}`", one.code.as_str()).unwrap();
        for (name, arg) in &one.message.args {
            writeln!(out, "  {name}: {}", shown(arg)).unwrap();
        }
    }
    out
}

#[test]
fn cases_read_as_their_snapshots() {
    let mut paths: Vec<_> = fs::read_dir("tests/syntax")
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    for path in paths {
        let text = fs::read_to_string(&path).unwrap();
        let (sources, diagnostics) = problems(&text);
        let mut shown = listed(&sources, &diagnostics);
        if diagnostics.is_empty() {
            for (name, lang) in [
                ("as written", None),
                ("en", Some(Lang::En)),
                ("zh", Some(Lang::Zh)),
            ] {
                writeln!(shown, "======== {name}").unwrap();
                shown.push_str(&format(&text, lang, &same).unwrap());
            }
        }
        let name = path.file_stem().unwrap().to_str().unwrap();
        let mut settings = insta::Settings::clone_current();
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!(format!("syntax-{name}"), shown));
    }
}

#[test]
fn the_grammar_spells_every_keyword_as_the_table_does() {
    let grammar = include_str!("../grammar/plumbrule.pest");
    let rules: BTreeSet<String> = grammar
        .lines()
        .filter(|line| line.starts_with("kw_"))
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect();
    let rows: BTreeSet<String> = keywords()
        .iter()
        .map(|keyword| {
            let en = keyword
                .en
                .split(' ')
                .collect::<Vec<_>>()
                .join("\" ~ bl ~ \"");
            format!(
                "{} = @{{ \"{en}\" ~ ew | \"{}\" ~ zw }}",
                keyword.rule, keyword.zh
            )
        })
        .collect();
    assert_eq!(rules, rows);
}

#[test]
fn no_two_keywords_of_a_language_are_spelt_alike() {
    // English says `and` between the ends of a range too, where Chinese has a word of its own.
    // So does it for how many conditions of several are asked for, as in comparisons and folds.
    let shared = ["kw_up_to", "kw_least", "kw_items_of"];
    let own = keywords().iter().filter(|it| !shared.contains(&it.rule));
    let forms: BTreeSet<&str> = own.flat_map(|it| [it.en, it.zh]).collect();
    assert_eq!(forms.len(), (keywords().len() - shared.len()) * 2);
    let chinese: BTreeSet<&str> = keywords().iter().map(|it| it.zh).collect();
    assert_eq!(chinese.len(), keywords().len());
}

#[test]
fn keywords_that_may_be_names_are_known() {
    let may_be_named = |form: &str| codes(&format!("define {form} = a")).1 == 0;
    let free: Vec<&str> = keywords()
        .iter()
        .filter(|keyword| {
            let is_free = may_be_named(keyword.zh);
            let is_word = !keyword.en.contains([' ', '-']);
            assert!(
                !is_word || may_be_named(keyword.en) == is_free,
                "{}",
                keyword.rule
            );
            is_free
        })
        .map(|keyword| keyword.en)
        .collect();
    insta::assert_snapshot!(free.join("\n"));
}

#[test]
fn words_of_messages_are_a_stable_list() {
    assert_eq!(
        syntax_keys(),
        [
            "syntax-bracket",
            "syntax-clause",
            "syntax-close",
            "syntax-column",
            "syntax-comma",
            "syntax-end",
            "syntax-equals",
            "syntax-goal",
            "syntax-item",
            "syntax-kind",
            "syntax-name",
            "syntax-number",
            "syntax-open",
            "syntax-operator",
            "syntax-period",
            "syntax-quote",
            "syntax-role",
            "syntax-selector",
            "syntax-text",
            "syntax-timing",
            "syntax-unit",
            "syntax-value",
            "syntax-verdict",
        ]
    );
}

/// The codes of a text, each once, and how many problems there are.
fn codes(text: &str) -> (BTreeSet<Code>, usize) {
    let (_, diagnostics) = problems(text);
    let codes = diagnostics.iter().map(|one| one.code).collect();
    (codes, diagnostics.len())
}

fn one(code: Code) -> (BTreeSet<Code>, usize) {
    (BTreeSet::from([code]), 1)
}

#[test]
fn brackets_too_deep_are_refused_where_they_are() {
    let deep = |n| format!("define x = {}a{}", "(".repeat(n), ")".repeat(n));
    assert_eq!(codes(&deep(99)).1, 0);
    assert_eq!(codes(&deep(101)), one(Code::TooDeep));
    assert_eq!(codes(&deep(10_000)), one(Code::TooDeep));
    assert_eq!(codes(&"(".repeat(10_000)), one(Code::TooDeep));
    assert_eq!(codes(&"[{(".repeat(10_000)), one(Code::TooDeep));
    // Others are read all the same.
    let text = format!("{}\nunit a = \n{}\nunit b = c", deep(300), deep(300));
    let (sources, diagnostics) = problems(&text);
    assert_eq!(
        listed(&sources, &diagnostics),
        "P002 1:112 `(`\n  limit: 100\nP001 2:9 ``\n  expected: syntax-number | syntax-unit\n  \
         found: syntax-end-of-item\nP002 3:112 `(`\n  limit: 100\n"
    );
}

#[test]
fn brackets_in_texts_names_and_comments_are_not_counted() {
    let many = "(".repeat(500);
    let text = format!(
        "// {many}\n／／{many}\ncheck a “{many}\"”  {{ note \"\\\"{many}\" when 「{many}」 or `{many}` }}"
    );
    assert_eq!(codes(&text).1, 0);
}

#[test]
fn an_item_left_open_does_not_add_to_the_depth_of_the_next() {
    let text = "target t {\n  require (a > 1\n".repeat(90);
    assert_eq!(codes(&text), (BTreeSet::from([Code::Syntax]), 90));
}

#[test]
fn chains_without_brackets_are_bounded_too() {
    let chain = |before: &str, n| format!("define x = {}a", before.repeat(n));
    for before in ["not ", "if a then b else ", "if "] {
        assert_eq!(codes(&chain(before, 50_000)).1, 1, "{before}");
    }
    assert_eq!(codes(&chain("not ", 10_000)), one(Code::TooDeep));
    assert_eq!(codes(&chain("a implies ", 1_000)), one(Code::TooDeep));
    assert_eq!(codes(&chain("- ", 100_000)).1, 0);
    assert_eq!(codes(&chain("b+", 9_000)).1, 0);
    assert_eq!(codes(&chain("b+", 100_000)), one(Code::TooManyTerms));
    assert_eq!(codes(&chain("b and ", 11_000)), one(Code::TooManyTerms));
    assert_eq!(codes(&chain("b<", 11_000)), one(Code::TooManyTerms));
    let nested = format!("{}(", "not ".repeat(20)).repeat(10);
    let text = format!("define x = {nested}a{}", ")".repeat(10));
    assert_eq!(codes(&text), one(Code::TooDeep));
}

#[test]
fn numbers_too_long_are_refused() {
    let text = format!("define x = {} + 1.{}", "7".repeat(10_000), "0".repeat(98));
    assert_eq!(codes(&text), one(Code::NumberTooLong));
    assert_eq!(codes(&format!("define x = a^{}", "7".repeat(200))).1, 1);
}

#[test]
fn files_too_large_are_refused_and_large_ones_are_read() {
    let line = "define x = a + b // why\n";
    assert_eq!(codes(&line.repeat(8 << 20)), one(Code::TooLarge));
    assert_eq!(codes(&line.repeat(2_000)).1, 0);
    assert_eq!(codes(&"x".repeat(2 << 20)).1, 1);
    assert_eq!(codes(&"\n".repeat(2 << 20)).1, 0);
    assert_eq!(codes(&"// (\n".repeat(1 << 18)).1, 0);
    let long = format!("check a {{\n{}}}\n", "  note \"long\"\n".repeat(40_000));
    assert_eq!(codes(&format!("{long}check b {{}}")), one(Code::TooLarge));
}

#[test]
fn ten_thousand_broken_items_are_counted() {
    let text = "target t { require }\n".repeat(10_000);
    let (_, diagnostics) = problems(&text);
    assert_eq!(diagnostics.len(), 101);
    let last = diagnostics.last().unwrap();
    assert_eq!(last.code, Code::TooManyProblems);
    assert_eq!(shown(&last.message.args["count"]), "10000");
}

#[test]
fn line_ends_marks_and_wide_blanks_make_no_difference() {
    let plain = "/// Doc.\nunit a = b // x\n\nindicator c {\n  unit 人\n}\n";
    let expected = plain.replace(" // x", "  // x");
    for text in [
        plain.to_owned(),
        plain.replace('\n', "\r\n"),
        plain.replace('\n', "\r"),
        format!("\u{FEFF}{plain}"),
        plain.replace("  unit", "\t\u{3000}unit\u{A0}"),
        plain.trim_end().to_owned(),
    ] {
        assert_eq!(format(&text, None, &same).unwrap(), expected, "{text:?}");
        let mut sources = Sources::new();
        let id = sources.add("a", &text);
        let (module, _) = parse(id, &text, &Limits::default());
        assert_eq!(module.items[0].doc, "Doc.", "{text:?}");
        assert_eq!(module.items[1].doc, "", "{text:?}");
    }
}

#[test]
fn functions_are_called_by_their_names_in_the_language() {
    let names = |name: &str, lang: Lang| match (name, lang) {
        ("最大" | "max", Lang::En) => Some("max".to_owned()),
        ("最大" | "max", Lang::Zh) => Some("最大".to_owned()),
        _ => None,
    };
    let en = "define max = max(max, other(1))\n";
    let zh = "定义量 max = 最大(max, other(1))\n";
    assert_eq!(format(en, Some(Lang::Zh), &names).unwrap(), zh);
    assert_eq!(format(zh, Some(Lang::En), &names).unwrap(), en);
    assert_eq!(format(zh, None, &names).unwrap(), zh);
}

#[test]
fn a_text_with_problems_has_no_canonical_form() {
    let error = format("unit a = \nunit b = c", None, &same).unwrap_err();
    assert_eq!(error.to_string(), "P001");
}

#[test]
fn places_of_items_end_with_their_last_word() {
    let text = "// a\ndefine x = a[b=c] // c\n\n// d\nunit b = 5人 // e";
    let mut sources = Sources::new();
    let id = sources.add("a", text);
    let (module, _) = parse(id, text, &Limits::default());
    let items = module.items.iter().map(|item| sources.slice(item.span));
    assert_eq!(
        items.collect::<Vec<_>>(),
        ["define x = a[b=c]", "unit b = 5人"]
    );
}

/// What stands between the braces of a rule of the grammar.
fn body<'g>(grammar: &'g str, rule: &str) -> &'g str {
    let rest = grammar.split_once(&format!("\n{rule} ")).unwrap().1;
    let inside = rest.split_once('{').unwrap().1;
    inside.split_once('}').unwrap().0
}

/// The words of a piece of the grammar that name rules.
fn rules_of(piece: &str) -> Vec<&str> {
    let is_part = |c: char| c.is_ascii_lowercase() || c == '_';
    let words = piece.split(|c| !is_part(c));
    words.filter(|word| word.len() > 1).collect()
}

#[test]
fn every_clause_is_looked_for_behind_its_first_letters() {
    let grammar = include_str!("../grammar/plumbrule.pest");
    let arms = |rule| body(grammar, rule).split('&').skip(1).collect::<Vec<_>>();
    // What an arm begins with, as its first and last letter.
    let letters = |arm: &str| {
        let quoted: Vec<char> = arm
            .split(['"', '\''])
            .skip(1)
            .step_by(2)
            .filter_map(|text| text.chars().next())
            .collect();
        (quoted[0], *quoted.last().unwrap())
    };
    let clauses = rules_of(body(grammar, "any_clause"));
    assert!(clauses.len() > 60, "{}", clauses.len());
    for clause in clauses {
        let mut first = rules_of(body(grammar, clause))[0];
        if !first.starts_with("kw_") {
            first = rules_of(body(grammar, first))[0];
        }
        let keyword = keywords().iter().find(|keyword| keyword.rule == first);
        let keyword = keyword.unwrap_or_else(|| panic!("{clause} begins with {first}"));
        for (rule, form) in [("clause_en", keyword.en), ("clause_zh", keyword.zh)] {
            let letter = form.chars().next().unwrap();
            // Arms without clauses of their own are ranges of those behind them.
            let mut is_in_range = true;
            let is_found = arms(rule).iter().any(|arm| {
                let (from, to) = letters(arm);
                let (has_it, clauses) = ((from..=to).contains(&letter), rules_of(arm));
                if clauses.is_empty() {
                    is_in_range = has_it;
                }
                is_in_range && has_it && clauses.contains(&clause)
            });
            assert!(is_found, "{clause} is not looked for behind `{form}`");
        }
    }
}

#[test]
fn a_goal_word_is_found_behind_braces_that_are_none() {
    for between in [" // }\n", "[\"a}b\" = \"c\"] ", "[k = \"}\"] ", " + 「}」 "] {
        let text =
            format!("target t \"T\" {{ require x{between} rises by at least 5 pp by 2025 }}");
        let source = plumbrule::Sources::new().add("", "");
        let (module, problems) = plumbrule::syntax::parse(source, &text, &Limits::default());
        // The second is no selector; all others are goals that rise.
        let is_wrong = between.starts_with("[\"a");
        assert_eq!(problems.is_empty(), !is_wrong, "{text}: {problems:?}");
        assert_eq!(module.items.len(), usize::from(!is_wrong), "{text}");
    }
}
