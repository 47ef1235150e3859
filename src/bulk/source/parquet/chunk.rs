//! One column of one group of rows: pages go in, the cells of the next rows come out, put behind
//! those of a column that is being filled. Pages are unpacked one at a time.

use bytes::Bytes;
use parquet::basic::Encoding;
use parquet::column::page::{Page, PageReader};
use parquet::errors::{ParquetError, Result};
use parquet::file::metadata::ColumnChunkMetaData;
use parquet::file::serialized_reader::SerializedPageReader;

use super::super::columns::{Column, end};
use super::hybrid::{Hybrid, Short};
use super::values::{Dictionary, FAULTY, Kind, ODD, Plain};
use super::window::Window;
use crate::bulk::block::{Cells, Wanted};
use crate::figures::grid::parquet::COLUMN_SHORT;
use crate::figures::grid::parquet::column::{Content, Form, Open};

/// The pages of a column.
pub(super) enum Chunk {
    /// Encoded in a way that is read here.
    Quick(Box<Quick>),
    /// In any other way that the library reads, and the bytes that a cell may have.
    Slow(Box<Open>, usize),
}

pub(super) struct Quick {
    pages: SerializedPageReader<Window>,
    kind: Kind,
    /// Whether cells may be absent.
    has_levels: bool,
    dictionary: Dictionary,
    /// Values of the page that were not read, those absent among them.
    left: usize,
    /// Rows of the group that no page held yet.
    n_rows: usize,
    levels: Hybrid,
    data: Data,
    /// Buffers that are used again.
    present: Vec<u8>,
    places: Vec<u32>,
    values: Vec<f64>,
}

enum Data {
    Plain(Plain),
    Places(Hybrid),
}

impl From<Short> for ParquetError {
    fn from(_: Short) -> ParquetError {
        ParquetError::General(COLUMN_SHORT.to_owned())
    }
}

fn error<T>(why: &str) -> Result<T> {
    Err(ParquetError::General(why.to_owned()))
}

fn short<T>(read: Option<T>) -> Result<T> {
    read.ok_or(ParquetError::from(Short))
}

/// What a column holds.
fn kind(form: Form, chunk: &ColumnChunkMetaData, most: usize) -> Kind {
    let described = chunk.column_descr();
    Kind {
        physical: described.physical_type(),
        form,
        length: usize::try_from(described.type_length()).unwrap_or(0),
        most,
    }
}

impl Chunk {
    /// Whether a cell of a column may take its row with it, so that the column is looked at whoever asks for it.
    pub(super) fn may_fault(form: Form, chunk: &ColumnChunkMetaData) -> bool {
        kind(form, chunk, 0).may_fault()
    }

    pub(super) fn new(
        form: Form,
        chunk: &ColumnChunkMetaData,
        n_rows: usize,
        window: Window,
        most: usize,
    ) -> Result<Chunk> {
        let described = chunk.column_descr();
        let kind = kind(form, chunk, most);
        #[expect(
            deprecated,
            reason = "old writers name it for levels that are not there"
        )]
        let is_quick = chunk.encodings().all(|encoding| {
            matches!(
                encoding,
                Encoding::PLAIN
                    | Encoding::PLAIN_DICTIONARY
                    | Encoding::RLE_DICTIONARY
                    | Encoding::RLE
                    | Encoding::BIT_PACKED
            )
        });
        if !is_quick || !kind.is_known() || form == Form::Nothing {
            let open = Open::over(form, chunk, n_rows, window)?;
            return Ok(Chunk::Slow(Box::new(open), most));
        }
        Ok(Chunk::Quick(Box::new(Quick {
            pages: SerializedPageReader::new(window.into(), chunk, n_rows, None)?,
            kind,
            has_levels: described.max_def_level() > 0,
            dictionary: Dictionary::default(),
            left: 0,
            n_rows,
            levels: Hybrid::default(),
            data: Data::Plain(Plain::default()),
            present: Vec::new(),
            places: Vec::new(),
            values: Vec::new(),
        })))
    }

    /// Puts the cells of so many rows behind those of a column.
    pub(super) fn read(&mut self, column: &mut Column, n: usize) -> Result<()> {
        match self {
            Chunk::Quick(quick) => quick.read(column, n),
            Chunk::Slow(open, most) => {
                let cells = open.read(n)?;
                if cells.len() != n {
                    return error(COLUMN_SHORT);
                }
                for (row, cell) in (end(column.n_rows())..).zip(cells) {
                    match cell {
                        Content::Absent => column.blank(),
                        Content::Text(text) | Content::Number(text, _) if text.len() <= *most => {
                            column.text(row, text.as_bytes());
                        }
                        Content::Text(_) | Content::Number(..) | Content::NotText => {
                            column.faults.push(row);
                            column.blank();
                        }
                    }
                }
                column.n_looked += n;
                Ok(())
            }
        }
    }
}

