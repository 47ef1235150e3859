//! A table for a terminal, a spreadsheet or a machine.
//!
//! Goes in: named columns and cells, in both languages where they have words. Comes out: text for
//! so many columns, CSV or JSON. Never leaves a cell out for want of room.

use serde_json::{Map, Value, json};

use plumbrule::formula::neutral;
use plumbrule::message::{Label, Lang, Message};
use plumbrule::report::{pad, width, wrap};

/// What stands in a cell.
#[derive(Debug, Clone)]
pub(crate) enum Cell {
    /// The same in both languages.
    Text(String),
    /// A name in both languages.
    Label(Label),
    /// A word of the machine output, and how it is said.
    Word(String, Label),
    /// A sentence.
    Message(Message),
    /// A count.
    Count(usize),
    /// Several.
    List(Vec<Cell>),
}

impl Cell {
    pub(crate) fn texts(items: impl IntoIterator<Item = String>) -> Cell {
        Cell::List(items.into_iter().map(Cell::Text).collect())
    }

    /// The cell as it is said.
    fn text(&self, lang: Lang) -> String {
        match self {
            Cell::Text(text) => text.clone(),
            Cell::Label(label) | Cell::Word(_, label) => label.get(lang).to_owned(),
            Cell::Message(message) => message.render(lang),
            Cell::Count(n) => n.to_string(),
            Cell::List(cells) => {
                let texts: Vec<String> = cells.iter().map(|cell| cell.text(lang)).collect();
                texts.join("; ")
            }
        }
    }

    fn json(&self) -> Value {
        match self {
            Cell::Text(text) => json!(text),
            Cell::Label(label) => json!({"zh": label.get(Lang::Zh), "en": label.get(Lang::En)}),
            Cell::Word(word, _) => json!(word),
            Cell::Message(message) => {
                json!({"zh": message.render(Lang::Zh), "en": message.render(Lang::En)})
            }
            Cell::Count(n) => json!(n),
            Cell::List(cells) => cells.iter().map(Cell::json).collect(),
        }
    }

    fn mentions(&self, wanted: &str) -> bool {
        let says = |text: &str| text.to_lowercase().contains(wanted);
        match self {
            Cell::Word(word, _) if says(word) => true,
            _ => Lang::ALL.into_iter().any(|lang| says(&self.text(lang))),
        }
    }
}

/// A table: its columns are keys, of the machine output and, behind `list-`, of the catalogue.
#[derive(Debug, Clone)]
pub(crate) struct Table {
    pub(crate) columns: &'static [(&'static str, &'static str)],
    pub(crate) rows: Vec<Vec<Cell>>,
}

/// Blanks between two columns.
const GAP: usize = 2;
/// Columns that a cell keeps where there is little room.
const LEAST: usize = 8;

impl Table {
    /// Keeps the rows that say a text in one of their cells, in either language.
    pub(crate) fn retain(&mut self, wanted: &str) {
        let wanted = wanted.trim().to_lowercase();
        self.rows
            .retain(|row| row.iter().any(|cell| cell.mentions(&wanted)));
    }

    /// The table for a person; empty columns are left out.
    pub(crate) fn human(&self, lang: Lang, columns: usize) -> String {
        let texts: Vec<Vec<String>> = self
            .rows
            .iter()
            .map(|row| row.iter().map(|cell| cell.text(lang)).collect())
            .collect();
        let is_used = |n: usize| {
            texts
                .iter()
                .any(|row| row.get(n).is_some_and(|text| !text.is_empty()))
        };
        let used: Vec<usize> = (0..self.columns.len()).filter(|n| is_used(*n)).collect();
        let pick = |row: &Vec<String>| -> Vec<String> {
            used.iter().filter_map(|n| row.get(*n).cloned()).collect()
        };
        let heads = self.columns.iter();
        let heads: Vec<String> = heads
            .map(|(_, key)| Message::new(key).render(lang))
            .collect();
        let heads = pick(&heads);
        let rows: Vec<Vec<String>> = texts.iter().map(pick).collect();
        match widths(&heads, &rows, columns) {
            Some(widths) => laid_out(&heads, &rows, &widths),
            None => stacked(&heads, &rows, columns),
        }
    }

    /// The table with headers in a language, for a spreadsheet.
    pub(crate) fn csv(&self, lang: Lang) -> Result<Vec<u8>, csv::Error> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        let heads = self.columns.iter();
        writer.write_record(heads.map(|(_, key)| Message::new(key).render(lang)))?;
        for row in &self.rows {
            let cells: Vec<String> = row.iter().map(|cell| cell.text(lang)).collect();
            writer.write_record(cells.iter().map(|cell| neutral(cell).into_owned()))?;
        }
        writer
            .into_inner()
            .map_err(|error| csv::Error::from(error.into_error()))
    }

    /// The table as a list of objects; the same in both languages.
    pub(crate) fn json(&self) -> Value {
        let object = |row: &Vec<Cell>| {
            let keys = self.columns.iter().map(|(key, _)| (*key).to_owned());
            let fields: Map<String, Value> = keys.zip(row.iter().map(Cell::json)).collect();
            Value::Object(fields)
        };
        self.rows.iter().map(object).collect()
    }
}

