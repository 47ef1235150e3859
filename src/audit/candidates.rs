//! Other readings of a figure that may be at fault. Each is of a kind that people make.

use crate::figures::printed::{Printed, Reading, Widths};
use crate::figures::{Claim, ClaimId};
use crate::findings::{Cx, Found, Key, KeyId, Tie, Web};
use crate::fold::fold_width;
use crate::index::Id;
use crate::message::Arg;
use crate::model::{EntityId, Measure};
use crate::number::Exact;
use crate::period::Period;
use crate::program::shift_years;
use crate::set::Set;
use crate::unit::Dimension;

use super::hypothesis::HypothesisKind;

/// Powers of ten that a wrong unit or scale word makes of a figure.
const POWERS: [i16; 6] = [4, 8, 1, 2, 3, 12];
/// The same of a percentage, which has no scale words.
const POWERS_OF_PERCENT: [i16; 6] = [2, 1, 3, 4, 8, 12];
/// Years before and after that a figure may be taken from.
const YEARS: [i32; 4] = [-1, 1, -2, 2];
/// Rows before and after that a figure may be taken from.
const ROWS: [isize; 4] = [-1, 1, -2, 2];
/// Digits of a number that are looked at.
const MOST_DIGITS: usize = 18;

/// Another reading of a figure.
pub(super) struct Candidate {
    pub kind: HypothesisKind,
    pub place: Where,
    /// The number that would be printed, in base units, where it is one.
    pub number: Option<Exact>,
    /// Its sentence in the catalogue.
    pub key: &'static str,
    /// What is filled in there beside the figure and its value.
    pub more: Vec<(&'static str, Arg)>,
    /// The year that it would be of, where that is another one.
    pub year: Option<i32>,
    /// Of two of a kind the lighter one comes first.
    pub weight: u32,
}

/// What becomes of a figure.
pub(super) enum Where {
    /// It has another value.
    Here(Set),
    /// It is about something else.
    There(KeyId),
    /// It is about something else, of which nothing is known.
    Away,
    /// It stays as it is, and what it is held against is another thing.
    Otherwise,
}

impl Cx<'_> {
    /// All other readings of a claim that are worth a test.
    pub(super) fn candidates(
        &self,
        web: &Web,
        found: &Found,
        key: KeyId,
        entity: EntityId,
        id: ClaimId,
    ) -> Vec<Candidate> {
        let claim = &self.submission.claims[id];
        let mut all = Vec::new();
        if claim.figure.measure == Measure::Rank {
            return self.moves(key, entity);
        }
        let is_pure = self.dimension(claim).is_none_or(Dimension::is_one);
        let is_percent = is_pure || claim.figure.measure == Measure::Growth;
        let number = self.number(claim);
        all.extend(powers(claim, number.as_ref(), is_percent));
        all.extend(self.digits(claim));
        if matches!(claim.figure.measure, Measure::Growth | Measure::Change) {
            all.push(Candidate {
                kind: HypothesisKind::Sign,
                place: Where::Here(claim.as_printed.neg()),
                number: number.map(|number| -number),
                key: "hypothesis-sign",
                more: Vec::new(),
                year: None,
                weight: 0,
            });
        }
        all.extend(self.rows(id));
        all.extend(self.moves(key, entity));
        all.extend(self.years_without_figure(web, key, entity, id));
        all.extend(self.of_bond(found, key));
        all
    }

    /// The figure of another year or another definition.
    fn moves(&self, id: KeyId, entity: EntityId) -> Vec<Candidate> {
        let Some(key) = self.book.key(id) else {
            return Vec::new();
        };
        let figure = key.figure;
        let mut all = Vec::new();
        for (weight, period, other) in self.years_beside(key) {
            all.extend(other.map(|other| Candidate {
                kind: HypothesisKind::Year,
                place: Where::There(other),
                number: None,
                key: "hypothesis-year",
                more: vec![("period", Arg::from(period.to_string()))],
                year: Some(period.year()),
                weight,
            }));
        }
        let indicator = &self.program.model.indicators[figure.indicator];
        for (n, definition) in (0u16..).zip(&indicator.definitions) {
            let other = self.book.find(
                figure.indicator,
                n,
                figure.measure,
                &figure.breakdown,
                key.period,
            );
            let name = crate::explain::named(&definition.label, &definition.id);
            let other = other.filter(|_| n != figure.definition);
            all.extend(other.map(|other| Candidate {
                kind: HypothesisKind::Definition,
                place: Where::There(other),
                number: None,
                key: "hypothesis-definition",
                more: vec![("definition", name)],
                year: None,
                weight: u32::from(n),
            }));
        }
        all.retain(|one| match one.place {
            Where::There(key) => self
                .book
                .key(key)
                .is_some_and(|key| !key.of(entity).is_empty()),
            _ => true,
        });
        all
    }

