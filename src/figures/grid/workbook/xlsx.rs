//! XLSX and XLSM: the parts of the package go in, sheets whose rows are read as they unpack come
//! out. Never calculates a formula: its stored value counts.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use super::format::NumberFormat;
use super::package::Package;
use super::sheet::{MOST_REGIONS, Region, Remarks};
use super::strings::Strings;
use super::xml::{Token, Xml};
use super::{Open, Sheet, damaged};
use crate::figures::grid::Problem;

mod cells;

/// Formats of cells.
const MOST_FORMATS: usize = 1 << 16;

/// What all sheets of a workbook share.
struct Book {
    strings: Strings,
    /// The format of each style of cells.
    formats: Vec<Rc<NumberFormat>>,
    general: Rc<NumberFormat>,
    is_1904: bool,
    /// The book asks to be calculated before its values count.
    is_uncalculated: bool,
}

/// What `workbook.xml` says.
#[derive(Default)]
struct Contents {
    /// Name, relation and whether it is hidden.
    sheets: Vec<(String, String, bool)>,
    is_1904: bool,
    is_uncalculated: bool,
}

pub(super) fn sheets<'a>(package: &Rc<Package<'a>>) -> Result<Vec<Sheet<'a>>, Problem> {
    let relations = relations(package, "_rels/.rels", "")?;
    let main = relations
        .values()
        .find(|(kind, _)| kind == "officeDocument");
    let main = main.map_or_else(
        || "xl/workbook.xml".to_owned(),
        |(_, target)| target.clone(),
    );
    let contents = contents(part(package, &main)?)?;
    let (folder, file) = main.rsplit_once('/').unwrap_or(("", &main));
    let beside = format!("{folder}/_rels/{file}.rels");
    let relations = self::relations(package, beside.trim_start_matches('/'), folder)?;
    let of_kind = |wanted: &str| {
        let mut all = relations.values();
        let found = all.find(|(kind, _)| kind == wanted);
        found
            .map(|(_, target)| target)
            .filter(|target| package.has(target))
    };
    let strings = match of_kind("sharedStrings") {
        Some(name) => Strings::read(part(package, name)?)?,
        None => Strings::default(),
    };
    let formats = match of_kind("styles") {
        Some(name) => formats(part(package, name)?)?,
        None => Vec::new(),
    };
    let book = Rc::new(Book {
        strings,
        formats,
        general: Rc::new(NumberFormat::built_in(0)),
        is_1904: contents.is_1904,
        is_uncalculated: contents.is_uncalculated,
    });
    let mut sheets = Vec::new();
    for (name, relation, is_hidden) in contents.sheets {
        let Some((kind, target)) = relations.get(&relation) else {
            return Err(damaged(&main));
        };
        // Sheets of charts and of macros hold no cells.
        if kind != "worksheet" {
            continue;
        }
        let (package, book, target) = (package.clone(), book.clone(), target.clone());
        sheets.push(Sheet {
            name,
            is_hidden,
            rows: Box::new(move || open(&package, book, &target)),
        });
    }
    Ok(sheets)
}

fn open<'a>(package: &Package<'a>, book: Rc<Book>, target: &str) -> Result<Open<'a>, Problem> {
    let tail = package.vet(target, b"<mergeCells")?;
    let merged = if tail.is_empty() {
        Vec::new()
    } else {
        merged(&tail)
    };
    let remarks = Rc::new(RefCell::new(Remarks::default()));
    let xml = Xml::new(target, package.stream(target)?);
    let rows = cells::Cells::new(xml, book, remarks.clone());
    Ok(Open {
        rows: Box::new(rows),
        merged,
        remarks,
    })
}

/// A small part, seen to be whole.
fn part<'a>(package: &Package<'a>, name: &str) -> Result<Xml<'a>, Problem> {
    package.vet(name, b"")?;
    Ok(Xml::new(name, package.stream(name)?))
}

