//! Help of the command line, in the language asked for and laid out for wide letters.
//!
//! Goes in: the bare command. Comes out: the command with its words, usage and help texts, all
//! from the catalogue. Never parses an argument.

use std::collections::BTreeMap;

use clap::builder::StyledStr;
use clap::{Arg, ArgAction, Command, CommandFactory};

use plumbrule::message::{Lang, catalogue};
use plumbrule::report::{pad, width, wrap};

use super::args::Cli;

/// Columns that the names of options may take; the help of a longer one starts a line below.
const WIDEST_NAME: usize = 30;

/// The command without any words, which is enough to read arguments that are right.
pub(crate) fn bare() -> Command {
    let flag = |name: &'static str, action| Arg::new(name).long(name).action(action);
    Cli::command()
        .disable_help_flag(true)
        .disable_version_flag(true)
        .arg(
            flag("help", ArgAction::Help)
                .short('h')
                .global(true)
                .display_order(1000),
        )
        .arg(
            flag("version", ArgAction::Version)
                .short('V')
                .display_order(1001),
        )
}

/// The command with its words in one language.
pub(crate) fn words(lang: Lang) -> Command {
    let mut command = bare();
    // Puts the arguments of all commands together.
    command.build();
    with_words(command, lang)
}

/// The command as it is run: words, usage and help in one language, for so many columns.
pub(crate) fn command(lang: Lang, columns: usize) -> Command {
    with_help(words(lang), "", lang, columns)
}

fn with_words(mut command: Command, lang: Lang) -> Command {
    let texts = catalogue(lang);
    let name = command.get_name().to_owned();
    let key = format!("cli-{name}");
    if texts.has(&key) {
        command = command.about(texts.word(&key));
    }
    let ids: Vec<String> = command
        .get_arguments()
        .map(|argument| argument.get_id().to_string())
        .collect();
    for id in ids {
        command = command.mut_arg(&id, |argument| argument_words(argument, &name, lang));
    }
    let value = texts.word("cli-value-command");
    command = command.subcommand_value_name(value);
    let names: Vec<String> = command
        .get_subcommands()
        .map(|subcommand| subcommand.get_name().to_owned())
        .collect();
    for name in names {
        command = command.mut_subcommand(&name, |subcommand| with_words(subcommand, lang));
    }
    command
}

/// Help and the name of the value; `cli-arg-COMMAND-ID` goes before `cli-arg-ID`.
fn argument_words(argument: Arg, command: &str, lang: Lang) -> Arg {
    let texts = catalogue(lang);
    let id = argument.get_id().as_str().replace('_', "-");
    let keys = [format!("cli-arg-{command}-{id}"), format!("cli-arg-{id}")];
    let key = keys.into_iter().find(|key| texts.has(key));
    let mut help = key.map(|key| texts.word(&key)).unwrap_or_default();
    let choices: Vec<String> = argument
        .get_possible_values()
        .iter()
        .filter(|value| !value.is_hide_set())
        .map(|value| value.get_name().to_owned())
        .collect();
    if argument.get_action().takes_values() && !choices.is_empty() {
        let note = plumbrule::message::Message::new("cli-choices").with("choices", choices);
        help.push_str(&note.render(lang));
    }
    let defaults: Vec<String> = argument
        .get_default_values()
        .iter()
        .map(|value| value.to_string_lossy().into_owned())
        .collect();
    if argument.get_action().takes_values() && !defaults.is_empty() {
        let note = plumbrule::message::Message::new("cli-default").with("value", defaults);
        help.push_str(&note.render(lang));
    }
    let names: Vec<String> = argument
        .get_value_names()
        .unwrap_or_default()
        .iter()
        .map(|name| {
            let words = name.split(|c: char| !c.is_ascii_alphanumeric());
            let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
            let key = format!("cli-value-{}", words.join("-").to_ascii_lowercase());
            if texts.has(&key) {
                texts.word(&key)
            } else {
                name.to_string()
            }
        })
        .collect();
    let takes_values = argument.get_action().takes_values();
    let argument = argument.help(help);
    if !takes_values {
        return argument;
    }
    let argument = argument.hide_default_value(true).hide_possible_values(true);
    match names.is_empty() {
        true => argument,
        false => argument.value_names(names),
    }
}

