//! Runs of bits and of repeated numbers, as Parquet packs them.

use bytes::Bytes;

#[path = "../../src/bulk/source/parquet/hybrid.rs"]
mod hybrid;

use hybrid::{Hybrid, Short};

/// Packs numbers bit by bit, in groups of eight.
fn packed(numbers: &[u32], width: usize) -> Vec<u8> {
    let n_groups = numbers.len().div_ceil(8);
    let mut bytes = vec![0; n_groups * width];
    for (place, number) in numbers.iter().enumerate() {
        for bit in (0..width).filter(|bit| number >> bit & 1 == 1) {
            let at = place * width + bit;
            bytes[at / 8] |= 1 << (at % 8);
        }
    }
    let head = u8::try_from(n_groups << 1 | 1).unwrap();
    [vec![head], bytes].concat()
}

#[test]
fn every_width_is_read_in_steps_of_any_size() {
    for width in 1..=32_usize {
        let most = u32::MAX >> (32 - width);
        let numbers: Vec<u32> = (0..200_u32)
            .map(|n| n.wrapping_mul(0x9E37_79B9).rotate_left(n) & most)
            .collect();
        let mut bytes = packed(&numbers, width);
        // Eleven times the greatest number.
        bytes.push(22);
        bytes.extend_from_slice(&most.to_le_bytes()[..width.div_ceil(8)]);
        let mut expected = numbers.clone();
        expected.extend([most; 11]);
        for step in [1, 3, 7, 8, 9, 64, 211] {
            let mut hybrid = Hybrid::new(Bytes::from(bytes.clone()), width).unwrap();
            let mut found = vec![0; 211];
            for part in found.chunks_mut(step) {
                hybrid.read(part).unwrap();
            }
            assert_eq!(found, expected, "{width} bits, {step} at a time");
            assert_eq!(hybrid.read(&mut [0]), Err(Short));
            if width == 1 {
                let mut hybrid = Hybrid::new(Bytes::from(bytes.clone()), 1).unwrap();
                let (mut found, mut n_ones) = (vec![0; 211], 0);
                for part in found.chunks_mut(step) {
                    n_ones += hybrid.bits(part).unwrap();
                }
                let found: Vec<u32> = found.into_iter().map(u32::from).collect();
                assert_eq!(found, expected);
                assert_eq!(n_ones, expected.iter().sum::<u32>() as usize);
            }
        }
    }
}

#[test]
fn what_a_run_declares_is_not_believed() {
    let huge = [0xFF, 0xFF, 0xFF, 0xFF, 0x0F, 1, 2];
    let mut hybrid = Hybrid::new(Bytes::copy_from_slice(&huge), 8).unwrap();
    assert_eq!(hybrid.read(&mut [0; 2]), Ok(()));
    assert_eq!(hybrid.read(&mut [0]), Err(Short));
    assert_eq!(Hybrid::new(Bytes::new(), 33).err(), Some(Short));
    let mut none = Hybrid::new(Bytes::new(), 0).unwrap();
    assert_eq!(none.read(&mut [7; 9]), Ok(()));
}
