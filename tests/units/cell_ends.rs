//! Where cells end in plain text, found many at a time.

#[path = "../../src/bulk/source/csv/ends.rs"]
mod ends;

use ends::{Ends, noted_by};
use fearless_simd::{Level, dispatch};

/// The same said plainly.
fn plain_ends(text: &[u8], from: usize) -> Vec<u32> {
    let places = text.iter().enumerate().skip(from);
    let ends = places.filter(|(_, byte)| matches!(byte, b';' | b'\n'));
    ends.map(|(place, _)| place as u32).collect()
}

fn texts() -> Vec<Vec<u8>> {
    let mut state = 3_u64;
    let mut drawn = |n: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (state >> 33) as usize % n
    };
    let lengths = (0..200).chain([2047, 2048, 2049, 5000, 20_000]);
    lengths
        .map(|length| {
            // From ends alone to hardly any.
            let rarity = 1 + drawn(30);
            let byte = |at: usize| match at % rarity {
                0 => b";\n"[at / 7 % 2],
                _ => b"a:<\x0B\x09\x8A\xBB\xFF"[at % 8],
            };
            (0..length).map(|_| byte(drawn(1000))).collect()
        })
        .collect()
}

#[test]
fn all_ends_are_found_in_their_order() {
    for text in texts() {
        let mut ends = Ends::default();
        let mut at = 0;
        let mut step = 0;
        loop {
            step += 1;
            let n = 1 + step * 7 % 40;
            let expected = plain_ends(&text, at);
            let found = ends.from(&text, at, n, b';').to_vec();
            assert_eq!(
                found,
                expected[..n.min(expected.len())],
                "from {at} of {}",
                text.len()
            );
            // Behind the last, right behind an earlier one, or far behind all that were looked at.
            at = match (found.last(), step % 5) {
                (None, _) => break,
                (Some(_), 1) => found[found.len() / 2] as usize + 1,
                (Some(last), 2) => *last as usize + 3000,
                (Some(last), _) => *last as usize + 1,
            };
        }
    }
}

#[test]
fn every_kind_of_processor_finds_the_same() {
    for level in [Level::new(), Level::baseline()] {
        for text in texts().into_iter().filter(|text| text.len() < 2048) {
            let mut places = vec![0; text.len() + 128];
            let n = dispatch!(level, simd => noted_by(simd, &mut places, &text, 0, b';'));
            assert_eq!(places[..n], plain_ends(&text, 0));
        }
    }
}
