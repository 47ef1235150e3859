//! Plumbrule (准绳) says, and defends, whether published figures meet a plan.
pub mod diagnostic;
pub mod eval;
pub mod explain;
pub mod figures;
pub mod findings;
pub mod fold;
pub mod functions;
pub mod graph;
pub mod index;
pub mod message;
pub mod model;
pub mod number;
pub mod packs;
pub mod period;
pub mod program;
pub mod report;
pub mod set;
pub mod source;
pub mod syntax;
pub mod testing;
pub mod unit;
pub mod verdict;
pub use source::Sources;

mod compile;
pub use compile::{CompileLimits, compile, compile_with};
