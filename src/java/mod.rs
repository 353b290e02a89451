//! How Jackson reads and writes: classes, configurations, coercions, exact bytes.

pub mod class;
pub mod config;
pub mod leaf;
pub(crate) mod naming;
pub mod read;
pub mod types;
pub mod write;
