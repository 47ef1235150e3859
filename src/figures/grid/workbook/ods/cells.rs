//! Cells of ODS: an element with what it holds and what it shows goes in, a cell comes out.

use chrono::NaiveDate;

use super::styles::Data;
use super::{Book, Table, attributes};
use crate::figures::grid::workbook::damaged;
use crate::figures::grid::workbook::date::{DateParts, as_shown};
use crate::figures::grid::workbook::fault::Fault;
use crate::figures::grid::workbook::number::{plain, rounded, stored};
use crate::figures::grid::workbook::strings::Text;
use crate::figures::grid::workbook::xml::Token;
use crate::figures::grid::{Cell, Held, Place, Problem};
use crate::number::Exact;

/// Blanks that one element may stand for.
const MOST_BLANKS: usize = 1024;

impl Book<'_> {
    /// The cell whose element has just started.
    pub(super) fn cell(&mut self, table: &mut Table, at: Place) -> Result<Cell, Problem> {
        let names = [
            "value-type",
            "value",
            "date-value",
            "boolean-value",
            "string-value",
            "formula",
            "style-name",
        ];
        let said = attributes(&self.xml, &names);
        let is_error = self.xml.attribute("value-type") == Some("error");
        let shown = self.shown()?;
        let get = |name: &str| said.get(name).map_or("", String::as_str);
        if shown.has_mark {
            table.remarks.marks.add(at);
        }
        let text = shown.text;
        let of = |text: String| Cell::of(text, at.line, at.column);
        if is_error {
            return Ok(of(text));
        }
        let style = match get("style-name") {
            "" => {
                let mut runs = table.columns.iter();
                let run = runs.find(|(end, _)| *end >= at.column);
                run.map_or("", |(_, style)| style.as_str())
            }
            style => style,
        };
        let data = || self.styles.data(style);
        Ok(match get("value-type") {
            kind @ ("float" | "percentage" | "currency") => {
                let Some(value) = stored(get("value")) else {
                    return Ok(of(text));
                };
                let (cell, differs) = number(&value, kind == "percentage", &text, &data(), at);
                if differs {
                    table.remarks.differs.add(at);
                }
                cell
            }
            "date" => of(date(get("date-value"), data().date).unwrap_or(text)),
            "boolean" => of(get("boolean-value").to_uppercase()),
            "" if text.is_empty() && !get("formula").is_empty() => {
                let formula = get("formula");
                of(format!("={}", formula.trim_start_matches("of:=")))
            }
            _ if text.is_empty() => of(get("string-value").to_owned()),
            _ => of(text),
        })
    }

    /// The paragraphs of the cell that has just started.
    fn shown(&mut self) -> Result<Text, Problem> {
        let mut text = Text::default();
        let mut n_paragraphs = 0;
        let mut raised: Vec<bool> = vec![false];
        while !raised.is_empty() {
            match self.xml.next()? {
                Token::Done => return Err(damaged("content.xml")),
                Token::End => {
                    raised.pop();
                }
                Token::Text => {
                    let is_raised = raised.iter().any(|is_so| *is_so);
                    // Between the paragraphs stand the blanks of the file.
                    if raised.len() > 1 {
                        text.push(self.xml.text(), is_raised);
                    }
                }
                Token::Start => {
                    let mut is_raised = false;
                    match self.xml.name() {
                        "annotation" | "frame" | "custom-shape" | "ruby-text" => {
                            self.xml.skip()?;
                            continue;
                        }
                        "p" => {
                            n_paragraphs += 1;
                            if n_paragraphs > 1 {
                                text.text.push('\n');
                            }
                        }
                        "s" => {
                            let n = self.xml.attribute("c").and_then(|n| n.parse().ok());
                            text.text
                                .push_str(&" ".repeat(n.unwrap_or(1).min(MOST_BLANKS)));
                        }
                        "tab" => text.text.push('\t'),
                        "line-break" => text.text.push('\n'),
                        "span" => {
                            let style = self.xml.attribute("style-name").unwrap_or_default();
                            is_raised = self.styles.raises(style);
                        }
                        _ => {}
                    }
                    raised.push(is_raised);
                }
            }
        }
        Ok(text)
    }
}

/// A number as it is shown, and whether it is shown as another than it is.
fn number(value: &Exact, is_percent: bool, shown: &str, data: &Data, at: Place) -> (Cell, bool) {
    let held = match is_percent {
        true => value * &Exact::from(100),
        false => value.clone(),
    };
    let cell = |text: String, decimals| Cell {
        text,
        place: at,
        is_null: false,
        is_of_path: false,
        held: Some(Held {
            value: held.clone(),
            decimals,
        }),
    };
    if data.is_scaled {
        return (cell(Fault::scaled("#,##0,", &plain(value)), None), false);
    }
    let digits = match data.decimals {
        Some(decimals) => rounded(&held, decimals),
        None => plain(&held),
    };
    let differs =
        data.decimals.is_some() && Exact::parse_decimal(&digits).is_ok_and(|shown| shown != held);
    let bare = digits.trim_start_matches('-');
    // The text stored is in the language of its author, who may write a comma for the point.
    let swap = |c: char| match c {
        ',' => '.',
        '.' | '\u{A0}' | '\u{202F}' | '\'' => ',',
        c => c,
    };
    let shown = shown.trim_start_matches(['\u{A5}', '\u{FFE5}', ' ']);
    let swapped: String = shown.chars().map(swap).collect();
    let texts = [shown.to_owned(), swapped];
    let found = texts
        .into_iter()
        .find(|text| text.replace(',', "").contains(bare));
    let text = match found {
        Some(text) if held.is_negative() && !text.contains('-') => {
            format!("-{}", text.replace(['(', ')'], ""))
        }
        Some(text) => text,
        None if is_percent => format!("{digits}%"),
        None => digits,
    };
    (cell(text, data.decimals), differs)
}

/// A date as far as its style shows it.
fn date(text: &str, parts: DateParts) -> Option<String> {
    let day = text.split('T').next()?;
    let date = NaiveDate::parse_from_str(day, "%Y-%m-%d").ok()?;
    let time = text
        .split('T')
        .nth(1)
        .filter(|time| parts.time && !time.starts_with("00:00:00"));
    let is_none = parts == DateParts::default();
    let shown = as_shown(
        date,
        DateParts {
            day: parts.day || is_none,
            ..parts
        },
    );
    Some(match time {
        Some(time) => format!("{shown} {time}"),
        None => shown,
    })
}
