//! Where the packs lie that a pack uses: beside it, beside the pack that uses them, below `rules`.
//!
//! Goes in: the paths of the pack on the command line. Comes out: files of used packs, and the
//! places that were looked at, for those who watch them. Never looks above or into other folders.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use plumbrule::source::Sources;
use plumbrule::syntax::Limits;
use plumbrule::uses::{Loader, PackFiles, add_used, tables_named};

use super::load::{self, RULES};
use super::output::Failure;
use super::paths;

/// Where packs stand that are found from anywhere below it.
const SHELF: &str = "rules";

/// Looks for used packs on disk.
pub(crate) struct Folders {
    /// The paths of the pack itself.
    own: Vec<PathBuf>,
    /// Folders beside the pack, first of all.
    beside: Vec<PathBuf>,
    /// Where used packs were found.
    found: BTreeMap<String, PathBuf>,
    /// Everything that was looked at, there or not.
    looked: Vec<PathBuf>,
}

impl Folders {
    /// For a pack of these files and folders.
    pub(crate) fn beside(own: &[PathBuf]) -> Folders {
        Folders {
            own: own.to_vec(),
            beside: own.iter().flat_map(|path| around(path)).collect(),
            found: BTreeMap::new(),
            looked: Vec::new(),
        }
    }

    /// Where a pack may lie, the nearest place first.
    fn places(&self, user: Option<&str>) -> Vec<PathBuf> {
        let user = user.and_then(|user| self.found.get(user));
        let of_user = user.into_iter().flat_map(|path| around(path));
        let all = self.beside.iter().cloned().chain(of_user);
        let mut places: Vec<PathBuf> = Vec::new();
        for place in all.chain([PathBuf::from(SHELF)]) {
            if !places.contains(&place) {
                places.push(place);
            }
        }
        places
    }
}

impl Loader for Folders {
    type Error = Failure;

    fn load(&mut self, pack: &str, user: Option<&str>) -> Result<Option<PackFiles>, Failure> {
        for place in self.places(user) {
            let one_file = place.join(format!("{pack}.{RULES}"));
            for path in [place.join(pack), one_file] {
                self.looked.push(path.clone());
                if !path.exists() || self.own.iter().any(|own| is_same(own, &path)) {
                    continue;
                }
                let files = load::files(&path, &[RULES])?.into_iter();
                let read = |file: PathBuf| load::with_tables(&file, &Limits::default());
                let files: Vec<PackFiles> = files.map(read).collect::<Result<_, Failure>>()?;
                let files = files.concat();
                if !files.is_empty() {
                    self.found.insert(pack.to_owned(), path);
                    return Ok(Some(files));
                }
            }
        }
        Ok(None)
    }

    fn names(&self) -> Vec<String> {
        let mut names = Vec::new();
        for place in self.places(None) {
            for entry in place.read_dir().into_iter().flatten().flatten() {
                let path = entry.path();
                let is_own = self.own.iter().any(|own| is_same(own, &path));
                if load::is_hidden(&path) || is_own {
                    continue;
                }
                let name = if path.is_dir() && paths::holds(&path, &[RULES]) {
                    path.file_name()
                } else if path.is_file() && paths::has_ending(&path, &[RULES]) {
                    path.file_stem()
                } else {
                    None
                };
                names.extend(name.map(|name| name.to_string_lossy().into_owned()));
            }
        }
        names.retain(|name| name != "std");
        names
    }
}

/// The folders beside a pack: of a folder the one above it; of a file its own, and the one above.
fn around(pack: &Path) -> Vec<PathBuf> {
    if pack.is_dir() {
        return vec![above(pack)];
    }
    let folder = pack.parent().unwrap_or(Path::new(""));
    vec![folder.to_owned(), above(folder)]
}

/// The folder above, named so that a path from the current folder stays one.
fn above(folder: &Path) -> PathBuf {
    let names_one = folder.file_name().is_some();
    match folder.parent() {
        Some(above) if names_one => above.to_owned(),
        _ => folder.join(".."),
    }
}

fn is_same(a: &Path, b: &Path) -> bool {
    a == b || matches!((a.canonicalize(), b.canonicalize()), (Ok(a), Ok(b)) if a == b)
}

/// The places of the packs that a pack uses, for those who watch them. A pack that cannot be read
/// has none.
pub(crate) fn places(own: &[PathBuf]) -> Vec<PathBuf> {
    let mut sources = Sources::new();
    let mut tables = Vec::new();
    for path in own {
        for file in load::files(path, &[RULES]).unwrap_or_default() {
            let found = load::with_tables(&file, &Limits::default());
            for (name, text) in found.unwrap_or_default() {
                sources.add(&name, &text);
            }
            // Those that are not there yet are waited for.
            let text = load::text(&file).unwrap_or_default();
            let folder = file.parent().unwrap_or(Path::new(""));
            let named = tables_named(&text, &Limits::default()).into_iter();
            tables.extend(named.map(|name| folder.join(name)));
        }
    }
    let mut folders = Folders::beside(own);
    // What cannot be read the run says; the places looked at until then are watched.
    let _unreadable = add_used(&mut sources, &Limits::default(), &mut folders);
    let read = sources.ids().filter(|id| sources.is_table(*id));
    tables.extend(read.map(|id| PathBuf::from(sources.name(id))));
    folders.looked.into_iter().chain(tables).collect()
}
