//! The command line: reads files and arguments, calls the library, writes results.

use std::process::ExitCode;

mod cli;

fn main() -> ExitCode {
    cli::main()
}
