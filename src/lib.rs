//! dtogate.
pub mod java;
