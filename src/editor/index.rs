//! Names to what they name: the mentions of all trees of a pack, each led to its declaration.
//!
//! Made from trees alone, so that it is there while a pack does not compile.

use std::collections::BTreeMap;

use super::mentions::{Mention, Space, mentions};
use crate::fold::{fold_name, fold_width};
use crate::source::{Sources, Span};
use crate::syntax::ast::{BlockKind, Item, ItemKind, Module};

/// Something that has a name.
#[derive(Debug, Clone)]
pub(crate) struct Symbol {
    pub(crate) space: Space,
    /// As declared.
    pub(crate) name: String,
    /// The symbol that it belongs to.
    pub(crate) owner: Option<usize>,
    /// Where its name stands.
    pub(crate) span: Span,
    /// What declares it, as a whole.
    pub(crate) whole: Span,
    /// Labels and other names.
    pub(crate) also: Vec<String>,
}

/// A name where it stands, and what it names.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Use {
    pub(crate) span: Span,
    pub(crate) symbol: usize,
    /// It is written as the name itself, and not as a label.
    pub(crate) is_name: bool,
    pub(crate) is_declaration: bool,
}

/// All names of a pack and of those that it uses.
#[derive(Debug, Clone, Default)]
pub(crate) struct Index {
    pub(crate) symbols: Vec<Symbol>,
    /// In the order of their places; two may share one.
    pub(crate) uses: Vec<Use>,
    /// Names of functions where they are called.
    pub(crate) calls: Vec<(Span, String)>,
    by_name: BTreeMap<(Space, Option<usize>, String), usize>,
    /// Labels; none where several share one.
    by_label: BTreeMap<(Space, Option<usize>, String), Option<usize>>,
}

impl Index {
    pub(crate) fn of(modules: &[Module], sources: &Sources) -> Index {
        let items = modules.iter().flat_map(|module| &module.items);
        let counts = |item: &&Item| sources.pack_of(item.span.source).is_none() || !is_aside(item);
        let all: Vec<Mention> = items.filter(counts).flat_map(mentions).collect();
        let mut index = Index::default();
        // Those that belong to nothing first, as the others belong to them.
        for is_inner in [false, true] {
            let declared = all.iter().filter(|one| one.declares.is_some());
            for mention in declared.filter(|one| has_owner(one.spaces.first()) == is_inner) {
                index.declare(mention);
            }
        }
        for mention in &all {
            index.refer(mention);
        }
        index.uses.sort_by_key(|one| (one.span, one.symbol));
        index.uses.dedup_by_key(|one| (one.span, one.symbol));
        index
    }

    fn declare(&mut self, mention: &Mention) {
        let (Some(space), Some(whole)) = (mention.spaces.first(), mention.declares) else {
            return;
        };
        let owner = self.owner(*space, mention.owner.as_deref());
        let key = (*space, owner, key(*space, &mention.text));
        let symbol = self.symbols.len();
        if self.by_name.contains_key(&key) {
            return;
        }
        self.by_name.insert(key, symbol);
        let texts = mention.also.iter().filter(|_| has_names(*space));
        for text in texts {
            let key = (*space, owner, self::key(*space, text));
            self.by_label
                .entry(key)
                .and_modify(|known| *known = None)
                .or_insert(Some(symbol));
        }
        self.symbols.push(Symbol {
            space: *space,
            name: mention.text.clone(),
            owner,
            span: mention.span,
            whole,
            also: mention.also.clone(),
        });
    }

    fn refer(&mut self, mention: &Mention) {
        if mention.spaces == [Space::Function] {
            self.calls.push((mention.span, mention.text.clone()));
            return;
        }
        let of = |index: &Index, text: &str| {
            let mut spaces = mention.spaces.iter();
            spaces.find_map(|space| index.find(*space, mention.owner.as_deref(), text))
        };
        let (mut span, mut text) = (mention.span, mention.text.as_str());
        let mut found = of(self, text);
        // What a score comes to besides: `score.rank`, `score.element`.
        if let (None, Some((first, _))) = (found, text.rsplit_once('.')) {
            let is_plain = span.end.saturating_sub(span.start) as usize == text.len();
            found = of(self, first).filter(|_| is_plain);
            let length = u32::try_from(first.len()).unwrap_or(0);
            span.end = span.start.saturating_add(length);
            text = first;
        }
        if let Some(symbol) = found {
            let is_name = self
                .symbols
                .get(symbol)
                .is_some_and(|known| key(known.space, &known.name) == key(known.space, text));
            self.uses.push(Use {
                span,
                symbol,
                is_name,
                is_declaration: mention.declares.is_some(),
            });
        }
    }

