//! Figures beside what their table says of them: the words that it quotes, and the day on which they
//! were published. Words are only searched for numbers; never is anything read from them.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use crate::figures::printed::{Printed, Qualifier};
use crate::figures::{Claim, ClaimId, Status, TextId};
use crate::fold::fold_width;
use crate::message::Message;
use crate::model::{EntityId, Measure};
use crate::number::Exact;
use crate::set::Set;

use super::book::{Key, KeyId};
use super::{Cx, Excuse, Finding, FindingKind, Found, Haul, Tie};

/// Letters behind a number in which its unit is looked for.
const LONGEST_UNIT: usize = 12;
/// Letters of a quotation that are searched.
const LONGEST_QUOTE: usize = 4_000;

/// Quotations whose numbers are remembered.
const MOST_REMEMBERED: usize = 20_000;
/// Letters that end every unit: full stop, enumeration comma, and the like.
const STOPS: [char; 5] = [',', ';', ':', '\u{3001}', '\u{3002}'];

/// What is said of a figure before its period is over.
const EARLY: [Status; 4] = [
    Status::Provisional,
    Status::Estimated,
    Status::Forecast,
    Status::Imputed,
];

/// The numbers of quotations that were searched.
#[derive(Default)]
pub(super) struct Quotes(RefCell<BTreeMap<TextId, Rc<Vec<Quoted>>>>);

/// A number in a quotation.
struct Quoted {
    value: Exact,
    /// The scale behind it; one where there is none.
    scale: Exact,
    /// The unit behind it; empty where none is known.
    name: String,
    /// Scale and unit as they stand there.
    text: String,
}

