//! Full-width signs and near names.

use super::*;

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
    assert_eq!(edit_distance(&['a', 'b', 'c'], &['b', 'c', 'd']), 2);
    assert_eq!(
        edit_distance(&['u', 'n', 't', 'i'], &['u', 'n', 'i', 't']),
        1
    );
}
