//! A column of words that come again and again, as a chunk of Parquet: each word once, and for each cell its
//! place among them.

use std::collections::BTreeMap;

use bytes::Bytes;
use parquet::basic::{Compression, Encoding};
use parquet::column::page::{CompressedPage, Page, PageWriter as _};
use parquet::column::writer::ColumnCloseResult;
use parquet::data_type::ByteArray;
use parquet::errors::{ParquetError, Result};
use parquet::file::metadata::ColumnChunkMetaData;
use parquet::file::statistics::Statistics;
use parquet::file::writer::{SerializedPageWriter, TrackedWrite};
use parquet::schema::types::ColumnDescPtr;

/// Stands where a cell holds nothing.
const NOTHING: u32 = u32::MAX;
/// Cells in a row that hold the same from which on they are told as one.
const RUN: usize = 8;

/// The cells of a column that wait to be written.
#[derive(Default)]
pub(super) struct Coded {
    words: Vec<String>,
    places: BTreeMap<String, u32>,
    codes: Vec<u32>,
}

impl Coded {
    pub(super) fn n_cells(&self) -> usize {
        self.codes.len()
    }

    /// The place of a word, which is looked up.
    pub(super) fn word(&mut self, text: &str) -> u32 {
        if let Some(known) = self.places.get(text) {
            return *known;
        }
        let place = self.new_word(text);
        self.places.insert(text.to_owned(), place);
        place
    }

    /// The place of a word that is unlike those before it, or is looked for by nobody.
    pub(super) fn new_word(&mut self, text: &str) -> u32 {
        self.words.push(text.to_owned());
        u32::try_from(self.words.len() - 1).unwrap_or(NOTHING)
    }

    /// Adds a cell with the word at a place, or with nothing.
    pub(super) fn push(&mut self, place: Option<u32>) {
        self.codes.push(place.unwrap_or(NOTHING));
    }

    /// Adds a cell with a word, or with nothing.
    pub(super) fn push_word(&mut self, text: Option<&str>) {
        let place = text.map(|text| self.word(text));
        self.push(place);
    }

    /// The cells so far as a chunk of its own, and what the file has to say of it; no cell is left.
    pub(super) fn chunk(&mut self, column: ColumnDescPtr) -> Result<(Bytes, ColumnCloseResult)> {
        let n_cells = count(self.codes.len())?;
        let is_there = |code: &u32| *code != NOTHING;
        let n_there = self.codes.iter().filter(|code| is_there(code)).count();
        let mut cells = Vec::with_capacity(self.codes.len() / 2);
        let levels = hybrid(self.codes.len(), 1, |at| {
            u32::from(self.codes[at] != NOTHING)
        });
        cells.extend(count(levels.len())?.to_le_bytes());
        cells.extend(levels);
        let width = u32::BITS - count(self.words.len())?.saturating_sub(1).leading_zeros();
        cells.push(u8::try_from(width).unwrap_or(u8::MAX));
        if n_there == self.codes.len() {
            cells.extend(hybrid(n_there, width, |at| self.codes[at]));
        } else {
            let there: Vec<u32> = self.codes.iter().copied().filter(is_there).collect();
            cells.extend(hybrid(n_there, width, |at| there[at]));
        }
        let mut words = Vec::new();
        for word in &self.words {
            words.extend(count(word.len())?.to_le_bytes());
            words.extend(word.as_bytes());
        }

        let mut bytes = Vec::with_capacity(words.len() + cells.len() + 256);
        let mut sink = TrackedWrite::new(&mut bytes);
        let mut writer = SerializedPageWriter::new(&mut sink);
        let first = writer.write_page(page(words, |buf| Page::DictionaryPage {
            buf,
            num_values: count(self.words.len()).unwrap_or(NOTHING),
            encoding: Encoding::PLAIN,
            is_sorted: false,
        }))?;
        let second = writer.write_page(page(cells, |buf| Page::DataPage {
            buf,
            num_values: n_cells,
            encoding: Encoding::RLE_DICTIONARY,
            def_level_encoding: Encoding::RLE,
            rep_level_encoding: Encoding::RLE,
            statistics: None,
        }))?;
        writer.close()?;
        drop(sink);

        let size = whole(first.bytes_written + second.bytes_written)?;
        let n_absent = self.codes.len() - n_there;
        let extreme = |word: Option<&String>| word.map(|word| ByteArray::from(word.as_str()));
        let statistics = Statistics::byte_array(
            extreme(self.words.iter().min()),
            extreme(self.words.iter().max()),
            None,
            u64::try_from(n_absent).ok(),
            false,
        );
        let metadata = ColumnChunkMetaData::builder(column)
            .set_compression(Compression::UNCOMPRESSED)
            .set_encodings(vec![
                Encoding::PLAIN,
                Encoding::RLE,
                Encoding::RLE_DICTIONARY,
            ])
            .set_num_values(i64::from(n_cells))
            .set_total_compressed_size(size)
            .set_total_uncompressed_size(size)
            .set_dictionary_page_offset(Some(whole(first.offset)?))
            .set_data_page_offset(whole(second.offset)?)
            .set_statistics(statistics)
            .build()?;
        self.words.clear();
        self.places.clear();
        self.codes.clear();
        let result = ColumnCloseResult {
            bytes_written: first.bytes_written + second.bytes_written,
            rows_written: u64::from(n_cells),
            metadata,
            bloom_filter: None,
            column_index: None,
            offset_index: None,
        };
        Ok((Bytes::from(bytes), result))
    }
}

