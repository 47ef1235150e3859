//! stub
pub mod figures;
pub mod fold;
pub mod number;
pub mod period;
pub mod set;
pub mod unit;
