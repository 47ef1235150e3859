//! Laws of the formatter and of the reader: over random rule files, over every rule file of the
//! repository, and over strings of fragments that need not be rules at all.
#![expect(
    clippy::unwrap_used,
    reason = "a property that cannot read its case must fail"
)]

use std::fs;
use std::path::Path;

use plumbrule::Sources;
use plumbrule::message::Lang;
use plumbrule::syntax::{Limits, TokenKind, format, keywords, parse, tokens};
use proptest::prelude::*;

/// The English and Chinese name of a function.
const FUNCTIONS: [(&str, &str); 2] = [("growth", "增长"), ("max", "最大")];

fn names(name: &str, lang: Lang) -> Option<String> {
    let (en, zh) = FUNCTIONS
        .iter()
        .find(|(en, zh)| [*en, *zh].contains(&name))?;
    let name = match lang {
        Lang::En => en,
        Lang::Zh => zh,
    };
    Some((*name).to_owned())
}

fn same(_: &str, _: Lang) -> Option<String> {
    None
}

/// The tree of a text as data, without its places.
fn tree(text: &str) -> String {
    let mut sources = Sources::new();
    let id = sources.add("case.plumb", text);
    let (module, diagnostics) = parse(id, text, &Limits::default());
    assert_eq!(diagnostics, [], "{text}");
    let shown = format!("{module:#?}");
    let mut lines = Vec::new();
    let mut in_span = false;
    for line in shown.lines() {
        in_span |= line.ends_with("Span {");
        if !in_span {
            lines.push(line);
        }
        in_span &= !line.trim_start().starts_with('}');
    }
    lines.join("\n")
}

fn comments(text: &str) -> Vec<&str> {
    let tokens = tokens(text).unwrap();
    let comments = tokens.iter().filter(|it| it.kind == TokenKind::Comment);
    comments.map(|it| it.text.trim_end()).collect()
}

/// What holds for every text that can be read.
fn check_laws(text: &str) {
    let plain = format(text, None, &same).unwrap();
    assert_eq!(tree(text), tree(&plain), "the tree:\n{text}\n====\n{plain}");
    assert_eq!(
        comments(text),
        comments(&plain),
        "the comments:\n{text}\n====\n{plain}"
    );
    assert_eq!(format(&plain, None, &same).unwrap(), plain, "once:\n{text}");
    assert!(plain.is_empty() || plain.ends_with('\n') && !plain.ends_with("\n\n"));
    for lang in Lang::ALL {
        let there = format(text, Some(lang), &same).unwrap();
        assert_eq!(tree(text), tree(&there), "{lang:?}:\n{text}\n====\n{there}");
        assert_eq!(comments(text), comments(&there));
    }
    let zh = format(text, Some(Lang::Zh), &names).unwrap();
    let en = format(text, Some(Lang::En), &names).unwrap();
    assert_eq!(format(&zh, Some(Lang::En), &names).unwrap(), en, "{text}");
    assert_eq!(format(&en, Some(Lang::Zh), &names).unwrap(), zh, "{text}");
    assert_eq!(format(&zh, None, &names).unwrap(), zh, "{text}");
    assert_eq!(zh.lines().count(), en.lines().count());
}

/// Writes a random rule file; every choice comes from a list, so that cases shrink.
struct Writer<'c> {
    choices: std::slice::Iter<'c, u16>,
    out: String,
}

