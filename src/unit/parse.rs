//! The grammar of unit texts: a folded text goes in, a unit comes out. A declared name is taken
//! whole before it is cut; other cuts must agree in meaning. Never looks at numbers.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{Dimension, LONGEST_UNIT, Nature, ParsedUnit, ScaleClass, Unit, UnitError, Units};
use crate::fold::{fold_tight, nearest};
use crate::number::Exact;

/// Marks between the factors of a product.
const TIMES: [char; 5] = ['\u{B7}', '\u{22C5}', '*', '\u{D7}', '\u{30FB}'];

/// Whether a letter of a folded text parts units: a stroke, a mark of a product or a bracket.
pub(super) fn is_mark(letter: char) -> bool {
    matches!(letter, '/' | '(' | ')') || TIMES.contains(&letter)
}

/// One way to read a stretch of text.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Reading {
    factor: Exact,
    dimension: Dimension,
    nature: Nature,
    /// How far the reading is from taking declared names whole: factors, then cut ones.
    cost: (usize, usize),
    /// The text with a blank between scale and unit.
    cut: String,
}

impl Reading {
    fn means_the_same(&self, other: &Self) -> bool {
        self.factor == other.factor
            && self.dimension == other.dimension
            && self.nature == other.nature
    }
}

/// How many readings of one stretch are kept; two that differ are enough for an error.
const KEPT: usize = 4;

pub(super) fn parse_unit(units: &Units, text: &str) -> Result<ParsedUnit, UnitError> {
    let tight = fold_tight(text);
    read_unit(units, &tight, text.trim())?.ok_or_else(|| explain(units, &tight))
}

/// What a text says, a power of ten in digits before it too; whether another is close is not asked.
pub(super) fn read_unit(
    units: &Units,
    tight: &str,
    name: &str,
) -> Result<Option<ParsedUnit>, UnitError> {
    if tight.chars().count() > LONGEST_UNIT {
        let text = tight.chars().take(LONGEST_UNIT).collect();
        return Err(UnitError::Malformed {
            text,
            at: LONGEST_UNIT,
        });
    }
    if let Some((count, rest)) = counted(tight)
        && let Some(found) = recognise(units, rest, name)?
    {
        return Ok(Some(match found {
            ParsedUnit::Blank => ParsedUnit::Scale(count),
            ParsedUnit::Scale(scale) => ParsedUnit::Scale(&count * &scale),
            ParsedUnit::Unit(unit) => ParsedUnit::Unit(Unit {
                factor: &count * &unit.factor,
                ..unit
            }),
        }));
    }
    recognise(units, tight, name)
}

/// A power of ten in digits before a unit, as in `10,000 households`, and what stands behind it.
fn counted(tight: &str) -> Option<(Exact, &str)> {
    let end = tight.find(|c: char| !c.is_ascii_digit() && c != ',')?;
    let (digits, rest) = tight.split_at(end);
    let zeros = digits.replace(',', "");
    let zeros = zeros.strip_prefix('1')?;
    let is_power = !zeros.is_empty() && zeros.bytes().all(|byte| byte == b'0');
    let power = i16::try_from(zeros.len()).ok()?;
    (is_power && !digits.ends_with(',')).then(|| (Exact::pow10(power), rest))
}

/// What a text says, if it is a unit, a scale or blank; whether another is close is not asked.
pub(super) fn recognise(
    units: &Units,
    tight: &str,
    name: &str,
) -> Result<Option<ParsedUnit>, UnitError> {
    if tight.is_empty() {
        return Ok(Some(ParsedUnit::Blank));
    }
    let is_short = tight.chars().nth(LONGEST_UNIT).is_none();
    if !is_short || units.longest_at(tight) == 0 || !tight.chars().all(|c| units.may_hold(c)) {
        return Ok(None);
    }
    // Taken whole a name costs less than any cut of it.
    if let Some(def) = units.names.get(tight).and_then(|at| units.defs.get(*at)) {
        return Ok(Some(ParsedUnit::Unit(Unit {
            name: name.to_owned(),
            factor: def.unit.factor.clone(),
            dimension: units.canonical(&def.unit.dimension),
            nature: def.unit.nature,
        })));
    }
    if let Some(unit) = settle(tight, name, read_product(units, tight))? {
        return Ok(Some(ParsedUnit::Unit(unit)));
    }
    if let Some(scale) = whole_scale(units, tight) {
        return Ok(Some(ParsedUnit::Scale(scale)));
    }
    Ok(read_gloss(units, tight, name).map(ParsedUnit::Unit))
}