    /// The years beside that of a figure, the likelier first, each with the figure of it where one is
    /// known of anybody.
    fn years_beside(&self, key: &Key<'_>) -> Vec<(u32, Period, Option<KeyId>)> {
        let figure = key.figure;
        let beside = YEARS.map(|years| {
            let period = shift_years(key.period, years);
            let book = &self.book;
            let there = book.beside(figure, figure.measure, &figure.breakdown, period);
            (period, there)
        });
        let beside = (0u32..).zip(beside);
        beside
            .map(|(weight, (period, there))| (weight, period, there))
            .collect()
    }

    /// The figure of a year beside its own of which none is known: where its own was not over when it
    /// was published, where its table is about the other year, or where the words quoted for it are.
    fn years_without_figure(
        &self,
        web: &Web,
        id: KeyId,
        entity: EntityId,
        claim: ClaimId,
    ) -> Vec<Candidate> {
        let own = &self.submission.claims[claim];
        let Some(key) = self.book.key(id) else {
            return Vec::new();
        };
        let published = own.published.map(|published| published.last_day());
        let mut all = Vec::new();
        for (weight, period, there) in self.years_beside(key) {
            let there = there.and_then(|there| self.book.key(there));
            let is_over = published.is_some_and(|day| period.last_day() <= day);
            let is_early = published.is_some_and(|day| day < key.period.last_day());
            let is_usual = web.usual_period(own.place.file) == Some(period);
            let is_said = self.quoted_year(claim) == Some(period.year());
            let is_vacant = there.is_none_or(|there| there.of(entity).is_empty());
            if is_vacant && ((is_early && is_over) || is_usual || is_said) {
                all.push(Candidate {
                    kind: HypothesisKind::Year,
                    place: Where::Away,
                    number: None,
                    key: "hypothesis-year",
                    more: vec![("period", Arg::from(period.to_string()))],
                    year: Some(period.year()),
                    weight,
                });
            }
        }
        all
    }

    /// The figure of a row beside it in its table.
    fn rows(&self, id: ClaimId) -> Vec<Candidate> {
        let own = &self.submission.claims[id];
        let own_unit = self.dimension(own);
        let mut all = Vec::new();
        for (weight, by) in (0u32..).zip(ROWS) {
            let Some(at) = id.index().checked_add_signed(by) else {
                continue;
            };
            if at >= self.submission.claims.len() {
                continue;
            }
            let other = &self.submission.claims[ClaimId::new(at)];
            if other.place.file != own.place.file
                || other.place.sheet != own.place.sheet
                || !self.is_usable(ClaimId::new(at))
            {
                continue;
            }
            let is_same = other.as_printed == own.as_printed && other.unit == own.unit;
            let is_like = other.figure.measure == own.figure.measure
                && self.dimension(other) == own_unit
                && other.as_printed.width().is_some();
            if is_same || is_like {
                let (place, key) = match is_same {
                    // It stands in both rows, and is perhaps that of the other alone.
                    true => (Where::Away, "hypothesis-row-repeated"),
                    false => (Where::Here((*other.as_printed).clone()), "hypothesis-row"),
                };
                all.push(Candidate {
                    kind: HypothesisKind::Row,
                    place,
                    number: self.number(other),
                    key,
                    more: vec![("place", Arg::from(self.submission.place(other)))],
                    year: None,
                    weight,
                });
            }
        }
        all
    }

    /// The number of a claim as it is printed, in base units.
    fn number(&self, claim: &Claim) -> Option<Exact> {
        let text = fold_width(self.submission.text(claim.printed));
        let model = &self.program.model;
        let printed = Printed::parse(&text, &model.words.vocabulary, &model.units).ok()?;
        Some(&printed.number.value * &*claim.unit_factor)
    }

