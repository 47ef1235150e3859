//! Text to canonical text of either language.
//!
//! Goes in: the text of a rule file. Comes out: the same rules, laid out in the one way, with
//! every keyword in the wanted language. Never changes a text, a comment or what a rule means.
//!
//! One clause a line, two blanks for each open brace, items apart by one blank line; units,
//! scales, dimensions, words and definitions of one line may stay close where they were. No line
//! is ever wrapped: an author's line break stays inside brackets and behind a comma, a comment
//! stays on the line where it was, and any other break inside a clause becomes a blank. The bars of
//! a table of cases stand below each other, a wide character counted as two.

use std::fmt;

use super::keywords::of_rule;
use super::parse::{Bracket, Limits, Start, Token, TokenKind, parse, tokens};
use crate::diagnostic::Diagnostic;
use crate::fold::fold_char;
use crate::message::Lang;
use crate::source::Sources;

mod columns;
mod layout;

/// The name of a function in a language, or `None` where it is called the same in both.
pub type FunctionNames<'a> = &'a dyn Fn(&str, Lang) -> Option<String>;

/// Why a text has no canonical form: it does not parse.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormatError {
    /// The problems; their places lie in the first text of a [`Sources`].
    pub diagnostics: Vec<Diagnostic>,
}

impl fmt::Display for FormatError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let codes = self.diagnostics.iter().map(|one| one.code.as_str());
        f.write_str(&codes.collect::<Vec<_>>().join(" "))
    }
}

impl std::error::Error for FormatError {}

/// Formats a rule file, in the languages of its own keywords or in the one that is wanted.
///
/// # Errors
/// The diagnostics of a text that does not parse.
pub fn format(
    text: &str,
    lang: Option<Lang>,
    functions: FunctionNames<'_>,
) -> Result<String, FormatError> {
    let source = Sources::new().add("", "");
    let (_, diagnostics) = parse(source, text, &Limits::default());
    let tokens = if diagnostics.is_empty() {
        tokens(text)
    } else {
        None
    };
    let Some(tokens) = tokens else {
        return Err(FormatError { diagnostics });
    };
    let written = tokens.iter().map(|token| written(token, lang, functions));
    Ok(layout::lines(&tokens, &written.collect::<Vec<_>>()))
}

/// A text that parses, in each of some languages; it is read once for all of them.
pub(crate) fn in_languages<const N: usize>(
    text: &str,
    languages: [Lang; N],
    functions: FunctionNames<'_>,
) -> Option<[String; N]> {
    let tokens = tokens(text)?;
    Some(languages.map(|lang| {
        let written = tokens
            .iter()
            .map(|token| written(token, Some(lang), functions));
        layout::lines(&tokens, &written.collect::<Vec<_>>())
    }))
}

/// The word for year that may stand behind its digits.
const YEAR: char = '\u{5E74}';

/// A token as it is to be written.
fn written(token: &Token<'_>, lang: Option<Lang>, functions: FunctionNames<'_>) -> String {
    match (token.kind, lang) {
        (TokenKind::Keyword(rule), _) => keyword(rule, token.text, lang),
        (TokenKind::Comment, _) => token.text.trim_end().to_owned(),
        (TokenKind::Text, _) => token.text.to_owned(),
        (TokenKind::Year, Some(lang)) => {
            let digits = fold_signs(token.text.trim_end_matches(YEAR));
            match lang {
                Lang::Zh => format!("{digits}{YEAR}"),
                Lang::En => digits,
            }
        }
        (TokenKind::Function, Some(lang)) => {
            functions(token.text, lang).unwrap_or_else(|| fold_signs(token.text))
        }
        _ if token.text.starts_with(['"', '`', '「']) => token.text.to_owned(),
        _ => fold_signs(token.text),
    }
}

/// A keyword in a language; without one, in that in which it was written.
fn keyword(rule: &str, text: &str, lang: Option<Lang>) -> String {
    let Some(keyword) = of_rule(rule) else {
        return text.to_owned();
    };
    let own = if text.starts_with(|c: char| c.is_ascii()) {
        Lang::En
    } else {
        Lang::Zh
    };
    match lang.unwrap_or(own) {
        Lang::Zh => keyword.zh.to_owned(),
        Lang::En => keyword.en.to_owned(),
    }
}

/// Full-width signs and digits as half-width ones; letters stay, for they make names.
fn fold_signs(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '…' | '～' => folded.push_str(".."),
            '、' => folded.push(','),
            '−' => folded.push('-'),
            _ if fold_char(c).is_alphabetic() => folded.push(c),
            _ => folded.push(fold_char(c)),
        }
    }
    folded
}
