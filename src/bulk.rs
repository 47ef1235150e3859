//! Many submissions at once: columns of figures go in, columns of verdicts come out. The same verdicts
//! as those of [`evaluate`](crate::eval::evaluate), row by row; never a guess where two numbers are near.

pub mod arrow;
mod block;
mod compile;
mod kernel;
mod keys;
mod linear;
mod plan;
mod rows;
mod run;
mod source;
mod table;
mod tally;
mod verdicts;
mod whole;

pub use block::{
    Block, Bytes, Cells, NumberedPart, Part, Source, SourceProblem, SourceProblemKind, Wanted,
};
pub use run::{Job, Open, Ran, Sink, Stop, judged_rules, run};
pub use source::{SourceOptions, open, open_folder};
pub use table::WhyWhole;
pub use tally::{RuleTally, Tally};
pub use verdicts::Verdicts;
pub use whole::{rows_of, run_whole};
