//! What was found for each row of a table before its lines are written: verdicts go in by their rows, in
//! any order, and come out block by block. Held in a room beside memory; never decides anything.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use super::room::fill;
use super::shelf::{OfRow, Shelf, Shelved};
use crate::bulk::block::{Block, Cells, Scratch};
use crate::bulk::figures::{Figures, Gatherer};
use crate::bulk::plan::{NO_ROW, Said};
use crate::bulk::rows::{Judged, Place};
use crate::model::RuleId;

/// Bytes of one answer.
const WORD: usize = 4;
/// The answer of a row that is no line of its own: it is judged with an earlier one.
const JOINED: u32 = u32::MAX;

/// All that was ever said, each once.
#[derive(Default)]
struct Sayings {
    known: BTreeMap<SayingKey, u32>,
    all: Vec<Said>,
}

/// What tells two sayings apart.
type SayingKey = (u8, crate::verdict::Causes, crate::eval::Outcomes);

/// The answers to some rules for all rows of a table.
pub(in crate::bulk) struct Answers {
    room: Box<dyn Scratch>,
    rules: Vec<RuleId>,
    /// The number of the first row of each part.
    starts: BTreeMap<u64, u64>,
    sayings: Mutex<Sayings>,
    /// Names and figures that the rows do not say alone, where that may be.
    shelf: Option<Shelf>,
    /// What is said of records in lists of the rows.
    records: Option<Box<Answers>>,
}

/// Words that say where the figures of a row stand.
const SHELF_WORDS: usize = 3;

/// What is noted of a row.
pub(super) struct Noted<'a> {
    /// The part of the table, and the place of the row in it.
    pub(super) at: (u64, u64),
    pub(super) answer: Answer<'a>,
    pub(super) told: OfRow,
}

/// The answers for one row: none where it is judged with an earlier one.
pub(super) type Answer<'a> = Option<&'a [Option<Said>]>;

impl Answers {
    pub(super) fn new(
        room: Box<dyn Scratch>,
        rules: Vec<RuleId>,
        starts: BTreeMap<u64, u64>,
        shelf: Option<Box<dyn Scratch>>,
    ) -> Answers {
        Answers {
            room,
            rules,
            starts,
            sayings: Mutex::default(),
            shelf: shelf.map(Shelf::new),
            records: None,
        }
    }

    /// Keeps what rules about records say in rooms of their own.
    pub(super) fn keep_records(
        &mut self,
        (room, shelf): (Box<dyn Scratch>, Box<dyn Scratch>),
        rules: Vec<RuleId>,
    ) {
        let records = Answers::new(room, rules, self.starts.clone(), Some(shelf));
        self.records = Some(Box::new(records));
    }

    /// What is said of records.
    pub(super) fn records(&self) -> Option<&Answers> {
        self.records.as_deref()
    }

    /// The rules that are answered.
    pub(in crate::bulk) fn rules(&self) -> &[RuleId] {
        &self.rules
    }

    fn n_words(&self) -> usize {
        let of_shelf = self.shelf.as_ref().map_or(0, |_| SHELF_WORDS);
        self.rules.len() + 1 + of_shelf
    }

    fn width(&self) -> usize {
        self.n_words() * WORD
    }

