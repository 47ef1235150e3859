//! The words of a rule file in order, for the formatter: nothing is lost.

use pest::Parser;
use pest::iterators::Pair;

use super::{Grammar, Rule};

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// A keyword; the name of its grammar rule.
    Keyword(&'static str),
    /// A comment up to the end of its line.
    Comment,
    /// A quoted text.
    Text,
    /// A year such as `2025` or with the word for year behind it.
    Year,
    /// A name that is called.
    Function,
    /// The unit right behind a number.
    Unit,
    /// A sign in front of its operand, as in `-3` or `@`.
    Prefix,
    /// Any other word.
    Word,
    /// `{ } ( ) [ ] ,` and operators, folded to half width.
    Sign,
}

/// One token of a rule file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token<'t> {
    /// What it is.
    pub kind: TokenKind,
    /// As written.
    pub text: &'t str,
    /// Line breaks between the token before and this one.
    pub breaks: usize,
    /// The token starts a clause or an item.
    pub starts_clause: bool,
}

/// Splits a file into tokens; `None` when it does not parse.
#[must_use]
pub fn tokens(text: &str) -> Option<Vec<Token<'_>>> {
    let pairs = Grammar::parse(Rule::module, text).ok()?;
    let mut walk = Walk {
        text,
        end: 0,
        tokens: Vec::new(),
        starts_clause: false,
    };
    for pair in pairs.flat_map(Pair::into_inner) {
        match pair.as_rule() {
            Rule::broken => return None,
            Rule::EOI => {}
            _ => walk.pair(pair),
        }
    }
    Some(walk.tokens)
}

struct Walk<'t> {
    text: &'t str,
    end: usize,
    tokens: Vec<Token<'t>>,
    starts_clause: bool,
}

impl<'t> Walk<'t> {
    fn pair(&mut self, pair: Pair<'t, Rule>) {
        let rule = pair.as_rule();
        let is_start = matches!(
            rule,
            Rule::clause | Rule::item | Rule::test_clause | Rule::words_clause
        );
        if is_start {
            self.starts_clause = true;
        }
        if let Some(kind) = leaf(rule, &pair) {
            let kind = match kind {
                // A call names its function first.
                TokenKind::Word
                    if rule == Rule::name
                        && self.text[pair.as_span().end()..]
                            .trim_start()
                            .starts_with(['(', '（']) =>
                {
                    TokenKind::Function
                }
                other => other,
            };
            self.push(kind, pair.as_span().start(), pair.as_span().end());
        } else if rule == Rule::unary {
            let mut inner = pair.into_inner();
            if let Some(first) = inner.next() {
                if first.as_rule() == Rule::minus {
                    self.push(
                        TokenKind::Prefix,
                        first.as_span().start(),
                        first.as_span().end(),
                    );
                } else {
                    self.pair(first);
                }
            }
            for part in inner {
                self.pair(part);
            }
        } else {
            let is_signed = rule == Rule::signed;
            for part in pair.into_inner() {
                if is_signed && part.as_rule() == Rule::minus {
                    self.push(
                        TokenKind::Prefix,
                        part.as_span().start(),
                        part.as_span().end(),
                    );
                } else {
                    self.pair(part);
                }
            }
        }
    }

    fn push(&mut self, kind: TokenKind, start: usize, end: usize) {
        // Only brackets of selectors are not pairs of their own.
        let gap_start = self.end;
        let gap = self.text.get(gap_start..start).unwrap_or("");
        let mut breaks = 0;
        for (at, c) in gap.char_indices() {
            if c == '\n' {
                breaks += 1;
            } else if !c.is_whitespace() && c != '\u{FEFF}' {
                let sign = gap_start + at;
                self.one(TokenKind::Sign, sign, sign + c.len_utf8(), breaks);
                breaks = 0;
            }
        }
        self.one(kind, start, end, breaks);
    }

    fn one(&mut self, kind: TokenKind, start: usize, end: usize, breaks: usize) {
        let text = self.text.get(start..end).unwrap_or("").trim_end();
        let starts_clause = self.starts_clause && kind != TokenKind::Comment;
        if starts_clause {
            self.starts_clause = false;
        }
        self.tokens.push(Token {
            kind,
            text,
            breaks,
            starts_clause,
        });
        self.end = end;
    }
}

/// The kind of a rule that is one token, or `None` for rules made of tokens.
fn leaf(rule: Rule, pair: &Pair<'_, Rule>) -> Option<TokenKind> {
    let keyword = crate::syntax::keywords::of_rule(&format!("{rule:?}"));
    if let Some(keyword) = keyword {
        return Some(TokenKind::Keyword(keyword.rule));
    }
    Some(match rule {
        Rule::COMMENT => TokenKind::Comment,
        Rule::text => TokenKind::Text,
        Rule::period if is_year(pair) => TokenKind::Year,
        Rule::unit_word => TokenKind::Unit,
        Rule::at_sign | Rule::caret | Rule::dots => TokenKind::Prefix,
        Rule::period
        | Rule::number
        | Rule::name
        | Rule::rule_id
        | Rule::unit_name
        | Rule::relative_period => TokenKind::Word,
        Rule::selector_value => TokenKind::Word,
        Rule::open
        | Rule::close
        | Rule::paren_open
        | Rule::paren_close
        | Rule::comma
        | Rule::equals
        | Rule::plus
        | Rule::minus
        | Rule::times
        | Rule::divide
        | Rule::ge_op
        | Rule::le_op
        | Rule::ne_op
        | Rule::eq_op
        | Rule::gt_op
        | Rule::lt_op => TokenKind::Sign,
        _ => return None,
    })
}

fn is_year(pair: &Pair<'_, Rule>) -> bool {
    pair.clone()
        .into_inner()
        .next()
        .is_some_and(|inner| inner.as_rule() == Rule::year)
}
