//! Figures: published tables go in as bytes, claims with their places come out. Never guesses a
//! unit, a column or a number.

pub mod printed;
pub mod table;