/// Relations by id: the last word of their kind, and the part that they lead to.
fn relations(
    package: &Package<'_>,
    name: &str,
    folder: &str,
) -> Result<BTreeMap<String, (String, String)>, Problem> {
    let mut found = BTreeMap::new();
    if !package.has(name) {
        return Ok(found);
    }
    let mut xml = part(package, name)?;
    loop {
        match xml.next()? {
            Token::Done => return Ok(found),
            Token::Start if xml.name() == "Relationship" => {
                let get = |name| xml.attribute(name).unwrap_or_default();
                let kind = get("Type")
                    .rsplit('/')
                    .next()
                    .unwrap_or_default()
                    .to_owned();
                found.insert(get("Id").to_owned(), (kind, target(folder, get("Target"))));
            }
            _ => {}
        }
    }
}

/// The part that a relation leads to from a folder.
fn target(folder: &str, text: &str) -> String {
    if let Some(whole) = text.strip_prefix('/') {
        return whole.to_owned();
    }
    let mut names: Vec<&str> = folder.split('/').filter(|name| !name.is_empty()).collect();
    for name in text.split('/') {
        match name {
            ".." => {
                names.pop();
            }
            "." | "" => {}
            name => names.push(name),
        }
    }
    names.join("/")
}

fn contents(mut xml: Xml<'_>) -> Result<Contents, Problem> {
    let mut contents = Contents::default();
    loop {
        match xml.next()? {
            Token::Done => return Ok(contents),
            Token::Start => match xml.name() {
                "workbookPr" => contents.is_1904 = xml.says("date1904"),
                "calcPr" => contents.is_uncalculated = xml.says("fullCalcOnLoad"),
                "sheet" => {
                    let get = |name| xml.attribute(name).unwrap_or_default().to_owned();
                    let is_hidden = matches!(get("state").as_str(), "hidden" | "veryHidden");
                    contents.sheets.push((get("name"), get("id"), is_hidden));
                }
                _ => {}
            },
            _ => {}
        }
    }
}

/// The format of each style of cells.
fn formats(mut xml: Xml<'_>) -> Result<Vec<Rc<NumberFormat>>, Problem> {
    let mut codes: BTreeMap<u32, String> = BTreeMap::new();
    let mut known: BTreeMap<u32, Rc<NumberFormat>> = BTreeMap::new();
    let mut formats = Vec::new();
    let mut is_cells = false;
    loop {
        match xml.next()? {
            Token::Done => return Ok(formats),
            Token::End => is_cells &= xml.name() != "cellXfs",
            Token::Text => {}
            Token::Start => {
                let id = xml.attribute("numFmtId").and_then(|id| id.parse().ok());
                match xml.name() {
                    "cellXfs" => is_cells = true,
                    "numFmt" => {
                        let code = xml.attribute("formatCode").unwrap_or_default();
                        codes.extend(id.map(|id| (id, code.to_owned())));
                    }
                    "xf" if is_cells && formats.len() < MOST_FORMATS => {
                        let id: u32 = id.unwrap_or(0);
                        let made = || match codes.get(&id) {
                            Some(code) => NumberFormat::parse(code),
                            None => NumberFormat::built_in(id),
                        };
                        let format = known.entry(id).or_insert_with(|| Rc::new(made()));
                        formats.push(format.clone());
                    }
                    _ => {}
                }
            }
        }
    }
}

/// Regions of merged cells, from the end of a sheet.
fn merged(tail: &[u8]) -> Vec<Region> {
    let mut regions = Vec::new();
    let mut xml = Xml::new("", Box::new(tail));
    while regions.len() < MOST_REGIONS
        && let Ok(token) = xml.next()
    {
        match token {
            Token::Start if xml.name() == "mergeCell" => {
                regions.extend(xml.attribute("ref").and_then(Region::parse));
            }
            Token::End if xml.name() == "mergeCells" => break,
            Token::Done => break,
            _ => {}
        }
    }
    regions
}
