//! Random rule files as text, with gaps, comments and both forms of every keyword anywhere.

use plumbrule::syntax::keywords;

#[path = "items.rs"]
mod items;

/// The English and Chinese name of a function.
pub(crate) const FUNCTIONS: [(&str, &str); 2] = [("growth", "增长"), ("max", "最大")];

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

    /// The word between the ends of `between`, which Chinese does not share with `and`.
    fn up_to(&mut self) {
        let keyword = keywords().iter().find(|it| it.rule == "kw_up_to").unwrap();
        let form = if self.maybe() { keyword.zh } else { keyword.en };
        self.word(form);
    }

    fn key(&mut self, en: &str) {
        let is_own = |rule: &str| !["kw_least", "kw_items_of"].contains(&rule);
        let mut all = keywords().iter().filter(|it| is_own(it.rule));
        let keyword = all.find(|it| it.en == en).unwrap();
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
                self.up_to();
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
}

/// A rule file of a few items.
pub(crate) fn module(choices: &[u16]) -> String {
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
