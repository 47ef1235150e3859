//! Texts of a workbook: the runs of a text go in, one text comes out, without phonetic guides
//! and without raised marks of footnotes. A raised 2 or 3 behind a letter is a power and stays.

use super::xml::{Token, Xml};
use super::{Bound, damaged, refused};
use crate::figures::grid::Problem;

/// Texts that cells share.
const MOST_STRINGS: usize = 20_000_000;

/// A text, and whether a raised mark was taken off.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Text {
    pub(super) text: String,
    pub(super) has_mark: bool,
}

impl Text {
    /// Adds a run; a raised one behind something is a mark or a power.
    pub(super) fn push(&mut self, run: &str, is_raised: bool) {
        if !is_raised || self.text.trim().is_empty() || run.trim().is_empty() {
            self.text.push_str(run);
            return;
        }
        let is_unit = self.text.ends_with(|c: char| c.is_ascii_alphabetic());
        match run.trim() {
            "2" if is_unit => self.text.push('\u{B2}'),
            "3" if is_unit => self.text.push('\u{B3}'),
            _ => self.has_mark = true,
        }
    }
}

/// The texts that cells share, one behind the other.
#[derive(Debug, Default)]
pub(super) struct Strings {
    all: String,
    ends: Vec<usize>,
    marked: std::collections::BTreeSet<usize>,
}

impl Strings {
    /// Reads the part that holds them.
    pub(super) fn read(mut xml: Xml<'_>) -> Result<Strings, Problem> {
        let mut strings = Strings::default();
        loop {
            match xml.next()? {
                Token::Done => return Ok(strings),
                Token::Start if xml.name() == "si" => {
                    let text = rich(&mut xml)?;
                    if text.has_mark {
                        strings.marked.insert(strings.ends.len());
                    }
                    strings.all.push_str(&text.text);
                    strings.ends.push(strings.all.len());
                    if strings.ends.len() > MOST_STRINGS {
                        return Err(refused(Bound::Strings, MOST_STRINGS));
                    }
                }
                _ => {}
            }
        }
    }

    pub(super) fn get(&self, index: usize) -> Option<Text> {
        let end = *self.ends.get(index)?;
        let before = index
            .checked_sub(1)
            .and_then(|before| self.ends.get(before));
        Some(Text {
            text: self.all.get(before.copied().unwrap_or(0)..end)?.to_owned(),
            has_mark: self.marked.contains(&index),
        })
    }
}

/// The text of the element that has just started, run by run.
pub(super) fn rich(xml: &mut Xml<'_>) -> Result<Text, Problem> {
    let mut text = Text::default();
    let mut is_raised = false;
    let mut depth = 1_usize;
    while depth > 0 {
        match xml.next()? {
            Token::Done => return Err(damaged("sharedStrings")),
            Token::End => depth -= 1,
            Token::Text => {}
            Token::Start => match xml.name() {
                "rPh" | "phoneticPr" => xml.skip()?,
                "r" => {
                    is_raised = false;
                    depth += 1;
                }
                "vertAlign" => {
                    is_raised = xml.attribute("val") == Some("superscript");
                    depth += 1;
                }
                "t" => text.push(&unescaped(&xml.inner()?), is_raised),
                _ => depth += 1,
            },
        }
    }
    Ok(text)
}

/// Characters that XML does not allow are written `_x000D_`.
pub(super) fn unescaped(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let code = from.get(2..6).filter(|_| from.get(6..7) == Some("_"));
        let c = code.and_then(|code| u32::from_str_radix(code, 16).ok());
        match (c.and_then(char::from_u32), from.get(7..)) {
            (Some(c), Some(after)) => {
                out.push(c);
                rest = after;
            }
            _ => {
                out.push_str("_x");
                rest = from.get(2..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
    out
}
