//! dtogate.
pub mod compare;
pub mod datetime;
pub mod document;
pub mod error;
pub mod finding;
pub mod fixture;
pub mod java;
pub mod mapping;
pub mod observation;
pub mod report;
pub mod spelling;
pub mod tis;
