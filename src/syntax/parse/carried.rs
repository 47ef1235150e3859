//! Trees of the rule files that the program carries, read when it was built and not at each start.
//!
//! Goes in: the text of a rule file. Comes out: its tree where the text is, letter by letter, one that
//! the program carries. `carried.tree` beside this file holds the trees without their words, which are
//! taken from the text; `UPDATE_DOCS=1 cargo test --test all carried::` writes it. Trees that were not made
//! from these very texts are not used: the texts are parsed then, as any other.

use super::{Limits, parsed};
use crate::Sources;
use crate::number::Exact;
use crate::packs::{LIBRARY, STD};
use crate::period::Period;
use crate::source::{SourceId, Span};
use crate::syntax::ast::{
    Block, BlockKind, Clause, ClauseKind, Item, ItemKind, Module, Number, PeriodAt, PlausibleWord,
    Quantity, Word, WordPlace,
};

const TREES: &[u8] = include_bytes!("carried.tree");
/// Bytes in front of the trees: the digest of the texts that they were made from.
const HEAD: usize = 8;
const ARE_OF_THESE_TEXTS: bool = head(TREES) == digest();

/// All carried texts, in the order of their trees.
fn texts() -> impl Iterator<Item = &'static str> {
    let packs = LIBRARY.iter().flat_map(|(_, files)| *files);
    STD.iter().chain(packs).map(|(_, text)| *text)
}

/// The tree of a carried text, as a parser with these limits gives it, which has found no problem.
pub(super) fn tree(source: SourceId, text: &str, limits: &Limits) -> Option<Module> {
    if !ARE_OF_THESE_TEXTS || !limits.allow(&Limits::default()) {
        return None;
    }
    let index = texts().position(|carried| carried == text)?;
    let mut from = Reader {
        rest: TREES.get(HEAD..)?,
        text,
        source,
    };
    for _ in 0..index {
        let n_bytes = usize::take(&mut from)?;
        from.bytes(n_bytes)?;
    }
    usize::take(&mut from)?;
    let items = Vec::take(&mut from)?;
    Some(Module { items })
}

/// The trees of all carried texts as bytes, as the parser reads them now: what the program should carry.
///
/// # Errors
///
/// The first item that the parser finds a problem in, or that has a part of a kind that is not stored yet.
///
/// ```
/// assert!(plumbrule::syntax::carried_trees().is_ok());
/// ```
pub fn carried_trees() -> Result<Vec<u8>, String> {
    let mut bytes = digest().to_be_bytes().to_vec();
    let source = Sources::new().add("", "");
    for text in texts() {
        let (module, problems) = parsed(source, text, &Limits::default());
        if let Some(problem) = problems.first() {
            return Err(format!("{problem:?}"));
        }
        let mut tree = Writer {
            bytes: Vec::new(),
            text,
        };
        tree.put(&module.items.len(), &module)?;
        for item in &module.items {
            tree.put(item, item)?;
        }
        let mut whole = Writer { bytes, text };
        whole.put(&tree.bytes.len(), &module)?;
        whole.bytes.append(&mut tree.bytes);
        bytes = whole.bytes;
    }
    Ok(bytes)
}

const fn head(trees: &[u8]) -> u64 {
    let (mut value, mut at) = (0, 0);
    while at < HEAD {
        value = value << 8 | trees[at] as u64;
        at += 1;
    }
    value
}

/// FNV-1a over all carried texts.
const fn digest() -> u64 {
    let mut hash = of_files(STD, 0xcbf2_9ce4_8422_2325);
    let mut at = 0;
    while at < LIBRARY.len() {
        hash = of_files(LIBRARY[at].1, hash);
        at += 1;
    }
    hash
}

const fn of_files(files: &[(&str, &str)], mut hash: u64) -> u64 {
    let mut file = 0;
    while file < files.len() {
        let text = files[file].1.as_bytes();
        let mut at = 0;
        while at < text.len() {
            hash = (hash ^ text[at] as u64).wrapping_mul(0x0100_0000_01b3);
            at += 1;
        }
        file += 1;
    }
    hash
}

/// What is left of the bytes of a tree, and the text that it is of.
struct Reader<'a> {
    rest: &'a [u8],
    text: &'a str,
    source: SourceId,
}

impl<'a> Reader<'a> {
    fn bytes(&mut self, n: usize) -> Option<&'a [u8]> {
        let (first, rest) = self.rest.split_at_checked(n)?;
        self.rest = rest;
        Some(first)
    }

    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*first)
    }
}

