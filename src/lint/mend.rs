//! Fixes put into the texts of a pack. A fix stays only where the pack compiles with it, says the lint no
//! more, and says no other one instead. Texts go in and come out; nothing is written.

use std::collections::BTreeMap;

use super::{Edit, Lint, LintOptions, Linted, lint};
use crate::compile::{CompileLimits, compile_with};
use crate::diagnostic::Code;
use crate::functions;
use crate::source::{SourceId, Sources, Span};
use crate::syntax::format;

/// A pack with fixes in it.
#[derive(Debug, Clone)]
pub struct Mended {
    /// The whole pack as it is now.
    pub sources: Sources,
    /// The files that changed, in order.
    pub files: Vec<SourceId>,
    /// What was mended, as it stood in the texts before.
    pub fixed: Vec<Lint>,
    /// What is left, with places in the texts as they are now.
    pub left: Linted,
}

/// Mends what can be mended safely. Figures are not asked again: no fix rests on them.
///
/// Nothing where the pack does not compile as it stands. Files that were formatted stay so.
///
/// ```
/// use plumbrule::lint::mend;
///
/// let mut sources = plumbrule::Sources::with_std();
/// let pack = sources.add("pack.plumb", "// allow L004: tested elsewhere\nindicator users \"Users\" { unit 户 }\n");
/// let mended = mend(&sources, &plumbrule::CompileLimits::default(), &[]).ok_or("it compiles")?;
/// // The comment silenced nothing.
/// assert_eq!(mended.sources.text(pack), "indicator users \"Users\" { unit 户 }\n");
/// # Ok::<(), &str>(())
/// ```
#[must_use]
pub fn mend(sources: &Sources, limits: &CompileLimits, allow: &[Code]) -> Option<Mended> {
    let asking = Asking {
        limits,
        allow,
        is_quick: false,
    };
    let mut now = sources.clone();
    let mut left = asking.look(&now)?;
    let mut fixed = Vec::new();
    // Places move with each edit, so that fixes are looked for anew in the texts as they are: first all
    // together, then those that do not go together one by one.
    let mut n_refused = 0;
    let mut is_together = true;
    loop {
        let mendable = left.lints.iter().filter(|lint| lint.fix.is_some());
        let tried: Vec<Lint> = match is_together {
            true => apart(mendable),
            false => mendable.skip(n_refused).take(1).cloned().collect(),
        };
        if tried.is_empty() {
            break;
        }
        match asking.with_fixes(&now, &tried, &left) {
            Some((text, found)) => {
                fixed.extend(tried);
                now = text;
                left = found;
            }
            None if is_together => is_together = false,
            None => n_refused += 1,
        }
    }
    let is_new = |id: &SourceId| now.text(*id) != sources.text(*id);
    Some(Mended {
        files: now.ids().filter(is_new).collect(),
        fixed,
        left,
        sources: now,
    })
}

/// The pack with one lint mended, where its fix holds as it has to for [`mend`]. What has to be proved is
/// not asked again, so that an editor may ask while somebody waits.
#[must_use]
pub fn mended_by(sources: &Sources, limits: &CompileLimits, lint: &Lint) -> Option<Sources> {
    lint.fix.as_ref()?;
    let asking = Asking {
        limits,
        allow: &[],
        is_quick: true,
    };
    let before = asking.look(sources)?;
    let fixed = asking.with_fixes(sources, std::slice::from_ref(lint), &before);
    fixed.map(|(sources, _)| sources)
}

/// How a pack is looked at.
struct Asking<'a> {
    limits: &'a CompileLimits,
    allow: &'a [Code],
    is_quick: bool,
}

/// Lints whose edits do not touch each other.
fn apart<'a>(lints: impl Iterator<Item = &'a Lint>) -> Vec<Lint> {
    let mut taken: Vec<Lint> = Vec::new();
    let edits = |lint: &'a Lint| lint.fix.iter().flat_map(|fix| &fix.edits);
    let mut spans: Vec<Span> = Vec::new();
    for lint in lints {
        let touches = |span: Span| {
            let mut known = spans.iter();
            known.any(|one| {
                one.source == span.source && one.start <= span.end && span.start <= one.end
            })
        };
        if !edits(lint).any(|edit| touches(edit.span)) {
            spans.extend(edits(lint).map(|edit| edit.span));
            taken.push(lint.clone());
        }
    }
    taken
}

impl Asking<'_> {
    fn look(&self, sources: &Sources) -> Option<Linted> {
        let (program, warnings) = compile_with(sources, self.limits).ok()?;
        let options = LintOptions {
            warnings: &warnings,
            figures: None,
            allow: self.allow,
            is_quick: self.is_quick,
        };
        Some(lint(&program, &options))
    }

    /// The pack with fixes in it and what is left to say of it; none where a fix does not hold.
    fn with_fixes(
        &self,
        sources: &Sources,
        lints: &[Lint],
        before: &Linted,
    ) -> Option<(Sources, Linted)> {
        let fixes = lints.iter().filter_map(|lint| lint.fix.as_ref());
        let mut edits: Vec<&Edit> = fixes.flat_map(|fix| &fix.edits).collect();
        edits.sort();
        let mut files: BTreeMap<SourceId, String> = BTreeMap::new();
        for edit in edits.into_iter().rev() {
            let id = edit.span.source;
            if !sources.is_own(id) {
                return None;
            }
            let text = files
                .entry(id)
                .or_insert_with(|| sources.text(id).to_owned());
            let place = edit.span.start as usize..edit.span.end as usize;
            text.get(place.clone())?;
            text.replace_range(place, &edit.text);
        }
        let mut now = sources.clone();
        for (id, text) in &files {
            let was = sources.text(*id);
            let is_tidy = !sources.is_table(*id) && tidy(was).as_deref() == Some(was);
            let text = match is_tidy {
                true => tidy(text)?,
                false => text.clone(),
            };
            now = now.with_text(*id, &text);
        }
        let after = self.look(&now)?;
        let is_fewer = Code::ALL.iter().all(|code| {
            let of = |linted: &Linted| {
                let lints = linted.lints.iter();
                lints.filter(|lint| lint.problem.code == *code).count()
            };
            let n_mended = lints
                .iter()
                .filter(|lint| lint.problem.code == *code)
                .count();
            of(&after) + n_mended <= of(before)
        });
        is_fewer.then_some((now, after))
    }
}

fn tidy(text: &str) -> Option<String> {
    format(text, None, &functions::name_in).ok()
}
