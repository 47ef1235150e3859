//! Full-width signs and near names.

use plumbrule::fold::{fold_tight, fold_width, nearest};

#[test]
fn full_width_forms_become_narrow_one_for_one() {
    assert_eq!(
        fold_width("ＧＤＰ　１２．５％／（人），～"),
        "GDP 12.5%/(人),~"
    );
    assert_eq!(fold_tight(" kW · h　"), "kW·h");
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
