//! Writing to a checkout: what a person accepts becomes files, all of a group or none.
//!
//! - [`journal`]: several files written as one, whatever ends the process.
//! - [`manifest`]: `fixtures/manifest.jsonl`, with the spelling of every row kept that is not touched.
//! - [`rewrite`]: a key renamed, added or dropped in the bytes of a golden.
//! - [`addition`]: a payload that becomes a golden.

pub mod addition;
pub mod journal;
pub mod manifest;
pub mod rewrite;
