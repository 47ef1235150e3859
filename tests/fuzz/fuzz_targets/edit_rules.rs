//! Any text, and a place in it, as an editor asks about both: must not panic, and what is offered ends at
//! the place.
#![no_main]

use libfuzzer_sys::fuzz_target;
use plumbrule::editor::Draft;
use plumbrule::message::Lang;
use plumbrule::{CompileLimits, Sources};

fuzz_target!(|input: (u16, &str)| {
    let (place, text) = input;
    let mut byte = usize::from(place) % (text.len() + 1);
    while !text.is_char_boundary(byte) {
        byte -= 1;
    }
    let mut sources = Sources::with_std();
    let file = sources.add("fuzz.plumb", text);
    let draft = Draft::of(sources, &CompileLimits::default());
    for one in draft.complete(file, byte, Lang::Zh) {
        assert_eq!(one.replaces.end as usize, byte);
    }
    let _ = draft.hover(file, byte, Lang::En, None);
    let found = draft.references(file, byte, true);
    assert_eq!(draft.definition(file, byte).is_some(), !found.is_empty());
    let _ = draft.outline(file);
    let _ = draft.rename(file, byte, "other_name");
});
