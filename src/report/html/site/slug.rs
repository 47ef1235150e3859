//! File names for ids. Goes in: any text. Comes out: a name that every file system takes, and that no
//! other text has.

/// Bytes of a file name before its end; file systems take 255.
const MOST_BYTES: usize = 120;
/// Bytes that are kept of a longer one.
const KEPT_BYTES: usize = 80;
/// Digits of the digest that tells longer names apart.
const DIGITS: usize = 24;
/// Names that some file systems keep for themselves.
const RESERVED: [&str; 6] = ["con", "prn", "aux", "nul", "com", "lpt"];

/// A file name for an id: another one for each, in small letters of ASCII alone, so that no two
/// ids share a file where capitals do not count, and each system takes it.
pub(super) fn slug(id: &str) -> String {
    let mut out = String::with_capacity(id.len());
    for (at, c) in id.chars().enumerate() {
        match c {
            'a'..='z' | '0'..='9' | '-' | '_' => out.push(c),
            '.' if at > 0 => out.push(c),
            'A'..='Z' => {
                out.push('~');
                out.push(c.to_ascii_lowercase());
            }
            // Six digits, the first of which is 0 or 1, and so no letter.
            _ => out.push_str(&format!("~{:06x}", u32::from(c))),
        }
    }
    if out.len() > MOST_BYTES {
        let digest = crate::receipt::sha256(id.as_bytes());
        let digits: String = digest.chars().take(DIGITS).collect();
        let kept: String = out.chars().take(KEPT_BYTES).collect();
        return format!("{kept}~~{digits}");
    }
    let first = out.split('.').next().unwrap_or_default();
    let is_reserved = first.is_empty()
        || first == "index"
        || RESERVED.iter().any(|name| {
            let rest = first.strip_prefix(name);
            rest.is_some_and(|rest| rest.chars().all(|c| c.is_ascii_digit()))
        });
    match is_reserved {
        true => format!("~~{out}"),
        false => out,
    }
}
