//! The words that stand beside printed numbers: words of any language go in as data, the longest
//! that stands at a place comes out. Holds no word of its own but the names of the qualifiers.

use std::collections::BTreeMap;

use super::Qualifier;
use super::glyphs::Glyphs;
use crate::fold::fold_tight;

/// What a word does beside a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Stands before the number.
    Before(Qualifier),
    /// Stands after the number or after the unit.
    After(Qualifier),
    /// Says that something is added to the number, and stands right after it or after the scale.
    Odd,
    /// Stands between the ends of a range.
    Range,
    /// Makes the number negative; the signs `-` and U+2212 always do.
    Minus,
    /// Stands between groups of three digits: one character, which may be a blank.
    Separator,
}

/// A word that cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VocabularyError {
    /// The word is empty, or a separator is not one character.
    BadWord(String),
    /// The word says something else in the same place already.
    Contradicts(String),
}

/// Words and what each means, by their first characters.
type Words<T> = BTreeMap<char, Vec<(Vec<char>, T)>>;

/// The words of one language or several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vocabulary {
    // INVARIANT: the longest words come first behind each character.
    before: Words<Qualifier>,
    after: Words<Qualifier>,
    odd: Words<()>,
    range: Words<()>,
    minus: Words<()>,
    separators: Vec<char>,
}

impl Default for Vocabulary {
    fn default() -> Self {
        let sign = |sign: char| (sign, vec![(vec![sign], ())]);
        Self {
            before: Words::new(),
            after: Words::new(),
            odd: Words::new(),
            range: Words::new(),
            minus: ['-', '\u{2212}'].map(sign).into(),
            separators: Vec::new(),
        }
    }
}

impl Vocabulary {
    /// Returns a vocabulary of nothing but signs.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a word; full-width forms, capital letters and blanks make no difference.
    ///
    /// # Errors
    /// If the word is empty, or says something else in the same place.
    pub fn add(&mut self, word: &str, role: Role) -> Result<(), VocabularyError> {
        let key: Vec<char> = fold_tight(word).to_ascii_lowercase().chars().collect();
        let bad = || Err(VocabularyError::BadWord(word.to_owned()));
        if role == Role::Separator {
            let mut chars = word.chars().map(crate::fold::fold_char);
            return match (chars.next(), chars.next()) {
                (Some(c), None) if !c.is_ascii_alphanumeric() && c != '.' => {
                    self.separators.push(c);
                    Ok(())
                }
                _ => bad(),
            };
        }
        if key.is_empty() || key.iter().any(char::is_ascii_digit) {
            return bad();
        }
        let is_new = match role {
            Role::Before(qualifier) => insert(&mut self.before, key, qualifier),
            Role::After(qualifier) => insert(&mut self.after, key, qualifier),
            Role::Odd => insert(&mut self.odd, key, ()),
            Role::Range => insert(&mut self.range, key, ()),
            Role::Minus => insert(&mut self.minus, key, ()),
            Role::Separator => true,
        };
        if is_new {
            Ok(())
        } else {
            Err(VocabularyError::Contradicts(word.to_owned()))
        }
    }

    /// Returns what a word in a qualifier's own cell says.
    #[must_use]
    pub fn qualifier(&self, text: &str) -> Option<Qualifier> {
        let key = fold_tight(text).to_ascii_lowercase();
        let plain: String = key.chars().filter(|c| !matches!(c, '-' | '_')).collect();
        let named = Qualifier::ALL.into_iter().find(|(_, name)| *name == plain);
        let key: Vec<char> = key.chars().collect();
        let word = || whole(&self.before, &key).or_else(|| whole(&self.after, &key));
        let odd = || whole(&self.odd, &key).map(|()| Qualifier::Plus);
        named.map(|n| n.0).or_else(word).or_else(odd)
    }

    /// What the longest word says that a text ends with, where it may stand before a number. A word
    /// of letters that others belong to is none: `over` in `moreover`.
    #[must_use]
    pub fn at_end(&self, text: &str) -> Option<Qualifier> {
        let letters: Vec<char> = text.chars().collect();
        let mut starts = (0..letters.len()).filter(|at| *at == 0 || !is_inside(&letters, *at));
        starts.find_map(|at| said(&self.before, letters.get(at..)?))
    }

    /// What the longest word says that a text begins with, where it may stand after a number.
    #[must_use]
    pub fn at_start(&self, text: &str) -> Option<Qualifier> {
        let letters: Vec<char> = text.chars().collect();
        let ends = (1..=letters.len()).rev();
        let mut ends = ends.filter(|at| *at == letters.len() || !is_inside(&letters, *at));
        ends.find_map(|at| said(&self.after, letters.get(..at)?))
    }

    pub(super) fn before(&self, glyphs: &Glyphs, at: usize) -> Option<(usize, Qualifier)> {
        longest(&self.before, glyphs, at)
    }

    pub(super) fn after(&self, glyphs: &Glyphs, at: usize) -> Option<(usize, Qualifier)> {
        longest(&self.after, glyphs, at)
    }

    pub(super) fn odd(&self, glyphs: &Glyphs, at: usize) -> Option<usize> {
        longest(&self.odd, glyphs, at).map(|(length, ())| length)
    }

    pub(super) fn range(&self, glyphs: &Glyphs, at: usize) -> Option<usize> {
        longest(&self.range, glyphs, at).map(|(length, ())| length)
    }

    pub(super) fn minus(&self, glyphs: &Glyphs, at: usize) -> Option<usize> {
        longest(&self.minus, glyphs, at).map(|(length, ())| length)
    }

    pub(super) fn separates(&self, c: char) -> bool {
        self.separators.contains(&c)
    }
}

/// What a word says, blanks and widths aside.
fn said(words: &Words<Qualifier>, letters: &[char]) -> Option<Qualifier> {
    let text: String = letters.iter().collect();
    let key: Vec<char> = fold_tight(&text).to_ascii_lowercase().chars().collect();
    whole(words, &key)
}

/// Whether a place lies inside a word of Latin letters.
fn is_inside(letters: &[char], at: usize) -> bool {
    let is_latin = |at: usize| letters.get(at).is_some_and(char::is_ascii_alphanumeric);
    is_latin(at) && at.checked_sub(1).is_some_and(is_latin)
}

/// Adds a word; false if it is there with another meaning.
fn insert<T: Copy + PartialEq>(words: &mut Words<T>, key: Vec<char>, meaning: T) -> bool {
    let Some(first) = key.first() else {
        return false;
    };
    let words = words.entry(*first).or_default();
    if let Some((_, known)) = words.iter().find(|(word, _)| *word == key) {
        return *known == meaning;
    }
    let place = words.partition_point(|(word, _)| word.len() >= key.len());
    words.insert(place, (key, meaning));
    true
}

/// What a word means that is the whole of a text.
fn whole<T: Copy>(words: &Words<T>, key: &[char]) -> Option<T> {
    let words = words.get(key.first()?)?;
    let found = words.iter().find(|(word, _)| *word == key);
    found.map(|(_, meaning)| *meaning)
}

fn longest<T: Copy>(words: &Words<T>, glyphs: &Glyphs, at: usize) -> Option<(usize, T)> {
    let words = words.get(&glyphs.char(at)?.to_ascii_lowercase())?;
    let found = words.iter().find(|(word, _)| glyphs.has_word(at, word));
    found.map(|(word, meaning)| (word.len(), *meaning))
}
