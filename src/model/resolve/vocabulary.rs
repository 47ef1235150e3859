//! `words` items: what figures are written with, in any language.

use super::Cx;
use crate::diagnostic::{Code, Diagnostic};
use crate::figures::printed::{Qualifier, Role};
use crate::figures::table::Column;
use crate::figures::{EvidenceKind, Grade, Status};
use crate::fold::{fold_name, fold_tight, fold_width};
use crate::message::Message;
use crate::model::{Measure, Numeral};
use crate::syntax::ast::{Word, WordPlace};

/// Columns by the name that a `words column` item gives them.
const COLUMNS: [(&str, Column); 30] = [
    ("indicator", Column::Indicator),
    ("definition", Column::Definition),
    ("measure", Column::Measure),
    ("entity", Column::Entity),
    ("entity_kind", Column::EntityKind),
    ("part_of", Column::PartOf),
    ("record", Column::Record),
    ("breakdown", Column::Breakdown),
    ("basis", Column::Basis),
    ("period", Column::Period),
    ("value", Column::Value),
    ("qualifier", Column::Qualifier),
    ("unit", Column::Unit),
    ("unit_mult", Column::Scale),
    ("decimals", Column::Decimals),
    ("source", Column::Source),
    ("section", Column::Section),
    ("line", Column::Line),
    ("published", Column::Published),
    ("status", Column::Status),
    ("quote", Column::Quote),
    ("note", Column::Note),
    ("note_en", Column::NoteEn),
    ("evidence_kind", Column::EvidenceKind),
    ("issuer", Column::Issuer),
    ("said_by", Column::SaidBy),
    ("reference", Column::Reference),
    ("grade", Column::Grade),
    ("form", Column::Form),
    ("ignored", Column::Ignored),
];

const TABLES: [&str; 3] = ["missing", "total", "index"];

const QUOTES: [&str; 4] = ["rises", "falls", "against", "as_of"];

const GROUPS: [&str; 14] = [
    "qualifier",
    "number",
    "column",
    "measure",
    "status",
    "evidence_kind",
    "grade",
    "period",
    "truth",
    "table",
    "quote",
    "numeral",
    "unit_code",
    "window",
];

const NUMBERS: [(&str, Role); 4] = [
    ("odd", Role::Odd),
    ("range", Role::Range),
    ("minus", Role::Minus),
    ("separator", Role::Separator),
];

const PERIODS: [&str; 11] = [
    "year",
    "month",
    "day",
    "first_half",
    "second_half",
    "first_quarter",
    "second_quarter",
    "third_quarter",
    "fourth_quarter",
    "first_three_quarters",
    "range",
];

/// The meanings of a group; none for `unit_code` and `window`, where any unit and any name is one.
fn meanings(group: &str) -> Vec<&'static str> {
    match group {
        "qualifier" => Qualifier::ALL.iter().map(|(_, name)| *name).collect(),
        "number" => NUMBERS.iter().map(|(name, _)| *name).collect(),
        "column" => COLUMNS.iter().map(|(name, _)| *name).collect(),
        "measure" => Measure::ALL.iter().map(|measure| measure.word()).collect(),
        "period" => PERIODS.to_vec(),
        "truth" => vec!["yes", "no"],
        "evidence_kind" => EvidenceKind::ALL.iter().map(|kind| kind.word()).collect(),
        "grade" => Grade::ALL.iter().map(|grade| grade.word()).collect(),
        "status" => Status::ALL.iter().map(|(_, word, _)| *word).collect(),
        "table" => TABLES.to_vec(),
        "quote" => QUOTES.to_vec(),
        "numeral" => Numeral::ALL.iter().map(|(word, _)| *word).collect(),
        _ => Vec::new(),
    }
}

impl Cx {
    pub(super) fn words(&mut self, group: &Word, meaning: &Word, words: &[(WordPlace, Word)]) {
        for (place, word) in words {
            let fits = match group.text.as_str() {
                "qualifier" => self.qualifier_word(&meaning.text, *place, &word.text),
                "number" => self.number_word(&meaning.text, &word.text),
                "column" => self.column_word(&meaning.text, &word.text),
                "measure" => self.measure_word(&meaning.text, &word.text),
                "status" => self.status_word(&meaning.text, &word.text),
                "evidence_kind" => self.evidence_word(&meaning.text, &word.text),
                "grade" => self.grade_word(&meaning.text, &word.text),
                "unit_code" => {
                    let unit = match meaning.text.as_str() {
                        "none" => String::new(),
                        unit => unit.to_owned(),
                    };
                    let codes = &mut self.model.words.unit_codes;
                    codes.insert(word.text.clone(), unit);
                    Some(true)
                }
                "window" => {
                    let windows = &mut self.model.words.windows;
                    let said = fold_width(&word.text).to_lowercase();
                    let before = windows.insert(said, meaning.text.clone());
                    Some(before.is_none_or(|before| before == meaning.text))
                }
                "period" => self.period_word(&meaning.text, &word.text),
                "truth" => {
                    let is_yes = meaning.text == "yes";
                    self.model
                        .words
                        .truths
                        .insert(word.text.to_lowercase(), is_yes);
                    (is_yes || meaning.text == "no").then_some(true)
                }
                "table" => self.table_word(&meaning.text, &word.text),
                "quote" => self.quote_word(&meaning.text, &word.text),
                "numeral" => self.numeral_word(&meaning.text, &word.text),
                _ => {
                    self.unknown_group(group, &GROUPS);
                    return;
                }
            };
            match fits {
                Some(true) => {}
                Some(false) => {
                    let diagnostic =
                        Diagnostic::new(Code::DuplicateName, word.span).with("name", &word.text);
                    self.push(diagnostic);
                }
                None => {
                    self.unknown_group(meaning, &meanings(&group.text));
                    return;
                }
            }
        }
    }

