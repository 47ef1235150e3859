//! Which encoding bytes are in: bytes go in, the one encoding that they prove comes out, or why
//! there is none. Words of the figures prove it, or the region in which all characters lie. Never
//! takes the likelier of two.

use std::ops::ControlFlow;

use super::{Encoding, Piece, decode};

/// How many bytes from the start are looked at for zero bytes.
const SAMPLE: usize = 512;
/// How many bytes from the start are looked at for words.
const WORDS: usize = 1 << 16;
/// Characters in the region of GB 2312, and none outside of it, that prove it. Of the characters
/// of Big5 four in ten have a second byte outside, so that twelve by chance are one in 450.
const ENOUGH: usize = 12;

/// The encoding of the byte order mark with which bytes start.
pub(super) fn marked(bytes: &[u8]) -> Option<Encoding> {
    let mut known = Encoding::ALL.into_iter();
    known.find(|known| !known.mark().is_empty() && bytes.starts_with(known.mark()))
}

/// The encoding that bytes without a byte order mark prove; what is in none is UTF-8 with faults.
///
/// # Errors
/// The first byte that is not UTF-8, where nothing tells GB 18030 and Big5 apart.
pub(super) fn detect(bytes: &[u8], is_known: &dyn Fn(&str) -> bool) -> Result<Encoding, usize> {
    if let Some(utf16) = utf16(bytes) {
        return Ok(utf16);
    }
    let Err(error) = std::str::from_utf8(bytes) else {
        return Ok(Encoding::Utf8);
    };
    // A broken character in a text that is UTF-8 elsewhere spoils its own row alone.
    let (mut sound, mut broken) = (0_usize, 0_usize);
    for line in bytes.split(|b| *b == b'\n').filter(|line| !line.is_ascii()) {
        match std::str::from_utf8(line) {
            Ok(_) => sound += 1,
            Err(_) => broken += 1,
        }
    }
    if sound >= broken {
        return Ok(Encoding::Utf8);
    }
    let [simplified, traditional] = [Encoding::Gb18030, Encoding::Big5].map(|encoding| {
        let is_sound = is_mostly(bytes, encoding);
        is_sound.then(|| words_known(bytes, encoding, is_known))
    });
    match (simplified, traditional) {
        (Some(1..), None | Some(0)) => Ok(Encoding::Gb18030),
        (None | Some(0), Some(1..)) => Ok(Encoding::Big5),
        (Some(0), None | Some(0)) if is_gb2312(bytes) => Ok(Encoding::Gb18030),
        (None, None) => Ok(Encoding::Utf8),
        _ => Err(error.valid_up_to()),
    }
}

/// UTF-16 without a mark: digits, delimiters and line ends have a zero byte in it.
fn utf16(bytes: &[u8]) -> Option<Encoding> {
    let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
    let zeros = |parity| {
        let bytes = sample.iter().skip(parity).step_by(2);
        bytes.filter(|b| **b == 0).count()
    };
    let (even, odd) = (zeros(0), zeros(1));
    let enough = (sample.len() / 16).max(1);
    // A few letters have a zero byte on the other side.
    let is_clear = |few: usize, many: usize| many >= enough && few * 4 <= many;
    let encoding = match (is_clear(even, odd), is_clear(odd, even)) {
        (true, false) => Encoding::Utf16Le,
        (false, true) => Encoding::Utf16Be,
        _ => return None,
    };
    is_mostly(bytes, encoding).then_some(encoding)
}

/// Whether at most one character in ten is none of the encoding.
fn is_mostly(bytes: &[u8], encoding: Encoding) -> bool {
    let Some(decoder) = encoding.decoder() else {
        return false;
    };
    let (mut n_good, mut n_bad) = (0_usize, 0_usize);
    let _ = decode(decoder, bytes, &mut |piece| {
        match piece {
            Piece::Text(text) => {
                // First bytes of characters that are no ASCII; in UTF-16 all are told by it.
                let first = text.iter().filter(|b| **b >= 0xC0).count();
                n_good += first + usize::from(encoding.mark().len() == 2) * text.len();
            }
            Piece::Bad(_) => n_bad += 1,
        }
        ControlFlow::Continue(())
    });
    n_good > 0 && n_bad * 10 <= n_good
}

/// How many different words of the text in an encoding, all of letters beyond ASCII, are known.
fn words_known(bytes: &[u8], encoding: Encoding, is_known: &dyn Fn(&str) -> bool) -> usize {
    let mut text = Vec::new();
    if let Some(decoder) = encoding.decoder() {
        let sample = bytes.get(..WORDS).unwrap_or(bytes);
        let _ = decode(decoder, sample, &mut |piece| {
            match piece {
                Piece::Text(piece) => text.extend_from_slice(piece),
                Piece::Bad(_) => text.push(b'\n'),
            }
            ControlFlow::Continue(())
        });
    }
    let text = String::from_utf8(text).unwrap_or_default();
    let runs = text.split(|c: char| c.is_ascii());
    let runs: std::collections::BTreeSet<&str> = runs.filter(|run| !run.is_empty()).collect();
    runs.into_iter().filter(|run| is_known(run)).count()
}

/// Whether all characters that are no ASCII lie in GB 2312, and enough do.
fn is_gb2312(mut rest: &[u8]) -> bool {
    let mut n_found = 0;
    loop {
        rest = match rest {
            [] => return n_found >= ENOUGH,
            [0..=0x7F, tail @ ..] => tail,
            [0xA1..=0xF7, 0xA1..=0xFE, tail @ ..] => {
                n_found += 1;
                tail
            }
            _ => return false,
        };
    }
}
