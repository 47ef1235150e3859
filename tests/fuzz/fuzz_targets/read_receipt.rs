//! Any bytes, read as a receipt, as a signed envelope and as keys: must not panic, and what was
//! read must come back the same once written.
#![no_main]

use libfuzzer_sys::fuzz_target;
use plumbrule::message::Lang;
use plumbrule::receipt::{
    Document, Envelope, PublicKey, Receipt, SecretKey, compare, statement, verify,
};

fuzz_target!(|bytes: &[u8]| {
    let _ = SecretKey::from_pem(bytes);
    let _ = PublicKey::from_pem(bytes);
    if let Ok(envelope) = Envelope::read(bytes) {
        assert_eq!(Envelope::read(&envelope.write()).as_ref(), Ok(&envelope));
        let key = SecretKey::from_seed([1; 32]).expect("a seed that is not zero");
        let found = verify(&envelope, &[key.public()], Some(("report", bytes)));
        let _ = (found.words(Lang::Zh, 80), found.json());
    }
    if let Ok(document) = Document::read(bytes) {
        let receipt = document.receipt();
        let written = receipt.write();
        assert_eq!(Receipt::read(&written).as_ref(), Ok(receipt));
        assert!(statement(&written).is_ok());
        assert!(compare(receipt, receipt, Vec::new()).is_same());
    }
});
