//! Packs put together from the items of two: definitions of one, rules or methods of the other.
//!
//! Two packs go in, the text of a third comes out, which is compiled like any other. Never reads
//! into an item further than to its clauses.

use std::collections::{BTreeMap, BTreeSet};
use std::mem::discriminant;

use super::Factor;
use crate::compile::{CompileLimits, compile_with};
use crate::program::Program;
use crate::source::{SourceId, Sources, Span};
use crate::syntax::ast::{BlockKind, Clause, ClauseKind, Item, ItemKind};

/// An item of a pack.
pub(super) struct Piece {
    /// To what it belongs: definitions or rules.
    pub(super) factor: Factor,
    pub(super) span: Span,
    pub(super) clauses: Vec<Clause>,
    /// Whether it is a block, which clauses of the other pack may be put into.
    is_block: bool,
}

/// What an item is named by: its kind, its id, and the used pack that it is of.
pub(super) type Name = (u8, String, String);

/// The items of both packs, by kind and name.
pub(super) struct Packs<'a> {
    pub(super) was: Pieces<'a>,
    pub(super) now: Pieces<'a>,
}

/// The items of one pack.
pub(super) struct Pieces<'a> {
    pub(super) sources: &'a Sources,
    pub(super) by_name: BTreeMap<Name, Piece>,
}

impl Piece {
    /// A table that rules are read from: all of it, for a row means nothing without its header.
    fn of_table(sources: &Sources, id: SourceId) -> Piece {
        Piece {
            factor: Factor::Rule,
            span: Span {
                source: id,
                start: 0,
                end: u32::try_from(sources.text(id).len()).unwrap_or(u32::MAX),
            },
            clauses: Vec::new(),
            is_block: false,
        }
    }
}

/// The name of a file without its folder.
fn base_name(file: &str) -> String {
    let name = file.rsplit(['/', '\\']).next();
    name.unwrap_or(file).to_owned()
}

impl<'a> Pieces<'a> {
    fn new(program: &'a Program) -> Pieces<'a> {
        let sources = &program.sources;
        let mut by_name = BTreeMap::new();
        // Used packs count as well; the standard library is that of the program on both sides.
        let is_pack = |id: &SourceId| sources.is_own(*id) || sources.pack_of(*id).is_some();
        for id in sources.ids().filter(is_pack) {
            let pack = sources.pack_of(id).unwrap_or_default().to_owned();
            if sources.is_table(id) {
                by_name.insert(
                    (10, base_name(sources.name(id)), pack),
                    Piece::of_table(sources, id),
                );
                continue;
            }
            let limits = crate::syntax::Limits {
                // It was read once within its bounds.
                bytes: sources.text(id).len(),
                ..crate::syntax::Limits::default()
            };
            let (module, _) = crate::syntax::parse(id, sources.text(id), &limits);
            for item in module.items {
                let text = one_line(sources.slice(item.span));
                let piece = piece(item, text);
                by_name.extend(piece.map(|((kind, name), it)| ((kind, name, pack.clone()), it)));
            }
        }
        Pieces { sources, by_name }
    }

    /// An item of a kind and id, of the pack itself before those that it uses.
    pub(super) fn find(&self, kind: u8, id: &str) -> Option<&Piece> {
        let from = (kind, id.to_owned(), String::new());
        let mut all = self.by_name.range(from..);
        let first = all
            .next()
            .filter(|(name, _)| (name.0, name.1.as_str()) == (kind, id));
        first.map(|(_, piece)| piece)
    }

    /// What the items say that belongs to a factor, however it is laid out.
    fn said(&self, factor: Factor) -> BTreeMap<&Name, Vec<String>> {
        let mut said = BTreeMap::new();
        for (name, piece) in &self.by_name {
            let texts = match factor {
                Factor::Method => self.texts(piece, is_method),
                _ if piece.factor != factor => continue,
                _ if piece.is_block => {
                    let head = piece.clauses.first().map_or(piece.span, |first| Span {
                        end: first.span.start,
                        ..piece.span
                    });
                    let mut texts = vec![one_line(self.sources.slice(head))];
                    texts.extend(self.texts(piece, |clause| !is_method(clause)));
                    texts
                }
                _ => vec![one_line(self.sources.slice(piece.span))],
            };
            if !texts.is_empty() {
                said.insert(name, texts);
            }
        }
        said
    }

    fn texts(&self, piece: &Piece, wanted: impl Fn(&Clause) -> bool) -> Vec<String> {
        let clauses = piece.clauses.iter().filter(|clause| wanted(clause));
        clauses
            .map(|clause| one_line(self.sources.slice(clause.span)))
            .collect()
    }
}

impl<'a> Packs<'a> {
    pub(super) fn new(was: &'a Program, now: &'a Program) -> Packs<'a> {
        Packs {
            was: Pieces::new(was),
            now: Pieces::new(now),
        }
    }

    /// Whether the packs differ in what belongs to a factor.
    pub(super) fn differs(&self, factor: Factor) -> bool {
        let (mut was, mut now) = (self.was.said(factor), self.now.said(factor));
        if factor == Factor::Method {
            // The methods of an item that only one pack has come and go with it.
            was.retain(|name, _| self.now.by_name.contains_key(*name));
            now.retain(|name, _| self.was.by_name.contains_key(*name));
        }
        was != now
    }

