//! Workbooks: bytes of XLSX, XLSM, XLS or ODS go in, the cells of each sheet come out, as they
//! show and with the numbers behind them. Never unpacks more than allowed, never calculates.

use std::cell::RefCell;
use std::rc::Rc;

use super::{Grid, Limits, Place, Problem, ProblemKind};

mod date;
mod fault;
mod format;
mod number;
mod ods;
mod package;
mod sheet;
mod strings;
mod xls;
mod xlsx;
mod xml;

pub(in crate::figures) use fault::Fault;
use sheet::{RawRow, Region, Remarks};

/// Sheets of a workbook.
const MOST_SHEETS: usize = 1024;
/// The first bytes of a zip archive.
const ZIP: &[u8] = b"PK\x03\x04";
/// The first bytes of a compound file, in which older programs store.
const COMPOUND: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// What a file is that has the name of a workbook and is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Looks {
    /// Nothing at all.
    Empty,
    /// A page of the web.
    Html,
    /// A workbook in one XML text, as a version of 2003 wrote.
    XmlBook,
    /// A text, such as CSV.
    Text,
    /// A workbook in binary parts, XLSB.
    BinaryBook,
    /// A document of another program.
    Document,
    /// An archive of something else.
    Archive,
    /// Anything.
    Other,
}

/// What is wrong with a workbook, or is to be said of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BookProblem {
    /// The file has the name of a workbook and is none.
    NotWorkbook {
        /// What it looks like.
        looks_like: Looks,
    },
    /// The workbook opens with a password only.
    Encrypted,
    /// A part of the workbook cannot be read.
    Damaged {
        /// The part.
        part: String,
    },
    /// The workbook holds more than is allowed.
    TooMuch {
        /// What there is too much of.
        what: Bound,
        /// How much is allowed.
        limit: usize,
    },
    /// No sheet has a name that was asked for.
    NoSheet {
        /// The sheets that there are.
        sheets: Vec<String>,
    },
    /// A hidden sheet; it is left out.
    HiddenSheet,
    /// Cells show another number than they hold; the first of them is the place.
    ShownDiffers {
        /// How many.
        count: usize,
    },
    /// Raised marks of footnotes were taken off texts; the first of them is the place.
    MarksDropped {
        /// How many.
        count: usize,
    },
    /// Rows are hidden and were read; the first of them is the place.
    HiddenRows {
        /// How many.
        count: usize,
    },
    /// Formulas have values that no spreadsheet program calculated; the first is the place.
    Uncalculated {
        /// How many.
        count: usize,
    },
}

impl BookProblem {
    /// Whether the figures can be used all the same.
    pub(super) fn is_warning(&self) -> bool {
        matches!(
            self,
            BookProblem::HiddenSheet
                | BookProblem::ShownDiffers { .. }
                | BookProblem::MarksDropped { .. }
                | BookProblem::HiddenRows { .. }
                | BookProblem::Uncalculated { .. }
        )
    }

    /// The problem of a whole file or sheet.
    fn whole(self) -> Problem {
        Problem::new(1, 0, ProblemKind::Book(self))
    }
}

/// What there is too much of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// Bytes to which the file unpacks.
    Unpacked,
    /// Unpacked bytes for one packed.
    Packed,
    /// Parts of the archive.
    Parts,
    /// Sheets.
    Sheets,
    /// Rows of a sheet.
    Rows,
    /// Cells.
    Cells,
    /// Texts that cells share.
    Strings,
}

/// Whether the bytes, or else the ending of the name, say that a file is a workbook.
pub(super) fn is_workbook(name: &str, bytes: &[u8]) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let known = [
        "xlsx", "xlsm", "xltx", "xltm", "xlsb", "xls", "xlt", "ods", "ots",
    ];
    bytes.starts_with(ZIP)
        || bytes.starts_with(COMPOUND)
        || known.iter().any(|one| ending.eq_ignore_ascii_case(one))
}

