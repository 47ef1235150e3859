//! Encodings: what bytes prove, and what comes of them.

use super::{BAD, Decoded, Encoding};

const TABLE: &str = "指标,时期,数值\n移动电话用户数,2024年,17.9亿户\n";

fn encoded(text: &str, encoding: Encoding) -> Vec<u8> {
    match encoding {
        Encoding::Utf16Le => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        Encoding::Utf16Be => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        other => match other.decoder() {
            Some(encoder) => encoder.encode(text).0.into_owned(),
            None => text.as_bytes().to_vec(),
        },
    }
}

fn read(bytes: &[u8], asked: Option<Encoding>) -> Result<(Encoding, String), usize> {
    let decoded = Decoded::new(bytes, asked, &|word| ["指标", "亿户", "户"].contains(&word));
    let decoded = decoded?;
    let text = String::from_utf8_lossy(&decoded.bytes).into_owned();
    Ok((decoded.encoding, text))
}

#[test]
fn one_table_in_every_encoding_is_one_text() {
    for encoding in Encoding::ALL {
        if encoding == Encoding::Big5 {
            continue;
        }
        let plain = encoded(TABLE, encoding);
        let expected = Ok((encoding, TABLE.to_owned()));
        assert_eq!(read(&plain, None), expected, "{encoding:?}");
        assert_eq!(read(&plain, Some(encoding)), expected);
        let marked = [encoding.mark(), &plain].concat();
        let (found, text) =
            read(&marked, Some(Encoding::Big5)).unwrap_or((encoding, String::new()));
        assert_eq!(
            (found, text.trim_start_matches('\u{FEFF}')),
            (encoding, TABLE)
        );
    }
}

#[test]
fn what_nothing_proves_is_asked_for() {
    // Few characters, no word that is known: as good in one as in the other.
    let open = encoded("甲乙丙丁", Encoding::Gb18030);
    assert_eq!(read(&open, None), Err(0));
    assert_eq!(
        read(&open, Some(Encoding::Gb18030)),
        Ok((Encoding::Gb18030, "甲乙丙丁".to_owned()))
    );
    // Many characters, all of GB 2312.
    let many = "甲乙丙丁戊己庚辛壬癸子丑".to_owned();
    let bytes = encoded(&many, Encoding::Gb18030);
    assert_eq!(read(&bytes, None), Ok((Encoding::Gb18030, many)));
    let traditional = "戶數,年份\n電話用戶,一百萬戶以上，其中城鎮\n";
    let bytes = encoded(traditional, Encoding::Big5);
    assert_eq!(read(&bytes, None), Err(0));
    assert_eq!(
        read(&bytes, Some(Encoding::Big5)),
        Ok((Encoding::Big5, traditional.to_owned()))
    );
    // In neither: the rows without such bytes are read all the same.
    let latin = read(b"caf\xE9,\xE0 la carte,d\xE9j\xE0\n", None);
    assert_eq!(latin.map(|(encoding, _)| encoding), Ok(Encoding::Utf8));
}

#[test]
fn bytes_that_stand_for_nothing_stay_so_and_keep_their_place() {
    let mut bytes = encoded(TABLE, Encoding::Gb18030);
    let byte = bytes.len();
    bytes.extend(b"\xFFx\n");
    let decoded = Decoded::new(&bytes, None, &|word| word == "指标");
    let decoded = decoded.ok();
    let bytes = decoded.as_ref().map(|text| text.bytes.as_ref());
    let at = bytes.and_then(|bytes| bytes.iter().position(|b| *b == BAD));
    assert_eq!(at, Some(TABLE.len()));
    let in_file = |at| decoded.as_ref().and_then(|text| text.byte_in_file(at));
    assert_eq!(at.and_then(in_file), Some(byte));
}
