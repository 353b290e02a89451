//! dtogate.
pub mod datetime;
pub mod java;