    fn dimension(&self, claim: &Claim) -> Option<&Dimension> {
        let indicator = &self.program.model.indicators[claim.figure.indicator];
        indicator.unit.as_ref().map(|unit| &unit.dimension)
    }

    /// The same number with two digits swapped, or one digit another.
    fn digits(&self, claim: &Claim) -> Vec<Candidate> {
        let text = fold_width(self.submission.text(claim.printed));
        let model = &self.program.model;
        let parse = |text: &str| Printed::parse(text, &model.words.vocabulary, &model.units).ok();
        let read = |printed: &Printed| {
            let set = printed.set(Reading::Printed, &Widths::default());
            let number = &printed.number.value * &*claim.unit_factor;
            (set.scale(&claim.unit_factor), number)
        };
        // What is not read alike here, such as a number that its file holds, has no such slips.
        let Some(own) = parse(&text).filter(|own| read(own).0 == *claim.as_printed) else {
            return Vec::new();
        };
        let own_digits = digits_of(&text);
        let mut all = Vec::new();
        let mut push = |kind, text: String, key, weight| {
            let found = own.with_digits(&own_digits, &digits_of(&text));
            if let Some((set, number)) = found.or_else(|| parse(&text)).as_ref().map(read) {
                all.push(Candidate {
                    kind,
                    place: Where::Here(set),
                    number: Some(number),
                    key,
                    more: vec![("text", Arg::from(text))],
                    year: None,
                    weight,
                });
            }
        };
        let places = number_places(&text);
        for pair in places.windows(2) {
            let [first, second] = pair else { continue };
            let mut swapped = text.clone().into_bytes();
            swapped.swap(*first, *second);
            let swapped = String::from_utf8(swapped).unwrap_or_default();
            if swapped != text && !has_idle_zero(&swapped) {
                push(
                    HypothesisKind::DigitSwap,
                    swapped,
                    "hypothesis-digit-swap",
                    0,
                );
            }
        }
        for place in &places {
            for digit in b'0'..=b'9' {
                let mut other = text.clone().into_bytes();
                let Some(own) = other.get_mut(*place) else {
                    continue;
                };
                let distance = u32::from(own.abs_diff(digit));
                *own = digit;
                let other = String::from_utf8(other).unwrap_or_default();
                if distance > 0 && !has_idle_zero(&other) {
                    push(HypothesisKind::Digit, other, "hypothesis-digit", distance);
                }
            }
        }
        all
    }

    /// What only a growth or change and its levels can be.
    fn of_bond(&self, found: &Found, key: KeyId) -> Vec<Candidate> {
        let Some(cells) = self.movement(found) else {
            return Vec::new();
        };
        let mut all = Vec::new();
        let set = |key: KeyId| {
            let groups = self.groups(key, found.finding.entity, None);
            groups.into_iter().next().map(|group| group.set)
        };
        let [now, before, moved] = cells;
        let is_growth = found_measure(self, moved) == Some(Measure::Growth);
        if key == before
            && let (Some(now), Some(by), Some(printed)) = (set(now), set(moved), set(before))
        {
            let one = Set::point(Exact::from(1));
            let implied = match is_growth {
                true => now.div(&by.add(&one)).ok(),
                false => Some(now.sub(&by)),
            };
            all.extend(
                implied
                    .filter(|implied| is_close(implied, &printed))
                    .map(|set| Candidate {
                        kind: HypothesisKind::RevisedBase,
                        place: Where::Here(set),
                        number: None,
                        key: "hypothesis-revised-base",
                        more: Vec::new(),
                        year: None,
                        weight: 0,
                    }),
            );
        }
        if key == moved && is_growth {
            all.push(Candidate {
                kind: HypothesisKind::Comparable,
                place: Where::Otherwise,
                number: None,
                key: "hypothesis-comparable",
                more: Vec::new(),
                year: None,
                weight: 0,
            });
        }
        if key == moved && self.is_other_way(found, cells, is_growth) {
            all.push(Candidate {
                kind: HypothesisKind::Points,
                place: Where::Otherwise,
                number: None,
                key: match is_growth {
                    true => "hypothesis-points",
                    false => "hypothesis-percent",
                },
                more: Vec::new(),
                year: None,
                weight: 0,
            });
        }
        all
    }

