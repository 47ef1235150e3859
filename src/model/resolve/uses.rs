//! Packs that rest on packs: which one each item is of, and in which order their heads count.

use std::collections::{BTreeMap, BTreeSet};

use super::Cx;
use crate::diagnostic::{Code, Diagnostic};
use crate::message::Message;
use crate::packs;
use crate::source::{SourceId, Sources, Span};
use crate::syntax::ast::{Block, BlockKind, Item, ItemKind, Module, Word};
use crate::uses::{heads, used_by};

/// Packs that a help names; more would hide the sentence.
const MOST_NAMES: usize = 12;

/// Which pack each file is of, and what was left aside of used ones.
#[derive(Default)]
pub(super) struct Packs {
    /// The used pack of each file that is of one.
    of_file: BTreeMap<SourceId, String>,
    /// The files of the pack of the run.
    own: BTreeSet<SourceId>,
    /// Targets of used packs, with the pack.
    aside: BTreeMap<String, String>,
}

impl Packs {
    /// The used pack that something is declared in.
    pub(super) fn of(&self, span: Span) -> Option<&str> {
        self.of_file.get(&span.source).map(String::as_str)
    }

    /// Whether something is declared in the pack of the run.
    pub(super) fn is_own(&self, span: Span) -> bool {
        self.own.contains(&span.source)
    }

    /// The used pack that has a target of this id.
    pub(super) fn aside(&self, target: &str) -> Option<&str> {
        self.aside.get(target).map(String::as_str)
    }

    pub(super) fn new(modules: &[Module], sources: &Sources) -> Packs {
        let files = sources
            .ids()
            .filter_map(|id| Some((id, sources.pack_of(id)?.to_owned())));
        let mut packs = Packs {
            of_file: files.collect(),
            own: sources.ids().filter(|id| sources.is_own(*id)).collect(),
            aside: BTreeMap::new(),
        };
        for item in modules.iter().flat_map(|module| &module.items) {
            if let (ItemKind::Block(block), Some(pack)) = (&item.kind, packs.of(item.span))
                && block.kind == BlockKind::Target
            {
                let pack = pack.to_owned();
                packs.aside.insert(block.id.text.clone(), pack);
            }
        }
        packs
    }

    /// Whether an item counts: targets and tests of used packs are judged where these are.
    pub(super) fn counts(&self, item: &Item) -> bool {
        let is_aside = match &item.kind {
            ItemKind::Block(block) => block.kind == BlockKind::Target,
            ItemKind::Test { .. } => true,
            _ => false,
        };
        !is_aside || self.of(item.span).is_none()
    }
}

/// A pack on the way that is being followed.
struct Step<'a> {
    /// The word that named it; none for the pack of the run.
    word: Option<&'a Word>,
    id: &'a str,
    /// The packs that it names and that were not followed yet, the next one last.
    rest: Vec<&'a Word>,
}

