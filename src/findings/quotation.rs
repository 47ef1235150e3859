//! What a quotation says: its numbers, in digits and spelled out, each with the unit behind it, and its
//! years. A text goes in; words are only searched for numbers, and never is anything read from them.
//! Findings ask it of figures, lints of the words that rules cite.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use crate::figures::TextId;
use crate::figures::printed::Qualifier;
use crate::fold::{fold_tight, fold_width};
use crate::model::Model;
use crate::number::Exact;

use super::Cx;
use super::spelled::{SpelledKind, spelled};
use super::wording::{SaidYear, Way, Ways, goes_on, said_year};

/// Letters behind a number in which its unit is looked for.
const LONGEST_UNIT: usize = 12;
/// Letters in which a number that is spelled out is looked for.
const LONGEST_SPELLED: usize = 24;
/// Letters of a quotation that are searched.
const LONGEST_QUOTE: usize = 4_000;

/// Texts of which is remembered what was found in them.
pub(super) const MOST_REMEMBERED: usize = 20_000;
/// Letters that end every unit: full stop, enumeration comma, and the like.
const STOPS: [char; 5] = [',', ';', ':', '\u{3001}', '\u{3002}'];

/// The words of quotations that were searched.
#[derive(Default)]
pub(super) struct Quotes {
    words: RefCell<BTreeMap<TextId, Rc<Words>>>,
    /// The quotations without blanks, as they are held against each other.
    tight: RefCell<BTreeMap<TextId, Rc<str>>>,
}

/// What a quotation says.
#[derive(Default)]
pub(crate) struct Words {
    /// Its numbers, in order.
    pub numbers: Vec<Quoted>,
    /// Its years.
    pub(super) years: Vec<SaidYear>,
}

/// A number in a quotation.
pub(crate) struct Quoted {
    /// The letter at which it starts, and the one behind its unit.
    pub at: (usize, usize),
    pub value: Exact,
    /// How it is written.
    pub written: Written,
    /// The scale behind it; one where there is none.
    pub scale: Exact,
    /// The unit behind it; empty where none is known.
    pub name: String,
    /// Scale and unit as they stand there; letters that are no unit, where there is none.
    pub text: String,
    /// Which way the words before it say that it goes.
    pub(super) way: Option<Way>,
}

/// How a number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Written {
    /// In digits.
    Digits,
    /// In one small word, which may be no number.
    Small,
    /// In words, its scale with them.
    Full,
    /// As a part of one.
    Part,
}

impl Quoted {
    /// Whether it is a number for certain.
    pub(crate) fn is_sure(&self) -> bool {
        self.written != Written::Small
    }
}

/// A text that is searched, letter by letter.
struct Reader<'t> {
    letters: &'t [char],
    /// All of it in lower case.
    lower: &'t str,
    /// The bytes at which each letter starts there.
    starts: &'t [usize],
    /// Its words that say which way something goes.
    ways: Ways,
    at: usize,
    /// What was read, in lower case.
    before: String,
}

impl<'t> Reader<'t> {
    fn letter(&self) -> char {
        self.ahead(0)
    }

    fn ahead(&self, by: usize) -> char {
        self.letters.get(self.at + by).copied().unwrap_or(' ')
    }

    fn rest(&self) -> &[char] {
        self.letters.get(self.at..).unwrap_or(&[])
    }

    /// So many letters, in lower case.
    fn start(&self, most: usize) -> &'t str {
        let stretch = self.start_of(self.at)..self.start_of(self.at + most);
        self.lower.get(stretch).unwrap_or("")
    }

    /// The byte at which a letter starts in lower case.
    fn start_of(&self, letter: usize) -> usize {
        let start = self.starts.get(letter).copied();
        start.unwrap_or(self.lower.len())
    }

    /// Which way the words before a letter say that it goes.
    fn way(&self, letter: usize) -> Option<Way> {
        self.ways.before(self.start_of(letter))
    }

    fn skip(&mut self, letters: usize) {
        let passed = self.start(letters);
        self.before.push_str(passed);
        self.at += letters;
    }

    /// The digits that stand here, with a point and without what sets thousands apart.
    fn digits(&mut self) -> String {
        let mut number = String::new();
        loop {
            let is_joined = self.ahead(1).is_ascii_digit();
            match self.letter() {
                digit if digit.is_ascii_digit() => number.push(digit),
                '.' if is_joined && !number.contains('.') => number.push('.'),
                ',' if is_joined => {}
                _ => return number,
            }
            self.at += 1;
        }
    }
}

impl Cx<'_> {
    /// The numbers of a quotation. Many figures are quoted from one sentence.
    pub(super) fn quoted(&self, quote: TextId) -> Rc<Words> {
        if let Some(known) = self.quotes.words.borrow().get(&quote) {
            return Rc::clone(known);
        }
        let quoted = Rc::new(words_in(&self.program.model, self.submission.text(quote)));
        let mut known = self.quotes.words.borrow_mut();
        if known.len() < MOST_REMEMBERED {
            known.insert(quote, Rc::clone(&quoted));
        }
        quoted
    }

    /// A quotation without blanks and wide forms.
    pub(super) fn tight_quote(&self, quote: TextId) -> Rc<str> {
        if let Some(known) = self.quotes.tight.borrow().get(&quote) {
            return Rc::clone(known);
        }
        let tight: Rc<str> = fold_tight(self.submission.text(quote)).into();
        let mut known = self.quotes.tight.borrow_mut();
        if known.len() < MOST_REMEMBERED {
            known.insert(quote, Rc::clone(&tight));
        }
        tight
    }
}

