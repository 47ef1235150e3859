//! in-toto Statement v1: a receipt said of the output whose digest it names. Reads and writes it;
//! signs nothing.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::{Envelope, Receipt, Refusal, clipped, json};
use crate::message::Message;

/// The type of the statement.
pub const STATEMENT_TYPE: &str = "https://in-toto.io/Statement/v1";

/// The type of the predicate: a receipt of [`SCHEMA`](super::SCHEMA).
pub const PREDICATE_TYPE: &str = "urn:plumbrule:receipt:v1";

/// The name of an output that went to no file.
const NO_NAME: &str = "_";

/// What a statement is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    /// The name of the file; `_` where it has none.
    #[serde(default)]
    pub name: String,
    /// Digests by the name of their algorithm.
    #[serde(default)]
    pub digest: BTreeMap<String, String>,
}

/// A statement as it was read.
#[derive(Debug, Clone, Deserialize)]
pub struct Statement {
    /// [`STATEMENT_TYPE`].
    #[serde(rename = "_type")]
    pub kind: String,
    /// What it is about.
    pub subject: Vec<Subject>,
    /// [`PREDICATE_TYPE`].
    #[serde(rename = "predicateType")]
    pub predicate_type: String,
    /// The text of the receipt.
    #[serde(default)]
    predicate: Option<Box<RawValue>>,
}

/// The statement about the output of a bare receipt. The text of the receipt goes in as it is,
/// with fields that this version does not know.
///
/// # Errors
///
/// What is wrong with the receipt.
pub fn statement(receipt: &[u8]) -> Result<Vec<u8>, Refusal> {
    #[derive(Serialize)]
    struct Written<'t> {
        #[serde(rename = "_type")]
        kind: &'static str,
        subject: [Subject; 1],
        #[serde(rename = "predicateType")]
        predicate_type: &'static str,
        predicate: &'t RawValue,
    }
    let read = Receipt::read(receipt)?;
    let written = Written {
        kind: STATEMENT_TYPE,
        subject: [Subject {
            name: read.output.name.unwrap_or_else(|| NO_NAME.to_owned()),
            digest: BTreeMap::from([("sha256".to_owned(), read.output.sha256)]),
        }],
        predicate_type: PREDICATE_TYPE,
        predicate: json(receipt)?,
    };
    // Writing to memory cannot fail, and every key is a text.
    Ok(serde_json::to_vec(&written).unwrap_or_default())
}

impl Statement {
    /// Reads the payload of an envelope. Fields that the standard does not name are passed over,
    /// as it asks.
    ///
    /// # Errors
    ///
    /// What is wrong with it: another type of payload, statement or predicate.
    pub fn read(envelope: &Envelope) -> Result<Statement, Refusal> {
        if envelope.payload_type != super::PAYLOAD_TYPE {
            return Err(Message::new("receipt-payload-type")
                .with("found", clipped(&envelope.payload_type))
                .with("known", super::PAYLOAD_TYPE)
                .into());
        }
        let statement: Statement = json(&envelope.payload)?;
        if statement.kind != STATEMENT_TYPE {
            return Err(Message::new("receipt-statement-type")
                .with("found", clipped(&statement.kind))
                .with("known", STATEMENT_TYPE)
                .into());
        }
        if statement.predicate_type != PREDICATE_TYPE {
            return Err(Message::new("receipt-predicate-type")
                .with("found", clipped(&statement.predicate_type))
                .with("known", PREDICATE_TYPE)
                .into());
        }
        Ok(statement)
    }

    /// The receipt in it.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub fn receipt(&self) -> Result<Receipt, Refusal> {
        let text = self.predicate.as_ref().map_or("null", |text| text.get());
        Receipt::read(text.as_bytes())
    }

    /// Whether one of the subjects has this SHA-256 digest.
    #[must_use]
    pub fn is_about(&self, sha256: &str) -> bool {
        self.subject.iter().any(|subject| {
            subject
                .digest
                .get("sha256")
                .is_some_and(|own| own == sha256)
        })
    }
}
