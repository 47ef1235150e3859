//! Another name for what stands at a place, everywhere in the pack.
//!
//! The new texts are understood once more before anybody sees them: a name that the grammar does
//! not take, or that leads somewhere else, is refused with the reason.

use std::collections::BTreeMap;

use super::index::{Use, has_names, key};
use super::{Draft, spot};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::lint::Edit;
use crate::message::Message;
use crate::source::{SourceId, Sources, Span};

impl Draft {
    /// The name at a place that could be changed.
    ///
    /// # Errors
    ///
    /// Why none can be: nothing is named there, or another pack declares it.
    pub fn renamed_at(&self, source: SourceId, byte: usize) -> Result<Span, Message> {
        self.renamable(source, byte).map(|found| found.span)
    }

    fn renamable(&self, source: SourceId, byte: usize) -> Result<Use, Message> {
        let nothing = || Message::new("editor-rename-nothing");
        let names = spot(source, byte).map(|spot| self.index.at(spot));
        let found = names.into_iter().flatten().find(|one| one.is_name);
        let found = found.ok_or_else(nothing)?;
        let symbol = self.index.symbols.get(found.symbol).ok_or_else(nothing)?;
        match self.home(symbol.span) {
            Home::Own => Ok(found),
            Home::Standard => {
                Err(Message::new("editor-rename-standard").with("name", &symbol.name))
            }
            Home::Used(pack) => Err(Message::new("editor-rename-used")
                .with("name", &symbol.name)
                .with("pack", pack)),
        }
    }

