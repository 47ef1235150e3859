//! Sets and numbers in units, as a person reads them.

use crate::day;
use crate::figures::Submission;
use crate::message::{Arg, Label, Lang, Message};
use crate::model::{FigureRef, Indicator, Kind, Measure, Role, Type};
use crate::number::{Exact, Rounding};
use crate::program::{Program, TermId, TermKind};
use crate::set::{End, Set};
use crate::unit::Nature;

/// Digits after the point that are shown of a number that does not end.
const PLACES: u32 = 4;

/// The unit in which a set is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Its name, as the pack declares it.
    pub name: String,
    /// Base units in one of it.
    pub factor: Exact,
    /// What English calls it, and base units in one of that.
    pub english: (String, Exact),
    /// The names of levels, the lowest first, where it is a scale of them.
    pub levels: Vec<Label>,
    /// Numbers are days, and are written as such.
    pub is_day: bool,
    /// Values are no quantities but words: yes and no, one of a list.
    pub is_word: bool,
    /// What single values are called, where they are words.
    pub words: Vec<(Exact, Label)>,
}

/// A set with its unit, ready to be put into a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// The possible values, in base units.
    pub set: Set,
    /// The unit.
    pub unit: Unit,
}

impl From<&Shown> for Arg {
    fn from(shown: &Shown) -> Arg {
        Arg::Label(Label {
            zh: shown.text(Lang::Zh),
            en: shown.text(Lang::En),
        })
    }
}

impl Shown {
    /// The set with its unit, as a language writes it.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        self.unit.set_text(&self.set, lang)
    }
}

impl Unit {
    fn new(name: &str, factor: Exact) -> Unit {
        Unit {
            name: name.to_owned(),
            english: (name.to_owned(), factor.clone()),
            factor,
            levels: Vec::new(),
            is_day: false,
            is_word: false,
            words: Vec::new(),
        }
    }

    /// Days: points in time, written as dates.
    #[must_use]
    pub fn day() -> Unit {
        Unit {
            is_day: true,
            ..Unit::new("", Exact::from(day::LENGTH))
        }
    }

    /// A set in this unit, as a language writes it.
    fn set_text(&self, set: &Set, lang: Lang) -> String {
        if self.is_day {
            return ends_text(set, |value, rounding| day_text(value, lang, rounding));
        }
        if self.is_level() {
            return level_text(set, &self.levels, lang);
        }
        if self.is_word {
            return self.words_text(set, lang);
        }
        let name = match lang {
            Lang::Zh => &self.name,
            Lang::En => &self.english.0,
        };
        set_text(set, self.factor_in(lang), name)
    }

    /// A declared unit with its English form.
    pub(super) fn declared(program: &Program, unit: &crate::unit::Unit) -> Unit {
        if unit.nature == Nature::Points {
            return Unit::points();
        }
        let own = Unit::new(&unit.name, unit.factor.clone());
        match program.model.units.english(unit) {
            Some((name, factor)) if !unit.name.is_ascii() => Unit {
                english: (format!(" {name}"), factor),
                ..own
            },
            _ => own,
        }
    }

    /// Its name in both languages.
    #[must_use]
    pub fn label(&self) -> Label {
        Label {
            zh: self.name.clone(),
            en: self.english.0.trim().to_owned(),
        }
    }

    /// A number in this unit, in both languages; one that does not end is rounded as asked.
    #[must_use]
    pub fn amount(&self, value: &Exact, rounding: Rounding) -> Arg {
        if self.is_day {
            return Arg::Label(Label {
                zh: day_text(value, Lang::Zh, rounding),
                en: day_text(value, Lang::En, rounding),
            });
        }
        let number = number_text(value, &self.english.1, rounding);
        let is_one = matches!(number.as_str(), "1" | "-1");
        let of_one = match is_one {
            true if *self == Unit::points() => Some("unit-point-name"),
            true if *self == Unit::days() => Some("unit-day-name"),
            _ => None,
        };
        let en = match of_one {
            Some(key) => format!("{number} {}", Message::new(key).render(Lang::En)),
            None => format!("{number}{}", self.english.0),
        };
        Arg::Label(Label {
            zh: format!(
                "{}{}",
                number_text(value, &self.factor, rounding),
                self.name
            ),
            en,
        })
    }

