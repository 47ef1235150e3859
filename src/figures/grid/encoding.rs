//! Which encoding bytes look like, for messages only. Never decodes anything.

/// An encoding that bytes look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-16, little end first.
    Utf16Le,
    /// UTF-16, big end first.
    Utf16Be,
    /// GB 18030, which GBK and GB 2312 are parts of.
    Gb18030,
    /// None of these.
    Unknown,
}

/// How many bytes from the start are looked at for zero bytes.
const SAMPLE: usize = 512;

/// Says whether the whole text is in another encoding, so that no row of it can be read.
pub(super) fn is_hopeless(bytes: &[u8]) -> bool {
    guess_utf16(bytes).is_some()
        || std::str::from_utf8(bytes).is_err() && guess_encoding(bytes) == Encoding::Gb18030
}

/// Returns the encoding that bytes which are not UTF-8 look like.
pub(super) fn guess_encoding(bytes: &[u8]) -> Encoding {
    if let Some(utf16) = guess_utf16(bytes) {
        return utf16;
    }
    // One broken character in a text that is UTF-8 elsewhere does not make it GB 18030.
    let (mut sound, mut broken) = (0_usize, 0_usize);
    for line in bytes.split(|b| *b == b'\n').filter(|line| !line.is_ascii()) {
        match std::str::from_utf8(line) {
            Ok(_) => sound += 1,
            Err(_) => broken += 1,
        }
    }
    if broken > sound && is_gb18030(bytes) {
        Encoding::Gb18030
    } else {
        Encoding::Unknown
    }
}

fn guess_utf16(bytes: &[u8]) -> Option<Encoding> {
    match bytes {
        [0xFF, 0xFE, ..] => return Some(Encoding::Utf16Le),
        [0xFE, 0xFF, ..] => return Some(Encoding::Utf16Be),
        _ => {}
    }
    let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
    let zeros = |parity| {
        sample
            .iter()
            .skip(parity)
            .step_by(2)
            .filter(|b| **b == 0)
            .count()
    };
    let (even, odd) = (zeros(0), zeros(1));
    // Digits, delimiters and line ends have a zero byte in UTF-16.
    let enough = (sample.len() / 16).max(1);
    match (even >= enough, odd >= enough) {
        (false, true) => Some(Encoding::Utf16Le),
        (true, false) => Some(Encoding::Utf16Be),
        _ => None,
    }
}

/// Whether the bytes have the form of GB 18030 (one, two or four bytes a character) throughout.
fn is_gb18030(mut rest: &[u8]) -> bool {
    loop {
        rest = match rest {
            [] => return true,
            [0..=0x7F, tail @ ..]
            | [0x81..=0xFE, 0x40..=0x7E | 0x80..=0xFE, tail @ ..]
            | [
                0x81..=0xFE,
                0x30..=0x39,
                0x81..=0xFE,
                0x30..=0x39,
                tail @ ..,
            ] => tail,
            _ => return false,
        };
    }
}
