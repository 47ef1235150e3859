//! Items: pest pairs to `ast::Item`.

use pest::iterators::Pair;

use super::clauses::plausible;
use super::expr::parts;
use super::{Cx, Rule, is_blank, keyword_of};
use crate::eval::Vintage;
use crate::syntax::ast::{
    Block, BlockKind, Expectation, GivenValue, Item, ItemKind, TestClause, TestClauseKind, Word,
    WordPlace,
};
use crate::verdict::{Cause, OutlookClass, Verdict};

impl Cx<'_> {
    pub(super) fn item(&mut self, text: &str, pair: Pair<'_, Rule>) -> Option<Item> {
        let span = self.span(&pair);
        let doc = doc_above(text, span.start as usize);
        let inner = parts(pair).next()?;
        let kind = match inner.as_rule() {
            Rule::dimension_item => self.dimension(inner)?,
            Rule::unit_item => self.unit_item(inner)?,
            Rule::scale_item => self.scale_item(inner)?,
            Rule::ladder_item => ItemKind::Ladder(self.ladder(inner)?),
            Rule::plausible_item => {
                let (word, quantity) = plausible(&mut self.found(inner)?)?;
                ItemKind::Plausible(word, quantity)
            }
            Rule::words_item => self.words_item(inner)?,
            Rule::define_item => self.define_item(inner)?,
            Rule::test_item => self.test_item(inner)?,
            Rule::table_item => self.table_item(inner)?,
            Rule::rows_item => self.rows_item(inner)?,
            Rule::score_item => ItemKind::Score(self.score(inner)?),
            Rule::weights_item => ItemKind::Weights(self.weights(inner)?),
            _ => ItemKind::Block(self.block(inner)?),
        };
        Some(Item { doc, span, kind })
    }

    fn dimension(&mut self, pair: Pair<'_, Rule>) -> Option<ItemKind> {
        let mut name = None;
        let mut labels = Vec::new();
        for part in parts(pair) {
            match part.as_rule() {
                Rule::name => name = Some(self.word(&part)),
                Rule::text => labels.push(self.text(&part)),
                _ => {}
            }
        }
        Some(ItemKind::Dimension {
            name: name?,
            labels,
        })
    }

    fn unit_item(&mut self, pair: Pair<'_, Rule>) -> Option<ItemKind> {
        let (mut names, mut factor, mut base) = (Vec::new(), None, None);
        let (mut metric, mut wordscale) = (false, false);
        for part in parts(pair) {
            match part.as_rule() {
                Rule::unit_name => names.push(self.word(&part)),
                Rule::number => factor = Some(self.number(&part)?),
                Rule::unit_word => base = Some(self.word(&part)),
                Rule::unit_flag => match parts(part).next()?.as_rule() {
                    Rule::kw_metric => metric = true,
                    _ => wordscale = true,
                },
                _ => {}
            }
        }
        Some(ItemKind::Unit {
            names,
            factor,
            base: base?,
            metric,
            wordscale,
        })
    }

    fn scale_item(&mut self, pair: Pair<'_, Rule>) -> Option<ItemKind> {
        let (mut names, mut factor, mut metric) = (Vec::new(), None, false);
        for part in parts(pair) {
            match part.as_rule() {
                Rule::unit_name => names.push(self.word(&part)),
                Rule::number => factor = Some(self.number(&part)?),
                Rule::unit_flag => metric = parts(part).next()?.as_rule() == Rule::kw_metric,
                _ => {}
            }
        }
        Some(ItemKind::Scale {
            names,
            factor: factor?,
            metric,
        })
    }

    fn words_item(&mut self, pair: Pair<'_, Rule>) -> Option<ItemKind> {
        let mut names = Vec::new();
        let mut words = Vec::new();
        for part in parts(pair) {
            match part.as_rule() {
                Rule::rule_id => names.push(self.word(&part)),
                Rule::words_clause => {
                    let mut place = WordPlace::Alias;
                    for part in parts(part) {
                        match part.as_rule() {
                            Rule::kw_before => place = WordPlace::Before,
                            Rule::kw_after => place = WordPlace::After,
                            Rule::text => words.push((place, self.text(&part))),
                            _ => {}
                        }
                    }
                }
                _ => {}
            }
        }
        let mut names = names.into_iter();
        Some(ItemKind::Words {
            group: names.next()?,
            meaning: names.next()?,
            words,
        })
    }

    fn define_item(&mut self, pair: Pair<'_, Rule>) -> Option<ItemKind> {
        let (mut name, mut label, mut value) = (None, None, None);
        let mut clauses = Vec::new();
        for part in parts(pair) {
            match part.as_rule() {
                Rule::name => name = Some(self.word(&part)),
                Rule::text => label = Some(self.text(&part)),
                Rule::expr => value = Some(self.expr(part)?),
                Rule::clause => clauses.push(self.clause(part)?),
                _ => {}
            }
        }
        Some(ItemKind::Define {
            name: name?,
            label,
            value: value?,
            clauses,
        })
    }

    fn block(&mut self, pair: Pair<'_, Rule>) -> Option<Block> {
        let (mut kind, mut id, mut label) = (None, None, None);
        let mut clauses = Vec::new();
        for part in parts(pair) {
            match part.as_rule() {
                Rule::block_keyword => {
                    kind = Some(match parts(part).next()?.as_rule() {
                        Rule::kw_pack => BlockKind::Pack,
                        Rule::kw_entity => BlockKind::Entity,
                        Rule::kw_instrument => BlockKind::Instrument,
                        Rule::kw_indicator => BlockKind::Indicator,
                        Rule::kw_breakdown => BlockKind::Breakdown,
                        Rule::kw_target => BlockKind::Target,
                        Rule::kw_decision => BlockKind::Decision,
                        Rule::kw_milestone => BlockKind::Milestone,
                        Rule::kw_calendar => BlockKind::Calendar,
                        _ => BlockKind::Check,
                    });
                }
                Rule::rule_id => id = Some(self.word(&part)),
                Rule::text => label = Some(self.text(&part)),
                Rule::clause => clauses.push(self.clause(part)?),
                _ => {}
            }
        }
        Some(Block {
            kind: kind?,
            id: id?,
            label,
            clauses,
        })
    }

    fn test_item(&mut self, pair: Pair<'_, Rule>) -> Option<ItemKind> {
        let (mut label, mut entity) = (None, None);
        let mut clauses = Vec::new();
        for part in parts(pair) {
            match part.as_rule() {
                Rule::text => label = Some(self.text(&part)),
                Rule::rule_id => entity = Some(self.word(&part)),
                Rule::test_clause => {
                    let span = self.span(&part);
                    let kind = self.test_clause(parts(part).next()?)?;
                    clauses.push(TestClause { kind, span });
                }
                _ => {}
            }
        }
        Some(ItemKind::Test {
            label: label?,
            entity,
            clauses,
        })
    }

    fn test_clause(&mut self, pair: Pair<'_, Rule>) -> Option<TestClauseKind> {
        match pair.as_rule() {
            Rule::given_clause => self.given(pair),
            Rule::expect_clause => self.expect(pair),
            Rule::test_cases => self.test_cases(pair).map(TestClauseKind::Cases),
            Rule::sources_clause => Some(TestClauseKind::Sources(self.rule_ids(pair))),
            Rule::weighing_clause => self.rule_ids(pair).pop().map(TestClauseKind::Weights),
            Rule::prefer_clause => Some(TestClauseKind::Prefer(self.rule_ids(pair))),
            Rule::vintage_clause => {
                let word =
                    parts(pair).find_map(|part| Vintage::from_word(keyword_of(part.as_rule())?.en));
                word.map(TestClauseKind::Vintage)
            }
            rule => {
                let period = parts(pair).find(|part| part.as_rule() == Rule::period)?;
                let at = self.period(&period)?;
                Some(match rule {
                    Rule::period_clause => TestClauseKind::Period(at),
                    Rule::in_force_on => TestClauseKind::InForce(at),
                    _ => TestClauseKind::KnownOn(at),
                })
            }
        }
    }

    fn rule_ids(&mut self, pair: Pair<'_, Rule>) -> Vec<Word> {
        let ids = parts(pair).filter(|part| part.as_rule() == Rule::rule_id);
        ids.map(|part| self.word(&part)).collect()
    }

    fn given(&mut self, pair: Pair<'_, Rule>) -> Option<TestClauseKind> {
        let (mut figure, mut value) = (None, None);
        let (mut source, mut published, mut entity): (Option<Word>, _, Option<Word>) =
            (None, None, None);
        for part in parts(pair) {
            match part.as_rule() {
                Rule::given_evidence => return self.given_evidence(part),
                Rule::postfix => figure = Some(self.expr(part)?),
                Rule::given_value => value = Some(self.given_value(part)?),
                Rule::given_extra => {
                    let mut inner = parts(part);
                    let keyword = inner.next()?.as_rule();
                    let what = inner.next()?;
                    match keyword {
                        Rule::kw_source => source = Some(self.word(&what)),
                        Rule::kw_published => published = Some(self.period(&what)?),
                        _ => entity = Some(self.word(&what)),
                    }
                }
                _ => {}
            }
        }
        Some(TestClauseKind::Given {
            figure: figure?,
            value: value?,
            source,
            published,
            entity,
        })
    }

    fn given_value(&mut self, pair: Pair<'_, Rule>) -> Option<GivenValue> {
        let inner = parts(pair).next()?;
        Some(match inner.as_rule() {
            Rule::text => GivenValue::Printed(self.text(&inner)),
            Rule::day => GivenValue::Printed(self.word(&inner)),
            Rule::kw_true | Rule::kw_false => GivenValue::Printed(self.truth(&inner)),
            _ => GivenValue::Quantity(self.signed(inner)?),
        })
    }

    /// Yes or no, the same in every language.
    pub(super) fn truth(&self, pair: &Pair<'_, Rule>) -> Word {
        let text = match pair.as_rule() {
            Rule::kw_true => "yes",
            _ => "no",
        };
        Word {
            text: text.to_owned(),
            ..self.word(pair)
        }
    }

    fn expect(&mut self, pair: Pair<'_, Rule>) -> Option<TestClauseKind> {
        let mut ids = Vec::new();
        let mut what = None;
        for part in parts(pair) {
            match part.as_rule() {
                Rule::rule_id | Rule::body_id => ids.push(self.word(&part)),
                Rule::expectation => what = Some(self.expectation(parts(part).next()?)?),
                _ => {}
            }
        }
        let mut ids = ids.into_iter();
        Some(TestClauseKind::Expect {
            rule: ids.next()?,
            entity: ids.next(),
            what: what?,
        })
    }

    fn expectation(&mut self, pair: Pair<'_, Rule>) -> Option<Expectation> {
        let rule = pair.as_rule();
        if rule == Rule::expect_outcome {
            let names = parts(pair).filter(|part| part.as_rule() == Rule::name);
            return Some(Expectation::Outcome(
                names.map(|name| self.word(&name)).collect(),
            ));
        }
        let mut inner = parts(pair).filter(|part| {
            !matches!(
                part.as_rule(),
                Rule::kw_outlook | Rule::equals | Rule::kw_mentions
            )
        });
        let first = inner.next()?;
        Some(match rule {
            Rule::expect_verdict => verdict(&first, inner.next())?,
            Rule::expect_outlook => Expectation::Outlook(outlook(&first)?),
            Rule::expect_mention => Expectation::Mentions(self.text(&first)),
            Rule::expect_value if first.as_rule() == Rule::text => {
                Expectation::Value(GivenValue::Printed(self.text(&first)))
            }
            Rule::expect_value if first.as_rule() == Rule::day => {
                Expectation::Value(GivenValue::Printed(self.word(&first)))
            }
            Rule::expect_value => Expectation::Value(GivenValue::Quantity(self.signed(first)?)),
            _ => Expectation::Finding(first.as_rule() == Rule::kw_finding),
        })
    }
}

