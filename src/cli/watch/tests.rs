//! The loop with changes that nobody saved, and the look at real files.

use std::collections::BTreeMap;
use std::fs;

use plumbrule::message::{Lang, Message};

use super::{Failure, Files, Ran, follow};

fn ran(answers: &[(&str, &str)], status: u8) -> Result<Ran, Failure> {
    let answers = answers
        .iter()
        .map(|(name, answer)| ((*name).to_owned(), (*answer).to_owned()));
    Ok(Ran {
        status,
        answers: answers.collect(),
    })
}

/// What is said where each run gives the next result.
fn said(results: Vec<Result<Ran, Failure>>) -> (String, Option<u8>) {
    let n_changes = results.len() - 1;
    let mut results = results.into_iter();
    let mut out = String::new();
    let changes = (0..n_changes).map(|n| vec![format!("file{n}.plumb")]);
    let status = follow(
        changes,
        Lang::En,
        || results.next().unwrap_or(Err(Failure::Closed)),
        &mut |text| {
            out.push_str(text);
            Ok(())
        },
    );
    (out, status.ok())
}

fn broken() -> Result<Ran, Failure> {
    Err(Failure::new(Message::new("cli-no-period")))
}

#[test]
fn each_run_says_which_answers_it_changed() {
    let (out, status) = said(vec![
        ran(&[("a 2025", "fail"), ("b 2025", "pass")], 1),
        ran(&[("a 2025", "pass"), ("b 2025", "pass")], 0),
        ran(&[("a 2025", "pass"), ("c 2025", "pending")], 0),
        ran(&[("a 2025", "pass"), ("c 2025", "pending")], 0),
    ]);
    assert_eq!(status, Some(0));
    let lines: Vec<&str> = out.lines().map(str::trim).collect();
    for line in [
        "changed: file0.plumb",
        "a 2025: was fail, now pass",
        "b 2025: was pass, now gone",
        "c 2025: new, pending",
        "nothing changed since the run before",
    ] {
        let n = lines.iter().filter(|known| **known == line).count();
        assert_eq!(n, 1, "{line}\n{out}");
    }
}

#[test]
fn broken_rules_in_between_are_told_and_survived() {
    let (out, status) = said(vec![
        ran(&[("a", "fail")], 1),
        broken(),
        ran(&[("a", "pass")], 0),
    ]);
    // Compared with the last run that gave answers.
    assert!(out.contains("a: was fail, now pass"), "{out}");
    assert_eq!(status, Some(0));
    assert_eq!(said(vec![ran(&[], 0), broken()]).1, Some(2));
}

#[test]
fn wrong_arguments_are_not_watched() {
    let (out, status) = said(vec![broken(), ran(&[], 0)]);
    assert_eq!((out.as_str(), status), ("", None));
}

#[test]
fn a_reader_that_went_away_ends_it() {
    let (_, status) = said(vec![ran(&[], 0), Err(Failure::Closed), ran(&[], 0)]);
    assert_eq!(status, None);
}

#[test]
#[expect(
    clippy::unwrap_used,
    reason = "a test that cannot prepare its case must fail"
)]
fn new_changed_renamed_and_removed_files_are_seen() {
    let folder = std::env::temp_dir().join(format!("plumbrule-watch-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let file = |name: &str| folder.join(name);
    fs::write(file("a.plumb"), "1").unwrap();
    fs::write(file("out.csv"), "1").unwrap();
    let packs = [folder.clone()];
    let files = Files::new(
        &packs,
        vec![(folder.clone(), &["csv"])],
        Some(file("out.csv")),
    );
    let first = files.look();
    let names = |found: &BTreeMap<std::path::PathBuf, super::Stamp>| super::changed(&first, found);
    assert_eq!(names(&files.look()), Vec::<String>::new());
    // What is no rule file, and the output, are not watched.
    fs::write(file("notes.txt"), "1").unwrap();
    fs::write(file("out.csv"), "22").unwrap();
    assert_eq!(names(&files.look()), Vec::<String>::new());
    let path = |name: &str| file(name).display().to_string();
    // An editor that saves by renaming.
    fs::write(file("a.tmp"), "22").unwrap();
    fs::rename(file("a.tmp"), file("a.plumb")).unwrap();
    assert_eq!(names(&files.look()), [path("a.plumb")]);
    fs::write(file("b.plumb"), "1").unwrap();
    fs::remove_file(file("a.plumb")).unwrap();
    assert_eq!(names(&files.look()), [path("a.plumb"), path("b.plumb")]);
    fs::remove_dir_all(&folder).unwrap();
    assert_eq!(names(&files.look()), [path("a.plumb")]);
}

#[test]
#[expect(
    clippy::unwrap_used,
    reason = "a test that cannot prepare its case must fail"
)]
fn packs_that_are_used_are_watched_as_soon_as_they_are_named() {
    let folder = std::env::temp_dir().join(format!("plumbrule-uses-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    for name in ["plan", "counts", "other"] {
        fs::create_dir_all(folder.join(name)).unwrap();
    }
    let file = |name: &str| folder.join(name);
    fs::write(file("plan/a.plumb"), "pack plan { uses counts }").unwrap();
    fs::write(file("counts/a.plumb"), "pack counts {}").unwrap();
    fs::write(file("other/a.plumb"), "pack other {}").unwrap();
    let packs = [file("plan")];
    let mut files = Files::new(&packs, Vec::new(), None);
    let path = |name: &str| file(name).display().to_string();
    let changed = |files: &Files<'_>| super::changed(&files.seen, &files.look());
    assert_eq!(changed(&files), Vec::<String>::new());
    fs::write(file("counts/a.plumb"), "pack counts { uses other }").unwrap();
    fs::write(file("other/b.plumb"), "").unwrap();
    assert_eq!(changed(&files), [path("counts/a.plumb")]);
    files.seen = files.look();
    // Now the pack uses another by way of the first; what stands there is no change.
    files.settle();
    assert_eq!(changed(&files), Vec::<String>::new());
    fs::write(file("other/b.plumb"), "// more").unwrap();
    assert_eq!(changed(&files), [path("other/b.plumb")]);
    fs::remove_dir_all(&folder).unwrap();
}
