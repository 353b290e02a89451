//! dtogate.
pub mod compare;
pub mod document;
pub mod finding;
pub mod java;
pub mod mapping;
pub mod report;
