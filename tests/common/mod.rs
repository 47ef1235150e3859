//! Places below the root of the repository.

#![allow(dead_code, reason = "each test binary uses its own part of this")]

use std::fs;
use std::path::{Path, PathBuf};

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
