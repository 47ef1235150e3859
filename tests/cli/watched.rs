//! A check that watches: what it says of each change, what it looks at, and when it ends.

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use super::Folder;

/// A check that watches, and the lines that it writes, each read when it is asked for: what it writes of a
/// run that is long fills the pipe, and it goes on as that is read.
struct Watch {
    child: Child,
    lines: Receiver<String>,
}

impl Watch {
    fn new(arguments: &[&str]) -> Watch {
        let mut child = Command::new(env!("CARGO_BIN_EXE_plumbrule"))
            .arg("check")
            .args(arguments)
            .arg("--watch")
            .env("PLUMBRULE_LANG", "en")
            .env("COLUMNS", "4000")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let (sender, receiver) = mpsc::sync_channel(0);
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                if sender.send(line).is_err() {
                    break;
                }
            }
        });
        Watch {
            child,
            lines: receiver,
        }
    }

    fn next(&self) -> String {
        // Only so that what never comes is told; nothing depends on how long it takes.
        let line = self.lines.recv_timeout(Duration::from_secs(600));
        line.unwrap_or_else(|error| panic!("no more is said: {error}"))
    }

    /// The lines of a run, up to the one that says that it waits.
    fn run(&self) -> Vec<String> {
        let lines = std::iter::repeat_with(|| self.next());
        let lines = lines.take_while(|line| !line.contains("waiting for a file"));
        lines.map(|line| line.trim().to_owned()).collect()
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Folder {
    /// Writes a file at once, so that none is seen that is written in part.
    fn save(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let text = self.file(&format!("{name}.new"), bytes);
        let path = self.path(name);
        fs::rename(text, &path).unwrap();
        path
    }
}

fn changed(lines: &[String]) -> Vec<&str> {
    let lines = lines.iter().filter_map(|it| it.strip_prefix("changed: "));
    lines.collect()
}

fn pack(rules: &[&str]) -> String {
    let rules = rules
        .iter()
        .map(|id| format!("target {id} \"{id}\" {{ require share at least 80% by 2025 }}\n"));
    format!(
        "pack w \"W\" {{ entity e }}\nentity e \"E\" {{}}\nindicator share \"Share\" {{ kind share unit % }}\n{}",
        rules.collect::<String>()
    )
}

#[test]
fn each_run_says_which_answers_it_changed() {
    let folder = Folder::new("watch-answers");
    let rules = folder.file("pack.plumb", pack(&["a", "b"]));
    let figures = folder.file("figures.csv", "indicator,period,value\nshare,2025,75%\n");
    let watch = Watch::new(&[&rules, "--figures", &figures]);
    watch.run();
    // Broken rules in between are told; what follows is held against the last run that had answers.
    folder.save("pack.plumb", "target {");
    assert_eq!(changed(&watch.run()), [rules.as_str()]);
    folder.save("pack.plumb", pack(&["a", "c"]));
    let lines = watch.run();
    assert_eq!(changed(&lines), [rules.as_str()]);
    for (id, said) in [("b", "was fail, now gone"), ("c", "new, fail")] {
        let mut found = lines.iter().filter(|line| line.ends_with(said));
        let line = found.next().unwrap_or_else(|| panic!("{said}: {lines:#?}"));
        assert!(line.starts_with(id) && found.next().is_none(), "{lines:#?}");
    }
    assert!(
        !lines
            .iter()
            .any(|line| line.starts_with("a ") && line.contains(": was"))
    );
    folder.save("figures.csv", "indicator,period,value\nshare,2025,85%\n");
    let lines = watch.run();
    let turned = lines.iter().filter(|it| it.ends_with("was fail, now pass"));
    assert_eq!(turned.count(), 2, "{lines:#?}");
}

#[test]
fn new_and_removed_files_are_seen_and_others_are_not_looked_at() {
    let folder = Folder::new("watch-files");
    fs::create_dir(folder.path("rules")).unwrap();
    let rules = folder.file("rules/a.plumb", pack(&["a"]));
    let figures = folder.file("figures.csv", "indicator,period,value\nshare,2025,75%\n");
    let place = folder.path("rules");
    let watch = Watch::new(&[&place, "--figures", &figures]);
    watch.run();
    let further = "target b \"b\" { require share at least 80% by 2025 }\n";
    folder.file("rules/notes.txt", "no rules");
    std::thread::sleep(Duration::from_secs(1));
    let second = folder.save("rules/b.plumb", further);
    assert_eq!(changed(&watch.run()), [second.as_str()]);
    fs::remove_file(&second).unwrap();
    assert_eq!(changed(&watch.run()), [second.as_str()]);
    folder.save("rules/a.plumb", pack(&["a", "b"]));
    assert_eq!(changed(&watch.run()), [rules.as_str()]);
}

#[test]
fn packs_that_are_used_are_watched_as_soon_as_they_are_named() {
    let folder = Folder::new("watch-uses");
    for name in ["plan", "counts", "other"] {
        fs::create_dir(folder.path(name)).unwrap();
    }
    let plan = pack(&["a"]).replace("entity e }", "entity e uses counts }");
    folder.file("plan/a.plumb", plan);
    let counts = folder.file("counts/a.plumb", "pack counts \"C\" {}\n");
    let other = folder.file("other/a.plumb", "pack other \"O\" {}\n");
    let figures = folder.file("figures.csv", "indicator,period,value\nshare,2025,75%\n");
    let plan = folder.path("plan");
    let watch = Watch::new(&[&plan, "--figures", &figures]);
    watch.run();
    // Nobody uses it yet, so that this is no change.
    folder.save("other/a.plumb", "pack other \"Other\" {}\n");
    std::thread::sleep(Duration::from_secs(1));
    folder.save("counts/a.plumb", "pack counts \"C\" { uses other }\n");
    assert_eq!(changed(&watch.run()), [counts.as_str()]);
    folder.save("other/a.plumb", "pack other \"Others\" {}\n");
    assert_eq!(changed(&watch.run()), [other.as_str()]);
}

#[test]
fn what_is_saved_before_a_run_ends_is_a_change() {
    let folder = Folder::new("watch-meanwhile");
    for name in ["plan", "counts", "other"] {
        fs::create_dir(folder.path(name)).unwrap();
    }
    let ids: Vec<String> = (0..1000).map(|n| format!("a.{n}")).collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let plan = pack(&ids).replace("entity e }", "entity e uses counts }");
    folder.file("plan/a.plumb", plan);
    let counts = folder.file("counts/a.plumb", "pack counts \"C\" {}\n");
    let other = folder.file("other/a.plumb", "pack other \"O\" {}\n");
    let figures = folder.file("figures.csv", "indicator,period,value\nshare,2025,75%\n");
    let plan = folder.path("plan");
    let watch = Watch::new(&[&plan, "--figures", &figures]);
    watch.run();
    // Time to look at the files once, so that the change is none that stood there before.
    std::thread::sleep(Duration::from_secs(2));
    folder.save("counts/a.plumb", "pack counts \"C\" { uses other }\n");
    let is_of_counts = |line: &str| changed(&[line.to_owned()]) == [counts.as_str()];
    while !is_of_counts(watch.next().trim()) {}
    // The run that uses it first has begun, and cannot end before what it says is read.
    folder.save("other/a.plumb", "pack other \"Other\" {}\n");
    let said: usize = watch.run().iter().map(String::len).sum();
    assert!(said > 150_000, "{said}");
    assert_eq!(changed(&watch.run()), [other.as_str()]);
}

#[test]
fn wrong_arguments_are_not_watched() {
    let folder = Folder::new("watch-wrong");
    let mut watch = Watch::new(&[&folder.path("no-such-folder")]);
    assert!(watch.lines.recv_timeout(Duration::from_secs(600)).is_err());
    assert_eq!(watch.child.wait().unwrap().code(), Some(2));
}

#[test]
fn a_reader_that_went_away_ends_it() {
    let folder = Folder::new("watch-closed");
    let rules = folder.file("pack.plumb", pack(&["a"]));
    let figures = folder.file("figures.csv", "indicator,period,value\nshare,2025,75%\n");
    let mut child = Command::new(env!("CARGO_BIN_EXE_plumbrule"))
        .args(["check", &rules, "--figures", &figures, "--watch"])
        .env("PLUMBRULE_LANG", "en")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    assert!(lines.any(|line| line.unwrap().contains("waiting for a file")));
    drop(lines);
    folder.file("pack.plumb", pack(&["a", "b"]));
    let has_ended = (0..600).any(|_| {
        std::thread::sleep(Duration::from_millis(100));
        child.try_wait().unwrap().is_some()
    });
    let _ = child.kill();
    let _ = child.wait();
    assert!(has_ended);
}