impl Quick {
    fn read(&mut self, column: &mut Column, mut n: usize) -> Result<()> {
        while n > 0 {
            while self.left == 0 {
                self.page(column)?;
            }
            let taken = n.min(self.left);
            self.cells(column, taken)?;
            self.left -= taken;
            n -= taken;
        }
        Ok(())
    }

    /// Unpacks the next page.
    fn page(&mut self, column: &mut Column) -> Result<()> {
        let Some(page) = self.pages.get_next_page()? else {
            return error(COLUMN_SHORT);
        };
        let n = usize::try_from(page.num_values()).unwrap_or(usize::MAX);
        match page {
            Page::DictionaryPage { buf, encoding, .. } => {
                // No value of a dictionary takes less than a byte.
                let is_plain = matches!(encoding, Encoding::PLAIN | Encoding::PLAIN_DICTIONARY);
                if !is_plain || n > buf.len() {
                    return error("a page declares more values than it can hold");
                }
                let words = &mut column.words;
                let known = Dictionary::read(self.kind, column.wanted, buf, n, words);
                self.dictionary = short(known)?;
                return Ok(());
            }
            Page::DataPage {
                buf,
                encoding,
                def_level_encoding,
                ..
            } => {
                let mut at = 0;
                if self.has_levels {
                    if def_level_encoding != Encoding::RLE {
                        return error("levels are encoded in a way that is not read");
                    }
                    let length = short(buf.first_chunk::<4>())?;
                    at = 4 + u32::from_le_bytes(*length) as usize;
                    let levels = short((at <= buf.len()).then(|| buf.slice(4..at)))?;
                    self.levels = Hybrid::new(levels, 1)?;
                }
                self.data(buf.slice(at..), encoding)?;
            }
            Page::DataPageV2 {
                buf,
                encoding,
                def_levels_byte_len,
                rep_levels_byte_len,
                ..
            } => {
                let from = rep_levels_byte_len as usize;
                let at = from.saturating_add(def_levels_byte_len as usize);
                let levels = short((at <= buf.len()).then(|| buf.slice(from..at)))?;
                if self.has_levels {
                    self.levels = Hybrid::new(levels, 1)?;
                }
                self.data(buf.slice(at..), encoding)?;
            }
        }
        // A flat column has no more values than rows.
        let left = self.n_rows.checked_sub(n);
        let Some(left) = left else {
            return error("a page declares more values than it can hold");
        };
        (self.n_rows, self.left) = (left, n);
        Ok(())
    }

    fn data(&mut self, buffer: Bytes, encoding: Encoding) -> Result<()> {
        self.data = match encoding {
            Encoding::PLAIN => Data::Plain(Plain::new(buffer)),
            Encoding::PLAIN_DICTIONARY | Encoding::RLE_DICTIONARY => {
                // Of a page without a value not even the width may be there.
                let width = buffer.first().copied().unwrap_or(0);
                let rest = buffer.slice(buffer.len().min(1)..);
                Data::Places(Hybrid::new(rest, usize::from(width))?)
            }
            _ => return error("a page is encoded otherwise than its column declares"),
        };
        Ok(())
    }

