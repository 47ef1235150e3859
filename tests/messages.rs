//! The two catalogues against each other and against the code that uses them.
//!
//! A key without a sentence, a sentence without a user and an argument that nobody
//! fills are found here; `pages.rs` compiles the examples.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use plumbrule::diagnostic::Code;
use plumbrule::figures::ProblemCode;
use plumbrule::functions::FUNCTIONS;
use plumbrule::message::{Arg, Lang, Message, catalogue};
use plumbrule::syntax::{keywords, syntax_keys};
use plumbrule::verdict::{Cause, OutlookClass, Verdict};

use source_scan::{Use, literals, sources, uses};

use crate::{common, source_scan};

/// Literals in the code that look like keys and are none.
const NOT_KEYS: [&str; 1] = ["figures-digest"];

/// Words of the machine output look like keys.
fn is_machine_word(word: &str) -> bool {
    let marks = plumbrule::eval::Marks::ALL
        .into_iter()
        .map(|(_, word, _)| word);
    let verdicts = Verdict::ALL.into_iter().map(Verdict::word);
    let outlooks = OutlookClass::ALL.into_iter().map(OutlookClass::word);
    marks
        .chain(verdicts)
        .chain(outlooks)
        .any(|known| known == word)
}
/// Sentences that are the same signs in both languages.
const SAME_IN_BOTH: [&str; 3] = ["syntax-open", "syntax-close", "syntax-equals"];

/// A sentence or attribute of one catalogue.
#[derive(Debug, Default)]
struct Sentence {
    variables: BTreeSet<String>,
    /// Text between the variables.
    text: String,
    /// Braces that the sentence means to show.
    braces: usize,
}

/// All sentences of a language, by key or `key.attribute`.
fn sentences(lang: Lang) -> BTreeMap<String, Sentence> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("src/messages")
        .join(lang.code());
    let mut files: Vec<_> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    let mut found = BTreeMap::new();
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let name = file.display();
        let tree = match fluent_syntax::parser::parse(text.as_str()) {
            Ok(tree) => tree,
            Err((_, errors)) => panic!("{name}: {errors:?}"),
        };
        for entry in &tree.body {
            let message = match entry {
                Entry::Message(message) => message,
                Entry::Comment(_) | Entry::GroupComment(_) | Entry::ResourceComment(_) => continue,
                Entry::Term(_) | Entry::Junk { .. } => panic!("{name}: {entry:?}"),
            };
            let value = message
                .value
                .as_ref()
                .unwrap_or_else(|| panic!("{name}: {message:?}"));
            let mut add = |key: String, pattern| {
                let before = found.insert(key.clone(), read(pattern));
                assert!(before.is_none(), "{name}: `{key}` is there twice");
            };
            add(message.id.name.to_owned(), value);
            for attribute in &message.attributes {
                add(
                    format!("{}.{}", message.id.name, attribute.id.name),
                    &attribute.value,
                );
            }
        }
    }
    found
}

fn read(pattern: &Pattern<&str>) -> Sentence {
    let mut sentence = Sentence::default();
    read_pattern(pattern, &mut sentence);
    sentence
}

fn read_pattern(pattern: &Pattern<&str>, sentence: &mut Sentence) {
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => sentence.text.push_str(value),
            PatternElement::Placeable { expression } => match expression {
                Expression::Inline(inline) => read_inline(inline, sentence),
                Expression::Select { selector, variants } => {
                    read_inline(selector, sentence);
                    for variant in variants {
                        read_pattern(&variant.value, sentence);
                    }
                }
            },
        }
    }
}

fn read_inline(inline: &InlineExpression<&str>, sentence: &mut Sentence) {
    match inline {
        InlineExpression::StringLiteral { value } => {
            sentence.braces += value.matches('{').count();
            sentence.text.push_str(value);
        }
        InlineExpression::VariableReference { id } => {
            sentence.variables.insert(id.name.to_owned());
        }
        InlineExpression::NumberLiteral { .. } => {}
        other => panic!("sentences refer to variables only: {other:?}"),
    }
}

fn is_chinese(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FFEF}' | '\u{20000}'..='\u{3FFFF}')
}

#[test]
fn both_languages_say_the_same_things() {
    let (zh, en) = (sentences(Lang::Zh), sentences(Lang::En));
    let shapes = |of: &BTreeMap<String, Sentence>| -> Vec<(String, Vec<String>)> {
        of.iter()
            .map(|(key, s)| (key.clone(), s.variables.iter().cloned().collect()))
            .collect()
    };
    assert_eq!(shapes(&zh), shapes(&en));
}

