//! Any bytes, read as findings that somebody has looked at, on a stable toolchain: the twin of the
//! fuzz target `read_acknowledged`.

use plumbrule::audit::{ACKNOWLEDGED, MOST_ACKNOWLEDGED_BYTES, acknowledgements};
use plumbrule::message::Lang;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::json;

/// Reads bytes; what is refused has words in both languages, what is read is whole.
fn read(bytes: &[u8]) -> bool {
    match acknowledgements(bytes) {
        Ok(known) => {
            for one in known {
                let parts = [one.id, one.digest, one.reason, one.author];
                assert!(parts.iter().all(|part| !part.trim().is_empty()));
            }
            true
        }
        Err(message) => {
            for lang in [Lang::En, Lang::Zh] {
                let said = message.render(lang);
                // What is quoted of the file may hold a brace, an open place holds a name behind it.
                assert!(!said.is_empty() && !said.contains("{$"), "{said}");
            }
            false
        }
    }
}

fn sound() -> String {
    json!({ "schema": ACKNOWLEDGED, "acknowledged": [{
        "id": "growth/sales/city/2024", "digest": "0123456789abcdef",
        "reason": "\u{67e5}", "author": "Li", "until": "2026-12-31"
    }] })
    .to_string()
}

proptest! {
    #![proptest_config(crate::common::random(256))]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in vec(any::<u8>(), 0..200)) {
        read(&bytes);
    }

    #[test]
    fn a_sound_file_with_changed_bytes_is_read_or_refused(
        changes in vec((any::<Index>(), any::<u8>()), 0..4),
        cut in any::<Index>(),
        is_cut in any::<bool>(),
    ) {
        let mut bytes = sound().into_bytes();
        for (at, byte) in changes {
            let n = bytes.len();
            bytes[at.index(n)] = byte;
        }
        if is_cut {
            bytes.truncate(cut.index(bytes.len()));
            prop_assert!(!read(&bytes));
        }
        read(&bytes);
    }

    #[test]
    fn what_is_written_comes_back(
        rows in vec((r"\PC{1,12}", r"\PC{1,12}", 1000..9999u32, 1..=12u32, 1..=28u32), 0..5),
        mark in select(vec!["", "\u{feff}"]),
    ) {
        let entries: Vec<serde_json::Value> = rows
            .iter()
            .map(|(id, reason, year, month, day)| json!({
                "id": id, "digest": "d", "reason": reason, "author": "A",
                "until": format!("{year}-{month:02}-{day:02}")
            }))
            .collect();
        let file = json!({ "schema": ACKNOWLEDGED, "acknowledged": entries });
        let found = acknowledgements(format!("{mark}{file}").as_bytes());
        let is_blank = |text: &String| text.trim().is_empty();
        if rows.iter().any(|(id, reason, ..)| is_blank(id) || is_blank(reason)) {
            prop_assert!(found.is_err());
            return Ok(());
        }
        let found = found.unwrap();
        prop_assert_eq!(found.len(), rows.len());
        for (one, (id, reason, year, month, day)) in found.iter().zip(&rows) {
            prop_assert_eq!((&one.id, &one.reason), (id, reason));
            prop_assert_eq!(one.until.to_string(), format!("{year}-{month:02}-{day:02}"));
        }
    }
}

#[test]
fn a_file_that_is_too_long_or_too_deep_is_refused() {
    assert!(read(sound().as_bytes()));
    let long = format!("{}{}", sound(), " ".repeat(MOST_ACKNOWLEDGED_BYTES));
    assert!(!read(long.as_bytes()));
    assert!(!read("[".repeat(100_000).as_bytes()));
    let deep = format!("{}1{}", "{\"schema\":".repeat(5000), "}".repeat(5000));
    assert!(!read(deep.as_bytes()));
}