    /// What a text names in a space.
    pub(crate) fn find(&self, space: Space, owner: Option<&str>, text: &str) -> Option<usize> {
        let owner = match has_owner(Some(&space)) {
            true => Some(self.owner(space, owner)?),
            false => None,
        };
        let exact = (space, owner, key(space, text));
        let known = self.by_name.get(&exact).copied();
        let known = known.or_else(|| self.by_label.get(&exact).copied().flatten());
        known.or_else(|| match space {
            Space::Unit => self.unit_behind_scale(text),
            _ => None,
        })
    }

    /// The symbol of an owner by its name.
    fn owner(&self, space: Space, owner: Option<&str>) -> Option<usize> {
        let of = match space {
            Space::Definition | Space::Element => Space::Quantity,
            Space::Outcome | Space::Case | Space::Evidence => Space::Rule,
            Space::Code => Space::Breakdown,
            _ => return None,
        };
        self.find(of, None, owner?)
    }

    /// The unit whose name is the longest end of a text with a scale before it.
    fn unit_behind_scale(&self, text: &str) -> Option<usize> {
        let mut ends = text.char_indices().skip(1);
        ends.find_map(|(at, _)| {
            let rest = text.get(at..)?.to_owned();
            self.by_name.get(&(Space::Unit, None, rest)).copied()
        })
    }

    /// The names at a place, the narrowest first.
    pub(crate) fn at(&self, place: Span) -> Vec<Use> {
        let holds = |one: &&Use| {
            let span = one.span;
            span.source == place.source && span.start <= place.start && place.start <= span.end
        };
        let mut found: Vec<Use> = self.uses.iter().filter(holds).copied().collect();
        // A place between two names belongs to the one that begins there.
        let begins = found.iter().any(|one| one.span.end > place.start);
        found.retain(|one| !begins || one.span.end > place.start);
        found.sort_by_key(|one| (one.span.end - one.span.start, one.is_declaration));
        found
    }

    /// All places of a symbol, in order.
    pub(crate) fn uses_of(&self, symbol: usize) -> impl Iterator<Item = &Use> {
        self.uses.iter().filter(move |one| one.symbol == symbol)
    }

    /// The symbols of a space, in the order of their declarations.
    pub(crate) fn all(&self, space: Space) -> impl Iterator<Item = (usize, &Symbol)> {
        let symbols = self.symbols.iter().enumerate();
        symbols.filter(move |(_, symbol)| symbol.space == space)
    }
}

/// Whether labels and aliases of a space stand for what has them; else they are only shown.
pub(crate) fn has_names(space: Space) -> bool {
    !matches!(
        space,
        Space::Rule
            | Space::Document
            | Space::Pack
            | Space::Breakdown
            | Space::Calendar
            | Space::Ladder
            | Space::Dimension
    )
}

/// Targets and tests of used packs are judged where these are.
fn is_aside(item: &Item) -> bool {
    match &item.kind {
        ItemKind::Block(block) => block.kind == BlockKind::Target,
        ItemKind::Test { .. } => true,
        _ => false,
    }
}

fn has_owner(space: Option<&Space>) -> bool {
    matches!(
        space,
        Some(
            Space::Definition
                | Space::Element
                | Space::Outcome
                | Space::Case
                | Space::Evidence
                | Space::Code
        )
    )
}

/// What counts of a name: full-width forms and case make no other quantity.
pub(crate) fn key(space: Space, text: &str) -> String {
    match space {
        Space::Quantity => fold_name(text),
        Space::Body | Space::Unit => fold_width(text.trim()),
        _ => text.to_owned(),
    }
}
