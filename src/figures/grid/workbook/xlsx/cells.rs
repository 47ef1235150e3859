//! Cells of a sheet of XLSX: elements go in, rows come out one at a time, each cell as it shows.

use std::cell::RefCell;
use std::rc::Rc;

use super::Book;
use crate::figures::grid::workbook::sheet::{RawRow, Remarks, address};
use crate::figures::grid::workbook::strings::{Text, rich, unescaped};
use crate::figures::grid::workbook::xml::{Token, Xml};
use crate::figures::grid::workbook::{damaged, number, place};
use crate::figures::grid::{Cell, Place, Problem};

/// The rows of a sheet.
pub(super) struct Cells<'a> {
    xml: Xml<'a>,
    book: Rc<Book>,
    remarks: Rc<RefCell<Remarks>>,
    row: usize,
    is_over: bool,
}

/// What an element of a cell holds.
#[derive(Default)]
struct Content {
    value: Option<String>,
    formula: Option<String>,
    inline: Option<Text>,
}

impl<'a> Cells<'a> {
    pub(super) fn new(xml: Xml<'a>, book: Rc<Book>, remarks: Rc<RefCell<Remarks>>) -> Self {
        Cells {
            xml,
            book,
            remarks,
            row: 0,
            is_over: false,
        }
    }

    /// The next row that holds something.
    fn row(&mut self) -> Result<Option<RawRow>, Problem> {
        loop {
            match self.xml.next()? {
                Token::Done => return Ok(None),
                Token::End if self.xml.name() == "sheetData" => return Ok(None),
                Token::Start if self.xml.name() == "row" => {
                    let number = self.xml.attribute("r").and_then(|text| text.parse().ok());
                    // Rows come in order; a number that goes back is none.
                    self.row = number.filter(|n| *n > self.row).unwrap_or(self.row + 1);
                    let is_hidden = self.xml.says("hidden");
                    let raw = self.cells()?;
                    if raw.cells.iter().all(Cell::is_blank) {
                        continue;
                    }
                    if is_hidden {
                        self.remarks.borrow_mut().hidden.add(place(self.row, 0));
                    }
                    return Ok(Some(raw));
                }
                _ => {}
            }
        }
    }

    fn cells(&mut self) -> Result<RawRow, Problem> {
        let mut raw = RawRow {
            row: self.row,
            cells: Vec::new(),
        };
        let mut column = 0;
        loop {
            match self.xml.next()? {
                Token::Done => return Err(damaged("sheet")),
                Token::End if self.xml.name() == "row" => return Ok(raw),
                Token::Start if self.xml.name() == "c" => {
                    let named = self.xml.attribute("r").and_then(address);
                    let named = named.map(|place| place.column);
                    column = named.filter(|n| *n > column).unwrap_or(column + 1);
                    let kind = self.xml.attribute("t").unwrap_or("n").to_owned();
                    let style = self.xml.attribute("s").and_then(|text| text.parse().ok());
                    let content = self.content()?;
                    let at = place(self.row, column);
                    let cell = self.cell(at, &kind, style, content)?;
                    raw.cells.extend(cell.filter(|cell| !cell.is_blank()));
                }
                _ => {}
            }
        }
    }

    fn content(&mut self) -> Result<Content, Problem> {
        let mut content = Content::default();
        loop {
            match self.xml.next()? {
                Token::Done => return Err(damaged("sheet")),
                Token::End => return Ok(content),
                Token::Text => {}
                Token::Start => match self.xml.name() {
                    "v" => content.value = Some(self.xml.inner()?),
                    "f" => content.formula = Some(self.xml.inner()?),
                    "is" => content.inline = Some(rich(&mut self.xml)?),
                    _ => self.xml.skip()?,
                },
            }
        }
    }

    fn cell(
        &self,
        at: Place,
        kind: &str,
        style: Option<usize>,
        content: Content,
    ) -> Result<Option<Cell>, Problem> {
        let Place { line, column } = at;
        let mut remarks = self.remarks.borrow_mut();
        if let Some(text) = content.inline {
            if text.has_mark {
                remarks.marks.add(at);
            }
            return Ok(Some(Cell::of(text.text, line, column)));
        }
        let value = content.value.unwrap_or_default();
        if let Some(formula) = &content.formula {
            if value.is_empty() && kind != "str" {
                return Ok(Some(Cell::of(format!("={formula}"), line, column)));
            }
            if self.book.is_uncalculated {
                remarks.uncalculated.add(at);
            }
        }
        if value.is_empty() {
            return Ok(None);
        }
        Ok(Some(match kind {
            "s" => {
                let index = value.trim().parse().ok();
                let text = index.and_then(|index| self.book.strings.get(index));
                let text = text.ok_or_else(|| damaged("sharedStrings"))?;
                if text.has_mark {
                    remarks.marks.add(at);
                }
                Cell::of(text.text, line, column)
            }
            "b" => Cell::of(
                if value.trim() == "0" { "FALSE" } else { "TRUE" },
                line,
                column,
            ),
            "d" => Cell::of(value.trim_end_matches("T00:00:00"), line, column),
            "n" => match number::stored(&value) {
                None => Cell::of(value, line, column),
                Some(number) => {
                    let format = style.and_then(|style| self.book.formats.get(style));
                    let format = format.unwrap_or(&self.book.general);
                    let shown = format.show(&number, self.book.is_1904);
                    if shown.differs {
                        remarks.differs.add(at);
                    }
                    Cell {
                        text: shown.text,
                        place: at,
                        is_null: false,
                        is_of_path: false,
                        held: shown.held,
                    }
                }
            },
            _ => Cell::of(unescaped(&value), line, column),
        }))
    }
}

impl Iterator for Cells<'_> {
    type Item = Result<RawRow, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_over {
            return None;
        }
        let row = self.row().transpose();
        self.is_over = !matches!(row, Some(Ok(_)));
        row
    }
}
