//! Rules as tables: the tables that rule files name go in, items as anybody might have written them
//! come out, each part of them at its cell. Never guesses what a column holds, and never adds to
//! what a row says.

use std::collections::BTreeMap;

use super::ast::{
    Evidence, Item, ItemKind, Module, Rows, RowsClauseKind, RowsKind, RowsRole, Word,
};
use super::parse::span;
use super::{Limits, parse};
use crate::diagnostic::{Code, Diagnostic};
use crate::figures::grid::{self, Extents, Record};
use crate::figures::sentence;
use crate::message::{Arg, Message};
use crate::source::{SourceId, Sources, Span};

mod row;
use row::Columns;

/// Parses all rule files, and reads the tables that they name.
///
/// Gives one module for each text, in order: that of a table holds the rules of its rows.
///
/// ```
/// use plumbrule::syntax::{Limits, parse_all};
///
/// let mut sources = plumbrule::Sources::new();
/// sources.add("pack.plumb", r#"
/// requirements "Duties of the city" {
///   file "duties.tsv"
///   evidence told "Told to be done"
///   column "id" as id
///   column "title" as en
///   column "modality" as modality
///   column "timing" as timing
/// }
/// "#);
/// sources.add("duties.tsv", "id\ttitle\tmodality\ttiming\nd.1\tA report\tmust\tby 2025\n");
/// let (modules, problems) = parse_all(&sources, &Limits::default());
/// assert!(problems.is_empty());
/// assert_eq!(modules[1].items.len(), 1);
/// ```
#[must_use]
pub fn parse_all(sources: &Sources, limits: &Limits) -> (Vec<Module>, Vec<Diagnostic>) {
    let mut parsed = parse_changed(sources, limits, &|_| None);
    parsed.problems.append(&mut parsed.of_rows);
    (parsed.modules, parsed.problems)
}

/// Rule files and their tables as trees.
pub(crate) struct Parsed {
    /// One for each text, in order.
    pub(crate) modules: Vec<Module>,
    /// What could not be read of rule files.
    pub(crate) problems: Vec<Diagnostic>,
    /// What is wrong with tables that hold rules.
    pub(crate) of_rows: Vec<Diagnostic>,
}

/// A rule file that was parsed before, and its problems.
pub(crate) type Known = (Module, Vec<Diagnostic>);

/// The same as [`parse_all`], without parsing once more what is known already.
pub(crate) fn parse_changed(
    sources: &Sources,
    limits: &Limits,
    known: &dyn Fn(SourceId) -> Option<Known>,
) -> Parsed {
    let (mut modules, mut diagnostics) = (Vec::new(), Vec::new());
    for id in sources.ids() {
        let (module, mut problems) = match sources.is_table(id) {
            true => (Module { items: Vec::new() }, Vec::new()),
            false => known(id).unwrap_or_else(|| parse(id, sources.text(id), limits)),
        };
        modules.push(module);
        diagnostics.append(&mut problems);
    }
    let mut of_rows = Vec::new();
    let mut read: BTreeMap<SourceId, Vec<Item>> = BTreeMap::new();
    for (user, module) in sources.ids().zip(&modules) {
        for item in &module.items {
            let ItemKind::Rows(rows) = &item.kind else {
                continue;
            };
            let mut cx = Cx {
                sources,
                limits,
                user,
                diagnostics: Vec::new(),
            };
            cx.item(item, rows, &mut read);
            of_rows.append(&mut cx.diagnostics);
        }
    }
    for (id, module) in sources.ids().zip(&mut modules) {
        module.items.extend(read.remove(&id).unwrap_or_default());
    }
    Parsed {
        modules,
        problems: diagnostics,
        of_rows,
    }
}

/// The tables that a rule file names, whether they are there or not.
#[must_use]
pub fn tables_of(module: &Module) -> Vec<&str> {
    let rows = module.items.iter().filter_map(|item| match &item.kind {
        ItemKind::Rows(rows) => Some(rows),
        _ => None,
    });
    let mut found: Vec<&str> = rows
        .flat_map(files)
        .map(|word| word.text.as_str())
        .collect();
    found.retain(|name| is_beside(name));
    found.sort_unstable();
    found.dedup();
    found
}

