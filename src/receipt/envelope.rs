//! DSSE 1.0: a payload with its type and signatures, as JSON. Reads and writes the envelope and
//! makes the bytes that are signed; says nothing of what the payload means.

use ct_codecs::{Base64, Base64UrlSafe, Decoder, Encoder};
use serde::{Deserialize, Serialize};

use super::{Refusal, SecretKey, clipped, json, layout};
use crate::message::Message;

/// The type of the payload: an in-toto statement.
pub const PAYLOAD_TYPE: &str = "application/vnd.in-toto+json";

/// Signatures of one envelope that are looked at.
const MOST_SIGNATURES: usize = 64;

/// A payload with its signatures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    /// The signed bytes.
    pub payload: Vec<u8>,
    /// What they are. Covered by the signatures.
    pub payload_type: String,
    /// The signatures.
    pub signatures: Vec<Signature>,
}

/// One signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// A hint at the key, which nothing vouches for.
    pub key_id: String,
    /// The signature of [`pae`].
    pub bytes: Vec<u8>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct EnvelopeJson {
    payload_type: String,
    payload: String,
    signatures: Vec<SignatureJson>,
}

#[derive(Serialize, Deserialize)]
struct SignatureJson {
    #[serde(default)]
    keyid: Option<String>,
    sig: String,
}

/// The bytes that are signed: type and payload with their lengths, so that neither can pass for
/// the other.
///
/// ```
/// let bytes = plumbrule::receipt::pae("http://example.com/HelloWorld", b"hello world");
/// assert_eq!(bytes, b"DSSEv1 29 http://example.com/HelloWorld 11 hello world");
/// ```
#[must_use]
pub fn pae(payload_type: &str, payload: &[u8]) -> Vec<u8> {
    let head = format!(
        "DSSEv1 {} {payload_type} {} ",
        payload_type.len(),
        payload.len()
    );
    [head.as_bytes(), payload].concat()
}

impl Envelope {
    /// A statement without a signature so far.
    #[must_use]
    pub fn new(statement: Vec<u8>) -> Envelope {
        Envelope {
            payload: statement,
            payload_type: PAYLOAD_TYPE.to_owned(),
            signatures: Vec::new(),
        }
    }

    /// Reads an envelope. Fields that the standard does not name are passed over, as it asks.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub fn read(bytes: &[u8]) -> Result<Envelope, Refusal> {
        let read: EnvelopeJson = json(bytes)?;
        if read.signatures.len() > MOST_SIGNATURES {
            return Err(Message::new("receipt-signatures")
                .with("found", read.signatures.len())
                .with("most", MOST_SIGNATURES)
                .into());
        }
        let payload = decoded("payload", &read.payload)?;
        let signatures = read.signatures.iter().map(|one| {
            Ok(Signature {
                key_id: one.keyid.clone().unwrap_or_default(),
                bytes: decoded("sig", &one.sig)?,
            })
        });
        Ok(Envelope {
            payload,
            payload_type: read.payload_type,
            signatures: signatures.collect::<Result<_, Refusal>>()?,
        })
    }

    /// The bytes of its file.
    #[must_use]
    pub fn write(&self) -> Vec<u8> {
        let signatures = self.signatures.iter().map(|one| SignatureJson {
            keyid: Some(one.key_id.clone()).filter(|id| !id.is_empty()),
            sig: encoded(&one.bytes),
        });
        layout::lines(&EnvelopeJson {
            payload_type: self.payload_type.clone(),
            payload: encoded(&self.payload),
            signatures: signatures.collect(),
        })
    }

    /// Adds the signature of a key; those that are there stay.
    ///
    /// # Errors
    ///
    /// That the key has signed already.
    pub fn sign(&mut self, key: &SecretKey) -> Result<(), Refusal> {
        let signature = Signature {
            key_id: key.public().id(),
            bytes: key.sign(&pae(&self.payload_type, &self.payload)),
        };
        if self.signatures.contains(&signature) {
            return Err(Message::new("receipt-signed-already")
                .with("key", signature.key_id)
                .into());
        }
        self.signatures.push(signature);
        Ok(())
    }

    /// The key ids that the signatures name, as sentences may show them.
    #[must_use]
    pub fn key_ids(&self) -> Vec<String> {
        self.signatures
            .iter()
            .map(|signature| clipped(&signature.key_id))
            .collect()
    }
}

fn encoded(bytes: &[u8]) -> String {
    // Fails only where the length of the text exceeds what memory can hold.
    Base64::encode_to_string(bytes).unwrap_or_default()
}

/// Base64 in either alphabet.
fn decoded(field: &'static str, text: &str) -> Result<Vec<u8>, Refusal> {
    let read = if text.contains(['-', '_']) {
        Base64UrlSafe::decode_to_vec(text, None)
    } else {
        Base64::decode_to_vec(text, None)
    };
    read.map_err(|_| Message::new("receipt-base64").with("field", field).into())
}
