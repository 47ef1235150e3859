//! Places below the root of the repository.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use plumbrule::figures::{Limits, Submission};
use plumbrule::program::Program;
use plumbrule::source::beside;
use plumbrule::syntax::Limits as TextLimits;
use plumbrule::uses::{Loader, PackFiles, tables_named};
use plumbrule::{Sources, compile};
use proptest::test_runner::Config;

pub(crate) mod form;

/// A path below the root of the repository.
pub(crate) fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// How random tests run: so many cases, or as many as `PROPTEST_CASES` asks for. What is found becomes a fixed
/// case; no seeds are kept.
pub(crate) fn random(cases: u32) -> Config {
    let asked = std::env::var("PROPTEST_CASES").ok();
    let cases = asked.map_or(cases, |text| text.parse().unwrap());
    Config {
        failure_persistence: None,
        max_global_rejects: cases.saturating_mul(100),
        ..Config::with_cases(cases)
    }
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

/// The packs of a folder below the root, for packs that use them.
pub(crate) struct Packs(pub(crate) &'static str);

impl Loader for Packs {
    type Error = std::io::Error;

    fn load(&mut self, pack: &str, _: Option<&str>) -> std::io::Result<Option<PackFiles>> {
        let folder = format!("{}/{pack}", self.0);
        if !root(&folder).is_dir() {
            return Ok(None);
        }
        let mut found = PackFiles::new();
        for path in files(&folder, &[".plumb"]) {
            found.extend(with_tables(&path)?);
        }
        Ok(Some(found))
    }

    fn names(&self) -> Vec<String> {
        let entries = root(self.0).read_dir().into_iter().flatten().flatten();
        let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
        names.collect()
    }
}

/// A rule file below the root, and the tables beside it that it reads rules from.
pub(crate) fn with_tables(path: &str) -> std::io::Result<PackFiles> {
    let text = fs::read_to_string(root(path))?;
    let mut found = PackFiles::new();
    for name in tables_named(&text, &TextLimits::default()) {
        let table = beside(path, &name);
        if root(&table).is_file() {
            found.push((table.clone(), fs::read_to_string(root(&table))?));
        }
    }
    found.insert(0, (path.to_owned(), text));
    Ok(found)
}

/// A pack below the root beside the standard library, compiled.
pub(crate) fn pack(path: &str) -> Program {
    let mut sources = Sources::with_std();
    let text = fs::read_to_string(root(path)).unwrap();
    sources.add("pack.plumb", &text);
    compile(&sources).unwrap()
}

/// The figures of one text table.
pub(crate) fn read(program: &Program, name: &str, bytes: &[u8]) -> Submission {
    let mut submission = Submission::new(&program.model);
    submission.read_table(&program.model, name, bytes, &Limits::default());
    submission
}

/// What a run of the program gave.
pub(crate) struct Ran {
    pub(crate) status: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// Runs the program in a folder, in these surroundings alone.
pub(crate) fn run_in(place: &Path, arguments: &[&str], surroundings: &[(&str, &str)]) -> Ran {
    let output = Command::new(env!("CARGO_BIN_EXE_plumbrule"))
        .args(arguments)
        .current_dir(place)
        .env_clear()
        .envs(surroundings.iter().copied())
        .output()
        .unwrap();
    Ran {
        status: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// The help of the program or of one command, on one line for each option.
pub(crate) fn help(lang: &str, command: Option<&str>) -> String {
    let mut run = Command::new(env!("CARGO_BIN_EXE_plumbrule"));
    run.env("COLUMNS", "400");
    let output = run
        .args(command)
        .args(["--help", "--lang", lang])
        .output()
        .unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}

/// The names of all commands, as the help lists them.
pub(crate) fn commands() -> Vec<String> {
    let help = help("en", None);
    let listed = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let names = listed.take_while(|line| !line.is_empty());
    let names = names.filter_map(|line| line.split_whitespace().next());
    let names: Vec<String> = names.map(str::to_owned).collect();
    assert!(names.len() > 5, "{names:?}");
    names
}
