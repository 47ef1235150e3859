//! The standard library of rules and the packs that any other may use, carried inside the binary.

/// A rule file: its name, and its text.
type File = (&'static str, &'static str);

/// Files of `rules/std`, in the order in which they are read.
pub const STD: &[File] = &[
    ("std/units.plumb", include_str!("../rules/std/units.plumb")),
    ("std/words.plumb", include_str!("../rules/std/words.plumb")),
    (
        "std/calendars.plumb",
        include_str!("../rules/std/calendars.plumb"),
    ),
    (
        "std/plausible.plumb",
        include_str!("../rules/std/plausible.plumb"),
    ),
];

/// A pack of `rules` with its files, in order of their names.
macro_rules! carried {
    ($pack:literal: $($file:literal),+) => {
        ($pack, &[$((
            concat!($pack, "/", $file, ".plumb"),
            include_str!(concat!("../rules/", $pack, "/", $file, ".plumb")),
        )),+])
    };
}

/// Packs that any pack may use by name, wherever it lies. One line each.
pub const LIBRARY: &[(&str, &[File])] = &[carried!("places": "pack", "places")];

/// The files of a carried pack; none where the program carries no such pack.
pub(crate) fn carried(pack: &str) -> Option<Vec<(String, String)>> {
    let (_, files) = LIBRARY.iter().find(|(name, _)| *name == pack)?;
    let owned = |(name, text): &File| ((*name).to_owned(), (*text).to_owned());
    Some(files.iter().map(owned).collect())
}