#[test]
fn each_catalogue_is_in_its_language() {
    let (zh, en) = (sentences(Lang::Zh), sentences(Lang::En));
    for (key, sentence) in &en {
        let found: String = sentence.text.chars().filter(|c| is_chinese(*c)).collect();
        assert!(found.is_empty(), "en `{key}` holds `{found}`");
    }
    for (key, sentence) in &zh {
        let same = sentence.text == en[key].text && !sentence.text.chars().any(is_chinese);
        // Signs between the variables are no words of a language.
        let is_signs = !sentence.text.chars().any(char::is_alphabetic);
        // Commands are no words of a language either.
        let is_commands = key.starts_with("cli-examples-");
        let allowed = SAME_IN_BOTH.contains(&key.as_str()) || is_signs || is_commands;
        assert!(
            !same || allowed,
            "zh `{key}` is not in Chinese: `{}`",
            sentence.text
        );
    }
}

#[test]
fn sentences_keep_to_the_habits_of_messages() {
    for (lang, end) in [(Lang::En, '.'), (Lang::Zh, '。')] {
        for (key, sentence) in sentences(lang) {
            let text = sentence.text.trim();
            let is_page = key.ends_with(".page");
            if is_page {
                continue;
            }
            // A page and the words of a report are prose or labels; a sentence is one line.
            let of_problems = ["code-", "figure-", "printed-", "help-", "place-", "syntax-"];
            if of_problems.iter().any(|prefix| key.starts_with(prefix)) {
                assert!(!text.contains('\n'), "`{key}` has several lines");
                assert!(!text.ends_with(end), "`{key}` ends in a full stop");
                let first = text.chars().next().unwrap_or('a');
                assert!(!first.is_ascii_uppercase(), "`{key}` starts in upper case");
            }
            let words = text.to_lowercase();
            let is_you = words
                .split(|c: char| !c.is_alphabetic())
                .any(|word| word == "you" || word == "your");
            assert!(
                !is_you && !words.contains('您') && !words.contains('你'),
                "`{key}` says you"
            );
        }
    }
}

#[test]
fn every_key_of_the_code_has_a_sentence() {
    let known = sentences(Lang::En);
    let prefixes: BTreeSet<&str> = known
        .keys()
        .filter_map(|key| key.split('-').next())
        .collect();
    for (file, text) in sources() {
        for literal in literals(&text) {
            let looks = literal.contains('-')
                && literal
                    .chars()
                    .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "-.".contains(c));
            let prefix = literal.split('-').next().unwrap_or("");
            let is_word = is_machine_word(&literal) || NOT_KEYS.contains(&literal.as_str());
            if looks && prefixes.contains(prefix) && !is_word {
                assert!(
                    known.contains_key(&literal),
                    "{file}: no sentence `{literal}`"
                );
            }
        }
        for Use { key, .. } in uses(&text) {
            let key = key_of(&key);
            assert!(known.contains_key(key), "{file}: no sentence `{key}`");
        }
    }
    let words = Verdict::ALL.iter().map(|word| word.key());
    let words = words.chain(Cause::ALL.iter().map(|word| word.key()));
    let words = words.chain(OutlookClass::ALL.iter().map(|word| word.key()));
    for key in words
        .chain(syntax_keys())
        .chain(FUNCTIONS.iter().map(|function| function.key))
    {
        assert!(known.contains_key(key), "no sentence `{key}`");
    }
}

#[test]
fn every_sentence_has_a_user() {
    let mut used: BTreeSet<String> = sources()
        .iter()
        .flat_map(|(_, text)| literals(text))
        .collect();
    used.extend(syntax_keys().into_iter().map(str::to_owned));
    used.extend(Code::ALL.iter().map(|code| code.page_key().to_owned()));
    for code in ProblemCode::ALL {
        let key = code.page_key();
        used.extend([page(key), key.trim_end_matches(".page").to_owned()]);
    }
    used.extend(
        FUNCTIONS
            .iter()
            .map(|function| format!("{}.doc", function.key)),
    );
    let help = help();
    for (key, sentence) in sentences(Lang::En) {
        let is_said = |line: &str| {
            let mut words = line.trim().split("  ").map(str::trim);
            words.all(|part| help.contains(part))
        };
        let is_help = key.starts_with("cli-") && sentence.text.lines().all(is_said);
        assert!(is_help || used.contains(&key), "nothing says `{key}`");
    }
}

