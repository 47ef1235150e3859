//! Names of dimensions and codes: a text goes in, what it names comes out. Never picks one of two that share a name.

use std::collections::BTreeMap;

use crate::fold::{fold_name, nearest};

/// Ids by their folded names, with the name as declared; `None` where two things share a label.
#[derive(Debug, Clone)]
pub(super) struct Names<I>(BTreeMap<String, (String, Option<I>)>);

impl<I> Default for Names<I> {
    fn default() -> Self {
        Names(BTreeMap::new())
    }
}

impl<I: Copy + PartialEq> Names<I> {
    /// An id wins over labels of others.
    pub(super) fn declare(&mut self, id: &str, value: I) {
        self.0.insert(fold_name(id), (id.to_owned(), Some(value)));
    }

    pub(super) fn also(&mut self, text: &str, value: I, is_id: bool) {
        if text.is_empty() || is_id {
            return;
        }
        let new = || (text.to_owned(), Some(value));
        let (_, known) = self.0.entry(fold_name(text)).or_insert_with(new);
        if *known != Some(value) {
            *known = None;
        }
    }

    pub(super) fn lookup(&self, text: &str) -> Option<I> {
        self.0.get(&fold_name(text)).and_then(|(_, value)| *value)
    }

    /// Each folded name that stands for one thing.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, I)> {
        let all = self.0.iter();
        all.filter_map(|(name, (_, value))| Some((name.as_str(), (*value)?)))
    }

    pub(super) fn is_shared(&self, text: &str) -> bool {
        matches!(self.0.get(&fold_name(text)), Some((_, None)))
    }

    pub(super) fn nearest(&self, text: &str) -> Option<String> {
        let names = self.0.values().map(|(name, _)| name.as_str());
        nearest(text, names).map(|(name, _)| name.to_owned())
    }
}
