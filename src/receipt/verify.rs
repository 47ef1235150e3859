//! A signed receipt: is it signed by these keys, is it sound, is the report the one it speaks of.
//! Each question has its own answer; runs nothing again.

use serde::Serialize;

use super::answer::{Words, sentence};
use super::{Envelope, PublicKey, Receipt, Statement, clipped, layout, pae, sha256};
use crate::message::{Lang, Message};

/// The answer to one question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// The question: `signature`, `statement`, `receipt`, `subject` or `output`.
    pub question: &'static str,
    /// Whether it holds.
    pub holds: bool,
    /// What was found.
    pub message: Message,
}

/// The answers to all questions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verification {
    /// In the order of asking.
    pub checks: Vec<Check>,
}

/// Asks all questions of a file: signed by each of the keys, a sound statement with a sound
/// receipt about one output, and, where a report is given, that it is this output.
#[must_use]
pub fn verify(
    envelope: &Envelope,
    keys: &[PublicKey],
    output: Option<(&str, &[u8])>,
) -> Verification {
    let mut checks: Vec<Check> = keys.iter().map(|key| signature(envelope, key)).collect();
    let statement = Statement::read(envelope);
    checks.push(Check {
        question: "statement",
        holds: statement.is_ok(),
        message: match &statement {
            Ok(_) => Message::new("verify-statement"),
            Err(refusal) => refusal.message.clone(),
        },
    });
    let Ok(statement) = statement else {
        return Verification { checks };
    };
    let receipt = statement.receipt();
    checks.push(Check {
        question: "receipt",
        holds: receipt.is_ok(),
        message: match &receipt {
            Ok(receipt) => made_by(receipt),
            Err(refusal) => refusal.message.clone(),
        },
    });
    if let Ok(receipt) = receipt {
        checks.push(subject(&statement, &receipt));
        if let Some((name, bytes)) = output {
            checks.push(is_output(&receipt, name, bytes));
        }
    }
    Verification { checks }
}

fn made_by(receipt: &Receipt) -> Message {
    Message::new("verify-receipt")
        .with("version", clipped(&receipt.tool.version))
        .with("rows", receipt.rows.len())
}

fn signature(envelope: &Envelope, key: &PublicKey) -> Check {
    let signed = pae(&envelope.payload_type, &envelope.payload);
    let mut signatures = envelope.signatures.iter();
    let holds = signatures.any(|one| key.is_by_this(&signed, &one.bytes));
    let id = key.id();
    let is_claimed = envelope.signatures.iter().any(|one| one.key_id == id);
    let message = if holds {
        Message::new("verify-signed").with("key", id)
    } else if envelope.signatures.is_empty() {
        Message::new("verify-no-signature").with("key", id)
    } else if is_claimed {
        Message::new("verify-forged").with("key", id)
    } else {
        let named = envelope.key_ids();
        Message::new("verify-other-key")
            .with("key", id)
            .with("found", named)
    };
    Check {
        question: "signature",
        holds,
        message,
    }
}

fn subject(statement: &Statement, receipt: &Receipt) -> Check {
    let holds = statement.is_about(&receipt.output.sha256);
    let key = if holds {
        "verify-subject"
    } else {
        "verify-other-subject"
    };
    Check {
        question: "subject",
        holds,
        message: Message::new(key).with("digest", receipt.output.sha256.clone()),
    }
}

fn is_output(receipt: &Receipt, name: &str, bytes: &[u8]) -> Check {
    let found = sha256(bytes);
    let holds = found == receipt.output.sha256;
    let message = if holds {
        Message::new("verify-output").with("file", name)
    } else {
        Message::new("verify-other-output")
            .with("file", name)
            .with("found", found)
    };
    Check {
        question: "output",
        holds,
        message,
    }
}

impl Verification {
    /// The answer for a receipt that is not signed at all.
    #[must_use]
    pub fn unsigned(receipt: &Receipt, output: Option<(&str, &[u8])>) -> Verification {
        let mut checks = vec![
            Check {
                question: "signature",
                holds: false,
                message: Message::new("verify-bare"),
            },
            Check {
                question: "receipt",
                holds: true,
                message: made_by(receipt),
            },
        ];
        checks.extend(output.map(|(name, bytes)| is_output(receipt, name, bytes)));
        Verification { checks }
    }

    /// Whether everything holds.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.checks.iter().all(|check| check.holds)
    }

    /// The answers as sentences, for a person.
    #[must_use]
    pub fn words(&self, lang: Lang, columns: usize) -> String {
        let mut words = Words::new(lang, columns);
        words.line(&Message::new(if self.holds() {
            "verify-holds"
        } else {
            "verify-fails"
        }));
        for check in &self.checks {
            let key = if check.holds {
                "verify-yes"
            } else {
                "verify-no"
            };
            words.item(&Message::new(key).with("what", check.message.clone()));
        }
        if self.checks.iter().all(|check| check.question != "output") {
            words.line(&Message::new("verify-no-output"));
        }
        words.text
    }

    /// The answers for a machine, as `plumbrule-verification-1` of `docs/schema/receipt.json`.
    #[must_use]
    pub fn json(&self) -> Vec<u8> {
        #[derive(Serialize)]
        struct Written {
            schema: &'static str,
            holds: bool,
            checks: Vec<CheckJson>,
        }
        #[derive(Serialize)]
        struct CheckJson {
            question: &'static str,
            holds: bool,
            text: super::answer::Text,
        }
        let checks = self.checks.iter().map(|check| CheckJson {
            question: check.question,
            holds: check.holds,
            text: sentence(&check.message),
        });
        layout::lines(&Written {
            schema: "plumbrule-verification-1",
            holds: self.holds(),
            checks: checks.collect(),
        })
    }
}
