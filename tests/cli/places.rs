//! What stands at the place of an output: files are replaced whole, links followed, devices and pipes kept.

use std::fs;
use std::os::unix::fs::{FileTypeExt as _, PermissionsExt as _, symlink};
use std::process::Command;

use super::{Folder, run};

/// A check that is written as one text, and one that is written as columns.
const RUNS: [(&str, &[&str]); 2] = [
    (
        "report.json",
        &["check", super::PACK, "--figures", "fixtures/published"],
    ),
    (
        "verdicts.csv",
        &[
            "check",
            "examples/million",
            "--figures",
            "examples/million/figures.csv",
        ],
    ),
];

fn write(arguments: &[&str], place: &str) {
    let ran = run(&[arguments, &["--out", place]].concat());
    assert!(ran.status != 2 && ran.status < 100, "{place}: {}", ran.err);
}

/// The names in a folder; nothing half written may be left.
fn names(folder: &Folder) -> Vec<String> {
    let entries = fs::read_dir(&folder.0).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn a_pipe_stays_a_pipe_and_gets_all_of_it() {
    for (name, arguments) in RUNS {
        let folder = Folder::new("pipe");
        let (plain, pipe) = (folder.path(name), folder.path(&format!("pipe-{name}")));
        write(arguments, &plain);
        assert!(
            Command::new("mkfifo")
                .arg(&pipe)
                .status()
                .unwrap()
                .success()
        );
        let from = pipe.clone();
        let reader = std::thread::spawn(move || fs::read(from).unwrap());
        write(arguments, &pipe);
        assert!(
            fs::metadata(&pipe).unwrap().file_type().is_fifo(),
            "{name} took its place"
        );
        assert_eq!(reader.join().unwrap(), fs::read(&plain).unwrap(), "{name}");
        assert_eq!(names(&folder), [format!("pipe-{name}"), name.to_owned()]);
    }
}

#[test]
fn a_link_leads_to_the_new_file_and_the_permissions_stay() {
    for (name, arguments) in RUNS {
        let folder = Folder::new("link");
        let link = folder.path(&format!("link-{name}"));
        fs::create_dir(folder.0.join("far")).unwrap();
        symlink(format!("far/{name}"), &link).unwrap();
        let far = folder.0.join("far").join(name);
        // Not there yet, then there.
        write(arguments, &link);
        let first = fs::read(&far).unwrap();
        fs::write(&far, "older").unwrap();
        fs::set_permissions(&far, fs::Permissions::from_mode(0o640)).unwrap();
        write(arguments, &link);
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink(), "{name}");
        assert_eq!(fs::read(&far).unwrap(), first, "{name}");
        assert_eq!(
            fs::metadata(&far).unwrap().permissions().mode() & 0o777,
            0o640,
            "{name}"
        );
        assert_eq!(
            fs::read_dir(folder.0.join("far")).unwrap().count(),
            1,
            "{name}"
        );
        assert_eq!(names(&folder), ["far".to_owned(), format!("link-{name}")]);
    }
}

#[test]
fn the_output_of_the_process_is_a_place_too() {
    let (_, arguments) = RUNS[0];
    let plain = run(&[arguments, &["--format", "json"]].concat());
    let said = run(&[arguments, &["--format", "json", "--out", "/dev/stdout"]].concat());
    assert_eq!(said.out, plain.out);
    assert_eq!(said.status, plain.status);
}

#[test]
fn what_a_run_left_that_was_cut_off_goes_with_the_next() {
    for (name, arguments) in RUNS {
        let folder = Folder::new("cut-off");
        folder.file(&format!(".{name}.4000000001.part"), "left");
        let written = folder.file(&format!(".{name}.4000000002.part"), "somebody writes this");
        folder.file(".other.json.4000000001.part", "of another place");
        folder.file(&format!(".{name}.old.part"), "of nobody");
        let writer = fs::File::options().write(true).open(&written).unwrap();
        writer.lock().unwrap();
        write(arguments, &folder.path(name));
        let mut left = vec![
            format!(".{name}.4000000002.part"),
            format!(".{name}.old.part"),
            ".other.json.4000000001.part".to_owned(),
            name.to_owned(),
        ];
        left.sort();
        assert_eq!(names(&folder), left);
    }
}
