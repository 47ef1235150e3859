//! Words of a column to doubles, as the reader of figures reads them; and numbers outside of bounds. Keeps
//! nothing from one block to the next.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Word;
use crate::bulk::block::Shown;
use crate::bulk::compile::cut;
use crate::bulk::kernel::Cut;
use crate::bulk::table::{Probe, Table, cell_of};
use crate::eval::Cell;
use crate::figures::table::Known;
use crate::number::Exact;
use crate::set::{Comparison, End, Set};

/// Words that are remembered from one part of a table to the next.
const MOST_WORDS: usize = 100_000;

/// What the words of a column say, as far as they were met.
#[derive(Default)]
pub(super) struct Learnt {
    /// The words of the last block.
    words: Arc<Vec<String>>,
    /// What each of them says.
    pub(super) listed: Vec<Word>,
    known: BTreeMap<String, Word>,
}

impl Learnt {
    /// How many words it knows.
    pub(super) fn n_known(&self) -> usize {
        self.known.len().max(self.words.len())
    }

    /// Takes the words of a block; those that were never met are read.
    pub(super) fn learn(
        &mut self,
        words: &Arc<Vec<String>>,
        read: impl FnOnce(&[String]) -> Vec<Word>,
    ) {
        if Arc::ptr_eq(&self.words, words) && self.listed.len() == words.len() {
            return;
        }
        if self.known.len() > MOST_WORDS {
            self.known.clear();
        }
        let is_new = |word: &&String| !self.known.contains_key(*word);
        let new: Vec<String> = words.iter().filter(is_new).cloned().collect();
        if !new.is_empty() {
            let said = read(&new);
            self.known.extend(new.into_iter().zip(said));
        }
        let said = words
            .iter()
            .filter_map(|word| self.known.get(word).cloned());
        self.listed = said.collect();
        self.words = Arc::clone(words);
    }

    /// Adds the doubles of rows by the places of their words, and the rows whose words are none.
    pub(super) fn values_of(&self, codes: &[u32], values: &mut Vec<f64>, odd: &mut Vec<u32>) {
        let word = |code: &u32| self.listed.get(*code as usize);
        let value = |code: &u32| word(code).map_or(f64::NAN, |word| word.value);
        values.extend(codes.iter().map(value));
        if self.listed.iter().any(|word| word.is_odd) {
            let rows = (0u32..).zip(codes);
            let is_odd = |code: &u32| word(code).is_some_and(|word| word.is_odd);
            odd.extend(rows.filter(|(_, code)| is_odd(code)).map(|(row, _)| row));
        }
    }
}

/// What words of a column say.
pub(super) fn read_words(
    known: &Known<'_>,
    table: &Table,
    place: usize,
    words: &[String],
) -> Vec<Word> {
    let row = |word: &String| {
        table
            .row_with(place, word)
            .into_iter()
            .map(Shown::text)
            .collect()
    };
    let rows: Vec<Vec<Shown>> = words.iter().map(row).collect();
    let probe = Probe::of(known, table.head(), &rows);
    // A word that is also the name of something may make a header of its row; the others are no less words for it.
    if !probe.is_plain(&table.header) {
        let (some, others) = words.split_at(words.len() / 2);
        return match some {
            [] => vec![
                Word {
                    value: f64::NAN,
                    is_odd: true,
                };
                words.len()
            ],
            some => [some, others]
                .into_iter()
                .flat_map(|words| read_words(known, table, place, words))
                .collect(),
        };
    }
    let claims = probe.claims();
    let word = |at: usize| {
        let cell = cell_of(claims.get(&(at, place)), false);
        let value = match &cell {
            Cell::Missing => Some(f64::NAN),
            Cell::Known(set) => set.as_point().and_then(double),
            Cell::Unreadable => None,
        };
        Word {
            is_odd: value.is_none(),
            value: value.unwrap_or(f64::NAN),
        }
    };
    (0..words.len()).map(word).collect()
}

/// The double whose shortest decimal is a number.
fn double(value: &Exact) -> Option<f64> {
    let near: f64 = value.decimal_string()?.parse().ok()?;
    let printed = Exact::parse_decimal(&near.to_string()).ok()?;
    (near.is_finite() && printed == *value).then_some(near)
}

/// Adds the rows whose numbers lie outside of bounds, in order.
pub(super) fn outside(values: &[f64], bounds: &Set, factor: &Exact, odd: &mut Vec<u32>) {
    let limit = |end: &End<Exact>, closed, open| match end {
        End::Closed(value) => cut(closed, &value.checked_div(factor)?),
        End::Open(value) => cut(open, &value.checked_div(factor)?),
        End::Unbounded => None,
    };
    let low = limit(bounds.lo(), Comparison::Ge, Comparison::Gt);
    let high = limit(bounds.hi(), Comparison::Le, Comparison::Lt);
    let n_before = odd.len();
    for (row, value) in (0u32..).zip(values) {
        let is_within = |cut: &Option<Cut>| cut.is_none_or(|cut| cut.holds(*value));
        if !(value.is_nan() || is_within(&low) && is_within(&high)) {
            odd.push(row);
        }
    }
    if odd.len() > n_before {
        odd.sort_unstable();
        odd.dedup();
    }
}
