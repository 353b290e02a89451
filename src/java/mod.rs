//! How Jackson reads and writes: configurations, coercions, exact bytes.

pub mod binary;
pub mod boxed;
pub mod config;
pub mod duration;
pub mod enumeration;
pub mod leaf;
pub mod map;
pub(crate) mod naming;
pub mod numbers;
pub mod read;
pub mod reader;
pub mod token;
pub mod types;
pub mod write;
pub mod writer;
