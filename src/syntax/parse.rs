//! Text to tree: the only place that names pest.
//!
//! Goes in: the text of one rule file. Comes out: an `ast::Module` with every
//! item that could be read, and a diagnostic for every one that could not.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use pest::Parser;
use pest::iterators::Pair;

use super::ast::{Item, Module};
use super::keywords::{Keyword, keywords, of_rule};
use crate::diagnostic::{Code, Diagnostic};
use crate::message::{Arg, Message};
use crate::source::{SourceId, Span};

mod aggregate;
mod carried;
mod cases;
mod clauses;
mod decision;
mod expr;
mod items;
mod labels;
mod milestone;
mod rows;
mod score;
mod split;
mod tables;
mod tokens;
mod wanted;

pub use carried::carried_trees;
pub use labels::syntax_keys;
pub(crate) use rows::{is_id, is_stated, modality_of, span, timing_of};
pub use tokens::{Bracket, Start, Token, TokenKind, tokens};
pub(crate) use wanted::{Wanted, wanted_behind};

#[derive(pest_derive::Parser)]
#[grammar = "../grammar/plumbrule.pest"]
pub(super) struct Grammar;

/// Bounds on what a rule file may hold, so that every run ends soon and in little memory.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Bytes of one file.
    pub bytes: usize,
    /// Bytes of one item.
    pub item: usize,
    /// Brackets, and expressions, inside each other.
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
            bytes: 2 << 20,
            item: 1 << 19,
            nesting: 100,
            chain: 10_000,
            digits: 100,
            diagnostics: 100,
        }
    }
}

impl Limits {
    /// Whether a text that others let through is let through by these.
    fn allow(&self, others: &Limits) -> bool {
        self.bytes >= others.bytes
            && self.item >= others.item
            && self.nesting >= others.nesting
            && self.chain >= others.chain
            && self.digits >= others.digits
    }
}

/// Parses one rule file.
///
/// Never stops at the first error: an unreadable item is left out and reported,
/// the others are in the tree.
#[must_use]
pub fn parse(source: SourceId, text: &str, limits: &Limits) -> (Module, Vec<Diagnostic>) {
    match carried::tree(source, text, limits) {
        Some(module) => (module, Vec::new()),
        None => parsed(source, text, limits),
    }
}

/// The same, of any text by the grammar.
fn parsed(source: SourceId, text: &str, limits: &Limits) -> (Module, Vec<Diagnostic>) {
    let mut cx = Cx {
        source,
        offset: 0,
        depth: 0,
        limits,
        diagnostics: Vec::new(),
        n_found: 0,
    };
    let mut items = Vec::new();
    if text.len() > limits.bytes {
        cx.too_large("syntax-file", (0, text.len()), limits.bytes);
    } else {
        split::pieces(text, limits, |piece| cx.piece(text, piece, &mut items));
    }
    if cx.n_found > cx.diagnostics.len() {
        let span = cx.span_at(0, 0);
        cx.diagnostics
            .push(Diagnostic::new(Code::TooManyProblems, span).with("count", cx.n_found));
    }
    (Module { items }, cx.diagnostics)
}

/// The context of this phase.
struct Cx<'a> {
    source: SourceId,
    /// Where the parsed slice starts in the file.
    offset: usize,
    /// Expressions around the one that is built.
    depth: usize,
    limits: &'a Limits,
    diagnostics: Vec<Diagnostic>,
    /// Problems found, those beyond the limit included.
    n_found: usize,
}