fn files(rows: &Rows) -> impl Iterator<Item = &Word> {
    let files = rows.clauses.iter().filter_map(|clause| match &clause.kind {
        RowsClauseKind::File(words) => Some(words),
        _ => None,
    });
    files.flatten()
}

/// Whether a name leads to a table beside the file or below, and not elsewhere.
fn is_beside(name: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let is_table = ["tsv", "csv"]
        .iter()
        .any(|known| ending.eq_ignore_ascii_case(known));
    let mut parts = name.split('/');
    is_table
        && !name.contains(['\\', ':', '\0'])
        && parts.all(|part| !matches!(part, "" | "." | ".."))
}

/// The context of one item.
struct Cx<'a> {
    sources: &'a Sources,
    limits: &'a Limits,
    /// The rule file that the item stands in.
    user: SourceId,
    diagnostics: Vec<Diagnostic>,
}

/// What all rows of the tables of an item have in common.
struct Layout<'a> {
    kind: RowsKind,
    label: &'a Word,
    columns: Vec<(&'a Word, RowsRole)>,
    ignored: Vec<&'a Word>,
    source: Option<&'a Word>,
    /// Words for kinds of rules, with their names.
    kinds: Vec<(&'a Word, &'a [Word])>,
    category: Option<&'a [Word]>,
    evidence: Option<&'a Evidence>,
}

impl Layout<'_> {
    fn has(&self, role: RowsRole) -> bool {
        self.columns.iter().any(|(_, known)| *known == role)
    }
}