fn with_help(mut command: Command, above: &str, lang: Lang, columns: usize) -> Command {
    let name = format!("{above}{}", command.get_name());
    let own = command.get_name().to_owned();
    let usage = usage(&command, &name, lang);
    let text = page(
        &command,
        &usage,
        (!above.is_empty()).then_some(own.as_str()),
        lang,
        columns,
    );
    command = command
        .override_usage(StyledStr::from(usage))
        .override_help(StyledStr::from(text));
    let names: Vec<String> = command
        .get_subcommands()
        .map(|subcommand| subcommand.get_name().to_owned())
        .collect();
    let above = format!("{name} ");
    for name in names {
        command = command.mut_subcommand(&name, |subcommand| {
            with_help(subcommand, &above, lang, columns)
        });
    }
    command
}

/// One line: the command, its options, what it needs.
fn usage(command: &Command, name: &str, lang: Lang) -> String {
    let texts = catalogue(lang);
    let mut parts = vec![
        name.to_owned(),
        format!("[{}]", texts.word("cli-value-options")),
    ];
    let shown = |argument: &&Arg| !argument.is_hide_set();
    let needed = command.get_opts().filter(shown);
    parts.extend(
        needed
            .filter(|argument| argument.is_required_set())
            .map(spelt),
    );
    for argument in command.get_positionals().filter(shown) {
        parts.push(placed(argument));
    }
    if command.has_subcommands() {
        parts.push(format!("<{}>", texts.word("cli-value-command")));
    }
    parts.join(" ")
}

/// An argument as it is written: `--figures <PATH>...`, `<PACK>...`.
fn spelt(argument: &Arg) -> String {
    let mut out = String::new();
    match (argument.get_short(), argument.get_long()) {
        (Some(short), Some(long)) => out.push_str(&format!("-{short}, --{long}")),
        (Some(short), None) => out.push_str(&format!("-{short}")),
        (None, Some(long)) => out.push_str(&format!("--{long}")),
        (None, None) => {}
    }
    if !argument.get_action().takes_values() {
        return out;
    }
    let names = argument.get_value_names().unwrap_or_default();
    for name in names {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(&format!("<{name}>"));
    }
    let range = argument.get_num_args().unwrap_or_default();
    if range.max_values() > names.len().max(1) {
        out.push_str("...");
    }
    out
}

/// A positional argument: in angles where it is needed, in brackets where it may be left out.
fn placed(argument: &Arg) -> String {
    let value = spelt(argument);
    if argument.is_required_set() {
        return value;
    }
    let (one, more) = match value.strip_suffix("...") {
        Some(one) => (one, "..."),
        None => (value.as_str(), ""),
    };
    format!("[{}]{more}", one.trim_matches(['<', '>']))
}

