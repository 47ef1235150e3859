//! Figures that are quoted from the same words: they are about one year, and each number of these words
//! is that of one of them. Claims go in; a claim that stands out among the others comes out.

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use memchr::memmem;

use crate::figures::printed::Printed;
use crate::figures::{Claim, ClaimId, TextId};
use crate::fold::fold_width;
use crate::number::Exact;
use crate::period::Period;

use super::Cx;
use super::quotation::{MOST_REMEMBERED, Written};

/// Letters that two quotations have in common at an end of each, so that they are one text.
const LEAST_COMMON: usize = 6;
/// Letters at an end that are looked at.
const MOST_COMMON: usize = 200;
/// Lines around that of a figure in which others are quoted from the same text.
const NEAR: u32 = 10;
/// Figures of one place beyond which nothing is said of any of them.
const MOST_NEAR: usize = 200;

/// What is known of the figures that are quoted from one place.
#[derive(Default)]
pub(super) struct Lines {
    /// Claims with a quotation by their source and line there.
    claims: OnceCell<BTreeMap<(TextId, u32), Vec<ClaimId>>>,
    /// What is stated, by the printed text and that of the unit.
    stated: RefCell<OfTexts>,
}

type OfTexts = BTreeMap<(TextId, TextId), Option<Rc<Stated>>>;

/// A number as a quotation would have it.
#[derive(PartialEq)]
struct Stated {
    /// With its scale and without its sign.
    value: Exact,
    /// Its unit without the scale.
    name: String,
}

