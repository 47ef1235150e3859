//! Full-width signs and near names.

use plumbrule::fold::{fold_name, fold_tight, fold_width, nearest};
use proptest::prelude::*;

use crate::common;

#[test]
fn full_width_forms_become_narrow_one_for_one() {
    assert_eq!(
        fold_width("ＧＤＰ　１２．５％／（人），～"),
        "GDP 12.5%/(人),~"
    );
    assert_eq!(fold_tight(" kW · h　"), "kW·h");
}

/// The same by the steps that it is made of.
fn folded_in_steps(name: &str) -> String {
    fold_width(name.trim()).to_lowercase()
}

#[test]
fn names_are_looked_up_without_case_and_width() {
    assert_eq!(fold_name("　５Ｇ 用户Penetration "), "5g 用户penetration");
    // At the end of a word this letter has a form of its own.
    assert_eq!(fold_name("ΟΔΟΣ"), "οδος");
    for letter in char::MIN..=char::MAX {
        let name = letter.to_string();
        assert_eq!(fold_name(&name), folded_in_steps(&name), "{letter:?}");
    }
}

#[test]
fn closest_word_is_found_and_far_words_are_not() {
    let words = ["人次", "标准机架", "EFLOPS"];
    assert_eq!(nearest("标准机驾", words).map(|n| n.0), Some("标准机架"));
    assert_eq!(nearest("eflops", words).map(|n| n.0), Some("EFLOPS"));
    assert_eq!(nearest("公", words), None);
    assert_eq!(
        nearest("户口", ["人口", "口", "户"]).map(|n| n.0),
        Some("户")
    );
    assert_eq!(nearest("次人", words).map(|n| n.0), Some("人次"));
    assert_eq!(nearest("", words), None);
    // One letter less and one more are two steps, two that change places are one.
    assert_eq!(nearest("abcdef", ["bcdefg"]), Some(("bcdefg", 2)));
    assert_eq!(nearest("unti", ["unit"]), Some(("unit", 1)));
}

/// Steps from one word to another: by what its last characters may be.
fn steps(a: &[char], b: &[char]) -> usize {
    let (Some((x, rest_a)), Some((y, rest_b))) = (a.split_last(), b.split_last()) else {
        return a.len().max(b.len());
    };
    let dropped = steps(rest_a, b).min(steps(a, rest_b)) + 1;
    let changed = steps(rest_a, rest_b) + usize::from(x != y);
    let swapped = match (rest_a.split_last(), rest_b.split_last()) {
        (Some((w, a)), Some((z, b))) if (w, x) == (y, z) => steps(a, b) + 1,
        _ => usize::MAX,
    };
    dropped.min(changed).min(swapped)
}

/// Whether words so many steps apart are other words: more than a third, all of them, or two that begin otherwise.
fn is_other(a: &[char], b: &[char]) -> bool {
    let longer = a.len().max(b.len());
    let swapped = a.iter().all(|c| b.contains(c));
    let is_short = longer == 2 && a.len() == b.len() && !a.iter().all(char::is_ascii);
    let most = (longer / 3).max(1).min(longer - 1);
    steps(a, b) > most || is_short && a.first() != b.first() && !swapped
}

proptest! {
    #![proptest_config(common::random(256))]

    #[test]
    fn a_name_is_folded_as_in_steps(name in "[ 　aZ５ΣσИж户、。Ⅳ]{0,8}") {
        prop_assert_eq!(fold_name(&name), folded_in_steps(&name));
    }

    #[test]
    fn no_closer_word_is_passed_over(
        word in "[a-dA口户]{1,6}",
        words in prop::collection::vec("[a-d口户]{1,6}", 1..12),
    ) {
        let chars = |word: &str| word.to_lowercase().chars().collect::<Vec<char>>();
        let own = chars(&word);
        let known = words.iter().map(|other| chars(other));
        let near = known.filter(|other| !is_other(&own, other));
        let least = near.map(|other| steps(&own, &other)).min();
        let found = nearest(&word, words.iter().map(String::as_str));
        prop_assert_eq!(found.map(|(_, distance)| distance), least);
        if let Some((name, distance)) = found {
            prop_assert_eq!(steps(&own, &chars(name)), distance);
        }
    }
}