impl Cx<'_> {
    fn piece(&mut self, text: &str, piece: split::Piece<'_>, items: &mut Vec<Item>) {
        match piece {
            split::Piece::Comment { .. } => {}
            split::Piece::Item { start, pair } => {
                (self.offset, self.depth) = (start, 0);
                let (before, span) = (self.n_found, self.span(&pair));
                match self.item(text, pair) {
                    Some(item) => items.push(item),
                    // The builder has said why, or the grammar and the builder disagree.
                    None if self.n_found == before => {
                        self.report(Diagnostic::new(Code::Unreadable, span));
                    }
                    None => {}
                }
                self.offset = 0;
            }
            split::Piece::Broken { start, end } => self.broken(text, start, end),
            split::Piece::TooDeep { at } => self.too_deep(at),
            split::Piece::TooLarge { start, end } => {
                self.too_large("syntax-one-item", (start, end), self.limits.item);
            }
        }
    }

    /// Reports where it starts that a text has too many bytes.
    fn too_large(&mut self, what: &'static str, (start, end): (usize, usize), limit: usize) {
        let diagnostic = Diagnostic::new(Code::TooLarge, self.span_at(start, start))
            .with("what", Message::new(what))
            .with("found", end - start)
            .with("limit", limit);
        self.report(diagnostic);
    }

    /// Reads an unreadable stretch again for the reason, which its recovery swallowed.
    fn broken(&mut self, text: &str, start: usize, end: usize) {
        let slice = text.get(start..end).unwrap_or("");
        self.offset = start;
        match Grammar::parse(Rule::alone, slice) {
            Err(error) => self.syntax_error(slice, end >= text.len(), &error),
            Ok(_) => self.report(Diagnostic::new(
                Code::Unreadable,
                self.span_at(0, split::code_end(slice)),
            )),
        }
        self.offset = 0;
    }

    fn syntax_error(&mut self, slice: &str, is_last: bool, error: &pest::error::Error<Rule>) {
        let at = match error.location {
            pest::error::InputLocation::Pos(at) | pest::error::InputLocation::Span((at, _)) => at,
        };
        let pest::error::ErrorVariant::ParsingError { positives, .. } = &error.variant else {
            // pest's own guards, such as its stack limit, expect nothing.
            self.too_deep(at);
            return;
        };
        // What is missing at the end is missing behind the last word, not behind the comments
        // and blank lines that follow it.
        let end = split::code_end(slice);
        let (start, found) = match found(slice.get(at..).unwrap_or("")) {
            Some("\n" | "\r") if at < end => (at, ""),
            Some(word) if at < end => (at, word),
            _ => (at.min(end), ""),
        };
        let named = if found.is_empty() {
            Arg::Message(Message::new(match is_last {
                _ if start < end => "syntax-end-of-line",
                true => "syntax-end",
                false => "syntax-end-of-item",
            }))
        } else {
            Arg::Text(format!("`{found}`"))
        };
        // Where the file might end, another item might start, and that is what was meant.
        let wanted: Vec<Rule> = positives
            .iter()
            .map(|rule| match rule {
                Rule::EOI if !found.is_empty() => Rule::item,
                rule => *rule,
            })
            .collect();
        let needs_braces = wanted.contains(&Rule::open);
        let help = swallowed(slice, start)
            .or_else(|| needs_braces.then(|| Message::new("help-open-braces")));
        let near = crate::fold::nearest(found, labels::keywords_of(&wanted));
        // A word that stands where it helps nothing is not meant once more.
        let near = near.filter(|(keyword, _)| *keyword != found);
        let diagnostic = Diagnostic::new(Code::Syntax, self.span_at(start, start + found.len()))
            .with("expected", Arg::List(labels::expected(&wanted)))
            .with("found", named)
            .meant(near.map(|(keyword, _)| keyword.to_owned()))
            .maybe_help(help);
        self.report(diagnostic);
    }

    fn too_deep(&mut self, at: usize) {
        let span = self.span_at(at, at + 1);
        self.report(Diagnostic::new(Code::TooDeep, span).with("limit", self.limits.nesting));
    }

    /// Keeps a diagnostic while there is room, and counts it.
    fn report(&mut self, diagnostic: Diagnostic) {
        self.n_found += 1;
        if self.diagnostics.len() < self.limits.diagnostics {
            self.diagnostics.push(diagnostic);
        }
    }

    /// Where a pair stands, without the blanks and comments that an optional tail took in.
    fn span(&self, pair: &Pair<'_, Rule>) -> Span {
        let start = pair.as_span().start();
        let mut end = pair.as_span().end();
        if pair.as_str().ends_with(is_blank) || end == pair.get_input().len() {
            let mut last = pair.clone();
            while let Some(inner) = expr::parts(last.clone()).next_back() {
                last = inner;
            }
            end = last.as_span().end();
        }
        self.span_at(start, end)
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

/// The keyword that a rule of the grammar reads, if it reads one.
fn keyword_of(rule: Rule) -> Option<&'static Keyword> {
    static TABLE: OnceLock<BTreeMap<Rule, &'static Keyword>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let named = Rule::all_rules()
            .iter()
            .map(|rule| (*rule, format!("{rule:?}")));
        let rules = named.filter(|(_, name)| name.starts_with("kw_"));
        // Both are in the same order; tests hold it.
        let rows = rules.zip(keywords()).filter_map(|((rule, name), keyword)| {
            let is_it = keyword.rule == name;
            Some((rule, if is_it { keyword } else { of_rule(&name)? }))
        });
        rows.collect()
    });
    table.get(&rule).copied()
}

/// The word, or the sign, at the start of a text.
fn found(text: &str) -> Option<&str> {
    const LONGEST: usize = 24;
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let first = text.chars().next()?;
    let n = if is_word(first) {
        text.chars()
            .take(LONGEST)
            .take_while(|c| is_word(*c))
            .count()
    } else {
        1
    };
    text.get(..text.chars().take(n).map(char::len_utf8).sum())
}

/// What the grammar skips between words.
fn is_blank(c: char) -> bool {
    matches!(
        c,
        ' ' | '\t' | '\r' | '\n' | '\u{3000}' | '\u{FEFF}' | '\u{A0}'
    )
}

/// The way out where the word before the error has swallowed a Chinese keyword for want of a blank.
fn swallowed(text: &str, at: usize) -> Option<Message> {
    let before = text.get(..at)?;
    let word = before.rsplit(|c: char| !c.is_alphanumeric()).next()?;
    let rest = text.get(at..)?;
    // The error may also stand in front of the word.
    let after = rest.split(|c: char| !c.is_alphanumeric()).next()?;
    let keyword = crate::syntax::keyword_inside(word).filter(|keyword| *keyword != word);
    let keyword =
        keyword.or_else(|| crate::syntax::keyword_inside(after).filter(|it| *it != after));
    keyword.map(|keyword| Message::new("help-blank-around").with("keyword", keyword))
}
