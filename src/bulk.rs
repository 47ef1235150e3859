//! Many submissions at once: columns of figures go in, columns of verdicts come out. The same verdicts
//! as those of [`evaluate`](crate::eval::evaluate), row by row; never a guess where two numbers are near.
//!
//! ```
//! use plumbrule::bulk::{Job, Sink, SourceOptions, Verdicts, open, run};
//! use plumbrule::verdict::Verdict;
//!
//! /// Names of those that fail.
//! struct Failing(Vec<String>);
//!
//! impl Sink for Failing {
//!     fn take(&mut self, verdicts: &Verdicts<'_>) -> std::io::Result<()> {
//!         let failing = |row: &usize| verdicts.verdict(0, *row) == Some(Verdict::Fail);
//!         let names: Vec<&str> = verdicts.entities().collect();
//!         let rows = (0..verdicts.n_rows()).filter(failing);
//!         self.0.extend(rows.map(|row| names[row].to_owned()));
//!         Ok(())
//!     }
//! }
//!
//! let mut sources = plumbrule::Sources::with_std();
//! sources.add("pack.plumb", r#"
//! pack p "P" { entity CN }
//! entity CN "China" { }
//! entity firm "Firms" { members open }
//! indicator score "Score" { kind index }
//! target high "High" { for each firm require score >= 60 }
//! "#);
//! let program = plumbrule::compile(&sources).unwrap();
//! let table = b"entity,year,score\nF1,2025,59.99\nF2,2025,60\nF3,2025,\n";
//! let again = || open("scores.csv", Box::new(table.to_vec()), &SourceOptions::default());
//! let options = plumbrule::eval::Options::default();
//! let job = Job {
//!     program: &program,
//!     options: &options,
//!     rules: &[],
//!     threads: 2,
//!     fail_fast: false,
//!     progress: &|_, _, _| {},
//! };
//! let mut failing = Failing(Vec::new());
//! let ran = run(&job, &again, &mut failing).unwrap();
//! assert_eq!(failing.0, ["F1"]);
//! assert_eq!(ran.tally.count(Verdict::Undetermined), 1);
//! ```

pub mod arrow;
mod block;
mod bodies;
mod compile;
mod figures;
mod kept;
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
mod wide;

pub use block::{
    Block, Bytes, Cells, InMemory, NoRow, NumberedPart, Part, Scratch, Shown, ShownKind, Source,
    SourceProblem, SourceProblemKind, Wanted,
};
pub use bodies::{Bounds, Room, run_by_body, run_by_body_within};
pub use run::{Job, Open, Ran, Sink, Stop, judged_rules, run};
pub use source::{SourceOptions, names_columns, open, open_folder};
pub use table::WhyWhole;
pub use tally::{RuleTally, Tally};
pub use verdicts::Verdicts;
pub use whole::{OfBody, rows_of, run_whole, sources_of};
