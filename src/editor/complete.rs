//! What may be written at a place: keywords as the grammar has them, and names of what stands there.
//!
//! The grammar says whether a keyword, a unit, a name or a value may follow; which names, the last
//! keyword before the place says.

use super::Draft;
use super::mentions::Space;
use super::words::{is_word, keywords_in, word_start};
use crate::functions::{FUNCTIONS, FunctionDef, chinese_name};
use crate::message::{Lang, catalogue};
use crate::model::clauses_of;
use crate::source::{SourceId, Span};
use crate::syntax::ast::BlockKind;
use crate::syntax::{Keyword, Wanted, keywords, wanted_behind};
use crate::unit::Units;

/// Something that may be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// What to write.
    pub text: String,
    /// What it is.
    pub kind: CompletionKind,
    /// A few words on it: its label, or the other form of a keyword.
    pub detail: String,
    /// What it means, where that is known.
    pub meaning: String,
    /// It is in the language in which the file is written so far.
    pub is_own_language: bool,
    /// What it takes the place of.
    pub replaces: Span,
}

/// What kind of thing may be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CompletionKind {
    /// The name of something that is declared.
    Name(Space),
    /// A unit of measure.
    Unit,
    /// A function.
    Function,
    /// A keyword.
    Keyword,
}

/// Which names stand behind a keyword, by its rule of the grammar.
const BEHIND: [(&[Space], &[&str]); 11] = [
    (
        &[Space::Document],
        &[
            "kw_cite",
            "kw_prefer",
            "kw_replaces",
            "kw_prevails",
            "kw_source",
            "kw_sources",
        ],
    ),
    (&[Space::Document, Space::Definition], &["kw_under"]),
    (
        &[Space::Body],
        &[
            "kw_class",
            "kw_entity",
            "kw_for",
            "kw_for_each",
            "kw_over",
            "kw_among",
            "kw_its",
            "kw_except",
            "kw_count_of",
            "kw_all_of",
            "kw_any_of",
            "kw_waived",
            "kw_in",
        ],
    ),
    (
        &[Space::Body, Space::Quantity, Space::Rule],
        &["kw_part_of"],
    ),
    (&[Space::Breakdown], &["kw_breakdown", "kw_adds_up"]),
    (&[Space::Calendar], &["kw_calendar"]),
    (&[Space::Weights], &["kw_weights"]),
    (&[Space::Ladder], &["kw_level_of"]),
    (&[Space::Pack], &["kw_uses"]),
    (&[Space::Rule, Space::Quantity], &["kw_expect"]),
    (&[Space::Outcome], &["kw_outcome"]),
];

/// Names that an expression may have.
const VALUES: &[Space] = &[Space::Quantity, Space::Evidence];

/// Names that are offered at most; an editor asks again as more is typed.
const MOST: usize = 2_000;

impl Draft {
    /// What may be written at a place of a file, with what is typed of it so far; in the order in
    /// which it helps. Nothing inside quotes and comments.
    #[must_use]
    pub fn complete(&self, source: SourceId, byte: usize, lang: Lang) -> Vec<Completion> {
        let text = self.sources.text(source);
        let Some(before) = text.get(..byte) else {
            return Vec::new();
        };
        let mut found: Vec<Completion> = Vec::new();
        for (start, wanted) in wanted(before) {
            let typed = before.get(start..).unwrap_or("").to_lowercase();
            let mut offer = Offer {
                draft: self,
                lang,
                is_chinese: is_chinese(before),
                replaces: Span {
                    source,
                    start: u32::try_from(start).unwrap_or(u32::MAX),
                    end: u32::try_from(byte).unwrap_or(u32::MAX),
                },
                found: Vec::new(),
            };
            offer.all(before.get(..start).unwrap_or(""), &wanted);
            // What goes on as it was begun, in any of its words.
            offer.found.retain(|one| fits(one, &typed));
            let is_further = |one: &Completion| !one.text.to_lowercase().starts_with(&typed);
            offer.found.sort_by_key(is_further);
            found.extend(offer.found);
        }
        found.truncate(MOST);
        found
    }
}

/// What the grammar wants, and from which byte on: where the last word begins, and where the words
/// before it may be the first of a keyword of several words.
fn wanted(before: &str) -> Vec<(usize, Wanted)> {
    let mut found = Vec::new();
    let mut start = word_start(before, before.len());
    for _ in 0..4 {
        let head = before.get(..start).unwrap_or("");
        found.extend(wanted_behind(head).map(|wanted| (start, wanted)));
        let trimmed = head.trim_end_matches([' ', '\t']);
        let earlier = word_start(trimmed, trimmed.len());
        let word = trimmed.get(earlier..).unwrap_or("");
        let begins = |keyword: &Keyword| {
            let rest = keyword.en.strip_prefix(word);
            rest.is_some_and(|rest| rest.starts_with(' '))
        };
        let is_part =
            |keyword: &Keyword| begins(keyword) || keyword.en.contains(&format!(" {word} "));
        if word.is_empty() || earlier >= start || !keywords().iter().any(is_part) {
            break;
        }
        start = earlier;
    }
    found
}