    /// Now, before and the growth or change of a finding.
    fn movement(&self, found: &Found) -> Option<[KeyId; 3]> {
        let plan = match &found.tie {
            Tie::Bond(n) => self.plans.get(*n)?,
            _ => {
                // A check that says what a bond says has the bond's figures.
                let keys = self.keys_of(found);
                self.plans.iter().find(|plan| plan.cells() == keys)?
            }
        };
        match plan.ways.first()?.cells.as_slice() {
            [now, before, moved]
                if matches!(
                    found_measure(self, *moved),
                    Some(Measure::Growth | Measure::Change)
                ) =>
            {
                Some([*now, *before, *moved])
            }
            _ => None,
        }
    }

    fn keys_of(&self, found: &Found) -> Vec<KeyId> {
        let claims = found.finding.claims.iter();
        let keys = claims.filter_map(|id| self.book.of_claim(&self.submission.claims[*id]));
        let mut keys: Vec<KeyId> = keys.collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    /// Whether a growth of a share in percent would be its change in points, or the other way.
    fn is_other_way(&self, found: &Found, cells: [KeyId; 3], is_growth: bool) -> bool {
        let [now, before, moved] = cells;
        let Some(key) = self.book.key(moved) else {
            return false;
        };
        let indicator = &self.program.model.indicators[key.figure.indicator];
        let is_pure = indicator
            .unit
            .as_ref()
            .is_some_and(|unit| unit.dimension.is_one());
        let sets = |key| self.groups(key, found.finding.entity, None);
        let (now, before, moved) = (sets(now), sets(before), sets(moved));
        let sets = [now, before, moved].map(|groups| groups.first().map(|group| group.set.clone()));
        let [Some(now), Some(before), Some(moved)] = sets else {
            return false;
        };
        is_pure && crate::findings::is_moved(!is_growth, &[now, before, moved])
    }
}

fn found_measure(cx: &Cx<'_>, key: KeyId) -> Option<Measure> {
    cx.book.key(key).map(|key| key.figure.measure)
}

/// The figure times powers of ten.
fn powers(claim: &Claim, number: Option<&Exact>, is_percent: bool) -> Vec<Candidate> {
    let mut all = Vec::new();
    let powers = if is_percent {
        POWERS_OF_PERCENT
    } else {
        POWERS
    };
    for (weight, power) in (0u32..).zip(powers) {
        for power in [power, -power] {
            all.push(Candidate {
                kind: HypothesisKind::Unit,
                place: Where::Here(claim.as_printed.scale(&Exact::pow10(power))),
                number: number.map(|number| number * &Exact::pow10(power)),
                key: "hypothesis-unit",
                more: vec![("power", Arg::from(power.to_string()))],
                year: None,
                weight,
            });
        }
    }
    all
}

/// Whether a number starts with a zero that nobody would print.
fn has_idle_zero(text: &str) -> bool {
    let places = number_places(text);
    let digit = |n: usize| places.get(n).and_then(|at| text.as_bytes().get(*at));
    let is_whole = places
        .get(1)
        .is_some_and(|next| places.first().map(|at| at + 1) == Some(*next));
    digit(0) == Some(&b'0') && is_whole
}

/// The places of the digits of the first number in a text.
fn number_places(text: &str) -> Vec<usize> {
    let mut places = Vec::new();
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'0'..=b'9' => places.push(at),
            b'.' | b',' if !places.is_empty() => {}
            _ if places.is_empty() => {}
            _ => break,
        }
    }
    places.truncate(MOST_DIGITS);
    places
}

/// The first number of a text as its digits, with a point and without what sets thousands apart.
fn digits_of(text: &str) -> String {
    let places = number_places(text);
    let (first, last) = (places.first(), places.last());
    let own = first.zip(last);
    let own = own.and_then(|(first, last)| text.get(*first..=*last));
    own.unwrap_or_default().replace(',', "")
}

/// Whether a revision could have made one of the other: they are less than a quarter apart.
fn is_close(implied: &Set, printed: &Set) -> bool {
    let value = |set: &Set| set.lo().value().or(set.hi().value()).cloned();
    let (Some(a), Some(b)) = (value(implied), value(printed)) else {
        return false;
    };
    let quarter = Exact::ratio(1, 4).unwrap_or_default();
    (&a - &b).abs() <= &b.abs() * &quarter
}
