//! `plumbrule fmt`: canonical layout, and from one language to the other.

use plumbrule::functions;
use plumbrule::message::{Lang, Message};
use plumbrule::source::Sources;
use plumbrule::syntax::format;

use super::args::FmtArgs;
use super::load;
use super::output::{self, Failure};

/// `to` is the language asked for on the command line; without it keywords stay as they are.
pub(crate) fn run(args: &FmtArgs, to: Option<Lang>, lang: Lang) -> Result<u8, Failure> {
    let mut changed = Vec::new();
    for path in &args.paths {
        for file in load::files(path, &["plumb"])? {
            let name = file.display().to_string();
            let text = String::from_utf8(load::read(&file)?).map_err(|error| {
                let at = error.utf8_error().valid_up_to();
                let message = Message::new("cli-rules-encoding")
                    .with("file", &name)
                    .with("line", 1usize)
                    .with("byte", at);
                Failure::Message(message, Some(Message::new("help-encoding")))
            })?;
            let formatted = match format(&text, to, &functions::name_in) {
                Ok(formatted) => formatted,
                Err(error) => {
                    let mut sources = Sources::new();
                    sources.add(&name, &text);
                    return Err(Failure::Diagnostics(error.diagnostics, Box::new(sources)));
                }
            };
            if formatted != text {
                if !args.check {
                    output::deliver(formatted.as_bytes(), Some(&file))?;
                }
                changed.push(name);
            }
        }
    }
    for name in &changed {
        let key = if args.check {
            "cli-fmt-would"
        } else {
            "cli-fmt-did"
        };
        output::say(&format!(
            "{}\n",
            Message::new(key).with("file", name).render(lang)
        ))?;
    }
    Ok(u8::from(args.check && !changed.is_empty()))
}
