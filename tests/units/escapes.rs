//! Texts that Markdown takes as they are.

#[path = "../../src/report/markdown/escape.rs"]
mod escape;

use escape::{cell, line};

#[test]
fn no_sign_of_markdown_survives() {
    let cases = [
        ("a|b", "a\\|b"),
        ("`x`", "\\`x\\`"),
        (
            "<script>alert(1)</script>",
            "&lt;script>alert(1)&lt;/script>",
        ),
        ("&lt; &#60; R&D", "&amp;lt; &amp;#&#8203;60; R&D"),
        ("[a](javascript:x)", "\\[a\\](javascript:x)"),
        ("one\ntwo\r\n| three", "one two  \\| three"),
        ("_a_ b_c", "\\_a\\_ b_c"),
        (
            "ask @someone about #12",
            "ask @&#8203;someone about #&#8203;12",
        ),
        ("\u{1b}[31mred\u{0}", "\\[31mred"),
        ("back\\|slash", "back\\\\\\|slash"),
        ("$x$ ~~y~~ **z**", "\\$x\\$ \\~\\~y\\~\\~ \\*\\*z\\*\\*"),
    ];
    for (text, escaped) in cases {
        assert_eq!(cell(text), escaped, "{text}");
    }
}

#[test]
fn no_line_opens_a_block() {
    let cases = [
        ("# head", "\\# head"),
        ("- item", "\\- item"),
        ("1. item", "1\\. item"),
        ("12) item", "12\\) item"),
        ("=====", "\\====="),
        ("> quote", "\\> quote"),
        ("5G", "5G"),
        ("  - item", "\\- item"),
    ];
    for (text, escaped) in cases {
        assert_eq!(line(text), escaped, "{text}");
    }
}