    /// Puts the next cells of the page behind those of a column.
    fn cells(&mut self, column: &mut Column, n: usize) -> Result<()> {
        let is_looked = column.wanted == Wanted::Nothing;
        if is_looked && matches!(self.data, Data::Places(_)) && self.dictionary.faults.is_empty() {
            column.n_looked += n;
            return Ok(());
        }
        let mut n_present = n;
        if self.has_levels {
            self.present.resize(n, 0);
            n_present = self.levels.bits(&mut self.present)?;
        }
        let is_full = n_present == n;
        match column.wanted {
            Wanted::Nothing => {
                let mut faults = Vec::new();
                match &mut self.data {
                    Data::Plain(plain) => short(plain.faults(self.kind, n_present, &mut faults))?,
                    Data::Places(_) => {
                        let mut places = std::mem::take(&mut self.places);
                        self.places(n_present, &mut places)?;
                        faults = self.dictionary.faulty(&places);
                        self.places = places;
                    }
                }
                self.note(&faults, is_full, column);
                column.n_looked += n;
                Ok(())
            }
            Wanted::Numbers => {
                let from = column.values.len();
                let mut may_be_odd = false;
                if is_full {
                    may_be_odd |= self.numbers(n, &mut column.values)?;
                } else if n_present == 0 {
                    column.values.resize(from + n, f64::NAN);
                } else {
                    let mut values = std::mem::take(&mut self.values);
                    values.clear();
                    may_be_odd |= self.numbers(n_present, &mut values)?;
                    spread(&self.present, &values, f64::NAN, &mut column.values);
                    self.values = values;
                }
                if may_be_odd {
                    column.note_odd(from);
                }
                Ok(())
            }
            Wanted::Words => {
                let from = column.codes.len();
                let mut places = std::mem::take(&mut self.places);
                places.clear();
                self.words(n_present, column, &mut places)?;
                match is_full {
                    true => column.codes.extend_from_slice(&places),
                    false => spread(&self.present, &places, Cells::BLANK, &mut column.codes),
                }
                self.places = places;
                let added = column.codes.get_mut(from..).unwrap_or_default();
                if added.contains(&FAULTY) {
                    for (row, code) in (end(from)..).zip(added) {
                        if *code == FAULTY {
                            *code = Cells::BLANK;
                            column.faults.push(row);
                        }
                    }
                }
                Ok(())
            }
            Wanted::Keys => self.keys(column, n, n_present),
        }
    }

    /// Places in the dictionary of the next values, all of which are there.
    fn places(&mut self, n: usize, places: &mut Vec<u32>) -> Result<()> {
        places.resize(n, 0);
        if let Data::Places(hybrid) = &mut self.data {
            hybrid.read(places)?;
        }
        let most = places.iter().copied().fold(0, u32::max);
        match n > 0 && most as usize >= self.dictionary.n {
            true => error("a page names a value that its dictionary does not hold"),
            false => Ok(()),
        }
    }

    fn numbers(&mut self, n: usize, to: &mut Vec<f64>) -> Result<bool> {
        if let Data::Plain(plain) = &mut self.data {
            return short(plain.numbers(self.kind, n, to));
        }
        let mut places = std::mem::take(&mut self.places);
        self.places(n, &mut places)?;
        let known = self.dictionary.values.as_slice();
        let value = |place: &u32| known.get(*place as usize).copied().unwrap_or(ODD);
        to.extend(places.iter().map(value));
        self.places = places;
        Ok(self.dictionary.has_odd)
    }

