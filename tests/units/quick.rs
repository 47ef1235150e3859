//! Numbers of columns.

#[path = "../../src/bulk/source/number.rs"]
mod number;

use number::{Read, Short, TOGETHER, cell, quick, read};

#[test]
fn plain_decimals_are_numbers_and_nothing_else_is() {
    for text in [
        "0",
        "7",
        "42",
        "95.12",
        "0.05",
        "1234567",
        "12345.6",
        "0.000001",
        "9999999",
        "-3.5",
        "123456789012345",
        "0.123456789012345",
        "99999999.9999999",
        "000012.50",
        "+8",
        "0.0000000000000000000012",
        " 5.2\t",
    ] {
        let expected: f64 = text.trim().parse().unwrap();
        assert_eq!(read(text.as_bytes()), Read::Number(expected), "{text}");
    }
    assert_eq!(read(b"-0"), Read::Number(0.0));
    assert!(matches!(read(b"-0.00"), Read::Number(zero) if zero.is_sign_positive()));
    for text in ["", " ", "\t"] {
        assert_eq!(read(text.as_bytes()), Read::Blank, "{text:?}");
    }
    for text in [
        "5.",
        ".5",
        "-",
        "+",
        ".",
        "1,234",
        "5%",
        "1e3",
        "NaN",
        "--5",
        "5 6",
        "1234567890123456",
        "0.1234567890123456",
        "\u{FF15}",
        "0.00000000000000000000012",
        "1.2.3",
    ] {
        assert_eq!(read(text.as_bytes()), Read::Odd, "{text}");
    }
}

#[test]
fn short_numbers_are_read_in_one_step() {
    let whole = (0..10_000_u32).map(|n| n * 997 % 10_000_000);
    for n in whole {
        for text in [
            format!("{n}"),
            format!("{}.{:02}", n / 100 % 10_000, n % 100),
            format!("0.{:05}", n % 100_000),
            format!("{:03}.{}", n % 1000, n % 10),
        ] {
            for end in [",", "\n", "\r\n", ";1234567"] {
                let cell = format!("x{text}{end}        ");
                let expected: f64 = text.parse().unwrap();
                let found = quick(cell.as_bytes(), 1);
                assert_eq!(found, Some((expected, 1 + text.len())), "{cell:?}");
            }
        }
    }
    for text in [
        ",5",
        "-5,",
        "5.,      ",
        ".5,     ",
        "12345678,",
        "123456.7,",
        "12",
        "\u{FF15},     ",
    ] {
        assert_eq!(quick(text.as_bytes(), 0), None, "{text}");
    }
    // What is no end of a cell is seen by who asks.
    assert_eq!(quick(b"1.2.3,  ", 0), Some((1.2, 3)));
}

/// The same said plainly: up to the first byte that ends a cell, with seven bytes behind it at least.
fn plain_end(bytes: &[u8], start: usize, delimiter: u8) -> Option<(usize, Option<u64>)> {
    let rest = bytes.get(start..)?;
    let length = rest
        .iter()
        .position(|byte| [delimiter, b'\n', b'\r'].contains(byte))?;
    rest.get(length / 8 * 8..length / 8 * 8 + 8)?;
    let few = rest
        .get(..length)
        .filter(|text| text.len() <= 7)
        .map(|text| {
            let mut word = [0; 8];
            word[..length].copy_from_slice(text);
            word[7] = length as u8;
            u64::from_le_bytes(word)
        });
    Some((start + length, few))
}

#[test]
fn cells_end_where_their_first_end_is() {
    // Bytes one above and one below each end are where a carry would show.
    let alphabet = [
        b',', b'-', b'+', b'\n', 0x0B, b'\r', 0x0C, 0x0E, b'a', 0xFF, 0x80, 0x00,
    ];
    let mut state = 7_u64;
    let mut bytes = Vec::new();
    for _ in 0..20_000 {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        let drawn = (state >> 33) as usize % 40;
        bytes.push(alphabet.get(drawn).copied().unwrap_or(b'b'));
    }
    let mut n_few = 0;
    for start in 0..bytes.len() {
        let found = cell(&bytes, start, b',');
        assert_eq!(found, plain_end(&bytes, start, b','), "at {start}");
        n_few += usize::from(found.is_some_and(|(_, few)| few.is_some()));
    }
    assert!(n_few > 5_000 && n_few < 19_000, "{n_few} of both kinds");
}

/// Reads cells together, and says what each is where that needs no more care.
fn together(cells: &[Vec<u8>]) -> Vec<Option<f64>> {
    let mut short = Short::default();
    for (at, cell) in cells.iter().enumerate() {
        // What stands behind the cell says nothing.
        let mut bytes = [b'7'; 24];
        bytes[..cell.len()].copy_from_slice(cell);
        short.words[at] = u64::from_le_bytes(*bytes.first_chunk().unwrap());
        short.lengths[at] = cell.len() as u64;
    }
    let mut values = vec![0.0; cells.len()];
    let is_any_odd = short.read(&mut values);
    let odd = &short.odd[..cells.len()];
    assert_eq!(is_any_odd, odd.iter().any(|odd| *odd != 0));
    let values = values.into_iter().zip(odd);
    values
        .map(|(value, odd)| (*odd == 0).then_some(value))
        .collect()
}

#[test]
fn short_cells_are_what_they_are_to_the_careful_reader() {
    let mut alphabet: Vec<u8> = (0..=255).collect();
    alphabet.extend(b"0123456789".repeat(30));
    alphabet.extend(b"..................");
    let mut state = 11_u64;
    let mut drawn = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (state >> 33) as usize
    };
    let mut cells: Vec<Vec<u8>> = Vec::new();
    for _ in 0..300_000 {
        let length = drawn() % 20;
        let length = if length > 16 { length } else { length % 10 };
        cells.push(
            (0..length)
                .map(|_| alphabet[drawn() % alphabet.len()])
                .collect(),
        );
    }
    // Every byte in the place of a point, and beside one.
    for byte in 0..=u8::MAX {
        for at in 0..5 {
            for cell in [b"12345", b"1.345", b"123.5"] {
                let mut cell = cell.to_vec();
                cell[at] = byte;
                cells.push(cell);
            }
        }
    }
    let mut n_read = 0;
    for cells in cells.chunks(TOGETHER - 1) {
        for (cell, found) in cells.iter().zip(together(cells)) {
            let shown = String::from_utf8_lossy(cell);
            match (found, read(cell)) {
                (None, _) => continue,
                (Some(found), Read::Number(value)) => {
                    assert_eq!(found.to_bits(), value.to_bits(), "{shown:?}");
                }
                (Some(found), Read::Blank) => assert!(found.is_nan(), "{shown:?}"),
                (Some(_), Read::Odd) => panic!("{shown:?} is no number"),
            }
            n_read += 1;
        }
    }
    assert!(n_read > 30_000, "{n_read}");
    // What is plain is read here, or the way is not as short as it looks.
    let plain = [
        "0", "7.25", "12345678", "123456.7", "0.000001", "00.5", "", "9",
    ];
    let plain = plain.map(|cell| cell.as_bytes().to_vec());
    assert!(together(&plain).iter().all(Option::is_some));
}