    /// A change in this unit, with its sign.
    pub(super) fn signed(&self, value: &Exact) -> Arg {
        let text = number_text(&value.abs(), &self.factor, Rounding::HalfEven);
        let sign = match value.signum() {
            0 => "",
            1 => "+",
            _ => "-",
        };
        let text = match text.strip_prefix('\u{2248}') {
            Some(text) => format!("\u{2248}{sign}{text}"),
            None => format!("{sign}{text}"),
        };
        Arg::Label(Label::same(&format!("{text}{}", self.name)))
    }

    /// Base units in one of it, as a language names it.
    #[must_use]
    pub fn factor_in(&self, lang: Lang) -> &Exact {
        match lang {
            Lang::Zh => &self.factor,
            Lang::En => &self.english.1,
        }
    }

    /// Whether it is a scale of levels.
    #[must_use]
    pub fn is_level(&self) -> bool {
        !self.levels.is_empty()
    }

    /// The same with the word of a table that stands for a single value.
    #[must_use]
    pub fn naming(mut self, submission: &Submission, set: &Set) -> Unit {
        if let (true, Some(value)) = (self.is_word, set.as_point())
            && self.words.iter().all(|(known, _)| known != value)
            && let Some(text) = submission.text_of(value)
        {
            self.words.push((value.clone(), Label::same(text)));
        }
        self
    }

    /// What of its words a set holds.
    fn words_text(&self, set: &Set, lang: Lang) -> String {
        let within = self
            .words
            .iter()
            .filter(|(value, _)| set.intersect(&Set::point(value.clone())).is_some());
        let found: Vec<Arg> = within.map(|(_, word)| Arg::Label(word.clone())).collect();
        let message = match found.len() {
            0 => Message::new("range-other"),
            n if n == self.words.len() && !set.is_point() => Message::new("range-any"),
            _ => Message::new("list").with("items", Arg::List(found)),
        };
        message.render(lang)
    }

    /// A number without unit.
    #[must_use]
    pub fn plain() -> Unit {
        Unit::new("", Exact::from(1))
    }

    /// The percent sign.
    #[must_use]
    pub fn percent() -> Unit {
        Unit::new("%", Exact::ratio(1, 100).unwrap_or_default())
    }

    /// Percentage points.
    #[must_use]
    pub fn points() -> Unit {
        let name = |lang| Message::new("unit-points-name").render(lang);
        let factor = Exact::ratio(1, 100).unwrap_or_default();
        Unit {
            name: name(Lang::Zh),
            english: (format!(" {}", name(Lang::En)), factor.clone()),
            factor,
            levels: Vec::new(),
            is_day: false,
            is_word: false,
            words: Vec::new(),
        }
    }

    /// The unit that an indicator declares.
    #[must_use]
    pub fn of_indicator(program: &Program, indicator: &Indicator) -> Unit {
        if let Some(ladder) = indicator.ladder {
            return Unit {
                levels: program.model.ladders[ladder].names(),
                ..Unit::plain()
            };
        }
        match &indicator.unit {
            _ if indicator.kind == Kind::Date => Unit::day(),
            _ if matches!(indicator.kind, Kind::YesNo | Kind::OneOf | Kind::Text) => Unit {
                is_word: true,
                words: words_of(program, indicator),
                ..Unit::plain()
            },
            Some(unit) => Unit::declared(program, unit),
            None => Unit::plain(),
        }
    }

    /// The unit in which a figure is shown.
    #[must_use]
    pub fn of_figure(program: &Program, figure: &FigureRef) -> Unit {
        let indicator = &program.model.indicators[figure.indicator];
        match (figure.measure, &indicator.ty) {
            (Measure::Growth, _) => Unit::percent(),
            (Measure::Rank, _) => Unit::plain(),
            (Measure::Change, Type::Quantity(ty))
                if matches!(ty.role, Role::Share | Role::Growth) =>
            {
                Unit::points()
            }
            _ => Unit::of_indicator(program, indicator),
        }
    }

    /// The unit of a difference of two figures.
    #[must_use]
    pub fn of_difference_in(self, program: &Program, figure: &FigureRef) -> Unit {
        match figure.measure {
            Measure::Growth => Unit::points(),
            Measure::Level => self.of_difference(&program.model.indicators[figure.indicator].ty),
            Measure::Change | Measure::Rank => self,
        }
    }

