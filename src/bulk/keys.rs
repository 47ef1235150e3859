//! Whether each row is about a body and period of its own: names in order show it as they pass; names in
//! no order are gathered and sorted, part by part of all that there may be. Never takes two for one.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::block::{Block, Cells, Wanted};
use super::rows::{Found, Judged, Shared, are_tight, body_of, keys, trimmed};
use super::run::{Open, Stop};
use super::table::Table;
use crate::figures::hash;
use crate::fold::fold_tight;
use crate::model::EntityId;
use crate::period::Period;

/// Hashes that are held at a time.
const MOST_HELD: u64 = 2_000_000;

/// A name and a period.
type Key = (String, Option<Period>);

/// The first and last key of rows that follow each other, as far as they are in order.
#[derive(Debug, Clone, Default)]
pub(super) struct Keys {
    /// In the order of the letters, and in that of the lengths and then of the letters.
    is_ordered: Option<[bool; 2]>,
    first: Option<Key>,
    last: Option<Key>,
    /// The lengths of all periods, as letters.
    windows: Option<Window>,
    is_mixed: bool,
    /// What each body of the pack is called: another name of it says nothing of whether it came before.
    called: BTreeMap<EntityId, String>,
    parts: BTreeMap<u64, Keys>,
}

/// How long a period is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Window {
    Year,
    Half,
    Quarter,
    Month,
    Day,
    Other,
}

pub(super) fn window(period: Period) -> Window {
    match period {
        Period::Year(_) => Window::Year,
        Period::Half(..) => Window::Half,
        Period::Quarter(..) => Window::Quarter,
        Period::Month(..) => Window::Month,
        Period::Day(_) => Window::Day,
        Period::Months { .. } | Period::Span { .. } => Window::Other,
    }
}

fn ordered(a: (&str, Option<Period>), b: (&str, Option<Period>)) -> [bool; 2] {
    // Other letters of other widths may be the same name.
    if !b.0.is_ascii() || !a.0.is_ascii() {
        return [false; 2];
    }
    let when =
        |period: Option<Period>| period.map(|period| (period.first_day(), period.last_day()));
    let all = a.0.cmp(b.0).then_with(|| when(a.1).cmp(&when(b.1)));
    let by_length = a.0.len().cmp(&b.0.len()).then(all);
    [all.is_lt(), by_length.is_lt()]
}

/// A name of eight to sixteen letters of ASCII as a number that stands to those of others as long as the name
/// does to theirs.
#[inline]
fn letters(name: &[u8]) -> Option<u128> {
    let (first, last) = (name.first_chunk()?, name.last_chunk()?);
    let all = u128::from(u64::from_be_bytes(*first)) << 64 | u128::from(u64::from_be_bytes(*last));
    (name.len() <= 16).then_some(all)
}

impl Keys {
    /// Adds the rows of a block, which follow those before.
    pub(super) fn add(&mut self, table: &Table, block: &Block, judged: &Judged) {
        let names = table.entity.and_then(|at| block.columns.get(at));
        // What is known of a part of a period is told of a figure that is not known of the whole of it.
        for period in judged.periods.iter().chain(&judged.passed_over) {
            let window = window(*period);
            self.is_mixed |= *self.windows.get_or_insert(window) != window;
        }
        if let Some(Cells::Keys { ends, bytes }) = names {
            self.declared(judged, keys(ends, bytes));
        }
        let period = |row: usize| {
            let place = judged.places.get(row).filter(|place| !place.is_lost)?;
            judged.periods.get(place.period as usize).copied()
        };
        match names {
            Some(Cells::Keys { ends, bytes })
                if judged.places.iter().all(|place| !place.is_lost) && are_tight(bytes) =>
            {
                self.tight_rows(ends, bytes, period);
            }
            Some(Cells::Keys { ends, bytes }) => {
                let texts = keys(ends, bytes).enumerate();
                self.rows(texts.map(|(row, text)| (trimmed(text), period(row))));
            }
            Some(Cells::Words { codes, words }) => {
                let text = |code: &u32| words.get(*code as usize).map_or("", |word| word.trim());
                let texts = codes.iter().map(text).enumerate();
                self.rows(texts.map(|(row, text)| (text, period(row))));
            }
            _ => self.rows((0..block.n_rows).map(|row| ("", period(row)))),
        }
    }

