//! ODS: the two texts of the package go in, the sheets of the book come out. What a cell shows is
//! stored beside its number; both are kept. Never reads what changes have deleted.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use super::package::Package;
use super::sheet::{RawRow, Region, Remarks};
use super::xml::{Token, Xml};
use super::{BookProblem, Bound, Open, Sheet, damaged, refused};
use crate::figures::grid::{Cell, Problem};

mod cells;
mod styles;

use styles::Styles;

/// Cells of a book that are kept in memory at once.
pub(super) const MOST_CELLS: usize = 4_000_000;
/// Rows and columns that a sheet may have at the most.
const MOST_ROWS: usize = 1 << 20;

pub(super) fn sheets<'a>(package: &Rc<Package<'a>>) -> Result<Vec<Sheet<'a>>, Problem> {
    if package.has("META-INF/manifest.xml")
        && is_encrypted(part(package, "META-INF/manifest.xml")?)?
    {
        return Err(BookProblem::Encrypted.whole());
    }
    let mut styles = Styles::default();
    if package.has("styles.xml") {
        let mut xml = part(package, "styles.xml")?;
        while xml.next()? != Token::Done {
            styles.take(&xml);
        }
    }
    let mut book = Book {
        xml: part(package, "content.xml")?,
        styles,
        n_cells: 0,
        sheets: Vec::new(),
    };
    book.read()?;
    let sheets = book.sheets.into_iter().map(|table| Sheet {
        name: table.name,
        is_hidden: table.is_hidden,
        rows: Box::new(move || {
            Ok(Open {
                rows: Box::new(table.rows.into_iter().map(Ok)),
                merged: table.merged,
                remarks: Rc::new(RefCell::new(table.remarks)),
            })
        }),
    });
    Ok(sheets.collect())
}

fn part<'a>(package: &Package<'a>, name: &str) -> Result<Xml<'a>, Problem> {
    package.vet(name, b"")?;
    Ok(Xml::new(name, package.stream(name)?))
}

fn is_encrypted(mut xml: Xml<'_>) -> Result<bool, Problem> {
    loop {
        match xml.next()? {
            Token::Done => return Ok(false),
            Token::Start if xml.name() == "encryption-data" => return Ok(true),
            _ => {}
        }
    }
}

#[derive(Default)]
struct Table {
    name: String,
    is_hidden: bool,
    rows: Vec<RawRow>,
    merged: Vec<Region>,
    remarks: Remarks,
    /// The style of cells of each run of columns.
    columns: Vec<(usize, String)>,
    row: usize,
}

struct Book<'a> {
    xml: Xml<'a>,
    styles: Styles,
    n_cells: usize,
    sheets: Vec<Table>,
}

impl Book<'_> {
    fn read(&mut self) -> Result<(), Problem> {
        loop {
            match self.xml.next()? {
                Token::Done => return Ok(()),
                Token::Start => match self.xml.name() {
                    "tracked-changes" => self.xml.skip()?,
                    "table" => self.table()?,
                    _ => self.styles.take(&self.xml),
                },
                _ => {}
            }
        }
    }

    fn table(&mut self) -> Result<(), Problem> {
        let get = |name| self.xml.attribute(name).unwrap_or_default().to_owned();
        let mut table = Table {
            name: get("name"),
            is_hidden: self.styles.hides(&get("style-name")),
            ..Table::default()
        };
        loop {
            match self.xml.next()? {
                Token::Done => return Err(damaged("content.xml")),
                Token::End if self.xml.name() == "table" => break,
                Token::Start => match self.xml.name() {
                    "table-column" => {
                        let n = self.repeated("number-columns-repeated");
                        let style = self.xml.attribute("default-cell-style-name");
                        let end = table.columns.last().map_or(0, |(end, _)| *end);
                        let end = end.saturating_add(n);
                        table
                            .columns
                            .push((end, style.unwrap_or_default().to_owned()));
                    }
                    "table-row" => self.row(&mut table)?,
                    "table-column-group"
                    | "table-columns"
                    | "table-header-columns"
                    | "table-row-group"
                    | "table-rows"
                    | "table-header-rows" => {}
                    _ => self.xml.skip()?,
                },
                _ => {}
            }
        }
        self.sheets.push(table);
        Ok(())
    }

    fn repeated(&self, name: &str) -> usize {
        let n = self.xml.attribute(name).and_then(|text| text.parse().ok());
        n.unwrap_or(1).clamp(1, MOST_ROWS)
    }

    fn row(&mut self, table: &mut Table) -> Result<(), Problem> {
        let n = self.repeated("number-rows-repeated");
        let is_hidden = matches!(
            self.xml.attribute("visibility"),
            Some("collapse" | "filter")
        );
        let first = table.row + 1;
        table.row = table.row.saturating_add(n);
        let mut cells: Vec<Cell> = Vec::new();
        let mut column = 0_usize;
        loop {
            match self.xml.next()? {
                Token::Done => return Err(damaged("content.xml")),
                Token::End if self.xml.name() == "table-row" => break,
                Token::Start if matches!(self.xml.name(), "table-cell" | "covered-table-cell") => {
                    let n = self.repeated("number-columns-repeated");
                    let at = super::place(first, column + 1);
                    column = column.saturating_add(n);
                    let span = (
                        self.repeated("number-rows-spanned"),
                        self.repeated("number-columns-spanned"),
                    );
                    if span != (1, 1) {
                        table.merged.push(Region {
                            top: at.line,
                            left: at.column,
                            bottom: at.line + span.0 - 1,
                            right: at.column + span.1 - 1,
                        });
                    }
                    let cell = self.cell(table, at)?;
                    if cell.is_blank() {
                        continue;
                    }
                    self.count(n)?;
                    cells.extend((0..n).map(|more| {
                        let mut cell = cell.clone();
                        cell.place.column += more;
                        cell
                    }));
                }
                Token::Start => self.xml.skip()?,
                _ => {}
            }
        }
        if cells.is_empty() {
            return Ok(());
        }
        self.count(cells.len().saturating_mul(n))?;
        for row in first..first.saturating_add(n) {
            if is_hidden {
                table.remarks.hidden.add(super::place(row, 0));
            }
            let mut cells = cells.clone();
            cells.iter_mut().for_each(|cell| cell.place.line = row);
            table.rows.push(RawRow { row, cells });
        }
        Ok(())
    }

    fn count(&mut self, n: usize) -> Result<(), Problem> {
        self.n_cells = self.n_cells.saturating_add(n);
        match self.n_cells > MOST_CELLS {
            true => Err(refused(Bound::Cells, MOST_CELLS)),
            false => Ok(()),
        }
    }
}

/// Attributes by name, of the last start.
fn attributes(xml: &Xml<'_>, names: &[&'static str]) -> BTreeMap<&'static str, String> {
    let found = names
        .iter()
        .filter_map(|name| xml.attribute(name).map(|value| (*name, value.to_owned())));
    found.collect()
}
