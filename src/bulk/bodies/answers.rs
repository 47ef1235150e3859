//! What was found for each row of a table before its lines are written: verdicts go in by their rows, in
//! any order, and come out block by block. Held in a room beside memory; never decides anything.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use crate::bulk::block::Scratch;
use crate::bulk::plan::{NO_ROW, Said};
use crate::bulk::rows::Judged;
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
}

/// The answers for one row: none where it is judged with an earlier one.
pub(super) type Answer<'a> = Option<&'a [Option<Said>]>;

impl Answers {
    pub(super) fn new(
        room: Box<dyn Scratch>,
        rules: Vec<RuleId>,
        starts: BTreeMap<u64, u64>,
    ) -> Answers {
        Answers {
            room,
            rules,
            starts,
            sayings: Mutex::default(),
        }
    }

    /// The rules that are answered.
    pub(in crate::bulk) fn rules(&self) -> &[RuleId] {
        &self.rules
    }

    fn width(&self) -> usize {
        (self.rules.len() + 1) * WORD
    }

    /// Notes what the rules say of rows, in order. What was never noted was never judged.
    pub(super) fn note(&self, rows: &[((u64, u64), Answer<'_>)]) -> std::io::Result<()> {
        let mut sayings = self.sayings.lock().unwrap_or_else(PoisonError::into_inner);
        let mut all: Vec<(u64, Vec<u8>)> = Vec::with_capacity(rows.len());
        for ((part, row), answer) in rows {
            let start = self.starts.get(part).copied().unwrap_or(0);
            let mut bytes = Vec::with_capacity(self.width());
            let first = if answer.is_some() { 1 } else { JOINED };
            bytes.extend_from_slice(&first.to_le_bytes());
            for said in answer.unwrap_or_default() {
                let code = said.map_or(0, |said| sayings.code(said));
                bytes.extend_from_slice(&code.to_le_bytes());
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

    /// Puts the answers for the rows of a block in their places.
    pub(in crate::bulk) fn fill(
        &self,
        rules: &[RuleId],
        (part, first): (u64, u64),
        judged: &mut Judged,
    ) -> std::io::Result<()> {
        let n = judged.places.len();
        let start = self.starts.get(&part).copied().unwrap_or(0) + first;
        let mut bytes = vec![0; n * self.width()];
        let mut n_read = 0;
        while let Some(rest) = bytes.get_mut(n_read..).filter(|rest| !rest.is_empty()) {
            let at = start * self.width() as u64 + n_read as u64;
            match self.room.read_at(at, rest)? {
                // What was never written says nothing.
                0 => break,
                more => n_read += more,
            }
        }
        let words: Vec<u32> = bytes
            .as_chunks::<WORD>()
            .0
            .iter()
            .map(|word| u32::from_le_bytes(*word))
            .collect();
        let sayings = self.sayings.lock().unwrap_or_else(PoisonError::into_inner);
        let places: Vec<Option<usize>> = rules
            .iter()
            .map(|rule| self.rules.iter().position(|own| own == rule))
            .collect();
        for (row, words) in words.chunks(self.rules.len() + 1).enumerate() {
            let Some(place) = judged.places.get_mut(row).filter(|place| !place.is_lost) else {
                continue;
            };
            let kind = words.first().copied().unwrap_or(0);
            place.is_joined = kind == JOINED;
            place.is_lost = kind == 0;
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
