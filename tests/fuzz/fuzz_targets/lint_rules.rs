//! Any text, looked at as a pack: must not panic, every place lies in the text, and a pack that was mended
//! has nothing left that can be.
#![no_main]

use libfuzzer_sys::fuzz_target;
use plumbrule::lint::{LintOptions, lint, mend};
use plumbrule::{CompileLimits, Sources, compile_with};

fuzz_target!(|text: &str| {
    let mut sources = Sources::new();
    let id = sources.add("fuzz.plumb", text);
    let limits = CompileLimits {
        terms: 10_000,
        ..CompileLimits::default()
    };
    let Ok((program, warnings)) = compile_with(&sources, &limits) else {
        return;
    };
    let options = LintOptions {
        warnings: &warnings,
        ..LintOptions::default()
    };
    for found in lint(&program, &options).lints {
        let places = found.problem.places.iter().map(|place| place.span);
        let edits = found
            .fix
            .iter()
            .flat_map(|fix| &fix.edits)
            .map(|edit| edit.span);
        for span in places.chain(edits) {
            assert_eq!(span.source, id);
            assert!(text.get(span.start as usize..span.end as usize).is_some());
        }
    }
    let mended = mend(&sources, &limits, &[]).expect("it compiled");
    let again = mend(&mended.sources, &limits, &[]).expect("what was mended compiles");
    assert_eq!(again.fixed.len(), 0);
});
