//! Mappings: how tables are laid out whose headers do not tell. Typed; read by `figures/table`.

use super::{EntityId, FigureRef};
use crate::figures::table::Column;
use crate::period::Period;
use crate::source::Span;

/// How a table is laid out.
#[derive(Debug, Clone)]
pub struct TableMapping {
    /// Its name.
    pub name: String,
    /// Names of files that it is about, with `*` and `?`; none means any.
    pub files: Vec<String>,
    /// Names of sheets that it is about, with `*` and `?`; none means any.
    pub sheets: Vec<String>,
    /// First and last row of the header, from 1.
    pub header: Option<(usize, usize)>,
    /// First and last row of figures, from 1.
    pub rows: Option<(usize, Option<usize>)>,
    /// What its columns are.
    pub columns: Vec<MappedColumn>,
    /// What holds for all figures.
    pub shared: FixedParts,
    /// Texts that say that there is no figure.
    pub missing: Vec<String>,
    /// Where its name stands.
    pub span: Span,
}

/// A column of a mapping.
#[derive(Debug, Clone)]
pub struct MappedColumn {
    /// Which one.
    pub at: MappedPlace,
    /// What its cells are.
    pub meaning: Mapped,
    /// Where it is written.
    pub span: Span,
}

/// How a mapping names a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MappedPlace {
    /// By its header.
    Header(String),
    /// By its number, from 1.
    Number(usize),
}

/// What the cells of a mapped column are.
#[derive(Debug, Clone)]
pub enum Mapped {
    /// They hold this for the figures of their row.
    Holds(Column),
    /// They are figures.
    Figures(FixedParts),
    /// They are left out.
    Ignored,
}

/// What a mapping fixes for figures.
#[derive(Debug, Clone, Default)]
pub struct FixedParts {
    /// Indicator, definition, measure, breakdown and entity.
    pub figure: Option<FigureRef>,
    /// The period.
    pub period: Option<Period>,
    /// The entity.
    pub entity: Option<EntityId>,
    /// The unit as written.
    pub unit: Option<String>,
    /// The source.
    pub source: Option<String>,
    /// When it was published.
    pub published: Option<Period>,
}

impl TableMapping {
    /// Whether the mapping is about a sheet of a file.
    #[must_use]
    pub fn is_about(&self, file: &str, sheet: Option<&str>) -> bool {
        let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
        let fits = |patterns: &[String], text: &str| {
            patterns.is_empty() || patterns.iter().any(|pattern| matches(pattern, text))
        };
        fits(&self.files, name) && fits(&self.sheets, sheet.unwrap_or_default())
    }
}

/// Whether a text is what a pattern of `*` and `?` stands for.
fn matches(pattern: &str, text: &str) -> bool {
    let pattern: Vec<char> = pattern.chars().collect();
    let text: Vec<char> = text.chars().collect();
    let (mut p, mut t) = (0, 0);
    // Where the last `*` stood, and up to where it reaches.
    let mut star: Option<(usize, usize)> = None;
    while t < text.len() {
        match pattern.get(p) {
            Some('*') => {
                star = Some((p, t));
                p += 1;
            }
            Some(c) if *c == '?' || text.get(t) == Some(c) => {
                p += 1;
                t += 1;
            }
            _ => {
                let Some((from, reach)) = star else {
                    return false;
                };
                star = Some((from, reach + 1));
                p = from + 1;
                t = reach + 1;
            }
        }
    }
    pattern
        .get(p..)
        .is_some_and(|rest| rest.iter().all(|c| *c == '*'))
}