/// A verdict with the cause behind it.
pub(super) fn verdict(word: &Pair<'_, Rule>, cause: Option<Pair<'_, Rule>>) -> Option<Expectation> {
    let cause = match cause {
        Some(cause) => {
            let word = parts(cause).find(|part| part.as_rule() == Rule::cause_word)?;
            let en = keyword_en(&word)?;
            Some(Cause::ALL.into_iter().find(|cause| cause.word() == en)?)
        }
        None => None,
    };
    let verdict = Verdict::from_word(keyword_en(word)?)?;
    Some(Expectation::Verdict { verdict, cause })
}

/// A word for how a pending target stands.
pub(super) fn outlook(word: &Pair<'_, Rule>) -> Option<OutlookClass> {
    let en = keyword_en(word)?;
    OutlookClass::ALL.into_iter().find(|c| c.word() == en)
}

/// The English form of the keyword inside a word rule, which is also the word of the output.
fn keyword_en(pair: &Pair<'_, Rule>) -> Option<&'static str> {
    let inner = parts(pair.clone()).next()?;
    keyword_of(inner.as_rule()).map(|keyword| keyword.en)
}

/// The `///` lines right above the line that a byte starts, without their slashes.
fn doc_above(text: &str, start: usize) -> String {
    let mut lines: Vec<&str> = Vec::new();
    let (mut above, indent) = last_line(text.get(..start).unwrap_or(""));
    if !indent.trim_matches(is_blank).is_empty() {
        return String::new();
    }
    while let Some(text) = above {
        let (further, line) = last_line(text);
        match line.trim_matches(is_blank).strip_prefix("///") {
            Some(doc) => lines.push(doc.trim_matches(is_blank)),
            None => break,
        }
        above = further;
    }
    lines.reverse();
    lines.join("\n")
}

/// The last line of a text, and the text above it if there is any.
fn last_line(text: &str) -> (Option<&str>, &str) {
    match text.rsplit_once(['\n', '\r']) {
        Some((above, line)) => {
            let is_pair = text
                .get(above.len()..)
                .is_some_and(|end| end.starts_with('\n'));
            let above = if is_pair {
                above.strip_suffix('\r').unwrap_or(above)
            } else {
                above
            };
            (Some(above), line)
        }
        None => (None, text),
    }
}
