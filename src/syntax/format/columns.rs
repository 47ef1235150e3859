//! Tables of cases in columns: the places of bars go in, lines whose bars stand below each other
//! come out. Never touches what stands between two bars, the blanks at its ends aside.

use unicode_width::UnicodeWidthStr;

use super::{Bracket, Start, Token, TokenKind};

/// The bars of one item as its lines are laid out.
#[derive(Default)]
pub(super) struct Bars {
    /// The rows of the table that is open, each with the places of its bars.
    open: Vec<Vec<usize>>,
    tables: Vec<Vec<Vec<usize>>>,
}

impl Bars {
    /// Looks at a token that is about to be written at a place.
    pub(super) fn token(&mut self, token: &Token<'_>, at: usize) {
        match token.kind {
            TokenKind::Bar => {
                if token.start == Start::Clause || self.open.is_empty() {
                    self.open.push(Vec::new());
                }
                if let Some(row) = self.open.last_mut() {
                    row.push(at);
                }
            }
            TokenKind::Close(Bracket::Block) if !self.open.is_empty() => {
                self.tables.push(std::mem::take(&mut self.open));
            }
            _ => {}
        }
    }

    /// The same text with the cells of each table filled up to the widest of their column.
    pub(super) fn aligned(&self, text: String) -> String {
        let mut text = text;
        // From the end, so that places in front stay what they are.
        for table in self.tables.iter().rev() {
            let rows: Vec<(usize, usize, Vec<String>)> = table
                .iter()
                .filter_map(|bars| {
                    let (first, last) = (*bars.first()?, *bars.last()?);
                    let cells: Option<Vec<String>> = bars
                        .windows(2)
                        .map(|pair| {
                            let cell = text.get(pair.first()? + 1..*pair.get(1)?)?;
                            Some(cell.trim().to_owned())
                        })
                        .collect();
                    // Where the author broke a row, or a comment did, it stays as it is.
                    let is_whole = !text.get(first..last)?.contains('\n');
                    Some((first, last, cells.filter(|_| is_whole)?))
                })
                .collect();
            let mut widths: Vec<usize> = Vec::new();
            for (_, _, cells) in &rows {
                for (n, cell) in cells.iter().enumerate() {
                    match widths.get_mut(n) {
                        Some(width) => *width = (*width).max(cell.width()),
                        None => widths.push(cell.width()),
                    }
                }
            }
            for (first, last, cells) in rows.iter().rev() {
                let mut row = String::from("|");
                for (cell, width) in cells.iter().zip(&widths) {
                    let blanks = " ".repeat(width.saturating_sub(cell.width()));
                    row.push_str(&format!(" {cell}{blanks} |"));
                }
                text.replace_range(*first..=*last, &row);
            }
        }
        text
    }
}