/// The numbers of a text, each with the unit behind it, and what is said of years.
pub(crate) fn words_in(model: &Model, quote: &str) -> Words {
    let letters: Vec<char> = fold_width(quote).chars().take(LONGEST_QUOTE).collect();
    let mut lower = String::with_capacity(quote.len());
    let starts: Vec<usize> = letters
        .iter()
        .map(|letter| {
            let start = lower.len();
            lower.extend(letter.to_lowercase());
            start
        })
        .collect();
    let mut reader = Reader {
        letters: &letters,
        lower: &lower,
        starts: &starts,
        ways: Ways::of(&model.words.quotes, &lower),
        at: 0,
        before: String::new(),
    };
    let mut all = Words::default();
    while reader.at < letters.len() {
        if reader.letter().is_ascii_digit() {
            in_digits(model, &mut reader, &mut all);
        } else if !in_words(model, &mut reader, &mut all) {
            reader.skip(1);
        }
    }
    all
}

/// A number in digits, the scale and unit behind it with it.
fn in_digits(model: &Model, reader: &mut Reader<'_>, all: &mut Words) {
    let words = &model.words;
    let first = reader.at;
    let number = reader.digits();
    if let Ok(value) = Exact::parse_decimal(&number) {
        let unit = unit_at(model, reader.rest());
        let end = reader.at + unit.as_ref().map_or(0, |(_, letters)| *letters);
        let text = unit.map(|(text, _)| text);
        let (scale, name) = text
            .as_ref()
            .map(|text| model.units.split_scale(text))
            .unwrap_or((Exact::from(1), String::new()));
        // Letters that begin no unit may be the start of one: 87T for 87Tbps.
        let text = text.unwrap_or_else(|| {
            let letters = reader.rest().iter().copied();
            letters.take_while(char::is_ascii_alphabetic).collect()
        });
        let one = Quoted {
            at: (first, end),
            value,
            written: Written::Digits,
            scale,
            name,
            text,
            way: reader.way(first),
        };
        let behind = reader.start(LONGEST_UNIT);
        let before = &reader.before;
        let year = said_year(&words.quotes, &words.periods, before, &one, behind);
        all.years.extend(year);
        all.numbers
            .extend(part_of(all.numbers.last(), &one, before));
        all.numbers.push(one);
    }
    reader.before.push_str(&number);
    // The scale behind it is no number of its own.
    let rest = reader.start(LONGEST_UNIT);
    let blanks = rest.len() - rest.trim_start().len();
    let scale = rest.get(blanks..).and_then(|rest| {
        let units = &model.units;
        units.word_scale_at(rest).map(|(length, _)| blanks + length)
    });
    let scale = scale.and_then(|length| rest.get(..length));
    reader.skip(scale.map_or(0, |scale| scale.chars().count()));
}

/// A number that is spelled out; false where none stands here.
fn in_words(model: &Model, reader: &mut Reader<'_>, all: &mut Words) -> bool {
    let first_letter = reader.at;
    let text = reader.start(LONGEST_SPELLED);
    let first = text.chars().next();
    if first == Some(' ') || goes_on(reader.before.chars().next_back(), first) {
        return false;
    }
    let Some(found) = spelled(model, text) else {
        return false;
    };
    let way = reader.way(first_letter);
    let letters = text
        .get(..found.length)
        .map_or(0, |own| own.chars().count());
    reader.skip(letters);
    let (text, behind) = unit_at(model, reader.rest()).unwrap_or_default();
    all.numbers.push(Quoted {
        at: (first_letter, reader.at + behind),
        value: found.value,
        written: match found.kind {
            SpelledKind::Small => Written::Small,
            SpelledKind::Full => Written::Full,
            SpelledKind::Part => Written::Part,
        },
        scale: Exact::from(1),
        name: text.clone(),
        text,
        way,
    });
    true
}

/// The longest unit or scale that a text begins with, and the letters up to its end.
fn unit_at(model: &Model, letters: &[char]) -> Option<(String, usize)> {
    let mut start = letters.iter().position(|letter| *letter != ' ')?;
    let first: String = letters.iter().skip(start).take(1).collect();
    if model.words.vocabulary.qualifier(&first) == Some(Qualifier::Plus) {
        start += 1;
    }
    let letters = letters.get(start..)?;
    let is_end = |letter: &char| STOPS.contains(letter) || !model.units.may_hold(*letter);
    let end = letters.iter().position(is_end);
    let longest = end.unwrap_or(letters.len()).min(LONGEST_UNIT);
    (1..=longest).rev().find_map(|n| {
        let text: String = letters.get(..n)?.iter().collect();
        let is_unit = !text.ends_with(char::is_whitespace) && model.units.lookup(&text).is_some();
        is_unit.then_some((text, start + n))
    })
}

/// The fraction that two numbers are with a stroke between them, as in 3/4.
fn part_of(above: Option<&Quoted>, below: &Quoted, before: &str) -> Option<Quoted> {
    let above = above.filter(|above| above.text.is_empty() && above.written == Written::Digits)?;
    let number = before.strip_suffix('/')?;
    let is_next = number.ends_with(&above.value.to_string());
    let is_less = above.value.signum() > 0 && above.value < below.value;
    let value = above.value.checked_div(&below.value);
    Some(Quoted {
        at: (above.at.0, below.at.1),
        value: value.filter(|_| is_next && is_less)?,
        written: Written::Part,
        scale: Exact::from(1),
        name: String::new(),
        text: String::new(),
        way: above.way,
    })
}