impl Cx<'_> {
    /// Figures other than the words quoted for them, and those published before their period ended.
    pub(super) fn beside_text(&self, found: &mut Haul) {
        for (id, key) in self.book.keys() {
            for entity in key.entities() {
                for (_, claim) in key.of(entity) {
                    if self.is_usable(*claim) {
                        self.text_of(id, key, entity, *claim, found);
                    }
                }
            }
        }
    }

    fn text_of(
        &self,
        id: KeyId,
        key: &Key<'_>,
        entity: EntityId,
        claim: ClaimId,
        found: &mut Haul,
    ) {
        let own = &self.submission.claims[claim];
        if let Some(is_quoted) = self.is_quoted(own, None) {
            found.count(FindingKind::Quote, 1);
            if !is_quoted {
                let message = Message::new("finding-quote")
                    .with("figure", self.name(key.figure, entity, key.period))
                    .with("claim", self.shown(claim))
                    .with("quote", self.submission.text(own.quote));
                let finding = told(FindingKind::Quote, key, entity, claim, message);
                found.push(Found {
                    excuse: self.excuse_of_note(own),
                    ..Found::of(finding, Tie::Quote(id, claim))
                });
            }
        }
        let Some(published) = own.published else {
            return;
        };
        found.count(FindingKind::Early, 1);
        let is_open = EARLY.iter().any(|status| own.statuses.has(*status));
        if published.last_day() < own.window.last_day() && !is_open {
            let message = Message::new("finding-early")
                .with("figure", self.name(key.figure, entity, own.window))
                .with("claim", self.shown(claim))
                .with("published", published.to_string());
            let finding = told(FindingKind::Early, key, entity, claim, message);
            found.push(Found::of(finding, Tie::Early(id, claim)));
        }
    }

    /// A note that repeats the very words of the quotation says that the figure was printed so.
    fn excuse_of_note(&self, claim: &Claim) -> Option<Excuse> {
        let note = self.submission.note(claim)?;
        let quote = fold_width(self.submission.text(claim.quote));
        let repeats = |note: &String| {
            let marked = note.split('\u{201c}').skip(1);
            let mut marked = marked.filter_map(|rest| rest.split('\u{201d}').next());
            marked.any(|words| !words.is_empty() && quote.contains(&fold_width(words)))
        };
        if !(repeats(&note.zh) || repeats(&note.en)) {
            return None;
        }
        Some(Excuse {
            message: Message::new("finding-excuse-note").with("note", &note),
            is_basis: false,
        })
    }

    /// Whether a figure stands in the words quoted for it; nothing where they cannot say, as where
    /// its number is spelled out.
    ///
    /// With a set it is asked of that: whether a number of the quotation lies in it.
    pub(crate) fn is_quoted(&self, claim: &Claim, supposed: Option<&Set>) -> Option<bool> {
        if self.submission.text(claim.quote).is_empty() || claim.figure.measure == Measure::Rank {
            return None;
        }
        let model = &self.program.model;
        let text = fold_width(self.submission.text(claim.printed));
        let printed = Printed::parse(&text, &model.words.vocabulary, &model.units).ok()?;
        let unit = fold_width(self.submission.text(claim.unit));
        let (scale, name) = model.units.split_scale(&unit);
        let quoted = self.quoted(claim.quote);
        if let Some(set) = supposed {
            // Base units in one printed unit without its scale.
            let unit = claim.unit_factor.checked_div(&scale).unwrap_or_default();
            let is_its = |one: &Quoted| {
                let scale = if one.name == name { &one.scale } else { &scale };
                set.contains(&(&(&one.value * scale) * &unit))
            };
            return Some(quoted.iter().any(is_its));
        }
        for number in [Some(&printed.number), printed.upper.as_ref()] {
            let Some(value) = number.map(|number| number.value.abs()) else {
                continue;
            };
            let is_same = |one: &Quoted| {
                // Without a unit it stands in a table, or its unit is not known there.
                let is_open = one.name.is_empty() && unit.starts_with(&one.text);
                (is_open && one.value == value) || &one.value * &one.scale == &value * &scale
            };
            if quoted.iter().any(is_same) {
                continue;
            }
            let is_other = |one: &Quoted| {
                let is_rescaled = one.value == value && one.scale != Exact::from(1);
                (!name.is_empty() && one.name == name) || is_rescaled
            };
            return quoted.iter().any(is_other).then_some(false);
        }
        Some(true)
    }

    /// The numbers of a quotation. Many figures are quoted from one sentence.
    fn quoted(&self, quote: TextId) -> Rc<Vec<Quoted>> {
        if let Some(known) = self.quotes.0.borrow().get(&quote) {
            return Rc::clone(known);
        }
        let quoted = Rc::new(self.numbers(self.submission.text(quote)));
        let mut known = self.quotes.0.borrow_mut();
        if known.len() < MOST_REMEMBERED {
            known.insert(quote, Rc::clone(&quoted));
        }
        quoted
    }

    /// The numbers of a text, in order, each with the unit behind it.
    fn numbers(&self, quote: &str) -> Vec<Quoted> {
        let letters: Vec<char> = fold_width(quote).chars().take(LONGEST_QUOTE).collect();
        let at = |n: usize| letters.get(n).copied().unwrap_or(' ');
        let mut all = Vec::new();
        let mut n = 0;
        while n < letters.len() {
            if !at(n).is_ascii_digit() {
                n += 1;
                continue;
            }
            let mut number = String::new();
            loop {
                let is_joined = at(n + 1).is_ascii_digit();
                match at(n) {
                    digit if digit.is_ascii_digit() => number.push(digit),
                    '.' if is_joined && !number.contains('.') => number.push('.'),
                    ',' if is_joined => {}
                    _ => break,
                }
                n += 1;
            }
            if let Ok(value) = Exact::parse_decimal(&number) {
                let rest = letters.get(n..).unwrap_or(&[]);
                let text = self.unit_at(rest).unwrap_or_default();
                let (scale, name) = self.program.model.units.split_scale(&text);
                all.push(Quoted {
                    value,
                    scale,
                    name,
                    text,
                });
            }
        }
        all
    }

    /// The longest unit or scale that a text begins with.
    fn unit_at(&self, letters: &[char]) -> Option<String> {
        let model = &self.program.model;
        let start = letters.iter().position(|letter| *letter != ' ')?;
        let mut letters = letters.get(start..)?;
        let first: String = letters.iter().take(1).collect();
        if model.words.vocabulary.qualifier(&first) == Some(Qualifier::Plus) {
            letters = letters.get(1..)?;
        }
        let end = letters.iter().position(|letter| STOPS.contains(letter));
        let longest = end.unwrap_or(letters.len()).min(LONGEST_UNIT);
        (1..=longest).rev().find_map(|n| {
            let text: String = letters.get(..n)?.iter().collect();
            let is_unit =
                !text.ends_with(char::is_whitespace) && model.units.lookup(&text).is_some();
            is_unit.then_some(text)
        })
    }
}

fn told(
    kind: FindingKind,
    key: &Key<'_>,
    entity: EntityId,
    claim: ClaimId,
    message: Message,
) -> Finding {
    Finding {
        kind,
        rule: None,
        indicator: Some(key.figure.indicator),
        entity,
        period: key.period,
        claims: vec![claim],
        message,
        gap: None,
    }
}
