//! Writing to a checkout: what a person accepts becomes files, all of a group or none.
//!
//! - [`pending`]: what waits. [`question`]: differences of one cause. [`cause`], [`keys`], `table`: what they come from.
//! - [`left`]: names that a change of the classes has left behind.
//! - [`addition`]: a payload that becomes a golden.
//! - [`rewrite`]: a key renamed, added or dropped in the bytes of a golden.
//! - [`versions`]: what has changed in the classes since their captures were taken.
//! - [`moved`], `acceptances`: the pointers of `fixtures/accepted.toml`, where a key has another name or is gone.
//! - [`manifest`]: `fixtures/manifest.jsonl`, with the spelling of every row kept that is not touched.
//! - [`checkout`]: our own outputs, and a binary of other [`definitions`].
//! - [`journal`]: several files written as one, whatever ends the process.

mod acceptances;
pub mod addition;
mod captures;
pub mod cause;
pub mod checkout;
pub mod definitions;
pub mod journal;
pub mod keys;
pub mod left;
pub mod manifest;
pub mod moved;
pub mod pending;
pub mod question;
pub mod rewrite;
mod table;
mod values;
mod verdict;
pub mod versions;
