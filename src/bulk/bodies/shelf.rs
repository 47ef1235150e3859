//! The figures of rows that were judged with other rows, until their lines are written: they go in by rows,
//! in any order, and come out again. Held in a room beside memory; judges nothing.

use std::collections::BTreeMap;
use std::sync::Mutex;

use super::room::{Appended, lock};
use crate::bulk::block::Scratch;
use crate::bulk::figures::Named;
use crate::period::Period;

/// What is put away of one row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::bulk) struct OfRow {
    /// Whom and when its line is about, where the row does not say that alone.
    pub(in crate::bulk) name: Option<(String, Period)>,
    /// The figures of rules, each rule by its place.
    pub(super) figures: Vec<(usize, Vec<Named>)>,
}

/// Where the figures of a row stand, and how many bytes they take.
pub(in crate::bulk) type Shelved = (u64, u32);

/// Figures by rows.
pub(super) struct Shelf {
    room: Appended,
    periods: Mutex<Periods>,
}

/// Stands where the period of a name would.
const NO_NAME: u32 = u32::MAX;

/// All periods that figures have, each once.
#[derive(Default)]
struct Periods {
    known: BTreeMap<Period, u32>,
    all: Vec<Period>,
}

impl Periods {
    fn code(&mut self, period: Period) -> u32 {
        let next = number(self.all.len());
        let code = *self.known.entry(period).or_insert(next);
        if code == next {
            self.all.push(period);
        }
        code
    }
}

fn number(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

fn put(bytes: &mut Vec<u8>, value: u32) {
    bytes.extend_from_slice(&value.to_le_bytes());
}

fn put_text(bytes: &mut Vec<u8>, text: &str) {
    put(bytes, number(text.len()));
    bytes.extend_from_slice(text.as_bytes());
}

fn take(bytes: &mut &[u8]) -> Option<u32> {
    let (word, rest) = bytes.split_first_chunk()?;
    *bytes = rest;
    Some(u32::from_le_bytes(*word))
}

fn take_text(bytes: &mut &[u8]) -> Option<String> {
    let length = usize::try_from(take(bytes)?).ok()?;
    let (text, rest) = bytes.split_at_checked(length)?;
    *bytes = rest;
    Some(String::from_utf8_lossy(text).into_owned())
}

impl Shelf {
    pub(super) fn new(room: Box<dyn Scratch>) -> Shelf {
        Shelf {
            room: Appended::new(room),
            periods: Mutex::default(),
        }
    }

    /// Puts the figures of some rows away, and says where those of each stand.
    pub(super) fn put(&self, rows: &[&OfRow]) -> std::io::Result<Vec<Shelved>> {
        let (mut bytes, mut ends) = (Vec::new(), Vec::with_capacity(rows.len()));
        let mut periods = lock(&self.periods);
        for rules in rows {
            if rules.name.is_none() && rules.figures.is_empty() {
                ends.push(bytes.len());
                continue;
            }
            match &rules.name {
                Some((name, period)) => {
                    put(&mut bytes, periods.code(*period));
                    put_text(&mut bytes, name);
                }
                None => put(&mut bytes, NO_NAME),
            }
            for (rule, figures) in &rules.figures {
                put(&mut bytes, number(*rule));
                put(&mut bytes, number(figures.len()));
                for (name, period, text) in figures {
                    put_text(&mut bytes, name);
                    put(&mut bytes, periods.code(*period));
                    put_text(&mut bytes, text);
                }
            }
            ends.push(bytes.len());
        }
        drop(periods);
        let start = self.room.add(&bytes)?;
        let mut from = 0;
        let places = ends.into_iter().map(|end| {
            let own = (start + from as u64, number(end - from));
            from = end;
            own
        });
        Ok(places.collect())
    }

    /// The figures that stand somewhere.
    pub(super) fn take(&self, (at, length): Shelved) -> std::io::Result<OfRow> {
        let mut bytes = vec![0; usize::try_from(length).unwrap_or(0)];
        self.room.read(at, &mut bytes)?;
        let mut rest = bytes.as_slice();
        let period = |code: u32| lock(&self.periods).all.get(code as usize).copied();
        let name = match take(&mut rest) {
            None | Some(NO_NAME) => None,
            Some(code) => take_text(&mut rest).zip(period(code)),
        };
        let mut found = OfRow {
            name,
            figures: Vec::new(),
        };
        while let (Some(rule), Some(n)) = (take(&mut rest), take(&mut rest)) {
            let figures = (0..n).filter_map(|_| {
                let (name, code) = (take_text(&mut rest)?, take(&mut rest)?);
                Some((name, period(code)?, take_text(&mut rest)?))
            });
            let figures = figures.collect();
            found.figures.push((rule as usize, figures));
        }
        Ok(found)
    }
}
