//! Packs and figures of the repository, as a test of them needs them.

use std::fs;

use plumbrule::figures::{Limits, Submission};
use plumbrule::program::Program;
use plumbrule::syntax::Limits as TextLimits;
use plumbrule::uses::add_used;
use plumbrule::{Sources, compile_with};

use crate::common::{Packs, files, root, with_tables};

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

/// A pack, compiled without so much as a warning.
pub(crate) fn program(pack: &str) -> Program {
    let mut sources = Sources::with_std();
    for path in files(&format!("rules/{pack}"), &[".plumb"]) {
        for (name, text) in with_tables(&path).unwrap() {
            sources.add(&name, &text);
        }
    }
    add_used(&mut sources, &TextLimits::default(), &mut Packs("rules")).unwrap();
    let (program, warnings) = compile_with(&sources, &plumbrule::CompileLimits::default()).unwrap();
    assert!(warnings.is_empty(), "{warnings:?}");
    program
}

/// All published figures.
pub(crate) fn fixtures(program: &Program) -> Submission {
    let mut submission = Submission::new(&program.model);
    for document in folders("fixtures/published") {
        for path in files(&format!("fixtures/published/{document}"), &[".tsv", ".csv"]) {
            let bytes = fs::read(root(&path)).unwrap();
            submission.read_table(&program.model, &path, &bytes, &Limits::default());
        }
    }
    submission
}
