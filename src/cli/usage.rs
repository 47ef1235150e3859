//! What is wrong with the arguments, in the words of the catalogue.
//!
//! Goes in: the error of the argument parser, as kind and context. Comes out: a failure that says
//! what was found, what was expected, what is near. Never shows the parser's own sentences.

use std::ffi::OsString;
use std::path::Path;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Command, Error};

use plumbrule::fold::nearest;
use plumbrule::message::Message;

use super::help;
use super::output::Failure;

/// The arguments with `help COMMAND` turned into `COMMAND --help`.
pub(crate) fn without_help_command(mut arguments: Vec<OsString>) -> Vec<OsString> {
    let mut at = 1;
    while let Some(argument) = arguments.get(at).and_then(|argument| argument.to_str()) {
        match argument {
            // Options of every command, which take a value.
            "--lang" | "--color" => at += 2,
            "help" => {
                arguments.remove(at);
                arguments.push("--help".into());
                break;
            }
            option if option.starts_with('-') => at += 1,
            _ => break,
        }
    }
    arguments
}

/// The failure that an error of the parser is.
pub(crate) fn failure(error: &Error, command: &Command, arguments: &[OsString]) -> Failure {
    let found = subcommand(command, arguments);
    let at = At {
        error,
        root: command,
        found,
    };
    let (message, mut helps) = at.told();
    helps.push(at.usage());
    Failure::Usage(message, helps)
}

/// An unknown command, where one is named outside of the parser.
pub(crate) fn no_command(command: &Command, name: &str) -> Failure {
    let names: Vec<String> = names(command);
    let help = match nearest(name, names.iter().map(String::as_str)) {
        Some((near, _)) => Message::new("help-nearest").with("name", near),
        None => Message::new("help-known-names").with("names", names.clone()),
    };
    Failure::Usage(
        Message::new("usage-no-command").with("found", name),
        vec![help],
    )
}

fn names(command: &Command) -> Vec<String> {
    let names = command.get_subcommands().map(Command::get_name);
    names.map(str::to_owned).collect()
}

/// Which packs can be named here.
fn packs_here() -> Message {
    let packs = super::paths::packs();
    let names: Vec<String> = packs
        .iter()
        .map(|path| super::shell::quoted(path))
        .collect();
    match names.is_empty() {
        true => Message::new("help-no-pack-here"),
        false => Message::new("help-packs-here").with("packs", names),
    }
}

/// The subcommand that the arguments name.
fn subcommand<'c>(command: &'c Command, arguments: &[OsString]) -> Option<&'c Command> {
    let texts = arguments.iter().skip(1).filter_map(|text| text.to_str());
    let mut texts = texts;
    texts.find_map(|text| command.find_subcommand(text))
}

struct At<'e> {
    error: &'e Error,
    root: &'e Command,
    found: Option<&'e Command>,
}