/// The width of each column, the widest ones cut down to the room; none where it is too small.
fn widths(heads: &[String], rows: &[Vec<String>], columns: usize) -> Option<Vec<usize>> {
    let mut widths: Vec<usize> = heads.iter().map(|head| width(head)).collect();
    let mut least = widths.clone();
    for row in rows {
        for (n, text) in row.iter().enumerate() {
            if let Some(widest) = widths.get_mut(n) {
                *widest = width(text).max(*widest);
            }
        }
    }
    for (n, least) in least.iter_mut().enumerate() {
        let widest = widths.get(n).copied().unwrap_or(0);
        // Names are kept whole as long as they take no more than a third.
        let whole = if n == 0 {
            widest.min(columns / 3)
        } else {
            LEAST
        };
        *least = whole.max(*least).min(widest);
    }
    let room = columns.saturating_sub(GAP * heads.len().saturating_sub(1));
    while widths.iter().sum::<usize>() > room {
        let slack = |n: &usize| {
            let at = |list: &[usize]| list.get(*n).copied().unwrap_or(0);
            (at(&widths) > at(&least)).then(|| at(&widths))
        };
        let widest = (0..widths.len()).max_by_key(|n| slack(n))?;
        slack(&widest)?;
        if let Some(width) = widths.get_mut(widest) {
            *width -= 1;
        }
    }
    Some(widths)
}

fn laid_out(heads: &[String], rows: &[Vec<String>], widths: &[usize]) -> String {
    let mut out = String::new();
    line(&mut out, heads, widths);
    let rules: Vec<String> = widths.iter().map(|width| "-".repeat(*width)).collect();
    line(&mut out, &rules, widths);
    for row in rows {
        line(&mut out, row, widths);
    }
    out
}

/// One row, in as many lines as its tallest cell takes.
fn line(out: &mut String, cells: &[String], widths: &[usize]) {
    let cells: Vec<Vec<String>> = cells
        .iter()
        .zip(widths)
        .map(|(cell, width)| broken(cell, *width))
        .collect();
    let height = cells.iter().map(Vec::len).max().unwrap_or(0);
    for n in 0..height {
        let texts = cells.iter().zip(widths).map(|(lines, width)| {
            let text = lines.get(n).map_or("", String::as_str);
            pad(text, *width)
        });
        let texts: Vec<String> = texts.collect();
        out.push_str(texts.join(&" ".repeat(GAP)).trim_end());
        out.push('\n');
    }
}

/// A text in lines of at most so many columns; a word that is longer is cut, behind a sign of
/// its own where one is near.
fn broken(text: &str, columns: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for line in wrap_narrow(text, columns) {
        let mut rest = line.as_str();
        while width(rest) > columns {
            let at = cut(rest, columns);
            let (head, tail) = rest.split_at(at);
            lines.push(head.trim_end().to_owned());
            rest = tail.trim_start();
        }
        lines.push(rest.to_owned());
    }
    lines
}

/// The byte at which a word is cut: behind the last joining sign, unless that leaves a short
/// piece, else where the columns end.
fn cut(word: &str, columns: usize) -> usize {
    let (mut used, mut end, mut soft) = (0, 0, 0);
    for (at, c) in word.char_indices() {
        used += width(c.encode_utf8(&mut [0; 4]));
        let after = at + c.len_utf8();
        if used > columns && end > 0 {
            break;
        }
        end = after;
        if "_.-[]()/,=;".contains(c) && used * 3 > columns {
            soft = after;
        }
    }
    if soft > 0 { soft } else { end }
}

fn wrap_narrow(text: &str, columns: usize) -> Vec<String> {
    if width(text) <= columns {
        return vec![text.to_owned()];
    }
    wrap(text, columns)
}

/// One line for each cell, where columns do not fit beside each other.
fn stacked(heads: &[String], rows: &[Vec<String>], columns: usize) -> String {
    let mut out = String::new();
    for row in rows {
        for (n, (head, text)) in heads.iter().zip(row).enumerate() {
            if text.is_empty() {
                continue;
            }
            let lead = if n == 0 { "" } else { "  " };
            let lines = wrap(&format!("{head}: {text}"), columns.saturating_sub(4));
            out.push_str(&format!("{lead}{}\n", lines.join(&format!("\n{lead}  "))));
        }
    }
    out
}