impl<'a> Step<'a> {
    fn new(word: Option<&'a Word>, id: &'a str, heads: &[&'a Block]) -> Step<'a> {
        let named = heads.iter().flat_map(|head| used_by(&head.clauses));
        let mut rest: Vec<&Word> = named.collect();
        rest.reverse();
        Step { word, id, rest }
    }
}

impl Cx {
    /// The names of used packs in the order in which their heads count: as a head names them, each
    /// followed by those that it names itself. None where one is not there, or where packs use each
    /// other in a circle: then nothing else is worth saying.
    pub(super) fn used_packs(
        &mut self,
        modules: &[Module],
        sources: &Sources,
    ) -> Option<Vec<String>> {
        let mut by_pack: BTreeMap<Option<&str>, Vec<&Block>> = BTreeMap::new();
        let all: Vec<&Block> = modules.iter().flat_map(heads).collect();
        let packs = std::mem::take(&mut self.packs);
        for block in all {
            let heads = by_pack.entry(packs.of(block.id.span)).or_default();
            // Of two heads in one pack, which is a problem of its own, the second counts nothing.
            if heads.is_empty() {
                heads.push(block);
            }
        }
        let there: BTreeSet<&str> = packs.of_file.values().map(String::as_str).collect();
        let own = by_pack.get(&None).map_or(&[][..], Vec::as_slice);
        let id = own.first().map_or("", |head| head.id.text.as_str());
        let mut way = vec![Step::new(None, id, own)];
        let mut order: Vec<String> = Vec::new();
        let before = self.diagnostics.len();
        while let Some(step) = way.last_mut() {
            let Some(word) = step.rest.pop() else {
                way.pop();
                continue;
            };
            let name = word.text.as_str();
            if way.iter().any(|step| step.id == name) {
                self.push(circle(&way, word));
            } else if !there.contains(name) {
                self.push(unknown(word, sources));
            } else if !order.iter().any(|known| known == name) {
                order.push(name.to_owned());
                let heads = by_pack.get(&Some(name)).map_or(&[][..], Vec::as_slice);
                if let Some(other) = heads.iter().find(|head| head.id.text != name) {
                    self.push(misnamed(word, &other.id));
                }
                if differs_from_carried(name, sources) {
                    self.push(Diagnostic::new(Code::PackTwice, word.span).with("name", name));
                }
                way.push(Step::new(Some(word), name, heads));
            }
        }
        let is_sound = |problem: &Diagnostic| problem.code == Code::PackTwice;
        let is_sound = self.diagnostics.iter().skip(before).all(is_sound);
        self.packs = packs;
        is_sound.then_some(order)
    }
}

/// Whether a pack that the program carries was found in a folder too, with other rules.
fn differs_from_carried(pack: &str, sources: &Sources) -> bool {
    let Some(carried) = packs::carried(pack) else {
        return false;
    };
    let files = sources
        .ids()
        .filter(|id| sources.pack_of(*id) == Some(pack));
    let found: BTreeSet<&str> = files.map(|id| sources.text(id)).collect();
    found != carried.iter().map(|(_, text)| text.as_str()).collect()
}

fn unknown(word: &Word, sources: &Sources) -> Diagnostic {
    let diagnostic = Diagnostic::new(Code::UnknownPack, word.span).with("name", &word.text);
    let names = sources.offered();
    let near = crate::fold::nearest(&word.text, names.iter().map(String::as_str));
    if word.text == "std" {
        diagnostic.help(Message::new("help-pack-std"))
    } else if let Some((near, _)) = near {
        diagnostic.meant(Some(near.to_owned()))
    } else if names.is_empty() {
        diagnostic.help(Message::new("help-pack-place").with("name", &word.text))
    } else {
        let shown: Vec<String> = names.iter().take(MOST_NAMES).cloned().collect();
        diagnostic.help(Message::new("help-packs-there").with("names", shown))
    }
}

/// A folder that holds another pack than its name says.
fn misnamed(word: &Word, found: &Word) -> Diagnostic {
    Diagnostic::new(Code::UnknownPack, word.span)
        .with("name", &word.text)
        .place(
            found.span,
            Message::new("place-other-pack").with("found", &found.text),
        )
        .help(Message::new("help-pack-folder").with("found", &found.text))
}

/// Packs that use each other: `last` leads back to a pack of the way.
fn circle(way: &[Step<'_>], last: &Word) -> Diagnostic {
    let first = way.iter().position(|step| step.id == last.text);
    let round = way.get(first.unwrap_or(0)..).unwrap_or_default();
    let mut names: Vec<&str> = round.iter().map(|step| step.id).collect();
    names.push(&last.text);
    let mut diagnostic =
        Diagnostic::new(Code::PackCycle, last.span).with("names", names.join(" \u{2192} "));
    let words = round.iter().skip(1).filter_map(|step| step.word);
    for (pair, word) in names.windows(2).zip(words.chain([last])) {
        let message = Message::new("place-used-by")
            .with("user", pair.first().copied().unwrap_or_default())
            .with("used", pair.last().copied().unwrap_or_default());
        // The last use closes it; it is the one to mend first.
        diagnostic = if word.span == last.span {
            diagnostic.here(message)
        } else {
            diagnostic.place(word.span, message)
        };
    }
    diagnostic.help(Message::new("help-pack-circle"))
}
