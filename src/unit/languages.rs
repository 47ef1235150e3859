//! What units are called in each language: a unit goes in, its name and what one of it counts come out.
//! Never reads a text.

use super::{Dimension, Unit, Units};
use crate::fold::fold_tight;
use crate::message::Label;
use crate::number::Exact;

impl Units {
    /// Returns a unit as English writes it: scale words become thousand, million, billion or
    /// trillion, and the unit its own English name; `None` where a part has none.
    #[must_use]
    pub fn english(&self, unit: &Unit) -> Option<(String, Exact)> {
        let (scale, rest) = self.split_scale(&unit.name);
        let index = *self.names.get(&fold_tight(&rest))?;
        let name = self.english_name(index)?;
        let base = unit.factor.checked_div(&scale)?;
        let words = [
            (12, "trillion"),
            (9, "billion"),
            (6, "million"),
            (3, "thousand"),
        ];
        let fits = words
            .into_iter()
            .find(|(power, _)| scale >= Exact::pow10(*power));
        // A hundred million is told in millions, ten thousand in thousands.
        Some(match fits {
            Some((power, word)) => (format!("{word} {name}"), &base * &Exact::pow10(power)),
            None => (name, unit.factor.clone()),
        })
    }

    /// Returns what Chinese calls a unit and its base units, without a scale word, and with the
    /// measure word that it may be counted by; `None` where it has no Chinese name.
    #[must_use]
    pub fn chinese(&self, unit: &Unit) -> Option<(String, Exact)> {
        let (scale, rest) = self.split_scale(&unit.name);
        let def = self.defs.get(*self.names.get(&fold_tight(&rest))?)?;
        if def.unit.name.is_ascii() {
            return None;
        }
        let counted = format!("\u{4e2a}{}", def.unit.name);
        let is_there = def.names.contains(&counted);
        let name = if is_there {
            counted
        } else {
            def.unit.name.clone()
        };
        Some((name, unit.factor.checked_div(&scale)?))
    }

    /// The second name of a unit is its English one, where the first is not; plural by preference.
    fn english_name(&self, index: usize) -> Option<String> {
        let own = &self.defs.get(index)?.unit.name;
        if own.is_ascii() {
            return Some(own.clone());
        }
        let is_word = |name: &&String| name.chars().all(|c| c.is_ascii_alphabetic());
        let names: Vec<&String> = self.defs.get(index)?.names.iter().filter(is_word).collect();
        let first = names.first()?;
        let plural = names.iter().find(|name| ***name == format!("{first}s"));
        Some((*plural.unwrap_or(first)).clone())
    }

    /// Returns the units that measure the same, each by its first name and by its English one.
    #[must_use]
    pub fn neighbour_labels(&self, dimension: &Dimension) -> Vec<Label> {
        let label = |zh: &str| {
            let index = self.names.get(&fold_tight(zh));
            let en = index.and_then(|index| self.english_name(*index));
            Label {
                zh: zh.to_owned(),
                en: en.unwrap_or_default(),
            }
        };
        let names = self.neighbours(dimension).into_iter();
        names.map(label).collect()
    }
}
