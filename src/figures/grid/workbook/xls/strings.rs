//! Shared texts of XLS with raised runs: the chunks of their record and which fonts are raised go
//! in, those texts without their marks come out by number. All other texts are calamine's.

use std::collections::{BTreeMap, BTreeSet};

use crate::figures::grid::workbook::strings::Text;

/// Each character is stored in two bytes.
const WIDE: u8 = 1;
/// Bytes of a phonetic guide follow.
const GUIDE: u8 = 4;
/// Runs of fonts follow.
const RICH: u8 = 8;

/// Bytes that go on from chunk to chunk.
struct Chunks<'a> {
    chunks: Vec<&'a [u8]>,
    chunk: usize,
    at: usize,
}

impl Chunks<'_> {
    /// The next byte, and whether a chunk starts with it.
    fn byte(&mut self) -> Option<(u8, bool)> {
        loop {
            let chunk = self.chunks.get(self.chunk)?;
            if let Some(byte) = chunk.get(self.at) {
                self.at += 1;
                return Some((*byte, self.at == 1));
            }
            (self.chunk, self.at) = (self.chunk + 1, 0);
        }
    }

    fn word(&mut self) -> Option<u16> {
        let (low, high) = (self.byte()?.0, self.byte()?.0);
        Some(u16::from_le_bytes([low, high]))
    }

    fn long(&mut self) -> Option<u32> {
        let (low, high) = (self.word()?, self.word()?);
        Some(u32::from(high) << 16 | u32::from(low))
    }

    /// A character; where a chunk starts, how the rest is stored is said again.
    fn unit(&mut self, flags: &mut u8) -> Option<u16> {
        let (mut low, starts) = self.byte()?;
        if starts {
            *flags = *flags & !WIDE | low & WIDE;
            low = self.byte()?.0;
        }
        match *flags & WIDE {
            0 => Some(u16::from(low)),
            _ => Some(u16::from_le_bytes([low, self.byte()?.0])),
        }
    }
}

/// The texts that have a raised run, by their number.
pub(super) fn raised(chunks: Vec<&[u8]>, fonts: &BTreeSet<u16>) -> BTreeMap<usize, Text> {
    let mut found = BTreeMap::new();
    let (chunk, at) = (0, 0);
    let mut chunks = Chunks { chunks, chunk, at };
    if fonts.is_empty() || chunks.long().is_none() {
        return found;
    }
    let Some(n) = chunks.long() else {
        return found;
    };
    for number in 0..n as usize {
        match text(&mut chunks, fonts) {
            Some(Some(text)) => {
                found.insert(number, text);
            }
            Some(None) => {}
            None => break,
        }
    }
    found
}

/// The next text, where it has a raised run; the outer nothing where the bytes end.
fn text(chunks: &mut Chunks<'_>, fonts: &BTreeSet<u16>) -> Option<Option<Text>> {
    let n = chunks.word()?;
    let mut flags = chunks.byte()?.0;
    let (is_rich, has_guide) = (flags & RICH != 0, flags & GUIDE != 0);
    let n_runs = if is_rich { chunks.word()? } else { 0 };
    let n_guide = if has_guide { chunks.long()? } else { 0 };
    let mut units = Vec::with_capacity(usize::from(n));
    for _ in 0..n {
        // The first character may start a chunk of its own, which says how it is stored.
        units.push(chunks.unit(&mut flags)?);
    }
    let mut runs = Vec::new();
    for _ in 0..n_runs {
        runs.push((usize::from(chunks.word()?), chunks.word()?));
    }
    for _ in 0..n_guide {
        chunks.byte()?;
    }
    if !runs.iter().any(|(_, font)| fonts.contains(font)) {
        return Some(None);
    }
    let mut text = Text::default();
    let mut push = |from: usize, to: usize, is_raised: bool| {
        let part = units.get(from..to).unwrap_or_default();
        text.push(&String::from_utf16_lossy(part), is_raised);
    };
    push(0, runs.first().map_or(0, |(from, _)| *from), false);
    for (at, (from, font)) in runs.iter().enumerate() {
        let to = runs.get(at + 1).map_or(units.len(), |(next, _)| *next);
        push(*from, to, fonts.contains(font));
    }
    Some(Some(text))
}
