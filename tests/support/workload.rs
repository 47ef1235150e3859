//! The rows of the workload by which speed is measured: made by one fixed rule, the same for tests and
//! benches, as CSV for `examples/million`. Amounts are whole hundredths, so that nothing is rounded.

use std::fmt::Write as _;

/// Names of the columns behind `id`, `entity` and `year`: 23 amounts, 5 whole numbers, a word.
pub(crate) const COLUMNS: [&str; 29] = [
    "i1",
    "i2",
    "i3",
    "i4",
    "i5",
    "i6",
    "i7",
    "i8",
    "i9",
    "i10",
    "i11",
    "i12",
    "i13",
    "i14",
    "i15",
    "i16",
    "i17",
    "i18",
    "prev1",
    "p1",
    "p2",
    "p3",
    "total",
    "pii",
    "sens",
    "ciio",
    "important",
    "ftz",
    "route",
];
/// The 18 limits, in hundredths.
pub(crate) const LIMITS: [i64; 18] = [
    9_500, 1_200, 5_600, 600_000, 800, 520, 580, 320, 4_500, 1_000, 6_000, 3_000, 1_700, 750,
    9_000, 800, 6_700, 3_000,
];
/// What each indicator of the score weighs, in hundredths; counted from 0.
pub(crate) const WEIGHTS: [(usize, i64); 8] = [
    (0, 20),
    (2, 20),
    (8, 15),
    (10, 15),
    (11, 10),
    (14, 10),
    (16, 5),
    (17, 5),
];
const ROUTES: [&str; 4] = ["A", "S", "C", "E"];

/// One enterprise in one year.
pub(crate) struct Row {
    pub(crate) id: u64,
    pub(crate) year: u64,
    /// `i1` to `i18`, `prev1`, `p1` to `p3`, `total`, in hundredths.
    pub(crate) amounts: [Option<i64>; 23],
    /// `pii`, `sens`, `ciio`, `important`, `ftz`.
    pub(crate) wholes: [Option<i64>; 5],
    pub(crate) route: Option<&'static str>,
}

/// Numbers that look drawn, the same in each run (splitmix64).
struct Draw(u64);

impl Draw {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// One of `n` numbers from 0 on.
    fn below(&mut self, n: u32) -> i64 {
        let product = u128::from(self.next()) * u128::from(n);
        i64::try_from(product >> 64).unwrap_or_default()
    }

    fn one_in(&mut self, n: u32) -> bool {
        self.below(n) == 0
    }
}

/// The first `n` rows; more rows only add to them.
pub(crate) fn rows(n: u64) -> impl Iterator<Item = Row> {
    let mut draw = Draw(42);
    (0..n).map(move |id| row(&mut draw, id))
}

/// A header and the first `n` rows. A missing cell is blank.
pub(crate) fn csv(n: u64) -> String {
    let mut text = header();
    for row in rows(n) {
        write(&mut text, &row);
    }
    text
}

/// The line above the rows.
pub(crate) fn header() -> String {
    format!("id,entity,year,{}\n", COLUMNS.join(","))
}

/// One more line.
pub(crate) fn write(text: &mut String, row: &Row) {
    // Writing to a string cannot fail.
    let _ = write!(text, "{},E{:07},{}", row.id, row.id, row.year);
    for amount in row.amounts {
        text.push(',');
        if let Some(hundredths) = amount {
            let (whole, part) = (hundredths / 100, hundredths % 100);
            let _ = match (part, part % 10) {
                (0, _) => write!(text, "{whole}"),
                (_, 0) => write!(text, "{whole}.{}", part / 10),
                _ => write!(text, "{whole}.{part:02}"),
            };
        }
    }
    for whole in row.wholes {
        text.push(',');
        if let Some(whole) = whole {
            let _ = write!(text, "{whole}");
        }
    }
    text.push(',');
    text.push_str(row.route.unwrap_or_default());
    text.push('\n');
}

/// What the score comes to, in ten-thousandths.
pub(crate) fn score(amounts: impl Fn(usize) -> i64) -> i64 {
    let weighed = WEIGHTS.iter().map(|&(at, weight)| weight * amounts(at));
    weighed.sum()
}

/// Around the limits, and never exactly on that of a formula.
fn amounts(draw: &mut Draw) -> [i64; 23] {
    let mut v = [0; 23];
    for (value, limit) in v.iter_mut().zip(LIMITS) {
        *value = limit * (700 + draw.below(700)) / 1000;
    }
    // Growth from -5 % to +15 %.
    v[18] = v[0] * 1000 / (950 + draw.below(200));
    while (v[0] - v[18]) * 100 == 5 * v[18] || v[18] <= 0 {
        v[18] += 1;
    }
    while v[1] * 100 == 18 * v[2] || v[1] * 100 == 24 * v[2] {
        v[1] += 1;
    }
    for part in &mut v[19..22] {
        *part = 1000 + draw.below(100_000);
    }
    let sum = v[19] + v[20] + v[21];
    v[22] = sum * (99_000 + draw.below(2000)) / 100_000;
    while (sum - v[22]).abs() * 1000 == 5 * v[22] {
        v[22] += 1;
    }
    while score(|at| v[at]) == 60 * 100 * 100 {
        v[17] += 1;
    }
    v
}

fn row(draw: &mut Draw, id: u64) -> Row {
    let amounts = amounts(draw);
    let pii = match draw.below(6) {
        0 => 0,
        1 => draw.below(1000),
        2 | 3 => draw.below(100_000),
        4 => 100_000 + draw.below(900_000),
        _ => 1_000_000 + draw.below(9_000_000),
    };
    let sens = match draw.below(4) {
        0 | 1 => 0,
        2 => draw.below(10_000),
        _ if draw.one_in(3) => 10_000 + draw.below(100_000),
        _ => draw.below(100),
    };
    let [ciio, important, ftz] = [20, 12, 8].map(|n| i64::from(draw.one_in(n)));
    let wholes = [pii, sens, ciio, important, ftz];
    // Four in five take the route that the facts ask for, the others any.
    let asked = asked_route(wholes);
    let at = if draw.below(10) < 8 {
        asked
    } else {
        usize::try_from(draw.below(4)).unwrap_or_default()
    };
    let is_missing: [bool; 29] = std::array::from_fn(|_| draw.below(100) < 5);
    let year = 2020 + draw.below(6).unsigned_abs();
    Row {
        id,
        year,
        amounts: std::array::from_fn(|at| (!is_missing[at]).then_some(amounts[at])),
        wholes: std::array::from_fn(|at| (!is_missing[23 + at]).then_some(wholes[at])),
        route: (!is_missing[28]).then_some(ROUTES[at]),
    }
}

/// The place of the route that the facts ask for.
fn asked_route([pii, sens, ciio, important, ftz]: [i64; 5]) -> usize {
    match () {
        () if important == 1 => 0,
        () if ftz == 1 => 3,
        () if ciio == 1 => {
            if pii >= 1 {
                0
            } else {
                3
            }
        }
        () if pii >= 1_000_000 || sens >= 10_000 => 0,
        () if pii >= 100_000 => 1,
        () if sens >= 1 => 2,
        () => 3,
    }
}

/// The name of the route that the facts ask for.
pub(crate) fn asked(wholes: [i64; 5]) -> &'static str {
    ROUTES[asked_route(wholes)]
}
