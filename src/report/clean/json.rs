//! A clean table as JSON, by `docs/schema/clean.json`.

use std::io::{self, Write};

use serde_json::{Map, Value};

use super::{Figures, HEADS};

pub(super) fn write(w: &mut dyn Write, figures: &Figures<'_>) -> io::Result<()> {
    writeln!(
        w,
        "{{\n  \"schema\": \"plumbrule-clean-1\",\n  \"figures\": ["
    )?;
    for (n, line) in figures.lines().enumerate() {
        let mut object = Map::new();
        let is_absent = line.is_absent;
        for (head, cell) in HEADS.iter().zip(line.cells) {
            let value = match *head {
                "value" if is_absent && cell.is_empty() => Value::Null,
                "lo_open" | "hi_open" => match cell.as_str() {
                    "" => continue,
                    cell => Value::Bool(cell == "true"),
                },
                _ if cell.is_empty() => continue,
                _ => Value::String(cell),
            };
            object.insert((*head).to_owned(), value);
        }
        let comma = if n == 0 { "    " } else { ",\n    " };
        write!(w, "{comma}{}", Value::Object(object))?;
    }
    writeln!(w, "\n  ]\n}}")
}