fn page(bytes: Vec<u8>, of: impl FnOnce(Bytes) -> Page) -> CompressedPage {
    let size = bytes.len();
    CompressedPage::new(of(Bytes::from(bytes)), size)
}

fn count(n: usize) -> Result<u32> {
    u32::try_from(n).map_err(|_| ParquetError::General("a column is too long".to_owned()))
}

fn whole(n: u64) -> Result<i64> {
    i64::try_from(n).map_err(|_| ParquetError::General("a column is too long".to_owned()))
}

/// Codes of so many bits as runs of one code and packs of eight.
fn hybrid(n: usize, width: u32, code: impl Fn(usize) -> u32) -> Vec<u8> {
    let mut to = Vec::with_capacity(n * width as usize / 8 + 16);
    let (mut packed_from, mut at) = (0, 0);
    while at < n {
        let first = code(at);
        let run = 1 + (at + 1..n).take_while(|next| code(*next) == first).count();
        if run >= RUN {
            packs(&mut to, (packed_from, at), width, &code);
            number(&mut to, run << 1);
            let bytes = first.to_le_bytes();
            to.extend(&bytes[..width.div_ceil(8) as usize]);
            at += run;
            packed_from = at;
        } else {
            at += 8;
        }
    }
    packs(&mut to, (packed_from, n), width, &code);
    to
}

/// Codes side by side, eight in so many bytes as one has bits; the last eight are filled up with zeros.
fn packs(to: &mut Vec<u8>, range: (usize, usize), width: u32, code: &impl Fn(usize) -> u32) {
    let (from, end) = range;
    if from >= end {
        return;
    }
    let n_packs = (end - from).div_ceil(8);
    number(to, n_packs << 1 | 1);
    let (mut bits, mut n_bits) = (0_u64, 0);
    for at in from..from + n_packs * 8 {
        let code = if at < end { code(at) } else { 0 };
        bits |= u64::from(code) << n_bits;
        n_bits += width;
        while n_bits >= 8 {
            to.push(bits.to_le_bytes()[0]);
            bits >>= 8;
            n_bits -= 8;
        }
    }
}

/// A number in groups of seven bits.
fn number(to: &mut Vec<u8>, mut n: usize) {
    while n >= 0x80 {
        to.push(n.to_le_bytes()[0] | 0x80);
        n >>= 7;
    }
    to.push(n.to_le_bytes()[0]);
}
