//! dtogate.
pub mod accepted;
pub mod cli;
pub mod compare;
pub mod datetime;
pub mod document;
pub mod error;
pub mod finding;
pub mod fixture;
pub mod gate;
pub mod java;
pub mod mapping;
pub mod observation;
pub mod report;
pub mod rule;
pub mod spelling;
pub mod tis;
