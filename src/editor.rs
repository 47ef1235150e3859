//! What an editor asks about a pack while it is written: problems, names and what they name, what
//! may stand at a place, what a name was found to be.
//!
//! Goes in: texts, which may be half typed. Comes out: places as bytes, and words in one language.
//! Reads no file and speaks no protocol; the command line does both.

use crate::compile::{CompileLimits, Drafted, draft_modules};
use crate::diagnostic::Diagnostic;
use crate::lint::{Edit, Lint, LintOptions, lint, mended_by};
use crate::model::Model;
use crate::program::Program;
use crate::source::{SourceId, Sources, Span};
use crate::syntax::ast::{ItemKind, Module};
use crate::syntax::{Known, parse_changed};

mod checked;
mod complete;
mod hover;
mod index;
mod mentions;
mod outline;
mod position;
mod rename;
mod words;

pub use checked::Checked;
pub use complete::{Completion, CompletionKind};
pub use hover::Hover;
pub use mentions::Space;
pub use outline::Entry;
pub use position::{Encoding, Lines, Position};

use index::{Index, Use};

/// A pack as far as it could be understood.
///
/// ```
/// use plumbrule::CompileLimits;
/// use plumbrule::editor::Draft;
///
/// let mut sources = plumbrule::Sources::with_std();
/// let text = "indicator users \"Users\" { unit \u{4eba} }\ntarget t \"T\" { require users >= }\n";
/// let file = sources.add("plan.plumb", text);
/// let draft = Draft::of(sources, &CompileLimits::default());
/// assert_eq!(draft.diagnostics.len(), 1);
/// assert!(draft.program().is_none());
/// // The indicator is known all the same.
/// assert_eq!(draft.outline(file)[0].name, "users");
/// ```
pub struct Draft {
    /// Its texts, and those of the packs that it uses.
    pub sources: Sources,
    /// All problems, in the order of their places.
    pub diagnostics: Vec<Diagnostic>,
    modules: Vec<Module>,
    /// What could not be read of rule files.
    unread: Vec<Diagnostic>,
    state: Drafted,
    index: Index,
    limits: CompileLimits,
}

impl Draft {
    /// Understands texts as far as they can be.
    #[must_use]
    pub fn of(sources: Sources, limits: &CompileLimits) -> Draft {
        Draft::after(None, sources, limits)
    }

    /// The same where most of the texts are those of an earlier draft with the same limits: only
    /// those that changed are parsed, which is most of the work.
    #[must_use]
    pub fn after(before: Option<&Draft>, sources: Sources, limits: &CompileLimits) -> Draft {
        let known = |id| before.and_then(|draft| draft.parsed(id, &sources));
        let parsed = parse_changed(&sources, &limits.text, &known);
        let unread = parsed.problems.clone();
        let problems = [parsed.problems, parsed.of_rows].concat();
        let (state, diagnostics) = draft_modules(&parsed.modules, &sources, limits, problems);
        Draft {
            index: Index::of(&parsed.modules, &sources),
            sources,
            diagnostics,
            modules: parsed.modules,
            unread,
            state,
            limits: *limits,
        }
    }

    /// The tree of a file whose text is still the same, and the problems of it.
    fn parsed(&self, id: SourceId, sources: &Sources) -> Option<Known> {
        let n = sources.ids().position(|known| known == id)?;
        let is_same = self.sources.name(id) == sources.name(id)
            && self.sources.text(id) == sources.text(id)
            && !self.sources.is_table(id);
        let module = self.modules.get(n).filter(|_| is_same)?;
        let of_file = |one: &&Diagnostic| {
            let place = one.places.first();
            place.is_some_and(|place| place.span.source == id)
        };
        let problems = self.unread.iter().filter(of_file).cloned().collect();
        Some((module.clone(), problems))
    }

    /// The program, where nothing stands against running it.
    #[must_use]
    pub fn program(&self) -> Option<&Program> {
        match &self.state {
            Drafted::Whole(program) => Some(program),
            Drafted::Broken(_) => None,
        }
    }

    fn model(&self) -> &Model {
        match &self.state {
            Drafted::Whole(program) => &program.model,
            Drafted::Broken(model) => model,
        }
    }

    /// The name at a place, and what it names.
    fn name_at(&self, source: SourceId, byte: usize) -> Option<Use> {
        self.index.at(spot(source, byte)?).into_iter().next()
    }

    /// Where what is named at a place is declared.
    #[must_use]
    pub fn definition(&self, source: SourceId, byte: usize) -> Option<Span> {
        let found = self.name_at(source, byte)?;
        self.index.symbols.get(found.symbol).map(|known| known.span)
    }

    /// Where what is named at a place is named, in order; with or without its declaration.
    #[must_use]
    pub fn references(&self, source: SourceId, byte: usize, with_declaration: bool) -> Vec<Span> {
        let Some(found) = self.name_at(source, byte) else {
            return Vec::new();
        };
        let uses = self.index.uses_of(found.symbol);
        let uses = uses.filter(|one| with_declaration || !one.is_declaration);
        let mut spans: Vec<Span> = uses.map(|one| one.span).collect();
        spans.dedup();
        spans
    }

