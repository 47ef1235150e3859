//! `plumbrule fmt`: canonical layout, and from one language to the other.

use plumbrule::functions;
use plumbrule::message::{Lang, Message};
use plumbrule::source::Sources;
use plumbrule::syntax::format;

use super::args::FmtArgs;
use super::load;
use super::output::{self, Failure};
use super::paths;

/// `to` is the language asked for on the command line; without it keywords stay as they are.
pub(crate) fn run(args: &FmtArgs, to: Option<Lang>, lang: Lang) -> Result<u8, Failure> {
    let mut changed = Vec::new();
    for path in &args.paths {
        paths::expect_rules(path)?;
        let files = load::files(path, &[load::RULES])?;
        if files.is_empty() {
            return Err(paths::no_rules(std::slice::from_ref(path)));
        }
        for file in files {
            let name = file.display().to_string();
            let text = load::text(&file)?;
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
