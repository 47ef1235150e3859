//! Subcommands: each reads, calls one function of the library, and writes.
//!
//! The only place that prints, and that reads files, arguments and environment.

use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches};

use plumbrule::message::{Lang, Message};

mod args;
mod check;
mod dump;
mod explain;
mod fmt;
mod graph;
mod load;
mod outlook;
mod output;
mod receipt;
mod replay;
mod sign;
mod test;
mod verify;

use args::{Cli, Command};
use output::Failure;

/// Runs the command line and returns its exit status.
pub(crate) fn main() -> ExitCode {
    let arguments: Vec<std::ffi::OsString> = std::env::args_os().collect();
    let lang = args::language(&arguments);
    let command = args::localised(Cli::command(), lang);
    let cli = match command
        .try_get_matches_from(&arguments)
        .and_then(|matches| Cli::from_arg_matches(&matches))
    {
        Ok(cli) => cli,
        Err(error) => return usage(&error, lang),
    };
    let lang = cli.lang.map_or(lang, Lang::from);
    let result = match &cli.command {
        Command::Check(args) => check::run(args, lang),
        Command::Explain(args) => explain::run(args, lang),
        Command::Outlook(args) => outlook::run(args, lang),
        Command::Test(args) => test::run(args, lang),
        Command::Fmt(args) => fmt::run(args, cli.lang.map(Lang::from), lang),
        Command::Dump(args) => dump::run(args, lang),
        Command::Replay(args) => replay::run(args, lang),
        Command::Sign(args) => sign::run(args, lang),
        Command::Verify(args) => verify::run(args, lang),
        Command::Keygen(args) => sign::keygen(args, lang),
        Command::Graph(args) => graph::run(args, lang),
    };
    match result {
        Ok(status) => ExitCode::from(status),
        Err(failure) => failure.report(lang),
    }
}

/// Wrong arguments, in the words of the argument parser; help and version are no failure.
fn usage(error: &clap::Error, lang: Lang) -> ExitCode {
    let text = error.render().to_string();
    if error.use_stderr() {
        output::complain(text.trim_end());
        if error.kind() == clap::error::ErrorKind::InvalidSubcommand {
            output::complain(&Message::new("cli-help-hint").render(lang));
        }
        return ExitCode::from(Failure::STATUS);
    }
    match output::say(&text) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(lang),
    }
}
