//! `plumbrule lsp`: a language server on the standard streams.
//!
//! One thread reads messages, this one answers them in order. What was typed is understood when
//! nothing more comes for a moment, or when somebody asks. A request that is taken back while it
//! waits is not worked on.

use std::collections::VecDeque;
use std::io;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use clap::{Args, ValueHint};
use serde_json::{Value, json};

use plumbrule::message::Lang;
use plumbrule::period::Period;

use super::args::LimitArgs;
use super::load;
use super::output::Failure;

mod answers;
mod disk;
mod lints;
mod places;
mod problems;
mod server;
mod symbols;
mod trials;
mod wire;

use server::Server;
use wire::{Fault, Incoming};

#[derive(Args)]
pub(crate) struct LspArgs {
    #[arg(long, value_name = "PATH", num_args = 1.., value_hint = ValueHint::AnyPath)]
    pub figures: Vec<PathBuf>,
    #[arg(long, value_name = "PERIOD")]
    pub period: Option<String>,
    #[command(flatten)]
    pub limits: LimitArgs,
}

/// How long nothing must come before what was typed is understood unasked.
const IDLE: Duration = Duration::from_millis(150);

/// What the reading thread hands on.
enum Event {
    Message(Value),
    Garbled,
}

/// The output stream, as messages.
pub(super) struct Client;

impl Client {
    /// Sends a message; a client that is gone is noticed by the end of its input.
    pub(super) fn send(&self, message: &Value) {
        let _gone = wire::write(&mut io::stdout().lock(), message);
    }
}

pub(crate) fn run(args: &LspArgs, asked: Option<Lang>, lang: Lang) -> Result<u8, Failure> {
    let period: Option<Period> = args.period.as_deref().map(load::period).transpose()?;
    // Paths of the command line are meant from here, wherever the client then works.
    let absolute = |path: &PathBuf| std::path::absolute(path).unwrap_or_else(|_| path.clone());
    let figures = args.figures.iter().map(absolute).collect();
    let mut server = Server::new(Client, figures, period, load::bounds(args.limits));
    server.speak(lang, asked.is_some());
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        let mut from = io::stdin().lock();
        while let Ok(Some(incoming)) = wire::read(&mut from) {
            let event = match incoming {
                Incoming::Message(message) => Event::Message(message),
                Incoming::Garbled => Event::Garbled,
            };
            if sender.send(event).is_err() {
                return;
            }
        }
    });
    Ok(serve(&mut server, &receiver))
}

/// Answers until the client says good-bye or is gone; the exit status.
fn serve(server: &mut Server, receiver: &Receiver<Event>) -> u8 {
    let mut waiting: VecDeque<Event> = VecDeque::new();
    loop {
        waiting.extend(receiver.try_iter());
        let next = match waiting.pop_front() {
            Some(next) => Ok(next),
            None if server.has_work() => receiver.recv_timeout(IDLE),
            None => receiver.recv().map_err(|_| RecvTimeoutError::Disconnected),
        };
        let message = match next {
            Ok(Event::Message(message)) => message,
            Ok(Event::Garbled) => {
                server.refuse(&Value::Null, Fault::Parse, "no JSON");
                continue;
            }
            Err(RecvTimeoutError::Timeout) => {
                server.work();
                continue;
            }
            // The client went away without a word.
            Err(RecvTimeoutError::Disconnected) => return 1,
        };
        waiting.extend(receiver.try_iter());
        let method = message.get("method").and_then(Value::as_str).unwrap_or("");
        let params = message.get("params").unwrap_or(&Value::Null);
        match (message.get("id"), method) {
            (None, "exit") => return u8::from(!server.is_shut_down()),
            // An answer to something that the server asked; none of them says anything.
            (Some(_), "") if message.get("result").is_some() || message.get("error").is_some() => {}
            (Some(id), "") => server.refuse(id, Fault::Request, "no method"),
            (Some(id), _) if is_taken_back(id, &waiting) => {
                server.refuse(id, Fault::Cancelled, "cancelled");
            }
            (Some(id), method) => server.request(id, method, params),
            (None, method) => server.notice(method, params),
        }
    }
}

/// Whether a request that waits is cancelled by a message behind it.
fn is_taken_back(id: &Value, waiting: &VecDeque<Event>) -> bool {
    waiting.iter().any(|event| match event {
        Event::Message(message) => {
            message.get("method") == Some(&json!("$/cancelRequest"))
                && message.pointer("/params/id") == Some(id)
        }
        Event::Garbled => false,
    })
}