    /// Notes what rows call the bodies of the pack.
    fn declared<'t>(&mut self, judged: &Judged, names: impl Iterator<Item = &'t str>) {
        for (place, name) in judged.places.iter().zip(names) {
            if let Some(body) = place.body {
                self.call(body, trimmed(name));
            }
        }
    }

    fn call(&mut self, body: EntityId, name: &str) {
        match self.called.get(&body) {
            Some(known) => self.is_mixed |= known != name,
            None => {
                self.called.insert(body, name.to_owned());
            }
        }
    }

    fn rows<'t>(&mut self, rows: impl Iterator<Item = (&'t str, Option<Period>)>) {
        let mut held: Option<(&str, Option<Period>)> = None;
        let before = self.last.take();
        let mut is_ordered = self.is_ordered.unwrap_or([true; 2]);
        for row in rows {
            // What is lost is judged by nobody.
            if row.1.is_none() {
                continue;
            }
            let last = held.or(before
                .as_ref()
                .map(|(name, period)| (name.as_str(), *period)));
            if let Some(last) = last {
                let own = ordered(last, row);
                is_ordered = [is_ordered[0] && own[0], is_ordered[1] && own[1]];
            } else {
                self.first = Some((row.0.to_owned(), row.1));
            }
            held = Some(row);
        }
        self.is_ordered = Some(is_ordered);
        self.last = held
            .map(|(name, period)| (name.to_owned(), period))
            .or(before);
    }

    /// Adds rows of which none is lost, whose names have nothing but letters, digits and signs of ASCII.
    fn tight_rows(&mut self, ends: &[u32], bytes: &[u8], period: impl Fn(usize) -> Option<Period>) {
        let text = |name| std::str::from_utf8(name).unwrap_or("");
        let name = |from: u32, to: u32| bytes.get(from as usize..to as usize).unwrap_or(&[]);
        let Some((first, rest)) = ends.split_first() else {
            return;
        };
        let mut last = name(0, *first);
        self.rows(std::iter::once((text(last), period(0))));
        let mut is_ordered = self.is_ordered.unwrap_or([true; 2]);
        let (mut last_letters, mut from) = (letters(last), *first);
        for (row, end) in rest.iter().enumerate() {
            let own = name(from, *end);
            let own_letters = letters(own);
            let both = match (last_letters, own_letters) {
                (Some(a), Some(b)) if a != b && last.len() == own.len() => [a < b; 2],
                _ => ordered((text(last), period(row)), (text(own), period(row + 1))),
            };
            is_ordered = [is_ordered[0] & both[0], is_ordered[1] & both[1]];
            (last, last_letters, from) = (own, own_letters, *end);
        }
        self.is_ordered = Some(is_ordered);
        self.last = Some((text(last).to_owned(), period(rest.len())));
    }

    /// Adds the keys of a part of the table.
    pub(super) fn join(&mut self, at: u64, mut part: Keys) {
        for (body, name) in std::mem::take(&mut part.called) {
            self.call(body, &name);
        }
        self.parts.insert(at, part);
    }

    /// Whether no two rows of the parts can be about the same, as the order of their names shows, of which no body has
    /// two, and all periods are of one length.
    pub(super) fn are_distinct(&self) -> bool {
        if self.is_mixed {
            return false;
        }
        let mut all = [true; 2];
        let mut last: Option<&Key> = None;
        let mut windows = None;
        for part in self.parts.values() {
            let own = part.is_ordered.unwrap_or([true; 2]);
            all = [all[0] && own[0], all[1] && own[1]];
            if let (Some(last), Some(first)) = (last, &part.first) {
                let own = ordered((&last.0, last.1), (&first.0, first.1));
                all = [all[0] && own[0], all[1] && own[1]];
            }
            last = part.last.as_ref().or(last);
            let is_other = part
                .windows
                .is_some_and(|own| *windows.get_or_insert(own) != own);
            if part.is_mixed || is_other {
                return false;
            }
        }
        all[0] || all[1]
    }
}

