//! The words of a rule file in order, for the formatter: nothing but blanks is lost.

use pest::iterators::{Pair, Pairs};

use super::split::{Piece, pieces};
use super::{Limits, Rule, keyword_of};

/// A pair of brackets by its use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bracket {
    /// `{ }` around the clauses of an item.
    Block,
    /// `{ }` around the members of a list, `( )` around an expression.
    Group,
    /// `( )` behind a function or a verdict, `[ ]` behind a name.
    Tail,
}

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
    /// A number without its sign and unit.
    Number,
    /// A unit of measure.
    Unit,
    /// A name, an id, a period that is no year.
    Word,
    /// A minus in front of its operand.
    Prefix,
    /// A sign that touches both neighbours: `@`, `^`, `..`, `=` of a selector.
    Tight,
    /// A sign between two operands.
    Sign,
    /// `,`
    Comma,
    /// `|` between the cells of a table.
    Bar,
    /// An opening bracket.
    Open(Bracket),
    /// A closing bracket.
    Close(Bracket),
}

/// What a token is the first of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// It stands inside a clause or at the head of an item.
    Nothing,
    /// A clause of an item.
    Clause,
    /// An item.
    Item,
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
    /// What it is the first of.
    pub start: Start,
}

/// Splits a file into tokens; `None` where a part of it is not readable.
#[must_use]
pub fn tokens(text: &str) -> Option<Vec<Token<'_>>> {
    let limits = Limits::default();
    if text.len() > limits.bytes {
        return None;
    }
    let mut walk = Walk {
        text,
        end: 0,
        tokens: Vec::new(),
        start: Start::Nothing,
    };
    let mut is_readable = true;
    pieces(text, &limits, |piece| match piece {
        Piece::Comment { start, pair } | Piece::Item { start, pair } => walk.piece(start, pair),
        Piece::Broken { .. } | Piece::TooDeep { .. } | Piece::TooLarge { .. } => {
            is_readable = false;
        }
    });
    is_readable.then_some(walk.tokens)
}

struct Walk<'t> {
    text: &'t str,
    end: usize,
    tokens: Vec<Token<'t>>,
    /// What the next token is the first of.
    start: Start,
}

impl<'t> Walk<'t> {
    /// Walks a piece that starts at a byte, with a stack of its own: pairs may be deep.
    fn piece(&mut self, start: usize, pair: Pair<'t, Rule>) {
        let mut stack: Vec<(Rule, Pairs<'t, Rule>)> = Vec::new();
        let mut next = Some((Rule::next, pair));
        loop {
            if let Some((parent, pair)) = next.take() {
                let rule = pair.as_rule();
                match rule {
                    Rule::item => self.start = Start::Item,
                    Rule::clause
                    | Rule::test_clause
                    | Rule::words_clause
                    | Rule::table_clause
                    | Rule::rows_clause
                    | Rule::score_clause
                    | Rule::weights_clause
                    | Rule::table_head
                    | Rule::table_row
                    | Rule::case_head
                    | Rule::case_row => {
                        self.start = Start::Clause;
                    }
                    _ => {}
                }
                if rule == Rule::arguments {
                    self.name_function();
                }
                match kind(parent, &pair) {
                    Some(kind) => {
                        let span = pair.as_span();
                        self.push(kind, start + span.start(), start + span.end());
                    }
                    None => stack.push((rule, pair.into_inner())),
                }
            }
            let Some((rule, inner)) = stack.last_mut() else {
                return;
            };
            match inner.next() {
                Some(pair) => next = Some((*rule, pair)),
                None => {
                    stack.pop();
                }
            }
        }
    }

    /// The name in front of arguments was that of a function.
    fn name_function(&mut self) {
        let mut words = self.tokens.iter_mut().rev();
        if let Some(name) = words.find(|token| token.kind != TokenKind::Comment) {
            name.kind = TokenKind::Function;
        }
    }

    fn push(&mut self, kind: TokenKind, start: usize, end: usize) {
        let gap = self.text.get(self.end..start).unwrap_or("");
        let text = self.text.get(start..end).unwrap_or("");
        self.end = end;
        let start = match kind {
            TokenKind::Comment => Start::Nothing,
            _ => std::mem::replace(&mut self.start, Start::Nothing),
        };
        self.tokens.push(Token {
            kind,
            text,
            breaks: breaks(gap),
            start,
        });
    }
}

/// The line breaks of a text, `\r\n` counted once.
fn breaks(text: &str) -> usize {
    let n = |what: &str| text.matches(what).count();
    n("\n") + n("\r") - n("\r\n")
}

/// The kind of a rule that is one token, or `None` for rules made of tokens.
fn kind(parent: Rule, pair: &Pair<'_, Rule>) -> Option<TokenKind> {
    let rule = pair.as_rule();
    if let Some(keyword) = keyword_of(rule) {
        return Some(TokenKind::Keyword(keyword.rule));
    }
    let is_tail = matches!(parent, Rule::arguments | Rule::cause);
    Some(match rule {
        Rule::comment => TokenKind::Comment,
        Rule::text => TokenKind::Text,
        Rule::period if is_year(pair) => TokenKind::Year,
        Rule::number => TokenKind::Number,
        Rule::unit_word => TokenKind::Unit,
        Rule::period
        | Rule::day
        | Rule::name
        | Rule::rule_id
        | Rule::body_id
        | Rule::unit_name
        | Rule::column_letters
        | Rule::relative_period
        | Rule::selector_value => TokenKind::Word,
        Rule::minus if matches!(parent, Rule::unary | Rule::signed) => TokenKind::Prefix,
        Rule::at_sign | Rule::caret | Rule::dots => TokenKind::Tight,
        Rule::equals if parent == Rule::selector_pair => TokenKind::Tight,
        Rule::comma => TokenKind::Comma,
        Rule::open => TokenKind::Open(Bracket::Block),
        Rule::close => TokenKind::Close(Bracket::Block),
        Rule::bracket_open => TokenKind::Open(Bracket::Tail),
        Rule::bracket_close => TokenKind::Close(Bracket::Tail),
        Rule::paren_open if is_tail => TokenKind::Open(Bracket::Tail),
        Rule::paren_close if is_tail => TokenKind::Close(Bracket::Tail),
        Rule::paren_open | Rule::list_open => TokenKind::Open(Bracket::Group),
        Rule::paren_close | Rule::list_close => TokenKind::Close(Bracket::Group),
        Rule::any_value => TokenKind::Word,
        Rule::bar => TokenKind::Bar,
        Rule::colon => TokenKind::Comma,
        Rule::equals
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
    let mut inner = pair.clone().into_inner();
    inner.any(|inner| inner.as_rule() == Rule::year)
}
