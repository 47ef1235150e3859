//! How much of a document a set of packs covers: its outline and what packs cite go in, one answer
//! for each section comes out. Never looks at what a rule says, only at the lines that it cites.

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic};
use crate::figures::grid::{self, Extents, Record};
use crate::figures::sentence;
use crate::message::{Label, Message};
use crate::program::Program;
use crate::source::{SourceId, Sources, Span};
use crate::syntax::cell_span;

/// Headers of an outline, in no order.
const HEADERS: [&str; 9] = [
    "section", "level", "title_zh", "title_en", "document", "first", "last", "prose_zh", "prose_en",
];

/// A section of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Its number or name.
    pub id: String,
    /// What it is: a section, a task, a box.
    pub level: String,
    /// Its title.
    pub title: Label,
    /// The id of the document.
    pub document: String,
    /// Its first line, counted from 1.
    pub first: u32,
    /// Its last line.
    pub last: u32,
    /// Why it holds nothing that could be checked; empty where it does.
    pub prose: Label,
}

/// What is known of a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Nothing cites it, and nobody says that there is nothing to check.
    Missing,
    /// It is declared to hold nothing that could be checked.
    Prose,
    /// Rules cite lines of it.
    Covered,
}

impl State {
    /// The word of the machine output.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            State::Missing => "missing",
            State::Prose => "prose",
            State::Covered => "covered",
        }
    }
}

/// A section with the rules that cite it.
#[derive(Debug, Clone)]
pub struct Covered {
    /// The section.
    pub section: Section,
    /// The rules that cite lines of it, each by its pack and its id, in order.
    pub rules: Vec<(String, String)>,
}

impl Covered {
    /// What is known of it. Rules count for more than what is declared.
    #[must_use]
    pub fn state(&self) -> State {
        let prose = &self.section.prose;
        match () {
            () if !self.rules.is_empty() => State::Covered,
            () if !prose.zh.is_empty() || !prose.en.is_empty() => State::Prose,
            () => State::Missing,
        }
    }
}

/// How much of a document is covered.
#[derive(Debug, Clone)]
pub struct Coverage {
    /// All sections, in the order of the outline.
    pub sections: Vec<Covered>,
    /// Rules that cite one of the documents at no line of any section, each by its pack and its id.
    pub elsewhere: Vec<(String, String)>,
}

impl Coverage {
    /// How many sections are in a state.
    #[must_use]
    pub fn count(&self, state: State) -> usize {
        let of = self
            .sections
            .iter()
            .filter(|covered| covered.state() == state);
        of.count()
    }

    /// Holds the rules of packs against an outline.
    ///
    /// ```
    /// use plumbrule::coverage::{Coverage, State, read_outline};
    ///
    /// let mut sources = plumbrule::Sources::with_std();
    /// sources.add("pack.plumb", r#"
    /// pack city "City" { entity city }
    /// entity city "The city" {}
    /// instrument plan "The plan" {}
    /// milestone m "A list" { evidence list "List" require list by 2025 cite plan "1" line 4 }
    /// "#);
    /// let program = plumbrule::compile(&sources).map_err(|_| "a problem in the pack")?;
    /// let header = "section\tlevel\ttitle_zh\ttitle_en\tdocument\tfirst\tlast\tprose_zh\tprose_en";
    /// let rows = "1\tsection\t\tAims\tplan\t1\t9\t\t\n2\tsection\t\tHistory\tplan\t10\t20\t\t";
    /// let outline = sources.add("outline.tsv", &format!("{header}\n{rows}\n"));
    /// let sections = read_outline(&sources, outline).map_err(|_| "a problem in the outline")?;
    /// let coverage = Coverage::of(&sections, &[program]);
    /// assert_eq!(coverage.sections[0].state(), State::Covered);
    /// assert_eq!(coverage.sections[1].state(), State::Missing);
    /// # Ok::<(), &str>(())
    /// ```
    #[must_use]
    pub fn of(sections: &[Section], programs: &[Program]) -> Coverage {
        let mut found: Vec<Covered> = sections
            .iter()
            .map(|section| Covered {
                section: section.clone(),
                rules: Vec::new(),
            })
            .collect();
        let documents: BTreeSet<&str> = sections.iter().map(|one| one.document.as_str()).collect();
        let mut elsewhere = Vec::new();
        for program in programs {
            let model = &program.model;
            let own = model
                .rules
                .values()
                .filter(|rule| program.is_own(rule.span));
            for rule in own {
                let name = (model.pack.id.clone(), rule.id.clone());
                let (mut is_cited, mut is_placed) = (false, false);
                for citation in &rule.citations {
                    let document = model.instruments[citation.instrument].id.as_str();
                    is_cited |= documents.contains(document);
                    let line = citation
                        .line
                        .as_ref()
                        .and_then(|line| line.parse::<u32>().ok());
                    let Some(line) = line else { continue };
                    let holds = |one: &&mut Covered| {
                        let section = &one.section;
                        section.document == document
                            && (section.first..=section.last).contains(&line)
                    };
                    for covered in found.iter_mut().filter(holds) {
                        is_placed = true;
                        if covered.rules.last() != Some(&name) {
                            covered.rules.push(name.clone());
                        }
                    }
                }
                if is_cited && !is_placed {
                    elsewhere.push(name);
                }
            }
        }
        Coverage {
            sections: found,
            elsewhere,
        }
    }
}