/// The bytes of a tree so far, and the text that it is of.
struct Writer<'a> {
    bytes: Vec<u8>,
    text: &'a str,
}

impl Writer<'_> {
    fn put(&mut self, part: &impl Stored, of: &impl std::fmt::Debug) -> Result<(), String> {
        part.put(self).ok_or_else(|| format!("{of:?}"))
    }
}

/// A part of a tree that can be written as bytes and read from them.
trait Stored: Sized {
    fn take(from: &mut Reader<'_>) -> Option<Self>;

    /// `None` for parts that no carried text has yet: a line for them is missing below.
    fn put(&self, to: &mut Writer<'_>) -> Option<()>;
}

/// Parts one after the other.
macro_rules! stored_struct {
    ($($name:ident { $($field:ident),* })*) => {$(
        impl Stored for $name {
            fn take(from: &mut Reader<'_>) -> Option<Self> {
                $(let $field = Stored::take(from)?;)*
                Some($name { $($field),* })
            }

            fn put(&self, to: &mut Writer<'_>) -> Option<()> {
                $(self.$field.put(to)?;)*
                Some(())
            }
        }
    )*};
}

/// A byte for the variant, then its parts.
macro_rules! stored_enum {
    ($($name:ident {
        $($tag:literal $variant:ident $(($($part:ident),*))? $({ $($field:ident),* })?,)*
    })*) => {$(
        impl Stored for $name {
            fn take(from: &mut Reader<'_>) -> Option<Self> {
                Some(match from.byte()? {
                    $($tag => {
                        $($(let $part = Stored::take(from)?;)*)?
                        $($(let $field = Stored::take(from)?;)*)?
                        $name::$variant $(($($part),*))? $({ $($field),* })?
                    })*
                    _ => return None,
                })
            }

            fn put(&self, to: &mut Writer<'_>) -> Option<()> {
                match self {
                    $($name::$variant $(($($part),*))? $({ $($field),* })? => {
                        to.bytes.push($tag);
                        $($($part.put(to)?;)*)?
                        $($($field.put(to)?;)*)?
                        Some(())
                    })*
                    #[allow(unreachable_patterns, reason = "some kinds are stored whole")]
                    _ => None,
                }
            }
        }
    )*};
}

stored_struct! {
    Item { doc, span, kind }
    Block { kind, id, label, clauses }
    Clause { kind, span }
    Quantity { number, unit, span }
    PeriodAt { period, span }
}

stored_enum! {
    ItemKind {
        0 Block(block),
        1 Dimension { name, labels },
        2 Unit { names, factor, base, metric, wordscale },
        3 Scale { names, factor, metric },
        4 Plausible(word, quantity),
        5 Words { group, meaning, words },
    }
    BlockKind { 0 Pack, 1 Entity, 2 Calendar, }
    ClauseKind {
        0 En(label),
        1 Alias(names),
        2 Class(classes),
        3 PartOf { wholes, under },
        4 Members { open, full },
        5 Note(texts),
        6 Entity(id),
        7 WorksOn(days),
        8 Covers { year, sources },
        9 Holiday(first, last),
        10 MakeUp(days),
    }
    PlausibleWord { 0 About, 1 Nearly, 2 Over, 3 Below, 4 Yearly, }
    WordPlace { 0 Before, 1 After, 2 Alias, }
}

/// Seven bits a byte, the lowest first; the highest bit says that more follow.
impl Stored for usize {
    fn take(from: &mut Reader<'_>) -> Option<Self> {
        let (mut value, mut shift) = (0, 0);
        loop {
            let byte = from.byte()?;
            value |= usize::from(byte & 0x7f).checked_shl(shift)?;
            if byte < 0x80 {
                return Some(value);
            }
            shift += 7;
        }
    }

    fn put(&self, to: &mut Writer<'_>) -> Option<()> {
        let mut rest = *self;
        while rest >= 0x80 {
            to.bytes.push(u8::try_from(rest & 0x7f).ok()? | 0x80);
            rest >>= 7;
        }
        to.bytes.push(u8::try_from(rest).ok()?);
        Some(())
    }
}

impl Stored for bool {
    fn take(from: &mut Reader<'_>) -> Option<Self> {
        Some(from.byte()? != 0)
    }

    fn put(&self, to: &mut Writer<'_>) -> Option<()> {
        to.bytes.push(u8::from(*self));
        Some(())
    }
}

impl<T: Stored> Stored for Option<T> {
    fn take(from: &mut Reader<'_>) -> Option<Self> {
        Some(match bool::take(from)? {
            true => Some(T::take(from)?),
            false => None,
        })
    }

    fn put(&self, to: &mut Writer<'_>) -> Option<()> {
        self.is_some().put(to)?;
        self.as_ref().map_or(Some(()), |part| part.put(to))
    }
}

impl<T: Stored> Stored for Vec<T> {
    fn take(from: &mut Reader<'_>) -> Option<Self> {
        let n = usize::take(from)?;
        // Each takes a byte at least.
        let mut parts = Vec::with_capacity(n.min(from.rest.len()));
        for _ in 0..n {
            parts.push(T::take(from)?);
        }
        Some(parts)
    }

    fn put(&self, to: &mut Writer<'_>) -> Option<()> {
        self.len().put(to)?;
        self.iter().try_for_each(|part| part.put(to))
    }
}

impl<A: Stored, B: Stored> Stored for (A, B) {
    fn take(from: &mut Reader<'_>) -> Option<Self> {
        Some((A::take(from)?, B::take(from)?))
    }

    fn put(&self, to: &mut Writer<'_>) -> Option<()> {
        self.0.put(to)?;
        self.1.put(to)
    }
}

impl Stored for String {
    fn take(from: &mut Reader<'_>) -> Option<Self> {
        let n = usize::take(from)?;
        Some(std::str::from_utf8(from.bytes(n)?).ok()?.to_owned())
    }

    fn put(&self, to: &mut Writer<'_>) -> Option<()> {
        self.len().put(to)?;
        to.bytes.extend_from_slice(self.as_bytes());
        Some(())
    }
}

/// Where it starts, and its length.
impl Stored for Span {
    fn take(from: &mut Reader<'_>) -> Option<Self> {
        let start = u32::try_from(usize::take(from)?).ok()?;
        let len = u32::try_from(usize::take(from)?).ok()?;
        Some(Span {
            source: from.source,
            start,
            end: start.checked_add(len)?,
        })
    }

    fn put(&self, to: &mut Writer<'_>) -> Option<()> {
        (self.start as usize).put(to)?;
        ((self.end - self.start) as usize).put(to)
    }
}

/// Characters around a word that are no part of it, at each end: none, or a quotation mark. A word
/// that is neither is stored.
const ENDS: [usize; 2] = [0, 1];

/// The text under a span without so many characters at both ends.
fn inner(text: &str, span: Span, ends: usize) -> Option<&str> {
    let slice = text.get(span.start as usize..span.end as usize)?;
    let mut chars = slice.chars();
    for _ in 0..ends {
        chars.next()?;
        chars.next_back()?;
    }
    Some(chars.as_str())
}

impl Stored for Word {
    fn take(from: &mut Reader<'_>) -> Option<Self> {
        let span = Span::take(from)?;
        let text = match ENDS.get(usize::take(from)?) {
            Some(ends) => inner(from.text, span, *ends)?.to_owned(),
            None => String::take(from)?,
        };
        Some(Word { text, span })
    }

    fn put(&self, to: &mut Writer<'_>) -> Option<()> {
        self.span.put(to)?;
        let is_it = |ends: &usize| inner(to.text, self.span, *ends) == Some(&self.text);
        match ENDS.iter().position(is_it) {
            Some(at) => at.put(to),
            None => {
                ENDS.len().put(to)?;
                self.text.put(to)
            }
        }
    }
}

/// Its digits are those under the span; the value is read from them, as the parser does.
impl Stored for Number {
    fn take(from: &mut Reader<'_>) -> Option<Self> {
        let span = Span::take(from)?;
        let text = inner(from.text, span, 0)?.to_owned();
        let value = Exact::parse_decimal(&text).ok()?;
        Some(Number { value, text, span })
    }

    fn put(&self, to: &mut Writer<'_>) -> Option<()> {
        self.span.put(to)
    }
}

/// The period that its own printed form says.
impl Stored for Period {
    fn take(from: &mut Reader<'_>) -> Option<Self> {
        super::expr::written_period(&String::take(from)?)
    }

    fn put(&self, to: &mut Writer<'_>) -> Option<()> {
        self.to_string().put(to)
    }
}
