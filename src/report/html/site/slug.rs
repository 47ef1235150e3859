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

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn ids_that_differ_have_files_that_differ_where_capitals_do_not_count() {
        let long = "x".repeat(500);
        let longer = "x".repeat(501);
        let ids = [
            "nip.1",
            "NIP.1",
            "Nip.1",
            "nip.~1",
            "a b",
            "a/b",
            "..",
            ".",
            "",
            "con",
            "CON",
            "con.1",
            "com7",
            "\u{6307}\u{6807}",
            "~a",
            "A",
            "~00005c",
            "\\",
            "index",
            "a\u{2215}b",
            "com",
            &long,
            &longer,
        ];
        let mut found: Vec<String> = ids.iter().map(|id| slug(id)).collect();
        for name in &found {
            let is_plain = |c: char| matches!(c, 'a'..='z' | '0'..='9' | '.' | '-' | '_' | '~');
            assert!(name.chars().all(is_plain) && !name.is_empty(), "{name}");
            assert!(name.len() < 200 && !name.starts_with('.'), "{name}");
        }
        found.sort();
        found.dedup();
        assert_eq!(found.len(), ids.len());
        assert_eq!(slug("nip.2"), "nip.2");
        assert_eq!(slug("con.1"), "~~con.1");
    }
}
