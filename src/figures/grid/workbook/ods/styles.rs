//! Styles of ODS: their elements go in, what they say of numbers, dates, raised text and hidden
//! sheets comes out.

use std::collections::{BTreeMap, BTreeSet};

use crate::figures::grid::workbook::date::DateParts;
use crate::figures::grid::workbook::xml::Xml;

/// What a style shows of a number.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Data {
    /// Digits after the point, where they are fixed.
    pub(super) decimals: Option<u32>,
    /// The number is divided before it is shown.
    pub(super) is_scaled: bool,
    /// What of a date it shows.
    pub(super) date: DateParts,
}

/// Styles by name.
#[derive(Debug, Default)]
pub(super) struct Styles {
    /// The style of data of a style of cells, and the style above it.
    cells: BTreeMap<String, (Option<String>, Option<String>)>,
    data: BTreeMap<String, Data>,
    hidden: BTreeSet<String>,
    raised: BTreeSet<String>,
    /// The style whose elements come.
    current: String,
}

impl Styles {
    /// Takes what the element that has just started says.
    pub(super) fn take(&mut self, xml: &Xml<'_>) {
        let get = |name| xml.attribute(name).map(str::to_owned);
        let current = || self.current.clone();
        match xml.name() {
            "style" => {
                self.current = get("name").unwrap_or_default();
                if xml.attribute("family") == Some("table-cell") {
                    let data = (get("data-style-name"), get("parent-style-name"));
                    self.cells.insert(self.current.clone(), data);
                }
            }
            "number-style" | "percentage-style" | "currency-style" | "date-style"
            | "time-style" => {
                self.current = get("name").unwrap_or_default();
                self.data.insert(self.current.clone(), Data::default());
            }
            "table-properties" if xml.attribute("display") == Some("false") => {
                self.hidden.insert(current());
            }
            "text-properties" => {
                let position = xml.attribute("text-position").unwrap_or_default();
                let height = position.split('%').next().unwrap_or_default();
                if position.starts_with("super") || height.parse::<i32>().is_ok_and(|n| n > 0) {
                    self.raised.insert(current());
                }
            }
            name => {
                if let Some(data) = self.data.get_mut(&self.current) {
                    match name {
                        "number" => {
                            data.decimals = get("decimal-places").and_then(|n| n.parse().ok());
                            let factor = xml.attribute("display-factor");
                            data.is_scaled = factor.is_some_and(|factor| factor != "1");
                        }
                        "year" | "era" => data.date.year = true,
                        "month" => data.date.month = true,
                        "day" => data.date.day = true,
                        "hours" | "minutes" | "seconds" => data.date.time = true,
                        _ => {}
                    }
                }
            }
        }
    }

    /// What a style of cells says of its data, itself or by a style above it.
    pub(super) fn data(&self, cell: &str) -> Data {
        let mut name = cell.to_owned();
        for _ in 0..16 {
            let Some((data, above)) = self.cells.get(&name) else {
                break;
            };
            if let Some(found) = data.as_ref().and_then(|data| self.data.get(data)) {
                return found.clone();
            }
            match above {
                Some(above) => name.clone_from(above),
                None => break,
            }
        }
        Data::default()
    }

    /// Whether a style of sheets hides them.
    pub(super) fn hides(&self, sheet: &str) -> bool {
        self.hidden.contains(sheet)
    }

    /// Whether a style of text raises it.
    pub(super) fn raises(&self, text: &str) -> bool {
        self.raised.contains(text)
    }
}
