//! Texts that Markdown takes as they are, whatever they hold.

use std::fmt::Write as _;

/// A text for a table cell or the middle of a line.
pub(crate) fn cell(text: &str) -> String {
    let chars: Vec<char> = text
        .chars()
        .map(|c| {
            if matches!(c, '\n' | '\r' | '\t') {
                ' '
            } else {
                c
            }
        })
        .filter(|c| !c.is_control())
        .collect();
    let mut out = String::with_capacity(text.len());
    for (n, c) in chars.iter().copied().enumerate() {
        let before = n.checked_sub(1).and_then(|n| chars.get(n)).copied();
        let after = chars.get(n + 1).copied();
        let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        match c {
            '<' => out.push_str("&lt;"),
            '&' if is_entity(chars.get(n + 1..).unwrap_or(&[])) => out.push_str("&amp;"),
            '\\' | '`' | '*' | '[' | ']' | '|' | '~' | '$' => {
                out.push('\\');
                out.push(c);
            }
            // Inside a word it is no emphasis.
            '_' if !(is_word(before) && is_word(after)) => out.push_str("\\_"),
            // A person or an issue that happens to have this name must not be called.
            '@' if is_word(after) => out.push_str("@&#8203;"),
            '#' if is_word(after) => out.push_str("#&#8203;"),
            _ => out.push(c),
        }
    }
    out.trim().to_owned()
}

/// Whether what follows an ampersand would be read with it as one sign.
fn is_entity(after: &[char]) -> bool {
    let name = after
        .iter()
        .take_while(|c| c.is_ascii_alphanumeric() || **c == '#')
        .count();
    name > 0 && after.get(name) == Some(&';')
}

/// A text for the start of a line, where some signs open a list, a heading or a rule.
pub(crate) fn line(text: &str) -> String {
    let mut out = cell(text);
    let n_digits = out.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, rest) = out.split_at(n_digits);
    let is_number = n_digits > 0 && rest.starts_with(['.', ')']);
    if is_number {
        let mut numbered = String::new();
        let _ = write!(numbered, "{digits}\\{rest}");
        out = numbered;
    } else if out.starts_with(['#', '+', '-', '=', '>']) {
        out.insert(0, '\\');
    }
    out
}
