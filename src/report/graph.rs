//! The graph of a pack in several formats. Goes in: a diagram, or what a change may touch. Comes
//! out: bytes. Decides nothing about what depends on what.

mod clean;
mod layout;
mod svg;

pub use svg::{SvgOptions, svg};