    fn home(&self, span: Span) -> Home<'_> {
        match self.sources.pack_of(span.source) {
            Some(pack) => Home::Used(pack),
            None if self.sources.is_own(span.source) => Home::Own,
            None => Home::Standard,
        }
    }

    /// The changes that give what is named at a place another name; none where it has it already.
    ///
    /// # Errors
    ///
    /// Why it cannot be: the name is taken, is no name of the language, or would change what the
    /// pack says.
    pub fn rename(&self, source: SourceId, byte: usize, name: &str) -> Result<Vec<Edit>, Message> {
        let found = self.renamable(source, byte)?;
        let Some(old) = self.index.symbols.get(found.symbol) else {
            return Err(Message::new("editor-rename-nothing"));
        };
        if old.name == name {
            return Ok(Vec::new());
        }
        self.is_read()?;
        let symbols = self.one_word(found.symbol);
        for symbol in &symbols {
            self.is_free(*symbol, name)?;
        }
        let edits = self.edits(&symbols, name)?;
        self.is_the_same(&symbols, &edits, name)?;
        Ok(edits)
    }

    /// Refuses where a part of the pack could not be read: the name may stand there.
    fn is_read(&self) -> Result<(), Message> {
        let is_unread = |one: &&Diagnostic| {
            let codes = [
                Code::Syntax,
                Code::Unreadable,
                Code::TooDeep,
                Code::TooLarge,
            ];
            codes.contains(&one.code)
        };
        let place = self.diagnostics.iter().find(is_unread);
        let Some(place) = place.and_then(|one| one.places.first()) else {
            return Ok(());
        };
        let (line, _) = self
            .sources
            .line_column(place.span.source, place.span.start);
        Err(Message::new("editor-rename-unread")
            .with("file", self.sources.name(place.span.source))
            .with("line", line))
    }

    /// The symbols that are declared by one word, such as an element of a score that is named after
    /// its quantity: they keep one name.
    fn one_word(&self, first: usize) -> Vec<usize> {
        let mut symbols = vec![first];
        let mut n = 0;
        while let Some(symbol) = symbols.get(n).copied() {
            n += 1;
            for one in self.index.uses_of(symbol) {
                let at = self
                    .index
                    .uses
                    .iter()
                    .filter(|other| other.span == one.span);
                for other in at {
                    if !symbols.contains(&other.symbol) {
                        symbols.push(other.symbol);
                    }
                }
            }
        }
        symbols
    }

    /// Refuses a name that something else has.
    fn is_free(&self, symbol: usize, name: &str) -> Result<(), Message> {
        let Some(old) = self.index.symbols.get(symbol) else {
            return Ok(());
        };
        let wanted = key(old.space, name);
        let is_taken = |(n, other): &(usize, &super::index::Symbol)| {
            let labels = has_names(other.space)
                && other
                    .also
                    .iter()
                    .any(|text| key(other.space, text) == wanted);
            *n != symbol
                && other.owner == old.owner
                && (key(other.space, &other.name) == wanted || labels)
        };
        match self.index.all(old.space).find(is_taken) {
            None => Ok(()),
            Some((_, other)) => {
                let (line, _) = self
                    .sources
                    .line_column(other.span.source, other.span.start);
                let place = format!("{}:{line}", self.sources.name(other.span.source));
                Err(Message::new("editor-rename-taken")
                    .with("name", name)
                    .with("other", &other.name)
                    .with("place", place))
            }
        }
    }

    fn edits(&self, symbols: &[usize], name: &str) -> Result<Vec<Edit>, Message> {
        let mut edits: Vec<Edit> = Vec::new();
        for symbol in symbols {
            let Some(old) = self.index.symbols.get(*symbol) else {
                continue;
            };
            for one in self.index.uses_of(*symbol).filter(|one| one.is_name) {
                if !self.sources.is_own(one.span.source) {
                    continue;
                }
                let written = self.sources.slice(one.span);
                let bare = unquoted(written);
                if key(old.space, bare) != key(old.space, &old.name) {
                    let (line, _) = self.sources.line_column(one.span.source, one.span.start);
                    return Err(Message::new("editor-rename-written")
                        .with("found", written)
                        .with("file", self.sources.name(one.span.source))
                        .with("line", line));
                }
                edits.push(Edit {
                    span: one.span,
                    text: written.replacen(bare, name, 1),
                });
            }
        }
        edits.sort_by_key(|edit| edit.span);
        edits.dedup();
        Ok(edits)
    }

    /// Refuses changes after which the pack would have a problem that it has not now, or the names
    /// would lead elsewhere.
    fn is_the_same(&self, symbols: &[usize], edits: &[Edit], name: &str) -> Result<(), Message> {
        let after = Draft::after(Some(self), self.edited(edits), &self.limits);
        let errors = |draft: &Draft| {
            let all = draft.diagnostics.iter();
            let errors = all.filter(|one| one.severity() == Severity::Error);
            let mut codes: BTreeMap<&'static str, Vec<Message>> = BTreeMap::new();
            for one in errors {
                let entry = codes.entry(one.code.as_str()).or_default();
                entry.push(one.message.clone());
            }
            codes
        };
        let before = errors(self);
        for (code, found) in errors(&after) {
            let n_before = before.get(code).map_or(0, Vec::len);
            if let Some(problem) = found.get(n_before.min(found.len().saturating_sub(1)))
                && found.len() > n_before
            {
                return Err(Message::new("editor-rename-problem")
                    .with("name", name)
                    .with("problem", problem.clone()));
            }
        }
        let n_uses = |draft: &Draft, symbol: usize| draft.index.uses_of(symbol).count();
        let is_kept = |symbol: &usize| {
            let same = after.index.symbols.get(*symbol);
            same.is_some_and(|known| known.name == name)
                && n_uses(self, *symbol) == n_uses(&after, *symbol)
        };
        match symbols.iter().all(is_kept) && self.index.uses.len() == after.index.uses.len() {
            true => Ok(()),
            false => Err(Message::new("editor-rename-elsewhere").with("name", name)),
        }
    }

    /// The texts with changes made.
    fn edited(&self, edits: &[Edit]) -> Sources {
        let mut sources = self.sources.clone();
        // From the last to the first, so that no place moves before its turn.
        let mut left = edits.iter().rev().peekable();
        while let Some(edit) = left.next() {
            let id = edit.span.source;
            let mut text = self.sources.text(id).to_owned();
            let mut next = Some(edit);
            while let Some(edit) = next {
                let range = edit.span.start as usize..edit.span.end as usize;
                if text.get(range.clone()).is_some() {
                    text.replace_range(range, &edit.text);
                }
                next = left.next_if(|edit| edit.span.source == id);
            }
            sources = sources.with_text(id, &text);
        }
        sources
    }
}

/// Whose something is.
enum Home<'d> {
    Own,
    Standard,
    Used(&'d str),
}

/// A name without the signs that quote it.
fn unquoted(written: &str) -> &str {
    let quotes = [('`', '`'), ('\u{300c}', '\u{300d}'), ('"', '"')];
    let inner = quotes
        .iter()
        .find_map(|(open, close)| written.strip_prefix(*open)?.strip_suffix(*close));
    inner.unwrap_or(written)
}
