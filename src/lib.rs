//! stub

pub mod figures;
pub mod fold;
pub mod period;
