//! The keyword table: English and Chinese form of every keyword of the grammar.

use std::sync::OnceLock;

/// One keyword of the language in its two forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Keyword {
    /// The rule of the grammar that reads it.
    pub rule: &'static str,
    /// English form.
    pub en: &'static str,
    /// Chinese form.
    pub zh: &'static str,
    /// Where it is used: `item`, `clause`, `operator`, `comparison >=` and so on.
    pub group: &'static str,
    /// What it means, in English.
    pub meaning_en: &'static str,
    /// What it means, in Chinese.
    pub meaning_zh: &'static str,
}

impl Keyword {
    /// Both forms, for messages.
    #[must_use]
    pub fn both(&self) -> String {
        format!("{} {}", self.en, self.zh)
    }
}

/// All keywords, in the order of `grammar/keywords.tsv`.
#[must_use]
pub fn keywords() -> &'static [Keyword] {
    static TABLE: OnceLock<Vec<Keyword>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let rows = include_str!("../../grammar/keywords.tsv").lines().skip(1);
        rows.filter_map(|row| {
            let mut cells = row.split('\t');
            Some(Keyword {
                rule: cells.next()?,
                en: cells.next()?,
                zh: cells.next()?,
                group: cells.next()?,
                meaning_en: cells.next()?,
                meaning_zh: cells.next()?,
            })
        })
        .collect()
    })
}

/// The keyword that a rule of the grammar reads.
pub(super) fn of_rule(rule: &str) -> Option<&'static Keyword> {
    keywords().iter().find(|keyword| keyword.rule == rule)
}

/// A Chinese keyword that a name has swallowed for want of a blank.
pub(crate) fn keyword_inside(text: &str) -> Option<&'static str> {
    let is_operator =
        |group: &str| group.starts_with("comparison") || group == "operator" || group == "goal";
    let keywords = keywords()
        .iter()
        .filter(|keyword| is_operator(keyword.group));
    keywords
        .map(|keyword| keyword.zh)
        .filter(|zh| zh.chars().count() >= 2 && text.contains(*zh))
        .max_by_key(|zh| zh.len())
}
