//! Problems in the text of rules: a code, a sentence, labelled places, a way out.
//!
//! A diagnostic goes to the author of a pack. Problems in figures are
//! [`crate::findings::Finding`]s, answers of rules are verdicts; the three are not mixed.

use crate::message::{Arg, Message};
use crate::source::Span;

mod codes;
mod render;

pub use codes::Code;
pub use render::render;

/// How much a diagnostic matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The pack cannot be used.
    Error,
    /// The pack can be used; somebody should look.
    Warning,
    /// Nothing is wrong; it is good to know.
    Note,
}

impl Severity {
    /// The word of the machine output; never translated.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        }
    }

    /// The key of its name in the catalogue.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Severity::Error => "severity-error",
            Severity::Warning => "severity-warning",
            Severity::Note => "severity-note",
        }
    }
}

/// A place in a rule text and what is to be said of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Where.
    pub span: Span,
    /// What is there, in a few words.
    pub message: Message,
}

/// One problem in rule text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind of problem; `plumbrule explain CODE` tells more.
    pub code: Code,
    /// The problem in one sentence.
    pub message: Message,
    /// Where; the first place is the one to mend.
    pub places: Vec<Place>,
    /// The way out, where one is known.
    pub help: Option<Message>,
    /// What to write at the first place instead, where a near name is known.
    pub mend: Option<String>,
}

impl Diagnostic {
    /// A diagnostic at one place. Its sentence is the catalogue entry of the code.
    #[must_use]
    pub fn new(code: Code, span: Span) -> Diagnostic {
        Diagnostic {
            code,
            message: Message::new(code.key()),
            places: vec![Place {
                span,
                message: Message::new("place-here"),
            }],
            help: None,
            mend: None,
        }
    }

    /// Fills a place of the sentence.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Arg>) -> Diagnostic {
        self.message = self.message.with(name, value);
        self
    }

    /// Says what the first place shows.
    #[must_use]
    pub fn here(mut self, message: Message) -> Diagnostic {
        if let Some(first) = self.places.first_mut() {
            first.message = message;
        }
        self
    }

    /// Adds another place.
    #[must_use]
    pub fn place(mut self, span: Span, message: Message) -> Diagnostic {
        self.places.push(Place { span, message });
        self
    }

    /// Adds the way out.
    #[must_use]
    pub fn help(mut self, message: Message) -> Diagnostic {
        self.help = Some(message);
        self
    }

    /// Adds the way out where there is one.
    #[must_use]
    pub fn maybe_help(mut self, message: Option<Message>) -> Diagnostic {
        self.help = message.or(self.help);
        self
    }

    /// Says which name is perhaps meant at the first place, where there is one.
    #[must_use]
    pub fn meant(mut self, name: Option<String>) -> Diagnostic {
        if let Some(name) = name {
            self.help = Some(Message::new("help-nearest").with("name", &name));
            self.mend = Some(name);
        }
        self
    }

    /// How much it matters.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }
}
