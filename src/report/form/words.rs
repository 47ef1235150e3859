//! The words that drop-downs offer: those of the language that the reader takes for what is meant.

use crate::explain::Unit;
use crate::figures::printed::Qualifier;
use crate::figures::{Status, accepts_unit};
use crate::message::{Lang, Message};
use crate::model::{FigureRef, Kind, Measure, Model};
use crate::number::Exact;
use crate::program::Program;

/// Units that one drop-down offers.
const MOST_UNITS: usize = 12;

/// The words of the drop-downs that all rows share.
pub(in crate::report) struct Options {
    /// Words beside a number.
    pub(in crate::report) qualifiers: Vec<String>,
    /// What a publisher says of a figure.
    pub(in crate::report) statuses: Vec<String>,
    /// Yes and no.
    pub(in crate::report) truths: Vec<String>,
}

impl Options {
    pub(in crate::report) fn of(model: &Model, lang: Lang) -> Options {
        let qualifiers = Qualifier::ALL.iter().filter_map(|(qualifier, word)| {
            let name = Message::new(qualifier_key(*qualifier)?).render(lang);
            let is_it = model.words.vocabulary.qualifier(&name) == Some(*qualifier);
            Some(if is_it { name } else { (*word).to_owned() })
        });
        let statuses = Status::ALL
            .iter()
            .map(|(_, word, key)| status(model, word, key, lang));
        let truths = [(true, "form-yes", "yes"), (false, "form-no", "no")];
        let truth = |(is_yes, key, word): (bool, &'static str, &str)| {
            let name = Message::new(key).render(lang);
            match model.words.truths.get(&name.to_lowercase()) {
                Some(found) if *found == is_yes => name,
                _ => word.to_owned(),
            }
        };
        Options {
            qualifiers: qualifiers.collect(),
            statuses: statuses.collect(),
            truths: truths.into_iter().map(truth).collect(),
        }
    }
}

/// The name of a status if tables may have it; else a word of the language for it, else its own.
fn status(model: &Model, word: &str, key: &'static str, lang: Lang) -> String {
    let words = &model.words.statuses;
    let name = Message::new(key).render(lang);
    if words.get(&name.to_lowercase()).is_some_and(|it| it == word) {
        return name;
    }
    let is_of = |alias: &str| alias.is_ascii() == (lang == Lang::En) && alias.len() > 1;
    let mut aliases = words.iter().filter(|(_, meaning)| *meaning == word);
    let alias = match lang {
        Lang::En => None,
        Lang::Zh => aliases.find(|(alias, _)| is_of(alias)),
    };
    alias.map_or_else(|| word.to_owned(), |(alias, _)| alias.clone())
}

fn qualifier_key(qualifier: Qualifier) -> Option<&'static str> {
    Some(match qualifier {
        Qualifier::Exact => return None,
        Qualifier::Over => "form-over",
        Qualifier::AtLeast => "form-at-least",
        Qualifier::Below => "form-below",
        Qualifier::AtMost => "form-at-most",
        Qualifier::Nearly => "form-nearly",
        Qualifier::About => "form-about-word",
        Qualifier::Plus => "form-plus",
    })
}

/// The key of the name of a kind; a growth, change or rank of any quantity is that.
pub(in crate::report) fn kind_key(kind: Kind, measure: Measure) -> &'static str {
    match (measure, kind) {
        (Measure::Growth, _) | (_, Kind::Growth) => "form-kind-growth",
        (Measure::Change, _) => "form-kind-change",
        (Measure::Rank, _) | (_, Kind::Rank) => "form-kind-rank",
        (_, Kind::Stock) => "form-kind-stock",
        (_, Kind::Flow) => "form-kind-flow",
        (_, Kind::Share) => "form-kind-share",
        (_, Kind::Index) => "form-kind-index",
        (_, Kind::Quantity) => "form-kind-quantity",
        (_, Kind::YesNo) => "form-kind-yes-no",
        (_, Kind::Text) => "form-kind-text",
        (_, Kind::OneOf) => "form-kind-one-of",
        (_, Kind::Level) => "form-kind-level",
        (_, Kind::Date) => "form-kind-date",
    }
}

/// The units that a figure may come in, its own first; none where it has none.
pub(super) fn units(program: &Program, figure: &FigureRef, lang: Lang) -> Vec<String> {
    let model = &program.model;
    let indicator = &model.indicators[figure.indicator];
    let own = Unit::of_figure(program, figure).label();
    if own.zh.is_empty() {
        return Vec::new();
    }
    let mut offered: Vec<String> = vec![own.get(lang).to_owned(), own.zh.clone()];
    let dimension = indicator.unit.as_ref().map(|unit| &unit.dimension);
    let same = dimension.map(|it| model.units.neighbour_labels(it));
    let same: Vec<String> = same
        .iter()
        .flatten()
        .map(|label| label.get(lang).to_owned())
        .collect();
    let powers: &[i16] = match lang {
        Lang::Zh => &[4, 8],
        Lang::En => &[3, 6, 9],
    };
    // Counts come in ten thousands or millions; a scale that the unit does not take is no unit.
    let bare = dimension.and_then(|_| {
        let unit = indicator.unit.as_ref()?;
        let (_, bare) = model.units.split_scale(&unit.name);
        let label = same.iter().find(|name| **name == bare).cloned();
        match lang {
            Lang::Zh => Some(bare),
            Lang::En => label.or_else(|| same.first().cloned()),
        }
    });
    for power in powers {
        let factor = Exact::pow10(*power);
        let words = model.units.scale_words(&factor);
        let word = words
            .filter(|word| word.is_ascii() == (lang == Lang::En))
            .max_by_key(|word| word.len());
        if let (Some(word), Some(bare)) = (word, &bare) {
            let gap = if lang == Lang::En { " " } else { "" };
            offered.push(format!("{word}{gap}{bare}"));
        }
    }
    offered.extend(same);
    let mut kept: Vec<String> = Vec::new();
    for unit in offered {
        let is_new = !unit.is_empty() && !kept.contains(&unit);
        if is_new && accepts_unit(model, indicator, figure.measure, &unit) {
            kept.push(unit);
        }
    }
    kept.truncate(MOST_UNITS);
    kept
}
