//! Which pack a file belongs to, and its texts: those that are open in the editor go before those on
//! disk.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use plumbrule::packs::STD;
use plumbrule::source::Sources;
use plumbrule::syntax::{Limits, keywords};
use plumbrule::uses::{Loader, PackFiles, add_used};

use crate::cli::args::TableArgs;
use crate::cli::found;
use crate::cli::load::{self, RULES, TABLES};
use crate::cli::output::Failure;
use crate::cli::paths::has_ending;
use crate::cli::uses::Folders;

/// The file that makes a folder a pack.
const HEAD: &str = "pack.plumb";

/// Bytes of all tables that are read for the verdicts of one pack.
const MOST_BYTES: usize = 64 << 20;

/// Texts that are open, by their paths.
pub(super) type Texts = BTreeMap<PathBuf, String>;

/// Where the texts of a pack lie.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Home {
    /// All rule files of a folder.
    Folder(PathBuf),
    /// One file by itself.
    File(PathBuf),
    /// The standard library, which stands in the place of the one that the program carries.
    Standard(PathBuf),
}

/// The pack of a file: the nearest folder above it with a file `pack.plumb`; itself, where it has the
/// head of a pack; its folder, where one file there has the only head; else itself.
pub(super) fn home(file: &Path, texts: &Texts) -> Home {
    let folder = file.parent().unwrap_or(Path::new(""));
    if is_standard(folder) {
        return Home::Standard(folder.to_owned());
    }
    let mut above = folder.ancestors();
    let is_pack = |folder: &&Path| {
        let head = folder.join(HEAD);
        texts.contains_key(&head) || head.is_file()
    };
    if let Some(pack) = above.find(is_pack) {
        return Home::Folder(pack.to_owned());
    }
    let has_head = |path: &Path| text_of(path, texts).is_ok_and(|text| has_head(&text));
    if has_head(file) {
        return Home::File(file.to_owned());
    }
    let beside = folder.read_dir().into_iter().flatten().flatten();
    let beside = beside.map(|entry| entry.path());
    let rules = beside.filter(|path| has_ending(path, &[RULES]) && path.is_file());
    match rules.filter(|path| has_head(path)).count() {
        1 => Home::Folder(folder.to_owned()),
        _ => Home::File(file.to_owned()),
    }
}

/// Whether a folder holds the files of the standard library.
fn is_standard(folder: &Path) -> bool {
    let mut names = STD.iter().map(|(name, _)| name.trim_start_matches("std/"));
    folder.ends_with("std") && names.all(|name| folder.join(name).is_file())
}

/// Whether a line of a text begins the head of a pack.
fn has_head(text: &str) -> bool {
    let head = keywords().iter().find(|keyword| keyword.rule == "kw_pack");
    let begins = |line: &str| {
        head.is_some_and(|keyword| {
            let mut forms = [keyword.en, keyword.zh].into_iter();
            forms.any(|form| {
                let rest = line.strip_prefix(form);
                rest.is_some_and(|rest| rest.starts_with(char::is_whitespace))
            })
        })
    };
    text.lines().any(begins)
}

/// The text of a file, as it is open or as it is on disk.
fn text_of(file: &Path, texts: &Texts) -> Result<String, Failure> {
    match texts.get(file) {
        Some(text) => Ok(text.clone()),
        None => load::text(file),
    }
}

/// All texts of a pack and of those that it uses.
pub(super) fn sources(home: &Home, texts: &Texts, limits: &Limits) -> Result<Sources, Failure> {
    let (path, mut sources) = match home {
        Home::Folder(path) | Home::File(path) => (path, Sources::with_std()),
        Home::Standard(path) => (path, Sources::new()),
    };
    // What was never saved has no ending.
    let is_rules = |file: &Path| has_ending(file, &[RULES]) || file == path;
    let is_open = |file: &&PathBuf| file.starts_with(path) && is_rules(file);
    let mut files: Vec<PathBuf> = texts.keys().filter(is_open).cloned().collect();
    if path.exists() {
        files.extend(load::files(path, &[RULES])?);
    }
    files.sort();
    files.dedup();
    for file in files {
        let own = text_of(&file, texts)?;
        let mut all = load::with_its_tables(&file, own, limits)?;
        replace_open(&mut all, texts);
        for (name, text) in all {
            sources.add(&name, &text);
        }
    }
    let mut loader = Overlaid {
        folders: Folders::beside(std::slice::from_ref(path)),
        texts,
    };
    add_used(&mut sources, limits, &mut loader)?;
    Ok(sources)
}

/// Used packs on disk, with the texts that are open.
struct Overlaid<'t> {
    folders: Folders,
    texts: &'t Texts,
}

impl Loader for Overlaid<'_> {
    type Error = Failure;

    fn load(&mut self, pack: &str, user: Option<&str>) -> Result<Option<PackFiles>, Failure> {
        let mut files = self.folders.load(pack, user)?;
        if let Some(files) = &mut files {
            replace_open(files, self.texts);
        }
        Ok(files)
    }

    fn names(&self) -> Vec<String> {
        self.folders.names()
    }
}

fn replace_open(files: &mut PackFiles, texts: &Texts) {
    for (name, text) in files {
        if let Some(open) = texts.get(Path::new(name.as_str())) {
            text.clone_from(open);
        }
    }
}

/// The tables of figures that a pack is checked with: those that are named; else those that lie in
/// its folder and hold no rules; else the default of the command line.
pub(super) fn tables(
    home: &Home,
    sources: &Sources,
    named: &[PathBuf],
) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let paths = match (named.is_empty(), home) {
        (false, _) => named.to_vec(),
        (true, Home::Folder(folder)) => beside(folder, sources)?,
        (true, Home::File(_) | Home::Standard(_)) => Vec::new(),
    };
    let args = TableArgs {
        sheet: Vec::new(),
        encoding: None,
        stdin_name: None,
        max_table_bytes: Some(MOST_BYTES),
    };
    let mut tables = Vec::new();
    let mut left = MOST_BYTES;
    for input in found::inputs(&load::tables_or_default(&paths), &args, None)? {
        let (bytes, refused) = input.read(left)?;
        left = left.saturating_sub(bytes.len());
        if refused.is_none() {
            tables.push((input.name(), bytes));
        }
    }
    Ok(tables)
}

/// Tables in the folder of a pack that no rule file reads rules from.
fn beside(folder: &Path, sources: &Sources) -> Result<Vec<PathBuf>, Failure> {
    let of_rules = sources.ids().filter(|id| sources.is_table(*id));
    let of_rules: Vec<&str> = of_rules.map(|id| sources.name(id)).collect();
    let mut found = load::files(folder, TABLES)?;
    found.retain(|path| !of_rules.contains(&path.display().to_string().as_str()));
    Ok(found)
}
