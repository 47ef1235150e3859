//! Writing: whole or not at all; problems to the error stream.

use std::fs::File;
use std::io::{self, IsTerminal, Read, Write};
use std::path::Path;
use std::process::ExitCode;

use plumbrule::diagnostic::{Diagnostic, render};
use plumbrule::figures::{FigureProblem, Room, Submission};
use plumbrule::message::{Arg, Lang, Message};
use plumbrule::receipt::Refusal;
use plumbrule::report::{Problems, on_screen, width, write_problems};
use plumbrule::source::Sources;

use super::args::FigureArgs;
use super::landing::{self, Landing};
use super::paths;
pub(crate) use super::screen::{LEAST_COLUMNS, MOST_COLUMNS, colour, colour_on_error, columns};

/// Why a command could not do its work.
pub(crate) enum Failure {
    /// One sentence, and the way out.
    Message(Message, Option<Message>),
    /// Wrong arguments, and ways out.
    Usage(Message, Vec<Message>),
    /// Problems in rule files.
    Diagnostics(Vec<Diagnostic>, Box<Sources>),
    /// The reader of the output went away; nothing is left to say.
    Closed,
}

impl Failure {
    /// The exit status of anything that went wrong.
    pub(crate) const STATUS: u8 = 2;

    pub(crate) fn new(message: Message) -> Failure {
        Failure::Message(message, None)
    }

    /// What is wrong with a file.
    pub(crate) fn of_file(file: &Path, refusal: Refusal) -> Failure {
        let message = Message::new("cli-in-file")
            .with("file", file.display().to_string())
            .with("what", refusal.message);
        Failure::Message(message, refusal.help)
    }

    /// Says what went wrong.
    pub(crate) fn report(self, lang: Lang) -> ExitCode {
        match self {
            Failure::Message(message, help) => tell(&message, help.as_slice(), lang),
            Failure::Usage(message, helps) => tell(&message, &helps, lang),
            Failure::Diagnostics(diagnostics, sources) => {
                complain(render(&diagnostics, &sources, lang, colour_on_error()).trim_end());
                let count = Message::new("cli-n-problems").with("count", diagnostics.len());
                complain(&count.render(lang));
            }
            Failure::Closed => return ExitCode::SUCCESS,
        }
        ExitCode::from(Failure::STATUS)
    }
}

/// A sentence, and below it the ways out.
fn tell(message: &Message, helps: &[Message], lang: Lang) {
    let colour = colour_on_error();
    let head = format!("{}:", word("severity-error", lang));
    let head = if colour {
        format!("\u{1b}[31;1m{head}\u{1b}[0m")
    } else {
        head
    };
    complain(&format!("{head} {}", message.render(lang)));
    for help in helps {
        let head = word("severity-help", lang);
        complain(&format!("{head}: {}", help.render(lang)));
    }
}

fn word(key: &'static str, lang: Lang) -> String {
    Message::new(key).render(lang)
}

/// Writes to the error stream; nothing can be done where that fails.
pub(crate) fn complain(text: &str) {
    let text = on_screen(text, colour_on_error());
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// Says a warning.
pub(crate) fn warn(message: &Message, lang: Lang) {
    let severity = word("severity-warning", lang);
    complain(&format!("{severity}: {}", message.render(lang)));
}

/// Writes a text to the output stream.
pub(crate) fn say(text: &str) -> Result<(), Failure> {
    pour(text.as_bytes())
}

/// Writes to the output stream: to a terminal as a screen may show it, to anything else byte by byte.
pub(crate) fn pour(bytes: &[u8]) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    let shown = match std::str::from_utf8(bytes) {
        Ok(text) if out.is_terminal() => Some(on_screen(text, colour())),
        _ => None,
    };
    let bytes = shown.as_deref().map_or(bytes, str::as_bytes);
    let result = out.write_all(bytes).and_then(|()| out.flush());
    result.map_err(|error| match error.kind() {
        io::ErrorKind::BrokenPipe => Failure::Closed,
        _ => unwritten("-", &error),
    })
}

