//! Names in tables of figures, in evidence of tests and in what tests expect.

use super::{Space, Walk};
use crate::source::Span;
use crate::syntax::ast::{Expectation, Fixed, GivenEvidence, GivenValue, Word};

impl Walk {
    pub(super) fn fixed(&mut self, part: &Fixed) {
        match part {
            Fixed::Indicator(figure) => self.expr(figure),
            Fixed::Unit(word) => self.refer(&[Space::Unit], word),
            Fixed::Entity(word) => self.refer(&[Space::Body], word),
            Fixed::Source(word) => self.refer(&[Space::Document], word),
            Fixed::Period(_) | Fixed::Published(_) => {}
        }
    }

    pub(super) fn given_value(&mut self, value: &GivenValue) {
        if let GivenValue::Quantity(quantity) = value {
            self.quantity(quantity);
        }
    }

    pub(super) fn given_evidence(&mut self, given: &GivenEvidence) {
        if let Some((rule, item)) = parts(&given.item) {
            self.refer(&[Space::Rule], &rule);
            self.refer_of(&[Space::Evidence], &item, Some(rule.text));
        }
        self.maybe(Space::Document, given.source.as_ref());
        self.maybe(Space::Body, given.entity.as_ref());
    }

    pub(super) fn expectation(&mut self, rule: &Word, what: &Expectation) {
        match what {
            Expectation::Outcome(words) => {
                for word in words {
                    self.refer_of(&[Space::Outcome], word, Some(rule.text.clone()));
                }
            }
            Expectation::Value(value) => self.given_value(value),
            Expectation::Verdict { .. }
            | Expectation::Outlook(_)
            | Expectation::Mentions(_)
            | Expectation::Finding(_) => {}
        }
    }
}

/// The two names of `milestone.item`, each with its place; none where the word is written otherwise
/// than it reads.
fn parts(word: &Word) -> Option<(Word, Word)> {
    let (first, last) = word.text.rsplit_once('.')?;
    if word.span.end.checked_sub(word.span.start)? as usize != word.text.len() {
        return None;
    }
    let border = word.span.start + u32::try_from(first.len()).ok()?;
    let of = |text: &str, start, end| Word {
        text: text.to_owned(),
        span: Span {
            start,
            end,
            ..word.span
        },
    };
    Some((
        of(first, word.span.start, border),
        of(last, border + 1, word.span.end),
    ))
}
