//! Names of files as URI references: relative stays relative, the rest becomes `file:`.

use std::fmt::Write;

/// The reference of a path as it was given.
pub(super) fn of_path(path: &str) -> String {
    // Elsewhere a backslash is a letter like any other.
    let is_windows = path.contains('\\') && (cfg!(windows) || drive(path).is_some());
    let path = if is_windows {
        path.replace('\\', "/")
    } else {
        path.to_owned()
    };
    if let Some(rest) = drive(&path) {
        let letter: String = path.chars().take(1).collect();
        return format!("file:///{letter}:{}", encoded(rest));
    }
    if path.starts_with('/') {
        return format!("file://{}", encoded(&path));
    }
    encoded(path.strip_prefix("./").unwrap_or(&path))
}

/// What follows a drive letter.
fn drive(path: &str) -> Option<&str> {
    let (letter, rest) = path.split_once(':')?;
    let is_drive = letter.len() == 1 && letter.chars().all(|c| c.is_ascii_alphabetic());
    (is_drive && rest.starts_with(['/', '\\'])).then_some(rest)
}

/// Everything but unreserved characters and slashes as percent signs and two digits.
fn encoded(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            // Writing to a text cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}