fn page(command: &Command, usage: &str, name: Option<&str>, lang: Lang, columns: usize) -> String {
    let texts = catalogue(lang);
    let mut out = String::new();
    let about = command.get_about().map(ToString::to_string);
    for line in wrap(&about.unwrap_or_default(), columns) {
        out.push_str(&format!("{line}\n"));
    }
    let head = texts.word("cli-usage");
    let indent = width(&head) + 1;
    let lines = wrap(usage, columns.saturating_sub(indent));
    out.push_str(&format!(
        "\n{head} {}\n",
        lines.join(&format!("\n{}", " ".repeat(indent)))
    ));
    let mut listed: Vec<(&str, Vec<(String, String)>)> = Vec::new();
    let commands = command
        .get_subcommands()
        .filter(|found| !found.is_hide_set());
    let about = |found: &Command| found.get_about().map(ToString::to_string);
    listed.push((
        "cli-heading-commands",
        commands
            .map(|found| {
                (
                    found.get_name().to_owned(),
                    about(found).unwrap_or_default(),
                )
            })
            .collect(),
    ));
    let row = |argument: &Arg| {
        let help = argument.get_help().map(ToString::to_string);
        let name = match argument.is_positional() {
            true => placed(argument),
            false => spelt(argument),
        };
        let lead = match argument.get_short() {
            None if !argument.is_positional() => "    ",
            _ => "",
        };
        (format!("{lead}{name}"), help.unwrap_or_default())
    };
    let shown = |argument: &&Arg| !argument.is_hide_set();
    let positionals = command.get_positionals().filter(shown);
    listed.push(("cli-heading-arguments", positionals.map(row).collect()));
    let options = command.get_arguments().filter(shown);
    let mut options: Vec<&Arg> = options.filter(|found| !found.is_positional()).collect();
    // Those of every command stand last.
    options.sort_by_key(|argument| {
        let is_last = matches!(argument.get_action(), ArgAction::Help | ArgAction::Version);
        (is_last, argument.is_global_set())
    });
    let options = options.into_iter().map(row).collect();
    listed.push(("cli-heading-options", options));
    for (heading, rows) in listed {
        if !rows.is_empty() {
            out.push_str(&format!("\n{}\n", texts.word(heading)));
            out.push_str(&two_columns(&rows, columns));
        }
    }
    for (heading, lines) in sections(name, lang) {
        out.push_str(&format!("\n{heading}\n"));
        let split = |line: &String| {
            let (name, text) = line.split_once("  ")?;
            Some((name.to_owned(), text.trim_start().to_owned()))
        };
        let rows: Option<Vec<(String, String)>> = lines.iter().map(split).collect();
        match rows {
            Some(rows) => out.push_str(&two_columns(&rows, columns)),
            // Commands stay whole, so that they can be copied.
            None => out.push_str(&format!("  {}\n", lines.join("\n  "))),
        }
    }
    out
}

/// Names, and beside each its help, broken where the columns end.
fn two_columns(rows: &[(String, String)], columns: usize) -> String {
    let widest = rows.iter().map(|(name, _)| width(name)).max().unwrap_or(0);
    let indent = widest.min(WIDEST_NAME.min(columns / 2)) + 4;
    let mut out = String::new();
    for (name, help) in rows {
        let lines = wrap(help, columns.saturating_sub(indent));
        let rest = lines.join(&format!("\n{}", " ".repeat(indent)));
        if width(name) + 4 > indent {
            out.push_str(&format!("  {name}\n{}{rest}\n", " ".repeat(indent)));
        } else {
            out.push_str(&format!("  {}{rest}\n", pad(name, indent - 2)));
        }
    }
    out
}

/// What stands behind the options: examples, exit status, environment.
pub(crate) fn sections(command: Option<&str>, lang: Lang) -> Vec<(String, Vec<String>)> {
    let texts = catalogue(lang);
    let name = command.unwrap_or("plumbrule");
    let own = |what: &str| {
        let key = format!("cli-{what}-{name}");
        texts.has(&key).then(|| texts.word(&key))
    };
    let exit = own("exit").unwrap_or_else(|| texts.word("cli-exit"));
    let mut found = vec![
        ("cli-heading-examples", own("examples")),
        ("cli-heading-exit", Some(exit)),
    ];
    if command.is_none() {
        found.push(("cli-heading-environment", own("environment")));
    }
    let found = found.into_iter().filter_map(|(heading, text)| {
        let lines = text?.lines().map(str::to_owned).collect();
        Some((texts.word(heading), lines))
    });
    found.collect()
}

/// All names of options of a command, with the commands that know each.
pub(crate) fn options(command: &Command) -> BTreeMap<String, Vec<String>> {
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for subcommand in command.get_subcommands() {
        for option in subcommand.get_opts() {
            if let Some(long) = option.get_long() {
                let users = found.entry(format!("--{long}")).or_default();
                users.push(subcommand.get_name().to_owned());
            }
        }
    }
    found
}
