//! Which figures are bound to each other, from what is declared about their indicators.
//!
//! Keys of figures go in, bonds between them come out: one for each growth, change, part and count
//! that has its partners. Nobody writes a rule for them. Never looks at a value.

use crate::model::{Breakdown, FigureRef, FurtherCodes, Indicator, Kind, Measure, Model, Partner};
use crate::period::Period;
use crate::program::shift_years;

use super::FindingKind;
use super::bond::{Bond, Rest};
use super::book::{Book, Key, KeyId};

/// Figures that are bound to each other.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    /// What kind of finding it is if they cannot be.
    pub kind: FindingKind,
    /// The figure that brought it about.
    pub owner: KeyId,
    /// How they may be bound: one of these has to hold.
    pub ways: Vec<Way>,
}

/// One way in which figures may be bound.
#[derive(Debug, Clone)]
pub(crate) struct Way {
    pub bond: Bond,
    /// The figures, in the order of the bond.
    pub cells: Vec<KeyId>,
}

impl Plan {
    /// Whether nothing is said where one of its figures is not there.
    pub(crate) fn is_whole(&self) -> bool {
        let mut ways = self.ways.iter();
        !ways.any(|way| matches!(way.bond, Bond::Parts(_) | Bond::Shares(_)))
    }

    /// All its figures, each once.
    pub(crate) fn cells(&self) -> Vec<KeyId> {
        let mut cells: Vec<KeyId> = self.ways.iter().flat_map(|way| way.cells.clone()).collect();
        cells.sort_unstable();
        cells.dedup();
        cells
    }
}

/// The years over which a growth or change is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Window {
    /// The period before.
    before: Period,
    /// How many years lie between, where it may be an average of several.
    years: Option<u32>,
}

/// All bonds between figures that have a key each, in the order of the keys that bring them about.
pub(crate) fn plans(model: &Model, book: &Book<'_>) -> Vec<Plan> {
    let mut plans = Vec::new();
    for (id, key) in book.keys() {
        // Evidence is held against nothing: what contradicts it is told where it is judged.
        if model.indicators[key.figure.indicator].evidence.is_some() {
            continue;
        }
        match key.figure.measure {
            Measure::Growth | Measure::Change => {
                plans.extend(movement(model, book, id, key));
            }
            Measure::Level => level(model, book, id, key, &mut plans),
            Measure::Rank => {}
        }
    }
    plans
}

/// A growth or change, and the two levels between which it lies.
fn movement(model: &Model, book: &Book<'_>, id: KeyId, key: &Key<'_>) -> Option<Plan> {
    let indicator = &model.indicators[key.figure.indicator];
    let (part, spans) = without_spans(model, &key.figure.breakdown);
    let windows = windows(indicator, key.figure.measure, key.period, &spans);
    let now = book.beside(key.figure, Measure::Level, &part, key.period)?;
    let is_growth = key.figure.measure == Measure::Growth;
    let mut ways = Vec::new();
    for window in windows {
        // Where one that may be meant is not there, nothing is refuted.
        let before = book.beside(key.figure, Measure::Level, &part, window.before)?;
        let cells = vec![now, before, id];
        let whole = match is_growth {
            true => Bond::Growth,
            false => Bond::Change,
        };
        let average = window.years.map(|years| match is_growth {
            true => Bond::AverageGrowth(years),
            false => Bond::AverageChange(years),
        });
        for bond in std::iter::once(whole).chain(average) {
            let cells = cells.clone();
            ways.push(Way { bond, cells });
        }
    }
    let kind = match is_growth {
        true => FindingKind::Growth,
        false => FindingKind::Change,
    };
    (!ways.is_empty()).then_some(Plan {
        kind,
        owner: id,
        ways,
    })
}

/// Whether a breakdown tells apart figures over different windows.
pub(super) fn has_span(model: &Model, breakdown: &str) -> bool {
    !without_spans(model, breakdown).1.is_empty()
}

/// A breakdown without what says over which years a growth is, and that apart.
fn without_spans(model: &Model, breakdown: &str) -> (String, Vec<String>) {
    let mut spans = Vec::new();
    let mut kept = Vec::new();
    for part in breakdown.split(';').filter(|part| !part.is_empty()) {
        match part.split_once('=') {
            Some((dimension, code)) if is_span(model, dimension) => spans.push(code.to_owned()),
            _ => kept.push(part),
        }
    }
    (kept.join(";"), spans)
}

/// Whether the codes of a dimension are periods and nothing else.
fn is_span(model: &Model, dimension: &str) -> bool {
    let mut all = model.breakdowns.list.values();
    all.any(|known| {
        known.id == dimension && known.further == FurtherCodes::Periods && known.codes.is_empty()
    })
}

/// The periods that a growth or change may be measured from; none where that cannot be said.
fn windows(
    indicator: &Indicator,
    measure: Measure,
    period: Period,
    spans: &[String],
) -> Vec<Window> {
    let one = |before| Window {
        before,
        years: None,
    };
    let since = |years: u32| Window {
        before: shift_years(period, -i32::try_from(years).unwrap_or(i32::MAX)),
        years: Some(years).filter(|years| *years > 1),
    };
    let [span] = spans else {
        let last_year = one(shift_years(period, -1));
        // What stands at a moment within the year may be measured from the year's beginning.
        return match (spans.is_empty(), indicator.kind, period) {
            (false, ..) | (_, _, Period::Span { .. }) => Vec::new(),
            (_, _, Period::Year(_)) | (_, Kind::Flow, _) => vec![last_year],
            (_, _, other) if measure == Measure::Growth || measure == Measure::Change => {
                vec![last_year, one(Period::Year(other.year() - 1))]
            }
            _ => vec![last_year],
        };
    };
    let Period::Year(year) = period else {
        return Vec::new();
    };
    if let Some(years) = span.strip_suffix('y').and_then(|n| n.parse::<u32>().ok()) {
        // The last of so many years may be counted as one of them or not.
        let counted = since(years);
        return match years {
            0 => Vec::new(),
            1 => vec![counted],
            _ => vec![counted, since(years - 1)],
        };
    }
    let ends = span.split_once('-');
    let ends = ends.and_then(|(from, to)| Some((year_of(from)?, year_of(to)?)));
    match ends {
        Some((from, to)) if to == year && from < to => {
            vec![since(from.abs_diff(to))]
        }
        _ => Vec::new(),
    }
}