/// The one reading, if there is one; two of the same cost that differ are an error.
fn settle(text: &str, name: &str, readings: Vec<Reading>) -> Result<Option<Unit>, UnitError> {
    let Some(least) = readings.iter().map(|r| r.cost).min() else {
        return Ok(None);
    };
    let mut cheapest = readings.into_iter().filter(|r| r.cost == least);
    let Some(first) = cheapest.next() else {
        return Ok(None);
    };
    let others: Vec<String> = cheapest
        .filter(|r| !r.means_the_same(&first))
        .map(|r| r.cut)
        .collect();
    if !others.is_empty() {
        let readings = std::iter::once(first.cut).chain(others).collect();
        return Err(UnitError::Ambiguous {
            text: text.to_owned(),
            readings,
        });
    }
    let Reading {
        factor,
        dimension,
        nature,
        ..
    } = first;
    Ok(Some(Unit {
        name: name.to_owned(),
        factor,
        dimension,
        nature,
    }))
}

/// Every reading of the whole text, from left to right over the borders of its characters.
fn read_product(units: &Units, text: &str) -> Vec<Reading> {
    if !text.contains(|c| c == '/' || TIMES.contains(&c)) {
        let mut whole = Vec::new();
        for (start, scale, classes) in scale_runs(units, text, 0) {
            let name = text.get(start..).unwrap_or_default();
            read_term(units, text, 0..start, (&scale, &classes), name, &mut whole);
        }
        return whole.into_iter().map(|(_, reading)| reading).collect();
    }
    let mut at: BTreeMap<(usize, bool), Vec<Reading>> = BTreeMap::new();
    let start = Reading {
        factor: Exact::from(1),
        dimension: Dimension::one(),
        nature: Nature::Plain,
        cost: (0, 0),
        cut: String::new(),
    };
    at.insert((0, false), vec![start]);
    let mut done = Vec::new();
    while let Some(((from, divides), before)) = at.pop_first() {
        for (end, term) in read_terms(units, text, from) {
            let rest = text.get(end..).unwrap_or_default();
            let mark = rest.chars().next();
            let next = match mark {
                None => None,
                Some('/') => Some((end + 1, true)),
                Some(c) if TIMES.contains(&c) => Some((end + c.len_utf8(), divides)),
                Some(_) => continue,
            };
            let joined = before.iter().map(|b| join(b, &term, divides, mark));
            match next {
                None => done.extend(joined),
                Some(key) => keep(at.entry(key).or_default(), joined),
            }
        }
    }
    done
}

fn keep(kept: &mut Vec<Reading>, more: impl Iterator<Item = Reading>) {
    for reading in more {
        let known = kept
            .iter()
            .any(|k| k.cost <= reading.cost && k.means_the_same(&reading));
        if !known && kept.len() < KEPT {
            kept.push(reading);
        }
    }
}

fn join(before: &Reading, term: &Reading, divides: bool, mark: Option<char>) -> Reading {
    let is_first = before.cost.0 == 0;
    let (factor, dimension) = if divides {
        // INVARIANT: declared factors are above zero, so the quotient exists.
        let quotient = before.factor.checked_div(&term.factor);
        (
            quotient.unwrap_or_else(|| before.factor.clone()),
            before.dimension.div(&term.dimension),
        )
    } else {
        (
            &before.factor * &term.factor,
            before.dimension.mul(&term.dimension),
        )
    };
    let nature = match (before.nature, term.nature) {
        (_, nature) if is_first => nature,
        (nature, Nature::Plain) => nature,
        (Nature::Plain, nature) if !divides => nature,
        _ => Nature::Plain,
    };
    let mut cut = format!("{}{}", before.cut, term.cut);
    cut.extend(mark);
    let cost = (before.cost.0 + 1, before.cost.1 + term.cost.1);
    Reading {
        factor,
        dimension,
        nature,
        cost,
        cut,
    }
}

/// The named units that stand at an offset, with their scales, and where each ends.
fn read_terms(units: &Units, text: &str, from: usize) -> Vec<(usize, Reading)> {
    let mut terms: Vec<(usize, Reading)> = Vec::new();
    for (start, scale, classes) in scale_runs(units, text, from) {
        let rest = text.get(start..).unwrap_or_default();
        for length in borders(units, rest) {
            let name = rest.get(..length).unwrap_or_default();
            read_term(
                units,
                text,
                from..start,
                (&scale, &classes),
                name,
                &mut terms,
            );
        }
    }
    terms
}

/// Adds the unit that a name behind scales is, if it is one and they may stand before it.
fn read_term(
    units: &Units,
    text: &str,
    scales: Range<usize>,
    (scale, classes): (&Exact, &[ScaleClass]),
    name: &str,
    terms: &mut Vec<(usize, Reading)>,
) {
    let index = units.names.get(name);
    let Some(def) = index.and_then(|index| units.defs.get(*index)) else {
        return;
    };
    if !classes.iter().all(|class| def.prefixes.allows(*class)) {
        return;
    }
    let blank = if scales.is_empty() { "" } else { " " };
    let end = scales.end + name.len();
    let cost = (1, blank.len());
    let scale_text = text.get(scales).unwrap_or_default();
    let reading = Reading {
        factor: scale * &def.unit.factor,
        dimension: units.canonical(&def.unit.dimension),
        nature: def.unit.nature,
        cost,
        cut: format!("{scale_text}{blank}{name}"),
    };
    let is_known = |(other, one): &(usize, Reading)| *other == end && one.means_the_same(&reading);
    if !terms.iter().any(is_known) {
        terms.push((end, reading));
    }
}

