//! Phase 1: rule text to tree and back.
//!
//! `parse` never stops at the first error; `format` turns text into canonical
//! text of either language without loss.

pub mod ast;
mod format;
mod keywords;
mod parse;
mod rows;

pub(crate) use format::in_languages;
pub use format::{FormatError, FunctionNames, format};
pub(crate) use keywords::keyword_inside;
pub use keywords::{Keyword, keywords};
pub use parse::{
    Bracket, Limits, Start, Token, TokenKind, carried_trees, parse, syntax_keys, tokens,
};
pub(crate) use parse::{Wanted, span as cell_span, wanted_behind};
pub(crate) use rows::{Known, parse_changed};
pub use rows::{parse_all, tables_of};