/// Whether something may go on from what was typed: its text or its label holds it.
fn fits(one: &Completion, typed: &str) -> bool {
    typed.is_empty()
        || one.text.to_lowercase().contains(typed)
        || one.detail.to_lowercase().contains(typed)
}

struct Offer<'d> {
    draft: &'d Draft,
    lang: Lang,
    /// The file is written in Chinese so far.
    is_chinese: bool,
    replaces: Span,
    found: Vec<Completion>,
}

impl Offer<'_> {
    fn all(&mut self, before: &str, wanted: &Wanted) {
        let keywords = keywords_in(line_and_above(before));
        let last = keywords.last().map(|found| found.keyword.rule);
        if wanted.is_selector {
            self.selector(before);
        }
        if wanted.is_unit {
            self.units();
        }
        let behind = last.and_then(|rule| BEHIND.iter().find(|(_, rules)| rules.contains(&rule)));
        if wanted.is_name
            && let Some((spaces, _)) = behind
        {
            self.names(spaces);
        } else if wanted.is_name || wanted.is_value {
            self.names(VALUES);
            self.decisions();
        }
        if wanted.is_value {
            self.functions();
        }
        if wanted.is_clause {
            let item = item_of(before);
            for keyword in clauses(item) {
                self.keyword(keyword);
            }
        }
        for keyword in &wanted.keywords {
            self.keyword(keyword);
        }
    }

    fn put(&mut self, text: &str, kind: CompletionKind, detail: &str, meaning: &str) {
        let is_ascii = text.is_ascii();
        self.found.push(Completion {
            text: text.to_owned(),
            kind,
            detail: detail.to_owned(),
            meaning: meaning.to_owned(),
            is_own_language: is_ascii != self.is_chinese,
            replaces: self.replaces,
        });
    }

    fn keyword(&mut self, keyword: &Keyword) {
        let meaning = match self.lang {
            Lang::Zh => keyword.meaning_zh,
            Lang::En => keyword.meaning_en,
        };
        let mut forms = [(keyword.en, keyword.zh), (keyword.zh, keyword.en)];
        if self.is_chinese {
            forms.reverse();
        }
        for (form, other) in forms {
            let known = self.found.iter().any(|one| one.text == form);
            if !known {
                self.put(form, CompletionKind::Keyword, other, meaning);
            }
        }
    }

    fn names(&mut self, spaces: &[Space]) {
        let draft = self.draft;
        for space in spaces {
            for (_, symbol) in draft.index.all(*space) {
                let label = self.label(&symbol.also);
                self.put(&symbol.name, CompletionKind::Name(*space), &label, "");
            }
        }
        if spaces.contains(&Space::Pack) {
            for name in draft.sources.offered() {
                self.put(name, CompletionKind::Name(Space::Pack), "", "");
            }
        }
    }

    /// Decisions, which may be held against their outcomes.
    fn decisions(&mut self) {
        let draft = self.draft;
        let rules = draft.model().rules.values();
        for rule in rules.filter(|rule| rule.decision.is_some()) {
            let label = rule.label.get(self.lang);
            self.put(&rule.id, CompletionKind::Name(Space::Rule), label, "");
        }
    }

    /// The label in the language of the editor, where one is.
    fn label(&self, also: &[String]) -> String {
        let is_wanted = |text: &&String| text.is_ascii() == (self.lang == Lang::En);
        let label = also.iter().find(is_wanted).or(also.first());
        label.cloned().unwrap_or_default()
    }

    fn units(&mut self) {
        let draft = self.draft;
        let units: &Units = &draft.model().units;
        for (_, symbol) in draft.index.all(Space::Unit) {
            let other = units.find(&symbol.name).and_then(|parsed| match parsed {
                crate::unit::ParsedUnit::Unit(unit) => Some(unit),
                _ => None,
            });
            let english = other.and_then(|unit| units.english(&unit));
            let detail = match self.lang {
                Lang::En => english.map(|(name, _)| name),
                Lang::Zh => None,
            };
            let detail = detail.unwrap_or_else(|| symbol.also.join(" "));
            self.put(&symbol.name, CompletionKind::Unit, &detail, "");
            for name in &symbol.also {
                self.put(name, CompletionKind::Unit, &symbol.name, "");
            }
        }
    }

    fn functions(&mut self) {
        for function in FUNCTIONS {
            let chinese = chinese_name(function);
            let meaning = function_doc(function, self.lang);
            self.put(function.name, CompletionKind::Function, &chinese, &meaning);
            self.put(&chinese, CompletionKind::Function, function.name, &meaning);
        }
    }

    /// What stands in square brackets behind a name: dimensions, or the codes of one.
    fn selector(&mut self, before: &str) {
        let Some((head, inside)) = before.rsplit_once(['[', '\u{ff3b}']) else {
            return;
        };
        let pair = inside.rsplit([',', '\u{ff0c}']).next().unwrap_or("");
        let Some((key, _)) = pair.split_once(['=', '\u{ff1d}']) else {
            self.names(&[Space::Breakdown]);
            for rule in ["kw_definition", "kw_measure", "kw_entity"] {
                let keyword = keywords().iter().find(|keyword| keyword.rule == rule);
                if let Some(keyword) = keyword {
                    self.keyword(keyword);
                }
            }
            return;
        };
        let key = key.trim();
        let is = |rule: &str| {
            let mut all = keywords().iter().filter(|keyword| keyword.rule == rule);
            all.any(|keyword| keyword.en == key || keyword.zh == key)
        };
        if is("kw_entity") {
            self.names(&[Space::Body]);
        } else if is("kw_definition") {
            let name = head.get(word_start(head, head.len())..).unwrap_or("");
            self.inside(Space::Definition, Space::Quantity, name);
        } else {
            self.inside(Space::Code, Space::Breakdown, key);
        }
    }

    /// The names that count inside an item.
    fn inside(&mut self, space: Space, of: Space, owner: &str) {
        let draft = self.draft;
        let Some(owner) = draft.index.find(of, None, owner) else {
            return;
        };
        for (_, symbol) in draft
            .index
            .all(space)
            .filter(|(_, one)| one.owner == Some(owner))
        {
            let label = self.label(&symbol.also);
            self.put(&symbol.name, CompletionKind::Name(space), &label, "");
        }
    }
}

