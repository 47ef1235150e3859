//! Packs and figures of the repository, read once for each test that needs them.

#![allow(dead_code, reason = "each test binary uses its own part of this")]

use std::fs;
use std::path::{Path, PathBuf};

use plumbrule::figures::{Limits, Submission};
use plumbrule::program::Program;
use plumbrule::{Sources, compile_with};

/// A path below the root of the repository.
pub(crate) fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The files of a folder with one of the endings, as paths below the root, in order.
pub(crate) fn files(folder: &str, endings: &[&str]) -> Vec<String> {
    let mut found: Vec<String> = fs::read_dir(root(folder))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| endings.iter().any(|ending| name.ends_with(ending)))
        .map(|name| format!("{folder}/{name}"))
        .collect();
    found.sort();
    found
}

/// The names of the folders in a folder, in order.
pub(crate) fn folders(folder: &str) -> Vec<String> {
    let mut found: Vec<String> = fs::read_dir(root(folder))
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    found.sort();
    found
}

/// The rule files of a pack, with the standard library.
pub(crate) fn sources(pack: &str) -> Sources {
    let mut sources = Sources::with_std();
    for path in files(&format!("rules/{pack}"), &[".plumb"]) {
        sources.add(&path, &fs::read_to_string(root(&path)).unwrap());
    }
    sources
}

/// A pack, compiled without so much as a warning.
pub(crate) fn program(pack: &str) -> Program {
    let sources = sources(pack);
    let (program, warnings) = compile_with(&sources, &plumbrule::CompileLimits::default()).unwrap();
    assert!(warnings.is_empty(), "{warnings:?}");
    program
}

/// All published figures.
pub(crate) fn fixtures(program: &Program) -> Submission {
    let mut submission = Submission::new(&program.model);
    for document in folders("fixtures") {
        for path in files(&format!("fixtures/{document}"), &[".tsv", ".csv"]) {
            let bytes = fs::read(root(&path)).unwrap();
            submission.read_table(&program.model, &path, &bytes, &Limits::default());
        }
    }
    submission
}

/// Compares a text with `tests/FOLDER/NAME.snap`.
pub(crate) fn snapshot(folder: &str, name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.set_snapshot_path(root("tests").join(folder));
    settings.bind(|| insta::assert_snapshot!(name.to_owned(), text));
}