fn year_of(text: &str) -> Option<i32> {
    (text.len() == 4).then(|| text.parse().ok()).flatten()
}

/// What binds a level to other levels.
fn level(model: &Model, book: &Book<'_>, id: KeyId, key: &Key<'_>, plans: &mut Vec<Plan>) {
    let figure = key.figure;
    let indicator = &model.indicators[figure.indicator];
    let ties = &indicator.ties;
    let mut push = |kind, bond, cells| {
        plans.push(Plan {
            kind,
            owner: id,
            ways: vec![Way { bond, cells }],
        });
    };
    if ties.never_falls {
        for before in earlier(book, id, figure) {
            push(FindingKind::Fall, Bond::Rising, vec![before, id]);
        }
    }
    for dimension in &ties.adds_up {
        let dimension = &model.breakdowns.list[*dimension];
        let is_share = indicator.kind == Kind::Share;
        if let Some((kind, bond, cells)) = parts(indicator, book, id, key, dimension, is_share) {
            push(kind, bond, cells);
        }
    }
    let find = |partner: &Partner, breakdown: &str| {
        let (indicator, definition) = (partner.indicator, partner.definition);
        book.find(indicator, definition, Measure::Level, breakdown, key.period)
    };
    let own = |definition: u16| definition == figure.definition;
    for within in ties.within.iter().filter(|tie| own(tie.definition)) {
        if let Some(whole) = find(&within.whole, &figure.breakdown) {
            push(FindingKind::Within, Bond::Within, vec![id, whole]);
        }
    }
    for share in ties.shares.iter().filter(|tie| own(tie.definition)) {
        let (part, whole) = match &share.part {
            Some(part) => (
                find(part, &figure.breakdown),
                find(&share.whole, &figure.breakdown),
            ),
            None if figure.breakdown.is_empty() => continue,
            None => (
                find(&share.whole, &figure.breakdown),
                find(&share.whole, ""),
            ),
        };
        if let (Some(part), Some(whole)) = (part, whole) {
            push(FindingKind::Share, Bond::Share, vec![part, whole, id]);
        }
    }
}

/// A whole and its parts by a dimension; of shares all those of one whole, at the first of them.
fn parts(
    indicator: &Indicator,
    book: &Book<'_>,
    id: KeyId,
    key: &Key<'_>,
    dimension: &Breakdown,
    is_share: bool,
) -> Option<(FindingKind, Bond, Vec<KeyId>)> {
    let (whole, own) = without(&key.figure.breakdown, &dimension.id);
    if own.is_some() != is_share {
        return None;
    }
    let codes = dimension.codes.iter();
    let found = codes.filter_map(|code| {
        let breakdown = with(&whole, &dimension.id, &code.id);
        book.beside(key.figure, Measure::Level, &breakdown, key.period)
    });
    let mut cells: Vec<KeyId> = found.collect();
    let rest = Rest {
        listed: dimension.codes.len(),
        is_open: dimension.further != FurtherCodes::None,
        least: indicator
            .bounds
            .as_ref()
            .and_then(|bounds| bounds.lo().value().cloned()),
    };
    if is_share {
        let is_first = cells.iter().min() == Some(&id);
        return is_first.then_some((FindingKind::Parts, Bond::Shares(rest), cells));
    }
    cells.insert(0, id);
    (cells.len() > 1).then_some((FindingKind::Parts, Bond::Parts(rest), cells))
}

/// A breakdown without one of its dimensions, and the code of that.
fn without(breakdown: &str, dimension: &str) -> (String, Option<String>) {
    let mut code = None;
    let parts = breakdown.split(';').filter(|part| !part.is_empty());
    let kept: Vec<&str> = parts
        .filter(|part| match part.split_once('=') {
            Some((known, own)) if known == dimension => {
                code = Some(own.to_owned());
                false
            }
            _ => true,
        })
        .collect();
    (kept.join(";"), code)
}

/// A breakdown with one more dimension, in order.
fn with(breakdown: &str, dimension: &str, code: &str) -> String {
    let parts = breakdown.split(';').filter(|part| !part.is_empty());
    let mut parts: Vec<(&str, &str)> = parts
        .map(|part| part.split_once('=').unwrap_or((part, "")))
        .collect();
    parts.push((dimension, code));
    parts.sort_unstable();
    let parts: Vec<String> = parts
        .iter()
        .map(|(dimension, code)| format!("{dimension}={code}"))
        .collect();
    parts.join(";")
}

/// The two keys of a series before one.
fn earlier(book: &Book<'_>, id: KeyId, figure: &FigureRef) -> Vec<KeyId> {
    let before = [1, 2].into_iter().filter_map(|back| id.checked_sub(back));
    let is_same = |id: &KeyId| book.key(*id).is_some_and(|key| key.figure == figure);
    before.filter(is_same).collect()
}