impl Cx<'_> {
    fn push(&mut self, code: Code, span: Span, why: Message) {
        self.diagnostics
            .push(Diagnostic::new(code, span).with("why", why));
    }

    fn item(&mut self, item: &Item, rows: &Rows, read: &mut BTreeMap<SourceId, Vec<Item>>) {
        let Some(layout) = self.layout(rows) else {
            return;
        };
        let mut n_files = 0;
        for word in files(rows) {
            n_files += 1;
            if !is_beside(&word.text) {
                self.push(Code::BadRows, word.span, Message::new("rows-elsewhere"));
                continue;
            }
            match self.sources.beside(self.user, &word.text) {
                Some(table) => {
                    let found = self.table(table, word, &layout);
                    read.entry(table).or_default().extend(found);
                }
                None => {
                    let why = Message::new("rows-not-there").with("name", &word.text);
                    self.push(Code::BadRows, word.span, why);
                }
            }
        }
        if n_files == 0 {
            self.push(Code::BadRows, item.span, Message::new("rows-no-file"));
        }
    }

    /// What the clauses say; nothing where rows cannot be read by it.
    fn layout<'r>(&mut self, rows: &'r Rows) -> Option<Layout<'r>> {
        let mut layout = Layout {
            kind: rows.kind,
            label: &rows.label,
            columns: Vec::new(),
            ignored: Vec::new(),
            source: None,
            kinds: Vec::new(),
            category: None,
            evidence: None,
        };
        let before = self.diagnostics.len();
        for clause in &rows.clauses {
            let is_twice = match &clause.kind {
                RowsClauseKind::File(_) => false,
                RowsClauseKind::Ignore(words) => {
                    layout.ignored.extend(words);
                    false
                }
                RowsClauseKind::Column(header, role) => {
                    let same = layout.columns.iter().filter(|(_, known)| known == role);
                    let most = 1 + usize::from(role.is_repeatable());
                    let is_twice = same.count() >= most
                        || layout
                            .columns
                            .iter()
                            .any(|(known, _)| known.text == header.text);
                    if !is_allowed(rows.kind, *role) {
                        let why = Message::new("rows-role").with("role", named(*role));
                        self.push(Code::BadRows, clause.span, why);
                    }
                    layout.columns.push((header, *role));
                    is_twice
                }
                RowsClauseKind::Kind(name, labels) => {
                    let is_twice = layout
                        .kinds
                        .iter()
                        .any(|(known, _)| known.text == name.text);
                    layout.kinds.push((name, labels));
                    is_twice
                }
                RowsClauseKind::Source(word) => layout.source.replace(word).is_some(),
                RowsClauseKind::Category(words) => layout.category.replace(words).is_some(),
                RowsClauseKind::Evidence(evidence) => layout.evidence.replace(evidence).is_some(),
            };
            if is_twice {
                self.push(Code::BadRows, clause.span, Message::new("rows-twice"));
            }
        }
        self.complete(&layout);
        (self.diagnostics.len() == before).then_some(layout)
    }

    /// Reports what a layout lacks.
    fn complete(&mut self, layout: &Layout<'_>) {
        let needed: &[RowsRole] = match layout.kind {
            RowsKind::Requirements => &[RowsRole::Id, RowsRole::Modality, RowsRole::Timing],
            RowsKind::Links => &[RowsRole::Id, RowsRole::Indicator, RowsRole::Basis],
        };
        let is_rule = layout.kind == RowsKind::Requirements;
        let mut lacking: Vec<Arg> = needed
            .iter()
            .filter(|role| !layout.has(**role))
            .map(|role| named(*role))
            .collect();
        if is_rule && !layout.has(RowsRole::Zh) && !layout.has(RowsRole::En) {
            lacking.push(named(RowsRole::En));
        }
        let at = layout.label.span;
        if !lacking.is_empty() {
            let why = Message::new("rows-lacks").with("roles", Arg::List(lacking));
            self.push(Code::BadRows, at, why);
        }
        if is_rule && layout.evidence.is_none() {
            self.push(Code::BadRows, at, Message::new("rows-no-evidence"));
        }
        if !is_rule
            && (layout.evidence.is_some() || layout.source.is_some() || !layout.kinds.is_empty())
        {
            self.push(Code::BadRows, at, Message::new("rows-of-links"));
        }
        let cites = [RowsRole::Section, RowsRole::Line, RowsRole::Quote];
        let is_cited = cites.iter().any(|role| layout.has(*role));
        if is_cited && layout.source.is_none() && !layout.has(RowsRole::Source) {
            self.push(Code::BadRows, at, Message::new("rows-no-source"));
        }
    }

    /// The items of all rows of a table.
    fn table(&mut self, table: SourceId, named: &Word, layout: &Layout<'_>) -> Vec<Item> {
        let text = self.sources.text(table);
        let start = span(table, (0, 0));
        if text.len() > self.limits.bytes {
            let diagnostic = Diagnostic::new(Code::TooLarge, start)
                .with("what", Message::new("syntax-file"))
                .with("found", text.len())
                .with("limit", self.limits.bytes);
            self.diagnostics.push(diagnostic);
            return Vec::new();
        }
        let is_known = |header: &str| {
            let mut columns = layout.columns.iter().map(|(word, _)| *word);
            let header = header.trim();
            columns.any(|word| word.text == header)
                || layout.ignored.iter().any(|word| word.text == header)
        };
        let limits = grid::Limits::default();
        let grid = match grid::delimited::open(text.as_bytes(), &is_known, &limits) {
            Ok(grid) => grid,
            Err(problem) => {
                self.push(Code::BadTableRow, start, sentence(&problem));
                return Vec::new();
            }
        };
        let mut extents = Extents::new(text.as_bytes(), grid.delimiter.unwrap_or(b'\t'));
        let mut at = None;
        let (mut items, mut n_found) = (Vec::new(), 0);
        for record in grid.records {
            let before = self.diagnostics.len();
            match record {
                Ok(record) if record.is_blank() => {}
                Ok(record) => {
                    let spans = extents.record(record.line);
                    let cells = Cells::new(table, &record, &spans);
                    match &at {
                        None => at = Some(self.header(&cells, named, layout)),
                        Some(None) => break,
                        Some(Some(at)) => items.extend(self.row(&cells, at, layout)),
                    }
                }
                Err(problem) => {
                    let cells = extents.record(problem.place.line);
                    let nth = problem.place.column.saturating_sub(1);
                    let cell = cells.get(nth).or_else(|| cells.last()).copied();
                    let first = extents.record(problem.place.line).first().copied();
                    let place = cell.or(first).unwrap_or((0, 0));
                    self.push(Code::BadTableRow, span(table, place), sentence(&problem));
                }
            }
            n_found += self.diagnostics.len() - before;
            if n_found > self.limits.diagnostics {
                let diagnostic = Diagnostic::new(Code::TooManyProblems, start);
                self.diagnostics.push(diagnostic.with("count", n_found));
                break;
            }
        }
        items
    }

    /// The column of each role; nothing where a header is not as the item says.
    fn header(&mut self, cells: &Cells<'_>, named: &Word, layout: &Layout<'_>) -> Option<Columns> {
        let mut found = Vec::new();
        let before = self.diagnostics.len();
        for n in 0..cells.n() {
            let header = cells.word(n);
            let role = layout
                .columns
                .iter()
                .find(|(word, _)| word.text == header.text);
            let is_ignored = layout.ignored.iter().any(|word| word.text == header.text);
            match role {
                _ if header.text.is_empty() => {
                    self.push(
                        Code::BadTableRow,
                        header.span,
                        Message::new("rows-blank-header"),
                    );
                }
                Some((_, role)) => found.push((n, *role)),
                None if is_ignored => {}
                None => {
                    let names = layout.columns.iter().map(|(word, _)| word.text.as_str());
                    let near =
                        crate::fold::nearest(&header.text, names).map(|(name, _)| name.to_owned());
                    let why = Message::new("rows-unknown-header").with("name", &header.text);
                    let diagnostic =
                        Diagnostic::new(Code::BadTableRow, header.span).with("why", why);
                    self.diagnostics.push(diagnostic.meant(near));
                }
            }
        }
        let all = layout.columns.iter().map(|(word, _)| *word);
        for word in all.chain(layout.ignored.iter().copied()) {
            let n_same = (0..cells.n())
                .filter(|n| cells.text(*n) == word.text)
                .count();
            if n_same != 1 {
                let key = if n_same == 0 {
                    "rows-no-column"
                } else {
                    "rows-column-twice"
                };
                let why = Message::new(key)
                    .with("name", &word.text)
                    .with("file", &named.text);
                let headers = (0..cells.n()).map(|n| Arg::from(cells.text(n))).collect();
                let help = Message::new("help-headers-are").with("names", Arg::List(headers));
                let diagnostic = Diagnostic::new(Code::BadRows, word.span).with("why", why);
                self.diagnostics.push(diagnostic.help(help));
            }
        }
        (self.diagnostics.len() == before).then_some(Columns {
            n_cells: cells.n(),
            roles: found,
        })
    }
}

