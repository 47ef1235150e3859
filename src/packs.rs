//! The standard library of rules, carried inside the binary.

/// Files of `rules/std`, in the order in which they are read.
pub const STD: &[(&str, &str)] = &[
    ("std/units.plumb", include_str!("../rules/std/units.plumb")),
    ("std/words.plumb", include_str!("../rules/std/words.plumb")),
];
