//! Records of XLS beside the cells: the stream of a book goes in, formats of numbers, the style of
//! each cell, hidden rows and the extent of each sheet come out. Never reads a value.

use std::collections::{BTreeMap, BTreeSet};

use super::strings;
use crate::figures::grid::Problem;
use crate::figures::grid::workbook::format::NumberFormat;
use crate::figures::grid::workbook::strings::Text;
use crate::figures::grid::workbook::{BookProblem, damaged};

const BEGIN: u16 = 0x0809;
const END: u16 = 0x000A;
const PASSWORD: u16 = 0x002F;
const DATES: u16 = 0x0022;
const FORMAT: u16 = 0x041E;
const STYLE: u16 = 0x00E0;
const SHEET: u16 = 0x0085;
const FONT: u16 = 0x0031;
const TEXTS: u16 = 0x00FC;
const MORE: u16 = 0x003C;
/// The cell of a shared text.
const SHARED: u16 = 0x00FD;
const ROW: u16 = 0x0208;
const EXTENT: u16 = 0x0200;
/// Several numbers side by side.
const NUMBERS: u16 = 0x00BD;
/// Records of one cell: formula, number, two of text, truth, short number, shared text.
const CELLS: [u16; 7] = [0x0006, 0x0203, 0x0204, 0x00D6, 0x0205, 0x027E, 0x00FD];

/// Rows and columns of the largest sheet.
const MOST_ROWS: usize = 1 << 16;
const MOST_COLUMNS: usize = 1 << 8;

/// What is said beside the cells of a book.
#[derive(Default)]
pub(super) struct Book {
    pub(super) is_1904: bool,
    pub(super) sheets: Vec<SheetRecords>,
    /// Shared texts with raised runs, without their marks.
    pub(super) raised: BTreeMap<usize, Text>,
    formats: Vec<NumberFormat>,
    styles: Vec<usize>,
}

/// What is said beside the cells of a sheet. Rows and columns count from 0.
#[derive(Default)]
pub(super) struct SheetRecords {
    pub(super) is_worksheet: bool,
    pub(super) styles: BTreeMap<(usize, usize), u16>,
    pub(super) hidden: BTreeSet<usize>,
    /// The shared text of a cell, where it has raised runs.
    pub(super) texts: BTreeMap<(usize, usize), usize>,
    /// First and last row, first and last column.
    extent: Option<[usize; 4]>,
}

impl Book {
    /// The format of a style; of none, the general one.
    pub(super) fn format(&self, style: Option<u16>) -> &NumberFormat {
        let at = style.and_then(|style| self.styles.get(usize::from(style)));
        let format = self.formats.get(at.copied().unwrap_or(0));
        format.unwrap_or(&GENERAL)
    }
}

static GENERAL: NumberFormat = NumberFormat::general();

impl SheetRecords {
    /// Cells of the smallest rectangle that holds all.
    pub(super) fn area(&self) -> usize {
        self.extent.map_or(0, |[top, bottom, left, right]| {
            (bottom - top + 1).saturating_mul(right - left + 1)
        })
    }

    fn reach(&mut self, row: usize, column: usize) {
        let extent = self.extent.get_or_insert([row, row, column, column]);
        *extent = [
            extent[0].min(row),
            extent[1].max(row),
            extent[2].min(column),
            extent[3].max(column),
        ];
    }
}

/// Records one behind the other: kind and content.
fn records(bytes: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let (kind, length) = (word(bytes, at)?, usize::from(word(bytes, at + 2)?));
        let content = bytes.get(at + 4..at + 4 + length)?;
        at += 4 + length;
        Some((kind, content))
    })
}

fn word(bytes: &[u8], at: usize) -> Option<u16> {
    let bytes = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes(bytes.try_into().ok()?))
}

fn long(bytes: &[u8], at: usize) -> Option<usize> {
    let bytes = bytes.get(at..at.checked_add(4)?)?;
    usize::try_from(u32::from_le_bytes(bytes.try_into().ok()?)).ok()
}

