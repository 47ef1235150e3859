//! Addresses of files.

use std::path::PathBuf;

#[expect(dead_code, reason = "the program uses the rest")]
#[path = "../../src/cli/lsp/places.rs"]
mod places;

use places::{path, uri};

#[test]
fn addresses_lead_there_and_back() {
    let made = PathBuf::from("/tmp/\u{51c6}\u{7ef3} a/x%.plumb");
    let address = uri(&made);
    assert_eq!(address, "file:///tmp/%E5%87%86%E7%BB%B3%20a/x%25.plumb");
    assert_eq!(path(&address), Some(made));
    assert_eq!(
        path("file:///c%3A/x.plumb"),
        Some(PathBuf::from("c:/x.plumb"))
    );
    assert_eq!(path("untitled:Untitled-1"), None);
    assert_eq!(path("file:///%zz"), None);
}
