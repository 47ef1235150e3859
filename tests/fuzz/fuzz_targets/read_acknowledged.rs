//! Any bytes, read as findings that somebody has looked at: must not panic, and what was read must
//! be whole and answer to nothing that was not found.
#![no_main]

use libfuzzer_sys::fuzz_target;
use plumbrule::audit::{Audit, acknowledgements};

fuzz_target!(|bytes: &[u8]| {
    let Ok(known) = acknowledgements(bytes) else {
        return;
    };
    let mut nothing = Audit {
        findings: Vec::new(),
        relations: Vec::new(),
        n_figures: 0,
        n_unweighed: 0,
    };
    for one in &known {
        let parts = [&one.id, &one.digest, &one.reason, &one.author];
        assert!(parts.iter().all(|part| !part.trim().is_empty()));
        assert_eq!(nothing.acknowledge(&known, one.until).len(), known.len());
    }
});
