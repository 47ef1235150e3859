//! File names for ids.

#[path = "../../src/report/html/site/slug.rs"]
mod slug;

use slug::slug;

#[test]
fn ids_that_differ_have_files_that_differ_where_capitals_do_not_count() {
    let long = "x".repeat(500);
    let longer = "x".repeat(501);
    let ids = [
        "nip.1",
        "NIP.1",
        "Nip.1",
        "nip.~1",
        "a b",
        "a/b",
        "..",
        ".",
        "",
        "con",
        "CON",
        "con.1",
        "com7",
        "\u{6307}\u{6807}",
        "~a",
        "A",
        "~00005c",
        "\\",
        "index",
        "a\u{2215}b",
        "com",
        &long,
        &longer,
    ];
    let mut found: Vec<String> = ids.iter().map(|id| slug(id)).collect();
    for name in &found {
        let is_plain = |c: char| matches!(c, 'a'..='z' | '0'..='9' | '.' | '-' | '_' | '~');
        assert!(name.chars().all(is_plain) && !name.is_empty(), "{name}");
        assert!(name.len() < 200 && !name.starts_with('.'), "{name}");
    }
    found.sort();
    found.dedup();
    assert_eq!(found.len(), ids.len());
    assert_eq!(slug("nip.2"), "nip.2");
    assert_eq!(slug("con.1"), "~~con.1");
}
