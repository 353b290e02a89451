//! dtogate.
pub mod document;
pub mod finding;
pub mod java;
pub mod report;
