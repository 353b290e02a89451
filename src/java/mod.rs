//! How Jackson reads and writes.

pub mod config;
pub mod leaf;