/// A sheet of a workbook before its rows are read.
struct Sheet<'a> {
    name: String,
    is_hidden: bool,
    rows: Box<dyn FnOnce() -> Result<Open<'a>, Problem> + 'a>,
}

/// The rows of a sheet, with what is known of it as a whole.
struct Open<'a> {
    rows: Box<dyn Iterator<Item = Result<RawRow, Problem>> + 'a>,
    merged: Vec<Region>,
    remarks: Rc<RefCell<Remarks>>,
}

/// The sheets of a workbook: those asked for, else all that are not hidden.
pub(super) fn open<'a>(
    bytes: &'a [u8],
    limits: &Limits,
    wanted: &[String],
) -> Result<Vec<Grid<'a>>, Problem> {
    let sheets = match bytes {
        bytes if bytes.starts_with(ZIP) => zipped(bytes, limits)?,
        bytes if bytes.starts_with(COMPOUND) => xls::sheets(bytes, limits)?,
        bytes => {
            let looks_like = looks(bytes);
            let kind = BookProblem::NotWorkbook { looks_like };
            return Err(kind.whole());
        }
    };
    if sheets.len() > MOST_SHEETS {
        return Err(refused(Bound::Sheets, MOST_SHEETS));
    }
    let is_named = |sheet: &Sheet<'_>| wanted.iter().any(|name| same(name, &sheet.name));
    if !wanted.is_empty() && !sheets.iter().any(is_named) {
        let kind = BookProblem::NoSheet {
            sheets: sheets.into_iter().map(|sheet| sheet.name).collect(),
        };
        return Err(kind.whole());
    }
    let mut grids = Vec::new();
    for sheet in sheets {
        let skipped = !wanted.is_empty() && !is_named(&sheet);
        if skipped {
            continue;
        }
        let hidden = sheet.is_hidden && wanted.is_empty();
        let records: super::Records<'a> = if hidden {
            Box::new(std::iter::once(Err(BookProblem::HiddenSheet.whole())))
        } else {
            sheet::records(sheet.rows, limits)
        };
        grids.push(Grid {
            header: None,
            sheet: Some(sheet.name),
            records,
            delimiter: None,
        });
    }
    Ok(grids)
}

/// Whether two names of sheets are one: programs do not tell letters apart by case.
fn same(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
}

fn zipped<'a>(bytes: &'a [u8], limits: &Limits) -> Result<Vec<Sheet<'a>>, Problem> {
    let package = Rc::new(package::Package::open(bytes, limits)?);
    let looks_like = if package.has("content.xml") {
        return ods::sheets(&package);
    } else if package.has("[Content_Types].xml") && package.ending("workbook.bin").is_some() {
        Looks::BinaryBook
    } else if package.ending("workbook.xml").is_some() {
        return xlsx::sheets(&package);
    } else if package.has("[Content_Types].xml") {
        Looks::Document
    } else {
        Looks::Archive
    };
    Err(BookProblem::NotWorkbook { looks_like }.whole())
}

fn looks(bytes: &[u8]) -> Looks {
    let head = bytes.get(..bytes.len().min(4096)).unwrap_or_default();
    let text = String::from_utf8_lossy(head).to_lowercase();
    let text = text.trim_start_matches(['\u{FEFF}', ' ', '\t', '\r', '\n']);
    if text.is_empty() {
        Looks::Empty
    } else if ["<html", "<!doctype html", "<table", "<meta"]
        .iter()
        .any(|tag| text.contains(tag))
    {
        Looks::Html
    } else if text.starts_with("<?xml") {
        Looks::XmlBook
    } else if !head.contains(&0) || head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF") {
        Looks::Text
    } else {
        Looks::Other
    }
}

/// A part that cannot be read as what it should be.
fn damaged(part: &str) -> Problem {
    let part = part.to_owned();
    BookProblem::Damaged { part }.whole()
}

fn refused(what: Bound, limit: usize) -> Problem {
    BookProblem::TooMuch { what, limit }.whole()
}

/// The place of a cell whose row and column are counted from 1.
fn place(line: usize, column: usize) -> Place {
    Place { line, column }
}
