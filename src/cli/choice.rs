//! `--source`, `--prefer`, `--vintage`: which figures count; `--weights`: how scores weigh them.
//!
//! Names as typed go in, sources as the tables and the pack name them come out. Never guesses a
//! name: an unknown one is refused, and the nearest told.

use std::collections::BTreeSet;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use plumbrule::eval::{Choice, Vintage};
use plumbrule::figures::Submission;
use plumbrule::message::Message;
use plumbrule::program::Program;

use super::output::Failure;

#[derive(Args, Clone, Default)]
pub(crate) struct ChoiceArgs {
    #[arg(long = "source", value_name = "ID", value_delimiter = ',')]
    pub source: Vec<String>,
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    pub prefer: Vec<String>,
    #[arg(long, value_name = "EDITION", value_parser = vintages(), default_value = "all")]
    pub vintage: Vintage,
    #[arg(long, value_name = "NAME")]
    pub weights: Option<String>,
}

/// Reads which editions count; the list is the library's.
pub(crate) fn vintages() -> impl TypedValueParser<Value = Vintage> {
    let words = Vintage::ALL.iter().map(|vintage| vintage.word());
    PossibleValuesParser::new(words).map(|word| Vintage::from_word(&word).unwrap_or_default())
}

impl ChoiceArgs {
    /// Whether a source is named.
    pub(crate) fn names_sources(&self) -> bool {
        !(self.source.is_empty() && self.prefer.is_empty())
    }

    /// The choice, with every name as the tables and the pack write it.
    pub(crate) fn choice(
        &self,
        program: &Program,
        submission: &Submission,
    ) -> Result<Choice, Failure> {
        self.choice_among(program, &submission.sources())
    }

    /// The same where these are the sources that the tables name.
    pub(crate) fn choice_among(
        &self,
        program: &Program,
        sources: &[&str],
    ) -> Result<Choice, Failure> {
        let all = |names: &[String]| -> Result<Vec<String>, Failure> {
            let found = names.iter().map(|name| named(name, program, sources));
            found.collect()
        };
        Ok(Choice {
            sources: all(&self.source)?,
            prefer: all(&self.prefer)?,
            vintage: self.vintage,
            weights: self
                .weights
                .as_deref()
                .map(|name| weights(name, program))
                .transpose()?,
        })
    }
}

/// Weights by their name, which some score of the pack must have.
fn weights(name: &str, program: &Program) -> Result<String, Failure> {
    let scores = program.model.scores.values();
    // Several scores may have weights of one name.
    let known: BTreeSet<&str> = scores
        .flat_map(|score| &score.weighings)
        .map(|weighing| weighing.id.as_str())
        .collect();
    if known.contains(name) {
        return Ok(name.to_owned());
    }
    let help = match plumbrule::fold::nearest(name, known.iter().copied()) {
        Some((near, _)) => Message::new("help-nearest").with("name", near),
        None if known.is_empty() => Message::new("help-no-weights"),
        None => {
            let names = known.iter().take(MOST_NAMES).map(|name| (*name).to_owned());
            Message::new("help-known-names").with("names", names.collect::<Vec<_>>())
        }
    };
    let message = Message::new("cli-no-weights").with("weights", name);
    Err(Failure::Message(message, Some(help)))
}

/// Sources that are told where one is unknown and none is near.
const MOST_NAMES: usize = 12;

/// A source by its id or title, or as the tables write it.
fn named(name: &str, program: &Program, sources: &[&str]) -> Result<String, Failure> {
    let documents = || program.model.instruments.values();
    if sources.contains(&name) || documents().any(|known| known.id == name) {
        return Ok(name.to_owned());
    }
    let of_title = documents().find(|known| known.label.zh == name || known.label.en == name);
    if let Some(known) = of_title {
        return Ok(known.id.clone());
    }
    let names = documents().flat_map(|known| {
        let label = &known.label;
        [known.id.as_str(), label.zh.as_str(), label.en.as_str()]
    });
    let help = match plumbrule::fold::nearest(name, names.chain(sources.iter().copied())) {
        Some((near, _)) => Message::new("help-nearest").with("name", near),
        None => {
            let known = sources
                .iter()
                .take(MOST_NAMES)
                .map(|name| (*name).to_owned());
            Message::new("help-known-names").with("names", known.collect::<Vec<_>>())
        }
    };
    let message = Message::new("cli-no-source").with("source", name);
    Err(Failure::Message(message, Some(help)))
}
