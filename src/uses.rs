//! Packs that rest on packs: adds the files of those that a pack uses, and of those that these use.
//!
//! Goes in: the files of a pack, and a [`Loader`] that knows where packs lie. Comes out: the same
//! with the files of the used packs. Never reads a file, and says nothing of what is not there:
//! resolving does, with the place.

use std::collections::{BTreeSet, VecDeque};
use std::convert::Infallible;

use crate::packs;
use crate::source::{SourceId, Sources};
use crate::syntax::ast::{Block, BlockKind, Clause, ClauseKind, ItemKind, Module, Word};
use crate::syntax::{self, Limits, keywords};

/// The files of a pack, and the tables that they read rules from: the name of each, and its text.
pub type PackFiles = Vec<(String, String)>;

/// Knows where packs lie.
pub trait Loader {
    /// Why a pack that is there cannot be read.
    type Error;

    /// The files of a pack, in order; none where there is no such pack. `user` is the used pack
    /// that names it; none where the pack of the run does.
    ///
    /// # Errors
    ///
    /// What a file that is there cannot be read for.
    fn load(&mut self, pack: &str, user: Option<&str>) -> Result<Option<PackFiles>, Self::Error>;

    /// The packs that there are, for what is said where one is not.
    fn names(&self) -> Vec<String>;
}

/// Knows no pack but those that the program carries.
impl Loader for () {
    type Error = Infallible;

    fn load(&mut self, _: &str, _: Option<&str>) -> Result<Option<PackFiles>, Infallible> {
        Ok(None)
    }

    fn names(&self) -> Vec<String> {
        Vec::new()
    }
}

/// Adds the files of the packs that the head of a pack uses, and of those that they use, each once.
///
/// A pack is asked of the loader first; where it has none, that of the program is taken.
///
/// # Errors
///
/// That of the loader.
///
/// ```
/// use plumbrule::uses::{Loader, PackFiles, add_used};
///
/// struct Shelf;
/// impl Loader for Shelf {
///     type Error = std::convert::Infallible;
///     fn load(&mut self, pack: &str, _: Option<&str>) -> Result<Option<PackFiles>, Self::Error> {
///         let text = "pack counts {}  indicator users \"Users\" { unit 人 }".to_owned();
///         Ok((pack == "counts").then(|| vec![("counts.plumb".to_owned(), text)]))
///     }
///     fn names(&self) -> Vec<String> {
///         vec!["counts".to_owned()]
///     }
/// }
///
/// let mut sources = plumbrule::Sources::with_std();
/// sources.add("plan.plumb", r#"
/// pack plan { uses counts }
/// target goal "Enough users" { require users >= 5亿人 by 2025 }
/// "#);
/// add_used(&mut sources, &plumbrule::syntax::Limits::default(), &mut Shelf).unwrap();
/// let program = plumbrule::compile(&sources).map_err(|problems| problems.len());
/// assert_eq!(program.map(|program| program.rules.len()), Ok(1));
/// ```
pub fn add_used<L: Loader>(
    sources: &mut Sources,
    limits: &Limits,
    loader: &mut L,
) -> Result<(), L::Error> {
    let mut known: BTreeSet<String> = BTreeSet::new();
    let mut wanted: VecDeque<(String, Option<String>)> = VecDeque::new();
    let own: Vec<SourceId> = sources
        .ids()
        .filter(|id| sources.is_own(*id) && !sources.is_table(*id))
        .collect();
    // Where the word stands nowhere no pack is used, and no file is parsed to find that out.
    if !own.iter().any(|id| has_keyword(sources.text(*id), "uses")) {
        return Ok(());
    }
    for id in own {
        for head in heads_in(sources, id, limits) {
            known.insert(head.id);
            wanted.extend(head.uses.into_iter().map(|name| (name, None)));
        }
    }
    let mut is_any_missing = false;
    while let Some((name, user)) = wanted.pop_front() {
        if !known.insert(name.clone()) {
            continue;
        }
        let (files, is_carried) = match loader.load(&name, user.as_deref())? {
            Some(files) => (files, false),
            None => (packs::carried(&name).unwrap_or_default(), true),
        };
        is_any_missing |= files.is_empty();
        for (file, text) in files {
            let id = sources.add_of(&name, &file, &text, is_carried);
            let heads = heads_in(sources, id, limits).into_iter();
            let uses = heads.flat_map(|head| head.uses);
            wanted.extend(uses.map(|other| (other, Some(name.clone()))));
        }
    }
    if is_any_missing {
        let carried = packs::LIBRARY.iter().map(|(name, _)| (*name).to_owned());
        let mut names: Vec<String> = loader.names().into_iter().chain(carried).collect();
        names.sort();
        names.dedup();
        sources.offer(names);
    }
    Ok(())
}

/// The head of a pack as far as it matters here.
struct Head {
    id: String,
    uses: Vec<String>,
}

/// The heads in a file. A file in which neither form of the keyword stands is not parsed for it.
fn heads_in(sources: &Sources, id: SourceId, limits: &Limits) -> Vec<Head> {
    let text = sources.text(id);
    if sources.is_table(id) || !has_keyword(text, "pack") {
        return Vec::new();
    }
    let (module, _) = syntax::parse(id, text, limits);
    let all = heads(&module).map(|block| Head {
        id: block.id.text.clone(),
        uses: used_by(&block.clauses)
            .map(|word| word.text.clone())
            .collect(),
    });
    all.collect()
}

/// The tables that a rule file reads rules from, as it names them: they lie beside it or below its
/// folder. Whoever adds the file to [`Sources`] adds those that are there, each under
/// [`beside`](crate::source::beside).
///
/// ```
/// use plumbrule::syntax::Limits;
/// use plumbrule::uses::tables_named;
///
/// let text = r#"links "Links" { file "links.tsv" }"#;
/// assert_eq!(tables_named(text, &Limits::default()), ["links.tsv"]);
/// assert!(tables_named("pack plan {}", &Limits::default()).is_empty());
/// ```
#[must_use]
pub fn tables_named(text: &str, limits: &Limits) -> Vec<String> {
    if !has_keyword(text, "requirements") && !has_keyword(text, "links") {
        return Vec::new();
    }
    let (module, _) = syntax::parse(Sources::new().add("", ""), text, limits);
    let named = syntax::tables_of(&module).into_iter();
    named.map(str::to_owned).collect()
}

/// Whether either form of a keyword stands anywhere in a text.
fn has_keyword(text: &str, en: &str) -> bool {
    let mut forms = keywords().iter().filter(|keyword| keyword.en == en);
    forms.any(|keyword| text.contains(keyword.en) || text.contains(keyword.zh))
}

/// The heads of packs in a module.
pub(crate) fn heads(module: &Module) -> impl Iterator<Item = &Block> {
    module.items.iter().filter_map(|item| match &item.kind {
        ItemKind::Block(block) if block.kind == BlockKind::Pack => Some(block),
        _ => None,
    })
}

/// The packs that a head names.
pub(crate) fn used_by(clauses: &[Clause]) -> impl Iterator<Item = &Word> {
    let words = clauses.iter().filter_map(|clause| match &clause.kind {
        ClauseKind::Uses(words) => Some(words),
        _ => None,
    });
    words.flatten()
}