    fn unknown_group(&mut self, word: &Word, known: &[&str]) {
        let help = Message::new("help-known-names").with("names", known.to_vec());
        let diagnostic = Diagnostic::new(Code::UnknownWordGroup, word.span);
        self.push(diagnostic.with("name", &word.text).help(help));
    }

    /// `None` for an unknown meaning, `Some(false)` for a word that means something else already.
    fn qualifier_word(&mut self, meaning: &str, place: WordPlace, word: &str) -> Option<bool> {
        let qualifier = Qualifier::ALL
            .into_iter()
            .find(|(_, name)| *name == meaning)?
            .0;
        let role = match place {
            WordPlace::After => Role::After(qualifier),
            WordPlace::Before | WordPlace::Alias => Role::Before(qualifier),
        };
        Some(self.model.words.vocabulary.add(word, role).is_ok())
    }

    fn number_word(&mut self, meaning: &str, word: &str) -> Option<bool> {
        let role = NUMBERS.iter().find(|(name, _)| *name == meaning)?.1;
        Some(self.model.words.vocabulary.add(word, role).is_ok())
    }

    fn column_word(&mut self, meaning: &str, word: &str) -> Option<bool> {
        let column = COLUMNS.iter().find(|(name, _)| *name == meaning)?.1;
        Some(self.model.words.headers.add(word, column).is_ok())
    }

    fn status_word(&mut self, meaning: &str, word: &str) -> Option<bool> {
        Status::from_word(meaning)?;
        let statuses = &mut self.model.words.statuses;
        let before = statuses.insert(word.to_lowercase(), meaning.to_owned());
        Some(before.is_none_or(|before| before == meaning))
    }

    fn evidence_word(&mut self, meaning: &str, word: &str) -> Option<bool> {
        let kind = EvidenceKind::from_word(meaning)?;
        let words = &mut self.model.words.evidence_kinds;
        let before = words.insert(word.to_lowercase(), kind);
        Some(before.is_none_or(|before| before == kind))
    }

    fn grade_word(&mut self, meaning: &str, word: &str) -> Option<bool> {
        let grade = Grade::from_word(meaning)?;
        let words = &mut self.model.words.grades;
        let before = words.insert(word.to_lowercase(), grade);
        Some(before.is_none_or(|before| before == grade))
    }

    fn measure_word(&mut self, meaning: &str, word: &str) -> Option<bool> {
        let measure = Measure::ALL
            .into_iter()
            .find(|measure| measure.word() == meaning)?;
        let before = self.model.words.measures.insert(word.to_owned(), measure);
        Some(before.is_none_or(|before| before == measure))
    }

    fn table_word(&mut self, meaning: &str, word: &str) -> Option<bool> {
        let words = &mut self.model.words.tables;
        match meaning {
            "missing" => words.missing.insert(fold_name(word)),
            "total" => words.total.insert(fold_tight(word).to_lowercase()),
            "index" => words.index.insert(fold_name(word)),
            _ => return None,
        };
        Some(true)
    }

    fn quote_word(&mut self, meaning: &str, word: &str) -> Option<bool> {
        let words = &mut self.model.words.quotes;
        let of = match meaning {
            "rises" => &mut words.rises,
            "falls" => &mut words.falls,
            "against" => &mut words.against,
            "as_of" => &mut words.as_of,
            _ => return None,
        };
        of.push(fold_width(word).to_lowercase());
        Some(true)
    }

    fn numeral_word(&mut self, meaning: &str, word: &str) -> Option<bool> {
        let numeral = Numeral::from_word(meaning)?;
        let numerals = &mut self.model.words.numerals;
        let before = numerals.insert(fold_width(word).to_lowercase(), numeral);
        Some(before.is_none_or(|before| before == numeral))
    }

    fn period_word(&mut self, meaning: &str, word: &str) -> Option<bool> {
        let words = &mut self.model.words.periods;
        let word = word.to_owned();
        match meaning {
            "year" => words.year.push(word),
            "month" => words.month.push(word),
            "day" => words.day.push(word),
            "first_half" => words.halves.push((word, 1)),
            "second_half" => words.halves.push((word, 2)),
            "first_quarter" => words.quarters.push((word, 1)),
            "second_quarter" => words.quarters.push((word, 2)),
            "third_quarter" => words.quarters.push((word, 3)),
            "fourth_quarter" => words.quarters.push((word, 4)),
            "first_three_quarters" => words.parts.push((word, (1, 9))),
            "range" => words.range.push(word),
            _ => return None,
        }
        Some(true)
    }
}
