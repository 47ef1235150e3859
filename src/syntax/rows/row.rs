//! One row of a table: cells go in, an item comes out, or what is wrong with a cell.

use super::{Cells, Cx, Layout};
use crate::diagnostic::{Code, Diagnostic};
use crate::message::{Arg, Message};
use crate::number::Exact;
use crate::source::Span;
use crate::syntax::ast::{
    Block, BlockKind, Clause, ClauseKind, Evidence, Expr, ExprKind, Feed, Goal, Item, ItemKind,
    KindWord, Number, RowsKind, RowsRole, Timing, Word,
};
use crate::syntax::keywords;
use crate::syntax::parse::{is_id, is_stated, modality_of, timing_of};

/// What stands between several names in a cell.
const BETWEEN: [char; 2] = [';', '\u{FF1B}'];

/// The columns of a table by what they hold.
pub(super) struct Columns {
    /// Cells of the header.
    pub(super) n_cells: usize,
    /// The columns that are read.
    pub(super) roles: Vec<(usize, RowsRole)>,
}

impl Cx<'_> {
    /// The item of a row; nothing where it cannot be read.
    pub(super) fn row(
        &mut self,
        cells: &Cells<'_>,
        columns: &Columns,
        layout: &Layout<'_>,
    ) -> Option<Item> {
        let before = self.diagnostics.len();
        self.counted(cells, columns)?;
        let item = match layout.kind {
            RowsKind::Requirements => self.rule(cells, columns, layout),
            RowsKind::Links => self.link(cells, columns),
        };
        item.filter(|_| self.diagnostics.len() == before)
    }

    /// A row has a cell for each column of the header.
    fn counted(&mut self, cells: &Cells<'_>, columns: &Columns) -> Option<()> {
        let (found, expected) = (cells.n(), columns.n_cells);
        if found == expected {
            return Some(());
        }
        let why = Message::new("figure-field-count")
            .with("expected", expected)
            .with("found", found);
        let diagnostic = Diagnostic::new(Code::BadTableRow, cells.span()).with("why", why);
        self.diagnostics
            .push(diagnostic.help(Message::new("help-cells")));
        None
    }

    fn cell(&self, cells: &Cells<'_>, columns: &Columns, role: RowsRole) -> Option<Word> {
        let (n, _) = columns.roles.iter().find(|(_, known)| *known == role)?;
        Some(cells.word(*n)).filter(|word| !word.text.is_empty())
    }

    fn all(&self, cells: &Cells<'_>, columns: &Columns, role: RowsRole) -> Vec<Word> {
        let of_role = columns.roles.iter().filter(|(_, known)| *known == role);
        let words = of_role.map(|(n, _)| cells.word(*n));
        words.filter(|word| !word.text.is_empty()).collect()
    }

    /// A cell that must not be blank.
    fn needed(&mut self, cells: &Cells<'_>, columns: &Columns, role: RowsRole) -> Option<Word> {
        let found = self.cell(cells, columns, role);
        if found.is_none() {
            let at = columns.roles.iter().find(|(_, known)| *known == role);
            let place = at.map_or(cells.span(), |(n, _)| cells.word(*n).span);
            let why = Message::new("rows-blank").with("role", super::named(role));
            self.push(Code::BadTableRow, place, why);
        }
        found
    }

    fn id(&mut self, cells: &Cells<'_>, columns: &Columns) -> Option<Word> {
        let id = self.needed(cells, columns, RowsRole::Id)?;
        self.is_id(&id).then_some(id)
    }

    fn is_id(&mut self, id: &Word) -> bool {
        let is_one = is_id(&id.text);
        if !is_one {
            let why = Message::new("rows-id").with("name", &id.text);
            self.push(Code::BadTableRow, id.span, why);
        }
        is_one
    }

    fn link(&mut self, cells: &Cells<'_>, columns: &Columns) -> Option<Item> {
        let id = self.id(cells, columns);
        let indicator = self.needed(cells, columns, RowsRole::Indicator);
        let basis = self.needed(cells, columns, RowsRole::Basis)?;
        let is_stated = is_stated(&basis.text);
        if is_stated.is_none() {
            self.unknown("rows-basis", &basis, &["stated", "inferred"]);
        }
        let feed = Feed {
            indicator: indicator?,
            is_stated: is_stated?,
            labels: self.all(cells, columns, RowsRole::Note),
        };
        Some(Item {
            doc: String::new(),
            span: cells.span(),
            kind: ItemKind::Feed(id?, feed),
        })
    }

    fn rule(&mut self, cells: &Cells<'_>, columns: &Columns, layout: &Layout<'_>) -> Option<Item> {
        let id = self.id(cells, columns);
        let titles = [RowsRole::Zh, RowsRole::En].map(|role| self.cell(cells, columns, role));
        let [zh, en] = titles;
        if zh.is_none() && en.is_none() {
            let why = Message::new("rows-blank").with("role", super::named(RowsRole::En));
            self.push(Code::BadTableRow, cells.span(), why);
        }
        let span = cells.span();
        let mut clauses = Vec::new();
        let mut put = |kind: Option<ClauseKind>, span: Span| {
            clauses.extend(kind.map(|kind| Clause { kind, span }));
        };
        for (title, kind) in [
            (zh, ClauseKind::Zh as fn(Word) -> ClauseKind),
            (en, ClauseKind::En),
        ] {
            if let Some(title) = title {
                let at = title.span;
                put(Some(kind(title)), at);
            }
        }
        let category = self.all(cells, columns, RowsRole::Category);
        let category = match category.is_empty() {
            true => layout.category.map(<[Word]>::to_vec),
            false => Some(category),
        };
        put(category.map(ClauseKind::Category), span);
        put(self.kind(cells, columns, layout), span);
        put(self.modality(cells, columns), span);
        let evidence = layout.evidence?;
        put(
            id.as_ref()
                .map(|id| ClauseKind::Evidence(item_of(evidence, id))),
            span,
        );
        put(self.require(cells, columns, evidence), span);
        let owners = self.cell(cells, columns, RowsRole::Owner).map(several);
        put(owners.map(ClauseKind::Owner), span);
        put(self.part_of(cells, columns), span);
        put(self.cite(cells, columns, layout), span);
        let notes = self.all(cells, columns, RowsRole::Note);
        put((!notes.is_empty()).then_some(ClauseKind::Note(notes)), span);
        let block = Block {
            kind: BlockKind::Milestone,
            id: id?,
            label: None,
            clauses,
        };
        Some(Item {
            doc: String::new(),
            span,
            kind: ItemKind::Block(block),
        })
    }

    fn kind(
        &mut self,
        cells: &Cells<'_>,
        columns: &Columns,
        layout: &Layout<'_>,
    ) -> Option<ClauseKind> {
        let word = self.cell(cells, columns, RowsRole::Kind)?;
        let known = layout.kinds.iter().find(|(name, _)| name.text == word.text);
        let Some((_, labels)) = known else {
            let names: Vec<&str> = layout
                .kinds
                .iter()
                .map(|(name, _)| name.text.as_str())
                .collect();
            self.unknown("rows-kind", &word, &names);
            return None;
        };
        Some(ClauseKind::Kind(KindWord::Named(labels.to_vec())))
    }

    fn modality(&mut self, cells: &Cells<'_>, columns: &Columns) -> Option<ClauseKind> {
        let word = self.needed(cells, columns, RowsRole::Modality)?;
        let Some(modality) = modality_of(&word.text) else {
            let all = [
                "must",
                "must not",
                "should",
                "encourage",
                "explore",
                "pilot",
            ];
            self.unknown("rows-modality", &word, &all);
            return None;
        };
        let words = self.cell(cells, columns, RowsRole::Words);
        Some(ClauseKind::Modality { modality, words })
    }

    /// What the rule asks for: its item, by when the cell says.
    fn require(
        &mut self,
        cells: &Cells<'_>,
        columns: &Columns,
        evidence: &Evidence,
    ) -> Option<ClauseKind> {
        let word = self.needed(cells, columns, RowsRole::Timing)?;
        let (start, end) = (word.span.start as usize, word.span.end as usize);
        // The cell as it stands in the file, so that places in it are places of the file.
        let text = self.sources.text(cells.table).get(start..end).unwrap_or("");
        let (at, written) = match text
            .strip_prefix('"')
            .and_then(|rest| rest.strip_suffix('"'))
        {
            Some(inner) => (start + 1, inner),
            None => (start, text),
        };
        let timing = match timing_of(cells.table, at, written, self.limits) {
            Ok(Some(timing)) => Some(timing),
            Ok(None) => {
                self.bad_timing(&word);
                None
            }
            Err(problems) => {
                self.diagnostics.extend(problems);
                None
            }
        }?;
        // An item of evidence is no date that a day could be held against.
        if matches!(timing, Timing::ReachedBy(_) | Timing::EachYear { .. }) {
            self.bad_timing(&word);
            return None;
        }
        let name = Expr {
            kind: ExprKind::Name {
                name: evidence.id.clone(),
                selectors: Vec::new(),
            },
            span: evidence.id.span,
        };
        Some(ClauseKind::Require {
            goal: Goal::Condition(name),
            timing: Some(timing),
        })
    }

    fn bad_timing(&mut self, word: &Word) {
        let why = Message::new("rows-timing").with("name", &word.text);
        let diagnostic = Diagnostic::new(Code::BadTableRow, word.span).with("why", why);
        self.diagnostics
            .push(diagnostic.help(Message::new("help-rows-timing")));
    }

    fn part_of(&mut self, cells: &Cells<'_>, columns: &Columns) -> Option<ClauseKind> {
        let wholes = several(self.cell(cells, columns, RowsRole::PartOf)?);
        let are_ids = wholes.iter().all(|word| self.is_id(word));
        are_ids.then_some(ClauseKind::PartOf {
            wholes,
            under: None,
        })
    }

    fn cite(
        &mut self,
        cells: &Cells<'_>,
        columns: &Columns,
        layout: &Layout<'_>,
    ) -> Option<ClauseKind> {
        let own = self.cell(cells, columns, RowsRole::Source);
        let document = own.or_else(|| layout.source.cloned())?;
        let section = self.cell(cells, columns, RowsRole::Section);
        let section = section.unwrap_or_else(|| Word {
            text: String::new(),
            span: cells.span(),
        });
        let line = self.cell(cells, columns, RowsRole::Line);
        let line = match line {
            Some(word) => Some(self.line(&word)?),
            None => None,
        };
        Some(ClauseKind::Cite {
            document,
            section,
            quote: self.cell(cells, columns, RowsRole::Quote),
            line,
        })
    }

    fn line(&mut self, word: &Word) -> Option<Number> {
        let Some(line) = word.text.parse::<u32>().ok().filter(|line| *line > 0) else {
            let why = Message::new("rows-line").with("name", &word.text);
            self.push(Code::BadTableRow, word.span, why);
            return None;
        };
        Some(Number {
            value: Exact::from(i64::from(line)),
            text: line.to_string(),
            span: word.span,
        })
    }

    /// A word that is none of those that may stand there.
    fn unknown(&mut self, key: &'static str, word: &Word, names: &[&str]) {
        let near = crate::fold::nearest(&word.text, names.iter().copied());
        let near = near.map(|(name, _)| name.to_owned());
        let shown = names.iter().map(|name| {
            let keyword = keywords().iter().find(|keyword| keyword.en == *name);
            Arg::from(keyword.map_or_else(|| (*name).to_owned(), super::super::Keyword::both))
        });
        let help = Message::new("help-known-names").with("names", Arg::List(shown.collect()));
        let why = Message::new(key).with("name", &word.text);
        let diagnostic = Diagnostic::new(Code::BadTableRow, word.span).with("why", why);
        self.diagnostics.push(match near.is_some() {
            true => diagnostic.meant(near),
            false => diagnostic.help(help),
        });
    }
}

/// The item of evidence of a rule: that of all rows, at the id of this one.
fn item_of(evidence: &Evidence, id: &Word) -> Evidence {
    Evidence {
        id: Word {
            text: evidence.id.text.clone(),
            span: id.span,
        },
        ..evidence.clone()
    }
}

/// The names of a cell that holds several.
fn several(word: Word) -> Vec<Word> {
    let names = word.text.split(BETWEEN).map(str::trim);
    let named = names.filter(|name| !name.is_empty()).map(|name| Word {
        text: name.to_owned(),
        span: word.span,
    });
    named.collect()
}
