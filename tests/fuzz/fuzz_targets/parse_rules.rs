//! Any text, read as rules: must not panic, and what can be read keeps its form once formatted.
#![no_main]

use libfuzzer_sys::fuzz_target;
use plumbrule::Sources;
use plumbrule::message::Lang;
use plumbrule::syntax::{Limits, format, parse, tokens};

fn same(_: &str, _: Lang) -> Option<String> {
    None
}

fuzz_target!(|text: &str| {
    let mut sources = Sources::new();
    let id = sources.add("fuzz.plumb", text);
    let (_, diagnostics) = parse(id, text, &Limits::default());
    for place in diagnostics.iter().flat_map(|one| &one.places) {
        assert!(
            text.get(place.span.start as usize..place.span.end as usize)
                .is_some()
        );
    }
    let _ = tokens(text);
    for lang in [None, Some(Lang::Zh), Some(Lang::En)] {
        match format(text, lang, &same) {
            Ok(formatted) => assert_eq!(format(&formatted, lang, &same).as_ref(), Ok(&formatted)),
            Err(error) => assert_eq!(error.diagnostics, diagnostics),
        }
    }
});
