//! The written characters of a cell: text goes in, narrow characters without blanks come out,
//! each with its place. Never drops anything but blanks.

use std::ops::Range;

use crate::fold::fold_char;

/// A character that is no blank.
#[derive(Debug, Clone, Copy)]
pub(super) struct Glyph {
    /// The character, narrow.
    pub(super) c: char,
    /// The character as written.
    raw: char,
    /// The place in the cell, in characters.
    at: usize,
    /// Whether a blank stands before it.
    pub(super) is_spaced: bool,
}

/// The written characters of a cell.
#[derive(Debug)]
pub(super) struct Glyphs {
    list: Vec<Glyph>,
    end: usize,
}

impl Glyphs {
    pub(super) fn new(text: &str) -> Self {
        let mut list = Vec::new();
        let mut is_spaced = false;
        let mut end = 0;
        for raw in text.chars() {
            let c = fold_char(raw);
            if c.is_whitespace() {
                is_spaced = true;
            } else {
                list.push(Glyph {
                    c,
                    raw,
                    at: end,
                    is_spaced,
                });
                is_spaced = false;
            }
            end += 1;
        }
        Self { list, end }
    }

    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    pub(super) fn get(&self, index: usize) -> Option<&Glyph> {
        self.list.get(index)
    }

    pub(super) fn char(&self, index: usize) -> Option<char> {
        self.list.get(index).map(|glyph| glyph.c)
    }

    pub(super) fn is_digit(&self, index: usize) -> bool {
        self.char(index).is_some_and(|c| c.is_ascii_digit())
    }

    /// Whether a number starts here: digits, or a point and digits.
    pub(super) fn is_number(&self, index: usize) -> bool {
        self.is_digit(index) || self.char(index) == Some('.') && self.is_digit(index + 1)
    }

    /// The place in the cell of a written character, or of the end.
    pub(super) fn place(&self, index: usize) -> usize {
        self.list.get(index).map_or(self.end, |glyph| glyph.at)
    }

    /// The narrow text of a stretch, without blanks.
    pub(super) fn tight(&self, stretch: Range<usize>) -> String {
        self.list
            .get(stretch)
            .unwrap_or_default()
            .iter()
            .map(|glyph| glyph.c)
            .collect()
    }

    /// The text of a stretch as written, with one blank where blanks were.
    pub(super) fn written(&self, stretch: Range<usize>) -> String {
        let mut text = String::new();
        for glyph in self.list.get(stretch).unwrap_or_default() {
            if glyph.is_spaced && !text.is_empty() {
                text.push(' ');
            }
            text.push(glyph.raw);
        }
        text
    }

    /// Whether a word, narrow and in small letters, stands at a place; letters on both sides of
    /// one border are one word.
    pub(super) fn has_word(&self, index: usize, word: &[char]) -> bool {
        let Some(stretch) = self.list.get(index..index.saturating_add(word.len())) else {
            return false;
        };
        let stands = stretch
            .iter()
            .zip(word)
            .all(|(g, w)| g.c.to_ascii_lowercase() == *w);
        stands
            && self.is_border(index, word.first())
            && self.is_border(index + word.len(), word.last())
    }

    fn is_border(&self, index: usize, inner: Option<&char>) -> bool {
        if !inner.is_some_and(|c| c.is_ascii_alphabetic()) {
            return true;
        }
        let is_letter = |i: usize| self.char(i).is_some_and(|c| c.is_ascii_alphabetic());
        let is_spaced = self.list.get(index).is_none_or(|glyph| glyph.is_spaced);
        is_spaced || index == 0 || !(is_letter(index - 1) && is_letter(index))
    }
}
