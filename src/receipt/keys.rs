//! Keys of ed25519 in the PEM files that openssl makes. The only place that names the library of
//! signatures; draws no random numbers and reads no file.

use ed25519_compact as ed25519;

use super::{Refusal, sha256};
use crate::message::Message;

/// Bytes beyond which a file is no key.
const MOST_BYTES: usize = 64 << 10;

const PRIVATE: &str = "-----BEGIN PRIVATE KEY-----";
const PUBLIC: &str = "-----BEGIN PUBLIC KEY-----";
const ENCRYPTED: &str = "-----BEGIN ENCRYPTED PRIVATE KEY-----";

/// A key that signs.
pub struct SecretKey(ed25519::KeyPair);

/// A key that proves signatures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKey(ed25519::PublicKey);

impl SecretKey {
    /// The key of a seed, which must be drawn at random.
    ///
    /// # Errors
    ///
    /// That the seed is nothing but zeros.
    pub fn from_seed(seed: [u8; 32]) -> Result<SecretKey, Refusal> {
        let pair = ed25519::KeyPair::try_from_seed(ed25519::Seed::new(seed));
        pair.map(SecretKey)
            .map_err(|_| Message::new("receipt-key-broken").into())
    }

    /// Reads a file as `openssl genpkey -algorithm ed25519` makes it.
    ///
    /// # Errors
    ///
    /// What it is instead, and how to make one.
    pub fn from_pem(bytes: &[u8]) -> Result<SecretKey, Refusal> {
        let text = text(bytes, "help-key-secret")?;
        let broken = |key| Refusal {
            message: Message::new(key),
            help: Some(Message::new("help-key-secret")),
        };
        if text.contains(ENCRYPTED) {
            return Err(Refusal {
                message: Message::new("receipt-key-encrypted"),
                help: Some(Message::new("help-key-encrypted")),
            });
        }
        if !text.contains(PRIVATE) {
            let is_public = text.contains(PUBLIC);
            let key = if is_public {
                "receipt-key-is-public"
            } else {
                "receipt-key-no-secret"
            };
            return Err(broken(key));
        }
        let pair = ed25519::KeyPair::from_pem(text);
        pair.map(SecretKey).map_err(|_| broken("receipt-key-other"))
    }

    /// The file that openssl would make.
    #[must_use]
    pub fn to_pem(&self) -> String {
        self.0.sk.to_pem()
    }

    /// The key that proves its signatures.
    #[must_use]
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.pk)
    }

    /// The signature of a message; the same each time.
    #[must_use]
    pub fn sign(&self, message: &[u8]) -> Vec<u8> {
        self.0.sk.sign(message, None).to_vec()
    }
}

impl PublicKey {
    /// Reads a file as `openssl pkey -pubout` makes it.
    ///
    /// # Errors
    ///
    /// What it is instead, and how to make one.
    pub fn from_pem(bytes: &[u8]) -> Result<PublicKey, Refusal> {
        let text = text(bytes, "help-key-public")?;
        let broken = |key| Refusal {
            message: Message::new(key),
            help: Some(Message::new("help-key-public")),
        };
        if !text.contains(PUBLIC) {
            let is_secret = text.contains(PRIVATE) || text.contains(ENCRYPTED);
            let key = if is_secret {
                "receipt-key-is-secret"
            } else {
                "receipt-key-no-public"
            };
            return Err(broken(key));
        }
        let key = ed25519::PublicKey::from_pem(text).map_err(|_| broken("receipt-key-other"))?;
        key.validate().map_err(|_| broken("receipt-key-weak"))?;
        Ok(PublicKey(key))
    }

    /// The file that openssl would make.
    #[must_use]
    pub fn to_pem(&self) -> String {
        self.0.to_pem()
    }

    /// Its id: SHA-256 of the key as openssl writes it in DER.
    #[must_use]
    pub fn id(&self) -> String {
        sha256(&self.0.to_der())
    }

    /// Whether a signature of a message is by this key.
    #[must_use]
    pub fn is_by_this(&self, message: &[u8], signature: &[u8]) -> bool {
        ed25519::Signature::from_slice(signature)
            .is_ok_and(|signature| self.0.verify(message, &signature).is_ok())
    }
}

fn text<'b>(bytes: &'b [u8], help: &'static str) -> Result<&'b str, Refusal> {
    let text = std::str::from_utf8(bytes).ok();
    text.filter(|text| text.len() <= MOST_BYTES)
        .ok_or_else(|| Refusal {
            message: Message::new("receipt-key-no-pem"),
            help: Some(Message::new(help)),
        })
}
