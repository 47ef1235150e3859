//! Receipts: written, run again from the named files, signed and verified. What is said of each
//! change is in `tests/receipts`, digests left out.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use plumbrule::receipt::{
    Difference, Document, Envelope, PublicKey, Receipt, SecretKey, Tool, compare, pae, sha256,
    statement, verify,
};
use plumbrule::report::Format;
use serde_json::{Value, json};

use crate::{common, golden, schema};

const RULES: &str = "\
pack p \"规则包\" { en \"Pack\" entity CN }
entity CN \"中国\" { en \"China\" }
indicator coverage \"覆盖率\" { en \"Coverage\" unit % kind share }
target t \"目标\" { en \"Target\" require coverage >= 80% by 2025 }
target u \"远期\" { en \"Later\" require coverage >= 90% by 2030 from 50% in 2020 path linear }
";
const TABLE: &str = "indicator,period,value\ncoverage,2024,72%\ncoverage,2025,85%\n";
const CHECK: [&str; 6] = [
    "check",
    "rules",
    "--figures",
    "figures",
    "--receipt",
    "r.json",
];

/// What a run gave.
struct Ran {
    status: i32,
    out: String,
    err: String,
}

fn run(folder: &Path, arguments: &[&str]) -> Ran {
    let output = Command::new(env!("CARGO_BIN_EXE_plumbrule"))
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .env("PLUMBRULE_LANG", "en")
        .output()
        .unwrap();
    Ran {
        status: output.status.code().unwrap(),
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// A folder with a small pack and a table, in which nothing was run yet.
fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("receipts")
        .join(name);
    if path.exists() {
        fs::remove_dir_all(&path).unwrap();
    }
    for (file, text) in [("rules/pack.plumb", RULES), ("figures/figures.csv", TABLE)] {
        let file = path.join(file);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }
    path
}

/// Such a folder with the receipt and the report of a check.
fn checked(name: &str) -> PathBuf {
    let folder = folder(name);
    let ran = run(&folder, &[&CHECK[..], &["--out", "report.txt"]].concat());
    assert_eq!((ran.status, &*ran.out, &*ran.err), (0, "", ""));
    folder
}

fn read(file: impl AsRef<Path>) -> String {
    fs::read_to_string(file).unwrap()
}

fn change(file: impl AsRef<Path>, from: &str, to: &str) {
    let text = read(&file);
    assert!(text.contains(from), "{from} is not in {text}");
    fs::write(file, text.replacen(from, to, 1)).unwrap();
}

/// Long runs of hexadecimal digits as one sign, sizes and versions as another, so that a snapshot
/// changes with what is said and not with every rule file.
fn tidied(text: &str) -> String {
    let mut out = String::new();
    let mut digits = String::new();
    for c in text.chars().chain(['\n']) {
        if c.is_ascii_hexdigit() && !c.is_ascii_uppercase() {
            digits.push(c);
            continue;
        }
        out.push_str(if digits.len() >= 40 { "HEX" } else { &digits });
        digits.clear();
        out.push(c);
    }
    let parts: Vec<String> = out
        .split("\"bytes\": ")
        .enumerate()
        .map(|(n, part)| match n {
            0 => part.to_owned(),
            _ => format!(
                "\"bytes\": N{}",
                part.trim_start_matches(|c: char| c.is_ascii_digit())
            ),
        })
        .collect();
    let out = parts.concat().replace(env!("CARGO_PKG_VERSION"), "VERSION");
    out.trim_end().to_owned()
}

fn schema() -> Value {
    serde_json::from_str(&read(common::root("docs/schema/receipt.json"))).unwrap()
}

fn fits(text: &str, what: &str) {
    let document: Value = serde_json::from_str(text).unwrap();
    let mut schema = schema();
    schema["oneOf"] = json!([{ "$ref": format!("#/$defs/{what}") }]);
    let problems = schema::problems(&schema, &document);
    assert!(problems.is_empty(), "{what}: {problems:#?}\n{text}");
}

#[test]
fn the_receipt_of_the_main_job() {
    let folder = folder("main-job");
    let file = folder.join("r.json");
    let file = file.to_str().unwrap();
    let check = [
        "check",
        "rules/nip-2021",
        "--figures",
        "fixtures/published",
        "--receipt",
        file,
    ];
    let ran = run(&common::root(""), &check);
    assert_eq!((ran.status, &*ran.err), (1, ""));
    let text = read(file);
    golden::snapshot("receipts", "main-job", &tidied(&text));
    fits(&text, "receipt");

    let receipt = Receipt::read(text.as_bytes()).unwrap();
    assert_eq!(receipt.write(), text.as_bytes());
    assert_eq!(receipt.output.sha256, sha256(ran.out.as_bytes()));
    assert_eq!(receipt.output.bytes, ran.out.len());
    for file in receipt.rules.iter().chain(&receipt.tables) {
        let path = if file.standard {
            format!("rules/{}", file.name)
        } else {
            file.name.clone()
        };
        let bytes = fs::read(common::root(&path)).unwrap();
        assert_eq!(
            (file.bytes, &file.sha256),
            (bytes.len(), &sha256(&bytes)),
            "{path}"
        );
    }
    let rules = receipt.rules.iter();
    let own = rules.filter(|file| !file.standard && file.pack.is_none());
    let of_rules = own.count();
    assert_eq!(of_rules, common::files("rules/nip-2021", &[".plumb"]).len());

    let json = run(
        &common::root(""),
        &[&check[..], &["--format", "json"]].concat(),
    );
    let json: Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(json["run"]["rules_digest"], receipt.rules_digest);
    assert_eq!(json["run"]["figures_digest"], receipt.figures_digest);
    let rows = json["rows"].as_array().unwrap();
    assert_eq!(rows.len(), receipt.rows.len());
    for (row, note) in rows.iter().zip(&receipt.rows) {
        assert_eq!(row["rule"], note.rule);
        assert_eq!(row["verdict"], note.verdict);
        assert_eq!(row["causes"], json!(note.causes));
    }

    let again = run(&common::root(""), &["replay", file]);
    assert_eq!(again.status, 0, "{}{}", again.out, again.err);
}

/// Runs a receipt again in both languages and for a machine, and keeps what it says.
fn replayed(folder: &Path, name: &str, more: &[&str], status: i32) {
    let mut said = String::new();
    for lang in ["en", "zh"] {
        let ran = run(
            folder,
            &[&["replay", "r.json", "--lang", lang], more].concat(),
        );
        assert_eq!(ran.status, status, "{name}: {}{}", ran.out, ran.err);
        said.push_str(&ran.out);
        said.push_str(&ran.err);
    }
    let ran = run(
        folder,
        &[&["replay", "r.json", "--format", "json"], more].concat(),
    );
    assert_eq!(ran.status, status, "{name}");
    if !ran.out.is_empty() {
        fits(&ran.out, "replay");
        let json: Value = serde_json::from_str(&ran.out).unwrap();
        assert_eq!(json["same"], status == 0, "{name}");
    }
    golden::snapshot("receipts", name, &tidied(&said));
}

#[test]
fn two_receipts_are_held_against_each_other() {
    let folder = checked("between");
    fs::rename(folder.join("r.json"), folder.join("old.json")).unwrap();
    change(folder.join("figures/figures.csv"), "85%", "75%");
    let check = [
        "check",
        "rules",
        "--figures",
        "figures",
        "--vintage",
        "latest",
    ];
    run(&folder, &[&check[..], &["--receipt", "new.json"]].concat());
    let both = |new: &str, more: &[&str]| {
        let asked = ["diff", "--old-receipt", "old.json", "--receipt", new];
        run(&folder, &[&asked[..], more].concat())
    };
    let mut said = String::new();
    for lang in ["en", "zh"] {
        for (new, status) in [("new.json", 1), ("old.json", 0)] {
            let ran = both(new, &["--lang", lang]);
            assert_eq!(ran.status, status, "{}{}", ran.out, ran.err);
            said.push_str(&ran.out);
        }
        for more in [&["--format", "markdown"][..], &["--period", "2025"]] {
            let ran = both("new.json", &[&["--lang", lang], more].concat());
            assert_eq!((ran.status, &*ran.out), (2, ""));
            said.push_str(&ran.err);
        }
    }
    let json = both("new.json", &["--format", "json"]);
    assert_eq!(json.status, 1);
    fits(&json.out, "between");
    golden::snapshot("receipts", "between", &tidied(&said));
}

#[test]
fn nothing_changed() {
    replayed(&checked("unchanged"), "unchanged", &[], 0);
}

#[test]
fn a_figure_was_changed() {
    let folder = checked("table");
    change(folder.join("figures/figures.csv"), "85%", "75%");
    replayed(&folder, "table", &[], 1);
    // Without the report that was kept, the digests are all there is to say of the bytes.
    fs::remove_file(folder.join("report.txt")).unwrap();
    replayed(&folder, "table-without-report", &[], 1);
}

#[test]
fn a_rule_was_changed() {
    let folder = checked("rule");
    change(folder.join("rules/pack.plumb"), ">= 80%", ">= 90%");
    change(folder.join("figures/figures.csv"), "72%", "73%");
    replayed(&folder, "rule", &[], 1);
    change(folder.join("rules/pack.plumb"), "target t", "targt t");
    replayed(&folder, "rule-broken", &[], 1);
}

#[test]
fn a_change_that_does_not_show_is_told() {
    let folder = checked("comment");
    change(
        folder.join("rules/pack.plumb"),
        "pack p",
        "// for the record\npack p",
    );
    replayed(&folder, "comment", &[], 0);
}

#[test]
fn a_file_is_missing() {
    let folder = checked("missing");
    fs::write(folder.join("figures/later.csv"), TABLE).unwrap();
    fs::remove_file(folder.join("figures/figures.csv")).unwrap();
    replayed(&folder, "missing", &[], 1);
    fs::remove_dir_all(folder.join("rules")).unwrap();
    fs::create_dir(folder.join("elsewhere")).unwrap();
    replayed(&folder, "missing-all", &["--root", "elsewhere"], 1);
}

#[test]
fn files_were_moved_and_others_came() {
    let folder = checked("moved");
    fs::create_dir(folder.join("archive")).unwrap();
    for name in ["rules", "figures"] {
        fs::rename(folder.join(name), folder.join("archive").join(name)).unwrap();
    }
    fs::write(folder.join("archive/figures/later.csv"), TABLE).unwrap();
    replayed(&folder, "moved", &["--root", "archive"], 0);
}

#[test]
fn absolute_names_are_found_below_a_root() {
    let folder = folder("absolute");
    let name = |file: &str| folder.join(file).to_str().unwrap().to_owned();
    let (rules, figures) = (name("rules"), name("figures"));
    let check = [
        "check",
        &rules,
        "--figures",
        &figures,
        "--receipt",
        "r.json",
    ];
    assert_eq!(run(&folder, &check).status, 0);
    let below = folder.join("copy").join(folder.strip_prefix("/").unwrap());
    for file in ["rules/pack.plumb", "figures/figures.csv"] {
        fs::create_dir_all(below.join(file).parent().unwrap()).unwrap();
        fs::rename(folder.join(file), below.join(file)).unwrap();
    }
    let ran = run(&folder, &["replay", "r.json", "--root", "copy"]);
    assert_eq!(ran.status, 0, "{}{}", ran.out, ran.err);
}

#[test]
fn another_version_made_it() {
    let folder = checked("version");
    let receipt = folder.join("r.json");
    let version = format!("\"version\": \"{}\"", env!("CARGO_PKG_VERSION"));
    change(&receipt, &version, "\"version\": \"0.0.9\"");
    replayed(&folder, "version-same", &[], 0);
    // It gave another output, too.
    let digest = Receipt::read(read(&receipt).as_bytes())
        .unwrap()
        .output
        .sha256;
    change(&receipt, &digest, &"0".repeat(64));
    replayed(&folder, "version", &[], 1);
}

#[test]
fn the_latest_year_is_another() {
    let folder = checked("clock");
    change(folder.join("figures/figures.csv"), "2025,85%", "2026,85%");
    replayed(&folder, "clock", &[], 1);
}

#[test]
fn a_receipt_that_was_changed_by_hand() {
    let folder = checked("notes");
    let receipt = folder.join("r.json");
    let kept = read(&receipt);
    change(&receipt, "\"verdict\": \"pass\"", "\"verdict\": \"fail\"");
    change(&receipt, "\"fail\": 0", "\"fail\": 1");
    change(&receipt, "\"pass\": 1", "\"pass\": 0");
    replayed(&folder, "notes", &[], 1);
    fs::write(&receipt, kept).unwrap();
    change(
        &receipt,
        "\"in_force\": \"2025-12-31\"",
        "\"in_force\": \"2024-12-31\"",
    );
    assert_eq!(run(&folder, &["replay", "r.json"]).status, 1);
}

#[test]
fn other_bytes_from_the_same_input_are_a_fault_of_the_program() {
    let was = Receipt::read(read(checked("fault").join("r.json")).as_bytes()).unwrap();
    let mut now = was.clone();
    now.output.sha256 = "0".repeat(64);
    now.rows[0].verdict = "fail".to_owned();
    let found = compare(&was, &now, Vec::new());
    assert_eq!(found.differences, [Difference::Output]);
    assert_eq!(found.rows.len(), 1);
    assert!(!found.is_same());
}

#[test]
fn the_kept_report_is_held_against_the_receipt() {
    let folder = checked("kept");
    let replay = ["replay", "r.json", "--output", "report.txt"];
    assert_eq!(run(&folder, &replay).status, 0);
    change(folder.join("report.txt"), "Target", "Tarket");
    replayed(&folder, "kept", &["--output", "report.txt"], 1);
    // Named by the receipt alone it is no witness, and nothing is said of it.
    assert_eq!(run(&folder, &replay[..2]).status, 0);
}

#[test]
fn every_format_and_filter_comes_out_the_same_again() {
    let folder = folder("formats");
    for format in Format::ALL {
        for lang in ["en", "zh"] {
            let out = format!("report.{}", format.ending());
            let form = ["--format", format.name(), "--out", &out, "--lang", lang];
            let clocks = ["--period", "all", "--in-force", "2025-12-31", "--rule", "t"];
            let ran = run(&folder, &[&CHECK[..], &form, &clocks].concat());
            assert_eq!(ran.status, 0, "{}", ran.err);
            let ran = run(&folder, &["replay", "r.json", "--output", &out]);
            assert_eq!(ran.status, 0, "{format:?}: {}{}", ran.out, ran.err);
        }
    }
}

#[test]
fn a_receipt_holds_whatever_the_surroundings() {
    let folder = folder("surroundings");
    let mut command = Command::new(env!("CARGO_BIN_EXE_plumbrule"));
    let narrow = command
        .args(CHECK)
        .current_dir(&folder)
        .env_clear()
        .env("LANG", "zh_CN.UTF-8")
        .env("COLUMNS", "40");
    assert_eq!(narrow.output().unwrap().status.code(), Some(0));
    assert_eq!(run(&folder, &["replay", "r.json"]).status, 0);
}

#[test]
fn what_is_no_receipt_is_told() {
    let folder = checked("bad");
    let sound = read(folder.join("r.json"));
    let changed = |from: &str, to: &str| {
        assert!(sound.contains(from), "{from}");
        sound.replacen(from, to, 1)
    };
    let digest = Receipt::read(sound.as_bytes()).unwrap().output.sha256;
    let envelope = |payload: &str, kind: &str| {
        json!({"payloadType": kind, "payload": payload, "signatures": []}).to_string()
    };
    let cases = [
        ("truncated", sound[..sound.len() / 2].to_owned()),
        ("empty", String::new()),
        ("other-json", "{\"rows\": []}".to_owned()),
        (
            "other-schema",
            changed("plumbrule-receipt-1", "plumbrule-receipt-2"),
        ),
        (
            "other-tool",
            changed("\"name\": \"plumbrule\"", "\"name\": \"plumb\\u001b[31m\""),
        ),
        ("field-missing", changed("\"exit_status\": 0,", "")),
        (
            "no-verdict",
            changed("\"verdict\": \"pass\"", "\"verdict\": \"passed\""),
        ),
        ("wrong-count", changed("\"pass\": 1", "\"pass\": 2")),
        ("row-twice", changed("\"rule\": \"u\"", "\"rule\": \"t\"")),
        ("no-digest", changed(&digest, "0")),
        ("no-format", changed("\"human\"", "\"paper\"")),
        (
            "bad-period",
            changed("\"period\": null", "\"period\": \"soon\""),
        ),
        ("not-base64", envelope("*", "application/vnd.in-toto+json")),
        ("other-payload", envelope("e30=", "text/plain")),
        (
            "no-statement",
            envelope("e30=", "application/vnd.in-toto+json"),
        ),
        ("deep", "[".repeat(100_000)),
    ];
    let mut said = String::new();
    for (name, text) in cases {
        fs::write(folder.join("bad.json"), text).unwrap();
        for lang in ["en", "zh"] {
            let ran = run(&folder, &["replay", "bad.json", "--lang", lang]);
            assert_eq!((ran.status, &*ran.out), (2, ""), "{name}: {}", ran.err);
            assert!(!ran.err.contains(['\u{1b}']), "{name}: {}", ran.err);
            said.push_str(&format!("{name}: {}", ran.err));
        }
    }
    golden::snapshot("receipts", "bad", &tidied(&said));
}

#[test]
fn what_must_stay_is_not_written_over() {
    let folder = folder("stay");
    assert_eq!(run(&folder, &["keygen", "key.pem"]).status, 0);
    let key = read(folder.join("key.pem"));
    let check = &CHECK[..4];
    let cases = [
        vec!["--receipt", "figures/figures.csv"],
        vec!["--receipt", "./rules/../rules/pack.plumb"],
        vec!["--receipt", "report.txt", "--out", "report.txt"],
        vec!["--receipt", "key.pem"],
        vec!["--receipt", "no/such/folder/r.json"],
    ];
    for more in cases {
        let ran = run(&folder, &[check, &more[..]].concat());
        assert_eq!(ran.status, 2, "{more:?}: {}", ran.err);
    }
    assert_eq!(run(&folder, &["keygen", "key.pem"]).status, 2);
    assert_eq!(read(folder.join("figures/figures.csv")), TABLE);
    assert_eq!(read(folder.join("rules/pack.plumb")), RULES);
    assert_eq!(read(folder.join("key.pem")), key);
    // Figures with faults are nothing to defend.
    change(folder.join("figures/figures.csv"), "85%", "many");
    let ran = run(&folder, &CHECK);
    assert_eq!(ran.status, 2, "{}", ran.err);
    assert!(!folder.join("r.json").exists());
}

/// A folder with a receipt, two pairs of keys, and the receipt signed by the first.
fn signed(name: &str) -> PathBuf {
    let folder = checked(name);
    for key in ["a.pem", "b.pem"] {
        assert_eq!(run(&folder, &["keygen", key]).status, 0);
    }
    let sign = ["sign", "r.json", "--key", "a.pem", "--out", "s.json"];
    let ran = run(&folder, &sign);
    assert_eq!((ran.status, &*ran.err), (0, ""));
    folder
}

#[test]
fn a_signed_receipt_is_verified_and_run_again() {
    let folder = signed("signed");
    fits(&read(folder.join("s.json")), "envelope");
    let envelope = Envelope::read(read(folder.join("s.json")).as_bytes()).unwrap();
    fits(&String::from_utf8(envelope.payload).unwrap(), "statement");

    let ok = [
        "verify",
        "s.json",
        "--key",
        "a.pub.pem",
        "--output",
        "report.txt",
    ];
    let ran = run(&folder, &ok);
    assert_eq!((ran.status, &*ran.err), (0, ""), "{}", ran.out);
    let ran = run(&folder, &[&ok[..], &["--format", "json"]].concat());
    fits(&ran.out, "verification");

    assert_eq!(run(&folder, &["replay", "s.json"]).status, 0);
    // A second person signs too.
    let sign = ["sign", "s.json", "--key", "b.pem", "--out", "s.json"];
    assert_eq!(run(&folder, &sign).status, 0);
    let both = [&ok[..], &["--key", "b.pub.pem"]].concat();
    assert_eq!(run(&folder, &both).status, 0);
    let twice = run(&folder, &sign);
    assert_eq!(twice.status, 2, "{}", twice.err);
}

#[test]
fn each_failure_of_a_signature_has_its_sentence() {
    let folder = signed("failures");
    let text = read(folder.join("s.json"));
    let envelope = Envelope::read(text.as_bytes()).unwrap();
    let write = |name: &str, change: &dyn Fn(&mut Envelope)| {
        let mut envelope = envelope.clone();
        change(&mut envelope);
        fs::write(folder.join(name), envelope.write()).unwrap();
    };
    write("flipped.json", &|envelope| {
        let payload = String::from_utf8(envelope.payload.clone()).unwrap();
        envelope.payload = payload
            .replacen("\"pass\": 1", "\"pass\": 2", 1)
            .into_bytes();
    });
    write("flipped-signature.json", &|envelope| {
        envelope.signatures[0].bytes[5] ^= 1
    });
    write("no-signature.json", &|envelope| envelope.signatures.clear());
    write("other-type.json", &|envelope| {
        envelope.payload_type = "text/plain".to_owned()
    });
    write("other-subject.json", &|envelope| {
        let payload = String::from_utf8(envelope.payload.clone()).unwrap();
        let (head, tail) = payload.split_at(payload.find("\"sha256\":\"").unwrap() + 10);
        envelope.payload = format!("{head}0{}", &tail[1..]).into_bytes();
    });
    let (a, b) = (["--key", "a.pub.pem"], ["--key", "b.pub.pem"]);
    let cases: [(&str, Vec<&str>); 8] = [
        ("s.json", b.to_vec()),
        ("s.json", [&a[..], &["--output", "r.json"]].concat()),
        ("r.json", a.to_vec()),
        ("flipped.json", a.to_vec()),
        ("flipped-signature.json", a.to_vec()),
        ("no-signature.json", a.to_vec()),
        ("other-type.json", a.to_vec()),
        ("other-subject.json", a.to_vec()),
    ];
    let ids = ["a.pub.pem", "b.pub.pem"].map(|key| {
        let key = fs::read(folder.join(key)).unwrap();
        PublicKey::from_pem(&key).unwrap().id()
    });
    let mut said = String::new();
    for (file, more) in cases {
        for lang in ["en", "zh"] {
            let ran = run(
                &folder,
                &[&["verify", file, "--lang", lang], &more[..]].concat(),
            );
            assert_eq!((ran.status, &*ran.err), (1, ""), "{file}: {}", ran.out);
            said.push_str(&format!("{file} {}\n{}", more.join(" "), ran.out));
        }
    }
    let said = said.replace(&ids[0], "KEY A").replace(&ids[1], "KEY B");
    golden::snapshot("receipts", "verify", &tidied(&said));

    // What cannot be read is an error, not an answer.
    fs::write(folder.join("cut.json"), &text[..text.len() / 2]).unwrap();
    let cases = [
        ["cut.json", "a.pub.pem"],
        ["s.json", "a.pem"],
        ["s.json", "r.json"],
        ["no.json", "a.pub.pem"],
    ];
    for [file, key] in cases {
        let ran = run(&folder, &["verify", file, "--key", key]);
        assert_eq!(
            (ran.status, &*ran.out),
            (2, ""),
            "{file} {key}: {}",
            ran.err
        );
    }
}

#[test]
fn no_changed_envelope_is_verified() {
    let folder = signed("changed");
    let text = fs::read(folder.join("s.json")).unwrap();
    let sound = Envelope::read(&text).unwrap();
    let key = PublicKey::from_pem(&fs::read(folder.join("a.pub.pem")).unwrap()).unwrap();
    assert!(verify(&sound, std::slice::from_ref(&key), None).holds());
    for at in (0..text.len()).step_by(43) {
        for bit in [1, 32] {
            let mut bytes = text.clone();
            bytes[at] ^= bit;
            let Ok(envelope) = Envelope::read(&bytes) else {
                continue;
            };
            if verify(&envelope, std::slice::from_ref(&key), None).holds() {
                assert_eq!(
                    (envelope.payload, envelope.payload_type),
                    (sound.payload.clone(), sound.payload_type.clone())
                );
            }
        }
    }
}

#[test]
#[cfg(unix)]
fn a_key_that_others_can_read_is_warned_of() {
    use std::os::unix::fs::PermissionsExt;
    let folder = checked("open-key");
    assert_eq!(run(&folder, &["keygen", "key.pem"]).status, 0);
    let key = folder.join("key.pem");
    assert_eq!(
        fs::metadata(&key).unwrap().permissions().mode() & 0o777,
        0o600
    );
    fs::set_permissions(&key, fs::Permissions::from_mode(0o644)).unwrap();
    let ran = run(&folder, &["sign", "r.json", "--key", "key.pem"]);
    assert_eq!(ran.status, 0);
    assert!(
        ran.err.starts_with("warning: others than the owner"),
        "{}",
        ran.err
    );
    assert!(Document::read(ran.out.as_bytes()).is_ok());
}

#[test]
fn later_fields_are_passed_over_and_kept() {
    let folder = checked("later");
    change(folder.join("r.json"), "{\n", "{\n  \"later\": 1.50,\n");
    let bytes = fs::read(folder.join("r.json")).unwrap();
    let receipt = Receipt::read(&bytes).unwrap();
    let statement = statement(&bytes).unwrap();
    assert!(
        String::from_utf8(statement.clone())
            .unwrap()
            .contains("\"later\": 1.50")
    );
    let mut envelope = Envelope::new(statement);
    envelope
        .sign(&SecretKey::from_seed([7; 32]).unwrap())
        .unwrap();
    let text = String::from_utf8(envelope.write()).unwrap();
    let text = text.replacen("{\n", "{\n  \"later\": {},\n", 1);
    let read = Document::read(text.as_bytes()).unwrap();
    assert_eq!(*read.receipt(), receipt);
    assert_eq!(receipt.tool, Tool::this());
}

fn unhex(text: &str) -> Vec<u8> {
    let digits = text.as_bytes().chunks(2);
    let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap();
    digits.map(byte).collect()
}

/// RFC 8032, section 7.1: seed, public key, message, signature.
const RFC_8032: [[&str; 4]; 2] = [
    [
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ],
    [
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ],
];

#[test]
fn signatures_are_those_of_the_standard() {
    for [seed, public, message, signature] in RFC_8032 {
        let key = SecretKey::from_seed(unhex(seed).try_into().unwrap()).unwrap();
        assert_eq!(key.sign(&unhex(message)), unhex(signature));
        assert!(key.public().is_by_this(&unhex(message), &unhex(signature)));
        assert!(!key.public().is_by_this(b"other", &unhex(signature)));
        // The id is the digest of what `openssl pkey -pubin -outform DER` writes.
        let der = unhex(&format!("302a300506032b6570032100{public}"));
        assert_eq!(key.public().id(), sha256(&der));
        let pem = key.public().to_pem();
        assert_eq!(PublicKey::from_pem(pem.as_bytes()).unwrap(), key.public());
        let again = SecretKey::from_pem(key.to_pem().as_bytes()).unwrap();
        assert_eq!(again.public(), key.public());
    }
}

#[test]
fn envelopes_are_those_of_the_standard() {
    let pae_text = "DSSEv1 29 http://example.com/HelloWorld 11 hello world";
    assert_eq!(
        pae("http://example.com/HelloWorld", b"hello world"),
        pae_text.as_bytes()
    );
    assert_eq!(pae("ä", b""), "DSSEv1 2 ä 0 ".as_bytes());
    // Envelopes that the DSSE project publishes, signed by the first key of RFC 8032.
    let seed = unhex(RFC_8032[0][0]).try_into().unwrap();
    let key = SecretKey::from_seed(seed).unwrap().public();
    let sig =
        "2WAfaHm5jluo0w+0rk8uVkluELJYWjSmU9x7EUzx+AyteDGJ4/nqyJXfmAUVFIAoQafWm7AxBZNw5M9ixNHiCA==";
    let url =
        "P-_KHICeR7tI6S_YyejJTRtrXhcQyQ2LYPaL8h90KjC9qN8HU_svOQ6TuDOT1HIrsGW886DbWNWcCmX5twLrAw==";
    let body = "eyJfdHlwZSI6Imh0dHBzOi8vaW4tdG90by5pby9TdGF0ZW1lbnQvdjEifQ==";
    let in_toto = "application/vnd.in-toto+json";
    let cases = [
        (body, in_toto, json!([{"sig": sig, "keyid": "A"}]), true),
        ("-_-_Pj8=", in_toto, json!([{"sig": url}]), true),
        (
            body,
            "application/vnd.example.other+json",
            json!([{"sig": sig}]),
            false,
        ),
        (
            body,
            in_toto,
            json!([{"sig": url}, {"sig": sig, "keyid": null}]),
            true,
        ),
    ];
    for (payload, kind, signatures, holds) in cases {
        let text = json!({"payload": payload, "payloadType": kind, "signatures": signatures});
        let envelope = Envelope::read(text.to_string().as_bytes()).unwrap();
        let found = verify(&envelope, std::slice::from_ref(&key), None);
        assert_eq!(found.checks[0].holds, holds, "{text}: {found:?}");
    }
}

#[test]
fn keys_that_are_none_are_told_apart() {
    let pem = |label: &str| format!("-----BEGIN {label}-----\nAAAA\n-----END {label}-----\n");
    let secret = |text: &str| {
        SecretKey::from_pem(text.as_bytes())
            .err()
            .map(|why| why.message.key)
    };
    let public = |text: &str| {
        PublicKey::from_pem(text.as_bytes())
            .err()
            .map(|why| why.message.key)
    };
    assert_eq!(secret(&pem("PUBLIC KEY")), Some("receipt-key-is-public"));
    assert_eq!(secret(&pem("PRIVATE KEY")), Some("receipt-key-other"));
    assert_eq!(
        secret(&pem("ENCRYPTED PRIVATE KEY")),
        Some("receipt-key-encrypted")
    );
    assert_eq!(secret("hello"), Some("receipt-key-no-secret"));
    assert_eq!(public(&pem("PRIVATE KEY")), Some("receipt-key-is-secret"));
    assert_eq!(public(&pem("PUBLIC KEY")), Some("receipt-key-other"));
    assert_eq!(public(&"a".repeat(70_000)), Some("receipt-key-no-pem"));
    // A point of small order, for which anybody can make signatures.
    let weak = "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAAQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n-----END PUBLIC KEY-----\n";
    assert_eq!(public(weak), Some("receipt-key-weak"));
    assert!(SecretKey::from_seed([0; 32]).is_err());
}