/// Writes what a run says of figures, and returns its exit status.
pub(crate) fn finish(
    args: &FigureArgs,
    submission: &Submission,
    status: u8,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<u8, Failure> {
    let bytes = rendered(args, write)?;
    hand_out(args, submission, status, &bytes)
}

/// What a run says, before any of it is delivered; refused where it is not for a terminal.
pub(crate) fn rendered(
    args: &FigureArgs,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<Vec<u8>, Failure> {
    let format = args.format();
    if format.is_binary() && args.out.is_none() {
        expect_no_terminal(format.name())?;
    }
    let mut bytes = Vec::new();
    write(&mut bytes).map_err(|error| unwritten("-", &error))?;
    Ok(bytes)
}

/// Refuses to write what is no text to a terminal.
pub(crate) fn expect_no_terminal(format: &'static str) -> Result<(), Failure> {
    if io::stdout().is_terminal() {
        let message = Message::new("cli-binary-on-terminal").with("format", format);
        return Err(Failure::Message(message, Some(Message::new("help-out"))));
    }
    Ok(())
}

/// Delivers what a run says of figures, and returns its exit status.
///
/// Where figures have faults nothing is written over a file that came from figures without one,
/// unless the format shows the faults plainly.
pub(crate) fn hand_out(
    args: &FigureArgs,
    submission: &Submission,
    status: u8,
    bytes: &[u8],
) -> Result<u8, Failure> {
    let (format, out) = (args.format(), args.out.as_deref());
    let is_broken = submission
        .problems
        .iter()
        .any(|problem| !problem.is_warning);
    if let (true, Some(file), false) = (is_broken, out, format.shows_problems()) {
        let name = file.display().to_string();
        return Err(Failure::new(
            Message::new("cli-not-written").with("file", name),
        ));
    }
    deliver(bytes, out)?;
    Ok(if is_broken { Failure::STATUS } else { status })
}

/// Writes problems in rule files by a format that is for them, before they are told as ever.
pub(crate) fn hand_over(failure: Failure, args: &FigureArgs, lang: Lang) -> Failure {
    let Failure::Diagnostics(diagnostics, sources) = &failure else {
        return failure;
    };
    let problems = Problems {
        diagnostics,
        sources,
        figures: &[],
        lang,
    };
    write_instead(&problems, args).err().unwrap_or(failure)
}

/// Writes problems where there is no result, by a format that is for them.
///
/// As in [`finish`], a file that holds a result stays unless the format shows problems plainly.
pub(crate) fn write_instead(problems: &Problems<'_>, args: &FigureArgs) -> Result<(), Failure> {
    let (format, out) = (args.format(), args.out.as_deref());
    let keeps = |file: &Path| !format.shows_problems() && file.is_file();
    let is_none = problems.diagnostics.is_empty() && problems.figures.is_empty();
    if is_none || !format.can_write_problems() || out.is_some_and(keeps) {
        return Ok(());
    }
    let mut bytes = Vec::new();
    write_problems(&mut bytes, format, problems).map_err(|error| unwritten("-", &error))?;
    deliver(&bytes, out)
}

/// What was meant for a file, or with `-` for the output, cannot be written.
pub(crate) fn unwritten(file: &str, error: &io::Error) -> Failure {
    Failure::new(
        Message::new("cli-write")
            .with("file", file)
            .with("why", why(error)),
    )
}

/// Writes bytes to a file, whole or not at all, to a device or pipe, or to the output stream.
pub(crate) fn deliver(bytes: &[u8], file: Option<&Path>) -> Result<(), Failure> {
    let Some(file) = file else { return pour(bytes) };
    expect_no_key(file)?;
    let landed = Landing::at(file).put(bytes);
    landed.map_err(|error| paths::unwritable(file, &error))
}

/// Refuses to write over a private key, which cannot be made again.
pub(crate) fn expect_no_key(file: &Path) -> Result<(), Failure> {
    if !holds_key(file) {
        return Ok(());
    }
    let name = file.display().to_string();
    let message = Message::new("cli-holds-key").with("file", name);
    Err(Failure::new(message))
}

/// Whether a private key stands at this place; what is no file holds none, and might never end.
fn holds_key(file: &Path) -> bool {
    if landing::is_stream(file) {
        return false;
    }
    let mut start = Vec::new();
    let read = File::open(file).and_then(|open| open.take(4096).read_to_end(&mut start));
    read.is_ok() && String::from_utf8_lossy(&start).contains("PRIVATE KEY-----")
}

/// Why the system refused, in the words of the catalogue where it has some.
pub(crate) fn why(error: &io::Error) -> Arg {
    use io::ErrorKind;
    let key = match error.kind() {
        ErrorKind::NotFound => "why-not-found",
        ErrorKind::PermissionDenied => "why-permission",
        ErrorKind::AlreadyExists => "why-exists",
        ErrorKind::IsADirectory => "why-folder",
        ErrorKind::NotADirectory => "why-no-folder",
        ErrorKind::StorageFull => "why-full",
        ErrorKind::ReadOnlyFilesystem => "why-read-only",
        ErrorKind::BrokenPipe => "why-reader-gone",
        _ => return Arg::Message(Message::new("why-library").with("why", error.to_string())),
    };
    Arg::Message(Message::new(key))
}

/// Problems shown of one run; a file of a million bad rows says enough in these.
const MOST_PROBLEMS: usize = 50;

/// Says the problems of figures, each with its place and a caret under its cell.
pub(crate) fn complain_of_figures(problems: &[FigureProblem], lang: Lang) {
    let mut room = Room::of(MOST_PROBLEMS, problems);
    for problem in problems.iter().filter(|problem| room.takes(problem)) {
        let severity = if problem.is_warning {
            "severity-warning"
        } else {
            "severity-error"
        };
        complain(&format!(
            "{}[{}]: {}",
            word(severity, lang),
            problem.code.as_str(),
            problem.message.render(lang)
        ));
        complain(&format!("  --> {}", problem.place()));
        if let Some((cell, at)) = &problem.cell {
            let before: String = cell.chars().take(*at).collect();
            complain(&format!("   | {cell}"));
            complain(&format!(
                "   | {}^",
                " ".repeat(width(&on_screen(&before, false)))
            ));
        }
        if let Some(help) = &problem.help {
            complain(&format!(
                "   = {}: {}",
                word("severity-help", lang),
                help.render(lang)
            ));
        }
    }
    if problems.len() > MOST_PROBLEMS {
        let rest = Message::new("cli-more-problems").with("count", problems.len() - MOST_PROBLEMS);
        complain(&rest.render(lang));
    }
}
