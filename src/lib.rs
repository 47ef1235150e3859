//! Plumbrule (准绳) says, and defends, whether published figures meet a plan.
pub mod diagnostic;
pub mod fold;
pub mod index;
pub mod message;
pub mod number;
pub mod packs;
pub mod period;
pub mod set;
pub mod source;
pub mod syntax;
pub mod verdict;
pub use source::Sources;