impl At<'_> {
    fn command(&self) -> &Command {
        self.found.unwrap_or(self.root)
    }

    /// The command as it is typed.
    fn typed(&self) -> String {
        match self.found {
            Some(found) => format!("{} {}", self.root.get_name(), found.get_name()),
            None => self.root.get_name().to_owned(),
        }
    }

    fn usage(&self) -> Message {
        let usage = self.command().get_overridden_usage();
        Message::new("help-usage")
            .with("usage", usage.map(ToString::to_string).unwrap_or_default())
            .with("command", self.typed())
    }

    fn texts(&self, kind: ContextKind) -> Vec<String> {
        match self.error.get(kind) {
            Some(ContextValue::String(text)) => vec![text.clone()],
            Some(ContextValue::Strings(texts)) => texts.clone(),
            Some(ContextValue::StyledStr(text)) => vec![text.to_string()],
            Some(ContextValue::Number(n)) => vec![n.to_string()],
            _ => Vec::new(),
        }
    }

    fn text(&self, kind: ContextKind) -> String {
        self.texts(kind).into_iter().next().unwrap_or_default()
    }

    /// The sentence, and ways out.
    fn told(&self) -> (Message, Vec<Message>) {
        let argument = self.text(ContextKind::InvalidArg);
        let value = self.text(ContextKind::InvalidValue);
        let about = |key: &'static str| Message::new(key).with("argument", &argument);
        match self.error.kind() {
            ErrorKind::InvalidSubcommand => self.no_command(),
            ErrorKind::UnknownArgument => self.unknown(&argument),
            ErrorKind::InvalidValue => self.not_listed(&argument, &value),
            ErrorKind::ValueValidation => (
                about("usage-value").with("value", &value),
                vec![self.expected(&argument)],
            ),
            ErrorKind::ArgumentConflict => self.conflict(&argument),
            ErrorKind::MissingRequiredArgument => {
                let missing = self.texts(ContextKind::InvalidArg);
                let mut arguments = self.command().get_arguments();
                let is_pack = arguments.any(|argument| {
                    let names = argument.get_value_names().unwrap_or_default();
                    let mut shown = missing.iter();
                    argument.get_id() == "pack"
                        && shown.any(|it| names.iter().any(|name| it.contains(name.as_str())))
                });
                let message = Message::new("usage-missing").with("arguments", missing);
                let mut helps = self.example();
                helps.extend(is_pack.then(packs_here));
                (message, helps)
            }
            ErrorKind::MissingSubcommand => {
                let help = Message::new("help-known-names").with("names", names(self.root));
                (Message::new("usage-missing-command"), vec![help])
            }
            ErrorKind::TooManyValues => (about("usage-too-many").with("value", &value), Vec::new()),
            ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
                let wanted = self.text(ContextKind::MinValues);
                let wanted = match wanted.is_empty() {
                    true => self.text(ContextKind::ExpectedNumValues),
                    false => wanted,
                };
                let message = about("usage-too-few")
                    .with("wanted", wanted)
                    .with("found", self.text(ContextKind::ActualNumValues));
                (message, Vec::new())
            }
            ErrorKind::NoEquals => (about("usage-no-equals"), Vec::new()),
            ErrorKind::InvalidUtf8 => (Message::new("usage-not-utf8"), Vec::new()),
            _ => {
                // No kind that the parser raises today ends here.
                let text = self.error.to_string();
                let line = text.lines().next().unwrap_or_default();
                (Message::new("usage-other").with("why", line), Vec::new())
            }
        }
    }

    fn no_command(&self) -> (Message, Vec<Message>) {
        let name = self.text(ContextKind::InvalidSubcommand);
        let message = Message::new("usage-no-command").with("found", &name);
        let names = names(self.root);
        let path = Path::new(&name);
        let help = if let Some((near, _)) = nearest(&name, names.iter().map(String::as_str)) {
            Message::new("help-nearest").with("name", near)
        } else if path.exists() {
            let line = format!(
                "{} check {}",
                self.root.get_name(),
                super::shell::quoted(path)
            );
            Message::new("help-path-first").with("line", line)
        } else {
            Message::new("help-known-names").with("names", names.clone())
        };
        (message, vec![help])
    }

    fn unknown(&self, argument: &str) -> (Message, Vec<Message>) {
        if !argument.starts_with('-') {
            let message = Message::new("usage-unexpected").with("argument", argument);
            return (message, Vec::new());
        }
        let message = Message::new("usage-no-option")
            .with("argument", argument)
            .with("command", self.typed());
        let name = argument.split('=').next().unwrap_or(argument);
        let command = self.command();
        let own: Vec<String> = command
            .get_arguments()
            .filter_map(|option| Some(format!("--{}", option.get_long()?)))
            .collect();
        let elsewhere = help::options(self.root);
        let mut helps = Vec::new();
        if let Some(users) = elsewhere.get(name) {
            helps.push(
                Message::new("help-other-command")
                    .with("argument", name)
                    .with("commands", users.clone()),
            );
        } else if let Some((near, _)) = nearest(name, own.iter().map(String::as_str)) {
            helps.push(Message::new("help-nearest").with("name", near));
        } else if let Some((near, _)) = nearest(name, elsewhere.keys().map(String::as_str)) {
            let users = elsewhere.get(near).cloned().unwrap_or_default();
            helps.push(
                Message::new("help-other-command")
                    .with("argument", near)
                    .with("commands", users),
            );
        }
        (message, helps)
    }

    fn not_listed(&self, argument: &str, value: &str) -> (Message, Vec<Message>) {
        let known = self.texts(ContextKind::ValidValue);
        let listed = Message::new("help-known-names").with("names", known.clone());
        if value.is_empty() {
            let message = Message::new("usage-no-value").with("argument", argument);
            let helps = if known.is_empty() {
                Vec::new()
            } else {
                vec![listed]
            };
            return (message, helps);
        }
        let message = Message::new("usage-value")
            .with("argument", argument)
            .with("value", value);
        let near = nearest(value, known.iter().map(String::as_str));
        let mut helps = vec![match near {
            Some((near, _)) => Message::new("help-nearest").with("name", near),
            None => listed,
        }];
        let path = Path::new(value);
        if let (true, Some(first)) = (path.exists(), known.first()) {
            let path = super::shell::quoted(path);
            let line = format!("{} {first} {path}", self.typed());
            helps.push(Message::new("help-path-later").with("line", line));
        }
        (message, helps)
    }

    fn conflict(&self, argument: &str) -> (Message, Vec<Message>) {
        let others = self.texts(ContextKind::PriorArg);
        let key = if others.iter().any(|other| other == argument) {
            "usage-twice"
        } else {
            "usage-conflict"
        };
        let message = Message::new(key)
            .with("argument", argument)
            .with("others", others);
        (message, Vec::new())
    }

    /// What a value must be, by the type that its argument is read as.
    fn expected(&self, argument: &str) -> Message {
        let name = argument.split([' ', '=']).next().unwrap_or(argument);
        let option = self
            .command()
            .get_arguments()
            .find(|option| option.get_long() == Some(name.trim_start_matches('-')));
        let is_count = option.is_some_and(|option| {
            let of = option.get_value_parser().type_id();
            of == std::any::TypeId::of::<usize>() || of == std::any::TypeId::of::<u64>()
        });
        if is_count {
            return Message::new("help-whole-number");
        }
        let why = std::error::Error::source(self.error);
        Message::new("usage-other").with("why", why.map(ToString::to_string).unwrap_or_default())
    }

    /// The first example of the command.
    fn example(&self) -> Vec<Message> {
        let Some(found) = self.found else {
            return Vec::new();
        };
        let texts = plumbrule::message::catalogue(plumbrule::message::Lang::En);
        let key = format!("cli-examples-{}", found.get_name());
        if !texts.has(&key) {
            return Vec::new();
        }
        let lines = texts.word(&key);
        let line = lines.lines().next().unwrap_or_default();
        vec![Message::new("help-example").with("line", line.trim())]
    }
}