/// Reads an outline: a table with a row for each section. Its columns are `section`, `level`,
/// `title_zh`, `title_en`, `document`, `first`, `last`, `prose_zh` and `prose_en`.
///
/// # Errors
///
/// What is wrong with it, each at its cell.
pub fn read_outline(sources: &Sources, id: SourceId) -> Result<Vec<Section>, Vec<Diagnostic>> {
    let text = sources.text(id);
    let start = cell_span(id, (0, 0));
    let bad = |span: Span, why: Message| Diagnostic::new(Code::BadOutline, span).with("why", why);
    let is_known = |header: &str| HEADERS.contains(&header.trim());
    let limits = grid::Limits::default();
    let grid = grid::delimited::open(text.as_bytes(), &is_known, &limits)
        .map_err(|problem| vec![bad(start, sentence(&problem))])?;
    let mut extents = Extents::new(text.as_bytes(), grid.delimiter.unwrap_or(b'\t'));
    let mut columns: Option<Vec<Option<usize>>> = None;
    let (mut sections, mut problems) = (Vec::new(), Vec::new());
    for record in grid.records {
        let record = match record {
            Ok(record) if record.is_blank() => continue,
            Ok(record) => record,
            Err(problem) => {
                let spans = extents.record(problem.place.line);
                let place = spans.first().copied().unwrap_or((0, 0));
                problems.push(bad(cell_span(id, place), sentence(&problem)));
                continue;
            }
        };
        let row = Row {
            id,
            record: &record,
            spans: extents.record(record.line),
        };
        match &columns {
            None => {
                let at = |name: &&str| {
                    record
                        .cells
                        .iter()
                        .position(|cell| cell.text.trim() == *name)
                };
                let found: Vec<Option<usize>> = HEADERS.iter().map(at).collect();
                for (name, at) in HEADERS.iter().zip(&found) {
                    if at.is_none() {
                        let why = Message::new("outline-no-column").with("name", *name);
                        problems.push(bad(row.span(0), why));
                    }
                }
                columns = Some(found);
            }
            Some(columns) => match row.section(columns) {
                Ok(section) => sections.push(section),
                Err((n, why)) => problems.push(bad(row.span(n), why)),
            },
        }
    }
    if sections.is_empty() && problems.is_empty() {
        problems.push(bad(start, Message::new("outline-empty")));
    }
    match problems.is_empty() {
        true => Ok(sections),
        false => Err(problems),
    }
}

/// A row of an outline.
struct Row<'a> {
    id: SourceId,
    record: &'a Record,
    spans: Vec<(usize, usize)>,
}

impl Row<'_> {
    fn span(&self, n: usize) -> Span {
        let place = self.spans.get(n).or_else(|| self.spans.first());
        cell_span(self.id, place.copied().unwrap_or((0, 0)))
    }

    /// The section, or the cell that is wrong and why.
    fn section(&self, columns: &[Option<usize>]) -> Result<Section, (usize, Message)> {
        let at = |n: usize| columns.get(n).copied().flatten().unwrap_or(usize::MAX);
        let text = |n: usize| {
            let cell = self.record.cells.get(at(n));
            cell.map_or("", |cell| cell.text.trim()).to_owned()
        };
        let line = |n: usize| {
            let found = text(n).parse::<u32>().ok().filter(|line| *line > 0);
            let why = || Message::new("rows-line").with("name", text(n));
            found.ok_or_else(|| (at(n), why()))
        };
        let needed = |n: usize| match text(n) {
            blank if blank.is_empty() => {
                let name = HEADERS.get(n).copied().unwrap_or_default();
                Err((at(n), Message::new("outline-blank").with("name", name)))
            }
            text => Ok(text),
        };
        let (first, last) = (line(5)?, line(6)?);
        if last < first {
            return Err((at(6), Message::new("outline-order")));
        }
        Ok(Section {
            id: needed(0)?,
            level: text(1),
            title: Label {
                zh: text(2),
                en: text(3),
            },
            document: needed(4)?,
            first,
            last,
            prose: Label {
                zh: text(7),
                en: text(8),
            },
        })
    }
}