    /// Notes what the rules say of rows, in order. What was never noted was never judged.
    pub(super) fn note(&self, rows: &[Noted<'_>]) -> std::io::Result<()> {
        let shelved = match &self.shelf {
            Some(shelf) => {
                let figures: Vec<&OfRow> = rows.iter().map(|row| &row.told).collect();
                shelf.put(&figures)?
            }
            None => Vec::new(),
        };
        let mut sayings = self.sayings.lock().unwrap_or_else(PoisonError::into_inner);
        let mut all: Vec<(u64, Vec<u8>)> = Vec::with_capacity(rows.len());
        for (n, Noted { at, answer, .. }) in rows.iter().enumerate() {
            let (part, row) = at;
            let start = self.starts.get(part).copied().unwrap_or(0);
            let mut bytes = Vec::with_capacity(self.width());
            let first = if answer.is_some() { 1 } else { JOINED };
            bytes.extend_from_slice(&first.to_le_bytes());
            for said in answer.unwrap_or_default() {
                let code = said.map_or(0, |said| sayings.code(said));
                bytes.extend_from_slice(&code.to_le_bytes());
            }
            bytes.resize((self.rules.len() + 1) * WORD, 0);
            if let Some((at, length)) = shelved.get(n) {
                bytes.extend_from_slice(&at.to_le_bytes());
                bytes.extend_from_slice(&length.to_le_bytes());
            }
            bytes.resize(self.width(), 0);
            all.push((start + row, bytes));
        }
        drop(sayings);
        // Rows that follow each other are written together.
        let mut rest = all.into_iter().peekable();
        while let Some((first, mut bytes)) = rest.next() {
            let mut next = first + 1;
            while let Some((_, more)) = rest.next_if(|(at, _)| *at == next) {
                bytes.extend(more);
                next += 1;
            }
            self.room.write_at(first * self.width() as u64, &bytes)?;
        }
        Ok(())
    }

    /// The words of so many rows that follow each other; of those never noted they are 0.
    fn words(&self, start: u64, n: usize) -> std::io::Result<Vec<u32>> {
        let mut bytes = vec![0; n * self.width()];
        // What was never written says nothing.
        let at = start * self.width() as u64;
        fill(self.room.as_ref(), at, &mut bytes)?;
        let words = bytes.as_chunks::<WORD>().0.iter();
        Ok(words.map(|word| u32::from_le_bytes(*word)).collect())
    }

    /// Puts the answers for the rows of a block in their places.
    pub(in crate::bulk) fn fill(
        &self,
        rules: &[RuleId],
        (part, first): (u64, u64),
        judged: &mut Judged,
    ) -> std::io::Result<()> {
        let start = self.starts.get(&part).copied().unwrap_or(0) + first;
        let words = self.words(start, judged.places.len())?;
        let sayings = self.sayings.lock().unwrap_or_else(PoisonError::into_inner);
        let places: Vec<Option<usize>> = rules
            .iter()
            .map(|rule| self.rules.iter().position(|own| own == rule))
            .collect();
        for (row, words) in words.chunks(self.n_words()).enumerate() {
            let Some(place) = judged.places.get_mut(row).filter(|place| !place.is_lost) else {
                continue;
            };
            let kind = words.first().copied().unwrap_or(0);
            place.is_joined = kind == JOINED;
            place.is_lost = kind == 0;
            if let (Some(shelf), Some(shelved)) = (&self.shelf, self.shelved(words)) {
                let told = shelf.take(shelved)?;
                judged
                    .told
                    .push((u32::try_from(row).unwrap_or(u32::MAX), told));
            }
            for (at, own) in places.iter().enumerate() {
                let word = own.and_then(|own| words.get(own + 1)).copied();
                let said = word.and_then(|word| sayings.of(word));
                // Without a line of its own a row has no verdict at all.
                if own.is_none() && kind == 1 {
                    continue;
                }
                let code = said.filter(|_| kind == 1).map_or(NO_ROW, |said| said.code);
                let codes = judged.codes.get_mut(at);
                if let Some(to) = codes.and_then(|codes| codes.get_mut(row)) {
                    *to = code;
                }
                if let (Some(said), Some(all)) = (said, judged.said.get_mut(at)) {
                    all.push((u32::try_from(row).unwrap_or(u32::MAX), said));
                }
            }
        }
        let all = &judged.places;
        let is_line = |row: u32| {
            let place = all.get(row as usize);
            place.is_some_and(|place| !(place.is_lost || place.is_joined))
        };
        for said in &mut judged.said {
            said.retain(|(row, _)| is_line(*row));
        }
        Ok(())
    }
}

impl Answers {
    /// Where more of a row stands, as its words say it.
    fn shelved(&self, words: &[u32]) -> Option<Shelved> {
        self.shelf.as_ref()?;
        match words.get(self.rules.len() + 1..)? {
            [low, high, length] if *length > 0 => {
                Some((u64::from(*high) << 32 | u64::from(*low), *length))
            }
            _ => None,
        }
    }

