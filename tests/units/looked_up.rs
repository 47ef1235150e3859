//! What was looked up before.

#[path = "../../src/figures/memo.rs"]
mod memo;

use memo::{Memo, hash};

#[test]
fn what_was_put_in_comes_out_until_it_is_full() {
    let mut memo = Memo::of_at_most(2);
    assert_eq!(memo.get("a"), None);
    for (text, n) in [("a", 1), ("b", 2), ("c", 3)] {
        memo.insert(text, n);
    }
    let found = (memo.get("a"), memo.get("b"), memo.get("c"));
    assert_eq!(found, (Some(&1), Some(&2), None));
}

#[test]
fn nothing_is_lost_where_it_grows() {
    let mut memo = Memo::new();
    for n in 0..1_000 {
        memo.insert(n.to_string(), n);
    }
    for n in 0..1_000 {
        assert_eq!(memo.get(&n.to_string()), Some(&n));
    }
    assert_eq!(memo.get("no number"), None);
}

#[test]
fn what_was_found_last_counts() {
    let mut memo = Memo::new();
    memo.insert("a", 1);
    memo.insert("a", 2);
    assert_eq!(memo.get("a"), Some(&2));
}

#[test]
fn texts_of_one_hash_are_told_apart() {
    let (a, b) = ("ieqh524y00AAA0DA", "vhsp5i9gOIayzhZT");
    assert_eq!(hash(a), hash(b), "two others must be found");
    let mut memo = Memo::new();
    memo.insert(a, 1);
    assert_eq!(memo.get(b), None);
    memo.insert(b, 2);
    assert_eq!((memo.get(a), memo.get(b)), (Some(&1), Some(&2)));
    for n in 0..10_000 {
        memo.insert(n.to_string(), n);
    }
    assert_eq!((memo.get(a), memo.get(b)), (Some(&1), Some(&2)));
}
