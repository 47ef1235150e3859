//! Lines of a bounded width.

use plumbrule::report::wrap;

const OPENING: [char; 4] = ['(', '\u{300A}', '\u{201C}', '\u{FF08}'];
const CLOSING: [char; 7] = [
    ')', ',', '.', '\u{300B}', '\u{3001}', '\u{201D}', '\u{FF09}',
];

#[test]
fn no_line_ends_with_a_mark_that_opens_or_starts_with_one_that_closes() {
    // Two wide letters, a title in its marks, a quote, a bracket after a wide letter.
    let text = "\u{6570}\u{636E}\u{300A}\u{62A5}\u{544A}\u{300B}\u{3001}\u{201C}15 \u{4E07}\u{201D}\u{FF08}\u{4E00}\u{FF09}\u{6307}\u{6807}, (\u{6BD4} \"3\u{4EBA}\") end.";
    for columns in 8..40 {
        let lines = wrap(text, columns);
        for line in &lines {
            assert!(!line.ends_with(OPENING), "{columns}: {lines:#?}");
            assert!(!line.starts_with(CLOSING), "{columns}: {lines:#?}");
        }
        let joined: String = lines.concat().split(' ').collect();
        assert_eq!(joined, text.split(' ').collect::<String>());
    }
}
