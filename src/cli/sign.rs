//! `plumbrule sign` and `plumbrule keygen`: a receipt into a signed envelope, and keys for it.

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;

use plumbrule::message::{Lang, Message};
use plumbrule::receipt::{Document, Envelope, MOST_BYTES, SecretKey, statement};

use super::load;
use super::output::{self, Failure};

/// Bytes of a key file that are looked at.
pub(crate) const MOST_KEY_BYTES: usize = 64 << 10;

#[derive(Args)]
pub(crate) struct SignArgs {
    #[arg(value_name = "RECEIPT", id = "receipt_file")]
    pub file: PathBuf,
    #[arg(long, value_name = "KEY", id = "secret_key")]
    pub key: PathBuf,
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

#[derive(Args)]
pub(crate) struct KeygenArgs {
    #[arg(value_name = "KEY", id = "new_key")]
    pub key: PathBuf,
}

pub(crate) fn run(args: &SignArgs, lang: Lang) -> Result<u8, Failure> {
    let bytes = load::read_up_to(&args.file, MOST_BYTES)?;
    let refused = |refusal| Failure::of_file(&args.file, refusal);
    let mut envelope = match Document::read(&bytes).map_err(refused)? {
        Document::Signed(_, envelope) => envelope,
        Document::Bare(_) => Envelope::new(statement(&bytes).map_err(refused)?),
    };
    let key = load::read_up_to(&args.key, MOST_KEY_BYTES)?;
    let key = SecretKey::from_pem(&key).map_err(|refusal| Failure::of_file(&args.key, refusal))?;
    if can_others_read(&args.key) {
        let name = args.key.display().to_string();
        output::warn(&Message::new("cli-key-open").with("file", name), lang);
    }
    envelope.sign(&key).map_err(refused)?;
    output::deliver(&envelope.write(), args.out.as_deref())?;
    if let Some(out) = &args.out {
        let said = Message::new("cli-signed")
            .with("file", out.display().to_string())
            .with("key", key.public().id());
        output::say(&format!("{}\n", said.render(lang)))?;
    }
    Ok(0)
}

pub(crate) fn keygen(args: &KeygenArgs, lang: Lang) -> Result<u8, Failure> {
    let public = args.key.with_extension("pub.pem");
    for file in [&args.key, &public] {
        if file.symlink_metadata().is_ok() {
            let name = file.display().to_string();
            return Err(Failure::new(
                Message::new("cli-key-there").with("file", name),
            ));
        }
    }
    let mut seed = [0; 32];
    getrandom::fill(&mut seed).map_err(|error| {
        Failure::new(Message::new("cli-no-random").with(
            "why",
            Message::new("why-library").with("why", error.to_string()),
        ))
    })?;
    let key = SecretKey::from_seed(seed).map_err(|refusal| Failure::of_file(&args.key, refusal))?;
    write_new(&args.key, &key.to_pem(), true)?;
    write_new(&public, &key.public().to_pem(), false).inspect_err(|_| {
        // This key was made a moment ago and has signed nothing.
        let _ = std::fs::remove_file(&args.key);
    })?;
    let (secret, public) = (args.key.display().to_string(), public.display().to_string());
    let said = [
        Message::new("cli-key-secret").with("file", secret),
        Message::new("cli-key-public").with("file", public),
        Message::new("cli-key-id").with("key", key.public().id()),
    ];
    let lines = said.map(|message| message.render(lang) + "\n");
    output::say(&lines.concat())?;
    Ok(0)
}

/// Writes a file that is not there yet; a secret one for its owner alone.
fn write_new(file: &Path, text: &str, is_secret: bool) -> Result<(), Failure> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    if is_secret {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    #[cfg(not(unix))]
    let _ = is_secret;
    let write = |mut open: File| open.write_all(text.as_bytes());
    options
        .open(file)
        .and_then(write)
        .map_err(|error| output::unwritten(&file.display().to_string(), &error))
}

/// Whether others than the owner may read a file, where the system says so.
fn can_others_read(file: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::metadata(file).is_ok_and(|data| data.permissions().mode() & 0o077 != 0)
    }
    #[cfg(not(unix))]
    {
        let _ = file;
        false
    }
}