impl Writer<'_> {
    fn pick(&mut self, n: usize) -> usize {
        self.choices
            .next()
            .map_or(0, |choice| usize::from(*choice) % n)
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.pick(of.len())]
    }

    fn maybe(&mut self) -> bool {
        self.pick(2) == 1
    }

    /// A gap and a word.
    fn word(&mut self, word: &str) {
        let gap = self.one(&[
            " ",
            " ",
            " ",
            " ",
            " ",
            "  ",
            "\t",
            "\u{3000}",
            "\n",
            "\r\n",
            "\n\n\n",
            " \u{A0}\n  ",
            " // why\n",
            "\n  // own\n",
            " ／／ \"quote\n\n",
            "\n/// doc\n",
        ]);
        self.out.push_str(gap);
        self.out.push_str(word);
    }

    /// A sign, which needs no gap.
    fn sign(&mut self, of: &[&str]) {
        let sign = self.one(of);
        if self.maybe() {
            self.out.push_str(sign);
        } else {
            self.word(sign);
        }
    }

    fn key(&mut self, en: &str) {
        let keyword = keywords().iter().find(|it| it.en == en).unwrap();
        let form = if self.maybe() { keyword.zh } else { keyword.en };
        self.word(form);
    }

    fn name(&mut self) {
        let name = self.one(&[
            "a",
            "users",
            "inflow",
            "是否达标",
            "「in 2020」",
            "`a b`",
            "_x１",
            "在校生",
        ]);
        self.word(name);
    }

    fn id(&mut self) {
        let id = self.one(&["nip.2", "CN-11", "for", "目标.一", "a"]);
        self.word(id);
    }

    fn text(&mut self) {
        let text = self.one(&[
            "\"t\"",
            "\"\"",
            "“全 ，“词”",
            "\"a \\\" // \\\\\"",
            "\"２０２５年 ％\"",
            "\"unit {\"",
        ]);
        self.word(text);
    }

    fn list(&mut self, of: fn(&mut Self)) {
        of(self);
        while self.pick(3) == 2 {
            self.sign(&[",", "，", "、"]);
            of(self);
        }
    }

    fn number(&mut self) {
        let number = self.one(&["0", "5", "12.50", "１２．５", "2020"]);
        self.word(number);
    }

    fn quantity(&mut self) {
        if self.pick(4) == 3 {
            self.word("-");
        }
        self.number();
        let unit = self.one(&[
            "",
            "%",
            "％",
            " 亿元/人",
            "人",
            "　户",
            "kW·h",
            "年",
            "人／年",
        ]);
        self.out.push_str(unit);
    }

    fn period(&mut self) {
        let period = self.one(&[
            "2025",
            "2025年",
            "２０２５",
            "2025-03",
            "2025年3月",
            "2025-12-31",
            "2025Q1",
            "2025年H2",
        ]);
        self.word(period);
    }

    fn compare(&mut self) {
        if self.maybe() {
            self.word("");
            self.sign(&[">=", "≥", "＞＝", "<", "＜", "==", "＝＝", "!=", "≠"]);
            return;
        }
        let all: Vec<&str> = keywords()
            .iter()
            .filter(|it| it.group.starts_with("comparison"))
            .map(|it| it.en)
            .collect();
        let word = self.one(&all);
        self.key(word);
    }

    fn expr(&mut self, depth: usize) {
        let n = if depth == 0 { 5 } else { 16 };
        match self.pick(n) {
            0 => self.name(),
            1 => self.quantity(),
            2 => self.text(),
            3 => {
                let truth = self.one(&["yes", "no"]);
                self.key(truth);
            }
            4 => self.name(),
            5 | 6 => {
                self.group(depth);
                self.sign(&["+", "-", "－", "*", "×", "＊", "÷"]);
                self.group(depth);
            }
            7 => {
                let word = self.one(&["not", "strict"]);
                self.key(word);
                self.group(depth);
            }
            8 => {
                let word = self.one(&["and", "or", "implies"]);
                self.group(depth);
                self.key(word);
                self.group(depth);
            }
            9 => {
                self.group(depth);
                self.compare();
                self.group(depth);
            }
            10 => {
                self.group(depth);
                self.key("between");
                self.group(depth);
                self.key("and");
                self.group(depth);
            }
            11 => {
                self.group(depth);
                self.key("in");
                self.sign(&["{", "｛"]);
                self.list(|it| it.group(0));
                self.sign(&["}", "｝"]);
            }
            12 => self.figure(),
            13 => self.call(depth),
            14 => {
                self.key("if");
                self.expr(depth - 1);
                self.key("then");
                self.expr(depth - 1);
                self.key("else");
                self.expr(depth - 1);
            }
            _ => {
                self.sign(&["-", "−", "－"]);
                self.group(depth);
                self.sign(&["^", "＾"]);
                self.word("2");
            }
        }
    }

    fn group(&mut self, depth: usize) {
        self.word("");
        self.sign(&["(", "（"]);
        self.expr(depth.saturating_sub(1));
        self.sign(&[")", "）"]);
    }

    fn call(&mut self, depth: usize) {
        let (en, zh) = FUNCTIONS[self.pick(2)];
        let name = self.one(&[en, zh, "own"]);
        self.word(name);
        self.sign(&["(", "（"]);
        if self.maybe() {
            self.expr(depth - 1);
            self.sign(&[",", "，"]);
            let first = self.one(&["2020", "2020年", "-1", "－1", "0"]);
            self.word(first);
            self.sign(&["..", "…", "～"]);
            let last = self.one(&["2025", "2025年", "+1", "＋1", "0"]);
            self.word(last);
        }
        self.sign(&[")", "）"]);
    }

    fn figure(&mut self) {
        self.name();
        if self.maybe() {
            self.sign(&["[", "［"]);
            self.list(|it| {
                if it.maybe() {
                    let key = it.one(&["definition", "measure", "entity", "basis"]);
                    it.key(key);
                } else {
                    it.word("area");
                }
                it.sign(&["=", "＝"]);
                let value = it.one(&["urban", "居民", "CN-11", "\"a // b\"", "２"]);
                it.word(value);
            });
            self.sign(&["]", "］"]);
        }
        match self.pick(4) {
            0 => {}
            1 => {
                self.sign(&["@", "＠"]);
                let relative = self.one(&["-1", "+2", "−1", "0", "０"]);
                self.word(relative);
            }
            2 => {
                self.key("at");
                self.period();
            }
            _ => {
                self.sign(&["@", "＠"]);
                self.key("previous year");
            }
        }
    }

    fn window(&mut self) {
        if self.maybe() {
            self.key("since");
            self.period();
        }
        if self.maybe() {
            self.key("until");
            self.period();
        }
    }

    fn clause(&mut self) {
        let with_texts = ["en", "zh", "note"];
        match self.pick(16) {
            0 => {
                let word = self.one(&with_texts);
                self.key(word);
                self.text();
            }
            1 => {
                let word = self.one(&["alias", "issuer", "owner"]);
                self.key(word);
                self.list(Self::text);
            }
            2 => {
                self.key("unit");
                let unit = self.one(&["%", "万元/人", "％", "CNY"]);
                self.word(unit);
            }
            3 => {
                self.key("kind");
                let kind = self.one(&["stock", "growth", "yes-no", "text"]);
                self.key(kind);
            }
            4 => {
                self.key("bounds");
                self.key("between");
                self.quantity();
                self.key("and");
                self.quantity();
            }
            5 => {
                self.key("definition");
                self.name();
                if self.maybe() {
                    self.key("default");
                }
            }
            6 => {
                let word = self.one(&["identity", "derive"]);
                self.key(word);
                self.sign(&["=", "＝"]);
                self.expr(2);
                if self.maybe() {
                    self.key("under");
                    self.name();
                }
            }
            7 => {
                self.key("in force");
                self.window();
            }
            8 => self.require(),
            9 => {
                self.key("from");
                self.quantity();
                self.key("in");
                self.period();
            }
            10 => {
                self.key("path");
                self.key("waypoints");
                self.list(|it| {
                    it.period();
                    it.quantity();
                });
            }
            11 => {
                self.key("cite");
                self.id();
                self.text();
                self.key("line");
                self.number();
            }
            12 => {
                self.key("when");
                self.expr(2);
            }
            13 => {
                self.key("waived");
                self.key("for");
                self.id();
                self.key("until");
                self.period();
                self.text();
            }
            14 => {
                self.key("width");
                self.key("about");
                self.key("relative");
                self.quantity();
            }
            _ => self.key("absence may pass"),
        }
    }

    fn require(&mut self) {
        self.key("require");
        if self.maybe() {
            self.group(1);
            let goal = self.one(&["average annual growth", "falls by", "ranks"]);
            self.key(goal);
            self.compare();
            self.quantity();
        } else {
            self.expr(2);
        }
        match self.pick(3) {
            0 => {}
            1 => {
                let word = self.one(&["by", "reached by"]);
                self.key(word);
                self.period();
            }
            _ => {
                self.key("each year");
                self.window();
            }
        }
    }

    fn test_clause(&mut self) {
        match self.pick(4) {
            0 => {
                self.key("given");
                self.figure();
                self.sign(&["=", "＝"]);
                if self.maybe() {
                    self.text();
                } else {
                    self.quantity();
                }
                self.key("published");
                self.period();
            }
            1 => {
                let word = self.one(&["period", "known on", "in force"]);
                self.key(word);
                self.period();
            }
            2 => {
                self.key("expect");
                self.id();
                self.key("undetermined");
                self.sign(&["(", "（"]);
                self.key("missing");
                self.sign(&[")", "）"]);
            }
            _ => {
                self.key("expect");
                self.id();
                self.key("no finding");
            }
        }
    }

    fn block(&mut self, of: fn(&mut Self)) {
        self.sign(&["{", "｛"]);
        while self.pick(3) != 0 {
            of(self);
        }
        self.sign(&["}", "｝"]);
    }

    fn item(&mut self) {
        self.out.push_str("\n");
        match self.pick(7) {
            0 => {
                self.key("unit");
                self.list(|it| it.word("斤"));
                self.sign(&["=", "＝"]);
                self.word("0.5");
                self.word("kg");
            }
            1 => {
                self.key("define");
                self.name();
                self.sign(&["=", "＝"]);
                self.expr(3);
                if self.maybe() {
                    self.block(Self::clause);
                }
            }
            2 => {
                self.key("words");
                self.word("column");
                self.word("value");
                self.block(|it| {
                    let place = it.one(&["before", "after", "alias"]);
                    it.key(place);
                    it.list(Self::text);
                });
            }
            3 => {
                self.key("test");
                self.text();
                self.block(Self::test_clause);
            }
            4 => {
                self.key("dimension");
                self.name();
            }
            _ => {
                let word = self.one(&["indicator", "target", "pack", "check", "entity"]);
                self.key(word);
                self.id();
                if self.maybe() {
                    self.text();
                }
                self.block(Self::clause);
            }
        }
    }
}

