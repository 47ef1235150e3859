//! Subcommands: each reads, calls one function of the library, and writes.
//!
//! The only place that prints, and that reads files, arguments and environment.

use std::ffi::OsString;
use std::process::ExitCode;

use clap::FromArgMatches;

use plumbrule::message::Lang;

mod args;
mod audit;
mod check;
mod choice;
mod columns;
mod compare;
mod coverage;
mod diff;
mod doc;
mod dump;
mod explain;
mod figures;
mod fmt;
mod found;
mod graph;
mod help;
mod init;
mod landing;
mod lint;
mod list;
mod load;
mod lsp;
mod mutate;
mod outlook;
mod output;
mod paths;
mod receipt;
mod replay;
mod scores;
mod screen;
mod shell;
mod sign;
mod table;
mod template;
mod test;
mod usage;
mod uses;
mod verify;
mod vintages;
mod watch;

use args::{Cli, Command};
use output::Failure;

/// Runs the command line and returns its exit status.
pub(crate) fn main() -> ExitCode {
    let told = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        // A library that gave up on broken bytes is told as a problem of the file.
        if !plumbrule::guard::is_guarded() {
            told(panic);
        }
    }));
    let arguments = usage::without_help_command(std::env::args_os().collect());
    let lang = args::language(&arguments);
    let mut command = help::bare();
    let cli = match read(&mut command, &arguments) {
        Ok(cli) => cli,
        Err(error) if error.kind() == clap::error::ErrorKind::DisplayVersion => {
            return refused(&error, &command, &arguments, lang);
        }
        // Only what is told of wrong arguments, help included, needs the words of all commands.
        Err(_) => {
            let mut command = help::command(lang, output::columns());
            match read(&mut command, &arguments) {
                Ok(cli) => cli,
                Err(error) => return refused(&error, &command, &arguments, lang),
            }
        }
    };
    screen::set_colour(cli.color);
    let lang = cli.lang.map_or(lang, Lang::from);
    let result = match &cli.command {
        Command::Check(args) => check::run(args, lang),
        Command::Explain(args) => explain::run(args, lang),
        Command::Audit(args) => audit::run(args, lang),
        Command::Vintages(args) => vintages::run(args, lang),
        Command::Diff(args) => diff::run(args, lang),
        Command::Compare(args) => compare::run(args, lang),
        Command::Scores(args) => scores::run(args, lang),
        Command::Outlook(args) => outlook::run(args, lang),
        Command::Test(args) => test::run(args, lang),
        Command::Mutate(args) => mutate::run(args, lang),
        Command::Lsp(args) => lsp::run(args, cli.lang.map(Lang::from), lang),
        Command::Lint(args) => lint::run(args, lang),
        Command::Fmt(args) => fmt::run(args, cli.lang.map(Lang::from), lang),
        Command::Dump(args) => dump::run(args, lang),
        Command::Replay(args) => replay::run(args, lang),
        Command::Sign(args) => sign::run(args, lang),
        Command::Verify(args) => verify::run(args, lang),
        Command::Keygen(args) => sign::keygen(args, lang),
        Command::Graph(args) => graph::run(args, lang),
        Command::Coverage(args) => coverage::run(args, lang),
        Command::Doc(args) => doc::run(args, cli.lang.map(Lang::from), lang),
        Command::Init(args) => init::run(args, lang),
        Command::List(args) => list::run(args, lang),
        Command::Figures(args) => figures::run(args, lang),
        Command::Template(args) => template::run(args, lang),
        Command::Completions(args) => shell::completions(args, lang),
        Command::Man(args) => shell::man(args, lang),
    };
    match result {
        Ok(status) => ExitCode::from(status),
        Err(failure) => failure.report(lang),
    }
}

fn read(command: &mut clap::Command, arguments: &[OsString]) -> Result<Cli, clap::Error> {
    let matches = command.try_get_matches_from_mut(arguments)?;
    Cli::from_arg_matches(&matches)
}

/// Wrong arguments; help and version are no failure.
fn refused(
    error: &clap::Error,
    command: &clap::Command,
    arguments: &[OsString],
    lang: Lang,
) -> ExitCode {
    use clap::error::ErrorKind;
    let text = error.render().to_string();
    let result = match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => output::say(&text),
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            output::complain(text.trim_end());
            return ExitCode::from(Failure::STATUS);
        }
        _ => Err(usage::failure(error, command, arguments)),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(lang),
    }
}
