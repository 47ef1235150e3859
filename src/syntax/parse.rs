//! Text to tree: the only place that names pest.
//!
//! Goes in: the text of one rule file. Comes out: an `ast::Module` with every
//! item that could be read, and a diagnostic for every one that could not.

use pest::Parser;
use pest::iterators::Pair;

use super::ast::{Item, Module};
use crate::diagnostic::{Code, Diagnostic};
use crate::message::{Arg, Message};
use crate::source::{SourceId, Span};

mod clauses;
mod expr;
mod items;
mod tokens;

pub use tokens::{Token, TokenKind, tokens};

#[derive(pest_derive::Parser)]
#[grammar = "../grammar/plumbrule.pest"]
#[expect(missing_docs, reason = "the grammar file documents its rules")]
pub(super) struct Grammar;

/// Bounds on what a rule file may hold, so that every run ends soon and in little memory.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Bytes of one file.
    pub bytes: usize,
    /// Brackets inside each other.
    pub nesting: usize,
    /// Terms of one sum, product or chain.
    pub chain: usize,
    /// Digits of one number.
    pub digits: usize,
    /// Diagnostics of one file.
    pub diagnostics: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            bytes: 8 << 20,
            nesting: 100,
            chain: 10_000,
            digits: 100,
            diagnostics: 100,
        }
    }
}

/// Parses one rule file.
///
/// Never stops at the first error: an unreadable item is left out and reported,
/// the others are in the tree.
#[must_use]
pub fn parse(source: SourceId, text: &str, limits: &Limits) -> (Module, Vec<Diagnostic>) {
    let mut cx = Cx {
        source,
        offset: 0,
        limits,
        diagnostics: Vec::new(),
    };
    let mut items = Vec::new();
    if cx.check_size(text) {
        match Grammar::parse(Rule::module, text) {
            Ok(pairs) => {
                for pair in pairs.flat_map(Pair::into_inner) {
                    cx.entry(text, pair, &mut items);
                }
            }
            Err(error) => cx.syntax_error(&error),
        }
    }
    let n_found = cx.diagnostics.len();
    if n_found > limits.diagnostics {
        cx.diagnostics.truncate(limits.diagnostics);
        let span = cx.span_at(0, 0);
        cx.diagnostics
            .push(Diagnostic::new(Code::TooManyProblems, span).with("count", n_found));
    }
    (Module { items }, cx.diagnostics)
}

/// The context of this phase.
struct Cx<'a> {
    source: SourceId,
    /// Where the parsed slice starts in the file.
    offset: usize,
    limits: &'a Limits,
    diagnostics: Vec<Diagnostic>,
}

impl Cx<'_> {
    fn entry(&mut self, text: &str, pair: Pair<'_, Rule>, items: &mut Vec<Item>) {
        let before = self.diagnostics.len();
        match pair.as_rule() {
            Rule::item => {
                let span = self.span(&pair);
                match self.item(text, pair) {
                    Some(item) => items.push(item),
                    // The builder has said why, or the grammar and the builder disagree.
                    None if self.diagnostics.len() == before => {
                        self.diagnostics
                            .push(Diagnostic::new(Code::Unreadable, span));
                    }
                    None => {}
                }
            }
            Rule::broken => {
                // The recovery rule swallowed the reason; the slice alone gives it back.
                let slice = pair.as_str();
                self.offset = pair.as_span().start();
                match Grammar::parse(Rule::alone, slice) {
                    Err(error) => self.syntax_error(&error),
                    Ok(_) => {
                        let span = self.span_at(0, slice.len());
                        self.diagnostics
                            .push(Diagnostic::new(Code::Unreadable, span));
                    }
                }
                self.offset = 0;
            }
            _ => {}
        }
    }

    /// Refuses texts that later phases could not walk in bounded time and depth.
    fn check_size(&mut self, text: &str) -> bool {
        let before = self.diagnostics.len();
        if text.len() > self.limits.bytes {
            let diagnostic = Diagnostic::new(Code::TooLarge, self.span_at(0, 0))
                .with("found", text.len())
                .with("limit", self.limits.bytes);
            self.diagnostics.push(diagnostic);
            return false;
        }
        let (mut depth, mut digits, mut in_text, mut in_comment) = (0usize, 0usize, false, false);
        let mut previous = '\n';
        for (at, c) in text.char_indices() {
            let is_word = in_text || in_comment;
            match c {
                '\n' => (in_text, in_comment) = (false, false),
                '/' if previous == '/' && !in_text => in_comment = true,
                '"' if !in_comment && previous != '\\' => in_text = !in_text,
                '(' | '（' | '[' | '［' | '{' | '｛' if !is_word => {
                    depth += 1;
                    if depth == self.limits.nesting + 1 {
                        self.limit(Code::TooDeep, at, self.limits.nesting);
                    }
                }
                ')' | '）' | ']' | '］' | '}' | '｝' if !is_word => {
                    depth = depth.saturating_sub(1)
                }
                _ => {}
            }
            let is_digit = c.is_ascii_digit() || ('０'..='９').contains(&c) || c == '.';
            digits = if is_digit && !is_word { digits + 1 } else { 0 };
            if digits == self.limits.digits + 1 {
                self.limit(Code::NumberTooLong, at, self.limits.digits);
            }
            previous = c;
        }
        self.diagnostics.len() == before
    }

    fn limit(&mut self, code: Code, at: usize, limit: usize) {
        let diagnostic = Diagnostic::new(code, self.span_at(at, at + 1)).with("limit", limit);
        self.diagnostics.push(diagnostic);
    }

    fn syntax_error(&mut self, error: &pest::error::Error<Rule>) {
        let (start, end) = match error.location {
            pest::error::InputLocation::Pos(at) => (at, at),
            pest::error::InputLocation::Span((start, end)) => (start, end),
        };
        let span = self.span_at(start, end);
        let diagnostic = match &error.variant {
            pest::error::ErrorVariant::ParsingError { positives, .. } => {
                let expected = expected(positives);
                Diagnostic::new(Code::Syntax, span).with("expected", Arg::List(expected))
            }
            // pest's own guards, such as its stack limit, expect nothing.
            pest::error::ErrorVariant::CustomError { .. } => {
                Diagnostic::new(Code::TooDeep, span).with("limit", self.limits.nesting)
            }
        };
        self.diagnostics.push(diagnostic);
    }

    fn span(&self, pair: &Pair<'_, Rule>) -> Span {
        // Rules with an optional tail include trailing blanks and comments.
        let text = pair.as_str().trim_end();
        let start = pair.as_span().start();
        self.span_at(start, start + text.len())
    }

    fn span_at(&self, start: usize, end: usize) -> Span {
        let at = |byte: usize| u32::try_from(byte + self.offset).unwrap_or(u32::MAX);
        Span {
            source: self.source,
            start: at(start),
            end: at(end),
        }
    }
}