/// The runs of scales that start at an offset, the empty one first: where each ends, its
/// product and its classes. Words grow from left to right; one metric prefix may end a run.
fn scale_runs(units: &Units, text: &str, from: usize) -> Vec<(usize, Exact, Vec<ScaleClass>)> {
    let mut runs = vec![(from, Exact::from(1), Vec::new())];
    let mut lasts: Vec<Option<Exact>> = vec![None];
    let mut at = 0;
    while let (Some((end, product, classes)), Some(last)) =
        (runs.get(at).cloned(), lasts.get(at).cloned())
    {
        at += 1;
        if classes.contains(&ScaleClass::Metric) {
            continue;
        }
        let rest = text.get(end..).unwrap_or_default();
        for length in borders(units, rest) {
            let found = rest.get(..length).and_then(|name| units.scales.get(name));
            let Some((factor, class)) = found else {
                continue;
            };
            let grows = last.as_ref().is_none_or(|last| last < factor);
            if *class == ScaleClass::Word && !grows {
                continue;
            }
            let mut classes = classes.clone();
            classes.push(*class);
            let run = (end + length, &product * factor, classes);
            if !runs.contains(&run) {
                runs.push(run);
                lasts.push(Some(factor.clone()));
            }
        }
    }
    runs
}

/// The lengths in bytes of every start of a text that may be a name or a scale, the shortest first.
fn borders(units: &Units, text: &str) -> impl Iterator<Item = usize> {
    let longest = units.longest_at(text);
    text.char_indices()
        .map(|(at, c)| at + c.len_utf8())
        .take_while(move |length| *length <= longest)
}

fn whole_scale(units: &Units, text: &str) -> Option<Exact> {
    let runs = scale_runs(units, text, 0).into_iter();
    runs.filter(|(end, ..)| *end == text.len() && *end > 0)
        .map(|(_, factor, _)| factor)
        .next()
}

/// A unit followed by the same unit in brackets, as in `exabyte(EB)`.
fn read_gloss(units: &Units, text: &str, name: &str) -> Option<Unit> {
    let (outer, inner) = text.strip_suffix(')')?.rsplit_once('(')?;
    let read = |text| settle(text, name, read_product(units, text)).ok().flatten();
    let bare = split_scale(units, outer).1;
    let (outer, inner, bare) = (read(outer)?, read(inner)?, read(&bare)?);
    (inner == outer || inner == bare).then_some(outer)
}

pub(super) fn split_scale(units: &Units, text: &str) -> (Exact, String) {
    if units.names.contains_key(text) {
        return (Exact::from(1), text.to_owned());
    }
    let best = scale_runs(units, text, 0)
        .into_iter()
        .filter(|(end, ..)| {
            let rest = text.get(*end..).unwrap_or_default();
            let is_name = rest.is_empty() || units.names.contains_key(rest);
            is_name || !read_product(units, rest).is_empty()
        })
        .max_by_key(|(end, ..)| *end);
    match best {
        Some((end, factor, _)) => (factor, text.get(end..).unwrap_or_default().to_owned()),
        None => (Exact::from(1), text.to_owned()),
    }
}

/// Finds the part that is unknown or empty, and the closest name for it.
fn explain(units: &Units, text: &str) -> UnitError {
    let mut at = 0;
    for part in text.split(|c| c == '/' || TIMES.contains(&c)) {
        if part.is_empty() {
            return UnitError::Malformed {
                text: text.to_owned(),
                at,
            };
        }
        if read_product(units, part).is_empty() {
            let nearest = nearest_name(units, part);
            return UnitError::Unknown {
                text: part.to_owned(),
                nearest,
            };
        }
        at += part.chars().count() + 1;
    }
    UnitError::Unknown {
        text: text.to_owned(),
        nearest: nearest_name(units, text),
    }
}

/// The closest declared name, for the text as it is and for what its scales leave.
fn nearest_name(units: &Units, text: &str) -> Option<String> {
    let mut best: Option<((usize, usize), String)> = None;
    for (start, _, classes) in scale_runs(units, text, 0) {
        let (Some(scales), Some(rest)) = (text.get(..start), text.get(start..)) else {
            continue;
        };
        let allowed = units.names.iter().filter(|(_, index)| {
            let prefixes = units.defs.get(**index).map(|def| def.prefixes);
            prefixes.is_some_and(|p| classes.iter().all(|class| p.allows(*class)))
        });
        let Some((name, distance)) = nearest(rest, allowed.map(|(name, _)| name.as_str())) else {
            continue;
        };
        let key = (distance, rest.len().abs_diff(name.len()));
        if best.as_ref().is_none_or(|(least, _)| key < *least) {
            best = Some((key, format!("{scales}{name}")));
        }
    }
    best.map(|(_, name)| name)
}
