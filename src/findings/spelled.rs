//! Numbers that a text spells out: a few dozen, over a thousand, three quarters. A text goes in; the
//! number that it begins with comes out. Every word of it is declared, and none is guessed.

use std::ops::Bound;

use crate::model::{Model, Numeral};
use crate::number::Exact;

use super::wording::goes_on;

/// Scales from which on a number begins anew.
const GREAT: i64 = 10_000;

/// A number that is spelled out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spelled {
    pub value: Exact,
    pub kind: SpelledKind,
    /// Bytes of the text that it takes.
    pub length: usize,
}

/// How sure it is that a number is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SpelledKind {
    /// One small word, which may be part of another one or no more than an article.
    Small,
    /// Several words, or a scale.
    Full,
    /// A part of one: a fraction, so many tenths, a half.
    Part,
}

/// A word of a number.
enum Token {
    Numeral(Numeral),
    Scale(Exact),
}

/// The number that a text in lower case begins with.
pub(super) fn spelled(model: &Model, text: &str) -> Option<Spelled> {
    let (first, length, is_full) = whole(model, text)?;
    let rest = text.get(length..)?;
    let part = |value: Exact, length| Spelled {
        value,
        kind: SpelledKind::Part,
        length,
    };
    match token(model, rest) {
        Some((Token::Numeral(Numeral::Parts), by)) => {
            let (many, more, _) = whole(model, rest.get(by..)?)?;
            Some(part(many.checked_div(&first)?, length + by + more))
        }
        Some((Token::Numeral(Numeral::Tenth), by)) => {
            let tenth = Exact::ratio(1, 10)?;
            Some(part(&first * &tenth, length + by))
        }
        _ if first == Exact::ratio(1, 2)? => Some(part(first, length)),
        _ => Some(Spelled {
            value: first,
            kind: match is_full {
                true => SpelledKind::Full,
                false => SpelledKind::Small,
            },
            length,
        }),
    }
}

/// A number without parts, the bytes that it takes, and whether it is more than one small word.
fn whole(model: &Model, text: &str) -> Option<(Exact, usize, bool)> {
    let (mut total, mut section) = (Exact::from(0), Exact::from(0));
    let mut digit: Option<Exact> = None;
    let mut least: Option<Exact> = None;
    let (mut at, mut tokens, mut is_full) = (0, 0, false);
    while let Some((token, length)) = token(model, text.get(at..)?) {
        let next = match token {
            Token::Numeral(Numeral::Digit(own)) => {
                let before = digit.take();
                is_full |= tokens > 0;
                let before = before.map(|before| &before * &Exact::from(10));
                digit = Some(&before.unwrap_or_default() + &Exact::from(i64::from(own)));
                None
            }
            Token::Numeral(Numeral::Ten) => Some(Exact::from(10)),
            Token::Scale(scale) => {
                is_full = true;
                Some(scale)
            }
            Token::Numeral(Numeral::Half) if tokens == 0 => {
                return Some((Exact::ratio(1, 2)?, length, true));
            }
            Token::Numeral(_) => break,
        };
        if let Some(scale) = next {
            is_full |= tokens > 0;
            let many = digit.take();
            if scale < Exact::from(GREAT) {
                let many = many.unwrap_or_else(|| Exact::from(1));
                section = &section + &(&many * &scale);
            } else {
                let own = &section + &many.unwrap_or_default();
                let is_greater = least.as_ref().is_some_and(|least| *least < scale);
                let is_alone = own.signum() == 0 && total.signum() == 0;
                total = match (is_alone, is_greater) {
                    (true, _) => scale.clone(),
                    (false, true) => &(&total + &own) * &scale,
                    (false, false) => &total + &(&own * &scale),
                };
                section = Exact::from(0);
                least = Some(scale);
            }
        }
        tokens += 1;
        at += length;
    }
    let value = &(&total + &section) + &digit.unwrap_or_default();
    (tokens > 0).then_some((value, at, is_full))
}

/// The word of a number that a text begins with, blanks before it left out, and the bytes of both.
fn token(model: &Model, text: &str) -> Option<(Token, usize)> {
    let start = text.len() - text.trim_start_matches(' ').len();
    let text = text.get(start..)?;
    let is_whole = |length: &usize| {
        let (word, behind) = text.split_at_checked(*length).unwrap_or((text, ""));
        !goes_on(word.chars().next_back(), behind.chars().next())
    };
    let first = text.get(..text.chars().next()?.len_utf8())?;
    let numerals = model
        .words
        .numerals
        .range::<str, _>((Bound::Included(first), Bound::Unbounded));
    let numeral = numerals
        .take_while(|(word, _)| word.starts_with(first))
        .filter(|(word, _)| text.starts_with(word.as_str()) && is_whole(&word.len()))
        .max_by_key(|(word, _)| word.len());
    if let Some((word, numeral)) = numeral {
        return Some((Token::Numeral(*numeral), start + word.len()));
    }
    let (length, scale) = model.units.word_scale_at(text)?;
    is_whole(&length).then(|| (Token::Scale(scale.clone()), start + length))
}
