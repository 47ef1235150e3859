//! The language server, driven over its streams as an editor does.

mod client;
mod lints;
mod names;
mod robust;
mod shown;
mod typed;
