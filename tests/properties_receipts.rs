//! Any bytes, read as a receipt, as a signed envelope and as keys, on a stable toolchain: the twin
//! of the fuzz target `read_receipt`.

use std::sync::LazyLock;

use plumbrule::eval::{Options, evaluate};
use plumbrule::figures::{Limits, Submission};
use plumbrule::message::Lang;
use plumbrule::receipt::{
    Command, Document, Envelope, InputFile, InputLimits, PublicKey, Receipt, Run, SecretKey,
    compare, first_difference, statement, verify,
};
use plumbrule::report::{Digests, Report};
use plumbrule::{Sources, compile};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// A sound receipt of a small run.
static RECEIPT: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let rules =
        "indicator x \"X\" { unit % kind share }\ntarget t \"T\" { require x >= 5% by 2025 }\n";
    let table = b"indicator,period,value\nx,2025,6%\n";
    let mut sources = Sources::with_std();
    sources.add("pack.plumb", rules);
    let program = compile(&sources).unwrap();
    let mut submission = Submission::new(&program.model);
    submission.read_table(&program.model, "figures.csv", table, &Limits::default());
    let options = Options::default();
    let command = Command {
        weights: None,
        packs: vec!["pack.plumb".to_owned()],
        figures: vec!["figures.csv".to_owned()],
        encoding: None,
        period: None,
        in_force: None,
        known_on: None,
        sheets: Vec::new(),
        sources: Vec::new(),
        prefer: Vec::new(),
        vintage: "all".to_owned(),
        rules: Vec::new(),
        categories: Vec::new(),
        verdicts: Vec::new(),
        entities: Vec::new(),
        by_entity: false,
        format: "human".to_owned(),
        lang: "en".to_owned(),
        columns: 80,
        colour: false,
        limits: InputLimits {
            table_bytes: 1 << 20,
            rule_bytes: 1 << 20,
            terms: 1 << 20,
        },
    };
    let report = Report {
        program: &program,
        submission: &submission,
        options: &options,
        outcomes: &[evaluate(&program, &submission, &options)],
        findings: &[],
        warnings: &[],
        digests: &Digests::default(),
        lang: Lang::En,
        columns: 80,
        colour: false,
        by_entity: false,
        n_left_out: 0,
        filter_args: "",
        hint_args: "",
    };
    let receipt = Receipt::of(&Run {
        command: &command,
        report: &report,
        tables: &[InputFile::of("figures.csv", table)],
        status: 0,
        output: b"report",
        out: None,
    });
    receipt.write()
});

fn key() -> SecretKey {
    SecretKey::from_seed([7; 32]).unwrap()
}

static SIGNED: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let mut envelope = Envelope::new(statement(&RECEIPT).unwrap());
    envelope.sign(&key()).unwrap();
    envelope.write()
});

/// Any bytes, or a sound file with some bytes changed, taken out or cut off.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let sound = select(vec![
        RECEIPT.clone(),
        SIGNED.clone(),
        statement(&RECEIPT).unwrap(),
        key().to_pem().into_bytes(),
        key().public().to_pem().into_bytes(),
    ]);
    let signs = select(b"{}[]\",:0123456789abcdefnull\\u-_=".to_vec());
    let change = (any::<prop::sample::Index>(), signs, 0..3usize);
    let changed = (
        sound,
        vec(change, 0..4),
        any::<Option<prop::sample::Index>>(),
    );
    prop_oneof![
        1 => vec(any::<u8>(), 0..400),
        8 => changed.prop_map(|(mut bytes, changes, cut)| {
            for (at, sign, how) in changes {
                let at = at.index(bytes.len());
                match how {
                    0 => bytes[at] = sign,
                    1 => bytes.insert(at, sign),
                    _ => { bytes.remove(at); }
                }
            }
            if let Some(cut) = cut.filter(|_| bytes.len() % 3 == 0) {
                bytes.truncate(cut.index(bytes.len()));
            }
            bytes
        }),
    ]
}

#[test]
fn the_sound_files_are_sound() {
    assert!(Receipt::read(&RECEIPT).is_ok());
    let envelope = Envelope::read(&SIGNED).unwrap();
    assert!(verify(&envelope, &[key().public()], Some(("report", b"report"))).holds());
}

proptest! {
    #![proptest_config(crate::common::random(128))]

    #[test]
    fn any_bytes_are_a_receipt_or_refused(bytes in bytes()) {
        let _ = SecretKey::from_pem(&bytes);
        let _ = PublicKey::from_pem(&bytes);
        if let Ok(envelope) = Envelope::read(&bytes) {
            prop_assert!(Envelope::read(&envelope.write()).as_ref() == Ok(&envelope));
            let found = verify(&envelope, &[key().public()], None);
            if found.holds() {
                let sound = Envelope::read(&SIGNED).unwrap();
                prop_assert_eq!(&envelope.payload, &sound.payload);
                prop_assert_eq!(&envelope.payload_type, &sound.payload_type);
            }
            let _ = (found.words(Lang::Zh, 80), found.json());
        }
        if let Ok(document) = Document::read(&bytes) {
            let receipt = document.receipt();
            let written = receipt.write();
            prop_assert!(Receipt::read(&written).as_ref() == Ok(receipt));
            prop_assert!(statement(&written).is_ok());
            prop_assert!(compare(receipt, receipt, Vec::new()).is_same());
        }
    }

    #[test]
    fn the_first_difference_is_the_first(a in vec(any::<u8>(), 0..60), b in vec(any::<u8>(), 0..60)) {
        match first_difference(&a, &b) {
            None => prop_assert_eq!(a, b),
            Some(place) => {
                prop_assert_eq!(&a[..place.byte], &b[..place.byte]);
                prop_assert_ne!(a.get(place.byte), b.get(place.byte));
            }
        }
    }
}
