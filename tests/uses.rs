//! A pack that uses another, and that one a third: what counts as declared, what is left aside,
//! what a receipt holds, and where packs are found. The packs are below `tests/uses`.

use std::fs;
use std::path::Path;

use common::{Ran, root, run_in};

use crate::common;

fn run(place: &str, arguments: &[&str]) -> Ran {
    run_in(&root(place), arguments, &[("COLUMNS", "100")])
}

#[test]
fn what_a_used_pack_declares_counts_and_its_targets_and_tests_do_not() {
    // From beside the packs, from a folder above `rules`, and from inside the pack.
    for (place, pack) in [
        ("tests/uses", "rules/plan"),
        ("tests/uses/rules", "plan"),
        ("tests/uses/rules/plan", "."),
        ("tests/uses/rules/plan", "pack.plumb"),
    ] {
        let ran = run(place, &["list", "tests", pack]);
        assert_eq!(ran.status, 0, "{pack} {}", ran.err);
        let ran = run(place, &["test", pack]);
        assert_eq!(ran.status, 0, "{pack} {} {}", ran.out, ran.err);
        assert!(!ran.out.contains("half of all"), "{}", ran.out);
    }
    let ran = run(
        "tests/uses",
        &["check", "rules/plan", "--figures", "figures.csv"],
    );
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert!(ran.out.contains("2 in all: 2 pass"), "{}", ran.out);
    assert!(ran.out.contains("- counts.1 "), "{}", ran.out);
    assert!(!ran.out.contains("counts.half"), "{}", ran.out);
}

#[test]
fn lists_and_graphs_tell_own_from_used() {
    let rules = run("tests/uses", &["list", "rules", "rules/plan"]);
    assert!(rules.out.contains("2 in all"), "{}", rules.out);
    let packs = run("tests/uses", &["list", "packs", "--format", "csv"]);
    let counts = "plan,Plan,2,0,0,0,0,3,rules/plan";
    assert!(
        packs.out.lines().any(|line| line == counts),
        "{}",
        packs.out
    );
    let indicators = run("tests/uses", &["list", "indicators", "rules/plan"]);
    assert!(indicators.out.contains("of the pack"), "{}", indicators.out);
    let own = run("tests/uses", &["list", "indicators", "rules/counts"]);
    assert!(!own.out.contains("of the pack"), "{}", own.out);
    // Of the catalogue only what the plan rests on.
    let graph = run("tests/uses", &["graph", "rules/plan", "--format", "dot"]);
    assert!(graph.out.contains("coverage"), "{}", graph.out);
    assert!(!graph.out.contains("counts.1"), "{}", graph.out);
    let asked = run(
        "tests/uses",
        &[
            "graph",
            "rules/plan",
            "--rule",
            "counts.1",
            "--format",
            "dot",
        ],
    );
    assert!(asked.out.contains("counts.1"), "{}", asked.out);
    for phase in ["ast", "model", "graph", "program"] {
        let dump = run("tests/uses", &["dump", "rules/plan", "--phase", phase]);
        assert_eq!(dump.status, 0, "{phase} {}", dump.err);
        assert!(dump.out.contains("plan.1"), "{phase}");
    }
}

/// The packs and figures in a folder of their own, so that they can be changed.
fn copied(name: &str) -> std::path::PathBuf {
    let folder = std::env::temp_dir().join(format!("plumbrule-{name}-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    for pack in ["plan", "counts", "measures"] {
        let to = folder.join("rules").join(pack);
        fs::create_dir_all(&to).unwrap();
        for entry in root("tests/uses/rules").join(pack).read_dir().unwrap() {
            let from = entry.unwrap().path();
            fs::copy(&from, to.join(from.file_name().unwrap())).unwrap();
        }
    }
    fs::copy(root("tests/uses/figures.csv"), folder.join("figures.csv")).unwrap();
    folder
}

fn changed(file: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(file).unwrap();
    assert!(text.contains(from), "{text}");
    fs::write(file, text.replace(from, to)).unwrap();
}

#[test]
fn a_receipt_covers_the_files_of_used_packs() {
    let folder = copied("receipt");
    let check = ["check", "rules/plan", "--figures", "figures.csv"];
    let ran = run_in(
        &folder,
        &[&check[..], &["--receipt", "r.json"]].concat(),
        &[],
    );
    assert_eq!(ran.status, 0, "{}", ran.err);
    let again = run_in(&folder, &["replay", "r.json"], &[]);
    assert_eq!(again.status, 0, "{}", again.out);
    // A file beside the others of a used pack is told.
    let new = folder.join("rules/measures/more.plumb");
    fs::write(&new, "// nothing\n").unwrap();
    let again = run_in(&folder, &["replay", "r.json"], &[]);
    assert!(
        again.out.contains("rules/measures/more.plumb"),
        "{}",
        again.out
    );
    fs::remove_file(new).unwrap();
    // A width of the catalogue decides over the plan.
    let catalogue = folder.join("rules/counts/pack.plumb");
    changed(
        &catalogue,
        "width about relative 5%",
        "width about relative 50%",
    );
    let again = run_in(&folder, &["replay", "r.json"], &[]);
    assert_eq!(again.status, 1, "{}", again.out);
    assert!(
        again.out.contains("rules/counts/pack.plumb"),
        "{}",
        again.out
    );
    let json = |folder| {
        let ran = run_in(folder, &[&check[..], &["--format", "json"]].concat(), &[]);
        let digest = ran.out.lines().find(|line| line.contains("sha256:"));
        digest.map(str::to_owned).unwrap()
    };
    let before = json(&folder);
    changed(&catalogue, "Households", "Homes");
    assert_ne!(before, json(&folder));
    fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn what_is_wrong_in_a_used_pack_is_told_with_its_own_place() {
    let folder = copied("wrong");
    let catalogue = folder.join("rules/counts/pack.plumb");
    changed(&catalogue, "users / households", "users / housholds");
    let ran = run_in(&folder, &["test", "rules/plan"], &[]);
    assert_eq!(ran.status, 2, "{}", ran.out);
    assert!(
        ran.err.contains("--> rules/counts/pack.plumb:21:"),
        "{}",
        ran.err
    );
    assert!(ran.err.contains("`households`"), "{}", ran.err);
    // A warning there is for those who keep it.
    changed(&catalogue, "users / housholds", "users / households");
    let always = "check always \"Always\" { require 1 at least 1 }";
    fs::write(folder.join("rules/counts/more.plumb"), always).unwrap();
    let own = run_in(&folder, &["test", "rules/counts"], &[]);
    assert!(own.err.contains("T007"), "{}", own.err);
    let ran = run_in(&folder, &["test", "rules/plan"], &[]);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""), "{}", ran.out);
    // One file is a pack too, and a missing pack is told with those that are there.
    fs::remove_dir_all(folder.join("rules/measures")).unwrap();
    let ran = run_in(&folder, &["test", "rules/plan"], &[]);
    assert_eq!(ran.status, 2);
    assert!(
        ran.err.contains("R021") && ran.err.contains("counts"),
        "{}",
        ran.err
    );
    let one = root("tests/uses/rules/measures/pack.plumb");
    fs::copy(one, folder.join("rules/measures.plumb")).unwrap();
    let ran = run_in(&folder, &["test", "rules/plan"], &[]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    fs::remove_dir_all(&folder).unwrap();
}