pub(super) fn read(stream: &[u8]) -> Result<Book, Problem> {
    let broken = || damaged("Workbook");
    let mut book = Book::default();
    let mut codes: BTreeMap<u16, String> = BTreeMap::new();
    let mut ids: Vec<u16> = Vec::new();
    let mut starts: Vec<(usize, bool)> = Vec::new();
    let mut is_wide = true;
    let (mut n_fonts, mut raised) = (0_u16, BTreeSet::new());
    let mut chunks: Vec<&[u8]> = Vec::new();
    let mut last = 0;
    for (kind, content) in records(stream) {
        let is_more = kind == MORE && last == TEXTS;
        last = if is_more { TEXTS } else { kind };
        match kind {
            TEXTS => chunks.push(content),
            MORE if is_more => chunks.push(content),
            FONT => {
                // There is no font of number 4.
                let number = n_fonts + u16::from(n_fonts >= 4);
                n_fonts = n_fonts.saturating_add(1);
                if word(content, 8) == Some(1) {
                    raised.insert(number);
                }
            }
            BEGIN => is_wide = word(content, 0) == Some(0x0600),
            PASSWORD => return Err(BookProblem::Encrypted.whole()),
            DATES => book.is_1904 = word(content, 0) == Some(1),
            FORMAT => {
                let id = word(content, 0).ok_or_else(broken)?;
                codes.extend(code(content, is_wide).map(|code| (id, code)));
            }
            STYLE => ids.push(word(content, 2).ok_or_else(broken)?),
            SHEET => {
                let start = long(content, 0).ok_or_else(broken)?;
                let kind = content.get(5).ok_or_else(broken)?;
                starts.push((start, *kind == 0));
            }
            END => break,
            _ => {}
        }
    }
    if is_wide {
        book.raised = strings::raised(chunks, &raised);
    }
    let mut places: BTreeMap<u16, usize> = BTreeMap::new();
    for id in ids {
        let next = places.len();
        let place = *places.entry(id).or_insert(next);
        if place == book.formats.len() {
            book.formats.push(match codes.get(&id) {
                Some(code) => NumberFormat::parse(code),
                None => NumberFormat::built_in(u32::from(id)),
            });
        }
        book.styles.push(place);
    }
    for (start, is_worksheet) in starts {
        let from = stream.get(start..).ok_or_else(broken)?;
        let sheet = sheet(from, is_worksheet, &book.raised).ok_or_else(broken)?;
        book.sheets.push(sheet);
    }
    Ok(book)
}

/// The code of a format: a count of characters, how they are stored, and the characters.
fn code(content: &[u8], is_wide: bool) -> Option<String> {
    if !is_wide {
        return Some(String::from_utf8_lossy(content.get(3..)?).into_owned());
    }
    let n = usize::from(word(content, 2)?);
    let (flags, rest) = (content.get(4)?, content.get(5..)?);
    if flags & 1 == 0 {
        return Some(rest.iter().take(n).map(|byte| char::from(*byte)).collect());
    }
    let units: Vec<u16> = (0..n).map_while(|at| word(rest, at * 2)).collect();
    Some(String::from_utf16_lossy(&units))
}

/// The records of a sheet; nothing where one of them cannot be.
fn sheet(bytes: &[u8], is_worksheet: bool, raised: &BTreeMap<usize, Text>) -> Option<SheetRecords> {
    let mut sheet = SheetRecords {
        is_worksheet,
        ..SheetRecords::default()
    };
    let mut depth = 0_usize;
    for (kind, content) in records(bytes) {
        match kind {
            BEGIN => depth += 1,
            END => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    break;
                }
            }
            // Charts inside a sheet have cells of their own.
            _ if depth > 1 => {}
            EXTENT => {
                let n = content.len();
                let (first, last) = match n {
                    10 => (
                        usize::from(word(content, 0)?),
                        usize::from(word(content, 2)?),
                    ),
                    _ => (long(content, 0)?, long(content, 4)?),
                };
                let at = if n == 10 { 4 } else { 8 };
                let (left, right) = (word(content, at)?, word(content, at + 2)?);
                let is_some = last > 0 && right > 0;
                let is_sound = (!is_some || first < last && left != right)
                    && last <= MOST_ROWS
                    && usize::from(right) <= MOST_COLUMNS;
                if !is_sound {
                    return None;
                }
            }
            ROW => {
                let row = usize::from(word(content, 0)?);
                if word(content, 12)? & 0x20 != 0 {
                    sheet.hidden.insert(row);
                }
            }
            NUMBERS => {
                let (row, left) = (
                    usize::from(word(content, 0)?),
                    usize::from(word(content, 2)?),
                );
                let n = content.len().checked_sub(6)? / 6;
                for (at, column) in (left..).take(n).enumerate() {
                    sheet
                        .styles
                        .insert((row, column), word(content, 4 + at * 6)?);
                    sheet.reach(row, column);
                }
            }
            kind if CELLS.contains(&kind) => {
                let (row, column) = (
                    usize::from(word(content, 0)?),
                    usize::from(word(content, 2)?),
                );
                sheet.styles.insert((row, column), word(content, 4)?);
                sheet.reach(row, column);
                if let (SHARED, Some(text)) = (kind, long(content, 6))
                    && raised.contains_key(&text)
                {
                    sheet.texts.insert((row, column), text);
                }
            }
            _ => {}
        }
    }
    Some(sheet)
}
