//! Places as an editor counts them.

use proptest::prelude::*;

use plumbrule::editor::{Encoding, Lines, Position};

#[test]
fn lines_end_in_three_ways() {
    let text = "a\r\nb\rc\n";
    let lines = Lines::of(text);
    let at = |line| lines.byte(text, Position { line, column: 0 }, Encoding::Utf16);
    assert_eq!([at(0), at(1), at(2), at(3), at(4)], [0, 3, 5, 7, 7]);
    let far = Position { line: 0, column: 9 };
    assert_eq!(lines.byte(text, far, Encoding::Utf8), 1);
}

#[test]
fn a_column_inside_a_pair_of_surrogates_is_the_start_of_the_character() {
    let text = "😀b";
    let lines = Lines::of(text);
    let at = |column| lines.byte(text, Position { line: 0, column }, Encoding::Utf16);
    assert_eq!([at(0), at(1), at(2), at(3)], [0, 0, 4, 5]);
}

proptest! {
    #![proptest_config(crate::common::random(256))]

    #[test]
    fn there_and_back(text in "[a😀名\r\n\u{301}]{0,30}") {
        let lines = Lines::of(&text);
        for encoding in Encoding::ALL {
            let inside = text.as_bytes().windows(2).enumerate();
            // Between the two signs of one line end there is no place.
            let not_a_place: Vec<usize> = inside.filter(|(_, two)| two == b"\r\n").map(|(at, _)| at + 1).collect();
            let bytes = text.char_indices().map(|(at, _)| at).chain([text.len()]);
            for byte in bytes.filter(|byte| !not_a_place.contains(byte)) {
                let position = lines.position(&text, byte, encoding);
                prop_assert_eq!(lines.byte(&text, position, encoding), byte);
            }
        }
    }
}
