//! `plumbrule verify`: is a receipt signed by these keys, and is a report the one it speaks of.

use std::path::PathBuf;

use clap::Args;

use plumbrule::message::Lang;
use plumbrule::receipt::{Envelope, MOST_BYTES, PublicKey, Receipt, Verification, verify};

use super::args::AnswerFormat;
use super::load;
use super::output::{self, Failure};
use super::sign::MOST_KEY_BYTES;

#[derive(Args)]
pub(crate) struct VerifyArgs {
    #[arg(value_name = "RECEIPT", id = "signed_file")]
    pub file: PathBuf,
    #[arg(long, value_name = "KEY", id = "public_key", required = true)]
    pub key: Vec<PathBuf>,
    #[arg(long, value_name = "REPORT")]
    pub output: Option<PathBuf>,
    #[arg(long, value_enum, id = "answer_format", value_name = "FORMAT", default_value_t = AnswerFormat::Human)]
    pub format: AnswerFormat,
}

pub(crate) fn run(args: &VerifyArgs, lang: Lang) -> Result<u8, Failure> {
    let bytes = load::read_up_to(&args.file, MOST_BYTES)?;
    let mut keys = Vec::new();
    for file in &args.key {
        let key = PublicKey::from_pem(&load::read_up_to(file, MOST_KEY_BYTES)?);
        keys.push(key.map_err(|refusal| Failure::of_file(file, refusal))?);
    }
    let output = match &args.output {
        Some(file) => Some((file.display().to_string(), load::read(file)?)),
        None => None,
    };
    let output = output
        .as_ref()
        .map(|(name, bytes)| (name.as_str(), &bytes[..]));
    let found = if Receipt::is_bare(&bytes) {
        let receipt =
            Receipt::read(&bytes).map_err(|refusal| Failure::of_file(&args.file, refusal))?;
        Verification::unsigned(&receipt, output)
    } else {
        let envelope =
            Envelope::read(&bytes).map_err(|refusal| Failure::of_file(&args.file, refusal))?;
        verify(&envelope, &keys, output)
    };
    let said = match args.format {
        AnswerFormat::Human => found.words(lang, output::columns()).into_bytes(),
        AnswerFormat::Json => found.json(),
    };
    output::deliver(&said, None)?;
    Ok(u8::from(!found.holds()))
}
