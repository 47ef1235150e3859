//! The encodings of text: bytes go in, the same text as UTF-8 comes out, with a byte that no UTF-8
//! has in place of each that stands for no character. An encoding is taken where the bytes prove
//! it, and asked for where they do not. Never puts a character where none was.

use std::borrow::Cow;
use std::ops::ControlFlow;

use encoding_rs::{BIG5, DecoderResult, GB18030, UTF_16BE, UTF_16LE};

mod detect;

/// An encoding of text that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    Utf8,
    /// UTF-16, little end first.
    Utf16Le,
    /// UTF-16, big end first.
    Utf16Be,
    /// GB 18030, which GBK and GB 2312 are parts of.
    Gb18030,
    /// Big5, of texts in traditional characters.
    Big5,
}

impl Encoding {
    /// All of them.
    pub const ALL: [Encoding; 5] = [
        Encoding::Utf8,
        Encoding::Utf16Le,
        Encoding::Utf16Be,
        Encoding::Gb18030,
        Encoding::Big5,
    ];

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Encoding::Utf8 => "UTF-8",
            Encoding::Utf16Le => "UTF-16LE",
            Encoding::Utf16Be => "UTF-16BE",
            Encoding::Gb18030 => "GB18030",
            Encoding::Big5 => "Big5",
        }
    }

    /// The encoding of a name; capitals and hyphens make no difference.
    ///
    /// ```
    /// use plumbrule::figures::grid::Encoding;
    /// assert_eq!(Encoding::named("gbk"), Some(Encoding::Gb18030));
    /// assert_eq!(Encoding::named("UTF-8"), Some(Encoding::Utf8));
    /// assert_eq!(Encoding::named("latin-9"), None);
    /// ```
    #[must_use]
    pub fn named(name: &str) -> Option<Encoding> {
        let name = name.to_ascii_lowercase().replace(['-', '_', ' '], "");
        match name.as_str() {
            "utf8" => Some(Encoding::Utf8),
            "utf16le" | "utf16" => Some(Encoding::Utf16Le),
            "utf16be" => Some(Encoding::Utf16Be),
            "gb18030" | "gbk" | "gb2312" | "cp936" => Some(Encoding::Gb18030),
            "big5" | "cp950" => Some(Encoding::Big5),
            _ => None,
        }
    }

    /// The byte order mark with which texts in it may start.
    fn mark(self) -> &'static [u8] {
        match self {
            Encoding::Utf8 => b"\xEF\xBB\xBF",
            Encoding::Utf16Le => b"\xFF\xFE",
            Encoding::Utf16Be => b"\xFE\xFF",
            Encoding::Gb18030 => b"\x84\x31\x95\x33",
            Encoding::Big5 => b"",
        }
    }

    pub(crate) fn decoder(self) -> Option<&'static encoding_rs::Encoding> {
        match self {
            Encoding::Utf8 => None,
            Encoding::Utf16Le => Some(UTF_16LE),
            Encoding::Utf16Be => Some(UTF_16BE),
            Encoding::Gb18030 => Some(GB18030),
            Encoding::Big5 => Some(BIG5),
        }
    }
}

/// The encoding of a text by its first bytes, as [`Decoded::new`] takes it, and the bytes of its mark.
///
/// # Errors
/// The first byte that is not UTF-8, where nothing tells GB 18030 and Big5 apart.
pub(crate) fn encoding_of(
    first: &[u8],
    asked: Option<Encoding>,
    is_known: &dyn Fn(&str) -> bool,
) -> Result<(Encoding, usize), usize> {
    let marked = detect::marked(first);
    let encoding = match marked.or(asked) {
        Some(encoding) => encoding,
        None => detect::detect(first, is_known)?,
    };
    let mark = encoding.mark().len() * usize::from(marked == Some(encoding));
    Ok((encoding, mark))
}

/// The byte that stands for what could not be decoded: it is in no UTF-8.
pub(crate) const BAD: u8 = 0xFF;

/// Places of bad bytes that are noted. The others are found without their place in the file.
const MOST_BAD: usize = 10_000;

/// A text in UTF-8, and how it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Decoded<'a> {
    /// UTF-8, but for bytes that stand for no character.
    pub bytes: Cow<'a, [u8]>,
    /// The encoding of the file.
    pub encoding: Encoding,
    /// Places of bad bytes, here and in the file.
    bad: Vec<(usize, usize)>,
}

impl<'a> Decoded<'a> {
    /// Reads a text in the encoding asked for, or in that which its bytes prove. A byte order mark
    /// says more than what was asked for. `is_known` says whether a word belongs to the figures.
    ///
    /// # Errors
    /// The first byte that is not UTF-8, where nothing tells GB 18030 and Big5 apart.
    pub(crate) fn new(
        bytes: &'a [u8],
        asked: Option<Encoding>,
        is_known: &dyn Fn(&str) -> bool,
    ) -> Result<Decoded<'a>, usize> {
        let (encoding, skipped) = encoding_of(bytes, asked, is_known)?;
        let Some(decoder) = encoding.decoder() else {
            return Ok(Decoded::utf8(bytes));
        };
        let mut text = Vec::with_capacity(bytes.len());
        let mut bad = Vec::new();
        let rest = bytes.get(skipped..).unwrap_or_default();
        let _ = decode(decoder, rest, &mut |piece| {
            match piece {
                Piece::Text(piece) => text.extend_from_slice(piece),
                Piece::Bad(at) => {
                    if bad.len() < MOST_BAD {
                        bad.push((text.len(), skipped + at));
                    }
                    text.push(BAD);
                }
            }
            ControlFlow::Continue(())
        });
        Ok(Decoded {
            bytes: Cow::Owned(text),
            encoding,
            bad,
        })
    }

    /// Bytes that are UTF-8, or no text at all.
    pub(in crate::figures) fn utf8(bytes: &'a [u8]) -> Decoded<'a> {
        Decoded {
            bytes: Cow::Borrowed(bytes),
            encoding: Encoding::Utf8,
            bad: Vec::new(),
        }
    }

    /// Where a bad byte stands in the file.
    pub(in crate::figures) fn byte_in_file(&self, byte: usize) -> Option<usize> {
        match self.encoding {
            Encoding::Utf8 => Some(byte),
            _ => {
                let at = self.bad.binary_search_by_key(&byte, |(here, _)| *here);
                at.ok()
                    .and_then(|at| self.bad.get(at))
                    .map(|(_, file)| *file)
            }
        }
    }
}

/// A stretch of decoded text, or the place of bytes that stand for no character.
enum Piece<'p> {
    Text(&'p [u8]),
    Bad(usize),
}

/// Decodes bytes piece by piece, until the receiver has enough.
fn decode(
    encoding: &'static encoding_rs::Encoding,
    bytes: &[u8],
    take: &mut dyn FnMut(Piece<'_>) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut buffer = vec![0; 1 << 14];
    let mut read = 0;
    loop {
        let rest = bytes.get(read..).unwrap_or_default();
        let (result, n_read, n_written) =
            decoder.decode_to_utf8_without_replacement(rest, &mut buffer, true);
        read += n_read;
        take(Piece::Text(buffer.get(..n_written).unwrap_or_default()))?;
        match result {
            DecoderResult::InputEmpty => return ControlFlow::Continue(()),
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(length, after) => {
                let back = usize::from(length) + usize::from(after);
                take(Piece::Bad(read.saturating_sub(back)))?;
            }
        }
    }
}