    /// The old pack with these factors taken from the new one; none where they do not fit.
    pub(super) fn mixed(&self, new: &BTreeSet<Factor>, limits: &CompileLimits) -> Option<Program> {
        let mut sources = Sources::with_std();
        for (own, other, is_now) in [(&self.was, &self.now, false), (&self.now, &self.was, true)] {
            let is_kept = |piece: &Piece| new.contains(&piece.factor) == is_now;
            let is_own_method = new.contains(&Factor::Method) == is_now;
            let mut files: BTreeMap<_, Vec<(&Name, &Piece)>> = BTreeMap::new();
            for (name, piece) in own.by_name.iter().filter(|(_, piece)| is_kept(piece)) {
                files
                    .entry(piece.span.source)
                    .or_default()
                    .push((name, piece));
            }
            for (id, mut pieces) in files {
                pieces.sort_by_key(|(_, piece)| piece.span.start);
                let texts = pieces.into_iter().map(|(name, piece)| {
                    let twin = other.by_name.get(name).filter(|_| !is_own_method);
                    own.written(piece, twin.map(|twin| (other, twin)))
                });
                let text: Vec<String> = texts.collect();
                let (name, text) = (own.sources.name(id), text.join("\n"));
                match own.sources.pack_of(id) {
                    Some(pack) => {
                        let is_carried = own.sources.is_carried(id);
                        sources.add_of(pack, name, &text, is_carried)
                    }
                    None => sources.add(name, &text),
                };
            }
        }
        let mut limits = *limits;
        // Methods of the other pack may make a file a little larger than either was.
        limits.text.bytes = limits.text.bytes.saturating_mul(2);
        compile_with(&sources, &limits)
            .ok()
            .map(|(program, _)| program)
    }
}

impl Pieces<'_> {
    /// An item as it is, or with the methods of its twin in the other pack.
    fn written(&self, piece: &Piece, twin: Option<(&Pieces<'_>, &Piece)>) -> String {
        let text = self.sources.slice(piece.span);
        let Some((other, twin)) = twin.filter(|_| piece.is_block) else {
            return text.to_owned();
        };
        let mut out = String::with_capacity(text.len());
        let mut at = piece.span.start;
        let part = |start, end| Span {
            start,
            end,
            ..piece.span
        };
        for clause in piece.clauses.iter().filter(|clause| is_method(clause)) {
            out.push_str(self.sources.slice(part(at, clause.span.start)));
            at = clause.span.end;
        }
        out.push_str(self.sources.slice(part(at, piece.span.end)));
        let Some(end) = out.rfind(['}', '\u{FF5D}']) else {
            return text.to_owned();
        };
        let methods = twin.clauses.iter().filter(|clause| is_method(clause));
        let methods: Vec<&str> = methods
            .map(|clause| other.sources.slice(clause.span))
            .collect();
        out.insert_str(end, &format!("\n{}\n", methods.join("\n")));
        out
    }
}

/// Whether a clause says how something is judged, not what is asked for.
pub(super) fn is_method(clause: &Clause) -> bool {
    matches!(
        clause.kind,
        ClauseKind::Reading { .. }
            | ClauseKind::Path(_)
            | ClauseKind::Width { .. }
            | ClauseKind::Burden { .. }
            | ClauseKind::Prefer(_)
    )
}

/// Whether two clauses say something about the same.
pub(super) fn is_of_a_kind(a: &Clause, b: &Clause) -> bool {
    discriminant(&a.kind) == discriminant(&b.kind)
}

/// An item under its kind and name. Tests are none: they decide nothing.
fn piece(item: Item, text: String) -> Option<((u8, String), Piece)> {
    let mut is_block = false;
    let (kind, name, clauses, factor) = match item.kind {
        ItemKind::Block(block) => {
            is_block = true;
            let (kind, factor) = match block.kind {
                BlockKind::Pack => (0, Factor::Definition),
                BlockKind::Entity => (1, Factor::Definition),
                BlockKind::Indicator => (2, Factor::Definition),
                BlockKind::Breakdown => (7, Factor::Definition),
                BlockKind::Calendar => (9, Factor::Definition),
                BlockKind::Instrument => (3, Factor::Rule),
                // One name cannot be both, and to turn one into the other is to change it.
                BlockKind::Target
                | BlockKind::Check
                | BlockKind::Decision
                | BlockKind::Milestone => (4, Factor::Rule),
            };
            // A pack has one head, whatever it is called.
            let name = if kind == 0 {
                String::new()
            } else {
                block.id.text
            };
            (kind, name, block.clauses, factor)
        }
        ItemKind::Define { name, clauses, .. } => (5, name.text, clauses, Factor::Definition),
        ItemKind::Score(score) => (5, score.name.text, score.clauses, Factor::Definition),
        ItemKind::Weights(weights) => {
            let name = format!("{} {}", weights.id.text, weights.score.text);
            (8, name, weights.clauses, Factor::Definition)
        }
        ItemKind::Dimension { .. }
        | ItemKind::Unit { .. }
        | ItemKind::Scale { .. }
        | ItemKind::Ladder(_)
        | ItemKind::Plausible(..)
        | ItemKind::Words { .. }
        | ItemKind::Table { .. } => (6, text, Vec::new(), Factor::Definition),
        ItemKind::Rows(rows) => (11, rows.label.text, Vec::new(), Factor::Rule),
        // Rows of tables come with their table.
        ItemKind::Feed(..) | ItemKind::Test { .. } => return None,
    };
    let piece = Piece {
        factor,
        span: item.span,
        clauses,
        is_block,
    };
    Some(((kind, name), piece))
}

/// A text without what layout adds to it.
pub(super) fn one_line(text: &str) -> String {
    let lines = text.lines().map(|line| {
        let line = line.trim();
        // A comment of its own line says nothing to the engine.
        if line.starts_with("//") { "" } else { line }
    });
    let joined: Vec<&str> = lines.collect();
    let words: Vec<&str> = joined
        .iter()
        .flat_map(|line| line.split_whitespace())
        .collect();
    words.join(" ")
}