    /// Where the pack itself names the used pack in which a place lies; none where it lies in the pack
    /// itself.
    #[must_use]
    pub fn place_of_used(&self, span: Span) -> Option<Span> {
        let pack = self.sources.pack_of(span.source)?;
        let is_own = |one: &&Use| self.sources.is_own(one.span.source) && !one.is_declaration;
        let mut own = self.index.uses.iter().filter(is_own).filter(|one| {
            let symbol = self.index.symbols.get(one.symbol);
            symbol.is_some_and(|known| known.space == Space::Pack)
        });
        // A pack that another used one names is led to by any that is named here.
        let named = own.clone().find(|one| self.sources.slice(one.span) == pack);
        named.or_else(|| own.next()).map(|one| one.span)
    }

    /// The tests of a file: what each shows, and where it is written.
    #[must_use]
    pub fn tests(&self, source: SourceId) -> Vec<(&str, Span)> {
        let items = self.modules.iter().flat_map(|module| &module.items);
        let items = items.filter(|item| item.span.source == source);
        let tests = items.filter_map(|item| match &item.kind {
            ItemKind::Test { label, .. } => Some((label.text.as_str(), item.span)),
            _ => None,
        });
        tests.collect()
    }

    /// What somebody should look at, as far as it is known without a proof; nothing where the pack does not
    /// compile. Warnings of the compiler are among the problems already.
    #[must_use]
    pub fn lints(&self) -> Vec<Lint> {
        let options = LintOptions {
            warnings: &self.diagnostics,
            is_quick: true,
            ..LintOptions::default()
        };
        let found = self.program().map(|program| lint(program, &options).lints);
        let lints = found.into_iter().flatten();
        lints.filter(|lint| lint.problem.code.is_lint()).collect()
    }

    /// The one stretch of each file that changes where a lint is mended; empty where it has no fix that
    /// holds.
    ///
    /// ```
    /// use plumbrule::CompileLimits;
    /// use plumbrule::editor::Draft;
    ///
    /// let mut sources = plumbrule::Sources::with_std();
    /// sources.add("pack.plumb", "// allow L004: elsewhere\nindicator a \"A\" { unit \u{4eba} }\n");
    /// let draft = Draft::of(sources, &CompileLimits::default());
    /// let lints = draft.lints();
    /// // The comment silences nothing, and its line goes.
    /// assert_eq!(lints[0].problem.code.as_str(), "L001");
    /// let edits = draft.mended(&lints[0]);
    /// assert_eq!((edits[0].span.start, edits[0].text.as_str()), (0, ""));
    /// ```
    #[must_use]
    pub fn mended(&self, lint: &Lint) -> Vec<Edit> {
        let Some(now) = mended_by(&self.sources, &self.limits, lint) else {
            return Vec::new();
        };
        let edits = self.sources.ids().filter_map(|source| {
            let (place, text) = changed(self.sources.text(source), now.text(source))?;
            let span = Span {
                source,
                start: u32::try_from(place.start).ok()?,
                end: u32::try_from(place.end).ok()?,
            };
            let text = text.to_owned();
            Some(Edit { span, text })
        });
        edits.collect()
    }

    /// What to write at the place of a problem instead, where that is known: the problem, the place
    /// and the words.
    pub fn mends(&self, source: SourceId) -> impl Iterator<Item = (&Diagnostic, Span, &str)> {
        let known = self.diagnostics.iter().filter_map(|problem| {
            let place = problem.places.first()?;
            Some((problem, place.span, problem.mend.as_deref()?))
        });
        known.filter(move |(_, span, _)| span.source == source)
    }
}

/// The one stretch in which a text differs from what it becomes, in bytes, and what stands there then.
///
/// ```
/// use plumbrule::editor::changed;
///
/// assert_eq!(changed("abc", "abc"), None);
/// assert_eq!(changed("aabc", "abc"), Some((1..2, "")));
/// // Characters stay whole.
/// assert_eq!(changed("a\u{540d}c", "a\u{5409}c"), Some((1..4, "\u{5409}")));
/// ```
#[must_use]
pub fn changed<'t>(before: &str, after: &'t str) -> Option<(std::ops::Range<usize>, &'t str)> {
    if before == after {
        return None;
    }
    let same = before
        .chars()
        .zip(after.chars())
        .take_while(|(a, b)| a == b);
    let start: usize = same.map(|(c, _)| c.len_utf8()).sum();
    let (old, new) = (before.get(start..)?, after.get(start..)?);
    let same = old.chars().rev().zip(new.chars().rev());
    let same = same.take_while(|(a, b)| a == b);
    let n: usize = same.map(|(c, _)| c.len_utf8()).sum();
    Some((start..before.len() - n, new.get(..new.len() - n)?))
}

/// An empty stretch at a byte.
fn spot(source: SourceId, byte: usize) -> Option<Span> {
    let byte = u32::try_from(byte).ok()?;
    Some(Span {
        source,
        start: byte,
        end: byte,
    })
}
