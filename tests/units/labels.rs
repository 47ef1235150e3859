//! Labels fit for one line of a picture.

use plumbrule::report::width;

#[path = "../../src/report/graph/clean.rs"]
mod clean;

use clean::{clean, lines};

#[test]
fn controls_and_turning_marks_are_dropped() {
    let text = "a\u{0}\u{1b}[31m\tb\r\n c\u{202e}d\u{feff}";
    assert_eq!(clean(text), "a[31m b cd");
}

#[test]
fn no_line_is_wider_than_asked() {
    let long = "base_stations_5g_per_10000_over_target_of_the_plan".repeat(3);
    for text in [
        long.as_str(),
        "x".repeat(200).as_str(),
        "\u{4e2d}".repeat(99).as_str(),
    ] {
        let found = lines(text, 20, 4);
        assert!(found.iter().all(|line| width(line) <= 20), "{found:?}");
        assert_eq!(found.len(), 4);
        assert!(found[3].ends_with('\u{2026}'));
    }
    assert_eq!(
        lines("base_stations_5g_per_10000", 20, 4),
        ["base_stations_5g_", "per_10000"]
    );
}