#[test]
fn every_place_in_a_sentence_is_filled_where_it_is_made() {
    let known = sentences(Lang::En);
    for (file, text) in sources() {
        for Use { key, arguments } in uses(&text) {
            let key = key_of(&key);
            let Some(sentence) = known.get(key) else {
                panic!("{file}: no sentence `{key}`")
            };
            // A key that is compared with is made elsewhere.
            let is_compared = text.contains(&format!("== \"{key}\""));
            let open: Vec<&String> = sentence.variables.difference(&arguments).collect();
            assert!(
                is_compared || open.is_empty(),
                "{file}: `{key}` lacks {open:?}"
            );
        }
    }
}

/// The help of the program and of every command, in English.
fn help() -> String {
    let commands = common::commands();
    let of_commands = commands.iter().map(|name| common::help("en", Some(name)));
    common::help("en", None) + &of_commands.collect::<String>()
}

/// The key of a sentence that the code names by itself or by a diagnostic code.
fn key_of(named: &str) -> &str {
    let code = Code::ALL.iter().find(|code| format!("{code:?}") == named);
    code.map_or(named, |code| code.key())
}

fn page(key: &str) -> String {
    format!("{}.page", key.trim_end_matches(".page"))
}

#[test]
fn every_code_has_a_sentence_and_a_page() {
    let keys = Code::ALL.iter().map(|code| code.page_key());
    let keys: Vec<&str> = keys
        .chain(ProblemCode::ALL.iter().map(|code| code.page_key()))
        .collect();
    for lang in Lang::ALL {
        let known = sentences(lang);
        for key in &keys {
            assert!(known.contains_key(key.trim_end_matches(".page")), "{key}");
            let lines = known[&page(key)]
                .text
                .lines()
                .filter(|line| !line.trim().is_empty())
                .count();
            assert!(
                (5..=15).contains(&lines),
                "{} {key}: {lines} lines",
                lang.code()
            );
            let text = catalogue(lang).word(&page(key));
            for heading in headings(lang) {
                assert_eq!(
                    text.lines().filter(|line| *line == heading).count(),
                    1,
                    "{key} {heading}"
                );
            }
        }
    }
}

fn headings(lang: Lang) -> [&'static str; 2] {
    match lang {
        Lang::Zh => ["错误：", "正确："],
        Lang::En => ["Wrong:", "Right:"],
    }
}

#[test]
fn rendered_sentences_show_no_key_and_no_open_place() {
    for lang in Lang::ALL {
        for (key, sentence) in sentences(lang) {
            let key: &'static str = Box::leak(key.into_boxed_str());
            let mut message = Message::new(key);
            for name in &sentence.variables {
                let name: &'static str = Box::leak(name.clone().into_boxed_str());
                message = message.with(name, Arg::from(vec!["one", "two"]));
            }
            let text = message.render(lang);
            assert_eq!(text.matches('{').count(), sentence.braces, "{key}: {text}");
            assert!(
                !text.contains(key) && !text.trim().is_empty(),
                "{key}: {text}"
            );
        }
    }
}

#[test]
fn answers_use_the_words_of_the_language() {
    let word = |en: &str| {
        let found = keywords().iter().find(|known| known.en == en);
        let found = found.unwrap_or_else(|| panic!("no keyword `{en}`"));
        (found.zh, found.en)
    };
    let verdicts = Verdict::ALL.iter().map(|it| (it.key(), word(it.word())));
    let causes = Cause::ALL.iter().map(|it| (it.key(), word(it.word())));
    let outlooks = OutlookClass::ALL
        .iter()
        .map(|it| (it.key(), word(it.word())));
    for (key, (zh, en)) in verdicts.chain(causes).chain(outlooks) {
        assert_eq!(
            (catalogue(Lang::Zh).word(key), catalogue(Lang::En).word(key)),
            (zh.to_owned(), en.to_owned())
        );
    }
}

#[test]
fn functions_have_their_names() {
    for function in FUNCTIONS {
        assert_eq!(catalogue(Lang::En).word(function.key), function.name);
    }
    let names: BTreeSet<String> = FUNCTIONS
        .iter()
        .map(plumbrule::functions::chinese_name)
        .collect();
    assert_eq!(names.len(), FUNCTIONS.len());
}
