//! Any bytes as a file of many rows in any format: must not panic, and each row of a block must have
//! its texts.
#![no_main]

use libfuzzer_sys::fuzz_target;
use plumbrule::bulk::{Block, SourceOptions, Wanted, open};

fuzz_target!(|bytes: &[u8]| {
    let (kind, bytes) = bytes.split_first().unwrap_or((&0, bytes));
    let names = ["a.csv", "a.jsonl", "a.json", "a.parquet"];
    let name = names[usize::from(*kind) % names.len()];
    let marked = match name {
        "a.parquet" => [b"PAR1", bytes, b"PAR1"].concat(),
        _ => bytes.to_vec(),
    };
    let options = SourceOptions {
        part_bytes: 64 << (kind >> 4),
        ..SourceOptions::default()
    };
    for wanted in [Wanted::Numbers, Wanted::Words, Wanted::Keys] {
        let Ok(source) = open(name, Box::new(marked.clone()), &options) else {
            return;
        };
        let wanted = vec![wanted; source.header().len()];
        let mut block = Block::default();
        while let Ok(Some((_, mut part))) = source.next_part(&wanted) {
            while part.next(&mut block) == Ok(true) {
                assert_eq!(block.columns.len(), wanted.len());
                if let Ok(texts) = part.texts(&[0]) {
                    assert_eq!(texts[0].len(), wanted.len());
                }
            }
        }
    }
});