    /// The unit in which a term is best shown: that of the figures below it, where they have it.
    #[must_use]
    pub fn of_term(program: &Program, term: TermId) -> Unit {
        let Type::Quantity(ty) = &program.terms[term].ty else {
            return Unit::plain();
        };
        match ty.role {
            Role::Share | Role::Growth | Role::Percent => return Unit::percent(),
            Role::Points => return Unit::points(),
            Role::Date => return Unit::day(),
            Role::Ratio | Role::Multiple => return Unit::plain(),
            Role::Blank => match &program.terms[term].kind {
                TermKind::Input(input) | TermKind::Derived(input, _) => {
                    let figure = &program.inputs[*input].figure;
                    return Unit::of_figure(program, figure);
                }
                _ => return Unit::plain(),
            },
            // A number of things that are counted has no unit.
            Role::Amount if ty.is_bare && ty.is_pure() => return Unit::plain(),
            Role::Amount | Role::Scaled => {}
        }
        let mut open = vec![term];
        while let Some(term) = open.pop() {
            if let TermKind::Input(input) | TermKind::Derived(input, _) = &program.terms[term].kind
            {
                let indicator = &program.model.indicators[program.inputs[*input].figure.indicator];
                let fits = indicator.kind != Kind::Date
                    && indicator
                        .unit
                        .as_ref()
                        .is_some_and(|unit| unit.dimension == ty.dimension);
                if fits {
                    return Unit::of_indicator(program, indicator);
                }
            }
            if let TermKind::Aggregate(id) = program.terms[term].kind {
                open.push(program.aggregates[id].root.term);
            }
            open.extend(program.terms[term].kind.operands().into_iter().rev());
        }
        if is_length_of_days(program, term) {
            return Unit::days();
        }
        let names = program.model.units.neighbours(&ty.dimension);
        match names.first().map(|name| program.model.units.parse(name)) {
            Some(Ok(crate::unit::ParsedUnit::Unit(unit))) => Unit::declared(program, &unit),
            _ => Unit::plain(),
        }
    }

    /// The unit of the time between two days.
    #[must_use]
    pub fn days() -> Unit {
        let name = |lang| Message::new("unit-days-name").render(lang);
        let factor = Exact::from(day::LENGTH);
        Unit {
            name: name(Lang::Zh),
            english: (format!(" {}", name(Lang::En)), factor.clone()),
            factor,
            is_day: false,
            levels: Vec::new(),
            is_word: false,
            words: Vec::new(),
        }
    }

    /// The unit of a difference of two of these: points for shares and growth.
    #[must_use]
    pub fn of_difference(self, ty: &Type) -> Unit {
        match ty {
            Type::Quantity(ty) if ty.role == Role::Date => Unit::days(),
            Type::Quantity(ty) if matches!(ty.role, Role::Share | Role::Growth | Role::Percent) => {
                Unit::points()
            }
            _ => self,
        }
    }
}

/// The words that a fact may be, each with the number that stands for it.
fn words_of(program: &Program, indicator: &Indicator) -> Vec<(Exact, Label)> {
    let said = |key| Label {
        zh: Message::new(key).render(Lang::Zh),
        en: Message::new(key).render(Lang::En),
    };
    if indicator.kind == Kind::YesNo {
        let keys = match indicator.evidence {
            Some(_) => ["said-not-achieved", "said-achieved"],
            None => ["range-no", "range-yes"],
        };
        return [0, 1]
            .map(Exact::from)
            .into_iter()
            .zip(keys.map(said))
            .collect();
    }
    let known = program.model.symbols.iter().zip(0i64..);
    let is_meant =
        |text: &str| indicator.kind == Kind::Text || indicator.choices.iter().any(|it| it == text);
    known
        .filter(|(text, _)| is_meant(text))
        .map(|(text, place)| (Exact::from(place), Label::same(text)))
        .collect()
}

