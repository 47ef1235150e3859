//! Texts and their places.

#[path = "../../src/bulk/source/words.rs"]
mod words;

use words::Words;

#[test]
fn a_text_keeps_its_place() {
    let mut words = Words::default();
    let text = |n: u32| format!("{}{n}", "x".repeat(n as usize % 19));
    for n in 0..5_000 {
        assert_eq!(words.place(text(n).as_bytes()), n);
    }
    let list = words.list();
    for n in 0..5_000 {
        assert_eq!(words.place(text(n).as_bytes()), n);
        assert_eq!(list[n as usize], text(n));
    }
    assert_eq!(words.place(b""), 5_000);
    assert_eq!(list.len(), 5_000, "what was handed out stays as it was");
}