/// What would have been right, in the words of the catalogue, without repeats.
fn expected(rules: &[Rule]) -> Vec<Arg> {
    let mut keys: Vec<&'static str> = Vec::new();
    let mut words: Vec<Arg> = Vec::new();
    for rule in rules {
        if let Some(keyword) = super::keywords::of_rule(&format!("{rule:?}")) {
            words.push(Arg::Text(format!("`{}`", keyword.both())));
        } else {
            let key = rule_key(*rule);
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
    }
    // A dozen clause keywords tell less than the one word "a clause".
    let n_words = words.len();
    let mut all: Vec<Arg> = keys
        .into_iter()
        .map(|key| Arg::Message(Message::new(key)))
        .collect();
    if n_words > 8 {
        words.truncate(6);
        words.push(Arg::Message(
            Message::new("syntax-and-more").with("count", n_words - 6),
        ));
    }
    all.extend(words);
    all
}

/// The catalogue keys of all names that `rule_key` may give, for the test of the catalogue.
#[must_use]
pub fn syntax_keys() -> Vec<&'static str> {
    let mut keys: Vec<&'static str> = Rule::all_rules()
        .iter()
        .map(|rule| rule_key(*rule))
        .collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// What a rule of the grammar is called in a message.
fn rule_key(rule: Rule) -> &'static str {
    let name = format!("{rule:?}");
    let ends = |suffix: &str| name.ends_with(suffix);
    match rule {
        Rule::EOI => "syntax-end",
        Rule::open => "syntax-open",
        Rule::close => "syntax-close",
        Rule::paren_open | Rule::paren_close => "syntax-bracket",
        Rule::comma => "syntax-comma",
        Rule::equals => "syntax-equals",
        Rule::text | Rule::text_body | Rule::curly_body => "syntax-text",
        Rule::name | Rule::rule_id => "syntax-name",
        Rule::unit_word | Rule::unit_name => "syntax-unit",
        Rule::number | Rule::quantity | Rule::signed | Rule::point => "syntax-number",
        Rule::year
        | Rule::month
        | Rule::day
        | Rule::quarter
        | Rule::half
        | Rule::period
        | Rule::period_ref
        | Rule::relative_period
        | Rule::period_range
        | Rule::range_end => "syntax-period",
        Rule::item | Rule::broken | Rule::alone | Rule::module | Rule::block_keyword => {
            "syntax-item"
        }
        Rule::verdict_word | Rule::outlook_word | Rule::cause_word | Rule::expectation => {
            "syntax-verdict"
        }
        Rule::selector | Rule::selector_pair | Rule::selector_key | Rule::selector_value => {
            "syntax-selector"
        }
        _ if ends("_clause") || rule == Rule::clause => "syntax-clause",
        _ if ends("_item") => "syntax-item",
        _ if ends("_op")
            || matches!(
                rule,
                Rule::plus
                    | Rule::minus
                    | Rule::times
                    | Rule::divide
                    | Rule::caret
                    | Rule::at_sign
                    | Rule::dots
            ) =>
        {
            "syntax-operator"
        }
        _ if name.starts_with("expect_") => "syntax-verdict",
        _ if ends("_timing") || rule == Rule::timing => "syntax-timing",
        _ => "syntax-value",
    }
}
