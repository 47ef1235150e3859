//! What a file declares, for lists of symbols.

use super::Draft;
use super::mentions::Space;
use crate::source::{SourceId, Span};

/// Something that a file declares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What kind of name it has; none for a test.
    pub space: Option<Space>,
    /// Its id; of a test what it shows.
    pub name: String,
    /// Its first label.
    pub label: String,
    /// The whole of it.
    pub whole: Span,
    /// Its name.
    pub span: Span,
    /// What is declared inside it.
    pub inner: Vec<Entry>,
}

impl Draft {
    /// What a file declares, in order.
    #[must_use]
    pub fn outline(&self, source: SourceId) -> Vec<Entry> {
        let mut entries: Vec<Entry> = Vec::new();
        let symbols = &self.index.symbols;
        let here = |span: Span| span.source == source;
        let mut inner = Vec::new();
        for symbol in symbols.iter().filter(|symbol| here(symbol.span)) {
            let entry = Entry {
                space: Some(symbol.space),
                name: symbol.name.clone(),
                label: symbol.also.first().cloned().unwrap_or_default(),
                whole: symbol.whole,
                span: symbol.span,
                inner: Vec::new(),
            };
            match symbol.owner {
                Some(_) => inner.push(entry),
                None => entries.push(entry),
            }
        }
        for (label, span) in self.tests(source) {
            entries.push(Entry {
                space: None,
                name: label.to_owned(),
                label: String::new(),
                whole: span,
                span,
                inner: Vec::new(),
            });
        }
        entries.sort_by_key(|entry| entry.span);
        inner.sort_by_key(|entry| entry.span);
        for one in inner {
            let holds = |entry: &&mut Entry| {
                entry.whole.start <= one.whole.start && one.whole.end <= entry.whole.end
            };
            if let Some(entry) = entries.iter_mut().find(holds) {
                entry.inner.push(one);
            }
        }
        entries
    }
}