/// Both forms of the keyword of a role, as code.
fn named(role: RowsRole) -> Arg {
    let keyword = super::keywords().iter().find(|it| it.en == role.keyword());
    let both = keyword.map_or_else(|| role.keyword().to_owned(), super::Keyword::both);
    Arg::from(format!("`{both}`"))
}

/// What rows of each kind may say.
fn is_allowed(kind: RowsKind, role: RowsRole) -> bool {
    let of_links = matches!(role, RowsRole::Indicator | RowsRole::Basis);
    match kind {
        RowsKind::Requirements => !of_links,
        RowsKind::Links => of_links || matches!(role, RowsRole::Id | RowsRole::Note),
    }
}

/// The cells of a record, with their places.
struct Cells<'a> {
    table: SourceId,
    record: &'a Record,
    spans: &'a [(usize, usize)],
}

impl<'a> Cells<'a> {
    fn new(table: SourceId, record: &'a Record, spans: &'a [(usize, usize)]) -> Cells<'a> {
        Cells {
            table,
            record,
            spans,
        }
    }

    fn n(&self) -> usize {
        self.record.cells.len()
    }

    /// The text of a cell without blanks around it.
    fn text(&self, n: usize) -> &'a str {
        self.record.cells.get(n).map_or("", |cell| cell.text.trim())
    }

    /// Where a cell stands; what a record lacks stands at its end.
    fn place(&self, n: usize) -> (usize, usize) {
        let end = self.spans.last().map_or(0, |(_, end)| *end);
        self.spans.get(n).copied().unwrap_or((end, end))
    }

    fn word(&self, n: usize) -> Word {
        Word {
            text: self.text(n).to_owned(),
            span: span(self.table, self.place(n)),
        }
    }

    /// The whole record.
    fn span(&self) -> Span {
        let start = self.spans.first().map_or(0, |(start, _)| *start);
        let end = self.spans.last().map_or(start, |(_, end)| *end);
        span(self.table, (start, end))
    }
}