/// Looks at all names of a table once more, and says which comes twice.
pub(super) fn distinct(open: Open<'_>, shared: &Shared<'_>) -> Result<(), Stop> {
    let mut n_rows = 0u64;
    let mut seen = None;
    each(open, shared, &mut |_, _, period| {
        n_rows += 1;
        let own = window(period);
        match seen.get_or_insert(own) == &own {
            true => Ok(()),
            false => Err(Stop::Repeated(String::new())),
        }
    })?;
    let n_passes = n_rows.div_ceil(MOST_HELD).max(1);
    for pass in 0..n_passes {
        let mut hashes: Vec<u64> = Vec::new();
        each(open, shared, &mut |hash, _, _| {
            if hash % n_passes == pass {
                hashes.push(hash);
            }
            Ok(())
        })?;
        hashes.sort_unstable();
        let twice: Vec<u64> = hashes
            .windows(2)
            .filter_map(|two| match two {
                [a, b] if a == b => Some(*a),
                _ => None,
            })
            .collect();
        if twice.is_empty() {
            continue;
        }
        // The same hash is not yet the same name.
        let mut names: BTreeMap<(String, Period), u64> = BTreeMap::new();
        each(open, shared, &mut |hash, name, period| {
            if twice.binary_search(&hash).is_ok() {
                *names.entry((name.to_owned(), period)).or_default() += 1;
            }
            Ok(())
        })?;
        if let Some(((name, period), _)) = names.into_iter().find(|(_, n)| *n > 1) {
            return Err(Stop::Repeated(format!("{name} {period}")));
        }
    }
    Ok(())
}

/// What is done with the hash, name and period of a row.
type Each<'e> = &'e mut dyn FnMut(u64, &str, Period) -> Result<(), Stop>;

fn each(open: Open<'_>, shared: &Shared<'_>, with: Each<'_>) -> Result<(), Stop> {
    let (table, model) = (shared.table, &shared.wanted.program.model);
    let source = open().map_err(Stop::from)?;
    let mut wanted = vec![Wanted::Nothing; table.header.len()];
    for (column, to) in wanted.iter_mut().enumerate() {
        if Some(column) == table.entity {
            *to = Wanted::Keys;
        } else if column == table.period {
            *to = Wanted::Words;
        }
    }
    let mut block = Block::default();
    let mut known: BTreeMap<String, Option<Period>> = BTreeMap::new();
    while let Some((_, mut part)) = source.next_part(&wanted).map_err(Stop::from)? {
        while part.next(&mut block).map_err(Stop::from)? {
            let mut period = |text: &str| {
                if let Some(known) = known.get(text) {
                    return *known;
                }
                let found = Period::parse(text, &model.words.periods).ok();
                known.insert(text.to_owned(), found);
                found
            };
            let Some(Cells::Words { codes, words }) = block.columns.get(table.period) else {
                continue;
            };
            let periods: Vec<Option<Period>> = words.iter().map(|word| period(word)).collect();
            let names: Box<dyn Iterator<Item = &str>> =
                match table.entity.and_then(|at| block.columns.get(at)) {
                    Some(Cells::Keys { ends, bytes }) => Box::new(keys(ends, bytes)),
                    _ => Box::new(std::iter::repeat_n("", block.n_rows)),
                };
            for (code, name) in codes.iter().zip(names) {
                if let Some(Some(period)) = periods.get(*code as usize) {
                    let name = about(shared, name);
                    let name = name.as_ref();
                    with(hash_of(name, *period), name, *period)?;
                }
            }
        }
    }
    Ok(())
}

/// The same text for all names that may mean one body.
fn about<'n>(shared: &'n Shared<'_>, name: &'n str) -> Cow<'n, str> {
    match body_of(shared, name) {
        Found::Declared(id) => Cow::Borrowed(&shared.wanted.nobody.entities[id].id),
        _ if name.bytes().all(|byte| byte.is_ascii_graphic()) => Cow::Borrowed(name),
        _ => Cow::Owned(fold_tight(name)),
    }
}

/// A hash of a name and a period.
fn hash_of(name: &str, period: Period) -> u64 {
    let days = chrono::Datelike::num_days_from_ce(&period.first_day());
    hash(name) ^ u64::from(days.unsigned_abs()).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}
