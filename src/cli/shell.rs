//! What shells and manual readers take: completions, man pages, quoted names.
//!
//! Goes in: the command with its words in one language. Comes out: a script or pages.
//! Never writes outside of the folder that was named.

use std::path::{Path, PathBuf};

use clap::{Args, Command, ValueHint};
use clap_complete::Shell;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, roman};

use plumbrule::message::{Lang, Message};
use plumbrule::report::shell_word;

use super::help::{sections, words};
use super::output::{self, Failure};

#[derive(Args)]
pub(crate) struct CompletionArgs {
    #[arg(value_name = "SHELL", value_enum)]
    pub shell: Shell,
}

#[derive(Args)]
pub(crate) struct ManArgs {
    #[arg(value_name = "COMMAND", conflicts_with = "out")]
    pub page: Option<String>,
    #[arg(long, value_name = "FOLDER", value_hint = ValueHint::DirPath)]
    pub out: Option<PathBuf>,
}

/// A path as a shell takes it: in quotes where a blank or a sign of the shell is in it.
pub(crate) fn quoted(path: &Path) -> String {
    let text = path.display().to_string();
    if text.starts_with('-') {
        // It would be read as an option.
        return shell_word(&format!("./{text}"));
    }
    shell_word(&text)
}

/// Writes the script that completes commands, options and files in a shell.
pub(crate) fn completions(args: &CompletionArgs, lang: Lang) -> Result<u8, Failure> {
    let mut command = words(lang);
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut command, "plumbrule", &mut script);
    output::say(&String::from_utf8_lossy(&script))?;
    Ok(0)
}

/// Writes the man page of the program or of one command, or those of all into a folder.
pub(crate) fn man(args: &ManArgs, lang: Lang) -> Result<u8, Failure> {
    let command = super::help::command(lang, output::columns());
    if let Some(folder) = &args.out {
        if !folder.is_dir() {
            return Err(super::paths::no_folder(folder));
        }
        let mut said = String::new();
        for (name, page) in pages(&command, lang)? {
            let file = folder.join(format!("{name}.1"));
            output::deliver(page.as_bytes(), Some(&file))?;
            let wrote = Message::new("init-wrote").with("file", file.display().to_string());
            said.push_str(&format!("{}\n", wrote.render(lang)));
        }
        output::say(&said)?;
        return Ok(0);
    }
    let page = match args.page.as_deref() {
        None => page(&command, None, lang)?,
        Some(name) => match command.find_subcommand(name) {
            Some(found) => page(found, Some(name), lang)?,
            None => return Err(super::usage::no_command(&command, name)),
        },
    };
    output::say(&page)?;
    Ok(0)
}

/// All man pages with their names, the program first.
fn pages(command: &Command, lang: Lang) -> Result<Vec<(String, String)>, Failure> {
    let name = command.get_name();
    let mut pages = vec![(name.to_owned(), page(command, None, lang)?)];
    for found in command.get_subcommands() {
        let of = found.get_name();
        pages.push((format!("{name}-{of}"), page(found, Some(of), lang)?));
    }
    Ok(pages)
}

/// One man page; its headings are in the language of its words.
fn page(command: &Command, name: Option<&str>, lang: Lang) -> Result<String, Failure> {
    let program = "plumbrule";
    let title = name.map_or_else(|| program.to_owned(), |name| format!("{program}-{name}"));
    let source = format!("{program} {}", env!("CARGO_PKG_VERSION"));
    let man = Man::new(command.clone().display_name(title.clone()))
        .title(title)
        .source(source);
    let mut bytes = Vec::new();
    let mut write = || -> std::io::Result<()> {
        man.render_title(&mut bytes)?;
        man.render_name_section(&mut bytes)?;
        man.render_synopsis_section(&mut bytes)?;
        man.render_options_section(&mut bytes)?;
        if command.has_subcommands() {
            man.render_subcommands_section(&mut bytes)?;
        }
        let mut roff = Roff::default();
        for (heading, lines) in sections(name, lang) {
            let heading = heading.trim_end_matches([':', '\u{ff1a}']).to_uppercase();
            roff.control("SH", [heading.as_str()]);
            for line in lines {
                roff.text([roman(line)]);
                roff.control("br", []);
            }
        }
        roff.to_writer(&mut bytes)
    };
    write().map_err(|error| output::unwritten("-", &error))?;
    Ok(headed(&String::from_utf8_lossy(&bytes), lang))
}

/// The page with the headings that its writer knows in English only.
fn headed(page: &str, lang: Lang) -> String {
    let headings = [
        ("NAME", Message::new("man-name")),
        ("SYNOPSIS", Message::new("man-synopsis")),
        ("OPTIONS", Message::new("man-options")),
        ("SUBCOMMANDS", Message::new("man-subcommands")),
    ];
    let lines = page.lines().map(|line| {
        let known = headings
            .iter()
            .find(|(english, _)| line.strip_prefix(".SH ") == Some(*english));
        match known {
            Some((_, heading)) => format!(".SH {}\n", heading.render(lang)),
            None => format!("{line}\n"),
        }
    });
    lines.collect()
}