    fn words(&mut self, n: usize, column: &mut Column, to: &mut Vec<u32>) -> Result<()> {
        if let Data::Plain(plain) = &mut self.data {
            return short(plain.words(self.kind, n, &mut column.words, to));
        }
        self.places(n, to)?;
        for place in to {
            let code = self.dictionary.codes.get(*place as usize);
            *place = code.copied().unwrap_or(FAULTY);
        }
        Ok(())
    }

    /// Notes the rows of values behind those that a column has; of some the values are not there.
    fn note(&self, faults: &[u32], is_full: bool, column: &mut Column) {
        if faults.is_empty() {
            return;
        }
        let first = end(column.n_rows());
        if is_full {
            column.faults.extend(faults.iter().map(|at| first + at));
            return;
        }
        let present = (first..).zip(&self.present);
        let rows = present.filter(|(_, is_there)| **is_there != 0);
        let rows = (0..).zip(rows.map(|(row, _)| row));
        let faulty = rows.filter(|(at, _)| faults.binary_search(at).is_ok());
        column.faults.extend(faulty.map(|(_, row)| row));
    }

    fn keys(&mut self, column: &mut Column, n: usize, n_present: usize) -> Result<()> {
        let (mut ends, mut places) = (Vec::new(), std::mem::take(&mut self.places));
        places.clear();
        let mut faults = Vec::new();
        if let Data::Plain(plain) = &mut self.data {
            let bytes = &mut column.bytes;
            short(plain.keys(self.kind, n_present, &mut ends, bytes, &mut faults))?;
        } else {
            self.places(n_present, &mut places)?;
            let known = &self.dictionary;
            faults = known.faulty(&places);
            for place in &places {
                let place = *place as usize;
                let to = known.ends.get(place).copied().unwrap_or(0) as usize;
                let from = place
                    .checked_sub(1)
                    .and_then(|before| known.ends.get(before));
                let from = from.copied().unwrap_or(0) as usize;
                let text = known.bytes.get(from..to).unwrap_or_default();
                column.bytes.extend_from_slice(text);
                ends.push(end(column.bytes.len()));
            }
        }
        self.places = places;
        self.note(&faults, n_present == n, column);
        if n_present == n {
            column.ends.extend_from_slice(&ends);
            return Ok(());
        }
        // A blank ends where the text before it does.
        let mut last = column.ends.last().copied().unwrap_or(0);
        let mut ends = ends.into_iter();
        for is_there in &self.present {
            if *is_there != 0 {
                last = ends.next().unwrap_or(last);
            }
            column.ends.push(last);
        }
        Ok(())
    }
}

/// Puts values where cells are there, and a blank where they are not.
fn spread<T: Copy>(present: &[u8], values: &[T], blank: T, to: &mut Vec<T>) {
    let (eights, rest) = present.as_chunks::<8>();
    to.reserve(present.len());
    let mut at = 0;
    // Values, and behind them as many blanks, so that one look finds either.
    let mut window = [blank; 16];
    for eight in eights {
        let Some(values) = values.get(at..).and_then(|rest| rest.first_chunk::<8>()) else {
            let few = eight.iter();
            to.extend(few.map(|is_there| next(*is_there, values, &mut at, blank)));
            continue;
        };
        if *eight == [1; 8] {
            to.extend_from_slice(values);
            at += 8;
            continue;
        }
        window[..8].copy_from_slice(values);
        let mut n = 0;
        to.extend_from_slice(&eight.map(|is_there| {
            let is_there = usize::from(is_there & 1);
            // At most seven came before.
            let place = (n & 7) | (8 - 8 * is_there);
            n += is_there;
            window[place]
        }));
        at += n;
    }
    let rest = rest.iter();
    to.extend(rest.map(|is_there| next(*is_there, values, &mut at, blank)));
}

fn next<T: Copy>(is_there: u8, values: &[T], at: &mut usize, blank: T) -> T {
    let value = values.get(*at).copied().filter(|_| is_there != 0);
    *at += usize::from(is_there);
    value.unwrap_or(blank)
}