impl Cx<'_> {
    /// The year that all figures quoted from the same words are about, and one of them, where the words
    /// name none. Where they are of one series with it, they are about several.
    pub(super) fn companions_year(&self, id: ClaimId) -> Option<(i32, ClaimId)> {
        let own = &self.submission.claims[id];
        if !self.quoted(own.quote).years.is_empty() {
            return None;
        }
        let beside = self.companions(id)?;
        let claim = |id: &ClaimId| &self.submission.claims[*id];
        let is_span = |id: &ClaimId| matches!(claim(id).window, Period::Span { .. });
        if beside.iter().any(|id| is_series(claim(id), own)) {
            return None;
        }
        let mut of_years = beside.into_iter().filter(|id| !is_span(id));
        let first = of_years.next()?;
        let year = claim(&first).window.year();
        of_years
            .all(|other| claim(&other).window.year() == year)
            .then_some((year, first))
    }

    /// Another figure with the same number, where the words quoted for both have it once and have a
    /// number more that is nobody's.
    pub(super) fn companion_of_number(&self, id: ClaimId) -> Option<ClaimId> {
        let twin = self.twin(id)?;
        // Of two that both have it twice the later one is told.
        let is_earlier = self.submission.order(id, twin).is_lt();
        (!is_earlier || self.twin(twin).is_none()).then_some(twin)
    }

    fn twin(&self, id: ClaimId) -> Option<ClaimId> {
        let own = &self.submission.claims[id];
        let stated = self.stated(own)?;
        let words = self.quoted(own.quote);
        let alike = words.numbers.iter().filter(|one| {
            let is_unit = match stated.name.is_empty() {
                true => one.scale != Exact::from(1) && one.name.is_empty(),
                false => one.name == stated.name,
            };
            one.written == Written::Digits && is_unit
        });
        let alike: Vec<Exact> = alike.map(|one| &one.value * &one.scale).collect();
        let times = alike.iter().filter(|value| **value == stated.value).count();
        if times != 1 || alike.len() < 2 {
            return None;
        }
        let has_it = |other: &ClaimId| {
            let other = &self.submission.claims[*other];
            !is_series(other, own) && self.stated(other).as_ref() == Some(&stated)
        };
        let twin = self.companions(id)?.into_iter().find(has_it)?;
        let near = self.near(own)?.into_iter();
        let claimed: BTreeSet<Exact> = near
            .filter_map(|id| self.stated(&self.submission.claims[id]))
            .map(|stated| stated.value.clone())
            .collect();
        let is_open = alike.iter().any(|value| !claimed.contains(value));
        is_open.then_some(twin)
    }

    /// The number that is printed with its scale, and its unit without; nothing of a range. Many figures of
    /// one line are asked for it again and again.
    fn stated(&self, claim: &Claim) -> Option<Rc<Stated>> {
        let texts = (claim.printed, claim.unit);
        if let Some(known) = self.lines.stated.borrow().get(&texts) {
            return known.clone();
        }
        let stated = self.read_stated(claim).map(Rc::new);
        let mut known = self.lines.stated.borrow_mut();
        if known.len() < MOST_REMEMBERED {
            known.insert(texts, stated.clone());
        }
        stated
    }

    fn read_stated(&self, claim: &Claim) -> Option<Stated> {
        let model = &self.program.model;
        let text = fold_width(self.submission.text(claim.printed));
        let printed = Printed::parse(&text, &model.words.vocabulary, &model.units).ok()?;
        let unit = fold_width(self.submission.text(claim.unit));
        let (scale, name) = model.units.split_scale(&unit);
        let number = printed.upper.is_none().then_some(printed.number.value)?;
        let value = &number.abs() * &scale;
        Some(Stated { value, name })
    }

    /// Other figures quoted from the same words of a source.
    fn companions(&self, id: ClaimId) -> Option<Vec<ClaimId>> {
        let own = &self.submission.claims[id];
        let there = self.at_line(own, 0)?;
        let is_one = |other: &ClaimId| {
            let other = self.submission.claims[*other].quote;
            let is_same = || is_one_text(&self.tight_quote(own.quote), &self.tight_quote(other));
            other == own.quote || is_same()
        };
        let mut all: Vec<ClaimId> = there
            .into_iter()
            .filter(|other| *other != id && self.is_usable(*other) && is_one(other))
            .collect();
        all.sort_by(|a, b| self.submission.order(*a, *b));
        Some(all)
    }

    /// The figures of a source around the line of one.
    fn near(&self, own: &Claim) -> Option<Vec<ClaimId>> {
        self.at_line(own, NEAR)
    }

    fn at_line(&self, own: &Claim, around: u32) -> Option<Vec<ClaimId>> {
        let line = line(self.submission.text(own.source_line))?;
        let lines = self.lines.claims.get_or_init(|| self.lines());
        let (from, to) = (line.saturating_sub(around), line.saturating_add(around));
        let there = lines.range((own.source, from)..=(own.source, to));
        let there: Vec<ClaimId> = there
            .flat_map(|(_, ids)| ids.iter().copied().take(MOST_NEAR + 1))
            .collect();
        (there.len() <= MOST_NEAR).then_some(there)
    }

    fn lines(&self) -> BTreeMap<(TextId, u32), Vec<ClaimId>> {
        let mut lines: BTreeMap<(TextId, u32), Vec<ClaimId>> = BTreeMap::new();
        for (id, claim) in self.submission.claims.iter() {
            let is_quoted = !self.submission.text(claim.quote).is_empty();
            let line = line(self.submission.text(claim.source_line)).filter(|_| is_quoted);
            if let Some(line) = line {
                lines.entry((claim.source, line)).or_default().push(id);
            }
        }
        lines
    }
}

/// Whether two claims are of one series: of the same thing, at whatever time.
fn is_series(a: &Claim, b: &Claim) -> bool {
    a.figure == b.figure && a.entity == b.entity
}

/// The first number of the place of a figure in its source.
fn line(text: &str) -> Option<u32> {
    let end = text.find(|c: char| !c.is_ascii_digit());
    text.get(..end.unwrap_or(text.len()))?.parse().ok()
}

/// Whether one text holds the other, or goes on where the other ends.
fn is_one_text(a: &str, b: &str) -> bool {
    if a.contains(b) || b.contains(a) {
        return true;
    }
    goes_on(a, b) || goes_on(b, a)
}

/// Whether a text ends with what another one begins with.
fn goes_on(first: &str, second: &str) -> bool {
    let ends = |text: &str| {
        text.char_indices()
            .map(|(at, c)| at + c.len_utf8())
            .nth(LEAST_COMMON - 1)
    };
    let Some(head) = ends(second).and_then(|end| second.get(..end)) else {
        return false;
    };
    let mut from = 0;
    while let Some(rest) = first.get(from..)
        && let Some(found) = memmem::find(rest.as_bytes(), head.as_bytes())
        && let Some(tail) = rest.get(found..)
    {
        if second.starts_with(tail) && tail.chars().count() <= MOST_COMMON {
            return true;
        }
        from += found + tail.chars().next().map_or(1, char::len_utf8);
    }
    false
}