fn module(choices: &[u16]) -> String {
    let mut writer = Writer {
        choices: choices.iter(),
        out: String::new(),
    };
    for _ in 0..4 {
        writer.item();
    }
    writer.word("");
    writer.out
}

/// Pieces of rule files and of no rule files.
fn fragment() -> impl Strategy<Value = String> {
    let signs = [
        "\n", "\n", " ", " ", "{", "}", "(", ")", "[", "]", "=", ",", ">=", "+", "-", "@", "^",
        "..", "\"", "“", "”", "「", "」", "`", "\\", "//", "///", "／", "%", "5", "2025", "2025年",
        "x", "人", "亿元", "\u{FEFF}", "\r", "\u{3000}", "\u{85}", "é", "\u{301}", "😀", "\0",
        "\"t\"", " = a\n", " {\n", "\n}\n",
    ];
    let words = keywords().iter().flat_map(|it| [it.en, it.zh]);
    let all: Vec<String> = signs.into_iter().chain(words).map(str::to_owned).collect();
    prop_oneof![
        4 => prop::sample::select(all.clone()),
        2 => prop::sample::select(all).prop_map(|word| format!(" {word} ")),
        1 => any::<char>().prop_map(String::from),
    ]
}

/// Reads any text at all; what can be read obeys the laws.
fn check_any(text: &str) {
    let mut sources = Sources::new();
    let id = sources.add("any", text);
    let (_, diagnostics) = parse(id, text, &Limits::default());
    for place in diagnostics.iter().flat_map(|one| &one.places) {
        let (start, end) = (place.span.start as usize, place.span.end as usize);
        assert!(text.get(start..end).is_some(), "{start}..{end} of {text:?}");
    }
    assert_eq!(format(text, None, &same).is_ok(), diagnostics.is_empty());
    if diagnostics.is_empty() {
        check_laws(text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn formatting_changes_nothing_but_the_looks(choices in prop::collection::vec(any::<u16>(), 0..300)) {
        check_laws(&module(&choices));
    }

    #[test]
    fn no_text_makes_the_reader_panic(parts in prop::collection::vec(fragment(), 0..60)) {
        check_any(&parts.concat());
    }

    #[test]
    fn no_damaged_file_makes_the_reader_panic(
        choices in prop::collection::vec(any::<u16>(), 0..200),
        cuts in prop::collection::vec((any::<prop::sample::Index>(), fragment()), 0..4),
    ) {
        let mut chars: Vec<String> = module(&choices).chars().map(String::from).collect();
        for (at, part) in cuts {
            let at = at.index(chars.len());
            chars[at] = part;
        }
        check_any(&chars.concat());
    }
}

fn rule_files(folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rule_files(&path, found);
        } else if path.extension().is_some_and(|it| it == "plumb") {
            found.push(fs::read_to_string(&path).unwrap());
        }
    }
}

#[test]
fn every_rule_file_of_the_repository_obeys_the_laws() {
    let mut found = Vec::new();
    for folder in ["rules", "tests", "examples"] {
        rule_files(Path::new(folder), &mut found);
    }
    assert!(found.len() > 10);
    found.iter().for_each(|text| check_any(text));
}
