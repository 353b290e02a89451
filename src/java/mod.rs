//! How Jackson reads and writes: classes, configurations, coercions, exact bytes.

pub mod boxed;
pub mod class;
pub mod config;
pub mod enumeration;
pub mod leaf;
pub mod map;
pub(crate) mod naming;
pub mod read;
pub mod types;
pub mod write;