/// Levels by their names: one, or from one to another.
fn level_text(set: &Set, levels: &[Label], lang: Lang) -> String {
    let name = |value: &Exact| {
        let at: Option<usize> = value.to_string().parse().ok();
        let level = at.and_then(|at| levels.get(at.checked_sub(1)?));
        level.map_or_else(|| value.to_string(), |level| level.get(lang).to_owned())
    };
    let top = Exact::from(i64::try_from(levels.len()).unwrap_or(i64::MAX));
    match (set.lo().value(), set.hi().value()) {
        (Some(lo), Some(hi)) if lo == hi => name(lo),
        (Some(lo), hi) if hi.is_none_or(|hi| *hi >= top) => Message::new("level-or-above")
            .with("level", name(lo))
            .render(lang),
        (lo, Some(hi)) if lo.is_none_or(|lo| *lo <= Exact::from(1)) => {
            Message::new("level-or-below")
                .with("level", name(hi))
                .render(lang)
        }
        (Some(lo), Some(hi)) => Message::new("level-between")
            .with("from", name(lo))
            .with("to", name(hi))
            .render(lang),
        _ => Message::new("range-other").render(lang),
    }
}

/// Whether a term is the time from one day to another.
fn is_length_of_days(program: &Program, term: TermId) -> bool {
    let is_day = |term: &TermId| matches!(&program.terms[*term].ty, Type::Quantity(ty) if ty.role == Role::Date);
    program.terms[term].kind.operands().iter().any(is_day)
}

/// A day as a language writes it; a number that is none stays a number.
fn day_text(value: &Exact, lang: Lang, rounding: Rounding) -> String {
    match day::of_number(value, rounding) {
        Some(found) => day::text(found, lang),
        None => number_text(value, &Exact::from(day::LENGTH), rounding),
    }
}

/// A number in a unit: exact where it ends soon, rounded with a sign where it does not.
#[must_use]
pub fn number_text(value: &Exact, factor: &Exact, rounding: Rounding) -> String {
    let value = value.checked_div(factor).unwrap_or_default();
    match value.decimal_string() {
        Some(text) if fraction(&text) <= 10 => text,
        _ => format!("\u{2248}{}", significant(&value, rounding)),
    }
}

fn fraction(text: &str) -> usize {
    text.split_once('.')
        .map_or(0, |(_, fraction)| fraction.len())
}

/// Rounded, but never to nothing.
fn significant(value: &Exact, rounding: Rounding) -> String {
    for places in [PLACES, 8, 16, 32] {
        let text = value.round_string(places, rounding);
        if text.chars().any(|c| ('1'..='9').contains(&c)) {
            return text;
        }
    }
    value.round_string(PLACES, rounding)
}

/// The number that a set stands for: its only value, or a root that is enclosed so closely that
/// no one would call it a range.
#[must_use]
pub fn as_number(set: &Set) -> Option<Exact> {
    if let Some(point) = set.as_point() {
        return Some(point.clone());
    }
    let (lo, hi) = (set.lo().value()?, set.hi().value()?);
    let is_close = &(hi - lo) * &Exact::from(2).pow(ROOT_BITS)? <= lo.abs();
    is_close.then(|| lo.clone())
}

/// Ends that share this many bits enclose a root; no printed figure has so many.
const ROOT_BITS: i32 = 96;

/// A set in a unit: `56%`, `(71%, +\u{221e})`.
#[must_use]
pub fn set_text(set: &Set, factor: &Exact, unit: &str) -> String {
    ends_text(set, |value, rounding| {
        format!("{}{unit}", number_text(value, factor, rounding))
    })
}

/// A set by its ends, each written as told.
fn ends_text(set: &Set, write: impl Fn(&Exact, Rounding) -> String) -> String {
    if let Some(number) = as_number(set) {
        return write(&number, Rounding::HalfEven);
    }
    let lo = match set.lo() {
        End::Unbounded => "(-\u{221e}".to_owned(),
        End::Open(value) => format!("({}", write(value, Rounding::Down)),
        End::Closed(value) => format!("[{}", write(value, Rounding::Down)),
    };
    let hi = match set.hi() {
        End::Unbounded => "+\u{221e})".to_owned(),
        End::Open(value) => format!("{})", write(value, Rounding::Up)),
        End::Closed(value) => format!("{}]", write(value, Rounding::Up)),
    };
    format!("{lo}, {hi}")
}
