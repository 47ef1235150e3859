//! A plain loop in the place of libFuzzer: files are read, changed at random and handed to a target, for a
//! while. It knows nothing of coverage; what it has is that it runs with a stable compiler and no tools.
//!
//! `cargo run --config 'patch.crates-io.libfuzzer-sys.path="loop"' --bin lint_rules -- SECONDS FILE...`
//! An input that panics, or takes longer than a few seconds, is written beside it and named.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

/// An input longer than this is cut.
const MOST_BYTES: usize = 20_000;

/// An input that takes longer than this is told.
const PATIENCE: Duration = Duration::from_secs(30);

/// What a target takes, made from bytes.
pub trait Input<'b>: Sized {
    /// Nothing where the bytes are none of it.
    fn of(bytes: &'b [u8]) -> Option<Self>;
}

impl<'b> Input<'b> for &'b [u8] {
    fn of(bytes: &'b [u8]) -> Option<Self> {
        Some(bytes)
    }
}

impl<'b> Input<'b> for &'b str {
    fn of(bytes: &'b [u8]) -> Option<Self> {
        let text = match std::str::from_utf8(bytes) {
            Ok(text) => text,
            // A character was cut: what stands before it.
            Err(error) => std::str::from_utf8(&bytes[..error.valid_up_to()]).ok()?,
        };
        Some(text)
    }
}

impl<'b, T: Input<'b>> Input<'b> for (u16, T) {
    fn of(bytes: &'b [u8]) -> Option<Self> {
        let (first, rest) = bytes.split_at_checked(2)?;
        Some((u16::from_le_bytes([first[0], first[1]]), T::of(rest)?))
    }
}

/// A target: `fuzz_target!(|input: TYPE| { ... })`.
#[macro_export]
macro_rules! fuzz_target {
    (|$input:ident: $type:ty| $body:block) => {
        fn one(bytes: &[u8]) -> bool {
            let Some(input) = <$type as $crate::Input>::of(bytes) else {
                return false;
            };
            let target = |$input: $type| $body;
            target(input);
            true
        }

        /// Targets have no `main` of their own, for libFuzzer brings one.
        #[unsafe(no_mangle)]
        pub extern "C" fn main() -> i32 {
            $crate::run(one)
        }
    };
}

/// Numbers that look random, the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % n.max(1)
    }

    /// A stretch of some bytes, mostly a short one.
    fn stretch(&mut self, bytes: &[u8]) -> std::ops::Range<usize> {
        let most = [1, 4, 16, 64, 1_000][self.below(5)];
        let start = self.below(bytes.len() + 1);
        let length = self.below(most + 1).min(bytes.len() - start);
        start..start + length
    }

    fn changed(&mut self, files: &[Vec<u8>]) -> Vec<u8> {
        let mut bytes = files[self.below(files.len())].clone();
        // Long files are looked at in part, from the start of a line, for the sake of time.
        if bytes.len() > MOST_BYTES {
            let from = self.below(bytes.len() - MOST_BYTES / 2);
            let line = bytes[from..].iter().position(|byte| *byte == b'\n');
            bytes.drain(..from + line.map_or(0, |at| at + 1));
            bytes.truncate(MOST_BYTES);
        }
        for _ in 0..=self.below(6) {
            let at = self.stretch(&bytes);
            match self.below(7) {
                0 => drop(bytes.drain(at)),
                1 => {
                    let other = &files[self.below(files.len())];
                    let piece = other[self.stretch(other)].to_vec();
                    drop(bytes.splice(at, piece));
                }
                2 => {
                    let piece = bytes[at.clone()].to_vec();
                    drop(bytes.splice(at.end..at.end, piece));
                }
                3 => {
                    let piece = bytes[at.clone()].repeat(1 + self.below(200));
                    drop(bytes.splice(at, piece));
                }
                4 => {
                    let number = [
                        "0", "-1", "9999", "1000000000000000000000", "0.0000001", "99999999999", "2024-02-30", "1e9",
                    ][self.below(8)];
                    drop(bytes.splice(at, number.bytes()));
                }
                5 => {
                    let sign = b"(){}[]\",;|@=<>-+*/\n\t 0".get(self.below(22)).copied();
                    drop(bytes.splice(at, sign));
                }
                _ => {
                    if let Some(byte) = bytes.get_mut(at.start) {
                        *byte = self.below(256) as u8;
                    }
                }
            }
        }
        bytes.truncate(3 * MOST_BYTES);
        bytes
    }
}

/// Runs a target until the time is over; the exit status.
pub fn run(one: fn(&[u8]) -> bool) -> i32 {
    let mut arguments = std::env::args().skip(1);
    let seconds = arguments.next().and_then(|text| text.parse().ok());
    let (Some(seconds), files) = (seconds, arguments.collect::<Vec<String>>()) else {
        eprintln!("SECONDS FILE...");
        return 2;
    };
    let files: Vec<Vec<u8>> = files.iter().filter_map(|name| std::fs::read(name).ok()).collect();
    if files.is_empty() {
        eprintln!("no file could be read");
        return 2;
    }
    let seed = std::env::var("SEED").ok().and_then(|text| text.parse().ok());
    let mut numbers = Numbers(0x9E37_79B9_7F4A_7C15 ^ seed.unwrap_or(0u64));
    let begun = Instant::now();
    let (mut n_run, mut n_bad, mut slowest) = (0u64, 0, Duration::ZERO);
    while begun.elapsed() < Duration::from_secs(seconds) && n_bad < 20 {
        let input = numbers.changed(&files);
        let started = Instant::now();
        let answer = catch_unwind(AssertUnwindSafe(|| one(&input)));
        let took = started.elapsed();
        n_run += u64::from(!matches!(answer, Ok(false)));
        slowest = slowest.max(took);
        if answer.is_err() || took > PATIENCE {
            let name = format!("input-{}-{n_bad}", std::process::id());
            let _ = std::fs::write(&name, &input);
            let what = if answer.is_err() { "panic" } else { "slow" };
            eprintln!("{what}: {name}, {took:?}");
            n_bad += 1;
        }
    }
    eprintln!("inputs {n_run}, slowest {slowest:?}, bad {n_bad}");
    i32::from(n_bad > 0)
}