/// What a function does, in a sentence.
pub(super) fn function_doc(function: &FunctionDef, lang: Lang) -> String {
    catalogue(lang).word(&format!("{}.doc", function.key))
}

/// The end of a text that matters for the keyword before its end: the last lines.
fn line_and_above(text: &str) -> &str {
    let mut starts = text.rmatch_indices('\n').map(|(at, _)| at + 1);
    let start = starts.nth(3).unwrap_or(0);
    text.get(start..).unwrap_or(text)
}

/// Whether the keywords of a text are Chinese, most of them.
fn is_chinese(text: &str) -> bool {
    let found = keywords_in(text);
    let n_chinese = found
        .iter()
        .filter(|one| {
            text.get(one.start..)
                .is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii()))
        })
        .count();
    n_chinese * 2 > found.len()
}

/// The kind of block that a text stops in.
fn item_of(before: &str) -> Option<BlockKind> {
    let lines = before.lines().rev();
    let mut heads = lines.filter(|line| line.starts_with(is_word));
    heads
        .find_map(|line| {
            let found = super::words::keyword_at(line, 0)?;
            KINDS.iter().find(|(rule, _)| *rule == found.keyword.rule)
        })
        .map(|(_, kind)| *kind)
}

/// Items with clauses, by their keywords.
const KINDS: [(&str, BlockKind); 10] = [
    ("kw_pack", BlockKind::Pack),
    ("kw_entity", BlockKind::Entity),
    ("kw_instrument", BlockKind::Instrument),
    ("kw_indicator", BlockKind::Indicator),
    ("kw_breakdown", BlockKind::Breakdown),
    ("kw_target", BlockKind::Target),
    ("kw_check", BlockKind::Check),
    ("kw_decision", BlockKind::Decision),
    ("kw_milestone", BlockKind::Milestone),
    ("kw_calendar", BlockKind::Calendar),
];

/// The clauses of an item; of one that is no block, all there are.
fn clauses(item: Option<BlockKind>) -> Vec<&'static Keyword> {
    let names: Vec<&str> = match item {
        Some(kind) => clauses_of(kind).to_vec(),
        None => KINDS
            .iter()
            .flat_map(|(_, kind)| clauses_of(*kind))
            .copied()
            .collect(),
    };
    let mut found: Vec<&Keyword> = Vec::new();
    for name in names {
        let name = name.trim_end_matches('+');
        let keyword = keywords().iter().find(|keyword| keyword.en == name);
        if let Some(keyword) = keyword.filter(|keyword| !found.contains(keyword)) {
            found.push(keyword);
        }
    }
    found
}