    /// The figures that the answers for the rows of a block were read off.
    pub(in crate::bulk) fn figures(
        &self,
        rules: &[RuleId],
        judged: &mut Judged,
    ) -> Option<Box<Figures>> {
        self.shelf.as_ref()?;
        let mut gatherer = Gatherer::default();
        for (row, told) in &mut judged.told {
            for (rule, figures) in std::mem::take(&mut told.figures) {
                let id = self.rules.get(rule);
                let at = id.and_then(|id| rules.iter().position(|own| own == id));
                if let Some(at) = at {
                    gatherer.note((at, *row as usize), figures);
                }
            }
        }
        Some(Box::new(gatherer.finish()))
    }

    /// The lines of so many rows that follow each other, each under the name that was noted with it.
    pub(super) fn lines(
        &self,
        rules: &[RuleId],
        (start, n): (u64, usize),
    ) -> std::io::Result<(Block, Judged)> {
        let words = self.words(start, n)?;
        let mut judged = Judged {
            outcomes: vec![Vec::new(); rules.len()],
            said: vec![Vec::new(); rules.len()],
            ..Judged::default()
        };
        let (mut ends, mut bytes, mut all) = (Vec::new(), Vec::new(), Vec::new());
        for words in words.chunks(self.n_words()) {
            let (Some(shelf), Some(shelved)) = (&self.shelf, self.shelved(words)) else {
                continue;
            };
            let told = shelf.take(shelved)?;
            let Some((name, period)) = &told.name else {
                continue;
            };
            bytes.extend_from_slice(name.as_bytes());
            ends.push(u32::try_from(bytes.len()).unwrap_or(u32::MAX));
            let known = judged.periods.iter().position(|known| known == period);
            let at = known.unwrap_or(judged.periods.len());
            if at == judged.periods.len() {
                judged.periods.push(*period);
            }
            judged.places.push(Place {
                body: None,
                period: u32::try_from(at).unwrap_or(u32::MAX),
                is_lost: false,
                is_joined: false,
            });
            all.push((words, told));
        }
        judged.codes = vec![vec![NO_ROW; all.len()]; rules.len()];
        let sayings = self.sayings.lock().unwrap_or_else(PoisonError::into_inner);
        for (own, rule) in self.rules.iter().enumerate() {
            let Some(at) = rules.iter().position(|known| known == rule) else {
                continue;
            };
            for (row, (words, _)) in all.iter().enumerate() {
                let said = words.get(own + 1).and_then(|word| sayings.of(*word));
                let Some(said) = said else {
                    continue;
                };
                if let Some(to) = judged
                    .codes
                    .get_mut(at)
                    .and_then(|codes| codes.get_mut(row))
                {
                    *to = said.code;
                }
                if let Some(to) = judged.said.get_mut(at) {
                    to.push((u32::try_from(row).unwrap_or(u32::MAX), said));
                }
            }
        }
        drop(sayings);
        let numbered = (0u32..).zip(all);
        judged.told = numbered.map(|(row, (_, told))| (row, told)).collect();
        let block = Block {
            n_rows: ends.len(),
            first: 0,
            columns: vec![Cells::Keys { ends, bytes }],
        };
        Ok((block, judged))
    }
}

impl Sayings {
    /// The number of something that was said, from 1.
    fn code(&mut self, said: Said) -> u32 {
        let next = u32::try_from(self.all.len() + 1).unwrap_or(JOINED);
        let key = (said.code, said.causes, said.possible);
        let code = *self.known.entry(key).or_insert(next);
        if code == next {
            self.all.push(said);
        }
        code
    }

    fn of(&self, code: u32) -> Option<Said> {
        let at = usize::try_from(code).ok()?.checked_sub(1)?;
        self.all.get(at).copied()
    }
}
