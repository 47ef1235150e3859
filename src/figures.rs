//! Figures: published tables go in as bytes, claims with their places come out. Never guesses a
//! unit, a column or a number.

/// One printed cell, read into a claim.
pub mod printed;
/// Long tables, read row by row.
pub mod table;
