//! Figures beside what their table says of them: the words that it quotes, and the day on which they
//! were published. Words are only searched for numbers; never is anything read from them.

use crate::figures::printed::Printed;
use crate::figures::{Claim, ClaimId, Status};
use crate::fold::fold_width;
use crate::message::Message;
use crate::model::{EntityId, Measure};
use crate::number::Exact;
use crate::period::Period;

use super::book::{Key, KeyId, Supposed};
use super::plans::has_span;
use super::quotation::{Quoted, Written, words_in};
use super::wording::{SaidYear, Way};
use super::{Cx, Excuse, Finding, FindingKind, Found, Haul, Tie};

/// What is said of a figure before its period is over.
const EARLY: [Status; 4] = [
    Status::Provisional,
    Status::Estimated,
    Status::Forecast,
    Status::Imputed,
];

/// What of a figure is not as in the words quoted for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unlike {
    /// All is as quoted.
    Nothing,
    /// The number is another one.
    Number,
    /// It rises there and falls here, or the other way.
    Way,
    /// The words are about this year.
    Year(i32),
    /// Others that are quoted from the same words are about this year, among them this one.
    Beside(i32, ClaimId),
    /// Its number stands there once and is this one's as well, and another one is nobody's.
    Twice(ClaimId),
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
        if let Some(unlike) = self.unlike_quote(claim, None) {
            found.count(FindingKind::Quote, 1);
            if unlike != Unlike::Nothing {
                let figure = self.name(key.figure, entity, key.period);
                let message = self.said_of(unlike, figure, claim);
                let claims = match unlike {
                    Unlike::Beside(_, other) | Unlike::Twice(other) => vec![claim, other],
                    _ => vec![claim],
                };
                let finding = Finding::of_figure(FindingKind::Quote, key, entity, claims, message);
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
            let finding = Finding::of_figure(FindingKind::Early, key, entity, vec![claim], message);
            found.push(Found::of(finding, Tie::Early(id, claim)));
        }
    }

    /// What is not as quoted, in one sentence.
    fn said_of(&self, unlike: Unlike, figure: Message, claim: ClaimId) -> Message {
        let quote = self.submission.text(self.submission.claims[claim].quote);
        let shown = self.shown(claim);
        match unlike {
            Unlike::Nothing | Unlike::Number => Message::new("finding-quote")
                .with("figure", figure)
                .with("claim", shown)
                .with("quote", quote),
            Unlike::Way => Message::new("finding-quote-way")
                .with("figure", figure)
                .with("claim", shown)
                .with("quote", quote),
            Unlike::Year(year) => Message::new("finding-quote-year")
                .with("figure", figure)
                .with("claim", shown)
                .with("quote", quote)
                .with("year", year.to_string()),
            Unlike::Beside(year, other) => Message::new("finding-quote-beside")
                .with("figure", figure)
                .with("claim", shown)
                .with("quote", quote)
                .with("year", year.to_string())
                .with("other", self.named(other)),
            Unlike::Twice(other) => Message::new("finding-quote-twice")
                .with("figure", figure)
                .with("claim", shown)
                .with("quote", quote)
                .with("other", self.named(other)),
        }
    }

    /// A note that repeats the very words of the quotation says that the figure was printed so. Words
    /// with a number in them say what the quotation says, and explain no other number.
    fn excuse_of_note(&self, claim: &Claim) -> Option<Excuse> {
        let note = self.submission.note(claim)?;
        let quote = fold_width(self.submission.text(claim.quote));
        let repeats = |note: &String| {
            let marked = note.split('\u{201c}').skip(1);
            let mut marked = marked.filter_map(|rest| rest.split('\u{201d}').next());
            marked.any(|words| {
                let words = fold_width(words);
                let is_number = || {
                    words_in(&self.program.model, &words)
                        .numbers
                        .iter()
                        .any(Quoted::is_sure)
                };
                !words.is_empty() && quote.contains(&words) && !is_number()
            })
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
    /// With another reading it is asked of that: whether its number stands there, or, where it is none,
    /// whether a number of the quotation lies in what it allows.
    pub(crate) fn is_quoted(&self, claim: ClaimId, supposed: Option<&Supposed>) -> Option<bool> {
        let unlike = self.unlike_quote(claim, supposed)?;
        Some(unlike == Unlike::Nothing)
    }

    /// The year that a figure is about by the words quoted for it, or by the figures that are quoted
    /// from the same words.
    pub(crate) fn quoted_year(&self, claim: ClaimId) -> Option<i32> {
        let beside = || self.companions_year(claim).map(|(year, _)| year);
        self.said_year(&self.submission.claims[claim])
            .or_else(beside)
    }

    /// The year that a figure is about by the words quoted for it, where they say so.
    fn said_year(&self, claim: &Claim) -> Option<i32> {
        let words = self.quoted(claim.quote);
        let is_moved = is_moved(claim);
        let mut years = words.years.iter().filter_map(|said| match said {
            SaidYear::Against(year) => is_moved.then_some(year + 1),
            SaidYear::AsOf(year) => Some(*year),
            SaidYear::Named(_) => None,
        });
        let year = years.next()?;
        years.all(|other| other == year).then_some(year)
    }

    /// What of a figure is not as in the words quoted for it; nothing where they cannot say.
    fn unlike_quote(&self, id: ClaimId, supposed: Option<&Supposed>) -> Option<Unlike> {
        let claim = &self.submission.claims[id];
        if self.submission.text(claim.quote).is_empty() || claim.figure.measure == Measure::Rank {
            return None;
        }
        let words = self.quoted(claim.quote);
        // Supposed to be what it is, it is asked as it is printed.
        let supposed = supposed.filter(|it| it.set.as_ref() != Some(&*claim.as_printed));
        let unlike = match supposed {
            Some(supposed) => Some(self.unlike_value(claim, supposed, &words.numbers)),
            None => self.unlike_number(claim, &words.numbers),
        };
        if unlike.is_some_and(|unlike| unlike != Unlike::Nothing) {
            return unlike;
        }
        let unlike = unlike.map(|unlike| match supposed {
            None => self.companion_of_number(id).map_or(unlike, Unlike::Twice),
            Some(_) => unlike,
        });
        let year = self.unlike_year(id);
        year.or(unlike)
    }

    /// Whether a figure is about another year than the words quoted for it, or than all others that
    /// are quoted from them.
    fn unlike_year(&self, id: ClaimId) -> Option<Unlike> {
        let claim = &self.submission.claims[id];
        let window = claim.window;
        let is_long = has_span(&self.program.model, &claim.figure.breakdown);
        if is_long || matches!(window, Period::Span { .. }) {
            return None;
        }
        let own = window.year();
        let is_moved = is_moved(claim);
        let words = self.quoted(claim.quote);
        let is_named = words.years.iter().any(|said| match said {
            SaidYear::Against(year) => is_moved && year + 1 == own,
            SaidYear::AsOf(year) => *year == own,
            SaidYear::Named(year) => *year == own || is_moved && year + 1 == own,
        });
        if let Some(year) = self.said_year(claim).filter(|_| !is_named) {
            return Some(Unlike::Year(year));
        }
        let (year, other) = self.companions_year(id).filter(|(year, _)| *year != own)?;
        // Of two that differ the later one is told.
        let is_told = self
            .companions_year(other)
            .is_none_or(|(_, beside)| beside != id || self.submission.order(id, other).is_gt());
        is_told.then_some(Unlike::Beside(year, other))
    }

    /// Whether what a figure would be stands in a quotation.
    fn unlike_value(&self, claim: &Claim, supposed: &Supposed, quoted: &[Quoted]) -> Unlike {
        let holds = |value: &Exact| match (&supposed.number, &supposed.set) {
            (Some(number), _) => number == value,
            (None, Some(set)) => set.contains(value),
            (None, None) => false,
        };
        let unit = fold_width(self.submission.text(claim.unit));
        let (scale, name) = self.program.model.units.split_scale(&unit);
        // Base units in one printed unit without its scale.
        let unit = claim.unit_factor.checked_div(&scale).unwrap_or_default();
        let is_moved = is_moved(claim);
        let mut is_there = false;
        for one in quoted {
            let value = match one.written {
                Written::Digits if one.name == name => &(&one.value * &one.scale) * &unit,
                Written::Digits => &(&one.value * &scale) * &unit,
                Written::Part => one.value.clone(),
                Written::Small | Written::Full if one.name == name => &one.value * &unit,
                Written::Small | Written::Full => continue,
            };
            let ways: &[Way] = match one.way.filter(|_| is_moved) {
                Some(Way::Rises) => &[Way::Rises],
                Some(Way::Falls) => &[Way::Falls],
                None => &[Way::Rises, Way::Falls],
            };
            let mut ways = ways.iter();
            if ways.any(|way| holds(&signed(&value, *way))) {
                return Unlike::Nothing;
            }
            is_there |= holds(&value) || holds(&signed(&value, Way::Falls));
        }
        if is_there {
            Unlike::Way
        } else {
            Unlike::Number
        }
    }

    /// Whether the printed number of a claim stands in a quotation; nothing where that cannot say.
    fn unlike_number(&self, claim: &Claim, quoted: &[Quoted]) -> Option<Unlike> {
        let model = &self.program.model;
        let text = fold_width(self.submission.text(claim.printed));
        let printed = Printed::parse(&text, &model.words.vocabulary, &model.units).ok()?;
        let unit = fold_width(self.submission.text(claim.unit));
        let (scale, name) = model.units.split_scale(&unit);
        let mut is_turned = false;
        for number in [Some(&printed.number), printed.upper.as_ref()] {
            let Some(own) = number.map(|number| &number.value) else {
                continue;
            };
            let value = own.abs();
            let whole = &value * &scale;
            let is_same = |one: &&Quoted| match one.written {
                // Without a unit it stands in a table, or its unit is not known there.
                Written::Digits => {
                    let is_open = one.name.is_empty() && unit.starts_with(&one.text);
                    (is_open && one.value == value) || &one.value * &one.scale == whole
                }
                Written::Part => one.value == &value * &*claim.unit_factor,
                Written::Full => (name.is_empty() || one.name == name) && one.value == whole,
                Written::Small => !name.is_empty() && one.name == name && one.value == whole,
            };
            let mut same = quoted.iter().filter(is_same).peekable();
            if same.peek().is_some() {
                is_turned |= same.all(|one| match one.way {
                    Some(Way::Rises) => own.signum() < 0,
                    Some(Way::Falls) => own.signum() > 0,
                    None => false,
                });
                continue;
            }
            let one_of = Exact::from(1);
            let is_other = |one: &Quoted| match one.written {
                Written::Digits => {
                    let is_rescaled = one.value == value && one.scale != one_of;
                    // A scale alone may be that of a figure without a unit.
                    let is_alike = match name.is_empty() {
                        true => scale != one_of && one.scale == scale,
                        // Of a unit whose beginning alone stands there, or is known.
                        false if one.name.is_empty() => {
                            !one.text.is_empty() && unit.starts_with(&one.text)
                        }
                        false => one.name == name,
                    };
                    is_alike || is_rescaled
                }
                Written::Full => !name.is_empty() && one.name == name,
                Written::Part | Written::Small => false,
            };
            return quoted.iter().any(is_other).then_some(Unlike::Number);
        }
        let is_moved = is_moved(claim);
        Some(match is_turned && is_moved {
            true => Unlike::Way,
            false => Unlike::Nothing,
        })
    }
}

/// Whether a claim is of how much something rose or fell.
fn is_moved(claim: &Claim) -> bool {
    matches!(claim.figure.measure, Measure::Growth | Measure::Change)
}

/// A number that goes one way.
fn signed(value: &Exact, way: Way) -> Exact {
    match way {
        Way::Rises => value.clone(),
        Way::Falls => -value.clone(),
    }
}
