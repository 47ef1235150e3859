//! The terminal: how wide it is and whether it is coloured.
//!
//! Goes in: the environment, what kind of stream is written to, and `--color`. Decides no layout.

use std::io::{self, IsTerminal};
use std::sync::OnceLock;

use super::args::ColourArg;

/// Bounds on the columns of a terminal.
pub(crate) const LEAST_COLUMNS: usize = 20;
/// The upper one.
pub(crate) const MOST_COLUMNS: usize = 400;

/// Columns to lay text out for: `COLUMNS`, else those of the terminal, else 80.
pub(crate) fn columns() -> usize {
    let set = std::env::var("COLUMNS")
        .ok()
        .and_then(|value| value.parse::<usize>().ok())
        .filter(|columns| *columns > 0);
    let of_terminal = || {
        let (width, _) = terminal_size::terminal_size_of(io::stdout())?;
        (width.0 > 0).then_some(usize::from(width.0))
    };
    let columns = set.or_else(of_terminal).unwrap_or(80);
    columns.clamp(LEAST_COLUMNS, MOST_COLUMNS)
}

/// What `--color` says; it is set once, before anything is written.
static COLOUR: OnceLock<ColourArg> = OnceLock::new();

/// Takes the word of `--color`.
pub(crate) fn set_colour(colour: ColourArg) {
    let _ = COLOUR.set(colour);
}

/// Whether the output may be coloured.
pub(crate) fn colour() -> bool {
    is_coloured(io::stdout().is_terminal())
}

/// Whether what goes to the error stream may be coloured.
pub(crate) fn colour_on_error() -> bool {
    is_coloured(io::stderr().is_terminal())
}

/// `--color` first, then `NO_COLOR`, then `CLICOLOR_FORCE`, then whether a terminal that knows
/// colours reads it.
fn is_coloured(is_terminal: bool) -> bool {
    let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let says = |name, word| std::env::var_os(name).is_some_and(|value| value == word);
    match COLOUR.get().copied().unwrap_or(ColourArg::Auto) {
        ColourArg::Always => true,
        ColourArg::Never => false,
        ColourArg::Auto if is_set("NO_COLOR") => false,
        ColourArg::Auto if is_set("CLICOLOR_FORCE") && !says("CLICOLOR_FORCE", "0") => true,
        ColourArg::Auto => is_terminal && !says("TERM", "dumb") && !says("CLICOLOR", "0"),
    }
}
