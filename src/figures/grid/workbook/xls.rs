//! XLS: a compound file goes in, the sheets of its book come out. calamine reads the cells; the
//! records of formats, which it does not hand out, are read beside it. Never trusts a size that
//! the file declares.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::rc::Rc;

use calamine::{Data, Reader, SheetVisible, Xls, XlsError};

use super::ods::MOST_CELLS;
use super::sheet::{MOST_REGIONS, RawRow, Region, Remarks};
use super::{BookProblem, Bound, Looks, Open, Sheet, damaged, number, place, refused};
use crate::figures::grid::{Cell, Limits, Place, Problem};
use crate::guard::guarded;

mod records;
mod strings;

use records::{Book, SheetRecords};

pub(super) fn sheets<'a>(bytes: &'a [u8], limits: &Limits) -> Result<Vec<Sheet<'a>>, Problem> {
    let stream = stream(bytes, limits)?;
    let book = records::read(&stream)?;
    let n_cells: usize = book.sheets.iter().map(SheetRecords::area).sum();
    if n_cells > MOST_CELLS {
        return Err(refused(Bound::Cells, MOST_CELLS));
    }
    // Its records are cut without regard to how long they are: a broken file may make it panic.
    let mut xls = match guarded(|| Xls::new(Cursor::new(bytes))) {
        Some(Err(XlsError::Password)) => return Err(BookProblem::Encrypted.whole()),
        None | Some(Err(_)) => return Err(damaged("Workbook")),
        Some(Ok(xls)) => xls,
    };
    let metadata = xls.sheets_metadata().to_vec();
    let mut sheets = Vec::new();
    for (known, records) in metadata.into_iter().zip(&book.sheets) {
        if !records.is_worksheet {
            continue;
        }
        let name = known.name;
        let range = xls.worksheet_range(&name).map_err(|_| damaged(&name))?;
        let regions = xls.merge_cells_by_sheet_name(&name).unwrap_or_default();
        let merged = regions.into_iter().take(MOST_REGIONS).map(|region| Region {
            top: region.start.0 as usize + 1,
            left: region.start.1 as usize + 1,
            bottom: region.end.0 as usize + 1,
            right: region.end.1 as usize + 1,
        });
        let merged = merged.collect();
        let mut remarks = Remarks::default();
        let rows = rows(&range, records, &book, &mut remarks);
        sheets.push(Sheet {
            name,
            is_hidden: known.visible != SheetVisible::Visible,
            rows: Box::new(move || {
                Ok(Open {
                    rows: Box::new(rows.into_iter().map(Ok)),
                    merged,
                    remarks: Rc::new(RefCell::new(remarks)),
                })
            }),
        });
    }
    Ok(sheets)
}

/// The stream of the book.
fn stream(bytes: &[u8], limits: &Limits) -> Result<Vec<u8>, Problem> {
    let broken = || damaged("cfb");
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|_| broken())?;
    if file.exists("/EncryptedPackage") {
        return Err(BookProblem::Encrypted.whole());
    }
    let names = ["/Workbook", "/Book"];
    let Some(name) = names.into_iter().find(|name| file.exists(name)) else {
        let looks_like = Looks::Document;
        return Err(BookProblem::NotWorkbook { looks_like }.whole());
    };
    let stream = file.open_stream(name).map_err(|_| broken())?;
    let mut all = Vec::new();
    let most = bytes.len().min(limits.unpacked_bytes) as u64;
    stream
        .take(most)
        .read_to_end(&mut all)
        .map_err(|_| broken())?;
    Ok(all)
}

fn rows(
    range: &calamine::Range<Data>,
    records: &SheetRecords,
    book: &Book,
    remarks: &mut Remarks,
) -> Vec<RawRow> {
    let (top, left) = range.start().unwrap_or((0, 0));
    let mut rows: BTreeMap<usize, RawRow> = BTreeMap::new();
    for (row, column, data) in range.used_cells() {
        let (row, column) = (top as usize + row, left as usize + column);
        let at = place(row + 1, column + 1);
        let style = records.styles.get(&(row, column)).copied();
        let shared = records.texts.get(&(row, column));
        let cell = match shared.and_then(|text| book.raised.get(text)) {
            None => cell(data, style, book, at, remarks),
            Some(text) => {
                if text.has_mark {
                    remarks.marks.add(at);
                }
                Cell::of(text.text.clone(), at.line, at.column)
            }
        };
        if cell.is_blank() {
            continue;
        }
        let raw = rows.entry(at.line).or_insert_with(|| {
            if records.hidden.contains(&row) {
                remarks.hidden.add(place(at.line, 0));
            }
            RawRow {
                row: at.line,
                cells: Vec::new(),
            }
        });
        raw.cells.push(cell);
    }
    rows.into_values().collect()
}

fn cell(data: &Data, style: Option<u16>, book: &Book, at: Place, remarks: &mut Remarks) -> Cell {
    let text = match data {
        Data::Empty => String::new(),
        Data::Bool(is_true) => if *is_true { "TRUE" } else { "FALSE" }.to_owned(),
        Data::Error(error) => error.to_string(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Int(_) | Data::Float(_) | Data::DateTime(_) => {
            let stored = match data {
                Data::DateTime(date) => date.as_f64().to_string(),
                Data::Float(value) => value.to_string(),
                other => other.to_string(),
            };
            let Some(value) = number::stored(&stored) else {
                return Cell::of(stored, at.line, at.column);
            };
            let format = book.format(style);
            let shown = format.show(&value, book.is_1904);
            if shown.differs {
                remarks.differs.add(at);
            }
            return Cell {
                text: shown.text,
                place: at,
                is_null: false,
                is_of_path: false,
                held: shown.held,
            };
        }
    };
    Cell::of(text, at.line, at.column)
}
