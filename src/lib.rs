//! stub
pub mod number;
pub mod set;
