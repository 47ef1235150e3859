//! Many submissions at once: columns of figures go in, columns of verdicts come out. The same verdicts
//! as those of [`evaluate`](crate::eval::evaluate), row by row; never a guess where two numbers are near.

mod block;
mod source;

pub use block::{
    Block, Bytes, Cells, NumberedPart, Part, Source, SourceProblem, SourceProblemKind, Wanted,
};
pub use source::{SourceOptions, open, open_folder};
