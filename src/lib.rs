//! Plumbrule (准绳) says, and defends, whether published figures meet a plan.
//!
//! A pack of rules is compiled once; tables of figures are read into a
//! [`Submission`](figures::Submission); [`evaluate`](eval::evaluate) gives a verdict for every
//! rule and entity; [`explain`](explain::explain) says why; [`report`] writes it.
//!
//! ```
//! use plumbrule::eval::{Options, evaluate};
//! use plumbrule::explain::explain;
//! use plumbrule::figures::{Limits, Submission};
//! use plumbrule::findings::findings;
//! use plumbrule::message::Lang;
//! use plumbrule::report::{Digests, Format, Report, write_check};
//! use plumbrule::verdict::Verdict;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let mut sources = plumbrule::Sources::with_std();
//! sources.add("pack.plumb", r#"
//! pack city "City plan" { entity city }
//! entity city "The city" {}
//! indicator coverage "Coverage" { kind share unit % }
//! target city.1 "Coverage of 80 %" { require coverage at least 80% by 2025 }
//! "#);
//! let program = plumbrule::compile(&sources).map_err(|problems| {
//!     plumbrule::diagnostic::render(&problems, &sources, Lang::En, false)
//! })?;
//!
//! let mut submission = Submission::new(&program.model);
//! let table = "indicator,period,value,source\ncoverage,2025,over 80%,yearbook\n";
//! submission.read_table(&program.model, "figures.csv", table.as_bytes(), &Limits::default());
//! assert!(submission.problems.is_empty());
//!
//! let options = Options::default();
//! let outcome = evaluate(&program, &submission, &options);
//! let row = outcome.rows[0];
//! assert_eq!(row.verdict, Verdict::Pass);
//!
//! let explanation = explain(&program, &submission, &options, row.rule, row.entity);
//! assert!(explanation.nodes[0].message.render(Lang::En).ends_with("pass"));
//!
//! let report = Report {
//!     program: &program,
//!     submission: &submission,
//!     options: &options,
//!     outcomes: &[outcome],
//!     findings: &findings(&program, &submission, &options),
//!     warnings: &[],
//!     digests: &Digests::default(),
//!     lang: Lang::En,
//!     columns: 80,
//!     colour: false,
//!     by_entity: false,
//!     n_left_out: 0,
//!     filter_args: "",
//!     hint_args: "",
//! };
//! let mut json = Vec::new();
//! write_check(&mut json, Format::JSON, &report)?;
//! assert!(String::from_utf8(json)?.contains("\"verdict\": \"pass\""));
//! # Ok(())
//! # }
//! ```
#![doc = include_str!("ARCHITECTURE.md")]

pub mod audit;
pub mod bulk;
pub mod compare;
pub mod coverage;
pub mod day;
pub mod diagnostic;
pub mod diff;
pub mod eval;
pub mod explain;
pub mod figures;
pub mod findings;
pub mod flaws;
pub mod fold;
pub mod form;
pub mod formula;
pub mod functions;
pub mod graph;
pub mod guard;
pub mod index;
pub mod lint;
pub mod message;
pub mod model;
pub mod mutate;
pub mod number;
pub mod packs;
pub mod period;
pub mod program;
pub mod progress;
pub mod reach;
pub mod receipt;
pub mod report;
pub mod scores;
pub mod set;
pub mod solve;
pub mod source;
pub mod syntax;
pub mod testing;
pub mod unit;
pub mod uses;
pub mod verdict;
pub mod vintages;
pub use source::Sources;

mod compile;
pub use compile::{CompileLimits, compile, compile_with};
