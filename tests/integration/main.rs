//! The one integration test binary.

#![allow(clippy::unwrap_used, reason = "a panic is how a test fails, helpers and statics included")]

mod cases;
mod datetime_rows;
mod historical;
mod mutations;
mod naming_properties;
mod naming_rows;
mod reports;
mod rule_examples;
mod snapshots;
mod spellings;
mod tidy;
mod trees;
mod verdicts;
