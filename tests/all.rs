//! All tests that see the crate from outside, as one program: it is linked once.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

mod common;
mod eval_cases;
mod golden;
#[path = "books/make.rs"]
mod make;
mod repository;
#[path = "docs/schema.rs"]
mod schema;
mod source_scan;
#[path = "support/workload.rs"]
mod workload_rows;

// What files of the library mean by `crate::` where `tests/units` takes them in.
use plumbrule::{day, explain, message, number, period, program, receipt, report, source};

mod actions;
mod announced;
mod audit;
mod audit_believed;
mod books;
mod bulk;
mod bulk_arrow;
mod bulk_bodies;
mod bulk_cells;
mod bulk_doubts;
mod bulk_forms;
mod bulk_lines;
mod bulk_source;
mod cli;
mod contract;
mod corpus;
mod coverage;
mod decisions;
mod docs;
mod editor;
mod editors;
mod enterprises;
mod evaluation;
mod figures;
mod flaws;
mod formats;
mod generated;
mod graph;
mod history;
mod intake;
mod joint;
mod lang;
mod lint;
mod machine;
mod messages;
mod mutants;
mod outlook;
mod outlook_shown;
mod packs;
mod page;
mod pages;
mod properties_acknowledged;
mod properties_bodies;
mod properties_books;
mod properties_bulk;
mod properties_days;
mod properties_entities;
mod properties_eval;
mod properties_flips;
mod properties_lint;
mod properties_number;
mod properties_outlook;
mod properties_printed;
mod properties_receipts;
mod properties_records;
mod properties_scores;
mod properties_set;
mod properties_solve;
mod properties_syntax;
mod properties_tables;
mod prove;
mod reach;
mod receipts;
mod repair;
mod rows;
mod scores;
mod sheets;
mod site;
mod syntax;
mod tables;
mod template;
mod tidy;
mod units;
mod uses;
mod vintages;
mod workload;
