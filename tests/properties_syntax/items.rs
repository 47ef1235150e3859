//! Random items and clauses.

use super::Writer;

impl Writer<'_> {
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
                self.up_to();
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
            _ => self.clause_of_a_target(),
        }
    }

    fn clause_of_a_target(&mut self) {
        match self.pick(7) {
            0 => {
                self.key("from");
                self.quantity();
                self.key("in");
                self.period();
            }
            1 => {
                self.key("path");
                self.key("waypoints");
                self.list(|it| {
                    it.period();
                    it.quantity();
                });
            }
            2 => {
                self.key("cite");
                self.id();
                self.text();
                self.key("line");
                self.number();
            }
            3 => {
                self.key("when");
                self.expr(2);
            }
            4 => {
                self.key("waived");
                self.key("for");
                self.id();
                self.key("until");
                self.period();
                self.text();
            }
            5 => {
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
        match self.pick(5) {
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
                self.key("vintage");
                let word = self.one(&["latest", "first"]);
                self.key(word);
            }
            3 => {
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

    pub(super) fn item(&mut self) {
        self.out.push('\n');
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
