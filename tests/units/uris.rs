//! Paths as references.

#[path = "../../src/report/sarif/uri.rs"]
mod uri;

use uri::of_path;

#[test]
fn paths_become_references() {
    for (path, uri) in [
        (
            "rules/nip-2021/targets.plumb",
            "rules/nip-2021/targets.plumb",
        ),
        ("./a.plumb", "a.plumb"),
        ("../a.plumb", "../a.plumb"),
        ("a b#?.plumb", "a%20b%23%3F.plumb"),
        ("c:d.plumb", "c%3Ad.plumb"),
        ("\u{7701}.plumb", "%E7%9C%81.plumb"),
        ("/tmp/100%.csv", "file:///tmp/100%25.csv"),
        ("C:\\rules\\a.plumb", "file:///C:/rules/a.plumb"),
    ] {
        assert_eq!(of_path(path), uri);
    }
}
